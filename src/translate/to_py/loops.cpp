// Loops: counting loops to range, forEach to for, for-in, do-while, and labels where a plain break says the same.
// Example: `for (let i = 0; i < n; i++)` -> `for i in range(n):`.
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
  if (!number) return std::nullopt;
  if (number.text() != "1") counting.step = step.value();
  BinaryOp strict = counting.down ? BinaryOp::kGt : BinaryOp::kLt;
  BinaryOp loose = counting.down ? BinaryOp::kGe : BinaryOp::kLe;
  if (test.op() == loose) counting.inclusive = true;
  else if (test.op() != strict) return std::nullopt;
  if (!c.facts().Only(counting.start, {TypeKind::kInt})) return std::nullopt;
  if (c.facts().Only(counting.end, {TypeKind::kFloat})) return std::nullopt;
  if (WritesInside(c, binding, loop.body()) || BoundMayChange(c, counting.end, loop.body())) return std::nullopt;
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

// What a `continue` of the loop must do first: the step of a counting loop that became `while`, the test of do-while.
void StepBefore(Context& c, NodeId id, NodeList& out) {
  if (auto loop = c.As<CFor>(id)) {
    if (loop.update() && !AsCounting(c, loop)) c.Stmt(loop.update(), out);
    return;
  }
  auto loop = c.As<DoWhile>(id);
  if (!loop) return;
  Context::Hoisted test = c.ExprWithHoists(loop.test());
  out.insert(out.end(), test.before.begin(), test.before.end());
  NodeId leave = c.NewBlock({c.New(make::Break{}, {})});
  out.push_back(c.New(make::If{.test = Negate(c, test.before.empty() ? Condition(c, loop.test()) : test.value), .body = leave}, {}));
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
  NodeId test = loop.test() ? Condition(c, loop.test()) : c.New(make::Bool{.value = true}, {});
  out.push_back(c.New(make::While{.test = test, .body = c.NewBlock(std::move(body), loop.body())}, id));
  return true;
}

// `while (cond)`; a condition that needs statements of its own moves into the loop.
bool TranslateWhile(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<While>(id);
  // `while ((m = next()) !== null)`: a walrus where the name is plain.
  Context::Hoisted test{};
  {
    NodeId condition = loop.test();
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
  }
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
  NodeId test = Negate(c, Condition(c, loop.test()));
  statements.push_back(c.New(make::If{.test = test, .body = c.NewBlock({c.New(make::Break{}, {})})}, {}));
  out.push_back(c.New(make::While{.test = c.New(make::Bool{.value = true}, {}), .body = c.NewBlock(std::move(statements), loop.body())}, id));
  return true;
}

// `xs.entries()`, `Object.entries(o)`, a Map, text: what Python iterates instead.
NodeId Iterable(Context& c, NodeId id) {
  if (c.MethodName(id) == "entries" && c.As<Call>(id).args().empty()) {
    NodeId object = c.As<Attribute>(c.As<Call>(id).callee()).object();
    if (c.facts().Only(object, {TypeKind::kList})) return c.NewCall(c.NewName("enumerate"), {c.Expr(object)}, id);
    if (c.facts().Only(object, {TypeKind::kMap})) return c.NewCall(c.NewAttribute(c.Expr(object), "items"), {}, id);
  }
  if (c.facts().Only(id, {TypeKind::kMap})) return c.NewCall(c.NewAttribute(c.Expr(id), "items"), {}, id);
  return c.Expr(id);
}

NodeId LoopTarget(Context& c, NodeId pattern, NodeList& prologue) {
  if (c.src().Is(pattern, NodeKind::kName)) return c.Pattern(pattern);
  if (auto list = c.As<ListPattern>(pattern)) {
    NodeList elements;
    bool plain = !list.elements().empty();
    for (NodeId e : list.elements()) {
      if (c.src().Is(e, NodeKind::kElision)) elements.push_back(c.NewName("_"));
      else if (c.src().Is(e, NodeKind::kName)) elements.push_back(c.Pattern(e));
      else if (c.src().Is(e, NodeKind::kListPattern)) elements.push_back(LoopTarget(c, e, prologue));
      else if (c.src().Is(e, NodeKind::kObjectPattern)) {
        std::string name = c.names().Fresh("item");
        elements.push_back(c.NewName(name));
        Destructure(c, e, c.NewName(name), true, prologue);
      } else plain = false;
    }
    // `for (const [key] of map)`: pairs always have two parts.
    if (plain && elements.size() == 1) elements.push_back(c.NewName("_"));
    if (plain) return c.New(make::ListPattern{.elements = std::move(elements)}, pattern);
  }
  std::string name = c.names().Fresh("item");
  Destructure(c, pattern, c.NewName(name), true, prologue);
  return c.NewName(name);
}

NodeId WithPrologue(Context& c, NodeList prologue, NodeId source_body) {
  NodeId body = c.Block(source_body);
  if (prologue.empty()) return body;
  auto old = ir::As<ir::Block>(c.dst(), body).statements();
  prologue.insert(prologue.end(), old.begin(), old.end());
  return c.NewBlock(std::move(prologue), source_body);
}

// Does the loop's body leave the loop: break, return, a labelled jump?
bool LeavesEarly(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kReturn || kind == NodeKind::kBreak) return true;
  bool inner_loop = kind == NodeKind::kWhile || kind == NodeKind::kCFor || kind == NodeKind::kForEach || kind == NodeKind::kForIn ||
                    kind == NodeKind::kDoWhile || kind == NodeKind::kSwitch;
  if (inner_loop || kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || LeavesEarly(c, child); });
  return found;
}

// Is the iterable made by a generator of the file that cleans up after itself (a finally)?
bool HasCleanup(Context& c, NodeId iterable) {
  NodeId function = c.As<Call>(iterable) ? c.facts().CalleeDefinition(iterable) : kNoNode;
  if (!function) return false;
  bool found = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    auto attempt = c.As<Try>(id);
    found = found || (attempt && attempt.finally_body());
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, function);
  return found;
}

bool TranslateForEach(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<ForEach>(id);
  NodeList prologue;
  bool over_promises = loop.is_async() && c.facts().Only(loop.iterable(), {TypeKind::kList});
  NodeId iterable = Iterable(c, loop.iterable());
  NodeId target = LoopTarget(c, loop.target(), prologue);
  if (over_promises) {
    // `for await (const x of promises)`: each is awaited in its turn.
    std::string task = c.names().Fresh("task");
    NodeId await = c.New(make::Await{.value = c.NewName(task)}, {});
    prologue.insert(prologue.begin(), c.NewAssign(target, await));
    c.SayOnce("for-await-over-promises", id);
    out.push_back(c.New(make::ForEach{.target = c.NewName(task), .iterable = iterable, .body = WithPrologue(c, std::move(prologue), loop.body())}, id));
    return true;
  }
  bool closes = loop.is_async() && LeavesEarly(c, loop.body()) && HasCleanup(c, loop.iterable());
  if (!closes) {
    out.push_back(c.New(make::ForEach{.target = target, .iterable = iterable, .body = WithPrologue(c, std::move(prologue), loop.body()), .is_async = loop.is_async()}, id));
    return true;
  }
  // JavaScript closes the generator when the loop is left; Python leaves that to the collector.
  c.SayOnce("async-generator-early-exit", id);
  std::string items = c.names().Fresh("items");
  NodeId item = c.New(make::WithItem{.context = c.NewCall(c.Library("contextlib:aclosing"), {iterable}), .target = c.NewName(items)}, {});
  NodeId inner = c.New(make::ForEach{.target = target, .iterable = c.NewName(items), .body = WithPrologue(c, std::move(prologue), loop.body()), .is_async = true}, {});
  out.push_back(c.New(make::With{.items = {item}, .body = c.NewBlock({inner}), .is_async = true}, id));
  return true;
}

bool TranslateForIn(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<ForIn>(id);
  NodeList prologue;
  NodeId target = LoopTarget(c, loop.target(), prologue);
  NodeId object = c.Expr(loop.object());
  if (c.facts().Only(loop.object(), {TypeKind::kList})) {
    c.Say("for-in-array", id);
    object = c.NewCall(c.NewName("range"), {c.NewCall(c.NewName("len"), {object})});
  }
  out.push_back(c.New(make::ForEach{.target = target, .iterable = object, .body = WithPrologue(c, std::move(prologue), loop.body())}, id));
  return true;
}

// Does a `return` of the function itself stand in the body (not in functions inside it)?
bool HasReturn(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kReturn) return true;
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda || kind == NodeKind::kClassDef) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasReturn(c, child); });
  return found;
}

// `xs.forEach((x, i) => {...});` -> for loop. Async callbacks are another matter (see async.cpp).
bool TranslateForEachCall(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (c.MethodName(value) != "forEach") return false;
  auto call = c.As<Call>(value);
  if (call.args().size() != 1) return false;
  NodeId function = call.args()[0];
  std::span<const NodeId> params;
  NodeId body;
  bool is_block = false;
  if (auto f = c.As<FunctionExpr>(function)) {
    if (f.is_async() || f.is_generator()) return false;
    params = f.params();
    body = f.body();
    is_block = true;
  } else if (auto l = c.As<Lambda>(function)) {
    if (l.is_async() || c.facts().ColourOf(l.body()) == facts::CallColour::kAsync) return false;
    params = l.params();
    body = l.body();
  } else {
    return false;
  }
  if (params.empty() || params.size() > 2 || (is_block && HasReturn(c, body))) return false;
  NodeId object = c.As<Attribute>(call.callee()).object();
  bool map = c.facts().Only(object, {TypeKind::kMap});
  for (NodeId p : params) {
    if (c.As<Param>(p).default_value()) return false;
  }
  NodeList prologue;
  NodeId item = LoopTarget(c, c.As<Param>(params[0]).target(), prologue);
  NodeId target = item;
  NodeId iterable;
  if (map) {
    NodeId key = params.size() == 2 ? LoopTarget(c, c.As<Param>(params[1]).target(), prologue) : c.NewName("_");
    target = c.New(make::ListPattern{.elements = {key, item}}, {});
    iterable = c.NewCall(c.NewAttribute(c.Expr(object), "items"), {});
  } else if (params.size() == 2) {
    NodeId index = LoopTarget(c, c.As<Param>(params[1]).target(), prologue);
    target = c.New(make::ListPattern{.elements = {index, item}}, {});
    iterable = c.NewCall(c.NewName("enumerate"), {c.Expr(object)});
  } else {
    iterable = Iterable(c, object);
  }
  NodeId block;
  if (is_block) {
    block = WithPrologue(c, std::move(prologue), body);
  } else {
    Context::Hoisted result = c.ExprWithHoists(body);
    prologue.insert(prologue.end(), result.before.begin(), result.before.end());
    prologue.push_back(c.NewExprStmt(result.value, body));
    block = c.NewBlock(std::move(prologue));
  }
  out.push_back(c.New(make::ForEach{.target = target, .iterable = iterable, .body = block}, id));
  return true;
}

bool IsLoop(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  return kind == NodeKind::kWhile || kind == NodeKind::kCFor || kind == NodeKind::kForEach || kind == NodeKind::kForIn || kind == NodeKind::kDoWhile;
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
      if (goal.nested && goal.loop == loop) (kind == NodeKind::kBreak ? use.breaks : use.continues) = true;
    }
    c.src().ForEachChild(n, [&](NodeId child) { self(self, child); });
  };
  visit(visit, id);
  return use;
}

std::string FlagKey(NodeId loop, bool is_break) { return (is_break ? "break-flag:" : "continue-flag:") + std::to_string(loop.index) + ":"; }
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
    out.push_back(c.NewAssign(c.NewName(FlagName(c, labeled.body(), true)), c.New(make::Bool{}, {})));
  }
  c.Stmt(labeled.body(), out);
  return true;
}

// After a loop that a labelled jump may have left: go on leaving.
void LeaveNested(Context& c, NodeId loop, NodeList& before, NodeList& after) {
  for (NodeId up = c.facts().Parent(loop); up; up = c.facts().Parent(up)) {
    if (!IsLoop(c, up)) {
      NodeKind kind = c.src().kind(up);
      if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kMethod) return;
      continue;
    }
    if (!c.src().Is(c.facts().Parent(up), NodeKind::kLabeled)) continue;
    LabelUse use = UsesOf(c, loop, up);
    bool direct = c.facts().EnclosingLoop(loop) == up;
    if (use.breaks) {
      NodeId leave = c.New(make::Break{}, {});
      after.push_back(c.New(make::If{.test = c.NewName(FlagName(c, up, true)), .body = c.NewBlock({leave})}, {}));
    }
    if (use.continues) {
      std::string flag = FlagName(c, up, false);
      if (direct) before.push_back(c.NewAssign(c.NewName(flag), c.New(make::Bool{}, {})));
      NodeList leave;
      if (direct) StepBefore(c, up, leave);
      leave.push_back(direct ? c.New(make::Continue{}, {}) : c.New(make::Break{}, {}));
      after.push_back(c.New(make::If{.test = c.NewName(flag), .body = c.NewBlock(std::move(leave))}, {}));
    }
  }
}

bool TranslateJump(Context& c, NodeId id, NodeList& out) {
  bool is_break = c.src().Is(id, NodeKind::kBreak);
  JumpGoal goal = GoalOf(c, id);
  if (goal.nested && goal.loop) {
    out.push_back(c.NewAssign(c.NewName(FlagName(c, goal.loop, is_break)), c.New(make::Bool{.value = true}, {})));
    out.push_back(c.New(make::Break{}, id));
    return true;
  }
  if (!is_break && goal.loop) StepBefore(c, goal.loop, out);
  out.push_back(is_break ? c.New(make::Break{}, id) : c.New(make::Continue{}, id));
  return true;
}

// Loops around which something has to be said: every kind of them comes through here first.
bool TranslateNestedLoop(Context& c, NodeId id, NodeList& out) {
  if (!c.facts().EnclosingLoop(id) || !c.marks().insert("nested-loop:" + std::to_string(id.index)).second) return false;
  NodeList before;
  NodeList after;
  LeaveNested(c, id, before, after);
  if (before.empty() && after.empty()) return false;
  out.insert(out.end(), before.begin(), before.end());
  c.Stmt(id, out);
  out.insert(out.end(), after.begin(), after.end());
  return true;
}

// A bare block: Python has no block scope, names that clash were renamed.
bool TranslateBlock(Context& c, NodeId id, NodeList& out) {
  NodeList inner = c.Stmts(c.As<ir::Block>(id).statements());
  out.insert(out.end(), inner.begin(), inner.end());
  return true;
}

// `yield* xs;` in an async generator: Python's `yield from` may not stand there.
bool TranslateYieldFrom(Context& c, NodeId id, NodeList& out) {
  auto yield = c.As<Yield>(c.As<ExprStmt>(id).value());
  NodeId function = c.facts().EnclosingFunction(id);
  if (!yield || !yield.is_delegate() || !function || !c.TargetIsAsync(function)) return false;
  bool plain = c.facts().Only(yield.value(), {TypeKind::kList, TypeKind::kTuple, TypeKind::kStr, TypeKind::kSet, TypeKind::kMap, TypeKind::kIterator});
  std::string item = c.names().Fresh("item");
  NodeId give = c.NewExprStmt(c.New(make::Yield{.value = c.NewName(item)}, {}));
  out.push_back(c.New(make::ForEach{.target = c.NewName(item), .iterable = Iterable(c, yield.value()), .body = c.NewBlock({give}), .is_async = !plain}, id));
  return true;
}

}  // namespace

void RegisterLoops(Topics& t) {
  for (NodeKind kind : {NodeKind::kCFor, NodeKind::kWhile, NodeKind::kDoWhile, NodeKind::kForEach, NodeKind::kForIn}) {
    t.Claim(kind, Order::kBeforeCards, &TranslateNestedLoop);
  }
  t.Claim(NodeKind::kCFor, Order::kAfterCards, &TranslateCFor);
  t.Claim(NodeKind::kWhile, Order::kAfterCards, &TranslateWhile);
  t.Claim(NodeKind::kDoWhile, Order::kAfterCards, &TranslateDoWhile);
  t.Claim(NodeKind::kForEach, Order::kAfterCards, &TranslateForEach);
  t.Claim(NodeKind::kForIn, Order::kAfterCards, &TranslateForIn);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateForEachCall);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateYieldFrom);
  t.Claim(NodeKind::kLabeled, Order::kAfterCards, &TranslateLabeled);
  t.Claim(NodeKind::kBreak, Order::kAfterCards, &TranslateJump);
  t.Claim(NodeKind::kContinue, Order::kAfterCards, &TranslateJump);
  t.Claim(NodeKind::kBlock, Order::kAfterCards, &TranslateBlock);
}

}  // namespace asyncport::translate::to_py
