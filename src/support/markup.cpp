// See markup.h.
#include "support/markup.h"

#include <cstdint>

#include "support/strings.h"

namespace asyncport {
namespace {

std::string Escape(std::string_view text, bool in_attribute) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const char first = text[at];
    const std::size_t begin = at;
    const std::uint32_t c = NextCodePoint(text, at);
    const bool forbidden = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
                           (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF;
    if (forbidden) {
      AppendUtf8(out, 0xFFFD);
    } else if (first == '&') {
      out += "&amp;";
    } else if (first == '<') {
      out += "&lt;";
    } else if (first == '>') {
      out += "&gt;";
    } else if (first == '"') {
      out += "&quot;";
    } else if (first == '\'') {
      out += "&#39;";
    } else if (first == '\n' && in_attribute) {
      out += "&#10;";
    } else if (c == 0xFFFD) {
      AppendUtf8(out, c);  // written so, or ill-formed
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

}  // namespace

std::string EscapeMarkup(std::string_view text) { return Escape(text, false); }
std::string EscapeAttribute(std::string_view text) { return Escape(text, true); }

}  // namespace asyncport
