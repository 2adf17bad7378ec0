// Closures that are made many times, by a loop or for each item of a list: each is to see the values of its own round.
#pragma once

#include <optional>
#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Inside of a comprehension there is no place for a `def` that reads its variables: a function outside makes one. The
// call of it; nothing where the definition can stand in front of the statement.
// Example: `ids.map((id) => async () => {...})` -> `[make_work(id) for id in ids]`.
std::optional<ir::NodeId> CallOfMaker(Context& context, ir::NodeId source_function, std::string_view name);

}  // namespace asyncport::translate::to_py
