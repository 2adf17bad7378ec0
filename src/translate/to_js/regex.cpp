// Regular expressions: patterns that are literals, with their flags and the anchoring that `match` and `fullmatch` imply.
// Example: `re.findall(r"\d+", s)` -> `s.match(/\d+/g) ?? []`; `re.compile(p).match(s)` -> `s.match(/^(?:p)/)`.
#include <string>
#include <utility>

#include "translate/to_js/iteration.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/regex.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Request {
  std::string_view verb;
  Pattern pattern;
  NodeId regex;   // of a pattern that is no literal: an expression that gives a RegExp
  NodeId first;   // arguments after the pattern
  NodeId second;
  NodeId third;
  std::size_t count = 0;
  NodeId limit;
};

// The pattern as it stands, without the anchor of a verb.
NodeId Plain(Context& c, const Request& r, bool global, NodeId id) {
  if (r.pattern.ok) return Literal(c, r.pattern, r.verb == "finditer" || !global ? "search" : "", global, id);
  if (!global) return r.regex;
  return c.NewCall(Local(c, "globally"), {r.regex});
}

// Does a lambda use its match only as the array of its groups?
bool ReadsGroupsOnly(Context& c, NodeId function) {
  auto lambda = c.As<Lambda>(function);
  if (!lambda || lambda.params().size() != 1) return false;
  facts::BindingId binding = c.facts().BindingOf(c.As<Param>(lambda.params()[0]).target());
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    auto place = c.As<Subscript>(parent);
    if (place && c.src().Is(place.index(), NodeKind::kNumber)) continue;
    auto call = c.As<Call>(c.facts().Parent(parent));
    bool group = call && c.MethodName(c.facts().Parent(parent)) == "group" && (call.args().empty() || c.src().Is(call.args()[0], NodeKind::kNumber));
    if (!group) return false;
  }
  return true;
}

NodeId Substitute(Context& c, const Request& r, NodeId id) {
  bool once = r.limit && LiteralInt(c, r.limit) == std::optional<long long>(1);
  if (r.limit && !once && LiteralInt(c, r.limit) != std::optional<long long>(0)) return c.Refuse(id, "regex-feature");
  NodeId regex = Plain(c, r, !once, id);
  NodeId text = c.Expr(r.second);
  if (auto replacement = c.As<String>(r.first)) {
    auto converted = Replacement(replacement.value());
    if (!converted) return c.Refuse(id, "regex-feature");
    return Js(c, "$S.replace($R, $B)", {{"S", text}, {"R", regex}, {"B", c.NewString(*converted, r.first)}}, id);
  }
  if (ReadsGroupsOnly(c, r.first)) {
    // The callback's arguments are the match and its groups, which is what m[0] and m[1] read.
    NodeList params{c.New(make::Param{.target = c.NewName("match"), .kind = ParamKind::kRest}, {})};
    NodeId by = c.New(make::Lambda{.params = std::move(params), .body = Apply(c, r.first, {c.NewName("match")}, r.first)}, r.first);
    return Js(c, "$S.replace($R, $B)", {{"S", text}, {"R", regex}, {"B", by}}, id);
  }
  bool function = c.src().Is(r.first, NodeKind::kLambda) || c.facts().KindOf(r.first) == facts::TypeKind::kFunction;
  if (function && !once) return c.NewCall(Local(c, "replaceMatches"), {text, regex, FunctionValue(c, r.first, 1)}, id);
  if (function || !Only(c, r.first, kText)) return c.Refuse(id, "regex-feature");
  c.Say("regex-feature", r.first);
  return Js(c, "$S.replace($R, () => $B)", {{"S", text}, {"R", regex}, {"B", c.Expr(r.first)}}, id);
}

NodeId Perform(Context& c, const Request& r, NodeId id) {
  auto refuse = [&] { return c.Refuse(id, "regex-feature"); };
  if (!r.pattern.ok && !r.regex) return refuse();
  if (r.verb == "sub") return Substitute(c, r, id);
  NodeId text = c.Expr(r.first);
  if (r.verb == "match" || r.verb == "fullmatch" || r.verb == "search") {
    if (r.count > 2) return refuse();
    if (r.count == 2) {
      if (r.verb == "fullmatch") return refuse();
      NodeId function = Local(c, r.verb == "match" ? "matchAt" : "searchFrom");
      return c.NewCall(function, {Plain(c, r, false, id), text, c.Expr(r.second)}, id);
    }
    if (r.pattern.ok) return Js(c, "$S.match($R)", {{"S", text}, {"R", Literal(c, r.pattern, r.verb, false, id)}}, id);
    if (r.verb == "match") return c.NewCall(Local(c, "matchAt"), {r.regex, text}, id);
    if (r.verb == "fullmatch") return c.NewCall(Local(c, "matchWhole"), {r.regex, text}, id);
    return Js(c, "$S.match($R)", {{"S", text}, {"R", r.regex}}, id);
  }
  NodeId all = Plain(c, r, true, id);
  if (r.verb == "finditer") return Js(c, "$S.matchAll($R)", {{"S", text}, {"R", all}}, id);
  if (r.verb == "findall") {
    if (!r.pattern.ok) return c.NewCall(Local(c, "findAll"), {text, all}, id);
    if (r.pattern.groups == 0) return Js(c, "$S.match($R) ?? []", {{"S", text}, {"R", all}}, id);
    if (r.pattern.groups == 1) return Js(c, "[...$S.matchAll($R)].map((match) => match[1] ?? \"\")", {{"S", text}, {"R", all}}, id);
    return Js(c, "[...$S.matchAll($R)].map((match) => match.slice(1).map((group) => group ?? \"\"))", {{"S", text}, {"R", all}}, id);
  }
  if (r.verb == "split") {
    if (r.count > 1 || r.limit) return c.NewCall(Local(c, "splitByPattern"), {text, all, c.Expr(r.limit ? r.limit : r.second)}, id);
    return Js(c, "$S.split($R)", {{"S", text}, {"R", Plain(c, r, false, id)}}, id);
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

// Is the pattern made by the running program (and not one that JavaScript cannot say)?
bool IsDynamic(Context& c, NodeId pattern) {
  if (c.src().Is(pattern, NodeKind::kString)) return false;
  if (!c.src().Is(pattern, NodeKind::kName)) return !c.IsCallTo(pattern, "re.compile") || IsDynamic(c, c.As<Call>(pattern).args()[0]);
  facts::BindingId binding = c.facts().BindingOf(pattern);
  if (!binding || c.facts().binding(binding).writes.size() != 1) return true;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  return !assign || !assign.value() || IsDynamic(c, assign.value());
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
    if (!r.pattern.ok && IsDynamic(c, call.args()[0])) r.regex = RegexValue(c, call.args()[0], flags);
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
    if (!r.pattern.ok && IsDynamic(c, attribute.object())) r.regex = RegexValue(c, attribute.object(), kNoNode);
    r.first = positional(0);
    r.second = positional(1);
    r.count = r.verb == "sub" ? 1 : count;
    r.limit = KeywordArg(c, id, r.verb == "sub" ? "count" : "maxsplit");
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
  if (auto name = c.As<String>(index)) return c.NewAttribute(c.NewAttribute(object, "groups"), name.value(), id);
  if (Only(c, index, kText)) return Js(c, "$M.groups[$N]", {{"M", object}, {"N", c.Expr(index)}}, id);
  if (!Only(c, index, kNumber) && c.IsPure(index)) return Js(c, "$M.groups?.[$N] ?? $M[$N]", {{"M", object}, {"N", c.Expr(index)}}, id);
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
  if (method.name() == "group") {
    if (!c.IsPure(object)) return c.Refuse(id, "regex-feature");
    NodeList groups;
    for (NodeId arg : args) groups.push_back(Group(c, object, arg, arg));
    return c.New(make::List{.elements = std::move(groups)}, id);
  }
  if (method.name() == "groups" && args.empty()) return Js(c, "$M.slice(1)", {{"M", c.Expr(object)}}, id);
  if (method.name() == "groups") return Js(c, "$M.slice(1).map((group) => group ?? $D)", {{"M", c.Expr(object)}, {"D", c.Expr(args[0])}}, id);
  if (method.name() == "groupdict" && args.empty()) return Js(c, "({ ...$M.groups })", {{"M", c.Expr(object)}}, id);
  bool whole = args.empty() || LiteralInt(c, args[0]) == std::optional<long long>(0);
  if (!whole && (method.name() == "start" || method.name() == "end" || method.name() == "span")) {
    NodeId indices = c.NewAttribute(c.Expr(object), "indices");
    auto group = c.As<String>(args[0]);
    bool either = !group && !Only(c, args[0], kNumber) && c.IsPure(args[0]);
    NodeId span = group    ? c.NewAttribute(c.NewAttribute(indices, "groups"), group.value())
                  : either ? Js(c, "($I.groups?.[$N] ?? $I[$N])", {{"I", indices}, {"N", c.Expr(args[0])}})
                        : c.New(make::Subscript{.object = indices, .index = c.Expr(args[0])}, {});
    if (method.name() == "span") return span;
    return c.New(make::Subscript{.object = span, .index = c.NewInt(method.name() == "end" ? 1 : 0)}, id);
  }
  if (method.name() == "start") return Js(c, "$M.index", {{"M", c.Expr(object)}}, id);
  if (c.IsPure(object)) {
    if (method.name() == "end") return Js(c, "$M.index + $M[0].length", {{"M", c.Expr(object)}}, id);
    if (method.name() == "span") return Js(c, "[$M.index, $M.index + $M[0].length]", {{"M", c.Expr(object)}}, id);
  }
  return c.Refuse(id, "regex-feature");
}

std::optional<NodeId> TranslateMatchSubscript(Context& c, NodeId id) {
  auto place = c.As<Subscript>(id);
  if (!IsMatch(c, place.object())) return std::nullopt;
  return Group(c, place.object(), place.index(), id);
}

// `m.lastgroup`, `m.string`, `pattern.pattern`
std::optional<NodeId> TranslateMatchAttribute(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  NodeId object = attribute.object();
  if (attribute.name() == "pattern" && c.facts().KindOf(object) == facts::TypeKind::kRegex) return c.NewAttribute(c.Expr(object), "source", id);
  if (!IsMatch(c, object)) return std::nullopt;
  if (attribute.name() == "string") return c.NewAttribute(c.Expr(object), "input", id);
  if (attribute.name() != "lastgroup") return std::nullopt;
  if (!c.IsPure(object)) return c.Refuse(id, "regex-feature");
  return Js(c, "Object.keys($M.groups).findLast((name) => $M.groups[name] !== undefined)", {{"M", c.Expr(object)}}, id);
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
  if (!pattern.ok) {
    auto call = c.As<Call>(id);
    NodeId flags = call.args().size() > 1 && !c.src().Is(call.args()[1], NodeKind::kKeyword) ? call.args()[1] : KeywordArg(c, id, "flags");
    NodeId value = !call.args().empty() && IsDynamic(c, call.args()[0]) ? RegexValue(c, call.args()[0], flags) : kNoNode;
    return value ? value : c.Refuse(id, "regex-feature");
  }
  return Literal(c, pattern, "", false, id);
}

}  // namespace

void RegisterRegex(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateRegexCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateMatchMethod);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCompileCall);
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateMatchSubscript);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateMatchAttribute);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateCompile);
}

}  // namespace asyncport::translate::to_js
