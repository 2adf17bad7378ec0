// The table of Python's precedence.
#include "emit/py/precedence.h"

namespace asyncport::emit::py {

using ir::NodeKind;

namespace {

bool ClearerInParens(const ir::Tree& tree, ir::NodeId parent, ir::NodeId operand) {
  if (auto outer = ir::As<ir::Logical>(tree, parent)) {
    auto inner = ir::As<ir::Logical>(tree, operand);
    return inner && inner.op() != outer.op();
  }
  auto inner = ir::As<ir::Binary>(tree, operand);
  if (!inner) return false;
  if (auto unary = ir::As<ir::Unary>(tree, parent)) {
    return unary.op() != ir::UnaryOp::kNot && inner.op() == ir::BinaryOp::kPow;
  }
  auto outer = ir::As<ir::Binary>(tree, parent);
  if (!outer || outer.op() == inner.op() || inner.op() == ir::BinaryOp::kPow) return false;
  int outer_level = ir::Info(outer.op()).py_precedence;
  int inner_level = ir::Info(inner.op()).py_precedence;
  bool inner_is_bitwise = inner_level >= kBitOr && inner_level <= kShift;
  if (ir::IsComparison(outer.op())) return inner_is_bitwise;
  bool outer_is_bitwise = outer_level >= kBitOr && outer_level <= kShift;
  if (outer_is_bitwise) return inner_level > outer_level || inner_level == kShift;
  bool one_is_remainder = outer.op() == ir::BinaryOp::kMod || inner.op() == ir::BinaryOp::kMod;
  return one_is_remainder && outer_level == kMultiply && inner_level == kMultiply;
}

Operand At(const ir::Tree& tree, ir::NodeId parent, ir::NodeId operand, int loosest) {
  return {operand, ClearerInParens(tree, parent, operand) ? kAtom : loosest};
}

}  // namespace

ir::NodeId WithoutDefer(const ir::Tree& tree, ir::NodeId id) {
  while (auto defer = ir::As<ir::Defer>(tree, id)) id = defer.call();
  return id;
}

int PrecedenceOf(const ir::Tree& tree, ir::NodeId id) {
  id = WithoutDefer(tree, id);
  switch (tree.kind(id)) {
    case NodeKind::kYield:
    case NodeKind::kWalrus:
      return kAnything;
    case NodeKind::kLambda:
      return kLambda;
    case NodeKind::kConditional:
      return kConditional;
    case NodeKind::kLogical:
      return ir::Info(ir::Logical(tree, id).op()).py_precedence;
    case NodeKind::kUnary:
      return ir::Info(ir::Unary(tree, id).op()).py_precedence;
    case NodeKind::kBinary:
      return ir::Info(ir::Binary(tree, id).op()).py_precedence;
    case NodeKind::kCompareChain:
      return kComparison;
    case NodeKind::kAwait:
      return kAwait;
    case NodeKind::kCall:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript:
    case NodeKind::kSpawn:
    case NodeKind::kSuperRef:
    case NodeKind::kSuperCall:
      return kPrimary;
    default:
      return kAtom;
  }
}

bool NeedsParens(const ir::Tree& tree, ir::NodeId id, int loosest) { return PrecedenceOf(tree, id) < loosest; }

std::vector<Operand> OperandsOf(const ir::Tree& tree, ir::NodeId id) {
  if (auto logical = ir::As<ir::Logical>(tree, id)) {
    int level = ir::Info(logical.op()).py_precedence;
    return {At(tree, id, logical.left(), level), At(tree, id, logical.right(), level + 1)};
  }
  if (auto binary = ir::As<ir::Binary>(tree, id)) {
    int left = ir::Info(binary.op()).py_precedence;
    int right = left + 1;
    if (binary.op() == ir::BinaryOp::kPow) {
      // Binds to the right, and looser than the unary operators on its right.
      left = kAwait;
      right = kUnary;
    } else if (ir::IsComparison(binary.op())) {
      left = right = kBitOr;
    }
    return {At(tree, id, binary.left(), left), At(tree, id, binary.right(), right)};
  }
  if (auto chain = ir::As<ir::CompareChain>(tree, id)) {
    std::vector<Operand> operands{{chain.first(), kBitOr}};
    for (ir::NodeId link : chain.links()) operands.push_back({ir::CompareLink(tree, link).right(), kBitOr});
    return operands;
  }
  if (auto conditional = ir::As<ir::Conditional>(tree, id)) {
    return {{conditional.then_value(), kOr}, {conditional.test(), kOr}, {conditional.else_value(), kLambda}};
  }
  if (auto unary = ir::As<ir::Unary>(tree, id)) {
    return {At(tree, id, unary.operand(), ir::Info(unary.op()).py_precedence)};
  }
  if (auto await = ir::As<ir::Await>(tree, id)) return {{await.value(), kPrimary}};
  if (auto lambda = ir::As<ir::Lambda>(tree, id)) return {{lambda.body(), kLambda}};
  if (auto walrus = ir::As<ir::Walrus>(tree, id)) return {{walrus.value(), kLambda}};
  if (auto yield = ir::As<ir::Yield>(tree, id)) {
    if (yield.value()) return {{yield.value(), kLambda}};
  }
  return {};
}

}  // namespace asyncport::emit::py
