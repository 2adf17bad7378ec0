// See turns.h. A function is walked in the order of evaluation up to the first await that surely waits, the functions of
// the file that it calls with it; what the caller does until it waits itself is walked in the same way.
#include "translate/to_js/turns.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/task_groups.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// What may go on at once when it is awaited.
constexpr std::array<std::string_view, 9> kMayBeReady = {
    "asyncio.Event#wait",   "asyncio.Lock#acquire", "asyncio.Semaphore#acquire",
    "asyncio.Queue#put",    "asyncio.Queue#get",    "asyncio.Queue#join",
    "asyncio.Barrier#wait", "asyncio.Condition#acquire", "asyncio.Condition#wait_for"};
// Nobody else can tell whether these were called.
constexpr std::array<std::string_view, 30> kPure = {
    "len",   "str",   "int",       "float",  "bool",     "range",      "min",       "max",
    "sum",   "abs",   "round",     "sorted", "reversed", "enumerate",  "zip",       "isinstance",
    "list",  "tuple", "dict",      "set",    "repr",     "format",     "frozenset", "time.monotonic",
    "divmod", "pow",  "time.time", "time.perf_counter", "getattr", "asyncio.get_running_loop"};
constexpr std::array<std::string_view, 9> kHolds = {
    "append", "add", "extend", "add_done_callback", "get_name", "set_name", "discard", "appendleft", "keys"};
constexpr std::array<std::string_view, 18> kChanges = {
    "append", "add",    "set",        "pop",    "clear",      "extend",  "insert", "remove",     "update",
    "write",  "sort",   "setdefault", "discard", "appendleft", "popleft", "popitem", "put_nowait", "send"};

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

NodeId BodyOf(Context& c, NodeId function) {
  if (auto f = c.As<FunctionDef>(function)) return f.body();
  if (auto m = c.As<Method>(function)) return m.body();
  if (auto l = c.As<Lambda>(function)) return l.body();
  return kNoNode;
}

// Names of attributes and variables that the file changes after they are made.
struct Changed {
  std::unordered_set<std::string> names;
  explicit Changed(Context& c) {
    auto add = [&](NodeId target) {
      if (auto subscript = c.As<Subscript>(target)) target = subscript.object();
      if (auto attribute = c.As<Attribute>(target)) names.insert(std::string(attribute.name()));
      if (c.src().Is(target, NodeKind::kName)) names.insert(std::string(c.src().text(target)));
    };
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      auto method = c.As<Method>(c.facts().EnclosingFunction(id));
      bool making = method && (method.name() == "__init__" || method.name() == "__post_init__");
      if (auto assign = c.As<Assign>(id); assign && !making) {
        for (NodeId target : assign.targets()) {
          if (!c.src().Is(target, NodeKind::kName)) add(target);
        }
      }
      if (auto assign = c.As<AugAssign>(id)) add(assign.target());
      if (auto call = c.As<Call>(id)) {
        auto attribute = c.As<Attribute>(call.callee());
        if (attribute && IsOneOf(attribute.name(), kChanges)) add(attribute.object());
      }
    }
  }
};

class Walker {
 public:
  enum class Next { kGoesOn, kLeaves, kWaits };

  explicit Walker(Context& c) : c_(c) {}

  bool acts = false;              // something happens before the first sure wait
  bool acts_after_ready = false;  // something happens after an await that may not have waited

  Next Run(NodeId function) {
    if (std::find(active_.begin(), active_.end(), function) != active_.end() || active_.size() > 6)
      return Next::kGoesOn;
    NodeId body = BodyOf(c_, function);
    if (!body) return Next::kGoesOn;
    active_.push_back(function);
    bool outer = std::exchange(returned_, false);
    Next next = Walk(body);
    bool waits = next == Next::kWaits && !returned_;
    returned_ = outer;
    active_.pop_back();
    return waits ? Next::kWaits : Next::kGoesOn;
  }

  Next Walk(NodeId node) {
    if (!node) return Next::kGoesOn;
    NodeKind kind = c_.src().kind(node);
    switch (kind) {
      case NodeKind::kFunctionDef:
      case NodeKind::kLambda:
      case NodeKind::kClassDef:
      case NodeKind::kMethod:
        return Next::kGoesOn;
      case NodeKind::kReturn:
      case NodeKind::kRaise:
      case NodeKind::kYield: {
        if (Next next = Children(node); next != Next::kGoesOn) return next;
        returned_ = true;
        return Next::kLeaves;
      }
      case NodeKind::kBreak:
      case NodeKind::kContinue:
        return Next::kLeaves;
      case NodeKind::kIf: {
        auto branch = c_.As<If>(node);
        if (Next next = Walk(branch.test()); next != Next::kGoesOn) return next;
        return Either({branch.body(), branch.else_body()});
      }
      case NodeKind::kConditional:
      case NodeKind::kLogical:
      case NodeKind::kComprehension: {
        Next ignored = Children(node);
        (void)ignored;
        return Next::kGoesOn;
      }
      case NodeKind::kMatch: {
        auto match = c_.As<Match>(node);
        if (Next next = Walk(match.subject()); next != Next::kGoesOn) return next;
        NodeList arms{kNoNode};
        for (NodeId arm : match.cases()) arms.push_back(c_.As<MatchCase>(arm).body());
        return Either(arms);
      }
      case NodeKind::kWhile: {
        auto loop = c_.As<While>(node);
        auto flag = c_.As<Bool>(loop.test());
        return Loop(loop.test(), loop.body(), flag && flag.value());
      }
      case NodeKind::kForEach:
        return Each(c_.As<ForEach>(node));
      case NodeKind::kTry: {
        auto attempt = c_.As<Try>(node);
        Next next = Walk(attempt.body());
        if (next == Next::kGoesOn) next = Walk(attempt.else_body());
        if (next == Next::kWaits) return next;
        Next last = Walk(attempt.finally_body());
        return last == Next::kGoesOn ? next : last;
      }
      case NodeKind::kWith:
        return Managed(c_.As<With>(node));
      case NodeKind::kAwait:
        return Awaited(c_.As<Await>(node).value());
      case NodeKind::kCall:
        return Called(node, false);
      default:
        break;
    }
    if (Next next = Children(node); next != Next::kGoesOn) return next;
    if (IsWrite(node) || IsRead(node)) Act();
    return Next::kGoesOn;
  }

 private:
  void Act() {
    acts = true;
    acts_after_ready = acts_after_ready || ready_;
  }

  Next Children(NodeId node) {
    Next next = Next::kGoesOn;
    c_.src().ForEachChild(node, [&](NodeId child) {
      if (next == Next::kGoesOn) next = Walk(child);
    });
    return next;
  }

  Next Either(const NodeList& arms) {
    bool before = ready_;
    bool after = false;
    bool goes_on = false;
    bool waits = false;
    for (NodeId arm : arms) {
      ready_ = before;
      Next next = Walk(arm);
      goes_on = goes_on || next == Next::kGoesOn;
      waits = waits || next == Next::kWaits;
      if (next != Next::kWaits) after = after || ready_;
    }
    ready_ = after;
    if (goes_on) return Next::kGoesOn;
    return waits ? Next::kWaits : Next::kLeaves;
  }

  Next Loop(NodeId head, NodeId body, bool always) {
    if (Next next = Walk(head); next != Next::kGoesOn) return next;
    Next first = Walk(body);
    if (first == Next::kWaits && always) return first;
    if (first == Next::kGoesOn && Walk(head) == Next::kGoesOn && Walk(body) == Next::kWaits && always)
      return Next::kWaits;
    return Next::kGoesOn;
  }

  Next Each(ForEach loop) {
    if (!loop.is_async()) return Loop(loop.iterable(), loop.body(), false);
    if (auto call = c_.As<Call>(loop.iterable())) {
      for (NodeId arg : call.args()) Walk(arg);
      auto callees = c_.facts().PossibleCallees(loop.iterable());
      if (callees.size() == 1 && Run(callees[0]) == Next::kWaits) return Next::kWaits;
    }
    ready_ = true;
    return Loop(kNoNode, loop.body(), false);
  }

  Next Managed(With with) {
    bool group = false;
    for (NodeId id : with.items()) {
      NodeId context = c_.As<WithItem>(id).context();
      group = group || IsTaskGroup(c_, context);
      if (Next next = Walk(context); next != Next::kGoesOn) return next;
      if (!with.is_async()) continue;
      std::string_view library = LibraryClassOf(c_, context);
      if (group || library == "asyncio.Timeout" || c_.IsCallTo(context, "asyncio.timeout") ||
          c_.IsCallTo(context, "asyncio.timeout_at"))
        continue;
      if (NodeId owner = ClassOf(c_, context)) {
        NodeId enter = FindMethod(c_, owner, "__aenter__");
        if (enter && Run(enter) == Next::kWaits) return Next::kWaits;
      } else if (c_.src().Is(context, NodeKind::kCall)) {
        for (NodeId callee : c_.facts().PossibleCallees(context)) {
          if (Run(callee) == Next::kWaits) return Next::kWaits;
        }
      }
      ready_ = true;
    }
    Next next = Walk(with.body());
    if (next == Next::kGoesOn && group) return Next::kWaits;
    if (next == Next::kGoesOn && with.is_async()) ready_ = true;
    return next;
  }

  Next Awaited(NodeId value) {
    auto call = c_.As<Call>(value);
    if (!call) {
      if (Next next = Walk(value); next != Next::kGoesOn) return next;
      ready_ = true;
      return Next::kGoesOn;
    }
    return Called(value, true);
  }

  Next Called(NodeId id, bool awaited) {
    auto call = c_.As<Call>(id);
    std::string name = c_.facts().ResolvedName(call.callee());
    bool starts = IsTaskCall(c_, id) || name == "asyncio.gather" || name == "asyncio.wait_for" ||
                  name == "asyncio.shield" || name == "asyncio.wait";
    auto method = c_.As<Attribute>(call.callee());
    if (method) {
      if (Next next = Walk(method.object()); next != Next::kGoesOn) return next;
    }
    bool holds_task = false;
    for (NodeId arg : call.args()) {
      holds_task = holds_task || c_.facts().KindOf(arg) == facts::TypeKind::kPromise || IsTaskCall(c_, arg);
      // Coroutines do nothing by being made.
      auto inner = c_.As<Call>(arg);
      if (inner && (starts || IsCoroutineCall(c_, arg))) {
        for (NodeId part : inner.args()) {
          if (Next next = Walk(part); next != Next::kGoesOn) return next;
        }
      } else if (Next next = Walk(arg); next != Next::kGoesOn) {
        return next;
      }
    }
    if (awaited) return AfterAwait(id, name);
    if (starts || IsCoroutineCall(c_, id) || IsOneOf(name, kPure)) return Next::kGoesOn;
    if (method && holds_task && IsOneOf(method.name(), kHolds)) return Next::kGoesOn;
    if (method && IsOneOf(method.name(), kHolds) && IsTask(method.object())) return Next::kGoesOn;
    if (name.starts_with("str#") || IsMaking(name)) return Next::kGoesOn;
    if (method && IsLocalValue(method.object())) return Next::kGoesOn;
    auto callees = c_.facts().PossibleCallees(id);
    if (callees.empty() && !IsClassOfFile(call.callee())) Act();
    for (NodeId callee : callees) Run(callee);
    return Next::kGoesOn;
  }

  Next AfterAwait(NodeId id, const std::string& name) {
    if (!name.empty()) {
      if (IsOneOf(name, kMayBeReady)) {
        if (name != "asyncio.Event#wait" && name != "asyncio.Lock#acquire" && name != "asyncio.Semaphore#acquire") Act();
        ready_ = true;
        return Next::kGoesOn;
      }
      return Next::kWaits;
    }
    auto callees = c_.facts().PossibleCallees(id);
    bool waits = !callees.empty();
    bool before = ready_;
    bool after = false;
    for (NodeId callee : callees) {
      ready_ = before;
      if (Run(callee) != Next::kWaits) {
        waits = false;
        after = after || ready_;
      }
    }
    if (waits) return Next::kWaits;
    if (callees.empty()) Act();
    ready_ = true;
    return Next::kGoesOn;
  }

  bool IsTask(NodeId id) const { return c_.facts().KindOf(id) == facts::TypeKind::kPromise; }

  // Classes of the library that only hold something.
  bool IsMaking(std::string_view name) const {
    static constexpr std::array<std::string_view, 8> kMade = {
        "asyncio.Queue", "asyncio.Lock",  "asyncio.Semaphore", "asyncio.Condition",
        "asyncio.PriorityQueue", "collections.deque", "collections.defaultdict", "collections.Counter"};
    return IsOneOf(name, kMade) || name == "asyncio.Event";
  }

  bool IsClassOfFile(NodeId callee) const { return static_cast<bool>(ClassInFile(c_, callee)); }

  // A list, dict or text that only this function knows.
  bool IsLocalValue(NodeId id) const {
    if (!c_.src().Is(id, NodeKind::kName)) return false;
    facts::BindingId binding = c_.facts().BindingOf(id);
    if (!binding) return false;
    const facts::Binding& b = c_.facts().binding(binding);
    return b.kind == facts::BindingKind::kVariable && !b.captured && c_.facts().EnclosingFunction(id) &&
           c_.facts().EnclosingFunction(b.declaration) == c_.facts().EnclosingFunction(id) &&
           Only(c_, id, kContainer | kPrimitive);
  }

  bool IsWrite(NodeId node) const {
    auto outside = [&](NodeId target) {
      if (auto subscript = c_.As<Subscript>(target)) return !IsLocalValue(subscript.object());
      if (c_.src().Is(target, NodeKind::kAttribute)) return true;
      if (!c_.src().Is(target, NodeKind::kName)) return false;
      facts::BindingId binding = c_.facts().BindingOf(target);
      return binding && c_.facts().EnclosingFunction(c_.facts().binding(binding).declaration) !=
                            c_.facts().EnclosingFunction(target);
    };
    if (auto assign = c_.As<Assign>(node)) {
      if (!assign.value()) return false;
      // A task that is kept is seen by nobody before it runs.
      if (IsTask(assign.value())) return false;
      return std::any_of(assign.targets().begin(), assign.targets().end(), outside);
    }
    if (auto assign = c_.As<AugAssign>(node)) return outside(assign.target());
    return false;
  }

  // Something that others change.
  bool IsRead(NodeId node) {
    if (!ready_) return false;
    auto attribute = c_.As<Attribute>(node);
    if (!attribute || !c_.facts().ResolvedName(node).empty()) return false;
    return c_.State<Changed>().names.contains(std::string(attribute.name()));
  }

  Context& c_;
  std::vector<NodeId> active_;
  bool ready_ = false;
  bool returned_ = false;
};

class Turns {
 public:
  explicit Turns(Context& c) : c_(c) {
    std::unordered_map<std::uint32_t, NodeList> by_function;
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (!c.src().Is(id, NodeKind::kCall)) continue;
      std::string name = c.facts().ResolvedName(c.As<Call>(id).callee());
      if (IsTaskCall(c, id)) Add(id, c.As<Call>(id).args()[0], by_function);
      if (name == "asyncio.gather" || name == "asyncio.as_completed" || name == "asyncio.wait") AddAll(id, by_function);
    }
    for (auto& [function, sites] : by_function) Decide(sites);
  }

  bool Has(NodeId started) const { return own_.contains(started.index); }

 private:
  struct Site {
    NodeId start;  // the call that starts it
    bool many = false;
  };

  void Add(NodeId start, NodeId work, std::unordered_map<std::uint32_t, NodeList>& all) {
    if (!c_.src().Is(work, NodeKind::kCall) && !c_.src().Is(work, NodeKind::kName)) return;
    bool many = c_.facts().EnclosingLoop(start) != kNoNode;
    for (NodeId up = c_.facts().Parent(work); up && !HasCategory(c_.src().kind(up), category::Stmt); up = c_.facts().Parent(up))
      many = many || c_.src().Is(up, NodeKind::kComprehension);
    sites_[work.index] = {start, many};
    all[c_.facts().EnclosingFunction(start).index].push_back(work);
  }

  void AddAll(NodeId id, std::unordered_map<std::uint32_t, NodeList>& all) {
    for (NodeId arg : c_.As<Call>(id).args()) {
      if (auto spread = c_.As<Spread>(arg)) arg = spread.value();
      if (auto comprehension = c_.As<Comprehension>(arg)) {
        if (IsCoroutineCall(c_, comprehension.element())) Add(id, comprehension.element(), all);
      } else if (auto list = c_.As<ir::List>(arg)) {
        for (NodeId element : list.elements()) {
          if (IsCoroutineCall(c_, element)) Add(id, element, all);
        }
      } else if (IsCoroutineCall(c_, arg)) {
        Add(id, arg, all);
      } else if (c_.src().Is(arg, NodeKind::kName)) {
        Add(id, arg, all);
        sites_[arg.index].many = true;
      }
    }
  }

  void Decide(const NodeList& works) {
    bool needs = false;
    for (NodeId work : works) {
      Site& site = sites_[work.index];
      Walker walker(c_);
      auto callees = Callees(work);
      for (NodeId callee : callees) walker.Run(callee);
      walker.acts = walker.acts || (callees.empty() && IsUnknownWork(work));
      if (!walker.acts && !walker.acts_after_ready) continue;
      bool task = IsTaskCall(c_, site.start);
      bool first = task && CallerActs(site.start, 0);
      bool several = works.size() > 1 || site.many;
      needs = needs || first || (walker.acts_after_ready && several);
    }
    if (!needs) return;
    for (NodeId work : works) own_.insert(work.index);
  }

  // In a snippet, what the code around it defines is left alone: the lesson says the rest.
  bool IsUnknownWork(NodeId work) const {
    auto call = c_.As<Call>(work);
    if (!call) return false;
    facts::BindingId binding =
        c_.src().Is(call.callee(), NodeKind::kName) ? c_.facts().BindingOf(call.callee()) : facts::BindingId{};
    return !binding || c_.facts().binding(binding).kind != facts::BindingKind::kFree;
  }

  std::vector<NodeId> Callees(NodeId work) const {
    if (c_.src().Is(work, NodeKind::kCall)) return c_.facts().PossibleCallees(work);
    // Coroutines that a variable holds.
    std::vector<NodeId> found;
    facts::BindingId binding = c_.facts().BindingOf(work);
    if (!binding) return found;
    auto take = [&](NodeId value) {
      if (!IsCoroutineCall(c_, value)) return;
      for (NodeId callee : c_.facts().PossibleCallees(value)) found.push_back(callee);
    };
    for (NodeId write : c_.facts().binding(binding).writes) {
      auto assign = c_.As<Assign>(c_.facts().Parent(write));
      if (!assign || !assign.value()) continue;
      take(assign.value());
      if (auto comprehension = c_.As<Comprehension>(assign.value())) take(comprehension.element());
      if (auto list = c_.As<ir::List>(assign.value())) {
        for (NodeId element : list.elements()) take(element);
      }
    }
    return found;
  }

  // Does the caller do something before it waits? Then it does so before the task begins.
  bool CallerActs(NodeId start, int depth) {
    NodeId function = c_.facts().EnclosingFunction(start);
    Walker walker(c_);
    NodeId below = start;
    for (NodeId up = c_.facts().Parent(start); up && up != function; below = up, up = c_.facts().Parent(up)) {
      NodeKind kind = c_.src().kind(up);
      if (kind == NodeKind::kBlock) {
        bool after = false;
        for (NodeId s : c_.As<ir::Block>(up).statements()) {
          if (after) {
            Walker::Next next = walker.Walk(s);
            if (walker.acts) return true;
            if (next != Walker::Next::kGoesOn) return false;
          }
          after = after || s == below;
        }
        continue;
      }
      auto loop = c_.As<ForEach>(up);
      auto repeat = c_.As<While>(up);
      if (loop || repeat) {
        Walker again(c_);
        Walker::Next next = again.Walk(loop ? loop.body() : repeat.body());
        if (again.acts) return true;
        if (next == Walker::Next::kWaits) return false;
      }
      auto with = c_.As<With>(up);
      if (with && with.is_async()) {
        for (NodeId item : with.items()) {
          if (IsTaskGroup(c_, c_.As<WithItem>(item).context())) return false;
        }
      }
    }
    return ReturnsToActing(function, depth);
  }

  bool ReturnsToActing(NodeId function, int depth) {
    if (!function) return false;
    if (depth > 3) return true;
    bool called = false;
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      NodeId id{i};
      if (!c_.src().Is(id, NodeKind::kCall) || c_.facts().CalleeDefinition(id) != function) continue;
      called = true;
      NodeId parent = c_.facts().Parent(id);
      if (c_.IsCallTo(parent, "asyncio.run")) continue;
      if (c_.src().Is(parent, NodeKind::kAwait) ? CallerActs(id, depth + 1) : !IsCoroutineCall(c_, id) && CallerActs(id, depth + 1)) return true;
    }
    return !called;
  }

  Context& c_;
  std::unordered_map<std::uint32_t, Site> sites_;
  std::unordered_set<std::uint32_t> own_;
};

}  // namespace

bool NeedsOwnTurn(Context& c, NodeId started) { return c.State<Turns>().Has(started); }

NodeId OnOwnTurn(Context& c, NodeId work, NodeId origin) {
  c.SayOnce("yield-to-loop", origin);
  NodeId turn = c.NewCall(c.Library("node:timers/promises:setImmediate as nextTurn"), {});
  auto made = ir::As<Call>(c.dst(), work);
  bool plain = made && made.args().empty() && c.dst().Is(made.callee(), NodeKind::kName);
  return Js(c, "$T.then($F)", {{"T", turn}, {"F", plain ? made.callee() : Arrow(c, {}, work)}}, origin);
}

}  // namespace asyncport::translate::to_js
