// Builtin functions: len, print, sorted, sum, map and the rest, by what is known of their arguments.
// Example: `sorted(words, key=len)` -> `words.toSorted((a, b) => a.length - b.length)`.
#include <algorithm>
#include <utility>

#include "facts/contents.h"
#include "rules/rules.h"
#include "translate/to_js/builtins.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/type_values.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

using namespace builtin;

std::optional<NodeId> Len(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  return LengthOf(c, a[0], a.id);
}

// ---- numbers and text
std::optional<NodeId> Int(Context& c, Arguments& a) {
  if (a.count == 0) return c.NewInt(0, a.id);
  NodeId value = c.Expr(a[0]);
  if (auto text = c.As<String>(a[0]); a.count == 2 && text && (text.value().starts_with("0b") || text.value().starts_with("0o"))) {
    value = c.NewString(text.value().substr(2), a[0]);
  }
  if (a.count == 2 && IsCaught(c, a.id, "ValueError"))
    return c.NewCall(Local(c, "parseDigits"), {value, c.Expr(a[1])}, a.id);
  if (a.count == 2) return Js(c, "Number.parseInt($X, $B)", {{"X", value}, {"B", c.Expr(a[1])}}, a.id);
  if (Only(c, a[0], kNumber)) return Js(c, "Math.trunc($X)", {{"X", value}}, a.id);
  if (Only(c, a[0], kFlag)) return Js(c, "Number($X)", {{"X", value}}, a.id);
  if (IsCaught(c, a.id, "ValueError")) return c.NewCall(Local(c, "parseInteger"), {value}, a.id);
  if (!facts::IsWholeNumberText(c.facts(), a[0])) c.SayOnce("parse-returns-nan", a.id);
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
// `" ".join(str(n) for n in ns)`: join makes texts itself.
bool IsJoined(Context& c, NodeId str, NodeId value) {
  const NodeId parent = c.facts().Parent(str);
  auto made = c.As<Comprehension>(parent);
  if (!made || made.element() != str || c.MethodName(c.facts().Parent(parent)) != "join") return false;
  const unsigned kinds = KindsOf(c, value);
  return kinds != 0 && (kinds & ~unsigned{kText | kNumber | kFlag}) == 0;
}
std::optional<NodeId> Str(Context& c, Arguments& a) {
  if (a.count == 0) return c.NewString("", a.id);
  if (a.count != 1) return std::nullopt;
  if (Only(c, a[0], kText) || IsJoined(c, a.id, a[0])) return c.Expr(a[0]);
  NodeId text = TextOf(c, a[0]);
  if (c.dst().Is(text, NodeKind::kString) || c.dst().Is(text, NodeKind::kTemplate)) return text;
  NodeId owner = ClassOf(c, a[0]);
  if (owner && FindMethod(c, owner, "__str__")) return Js(c, "String($X)", {{"X", text}}, a.id);
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
bool IsOneDigit(Context& c, NodeId id) {
  auto number = c.As<Number>(id);
  return number && number.text().size() == 1;
}
std::optional<NodeId> Round(Context& c, Arguments& a) {
  if (a.count == 0) return std::nullopt;
  c.SayOnce("half-even-rounding", a.id);
  auto digits = a.count > 1 ? c.As<Number>(a[1]) : Number();
  auto negative = a.count > 1 ? c.As<Unary>(a[1]) : Unary();
  const bool whole = a.count == 1 || c.src().Is(a[1], NodeKind::kNull) || (digits && digits.text() == "0");
  if (whole) return c.NewCall(Local(c, "roundHalfEven"), {c.Expr(a[0])}, a.id);
  if (negative && negative.op() == UnaryOp::kNeg && IsOneDigit(c, negative.operand())) {
    // round(x, -2): hundreds.
    std::string scale = "1" + std::string(static_cast<std::size_t>(c.src().text(negative.operand())[0] - '0'), '0');
    const auto unit = [&] { return c.New(make::Number{.text = scale, .kind = NumberKind::kInt}, {}); };
    return Js(c, "$F($X / $U) * $V", {{"F", Local(c, "roundHalfEven")}, {"X", c.Expr(a[0])}, {"U", unit()}, {"V", unit()}}, a.id);
  }
  return c.NewCall(Local(c, "roundTo"), {c.Expr(a[0]), c.Expr(a[1])}, a.id);
}
std::optional<NodeId> Divmod(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  if (!c.IsPure(a[0]) || !c.IsPure(a[1])) return c.NewCall(Local(c, "divmod"), {c.Expr(a[0]), c.Expr(a[1])}, a.id);
  NodeId remainder = IsNonNegative(c, a[0]) && IsNonNegative(c, a[1])
                         ? Js(c, "$A % $B", {{"A", c.Expr(a[0])}, {"B", c.Expr(a[1])}})
                         : c.NewCall(Local(c, "mod"), {c.Expr(a[0]), c.Expr(a[1])});
  return Js(c, "[Math.floor($A / $B), $R]", {{"A", c.Expr(a[0])}, {"B", c.Expr(a[1])}, {"R", remainder}}, a.id);
}
std::optional<NodeId> Pow(Context& c, Arguments& a) {
  if (a.count == 3) return c.NewCall(Local(c, "powMod"), {c.Expr(a[0]), c.Expr(a[1]), c.Expr(a[2])}, a.id);
  if (a.count != 2) return c.Refuse(a.id, "safe-integer-limit");
  return c.New(make::Binary{.left = c.Expr(a[0]), .right = c.Expr(a[1]), .op = BinaryOp::kPow}, a.id);
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
std::optional<NodeId> Refused(Context& c, Arguments& a) {
  return c.Refuse(a.id, "untranslated", {{"reason", "`" + std::string(c.facts().ResolvedName(c.As<Call>(a.id).callee())) + "`"}});
}
// `range(*bounds)` may have any number of them.
std::optional<NodeId> RangeValue(Context& c, Arguments& a) { return AsRange(c, a.id) ? ArrayOf(c, a.id) : Refused(c, a); }
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
    {"isinstance", IsInstance, true}, {"issubclass", IsSubclass, false}, {"iter", Iter, false}, {"len", Len, true},
    {"list", List, true}, {"map", Map, false}, {"max", Max, true}, {"min", Min, true}, {"next", Next, true},
    {"object", Object, false}, {"oct", Oct, false}, {"ord", Ord, false}, {"pow", Pow, false}, {"print", Print, true},
    {"range", RangeValue, true}, {"repr", Repr, true}, {"reversed", Reversed, true}, {"round", Round, true},
    {"set", Set, true}, {"sorted", Sorted, true}, {"str", Str, true}, {"sum", Sum, true}, {"tuple", List, true},
    {"type", TypeOf, false}, {"bytes", Bytes, false}, {"bytearray", Bytes, false}, {"zip", Zip, true},
    {"eval", Refused, true}, {"exec", Refused, true}, {"globals", Refused, true}, {"locals", Refused, true},
    {"vars", Vars, true}, {"setattr", SetAttr, true}, {"delattr", DelAttr, true}, {"id", Refused, true},
    {"hash", Refused, true}, {"compile", Refused, true}, {"memoryview", Refused, true}, {"complex", Refused, true},
    {"open", Refused, false}, {"input", Refused, false},
};

// map, zip and their like are used up by the first who walks them. Handed over at once that does not show.
bool IsKept(Context& c, NodeId id, std::string_view name) {
  if (name != "map" && name != "filter" && name != "zip" && name != "enumerate" && name != "reversed") return false;
  NodeId parent = c.facts().Parent(id);
  if (auto call = c.As<Call>(parent)) {
    std::string callee = c.facts().ResolvedName(call.callee());
    return c.facts().CalleeDefinition(parent) != kNoNode || callee == "next" || callee == "iter";
  }
  NodeKind kind = c.src().kind(parent);
  auto assign = c.As<Assign>(parent);
  bool unpacked = assign && assign.value() == id && !assign.targets().empty() && c.src().Is(assign.targets()[0], NodeKind::kListPattern);
  return !unpacked && (kind == NodeKind::kAssign || kind == NodeKind::kReturn || kind == NodeKind::kDictEntry || kind == NodeKind::kTuple || kind == NodeKind::kKeyword);
}
NodeId AsIterator(Context& c, NodeId made, NodeId id) {
  auto call = ir::As<Call>(c.dst(), made);
  auto local = call ? ir::As<ir::Name>(c.dst(), call.callee()) : ir::Name();
  bool generator = local && (local.id().ends_with("Lazily") || local.id() == "zipIterables" || local.id() == "enumerate");
  if (generator) return made;
  c.SayOnce("one-shot-iterator", id);
  return c.NewCall(c.NewAttribute(made, "values"), {}, id);
}

std::optional<NodeId> TryBuiltin(Context& c, NodeId id, bool before_cards) {
  auto call = c.As<Call>(id);
  if (!c.src().Is(call.callee(), NodeKind::kName)) return std::nullopt;
  facts::BindingId binding = c.facts().BindingOf(call.callee());
  if (binding && c.facts().binding(binding).kind != facts::BindingKind::kFree) return std::nullopt;
  std::string_view name = c.src().text(call.callee());
  for (const Row& row : kBuiltins) {
    if (row.name != name || row.before_cards != before_cards) continue;
    Arguments arguments{c, id, call.args(), PositionalCount(c, id)};
    auto made = row.builtin(c, arguments);
    return made && IsKept(c, id, name) ? AsIterator(c, *made, id) : made;
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
    std::string_view local = {};
  };
  if (std::string_view type = ClassForType(c, c.src().text(id)); !type.empty()) return c.NewName(type, id);
  static constexpr Value kValues[] = {
      {"pow", "(base, exponent) => base ** exponent"}, {"round", "$F", "roundHalfEven"}, {"any", "(items) => [...items].some(Boolean)"},
      {"all", "(items) => [...items].every(Boolean)"}, {"divmod", "(a, b) => [Math.floor(a / b), $F(a, b)]", "mod"},
      {"reversed", "(items) => [...items].reverse()"}, {"frozenset", "(items) => new Set(items)"}, {"callable", "(value) => typeof value === \"function\""},
      {"hex", "(value) => `0x${value.toString(16)}`"}, {"bin", "(value) => `0b${value.toString(2)}`"},
      {"str", "String"}, {"int", "(value) => Math.trunc(Number(value))"}, {"float", "Number"}, {"bool", "Boolean"},
      {"len", "(items) => items.length ?? items.size ?? Object.keys(items).length"}, {"list", "(items) => [...items]"},
      {"tuple", "(items) => [...items]"}, {"set", "(items) => new Set(items)"}, {"print", "console.log"}, {"abs", "Math.abs"},
      {"sum", "(items) => items.reduce((total, value) => total + value, 0)"}, {"dict", "() => ({})"},
      {"sorted", "(items) => [...items].sort($F)", "compare"}, {"max", "Math.max"}, {"min", "Math.min"},
      {"ord", "(text) => text.codePointAt(0)"}, {"chr", "String.fromCodePoint"},
  };
  std::string_view name = c.src().text(id);
  // `field(factory=list)`: called with nothing.
  if (auto keyword = c.As<Keyword>(parent); keyword && keyword.name().ends_with("factory")) {
    if (name == "list" || name == "tuple") return Js(c, "() => []", {}, id);
    if (name == "set") return Js(c, "() => new Set()", {}, id);
  }
  if (name == "dict" && c.IsCallTo(parent, "map"))
    return c.Refuse(id, "untranslated", {{"reason", "`dict` as a function of its argument"}});
  for (const Value& value : kValues) {
    if (value.python == name) return Js(c, value.js, {{"F", value.local.empty() ? kNoNode : Local(c, value.local)}}, id);
  }
  if (name == "repr") return c.Library("node:util:inspect", id);
  return std::nullopt;
}

}  // namespace

void RegisterBuiltins(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateGetter);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, [](Context& c, NodeId id) -> std::optional<NodeId> {
    // `str(uuid.uuid4())` is more than a `str`.
    if (auto card = rules::FindCorrespondence(c.facts(), id); card && card->is_special) return std::nullopt;
    return TryBuiltin(c, id, true);
  });
  t.Claim(NodeKind::kCall, Order::kAfterCards, [](Context& c, NodeId id) { return TryBuiltin(c, id, false); });
  t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateBuiltinName);
}

}  // namespace asyncport::translate::to_js
