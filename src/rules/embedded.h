// The tables that tools/embed_rules writes: everything that can be known about rules/ without parsing shapes. Constant
// data only, so that starting costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rules/card_reader.h"
#include "rules/rules.h"

namespace asyncport::rules {

struct EmbeddedShape {
  std::uint32_t card;  // index into kCards
  std::uint32_t number;  // within its card
  std::string_view name;
  std::string_view js;
  std::string_view py;
  std::string_view fix;
  std::string_view where;
  std::string_view where_js;
  std::string_view where_py;
  bool from_js;
  bool from_py;
};

// What rules::Match points to.
struct Card {
  std::string_view id;
  CardKind kind;
  Direction direction;
  std::string_view engine;
  bool use_fix;  // when_translating = "use-fix"
  std::string_view beats;  // ids, each followed by a blank
  std::string_view text;
  std::uint32_t first_shape;
  std::uint32_t shape_count;
};

// Shapes that can match nodes whose trigger is `name` (see TriggerOf in index.h). Sorted by language, name, shape.
struct EmbeddedTrigger {
  Language language;
  std::string_view name;
  std::uint32_t shape;
};

struct EmbeddedAlias {
  std::string_view code;
  std::string_view id;
};

namespace generated {
extern const Card kCards[];  // sorted by id
extern const std::size_t kCardCount;
extern const EmbeddedShape kShapes[];
extern const std::size_t kShapeCount;
extern const EmbeddedTrigger kTriggers[];
extern const std::size_t kTriggerCount;
extern const EmbeddedAlias kAliases[];  // sorted by code
extern const std::size_t kAliasCount;
extern const ApiEntry kJsApi[];  // sorted by name
extern const std::size_t kJsApiCount;
extern const ApiEntry kPyApi[];
extern const std::size_t kPyApiCount;
}  // namespace generated

}  // namespace asyncport::rules
