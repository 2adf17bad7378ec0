// Builtins that make or walk sequences: sorted, zip, map, sum, min, any, list, set, dict, next.
// Example: `sorted(words, key=len)` -> `words.toSorted((a, b) => a.length - b.length)`.
#include <algorithm>
#include <utility>

#include "translate/to_js/builtins.h"
#include "translate/to_js/iteration.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js::builtin {

using namespace ir;

namespace {

bool IsComprehension(Context& c, NodeId id) { return c.src().Is(id, NodeKind::kComprehension); }

}  // namespace

std::optional<NodeId> Sorted(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  NodeId reverse = a.key("reverse");
  auto flag = reverse ? c.As<Bool>(reverse) : Bool();
  NodeId array = ArrayOf(c, a[0]);
  NodeId order = Comparator(c, ElementOf(c, a[0]), a.key("key"), flag && flag.value());
  if (reverse && !flag) order = EitherOrder(c, order, reverse);
  NodeList args;
  if (order) args.push_back(order);
  // A list made here may be sorted in place.
  bool fresh = c.dst().Is(array, NodeKind::kList) || c.dst().Is(array, NodeKind::kCall);
  if (fresh && IsComprehension(c, a[0]))
    return c.NewCall(c.NewAttribute(array, "sort"), std::move(args), a.id);
  if (c.dst().Is(array, NodeKind::kList))
    return c.NewCall(c.NewAttribute(array, "sort"), std::move(args), a.id);
  return c.NewCall(c.NewAttribute(array, "toSorted"), std::move(args), a.id);
}

std::optional<NodeId> Reversed(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  if (auto range = AsRange(c, a[0])) return Js(c, "$X.reverse()", {{"X", ArrayOf(c, a[0])}}, a.id);
  NodeId array = ArrayOf(c, a[0]);
  return Js(c, "$X.toReversed()", {{"X", array}}, a.id);
}

std::optional<NodeId> Sum(Context& c, Arguments& a) {
  if (a.count < 1 || !a.simple()) return std::nullopt;
  NodeId start = a.count == 2     ? c.Expr(a[1])
                 : a.key("start") ? c.Expr(a.key("start"))
                                  : c.NewInt(0);
  if (NodeId owner = ClassOf(c, ElementOf(c, a[0])); owner && FindMethod(c, owner, "__add__")) {
    // Zero is no start for them, unless their class knows how to be added to it.
    bool has_start = a.count == 2 || a.key("start");
    bool reflected = FindMethod(c, owner, "__radd__") != kNoNode;
    NodeId sum =
        c.NewCall(c.NewAttribute(c.NewName("total"), DunderName("__add__")), {c.NewName("value")});
    if (has_start)
      return Js(c, "$X.reduce((total, value) => $T, $S)",
                {{"X", ArrayOf(c, a[0])}, {"T", sum}, {"S", start}}, a.id);
    if (!reflected) return c.Refuse(a.id, "operator-overloading");
    NodeId first =
        c.NewCall(c.NewAttribute(c.NewName("value"), DunderName("__radd__")), {c.NewName("total")});
    return Js(c, "$X.reduce((total, value) => (total === 0 ? $F : $T), 0)",
              {{"X", ArrayOf(c, a[0])}, {"T", sum}, {"F", first}}, a.id);
  }
  // `sum(1 for x in xs if c)` counts.
  if (auto comprehension = c.As<Comprehension>(a[0]);
      comprehension && !NeedsLoop(c, a[0]) &&
      LiteralInt(c, comprehension.element()) == std::optional<long long>(1) && a.count == 1) {
    return c.NewAttribute(ArrayComprehension(c, a[0]), "length", a.id);
  }
  if (May(c, a[0], kArray) || IsComprehension(c, a[0])) {
    if (unsigned kinds = KindsOf(c, ElementOf(c, a[0]));
        (kinds & kArray) != 0 && (kinds & kUnknown) == 0)
      return Js(c, "$X.flat()", {{"X", ArrayOf(c, a[0])}}, a.id);
  }
  return Js(c, "$X.reduce((total, value) => total + value, $S)",
            {{"X", ArrayOf(c, a[0])}, {"S", start}}, a.id);
}

NodeId Extreme(Context& c, Arguments& a, bool largest) {
  NodeId key = a.key("key");
  NodeId fallback = a.key("default");
  facts::TypeId element = a.count == 1 ? ElementOf(c, a[0]) : c.facts().TypeOf(a[0]);
  unsigned kinds = KindsOf(c, element);
  bool numbers = !key && kinds != 0 && (kinds & ~unsigned{kNumber | kFlag}) == 0;
  std::string_view fn = largest ? "Math.max" : "Math.min";
  if (a.count > 1) {
    bool all = !key;
    for (std::size_t i = 0; i < a.count; ++i)
      all = all && (Only(c, a[i], kNumber | kFlag) || (KindsOf(c, a[i]) & kUnknown) != 0);
    if (all) return c.NewCall(c.Library(fn), c.Exprs(a.all.subspan(0, a.count)), a.id);
    NodeId list = c.New(make::List{.elements = c.Exprs(a.all.subspan(0, a.count))}, {});
    if (key) {
      NodeId better = c.New(make::Binary{.left = Apply(c, key, {c.NewName("b")}, key),
                                         .right = Apply(c, key, {c.NewName("a")}, key),
                                         .op = largest ? BinaryOp::kGt : BinaryOp::kLt},
                            {});
      return Js(c, "$X.reduce((a, b) => ($T ? b : a))", {{"X", list}, {"T", better}}, a.id);
    }
    NodeId better =
        c.New(make::Binary{.left = c.NewCall(Local(c, "compare"), {c.NewName("b"), c.NewName("a")}),
                           .right = c.NewInt(0),
                           .op = largest ? BinaryOp::kGt : BinaryOp::kLt},
              {});
    return Js(c, "$X.reduce((a, b) => ($T ? b : a))", {{"X", list}, {"T", better}}, a.id);
  }
  NodeId array = ArrayOf(c, a[0]);
  NodeId result;
  if (numbers || (!key && kinds == kUnknown && IsComprehension(c, a[0]))) {
    if (!fallback && IsCaught(c, a.id, "ValueError")) {
      if (c.IsPure(a[0]) && c.dst().Is(array, NodeKind::kName)) {
        NodeId message =
            c.NewString(std::string(largest ? "max" : "min") + "() arg is an empty sequence");
        NodeId test = Js(c, "$X.length === 0", {{"X", CopyTarget(c, array)}});
        c.HoistEffect(
            c.New(make::If{.test = test, .body = c.NewBlock({ThrowNew(c, "ValueError", message)})},
                  {}),
            a.id);
      } else {
        c.Say("empty-max", a.id);
      }
    }
    bool pure_name = c.dst().Is(array, NodeKind::kName);
    if (fallback) {
      if (!pure_name) {
        std::string name = c.names().Fresh("values");
        if (!c.HoistEffect(c.NewAssign(c.NewName(name), array, {}, DeclKind::kConst), a.id))
          return array;
        array = c.NewName(name);
      }
      result = Js(c, "$X.length > 0 ? $F(...$X) : $D",
                  {{"X", array}, {"F", c.Library(fn)}, {"D", c.Expr(fallback)}}, a.id);
    } else {
      result = c.NewCall(c.Library(fn), {c.New(make::Spread{.value = array}, {})}, a.id);
    }
    return result;
  }
  // The first of equals wins in Python; the accumulator is kept on a tie.
  NodeId better;
  BinaryOp op = largest ? BinaryOp::kGt : BinaryOp::kLt;
  if (key) {
    NodeId left = Apply(c, key, {c.NewName("b")}, key);
    NodeId right = Apply(c, key, {c.NewName("a")}, key);
    bool lists = c.dst().Is(left, NodeKind::kList);
    if (lists)
      better = c.New(make::Binary{.left = c.NewCall(Local(c, "compare"), {left, right}),
                                  .right = c.NewInt(0),
                                  .op = op},
                     {});
    else
      better = c.New(make::Binary{.left = left, .right = right, .op = op}, {});
  } else if (NodeId owner = ClassOf(c, element); owner && HasOrder(c, owner)) {
    NodeId b = c.NewName(largest ? "a" : "b");
    NodeId other = c.NewName(largest ? "b" : "a");
    better = c.NewCall(c.NewAttribute(b, DunderName("__lt__")), {other});
  } else if (kinds == kText) {
    better = c.New(make::Binary{.left = c.NewName("b"), .right = c.NewName("a"), .op = op}, {});
  } else {
    better =
        c.New(make::Binary{.left = c.NewCall(Local(c, "compare"), {c.NewName("b"), c.NewName("a")}),
                           .right = c.NewInt(0),
                           .op = op},
              {});
  }
  if (fallback) {
    return Js(c, "$X.reduce((a, b) => (a === undefined || $T ? b : a), undefined) ?? $D",
              {{"X", array}, {"T", better}, {"D", c.Expr(fallback)}}, a.id);
  }
  return Js(c, "$X.reduce((a, b) => ($T ? b : a))", {{"X", array}, {"T", better}}, a.id);
}

// `max(*xs, 2)`
NodeId SpreadExtreme(Context& c, Arguments& a, bool largest) {
  std::string_view name = largest ? "max" : "min";
  bool options = std::any_of(a.all.begin(), a.all.end(), [&](NodeId arg) {
    return c.src().Is(arg, NodeKind::kKeyword) || c.src().Is(arg, NodeKind::kKeywordSpread);
  });
  if (options) {
    return c.Refuse(a.id, "untranslated", {{"reason", "`" + std::string(name) + "` of a spread with options"}});
  }
  unsigned kinds = 0;
  for (NodeId arg : a.all) {
    auto spread = c.As<Spread>(arg);
    kinds |= spread ? KindsOf(c, ElementOf(c, spread.value())) : KindsOf(c, arg);
  }
  NodeList args = c.Exprs(a.all);
  if (kinds != 0 && (kinds & ~unsigned{kNumber | kFlag}) == 0) {
    return c.NewCall(c.Library(largest ? "Math.max" : "Math.min"), std::move(args), a.id);
  }
  NodeId order = c.NewCall(Local(c, "compare"), {c.NewName("b"), c.NewName("a")});
  NodeId better = c.New(make::Binary{.left = kinds == kText ? c.NewName("b") : order,
                                     .right = kinds == kText ? c.NewName("a") : c.NewInt(0),
                                     .op = largest ? BinaryOp::kGt : BinaryOp::kLt},
                        {});
  return Js(c, "$X.reduce((a, b) => ($T ? b : a))",
            {{"X", c.New(make::List{.elements = std::move(args)}, {})}, {"T", better}}, a.id);
}

std::optional<NodeId> Max(Context& c, Arguments& a) {
  if (!a.simple()) return SpreadExtreme(c, a, true);
  return a.count == 0 ? std::optional<NodeId>() : Extreme(c, a, true);
}
std::optional<NodeId> Min(Context& c, Arguments& a) {
  if (!a.simple()) return SpreadExtreme(c, a, false);
  return a.count == 0 ? std::optional<NodeId>() : Extreme(c, a, false);
}

NodeId Quantifier(Context& c, Arguments& a, std::string_view method) {
  if (auto comprehension = c.As<Comprehension>(a[0]);
      comprehension && !NeedsLoop(c, a[0]) && comprehension.clauses().size() == 1) {
    auto each = c.As<CompFor>(comprehension.clauses()[0]);
    NodeId test = c.Guarded([&] { return Condition(c, comprehension.element()); });
    return c.NewCall(c.NewAttribute(ArrayOf(c, each.iterable()), method),
                     {Arrow(c, {TargetPattern(c, each.target())}, test)}, a.id);
  }
  if (auto comprehension = c.As<Comprehension>(a[0]); comprehension && !NeedsLoop(c, a[0])) {
    // More clauses: all values first.
    NodeId test = HasPlainTruth(c, comprehension.element())
                      ? c.NewName("Boolean")
                      : TruthTest(c, c.facts().TypeOf(comprehension.element()), a.id);
    return c.NewCall(c.NewAttribute(ArrayOf(c, a[0]), method), {test}, a.id);
  }
  return c.NewCall(c.NewAttribute(ArrayOf(c, a[0]), method),
                   {TruthTest(c, ElementOf(c, a[0]), a.id)}, a.id);
}
std::optional<NodeId> Any(Context& c, Arguments& a) {
  return a.count != 1 ? std::optional<NodeId>() : Quantifier(c, a, "some");
}
std::optional<NodeId> All(Context& c, Arguments& a) {
  return a.count != 1 ? std::optional<NodeId>() : Quantifier(c, a, "every");
}

std::optional<NodeId> Map(Context& c, Arguments& a) {
  if (a.count != 2 || !a.simple()) return std::nullopt;
  if (IsLazy(c, a[1]))
    return c.NewCall(Local(c, "mapLazily"), {IterableOf(c, a[1]), FunctionValue(c, a[0], 1)}, a.id);
  NodeId array = ArrayOf(c, a[1]);
  std::string name = c.facts().ResolvedName(a[0]);
  if (name == "str") {
    unsigned kinds = KindsOf(c, ElementOf(c, a[1]));
    bool plain = kinds != 0 && (kinds & ~unsigned{kPrimitive}) == 0;
    if (plain) return c.NewCall(c.NewAttribute(array, "map"), {c.NewName("String")}, a.id);
  }
  if ((name == "str" || name == "repr") && (KindsOf(c, ElementOf(c, a[1])) & (kError | kUnknown)) == kError) {
    return c.NewCall(c.NewAttribute(array, "map"), {c.Expr(a[0])}, a.id);
  }
  NodeId body = Apply(c, a[0], {c.NewName("item")}, a[0]);
  auto lambda = c.As<Lambda>(a[0]);
  if (lambda) return c.NewCall(c.NewAttribute(array, "map"), {c.Expr(a[0])}, a.id);
  return c.NewCall(c.NewAttribute(array, "map"), {Arrow(c, {c.NewName("item")}, body)}, a.id);
}

std::optional<NodeId> Filter(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  if (IsLazy(c, a[1]) && !c.src().Is(a[0], NodeKind::kNull))
    return c.NewCall(Local(c, "filterLazily"), {IterableOf(c, a[1]), TestValue(c, a[0])}, a.id);
  NodeId array = ArrayOf(c, a[1]);
  if (c.src().Is(a[0], NodeKind::kNull))
    return c.NewCall(c.NewAttribute(array, "filter"), {TruthTest(c, ElementOf(c, a[1]), a.id)}, a.id);
  if (auto lambda = c.As<Lambda>(a[0]); lambda && lambda.params().size() == 1) {
    NodeId test = c.Guarded([&] { return Condition(c, lambda.body()); });
    NodeId param = c.NewName(c.TargetName(c.As<Param>(lambda.params()[0]).target()));
    return c.NewCall(c.NewAttribute(array, "filter"), {Arrow(c, {param}, test)}, a.id);
  }
  NodeId body = Apply(c, a[0], {c.NewName("item")}, a[0]);
  return c.NewCall(c.NewAttribute(array, "filter"), {Arrow(c, {c.NewName("item")}, body)}, a.id);
}

std::optional<NodeId> Zip(Context& c, Arguments& a) {
  // `zip(*rows)`: columns.
  if (a.all.size() == 1) {
    if (auto spread = c.As<Spread>(a[0]))
      return c.NewCall(Local(c, "zip"), {c.New(make::Spread{.value = c.Expr(spread.value())}, {})},
                       a.id);
  }
  NodeList lists;
  bool lazy = false;
  for (NodeId arg : a.all) lazy = lazy || (!c.src().Is(arg, NodeKind::kKeyword) && IsLazy(c, arg));
  for (NodeId arg : a.all) {
    if (c.src().Is(arg, NodeKind::kKeyword)) continue;
    lists.push_back(c.src().Is(arg, NodeKind::kSpread) ? c.Expr(arg)
                    : lazy                             ? IterableOf(c, arg)
                                                       : ArrayOf(c, arg));
  }
  if (lazy) return c.NewCall(Local(c, "zipIterables"), std::move(lists), a.id);
  return c.NewCall(Local(c, "zip"), std::move(lists), a.id);
}

std::optional<NodeId> Enumerate(Context& c, Arguments& a) {
  if (a.count < 1) return std::nullopt;
  NodeId start = a.count == 2 ? a[1] : a.key("start");
  if (IsLazy(c, a[0])) {
    NodeList args{IterableOf(c, a[0])};
    if (start) args.push_back(c.Expr(start));
    return c.NewCall(Local(c, "enumerate"), std::move(args), a.id);
  }
  NodeId array = ArrayOf(c, a[0]);
  if (!start) return Js(c, "[...$X.entries()]", {{"X", array}}, a.id);
  return Js(c, "$X.map((item, i) => [i + $S, item])", {{"X", array}, {"S", c.Expr(start)}}, a.id);
}

std::optional<NodeId> List(Context& c, Arguments& a) {
  if (a.count == 0) return c.New(make::List{}, a.id);
  if (IsComprehension(c, a[0])) return ArrayOf(c, a[0]);
  if (auto range = AsRange(c, a[0])) return ArrayOf(c, a[0]);
  NodeId value = IterableOf(c, a[0]);
  bool fresh = c.dst().Is(value, NodeKind::kList) ||
               (c.dst().Is(value, NodeKind::kCall) && value != kNoNode && !Only(c, a[0], kArray) &&
                ArrayOf(c, a[0]) == value);
  if (fresh) return value;
  return Js(c, "[...$X]", {{"X", value}}, a.id);
}

std::optional<NodeId> Set(Context& c, Arguments& a) {
  if (a.count == 0) return c.New(make::New{.callee = c.NewName("Set")}, a.id);
  NodeId items = IterableOf(c, a[0]);
  // Items of a Set or Map are known already.
  if (!Only(c, a[0], kSet | kMap)) items = KeysOf(c, ElementOf(c, a[0]), items, a.id);
  return c.New(make::New{.callee = c.NewName("Set"), .args = {items}}, a.id);
}

std::optional<NodeId> Dict(Context& c, Arguments& a) {
  bool map = Only(c, a.id, kMap);
  if (a.count == 0) {
    NodeList entries;
    for (NodeId arg : a.all) {
      if (auto k = c.As<Keyword>(arg))
        entries.push_back(
            c.New(make::DictEntry{.key = c.NewString(k.name()), .value = c.Expr(k.value())}, arg));
      else if (auto s = c.As<KeywordSpread>(arg))
        entries.push_back(c.New(make::Spread{.value = c.Expr(s.value())}, arg));
    }
    NodeId object = c.New(make::Dict{.entries = std::move(entries)}, a.id);
    if (!map) return object;
    if (a.all.empty()) return c.New(make::New{.callee = c.NewName("Map")}, a.id);
    return Js(c, "new Map(Object.entries($D))", {{"D", object}}, a.id);
  }
  bool from_dict = Only(c, a[0], kObject | kMap);
  NodeId value = from_dict ? c.Expr(a[0]) : IterableOf(c, a[0]);
  if (map) {
    if (Only(c, a[0], kObject)) return Js(c, "new Map(Object.entries($D))", {{"D", value}}, a.id);
    if (!from_dict && NeedsKeyCare(c, ElementOf(c, a.id))) {
      NodeId pairs = Js(c, "Array.from($D, ([key, value]) => [$K, value])",
                        {{"D", value}, {"K", Interned(c, c.NewName("key"))}});
      return Js(c, "new Map($P)", {{"P", pairs}}, a.id);
    }
    return Js(c, "new Map($D)", {{"D", value}}, a.id);
  }
  if (a.all.size() > 1) return c.Refuse(a.id, "untranslated", {{"reason", "dict() of both"}});
  if (Only(c, a[0], kMap)) return Js(c, "Object.fromEntries($D)", {{"D", value}}, a.id);
  if (Only(c, a[0], kObject)) return Js(c, "({ ...$D })", {{"D", value}}, a.id);
  if (from_dict) {
    if (!c.IsPure(a[0])) return c.Refuse(a.id, "object-or-dict", {{"name", "dict"}});
    return Js(c, "Object.fromEntries($D instanceof Map ? $D : Object.entries($D))", {{"D", value}},
              a.id);
  }
  return Js(c, "Object.fromEntries($D)", {{"D", value}}, a.id);
}

std::optional<NodeId> Iter(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  if (Only(c, a[0], kArray | kSet)) return Js(c, "$X.values()", {{"X", c.Expr(a[0])}}, a.id);
  if (Only(c, a[0], kIterator)) return c.Expr(a[0]);
  return Js(c, "$X[Symbol.iterator]()", {{"X", IterableOf(c, a[0])}}, a.id);
}
// `Object.keys(d)` and the like: an array where Python has a view.
bool IsObjectList(Context& c, NodeId target) {
  auto call = ir::As<Call>(c.dst(), target);
  auto method = call ? ir::As<Attribute>(c.dst(), call.callee()) : Attribute();
  return method && c.dst().Is(method.object(), NodeKind::kName) && c.dst().text(method.object()) == "Object";
}

std::optional<NodeId> Next(Context& c, Arguments& a) {
  if (a.count < 1) return std::nullopt;
  auto comprehension = c.As<Comprehension>(a[0]);
  NodeId value;
  bool lazy = comprehension && IsLazy(c, c.As<CompFor>(comprehension.clauses()[0]).iterable());
  if (comprehension && !lazy && !NeedsLoop(c, a[0])) {
    auto each = c.As<CompFor>(comprehension.clauses()[0]);
    bool identity =
        c.src().Is(comprehension.element(), NodeKind::kName) &&
        c.src().Is(each.target(), NodeKind::kName) &&
        c.facts().BindingOf(comprehension.element()) == c.facts().BindingOf(each.target());
    auto test =
        comprehension.clauses().size() == 2 ? c.As<CompIf>(comprehension.clauses()[1]) : CompIf();
    if (identity && test) {
      NodeId condition = c.Guarded([&] { return Condition(c, test.test()); });
      value = c.NewCall(c.NewAttribute(ArrayOf(c, each.iterable()), "find"),
                        {Arrow(c, {TargetPattern(c, each.target())}, condition)}, a.id);
    } else {
      value = Js(c, "$X[0]", {{"X", ArrayComprehension(c, a[0])}}, a.id);
    }
  } else {
    bool stops = a.count == 1 && IsCaught(c, a.id, "StopIteration");
    if (stops) {
      NamedErrorClass(c, "StopIteration");
      return c.NewCall(Local(c, "nextItem"), {c.Expr(a[0])}, a.id);
    }
    NodeId items = c.Expr(a[0]);
    value = Js(c, IsObjectList(c, items) ? "$X[0]" : "$X.next().value", {{"X", items}}, a.id);
  }
  if (a.count == 2) {
    if (c.src().Is(a[1], NodeKind::kNull)) return Js(c, "$X ?? null", {{"X", value}}, a.id);
    return Js(c, "$X ?? $D", {{"X", value}, {"D", c.Expr(a[1])}}, a.id);
  }
  return value;
}
}  // namespace asyncport::translate::to_js::builtin
