// Sums and their text. See model.h.
#include <algorithm>
#include <set>

#include "cli/report/model.h"

namespace asyncport::cli::report {
namespace {

constexpr std::size_t kShown = 10;

std::string CountOf(std::size_t number, std::string_view one) {
  return std::to_string(number) + " " + std::string(one) + (number == 1 ? "" : "s");
}

void AppendMost(std::string& out, std::string_view title, const std::map<std::string, Count>& counts) {
  if (counts.empty()) return;
  std::vector<std::pair<std::string, Count>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.places > b.second.places; });
  (out += title) += ":\n";
  for (std::size_t i = 0; i < std::min(sorted.size(), kShown); ++i) {
    const std::string number = std::to_string(sorted[i].second.places);
    out += std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') + number + "  " +
           sorted[i].first + "  (" + CountOf(sorted[i].second.files, "file") + ")\n";
  }
  if (sorted.size() > kShown)
    out += "        and " + std::to_string(sorted.size() - kShown) + " more; --report has them all\n";
}

}  // namespace

std::string_view Name(FileStatus status) {
  constexpr std::string_view kNames[] = {"translated", "unchanged", "stale", "refused", "failed"};
  return kNames[static_cast<std::size_t>(status)];
}

void Tally::Add(const File& file) {
  ++files;
  ++by_status[std::string(Name(file.status))];
  statements += file.statements;
  refused += file.refused;
  exit = std::max(exit, file.exit);
  std::set<std::string> seen;
  for (const Finding& finding : file.findings) {
    const bool error = finding.level == diag::Level::kError;
    const std::string& key = error ? finding.reason : finding.id;
    auto& counts = error ? reasons : finding.level == diag::Level::kWarning ? warnings : lessons;
    Count& count = counts[key];
    ++count.places;
    if (seen.insert((error ? "e" : "w") + key).second) ++count.files;
  }
}

std::string SummaryText(const Tally& tally, bool lessons) {
  std::string out;
  AppendMost(out, "not translated, by reason", tally.reasons);
  AppendMost(out, "warnings", tally.warnings);
  if (lessons) AppendMost(out, "lessons", tally.lessons);
  out += SummaryLine(tally);
  std::size_t count = 0;
  for (const auto& [id, places] : tally.lessons) count += places.places;
  if (!lessons && count != 0) out += "; " + CountOf(count, "lesson") + " (`--lessons` shows them)";
  return out + "\n";
}

std::string SummaryLine(const Tally& tally) {
  std::string out;
  out += CountOf(tally.files, "file");
  std::string_view between = ": ";
  for (const std::string_view status : {"translated", "unchanged", "stale", "refused", "failed"}) {
    const auto found = tally.by_status.find(std::string(status));
    if (found == tally.by_status.end()) continue;
    ((out += between) += std::to_string(found->second) + " ") += status;
    between = ", ";
  }
  out += "; " + CountOf(tally.statements, "statement");
  if (tally.refused != 0) out += ", " + std::to_string(tally.refused) + " of them not translated";
  return out;
}

}  // namespace asyncport::cli::report
