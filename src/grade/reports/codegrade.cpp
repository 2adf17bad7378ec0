// CodeGrade's AutoTest: the text report, and on the last line the points.
#include "grade/reports/reports.h"

namespace asyncport::grade {

std::string RenderCodegrade(const Exercise& exercise, const Verdicts& verdicts) {
  long long score = 0;
  long long points = 0;
  for (const Verdict& verdict : verdicts) {
    score += verdict.score_hundredths;
    points += verdict.points;
  }
  return RenderText(exercise, verdicts) + "{\"tag\":\"points\",\"points\":" +
         Json(Hundredths(static_cast<int>(score)) + "/" + std::to_string(points)) + "}\n";
}

}  // namespace asyncport::grade
