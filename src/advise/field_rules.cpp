// See the header.
#include "advise/field_rules.h"

#include <algorithm>
#include <array>
#include <limits>

#include "support/strings.h"

namespace asyncport::advise {
namespace {

constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();

struct Name {
  std::string_view rule;
  std::string_view id;
};
// A plugin's prefix ("@typescript-eslint/", "n/") is left out where the core rule means the same.
constexpr std::array kNames = {
    Name{"@typescript-eslint/no-floating-promises", "floating-promise"},
    Name{"promise/catch-or-return", "floating-promise"},
    Name{"@typescript-eslint/no-misused-promises", "misused-promise"},
    Name{"@typescript-eslint/no-misused-promises", "foreach-async"},
    Name{"no-await-in-loop", "await-in-loop"},
    Name{"unicorn/no-await-in-promise-methods", "await-in-promise-all"},
    Name{"unicorn/no-single-promise-in-promise-methods", "single-promise-in-all"},
    Name{"@typescript-eslint/await-thenable", "useless-await"},
    Name{"require-await", "unnecessary-async"},
    Name{"@typescript-eslint/require-await", "unnecessary-async"},
    Name{"@typescript-eslint/return-await", "return-await-in-try"},
    Name{"no-promise-executor-return", "return-in-executor"},
    Name{"no-async-promise-executor", "async-promise-executor"},
    Name{"promise/no-multiple-resolved", "multiple-resolve"},
    Name{"require-atomic-updates", "race-after-await"},
    Name{"n/no-sync", "blocking-open"},
    Name{"n/no-sync", "blocking-path"},
    Name{"n/no-sync", "blocking-subprocess"},
    Name{"node/no-sync", "blocking-open"},
    Name{"node/no-sync", "blocking-path"},
    Name{"node/no-sync", "blocking-subprocess"},
    Name{"no-sync", "blocking-open"},
    Name{"no-sync", "blocking-path"},
    Name{"no-sync", "blocking-subprocess"},
    Name{"@typescript-eslint/unbound-method", "method-binding"},
    Name{"@typescript-eslint/require-array-sort-compare", "lexicographic-sort"},
    Name{"@typescript-eslint/no-for-in-array", "for-in-array"},
    Name{"promise/no-return-in-finally", "finally-value-ignored"},
    Name{"no-constant-binary-expression", "reference-equality"},
    Name{"RUF006", "dangling-task"},
    Name{"RUF012", "shared-class-attribute"},
    Name{"RUF029", "unnecessary-async"},
    Name{"B006", "shared-mutable-default"},
    Name{"B023", "late-binding-closure"},
    Name{"ASYNC100", "timeout-without-await"},
    Name{"ASYNC101", "yield-in-cancel-scope"},
    Name{"ASYNC103", "swallowed-cancellation"},
    Name{"ASYNC104", "swallowed-cancellation"},
    Name{"ASYNC110", "busy-wait"},
    Name{"ASYNC119", "yield-in-cancel-scope"},
    Name{"ASYNC121", "control-flow-in-task-group"},
    Name{"ASYNC210", "blocking-http"},
    Name{"ASYNC212", "blocking-http"},
    Name{"ASYNC220", "blocking-subprocess"},
    Name{"ASYNC221", "blocking-subprocess"},
    Name{"ASYNC222", "blocking-subprocess"},
    Name{"ASYNC230", "blocking-open"},
    Name{"ASYNC240", "blocking-path"},
    Name{"ASYNC250", "blocking-input"},
    Name{"ASYNC251", "blocking-sleep"},
    Name{"unused-coroutine", "unawaited-coroutine"},
    Name{"unused-awaitable", "unawaited-coroutine"},
    Name{"reportUnusedCoroutine", "unawaited-coroutine"},
};

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_/@").find(c) != std::string_view::npos;
}

// Names separated by commas or blanks; `--` begins a reason.
std::vector<std::string> NamesIn(std::string_view text) {
  std::vector<std::string> names;
  if (const std::size_t reason = text.find("--"); reason != text.npos)
    text = text.substr(0, reason);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && IsWord(text[end])) ++end;
    if (end > at) names.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

// The names behind `form`, if the comment has it: up to the end of the line, or to the bracket that closes.
std::vector<std::string> NamesAfter(std::string_view comment, std::string_view form) {
  const std::size_t at = comment.find(form);
  if (at == std::string_view::npos) return {};
  std::string_view rest = comment.substr(at + form.size());
  const char closes = form.ends_with('[') ? ']' : '\n';
  return NamesIn(rest.substr(0, std::min(rest.find(closes), rest.find("*/"))));
}

}  // namespace

bool IsFieldName(std::string_view id, std::string_view rule) {
  return std::any_of(kNames.begin(), kNames.end(), [&](const Name& name) {
    if (name.id != id) return false;
    const bool is_family = rule == "ASYNC" || rule == "RUF";
    return name.rule == rule || (is_family && name.rule.starts_with(rule));
  });
}

std::vector<FieldSuppression> ReadFieldSuppressions(const comments::Attached& attached,
                                                    const Source& source) {
  std::vector<FieldSuppression> found;
  const auto add = [&](const std::vector<std::string>& rules, std::uint32_t first,
                       std::uint32_t last) {
    for (const std::string& rule : rules) found.push_back({rule, first, last});
  };
  for (const auto& owned : attached.owned) {
    const comments::Comment& comment = *owned;
    if (comment.style != comments::Style::kDirective) continue;
    const std::string_view text = source.Text(comment.span);
    const std::uint32_t line = source.LineIndex(comment.span.begin);
    const std::uint32_t last = source.LineIndex(comment.span.end);
    if (text.starts_with('#')) {
      // "ruff: noqa: X" is for the file, "noqa: X" for the line.
      if (text.find("ruff: noqa") != text.npos || text.find("flake8: noqa") != text.npos) {
        add(NamesAfter(text, "noqa:"), 0, kEnd);
      } else {
        add(NamesAfter(text, "noqa:"), line, line);
      }
      add(NamesAfter(text, "type: ignore["), line, line);
      add(NamesAfter(text, "pyright: ignore["), line, line);
      continue;
    }
    if (text.find("eslint-disable-next-line") != text.npos) {
      add(NamesAfter(text, "eslint-disable-next-line"), last + 1, last + 1);
    } else if (text.find("eslint-disable-line") != text.npos) {
      add(NamesAfter(text, "eslint-disable-line"), line, line);
    } else if (text.starts_with("/*") && text.find("eslint-disable") != text.npos) {
      add(NamesAfter(text, "eslint-disable"), line, kEnd);
    } else if (text.starts_with("/*") && text.find("eslint-enable") != text.npos) {
      const std::vector<std::string> rules = NamesAfter(text, "eslint-enable");
      for (FieldSuppression& open : found) {
        const bool ends =
            rules.empty() || std::find(rules.begin(), rules.end(), open.rule) != rules.end();
        if (open.last_line == kEnd && ends) open.last_line = line;
      }
    }
  }
  return found;
}

}  // namespace asyncport::advise
