// One comment's text: style, lines without markers, layout facts. Knows no tree.
// Example: `/**\n * Adds.\n */` is kDoc with lines {"Adds."}.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "comments/comments.h"

namespace asyncport::comments {

namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\r'; }

// A directive is a comment whose text begins with one of these. Words that also begin prose ("global", "exported") are
// not among them: to keep a directive costs a line, to drop prose loses it.
constexpr std::array<std::string_view, 20> kJsDirectives = {
    "eslint-disable", "eslint-enable", "eslint-env", "@ts-", "prettier-ignore", "istanbul ignore",
    "c8 ignore", "v8 ignore", "node:coverage", "jshint ", "jslint ", "tslint:", "@flow", "@jsx ",
    "biome-ignore", "deno-lint-ignore", "deno-fmt-ignore", "webpackChunkName", "# sourceMappingURL",
    "asyncport-ignore"};
constexpr std::array<std::string_view, 14> kPyDirectives = {
    "noqa", "type: ignore", "pylint:", "mypy:", "pyright:", "ruff:", "flake8:", "fmt: ", "isort:",
    "pragma: no", "nosec", "yapf:", "-*- ", "asyncport-ignore"};

bool IsDirective(std::string_view text, Language language) {
  const auto begins = [&](std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; };
  if (language == Language::kPy) {
    return std::any_of(kPyDirectives.begin(), kPyDirectives.end(), begins);
  }
  return std::any_of(kJsDirectives.begin(), kJsDirectives.end(), begins) ||
         (begins("eslint ") && text.find(':') != std::string_view::npos);
}

std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view DropOneBlank(std::string_view text) {
  if (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  return text;
}

std::size_t Indentation(std::string_view line) {
  std::size_t n = 0;
  while (n < line.size() && IsBlank(line[n])) ++n;
  return n;
}

std::vector<std::string> BlockLines(std::string_view body) {
  std::vector<std::string_view> lines = SplitLines(body);
  // A gutter is a `*` at the head of every further line.
  bool gutter = lines.size() > 1;
  std::size_t indentation = std::string_view::npos;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    lines[i] = TrimRight(lines[i]);
    const std::size_t n = Indentation(lines[i]);
    if (n == lines[i].size()) continue;
    if (lines[i][n] != '*') gutter = false;
    indentation = std::min(indentation, n);
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = TrimRight(lines[i]);
    if (i == 0) {
      line = DropOneBlank(line);
    } else if (gutter) {
      line.remove_prefix(std::min(Indentation(line), line.size()));
      if (!line.empty()) line.remove_prefix(1);
      line = DropOneBlank(line);
    } else if (indentation != std::string_view::npos) {
      line.remove_prefix(std::min(indentation, line.size()));
    }
    out.emplace_back(line);
  }
  while (!out.empty() && out.back().empty()) out.pop_back();
  while (!out.empty() && out.front().empty()) out.erase(out.begin());
  if (out.empty()) out.emplace_back();
  return out;
}

// Is the line before the one that holds `offset` empty (and is there one)?
bool BlankLineBefore(std::string_view text, std::uint32_t offset) {
  std::size_t i = offset;
  int line_feeds = 0;
  while (i > 0 && (IsBlank(text[i - 1]) || text[i - 1] == '\n')) {
    if (text[--i] == '\n' && ++line_feeds == 2) return true;
  }
  return false;
}

bool BlankLineAfter(std::string_view text, std::uint32_t offset) {
  int line_feeds = 0;
  for (std::size_t i = offset; i < text.size() && (IsBlank(text[i]) || text[i] == '\n'); ++i) {
    if (text[i] == '\n' && ++line_feeds == 2) return true;
  }
  return false;
}

}  // namespace

Comment ReadComment(const Source& source, Span span, Language language) {
  const std::string_view text = source.text();
  std::string_view raw = TrimRight(source.Text(span));
  while (!raw.empty() && raw.back() == '\n') raw.remove_suffix(1);

  Comment comment;
  comment.span = {span.begin, span.begin + static_cast<std::uint32_t>(raw.size())};
  std::uint32_t line_begin = span.begin;
  while (line_begin > 0 && IsBlank(text[line_begin - 1])) --line_begin;
  comment.own_line = line_begin == 0 || text[line_begin - 1] == '\n';
  comment.blank_before = comment.own_line && BlankLineBefore(text, span.begin);
  comment.blank_after = BlankLineAfter(text, comment.span.end);

  const auto begins = [&](std::string_view prefix) { return raw.substr(0, prefix.size()) == prefix; };
  if (span.begin == 0 && begins("#!")) {
    comment.style = Style::kShebang;
    comment.lines.emplace_back(raw.substr(2));
    return comment;
  }
  if (language == Language::kJs && begins("/*")) {
    const bool closed = raw.size() >= 4 && raw.substr(raw.size() - 2) == "*/";
    std::string_view body = raw.substr(2, raw.size() - (closed ? 4 : 2));
    const bool doc = body.size() > 1 && body.front() == '*' && body[1] != '*';
    if (doc) body.remove_prefix(1);
    comment.style = doc ? Style::kDoc : Style::kBlock;
    comment.lines = BlockLines(body);
  } else {
    const std::size_t marker = begins("//") ? 2 : begins("<!--") ? 4 : begins("-->") ? 3 : 1;
    comment.lines.emplace_back(DropOneBlank(raw.substr(std::min(marker, raw.size()))));
  }
  if (IsDirective(Trim(comment.lines.front()), language)) comment.style = Style::kDirective;
  return comment;
}

}  // namespace asyncport::comments
