// `join` of items that are no texts throughout: what JavaScript writes for null, undefined and booleans is not what `str`
// does. Lists of texts, numbers and unknown items are a card's (str-join).
// Example: `[first, second].join(" ")`, where second may be undefined -> `" ".join("" if item is None else item for ...)`.
#include <algorithm>
#include <string>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct Items {
  bool none = false;   // null or undefined may be among them
  bool truth = false;  // booleans
  bool text = true;    // nothing but text else
  bool other = false;  // what is neither
};

void Note(const facts::Type& type, Items& items) {
  switch (type.kind) {
    case TypeKind::kNull:
    case TypeKind::kUndefined:
      items.none = true;
      break;
    case TypeKind::kBool:
      items.truth = true;
      break;
    case TypeKind::kStr:
      break;
    default:
      items.text = false;
      items.other = true;
      break;
  }
}

std::optional<NodeId> TranslateJoin(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.name() != "join" || call.args().size() > 1 || call.is_optional() ||
      method.is_optional())
    return std::nullopt;
  const NodeId list = method.object();
  if (!c.facts().Only(list, {TypeKind::kList})) return std::nullopt;
  if (!call.args().empty() && !c.facts().Only(call.args()[0], {TypeKind::kStr})) {
    return std::nullopt;
  }
  const facts::Type& element = c.facts().type(c.facts().type(c.facts().TypeOf(list)).element);
  Items items;
  if (element.kind == TypeKind::kUnion) {
    for (facts::TypeId member : element.members) Note(c.facts().type(member), items);
  } else {
    Note(element, items);
  }
  if (!items.none && !items.truth) return std::nullopt;
  const NodeId separator = call.args().empty() ? c.NewString(",") : c.Expr(call.args()[0]);
  const std::string name = c.names().Taken("item") ? c.names().Fresh("part") : "item";
  std::string text = items.text && !items.truth ? name : "str(" + name + ")";
  if (items.truth) {
    const bool only = !items.other && element.kind == TypeKind::kBool;
    const std::string truth = only ? name : "isinstance(" + name + ", bool)";
    text = only ? "\"true\" if " + name + " else \"false\""
                : "str(" + name + ").lower() if " + truth + " else " + text;
  }
  if (items.none) text = "\"\" if " + name + " is None else " + text;
  return Quote(c, "$SEP.join(" + text + " for " + name + " in $XS)",
               {{"SEP", separator}, {"XS", c.Expr(list)}}, id);
}

}  // namespace

void RegisterJoins(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateJoin); }

}  // namespace asyncport::translate::to_py
