// Look-ups in the embedded tables that need no compiled shape: card texts, aliases, library names.
#include <algorithm>
#include <span>

#include "rules/embedded.h"
#include "rules/rules.h"
#include "rules/tables.h"

namespace asyncport::rules {

std::string_view CanonicalId(std::string_view id) {
  const EmbeddedAlias* last = generated::kAliases + generated::kAliasCount;
  const EmbeddedAlias* alias =
      std::lower_bound(generated::kAliases, last, id,
                       [](const EmbeddedAlias& a, std::string_view code) { return a.code < code; });
  return alias != last && alias->code == id ? alias->id : id;
}

std::string_view CardText(std::string_view id) {
  id = CanonicalId(id);
  const std::span<const Card> cards = AllTables().cards;
  const auto card =
      std::lower_bound(cards.begin(), cards.end(), id,
                       [](const Card& c, std::string_view key) { return c.id < key; });
  return card != cards.end() && card->id == id ? card->text : std::string_view();
}

const ApiEntry* FindApi(Language language, std::string_view resolved_name) {
  const std::span<const ApiEntry> names =
      language == Language::kJs ? AllTables().js_api : AllTables().py_api;
  const auto entry =
      std::lower_bound(names.begin(), names.end(), resolved_name,
                       [](const ApiEntry& e, std::string_view name) { return e.name < name; });
  return entry != names.end() && entry->name == resolved_name ? &*entry : nullptr;
}

}  // namespace asyncport::rules
