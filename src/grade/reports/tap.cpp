// TAP 14: one line a criterion, with a YAML block where something is to be said.
#include "diag/sinks/texts.h"
#include "grade/reports/reports.h"

namespace asyncport::grade {
namespace {

// `#` would begin a directive.
std::string Description(std::string_view text) {
  std::string out;
  for (char c : diag::OneLine(text)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string RenderTap(const Exercise&, const Verdicts& verdicts) {
  std::string body;
  std::size_t number = 0;
  for (const Verdict& verdict : verdicts) {
    for (const CriterionResult& criterion : verdict.criteria) {
      ++number;
      const bool good = verdict.error.empty() && criterion.status != Status::kFailed;
      body += std::string(good ? "ok " : "not ok ") + std::to_string(number) + " - " +
              Description(verdict.submission + ": " + criterion.id);
      if (verdict.error.empty() && criterion.status == Status::kSkipped)
        body += " # SKIP something before it failed";
      if (verdict.error.empty() && criterion.status == Status::kManual)
        body += " # SKIP read by a person";
      body += "\n";
      if (good && criterion.feedback.empty()) continue;
      body += "  ---\n";
      if (!verdict.error.empty()) body += "  message: " + Json(verdict.error) + "\n";
      for (const Comment& comment : criterion.feedback) {
        body += "  message: " + Json(comment.message) +
                "\n  severity: " + std::string(Name(comment.type)) + "\n";
        if (comment.line != 0)
          body += "  at:\n    line: " + std::to_string(comment.line) +
                  "\n    column: " + std::to_string(comment.column) + "\n";
        break;
      }
      body += "  ...\n";
    }
  }
  return "TAP version 14\n1.." + std::to_string(number) + "\n" + body;
}

}  // namespace asyncport::grade
