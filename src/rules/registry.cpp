// Look-ups in the embedded tables that need no compiled shape: card texts, aliases, library names.
#include <algorithm>

#include "rules/embedded.h"
#include "rules/rules.h"

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
  const Card* last = generated::kCards + generated::kCardCount;
  const Card* card =
      std::lower_bound(generated::kCards, last, id,
                       [](const Card& c, std::string_view key) { return c.id < key; });
  return card != last && card->id == id ? card->text : std::string_view();
}

const ApiEntry* FindApi(Language language, std::string_view resolved_name) {
  const ApiEntry* first = language == Language::kJs ? generated::kJsApi : generated::kPyApi;
  const ApiEntry* last =
      first + (language == Language::kJs ? generated::kJsApiCount : generated::kPyApiCount);
  const ApiEntry* entry =
      std::lower_bound(first, last, resolved_name,
                       [](const ApiEntry& e, std::string_view name) { return e.name < name; });
  return entry != last && entry->name == resolved_name ? entry : nullptr;
}

}  // namespace asyncport::rules
