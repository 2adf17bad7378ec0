// A line stands for what begins on it: of all that begins there, the outermost, which is the first to begin and the last
// to end. Rows are made of the longest run of such pairs that rises on both sides.
#include "pipeline/line_map.h"

#include <algorithm>
#include <string>
#include <utility>

#include "emit/emit.h"
#include "support/strings.h"

namespace asyncport {
namespace {

// The span that begins first on each line, the longest of those.
class Firsts {
 public:
  explicit Firsts(std::size_t lines) : best_(lines), other_(lines, kNoLine) {}
  void Offer(std::uint32_t line, Span span, std::uint32_t other) {
    Span& best = best_[line];
    const bool better = other_[line] == kNoLine || span.begin < best.begin ||
                        (span.begin == best.begin && span.end >= best.end);
    if (!better) return;
    best = span;
    other_[line] = other;
  }
  std::vector<std::uint32_t> Take() { return std::move(other_); }

 private:
  std::vector<Span> best_;
  std::vector<std::uint32_t> other_;
};

std::string_view LineText(const Source& source, std::uint32_t line) {
  return Trim(source.Text(source.LineSpan(line)));
}

// Nothing but brackets and the like, which say nothing to a reader who compares.
bool IsFiller(const Source& source, std::uint32_t line) {
  const std::string_view text = LineText(source, line);
  return std::all_of(text.begin(), text.end(), [](char c) {
    return std::string_view("{}()[];,").find(c) != std::string_view::npos;
  });
}

// The lines of a long text or comment: nothing begins on them, and there are as many on both sides.
void PairInside(LineMap& map, Span source, Span target) {
  if (source.empty() || source.size() != target.size()) return;
  for (std::uint32_t i = 1; i <= source.size(); ++i) {
    if (map.target_of_source[source.begin + i] != kNoLine) return;
    if (map.source_of_target[target.begin + i] != kNoLine) return;
  }
  for (std::uint32_t i = 1; i <= source.size(); ++i) {
    map.target_of_source[source.begin + i] = target.begin + i;
    map.source_of_target[target.begin + i] = source.begin + i;
  }
}

// The last line end of a text is no line of its own.
std::uint32_t LineCount(const Source& source) {
  const std::uint32_t count = source.line_count();
  return count > 0 && source.LineSpan(count - 1).empty() ? count - 1 : count;
}

// The pairs that rise on both sides, as many as possible.
std::vector<Row> RisingPairs(const LineMap& map, std::uint32_t targets) {
  std::vector<Row> pairs;
  for (std::uint32_t target = 0; target < targets; ++target) {
    if (map.source_of_target[target] != kNoLine) {
      pairs.push_back({map.source_of_target[target], target, true});
    }
  }
  std::vector<std::uint32_t>
      tails;  // by length - 1: the pair that ends such a run with the least source line
  std::vector<std::uint32_t> previous(pairs.size(), kNoLine);
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const auto place = std::lower_bound(
        tails.begin(), tails.end(), pairs[i].source,
        [&](std::uint32_t tail, std::uint32_t line) { return pairs[tail].source < line; });
    if (place != tails.begin()) previous[i] = *(place - 1);
    if (place == tails.end()) {
      tails.push_back(i);
    } else if (pairs[*place].source != pairs[i].source) {
      *place = i;
    }
  }
  std::vector<Row> rising;
  for (std::uint32_t i = tails.empty() ? kNoLine : tails.back(); i != kNoLine; i = previous[i]) {
    rising.push_back(pairs[i]);
  }
  std::reverse(rising.begin(), rising.end());
  return rising;
}

}  // namespace

LineMap MakeLineMap(const Source& source, std::string_view target,
                    const std::vector<emit::Piece>& pieces) {
  const Source lines("", std::string(target));
  Firsts of_source(source.line_count());
  Firsts of_target(lines.line_count());
  for (const emit::Piece& piece : pieces) {
    const std::uint32_t source_line = source.LineIndex(piece.source.begin);
    const std::uint32_t target_line = lines.LineIndex(piece.target.begin);
    of_source.Offer(source_line, piece.source, target_line);
    of_target.Offer(target_line, piece.target, source_line);
  }
  LineMap map{of_source.Take(), of_target.Take()};
  for (const emit::Piece& piece : pieces) {
    PairInside(map, {source.LineIndex(piece.source.begin), source.LineIndex(piece.source.end)},
               {lines.LineIndex(piece.target.begin), lines.LineIndex(piece.target.end)});
  }
  return map;
}

std::uint32_t NearestAbove(const std::vector<std::uint32_t>& lines, std::uint32_t line) {
  if (lines.empty()) return kNoLine;
  for (std::size_t i = std::min<std::size_t>(line, lines.size() - 1) + 1; i-- > 0;) {
    if (lines[i] != kNoLine) return static_cast<std::uint32_t>(i);
  }
  return kNoLine;
}

std::vector<Row> AlignLines(const Source& source, const Source& target, const LineMap& map) {
  const std::uint32_t sources = LineCount(source);
  const std::uint32_t targets = LineCount(target);
  std::vector<Row> rows;
  std::uint32_t s = 0;
  std::uint32_t t = 0;
  // What lies between two pairs: line by line where the numbers agree (the inside of a long text), else brackets and
  // blank lines beside each other and everything else alone.
  const auto fill = [&](std::uint32_t source_end, std::uint32_t target_end) {
    const bool same = source_end - s == target_end - t;
    while (s < source_end || t < target_end) {
      const bool both = s < source_end && t < target_end;
      if (both && (same || (IsFiller(source, s) && IsFiller(target, t)))) {
        rows.push_back({s++, t++});
      } else if (s < source_end &&
                 (!both || !IsFiller(source, s) || target_end - t <= source_end - s)) {
        rows.push_back({s++, kNoLine});
      } else {
        rows.push_back({kNoLine, t++});
      }
    }
  };
  for (const Row& pair :
       RisingPairs(map, std::min<std::uint32_t>(
                            targets, static_cast<std::uint32_t>(map.source_of_target.size())))) {
    fill(pair.source, pair.target);
    rows.push_back(pair);
    s = pair.source + 1;
    t = pair.target + 1;
  }
  fill(sources, targets);
  return rows;
}

}  // namespace asyncport
