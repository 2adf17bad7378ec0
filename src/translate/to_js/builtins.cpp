// Builtin functions: len, print, sorted, sum, map and the rest, by what is known of their arguments.
// Example: `sorted(words, key=len)` -> `words.toSorted((a, b) => a.length - b.length)`.
#include <algorithm>
#include <utility>

#include "rules/rules.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Arguments {
  Context& c;
  NodeId id;
  std::span<const NodeId> all;
  std::size_t count;  // positional

  NodeId operator[](std::size_t i) const { return all[i]; }
  NodeId key(std::string_view name) const { return KeywordArg(c, id, name); }
  bool simple() const {
    for (NodeId a : all) {
      if (c.src().Is(a, NodeKind::kSpread) || c.src().Is(a, NodeKind::kKeywordSpread)) return false;
    }
    return true;
  }
};
using Builtin = std::optional<NodeId> (*)(Context&, Arguments&);

bool IsComprehension(Context& c, NodeId id) { return c.src().Is(id, NodeKind::kComprehension); }

std::optional<NodeId> Len(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  return LengthOf(c, a[0], a.id);
}

// ---- print
std::optional<NodeId> PrintArg(Context& c, NodeId arg) {
  if (auto spread = c.As<Spread>(arg)) {
    NodeId value = IterableOf(c, spread.value());
    return c.New(make::Spread{.value = value}, arg);
  }
  auto cause = c.As<Attribute>(arg);
  if (Only(c, arg, kError) || IsErrorHere(c, arg) || (cause && cause.name() == "__cause__")) return TextOf(c, arg);
  if (NodeId owner = ClassOf(c, arg)) {
    bool text = FindMethod(c, owner, "__str__") || FindMethod(c, owner, "__repr__") || (IsEnum(c, owner) && !IsIntEnum(c, owner));
    if (text) return c.New(make::Template{.parts = {c.Expr(arg)}}, arg);
  }
  return c.Expr(arg);
}

std::optional<NodeId> Print(Context& c, Arguments& a) {
  NodeId sep = a.key("sep");
  NodeId end = a.key("end");
  NodeId file = a.key("file");
  bool to_stderr = file && c.facts().ResolvedName(file) == "sys.stderr";
  if (file && !to_stderr && c.facts().ResolvedName(file) != "sys.stdout") return c.Refuse(a.id, "untranslated", {{"reason", "print to a file"}});
  std::vector<NodeId> items;
  NodeList values;
  bool spreads = false;
  for (std::size_t i = 0; i < a.all.size(); ++i) {
    if (c.src().Is(a[i], NodeKind::kKeyword)) continue;
    items.push_back(a[i]);
    spreads = spreads || c.src().Is(a[i], NodeKind::kSpread);
    values.push_back(*PrintArg(c, a[i]));
  }
  std::string_view log = to_stderr ? "console.error" : "console.log";
  auto newline = end ? c.As<String>(end) : String();
  bool plain_end = !end || (newline && newline.value() == "\n");
  if (!sep && plain_end) {
    // A first text with % directives would swallow the others.
    auto first = values.empty() ? String() : ir::As<String>(c.dst(), values[0]);
    if (values.size() > 1 && !spreads && first && first.value().find('%') != std::string_view::npos) {
      NodeList parts;
      for (NodeId item : items) {
        if (!parts.empty()) parts.push_back(c.NewString(" "));
        parts.push_back(TextOf(c, item));
      }
      return c.NewCall(c.Library(log), {NewTemplate(c, std::move(parts), {})}, a.id);
    }
    return c.NewCall(c.Library(log), std::move(values), a.id);
  }
  NodeId separator = sep ? c.Expr(sep) : c.NewString(" ");
  NodeId text;
  if (spreads) {
    NodeId list = values.size() == 1 ? ir::As<Spread>(c.dst(), values[0]).value() : c.New(make::List{.elements = std::move(values)}, {});
    if (items.size() == 1 && !Only(c, c.As<Spread>(items[0]).value(), kArray)) list = Js(c, "[...$X]", {{"X", list}});
    text = Js(c, "$X.join($S)", {{"X", list}, {"S", separator}});
  } else {
    NodeList parts;
    for (NodeId item : items) {
      if (!parts.empty()) parts.push_back(CopyTarget(c, separator));
      parts.push_back(TextOf(c, item));
    }
    if (!c.dst().Is(separator, NodeKind::kString) && items.size() > 1) {
      NodeList list;
      for (NodeId item : items) list.push_back(TextOf(c, item));
      text = Js(c, "$X.join($S)", {{"X", c.New(make::List{.elements = std::move(list)}, {})}, {"S", separator}});
    } else {
      text = NewTemplate(c, std::move(parts), {});
    }
  }
  if (plain_end) return c.NewCall(c.Library(log), {text}, a.id);
  NodeId all = newline && newline.value().empty() ? text : NewTemplate(c, {text, c.Expr(end)}, {});
  return c.NewCall(c.Library(to_stderr ? "process.stderr.write" : "process.stdout.write"), {all}, a.id);
}

// ---- sequences
std::optional<NodeId> Sorted(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  NodeId reverse = a.key("reverse");
  auto flag = reverse ? c.As<Bool>(reverse) : Bool();
  if (reverse && !flag) return c.Refuse(a.id, "untranslated", {{"reason", "sorted with a computed `reverse`"}});
  NodeId array = ArrayOf(c, a[0]);
  NodeId order = Comparator(c, ElementOf(c, a[0]), a.key("key"), flag && flag.value());
  NodeList args;
  if (order) args.push_back(order);
  // A list made here may be sorted in place.
  bool fresh = c.dst().Is(array, NodeKind::kList) || c.dst().Is(array, NodeKind::kCall);
  if (fresh && IsComprehension(c, a[0])) return c.NewCall(c.NewAttribute(array, "sort"), std::move(args), a.id);
  if (c.dst().Is(array, NodeKind::kList)) return c.NewCall(c.NewAttribute(array, "sort"), std::move(args), a.id);
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
  NodeId start = a.count == 2 ? c.Expr(a[1]) : a.key("start") ? c.Expr(a.key("start")) : c.NewInt(0);
  if (NodeId owner = ClassOf(c, ElementOf(c, a[0])); owner && FindMethod(c, owner, "__add__")) return c.Refuse(a.id, "operator-overloading");
  // `sum(1 for x in xs if c)` counts.
  if (auto comprehension = c.As<Comprehension>(a[0]); comprehension && !NeedsLoop(c, a[0]) && LiteralInt(c, comprehension.element()) == std::optional<long long>(1) && a.count == 1) {
    return c.NewAttribute(ArrayComprehension(c, a[0]), "length", a.id);
  }
  if (May(c, a[0], kArray) || IsComprehension(c, a[0])) {
    if (unsigned kinds = KindsOf(c, ElementOf(c, a[0])); (kinds & kArray) != 0 && (kinds & kUnknown) == 0) return Js(c, "$X.flat()", {{"X", ArrayOf(c, a[0])}}, a.id);
  }
  return Js(c, "$X.reduce((total, value) => total + value, $S)", {{"X", ArrayOf(c, a[0])}, {"S", start}}, a.id);
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
    for (std::size_t i = 0; i < a.count; ++i) all = all && (Only(c, a[i], kNumber | kFlag) || (KindsOf(c, a[i]) & kUnknown) != 0);
    if (all) return c.NewCall(c.Library(fn), c.Exprs(a.all.subspan(0, a.count)), a.id);
    NodeId list = c.New(make::List{.elements = c.Exprs(a.all.subspan(0, a.count))}, {});
    if (key) {
      NodeId better = c.New(make::Binary{.left = Apply(c, key, {c.NewName("b")}, key), .right = Apply(c, key, {c.NewName("a")}, key), .op = largest ? BinaryOp::kGt : BinaryOp::kLt}, {});
      return Js(c, "$X.reduce((a, b) => ($T ? b : a))", {{"X", list}, {"T", better}}, a.id);
    }
    NodeId better = c.New(make::Binary{.left = c.NewCall(Local(c, "compare"), {c.NewName("b"), c.NewName("a")}), .right = c.NewInt(0), .op = largest ? BinaryOp::kGt : BinaryOp::kLt}, {});
    return Js(c, "$X.reduce((a, b) => ($T ? b : a))", {{"X", list}, {"T", better}}, a.id);
  }
  NodeId array = ArrayOf(c, a[0]);
  NodeId result;
  if (numbers || (!key && kinds == kUnknown && IsComprehension(c, a[0]))) {
    if (!fallback && IsCaught(c, a.id, "ValueError")) c.Say("empty-max", a.id);
    bool pure_name = c.dst().Is(array, NodeKind::kName);
    if (fallback) {
      if (!pure_name) {
        std::string name = c.names().Fresh("values");
        if (!c.HoistEffect(c.NewAssign(c.NewName(name), array, {}, DeclKind::kConst), a.id)) return array;
        array = c.NewName(name);
      }
      result = Js(c, "$X.length > 0 ? $F(...$X) : $D", {{"X", array}, {"F", c.Library(fn)}, {"D", c.Expr(fallback)}}, a.id);
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
    if (lists) better = c.New(make::Binary{.left = c.NewCall(Local(c, "compare"), {left, right}), .right = c.NewInt(0), .op = op}, {});
    else better = c.New(make::Binary{.left = left, .right = right, .op = op}, {});
  } else if (NodeId owner = ClassOf(c, element); owner && FindMethod(c, owner, "__lt__")) {
    NodeId b = c.NewName(largest ? "a" : "b");
    NodeId other = c.NewName(largest ? "b" : "a");
    better = c.NewCall(c.NewAttribute(b, DunderName("__lt__")), {other});
  } else if (kinds == kText) {
    better = c.New(make::Binary{.left = c.NewName("b"), .right = c.NewName("a"), .op = op}, {});
  } else {
    better = c.New(make::Binary{.left = c.NewCall(Local(c, "compare"), {c.NewName("b"), c.NewName("a")}), .right = c.NewInt(0), .op = op}, {});
  }
  if (fallback) {
    return Js(c, "$X.reduce((a, b) => (a === undefined || $T ? b : a), undefined) ?? $D", {{"X", array}, {"T", better}, {"D", c.Expr(fallback)}}, a.id);
  }
  return Js(c, "$X.reduce((a, b) => ($T ? b : a))", {{"X", array}, {"T", better}}, a.id);
}

std::optional<NodeId> Max(Context& c, Arguments& a) { return a.count == 0 || !a.simple() ? std::optional<NodeId>() : Extreme(c, a, true); }
std::optional<NodeId> Min(Context& c, Arguments& a) { return a.count == 0 || !a.simple() ? std::optional<NodeId>() : Extreme(c, a, false); }

NodeId Quantifier(Context& c, Arguments& a, std::string_view method) {
  if (auto comprehension = c.As<Comprehension>(a[0]); comprehension && !NeedsLoop(c, a[0]) && comprehension.clauses().size() == 1) {
    auto each = c.As<CompFor>(comprehension.clauses()[0]);
    NodeId test = c.Guarded([&] { return Condition(c, comprehension.element()); });
    return c.NewCall(c.NewAttribute(ArrayOf(c, each.iterable()), method), {Arrow(c, {TargetPattern(c, each.target())}, test)}, a.id);
  }
  if (auto comprehension = c.As<Comprehension>(a[0]); comprehension && !NeedsLoop(c, a[0])) {
    // More clauses: all values first.
    c.facts();
    return Js(c, "$X.$M(Boolean)", {{"X", ArrayOf(c, a[0])}, {"M", c.NewName(method)}}, a.id);
  }
  unsigned kinds = KindsOf(c, ElementOf(c, a[0]));
  if ((kinds & kContainer) != 0 && (kinds & kUnknown) == 0) {
    NodeId test = Negate(c, c.NewCall(Local(c, "isEmpty"), {c.NewName("item")}));
    return c.NewCall(c.NewAttribute(ArrayOf(c, a[0]), method), {Arrow(c, {c.NewName("item")}, test)}, a.id);
  }
  return c.NewCall(c.NewAttribute(ArrayOf(c, a[0]), method), {c.NewName("Boolean")}, a.id);
}
std::optional<NodeId> Any(Context& c, Arguments& a) { return a.count != 1 ? std::optional<NodeId>() : Quantifier(c, a, "some"); }
std::optional<NodeId> All(Context& c, Arguments& a) { return a.count != 1 ? std::optional<NodeId>() : Quantifier(c, a, "every"); }

std::optional<NodeId> Map(Context& c, Arguments& a) {
  if (a.count != 2 || !a.simple()) return std::nullopt;
  NodeId array = ArrayOf(c, a[1]);
  std::string name = c.facts().ResolvedName(a[0]);
  if (name == "str") {
    unsigned kinds = KindsOf(c, ElementOf(c, a[1]));
    bool plain = kinds != 0 && (kinds & ~unsigned{kPrimitive}) == 0;
    if (plain) return c.NewCall(c.NewAttribute(array, "map"), {c.NewName("String")}, a.id);
  }
  NodeId body = Apply(c, a[0], {c.NewName("item")}, a[0]);
  auto lambda = c.As<Lambda>(a[0]);
  if (lambda) return c.NewCall(c.NewAttribute(array, "map"), {c.Expr(a[0])}, a.id);
  return c.NewCall(c.NewAttribute(array, "map"), {Arrow(c, {c.NewName("item")}, body)}, a.id);
}

std::optional<NodeId> Filter(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  NodeId array = ArrayOf(c, a[1]);
  if (c.src().Is(a[0], NodeKind::kNull)) return c.NewCall(c.NewAttribute(array, "filter"), {c.NewName("Boolean")}, a.id);
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
    if (auto spread = c.As<Spread>(a[0])) return c.NewCall(Local(c, "zip"), {c.New(make::Spread{.value = c.Expr(spread.value())}, {})}, a.id);
  }
  NodeList lists;
  for (NodeId arg : a.all) {
    if (c.src().Is(arg, NodeKind::kKeyword)) continue;
    lists.push_back(ArrayOf(c, arg));
  }
  return c.NewCall(Local(c, "zip"), std::move(lists), a.id);
}

std::optional<NodeId> Enumerate(Context& c, Arguments& a) {
  if (a.count < 1) return std::nullopt;
  NodeId start = a.count == 2 ? a[1] : a.key("start");
  NodeId array = ArrayOf(c, a[0]);
  if (!start) return Js(c, "[...$X.entries()]", {{"X", array}}, a.id);
  return Js(c, "$X.map((item, i) => [i + $S, item])", {{"X", array}, {"S", c.Expr(start)}}, a.id);
}

std::optional<NodeId> List(Context& c, Arguments& a) {
  if (a.count == 0) return c.New(make::List{}, a.id);
  if (IsComprehension(c, a[0])) return ArrayOf(c, a[0]);
  if (auto range = AsRange(c, a[0])) return ArrayOf(c, a[0]);
  NodeId value = IterableOf(c, a[0]);
  bool fresh = c.dst().Is(value, NodeKind::kList) || (c.dst().Is(value, NodeKind::kCall) && value != kNoNode && !Only(c, a[0], kArray) && ArrayOf(c, a[0]) == value);
  if (fresh) return value;
  return Js(c, "[...$X]", {{"X", value}}, a.id);
}

std::optional<NodeId> Set(Context& c, Arguments& a) {
  if (a.count == 0) return c.New(make::New{.callee = c.NewName("Set")}, a.id);
  NodeId items = IterableOf(c, a[0]);
  if ((KindsOf(c, ElementOf(c, a[0])) & kSet) != 0 && (KindsOf(c, ElementOf(c, a[0])) & kUnknown) == 0) return c.Refuse(a.id, "tuple-key");
  if (IsValueClass(c, ClassOf(c, ElementOf(c, a[0])))) return c.Refuse(a.id, "tuple-key");
  if (c.facts().type(ElementOf(c, a[0])).kind == facts::TypeKind::kTuple) items = Js(c, "[...$X].map((item) => item.join())", {{"X", items}});
  return c.New(make::New{.callee = c.NewName("Set"), .args = {items}}, a.id);
}

std::optional<NodeId> Dict(Context& c, Arguments& a) {
  bool map = Only(c, a.id, kMap);
  if (a.count == 0) {
    NodeList entries;
    for (NodeId arg : a.all) {
      if (auto k = c.As<Keyword>(arg)) entries.push_back(c.New(make::DictEntry{.key = c.NewString(k.name()), .value = c.Expr(k.value())}, arg));
      else if (auto s = c.As<KeywordSpread>(arg)) entries.push_back(c.New(make::Spread{.value = c.Expr(s.value())}, arg));
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
    return Js(c, "new Map($D)", {{"D", value}}, a.id);
  }
  if (a.all.size() > 1) return c.Refuse(a.id, "untranslated", {{"reason", "dict() of both"}});
  if (from_dict) return Js(c, "({ ...$D })", {{"D", value}}, a.id);
  return Js(c, "Object.fromEntries($D)", {{"D", value}}, a.id);
}

// ---- numbers and text
std::optional<NodeId> Int(Context& c, Arguments& a) {
  if (a.count == 0) return c.NewInt(0, a.id);
  NodeId value = c.Expr(a[0]);
  if (auto text = c.As<String>(a[0]); a.count == 2 && text && (text.value().starts_with("0b") || text.value().starts_with("0o"))) {
    value = c.NewString(text.value().substr(2), a[0]);
  }
  if (a.count == 2) return Js(c, "Number.parseInt($X, $B)", {{"X", value}, {"B", c.Expr(a[1])}}, a.id);
  if (Only(c, a[0], kNumber)) return Js(c, "Math.trunc($X)", {{"X", value}}, a.id);
  if (Only(c, a[0], kFlag)) return Js(c, "Number($X)", {{"X", value}}, a.id);
  if (IsCaught(c, a.id, "ValueError")) return c.NewCall(Local(c, "parseInteger"), {value}, a.id);
  c.SayOnce("parse-returns-nan", a.id);
  if (Only(c, a[0], kText)) return Js(c, "Number.parseInt($X, 10)", {{"X", value}}, a.id);
  return Js(c, "Math.trunc(Number($X))", {{"X", value}}, a.id);
}
std::optional<NodeId> Float(Context& c, Arguments& a) {
  if (a.count == 0) return c.NewInt(0, a.id);
  if (auto text = c.As<String>(a[0])) {
    if (text.value() == "inf" || text.value() == "infinity") return c.NewName("Infinity", a.id);
    if (text.value() == "-inf") return Js(c, "-Infinity", {}, a.id);
    if (text.value() == "nan") return c.NewName("NaN", a.id);
  }
  NodeId value = c.Expr(a[0]);
  if (Only(c, a[0], kNumber)) return value;
  if (IsCaught(c, a.id, "ValueError")) return c.NewCall(Local(c, "parseNumber"), {value}, a.id);
  return Js(c, "Number($X)", {{"X", value}}, a.id);
}
std::optional<NodeId> Str(Context& c, Arguments& a) {
  if (a.count == 0) return c.NewString("", a.id);
  if (a.count != 1) return std::nullopt;
  if (Only(c, a[0], kText)) return c.Expr(a[0]);
  NodeId text = TextOf(c, a[0]);
  if (c.dst().Is(text, NodeKind::kString) || c.dst().Is(text, NodeKind::kTemplate)) return text;
  if (Only(c, a[0], kError) || IsErrorHere(c, a[0]) || Only(c, a[0], kContainer)) return text;
  return Js(c, "String($X)", {{"X", text}}, a.id);
}
std::optional<NodeId> Repr(Context& c, Arguments& a) { return a.count == 1 ? std::optional(ReprOf(c, a[0])) : std::nullopt; }
std::optional<NodeId> Boolean(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  NodeId test = Condition(c, a[0]);
  auto binary = ir::As<Binary>(c.dst(), test);
  auto unary = ir::As<Unary>(c.dst(), test);
  if ((binary && IsComparison(binary.op())) || (unary && unary.op() == UnaryOp::kNot)) return test;
  return Js(c, "Boolean($X)", {{"X", test}}, a.id);
}
std::optional<NodeId> Round(Context& c, Arguments& a) {
  if (a.count == 0) return std::nullopt;
  NodeList args = c.Exprs(a.all.subspan(0, a.count));
  c.SayOnce("half-even-rounding", a.id);
  return c.NewCall(Local(c, "roundHalfEven"), std::move(args), a.id);
}
std::optional<NodeId> Divmod(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  if (!c.IsPure(a[0]) || !c.IsPure(a[1])) return c.Refuse(a.id, "evaluation-order");
  NodeId remainder = IsNonNegative(c, a[0]) && IsNonNegative(c, a[1])
                         ? Js(c, "$A % $B", {{"A", c.Expr(a[0])}, {"B", c.Expr(a[1])}})
                         : c.NewCall(Local(c, "mod"), {c.Expr(a[0]), c.Expr(a[1])});
  return Js(c, "[Math.floor($A / $B), $R]", {{"A", c.Expr(a[0])}, {"B", c.Expr(a[1])}, {"R", remainder}}, a.id);
}
std::optional<NodeId> Pow(Context& c, Arguments& a) {
  if (a.count != 2) return c.Refuse(a.id, "safe-integer-limit");
  return c.New(make::Binary{.left = c.Expr(a[0]), .right = c.Expr(a[1]), .op = BinaryOp::kPow}, a.id);
}

// ---- objects
NodeId TypeTest(Context& c, NodeId value_source, NodeId type, NodeId origin) {
  std::string name = c.facts().ResolvedName(type);
  NodeId value = c.Expr(value_source);
  struct Row {
    std::string_view python;
    std::string_view js;
  };
  static constexpr Row kRows[] = {
      {"str", "typeof $X === \"string\""},
      {"bool", "typeof $X === \"boolean\""},
      {"int", "Number.isInteger($X)"},
      {"float", "typeof $X === \"number\" && !Number.isInteger($X)"},
      {"list", "Array.isArray($X)"},
      {"tuple", "Array.isArray($X)"},
      {"set", "$X instanceof Set"},
      {"frozenset", "$X instanceof Set"},
      {"dict", "$X instanceof Map || $X?.constructor === Object"},
      {"bytes", "Buffer.isBuffer($X)"},
      {"object", "true"},
      {"collections.abc.Callable", "typeof $X === \"function\""},
      {"collections.abc.Iterable", "typeof $X?.[Symbol.iterator] === \"function\""},
      {"numbers.Number", "typeof $X === \"number\""},
      {"collections.abc.Mapping", "$X instanceof Map || $X?.constructor === Object"},
      {"collections.abc.Sequence", "Array.isArray($X)"},
  };
  for (const Row& row : kRows) {
    if (row.python != name) continue;
    if (row.python == "object") return c.New(make::Bool{.value = true}, origin);
    return Js(c, row.js, {{"X", value}}, origin);
  }
  return c.New(make::Binary{.left = value, .right = c.Expr(type), .op = BinaryOp::kInstanceOf}, origin);
}

std::optional<NodeId> IsInstance(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  auto types = c.As<Tuple>(a[1]);
  if (!types) return TypeTest(c, a[0], a[1], a.id);
  // (int, float): any number.
  bool numbers = types.elements().size() == 2;
  for (NodeId t : types.elements()) {
    std::string name = c.facts().ResolvedName(t);
    numbers = numbers && (name == "int" || name == "float");
  }
  if (numbers) return Js(c, "typeof $X === \"number\"", {{"X", c.Expr(a[0])}}, a.id);
  NodeId result;
  for (NodeId t : types.elements()) {
    NodeId one = TypeTest(c, a[0], t, t);
    result = result ? c.New(make::Logical{.left = result, .right = one, .op = LogicalOp::kOr}, a.id) : one;
  }
  return result;
}
std::optional<NodeId> IsSubclass(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  NodeId type = c.Expr(a[0]);
  NodeId base = c.Expr(a[1]);
  return Js(c, "$A === $B || $A?.prototype instanceof $B", {{"A", type}, {"B", base}}, a.id);
}
std::optional<NodeId> GetAttr(Context& c, Arguments& a) {
  auto name = a.count >= 2 ? c.As<String>(a[1]) : String();
  NodeId read = name ? c.NewAttribute(c.Expr(a[0]), c.names().Member(name.value(), false), a.id)
                     : c.New(make::Subscript{.object = c.Expr(a[0]), .index = c.Expr(a[1])}, a.id);
  if (!name) c.Say("dynamic-attribute", a.id);
  if (a.count == 3) return Js(c, "$X ?? $D", {{"X", read}, {"D", c.Expr(a[2])}}, a.id);
  return read;
}
std::optional<NodeId> HasAttr(Context& c, Arguments& a) {
  auto name = a.count == 2 ? c.As<String>(a[1]) : String();
  if (!name) c.Say("dynamic-attribute", a.id);
  NodeId key = name ? c.NewString(c.names().Member(name.value(), false)) : c.Expr(a[1]);
  return Js(c, "$K in $X", {{"K", key}, {"X", c.Expr(a[0])}}, a.id);
}
std::optional<NodeId> TypeOf(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  return c.NewAttribute(c.Expr(a[0]), "constructor", a.id);
}
std::optional<NodeId> Iter(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  if (Only(c, a[0], kArray | kSet)) return Js(c, "$X.values()", {{"X", c.Expr(a[0])}}, a.id);
  if (Only(c, a[0], kIterator)) return c.Expr(a[0]);
  return Js(c, "$X[Symbol.iterator]()", {{"X", IterableOf(c, a[0])}}, a.id);
}
std::optional<NodeId> Next(Context& c, Arguments& a) {
  if (a.count < 1) return std::nullopt;
  auto comprehension = c.As<Comprehension>(a[0]);
  NodeId value;
  if (comprehension && comprehension.clauses().size() >= 1 && !NeedsLoop(c, a[0])) {
    auto each = c.As<CompFor>(comprehension.clauses()[0]);
    bool identity = c.src().Is(comprehension.element(), NodeKind::kName) && c.src().Is(each.target(), NodeKind::kName) &&
                    c.facts().BindingOf(comprehension.element()) == c.facts().BindingOf(each.target());
    auto test = comprehension.clauses().size() == 2 ? c.As<CompIf>(comprehension.clauses()[1]) : CompIf();
    if (identity && test) {
      NodeId condition = c.Guarded([&] { return Condition(c, test.test()); });
      value = c.NewCall(c.NewAttribute(ArrayOf(c, each.iterable()), "find"), {Arrow(c, {TargetPattern(c, each.target())}, condition)}, a.id);
    } else {
      value = Js(c, "$X[0]", {{"X", ArrayComprehension(c, a[0])}}, a.id);
    }
  } else {
    value = Js(c, "$X.next().value", {{"X", c.Expr(a[0])}}, a.id);
  }
  if (a.count == 2) {
    if (c.src().Is(a[1], NodeKind::kNull)) return Js(c, "$X ?? null", {{"X", value}}, a.id);
    return Js(c, "$X ?? $D", {{"X", value}, {"D", c.Expr(a[1])}}, a.id);
  }
  return value;
}
std::optional<NodeId> Abs(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  if (NodeId owner = ClassOf(c, a[0]); owner && FindMethod(c, owner, "__abs__")) return c.NewCall(c.NewAttribute(c.Expr(a[0]), "abs"), {}, a.id);
  return Js(c, "Math.abs($X)", {{"X", c.Expr(a[0])}}, a.id);
}
std::optional<NodeId> Callable(Context& c, Arguments& a) { return Js(c, "typeof $X === \"function\"", {{"X", c.Expr(a[0])}}, a.id); }
std::optional<NodeId> Ord(Context& c, Arguments& a) { return Js(c, "$X.codePointAt(0)", {{"X", c.Expr(a[0])}}, a.id); }
std::optional<NodeId> Chr(Context& c, Arguments& a) { return Js(c, "String.fromCodePoint($X)", {{"X", c.Expr(a[0])}}, a.id); }
NodeId InBase(Context& c, Arguments& a, int base, std::string_view prefix) {
  return NewTemplate(c, {c.NewString(prefix), Js(c, "$X.toString($B)", {{"X", c.Expr(a[0])}, {"B", c.NewInt(base)}})}, a.id);
}
std::optional<NodeId> Bin(Context& c, Arguments& a) { return InBase(c, a, 2, "0b"); }
std::optional<NodeId> Hex(Context& c, Arguments& a) { return InBase(c, a, 16, "0x"); }
std::optional<NodeId> Oct(Context& c, Arguments& a) { return InBase(c, a, 8, "0o"); }
std::optional<NodeId> Bytes(Context& c, Arguments& a) {
  c.SayOnce("bytes-are-buffers", a.id);
  if (a.count == 0) return Js(c, "Buffer.alloc(0)", {}, a.id);
  if (Only(c, a[0], kNumber)) return Js(c, "Buffer.alloc($N)", {{"N", c.Expr(a[0])}}, a.id);
  return Js(c, "Buffer.from($X)", {{"X", c.Expr(a[0])}}, a.id);
}
std::optional<NodeId> RangeValue(Context& c, Arguments& a) { return ArrayOf(c, a.id); }
std::optional<NodeId> Refused(Context& c, Arguments& a) {
  return c.Refuse(a.id, "untranslated", {{"reason", "`" + std::string(c.facts().ResolvedName(c.As<Call>(a.id).callee())) + "`"}});
}
std::optional<NodeId> Object(Context& c, Arguments& a) { return Js(c, "Symbol(\"sentinel\")", {}, a.id); }

struct Row {
  std::string_view name;
  Builtin builtin;
  bool before_cards;
};
constexpr Row kBuiltins[] = {
    {"abs", Abs, false}, {"all", All, true}, {"any", Any, true}, {"bin", Bin, false}, {"bool", Boolean, true},
    {"callable", Callable, false}, {"chr", Chr, false}, {"dict", Dict, true}, {"divmod", Divmod, false},
    {"enumerate", Enumerate, false}, {"filter", Filter, false}, {"float", Float, true}, {"frozenset", Set, true},
    {"getattr", GetAttr, false}, {"hasattr", HasAttr, false}, {"hex", Hex, false}, {"int", Int, true},
    {"isinstance", IsInstance, false}, {"issubclass", IsSubclass, false}, {"iter", Iter, false}, {"len", Len, true},
    {"list", List, true}, {"map", Map, false}, {"max", Max, true}, {"min", Min, true}, {"next", Next, true},
    {"object", Object, false}, {"oct", Oct, false}, {"ord", Ord, false}, {"pow", Pow, false}, {"print", Print, true},
    {"range", RangeValue, true}, {"repr", Repr, true}, {"reversed", Reversed, true}, {"round", Round, true},
    {"set", Set, true}, {"sorted", Sorted, true}, {"str", Str, true}, {"sum", Sum, true}, {"tuple", List, true},
    {"type", TypeOf, false}, {"bytes", Bytes, false}, {"bytearray", Bytes, false}, {"zip", Zip, true},
    {"eval", Refused, true}, {"exec", Refused, true}, {"globals", Refused, true}, {"locals", Refused, true},
    {"vars", Refused, true}, {"setattr", Refused, true}, {"delattr", Refused, true}, {"id", Refused, true},
    {"hash", Refused, true}, {"compile", Refused, true}, {"memoryview", Refused, true}, {"complex", Refused, true},
    {"open", Refused, false}, {"input", Refused, false},
};

std::optional<NodeId> TryBuiltin(Context& c, NodeId id, bool before_cards) {
  auto call = c.As<Call>(id);
  if (!c.src().Is(call.callee(), NodeKind::kName)) return std::nullopt;
  facts::BindingId binding = c.facts().BindingOf(call.callee());
  if (binding && c.facts().binding(binding).kind != facts::BindingKind::kFree) return std::nullopt;
  std::string_view name = c.src().text(call.callee());
  for (const Row& row : kBuiltins) {
    if (row.name != name || row.before_cards != before_cards) continue;
    Arguments arguments{c, id, call.args(), PositionalCount(c, id)};
    return row.builtin(c, arguments);
  }
  return std::nullopt;
}

// A builtin as a value: `key=len`, `function = len`.
std::optional<NodeId> TranslateBuiltinName(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  if (binding && c.facts().binding(binding).kind != facts::BindingKind::kFree) return std::nullopt;
  NodeId parent = c.facts().Parent(id);
  if (auto call = c.As<Call>(parent); call && call.callee() == id) return std::nullopt;
  struct Value {
    std::string_view python;
    std::string_view js;
  };
  static constexpr Value kValues[] = {
      {"str", "String"}, {"int", "(value) => Math.trunc(Number(value))"}, {"float", "Number"}, {"bool", "Boolean"},
      {"len", "(items) => items.length ?? items.size ?? Object.keys(items).length"}, {"list", "(items) => [...items]"},
      {"tuple", "(items) => [...items]"}, {"set", "(items) => new Set(items)"}, {"print", "console.log"}, {"abs", "Math.abs"},
      {"sum", "(items) => items.reduce((total, value) => total + value, 0)"}, {"dict", "() => ({})"},
      {"sorted", "(items) => [...items].sort()"}, {"repr", "String"}, {"max", "Math.max"}, {"min", "Math.min"},
      {"ord", "(text) => text.codePointAt(0)"}, {"chr", "String.fromCodePoint"},
  };
  std::string_view name = c.src().text(id);
  for (const Value& value : kValues) {
    if (value.python == name) return Js(c, value.js, {}, id);
  }
  return std::nullopt;
}

}  // namespace

NodeId LengthOf(Context& c, NodeId id, NodeId origin) {
  if (Only(c, id, kSet | kMap)) {
    NodeId value = c.Expr(id);
    return c.NewAttribute(value, "size", origin);
  }
  if (Only(c, id, kObject)) return Js(c, "Object.keys($D).length", {{"D", c.Expr(id)}}, origin);
  if (NodeId owner = ClassOf(c, id); owner && IsNamedTuple(c, owner)) return c.NewInt(static_cast<long long>(DataFields(c, owner).size()), origin);
  if (Only(c, id, kIterator)) return c.NewAttribute(ArrayOf(c, id), "length", origin);
  if (c.facts().KindOf(id) == facts::TypeKind::kClass) return Js(c, "$X.members.length", {{"X", c.Expr(id)}}, origin);
  if (c.IsCallTo(id, "range")) return c.NewAttribute(ArrayOf(c, id), "length", origin);
  unsigned kinds = KindsOf(c, id);
  if (kinds == (kObject | kMap) && c.IsPure(id)) {
    NodeId value = c.Expr(id);
    return Js(c, "$D instanceof Map ? $D.size : Object.keys($D).length", {{"D", value}}, origin);
  }
  bool mixed = (kinds & (kSet | kMap | kObject)) != 0 && (kinds & kUnknown) == 0;
  // Nothing is known: the likeliest is a list or text; a dict or set would have no `length`.
  if ((kinds & kUnknown) != 0) c.SayOnce("object-or-dict", origin, {{"name", std::string(c.source().Text(c.src().span(id)))}});
  if (mixed) c.Say("object-or-dict", origin, {{"name", std::string(c.source().Text(c.src().span(id)))}});
  return c.NewAttribute(c.Expr(id), "length", origin);
}

NodeId Apply(Context& c, NodeId function, NodeList args, NodeId origin) {
  if (auto lambda = c.As<Lambda>(function); lambda && lambda.params().size() == args.size()) {
    bool plain = true;
    for (NodeId p : lambda.params()) plain = plain && c.src().Is(c.As<Param>(p).target(), NodeKind::kName) && !c.As<Param>(p).default_value();
    if (plain) {
      NodeId body = c.Guarded([&] { return c.Expr(lambda.body()); });
      for (std::size_t i = 0; i < args.size(); ++i) {
        std::string name = c.TargetName(c.As<Param>(lambda.params()[i]).target());
        body = CopyTarget(c, body, name, args[i]);
      }
      return body;
    }
  }
  std::string name = c.facts().ResolvedName(function);
  struct Row {
    std::string_view python;
    std::string_view js;
  };
  static constexpr Row kUnary[] = {
      {"len", "$X.length"}, {"str", "String($X)"}, {"int", "Math.trunc(Number($X))"}, {"float", "Number($X)"},
      {"abs", "Math.abs($X)"}, {"bool", "Boolean($X)"}, {"str.lower", "$X.toLowerCase()"}, {"str.upper", "$X.toUpperCase()"},
      {"str#lower", "$X.toLowerCase()"}, {"str#upper", "$X.toUpperCase()"}, {"str.strip", "$X.trim()"}, {"str#strip", "$X.trim()"},
      {"list", "[...$X]"}, {"tuple", "[...$X]"}, {"set", "new Set($X)"}, {"ord", "$X.codePointAt(0)"}, {"chr", "String.fromCodePoint($X)"},
      {"sum", "$X.reduce((total, value) => total + value, 0)"}, {"max", "Math.max(...$X)"}, {"min", "Math.min(...$X)"},
      {"repr", "String($X)"}, {"math.sqrt", "Math.sqrt($X)"}, {"str.title", "$X.split(\" \").map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join(\" \")"},
  };
  facts::BindingId binding = c.src().Is(function, NodeKind::kName) ? c.facts().BindingOf(function) : facts::BindingId{};
  bool local = binding && c.facts().binding(binding).kind != facts::BindingKind::kFree && c.facts().binding(binding).kind != facts::BindingKind::kImport;
  if (args.size() == 1 && !local) {
    for (const Row& row : kUnary) {
      if (row.python == name) return Js(c, row.js, {{"X", args[0]}}, origin);
    }
    // `key=lengths.get`
    if (auto attribute = c.As<Attribute>(function); attribute && attribute.name() == "get") {
      if (Only(c, attribute.object(), kMap)) return Js(c, "$D.get($X)", {{"D", c.Expr(attribute.object())}, {"X", args[0]}}, origin);
      if (Only(c, attribute.object(), kObject)) return c.New(make::Subscript{.object = c.Expr(attribute.object()), .index = args[0]}, origin);
    }
    // operator.itemgetter(1), operator.attrgetter("name")
    if (auto call = c.As<Call>(function); call && call.args().size() == 1) {
      std::string maker = c.facts().ResolvedName(call.callee());
      auto text = c.As<String>(call.args()[0]);
      if (maker == "operator.itemgetter") {
        if (text && IsJsIdentifier(text.value())) return c.NewAttribute(args[0], text.value(), origin);
        return c.New(make::Subscript{.object = args[0], .index = c.Expr(call.args()[0])}, origin);
      }
      if (maker == "operator.attrgetter" && text) return c.NewAttribute(args[0], c.names().Member(text.value(), false), origin);
    }
  }
  NodeId definition;
  if (c.facts().KindOf(function) == facts::TypeKind::kClass) return c.New(make::New{.callee = c.Expr(function), .args = std::move(args)}, origin);
  (void)definition;
  // A bound method: called on its object.
  if (auto attribute = c.As<Attribute>(function); attribute && ClassOf(c, attribute.object())) {
    return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), c.names().Member(attribute.name(), false)), std::move(args), origin);
  }
  return c.NewCall(c.Expr(function), std::move(args), origin);
}

NodeId Comparator(Context& c, facts::TypeId element, NodeId key, bool reverse) {
  NodeId a = c.NewName(reverse ? "b" : "a");
  NodeId b = c.NewName(reverse ? "a" : "b");
  auto arrow = [&](NodeId body) { return Arrow(c, {c.NewName("a"), c.NewName("b")}, body); };
  if (key) {
    if (c.IsCallTo(key, "functools.cmp_to_key")) {
      NodeId function = c.As<Call>(key).args()[0];
      return reverse ? arrow(Apply(c, function, {a, b}, key)) : c.Expr(function);
    }
    NodeId left = Apply(c, key, {a}, key);
    NodeId right = Apply(c, key, {b}, key);
    auto one = [&](NodeId l, NodeId r, NodeId source) -> NodeId {
      // `-n`: the other way round.
      auto negated_l = ir::As<Unary>(c.dst(), l);
      auto negated_r = ir::As<Unary>(c.dst(), r);
      if (negated_l && negated_r && negated_l.op() == UnaryOp::kNeg) {
        return c.New(make::Binary{.left = negated_r.operand(), .right = negated_l.operand(), .op = BinaryOp::kSub}, {});
      }
      auto attribute = ir::As<Attribute>(c.dst(), l);
      bool number = (source && Only(c, source, kNumber)) || (attribute && attribute.name() == "length");
      if (number) return c.New(make::Binary{.left = l, .right = r, .op = BinaryOp::kSub}, {});
      return c.NewCall(Local(c, "compare"), {l, r});
    };
    auto lambda = c.As<Lambda>(key);
    auto left_list = ir::As<ir::List>(c.dst(), left);
    auto right_list = ir::As<ir::List>(c.dst(), right);
    if (left_list && right_list && lambda && left_list.elements().size() > 0) {
      auto sources = c.As<Tuple>(lambda.body());
      NodeList ls(left_list.elements().begin(), left_list.elements().end());
      NodeList rs(right_list.elements().begin(), right_list.elements().end());
      NodeId result;
      for (std::size_t i = 0; i < ls.size(); ++i) {
        NodeId order = one(ls[i], rs[i], sources ? sources.elements()[i] : kNoNode);
        result = result ? c.New(make::Logical{.left = result, .right = order, .op = LogicalOp::kOr}, {}) : order;
      }
      return arrow(result);
    }
    return arrow(one(left, right, lambda ? lambda.body() : kNoNode));
  }
  unsigned kinds = KindsOf(c, element);
  if (kinds == kNumber) return arrow(c.New(make::Binary{.left = a, .right = b, .op = BinaryOp::kSub}, {}));
  if (kinds == kText && !reverse) return kNoNode;
  if (NodeId owner = ClassOf(c, element)) {
    if (FindMethod(c, owner, "__lt__") || IsDataclass(c, owner)) {
      NodeId less = c.NewCall(c.NewAttribute(a, DunderName("__lt__")), {b});
      NodeId more = c.NewCall(c.NewAttribute(CopyTarget(c, b), DunderName("__lt__")), {CopyTarget(c, a)});
      return arrow(Js(c, "$L ? -1 : Number($M)", {{"L", less}, {"M", more}}));
    }
  }
  if (reverse) return arrow(c.NewCall(Local(c, "compare"), {a, b}));
  return Local(c, "compare");
}

void RegisterBuiltins(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, [](Context& c, NodeId id) -> std::optional<NodeId> {
    // `str(uuid.uuid4())` is more than a `str`.
    if (auto card = rules::FindCorrespondence(c.facts(), id); card && card->is_special) return std::nullopt;
    return TryBuiltin(c, id, true);
  });
  t.Claim(NodeKind::kCall, Order::kAfterCards, [](Context& c, NodeId id) { return TryBuiltin(c, id, false); });
  t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateBuiltinName);
}

}  // namespace asyncport::translate::to_js
