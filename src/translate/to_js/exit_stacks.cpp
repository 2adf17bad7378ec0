// contextlib.ExitStack and AsyncExitStack: a small local class that remembers how to leave what was entered.
// Example: `await stack.enter_async_context(open_shard(n))` -> `await stack.enter(openShard(n))`.
#include "translate/to_js/exit_stacks.h"

#include <utility>

#include "translate/to_js/callbacks.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsAsyncStack(std::string_view name) { return name.starts_with("contextlib.AsyncExitStack"); }

// A manager that is a generator of contextlib, or an instance of a class of the file.
std::string_view EnterMethod(Context& c, NodeId manager, bool async) {
  if (NodeId owner = ClassOf(c, manager)) {
    std::string_view dunder = async ? "__aenter__" : "__enter__";
    return FindMethod(c, owner, dunder) ? "enterObject" : "";
  }
  NodeId definition = c.src().Is(manager, NodeKind::kCall) ? c.facts().CalleeDefinition(manager) : kNoNode;
  std::span<const NodeId> decorators;
  if (auto f = c.As<FunctionDef>(definition)) decorators = f.decorators();
  if (auto m = c.As<Method>(definition)) decorators = m.decorators();
  for (NodeId d : decorators) {
    if (c.facts().ResolvedName(d).starts_with("contextlib.")) return "enter";
  }
  return "";
}

std::optional<NodeId> TranslateStackCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "contextlib.AsyncExitStack" || name == "contextlib.ExitStack") {
    c.SayOnce("async-exit-stack", id);
    return c.New(make::New{.callee = Local(c, IsAsyncStack(name) ? "AsyncExitStack" : "ExitStack")}, id);
  }
  auto method = c.As<Attribute>(call.callee());
  if (!method || (!name.starts_with("contextlib.AsyncExitStack#") && !name.starts_with("contextlib.ExitStack#"))) return std::nullopt;
  NodeId stack = c.Expr(method.object());
  std::string_view member = method.name();
  auto args = call.args();
  if ((member == "enter_async_context" || member == "enter_context") && args.size() == 1) {
    std::string_view enter = EnterMethod(c, args[0], member == "enter_async_context");
    if (enter.empty() || (member == "enter_context" && IsAsyncStack(name) && enter == "enterObject")) {
      return c.Refuse(id, "untranslated", {{"reason", "this context manager"}});
    }
    NodeId entered = c.NewCall(c.NewAttribute(stack, enter), {c.Expr(args[0])}, id);
    // A plain generator, too, is entered by a method that waits.
    if (member == "enter_context" && IsAsyncStack(name)) return c.New(make::Await{.value = entered}, id);
    return entered;
  }
  if ((member == "push_async_callback" || member == "callback") && !args.empty()) {
    NodeList rest = PlainArgs(c, id, args.subspan(1));
    return Js(c, "$S.callback($F)", {{"S", stack}, {"F", Callback(c, args[0], std::move(rest), id)}}, id);
  }
  if ((member == "aclose" || member == "close") && args.empty()) return Js(c, "$S.close()", {{"S", stack}}, id);
  if (member == "pop_all" && args.empty()) return Js(c, "$S.popAll()", {{"S", stack}}, id);
  return c.Refuse(id, "untranslated", {{"reason", "`ExitStack." + std::string(member) + "`"}});
}

}  // namespace

bool IsExitStack(Context& c, NodeId context) {
  std::string_view name = LibraryClassOf(c, context);
  return name == "contextlib.AsyncExitStack" || name == "contextlib.ExitStack";
}

void TranslateExitStack(Context& c, NodeId with_item, NodeId origin, const std::function<NodeList()>& body, NodeList& out) {
  auto item = c.As<WithItem>(with_item);
  bool async = IsAsyncStack(LibraryClassOf(c, item.context()));
  NodeId stack = c.Expr(item.context());
  std::string name;
  if (item.target() && c.src().Is(item.target(), NodeKind::kName)) {
    AssignTo(c, item.target(), stack, origin, out);
    name = c.TargetName(item.target());
  } else {
    name = c.names().Fresh("stack");
    out.push_back(c.NewAssign(c.NewName(name), stack, origin, DeclKind::kConst));
    if (item.target()) AssignTo(c, item.target(), c.NewName(name), {}, out);
  }
  auto close = [&](NodeList args) {
    NodeId call = c.NewCall(c.NewAttribute(c.NewName(name), "close"), std::move(args));
    return c.NewExprStmt(async ? c.New(make::Await{.value = call}, {}) : call);
  };
  NodeId handler = c.New(make::CatchClause{.target = c.NewName("err"), .body = c.NewBlock({close({c.NewName("err")})})}, {});
  out.push_back(c.New(make::Try{.body = c.NewBlock(body()), .handlers = {handler}, .finally_body = c.NewBlock({close({})})}, {}));
}

void RegisterExitStacks(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStackCall); }

}  // namespace asyncport::translate::to_js
