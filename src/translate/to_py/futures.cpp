// Promises made by hand become futures: `resolve(x)` sets the result, `reject(e)` the exception. What JavaScript
// ignores, a second settling, is guarded against where it may happen.
// Example: `new Promise((resolve) => bus.once("go", resolve))` -> `future = asyncio.get_running_loop().create_future()`.
#include "translate/to_py/futures.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/adoption.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/turns.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

struct Settlers {
  std::unordered_map<std::uint32_t, Settler> by_binding;
};

bool IsFunction(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  return kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod;
}

facts::BindingId ParamBinding(Context& c, NodeId function, std::size_t index) {
  auto params = FunctionParams(c, function);
  if (index >= params.size()) return {};
  NodeId target = c.As<Param>(params[index]).target();
  return c.src().Is(target, NodeKind::kName) ? c.facts().BindingOf(target) : facts::BindingId{};
}

// Is the statement that holds the node followed by nothing of its function: does a return stand behind it?
bool LeavesAfter(Context& c, NodeId id, NodeId function) {
  for (NodeId up = id; up && up != function; up = c.facts().Parent(up)) {
    if (c.src().Is(up, NodeKind::kReturn)) return true;
    auto block = c.As<ir::Block>(c.facts().Parent(up));
    if (!block) continue;
    auto statements = block.statements();
    auto at = std::find(statements.begin(), statements.end(), up);
    if (at != statements.end() && at + 1 != statements.end() &&
        c.src().Is(*(at + 1), NodeKind::kReturn))
      return true;
  }
  return false;
}

// Do the two stand in different arms of one `if` or `?:`?
bool InOtherArms(Context& c, NodeId a, NodeId b) {
  for (NodeId up = a; up; up = c.facts().Parent(up)) {
    NodeId parent = c.facts().Parent(up);
    NodeId other;
    if (auto choice = c.As<If>(parent))
      other = up == choice.body() ? choice.else_body() : choice.body();
    if (auto choice = c.As<Conditional>(parent)) {
      if (up == choice.test()) continue;
      other = up == choice.then_value() ? choice.else_value() : choice.then_value();
    }
    if (other && c.src().span(other).contains(c.src().span(b))) return true;
  }
  return false;
}

// A callback that ends what calls it: `clearInterval(timer)`, `bus.off("x", handle)`.
bool TakesItselfBack(Context& c, NodeId id) {
  std::string_view method = c.MethodName(id);
  if (c.IsCallTo(id, "clearInterval") || method == "off" || method == "removeListener" ||
      method == "removeEventListener")
    return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || TakesItselfBack(c, child); });
  return found;
}

// May the function around the node be called more than once by those it is handed to?
bool MayRepeat(Context& c, NodeId node, NodeId executor) {
  for (NodeId up = node; up && up != executor; up = c.facts().Parent(up)) {
    if (c.facts().EnclosingLoop(up) &&
        c.facts().EnclosingFunction(up) != c.facts().EnclosingFunction(executor)) {
      NodeId loop = c.facts().EnclosingLoop(up);
      if (c.src().span(executor).contains(c.src().span(loop)) && !LeavesAfter(c, node, executor))
        return true;
    }
    if (!IsFunction(c, up) && up != node) continue;
    auto call = c.As<Call>(c.facts().Parent(up));
    if (!call || call.callee() == up) continue;
    std::string_view method = c.MethodName(call.id());
    if (TakesItselfBack(c, up)) continue;
    if (method == "on" || method == "addListener" || method == "forEach" || method == "map" ||
        c.IsCallTo(call.id(), "setInterval")) {
      return true;
    }
    auto event = call.args().empty() ? String() : c.As<String>(call.args()[0]);
    bool aborts = event && event.value() == "abort";
    if (method == "addEventListener" && call.args().size() < 3 && !aborts) return true;
  }
  return false;
}

// A chain calls one of the two functions it is given: `.then(resolve, reject)`.
bool OneOfThen(Context& c, NodeId a, NodeId b) {
  auto call = c.As<Call>(c.facts().Parent(a));
  return call && c.facts().Parent(b) == call.id() && c.MethodName(call.id()) == "then";
}

bool MaySettleTwice(Context& c, NodeId executor, const NodeList& sites) {
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (MayRepeat(c, sites[i], executor)) return true;
    for (std::size_t j = i + 1; j < sites.size(); ++j) {
      if (InOtherArms(c, sites[i], sites[j]) || OneOfThen(c, sites[i], sites[j])) continue;
      NodeId function = c.facts().EnclosingFunction(sites[i]);
      if (function == c.facts().EnclosingFunction(sites[j]) && LeavesAfter(c, sites[i], function))
        continue;
      // Settled in the executor itself, which returns then: nothing else of it runs.
      if (function == executor && LeavesAfter(c, sites[i], executor)) continue;
      return true;
    }
  }
  return false;
}

bool HasOwnReturn(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kReturn)) return true;
  if (IsFunction(c, id)) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasOwnReturn(c, child); });
  return found;
}

// Does a function inside the executor use one of its settle functions or its other names?
bool InnerFunctionUses(Context& c, NodeId executor, const NodeList& sites) {
  return std::any_of(sites.begin(), sites.end(),
                     [&](NodeId site) { return c.facts().EnclosingFunction(site) != executor; });
}

// Is it settled in a callback that a function of the program calls, as often as it likes?
bool AnyHandedOut(Context& c, NodeId executor, const NodeList& sites) {
  return std::any_of(sites.begin(), sites.end(), [&](NodeId site) {
    NodeId function = c.facts().EnclosingFunction(site);
    auto call = function == executor ? Call() : c.As<Call>(c.facts().Parent(function));
    return call && c.src().Is(call.callee(), NodeKind::kName) && c.facts().CalleeDefinition(call.id());
  });
}

NodeId SettleHelper(Context& c, bool is_result) {
  if (is_result) {
    return DefineOnce(c, "settle", R"(
def settle(future, value=None):
    """Set the result of a future, unless it is settled already."""
    if not future.done():
        future.set_result(value)
)");
  }
  return DefineOnce(c, "fail", R"(
def fail(future, error):
    """Set the exception of a future, unless it is settled already."""
    if not future.done():
        future.set_exception(error)
)");
}

// What `resolve` or `reject` is given.
NodeId SettleValue(Context& c, const Settler& settler, NodeId value) {
  return settler.is_result ? c.Expr(value) : ErrorValue(c, value);
}

std::optional<NodeId> TranslateSettle(Context& c, NodeId id) {
  const Settler* settler = SettlerOf(c, id);
  if (!settler) return std::nullopt;
  NodeId future = c.NewName(settler->future);
  if (settler->is_result && SettlesWithPromises(c)) {
    return c.NewCall(c.Library("functools:partial"), {SettleAsItTurnsOut(c), future}, id);
  }
  if (settler->guarded) {
    NodeId helper = SettleHelper(c, settler->is_result);
    return c.NewCall(c.Library("functools:partial"), {helper, future}, id);
  }
  NodeId settle = c.NewAttribute(future, settler->is_result ? "set_result" : "set_exception", id);
  auto call = c.As<Call>(c.facts().Parent(id));
  if (call && c.IsCallTo(call.id(), "setTimeout")) return settle;
  if (!settler->is_result) return settle;
  // Handed on, it may be called without a value, which Python's set_result wants.
  NodeId value = c.NewName("value");
  NodeList params{
      c.New(make::Param{.target = value, .default_value = c.New(make::Null{}, {})}, {})};
  if (settler->in_loop) {
    params.push_back(c.New(make::Param{.target = c.NewName(settler->future),
                                       .default_value = c.NewName(settler->future)},
                           {}));
  }
  return c.New(make::Lambda{.params = std::move(params), .body = c.NewCall(settle, {value})}, id);
}

// `resolve(work())` waits for the work and takes its outcome.
NodeId Adopt(Context& c, NodeId future, NodeId awaitable, NodeId origin) {
  BackgroundTasks(c);
  c.SayOnce("future-adopts-nothing", origin);
  NodeId function = DefineOnce(c, "adopt", R"(
async def adopt(future, awaitable):
    """Settle a future as something awaitable turns out."""
    try:
        value = await awaitable
    except Exception as err:
        if not future.done():
            future.set_exception(err)
    else:
        if not future.done():
            future.set_result(value)
)");
  return c.NewCall(function, {future, awaitable}, origin);
}

// `resolve()` has a value in Python.
std::optional<NodeId> TranslateSettleCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  const Settler* settler = SettlerOf(c, call.callee());
  if (!settler) return std::nullopt;
  if (settler->is_result && LetsInAtOnce(c, id)) {
    c.SayOnce("await-may-not-yield", id);
    NodeId soon = c.NewAttribute(c.NewCall(c.Library("asyncio.get_running_loop"), {}), "call_soon");
    NodeId future = c.NewName(settler->future);
    NodeId value = call.args().empty() ? c.New(make::Null{}, {}) : SettleValue(c, *settler, call.args()[0]);
    if (settler->guarded) return c.NewCall(soon, {SettleHelper(c, true), future, value}, id);
    return c.NewCall(soon, {c.NewAttribute(future, "set_result"), value}, id);
  }
  if (settler->is_result && call.args().size() == 1 && MayBePromise(c, call.args()[0])) {
    c.MarkStarted(call.args()[0]);
    return c.NewCall(SettleAsItTurnsOut(c), {c.NewName(settler->future), c.Expr(call.args()[0])}, id);
  }
  return Settle(c, *settler,
                call.args().empty() ? kNoNode : SettleValue(c, *settler, call.args()[0]), id);
}

// `resolve(promise)` as a statement.
bool TranslateAdoption(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id) ? c.As<ExprStmt>(id).value() : c.As<Return>(id).value();
  auto call = c.As<Call>(value);
  if (!call || call.args().size() != 1) return false;
  const Settler* settler = SettlerOf(c, call.callee());
  if (!settler || !settler->is_result) return false;
  NodeId given = call.args()[0];
  bool promise = c.facts().ColourOf(given) == CallColour::kAsync ||
                 c.facts().Only(given, {TypeKind::kPromise});
  if (!promise) return false;
  c.MarkStarted(given);
  NodeId target = c.Expr(given);
  StartInBackground(c, Adopt(c, c.NewName(settler->future), target, given), id, out);
  if (c.As<Return>(id)) out.push_back(c.New(make::Return{}, {}));
  return true;
}

// Races cancel what has lost: a future that an asynchronous function settles may be cancelled by then.
struct Races {
  explicit Races(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !any; ++i)
      any = c.IsCallTo(NodeId{i}, "Promise.race") || c.IsCallTo(NodeId{i}, "Promise.any");
  }
  bool any = false;
};

bool MayBeCancelled(Context& c, const NodeList& sites) {
  if (!c.State<Races>().any) return false;
  return std::any_of(sites.begin(), sites.end(), [&](NodeId site) {
    NodeId function = c.facts().EnclosingFunction(site);
    return function && c.TargetIsAsync(function);
  });
}

// A call that the executor ends by returning is a statement like any other: nobody looks at its value.
bool LeavesEarly(Context& c, FunctionExpr executor) {
  const auto statements = c.As<ir::Block>(executor.body()).statements();
  for (NodeId statement : statements) {
    auto last = c.As<Return>(statement);
    const bool ends = last && statement == statements.back() && c.As<Call>(last.value());
    if (!ends && HasOwnReturn(c, statement)) return true;
  }
  return false;
}

// `new Promise(executor)`: the future and what the executor does, in place; or in a function of its own where it
// returns early, or where every round of a loop needs a future of its own for the callbacks.
std::optional<NodeId> TranslatePromise(Context& c, NodeId id) {
  NodeId executor = ExecutorOf(c, id);
  if (!executor) return std::nullopt;
  NodeList sites;
  for (std::size_t i = 0; i < 2; ++i) {
    facts::BindingId binding = ParamBinding(c, executor, i);
    if (!binding) continue;
    const auto& reads = c.facts().binding(binding).reads;
    sites.insert(sites.end(), reads.begin(), reads.end());
  }
  std::sort(sites.begin(), sites.end());
  bool in_loop = static_cast<bool>(c.facts().EnclosingLoop(id));
  auto function = c.As<FunctionExpr>(executor);
  bool returns = function && LeavesEarly(c, function);
  bool own_function = returns || (in_loop && InnerFunctionUses(c, executor, sites));
  bool twice = MaySettleTwice(c, executor, sites) || MayBeCancelled(c, sites);
  std::string future = FreshIn(c, id, "future");
  for (std::size_t i = 0; i < 2; ++i) {
    if (facts::BindingId binding = ParamBinding(c, executor, i)) {
      c.State<Settlers>().by_binding[binding.index] = {.future = future,
                                                       .is_result = i == 0,
                                                       .guarded = twice,
                                                       .in_loop = in_loop && !own_function};
    }
  }
  c.SayOnce("callback-future", id);
  // Settled with a look at `done()` where it may happen twice; another function's callback may surprise.
  if (!twice && AnyHandedOut(c, executor, sites)) c.SayOnce("future-settles-once", id);
  NodeId loop = c.NewCall(c.Library("asyncio.get_running_loop"), {});
  NodeId create = c.NewCall(c.NewAttribute(loop, "create_future"), {});
  NodeId make_future = c.NewAssign(c.NewName(future), create, id);
  if (!own_function) {
    MakeUniqueAround(c, executor);
    if (!c.HoistEffect(make_future, id)) return c.New(make::Null{}, id);
    NodeList body;
    if (function) {
      body = c.Stmts(c.As<ir::Block>(function.body()).statements());
    } else {
      Context::Hoisted value = c.ExprWithHoists(c.As<Lambda>(executor).body());
      body = value.before;
      if (!c.dst().Is(value.value, NodeKind::kName))
        body.push_back(c.NewExprStmt(value.value, executor));
    }
    for (NodeId s : body) c.HoistEffect(s, id);
    return c.NewName(future, id);
  }
  std::string name = c.names().Fresh("start");
  NodeList body;
  NodeList params;
  BindLoopVariables(c, executor, params);
  NodeId result;
  if (returns) {
    // The executor stays a function, which may return wherever it likes; the future is made around it.
    if (!c.HoistEffect(make_future, id)) return c.New(make::Null{}, id);
    result = c.NewName(future, id);
    if (in_loop) {
      params.push_back(
          c.New(make::Param{.target = c.NewName(future), .default_value = c.NewName(future)}, {}));
    }
  } else {
    body.push_back(make_future);
    result = MarkFuture(c, c.NewCall(c.NewName(name), {}, id));
  }
  if (function) {
    NodeList own = c.Stmts(InDefinitionOrder(c, c.As<ir::Block>(function.body()).statements()));
    body.insert(body.end(), own.begin(), own.end());
  } else {
    Context::Hoisted value = c.ExprWithHoists(c.As<Lambda>(executor).body());
    body.insert(body.end(), value.before.begin(), value.before.end());
    body.push_back(c.NewExprStmt(value.value, executor));
  }
  if (!returns) body.push_back(c.New(make::Return{.value = c.NewName(future)}, {}));
  DeclareOuter(c, executor, body);
  c.HoistDefinition(c.New(make::FunctionDef{.name = c.NewName(name),
                                            .params = std::move(params),
                                            .body = c.NewBlock(std::move(body))},
                          {}));
  if (returns && !c.HoistEffect(c.NewExprStmt(c.NewCall(c.NewName(name), {})), id))
    return c.New(make::Null{}, id);
  return result;
}

// `const { promise, resolve, reject } = Promise.withResolvers()`.
bool TranslateWithResolvers(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() ||
      !c.IsCallTo(assign.value(), "Promise.withResolvers"))
    return false;
  auto pattern = c.As<ObjectPattern>(assign.targets()[0]);
  if (!pattern || pattern.rest()) return false;
  std::string future;
  NodeList sites;
  for (NodeId property : pattern.properties()) {
    auto one = c.As<PropertyPattern>(property);
    auto key = c.As<String>(one.key());
    if (!key || !c.src().Is(one.target(), NodeKind::kName)) return false;
    facts::BindingId binding = c.facts().BindingOf(one.target());
    if (key.value() == "promise")
      future = c.names().Of(binding);
    else
      sites.insert(sites.end(), c.facts().binding(binding).reads.begin(),
                   c.facts().binding(binding).reads.end());
  }
  if (future.empty()) future = FreshIn(c, id, "future");
  bool twice = sites.size() > 1;
  for (NodeId property : pattern.properties()) {
    auto one = c.As<PropertyPattern>(property);
    std::string_view key = c.As<String>(one.key()).value();
    if (key == "promise") continue;
    facts::BindingId binding = c.facts().BindingOf(one.target());
    c.State<Settlers>().by_binding[binding.index] = {
        .future = future,
        .is_result = key == "resolve",
        .guarded = twice,
        .in_loop = static_cast<bool>(c.facts().EnclosingLoop(id))};
    c.Drop(binding);
  }
  c.SayOnce("deferred-future", id);
  NodeId loop = c.NewCall(c.Library("asyncio.get_running_loop"), {});
  out.push_back(
      c.NewAssign(c.NewName(future), c.NewCall(c.NewAttribute(loop, "create_future"), {}), id));
  return true;
}

}  // namespace

const Settler* SettlerOf(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return nullptr;
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding) return nullptr;
  const auto& known = c.State<Settlers>().by_binding;
  auto it = known.find(binding.index);
  return it == known.end() ? nullptr : &it->second;
}

NodeId ExecutorOf(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  if (!made || made.args().size() != 1 || c.facts().ResolvedName(made.callee()) != "Promise")
    return kNoNode;
  NodeKind kind = c.src().kind(made.args()[0]);
  return kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ? made.args()[0] : kNoNode;
}

NodeId Settle(Context& c, const Settler& settler, NodeId value, NodeId origin) {
  NodeId future = c.NewName(settler.future);
  if (settler.guarded) {
    NodeList args{future};
    if (value) args.push_back(value);
    if (!value && !settler.is_result) args.push_back(c.NewCall(c.NewName("RuntimeError"), {}));
    return c.NewCall(SettleHelper(c, settler.is_result), std::move(args), origin);
  }
  if (!value)
    value = settler.is_result ? c.New(make::Null{}, {}) : c.NewCall(c.NewName("RuntimeError"), {});
  return c.NewCall(c.NewAttribute(future, settler.is_result ? "set_result" : "set_exception"),
                   {value}, origin);
}

bool IsSettleParameter(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return false;
  if (SettlerOf(c, name)) return true;
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kParam) return false;
  NodeId function = c.facts().EnclosingFunction(c.facts().binding(binding).declaration);
  return function && ExecutorOf(c, c.facts().Parent(function)) == function;
}

bool MentionsSettler(Context& c, NodeId id) {
  if (IsSettleParameter(c, id)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || MentionsSettler(c, child); });
  return found;
}

void MakeUniqueAround(Context& c, NodeId function) {
  NodeId outer = c.facts().EnclosingFunction(function);
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    facts::BindingId id{i};
    const facts::Binding& mine = c.facts().binding(id);
    if (!mine.declaration || c.facts().EnclosingFunction(mine.declaration) != function) continue;
    for (std::uint32_t j = 1; j <= c.facts().binding_count(); ++j) {
      facts::BindingId other{j};
      const facts::Binding& theirs = c.facts().binding(other);
      if (i == j || !theirs.declaration || c.names().Of(other) != c.names().Of(id)) continue;
      NodeId home = c.facts().EnclosingFunction(theirs.declaration);
      bool visible = home == outer;
      for (NodeId up = outer; up && !visible; up = c.facts().EnclosingFunction(up))
        visible = up == home;
      if (!visible && home) continue;
      c.names().Rename(id, c.names().Of(id));
      break;
    }
  }
}

void RegisterFutures(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSettleCall);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslatePromise);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateSettle);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateAdoption);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateAdoption);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateWithResolvers);
}

}  // namespace asyncport::translate::to_py
