// Where each Python variable is declared in JavaScript: at the assignment that opens its region (`const`, or `let` when
// the region writes it again), or in a `let` above the block when it is first assigned inside a block and used after it.
// Example: `if a: x = 1\nelse: x = 2\nprint(x)` -> `let x;` before the if.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

// kConst or kLet if the write of this Name opens a region; kNone if it assigns a variable declared elsewhere.
ir::DeclKind DeclaredAt(Context& c, ir::NodeId name);
// Is the function one that a branch defines and that a `let` above the branch declares?
bool IsDeclaredBefore(Context& c, facts::BindingId function);
// All names of a pattern that are written by it.
ir::NodeList NamesIn(Context& c, ir::NodeId pattern);

// One target or pattern of a statement.
struct Declaration {
  ir::DeclKind kind = ir::DeclKind::kNone;
  ir::NodeList loose;  // names that must be declared by a `let` of their own before the statement
};
Declaration DeclarationOf(Context& c, ir::NodeId pattern);

// Is the body of this `with` (or `if __name__ == ...`) written without a block of its own?
bool IsTransparent(Context& c, ir::NodeId statement);

}  // namespace asyncport::translate::to_js
