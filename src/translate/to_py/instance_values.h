// Members of instances that a symbol names (instance_values.cpp).
#pragma once

#include <string>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// The attribute for a member whose key is a symbol of the file; empty for other keys.
std::string MemberOfSymbol(Context& context, ir::NodeId source_key);

// Is it an instance whose class says which plain value it has in arithmetic?
bool HasPlainValue(Context& context, ir::NodeId source_expr);

}  // namespace asyncport::translate::to_py
