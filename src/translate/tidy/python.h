// What a careful reader would still straighten in Python, node by node.
// Example: `sorted(list(x))` -> `sorted(x)`; `x == 1 or x == 2` -> `x in (1, 2)`.
#pragma once

#include "ir/tree.h"

namespace asyncport::translate::tidy {

class PythonRules {
 public:
  explicit PythonRules(ir::Tree& tree) : tree_(tree) {}

  // The node to stand in place of `id`, whose children are tidy already; often `id` itself.
  ir::NodeId Apply(ir::NodeId id);

 private:
  ir::Tree& tree_;
};

}  // namespace asyncport::translate::tidy
