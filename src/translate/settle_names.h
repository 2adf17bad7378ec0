// Takes the number off a name that had to be unique in the whole file (`status_2`), or lowers it, where its own
// function leaves the plain name free. Names that the author chose are not touched.
// Example: a temporary `body_2` of a function that nowhere says `body` becomes `body`.
#pragma once

#include <string>
#include <unordered_map>

#include "ir/tree.h"

namespace asyncport::translate {

// `numbered`: names that carry a number, with the name that was wanted. Names of the module keep theirs: other
// files may know them. O(nodes + numbered names * log nodes).
void SettleNames(ir::Tree& tree, ir::NodeId root,
                 const std::unordered_map<std::string, std::string>& numbered);

}  // namespace asyncport::translate
