// Products that JavaScript rounds to a double before it takes their remainder or their bits: generators of random numbers.
// Python's whole numbers would keep every digit.
// Example: `(seed * 1103515245 + 12345) % 2147483648` -> `int((float(seed) * 1103515245 + 12345) % 2147483648)`.
#include <cstdlib>
#include <string>
#include <unordered_set>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Times a number of 32 bits it may pass 2**53.
constexpr double kLarge = 4194304;

struct Rounded {
  std::unordered_set<std::uint32_t> done;  // expressions
};

// A literal, or a constant that is one.
double ConstantOf(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (!binding || c.facts().binding(binding).writes.size() != 1) return 0;
    auto assign = c.As<Assign>(c.facts().binding(binding).definition);
    id = assign && assign.targets().size() == 1 && assign.value() ? assign.value() : kNoNode;
  }
  auto number = id ? c.As<Number>(id) : Number();
  if (!number || number.kind() != NumberKind::kInt) return 0;
  return std::strtod(std::string(number.text()).c_str(), nullptr);
}

// The factor of a product with a large constant, in a sum; none if there is no such product.
NodeId FactorOf(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (!binary) return kNoNode;
  if (binary.op() == BinaryOp::kAdd || binary.op() == BinaryOp::kSub) {
    NodeId left = FactorOf(c, binary.left());
    return left ? left : FactorOf(c, binary.right());
  }
  if (binary.op() != BinaryOp::kMul) return kNoNode;
  const double left = ConstantOf(c, binary.left());
  const double right = ConstantOf(c, binary.right());
  NodeId other = left > kLarge && right == 0   ? binary.right()
                 : right > kLarge && left == 0 ? binary.left()
                                               : kNoNode;
  return other && c.facts().May(other, {TypeKind::kInt}) && !c.facts().May(other, {TypeKind::kStr})
             ? other
             : kNoNode;
}

std::optional<NodeId> TranslateRounded(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  const bool bits = binary.op() == BinaryOp::kBitAnd || binary.op() == BinaryOp::kUShr ||
                    binary.op() == BinaryOp::kBitOr || binary.op() == BinaryOp::kBitXor;
  if (!bits && binary.op() != BinaryOp::kMod) return std::nullopt;
  if (c.facts().KindOf(binary.left()) == TypeKind::kBigInt) return std::nullopt;
  NodeId factor = FactorOf(c, binary.left());
  if (!factor || !c.State<Rounded>().done.insert(id.index).second) return std::nullopt;
  c.Override(factor, c.NewCall(c.NewName("float"), {c.Expr(factor)}, factor));
  if (!bits) return c.NewCall(c.NewName("int"), {c.Expr(id)}, id);
  c.Override(binary.left(), c.NewCall(c.NewName("int"), {c.Expr(binary.left())}));
  return std::nullopt;
}

}  // namespace

void RegisterRoundedProducts(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateRounded);
}

}  // namespace asyncport::translate::to_py
