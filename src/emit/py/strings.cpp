// Strings, bytes and f-strings. Python 3.11 reads no backslash and no quote of the f-string inside a replacement
// field: the other quotes are tried in turn, and what still cannot be said becomes "...".format(...).
// Example: Template("a", Subscript(d, "k")) prints f"a{d['k']}".
#include <algorithm>
#include <utility>

#include "doc/printer.h"
#include "emit/py/emitter.h"
#include "emit/py/text.h"

namespace asyncport::emit::py {

Doc Emitter::Literal(std::string_view text, Where where) {
  if (text.find('\n') == std::string_view::npos) return Text(text);
  Doc lines = b_.Lines(text);
  return where == Where::kInBrackets ? C({lines, b_.BreakParent()}) : lines;
}

// Inside a replacement field.
std::string Emitter::InlineString(std::string_view value) {
  for (char quote : {'\'', '"'}) {
    if (forbidden_quotes_.find(quote) != std::string::npos) continue;
    std::string text = Escaped(value, std::string_view(&quote, 1), false);
    if (text.find('\\') != std::string::npos) continue;
    return quote + text + quote;
  }
  unprintable_ = true;
  return {};
}

Doc Emitter::StringExpr(NodeId id, Where where) {
  ir::String string(tree_, id);
  if (inline_) return Text(InlineString(string.value()));
  bool multiline = string.is_multiline() && rigid_ == 0;
  if (string.is_raw()) {
    std::string raw = QuoteRaw(string.value(), multiline);
    if (!raw.empty()) return Literal(raw, where);
  }
  if (!multiline) return Text(QuoteString(string.value()));
  return Literal("\"\"\"" + Escaped(string.value(), "\"\"\"", false) + "\"\"\"", where);
}

Doc Emitter::BytesExpr(NodeId id, Where) {
  std::string text = QuoteBytes(ir::Bytes(tree_, id).value());
  if (!inline_) return Text(text);
  // The same with the other quotes, where they are free.
  std::string other = text;
  std::replace(other.begin(), other.end(), '"', '\'');
  for (const std::string& candidate : {text.find('\'') == std::string::npos ? other : text, text}) {
    if (candidate.find_first_of("\\" + forbidden_quotes_) == std::string::npos) return Text(candidate);
  }
  unprintable_ = true;
  return {};
}

bool Emitter::InlineText(NodeId id, std::string_view quote, std::string& out) const {
  doc::Builder builder;
  comments::CommentMap none;
  Emitter inner(tree_, none, builder);
  inner.inline_ = true;
  inner.rigid_ = 1;
  inner.alone_ = alone_;
  inner.self_name_ = self_name_;
  inner.forbidden_quotes_ = forbidden_quotes_;
  if (quote.size() == 1) inner.forbidden_quotes_ += quote;
  // A lambda's colon and `:=` would begin a format.
  Doc doc = inner.Expr(id, kConditional, Where::kBare);
  std::string text = doc::Print(builder, doc, {.width = 1'000'000, .indent_width = kIndent}).text;
  if (inner.unprintable_ || text.find_first_of("\\\n") != std::string::npos || text.find(quote) != std::string::npos) {
    return false;
  }
  out += text;
  return true;
}

bool Emitter::FormatSpec(NodeId spec, std::string_view quote, std::string& out) const {
  std::span<const NodeId> parts{&spec, 1};
  if (auto nested = As<ir::Template>(spec)) parts = nested.parts();
  for (NodeId part : parts) {
    if (auto text = As<ir::String>(part)) {
      // Doubled braces mean nothing here.
      if (text.value().find_first_of("{}") != std::string_view::npos) return false;
      out += Escaped(text.value(), quote, false);
    } else if (!FormatField(part, quote, out)) {
      return false;
    }
  }
  return true;
}

bool Emitter::FormatField(NodeId part, std::string_view quote, std::string& out) const {
  auto format = As<ir::FormatValue>(part);
  std::string value;
  if (!InlineText(format ? format.value() : part, quote, value)) return false;
  out += '{';
  if (value.front() == '{') out += ' ';
  out += value;
  if (value.back() == '}') out += ' ';
  if (format) {
    if (format.is_debug()) out += '=';
    if (!format.conversion().empty()) out += "!" + std::string(format.conversion());
    if (format.spec()) {
      out += ':';
      if (!FormatSpec(format.spec(), quote, out)) return false;
    }
  }
  out += '}';
  return true;
}

bool Emitter::FormatString(NodeId id, std::string_view quote, std::string& out) const {
  out = "f";
  out += quote;
  auto parts = ir::Template(tree_, id).parts();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto text = As<ir::String>(parts[i]);
    if (!text) {
      if (!FormatField(parts[i], quote, out)) return false;
      continue;
    }
    std::string escaped = Escaped(text.value(), quote, true);
    // Only the last part stands before the closing quotes, but a quote before a field is harmless as well.
    if (inline_ && escaped.find('\\') != std::string::npos) return false;
    out += escaped;
  }
  out += quote;
  return true;
}

void Emitter::FormatCallField(NodeId part, std::string& text, std::vector<NodeId>& values) const {
  auto format = As<ir::FormatValue>(part);
  if (format && format.is_debug()) InlineText(format.value(), "\"", text), text += '=';
  text += '{';
  values.push_back(format ? format.value() : part);
  if (format) {
    std::string_view conversion = format.conversion();
    if (format.is_debug() && conversion.empty() && !format.spec()) conversion = "r";
    if (!conversion.empty()) text += "!" + std::string(conversion);
    if (NodeId spec = format.spec()) {
      text += ':';
      std::span<const NodeId> parts{&spec, 1};
      if (auto nested = As<ir::Template>(spec)) parts = nested.parts();
      for (NodeId inner : parts) {
        if (auto literal = As<ir::String>(inner)) {
          text += literal.value();
        } else {
          FormatCallField(inner, text, values);
        }
      }
    }
  }
  text += '}';
}

Doc Emitter::FormatCall(NodeId id) {
  std::string text;
  std::vector<NodeId> values;
  for (NodeId part : ir::Template(tree_, id).parts()) {
    if (auto literal = As<ir::String>(part)) {
      for (char c : literal.value()) text.append(c == '{' || c == '}' ? 2 : 1, c);
    } else {
      FormatCallField(part, text, values);
    }
  }
  std::string quoted = inline_ ? InlineString(text) : QuoteString(text);
  return C({Text(quoted + ".format"), Arguments({}, values)});
}

Doc Emitter::TemplateExpr(NodeId id, Where where) {
  ir::Template format(tree_, id);
  std::string text;
  if (inline_) {
    for (std::string_view quote : {"'", "\""}) {
      if (forbidden_quotes_.find(quote) == std::string::npos && FormatString(id, quote, text)) return Text(text);
    }
    unprintable_ = true;
    return {};
  }
  std::string literals;
  bool has_fields = false;
  for (NodeId part : format.parts()) {
    if (auto literal = As<ir::String>(part)) {
      literals += literal.value();
    } else {
      has_fields = true;
    }
  }
  if (format.is_multiline() && rigid_ == 0) {
    for (std::string_view quote : {"\"\"\"", "'''"}) {
      if (FormatString(id, quote, text)) return Literal(text, where);
    }
  }
  // The quotes that save escapes first; fields may rule them out.
  std::string_view first = CheaperQuote(literals) == '"' ? "\"" : "'";
  std::string_view second = first == "\"" ? "'" : "\"";
  for (std::string_view quote : {first, second, std::string_view("\"\"\""), std::string_view("'''")}) {
    bool line_end = quote.size() == 3 && literals.find('\n') != std::string::npos;
    if (!line_end && FormatString(id, quote, text)) return Text(text);
  }
  if (has_fields) return FormatCall(id);
  return Text(QuoteString(literals));
}

// Alone only in trees that are wrong, and in messages.
Doc Emitter::FormatValueExpr(NodeId id, Where) {
  std::string text;
  if (!FormatField(id, "\"", text)) text = "{...}";
  return Text("f\"" + text + "\"");
}

}  // namespace asyncport::emit::py
