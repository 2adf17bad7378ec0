// switch: `match` over literals where every case leaves, grouped cases as alternatives.
// Example: `case "a": case "b": f(); break;` -> `case "a" | "b": f()`.
#include <algorithm>
#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

struct Group {
  NodeList tests;           // source expressions; empty with is_default
  bool is_default = false;
  bool falls = false;       // goes on with the next group's body
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

// `if (x) { ...; break; }` without an else: the case ends there.
bool IsBreakingIf(Context& c, NodeId statement) {
  auto branch = c.As<If>(statement);
  if (!branch || branch.else_body()) return false;
  auto body = c.As<ir::Block>(branch.body());
  if (!body || body.statements().empty() || !c.src().Is(body.statements().back(), NodeKind::kBreak) || !c.src().text(body.statements().back()).empty()) return false;
  for (NodeId s : body.statements().first(body.statements().size() - 1)) {
    if (HasInnerBreak(c, s)) return false;
  }
  return true;
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
    current.falls = !leaves && !last;
    if (!body.empty() && c.src().Is(body.back(), NodeKind::kBreak)) body.pop_back();
    for (NodeId s : body) {
      if (HasInnerBreak(c, s) && !(IsBreakingIf(c, s) && !current.falls)) return std::nullopt;
    }
    current.body = std::move(body);
    groups.push_back(std::move(current));
    current = Group{};
  }
  return groups;
}

// Statements of a case; `if (x) break;` in the middle puts what follows under the opposite.
NodeList CaseStatements(Context& c, std::span<const NodeId> body) {
  NodeList out;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (!IsBreakingIf(c, body[i])) {
      c.Stmt(body[i], out);
      continue;
    }
    auto branch = c.As<If>(body[i]);
    Context::Hoisted test = c.ExprWithHoists(branch.test());
    out.insert(out.end(), test.before.begin(), test.before.end());
    NodeId condition = test.before.empty() ? Condition(c, branch.test()) : test.value;
    auto inner = c.As<ir::Block>(branch.body());
    NodeList leaving = c.Stmts(inner.statements().first(inner.statements().size() - 1));
    NodeList rest = CaseStatements(c, body.subspan(i + 1));
    if (leaving.empty() && !rest.empty()) {
      out.push_back(c.New(make::If{.test = Negate(c, condition), .body = c.NewBlock(std::move(rest))}, body[i]));
    } else {
      NodeId otherwise = rest.empty() ? kNoNode : c.NewBlock(std::move(rest));
      out.push_back(c.New(make::If{.test = condition, .body = c.NewBlock(std::move(leaving)), .else_body = otherwise}, body[i]));
    }
    break;
  }
  return out;
}

NodeId CaseBlock(Context& c, const Group& group) { return c.NewBlock(CaseStatements(c, group.body)); }

// `subject == a`, `subject in (a, b)`.
NodeId CaseTest(Context& c, NodeId subject, const NodeList& tests) {
  if (tests.size() == 1) {
    return c.New(make::Binary{.left = subject, .right = c.Expr(tests[0]), .op = BinaryOp::kEq}, tests[0]);
  }
  NodeId all = c.New(make::Tuple{.elements = c.Exprs(tests), .is_parenthesised = true}, {});
  return c.New(make::Binary{.left = subject, .right = all, .op = BinaryOp::kIn}, {});
}

bool Writes(Context& c, const Group& group, NodeId subject) {
  bool found = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    NodeKind kind = c.src().kind(id);
    if (kind == NodeKind::kAssign || kind == NodeKind::kAugAssign || kind == NodeKind::kAssignExpr || kind == NodeKind::kUpdate) {
      found = found || SameTree(c.src(), c.src().SlotList(id, 0)[0], c.src(), subject);
    }
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  for (NodeId s : group.body) visit(visit, s);
  return found;
}

// Cases that fall through: each body that goes on stands in a test of its own, before the chain of those that end.
bool TranslateFallthrough(Context& c, NodeId id, const std::vector<Group>& groups, NodeList& out) {
  auto node = c.As<Switch>(id);
  bool simple = c.src().Is(node.subject(), NodeKind::kName);
  for (const Group& group : groups) simple = simple && !Writes(c, group, node.subject());
  NodeId subject = c.Expr(node.subject());
  if (!simple) {
    std::string name = c.names().Fresh("subject");
    out.push_back(c.NewAssign(c.NewName(name), subject, id));
    subject = c.NewName(name);
  }
  // A body runs for its own tests and for those of the groups that fall into it.
  std::vector<NodeList> runs_for(groups.size());
  std::vector<bool> with_default(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i > 0 && groups[i - 1].falls) {
      runs_for[i] = runs_for[i - 1];
      with_default[i] = with_default[i - 1];
    }
    runs_for[i].insert(runs_for[i].end(), groups[i].tests.begin(), groups[i].tests.end());
    with_default[i] = with_default[i] || groups[i].is_default;
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (with_default[i] && groups[i].falls) return false;
    if (groups[i].falls) out.push_back(c.New(make::If{.test = CaseTest(c, subject, runs_for[i]), .body = CaseBlock(c, groups[i])}, groups[i].origin));
  }
  NodeId chain;
  for (std::size_t i = groups.size(); i-- > 0;) {
    if (with_default[i]) chain = CaseBlock(c, groups[i]);
  }
  for (std::size_t i = groups.size(); i-- > 0;) {
    if (groups[i].falls || with_default[i]) continue;
    NodeId rest = chain && ir::As<If>(c.dst(), chain) ? c.NewBlock({chain}) : chain;
    chain = c.New(make::If{.test = CaseTest(c, subject, runs_for[i]), .body = CaseBlock(c, groups[i]), .else_body = rest}, groups[i].origin);
  }
  if (chain && ir::As<If>(c.dst(), chain)) {
    out.push_back(chain);
  } else if (chain) {
    auto statements = ir::As<ir::Block>(c.dst(), chain).statements();
    out.insert(out.end(), statements.begin(), statements.end());
  }
  return true;
}

bool TranslateSwitch(Context& c, NodeId id, NodeList& out) {
  auto node = c.As<Switch>(id);
  auto groups = AsGroups(c, node);
  if (!groups) {
    c.Refuse(id, "switch-fallthrough");
    return true;
  }
  bool all_literal = true;
  bool falls = false;
  std::size_t default_at = groups->size();
  for (std::size_t i = 0; i < groups->size(); ++i) {
    for (NodeId test : (*groups)[i].tests) all_literal = all_literal && IsLiteral(c, test);
    falls = falls || (*groups)[i].falls;
    if ((*groups)[i].is_default) default_at = i;
  }
  if (falls) {
    NodeList statements;
    if (!all_literal || !TranslateFallthrough(c, id, *groups, statements)) {
      c.Refuse(id, "switch-fallthrough");
      return true;
    }
    out.insert(out.end(), statements.begin(), statements.end());
    return true;
  }
  // Where the default stands says nothing as long as no case falls: it is tried last anyway.
  if (default_at + 1 < groups->size()) std::rotate(groups->begin() + static_cast<long>(default_at), groups->begin() + static_cast<long>(default_at) + 1, groups->end());
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
