// Whole numbers that grow past 2**53 before a remainder or a mask makes them small again: random number generators,
// hashes, powers modulo a prime. Such a product is made of BigInts; others are said to be inexact.
// Example: `(seed * 1103515245 + 12345) % 2**31` -> `Number((BigInt(seed) * 1103515245n + 12345n) % 2147483648n)`.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

constexpr double kExact = 9007199254740992.0;  // 2**53
constexpr double kLargest = 9e18;              // what a literal of ours can hold

// The value of a literal, of a power or product of such, or of a name that is bound once to one; 0 if there is none.
double ConstantOf(Context& c, NodeId id, int depth = 0) {
  if (auto literal = LiteralInt(c, id)) return static_cast<double>(*literal);
  if (auto number = c.As<Number>(id); number && number.text().starts_with("0x")) {
    std::string digits(number.text());
    digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
    return static_cast<double>(std::strtoull(digits.c_str(), nullptr, 16));
  }
  if (depth > 8) return 0;
  if (auto binary = c.As<Binary>(id)) {
    double left = ConstantOf(c, binary.left(), depth + 1);
    double right = ConstantOf(c, binary.right(), depth + 1);
    if (left == 0 || right == 0) return 0;
    switch (binary.op()) {
      case BinaryOp::kPow:
        return std::pow(left, right);
      case BinaryOp::kMul:
        return left * right;
      case BinaryOp::kAdd:
        return left + right;
      case BinaryOp::kSub:
        return left - right;
      case BinaryOp::kShl:
        return left * std::pow(2.0, right);
      default:
        return 0;
    }
  }
  if (!c.src().Is(id, NodeKind::kName)) return 0;
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding || c.facts().binding(binding).writes.size() != 1) return 0;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  if (!assign || assign.targets().size() != 1 || !assign.value()) return 0;
  return ConstantOf(c, assign.value(), depth + 1);
}

bool IsStep(BinaryOp op) {
  return op == BinaryOp::kAdd || op == BinaryOp::kSub || op == BinaryOp::kMul ||
         op == BinaryOp::kBitXor || op == BinaryOp::kBitOr || op == BinaryOp::kShl;
}

// The largest that the expression gets, if what is not known is below `modulus`.
double BoundOf(Context& c, NodeId id, double modulus, int depth = 0) {
  if (double constant = ConstantOf(c, id); constant != 0) return std::fabs(constant);
  if (c.IsCallTo(id, "ord") || c.IsCallTo(id, "len")) return 2097152;
  auto binary = c.As<Binary>(id);
  if (!binary || depth > 12) return modulus;
  if (binary.op() == BinaryOp::kMod) {
    double right = ConstantOf(c, binary.right());
    return right != 0 ? right : modulus;
  }
  if (!IsStep(binary.op())) return modulus;
  double left = BoundOf(c, binary.left(), modulus, depth + 1);
  double right = BoundOf(c, binary.right(), modulus, depth + 1);
  if (binary.op() == BinaryOp::kMul) return left * right;
  if (binary.op() == BinaryOp::kShl) return left * std::pow(2.0, std::fmin(right, 64));
  return left + right;
}

bool IsWhole(Context& c, NodeId id) { return c.facts().Only(id, {facts::TypeKind::kInt}); }

// Are all leaves whole numbers for sure?
bool AllWhole(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary && IsStep(binary.op()))
    return AllWhole(c, binary.left()) && AllWhole(c, binary.right());
  return IsWhole(c, id) || ConstantOf(c, id) != 0;
}

NodeId BigLiteral(Context& c, double value) {
  return c.New(make::Number{.text = std::to_string(static_cast<long long>(value)),
                            .kind = NumberKind::kBigInt},
               {});
}

NodeId Big(Context& c, NodeId id) {
  double constant = ConstantOf(c, id);
  if (constant != 0 && std::fabs(constant) < kLargest && !c.src().Is(id, NodeKind::kName))
    return BigLiteral(c, constant);
  auto binary = c.As<Binary>(id);
  if (binary && IsStep(binary.op())) {
    return c.New(
        make::Binary{
            .left = Big(c, binary.left()), .right = Big(c, binary.right()), .op = binary.op()},
        id);
  }
  return c.NewCall(c.NewName("BigInt"), {c.Expr(id)}, id);
}

// May the sum be below zero? Then `%` differs.
bool MayBeNegative(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (!binary || !IsStep(binary.op())) {
    auto unary = c.As<Unary>(id);
    return unary && unary.op() == UnaryOp::kNeg;
  }
  return binary.op() == BinaryOp::kSub || MayBeNegative(c, binary.left()) ||
         MayBeNegative(c, binary.right());
}

std::optional<NodeId> TranslateReduced(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  const bool is_mask = binary.op() == BinaryOp::kBitAnd;
  if (binary.op() != BinaryOp::kMod && !is_mask) return std::nullopt;
  double modulus = ConstantOf(c, binary.right());
  if (modulus < 2 || modulus > kLargest) return std::nullopt;
  if (is_mask) modulus += 1;
  int bits = 0;
  const bool is_power = std::frexp(modulus, &bits) == 0.5;
  if (is_mask && !is_power) return std::nullopt;
  auto sum = c.As<Binary>(binary.left());
  if (!sum || !IsStep(sum.op()) || BoundOf(c, binary.left(), modulus) <= kExact)
    return std::nullopt;
  if (!AllWhole(c, binary.left())) {
    c.SayOnce("safe-integer-limit", id);
    return std::nullopt;
  }
  // A remainder past 2**53 would not survive as a number.
  if (modulus > kExact) c.SayOnce("safe-integer-limit", id);
  NodeId value = Big(c, binary.left());
  if (is_power && (is_mask || MayBeNegative(c, binary.left()))) {
    return Js(c, "Number(BigInt.asUintN($B, $X))", {{"B", c.NewInt(bits - 1)}, {"X", value}}, id);
  }
  if (MayBeNegative(c, binary.left())) {
    return Js(c, "Number(($X % $M + $M) % $M)", {{"X", value}, {"M", Big(c, binary.right())}}, id);
  }
  return Js(c, "Number($X % $M)", {{"X", value}, {"M", Big(c, binary.right())}}, id);
}

}  // namespace

void RegisterBigProducts(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateReduced);
}

}  // namespace asyncport::translate::to_js
