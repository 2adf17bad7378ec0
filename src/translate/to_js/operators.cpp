// Operators and conditions, where the two languages' types disagree.
// Example: `a // b` -> `Math.floor(a / b)`; `x is None` -> `x === null`; `if xs:` -> `if (xs.length > 0)`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsNullLiteral(Context& c, NodeId id) { return c.src().Is(id, NodeKind::kNull); }

NodeId Compare(Context& c, BinaryOp op, NodeId left, NodeId right, NodeId origin) {
  return c.New(make::Binary{.left = left, .right = right, .op = op}, origin);
}

struct Dunder {
  BinaryOp op;
  std::string_view python;
  std::string_view reflected;  // of the right operand, with the operands exchanged
};
constexpr Dunder kDunders[] = {
    {BinaryOp::kAdd, "__add__", "__radd__"},        {BinaryOp::kSub, "__sub__", ""},
    {BinaryOp::kMul, "__mul__", "__rmul__"},        {BinaryOp::kDiv, "__truediv__", ""},
    {BinaryOp::kFloorDiv, "__floordiv__", ""},      {BinaryOp::kMod, "__mod__", ""},
    {BinaryOp::kMatMul, "__matmul__", ""},          {BinaryOp::kPow, "__pow__", ""},
    {BinaryOp::kLt, "__lt__", "__gt__"},            {BinaryOp::kGt, "__gt__", "__lt__"},
    {BinaryOp::kLe, "__le__", "__ge__"},            {BinaryOp::kGe, "__ge__", "__le__"},
    {BinaryOp::kBitOr, "__or__", ""},               {BinaryOp::kBitAnd, "__and__", ""},
};

// An operator that a class of the file defines: a method call.
NodeId Overloaded(Context& c, BinaryOp op, NodeId left, NodeId right, NodeId origin) {
  NodeId owner = ClassOf(c, left);
  NodeId other = ClassOf(c, right);
  if (!owner && !other) return kNoNode;
  for (const Dunder& d : kDunders) {
    if (d.op != op) continue;
    if (owner && FindMethod(c, owner, d.python)) {
      return c.NewCall(c.NewAttribute(c.Expr(left), DunderName(d.python)), {c.Expr(right)}, origin);
    }
    if (other && !d.reflected.empty() && FindMethod(c, other, d.reflected)) {
      return c.NewCall(c.NewAttribute(c.Expr(right), DunderName(d.reflected)), {c.Expr(left)}, origin);
    }
    // functools.total_ordering: `a > b` by `b < a`, `a <= b` by not `b < a`.
    bool ordering = op == BinaryOp::kLt || op == BinaryOp::kGt || op == BinaryOp::kLe || op == BinaryOp::kGe;
    if (owner && ordering && IsNamedTuple(c, owner)) {
      NodeId order = Js(c, "$F(Object.values($A), Object.values($B))", {{"F", Local(c, "compare")}, {"A", c.Expr(left)}, {"B", c.Expr(right)}});
      return Compare(c, op, order, c.NewInt(0), origin);
    }
    if (owner && ordering && HasOrder(c, owner)) {
      bool swap = op == BinaryOp::kGt || op == BinaryOp::kLe;
      NodeId less = c.NewCall(c.NewAttribute(c.Expr(swap ? right : left), DunderName("__lt__")), {c.Expr(swap ? left : right)}, origin);
      return op == BinaryOp::kGt || op == BinaryOp::kLt ? less : Negate(c, less);
    }
    if (owner && !IsErrorClass(c, owner) && !IsEnum(c, owner)) return c.Refuse(origin, "operator-overloading");
  }
  return kNoNode;
}

// `type(x) == T`
NodeId TypeComparison(Context& c, NodeId left, NodeId right, NodeId origin) {
  auto call = c.As<Call>(left);
  if (!call || c.facts().ResolvedName(call.callee()) != "type" || call.args().size() != 1) return kNoNode;
  if (c.facts().KindOf(right) != facts::TypeKind::kClass) return kNoNode;
  return Js(c, "$X.constructor === $T", {{"X", c.Expr(call.args()[0])}, {"T", c.Expr(right)}}, origin);
}

NodeId Repeated(Context& c, NodeId list, NodeId count, NodeId origin) {
  auto elements = c.As<List>(list) ? c.As<List>(list).elements() : c.As<Tuple>(list) ? c.As<Tuple>(list).elements() : std::span<const NodeId>{};
  if (elements.size() == 1 && !c.src().Is(elements[0], NodeKind::kSpread)) {
    return Js(c, "Array($N).fill($X)", {{"N", c.Expr(count)}, {"X", c.Expr(elements[0])}}, origin);
  }
  return Js(c, "Array($N).fill($X).flat()", {{"N", c.Expr(count)}, {"X", c.Expr(list)}}, origin);
}

NodeId Multiplication(Context& c, NodeId left, NodeId right, NodeId origin) {
  for (int side = 0; side < 2; ++side, std::swap(left, right)) {
    if (Only(c, left, kText)) return Js(c, "$S.repeat($N)", {{"S", c.Expr(left)}, {"N", c.Expr(right)}}, origin);
    if (Only(c, left, kArray)) return Repeated(c, left, right, origin);
  }
  auto integer = [&](NodeId id) { return c.facts().Only(id, {facts::TypeKind::kInt}); };
  auto unknown = [&](NodeId id) { return (KindsOf(c, id) & kUnknown) != 0; };
  bool repeats = (unknown(left) && integer(right)) || (unknown(right) && integer(left));
  bool in_sum = c.src().Is(c.facts().Parent(origin), NodeKind::kBinary);
  if ((!Only(c, left, kNumber | kFlag) && !Only(c, right, kNumber | kFlag)) || (repeats && !in_sum)) c.Say("repeat-operator", origin);
  return c.New(make::Binary{.left = c.Expr(left), .right = c.Expr(right), .op = BinaryOp::kMul}, origin);
}

bool IsTextOperand(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kString) || c.src().Is(id, NodeKind::kTemplate) || Only(c, id, kText);
}

void CollectAdds(Context& c, NodeId id, NodeList& out) {
  auto binary = c.As<Binary>(id);
  if (binary && binary.op() == BinaryOp::kAdd) {
    CollectAdds(c, binary.left(), out);
    out.push_back(binary.right());
  } else {
    out.push_back(id);
  }
}

NodeId Addition(Context& c, NodeId left, NodeId right, NodeId origin) {
  if (Only(c, left, kArray) || Only(c, right, kArray)) {
    auto part = [&](NodeId id, NodeList& out) {
      auto list = c.As<List>(id);
      if (list) {
        for (NodeId e : list.elements()) out.push_back(c.Expr(e));
      } else {
        out.push_back(c.New(make::Spread{.value = c.Expr(id)}, {}));
      }
    };
    NodeList operands;
    CollectAdds(c, origin, operands);
    NodeList elements;
    for (NodeId operand : operands) part(operand, elements);
    return c.New(make::List{.elements = std::move(elements)}, origin);
  }
  bool text = IsTextOperand(c, left) || IsTextOperand(c, right);
  if (text) {
    NodeList operands;
    CollectAdds(c, origin, operands);
    bool literal = false;
    for (NodeId operand : operands) literal = literal || c.src().Is(operand, NodeKind::kString) || c.src().Is(operand, NodeKind::kTemplate);
    if (literal) {
      NodeList parts;
      for (NodeId operand : operands) {
        NodeId part = c.Expr(operand);
        if (auto inner = ir::As<Template>(c.dst(), part)) {
          parts.insert(parts.end(), inner.parts().begin(), inner.parts().end());
        } else {
          parts.push_back(part);
        }
      }
      return NewTemplate(c, std::move(parts), origin);
    }
  } else if (!Only(c, left, kNumber | kFlag) && !Only(c, right, kNumber | kFlag)) {
    c.Say("plus-needs-types", origin);
  }
  return c.New(make::Binary{.left = c.Expr(left), .right = c.Expr(right), .op = BinaryOp::kAdd}, origin);
}

// What Python says of a division by zero depends on the operator and on the types.
std::string_view DivisionMessage(Context& c, NodeId left, NodeId right, BinaryOp op) {
  auto ints = [&](NodeId id) { return c.facts().Only(id, {facts::TypeKind::kInt, facts::TypeKind::kBool}); };
  bool whole = ints(left) && ints(right);
  auto floats = [&](NodeId id) { return c.facts().Only(id, {facts::TypeKind::kFloat}); };
  bool real = floats(left) || floats(right);
  if (op == BinaryOp::kFloorDiv) return real ? "float floor division by zero" : "integer division or modulo by zero";
  if (op == BinaryOp::kMod) return real ? "float modulo" : "integer modulo by zero";
  return !whole && real ? "float division by zero" : "division by zero";
}

bool SpeaksOf(Context& c, std::string_view error) {
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    const facts::Binding& binding = c.facts().binding({i});
    if (binding.kind == facts::BindingKind::kFree && c.src().strings().Text(binding.name) == error) return true;
  }
  return false;
}

NodeId GuardedDivision(Context& c, NodeId left, NodeId divisor, BinaryOp op, NodeId origin) {
  NodeId value = c.Expr(divisor);
  if (!IsCaught(c, origin, "ZeroDivisionError")) {
    // Who speaks of the error somewhere counts on it.
    if (SpeaksOf(c, "ZeroDivisionError") && !c.src().Is(divisor, NodeKind::kNumber)) c.SayOnce("division-by-zero", origin);
    return value;
  }
  if (!c.IsPure(divisor) || c.guarded()) return c.NewCall(Local(c, "divisor"), {value, c.NewString(DivisionMessage(c, left, divisor, op))}, origin);
  NodeId test = Js(c, "$X === 0", {{"X", CopyTarget(c, value)}});
  c.HoistEffect(c.New(make::If{.test = test, .body = c.NewBlock({ThrowNew(c, "ZeroDivisionError", c.NewString(DivisionMessage(c, left, divisor, op)))})}, {}), origin);
  return value;
}

// A set, or the keys or items of a dict.
bool IsSetLike(Context& c, NodeId id) {
  if (Only(c, id, kSet)) return true;
  std::string_view method = c.MethodName(id);
  return (method == "keys" || method == "items") && c.As<Call>(id).args().empty();
}

NodeId SetOperation(Context& c, BinaryOp op, NodeId left, NodeId right, NodeId origin) {
  auto as_set = [&](NodeId id) {
    if (Only(c, id, kSet)) return c.Expr(id);
    return c.New(make::New{.callee = c.NewName("Set"), .args = {KeysOf(c, ElementOf(c, id), IterableOf(c, id), id)}}, id);
  };
  NodeId a = as_set(left);
  NodeId b = as_set(right);
  switch (op) {
    case BinaryOp::kBitOr: return Js(c, "new Set([...$A, ...$B])", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kBitAnd: return Js(c, "new Set([...$A].filter((item) => $B.has(item)))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kSub: return Js(c, "new Set([...$A].filter((item) => !$B.has(item)))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kBitXor:
      return Js(c, "new Set([...[...$A].filter((item) => !$B.has(item)), ...[...$B].filter((item) => !$A.has(item))])", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kLe: return Js(c, "[...$A].every((item) => $B.has(item))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kGe: return Js(c, "[...$B].every((item) => $A.has(item))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kLt: return Js(c, "$A.size < $B.size && [...$A].every((item) => $B.has(item))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kGt: return Js(c, "$A.size > $B.size && [...$B].every((item) => $A.has(item))", {{"A", a}, {"B", b}}, origin);
    default: return c.Refuse(origin, "untranslated", {{"reason", "this operator on sets"}});
  }
}

NodeId Identity(Context& c, NodeId left, NodeId right, bool negated, NodeId origin) {
  if (IsNullLiteral(c, left)) std::swap(left, right);
  if (IsNullLiteral(c, right)) return IsNull(c, c.Expr(left), negated);
  if (NodeId test = TypeComparison(c, left, right, origin)) return negated ? Negate(c, test) : test;
  return Compare(c, negated ? BinaryOp::kStrictNe : BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
}

NodeId Modulo(Context& c, NodeId left, NodeId right, NodeId origin) {
  if (IsNonNegative(c, left) && IsNonNegative(c, right)) {
    return Compare(c, BinaryOp::kMod, c.Expr(left), GuardedDivision(c, left, right, BinaryOp::kMod, origin), origin);
  }
  // `n % 2 == 0` asks the same of both languages; `n % 2` as a condition too.
  auto parent = c.As<Binary>(c.facts().Parent(origin));
  bool zero_test = parent && (parent.op() == BinaryOp::kEq || parent.op() == BinaryOp::kNe) && LiteralInt(c, parent.right()) == std::optional<long long>(0);
  if (zero_test) return Compare(c, BinaryOp::kMod, c.Expr(left), GuardedDivision(c, left, right, BinaryOp::kMod, origin), origin);
  return c.NewCall(Local(c, "mod"), {c.Expr(left), GuardedDivision(c, left, right, BinaryOp::kMod, origin)}, origin);
}

NodeId Operation(Context& c, BinaryOp op, NodeId left, NodeId right, NodeId origin) {
  if (NodeId call = Overloaded(c, op, left, right, origin)) return call;
  bool sets = IsSetLike(c, left) && IsSetLike(c, right);
  bool one_set = (IsSetLike(c, left) && (KindsOf(c, right) & kUnknown) != 0) || (IsSetLike(c, right) && (KindsOf(c, left) & kUnknown) != 0);
  bool combines = op == BinaryOp::kBitOr || op == BinaryOp::kBitAnd || op == BinaryOp::kSub || op == BinaryOp::kBitXor;
  if (one_set && combines) return SetOperation(c, op, left, right, origin);
  if (sets && op != BinaryOp::kEq && op != BinaryOp::kNe && op != BinaryOp::kIs && op != BinaryOp::kIsNot && op != BinaryOp::kIn && op != BinaryOp::kNotIn) {
    return SetOperation(c, op, left, right, origin);
  }
  switch (op) {
    case BinaryOp::kEq: return Equal(c, left, right, origin);
    case BinaryOp::kNe: return Negate(c, Equal(c, left, right, origin));
    case BinaryOp::kIs: return Identity(c, left, right, false, origin);
    case BinaryOp::kIsNot: return Identity(c, left, right, true, origin);
    case BinaryOp::kIn: return Contains(c, left, right, origin);
    case BinaryOp::kNotIn: return Negate(c, Contains(c, left, right, origin));
    case BinaryOp::kFloorDiv:
      return Js(c, "Math.floor($A / $B)", {{"A", c.Expr(left)}, {"B", GuardedDivision(c, left, right, op, origin)}}, origin);
    case BinaryOp::kDiv: return Compare(c, op, c.Expr(left), GuardedDivision(c, left, right, op, origin), origin);
    case BinaryOp::kMod: return Modulo(c, left, right, origin);
    case BinaryOp::kMul: return Multiplication(c, left, right, origin);
    case BinaryOp::kAdd: return Addition(c, left, right, origin);
    case BinaryOp::kMatMul: return c.Refuse(origin, "operator-overloading");
    case BinaryOp::kPow:
      if (auto power = LiteralInt(c, right); power && *power > 52) c.Say("safe-integer-limit", origin);
      return Compare(c, op, c.Expr(left), c.Expr(right), origin);
    case BinaryOp::kShl:
      if (auto width = LiteralInt(c, right), value = LiteralInt(c, left); !width || !value || *width > 20 || *value > 1024) c.Say("thirty-two-bit", origin);
      return Compare(c, op, c.Expr(left), c.Expr(right), origin);
    case BinaryOp::kBitOr:
      if (May(c, left, kObject) || May(c, right, kObject)) {
        return Js(c, "({ ...$A, ...$B })", {{"A", c.Expr(left)}, {"B", c.Expr(right)}}, origin);
      }
      if (Only(c, left, kMap) && Only(c, right, kMap)) {
        return Js(c, "new Map([...$A, ...$B])", {{"A", c.Expr(left)}, {"B", c.Expr(right)}}, origin);
      }
      [[fallthrough]];
    case BinaryOp::kBitAnd:
      if (auto mask = c.As<Number>(right); mask && (mask.text() == "0xFFFFFFFF" || mask.text() == "0xffffffff")) {
        return Js(c, "$X >>> 0", {{"X", c.Expr(left)}}, origin);
      }
      return Compare(c, op, c.Expr(left), c.Expr(right), origin);
    case BinaryOp::kLt: case BinaryOp::kLe: case BinaryOp::kGt: case BinaryOp::kGe:
      if (Only(c, left, kArray) || Only(c, right, kArray)) {
        return Compare(c, op, c.NewCall(Local(c, "compare"), {c.Expr(left), c.Expr(right)}), c.NewInt(0), origin);
      }
      [[fallthrough]];
    default: return Compare(c, op, c.Expr(left), c.Expr(right), origin);
  }
}

std::optional<NodeId> TranslateBinary(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary.op() == BinaryOp::kMod && IsTextOperand(c, binary.left())) return std::nullopt;  // strings.cpp
  return Operation(c, binary.op(), binary.left(), binary.right(), id);
}

// `0 < x <= 5` -> `0 < x && x <= 5`
std::optional<NodeId> TranslateCompareChain(Context& c, NodeId id) {
  auto chain = c.As<CompareChain>(id);
  NodeId left = chain.first();
  NodeId result;
  for (NodeId link_id : chain.links()) {
    auto link = c.As<CompareLink>(link_id);
    NodeId right = link.right();
    if (auto named = c.As<Walrus>(right)) {
      NodeId one = Operation(c, link.op(), left, right, link_id);
      result = result ? c.New(make::Logical{.left = result, .right = one, .op = LogicalOp::kAnd}, id) : one;
      left = named.target();
      continue;
    }
    if (link_id != chain.links().back() && !c.IsPure(right)) {
      // Evaluated once, and after the first.
      bool first = link_id == chain.links().front();
      if (!first || !c.IsPure(left) || c.guarded()) return c.Refuse(id, "chained-comparison");
      std::string name = c.names().Fresh("middle");
      if (!c.HoistEffect(c.NewAssign(c.NewName(name), c.Expr(right), {}, DeclKind::kConst), id)) return c.Expr(right);
      c.Override(right, c.NewName(name));
    }
    NodeId one = Operation(c, link.op(), left, link.right(), link_id);
    result = result ? c.New(make::Logical{.left = result, .right = one, .op = LogicalOp::kAnd}, id) : one;
    left = link.right();
  }
  return result;
}

std::optional<NodeId> TranslateUnary(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  if (unary.op() == UnaryOp::kNot) return Negate(c, Condition(c, unary.operand()));
  if (NodeId owner = ClassOf(c, unary.operand())) {
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
    NodeId right = c.Guarded([&] { return used_as_test ? Condition(c, logical.right()) : c.Expr(logical.right()); });
    return c.New(make::Logical{.left = left, .right = right, .op = logical.op()}, id);
  }
  bool container = Only(c, source, kContainer);
  bool container_or_none = OnlyOrNone(c, source, kContainer | kText);
  if (container || container_or_none) {
    NodeId value = c.Expr(source);
    if (!c.IsPure(source) || c.src().Is(source, NodeKind::kList) || c.src().Is(source, NodeKind::kDict)) {
      std::string name = c.names().Fresh("value");
      if (!c.HoistEffect(c.NewAssign(c.NewName(name), value, {}, DeclKind::kConst), source)) return value;
      value = c.NewName(name);
      NodeId test = Only(c, source, kArray | kText)   ? Js(c, "$X.length > 0", {{"X", value}})
                    : Only(c, source, kSet | kMap)    ? Js(c, "$X.size > 0", {{"X", value}})
                    : Only(c, source, kObject)        ? Js(c, "Object.keys($X).length > 0", {{"X", value}})
                                                      : Negate(c, c.NewCall(Local(c, "isEmpty"), {value}));
      NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
      bool is_or = logical.op() == LogicalOp::kOr;
      NodeId self = CopyTarget(c, value);
      return c.New(make::Conditional{.test = test, .then_value = is_or ? self : right, .else_value = is_or ? right : self}, id);
    }
    NodeId test = Condition(c, source);
    NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
    bool is_or = logical.op() == LogicalOp::kOr;
    return c.New(make::Conditional{.test = test, .then_value = is_or ? value : right, .else_value = is_or ? right : value}, id);
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
  return c.New(make::Conditional{.test = test, .then_value = then_value, .else_value = else_value}, id);
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

bool AllPlain(Context& c, NodeId id) {
  unsigned kinds = KindsOf(c, id);
  return (kinds & ~unsigned{kPrimitive}) == 0 && kinds != 0;
}

}  // namespace

namespace {
bool HasBareReturn(Context& c, NodeId id) {
  if (auto leaves = c.As<Return>(id)) return !leaves.value();
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda || kind == NodeKind::kClassDef) return false;
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
    if (auto nested = c.As<If>(other)) return FallsThrough(c, branch.body()) || !nested.else_body() || FallsThrough(c, nested.body());
    return FallsThrough(c, branch.body()) || FallsThrough(c, other);
  }
  if (auto loop = c.As<While>(last)) return !(c.src().Is(loop.test(), NodeKind::kBool) && c.As<Bool>(loop.test()).value());
  return kind != NodeKind::kWith || FallsThrough(c, c.As<With>(last).body());
}

// What is undefined here where Python has None: what a generator is sent by a plain next(), what a function gives that
// ends without a return.
bool GivesUndefined(Context& c, NodeId value) {
  if (auto waited = c.As<Await>(value)) value = waited.value();
  if (c.src().Is(value, NodeKind::kYield)) return true;
  if (!c.src().Is(value, NodeKind::kCall)) return false;
  NodeId definition = c.facts().CalleeDefinition(value);
  NodeId body;
  if (auto f = c.As<FunctionDef>(definition)) body = f.body();
  else if (auto m = c.As<Method>(definition)) body = m.body();
  return body && c.src().Is(body, NodeKind::kBlock) && (HasBareReturn(c, body) || FallsThrough(c, body));
}
}  // namespace

NodeId IsNull(Context& c, NodeId target, bool negated) {
  // What may be absent in JavaScript is `undefined`: an element that was not there, `Map.get`.
  NodeKind kind = c.dst().kind(target);
  bool may_be_undefined = kind == NodeKind::kSubscript;
  if (auto call = ir::As<Call>(c.dst(), target)) {
    auto method = ir::As<Attribute>(c.dst(), call.callee());
    may_be_undefined = method && (method.name() == "get" || method.name() == "find" || method.name() == "at");
  }
  NodeId source = c.dst().origin(target);
  if (source && GivesUndefined(c, source)) may_be_undefined = true;
  if (source && c.src().Is(source, NodeKind::kName)) {
    // A variable that was given such a value.
    facts::BindingId binding = c.facts().BindingOf(source);
    // Results of functions that give nothing, gathered.
    if (binding && c.facts().binding(binding).kind == facts::BindingKind::kLoop && May(c, source, kNone)) may_be_undefined = true;
    if (binding) {
      for (NodeId write : c.facts().binding(binding).writes) {
        auto assign = c.As<Assign>(c.facts().Parent(write));
        if (!assign || !assign.value()) continue;
        NodeId value = assign.value();
        if (auto waited = c.As<Await>(value)) value = waited.value();
        if (c.MethodName(value) == "get" && PositionalCount(c, value) == 1) may_be_undefined = true;
        if (c.IsCallTo(value, "next") || GivesUndefined(c, value)) may_be_undefined = true;
      }
    }
  }
  if (may_be_undefined) {
    NodeId both = c.New(make::Binary{.left = target, .right = c.New(make::Null{}, {}), .op = negated ? BinaryOp::kLooseNe : BinaryOp::kLooseEq}, source);
    return both;
  }
  return c.New(make::Binary{.left = target, .right = c.New(make::Null{}, {}), .op = negated ? BinaryOp::kStrictNe : BinaryOp::kStrictEq}, source);
}

NodeId Equal(Context& c, NodeId left, NodeId right, NodeId origin) {
  if (IsNullLiteral(c, left) || IsNullLiteral(c, right)) return Identity(c, left, right, false, origin);
  if (NodeId test = TypeComparison(c, left, right, origin)) return test;
  for (int side = 0; side < 2; ++side) {
    NodeId a = side == 0 ? left : right;
    NodeId b = side == 0 ? right : left;
    NodeId owner = ClassOf(c, a);
    if (!owner || IsErrorClass(c, owner)) continue;
    if (FindMethod(c, owner, "__eq__") || (IsDataclass(c, owner) && !IsEnum(c, owner)) || IsNamedTuple(c, owner)) {
      if (IsNamedTuple(c, owner) && !ClassOf(c, b)) {
        return c.NewCall(c.Library("node:util:isDeepStrictEqual"), {Js(c, "Object.values($X)", {{"X", c.Expr(a)}}), c.Expr(b)}, origin);
      }
      if (side == 1 && AllPlain(c, b)) return Compare(c, BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
      return c.NewCall(c.NewAttribute(c.Expr(a), "equals"), {c.Expr(b)}, origin);
    }
    return Compare(c, BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
  }
  if (AllPlain(c, left) || AllPlain(c, right)) return Compare(c, BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
  unsigned deep = kContainer | kBytes;
  bool literal = c.src().Is(left, NodeKind::kList) || c.src().Is(right, NodeKind::kList) || c.src().Is(left, NodeKind::kTuple) ||
                 c.src().Is(right, NodeKind::kTuple) || c.src().Is(left, NodeKind::kDict) || c.src().Is(right, NodeKind::kDict);
  if (literal || May(c, left, deep) || May(c, right, deep)) {
    return c.NewCall(c.Library("node:util:isDeepStrictEqual"), {c.Expr(left), c.Expr(right)}, origin);
  }
  // Of unknown values: right for numbers, texts and booleans.
  if ((KindsOf(c, left) & kUnknown) != 0 && (KindsOf(c, right) & kUnknown) != 0) c.Say("structural-equality", origin);
  return Compare(c, BinaryOp::kStrictEq, c.Expr(left), c.Expr(right), origin);
}

NodeId Contains(Context& c, NodeId item, NodeId container, NodeId origin) {
  if (auto range = AsRange(c, container); range && !range->step && c.IsPure(item)) {
    NodeId low = c.New(make::Binary{.left = c.Expr(item), .right = range->start ? c.Expr(range->start) : c.NewInt(0), .op = BinaryOp::kGe}, {});
    NodeId high = c.New(make::Binary{.left = c.Expr(item), .right = c.Expr(range->end), .op = BinaryOp::kLt}, {});
    return c.New(make::Logical{.left = low, .right = high, .op = LogicalOp::kAnd}, origin);
  }
  if (NodeId owner = ClassOf(c, container)) {
    if (FindMethod(c, owner, "__contains__")) return Js(c, "$X.has($I)", {{"X", c.Expr(container)}, {"I", c.Expr(item)}}, origin);
    if (FindMethod(c, owner, "__iter__")) return Js(c, "[...$X].includes($I)", {{"X", c.Expr(container)}, {"I", c.Expr(item)}}, origin);
  }
  // `k in d.keys()`
  if (c.MethodName(container) == "keys" && c.As<Call>(container).args().empty()) {
    NodeId dict = c.As<Attribute>(c.As<Call>(container).callee()).object();
    if (Only(c, dict, kObject | kMap)) container = dict;
  }
  if (Only(c, container, kMap | kSet)) return Js(c, "$M.has($K)", {{"M", c.Expr(container)}, {"K", KeyOf(c, item)}}, origin);
  if (Only(c, container, kObject)) return Js(c, "Object.hasOwn($M, $K)", {{"M", c.Expr(container)}, {"K", c.Expr(item)}}, origin);
  if (Only(c, container, kText)) return Js(c, "$S.includes($K)", {{"S", c.Expr(container)}, {"K", c.Expr(item)}}, origin);
  if (Only(c, container, kArray | kIterator)) {
    NodeId items = ArrayOf(c, container);
    facts::TypeId element = ElementOf(c, container);
    unsigned kinds = KindsOf(c, element);
    NodeId owner = ClassOf(c, element);
    bool has_equals = owner && (FindMethod(c, owner, "__eq__") || (IsDataclass(c, owner) && !IsEnum(c, owner)));
    if (has_equals) {
      return Js(c, "$X.some((item) => item.equals($I))", {{"X", items}, {"I", c.Expr(item)}}, origin);
    }
    if ((kinds & (kContainer | kUnknown)) == kContainer || (kinds & kContainer) != 0 || May(c, item, kContainer)) {
      return Js(c, "$X.some((item) => $E(item, $I))", {{"X", items}, {"E", c.Library("node:util:isDeepStrictEqual")}, {"I", c.Expr(item)}}, origin);
    }
    return Js(c, "$X.includes($I)", {{"X", items}, {"I", c.Expr(item)}}, origin);
  }
  if (c.facts().KindOf(container) == facts::TypeKind::kClass) return Js(c, "$X.members.includes($I)", {{"X", c.Expr(container)}, {"I", c.Expr(item)}}, origin);
  if ((KindsOf(c, item) & kContainer) != 0) c.Say("in-operator-meaning", origin);
  return c.NewCall(Local(c, "contains"), {c.Expr(container), c.Expr(item)}, origin);
}

NodeId Negate(Context& c, NodeId target) {
  static constexpr std::pair<BinaryOp, BinaryOp> kOpposites[] = {{BinaryOp::kStrictEq, BinaryOp::kStrictNe}, {BinaryOp::kLooseEq, BinaryOp::kLooseNe}};
  if (auto binary = ir::As<Binary>(c.dst(), target)) {
    for (auto [a, b] : kOpposites) {
      if (binary.op() == a || binary.op() == b) {
        return c.New(make::Binary{.left = binary.left(), .right = binary.right(), .op = binary.op() == a ? b : a}, c.dst().origin(target));
      }
    }
    // `xs.length > 0` is never negative.
    auto size = ir::As<Attribute>(c.dst(), binary.left());
    auto zero = ir::As<Number>(c.dst(), binary.right());
    bool sized = size && (size.name() == "length" || size.name() == "size") && zero && zero.text() == "0";
    if (sized && binary.op() == BinaryOp::kGt) {
      return c.New(make::Binary{.left = binary.left(), .right = binary.right(), .op = BinaryOp::kStrictEq}, c.dst().origin(target));
    }
  }
  if (auto unary = ir::As<Unary>(c.dst(), target); unary && unary.op() == UnaryOp::kNot) return unary.operand();
  return c.New(make::Unary{.operand = target, .op = UnaryOp::kNot}, c.dst().origin(target));
}

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
    if (!Only(c, c.As<Walrus>(id).value(), kPrimitive | kInstance | kError | kLibrary)) c.Say("empty-container-truthiness", id);
    return value;
  }
  if (Only(c, id, kArray) || Only(c, id, kBytes)) return Js(c, "$X.length > 0", {{"X", c.Expr(id)}}, id);
  if (Only(c, id, kSet | kMap)) return Js(c, "$X.size > 0", {{"X", c.Expr(id)}}, id);
  if (Only(c, id, kObject)) return Js(c, "Object.keys($X).length > 0", {{"X", c.Expr(id)}}, id);
  if (NodeId owner = ClassOf(c, id)) {
    NodeId value = c.Expr(id);
    bool maybe_none = May(c, id, kNone);
    NodeId test;
    if (FindMethod(c, owner, "__bool__")) test = Js(c, "$X.isTruthy()", {{"X", CopyTarget(c, value)}}, id);
    else if (FindMethod(c, owner, "__len__")) test = Js(c, "$X.length > 0", {{"X", CopyTarget(c, value)}}, id);
    if (!test) return value;
    return maybe_none ? c.New(make::Logical{.left = value, .right = test, .op = LogicalOp::kAnd}, id) : test;
  }
  if (Only(c, id, kPrimitive | kError | kPromise | kFunction | kIterator | kLibrary | kOther)) return c.Expr(id);
  if (OnlyOrNone(c, id, kArray | kText) && May(c, id, kArray) && !May(c, id, kText)) {
    return c.IsPure(id) ? Js(c, "$X?.length > 0", {{"X", c.Expr(id)}}, id) : Js(c, "$X?.length > 0", {{"X", c.Expr(id)}}, id);
  }
  if (May(c, id, kContainer)) return Negate(c, c.NewCall(Local(c, "isEmpty"), {c.Expr(id)}, id));
  if (kind != NodeKind::kCall || (KindsOf(c, id) & kUnknown) != 0) c.Say("empty-container-truthiness", id);
  return c.Expr(id);
}

// `in` over elements that are compared by their contents: before the cards, which see only the container.
std::optional<NodeId> TranslateDeepIn(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  bool divides = binary.op() == BinaryOp::kDiv || binary.op() == BinaryOp::kFloorDiv || binary.op() == BinaryOp::kMod;
  bool guarded = divides && !IsTextOperand(c, binary.left()) && IsCaught(c, id, "ZeroDivisionError");
  if (binary.op() != BinaryOp::kIn && binary.op() != BinaryOp::kNotIn && !guarded) return std::nullopt;
  return Operation(c, binary.op(), binary.left(), binary.right(), id);
}

void RegisterOperators(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateDeepIn);
  t.Claim(NodeKind::kBinary, Order::kAfterCards, &TranslateBinary);
  t.Claim(NodeKind::kCompareChain, Order::kAfterCards, &TranslateCompareChain);
  t.Claim(NodeKind::kUnary, Order::kAfterCards, &TranslateUnary);
  t.Claim(NodeKind::kLogical, Order::kAfterCards, &TranslateLogical);
  t.Claim(NodeKind::kConditional, Order::kAfterCards, &TranslateConditional);
  t.Claim(NodeKind::kIf, Order::kAfterCards, &TranslateIf);
}

}  // namespace asyncport::translate::to_js
