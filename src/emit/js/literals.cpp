// Numbers, strings, templates, regular expressions; how text is quoted and escaped.
// Example: String "it's" -> "it's"; String `say "hi"` -> 'say "hi"'.
#include <algorithm>

#include "emit/js/emitter.h"
#include "support/strings.h"

namespace asyncport::emit::js {
namespace {

std::string HexEscape(std::uint32_t c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = c < 0xA0 ? "\\x" : c < 0x10000 ? "\\u" : "\\u{";
  int digits = c < 0xA0 ? 2 : c < 0x10000 ? 4 : 6;
  for (int i = digits - 1; i >= 0; --i) out += kDigits[c >> (4 * i) & 0xF];
  if (c >= 0x10000) out += '}';
  return out;
}

// What readers of the code would not see, or what may not stand in a literal.
bool IsInvisible(std::uint32_t c) {
  return (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F && c != 0x200D) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF ||
         (c >= 0xD800 && c < 0xE000);
}

// Everything but quotes, backticks and `${`. Line feeds are escaped unless `keep_line_ends`.
void AppendEscaped(std::string& out, std::string_view text, std::size_t& pos, bool keep_line_ends) {
  char c = text[pos];
  auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) {
    std::size_t start = pos;
    std::uint32_t code_point = NextCodePoint(text, pos);
    if (IsInvisible(code_point)) {
      out += HexEscape(code_point);
    } else {
      out += text.substr(start, pos - start);
    }
    return;
  }
  ++pos;
  switch (c) {
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += keep_line_ends ? "\n" : "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\v':
      out += "\\v";
      return;
    case '\0': {
      bool digit = pos < text.size() && text[pos] >= '0' && text[pos] <= '9';
      out += digit ? "\\x00" : "\\0";
      return;
    }
    default:
      break;
  }
  if (byte < 0x20 || byte == 0x7F) {
    out += HexEscape(byte);
  } else {
    out += c;
  }
}

// Letters of common scripts. Others are letters too: names in them are quoted as keys, which is
// never wrong.
bool IsLetter(std::uint32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  struct Range {
    std::uint32_t first, last;
  };
  constexpr Range kRanges[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x24F},
                               {0x388, 0x38A},   {0x38E, 0x3A1},   {0x3A3, 0x3FF},
                               {0x400, 0x481},   {0x48A, 0x52F},   {0x3041, 0x3096},
                               {0x30A1, 0x30FA}, {0x4E00, 0x9FD5}, {0xAC00, 0xD7A3}};
  for (const Range& range : kRanges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

}  // namespace

std::string QuoteString(std::string_view value) {
  auto doubles = std::ranges::count(value, '"');
  auto singles = std::ranges::count(value, '\'');
  char quote = doubles > singles ? '\'' : '"';
  std::string out(1, quote);
  for (std::size_t pos = 0; pos < value.size();) {
    if (value[pos] == quote) {
      out += '\\';
      out += quote;
      ++pos;
    } else {
      AppendEscaped(out, value, pos, false);
    }
  }
  return out + quote;
}

std::string TemplateText(std::string_view value, bool keep_line_ends) {
  std::string out;
  for (std::size_t pos = 0; pos < value.size();) {
    if (value[pos] == '`' ||
        (value[pos] == '$' && pos + 1 < value.size() && value[pos + 1] == '{')) {
      out += '\\';
      out += value[pos++];
    } else {
      AppendEscaped(out, value, pos, keep_line_ends);
    }
  }
  return out;
}

bool IsIdentifierName(std::string_view text) {
  if (text.empty()) return false;
  for (std::size_t pos = 0; pos < text.size();) {
    bool first = pos == 0;
    std::uint32_t c = NextCodePoint(text, pos);
    bool digit = c >= '0' && c <= '9';
    if (!IsLetter(c) && (first || !digit)) return false;
  }
  return true;
}

Doc Emitter::EmitNumber(NodeId id) {
  auto view = ir::Number(tree_, id);
  return Text(std::string(view.text()) + (view.kind() == ir::NumberKind::kBigInt ? "n" : ""));
}

Doc Emitter::EmitBool(NodeId id) { return Text(ir::Bool(tree_, id).value() ? "true" : "false"); }
Doc Emitter::EmitNull(NodeId) { return Text("null"); }
Doc Emitter::EmitUndefined(NodeId) { return Text("undefined"); }

Doc Emitter::EmitRegex(NodeId id) {
  std::string text(tree_.text(id));
  std::size_t flags = text.rfind('/');
  std::sort(text.begin() + static_cast<std::ptrdiff_t>(flags) + 1, text.end());
  return Text(text);
}

// Text that keeps its line ends: the groups around it break, as they do in Prettier.
Doc Emitter::MultilineText(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return Text(text);
  return C({b_.Lines(text), b_.BreakParent()});
}

Doc Emitter::EmitString(NodeId id) {
  auto view = ir::String(tree_, id);
  std::string_view value = view.value();
  if (view.is_raw() && value.find('\\') != std::string_view::npos && value.back() != '\\' &&
      value.find('`') == std::string_view::npos && value.find("${") == std::string_view::npos) {
    return C({Text("String.raw`"), MultilineText(value), Text("`")});
  }
  if (!BreaksOverLines(id)) return Text(QuoteString(value));
  return C({Text("`"), MultilineText(TemplateText(value, true)), Text("`")});
}

Doc Emitter::EmitTemplate(NodeId id) {
  auto view = ir::Template(tree_, id);
  bool tagged = Is(Ancestor(1), NodeKind::kTaggedTemplate);
  Docs parts{Text("`")};
  for (NodeId part : view.parts()) {
    auto text = As<ir::String>(part);
    if (text && tagged && text.is_raw()) {
      parts.push_back(MultilineText(text.value()));
    } else if (text && !tagged) {
      parts.push_back(MultilineText(TemplateText(text.value(), view.is_multiline())));
    } else {
      Doc value = Print(part);
      if (auto flat = Flat(value)) value = Text(*flat);  // templates are never broken
      parts.push_back(b_.Group(C({Text("${"), value, b_.LineSuffixBoundary(), Text("}")})));
    }
  }
  parts.push_back(Text("`"));
  return b_.Concat(parts);
}

Doc Emitter::EmitTaggedTemplate(NodeId id) {
  auto view = ir::TaggedTemplate(tree_, id);
  return C({Print(view.tag()), Print(view.quasi())});
}

}  // namespace asyncport::emit::js
