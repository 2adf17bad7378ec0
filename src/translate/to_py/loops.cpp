// Loops that count or ask: `for (;;)` to range, while, do-while. Loops over items are in each.cpp, labels in jumps.cpp.
// Example: `for (let i = 0; i < n; i++)` -> `for i in range(n):`.
#include "translate/to_py/loops.h"

#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// `let i = start; i < end; i += step`, with i not written in the body.
struct Counting {
  NodeId name;
  NodeId start;
  NodeId end;
  bool inclusive = false;
  bool down = false;
  NodeId step;  // none: 1
};

bool WritesInside(Context& c, facts::BindingId id, NodeId body) {
  for (NodeId write : c.facts().binding(id).writes) {
    if (c.src().span(body).contains(c.src().span(write))) return true;
  }
  return false;
}

// Does the loop's body change what the bound is computed from (push, splice, assignment to it)?
bool BoundMayChange(Context& c, NodeId end, NodeId body) {
  if (c.src().Is(end, NodeKind::kNumber)) return false;
  NodeId object = end;
  if (auto attribute = c.As<Attribute>(end)) object = attribute.object();
  if (!c.src().Is(object, NodeKind::kName)) return !c.IsPure(end);
  facts::BindingId binding = c.facts().BindingOf(object);
  if (!binding) return false;
  if (WritesInside(c, binding, body)) return true;
  if (object == end) return false;
  static constexpr std::string_view kResizing[] = {"push", "pop", "shift", "unshift", "splice"};
  for (NodeId read : c.facts().binding(binding).reads) {
    if (!c.src().span(body).contains(c.src().span(read))) continue;
    std::string_view method = c.MethodName(c.facts().Parent(c.facts().Parent(read)));
    for (std::string_view resizing : kResizing) {
      if (method == resizing) return true;
    }
  }
  return false;
}

std::optional<Counting> AsCounting(Context& c, CFor loop) {
  Counting counting;
  NodeId init = loop.init();
  auto assign = init ? c.As<Assign>(init) : Assign();
  if (!assign || assign.targets().size() != 1 || !assign.value() || !c.src().Is(assign.targets()[0], NodeKind::kName)) return std::nullopt;
  if (assign.declares() == DeclKind::kNone) return std::nullopt;
  counting.name = assign.targets()[0];
  counting.start = assign.value();
  facts::BindingId binding = c.facts().BindingOf(counting.name);
  auto is_counter = [&](NodeId id) { return c.src().Is(id, NodeKind::kName) && c.facts().BindingOf(id) == binding; };
  auto test = loop.test() ? c.As<Binary>(loop.test()) : Binary();
  if (!test || !is_counter(test.left())) return std::nullopt;
  counting.end = test.right();
  auto step = loop.update() ? c.As<AugAssign>(loop.update()) : AugAssign();
  if (!step || !is_counter(step.target())) return std::nullopt;
  if (step.op() == BinaryOp::kSub) counting.down = true;
  else if (step.op() != BinaryOp::kAdd) return std::nullopt;
  auto number = c.As<Number>(step.value());
  // A step that is not above zero would never end in JavaScript.
  const bool is_named = c.src().Is(step.value(), NodeKind::kName) && c.facts().Only(step.value(), {TypeKind::kInt}) &&
                        !BoundMayChange(c, step.value(), loop.body());
  if (!number && !is_named) return std::nullopt;
  if (!number || number.text() != "1") counting.step = step.value();
  BinaryOp strict = counting.down ? BinaryOp::kGt : BinaryOp::kLt;
  BinaryOp loose = counting.down ? BinaryOp::kGe : BinaryOp::kLe;
  if (test.op() == loose) counting.inclusive = true;
  else if (test.op() != strict) return std::nullopt;
  if (!c.facts().Only(counting.start, {TypeKind::kInt})) return std::nullopt;
  if (c.facts().Only(counting.end, {TypeKind::kFloat})) return std::nullopt;
  if (WritesInside(c, binding, loop.body()) || BoundMayChange(c, counting.end, loop.body())) return std::nullopt;
  // A `var` is one step further behind the loop, and all closures made in the loop see that.
  if (assign.declares() == DeclKind::kVar) {
    for (NodeId read : c.facts().binding(binding).reads) {
      bool inside = c.src().span(loop.id()).contains(c.src().span(read));
      if (!inside || c.facts().EnclosingFunction(read) != c.facts().EnclosingFunction(loop.id())) return std::nullopt;
    }
  }
  return counting;
}

NodeId PlusOne(Context& c, NodeId target, int delta) {
  if (auto number = ir::As<Number>(c.dst(), target); number && number.kind() == NumberKind::kInt) {
    long long value = 0;
    bool plain = !number.text().empty() && number.text().size() < 15;
    for (char ch : number.text()) plain = plain && ch >= '0' && ch <= '9';
    if (plain) {
      value = std::stoll(std::string(number.text()));
      return c.NewInt(value + delta);
    }
  }
  // `n - 1 + 1` is `n`.
  if (auto binary = ir::As<Binary>(c.dst(), target)) {
    auto one = ir::As<Number>(c.dst(), binary.right());
    BinaryOp inverse = delta > 0 ? BinaryOp::kSub : BinaryOp::kAdd;
    if (one && one.text() == "1" && binary.op() == inverse) return binary.left();
  }
  return c.New(make::Binary{.left = target, .right = c.NewInt(1), .op = delta > 0 ? BinaryOp::kAdd : BinaryOp::kSub}, {});
}

bool IsZero(Context& c, NodeId id) {
  auto number = c.As<Number>(id);
  return number && number.text() == "0";
}

// `for (let i = 0; i < xs.length; i++)` that reads `xs[i]`: the items themselves.
struct Items {
  NodeId list;        // source expression
  NodeList reads;     // `xs[i]`
  bool index_used = false;
  NodeId first;       // `const x = xs[i];` at the head of the body
};
std::optional<Items> AsItems(Context& c, CFor loop, const Counting& counting) {
  auto length = c.As<Attribute>(counting.end);
  auto start = c.As<Number>(counting.start);
  if (!length || length.name() != "length" || !start || start.text() != "0" || counting.inclusive || counting.down || counting.step) return std::nullopt;
  Items items;
  items.list = length.object();
  if (!c.IsPure(items.list) || !c.facts().Only(items.list, {TypeKind::kList, TypeKind::kStr, TypeKind::kTuple})) return std::nullopt;
  facts::BindingId binding = c.facts().BindingOf(counting.name);
  for (NodeId read : c.facts().binding(binding).reads) {
    if (!c.src().span(loop.body()).contains(c.src().span(read))) continue;
    NodeId parent = c.facts().Parent(read);
    auto item = c.As<Subscript>(parent);
    bool is_item = item && item.index() == read && SameTree(c.src(), item.object(), c.src(), items.list);
    if (!is_item) {
      items.index_used = true;
      continue;
    }
    NodeId use = c.facts().Parent(parent);
    auto assign = c.As<Assign>(use);
    bool written = c.src().Is(use, NodeKind::kUpdate) || (c.As<AugAssign>(use) && c.As<AugAssign>(use).target() == parent);
    for (NodeId target : assign ? assign.targets() : std::span<const NodeId>()) written = written || target == parent;
    if (c.src().Is(use, NodeKind::kListPattern) || c.src().Is(use, NodeKind::kAssignExpr)) written = true;
    if (written) return std::nullopt;
    items.reads.push_back(parent);
  }
  if (items.reads.empty()) return std::nullopt;
  // Elements that other statements of the body replace would be seen through `xs[i]` only.
  NodeId root = items.list;
  while (auto attribute = c.As<Attribute>(root)) root = attribute.object();
  bool changed = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    auto item = c.As<Subscript>(id);
    if (item && SameTree(c.src(), item.object(), c.src(), items.list)) {
      NodeId use = c.facts().Parent(id);
      auto assign = c.As<Assign>(use);
      for (NodeId target : assign ? assign.targets() : std::span<const NodeId>()) changed = changed || target == id;
      changed = changed || c.src().Is(use, NodeKind::kUpdate) || c.src().Is(use, NodeKind::kListPattern) ||
                (c.As<AugAssign>(use) && c.As<AugAssign>(use).target() == id);
    }
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, loop.body());
  if (changed) return std::nullopt;
  auto block = c.As<ir::Block>(loop.body());
  if (block && !block.statements().empty()) {
    auto assign = c.As<Assign>(block.statements()[0]);
    if (assign && assign.declares() == DeclKind::kConst && assign.value() == items.reads[0] && assign.targets().size() == 1 &&
        c.src().Is(assign.targets()[0], NodeKind::kName)) {
      items.first = block.statements()[0];
    }
  }
  return items;
}

bool TranslateItems(Context& c, NodeId id, const Counting& counting, NodeList& out) {
  auto loop = c.As<CFor>(id);
  auto items = AsItems(c, loop, counting);
  if (!items) return false;
  std::string name;
  if (items->first) {
    name = c.TargetName(c.As<Assign>(items->first).targets()[0]);
  } else {
    bool text = c.facts().Only(items->list, {TypeKind::kStr});
    auto plural = c.As<ir::Name>(items->list);
    std::string noun = text ? "ch" : "item";
    if (std::string word = plural ? c.TargetName(items->list) : std::string(); !text && word.size() > 3 && word.back() == 's') noun = word.substr(0, word.size() - 1);
    name = c.names().Fresh(noun);
  }
  for (NodeId read : items->reads) c.Override(read, c.NewName(name));
  NodeId iterable = c.Expr(items->list);
  NodeId target = c.NewName(name);
  if (items->index_used) {
    iterable = c.NewCall(c.NewName("enumerate"), {iterable});
    target = c.New(make::ListPattern{.elements = {c.NewName(c.TargetName(counting.name)), target}}, {});
  }
  NodeId body;
  if (items->first) {
    auto statements = c.As<ir::Block>(loop.body()).statements();
    c.Absorb(items->first);
    body = c.NewBlock(c.Stmts(statements.subspan(1)), loop.body());
  } else {
    body = c.Block(loop.body());
  }
  out.push_back(c.New(make::ForEach{.target = target, .iterable = iterable, .body = body}, id));
  return true;
}

// The condition of a loop, and what it needs before it each time.
// `while ((m = next()) !== null)`: a walrus where the name is plain.
Context::Hoisted LoopTest(Context& c, NodeId condition) {
  Context::Hoisted test{};
  if (auto assign = c.As<AssignExpr>(condition); assign && assign.op() == BinaryOp::kNone && c.src().Is(assign.target(), NodeKind::kName)) {
    test.value = c.New(make::Walrus{.target = c.NewName(c.TargetName(assign.target())), .value = c.Expr(assign.value())}, condition);
  } else if (auto binary = c.As<Binary>(condition); binary && c.As<AssignExpr>(binary.left()) && c.src().Is(c.As<AssignExpr>(binary.left()).target(), NodeKind::kName) &&
             c.As<AssignExpr>(binary.left()).op() == BinaryOp::kNone &&
             (c.src().Is(binary.right(), NodeKind::kNull) || c.src().Is(binary.right(), NodeKind::kUndefined))) {
    auto inner = c.As<AssignExpr>(binary.left());
    NodeId walrus = c.New(make::Walrus{.target = c.NewName(c.TargetName(inner.target())), .value = c.Expr(inner.value())}, binary.left());
    bool negative = binary.op() == BinaryOp::kStrictNe || binary.op() == BinaryOp::kLooseNe;
    test.value = c.New(make::Binary{.left = walrus, .right = c.New(make::Null{}, {}), .op = negative ? BinaryOp::kIsNot : BinaryOp::kIs}, condition);
  } else {
    test = c.ExprWithHoists(condition);
    if (test.before.empty()) test.value = Condition(c, condition);
  }
  return test;
}

bool TranslateCFor(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<CFor>(id);
  if (auto counting = AsCounting(c, loop)) {
    if (TranslateItems(c, id, *counting, out)) return true;
    NodeId end = c.Expr(counting->end);
    if (counting->inclusive) end = PlusOne(c, end, counting->down ? -1 : 1);
    NodeList args;
    if (!IsZero(c, counting->start) || counting->step || counting->down) args.push_back(c.Expr(counting->start));
    args.push_back(end);
    if (counting->step || counting->down) {
      NodeId step = counting->step ? c.Expr(counting->step) : c.NewInt(1);
      if (counting->down) step = c.New(make::Unary{.operand = step, .op = UnaryOp::kNeg}, {});
      args.push_back(step);
    }
    NodeId range = c.NewCall(c.NewName("range"), std::move(args));
    facts::BindingId binding = c.facts().BindingOf(counting->name);
    bool used = false;
    for (NodeId read : c.facts().binding(binding).reads) used = used || c.src().span(loop.body()).contains(c.src().span(read));
    NodeId target = c.NewName(used ? c.TargetName(counting->name) : "_", counting->name);
    out.push_back(c.New(make::ForEach{.target = target, .iterable = range, .body = c.Block(loop.body())}, id));
    return true;
  }
  if (loop.init()) c.Stmt(loop.init(), out);
  NodeList body = c.Stmts(c.As<ir::Block>(loop.body()) ? c.As<ir::Block>(loop.body()).statements() : std::span<const NodeId>());
  if (!c.As<ir::Block>(loop.body())) c.Stmt(loop.body(), body);
  if (loop.update()) c.Stmt(loop.update(), body);
  Context::Hoisted test{};
  if (loop.test()) test = LoopTest(c, loop.test());
  if (!test.before.empty()) {
    NodeId leave = c.New(make::If{.test = Negate(c, test.value), .body = c.NewBlock({c.New(make::Break{}, {})})}, {});
    test.before.push_back(leave);
    body.insert(body.begin(), test.before.begin(), test.before.end());
  }
  if (!test.value || !test.before.empty()) test.value = c.New(make::Bool{.value = true}, {});
  out.push_back(c.New(make::While{.test = test.value, .body = c.NewBlock(std::move(body), loop.body())}, id));
  return true;
}

// `while (cond)`; a condition that needs statements of its own moves into the loop.
bool TranslateWhile(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<While>(id);
  Context::Hoisted test = LoopTest(c, loop.test());
  NodeId body = c.Block(loop.body());
  if (test.before.empty()) {
    out.push_back(c.New(make::While{.test = test.value, .body = body}, id));
    return true;
  }
  NodeList statements = test.before;
  NodeId leave = c.New(make::Break{}, {});
  statements.push_back(c.New(make::If{.test = Negate(c, test.value), .body = c.NewBlock({leave})}, {}));
  auto old = ir::As<ir::Block>(c.dst(), body).statements();
  statements.insert(statements.end(), old.begin(), old.end());
  out.push_back(c.New(make::While{.test = c.New(make::Bool{.value = true}, {}), .body = c.NewBlock(std::move(statements), loop.body())}, id));
  return true;
}

bool TranslateDoWhile(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<DoWhile>(id);
  NodeId body = c.Block(loop.body());
  auto old = ir::As<ir::Block>(c.dst(), body).statements();
  NodeList statements(old.begin(), old.end());
  Context::Hoisted test = c.Hoisting([&] { return Negate(c, Condition(c, loop.test())); });
  statements.insert(statements.end(), test.before.begin(), test.before.end());
  statements.push_back(c.New(make::If{.test = test.value, .body = c.NewBlock({c.New(make::Break{}, {})})}, {}));
  out.push_back(c.New(make::While{.test = c.New(make::Bool{.value = true}, {}), .body = c.NewBlock(std::move(statements), loop.body())}, id));
  return true;
}

// A bare block: Python has no block scope, names that clash were renamed.
bool TranslateBlock(Context& c, NodeId id, NodeList& out) {
  NodeList inner = c.Stmts(c.As<ir::Block>(id).statements());
  out.insert(out.end(), inner.begin(), inner.end());
  return true;
}

}  // namespace

// What a `continue` of the loop must do first: the step of a counting loop that became `while`, the test of do-while.
void StepBefore(Context& c, NodeId id, NodeList& out) {
  if (auto loop = c.As<CFor>(id)) {
    if (loop.update() && !AsCounting(c, loop)) c.Stmt(loop.update(), out);
    return;
  }
  auto loop = c.As<DoWhile>(id);
  if (!loop) return;
  Context::Hoisted test = c.Hoisting([&] { return Negate(c, Condition(c, loop.test())); });
  out.insert(out.end(), test.before.begin(), test.before.end());
  out.push_back(c.New(make::If{.test = test.value, .body = c.NewBlock({c.New(make::Break{}, {})})}, {}));
}

void RegisterLoops(Topics& t) {
  t.Claim(NodeKind::kCFor, Order::kAfterCards, &TranslateCFor);
  t.Claim(NodeKind::kWhile, Order::kAfterCards, &TranslateWhile);
  t.Claim(NodeKind::kDoWhile, Order::kAfterCards, &TranslateDoWhile);
  t.Claim(NodeKind::kBlock, Order::kAfterCards, &TranslateBlock);
}

}  // namespace asyncport::translate::to_py
