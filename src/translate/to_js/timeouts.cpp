// asyncio.wait_for and asyncio.timeout: an AbortSignal that a timer aborts, handed to the work, and a TimeoutError where
// the abort comes out of it.
// Example: `await asyncio.wait_for(ask(x), 2)` -> `await withTimeout((signal) => ask(x, signal), 2000)`.
#include "translate/to_js/timeouts.h"

#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsNone(Context& c, NodeId value) { return !value || c.src().Is(value, NodeKind::kNull); }

// Milliseconds of a limit that may be None (no limit at all).
NodeId Limit(Context& c, NodeId seconds) {
  NodeId ms = Milliseconds(c, seconds);
  if (!May(c, seconds, kNone) || !c.IsPure(seconds)) return ms;
  return Js(c, "$S === null ? null : $MS", {{"S", c.Expr(seconds)}, {"MS", ms}});
}

std::optional<NodeId> TranslateWaitFor(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "asyncio.wait_for") || c.As<Call>(id).args().empty()) return std::nullopt;
  auto args = c.As<Call>(id).args();
  NodeId seconds = args.size() > 1 && !c.src().Is(args[1], NodeKind::kKeyword) ? args[1] : KeywordArg(c, id, "timeout");
  c.MarkStarted(args[0]);
  NodeId work = c.Expr(args[0]);
  if (IsNone(c, seconds)) return work;
  if (c.IsCallTo(args[0], "asyncio.shield")) {
    c.SayOnce("timeout-race-without-cancel", id);
  } else {
    c.SayOnce("timeout-abort-signal", id);
    c.SayOnce("cancel-is-cooperative", args[0]);
  }
  NodeList params;
  if (!HandlesAbort(c, args[0])) work = Interruptible(c, args[0], work);
  if (SignalAt(c, args[0])) params.push_back(c.NewName(SignalParam(c)));
  NamedErrorClass(c, "TimeoutError");
  NodeList all{Arrow(c, std::move(params), work), Limit(c, seconds)};
  if (NodeId outer = SignalAt(c, id)) all.push_back(outer);
  return c.NewCall(Local(c, "withTimeout"), std::move(all), id);
}

// `cm.reschedule(when)`, `cm.expired()`
std::optional<NodeId> TranslateDeadlineMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || !c.facts().ResolvedName(call.callee()).starts_with("asyncio.Timeout#")) return std::nullopt;
  NodeId object = c.Expr(method.object());
  if (method.name() == "expired") return Js(c, "$X.expired", {{"X", object}}, id);
  if (method.name() == "reschedule" && call.args().size() == 1) {
    if (IsNone(c, call.args()[0])) return Js(c, "$X.reschedule(null)", {{"X", object}}, id);
    NodeId when = Milliseconds(c, call.args()[0]);
    return Js(c, "$X.reschedule($WHEN - performance.now())", {{"X", object}, {"WHEN", when}}, id);
  }
  return c.Refuse(id, "untranslated", {{"reason", "`Timeout." + std::string(method.name()) + "`"}});
}

NodeId LimitOf(Context& c, NodeId with_item) {
  NodeId context = c.As<WithItem>(with_item).context();
  NodeId seconds = c.As<Call>(context).args().empty() ? kNoNode : c.As<Call>(context).args()[0];
  if (IsNone(c, seconds)) return c.New(make::Null{}, {});
  if (!c.IsCallTo(context, "asyncio.timeout_at")) return Limit(c, seconds);
  return Js(c, "$WHEN - performance.now()", {{"WHEN", Milliseconds(c, seconds)}});
}

}  // namespace

bool IsPlainDeadline(Context& c, NodeId with_item) {
  auto item = c.As<WithItem>(with_item);
  auto args = c.As<Call>(item.context()).args();
  if (item.target() || args.size() != 1 || c.IsCallTo(item.context(), "asyncio.timeout_at") || May(c, args[0], kNone)) return false;
  NodeId with = c.facts().Parent(with_item);
  return !SignalAt(c, with) && OnlySleeps(c, c.As<With>(with).body());
}

namespace {

void DeclareDeadline(Context& c, NodeId with_item, NodeId origin, NodeList& out) {
  NodeId with = c.facts().Parent(with_item);
  NodeId name = c.NewName(DeadlineOf(c, with_item));
  NodeId limit = LimitOf(c, with_item);
  NodeId value;
  if (IsPlainDeadline(c, with_item)) {
    value = Js(c, "AbortSignal.timeout($MS)", {{"MS", limit}});
  } else {
    NodeList args{limit};
    if (NodeId outer = SignalAt(c, with)) args.push_back(outer);
    value = c.New(make::New{.callee = Local(c, "Deadline"), .args = std::move(args)}, {});
  }
  NodeId target = c.As<WithItem>(with_item).target();
  if (target && c.src().Is(target, NodeKind::kName) && c.TargetName(target) == DeadlineOf(c, with_item)) {
    AssignTo(c, target, value, origin, out);
    return;
  }
  out.push_back(c.NewAssign(name, value, origin, DeclKind::kConst));
  if (target) AssignTo(c, target, CopyTarget(c, name), {}, out);
}

}  // namespace

void TranslateTimeout(Context& c, NodeId with_item, NodeId origin, const std::function<NodeList()>& body, NodeList& out) {
  NodeId id = c.facts().Parent(with_item);
  c.SayOnce("timeout-abort-signal", id);
  c.SayOnce("cancel-is-cooperative", id);
  NamedErrorClass(c, "TimeoutError");
  bool plain = IsPlainDeadline(c, with_item);
  NodeId name = c.NewName(DeadlineOf(c, with_item));
  DeclareDeadline(c, with_item, origin, out);
  NodeList caught;
  NodeId finish;
  if (plain) {
    JsStatements(c, "if ($D.aborted) throw new $E();\nthrow err;", {{"D", name}, {"E", NamedErrorClass(c, "TimeoutError")}}, {}, caught);
  } else {
    JsStatements(c, "throw $D.failure(err);", {{"D", name}}, {}, caught);
    finish = c.NewBlock({c.NewExprStmt(Js(c, "$D.stop()", {{"D", name}}))});
  }
  NodeId handler = c.New(make::CatchClause{.target = c.NewName("err"), .body = c.NewBlock(std::move(caught))}, {});
  out.push_back(c.New(make::Try{.body = c.NewBlock(body()), .handlers = {handler}, .finally_body = finish}, {}));
}

void RegisterTimeouts(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateWaitFor);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateDeadlineMethod);
}

}  // namespace asyncport::translate::to_js
