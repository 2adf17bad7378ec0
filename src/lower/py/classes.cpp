// Classes, their methods and class-level variables. The parameter that stands for the object disappears: its uses are
// SelfRef. A function of a class that does not follow that convention stays a FunctionDef.
// Example: `@property` above `def size(self): return self._n` -> Method size kGetter, Return(Attribute(SelfRef) _n).
#include <algorithm>

#include "lower/py/lowering.h"

namespace asyncport::lower::py {
namespace {

// Python passes the class to these without being asked.
bool IsImplicitlyStatic(std::string_view name) {
  return name == "__new__" || name == "__init_subclass__" || name == "__class_getitem__";
}

// The parameter that stands for the object; null if the first one cannot be it.
CstNode SelfParam(const CstNode& parameters) {
  CstNode first = parameters ? FirstNamed(parameters) : CstNode();
  if (first && first.Is("typed_parameter")) first = FirstNamed(first);
  return first && first.Is("identifier") ? first : CstNode();
}

}  // namespace

NodeId Lowering::ClassOf(const CstNode& node, const std::vector<CstNode>& decorators, Span span) {
  if (node.Field("type_parameters")) return Opaque(span, "a class with type parameters");
  NodeList decorator_nodes = DecoratorsOf(decorators);
  NodeId name = NameOf(node.Field("name"));
  if (!name) name = Opaque(span, "a missing name");
  NodeList bases = node.Field("superclasses") ? Arguments(node.Field("superclasses")) : NodeList{};
  // `Stack(List[T])` extends List: what the brackets say is for the checker alone.
  for (NodeId& base : bases) {
    if (auto generic = As<ir::Subscript>(tree_, base)) base = generic.object();
  }

  Scope scope = Inner(ScopeKind::kClass);
  scope.in_method = false;
  scope.in_constructor = false;
  scope.self_name = {};
  scope.name = scope.class_name = node.Field("name") ? TextOf(node.Field("name")) : std::string_view();
  InScope inside(*this, scope);
  NodeId docstring;
  std::vector<CstNode> statements = TakeDocstring(node.Field("body"), docstring);
  NodeId body = ClassBody(statements, {span.end, span.end});
  return Make(tree_,
              make::ClassDef{.decorators = std::move(decorator_nodes),
                             .name = name,
                             .bases = std::move(bases),
                             .docstring = docstring,
                             .body = body},
              span);
}

NodeId Lowering::ClassBody(const std::vector<CstNode>& statements, Span fallback) {
  NodeList list;
  for (const CstNode& statement : statements) {
    CstNode inner = statement.Is("expression_statement") ? FirstNamed(statement) : CstNode();
    CstNode definition = statement.Is("decorated_definition") ? statement.Field("definition") : statement;
    if (NodeId field = inner && inner.Is("assignment") ? FieldOf(inner, statement.span()) : ir::kNoNode) {
      list.push_back(field);
    } else if (definition && definition.Is("function_definition")) {
      std::vector<CstNode> decorators;
      if (!(definition == statement)) {
        decorators = NamedParts(statement);
        std::erase_if(decorators, [](const CstNode& part) { return !part.Is("decorator"); });
      }
      list.push_back(MethodOf(definition, decorators, TightSpan(statement)));
    } else {
      Statement(statement, list);
    }
  }
  Span span = fallback;
  if (!list.empty()) span = {tree_.span(list.front()).begin, tree_.span(list.back()).end};
  return Make(tree_, make::Block{.statements = std::move(list)}, span);
}

// kNoNode for what is more than `name: type = value`.
NodeId Lowering::FieldOf(const CstNode& assignment, Span span) {
  CstNode left = assignment.Field("left");
  CstNode right = assignment.Field("right");
  CstNode type = assignment.Field("type");
  if (!left || !left.Is("identifier") || HoleOf(left)) return ir::kNoNode;
  if (right && (right.Is("assignment") || right.Is("augmented_assignment"))) return ir::kNoNode;
  NodeId annotation = type ? Expression(type) : ir::kNoNode;
  NodeId value = right ? Expression(right) : ir::kNoNode;
  return Make(tree_, make::Field{.annotation = annotation, .value = value, .name = TextOf(left), .is_static = true},
              span);
}

NodeId Lowering::MethodOf(const CstNode& node, const std::vector<CstNode>& decorators, Span span) {
  CstNode name_node = node.Field("name");
  CstNode parameters = node.Field("parameters");
  CstNode body = node.Field("body");
  if (!name_node || HoleOf(name_node) || node.Field("type_parameters")) return FunctionOf(node, decorators, span);

  std::string name(TextOf(name_node));
  auto says = [&](const CstNode& decorator, std::string_view text) {
    CstNode value = FirstNamed(decorator);
    return value && DottedText(value) == text;
  };
  auto changes_first_param = [&](const CstNode& decorator) {
    return says(decorator, "staticmethod") || says(decorator, "classmethod");
  };
  // Only the outermost decorator can be said by kind and flags: the others apply before it.
  bool is_classmethod = false;
  bool is_staticmethod = false;
  ir::MethodKind kind = ir::MethodKind::kMethod;
  if (!decorators.empty()) {
    const CstNode& first = decorators.front();
    is_classmethod = says(first, "classmethod");
    is_staticmethod = says(first, "staticmethod");
    if (says(first, "property")) kind = ir::MethodKind::kGetter;
    if (says(first, name + ".setter")) kind = ir::MethodKind::kSetter;
  }
  bool first_is_said = is_classmethod || is_staticmethod || kind != ir::MethodKind::kMethod;
  // Read like a property; that it remembers its value is left to the decorator.
  bool is_cached = decorators.size() == 1 && (says(decorators[0], "cached_property") || says(decorators[0], "functools.cached_property"));
  if (is_cached) kind = ir::MethodKind::kGetter;
  std::vector<CstNode> kept(decorators.begin() + (first_is_said ? 1 : 0), decorators.end());
  if (std::ranges::any_of(kept, changes_first_param)) return FunctionOf(node, decorators, span);
  if (kind == ir::MethodKind::kMethod && !first_is_said && name == "__init__") kind = ir::MethodKind::kConstructor;
  bool is_implicit = IsImplicitlyStatic(name);
  if (is_implicit) is_staticmethod = false;  // said twice
  bool is_static = is_classmethod || is_staticmethod || is_implicit;

  std::string_view self_name;
  if (!is_staticmethod) {
    CstNode self = SelfParam(parameters);
    if (!self) return FunctionOf(node, decorators, span);
    self_name = TextOf(self);
    // The emitter writes the usual name, which must then be free.
    std::string_view usual = is_static ? "cls" : "self";
    if (Binds(body, self_name) || (self_name != usual && Mentions(node, usual))) {
      return FunctionOf(node, decorators, span);
    }
  }

  NodeList decorator_nodes = DecoratorsOf(kept);
  NodeList params = Params(parameters, !is_staticmethod);
  NodeId returns = node.Field("return_type") ? Expression(node.Field("return_type")) : ir::kNoNode;
  Scope scope = Inner(ScopeKind::kFunction);
  scope.is_async = node.HasToken("async");
  scope.in_method = !is_staticmethod;
  scope.in_constructor = kind == ir::MethodKind::kConstructor;
  scope.name = TextOf(name_node);
  scope.self_name = self_name;
  InScope inside(*this, scope);
  NodeId docstring;
  std::vector<CstNode> statements = TakeDocstring(body, docstring);
  NodeId block = BlockOf(statements, {span.end, span.end});
  return Make(tree_,
              make::Method{.decorators = std::move(decorator_nodes),
                           .params = std::move(params),
                           .returns = returns,
                           .docstring = docstring,
                           .body = block,
                           .name = kind == ir::MethodKind::kConstructor ? std::string_view() : name,
                           .kind = kind,
                           .is_async = scope.is_async,
                           .is_generator = scopes_.back().is_generator,
                           .is_static = is_static},
              span);
}

}  // namespace asyncport::lower::py
