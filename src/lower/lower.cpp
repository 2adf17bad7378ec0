// Chooses the lowering of the tree's language.
#include "lower/lower.h"

#include <utility>

namespace asyncport::lower {

ir::Tree Lower(const syntax::Cst& cst, const Source& source, std::shared_ptr<StringTable> strings,
               const LowerOptions& options, diag::Diagnostics& diagnostics) {
  return cst.language() == Language::kJs
             ? js::Lower(cst, source, std::move(strings), options, diagnostics)
             : py::Lower(cst, source, std::move(strings), options, diagnostics);
}

}  // namespace asyncport::lower
