// What a function gives where Python gives None by itself: a function that returns values elsewhere ends in `return null`,
// since JavaScript would give undefined.
// Example: `def find(xs): for x in xs: if x: return x` -> `... return null;` at the end.
#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsFunction(NodeKind kind) {
  return kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod || kind == NodeKind::kLambda ||
         kind == NodeKind::kClassDef;
}

bool Mentions(Context& c, NodeId node, NodeKind wanted, bool values_only) {
  if (IsFunction(c.src().kind(node))) return false;
  if (c.src().Is(node, wanted) && (!values_only || c.As<Return>(node).value())) return true;
  // A break of an inner loop is not this loop's.
  if (wanted == NodeKind::kBreak &&
      (c.src().Is(node, NodeKind::kForEach) || c.src().Is(node, NodeKind::kWhile)))
    return false;
  bool found = false;
  c.src().ForEachChild(
      node, [&](NodeId child) { found = found || Mentions(c, child, wanted, values_only); });
  return found;
}

bool EndsInBlock(Context& c, NodeId block);

// Does control never come out of the end of the statement?
bool Ends(Context& c, NodeId statement) {
  NodeKind kind = c.src().kind(statement);
  if (kind == NodeKind::kReturn || kind == NodeKind::kRaise || kind == NodeKind::kContinue ||
      kind == NodeKind::kBreak)
    return true;
  if (auto branch = c.As<If>(statement))
    return branch.else_body() && EndsInBlock(c, branch.body()) &&
           EndsInBlock(c, branch.else_body());
  if (auto loop = c.As<While>(statement)) {
    auto always = c.As<Bool>(loop.test());
    return always && always.value() && !Mentions(c, loop.body(), NodeKind::kBreak, false);
  }
  if (auto with = c.As<With>(statement)) return EndsInBlock(c, with.body());
  if (auto attempt = c.As<Try>(statement)) {
    if (attempt.finally_body() && EndsInBlock(c, attempt.finally_body())) return true;
    bool body = attempt.else_body()
                    ? EndsInBlock(c, attempt.else_body()) || EndsInBlock(c, attempt.body())
                    : EndsInBlock(c, attempt.body());
    for (NodeId handler : attempt.handlers())
      body = body && EndsInBlock(c, c.As<CatchClause>(handler).body());
    return body;
  }
  return false;
}

bool EndsInBlock(Context& c, NodeId block) {
  if (c.src().Is(block, NodeKind::kIf)) return Ends(c, block);
  auto view = c.As<ir::Block>(block);
  return view && !view.statements().empty() && Ends(c, view.statements().back());
}

NodeId BodyOf(Context& c, NodeId function) {
  if (auto f = c.As<FunctionDef>(function)) return f.is_generator() ? kNoNode : f.body();
  auto m = c.As<Method>(function);
  bool plain = m && !m.is_generator() &&
               (m.kind() == MethodKind::kMethod || m.kind() == MethodKind::kGetter) &&
               !m.name().starts_with("__");
  return plain ? m.body() : kNoNode;
}

bool GivesValues(Context& c, NodeId function) {
  NodeId body = BodyOf(c, function);
  return body && Mentions(c, body, NodeKind::kReturn, true);
}

bool TranslateBareReturn(Context& c, NodeId id, NodeList& out) {
  if (c.As<Return>(id).value() || !GivesValues(c, c.facts().EnclosingFunction(id))) return false;
  out.push_back(c.New(make::Return{.value = c.New(make::Null{}, {})}, id));
  return true;
}

}  // namespace

void FinishReturns(Context& c, NodeId function, NodeList& body) {
  if (!GivesValues(c, function) || EndsInBlock(c, BodyOf(c, function))) return;
  body.push_back(c.New(make::Return{.value = c.New(make::Null{}, {})}, {}));
}

void RegisterReturns(Topics& t) {
  t.Claim(NodeKind::kReturn, Order::kAfterCards, &TranslateBareReturn);
}

}  // namespace asyncport::translate::to_js
