// See beginnings.h. A function is one if it does something before its first await, if some call of it stands where Python
// could not give the loop a turn, and if all that is done with it is to call it.
#include "translate/to_py/beginnings.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "translate/to_py/makers.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/turns.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::Use;

namespace {

bool IsFunction(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  return kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod;
}

// Does the code, functions inside left out, fulfil the test somewhere?
template <typename Test>
bool Any(Context& c, NodeId id, Test&& test) {
  if (test(id)) return true;
  if (IsFunction(c, id) || c.src().Is(id, NodeKind::kClassDef)) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Any(c, child, test); });
  return found;
}

// Statement of a function that is more than the declaration of a variable.
bool IsMoreThanNames(Context& c, NodeId statement) {
  auto assign = c.As<Assign>(statement);
  if (assign && assign.declares() != DeclKind::kNone) {
    return Any(c, statement, [&](NodeId id) {
      return c.src().Is(id, NodeKind::kCall) || c.src().Is(id, NodeKind::kUpdate);
    });
  }
  return true;
}

// A call of the file's own code, or of what was handed in: it may fail.
bool MayFail(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kRaise)) return true;
  auto call = c.As<Call>(id);
  return call && c.facts().ResolvedName(call.callee()).empty();
}

struct Found {
  std::unordered_map<std::uint32_t, std::size_t> splits;  // how many statements begin it
  std::unordered_map<std::uint32_t, bool> keeps;          // its task; arrows that only hand on too
};

class Finder {
 public:
  Finder(Context& c, Found& found) : c_(c), found_(found) {}

  void Run() {
    NodeList candidates;
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      if (IsCandidate(NodeId{i})) candidates.push_back(NodeId{i});
    }
    if (candidates.empty()) return;
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      if (!c_.src().Is(NodeId{i}, NodeKind::kCall)) continue;
      for (NodeId callee : c_.facts().PossibleCallees(NodeId{i}))
        calls_of_[callee.index].push_back(NodeId{i});
    }
    // A call in the beginning of another such function stands where nobody can wait, too.
    for (bool changed = true; changed;) {
      changed = false;
      for (NodeId id : candidates) {
        if (!found_.splits.contains(id.index)) changed = Take(id) || changed;
      }
    }
  }

 private:
  bool IsCandidate(NodeId id) {
    bool is_async = false;
    if (auto method = c_.As<Method>(id)) {
      is_async = method.is_async() && !method.is_generator() && !method.computed_key() &&
                 method.kind() == MethodKind::kMethod && !method.name().empty() &&
                 (method.is_private() || !IsExported(id));
    } else if (auto function = c_.As<FunctionDef>(id)) {
      is_async = function.is_async() && !function.is_generator();
    } else if (auto expr = c_.As<FunctionExpr>(id)) {
      auto assign = c_.As<Assign>(c_.facts().Parent(id));
      is_async = expr.is_async() && !expr.is_generator() && assign &&
                 assign.targets().size() == 1 &&
                 c_.src().Is(assign.targets()[0], NodeKind::kName);
    }
    return is_async && c_.src().Is(FunctionBody(c_, id), NodeKind::kBlock) &&
           c_.facts().HasEagerPrefix(id) && !ReadsArguments(c_, id);
  }

  // Others may import the class, and await what its methods give.
  bool IsExported(NodeId method) {
    for (NodeId up = c_.facts().Parent(method); up; up = c_.facts().Parent(up)) {
      if (c_.src().Is(up, NodeKind::kExport)) return true;
    }
    return false;
  }

  // Every place that names the function.
  NodeList Mentions(NodeId function) {
    if (auto method = c_.As<Method>(function)) {
      NodeList found;
      for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
        auto attribute = c_.As<Attribute>(NodeId{i});
        if (attribute && attribute.name() == method.name()) found.push_back(NodeId{i});
      }
      return found;
    }
    auto def = c_.As<FunctionDef>(function);
    const NodeId name =
        def ? def.name() : c_.As<Assign>(c_.facts().Parent(function)).targets()[0];
    const auto& binding = c_.facts().binding(c_.facts().BindingOf(name));
    if (binding.writes.size() > 1) return {};
    return binding.reads;
  }

  // Put away, or bound to what it is given, to be called by others of the file.
  bool IsKeptValue(NodeId mention) {
    static constexpr std::string_view kKeeping[] = {"Array#push", "Array#unshift", "Map#set"};
    const NodeId parent = c_.facts().Parent(mention);
    if (auto attribute = c_.As<Attribute>(parent)) return attribute.name() == "bind";
    if (auto call = c_.As<Call>(parent)) {
      const std::string name = c_.facts().ResolvedName(call.callee());
      return std::find(std::begin(kKeeping), std::end(kKeeping), name) != std::end(kKeeping);
    }
    return false;
  }

  // The arrow that does nothing but make the call; none for any other call.
  NodeId Forwarder(NodeId call) {
    const NodeId parent = c_.facts().Parent(call);
    auto arrow = c_.As<Lambda>(parent);
    const bool forwards = arrow && !arrow.is_async() && arrow.body() == call;
    return forwards && calls_of_.contains(parent.index) ? parent : kNoNode;
  }

  bool Take(NodeId function) {
    const NodeList mentions = Mentions(function);
    for (NodeId mention : mentions) {
      const NodeId id = c_.facts().Parent(mention);
      auto call = c_.As<Call>(id);
      if (call && call.callee() == mention) {
        const std::vector<NodeId> callees = c_.facts().PossibleCallees(id);
        if (call.is_optional() || callees.size() != 1 || callees[0] != function) return false;
      } else if (!IsKeptValue(mention)) {
        return false;
      }
    }
    // The calls, those of arrows that hand on included.
    NodeList group{function};
    NodeList calls;
    for (std::size_t i = 0; i < group.size(); ++i) {
      auto known = calls_of_.find(group[i].index);
      if (known == calls_of_.end()) continue;
      for (NodeId call : known->second) {
        const NodeId forwarder = Forwarder(call);
        (forwarder ? group : calls).push_back(forwarder ? forwarder : call);
      }
    }
    bool seen = false;    // some call stands where nobody can wait
    bool dropped = true;  // nobody looks at what a call gives
    const bool state = ChangesState(function);
    for (NodeId call : calls) {
      for (NodeId callee : c_.facts().PossibleCallees(call)) {
        if (std::find(group.begin(), group.end(), callee) == group.end()) return false;
      }
      const Use use = c_.facts().UseOf(call);
      dropped = dropped && use == Use::kDropped;
      auto made = c_.As<Call>(call);
      const bool by_name = std::find(mentions.begin(), mentions.end(), made.callee()) != mentions.end();
      seen = seen || (use != Use::kAwaited && (by_name || state) && IsPlainPlace(call, function));
    }
    if (!seen) return false;
    const auto statements = c_.As<ir::Block>(FunctionBody(c_, function)).statements();
    const std::size_t count = Beginning(statements);
    if (count == 0 || count == statements.size()) return false;
    const auto beginning = statements.first(count);
    if (std::none_of(beginning.begin(), beginning.end(),
                     [&](NodeId s) { return IsMoreThanNames(c_, s); }))
      return false;
    for (NodeId statement : beginning) {
      const bool bad = Any(c_, statement, [&](NodeId id) {
        if (auto result = c_.As<Return>(id)) {
          return !dropped || (result.value() && !c_.IsPure(result.value()));
        }
        return dropped ? c_.src().Is(id, NodeKind::kRaise) : MayFail(c_, id);
      });
      if (bad) return false;
    }
    if (ReadsLater(statements, count)) return false;
    found_.splits[function.index] = count;
    for (NodeId each : group) found_.keeps[each.index] = dropped;
    return true;
  }

  // How many statements come before the first that awaits.
  std::size_t Beginning(std::span<const NodeId> statements) {
    std::size_t count = 0;
    while (count < statements.size() && !ContainsAwait(c_, statements[count])) ++count;
    return count;
  }

  // Does the beginning read what the rest declares?
  bool ReadsLater(std::span<const NodeId> statements, std::size_t count) {
    const std::uint32_t border = c_.src().span(statements[count]).begin;
    const std::uint32_t end = c_.src().span(statements.back()).end;
    auto reads = [&](auto&& self, NodeId id) -> bool {
      if (c_.src().Is(id, NodeKind::kName)) {
        const facts::BindingId binding = c_.facts().BindingOf(id);
        const NodeId declared = binding ? c_.facts().binding(binding).declaration : kNoNode;
        if (declared && c_.src().span(declared).begin >= border && c_.src().span(declared).end <= end)
          return true;
      }
      bool found = false;
      c_.src().ForEachChild(id, [&](NodeId child) { found = found || self(self, child); });
      return found;
    };
    return std::any_of(statements.begin(), statements.begin() + static_cast<std::ptrdiff_t>(count),
                       [&](NodeId s) { return reads(reads, s); });
  }

  // A timer's callback that only makes the call: nothing comes after it that could see the difference.
  bool EndsCallback(NodeId call, NodeId function) {
    static constexpr std::string_view kLater[] = {"setTimeout", "setInterval", "setImmediate",
                                                  "queueMicrotask", "process.nextTick"};
    auto taker = c_.As<Call>(c_.facts().Parent(function));
    if (!taker || taker.callee() == function) return false;
    const std::string name = c_.facts().ResolvedName(taker.callee());
    if (std::find(std::begin(kLater), std::end(kLater), name) == std::end(kLater)) return false;
    if (auto lambda = c_.As<Lambda>(function)) return lambda.body() == call;
    auto block = c_.As<ir::Block>(FunctionBody(c_, function));
    return block && !block.statements().empty() &&
           block.statements().back() == c_.facts().EnclosingStatement(call);
  }

  // Does the beginning of the function change what others ask about?
  bool ChangesState(NodeId function) {
    const auto statements = c_.As<ir::Block>(FunctionBody(c_, function)).statements();
    const auto beginning = statements.first(Beginning(statements));
    return std::any_of(beginning.begin(), beginning.end(), [&](NodeId s) {
      return Any(c_, s, [&](NodeId id) {
        auto assign = c_.As<Assign>(id);
        return c_.src().Is(id, NodeKind::kUpdate) || c_.src().Is(id, NodeKind::kAugAssign) ||
               (assign && assign.declares() == DeclKind::kNone);
      });
    });
  }

  bool IsAsync(NodeId function) {
    return !IsFutureMaker(c_, function) &&
           (c_.facts().IsAsync(function) == facts::Async::kYes || c_.facts().BecomesAsync(function));
  }

  // May the loop be given no turn where the call stands, or would others run in it that see the difference?
  bool IsPlainPlace(NodeId call, NodeId callee) {
    const NodeId function = c_.facts().EnclosingFunction(call);
    if (!function) return false;
    if (!IsAsync(function)) return !EndsCallback(call, function);
    if (c_.src().Is(function, NodeKind::kLambda)) return false;
    if (function != callee && c_.facts().EnclosingFunction(function) && ChangesState(callee))
      return true;
    auto split = found_.splits.find(function.index);
    if (split == found_.splits.end()) return false;
    const auto statements = c_.As<ir::Block>(FunctionBody(c_, function)).statements();
    return c_.src().span(call).begin < c_.src().span(statements[split->second]).begin;
  }

  Context& c_;
  Found& found_;
  std::unordered_map<std::uint32_t, NodeList> calls_of_;  // by function
};

// By source function, found once for the file.
struct Beginnings : Found {
  explicit Beginnings(Context& c) { Finder(c, *this).Run(); }
};

// Does the call run code that others can see before it waits? What nobody knows may.
bool CallActs(Context& c, NodeId value) {
  if (AsSleep(c, value)) return false;
  auto call = c.As<Call>(value);
  if (!call) return !c.IsPure(value);
  if (std::any_of(call.args().begin(), call.args().end(), [&](NodeId arg) {
        return !c.IsPure(arg) && !c.src().Is(arg, NodeKind::kSpread);
      }))
    return true;
  const std::vector<NodeId> callees = c.facts().PossibleCallees(value);
  if (callees.empty()) return c.facts().ResolvedName(call.callee()).empty();
  return std::any_of(callees.begin(), callees.end(), [&](NodeId callee) {
    return !IsSleepHelper(c, callee) && c.facts().HasEagerPrefix(callee);
  });
}

// Does the statement, which awaits somewhere, do something that others can see before that?
bool Acts(Context& c, NodeId statement) {
  if (auto attempt = c.As<Try>(statement)) {
    const auto inner = c.As<ir::Block>(attempt.body()).statements();
    return inner.empty() || Acts(c, inner[0]);
  }
  NodeId value;
  if (auto expr = c.As<ExprStmt>(statement)) value = expr.value();
  if (auto result = c.As<Return>(statement)) value = result.value();
  if (auto assign = c.As<Assign>(statement)) value = assign.value();
  auto await = value ? c.As<Await>(value) : Await();
  return !await || CallActs(c, await.value());
}

std::string Mark(NodeId function) { return "beginning:" + std::to_string(function.index); }

}  // namespace

bool BeginsAtOnce(Context& c, NodeId function) {
  return c.State<Beginnings>().splits.contains(function.index);
}

bool HandsOnTasks(Context& c, NodeId function) {
  return c.State<Beginnings>().keeps.contains(function.index);
}

bool HasBeginnings(Context& c) { return !c.State<Beginnings>().splits.empty(); }

bool KeepsItsTask(Context& c, NodeId function) {
  const auto& keeps = c.State<Beginnings>().keeps;
  auto it = keeps.find(function.index);
  return it != keeps.end() && it->second;
}

bool IsInBeginning(Context& c, NodeId function) { return c.marks().contains(Mark(function)); }

void SetInBeginning(Context& c, NodeId function, bool value) {
  if (value)
    c.marks().insert(Mark(function));
  else
    c.marks().erase(Mark(function));
}

bool GivesWork(Context& c, NodeId call) {
  if (c.facts().ColourOf(call) != facts::CallColour::kAsync) return false;
  if (!HasBeginnings(c)) return true;
  const std::vector<NodeId> callees = c.facts().PossibleCallees(call);
  return callees.empty() || !std::all_of(callees.begin(), callees.end(),
                                         [&](NodeId id) { return KeepsItsTask(c, id); });
}

bool ActsLate(Context& c, NodeId function) {
  if (!c.facts().HasEagerPrefix(function)) return false;
  const auto& splits = c.State<Beginnings>().splits;
  auto it = splits.find(function.index);
  if (it == splits.end()) return true;
  return Acts(c, c.As<ir::Block>(FunctionBody(c, function)).statements()[it->second]);
}

void AppendBeginning(Context& c, NodeId function, NodeList& statements) {
  const auto own = c.As<ir::Block>(FunctionBody(c, function)).statements();
  const std::size_t count = c.State<Beginnings>().splits.at(function.index);
  NodeList beginning;
  Plainly(c, function, [&] { beginning = c.Stmts(InDefinitionOrder(c, own.first(count))); });
  statements.insert(statements.end(), beginning.begin(), beginning.end());
  DeclareOuter(c, function, statements);

  NodeList rest = c.Stmts(InDefinitionOrder(c, own.subspan(count)));
  EndWithTurn(c, function, rest);
  // What the rest assigns of the beginning's variables and of the parameters stays theirs.
  std::unordered_set<std::string> outer = AssignedNames(c, statements);
  for (NodeId param : FunctionParams(c, function)) {
    const NodeId target = c.As<Param>(param).target();
    if (c.src().Is(target, NodeKind::kName)) outer.insert(c.TargetName(target));
  }
  const std::unordered_set<std::string> assigned = AssignedNames(c, rest);
  std::vector<std::string> shared;
  for (const std::string& name : assigned) {
    if (outer.contains(name)) shared.push_back(name);
  }
  DeclareOuter(c, function, rest);
  std::sort(shared.begin(), shared.end());
  NodeList names;
  auto declared = rest.empty() ? ScopeDecl() : ir::As<ScopeDecl>(c.dst(), rest[0]);
  for (const std::string& name : shared) {
    bool already = false;
    for (std::size_t i = 0; i < rest.size() && i < 2; ++i) {
      declared = ir::As<ScopeDecl>(c.dst(), rest[i]);
      if (!declared) break;
      for (NodeId id : declared.names()) already = already || c.dst().text(id) == name;
    }
    if (!already) names.push_back(c.NewName(name));
  }
  if (!names.empty()) {
    rest.insert(rest.begin(),
                c.New(make::ScopeDecl{.names = std::move(names), .is_nonlocal = true}, {}));
  }
  const std::string name = FreshIn(c, FunctionBody(c, function), "work");
  statements.push_back(c.New(make::FunctionDef{.name = c.NewName(name),
                                               .body = c.NewBlock(std::move(rest)),
                                               .is_async = true},
                             {}));
  NodeId work = c.NewCall(c.NewName(name), {});
  if (KeepsItsTask(c, function)) {
    StartInBackground(c, work, own[count], statements);
    return;
  }
  NodeId task = c.NewCall(c.Library("asyncio.create_task"), {work});
  statements.push_back(c.New(make::Return{.value = task}, {}));
}

}  // namespace asyncport::translate::to_py
