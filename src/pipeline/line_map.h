// Which line of the translation stands for which line of the source, and back: for two columns side by side and for
// previews that follow the cursor. Knows lines only; lines are 0-based.
// Example: `const u = await f();` on line 0, under an import that the translation needs, has target_of_source[0] == 3
// and source_of_target[0] == kNoLine.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "support/source.h"

namespace asyncport {

namespace emit {
struct Piece;
}

inline constexpr std::uint32_t kNoLine = UINT32_MAX;

// Blank lines, closing brackets and imports that were added have no counterpart (kNoLine).
// Of several, the one that stands for the outermost construct beginning there. What moved (a function that was taken
// out of an expression) makes lines go back: neither list need be sorted.
struct LineMap {
  std::vector<std::uint32_t> target_of_source;
  std::vector<std::uint32_t> source_of_target;
};

LineMap MakeLineMap(const Source& source, std::string_view target,
                    const std::vector<emit::Piece>& pieces);

// The line that has a counterpart at or above `line`, itself first: kNoLine if there is none.
std::uint32_t NearestAbove(const std::vector<std::uint32_t>& lines, std::uint32_t line);

// Both texts in rows, matching lines together. Every line of both is in exactly one row, in its order.
struct Row {
  std::uint32_t source = kNoLine;
  std::uint32_t target = kNoLine;
  bool matches = false;  // they stand for one another; else they only share the row
};
std::vector<Row> AlignLines(const Source& source, const Source& target, const LineMap& map);

}  // namespace asyncport
