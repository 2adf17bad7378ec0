// Moodle CodeRunner's combinator grader: a table with a row a criterion. Columns are text (%s), never HTML.
#include <algorithm>

#include "grade/reports/reports.h"
#include "support/markup.h"

namespace asyncport::grade {

std::string RenderCoderunner(const Exercise& exercise, const Verdict& verdict) {
  const int most = std::max(1, verdict.points * 100);
  const int thousandths = verdict.score_hundredths * 1000 / most;
  std::string fraction = std::to_string(thousandths / 1000);
  if (thousandths % 1000 != 0) {
    fraction += "." + std::to_string(thousandths % 1000 + 1000).substr(1);
    while (fraction.back() == '0') fraction.pop_back();
  }
  std::string out = "{\"fraction\":" + fraction +
                    ",\"prologuehtml\":" + Json("<p>" + EscapeMarkup(exercise.title) + "</p>") +
                    ",\"testresults\":[[\"iscorrect\",\"Criterion\",\"Points\",\"Comments\"]";
  for (const CriterionResult& criterion : verdict.criteria) {
    if (criterion.status == Status::kManual) continue;
    out += ",[" + std::string(criterion.status == Status::kPassed ? "true" : "false") + "," +
           Json(criterion.text) + "," +
           Json(Hundredths(criterion.score_hundredths) + " / " + std::to_string(criterion.points)) +
           "," + Json(CommentLines(criterion)) + "]";
  }
  out += "],\"epiloguehtml\":" +
         Json(verdict.error.empty() ? "" : "<p>" + EscapeMarkup(verdict.error) + "</p>") +
         ",\"instructorhtml\":" +
         Json("<p>" + EscapeMarkup("normal form " + verdict.representation) + "</p>") +
         ",\"columnformats\":[\"%s\",\"%s\",\"%s\"]}";
  return out + "\n";
}

}  // namespace asyncport::grade
