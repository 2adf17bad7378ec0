// What source functions consist of, whichever way they are written.
// Example: FunctionParams of `(a, b) => a + b` are the Params of a and b; its ReturnedExpression is `a + b`.
#pragma once

#include <span>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Of a FunctionDef, FunctionExpr, Lambda or Method; none for anything else.
std::span<const ir::NodeId> FunctionParams(Context& context, ir::NodeId source_function);
// The Block of a FunctionDef, FunctionExpr or Method, the expression of a Lambda; none for anything else.
ir::NodeId FunctionBody(Context& context, ir::NodeId source_function);
// The one expression that a function evaluates, returned or not.
ir::NodeId OnlyExpression(Context& context, ir::NodeId source_function);
// The one expression that a function returns.
ir::NodeId ReturnedExpression(Context& context, ir::NodeId source_function);

}  // namespace asyncport::translate::to_py
