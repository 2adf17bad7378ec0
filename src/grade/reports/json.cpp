// The verdict as JSON, whole or a line each; the fields are a promise (docs/grade.schema.json).
#include "grade/reports/reports.h"

namespace asyncport::grade {

namespace {

std::string SummaryJson(const Exercise& exercise, const Verdicts& verdicts) {
  const Summary summary = Summarise(exercise, verdicts);
  std::string out = "{\"submissions\":" + std::to_string(verdicts.size()) +
                    ",\"passed\":" + std::to_string(summary.passed) +
                    ",\"failed\":" + std::to_string(summary.failed) +
                    ",\"errors\":" + std::to_string(summary.errors) +
                    ",\"mean\":" + Hundredths(summary.mean_hundredths) +
                    ",\"points\":" + std::to_string(exercise.Points()) + ",\"failures\":{";
  for (std::size_t i = 0; i < summary.failures.size(); ++i)
    out += (i == 0 ? "" : ",") + Json(summary.failures[i].first) + ":" +
           std::to_string(summary.failures[i].second);
  out += "},\"clusters\":[";
  for (std::size_t i = 0; i < summary.clusters.size(); ++i) {
    out += i == 0 ? "[" : ",[";
    for (std::size_t j = 0; j < summary.clusters[i].size(); ++j)
      out += (j == 0 ? "" : ",") + Json(summary.clusters[i][j]);
    out += "]";
  }
  return out + "]}";
}

}  // namespace

std::string VerdictJson(const Verdict& verdict) {
  std::string out = "{\"schema\":1,\"exercise\":" + Json(verdict.exercise) +
                    ",\"submission\":" + Json(verdict.submission) +
                    ",\"passed\":" + (verdict.passed ? "true" : "false") +
                    ",\"score\":" + Hundredths(verdict.score_hundredths) +
                    ",\"points\":" + std::to_string(verdict.points);
  if (!verdict.error.empty()) {
    const std::size_t colon = verdict.error.find(": ");
    out += ",\"error\":{\"id\":" + Json(verdict.error.substr(0, colon)) + ",\"message\":" +
           Json(colon == std::string::npos ? verdict.error : verdict.error.substr(colon + 2)) + "}";
  }
  out += ",\"criteria\":[";
  for (std::size_t i = 0; i < verdict.criteria.size(); ++i) {
    const CriterionResult& criterion = verdict.criteria[i];
    out += (i == 0 ? "" : ",") + std::string("{\"id\":") + Json(criterion.id) +
           ",\"text\":" + Json(criterion.text) + ",\"status\":\"" +
           std::string(Name(criterion.status)) +
           "\",\"points\":" + std::to_string(criterion.points) +
           ",\"score\":" + Hundredths(criterion.score_hundredths) + ",\"feedback\":[";
    for (std::size_t j = 0; j < criterion.feedback.size(); ++j) {
      const Comment& comment = criterion.feedback[j];
      out += (j == 0 ? "" : ",") + std::string("{\"id\":") + Json(comment.id) + ",\"type\":\"" +
             std::string(Name(comment.type)) + "\",\"message\":" + Json(comment.message) +
             ",\"range\":";
      if (comment.line == 0) {
        out += "null";
      } else {
        out += "{\"start\":{\"line\":" + std::to_string(comment.line) +
               ",\"column\":" + std::to_string(comment.column) +
               "},\"end\":{\"line\":" + std::to_string(comment.end_line) +
               ",\"column\":" + std::to_string(comment.end_column) + "}}";
      }
      out += ",\"explain\":" +
             (comment.explain.empty() ? std::string("null") : Json(comment.explain)) + "}";
    }
    out += "]}";
  }
  return out + "]}";
}

std::string RenderJson(const Exercise& exercise, const Verdicts& verdicts) {
  if (verdicts.size() == 1) return VerdictJson(verdicts.front()) + "\n";
  std::string out = "{\"schema\":1,\"exercise\":" + Json(exercise.id) + ",\"submissions\":[";
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    out += (i == 0 ? "\n" : ",\n") + VerdictJson(verdicts[i]);
  return out + "],\n\"summary\":" + SummaryJson(exercise, verdicts) + "}\n";
}

std::string RenderJsonLines(const Exercise& exercise, const Verdicts& verdicts) {
  std::string out;
  for (const Verdict& verdict : verdicts) out += VerdictJson(verdict) + "\n";
  if (verdicts.size() > 1)
    out += "{\"schema\":1,\"exercise\":" + Json(exercise.id) +
           ",\"summary\":" + SummaryJson(exercise, verdicts) + "}\n";
  return out;
}

}  // namespace asyncport::grade
