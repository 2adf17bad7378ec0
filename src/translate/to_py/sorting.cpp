// sort and reverse where somebody takes their value: in JavaScript both change the list and give it back. As statements,
// and where a known comparison is a key, they are cards.
// Example: `return names.sort();` -> `names.sort()` and `return names`; `load().sort()` -> `sorted(load())`.
#include <utility>
#include <vector>

#include "translate/quote.h"
#include "translate/to_py/comparators.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// `(a, b) => a - b` is 1, `(a, b) => b - a` is -1.
int PlainDirection(Context& c, NodeId function) {
  NodeId body = ReturnedExpression(c, function);
  auto params = FunctionParams(c, function);
  auto minus = body ? c.As<Binary>(body) : Binary();
  if (!minus || minus.op() != BinaryOp::kSub || params.size() != 2) return 0;
  NodeId first = c.As<Param>(params[0]).target();
  NodeId second = c.As<Param>(params[1]).target();
  if (SameTree(c.src(), minus.left(), c.src(), first) &&
      SameTree(c.src(), minus.right(), c.src(), second))
    return 1;
  if (SameTree(c.src(), minus.left(), c.src(), second) &&
      SameTree(c.src(), minus.right(), c.src(), first))
    return -1;
  return 0;
}

NodeList KeyArgs(Context& c, const SortKey& sorted) {
  NodeList out{c.NewKeyword("key", sorted.key)};
  if (sorted.is_reverse)
    out.push_back(c.NewKeyword("reverse", c.New(make::Bool{.value = true}, {})));
  return out;
}

NodeList SortArgs(Context& c, NodeId list, std::span<const NodeId> args, NodeId origin) {
  NodeList out;
  if (args.empty()) {
    const facts::Type& type = c.facts().type(c.facts().TypeOf(list));
    if (c.facts().type(type.element).kind == TypeKind::kStr) return out;
    c.SayOnce("lexicographic-sort", origin);
    out.push_back(c.NewKeyword("key", c.NewName("str")));
    return out;
  }
  if (auto sorted = KeyOfComparison(c, args[0]); sorted && PlainDirection(c, args[0]) == 0) {
    return KeyArgs(c, *sorted);
  }
  int direction = PlainDirection(c, args[0]);
  if (direction < 0) out.push_back(c.NewKeyword("reverse", c.New(make::Bool{.value = true}, {})));
  if (direction == 0)
    out.push_back(
        c.NewKeyword("key", c.NewCall(c.Library("functools.cmp_to_key"), {c.Expr(args[0])})));
  return out;
}

// What `[...xs]` and `xs.slice()` are a copy of: `sorted` makes one itself.
NodeId Copied(Context& c, NodeId list) {
  auto display = c.As<List>(list);
  auto spread = display && display.elements().size() == 1 ? c.As<Spread>(display.elements()[0]) : Spread();
  if (spread) return spread.value();
  auto call = c.As<Call>(list);
  if (c.MethodName(list) != "slice" || !call.args().empty()) return list;
  NodeId object = c.As<Attribute>(call.callee()).object();
  return c.facts().Only(object, {TypeKind::kList}) ? object : list;
}

std::optional<NodeId> TranslateValue(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || call.is_optional() || method.is_optional() || call.args().size() > 1)
    return std::nullopt;
  bool sorts = method.name() == "sort";
  bool copies = method.name() == "toSorted" || method.name() == "toReversed";
  bool reverses =
      (method.name() == "reverse" || method.name() == "toReversed") && call.args().empty();
  if (!sorts && !reverses && !copies) return std::nullopt;
  NodeId list = method.object();
  bool known = c.facts().Only(list, {TypeKind::kList, TypeKind::kTuple});
  if (!known && c.facts().KindOf(list) != TypeKind::kUnknown) return std::nullopt;
  NodeKind kind = c.src().kind(list);
  bool kept = kind == NodeKind::kName || kind == NodeKind::kAttribute ||
              kind == NodeKind::kSubscript || kind == NodeKind::kSelfRef;
  if (copies || !kept) list = Copied(c, list);
  NodeId object = c.Expr(list);
  const bool in_passes = !reverses && call.args().size() == 1 && NeedsPasses(c, call.args()[0]);
  if (copies || !kept) {
    if (reverses) return Quote(c, "$XS[::-1]", {{"XS", object}}, id);
    if (in_passes) {
      for (const SortKey& pass : PassesOfComparison(c, call.args()[0])) {
        NodeList args = KeyArgs(c, pass);
        args.insert(args.begin(), object);
        object = c.NewCall(c.NewName("sorted"), std::move(args), id);
      }
      return object;
    }
    NodeList args = SortArgs(c, list, call.args(), id);
    args.insert(args.begin(), object);
    return c.NewCall(c.NewName("sorted"), std::move(args), id);
  }
  if (!c.IsPure(list)) return std::nullopt;
  if (in_passes) {
    std::vector<SortKey> passes = PassesOfComparison(c, call.args()[0]);
    const bool ignored = c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt);
    for (std::size_t i = 0; i < passes.size(); ++i) {
      NodeId change = c.NewCall(c.NewAttribute(object, "sort"), KeyArgs(c, passes[i]), id);
      if (ignored && i + 1 == passes.size()) return change;
      c.HoistEffect(c.NewExprStmt(change, id), id);
      object = c.Expr(list);
    }
    return object;
  }
  NodeList args = reverses ? NodeList() : SortArgs(c, list, call.args(), id);
  NodeId change = c.NewCall(c.NewAttribute(object, method.name()), std::move(args), id);
  if (c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt)) return change;
  c.HoistEffect(c.NewExprStmt(change, id), id);
  return c.Expr(list);
}

// Comparisons of several things, before cards make functions of them.
std::optional<NodeId> TranslateCompound(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string_view name = c.MethodName(id);
  if ((name != "sort" && name != "toSorted") || call.args().size() != 1) return std::nullopt;
  NodeKind kind = c.src().kind(call.args()[0]);
  if (kind != NodeKind::kLambda && kind != NodeKind::kFunctionExpr) return std::nullopt;
  return IsCompoundComparison(c, call.args()[0]) ? TranslateValue(c, id) : std::nullopt;
}

// `[...map].sort(...)`: the pairs of the Map, where Python would go through its keys. Cards do the rest.
std::optional<NodeId> SortPairs(Context& c, NodeId id) {
  std::string_view name = c.MethodName(id);
  if (name != "sort" && name != "toSorted") return std::nullopt;
  auto copy = c.As<List>(c.As<Attribute>(c.As<Call>(id).callee()).object());
  auto spread = copy && copy.elements().size() == 1 ? c.As<Spread>(copy.elements()[0]) : Spread();
  if (!spread || !c.facts().Only(spread.value(), {TypeKind::kMap})) return std::nullopt;
  c.Override(spread.value(),
             Quote(c, "$M.items()", {{"M", c.Expr(spread.value())}}, spread.value()));
  return std::nullopt;
}

}  // namespace

void RegisterSorting(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &SortPairs);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCompound);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateValue);
}

}  // namespace asyncport::translate::to_py
