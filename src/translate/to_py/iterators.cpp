// Iterators used by hand: next() and what it gives, send and close, Symbol.iterator; iterators that a class of the file
// makes of an object with next(). Loops over iterators need nothing.
// Example: `const step = it.next(); if (step.done) return; use(step.value);` -> `step = next(it, None)`,
// `if step is None: return` and `use(step)`.
#include <utility>

#include "translate/to_py/absence.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsIterator(Context& c, NodeId object) {
  if (c.facts().Only(object, {TypeKind::kIterator})) return true;
  // `const it = xs[Symbol.iterator]();`
  facts::BindingId binding =
      c.src().Is(object, NodeKind::kName) ? c.facts().BindingOf(object) : facts::BindingId{};
  auto assign = binding ? c.As<Assign>(c.facts().binding(binding).definition) : Assign();
  auto call = assign && assign.value() ? c.As<Call>(assign.value()) : Call();
  auto method = call ? c.As<Subscript>(call.callee()) : Subscript();
  return method && !c.facts().binding(binding).reassigned &&
         c.facts().ResolvedName(method.index()) == "Symbol.iterator";
}

// `it.next()`, `it.next(value)` on an iterator.
Call AsNext(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.name() != "next" || call.is_optional() || method.is_optional()) return {};
  if (call.args().size() > 1 || !IsIterator(c, method.object())) return {};
  return call;
}
NodeId IteratorOf(Context& c, Call next) { return c.As<Attribute>(next.callee()).object(); }

// Can an item be None, so that None does not tell the end?
bool ItemMayBeNone(Context& c, NodeId iterator) {
  const facts::Type& item = c.facts().type(c.facts().type(c.facts().TypeOf(iterator)).element);
  auto none = [&](TypeKind kind) {
    return kind == TypeKind::kUnknown || kind == TypeKind::kNull || kind == TypeKind::kUndefined;
  };
  if (item.kind != TypeKind::kUnion) return none(item.kind);
  for (facts::TypeId member : item.members) {
    if (none(c.facts().type(member).kind)) return true;
  }
  return false;
}

// Does some generator of the file give a value with its end? Nothing that next() with a default shows.
bool GeneratorsReturn(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto ret = c.As<Return>(NodeId{i});
    if (!ret || !ret.value()) continue;
    NodeId function = c.facts().EnclosingFunction(NodeId{i});
    auto def = c.As<FunctionDef>(function);
    auto expr = c.As<FunctionExpr>(function);
    auto method = c.As<Method>(function);
    if ((def && def.is_generator()) || (expr && expr.is_generator()) ||
        (method && method.is_generator()))
      return true;
  }
  return false;
}

bool HasValueReturn(Context& c, NodeId function) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto ret = c.As<Return>(NodeId{i});
    if (ret && ret.value() && c.facts().EnclosingFunction(NodeId{i}) == function) return true;
  }
  return false;
}

// May the iterator be a generator that gives a value with its end? Those of lists and their like are none.
bool MayReturn(Context& c, NodeId iterator) {
  NodeId made = iterator;
  if (c.src().Is(made, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(made);
    auto assign = binding && !c.facts().binding(binding).reassigned
                      ? c.As<Assign>(c.facts().binding(binding).definition)
                      : Assign();
    if (assign && assign.value()) made = assign.value();
  }
  auto call = c.As<Call>(made);
  if (!call) return GeneratorsReturn(c);
  NodeId object;
  if (auto item = c.As<Subscript>(call.callee())) object = item.object();
  if (auto method = c.As<Attribute>(call.callee())) object = method.object();
  if (object && c.facts().Only(object, {TypeKind::kList, TypeKind::kTuple, TypeKind::kStr,
                                        TypeKind::kMap, TypeKind::kSet}))
    return false;
  NodeId function = c.facts().CalleeDefinition(made);
  auto def = c.As<FunctionDef>(function);
  const bool generator = function && (c.As<Method>(function) ? c.As<Method>(function).is_generator()
                                                             : def && def.is_generator());
  return generator ? HasValueReturn(c, function) : GeneratorsReturn(c);
}

// Dict views are no iterators.
bool IsView(Context& c, NodeId object) {
  auto call = c.As<Call>(object);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  return method &&
         c.facts().Only(method.object(), {TypeKind::kMap, TypeKind::kSet, TypeKind::kList});
}

NodeId Iterator(Context& c, NodeId object) {
  NodeId iterator = c.Expr(object);
  return IsView(c, object) ? c.NewCall(c.NewName("iter"), {iterator}) : iterator;
}

NodeId Sentinel(Context& c, NodeId iterator) {
  if (!ItemMayBeNone(c, iterator)) return c.New(make::Null{}, {});
  std::string name;
  for (const std::string& mark : c.marks()) {
    if (mark.starts_with("end-of-iterator:")) name = mark.substr(16);
  }
  if (name.empty()) {
    name = c.names().Fresh("DONE");
    c.marks().insert("end-of-iterator:" + name);
    c.prelude().push_back(c.NewAssign(c.NewName(name), c.NewCall(c.NewName("object"), {})));
  }
  return c.NewName(name);
}

NodeId NextItem(Context& c, Call next, NodeId sentinel) {
  NodeId iterator = Iterator(c, IteratorOf(c, next));
  if (next.args().size() == 1)
    return c.NewCall(c.NewAttribute(iterator, "send"), {c.Expr(next.args()[0])}, next.id());
  return c.NewCall(c.NewName("next"), {iterator, sentinel}, next.id());
}

// A variable that only ever holds what next() of an iterator gives, and of which only `value` and `done` are read.
Call StepOf(Context& c, facts::BindingId id) {
  if (!id) return {};
  const facts::Binding& b = c.facts().binding(id);
  if (b.kind != facts::BindingKind::kVariable) return {};
  Call step;
  for (NodeId write : b.writes) {
    NodeId parent = c.facts().Parent(write);
    NodeId value;
    if (auto assign = c.As<Assign>(parent); assign && assign.targets().size() == 1)
      value = assign.value();
    if (auto assign = c.As<AssignExpr>(parent); assign && assign.op() == BinaryOp::kNone)
      value = assign.value();
    Call next = value ? AsNext(c, value) : Call();
    if (!next || !next.args().empty()) return {};
    step = next;
  }
  for (NodeId read : b.reads) {
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (!attribute || attribute.object() != read ||
        (attribute.name() != "value" && attribute.name() != "done"))
      return {};
  }
  return step && MayReturn(c, IteratorOf(c, step)) ? Call() : step;
}

// The name of a step, read or just assigned.
Call StepAt(Context& c, NodeId object) {
  if (auto assign = c.As<AssignExpr>(object)) object = assign.target();
  return c.src().Is(object, NodeKind::kName) ? StepOf(c, c.facts().BindingOf(object)) : Call();
}

bool EndIsExcluded(Context& c, NodeId read, NodeId step) {
  return AnyGuard(c, read, [&](NodeId test) {
    auto negation = c.As<Unary>(test);
    auto done = negation && negation.op() == UnaryOp::kNot ? c.As<Attribute>(negation.operand())
                                                           : Attribute();
    if (!done || done.name() != "done") return false;
    NodeId object = done.object();
    if (auto assign = c.As<AssignExpr>(object)) object = assign.target();
    return SameTree(c.src(), object, c.src(), step);
  });
}

// `it.next().value`, `step.done`, `(step = it.next()).done`
std::optional<NodeId> TranslateStepRead(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  bool value = attribute.name() == "value";
  if ((!value && attribute.name() != "done") || attribute.is_optional()) return std::nullopt;
  if (Call next = AsNext(c, attribute.object())) {
    if (value && !next.args().empty()) return NextItem(c, next, kNoNode);
    if (value)
      return MayReturn(c, IteratorOf(c, next)) ? std::nullopt
                                 : std::optional(NextItem(c, next, c.New(make::Null{}, {})));
    if (!next.args().empty()) return std::nullopt;
    NodeId end = Sentinel(c, IteratorOf(c, next));
    return c.New(make::Binary{.left = NextItem(c, next, end), .right = end, .op = BinaryOp::kIs},
                 id);
  }
  Call step = StepAt(c, attribute.object());
  if (!step) return std::nullopt;
  NodeId held = c.Expr(attribute.object());
  NodeId end = Sentinel(c, IteratorOf(c, step));
  NodeId done = c.New(make::Binary{.left = held, .right = end, .op = BinaryOp::kIs}, id);
  if (!value) return done;
  if (c.dst().Is(end, NodeKind::kNull) || EndIsExcluded(c, id, attribute.object())) return held;
  return c.New(
      make::Conditional{.test = done, .then_value = c.New(make::Null{}, {}), .else_value = held},
      id);
}

// The right side of a step's assignment.
std::optional<NodeId> TranslateNext(Context& c, NodeId id) {
  Call next = AsNext(c, id);
  if (!next) return std::nullopt;
  NodeId parent = c.facts().Parent(id);
  if (c.src().Is(parent, NodeKind::kExprStmt)) return NextItem(c, next, c.New(make::Null{}, {}));
  NodeId target;
  if (auto assign = c.As<Assign>(parent); assign && assign.targets().size() == 1)
    target = assign.targets()[0];
  if (auto assign = c.As<AssignExpr>(parent)) target = assign.target();
  if (!target || !StepAt(c, target)) return std::nullopt;
  return NextItem(c, next, Sentinel(c, IteratorOf(c, next)));
}

// `const { value, done } = it.next();`
bool TranslateTakenApart(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  auto pattern = c.As<ObjectPattern>(assign.targets()[0]);
  Call next = pattern ? AsNext(c, assign.value()) : Call();
  if (!next || !next.args().empty() || pattern.rest() || MayReturn(c, IteratorOf(c, next)))
    return false;
  NodeId value;
  NodeId done;
  for (NodeId p : pattern.properties()) {
    auto property = c.As<PropertyPattern>(p);
    if (!c.src().Is(property.target(), NodeKind::kName)) return false;
    (c.src().text(property.key()) == "done" ? done : value) = property.target();
  }
  if (!done) {
    out.push_back(c.NewAssign(c.Pattern(value), NextItem(c, next, c.New(make::Null{}, {})), id));
    return true;
  }
  NodeId end = Sentinel(c, IteratorOf(c, next));
  NodeId held = value ? c.Pattern(value) : c.NewName(c.names().Fresh("item"));
  out.push_back(c.NewAssign(held, NextItem(c, next, end), id));
  out.push_back(c.NewAssign(
      c.Pattern(done), c.New(make::Binary{.left = held, .right = end, .op = BinaryOp::kIs}, {})));
  if (value && !c.dst().Is(end, NodeKind::kNull)) {
    out.push_back(c.New(make::If{.test = c.Expr(done),
                                 .body = c.NewBlock({c.NewAssign(held, c.New(make::Null{}, {}))})},
                        {}));
  }
  return true;
}

// `it.return();`, `it.throw(error)`; `xs[Symbol.iterator]()`
std::optional<NodeId> TranslateIteratorCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (auto item = c.As<Subscript>(call.callee());
      item && c.facts().ResolvedName(item.index()) == "Symbol.iterator" && call.args().empty()) {
    NodeId object = c.Expr(item.object());
    if (c.facts().Only(item.object(), {TypeKind::kMap}))
      object = c.NewCall(c.NewAttribute(object, "items"), {});
    return c.NewCall(c.NewName("iter"), {object}, id);
  }
  auto method = c.As<Attribute>(call.callee());
  if (!method || !IsIterator(c, method.object()) || call.is_optional()) return std::nullopt;
  bool dropped = c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt);
  if (method.name() == "return" && dropped)
    return c.NewCall(c.NewAttribute(c.Expr(method.object()), "close"), {}, id);
  if (method.name() == "throw" && dropped && call.args().size() == 1 &&
      c.facts().Only(call.args()[0], {TypeKind::kInstance})) {
    return c.NewCall(c.NewAttribute(c.Expr(method.object()), "throw"), c.Exprs(call.args()), id);
  }
  return std::nullopt;
}

// `const keys = m.keys();` whose next() is called: an iterator of the view.
bool TranslateIteratorOfView(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() ||
      !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  if (!IsIterator(c, assign.value()) || !IsView(c, assign.value())) return false;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  bool stepped = false;
  for (NodeId read : c.facts().binding(binding).reads)
    stepped = stepped || AsNext(c, c.facts().Parent(c.facts().Parent(read)));
  if (!stepped) return false;
  out.push_back(c.NewAssign(c.Pattern(assign.targets()[0]), Iterator(c, assign.value()), id));
  return true;
}

// Is it `[Symbol.iterator]() {...}` that hands out an object with next()? Python wants one that raises at its end, so the
// method becomes a generator that asks it.
bool HandsOutStepper(Context& c, NodeId function) {
  auto method = c.As<Method>(function);
  if (!method || !method.computed_key() || method.is_generator()) return false;
  return c.facts().ResolvedName(method.computed_key()) == "Symbol.iterator";
}

bool TranslateHandedOut(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<Return>(id).value();
  if (!value || !HandsOutStepper(c, c.facts().EnclosingFunction(id))) return false;
  if (!c.facts().Only(value, {TypeKind::kInstance, TypeKind::kDict})) {
    if (IsView(c, value)) {
      out.push_back(
          c.New(make::Return{.value = c.NewCall(c.NewName("iter"), {c.Expr(value)})}, id));
      return true;
    }
    return false;
  }
  NodeId iterator = c.Expr(value);
  if (!c.dst().Is(iterator, NodeKind::kSelfRef) && !c.dst().Is(iterator, NodeKind::kName)) {
    std::string name = c.names().Fresh("iterator");
    out.push_back(c.NewAssign(c.NewName(name), iterator, id));
    iterator = c.NewName(name);
  }
  std::string step = c.names().Fresh("step");
  NodeId next = c.facts().Only(value, {TypeKind::kDict})
                    ? c.New(make::Subscript{.object = iterator, .index = c.NewString("next")}, {})
                    : c.NewAttribute(iterator, "next");
  NodeId walrus = c.New(make::Walrus{.target = c.NewName(step), .value = c.NewCall(next, {})}, {});
  NodeId done = c.NewCall(c.NewAttribute(walrus, "get"), {c.NewString("done")});
  NodeId item = c.NewCall(c.NewAttribute(c.NewName(step), "get"), {c.NewString("value")});
  NodeId yield = c.NewExprStmt(c.New(make::Yield{.value = item}, {}));
  NodeId test = c.New(make::Unary{.operand = done, .op = UnaryOp::kNot}, {});
  out.push_back(c.New(make::While{.test = test, .body = c.NewBlock({yield})}, id));
  auto block = c.As<ir::Block>(c.facts().Parent(id));
  bool last = block && block.statements().back() == id &&
              c.src().Is(c.facts().Parent(block.id()), NodeKind::kMethod);
  if (!last) out.push_back(c.New(make::Return{}, {}));
  return true;
}

}  // namespace

void RegisterIterators(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateStepRead);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateTakenApart);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateIteratorOfView);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateNext);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateIteratorCall);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateHandedOut);
}

}  // namespace asyncport::translate::to_py
