// Functions, lambdas, parameters, decorators.
// Example: FunctionDef f is_async (Param a, Param b kKeywordOnly) prints `async def f(a, *, b):`.
#include <utility>

#include "emit/py/emitter.h"
#include "support/strings.h"

namespace asyncport::emit::py {

Doc Emitter::ParamDoc(NodeId id, bool in_lambda) {
  auto param = As<ir::Param>(id);
  if (!param) return Expr(id, kAnything, Where::kInBrackets);  // a hole
  Docs parts;
  if (param.kind() == ir::ParamKind::kRest) parts.push_back(Text("*"));
  if (param.kind() == ir::ParamKind::kKeywordRest) parts.push_back(Text("**"));
  parts.push_back(Expr(param.target(), kPrimary, Where::kInBrackets));
  bool annotated = param.annotation() && !in_lambda;
  if (annotated) {
    parts.push_back(Text(": "));
    parts.push_back(Expr(param.annotation(), kLambda, Where::kInBrackets));
  }
  if (param.default_value()) {
    parts.push_back(Text(annotated ? " = " : "="));
    parts.push_back(Expr(param.default_value(), kLambda, Where::kInBrackets));
  }
  return b_.Concat(parts);
}

Docs Emitter::ParamItems(std::span<const NodeId> params, bool in_lambda) {
  Docs items;
  std::size_t positional_only = 0;
  bool star = false;
  for (std::size_t i = 0; i < params.size(); ++i) {
    auto param = As<ir::Param>(params[i]);
    if (param && param.kind() == ir::ParamKind::kPositionalOnly) positional_only = i + 1;
  }
  for (std::size_t i = 0; i < params.size(); ++i) {
    auto param = As<ir::Param>(params[i]);
    if (param && param.kind() == ir::ParamKind::kRest) star = true;
    if (param && param.kind() == ir::ParamKind::kKeywordOnly && !star) {
      items.push_back(Text("*"));
      star = true;
    }
    Doc content = ParamDoc(params[i], in_lambda);
    items.push_back(in_lambda ? content : Item(params[i], content));
    if (i + 1 == positional_only) items.push_back(Text("/"));
  }
  return items;
}

Doc Emitter::ParamList(std::span<const NodeId> params, std::string_view self_name) {
  Docs items = ParamItems(params, false);
  if (!self_name.empty()) items.insert(items.begin(), Text(self_name));
  return Bracketed({}, "(", items, ")", false, items.size() == 1 ? Comma::kAlways : Comma::kWhenBroken);
}

Doc Emitter::ReturnsDoc(NodeId annotation) {
  if (!annotation) return {};
  // The parameters are what breaks.
  Rigid rigid(*this);
  return C({Text(" -> "), Expr(annotation, kLambda, Where::kBare)});
}

void Emitter::Decorators(std::span<const NodeId> decorators) {
  for (NodeId decorator : decorators) {
    PutLine({.is_decorator = true}, C({Text("@"), TopLevel(decorator, Where::kBare, {.walrus = true})}));
  }
}

void Emitter::DefinitionBody(NodeId owner, NodeId docstring, NodeId body) {
  DocText text;
  text.wants_blank_after = Is(owner, NodeKind::kClassDef);
  if (auto string = As<ir::String>(docstring)) {
    text.text = string.value();
    text.is_raw = string.is_raw();
    Block(body, &text);
  } else if (const comments::Comment* comment = DocCommentOf(owner)) {
    std::size_t first = 0;
    std::size_t last = comment->lines.size();
    while (first < last && comment->lines[first].empty()) ++first;
    while (last > first && comment->lines[last - 1].empty()) --last;
    text.text = Join({comment->lines.begin() + static_cast<std::ptrdiff_t>(first),
                      comment->lines.begin() + static_cast<std::ptrdiff_t>(last)},
                     "\n");
    Block(body, &text);
  } else {
    Block(body);
  }
}

void Emitter::FunctionStatement(NodeId id) {
  ir::FunctionDef function(tree_, id);
  Decorators(function.decorators());
  Doc header = C({Text(function.is_async() ? "async def " : "def "), Expr(function.name(), kPrimary, Where::kBare),
                  ParamList(function.params(), {}), ReturnsDoc(function.returns()), Text(":")});
  PutLine({.is_def = true, .opens_block = true}, header);
  DefinitionBody(id, function.docstring(), function.body());
}

Doc Emitter::LambdaDoc(NodeId id, Where where) {
  ir::Lambda lambda(tree_, id);
  Docs parts{Text("lambda")};
  {
    Rigid rigid(*this);
    bool first = true;
    for (Doc item : ParamItems(lambda.params(), true)) {
      parts.push_back(Text(first ? " " : ", "));
      parts.push_back(item);
      first = false;
    }
  }
  parts.push_back(Text(": "));
  parts.push_back(Expr(lambda.body(), kLambda, where));
  return b_.Concat(parts);
}

}  // namespace asyncport::emit::py
