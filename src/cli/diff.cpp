// Longest common subsequence over the lines between the equal head and tail; texts that differ too much for the table
// are shown as one replaced block.
#include "cli/diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace asyncport::cli {
namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMaxCells = 4'000'000;

using Lines = std::vector<std::string_view>;

// Lines with their line ends, so that a missing one at the end of the file shows.
Lines Split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

struct Line {
  char mark;  // ' ', '-', '+'
  std::string_view text;
};

std::vector<Line> Compare(const Lines& a, const Lines& b) {
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  const std::size_t n = a.size() - head - tail;
  const std::size_t m = b.size() - head - tail;
  std::vector<Line> out;
  for (std::size_t i = 0; i < head; ++i) out.push_back({' ', a[i]});
  if (n * m > kMaxCells) {
    for (std::size_t i = 0; i < n; ++i) out.push_back({'-', a[head + i]});
    for (std::size_t j = 0; j < m; ++j) out.push_back({'+', b[head + j]});
  } else {
    std::vector<std::uint32_t> common((n + 1) * (m + 1), 0);
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
      return common[i * (m + 1) + j];
    };
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = m; j-- > 0;) {
        at(i, j) = a[head + i] == b[head + j] ? at(i + 1, j + 1) + 1
                                              : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < n || j < m) {
      if (i < n && j < m && a[head + i] == b[head + j]) {
        out.push_back({' ', a[head + i]});
        ++i, ++j;
      } else if (i < n && (j == m || at(i + 1, j) >= at(i, j + 1))) {
        out.push_back({'-', a[head + i++]});
      } else {
        out.push_back({'+', b[head + j++]});
      }
    }
  }
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) out.push_back({' ', a[i]});
  return out;
}

std::string Range(std::size_t first, std::size_t count) {
  // A range without lines is named by the line before it.
  return std::to_string(count == 0 ? first : first + 1) +
         (count == 1 ? "" : "," + std::to_string(count));
}

}  // namespace

std::string UnifiedDiff(const std::string& name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Line> lines = Compare(Split(before), Split(after));
  std::string out = "--- " + name + "\n+++ " + name + "\n";
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  for (std::size_t at = 0; at < lines.size();) {
    if (lines[at].mark == ' ') {
      ++at, ++old_line, ++new_line;
      continue;
    }
    // From here back by the context, and on until nothing has changed for twice as long.
    const std::size_t back = std::min({kContext, old_line, new_line});
    const std::size_t begin = at - back;
    std::size_t end = at;
    for (std::size_t quiet = 0, i = at; i < lines.size() && quiet <= 2 * kContext; ++i) {
      quiet = lines[i].mark == ' ' ? quiet + 1 : 0;
      if (quiet == 0) end = i + 1;
    }
    end = std::min(end + kContext, lines.size());
    std::size_t removed = 0;
    std::size_t added = 0;
    std::string body;
    for (std::size_t i = begin; i < end; ++i) {
      removed += lines[i].mark != '+';
      added += lines[i].mark != '-';
      body += lines[i].mark;
      body += lines[i].text;
      if (!lines[i].text.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    }
    out += "@@ -" + Range(old_line - back, removed) + " +" + Range(new_line - back, added) +
           " @@\n" + body;
    old_line += removed - back;
    new_line += added - back;
    at = end;
  }
  return out;
}

}  // namespace asyncport::cli
