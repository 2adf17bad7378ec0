// Splits the Markdown of a card into sections and fenced blocks with md4c. Prose is not kept apart: `explain` prints the
// body as it stands.
// Example: "## Shape: a\n```js shape\nf($X)\n```" -> Section "Shape: a" with one Fence {js, shape}.
#include <md4c.h>

#include <cstring>

#include "rules/card_reader.h"
#include "support/strings.h"

namespace asyncport::rules {
namespace {

struct Splitter {
  std::vector<Section> sections{Section{}};
  bool in_heading = false;
  bool in_fence = false;
};

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

int EnterBlock(MD_BLOCKTYPE type, void* detail, void* user) {
  auto& s = *static_cast<Splitter*>(user);
  if (type == MD_BLOCK_H) {
    Section section;
    section.level = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
    s.sections.push_back(std::move(section));
    s.in_heading = true;
  } else if (type == MD_BLOCK_CODE) {
    const auto& code = *static_cast<MD_BLOCK_CODE_DETAIL*>(detail);
    if (code.fence_char != 0) {
      Fence fence;
      if (code.info.text) fence.info = Words(std::string_view(code.info.text, code.info.size));
      s.sections.back().fences.push_back(std::move(fence));
      s.in_fence = true;
    }
  }
  return 0;
}

int LeaveBlock(MD_BLOCKTYPE type, void*, void* user) {
  auto& s = *static_cast<Splitter*>(user);
  if (type == MD_BLOCK_H) s.in_heading = false;
  if (type == MD_BLOCK_CODE) s.in_fence = false;
  return 0;
}

int EnterSpan(MD_SPANTYPE, void*, void*) { return 0; }
int LeaveSpan(MD_SPANTYPE, void*, void*) { return 0; }

int OnText(MD_TEXTTYPE, const MD_CHAR* text, MD_SIZE size, void* user) {
  auto& s = *static_cast<Splitter*>(user);
  if (s.in_fence) {
    s.sections.back().fences.back().text.append(text, size);
  } else if (s.in_heading) {
    s.sections.back().heading.append(text, size);
  }
  return 0;
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

  Splitter splitter;
  MD_PARSER parser;
  std::memset(&parser, 0, sizeof parser);
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;
  parser.enter_block = EnterBlock;
  parser.leave_block = LeaveBlock;
  parser.enter_span = EnterSpan;
  parser.leave_span = LeaveSpan;
  parser.text = OnText;
  if (md_parse(card.body.data(), static_cast<MD_SIZE>(card.body.size()), &parser, &splitter) != 0) {
    return Error{"the Markdown could not be read"};
  }
  card.sections = std::move(splitter.sections);
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
