// Reads suppression comments and applies them.
#include "advise/suppressions.h"

#include <algorithm>
#include <utility>

#include "rules/rules.h"
#include "support/strings.h"

namespace asyncport::advise {

namespace {

constexpr std::string_view kLineForm = "asyncport-ignore:";
constexpr std::string_view kFileForm = "asyncport-ignore-file:";

// Does the card's front matter say that it is a lesson about sources?
bool IsLesson(std::string_view id) {
  const std::string_view text = rules::CardText(id);
  const std::size_t end = text.find("\n+++", 3);
  return text.substr(0, end).find("\nkind = \"lesson\"") != std::string_view::npos;
}

// The whole line if nothing else stands on it, else the comment and the blanks before it.
Span RemovalOf(const comments::Comment& comment, const Source& source) {
  const std::string_view text = source.text();
  Span span = comment.span;
  while (span.begin > 0 && (text[span.begin - 1] == ' ' || text[span.begin - 1] == '\t')) --span.begin;
  if (comment.own_line && span.end < text.size() && text[span.end] == '\n') ++span.end;
  return span;
}

}  // namespace

Suppressions::Suppressions(const comments::Attached& attached, const Source& source)
    : source_(source), field_(ReadFieldSuppressions(attached, source)) {
  // Where the comments before the first code end, and which lines are comments only.
  std::vector<std::uint32_t> comment_lines;
  std::uint32_t code = 0;
  const std::string_view text = source.text();
  const auto skip_blanks = [&](std::uint32_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
    return at;
  };
  code = skip_blanks(0);
  for (const auto& comment : attached.owned) {
    if (comment->span.begin == code) code = skip_blanks(comment->span.end);
    if (comment->own_line) {
      for (std::uint32_t line = source.LineIndex(comment->span.begin);
           line <= source.LineIndex(comment->span.end); ++line) {
        comment_lines.push_back(line);
      }
    }
  }
  const auto next_code_line = [&](std::uint32_t line) {
    while (line < source.line_count() &&
           (Trim(source.Text(source.LineSpan(line))).empty() ||
            std::binary_search(comment_lines.begin(), comment_lines.end(), line))) {
      ++line;
    }
    return line;
  };

  for (const auto& owned : attached.owned) {
    const comments::Comment& comment = *owned;
    if (comment.style != comments::Style::kDirective || comment.lines.empty()) continue;
    const std::string_view line = Trim(comment.lines.front());
    const bool whole_file = line.starts_with(kFileForm);
    if (!whole_file && !line.starts_with(kLineForm)) continue;
    if (whole_file && comment.span.begin >= code) continue;
    std::string_view ids = line.substr(whole_file ? kFileForm.size() : kLineForm.size());
    if (const std::size_t reason = ids.find("--"); reason != std::string_view::npos) ids = ids.substr(0, reason);
    while (!ids.empty()) {
      const std::size_t comma = std::min(ids.find(','), ids.size());
      const std::string_view id = Trim(ids.substr(0, comma));
      ids.remove_prefix(std::min(comma + 1, ids.size()));
      if (id.empty()) continue;
      Entry entry;
      entry.written = id;
      entry.id = rules::CanonicalId(id);
      entry.comment = &comment;
      const std::size_t offset = source.Text(comment.span).find(id);
      entry.id_span = comment.span;
      if (offset != std::string_view::npos) {
        entry.id_span.begin += static_cast<std::uint32_t>(offset);
        entry.id_span.end = entry.id_span.begin + static_cast<std::uint32_t>(id.size());
      }
      entry.whole_file = whole_file;
      const std::uint32_t own = source.LineIndex(comment.span.end);
      entry.line = comment.own_line ? next_code_line(own + 1) : own;
      entries_.push_back(std::move(entry));
    }
  }
}

std::vector<diag::Diagnostic> Suppressions::Apply(std::vector<diag::Diagnostic> list) {
  if (entries_.empty() && field_.empty()) return list;
  const auto hidden = [&](const diag::Diagnostic& diagnostic) {
    // An error decides about the exit code and about what can be trusted: it stays.
    const diag::Entry* known = diag::FindEntry(diagnostic.id);
    if (known == nullptr || known->level == diag::Level::kError) return false;
    const std::uint32_t first = source_.LineIndex(diagnostic.span.begin);
    const std::uint32_t last = source_.LineIndex(diagnostic.span.end);
    bool found = std::any_of(field_.begin(), field_.end(), [&](const FieldSuppression& other) {
      return other.first_line <= first && first <= other.last_line &&
             IsFieldName(diagnostic.id, other.rule);
    });
    for (Entry& entry : entries_) {
      if (entry.id != diagnostic.id) continue;
      if (entry.whole_file || entry.line == first || entry.line == last) {
        entry.used = true;
        found = true;
      }
    }
    return found;
  };
  list.erase(std::remove_if(list.begin(), list.end(), hidden), list.end());
  return list;
}

std::vector<diag::Diagnostic> Suppressions::Leftovers() const {
  std::vector<diag::Diagnostic> list;
  for (const Entry& entry : entries_) {
    if (entry.used) continue;
    if (diag::FindEntry(entry.id) == nullptr) {
      list.push_back({"unknown-ignore", entry.id_span, {{"id", entry.written}}, {}, {}, {}});
      continue;
    }
    if (!IsLesson(entry.id)) continue;
    diag::Diagnostic unused{"unused-ignore", entry.id_span, {{"id", entry.written}}, {}, {}, {}};
    const bool alone = std::count_if(entries_.begin(), entries_.end(), [&](const Entry& other) {
                         return other.comment == entry.comment;
                       }) == 1;
    if (alone) {
      unused.fixes.push_back(
          {"Remove the comment", {{RemovalOf(*entry.comment, source_), ""}}, diag::Applicability::kSafe});
    }
    list.push_back(std::move(unused));
  }
  return list;
}

}  // namespace asyncport::advise
