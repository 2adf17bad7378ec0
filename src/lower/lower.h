// Grammar tree -> IR of the same language. One file per construct family in js/ and py/. Knows grammar kinds; decides
// nothing about the other language.
// Example (JavaScript): `a ?? b` -> Logical Nullish(Name a, Name b).
#pragma once

#include <memory>

#include "diag/diagnostic.h"
#include "ir/tree.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::lower {

struct LowerOptions {
  // Rule cards: identifiers `$X`, `$$$XS`, `$_` (spelled with `µ` instead of `$` in Python text) become Hole nodes.
  bool holes = false;
};

// Always gives a whole tree whose root is a Module; what is not understood is an Opaque node. Reports what the grammar
// accepts and the language does not (await outside an async function, Python 2 print) as error diagnostics.
ir::Tree Lower(const syntax::Cst& cst, const Source& source, std::shared_ptr<StringTable> strings,
               const LowerOptions& options, diag::Diagnostics& diagnostics);

namespace js {
ir::Tree Lower(const syntax::Cst& cst, const Source& source, std::shared_ptr<StringTable> strings,
               const LowerOptions& options, diag::Diagnostics& diagnostics);
}
namespace py {
ir::Tree Lower(const syntax::Cst& cst, const Source& source, std::shared_ptr<StringTable> strings,
               const LowerOptions& options, diag::Diagnostics& diagnostics);
}

}  // namespace asyncport::lower
