// copy.copy and copy.deepcopy: a spread where the kind of value is known, else small functions that keep the class of
// instances, which structuredClone would lose.
// Example: `copy.copy(items)` -> `[...items]`; `copy.deepcopy(order)` -> `deepCopy(order)`.
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool DefinesCopy(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto method = c.As<Method>(NodeId{i});
    if (method && (method.name() == "__copy__" || method.name() == "__deepcopy__")) return true;
  }
  return false;
}

bool HasClasses(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.src().Is(NodeId{i}, NodeKind::kClassDef)) return true;
  }
  return false;
}

std::optional<NodeId> Shallow(Context& c, NodeId value, NodeId id) {
  struct Row {
    unsigned kind;
    std::string_view js;
  };
  static constexpr Row kRows[] = {{kPrimitive, "$X"},
                                  {kArray, "[...$X]"},
                                  {kObject, "({ ...$X })"},
                                  {kMap, "new Map($X)"},
                                  {kSet, "new Set($X)"}};
  for (const Row& row : kRows) {
    if (Only(c, value, row.kind)) return Js(c, row.js, {{"X", c.Expr(value)}}, id);
  }
  return c.NewCall(Local(c, "shallowCopy"), {c.Expr(value)}, id);
}

std::optional<NodeId> TranslateCopy(Context& c, NodeId id) {
  const bool deep = c.IsCallTo(id, "copy.deepcopy");
  if (!deep && !c.IsCallTo(id, "copy.copy")) return std::nullopt;
  auto args = c.As<Call>(id).args();
  if (args.size() != 1 || DefinesCopy(c))
    return c.Refuse(id, "untranslated", {{"reason", "`copy`"}});
  NodeId value = args[0];
  if (!deep) return Shallow(c, value, id);
  const bool plain = Only(c, value, kArray | kSet) && Only(c, ElementOf(c, value), kPrimitive);
  if (plain || !HasClasses(c)) return std::nullopt;
  return c.NewCall(Local(c, "deepCopy"), {c.Expr(value)}, id);
}

}  // namespace

void RegisterCopies(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCopy); }

}  // namespace asyncport::translate::to_js
