// Comprehensions and generator expressions.
// Example: `[f(x) for x in xs if x]` -> Comprehension kList (Call f, CompFor x xs, CompIf x).
#include "lower/py/lowering.h"

namespace asyncport::lower::py {

NodeId Lowering::ComprehensionOf(const CstNode& node) {
  ir::ComprehensionKind kind = node.Is("list_comprehension")         ? ir::ComprehensionKind::kList
                               : node.Is("set_comprehension")        ? ir::ComprehensionKind::kSet
                               : node.Is("dictionary_comprehension") ? ir::ComprehensionKind::kDict
                                                                     : ir::ComprehensionKind::kGenerator;
  Scope scope = scopes_.back();
  if (kind == ir::ComprehensionKind::kGenerator) scope.kind = ScopeKind::kGenerator;

  std::vector<CstNode> parts = NamedParts(node);
  // The first iterable is evaluated outside.
  NodeId first_iterable;
  for (const CstNode& part : parts) {
    if (!part.Is("for_in_clause")) continue;
    first_iterable = Expression(part.Field("right"));
    break;
  }
  InScope inside(*this, scope);
  NodeId element;
  NodeId value;
  NodeList clauses;
  for (const CstNode& part : parts) {
    if (part.Is("for_in_clause")) {
      bool is_async = part.HasToken("async");
      if (is_async) CheckAsync(part.span());
      NodeId target = Target(part.Field("left"));
      // `for x in a, b` is Python 2's, and the grammar gives it several fields.
      std::vector<CstNode> right = part.Fields("right");
      NodeId iterable = clauses.empty() && first_iterable ? first_iterable : Expression(part.Field("right"));
      if (right.size() > 1) iterable = Python2(part.span(), "a list without brackets in a comprehension");
      clauses.push_back(
          Make(tree_, make::CompFor{.target = target, .iterable = iterable, .is_async = is_async}, part.span()));
    } else if (part.Is("if_clause")) {
      clauses.push_back(Make(tree_, make::CompIf{.test = Expression(FirstNamed(part))}, part.span()));
    } else if (part.Is("pair")) {
      element = Expression(part.Field("key"));
      value = Expression(part.Field("value"));
    } else if (!element) {
      element = Expression(part);
    }
  }
  if (!element) element = Opaque(node.span(), "a missing expression");
  return Make(tree_,
              make::Comprehension{.element = element, .value = value, .clauses = std::move(clauses), .kind = kind},
              node.span());
}

}  // namespace asyncport::lower::py
