// See makers.h. A function is one if every return hands out such a promise, the promise is settled from elsewhere, the
// call has effects that others can see, and nobody uses the function but by calling it.
#include "translate/to_py/makers.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "ir/rebuild.h"
#include "translate/to_py/beginnings.h"
#include "translate/to_py/futures.h"
#include "translate/to_py/parts.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

constexpr std::array<std::string_view, 5> kTimers = {"setTimeout", "setImmediate", "setInterval",
                                                     "queueMicrotask", "process.nextTick"};

bool IsFunction(const Tree& tree, NodeId id) {
  for (NodeKind kind :
       {NodeKind::kFunctionDef, NodeKind::kFunctionExpr, NodeKind::kLambda, NodeKind::kMethod}) {
    if (tree.Is(id, kind)) return true;
  }
  return false;
}

// Returns of the function itself.
void ReturnsIn(const Tree& tree, NodeId id, NodeList& out) {
  if (IsFunction(tree, id) || tree.Is(id, NodeKind::kClassDef)) return;
  if (tree.Is(id, NodeKind::kReturn)) out.push_back(id);
  tree.ForEachChild(id, [&](NodeId child) { ReturnsIn(tree, child, out); });
}

class Finder {
 public:
  Finder(Context& c, std::unordered_set<std::uint32_t>& found) : c_(c), found_(found) {}

  void Run() {
    NodeList candidates;
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      const NodeId id{i};
      if (c_.src().Is(id, NodeKind::kCall)) calls_.push_back(id);
      if (IsCandidate(id)) candidates.push_back(id);
    }
    if (candidates.empty()) return;
    for (NodeId id : candidates) found_.insert(id.index);
    // Down to those that agree with each other.
    for (bool changed = true; changed;) {
      changed = false;
      for (NodeId id : candidates) {
        if (!found_.contains(id.index) || (AllReturnsGive(id) && IsOnlyCalled(id))) continue;
        found_.erase(id.index);
        changed = true;
      }
      changed = ForgetMixed() || changed;
    }
    AddCallbacks();
  }

 private:
  bool IsCandidate(NodeId id) {
    const Tree& tree = c_.src();
    if (auto method = c_.As<Method>(id)) {
      if (method.is_async() || method.is_generator() || method.kind() != MethodKind::kMethod ||
          method.name().empty())
        return false;
    } else if (auto function = c_.As<FunctionDef>(id)) {
      if (function.is_async() || function.is_generator()) return false;
    } else {
      return false;
    }
    auto body = ir::As<Block>(tree, FunctionBody(c_, id));
    if (!body || body.statements().empty() || !tree.Is(body.statements().back(), NodeKind::kReturn))
      return false;
    return c_.facts().IsAsync(id) == facts::Async::kYes && c_.facts().HasEagerPrefix(id);
  }

  // A promise that is settled by what somebody does with `resolve` later on.
  bool IsSettledElsewhere(NodeId promise) {
    const NodeId executor = ExecutorOf(c_, promise);
    if (!executor) return false;
    auto params = FunctionParams(c_, executor);
    if (params.empty()) return false;
    const NodeId resolve = c_.As<Param>(params[0]).target();
    if (!c_.src().Is(resolve, NodeKind::kName)) return false;
    const auto& reads = c_.facts().binding(c_.facts().BindingOf(resolve)).reads;
    return std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
      const NodeId parent = c_.facts().Parent(read);
      auto call = c_.As<Call>(parent);
      if (!call)
        return c_.src().Is(parent, NodeKind::kDictEntry) ||
               c_.src().Is(parent, NodeKind::kAssign) || c_.src().Is(parent, NodeKind::kList);
      if (call.callee() == read) return false;
      return std::none_of(kTimers.begin(), kTimers.end(),
                          [&](std::string_view timer) { return c_.IsCallTo(parent, timer); });
    });
  }

  bool Gives(NodeId value) {
    if (IsSettledElsewhere(value)) return true;
    return c_.src().Is(value, NodeKind::kCall) && CallsOnlyFound(value);
  }

  bool CallsOnlyFound(NodeId call) {
    const std::vector<NodeId> callees = c_.facts().PossibleCallees(call);
    return !callees.empty() && std::all_of(callees.begin(), callees.end(), [&](NodeId callee) {
      return found_.contains(callee.index);
    });
  }

  bool AllReturnsGive(NodeId function) {
    NodeList returns;
    c_.src().ForEachChild(FunctionBody(c_, function),
                          [&](NodeId child) { ReturnsIn(c_.src(), child, returns); });
    return !returns.empty() && std::all_of(returns.begin(), returns.end(), [&](NodeId id) {
      const NodeId value = c_.As<Return>(id).value();
      return value && Gives(value);
    });
  }

  // At the top of the file a bare call is the program's start, which runs a coroutine.
  bool IsPlainCall(NodeId callee) {
    const NodeId call = c_.facts().Parent(callee);
    if (!c_.As<Call>(call) || c_.As<Call>(call).callee() != callee) return false;
    if (c_.facts().EnclosingFunction(call)) return true;
    const NodeId parent = c_.facts().Parent(call);
    return !c_.src().Is(parent, NodeKind::kExprStmt) && !c_.src().Is(parent, NodeKind::kAttribute);
  }

  bool IsOnlyCalled(NodeId function) {
    if (auto definition = c_.As<FunctionDef>(function)) {
      const auto& binding = c_.facts().binding(c_.facts().BindingOf(definition.name()));
      return binding.writes.size() <= 1 &&
             std::all_of(binding.reads.begin(), binding.reads.end(),
                         [&](NodeId read) { return IsPlainCall(read); });
    }
    const std::string_view name = c_.As<Method>(function).name();
    for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
      auto attribute = c_.As<Attribute>(NodeId{i});
      if (attribute && attribute.name() == name && !IsPlainCall(NodeId{i})) return false;
    }
    return true;
  }

  // A call that may reach others too gets what those give.
  bool ForgetMixed() {
    bool changed = false;
    for (NodeId call : calls_) {
      const std::vector<NodeId> callees = c_.facts().PossibleCallees(call);
      const bool some = std::any_of(callees.begin(), callees.end(),
                                    [&](NodeId id) { return found_.contains(id.index); });
      if (!some || CallsOnlyFound(call)) continue;
      for (NodeId callee : callees) changed = found_.erase(callee.index) > 0 || changed;
    }
    return changed;
  }

  // `items.map((x) => pool.run(x))`: what the callback hands on is started already.
  void AddCallbacks() {
    for (NodeId call : calls_) {
      auto arrow = c_.As<Lambda>(c_.facts().Parent(call));
      if (!arrow || arrow.is_async() || arrow.body() != call || !CallsOnlyFound(call)) continue;
      if (c_.MethodName(c_.facts().Parent(arrow.id())) == "map") found_.insert(arrow.id().index);
    }
  }

  Context& c_;
  std::unordered_set<std::uint32_t>& found_;
  NodeList calls_;
};

NodeId Unwrapped(Context& c, NodeId id) {
  const NodeId result = MapChildren(c.dst(), id, [&](NodeId child) { return Unwrapped(c, child); });
  auto task = ir::As<Spawn>(c.dst(), result);
  const NodeId origin =
      task && c.dst().Is(task.call(), NodeKind::kCall) ? c.dst().origin(task.call()) : kNoNode;
  return origin && c.src().Is(origin, NodeKind::kCall) && GivesFuture(c, origin) ? task.call()
                                                                                 : result;
}

}  // namespace

FutureMakers::FutureMakers(Context& context) { Finder(context, functions).Run(); }

bool IsFutureMaker(Context& c, NodeId function) {
  return c.State<FutureMakers>().functions.contains(function.index);
}

bool GivesFuture(Context& c, NodeId call) {
  const std::vector<NodeId> callees = c.facts().PossibleCallees(call);
  return !callees.empty() && std::all_of(callees.begin(), callees.end(),
                                         [&](NodeId id) {
                                           return IsFutureMaker(c, id) || HandsOnTasks(c, id);
                                         });
}

bool StaysPlain(Context& c, NodeId function) {
  if (IsFutureMaker(c, function) || IsInBeginning(c, function)) return true;
  auto lambda = c.As<Lambda>(function);
  return lambda && !lambda.is_async() && HasBeginnings(c) &&
         c.facts().ColourOf(lambda.body()) == facts::CallColour::kAsync &&
         !GivesWork(c, lambda.body());
}

NodeId WithoutTasksOfFutures(Context& c, NodeId root) {
  const bool none = c.State<FutureMakers>().functions.empty() && !HasBeginnings(c);
  return none ? root : Unwrapped(c, root);
}

}  // namespace asyncport::translate::to_py
