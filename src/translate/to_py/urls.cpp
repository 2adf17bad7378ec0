// URL is the result of urlsplit; URLSearchParams a dict, or a list of pairs where the file wants several values of one name.
// URLs that are changed afterwards, or tested by an error of `new URL`, are refused.
// Example: `new URL(link).searchParams.get("page")` -> `dict(parse_qsl(urlsplit(link).query)).get("page")`.
#include "translate/to_py/urls.h"

#include <string>
#include <string_view>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsLibraryInstance(Context& c, NodeId id, std::string_view name) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind == TypeKind::kInstance) return type.name == name;
  if (type.kind != TypeKind::kUnion) return false;
  for (facts::TypeId member : type.members) {
    const facts::Type& one = c.facts().type(member);
    if (one.kind != TypeKind::kInstance || one.name != name) return false;
  }
  return true;
}
bool IsUrl(Context& c, NodeId id) { return IsLibraryInstance(c, id, "URL"); }
bool IsSearch(Context& c, NodeId id) { return IsLibraryInstance(c, id, "URLSearchParams"); }

// How the file uses search parameters and URLs.
struct UrlUses {
  bool several = false;  // values of one name
  bool changes = false;  // of a URL or its own parameters
  explicit UrlUses(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      if (!attribute) continue;
      const std::string_view name = attribute.name();
      const bool search = IsSearch(c, attribute.object());
      several = several || (search && (name == "append" || name == "getAll"));
      auto owner = c.As<Attribute>(attribute.object());
      const bool writes = name == "append" || name == "set" || name == "delete";
      changes = changes || (search && writes && owner && IsUrl(c, owner.object()));
      auto assign = c.As<Assign>(c.facts().Parent(NodeId{i}));
      changes = changes || (assign && assign.value() != NodeId{i} && IsUrl(c, attribute.object()));
    }
  }
};

bool AreSeveral(Context& c) { return c.State<UrlUses>().several; }

NodeId Parsed(Context& c, NodeId query, NodeId origin) {
  NodeId blank = c.NewKeyword("keep_blank_values", c.New(make::Bool{.value = true}, {}));
  NodeId pairs = c.NewCall(c.Library("urllib.parse:parse_qsl"), {query, blank}, origin);
  return AreSeveral(c) ? pairs : c.NewCall(c.NewName("dict"), {pairs}, origin);
}

std::optional<NodeId> TranslateNewUrl(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  const std::string name = c.facts().ResolvedName(made.callee());
  if (name != "URL" && name != "node:url.URL") return std::nullopt;
  if (made.args().empty() || made.args().size() > 2) return std::nullopt;
  for (NodeId up = c.facts().Parent(id); up; up = c.facts().Parent(up)) {
    if (c.src().Is(up, NodeKind::kTry)) return std::nullopt;
  }
  if (c.State<UrlUses>().changes) return std::nullopt;
  NodeId text = c.Expr(made.args()[0]);
  if (made.args().size() == 2) {
    text = c.NewCall(c.Library("urllib.parse:urljoin"), {c.Expr(made.args()[1]), text});
  }
  return c.NewCall(c.Library("urllib.parse:urlsplit"), {text}, id);
}

std::optional<NodeId> TranslateNewSearch(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  const std::string name = c.facts().ResolvedName(made.callee());
  if (name != "URLSearchParams" && name != "node:url.URLSearchParams") return std::nullopt;
  const bool several = AreSeveral(c);
  if (made.args().empty()) {
    return several ? c.New(make::List{}, id) : c.New(make::Dict{}, id);
  }
  NodeId arg = made.args()[0];
  if (c.facts().Only(arg, {TypeKind::kStr})) {
    auto text = c.As<String>(arg);
    NodeId query = text && !text.value().starts_with('?')
                       ? c.Expr(arg)
                       : c.NewCall(c.NewAttribute(c.Expr(arg), "removeprefix"), {c.NewString("?")});
    return Parsed(c, query, id);
  }
  if (auto dict = c.As<Dict>(arg)) {
    NodeList entries;
    for (NodeId e : dict.entries()) {
      auto entry = c.As<DictEntry>(e);
      if (!entry) return std::nullopt;
      NodeId value = c.facts().Only(entry.value(), {TypeKind::kStr})
                         ? c.Expr(entry.value())
                         : c.NewCall(c.NewName("str"), {c.Expr(entry.value())});
      if (auto number = c.As<Number>(entry.value()); number && number.kind() == NumberKind::kInt) {
        value = c.NewString(number.text());
      }
      NodeId key = c.Expr(entry.key());
      if (several) {
        NodeList pair{key, value};
        entries.push_back(c.New(
            make::Tuple{.elements = std::move(pair), .is_parenthesised = true}, e));
      } else {
        entries.push_back(c.New(make::DictEntry{.key = key, .value = value}, e));
      }
    }
    if (several) return c.New(make::List{.elements = std::move(entries)}, id);
    return c.New(make::Dict{.entries = std::move(entries), .was_multiline = dict.was_multiline()},
                 id);
  }
  return std::nullopt;
}

std::optional<NodeId> TranslateUrlPart(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (!IsUrl(c, attribute.object()) || attribute.is_optional()) return std::nullopt;
  if (c.State<UrlUses>().changes) return std::nullopt;
  struct Part {
    std::string_view js;
    std::string_view py;
  };
  static constexpr Part kParts[] = {
      {"hostname", "$U.hostname"},
      {"port", "str($U.port or \"\")"},
      {"pathname", "$U.path or \"/\""},
      {"search", "f\"?{$U.query}\" if $U.query else \"\""},
      {"hash", "f\"#{$U.fragment}\" if $U.fragment else \"\""},
      {"protocol", "f\"{$U.scheme}:\""},
      {"host", "$U.netloc.rpartition(\"@\")[2]"},
      {"origin", "f\"{$U.scheme}://{$U.netloc.rpartition('@')[2]}\""},
      {"username", "$U.username or \"\""},
      {"password", "$U.password or \"\""},
      {"href", "$U.geturl()"}};
  for (const Part& part : kParts) {
    if (part.js == attribute.name()) {
      return Quote(c, part.py, {{"U", c.Expr(attribute.object())}}, id);
    }
  }
  if (attribute.name() == "searchParams") {
    return Parsed(c, c.NewAttribute(c.Expr(attribute.object()), "query"), id);
  }
  return std::nullopt;
}

std::optional<NodeId> TranslateSearchCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.is_optional() || call.is_optional()) return std::nullopt;
  const std::string_view name = method.name();
  if (IsUrl(c, method.object()) && (name == "toString" || name == "toJSON")) {
    return Quote(c, "$U.geturl()", {{"U", c.Expr(method.object())}}, id);
  }
  if (!IsSearch(c, method.object())) return std::nullopt;
  const auto args = call.args();
  auto quote = [&](std::string_view code) {
    NodeId p = c.Expr(method.object());
    if (args.empty()) return Quote(c, code, {{"P", p}}, id);
    return Quote(c, code, {{"P", p}, {"K", c.Expr(args[0])}}, id);
  };
  const bool several = AreSeveral(c);
  if (name == "toString" && args.empty()) {
    return c.NewCall(c.Library("urllib.parse:urlencode"), {c.Expr(method.object())}, id);
  }
  if (args.size() == 1 && name == "get") {
    return quote(several ? "next((value for key, value in $P if key == $K), None)" : "$P.get($K)");
  }
  if (args.size() == 1 && name == "has") {
    return quote(several ? "any(key == $K for key, _ in $P)" : "$K in $P");
  }
  if (args.size() == 1 && name == "getAll") {
    return quote("[value for key, value in $P if key == $K]");
  }
  if (args.size() == 2 && name == "append") {
    return Quote(c, "$P.append(($K, $V))",
                 {{"P", c.Expr(method.object())},
                  {"K", c.Expr(args[0])},
                  {"V", c.facts().Only(args[1], {TypeKind::kStr})
                            ? c.Expr(args[1])
                            : c.NewCall(c.NewName("str"), {c.Expr(args[1])})}},
                 id);
  }
  if (args.empty() && name == "keys") {
    return quote(several ? "[key for key, _ in $P]" : "$P.keys()");
  }
  if (args.empty() && name == "values") {
    return quote(several ? "[value for _, value in $P]" : "$P.values()");
  }
  if (args.empty() && name == "entries") return SearchPairs(c, method.object());
  return c.Refuse(id, "untranslated",
                  {{"reason", "`" + std::string(name) + "` of URLSearchParams"}});
}

// `params.set(k, v);`, `params.delete(k);`
bool TranslateSearchChange(Context& c, NodeId id, NodeList& out) {
  auto call = c.As<Call>(c.As<ExprStmt>(id).value());
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.is_optional() || !IsSearch(c, method.object()) || AreSeveral(c)) return false;
  const auto args = call.args();
  NodeId params = c.Expr(method.object());
  if (method.name() == "set" && args.size() == 2) {
    NodeId place = c.New(make::Subscript{.object = params, .index = c.Expr(args[0])}, {});
    NodeId value = c.facts().Only(args[1], {TypeKind::kStr})
                       ? c.Expr(args[1])
                       : c.NewCall(c.NewName("str"), {c.Expr(args[1])});
    out.push_back(c.NewAssign(place, value, id));
    return true;
  }
  if (method.name() == "delete" && args.size() == 1) {
    out.push_back(c.NewExprStmt(
        c.NewCall(c.NewAttribute(params, "pop"), {c.Expr(args[0]), c.New(make::Null{}, {})}), id));
    return true;
  }
  return false;
}

// `${params}`, `String(params)`
std::optional<NodeId> TakeText(Context& c, NodeId id) {
  if (!c.marks().insert("url-text:" + std::to_string(id.index)).second) return std::nullopt;
  auto take = [&](NodeId part) {
    if (IsSearch(c, part)) {
      c.Override(part, c.NewCall(c.Library("urllib.parse:urlencode"), {c.Expr(part)}, part));
    } else if (IsUrl(c, part)) {
      c.Override(part, c.NewCall(c.NewAttribute(c.Expr(part), "geturl"), {}, part));
    }
  };
  if (auto text = c.As<Template>(id)) {
    for (NodeId part : text.parts()) take(part);
  } else if (c.IsCallTo(id, "String") && c.As<Call>(id).args().size() == 1) {
    take(c.As<Call>(id).args()[0]);
  } else if (c.IsCallTo(id, "Object.fromEntries") && c.As<Call>(id).args().size() == 1 &&
             IsSearch(c, c.As<Call>(id).args()[0])) {
    return c.NewCall(c.NewName("dict"), {c.Expr(c.As<Call>(id).args()[0])}, id);
  }
  return std::nullopt;
}

// `[...params]`
std::optional<NodeId> TranslateSpread(Context& c, NodeId id) {
  NodeId pairs = SearchPairs(c, c.As<Spread>(id).value());
  if (!pairs) return std::nullopt;
  return c.New(make::Spread{.value = pairs}, id);
}

}  // namespace

NodeId SearchPairs(Context& c, NodeId id) {
  if (!IsSearch(c, id)) return kNoNode;
  if (AreSeveral(c)) return c.Expr(id);
  return c.NewCall(c.NewAttribute(c.Expr(id), "items"), {}, id);
}

void RegisterUrls(Topics& t) {
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateNewUrl);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateNewSearch);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateUrlPart);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSearchCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TakeText);
  t.Claim(NodeKind::kTemplate, Order::kBeforeCards, &TakeText);
  t.Claim(NodeKind::kSpread, Order::kBeforeCards, &TranslateSpread);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateSearchChange);
}

}  // namespace asyncport::translate::to_py
