// Making values, the event loop, and what is looked at when a run is over. See machine.h.
#include "grade/sim/machine.h"

#include <algorithm>
#include <utility>

#include "shape/shape.h"
#include "support/strings.h"

namespace asyncport::grade::sim {

using ir::NodeId;

Machine::Machine(const facts::Facts& facts, const World& world)
    : facts_(facts),
      tree_(facts.tree()),
      world_(world),
      is_js_(facts.tree().language() == Language::kJs) {
  for (std::size_t i = 0; i < world.functions.size(); ++i)
    given_[shape::NameKey(world.functions[i].name)] = static_cast<int>(i);
  call_counts_.resize(world.functions.size());
}

Machine::~Machine() {
  ending_ = true;
  for (std::size_t i = 0; i < fibers_.size(); ++i) fibers_[i]->Kill();
}

// ---------------------------------------------------------------- making values

Object* Machine::Make(Sort sort) {
  if (objects_.size() > 200'000) throw Halt{"too many values"};
  objects_.push_back(std::make_unique<Object>());
  objects_.back()->sort = sort;
  return objects_.back().get();
}

Value Machine::String(std::string_view text) {
  if (text.size() > 100'000) throw Halt{"a text grew too long"};
  Object* object = Make(Sort::kString);
  object->text = text;
  return Value::Of(object);
}

Value Machine::List(std::vector<Value> items, Sort sort) {
  Object* object = Make(sort);
  object->items = std::move(items);
  return Value::Of(object);
}

Value Machine::Dict(std::vector<std::pair<Value, Value>> entries) {
  Object* object = Make(Sort::kDict);
  object->entries = std::move(entries);
  return Value::Of(object);
}

Value Machine::Opaque(std::string_view text, int operation) {
  Object* object = Make(Sort::kOpaque);
  object->text = text;
  object->operation = operation;
  return Value::Of(object);
}

Value Machine::Part(const Value& whole, std::string_view text) {
  Value part = Opaque(text);
  part.object->operation = whole.object->operation;
  part.object->is_part = true;
  part.object->awaitable = true;
  return part;
}

Value Machine::Library(std::string_view path) {
  Value& known = libraries_[std::string(path)];
  if (known.tag == Value::kUndefined) {
    Object* object = Make(Sort::kLibrary);
    object->text = path;
    known = Value::Of(object);
  }
  return known;
}

Value Machine::Instance(std::string_view path) {
  Object* object = Make(Sort::kInstance);
  object->text = path;
  return Value::Of(object);
}

Value Machine::Native(std::function<Value(Machine&, Args&)> native) {
  Object* object = Make(Sort::kNative);
  object->native = std::move(native);
  return Value::Of(object);
}

Value Machine::Promise() { return Value::Of(Make(Sort::kPromise)); }

Value Machine::Error(std::string_view path, std::string_view message) {
  Value error = Instance(path);
  error.object->entries.emplace_back(String("message"), String(message));
  error.object->entries.emplace_back(String("name"), String(path));
  return error;
}

void Machine::Raise(std::string_view path, std::string_view message) {
  throw Thrown{Error(path, message)};
}

void Machine::Note(Event event, NodeId node, std::string text) {
  if (trace_.happenings.size() < 2'000)
    trace_.happenings.push_back({event, node, std::move(text), now_});
}

bool Machine::Decide() {
  const std::size_t at = trace_.decisions++;
  return at < world_.choices.size() && world_.choices[at];
}

// ---------------------------------------------------------------- promises

void Machine::Settle(Object* promise, State state, const Value& value) {
  if (promise->state != State::kPending) return;
  promise->state = state;
  promise->result = value;
  for (std::function<void()>& waiter : promise->waiters) Soon(std::move(waiter));
  promise->waiters.clear();
}

void Machine::Resolve(Object* promise, const Value& value) {
  if (promise->state != State::kPending) return;
  if (is_js_ && value.object != nullptr && value.object->sort == Sort::kPromise &&
      value.object != promise) {
    Object* inner = value.object;
    Use(inner);
    if (promise->operation < 0) promise->operation = inner->operation;
    Then(inner, [this, promise, inner] { Settle(promise, inner->state, inner->result); });
    return;
  }
  Settle(promise, State::kDone, value);
}

void Machine::Reject(Object* promise, const Value& error) {
  Settle(promise, State::kFailed, error);
}

void Machine::Then(Object* promise, std::function<void()> action) {
  if (promise->state == State::kPending) {
    promise->waiters.push_back(std::move(action));
  } else {
    Soon(std::move(action));
  }
}

void Machine::Use(Object* promise) {
  promise->used = true;
  if (promise->operation >= 0)
    trace_.calls[static_cast<std::size_t>(promise->operation)].awaited = true;
}

Object* Machine::AsPromise(const Value& value) {
  if (value.object == nullptr) return nullptr;
  Object* object = value.object;
  if (object->sort == Sort::kPromise) return object;
  if (object->sort == Sort::kCoroutine) return Spawn(value).object;
  if (object->sort == Sort::kOpaque && object->awaitable) {
    Value promise = Promise();
    promise.object->state = State::kDone;
    promise.object->result = Part(value, object->text);
    return promise.object;
  }
  // A thenable or a class with __await__.
  if (object->sort == Sort::kInstance) {
    const char* name = is_js_ ? "then" : "__await__";
    if (HasMember(value, name)) {
      Value promise = Promise();
      promise.object->state = State::kDone;
      promise.object->result = Opaque(object->text);
      return promise.object;
    }
  }
  return nullptr;
}

Value Machine::Spawn(const Value& coroutine) {
  Object* object = coroutine.object;
  if (object == nullptr || object->sort == Sort::kPromise) return coroutine;
  if (object->sort != Sort::kCoroutine) {
    Object* promise = AsPromise(coroutine);
    return promise ? Value::Of(promise) : Promise();
  }
  if (object->used && object->operation < 0)
    Raise("RuntimeError", "cannot reuse already awaited coroutine");
  object->used = true;
  Value task = Promise();
  task.object->is_task = true;
  task.object->spawned = !is_js_;
  task.object->node = object->node;
  task.object->operation = object->operation;
  task.object->items = {coroutine};
  StartFiber(
      task.object,
      [this, object] {
        if (object->operation < 0) return RunCoroutine(object);
        // That the task waits for its own work does not mean that somebody waits for the task.
        Object* promise = StartOperation(object->operation).object;
        promise->used = true;
        return AwaitPromise(promise, false);
      },
      false);
  return task;
}

Object* Machine::StartFiber(Object* task, std::function<Value()> body, bool now) {
  if (fibers_.size() >= 600) throw Halt{"too many tasks"};
  fibers_.push_back(std::make_unique<Fiber>([this, task, body = std::move(body)] {
    try {
      Value value = body();
      Resolve(task, value);
    } catch (const Thrown& thrown) {
      Reject(task, thrown.value);
    } catch (const Halt& halt) {
      trace_.halted = halt.reason;
    }
  }));
  Fiber* fiber = fibers_.back().get();
  task->fiber = fiber;
  const auto run = [this, fiber, task] {
    if (fiber->done || ending_) return;
    if (task->cancelled && task->state != State::kPending) return;
    Fiber* outer = std::exchange(current_, fiber);
    Object* outer_task = std::exchange(current_task_, task);
    Frame* outer_frame = std::exchange(frame_, nullptr);
    fiber->Resume();
    current_ = outer;
    current_task_ = outer_task;
    frame_ = outer_frame;
  };
  if (now) {
    run();
  } else {
    Soon(run);
  }
  return task;
}

// Waits until the promise has ended; whoever cancels the task at hand ends the waiting too.
Value Machine::AwaitPromise(Object* promise, bool uses) {
  if (uses) Use(promise);
  const bool yields = is_js_ || promise->state == State::kPending;
  if (yields && current_ != nullptr) {
    Fiber* fiber = current_;
    Object* task = current_task_;
    Frame* frame = frame_;
    auto fired = std::make_shared<bool>(false);
    const auto resume = [this, fiber, task, fired] {
      if (*fired || fiber->done || ending_) return;
      *fired = true;
      Fiber* outer = std::exchange(current_, fiber);
      Object* outer_task = std::exchange(current_task_, task);
      Frame* outer_frame = std::exchange(frame_, nullptr);
      fiber->Resume();
      current_ = outer;
      current_task_ = outer_task;
      frame_ = outer_frame;
    };
    Then(promise, resume);
    task->waits_for = promise;
    task->native = [resume](Machine&, Args&) { return resume(), Value{}; };
    fiber->Suspend();
    task->waits_for = nullptr;
    task->native = nullptr;
    frame_ = frame;
    if (task->cancelled && promise->state == State::kPending) {
      task->cancelled = false;
      Raise("asyncio.CancelledError", "cancelled");
    }
  }
  if (promise->state == State::kFailed) throw Thrown{promise->result};
  return promise->result;
}

void Machine::Cancel(Object* task) {
  if (task == nullptr || task->state != State::kPending) return;
  if (!task->is_task && task->fiber == nullptr) {
    if (task->operation >= 0) {
      OperationCall& call = trace_.calls[static_cast<std::size_t>(task->operation)];
      call.cancelled = true;
      if (call.begin >= 0 && call.end < 0) call.end = now_;
    }
    Reject(task, Error("asyncio.CancelledError", "cancelled"));
    return;
  }
  task->cancelled = true;
  Object* inner = task->waits_for;
  if (inner == nullptr) {
    // Not begun: it never will.
    if (task->fiber != nullptr && task->fiber != current_ && !task->fiber->begun)
      Reject(task, Error("asyncio.CancelledError", "cancelled"));
    return;
  }
  if (inner->operation >= 0 && inner->fiber == nullptr) {
    OperationCall& call = trace_.calls[static_cast<std::size_t>(inner->operation)];
    call.cancelled = true;
    if (call.begin >= 0 && call.end < 0) call.end = now_;
  } else if (inner->is_task && inner->state == State::kPending) {
    Cancel(inner);
  }
  for (Object* child : inner->children) Cancel(child);
  const auto resume = task->native;
  Soon([this, resume] {
    Args none;
    if (resume) resume(*this, none);
  });
}

// ---------------------------------------------------------------- time

void Machine::After(double seconds, std::function<void()> action, int* handle) {
  const int id = ++next_handle_;
  if (handle != nullptr) *handle = id;
  if (timers_.size() > 5'000) throw Halt{"too many timers"};
  timers_.push_back({now_ + std::max(0.0, seconds), order_++, id, std::move(action)});
}

void Machine::Sleep(double seconds) {
  Value promise = Promise();
  Object* object = promise.object;
  After(seconds, [this, object] { Settle(object, State::kDone, Value::Null()); });
  (void)AwaitPromise(object);
}

void Machine::Block(double seconds, NodeId node, const std::string& text) {
  if (current_task_ != nullptr && current_task_->text == "thread") return Sleep(seconds);
  now_ += seconds;
  trace_.blocked += seconds;
  Note(Event::kBlocking, node, text);
}

void Machine::RunLoop(const std::function<bool()>& until) {
  while (trace_.halted.empty() && !until()) {
    if (!ready_.empty()) {
      const std::function<void()> action = std::move(ready_.front());
      ready_.pop_front();
      if (++steps_ > world_.max_steps) {
        trace_.halted = "too many steps";
        return;
      }
      // What a callback throws reaches nobody.
      try {
        action();
      } catch (const Thrown&) {
        Note(Event::kUnhandled, place_, "callback");
      } catch (const Halt& halt) {
        trace_.halted = halt.reason;
      }
      continue;
    }
    auto next =
        std::min_element(timers_.begin(), timers_.end(), [](const Timer& a, const Timer& b) {
          return a.time != b.time ? a.time < b.time : a.order < b.order;
        });
    if (next == timers_.end()) return;  // nothing will ever happen
    const Timer timer = std::move(*next);
    timers_.erase(next);
    if (cancelled_timers_.count(timer.handle) != 0) continue;
    now_ = std::max(now_, timer.time);
    if (now_ > 100'000) {
      trace_.halted = "it takes longer than a day";
      return;
    }
    Soon(timer.action);
  }
}

// ---------------------------------------------------------------- a run

Trace Machine::Run(NodeId entry) {
  entry_ = entry;
  envs_.push_back(std::make_unique<Env>());
  globals_ = envs_.back().get();
  const bool is_module = tree_.Is(entry, ir::NodeKind::kModule);
  Frame module;
  module.env = globals_;
  module.is_async = is_js_;
  Object* main = Make(Sort::kPromise);
  main->is_task = true;
  const NodeId body = ir::Module(tree_, tree_.root()).body();
  const auto define = [&]() -> Value {
    frame_ = &module;
    Hoist(body, module);
    for (NodeId statement : ir::Cast<ir::Block>(tree_, body).statements()) {
      const ir::NodeKind kind = tree_.kind(statement);
      const bool defines = kind == ir::NodeKind::kImport || kind == ir::NodeKind::kFunctionDef ||
                           kind == ir::NodeKind::kClassDef || kind == ir::NodeKind::kAssign ||
                           kind == ir::NodeKind::kVarDecl || kind == ir::NodeKind::kExport;
      if (!is_module && !defines) continue;
      if (!is_module) {
        bool waits = false;
        const std::function<void(NodeId)> look = [&](NodeId node) {
          const ir::NodeKind k = tree_.kind(node);
          if (k == ir::NodeKind::kFunctionDef || k == ir::NodeKind::kFunctionExpr ||
              k == ir::NodeKind::kLambda || k == ir::NodeKind::kMethod)
            return;
          if (k == ir::NodeKind::kAwait) waits = true;
          if (const auto call = ir::As<ir::Call>(tree_, node)) {
            const std::string& path = facts_.ResolvedName(call.callee());
            if (path == "asyncio.run" || facts_.CalleeDefinition(node)) waits = true;
          }
          tree_.ForEachChild(node, look);
        };
        look(statement);
        if (waits) {
          // A factory may make the answer: `const load = makeLoader(fetchUser)`; a run of a program does not.
          const auto assign = ir::As<ir::Assign>(tree_, statement);
          const auto call = ir::As<ir::Call>(tree_, assign ? assign.value() : ir::kNoNode);
          const NodeId callee = call ? facts_.CalleeDefinition(call.id()) : ir::kNoNode;
          if (!callee || facts_.IsAsync(callee) == facts::Async::kYes) continue;
        }
      }
      try {
        if (Exec(statement, module) != Flow::kNext) return module.result;
      } catch (const Thrown&) {
        if (is_module) throw;
      }
    }
    return {};
  };
  if (is_module) {
    StartFiber(main, define, true);
  } else {
    StartFiber(main, define, true);
    RunLoop([&] { return main->state != State::kPending; });
    const std::string halted = trace_.halted;
    trace_ = Trace{};
    trace_.halted = halted;
    std::fill(call_counts_.begin(), call_counts_.end(), 0);
    timers_.clear();
    ready_.clear();
    now_ = 0;
    for (auto& object : objects_) {
      if (object->operation >= 0) object->operation = -1;
      object->used = true;
    }
    main = Make(Sort::kPromise);
    main->is_task = true;
    StartFiber(
        main, [this, entry] { return Enter(entry); }, true);
  }
  if (world_.cancel_after > 0) After(world_.cancel_after, [this, main] { Cancel(main); });
  RunLoop([&] { return main->state != State::kPending; });
  trace_.finished = main->state != State::kPending;
  trace_.raised = main->state == State::kFailed;
  trace_.elapsed = now_;
  if (trace_.raised) {
    trace_.error = main->result;
    if (main->result.object != nullptr) {
      const Object* error = main->result.object;
      trace_.error_name = error->type != nullptr ? error->type->text : error->text;
    }
  } else {
    trace_.returned = Snapshot(main->result, 0);
  }
  if (is_js_) {
    RunLoop([this] { return ready_.empty(); });  // what happens at the same moment
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      const Object& timer = *objects_[i];
      const bool waits = timer.sort == Sort::kInstance && timer.text == "Timeout" &&
                         !timer.cancelled && timer.number >= 1;
      if (waits && timer.node && !timer.used) Note(Event::kTimerLeft, timer.node);
    }
    RunLoop([] { return false; });  // node waits for what is left
    trace_.all_elapsed = now_;
  } else {
    trace_.all_elapsed = now_;
  }
  LookBack();
  return trace_;
}

// What the caller gets; later changes by work that runs on do not count.
Value Machine::Snapshot(const Value& value, int depth) {
  if (value.object == nullptr || depth > 8) return value;
  switch (value.object->sort) {
    case Sort::kList:
    case Sort::kTuple:
    case Sort::kSet:
    case Sort::kDict:
    case Sort::kInstance: {
      Object* copy = Make(Sort::kOpaque);
      *copy = *value.object;
      for (Value& item : copy->items) item = Snapshot(item, depth + 1);
      for (auto& [key, item] : copy->entries) item = Snapshot(item, depth + 1);
      return Value::Of(copy);
    }
    default:
      return value;
  }
}

void Machine::LookBack() {
  // Whatever can be reached from the result was handed to the caller.
  std::set<const Object*> reached;
  std::vector<const Object*> work;
  const auto add = [&](const Value& value) {
    if (value.object != nullptr && reached.insert(value.object).second)
      work.push_back(value.object);
  };
  add(trace_.returned);
  while (!work.empty()) {
    const Object* object = work.back();
    work.pop_back();
    for (const Value& item : object->items) add(item);
    for (const auto& [key, value] : object->entries) add(value);
  }
  for (const auto& object : objects_) {
    if (object->sort == Sort::kCoroutine && !object->used) {
      Note(Event::kUnawaited, object->node, object->text);
    } else if (object->sort == Sort::kPromise && object->node) {
      if (!is_js_ && object->spawned && object->state == State::kPending && !object->cancelled)
        Note(Event::kPending, object->node);
      if (!object->used) Note(Event::kFloating, object->node, object->text);
      if (!object->used && object->state == State::kFailed && !object->cancelled)
        Note(Event::kUnhandled, object->node, object->text);
    }
  }
}

}  // namespace asyncport::grade::sim
