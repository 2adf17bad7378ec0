// Coroutines are lazy, promises eager. A stored coroutine becomes an arrow called at its await; a task is the call.
// Example: `task = asyncio.create_task(f())` -> `const task = f();`; `step = f()` ... `await step` -> `() => f()`, `await step()`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsTaskCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || call.args().empty()) return false;
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "asyncio.create_task" || name == "asyncio.ensure_future") return true;
  return c.MethodName(id) == "create_task" && name != "";
}

bool IsGroup(Context& c, NodeId id) { return LibraryClassOf(c, id) == "asyncio.TaskGroup"; }

// Does anything happen between the statement and the next await that the task's first lines could overtake?
bool CallerGoesOnFirst(Context& c, NodeId id) {
  NodeId statement = c.facts().EnclosingStatement(id);
  NodeId block = c.facts().Parent(statement);
  if (!c.src().Is(block, NodeKind::kBlock)) return true;
  bool after = false;
  for (NodeId s : c.As<ir::Block>(block).statements()) {
    if (s == statement) {
      after = true;
      continue;
    }
    if (!after) continue;
    auto has = [&](auto&& self, NodeId n, bool& effect) -> bool {  // true: an await comes first
      NodeKind kind = c.src().kind(n);
      if (kind == NodeKind::kAwait) return true;
      if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda) return false;
      bool awaited = false;
      c.src().ForEachChild(n, [&](NodeId child) { awaited = awaited || (!effect && self(self, child, effect)); });
      if (!awaited && kind == NodeKind::kCall && !IsTaskCall(c, n)) {
        NodeId parent = c.facts().Parent(n);
        bool handed = c.src().Is(parent, NodeKind::kAwait) || IsTaskCall(c, parent);
        if (!handed && !IsCoroutineCall(c, n)) effect = true;
      }
      return awaited;
    };
    bool effect = false;
    // An await whose own operand is a call starts that call first: in Python, too, before the task.
    if (has(has, s, effect)) return effect;
    if (effect) return true;
    NodeKind kind = c.src().kind(s);
    if (kind == NodeKind::kForEach || kind == NodeKind::kWhile || kind == NodeKind::kIf || kind == NodeKind::kWith || kind == NodeKind::kTry) return false;
  }
  return false;
}

bool IsDirectTask(Context& c, NodeId coroutine) {
  NodeId definition = c.facts().CalleeDefinition(coroutine);
  return !definition || c.facts().HasEagerPrefix(definition);
}

NodeId StartOf(Context& c, NodeId coroutine, NodeId id) {
  c.MarkStarted(coroutine);
  NodeId call = c.Expr(coroutine);
  if (c.src().Is(coroutine, NodeKind::kCall) && IsDirectTask(c, coroutine) && CallerGoesOnFirst(c, id)) {
    // The task's first lines run at the caller's next await.
    auto made = ir::As<Call>(c.dst(), call);
    if (made && made.args().empty()) return Js(c, "Promise.resolve().then($F)", {{"F", c.dst().Is(made.callee(), NodeKind::kName) ? made.callee() : Arrow(c, {}, call)}}, id);
    return Js(c, "Promise.resolve().then($F)", {{"F", Arrow(c, {}, call)}}, id);
  }
  return c.New(make::Spawn{.call = call}, id);
}

std::optional<NodeId> TranslateCreateTask(Context& c, NodeId id) {
  if (!IsTaskCall(c, id)) return std::nullopt;
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  NodeId coroutine = call.args()[0];
  if (method && IsGroup(c, method.object())) {
    c.MarkStarted(coroutine);
    // The group waits for all of them at its end.
    NodeId start = c.Expr(coroutine);
    NodeId group = c.Expr(method.object());
    NodeId parent = c.facts().Parent(id);
    if (c.src().Is(parent, NodeKind::kExprStmt)) return Js(c, "$G.push($T)", {{"G", group}, {"T", start}}, id);
    std::string name = c.names().Fresh("task");
    if (auto assign = c.As<Assign>(parent); assign && assign.targets().size() == 1 && c.src().Is(assign.targets()[0], NodeKind::kName)) {
      // `const first = fetch(); tasks.push(first);` is written by the statement below.
      c.State<std::unordered_map<std::uint32_t, NodeId>>()[parent.index] = group;
      return start;
    }
    if (!c.HoistEffect(c.NewAssign(c.NewName(name), start, {}, DeclKind::kConst), id)) return start;
    c.HoistEffect(c.NewExprStmt(Js(c, "$G.push($T)", {{"G", group}, {"T", c.NewName(name)}})), id);
    return c.NewName(name, id);
  }
  if (method && !LibraryClassOf(c, method.object()).empty() && !LibraryClassOf(c, method.object()).starts_with("asyncio.")) return std::nullopt;
  c.SayOnce("task-starts-eagerly", id);
  return StartOf(c, coroutine, id);
}

// `first = tg.create_task(f())` -> `const first = f();` and `tasks.push(first);`
bool TranslateGroupAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto call = assign.value() ? c.As<Call>(assign.value()) : Call();
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.name() != "create_task" || !IsGroup(c, method.object()) || assign.targets().size() != 1) return false;
  if (!c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  NodeId coroutine = call.args()[0];
  c.MarkStarted(coroutine);
  NodeId start = c.Expr(coroutine);
  AssignTo(c, assign.targets()[0], start, id, out);
  NodeId group = c.Expr(method.object());
  out.push_back(c.NewExprStmt(Js(c, "$G.push($T)", {{"G", group}, {"T", c.NewName(c.TargetName(assign.targets()[0]))}})));
  return true;
}

bool ReturnsExceptions(Context& c, NodeId id) {
  NodeId value = KeywordArg(c, id, "return_exceptions");
  auto flag = value ? c.As<Bool>(value) : Bool();
  return flag && flag.value();
}

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
    tasks = c.src().Is(value, NodeKind::kComprehension) ? ArrayOf(c, value) : IterableOf(c, value);
  } else {
    for (NodeId arg : call.args()) {
      if (!c.src().Is(arg, NodeKind::kKeyword)) elements.push_back(c.Expr(arg));
    }
    tasks = c.New(make::List{.elements = std::move(elements)}, {});
  }
  if (ReturnsExceptions(c, id)) {
    c.SayOnce("gather-exceptions-allsettled", id);
    bool array = c.dst().Is(tasks, NodeKind::kList) || (all == 1 && c.src().Is(c.As<Spread>(call.args()[0]).value(), NodeKind::kComprehension)) ||
                 (all == 1 && Only(c, c.As<Spread>(call.args()[0]).value(), kArray));
    if (!array) tasks = Js(c, "[...$T]", {{"T", tasks}});
    return Js(c, "Promise.all($T.map((task) => task.catch((err) => err)))", {{"T", tasks}}, id);
  }
  c.SayOnce("promise-all", id);
  return Js(c, "Promise.all($T)", {{"T", tasks}}, id);
}

NodeId LibraryTimeout(Context& c, NodeId work, NodeId seconds, NodeId id) {
  c.SayOnce("timeout-race-without-cancel", id);
  NamedErrorClass(c, "TimeoutError");
  return c.NewCall(Local(c, "withTimeout"), {work, Milliseconds(c, seconds)}, id);
}

std::optional<NodeId> TranslateAsyncio(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (!name.starts_with("asyncio.")) return std::nullopt;
  auto args = call.args();
  if (name == "asyncio.wait_for" && !args.empty()) {
    NodeId seconds = args.size() > 1 && !c.src().Is(args[1], NodeKind::kKeyword) ? args[1] : KeywordArg(c, id, "timeout");
    c.MarkStarted(args[0]);
    NodeId work = c.Expr(args[0]);
    if (!seconds || c.src().Is(seconds, NodeKind::kNull)) return work;
    return LibraryTimeout(c, Arrow(c, {}, work), seconds, id);
  }
  if (name == "asyncio.shield" && args.size() == 1) {
    c.SayOnce("shield-unneeded", id);
    c.MarkStarted(args[0]);
    return c.Expr(args[0]);
  }
  if (name == "asyncio.as_completed" && !args.empty()) {
    c.SayOnce("as-completed-completion-order", id);
    c.MarkStarted(args[0]);
    return c.NewCall(Local(c, "asCompleted"), {ArrayOf(c, args[0])}, id);
  }
  if (name == "asyncio.wait" && args.size() == 1 && c.src().Is(c.facts().Parent(c.facts().Parent(id)), NodeKind::kExprStmt)) {
    return Js(c, "Promise.allSettled($T)", {{"T", c.Expr(args[0])}}, id);
  }
  if (name == "asyncio.to_thread" && !args.empty()) {
    c.SayOnce("to-thread-native-async", id);
    NodeList rest;
    for (NodeId a : args.subspan(1)) rest.push_back(c.Expr(a));
    return c.NewCall(c.Expr(args[0]), std::move(rest), id);
  }
  if (name == "asyncio.iscoroutinefunction" || name == "asyncio.current_task" || name == "asyncio.all_tasks") return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(name) + "`"}});
  return std::nullopt;
}

// Methods of tasks.
std::optional<NodeId> TranslateTaskMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || !Only(c, method.object(), kPromise)) return std::nullopt;
  NodeId task = c.Expr(method.object());
  if (method.name() == "result" && call.args().empty()) {
    // The task is done where result() is asked for; awaiting it again gives its value or raises its error.
    if (c.MayAwait(id)) return c.New(make::Await{.value = task}, id);
    return c.Refuse(id, "promise-not-inspectable");
  }
  if (method.name() == "add_done_callback" && call.args().size() == 1) {
    c.SayOnce("done-callback-then", id);
    auto callback = c.As<Attribute>(call.args()[0]);
    if (callback && callback.name() == "discard") {
      NodeId remove = Js(c, "$S.delete($T)", {{"S", c.Expr(callback.object())}, {"T", CopyTarget(c, task)}});
      return Js(c, "$T.finally($F).catch(() => {})", {{"T", task}, {"F", Arrow(c, {}, remove)}}, id);
    }
    return c.Refuse(id, "promise-not-inspectable");
  }
  if (method.name() == "cancel") return c.Refuse(id, "task-cancel-abort");
  if (method.name() == "set_name" || method.name() == "get_name") return c.Refuse(id, "promise-not-inspectable");
  return c.Refuse(id, "promise-not-inspectable");
}

// A coroutine call that is neither awaited nor started here.
NodeId FinishCall(Context& c, NodeId id, NodeId target) {
  NodeId parent = c.facts().Parent(id);
  if (c.facts().BecomesAwaited(id)) {
    if (c.dst().Is(target, NodeKind::kAwait) || c.src().Is(parent, NodeKind::kAwait)) return target;
    c.SayOnce("sync-to-async-boundary", id);
    return c.New(make::Await{.value = target}, id);
  }
  if (!IsCoroutineCall(c, id) || c.IsStarted(id) || c.src().Is(parent, NodeKind::kAwait)) return target;
  if (c.facts().UseOf(id) == facts::Use::kDropped) {
    c.Refuse(id, "missing-await");
    return target;
  }
  if (auto assign = c.As<Assign>(parent); assign && assign.targets().size() == 1 && c.src().Is(assign.targets()[0], NodeKind::kName)) {
    if (IsDeferred(c, c.facts().BindingOf(assign.targets()[0]))) {
      c.SayOnce("lazy-coroutine-thunk", id);
      return c.New(make::Defer{.call = target}, id);
    }
  }
  return target;
}

std::optional<NodeId> TranslateDeferredRead(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding || !IsDeferred(c, binding)) return std::nullopt;
  return c.NewCall(c.NewName(c.TargetName(id)), {}, id);
}

std::optional<NodeId> TranslateAwait(Context& c, NodeId id) {
  NodeId value = c.As<Await>(id).value();
  if (LibraryClassOf(c, value) == "asyncio.Future") return c.New(make::Await{.value = c.NewAttribute(c.Expr(value), "promise")}, id);
  NodeId target = c.Expr(value);
  if (c.dst().Is(target, NodeKind::kAwait)) return target;
  return c.New(make::Await{.value = target}, id);
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

bool IsDeferred(Context& c, facts::BindingId id) {
  if (!id) return false;
  const facts::Binding& b = c.facts().binding(id);
  if (b.kind != facts::BindingKind::kVariable || b.writes.size() != 1 || b.reads.empty()) return false;
  auto assign = c.As<Assign>(c.facts().Parent(b.writes[0]));
  if (!assign || !assign.value() || assign.targets().size() != 1) return false;
  return IsCoroutineCall(c, assign.value());
}

void RegisterAsync(Topics& t) {
  t.finish_call = &FinishCall;
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateGroupAssign);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCreateTask);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateGather);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTaskMethod);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateAsyncio);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateDeferredRead);
  t.Claim(NodeKind::kAwait, Order::kAfterCards, &TranslateAwait);
}

}  // namespace asyncport::translate::to_js
