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

// Names, numbers and chains of attributes stay close to `**`, a minus in front of the right one too.
bool Emitter::IsSimplePowerOperand(NodeId id, bool is_right) const {
  if (auto unary = As<ir::Unary>(id)) {
    return is_right && unary.op() == ir::UnaryOp::kNeg && IsSimplePowerOperand(unary.operand(), false);
  }
  while (auto attribute = As<ir::Attribute>(id)) id = attribute.object();
  return Is(id, NodeKind::kNumber) || Is(id, NodeKind::kName) || Is(id, NodeKind::kSelfRef);
}

Doc Emitter::BinaryExpr(NodeId id, Where where) {
  ir::Binary binary(tree_, id);
  if (binary.op() == ir::BinaryOp::kPow) {
    std::vector<Operand> operands = OperandsOf(tree_, id);
    Doc left = OperandDoc(operands[0], "", where);
    auto tower = As<ir::Binary>(binary.right());
    bool is_tower = tower && tower.op() == ir::BinaryOp::kPow;
    NodeId beside = is_tower ? tower.left() : binary.right();
    bool close = IsSimplePowerOperand(binary.left(), false) && IsSimplePowerOperand(beside, true);
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

Doc Emitter::LogicalExpr(NodeId id, Where where) {
  // A run of the same operator; the others are in parentheses.
  std::string op(ir::Info(ir::Logical(tree_, id).op()).py);
  std::vector<Operand> run;
  Operand first{id, kAnything};
  while (Is(first.node, NodeKind::kLogical) && !NeedsParens(tree_, first.node, first.loosest)) {
    std::vector<Operand> operands = OperandsOf(tree_, first.node);
    run.push_back(operands[1]);
    first = operands[0];
  }
  Docs pieces{OperandDoc(first, "", where)};
  for (std::size_t i = run.size(); i-- > 0;) pieces.push_back(OperandDoc(run[i], op + " ", where));
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
