// Strings, bytes, f-strings and docstrings. Implicit concatenation is joined.
// Example: `f"a{b!r}" "c"` -> Template(String "a", FormatValue r Name b, String "c").
#include <algorithm>

#include "lower/py/lowering.h"
#include "lower/py/text.h"

namespace asyncport::lower::py {

// What several string literals side by side come to.
struct Lowering::StringPieces {
  NodeList parts;          // finished ones, of a format string
  std::string text;        // not yet in `parts`
  Span text_span;
  std::string_view refusal;  // why it cannot be lowered
  bool any_format = false;
  bool any_bytes = false;
  bool any_text = false;
  bool all_raw = true;
  bool is_multiline = false;
};

namespace {

// `x=` shows the expression as it is written; that is only sure to stay so for the simplest.
bool IsPlainDebugText(std::string_view text) {
  return text.size() > 1 && text.back() == '=' && std::ranges::all_of(text.substr(0, text.size() - 1), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

std::string WithoutDoubledBraces(std::string_view raw) {
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if ((raw[i] == '{' || raw[i] == '}') && i + 1 < raw.size() && raw[i + 1] == raw[i]) ++i;
  }
  return text;
}

constexpr std::string_view kNamedEscape = "a character by its Unicode name";

}  // namespace

void Lowering::AppendString(const CstNode& node, StringPieces& pieces) {
  std::vector<CstNode> parts = PartsOf(node);
  if (parts.size() < 2 || !parts.front().Is("string_start") || !parts.back().Is("string_end")) {
    pieces.refusal = "text that does not parse";
    return;
  }
  std::string_view start_text = TextOf(parts.front());
  StringStart start = ReadStringStart(start_text);
  if (start.is_python2) ReportPython2(node.span(), "the string prefix `ur`");
  pieces.any_format |= start.is_format;
  (start.is_bytes ? pieces.any_bytes : pieces.any_text) = true;
  pieces.all_raw &= start.is_raw;
  bool is_triple = start_text.ends_with("\"\"\"") || start_text.ends_with("'''");
  pieces.is_multiline |= is_triple && TextOf(node).find('\n') != std::string_view::npos;

  auto append = [&](Span span) {
    if (span.begin >= span.end) return;
    if (pieces.text.empty()) pieces.text_span = span;
    pieces.text_span.end = span.end;
    std::string raw = start.is_format ? WithoutDoubledBraces(source_.Text(span)) : std::string(source_.Text(span));
    if (start.is_raw) {
      pieces.text += raw;
    } else if (!AppendDecoded(raw, start.is_bytes, pieces.text)) {
      pieces.refusal = kNamedEscape;
    }
  };
  std::uint32_t at = parts.front().span().end;
  for (const CstNode& part : parts) {
    if (!part.Is("interpolation")) continue;
    append({at, part.span().begin});
    if (NodeId value = FormatPart(part, pieces, start.is_raw)) {
      if (!pieces.text.empty()) {
        pieces.parts.push_back(Make(tree_, make::String{.value = pieces.text}, pieces.text_span));
        pieces.text.clear();
      }
      pieces.parts.push_back(value);
    }
    at = part.span().end;
  }
  // Not where string_end begins: in raw strings it may begin with backslashes of the text.
  append({at, node.span().end - (is_triple ? 3 : 1)});
}

// kNoNode if the value is text, which has then been appended.
NodeId Lowering::FormatPart(const CstNode& node, StringPieces& pieces, bool is_raw) {
  CstNode expression = node.Field("expression");
  CstNode conversion_node = node.Field("type_conversion");
  CstNode spec_node = node.Field("format_specifier");
  bool is_debug = node.HasToken("=");
  std::string_view conversion = conversion_node ? TextOf(conversion_node).substr(1) : std::string_view();
  NodeId spec = spec_node ? FormatSpec(spec_node, pieces, is_raw) : ir::kNoNode;
  if (is_debug) {
    std::uint32_t end = conversion_node ? conversion_node.span().begin
                        : spec_node     ? spec_node.span().begin
                                        : node.span().end - 1;
    Span span{node.span().begin + 1, end};
    std::string_view text = source_.Text(span);
    if (!IsPlainDebugText(text)) {
      is_debug = false;
      if (pieces.text.empty()) pieces.text_span = span;
      pieces.text += text;
      if (conversion.empty() && !spec) conversion = "r";
    }
  }
  NodeId value = Expression(expression);
  if (conversion.empty() && !spec && !is_debug) {
    if (auto text = ir::As<ir::String>(tree_, value)) {
      if (pieces.text.empty()) pieces.text_span = node.span();
      pieces.text += text.value();
      return ir::kNoNode;
    }
    return value;
  }
  return Make(tree_,
              make::FormatValue{.value = value, .spec = spec, .conversion = conversion, .is_debug = is_debug},
              node.span());
}

NodeId Lowering::FormatSpec(const CstNode& node, StringPieces& pieces, bool is_raw) {
  StringPieces inner;
  auto append = [&](Span span) {
    if (span.begin >= span.end) return;
    if (inner.text.empty()) inner.text_span = span;
    if (is_raw) {
      inner.text += source_.Text(span);
    } else if (!AppendDecoded(source_.Text(span), false, inner.text)) {
      pieces.refusal = kNamedEscape;
    }
  };
  std::uint32_t at = node.span().begin + 1;  // after the colon
  for (const CstNode& part : NamedParts(node)) {
    if (!part.Is("format_expression")) continue;
    append({at, part.span().begin});
    inner.any_format = true;
    if (NodeId value = FormatPart(part, inner, is_raw)) {
      if (!inner.text.empty()) {
        inner.parts.push_back(Make(tree_, make::String{.value = inner.text}, inner.text_span));
        inner.text.clear();
      }
      inner.parts.push_back(value);
    }
    at = part.span().end;
  }
  append({at, node.span().end});
  if (!inner.refusal.empty()) pieces.refusal = inner.refusal;
  inner.all_raw = false;
  return FinishString(inner, node.span());
}

NodeId Lowering::FinishString(StringPieces& pieces, Span span) {
  if (pieces.any_bytes && pieces.any_text) pieces.refusal = "text and bytes side by side";
  if (!pieces.refusal.empty()) return Opaque(span, pieces.refusal);
  bool holds_line_end = pieces.text.find('\n') != std::string::npos;
  for (NodeId part : pieces.parts) {
    auto text = ir::As<ir::String>(tree_, part);
    holds_line_end |= text && text.value().find('\n') != std::string_view::npos;
  }
  bool is_multiline = pieces.is_multiline && holds_line_end;
  if (pieces.any_bytes) return Make(tree_, make::Bytes{.value = pieces.text}, span);
  if (!pieces.any_format) {
    return Make(tree_,
                make::String{.value = pieces.text, .is_raw = pieces.all_raw, .is_multiline = is_multiline},
                span);
  }
  if (!pieces.text.empty()) {
    pieces.parts.push_back(Make(tree_, make::String{.value = pieces.text}, pieces.text_span));
  }
  return Make(tree_, make::Template{.parts = std::move(pieces.parts), .is_multiline = is_multiline}, span);
}

NodeId Lowering::StringLiteral(const CstNode& node) {
  StringPieces pieces;
  AppendString(node, pieces);
  return FinishString(pieces, node.span());
}

NodeId Lowering::ConcatenatedString(const CstNode& node) {
  StringPieces pieces;
  for (const CstNode& part : NamedParts(node)) AppendString(part, pieces);
  return FinishString(pieces, node.span());
}

NodeId Lowering::DocstringOf(const CstNode& statement) {
  if (!statement.Is("expression_statement") || statement.HasToken(",")) return ir::kNoNode;
  CstNode value = FirstNamed(statement);
  if (!value || !(value.Is("string") || value.Is("concatenated_string"))) return ir::kNoNode;
  // An f-string or bytes is no docstring; looking at the prefixes first keeps the tree free of strays.
  for (const CstNode& part : value.Is("string") ? std::vector<CstNode>{value} : NamedParts(value)) {
    CstNode start = FirstNamed(part);
    StringStart prefix = ReadStringStart(start ? TextOf(start) : std::string_view());
    if (prefix.is_format || prefix.is_bytes) return ir::kNoNode;
  }
  NodeId literal = Expression(value);
  auto text = ir::As<ir::String>(tree_, literal);
  if (!text) return ir::kNoNode;
  std::string clean = CleanDocstring(text.value());
  return Make(tree_,
              make::String{.value = clean,
                           .is_raw = text.is_raw(),
                           .is_multiline = clean.find('\n') != std::string::npos},
              value.span());
}

}  // namespace asyncport::lower::py
