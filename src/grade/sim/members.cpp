// What values can be asked: members, truth, equality, class. See machine.h.
#include <algorithm>
#include <cmath>
#include <utility>

#include "grade/sim/machine.h"
#include "support/strings.h"

namespace asyncport::grade::sim {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

bool IsUnknown(const Value& value) {
  return value.object != nullptr &&
         (value.object->sort == Sort::kOpaque || value.object->sort == Sort::kLibrary);
}

const Value* FindEntry(const Object& object, std::string_view key) {
  for (const auto& [name, value] : object.entries) {
    if (name.object != nullptr && name.object->sort == Sort::kString && name.object->text == key)
      return &value;
  }
  return nullptr;
}

// Which errors are caught by which, beyond themselves. Names without their module.
struct Base {
  std::string_view name;
  std::string_view base;
};
constexpr Base kBases[] = {
    {"ValueError", "Exception"},
    {"TypeError", "Exception"},
    {"RuntimeError", "Exception"},
    {"LookupError", "Exception"},
    {"KeyError", "LookupError"},
    {"IndexError", "LookupError"},
    {"OSError", "Exception"},
    {"ConnectionError", "OSError"},
    {"TimeoutError", "OSError"},
    {"IOError", "OSError"},
    {"StopAsyncIteration", "Exception"},
    {"StopIteration", "Exception"},
    {"InvalidStateError", "Exception"},
    {"QueueEmpty", "Exception"},
    {"QueueFull", "Exception"},
    {"ConnectionResetError", "ConnectionError"},
    {"ConnectionRefusedError", "ConnectionError"},
    {"HTTPError", "Exception"},
    {"ExceptionGroup", "Exception"},
    {"Exception", "BaseException"},
    {"CancelledError", "BaseException"},
    {"GeneratorExit", "BaseException"},
    {"KeyboardInterrupt", "BaseException"},
    {"AggregateError", "Error"},
    {"AbortError", "Error"},
    {"RangeError", "Error"},
    {"SyntaxError", "Error"},
    {"DOMException", "Error"},
};

std::string_view LastWord(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

bool Derives(std::string_view name, std::string_view base, bool is_js) {
  name = LastWord(name);
  base = LastWord(base);
  for (int i = 0; i < 8; ++i) {
    if (name == base) return true;
    if (is_js && name == "TypeError")
      name = "Error";
    else {
      const auto row = std::find_if(std::begin(kBases), std::end(kBases),
                                    [&](const Base& b) { return b.name == name; });
      if (row == std::end(kBases))
        return base == (is_js ? "Error" : "Exception") || base == "BaseException";
      name = row->base;
    }
  }
  return false;
}

}  // namespace

bool Machine::Truthy(const Value& value) {
  switch (value.tag) {
    case Value::kUndefined:
    case Value::kNull:
      return false;
    case Value::kBool:
    case Value::kNumber:
      return value.number != 0 && !std::isnan(value.number);
    case Value::kObject:
      break;
  }
  const Object& object = *value.object;
  if (object.text == "unknown condition" && object.sort == Sort::kOpaque) return Decide();
  if (object.sort == Sort::kString) return !object.text.empty();
  if (is_js_) return true;
  switch (object.sort) {
    case Sort::kList:
    case Sort::kTuple:
    case Sort::kSet:
      return !object.items.empty();
    case Sort::kDict:
      return !object.entries.empty();
    default:
      return true;
  }
}

std::string Machine::TextOf(const Value& value) {
  switch (value.tag) {
    case Value::kUndefined:
      return "undefined";
    case Value::kNull:
      return is_js_ ? "null" : "None";
    case Value::kBool:
      return is_js_ ? (value.number != 0 ? "true" : "false")
                    : (value.number != 0 ? "True" : "False");
    case Value::kNumber: {
      if (value.number == std::floor(value.number) && std::fabs(value.number) < 1e15)
        return std::to_string(static_cast<long long>(value.number));
      std::string text = std::to_string(value.number);
      while (text.back() == '0') text.pop_back();
      return text;
    }
    case Value::kObject:
      break;
  }
  const Object& object = *value.object;
  if (object.sort == Sort::kString) return object.text;
  if (object.sort == Sort::kInstance) {
    if (const Value* message = FindEntry(object, "message")) return TextOf(*message);
  }
  if (object.sort == Sort::kList || object.sort == Sort::kTuple || object.sort == Sort::kSet) {
    std::string text;
    for (std::size_t i = 0; i < object.items.size() && i < 20; ++i)
      text += (i == 0 ? "" : ",") +
              (object.items[i].object == value.object ? "..." : TextOf(object.items[i]));
    return text;
  }
  return "<" + object.text + ">";
}

bool Machine::Same(const Value& a, const Value& b) {
  if (a.IsNothing() || b.IsNothing()) return a.IsNothing() && b.IsNothing();
  if (a.tag != Value::kObject || b.tag != Value::kObject) {
    if (IsUnknown(a) || IsUnknown(b)) return Decide();
    return a.tag != Value::kObject && b.tag != Value::kObject && a.number == b.number;
  }
  if (a.object == b.object) return true;
  if (a.object->sort == Sort::kLibrary && b.object->sort == Sort::kLibrary)
    return a.object->text == b.object->text;
  if (IsUnknown(a) || IsUnknown(b)) {
    if (a.object->text == "__name__" || b.object->text == "__name__") return true;
    return Decide();
  }
  if (a.object->sort == Sort::kString && b.object->sort == Sort::kString)
    return a.object->text == b.object->text;
  if (a.object->sort == Sort::kGiven && b.object->sort == Sort::kGiven)
    return a.object->index == b.object->index;
  return false;
}

Value Machine::BinaryValue(ir::BinaryOp op, const Value& left, const Value& right) {
  using Op = ir::BinaryOp;
  const bool numbers = left.tag == Value::kNumber && right.tag == Value::kNumber;
  const auto derived = [&]() -> Value {
    Value value = Opaque("value");
    for (const Value* side : {&left, &right}) {
      if (side->object != nullptr && side->object->operation >= 0) {
        value.object->operation = side->object->operation;
        value.object->is_part = true;
      }
    }
    return value;
  };
  switch (op) {
    case Op::kAdd: {
      if (numbers) return Value::Number(left.number + right.number);
      const auto is = [](const Value& v, Sort sort) {
        return v.object != nullptr && v.object->sort == sort;
      };
      if (is(left, Sort::kString) || is(right, Sort::kString))
        return String(TextOf(left) + TextOf(right));
      if (!is_js_ && (is(left, Sort::kList) || is(left, Sort::kTuple)) && right.object != nullptr) {
        std::vector<Value> items = left.object->items;
        for (const Value& item : right.object->items) items.push_back(item);
        return List(std::move(items), left.object->sort);
      }
      return derived();
    }
    case Op::kSub:
      return numbers ? Value::Number(left.number - right.number) : derived();
    case Op::kMul:
      if (!is_js_) {
        // `[None] * n`, with a bound on what it may cost.
        const bool list_first = left.object != nullptr && (left.object->sort == Sort::kList ||
                                                           left.object->sort == Sort::kTuple);
        const Value& list = list_first ? left : right;
        const Value& times = list_first ? right : left;
        if (times.tag == Value::kNumber && list.object != nullptr &&
            (list.object->sort == Sort::kList || list.object->sort == Sort::kTuple)) {
          std::vector<Value> items;
          for (double i = 0; i < times.number && items.size() < 10'000; ++i)
            items.insert(items.end(), list.object->items.begin(), list.object->items.end());
          return List(std::move(items), list.object->sort);
        }
      }
      return numbers ? Value::Number(left.number * right.number) : derived();
    case Op::kDiv:
      return numbers && right.number != 0 ? Value::Number(left.number / right.number) : derived();
    case Op::kFloorDiv:
      return numbers && right.number != 0 ? Value::Number(std::floor(left.number / right.number))
                                          : derived();
    case Op::kMod:
      return numbers && right.number != 0 ? Value::Number(std::fmod(left.number, right.number))
                                          : derived();
    case Op::kPow:
      return numbers ? Value::Number(std::pow(left.number, right.number)) : derived();
    case Op::kShl:
      return numbers ? Value::Number(left.number * std::pow(2, right.number)) : derived();
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe: {
      if (!numbers) return Opaque("unknown condition");
      const double a = left.number;
      const double b = right.number;
      return Value::Bool(op == Op::kLt   ? a < b
                         : op == Op::kLe ? a <= b
                         : op == Op::kGt ? a > b
                                         : a >= b);
    }
    case Op::kStrictEq:
    case Op::kLooseEq:
    case Op::kEq:
    case Op::kIs:
      if (op == Op::kStrictEq && left.IsNothing() && right.IsNothing())
        return Value::Bool(left.tag == right.tag);
      return Value::Bool(Same(left, right));
    case Op::kStrictNe:
    case Op::kLooseNe:
    case Op::kNe:
    case Op::kIsNot:
      if (op == Op::kStrictNe && left.IsNothing() && right.IsNothing())
        return Value::Bool(left.tag != right.tag);
      return Value::Bool(!Same(left, right));
    case Op::kInstanceOf:
      return Value::Bool(IsInstanceOf(left, right));
    case Op::kJsIn:
    case Op::kIn:
    case Op::kNotIn: {
      bool found = false;
      if (right.object != nullptr) {
        if (right.object->sort == Sort::kDict || right.object->sort == Sort::kInstance) {
          for (const auto& [key, value] : right.object->entries) found = found || Same(key, left);
        } else if (right.object->sort == Sort::kOpaque || right.object->sort == Sort::kLibrary) {
          found = Decide();
        } else if (right.object->sort == Sort::kString) {
          found = right.object->text.find(TextOf(left)) != std::string::npos;
        } else {
          for (const Value& item : right.object->items) found = found || Same(item, left);
        }
      }
      return Value::Bool(found != (op == Op::kNotIn));
    }
    default:
      return derived();
  }
}

bool Machine::IsInstanceOf(const Value& value, const Value& type) {
  if (type.object == nullptr) return false;
  if (type.object->sort == Sort::kTuple || type.object->sort == Sort::kList) {
    return std::any_of(type.object->items.begin(), type.object->items.end(),
                       [&](const Value& one) { return IsInstanceOf(value, one); });
  }
  if (value.object == nullptr) {
    return (value.tag == Value::kNumber &&
            (type.object->text == "int" || type.object->text == "float")) ||
           (value.tag == Value::kBool && type.object->text == "bool");
  }
  if (value.object->sort == Sort::kOpaque) {
    // Results of given functions are no errors.
    if (value.object->operation >= 0 &&
        Derives(type.object->text, is_js_ ? "Error" : "BaseException", is_js_)) {
      const std::string_view name = LastWord(type.object->text);
      if (name.ends_with("Error") || name.ends_with("Exception")) return false;
    }
    return Decide();
  }
  if (value.object->sort == Sort::kString)
    return type.object->text == "str" || type.object->text == "String";
  if (value.object->sort == Sort::kDict)
    return type.object->text == "dict" || type.object->text == "Object";
  if (value.object->sort == Sort::kList)
    return type.object->text == "list" || type.object->text == "Array";
  if (value.object->sort != Sort::kInstance) return false;
  const Object* own = value.object->type;
  for (; own != nullptr && own->sort == Sort::kClass; own = own->type) {
    if (own == type.object) return true;
  }
  if (type.object->sort == Sort::kClass) return false;
  return Derives(own != nullptr ? own->text : value.object->text, type.object->text, is_js_);
}

// ---------------------------------------------------------------- members

bool Machine::HasMember(const Value& self, const std::string& name) const {
  if (self.object == nullptr) return false;
  if (FindEntry(*self.object, name) != nullptr) return true;
  for (const Object* type = self.object->type; type != nullptr; type = type->type) {
    if (type->statics.count(name) != 0) return true;
  }
  return false;
}

Value Machine::Get(const Value& self, const std::string& name, NodeId node) {
  if (self.object == nullptr) {
    if (self.IsNothing()) Raise(is_js_ ? "TypeError" : "AttributeError", "no member " + name);
    Object* member = Make(Sort::kMember);
    member->text = name;
    member->self = self;
    return Value::Of(member);
  }
  Object* object = self.object;
  const auto as_member = [&]() -> Value {
    Object* member = Make(Sort::kMember);
    member->text = name;
    member->self = self;
    return Value::Of(member);
  };
  const auto given = [&](const Value& fallback) -> Value {
    const int index = GivenByName(name);
    if (index < 0) return fallback;
    Object* member = Make(Sort::kGiven);
    member->index = index;
    member->text = name;
    member->is_map = name != world_.functions[static_cast<std::size_t>(index)].name;
    return Value::Of(member);
  };
  switch (object->sort) {
    case Sort::kLibrary:
      return given(Library(object->text + "." + name));
    case Sort::kOpaque: {
      if (const Value* known = FindEntry(*object, name)) return *known;
      if (object->text == "AbortController" && name == "signal") return object->items[0];
      Value part = given(Value{});
      if (part.object == nullptr) {
        part = Part(self, object->text + "." + name);
        object->entries.emplace_back(String(name), part);
      }
      return part;
    }
    case Sort::kDict:
      if (const Value* known = FindEntry(*object, name); known != nullptr && !object->is_map) {
        if (is_js_) return *known;
      }
      if (name == "size" && object->is_map)
        return Value::Number(static_cast<double>(object->entries.size()));
      if (is_js_ && !object->is_map) {
        static const std::set<std::string> kMethods = {"hasOwnProperty", "toString"};
        return kMethods.count(name) != 0 ? as_member() : Value{};
      }
      return as_member();
    case Sort::kString:
    case Sort::kList:
    case Sort::kTuple:
    case Sort::kSet:
      if (name == "length" || name == "size") {
        return Value::Number(static_cast<double>(
            object->sort == Sort::kString ? object->text.size() : object->items.size()));
      }
      if (!is_js_ && FindEntry(*object, name) != nullptr) return *FindEntry(*object, name);
      return as_member();
    case Sort::kClass: {
      for (Object* type = object; type != nullptr; type = type->type) {
        if (const auto it = type->statics.find(name); it != type->statics.end()) {
          if (it->second.object != nullptr && it->second.object->sort == Sort::kFunction &&
              GivenByName(name) >= 0 && it->second.object->node != entry_)
            return given(it->second);
          return it->second;
        }
      }
      return given(name == "name" || name == "__name__" ? String(object->text) : as_member());
    }
    case Sort::kInstance: {
      if (const Value* known = FindEntry(*object, name)) {
        return known->object != nullptr && known->object->sort == Sort::kOpaque ? given(*known)
                                                                                : *known;
      }
      for (Object* type = object->type; type != nullptr; type = type->type) {
        if (type->sort != Sort::kClass) break;
        if (const auto it = type->statics.find(name); it != type->statics.end()) {
          const Value member = it->second;
          if (member.object == nullptr || member.object->sort != Sort::kFunction) return member;
          if (GivenByName(name) >= 0 && member.object->node != entry_) return given(member);
          if (member.object->self.object != nullptr) return member;
          Object* bound = Make(Sort::kFunction);
          *bound = *member.object;
          bound->self = object->text == "super" ? object->self : self;
          return Value::Of(bound);
        }
        if (const auto it = type->statics.find("<get>" + name); it != type->statics.end())
          return CallFunction(it->second.object, self, {}, type);
      }
      // A field that is a function value, set for each instance.
      if (object->type != nullptr && object->type->sort == Sort::kClass && object->type->node) {
        const NodeId body =
            tree_.Slot(object->type->node, tree_.Is(object->type->node, NodeKind::kClassDef)
                                               ? unsigned{ir::slots::ClassDef::body}
                                               : unsigned{ir::slots::ClassExpr::body});
        for (NodeId member : ir::Cast<ir::Block>(tree_, body).statements()) {
          const auto field = ir::As<ir::Field>(tree_, member);
          if (!field || field.name() != name || !field.value() || !is_js_) continue;
          Frame frame;
          frame.env = object->type->env;
          frame.self = self;
          frame.home = object->type;
          const Value value = Eval(field.value(), frame);
          Set(self, name, value);
          return value;
        }
      }
      if (object->type == nullptr && object->text != "super") {
        if (name == "signal" && !object->items.empty()) return object->items[0];
        return as_member();
      }
      const bool is_error = object->type != nullptr &&
                            IsInstanceOf(self, Library(is_js_ ? "Error" : "BaseException"));
      if (is_error && (name == "message" || name == "args" || name == "stack" || name == "name"))
        return String(object->type->text);
      return given(is_js_ ? Value{} : as_member());
    }
    case Sort::kPromise:
      if (is_js_ && name != "then" && name != "catch" && name != "finally") {
        Note(Event::kNotAwaitedUse, node);
        return {};
      }
      return as_member();
    case Sort::kCoroutine:
      Note(Event::kNotAwaitedUse, node);
      return as_member();
    default:
      if (const Value* known = FindEntry(*object, name)) return *known;
      return as_member();
  }
}

void Machine::Set(const Value& self, const std::string& name, const Value& value) {
  if (self.object == nullptr) return;
  for (Object* type = self.object->type; type != nullptr && type->sort == Sort::kClass;
       type = type->type) {
    if (const auto it = type->statics.find("<set>" + name); it != type->statics.end()) {
      Args args;
      args.positional = {value};
      (void)CallFunction(it->second.object, self, std::move(args), type);
      return;
    }
  }
  if (self.object->sort == Sort::kClass) {
    self.object->statics[name] = value;
    return;
  }
  SetIndex(self, String(name), value);
}

Value Machine::Index(const Value& self, const Value& key, NodeId node) {
  if (self.object == nullptr) {
    if (self.IsNothing()) Raise("TypeError", "nothing to look into");
    return {};
  }
  Object* object = self.object;
  switch (object->sort) {
    case Sort::kList:
    case Sort::kTuple: {
      if (key.object != nullptr && key.object->text == "slice") {
        const auto size = static_cast<double>(object->items.size());
        const auto bound = [&](const Value& v, double otherwise) {
          double at = v.tag == Value::kNumber ? v.number : otherwise;
          if (at < 0) at += size;
          return std::clamp(at, 0.0, size);
        };
        const auto from = static_cast<std::ptrdiff_t>(bound(key.object->items[0], 0));
        const auto to = static_cast<std::ptrdiff_t>(bound(key.object->items[1], size));
        if (to <= from) return List({}, object->sort);
        return List({object->items.begin() + from, object->items.begin() + to}, object->sort);
      }
      if (key.tag == Value::kNumber) {
        double at = key.number;
        if (at < 0 && !is_js_) at += static_cast<double>(object->items.size());
        if (at >= 0 && at < static_cast<double>(object->items.size()))
          return object->items[static_cast<std::size_t>(at)];
        if (is_js_) return {};
        Raise("IndexError", "list index out of range");
      }
      return Get(self, TextOf(key), node);
    }
    case Sort::kDict: {
      for (const auto& [name, value] : object->entries) {
        if (name.tag == key.tag &&
            (name.tag != Value::kObject || (name.object->sort == key.object->sort)) &&
            Same(name, key))
          return value;
      }
      if (object->native) {  // defaultdict
        const Value made = CallWith(object->self, {});
        SetIndex(self, key, made);
        return made;
      }
      if (is_js_) return {};
      if (key.object != nullptr && key.object->sort == Sort::kOpaque && !object->entries.empty())
        return object->entries.front().second;
      Raise("KeyError", TextOf(key));
    }
    case Sort::kOpaque:
    case Sort::kLibrary:
      return Part(self, object->text + "[" + TextOf(key) + "]");
    case Sort::kPromise:
    case Sort::kCoroutine:
      Note(Event::kNotAwaitedUse, node);
      return Part(self, "value");
    case Sort::kInstance:
      if (!is_js_ && HasMember(self, "__getitem__"))
        return CallWith(Get(self, "__getitem__", node), {key});
      return Get(self, TextOf(key), node);
    case Sort::kString:
      return String(object->text.substr(0, 1));
    default:
      return Get(self, TextOf(key), node);
  }
}

void Machine::SetIndex(const Value& self, const Value& key, const Value& value) {
  if (self.object == nullptr) return;
  Object* object = self.object;
  if ((object->sort == Sort::kList) && key.tag == Value::kNumber) {
    const auto at = static_cast<std::size_t>(
        key.number < 0 ? key.number + static_cast<double>(object->items.size()) : key.number);
    if (at > 5'000) throw Halt{"a list grew too long"};
    if (at >= object->items.size()) object->items.resize(at + 1);
    object->items[at] = value;
    return;
  }
  if (object->sort == Sort::kOpaque && object->operation >= 0 && object->entries.size() > 500)
    return;
  for (auto& [name, known] : object->entries) {
    if (name.tag == key.tag &&
        (name.tag != Value::kObject || name.object->sort == key.object->sort) && Same(name, key)) {
      known = value;
      return;
    }
  }
  if (object->entries.size() > 5'000) throw Halt{"a map grew too long"};
  object->entries.emplace_back(key, value);
}

}  // namespace asyncport::grade::sim
