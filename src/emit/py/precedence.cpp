// The table of Python's precedence.
#include "emit/py/precedence.h"

namespace asyncport::emit::py {

using ir::NodeKind;

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

}  // namespace asyncport::emit::py
