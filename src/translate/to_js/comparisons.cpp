// Equality, identity and membership, where the two languages' types disagree.
// Example: `x is None` -> `x === null`; `[1] == xs` -> `isDeepStrictEqual([1], xs)`; `k in d` ->
// `d.has(k)`.
#include "translate/to_js/comparisons.h"

#include <string>
#include <unordered_set>
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsNullLiteral(Context& c, NodeId id) { return c.src().Is(id, NodeKind::kNull); }

// `type(x) == T`
NodeId TypeComparison(Context& c, NodeId left, NodeId right, NodeId origin) {
  auto call = c.As<Call>(left);
  if (!call || c.facts().ResolvedName(call.callee()) != "type" || call.args().size() != 1)
    return kNoNode;
  if (c.facts().KindOf(right) != facts::TypeKind::kClass) return kNoNode;
  return Js(c, "$X.constructor === $T", {{"X", c.Expr(call.args()[0])}, {"T", c.Expr(right)}},
            origin);
}

bool AllPlain(Context& c, NodeId id) {
  unsigned kinds = KindsOf(c, id);
  return (kinds & ~unsigned{kPrimitive}) == 0 && kinds != 0;
}

bool HasBareReturn(Context& c, NodeId id) {
  if (auto leaves = c.As<Return>(id)) return !leaves.value();
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda || kind == NodeKind::kClassDef)
    return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasBareReturn(c, child); });
  return found;
}

// Can the body end without a return?
bool FallsThrough(Context& c, NodeId block) {
  auto statements = c.As<ir::Block>(block).statements();
  if (statements.empty()) return true;
  NodeId last = statements.back();
  NodeKind kind = c.src().kind(last);
  if (kind == NodeKind::kReturn || kind == NodeKind::kRaise) return false;
  if (auto branch = c.As<If>(last)) {
    if (!branch.else_body()) return true;
    NodeId other = branch.else_body();
    if (auto nested = c.As<If>(other))
      return FallsThrough(c, branch.body()) || !nested.else_body() ||
             FallsThrough(c, nested.body());
    return FallsThrough(c, branch.body()) || FallsThrough(c, other);
  }
  if (auto loop = c.As<While>(last))
    return !(c.src().Is(loop.test(), NodeKind::kBool) && c.As<Bool>(loop.test()).value());
  return kind != NodeKind::kWith || FallsThrough(c, c.As<With>(last).body());
}

bool ReturnsUndefined(Context& c, NodeId id, int depth);

// What is undefined here where Python has None: what a generator is sent by a plain next(), what a function gives that
// ends without a return.
bool GivesUndefined(Context& c, NodeId value, int depth = 0) {
  if (auto waited = c.As<Await>(value)) value = waited.value();
  if (c.src().Is(value, NodeKind::kYield)) return true;
  if (!c.src().Is(value, NodeKind::kCall)) return false;
  // A Map has no None for what it does not hold.
  if (c.MethodName(value) == "get" && PositionalCount(c, value) == 1) return true;
  NodeId definition = c.facts().CalleeDefinition(value);
  NodeId body;
  if (auto f = c.As<FunctionDef>(definition))
    body = f.body();
  else if (auto m = c.As<Method>(definition))
    body = m.body();
  return body && c.src().Is(body, NodeKind::kBlock) &&
         (HasBareReturn(c, body) || FallsThrough(c, body) || (depth < 3 && ReturnsUndefined(c, body, depth + 1)));
}

// Does a return hand on what may be undefined?
bool ReturnsUndefined(Context& c, NodeId id, int depth) {
  if (auto given = c.As<Return>(id)) return given.value() && GivesUndefined(c, given.value(), depth);
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda || kind == NodeKind::kClassDef) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || ReturnsUndefined(c, child, depth); });
  return found;
}

// Attributes that are given such a value somewhere.
struct UndefinedAttributes {
  std::unordered_set<std::string> names;
  explicit UndefinedAttributes(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto assign = c.As<Assign>(NodeId{i});
      if (!assign || !assign.value() || !GivesUndefined(c, assign.value())) continue;
      for (NodeId target : assign.targets()) {
        if (auto attribute = c.As<Attribute>(target)) names.insert(std::string(attribute.name()));
      }
    }
  }
};

}  // namespace

NodeId Compare(Context& c, BinaryOp op, NodeId left, NodeId right, NodeId origin) {
  return c.New(make::Binary{.left = left, .right = right, .op = op}, origin);
}

NodeId Identity(Context& c, NodeId left, NodeId right, bool negated, NodeId origin) {
  if (IsNullLiteral(c, left)) std::swap(left, right);
  if (IsNullLiteral(c, right)) return IsNull(c, c.Expr(left), negated);
  if (NodeId test = TypeComparison(c, left, right, origin)) return negated ? Negate(c, test) : test;
  return Compare(c, negated ? BinaryOp::kStrictNe : BinaryOp::kStrictEq, c.Expr(left),
                 c.Expr(right), origin);
}

NodeId IsNull(Context& c, NodeId target, bool negated) {
  // What may be absent in JavaScript is `undefined`: an element that was not there, `Map.get`.
  NodeKind kind = c.dst().kind(target);
  bool may_be_undefined = kind == NodeKind::kSubscript;
  if (auto call = ir::As<Call>(c.dst(), target)) {
    auto method = ir::As<Attribute>(c.dst(), call.callee());
    may_be_undefined =
        method && (method.name() == "get" || method.name() == "find" || method.name() == "at");
  }
  NodeId source = c.dst().origin(target);
  if (source && GivesUndefined(c, source)) may_be_undefined = true;
  auto field = source ? c.As<Attribute>(source) : Attribute();
  if (field && c.State<UndefinedAttributes>().names.contains(std::string(field.name()))) may_be_undefined = true;
  if (source && c.src().Is(source, NodeKind::kName)) {
    // A variable that was given such a value.
    facts::BindingId binding = c.facts().BindingOf(source);
    // Results of functions that give nothing, gathered.
    if (binding && c.facts().binding(binding).kind == facts::BindingKind::kLoop &&
        May(c, source, kNone))
      may_be_undefined = true;
    if (binding) {
      for (NodeId write : c.facts().binding(binding).writes) {
        auto assign = c.As<Assign>(c.facts().Parent(write));
        auto walrus = c.As<Walrus>(c.facts().Parent(write));
        NodeId value = assign ? assign.value() : walrus ? walrus.value() : kNoNode;
        if (!value) continue;
        if (auto waited = c.As<Await>(value)) value = waited.value();
        if (c.MethodName(value) == "get" && PositionalCount(c, value) == 1) may_be_undefined = true;
        if (c.IsCallTo(value, "next") || GivesUndefined(c, value)) may_be_undefined = true;
      }
    }
  }
  if (may_be_undefined) {
    NodeId both = c.New(make::Binary{.left = target,
                                     .right = c.New(make::Null{}, {}),
                                     .op = negated ? BinaryOp::kLooseNe : BinaryOp::kLooseEq},
                        source);
    return both;
  }
  return c.New(make::Binary{.left = target,
                            .right = c.New(make::Null{}, {}),
                            .op = negated ? BinaryOp::kStrictNe : BinaryOp::kStrictEq},
               source);
}

NodeId Equal(Context& c, NodeId left, NodeId right, NodeId origin) {
  if (IsNullLiteral(c, left) || IsNullLiteral(c, right))
    return Identity(c, left, right, false, origin);
  if (NodeId test = TypeComparison(c, left, right, origin)) return test;
  for (int side = 0; side < 2; ++side) {
    NodeId a = side == 0 ? left : right;
    NodeId b = side == 0 ? right : left;
    NodeId owner = ClassOf(c, a);
    if (!owner || IsErrorClass(c, owner)) continue;
    // `kind == "deposit"` of a `class Kind(str, Enum)`
    if (IsMixedEnum(c, owner) && !ClassOf(c, b)) {
      if (AllPlain(c, b)) {
        NodeId value = c.NewAttribute(c.Expr(a), "value");
        return side == 0 ? Compare(c, BinaryOp::kStrictEq, value, c.Expr(b), origin)
                         : Compare(c, BinaryOp::kStrictEq, c.Expr(b), value, origin);
      }
      c.Say("structural-equality", origin);
    }
    if (FindMethod(c, owner, "__eq__") || (IsDataclass(c, owner) && !IsEnum(c, owner)) ||
        IsNamedTuple(c, owner)) {
      if (IsNamedTuple(c, owner) && !ClassOf(c, b)) {
        return c.NewCall(c.Library("node:util:isDeepStrictEqual"),
                         {Js(c, "Object.values($X)", {{"X", c.Expr(a)}}), c.Expr(b)}, origin);
      }
      if (side == 1 && AllPlain(c, b))
        return Compare(c, BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
      return c.NewCall(c.NewAttribute(c.Expr(a), "equals"), {c.Expr(b)}, origin);
    }
    return Compare(c, BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
  }
  // 1 == True
  auto number = [&](NodeId id, NodeId other) {
    NodeId value = c.Expr(id);
    const bool counts = Only(c, id, kFlag) && Only(c, other, kNumber);
    return counts ? c.NewCall(c.NewName("Number"), {value}) : value;
  };
  if (AllPlain(c, left) || AllPlain(c, right)) {
    NodeId a = number(left, right);
    return Compare(c, BinaryOp::kStrictEq, a, number(right, left), origin);
  }
  unsigned deep = kContainer | kBytes;
  bool literal = c.src().Is(left, NodeKind::kList) || c.src().Is(right, NodeKind::kList) ||
                 c.src().Is(left, NodeKind::kTuple) || c.src().Is(right, NodeKind::kTuple) ||
                 c.src().Is(left, NodeKind::kDict) || c.src().Is(right, NodeKind::kDict);
  if (literal || May(c, left, deep) || May(c, right, deep)) {
    return c.NewCall(c.Library("node:util:isDeepStrictEqual"), {c.Expr(left), c.Expr(right)},
                     origin);
  }
  // Of unknown values: right for numbers, texts and booleans.
  if ((KindsOf(c, left) & kUnknown) != 0 && (KindsOf(c, right) & kUnknown) != 0)
    c.Say("structural-equality", origin);
  return Compare(c, BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
}

NodeId Contains(Context& c, NodeId item, NodeId container, NodeId origin) {
  if (auto range = AsRange(c, container); range && !range->step && c.IsPure(item)) {
    NodeId low = c.New(make::Binary{.left = c.Expr(item),
                                    .right = range->start ? c.Expr(range->start) : c.NewInt(0),
                                    .op = BinaryOp::kGe},
                       {});
    NodeId high = c.New(
        make::Binary{.left = c.Expr(item), .right = c.Expr(range->end), .op = BinaryOp::kLt}, {});
    return c.New(make::Logical{.left = low, .right = high, .op = LogicalOp::kAnd}, origin);
  }
  if (NodeId owner = ClassOf(c, container)) {
    if (FindMethod(c, owner, "__contains__"))
      return Js(c, "$X.has($I)", {{"X", c.Expr(container)}, {"I", c.Expr(item)}}, origin);
    if (FindMethod(c, owner, "__iter__"))
      return Js(c, "[...$X].includes($I)", {{"X", c.Expr(container)}, {"I", c.Expr(item)}}, origin);
  }
  // `k in d.keys()`
  if (c.MethodName(container) == "keys" && c.As<Call>(container).args().empty()) {
    NodeId dict = c.As<Attribute>(c.As<Call>(container).callee()).object();
    if (Only(c, dict, kObject | kMap)) container = dict;
  }
  if (Only(c, container, kMap | kSet))
    return Js(c, "$M.has($K)", {{"M", c.Expr(container)}, {"K", KeyOf(c, item)}}, origin);
  if (Only(c, container, kObject))
    return Js(c, "Object.hasOwn($M, $K)", {{"M", c.Expr(container)}, {"K", c.Expr(item)}}, origin);
  if (Only(c, container, kText))
    return Js(c, "$S.includes($K)", {{"S", c.Expr(container)}, {"K", c.Expr(item)}}, origin);
  if (Only(c, container, kArray | kIterator)) {
    NodeId items = ArrayOf(c, container);
    facts::TypeId element = ElementOf(c, container);
    unsigned kinds = KindsOf(c, element);
    NodeId item_class = ClassOf(c, item);
    if (item_class && IsMixedEnum(c, item_class) && (kinds & ~unsigned{kText | kNumber}) == 0 && kinds != 0)
      return Js(c, "$X.includes($I.value)", {{"X", items}, {"I", c.Expr(item)}}, origin);
    NodeId owner = ClassOf(c, element);
    bool has_equals =
        owner && (FindMethod(c, owner, "__eq__") || (IsDataclass(c, owner) && !IsEnum(c, owner)));
    if (has_equals) {
      return Js(c, "$X.some((item) => item.equals($I))", {{"X", items}, {"I", c.Expr(item)}},
                origin);
    }
    if ((kinds & (kContainer | kUnknown)) == kContainer || (kinds & kContainer) != 0 ||
        May(c, item, kContainer)) {
      return Js(
          c, "$X.some((item) => $E(item, $I))",
          {{"X", items}, {"E", c.Library("node:util:isDeepStrictEqual")}, {"I", c.Expr(item)}},
          origin);
    }
    return Js(c, "$X.includes($I)", {{"X", items}, {"I", c.Expr(item)}}, origin);
  }
  if (c.facts().KindOf(container) == facts::TypeKind::kClass)
    return Js(c, "$X.includes($I)", {{"X", EnumMembersOf(c, container)}, {"I", c.Expr(item)}},
              origin);
  if ((KindsOf(c, item) & kContainer) != 0) c.Say("in-operator-meaning", origin);
  return c.NewCall(Local(c, "contains"), {c.Expr(container), c.Expr(item)}, origin);
}

}  // namespace asyncport::translate::to_js
