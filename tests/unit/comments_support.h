// What the tests of comments share: where the comments of a small source are attached.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "comments/comments.h"
#include "lower/lower.h"
#include "syntax/cst.h"

namespace asyncport::comments_test {

using LowerFunction = ir::Tree (*)(const syntax::Cst&, const Source&, std::shared_ptr<StringTable>,
                                   const lower::LowerOptions&, diag::Diagnostics&);

struct Example {
  Source source;
  syntax::Parsed parsed;
  ir::Tree tree;
  comments::Attached attached;
};

inline Example Read(Language language, LowerFunction lower, const std::string& text) {
  Source source(language == Language::kJs ? "t.js" : "t.py", text);
  auto parsed = syntax::Parse(source, language, {});
  REQUIRE(parsed.ok());
  diag::Diagnostics diagnostics;
  ir::Tree tree =
      lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, diagnostics);
  comments::Attached attached = comments::Attach(parsed.value().cst, source, tree);
  CHECK(attached.map.size() == parsed.value().cst.Comments().size());
  return {std::move(source), std::move(parsed).value(), std::move(tree), std::move(attached)};
}

// `leading ExprStmt 2:1 "c"; ...`: the dump without the comments' own positions.
inline std::string Placements(const comments::CommentMap& map, const ir::Tree& tree, const Source& source) {
  std::string out;
  const std::string dump = comments::Dump(map, tree, source);
  for (std::string_view line : SplitLines(dump)) {
    if (line.empty()) continue;
    if (!out.empty()) out += "; ";
    out += line.substr(line.find(' ') + 1);
  }
  return out;
}

struct Case {
  const char* text;
  const char* placements;
};

inline void CheckAll(Language language, LowerFunction lower, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    const Example example = Read(language, lower, c.text);
    CHECK(Placements(example.attached.map, example.tree, example.source) == c.placements);
  }
}

}  // namespace asyncport::comments_test
