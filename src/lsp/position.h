// Positions as the protocol counts them: lines, and characters in the unit that was agreed upon. `LineTable` finds them
// in a text whose lines end with LF, CRLF or CR; a character past the end of its line means the end of the line.
// Example: in "a😀b", `b` is character 5 in UTF-8, 3 in UTF-16 and 2 in UTF-32.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace asyncport::lsp {

enum class Encoding : std::uint8_t { kUtf8, kUtf16, kUtf32 };
// As `positionEncoding` names it: "utf-16".
std::string_view NameOf(Encoding encoding);

struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};
struct Range {
  Position start;
  Position end;
  friend bool operator==(const Range&, const Range&) = default;
};

// How many units the text takes.
std::uint32_t UnitsOf(std::string_view text, Encoding encoding);

class LineTable {
 public:
  explicit LineTable(std::string_view text);

  std::uint32_t line_count() const { return static_cast<std::uint32_t>(lines_.size()); }
  // Without its end.
  std::string_view Line(std::string_view text, std::uint32_t line) const;

  // A place in the text. `is_inside`: in the middle of a character that takes two units of UTF-16, which begins at
  // `offset`.
  struct Place {
    std::uint32_t offset = 0;
    bool is_inside = false;
  };
  Place Find(std::string_view text, Position position, Encoding encoding) const;

 private:
  struct LineSpan {
    std::uint32_t begin;
    std::uint32_t end;
  };
  std::vector<LineSpan> lines_;
};

}  // namespace asyncport::lsp
