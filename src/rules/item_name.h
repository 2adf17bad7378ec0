// Words for one item of a collection, from the collection's own name.
#pragma once

#include <string>
#include <string_view>

namespace asyncport::rules {

// `users` -> `user`, `entries` -> `entry`, `boxes` -> `box`; empty if it is no plural.
std::string Singular(std::string_view plural);

}  // namespace asyncport::rules
