// Escapes of JSON strings.
#include "support/json_text.h"

#include <cstdint>

#include "support/strings.h"

namespace asyncport {

void AppendJsonString(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t end = pos;
    while (end < text.size() && is_plain(text[end])) ++end;
    out.append(text, pos, end - pos);
    pos = end;
    if (pos == text.size()) break;
    std::uint32_t c = NextCodePoint(text, pos);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (c < 0x20 || c == 0x7F) {
          out += "\\u00";
          out += kHex[c >> 4];
          out += kHex[c & 15];
        } else if (c >= 0xD800 && c <= 0xDFFF) {
          AppendUtf8(out, 0xFFFD);
        } else {
          AppendUtf8(out, c);
        }
    }
  }
  out += '"';
}

}  // namespace asyncport
