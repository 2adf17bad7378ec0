// Look-up in the table of messages that the build makes of the cards in rules/ (see tools/embed_rules).
#include <algorithm>
#include <cstddef>

#include "diag/diagnostic.h"

namespace asyncport::rules::generated {

extern const diag::Entry kEntries[];  // sorted by id
extern const std::size_t kEntryCount;

}  // namespace asyncport::rules::generated

namespace asyncport::diag {

std::pair<const Entry*, const Entry*> AllEntries() {
  return {rules::generated::kEntries, rules::generated::kEntries + rules::generated::kEntryCount};
}

const Entry* FindEntry(std::string_view id) {
  auto [first, last] = AllEntries();
  const Entry* entry = std::lower_bound(
      first, last, id, [](const Entry& e, std::string_view key) { return e.id < key; });
  return entry != last && entry->id == id ? entry : nullptr;
}

}  // namespace asyncport::diag
