// Regular expressions: patterns that are literals, with their flags and the anchoring that `match` and `fullmatch` imply.
// Example: `re.findall(r"\d+", s)` -> `s.match(/\d+/g) ?? []`; `re.compile(p).match(s)` -> `s.match(/^(?:p)/)`.
#include <string>
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Pattern {
  std::string body;
  std::string flags;
  int groups = 0;
  bool ok = false;
};

// Python's syntax in JavaScript's. What JavaScript lacks is refused.
Pattern Convert(std::string_view text, std::string flags) {
  Pattern p;
  p.flags = std::move(flags);
  std::string& out = p.body;
  bool in_class = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char ch = text[i];
    std::string_view rest = text.substr(i);
    if (ch == '\\' && i + 1 < text.size()) {
      char next = text[i + 1];
      if (next == 'Z' && !in_class) out += p.flags.find('m') == std::string::npos ? "$" : "(?![^])";
      else if (next == 'A' && !in_class) out += p.flags.find('m') == std::string::npos ? "^" : "(?<![^])";
      else if (next == 'a') return p;
      else (out += '\\') += next;
      ++i;
    } else if (!in_class && rest.starts_with("(?P<")) {
      out += "(?<";
      ++p.groups;
      i += 3;
    } else if (!in_class && rest.starts_with("(?P=")) {
      std::size_t end = text.find(')', i);
      if (end == std::string_view::npos) return p;
      out += "\\k<" + std::string(text.substr(i + 4, end - i - 4)) + ">";
      i = end;
    } else if (!in_class && rest.starts_with("(?") && rest.size() > 2 && std::string_view(":=!<").find(rest[2]) == std::string_view::npos) {
      // Flags at the head; anything else has no counterpart.
      std::size_t end = text.find(')', i);
      if (i != 0 || end == std::string_view::npos) return p;
      for (char flag : text.substr(2, end - 2)) {
        if (flag != 'i' && flag != 'm' && flag != 's') return p;
        p.flags += flag;
      }
      i = end;
    } else {
      if (!in_class && ch == '(' && !rest.starts_with("(?")) ++p.groups;
      if (!in_class && (ch == '+') && i > 0 && (text[i - 1] == '+' || text[i - 1] == '*')) return p;  // possessive
      if (ch == '[' && !in_class) in_class = true;
      else if (ch == ']' && in_class && text[i - 1] != '[') in_class = false;
      if (ch == '/' && !in_class) out += "\\/";
      else if (ch == '\n') out += "\\n";
      else out += ch;
    }
  }
  p.ok = true;
  return p;
}

std::optional<std::string> FlagsOf(Context& c, NodeId flags) {
  if (!flags) return "";
  if (auto both = c.As<Binary>(flags); both && both.op() == BinaryOp::kBitOr) {
    auto left = FlagsOf(c, both.left());
    auto right = FlagsOf(c, both.right());
    return left && right ? std::optional(*left + *right) : std::nullopt;
  }
  struct Row {
    std::string_view python;
    std::string_view js;
  };
  static constexpr Row kRows[] = {{"re.I", "i"}, {"re.IGNORECASE", "i"}, {"re.M", "m"}, {"re.MULTILINE", "m"}, {"re.S", "s"}, {"re.DOTALL", "s"}, {"re.ASCII", ""}, {"re.A", ""}};
  std::string name = c.facts().ResolvedName(flags);
  for (const Row& row : kRows) {
    if (row.python == name) return std::string(row.js);
  }
  return std::nullopt;
}

// The literal pattern of an expression: a text, or a name bound once to re.compile of a text.
Pattern PatternOf(Context& c, NodeId id, NodeId flags) {
  if (auto text = c.As<String>(id)) {
    auto js_flags = FlagsOf(c, flags);
    return js_flags ? Convert(text.value(), *js_flags) : Pattern{};
  }
  if (c.IsCallTo(id, "re.compile")) {
    auto call = c.As<Call>(id);
    if (call.args().empty()) return {};
    NodeId own = call.args().size() > 1 && !c.src().Is(call.args()[1], NodeKind::kKeyword) ? call.args()[1] : KeywordArg(c, id, "flags");
    return PatternOf(c, call.args()[0], own);
  }
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (!binding || c.facts().binding(binding).writes.size() != 1) return {};
    auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
    if (assign && assign.value() && assign.targets().size() == 1) return PatternOf(c, assign.value(), kNoNode);
  }
  return {};
}

NodeId Literal(Context& c, const Pattern& p, std::string_view anchor, bool global, NodeId origin) {
  std::string body = p.body;
  if (anchor == "match") body = "^(?:" + body + ")";
  if (anchor == "fullmatch") body = "^(?:" + body + ")$";
  std::string flags;
  for (char flag : std::string_view("gims")) {
    if ((flag == 'g' && global) || (flag != 'g' && p.flags.find(flag) != std::string::npos)) flags += flag;
  }
  return c.New(make::Regex{.text = "/" + body + "/" + flags}, origin);
}

// `\1`, `\g<name>` in a replacement.
std::optional<std::string> Replacement(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$') {
      out += "$$";
    } else if (text[i] == '\\' && i + 1 < text.size()) {
      char next = text[++i];
      if (next >= '0' && next <= '9') {
        (out += next == '0' ? "$&" : "$");
        if (next != '0') out += next;
      } else if (next == 'g' && i + 1 < text.size() && text[i + 1] == '<') {
        std::size_t end = text.find('>', i);
        if (end == std::string_view::npos) return std::nullopt;
        std::string_view name = text.substr(i + 2, end - i - 2);
        if (name == "0") out += "$&";
        else if (name.find_first_not_of("0123456789") == std::string_view::npos) out += "$" + std::string(name);
        else out += "$<" + std::string(name) + ">";
        i = end;
      } else if (next == 'n') {
        out += '\n';
      } else if (next == '\\') {
        out += '\\';
      } else {
        return std::nullopt;
      }
    } else {
      out += text[i];
    }
  }
  return out;
}

struct Request {
  std::string_view verb;
  Pattern pattern;
  NodeId first;   // arguments after the pattern
  NodeId second;
  std::size_t count = 0;
  NodeId limit;
};

NodeId Perform(Context& c, const Request& r, NodeId id) {
  auto refuse = [&] { return c.Refuse(id, "regex-feature"); };
  if (!r.pattern.ok) return refuse();
  NodeId text = r.verb == "sub" ? kNoNode : c.Expr(r.first);
  if (r.verb == "match" || r.verb == "fullmatch" || r.verb == "search") {
    if (r.count > 1) return refuse();
    return Js(c, "$S.match($R)", {{"S", text}, {"R", Literal(c, r.pattern, r.verb, false, id)}}, id);
  }
  NodeId all = Literal(c, r.pattern, "", true, id);
  if (r.verb == "finditer") return Js(c, "$S.matchAll($R)", {{"S", text}, {"R", all}}, id);
  if (r.verb == "findall") {
    if (r.pattern.groups == 0) return Js(c, "$S.match($R) ?? []", {{"S", text}, {"R", all}}, id);
    if (r.pattern.groups == 1) return Js(c, "[...$S.matchAll($R)].map((match) => match[1] ?? \"\")", {{"S", text}, {"R", all}}, id);
    return Js(c, "[...$S.matchAll($R)].map((match) => match.slice(1).map((group) => group ?? \"\"))", {{"S", text}, {"R", all}}, id);
  }
  if (r.verb == "split") {
    if (r.count > 1 || r.limit) return refuse();
    return Js(c, "$S.split($R)", {{"S", text}, {"R", Literal(c, r.pattern, "", false, id)}}, id);
  }
  if (r.verb == "sub") {
    bool once = r.limit && LiteralInt(c, r.limit) == std::optional<long long>(1);
    if (r.limit && !once) return refuse();
    NodeId regex = Literal(c, r.pattern, "", !once, id);
    NodeId by;
    if (auto replacement = c.As<String>(r.first)) {
      auto converted = Replacement(replacement.value());
      if (!converted) return refuse();
      by = c.NewString(*converted, r.first);
    } else if (c.src().Is(r.first, NodeKind::kLambda) || c.facts().KindOf(r.first) == facts::TypeKind::kFunction) {
      // The callback's arguments are the match and its groups, which is what m[0] and m[1] read.
      NodeList params{c.New(make::Param{.target = c.NewName("match"), .kind = ParamKind::kRest}, {})};
      by = c.New(make::Lambda{.params = std::move(params), .body = Apply(c, r.first, {c.NewName("match")}, r.first)}, r.first);
    } else {
      return refuse();
    }
    return Js(c, "$S.replace($R, $B)", {{"S", c.Expr(r.second)}, {"R", regex}, {"B", by}}, id);
  }
  return refuse();
}

bool IsVerb(std::string_view name) {
  static constexpr std::string_view kVerbs[] = {"match", "fullmatch", "search", "findall", "finditer", "sub", "split"};
  for (std::string_view verb : kVerbs) {
    if (verb == name) return true;
  }
  return false;
}

std::optional<NodeId> TranslateRegexCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  std::string name = c.facts().ResolvedName(call.callee());
  std::size_t count = PositionalCount(c, id);
  Request r;
  auto positional = [&](std::size_t i) { return i < count ? call.args()[i] : kNoNode; };
  if (name.starts_with("re.") && IsVerb(std::string_view(name).substr(3)) && count >= 2) {
    r.verb = std::string_view(name).substr(3);
    std::size_t own = r.verb == "sub" ? 3 : 2;
    NodeId flags = KeywordArg(c, id, "flags");
    if (!flags && r.verb != "sub" && r.verb != "split" && count > own) flags = call.args()[own];
    r.pattern = PatternOf(c, call.args()[0], flags);
    r.first = positional(1);
    r.second = positional(2);
    r.count = own - 1;
    if (r.verb != "sub") r.count = 1;
    r.limit = KeywordArg(c, id, r.verb == "sub" ? "count" : "maxsplit");
    if ((r.verb == "sub" && count > 3) || (r.verb == "split" && count > 2)) r.limit = call.args()[own];
    return Perform(c, r, id);
  }
  if (attribute && c.facts().KindOf(attribute.object()) == facts::TypeKind::kRegex && IsVerb(attribute.name()) && count >= 1) {
    r.verb = attribute.name();
    r.pattern = PatternOf(c, attribute.object(), kNoNode);
    r.first = positional(0);
    r.second = positional(1);
    r.count = r.verb == "sub" ? 1 : count;
    r.limit = KeywordArg(c, id, "count");
    return Perform(c, r, id);
  }
  return std::nullopt;
}

bool IsMatch(Context& c, NodeId id) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind == facts::TypeKind::kMatch) return true;
  if (type.kind != facts::TypeKind::kUnion) return false;
  for (facts::TypeId member : type.members) {
    facts::TypeKind kind = c.facts().type(member).kind;
    if (kind != facts::TypeKind::kMatch && kind != facts::TypeKind::kNull) return false;
  }
  return true;
}

NodeId Group(Context& c, NodeId match, NodeId index, NodeId id) {
  NodeId object = c.Expr(match);
  if (auto name = c.As<String>(index)) return Js(c, "$M.groups.$N", {{"M", object}, {"N", c.NewName(name.value())}}, id);
  return c.New(make::Subscript{.object = object, .index = c.Expr(index)}, id);
}

std::optional<NodeId> TranslateMatchMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  // In a replacement callback the match is the callback's arguments.
  if (!method || !IsMatch(c, method.object())) return std::nullopt;
  NodeId object = method.object();
  auto args = call.args();
  if (method.name() == "group" && args.empty()) return c.New(make::Subscript{.object = c.Expr(object), .index = c.NewInt(0)}, id);
  if (method.name() == "group" && args.size() == 1) return Group(c, object, args[0], id);
  if (method.name() == "groups" && args.empty()) return Js(c, "$M.slice(1)", {{"M", c.Expr(object)}}, id);
  if (method.name() == "groupdict" && args.empty()) return Js(c, "({ ...$M.groups })", {{"M", c.Expr(object)}}, id);
  if (method.name() == "start" && args.empty()) return Js(c, "$M.index", {{"M", c.Expr(object)}}, id);
  if (method.name() == "end" && args.empty() && c.IsPure(object)) return Js(c, "$M.index + $M[0].length", {{"M", c.Expr(object)}}, id);
  return c.Refuse(id, "regex-feature");
}

std::optional<NodeId> TranslateMatchSubscript(Context& c, NodeId id) {
  auto place = c.As<Subscript>(id);
  if (!IsMatch(c, place.object())) return std::nullopt;
  return Group(c, place.object(), place.index(), id);
}

// `PATTERN = re.compile(...)`: the literal stands where it is used.
bool TranslateCompile(Context& c, NodeId id, NodeList&) {
  auto assign = c.As<Assign>(id);
  if (!assign.value() || !c.IsCallTo(assign.value(), "re.compile") || assign.targets().size() != 1) return false;
  if (!c.src().Is(assign.targets()[0], NodeKind::kName) || !PatternOf(c, assign.value(), kNoNode).ok) return false;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding || c.facts().binding(binding).writes.size() != 1) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    bool called = attribute && IsVerb(attribute.name()) && c.src().Is(c.facts().Parent(c.facts().Parent(read)), NodeKind::kCall);
    auto call = c.As<Call>(c.facts().Parent(read));
    bool handed = call && c.facts().ResolvedName(call.callee()).starts_with("re.");
    if (!called && !handed) return false;
  }
  c.Absorb(id);
  return true;
}

std::optional<NodeId> TranslateCompileCall(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "re.compile")) return std::nullopt;
  Pattern pattern = PatternOf(c, id, kNoNode);
  if (!pattern.ok) return c.Refuse(id, "regex-feature");
  return Literal(c, pattern, "", false, id);
}

}  // namespace

void RegisterRegex(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateRegexCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateMatchMethod);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCompileCall);
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateMatchSubscript);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateCompile);
}

}  // namespace asyncport::translate::to_js
