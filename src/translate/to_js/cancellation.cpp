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

class Cancellation {
 public:
  explicit Cancellation(Context& c) : c_(c), forms_(c), takes_(c.src().size()), leafy_(c.src().size()) {
    Collect();
    if (!active_) return;
    FindLeafy();
    FindTaking();
    if (CancelledWithWaiter()) FindTaking();
  }

  bool active() const { return active_; }
  const TaskForms& forms() const { return forms_; }
  const std::string& param() {
    if (param_.empty()) param_ = c_.names().Fresh("signal");
    return param_;
  }
  bool takes(NodeId function) const { return function && takes_[function.index]; }

  std::string deadline(NodeId item) const {
    auto it = deadlines_.find(item.index);
    return it == deadlines_.end() ? std::string() : it->second;
  }
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
    active_ = std::any_of(forms_.forms().begin(), forms_.forms().end(), [](auto& f) { return f.second != TaskForm::kPlain; });
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      NodeId id{i};
      if (c_.src().Is(id, NodeKind::kMethod)) methods_.push_back(id);
      if (!c_.src().Is(id, NodeKind::kCall)) continue;
      calls_.push_back(id);
      std::string name = c_.facts().ResolvedName(c_.As<Call>(id).callee());
      if (name == "asyncio.wait_for" || name == "asyncio.timeout" || name == "asyncio.timeout_at") active_ = true;
    }
    for (NodeId id : calls_) Places(id);
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      if (c_.src().Is(NodeId{i}, NodeKind::kWithItem)) Blocks(NodeId{i});
    }
  }

  // Who is stopped while it awaits a task stops the task: such a task has to be an object.
  bool CancelledWithWaiter() {
    bool found = false;
    for (NodeId id : calls_) {
      if (!forms_.Has(id) || forms_.form(id) != TaskForm::kPlain || !IsTaskCall(c_, id)) continue;
      auto method = c_.As<Attribute>(c_.As<Call>(id).callee());
      bool list = false;
      facts::BindingId holder = method && IsTaskGroup(c_, method.object()) ? facts::BindingId() : forms_.HolderOf(id, list);
      if (!holder) continue;
      for (NodeId read : c_.facts().binding(holder).reads) {
        if (list || !c_.src().Is(c_.facts().Parent(read), NodeKind::kAwait) || !At(read)) continue;
        forms_.MakeTask(id);
        found = true;
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
    if (name == "asyncio.shield" || name == "asyncio.run" || name == "asyncio.Runner#run") places_[first.index] = {};
    if (name == "asyncio.gather" && forms_.Has(id)) {
      places_[id.index] = {Place::kName, param(), {}};
      return;
    }
    if (!forms_.Has(id)) return;
    switch (forms_.form(id)) {
      case TaskForm::kPlain: {
        auto method = c_.As<Attribute>(call.callee());
        if (!method || !IsTaskGroup(c_, method.object())) places_[first.index] = {};
        else groups_[first.index] = method.object();
        break;
      }
      case TaskForm::kController: places_[first.index] = {Place::kMember, forms_.controller(id), {}}; break;
      case TaskForm::kBackground: places_[first.index] = {Place::kMember, forms_.background(), {}}; break;
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
  TaskForms forms_;
  bool active_ = false;
  std::string param_;
  NodeList calls_;
  NodeList methods_;
  std::vector<bool> takes_;
  std::vector<bool> leafy_;
  std::unordered_map<std::uint32_t, std::string> deadlines_;   // by with item
  std::unordered_map<std::uint32_t, Place> places_;            // by position
  std::unordered_map<std::uint32_t, NodeId> groups_;           // work of a group's task -> the group
  std::unordered_set<std::uint32_t> failing_groups_;           // by with item
};

Cancellation& Of(Context& c) { return c.State<Cancellation>(); }

}  // namespace

TaskForm FormOf(Context& c, NodeId call) { return Of(c).forms().form(call); }
std::string ControllerOf(Context& c, NodeId call) { return Of(c).forms().controller(call); }
std::string ControllerCancelledBy(Context& c, NodeId call) { return Of(c).forms().cancelled_by(call); }
std::string ControllerCancelledByLoop(Context& c, NodeId loop) { return Of(c).forms().cancelled_by(loop); }
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

bool UsesTaskClass(Context& c) { return Of(c).forms().uses_task(); }
bool UsesBackground(Context& c) { return !Of(c).forms().background().empty(); }
std::string BackgroundName(Context& c) { return Of(c).forms().background(); }
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
