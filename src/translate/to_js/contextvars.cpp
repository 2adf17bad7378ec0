// contextvars.ContextVar: AsyncLocalStorage. What a task sets stays in the task, so it starts in a context of its own.
// Example: `request_id = ContextVar("request_id", default="-")` -> `const requestId = new AsyncLocalStorage();
// requestId.enterWith("-");`, `request_id.get()` -> `requestId.getStore()`.
#include "translate/to_js/contextvars.h"

#include <algorithm>
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// The call that made the variable, if one assignment did.
Call MakerOf(Context& c, NodeId variable) {
  facts::BindingId binding = c.src().Is(variable, NodeKind::kName) ? c.facts().BindingOf(variable) : facts::BindingId();
  if (!binding || c.facts().binding(binding).writes.size() != 1) return {};
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  auto call = assign && assign.value() ? c.As<Call>(assign.value()) : Call();
  return call && c.facts().ResolvedName(call.callee()) == "contextvars.ContextVar" ? call : Call();
}

std::optional<NodeId> TranslateVariableCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "contextvars.ContextVar") {
    c.SayOnce("contextvar-async-local-storage", id);
    return c.New(make::New{.callee = c.Library("node:async_hooks:AsyncLocalStorage")}, id);
  }
  if (!name.starts_with("contextvars.ContextVar#")) return std::nullopt;
  auto method = c.As<Attribute>(call.callee());
  Call maker = MakerOf(c, method.object());
  if (!maker) return c.Refuse(id, "contextvar-async-local-storage");
  NodeId variable = c.Expr(method.object());
  if (method.name() == "get") {
    bool set_first = KeywordArg(c, maker.id(), "default") != kNoNode;
    if (set_first || call.args().empty()) return Js(c, "$V.getStore()", {{"V", variable}}, id);
    return Js(c, "$V.getStore() ?? $D", {{"V", variable}, {"D", c.Expr(call.args()[0])}}, id);
  }
  if ((method.name() == "set" || method.name() == "reset") && call.args().size() == 1) {
    if (!c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt)) return c.Refuse(id, "contextvar-async-local-storage");
    return Js(c, "$V.enterWith($X)", {{"V", variable}, {"X", c.Expr(call.args()[0])}}, id);
  }
  return c.Refuse(id, "untranslated", {{"reason", "`ContextVar." + std::string(method.name()) + "`"}});
}

// `var = ContextVar(...)`: entered at once, so that whatever is waiting already belongs to a context.
bool TranslateVariable(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (!assign.value() || assign.targets().size() != 1 || !c.IsCallTo(assign.value(), "contextvars.ContextVar")) return false;
  if (!MakerOf(c, assign.targets()[0])) return false;
  AssignTo(c, assign.targets()[0], c.Expr(assign.value()), id, out);
  NodeId value = KeywordArg(c, assign.value(), "default");
  NodeId first = value ? c.Expr(value) : c.New(make::Undefined{}, {});
  out.push_back(c.NewExprStmt(Js(c, "$V.enterWith($X)", {{"V", c.NewName(c.TargetName(assign.targets()[0]))}, {"X", first}})));
  return true;
}

// `token = var.set(x)` -> the old value is the token.
bool TranslateToken(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto call = assign.value() && assign.targets().size() == 1 ? c.As<Call>(assign.value()) : Call();
  if (!call || c.facts().ResolvedName(call.callee()) != "contextvars.ContextVar#set" || call.args().size() != 1) return false;
  auto method = c.As<Attribute>(call.callee());
  if (!MakerOf(c, method.object())) return false;
  NodeId variable = c.Expr(method.object());
  AssignTo(c, assign.targets()[0], Js(c, "$V.getStore()", {{"V", variable}}), id, out);
  out.push_back(c.NewExprStmt(Js(c, "$V.enterWith($X)", {{"V", CopyTarget(c, variable)}, {"X", c.Expr(call.args()[0])}})));
  return true;
}

// Variables that running the node sets, in what it awaits itself too.
void SetBy(Context& c, NodeId node, std::vector<std::uint32_t>& seen, NodeList& variables) {
  NodeKind kind = c.src().kind(node);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef || kind == NodeKind::kLambda) return;
  if (auto call = c.As<Call>(node)) {
    if (c.facts().ResolvedName(call.callee()) == "contextvars.ContextVar#set") {
      NodeId variable = c.As<Attribute>(call.callee()).object();
      auto same = [&](NodeId v) { return c.facts().BindingOf(v) == c.facts().BindingOf(variable); };
      if (c.src().Is(variable, NodeKind::kName) && std::none_of(variables.begin(), variables.end(), same)) variables.push_back(variable);
    }
    NodeId definition = c.facts().CalleeDefinition(node);
    NodeId body;
    if (auto f = c.As<FunctionDef>(definition)) body = f.body();
    if (auto m = c.As<Method>(definition)) body = m.body();
    bool task = IsTaskCall(c, c.facts().Parent(node)) || c.IsCallTo(c.facts().Parent(node), "asyncio.gather");
    if (body && !task && std::find(seen.begin(), seen.end(), body.index) == seen.end()) {
      seen.push_back(body.index);
      SetBy(c, body, seen, variables);
    }
  }
  c.src().ForEachChild(node, [&](NodeId child) { SetBy(c, child, seen, variables); });
}

}  // namespace

NodeId InOwnContext(Context& c, NodeId coroutine, NodeId work) {
  struct Used {
    bool any = false;
    explicit Used(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size() && !any; ++i) any = context.IsCallTo(NodeId{i}, "contextvars.ContextVar");
    }
  };
  if (!c.State<Used>().any || !c.src().Is(coroutine, NodeKind::kCall)) return work;
  NodeList variables;
  std::vector<std::uint32_t> seen;
  NodeId definition = c.facts().CalleeDefinition(coroutine);
  if (auto f = c.As<FunctionDef>(definition)) SetBy(c, f.body(), seen, variables);
  if (auto m = c.As<Method>(definition)) SetBy(c, m.body(), seen, variables);
  // A callback of a promise has a context of its own.
  return variables.empty() ? work : Js(c, "Promise.resolve().then($F)", {{"F", Arrow(c, {}, work)}});
}

void RegisterContextVars(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateVariableCall);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateVariable);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateToken);
}

}  // namespace asyncport::translate::to_js
