// The examples in the cards are tests: a card applies to its `before`, a lesson is found on the lines that say so, and
// `untouched` code is left alone by its card. Whole translations are in rules_translate_test.cpp.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "facts/facts.h"
#include "lower/lower.h"
#include "rules/rules.h"
#include "rules_cards.h"
#include "syntax/cst.h"

using namespace asyncport;
using rules_test::Cards;
using rules_test::Marked;
using rules_test::ReadMarks;

namespace {

// One source through the front end, and every card that applies to it.
struct Analysed {
  Source source;
  ir::Tree tree;
  std::unique_ptr<facts::Facts> facts;
};

std::unique_ptr<Analysed> Analyse(Language language, const std::string& text) {
  Source source("example", text);
  auto parsed = syntax::Parse(source, language, {});
  REQUIRE(parsed.ok());
  INFO(text);
  REQUIRE(parsed.value().errors.empty());
  diag::Diagnostics ignored;
  ir::Tree tree =
      lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, ignored);
  auto result = std::make_unique<Analysed>(Analysed{std::move(source), std::move(tree), nullptr});
  result->facts = facts::Infer(result->tree, {});
  return result;
}

std::set<std::string> CorrespondencesIn(const Analysed& a) {
  std::set<std::string> ids;
  for (std::uint32_t i = 1; i < a.tree.size(); ++i) {
    if (auto match = rules::FindCorrespondence(*a.facts, ir::NodeId{i})) ids.insert(std::string(match->id));
  }
  return ids;
}

}  // namespace

TEST_CASE("rules: correspondences apply to their examples and to nothing else") {
  for (const rules::CardSource& card : Cards(rules::CardKind::kCorrespondence)) {
    DYNAMIC_SECTION(card.id) {
      for (const rules::Example& example : card.examples) {
        auto analysed = Analyse(example.language, ReadMarks(example.before).text);
        INFO(example.before);
        CHECK(CorrespondencesIn(*analysed).count(card.id) == (example.untouched ? 0u : 1u));
        if (!example.has_after || example.one_way || card.direction != rules::Direction::kBoth) continue;
        auto reverse = Analyse(Other(example.language), example.after);
        INFO(example.after);
        CHECK(CorrespondencesIn(*reverse).count(card.id) == 1u);
      }
    }
  }
}

TEST_CASE("rules: lessons are found where their examples say") {
  for (const rules::CardSource& card : Cards(rules::CardKind::kLesson)) {
    if (!card.engine.empty()) continue;  // found by C++, not by a shape
    DYNAMIC_SECTION(card.id) {
      for (const rules::Example& example : card.examples) {
        Marked marked = ReadMarks(example.before);
        auto analysed = Analyse(example.language, marked.text);
        INFO(example.before);
        std::vector<std::pair<std::uint32_t, std::string>> found;
        std::string fix;
        for (std::uint32_t i = 1; i < analysed->tree.size(); ++i) {
          for (const rules::Match& match : rules::FindLessons(*analysed->facts, ir::NodeId{i})) {
            if (match.id != card.id) continue;
            const Span span = analysed->tree.span(match.node);
            found.emplace_back(analysed->source.LineIndex(span.begin), std::string(match.id));
            if (auto text = rules::FixOf(match, analysed->tree, analysed->source)) fix = text->text;
          }
        }
        if (example.untouched) {
          CHECK(found.empty());
          continue;
        }
        std::sort(found.begin(), found.end());
        CHECK(found == marked.marks);
        if (example.has_after && !fix.empty()) CHECK(example.after.find(fix) != std::string::npos);
      }
    }
  }
}
