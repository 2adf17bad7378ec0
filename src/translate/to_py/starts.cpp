// What starts when a call is made: tasks for work that is kept, and the turn of the loop that lets them begin where
// JavaScript has run their beginning already.
// Example: `const jobs = xs.map((x) => work(x))` -> `jobs = [asyncio.create_task(work(x)) for x in xs]`.
#include <algorithm>

#include "translate/to_py/beginnings.h"
#include "translate/to_py/late_steps.h"
#include "translate/to_py/makers.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::Use;

namespace {

// The use of a call, seen through the arms of a conditional and the right side of a logical operator.
Use EffectiveUse(Context& c, NodeId id) {
  NodeId top = id;
  while (true) {
    NodeId parent = c.facts().Parent(top);
    auto conditional = c.As<Conditional>(parent);
    auto logical = c.As<Logical>(parent);
    bool through =
        (conditional && conditional.test() != top) || (logical && logical.right() == top);
    if (auto unary = c.As<Unary>(parent); unary && unary.op() == UnaryOp::kVoid) through = true;
    if (!through) return c.facts().UseOf(top);
    top = parent;
  }
}

// Statements after which the loop gets a turn, since JavaScript has run the beginning of what they started.
struct EagerStarts {
  std::unordered_set<std::uint32_t> statements;  // that start something
  std::unordered_set<std::uint32_t> places;      // after which the turn stands
};

void MarkStatement(Context& c, NodeId call) {
  // The callback of `xs.map(async (x) => ...)` runs in the statement that maps.
  NodeId statement = c.facts().EnclosingStatement(call);
  for (NodeId function = c.facts().EnclosingFunction(call); function;
       function = c.facts().EnclosingFunction(function)) {
    auto user = c.As<Call>(c.facts().Parent(function));
    std::string path =
        user && user.callee() != function ? c.facts().ResolvedName(user.callee()) : std::string();
    if (!path.starts_with("Array#") && path != "Array.from") break;
    statement = c.facts().EnclosingStatement(user.id());
  }
  NodeKind kind = c.src().kind(statement);
  if (kind == NodeKind::kReturn || kind == NodeKind::kRaise) return;
  // A statement that awaits it gives the loop its turn itself.
  if (ContainsAwait(c, statement) && kind != NodeKind::kForEach && kind != NodeKind::kWhile) return;
  c.State<EagerStarts>().statements.insert(statement.index);
}

void NoteEager(Context& c, NodeId call, std::span<const NodeId> callees) {
  for (NodeId callee : callees) {
    if (ActsLate(c, callee)) {
      MarkStatement(c, call);
      return;
    }
  }
}

// Plain functions that start work, whose beginning JavaScript runs before they return.
class Starters {
 public:
  bool Starts(Context& c, NodeId function) {
    auto [it, is_new] = known_.try_emplace(function.index, false);
    if (!is_new) return it->second;  // also a function that calls itself
    NodeId body = FunctionBody(c, function);
    bool starts = body && !c.TargetIsAsync(function) && Visit(c, body);
    known_[function.index] = starts;
    return starts;
  }

 private:
  bool Visit(Context& c, NodeId id) {
    NodeKind kind = c.src().kind(id);
    if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
        kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef)
      return false;
    if (kind == NodeKind::kCall || kind == NodeKind::kNew) {
      std::vector<NodeId> callees = c.facts().PossibleCallees(id);
      const Use use = c.facts().UseOf(id);
      if (c.facts().ColourOf(id) == CallColour::kAsync && use == Use::kDropped) {
        for (NodeId callee : callees) {
          if (ActsLate(c, callee)) return true;
        }
      }
      if (c.facts().ColourOf(id) == CallColour::kAsync && use == Use::kStored) {
        auto call = c.As<Call>(id);
        bool handed_in = call && callees.empty() && IsHandedIn(c, call.callee());
        for (NodeId callee : callees) handed_in = handed_in || ActsLate(c, callee);
        if (handed_in) return true;
      }
      for (NodeId callee : callees) {
        if (Starts(c, callee)) return true;
      }
    }
    bool found = false;
    c.src().ForEachChild(id, [&](NodeId child) { found = found || Visit(c, child); });
    return found;
  }

  // A function that somebody gave as a parameter, perhaps through `fn.apply`.
  static bool IsHandedIn(Context& c, NodeId callee) {
    if (auto member = c.As<Attribute>(callee);
        member && (member.name() == "apply" || member.name() == "call"))
      callee = member.object();
    facts::BindingId binding =
        c.src().Is(callee, NodeKind::kName) ? c.facts().BindingOf(callee) : facts::BindingId{};
    return binding && c.facts().binding(binding).kind == facts::BindingKind::kParam;
  }

  std::unordered_map<std::uint32_t, bool> known_;
};

std::optional<NodeId> NoteStarter(Context& c, NodeId id) {
  if (!c.MayAwait(id)) return std::nullopt;
  for (NodeId callee : c.facts().PossibleCallees(id)) {
    if (!c.State<Starters>().Starts(c, callee)) continue;
    MarkStatement(c, id);
    break;
  }
  return std::nullopt;
}

// `xs.map(async (x) => ...)` starts them all.
std::optional<NodeId> NoteEagerMap(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.MethodName(id) == "map" && call.args().size() == 1)
    NoteEager(c, id, c.facts().FunctionsOf(call.args()[0]).nodes);
  return std::nullopt;
}

bool Mentions(Context& c, NodeId id, facts::BindingId binding) {
  if (c.src().Is(id, NodeKind::kName) && c.facts().BindingOf(id) == binding) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Mentions(c, child, binding); });
  return found;
}

// Does it call anything that acts before it first waits?
bool StartsEagerly(Context& c, NodeId id) {
  for (NodeId callee : c.facts().PossibleCallees(id)) {
    if (ActsLate(c, callee)) return true;
  }
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || StartsEagerly(c, child); });
  return found;
}

// `work();`, `work().then(...)`, `setTimeout(...)` as a statement: it only puts something on the loop, which runs behind
// what was put there before.
bool OnlyStarts(Context& c, NodeId statement) {
  auto expr = c.As<ExprStmt>(statement);
  if (!expr) return false;
  NodeId value = expr.value();
  if (auto unary = c.As<Unary>(value); unary && unary.op() == UnaryOp::kVoid)
    value = unary.operand();
  auto call = c.As<Call>(ChainHead(c, value));
  if (!call) return false;
  for (NodeId arg : call.args()) {
    NodeKind kind = c.src().kind(arg);
    bool function = kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr;
    if (!function && !c.IsPure(arg)) return false;
  }
  std::string path = c.facts().ResolvedName(call.callee());
  if (path == "setTimeout" || path == "setInterval") return true;
  NodeId function = c.facts().CalleeDefinition(call.id());
  return function && c.TargetIsAsync(function);
}

// Behind the statements that follow and only start something as well: all begin in that one turn.
NodeId EndOfStarts(Context& c, NodeId started) {
  auto block = c.As<ir::Block>(c.facts().Parent(started));
  if (!block) return started;
  auto statements = block.statements();
  auto at = std::find(statements.begin(), statements.end(), started);
  while (at + 1 < statements.end() && OnlyStarts(c, *(at + 1))) ++at;
  return *at;
}

// Does it only wait for promises that are there already, so that it sets no timer of its own?
bool WaitsForValuesOnly(Context& c, NodeId id) {
  if (auto await = c.As<Await>(id); await && !c.src().Is(await.value(), NodeKind::kName) &&
                                    !c.src().Is(await.value(), NodeKind::kAttribute)) {
    return false;
  }
  bool only = true;
  c.src().ForEachChild(id, [&](NodeId child) { only = only && WaitsForValuesOnly(c, child); });
  return only;
}

// `setTimeout(() => ..., 5);`: its callback comes in a later turn, whatever else was started before.
bool OnlySetsTimer(Context& c, NodeId statement) {
  auto expression = c.As<ExprStmt>(statement);
  return expression && c.IsCallTo(expression.value(), "setTimeout") &&
         c.src().Is(c.As<Call>(expression.value()).args()[0], NodeKind::kLambda);
}

// Where the turn of the loop belongs: after the statements that only keep the task, so that nobody else runs between its
// start and those. None where the next statement gives the loop a turn anyway.
NodeId PlaceOfTurn(Context& c, NodeId started) {
  if (OnlyStarts(c, started)) return EndOfStarts(c, started);
  auto block = c.As<ir::Block>(c.facts().Parent(started));
  auto assign = c.As<Assign>(started);
  bool named =
      assign && assign.targets().size() == 1 && c.src().Is(assign.targets()[0], NodeKind::kName);
  if (!block || !named) return started;
  facts::BindingId task = c.facts().BindingOf(assign.targets()[0]);
  auto statements = block.statements();
  NodeId last = started;
  for (auto at = std::find(statements.begin(), statements.end(), started) + 1;
       at < statements.end(); ++at) {
    bool waits = ContainsAwait(c, *at);
    bool returns = c.src().Is(*at, NodeKind::kReturn);
    if (waits || returns) return StartsEagerly(c, *at) ? last : kNoNode;
    bool keeps = (c.src().Is(*at, NodeKind::kExprStmt) || c.src().Is(*at, NodeKind::kAssign)) &&
                 Mentions(c, *at, task);
    if (!keeps && OnlySetsTimer(c, *at)) {
      std::vector<NodeId> callees = c.facts().PossibleCallees(assign.value());
      keeps = std::all_of(callees.begin(), callees.end(),
                          [&](NodeId callee) { return WaitsForValuesOnly(c, callee); });
    }
    if (!keeps) return last;
    last = *at;
  }
  return kNoNode;
}

void FinishStatement(Context& c, NodeId id, NodeList& out) {
  AppendLateSteps(c, id, out);
  auto& starts = c.State<EagerStarts>();
  if (starts.statements.contains(id.index) && !starts.places.contains(id.index)) {
    NodeId place = PlaceOfTurn(c, id);
    if (place) starts.places.insert(place.index);
    if (place != id) return;
  }
  if (!starts.places.contains(id.index)) return;
  c.SayOnce("eager-prefix-order", id);
  if (!c.MayAwait(id)) return;
  NodeId turn = c.NewCall(c.Library("asyncio.sleep"), {c.NewInt(0)});
  out.push_back(c.NewExprStmt(c.New(make::Await{.value = turn}, {})));
}

// `const jobs = xs.map((x) => work(x))`: the work runs from now on.
bool IsBodyOfKeptMap(Context& c, NodeId function, NodeId id) {
  auto lambda = c.As<Lambda>(function);
  if (!lambda || lambda.body() != id) return false;
  NodeId map = c.facts().Parent(function);
  auto assign = c.As<Assign>(c.facts().Parent(map));
  bool kept = assign && assign.value() == map && c.src().Is(assign.targets()[0], NodeKind::kName);
  if (!kept) return false;
  if (c.IsCallTo(map, "Array.from")) return true;
  return c.MethodName(map) == "map" && c.As<Call>(map).args()[0] == function;
}

// `cache.set(key, load(key))`: whoever looks it up awaits the same work.
bool IsKeptForMany(Context& c, NodeId id) {
  NodeId around = c.facts().Parent(id);
  return c.MethodName(around) == "set" && c.As<Call>(around).args().size() == 2;
}

// An asynchronous call that stands where its value would be used as it is.
NodeId FinishCall(Context& c, NodeId id, NodeId target) {
  if (c.IsStarted(id) || c.facts().ColourOf(id) != CallColour::kAsync) return target;
  // A future that a promise made by hand became is an awaitable of its own: only coroutines are started.
  bool coroutine = c.dst().Is(target, NodeKind::kCall) && !IsFuture(c, target);
  NodeId parent = c.facts().Parent(id);
  // An asynchronous generator of JavaScript waits for what it yields.
  if (auto yield = c.As<Yield>(parent); yield && !yield.is_delegate() && c.TargetIsAsync(c.facts().EnclosingFunction(id)))
    return c.New(make::Await{.value = target}, id);
  switch (EffectiveUse(c, id)) {
    case Use::kAwaited:
      return target;
    case Use::kDropped:
      // As a statement: TranslateFloating decides. As the body of a callback whose result nobody takes: started here.
      if (!coroutine && GivesFuture(c, id)) c.Rewrite(id);
      if (!c.src().Is(parent, NodeKind::kLambda) || !coroutine) return target;
      c.Library("asyncio.create_task");
      return c.New(make::Spawn{.call = target}, id);
    case Use::kReturned: {
      // A lambda hands the coroutine on; the body of a def that an arrow became awaits it (functions.cpp).
      NodeId function = c.facts().EnclosingFunction(id);
      if (coroutine && IsBodyOfKeptMap(c, function, id)) {
        c.Library("asyncio.create_task");
        NoteEager(c, id, c.facts().PossibleCallees(id));
        return c.New(make::Spawn{.call = target}, id);
      }
      if (!function || c.src().Is(function, NodeKind::kLambda)) return target;
      return c.TargetIsAsync(function) ? c.New(make::Await{.value = target}, id) : target;
    }
    case Use::kStored: {
      if (!coroutine) return target;
      c.SayOnce("promise-variable-create-task", id);
      c.Library("asyncio.create_task");
      NoteEager(c, id, c.facts().PossibleCallees(id));
      return c.New(make::Spawn{.call = target}, id);
    }
    case Use::kPassed:
      if (!coroutine) return target;
      c.SayOnce("promise-variable-create-task", id);
      if (IsKeptForMany(c, id)) c.SayOnce("shared-promise-task", id);
      c.Library("asyncio.create_task");
      NoteEager(c, id, c.facts().PossibleCallees(id));
      return c.New(make::Spawn{.call = target}, id);
  }
  return target;
}

// `yield job` in an asynchronous generator, where `job` is a promise: it is waited for too.
std::optional<NodeId> TranslateYieldedPromise(Context& c, NodeId id) {
  auto yield = c.As<Yield>(id);
  if (yield.is_delegate() || !yield.value() || c.src().Is(yield.value(), NodeKind::kCall)) return std::nullopt;
  if (!c.facts().Only(yield.value(), {facts::TypeKind::kPromise})) return std::nullopt;
  if (!c.TargetIsAsync(c.facts().EnclosingFunction(id))) return std::nullopt;
  return c.New(make::Yield{.value = c.New(make::Await{.value = c.Expr(yield.value())}, id)}, id);
}

}  // namespace

void NoteEagerStart(Context& c, NodeId call) {
  NoteEager(c, call, c.facts().PossibleCallees(call));
}

bool ContainsAwait(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kAwait)) return true;
  if (auto loop = c.As<ForEach>(id); loop && loop.is_async()) return true;
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
      kind == NodeKind::kLambda)
    return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || ContainsAwait(c, child); });
  return found;
}

void RegisterStarts(Topics& t) {
  t.finish_call = &FinishCall;
  t.finish_stmt = &FinishStatement;
  t.stays_plain = &StaysPlain;
  t.finish_tree = &WithoutTasksOfFutures;
  t.Claim(NodeKind::kYield, Order::kBeforeCards, &TranslateYieldedPromise);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &NoteEagerMap);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &NoteStarter);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &NoteStarter);
}

}  // namespace asyncport::translate::to_py
