// Statements that are neither imports, definitions nor `match`.
// Example: `for x in xs: ... else: ...` -> LoopElse(ForEach, Block).
#include "lower/py/lowering.h"

namespace asyncport::lower::py {

NodeId Lowering::BlockOf(const std::vector<CstNode>& statements, Span fallback) {
  NodeList list;
  for (const CstNode& statement : statements) Statement(statement, list);
  Span span = fallback;
  if (!list.empty()) span = {tree_.span(list.front()).begin, tree_.span(list.back()).end};
  return Make(tree_, make::Block{.statements = std::move(list)}, span);
}

NodeId Lowering::Body(const CstNode& block) {
  if (!block) return Make(tree_, make::Block{}, {});
  return BlockOf(NamedParts(block), block.span());
}

void Lowering::ExpressionStatement(const CstNode& node, NodeList& out) {
  std::vector<CstNode> parts = NamedParts(node);
  Span span = node.span();
  if (parts.empty()) {
    out.push_back(Opaque(span, node.kind()));
    return;
  }
  const CstNode& first = parts.front();
  if (parts.size() > 1 || node.HasToken(",")) {
    NodeId tuple = TupleOf(parts, {first.span().begin, TightSpan(node).end}, false);
    out.push_back(Make(tree_, make::ExprStmt{.value = tuple}, span));
  } else if (first.Is("assignment")) {
    NodeId made = MadeClass(first, span);
    out.push_back(made ? made : AssignmentOf(first, span));
  } else if (first.Is("augmented_assignment")) {
    out.push_back(AugmentedOf(first, span));
  } else if (auto hole = first.Is("identifier") ? HoleOf(first) : std::nullopt) {
    out.push_back(Make(tree_, *hole, span));
  } else {
    out.push_back(Make(tree_, make::ExprStmt{.value = Expression(first)}, span));
  }
}

// `a = b = 1` nests to the right.
NodeId Lowering::AssignmentOf(const CstNode& node, Span span) {
  NodeList targets;
  NodeId annotation;
  CstNode current = node;
  while (current && current.Is("assignment")) {
    targets.push_back(Target(current.Field("left")));
    if (CstNode type = current.Field("type")) annotation = Expression(type);
    current = current.Field("right");
  }
  if (current && current.Is("augmented_assignment")) return Opaque(span, "an assignment of an assignment");
  NodeId value = current ? Expression(current) : ir::kNoNode;
  return Make(tree_, make::Assign{.targets = std::move(targets), .annotation = annotation, .value = value}, span);
}

NodeId Lowering::AugmentedOf(const CstNode& node, Span span) {
  static const std::vector<std::pair<std::string_view, ir::BinaryOp>> kOperators = {
      {"+=", ir::BinaryOp::kAdd},     {"-=", ir::BinaryOp::kSub},    {"*=", ir::BinaryOp::kMul},
      {"/=", ir::BinaryOp::kDiv},     {"//=", ir::BinaryOp::kFloorDiv}, {"%=", ir::BinaryOp::kMod},
      {"@=", ir::BinaryOp::kMatMul},  {"**=", ir::BinaryOp::kPow},   {"&=", ir::BinaryOp::kBitAnd},
      {"^=", ir::BinaryOp::kBitXor},  {"|=", ir::BinaryOp::kBitOr},  {"<<=", ir::BinaryOp::kShl},
      {">>=", ir::BinaryOp::kShr},
  };
  CstNode right = node.Field("right");
  if (right && (right.Is("assignment") || right.Is("augmented_assignment"))) {
    return Opaque(span, "an assignment of an assignment");
  }
  std::string_view text = node.Field("operator") ? node.Field("operator").kind() : "";
  for (const auto& [spelling, op] : kOperators) {
    if (spelling != text) continue;
    NodeId target = Target(node.Field("left"));
    return Make(tree_, make::AugAssign{.target = target, .value = Expression(right), .op = op}, span);
  }
  return Opaque(span, node.kind());
}

void Lowering::IfStatement(const CstNode& node, NodeList& out) {
  Span span = TightSpan(node);
  // Source order first (holes, diagnostics), the nest of Ifs from the inside out afterwards.
  struct Branch {
    Span span;
    NodeId test;
    NodeId body;
  };
  std::vector<Branch> branches;
  NodeId test = Expression(node.Field("condition"));
  branches.push_back({span, test, Body(node.Field("consequence"))});
  NodeId else_body;
  for (const CstNode& clause : node.Fields("alternative")) {
    if (clause.Is("elif_clause")) {
      NodeId clause_test = Expression(clause.Field("condition"));
      branches.push_back({{clause.span().begin, span.end}, clause_test, Body(clause.Field("consequence"))});
    } else {
      else_body = Body(clause.Field("body"));
    }
  }
  NodeId result;
  for (std::size_t i = branches.size(); i-- > 0;) {
    if (result) else_body = Make(tree_, make::Block{.statements = {result}}, tree_.span(result));
    result = Make(tree_, make::If{.test = branches[i].test, .body = branches[i].body, .else_body = else_body},
                  branches[i].span);
  }
  out.push_back(result);
}

NodeId Lowering::BodyWithElse(NodeId loop, const CstNode& statement) {
  CstNode clause = statement.Field("alternative");
  if (!clause) return loop;
  NodeId else_body = Body(clause.Field("body"));
  Span span = TightSpan(statement);
  return Make(tree_, make::LoopElse{.loop = loop, .else_body = else_body}, span);
}

void Lowering::WhileStatement(const CstNode& node, NodeList& out) {
  NodeId test = Expression(node.Field("condition"));
  NodeId body = Body(node.Field("body"));
  Span span{node.span().begin, node.Field("body") ? TightSpan(node.Field("body")).end : node.span().end};
  out.push_back(BodyWithElse(Make(tree_, make::While{.test = test, .body = body}, span), node));
}

void Lowering::ForStatement(const CstNode& node, NodeList& out) {
  bool is_async = node.HasToken("async");
  if (is_async) CheckAsync(node.span());
  NodeId target = Target(node.Field("left"));
  NodeId iterable = Expression(node.Field("right"));
  NodeId body = Body(node.Field("body"));
  Span span{node.span().begin, node.Field("body") ? TightSpan(node.Field("body")).end : node.span().end};
  NodeId loop = Make(
      tree_, make::ForEach{.target = target, .iterable = iterable, .body = body, .is_async = is_async}, span);
  out.push_back(BodyWithElse(loop, node));
}

NodeId Lowering::HandlerOf(const CstNode& node) {
  std::vector<CstNode> values = node.Fields("value");
  CstNode alias = node.Field("alias");
  NodeId type;
  NodeId target;
  if (values.size() > 1) ReportPython2(node.span(), "`except E, e`");
  if (!values.empty()) {
    CstNode value = values.front();
    if (value.Is("as_pattern")) {
      alias = value.Field("alias");
      value = FirstNamed(value);
    }
    type = Expression(value);
    if (alias) target = Target(alias);
    // The grammar takes any expression there.
    if (target && tree_.Is(target, ir::NodeKind::kOpaque)) {
      diagnostics_.Report("syntax-error", alias.span(), {{"message", "cannot assign to `" + std::string(TextOf(alias)) + "`"}});
      target = {};
    }
  }
  CstNode block;
  for (const CstNode& part : NamedParts(node)) {
    if (part.Is("block")) block = part;
  }
  NodeId body = Body(block);
  return Make(tree_, make::CatchClause{.type = type, .target = target, .body = body, .is_group = node.HasToken("*")},
              TightSpan(node));
}

void Lowering::TryStatement(const CstNode& node, NodeList& out) {
  NodeId body = Body(node.Field("body"));
  NodeList handlers;
  NodeId else_body;
  NodeId finally_body;
  for (const CstNode& part : NamedParts(node)) {
    if (part.Is("except_clause")) {
      handlers.push_back(HandlerOf(part));
    } else if (part.Is("else_clause")) {
      else_body = Body(part.Field("body"));
    } else if (part.Is("finally_clause")) {
      finally_body = Body(FirstNamed(part));
    }
  }
  out.push_back(Make(
      tree_,
      make::Try{.body = body, .handlers = std::move(handlers), .else_body = else_body, .finally_body = finally_body},
      TightSpan(node)));
}

NodeId Lowering::WithItemOf(const CstNode& node) {
  CstNode value = node.Is("with_item") ? node.Field("value") : node;
  CstNode alias;
  CstNode inside = Unparenthesised(value);  // `with (a as b):`
  if (inside && inside.Is("as_pattern")) {
    alias = inside.Field("alias");
    value = FirstNamed(inside);
  }
  NodeId context = Expression(value);
  NodeId target = alias ? Target(alias) : ir::kNoNode;
  return Make(tree_, make::WithItem{.context = context, .target = target}, node.span());
}

void Lowering::WithStatement(const CstNode& node, NodeList& out) {
  bool is_async = node.HasToken("async");
  if (is_async) CheckAsync(node.span());
  NodeList items;
  for (const CstNode& part : NamedParts(node)) {
    if (!part.Is("with_clause")) continue;
    std::vector<CstNode> parts = NamedParts(part);
    // `with (a as b, c):` may look like one tuple.
    CstNode only = parts.size() == 1 ? parts.front().Field("value") : CstNode();
    if (only && only.Is("tuple")) parts = NamedParts(only);
    for (const CstNode& item : parts) items.push_back(WithItemOf(item));
  }
  NodeId body = Body(node.Field("body"));
  out.push_back(
      Make(tree_, make::With{.items = std::move(items), .body = body, .is_async = is_async}, TightSpan(node)));
}

void Lowering::ReturnStatement(const CstNode& node, NodeList& out) {
  CstNode value = FirstNamed(node);
  out.push_back(Make(tree_, make::Return{.value = value ? Expression(value) : ir::kNoNode}, node.span()));
}

void Lowering::RaiseStatement(const CstNode& node, NodeList& out) {
  CstNode cause = node.Field("cause");
  CstNode value = FirstNamed(node);
  if (value && cause && value == cause) value = {};
  if (value && value.Is("expression_list")) {
    out.push_back(Python2(node.span(), "`raise E, message`"));
    return;
  }
  NodeId value_node = value ? Expression(value) : ir::kNoNode;
  NodeId cause_node = cause ? Expression(cause) : ir::kNoNode;
  out.push_back(Make(tree_, make::Raise{.value = value_node, .cause = cause_node}, node.span()));
}

void Lowering::DeleteStatement(const CstNode& node, NodeList& out) {
  NodeList targets;
  for (CstNode part : NamedParts(node)) {
    part = Unparenthesised(part);
    if (part && (part.Is("expression_list") || part.Is("tuple"))) {
      for (const CstNode& target : NamedParts(part)) targets.push_back(Expression(target));
    } else {
      targets.push_back(Expression(part));
    }
  }
  out.push_back(Make(tree_, make::Delete{.targets = std::move(targets)}, node.span()));
}

void Lowering::AssertStatement(const CstNode& node, NodeList& out) {
  std::vector<CstNode> parts = NamedParts(node);
  NodeId test = Expression(parts.empty() ? CstNode() : parts.front());
  NodeId message = parts.size() > 1 ? Expression(parts[1]) : ir::kNoNode;
  out.push_back(Make(tree_, make::Assert{.test = test, .message = message}, node.span()));
}

void Lowering::PassStatement(const CstNode& node, NodeList& out) {
  out.push_back(Make(tree_, make::Pass{}, node.span()));
}

void Lowering::BreakStatement(const CstNode& node, NodeList& out) {
  out.push_back(Make(tree_, make::Break{}, node.span()));
}

void Lowering::ContinueStatement(const CstNode& node, NodeList& out) {
  out.push_back(Make(tree_, make::Continue{}, node.span()));
}

void Lowering::ScopeStatement(const CstNode& node, NodeList& out) {
  NodeList names;
  for (const CstNode& part : NamedParts(node)) names.push_back(NameOf(part));
  out.push_back(Make(tree_,
                     make::ScopeDecl{.names = std::move(names), .is_nonlocal = node.Is("nonlocal_statement")},
                     node.span()));
}

void Lowering::PrintStatement(const CstNode& node, NodeList& out) {
  out.push_back(Python2(node.span(), "the print statement"));
}

void Lowering::ExecStatement(const CstNode& node, NodeList& out) {
  out.push_back(Python2(node.span(), "the exec statement"));
}

// `type(x).y = z` comes as an alias of `(x).y`: then what is named is a chain of links behind a bracket.
void Lowering::TypeAliasStatement(const CstNode& node, NodeList& out) {
  CstNode left = FirstNamed(node.Field("left"));
  CstNode right = node.Field("right");
  std::vector<CstNode> links;
  CstNode base = left;
  while (base && (base.Is("attribute") || base.Is("subscript"))) {
    links.push_back(base);
    base = base.Field(base.Is("attribute") ? "object" : "value");
  }
  if (links.empty() || !right || !(base.Is("parenthesized_expression") || base.Is("tuple"))) {
    out.push_back(Opaque(node.span(), "a type alias"));
    return;
  }
  Span keyword{node.span().begin, node.span().begin + 4};
  NodeList args;
  for (const CstNode& argument : NamedParts(base)) args.push_back(Element(argument));
  NodeId target = Make(tree_,
                       make::Call{.callee = Make(tree_, make::Name{.id = "type"}, keyword), .args = std::move(args)},
                       {keyword.begin, base.span().end});
  for (std::size_t i = links.size(); i-- > 0;) target = ChainLink(links[i], target);
  out.push_back(Make(tree_, make::Assign{.targets = {target}, .annotation = {}, .value = Expression(right)}, node.span()));
}

}  // namespace asyncport::lower::py
