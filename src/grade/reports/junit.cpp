// JUnit XML: one suite a submission, one case a criterion.
#include <algorithm>

#include "diag/sinks/texts.h"
#include "grade/reports/reports.h"
#include "support/markup.h"

namespace asyncport::grade {

std::string RenderJunit(const Exercise& exercise, const Verdicts& verdicts) {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::string body;
  for (const Verdict& verdict : verdicts) {
    std::size_t own = 0;
    std::size_t failed = 0;
    std::size_t skipped = 0;
    std::string cases;
    for (const CriterionResult& criterion : verdict.criteria) {
      ++own;
      cases += "    <testcase classname=\"" + EscapeMarkup(exercise.id) + "\" name=\"" + EscapeMarkup(criterion.id) +
               "\" time=\"0\">";
      if (!verdict.error.empty()) {
        cases +=
            "<error message=\"" + EscapeMarkup(diag::OneLine(verdict.error)) + "\" type=\"error\"></error>";
      } else if (criterion.status == Status::kFailed) {
        ++failed;
        cases +=
            "<failure message=\"" +
            EscapeMarkup(criterion.feedback.empty() ? criterion.text
                                           : diag::OneLine(criterion.feedback.front().message)) +
            "\" type=\"" +
            std::string(criterion.feedback.empty() ? "essential"
                                                   : Name(criterion.feedback.front().type)) +
            "\">" + EscapeMarkup(CommentLines(criterion)) + "</failure>";
      } else if (criterion.status != Status::kPassed) {
        ++skipped;
        cases += "<skipped>" +
                 std::string(criterion.status == Status::kManual ? "read by a person"
                                                                 : "something before it failed") +
                 "</skipped>";
      }
      cases += "</testcase>\n";
    }
    const std::size_t broken = verdict.error.empty() ? 0 : own;
    body += "  <testsuite name=\"" + EscapeMarkup(diag::OneLine(verdict.submission)) + "\" tests=\"" +
            std::to_string(own) + "\" failures=\"" + std::to_string(failed) + "\" errors=\"" +
            std::to_string(broken) + "\" skipped=\"" + std::to_string(skipped) +
            "\" time=\"0\">\n" + cases + "  </testsuite>\n";
    tests += own;
    failures += failed;
    errors += broken;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"asyncport grade\" tests=\"" +
         std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
         std::to_string(errors) + "\" time=\"0\">\n" + body + "</testsuites>\n";
}

}  // namespace asyncport::grade
