// Asynchronous work that is handed back: what an async function returns of it, and the try that
// does not see it.
// Example: `return Promise.resolve(x)` -> `return x`; `try { return f(); } catch {}` -> the call
// stands after the try.
#include <utility>

#include "translate/to_py/awaiting.h"
#include "translate/to_py/futures.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

// `try { ...; return f(); } catch {}`: JavaScript's catch does not see what the promise does. The return is the last
// statement of the try itself.
bool EscapesTry(Context& c, NodeId id) {
  NodeId block = c.facts().Parent(id);
  auto attempt = c.As<Try>(c.facts().Parent(block));
  return attempt && attempt.body() == block && !attempt.handlers().empty() &&
         !attempt.finally_body() && c.As<ir::Block>(block).statements().back() == id;
}

// Then the call stands after the try: alone, or in its else.
bool TranslateEscapingTry(Context& c, NodeId id, NodeList& out) {
  auto attempt = c.As<Try>(id);
  auto statements = c.As<ir::Block>(attempt.body()).statements();
  if (statements.empty() || !EscapesTry(c, statements.back())) return false;
  NodeId last = statements.back();
  NodeId value = c.As<Return>(last) ? c.As<Return>(last).value() : kNoNode;
  NodeId function = c.facts().EnclosingFunction(id);
  bool escapes = value && c.As<Call>(value) && c.facts().ColourOf(value) == CallColour::kAsync &&
                 function && c.TargetIsAsync(function);
  if (!escapes) return false;
  c.SayOnce("return-await-in-try", last);
  if (statements.size() == 1) {
    c.Absorb(attempt.handlers()[0]);
    c.Stmt(last, out);
    return true;
  }
  NodeId body = c.NewBlock(c.Stmts(statements.first(statements.size() - 1)), attempt.body());
  NodeList handlers;
  for (NodeId handler : attempt.handlers()) TranslateHandler(c, handler, handlers);
  NodeList rest;
  c.Stmt(last, rest);
  out.push_back(c.New(
      make::Try{
          .body = body, .handlers = std::move(handlers), .else_body = c.NewBlock(std::move(rest))},
      id));
  return true;
}

bool TranslateReturn(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<Return>(id).value();
  if (!value) return false;
  NodeId function = c.facts().EnclosingFunction(id);
  bool is_async = function && c.TargetIsAsync(function);
  if (IsMadeToReturn(c, value) && (is_async || (IsChain(c, value) && c.is_fragment()))) {
    ReturnOutcome(c, value, id, out);
    return true;
  }
  if (!is_async) return false;
  if (MayGivePromise(c, value)) {
    c.MarkStarted(value);
    out.push_back(c.New(make::Return{.value = Awaited(c, ValueOf(c, c.Expr(value)), value)}, id));
    return true;
  }
  bool promise = IsPromiseTyped(c, value) || ExecutorOf(c, value);
  bool is_call = c.src().Is(value, NodeKind::kCall);
  if (promise && (!is_call || c.facts().ColourOf(value) == CallColour::kSync)) {
    // A promise handed back from an async function is its outcome.
    NodeId target = c.Expr(value);
    if (!c.dst().Is(target, NodeKind::kAwait)) target = Awaited(c, target, value);
    out.push_back(c.New(make::Return{.value = target}, id));
    return true;
  }
  if (is_call && c.facts().ColourOf(value) == CallColour::kAsync) {
    if (EscapesTry(c, id)) return false;  // the try statement takes it out
    for (NodeId up = c.facts().Parent(id); up && up != function; up = c.facts().Parent(up)) {
      auto attempt = c.As<Try>(up);
      if (attempt && !attempt.handlers().empty() &&
          c.src().span(attempt.body()).contains(c.src().span(id))) {
        c.SayOnce("return-await-in-try", id);
        break;
      }
    }
  }
  return false;
}

}  // namespace

// A promise that is made only to be handed back.
bool IsMadeToReturn(Context& c, NodeId value) {
  if (auto choice = c.As<ir::Conditional>(value)) {
    return IsMadeToReturn(c, choice.then_value()) || IsMadeToReturn(c, choice.else_value());
  }
  return IsChain(c, value) || c.IsCallTo(value, "Promise.resolve") ||
         c.IsCallTo(value, "Promise.reject");
}

// `return value` in an async function, where the value is the outcome of a promise.
void ReturnOutcome(Context& c, NodeId value, NodeId origin, NodeList& out) {
  if (IsChain(c, value)) {
    FlattenChain(c, value, {.kind = SinkKind::kReturn, .target = {}, .origin = origin}, out);
    return;
  }
  if (auto choice = c.As<ir::Conditional>(value); choice && IsMadeToReturn(c, value)) {
    NodeId test = Condition(c, choice.test());
    NodeList then_body, else_body;
    ReturnOutcome(c, choice.then_value(), {}, then_body);
    ReturnOutcome(c, choice.else_value(), {}, else_body);
    out.push_back(c.New(make::If{.test = test, .body = c.NewBlock(std::move(then_body))}, origin));
    out.insert(out.end(), else_body.begin(), else_body.end());
    return;
  }
  auto call = c.As<Call>(value);
  NodeId given = call && !call.args().empty() ? call.args()[0] : kNoNode;
  if (call && c.IsCallTo(value, "Promise.reject")) {
    c.SayOnce("promise-resolve-plain-value", value);
    NodeId error = given ? ErrorValue(c, given) : c.NewCall(c.NewName("RuntimeError"), {});
    out.push_back(c.New(make::Raise{.value = error}, origin));
    return;
  }
  NodeId outcome;
  if (call && c.IsCallTo(value, "Promise.resolve")) {
    c.SayOnce("promise-resolve-plain-value", value);
    const bool mixed = given && MayGivePromise(c, given);
    const bool promise =
        given && (IsPromiseTyped(c, given) || c.facts().ColourOf(given) == CallColour::kAsync);
    if (mixed || promise) c.MarkStarted(given);
    outcome = c.Expr(given);
    if (mixed) outcome = ValueOf(c, outcome);
    if (mixed || promise) outcome = Awaited(c, outcome, given);
  } else {
    outcome = c.Expr(value);
  }
  out.push_back(c.New(make::Return{.value = outcome}, origin));
}

void RegisterReturns(Topics& t) {
  t.Claim(NodeKind::kReturn, Order::kAfterCards, &TranslateReturn);
  t.Claim(NodeKind::kTry, Order::kBeforeCards, &TranslateEscapingTry);
}

}  // namespace asyncport::translate::to_py
