// Comprehensions: chains of filter, map and flatMap, or a loop where something is awaited.
// Example: `[o["id"] for o in orders if o["paid"]]` -> `orders.filter((o) => o.paid).map((o) => o.id)`.
#include <utility>

#include "translate/to_js/declare.h"
#include "translate/to_js/iteration.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Clause {
  CompFor each;
  NodeList tests;
};

std::vector<Clause> ClausesOf(Context& c, NodeId id) {
  std::vector<Clause> clauses;
  for (NodeId part : c.As<Comprehension>(id).clauses()) {
    if (auto each = c.As<CompFor>(part)) clauses.push_back({each, {}});
    else if (auto test = c.As<CompIf>(part); test && !clauses.empty()) clauses.back().tests.push_back(test.test());
  }
  return clauses;
}

bool HasAwait(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kAwait) return true;
  if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionDef) return false;
  if (kind == NodeKind::kCall && c.facts().BecomesAwaited(id)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasAwait(c, child); });
  return found;
}

NodeId And(Context& c, const NodeList& tests) {
  NodeId result;
  for (NodeId test : tests) {
    NodeId one = c.Guarded([&] { return Condition(c, test); });
    result = result ? c.New(make::Logical{.left = result, .right = one, .op = LogicalOp::kAnd}, test) : one;
  }
  return result;
}

bool IsReadIn(Context& c, NodeId target, const NodeList& places) {
  for (NodeId name : NamesIn(c, target)) {
    facts::BindingId binding = c.facts().BindingOf(name);
    if (!binding) return true;
    for (NodeId read : c.facts().binding(binding).reads) {
      for (NodeId place : places) {
        if (place && c.src().span(place).contains(c.src().span(read))) return true;
      }
    }
  }
  return false;
}

NodeId Param(Context& c, NodeId target) { return TargetPattern(c, target); }

NodeId EnumerateOf(Context& c, NodeId iterable) {
  auto call = c.As<Call>(iterable);
  if (!call || c.facts().ResolvedName(call.callee()) != "enumerate" || call.args().size() != 1) return kNoNode;
  return call.args()[0];
}

// Chain for one clause; `element` makes the value, kNoNode where the item itself is wanted.
template <typename Element>
NodeId Chain(Context& c, const Clause& clause, bool identity, const NodeList& places, std::string_view last, Element&& element) {
  NodeId target = clause.each.target();
  NodeId iterable = clause.each.iterable();
  auto pattern = c.As<ListPattern>(target);
  // `for i, x in enumerate(xs)`: the callback's second parameter.
  if (NodeId items = EnumerateOf(c, iterable); items && pattern && pattern.elements().size() == 2 && clause.tests.empty()) {
    NodeId array = ArrayOf(c, items);
    NodeList params{IsReadIn(c, pattern.elements()[1], places) ? Param(c, pattern.elements()[1]) : c.NewName("_"), Param(c, pattern.elements()[0])};
    return c.NewCall(c.NewAttribute(array, last), {Arrow(c, std::move(params), element())});
  }
  if (auto range = AsRange(c, iterable); range && !range->step && clause.tests.empty() && last == "map" && c.src().Is(target, NodeKind::kName)) {
    auto start = range->start ? LiteralInt(c, range->start) : std::optional<long long>(0);
    bool read = IsReadIn(c, target, places);
    if (start && *start == 0) {
      NodeId length = c.Expr(range->end);
      NodeList params;
      if (read) params = {c.NewName("_"), Param(c, target)};
      NodeId arrow = Arrow(c, std::move(params), element());
      return Js(c, "Array.from({ length: $N }, $F)", {{"N", length}, {"F", arrow}});
    }
  }
  NodeId array = ArrayOf(c, iterable);
  if (!clause.tests.empty()) {
    NodeId test = And(c, clause.tests);
    array = c.NewCall(c.NewAttribute(array, "filter"), {Arrow(c, {Param(c, target)}, test)});
  }
  if (identity && last == "map") {
    // A list of its own, also where nothing is filtered.
    if (clause.tests.empty()) return Js(c, "[...$X]", {{"X", array}});
    return array;
  }
  NodeList params;
  if (IsReadIn(c, target, places)) params.push_back(Param(c, target));
  return c.NewCall(c.NewAttribute(array, last), {Arrow(c, std::move(params), element())});
}

// The walrus in a test gives its name to the element: a loop says it best, but a chain that computes it twice is wrong.
bool HasWalrus(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kWalrus)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasWalrus(c, child); });
  return found;
}

NodeId ClauseLoop(Context& c, const std::vector<Clause>& clauses, std::size_t i, NodeList innermost, bool shared) {
  const Clause& clause = clauses[i];
  NodeList body = i + 1 < clauses.size() ? NodeList{ClauseLoop(c, clauses, i + 1, std::move(innermost), shared)} : std::move(innermost);
  if (!clause.tests.empty()) {
    NodeId test = And(c, clause.tests);
    body = {c.New(make::If{.test = test, .body = c.NewBlock(std::move(body))}, {})};
  }
  return c.New(make::ForEach{.target = TargetPattern(c, clause.each.target()),
                             .iterable = IterableOf(c, clause.each.iterable()),
                             .body = c.NewBlock(std::move(body)),
                             .declares = shared ? DeclKind::kNone : DeclKind::kConst,
                             .is_async = clause.each.is_async()},
               {});
}

NodeId ArrayWith(Context& c, NodeId id, NodeId pair_key) {
  auto comprehension = c.As<Comprehension>(id);
  std::vector<Clause> clauses = ClausesOf(c, id);
  NodeId element = comprehension.element();
  auto value = [&]() -> NodeId {
    return c.Guarded([&]() -> NodeId {
      if (!pair_key) {
        bool in_set = comprehension.kind() == ComprehensionKind::kSet;
        return in_set ? KeyOf(c, element) : c.Expr(element);
      }
      NodeId key = KeyOf(c, comprehension.element());
      return c.New(make::List{.elements = {key, c.Expr(comprehension.value())}}, {});
    });
  };
  auto build = [&](auto&& self, std::size_t i) -> NodeId {
    const Clause& clause = clauses[i];
    bool last = i + 1 == clauses.size();
    NodeList places{element, comprehension.value()};
    for (std::size_t j = i + 1; j < clauses.size(); ++j) {
      places.push_back(clauses[j].each.iterable());
      for (NodeId test : clauses[j].tests) places.push_back(test);
    }
    bool identity = last && !pair_key && c.src().Is(element, NodeKind::kName) && c.src().Is(clause.each.target(), NodeKind::kName) &&
                    c.facts().BindingOf(element) == c.facts().BindingOf(clause.each.target()) && comprehension.kind() != ComprehensionKind::kSet;
    if (last) return Chain(c, clause, identity, places, "map", value);
    return Chain(c, clause, false, places, "flatMap", [&] { return c.Guarded([&] { return self(self, i + 1); }); });
  };
  return build(build, 0);
}

}  // namespace

namespace {

bool HasCall(Context& c, NodeId id) {
  bool found = c.src().Is(id, NodeKind::kCall);
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasCall(c, child); });
  return found;
}

// `x in (f(y) for y in ys)`
bool IsMembershipTest(Context& c, NodeId parent, NodeId id) {
  auto binary = c.As<Binary>(parent);
  return binary && (binary.op() == BinaryOp::kIn || binary.op() == BinaryOp::kNotIn) && binary.right() == id;
}

bool Captures(Context& c, NodeId id) {
  // A lambda in the element that keeps the loop's variable sees its last value in Python.
  auto comprehension = c.As<Comprehension>(id);
  if (!c.src().Is(comprehension.element(), NodeKind::kLambda)) return false;
  for (const Clause& clause : ClausesOf(c, id)) {
    for (NodeId name : NamesIn(c, clause.each.target())) {
      facts::BindingId binding = c.facts().BindingOf(name);
      if (!binding) continue;
      for (NodeId read : c.facts().binding(binding).reads) {
        if (c.facts().EnclosingFunction(read) == comprehension.element() && c.src().span(c.As<Lambda>(comprehension.element()).body()).contains(c.src().span(read))) return true;
      }
    }
  }
  return false;
}

// A generator over an iterator, unless what it is handed to takes everything at once.
NodeId LazyGenerator(Context& c, NodeId id) {
  auto comprehension = c.As<Comprehension>(id);
  std::vector<Clause> clauses = ClausesOf(c, id);
  if (clauses.size() != 1 || !IsLazy(c, clauses[0].each.iterable())) return kNoNode;
  if (auto call = c.As<Call>(c.facts().Parent(id))) {
    static constexpr std::string_view kEager[] = {"sum", "list", "tuple", "set", "frozenset", "sorted", "max", "min", "dict", "all", "any", "len"};
    std::string name = c.facts().ResolvedName(call.callee());
    for (std::string_view eager : kEager) {
      if (name == eager) return kNoNode;
    }
    if (c.MethodName(c.facts().Parent(id)) == "join") return kNoNode;
  }
  NodeId items = IterableOf(c, clauses[0].each.iterable());
  NodeId target = clauses[0].each.target();
  if (!clauses[0].tests.empty()) items = c.NewCall(Local(c, "filterLazily"), {items, Arrow(c, {TargetPattern(c, target)}, And(c, clauses[0].tests))});
  bool identity = c.src().Is(comprehension.element(), NodeKind::kName) && c.src().Is(target, NodeKind::kName) &&
                  c.facts().BindingOf(comprehension.element()) == c.facts().BindingOf(target);
  if (identity) return items;
  NodeId element = c.Guarded([&] { return c.Expr(comprehension.element()); });
  return c.NewCall(Local(c, "mapLazily"), {items, Arrow(c, {TargetPattern(c, target)}, element)}, id);
}

std::optional<NodeId> TranslateComprehension(Context& c, NodeId id) {
  auto comprehension = c.As<Comprehension>(id);
  if (NeedsLoop(c, id)) {
    std::string name = c.names().Fresh(comprehension.kind() == ComprehensionKind::kDict ? "entries" : "results");
    NodeList statements;
    FillByLoop(c, id, name, DeclKind::kConst, statements);
    for (NodeId statement : statements) {
      if (!c.HoistEffect(statement, id)) break;
    }
    return c.NewName(name, id);
  }
  switch (comprehension.kind()) {
    case ComprehensionKind::kList:
      return ArrayComprehension(c, id);
    case ComprehensionKind::kSet:
      return Js(c, "new Set($X)", {{"X", ArrayComprehension(c, id)}}, id);
    case ComprehensionKind::kDict: {
      NodeId pairs = ArrayWith(c, id, comprehension.element());
      if (Only(c, id, kMap)) return Js(c, "new Map($X)", {{"X", pairs}}, id);
      return Js(c, "Object.fromEntries($X)", {{"X", pairs}}, id);
    }
    case ComprehensionKind::kGenerator: {
      if (NodeId lazy = LazyGenerator(c, id)) return lazy;
      NodeId array = ArrayComprehension(c, id);
      // Consumed at once by the call it is the argument of; otherwise an iterator, which is used up like Python's.
      NodeId parent = c.facts().Parent(id);
      bool consumed = c.src().Is(parent, NodeKind::kCall) || c.src().Is(parent, NodeKind::kForEach) || c.src().Is(parent, NodeKind::kSpread) ||
                      c.src().Is(parent, NodeKind::kCompFor) || IsMembershipTest(c, parent, id);
      if (consumed) return array;
      // Computed at once instead of item by item: only what acts can tell.
      if (HasCall(c, id)) c.SayOnce("one-shot-iterator", id);
      return Js(c, "$X.values()", {{"X", array}}, id);
    }
  }
  return std::nullopt;
}

}  // namespace

bool NeedsLoop(Context& c, NodeId id) {
  auto comprehension = c.As<Comprehension>(id);
  // `gather(*(f(x) for x in xs))` awaits nothing itself.
  for (NodeId part : comprehension.clauses()) {
    if (auto each = c.As<CompFor>(part); each && each.is_async()) return true;
    if (auto test = c.As<CompIf>(part); test && (HasAwait(c, test.test()) || HasWalrus(c, test.test()))) return true;
  }
  bool first = true;
  for (NodeId part : comprehension.clauses()) {
    auto each = c.As<CompFor>(part);
    if (each && !first && HasAwait(c, each.iterable())) return true;
    if (each) first = false;
  }
  return Captures(c, id) || HasAwait(c, comprehension.element()) || (comprehension.value() && HasAwait(c, comprehension.value()));
}

void FillByLoop(Context& c, NodeId id, const std::string& name, DeclKind declares, NodeList& out) {
  auto comprehension = c.As<Comprehension>(id);
  bool map = comprehension.kind() == ComprehensionKind::kDict && Only(c, id, kMap);
  NodeId empty = comprehension.kind() == ComprehensionKind::kSet ? Js(c, "new Set()", {})
                 : map                                           ? Js(c, "new Map()", {})
                 : comprehension.kind() == ComprehensionKind::kDict ? c.New(make::Dict{}, {})
                                                                    : c.New(make::List{}, {});
  out.push_back(c.NewAssign(c.NewName(name), empty, {}, declares));
  Context::Hoisted element = c.ExprWithHoists(comprehension.element());
  NodeList body = element.before;
  NodeId step;
  if (comprehension.kind() == ComprehensionKind::kDict) {
    Context::Hoisted value = c.ExprWithHoists(comprehension.value());
    body.insert(body.end(), value.before.begin(), value.before.end());
    if (map) step = c.NewExprStmt(Js(c, "$D.set($K, $V)", {{"D", c.NewName(name)}, {"K", element.value}, {"V", value.value}}));
    else step = c.NewAssign(c.New(make::Subscript{.object = c.NewName(name), .index = element.value}, {}), value.value);
  } else {
    std::string_view method = comprehension.kind() == ComprehensionKind::kSet ? "add" : "push";
    step = c.NewExprStmt(c.NewCall(c.NewAttribute(c.NewName(name), method), {element.value}));
  }
  body.push_back(step);
  // Names of a walrus are declared by the plan; the tests assign them.
  std::vector<Clause> clauses = ClausesOf(c, id);
  bool shared = Captures(c, id);
  if (shared) {
    // Python's lambdas share the loop's variable and see its last value.
    c.SayOnce("late-binding-closure", id);
    for (const Clause& clause : clauses) {
      for (NodeId name_of : NamesIn(c, clause.each.target())) {
        out.push_back(c.NewAssign(c.NewName(c.TargetName(name_of)), kNoNode, {}, DeclKind::kLet));
      }
    }
  }
  out.push_back(ClauseLoop(c, clauses, 0, std::move(body), shared));
}

NodeId ArrayComprehension(Context& c, NodeId id) { return ArrayWith(c, id, kNoNode); }

void RegisterComprehensions(Topics& t) {
  // Before the cards: what awaits inside cannot be a chain of callbacks.
  t.Claim(NodeKind::kComprehension, Order::kBeforeCards, [](Context& c, NodeId id) -> std::optional<NodeId> {
    if (NeedsLoop(c, id)) return TranslateComprehension(c, id);
    // The cards take every test for what JavaScript makes of it.
    for (NodeId part : c.As<Comprehension>(id).clauses()) {
      auto test = c.As<CompIf>(part);
      if (test && !HasPlainTruth(c, test.test())) return TranslateComprehension(c, id);
    }
    return std::nullopt;
  });
  t.Claim(NodeKind::kComprehension, Order::kAfterCards, &TranslateComprehension);
}

}  // namespace asyncport::translate::to_js
