// The examples of correspondence cards through the whole pipeline: `before` becomes `after`, both as the emitter lays
// them out, and back where the card says both.
#include <memory>
#include <string>

#include "catch_compat.hpp"
#include "comments/comments.h"
#include "emit/emit.h"
#include "lower/lower.h"
#include "pipeline/pipeline.h"
#include "rules_cards.h"
#include "syntax/cst.h"

using namespace asyncport;
using rules_test::Cards;
using rules_test::ReadMarks;

namespace {

// What the emitter makes of a text as it stands.
std::string Normal(Language language, const std::string& text) {
  Source source("example", text);
  auto parsed = syntax::Parse(source, language, {});
  REQUIRE(parsed.ok());
  diag::Diagnostics ignored;
  ir::Tree tree =
      lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, ignored);
  return emit::EmitText(tree, comments::Attach(parsed.value().cst, source, tree).map);
}

std::string Translate(Language from, const std::string& text) {
  Options options;
  options.from = from;
  options.to = Other(from);
  options.fragment = Fragment::kAlways;
  options.self_check = false;
  return Run(Source("example", text), options).text;
}

void CheckPair(Language from, const std::string& before, const std::string& after) {
  INFO(DisplayName(from) << ":\n" << before);
  CHECK(Translate(from, before) == Normal(Other(from), after));
}

void CheckDirection(Language from) {
  for (const rules::CardSource& card : Cards(rules::CardKind::kCorrespondence)) {
    DYNAMIC_SECTION(card.id) {
      for (const rules::Example& example : card.examples) {
        if (!example.has_after) continue;
        const std::string before = ReadMarks(example.before).text;
        if (example.language == from) {
          CheckPair(from, before, example.after);
        } else if (!example.one_way && card.direction == rules::Direction::kBoth) {
          CheckPair(from, example.after, before);
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("rules: examples from JavaScript to Python") { CheckDirection(Language::kJs); }

TEST_CASE("rules: examples from Python to JavaScript") { CheckDirection(Language::kPy); }
