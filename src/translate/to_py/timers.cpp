// Timers: setTimeout, setInterval, setImmediate, microtasks, and their handles. A timer that nothing waits for keeps Node
// alive: where that may matter, main() waits for it.
// Example: `this.timer = setTimeout(flush, 50)` -> `self.timer = set_timeout(0.05, flush)`.
#include <string>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/beginnings.h"
#include "translate/to_py/futures.h"
#include "translate/to_py/late_attributes.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/tables.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

NodeId Awaited(Context& c, NodeId target, NodeId origin = {}) {
  return c.New(make::Await{.value = target}, origin);
}

NodeId Loop(Context& c) { return c.NewCall(c.Library("asyncio.get_running_loop"), {}); }

// May calling it give something to await?
bool MayBeAsync(Context& c, NodeId callback) {
  if (SettlerOf(c, callback) || IsSettleParameter(c, callback)) return false;
  facts::Facts::Functions functions = c.facts().FunctionsOf(callback);
  bool is_async = functions.others;
  for (NodeId function : functions.nodes) {
    auto lambda = c.As<Lambda>(function);
    is_async = is_async || c.TargetIsAsync(function) ||
               (lambda && GivesWork(c, lambda.body()));
  }
  return is_async;
}

// `() => work()` gives its coroutine to the helper that calls it, which starts it.
void HandOn(Context& c, NodeId callback) {
  auto lambda = c.As<Lambda>(callback);
  if (lambda && GivesWork(c, lambda.body()))
    c.MarkStarted(lambda.body());
}

// The coroutine that a callback without parameters gives, or a call of the callback.
NodeId CoroutineOf(Context& c, NodeId callback, std::span<const NodeId> args) {
  auto lambda = c.As<Lambda>(callback);
  if (lambda && lambda.params().empty() && !lambda.is_async()) {
    HandOn(c, callback);
    return c.Expr(lambda.body());
  }
  return c.NewCall(c.Expr(callback), c.Exprs(args));
}

// What the file does with its timers.
struct Timers {
  explicit Timers(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      auto call = c.As<Call>(id);
      if (!call || call.args().empty()) continue;
      bool timer = c.IsCallTo(id, "setTimeout") || c.IsCallTo(id, "setInterval");
      if (timer && MayBeAsync(c, call.args()[0])) any_async = true;
    }
  }
  bool any_async = false;
};

// The code that calls back, in the body of a helper.
std::string CallBack(Context& c, std::string_view indent) {
  std::string in(indent);
  if (!c.State<Timers>().any_async) return in + "callback(*args)\n";
  return in + "result = callback(*args)\n" + in + "if asyncio.iscoroutine(result):\n" + in +
         "    task = asyncio.create_task(result)\n" + in + "    background_tasks.add(task)\n" + in +
         "    task.add_done_callback(background_tasks.discard)\n";
}

NodeId SetTimeout(Context& c) {
  BackgroundTasks(c);
  c.marks().insert("background-timers");
  return DefineOnce(c, "set_timeout", R"(
import asyncio

def set_timeout(delay, callback, *args):
    """Call back later; main() waits for it, and cancel() takes it back."""
    loop = asyncio.get_running_loop()
    timer = loop.create_future()

    def fire():
        if timer.done():
            return
        timer.set_result(None)
)" + CallBack(c, "        ") + R"(
    loop.call_later(max(delay, 0.001), fire)
    background_tasks.add(timer)
    timer.add_done_callback(background_tasks.discard)
    return timer
)");
}

NodeId SetImmediate(Context& c) {
  BackgroundTasks(c);
  c.marks().insert("background-timers");
  return DefineOnce(c, "set_immediate", R"(
import asyncio

def set_immediate(callback, *args):
    """Call back in the next turn; main() waits for it, and cancel() takes it back."""
    loop = asyncio.get_running_loop()
    handle = loop.create_future()

    def fire():
        if handle.done():
            return
        handle.set_result(None)
        callback(*args)

    loop.call_soon(fire)
    background_tasks.add(handle)
    handle.add_done_callback(background_tasks.discard)
    return handle
)");
}

NodeId SetInterval(Context& c) {
  BackgroundTasks(c);
  c.marks().insert("background-timers");
  return DefineOnce(c, "set_interval", R"(
import asyncio

def set_interval(delay, callback, *args):
    """Call back again and again until cancel(); main() waits for that."""
    loop = asyncio.get_running_loop()
    timer = loop.create_future()

    def fire():
        if timer.done():
            return
        loop.call_later(max(delay, 0.001), fire)
)" + CallBack(c, "        ") + R"(
    loop.call_later(max(delay, 0.001), fire)
    background_tasks.add(timer)
    timer.add_done_callback(background_tasks.discard)
    return timer
)");
}

// A parameter that is called back: does every caller in the file pass a function that settles a promise?
bool EveryCallSettles(Context& c, facts::BindingId parameter) {
  const facts::Binding& b = c.facts().binding(parameter);
  NodeId param = c.facts().Parent(b.declaration);
  NodeId function = c.facts().EnclosingFunction(b.declaration);
  const CallSites::Calls* calls = function ? c.State<CallSites>().Of(function) : nullptr;
  if (!calls || calls->spread || calls->nodes.empty()) return false;
  std::span<const NodeId> params = FunctionParams(c, function);
  if (auto def = c.As<FunctionDef>(function)) params = def.params();
  if (auto method = c.As<Method>(function)) params = method.params();
  std::size_t position = 0;
  while (position < params.size() && params[position] != param) ++position;
  for (NodeId node : calls->nodes) {
    auto call = c.As<Call>(node);
    if (!call || position >= call.args().size() || !MentionsSettler(c, call.args()[position]))
      return false;
  }
  return true;
}

// The variable that keeps the handle: `const timer = setTimeout(...)`.
facts::BindingId HandleOf(Context& c, NodeId call) {
  auto assign = c.As<Assign>(c.facts().Parent(call));
  if (!assign || assign.targets().size() != 1 || !c.src().Is(assign.targets()[0], NodeKind::kName))
    return {};
  return c.facts().BindingOf(assign.targets()[0]);
}

// Is the handle a constant that the same function (or the functions in it) takes back?
bool IsTakenBackHere(Context& c, NodeId call) {
  facts::BindingId handle = HandleOf(c, call);
  if (!handle || c.facts().binding(handle).writes.size() != 1) return false;
  NodeId home = c.facts().EnclosingFunction(call);
  for (NodeId read : c.facts().binding(handle).reads) {
    auto user = c.As<Call>(c.facts().Parent(read));
    bool clears =
        user && (c.IsCallTo(user.id(), "clearTimeout") || c.IsCallTo(user.id(), "clearInterval"));
    if (clears && c.facts().EnclosingFunction(read) == home) return true;
  }
  return false;
}

// `setTimeout(...).unref()`: nobody waits for it.
bool IsUnreferenced(Context& c, NodeId call) {
  NodeId up = c.facts().Parent(call);
  auto attribute = c.As<Attribute>(up);
  return attribute && attribute.name() == "unref";
}

// A zero-argument coroutine function that sleeps and then does what the callback does.
std::string DelayedFunction(Context& c, NodeId callback, NodeId milliseconds,
                            std::span<const NodeId> extra, bool forever, NodeId origin) {
  NodeId expression = c.As<Lambda>(callback) ? c.As<Lambda>(callback).body() : kNoNode;
  if (auto f = c.As<FunctionExpr>(callback)) {
    auto statements = c.As<ir::Block>(f.body()).statements();
    auto only = statements.size() == 1 ? c.As<ExprStmt>(statements[0]) : ExprStmt();
    if (only) expression = only.value();
  }
  std::string wanted = forever ? "tick" : "later";
  if (expression && c.IsCallTo(expression, "console.log"))
    wanted = forever ? "print_regularly" : "print_later";
  std::string name = c.names().Fresh(wanted);
  NodeId delay = milliseconds ? Seconds(c, milliseconds) : c.NewInt(0);
  NodeList body{c.NewExprStmt(Awaited(c, c.NewCall(c.Library("asyncio.sleep"), {delay})))};
  auto f = c.As<FunctionExpr>(callback);
  auto lambda = c.As<Lambda>(callback);
  bool inline_body = (f || lambda) && FunctionParams(c, callback).empty() && extra.empty();
  if (inline_body && f && !f.is_generator()) {
    NodeList own = c.Stmts(c.As<ir::Block>(f.body()).statements());
    body.insert(body.end(), own.begin(), own.end());
  } else if (inline_body && lambda) {
    Context::Hoisted value = c.ExprWithHoists(lambda.body());
    body.insert(body.end(), value.before.begin(), value.before.end());
    NodeId result = value.value;
    if (GivesWork(c, lambda.body())) result = Awaited(c, result);
    body.push_back(c.NewExprStmt(result, lambda.body()));
  } else {
    NodeId function = c.Expr(callback);
    NodeId call = c.NewCall(function, c.Exprs(extra));
    const facts::Type& type = c.facts().type(c.facts().TypeOf(callback));
    if (type.kind == TypeKind::kFunction && type.decl && c.TargetIsAsync(type.decl))
      call = Awaited(c, call);
    body.push_back(c.NewExprStmt(call, callback));
  }
  if (forever) {
    NodeId loop = c.New(make::While{.test = c.New(make::Bool{.value = true}, {}),
                                    .body = c.NewBlock(std::move(body))},
                        {});
    body = {loop};
  }
  if (inline_body) DeclareOuter(c, callback, body);
  NodeId def = c.New(
      make::FunctionDef{
          .name = c.NewName(name), .body = c.NewBlock(std::move(body)), .is_async = true},
      origin);
  c.HoistDefinition(def);
  return name;
}

bool HasOwnReturn(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kReturn) return true;
  if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
      kind == NodeKind::kFunctionDef)
    return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasOwnReturn(c, child); });
  return found;
}

// Does calling the callback settle a promise that somebody holds: itself, or by calling a callback that does?
bool Settles(Context& c, NodeId callback) {
  if (MentionsSettler(c, callback)) return true;
  bool found = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    if (found) return;
    auto name = c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
    if (name && c.facts().binding(name).kind == facts::BindingKind::kParam)
      found = found || EveryCallSettles(c, name);
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, callback);
  return found;
}

// The interval as a loop of its own reads best; it wants a callback that is written there, a handle that is a constant,
// and somebody who waits.
bool ReadsAsLoop(Context& c, NodeId call_id) {
  auto call = c.As<Call>(call_id);
  auto function = c.As<FunctionExpr>(call.args()[0]);
  if (!function && !c.src().Is(call.args()[0], NodeKind::kLambda)) return false;
  if (function && HasOwnReturn(c, function.body())) return false;
  facts::BindingId handle = HandleOf(c, call_id);
  bool settles =
      MentionsSettler(c, call.args()[0]) && handle && c.facts().binding(handle).writes.size() == 1;
  return (settles && !MayBeAsync(c, call.args()[0])) || IsTakenBackHere(c, call_id);
}

std::optional<NodeId> TranslateTimeout(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  bool waited = Settles(c, call.args()[0]) || IsTakenBackHere(c, id) || IsUnreferenced(c, id);
  if (waited && MayBeAsync(c, call.args()[0]) && !c.src().Is(call.args()[0], NodeKind::kName))
    waited = false;
  NodeId delay = call.args().size() > 1 ? Seconds(c, call.args()[1]) : c.NewInt(0);
  if (!waited) HandOn(c, call.args()[0]);
  NodeList args{delay, c.Expr(call.args()[0])};
  for (std::size_t i = 2; i < call.args().size(); ++i) args.push_back(c.Expr(call.args()[i]));
  if (!waited) return MarkFuture(c, c.NewCall(SetTimeout(c), std::move(args), id));
  // `call_later(s, future.set_result)` needs the value that resolve() leaves out.
  const Settler* settler = SettlerOf(c, call.args()[0]);
  if (settler && settler->guarded) {
    args[1] = c.Expr(call.args()[0]);
  } else if (settler && call.args().size() <= 2) {
    args.push_back(c.New(make::Null{}, {}));
  }
  if (!Settles(c, call.args()[0])) c.SayOnce("timer-callback", id);
  return c.NewCall(c.NewAttribute(Loop(c), "call_later"), std::move(args), id);
}

// `for await (const _ of setInterval(ms, value))` of node:timers/promises.
std::optional<NodeId> TranslateTicks(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.facts().ResolvedName(call.callee()) != "node:timers/promises.setInterval" ||
      call.args().empty() || call.args().size() > 2)
    return std::nullopt;
  c.SayOnce("interval-loop", id);
  NodeList args{Seconds(c, call.args()[0])};
  if (call.args().size() == 2) args.push_back(c.Expr(call.args()[1]));
  NodeId function = DefineOnce(c, "ticks", R"(
import asyncio

async def ticks(delay, value=None):
    """Yield the value again and again, each time after a delay."""
    while True:
        await asyncio.sleep(delay)
        yield value
)");
  return c.NewCall(function, std::move(args), id);
}

// Null or undefined may be cleared too.
NodeId Cancel(Context& c, NodeId handle, NodeId origin) {
  return c.NewCall(c.NewAttribute(c.Expr(handle), "cancel"), {}, origin);
}
bool MayBeAbsent(Context& c, NodeId handle) {
  if (c.src().Is(handle, NodeKind::kOptionalChain) || IsLateAttribute(c, handle)) return true;
  return c.facts().KindOf(handle) != TypeKind::kUnknown &&
         c.facts().May(handle, {TypeKind::kNull, TypeKind::kUndefined});
}

bool IsClear(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || call.args().size() != 1) return false;
  return c.IsCallTo(id, "clearTimeout") || c.IsCallTo(id, "clearInterval") ||
         c.IsCallTo(id, "clearImmediate");
}

std::optional<NodeId> TranslateTimer(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "setTimeout" && !call.args().empty()) return TranslateTimeout(c, id);
  if (name == "setInterval" && !call.args().empty()) {
    c.SayOnce("interval-loop", id);
    NodeId delay = call.args().size() > 1 ? call.args()[1] : kNoNode;
    if (delay && ReadsAsLoop(c, id)) {
      std::string tick =
          DelayedFunction(c, call.args()[0], delay, call.args().subspan(2), true, id);
      return c.NewCall(c.Library("asyncio.create_task"), {c.NewCall(c.NewName(tick), {})}, id);
    }
    HandOn(c, call.args()[0]);
    NodeList args{delay ? Seconds(c, delay) : c.NewInt(0), c.Expr(call.args()[0])};
    for (std::size_t i = 2; i < call.args().size(); ++i) args.push_back(c.Expr(call.args()[i]));
    return MarkFuture(c, c.NewCall(SetInterval(c), std::move(args), id));
  }
  if (IsClear(c, id)) {
    if (!MayBeAbsent(c, call.args()[0]) || !c.IsPure(call.args()[0]))
      return Cancel(c, call.args()[0], id);
    NodeId handle = c.Expr(call.args()[0]);
    return c.New(
        make::Logical{
            .left = handle, .right = Cancel(c, call.args()[0], {}), .op = LogicalOp::kAnd},
        id);
  }
  if ((name == "queueMicrotask" || name == "process.nextTick" || name == "setImmediate") &&
      !call.args().empty()) {
    if (name != "setImmediate") c.SayOnce("microtask-call-soon", id);
    NodeId callback = call.args()[0];
    if (MayBeAsync(c, callback) && c.facts().KindOf(callback) == TypeKind::kFunction) {
      // A coroutine function: its task starts on the next turn.
      c.Library("asyncio.create_task");
      NodeId coroutine = CoroutineOf(c, callback, call.args().subspan(1));
      return c.NewCall(c.Library("asyncio.create_task"), {coroutine}, id);
    }
    NodeList args = c.Exprs(call.args());
    const Settler* settler = SettlerOf(c, callback);
    if (settler && args.size() == 1 && !settler->guarded && settler->is_result) {
      args = {c.NewAttribute(c.NewName(settler->future), "set_result"), c.New(make::Null{}, {})};
    }
    // Node stays for an immediate; in main() itself there is a turn left for it.
    const bool kept = name == "setImmediate" && c.facts().EnclosingFunction(id) &&
                      !c.is_fragment() && !Settles(c, callback);
    if (kept) return MarkFuture(c, c.NewCall(SetImmediate(c), std::move(args), id));
    return c.NewCall(c.NewAttribute(Loop(c), "call_soon"), std::move(args), id);
  }
  return std::nullopt;
}

bool TranslateTimerStatement(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (IsClear(c, value)) {
    NodeId handle = c.As<Call>(value).args()[0];
    if (!MayBeAbsent(c, handle)) return false;
    NodeId target = c.Expr(handle);
    if (!c.IsPure(handle)) {
      std::string name = FreshIn(c, id, "timer");
      out.push_back(c.NewAssign(c.NewName(name), target));
      target = c.NewName(name);
    }
    NodeId cancel = c.NewCall(c.NewAttribute(target, "cancel"), {}, value);
    NodeId test = c.New(
        make::Binary{.left = target, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, {});
    out.push_back(
        c.New(make::If{.test = test, .body = c.NewBlock({c.NewExprStmt(cancel)})}, id));
    return true;
  }
  auto attribute = c.As<Call>(value) ? c.As<Attribute>(c.As<Call>(value).callee()) : Attribute();
  if (auto chain = c.As<OptionalChain>(value)) {
    auto inner = c.As<Call>(chain.value());
    attribute = inner ? c.As<Attribute>(inner.callee()) : Attribute();
  }
  if (attribute && attribute.name() == "unref") {
    const facts::Type& type = c.facts().type(c.facts().TypeOf(attribute.object()));
    if (type.kind != TypeKind::kInstance || (type.name != "Timeout" && type.name != "Immediate"))
      return false;
    if (c.src().Is(attribute.object(), NodeKind::kCall)) {
      out.push_back(c.NewExprStmt(c.Expr(attribute.object()), id));
      return true;
    }
    NodeId discard = c.NewAttribute(BackgroundTasks(c), "discard");
    out.push_back(c.NewExprStmt(c.NewCall(discard, {c.Expr(attribute.object())}), id));
    return true;
  }
  if (c.IsCallTo(value, "setTimeout") && !c.As<Call>(value).args().empty()) {
    auto call = c.As<Call>(value);
    NodeId callback = call.args()[0];
    // Written here, in a place that may await: a coroutine that sleeps first.
    auto function = c.As<FunctionExpr>(callback);
    bool written =
        (function && !HasOwnReturn(c, function.body())) || c.src().Is(callback, NodeKind::kLambda);
    bool in_loop = static_cast<bool>(c.facts().EnclosingLoop(id));
    if (!written || in_loop || Settles(c, callback) || !c.MayAwait(id)) return false;
    // Nothing else of the program waits for it then.
    if (!c.facts().EnclosingFunction(id)) c.SayOnce("timer-callback", id);
    NodeId delay = call.args().size() > 1 ? call.args()[1] : kNoNode;
    auto extra = call.args().size() > 2 ? call.args().subspan(2) : std::span<const NodeId>();
    std::string name = DelayedFunction(c, callback, delay, extra, false, id);
    StartInBackground(c, c.NewCall(c.NewName(name), {}), id, out);
    return true;
  }
  if ((c.IsCallTo(value, "queueMicrotask") || c.IsCallTo(value, "process.nextTick") ||
       c.IsCallTo(value, "setImmediate")) &&
      !c.As<Call>(value).args().empty()) {
    NodeId callback = c.As<Call>(value).args()[0];
    if (!MayBeAsync(c, callback) || c.facts().KindOf(callback) != TypeKind::kFunction) return false;
    c.SayOnce("microtask-call-soon", id);
    StartInBackground(c, CoroutineOf(c, callback, c.As<Call>(value).args().subspan(1)), id, out);
    return true;
  }
  return false;
}

}  // namespace

void RegisterTimers(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTimer);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTicks);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateTimerStatement);
}

}  // namespace asyncport::translate::to_py
