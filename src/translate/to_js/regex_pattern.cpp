// Patterns of Python's `re` in JavaScript's syntax, their flags, and the texts that replace matches.
// What JavaScript lacks (possessive quantifiers, flags inside a pattern) is not converted.
// Example: `(?P<year>\d+)\Z` -> `(?<year>\d+)$`.
#include <string>
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/regex.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

std::string WithoutComments(std::string_view text) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char ch = text[i];
    if (ch == '\\' && i + 1 < text.size()) {
      out += ch;
      out += text[++i];
      continue;
    }
    if (ch == '[') in_class = true;
    if (ch == ']') in_class = false;
    if (!in_class && ch == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
    } else if (in_class || (ch != ' ' && ch != '\n' && ch != '\t')) {
      out += ch;
    }
  }
  return out;
}

std::string ControlEscape(char ch) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  return {'\\', 'x', kDigits[static_cast<unsigned char>(ch) >> 4], kDigits[ch & 15]};
}

// Would JavaScript read it: groups are closed, and no range of a class ends in a class of characters?
bool IsSoundPattern(std::string_view body) {
  int depth = 0;
  bool in_class = false;
  std::size_t opened = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const bool escaped = body[i] == '\\';
    const char ch = escaped && i + 1 < body.size() ? body[++i] : body[i];
    if (escaped) continue;
    if (in_class) {
      const bool range = ch == '-' && i > opened + 1 && i + 2 < body.size() && body[i + 1] != ']';
      if (range && body[i + 1] != '\\' && body[i - 2] != '\\' &&
          static_cast<unsigned char>(body[i + 1]) < static_cast<unsigned char>(body[i - 1]))
        return false;
      in_class = ch != ']';
    } else if (ch == '[') {
      in_class = true;
      opened = i;
    } else if (ch == '(') {
      ++depth;
    } else if (ch == ')' && --depth < 0) {
      return false;
    }
  }
  return depth == 0 && !in_class;
}

// Python's syntax in JavaScript's. What JavaScript lacks is refused.
Pattern Convert(std::string_view pattern, std::string flags) {
  Pattern p;
  // re.VERBOSE: blanks and comments are for the reader.
  std::string text(pattern);
  if (std::size_t verbose = flags.find('x'); verbose != std::string::npos) {
    flags.erase(verbose, 1);
    text = WithoutComments(pattern);
  }
  p.flags = std::move(flags);
  std::string& out = p.body;
  bool in_class = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char ch = text[i];
    std::string_view rest = std::string_view(text).substr(i);
    if (ch == '\\' && i + 1 < text.size()) {
      char next = text[i + 1];
      if (next == 'Z' && !in_class)
        out += p.flags.find('m') == std::string::npos ? "$" : "(?![^])";
      else if (next == 'A' && !in_class)
        out += p.flags.find('m') == std::string::npos ? "^" : "(?<![^])";
      else if (next == 'a' || next == 'U' || next == 'N')
        return p;
      else
        (out += '\\') += next;
      ++i;
    } else if (!in_class && rest.starts_with("(?P<")) {
      out += "(?<";
      ++p.groups;
      i += 3;
    } else if (!in_class && rest.starts_with("(?P=")) {
      std::size_t end = text.find(')', i);
      if (end == std::string_view::npos) return p;
      out += "\\k<" + text.substr(i + 4, end - i - 4) + ">";
      i = end;
    } else if (!in_class && rest.starts_with("(?") && rest.size() > 2 &&
               std::string_view(":=!<").find(rest[2]) == std::string_view::npos) {
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
      if (!in_class && (ch == '+') && i > 0 && (text[i - 1] == '+' || text[i - 1] == '*'))
        return p;  // possessive
      if (ch == '[' && !in_class)
        in_class = true;
      else if (ch == ']' && in_class && text[i - 1] != '[')
        in_class = false;
      if (!in_class && rest.starts_with("{,")) {
        out += "{0";
        continue;
      }
      if (ch == '/' && !in_class)
        out += "\\/";
      else if (ch == '\n')
        out += "\\n";
      else if (static_cast<unsigned char>(ch) < ' ' || ch == '\x7f')
        out += ControlEscape(ch);
      else
        out += ch;
    }
  }
  p.ok = !in_class && IsSoundPattern(out);
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
  static constexpr Row kRows[] = {
      {"re.I", "i"}, {"re.IGNORECASE", "i"}, {"re.M", "m"},    {"re.MULTILINE", "m"},
      {"re.S", "s"}, {"re.DOTALL", "s"},     {"re.ASCII", ""}, {"re.A", ""},
      {"re.X", "x"}, {"re.VERBOSE", "x"},    {"re.U", ""},     {"re.UNICODE", ""}};
  std::string name = c.facts().ResolvedName(flags);
  for (const Row& row : kRows) {
    if (row.python == name) return std::string(row.js);
  }
  return std::nullopt;
}

}  // namespace

// The literal pattern of an expression: a text, or a name bound once to re.compile of a text.
Pattern PatternOf(Context& c, NodeId id, NodeId flags) {
  if (auto text = c.As<String>(id)) {
    auto js_flags = FlagsOf(c, flags);
    return js_flags ? Convert(text.value(), *js_flags) : Pattern{};
  }
  if (c.IsCallTo(id, "re.compile")) {
    auto call = c.As<Call>(id);
    if (call.args().empty()) return {};
    NodeId own = call.args().size() > 1 && !c.src().Is(call.args()[1], NodeKind::kKeyword)
                     ? call.args()[1]
                     : KeywordArg(c, id, "flags");
    return PatternOf(c, call.args()[0], own);
  }
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (!binding || c.facts().binding(binding).writes.size() != 1) return {};
    auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
    bool constant = assign && assign.value() && assign.targets().size() == 1 &&
                    !c.facts().binding(binding).reassigned;
    if (constant && (c.IsCallTo(assign.value(), "re.compile") ||
                     c.src().Is(assign.value(), NodeKind::kString))) {
      return PatternOf(c, assign.value(), flags);
    }
  }
  return {};
}

namespace {
// Is there a `|` outside of groups and classes?
bool HasAlternatives(std::string_view body) {
  int depth = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\\')
      ++i;
    else if (in_class)
      in_class = body[i] != ']';
    else if (body[i] == '[')
      in_class = true;
    else if (body[i] == '(')
      ++depth;
    else if (body[i] == ')')
      --depth;
    else if (body[i] == '|' && depth == 0)
      return true;
  }
  return false;
}
}  // namespace

NodeId Literal(Context& c, const Pattern& p, std::string_view anchor, bool global, NodeId origin) {
  std::string body = p.body;
  bool anchored = anchor == "match" || anchor == "fullmatch";
  if (anchored && HasAlternatives(body)) body = "(?:" + body + ")";
  // With the flag m, `^` and `$` are of lines.
  bool lines = p.flags.find('m') != std::string::npos;
  if (anchored && lines) body.insert(0, "(?<![^])");
  if (anchored && !body.starts_with("^") && !lines) body.insert(0, "^");
  if (anchor == "fullmatch" && lines)
    body += "(?![^])";
  else if (anchor == "fullmatch" && (!body.ends_with("$") || body.ends_with("\\$")))
    body += "$";
  std::string flags;
  for (char flag : std::string_view("dgims")) {
    if ((flag == 'd' && !anchor.empty() && NeedsIndices(c)) || (flag == 'g' && global) ||
        (flag != 'g' && p.flags.find(flag) != std::string::npos))
      flags += flag;
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
        if (name == "0")
          out += "$&";
        else if (name.find_first_not_of("0123456789") == std::string_view::npos)
          out += "$" + std::string(name);
        else
          out += "$<" + std::string(name) + ">";
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

NodeId RegexValue(Context& c, NodeId source, NodeId flags) {
  if (c.facts().KindOf(source) == facts::TypeKind::kRegex) return c.Expr(source);
  auto js_flags = FlagsOf(c, flags);
  if (!js_flags || js_flags->find('x') != std::string::npos) return kNoNode;
  if (NeedsIndices(c)) *js_flags += 'd';
  // JavaScript looks for patterns in texts, not in bytes.
  if (c.facts().May(source, {facts::TypeKind::kBytes}) && c.facts().KindOf(source) != facts::TypeKind::kUnknown) return kNoNode;
  // Names of groups are written in another way.
  NodeId text = Js(c, "$X.replaceAll(\"(?P<\", \"(?<\")", {{"X", c.Expr(source)}});
  NodeList args{text};
  if (!js_flags->empty()) args.push_back(c.NewString(*js_flags));
  return c.New(make::New{.callee = c.NewName("RegExp"), .args = std::move(args)}, source);
}

namespace {
struct Indices {
  bool needed = false;
  explicit Indices(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto call = c.As<Call>(NodeId{i});
      std::string_view name = call ? c.MethodName(NodeId{i}) : std::string_view();
      if ((name != "start" && name != "end" && name != "span") || call.args().size() != 1) continue;
      needed = needed || LiteralInt(c, call.args()[0]) != std::optional<long long>(0);
    }
  }
};
}  // namespace
bool NeedsIndices(Context& c) { return c.State<Indices>().needed; }

}  // namespace asyncport::translate::to_js
