// Comparison functions as keys: what `sort((a, b) => ...)` orders by, first things first.
// Example: `(a, b) => b.age - a.age || (a.name < b.name ? -1 : 1)` orders by `(-x["age"], x["name"])`.
#pragma once

#include <optional>
#include <vector>

#include "translate/context.h"

namespace asyncport::translate::to_py {

struct SortKey {
  ir::NodeId key;           // a lambda, or the name of a function that was hoisted
  bool is_reverse = false;  // largest first
};

// Does the function order by several things, or in a form that no card knows? Translates nothing.
bool IsCompoundComparison(Context& context, ir::NodeId source_function);

// The key of such a function; nothing where no key orders alike (texts that count down beside others that count up).
std::optional<SortKey> KeyOfComparison(Context& context, ir::NodeId source_function);

// Does it order by several things for which there is no one key? Translates nothing.
bool NeedsPasses(Context& context, ir::NodeId source_function);

// Such a function as several keys, to be sorted by one after the other: what decides last comes first. Sorting is stable,
// so that this orders alike whatever is compared. Nothing where it is no such function.
std::vector<SortKey> PassesOfComparison(Context& context, ir::NodeId source_function);

}  // namespace asyncport::translate::to_py
