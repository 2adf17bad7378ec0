// Classes whose instances `console.log` shows (shown.cpp).
// Example: ReprOf gives `def __repr__(self): return f"Point(x={self.x!r})"` if points are printed.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "translate/context.h"

namespace asyncport::translate::to_py {

struct ShownField {
  std::string_view name;
  ir::NodeId value;  // as the constructor gives it; may be none
};

// The fields of an instance in the order in which they are made; none if they cannot all be told.
std::optional<std::vector<ShownField>> FieldsOf(Context& context, ir::NodeId source_class, int depth = 0);

// Does the class or one above it have a method of that name?
bool HasMethod(Context& context, ir::NodeId source_class, std::string_view name);

// The `__repr__` of a class of the file; none if no instance is printed, or its fields are not known.
ir::NodeId ReprOf(Context& context, ir::NodeId source_class);

}  // namespace asyncport::translate::to_py
