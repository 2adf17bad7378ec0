// Functions of Python's standard library that are one JavaScript expression, as a table of shapes.
// Example: `math.sqrt(x)` -> `Math.sqrt(x)`; `functools.reduce(f, xs, 0)` -> `xs.reduce(f, 0)`.
#include <algorithm>
#include <array>
#include <utility>

#include "translate/to_js/divisions.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// $A, $B, $C: arguments; $L: the first argument as an array; $M: the second as an array; $$$ARGS: all.
struct Row {
  std::string_view name;
  int args;  // -1: any number
  std::string_view code;
  std::string_view local = {};
  std::string_view lesson = {};
};
constexpr Row kRows[] = {
    {"math.sqrt", 1, "Math.sqrt($A)"}, {"math.floor", 1, "Math.floor($A)"}, {"math.ceil", 1, "Math.ceil($A)"},
    {"math.trunc", 1, "Math.trunc($A)"}, {"math.pow", 2, "$A ** $B"}, {"math.log", 1, "Math.log($A)"}, {"math.log2", 1, "Math.log2($A)"},
    {"math.log10", 1, "Math.log10($A)"}, {"math.exp", 1, "Math.exp($A)"}, {"math.sin", 1, "Math.sin($A)"}, {"math.cos", 1, "Math.cos($A)"},
    {"math.tan", 1, "Math.tan($A)"}, {"math.atan2", 2, "Math.atan2($A, $B)"}, {"math.hypot", -1, "Math.hypot($$$ARGS)"},
    {"math.isqrt", 1, "Math.floor(Math.sqrt($A))"}, {"math.prod", 1, "$L.reduce((product, value) => product * value, 1)"},
    {"math.gcd", 2, "$F($A, $B)", "gcd"}, {"math.isclose", 2, "Math.abs($A - $B) <= 1e-9 * Math.max(Math.abs($A), Math.abs($B))"},
    {"math.radians", 1, "$A * Math.PI / 180"}, {"math.degrees", 1, "$A * 180 / Math.PI"}, {"math.dist", 2, "Math.hypot(...$A.map((value, i) => value - $B[i]))"},
    {"math.fabs", 1, "Math.abs($A)"}, {"math.isnan", 1, "Number.isNaN($A)"}, {"math.isinf", 1, "Math.abs($A) === Infinity"},
    {"functools.reduce", 2, "$L.reduce($F)"}, {"functools.reduce", 3, "$L.reduce($F, $C)"},
    {"functools.partial", -1, "(...args) => $A($$$REST, ...args)"},
    {"collections.defaultdict", 0, "new Map()"}, {"collections.defaultdict", 1, "new Map()"}, {"collections.OrderedDict", 0, "new Map()"},
    {"json.dumps", 1, "JSON.stringify($A)"}, {"json.loads", 1, "JSON.parse($A)"},
    {"time.time", 0, "Date.now() / 1000"}, {"time.perf_counter", 0, "performance.now() / 1000"}, {"time.monotonic", 0, "performance.now() / 1000"},
    {"copy.deepcopy", 1, "structuredClone($A)"},
    {"dataclasses.asdict", 1, "({ ...$A })"}, {"dataclasses.astuple", 1, "Object.values($A)"},
    {"random.random", 0, "Math.random()"}, {"random.randint", 2, "Math.floor(Math.random() * ($B - $A + 1)) + $A"},
    {"random.choice", 1, "$A[Math.floor(Math.random() * $A.length)]"}, {"random.uniform", 2, "$A + Math.random() * ($B - $A)"},
    {"sys.stdout.flush", 0, "undefined"}, {"sys.stdout.write", 1, "process.stdout.write($A)"},
    {"heapq.heappush", 2, "$F($A, $B)", "heapPush"}, {"heapq.heappop", 1, "$F($A)", "heapPop"}, {"heapq.heapify", 1, "$F($A)", "heapify"},
    {"heapq.nsmallest", 2, "$B.toSorted($F).slice(0, $A)", "compare"},
    {"heapq.heapreplace", 2, "$F($A, $B)", "heapReplace"}, {"heapq.heappushpop", 2, "$F($A, $B)", "heapPushPop"},
    {"heapq.merge", -1, "$F($$$ARGS)", "mergeSorted"},
    {"bisect.bisect_right", 2, "$F($A, $B)", "bisectRight"}, {"bisect.bisect", 2, "$F($A, $B)", "bisectRight"},
    {"bisect.insort", 2, "$A.splice($F($A, $B), 0, $B)", "bisectRight"}, {"bisect.insort_right", 2, "$A.splice($F($A, $B), 0, $B)", "bisectRight"},
    {"bisect.insort_left", 2, "$A.splice($F($A, $B), 0, $B)", "bisectLeft"},
    {"string.capwords", 1, "$F($A)", "capWords"}, {"shlex.split", 1, "$F($A)", "shellWords"},
    {"shlex.quote", 1, "$F($A)", "shellQuote"}, {"shlex.join", 1, "$A.map($F).join(\" \")", "shellQuote"},
    {"textwrap.dedent", 1, "$F($A)", "dedent"}, {"textwrap.indent", 2, "$F($A, $B)", "indent"},
    {"textwrap.wrap", 1, "$F($A)", "wrapText"}, {"textwrap.wrap", 2, "$F($A, $B)", "wrapText"},
    {"textwrap.fill", 1, "$F($A).join(\"\\n\")", "wrapText"}, {"textwrap.fill", 2, "$F($A, $B).join(\"\\n\")", "wrapText"},
    {"html.unescape", 1, "$F($A)", "unescapeHtml"}, {"html.escape", 1, "$F($A)", "escapeHtml"}, {"html.escape", 2, "$F($A, $B)", "escapeHtml"},
    {"str.maketrans", 1, "$F($A)", "makeTranslation"}, {"str.maketrans", 2, "$F($A, $B)", "makeTranslation"},
    {"str.maketrans", 3, "$F($A, $B, $C)", "makeTranslation"}, {"fnmatch.fnmatchcase", 2, "$F($A, $B)", "matchesGlob"}, {"fnmatch.fnmatch", 2, "$F($A, $B)", "matchesGlob"},
    {"statistics.mean", 1, "$F($L)", "mean"}, {"statistics.fmean", 1, "$F($L)", "mean"}, {"statistics.median", 1, "$F($L)", "median"},
    {"statistics.stdev", 1, "Math.sqrt($F($L))", "variance"}, {"statistics.pstdev", 1, "Math.sqrt($F($L, 0))", "variance"},
    {"statistics.variance", 1, "$F($L)", "variance"}, {"statistics.pvariance", 1, "$F($L, 0)", "variance"}, {"statistics.mode", 1, "$F($L)", "mode"},
    {"math.lcm", 2, "$F($A, $B)", "lcm"}, {"math.comb", 2, "[...Array($B).keys()].reduce((ways, i) => (ways * ($A - i)) / (i + 1), 1)"},
    {"math.copysign", 2, "Math.sign($B) * Math.abs($A)"}, {"math.asin", 1, "Math.asin($A)"}, {"math.acos", 1, "Math.acos($A)"},
    {"math.atan", 1, "Math.atan($A)"}, {"math.fsum", 1, "$L.reduce((total, value) => total + value, 0)"}, {"math.cbrt", 1, "Math.cbrt($A)"},
    {"math.log", 2, "Math.log($A) / Math.log($B)"}, {"math.isfinite", 1, "Number.isFinite($A)"}, {"math.fmod", 2, "$A % $B"},
    {"random.shuffle", 1, "$F($A)", "shuffle"}, {"random.randrange", 1, "Math.floor(Math.random() * $A)"},
    {"random.randrange", 2, "Math.floor(Math.random() * ($B - $A)) + $A"},
    {"operator.sub", 2, "$A - $B"}, {"operator.truediv", 2, "$A / $B"}, {"operator.floordiv", 2, "Math.floor($A / $B)"},
    {"operator.mod", 2, "$F($A, $B)", "mod"}, {"operator.neg", 1, "-$A"}, {"operator.not_", 1, "!$A"},
    {"sys.intern", 1, "$A"},
    {"urllib.parse.urljoin", 2, "$F($A, $B)", "joinUrl"}, {"urllib.parse.urlparse", 1, "$F($A)", "splitUrl"},
    {"urllib.parse.urlsplit", 1, "$F($A)", "splitUrl"}, {"urllib.parse.unquote", 1, "decodeURIComponent($A)"},
    {"urllib.parse.parse_qs", 1, "$F($A)", "parseQuery"},
    {"re.escape", 1, "$F($A)", "escapeRegExp"},
    {"bisect.bisect_left", 2, "$F($A, $B)", "bisectLeft"}, {"math.factorial", 1, "$F($A)", "factorial", "safe-integer-limit"},
    {"bytes.fromhex", 1, "Buffer.from($A, \"hex\")"}, {"operator.add", 2, "$A + $B"}, {"operator.mul", 2, "$A * $B"},
    {"typing.cast", 2, "$B"},
};

struct Value {
  std::string_view name;
  std::string_view code;
};
constexpr Value kValues[] = {
    {"math.pi", "Math.PI"}, {"math.e", "Math.E"}, {"math.inf", "Infinity"}, {"math.nan", "NaN"}, {"math.tau", "2 * Math.PI"},
    {"sys.argv", "process.argv.slice(1)"}, {"sys.maxsize", "Number.MAX_SAFE_INTEGER"}, {"operator.add", "(a, b) => a + b"},
    {"operator.mul", "(a, b) => a * b"}, {"operator.sub", "(a, b) => a - b"}, {"operator.or_", "(a, b) => a | b"},
    {"operator.truediv", "(a, b) => a / b"}, {"operator.floordiv", "(a, b) => Math.floor(a / b)"}, {"operator.pow", "(a, b) => a ** b"},
    {"operator.mod", "(a, b) => ((a % b) + b) % b"}, {"operator.neg", "(a) => -a"}, {"operator.lt", "(a, b) => a < b"},
    {"operator.le", "(a, b) => a <= b"}, {"operator.gt", "(a, b) => a > b"}, {"operator.ge", "(a, b) => a >= b"},
    {"operator.eq", "(a, b) => a === b"}, {"operator.ne", "(a, b) => a !== b"}, {"operator.and_", "(a, b) => a & b"},
    {"operator.xor", "(a, b) => a ^ b"}, {"operator.not_", "(a) => !a"}, {"math.sqrt", "Math.sqrt"}, {"math.floor", "Math.floor"},
    {"math.ceil", "Math.ceil"}, {"math.gcd", "(a, b) => { while (b !== 0) [a, b] = [b, a % b]; return Math.abs(a); }"},
    {"string.hexdigits", "\"0123456789abcdefABCDEF\""}, {"string.octdigits", "\"01234567\""}, {"string.whitespace", "\" \\t\\n\\r\\v\\f\""},
    {"sys.maxunicode", "0x10ffff"}, {"sys.float_info.epsilon", "Number.EPSILON"}, {"math.sin", "Math.sin"}, {"math.cos", "Math.cos"},
    {"html.escape", "(text) => text.replaceAll(\"&\", \"&amp;\").replaceAll(\"<\", \"&lt;\").replaceAll(\">\", \"&gt;\")"},
    {"string.ascii_lowercase", "\"abcdefghijklmnopqrstuvwxyz\""}, {"string.ascii_uppercase", "\"ABCDEFGHIJKLMNOPQRSTUVWXYZ\""},
    {"string.digits", "\"0123456789\""}, {"string.ascii_letters", "\"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\""},
    {"string.punctuation", "\"!\\\"#$%&'()*+,-./:;<=>?@[\\\\]^_`{|}~\""}, {"os.sep", "\"/\""}, {"os.linesep", "\"\\n\""},
};

// `default=` of json.dumps as a function of the value; `str` by what the file has that JSON cannot hold.
NodeId Encoder(Context& c, NodeId fallback) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    // Their toJSON speaks first.
    if (c.src().Is(NodeId{i}, NodeKind::kClassDef) && IsMixedEnum(c, NodeId{i})) return kNoNode;
  }
  if (c.facts().ResolvedName(fallback) != "str") return c.Expr(fallback);
  bool days = false;
  bool times = false;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (!c.src().Is(NodeId{i}, NodeKind::kCall)) continue;
    Temporal kind = TemporalOf(c, NodeId{i});
    if (kind == Temporal::kDuration) return kNoNode;
    days = days || kind == Temporal::kDate;
    times = times || kind == Temporal::kDateTime;
    if (Only(c, NodeId{i}, kSet)) return kNoNode;
  }
  if (days && times) return kNoNode;
  if (!days && !times) return c.NewName("String");
  NodeId text = days ? Js(c, "item.toISOString().slice(0, 10)", {})
                     : c.NewCall(Local(c, "isoFormat"), {c.NewName("item"), c.NewString(""), c.NewString(" ")});
  return Arrow(c, {c.NewName("item")}, Js(c, "item instanceof Date ? $T : String(item)", {{"T", text}}));
}

struct Inside {
  bool maps = false;
  bool whole_keys = false;  // some keys may look like integers
};

// Dicts that are Maps, in the value or inside it.
void LookInside(Context& c, facts::TypeId id, int depth, Inside& found) {
  const facts::Type& type = c.facts().type(id);
  if (depth > 6) return;
  if (type.kind == facts::TypeKind::kUnknown) {
    found.maps = found.maps || FileHasMaps(c);
    return;
  }
  if (type.kind == facts::TypeKind::kMap) {
    found.maps = true;
    found.whole_keys = found.whole_keys || !Only(c, type.key, kFlag | kNone);
  }
  for (facts::TypeId member : type.members) LookInside(c, member, depth + 1, found);
  for (const auto& [name, field] : type.fields) LookInside(c, field, depth + 1, found);
  if (type.kind != facts::TypeKind::kFunction && type.kind != facts::TypeKind::kInstance) {
    if (type.element.index != 0 || type.kind == facts::TypeKind::kDict) LookInside(c, type.element, depth + 1, found);
  }
}

std::optional<NodeId> Dumps(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.facts().ResolvedName(call.callee()) != "json.dumps" || PositionalCount(c, id) != 1) return std::nullopt;
  NodeId value = call.args()[0];
  if (KeywordArg(c, id, "cls")) return c.Refuse(id, "json-text");
  NodeId replacer = c.New(make::Null{}, {});
  NodeId fallback = KeywordArg(c, id, "default");
  if (fallback) {
    NodeId encode = Encoder(c, fallback);
    if (!encode) return c.Refuse(id, "json-text");
    replacer = c.NewCall(Local(c, "encodeWith"), {encode});
  }
  NodeId target = c.Expr(value);
  Inside all;
  LookInside(c, c.facts().TypeOf(value), 0, all);
  const bool is_map = Only(c, value, kMap);
  Inside below;
  if (is_map) LookInside(c, ValueOf(c, value), 1, below);
  NodeId sorted = KeywordArg(c, id, "sort_keys");
  if (is_map && !below.maps && !fallback && !sorted) {
    target = Js(c, "Object.fromEntries($X)", {{"X", target}});
  } else if (all.maps && !fallback && !sorted) {
    replacer = Js(c, "(_, item) => item instanceof Map ? Object.fromEntries(item) : item", {});
  }
  if (all.whole_keys) c.Say("integer-key-order", id);
  if (sorted) target = c.NewCall(Local(c, "sortKeys"), {target});
  c.SayOnce("json-text", id);
  if (NodeId indent = KeywordArg(c, id, "indent")) return Js(c, "JSON.stringify($X, $R, $N)", {{"X", target}, {"R", replacer}, {"N", c.Expr(indent)}}, id);
  if (!c.dst().Is(replacer, NodeKind::kNull)) return Js(c, "JSON.stringify($X, $R)", {{"X", target}, {"R", replacer}}, id);
  return Js(c, "JSON.stringify($X)", {{"X", target}}, id);
}

// Positional arguments, and those given by keyword that stand next in the function's signature.
NodeList ByPosition(Context& c, NodeId id, std::string_view name) {
  struct Names {
    std::string_view function;
    std::array<std::string_view, 4> params;
  };
  static constexpr Names kNames[] = {
      {"html.escape", {"s", "quote"}}, {"textwrap.wrap", {"text", "width"}}, {"textwrap.fill", {"text", "width"}},
      {"textwrap.indent", {"text", "prefix"}}, {"math.isclose", {"a", "b"}}, {"random.randint", {"a", "b"}},
      {"random.uniform", {"a", "b"}}, {"fnmatch.fnmatch", {"name", "pat"}},
  };
  NodeList given;
  auto call = c.As<Call>(id);
  for (NodeId arg : call.args()) {
    if (HasCategory(c.src().kind(arg), category::Expr)) given.push_back(arg);
  }
  for (const Names& row : kNames) {
    if (row.function != name) continue;
    for (std::size_t i = given.size(); i < row.params.size() && !row.params[i].empty(); ++i) {
      NodeId value = KeywordArg(c, id, row.params[i]);
      if (!value) break;
      given.push_back(value);
    }
  }
  return given;
}

// `random.seed(42)`: Math.random cannot be seeded.
bool DropSeed(Context& c, NodeId id, NodeList&) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.IsCallTo(value, "random.seed")) return false;
  c.Say("random-seed", id);
  c.Absorb(id);
  return true;
}

std::optional<NodeId> TranslateLibraryCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name.empty()) return std::nullopt;
  NodeList given = ByPosition(c, id, name);
  std::size_t count = given.size();
  // What it makes is asked where a key is missing.
  if (name == "collections.defaultdict" && count == 1 && call.args().size() == 1 && c.facts().KindOf(given[0]) == facts::TypeKind::kClass)
    return Js(c, "new Map()", {}, id);
  for (const Row& row : kRows) {
    if (row.name != name || (row.args >= 0 && static_cast<std::size_t>(row.args) != count)) continue;
    if (row.args >= 0 && call.args().size() != count) return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(name) + "`"}});
    NodeList all = c.Exprs(row.args >= 0 ? std::span<const NodeId>(given) : call.args());
    auto at = [&](std::size_t i) { return i < all.size() ? all[i] : kNoNode; };
    bool arrays = row.code.find("$L") != std::string_view::npos;
    NodeId list = arrays && !call.args().empty() ? ArrayOf(c, call.args()[name == "functools.reduce" ? 1 : 0]) : kNoNode;
    NodeId second = row.code.find("$M") != std::string_view::npos && count > 1 ? ArrayOf(c, call.args()[1]) : kNoNode;
    NodeId function = !row.local.empty() ? Local(c, row.local, id) : name == "functools.reduce" ? at(0) : kNoNode;
    NodeList rest(all.begin() + (all.empty() ? 0 : 1), all.end());
    NodeList spreads;
    if (row.code.find("$$$SPREADS") != std::string_view::npos) {
      for (NodeId a : all) spreads.push_back(c.dst().Is(a, NodeKind::kSpread) ? a : c.New(make::Spread{.value = a}, {}));
    }
    if (!row.lesson.empty()) c.SayOnce(row.lesson, id);
    return Js(c, row.code, {{"A", at(0)}, {"B", at(1)}, {"C", at(2)}, {"L", list}, {"M", second}, {"F", function}, {"ARGS", all}, {"REST", rest}, {"SPREADS", spreads}}, id);
  }
  return std::nullopt;
}

std::optional<NodeId> TranslateLibraryValue(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kImport) return std::nullopt;
  }
  std::string name = c.facts().ResolvedName(id);
  // Who speaks of the error counts on it, wherever the function is called.
  const bool divides = name == "operator.truediv" || name == "operator.floordiv" || name == "operator.mod";
  if (divides && SpeaksOf(c, "ZeroDivisionError")) {
    NodeId quotient = Js(c, "a / $D(b)", {{"D", Local(c, "divisor")}});
    if (name == "operator.floordiv")
      quotient = Js(c, "Math.floor(a / $D(b, \"integer division or modulo by zero\"))", {{"D", Local(c, "divisor")}});
    if (name == "operator.mod")
      quotient = Js(c, "$M(a, $D(b, \"integer modulo by zero\"))", {{"M", Local(c, "mod")}, {"D", Local(c, "divisor")}});
    return Arrow(c, {c.NewName("a"), c.NewName("b")}, quotient, id);
  }
  for (const Value& value : kValues) {
    if (value.name == name) return Js(c, value.code, {}, id);
  }
  NodeId parent = c.facts().Parent(id);
  if (auto call = c.As<Call>(parent); call && call.callee() == id) return std::nullopt;
  if (c.src().Is(parent, NodeKind::kAttribute)) return std::nullopt;
  if (name == "sys.stdout") return c.NewAttribute(c.NewName("process"), "stdout", id);
  if (name == "sys.stderr") return c.NewAttribute(c.NewName("process"), "stderr", id);
  // A function as a value: an arrow around what a call of it is.
  for (const Row& row : kRows) {
    bool fits = row.name == name && row.args >= 0 && row.code.find("$M") == std::string_view::npos;
    if (!fits) continue;
    static constexpr std::string_view kNames[] = {"a", "b", "c"};
    NodeList params;
    for (int i = 0; i < row.args; ++i) params.push_back(c.NewName(kNames[i]));
    auto at = [&](int i) { return i < row.args ? c.NewName(kNames[i]) : kNoNode; };
    NodeId list = row.args > 0 ? Js(c, "[...a]", {}) : kNoNode;
    NodeId function = row.local.empty() ? kNoNode : Local(c, row.local, id);
    NodeId body = Js(c, row.code, {{"A", at(0)}, {"B", at(1)}, {"C", at(2)}, {"L", list}, {"F", function}});
    return Arrow(c, std::move(params), body, id);
  }
  return std::nullopt;
}

// `fields(Point)`: what a dataclass of the file has, as objects with a name.
std::optional<NodeId> TranslateFields(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "dataclasses.fields") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  NodeId of = c.As<Call>(id).args()[0];
  NodeId owner = ClassOf(c, of) ? ClassOf(c, of) : ClassInFile(c, of);
  if (!owner || !IsDataclass(c, owner)) return c.Refuse(id, "untranslated", {{"reason", "`dataclasses.fields` of an unknown class"}});
  NodeList list;
  for (NodeId field : DataFields(c, owner)) {
    NodeId name = c.NewString(c.names().Member(c.As<Field>(field).name(), false));
    NodeId entry = c.New(make::DictEntry{.key = c.NewString("name"), .value = name}, {});
    list.push_back(c.New(make::Dict{.entries = {entry}}, {}));
  }
  return c.New(make::List{.elements = std::move(list)}, id);
}

// `asdict(order)` goes into the instances that an instance holds.
std::optional<NodeId> TranslateAsDict(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "dataclasses.asdict") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  NodeId value = c.As<Call>(id).args()[0];
  NodeId owner = ClassOf(c, value);
  if (!owner) return std::nullopt;
  for (NodeId field : DataFields(c, owner)) {
    NodeId annotation = c.As<Field>(field).annotation();
    std::string_view text = c.source().Text(c.src().span(annotation));
    static constexpr std::string_view kFlat[] = {"int", "str", "float", "bool"};
    bool flat = std::find(std::begin(kFlat), std::end(kFlat), text) != std::end(kFlat);
    if (!flat) return c.NewCall(Local(c, "toPlainObject"), {c.Expr(value)}, id);
  }
  return std::nullopt;
}

// `dataclasses.replace(p, x=5)`: a new one with the other fields of the old.
std::optional<NodeId> TranslateReplace(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "dataclasses.replace")) return std::nullopt;
  auto call = c.As<Call>(id);
  NodeId owner = call.args().empty() ? kNoNode : ClassOf(c, call.args()[0]);
  if (!owner || !IsDataclass(c, owner) || !c.IsPure(call.args()[0])) return c.Refuse(id, "untranslated", {{"reason", "`dataclasses.replace` of an unknown class"}});
  NodeList args;
  for (NodeId field : DataFields(c, owner)) {
    std::string_view name = c.As<Field>(field).name();
    NodeId changed = KeywordArg(c, id, name);
    args.push_back(changed ? c.Expr(changed) : c.NewAttribute(c.Expr(call.args()[0]), c.names().Member(name, false)));
  }
  return c.New(make::New{.callee = c.NewName(c.TargetName(c.As<ClassDef>(owner).name())), .args = std::move(args)}, id);
}

}  // namespace

void RegisterLibrary(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &DropSeed);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &Dumps);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateReplace);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFields);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAsDict);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateLibraryCall);
  t.Claim(NodeKind::kAttribute, Order::kAfterCards, &TranslateLibraryValue);
  t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateLibraryValue);
}

}  // namespace asyncport::translate::to_js
