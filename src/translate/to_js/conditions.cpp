// Conditions: what Python takes for true, where JavaScript takes every container for it.
// Example: `if xs:` -> `if (xs.length > 0)`; `a or []` -> `a.length > 0 ? a : []`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

std::optional<NodeId> TranslateUnary(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  auto inner = unary.op() == UnaryOp::kNot ? c.As<Unary>(unary.operand()) : Unary();
  if (inner && inner.op() == UnaryOp::kNot && !Only(c, inner.operand(), kFlag)) {
    // `not not x` is a bool, whatever x is.
    NodeId test = Condition(c, inner.operand());
    if (c.dst().Is(test, NodeKind::kBinary)) return test;
    return Js(c, "Boolean($X)", {{"X", test}}, id);
  }
  if (unary.op() == UnaryOp::kNot) return Negate(c, Condition(c, unary.operand()));
  NodeId owner = ClassOf(c, unary.operand());
  if (owner && !(IsEnum(c, owner) && IsIntEnum(c, owner))) {
    if (unary.op() == UnaryOp::kNeg && FindMethod(c, owner, "__neg__")) {
      return c.NewCall(c.NewAttribute(c.Expr(unary.operand()), DunderName("__neg__")), {}, id);
    }
    return c.Refuse(id, "operator-overloading");
  }
  return std::nullopt;
}

// `a or b` gives one of its operands; containers are asked for their size.
std::optional<NodeId> TranslateLogical(Context& c, NodeId id) {
  auto logical = c.As<Logical>(id);
  NodeId source = logical.left();
  bool used_as_test = false;
  for (NodeId up = c.facts().Parent(id), below = id; up; below = up, up = c.facts().Parent(up)) {
    if (auto statement = c.As<If>(up)) used_as_test = statement.test() == below;
    if (auto loop = c.As<While>(up)) used_as_test = loop.test() == below;
    if (auto conditional = c.As<Conditional>(up)) used_as_test = conditional.test() == below;
    if (auto unary = c.As<Unary>(up)) used_as_test = unary.op() == UnaryOp::kNot;
    if (c.src().Is(up, NodeKind::kCompIf)) used_as_test = true;
    if (!c.src().Is(up, NodeKind::kLogical)) break;
  }
  if (used_as_test || Only(c, source, kPrimitive | kError | kPromise | kFunction)) {
    NodeId left = used_as_test ? Condition(c, source) : c.Expr(source);
    NodeId right = c.Guarded(
        [&] { return used_as_test ? Condition(c, logical.right()) : c.Expr(logical.right()); });
    return c.New(make::Logical{.left = left, .right = right, .op = logical.op()}, id);
  }
  // `given or []`: an empty one that JavaScript keeps holds no more than the new one that Python takes.
  auto list = c.As<List>(logical.right());
  auto dict = c.As<Dict>(logical.right());
  const bool is_empty = (list && list.elements().empty()) || (dict && dict.entries().empty());
  if (is_empty && logical.op() == LogicalOp::kOr) {
    NodeId left = c.Expr(source);
    NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
    return c.New(make::Logical{.left = left, .right = right, .op = logical.op()}, id);
  }
  NodeId owner = ClassOf(c, source);
  bool asked = owner && (FindMethod(c, owner, "__bool__") || FindMethod(c, owner, "__len__"));
  bool container = Only(c, source, kContainer) || (asked && !May(c, source, kNone));
  bool container_or_none = OnlyOrNone(c, source, kContainer | kText);
  if (container || container_or_none) {
    NodeId value = c.Expr(source);
    if (!c.IsPure(source) || c.src().Is(source, NodeKind::kList) ||
        c.src().Is(source, NodeKind::kDict)) {
      std::string name = c.names().Fresh("value");
      if (!c.HoistEffect(c.NewAssign(c.NewName(name), value, {}, DeclKind::kConst), source))
        return value;
      value = c.NewName(name);
      NodeId test = asked && FindMethod(c, owner, "__bool__") ? Js(c, "$X.isTruthy()", {{"X", value}})
                    : asked                                   ? Js(c, "$X.length > 0", {{"X", value}})
                    : Only(c, source, kArray | kText) ? Js(c, "$X.length > 0", {{"X", value}})
                    : Only(c, source, kSet | kMap)  ? Js(c, "$X.size > 0", {{"X", value}})
                    : Only(c, source, kObject) ? Js(c, "Object.keys($X).length > 0", {{"X", value}})
                                               : Negate(c, c.NewCall(Local(c, "isEmpty"), {value}));
      NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
      bool is_or = logical.op() == LogicalOp::kOr;
      NodeId self = CopyTarget(c, value);
      return c.New(
          make::Conditional{
              .test = test, .then_value = is_or ? self : right, .else_value = is_or ? right : self},
          id);
    }
    NodeId test = Condition(c, source);
    NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
    bool is_or = logical.op() == LogicalOp::kOr;
    return c.New(
        make::Conditional{
            .test = test, .then_value = is_or ? value : right, .else_value = is_or ? right : value},
        id);
  }
  // Comparisons and tests give booleans.
  bool flags = Only(c, source, kFlag | kNone | kInstance);
  if (!flags) c.Say("empty-container-truthiness", source);
  NodeId left = Only(c, source, kFlag) ? Condition(c, source) : c.Expr(source);
  NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
  return c.New(make::Logical{.left = left, .right = right, .op = logical.op()}, id);
}

std::optional<NodeId> TranslateConditional(Context& c, NodeId id) {
  auto conditional = c.As<Conditional>(id);
  NodeId test = Condition(c, conditional.test());
  NodeId then_value = c.Guarded([&] { return c.Expr(conditional.then_value()); });
  NodeId else_value = c.Guarded([&] { return c.Expr(conditional.else_value()); });
  return c.New(make::Conditional{.test = test, .then_value = then_value, .else_value = else_value},
               id);
}

bool TranslateIf(Context& c, NodeId id, NodeList& out) {
  auto statement = c.As<If>(id);
  // `if TYPE_CHECKING:` is for the checker alone.
  if (c.facts().ResolvedName(statement.test()) == "typing.TYPE_CHECKING") {
    c.Absorb(id);
    return true;
  }
  NodeId test = Condition(c, statement.test());
  NodeId body = c.Block(statement.body());
  NodeId else_body = statement.else_body() ? c.Block(statement.else_body()) : kNoNode;
  out.push_back(c.New(make::If{.test = test, .body = body, .else_body = else_body}, id));
  return true;
}

}  // namespace

NodeId Negate(Context& c, NodeId target) {
  static constexpr std::pair<BinaryOp, BinaryOp> kOpposites[] = {
      {BinaryOp::kStrictEq, BinaryOp::kStrictNe}, {BinaryOp::kLooseEq, BinaryOp::kLooseNe}};
  if (auto binary = ir::As<Binary>(c.dst(), target)) {
    for (auto [a, b] : kOpposites) {
      if (binary.op() == a || binary.op() == b) {
        return c.New(
            make::Binary{
                .left = binary.left(), .right = binary.right(), .op = binary.op() == a ? b : a},
            c.dst().origin(target));
      }
    }
    // `xs.length > 0` is never negative.
    auto size = ir::As<Attribute>(c.dst(), binary.left());
    auto zero = ir::As<Number>(c.dst(), binary.right());
    bool sized =
        size && (size.name() == "length" || size.name() == "size") && zero && zero.text() == "0";
    if (sized && binary.op() == BinaryOp::kGt) {
      return c.New(
          make::Binary{.left = binary.left(), .right = binary.right(), .op = BinaryOp::kStrictEq},
          c.dst().origin(target));
    }
  }
  if (auto unary = ir::As<Unary>(c.dst(), target); unary && unary.op() == UnaryOp::kNot)
    return unary.operand();
  return c.New(make::Unary{.operand = target, .op = UnaryOp::kNot}, c.dst().origin(target));
}

namespace {
bool FallsBackToEmpty(Context& c, NodeId id) {
  if (!c.src().Is(id, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding) return false;
  for (NodeId write : c.facts().binding(binding).writes) {
    auto assign = c.As<Assign>(c.facts().Parent(write));
    auto either = assign && assign.value() ? c.As<Logical>(assign.value()) : Logical();
    if (!either || either.op() != LogicalOp::kOr) continue;
    auto list = c.As<List>(either.right());
    auto dict = c.As<Dict>(either.right());
    if ((list && list.elements().empty()) || (dict && dict.entries().empty())) return true;
  }
  return false;
}
}  // namespace

NodeId Condition(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  bool says_itself = kind == NodeKind::kLogical || kind == NodeKind::kCompareChain ||
                     (kind == NodeKind::kUnary && c.As<Unary>(id).op() == UnaryOp::kNot) ||
                     (kind == NodeKind::kBinary && IsComparison(c.As<Binary>(id).op()));
  if (says_itself) return c.Expr(id);
  if (c.src().Is(id, NodeKind::kWalrus)) {
    NodeId value = c.Expr(id);
    NodeId given = c.As<Walrus>(id).value();
    if (Only(c, given, kArray)) return Js(c, "$X.length > 0", {{"X", value}}, id);
    // Whatever is taken from a set, a set is left.
    auto taken = c.As<Binary>(given);
    bool is_set = taken && !IsComparison(taken.op()) && Only(c, taken.left(), kSet);
    if (is_set || Only(c, given, kSet | kMap)) return Js(c, "$X.size > 0", {{"X", value}}, id);
    if (!Only(c, c.As<Walrus>(id).value(), kPrimitive | kInstance | kError | kLibrary))
      c.Say("empty-container-truthiness", id);
    return value;
  }
  if (Only(c, id, kArray) || Only(c, id, kBytes))
    return Js(c, "$X.length > 0", {{"X", c.Expr(id)}}, id);
  if (Only(c, id, kSet | kMap)) return Js(c, "$X.size > 0", {{"X", c.Expr(id)}}, id);
  if (Only(c, id, kObject)) return Js(c, "Object.keys($X).length > 0", {{"X", c.Expr(id)}}, id);
  if (NodeId owner = ClassOf(c, id)) {
    NodeId value = c.Expr(id);
    bool maybe_none = May(c, id, kNone);
    NodeId test;
    if (FindMethod(c, owner, "__bool__"))
      test = Js(c, "$X.isTruthy()", {{"X", CopyTarget(c, value)}}, id);
    else if (FindMethod(c, owner, "__len__"))
      test = Js(c, "$X.length > 0", {{"X", CopyTarget(c, value)}}, id);
    if (!test) return value;
    return maybe_none
               ? c.New(make::Logical{.left = value, .right = test, .op = LogicalOp::kAnd}, id)
               : test;
  }
  if (Only(c, id, kPrimitive | kError | kPromise | kFunction | kIterator | kLibrary | kOther))
    return c.Expr(id);
  if (OnlyOrNone(c, id, kArray | kText) && May(c, id, kArray) && !May(c, id, kText)) {
    return c.IsPure(id) ? Js(c, "$X?.length > 0", {{"X", c.Expr(id)}}, id)
                        : Js(c, "$X?.length > 0", {{"X", c.Expr(id)}}, id);
  }
  // Whatever it is, an empty list or dict stands in for it: `wind = data.get("wind") or {}`.
  if (May(c, id, kContainer) || FallsBackToEmpty(c, id)) return Negate(c, c.NewCall(Local(c, "isEmpty"), {c.Expr(id)}, id));
  if (kind != NodeKind::kCall || (KindsOf(c, id) & kUnknown) != 0)
    c.Say("empty-container-truthiness", id);
  return c.Expr(id);
}

bool HasPlainTruth(Context& c, NodeId id) {
  if (FallsBackToEmpty(c, id)) return false;
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kLogical || kind == NodeKind::kConditional || kind == NodeKind::kWalrus) return false;
  if (kind == NodeKind::kCompareChain || (kind == NodeKind::kUnary && c.As<Unary>(id).op() == UnaryOp::kNot) ||
      (kind == NodeKind::kBinary && IsComparison(c.As<Binary>(id).op())))
    return true;
  return Only(c, id, kPrimitive | kError | kPromise | kFunction | kIterator | kOther);
}

NodeId TruthTest(Context& c, facts::TypeId element, NodeId source) {
  NodeId owner = ClassOf(c, element);
  if (owner && FindMethod(c, owner, "__bool__")) return Js(c, "(item) => item.isTruthy()", {});
  if (owner && FindMethod(c, owner, "__len__")) return Js(c, "(item) => item.length > 0", {});
  unsigned kinds = KindsOf(c, element);
  if (kinds == kArray) return Js(c, "(item) => item.length > 0", {});
  if ((kinds & kContainer) != 0 && (kinds & kUnknown) == 0) {
    NodeId test = Negate(c, c.NewCall(Local(c, "isEmpty"), {c.NewName("item")}));
    return Arrow(c, {c.NewName("item")}, test);
  }
  if (kinds == 0 || (kinds & kUnknown) != 0) c.Say("empty-container-truthiness", source);
  return c.NewName("Boolean");
}

void RegisterConditions(Topics& t) {
  t.Claim(NodeKind::kUnary, Order::kAfterCards, &TranslateUnary);
  t.Claim(NodeKind::kLogical, Order::kAfterCards, &TranslateLogical);
  t.Claim(NodeKind::kConditional, Order::kAfterCards, &TranslateConditional);
  t.Claim(NodeKind::kIf, Order::kAfterCards, &TranslateIf);
}

}  // namespace asyncport::translate::to_js
