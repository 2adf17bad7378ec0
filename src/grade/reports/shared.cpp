// Escaping, the summary, and the choice of the writer. See reports.h.
#include <algorithm>

#include "diag/sinks/texts.h"
#include "grade/reports/reports.h"
#include "support/json_text.h"
#include "support/strings.h"

namespace asyncport::grade {

std::string Base64(std::string_view text) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[at])) : 0u;
    };
    const unsigned bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kDigits[bits >> 18 & 63];
    out += kDigits[bits >> 12 & 63];
    out += i + 1 < text.size() ? kDigits[bits >> 6 & 63] : '=';
    out += i + 2 < text.size() ? kDigits[bits & 63] : '=';
  }
  return out;
}

std::string CommentLine(const Comment& comment) {
  std::string out = comment.line == 0 ? "" : "line " + std::to_string(comment.line) + ": ";
  out += diag::OneLine(comment.message);
  if (!comment.explain.empty()) out += " (asyncport explain " + comment.explain + ")";
  return out;
}

std::string CommentLines(const CriterionResult& criterion) {
  std::string out;
  for (const Comment& comment : criterion.feedback)
    out += (out.empty() ? "" : "\n") + CommentLine(comment);
  return out;
}

std::string Json(std::string_view text) {
  std::string out;
  AppendJsonString(out, text);
  return out;
}

Summary Summarise(const Exercise& exercise, const Verdicts& verdicts) {
  Summary out;
  for (const Criterion& criterion : exercise.criteria) {
    if (!criterion.manual) out.failures.emplace_back(criterion.id, 0);
  }
  long long sum = 0;
  std::map<std::string, std::vector<std::string>> clusters;
  for (const Verdict& verdict : verdicts) {
    if (!verdict.error.empty()) {
      ++out.errors;
      continue;
    }
    ++(verdict.passed ? out.passed : out.failed);
    sum += verdict.score_hundredths;
    if (!verdict.representation.empty())
      clusters[verdict.representation].push_back(verdict.submission);
    for (const CriterionResult& criterion : verdict.criteria) {
      for (auto& [id, count] : out.failures) {
        if (id == criterion.id &&
            (criterion.status == Status::kFailed || criterion.status == Status::kSkipped))
          ++count;
      }
    }
  }
  if (const std::size_t judged = out.passed + out.failed; judged != 0)
    out.mean_hundredths = static_cast<int>(sum / static_cast<long long>(judged));
  for (auto& [digest, names] : clusters) out.clusters.push_back(std::move(names));
  std::stable_sort(out.clusters.begin(), out.clusters.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
  });
  return out;
}

std::string Render(ReportFormat format, const Exercise& exercise, const Verdicts& verdicts,
                   bool base64) {
  switch (format) {
    case ReportFormat::kText:
      return RenderText(exercise, verdicts);
    case ReportFormat::kJson:
      return RenderJson(exercise, verdicts);
    case ReportFormat::kJsonLines:
      return RenderJsonLines(exercise, verdicts);
    case ReportFormat::kMarkdown:
      return RenderMarkdown(exercise, verdicts);
    case ReportFormat::kExercism:
      return RenderExercism(exercise, verdicts.front());
    case ReportFormat::kGradescope:
      return RenderGradescope(exercise, verdicts.front());
    case ReportFormat::kGithubClassroom: {
      const std::string text = RenderGithubClassroom(exercise, verdicts.front());
      return base64 ? Base64(text) + "\n" : text;
    }
    case ReportFormat::kCodegrade:
      return RenderCodegrade(exercise, verdicts);
    case ReportFormat::kCheck50:
      return RenderCheck50(exercise, verdicts.front());
    case ReportFormat::kCoderunner:
      return RenderCoderunner(exercise, verdicts.front());
    case ReportFormat::kJunit:
      return RenderJunit(exercise, verdicts);
    case ReportFormat::kTap:
      return RenderTap(exercise, verdicts);
    case ReportFormat::kSarif:
      return RenderSarif(exercise, verdicts);
  }
  return {};
}

}  // namespace asyncport::grade
