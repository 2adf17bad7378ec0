// Can control reach the end of a function or of a guard's body? Then a function also returns undefined or None.
// Example: not after `if (x) return 1; throw new Error();`.
#include "facts/infer.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

// Can control reach the end of these statements? Errs towards yes.
bool Inference::CanFallThrough(NodeId id) const {
  const auto falls = [this](NodeId part) { return !part || CanFallThrough(part); };
  const auto leaves_loop = [this](NodeId loop) {
    for (std::uint32_t i = structure_.position[loop.index]; i < structure_.end[loop.index]; ++i) {
      const NodeId inner = structure_.preorder[i];
      if (!tree_.Is(inner, NodeKind::kBreak)) continue;
      if (structure_.loop[inner.index] == loop || tree_.node(inner).atom) return true;
    }
    return false;
  };
  const auto is_true = [this](NodeId test) {
    if (!test) return true;
    if (auto literal = ir::As<ir::Bool>(tree_, test)) return literal.value();
    if (auto literal = ir::As<ir::Number>(tree_, test)) return literal.text() == "1";
    return false;
  };
  switch (tree_.kind(id)) {
    case NodeKind::kBlock: {
      const auto found = falls_through_.find(id.index);
      if (found != falls_through_.end()) return found->second;
      bool result = true;
      for (NodeId statement : ir::Block(tree_, id).statements())
        result = result && falls(statement);
      falls_through_[id.index] = result;
      return result;
    }
    case NodeKind::kReturn:
    case NodeKind::kRaise:
    case NodeKind::kBreak:
    case NodeKind::kContinue:
      return false;
    case NodeKind::kIf: {
      const ir::If branch(tree_, id);
      return !branch.else_body() || falls(branch.body()) || falls(branch.else_body());
    }
    case NodeKind::kWhile:
      return !is_true(ir::While(tree_, id).test()) || leaves_loop(id);
    case NodeKind::kCFor:
      return !is_true(ir::CFor(tree_, id).test()) || leaves_loop(id);
    case NodeKind::kDoWhile:
      return !is_true(ir::DoWhile(tree_, id).test()) || leaves_loop(id);
    case NodeKind::kTry: {
      const ir::Try attempt(tree_, id);
      if (attempt.finally_body() && !falls(attempt.finally_body())) return false;
      bool result = falls(attempt.body()) && falls(attempt.else_body());
      for (NodeId handler : attempt.handlers()) {
        if (auto clause = ir::As<ir::CatchClause>(tree_, handler))
          result = result || falls(clause.body());
      }
      return result;
    }
    case NodeKind::kWith:
      return falls(ir::With(tree_, id).body());
    case NodeKind::kLabeled:
      return true;
    case NodeKind::kSwitch: {
      bool has_default = false;
      bool result = false;
      const auto cases = ir::Switch(tree_, id).cases();
      for (NodeId case_id : cases) {
        const auto part = ir::As<ir::SwitchCase>(tree_, case_id);
        if (!part) return true;
        has_default = has_default || !part.test();
        // A case that runs into the next one is fine; one that breaks is not, and `break` does not fall.
        if (case_id == cases.back()) result = falls(part.body());
      }
      for (std::uint32_t i = structure_.position[id.index]; i < structure_.end[id.index]; ++i) {
        const NodeId inner = structure_.preorder[i];
        if (tree_.Is(inner, NodeKind::kBreak) &&
            structure_.loop[inner.index] == structure_.loop[id.index]) {
          return true;
        }
      }
      return result || !has_default;
    }
    case NodeKind::kMatch: {
      bool has_default = false;
      bool result = false;
      for (NodeId case_id : ir::Match(tree_, id).cases()) {
        const auto part = ir::As<ir::MatchCase>(tree_, case_id);
        if (!part) return true;
        const NodeKind pattern = tree_.kind(part.pattern());
        has_default =
            has_default ||
            (!part.guard() && (pattern == NodeKind::kMatchWildcard || pattern == NodeKind::kName));
        result = result || falls(part.body());
      }
      return result || !has_default;
    }
    default:
      return true;
  }
}

}  // namespace asyncport::facts
