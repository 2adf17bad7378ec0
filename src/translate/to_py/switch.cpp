// switch: `match` over literals where every case leaves, grouped cases as alternatives.
// Example: `case "a": case "b": f(); break;` -> `case "a" | "b": f()`.
#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

struct Group {
  NodeList tests;           // source expressions; empty with is_default
  bool is_default = false;
  NodeList body;            // source statements, without the closing break
  NodeId origin;
};

bool Leaves(Context& c, NodeId statement) {
  NodeKind kind = c.src().kind(statement);
  if (kind == NodeKind::kBreak) return c.src().text(statement).empty();
  if (kind == NodeKind::kReturn || kind == NodeKind::kRaise || kind == NodeKind::kContinue) return true;
  if (auto block = c.As<ir::Block>(statement)) return !block.statements().empty() && Leaves(c, block.statements().back());
  if (auto test = c.As<If>(statement)) {
    auto arm = [&](NodeId id) {
      auto block = c.As<ir::Block>(id);
      return block && !block.statements().empty() && Leaves(c, block.statements().back());
    };
    return test.else_body() && arm(test.body()) && arm(test.else_body()) && !c.src().Is(test.body(), NodeKind::kBreak);
  }
  return false;
}

// A break of the switch that is not the last statement of its case.
bool HasInnerBreak(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kBreak) return true;
  if (kind == NodeKind::kWhile || kind == NodeKind::kCFor || kind == NodeKind::kForEach || kind == NodeKind::kForIn || kind == NodeKind::kDoWhile ||
      kind == NodeKind::kSwitch || kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda) {
    return false;
  }
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasInnerBreak(c, child); });
  return found;
}

// Statements of a case with one level of braces removed and the final break dropped.
NodeList BodyStatements(Context& c, NodeId body) {
  auto block = c.As<ir::Block>(body);
  NodeList out(block.statements().begin(), block.statements().end());
  while (out.size() == 1 && c.src().Is(out[0], NodeKind::kBlock)) {
    auto inner = c.As<ir::Block>(out[0]).statements();
    out.assign(inner.begin(), inner.end());
  }
  return out;
}

bool IsLiteral(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kUnary) return c.src().Is(c.As<Unary>(id).operand(), NodeKind::kNumber);
  return kind == NodeKind::kString || kind == NodeKind::kNumber || kind == NodeKind::kNull || kind == NodeKind::kBool;
}

std::optional<std::vector<Group>> AsGroups(Context& c, Switch node) {
  std::vector<Group> groups;
  Group current;
  for (std::size_t i = 0; i < node.cases().size(); ++i) {
    auto one = c.As<SwitchCase>(node.cases()[i]);
    if (!current.origin) current.origin = one.id();
    if (one.test()) current.tests.push_back(one.test());
    else current.is_default = true;
    NodeList body = BodyStatements(c, one.body());
    bool last = i + 1 == node.cases().size();
    if (body.empty() && !last) continue;  // shares the next body
    bool leaves = !body.empty() && Leaves(c, body.back());
    if (!leaves && !last) return std::nullopt;  // falls through
    if (!body.empty() && c.src().Is(body.back(), NodeKind::kBreak)) body.pop_back();
    for (NodeId s : body) {
      if (HasInnerBreak(c, s)) return std::nullopt;
    }
    current.body = std::move(body);
    groups.push_back(std::move(current));
    current = Group{};
  }
  return groups;
}

NodeId CaseBlock(Context& c, const Group& group) { return c.NewBlock(c.Stmts(group.body)); }

bool TranslateSwitch(Context& c, NodeId id, NodeList& out) {
  auto node = c.As<Switch>(id);
  auto groups = AsGroups(c, node);
  if (!groups) {
    c.Refuse(id, "switch-fallthrough");
    return true;
  }
  bool all_literal = true;
  bool default_last = true;
  for (std::size_t i = 0; i < groups->size(); ++i) {
    for (NodeId test : (*groups)[i].tests) all_literal = all_literal && IsLiteral(c, test);
    if ((*groups)[i].is_default && i + 1 != groups->size()) default_last = false;
  }
  if (!default_last) {
    c.Refuse(id, "switch-fallthrough");
    return true;
  }
  NodeId subject = c.Expr(node.subject());
  if (all_literal) {
    NodeList cases;
    for (const Group& group : *groups) {
      NodeId pattern;
      if (group.is_default) {
        pattern = c.New(make::MatchWildcard{}, {});
      } else if (group.tests.size() == 1) {
        pattern = c.New(make::MatchValue{.value = c.Expr(group.tests[0])}, group.tests[0]);
      } else {
        NodeList alternatives;
        for (NodeId test : group.tests) alternatives.push_back(c.New(make::MatchValue{.value = c.Expr(test)}, test));
        pattern = c.New(make::MatchOr{.alternatives = std::move(alternatives)}, {});
      }
      cases.push_back(c.New(make::MatchCase{.pattern = pattern, .body = CaseBlock(c, group)}, group.origin));
    }
    out.push_back(c.New(make::Match{.subject = subject, .cases = std::move(cases)}, id));
    return true;
  }
  // `switch (true)` and computed cases: a chain of tests.
  auto literal = c.As<Bool>(node.subject());
  bool on_true = literal && literal.value();
  if (!on_true && !c.IsPure(node.subject())) {
    std::string name = c.names().Fresh("subject");
    out.push_back(c.NewAssign(c.NewName(name), subject));
    subject = c.NewName(name);
  }
  NodeId chain;
  for (std::size_t i = groups->size(); i-- > 0;) {
    const Group& group = (*groups)[i];
    NodeId block = CaseBlock(c, group);
    if (group.is_default) {
      chain = block;
      continue;
    }
    NodeId test;
    for (NodeId t : group.tests) {
      NodeId one = on_true ? Condition(c, t) : c.New(make::Binary{.left = subject, .right = c.Expr(t), .op = BinaryOp::kEq}, t);
      test = test ? c.New(make::Logical{.left = test, .right = one, .op = LogicalOp::kOr}, {}) : one;
    }
    NodeId rest = chain && ir::As<If>(c.dst(), chain) ? c.NewBlock({chain}) : chain;
    chain = c.New(make::If{.test = test, .body = block, .else_body = rest}, i == 0 ? id : group.origin);
  }
  if (chain && ir::As<If>(c.dst(), chain)) {
    out.push_back(chain);
  } else if (chain) {
    auto statements = ir::As<ir::Block>(c.dst(), chain).statements();
    out.insert(out.end(), statements.begin(), statements.end());
  }
  return true;
}

}  // namespace

void RegisterSwitch(Topics& t) { t.Claim(NodeKind::kSwitch, Order::kAfterCards, &TranslateSwitch); }

}  // namespace asyncport::translate::to_py
