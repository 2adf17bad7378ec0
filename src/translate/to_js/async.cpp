// Coroutines are lazy, promises eager. A stored coroutine becomes an arrow called at its await; a task is the call.
// Example: `task = asyncio.create_task(f())` -> `const task = f();`; `step = f()` ... `await step` -> `() => f()`, `await step()`.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/contextvars.h"
#include "translate/to_js/coroutines.h"
#include "translate/to_js/paths.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/turns.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool ReturnsExceptions(Context& c, NodeId id) {
  NodeId value = KeywordArg(c, id, "return_exceptions");
  auto flag = value ? c.As<Bool>(value) : Bool();
  return flag && flag.value();
}

// A sleep that the signal ends.
std::optional<NodeId> TranslateSleep(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "asyncio.sleep") || c.As<Call>(id).args().empty()) return std::nullopt;
  NodeId signal = SignalAt(c, id);
  auto args = c.As<Call>(id).args();
  NodeId value = args.size() > 1 ? args[1] : kNoNode;
  bool is_named = value && c.src().Is(value, NodeKind::kKeyword);
  if (!signal && !is_named) return std::nullopt;
  if (is_named) value = c.As<Keyword>(value).value();
  NodeId result = value ? c.Expr(value) : c.New(make::Undefined{}, {});
  NodeList given{result};
  if (signal) given.push_back(Js(c, "({ signal: $S })", {{"S", signal}}));
  if (signal && c.dst().Is(signal, NodeKind::kName) && c.dst().text(signal) == "signal") given.back() = Js(c, "({ signal })", {});
  auto number = c.As<Number>(args[0]);
  if (number && number.text() == "0") {
    c.SayOnce("yield-to-loop", id);
    NodeId turn = c.Library("node:timers/promises:setImmediate as nextTurn");
    return c.NewCall(turn, std::move(given), id);
  }
  c.SayOnce("timer-units", id);
  given.insert(given.begin(), Milliseconds(c, args[0]));
  return c.NewCall(c.Library("node:timers/promises:setTimeout as sleep"), std::move(given), id);
}

NodeId StartAll(Context& c, NodeId list, NodeId target);

// What gather is given runs as a task of its own: with its own context variables, and an object where tasks are asked for.
NodeId AsGathered(Context& c, NodeId id, NodeId target) {
  bool turn = NeedsOwnTurn(c, id) && !AsksForTasks(c);
  NodeId own = turn ? target : InOwnContext(c, id, target);
  if (!AsksForTasks(c) || !IsCoroutineCall(c, id) || SignalAt(c, id)) return own;
  return c.New(make::New{.callee = Local(c, "Task"), .args = {Arrow(c, {}, own)}}, id);
}

// Elements of comprehensions that gather starts, each as a task.
struct Gathered {
  std::unordered_set<std::uint32_t> calls;
};

std::optional<NodeId> TranslateGather(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "asyncio.gather")) return std::nullopt;
  auto call = c.As<Call>(id);
  NodeList elements;
  for (NodeId arg : call.args()) {
    if (c.src().Is(arg, NodeKind::kKeyword)) continue;
    c.MarkStarted(arg);
    if (auto spread = c.As<Spread>(arg)) {
      c.MarkStarted(spread.value());
      if (auto comprehension = c.As<Comprehension>(spread.value())) c.MarkStarted(comprehension.element());
    }
  }
  NodeId tasks;
  std::size_t count = PositionalCount(c, id);
  std::size_t all = 0;
  for (NodeId arg : call.args()) all += c.src().Is(arg, NodeKind::kKeyword) ? 0 : 1;
  if (all == 1 && count == 0) {
    NodeId spread = call.args()[0];
    if (!c.src().Is(spread, NodeKind::kSpread)) return std::nullopt;
    NodeId value = c.As<Spread>(spread).value();
    if (auto comprehension = c.As<Comprehension>(value)) c.State<Gathered>().calls.insert(comprehension.element().index);
    tasks = c.src().Is(value, NodeKind::kComprehension) ? ArrayOf(c, value) : StartAll(c, value, IterableOf(c, value));
  } else {
    for (NodeId arg : call.args()) {
      if (!c.src().Is(arg, NodeKind::kKeyword)) elements.push_back(AsGathered(c, arg, c.Expr(arg)));
    }
    tasks = c.New(make::List{.elements = std::move(elements)}, {});
  }
  auto kept = [&](NodeId all_tasks) {
    // Kept in a variable and cancelled later: a task of its own.
    if (FormOf(c, id) != TaskForm::kTask) return all_tasks;
    NodeId work = Arrow(c, {c.NewName(SignalParam(c))}, all_tasks);
    return c.New(make::New{.callee = Local(c, "Task"), .args = {work}}, id);
  };
  if (ReturnsExceptions(c, id)) {
    c.SayOnce("gather-exceptions-allsettled", id);
    c.SayOnce("promise-all", id);
    bool array = c.dst().Is(tasks, NodeKind::kList) || (all == 1 && c.src().Is(c.As<Spread>(call.args()[0]).value(), NodeKind::kComprehension)) ||
                 (all == 1 && Only(c, c.As<Spread>(call.args()[0]).value(), kArray));
    if (!array) tasks = Js(c, "[...$T]", {{"T", tasks}});
    return kept(Js(c, "Promise.all($T.map((task) => task.catch((err) => err)))", {{"T", tasks}}, id));
  }
  c.SayOnce("promise-all", id);
  return kept(Js(c, "Promise.all($T)", {{"T", tasks}}, id));
}

// A function in a thread: Node's own forms are asynchronous, and a plain function is simply called.
NodeId InThread(Context& c, NodeId id, NodeId function, std::span<const NodeId> args) {
  c.SayOnce("to-thread-native-async", id);
  std::string name = c.facts().ResolvedName(function);
  auto method = c.As<Attribute>(function);
  NodeList given(args.begin(), args.end());
  NodeId receiver = method && name.starts_with("pathlib.Path#") ? method.object() : kNoNode;
  if (auto call = PathCall(c, name, receiver, given, id, true)) return *call;
  if (name == "time.sleep" && args.size() == 1) {
    return c.NewCall(c.Library("node:timers/promises:setTimeout as sleep"), {Milliseconds(c, args[0])}, id);
  }
  NodeId definition = c.facts().type(c.facts().TypeOf(function)).decl;
  NodeId call;
  // The functions of JavaScript take the items one by one.
  if ((name == "max" || name == "min") && args.size() == 1) {
    const std::string_view code = name == "max" ? "Math.max(...$X)" : "Math.min(...$X)";
    call = Js(c, code, {{"X", c.Expr(args[0])}}, id);
  } else if (c.src().Is(function, NodeKind::kLambda)) {
    call = Apply(c, function, PlainArgs(c, id, args), id);
  } else {
    call = c.NewCall(c.Expr(function), PlainArgs(c, id, args), id);
  }
  bool promise = definition && c.TargetIsAsync(definition);
  if (promise || c.src().Is(c.facts().Parent(id), NodeKind::kAwait)) return call;
  // A value is no promise yet, and an error must not come out of the call.
  return Js(c, "Promise.resolve().then($F)", {{"F", Arrow(c, {}, call)}}, id);
}

// `loop.run_in_executor(None, f, x)`
std::optional<NodeId> TranslateExecutor(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.facts().ResolvedName(call.callee()) != "asyncio.AbstractEventLoop#run_in_executor" || call.args().size() < 2) return std::nullopt;
  return InThread(c, id, call.args()[1], call.args().subspan(2));
}

// `pool = ThreadPoolExecutor()`, `pool.shutdown()`: gone, as pools only say where functions run.
bool TranslateExecutorStatement(Context& c, NodeId id, NodeList&) {
  NodeId value;
  if (auto assign = c.As<Assign>(id)) value = assign.value();
  if (auto statement = c.As<ExprStmt>(id)) value = statement.value();
  auto call = value ? c.As<Call>(value) : Call();
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  bool made = call && c.src().Is(id, NodeKind::kAssign) && IsExecutor(c, value);
  bool shut = method && method.name() == "shutdown" && IsExecutor(c, method.object());
  if (!made && !shut) return false;
  c.Absorb(id);
  return true;
}

std::optional<NodeId> TranslateAsyncio(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "asyncio.current_task") return Js(c, "$T.current()", {{"T", Local(c, "Task")}}, id);
  if (name == "asyncio.all_tasks") return Js(c, "$T.all()", {{"T", Local(c, "Task")}}, id);
  if (!name.starts_with("asyncio.")) return std::nullopt;
  auto args = call.args();
  if (name == "asyncio.shield" && args.size() == 1) {
    c.SayOnce("shield-unneeded", id);
    c.MarkStarted(args[0]);
    NodeId work = c.Expr(args[0]);
    if (!UsesTaskClass(c) || c.src().Is(args[0], NodeKind::kCall)) return work;
    // The plain promise of a task cannot be cancelled; one that is kept can be, alone.
    NodeId promise = Js(c, "Promise.resolve($T)", {{"T", work}}, id);
    if (!c.src().Is(c.facts().Parent(id), NodeKind::kAssign)) return promise;
    NodeId name_of_signal = c.NewName(SignalParam(c));
    NodeId guarded = c.NewCall(Local(c, "abortable"), {promise, c.NewName(SignalParam(c))});
    return c.New(make::New{.callee = Local(c, "Task"), .args = {Arrow(c, {name_of_signal}, guarded)}}, id);
  }
  if (name == "asyncio.as_completed" && !args.empty()) {
    c.SayOnce("as-completed-completion-order", id);
    c.MarkStarted(args[0]);
    return c.NewCall(Local(c, "asCompleted"), {StartAll(c, args[0], ArrayOf(c, args[0]))}, id);
  }
  if (name == "asyncio.to_thread" && !args.empty()) return InThread(c, id, args[0], args.subspan(1));
  return std::nullopt;
}

// A coroutine call that is neither awaited nor started here.
NodeId FinishCall(Context& c, NodeId id, NodeId target) {
  NodeId parent = c.facts().Parent(id);
  if (c.facts().BecomesAwaited(id)) {
    if (c.dst().Is(target, NodeKind::kAwait) || c.src().Is(parent, NodeKind::kAwait)) return target;
    c.SayOnce("sync-to-async-boundary", id);
    return c.New(make::Await{.value = target}, id);
  }
  if (NeedsOwnTurn(c, id) && !IsTaskCall(c, parent) && !AsksForTasks(c)) target = OnOwnTurn(c, target, id);
  if (c.State<Gathered>().calls.contains(id.index)) return AsGathered(c, id, target);
  if (!IsCoroutineCall(c, id) || c.IsStarted(id) || c.src().Is(parent, NodeKind::kAwait)) return target;
  if (c.facts().UseOf(id) == facts::Use::kDropped) {
    c.Refuse(id, "missing-await");
    return target;
  }
  if (IsDeferredSite(c, id)) {
    c.SayOnce("lazy-coroutine-thunk", id);
    NodeList params;
    if (PassesSignal(c, id) && SignalAt(c, id)) params.push_back(c.NewName(SignalParam(c)));
    if (params.empty()) return c.New(make::Defer{.call = target}, id);
    return Arrow(c, std::move(params), target, id);
  }
  return target;
}

std::optional<NodeId> TranslateDeferredRead(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding || c.facts().binding(binding).declaration == id) return std::nullopt;
  // A task among coroutines: a function that gives it.
  if (IsDeferredSite(c, id)) return Arrow(c, {}, c.NewName(c.TargetName(id)));
  if (!IsDeferred(c, binding) || !StartsHere(c, id)) return std::nullopt;
  NodeList args;
  if (NodeId signal = SignalAt(c, id)) args.push_back(signal);
  return c.NewCall(c.NewName(c.TargetName(id)), std::move(args), id);
}

// `coro.close()`: nothing has started, so nothing has to end.
bool TranslateClose(Context& c, NodeId id, NodeList&) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (c.MethodName(value) != "close") return false;
  NodeId object = c.As<Attribute>(c.As<Call>(value).callee()).object();
  if (!c.src().Is(object, NodeKind::kName) || !IsDeferred(c, c.facts().BindingOf(object))) return false;
  c.Absorb(id);
  return true;
}

// The promises of a list of coroutines.
NodeId StartAll(Context& c, NodeId list, NodeId target) {
  if (!c.src().Is(list, NodeKind::kName) || !IsDeferredList(c, c.facts().BindingOf(list))) return target;
  NodeList args;
  if (NodeId signal = SignalAt(c, list)) args.push_back(signal);
  if (NeedsOwnTurn(c, list)) {
    NodeId start = OnOwnTurn(c, c.NewCall(c.NewName("start"), std::move(args)), list);
    return Js(c, "$L.map((start) => $S)", {{"L", target}, {"S", start}});
  }
  return Js(c, "$L.map((start) => start($$$ARGS))", {{"L", target}, {"ARGS", std::move(args)}});
}

// Coroutines that give a task: JavaScript would wait for it as well, so they give an object that holds it.
struct GivenTasks {
  std::unordered_set<std::uint32_t> functions;
  explicit GivenTasks(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto given = c.As<Return>(NodeId{i});
      NodeId function = given ? c.facts().EnclosingFunction(NodeId{i}) : kNoNode;
      auto f = c.As<FunctionDef>(function);
      auto m = c.As<Method>(function);
      if (!((f && f.is_async()) || (m && m.is_async())) || !given.value()) continue;
      if (c.facts().KindOf(given.value()) == facts::TypeKind::kPromise) functions.insert(function.index);
    }
    if (functions.empty()) return;
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId callee = c.src().Is(NodeId{i}, NodeKind::kCall) ? c.facts().CalleeDefinition(NodeId{i}) : kNoNode;
      if (callee && !c.src().Is(c.facts().Parent(NodeId{i}), NodeKind::kAwait)) refused.insert(callee.index);
    }
  }
  std::unordered_set<std::uint32_t> refused;
};

bool TranslateReturnedTask(Context& c, NodeId id, NodeList& out) {
  NodeId function = c.facts().EnclosingFunction(id);
  auto& given = c.State<GivenTasks>();
  if (!given.functions.contains(function.index) || !c.As<Return>(id).value()) return false;
  if (given.refused.contains(function.index)) {
    c.Refuse(id, "untranslated", {{"reason", "a task that a coroutine returns"}});
    return true;
  }
  NodeId task = c.Expr(c.As<Return>(id).value());
  NodeId entry = c.New(make::DictEntry{.key = c.NewString("task"), .value = task}, {});
  out.push_back(c.New(make::Return{.value = c.New(make::Dict{.entries = {entry}}, {})}, id));
  return true;
}

std::optional<NodeId> TranslateAwait(Context& c, NodeId id) {
  NodeId value = c.As<Await>(id).value();
  NodeId target = c.Expr(value);
  if (c.dst().Is(target, NodeKind::kAwait)) return target;
  if (!HandlesAbort(c, value)) target = Interruptible(c, id, target);
  NodeId await = c.New(make::Await{.value = target}, id);
  NodeId callee = c.src().Is(value, NodeKind::kCall) ? c.facts().CalleeDefinition(value) : kNoNode;
  bool holds = callee && c.State<GivenTasks>().functions.contains(callee.index);
  return holds ? c.NewAttribute(await, "task", id) : await;
}

// `asyncio.run` and its relatives inside expressions are in module.cpp.
std::optional<NodeId> Product(Context& c, NodeId seconds) {
  // `size * 0.003` -> `size * 3`
  auto binary = c.As<Binary>(seconds);
  if (!binary || binary.op() != BinaryOp::kMul) return std::nullopt;
  auto number = c.As<Number>(binary.right());
  if (!number) return std::nullopt;
  return c.New(make::Binary{.left = c.Expr(binary.left()), .right = Milliseconds(c, binary.right()), .op = BinaryOp::kMul}, seconds);
}

}  // namespace

NodeId Milliseconds(Context& c, NodeId seconds) {
  if (auto number = c.As<Number>(seconds)) {
    double value = std::stod(std::string(number.text())) * 1000;
    double rounded = static_cast<double>(static_cast<long long>(value * 1000 + 0.5)) / 1000;
    if (rounded == static_cast<double>(static_cast<long long>(rounded))) return c.NewInt(static_cast<long long>(rounded), seconds);
    std::string text = std::to_string(rounded);
    while (text.ends_with('0')) text.pop_back();
    return c.New(make::Number{.text = text, .kind = NumberKind::kFloat}, seconds);
  }
  if (auto product = Product(c, seconds)) return *product;
  return c.New(make::Binary{.left = c.Expr(seconds), .right = c.NewInt(1000), .op = BinaryOp::kMul}, seconds);
}

bool IsExecutor(Context& c, NodeId id) { return LibraryClassOf(c, id) == "concurrent.futures.Executor"; }

bool IsCoroutineCall(Context& c, NodeId id) {
  if (!c.src().Is(id, NodeKind::kCall)) return false;
  NodeId definition = c.facts().CalleeDefinition(id);
  if (!definition || c.src().Is(definition, NodeKind::kClassDef)) return false;
  bool generator = false;
  if (auto f = c.As<FunctionDef>(definition)) generator = f.is_generator() || !f.is_async();
  if (auto m = c.As<Method>(definition)) generator = m.is_generator() || !m.is_async();
  if (generator) return false;
  return c.facts().ColourOf(id) == facts::CallColour::kAsync;
}

bool HandlesAbort(Context& c, NodeId id) {
  if (auto await = c.As<Await>(id)) return HandlesAbort(c, await.value());
  if (c.src().Is(id, NodeKind::kName) && IsDeferred(c, c.facts().BindingOf(id))) return true;
  if (!c.src().Is(id, NodeKind::kCall)) return false;
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  static constexpr std::string_view kOwn[] = {
      "asyncio.sleep", "asyncio.wait_for", "asyncio.wait", "asyncio.Queue#get", "asyncio.Queue#put",
      "asyncio.Queue#join", "asyncio.Lock#acquire", "asyncio.Semaphore#acquire", "asyncio.Event#wait",
      "asyncio.Condition#wait", "asyncio.Condition#wait_for", "asyncio.Condition#acquire", "asyncio.Barrier#wait"};
  if (std::find(std::begin(kOwn), std::end(kOwn), name) != std::end(kOwn)) return true;
  if (name == "asyncio.gather") {
    if (ReturnsExceptions(c, id)) return false;
    for (NodeId arg : call.args()) {
      auto spread = c.As<Spread>(arg);
      auto comprehension = spread ? c.As<Comprehension>(spread.value()) : Comprehension();
      if (!HandlesAbort(c, comprehension ? comprehension.element() : arg)) return false;
    }
    return true;
  }
  return PassesSignal(c, id) || NeverWaits(c, id);
}

bool UsesFutureClass(Context& c) {
  struct Futures {
    bool asked = false;
    explicit Futures(Context& context) {
      bool made = false;
      for (std::uint32_t i = 1; i < context.src().size(); ++i) {
        NodeId id{i};
        if (context.MethodName(id) == "create_future" || context.IsCallTo(id, "asyncio.Future")) made = true;
        static constexpr std::string_view kAsk[] = {"cancel", "cancelled", "done", "result", "exception", "add_done_callback"};
        std::string_view method = context.MethodName(id);
        if (method.empty() || std::find(std::begin(kAsk), std::end(kAsk), method) == std::end(kAsk)) continue;
        std::string name = context.facts().ResolvedName(context.As<Call>(id).callee());
        asked = asked || name.starts_with("asyncio.Future#");
      }
      asked = asked && made;
    }
  };
  return c.State<Futures>().asked;
}

void RegisterAsync(Topics& t) {
  t.finish_call = &FinishCall;
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSleep);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateGather);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateExecutor);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateAsyncio);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateClose);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateExecutorStatement);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateExecutorStatement);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateDeferredRead);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateReturnedTask);
  t.Claim(NodeKind::kAwait, Order::kAfterCards, &TranslateAwait);
}

}  // namespace asyncport::translate::to_js
