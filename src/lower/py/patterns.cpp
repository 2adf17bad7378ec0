// Targets of assignments, loops, `with ... as` and parameters.
// Example: `a, *b = x` -> ListPattern(Name a, RestPattern(Name b)).
#include "lower/py/lowering.h"

namespace asyncport::lower::py {

NodeId Lowering::TargetName(const CstNode& node) { return NameOf(node); }

NodeId Lowering::TargetList(const CstNode& node) {
  std::vector<CstNode> parts = NamedParts(node);
  bool bracketed = node.Is("tuple_pattern") || node.Is("tuple");
  // `(a) = 1` is `a = 1`.
  if (bracketed && parts.size() == 1 && !node.HasToken(",")) return Target(parts.front());
  NodeList elements;
  for (const CstNode& part : parts) elements.push_back(Target(part));
  // `for (a, b) in c` is the same as without.
  CstNode parent = node.Parent();
  bool loop = parent && parent.Is("for_statement");
  bool parenthesised = !node.Is("pattern_list") && !node.Is("expression_list") && !(loop && elements.size() > 1);
  return Make(tree_, make::ListPattern{.elements = std::move(elements), .is_parenthesised = parenthesised},
              node.span());
}

NodeId Lowering::TargetRest(const CstNode& node) {
  return Make(tree_, make::RestPattern{.target = Target(FirstNamed(node))}, node.span());
}

NodeId Lowering::TargetInside(const CstNode& node) { return Target(FirstNamed(node)); }

}  // namespace asyncport::lower::py
