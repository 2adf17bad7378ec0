// Conditional expressions and short circuits that are statements, or have effects of their own on one side: if and else.
// Conditions that choose between plain values are in operators.cpp.
// Example: `ready && count++;` -> `if ready: count += 1`.
#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Assignments in it, functions inside left out.
bool Assigns(Context& c, NodeId id) {
  switch (c.src().kind(id)) {
    case NodeKind::kUpdate:
    case NodeKind::kAssignExpr:
    case NodeKind::kLogicalAssign:
    case NodeKind::kSequence:
      return true;
    case NodeKind::kLambda:
    case NodeKind::kFunctionExpr:
    case NodeKind::kMethod:
    case NodeKind::kClassExpr:
      return false;
    default:
      break;
  }
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Assigns(c, child); });
  return found;
}

NodeId NotNone(Context& c, NodeId value) {
  return c.New(make::Binary{.left = value, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs},
               {});
}

// `a && b;`, `a || b;`, `a ?? b;`, `a ? b : c;`
bool IsBranch(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kLogical) || c.src().Is(id, NodeKind::kConditional);
}

void Branch(Context& c, NodeId id, NodeId origin, NodeList& out) {
  if (auto logical = c.As<Logical>(id)) {
    NodeId test = logical.op() == LogicalOp::kNullish ? NotNone(c, c.Expr(logical.left()))
                                                      : Condition(c, logical.left());
    if (logical.op() == LogicalOp::kOr) test = Negate(c, test);
    NodeList body;
    StatementOf(c, logical.right(), logical.right(), body);
    out.push_back(c.New(make::If{.test = test, .body = c.NewBlock(std::move(body))}, origin));
    return;
  }
  auto conditional = c.As<Conditional>(id);
  NodeId test = Condition(c, conditional.test());
  NodeList then_body;
  NodeList else_body;
  StatementOf(c, conditional.then_value(), conditional.then_value(), then_body);
  StatementOf(c, conditional.else_value(), conditional.else_value(), else_body);
  NodeId other = else_body.empty() ? kNoNode : c.NewBlock(std::move(else_body));
  out.push_back(
      c.New(make::If{.test = test, .body = c.NewBlock(std::move(then_body)), .else_body = other},
            origin));
}

bool TranslateBranch(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!IsBranch(c, value) || IsChain(c, value)) return false;
  // Work that is started on one side is started by whoever translates the call.
  if (c.facts().ColourOf(value) == facts::CallColour::kAsync) return false;
  Branch(c, value, id, out);
  return true;
}

bool TranslateReturn(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<Return>(id).value();
  auto conditional = value ? c.As<Conditional>(value) : Conditional();
  if (!conditional ||
      (!Assigns(c, conditional.then_value()) && !Assigns(c, conditional.else_value())))
    return false;
  ReturnOf(c, value, id, out);
  return true;
}

// `x = a ? f(i++) : g;`
bool TranslateAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto conditional = assign.value() ? c.As<Conditional>(assign.value()) : Conditional();
  if (!conditional || assign.targets().size() != 1 ||
      !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  if (!Assigns(c, conditional.then_value()) && !Assigns(c, conditional.else_value())) return false;
  NodeId test = Condition(c, conditional.test());
  auto arm = [&](NodeId value) {
    Context::Hoisted result = c.ExprWithHoists(value);
    result.before.push_back(c.NewAssign(c.Pattern(assign.targets()[0]), result.value, value));
    return c.NewBlock(std::move(result.before));
  };
  NodeId body = arm(conditional.then_value());
  NodeId other = arm(conditional.else_value());
  out.push_back(c.New(make::If{.test = test, .body = body, .else_body = other}, id));
  return true;
}

// `if (a && changes(b)) {...}` without else: an if inside an if, where what `b` needs can stand before it.
bool TranslateIf(Context& c, NodeId id, NodeList& out) {
  auto statement = c.As<If>(id);
  auto logical = c.As<Logical>(statement.test());
  if (!logical || logical.op() != LogicalOp::kAnd || statement.else_body() ||
      !c.marks().insert("split-if:" + std::to_string(id.index)).second)
    return false;
  NodeId left = Condition(c, logical.left());
  Context::Hoisted right = c.Hoisting([&] { return Condition(c, logical.right()); });
  NodeId body = c.Block(statement.body());
  if (right.before.empty()) {
    NodeId both = c.New(make::Logical{.left = left, .right = right.value, .op = LogicalOp::kAnd},
                        statement.test());
    out.push_back(c.New(make::If{.test = both, .body = body}, id));
    return true;
  }
  NodeList inner = std::move(right.before);
  inner.push_back(c.New(make::If{.test = right.value, .body = body}, {}));
  out.push_back(c.New(make::If{.test = left, .body = c.NewBlock(std::move(inner))}, id));
  return true;
}

}  // namespace

void StatementOf(Context& c, NodeId id, NodeId origin, NodeList& out) {
  if (IsBranch(c, id) && c.facts().ColourOf(id) != facts::CallColour::kAsync) {
    Context::Hoisted whole = c.Hoisting([&] {
      NodeList branch;
      Branch(c, id, origin, branch);
      return branch.front();
    });
    out.insert(out.end(), whole.before.begin(), whole.before.end());
    out.push_back(whole.value);
    return;
  }
  if (ForEachCall(c, id, origin, out)) return;
  if (auto update = c.As<Update>(id)) {
    BinaryOp op = update.is_decrement() ? BinaryOp::kSub : BinaryOp::kAdd;
    out.push_back(
        c.New(make::AugAssign{.target = c.Expr(update.target()), .value = c.NewInt(1), .op = op},
              origin));
    return;
  }
  Context::Hoisted value = c.ExprWithHoists(id);
  out.insert(out.end(), value.before.begin(), value.before.end());
  // What an assignment leaves behind is a name that nobody reads.
  bool idle = c.dst().Is(value.value, NodeKind::kName) ||
              c.dst().Is(value.value, NodeKind::kNull) ||
              c.dst().Is(value.value, NodeKind::kAttribute) ||
              c.dst().Is(value.value, NodeKind::kSubscript);
  if (!idle || value.before.empty()) {
    bool nothing =
        c.dst().Is(value.value, NodeKind::kNull) || c.dst().Is(value.value, NodeKind::kName);
    if (!nothing) out.push_back(c.NewExprStmt(value.value, origin));
  }
}

void ReturnOf(Context& c, NodeId id, NodeId origin, NodeList& out) {
  auto conditional = c.As<Conditional>(id);
  if (conditional &&
      (Assigns(c, conditional.then_value()) || Assigns(c, conditional.else_value()))) {
    Context::Hoisted test = c.Hoisting([&] { return Condition(c, conditional.test()); });
    out.insert(out.end(), test.before.begin(), test.before.end());
    NodeList then_body;
    ReturnOf(c, conditional.then_value(), conditional.then_value(), then_body);
    out.push_back(
        c.New(make::If{.test = test.value, .body = c.NewBlock(std::move(then_body))}, origin));
    ReturnOf(c, conditional.else_value(), conditional.else_value(), out);
    return;
  }
  Context::Hoisted value = c.ExprWithHoists(id);
  out.insert(out.end(), value.before.begin(), value.before.end());
  out.push_back(c.New(make::Return{.value = value.value}, origin));
}

void RegisterBranches(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateBranch);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateReturn);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateAssign);
  t.Claim(NodeKind::kIf, Order::kBeforeCards, &TranslateIf);
}

}  // namespace asyncport::translate::to_py
