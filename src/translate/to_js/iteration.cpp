// itertools, and map, filter, zip and enumerate over iterators that are not arrays: generators where Python is lazy.
// Example: `islice(count(1), 3)` -> `slice(count(1), 0, 3)`; `zip_longest(a, b)` -> `zipLongest([a, b])`.
#include <utility>

#include "translate/to_js/iteration.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Args {
  Context& c;
  NodeId id;
  std::span<const NodeId> all;
  std::size_t count;

  NodeId at(std::size_t i, std::string_view keyword = {}) const {
    if (i < count) return all[i];
    return keyword.empty() ? kNoNode : KeywordArg(c, id, keyword);
  }
  bool only_positional() const { return count == all.size(); }
};
using Handler = std::optional<NodeId> (*)(Context&, const Args&);

bool IsNone(Context& c, NodeId id) { return !id || c.src().Is(id, NodeKind::kNull); }

std::optional<NodeId> Chain(Context& c, const Args& a) {
  NodeList parts;
  bool lazy = false;
  for (NodeId arg : a.all) {
    if (auto spread = c.As<Spread>(arg)) {
      // `chain(*lists)`
      if (a.all.size() == 1 && Only(c, ElementOf(c, spread.value()), kArray))
        return Js(c, "$X.flat()", {{"X", ArrayOf(c, spread.value())}}, a.id);
      return Js(c, "$F($$$ARGS)", {{"F", Local(c, "chain")}, {"ARGS", c.Exprs(a.all)}}, a.id);
    }
    lazy = lazy || IsLazy(c, arg);
  }
  for (NodeId arg : a.all)
    parts.push_back(lazy ? IterableOf(c, arg)
                         : c.New(make::Spread{.value = IterableOf(c, arg)}, {}));
  if (lazy) return c.NewCall(Local(c, "chain"), std::move(parts), a.id);
  return c.New(make::List{.elements = std::move(parts)}, a.id);
}

std::optional<NodeId> ChainFromIterable(Context& c, const Args& a) {
  if (a.count != 1) return std::nullopt;
  NodeId list = ArrayOf(c, a.all[0]);
  if (Only(c, ElementOf(c, a.all[0]), kArray)) return Js(c, "$X.flat()", {{"X", list}}, a.id);
  return Js(c, "$X.flatMap((items) => [...items])", {{"X", list}}, a.id);
}

std::optional<NodeId> ZipLongest(Context& c, const Args& a) {
  NodeList lists;
  for (NodeId arg : a.all) {
    if (c.src().Is(arg, NodeKind::kKeyword)) continue;
    if (auto spread = c.As<Spread>(arg))
      lists.push_back(c.New(make::Spread{.value = ArrayOf(c, spread.value())}, {}));
    else
      lists.push_back(ArrayOf(c, arg));
  }
  NodeList args{c.New(make::List{.elements = std::move(lists)}, {})};
  if (NodeId fill = KeywordArg(c, a.id, "fillvalue")) args.push_back(c.Expr(fill));
  return c.NewCall(Local(c, "zipLongest"), std::move(args), a.id);
}

std::optional<NodeId> Islice(Context& c, const Args& a) {
  if (a.count < 2 || !a.only_positional()) return std::nullopt;
  NodeId items = IterableOf(c, a.all[0]);
  bool array = Only(c, a.all[0], kArray) && !IsLazy(c, a.all[0]);
  NodeId start = a.count == 2 ? kNoNode : a.all[1];
  NodeId stop = a.count == 2 ? a.all[1] : a.all[2];
  NodeId step = a.count == 4 ? a.all[3] : kNoNode;
  NodeId from = IsNone(c, start) ? c.NewInt(0) : c.Expr(start);
  if (array && IsNone(c, step)) {
    NodeList args{from};
    if (!IsNone(c, stop)) args.push_back(c.Expr(stop));
    return c.NewCall(c.NewAttribute(items, "slice"), std::move(args), a.id);
  }
  NodeList args{items, from};
  if (!IsNone(c, stop))
    args.push_back(c.Expr(stop));
  else if (!IsNone(c, step))
    args.push_back(c.NewName("Infinity"));
  if (!IsNone(c, step)) args.push_back(c.Expr(step));
  return c.NewCall(Local(c, "slice"), std::move(args), a.id);
}

std::optional<NodeId> Repeat(Context& c, const Args& a) {
  if (a.count == 0) return std::nullopt;
  NodeId value = c.Expr(a.all[0]);
  if (NodeId times = a.at(1, "times"))
    return Js(c, "Array($N).fill($X)", {{"N", c.Expr(times)}, {"X", value}}, a.id);
  return c.NewCall(Local(c, "repeatForever"), {value}, a.id);
}

std::optional<NodeId> Product(Context& c, const Args& a) {
  NodeList lists;
  for (NodeId arg : a.all) {
    if (c.src().Is(arg, NodeKind::kKeyword)) continue;
    lists.push_back(c.src().Is(arg, NodeKind::kSpread) ? c.Expr(arg) : IterableOf(c, arg));
  }
  if (NodeId repeat = KeywordArg(c, a.id, "repeat")) {
    if (lists.size() != 1) return std::nullopt;
    NodeId same = Js(c, "Array($N).fill($X)", {{"N", c.Expr(repeat)}, {"X", lists[0]}});
    lists = {c.New(make::Spread{.value = same}, {})};
  }
  return c.NewCall(Local(c, "product"), std::move(lists), a.id);
}

std::optional<NodeId> Accumulate(Context& c, const Args& a) {
  if (a.count < 1) return std::nullopt;
  NodeId function = a.at(1, "func");
  NodeId initial = KeywordArg(c, a.id, "initial");
  if (!function && !initial) return c.NewCall(Local(c, "accumulate"), {ArrayOf(c, a.all[0])}, a.id);
  NodeId step =
      function ? FunctionValue(c, function, 2) : Js(c, "(total, value) => total + value", {});
  NodeList args{IterableOf(c, a.all[0]), step};
  if (initial) args.push_back(c.Expr(initial));
  return c.NewCall(Local(c, "accumulateWith"), std::move(args), a.id);
}

std::optional<NodeId> Permutations(Context& c, const Args& a) {
  NodeList args{ArrayOf(c, a.all[0])};
  if (a.count == 2) args.push_back(c.Expr(a.all[1]));
  return c.NewCall(Local(c, "permutations"), std::move(args), a.id);
}

std::optional<NodeId> WithSize(Context& c, const Args& a, std::string_view local) {
  if (a.count != 2) return std::nullopt;
  return c.NewCall(Local(c, local), {ArrayOf(c, a.all[0]), c.Expr(a.all[1])}, a.id);
}
std::optional<NodeId> Combinations(Context& c, const Args& a) {
  return WithSize(c, a, "combinations");
}
std::optional<NodeId> CombinationsWithRepeats(Context& c, const Args& a) {
  return WithSize(c, a, "combinationsWithRepeats");
}
std::optional<NodeId> Batched(Context& c, const Args& a) { return WithSize(c, a, "chunk"); }

std::optional<NodeId> Tested(Context& c, const Args& a, std::string_view local) {
  if (a.count != 2) return std::nullopt;
  return c.NewCall(Local(c, local), {IterableOf(c, a.all[1]), TestValue(c, a.all[0])}, a.id);
}
std::optional<NodeId> TakeWhile(Context& c, const Args& a) { return Tested(c, a, "takeWhile"); }
std::optional<NodeId> DropWhile(Context& c, const Args& a) { return Tested(c, a, "dropWhile"); }

std::optional<NodeId> FilterFalse(Context& c, const Args& a) {
  if (a.count != 2) return std::nullopt;
  NodeId test = Apply(c, a.all[0], {c.NewName("item")}, a.all[0]);
  return c.NewCall(c.NewAttribute(ArrayOf(c, a.all[1]), "filter"),
                   {Arrow(c, {c.NewName("item")}, Negate(c, test))}, a.id);
}

std::optional<NodeId> StarMap(Context& c, const Args& a) {
  if (a.count != 2) return std::nullopt;
  NodeId function = FunctionValue(c, a.all[0], 2);
  return Js(c, "$X.map((args) => $F(...args))", {{"X", ArrayOf(c, a.all[1])}, {"F", function}},
            a.id);
}

std::optional<NodeId> Compress(Context& c, const Args& a) {
  if (a.count != 2 || !c.IsPure(a.all[1])) return std::nullopt;
  return Js(c, "$X.filter((_, i) => $S[i])",
            {{"X", ArrayOf(c, a.all[0])}, {"S", ArrayOf(c, a.all[1])}}, a.id);
}

std::optional<NodeId> Cycle(Context& c, const Args& a) {
  if (a.count != 1) return std::nullopt;
  return c.NewCall(Local(c, "cycle"), {IterableOf(c, a.all[0])}, a.id);
}

std::optional<NodeId> Pairwise(Context& c, const Args& a) {
  if (a.count != 1) return std::nullopt;
  NodeId list = ArrayOf(c, a.all[0]);
  if (c.IsPure(a.all[0]) && c.dst().Is(list, NodeKind::kName)) {
    return Js(c, "$L.slice(1).map((item, i) => [$L[i], item])", {{"L", list}}, a.id);
  }
  return Js(c, "$L.map((item, i, items) => [item, items[i + 1]]).slice(0, -1)", {{"L", list}},
            a.id);
}

std::optional<NodeId> GroupBy(Context& c, const Args& a) {
  if (a.count < 1) return std::nullopt;
  NodeId key = a.at(1, "key");
  NodeId function = IsNone(c, key) ? Js(c, "(item) => item", {}) : FunctionValue(c, key, 1);
  auto lambda = key ? c.As<Lambda>(key) : Lambda();
  facts::TypeId type = lambda ? c.facts().TypeOf(lambda.body())
                       : key  ? facts::TypeId{}
                              : ElementOf(c, a.all[0]);
  unsigned kinds = KindsOf(c, type);
  bool plain = kinds != 0 && (kinds & ~unsigned{kPrimitive}) == 0;
  bool unknown = (kinds & kUnknown) != 0 && !lambda && !IsSeveralItems(c, key);
  std::string_view local = plain || unknown ? "groupBy" : "groupByContents";
  return c.NewCall(Local(c, local), {IterableOf(c, a.all[0]), function}, a.id);
}

std::optional<NodeId> Ranked(Context& c, const Args& a, bool largest) {
  if (a.count < 2) return std::nullopt;
  NodeId key = a.at(2, "key");
  NodeId order = Comparator(c, ElementOf(c, a.all[1]), IsNone(c, key) ? kNoNode : key, largest);
  NodeList args;
  if (order) args.push_back(order);
  NodeId sorted = c.NewCall(c.NewAttribute(ArrayOf(c, a.all[1]), "toSorted"), std::move(args));
  return Js(c, "$X.slice(0, $N)", {{"X", sorted}, {"N", c.Expr(a.all[0])}}, a.id);
}
std::optional<NodeId> Smallest(Context& c, const Args& a) { return Ranked(c, a, false); }
std::optional<NodeId> Largest(Context& c, const Args& a) { return Ranked(c, a, true); }

std::optional<NodeId> Tee(Context& c, const Args& a) {
  if (a.count < 1) return std::nullopt;
  NodeList args{IterableOf(c, a.all[0])};
  if (NodeId n = a.at(1, "n")) args.push_back(c.Expr(n));
  return c.NewCall(Local(c, "tee"), std::move(args), a.id);
}

std::optional<NodeId> Count(Context& c, const Args& a) {
  NodeList args;
  NodeId start = a.at(0, "start");
  NodeId step = a.at(1, "step");
  if (start)
    args.push_back(c.Expr(start));
  else if (step)
    args.push_back(c.NewInt(0));
  if (step) args.push_back(c.Expr(step));
  return c.NewCall(Local(c, "count"), std::move(args), a.id);
}

struct Row {
  std::string_view name;
  Handler handler;
};
constexpr Row kRows[] = {
    {"itertools.chain", Chain},
    {"itertools.chain.from_iterable", ChainFromIterable},
    {"itertools.zip_longest", ZipLongest},
    {"itertools.islice", Islice},
    {"itertools.repeat", Repeat},
    {"itertools.product", Product},
    {"itertools.accumulate", Accumulate},
    {"itertools.permutations", Permutations},
    {"itertools.combinations", Combinations},
    {"itertools.combinations_with_replacement", CombinationsWithRepeats},
    {"itertools.batched", Batched},
    {"itertools.takewhile", TakeWhile},
    {"itertools.dropwhile", DropWhile},
    {"itertools.filterfalse", FilterFalse},
    {"itertools.starmap", StarMap},
    {"itertools.compress", Compress},
    {"itertools.cycle", Cycle},
    {"heapq.nsmallest", Smallest},
    {"heapq.nlargest", Largest},
    {"itertools.pairwise", Pairwise},
    {"itertools.groupby", GroupBy},
    {"itertools.count", Count},
    {"itertools.tee", Tee},
};

std::optional<NodeId> TranslateIteration(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (!name.starts_with("itertools.") && !name.starts_with("heapq.n")) return std::nullopt;
  Args args{c, id, call.args(), PositionalCount(c, id)};
  for (const Row& row : kRows) {
    if (row.name == name) return row.handler(c, args);
  }
  return std::nullopt;
}

}  // namespace

bool IsLazy(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kSpread)) return true;
  auto call = c.As<Call>(id);
  std::string name = call ? c.facts().ResolvedName(call.callee()) : "";
  static constexpr std::string_view kArrays[] = {"range",
                                                 "zip",
                                                 "map",
                                                 "filter",
                                                 "enumerate",
                                                 "reversed",
                                                 "sorted",
                                                 "re.findall",
                                                 "itertools.product",
                                                 "itertools.permutations",
                                                 "itertools.combinations",
                                                 "itertools.pairwise",
                                                 "itertools.zip_longest"};
  for (std::string_view array : kArrays) {
    // What walks an iterator is one itself.
    bool over = (array == "zip" || array == "map" || array == "filter" || array == "enumerate");
    if (name != array) continue;
    if (!over) return false;
    for (NodeId arg : call.args()) {
      if (HasCategory(c.src().kind(arg), category::Expr) && !c.src().Is(arg, NodeKind::kLambda) &&
          IsLazy(c, arg))
        return true;
    }
    return false;
  }
  if (c.src().Is(id, NodeKind::kComprehension)) return false;
  std::string_view method = c.MethodName(id);
  if (method == "items" || method == "keys" || method == "values") return false;
  return Only(c, id, kIterator);
}

bool IsSeveralItems(Context& c, NodeId key) {
  auto call = key ? c.As<Call>(key) : Call();
  if (!call || call.args().size() < 2) return false;
  std::string name = c.facts().ResolvedName(call.callee());
  return name == "operator.itemgetter" || name == "operator.attrgetter";
}

NodeId FunctionValue(Context& c, NodeId function, int params) {
  bool own = c.src().Is(function, NodeKind::kLambda) ||
             (c.src().Is(function, NodeKind::kName) &&
              c.facts().KindOf(function) == facts::TypeKind::kFunction &&
              c.facts().type(c.facts().TypeOf(function)).decl);
  if (own) return c.Expr(function);
  if (params != 1) {
    NodeId value = c.Expr(function);
    return value;
  }
  return Arrow(c, {c.NewName("item")}, Apply(c, function, {c.NewName("item")}, function));
}

NodeId TestValue(Context& c, NodeId function) {
  auto lambda = c.As<Lambda>(function);
  if (!lambda || lambda.params().size() != 1) return FunctionValue(c, function, 1);
  NodeId test = c.Guarded([&] { return Condition(c, lambda.body()); });
  return Arrow(c, {c.NewName(c.TargetName(c.As<Param>(lambda.params()[0]).target()))}, test,
               function);
}

void RegisterIteration(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateIteration);
}

}  // namespace asyncport::translate::to_js
