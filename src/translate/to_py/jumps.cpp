// Labels and jumps: plain where Python's own break and continue say the same, flags where a jump leaves several loops.
// Example: `outer: for (...) { for (...) { continue outer; } }` -> `skip = True`, `break`, and `if skip: continue`.
#include "translate/to_py/loops.h"

#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

bool IsLoop(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  return kind == NodeKind::kWhile || kind == NodeKind::kCFor || kind == NodeKind::kForEach ||
         kind == NodeKind::kForIn || kind == NodeKind::kDoWhile;
}

// The loop that a break or continue speaks of, and whether another loop stands between.
struct JumpGoal {
  NodeId loop;
  bool nested = false;
};
JumpGoal GoalOf(Context& c, NodeId jump) {
  std::string_view label = c.src().text(jump);
  JumpGoal goal;
  for (NodeId up = c.facts().Parent(jump); up; up = c.facts().Parent(up)) {
    if (!IsLoop(c, up)) continue;
    auto labeled = c.As<Labeled>(c.facts().Parent(up));
    if (label.empty() || (labeled && labeled.label() == label)) {
      goal.loop = up;
      return goal;
    }
    goal.nested = true;
  }
  return goal;
}

// Does the loop have jumps out of loops inside it that name it?
struct LabelUse {
  bool breaks = false;
  bool continues = false;
};
LabelUse UsesOf(Context& c, NodeId id, NodeId loop) {
  LabelUse use;
  auto visit = [&](auto&& self, NodeId n) -> void {
    NodeKind kind = c.src().kind(n);
    if (kind == NodeKind::kBreak || kind == NodeKind::kContinue) {
      JumpGoal goal = GoalOf(c, n);
      if (goal.nested && goal.loop == loop)
        (kind == NodeKind::kBreak ? use.breaks : use.continues) = true;
    }
    c.src().ForEachChild(n, [&](NodeId child) { self(self, child); });
  };
  visit(visit, id);
  return use;
}

std::string FlagKey(NodeId loop, bool is_break) {
  return (is_break ? "break-flag:" : "continue-flag:") + std::to_string(loop.index) + ":";
}
std::string FlagName(Context& c, NodeId loop, bool is_break) {
  std::string key = FlagKey(loop, is_break);
  for (const std::string& mark : c.marks()) {
    if (mark.starts_with(key)) return mark.substr(key.size());
  }
  std::string name = c.names().Fresh(is_break ? "done" : "skip");
  c.marks().insert(key + name);
  return name;
}

// A labelled statement. Labels of loops turn into flags where a jump leaves more than one loop (TranslateJump sets them,
// LeaveNested asks for them); a label that only its own loop uses says nothing.
bool TranslateLabeled(Context& c, NodeId id, NodeList& out) {
  auto labeled = c.As<Labeled>(id);
  if (!IsLoop(c, labeled.body())) {
    c.Refuse(id, "labelled-loop");
    return true;
  }
  if (UsesOf(c, labeled.body(), labeled.body()).breaks) {
    out.push_back(
        c.NewAssign(c.NewName(FlagName(c, labeled.body(), true)), c.New(make::Bool{}, {})));
  }
  c.Stmt(labeled.body(), out);
  return true;
}

// After a loop that a labelled jump may have left: go on leaving.
void LeaveNested(Context& c, NodeId loop, NodeList& before, NodeList& after) {
  for (NodeId up = c.facts().Parent(loop); up; up = c.facts().Parent(up)) {
    if (!IsLoop(c, up)) {
      NodeKind kind = c.src().kind(up);
      if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
          kind == NodeKind::kMethod)
        return;
      continue;
    }
    if (!c.src().Is(c.facts().Parent(up), NodeKind::kLabeled)) continue;
    LabelUse use = UsesOf(c, loop, up);
    bool direct = c.facts().EnclosingLoop(loop) == up;
    if (use.breaks) {
      NodeId leave = c.New(make::Break{}, {});
      after.push_back(c.New(
          make::If{.test = c.NewName(FlagName(c, up, true)), .body = c.NewBlock({leave})}, {}));
    }
    if (use.continues) {
      std::string flag = FlagName(c, up, false);
      if (direct) before.push_back(c.NewAssign(c.NewName(flag), c.New(make::Bool{}, {})));
      NodeList leave;
      if (direct) StepBefore(c, up, leave);
      leave.push_back(direct ? c.New(make::Continue{}, {}) : c.New(make::Break{}, {}));
      after.push_back(
          c.New(make::If{.test = c.NewName(flag), .body = c.NewBlock(std::move(leave))}, {}));
    }
  }
}

bool TranslateJump(Context& c, NodeId id, NodeList& out) {
  bool is_break = c.src().Is(id, NodeKind::kBreak);
  JumpGoal goal = GoalOf(c, id);
  if (goal.nested && goal.loop) {
    out.push_back(c.NewAssign(c.NewName(FlagName(c, goal.loop, is_break)),
                              c.New(make::Bool{.value = true}, {})));
    out.push_back(c.New(make::Break{}, id));
    return true;
  }
  if (!is_break && goal.loop) StepBefore(c, goal.loop, out);
  out.push_back(is_break ? c.New(make::Break{}, id) : c.New(make::Continue{}, id));
  return true;
}

// Loops around which something has to be said: every kind of them comes through here first.
bool TranslateNestedLoop(Context& c, NodeId id, NodeList& out) {
  if (!c.facts().EnclosingLoop(id) ||
      !c.marks().insert("nested-loop:" + std::to_string(id.index)).second)
    return false;
  NodeList before;
  NodeList after;
  LeaveNested(c, id, before, after);
  if (before.empty() && after.empty()) return false;
  out.insert(out.end(), before.begin(), before.end());
  c.Stmt(id, out);
  out.insert(out.end(), after.begin(), after.end());
  return true;
}

}  // namespace

void RegisterJumps(Topics& t) {
  for (NodeKind kind : {NodeKind::kCFor, NodeKind::kWhile, NodeKind::kDoWhile, NodeKind::kForEach,
                        NodeKind::kForIn}) {
    t.Claim(kind, Order::kBeforeCards, &TranslateNestedLoop);
  }
  t.Claim(NodeKind::kLabeled, Order::kAfterCards, &TranslateLabeled);
  t.Claim(NodeKind::kBreak, Order::kAfterCards, &TranslateJump);
  t.Claim(NodeKind::kContinue, Order::kAfterCards, &TranslateJump);
}

}  // namespace asyncport::translate::to_py
