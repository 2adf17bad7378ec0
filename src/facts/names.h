// Resolved names: which global or imported thing an expression means, by scopes alone (no types).
// Example: with `import { readFile } from "fs/promises"`, the callee of `readFile(p)` is "node:fs/promises.readFile".
#pragma once

#include <string>

#include "facts/scopes.h"
#include "facts/structure.h"
#include "ir/tree.h"

namespace asyncport::facts {

class Names {
 public:
  Names(const ir::Tree& tree, const Structure& structure, const Scopes& scopes)
      : tree_(tree), structure_(structure), scopes_(scopes) {}

  // Empty: a local thing, or not a name.
  std::string PathOf(ir::NodeId expression) const { return Path(expression, 0); }

 private:
  std::string Path(ir::NodeId expression, int depth) const;
  std::string PathOfBinding(ir::NodeId name, int depth) const;
  bool IsUsedAsThing(ir::NodeId name) const;

  const ir::Tree& tree_;
  const Structure& structure_;
  const Scopes& scopes_;
};

}  // namespace asyncport::facts
