// All cards: those that are embedded, and those that AddCards read. To be asked for instead of the generated tables.
// Example: AllTables().cards[shape.card].id
#pragma once

#include <cstddef>
#include <span>

#include "rules/embedded.h"

namespace asyncport::rules {

struct Tables {
  std::span<const Card> cards;                // sorted by id
  std::span<const EmbeddedShape> shapes;      // by card, the embedded ones first
  std::span<const EmbeddedTrigger> triggers;  // sorted by language, name, shape
  std::span<const ApiEntry> js_api;           // sorted by name
  std::span<const ApiEntry> py_api;
  std::size_t embedded_shapes = 0;  // what follows is a team's own, and wins
};

const Tables& AllTables();

}  // namespace asyncport::rules
