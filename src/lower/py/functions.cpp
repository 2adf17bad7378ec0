// Functions, lambdas, parameters, docstrings, decorators, await and yield.
// Example: `async def f(a, *, b=1): ...` -> FunctionDef f is_async (Param a, Param b kKeywordOnly).
#include <algorithm>

#include "lower/py/lowering.h"

namespace asyncport::lower::py {
namespace {

enum class Binding : std::uint8_t { kNone, kLeft, kName, kAlias, kNames, kImport, kCapture, kStop };

const syntax::KindTable<Binding>& Bindings() {
  static const syntax::KindTable<Binding> table(Language::kPy, {
                                                                   {"assignment", Binding::kLeft},
                                                                   {"augmented_assignment", Binding::kLeft},
                                                                   {"for_statement", Binding::kLeft},
                                                                   {"for_in_clause", Binding::kLeft},
                                                                   {"named_expression", Binding::kName},
                                                                   {"function_definition", Binding::kStop},
                                                                   {"class_definition", Binding::kStop},
                                                                   {"lambda", Binding::kStop},
                                                                   {"as_pattern", Binding::kAlias},
                                                                   {"except_clause", Binding::kAlias},
                                                                   {"global_statement", Binding::kNames},
                                                                   {"nonlocal_statement", Binding::kNames},
                                                                   {"delete_statement", Binding::kNames},
                                                                   {"import_statement", Binding::kImport},
                                                                   {"import_from_statement", Binding::kImport},
                                                                   {"case_pattern", Binding::kCapture},
                                                               });
  return table;
}

// The name that a parameter binds; null for `*` and `/`.
CstNode NameOfParam(const CstNode& param) {
  if (param.Is("identifier")) return param;
  if (CstNode name = param.Field("name")) return name;
  if (param.Is("typed_parameter") || param.Is("list_splat_pattern") || param.Is("dictionary_splat_pattern")) {
    CstNode inner = FirstNamed(param);
    return inner ? NameOfParam(inner) : CstNode();
  }
  return {};
}

bool IsIdentifierChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

}  // namespace

bool Lowering::HasParam(const CstNode& parameters, std::string_view name) const {
  if (!parameters) return false;
  for (const CstNode& param : NamedParts(parameters)) {
    CstNode bound = NameOfParam(param);
    if (bound && TextOf(bound) == name) return true;
  }
  return false;
}

bool Lowering::Mentions(const CstNode& node, std::string_view name) const {
  std::string_view text = TextOf(node);
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    bool starts = at == 0 || !IsIdentifierChar(text[at - 1]);
    std::size_t end = at + name.size();
    if (starts && (end == text.size() || !IsIdentifierChar(text[end]))) return true;
  }
  return false;
}

bool Lowering::Binds(const CstNode& body, std::string_view name) const {
  if (!body) return false;
  // Targets are walked down to their names, but not into `name.x` or `name[i]`.
  std::vector<std::pair<CstNode, bool>> pending{{body, false}};
  while (!pending.empty()) {
    auto [node, is_target] = pending.back();
    pending.pop_back();
    if (is_target) {
      if (node.Is("identifier")) {
        if (TextOf(node) == name) return true;
        continue;
      }
      if (node.Is("attribute") || node.Is("subscript")) continue;
      for (const CstNode& part : NamedParts(node)) pending.emplace_back(part, true);
      continue;
    }
    Binding binding = Bindings()[node];
    if (binding == Binding::kStop) {
      CstNode own = node.Field("name");
      if (own && TextOf(own) == name) return true;
      continue;
    }
    if (binding == Binding::kNames || binding == Binding::kImport) {
      for (const CstNode& part : NamedParts(node)) pending.emplace_back(part, true);
      continue;
    }
    if (binding == Binding::kLeft) {
      if (CstNode left = node.Field("left")) pending.emplace_back(left, true);
    } else if (binding == Binding::kName) {
      if (CstNode target = node.Field("name")) pending.emplace_back(target, true);
    } else if (binding == Binding::kAlias) {
      if (CstNode alias = node.Field("alias")) pending.emplace_back(alias, true);
    } else if (binding == Binding::kCapture) {
      for (const CstNode& part : NamedParts(node)) pending.emplace_back(part, true);
    }
    for (const CstNode& part : NamedParts(node)) pending.emplace_back(part, false);
  }
  return false;
}

std::vector<CstNode> Lowering::TakeDocstring(const CstNode& block, NodeId& docstring) {
  if (!block) return {};
  std::vector<CstNode> statements = NamedParts(block);
  if (!statements.empty()) {
    docstring = DocstringOf(statements.front());
    if (docstring) statements.erase(statements.begin());
  }
  return statements;
}

NodeId Lowering::ParamOf(const CstNode& node, ir::ParamKind kind) {
  CstNode name = node;
  CstNode type = node.Field("type");
  CstNode value = node.Field("value");
  if (node.Is("default_parameter") || node.Is("typed_default_parameter")) name = node.Field("name");
  if (node.Is("typed_parameter")) name = FirstNamed(node);
  if (name && name.Is("list_splat_pattern")) {
    kind = ir::ParamKind::kRest;
    name = FirstNamed(name);
  } else if (name && name.Is("dictionary_splat_pattern")) {
    kind = ir::ParamKind::kKeywordRest;
    name = FirstNamed(name);
  }
  if (auto hole = name ? HoleOf(name) : std::nullopt) {
    if (hole->kind == ir::HoleKind::kList && name == node) return Make(tree_, *hole, node.span());
  }
  NodeId target;
  if (name && name.Is("identifier")) {
    target = NameOf(name);
  } else {
    target = Python2(node.span(), "a tuple as a parameter");
  }
  NodeId annotation = type ? Expression(type) : ir::kNoNode;
  NodeId default_value = value ? Expression(value) : ir::kNoNode;
  return Make(tree_, make::Param{.target = target, .annotation = annotation, .default_value = default_value, .kind = kind},
              node.span());
}

NodeList Lowering::Params(const CstNode& parameters, bool without_first) {
  NodeList params;
  if (!parameters) return params;
  std::vector<CstNode> parts = NamedParts(parameters);
  auto slash = std::find_if(parts.begin(), parts.end(),
                            [](const CstNode& part) { return part.Is("positional_separator"); });
  std::size_t positional_only = slash == parts.end() ? 0 : static_cast<std::size_t>(slash - parts.begin());
  bool keyword_only = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const CstNode& part = parts[i];
    if (part.Is("keyword_separator")) {
      keyword_only = true;
      continue;
    }
    if (part.Is("positional_separator")) continue;
    ir::ParamKind kind = keyword_only          ? ir::ParamKind::kKeywordOnly
                         : i < positional_only ? ir::ParamKind::kPositionalOnly
                                               : ir::ParamKind::kPlain;
    if (i > 0 || !without_first) params.push_back(ParamOf(part, kind));
    CstNode inner = part.Is("typed_parameter") ? FirstNamed(part) : part;
    if (inner && inner.Is("list_splat_pattern")) keyword_only = true;
  }
  return params;
}

NodeList Lowering::DecoratorsOf(const std::vector<CstNode>& decorators) {
  NodeList list;
  for (const CstNode& decorator : decorators) list.push_back(Expression(FirstNamed(decorator)));
  return list;
}

void Lowering::FunctionDefinition(const CstNode& node, NodeList& out) {
  out.push_back(FunctionOf(node, {}, TightSpan(node)));
}

void Lowering::ClassDefinition(const CstNode& node, NodeList& out) {
  out.push_back(ClassOf(node, {}, TightSpan(node)));
}

void Lowering::DecoratedDefinition(const CstNode& node, NodeList& out) {
  std::vector<CstNode> decorators = NamedParts(node);
  std::erase_if(decorators, [](const CstNode& part) { return !part.Is("decorator"); });
  CstNode definition = node.Field("definition");
  if (!definition) {
    out.push_back(Opaque(node.span(), node.kind()));
  } else if (definition.Is("class_definition")) {
    out.push_back(ClassOf(definition, decorators, TightSpan(node)));
  } else {
    out.push_back(FunctionOf(definition, decorators, TightSpan(node)));
  }
}

NodeId Lowering::FunctionOf(const CstNode& node, const std::vector<CstNode>& decorators, Span span) {
  if (node.Field("type_parameters")) return Opaque(span, "a function with type parameters");
  NodeList decorator_nodes = DecoratorsOf(decorators);
  CstNode parameters = node.Field("parameters");
  CstNode body = node.Field("body");
  NodeId name = NameOf(node.Field("name"));
  if (!name) name = Opaque(span, "a missing name");
  NodeList params = Params(parameters, false);
  NodeId returns = node.Field("return_type") ? Expression(node.Field("return_type")) : ir::kNoNode;

  Scope scope = Inner(ScopeKind::kFunction);
  scope.is_async = node.HasToken("async");
  scope.name = node.Field("name") ? TextOf(node.Field("name")) : std::string_view();
  if (!scope.self_name.empty() && (HasParam(parameters, scope.self_name) || Binds(body, scope.self_name))) {
    scope.self_name = {};
  }
  InScope inside(*this, scope);
  NodeId docstring;
  std::vector<CstNode> statements = TakeDocstring(body, docstring);
  NodeId block = BlockOf(statements, {span.end, span.end});
  return Make(tree_,
              make::FunctionDef{.decorators = std::move(decorator_nodes),
                                .name = name,
                                .params = std::move(params),
                                .returns = returns,
                                .docstring = docstring,
                                .body = block,
                                .is_async = scope.is_async,
                                .is_generator = scopes_.back().is_generator},
              span);
}

NodeId Lowering::Lambda(const CstNode& node) {
  CstNode parameters = node.Field("parameters");
  NodeList params = Params(parameters, false);
  Scope scope = Inner(ScopeKind::kLambda);
  scope.name = "lambda";
  if (!scope.self_name.empty() && HasParam(parameters, scope.self_name)) scope.self_name = {};
  InScope inside(*this, scope);
  NodeId body = Expression(node.Field("body"));
  if (scopes_.back().is_generator) return Opaque(node.span(), "a generator written as a lambda");
  return Make(tree_, make::Lambda{.params = std::move(params), .body = body}, node.span());
}

// At module level await is allowed: fragments stand for the inside of an async function. A generator expression is an
// asynchronous one as soon as it awaits, wherever it stands.
void Lowering::CheckAsync(Span span) {
  const Scope& scope = scopes_.back();
  if (scope.is_async || scope.kind == ScopeKind::kModule || scope.kind == ScopeKind::kGenerator) return;
  diagnostics_.Report("await-outside-async", span, {{"function", std::string(scope.name)}});
}

NodeId Lowering::AwaitExpression(const CstNode& node) {
  CheckAsync(node.span());
  CstNode value = FirstNamed(node);
  // The grammar reads `await x ** 2` as `await (x ** 2)`; Python binds await tighter.
  std::vector<CstNode> powers;
  while (value && value.Is("binary_operator")) {
    powers.push_back(value);
    value = value.Field("left");
  }
  NodeId result = Expression(value);
  result = Make(tree_, make::Await{.value = result}, {node.span().begin, tree_.span(result).end});
  while (!powers.empty()) {
    NodeId right = Expression(powers.back().Field("right"));
    result = Make(tree_, make::Binary{.left = result, .right = right, .op = ir::BinaryOp::kPow},
                  {node.span().begin, powers.back().span().end});
    powers.pop_back();
  }
  return result;
}

NodeId Lowering::YieldExpression(const CstNode& node) {
  scopes_.back().is_generator = true;
  CstNode value = FirstNamed(node);
  NodeId value_node = value ? Expression(value) : ir::kNoNode;
  return Make(tree_, make::Yield{.value = value_node, .is_delegate = node.HasToken("from")}, node.span());
}

}  // namespace asyncport::lower::py
