// A page for a pull request or an issue. What stems from the submission stands in code spans or is escaped.
#include "diag/sinks/texts.h"
#include "grade/reports/reports.h"

namespace asyncport::grade {
namespace {

// Backquotes of our own messages stay code; everything else that Markdown or HTML would read is escaped.
std::string Escaped(std::string_view text) {
  std::string out;
  bool code = false;
  const bool balanced = [&] {
    std::size_t count = 0;
    for (char c : text) count += c == '`';
    return count % 2 == 0;
  }();
  for (char c : text) {
    if (c == '`' && balanced) {
      code = !code;
      out += c;
      continue;
    }
    static constexpr std::string_view kSpecial = "\\`*_{}[]()#+!|<>&~@";
    if (!code && kSpecial.find(c) != std::string_view::npos) out += '\\';
    if (c == '<') {
      if (!code) out.pop_back();
      out += code ? "<" : "&lt;";
      continue;
    }
    out += c;
  }
  return out;
}

// A code span that the text cannot end.
std::string Code(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string ticks(longest + 1, '`');
  const std::string pad = longest != 0 ? " " : "";
  return ticks + pad + std::string(text) + pad + ticks;
}

}  // namespace

std::string RenderMarkdown(const Exercise& exercise, const Verdicts& verdicts) {
  std::string out = "# " + Escaped(exercise.title) + "\n";
  for (const Verdict& verdict : verdicts) {
    out += "\n## " + Code(diag::OneLine(verdict.submission)) + "\n\n";
    if (!verdict.error.empty()) {
      out += "Could not be judged: " + Escaped(diag::OneLine(verdict.error)) + "\n";
      continue;
    }
    out += std::string(verdict.passed ? "**Passed**" : "**Not passed**") + ", " +
           Hundredths(verdict.score_hundredths) + " of " + std::to_string(verdict.points) +
           " points\n\n| criterion | | points |\n|---|---|---|\n";
    for (const CriterionResult& criterion : verdict.criteria) {
      out += "| " + Escaped(criterion.text) + " | " + std::string(Name(criterion.status)) + " | " +
             (criterion.status == Status::kManual ? std::string("-")
                                                  : Hundredths(criterion.score_hundredths) + " / " +
                                                        std::to_string(criterion.points)) +
             " |\n";
    }
    bool first = true;
    for (const CriterionResult& criterion : verdict.criteria) {
      for (const Comment& comment : criterion.feedback) {
        out +=
            std::string(std::exchange(first, false) ? "\n" : "") + "- " +
            (comment.line == 0 ? "" : "line " + std::to_string(comment.line) + ": ") +
            Escaped(diag::OneLine(comment.message)) +
            (comment.explain.empty() ? "" : " See `asyncport explain " + comment.explain + "`.") +
            "\n";
      }
    }
  }
  if (verdicts.size() > 1) {
    const Summary summary = Summarise(exercise, verdicts);
    out += "\n## Summary\n\n" + std::to_string(summary.passed) + " of " +
           std::to_string(verdicts.size()) + " passed; mean score " +
           Hundredths(summary.mean_hundredths) + " of " + std::to_string(exercise.Points()) + ".\n";
  }
  return out;
}

}  // namespace asyncport::grade
