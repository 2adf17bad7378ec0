// Statements but for declarations of functions and classes and what concerns modules.
// Example: `for (const x of xs) f(x);` -> ForEach(const x, xs, Block(ExprStmt)).
#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {
namespace {

ir::DeclKind DeclKindOf(std::string_view keyword) {
  return keyword == "const" ? ir::DeclKind::kConst
         : keyword == "let" ? ir::DeclKind::kLet
         : keyword == "var" ? ir::DeclKind::kVar
                            : ir::DeclKind::kNone;
}

// `++` counts as `+= 1`.
ir::BinaryOp UpdateOperator(const CstNode& update) {
  return update.HasToken("--") ? ir::BinaryOp::kSub : ir::BinaryOp::kAdd;
}

}  // namespace

NodeId Lowering::BlockOf(const CstNode& statement_block) {
  if (!statement_block) return Make(tree_, make::Block{}, {});
  ++block_depth_;
  NodeId block = BlockOf(statement_block.NamedChildren(), statement_block.span());
  --block_depth_;
  return block;
}

NodeId Lowering::BlockOf(const std::vector<CstNode>& statements, Span span) {
  NodeList list;
  list.reserve(statements.size());
  if (const auto plan = FindPrototypeClasses(source_, statements)) {
    for (std::size_t i = 0; i <= statements.size(); ++i) {
      for (std::size_t made : plan->starts[i]) ClassOfPrototype(plan->classes[made], list);
      if (i == statements.size()) break;
      if (!plan->is_taken[i]) Statement(statements[i], list);
      if (const CstNode& alias = plan->aliases[i]) {
        CstNode value = FirstNamed(Unparenthesised(FirstNamed(statements[i])).Field("right"));
        list.push_back(Make(
            tree_,
            make::Assign{
                .targets = {Pattern(alias)}, .annotation = {}, .value = Expression(value)},
            alias.span()));
      }
    }
  } else {
    for (const CstNode& statement : statements) Statement(statement, list);
  }
  return Make(tree_, make::Block{.statements = std::move(list)}, span);
}

NodeId Lowering::Body(const CstNode& statement) {
  if (!statement || statement.Is("statement_block")) return BlockOf(statement);
  NodeList list;
  ++block_depth_;
  Statement(statement, list);
  --block_depth_;
  return Make(tree_, make::Block{.statements = std::move(list)}, statement.span());
}

NodeId Lowering::Condition(const CstNode& parenthesised) {
  return Expression(Unparenthesised(parenthesised));
}

// Assignments, `i++` and holes are statements of their own.
NodeId Lowering::ExpressionAsStatement(CstNode outer, Span span) {
  CstNode value = Unparenthesised(outer);
  if (value && !IsBroken(value)) {
    if (value.Is("assignment_expression")) {
      NodeList targets;
      while (value.Is("assignment_expression") && !IsBroken(value)) {
        targets.push_back(Pattern(value.Field("left")));
        value = Unparenthesised(value.Field("right"));
        if (!value) break;
      }
      return Make(
          tree_,
          make::Assign{.targets = std::move(targets), .annotation = {}, .value = Expression(value)},
          span);
    }
    if (value.Is("augmented_assignment_expression")) {
      NodeId expression = Expression(value);
      auto assign = ir::As<ir::AssignExpr>(tree_, expression);
      if (!assign) return Make(tree_, make::ExprStmt{.value = expression}, span);
      return Make(
          tree_,
          make::AugAssign{.target = assign.target(), .value = assign.value(), .op = assign.op()},
          span);
    }
    if (value.Is("update_expression")) {
      NodeId one = Make(tree_, make::Number{.text = "1"}, value.Field("operator").span());
      NodeId target = Expression(Unparenthesised(value.Field("argument")));
      return Make(tree_,
                  make::AugAssign{.target = target, .value = one, .op = UpdateOperator(value)},
                  span);
    }
    if (value.Is("identifier")) {
      if (auto hole = HoleOf(value)) return Make(tree_, *hole, span);
    }
  }
  return Make(tree_, make::ExprStmt{.value = Expression(value)}, span);
}

void Lowering::BlockStatement(const CstNode& node, NodeList& out) { out.push_back(BlockOf(node)); }

void Lowering::ExpressionStatement(const CstNode& node, NodeList& out) {
  CstNode value = FirstNamed(node);
  if (value && value.Is("string") && out.empty()) {
    std::string_view text = TextOf(value);
    if (text == "\"use strict\"" || text == "'use strict'") return;
  }
  if (value && functions_.empty() && block_depth_ == 0) {
    if (NodeId import = RequireStatement(value, node.span())) {
      out.push_back(import);
      return;
    }
    if (NodeId exported = ExportOfAll(value, node.span())) {
      out.push_back(exported);
      return;
    }
    ImportInline(node, out);
  }
  if (NodeId defined = DefinedProperty(value, node.span())) {
    out.push_back(defined);
    return;
  }
  out.push_back(ExpressionAsStatement(value, node.span()));
}

NodeId Lowering::DeclarationOf(const CstNode& declarator, ir::DeclKind keyword, Span span) {
  NodeId target = Pattern(declarator.Field("name"));
  CstNode value = declarator.Field("value");
  NodeId lowered = value ? Expression(value) : ir::kNoNode;
  return Make(
      tree_,
      make::Assign{.targets = {target}, .annotation = {}, .value = lowered, .declares = keyword},
      span);
}

void Lowering::VariableDeclaration(const CstNode& node, NodeList& out) {
  CstNode kind = node.Field("kind");
  ir::DeclKind keyword = kind ? DeclKindOf(TextOf(kind)) : ir::DeclKind::kVar;
  std::vector<CstNode> declarators = node.NamedChildren();
  auto span_of = [&](const CstNode& declarator) {
    return declarators.size() == 1 ? node.span() : declarator.span();
  };
  if (functions_.empty() && block_depth_ == 0) {
    // An import among the declarations splits them, so that each stays a statement of its own.
    std::vector<NodeId> imports;
    bool any = false;
    for (const CstNode& declarator : declarators) {
      imports.push_back(RequireDeclarator(declarator, span_of(declarator)));
      any |= static_cast<bool>(imports.back());
    }
    if (!any) ImportInline(node, out);
    if (any) {
      for (std::size_t i = 0; i < declarators.size(); ++i) {
        out.push_back(imports[i] ? imports[i]
                                 : DeclarationOf(declarators[i], keyword, span_of(declarators[i])));
      }
      return;
    }
  }
  NodeList declarations;
  for (const CstNode& declarator : declarators) {
    declarations.push_back(DeclarationOf(declarator, keyword, span_of(declarator)));
  }
  out.push_back(
      declarations.size() == 1
          ? declarations.front()
          : Make(tree_, make::VarDecl{.declarations = std::move(declarations), .keyword = keyword},
                 node.span()));
}

void Lowering::UsingDeclaration(const CstNode& node, NodeList& out) {
  out.push_back(Opaque(node.span(), "a `using` declaration"));
}

// A chain of `else if` is built from its end.
void Lowering::IfStatement(const CstNode& node, NodeList& out) {
  std::vector<CstNode> chain{node};
  CstNode last_else;
  for (;;) {
    CstNode clause = chain.back().Field("alternative");
    last_else = clause ? FirstNamed(clause) : CstNode();
    if (!last_else || !last_else.Is("if_statement") || IsBroken(last_else)) break;
    chain.push_back(last_else);
  }
  NodeId else_body = last_else ? Body(last_else) : ir::kNoNode;
  if (!last_else && chain.back().Field("alternative")) else_body = Body({});
  for (std::size_t i = chain.size(); i-- > 0;) {
    NodeId test = Condition(chain[i].Field("condition"));
    NodeId body = Body(chain[i].Field("consequence"));
    NodeId lowered =
        Make(tree_, make::If{.test = test, .body = body, .else_body = else_body}, chain[i].span());
    if (i == 0) {
      out.push_back(lowered);
    } else {
      else_body = Make(tree_, make::Block{.statements = {lowered}}, chain[i].span());
    }
  }
}

void Lowering::WhileStatement(const CstNode& node, NodeList& out) {
  NodeId test = Condition(node.Field("condition"));
  out.push_back(
      Make(tree_, make::While{.test = test, .body = Body(node.Field("body"))}, node.span()));
}

void Lowering::DoStatement(const CstNode& node, NodeList& out) {
  NodeId body = Body(node.Field("body"));
  out.push_back(Make(tree_, make::DoWhile{.body = body, .test = Condition(node.Field("condition"))},
                     node.span()));
}

NodeId Lowering::ForPart(const CstNode& node) {
  if (!node || node.Is("empty_statement")) return ir::kNoNode;
  if (!node.Is("lexical_declaration") && !node.Is("variable_declaration")) {
    return ExpressionAsStatement(node, node.span());
  }
  NodeList list;
  ++block_depth_;  // no imports here
  Statement(node, list);
  --block_depth_;
  return list.front();
}

void Lowering::ForStatement(const CstNode& node, NodeList& out) {
  NodeId init = ForPart(node.Field("initializer"));
  NodeId test;
  for (const CstNode& condition : node.Fields("condition")) {
    if (condition.is_named() && !condition.Is("empty_statement")) test = Expression(condition);
  }
  NodeId update = ForPart(node.Field("increment"));
  NodeId body = Body(node.Field("body"));
  out.push_back(Make(tree_, make::CFor{.init = init, .test = test, .update = update, .body = body},
                     node.span()));
}

void Lowering::ForInStatement(const CstNode& node, NodeList& out) {
  ir::DeclKind keyword = ir::DeclKind::kNone;
  for (const CstNode& kind : node.Fields("kind")) {
    keyword = DeclKindOf(TextOf(kind));
    if (keyword == ir::DeclKind::kNone) {
      out.push_back(Opaque(node.span(), "a `using` declaration"));
      return;
    }
  }
  if (node.Field("value")) {
    out.push_back(Opaque(node.span(), "a loop variable with an initial value"));
    return;
  }
  NodeId target = Pattern(node.Field("left"));
  NodeId iterable = Expression(node.Field("right"));
  if (node.Field("operator").Is("in")) {
    NodeId body = Body(node.Field("body"));
    out.push_back(Make(
        tree_, make::ForIn{.target = target, .object = iterable, .body = body, .declares = keyword},
        node.span()));
    return;
  }
  bool is_async = node.HasToken("await");
  if (is_async) {
    Span head = node.span();
    CheckAwait({head.begin, node.Field("left").span().begin});
  }
  NodeId body = Body(node.Field("body"));
  out.push_back(Make(tree_,
                     make::ForEach{.target = target,
                                   .iterable = iterable,
                                   .body = body,
                                   .declares = keyword,
                                   .is_async = is_async},
                     node.span()));
}

void Lowering::SwitchStatement(const CstNode& node, NodeList& out) {
  NodeId subject = Condition(node.Field("value"));
  NodeList cases;
  for (const CstNode& part : node.Field("body").NamedChildren()) {
    if (part.is_error() || IsBroken(part)) {
      out.push_back(Opaque(node.span(), "syntax error"));
      return;
    }
    CstNode value = part.Field("value");
    NodeId test = value ? Expression(value) : ir::kNoNode;
    std::vector<CstNode> statements = part.Fields("body");
    std::erase_if(statements, [](const CstNode& child) { return !child.is_named(); });
    Span span{part.span().end, part.span().end};
    if (!statements.empty()) span = {statements.front().span().begin, statements.back().span().end};
    ++block_depth_;
    NodeId body = BlockOf(statements, span);
    --block_depth_;
    cases.push_back(Make(tree_, make::SwitchCase{.test = test, .body = body}, part.span()));
  }
  out.push_back(
      Make(tree_, make::Switch{.subject = subject, .cases = std::move(cases)}, node.span()));
}

void Lowering::TryStatement(const CstNode& node, NodeList& out) {
  NodeId body = BlockOf(node.Field("body"));
  NodeList handlers;
  if (CstNode handler = node.Field("handler")) {
    CstNode parameter = handler.Field("parameter");
    NodeId target = parameter ? Pattern(parameter) : ir::kNoNode;
    NodeId handler_body = BlockOf(handler.Field("body"));
    handlers.push_back(Make(tree_,
                            make::CatchClause{.type = {}, .target = target, .body = handler_body},
                            handler.span()));
  }
  CstNode finalizer = node.Field("finalizer");
  NodeId finally_body = finalizer ? BlockOf(finalizer.Field("body")) : ir::kNoNode;
  out.push_back(Make(tree_,
                     make::Try{.body = body,
                               .handlers = std::move(handlers),
                               .else_body = {},
                               .finally_body = finally_body},
                     node.span()));
}

void Lowering::WithStatement(const CstNode& node, NodeList& out) {
  out.push_back(Opaque(node.span(), "a `with` statement"));
}

void Lowering::BreakStatement(const CstNode& node, NodeList& out) {
  CstNode label = node.Field("label");
  out.push_back(Make(tree_, make::Break{.label = label ? TextOf(label) : ""}, node.span()));
}

void Lowering::ContinueStatement(const CstNode& node, NodeList& out) {
  CstNode label = node.Field("label");
  out.push_back(Make(tree_, make::Continue{.label = label ? TextOf(label) : ""}, node.span()));
}

void Lowering::ReturnStatement(const CstNode& node, NodeList& out) {
  CstNode value = FirstNamed(node);
  out.push_back(
      Make(tree_, make::Return{.value = value ? Expression(value) : ir::kNoNode}, node.span()));
}

void Lowering::ThrowStatement(const CstNode& node, NodeList& out) {
  out.push_back(
      Make(tree_, make::Raise{.value = Expression(FirstNamed(node)), .cause = {}}, node.span()));
}

void Lowering::LabeledStatement(const CstNode& node, NodeList& out) {
  NodeList body;
  ++block_depth_;
  Statement(node.Field("body"), body);
  --block_depth_;
  NodeId statement = body.size() == 1 ? body.front()
                                      : Make(tree_, make::Block{.statements = std::move(body)},
                                             node.Field("body").span());
  out.push_back(Make(tree_, make::Labeled{.body = statement, .label = TextOf(node.Field("label"))},
                     node.span()));
}

void Lowering::DebuggerStatement(const CstNode& node, NodeList& out) {
  out.push_back(Make(tree_, make::Debugger{}, node.span()));
}

}  // namespace asyncport::lower::js
