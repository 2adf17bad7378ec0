// What a careful reader would still straighten in JavaScript, node by node.
// Example: `let total = 1;` that nothing assigns again -> `const total = 1;`; `f(...[x])` -> `f(x)`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "ir/tree.h"
#include "ir/views.h"

namespace asyncport::translate::tidy {

class JavaScriptRules {
 public:
  // Reads the whole tree once: what is assigned, which private fields are read.
  JavaScriptRules(ir::Tree& tree, ir::NodeId root);

  // The node to stand in place of `id`, whose children are tidy already; often `id` itself.
  ir::NodeId Apply(ir::NodeId id);

 private:
  void CollectWritten(ir::NodeId id);
  bool IsFieldWrite(ir::NodeId id);
  ir::NodeId ConstWherePossible(ir::NodeId id, std::span<const ir::NodeId> targets,
                                ir::DeclKind declares, bool has_value);
  ir::NodeId WithPlainDeclarations(ir::NodeId id);
  ir::NodeId WithoutUnreadFields(ir::NodeId id);
  bool IsReadField(std::string_view name) { return read_fields_.contains(std::string(name)); }

  ir::Tree& tree_;
  std::unordered_set<std::string> written_;
  std::unordered_set<std::string> read_fields_;
};

}  // namespace asyncport::translate::tidy
