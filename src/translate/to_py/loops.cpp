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

bool TranslateCFor(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<CFor>(id);
  if (auto counting = AsCounting(c, loop)) {
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
  // `continue` would skip the step that now stands at the end of the body.
  bool continues = false;
  auto find = [&](auto&& self, NodeId n) -> void {
    NodeKind kind = c.src().kind(n);
    if (kind == NodeKind::kContinue) continues = true;
    if (kind == NodeKind::kWhile || kind == NodeKind::kCFor || kind == NodeKind::kForEach || kind == NodeKind::kForIn || kind == NodeKind::kDoWhile ||
        kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda) return;
    c.src().ForEachChild(n, [&](NodeId child) { self(self, child); });
  };
  c.src().ForEachChild(loop.body(), [&](NodeId child) { find(find, child); });
  if (continues && loop.update()) {
    c.Refuse(id, "lifted-step-and-continue");
    return true;
  }
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

// A label that only the loop it names uses says nothing.
bool TranslateLabeled(Context& c, NodeId id, NodeList& out) {
  auto labeled = c.As<Labeled>(id);
  bool from_inside = false;
  auto visit = [&](auto&& self, NodeId n, bool nested) -> void {
    NodeKind kind = c.src().kind(n);
    if ((kind == NodeKind::kBreak || kind == NodeKind::kContinue) && c.src().text(n) == labeled.label() && nested) from_inside = true;
    bool loop = kind == NodeKind::kWhile || kind == NodeKind::kCFor || kind == NodeKind::kForEach || kind == NodeKind::kForIn || kind == NodeKind::kDoWhile || kind == NodeKind::kSwitch;
    c.src().ForEachChild(n, [&](NodeId child) { self(self, child, nested || loop); });
  };
  c.src().ForEachChild(labeled.body(), [&](NodeId child) { visit(visit, child, false); });
  if (from_inside) {
    c.Refuse(id, "labelled-loop");
    return true;
  }
  c.Stmt(labeled.body(), out);
  return true;
}

bool TranslateJump(Context& c, NodeId id, NodeList& out) {
  out.push_back(c.src().Is(id, NodeKind::kBreak) ? c.New(make::Break{}, id) : c.New(make::Continue{}, id));
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
