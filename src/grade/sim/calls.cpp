// Functions: those of the submission, those that the exercise gives, and coroutines. Generators have a file of their
// own. See machine.h.
#include <algorithm>
#include <utility>

#include "advise/work.h"
#include "grade/sim/machine.h"
#include "shape/shape.h"
#include "support/strings.h"

namespace asyncport::grade::sim {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

int Machine::GivenByName(std::string_view name) const {
  std::string key = shape::NameKey(name);
  if (const auto it = given_.find(key); it != given_.end()) return it->second;
  return -1;
}

Value Machine::LiteralValue(const Literal& literal, const std::string& name) {
  switch (literal.kind) {
    case Literal::kNull:
      return Value::Null();
    case Literal::kBool:
      return Value::Bool(literal.number != 0);
    case Literal::kNumber:
      return Value::Number(literal.number);
    case Literal::kString:
      return String(literal.text);
    case Literal::kList: {
      std::vector<Value> items;
      for (const Literal& item : literal.items) items.push_back(LiteralValue(item, name));
      return List(std::move(items));
    }
    case Literal::kMap: {
      std::vector<std::pair<Value, Value>> entries;
      for (std::size_t i = 0; i < literal.items.size(); ++i)
        entries.emplace_back(String(literal.keys[i]),
                             LiteralValue(literal.items[i], literal.keys[i]));
      return Dict(std::move(entries));
    }
    case Literal::kGiven: {
      Object* given = Make(Sort::kGiven);
      given->index = GivenByName(literal.text);
      given->text = literal.text;
      return Value::Of(given);
    }
    case Literal::kOpaque:
      break;
  }
  Value value = Opaque(name);
  value.object->awaitable = true;
  return value;
}

// ---------------------------------------------------------------- the entry

Value Machine::Enter(NodeId entry) {
  Frame frame;
  frame.env = globals_;
  frame_ = &frame;
  if (tree_.Is(entry, NodeKind::kCall)) {  // a function that is made by a call
    const Value made = Eval(entry, frame);
    std::vector<Value> values;
    for (const Literal& literal : world_.arguments)
      values.push_back(LiteralValue(literal, "argument"));
    const Value result = CallWith(made, std::move(values));
    if (result.object == nullptr ||
        (result.object->sort != Sort::kPromise && result.object->sort != Sort::kCoroutine))
      return result;
    trace_.returns_awaitable = true;
    return Await(result, kNoNode);
  }
  Value self;
  Object* home = nullptr;
  Object* function = nullptr;
  if (const NodeId owner = facts_.EnclosingClass(entry);
      owner &&
      (tree_.Is(entry, NodeKind::kMethod) || tree_.Is(facts_.Parent(entry), NodeKind::kField))) {
    Value type;
    for (const auto& object : objects_) {
      if (object->sort == Sort::kClass && object->node == owner) type = Value::Of(object.get());
    }
    if (type.object == nullptr) type = MakeClass(owner, frame);
    home = type.object;
    const auto method = ir::As<ir::Method>(tree_, entry);
    if (method && method.is_static()) {
      self = type;
    } else {
      Args made;
      // The constructor's parameters: given functions by their names, the rest opaque.
      NodeId constructor;
      const NodeId body = tree_.Slot(owner, tree_.Is(owner, NodeKind::kClassDef)
                                                ? unsigned{ir::slots::ClassDef::body}
                                                : unsigned{ir::slots::ClassExpr::body});
      for (NodeId member : ir::Cast<ir::Block>(tree_, body).statements()) {
        const auto m = ir::As<ir::Method>(tree_, member);
        if (m && m.kind() == ir::MethodKind::kConstructor) constructor = member;
      }
      if (constructor) {
        for (NodeId id : ir::Method(tree_, constructor).params()) {
          const auto param = ir::Cast<ir::Param>(tree_, id);
          if (param.kind() != ir::ParamKind::kPlain || param.default_value()) continue;
          const auto name = ir::As<ir::Name>(tree_, param.target());
          Value value = Opaque(name ? name.id() : "argument");
          value.object->awaitable = true;
          if (name && GivenByName(name.id()) >= 0) {
            value.object->sort = Sort::kGiven;
            value.object->index = GivenByName(name.id());
          }
          made.positional.push_back(value);
        }
      }
      self = NewObject(type.object, std::move(made));
    }
  }
  Value made = MakeFunction(entry, frame);
  if (const auto def = ir::As<ir::FunctionDef>(tree_, entry); def && !def.decorators().empty())
    made = Decorated(made, def.decorators(), frame);
  function = made.object;
  Args args;
  std::size_t next = 0;
  for (NodeId id : advise::ParamsOf(tree_, entry)) {
    const auto param = ir::Cast<ir::Param>(tree_, id);
    if (param.kind() == ir::ParamKind::kRest || param.kind() == ir::ParamKind::kKeywordRest)
      continue;
    const auto name = ir::As<ir::Name>(tree_, param.target());
    Value value;
    const int given = name ? GivenByName(name.id()) : -1;
    if (given >= 0) {
      Object* object = Make(Sort::kGiven);
      object->index = given;
      object->text = world_.functions[static_cast<std::size_t>(given)].name;
      value = Value::Of(object);
    } else if (tree_.Is(param.target(), NodeKind::kObjectPattern) &&
               next < world_.arguments.size() && world_.arguments[next].kind != Literal::kMap) {
      value = Opaque("options");
      // One object that holds the arguments by name.
      std::vector<std::pair<Value, Value>> entries;
      for (NodeId p : ir::ObjectPattern(tree_, param.target()).properties()) {
        const auto key = ir::As<ir::String>(tree_, ir::Cast<ir::PropertyPattern>(tree_, p).key());
        if (!key) continue;
        Value field;
        if (const int index = GivenByName(key.value()); index >= 0) {
          Object* object = Make(Sort::kGiven);
          object->index = index;
          field = Value::Of(object);
        } else if (next < world_.arguments.size()) {
          field = LiteralValue(world_.arguments[next], std::string(key.value()));
          ++next;
        }
        if (field.tag != Value::kUndefined) entries.emplace_back(String(key.value()), field);
      }
      value = Dict(std::move(entries));
    } else if (next < world_.arguments.size()) {
      value = LiteralValue(world_.arguments[next++], name ? std::string(name.id()) : "argument");
    } else if (param.default_value()) {
      continue;
    } else {
      value = Opaque(name ? name.id() : "argument");
      value.object->awaitable = true;
    }
    if (param.kind() == ir::ParamKind::kKeywordOnly) {
      args.named.emplace_back(name ? std::string(name.id()) : "", value);
    } else {
      args.positional.push_back(value);
    }
  }
  const std::vector<Value> given_args = args.positional;
  Value result = CallFunction(function, self, std::move(args), home);
  // A factory: what it makes is the answer.
  if (result.object != nullptr && result.object->sort == Sort::kFunction)
    result = CallWith(result, given_args);
  if (result.object == nullptr) return result;
  if (result.object->sort == Sort::kPromise || result.object->sort == Sort::kCoroutine) {
    // Python: a future can be made and run by nothing but a running loop, a coroutine by anybody.
    trace_.returns_awaitable = is_js_ || result.object->sort == Sort::kCoroutine;
    return Await(result, kNoNode);
  }
  if (result.object->sort == Sort::kGenerator) {
    trace_.is_generator = true;
    std::vector<Value> items;
    Each(result, result.object->is_async, kNoNode, [&](const Value& item) {
      items.push_back(item);
      return items.size() < 200;
    });
    return List(std::move(items));
  }
  return result;
}

// ---------------------------------------------------------------- calls

Value Machine::CallWith(const Value& callee, std::vector<Value> values) {
  Args args;
  args.positional = std::move(values);
  args.call = place_;
  return Call(callee, std::move(args));
}

Value Machine::Call(const Value& callee, Args args) {
  if (callee.object == nullptr) {
    Raise("TypeError", "not a function");
  }
  Object* object = callee.object;
  switch (object->sort) {
    case Sort::kFunction:
      return CallFunction(object, object->self, std::move(args), object->type);
    case Sort::kGiven:
      return CallGiven(object->index, args, object->is_map);
    case Sort::kNative:
      return object->native(*this, args);
    case Sort::kClass:
      return NewObject(object, std::move(args));
    case Sort::kMember: {
      Out out = CommonMember(object->self, object->text, args);
      if (!out.known)
        out = is_js_ ? JsMember(object->self, object->text, args)
                     : PyMember(object->self, object->text, args);
      if (out.known) return out.value;
      break;
    }
    case Sort::kLibrary: {
      Out out = is_js_ ? JsLibrary(object->text, args) : PyLibrary(object->text, args);
      if (!out.known && !is_js_) out = PyAsync(object->text, args);
      if (out.known) return out.value;
      break;
    }
    case Sort::kInstance:
      if (HasMember(callee, "__call__"))
        return Call(Get(callee, "__call__", args.call), std::move(args));
      break;
    default:
      break;
  }
  // Functions handed to something unknown may be called by it: what they do counts.
  Note(Event::kUnknownCall, args.call, object->text);
  for (const Value& arg : args.positional) {
    if (arg.object != nullptr && (arg.object->sort == Sort::kPromise)) Use(arg.object);
    if (arg.object != nullptr && arg.object->sort == Sort::kCoroutine) (void)Spawn(arg);
  }
  Value result = Opaque(object->text + "()");
  result.object->awaitable = true;
  if (object->sort == Sort::kOpaque) result.object->operation = object->operation;
  result.object->is_part = true;
  for (const Value& arg : args.positional) {
    if (arg.object != nullptr && arg.object->operation >= 0 && result.object->operation < 0)
      result.object->operation = arg.object->operation;
  }
  return result;
}

Value Machine::CallFunction(Object* function, const Value& self, Args args, Object* home) {
  const NodeId node = function->node;
  const bool is_async = advise::IsDeclaredAsync(tree_, node);
  if (advise::IsGenerator(tree_, node))
    return MakeGenerator(function, self, std::move(args), home, is_async);
  if (!is_async) return RunBody(function, self, std::move(args), home, nullptr);
  if (!is_js_) {
    Object* coroutine = Make(Sort::kCoroutine);
    coroutine->node = args.call;
    coroutine->text = function->text;
    coroutine->bound = std::move(args);
    coroutine->self = self;
    coroutine->type = home;
    coroutine->items = {Value::Of(function)};
    return Value::Of(coroutine);
  }
  Value promise = Promise();
  promise.object->node = args.call;
  promise.object->text = function->text;
  promise.object->is_task = true;
  auto kept = std::make_shared<Args>(std::move(args));
  StartFiber(
      promise.object,
      [this, function, self, kept, home] {
        return RunBody(function, self, std::move(*kept), home, nullptr);
      },
      true);
  return promise;
}

Value Machine::RunCoroutine(Object* coroutine) {
  coroutine->used = true;
  if (coroutine->operation >= 0) {
    const Value promise = StartOperation(coroutine->operation);
    return AwaitPromise(promise.object);
  }
  if (coroutine->items.empty()) {  // made by a library: `native` does the work
    Args args = coroutine->bound;
    return coroutine->native ? coroutine->native(*this, args) : Value{};
  }
  return RunBody(coroutine->items[0].object, coroutine->self, coroutine->bound, coroutine->type,
                 nullptr);
}

Value Machine::RunBody(Object* function, const Value& self, Args args, Object* home,
                       Object* generator) {
  if (current_ != nullptr && current_->IsFull()) throw Halt{"it calls itself without end"};
  struct Leave {
    Machine& machine;
    Frame* outer;
    ~Leave() { machine.frame_ = outer; }
  };
  Frame frame;
  frame.function = function->node;
  frame.caller = frame_;
  frame.self = self.tag == Value::kUndefined ? function->self : self;
  frame.home = home;
  frame.generator = generator;
  frame.is_async = advise::IsDeclaredAsync(tree_, function->node);
  envs_.push_back(std::make_unique<Env>());
  frame.env = envs_.back().get();
  frame.env->parent = function->env;
  const Leave leave{*this, frame_};
  frame_ = &frame;
  if (std::find(trace_.functions.begin(), trace_.functions.end(), function->node) ==
      trace_.functions.end())
    trace_.functions.push_back(function->node);
  BindParams(function, args, frame);
  const NodeId body = advise::BodyOf(tree_, function->node);
  if (tree_.Is(function->node, NodeKind::kLambda)) return Eval(body, frame);
  Hoist(body, frame);
  const Flow flow = Block(body, frame);
  if (flow == Flow::kReturn) return frame.result;
  return is_js_ ? Value{} : Value::Null();
}

void Machine::BindParams(Object* function, Args& args, Frame& frame) {
  std::size_t next = 0;
  std::vector<bool> named_used(args.named.size());
  for (NodeId id : advise::ParamsOf(tree_, function->node)) {
    const auto param = ir::Cast<ir::Param>(tree_, id);
    Value value;
    if (param.kind() == ir::ParamKind::kRest) {
      std::vector<Value> rest;
      while (next < args.positional.size()) rest.push_back(args.positional[next++]);
      if (param.target())
        Bind(param.target(), List(std::move(rest), is_js_ ? Sort::kList : Sort::kTuple), frame,
             true);
      continue;
    }
    if (param.kind() == ir::ParamKind::kKeywordRest) {
      std::vector<std::pair<Value, Value>> rest;
      for (std::size_t i = 0; i < args.named.size(); ++i) {
        if (!named_used[i]) rest.emplace_back(String(args.named[i].first), args.named[i].second);
      }
      Bind(param.target(), Dict(std::move(rest)), frame, true);
      continue;
    }
    const auto name = ir::As<ir::Name>(tree_, param.target());
    if (param.kind() != ir::ParamKind::kKeywordOnly && next < args.positional.size()) {
      value = args.positional[next++];
    } else if (name) {
      for (std::size_t i = 0; i < args.named.size(); ++i) {
        if (args.named[i].first != name.id()) continue;
        value = args.named[i].second;
        named_used[i] = true;
      }
    }
    if (value.tag == Value::kUndefined && param.default_value())
      value = Eval(param.default_value(), frame);
    Bind(param.target(), value, frame, true);
  }
}

// ---------------------------------------------------------------- given functions

Value Machine::ErrorOf(const GivenFunction& function) {
  const std::string name = !function.error.empty() ? function.error
                           : is_js_                ? "Error"
                                                   : "Exception";
  return Error(name, function.name + " failed");
}

Value Machine::ResultOf(int call) {
  OperationCall& made = trace_.calls[static_cast<std::size_t>(call)];
  const GivenFunction& function = world_.functions[static_cast<std::size_t>(made.function)];
  made.end = now_;
  if (made.failed) return ErrorOf(function);
  if (!function.result) return Opaque(function.name, call);
  Value value = LiteralValue(*function.result, function.name);
  if (value.object != nullptr) {
    value.object->operation = call;
    value.object->awaitable = false;
  }
  return value;
}

Value Machine::CallGiven(int index, Args& args, bool other_spelling) {
  const GivenFunction& function = world_.functions[static_cast<std::size_t>(index)];
  const int call = static_cast<int>(trace_.calls.size());
  if (call >= 500) throw Halt{"too many calls of given functions"};
  trace_.calls.emplace_back();
  OperationCall& made = trace_.calls.back();
  made.function = index;
  made.node = args.call;
  made.made = now_;
  made.spelled_otherwise = other_spelling;
  made.args = args.positional;
  for (const auto& [name, value] : args.named) made.args.push_back(value);
  const int count = call_counts_[static_cast<std::size_t>(index)]++;
  made.failed = function.failures < 0 || count < function.failures;
  if (!args.positional.empty() && args.positional[0].object != nullptr &&
      std::find(function.fails_for.begin(), function.fails_for.end(),
                args.positional[0].object->text) != function.fails_for.end()) {
    made.failed = true;
  }
  switch (function.kind) {
    case GivenFunction::kSync:
    case GivenFunction::kBlocking: {
      made.begin = now_;
      made.awaited = true;
      if (function.kind == GivenFunction::kBlocking)
        Block(function.seconds, args.call, function.name);
      const Value result = ResultOf(call);
      if (trace_.calls[static_cast<std::size_t>(call)].failed) throw Thrown{result};
      return result;
    }
    case GivenFunction::kCallback: {
      made.begin = now_;
      Value callback;
      for (const Value& arg : args.positional) {
        if (callback.object == nullptr && arg.object != nullptr &&
            (arg.object->sort == Sort::kFunction || arg.object->sort == Sort::kNative ||
             arg.object->sort == Sort::kMember || arg.object->sort == Sort::kGiven))
          callback = arg;
      }
      made.awaited = callback.object != nullptr;
      const double seconds = count < static_cast<int>(function.times.size())
                                 ? function.times[static_cast<std::size_t>(count)]
                                 : function.seconds;
      After(seconds, [this, call, callback] {
        const bool failed = trace_.calls[static_cast<std::size_t>(call)].failed;
        const Value result = ResultOf(call);
        Object* task = Make(Sort::kPromise);
        task->used = true;
        StartFiber(
            task,
            [this, callback, failed, result] {
              if (callback.object == nullptr) return Value{};
              if (failed) return CallWith(callback, {result});
              return CallWith(callback, {Value::Null(), result});
            },
            true);
      });
      return is_js_ ? Value{} : Value::Null();
    }
    case GivenFunction::kStream:
      return StreamOf(call);
    case GivenFunction::kAsync:
      break;
  }
  if (is_js_) {
    Value promise = StartOperation(call);
    // An AbortSignal among the arguments, or in an options object, gives the operation up.
    Object* operation = promise.object;
    const auto listen = [&](const Value& value) {
      if (value.object == nullptr || value.object->text != "AbortSignal") return;
      value.object->waiters.push_back([this, operation, call] {
        if (operation->state != State::kPending) return;
        OperationCall& aborted = trace_.calls[static_cast<std::size_t>(call)];
        aborted.cancelled = aborted.aborted = true;
        aborted.end = now_;
        Reject(operation, Error("AbortError", "This operation was aborted"));
      });
      if (value.object->cancelled) value.object->waiters.back()();
    };
    for (const Value& arg : args.positional) {
      listen(arg);
      if (arg.object != nullptr && arg.object->sort == Sort::kDict) {
        for (const auto& [key, value] : arg.object->entries) listen(value);
      }
    }
    return promise;
  }
  Object* coroutine = Make(Sort::kCoroutine);
  coroutine->operation = call;
  coroutine->node = args.call;
  coroutine->text = function.name;
  return Value::Of(coroutine);
}

Value Machine::StartOperation(int call) {
  OperationCall& made = trace_.calls[static_cast<std::size_t>(call)];
  const GivenFunction& function = world_.functions[static_cast<std::size_t>(made.function)];
  made.begin = now_;
  Value promise = Promise();
  promise.object->operation = call;
  promise.object->node = made.node;
  promise.object->text = function.name;
  int count = 0;
  for (int i = 0; i < call; ++i)
    count += trace_.calls[static_cast<std::size_t>(i)].function == made.function;
  const double seconds = count < static_cast<int>(function.times.size())
                             ? function.times[static_cast<std::size_t>(count)]
                             : function.seconds;
  Object* object = promise.object;
  After(seconds, [this, object, call] {
    if (object->state != State::kPending) return;
    OperationCall& ended = trace_.calls[static_cast<std::size_t>(call)];
    if (ended.cancelled) return;
    const Value result = ResultOf(call);
    Settle(object, ended.failed ? State::kFailed : State::kDone, result);
  });
  return promise;
}

// A given function that hands over its values one by one.
Value Machine::StreamOf(int call) {
  const GivenFunction& function = world_.functions[static_cast<std::size_t>(
      trace_.calls[static_cast<std::size_t>(call)].function)];
  trace_.calls[static_cast<std::size_t>(call)].begin = now_;
  Object* stream = Make(Sort::kGenerator);
  stream->is_async = true;
  stream->operation = call;
  stream->text = function.name;
  stream->node = trace_.calls[static_cast<std::size_t>(call)].node;
  auto at = std::make_shared<std::size_t>(0);
  stream->native = [call, at, stream](Machine& m, Args&) -> Value {
    const auto& made = m.trace_.calls[static_cast<std::size_t>(call)];
    const GivenFunction& f = m.world_.functions[static_cast<std::size_t>(made.function)];
    Value promise = m.Promise();
    Object* object = promise.object;
    m.Use(object);
    const std::size_t i = (*at)++;
    const std::size_t count = f.result ? f.result->items.size() : 2;
    m.After(f.seconds, [&m, object, i, count, call, &f] {
      OperationCall& c = m.trace_.calls[static_cast<std::size_t>(call)];
      c.awaited = true;
      if (i < count) {
        Value item;
        if (f.result) {
          item = m.LiteralValue(f.result->items[i], f.name);
        } else {
          item = m.Opaque(f.name, call);
          item.object->is_part = true;
        }
        m.Settle(object, State::kDone, m.List({item, Value::Bool(false)}, Sort::kTuple));
      } else if (c.failed) {
        m.Settle(object, State::kFailed, m.ErrorOf(f));
      } else {
        c.end = m.now_;
        m.Settle(object, State::kDone, m.List({Value{}, Value::Bool(true)}, Sort::kTuple));
      }
    });
    return promise;
  };
  return Value::Of(stream);
}

}  // namespace asyncport::grade::sim
