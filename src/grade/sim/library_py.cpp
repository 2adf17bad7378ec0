// The part of Python's library that asynchronous exercises use, without asyncio (library_asyncio.cpp). What is not here
// gives opaque values.
// Example: `[*range(3)]` is a list of three numbers.
#include <algorithm>
#include <cmath>
#include <utility>

#include "grade/sim/machine.h"
#include "support/strings.h"

namespace asyncport::grade::sim {
namespace {

Machine::Out Yes(const Value& value) { return {value, true}; }

}  // namespace

Machine::Out Machine::PyLibrary(const std::string& path, Args& args) {
  const auto items = [&](std::size_t i) { return Elements(args.At(i), args.call); };
  if (path == "print") {
    std::string line;
    for (const Value& arg : args.positional) line += (line.empty() ? "" : " ") + TextOf(arg);
    if (trace_.printed.size() < 200) trace_.printed.emplace_back(now_, line);
    return Yes(Value::Null());
  }
  if (path.starts_with("logging."))
    return path == "logging.getLogger" ? Yes(Opaque("logger")) : Yes(Value::Null());
  if (path == "len") {
    const Value of = args.At(0);
    if (of.object == nullptr || of.object->sort == Sort::kOpaque) return Yes(Opaque("number"));
    if (of.object->sort == Sort::kCoroutine || of.object->sort == Sort::kPromise)
      Note(Event::kNotAwaitedUse, args.call);
    const std::size_t size = of.object->sort == Sort::kString ? of.object->text.size()
                             : of.object->sort == Sort::kDict ? of.object->entries.size()
                                                              : of.object->items.size();
    return Yes(Value::Number(static_cast<double>(size)));
  }
  if (path == "range") {
    double from = 0;
    double to = args.At(0).number;
    double step = 1;
    if (args.positional.size() > 1) {
      from = to;
      to = args.At(1).number;
    }
    if (args.positional.size() > 2) step = args.At(2).number;
    for (const Value& arg : args.positional) {
      if (arg.tag != Value::kNumber) return Yes(List({Value::Number(0), Value::Number(1)}));
    }
    std::vector<Value> out;
    for (double i = from; step > 0 ? i < to : i > to; i += step == 0 ? 1 : step) {
      out.push_back(Value::Number(i));
      if (out.size() > 2'000) break;
    }
    return Yes(List(std::move(out)));
  }
  if (path == "enumerate" || path == "zip" || path == "itertools.count") {
    std::vector<Value> out;
    if (path == "itertools.count") {
      const double first = args.Any(0, "start").number;
      for (int i = 0; i < 200; ++i) out.push_back(Value::Number(first + i));
    } else if (path == "enumerate") {
      double at = args.Any(1, "start").tag == Value::kNumber ? args.Any(1, "start").number : 0;
      for (const Value& item : items(0))
        out.push_back(List({Value::Number(at++), item}, Sort::kTuple));
    } else {
      std::vector<std::vector<Value>> columns;
      std::size_t rows = args.positional.empty() ? 0 : 10'000;
      for (std::size_t i = 0; i < args.positional.size(); ++i) {
        columns.push_back(items(i));
        rows = std::min(rows, columns.back().size());
      }
      for (std::size_t r = 0; r < rows; ++r) {
        std::vector<Value> row;
        for (const auto& column : columns) row.push_back(column[r]);
        out.push_back(List(std::move(row), Sort::kTuple));
      }
    }
    return Yes(List(std::move(out)));
  }
  if (path == "list" || path == "tuple" || path == "set" || path == "frozenset" ||
      path == "sorted" || path == "reversed" || path == "collections.deque" || path == "iter") {
    const Value source = args.At(0);
    if (path == "iter") {
      if (source.object == nullptr || source.object->sort == Sort::kGenerator) return Yes(source);
      // Several readers share it.
      Object* iterator = Make(Sort::kGenerator);
      auto at = std::make_shared<std::size_t>(0);
      const Value list = List(items(0));
      iterator->native = [at, list](Machine& m, Args&) {
        Value step = m.Promise();
        m.Use(step.object);
        const bool over = *at >= list.object->items.size();
        const Value item = over ? Value{} : list.object->items[(*at)++];
        m.Settle(step.object, State::kDone, m.List({item, Value::Bool(over)}, Sort::kTuple));
        return step;
      };
      return Yes(Value::Of(iterator));
    }
    if (source.object != nullptr && source.object->sort == Sort::kOpaque &&
        path != "collections.deque")
      return Yes(Part(source, path));
    std::vector<Value> out = source.IsNothing() ? std::vector<Value>{} : items(0);
    if (path == "reversed") std::reverse(out.begin(), out.end());
    return Yes(List(std::move(out), path == "tuple"                        ? Sort::kTuple
                                    : path == "set" || path == "frozenset" ? Sort::kSet
                                                                           : Sort::kList));
  }
  if (path == "dict" || path == "collections.OrderedDict" || path == "types.SimpleNamespace" ||
      path == "collections.defaultdict") {
    const Value out = path == "types.SimpleNamespace" ? Instance("SimpleNamespace") : Dict();
    if (path == "collections.defaultdict") {
      out.object->self = args.At(0);
      out.object->native = [](Machine&, Args&) { return Value{}; };
    } else if (const Value source = args.At(0); source.object != nullptr) {
      if (source.object->sort == Sort::kDict) {
        for (const auto& [key, value] :
             std::vector<std::pair<Value, Value>>(source.object->entries))
          SetIndex(out, key, value);
      } else {
        for (const Value& pair : items(0))
          SetIndex(out, Index(pair, Value::Number(0), args.call),
                   Index(pair, Value::Number(1), args.call));
      }
    }
    for (const auto& [key, value] : args.named) SetIndex(out, String(key), value);
    return Yes(out);
  }
  if (path == "map" || path == "filter") {
    std::vector<Value> out;
    std::vector<std::vector<Value>> columns;
    for (std::size_t i = 1; i < args.positional.size(); ++i) columns.push_back(items(i));
    for (std::size_t r = 0; !columns.empty() && r < columns[0].size(); ++r) {
      std::vector<Value> row;
      for (const auto& column : columns) row.push_back(r < column.size() ? column[r] : Value{});
      const Value result = args.At(0).IsNothing() ? row[0] : CallWith(args.At(0), row);
      if (path == "map")
        out.push_back(result);
      else if (Truthy(result))
        out.push_back(row[0]);
    }
    return Yes(List(std::move(out)));
  }
  if (path == "isinstance" || path == "issubclass")
    return Yes(Value::Bool(IsInstanceOf(args.At(0), args.At(1))));
  if (path == "str" || path == "repr" || path == "json.dumps") {
    Value text = String(TextOf(args.At(0)));
    if (args.At(0).object != nullptr) text.object->operation = args.At(0).object->operation;
    text.object->is_part = true;
    return Yes(text);
  }
  if (path == "int" || path == "float" || path == "abs" || path == "round" || path == "bool") {
    if (path == "bool") return Yes(Value::Bool(Truthy(args.At(0))));
    return Yes(args.At(0).tag == Value::kNumber ? args.At(0) : Opaque("number"));
  }
  if (path == "min" || path == "max" || path == "sum") {
    std::vector<Value> all =
        args.positional.size() == 1 || path == "sum" ? items(0) : args.positional;
    if (all.empty()) return Yes(Value::Number(0));
    double total = path == "sum" ? 0 : all[0].number;
    for (const Value& item : all) {
      if (item.tag != Value::kNumber && item.tag != Value::kBool) return Yes(Opaque("number"));
      total = path == "sum"   ? total + item.number
              : path == "min" ? std::min(total, item.number)
                              : std::max(total, item.number);
    }
    return Yes(Value::Number(total));
  }
  if (path == "any" || path == "all") {
    for (const Value& item : items(0)) {
      if (Truthy(item) == (path == "any")) return Yes(Value::Bool(path == "any"));
    }
    return Yes(Value::Bool(path == "all"));
  }
  if (path == "next" || path == "anext") {
    const Value iterator = args.At(0);
    if (iterator.object == nullptr || iterator.object->sort != Sort::kGenerator)
      return Yes(Opaque("item"));
    const bool is_async = iterator.object->is_async;
    const Value fallback = args.At(1);
    const bool has_fallback = args.positional.size() > 1;
    const Value step = NextOf(iterator.object, Value{});
    const auto value = [has_fallback, fallback, is_async](Machine& m, const Value& pair) {
      if (m.Truthy(pair.object->items[1])) {
        if (has_fallback) return fallback;
        m.Raise(is_async ? "StopAsyncIteration" : "StopIteration", "");
      }
      return pair.object->items[0];
    };
    if (!is_async) return Yes(value(*this, step.object->result));
    Object* coroutine = Make(Sort::kCoroutine);
    coroutine->node = args.call;
    coroutine->native = [step, value](Machine& m, Args&) {
      return value(m, m.AwaitPromise(step.object));
    };
    return Yes(Value::Of(coroutine));
  }
  if (path == "aiter") return Yes(args.At(0));
  if (path == "getattr") return Yes(Get(args.At(0), TextOf(args.At(1)), args.call));
  if (path == "hasattr") return Yes(Value::Bool(HasMember(args.At(0), TextOf(args.At(1)))));
  if (path == "type")
    return Yes(args.At(0).object != nullptr && args.At(0).object->type != nullptr
                   ? Value::Of(args.At(0).object->type)
                   : Opaque("type"));
  if (path == "time.sleep") {
    Block(args.At(0).tag == Value::kNumber ? args.At(0).number : 1, args.call, path);
    return Yes(Value::Null());
  }
  if (path == "time.monotonic" || path == "time.perf_counter" || path == "time.time")
    return Yes(Value::Number(now_));
  if (path == "random.random" || path == "random.uniform") return Yes(Value::Number(0.5));
  if (path == "collections.namedtuple" || path == "typing.NamedTuple" ||
      path == "typing.TypedDict") {
    Object* type = Make(Sort::kClass);
    type->text = TextOf(args.At(0));
    const Value fields = args.Any(1, "field_names");
    if (fields.object != nullptr && fields.object->sort == Sort::kString) {
      std::string word;
      for (char c : fields.object->text + " ") {
        if (c == ' ' || c == ',') {
          if (!word.empty()) type->field_names.push_back(word);
          word.clear();
        } else {
          word += c;
        }
      }
    } else if (fields.object != nullptr) {
      for (const Value& field : Elements(fields, args.call))
        type->field_names.push_back(TextOf(
            field.object != nullptr && field.object->sort == Sort::kTuple ? field.object->items[0]
                                                                          : field));
    }
    return Yes(Value::Of(type));
  }
  if (path == "functools.partial") {
    const Value target = args.At(0);
    Args kept = args;
    kept.positional.erase(kept.positional.begin());
    return Yes(Native([target, kept](Machine& m, Args& a) {
      Args all = kept;
      all.call = a.call;
      all.positional.insert(all.positional.end(), a.positional.begin(), a.positional.end());
      all.named.insert(all.named.end(), a.named.begin(), a.named.end());
      return m.Call(target, std::move(all));
    }));
  }
  if (path == "dataclasses.asdict" || path == "vars") {
    const Value out = Dict();
    if (args.At(0).object != nullptr) out.object->entries = args.At(0).object->entries;
    return Yes(out);
  }
  if (path == "typing.cast") return Yes(args.At(1));
  if (path == "contextlib.suppress") {
    const Value out = Instance("contextlib.suppress");
    out.object->items = args.positional;
    return Yes(out);
  }
  if (path == "operator.itemgetter" || path == "operator.attrgetter") return Yes(Opaque(path));
  // Errors of the language.
  const std::size_t dot = path.rfind('.');
  const std::string last = dot == std::string::npos ? path : path.substr(dot + 1);
  if (last.ends_with("Error") || last.ends_with("Exception") || last.ends_with("Group") ||
      last == "StopAsyncIteration" || last == "StopIteration") {
    if (path == "asyncio.TaskGroup") return {};
    const Value error = Error(path, TextOf(args.At(0)));
    SetIndex(error, String("args"), List(args.positional, Sort::kTuple));
    if (last.ends_with("ExceptionGroup") && args.At(1).object != nullptr) {
      error.object->items = Elements(args.At(1), args.call);
      SetIndex(error, String("exceptions"), args.At(1));
    }
    return Yes(error);
  }
  return {};
}

Machine::Out Machine::PyMember(const Value& self, const std::string& name, Args& args) {
  if (self.object == nullptr) return Yes(Opaque("value"));
  Object* object = self.object;
  switch (object->sort) {
    case Sort::kPromise:
    case Sort::kCoroutine:
      return AsyncMember(object, name, args);
    case Sort::kGenerator: {
      if (name == "__anext__" || name == "__next__" || name == "asend" || name == "send") {
        Args next;
        next.positional = {self};
        next.call = args.call;
        return PyLibrary(object->is_async ? "anext" : "next", next);
      }
      if (name == "aclose" || name == "close") {
        Object* coroutine = Make(Sort::kCoroutine);
        coroutine->native = [object](Machine& m, Args&) {
          return m.CloseGenerator(object), Value::Null();
        };
        if (name == "aclose") return Yes(Value::Of(coroutine));
        coroutine->used = true;
        CloseGenerator(object);
        return Yes(Value::Null());
      }
      if (name == "__aiter__" || name == "__iter__") return Yes(self);
      return {};
    }
    case Sort::kDict:
      if (name == "get" || name == "setdefault") {
        for (const auto& [key, value] : object->entries) {
          if (Same(key, args.At(0))) return Yes(value);
        }
        if (name == "setdefault") SetIndex(self, args.At(0), args.At(1));
        return Yes(args.positional.size() > 1 ? args.At(1) : Value::Null());
      }
      if (name == "keys" || name == "values" || name == "items" || name == "copy") {
        if (name == "copy") return Yes(Dict(object->entries));
        std::vector<Value> out;
        for (const auto& [key, value] : object->entries)
          out.push_back(name == "keys"     ? key
                        : name == "values" ? value
                                           : List({key, value}, Sort::kTuple));
        return Yes(List(std::move(out)));
      }
      if (name == "update") {
        if (args.At(0).object != nullptr) {
          if (args.At(0).object->sort == Sort::kOpaque && args.At(0).object->operation >= 0)
            Note(Event::kFlatMerge, args.call);
          for (const auto& [key, value] :
               std::vector<std::pair<Value, Value>>(args.At(0).object->entries))
            SetIndex(self, key, value);
        }
        for (const auto& [key, value] : args.named) SetIndex(self, String(key), value);
        return Yes(Value::Null());
      }
      if (name == "clear") return object->entries.clear(), Yes(Value::Null());
      return {};
    case Sort::kString:
      if (name == "startswith" || name == "endswith" || name == "isdigit")
        return Yes(Value::Bool(name != "isdigit" &&
                               object->text.find(TextOf(args.At(0))) != std::string::npos));
      if (name == "join") {
        std::string out;
        bool first = true;
        for (const Value& item : Elements(args.At(0), args.call)) {
          out += (first ? "" : object->text) + TextOf(item);
          first = false;
        }
        return Yes(String(out));
      }
      if (name == "split") return Yes(List({self}));
      return Yes(self);
    case Sort::kList:
    case Sort::kSet:
    case Sort::kTuple: {
      std::vector<Value>& items = object->items;
      if (name == "append" || name == "add") {
        if (name == "add") {
          for (const Value& item : items) {
            if (Same(item, args.At(0))) return Yes(Value::Null());
          }
        }
        if (items.size() > 5'000) throw Halt{"a list grew too long"};
        items.push_back(args.At(0));
        return Yes(Value::Null());
      }
      if (name == "appendleft") return items.insert(items.begin(), args.At(0)), Yes(Value::Null());
      if (name == "insert") {
        const auto at =
            std::min(static_cast<std::size_t>(std::max(0.0, args.At(0).number)), items.size());
        return items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), args.At(1)),
               Yes(Value::Null());
      }
      if (name == "extend" || name == "update") {
        for (const Value& item : Elements(args.At(0), args.call)) items.push_back(item);
        return Yes(Value::Null());
      }
      if (name == "pop" || name == "popleft") {
        if (items.empty()) Raise("IndexError", "pop from empty list");
        const bool front =
            name == "popleft" || (args.At(0).tag == Value::kNumber && args.At(0).number == 0);
        const Value item = front ? items.front() : items.back();
        items.erase(front ? items.begin() : items.end() - 1);
        return Yes(item);
      }
      if (name == "remove" || name == "discard") {
        const auto it = std::find_if(items.begin(), items.end(),
                                     [&](const Value& item) { return Same(item, args.At(0)); });
        if (it != items.end()) items.erase(it);
        return Yes(Value::Null());
      }
      if (name == "index" || name == "count") return Yes(Value::Number(0));
      if (name == "copy") return Yes(List(items, object->sort));
      if (name == "clear") return items.clear(), Yes(Value::Null());
      if (name == "reverse") return std::reverse(items.begin(), items.end()), Yes(Value::Null());
      if (name == "sort") return Yes(Value::Null());
      return {};
    }
    default:
      return {};
  }
}

}  // namespace asyncport::grade::sim
