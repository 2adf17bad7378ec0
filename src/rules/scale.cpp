// Moves the point of a decimal text.
#include "rules/scale.h"

#include <algorithm>
#include <charconv>

namespace asyncport::rules {

std::optional<std::string> ScaleDecimal(std::string_view text, int power) {
  std::string digits;
  int point = 0;  // digits after the point
  bool after_point = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    char c = text[i];
    if (c >= '0' && c <= '9') {
      digits += c;
      if (after_point) ++point;
    } else if (c == '.' && !after_point) {
      after_point = true;
    } else if (c == '_') {
      continue;
    } else {
      break;
    }
  }
  if (digits.empty() || digits.size() > 40) return std::nullopt;
  int exponent = 0;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    ++i;
    if (i < text.size() && text[i] == '+') ++i;
    auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), exponent);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (exponent > 40 || exponent < -40) return std::nullopt;
  }
  point -= exponent + power;
  while (point < 0) {
    digits += '0';
    ++point;
  }
  while (static_cast<int>(digits.size()) <= point) digits.insert(digits.begin(), '0');
  while (point > 0 && digits.back() == '0') {
    digits.pop_back();
    --point;
  }
  const std::size_t whole = digits.size() - static_cast<std::size_t>(point);
  std::string integer = digits.substr(0, whole);
  integer.erase(0, std::min(integer.find_first_not_of('0'), integer.size() - 1));
  return point == 0 ? integer : integer + "." + digits.substr(whole);
}

}  // namespace asyncport::rules
