// Going through what can be gone through, and making objects of classes. See machine.h.
#include <utility>

#include "grade/sim/machine.h"

namespace asyncport::grade::sim {

using ir::NodeId;
using ir::NodeKind;

// ---------------------------------------------------------------- elements

std::vector<Value> Machine::Elements(const Value& iterable, NodeId node) {
  std::vector<Value> items;
  Each(iterable, false, node, [&](const Value& item) {
    items.push_back(item);
    if (items.size() > 5'000) throw Halt{"a list grew too long"};
    return true;
  });
  return items;
}

// `visit` returns false to end it. False: it was ended.
bool Machine::Each(const Value& iterable, bool is_async, NodeId node,
                   const std::function<bool(const Value&)>& visit) {
  if (iterable.object == nullptr) {
    Raise("TypeError", "not iterable");
  }
  Object* object = iterable.object;
  const auto wait = [&](const Value& item) {
    if (is_async && is_js_ && item.object != nullptr && item.object->sort == Sort::kPromise)
      return AwaitPromise(item.object);
    return item;
  };
  switch (object->sort) {
    case Sort::kString:
      for (char c : std::string(object->text)) {
        if (!visit(String(std::string_view(&c, 1)))) return false;
      }
      return true;
    case Sort::kList:
    case Sort::kTuple:
    case Sort::kSet:
      // It may grow meanwhile.
      for (std::size_t i = 0; i < object->items.size(); ++i) {
        if (!visit(wait(object->items[i]))) return false;
      }
      return true;
    case Sort::kDict:
      for (std::size_t i = 0; i < object->entries.size(); ++i) {
        const auto [key, value] = object->entries[i];
        if (!visit(object->is_map ? List({key, value}) : key)) return false;
      }
      return true;
    case Sort::kGenerator: {
      for (;;) {
        const Value step = NextOf(object, Value{});
        const Value pair = object->is_async ? AwaitPromise(step.object) : step.object->result;
        if (!object->is_async && step.object->state == State::kFailed)
          throw Thrown{step.object->result};
        if (pair.object == nullptr || pair.object->items.size() < 2) return true;
        if (Truthy(pair.object->items[1])) return true;
        if (!visit(pair.object->items[0])) return CloseGenerator(object), false;
      }
    }
    case Sort::kPromise:
    case Sort::kCoroutine:
      Note(Event::kNotAwaitedUse, node);
      Raise("TypeError", "not iterable");
    case Sort::kInstance: {
      if (object->text == "asyncio.as_completed") {
        for (const Value& item : object->items) {
          if (!visit(is_async ? Value::Of(AsPromise(item)) : item)) return false;
        }
        return true;
      }
      const char* maker = is_js_ ? (is_async ? "Symbol.asyncIterator" : "Symbol.iterator")
                                 : (is_async ? "__aiter__" : "__iter__");
      Value iterator = iterable;
      if (HasMember(iterable, maker)) {
        iterator = CallWith(Get(iterable, maker, node), {});
      } else if (is_js_ && HasMember(iterable, "Symbol.iterator")) {
        iterator = CallWith(Get(iterable, "Symbol.iterator", node), {});
      }
      if (iterator.object != nullptr && iterator.object->sort != Sort::kInstance)
        return Each(iterator, is_async, node, visit);
      const char* next = is_js_ ? "next" : is_async ? "__anext__" : "__next__";
      if (!HasMember(iterator, next)) {
        Value part = Opaque(object->text);
        part.object->awaitable = true;
        for (int i = 0; i < 2; ++i) {
          if (!visit(part)) return false;
        }
        return true;
      }
      for (int i = 0; i < 1'000; ++i) {
        Value item;
        bool ended = false;
        try {
          item = CallWith(Get(iterator, next, node), {});
        } catch (const Thrown& thrown) {
          if (is_js_ || !IsInstanceOf(thrown.value, Library("StopIteration"))) throw;
          ended = true;
        }
        if (ended) return true;
        if (is_async) {
          std::optional<Value> error;
          try {
            item = Await(item, node);
          } catch (const Thrown& thrown) {
            error = thrown.value;
          }
          if (error) {
            if (!is_js_ && IsInstanceOf(*error, Library("StopAsyncIteration"))) return true;
            throw Thrown{*error};
          }
        }
        if (is_js_) {
          if (Truthy(Get(item, "done", node))) return true;
          item = Get(item, "value", node);
        }
        if (!visit(item)) return false;
      }
      return true;
    }
    default: {
      for (int i = 0; i < 2; ++i) {
        Value part = Part(iterable, object->text + "[]");
        if (!visit(part)) return false;
      }
      return true;
    }
  }
}

// ---------------------------------------------------------------- classes

Value Machine::NewObject(Object* type, Args args) {
  Object* object = Make(Sort::kInstance);
  object->type = type;
  object->text = type->text;
  const Value self = Value::Of(object);
  // Fields of JavaScript are made for each instance, those of the base first.
  std::vector<Object*> chain;
  for (Object* t = type; t != nullptr && t->sort == Sort::kClass; t = t->type) chain.push_back(t);
  if (is_js_) {
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
      if (!(*it)->node) continue;
      const NodeId body = tree_.Slot((*it)->node, tree_.Is((*it)->node, NodeKind::kClassDef)
                                                      ? unsigned{ir::slots::ClassDef::body}
                                                      : unsigned{ir::slots::ClassExpr::body});
      for (NodeId member : ir::Cast<ir::Block>(tree_, body).statements()) {
        const auto field = ir::As<ir::Field>(tree_, member);
        if (!field || field.is_static() || !field.value()) continue;
        Frame frame;
        frame.env = (*it)->env;
        frame.self = self;
        frame.home = *it;
        Set(self, std::string(field.name()), Eval(field.value(), frame));
      }
    }
  }
  for (Object* t : chain) {
    const auto it = t->statics.find("<constructor>");
    if (it == t->statics.end()) continue;
    (void)CallFunction(it->second.object, self, std::move(args), t);
    return self;
  }
  // A class without a constructor: its annotated fields in order (dataclass, NamedTuple, TypedDict), else an error's text.
  std::vector<std::string> names;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it)
    names.insert(names.end(), (*it)->field_names.begin(), (*it)->field_names.end());
  for (std::size_t i = 0; i < args.positional.size(); ++i) {
    if (i < names.size()) {
      Set(self, names[i], args.positional[i]);
    } else if (i == 0) {
      Set(self, "message", args.positional[0]);
    }
  }
  for (const auto& [name, value] : args.named) Set(self, name, value);
  return self;
}

}  // namespace asyncport::grade::sim
