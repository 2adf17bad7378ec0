// How tightly each Python expression binds, and whether it needs parentheses where it stands. The only place that decides
// on parentheses for the sake of meaning; those for the sake of layout are in right_side.cpp.
// Example: NeedsParens(tree, Binary Add, kMultiply) is true: (a + b) * c.
#pragma once

#include <vector>

#include "ir/views.h"

namespace asyncport::emit::py {

// Levels of operators.def, with what lies below and above them. A place names the loosest level it takes.
enum Precedence : int {
  kAnything = 0,  // yield, `:=`
  kLambda = 1,
  kConditional = 2,
  kOr = 3,
  kAnd = 4,
  kNot = 5,
  kComparison = 6,
  kBitOr = 7,
  kShift = 10,
  kMultiply = 12,
  kUnary = 13,
  kPower = 14,
  kAwait = 15,
  kPrimary = 16,
  kAtom = 17,
};

// Defer prints nothing of its own.
ir::NodeId WithoutDefer(const ir::Tree& tree, ir::NodeId id);
int PrecedenceOf(const ir::Tree& tree, ir::NodeId id);
bool NeedsParens(const ir::Tree& tree, ir::NodeId id, int loosest);

// The operands that stand outside an expression's brackets, first to last, with what each place takes. Some get
// parentheses that they could do without, because few readers know their level by heart: `(a * b) % c`, `(a + b) & c`,
// `a or (b and c)`, and Black's `-(a**b)`.
struct Operand {
  ir::NodeId node;
  int loosest = kAnything;
};
std::vector<Operand> OperandsOf(const ir::Tree& tree, ir::NodeId id);

}  // namespace asyncport::emit::py
