// Object.groupBy and Map.groupBy. Keys of an object are texts: only keys that surely are take part.
// Example: `Object.groupBy(rows, ({ region }) => region)` -> `group_by(rows, lambda row: ...)`.
#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// What a call of the function gives.
facts::TypeId ResultOf(Context& c, NodeId function) {
  return c.facts().type(c.facts().TypeOf(function)).element;
}

std::optional<NodeId> TranslateGroupBy(Context& c, NodeId id) {
  const bool object = c.IsCallTo(id, "Object.groupBy");
  if (!object && !c.IsCallTo(id, "Map.groupBy")) return std::nullopt;
  auto call = c.As<Call>(id);
  if (call.args().size() != 2) return std::nullopt;
  NodeId key = call.args()[1];
  std::size_t params = 1;
  if (auto lambda = c.As<Lambda>(key)) params = lambda.params().size();
  if (auto function = c.As<FunctionExpr>(key)) params = function.params().size();
  if (params != 1) return std::nullopt;
  NodeId taken = c.Expr(key);
  if (object) {
    const TypeKind kind = c.facts().type(ResultOf(c, key)).kind;
    if (kind != TypeKind::kStr) c.SayOnce("key-type", id);
  }
  NodeId function = DefineOnce(c, "group_by", R"(
def group_by(items, key):
    """Collect the items in lists, by what key() says of each."""
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
)");
  return c.NewCall(function, {c.Expr(call.args()[0]), taken}, id);
}

}  // namespace

void RegisterGrouping(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateGroupBy);
}

}  // namespace asyncport::translate::to_py
