// The comments are put into the source, and translating carries them to where they belong: what follows a statement
// through a translation is known there and nowhere else.
#include "cli/annotate.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "diag/sinks/texts.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

constexpr std::size_t kWidth = 78;

// "id: message", broken between words.
std::vector<std::string> Wrapped(const std::string& text) {
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > kWidth)
      lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    at = end + 1;
  }
  return lines;
}

using Comments =
    std::map<std::uint32_t, std::vector<std::string>>;  // by 0-based line of the source

std::string Insert(const Source& source, const Comments& comments, std::string_view marker) {
  std::string out;
  for (std::uint32_t line = 0; line < source.line_count(); ++line) {
    const std::string_view text = source.Text(source.LineSpan(line));
    if (const auto found = comments.find(line); found != comments.end()) {
      const std::string indent(
          text.substr(0, std::min(text.find_first_not_of(" \t"), text.size())));
      for (const std::string& comment : found->second)
        out += indent + std::string(marker) + " " + comment + "\n";
    }
    out += std::string(text);
    if (line + 1 < source.line_count()) out += "\n";
  }
  return out;
}

// The lines that say something other than our comments.
std::vector<std::string> Plain(const std::string& text, std::string_view marker,
                               const std::set<std::string>& ours) {
  std::vector<std::string> lines;
  for (std::string_view line : SplitLines(text)) {
    const std::string_view trimmed = Trim(line);
    const bool is_ours = trimmed.starts_with(marker) &&
                         ours.contains(std::string(Trim(trimmed.substr(marker.size()))));
    if (!trimmed.empty() && !is_ours) lines.emplace_back(line);
  }
  return lines;
}

}  // namespace

std::string Annotate(const Source& source, const Options& options, const Outcome& outcome) {
  const auto marker_of = [](Language language) -> std::string_view {
    return language == Language::kJs ? "//" : "#";
  };
  const diag::SinkOptions texts{.find = &diag::FindEntry, .to = options.to};
  std::vector<Comments> single;
  std::set<std::string> seen;
  std::set<std::string> ours;
  for (const diag::Diagnostic& diagnostic : outcome.diagnostics) {
    const diag::Texts text = diag::FindShortTexts(diagnostic, texts);
    if (text.klass == diag::Class::kInternal || !seen.insert(diagnostic.id).second) continue;
    const std::vector<std::string> lines =
        Wrapped(diagnostic.id + ": " + diag::OneLine(text.message));
    ours.insert(lines.begin(), lines.end());
    single.push_back({{source.LineIndex(diagnostic.span.begin), lines}});
  }
  const std::vector<std::string> wanted = Plain(outcome.text, marker_of(options.to), {});
  const auto translate = [&](const Comments& comments) -> std::string {
    const Source changed(source.name(), Insert(source, comments, marker_of(options.from)),
                         source.layout());
    const Outcome again = Run(changed, options);
    const bool same =
        again.status == outcome.status && Plain(again.text, marker_of(options.to), ours) == wanted;
    return same ? again.text : std::string();
  };
  const auto add = [](Comments& all, const Comments& more) {
    for (const auto& [line, lines] : more)
      all[line].insert(all[line].end(), lines.begin(), lines.end());
  };
  Comments all;
  for (const Comments& one : single) add(all, one);
  if (std::string text = translate(all); !text.empty()) return text;
  // One of them stands where no comment can: in the middle of a text, say. Each on its own, then.
  Comments good;
  for (const Comments& one : single) {
    Comments more = good;
    add(more, one);
    if (!translate(more).empty()) good = std::move(more);
  }
  const std::string text = translate(good);
  return text.empty() ? outcome.text : text;
}

}  // namespace asyncport::cli
