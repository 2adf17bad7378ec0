// See wanted.h.
#include "diag/wanted.h"

#include <algorithm>

namespace asyncport::diag {
namespace {

bool Has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool IsFatal(const Entry* entry) {
  return entry == nullptr || (entry->level == Level::kError &&
                              (entry->klass == Class::kInternal || entry->klass == Class::kSyntax));
}

}  // namespace

bool IsWanted(const Diagnostic& diagnostic, const std::vector<std::string>& select,
              const std::vector<std::string>& ignore) {
  if (IsFatal(FindEntry(diagnostic.id))) return true;
  return !Has(ignore, diagnostic.id) && (select.empty() || Has(select, diagnostic.id));
}

std::vector<std::string> WantedIds(const std::vector<std::string>& select,
                                   const std::vector<std::string>& ignore) {
  std::vector<std::string> ids;
  const auto [first, last] = AllEntries();
  for (const Entry* entry = first; entry != last; ++entry) {
    const std::string id(entry->id);
    if (!Has(ignore, id) && (select.empty() || Has(select, id))) ids.push_back(id);
  }
  return ids;
}

}  // namespace asyncport::diag
