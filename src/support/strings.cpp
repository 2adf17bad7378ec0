// Interning, UTF-8 steps, and the letter-case rules of the two languages.
#include "support/strings.h"

namespace asyncport {
namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Lower(char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char Upper(char c) { return IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

StringTable::StringTable() {
  texts_.emplace_back();
  index_.emplace(texts_.front(), 0);
}

Atom StringTable::Intern(std::string_view text) {
  if (auto it = index_.find(text); it != index_.end()) return Atom{it->second};
  auto index = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  index_.emplace(texts_.back(), index);
  return Atom{index};
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += separator;
    out += parts[i];
  }
  return out;
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

void AppendUtf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::uint32_t NextCodePoint(std::string_view text, std::size_t& pos) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(pos);
  int extra = first < 0x80 ? 0 : (first & 0xE0) == 0xC0 ? 1 : (first & 0xF0) == 0xE0 ? 2
                                                         : (first & 0xF8) == 0xF0   ? 3
                                                                                    : -1;
  if (extra < 0 || pos + static_cast<std::size_t>(extra) >= text.size()) {
    ++pos;
    return extra == 0 ? first : 0xFFFD;
  }
  std::uint32_t c = extra == 0 ? first : first & (0x3Fu >> extra);
  for (int i = 1; i <= extra; ++i) {
    unsigned char next = byte(pos + static_cast<std::size_t>(i));
    if ((next & 0xC0) != 0x80) {
      ++pos;
      return 0xFFFD;
    }
    c = (c << 6) | (next & 0x3Fu);
  }
  pos += static_cast<std::size_t>(extra) + 1;
  return c;
}

std::string ToSnakeCase(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (IsUpper(c) && i > 0 && name[i - 1] != '_') {
      bool after_lower = !IsUpper(name[i - 1]);
      bool before_lower = i + 1 < name.size() && IsLower(name[i + 1]);
      if (after_lower || before_lower) out += '_';
    }
    out += Lower(c);
  }
  return out;
}

std::string ToCamelCase(std::string_view name) {
  std::string out;
  bool raise = false;
  bool started = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (c == '_') {
      bool inner = started && i + 1 < name.size() && name[i + 1] != '_';
      if (inner) {
        raise = true;
      } else {
        out += c;
      }
      continue;
    }
    out += raise ? Upper(c) : c;
    raise = false;
    started = true;
  }
  return out;
}

bool IsAllCaps(std::string_view name) {
  bool letter = false;
  for (char c : name) {
    if (IsLower(c)) return false;
    if (!IsUpper(c) && !IsDigit(c) && c != '_' && c != '$') return false;
    letter |= IsUpper(c);
  }
  return letter;
}

bool IsCapitalised(std::string_view name) {
  std::size_t first = name.find_first_not_of('_');
  if (first == std::string_view::npos || !IsUpper(name[first])) return false;
  return name.size() - first == 1 || !IsAllCaps(name);
}

bool GlobMatch(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace asyncport
