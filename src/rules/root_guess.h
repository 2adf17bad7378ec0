// What the root of a shape can be, told from its text, so that a shape without a name to look it up by is only compiled
// where a node of its kind is met. May name too many kinds, never too few: a test compares it with every card.
// Example: `!$XS.includes($X)` can be a Unary; `$XS[-1]` a Subscript; `$A // $B` a Binary, of an operator spelled in it.
#pragma once

#include <string_view>

#include "ir/node_kind.h"
#include "ir/tree.h"
#include "support/language.h"

namespace asyncport::rules {

class RootGuess {
 public:
  explicit RootGuess(std::string_view shape);

  bool MayBe(ir::NodeKind kind) const;
  // Is the operator of this Unary, Binary or Logical, if it is one, anywhere in the text?
  bool HasOperatorOf(const ir::Tree& tree, ir::NodeId node) const;

 private:
  std::string_view text_;
  unsigned forms_ = 0;
};

}  // namespace asyncport::rules
