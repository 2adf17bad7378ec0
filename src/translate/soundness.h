// The last look at a translated tree: what would not compile in the target language although every node is well-formed,
// because of where it stands. Such statements are refused instead (engine.cpp translates again without them), so that one
// slip costs a statement and not the file.
// Example: `await` in a lambda of Python; `return` outside a function.
#pragma once

#include <string>
#include <vector>

#include "ir/tree.h"

namespace asyncport::translate {

struct Unsound {
  ir::NodeId statement;  // of the source: the innermost translated statement around the place
  std::string reason;
  bool is_our_mistake;  // the tree itself is ill-formed (ir::Verify)
};

// A statement that can be refused by itself: no block, and nothing that stands for an expression too.
bool IsStatement(const ir::Tree& source, ir::NodeId id);

// `target`: a whole translation, origins set. A fragment may wait and return at its top level.
std::vector<Unsound> FindUnsound(const ir::Tree& target, const ir::Tree& source, bool is_fragment);

}  // namespace asyncport::translate
