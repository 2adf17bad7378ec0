// Exercism's analyzer: analysis.json and tags.json. Comments carry their text as a parameter of one pointer for each
// criterion's check, so that the website's copy stays in one place.
#include "grade/reports/reports.h"

namespace asyncport::grade {

std::string RenderExercism(const Exercise& exercise, const Verdict& verdict) {
  const std::string track = exercise.language == Language::kPy ? "python" : "javascript";
  std::string out =
      "{\"summary\":" +
      Json(!verdict.error.empty() ? "This solution could not be looked at: " + verdict.error
           : verdict.passed       ? std::string("Every criterion is met.")
                                  : Hundredths(verdict.score_hundredths) + " of " +
                                  std::to_string(verdict.points) + " points.") +
      ",\"comments\":[";
  bool first = true;
  for (const CriterionResult& criterion : verdict.criteria) {
    for (const Comment& comment : criterion.feedback) {
      std::string slug = comment.id;
      for (char& c : slug) c = c == '.' ? '_' : c;
      out += std::string(std::exchange(first, false) ? "" : ",") +
             "{\"comment\":" + Json(track + "." + exercise.id + "." + slug) +
             ",\"params\":{\"message\":" + Json(comment.message) +
             ",\"line\":" + std::to_string(comment.line) + "},\"type\":\"" +
             std::string(Name(comment.type)) + "\"}";
    }
  }
  return out + "]}\n";
}

std::string RenderExercismTags(const Verdict& verdict) {
  std::string out = "{\"tags\":[";
  for (std::size_t i = 0; i < verdict.tags.size(); ++i)
    out += (i == 0 ? "" : ",") + Json(verdict.tags[i]);
  return out + "]}\n";
}

}  // namespace asyncport::grade
