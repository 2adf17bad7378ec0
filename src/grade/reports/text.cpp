// For people at a terminal: criterion by criterion, and what to read.
#include "diag/sinks/texts.h"
#include "grade/reports/reports.h"

namespace asyncport::grade {

std::string RenderText(const Exercise& exercise, const Verdicts& verdicts) {
  std::string out;
  for (const Verdict& verdict : verdicts) {
    const std::string name = diag::OneLine(verdict.submission);
    if (!verdict.error.empty()) {
      out += name + ": error: " + diag::OneLine(verdict.error) + "\n";
      continue;
    }
    out += name + ": " + (verdict.passed ? "passed" : "not passed") + ", " +
           Hundredths(verdict.score_hundredths) + " of " + std::to_string(verdict.points) +
           " points\n";
    if (verdicts.size() > 20 && verdict.passed) continue;
    for (const CriterionResult& criterion : verdict.criteria) {
      static constexpr const char* kMarks[] = {"  [ok]   ", "  [no]   ", "  [skip] ", "  [read] "};
      out += kMarks[static_cast<std::size_t>(criterion.status)] + criterion.id + ": " +
             diag::OneLine(criterion.text) + "\n";
      for (const Comment& comment : criterion.feedback)
        out += "         " + CommentLine(comment) + "\n";
    }
  }
  if (verdicts.size() < 2) return out;
  const Summary summary = Summarise(exercise, verdicts);
  out += "\n" + std::to_string(verdicts.size()) + " answers: " + std::to_string(summary.passed) +
         " passed, " + std::to_string(summary.failed) + " not passed, " +
         std::to_string(summary.errors) + " could not be judged\n";
  out += "mean score: " + Hundredths(summary.mean_hundredths) + " of " +
         std::to_string(exercise.Points()) + "\n";
  for (const auto& [id, count] : summary.failures) {
    if (count != 0) out += "not met by " + std::to_string(count) + ": " + id + "\n";
  }
  std::size_t shown = 0;
  for (const auto& cluster : summary.clusters) {
    if (cluster.size() < 2 || ++shown > 5) break;
    out += std::to_string(cluster.size()) + " answers are one answer:";
    for (std::size_t i = 0; i < cluster.size() && i < 4; ++i)
      out += " " + diag::OneLine(cluster[i]);
    out += cluster.size() > 4 ? " ...\n" : "\n";
  }
  return out;
}

}  // namespace asyncport::grade
