// Edit distance (with neighbours swapped as one step) over short names.
#include "cli/suggest.h"

#include <algorithm>
#include <cstddef>

namespace asyncport::cli {
namespace {

constexpr std::size_t kMaxName = 64;  // longer ones are no typing mistakes of ours

std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::string_view Nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.empty() || name.size() > kMaxName) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    std::size_t distance = Distance(name, candidate);
    // What was typed may also be the beginning of a longer name.
    if (name.size() >= 4 && candidate.starts_with(name)) distance = 1;
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string DidYouMean(std::string_view name, const std::vector<std::string_view>& candidates) {
  std::string_view nearest = Nearest(name, candidates);
  if (nearest.empty()) return {};
  return "did you mean '" + std::string(nearest) + "'?";
}

}  // namespace asyncport::cli
