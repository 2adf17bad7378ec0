// Gradescope's results.json. Everything is plain text: what stems from a submission must not become HTML.
#include "grade/reports/reports.h"

namespace asyncport::grade {

std::string RenderGradescope(const Exercise& exercise, const Verdict& verdict) {
  std::string out =
      "{\"score\":" + Hundredths(verdict.score_hundredths) + ",\"output\":" +
      Json(verdict.error.empty() ? exercise.title
                                 : "The answer could not be judged: " + verdict.error) +
      ",\"output_format\":\"text\",\"test_output_format\":\"text\",\"test_name_format\":\"text\",\"visibility\":\"visible\""
      ",\"stdout_visibility\":\"hidden\",\"tests\":[";
  int number = 0;
  bool first = true;
  for (const CriterionResult& criterion : verdict.criteria) {
    ++number;
    const bool manual = criterion.status == Status::kManual;
    out += std::string(std::exchange(first, false) ? "" : ",") +
           "{\"name\":" + Json(criterion.text) + ",\"number\":\"" + std::to_string(number) + "\"";
    if (!manual) {
      out += ",\"score\":" + Hundredths(criterion.score_hundredths) +
             ",\"max_score\":" + std::to_string(criterion.points) + ",\"status\":\"" +
             (criterion.status == Status::kPassed ? "passed" : "failed") + "\"";
    }
    std::string text = manual ? "Read by a person; gives no points here."
                       : criterion.status == Status::kSkipped
                           ? "Not judged: something before it has to be mended first."
                           : CommentLines(criterion);
    out += ",\"output\":" + Json(text) + ",\"output_format\":\"text\",\"tags\":[" +
           Json(criterion.id) + "],\"visibility\":\"visible\"}";
  }
  return out + "],\"extra_data\":{\"exercise\":" + Json(exercise.id) +
         ",\"representation\":" + Json(verdict.representation) + "}}\n";
}

}  // namespace asyncport::grade
