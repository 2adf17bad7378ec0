// Numbers that were read out of texts, for those who ask whether they are any.
#pragma once

#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Does the source name hold a number that was read out of a text which may be none? NaN is true in Python.
bool MayBeNan(Context& context, ir::NodeId source_expr);

// The function of the file that reads as `Number` or `parseFloat` does; none for other paths.
ir::NodeId NumberReader(Context& context, std::string_view path, ir::NodeId origin);

}  // namespace asyncport::translate::to_py
