// Splits the Markdown of a card into sections and fenced blocks, by lines, as CommonMark has it: headings with #, fences
// of ` or ~ that may stand a little to the right. Prose is not kept apart: `explain` prints the body as it stands.
// Example: "## Shape: a\n```js shape\nf($X)\n```" -> Section "Shape: a" with one Fence {js, shape}.
#include <algorithm>
#include <iterator>
#include <optional>

#include "rules/card_reader.h"
#include "support/strings.h"

namespace asyncport::rules {
namespace {

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  std::size_t pos = 0;
  while (pos < text.size()) {
    std::size_t begin = text.find_first_not_of(" \t", pos);
    if (begin == std::string_view::npos) break;
    std::size_t end = text.find_first_of(" \t", begin);
    if (end == std::string_view::npos) end = text.size();
    words.emplace_back(text.substr(begin, end - begin));
    pos = end;
  }
  return words;
}

// How many blanks the line begins with; four or more make neither a heading nor a fence.
constexpr std::size_t kMaxIndent = 3;
std::size_t IndentOf(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

std::size_t RunOf(std::string_view text, char c) {
  return std::min(text.find_first_not_of(c), text.size());
}

// "## Shape: a ##" -> level 2, "Shape: a". Code in a heading loses its marks.
std::optional<Section> HeadingOf(std::string_view line) {
  const std::size_t indent = IndentOf(line);
  if (indent > kMaxIndent) return std::nullopt;
  line.remove_prefix(indent);
  const std::size_t level = RunOf(line, '#');
  if (level == 0 || level > 6) return std::nullopt;
  line.remove_prefix(level);
  if (!line.empty() && line.front() != ' ' && line.front() != '\t') return std::nullopt;
  line = Trim(line);
  const std::size_t last = line.find_last_not_of('#');
  if (last == std::string_view::npos) {
    line = {};
  } else if (last + 1 < line.size() && (line[last] == ' ' || line[last] == '\t')) {
    line = Trim(line.substr(0, last));
  }
  Section section;
  section.level = static_cast<int>(level);
  std::copy_if(line.begin(), line.end(), std::back_inserter(section.heading),
               [](char c) { return c != '`'; });
  return section;
}

struct Mark {
  char c;
  std::size_t length;
  std::size_t indent;
  std::string_view info;
};
std::optional<Mark> FenceMark(std::string_view line) {
  const std::size_t indent = IndentOf(line);
  line.remove_prefix(indent);
  if (indent > kMaxIndent || line.empty() || (line.front() != '`' && line.front() != '~'))
    return std::nullopt;
  const char c = line.front();
  const std::size_t length = RunOf(line, c);
  const std::string_view info = Trim(line.substr(length));
  if (length < 3 || (c == '`' && info.find('`') != std::string_view::npos)) return std::nullopt;
  return Mark{c, length, indent, info};
}

std::vector<Section> SectionsOf(std::string_view text) {
  std::vector<Section> sections{Section{}};
  std::optional<Mark> open;
  for (std::string_view line : SplitLines(text)) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::optional<Mark> mark = FenceMark(line);
    if (open) {
      if (mark && mark->c == open->c && mark->length >= open->length && mark->info.empty()) {
        open.reset();
        continue;
      }
      std::string& inside = sections.back().fences.back().text;
      inside += line.substr(std::min(IndentOf(line), open->indent));
      inside += '\n';
    } else if (mark) {
      open = mark;
      Fence fence;
      fence.info = Words(mark->info);
      sections.back().fences.push_back(std::move(fence));
    } else if (std::optional<Section> heading = HeadingOf(line)) {
      sections.push_back(std::move(*heading));
    }
  }
  return sections;
}

constexpr std::string_view kRule = "+++\n";

}  // namespace

Result<MarkdownCard> SplitCard(std::string_view text) {
  if (!text.starts_with(kRule)) return Error{"no front matter: the first line must be `+++`"};
  std::size_t end = text.find("\n+++\n", kRule.size() - 1);
  if (end == std::string_view::npos) return Error{"the front matter has no closing `+++`"};
  MarkdownCard card;
  card.front_matter = std::string(text.substr(kRule.size(), end + 1 - kRule.size()));
  card.body = std::string(text.substr(end + 5));

  card.sections = SectionsOf(card.body);
  return card;
}

std::vector<std::string> ReadIdList(std::string_view text) {
  std::vector<std::string> ids;
  for (std::string_view line : SplitLines(text)) {
    line = Trim(line.substr(0, line.find('#')));
    if (!line.empty()) ids.emplace_back(line);
  }
  return ids;
}

}  // namespace asyncport::rules
