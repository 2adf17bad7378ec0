// Cards as text: front matter, sections, predicates, triggers, and the tables that the build makes of rules/.
#include <string>

#include "catch_compat.hpp"
#include "diag/diagnostic.h"
#include "rules/card_reader.h"
#include "rules/card_reader_trigger.h"
#include "rules/card_reader_where.h"
#include "rules/rules.h"

using namespace asyncport;
using namespace asyncport::rules;

namespace {

std::string Lesson(std::string_view front, std::string_view shape) {
  return "+++\nid = \"a-card\"\nkind = \"lesson\"\nlevel = \"warning\"\ntitle = \"T\"\nmessage = \"m\"\n" +
         std::string(front) + "+++\nText.\n## Shape\n" + std::string(shape) +
         "## Examples\n```js before\nf(1);\n```\n```js untouched\ng();\n```\n";
}

std::string ErrorOf(std::string_view text) {
  auto card = ReadCard("lessons", "a-card", text);
  return card ? "" : card.error();
}

const std::string kShape = "```js shape\nf($X)\n```\n";

}  // namespace

TEST_CASE("rules: a card is read with its shapes and examples") {
  auto card = ReadCard("lessons", "a-card",
                       Lesson("see = []\n", kShape + "```where\n$X is str  # why\n```\n"));
  REQUIRE(card.ok());
  CHECK(card.value().shapes.size() == 1);
  CHECK(card.value().shapes[0].js == "f($X)");
  CHECK(card.value().shapes[0].from_js);
  CHECK_FALSE(card.value().shapes[0].from_py);
  CHECK(card.value().examples.size() == 2);
  CHECK(card.value().examples[1].untouched);
}

TEST_CASE("rules: a broken card is refused with a reason") {
  CHECK(ErrorOf("id = 1") == "no front matter: the first line must be `+++`");
  CHECK(ErrorOf(Lesson("colour = 1\n", kShape)) == "unknown key `colour` in the front matter");
  CHECK(ErrorOf(Lesson("direction = \"up\"\n", kShape)) ==
        "`direction = \"up\"` is not one of the known words");
  CHECK(ErrorOf(Lesson("", "```js shapes\nf()\n```\n")) == "unknown word `shapes` in `Shape`");
  CHECK(ErrorOf(Lesson("", kShape + "```where\n$X are str\n```\n")) ==
        "`Shape`: `$X are str`: unknown predicate");
  CHECK(ErrorOf(Lesson("", "")) == "`Shape` needs one shape");
  auto renamed = ReadCard("lessons", "b-card", Lesson("", kShape));
  REQUIRE_FALSE(renamed.ok());
  CHECK(renamed.error() == "the file is called b-card, the id is a-card");
  auto moved = ReadCard("structural", "a-card", Lesson("", kShape));
  REQUIRE_FALSE(moved.ok());
  CHECK(moved.error() == "kind lesson belongs into lessons");
}

TEST_CASE("rules: predicates") {
  auto where = ParseWhere("each $$$XS is promise | list of str\ncount $$$XS >= 2\nlet $S = seconds($MS)\n");
  REQUIRE(where.ok());
  REQUIRE(where.value().size() == 3);
  CHECK(where.value()[0].hole == "XS");
  REQUIRE(where.value()[0].kinds.size() == 2);
  CHECK(where.value()[0].kinds[1].element == "str");
  CHECK(where.value()[1].number == 2);
  CHECK(where.value()[2].target == "S");
  CHECK(where.value()[2].hole == "MS");
  CHECK_FALSE(ParseWhere("$X is frog").ok());
  CHECK_FALSE(ParseWhere("let $X = upper($Y)").ok());
  CHECK_FALSE(ParseWhere("awaited twice").ok());
}

TEST_CASE("rules: triggers of shapes") {
  CHECK(TriggerOfText("Promise.all([$$$TASKS])") == "all");
  CHECK(TriggerOfText("import { setTimeout as sleep } from \"node:timers/promises\";\nsleep($MS)") ==
        "setTimeout");
  CHECK(TriggerOfText("from time import sleep as nap\nnap($S)") == "sleep");
  CHECK(TriggerOfText("await asyncio.sleep($S)") == "sleep");
  CHECK(TriggerOfText("new Map()") == "Map");
  CHECK(TriggerOfText("$X in $XS") == "*");
  CHECK(TriggerOfText("[...$A, ...$B]") == "*");
  CHECK(TriggerOfText("\"a)b\".join($XS)") == "join");
  CHECK(TriggerOfText("Math.PI") == "PI");
  CHECK(TriggerOfText("process.env.$NAME") == ".");
  CHECK(TriggerOfText("$F($X)") == "*");
  CHECK(TriggerOfText("f($X)($Y)") == "*");
  CHECK(TriggerOfText("typeof $X === \"string\"") == "*");
}

TEST_CASE("rules: the embedded tables") {
  const diag::Entry* entry = diag::FindEntry("promise-all");
  REQUIRE(entry);
  CHECK(entry->level == diag::Level::kInfo);
  CHECK(rules::CardText("promise-all-gather").find("id = \"promise-all\"") != std::string_view::npos);
  CHECK(rules::CardText("no-such-card").empty());
  CHECK(diag::FindEntry("object-or-dict")->klass == diag::Class::kAssumption);
  const ApiEntry* api = FindApi(Language::kJs, "node:fs.readFileSync");
  REQUIRE(api);
  CHECK(api->kind == "blocking");
  CHECK(FindApi(Language::kPy, "node:fs.readFileSync") == nullptr);
}
