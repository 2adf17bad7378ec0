// Changes programs the way programs differ: parts of the tree are exchanged, doubled, taken out, moved, or replaced by
// parts of other programs. Text in lines (cards, configuration) is changed by lines.
// Example: Mutate("f(a);", "g(await b)", Text::kJsOrPy, false, random) may give "f(await b);".
#pragma once

#include <random>
#include <string>
#include <string_view>

#include "targets.h"

namespace asyncport::fuzz {

using Random = std::mt19937;

// `bytes`, `donor`: inputs of the target, with their first byte.
std::string Mutate(std::string_view bytes, std::string_view donor, Text text, Random& random);

}  // namespace asyncport::fuzz
