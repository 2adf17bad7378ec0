// Products that JavaScript rounds to a double before it takes their remainder or their bits: generators of random numbers.
// Python's whole numbers would keep every digit.
// Example: `(seed * 1103515245 + 12345) % 2147483648` -> `int((float(seed) * 1103515245 + 12345) % 2147483648)`.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <unordered_set>

#include "translate/quote.h"
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

// The sign decides how a product is rounded: what JavaScript's operators give has 32 bits and one of them is that.
NodeId Signed32(Context& c, NodeId value, NodeId origin) {
  return Quote(c, "(($X & 0xFFFFFFFF) ^ 0x80000000) - 0x80000000", {{"X", value}}, origin);
}

bool IsSignedOp(BinaryOp op) {
  return op == BinaryOp::kBitXor || op == BinaryOp::kBitOr || op == BinaryOp::kShl;
}

// `h ^= code;`, where `h * 16777619` follows.
bool TranslateSignedAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<AugAssign>(id);
  if (!IsSignedOp(assign.op()) || !c.src().Is(assign.target(), NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(assign.target());
  if (!binding || c.facts().Only(assign.target(), {TypeKind::kBigInt})) return false;
  const auto& reads = c.facts().binding(binding).reads;
  const bool is_factor = std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
    return FactorOf(c, c.facts().Parent(read)) == read;
  });
  if (!is_factor) return false;
  NodeId changed = c.New(
      make::Binary{
          .left = c.Expr(assign.target()), .right = c.Expr(assign.value()), .op = assign.op()},
      {});
  out.push_back(c.NewAssign(c.Expr(assign.target()), Signed32(c, changed, {}), id));
  return true;
}

std::optional<NodeId> TranslateRounded(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  const bool bits = binary.op() == BinaryOp::kBitAnd || binary.op() == BinaryOp::kUShr ||
                    binary.op() == BinaryOp::kBitOr || binary.op() == BinaryOp::kBitXor;
  if (!bits && binary.op() != BinaryOp::kMod) return std::nullopt;
  if (c.facts().KindOf(binary.left()) == TypeKind::kBigInt) return std::nullopt;
  NodeId factor = FactorOf(c, binary.left());
  if (!factor || !c.State<Rounded>().done.insert(id.index).second) return std::nullopt;
  NodeId whole = c.Expr(factor);
  auto operation = c.As<Binary>(factor);
  if (operation && IsSignedOp(operation.op())) whole = Signed32(c, whole, {});
  c.Override(factor, c.NewCall(c.NewName("float"), {whole}, factor));
  if (!bits) return c.NewCall(c.NewName("int"), {c.Expr(id)}, id);
  c.Override(binary.left(), c.NewCall(c.NewName("int"), {c.Expr(binary.left())}));
  return std::nullopt;
}

}  // namespace

void RegisterRoundedProducts(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateRounded);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &TranslateSignedAssign);
}

}  // namespace asyncport::translate::to_py
