// Where an error that is raised here may be caught: in the same function, by its callers, or wherever a task is awaited.
// Example: `int(text)` in a coroutine that is gathered with return_exceptions=True must raise, not give NaN.
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "translate/to_js/error_table.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Do the handlers of the try take this builtin error?
bool Takes(Context& c, NodeId try_id, std::string_view error) {
  for (NodeId handler : c.As<Try>(try_id).handlers()) {
    NodeId type = c.As<CatchClause>(handler).type();
    for (NodeId one : TypesOf(c, type)) {
      std::string name = Canonical(c.facts().ResolvedName(one));
      // `except Exception` catches it too; then the guard keeps the program from going on with undefined.
      if (IsSubclass(error, name)) return true;
      // `except kinds`: whatever the variable holds.
      bool variable = !FindError(name) && c.facts().KindOf(one) != facts::TypeKind::kClass;
      if (variable) return true;
    }
    if (!type) return true;
  }
  return false;
}

// A context manager of the file that sees the errors of its body.
bool SeesErrors(Context& c, NodeId context) {
  if (NodeId owner = ClassOf(c, context))
    return FindMethod(c, owner, "__exit__") || FindMethod(c, owner, "__aexit__");
  auto call = c.As<Call>(context);
  auto maker = call ? c.As<FunctionDef>(c.facts().CalleeDefinition(context)) : FunctionDef();
  if (!maker) return false;
  for (NodeId statement : c.As<ir::Block>(maker.body()).statements()) {
    if (auto attempt = c.As<Try>(statement); attempt && !attempt.handlers().empty()) return true;
  }
  return false;
}

bool CaughtInFunction(Context& c, NodeId node, std::string_view error) {
  for (NodeId below = node, up = c.facts().Parent(node); up;
       below = up, up = c.facts().Parent(up)) {
    NodeKind kind = c.src().kind(up);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod || kind == NodeKind::kLambda)
      return false;
    if (kind == NodeKind::kTry && c.As<Try>(up).body() == below && Takes(c, up, error)) return true;
    if (kind == NodeKind::kWith) {
      for (NodeId item : c.As<With>(up).items()) {
        NodeId context = c.As<WithItem>(item).context();
        if (c.As<With>(up).body() == below && SeesErrors(c, context)) return true;
        if (!c.IsCallTo(context, "contextlib.suppress")) continue;
        for (NodeId arg : c.As<Call>(context).args()) {
          if (IsSubclass(error, Canonical(c.facts().ResolvedName(arg)))) return true;
        }
      }
    }
  }
  return false;
}

// The calls of each function of the file, found once.
struct CallsOf {
  bool is_filled = false;
  std::unordered_map<std::uint32_t, NodeList> by_function;
};
const NodeList& CallsTo(Context& c, NodeId function) {
  CallsOf& calls = c.State<CallsOf>();
  if (!std::exchange(calls.is_filled, true)) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId call{i};
      if (!c.src().Is(call, NodeKind::kCall)) continue;
      NodeId target = c.facts().CalleeDefinition(call);
      if (c.src().Is(target, NodeKind::kClassDef)) target = FindMethod(c, target, "__init__");
      if (target) calls.by_function[target.index].push_back(call);
    }
  }
  return calls.by_function[function.index];
}

// Is the error seen somewhere else than where it is raised: by whoever gathers, asks or awaits a task, or calls a function
// that was handed over?
bool SomeHandlerTakes(Context& c, std::string_view error) {
  struct Seen {
    std::unordered_map<std::string, bool> by_error;
  };
  auto [it, is_new] = c.State<Seen>().by_error.try_emplace(std::string(error), false);
  if (!is_new) return it->second;
  bool found = false;
  for (std::uint32_t i = 1; i < c.src().size() && !found; ++i) {
    NodeId node{i};
    if (c.src().Is(node, NodeKind::kTry))
      found = Takes(c, node, error);
    else if (auto keyword = c.As<Keyword>(node))
      found = keyword.name() == "return_exceptions";
    else if (c.src().Is(node, NodeKind::kCall))
      found = c.MethodName(node) == "exception" && c.As<Call>(node).args().empty();
  }
  return c.State<Seen>().by_error[std::string(error)] = found;
}

// Does a caller, or a caller of a caller, catch the error? Each function is asked once.
bool FunctionIsGuarded(Context& c, NodeId function, std::string_view error,
                       std::unordered_set<std::uint32_t>& asked) {
  if (!function || !asked.insert(function.index).second) return false;
  const NodeList& calls = CallsTo(c, function);
  auto definition = c.As<FunctionDef>(function);
  auto method = c.As<Method>(function);
  bool decorated =
      (definition && !definition.decorators().empty()) || (method && !method.decorators().empty());
  if ((calls.empty() || decorated) && SomeHandlerTakes(c, error)) return true;
  for (NodeId call : calls) {
    if (CaughtInFunction(c, call, error)) return true;
    // A coroutine that is not awaited on the spot fails wherever its task is awaited.
    NodeId use = c.facts().Parent(call);
    bool handed = IsCoroutineCall(c, call) && !c.src().Is(use, NodeKind::kAwait) &&
                  !c.IsCallTo(use, "asyncio.run") && !c.IsCallTo(use, "asyncio.Runner#run");
    if (handed && SomeHandlerTakes(c, error)) return true;
    if (FunctionIsGuarded(c, c.facts().EnclosingFunction(call), error, asked)) return true;
  }
  return false;
}

}  // namespace

NodeList TypesOf(Context& c, NodeId type) {
  if (!type) return {};
  if (auto tuple = c.As<Tuple>(type))
    return NodeList(tuple.elements().begin(), tuple.elements().end());
  return {type};
}

bool IsCaughtHere(Context& c, NodeId node, std::string_view error) {
  return CaughtInFunction(c, node, error);
}

bool IsCaught(Context& c, NodeId node, std::string_view error) {
  if (CaughtInFunction(c, node, error)) return true;
  std::unordered_set<std::uint32_t> asked;
  return FunctionIsGuarded(c, c.facts().EnclosingFunction(node), error, asked);
}

}  // namespace asyncport::translate::to_js
