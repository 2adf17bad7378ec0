// check50's JSON: passed is null where a check was skipped because one that it depends on failed.
#include "generated/version.h"
#include "grade/reports/reports.h"

namespace asyncport::grade {

std::string RenderCheck50(const Exercise& exercise, const Verdict& verdict) {
  const std::string version = ",\"version\":\"" ASYNCPORT_VERSION "\"}\n";
  if (!verdict.error.empty()) {
    const std::size_t colon = verdict.error.find(": ");
    return "{\"slug\":" + Json(exercise.id) +
           ",\"error\":{\"type\":" + Json(verdict.error.substr(0, colon)) + ",\"value\":" +
           Json(colon == std::string::npos ? verdict.error : verdict.error.substr(colon + 2)) +
           ",\"traceback\":[],\"data\":{}}" + version;
  }
  std::string out = "{\"slug\":" + Json(exercise.id) + ",\"results\":[";
  bool first = true;
  for (std::size_t i = 0; i < verdict.criteria.size(); ++i) {
    const CriterionResult& criterion = verdict.criteria[i];
    if (criterion.status == Status::kManual) continue;
    const bool skipped = criterion.status == Status::kSkipped;
    std::string dependency = "null";
    for (const Criterion& c : exercise.criteria) {
      if (c.id == criterion.id && !c.needs.empty()) dependency = Json(c.needs.front());
    }
    out += std::string(std::exchange(first, false) ? "" : ",") + "{\"name\":" + Json(criterion.id) +
           ",\"description\":" + Json(criterion.text) + ",\"passed\":" +
           (skipped                               ? "null"
            : criterion.status == Status::kPassed ? "true"
                                                  : "false") +
           ",\"log\":[";
    for (std::size_t j = 0; j < criterion.feedback.size(); ++j)
      out += (j == 0 ? "" : ",") + Json(CommentLine(criterion.feedback[j]));
    out += "],\"cause\":";
    if (criterion.feedback.empty()) {
      out +=
          skipped
              ? "{\"rationale\":\"not judged: something before it has to be mended first\",\"help\":null}"
              : "null";
    } else {
      const Comment& comment = criterion.feedback.front();
      out += "{\"rationale\":" + Json(comment.message) + ",\"help\":" +
             (comment.explain.empty() ? std::string("null")
                                      : Json("asyncport explain " + comment.explain)) +
             "}";
    }
    out += ",\"data\":{\"points\":" + std::to_string(criterion.points) +
           ",\"score\":" + Hundredths(criterion.score_hundredths) +
           "},\"dependency\":" + dependency + "}";
  }
  return out + "]" + version;
}

}  // namespace asyncport::grade
