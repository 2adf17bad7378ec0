// Containers of Python's library: Counter and OrderedDict as Maps, deque as an array (with a limit where it has one).
// Example: `counts.update(words)` of a Counter -> `addCounts(counts, words)`; `d.rotate(1)` -> `rotate(d, 1)`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsCounter(Context& c, NodeId id) { return LibraryClassOf(c, id).ends_with("Counter"); }
bool IsDeque(Context& c, NodeId id) { return LibraryClassOf(c, id).ends_with("deque"); }

// What a Counter counts: a Map of counts stays one, a dict becomes one, anything else gives its items.
NodeId Counted(Context& c, NodeId source) {
  if (Only(c, source, kMap)) return c.Expr(source);
  if (Only(c, source, kObject))
    return Js(c, "new Map(Object.entries($D))", {{"D", c.Expr(source)}});
  return KeysOf(c, ElementOf(c, source), IterableOf(c, source), source);
}

std::optional<NodeId> MakeCounter(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (call.args().empty()) return Js(c, "new Map()", {}, id);
  NodeList entries;
  for (NodeId arg : call.args()) {
    auto keyword = c.As<Keyword>(arg);
    if (!keyword) break;
    entries.push_back(
        c.New(make::List{.elements = {c.NewString(keyword.name()), c.Expr(keyword.value())}}, arg));
  }
  if (entries.size() == call.args().size())
    return Js(c, "new Map($L)", {{"L", c.New(make::List{.elements = std::move(entries)}, {})}}, id);
  if (call.args().size() != 1) return std::nullopt;
  NodeId source = call.args()[0];
  NodeId counted = Counted(c, source);
  if (Only(c, source, kMap)) return Js(c, "new Map($X)", {{"X", counted}}, id);
  if (Only(c, source, kObject)) return counted;
  return c.NewCall(Local(c, "countItems"), {counted}, id);
}

// The limit that a deque was made with; kNoNode if it has none. `unsure` if that cannot be told.
NodeId LimitOf(Context& c, NodeId deque, bool& unsure) {
  NodeId found;
  facts::BindingId binding =
      c.src().Is(deque, NodeKind::kName) ? c.facts().BindingOf(deque) : facts::BindingId{};
  auto wanted = c.As<Attribute>(deque);
  bool seen = false;
  int limits = 0;
  NodeId any_limit;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId node{i};
    if (!c.IsCallTo(node, "collections.deque")) continue;
    NodeId limit = KeywordArg(c, node, "maxlen");
    if (!limit && c.As<Call>(node).args().size() == 2) limit = c.As<Call>(node).args()[1];
    if (limit && c.src().Is(limit, NodeKind::kNull)) limit = {};
    if (limit) {
      ++limits;
      any_limit = limit;
    }
    auto assign = c.As<Assign>(c.facts().Parent(node));
    if (!assign) continue;
    for (NodeId target : assign.targets()) {
      auto attribute = c.As<Attribute>(target);
      bool same = (binding && c.src().Is(target, NodeKind::kName) &&
                   c.facts().BindingOf(target) == binding) ||
                  (wanted && attribute && attribute.name() == wanted.name());
      if (!same) continue;
      seen = true;
      found = limit;
    }
  }
  if (!seen && limits > 0) {
    unsure = true;
    return any_limit;
  }
  return found;
}

// Can the limit be written again at another place?
bool IsSameEverywhere(Context& c, NodeId limit) {
  if (c.src().Is(limit, NodeKind::kNumber)) return true;
  if (!c.src().Is(limit, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(limit);
  return binding && !c.facts().binding(binding).reassigned &&
         c.facts().binding(binding).scope.index == 1;
}

// A limit that only the instance knows travels with the array.
struct DequeStyle {
  bool carried = false;
  explicit DequeStyle(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId node{i};
      if (!c.IsCallTo(node, "collections.deque")) continue;
      NodeId limit = KeywordArg(c, node, "maxlen");
      if (!limit && c.As<Call>(node).args().size() == 2) limit = c.As<Call>(node).args()[1];
      if (!limit || c.src().Is(limit, NodeKind::kNull)) continue;
      carried = carried || !IsSameEverywhere(c, limit) ||
                !c.src().Is(c.facts().Parent(node), NodeKind::kAssign);
    }
  }
};

std::optional<NodeId> MakeDeque(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  NodeId limit = KeywordArg(c, id, "maxlen");
  std::size_t count = PositionalCount(c, id);
  if (count == 2) limit = call.args()[1];
  if (limit && c.src().Is(limit, NodeKind::kNull)) limit = {};
  if (limit && c.State<DequeStyle>().carried) {
    NodeList args{c.Expr(limit)};
    if (count > 0) args.push_back(Js(c, "[...$X]", {{"X", IterableOf(c, call.args()[0])}}));
    return c.NewCall(Local(c, "bounded"), std::move(args), id);
  }
  if (count == 0) return c.New(make::List{}, id);
  NodeId items = Js(c, "[...$X]", {{"X", IterableOf(c, call.args()[0])}}, id);
  if (!limit) return items;
  return Js(c, "$X.slice(-$N)", {{"X", items}, {"N", c.Expr(limit)}}, id);
}

struct DequeRow {
  std::string_view name;
  int args;
  std::string_view code;
  std::string_view local = {};
};
constexpr DequeRow kDeque[] = {
    {"append", 1, "$X.push($A)"},
    {"appendleft", 1, "$X.unshift($A)"},
    {"popleft", 0, "$X.shift()"},
    {"pop", 0, "$X.pop()"},
    {"extend", 1, "$X.push(...$I)"},
    {"extendleft", 1, "$X.unshift(...[...$I].reverse())"},
    {"clear", 0, "$X.splice(0)"},
    {"copy", 0, "[...$X]"},
    {"reverse", 0, "$X.reverse()"},
    {"count", 1, "$X.filter((item) => item === $A).length"},
    {"remove", 1, "$F($X, $A)", "removeItem"},
    {"index", 1, "$X.indexOf($A)"},
    {"insert", 2, "$X.splice($A, 0, $B)"},
    {"rotate", 0, "$F($X)", "rotate"},
    {"rotate", 1, "$F($X, $A)", "rotate"},
};

std::optional<NodeId> TranslateDeque(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || !IsDeque(c, method.object())) return std::nullopt;
  std::string_view name = method.name();
  bool unsure = false;
  NodeId limit = LimitOf(c, method.object(), unsure);
  bool grows = name == "append" || name == "appendleft" || name == "extend" ||
               name == "extendleft" || name == "insert";
  if (limit && grows) {
    if (c.State<DequeStyle>().carried && name == "append")
      return c.NewCall(Local(c, "pushWithin"), {c.Expr(method.object()), c.Expr(call.args()[0])},
                       id);
    static constexpr std::pair<std::string_view, std::string_view> kOthers[] = {
        {"appendleft", "unshiftBounded"},
        {"extend", "extendBounded"},
        {"extendleft", "extendFrontBounded"}};
    for (auto [python, local] : kOthers) {
      if (unsure || c.State<DequeStyle>().carried || python != name || call.args().size() != 1)
        continue;
      NodeId given = name == "appendleft" ? c.Expr(call.args()[0]) : IterableOf(c, call.args()[0]);
      return c.NewCall(Local(c, local), {c.Expr(method.object()), given, c.Expr(limit)}, id);
    }
    if (unsure || name != "append")
      return c.Refuse(id, "untranslated", {{"reason", "a deque with a limit"}});
    return c.NewCall(Local(c, "pushBounded"),
                     {c.Expr(method.object()), c.Expr(call.args()[0]), c.Expr(limit)}, id);
  }
  bool by_contents = (name == "count" || name == "remove" || name == "index") &&
                     !Only(c, ElementOf(c, method.object()), kPrimitive | kInstance);
  if (by_contents && (KindsOf(c, ElementOf(c, method.object())) & kContainer) != 0)
    return c.Refuse(id, "structural-equality");
  if ((name == "popleft" || name == "pop") && IsCaught(c, id, "IndexError") &&
      c.IsPure(method.object()) && !IsFilledThere(c, id, method.object())) {
    NodeId test = Js(c, "$X.length === 0", {{"X", c.Expr(method.object())}});
    c.HoistEffect(c.New(make::If{.test = test,
                                 .body = c.NewBlock({ThrowNew(
                                     c, "IndexError", c.NewString("pop from an empty deque"))})},
                        {}),
                  id);
  }
  for (const DequeRow& row : kDeque) {
    if (row.name != name || row.args != static_cast<int>(call.args().size())) continue;
    NodeId first = call.args().empty() ? kNoNode : c.Expr(call.args()[0]);
    NodeId items =
        row.code.find("$I") != std::string_view::npos ? IterableOf(c, call.args()[0]) : kNoNode;
    NodeId second = call.args().size() > 1 ? c.Expr(call.args()[1]) : kNoNode;
    NodeId function = row.local.empty() ? kNoNode : Local(c, row.local, id);
    return Js(c, row.code,
              {{"X", c.Expr(method.object())},
               {"A", first},
               {"B", second},
               {"I", items},
               {"F", function}},
              id);
  }
  return c.Refuse(id, "untranslated",
                  {{"reason", "`" + std::string("deque." + std::string(name)) + "`"}});
}

std::optional<NodeId> TranslateCounterMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || !IsCounter(c, method.object()) || call.args().size() != 1) return std::nullopt;
  if (method.name() != "update" && method.name() != "subtract") return std::nullopt;
  if (!HasCategory(c.src().kind(call.args()[0]), category::Expr)) return std::nullopt;
  NodeList args{c.Expr(method.object()), Counted(c, call.args()[0])};
  if (method.name() == "subtract") args.push_back(c.NewInt(-1));
  return c.NewCall(Local(c, "addCounts"), std::move(args), id);
}

// `a + b`, `a - b`, `a & b`, `a | b` of Counters keep what is above zero.
std::string_view MergeOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::kAdd:
      return "(m, n) => m + n";
    case BinaryOp::kSub:
      return "(m, n) => m - n";
    case BinaryOp::kBitAnd:
      return "Math.min";
    case BinaryOp::kBitOr:
      return "Math.max";
    default:
      return {};
  }
}

std::optional<NodeId> TranslateCounterOperator(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  std::string_view merge = MergeOf(binary.op());
  auto fits = [&](NodeId operand) {
    return IsCounter(c, operand) || May(c, operand, kUnknown | kMap);
  };
  if (merge.empty() || (!IsCounter(c, binary.left()) && !IsCounter(c, binary.right())))
    return std::nullopt;
  if (!fits(binary.left()) || !fits(binary.right()))
    return c.Refuse(id, "untranslated", {{"reason", "a Counter with something else"}});
  return c.NewCall(Local(c, "mergeCounts"),
                   {c.Expr(binary.left()), c.Expr(binary.right()), Js(c, merge, {})}, id);
}

// `a += b`: the name or attribute gets the new counts; whoever else holds the old ones would not see them.
bool TranslateCounterStep(Context& c, NodeId id, NodeList& out) {
  auto step = c.As<AugAssign>(id);
  if (!IsCounter(c, step.target())) return false;
  std::string_view merge = MergeOf(step.op());
  bool is_name = c.src().Is(step.target(), NodeKind::kName);
  bool is_own = is_name && c.facts().binding(c.facts().BindingOf(step.target())).kind !=
                               facts::BindingKind::kParam;
  if (merge.empty() || !(is_own || c.src().Is(step.target(), NodeKind::kAttribute))) {
    c.Refuse(id, "untranslated", {{"reason", "a Counter changed in place"}});
    return true;
  }
  NodeId counts =
      c.NewCall(Local(c, "mergeCounts"),
                {c.Expr(step.target()), c.Expr(step.value()), Js(c, merge, {})});
  NodeId target = is_name ? c.NewName(c.TargetName(step.target())) : c.Expr(step.target());
  out.push_back(c.NewAssign(target, counts, id));
  return true;
}

// `+a` keeps what is above zero, `-a` what is below it.
std::optional<NodeId> TranslateCounterSign(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  if (!IsCounter(c, unary.operand())) return std::nullopt;
  NodeId counts = c.Expr(unary.operand());
  if (unary.op() == UnaryOp::kPos)
    return Js(c, "new Map([...$X].filter(([, count]) => count > 0))", {{"X", counts}}, id);
  if (unary.op() != UnaryOp::kNeg) return std::nullopt;
  return Js(c,
            "new Map([...$X].filter(([, count]) => count < 0).map(([item, count]) => "
            "[item, -count]))",
            {{"X", counts}}, id);
}

// `d.popitem()`, of an OrderedDict also `popitem(last=False)`.
std::optional<NodeId> TranslatePopItem(Context& c, NodeId id) {
  if (c.MethodName(id) != "popitem") return std::nullopt;
  NodeId dict = c.As<Attribute>(c.As<Call>(id).callee()).object();
  NodeId last = KeywordArg(c, id, "last");
  if (!last && !c.As<Call>(id).args().empty()) last = c.As<Call>(id).args()[0];
  auto flag = last ? c.As<Bool>(last) : Bool();
  if (last && !flag)
    return c.Refuse(id, "untranslated", {{"reason", "popitem with a computed `last`"}});
  bool first = flag && !flag.value();
  if (Only(c, dict, kMap))
    return c.NewCall(Local(c, first ? "popFirst" : "popLast"), {c.Expr(dict)}, id);
  if (Only(c, dict, kObject) && !first)
    return c.NewCall(Local(c, "popLastProperty"), {c.Expr(dict)}, id);
  return std::nullopt;
}

// `dict.fromkeys(keys, value)`
std::optional<NodeId> TranslateFromKeys(Context& c, NodeId id) {
  if (c.MethodName(id) != "fromkeys") return std::nullopt;
  auto call = c.As<Call>(id);
  NodeId type = c.As<Attribute>(call.callee()).object();
  std::string name = c.facts().ResolvedName(type);
  if ((name != "dict" && name != "collections.OrderedDict") || call.args().empty() ||
      call.args().size() > 2)
    return std::nullopt;
  NodeId value = call.args().size() == 2 ? c.Expr(call.args()[1]) : c.New(make::Null{}, {});
  NodeId keys = KeysOf(c, ElementOf(c, call.args()[0]), ArrayOf(c, call.args()[0]), call.args()[0]);
  NodeId pairs = Js(c, "$K.map((key) => [key, $V])", {{"K", keys}, {"V", value}});
  return Js(c, Only(c, id, kMap) ? "new Map($P)" : "Object.fromEntries($P)", {{"P", pairs}}, id);
}

std::optional<NodeId> TranslateMaking(Context& c, NodeId id) {
  if (c.IsCallTo(id, "collections.Counter")) return MakeCounter(c, id);
  if (c.IsCallTo(id, "collections.deque")) return MakeDeque(c, id);
  return std::nullopt;
}

}  // namespace

void RegisterContainers(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateMaking);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateDeque);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCounterMethod);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePopItem);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFromKeys);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateCounterOperator);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &TranslateCounterStep);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslateCounterSign);
}

}  // namespace asyncport::translate::to_js
