// Look-up in the table of messages that the build makes of the cards in rules/ (see tools/embed_rules).
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"

namespace asyncport::rules::generated {

extern const diag::Entry kEntries[];  // sorted by id
extern const std::size_t kEntryCount;

}  // namespace asyncport::rules::generated

namespace asyncport::diag {

namespace {

// Empty until entries are added: then all of them.
std::vector<Entry>& Merged() {
  static std::vector<Entry> entries;
  return entries;
}

}  // namespace

void AddEntries(std::vector<Entry> entries) {
  const auto [first, last] = AllEntries();
  entries.insert(entries.end(), first, last);
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.id < b.id; });
  Merged() = std::move(entries);
}

std::pair<const Entry*, const Entry*> AllEntries() {
  if (const std::vector<Entry>& all = Merged(); !all.empty()) {
    return {all.data(), all.data() + all.size()};
  }
  return {rules::generated::kEntries, rules::generated::kEntries + rules::generated::kEntryCount};
}

const Entry* FindEntry(std::string_view id) {
  auto [first, last] = AllEntries();
  const Entry* entry = std::lower_bound(
      first, last, id, [](const Entry& e, std::string_view key) { return e.id < key; });
  return entry != last && entry->id == id ? entry : nullptr;
}

}  // namespace asyncport::diag
