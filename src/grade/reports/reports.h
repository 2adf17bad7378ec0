// Verdicts in the formats of graders, classrooms and CI: one file a format. Whatever stems from a submission is escaped
// for the format at hand. Nothing here judges.
// Example: Render(ReportFormat::kTap, exercise, verdicts, {}) begins with "TAP version 14".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "grade/exercise.h"
#include "grade/judge.h"
#include "grade/limits.h"

namespace asyncport::grade {

using Verdicts = std::vector<Verdict>;

// Of several submissions.
struct Summary {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t errors = 0;
  int mean_hundredths = 0;  // score of those that could be judged
  std::vector<std::pair<std::string, std::size_t>>
      failures;  // criterion, how many failed or skipped it
  std::vector<std::vector<std::string>>
      clusters;  // submissions with one normal form, the largest first
};
Summary Summarise(const Exercise& exercise, const Verdicts& verdicts);

// One document; of several submissions where the format allows it, else of the first.
std::string Render(ReportFormat format, const Exercise& exercise, const Verdicts& verdicts,
                   bool base64 = false);

std::string RenderText(const Exercise& exercise, const Verdicts& verdicts);
std::string RenderJson(const Exercise& exercise, const Verdicts& verdicts);
std::string RenderJsonLines(const Exercise& exercise, const Verdicts& verdicts);
std::string RenderMarkdown(const Exercise& exercise, const Verdicts& verdicts);
// analysis.json; tags.json stands beside it.
std::string RenderExercism(const Exercise& exercise, const Verdict& verdict);
std::string RenderExercismTags(const Verdict& verdict);
std::string RenderGradescope(const Exercise& exercise, const Verdict& verdict);
std::string RenderGithubClassroom(const Exercise& exercise, const Verdict& verdict);
std::string RenderCodegrade(const Exercise& exercise, const Verdicts& verdicts);
std::string RenderCheck50(const Exercise& exercise, const Verdict& verdict);
std::string RenderCoderunner(const Exercise& exercise, const Verdict& verdict);
std::string RenderJunit(const Exercise& exercise, const Verdicts& verdicts);
std::string RenderTap(const Exercise& exercise, const Verdicts& verdicts);
std::string RenderSarif(const Exercise& exercise, const Verdicts& verdicts);

// ---- shared
std::string Base64(std::string_view text);
// "line 3: Wait for ..." on one line, control characters escaped.
std::string CommentLine(const Comment& comment);
// All comments of a criterion, one a line.
std::string CommentLines(const CriterionResult& criterion);
std::string Json(std::string_view text);  // quoted
std::string VerdictJson(const Verdict& verdict);

}  // namespace asyncport::grade
