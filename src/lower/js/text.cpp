// Escapes and numbers, see text.h.
#include "lower/js/text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "support/strings.h"

namespace asyncport::lower::js {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsOctal(char c) { return c >= '0' && c <= '7'; }
bool IsHighSurrogate(std::uint32_t c) { return c >= 0xD800 && c < 0xDC00; }
bool IsLowSurrogate(std::uint32_t c) { return c >= 0xDC00 && c < 0xE000; }

// Collects code points; a high surrogate waits for its other half.
class Text {
 public:
  void Unit(std::uint32_t c) {
    if (high_ != 0 && IsLowSurrogate(c)) {
      AppendUtf8(out_, 0x10000 + ((high_ - 0xD800) << 10) + (c - 0xDC00));
      high_ = 0;
      return;
    }
    Flush();
    if (IsHighSurrogate(c)) {
      high_ = c;
    } else {
      AppendUtf8(out_, c);
    }
  }
  void Byte(char c) {
    Flush();
    out_ += c;
  }
  std::string Take() {
    Flush();
    return std::move(out_);
  }

 private:
  void Flush() {
    if (high_ != 0) AppendUtf8(out_, high_);
    high_ = 0;
  }
  std::string out_;
  std::uint32_t high_ = 0;
};

// Up to `digits` hexadecimal digits at `pos`, which moves past them.
std::uint32_t ReadHex(std::string_view raw, std::size_t& pos, std::size_t digits) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < digits && pos < raw.size() && HexDigit(raw[pos]) >= 0; ++i, ++pos) {
    value = value * 16 + static_cast<std::uint32_t>(HexDigit(raw[pos]));
  }
  return value;
}

// `pos` is after `\u`.
std::uint32_t ReadUnicode(std::string_view raw, std::size_t& pos) {
  if (pos >= raw.size() || raw[pos] != '{') return ReadHex(raw, pos, 4);
  ++pos;
  std::uint32_t value = std::min(ReadHex(raw, pos, 6), 0x10FFFFu);
  while (pos < raw.size() && raw[pos] != '}') ++pos;
  if (pos < raw.size()) ++pos;
  return value;
}

// `pos` is after the backslash.
void Escape(std::string_view raw, std::size_t& pos, Text& out) {
  char c = raw[pos++];
  switch (c) {
    case 'n':
      return out.Unit('\n');
    case 't':
      return out.Unit('\t');
    case 'r':
      return out.Unit('\r');
    case 'b':
      return out.Unit('\b');
    case 'f':
      return out.Unit('\f');
    case 'v':
      return out.Unit('\v');
    case 'x':
      return out.Unit(ReadHex(raw, pos, 2));
    case 'u':
      return out.Unit(ReadUnicode(raw, pos));
    case '\n':
      return;  // a continued line
    default:
      break;
  }
  if (IsOctal(c)) {
    std::uint32_t value = static_cast<std::uint32_t>(c - '0');
    std::size_t most = c <= '3' ? 2 : 1;
    for (std::size_t i = 0; i < most && pos < raw.size() && IsOctal(raw[pos]); ++i, ++pos) {
      value = value * 8 + static_cast<std::uint32_t>(raw[pos] - '0');
    }
    return out.Unit(value);
  }
  constexpr std::string_view kLineSeparators[] = {"\xE2\x80\xA8", "\xE2\x80\xA9"};
  for (std::string_view separator : kLineSeparators) {
    if (raw.substr(pos - 1, separator.size()) == separator) {
      pos += separator.size() - 1;
      return;
    }
  }
  out.Byte(c);
}

std::string WithoutUnderscores(std::string_view text) {
  std::string out(text);
  std::erase(out, '_');
  return out;
}

constexpr double kMaxSafe = 9007199254740992.0;  // 2^53

std::string ShortestDouble(double value) {
  char buffer[40];
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
    if (std::strtod(buffer, nullptr) == value) break;
  }
  return buffer;
}

// A whole number that JavaScript holds as a rounded double.
NumberText Rounded(double value) {
  std::string text = ShortestDouble(value);
  std::erase(text, '+');
  if (text.find_first_of("e.n") == std::string::npos) text += ".0";
  return {text, ir::NumberKind::kFloat};
}

double ValueInBase(std::string_view digits, double base) {
  double value = 0;
  for (char c : digits) {
    if (c != '_') value = value * base + HexDigit(c);
  }
  return value;
}

}  // namespace

std::string DecodeString(std::string_view raw) {
  if (raw.find('\\') == std::string_view::npos) return std::string(raw);
  Text out;
  for (std::size_t pos = 0; pos < raw.size();) {
    if (raw[pos] != '\\' || pos + 1 == raw.size()) {
      out.Byte(raw[pos++]);
    } else {
      Escape(raw, ++pos, out);
    }
  }
  return out.Take();
}

std::string DecodeName(std::string_view raw) { return DecodeString(raw); }

NumberText NormaliseNumber(std::string_view raw) {
  std::string text(raw);
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (text.empty()) return {"0", ir::NumberKind::kInt};
  if (text.back() == 'n') {
    text.pop_back();
    return {text, ir::NumberKind::kBigInt};
  }
  if (text.size() > 1 && text[0] == '0' && text.find_first_of("xob") == 1) {
    double base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
    double value = ValueInBase(std::string_view(text).substr(2), base);
    return value < kMaxSafe ? NumberText{text, ir::NumberKind::kInt} : Rounded(value);
  }
  bool only_digits = text.find_first_not_of("0123456789_") == std::string::npos;
  if (only_digits) {
    if (text.size() > 1 && text[0] == '0') {  // old octal, or a decimal with zeros in front
      bool octal = text.find_first_of("89") == std::string::npos;
      std::size_t first = text.find_first_not_of('0');
      if (first == std::string::npos) return {"0", ir::NumberKind::kInt};
      return {(octal ? "0o" : "") + text.substr(first), ir::NumberKind::kInt};
    }
    double value = std::strtod(WithoutUnderscores(text).c_str(), nullptr);
    return value < kMaxSafe ? NumberText{text, ir::NumberKind::kInt} : Rounded(value);
  }
  if (text.find('e') != std::string::npos) {
    double value = std::strtod(WithoutUnderscores(text).c_str(), nullptr);
    if (std::floor(value) == value && value < kMaxSafe) {
      char buffer[40];
      std::snprintf(buffer, sizeof buffer, "%.0f", value);
      return {buffer, ir::NumberKind::kInt};
    }
    std::erase(text, '+');
  }
  if (text[0] == '.') text.insert(0, "0");
  if (std::size_t dot = text.find('.'); dot != std::string::npos) {
    bool bare = dot + 1 == text.size() || text[dot + 1] == 'e';
    if (bare) text.insert(dot + 1, "0");
  }
  return {text, ir::NumberKind::kFloat};
}

}  // namespace asyncport::lower::js
