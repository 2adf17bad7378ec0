// Python's asyncio: tasks, groups, limits, queues, timeouts, threads. What is not here gives opaque values.
// Example: `asyncio.wait_for(f(), 1)` of a slow given function raises TimeoutError at 1 s and cancels it.
#include <algorithm>
#include <utility>

#include "grade/sim/machine.h"
#include "support/strings.h"

namespace asyncport::grade::sim {
namespace {

Machine::Out Yes(const Value& value) { return {value, true}; }

double Seconds(const Value& value) { return value.tag == Value::kNumber ? value.number : 0; }

// A coroutine of the library.
Value Work(Machine& m, const Args& args, std::string_view name,
           std::function<Value(Machine&, Args&)> body) {
  Object* coroutine = m.Make(Sort::kCoroutine);
  coroutine->node = args.call;
  coroutine->text = name;
  coroutine->native = std::move(body);
  return Value::Of(coroutine);
}

Value WaitAny(Machine& m, const Args& outer) {
  const Value things = outer.At(0);
  const Value timeout = outer.Named("timeout");
  const Value when = outer.Named("return_when");
  const bool first = when.object != nullptr && when.object->text.ends_with("FIRST_COMPLETED");
  const bool failing = when.object != nullptr && when.object->text.ends_with("FIRST_EXCEPTION");
  m.Note(Event::kTool, outer.call, "asyncio.wait");
  return Work(
      m, outer, "asyncio.wait",
      [things, timeout, first, failing, call = outer.call](Machine& w, Args&) {
        const std::vector<Value> tasks = w.Elements(things, call);
        Value over = w.Promise();
        Object* end = over.object;
        auto left = std::make_shared<std::size_t>(tasks.size());
        std::vector<Object*> promises;
        for (const Value& task : tasks) {
          Object* promise = w.AsPromise(task);
          if (promise == nullptr) continue;
          w.Use(promise);
          promises.push_back(promise);
          w.Then(promise, [&w, end, left, first, failing, promise] {
            if (--*left == 0 || first || (failing && promise->state == State::kFailed))
              w.Settle(end, State::kDone, Value::Null());
          });
        }
        if (timeout.tag == Value::kNumber)
          w.After(timeout.number, [&w, end] { w.Settle(end, State::kDone, Value::Null()); });
        if (!promises.empty()) (void)w.AwaitPromise(end);
        std::vector<Value> done;
        std::vector<Value> pending;
        for (Object* promise : promises)
          (promise->state == State::kPending ? pending : done).push_back(Value::Of(promise));
        return w.List({w.List(std::move(done), Sort::kSet), w.List(std::move(pending), Sort::kSet)},
                      Sort::kTuple);
      });
}

Value WaitFor(Machine& m, const Args& outer) {
  const Value thing = outer.At(0);
  const Value timeout = outer.Any(1, "timeout");
  m.Note(Event::kTool, outer.call, "asyncio.wait_for");
  if (thing.object != nullptr)
    thing.object->used = thing.object->sort == Sort::kCoroutine ? thing.object->used : true;
  return Work(m, outer, "asyncio.wait_for", [thing, timeout, call = outer.call](Machine& w, Args&) {
    Object* task = w.AsPromise(thing);
    if (task == nullptr) {
      w.Note(Event::kAwaitPlain, call);
      return thing;
    }
    w.Use(task);
    bool* late = nullptr;
    auto flag = std::make_shared<bool>(false);
    late = flag.get();
    int handle = 0;
    if (timeout.tag == Value::kNumber) {
      w.After(
          timeout.number,
          [&w, task, flag] {
            if (task->state != State::kPending) return;
            *flag = true;
            w.Cancel(task);
          },
          &handle);
    }
    std::optional<Value> error;
    Value result;
    try {
      result = w.AwaitPromise(task);
    } catch (const Thrown& thrown) {
      error = thrown.value;
    }
    w.CancelTimer(handle);
    if (*late) w.Raise("TimeoutError", "timed out");
    if (error) {
      if (task->state == State::kPending) w.Cancel(task);
      throw Thrown{*error};
    }
    return result;
  });
}

Value Thread(Machine& m, const Args& outer, std::size_t first) {
  const Value function = outer.At(first);
  Args rest;
  rest.call = outer.call;
  for (std::size_t i = first + 1; i < outer.positional.size(); ++i)
    rest.positional.push_back(outer.positional[i]);
  rest.named = outer.named;
  m.Note(Event::kTool, outer.call, "asyncio.to_thread");
  return Work(m, outer, "thread", [function, rest](Machine& w, Args&) {
    Value promise = w.Promise();
    Object* task = promise.object;
    task->is_task = true;
    task->text = "thread";
    w.StartFiber(
        task, [&w, function, rest] { return w.Call(function, rest); }, true);
    return w.AwaitPromise(task);
  });
}

}  // namespace

Machine::Out Machine::PyAsync(const std::string& path, Args& args) {
  if (!path.starts_with("asyncio.") && !path.starts_with("concurrent.")) return {};
  const std::string name = path.substr(path.find('.') + 1);
  if (name == "sleep") {
    const double seconds = Seconds(args.At(0));
    const Value result = args.Any(1, "result");
    return Yes(Work(*this, args, "asyncio.sleep", [seconds, result](Machine& m, Args&) {
      m.Sleep(seconds);
      return result.tag == Value::kUndefined ? Value::Null() : result;
    }));
  }
  if (name == "gather") {
    const Value flag = args.Named("return_exceptions");
    return Yes(
        Combine(path, args.positional, flag.tag == Value::kBool && flag.number != 0, args.call));
  }
  if (name == "create_task" || name == "ensure_future" || name == "run_coroutine_threadsafe") {
    Note(Event::kTool, args.call, path);
    const Value task = Spawn(args.At(0));
    if (task.object != nullptr && task.object->spawned) task.object->node = args.call;
    return Yes(task);
  }
  if (name == "wait_for") return Yes(WaitFor(*this, args));
  if (name == "wait") return Yes(WaitAny(*this, args));
  if (name == "shield") {
    // The inner task goes on where the outer wait is cancelled.
    Object* inner = AsPromise(args.At(0));
    Value outer = Promise();
    Object* promise = outer.object;
    if (inner == nullptr) return Yes(args.At(0));
    Use(inner);
    Then(inner, [this, inner, promise] { Settle(promise, inner->state, inner->result); });
    return Yes(outer);
  }
  if (name == "as_completed") {
    Note(Event::kTool, args.call, path);
    // Each element is the next one that ends.
    std::vector<Object*> promises;
    for (const Value& item : Elements(args.At(0), args.call)) {
      if (Object* promise = AsPromise(item)) promises.push_back(promise);
    }
    const Value out = Instance("asyncio.as_completed");
    auto slots = std::make_shared<std::vector<Object*>>();
    auto next = std::make_shared<std::size_t>(0);
    for (Object* promise : promises) {
      Use(promise);
      Object* slot = Promise().object;
      slots->push_back(slot);
      out.object->items.push_back(Value::Of(slot));
      Then(promise, [this, promise, slots, next] {
        Settle((*slots)[(*next)++], promise->state, promise->result);
      });
    }
    return Yes(out);
  }
  if (name == "run" || name == "get_event_loop" || name == "new_event_loop" ||
      name == "get_running_loop" || name == "Runner") {
    if (name != "run") return Yes(Instance("asyncio.Loop"));
    for (const Frame* f = frame_; f != nullptr; f = f->caller) {
      if (f->is_async) {
        Note(Event::kNestedRun, args.call, path);
        break;
      }
    }
    Note(Event::kTool, args.call, path);
    Object* task = AsPromise(args.At(0));
    return Yes(task != nullptr ? AwaitPromise(task) : args.At(0));
  }
  if (name == "to_thread") return Yes(Thread(*this, args, 0));
  if (name == "Semaphore" || name == "BoundedSemaphore" || name == "Lock") {
    const Value out = Instance(name == "Lock" ? "asyncio.Lock" : "asyncio.Semaphore");
    out.object->number = name == "Lock"                               ? 1
                         : args.Any(0, "value").tag == Value::kNumber ? args.Any(0, "value").number
                                                                      : 1;
    return Yes(out);
  }
  if (name == "timeout" || name == "timeout_at") {
    Note(Event::kTool, args.call, path);
    const Value out = Instance("asyncio.timeout");
    out.object->number = Seconds(args.Any(0, name == "timeout" ? "delay" : "when"));
    return Yes(out);
  }
  if (name == "TaskGroup") return Yes(Instance("asyncio.TaskGroup"));
  if (name == "Queue" || name == "LifoQueue" || name == "PriorityQueue") {
    const Value out = Instance("asyncio.Queue");
    out.object->number = Seconds(args.Any(0, "maxsize"));
    return Yes(out);
  }
  if (name == "Event" || name == "Condition") return Yes(Instance("asyncio.Event"));
  if (name == "Future") return Yes(Promise());
  if (name == "current_task")
    return Yes(current_task_ != nullptr ? Value::Of(current_task_) : Value::Null());
  if (name == "iscoroutine" || name == "iscoroutinefunction" || name == "isfuture")
    return Yes(Opaque("unknown condition"));
  return {};
}

// Members of tasks, futures, coroutines, and of asyncio's own objects.
Machine::Out Machine::AsyncMember(Object* self, const std::string& name, Args& args) {
  if (self->sort == Sort::kCoroutine) {
    if (name == "close") return self->used = true, Yes(Value::Null());
    return {};
  }
  if (self->sort == Sort::kPromise) {
    if (name == "result") {
      Use(self);
      if (self->state == State::kFailed) throw Thrown{self->result};
      if (self->state == State::kPending) {
        Note(Event::kNotAwaitedUse, args.call);
        Raise("InvalidStateError", "Result is not set.");
      }
      return Yes(self->result);
    }
    if (name == "exception") {
      Use(self);
      return Yes(self->state == State::kFailed ? self->result : Value::Null());
    }
    if (name == "cancel") return Cancel(self), Yes(Value::Bool(true));
    if (name == "done") return Yes(Value::Bool(self->state != State::kPending));
    if (name == "cancelled") return Yes(Value::Bool(self->cancelled));
    if (name == "add_done_callback") {
      const Value callback = args.At(0);
      const Value me = Value::Of(self);
      self->used =
          self->used || (callback.object != nullptr && callback.object->sort == Sort::kFunction);
      Then(self, [this, callback, me] {
        Object* task = Make(Sort::kPromise);
        task->used = true;
        StartFiber(
            task, [this, callback, me] { return CallWith(callback, {me}); }, true);
        if (task->state == State::kFailed) Note(Event::kUnhandled, place_, "callback");
      });
      return Yes(Value::Null());
    }
    if (name == "set_result") return Settle(self, State::kDone, args.At(0)), Yes(Value::Null());
    if (name == "set_exception")
      return Settle(self, State::kFailed, args.At(0)), Yes(Value::Null());
    if (name == "get_name" || name == "set_name") return Yes(String("task"));
    return {};
  }
  const std::string& path = self->text;
  const Value me = Value::Of(self);
  if (path == "asyncio.TaskGroup" && name == "create_task") {
    Note(Event::kTool, args.call, path);
    const Value task = Spawn(args.At(0));
    if (task.object == nullptr) return Yes(task);
    task.object->node = args.call;
    task.object->used = true;
    self->children.push_back(task.object);
    Object* child = task.object;
    Then(child, [this, self, child] {
      if (child->state != State::kFailed ||
          IsInstanceOf(child->result, Library("asyncio.CancelledError")))
        return;
      for (Object* other : self->children) Cancel(other);
    });
    return Yes(task);
  }
  if (path == "asyncio.Loop") {
    Args inner = args;
    if (name == "create_task" || name == "run_until_complete" || name == "run")
      return PyAsync(name == "create_task" ? "asyncio.create_task" : "asyncio.run", inner);
    if (name == "run_in_executor") {
      const Value work = Thread(*this, args, 1);
      return Yes(Spawn(work));
    }
    if (name == "create_future") return Yes(Promise());
    if (name == "time") return Yes(Value::Number(now_));
    if (name == "call_later" || name == "call_soon") {
      const Value action = args.At(name == "call_later" ? 1 : 0);
      Args rest;
      for (std::size_t i = name == "call_later" ? 2 : 1; i < args.positional.size(); ++i)
        rest.positional.push_back(args.positional[i]);
      After(name == "call_later" ? Seconds(args.At(0)) : 0,
            [this, action, rest] { (void)Call(action, rest); });
      return Yes(Opaque("handle"));
    }
    return Yes(Value::Null());
  }
  if (path == "asyncio.Semaphore" || path == "asyncio.Lock") {
    if (name == "acquire")
      return Yes(Work(*this, args, path, [me](Machine& m, Args&) {
        return (void)m.EnterContext(me, true, {}), Value::Bool(true);
      }));
    if (name == "release") return LeaveContext(me, true, nullptr, {}), Yes(Value::Null());
    if (name == "locked") return Yes(Value::Bool(self->number <= 0));
  }
  if (path == "asyncio.Event") {
    if (name == "set") {
      self->cancelled = true;
      for (Object* waiter : self->children) Settle(waiter, State::kDone, Value::Bool(true));
      self->children.clear();
      return Yes(Value::Null());
    }
    if (name == "clear") return self->cancelled = false, Yes(Value::Null());
    if (name == "is_set") return Yes(Value::Bool(self->cancelled));
    if (name == "wait") {
      return Yes(Work(*this, args, path, [self](Machine& m, Args&) {
        if (self->cancelled) return Value::Bool(true);
        Value turn = m.Promise();
        self->children.push_back(turn.object);
        return m.AwaitPromise(turn.object);
      }));
    }
  }
  if (path == "asyncio.Queue") {
    // `items` waits inside; `children` are who waits for an item; `index` counts what is not done yet.
    const auto put = [self](Machine& m, const Value& item) {
      self->index = std::max(self->index, 0) + 1;
      while (!self->children.empty()) {
        Object* waiter = self->children.front();
        self->children.erase(self->children.begin());
        if (waiter->state != State::kPending) continue;
        m.Settle(waiter, State::kDone, item);
        return;
      }
      self->items.push_back(item);
    };
    const auto get = [self](Machine& m) {
      if (self->items.empty()) {
        Value turn = m.Promise();
        self->children.push_back(turn.object);
        return m.AwaitPromise(turn.object);
      }
      const Value item = self->items.front();
      self->items.erase(self->items.begin());
      std::vector<std::function<void()>> room;
      room.swap(self->waiters);
      for (auto& action : room) m.Soon(std::move(action));
      return item;
    };
    if (name == "put_nowait") {
      if (self->number > 0 && static_cast<double>(self->items.size()) >= self->number)
        Raise("asyncio.QueueFull", "");
      return put(*this, args.At(0)), Yes(Value::Null());
    }
    if (name == "put") {
      const Value item = args.At(0);
      return Yes(Work(*this, args, path, [self, item, put](Machine& m, Args&) {
        while (self->number > 0 && static_cast<double>(self->items.size()) >= self->number) {
          Value room = m.Promise();
          Object* promise = room.object;
          self->waiters.push_back(
              [&m, promise] { m.Settle(promise, State::kDone, Value::Null()); });
          (void)m.AwaitPromise(promise);
        }
        put(m, item);
        return Value::Null();
      }));
    }
    if (name == "get")
      return Yes(Work(*this, args, path, [get](Machine& m, Args&) { return get(m); }));
    if (name == "get_nowait") {
      if (self->items.empty()) Raise("asyncio.QueueEmpty", "");
      return Yes(get(*this));
    }
    if (name == "task_done") {
      if (--self->index <= 0) {
        const Value joiners = self->self;
        if (joiners.object != nullptr) Settle(joiners.object, State::kDone, Value::Null());
        self->self = Value{};
      }
      return Yes(Value::Null());
    }
    if (name == "join") {
      return Yes(Work(*this, args, path, [self](Machine& m, Args&) {
        if (self->index <= 0) return Value::Null();
        if (self->self.object == nullptr) self->self = m.Promise();
        return m.AwaitPromise(self->self.object);
      }));
    }
    if (name == "empty") return Yes(Value::Bool(self->items.empty()));
    if (name == "full")
      return Yes(
          Value::Bool(self->number > 0 && static_cast<double>(self->items.size()) >= self->number));
    if (name == "qsize") return Yes(Value::Number(static_cast<double>(self->items.size())));
  }
  return {};
}

}  // namespace asyncport::grade::sim
