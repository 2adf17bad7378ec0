// Regular expressions: literals to `re` patterns, methods of text and of patterns to functions of `re`.
// Example: `s.replace(/_(\w)/g, (_, c) => c.toUpperCase())` -> `re.sub(r"_(\w)", lambda m: m[1].upper(), s)`.
#include <algorithm>
#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct Pattern {
  std::string text;    // Python's spelling
  std::string flags;   // JavaScript's letters
  bool has_groups = false;
  bool ok = true;      // false: a feature that Python's `re` lacks
};

// The pattern of `/text/flags`, respelt: named groups, `$`, `\/`, `[^]`.
Pattern Convert(std::string_view literal) {
  Pattern out;
  std::size_t end = literal.rfind('/');
  std::string_view body = literal.substr(1, end - 1);
  out.flags = std::string(literal.substr(end + 1));
  bool multiline = out.flags.find('m') != std::string::npos;
  bool in_class = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    char ch = body[i];
    std::string_view rest = body.substr(i);
    if (ch == '\\' && i + 1 < body.size()) {
      char next = body[i + 1];
      if (next == '/') {
        out.text += '/';
      } else if (rest.starts_with("\\k<")) {
        std::size_t close = rest.find('>');
        out.text += "(?P=" + std::string(rest.substr(3, close - 3)) + ")";
        i += close;
        continue;
      } else if (next == 'p' || next == 'P' || rest.starts_with("\\u{")) {
        out.ok = false;
      } else {
        out.text += ch;
        out.text += next;
      }
      ++i;
      continue;
    }
    if (in_class) {
      if (ch == ']') in_class = false;
      out.text += ch;
      continue;
    }
    if (rest.starts_with("[^]")) {
      out.text += "[\\s\\S]";
      i += 2;
    } else if (ch == '[') {
      in_class = true;
      out.text += ch;
    } else if (rest.starts_with("(?<") && rest.size() > 3 && rest[3] != '=' && rest[3] != '!') {
      out.text += "(?P<";
      out.has_groups = true;
      i += 2;
    } else if (ch == '(') {
      if (!rest.starts_with("(?")) out.has_groups = true;
      out.text += ch;
    } else if (ch == '$' && !multiline) {
      out.text += "\\Z";
    } else {
      out.text += ch;
    }
  }
  return out;
}

// The regex literal behind an expression: itself, or the value of a constant.
NodeId LiteralOf(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kRegex)) return id;
  if (!c.src().Is(id, NodeKind::kName)) return kNoNode;
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding || c.facts().binding(binding).reassigned || !c.facts().binding(binding).definition) return kNoNode;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  return assign && assign.value() && c.src().Is(assign.value(), NodeKind::kRegex) ? assign.value() : kNoNode;
}

// Does the file speak of other letters than ASCII's? Only then does it matter that Python's classes take them too.
struct OtherScripts {
  explicit OtherScripts(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !any; ++i) {
      const NodeKind kind = c.src().kind(NodeId{i});
      if (kind != NodeKind::kString && kind != NodeKind::kTemplate) continue;
      const std::string_view text = c.source().Text(c.src().span(NodeId{i}));
      any = std::any_of(text.begin(), text.end(), [](char ch) { return static_cast<unsigned char>(ch) >= 0x80; });
    }
  }
  bool any = false;
};

// `\w`, `\d`, `\b` and their opposites.
bool HasLetterClass(std::string_view pattern) {
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
    if (pattern[i] != '\\') continue;
    if (std::string_view("wWdDbB").find(pattern[++i]) != std::string_view::npos) return true;
  }
  return false;
}

NodeId Flags(Context& c, const Pattern& pattern) {
  static constexpr std::pair<char, std::string_view> kFlags[] = {
      {'i', "re.IGNORECASE"}, {'m', "re.MULTILINE"}, {'s', "re.DOTALL"}, {'a', "re.ASCII"}};
  std::string letters = pattern.flags;
  if (HasLetterClass(pattern.text) && c.State<OtherScripts>().any) letters += 'a';
  NodeId flags;
  for (auto [letter, name] : kFlags) {
    if (letters.find(letter) == std::string::npos) continue;
    NodeId one = c.Library(name);
    flags = flags ? c.New(make::Binary{.left = flags, .right = one, .op = BinaryOp::kBitOr}, {}) : one;
  }
  return flags;
}

NodeId PatternText(Context& c, const Pattern& pattern, NodeId origin) {
  bool raw = pattern.text.find('\\') != std::string::npos;
  return c.New(make::String{.value = pattern.text, .is_raw = raw}, origin);
}

std::optional<NodeId> TranslateLiteral(Context& c, NodeId id) {
  Pattern pattern = Convert(c.src().text(id));
  if (!pattern.ok) return c.Refuse(id, "regex-feature");
  NodeList args{PatternText(c, pattern, id)};
  if (NodeId flags = Flags(c, pattern)) args.push_back(flags);
  return c.NewCall(c.Library("re.compile"), std::move(args), id);
}

// `re.NAME(pattern, args...)`, or `PATTERN.NAME(args...)` for a pattern that has a name. `extra` are keyword arguments.
NodeId ReCall(Context& c, std::string_view function, NodeId regex, NodeList args, NodeId origin, NodeId keyword = {}) {
  if (!c.src().Is(regex, NodeKind::kRegex)) {
    if (keyword) args.push_back(keyword);
    return c.NewCall(c.NewAttribute(c.Expr(regex), function), std::move(args), origin);
  }
  Pattern pattern = Convert(c.src().text(regex));
  if (!pattern.ok) return c.Refuse(regex, "regex-feature");
  NodeList all{PatternText(c, pattern, regex)};
  all.insert(all.end(), args.begin(), args.end());
  if (keyword) all.push_back(keyword);
  if (NodeId flags = Flags(c, pattern)) all.push_back(c.NewKeyword("flags", flags));
  return c.NewCall(c.Library("re." + std::string(function)), std::move(all), origin);
}

bool IsGlobal(Context& c, NodeId regex) {
  NodeId literal = LiteralOf(c, regex);
  return literal && Convert(c.src().text(literal)).flags.find('g') != std::string::npos;
}
bool HasGroups(Context& c, NodeId regex) {
  NodeId literal = LiteralOf(c, regex);
  return !literal || Convert(c.src().text(literal)).has_groups;
}

// `$1`, `$&`, `$<name>`, `$$` in a replacement text.
std::string Replacement(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char ch = text[i];
    std::string_view rest = text.substr(i);
    if (ch == '\\') {
      out += "\\\\";
    } else if (rest.starts_with("$$")) {
      out += '$';
      ++i;
    } else if (rest.starts_with("$&")) {
      out += "\\g<0>";
      ++i;
    } else if (rest.starts_with("$<")) {
      std::size_t close = rest.find('>');
      if (close == std::string_view::npos) {
        out += ch;
        continue;
      }
      out += "\\g<" + std::string(rest.substr(2, close - 2)) + ">";
      i += close;
    } else if (ch == '$' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9') {
      bool digit_follows = i + 2 < text.size() && text[i + 2] >= '0' && text[i + 2] <= '9';
      out += digit_follows ? "\\g<" + std::string(1, text[i + 1]) + ">" : "\\" + std::string(1, text[i + 1]);
      ++i;
    } else {
      out += ch;
    }
  }
  return out;
}

// How many capturing groups a pattern has.
std::size_t GroupCount(std::string_view text) {
  std::size_t groups = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (in_class) {
      in_class = text[i] != ']';
    } else if (text[i] == '[') {
      in_class = true;
    } else if (text[i] == '(') {
      std::string_view rest = text.substr(i);
      if (!rest.starts_with("(?") || rest.starts_with("(?P<")) ++groups;
    }
  }
  return groups;
}

// The callback's parameters are the whole match, the groups, then the offset: read from Python's match object.
NodeId ReplaceCallback(Context& c, NodeId function, NodeId regex) {
  NodeId literal = LiteralOf(c, regex);
  auto lambda = c.As<Lambda>(function);
  auto block = c.As<FunctionExpr>(function);
  if (!literal || (!lambda && !block)) return kNoNode;
  std::size_t groups = GroupCount(Convert(c.src().text(literal)).text);
  auto params = lambda ? lambda.params() : block.params();
  std::string match = lambda ? "m" : c.names().Fresh("match");
  NodeId match_name = c.NewName(match);
  NodeList prologue;
  for (std::size_t i = 0; i < params.size(); ++i) {
    auto param = c.As<Param>(params[i]);
    if (!c.src().Is(param.target(), NodeKind::kName) || param.default_value() || i > groups + 1) return kNoNode;
    NodeId value = i <= groups ? c.New(make::Subscript{.object = match_name, .index = c.NewInt(static_cast<long long>(i))}, {})
                               : c.NewCall(c.NewAttribute(match_name, "start"), {});
    facts::BindingId binding = c.facts().BindingOf(param.target());
    if (lambda) c.Substitute(binding, value);
    else if (!c.facts().binding(binding).reads.empty()) prologue.push_back(c.NewAssign(c.NewName(c.TargetName(param.target())), value));
  }
  NodeId target_param = c.New(make::Param{.target = match_name}, {});
  if (lambda) {
    Context::Hoisted body = c.ExprWithHoists(lambda.body());
    if (!body.before.empty()) {
      NodeList statements = std::move(body.before);
      statements.push_back(c.New(make::Return{.value = body.value}, {}));
      std::string own_name = c.names().Fresh("replace_match");
      c.HoistDefinition(c.New(make::FunctionDef{.name = c.NewName(own_name), .params = {target_param}, .body = c.NewBlock(std::move(statements))}, function));
      return c.NewName(own_name, function);
    }
    return c.New(make::Lambda{.params = {target_param}, .body = body.value}, function);
  }
  NodeList body = std::move(prologue);
  NodeList own = c.Stmts(c.As<ir::Block>(block.body()).statements());
  body.insert(body.end(), own.begin(), own.end());
  std::string name = c.names().Fresh("replace_match");
  c.HoistDefinition(c.New(make::FunctionDef{.name = c.NewName(name), .params = {target_param}, .body = c.NewBlock(std::move(body))}, function));
  return c.NewName(name, function);
}

// Do the regular expressions that the file stores (not those used in place) have the flag g?
struct Kept {
  bool global = false;
  bool single = false;
};
Kept KeptPatterns(Context& c) {
  Kept kept;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (!c.src().Is(NodeId{i}, NodeKind::kRegex)) continue;
    NodeKind parent = c.src().kind(c.facts().Parent(NodeId{i}));
    if (parent == NodeKind::kAttribute || parent == NodeKind::kCall) continue;
    bool global = Convert(c.src().text(NodeId{i})).flags.find('g') != std::string::npos;
    (global ? kept.global : kept.single) = true;
  }
  return kept;
}

std::optional<NodeId> Replace(Context& c, NodeId id, Call call, NodeId text) {
  if (call.args().size() != 2) return std::nullopt;
  NodeId regex = call.args()[0];
  NodeId by = call.args()[1];
  NodeId replacement;
  if (auto string = c.As<String>(by)) {
    std::string converted = Replacement(string.value());
    replacement = c.New(make::String{.value = converted, .is_raw = converted.find('\\') != std::string::npos}, by);
  } else if (c.src().Is(by, NodeKind::kLambda) || c.src().Is(by, NodeKind::kFunctionExpr)) {
    replacement = ReplaceCallback(c, by, regex);
    if (!replacement) return c.Refuse(id, "untranslated", {{"reason", "this replacement function"}});
  } else {
    // A text that is known at run time only: its `$1` is Python's `\1`.
    NodeList args{c.New(make::String{.value = "\\$(\\d)", .is_raw = true}, {}), c.New(make::String{.value = "\\\\\\1", .is_raw = true}, {}), c.Expr(by)};
    replacement = c.NewCall(c.Library("re.sub"), std::move(args), by);
  }
  bool all = IsGlobal(c, regex) || c.MethodName(id) == "replaceAll";
  if (!LiteralOf(c, regex)) {
    // A pattern out of a variable: all patterns of the file that are kept somewhere must agree on the flag.
    Kept kept = KeptPatterns(c);
    if (kept.global && kept.single) return c.Refuse(id, "replace-first-only");
    all = all || kept.global;
  }
  NodeId count = all ? kNoNode : c.NewKeyword("count", c.NewInt(1));
  return ReCall(c, "sub", regex, {replacement, c.Expr(text)}, id, count);
}

bool IsRegex(Context& c, NodeId id) { return c.facts().Only(id, {TypeKind::kRegex}) || LiteralOf(c, id); }

// Is what stands there, or the variable that keeps it, compared with null? What JavaScript leaves null is an empty list
// in Python, which serves everywhere else.
bool MeetsNull(Context& c, NodeId id) {
  const auto is_compared = [&](NodeId value) {
    auto binary = c.As<Binary>(c.facts().Parent(value));
    return binary && (c.src().Is(binary.left(), NodeKind::kNull) || c.src().Is(binary.right(), NodeKind::kNull));
  };
  if (is_compared(id)) return true;
  auto assign = c.As<Assign>(c.facts().Parent(id));
  if (!assign || assign.value() != id || !c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  const facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding) return false;
  const auto& reads = c.facts().binding(binding).reads;
  return std::any_of(reads.begin(), reads.end(), is_compared);
}

std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  if (!attribute || call.args().empty()) return std::nullopt;
  std::string_view method = attribute.name();
  NodeId object = attribute.object();
  NodeId first = call.args()[0];
  if (IsRegex(c, object)) {
    if (method == "test" || method == "exec") {
      // What is no text becomes one.
      NodeId text = c.Expr(first);
      const bool other = c.facts().May(first, {TypeKind::kInt, TypeKind::kFloat});
      if (other && c.facts().KindOf(first) != TypeKind::kUnknown) {
        text = c.NewCall(c.NewName("str"), {text});
      }
      NodeId search = ReCall(c, "search", object, {text}, id);
      NodeId parent = c.facts().Parent(id);
      auto test = c.As<Conditional>(parent);
      bool condition = c.As<If>(parent) || c.As<While>(parent) || (test && test.test() == id) || c.As<Unary>(parent);
      if (method == "exec" || condition) return search;
      return c.New(make::Binary{.left = search, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, id);
    }
    return std::nullopt;
  }
  if (!IsRegex(c, first)) return std::nullopt;
  if (method == "replace" || method == "replaceAll") return Replace(c, id, call, object);
  if (method == "split" && call.args().size() == 1) return ReCall(c, "split", first, {c.Expr(object)}, id);
  if (method == "matchAll") return ReCall(c, "finditer", first, {c.Expr(object)}, id);
  if (method == "search") {
    const std::string name = c.names().Fresh("found");
    NodeId search = c.New(make::Walrus{.target = c.NewName(name), .value = ReCall(c, "search", first, {c.Expr(object)}, id)}, id);
    NodeId start = c.NewCall(c.NewAttribute(c.NewName(name), "start"), {}, id);
    return c.New(make::Conditional{.test = search, .then_value = start, .else_value = c.NewInt(-1)}, id);
  }
  if (method == "match") {
    if (!IsGlobal(c, first)) return ReCall(c, "search", first, {c.Expr(object)}, id);
    const auto or_none = [&](NodeId list) {
      if (!MeetsNull(c, id)) return list;
      return c.New(make::Logical{.left = list, .right = c.New(make::Null{}, {}), .op = LogicalOp::kOr}, id);
    };
    if (!HasGroups(c, first)) return or_none(ReCall(c, "findall", first, {c.Expr(object)}, id));
    NodeId m = c.NewName("m");
    NodeId whole = c.New(make::Subscript{.object = m, .index = c.NewInt(0)}, {});
    NodeId iterable = ReCall(c, "finditer", first, {c.Expr(object)}, id);
    NodeId clause = c.New(make::CompFor{.target = m, .iterable = iterable}, {});
    return or_none(
        c.New(make::Comprehension{.element = whole, .clauses = {clause}, .kind = ComprehensionKind::kList}, id));
  }
  return std::nullopt;
}

// `(s.match(/x/g) || [])`: findall gives an empty list by itself.
std::optional<NodeId> TranslateMatchOr(Context& c, NodeId id) {
  auto logical = c.As<Logical>(id);
  auto empty = c.As<List>(logical.right());
  if (logical.op() == LogicalOp::kAnd || !empty || !empty.elements().empty() || c.MethodName(logical.left()) != "match") return std::nullopt;
  auto call = c.As<Call>(logical.left());
  if (call.args().empty() || !IsGlobal(c, call.args()[0])) return std::nullopt;
  return c.Expr(logical.left());
}

// Properties of a match object.
std::optional<NodeId> TranslateMatchProperty(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (auto groups = c.As<Attribute>(attribute.object()); groups && groups.name() == "groups" && c.facts().Only(groups.object(), {TypeKind::kMatch})) {
    return c.New(make::Subscript{.object = c.Expr(groups.object()), .index = c.NewString(attribute.name())}, id);
  }
  if (!c.facts().Only(attribute.object(), {TypeKind::kMatch, TypeKind::kNull}) || !c.facts().May(attribute.object(), {TypeKind::kMatch})) return std::nullopt;
  if (attribute.name() == "index") return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "start"), {}, id);
  if (attribute.name() == "groups") return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "groupdict"), {}, id);
  return std::nullopt;
}

// `re.search(...)` or `re.exec(...)` of a pattern that is known here: how many groups it has.
struct MatchSource {
  bool is_match = false;
  std::size_t groups = 0;  // 0: not known
};
MatchSource AsMatchSource(Context& c, NodeId value) {
  MatchSource source;
  if (c.facts().Only(value, {TypeKind::kMatch, TypeKind::kNull}) && c.facts().May(value, {TypeKind::kMatch})) source.is_match = true;
  auto call = c.As<Call>(value);
  std::string_view method = c.MethodName(value);
  if (!call || (method != "match" && method != "exec") || call.args().size() != 1) return source;
  NodeId regex = method == "exec" ? c.As<Attribute>(call.callee()).object() : call.args()[0];
  if (!IsRegex(c, regex) || (method == "match" && IsGlobal(c, regex))) return source;
  source.is_match = true;
  if (NodeId literal = LiteralOf(c, regex)) source.groups = GroupCount(Convert(c.src().text(literal)).text);
  return source;
}

// `const [, year, month] = text.match(re);` -> `year, month = re.search(text).groups()`.
bool TranslateMatchPattern(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  auto pattern = c.As<ListPattern>(assign.targets()[0]);
  if (!pattern) return false;
  NodeId value = assign.value();
  // `text.match(re) || []`, `?? [null, "x"]`: what stands there if nothing fits.
  List otherwise;
  if (auto logical = c.As<Logical>(value); logical && logical.op() != LogicalOp::kAnd) {
    otherwise = c.As<List>(logical.right());
    if (!otherwise) return false;
    value = logical.left();
  }
  MatchSource source = AsMatchSource(c, value);
  if (!source.is_match) return false;
  if (!otherwise) {
    UnpackMatch(c, pattern.id(), c.Expr(value), source.groups, out);
    if (!out.empty()) c.dst().set_origin(out.front(), id);
    return true;
  }
  std::string name = c.names().Fresh("match");
  out.push_back(c.NewAssign(c.NewName(name), c.Expr(value), id));
  long long index = 0;
  for (NodeId element : pattern.elements()) {
    if (c.src().Is(element, NodeKind::kRestPattern) || c.src().Is(element, NodeKind::kDefaultPattern)) {
      c.Refuse(id, "untranslated", {{"reason", "this pattern of a match that may be null"}});
      return true;
    }
    if (!c.src().Is(element, NodeKind::kElision)) {
      NodeId group = c.New(make::Subscript{.object = c.NewName(name), .index = c.NewInt(index)}, {});
      bool given = static_cast<std::size_t>(index) < otherwise.elements().size();
      NodeId fallback = given ? c.Expr(otherwise.elements()[static_cast<std::size_t>(index)]) : c.New(make::Null{}, {});
      out.push_back(c.NewAssign(c.Pattern(element), c.New(make::Conditional{.test = c.NewName(name), .then_value = group, .else_value = fallback}, {}), element));
    }
    ++index;
  }
  return true;
}

// `while ((m = re.exec(s)) !== null) {...}` -> `for m in re.finditer(...)`.
bool TranslateExecLoop(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<While>(id);
  NodeId test = loop.test();
  if (auto binary = c.As<Binary>(test); binary && (binary.op() == BinaryOp::kStrictNe || binary.op() == BinaryOp::kLooseNe)) {
    test = binary.left();
  }
  auto assign = c.As<AssignExpr>(test);
  if (!assign || assign.op() != BinaryOp::kNone || !c.src().Is(assign.target(), NodeKind::kName)) return false;
  if (c.MethodName(assign.value()) != "exec") return false;
  auto call = c.As<Call>(assign.value());
  NodeId regex = c.As<Attribute>(call.callee()).object();
  if (!IsGlobal(c, regex) || call.args().size() != 1 || IsScanner(c, regex)) return false;
  NodeId matches = ReCall(c, "finditer", regex, {c.Expr(call.args()[0])}, assign.value());
  NodeId target = c.NewName(c.TargetName(assign.target()), assign.target());
  out.push_back(c.New(make::ForEach{.target = target, .iterable = matches, .body = c.Block(loop.body())}, id));
  return true;
}

}  // namespace

// A pattern over a match object. `groups` is how many the regular expression has, 0 if that is not known.
void UnpackMatch(Context& c, NodeId pattern, NodeId match, std::size_t groups, NodeList& out) {
  auto elements = c.As<ListPattern>(pattern).elements();
  NodeList targets;
  std::vector<long long> wanted;
  bool plain = true;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (c.src().Is(elements[i], NodeKind::kElision)) continue;
    NodeKind kind = c.src().kind(elements[i]);
    plain = plain && (kind == NodeKind::kName || kind == NodeKind::kAttribute || kind == NodeKind::kSubscript);
    targets.push_back(elements[i]);
    wanted.push_back(static_cast<long long>(i));
  }
  if (targets.empty()) {
    out.push_back(c.NewExprStmt(match));
    return;
  }
  auto rest = c.As<RestPattern>(targets.back());
  if (rest && targets.size() == 1 && wanted[0] == 1) {
    NodeId all = c.NewCall(c.NewName("list"), {c.NewCall(c.NewAttribute(match, "groups"), {})});
    out.push_back(c.NewAssign(c.Pattern(rest.target()), all, pattern));
    return;
  }
  if (!plain) {
    NodeId whole = c.New(make::Subscript{.object = match, .index = c.NewInt(0)}, {});
    NodeId everything = c.New(make::List{.elements = {whole, c.New(make::Spread{.value = c.NewCall(c.NewAttribute(match, "groups"), {})}, {})}}, {});
    std::string name = c.names().Fresh("match");
    if (!c.dst().Is(match, NodeKind::kName)) {
      out.push_back(c.NewAssign(c.NewName(name), match));
      whole = c.New(make::Subscript{.object = c.NewName(name), .index = c.NewInt(0)}, {});
      everything = c.New(make::List{.elements = {whole, c.New(make::Spread{.value = c.NewCall(c.NewAttribute(c.NewName(name), "groups"), {})}, {})}}, {});
    }
    DestructureByPosition(c, pattern, everything, out);
    return;
  }
  if (targets.size() == 1) {
    NodeId group = c.New(make::Subscript{.object = match, .index = c.NewInt(wanted[0])}, {});
    out.push_back(c.NewAssign(c.Pattern(targets[0]), group, pattern));
    return;
  }
  bool every = wanted.front() == 1 && groups == targets.size() && wanted.back() == static_cast<long long>(groups);
  NodeList numbers;
  for (long long index : wanted) numbers.push_back(c.NewInt(index));
  NodeId values = every ? c.NewCall(c.NewAttribute(match, "groups"), {}) : c.NewCall(c.NewAttribute(match, "group"), std::move(numbers));
  NodeList names;
  for (NodeId target : targets) names.push_back(c.Pattern(target));
  out.push_back(c.NewAssign(c.New(make::ListPattern{.elements = std::move(names)}, pattern), values, pattern));
}

void RegisterRegex(Topics& t) {
  t.Claim(NodeKind::kRegex, Order::kAfterCards, &TranslateLiteral);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCall);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateMatchPattern);
  t.Claim(NodeKind::kLogical, Order::kBeforeCards, &TranslateMatchOr);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateMatchProperty);
  t.Claim(NodeKind::kWhile, Order::kBeforeCards, &TranslateExecLoop);
}

}  // namespace asyncport::translate::to_py
