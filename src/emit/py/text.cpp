// Quoting and escaping of Python literals.
#include "emit/py/text.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>

#include "support/strings.h"

namespace asyncport::emit::py {
namespace {

// What would be invisible or confusing as it stands: controls, formats, odd blanks, private use, surrogates.
bool IsPrintable(std::uint32_t c) {
  struct Range {
    std::uint32_t first, last;
  };
  static constexpr Range kHidden[] = {
      {0x00, 0x1F},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x600, 0x605},   {0x61C, 0x61C},     {0x6DD, 0x6DD},
      {0x70F, 0x70F},   {0x1680, 0x1680}, {0x180E, 0x180E}, {0x2000, 0x200F}, {0x2028, 0x202F},   {0x205F, 0x206F},
      {0x3000, 0x3000}, {0xD800, 0xF8FF}, {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF},
      {0xE0000, 0x10FFFF}};
  const Range* end = std::end(kHidden);
  const Range* range = std::lower_bound(std::begin(kHidden), end, c,
                                        [](const Range& r, std::uint32_t value) { return r.last < value; });
  return range == end || c < range->first;
}

void AppendHex(std::string& out, char kind, std::uint32_t value, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '\\';
  out += kind;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kDigits[value >> shift & 0xF];
}

// False if the character needs no short escape.
bool AppendShort(std::string& out, std::uint32_t c) {
  switch (c) {
    case '\n': out += "\\n"; return true;
    case '\r': out += "\\r"; return true;
    case '\t': out += "\\t"; return true;
    case '\b': out += "\\b"; return true;
    case '\f': out += "\\f"; return true;
    case '\v': out += "\\v"; return true;
    case '\\': out += "\\\\"; return true;
    default: return false;
  }
}

// In a raw string a quote may stand behind a backslash, which then belongs to the text as well.
bool HasBareQuote(std::string_view value, std::string_view quote) {
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\') {
      ++i;
    } else if (value[i] == quote[0] && (i + 1 == value.size() || value.substr(i).starts_with(quote))) {
      return true;
    }
  }
  return false;
}

}  // namespace

char CheaperQuote(std::string_view value) {
  auto doubles = std::count(value.begin(), value.end(), '"');
  auto singles = std::count(value.begin(), value.end(), '\'');
  return doubles > singles ? '\'' : '"';
}

std::string Escaped(std::string_view value, std::string_view quote, bool is_format) {
  std::string out;
  bool triple = quote.size() == 3;
  for (std::size_t pos = 0; pos < value.size();) {
    std::size_t begin = pos;
    std::uint32_t c = NextCodePoint(value, pos);
    if (c == static_cast<unsigned char>(quote[0])) {
      // Between three quotes only what would end the string too early needs an escape.
      bool ends = !triple || pos == value.size() || value.substr(begin).starts_with(quote);
      if (ends) out += '\\';
      out += quote[0];
    } else if (triple && c == '\n') {
      out += '\n';
    } else if (AppendShort(out, c)) {
      continue;
    } else if (is_format && (c == '{' || c == '}')) {
      out.append(2, static_cast<char>(c));
    } else if (IsPrintable(c)) {
      out += value.substr(begin, pos - begin);
    } else if (c < 0x100) {
      AppendHex(out, 'x', c, 2);
    } else if (c < 0x10000) {
      AppendHex(out, 'u', c, 4);
    } else {
      AppendHex(out, 'U', c, 8);
    }
  }
  return out;
}

std::string QuoteString(std::string_view value) {
  std::string quote(1, CheaperQuote(value));
  return quote + Escaped(value, quote, false) + quote;
}

std::string QuoteRaw(std::string_view value, bool is_multiline) {
  std::size_t backslashes = value.size() - std::min(value.find_last_not_of('\\') + 1, value.size());
  if (backslashes % 2 == 1) return {};
  for (std::size_t pos = 0; pos < value.size();) {
    std::uint32_t c = NextCodePoint(value, pos);
    if (!IsPrintable(c) && !(c == '\n' && is_multiline) && c != '\t') return {};
  }
  for (std::string_view quote : {"\"", "'", "\"\"\"", "'''"}) {
    if (is_multiline && quote.size() == 1) continue;
    if (HasBareQuote(value, quote)) continue;
    return "r" + std::string(quote) + std::string(value) + std::string(quote);
  }
  return {};
}

std::string QuoteBytes(std::string_view value) {
  char quote = CheaperQuote(value);
  std::string out = "b";
  out += quote;
  for (char raw : value) {
    auto c = static_cast<unsigned char>(raw);
    if (raw == quote) {
      (out += '\\') += quote;
    } else if (AppendShort(out, c)) {
      continue;
    } else if (c < 0x20 || c > 0x7E) {
      AppendHex(out, 'x', c, 2);
    } else {
      out += raw;
    }
  }
  out += quote;
  return out;
}

std::string NumberSpelling(std::string_view text) {
  std::string out(text);
  bool hex = out.size() > 1 && out[0] == '0' && (out[1] | 0x20) == 'x';
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto c = static_cast<unsigned char>(out[i]);
    out[i] = static_cast<char>(hex && i > 1 ? std::toupper(c) : std::tolower(c));
  }
  return out;
}

}  // namespace asyncport::emit::py
