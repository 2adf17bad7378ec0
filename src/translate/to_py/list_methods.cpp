// Rarer methods of arrays: with, toSpliced, lastIndexOf, reduceRight without a start, Array.of, copyWithin; array methods of
// a match. What changes nothing but its spelling is a card.
// Example: `xs.with(1, 9)` -> `[*xs[:1], 9, *xs[2:]]`.
#include <algorithm>
#include <string>

#include "translate/quote.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct ListCall {
  ir::Call call;
  NodeId list;
  std::string_view name;
};

ListCall AsListCall(Context& c, NodeId id) {
  auto call = c.As<ir::Call>(id);
  if (!call || call.is_optional()) return {};
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.is_private()) return {};
  for (NodeId arg : call.args()) {
    if (c.src().Is(arg, NodeKind::kSpread)) return {};
  }
  return {call, method.object(), method.name()};
}

bool IsList(Context& c, NodeId id) { return c.facts().Only(id, {TypeKind::kList}); }

// `position + count` of a written number, or the sum.
NodeId Behind(Context& c, NodeId position, long count) {
  if (auto number = c.As<Number>(position); number && number.kind() == NumberKind::kInt) {
    return c.NewInt(std::stol(std::string(number.text())) + count);
  }
  return Quote(c, "$P + $N", {{"P", c.Expr(position)}, {"N", c.NewInt(count)}});
}

// A position counted from the start: a number that is not negative, or -1 and the like.
bool IsPosition(Context& c, NodeId id) { return c.facts().IsNonNegative(id) && c.IsPure(id); }

std::optional<NodeId> TranslateWith(Context& c, NodeId id) {
  ListCall m = AsListCall(c, id);
  if (m.name != "with" || !IsList(c, m.list) || m.call.args().size() != 2) return std::nullopt;
  if (!c.IsPure(m.list)) return std::nullopt;
  NodeId at = m.call.args()[0];
  auto minus = c.As<Unary>(at);
  if (minus && minus.op() == UnaryOp::kNeg && c.src().text(minus.operand()) == "1") {
    return Quote(c, "[*$XS[:-1], $V]", {{"XS", c.Expr(m.list)}, {"V", c.Expr(m.call.args()[1])}},
                 id);
  }
  if (!IsPosition(c, at)) return std::nullopt;
  return Quote(c, "[*$XS[:$I], $V, *$XS[$J:]]",
               {{"XS", c.Expr(m.list)},
                {"I", c.Expr(at)},
                {"V", c.Expr(m.call.args()[1])},
                {"J", Behind(c, at, 1)}},
               id);
}

std::optional<NodeId> TranslateToSpliced(Context& c, NodeId id) {
  ListCall m = AsListCall(c, id);
  if (m.name != "toSpliced" || !IsList(c, m.list) || m.call.args().size() < 2) return std::nullopt;
  const auto args = m.call.args();
  auto count = c.As<Number>(args[1]);
  if (!c.IsPure(m.list) || !IsPosition(c, args[0]) || !count || count.text().size() > 9) {
    return std::nullopt;
  }
  NodeList items;
  for (NodeId arg : args.subspan(2)) items.push_back(c.Expr(arg));
  return Quote(c, "[*$XS[:$I], $$$ITEMS, *$XS[$J:]]",
               {{"XS", c.Expr(m.list)},
                {"I", c.Expr(args[0])},
                {"ITEMS", std::move(items)},
                {"J", Behind(c, args[0], std::stol(std::string(count.text())))}},
               id);
}

std::optional<NodeId> TranslateLastIndexOf(Context& c, NodeId id) {
  ListCall m = AsListCall(c, id);
  if (m.name != "lastIndexOf" || !IsList(c, m.list) || m.call.args().size() != 1) {
    return std::nullopt;
  }
  NodeId last = DefineOnce(c, "last_index", R"py(
def last_index(items, wanted):
    """Say where an item stands last, -1 if it is missing."""
    for i in range(len(items) - 1, -1, -1):
        if items[i] == wanted:
            return i
    return -1
)py");
  return c.NewCall(last, {c.Expr(m.list), c.Expr(m.call.args()[0])}, id);
}

std::optional<NodeId> TranslateCopyWithin(Context& c, NodeId id) {
  ListCall m = AsListCall(c, id);
  if (m.name != "copyWithin" || !IsList(c, m.list) || m.call.args().size() < 2) return std::nullopt;
  for (NodeId arg : m.call.args()) {
    if (!IsPosition(c, arg)) return std::nullopt;
  }
  NodeId copy = DefineOnce(c, "copy_within", R"py(
def copy_within(items, target, start, end=None):
    """Copy a part of a list over another of its parts, without making it longer."""
    part = items[start:end][: len(items) - target]
    items[target : target + len(part)] = part
    return items
)py");
  NodeList args{c.Expr(m.list)};
  for (NodeId arg : m.call.args()) args.push_back(c.Expr(arg));
  return c.NewCall(copy, std::move(args), id);
}

// `new Uint8Array(n).fill(1)` -> `[1] * n`
std::optional<NodeId> TranslateFilled(Context& c, NodeId id) {
  ListCall m = AsListCall(c, id);
  auto made = m.name == "fill" && m.call.args().size() == 1 ? c.As<ir::New>(m.list) : ir::New();
  if (!made || made.args().size() != 1 || !IsList(c, m.list)) return std::nullopt;
  const auto numbers = {TypeKind::kInt, TypeKind::kFloat, TypeKind::kStr, TypeKind::kBool,
                        TypeKind::kNull};
  if (!c.facts().Only(made.args()[0], {TypeKind::kInt, TypeKind::kFloat}) ||
      !c.facts().Only(m.call.args()[0], numbers)) {
    return std::nullopt;
  }
  NodeId one = c.New(make::List{.elements = {c.Expr(m.call.args()[0])}}, {});
  return c.New(
      make::Binary{.left = one, .right = c.Expr(made.args()[0]), .op = BinaryOp::kMul}, id);
}

// `xs.fill(0);` -> `xs[:] = [0] * len(xs)`
bool TranslateFillStmt(Context& c, NodeId id, NodeList& out) {
  ListCall m = AsListCall(c, c.As<ExprStmt>(id).value());
  if (m.name != "fill" || m.call.args().size() != 1 || !IsList(c, m.list) || !c.IsPure(m.list)) {
    return false;
  }
  NodeId all = c.New(make::Subscript{.object = c.Expr(m.list), .index = c.New(make::Slice{}, {})}, {});
  out.push_back(c.NewAssign(
      all,
      Quote(c, "[$V] * len($XS)", {{"V", c.Expr(m.call.args()[0])}, {"XS", c.Expr(m.list)}}), id));
  return true;
}

std::optional<NodeId> TranslateReduceRight(Context& c, NodeId id) {
  ListCall m = AsListCall(c, id);
  if (m.name != "reduceRight" || !IsList(c, m.list) || m.call.args().size() != 1) {
    return std::nullopt;
  }
  NodeId function = m.call.args()[0];
  auto lambda = c.As<Lambda>(function);
  if (!lambda || lambda.params().size() != 2) return std::nullopt;
  return c.NewCall(
      c.Library("functools.reduce"),
      {FunctionValue(c, function, "combine"), c.NewCall(c.NewName("reversed"), {c.Expr(m.list)})},
      id);
}

// `Math.max(0, ...xs)` -> `max([0, *xs])`: the list may be empty.
std::optional<NodeId> TranslateLargest(Context& c, NodeId id) {
  const bool largest = c.IsCallTo(id, "Math.max");
  if (!largest && !c.IsCallTo(id, "Math.min")) return std::nullopt;
  const auto args = c.As<Call>(id).args();
  const auto is_spread = [&](NodeId arg) { return c.src().Is(arg, NodeKind::kSpread); };
  const auto spread = std::count_if(args.begin(), args.end(), is_spread);
  const auto plain = static_cast<std::ptrdiff_t>(args.size()) - spread;
  if (spread == 0 || plain != 1) return std::nullopt;
  NodeId list = c.New(make::List{.elements = c.Exprs(args)}, {});
  return c.NewCall(c.NewName(largest ? "max" : "min"), {list}, id);
}

std::optional<NodeId> TranslateArrayOf(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Array.of")) return std::nullopt;
  return c.New(make::List{.elements = c.Exprs(c.As<Call>(id).args())}, id);
}

// `text.match(/(\d+)x(\d+)/).map(f)`, `.slice(1)`: the match as a list of its groups, the whole first.
std::optional<NodeId> TranslateMatchMethod(Context& c, NodeId id) {
  auto call = c.As<ir::Call>(id);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.name() != "slice" || call.args().empty() || call.args().size() > 2) {
    return std::nullopt;
  }
  const auto match = {TypeKind::kMatch, TypeKind::kNull, TypeKind::kUndefined};
  if (!c.facts().Only(method.object(), match) ||
      !c.facts().May(method.object(), {TypeKind::kMatch}) ||
      c.src().text(call.args()[0]) != "1") {
    return std::nullopt;
  }
  NodeId groups = Quote(c, "list($M.groups())", {{"M", c.Expr(method.object())}}, id);
  if (call.args().size() == 1) return groups;
  auto end = c.As<Number>(call.args()[1]);
  if (!end || end.text().size() > 2) return std::nullopt;
  return Quote(c, "$G[:$N]",
               {{"G", groups}, {"N", c.NewInt(std::stol(std::string(end.text())) - 1)}}, id);
}

}  // namespace

void RegisterListMethods(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateWith);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateToSpliced);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateLastIndexOf);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCopyWithin);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateReduceRight);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFilled);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateFillStmt);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateArrayOf);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateLargest);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateMatchMethod);
}

}  // namespace asyncport::translate::to_py
