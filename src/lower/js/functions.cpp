// Functions, their parameters, and what may stand only in some of them: await and yield.
// Example: `async (x) => f(x)` -> Lambda async(Param x, Call f).
#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {

NodeList Lowering::Params(const CstNode& function) {
  NodeList params;
  if (CstNode single = function.Field("parameter")) {
    params.push_back(Param(single));
    return params;
  }
  CstNode list = function.Field("parameters");
  if (!list) return params;
  for (const CstNode& node : list.NamedChildren()) params.push_back(Param(node));
  return params;
}

NodeId Lowering::Param(const CstNode& node) {
  if (node.Is("identifier")) {
    auto hole = HoleOf(node);
    if (hole && hole->kind != ir::HoleKind::kOne) return Make(tree_, *hole, node.span());
  }
  if (node.Is("rest_pattern")) {
    NodeId target = Pattern(FirstNamed(node));
    return Make(
        tree_,
        make::Param{
            .target = target, .annotation = {}, .default_value = {}, .kind = ir::ParamKind::kRest},
        node.span());
  }
  NodeId target;
  NodeId default_value;
  if (node.Is("assignment_pattern")) {
    target = Pattern(node.Field("left"));
    default_value = Expression(node.Field("right"));
  } else {
    target = Pattern(node);
  }
  return Make(tree_,
              make::Param{.target = target, .annotation = {}, .default_value = default_value},
              node.span());
}

void Lowering::FunctionDeclaration(const CstNode& node, NodeList& out) {
  bool is_async = node.HasToken("async");
  CstNode name = node.Field("name");
  InFunction scope(*this, {is_async, TextOf(name)});
  NodeId lowered_name = NameOf(name);
  NodeList params = Params(node);
  NodeId body = BlockOf(node.Field("body"));
  out.push_back(Make(tree_,
                     make::FunctionDef{.decorators = {},
                                       .name = lowered_name,
                                       .params = std::move(params),
                                       .returns = {},
                                       .docstring = {},
                                       .body = body,
                                       .is_async = is_async,
                                       .is_generator = node.HasToken("*")},
                     node.span()));
}

NodeId Lowering::FunctionExpression(const CstNode& node) {
  bool is_async = node.HasToken("async");
  CstNode name = node.Field("name");
  InFunction scope(*this, {is_async, name ? TextOf(name) : ""});
  NodeId lowered_name = NameOf(name);
  NodeList params = Params(node);
  NodeId body = BlockOf(node.Field("body"));
  return Make(tree_,
              make::FunctionExpr{.name = lowered_name,
                                 .params = std::move(params),
                                 .body = body,
                                 .is_async = is_async,
                                 .is_generator = node.HasToken("*")},
              node.span());
}

NodeId Lowering::ArrowFunction(const CstNode& node) {
  bool is_async = node.HasToken("async");
  InFunction scope(*this, {is_async, ""});
  NodeList params = Params(node);
  CstNode body = node.Field("body");
  if (body && body.Is("statement_block")) {
    NodeId block = BlockOf(body);
    return Make(tree_,
                make::FunctionExpr{.name = {},
                                   .params = std::move(params),
                                   .body = block,
                                   .is_async = is_async,
                                   .is_arrow = true},
                node.span());
  }
  NodeId value = Expression(body);
  return Make(tree_, make::Lambda{.params = std::move(params), .body = value, .is_async = is_async},
              node.span());
}

// At module level await is allowed.
void Lowering::CheckAwait(Span span) {
  if (functions_.empty() || functions_.back().is_async) return;
  diagnostics_.Report("await-outside-async", span,
                      {{"function", std::string(functions_.back().name)}});
}

NodeId Lowering::AwaitExpression(const CstNode& node) {
  CheckAwait(node.span());
  return Make(tree_, make::Await{.value = Expression(FirstNamed(node))}, node.span());
}

NodeId Lowering::YieldExpression(const CstNode& node) {
  CstNode value = FirstNamed(node);
  NodeId lowered = value ? Expression(value) : ir::kNoNode;
  return Make(tree_, make::Yield{.value = lowered, .is_delegate = node.HasToken("*")}, node.span());
}

}  // namespace asyncport::lower::js
