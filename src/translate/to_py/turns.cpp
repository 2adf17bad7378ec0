// Locks, semaphores and queues made by hand: who gets in at once still gives the others their turn in JavaScript, where
// every await does. A Python await of what is there already does not, so such functions do it themselves. Does not turn
// them into asyncio's own classes, whose counters and lists of waiters nobody could read.
// Example: `if (this.free) { this.free--; return; }` beside a wait -> `self.free -= 1`, `await asyncio.sleep(0)`, `return`.
#include "translate/to_py/turns.h"

#include <unordered_map>

#include "translate/to_py/futures.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

bool IsFunction(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  return kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod;
}

// Is the function that settles the promise put away for somebody else to call: `queue.push(resolve)`, `{ resolve }`?
bool IsKept(Context& c, NodeId read) {
  NodeId parent = c.facts().Parent(read);
  if (c.src().Is(parent, NodeKind::kDictEntry) || c.src().Is(parent, NodeKind::kList)) return true;
  if (auto assign = c.As<Assign>(parent)) return assign.value() == read;
  auto call = c.As<Call>(parent);
  if (!call || call.callee() == read) return false;
  std::string_view method = c.MethodName(parent);
  return method == "push" || method == "unshift" || method == "add" || method == "set";
}

bool KeepsResolver(Context& c, NodeId executor) {
  auto params = FunctionParams(c, executor);
  if (params.empty()) return false;
  NodeId target = c.As<Param>(params[0]).target();
  if (!c.src().Is(target, NodeKind::kName)) return false;
  for (NodeId read : c.facts().binding(c.facts().BindingOf(target)).reads) {
    if (IsKept(c, read)) return true;
  }
  return false;
}

// Does the function's own code make a promise that waits until somebody else lets it through?
bool WaitsForOthers(Context& c, NodeId id) {
  if (NodeId executor = ExecutorOf(c, id)) return KeepsResolver(c, executor);
  if (IsFunction(c, id)) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || WaitsForOthers(c, child); });
  return found;
}

struct Gates {
  std::unordered_map<std::uint32_t, bool> known;  // by function
};

bool IsGate(Context& c, NodeId function) {
  auto [it, is_new] = c.State<Gates>().known.try_emplace(function.index, false);
  if (!is_new) return it->second;
  NodeId body = FunctionBody(c, function);
  const bool gate = body && c.TargetIsAsync(function) && c.src().Is(body, NodeKind::kBlock) &&
                    WaitsForOthers(c, body);
  c.State<Gates>().known[function.index] = gate;
  return gate;
}

// Does the function wait before it comes to the node, on every way? What stands before it in its blocks says so.
bool WaitsBefore(Context& c, NodeId node, NodeId function) {
  for (NodeId up = node; up && up != function; up = c.facts().Parent(up)) {
    auto block = c.As<ir::Block>(c.facts().Parent(up));
    if (!block) continue;
    for (NodeId statement : block.statements()) {
      if (statement == up) break;
      NodeKind kind = c.src().kind(statement);
      bool may_skip = kind == NodeKind::kIf || kind == NodeKind::kWhile ||
                      kind == NodeKind::kForEach || kind == NodeKind::kSwitch;
      if (!may_skip && ContainsAwait(c, statement)) return true;
    }
  }
  return false;
}

NodeId Turn(Context& c, NodeId origin) {
  c.SayOnce("await-may-not-yield", origin);
  NodeId sleep = c.NewCall(c.Library("asyncio.sleep"), {c.NewInt(0)});
  return c.NewExprStmt(c.New(make::Await{.value = sleep}, {}));
}

// `return;`, `return value;` and `return Promise.resolve(value);` of one that got in at once.
bool TranslateReturn(Context& c, NodeId id, NodeList& out) {
  NodeId function = c.facts().EnclosingFunction(id);
  if (!function || !IsGate(c, function) || WaitsBefore(c, id, function)) return false;
  NodeId value = c.As<Return>(id).value();
  if (value && c.IsCallTo(value, "Promise.resolve")) {
    auto args = c.As<Call>(value).args();
    value = args.empty() ? kNoNode : args[0];
  }
  if (value &&
      (c.As<Await>(value) || c.src().Is(value, NodeKind::kNew) ||
       c.facts().May(value, {TypeKind::kPromise, TypeKind::kCoroutine})) &&
      c.facts().KindOf(value) != TypeKind::kUnknown)
    return false;
  if (value && c.facts().ColourOf(value) == CallColour::kAsync) return false;
  NodeId target = value ? c.Expr(value) : kNoNode;
  if (target && !c.IsPure(value)) {
    std::string name = FreshIn(c, id, "result");
    out.push_back(c.NewAssign(c.NewName(name), target, id));
    target = c.NewName(name);
  }
  out.push_back(Turn(c, id));
  out.push_back(c.New(make::Return{.value = target}, value ? kNoNode : id));
  return true;
}

}  // namespace

void EndWithTurn(Context& c, NodeId function, NodeList& statements) {
  if (!IsGate(c, function)) return;
  auto own = c.As<ir::Block>(FunctionBody(c, function)).statements();
  if (own.empty()) return;
  NodeKind last = c.src().kind(own.back());
  if (last == NodeKind::kReturn || last == NodeKind::kRaise) return;
  bool waits = WaitsBefore(c, own.back(), function);
  bool may_skip = last == NodeKind::kIf || last == NodeKind::kWhile;
  if (!waits && !may_skip) waits = ContainsAwait(c, own.back());
  if (!waits) statements.push_back(Turn(c, function));
}

bool LetsInAtOnce(Context& c, NodeId settle_call) {
  NodeId executor = c.facts().EnclosingFunction(settle_call);
  return executor && ExecutorOf(c, c.facts().Parent(executor)) == executor &&
         KeepsResolver(c, executor);
}

void RegisterTurns(Topics& t) { t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateReturn); }

}  // namespace asyncport::translate::to_py
