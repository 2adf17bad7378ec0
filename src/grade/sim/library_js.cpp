// The part of JavaScript's and Node's library that asynchronous exercises use. What is not here gives opaque values.
// Example: `Promise.allSettled` of two given functions waits for the slower one.
#include <algorithm>
#include <cmath>
#include <utility>

#include "grade/sim/machine.h"
#include "support/strings.h"

namespace asyncport::grade::sim {
namespace {

using Args_ = Args;

bool IsCallable(const Value& value) {
  if (value.object == nullptr) return false;
  switch (value.object->sort) {
    case Sort::kFunction:
    case Sort::kGiven:
    case Sort::kNative:
    case Sort::kMember:
    case Sort::kClass:
    case Sort::kLibrary:
      return true;
    default:
      return false;
  }
}

Machine::Out Yes(const Value& value) { return {value, true}; }

std::vector<Value> ItemsOf(Machine& m, const Args& args, std::size_t at = 0) {
  const Value list = args.At(at);
  if (list.object != nullptr && list.object->sort == Sort::kPromise) return {list};
  return m.Elements(list, args.call);
}

Value NewPromise(Machine& m, Args& args) {
  Value promise = m.Promise();
  Object* object = promise.object;
  object->node = args.call;
  object->text = "new Promise";
  const Value executor = args.At(0);
  const Value resolve = m.Native([object](Machine& machine, Args& a) {
    machine.Resolve(object, a.At(0));
    return Value{};
  });
  const Value reject = m.Native([object](Machine& machine, Args& a) {
    machine.Reject(object, a.At(0));
    return Value{};
  });
  const std::size_t calls = m.trace().calls.size();
  std::optional<Value> error;
  Value result;
  try {
    result = m.CallWith(executor, {resolve, reject});
  } catch (const Thrown& thrown) {
    error = thrown.value;
  }
  if (error) m.Reject(object, *error);
  if (result.object != nullptr && result.object->sort == Sort::kPromise) result.object->used = true;
  // A promise around promises, where `async` would do.
  bool around = false;
  for (std::size_t i = calls; i < m.trace().calls.size(); ++i) around = true;
  m.Note(Event::kExecutor, args.call, around ? "around" : "");
  return promise;
}

void Fire(Machine& m, Object* timer) {
  Args none;
  (void)timer->native(m, none);
}

// setTimeout(f, ms, ...args): the handle is a number.
Value SetTimeout(Machine& m, Args& args, bool again) {
  const Value action = args.At(0);
  const double seconds = args.At(1).tag == Value::kNumber ? args.At(1).number / 1000 : 0;
  std::vector<Value> rest;
  for (std::size_t i = 2; i < args.positional.size(); ++i) rest.push_back(args.positional[i]);
  m.Note(Event::kTimer, args.call);
  Value handle = m.Instance("Timeout");
  Object* object = handle.object;
  object->number = again ? 200 : 1;  // rounds
  if (seconds > 0) object->node = args.call;
  object->native = [action, rest, object, seconds](Machine& machine, Args&) -> Value {
    if (object->cancelled) return {};
    Object* task = machine.Make(Sort::kPromise);
    task->used = true;
    machine.StartFiber(
        task,
        [&machine, action, rest] {
          Args values;
          values.positional = rest;
          return machine.Call(action, std::move(values));
        },
        true);
    if (task->state == State::kFailed)
      machine.Note(Event::kUnhandled, machine.place(), "setTimeout");
    object->number -= 1;
    if (object->number >= 1)
      machine.After(std::max(seconds, 0.001), [&machine, object] { Fire(machine, object); });
    return {};
  };
  m.After(seconds, [&m, object] { Fire(m, object); });
  return handle;
}

Value MakeSignal(Machine& m) {
  Value signal = m.Instance("AbortSignal");
  m.SetIndex(signal, m.String("aborted"), Value::Bool(false));
  return signal;
}

void Abort(Machine& m, const Value& signal) {
  if (signal.object == nullptr || signal.object->cancelled) return;
  signal.object->cancelled = true;
  m.SetIndex(signal, m.String("aborted"), Value::Bool(true));
  const auto listeners = signal.object->waiters;
  for (const auto& listener : listeners) listener();
  for (const Value& listener : std::vector<Value>(signal.object->items))
    (void)m.CallWith(listener, {});
}

Value SortedCopy(const Value& list) { return list; }

Value Keys(Machine& m, const Value& of, int what) {
  std::vector<Value> out;
  if (of.object == nullptr) return m.List({});
  if (of.object->sort == Sort::kOpaque) return m.Part(of, "entries");
  if (of.object->sort == Sort::kList) {
    for (std::size_t i = 0; i < of.object->items.size(); ++i) {
      const Value key = m.String(std::to_string(i));
      out.push_back(what == 0   ? key
                    : what == 1 ? of.object->items[i]
                                : m.List({key, of.object->items[i]}));
    }
    return m.List(std::move(out));
  }
  for (const auto& [key, value] : of.object->entries)
    out.push_back(what == 0 ? key : what == 1 ? value : m.List({key, value}));
  return m.List(std::move(out));
}

constexpr std::string_view kErrors[] = {"Error",          "TypeError",   "RangeError",
                                        "AggregateError", "SyntaxError", "DOMException"};

}  // namespace

Machine::Out Machine::JsLibrary(const std::string& path, Args& args) {
  if (path == "Promise.all" || path == "Promise.allSettled" || path == "Promise.race" ||
      path == "Promise.any")
    return Yes(Combine(path, ItemsOf(*this, args), path == "Promise.allSettled", args.call));
  if (path == "Promise.resolve" || path == "Promise.reject") {
    if (args.At(0).object != nullptr && args.At(0).object->sort == Sort::kPromise)
      return Yes(args.At(0));
    Value promise = Promise();
    promise.object->used = path == "Promise.resolve";
    Settle(promise.object, path == "Promise.resolve" ? State::kDone : State::kFailed, args.At(0));
    return Yes(promise);
  }
  if (path == "new Promise") return Yes(NewPromise(*this, args));
  if (path == "Promise.withResolvers") {
    Value promise = Promise();
    Object* object = promise.object;
    Value record = Dict();
    SetIndex(record, String("promise"), promise);
    SetIndex(record, String("resolve"),
             Native([object](Machine& m, Args& a) { return m.Resolve(object, a.At(0)), Value{}; }));
    SetIndex(record, String("reject"),
             Native([object](Machine& m, Args& a) { return m.Reject(object, a.At(0)), Value{}; }));
    return Yes(record);
  }
  if (path == "setTimeout" || path == "setInterval")
    return Yes(SetTimeout(*this, args, path == "setInterval"));
  if (path == "setImmediate" || path == "queueMicrotask" || path == "process.nextTick") {
    args.positional.insert(args.positional.begin() + (args.positional.empty() ? 0 : 1),
                           Value::Number(0));
    return Yes(SetTimeout(*this, args, false));
  }
  if (path == "clearTimeout" || path == "clearInterval") {
    if (args.At(0).object != nullptr) args.At(0).object->cancelled = true;
    return Yes({});
  }
  if (path == "node:timers/promises.setTimeout" || path == "node:timers/promises.scheduler.wait") {
    Value promise = Promise();
    Object* object = promise.object;
    object->node = args.call;
    object->text = "sleep";
    const Value value = args.At(1);
    After(args.At(0).number / 1000, [this, object, value] { Settle(object, State::kDone, value); });
    return Yes(promise);
  }
  if (path == "new AbortController" || path == "AbortController") {
    Value controller = Instance("AbortController");
    controller.object->items = {MakeSignal(*this)};
    SetIndex(controller, String("signal"), controller.object->items[0]);
    return Yes(controller);
  }
  if (path == "AbortSignal.timeout") {
    const Value signal = MakeSignal(*this);
    After(args.At(0).number / 1000, [this, signal] { Abort(*this, signal); });
    return Yes(signal);
  }
  if (path == "AbortSignal.any") {
    const Value signal = MakeSignal(*this);
    for (const Value& part : ItemsOf(*this, args)) {
      if (part.object != nullptr)
        part.object->waiters.push_back([this, signal] { Abort(*this, signal); });
    }
    return Yes(signal);
  }
  for (std::string_view error : kErrors) {
    if (path != error && path != "new " + std::string(error)) continue;
    const bool many = error == "AggregateError";
    const Value made = Error(error, TextOf(args.At(many ? 1 : 0)));
    if (many) SetIndex(made, String("errors"), args.At(0));
    const Value options = args.At(many ? 2 : 1);
    if (options.object != nullptr && options.object->sort == Sort::kDict)
      for (const auto& [key, value] : std::vector<std::pair<Value, Value>>(options.object->entries))
        SetIndex(made, key, value);
    return Yes(made);
  }
  if (path == "new Map" || path == "new WeakMap") {
    Value map = Dict();
    map.object->is_map = true;
    if (!args.At(0).IsNothing()) {
      for (const Value& pair : Elements(args.At(0), args.call))
        SetIndex(map, Index(pair, Value::Number(0), args.call),
                 Index(pair, Value::Number(1), args.call));
    }
    return Yes(map);
  }
  if (path == "new Set" || path == "new WeakSet")
    return Yes(List(args.At(0).IsNothing() ? std::vector<Value>{} : Elements(args.At(0), args.call),
                    Sort::kSet));
  if (path == "new Array" || path == "Array") {
    std::vector<Value> items(args.positional);
    if (args.positional.size() == 1 && args.At(0).tag == Value::kNumber)
      items.assign(static_cast<std::size_t>(std::clamp(args.At(0).number, 0.0, 1000.0)), Value{});
    return Yes(List(std::move(items)));
  }
  if (path == "Array.isArray") {
    if (args.At(0).object != nullptr && args.At(0).object->sort == Sort::kOpaque)
      return Yes(Opaque("unknown condition"));
    return Yes(Value::Bool(args.At(0).object != nullptr && args.At(0).object->sort == Sort::kList));
  }
  if (path == "Array.of") return Yes(List(args.positional));
  if (path == "Array.from") {
    const Value source = args.At(0);
    std::vector<Value> items;
    if (source.object != nullptr && source.object->sort == Sort::kDict && !source.object->is_map) {
      const Value length = Get(source, "length", args.call);
      items.assign(static_cast<std::size_t>(std::clamp(length.number, 0.0, 1000.0)), Value{});
    } else {
      items = Elements(source, args.call);
    }
    if (IsCallable(args.At(1))) {
      for (std::size_t i = 0; i < items.size(); ++i)
        items[i] = CallWith(args.At(1), {items[i], Value::Number(static_cast<double>(i))});
    }
    return Yes(List(std::move(items)));
  }
  if (path == "Object.keys") return Yes(Keys(*this, args.At(0), 0));
  if (path == "Object.values") return Yes(Keys(*this, args.At(0), 1));
  if (path == "Object.entries") return Yes(Keys(*this, args.At(0), 2));
  if (path == "Object.fromEntries") {
    const Value dict = Dict();
    for (const Value& pair : Elements(args.At(0), args.call))
      SetIndex(dict, Index(pair, Value::Number(0), args.call),
               Index(pair, Value::Number(1), args.call));
    return Yes(dict);
  }
  if (path == "Object.freeze" || path == "Object.seal" || path == "structuredClone")
    return Yes(args.At(0));
  if (path == "Object.assign") {
    for (std::size_t i = 1; i < args.positional.size(); ++i) {
      const Value source = args.At(i);
      if (source.object == nullptr) continue;
      if (source.object->sort == Sort::kOpaque) {
        if (source.object->operation >= 0) Note(Event::kFlatMerge, args.call);
        SetIndex(args.At(0), String("..." + std::to_string(i)), Part(source, "..."));
      }
      for (const auto& [key, value] : std::vector<std::pair<Value, Value>>(source.object->entries))
        SetIndex(args.At(0), key, value);
    }
    return Yes(args.At(0));
  }
  if (path.starts_with("console.")) {
    std::string line;
    for (const Value& arg : args.positional) line += (line.empty() ? "" : " ") + TextOf(arg);
    if (trace_.printed.size() < 200) trace_.printed.emplace_back(now_, line);
    return Yes({});
  }
  if (path.starts_with("JSON.")) {
    Value text = args.At(0);
    if (text.object != nullptr && text.object->operation >= 0) return Yes(Part(text, "json"));
    return Yes(Opaque("json"));
  }
  if (path == "Date.now" || path == "performance.now" || path == "node:perf_hooks.performance.now")
    return Yes(Value::Number(now_ * 1000));
  if (path == "Math.random") return Yes(Value::Number(0.5));
  if (path == "Math.min" || path == "Math.max") {
    double best = path == "Math.min" ? HUGE_VAL : -HUGE_VAL;
    for (const Value& arg : args.positional) {
      if (arg.tag != Value::kNumber) return Yes(Opaque("number"));
      best = path == "Math.min" ? std::min(best, arg.number) : std::max(best, arg.number);
    }
    return Yes(Value::Number(best));
  }
  if (path == "Math.floor" || path == "Math.ceil" || path == "Math.round" || path == "Math.trunc" ||
      path == "Math.abs") {
    if (args.At(0).tag != Value::kNumber) return Yes(Opaque("number"));
    const double n = args.At(0).number;
    return Yes(Value::Number(path == "Math.ceil"    ? std::ceil(n)
                             : path == "Math.abs"   ? std::fabs(n)
                             : path == "Math.round" ? std::round(n)
                                                    : std::floor(n)));
  }
  if (path == "Math.pow") return Yes(BinaryValue(ir::BinaryOp::kPow, args.At(0), args.At(1)));
  if (path == "String") return Yes(String(TextOf(args.At(0))));
  if (path == "Number" || path == "parseInt" || path == "Boolean" || path == "Number.isInteger") {
    if (path == "Boolean") return Yes(Value::Bool(Truthy(args.At(0))));
    if (path == "Number.isInteger") return Yes(Value::Bool(args.At(0).tag == Value::kNumber));
    return Yes(args.At(0).tag == Value::kNumber ? args.At(0) : Opaque("number"));
  }
  if (path == "node:util.promisify") {
    const Value function = args.At(0);
    return Yes(Native([function](Machine& m, Args& a) {
      Value promise = m.Promise();
      Object* object = promise.object;
      object->node = a.call;
      object->text = "promisify";
      std::vector<Value> values = a.positional;
      values.push_back(m.Native([object](Machine& machine, Args& b) {
        if (!b.At(0).IsNothing()) {
          machine.Reject(object, b.At(0));
        } else {
          machine.Resolve(object, b.At(1));
        }
        return Value{};
      }));
      (void)m.CallWith(function, std::move(values));
      return promise;
    }));
  }
  return {};
}

Machine::Out Machine::JsMember(const Value& self, const std::string& name, Args& args) {
  if (self.object == nullptr) return Yes(Opaque("value"));
  Object* object = self.object;
  const Value f = args.At(0);
  if (object->sort == Sort::kPromise) {
    if (name != "then" && name != "catch" && name != "finally") return {};
    Use(object);
    Value next = Promise();
    Object* promise = next.object;
    promise->node = args.call;
    promise->text = name;
    const Value on_done = name == "then" ? args.At(0) : Value{};
    const Value on_fail = name == "then" ? args.At(1) : name == "catch" ? args.At(0) : Value{};
    const Value at_end = name == "finally" ? args.At(0) : Value{};
    Then(object, [this, object, promise, on_done, on_fail, at_end] {
      const bool failed = object->state == State::kFailed;
      const Value handler = at_end.object != nullptr ? at_end : failed ? on_fail : on_done;
      const Value result = object->result;
      if (handler.object == nullptr) return Settle(promise, object->state, result);
      Object* task = promise;
      if (failed && at_end.object == nullptr)
        Note(Event::kHandled, promise->node, result.object ? result.object->text : "");
      const bool last = at_end.object != nullptr;
      StartFiber(
          task,
          [this, handler, result, last, failed] {
            const Value value =
                CallWith(handler, last ? std::vector<Value>{} : std::vector<Value>{result});
            if (!last) return value;
            if (value.object != nullptr && value.object->sort == Sort::kPromise)
              (void)AwaitPromise(value.object);
            if (failed) throw Thrown{result};
            return result;
          },
          true);
    });
    return Yes(next);
  }
  if (object->sort == Sort::kInstance && object->type == nullptr) {
    if (object->text == "AbortController" && name == "abort")
      return Abort(*this, object->items[0]), Yes({});
    if (object->text == "AbortSignal") {
      if (name == "addEventListener") {
        object->items.push_back(args.At(1));
        if (object->cancelled) (void)CallWith(args.At(1), {});
      }
      if (name == "throwIfAborted" && object->cancelled)
        throw Thrown{Error("AbortError", "aborted")};
      return Yes({});
    }
    if (object->text == "Timeout") {
      if (name == "unref" || name == "ref")
        object->used = name == "unref";  // node does not wait for it
      return Yes(self);
    }
  }
  if (object->sort == Sort::kFunction || object->sort == Sort::kGiven ||
      object->sort == Sort::kMember || object->sort == Sort::kNative) {
    if (name == "call" || name == "apply") {
      std::vector<Value> rest;
      if (name == "apply")
        rest = Elements(args.At(1), args.call);
      else
        rest.assign(args.positional.begin() + (args.positional.empty() ? 0 : 1),
                    args.positional.end());
      return Yes(CallWith(self, std::move(rest)));
    }
    if (name == "bind") {
      std::vector<Value> kept(args.positional.begin() + (args.positional.empty() ? 0 : 1),
                              args.positional.end());
      const Value target = self;
      return Yes(Native([target, kept](Machine& m, Args& a) {
        std::vector<Value> all = kept;
        all.insert(all.end(), a.positional.begin(), a.positional.end());
        return m.CallWith(target, std::move(all));
      }));
    }
    return {};
  }
  if (object->sort == Sort::kGenerator) {
    if (name == "next") {
      const Value step = NextOf(object, args.At(0));
      const auto record = [](Machine& m, const Value& pair) {
        const Value out = m.Dict();
        m.SetIndex(out, m.String("value"), pair.object->items[0]);
        m.SetIndex(out, m.String("done"), pair.object->items[1]);
        return out;
      };
      if (!object->is_async) return Yes(record(*this, step.object->result));
      Value promise = Promise();
      Object* out = promise.object;
      Object* inner = step.object;
      Then(inner, [this, inner, out, record] {
        Settle(out, inner->state,
               inner->state == State::kDone ? record(*this, inner->result) : inner->result);
      });
      return Yes(promise);
    }
    if (name == "return") return CloseGenerator(object), Yes({});
    if (name == "Symbol.asyncIterator") return Yes(self);
    return {};
  }
  if (object->sort == Sort::kString) {
    if (name == "startsWith" || name == "includes" || name == "endsWith")
      return Yes(Value::Bool(object->text.find(TextOf(f)) != std::string::npos));
    return Yes(self);
  }
  if (object->sort == Sort::kDict && object->is_map) {
    if (name == "get") {
      for (const auto& [key, value] : object->entries) {
        if (Same(key, f)) return Yes(value);
      }
      return Yes({});
    }
    if (name == "set") return SetIndex(self, f, args.At(1)), Yes(self);
    if (name == "has") {
      for (const auto& [key, value] : object->entries) {
        if (Same(key, f)) return Yes(Value::Bool(true));
      }
      return Yes(Value::Bool(false));
    }
    if (name == "keys" || name == "values" || name == "entries")
      return Yes(Keys(*this, self, name == "keys" ? 0 : name == "values" ? 1 : 2));
    if (name == "delete") return CommonMember(self, "pop", args);
    if (name == "clear") return object->entries.clear(), Yes({});
    if (name == "forEach") {
      for (const auto& [key, value] : std::vector<std::pair<Value, Value>>(object->entries))
        (void)CallWith(f, {value, key});
      return Yes({});
    }
    return {};
  }
  if (object->sort != Sort::kList && object->sort != Sort::kSet) return {};
  std::vector<Value>& items = object->items;
  if (name == "add") {
    for (const Value& item : items) {
      if (Same(item, f)) return Yes(self);
    }
    items.push_back(f);
    return Yes(self);
  }
  if (name == "delete") {
    const auto it =
        std::find_if(items.begin(), items.end(), [&](const Value& item) { return Same(item, f); });
    if (it == items.end()) return Yes(Value::Bool(false));
    items.erase(it);
    return Yes(Value::Bool(true));
  }
  if (name == "has" || name == "includes" || name == "indexOf") {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (Same(items[i], f))
        return Yes(name == "indexOf" ? Value::Number(static_cast<double>(i)) : Value::Bool(true));
    }
    return Yes(name == "indexOf" ? Value::Number(-1) : Value::Bool(false));
  }
  if (name == "push" || name == "unshift") {
    for (const Value& arg : args.positional)
      items.insert(name == "push" ? items.end() : items.begin(), arg);
    if (items.size() > 5'000) throw Halt{"a list grew too long"};
    return Yes(Value::Number(static_cast<double>(items.size())));
  }
  if (name == "pop" || name == "shift") {
    if (items.empty()) return Yes({});
    const Value item = name == "pop" ? items.back() : items.front();
    items.erase(name == "pop" ? items.end() - 1 : items.begin());
    return Yes(item);
  }
  if (name == "map" || name == "flatMap" || name == "forEach" || name == "filter" ||
      name == "some" || name == "every" || name == "find" || name == "findIndex") {
    std::vector<Value> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Value item = items[i];
      const Value result = CallWith(f, {item, Value::Number(static_cast<double>(i)), self});
      if (name == "map") {
        out.push_back(result);
      } else if (name == "flatMap") {
        if (result.object != nullptr && result.object->sort == Sort::kList)
          out.insert(out.end(), result.object->items.begin(), result.object->items.end());
        else
          out.push_back(result);
      } else if (name != "forEach") {
        if (result.object != nullptr && result.object->sort == Sort::kPromise)
          Note(Event::kNotAwaitedUse, args.call);
        const bool truth = Truthy(result);
        if (name == "filter" && truth) out.push_back(item);
        if (name == "some" && truth) return Yes(Value::Bool(true));
        if (name == "every" && !truth) return Yes(Value::Bool(false));
        if (name == "find" && truth) return Yes(item);
        if (name == "findIndex" && truth) return Yes(Value::Number(static_cast<double>(i)));
      }
    }
    if (name == "map" || name == "flatMap" || name == "filter") return Yes(List(std::move(out)));
    if (name == "some" || name == "every") return Yes(Value::Bool(name == "every"));
    if (name == "findIndex") return Yes(Value::Number(-1));
    return Yes({});
  }
  if (name == "reduce") {
    std::size_t i = 0;
    Value sum = args.positional.size() > 1 ? args.At(1) : Value{};
    if (args.positional.size() < 2 && !items.empty()) sum = items[i++];
    for (; i < items.size(); ++i)
      sum = CallWith(f, {sum, items[i], Value::Number(static_cast<double>(i)), self});
    return Yes(sum);
  }
  if (name == "entries" || name == "keys") {
    // Places are numbers here; Object.entries gives them as texts.
    std::vector<Value> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Value place = Value::Number(static_cast<double>(i));
      out.push_back(name == "keys" ? place : List({place, items[i]}));
    }
    return Yes(List(std::move(out)));
  }
  if (name == "values" || name == "toSorted" || name == "reverse" || name == "sort" ||
      name == "flat" || name == "Symbol.iterator") {
    if (name == "flat") {
      std::vector<Value> out;
      for (const Value& item : items) {
        if (item.object != nullptr && item.object->sort == Sort::kList)
          out.insert(out.end(), item.object->items.begin(), item.object->items.end());
        else
          out.push_back(item);
      }
      return Yes(List(std::move(out)));
    }
    if (name == "reverse") std::reverse(items.begin(), items.end());
    if (name == "values") {
      // An iterator: several readers share it.
      Object* iterator = Make(Sort::kGenerator);
      auto at = std::make_shared<std::size_t>(0);
      const Value source = self;
      iterator->native = [at, source](Machine& m, Args&) {
        Value step = m.Promise();
        m.Use(step.object);
        const bool over = *at >= source.object->items.size();
        const Value item = over ? Value{} : source.object->items[(*at)++];
        m.Settle(step.object, State::kDone, m.List({item, Value::Bool(over)}, Sort::kTuple));
        return step;
      };
      return Yes(Value::Of(iterator));
    }
    return Yes(SortedCopy(self));
  }
  if (name == "slice" || name == "splice") {
    const auto size = static_cast<double>(items.size());
    const auto bound = [&](const Value& v, double otherwise) {
      double at = v.tag == Value::kNumber ? v.number : otherwise;
      if (at < 0) at += size;
      return std::clamp(at, 0.0, size);
    };
    const auto from = static_cast<std::ptrdiff_t>(bound(args.At(0), 0));
    auto to = static_cast<std::ptrdiff_t>(bound(args.At(1), size));
    if (name == "splice")
      to = args.At(1).tag == Value::kNumber
               ? std::min<std::ptrdiff_t>(from + static_cast<std::ptrdiff_t>(args.At(1).number),
                                          static_cast<std::ptrdiff_t>(size))
               : static_cast<std::ptrdiff_t>(size);
    std::vector<Value> out;
    if (to > from) out.assign(items.begin() + from, items.begin() + to);
    if (name == "splice" && to > from) items.erase(items.begin() + from, items.begin() + to);
    return Yes(List(std::move(out)));
  }
  if (name == "concat") {
    std::vector<Value> out = items;
    for (const Value& arg : args.positional) {
      if (arg.object != nullptr && arg.object->sort == Sort::kList)
        out.insert(out.end(), arg.object->items.begin(), arg.object->items.end());
      else
        out.push_back(arg);
    }
    return Yes(List(std::move(out)));
  }
  if (name == "fill") {
    for (Value& item : items) item = f;
    return Yes(self);
  }
  if (name == "join") return Yes(String(TextOf(self)));
  if (name == "at")
    return Yes(Index(List(items, Sort::kList),
                     f.number < 0 ? Value::Number(f.number + static_cast<double>(items.size())) : f,
                     args.call));
  return {};
}

// What both languages' values answer alike.
Machine::Out Machine::CommonMember(const Value& self, const std::string& name, Args& args) {
  if (self.object == nullptr) return {};
  Object* object = self.object;
  if (object->sort == Sort::kDict && name == "pop") {
    for (auto it = object->entries.begin(); it != object->entries.end(); ++it) {
      if (!Same(it->first, args.At(0))) continue;
      const Value value = it->second;
      object->entries.erase(it);
      return Yes(is_js_ ? Value::Bool(true) : value);
    }
    if (args.positional.size() > 1) return Yes(args.At(1));
    return Yes(is_js_ ? Value::Bool(false) : Value::Null());
  }
  if (object->sort == Sort::kInstance && object->type == nullptr && !is_js_)
    return AsyncMember(object, name, args);
  return {};
}

}  // namespace asyncport::grade::sim
