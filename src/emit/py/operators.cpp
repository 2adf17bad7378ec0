// Operators: runs of the same level are one list of pieces, each of which begins with its operator when the run breaks.
// Example: `a + b - c` too long for its line becomes `a`, `+ b`, `- c` below each other.
#include "emit/py/emitter.h"

namespace asyncport::emit::py {

Doc Emitter::Pieces(const Docs& pieces, Where where) {
  Docs parts;
  for (Doc piece : pieces) {
    if (!parts.empty()) parts.push_back(where == Where::kInBrackets ? Line() : Text(" "));
    parts.push_back(piece);
  }
  Doc all = b_.Concat(parts);
  return where == Where::kInBrackets ? b_.Group(all) : all;
}

Doc Emitter::UnaryExpr(NodeId id, Where where) {
  ir::Unary unary(tree_, id);
  const ir::OperatorInfo& info = ir::Info(unary.op());
  return C({Text(info.py), Expr(unary.operand(), info.py_precedence, where)});
}

// Names, numbers and chains of attributes stay close to `**`.
bool Emitter::IsSimplePowerOperand(NodeId id) const {
  if (Is(id, NodeKind::kNumber) || Is(id, NodeKind::kName) || Is(id, NodeKind::kSelfRef)) return true;
  if (auto unary = As<ir::Unary>(id)) {
    return unary.op() == ir::UnaryOp::kNeg && Is(unary.operand(), NodeKind::kNumber);
  }
  while (auto attribute = As<ir::Attribute>(id)) {
    id = attribute.object();
    if (Is(id, NodeKind::kName) || Is(id, NodeKind::kSelfRef)) return true;
  }
  return false;
}

Doc Emitter::BinaryExpr(NodeId id, Where where) {
  ir::Binary binary(tree_, id);
  const ir::OperatorInfo& info = ir::Info(binary.op());
  int level = info.py_precedence;
  if (binary.op() == ir::BinaryOp::kPow) {
    // Binds to the right, and looser than the unary operators on its right.
    Doc left = Expr(binary.left(), kAwait, where);
    Doc right = Expr(binary.right(), kUnary, where);
    NodeId inner = Is(binary.right(), NodeKind::kBinary) ? ir::Binary(tree_, binary.right()).left() : binary.right();
    if (IsSimplePowerOperand(binary.left()) && IsSimplePowerOperand(inner)) return C({left, Text("**"), right});
    return Pieces({left, C({Text("** "), right})}, where);
  }
  if (ir::IsComparison(binary.op())) {
    return Pieces({Expr(binary.left(), kBitOr, where),
                   C({Text(std::string(info.py) + " "), Expr(binary.right(), kBitOr, where)})},
                  where);
  }
  // The run to the left of the same level, without recursion.
  std::vector<ir::Binary> run;
  NodeId first = id;
  while (auto link = As<ir::Binary>(first)) {
    if (ir::Info(link.op()).py_precedence != level || link.op() == ir::BinaryOp::kPow) break;
    run.push_back(link);
    first = link.left();
  }
  Docs pieces{Expr(first, level, where)};
  for (std::size_t i = run.size(); i-- > 0;) {
    pieces.push_back(
        C({Text(std::string(ir::Info(run[i].op()).py) + " "), Expr(run[i].right(), level + 1, where)}));
  }
  return Pieces(pieces, where);
}

Doc Emitter::CompareChainExpr(NodeId id, Where where) {
  ir::CompareChain chain(tree_, id);
  Docs pieces{Expr(chain.first(), kBitOr, where)};
  for (NodeId link_id : chain.links()) {
    ir::CompareLink link(tree_, link_id);
    pieces.push_back(C({Text(std::string(ir::Info(link.op()).py) + " "), Expr(link.right(), kBitOr, where)}));
  }
  return Pieces(pieces, where);
}

// `and` and `or` without parentheses between them are one run.
void Emitter::LogicalPieces(NodeId id, std::string_view prefix, Where where, Docs& out) {
  ir::Logical top(tree_, id);
  ir::LogicalOp op = top.op();
  int level = ir::Info(op).py_precedence;
  std::vector<ir::Logical> run;
  NodeId first = id;
  while (auto link = As<ir::Logical>(first)) {
    if (link.op() != op) break;
    run.push_back(link);
    first = link.left();
  }
  auto add = [&](NodeId operand, const std::string& operator_text, int loosest) {
    if (Is(operand, NodeKind::kLogical) && !NeedsParens(tree_, operand, loosest)) {
      LogicalPieces(operand, operator_text, where, out);
    } else {
      out.push_back(C({Text(operator_text), Expr(operand, loosest, where)}));
    }
  };
  add(first, std::string(prefix), level);
  for (std::size_t i = run.size(); i-- > 0;) {
    add(run[i].right(), std::string(ir::Info(op).py) + " ", level + 1);
  }
}

Doc Emitter::LogicalExpr(NodeId id, Where where) {
  Docs pieces;
  LogicalPieces(id, "", where, pieces);
  return Pieces(pieces, where);
}

Doc Emitter::ConditionalExpr(NodeId id, Where where) {
  Docs pieces;
  std::string prefix;
  NodeId current = id;
  while (auto conditional = As<ir::Conditional>(current)) {
    pieces.push_back(C({Text(prefix), Expr(conditional.then_value(), kOr, where)}));
    pieces.push_back(C({Text("if "), Expr(conditional.test(), kOr, where)}));
    prefix = "else ";
    current = conditional.else_value();
  }
  pieces.push_back(C({Text(prefix), Expr(current, kLambda, where)}));
  return Pieces(pieces, where);
}

}  // namespace asyncport::emit::py
