// Functions that something else calls later: timers of the loop, callbacks of tasks and exit stacks. A bound method keeps
// its object, so it becomes an arrow around the call.
// Example: `loop.call_later(1, items.append, x)` -> `setTimeout(() => items.push(x), 1000)`.
#include "translate/to_js/callbacks.h"

#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Row {
  std::string_view method;
  std::string_view code;
};
// Methods of library objects that programs hand over.
constexpr Row kRows[] = {
    {"list#append", "$X.push($$$A)"},
    {"deque#append", "$X.push($$$A)"},
    {"set#add", "$X.add($$$A)"},
    {"set#discard", "$X.delete($$$A)"},
    {"Event#set", "$X.set()"},
    {"Event#clear", "$X.clear()"},
    {"Queue#put_nowait", "$X.putNowait($$$A)"},
    {"Future#set_result", "$X.setResult($$$A)"},
    {"Future#set_exception", "$X.setException($$$A)"},
    {"Future#cancel", "$X.cancel()"},
    {"Lock#release", "$X.release()"},
    {"Semaphore#release", "$X.release()"},
    {"TimerHandle#cancel", "clearTimeout($X)"},
    {"print", "console.log($$$A)"},
};

}  // namespace

NodeId CalledBack(Context& c, NodeId function, NodeList args, NodeId origin) {
  if (c.src().Is(function, NodeKind::kLambda)) return Apply(c, function, std::move(args), origin);
  std::string name = c.facts().ResolvedName(function);
  auto attribute = c.As<Attribute>(function);
  for (const Row& row : kRows) {
    if (!name.ends_with(row.method)) continue;
    NodeId object = attribute ? c.Expr(attribute.object()) : kNoNode;
    return Js(c, row.code, {{"X", object}, {"A", std::move(args)}}, origin);
  }
  if (attribute && name.empty()) {
    NodeId method = c.NewAttribute(c.Expr(attribute.object()), MemberName(c, attribute.object(), attribute.name()));
    return c.NewCall(method, std::move(args), origin);
  }
  return c.NewCall(c.Expr(function), std::move(args), origin);
}

bool IsPlainFunction(Context& c, NodeId function) {
  if (!c.src().Is(function, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(function);
  if (!binding || c.facts().binding(binding).kind == facts::BindingKind::kImport) return false;
  // A free name is a builtin, or a name of the snippet's surroundings.
  return c.facts().binding(binding).kind != facts::BindingKind::kFree || c.facts().ResolvedName(function) != "print";
}

NodeId Callback(Context& c, NodeId function, NodeList args, NodeId origin) {
  if (args.empty() && (IsPlainFunction(c, function) || c.src().Is(function, NodeKind::kLambda))) return c.Expr(function);
  return Arrow(c, {}, CalledBack(c, function, std::move(args), origin));
}

NodeId CallbackOf(Context& c, NodeId function, std::string_view param) {
  if (IsPlainFunction(c, function) || c.src().Is(function, NodeKind::kLambda) || !c.src().Is(function, NodeKind::kAttribute)) return c.Expr(function);
  NodeId name = c.NewName(param);
  return Arrow(c, {name}, CalledBack(c, function, {c.NewName(param)}, function));
}

}  // namespace asyncport::translate::to_js
