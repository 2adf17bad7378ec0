// See task_forms.h. A variable that is read in ways that this file knows decides for its task alone; else, where any task of
// the file is asked or handed on, all are objects.
#include "translate/to_js/task_forms.h"

#include <algorithm>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// `task.cancel()` and its likes: the member, if the receiver is a task or may be one.
std::string_view TaskMember(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method) return {};
  static constexpr std::string_view kMembers[] = {"cancel",
                                                  "cancelled",
                                                  "done",
                                                  "exception",
                                                  "add_done_callback",
                                                  "remove_done_callback",
                                                  "get_name",
                                                  "set_name",
                                                  "cancelling",
                                                  "uncancel",
                                                  "result"};
  std::string_view name = method.name();
  if (std::find(std::begin(kMembers), std::end(kMembers), name) == std::end(kMembers)) return {};
  std::string resolved = c.facts().ResolvedName(call.callee());
  if (resolved.starts_with("asyncio.Future#") || resolved.starts_with("asyncio.Task#")) return name;
  if (!resolved.empty() || May(c, method.object(), kInstance | kLibrary)) return {};
  return (KindsOf(c, method.object()) & (kUnknown | kPromise)) != 0 ? name : std::string_view();
}

// `[t.result() for t in tasks]` alone is Promise.all; other comprehensions and lambdas cannot await.
bool ResultInExpression(Context& c, NodeId id) {
  if (AllResults(c, c.facts().Parent(id))) return false;
  for (NodeId up = c.facts().Parent(id); up; up = c.facts().Parent(up)) {
    NodeKind kind = c.src().kind(up);
    if (kind == NodeKind::kComprehension || kind == NodeKind::kLambda) return true;
    if (HasCategory(kind, category::Stmt)) return false;
  }
  return false;
}

// `task.add_done_callback(tasks.discard)`: only keeps the task alive.
bool OnlyDiscards(Context& c, NodeId call) {
  auto args = c.As<Call>(call).args();
  auto callback = args.size() == 1 ? c.As<Attribute>(args[0]) : Attribute();
  return callback && callback.name() == "discard";
}

}  // namespace

bool IsTaskGroup(Context& c, NodeId id) { return LibraryClassOf(c, id) == "asyncio.TaskGroup"; }

bool IsTaskCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || call.args().empty()) return false;
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "asyncio.create_task" || name == "asyncio.ensure_future") return true;
  return c.MethodName(id) == "create_task" && !name.empty();
}

bool AsksForTasks(Context& c) {
  struct Asks {
    bool some = false;
    explicit Asks(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size() && !some; ++i) {
        NodeId node{i};
        some = context.IsCallTo(node, "asyncio.current_task") ||
               context.IsCallTo(node, "asyncio.all_tasks");
      }
    }
  };
  return c.State<Asks>().some;
}

TaskForms::TaskForms(Context& c) : c_(c) {
  NodeList tasks;
  NodeList inspected;
  NodeList gathers;
  for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
    NodeId id{i};
    if (!c_.src().Is(id, NodeKind::kCall)) continue;
    if (IsTaskCall(c_, id)) tasks.push_back(id);
    std::string_view member = TaskMember(c_, id);
    bool counts = !member.empty() && (member != "result" || ResultInExpression(c_, id)) &&
                  !(member == "add_done_callback" && OnlyDiscards(c_, id));
    if (counts) inspected.push_back(id);
    std::string name = c_.facts().ResolvedName(c_.As<Call>(id).callee());
    if (name == "asyncio.gather" && IsCancelledGather(id)) gathers.push_back(id);
    if (name == "asyncio.wait_for" && IsTaskVariable(c_.As<Call>(id))) inspected.push_back(id);
  }
  const bool asks = AsksForTasks(c_);
  for (NodeId id : tasks) {
    if (asks) {
      forms_[id.index] = TaskForm::kTask;
    } else {
      Simple(id);
    }
  }
  for (NodeId id : inspected)
    uses_task_ = uses_task_ || (!cancels_.contains(id.index) && !tasks.empty());
  for (NodeId id : gathers) forms_[id.index] = TaskForm::kTask;
  for (NodeId id : tasks) Decide(id);
  uses_task_ = std::any_of(forms_.begin(), forms_.end(),
                           [](auto& f) { return f.second == TaskForm::kTask; }) ||
               asks;
}

void TaskForms::MakeTask(NodeId task) {
  forms_[task.index] = TaskForm::kTask;
  uses_task_ = true;
}

bool TaskForms::IsWaitingCall(NodeId call) const {
  std::string name =
      c_.src().Is(call, NodeKind::kCall) ? c_.facts().ResolvedName(c_.As<Call>(call).callee()) : "";
  return name == "asyncio.gather" || name == "asyncio.wait" || name == "asyncio.as_completed";
}

// Is the expression waited for where it stands?
bool TaskForms::IsAwaitedHere(NodeId id) const {
  NodeId parent = c_.facts().Parent(id);
  if (c_.src().Is(parent, NodeKind::kAwait)) return true;
  if (c_.src().Is(parent, NodeKind::kSpread) || c_.src().Is(parent, NodeKind::kList) ||
      c_.src().Is(parent, NodeKind::kSetLit) || c_.src().Is(parent, NodeKind::kTuple)) {
    return IsWaitingCall(c_.facts().Parent(parent));
  }
  std::string name = c_.src().Is(parent, NodeKind::kCall)
                         ? c_.facts().ResolvedName(c_.As<Call>(parent).callee())
                         : "";
  return IsWaitingCall(parent) || name == "asyncio.shield";
}

// `done, pending = await asyncio.wait(tasks)`: the same tasks by other names.
bool TaskForms::HasOtherNames(NodeId read) const {
  NodeId up = c_.facts().Parent(read);
  while (up && !c_.src().Is(up, NodeKind::kCall)) up = c_.facts().Parent(up);
  if (!up || !c_.IsCallTo(up, "asyncio.wait")) return false;
  return !c_.src().Is(c_.facts().Parent(c_.facts().Parent(up)), NodeKind::kExprStmt);
}

TaskForms::Reads TaskForms::ReadsOf(facts::BindingId binding, bool list) const {
  Reads r;
  for (NodeId read : c_.facts().binding(binding).reads) {
    NodeId parent = c_.facts().Parent(read);
    if (IsAwaitedHere(read)) {
      ++(HasOtherNames(read) ? r.escapes : r.awaited);
      continue;
    }
    NodeId call = c_.facts().Parent(parent);
    if (c_.src().Is(parent, NodeKind::kAttribute) && c_.src().Is(call, NodeKind::kCall) &&
        c_.As<Call>(call).callee() == parent) {
      std::string_view member = c_.As<Attribute>(parent).name();
      if (!list && member == "cancel" && c_.As<Call>(call).args().empty() &&
          c_.src().Is(c_.facts().Parent(call), NodeKind::kExprStmt)) {
        ++r.cancelled;
        r.cancels.push_back(call);
        continue;
      }
      if (!list && member == "result") {
        ++(ResultInExpression(c_, call) ? r.asked : r.awaited);
        continue;
      }
      if (!list && member == "add_done_callback" && OnlyDiscards(c_, call)) continue;
      if (!list) {
        ++r.asked;
        continue;
      }
    }
    if (list && Loop(parent, read, r)) continue;
    if (list && c_.IsCallTo(parent, "len")) continue;
    // `tasks.add(task)` of the idiom that keeps a reference.
    if (!list && (c_.MethodName(parent) == "add")) continue;
    ++r.escapes;
  }
  return r;
}

// `for t in tasks: t.cancel()` or `for t in tasks: ... await t`.
bool TaskForms::Loop(NodeId parent, NodeId read, Reads& r) const {
  auto loop = c_.As<ForEach>(parent);
  if (!loop || loop.iterable() != read || !c_.src().Is(loop.target(), NodeKind::kName))
    return false;
  facts::BindingId item = c_.facts().BindingOf(loop.target());
  auto body = c_.As<ir::Block>(loop.body()).statements();
  NodeList here;
  for (NodeId use : c_.facts().binding(item).reads) {
    if (c_.src().span(loop.body()).contains(c_.src().span(use))) here.push_back(use);
  }
  if (here.size() == 1) {
    NodeId attribute = c_.facts().Parent(here[0]);
    NodeId call = c_.facts().Parent(attribute);
    if (c_.MethodName(call) == "cancel" && body.size() == 1 &&
        c_.src().Is(body[0], NodeKind::kExprStmt) && c_.As<ExprStmt>(body[0]).value() == call) {
      ++r.cancelled;
      r.cancels.push_back(parent);
      return true;
    }
  }
  for (NodeId use : here) {
    if (!IsAwaitedHere(use)) return false;
  }
  ++r.awaited;
  return true;
}

// The variable that alone holds the task, or the list of tasks that a comprehension makes.
facts::BindingId TaskForms::HolderOf(NodeId task, bool& list) const {
  NodeId value = task;
  NodeId parent = c_.facts().Parent(value);
  auto comprehension = c_.As<Comprehension>(parent);
  list = comprehension && comprehension.element() == value;
  if (list) value = parent, parent = c_.facts().Parent(parent);
  auto assign = c_.As<Assign>(parent);
  if (!assign || assign.value() != value || assign.targets().size() != 1) return {};
  if (!c_.src().Is(assign.targets()[0], NodeKind::kName)) return {};
  facts::BindingId binding = c_.facts().BindingOf(assign.targets()[0]);
  if (!binding) return {};
  const facts::Binding& b = c_.facts().binding(binding);
  if (b.kind != facts::BindingKind::kVariable || b.writes.size() != 1 || b.captured) return {};
  return binding;
}

bool TaskForms::Awaits(NodeId node) const {
  NodeKind kind = c_.src().kind(node);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda) return false;
  auto with = c_.As<With>(node);
  auto loop = c_.As<ForEach>(node);
  if (kind == NodeKind::kAwait || (with && with.is_async()) || (loop && loop.is_async()))
    return true;
  bool found = false;
  c_.src().ForEachChild(node, [&](NodeId child) { found = found || Awaits(child); });
  return found;
}

// No await stands between the two, which are in one block.
bool TaskForms::FollowsAtOnce(NodeId task, NodeId cancel) const {
  NodeId first = c_.facts().EnclosingStatement(task);
  NodeId last = c_.facts().EnclosingStatement(cancel);
  NodeId block = c_.facts().Parent(first);
  if (block != c_.facts().Parent(last) || !c_.src().Is(block, NodeKind::kBlock)) return false;
  bool between = false;
  for (NodeId s : c_.As<ir::Block>(block).statements()) {
    if (s == last) return between;
    if (between && Awaits(s)) return false;
    between = between || s == first;
  }
  return false;
}

// Forms that one variable and its reads decide.
void TaskForms::Simple(NodeId task) {
  auto method = c_.As<Attribute>(c_.As<Call>(task).callee());
  bool in_group = method && IsTaskGroup(c_, method.object());
  if (c_.src().Is(c_.facts().Parent(task), NodeKind::kExprStmt)) {
    forms_[task.index] = in_group ? TaskForm::kPlain : TaskForm::kBackground;
    return;
  }
  bool list = false;
  facts::BindingId holder = HolderOf(task, list);
  if (!holder) return;
  Reads r = ReadsOf(holder, list);
  if (r.escapes > 0 || r.asked > 0) return;
  if (r.cancelled > 0 && !in_group) {
    if (!c_.facts().EnclosingFunction(task) || KeywordArg(c_, task, "name")) return;
    // A task that is cancelled before it could start never runs: only the class knows that.
    if (std::any_of(r.cancels.begin(), r.cancels.end(),
                    [&](NodeId cancel) { return FollowsAtOnce(task, cancel); }))
      return;
    std::string name = c_.names().Fresh("controller");
    forms_[task.index] = TaskForm::kController;
    controllers_[task.index] = name;
    for (NodeId cancel : r.cancels) {
      cancels_[cancel.index] = name;
      // The call inside `for t in tasks: t.cancel()` is accounted for as well.
      if (auto loop = c_.As<ForEach>(cancel)) {
        NodeId only = c_.As<ir::Block>(loop.body()).statements()[0];
        cancels_[c_.As<ExprStmt>(only).value().index] = "";
      }
    }
    return;
  }
  if (r.cancelled > 0) return;
  bool kept = in_group || r.awaited > 0;
  forms_[task.index] = kept ? TaskForm::kPlain : TaskForm::kBackground;
}

void TaskForms::Decide(NodeId task) {
  if (!forms_.contains(task.index))
    forms_[task.index] = uses_task_ ? TaskForm::kTask : TaskForm::kPlain;
  if (forms_[task.index] == TaskForm::kBackground && background_.empty())
    background_ = c_.names().Fresh("background");
}

// `wait_for(task)` cancels the task that the variable holds.
bool TaskForms::IsTaskVariable(Call wait) const {
  if (wait.args().empty()) return false;
  NodeId work = wait.args()[0];
  bool variable = c_.src().Is(work, NodeKind::kName) || c_.src().Is(work, NodeKind::kAttribute) ||
                  c_.src().Is(work, NodeKind::kSubscript);
  return variable && c_.facts().KindOf(work) == facts::TypeKind::kPromise;
}

// A gather that a variable keeps and that a timeout or `cancel` ends.
bool TaskForms::IsCancelledGather(NodeId id) const {
  auto assign = c_.As<Assign>(c_.facts().Parent(id));
  if (!assign || assign.targets().size() != 1 || !c_.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  facts::BindingId binding = c_.facts().BindingOf(assign.targets()[0]);
  if (!binding) return false;
  for (NodeId read : c_.facts().binding(binding).reads) {
    NodeId parent = c_.facts().Parent(read);
    std::string_view method = c_.MethodName(c_.facts().Parent(parent));
    if (c_.IsCallTo(parent, "asyncio.wait_for") || method == "cancel" || method == "done" ||
        method == "cancelled")
      return true;
  }
  return false;
}

}  // namespace asyncport::translate::to_js
