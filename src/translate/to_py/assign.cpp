// Declarations and assignments; those inside expressions are lifted out in evaluation order.
// Patterns: destructuring.cpp.
// Example: `total += xs[i++];` -> `total += xs[i]` and `i += 1`.
#include <utility>

#include "translate/to_py/absence.h"
#include "translate/to_py/destructuring.h"
#include "translate/to_py/late_steps.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// `var App = App || {};`: what nothing else gives a value is not there yet.
NodeId ValueIfUnset(Context& c, Assign assign) {
  auto logical = c.As<Logical>(assign.value());
  if (assign.declares() != DeclKind::kVar || !logical || logical.op() == LogicalOp::kAnd)
    return assign.value();
  const NodeId target = assign.targets()[0];
  if (!c.src().Is(target, NodeKind::kName) || !c.src().Is(logical.left(), NodeKind::kName))
    return assign.value();
  const facts::BindingId binding = c.facts().BindingOf(target);
  const bool same = binding && c.facts().BindingOf(logical.left()) == binding;
  return same && c.facts().binding(binding).writes.size() == 1 &&
                 !c.facts().EnclosingLoop(assign.id())
             ? logical.right()
             : assign.value();
}

bool TranslateAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (!assign.value()) {
    // `let x;`: Python needs no declaration; None where it may be read before it is written.
    NodeId target = assign.targets()[0];
    facts::BindingId binding = c.facts().BindingOf(target);
    bool needed = !binding || !c.facts().binding(binding).reads.empty() ||
                  c.facts().binding(binding).captured;
    if (needed) out.push_back(c.NewAssign(c.Pattern(target), c.New(make::Null{}, {}), id));
    return true;
  }
  if (assign.targets().size() > 1) {
    for (NodeId target : assign.targets()) {
      if (!IsSimpleTarget(c, target)) return false;
    }
    NodeId value = c.Expr(assign.value());
    NodeList targets;
    for (NodeId target : assign.targets()) targets.push_back(c.Pattern(target));
    out.push_back(c.New(make::Assign{.targets = std::move(targets), .value = value}, id));
    return true;
  }
  if (IsChain(c, assign.value()) && c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  AssignOne(c, id, assign.targets()[0], ValueIfUnset(c, assign), out);
  return true;
}

// `xs.length = 0;` -> `xs.clear()`; `xs.length = n;` -> `del xs[n:]`.
bool TranslateLengthAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  auto target = c.As<Attribute>(assign.targets()[0]);
  if (!target || target.name() != "length" ||
      !c.facts().Only(target.object(), {facts::TypeKind::kList}))
    return false;
  NodeId object = c.Expr(target.object());
  auto number = c.As<Number>(assign.value());
  if (number && number.text() == "0") {
    out.push_back(c.NewExprStmt(c.NewCall(c.NewAttribute(object, "clear"), {}), id));
    return true;
  }
  NodeId tail = c.New(make::Slice{.lower = c.Expr(assign.value())}, {});
  out.push_back(c.New(
      make::Delete{.targets = {c.New(make::Subscript{.object = object, .index = tail}, {})}}, id));
  return true;
}

// `i++` in the value of a statement where nothing else looks at `i`: the step follows the statement.
NodeId SingleStep(Context& c, NodeId value) {
  NodeId found;
  bool several = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    NodeKind kind = c.src().kind(id);
    if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) return;
    if (kind == NodeKind::kLogical || kind == NodeKind::kConditional ||
        kind == NodeKind::kOptionalChain) {
      c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
      if (found && c.src().span(id).contains(c.src().span(found)))
        several = true;  // may not run at all
      return;
    }
    if (kind == NodeKind::kUpdate && !c.As<Update>(id).is_prefix()) {
      several = several || found;
      found = id;
      return;
    }
    if (kind == NodeKind::kUpdate || kind == NodeKind::kAssignExpr ||
        kind == NodeKind::kLogicalAssign || kind == NodeKind::kAwait || kind == NodeKind::kYield)
      several = true;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, value);
  if (!found || several) return kNoNode;
  NodeId target = c.As<Update>(found).target();
  // A call might look at the counter too, unless it is a local variable that no closure holds.
  bool calls = false;
  std::size_t uses = 0;
  auto count = [&](auto&& self, NodeId id) -> void {
    NodeKind kind = c.src().kind(id);
    calls = calls || kind == NodeKind::kCall || kind == NodeKind::kNew;
    if (SameTree(c.src(), id, c.src(), target)) ++uses;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  count(count, value);
  if (uses != 1) return kNoNode;
  if (!calls) return found;
  bool local = c.src().Is(target, NodeKind::kName) && c.facts().BindingOf(target) &&
               !c.facts().binding(c.facts().BindingOf(target)).captured;
  return local ? found : kNoNode;
}

NodeId StepAfter(Context& c, NodeId step) {
  auto update = c.As<Update>(step);
  NodeId target = c.Expr(update.target());
  c.Override(step, target);
  return c.New(make::AugAssign{.target = target,
                               .value = c.NewInt(1),
                               .op = update.is_decrement() ? BinaryOp::kSub : BinaryOp::kAdd},
               step);
}

bool TranslateStepAfter(Context& c, NodeId id, NodeList& out) {
  NodeId value;
  if (auto assign = c.As<Assign>(id)) {
    if (assign.targets().size() != 1 || !c.src().Is(assign.targets()[0], NodeKind::kName))
      return false;
    value = assign.value();
  } else if (auto augmented = c.As<AugAssign>(id)) {
    if (!c.src().Is(augmented.target(), NodeKind::kName)) return false;
    value = augmented.value();
  }
  NodeId step = value ? SingleStep(c, value) : kNoNode;
  if (!step || !c.marks().insert("stepped:" + std::to_string(step.index)).second) return false;
  NodeId target = c.As<Assign>(id) ? c.As<Assign>(id).targets()[0] : c.As<AugAssign>(id).target();
  if (SameTree(c.src(), target, c.src(), c.As<Update>(step).target())) return false;
  NodeId after = StepAfter(c, step);
  c.Stmt(id, out);
  out.push_back(after);
  return true;
}

bool TranslateVarDecl(Context& c, NodeId id, NodeList& out) {
  for (NodeId one : c.As<VarDecl>(id).declarations()) c.Stmt(one, out);
  if (!out.empty()) c.dst().set_origin(out.front(), id);
  return true;
}

bool TranslateAugAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<AugAssign>(id);
  using facts::TypeKind;
  BinaryOp op = assign.op();
  if (op == BinaryOp::kUShr) {
    c.Refuse(id, "thirty-two-bit");
    return true;
  }
  NodeId value = c.Expr(assign.value());
  if (op == BinaryOp::kAdd) {
    bool text_target = c.facts().Only(assign.target(), {TypeKind::kStr});
    bool text_value = c.facts().Only(assign.value(), {TypeKind::kStr});
    if (text_target && !text_value) value = c.NewCall(c.NewName("str"), {value});
  }
  out.push_back(
      c.New(make::AugAssign{.target = c.Expr(assign.target()), .value = value, .op = op}, id));
  return true;
}

// `x = v` inside an expression: a statement before it, then the value. `while ((m = next()))` is handled by the loop.
std::optional<NodeId> TranslateAssignExpr(Context& c, NodeId id) {
  auto assign = c.As<AssignExpr>(id);
  NodeList out;
  if (assign.op() != BinaryOp::kNone) {
    out.push_back(c.New(
        make::AugAssign{
            .target = c.Expr(assign.target()), .value = c.Expr(assign.value()), .op = assign.op()},
        id));
  } else if (c.src().Is(assign.target(), NodeKind::kName)) {
    NodeId value = c.Expr(assign.value());
    out.push_back(c.NewAssign(c.Pattern(assign.target()), value, id));
  } else {
    AssignOne(c, id, assign.target(), assign.value(), out);
  }
  for (NodeId statement : out) {
    if (!c.HoistEffect(statement, id)) return c.New(make::Null{}, id);
  }
  return c.Expr(assign.target());
}

// Does the statement around look at the stepped variable at this place only?
bool IsOnlyUse(Context& c, Update update) {
  NodeId statement = c.facts().EnclosingStatement(update.id());
  std::size_t uses = 0;
  auto count = [&](auto&& self, NodeId id) -> void {
    if (SameTree(c.src(), id, c.src(), update.target())) ++uses;
    if (c.src().Is(id, NodeKind::kBlock)) return;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  count(count, statement);
  return uses == 1;
}

// Nobody but this function sees the variable, and the statement ends as statements do: a later step is the same.
bool MayStepLater(Context& c, Update update) {
  const NodeId statement = c.facts().EnclosingStatement(update.id());
  const bool goes_on = c.src().Is(statement, NodeKind::kExprStmt) ||
                       c.src().Is(statement, NodeKind::kAssign) ||
                       c.src().Is(statement, NodeKind::kAugAssign);
  if (!goes_on || c.guarded() || !c.src().Is(update.target(), NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(update.target());
  if (!binding || c.facts().binding(binding).captured || c.facts().binding(binding).kind == facts::BindingKind::kFree) return false;
  for (NodeId at = statement; at; at = c.facts().Parent(at)) {
    // What is thrown may be caught before the step.
    if (c.src().Is(at, NodeKind::kTry)) return false;
    if (c.src().Is(at, NodeKind::kFunctionDef) || c.src().Is(at, NodeKind::kFunctionExpr) || c.src().Is(at, NodeKind::kMethod) ||
        c.src().Is(at, NodeKind::kLambda))
      break;
  }
  return true;
}

// `i++` inside an expression. Postfix: the old value is `i - 1` after the step has been lifted.
std::optional<NodeId> TranslateUpdate(Context& c, NodeId id) {
  auto update = c.As<Update>(id);
  NodeId target = c.Expr(update.target());
  BinaryOp op = update.is_decrement() ? BinaryOp::kSub : BinaryOp::kAdd;
  if (update.is_prefix()) {
    if (!c.HoistEffect(c.New(make::AugAssign{.target = target, .value = c.NewInt(1), .op = op}, id),
                       id))
      return target;
    return c.Expr(update.target());
  }
  const bool is_only_use = IsOnlyUse(c, update);
  if (is_only_use && MayStepLater(c, update)) {
    NodeId step = c.New(make::AugAssign{.target = target, .value = c.NewInt(1), .op = op}, id);
    c.State<LateSteps>().steps[c.facts().EnclosingStatement(id).index].push_back(step);
    return c.Expr(update.target());
  }
  // Stepped first, then one step back: exact for whole numbers.
  if (c.facts().Only(update.target(), {facts::TypeKind::kInt}) && is_only_use) {
    if (!c.HoistEffect(c.New(make::AugAssign{.target = target, .value = c.NewInt(1), .op = op}, id),
                       id))
      return target;
    BinaryOp back = update.is_decrement() ? BinaryOp::kAdd : BinaryOp::kSub;
    return c.New(make::Binary{.left = c.Expr(update.target()), .right = c.NewInt(1), .op = back},
                 id);
  }
  std::string old = c.names().Fresh(c.src().Is(update.target(), NodeKind::kName)
                                        ? c.TargetName(update.target()) + "_before"
                                        : "before");
  if (!c.HoistEffect(c.NewAssign(c.NewName(old), target, id), id)) return target;
  c.HoistEffect(
      c.New(make::AugAssign{.target = c.Expr(update.target()), .value = c.NewInt(1), .op = op}, id),
      id);
  return c.NewName(old, id);
}

// Is there nothing yet at the place of a record or Map? A key may be there and hold null.
NodeId IsMissing(Context& c, NodeId source_target, Subscript target) {
  const bool may_hold_null = c.facts().KindOf(source_target) != facts::TypeKind::kUnknown &&
                             c.facts().May(source_target, {facts::TypeKind::kNull});
  if (!may_hold_null) {
    return c.New(
        make::Binary{.left = target.index(), .right = target.object(), .op = BinaryOp::kNotIn}, {});
  }
  NodeId value = c.NewCall(c.NewAttribute(target.object(), "get"), {target.index()});
  return c.New(make::Binary{.left = value, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs},
               {});
}

// `a ??= b` as a statement.
bool TranslateLogicalAssign(Context& c, NodeId id, NodeList& out) {
  auto statement = c.As<ExprStmt>(id);
  auto assign = c.As<LogicalAssign>(statement.value());
  if (!assign) return false;
  NodeId target = c.Expr(assign.target());
  NodeId test;
  auto subscript = ir::As<Subscript>(c.dst(), target);
  bool item = subscript && IsDictLike(c, c.As<Attribute>(assign.target())
                                             ? c.As<Attribute>(assign.target()).object()
                                             : c.As<Subscript>(assign.target()).object());
  if (item && assign.op() == LogicalOp::kNullish) {
    test = IsMissing(c, assign.target(), subscript);
  } else if (assign.op() == LogicalOp::kNullish) {
    test = c.New(
        make::Binary{.left = target, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs}, {});
  } else {
    NodeId truth = item ? c.NewCall(c.NewAttribute(subscript.object(), "get"), {subscript.index()})
                        : Condition(c, assign.target());
    test = assign.op() == LogicalOp::kOr ? Negate(c, truth) : truth;
  }
  NodeId value = c.Expr(assign.value());
  out.push_back(
      c.New(make::If{.test = test, .body = c.NewBlock({c.NewAssign(target, value)})}, id));
  return true;
}

// The same inside an expression: a statement before it.
std::optional<NodeId> TranslateLogicalAssignExpr(Context& c, NodeId id) {
  auto assign = c.As<LogicalAssign>(id);
  NodeId target = c.Expr(assign.target());
  NodeKind kind = c.src().kind(assign.value());
  bool container = (kind == NodeKind::kList || kind == NodeKind::kDict ||
                    (kind == NodeKind::kNew &&
                     c.facts().Only(assign.value(), {facts::TypeKind::kMap, facts::TypeKind::kSet,
                                                     facts::TypeKind::kList}))) &&
                   assign.op() != LogicalOp::kAnd;
  if (auto item = ir::As<Subscript>(c.dst(), target); item && container) {
    // Containers are true in JavaScript, so both say: where nothing is there yet.
    return c.NewCall(c.NewAttribute(item.object(), "setdefault"),
                     {item.index(), c.Expr(assign.value())}, id);
  }
  if (assign.op() == LogicalOp::kOr && c.src().Is(assign.target(), NodeKind::kName)) {
    NodeId value = c.New(make::Logical{.left = Condition(c, assign.target()),
                                       .right = c.Guarded([&] { return c.Expr(assign.value()); }),
                                       .op = LogicalOp::kOr},
                         {});
    c.HoistEffect(c.NewAssign(target, value, id), id);
    return c.Expr(assign.target());
  }
  if (assign.op() != LogicalOp::kNullish)
    return c.Refuse(id, "untranslated", {{"reason", "an assignment inside an expression"}});
  auto subscript = ir::As<Subscript>(c.dst(), target);
  NodeId test =
      subscript
          ? IsMissing(c, assign.target(), subscript)
          : c.New(
                make::Binary{.left = target, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs},
                {});
  NodeId value = c.Expr(assign.value());
  c.HoistEffect(c.New(make::If{.test = test, .body = c.NewBlock({c.NewAssign(target, value)})}, id),
                id);
  return c.Expr(assign.target());
}

// `a, b` : everything but the last for its effect.
std::optional<NodeId> TranslateSequence(Context& c, NodeId id) {
  auto list = c.As<Sequence>(id).expressions();
  for (std::size_t i = 0; i + 1 < list.size(); ++i) {
    NodeId value = c.Expr(list[i]);
    if (!c.HoistEffect(c.NewExprStmt(value, list[i]), list[i])) break;
  }
  return c.Expr(list.back());
}

// `i++, j--;` as a statement.
bool TranslateSequenceStmt(Context& c, NodeId id, NodeList& out) {
  auto sequence = c.As<Sequence>(c.As<ExprStmt>(id).value());
  if (!sequence) return false;
  for (NodeId e : sequence.expressions()) {
    if (auto update = c.As<Update>(e)) {
      out.push_back(
          c.New(make::AugAssign{.target = c.Expr(update.target()),
                                .value = c.NewInt(1),
                                .op = update.is_decrement() ? BinaryOp::kSub : BinaryOp::kAdd},
                e));
    } else if (auto assign = c.As<AssignExpr>(e)) {
      if (assign.op() == BinaryOp::kNone)
        AssignOne(c, e, assign.target(), assign.value(), out);
      else
        out.push_back(c.New(make::AugAssign{.target = c.Expr(assign.target()),
                                            .value = c.Expr(assign.value()),
                                            .op = assign.op()},
                            e));
    } else {
      out.push_back(c.NewExprStmt(c.Expr(e), e));
    }
  }
  return true;
}

}  // namespace

void RegisterAssign(Topics& t) {
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateLengthAssign);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateStepAfter);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &TranslateStepAfter);
  t.Claim(NodeKind::kAssign, Order::kAfterCards, &TranslateAssign);
  t.Claim(NodeKind::kVarDecl, Order::kAfterCards, &TranslateVarDecl);
  t.Claim(NodeKind::kAugAssign, Order::kAfterCards, &TranslateAugAssign);
  t.Claim(NodeKind::kAssignExpr, Order::kAfterCards, &TranslateAssignExpr);
  t.Claim(NodeKind::kUpdate, Order::kAfterCards, &TranslateUpdate);
  t.Claim(NodeKind::kSequence, Order::kAfterCards, &TranslateSequence);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateSequenceStmt);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateLogicalAssign);
  t.Claim(NodeKind::kLogicalAssign, Order::kAfterCards, &TranslateLogicalAssignExpr);
}

}  // namespace asyncport::translate::to_py
