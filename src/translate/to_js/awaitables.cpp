// Asynchronous iterators driven by hand, and questions about what can be awaited.
// Example: `await gen.asend(5)` -> `await sendTo(gen, 5)`; `inspect.isawaitable(x)` -> `typeof x?.then === "function"`.
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Question {
  std::string_view name;
  std::string_view code;
  std::string_view library = {};
};
constexpr Question kQuestions[] = {
    {"inspect.isawaitable", "typeof $X?.then === \"function\""},
    {"inspect.iscoroutine", "typeof $X?.then === \"function\""},
    {"asyncio.iscoroutine", "typeof $X?.then === \"function\""},
    {"asyncio.isfuture", "typeof $X?.then === \"function\""},
    {"inspect.iscoroutinefunction", "$T.isAsyncFunction($X)", "node:util:types"},
    {"asyncio.iscoroutinefunction", "$T.isAsyncFunction($X)", "node:util:types"},
    {"inspect.isasyncgen", "typeof $X?.[Symbol.asyncIterator] === \"function\""},
    {"inspect.isgenerator", "typeof $X?.[Symbol.iterator] === \"function\""},
};

std::optional<NodeId> TranslateQuestion(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (call.args().size() != 1) return std::nullopt;
  std::string name = c.facts().ResolvedName(call.callee());
  for (const Question& row : kQuestions) {
    if (row.name != name) continue;
    NodeId types = row.library.empty() ? kNoNode : c.Library(row.library);
    return Js(c, row.code, {{"X", c.Expr(call.args()[0])}, {"T", types}}, id);
  }
  return std::nullopt;
}

// An error class as an argument stands for an instance of it.
NodeId ThrownValue(Context& c, NodeId source) {
  NodeId value = c.Expr(source);
  if (c.facts().KindOf(source) != facts::TypeKind::kClass) return value;
  return c.New(make::New{.callee = value}, source);
}

// `anext(items)`, `items.__anext__()`, `items.asend(x)`, `items.athrow(e)`, `items.aclose()`
std::optional<NodeId> TranslateAsyncIterator(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto args = call.args();
  if (c.IsCallTo(id, "anext") && !args.empty()) {
    return c.NewCall(Local(c, "nextOf"), c.Exprs(args), id);
  }
  if (c.IsCallTo(id, "aiter") && args.size() == 1) {
    return Js(c, "$X[Symbol.asyncIterator]()", {{"X", c.Expr(args[0])}}, id);
  }
  auto method = c.As<Attribute>(call.callee());
  if (!method || ClassOf(c, method.object())) return std::nullopt;
  NodeId object = method.object();
  if (method.name() == "__anext__" && args.empty()) {
    return c.NewCall(Local(c, "nextOf"), {c.Expr(object)}, id);
  }
  if (method.name() == "__aiter__" && args.empty()) {
    return Js(c, "$X[Symbol.asyncIterator]()", {{"X", c.Expr(object)}}, id);
  }
  bool generator = c.facts().KindOf(object) == facts::TypeKind::kAsyncIterator;
  if (method.name() == "asend" && args.size() == 1) {
    return c.NewCall(Local(c, "sendTo"), {c.Expr(object), c.Expr(args[0])}, id);
  }
  if (method.name() == "athrow" && !args.empty()) {
    NodeId error = ThrownValue(c, args[args.size() > 1 ? 1 : 0]);
    return c.NewCall(Local(c, "throwInto"), {c.Expr(object), error}, id);
  }
  if (method.name() == "aclose" && args.empty() && generator) {
    return Js(c, "$G.return()", {{"G", c.Expr(object)}}, id);
  }
  return std::nullopt;
}

// `yield from x.__await__()` and, in `__await__` itself, `return x.__await__()`: x is awaited.
NodeId AwaitedObject(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = call && call.args().empty() ? c.As<Attribute>(call.callee()) : Attribute();
  return method && method.name() == "__await__" ? method.object() : kNoNode;
}

std::optional<NodeId> TranslateYieldFrom(Context& c, NodeId id) {
  auto yield = c.As<Yield>(id);
  auto method = c.As<Method>(c.facts().EnclosingFunction(id));
  if (!method || method.name() != "__await__") return std::nullopt;
  if (!yield.is_delegate() || !yield.value()) {
    return c.Refuse(id, "untranslated", {{"reason", "a bare yield in `__await__`"}});
  }
  NodeId object = AwaitedObject(c, yield.value());
  return c.New(make::Await{.value = c.Expr(object ? object : yield.value())}, id);
}

std::optional<NodeId> TranslateAwaitCall(Context& c, NodeId id) {
  NodeId object = AwaitedObject(c, id);
  auto method = c.As<Method>(c.facts().EnclosingFunction(id));
  if (!object || !method || method.name() != "__await__") return std::nullopt;
  c.MarkStarted(object);
  return c.Expr(object);
}

}  // namespace

// `__await__` -> `then`, which is what `await` asks a JavaScript object for.
NodeId ThenMethod(Context& c, NodeId method_id) {
  auto method = c.As<Method>(method_id);
  NodeList body = c.Stmts(c.As<ir::Block>(method.body()).statements());
  NodeList statements;
  NodeId work = ArrowBlock(c, {}, std::move(body), true);
  std::string name = c.names().Fresh("wait");
  statements.push_back(c.NewAssign(c.NewName(name), work, {}, DeclKind::kConst));
  JsStatements(c, "return $W().then(onValue, onError);", {{"W", c.NewName(name)}}, {}, statements);
  NodeList params{NewParam(c, c.NewName("onValue")), NewParam(c, c.NewName("onError"))};
  return c.New(
      make::Method{
          .params = std::move(params), .body = c.NewBlock(std::move(statements)), .name = "then"},
      method_id);
}

void RegisterAwaitables(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateQuestion);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAsyncIterator);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAwaitCall);
  t.Claim(NodeKind::kYield, Order::kBeforeCards, &TranslateYieldFrom);
}

}  // namespace asyncport::translate::to_js
