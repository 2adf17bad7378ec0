// See parts.h. Knows nothing about the target.
#include "translate/to_py/parts.h"

namespace asyncport::translate::to_py {

using namespace ir;

std::span<const NodeId> FunctionParams(Context& c, NodeId function) {
  if (auto f = c.As<FunctionDef>(function)) return f.params();
  if (auto f = c.As<FunctionExpr>(function)) return f.params();
  if (auto f = c.As<Method>(function)) return f.params();
  if (auto f = c.As<Lambda>(function)) return f.params();
  return {};
}

NodeId FunctionBody(Context& c, NodeId function) {
  if (auto f = c.As<FunctionDef>(function)) return f.body();
  if (auto f = c.As<FunctionExpr>(function)) return f.body();
  if (auto f = c.As<Method>(function)) return f.body();
  if (auto f = c.As<Lambda>(function)) return f.body();
  return kNoNode;
}

NodeId ReturnedExpression(Context& c, NodeId function) {
  NodeId body = FunctionBody(c, function);
  if (!body || c.src().Is(function, NodeKind::kLambda)) return body;
  auto statements = c.As<ir::Block>(body).statements();
  auto only = statements.size() == 1 ? c.As<Return>(statements[0]) : Return();
  return only ? only.value() : kNoNode;
}

NodeId OnlyExpression(Context& c, NodeId function) {
  if (NodeId returned = ReturnedExpression(c, function)) return returned;
  auto body = c.As<ir::Block>(FunctionBody(c, function));
  auto only =
      body && body.statements().size() == 1 ? c.As<ExprStmt>(body.statements()[0]) : ExprStmt();
  return only ? only.value() : kNoNode;
}

}  // namespace asyncport::translate::to_py
