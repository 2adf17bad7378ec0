// Tasks: starting, cancelling and asking them, and waiting for several. A task is its promise where it is only awaited; a
// promise and an AbortController where one variable cancels it; else an object of the local class Task.
// Example: `t = asyncio.create_task(poll())` -> `const t = poll(controller.signal);` after `new AbortController()`.
#include <algorithm>
#include <utility>

#include "translate/to_js/callbacks.h"
#include "translate/to_js/cancellation.h"
#include "translate/to_js/contextvars.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/task_groups.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/turns.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// The coroutine, started with the signal that holds at its place.
NodeId WorkOf(Context& c, NodeId coroutine) {
  c.MarkStarted(coroutine);
  NodeId work = c.Expr(coroutine);
  if (HandlesAbort(c, coroutine)) return work;
  NodeId stoppable = Interruptible(c, coroutine, work);
  if (stoppable != work) c.SayOnce("cancel-is-cooperative", coroutine);
  return stoppable;
}

NodeId Start(Context& c, NodeId coroutine, NodeId id) {
  NodeId call = WorkOf(c, coroutine);
  if (NeedsOwnTurn(c, coroutine)) return OnOwnTurn(c, call, id);
  NodeId own = InOwnContext(c, coroutine, call);
  return own == call ? c.New(make::Spawn{.call = call}, id) : own;
}

NodeId GroupWork(Context& c, NodeId coroutine) {
  NodeId work = WorkOf(c, coroutine);
  return NeedsOwnTurn(c, coroutine) ? OnOwnTurn(c, work, coroutine) : InOwnContext(c, coroutine, work);
}

// `new Task((signal) => work(signal), "name")`
NodeId NewTask(Context& c, NodeId coroutine, NodeId id) {
  NodeId work = WorkOf(c, coroutine);
  NodeList params;
  if (SignalAt(c, coroutine)) params.push_back(c.NewName(SignalParam(c)));
  NodeList args{Arrow(c, std::move(params), work)};
  if (NodeId name = KeywordArg(c, id, "name")) args.push_back(c.Expr(name));
  return c.New(make::New{.callee = Local(c, "Task"), .args = std::move(args)}, id);
}

NodeId NewAbortController(Context& c) { return Js(c, "new AbortController()", {}); }

// Will an abort that nobody awaits in time end the process?
bool IsAwaitedAfterCancel(Context& c, NodeId cancel) {
  NodeId statement = c.facts().EnclosingStatement(cancel);
  NodeId block = c.facts().Parent(statement);
  if (!c.src().Is(block, NodeKind::kBlock)) return false;
  bool next = false;
  for (NodeId s : c.As<ir::Block>(block).statements()) {
    if (next) {
      auto awaits = [&](auto&& self, NodeId n) -> bool {
        if (c.src().Is(n, NodeKind::kAwait)) {
          NodeId value = c.As<Await>(n).value();
          return !c.IsCallTo(value, "asyncio.sleep");
        }
        bool found = false;
        c.src().ForEachChild(n, [&](NodeId child) { found = found || self(self, child); });
        return found;
      };
      return awaits(awaits, s);
    }
    next = s == statement;
  }
  return false;
}

bool AllAwaited(Context& c, NodeId task) {
  std::string controller = ControllerOf(c, task);
  bool all = true;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId node{i};
    if (ControllerCancelledBy(c, node) == controller && !controller.empty()) all = all && IsAwaitedAfterCancel(c, node);
  }
  return all;
}

std::optional<NodeId> TranslateCreateTask(Context& c, NodeId id) {
  if (!IsTaskCall(c, id)) return std::nullopt;
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  NodeId coroutine = call.args()[0];
  std::string name = c.facts().ResolvedName(call.callee());
  if (method && IsTaskGroup(c, method.object())) {
    NodeId task = FormOf(c, id) == TaskForm::kTask ? NewTask(c, coroutine, id) : GroupWork(c, coroutine);
    return GroupStart(c, id, task);
  }
  if (method && !LibraryClassOf(c, method.object()).empty() && !LibraryClassOf(c, method.object()).starts_with("asyncio.")) return std::nullopt;
  c.SayOnce("task-starts-eagerly", id);
  // Ensuring that a task is one.
  if (name == "asyncio.ensure_future" && !IsCoroutineCall(c, coroutine) && Only(c, coroutine, kPromise) &&
      c.facts().KindOf(coroutine) == facts::TypeKind::kPromise) return c.Expr(coroutine);
  switch (FormOf(c, id)) {
    case TaskForm::kPlain: return Start(c, coroutine, id);
    case TaskForm::kTask: return NewTask(c, coroutine, id);
    case TaskForm::kBackground: {
      c.SayOnce("background-work-cancelled-at-exit", id);
      return Js(c, "$T.catch($F)", {{"T", Start(c, coroutine, id)}, {"F", Local(c, "reportFailure")}}, id);
    }
    case TaskForm::kController: {
      c.SayOnce("task-cancel-abort", id);
      c.SayOnce("cancel-is-cooperative", id);
      NodeId controller = c.NewName(ControllerOf(c, id));
      if (!c.guarded()) c.HoistEffect(c.NewAssign(controller, NewAbortController(c), {}, DeclKind::kConst), id);
      else c.HoistDefinition(c.NewAssign(controller, NewAbortController(c), {}, DeclKind::kConst));
      NodeId start = Start(c, coroutine, id);
      if (AllAwaited(c, id)) return start;
      return Js(c, "$T.catch($F)", {{"T", start}, {"F", Local(c, "ignoreAbort")}}, id);
    }
  }
  return std::nullopt;
}

// `first = tg.create_task(f())` -> `const first = f();` and `tasks.push(first);`
bool TranslateGroupAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto call = assign.value() ? c.As<Call>(assign.value()) : Call();
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.name() != "create_task" || !IsTaskGroup(c, method.object()) || assign.targets().size() != 1) return false;
  if (!c.src().Is(assign.targets()[0], NodeKind::kName) || IsStoppingGroup(c, method.object())) return false;
  NodeId start = FormOf(c, assign.value()) == TaskForm::kTask ? NewTask(c, call.args()[0], assign.value()) : GroupWork(c, call.args()[0]);
  AssignTo(c, assign.targets()[0], start, id, out);
  NodeId group = c.Expr(method.object());
  out.push_back(c.NewExprStmt(Js(c, "$G.push($T)", {{"G", group}, {"T", c.NewName(c.TargetName(assign.targets()[0]))}})));
  return true;
}

// `for t in workers: t.cancel()` of workers that share a controller.
bool TranslateCancelLoop(Context& c, NodeId id, NodeList& out) {
  std::string controller = ControllerCancelledByLoop(c, id);
  if (controller.empty()) return false;
  out.push_back(c.NewExprStmt(Js(c, "$C.abort()", {{"C", c.NewName(controller)}}), id));
  return true;
}

struct Member {
  std::string_view python;
  std::string_view code;
};
constexpr Member kMembers[] = {
    {"cancel", "$X.cancel($$$ARGS)"},
    {"cancelled", "$X.cancelled()"},
    {"done", "$X.done()"},
    {"result", "$X.result()"},
    {"exception", "$X.exception()"},
    {"add_done_callback", "$X.addDoneCallback($$$ARGS)"},
    {"get_name", "$X.getName()"},
    {"set_name", "$X.setName($$$ARGS)"},
    {"set_result", "$X.setResult($$$ARGS)"},
    {"set_exception", "$X.setException($$$ARGS)"},
};

std::optional<NodeId> DoneCallback(Context& c, NodeId id, NodeId task) {
  auto call = c.As<Call>(id);
  auto callback = c.As<Attribute>(call.args()[0]);
  if (!callback || callback.name() != "discard") return std::nullopt;
  c.SayOnce("done-callback-then", id);
  NodeId remove = Js(c, "$S.delete($T)", {{"S", c.Expr(callback.object())}, {"T", CopyTarget(c, task)}});
  return Js(c, "$T.finally($F).catch(() => {})", {{"T", task}, {"F", Arrow(c, {}, remove)}}, id);
}

// The task (or the list of tasks) that a variable surely holds is a plain promise, although others of the file are objects.
bool HoldsPromise(Context& c, NodeId name) {
  facts::BindingId binding = c.src().Is(name, NodeKind::kName) ? c.facts().BindingOf(name) : facts::BindingId();
  if (!binding || c.facts().binding(binding).writes.size() != 1) return false;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  if (!assign || !assign.value()) return false;
  NodeList made{assign.value()};
  if (auto comprehension = c.As<Comprehension>(assign.value())) made = {comprehension.element()};
  if (auto list = c.As<ir::List>(assign.value())) made.assign(list.elements().begin(), list.elements().end());
  return !made.empty() && std::all_of(made.begin(), made.end(), [&](NodeId m) { return IsTaskCall(c, m) && FormOf(c, m) != TaskForm::kTask; });
}

// `[t.result() for t in tasks]` of tasks that are promises.
std::optional<NodeId> TranslateAllResults(Context& c, NodeId id) {
  NodeId tasks = AllResults(c, id);
  if (!tasks || !c.MayAwait(id) || c.guarded()) return std::nullopt;
  if ((UsesTaskClass(c) || UsesFutureClass(c)) && !HoldsPromise(c, tasks)) return std::nullopt;
  return Js(c, "await Promise.all($T)", {{"T", IterableOf(c, tasks)}}, id);
}

// Methods of tasks and futures.
std::optional<NodeId> TranslateTaskMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method) return std::nullopt;
  std::string name = c.facts().ResolvedName(call.callee());
  if (!name.starts_with("asyncio.Future#") && !name.starts_with("asyncio.Task#")) return std::nullopt;
  if (std::string controller = ControllerCancelledBy(c, id); !controller.empty()) {
    return Js(c, "$C.abort()", {{"C", c.NewName(controller)}}, id);
  }
  NodeId task = c.Expr(method.object());
  bool objects = (UsesTaskClass(c) || UsesFutureClass(c)) && !HoldsPromise(c, method.object());
  if (method.name() == "add_done_callback" && call.args().size() == 1) {
    if (auto discard = DoneCallback(c, id, task)) return discard;
    c.SayOnce("done-callback-then", id);
  }
  if (method.name() == "result" && call.args().empty() && !objects) {
    // The task is done where result() is asked for; awaiting it again gives its value or raises its error.
    if (c.MayAwait(id)) return c.New(make::Await{.value = task}, id);
    return c.Refuse(id, "promise-not-inspectable");
  }
  bool settles = method.name().starts_with("set_") && method.name() != "set_name";
  if (!objects && !settles) return c.Refuse(id, "promise-not-inspectable");
  if (method.name() == "cancel") {
    c.SayOnce("task-cancel-abort", id);
    c.SayOnce("cancel-is-cooperative", id);
  }
  for (const Member& row : kMembers) {
    if (row.python != method.name()) continue;
    NodeList args;
    for (NodeId arg : call.args()) {
      args.push_back(method.name() == "add_done_callback" ? CallbackOf(c, arg, "task") : c.Expr(arg));
    }
    return Js(c, row.code, {{"X", task}, {"ARGS", std::move(args)}}, id);
  }
  return c.Refuse(id, "promise-not-inspectable");
}

// `done, pending = await asyncio.wait(tasks, ...)`
std::optional<NodeId> TranslateWait(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "asyncio.wait") || c.As<Call>(id).args().empty()) return std::nullopt;
  auto call = c.As<Call>(id);
  NodeId tasks = call.args()[0];
  NodeId when = KeywordArg(c, id, "return_when");
  NodeId timeout = KeywordArg(c, id, "timeout");
  NodeId use = c.facts().Parent(c.facts().Parent(id));
  if (!when && !timeout && c.src().Is(use, NodeKind::kExprStmt)) {
    NodeId target = Js(c, "Promise.allSettled($T)", {{"T", IterableOf(c, tasks)}}, id);
    return Interruptible(c, id, target);
  }
  c.SayOnce("wait-first-race", id);
  NodeList entries;
  auto entry = [&](std::string_view key, NodeId value) {
    entries.push_back(c.New(make::DictEntry{.key = c.NewString(key), .value = value}, {}));
  };
  if (when) {
    std::string name = c.facts().ResolvedName(when);
    if (name == "asyncio.FIRST_COMPLETED") entry("until", c.NewString("first"));
    else if (name == "asyncio.FIRST_EXCEPTION") entry("until", c.NewString("failure"));
    else if (name != "asyncio.ALL_COMPLETED") return c.Refuse(id, "untranslated", {{"reason", "`return_when`"}});
  }
  if (timeout && !c.src().Is(timeout, NodeKind::kNull)) entry("ms", Milliseconds(c, timeout));
  if (NodeId signal = SignalAt(c, id)) entry("signal", signal);
  NodeList args{IterableOf(c, tasks)};
  if (!entries.empty()) args.push_back(c.New(make::Dict{.entries = std::move(entries)}, {}));
  return c.NewCall(Local(c, "waitFor"), std::move(args), id);
}

}  // namespace

NodeId AllResults(Context& c, NodeId id) {
  auto comprehension = c.As<Comprehension>(id);
  if (!comprehension || comprehension.kind() != ComprehensionKind::kList || comprehension.clauses().size() != 1) return kNoNode;
  auto each = c.As<CompFor>(comprehension.clauses()[0]);
  auto call = c.As<Call>(comprehension.element());
  auto method = call && call.args().empty() ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.name() != "result" || !c.src().Is(method.object(), NodeKind::kName) || !c.src().Is(each.target(), NodeKind::kName)) return kNoNode;
  return c.facts().BindingOf(method.object()) == c.facts().BindingOf(each.target()) ? each.iterable() : kNoNode;
}

void RegisterTasks(Topics& t) {
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateGroupAssign);
  t.Claim(NodeKind::kForEach, Order::kBeforeCards, &TranslateCancelLoop);
  t.Claim(NodeKind::kComprehension, Order::kBeforeCards, &TranslateAllResults);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCreateTask);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTaskMethod);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateWait);
}

}  // namespace asyncport::translate::to_js
