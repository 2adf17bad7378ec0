// Numbers shown with a number of digits, and values compared as Object.is does: small functions of the file.
// Example: `n.toPrecision(3)` -> `to_precision(n, 3)`.
#include "translate/quote.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

std::optional<NodeId> TranslateDigits(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.is_optional() || call.is_optional() || call.args().size() != 1) {
    return std::nullopt;
  }
  const bool precision = method.name() == "toPrecision";
  if ((!precision && method.name() != "toExponential") ||
      !c.facts().Only(method.object(), {TypeKind::kInt, TypeKind::kFloat})) {
    return std::nullopt;
  }
  NodeId function = precision ? DefineOnce(c, "to_precision", R"py(
def to_precision(number, digits):
    """Show a number with that many significant digits."""
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    if -7 < int(exponent) < digits:
        return f"{number:.{digits - 1 - int(exponent)}f}"
    return f"{mantissa}e{int(exponent):+d}"
)py")
                              : DefineOnce(c, "to_exponential", R"py(
def to_exponential(number, digits):
    """Show a number with an exponent and that many digits behind the point."""
    mantissa, exponent = f"{number:.{digits}e}".split("e")
    return f"{mantissa}e{int(exponent):+d}"
)py");
  return c.NewCall(function, {c.Expr(method.object()), c.Expr(call.args()[0])}, id);
}

bool IsNegativeZero(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  return unary && unary.op() == UnaryOp::kNeg && c.src().Is(unary.operand(), NodeKind::kNumber) &&
         c.src().text(unary.operand()) == "0";
}

NodeId Compared(Context& c, NodeId id) {
  if (!IsNegativeZero(c, id)) return c.Expr(id);
  return c.New(
      make::Unary{.operand = c.New(make::Number{.text = "0.0", .kind = NumberKind::kFloat}, {}),
                  .op = UnaryOp::kNeg},
      id);
}

std::optional<NodeId> TranslateObjectIs(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Object.is") || c.As<Call>(id).args().size() != 2) return std::nullopt;
  NodeId left = c.As<Call>(id).args()[0];
  NodeId right = c.As<Call>(id).args()[1];
  auto is = [&](NodeId x, std::string_view path) { return c.facts().ResolvedName(x) == path; };
  if (is(right, "NaN") || is(right, "Number.NaN")) {
    return Quote(c, "$X != $X", {{"X", c.Expr(left)}}, id);
  }
  const bool zero = IsNegativeZero(c, left) || IsNegativeZero(c, right);
  if (!zero && c.facts().Only(left, {TypeKind::kStr, TypeKind::kInt}) &&
      c.facts().Only(right, {TypeKind::kStr, TypeKind::kInt})) {
    return Quote(c, "$A == $B", {{"A", c.Expr(left)}, {"B", c.Expr(right)}}, id);
  }
  const auto objects = {TypeKind::kList,      TypeKind::kDict,     TypeKind::kMap,
                        TypeKind::kSet,       TypeKind::kInstance, TypeKind::kFunction,
                        TypeKind::kClass,     TypeKind::kDate,     TypeKind::kNull,
                        TypeKind::kUndefined, TypeKind::kBool};
  if (!zero && (c.facts().Only(left, objects) || c.facts().Only(right, objects))) {
    return Quote(c, "$A is $B", {{"A", c.Expr(left)}, {"B", c.Expr(right)}}, id);
  }
  NodeId same = DefineOnce(c, "same_value", R"py(
def same_value(a, b):
    """Say whether both are one object or the same plain value, NaN included."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        same_type = isinstance(a, bool) == isinstance(b, bool)
        if a != a or b != b:
            return a != a and b != b
        return same_type and a == b and math.copysign(1, a) == math.copysign(1, b)
    return a is b or (isinstance(a, str) and a == b)
)py");
  c.Library("math.copysign");
  return c.NewCall(same, {Compared(c, left), Compared(c, right)}, id);
}

// `point.toString()`: the class says `__str__` what it is as text.
std::optional<NodeId> TranslateInstanceText(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.name() != "toString" || method.is_optional() || call.is_optional() ||
      !call.args().empty() || c.src().Is(method.object(), NodeKind::kSuperRef)) {
    return std::nullopt;
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(method.object()));
  if (type.kind != TypeKind::kInstance || !c.src().Is(type.decl, NodeKind::kClassDef)) {
    return std::nullopt;
  }
  return c.NewCall(c.NewName("str"), {c.Expr(method.object())}, id);
}

// `Number.isInteger(x)` of anything.
std::optional<NodeId> TranslateIsInteger(Context& c, NodeId id) {
  const auto args = c.As<Call>(id).args();
  const bool asks = c.IsCallTo(id, "Number.isInteger") || c.IsCallTo(id, "Number.isSafeInteger");
  if (!asks || args.size() != 1 || c.facts().Only(args[0], {TypeKind::kInt, TypeKind::kFloat})) {
    return std::nullopt;
  }
  NodeId function = DefineOnce(c, "is_whole", R"py(
def is_whole(value):
    """Say whether a value is a number without a fraction."""
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
)py");
  return c.NewCall(function, {c.Expr(args[0])}, id);
}

std::optional<NodeId> TranslateConstant(Context& c, NodeId id) {
  if (c.facts().ResolvedName(id) != "Number.EPSILON") return std::nullopt;
  return c.Library("sys.float_info.epsilon", id);
}

}  // namespace

void RegisterNumberTexts(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateDigits);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateObjectIs);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateIsInteger);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateInstanceText);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateConstant);
}

}  // namespace asyncport::translate::to_py
