// What a shape's text says of its root (rules/root_guess.h) against what it compiles to, for every card.
#include <string>

#include "catch_compat.hpp"

#include "ir/views.h"
#include "rules/card_reader_trigger.h"
#include "rules/compile.h"
#include "rules/library.h"
#include "rules/root_guess.h"
#include "rules/tables.h"

namespace asyncport::rules {

TEST_CASE("rules: the root of a nameless shape is guessed rightly") {
  std::size_t tried = 0;
  for (const Language language : {Language::kJs, Language::kPy}) {
    for (const EmbeddedTrigger& entry : ShapesFor(language, kAnyTrigger)) {
      const Shape* shape = ShapeAt(entry.shape);
      REQUIRE(shape != nullptr);
      const Side* side = shape->side(language);
      if (side == nullptr) continue;
      const RootGuess guess(shape->text_of(language));
      INFO(shape->text_of(language));
      CHECK(guess.MayBe(side->tree.kind(side->root)));
      CHECK(guess.HasOperatorOf(side->tree, side->root));
      ++tried;
    }
  }
  CHECK(tried > 50);
}

TEST_CASE("rules: few kinds are guessed for a shape") {
  const auto kinds = [](std::string_view shape) {
    std::string out;
    const RootGuess guess(shape);
    for (const ir::NodeKind kind : {ir::NodeKind::kUnary, ir::NodeKind::kBinary, ir::NodeKind::kLogical,
                                    ir::NodeKind::kConditional, ir::NodeKind::kAssign, ir::NodeKind::kList,
                                    ir::NodeKind::kSubscript, ir::NodeKind::kCall}) {
      if (guess.MayBe(kind)) out += std::string(ir::NameOf(kind)) + " ";
    }
    return out;
  };
  CHECK(kinds("!$XS.includes($X)") == "Unary ");
  CHECK(kinds("$A // $B") == "Binary ");
  CHECK(kinds("$XS[$XS.length - 1]") == "Subscript ");
  CHECK(kinds("[...$XS]") == "List ");
  CHECK(kinds("$M.get($K) ?? $X") == "Logical ");
  CHECK(kinds("$XS.length = 0") == "Assign ");
  CHECK(kinds("$S.startsWith($P) ? $S.slice($P.length) : $S") == "Conditional ");
  CHECK(kinds("typeof $X === \"string\"") == "Unary Binary ");
}

}  // namespace asyncport::rules
