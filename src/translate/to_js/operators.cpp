// Operators on two values, where the two languages' types disagree. ==, is, in: comparisons.cpp;
// not, and, or: conditions.cpp.
// Example: `a // b` -> `Math.floor(a / b)`; `[0] * n` -> `Array(n).fill(0)`.
#include <utility>

#include "translate/to_js/float_texts.h"
#include "translate/to_js/divisions.h"
#include "translate/to_js/comparisons.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Dunder {
  BinaryOp op;
  std::string_view python;
  std::string_view reflected;  // of the right operand, with the operands exchanged
};
constexpr Dunder kDunders[] = {
    {BinaryOp::kAdd, "__add__", "__radd__"},   {BinaryOp::kSub, "__sub__", ""},
    {BinaryOp::kMul, "__mul__", "__rmul__"},   {BinaryOp::kDiv, "__truediv__", ""},
    {BinaryOp::kFloorDiv, "__floordiv__", ""}, {BinaryOp::kMod, "__mod__", ""},
    {BinaryOp::kMatMul, "__matmul__", ""},     {BinaryOp::kPow, "__pow__", ""},
    {BinaryOp::kLt, "__lt__", "__gt__"},       {BinaryOp::kGt, "__gt__", "__lt__"},
    {BinaryOp::kLe, "__le__", "__ge__"},       {BinaryOp::kGe, "__ge__", "__le__"},
    {BinaryOp::kBitOr, "__or__", ""},          {BinaryOp::kBitAnd, "__and__", ""},
};

}  // namespace

std::string_view DunderOf(BinaryOp op) {
  for (const Dunder& d : kDunders) {
    if (d.op == op) return d.python;
  }
  return {};
}

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
      return c.NewCall(c.NewAttribute(c.Expr(right), DunderName(d.reflected)), {c.Expr(left)},
                       origin);
    }
    // functools.total_ordering: `a > b` by `b < a`, `a <= b` by not `b < a`.
    bool ordering =
        op == BinaryOp::kLt || op == BinaryOp::kGt || op == BinaryOp::kLe || op == BinaryOp::kGe;
    if (owner && ordering && IsNamedTuple(c, owner)) {
      NodeId order = Js(c, "$F(Object.values($A), Object.values($B))",
                        {{"F", Local(c, "compare")}, {"A", c.Expr(left)}, {"B", c.Expr(right)}});
      return Compare(c, op, order, c.NewInt(0), origin);
    }
    if (owner && ordering && HasOrder(c, owner)) {
      bool swap = op == BinaryOp::kGt || op == BinaryOp::kLe;
      NodeId less = c.NewCall(c.NewAttribute(c.Expr(swap ? right : left), DunderName("__lt__")),
                              {c.Expr(swap ? left : right)}, origin);
      return op == BinaryOp::kGt || op == BinaryOp::kLt ? less : Negate(c, less);
    }
    if (owner && !IsErrorClass(c, owner) && !IsEnum(c, owner))
      return c.Refuse(origin, "operator-overloading");
  }
  return kNoNode;
}

namespace {

NodeId Repeated(Context& c, NodeId list, NodeId count, NodeId origin) {
  auto elements = c.As<List>(list)    ? c.As<List>(list).elements()
                  : c.As<Tuple>(list) ? c.As<Tuple>(list).elements()
                                      : std::span<const NodeId>{};
  if (elements.size() == 1 && !c.src().Is(elements[0], NodeKind::kSpread)) {
    return Js(c, "Array($N).fill($X)", {{"N", c.Expr(count)}, {"X", c.Expr(elements[0])}}, origin);
  }
  return Js(c, "Array($N).fill($X).flat()", {{"N", c.Expr(count)}, {"X", c.Expr(list)}}, origin);
}

NodeId Multiplication(Context& c, NodeId left, NodeId right, NodeId origin) {
  for (int side = 0; side < 2; ++side, std::swap(left, right)) {
    if (Only(c, left, kText))
      return Js(c, "$S.repeat($N)", {{"S", c.Expr(left)}, {"N", c.Expr(right)}}, origin);
    if (Only(c, left, kArray)) return Repeated(c, left, right, origin);
  }
  auto integer = [&](NodeId id) { return c.facts().Only(id, {facts::TypeKind::kInt}); };
  auto unknown = [&](NodeId id) { return (KindsOf(c, id) & kUnknown) != 0; };
  bool repeats = (unknown(left) && integer(right)) || (unknown(right) && integer(left));
  // Callers of a function may give both: `scale(3, 4)` and `scale(3, "ab")`.
  const auto may_repeat = [&](NodeId id) { return !unknown(id) && (KindsOf(c, id) & (kText | kArray)) != 0; };
  repeats = repeats || may_repeat(left) || may_repeat(right);
  bool in_sum = c.src().Is(c.facts().Parent(origin), NodeKind::kBinary);
  if ((!Only(c, left, kNumber | kFlag) && !Only(c, right, kNumber | kFlag)) || (repeats && !in_sum))
    c.Say("repeat-operator", origin);
  return c.New(make::Binary{.left = c.Expr(left), .right = c.Expr(right), .op = BinaryOp::kMul},
               origin);
}

bool IsTextOperand(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kString) || c.src().Is(id, NodeKind::kTemplate) ||
         Only(c, id, kText);
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
    for (NodeId operand : operands)
      literal = literal || c.src().Is(operand, NodeKind::kString) ||
                c.src().Is(operand, NodeKind::kTemplate);
    if (literal) {
      NodeList parts;
      for (NodeId operand : operands) {
        NodeId part = c.Expr(operand);
        if (c.IsCallTo(operand, "str") && c.As<Call>(operand).args().size() == 1) {
          part = FloatInText(c, c.As<Call>(operand).args()[0], part, NeighboursOf(operands, operand));
        }
        // A `class Kind(str, Enum)` is joined by its value, not by what is shown of it.
        if (NodeId owner = ClassOf(c, operand); owner && IsMixedEnum(c, owner))
          part = c.NewAttribute(part, "value");
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
  return c.New(make::Binary{.left = c.Expr(left), .right = c.Expr(right), .op = BinaryOp::kAdd},
               origin);
}

// What Python says of a division by zero depends on the operator and on the types.
std::string_view DivisionMessage(Context& c, NodeId left, NodeId right, BinaryOp op) {
  auto ints = [&](NodeId id) {
    return c.facts().Only(id, {facts::TypeKind::kInt, facts::TypeKind::kBool});
  };
  bool whole = ints(left) && ints(right);
  auto floats = [&](NodeId id) { return c.facts().Only(id, {facts::TypeKind::kFloat}); };
  bool real = floats(left) || floats(right);
  if (op == BinaryOp::kFloorDiv)
    return real ? "float floor division by zero" : "integer division or modulo by zero";
  if (op == BinaryOp::kMod) return real ? "float modulo" : "integer modulo by zero";
  return !whole && real ? "float division by zero" : "division by zero";
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
    return c.New(make::New{.callee = c.NewName("Set"),
                           .args = {KeysOf(c, ElementOf(c, id), IterableOf(c, id), id)}},
                 id);
  };
  NodeId a = as_set(left);
  NodeId b = as_set(right);
  switch (op) {
    case BinaryOp::kBitOr:
      return Js(c, "new Set([...$A, ...$B])", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kBitAnd:
      return Js(c, "new Set([...$A].filter((item) => $B.has(item)))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kSub:
      return Js(c, "new Set([...$A].filter((item) => !$B.has(item)))", {{"A", a}, {"B", b}},
                origin);
    case BinaryOp::kBitXor:
      return Js(
          c,
          "new Set([...[...$A].filter((item) => !$B.has(item)), ...[...$B].filter((item) => !$A.has(item))])",
          {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kLe:
      return Js(c, "[...$A].every((item) => $B.has(item))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kGe:
      return Js(c, "[...$B].every((item) => $A.has(item))", {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kLt:
      return Js(c, "$A.size < $B.size && [...$A].every((item) => $B.has(item))",
                {{"A", a}, {"B", b}}, origin);
    case BinaryOp::kGt:
      return Js(c, "$A.size > $B.size && [...$B].every((item) => $A.has(item))",
                {{"A", a}, {"B", b}}, origin);
    default:
      return c.Refuse(origin, "untranslated", {{"reason", "this operator on sets"}});
  }
}

NodeId Modulo(Context& c, NodeId left, NodeId right, NodeId origin) {
  if (IsNonNegative(c, left) && IsNonNegative(c, right)) {
    return Compare(c, BinaryOp::kMod, c.Expr(left),
                   GuardedDivision(c, left, right, BinaryOp::kMod, origin), origin);
  }
  // `n % 2 == 0` asks the same of both languages; `n % 2` as a condition too.
  auto parent = c.As<Binary>(c.facts().Parent(origin));
  bool zero_test = parent && (parent.op() == BinaryOp::kEq || parent.op() == BinaryOp::kNe) &&
                   LiteralInt(c, parent.right()) == std::optional<long long>(0);
  if (zero_test)
    return Compare(c, BinaryOp::kMod, c.Expr(left),
                   GuardedDivision(c, left, right, BinaryOp::kMod, origin), origin);
  return c.NewCall(Local(c, "mod"),
                   {c.Expr(left), GuardedDivision(c, left, right, BinaryOp::kMod, origin)}, origin);
}

NodeId Operation(Context& c, BinaryOp op, NodeId left, NodeId right, NodeId origin) {
  if (NodeId call = Overloaded(c, op, left, right, origin)) return call;
  bool sets = IsSetLike(c, left) && IsSetLike(c, right);
  bool one_set = (IsSetLike(c, left) && (KindsOf(c, right) & kUnknown) != 0) ||
                 (IsSetLike(c, right) && (KindsOf(c, left) & kUnknown) != 0);
  bool combines = op == BinaryOp::kBitOr || op == BinaryOp::kBitAnd || op == BinaryOp::kSub ||
                  op == BinaryOp::kBitXor;
  if (one_set && combines) return SetOperation(c, op, left, right, origin);
  if (sets && op != BinaryOp::kEq && op != BinaryOp::kNe && op != BinaryOp::kIs &&
      op != BinaryOp::kIsNot && op != BinaryOp::kIn && op != BinaryOp::kNotIn) {
    return SetOperation(c, op, left, right, origin);
  }
  switch (op) {
    case BinaryOp::kEq:
      return Equal(c, left, right, origin);
    case BinaryOp::kNe:
      return Negate(c, Equal(c, left, right, origin));
    case BinaryOp::kIs:
      return Identity(c, left, right, false, origin);
    case BinaryOp::kIsNot:
      return Identity(c, left, right, true, origin);
    case BinaryOp::kIn:
      return Contains(c, left, right, origin);
    case BinaryOp::kNotIn:
      return Negate(c, Contains(c, left, right, origin));
    case BinaryOp::kFloorDiv:
      return Js(c, "Math.floor($A / $B)",
                {{"A", c.Expr(left)}, {"B", GuardedDivision(c, left, right, op, origin)}}, origin);
    case BinaryOp::kDiv:
      return Compare(c, op, c.Expr(left), GuardedDivision(c, left, right, op, origin), origin);
    case BinaryOp::kMod:
      return Modulo(c, left, right, origin);
    case BinaryOp::kMul:
      return Multiplication(c, left, right, origin);
    case BinaryOp::kAdd:
      return Addition(c, left, right, origin);
    case BinaryOp::kMatMul:
      return c.Refuse(origin, "operator-overloading");
    case BinaryOp::kPow:
      if (auto power = LiteralInt(c, right); power && *power > 52)
        c.Say("safe-integer-limit", origin);
      return Compare(c, op, c.Expr(left), c.Expr(right), origin);
    case BinaryOp::kShl:
      if (auto width = LiteralInt(c, right), value = LiteralInt(c, left);
          !width || !value || *width > 20 || *value > 1024)
        c.Say("thirty-two-bit", origin);
      return Compare(c, op, c.Expr(left), c.Expr(right), origin);
    case BinaryOp::kBitOr:
      if (May(c, left, kObject) || May(c, right, kObject)) {
        return Js(c, "({ ...$A, ...$B })", {{"A", c.Expr(left)}, {"B", c.Expr(right)}}, origin);
      }
      if (Only(c, left, kMap) && Only(c, right, kMap)) {
        return Js(c, "new Map([...$A, ...$B])", {{"A", c.Expr(left)}, {"B", c.Expr(right)}},
                  origin);
      }
      [[fallthrough]];
    case BinaryOp::kBitAnd:
      if (auto mask = c.As<Number>(right);
          mask && (mask.text() == "0xFFFFFFFF" || mask.text() == "0xffffffff")) {
        return Js(c, "$X >>> 0", {{"X", c.Expr(left)}}, origin);
      }
      return Compare(c, op, c.Expr(left), c.Expr(right), origin);
    case BinaryOp::kLt:
    case BinaryOp::kLe:
    case BinaryOp::kGt:
    case BinaryOp::kGe:
      if (Only(c, left, kArray) || Only(c, right, kArray)) {
        return Compare(c, op, c.NewCall(Local(c, "compare"), {c.Expr(left), c.Expr(right)}),
                       c.NewInt(0), origin);
      }
      [[fallthrough]];
    default:
      return Compare(c, op, c.Expr(left), c.Expr(right), origin);
  }
}

std::optional<NodeId> TranslateBinary(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary.op() == BinaryOp::kMod && IsTextOperand(c, binary.left()))
    return std::nullopt;  // strings.cpp
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
      result = result
                   ? c.New(make::Logical{.left = result, .right = one, .op = LogicalOp::kAnd}, id)
                   : one;
      left = named.target();
      continue;
    }
    if (link_id != chain.links().back() && !c.IsPure(right)) {
      // Evaluated once, and after the first.
      bool first = link_id == chain.links().front();
      if (!first || !c.IsPure(left) || c.guarded()) return c.Refuse(id, "chained-comparison");
      std::string name = c.names().Fresh("middle");
      if (!c.HoistEffect(c.NewAssign(c.NewName(name), c.Expr(right), {}, DeclKind::kConst), id))
        return c.Expr(right);
      c.Override(right, c.NewName(name));
    }
    NodeId one = Operation(c, link.op(), left, link.right(), link_id);
    result = result ? c.New(make::Logical{.left = result, .right = one, .op = LogicalOp::kAnd}, id)
                    : one;
    left = link.right();
  }
  return result;
}

// `in` over elements that are compared by their contents: before the cards, which see only the container.
std::optional<NodeId> TranslateDeepIn(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  bool divides = binary.op() == BinaryOp::kDiv || binary.op() == BinaryOp::kFloorDiv ||
                 binary.op() == BinaryOp::kMod;
  bool guarded =
      divides && !IsTextOperand(c, binary.left()) && IsCaught(c, id, "ZeroDivisionError");
  if (binary.op() != BinaryOp::kIn && binary.op() != BinaryOp::kNotIn && !guarded)
    return std::nullopt;
  return Operation(c, binary.op(), binary.left(), binary.right(), id);
}

}  // namespace

bool SpeaksOf(Context& c, std::string_view error) {
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    const facts::Binding& binding = c.facts().binding({i});
    if (binding.kind == facts::BindingKind::kFree && c.src().strings().Text(binding.name) == error)
      return true;
  }
  return false;
}

NodeId GuardedDivision(Context& c, NodeId left, NodeId divisor, BinaryOp op, NodeId origin) {
  NodeId value = c.Expr(divisor);
  if (c.src().Is(divisor, NodeKind::kNumber) &&
      c.src().text(divisor).find_first_of("123456789") != std::string_view::npos)
    return value;
  if (!IsCaught(c, origin, "ZeroDivisionError")) {
    // Who speaks of the error somewhere counts on it.
    if (SpeaksOf(c, "ZeroDivisionError") && !c.src().Is(divisor, NodeKind::kNumber))
      c.SayOnce("division-by-zero", origin);
    return value;
  }
  if (!c.IsPure(divisor) || c.guarded())
    return c.NewCall(Local(c, "divisor"),
                     {value, c.NewString(DivisionMessage(c, left, divisor, op))}, origin);
  NodeId test = Js(c, "$X === 0", {{"X", CopyTarget(c, value)}});
  c.HoistEffect(c.New(make::If{.test = test,
                               .body = c.NewBlock(
                                   {ThrowNew(c, "ZeroDivisionError",
                                             c.NewString(DivisionMessage(c, left, divisor, op)))})},
                      {}),
                origin);
  return value;
}

void RegisterOperators(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateDeepIn);
  t.Claim(NodeKind::kBinary, Order::kAfterCards, &TranslateBinary);
  t.Claim(NodeKind::kCompareChain, Order::kAfterCards, &TranslateCompareChain);
}

}  // namespace asyncport::translate::to_js
