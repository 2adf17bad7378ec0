// What becomes of the value of an expression: the statement or expression around it decides.
// Example: in `const p = cond ? f() : g();` both calls are kStored.
#include <algorithm>
#include <iterator>
#include <string>

#include "facts/facts_impl.h"
#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;
namespace slots = ir::slots;

// By function: 1 if some call of the file may run it, 2 more if such a call's value may be looked at.
const std::vector<std::uint8_t>& FactsImpl::ResultUses() const {
  if (!result_uses_.empty()) return result_uses_;
  result_uses_.resize(tree_.size());
  for (const NodeId id : structure_.preorder) {
    if (!tree_.Is(id, NodeKind::kCall)) continue;
    NodeId parent = structure_.parent[id.index];
    bool dropped = tree_.Is(parent, NodeKind::kExprStmt);
    if (tree_.Is(parent, NodeKind::kLambda)) {
      // `fs.forEach((f) => f(x))`: only the library decides here, else this would turn in circles.
      auto call = ir::As<ir::Call>(tree_, structure_.parent[parent.index]);
      dropped = call && call.callee() != parent && ResolvedName(call.callee()).ends_with("#forEach");
    }
    for (NodeId callee : PossibleCallees(id)) result_uses_[callee.index] |= dropped ? 1 : 3;
  }
  return result_uses_;
}

bool FactsImpl::ResultIsIgnored(NodeId lambda) const {
  if (ResultUses()[lambda.index] == 1) return true;
  const NodeId parent = structure_.parent[lambda.index];
  NodeId callee;
  if (auto call = ir::As<ir::Call>(tree_, parent)) callee = call.callee();
  if (auto made = ir::As<ir::New>(tree_, parent)) callee = made.callee();
  if (!callee || callee == lambda) return false;
  static constexpr std::string_view kIgnoring[] = {
      "Promise",          "setTimeout",    "setInterval", "setImmediate", "queueMicrotask",
      "process.nextTick", "Array#forEach", "Map#forEach", "Set#forEach"};
  const std::string name = ResolvedName(callee);
  return std::find(std::begin(kIgnoring), std::end(kIgnoring), name) != std::end(kIgnoring);
}

Use FactsImpl::UseOf(NodeId expression) const {
  for (NodeId node = expression;;) {
    const NodeId parent = structure_.parent[node.index];
    if (!parent) return Use::kPassed;
    const unsigned slot = structure_.slot[node.index];
    switch (tree_.kind(parent)) {
      case NodeKind::kExprStmt:
        return Use::kDropped;
      case NodeKind::kAwait:
        return Use::kAwaited;
      case NodeKind::kReturn:
        return Use::kReturned;
      case NodeKind::kLambda:
        if (slot != slots::Lambda::body) return Use::kPassed;
        return ResultIsIgnored(parent) ? Use::kDropped : Use::kReturned;
      case NodeKind::kAssign:
        return slot == slots::Assign::value ? Use::kStored : Use::kPassed;
      case NodeKind::kField:
        return slot == slots::Field::value ? Use::kStored : Use::kPassed;
      case NodeKind::kAssignExpr:
      case NodeKind::kLogicalAssign:
      case NodeKind::kWalrus:
        return slot == 1 ? Use::kStored : Use::kPassed;  // the value
      case NodeKind::kUnary:
        return ir::Unary(tree_, parent).op() == ir::UnaryOp::kVoid ? Use::kDropped : Use::kPassed;
      case NodeKind::kForEach:
        return slot == slots::ForEach::iterable && ir::ForEach(tree_, parent).is_async()
                   ? Use::kAwaited
                   : Use::kPassed;
      case NodeKind::kCompFor:
        return slot == slots::CompFor::iterable && ir::CompFor(tree_, parent).is_async()
                   ? Use::kAwaited
                   : Use::kPassed;
      case NodeKind::kWithItem: {
        const NodeId with = structure_.parent[parent.index];
        return slot == slots::WithItem::context && tree_.Is(with, NodeKind::kWith) &&
                       ir::With(tree_, with).is_async()
                   ? Use::kAwaited
                   : Use::kPassed;
      }
      case NodeKind::kSequence: {
        const auto all = ir::Sequence(tree_, parent).expressions();
        if (all.back() != node) return Use::kDropped;
        break;
      }
      case NodeKind::kConditional:
        if (slot == slots::Conditional::test) return Use::kPassed;
        break;
      case NodeKind::kLogical:
        // The left side of `f() && g()` is also tested.
        if (slot == slots::Logical::left) return Use::kPassed;
        break;
      case NodeKind::kSpawn:
      case NodeKind::kDefer:
      case NodeKind::kOptionalChain:
        break;
      default:
        return Use::kPassed;
    }
    node = parent;
  }
}

}  // namespace asyncport::facts
