// A part of a translation: what became of the statements that a selection touches. Decides nothing about meaning; the
// whole file was translated before.
// Example: of "import a from 'a';\nf();\na();\n" the selection of the last line leaves "import a" and "a()".
#pragma once

#include "ir/tree.h"
#include "support/span.h"

namespace asyncport {

// The innermost statements of one body that the selection touches; a part of a statement, of a clause or of a class
// stands for the whole of it. Empty: it touches none.
ir::NodeList SelectedStatements(const ir::Tree& source, Span selection);

// Replaces the root of `target` by one that holds what became of the selected statements, and the imports and helpers
// that they use.
void KeepSelected(ir::Tree& target, const ir::Tree& source, Span selection);

}  // namespace asyncport
