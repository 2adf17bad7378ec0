// Targets of assignments and bindings: names and destructuring.
// Example: `{ a, b: [c = 1], ...rest }` -> ObjectPattern(a: a, b: ListPattern(DefaultPattern(c,
// 1)), rest).
#include "lower/js/lowering.h"

namespace asyncport::lower::js {

NodeId Lowering::PatternName(const CstNode& node) { return NameOf(node); }

NodeId Lowering::ArrayPattern(const CstNode& node) {
  return Make(tree_, make::ListPattern{.elements = Elements(node, &Lowering::Pattern)},
              node.span());
}

NodeId Lowering::ObjectPattern(const CstNode& node) {
  NodeList properties;
  NodeId rest;
  for (const CstNode& child : node.NamedChildren()) {
    if (child.Is("rest_pattern")) {
      rest = Pattern(FirstNamed(child));
    } else {
      properties.push_back(PropertyPattern(child));
    }
  }
  return Make(tree_, make::ObjectPattern{.properties = std::move(properties), .rest = rest},
              node.span());
}

NodeId Lowering::PropertyPattern(const CstNode& node) {
  NodeId key;
  NodeId target;
  if (node.Is("pair_pattern")) {
    key = PropertyKey(node.Field("key"));
    target = Pattern(node.Field("value"));
  } else {  // `a` or `a = 1`
    CstNode name = node.Is("object_assignment_pattern") ? node.Field("left") : node;
    if (node == name) {
      if (auto hole = HoleOf(node)) return Make(tree_, *hole, node.span());
    }
    key = PropertyKey(name);
    target = Pattern(node);
  }
  return Make(tree_, make::PropertyPattern{.key = key, .target = target}, node.span());
}

NodeId Lowering::RestPattern(const CstNode& node) {
  return Make(tree_, make::RestPattern{.target = Pattern(FirstNamed(node))}, node.span());
}

NodeId Lowering::AssignmentPattern(const CstNode& node) {
  NodeId target = Pattern(node.Field("left"));
  NodeId default_value = Expression(node.Field("right"));
  return Make(tree_, make::DefaultPattern{.target = target, .default_value = default_value},
              node.span());
}

}  // namespace asyncport::lower::js
