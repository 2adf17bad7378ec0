// Keys of Maps and items of Sets. Python compares them by their contents; JavaScript compares arrays, Sets and instances
// by identity. Tuples of numbers that are only looked up become text; otherwise `intern` gives the one value that stands
// for all equal ones. Does not serve classes with an `__eq__` of their own.
// Example: `seen.add((x, y))` -> seen.add(`${x},${y}`); where `seen` is walked too: `seen.add(intern([x, y]))`.
#include <algorithm>
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;
using facts::TypeId;
using facts::TypeKind;

namespace {

enum class Need { kNone, kSome, kUnknown };

Need NeedOf(Context& c, TypeId id) {
  const facts::Type& type = c.facts().type(id);
  switch (type.kind) {
    case TypeKind::kUnknown:
      return Need::kUnknown;
    case TypeKind::kTuple:
    case TypeKind::kSet:
    case TypeKind::kDate:
      return Need::kSome;
    case TypeKind::kInstance:
      if (type.name == "datetime.date") return Need::kSome;
      return type.decl && IsValueClass(c, type.decl) ? Need::kSome : Need::kNone;
    case TypeKind::kUnion: {
      Need need = Need::kNone;
      for (TypeId member : type.members) need = std::max(need, NeedOf(c, member));
      return need;
    }
    default:
      return Need::kNone;
  }
}

// A tuple of numbers: its text tells it from every other.
bool IsNumbers(Context& c, TypeId id) {
  const facts::Type& type = c.facts().type(id);
  if (type.kind != TypeKind::kTuple || type.members.empty()) return false;
  for (TypeId member : type.members) {
    unsigned kinds = KindsOf(c, member);
    if (kinds == 0 || (kinds & ~unsigned{kNumber}) != 0) return false;
  }
  return true;
}

// How the tuple keys of the file are written, decided once for all of them, since they may meet.
struct KeyStyle {
  bool some = false;  // does any key need care?
  bool texts = true;

  explicit KeyStyle(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId node{i};
      if (!HasCategory(c.src().kind(node), category::Expr) || !Only(c, node, kSet | kMap)) continue;
      TypeId key = ElementOf(c, node);
      if (NeedOf(c, key) != Need::kSome) continue;
      some = true;
      texts = texts && IsNumbers(c, key) && IsLookup(c, node);
    }
  }

  // Does the place only ask for single keys?
  static bool IsLookup(Context& c, NodeId node) {
    NodeId parent = c.facts().Parent(node);
    switch (c.src().kind(parent)) {
      case NodeKind::kSubscript:
        return c.As<Subscript>(parent).object() == node;
      case NodeKind::kBinary: {
        auto binary = c.As<Binary>(parent);
        return (binary.op() == BinaryOp::kIn || binary.op() == BinaryOp::kNotIn) &&
               binary.right() == node;
      }
      case NodeKind::kAttribute: {
        static constexpr std::string_view kMethods[] = {"get",    "add",        "has",  "discard",
                                                        "remove", "setdefault", "clear"};
        auto call = c.As<Call>(c.facts().Parent(parent));
        std::string_view name = c.As<Attribute>(parent).name();
        return call && call.callee() == parent &&
               std::find(std::begin(kMethods), std::end(kMethods), name) != std::end(kMethods);
      }
      case NodeKind::kCall: {
        auto call = c.As<Call>(parent);
        return call.callee() != node && (c.facts().ResolvedName(call.callee()) == "len" ||
                                         c.facts().CalleeDefinition(parent));
      }
      case NodeKind::kAssign:
      case NodeKind::kParam:
      case NodeKind::kReturn:
      case NodeKind::kIf:
      case NodeKind::kWhile:
      case NodeKind::kExprStmt:
      case NodeKind::kUnary:
      case NodeKind::kField:
        return true;
      default:
        return false;
    }
  }
};

NodeId AsText(Context& c, NodeId key) {
  auto tuple = c.As<Tuple>(key);
  if (!tuple) return Js(c, "$K.join()", {{"K", c.Expr(key)}}, key);
  NodeList parts;
  for (NodeId e : tuple.elements()) {
    if (!parts.empty()) parts.push_back(c.NewString(","));
    parts.push_back(c.Expr(e));
  }
  return NewTemplate(c, std::move(parts), key);
}

}  // namespace

// Instances that are keys by their contents, if the generated comparison is what makes them equal.
bool IsInternable(Context& c, NodeId class_def) {
  return !FindMethod(c, class_def, "__eq__") && !FindMethod(c, class_def, "__hash__");
}

bool IsTupleKey(Context& c, NodeId key) {
  return c.src().Is(key, NodeKind::kTuple) || NeedOf(c, c.facts().TypeOf(key)) == Need::kSome;
}

bool NeedsKeyCare(Context& c, TypeId key) {
  Need need = NeedOf(c, key);
  return need == Need::kSome || (need == Need::kUnknown && c.State<KeyStyle>().some);
}

NodeId Interned(Context& c, NodeId target) { return c.NewCall(Local(c, "intern"), {target}); }

NodeId KeyOf(Context& c, NodeId key) {
  if (NodeId owner = ClassOf(c, key); IsValueClass(c, owner) && !IsInternable(c, owner))
    return c.Refuse(key, "tuple-key");
  Need need = c.src().Is(key, NodeKind::kTuple) ? Need::kSome : NeedOf(c, c.facts().TypeOf(key));
  if (need == Need::kNone) return c.Expr(key);
  KeyStyle& style = c.State<KeyStyle>();
  if (need == Need::kUnknown && !style.some) return c.Expr(key);
  c.SayOnce("tuple-key", key);
  bool numbers = IsNumbers(c, c.facts().TypeOf(key));
  if (need == Need::kUnknown) {
    if (style.texts) return Js(c, "String($K)", {{"K", c.Expr(key)}}, key);
    return c.NewCall(Local(c, "keyOf"), {c.Expr(key)}, key);
  }
  if (style.some && style.texts && numbers) return AsText(c, key);
  return c.NewCall(Local(c, "intern"), {c.Expr(key)}, key);
}

NodeId KeysOf(Context& c, TypeId element, NodeId items, NodeId origin) {
  if (NodeId owner = ClassOf(c, element); IsValueClass(c, owner) && !IsInternable(c, owner))
    return c.Refuse(origin, "tuple-key");
  if (!NeedsKeyCare(c, element)) return items;
  c.SayOnce("tuple-key", origin);
  bool texts = c.State<KeyStyle>().texts;
  bool known = NeedOf(c, element) == Need::kSome;
  bool array = c.dst().Is(items, NodeKind::kList) || c.dst().Is(items, NodeKind::kCall) ||
               c.dst().Is(items, NodeKind::kName);
  if (!array) items = Js(c, "[...$X]", {{"X", items}});
  if (texts) return Js(c, "Array.from($X, String)", {{"X", items}});
  NodeId function = Local(c, known ? "intern" : "keyOf");
  return Js(c, "Array.from($X, (item) => $F(item))", {{"X", items}, {"F", function}});
}

}  // namespace asyncport::translate::to_js
