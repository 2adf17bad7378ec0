// Numbers where the languages part: sign of `%`, 32-bit operators, BigInt division, other bases.
// Reading numbers out of texts is parsing.cpp.
// Example: `(h * 31 + c) | 0` -> `((h * 31 + c & 0xFFFFFFFF) ^ 0x80000000) - 0x80000000`.
#include <string>
#include <unordered_set>
#include <utility>

#include "translate/to_py/tables.h"
#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

enum class Sign { kNotNegative, kMaybe, kSeenNegative };

Sign Both(Sign a, Sign b) { return a == Sign::kNotNegative ? b : a == Sign::kSeenNegative ? a : b == Sign::kSeenNegative ? b : a; }

// The sign of an expression as far as the file tells: literals, lengths, counters, arguments of all calls.
class Signs {
 public:
  explicit Signs(Context& c) : c_(c) {}

  Sign Of(NodeId id) {
    if (c_.src().Is(id, NodeKind::kNumber)) return Sign::kNotNegative;
    if (auto unary = c_.As<Unary>(id)) {
      if (unary.op() == UnaryOp::kNeg && c_.src().Is(unary.operand(), NodeKind::kNumber)) return Sign::kSeenNegative;
      return unary.op() == UnaryOp::kPos ? Of(unary.operand()) : Sign::kMaybe;
    }
    if (auto attribute = c_.As<Attribute>(id)) {
      return attribute.name() == "length" || attribute.name() == "size" ? Sign::kNotNegative : Sign::kMaybe;
    }
    if (auto binary = c_.As<Binary>(id)) return OfBinary(binary);
    if (auto conditional = c_.As<Conditional>(id)) return Both(Of(conditional.then_value()), Of(conditional.else_value()));
    if (auto logical = c_.As<Logical>(id)) return Both(Of(logical.left()), Of(logical.right()));
    if (auto call = c_.As<Call>(id)) return OfCall(call);
    if (auto name = c_.As<ir::Name>(id)) return OfBinding(c_.facts().BindingOf(id));
    return Sign::kMaybe;
  }

 private:
  Sign OfBinary(Binary binary) {
    switch (binary.op()) {
      case BinaryOp::kAdd: case BinaryOp::kMul: case BinaryOp::kDiv:
        return Both(Of(binary.left()), Of(binary.right())) == Sign::kNotNegative ? Sign::kNotNegative : Both(Of(binary.left()), Of(binary.right()));
      case BinaryOp::kMod: case BinaryOp::kShr: case BinaryOp::kPow:
        return Of(binary.left());
      case BinaryOp::kUShr:
        return Sign::kNotNegative;
      case BinaryOp::kBitAnd:
        return Of(binary.left()) == Sign::kNotNegative || Of(binary.right()) == Sign::kNotNegative ? Sign::kNotNegative : Sign::kMaybe;
      default:
        return Sign::kMaybe;
    }
  }

  Sign OfCall(Call call) {
    static const std::unordered_set<std::string_view> kNotNegative = {
        "Math.abs", "Math.random", "Date.now", "Math.sqrt", "performance.now", "String#charCodeAt", "String#codePointAt"};
    static const std::unordered_set<std::string_view> kSame = {"Math.floor", "Math.round", "Math.ceil", "Math.trunc"};
    std::string name = c_.facts().ResolvedName(call.callee());
    std::string_view method = c_.MethodName(call.id());
    if (kNotNegative.contains(name) || method == "charCodeAt" || method == "codePointAt") return Sign::kNotNegative;
    if (kSame.contains(name) && call.args().size() == 1) return Of(call.args()[0]);
    return Sign::kMaybe;
  }

  Sign OfBinding(facts::BindingId id) {
    if (!id) return Sign::kMaybe;
    // A counter that is made of itself (`h = h * 31 % m`) is as good as what it starts with.
    if (!open_.insert(id.index).second) return Sign::kNotNegative;
    Sign sign = OfWrites(id);
    open_.erase(id.index);
    return sign;
  }

  Sign OfWrites(facts::BindingId id) {
    const facts::Binding& b = c_.facts().binding(id);
    if (b.kind == facts::BindingKind::kFree || b.writes.empty()) return Sign::kMaybe;
    Sign sign = Sign::kNotNegative;
    for (NodeId write : b.writes) {
      NodeId parent = c_.facts().Parent(write);
      if (auto assign = c_.As<Assign>(parent)) {
        sign = Both(sign, assign.value() ? Of(assign.value()) : Sign::kMaybe);
      } else if (auto step = c_.As<AugAssign>(parent)) {
        bool closed = step.op() == BinaryOp::kAdd || step.op() == BinaryOp::kMul || step.op() == BinaryOp::kDiv || step.op() == BinaryOp::kMod;
        sign = Both(sign, closed ? Of(step.value()) : Sign::kMaybe);
      } else if (auto update = c_.As<Update>(parent)) {
        if (update.is_decrement()) sign = Both(sign, Sign::kMaybe);
      } else if (auto param = c_.As<Param>(parent)) {
        sign = Both(sign, OfParam(parent, param));
      } else if (auto loop = c_.As<ForEach>(parent)) {
        auto list = c_.As<List>(loop.iterable());
        sign = Both(sign, list ? Sign::kNotNegative : Sign::kMaybe);
        for (NodeId e : list ? list.elements() : std::span<const NodeId>()) sign = Both(sign, Of(e));
      } else {
        sign = Both(sign, Sign::kMaybe);
      }
    }
    return sign;
  }

  Sign OfParam(NodeId id, Param param) {
    NodeId function = c_.facts().Parent(id);
    const CallSites::Calls* calls = c_.State<CallSites>().Of(function);
    if (!calls || calls->spread) return Sign::kMaybe;
    std::size_t position = 0;
    for (NodeId p : c_.src().SlotList(function, ParamSlot(function))) {
      if (p == id) break;
      ++position;
    }
    Sign sign = param.default_value() ? Of(param.default_value()) : Sign::kNotNegative;
    for (NodeId call : calls->nodes) {
      auto args = c_.As<Call>(call) ? c_.As<Call>(call).args() : c_.As<ir::New>(call).args();
      if (position < args.size()) sign = Both(sign, Of(args[position]));
    }
    return sign;
  }
  unsigned ParamSlot(NodeId function) const {
    switch (c_.src().kind(function)) {
      case NodeKind::kFunctionDef: return slots::FunctionDef::params;
      case NodeKind::kFunctionExpr: return slots::FunctionExpr::params;
      case NodeKind::kMethod: return slots::Method::params;
      default: return slots::Lambda::params;
    }
  }

  Context& c_;
  std::unordered_set<std::uint32_t> open_;
};

Sign SignOf(Context& c, NodeId id) {
  return c.facts().IsNonNegative(id) ? Sign::kNotNegative : Signs(c).Of(id);
}

bool IsNumber(Context& c, NodeId id, std::string_view text) {
  auto number = c.As<Number>(id);
  return number && number.text() == text;
}
bool IsInt(Context& c, NodeId id) { return c.facts().Only(id, {TypeKind::kInt}); }

NodeId Op(Context& c, NodeId left, BinaryOp op, NodeId right, NodeId origin = {}) {
  return c.New(make::Binary{.left = left, .right = right, .op = op}, origin);
}
NodeId Mask(Context& c) { return c.New(make::Number{.text = "0xFFFFFFFF", .kind = NumberKind::kInt}, {}); }

// Cut to a signed 32-bit integer.
NodeId Signed32(Context& c, NodeId value, NodeId origin) {
  auto half = [&] { return c.New(make::Number{.text = "0x80000000", .kind = NumberKind::kInt}, {}); };
  NodeId masked = Op(c, value, BinaryOp::kBitAnd, Mask(c));
  return Op(c, Op(c, masked, BinaryOp::kBitXor, half()), BinaryOp::kSub, half(), origin);
}

// ---- remainder
std::optional<NodeId> TranslateMod(Context& c, Binary binary, NodeId id) {
  // `((a % n) + n) % n`: what Python's `%` gives by itself.
  if (auto sum = c.As<Binary>(binary.left()); sum && sum.op() == BinaryOp::kAdd && SameTree(c.src(), sum.right(), c.src(), binary.right())) {
    auto inner = c.As<Binary>(sum.left());
    if (inner && inner.op() == BinaryOp::kMod && SameTree(c.src(), inner.right(), c.src(), binary.right())) {
      return Op(c, c.Expr(inner.left()), BinaryOp::kMod, c.Expr(binary.right()), id);
    }
  }
  // Whether something divides evenly does not depend on the sign.
  auto compared = c.As<Binary>(c.facts().Parent(id));
  if (compared && (compared.op() == BinaryOp::kStrictEq || compared.op() == BinaryOp::kStrictNe || compared.op() == BinaryOp::kLooseEq) &&
      (IsNumber(c, compared.right(), "0") || IsNumber(c, compared.left(), "0"))) {
    return std::nullopt;
  }
  NodeId parent = c.facts().Parent(id);
  auto branch = c.As<If>(parent);
  auto conditional = c.As<Conditional>(parent);
  auto unary = c.As<Unary>(parent);
  if (branch || (conditional && conditional.test() == id) || (unary && unary.op() == UnaryOp::kNot)) return std::nullopt;
  Sign sign = SignOf(c, binary.left());
  if (sign == Sign::kNotNegative) return std::nullopt;
  if (sign == Sign::kSeenNegative) {
    NodeId remainder = c.NewCall(c.Library("math.fmod"), {c.Expr(binary.left()), c.Expr(binary.right())}, id);
    bool whole = IsInt(c, binary.left()) && IsInt(c, binary.right());
    return whole ? c.NewCall(c.NewName("int"), {remainder}, id) : remainder;
  }
  c.Say("remainder-sign", id);
  return std::nullopt;
}

// ---- bits
// Is the operand of a shift cut to 32 bits by what stands around it?
bool IsMasked(Context& c, NodeId id) {
  for (NodeId up = c.facts().Parent(id); up; up = c.facts().Parent(up)) {
    auto binary = c.As<Binary>(up);
    if (!binary) {
      auto assign = c.As<Assign>(up);
      if (!assign || assign.targets().size() != 1 || !c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
      // `h = (h << 5) - h + c; h |= 0;`
      facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
      for (NodeId write : binding ? c.facts().binding(binding).writes : NodeList()) {
        auto cut = c.As<AugAssign>(c.facts().Parent(write));
        if (cut && (cut.op() == BinaryOp::kUShr || cut.op() == BinaryOp::kBitAnd || (cut.op() == BinaryOp::kBitOr && IsNumber(c, cut.value(), "0")))) return true;
      }
      return false;
    }
    if (binary.op() == BinaryOp::kUShr || binary.op() == BinaryOp::kBitAnd || (binary.op() == BinaryOp::kBitOr && IsNumber(c, binary.right(), "0"))) return true;
  }
  return false;
}

// `x | 0`, `~~x`: towards zero, in 32 bits.
NodeId Truncated(Context& c, NodeId operand, NodeId origin) {
  auto inner = c.As<Binary>(operand);
  bool can_grow = inner && (inner.op() == BinaryOp::kMul || inner.op() == BinaryOp::kAdd || inner.op() == BinaryOp::kSub || inner.op() == BinaryOp::kShl ||
                            inner.op() == BinaryOp::kBitXor || inner.op() == BinaryOp::kBitOr);
  if (IsInt(c, operand)) return can_grow ? Signed32(c, c.Expr(operand), origin) : c.Expr(operand);
  if (inner && inner.op() == BinaryOp::kDiv && IsInt(c, inner.left()) && IsInt(c, inner.right()) &&
      SignOf(c, inner.left()) == Sign::kNotNegative && SignOf(c, inner.right()) == Sign::kNotNegative) {
    return Op(c, c.Expr(inner.left()), BinaryOp::kFloorDiv, c.Expr(inner.right()), origin);
  }
  return c.NewCall(c.NewName("int"), {c.Expr(operand)}, origin);
}

std::optional<NodeId> TranslateBits(Context& c, Binary binary, NodeId id) {
  switch (binary.op()) {
    case BinaryOp::kUShr: {
      NodeId masked = Op(c, c.Expr(binary.left()), BinaryOp::kBitAnd, Mask(c), id);
      return IsNumber(c, binary.right(), "0") ? masked : Op(c, masked, BinaryOp::kShr, c.Expr(binary.right()), id);
    }
    case BinaryOp::kBitOr:
      if (IsNumber(c, binary.right(), "0")) return Truncated(c, binary.left(), id);
      return std::nullopt;
    case BinaryOp::kShl: {
      auto amount = c.As<Number>(binary.right());
      bool small = c.As<Number>(binary.left()) && amount && amount.text().size() < 2;
      if (small || IsMasked(c, id)) return std::nullopt;
      // `x ^= x << 13`: mixed bits are in need of their number.
      auto mixed = c.As<AugAssign>(c.facts().Parent(id));
      auto mix = c.As<Binary>(c.facts().Parent(id));
      if ((mixed && mixed.op() == BinaryOp::kBitXor) || (mix && mix.op() == BinaryOp::kBitXor)) {
        return Signed32(c, Op(c, c.Expr(binary.left()), BinaryOp::kShl, c.Expr(binary.right())), id);
      }
      c.Say("thirty-two-bit", id);
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<NodeId> TranslateBinary(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  auto big = [&](NodeId operand) { return c.facts().Only(operand, {TypeKind::kBigInt}); };
  switch (binary.op()) {
    case BinaryOp::kMod:
      return TranslateMod(c, binary, id);
    case BinaryOp::kDiv:
      if (!big(binary.left()) || !big(binary.right())) return std::nullopt;
      if (SignOf(c, binary.left()) != Sign::kNotNegative || SignOf(c, binary.right()) != Sign::kNotNegative) c.Say("floor-versus-trunc", id);
      return Op(c, c.Expr(binary.left()), BinaryOp::kFloorDiv, c.Expr(binary.right()), id);
    case BinaryOp::kUShr: case BinaryOp::kBitOr: case BinaryOp::kShl:
      return TranslateBits(c, binary, id);
    default:
      return std::nullopt;
  }
}

std::optional<NodeId> TranslateDoubleNot(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  auto inner = c.As<Unary>(unary.operand());
  if (unary.op() != UnaryOp::kBitNot || !inner || inner.op() != UnaryOp::kBitNot) return std::nullopt;
  return Truncated(c, inner.operand(), id);
}

// `h >>>= 0;`, `h |= 0;`
bool TranslateBitAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<AugAssign>(id);
  bool zero = IsNumber(c, assign.value(), "0");
  if (assign.op() == BinaryOp::kUShr) {
    NodeId target = c.Expr(assign.target());
    NodeId masked = Op(c, target, BinaryOp::kBitAnd, Mask(c));
    out.push_back(c.NewAssign(target, zero ? masked : Op(c, masked, BinaryOp::kShr, c.Expr(assign.value())), id));
    return true;
  }
  if (assign.op() == BinaryOp::kBitOr && zero) {
    NodeId target = c.Expr(assign.target());
    NodeId value = IsInt(c, assign.target()) ? Signed32(c, target, {}) : c.NewCall(c.NewName("int"), {target});
    out.push_back(c.NewAssign(target, value, id));
    return true;
  }
  return false;
}

// ---- bases
NodeId ToBaseFunction(Context& c) {
  auto name = [&](std::string_view text) { return c.NewName(text); };
  NodeId test = Op(c, name("number"), BinaryOp::kGt, c.NewInt(0));
  NodeId digits = c.New(make::Subscript{.object = c.NewString("0123456789abcdefghijklmnopqrstuvwxyz"), .index = name("digit")}, {});
  NodeId pair = c.New(make::ListPattern{.elements = {name("number"), name("digit")}}, {});
  NodeList loop{c.NewAssign(pair, c.NewCall(name("divmod"), {name("number"), name("base")})),
                c.NewAssign(name("text"), Op(c, digits, BinaryOp::kAdd, name("text")))};
  NodeList body{c.NewAssign(name("text"), c.NewString("")),
                c.New(make::While{.test = test, .body = c.NewBlock(std::move(loop))}, {}),
                c.New(make::Return{.value = c.New(make::Logical{.left = name("text"), .right = c.NewString("0"), .op = LogicalOp::kOr}, {})}, {})};
  NodeList params{c.New(make::Param{.target = name("number")}, {}), c.New(make::Param{.target = name("base")}, {})};
  return c.New(make::FunctionDef{.name = name("to_base"), .params = std::move(params), .body = c.NewBlock(std::move(body))}, {});
}

// `n.toString(36)`: a function of the file, once.
std::optional<NodeId> TranslateToBase(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.MethodName(id) != "toString" || call.args().size() != 1) return std::nullopt;
  NodeId number = c.As<Attribute>(call.callee()).object();
  if (!c.facts().Only(number, {TypeKind::kInt, TypeKind::kBigInt})) return std::nullopt;
  for (std::string_view known : {"2", "8", "10", "16"}) {
    if (IsNumber(c, call.args()[0], known)) return std::nullopt;
  }
  if (c.AddPrelude("to-base")) c.prelude().push_back(ToBaseFunction(c));
  return c.NewCall(c.NewName("to_base"), {c.Expr(number), c.Expr(call.args()[0])}, id);
}

// `String(total).padStart(8)`: JavaScript's text of a whole number has no point, whichever way it was computed.
std::optional<NodeId> TranslateFloatText(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  bool to_string = method && method.name() == "toString" && call.args().empty() && !method.is_optional();
  NodeId value = to_string ? method.object() : c.IsCallTo(id, "String") && call.args().size() == 1 ? call.args()[0] : kNoNode;
  if (!value || !c.facts().Only(value, {TypeKind::kInt, TypeKind::kFloat}) || !c.facts().May(value, {TypeKind::kFloat})) return std::nullopt;
  if (!c.src().Is(c.facts().Parent(id), NodeKind::kAttribute)) return std::nullopt;
  NodeId formatted = c.New(make::FormatValue{.value = c.Expr(value), .spec = c.NewString(".15g")}, {});
  return c.New(make::Template{.parts = {formatted}}, id);
}

std::optional<NodeId> TranslateSign(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Math.sign") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  NodeId sign = DefineOnce(c, "sign", R"(
def sign(x):
    return (x > 0) - (x < 0)
)");
  return c.NewCall(sign, {c.Expr(c.As<Call>(id).args()[0])}, id);
}

// `Math.imul(a, b)`: the lowest 32 bits of the product, with a sign.
std::optional<NodeId> TranslateImul(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Math.imul") || c.As<Call>(id).args().size() != 2) return std::nullopt;
  auto args = c.As<Call>(id).args();
  return Signed32(c, Op(c, c.Expr(args[0]), BinaryOp::kMul, c.Expr(args[1])), id);
}

}  // namespace

void RegisterNumbers(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSign);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateImul);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFloatText);
  t.Claim(NodeKind::kBinary, Order::kAfterCards, &TranslateBinary);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslateDoubleNot);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &TranslateBitAssign);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateToBase);
}

}  // namespace asyncport::translate::to_py
