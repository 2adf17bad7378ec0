// Where each node stands: parent, slot, enclosing function, statement, class and loop. Built in one walk without
// recursion, so that the depth of a tree does not matter. Knows nothing about names.
// Example: in `for (const x of f(xs)) g(x)`, the loop of `g(x)` is the ForEach, and that of `f(xs)` is none.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/tree.h"

namespace asyncport::facts {

bool IsFunctionKind(ir::NodeKind kind);  // FunctionDef, FunctionExpr, Lambda, Method
bool IsClassKind(ir::NodeKind kind);     // ClassDef, ClassExpr
bool IsLoopKind(ir::NodeKind kind);      // While, ForEach, CFor, ForIn, DoWhile
// Parts of a function that are evaluated where it is defined: decorators, its name, annotations.
bool IsOutsideFunction(const ir::Tree& tree, ir::NodeId function, unsigned slot);

struct Structure {
  explicit Structure(const ir::Tree& tree);

  std::vector<ir::NodeId> preorder;  // every node under the root
  std::vector<ir::NodeId> parent;    // the rest by node index
  std::vector<std::uint8_t> slot;    // in the parent
  std::vector<ir::NodeId> function;
  std::vector<ir::NodeId> statement;
  std::vector<ir::NodeId> class_def;
  std::vector<ir::NodeId> loop;
  std::vector<std::uint32_t> position;  // in preorder
  std::vector<std::uint32_t> end;       // preorder position after the last descendant

  bool IsInside(ir::NodeId node, ir::NodeId ancestor) const {  // also node == ancestor
    return position[ancestor.index] <= position[node.index] &&
           position[node.index] < end[ancestor.index];
  }
};

}  // namespace asyncport::facts
