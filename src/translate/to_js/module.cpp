// The entry point. Node's loop is always running: `asyncio.run(main())` is `await main()`, and the guard
// around it disappears.
#include <optional>
#include <string>
#include <utility>

#include "pipeline/project.h"
#include "translate/to_js/cancellation.h"
#include "translate/to_js/class_parts.h"
#include "translate/to_js/commonjs.h"
#include "translate/to_js/exports.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Is the output a script (nothing waits at its top, nothing is imported), where somebody expects an assignment to fail?
bool CountsOnStrictness(Context& c) {
  bool tries = false;
  bool guards = false;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId node{i};
    if (c.IsCallTo(node, "asyncio.run")) return false;
    tries = tries || c.src().Is(node, NodeKind::kTry);
    auto method = c.As<Method>(node);
    guards = guards || (method && method.kind() == MethodKind::kGetter);
    if (!c.src().Is(node, NodeKind::kClassDef)) continue;
    NodeId frozen = IsDataclass(c, node) ? DataclassOption(c, node, "frozen") : kNoNode;
    guards = guards || IsNamedTuple(c, node) || (frozen && IsTrue(c, frozen));
  }
  return tries && guards;
}

std::optional<NodeId> TranslateModule(Context& c, NodeId id) {
  auto module = c.As<Module>(id);
  if (UsesBackground(c)) {
    NodeId controller = Js(c, "new AbortController()", {});
    c.prelude().push_back(c.NewAssign(c.NewName(BackgroundName(c)), controller, {}, DeclKind::kConst));
  }
  NodeList statements = c.Stmts(c.As<ir::Block>(module.body()).statements());
  PruneLocals(c, c.prelude(), statements);
  ExportNames(c, statements);
  NodeList out = c.imports().Build(c.dst());
  out.insert(out.end(), c.prelude().begin(), c.prelude().end());
  out.insert(out.end(), statements.begin(), statements.end());
  MakeCommonJs(c, out);
  // Only strict code fails where a frozen object or a property without a setter is assigned to.
  const bool esm = c.options().module == JsModule::kEsm && !c.imports().Build(c.dst()).empty();
  if (!esm && CountsOnStrictness(c)) {
    out.insert(out.begin(), c.NewExprStmt(c.NewString("use strict")));
  }
  NodeId docstring = c.Expr(module.docstring());
  return c.New(make::Module{.docstring = docstring, .body = c.New(make::Block{.statements = std::move(out)}, module.body())}, id);
}

bool IsMainGuard(Context& c, NodeId test) {
  auto binary = c.As<Binary>(test);
  if (!binary || binary.op() != BinaryOp::kEq) return false;
  return c.src().text(binary.left()) == "__name__" && c.src().text(binary.right()) == "__main__";
}

// `if __name__ == "__main__":` -> its body at the top level.
bool TranslateGuard(Context& c, NodeId id, NodeList& out) {
  auto statement = c.As<If>(id);
  if (!IsMainGuard(c, statement.test()) || statement.else_body()) return false;
  NodeList body = c.Stmts(c.As<ir::Block>(statement.body()).statements());
  if (CurrentProject() != nullptr && CurrentProject()->is_imported) {
    // Other files import it, and must not start it.
    const bool esm = c.options().module == JsModule::kEsm;
    NodeId test = esm ? c.New(make::Binary{.left = Js(c, "process.argv[1]", {}),
                                           .right = c.NewCall(c.Library("node:url:fileURLToPath"),
                                                              {Js(c, "import.meta.url", {})}),
                                           .op = BinaryOp::kStrictEq},
                              {})
                      : Js(c, "require.main === module", {});
    out.push_back(c.New(make::If{.test = test, .body = c.NewBlock(std::move(body))}, id));
    return true;
  }
  if (!body.empty()) c.dst().set_origin(body.front(), id);
  out.insert(out.end(), body.begin(), body.end());
  return true;
}

// `asyncio.run(main())` -> `await main()`.
std::optional<NodeId> TranslateRun(Context& c, NodeId id) {
  bool runs = c.IsCallTo(id, "asyncio.run") || c.IsCallTo(id, "asyncio.Runner#run");
  if (!runs || c.As<Call>(id).args().empty()) return std::nullopt;
  if (!c.marks().insert("asyncio-run").second) c.SayOnce("multiple-asyncio-run", id);
  c.SayOnce("implicit-event-loop", id);
  NodeId coroutine = c.As<Call>(id).args()[0];
  c.MarkStarted(coroutine);
  return c.New(make::Await{.value = c.Expr(coroutine)}, id);
}

// What asyncio.run does at its end: tasks that nobody waited for are cancelled.
bool TranslateRunStatement(Context& c, NodeId id, NodeList& out) {
  NodeId value;
  if (auto statement = c.As<ExprStmt>(id)) value = statement.value();
  if (auto assign = c.As<Assign>(id)) value = assign.value();
  bool runs = value && (c.IsCallTo(value, "asyncio.run") || c.IsCallTo(value, "asyncio.Runner#run"));
  if (!runs || (!UsesBackground(c) && !UsesTaskClass(c))) return false;
  if (!c.marks().insert("run:" + std::to_string(id.index)).second) return false;
  c.Stmt(id, out);
  if (UsesBackground(c)) out.push_back(c.NewExprStmt(Js(c, "$B.abort()", {{"B", c.NewName(BackgroundName(c))}})));
  if (UsesTaskClass(c)) {
    NodeId stop = Js(c, "$T.stopAll()", {{"T", Local(c, "Task")}});
    out.push_back(c.NewExprStmt(c.New(make::Await{.value = stop}, {})));
  }
  return true;
}

}  // namespace

void RegisterModule(Topics& t) {
  t.Claim(NodeKind::kModule, Order::kBeforeCards, &TranslateModule);
  t.Claim(NodeKind::kIf, Order::kBeforeCards, &TranslateGuard);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateRun);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateRunStatement);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateRunStatement);
}

}  // namespace asyncport::translate::to_js
