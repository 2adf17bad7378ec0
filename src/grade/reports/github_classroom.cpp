// GitHub Classroom's autograding: the JSON that the reporter action reads (base64 in a step's output `result`).
#include "grade/reports/reports.h"

namespace asyncport::grade {

std::string RenderGithubClassroom(const Exercise& exercise, const Verdict& verdict) {
  std::string out = std::string("{\"version\":1,\"status\":\"") +
                    (!verdict.error.empty() ? "error"
                     : verdict.passed       ? "pass"
                                            : "fail") +
                    "\",\"max_score\":" + std::to_string(verdict.points) + ",\"tests\":[";
  bool first = true;
  for (const CriterionResult& criterion : verdict.criteria) {
    if (criterion.status == Status::kManual) continue;
    std::uint32_t line = 0;
    for (const Comment& comment : criterion.feedback) line = line == 0 ? comment.line : line;
    const bool passed = criterion.status == Status::kPassed;
    out += std::string(std::exchange(first, false) ? "" : ",") +
           "{\"name\":" + Json(criterion.text) + ",\"status\":\"" +
           (!verdict.error.empty() ? "error"
            : passed               ? "pass"
                                   : "fail") +
           "\",\"score\":" + Hundredths(criterion.score_hundredths) + ",\"message\":" +
           Json(!verdict.error.empty() ? verdict.error : CommentLines(criterion)) +
           ",\"test_code\":" + Json("asyncport grade " + exercise.id) +
           ",\"filename\":" + Json(verdict.submission) + ",\"line_no\":" + std::to_string(line) +
           ",\"duration\":0}";
  }
  return out + "]}\n";
}

}  // namespace asyncport::grade
