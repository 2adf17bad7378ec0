// See cancellation.h. Sources of signals are found first (tasks that are cancelled, timeouts, groups), then the functions
// that they reach and that wait for something: those take a signal.
#include "translate/to_js/cancellation.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "translate/to_js/coroutines.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/timeouts.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

constexpr int kMaxRounds = 40;

bool IsFunction(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  return kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod || kind == NodeKind::kLambda;
}

NodeId BodyOf(Context& c, NodeId function) {
  if (auto f = c.As<FunctionDef>(function)) return f.body();
  if (auto f = c.As<Method>(function)) return f.body();
  if (auto f = c.As<Lambda>(function)) return f.body();
  return kNoNode;
}

// `task.cancel()` and its likes: the member, if the receiver is a task or may be one.
std::string_view TaskMember(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method) return {};
  static constexpr std::string_view kMembers[] = {
      "cancel",   "cancelled", "done",       "exception", "add_done_callback", "remove_done_callback",
      "get_name", "set_name",  "cancelling", "uncancel",  "result"};
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

class Cancellation {
 public:
  explicit Cancellation(Context& c) : c_(c), takes_(c.src().size()), leafy_(c.src().size()) {
    Collect();
    if (!active_) return;
    FindLeafy();
    FindTaking();
    if (CancelledWithWaiter()) FindTaking();
  }

  bool active() const { return active_; }
  bool uses_task() const { return uses_task_; }
  const std::string& background() const { return background_; }
  const std::string& param() {
    if (param_.empty()) param_ = c_.names().Fresh("signal");
    return param_;
  }
  bool takes(NodeId function) const { return function && takes_[function.index]; }

  TaskForm form(NodeId call) const {
    auto it = forms_.find(call.index);
    return it == forms_.end() ? TaskForm::kPlain : it->second;
  }
  std::string controller(NodeId task_call) const { return Find(controllers_, task_call); }
  std::string cancelled_by(NodeId node) const { return Find(cancels_, node); }
  std::string deadline(NodeId item) const { return Find(deadlines_, item); }
  bool stops_siblings(NodeId item) const { return failing_groups_.contains(item.index); }

  struct Place {
    enum Kind { kNone, kName, kMember, kDeadline } kind = kNone;
    std::string name;
    NodeId node;  // the variable of a group; the with item of a timeout
  };

  // Which signal reaches the node? Nothing if none does.
  std::optional<Place> At(NodeId node) {
    for (NodeId below = node, up = c_.facts().Parent(node); up; below = up, up = c_.facts().Parent(up)) {
      if (auto it = places_.find(below.index); it != places_.end()) {
        if (it->second.kind == Place::kNone) return std::nullopt;
        return it->second;
      }
      if (IsFunction(c_, up)) {
        if (!takes_[up.index]) return std::nullopt;
        return Place{Place::kName, param(), {}};
      }
      if (auto attempt = c_.As<Try>(up)) {
        if (attempt.finally_body() == below) return std::nullopt;
      }
      // What runs because of an abort is not to be aborted again.
      if (auto clause = c_.As<CatchClause>(up); clause && CatchesAbort(clause)) return std::nullopt;
    }
    return std::nullopt;
  }

  // Functions of the file that the call may run, if all of them are known.
  NodeList Callees(NodeId call) const {
    NodeList out;
    NodeId definition = c_.facts().CalleeDefinition(call);
    if (c_.src().Is(definition, NodeKind::kClassDef)) return out;
    if (definition) {
      out.push_back(definition);
    } else {
      auto view = c_.As<Call>(call);
      if (!view || (KindsOf(c_, view.callee()) & ~kFunction) != 0) return out;
      out = c_.facts().PossibleCallees(call);
    }
    for (NodeId f : out) {
      if (!IsFunction(c_, f) || !HasPlainDecorators(f) || CannotTakeSignal(f)) return {};
    }
    NodeList all = out;
    for (NodeId f : out) {
      if (c_.src().Is(f, NodeKind::kMethod)) AddOverrides(f, all);
    }
    return all;
  }

  bool passes(NodeId call) const {
    NodeList callees = Callees(call);
    return !callees.empty() && std::all_of(callees.begin(), callees.end(), [&](NodeId f) { return takes(f); });
  }

  bool never_waits(NodeId call) const {
    NodeList callees = Callees(call);
    return !callees.empty() && std::none_of(callees.begin(), callees.end(), [&](NodeId f) { return leafy_[f.index]; });
  }

  bool only_sleeps(NodeId block) const {
    bool other = false;
    std::vector<std::uint32_t> seen;
    Waits(block, other, seen);
    return !other;
  }

 private:
  static std::string Find(const std::unordered_map<std::uint32_t, std::string>& map, NodeId id) {
    auto it = map.find(id.index);
    return it == map.end() ? std::string() : it->second;
  }

  bool CatchesAbort(CatchClause clause) const {
    if (!clause.type()) return true;
    NodeList types{clause.type()};
    if (auto tuple = c_.As<Tuple>(clause.type())) types.assign(tuple.elements().begin(), tuple.elements().end());
    for (NodeId type : types) {
      std::string name = c_.facts().ResolvedName(type);
      if (name.ends_with("CancelledError") || name.ends_with("BaseException")) return true;
    }
    return false;
  }

  bool HasPlainDecorators(NodeId function) const {
    std::span<const NodeId> decorators;
    if (auto f = c_.As<FunctionDef>(function)) decorators = f.decorators();
    if (auto m = c_.As<Method>(function)) decorators = m.decorators();
    for (NodeId d : decorators) {
      auto call = c_.As<Call>(d);
      std::string name = c_.facts().ResolvedName(call ? call.callee() : d);
      if (!name.starts_with("contextlib.") && !name.starts_with("abc.") && !name.starts_with("typing.") &&
          name != "functools.wraps") return false;
    }
    return true;
  }

  bool CannotTakeSignal(NodeId function) const {
    bool rest = false;
    bool mapped = false;
    std::span<const NodeId> params;
    NodeId name;
    if (auto f = c_.As<FunctionDef>(function)) params = f.params(), name = f.name();
    if (auto m = c_.As<Method>(function)) params = m.params();
    for (NodeId p : params) {
      rest = rest || c_.As<Param>(p).kind() == ParamKind::kRest;
    }
    // `map(fetch, names)` becomes `names.map(fetch)`, which hands over more than the name.
    facts::BindingId binding = name ? c_.facts().BindingOf(name) : facts::BindingId();
    if (binding) {
      for (NodeId read : c_.facts().binding(binding).reads) {
        mapped = mapped || c_.IsCallTo(c_.facts().Parent(read), "map");
      }
    }
    // Behind `*rest` there is no place for a signal.
    return rest || mapped;
  }

  void AddOverrides(NodeId method, NodeList& all) const {
    std::string_view name = c_.As<Method>(method).name();
    NodeId owner = c_.facts().EnclosingClass(method);
    for (NodeId other : methods_) {
      if (other == method || c_.As<Method>(other).name() != name) continue;
      for (NodeId up = c_.facts().EnclosingClass(other); up; up = BaseInFile(c_, up)) {
        if (up == owner && std::find(all.begin(), all.end(), other) == all.end()) all.push_back(other);
      }
    }
  }

  // ---- where signals come from
  void Collect() {
    NodeList tasks;
    NodeList inspected;
    NodeList gathers;
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      NodeId id{i};
      if (c_.src().Is(id, NodeKind::kMethod)) methods_.push_back(id);
      if (c_.src().Is(id, NodeKind::kCall)) {
        calls_.push_back(id);
        if (IsTaskCall(c_, id)) tasks.push_back(id);
        std::string_view member = TaskMember(c_, id);
        bool counts = !member.empty() && (member != "result" || ResultInExpression(c_, id)) && !(member == "add_done_callback" && OnlyDiscards(c_, id));
        if (counts) inspected.push_back(id);
        std::string name = c_.facts().ResolvedName(c_.As<Call>(id).callee());
        if (name == "asyncio.gather" && IsCancelledGather(id)) gathers.push_back(id);
        if (name == "asyncio.wait_for" && IsTaskVariable(c_.As<Call>(id))) inspected.push_back(id);
        if (name == "asyncio.wait_for" || name == "asyncio.timeout" || name == "asyncio.timeout_at") active_ = true;
      }
    }
    for (NodeId id : tasks) Simple(id);
    for (NodeId id : inspected) uses_task_ = uses_task_ || (!cancels_.contains(id.index) && !tasks.empty());
    for (NodeId id : gathers) forms_[id.index] = TaskForm::kTask;
    for (NodeId id : tasks) Decide(id);
    uses_task_ = std::any_of(forms_.begin(), forms_.end(), [](auto& f) { return f.second == TaskForm::kTask; });
    for (NodeId id : calls_) Places(id);
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      if (c_.src().Is(NodeId{i}, NodeKind::kWithItem)) Blocks(NodeId{i});
    }
  }

  // What becomes of a task that one variable holds.
  struct Reads {
    int cancelled = 0;
    int awaited = 0;
    int asked = 0;
    int escapes = 0;
    NodeList cancels;  // Call or ForEach nodes
  };

  bool IsWaitingCall(NodeId call) const {
    std::string name = c_.src().Is(call, NodeKind::kCall) ? c_.facts().ResolvedName(c_.As<Call>(call).callee()) : "";
    return name == "asyncio.gather" || name == "asyncio.wait" || name == "asyncio.as_completed";
  }

  // Is the expression waited for where it stands?
  bool IsAwaitedHere(NodeId id) const {
    NodeId parent = c_.facts().Parent(id);
    if (c_.src().Is(parent, NodeKind::kAwait)) return true;
    if (c_.src().Is(parent, NodeKind::kSpread) || c_.src().Is(parent, NodeKind::kList) ||
        c_.src().Is(parent, NodeKind::kSetLit) || c_.src().Is(parent, NodeKind::kTuple)) {
      return IsWaitingCall(c_.facts().Parent(parent));
    }
    std::string name = c_.src().Is(parent, NodeKind::kCall) ? c_.facts().ResolvedName(c_.As<Call>(parent).callee()) : "";
    return IsWaitingCall(parent) || name == "asyncio.shield";
  }

  // `done, pending = await asyncio.wait(tasks)`: the same tasks by other names.
  bool HasOtherNames(NodeId read) const {
    NodeId up = c_.facts().Parent(read);
    while (up && !c_.src().Is(up, NodeKind::kCall)) up = c_.facts().Parent(up);
    if (!up || !c_.IsCallTo(up, "asyncio.wait")) return false;
    return !c_.src().Is(c_.facts().Parent(c_.facts().Parent(up)), NodeKind::kExprStmt);
  }

  Reads ReadsOf(facts::BindingId binding, bool list) const {
    Reads r;
    for (NodeId read : c_.facts().binding(binding).reads) {
      NodeId parent = c_.facts().Parent(read);
      if (IsAwaitedHere(read)) {
        ++(HasOtherNames(read) ? r.escapes : r.awaited);
        continue;
      }
      NodeId call = c_.facts().Parent(parent);
      if (c_.src().Is(parent, NodeKind::kAttribute) && c_.src().Is(call, NodeKind::kCall) && c_.As<Call>(call).callee() == parent) {
        std::string_view member = c_.As<Attribute>(parent).name();
        if (!list && member == "cancel" && c_.As<Call>(call).args().empty() && c_.src().Is(c_.facts().Parent(call), NodeKind::kExprStmt)) {
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
  bool Loop(NodeId parent, NodeId read, Reads& r) const {
    auto loop = c_.As<ForEach>(parent);
    if (!loop || loop.iterable() != read || !c_.src().Is(loop.target(), NodeKind::kName)) return false;
    facts::BindingId item = c_.facts().BindingOf(loop.target());
    auto body = c_.As<ir::Block>(loop.body()).statements();
    NodeList here;
    for (NodeId use : c_.facts().binding(item).reads) {
      if (c_.src().span(loop.body()).contains(c_.src().span(use))) here.push_back(use);
    }
    if (here.size() == 1) {
      NodeId attribute = c_.facts().Parent(here[0]);
      NodeId call = c_.facts().Parent(attribute);
      if (c_.MethodName(call) == "cancel" && body.size() == 1 && c_.src().Is(body[0], NodeKind::kExprStmt) &&
          c_.As<ExprStmt>(body[0]).value() == call) {
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
  facts::BindingId HolderOf(NodeId task, bool& list) const {
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

  bool Awaits(NodeId node) const {
    NodeKind kind = c_.src().kind(node);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda) return false;
    auto with = c_.As<With>(node);
    auto loop = c_.As<ForEach>(node);
    if (kind == NodeKind::kAwait || (with && with.is_async()) || (loop && loop.is_async())) return true;
    bool found = false;
    c_.src().ForEachChild(node, [&](NodeId child) { found = found || Awaits(child); });
    return found;
  }

  // No await stands between the two, which are in one block.
  bool FollowsAtOnce(NodeId task, NodeId cancel) const {
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
  void Simple(NodeId task) {
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
      if (std::any_of(r.cancels.begin(), r.cancels.end(), [&](NodeId cancel) { return FollowsAtOnce(task, cancel); })) return;
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

  void Decide(NodeId task) {
    if (!forms_.contains(task.index)) forms_[task.index] = uses_task_ ? TaskForm::kTask : TaskForm::kPlain;
    if (forms_[task.index] == TaskForm::kBackground && background_.empty()) background_ = c_.names().Fresh("background");
    active_ = active_ || forms_[task.index] != TaskForm::kPlain;
  }

  // `wait_for(task)` cancels the task that the variable holds.
  bool IsTaskVariable(Call wait) const {
    if (wait.args().empty()) return false;
    NodeId work = wait.args()[0];
    bool variable = c_.src().Is(work, NodeKind::kName) || c_.src().Is(work, NodeKind::kAttribute) || c_.src().Is(work, NodeKind::kSubscript);
    return variable && c_.facts().KindOf(work) == facts::TypeKind::kPromise;
  }

  // A gather that a variable keeps and that a timeout or `cancel` ends.
  bool IsCancelledGather(NodeId id) const {
    auto assign = c_.As<Assign>(c_.facts().Parent(id));
    if (!assign || assign.targets().size() != 1 || !c_.src().Is(assign.targets()[0], NodeKind::kName)) return false;
    facts::BindingId binding = c_.facts().BindingOf(assign.targets()[0]);
    if (!binding) return false;
    for (NodeId read : c_.facts().binding(binding).reads) {
      NodeId parent = c_.facts().Parent(read);
      std::string_view method = c_.MethodName(c_.facts().Parent(parent));
      if (c_.IsCallTo(parent, "asyncio.wait_for") || method == "cancel" || method == "done" || method == "cancelled") return true;
    }
    return false;
  }

  // Who is stopped while it awaits a task stops the task: such a task has to be an object.
  bool CancelledWithWaiter() {
    bool found = false;
    for (NodeId id : calls_) {
      auto form = forms_.find(id.index);
      if (form == forms_.end() || form->second != TaskForm::kPlain || !IsTaskCall(c_, id)) continue;
      auto method = c_.As<Attribute>(c_.As<Call>(id).callee());
      bool list = false;
      facts::BindingId holder = method && IsTaskGroup(c_, method.object()) ? facts::BindingId() : HolderOf(id, list);
      if (!holder) continue;
      for (NodeId read : c_.facts().binding(holder).reads) {
        if (list || !c_.src().Is(c_.facts().Parent(read), NodeKind::kAwait) || !At(read)) continue;
        form->second = TaskForm::kTask;
        uses_task_ = found = true;
        Places(id);
        break;
      }
    }
    return found;
  }

  // The positions below which a signal holds.
  void Places(NodeId id) {
    auto call = c_.As<Call>(id);
    if (IsDeferredSite(c_, id)) places_[id.index] = {Place::kName, param(), {}};
    if (call.args().empty()) return;
    NodeId first = call.args()[0];
    std::string name = c_.facts().ResolvedName(call.callee());
    if (name == "asyncio.wait_for") {
      NodeId seconds = call.args().size() > 1 && !c_.src().Is(call.args()[1], NodeKind::kKeyword) ? call.args()[1] : KeywordArg(c_, id, "timeout");
      if (seconds && !c_.src().Is(seconds, NodeKind::kNull)) places_[first.index] = {Place::kName, param(), {}};
    }
    if (name == "asyncio.shield" || name == "asyncio.run") places_[first.index] = {};
    if (name == "asyncio.gather" && forms_.contains(id.index)) {
      places_[id.index] = {Place::kName, param(), {}};
      return;
    }
    if (!forms_.contains(id.index)) return;
    switch (forms_[id.index]) {
      case TaskForm::kPlain: {
        auto method = c_.As<Attribute>(call.callee());
        if (!method || !IsTaskGroup(c_, method.object())) places_[first.index] = {};
        else groups_[first.index] = method.object();
        break;
      }
      case TaskForm::kController: places_[first.index] = {Place::kMember, controllers_[id.index], {}}; break;
      case TaskForm::kBackground: places_[first.index] = {Place::kMember, background_, {}}; break;
      case TaskForm::kTask: places_[first.index] = {Place::kName, param(), {}}; break;
    }
  }

  void Blocks(NodeId item_id) {
    auto item = c_.As<WithItem>(item_id);
    auto with = c_.As<With>(c_.facts().Parent(item_id));
    if (c_.IsCallTo(item.context(), "asyncio.timeout") || c_.IsCallTo(item.context(), "asyncio.timeout_at")) {
      facts::BindingId own = c_.src().Is(item.target(), NodeKind::kName) ? c_.facts().BindingOf(item.target()) : facts::BindingId();
      bool alone = own && c_.facts().binding(own).writes.size() == 1;
      std::string name = alone ? c_.TargetName(item.target()) : c_.names().Fresh("deadline");
      deadlines_[item_id.index] = name;
      places_[with.body().index] = {Place::kDeadline, name, item_id};
      return;
    }
    if (!c_.IsCallTo(item.context(), "asyncio.TaskGroup") || !item.target() || !Fails(with.id(), item)) return;
    active_ = true;
    failing_groups_.insert(item_id.index);
    Place place{Place::kMember, {}, item.target()};
    places_[with.body().index] = place;
    facts::BindingId group = c_.facts().BindingOf(item.target());
    for (auto& [arg, object] : groups_) {
      if (c_.src().Is(object, NodeKind::kName) && c_.facts().BindingOf(object) == group) places_[arg] = place;
    }
  }

  // May a task of the group, or its body, end with an error?
  bool Fails(NodeId with, WithItem item) const {
    for (NodeId up = c_.facts().Parent(with); up && !IsFunction(c_, up); up = c_.facts().Parent(up)) {
      if (auto attempt = c_.As<Try>(up); attempt && !attempt.handlers().empty()) return true;
    }
    facts::BindingId group = c_.facts().BindingOf(item.target());
    if (!group) return true;
    std::vector<std::uint32_t> seen;
    if (Raises(c_.As<With>(with).body(), seen)) return true;
    for (NodeId read : c_.facts().binding(group).reads) {
      NodeId parent = c_.facts().Parent(c_.facts().Parent(read));
      if (!IsTaskCall(c_, parent)) return true;
      NodeId work = c_.As<Call>(parent).args()[0];
      NodeList callees = c_.src().Is(work, NodeKind::kCall) ? Callees(work) : NodeList();
      if (callees.empty() && !c_.facts().ResolvedName(work).starts_with("asyncio.")) return true;
      for (NodeId f : callees) {
        if (Raises(BodyOf(c_, f), seen)) return true;
      }
    }
    return false;
  }

  bool Raises(NodeId node, std::vector<std::uint32_t>& seen) const {
    if (!node || std::find(seen.begin(), seen.end(), node.index) != seen.end()) return false;
    NodeKind kind = c_.src().kind(node);
    if (kind == NodeKind::kRaise || kind == NodeKind::kAssert) return true;
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef) return false;
    if (kind == NodeKind::kCall) {
      for (NodeId f : Callees(node)) {
        NodeId body = BodyOf(c_, f);
        if (std::find(seen.begin(), seen.end(), body.index) != seen.end()) continue;
        // Noted before it is looked at: functions call each other.
        if (body) seen.push_back(body.index);
        bool raises = false;
        if (body) c_.src().ForEachChild(body, [&](NodeId child) { raises = raises || Raises(child, seen); });
        if (raises) return true;
      }
    }
    bool found = false;
    c_.src().ForEachChild(node, [&](NodeId child) { found = found || Raises(child, seen); });
    return found;
  }

  // ---- which functions wait
  bool Leafy(NodeId node) const {
    NodeKind kind = c_.src().kind(node);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef || kind == NodeKind::kLambda) return false;
    if (auto await = c_.As<Await>(node)) {
      NodeList callees = c_.src().Is(await.value(), NodeKind::kCall) ? Callees(await.value()) : NodeList();
      if (callees.empty()) return true;
      if (std::any_of(callees.begin(), callees.end(), [&](NodeId f) { return leafy_[f.index]; })) return true;
    }
    if (auto loop = c_.As<ForEach>(node); loop && loop.is_async()) return true;
    if (auto with = c_.As<With>(node); with && with.is_async()) return true;
    bool found = false;
    c_.src().ForEachChild(node, [&](NodeId child) { found = found || Leafy(child); });
    return found;
  }

  void FindLeafy() {
    NodeList functions;
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      NodeId id{i};
      auto f = c_.As<FunctionDef>(id);
      auto m = c_.As<Method>(id);
      if ((f && f.is_async()) || (m && m.is_async())) functions.push_back(id);
      // A lambda that gives a coroutine hands the signal on.
      if (auto l = c_.As<Lambda>(id); l && c_.src().Is(l.body(), NodeKind::kCall)) functions.push_back(id);
    }
    bool changed = true;
    for (int round = 0; changed && round < kMaxRounds; ++round) {
      changed = false;
      for (NodeId f : functions) {
        if (leafy_[f.index]) continue;
        bool leafy = false;
        if (auto l = c_.As<Lambda>(f)) {
          NodeList callees = Callees(l.body());
          leafy = !callees.empty() && std::all_of(callees.begin(), callees.end(), [&](NodeId g) { return leafy_[g.index] && !c_.src().Is(g, NodeKind::kLambda); });
        } else {
          leafy = Leafy(BodyOf(c_, f));
        }
        if (leafy) leafy_[f.index] = changed = true;
      }
    }
  }

  void FindTaking() {
    std::vector<std::pair<NodeId, NodeList>> sites;
    for (NodeId call : calls_) {
      NodeList callees = Callees(call);
      bool leafy = !callees.empty() && std::any_of(callees.begin(), callees.end(), [&](NodeId f) { return leafy_[f.index]; });
      if (leafy) sites.emplace_back(call, std::move(callees));
    }
    bool changed = true;
    for (int round = 0; changed && round < kMaxRounds; ++round) {
      changed = false;
      for (auto& [call, callees] : sites) {
        if (std::all_of(callees.begin(), callees.end(), [&](NodeId f) { return takes_[f.index]; }) || !At(call)) continue;
        for (NodeId f : callees) takes_[f.index] = true;
        changed = true;
      }
    }
  }

  void Waits(NodeId node, bool& other, std::vector<std::uint32_t>& seen) const {
    NodeKind kind = c_.src().kind(node);
    if (other || kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef || kind == NodeKind::kLambda) return;
    if (auto await = c_.As<Await>(node)) {
      NodeList callees = c_.src().Is(await.value(), NodeKind::kCall) ? Callees(await.value()) : NodeList();
      bool combines = c_.IsCallTo(await.value(), "asyncio.gather");
      if (callees.empty() && !combines && !c_.IsCallTo(await.value(), "asyncio.sleep")) other = true;
    }
    auto loop = c_.As<ForEach>(node);
    auto with = c_.As<With>(node);
    if ((loop && loop.is_async()) || (with && with.is_async())) other = true;
    if (kind == NodeKind::kCall) {
      for (NodeId f : Callees(node)) {
        NodeId body = BodyOf(c_, f);
        if (std::find(seen.begin(), seen.end(), body.index) != seen.end()) continue;
        seen.push_back(body.index);
        Waits(body, other, seen);
      }
    }
    c_.src().ForEachChild(node, [&](NodeId child) { Waits(child, other, seen); });
  }

  Context& c_;
  bool active_ = false;
  bool uses_task_ = false;
  std::string param_;
  std::string background_;
  NodeList calls_;
  NodeList methods_;
  std::vector<bool> takes_;
  std::vector<bool> leafy_;
  std::unordered_map<std::uint32_t, TaskForm> forms_;          // by task call
  std::unordered_map<std::uint32_t, std::string> controllers_; // by task call
  std::unordered_map<std::uint32_t, std::string> cancels_;     // by cancel call or loop
  std::unordered_map<std::uint32_t, std::string> deadlines_;   // by with item
  std::unordered_map<std::uint32_t, Place> places_;            // by position
  std::unordered_map<std::uint32_t, NodeId> groups_;           // work of a group's task -> the group
  std::unordered_set<std::uint32_t> failing_groups_;           // by with item
};

Cancellation& Of(Context& c) { return c.State<Cancellation>(); }

}  // namespace

bool IsTaskGroup(Context& c, NodeId id) { return LibraryClassOf(c, id) == "asyncio.TaskGroup"; }

bool IsTaskCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || call.args().empty()) return false;
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "asyncio.create_task" || name == "asyncio.ensure_future") return true;
  return c.MethodName(id) == "create_task" && !name.empty();
}

TaskForm FormOf(Context& c, NodeId call) { return Of(c).form(call); }
std::string ControllerOf(Context& c, NodeId call) { return Of(c).controller(call); }
std::string ControllerCancelledBy(Context& c, NodeId call) { return Of(c).cancelled_by(call); }
std::string ControllerCancelledByLoop(Context& c, NodeId loop) { return Of(c).cancelled_by(loop); }
bool FileHasSignals(Context& c) { return Of(c).active(); }
bool LinesTakeSignals(Context& c) {
  struct Lines {
    bool take = false;
    explicit Lines(Context& context) {
      if (!Of(context).active()) return;
      for (std::uint32_t i = 1; i < context.src().size() && !take; ++i) {
        NodeId id{i};
        auto call = context.As<Call>(id);
        auto with = context.As<With>(id);
        bool waits = with && with.is_async();
        if (call) {
          std::string name = context.facts().ResolvedName(call.callee());
          waits = name == "asyncio.wait" || (name.starts_with("asyncio.") && name.find('#') != std::string::npos);
        }
        take = waits && SignalAt(context, id);
      }
    }
  };
  return c.State<Lines>().take;
}

bool UsesTaskClass(Context& c) { return Of(c).uses_task(); }
bool UsesBackground(Context& c) { return !Of(c).background().empty(); }
std::string BackgroundName(Context& c) { return Of(c).background(); }
bool GroupStopsSiblings(Context& c, NodeId item) { return Of(c).stops_siblings(item); }
std::string DeadlineOf(Context& c, NodeId item) { return Of(c).deadline(item); }
bool OnlySleeps(Context& c, NodeId block) { return Of(c).only_sleeps(block); }
std::string SignalParam(Context& c) { return Of(c).param(); }
bool TakesSignal(Context& c, NodeId function) { return Of(c).takes(function); }
bool PassesSignal(Context& c, NodeId call) { return Of(c).active() && Of(c).passes(call); }

bool NeverWaits(Context& c, NodeId call) { return Of(c).active() && Of(c).never_waits(call); }

NodeId SignalAt(Context& c, NodeId source) {
  if (!Of(c).active()) return kNoNode;
  auto place = Of(c).At(source);
  if (!place) return kNoNode;
  if (place->kind == Cancellation::Place::kName) return c.NewName(place->name);
  // `const deadline = AbortSignal.timeout(...)` is the signal itself, a Deadline has one.
  bool deadline = place->kind == Cancellation::Place::kDeadline;
  if (deadline && IsPlainDeadline(c, place->node)) return c.NewName(place->name);
  NodeId owner = place->node && !deadline ? c.NewName(c.TargetName(place->node)) : c.NewName(place->name);
  return c.NewAttribute(owner, "signal");
}

NodeId Interruptible(Context& c, NodeId source, NodeId target) {
  NodeId signal = SignalAt(c, source);
  if (!signal) return target;
  return c.NewCall(Local(c, "abortable"), {target, signal});
}

bool MayBeAborted(Context& c, NodeId block) {
  if (!Of(c).active()) return false;
  auto waits = [&](auto&& self, NodeId id) -> bool {
    NodeKind kind = c.src().kind(id);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda || kind == NodeKind::kClassDef) return false;
    auto loop = c.As<ForEach>(id);
    auto with = c.As<With>(id);
    bool here = (loop && loop.is_async()) || (with && with.is_async());
    if (auto await = c.As<Await>(id)) {
      // A task that was cancelled elsewhere says so to whoever awaits it.
      here = SignalAt(c, id) != kNoNode || (!c.src().Is(await.value(), NodeKind::kCall) && May(c, await.value(), kPromise | kUnknown));
    } else if (here) {
      here = SignalAt(c, id) != kNoNode;
    }
    bool found = here;
    c.src().ForEachChild(id, [&](NodeId child) { found = found || self(self, child); });
    return found;
  };
  return waits(waits, block);
}

}  // namespace asyncport::translate::to_js
