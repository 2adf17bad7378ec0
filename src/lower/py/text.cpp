// Decoding of Python literals.
#include "lower/py/text.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "support/strings.h"

namespace asyncport::lower::py {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void AppendUnit(std::uint32_t value, bool is_bytes, std::string& out) {
  if (is_bytes) {
    out += static_cast<char>(value & 0xFF);
  } else {
    AppendUtf8(out, value);
  }
}

// Reads exactly `digits` hexadecimal digits at `pos`; false if there are fewer.
bool ReadHex(std::string_view text, std::size_t pos, std::size_t digits, std::uint32_t& value) {
  if (pos + digits > text.size()) return false;
  value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    int digit = HexValue(text[pos + i]);
    if (digit < 0) return false;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return value <= 0x10FFFF;
}

constexpr std::string_view kSimpleEscapes = "\\'\"abfnrtv";
constexpr std::string_view kSimpleValues = "\\'\"\a\b\f\n\r\t\v";

std::string ExpandTabs(std::string_view line) {
  std::string out;
  for (char c : line) {
    if (c == '\t') {
      out.append(8 - out.size() % 8, ' ');
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

StringStart ReadStringStart(std::string_view start) {
  StringStart result;
  bool unicode = false;
  for (char c : start) {
    switch (c) {
      case 'r': case 'R': result.is_raw = true; break;
      case 'b': case 'B': result.is_bytes = true; break;
      case 'f': case 'F': result.is_format = true; break;
      case 'u': case 'U': unicode = true; break;
      default: break;
    }
  }
  result.is_python2 = unicode && (result.is_raw || result.is_bytes);
  return result;
}

bool AppendDecoded(std::string_view raw, bool is_bytes, std::string& out) {
  bool complete = true;
  for (std::size_t i = 0; i < raw.size();) {
    char c = raw[i++];
    if (c != '\\' || i == raw.size()) {
      out += c;
      continue;
    }
    char kind = raw[i++];
    std::uint32_t value = 0;
    if (std::size_t simple = kSimpleEscapes.find(kind); simple != std::string_view::npos) {
      out += kSimpleValues[simple];
    } else if (kind == '\n') {
      continue;
    } else if (kind >= '0' && kind <= '7') {
      std::size_t end = i - 1;
      while (end < raw.size() && end < i + 2 && raw[end] >= '0' && raw[end] <= '7') {
        value = value * 8 + static_cast<std::uint32_t>(raw[end++] - '0');
      }
      i = end;
      AppendUnit(value, is_bytes, out);
    } else if (kind == 'x' && ReadHex(raw, i, 2, value)) {
      i += 2;
      AppendUnit(value, is_bytes, out);
    } else if (!is_bytes && kind == 'u' && ReadHex(raw, i, 4, value)) {
      i += 4;
      AppendUtf8(out, value);
    } else if (!is_bytes && kind == 'U' && ReadHex(raw, i, 8, value)) {
      i += 8;
      AppendUtf8(out, value);
    } else {
      if (!is_bytes && kind == 'N') complete = false;
      out += '\\';
      out += kind;
    }
  }
  return complete;
}

std::string CleanDocstring(std::string_view text) {
  // Not SplitLines: its idea of a last line differs.
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(ExpandTabs(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  std::size_t margin = std::string::npos;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::size_t indent = lines[i].find_first_not_of(' ');
    if (indent != std::string::npos) margin = std::min(margin, indent);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t indent = std::min(lines[i].find_first_not_of(' '), lines[i].size());
    lines[i].erase(0, i == 0 || margin == std::string::npos ? indent : std::min(margin, indent));
    lines[i].resize(TrimRight(lines[i]).size());
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  auto first = std::find_if(lines.begin(), lines.end(), [](const std::string& line) { return !line.empty(); });
  return Join({first, lines.end()}, "\n");
}

NumberText NormaliseNumber(std::string_view raw) {
  NumberText result;
  std::string text(raw);
  bool prefixed = text.size() > 1 && text[0] == '0' && std::string_view("xXoObB").find(text[1]) != std::string_view::npos;
  if (!text.empty() && (text.back() == 'l' || text.back() == 'L')) {
    result.is_python2 = true;
    text.pop_back();
  }
  if (prefixed) {
    text[1] = static_cast<char>(text[1] | 0x20);
    if (text.size() > 2 && text[2] == '_') text.erase(2, 1);  // JavaScript has no `0x_f`
    result.text = std::move(text);
    return result;
  }
  if (!text.empty() && (text.back() == 'j' || text.back() == 'J')) {
    result.kind = ir::NumberKind::kImaginary;
    text.pop_back();
  } else if (text.find_first_of(".eE") != std::string::npos) {
    result.kind = ir::NumberKind::kFloat;
  }
  std::replace(text.begin(), text.end(), 'E', 'e');
  std::size_t end_of_mantissa = std::min(text.find('e'), text.size());
  if (std::size_t dot = text.find('.'); dot != std::string::npos) {
    if (dot + 1 == end_of_mantissa) text.insert(dot + 1, "0");
    if (dot == 0) text.insert(0, "0");
  }
  // JavaScript refuses zeros in front.
  std::size_t digits = text.find_first_not_of("0_");
  if (digits == std::string::npos) digits = text.size();
  bool digit_follows = digits < text.size() && text[digits] >= '1' && text[digits] <= '9';
  if (digits > 0 && digit_follows && result.kind == ir::NumberKind::kInt) result.is_python2 = true;
  if (digits > (digit_follows ? 0u : 1u)) text.erase(0, digit_follows ? digits : digits - 1);
  if (!text.empty() && text[0] == '_') text[0] = '0';
  if (result.kind == ir::NumberKind::kImaginary) text += 'j';
  result.text = std::move(text);
  return result;
}

}  // namespace asyncport::lower::py
