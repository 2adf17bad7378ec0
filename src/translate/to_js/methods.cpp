// Methods of text, lists, dicts and sets whose form depends on what they are called on, as one table of shapes.
// Example: `items.pop(0)` -> `items.shift()`; `d.items()` -> `Object.entries(d)`, of a Map `d.entries()`.
#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "rules/rules.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// $X: the receiver; $A, $B: arguments. `local`: a definition that the shape calls as $F.
struct Row {
  unsigned kinds;        // of the receiver
  std::string_view name;
  int args;
  std::string_view code;
  std::string_view local = {};
};
constexpr unsigned kList = kArray;
constexpr Row kRows[] = {
    // ---- text
    {kNumber, "bit_length", 0, "$F($X)", "bitLength"},
    {kText, "upper", 0, "$X.toUpperCase()"},
    {kText, "lower", 0, "$X.toLowerCase()"},
    {kText, "casefold", 0, "$X.toUpperCase().toLowerCase()"},
    {kText, "strip", 0, "$X.trim()"},
    {kText, "lstrip", 0, "$X.trimStart()"},
    {kText, "rstrip", 0, "$X.trimEnd()"},
    {kText, "split", 0, "$F($X)", "words"},
    {kText, "split", 1, "$X.split($A)"},
    {kText, "splitlines", 0, "$X.replace(/\\r?\\n$/, \"\").split(/\\r?\\n/)"},
    {kText, "replace", 2, "$X.replaceAll($A, $B)"},
    {kText, "startswith", 1, "$X.startsWith($A)"},
    {kText, "endswith", 1, "$X.endsWith($A)"},
    {kText, "find", 1, "$X.indexOf($A)"},
    {kText, "rfind", 1, "$X.lastIndexOf($A)"},
    {kText, "index", 1, "$X.indexOf($A)"},
    {kText, "find", 2, "$X.indexOf($A, $B)"},
    {kText, "rfind", 2, "$F($X, $A, $B)", "findLastFrom"},
    {kText, "find", 3, "$F($X, $A, $B, $C)", "findBetween"},
    {kText, "startswith", 2, "$X.startsWith($A, $B)"},
    {kText, "format_map", 1, "$F($X, [], $A)", "formatText"},
    {kText, "istitle", 0, "/\\p{L}/u.test($X) && $X === $X.replace(/\\p{L}+/gu, $F)", "capitalize"},
    {kText, "isprintable", 0, "!/[\\p{C}\\p{Zl}\\p{Zp}]/u.test($X)"},
    {kText, "expandtabs", 0, "$F($X)", "expandTabs"},
    {kText, "count", 1, "$X.split($A).length - 1"},
    {kText, "title", 0, "$X.replace(/\\p{L}+/gu, $F)", "capitalize"},
    {kText, "capitalize", 0, "$F($X)", "capitalize"},
    {kText, "swapcase", 0, "[...$X].map((ch) => (ch === ch.toUpperCase() ? ch.toLowerCase() : ch.toUpperCase())).join(\"\")"},
    {kText, "isdigit", 0, "/^\\d+$/.test($X)"},
    {kText, "isnumeric", 0, "/^\\d+$/.test($X)"},
    {kText, "isdecimal", 0, "/^\\d+$/.test($X)"},
    {kText, "isalpha", 0, "/^\\p{L}+$/u.test($X)"},
    {kText, "isalnum", 0, "/^[\\p{L}\\p{N}]+$/u.test($X)"},
    {kText, "isspace", 0, "/^\\s+$/.test($X)"},
    {kText, "isascii", 0, "/^[\\x00-\\x7f]*$/.test($X)"},
    {kText, "isupper", 0, "($X === $X.toUpperCase() && $X !== $X.toLowerCase())"},
    {kText, "islower", 0, "($X === $X.toLowerCase() && $X !== $X.toUpperCase())"},
    {kText, "isidentifier", 0, "/^[\\p{L}_][\\p{L}\\p{N}_]*$/u.test($X)"},
    {kText, "center", 1, "$F($X, $A)", "centre"},
    {kText, "center", 2, "$F($X, $A, $B)", "centre"},
    {kText, "ljust", 1, "$X.padEnd($A)"},
    {kText, "ljust", 2, "$X.padEnd($A, $B)"},
    {kText, "rjust", 1, "$X.padStart($A)"},
    {kText, "rjust", 2, "$X.padStart($A, $B)"},
    {kText, "zfill", 1, "$X.replace(/^([+-]?)(.*)$/s, (_, sign, digits) => sign + digits.padStart($A - sign.length, \"0\"))"},
    {kText, "removeprefix", 1, "($X.startsWith($A) ? $X.slice($A.length) : $X)"},
    {kText, "removesuffix", 1, "($X.endsWith($A) ? $X.slice(0, $X.length - $A.length) : $X)"},
    {kText, "partition", 1, "$F($X, $A)", "partition"},
    {kText, "rpartition", 1, "$F($X, $A)", "rpartition"},
    {kText, "translate", 1, "$F($X, $A)", "translate"},
    {kText, "splitlines", 1, "$F($X, $A)", "splitLines"},
    {kText, "expandtabs", 1, "$F($X, $A)", "expandTabs"},
    {kText, "rindex", 1, "$X.lastIndexOf($A)"},
    {kText, "index", 2, "$X.indexOf($A, $B)"},
    {kText, "encode", 0, "Buffer.from($X)"},
    {kText, "encode", 1, "Buffer.from($X)"},
    {kBytes, "decode", 0, "$X.toString()"},
    {kBytes, "decode", 1, "$X.toString()"},
    {kBytes, "hex", 0, "$X.toString(\"hex\")"},
    // ---- lists
    {kList | kUnknown, "append", 1, "$X.push($A)"},
    {kList | kUnknown, "extend", 1, "$X.push(...$A)"},
    {kList, "insert", 2, "$X.splice($A, 0, $B)"},
    {kList, "pop", 0, "$X.pop()"},
    {kList, "pop", 1, "$X.splice($A, 1)[0]"},
    {kList, "remove", 1, "$F($X, $A)", "removeItem"},
    {kList, "index", 1, "$X.indexOf($A)"},
    {kList, "index", 2, "$X.indexOf($A, $B)"},
    {kList, "count", 1, "$X.filter((item) => item === $A).length"},
    {kList, "clear", 0, "$X.splice(0)"},
    {kList, "reverse", 0, "$X.reverse()"},
    {kList, "copy", 0, "[...$X]"},
    // ---- sets
    {kSet | kUnknown, "add", 1, "$X.add($A)"},
    {kSet, "discard", 1, "$X.delete($A)"},
    {kSet, "remove", 1, "$X.delete($A)"},
    {kSet, "clear", 0, "$X.clear()"},
    {kSet, "copy", 0, "new Set($X)"},
    {kSet, "union", 1, "new Set([...$X, ...$A])"},
    {kSet, "intersection", 1, "new Set([...$X].filter((item) => $A.has(item)))"},
    {kSet, "difference", 1, "new Set([...$X].filter((item) => !$A.has(item)))"},
    {kSet, "issubset", 1, "[...$X].every((item) => $A.has(item))"},
    {kSet, "issuperset", 1, "[...$A].every((item) => $X.has(item))"},
    {kSet, "isdisjoint", 1, "![...$X].some((item) => $A.has(item))"},
    {kSet, "union", 2, "new Set([...$X, ...$A, ...$B])"},
    {kSet, "update", 2, "[...$A, ...$B].forEach((item) => $X.add(item))"},
    {kSet, "update", 1, "[...$A].forEach((item) => $X.add(item))"},
    {kSet, "pop", 0, "$F($X)", "popItem"},
    // ---- dicts held in objects
    {kObject, "items", 0, "Object.entries($X)"},
    {kObject, "keys", 0, "Object.keys($X)"},
    {kObject, "values", 0, "Object.values($X)"},
    {kObject, "get", 1, "$X[$A] ?? null"},
    {kObject, "get", 2, "$X[$A] ?? $B"},
    {kObject, "setdefault", 2, "($X[$A] ?\?= $B)"},
    {kObject, "pop", 1, "$F($X, $A)", "popKey"},
    {kObject, "pop", 2, "($F($X, $A) ?? $B)", "popKey"},
    {kObject, "update", 1, "Object.assign($X, $A)"},
    {kObject, "copy", 0, "({ ...$X })"},
    {kObject, "clear", 0, "Object.keys($X).forEach((key) => delete $X[key])"},
    // ---- dicts held in Maps
    {kMap, "items", 0, "[...$X]"},
    {kMap, "keys", 0, "[...$X.keys()]"},
    {kMap, "values", 0, "[...$X.values()]"},
    {kMap, "get", 1, "$X.get($A)"},
    {kMap, "get", 2, "$X.get($A) ?? $B"},
    {kMap, "setdefault", 2, "$F($X, $A, $B)", "setDefault"},
    {kMap, "pop", 1, "$F($X, $A)", "popEntry"},
    {kMap, "pop", 2, "($F($X, $A) ?? $B)", "popEntry"},
    {kMap, "update", 1, "[...$A].forEach(([key, value]) => $X.set(key, value))"},
    {kMap, "copy", 0, "new Map($X)"},
    {kMap, "clear", 0, "$X.clear()"},
    {kMap, "most_common", 0, "[...$X].sort((a, b) => b[1] - a[1])"},
    {kMap, "most_common", 1, "[...$X].sort((a, b) => b[1] - a[1]).slice(0, $A)"},
    {kMap, "total", 0, "[...$X.values()].reduce((total, value) => total + value, 0)"},
    {kMap, "elements", 0, "[...$X].flatMap(([item, count]) => Array(count).fill(item))"},
    {kMap, "move_to_end", 1, "$F($X, $A)", "moveToEnd"},
    // ---- generators
    {kIterator, "send", 1, "$X.next($A).value"},
    {kIterator, "close", 0, "$X.return()"},
    {kIterator, "throw", 1, "$X.throw($A).value"},
};

// Methods that only one kind of receiver has: also on what is not known.
bool IsTelling(std::string_view name) {
  static constexpr std::string_view kTelling[] = {
      "upper", "lower", "strip", "lstrip", "rstrip", "startswith", "endswith", "splitlines", "splitlines", "title", "capitalize",
      "isdigit", "isalpha", "isalnum", "isspace", "zfill", "ljust", "rjust", "removeprefix", "removesuffix", "casefold", "replace", "split", "partition"};
  for (std::string_view telling : kTelling) {
    if (telling == name) return true;
  }
  return false;
}

// The names of all methods of the file's classes.
struct DeclaredMethods {
  explicit DeclaredMethods(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      if (auto method = c.As<Method>(NodeId{i})) names.insert(method.name());
    }
  }
  std::unordered_set<std::string_view> names;
};

bool ClassHas(Context& c, std::string_view name) {
  return c.State<DeclaredMethods>().names.contains(name);
}

struct MethodCall {
  NodeId id;
  NodeId object;
  std::string_view name;
  std::span<const NodeId> args;
  std::size_t count;
};

std::optional<NodeId> Join(Context& c, const MethodCall& m) {
  if (m.name != "join" || m.count != 1 || (!Only(c, m.object, kText) && (KindsOf(c, m.object) & kUnknown) == 0)) return std::nullopt;
  if (LibraryClassOf(c, m.object) != "" || (c.src().Is(m.object, NodeKind::kName) && !Only(c, m.object, kText))) return std::nullopt;
  NodeId items = m.args[0];
  NodeId separator = c.Expr(m.object);
  // `",".join(str(x) for x in xs)`: join makes texts itself.
  if (c.IsCallTo(items, "map") && c.As<Call>(items).args().size() == 2 && c.facts().ResolvedName(c.As<Call>(items).args()[0]) == "str") {
    NodeId inner = c.As<Call>(items).args()[1];
    unsigned kinds = KindsOf(c, ElementOf(c, inner));
    if (kinds != 0 && (kinds & ~unsigned{kText | kNumber | kFlag}) == 0) return Js(c, "$X.join($S)", {{"X", ArrayOf(c, inner)}, {"S", separator}}, m.id);
  }
  return Js(c, "$X.join($S)", {{"X", ArrayOf(c, items)}, {"S", separator}}, m.id);
}

std::optional<NodeId> Sort(Context& c, const MethodCall& m) {
  if (m.name != "sort" || m.count != 0 || !(Only(c, m.object, kArray) || (KindsOf(c, m.object) & kUnknown) != 0)) return std::nullopt;
  NodeId reverse = KeywordArg(c, m.id, "reverse");
  auto flag = reverse ? c.As<Bool>(reverse) : Bool();
  NodeList args;
  NodeId order = Comparator(c, ElementOf(c, m.object), KeywordArg(c, m.id, "key"), flag && flag.value());
  if (reverse && !flag) order = EitherOrder(c, order, reverse);
  if (order) args.push_back(order);
  return c.NewCall(c.NewAttribute(c.Expr(m.object), "sort"), std::move(args), m.id);
}

// Strip of a set of characters; split with a limit; replace with a count; prefixes in a tuple.
std::optional<NodeId> TextSpecials(Context& c, const MethodCall& m) {
  if (m.name == "center" && m.count >= 1 && Only(c, m.object, kText)) {
    const auto width = LiteralInt(c, m.args[0]);
    if (!width || *width % 2 != 0) {
      NodeList args = c.Exprs(m.args);
      args.insert(args.begin(), c.Expr(m.object));
      return c.NewCall(Local(c, "centerText"), std::move(args), m.id);
    }
  }
  bool may_be_text = (KindsOf(c, m.object) & (kUnknown | kText)) != 0;
  if (!Only(c, m.object, kText) && !(IsTelling(m.name) && may_be_text && !ClassHas(c, m.name))) return std::nullopt;
  if ((m.name == "strip" || m.name == "lstrip" || m.name == "rstrip") && m.count == 1) {
    auto set = c.As<String>(m.args[0]);
    if (!set && !Only(c, m.args[0], kText)) return c.Refuse(m.id, "untranslated", {{"reason", "strip of computed characters"}});
    if (!set) {
      NodeList args{c.Expr(m.object), c.Expr(m.args[0])};
      if (m.name != "strip") args.push_back(c.NewString(m.name == "lstrip" ? "start" : "end"));
      return c.NewCall(Local(c, "stripCharacters"), std::move(args), m.id);
    }
    std::string characters;
    for (char ch : set.value()) {
      if (std::string_view("\\]^-/").find(ch) != std::string_view::npos) characters += '\\';
      if (ch == '\n') characters += "\\n";
      else if (ch == '\t') characters += "\\t";
      else if (ch == '\r') characters += "\\r";
      else characters += ch;
    }
    std::string left = "^[" + characters + "]+";
    std::string right = "[" + characters + "]+$";
    std::string pattern = m.name == "strip" ? "/" + left + "|" + right + "/g" : m.name == "lstrip" ? "/" + left + "/" : "/" + right + "/";
    NodeId regex = c.New(make::Regex{.text = pattern}, m.args[0]);
    return Js(c, "$X.replace($R, \"\")", {{"X", c.Expr(m.object)}, {"R", regex}}, m.id);
  }
  if ((m.name == "startswith" || m.name == "endswith") && m.count == 1 && Only(c, m.args[0], kArray)) {
    std::string_view method = m.name == "startswith" ? "startsWith" : "endsWith";
    NodeId test = c.NewCall(c.NewAttribute(c.Expr(m.object), method), {c.NewName("part")});
    return c.NewCall(c.NewAttribute(c.Expr(m.args[0]), "some"), {Arrow(c, {c.NewName("part")}, test)}, m.id);
  }
  bool limit_split = (m.name == "split" || m.name == "rsplit") && (m.count == 2 || KeywordArg(c, m.id, "maxsplit"));
  if (limit_split) {
    NodeId limit = m.count == 2 ? m.args[1] : KeywordArg(c, m.id, "maxsplit");
    if (m.count == 0) return c.Refuse(m.id, "split-limit");
    return c.NewCall(Local(c, m.name == "split" ? "splitAtMost" : "splitFromEnd"), {c.Expr(m.object), c.Expr(m.args[0]), c.Expr(limit)}, m.id);
  }
  if (m.name == "rsplit" && m.count == 1) return Js(c, "$X.split($A)", {{"X", c.Expr(m.object)}, {"A", c.Expr(m.args[0])}}, m.id);
  if (m.name == "replace" && m.count == 3) {
    if (LiteralInt(c, m.args[2]) != std::optional<long long>(1)) {
      return c.NewCall(Local(c, "replaceAtMost"), {c.Expr(m.object), c.Expr(m.args[0]), c.Expr(m.args[1]), c.Expr(m.args[2])}, m.id);
    }
    return Js(c, "$X.replace($A, $B)", {{"X", c.Expr(m.object)}, {"A", c.Expr(m.args[0])}, {"B", c.Expr(m.args[1])}}, m.id);
  }
  if (m.name == "replace" && m.count == 2) {
    auto by = c.As<String>(m.args[1]);
    if (!by || by.value().find('$') != std::string_view::npos) {
      // `$` is special in a replacement; a function's value is not.
      return Js(c, "$X.replaceAll($A, () => $B)", {{"X", c.Expr(m.object)}, {"A", c.Expr(m.args[0])}, {"B", c.Expr(m.args[1])}}, m.id);
    }
  }
  return std::nullopt;
}

// Throws what Python would, before the statement, where the program catches it.
void Guard(Context& c, const MethodCall& m, std::string_view error, NodeId absent, NodeId message) {
  if (!c.IsPure(m.object) || (m.count > 0 && !c.IsPure(m.args[0]))) {
    c.Say("error-model", m.id);
    return;
  }
  c.HoistEffect(c.New(make::If{.test = absent, .body = c.NewBlock({ThrowNew(c, error, message)})}, {}), m.id);
}

// `s.remove(x)`, `d.pop(k)`, `xs.index(x)`: Python raises where nothing is found.
std::optional<NodeId> MissingItems(Context& c, const MethodCall& m) {
  if (m.count != 1) return std::nullopt;
  bool dict = Only(c, m.object, kObject | kMap);
  if ((m.name == "remove" && Only(c, m.object, kSet)) || (m.name == "pop" && dict)) {
    if (!IsCaught(c, m.id, "KeyError")) return std::nullopt;
    NodeId key = KeyOf(c, m.args[0]);
    NodeId has = Only(c, m.object, kObject) ? Js(c, "Object.hasOwn($X, $K)", {{"X", c.Expr(m.object)}, {"K", key}})
                                            : Js(c, "$X.has($K)", {{"X", c.Expr(m.object)}, {"K", key}});
    Guard(c, m, "KeyError", Negate(c, has), KeyErrorMessage(c, m.args[0], c.Expr(m.args[0])));
    return std::nullopt;
  }
  if (m.name != "index" || !Only(c, m.object, kArray | kText) || !IsCaught(c, m.id, "ValueError")) return std::nullopt;
  NodeId absent = Js(c, "!$X.includes($K)", {{"X", c.Expr(m.object)}, {"K", c.Expr(m.args[0])}});
  NodeId message = Only(c, m.object, kText) ? c.NewString("substring not found") : NewTemplate(c, {ReprOf(c, m.args[0]), c.NewString(" is not in list")}, {});
  if ((KindsOf(c, ElementOf(c, m.object)) & kContainer) == 0) Guard(c, m, "ValueError", absent, message);
  return std::nullopt;
}

// Does the statement take more than one item? Then one look at its length is not enough.
bool PopsAgain(Context& c, const MethodCall& m) {
  NodeId statement = c.facts().EnclosingStatement(m.id);
  int pops = 0;
  auto visit = [&](auto&& self, NodeId id) -> void {
    pops += c.MethodName(id) == "pop" ? 1 : 0;
    if (c.src().Is(id, NodeKind::kBlock)) return;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, statement);
  return pops > 1;
}

std::optional<NodeId> ListSpecials(Context& c, const MethodCall& m) {
  if (!Only(c, m.object, kArray)) return std::nullopt;
  if (m.name == "pop" && m.count == 1 && LiteralInt(c, m.args[0]) == std::optional<long long>(0)) return Js(c, "$X.shift()", {{"X", c.Expr(m.object)}}, m.id);
  if (m.name == "insert" && m.count == 2 && LiteralInt(c, m.args[0]) == std::optional<long long>(0)) {
    return Js(c, "$X.unshift($B)", {{"X", c.Expr(m.object)}, {"B", c.Expr(m.args[1])}}, m.id);
  }
  bool by_value = m.name == "index" || m.name == "count" || m.name == "remove";
  if (by_value && m.count == 1) {
    unsigned kinds = KindsOf(c, ElementOf(c, m.object));
    bool deep = (kinds & kContainer) != 0 || May(c, m.args[0], kContainer);
    NodeId owner = ClassOf(c, m.args[0]);
    bool equals = owner && (FindMethod(c, owner, "__eq__") || (IsDataclass(c, owner) && !IsEnum(c, owner)));
    if (deep || equals) {
      NodeId item = c.Expr(m.args[0]);
      NodeId same = equals ? Js(c, "item.equals($I)", {{"I", item}}) : Js(c, "$E(item, $I)", {{"E", c.Library("node:util:isDeepStrictEqual")}, {"I", item}});
      NodeId test = Arrow(c, {c.NewName("item")}, same);
      NodeId list = c.Expr(m.object);
      if (m.name == "count") return Js(c, "$X.filter($T).length", {{"X", list}, {"T", test}}, m.id);
      if (m.name == "index") return Js(c, "$X.findIndex($T)", {{"X", list}, {"T", test}}, m.id);
      return Js(c, "$X.splice($X.findIndex($T), 1)", {{"X", list}, {"T", test}}, m.id);
    }
  }
  if (m.name == "pop" && m.count == 0 && IsCaught(c, m.id, "IndexError") && !IsFilledThere(c, m.id, m.object)) {
    if (c.guarded() || PopsAgain(c, m)) {
      NamedErrorClass(c, "IndexError");
      return c.NewCall(Local(c, "popLast"), {c.Expr(m.object)}, m.id);
    }
    NodeId test = Js(c, "$X.length === 0", {{"X", c.Expr(m.object)}});
    c.HoistEffect(c.New(make::If{.test = test, .body = c.NewBlock({ThrowNew(c, "IndexError", c.NewString("pop from empty list"))})}, {}), m.id);
  }
  return std::nullopt;
}

// `generator.send(x)` and `generator.throw(err)`, whose end is an error that the program catches.
std::optional<NodeId> Resumed(Context& c, const MethodCall& m) {
  if ((m.name != "send" && m.name != "throw") || m.count != 1 || !Only(c, m.object, kIterator)) return std::nullopt;
  if (!IsCaught(c, m.id, "StopIteration")) return std::nullopt;
  NamedErrorClass(c, "StopIteration");
  NodeId step = m.name == "send" ? Js(c, "$X.next($A)", {{"X", c.Expr(m.object)}, {"A", c.Expr(m.args[0])}})
                                 : Js(c, "$X.throw($A)", {{"X", c.Expr(m.object)}, {"A", c.Expr(m.args[0])}});
  return c.NewCall(Local(c, "unlessDone"), {step}, m.id);
}

// `d.get(k, other)` of a dict that may hold None under the key, which `??` would take for a missing one.
bool MayStoreNone(Context& c, const MethodCall& m) {
  if (!c.IsPure(m.object) || !c.IsPure(m.args[0]) || May(c, m.args[1], kNone)) return false;
  return (KindsOf(c, m.id) & kUnknown) == 0 && May(c, m.id, kNone);
}

// Keys, which are text for tuples.
std::optional<NodeId> MapSpecials(Context& c, const MethodCall& m) {
  if (m.name == "get" && m.count == 2 && Only(c, m.object, kObject | kMap) && MayStoreNone(c, m)) {
    NodeId object = c.Expr(m.object);
    NodeId key = c.Expr(m.args[0]);
    NodeId other = c.Guarded([&] { return c.Expr(m.args[1]); });
    if (Only(c, m.object, kMap)) return Js(c, "$X.has($K) ? $X.get($K) : $D", {{"X", object}, {"K", key}, {"D", other}}, m.id);
    auto name = c.As<String>(m.args[0]);
    NodeId read = name && IsJsIdentifier(name.value()) ? c.NewAttribute(object, name.value()) : Js(c, "$X[$K]", {{"X", object}, {"K", key}});
    return Js(c, "$K in $X ? $R : $D", {{"X", object}, {"K", key}, {"R", read}, {"D", other}}, m.id);
  }
  if (Only(c, m.object, kObject) && (m.name == "get" || m.name == "setdefault" || m.name == "pop") && m.count >= 1) {
    auto key = c.As<String>(m.args[0]);
    if (key && IsJsIdentifier(key.value()) && m.name != "pop") {
      NodeId read = c.NewAttribute(c.Expr(m.object), key.value());
      NodeId other = m.count == 2 ? c.Expr(m.args[1]) : c.New(make::Null{}, {});
      if (m.name == "get" && m.count == 2) return Js(c, "$R ?? $D", {{"R", read}, {"D", other}}, m.id);
      if (m.name == "get") return Js(c, "$R ?? null", {{"R", read}}, m.id);
      return c.New(make::LogicalAssign{.target = read, .value = other, .op = LogicalOp::kNullish}, m.id);
    }
  }
  if (Only(c, m.object, kMap) && m.name == "update" && m.count == 1 && LibraryClassOf(c, m.object).ends_with("Counter")) {
    return c.Refuse(m.id, "untranslated", {{"reason", "Counter.update"}});
  }
  if ((m.name == "update") && m.count == 1 && Only(c, m.object, kMap) && Only(c, m.args[0], kObject)) {
    return Js(c, "Object.entries($A).forEach(([key, value]) => $X.set(key, value))", {{"X", c.Expr(m.object)}, {"A", c.Expr(m.args[0])}}, m.id);
  }
  if (m.name == "update" && m.count == 0 && Only(c, m.object, kObject)) {
    NodeList entries;
    for (NodeId arg : m.args) {
      if (auto k = c.As<Keyword>(arg)) entries.push_back(c.New(make::DictEntry{.key = c.NewString(k.name()), .value = c.Expr(k.value())}, arg));
    }
    return Js(c, "Object.assign($X, $D)", {{"X", c.Expr(m.object)}, {"D", c.New(make::Dict{.entries = std::move(entries)}, {})}}, m.id);
  }
  if (m.name == "items" && m.count == 0 && Only(c, m.object, kMap)) {
    NodeId parent = c.facts().Parent(m.id);
    bool loop = c.src().Is(parent, NodeKind::kForEach);
    if (loop) return c.Expr(m.object);
  }
  if (m.name == "values" && m.count == 0 && Only(c, m.object, kMap) && c.src().Is(c.facts().Parent(m.id), NodeKind::kForEach)) {
    return Js(c, "$X.values()", {{"X", c.Expr(m.object)}}, m.id);
  }
  return std::nullopt;
}

bool KeyedByTuple(Context& c, const MethodCall& m) {
  static constexpr std::string_view kKeyed[] = {"add", "discard", "remove", "get", "setdefault", "pop", "move_to_end"};
  if (m.count == 0 || std::find(std::begin(kKeyed), std::end(kKeyed), m.name) == std::end(kKeyed)) return false;
  if (Only(c, m.object, kMap | kSet)) return NeedsKeyCare(c, c.facts().TypeOf(m.args[0]));
  return (KindsOf(c, m.object) & kUnknown) != 0 && IsTupleKey(c, m.args[0]) && m.name != "remove" && m.name != "pop";
}

// Methods that only dicts have.
bool IsDictMethod(std::string_view name) {
  return name == "items" || name == "keys" || name == "values" || name == "setdefault" || name == "popitem";
}

const Row* FindRow(unsigned kinds, const MethodCall& m) {
  for (const Row& row : kRows) {
    if (row.name == m.name && row.args == static_cast<int>(m.count) && (row.kinds & kinds) == kinds) return &row;
  }
  return nullptr;
}

// A dict of which is not known how it is held: an object, if the file makes no Maps; else either.
std::optional<NodeId> EitherDict(Context& c, const MethodCall& m) {
  const Row* object = FindRow(kObject, m);
  const Row* map = FindRow(kMap, m);
  if (!object || !map || m.args.size() != m.count) return std::nullopt;
  auto make = [&](const Row& row) {
    NodeId function = row.local.empty() ? kNoNode : Local(c, row.local, m.id);
    NodeId first = m.count > 0 ? c.Expr(m.args[0]) : kNoNode;
    NodeId second = m.count > 1 ? c.Expr(m.args[1]) : kNoNode;
    return Js(c, row.code, {{"X", c.Expr(m.object)}, {"A", first}, {"B", second}, {"F", function}}, m.id);
  };
  if (!FileHasMaps(c)) return make(*object);
  // What may not be written twice gets a name first.
  auto once = [&](NodeId part, std::string_view wanted) {
    if (c.IsPure(part)) return true;
    std::string name = c.names().Fresh(wanted);
    if (!c.HoistEffect(c.NewAssign(c.NewName(name), c.Expr(part), {}, DeclKind::kConst), m.id)) return false;
    c.Override(part, c.NewName(name));
    return true;
  };
  if (!once(m.object, "dict") || (m.count > 0 && !once(m.args[0], "key")) || (m.count > 1 && !once(m.args[1], "fallback"))) return c.New(make::Null{}, m.id);
  NodeId test = Js(c, "$X instanceof Map", {{"X", c.Expr(m.object)}});
  return c.New(make::Conditional{.test = test, .then_value = make(*map), .else_value = make(*object)}, m.id);
}

std::optional<NodeId> TranslateMethodCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto callee = c.As<Attribute>(call.callee());
  if (!callee) return std::nullopt;
  MethodCall m{id, callee.object(), callee.name(), call.args(), PositionalCount(c, id)};
  if (ClassOf(c, m.object)) return std::nullopt;
  if (c.src().Is(m.object, NodeKind::kSuperRef) || c.src().Is(m.object, NodeKind::kSelfRef)) return std::nullopt;
  for (auto special : {Join, Sort, Resumed, MissingItems, TextSpecials, ListSpecials, MapSpecials}) {
    if (auto result = special(c, m)) return result;
  }
  unsigned kinds = KindsOf(c, m.object);
  bool unknown = (kinds & kUnknown) != 0 || kinds == 0;
  if (unknown && ClassHas(c, m.name)) return std::nullopt;
  unsigned known = kinds & ~unsigned{kNone};
  bool read = m.name == "get" && m.count >= 1 && (m.count == 2 || c.src().Is(m.args[0], NodeKind::kString)) && LibraryClassOf(c, m.object).empty();
  if (known == (kObject | kMap) || (unknown && (IsDictMethod(m.name) || read))) {
    if (auto result = EitherDict(c, m)) return result;
  }
  for (const Row& row : kRows) {
    if (row.name != m.name || row.args != static_cast<int>(m.count)) continue;
    unsigned others = 0;
    for (const Row& other : kRows) {
      if (other.name == m.name && other.args == row.args) others |= other.kinds;
    }
    // The other members of a union would fail in Python.
    bool alone = (known & row.kinds) != 0 && (known & others & ~row.kinds) == 0 && (known & ~unsigned{kPrimitive | kContainer}) == 0;
    bool fits = alone ? true : unknown ? (row.kinds & kUnknown) != 0 || (row.kinds == kText && IsTelling(row.name)) : known != 0 && (known & ~row.kinds) == 0;
    if (!fits) continue;
    bool tuple = KeyedByTuple(c, m);
    bool iterates = row.name == "extend" || (row.kinds == kSet && (row.name == "update" || row.name == "union" || row.name == "issuperset"));
    NodeId first = m.count == 0 ? kNoNode : tuple ? KeyOf(c, m.args[0]) : iterates ? IterableOf(c, m.args[0]) : c.Expr(m.args[0]);
    if (iterates && row.kinds == kSet) first = KeysOf(c, ElementOf(c, m.args[0]), first, m.args[0]);
    NodeId second = m.count > 1 ? c.Expr(m.args[1]) : kNoNode;
    NodeId third = m.count > 2 ? c.Expr(m.args[2]) : kNoNode;
    NodeId function = row.local.empty() ? kNoNode : Local(c, row.local, id);
    return Js(c, row.code, {{"X", c.Expr(m.object)}, {"A", first}, {"B", second}, {"C", third}, {"F", function}}, id);
  }
  if (!unknown && (known & ~unsigned{kText | kContainer | kBytes}) == 0 && known != 0) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(std::string(m.name)) + "`"}});
  }
  return std::nullopt;
}

// `str.upper` as a value: `{"loud": str.upper}`.
std::optional<NodeId> TranslateTextFunction(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (!c.src().Is(attribute.object(), NodeKind::kName) || c.facts().ResolvedName(attribute.object()) != "str") return std::nullopt;
  if (auto call = c.As<Call>(c.facts().Parent(id)); call && call.callee() == id) return std::nullopt;
  for (const Row& row : kRows) {
    if (row.kinds != kText || row.name != attribute.name() || row.args != 0) continue;
    NodeId function = row.local.empty() ? kNoNode : Local(c, row.local, id);
    return Arrow(c, {c.NewName("text")}, Js(c, row.code, {{"X", c.NewName("text")}, {"F", function}}), id);
  }
  return std::nullopt;
}

}  // namespace

bool IsFilledThere(Context& c, NodeId call, NodeId list) {
  const auto is_list = [&](NodeId test) { return SameTree(c.src(), test, c.src(), list); };
  NodeId at = call;
  for (NodeId parent = c.facts().Parent(at); parent && HasCategory(c.src().kind(parent), category::Expr); parent = c.facts().Parent(at)) {
    auto choice = c.As<Conditional>(parent);
    if (choice && choice.then_value() == at && is_list(choice.test())) return true;
    auto both = c.As<Logical>(parent);
    if (both && both.op() == LogicalOp::kAnd && both.right() == at && is_list(both.left())) return true;
    at = parent;
  }
  return false;
}

void RegisterMethods(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateTextFunction);
  // Tuple keys and element comparison must be seen before the cards see the call.
  t.Claim(NodeKind::kCall, Order::kBeforeCards, [](Context& c, NodeId id) -> std::optional<NodeId> {
    auto call = c.As<Call>(id);
    auto callee = c.As<Attribute>(call.callee());
    if (!callee) return std::nullopt;
    MethodCall m{id, callee.object(), callee.name(), call.args(), PositionalCount(c, id)};
    bool mine = m.name == "join" || m.name == "sort" || m.name == "pop" || m.name == "index" || m.name == "count" || m.name == "remove" ||
                m.name == "replace" || m.name == "items" || m.name == "get" || m.name == "setdefault" || m.name == "values" || m.name == "zfill" || KeyedByTuple(c, m);
    if (!mine) return std::nullopt;
    // `os.environ.get(k)` is more than a `get`.
    if (auto card = rules::FindCorrespondence(c.facts(), id); card && card->is_special) return std::nullopt;
    return TranslateMethodCall(c, id);
  });
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateMethodCall);
}

}  // namespace asyncport::translate::to_js
