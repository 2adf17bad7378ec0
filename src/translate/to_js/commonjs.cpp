// In a CommonJS module imports are calls of `require`, and nothing can be awaited at the top: what is waited for at the end is
// only started, and otherwise the program becomes the body of an async function.
// Example: `await main();` as the last statement -> `main();`.
#include "translate/to_js/commonjs.h"

#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsFunctionKind(NodeKind kind) {
  return kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda ||
         kind == NodeKind::kMethod;
}

// Outside of functions.
bool Awaits(const Tree& tree, NodeId id) {
  if (IsFunctionKind(tree.kind(id))) return false;
  if (tree.Is(id, NodeKind::kAwait)) return true;
  if (auto loop = ir::As<ForEach>(tree, id); loop && loop.is_async()) return true;
  bool found = false;
  tree.ForEachChild(id, [&](NodeId child) { found = found || Awaits(tree, child); });
  return found;
}

bool IsExports(const Tree& tree, NodeId statement) {
  auto assign = ir::As<Assign>(tree, statement);
  if (!assign || assign.targets().size() != 1) return false;
  auto target = ir::As<Attribute>(tree, assign.targets()[0]);
  return target && target.name() == "exports" && tree.text(target.object()) == "module";
}

// `await f();` -> `f();`, also as all of an `if` without an else.
NodeId Started(Context& c, NodeId statement) {
  if (auto branch = ir::As<If>(c.dst(), statement); branch && !branch.else_body()) {
    auto block = ir::As<ir::Block>(c.dst(), branch.body());
    if (!block || block.statements().empty()) return kNoNode;
    NodeList body(block.statements().begin(), block.statements().end());
    for (std::size_t i = 0; i + 1 < body.size(); ++i) {
      if (Awaits(c.dst(), body[i])) return kNoNode;
    }
    const NodeId last = Started(c, body.back());
    if (!last) return kNoNode;
    body.back() = last;
    const NodeId origin = c.dst().node(statement).origin;
    const NodeId test = ir::As<If>(c.dst(), statement).test();
    return c.New(make::If{.test = test, .body = c.NewBlock(std::move(body))}, origin);
  }
  auto expression = ir::As<ExprStmt>(c.dst(), statement);
  auto wait = expression ? ir::As<Await>(c.dst(), expression.value()) : Await();
  if (!wait || Awaits(c.dst(), wait.value())) return kNoNode;
  const NodeId value = wait.value();
  return c.NewExprStmt(value, c.dst().node(statement).origin);
}

}  // namespace

void MakeCommonJs(Context& c, NodeList& statements) {
  if (c.options().module != JsModule::kCjs) return;
  for (NodeId& statement : statements) {
    auto import = ir::As<Import>(c.dst(), statement);
    if (!import) continue;
    NodeList items(import.items().begin(), import.items().end());
    const std::string module(import.module());
    const NodeId origin = c.dst().node(statement).origin;
    statement = c.New(make::Import{.items = std::move(items), .module = module, .is_require = true}, origin);
  }
  if (c.is_fragment()) return;
  std::vector<std::size_t> waiting;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (Awaits(c.dst(), statements[i])) waiting.push_back(i);
  }
  if (waiting.empty()) return;
  std::size_t last = statements.size() - 1;
  while (last > 0 && IsExports(c.dst(), statements[last])) --last;
  if (waiting.size() == 1 && waiting[0] == last) {
    if (const NodeId started = Started(c, statements[last])) {
      statements[last] = started;
      return;
    }
  }
  NodeList head;
  NodeList body;
  for (NodeId statement : statements) {
    const bool stays = c.dst().Is(statement, NodeKind::kImport) || IsExports(c.dst(), statement);
    (stays ? head : body).push_back(statement);
  }
  NodeId function = c.New(make::FunctionExpr{.body = c.NewBlock(std::move(body)), .is_async = true, .is_arrow = true}, {});
  head.push_back(c.NewExprStmt(c.NewCall(function, {})));
  statements = std::move(head);
}

}  // namespace asyncport::translate::to_js
