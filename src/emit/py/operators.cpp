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

Doc Emitter::OperandDoc(const Operand& operand, std::string_view prefix, Where where) {
  Doc printed = Expr(operand.node, operand.loosest, where);
  return prefix.empty() ? printed : C({Text(prefix), printed});
}

Doc Emitter::UnaryExpr(NodeId id, Where where) {
  return OperandDoc(OperandsOf(tree_, id).front(), ir::Info(ir::Unary(tree_, id).op()).py, where);
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
  if (binary.op() == ir::BinaryOp::kPow) {
    std::vector<Operand> operands = OperandsOf(tree_, id);
    Doc left = OperandDoc(operands[0], "", where);
    auto tower = As<ir::Binary>(binary.right());
    bool is_tower = tower && tower.op() == ir::BinaryOp::kPow;
    NodeId beside = is_tower ? tower.left() : binary.right();
    bool close = IsSimplePowerOperand(binary.left()) && IsSimplePowerOperand(beside);
    if (close) return C({left, OperandDoc(operands[1], "**", where)});
    return Pieces({left, OperandDoc(operands[1], "** ", where)}, where);
  }
  // The run to the left of the same level, without recursion.
  int level = ir::Info(binary.op()).py_precedence;
  std::vector<std::pair<ir::BinaryOp, Operand>> run;
  Operand first{id, level};
  while (!NeedsParens(tree_, first.node, first.loosest)) {
    auto link = As<ir::Binary>(WithoutDefer(tree_, first.node));
    if (!link || ir::Info(link.op()).py_precedence != level) break;
    std::vector<Operand> operands = OperandsOf(tree_, link.id());
    run.emplace_back(link.op(), operands[1]);
    first = operands[0];
  }
  Docs pieces{OperandDoc(first, "", where)};
  for (std::size_t i = run.size(); i-- > 0;) {
    pieces.push_back(OperandDoc(run[i].second, std::string(ir::Info(run[i].first).py) + " ", where));
  }
  return Pieces(pieces, where);
}

Doc Emitter::CompareChainExpr(NodeId id, Where where) {
  auto links = ir::CompareChain(tree_, id).links();
  std::vector<Operand> operands = OperandsOf(tree_, id);
  Docs pieces{OperandDoc(operands[0], "", where)};
  for (std::size_t i = 0; i < links.size(); ++i) {
    std::string op(ir::Info(ir::CompareLink(tree_, links[i]).op()).py);
    pieces.push_back(OperandDoc(operands[i + 1], op + " ", where));
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
