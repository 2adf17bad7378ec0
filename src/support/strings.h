// Interned strings and a few helpers over text. An Atom is an index into the StringTable that made it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace asyncport {

// 0 is the empty string in every table.
struct Atom {
  std::uint32_t index = 0;
  constexpr explicit operator bool() const { return index != 0; }
  friend constexpr bool operator==(Atom, Atom) = default;
};

// Shared by all trees of one translation, so that atoms can be compared between them. Not thread-safe: one
// translation runs on one thread.
class StringTable {
 public:
  StringTable();
  StringTable(const StringTable&) = delete;
  StringTable& operator=(const StringTable&) = delete;

  Atom Intern(std::string_view text);
  // Valid for the life of the table.
  std::string_view Text(Atom atom) const { return texts_[atom.index]; }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

std::string Join(const std::vector<std::string>& parts, std::string_view separator);
std::vector<std::string_view> SplitLines(std::string_view text);  // without line ends
std::string_view Trim(std::string_view text);                     // ASCII blanks and line ends

// Appends the UTF-8 form of a code point (surrogates are written in WTF-8, so that nothing is lost).
void AppendUtf8(std::string& out, std::uint32_t code_point);
// Reads one code point at `pos` and moves `pos` past it; ill-formed bytes give U+FFFD and advance by one.
std::uint32_t NextCodePoint(std::string_view text, std::size_t& pos);

// `fetchUserData` -> `fetch_user_data`, `parseHTTPHeader` -> `parse_http_header`, `userID2` -> `user_id2`;
// leading and trailing underscores stay; ALL_CAPS and single capitalised words are returned unchanged by the callers'
// choice, not here.
std::string ToSnakeCase(std::string_view name);
// `fetch_user_data` -> `fetchUserData`; leading underscores stay.
std::string ToCamelCase(std::string_view name);
bool IsAllCaps(std::string_view name);      // MAX_SIZE, PI; needs at least one letter
bool IsCapitalised(std::string_view name);  // HttpClient (first letter upper, not all caps unless one letter)

// Glob with `*` and `?` only, as `--async-names` takes it. Iterative, O(pattern * text) at worst.
bool GlobMatch(std::string_view pattern, std::string_view text);

}  // namespace asyncport
