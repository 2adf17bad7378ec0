// Asynchronous iteration by hand: classes with `[Symbol.asyncIterator]` and `next`, and `next()` of async generators.
// Example: `return { value: n, done: false };` in such a `next` -> `return n`; `{ done: true }` -> `raise StopAsyncIteration`.
#include <string>

#include "translate/quote.h"
#include "translate/to_py/tables.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsAsyncIteratorMethod(Context& c, NodeId id) {
  auto method = c.As<Method>(id);
  return method && method.computed_key() &&
         c.facts().ResolvedName(method.computed_key()) == "Symbol.asyncIterator";
}

void OwnReturns(Context& c, NodeId id, NodeList& out) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
      kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod)
    return;
  if (kind == NodeKind::kReturn) out.push_back(id);
  c.src().ForEachChild(id, [&](NodeId child) { OwnReturns(c, child, out); });
}

// `{ value: x, done: false }`: its parts.
struct Step {
  NodeId value;
  NodeId done;
};
std::optional<Step> AsStep(Context& c, NodeId id) {
  auto dict = c.As<Dict>(id);
  if (!dict) return std::nullopt;
  Step step;
  for (NodeId e : dict.entries()) {
    auto entry = c.As<DictEntry>(e);
    auto key = entry ? c.As<String>(entry.key()) : String();
    if (!key) return std::nullopt;
    if (key.value() == "value")
      step.value = entry.value();
    else if (key.value() == "done")
      step.done = entry.value();
    else
      return std::nullopt;
  }
  return step;
}

bool IsTrue(Context& c, NodeId id) { return id && c.As<Bool>(id) && c.As<Bool>(id).value(); }
bool IsFalse(Context& c, NodeId id) { return !id || (c.As<Bool>(id) && !c.As<Bool>(id).value()); }

// `{ next() {...}, return() {...} }`
bool HasReturn(Context& c, NodeId value) {
  auto dict = c.As<Dict>(value);
  for (NodeId e : dict ? dict.entries() : std::span<const NodeId>()) {
    auto entry = c.As<DictEntry>(e);
    auto method = c.As<MethodEntry>(e);
    if (method && c.As<Method>(method.method()).name() == "return") return true;
    if (entry && c.src().Is(entry.key(), NodeKind::kString) && c.src().text(entry.key()) == "return") return true;
  }
  return false;
}

// Gives back the values of an object with `next()`; tells one with `return()` when the loop is left.
NodeId Iterate(Context& c, NodeId target, NodeId origin, bool returns) {
  if (returns) {
    NodeId function = DefineOnce(c, "iterate_closing", R"(
async def iterate_closing(iterator):
    """Yield the values of an iterator; tell it when nobody wants more of them."""
    try:
        while not (step := await iterator.next()).get("done"):
            yield step.get("value")
    except GeneratorExit:
        await iterator.return_()
        raise
)");
    return c.NewCall(function, {target}, origin);
  }
  NodeId function = DefineOnce(c, "iterate", R"(
async def iterate(iterator):
    """Yield the values of an iterator until its next() says that it is done."""
    while not (step := await iterator.next()).get("done"):
        yield step.get("value")
)");
  return c.NewCall(function, {target}, origin);
}

bool TranslateReturn(Context& c, NodeId id, NodeList& out) {
  NodeId function = c.facts().EnclosingFunction(id);
  NodeId value = c.As<Return>(id).value();
  if (!value || !c.src().Is(function, NodeKind::kMethod)) return false;
  if (IsAsyncIteratorStep(c, function)) {
    Step step = *AsStep(c, value);
    NodeId stop = c.New(make::Raise{.value = c.NewName("StopAsyncIteration")}, id);
    if (IsTrue(c, step.done)) {
      out.push_back(stop);
      return true;
    }
    // `{ value: done ? undefined : x, done }`: the value is asked for only when there is one.
    auto choice = c.As<Conditional>(step.value);
    if (choice && step.done && SameTree(c.src(), choice.test(), c.src(), step.done))
      step.value = choice.else_value();
    if (!IsFalse(c, step.done)) {
      out.push_back(
          c.New(make::If{.test = Condition(c, step.done), .body = c.NewBlock({stop})}, {}));
    }
    NodeId target = step.value ? c.Expr(step.value) : c.New(make::Null{}, {});
    if (step.value && c.facts().ColourOf(step.value) == facts::CallColour::kAsync)
      target = c.New(make::Await{.value = target}, {});
    out.push_back(c.New(make::Return{.value = target}, id));
    return true;
  }
  if (!IsAsyncIteratorMethod(c, function) || c.As<Method>(function).is_generator()) return false;
  if (c.facts().Only(value, {TypeKind::kAsyncIterator})) return false;
  if (c.src().Is(value, NodeKind::kSelfRef)) {
    NodeId class_body = c.facts().Parent(function);
    for (NodeId member : c.As<ir::Block>(class_body) ? c.As<ir::Block>(class_body).statements()
                                                     : std::span<const NodeId>()) {
      if (IsAsyncIteratorStep(c, member)) return false;
    }
  } else if (!c.src().Is(value, NodeKind::kDict) &&
             !c.facts().Only(value, {TypeKind::kDict, TypeKind::kInstance})) {
    return false;
  }
  out.push_back(c.New(make::Return{.value = Iterate(c, c.Expr(value), value, HasReturn(c, value))}, id));
  return true;
}

bool IsStepOf(Context& c, NodeId id, std::string_view name) {
  auto call = c.As<Call>(id);
  auto attribute = call ? c.As<Attribute>(call.callee()) : Attribute();
  return attribute && attribute.name() == name &&
         c.facts().Only(attribute.object(), {TypeKind::kAsyncIterator});
}

NodeId NextStep(Context& c, Call next) {
  NodeId generator = c.Expr(c.As<Attribute>(next.callee()).object());
  NodeId function = DefineOnce(c, "next_step", R"(
async def next_step(iterator):
    """Take the next value; "done" says that there was none."""
    try:
        return {"value": await anext(iterator), "done": False}
    except StopAsyncIteration:
        return {"value": None, "done": True}
)");
  return c.NewCall(function, {generator}, next.id());
}

// `await generator.next()`, whole or only its value.
std::optional<NodeId> TranslateNext(Context& c, NodeId id) {
  auto await = c.As<Await>(id);
  if (IsStepOf(c, await.value(), "return")) {
    auto ending = c.As<Call>(await.value());
    auto attribute = c.As<Attribute>(ending.callee());
    if (!c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt)) {
      NodeList args{c.Expr(attribute.object())};
      if (!ending.args().empty()) args.push_back(c.Expr(ending.args()[0]));
      NodeId function = DefineOnce(c, "finish", R"(
async def finish(iterator, value=None):
    """Close an asynchronous generator; this is its last step."""
    await iterator.aclose()
    return {"value": value, "done": True}
)");
      return c.New(make::Await{.value = c.NewCall(function, std::move(args))}, id);
    }
    return c.New(
        make::Await{.value = c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "aclose"), {})},
        id);
  }
  if (!IsStepOf(c, await.value(), "next")) return std::nullopt;
  auto call = c.As<Call>(await.value());
  if (!call.args().empty()) return std::nullopt;
  return c.New(make::Await{.value = NextStep(c, call)}, id);
}

// `generator.next()` that is awaited later, or handed on.
std::optional<NodeId> TranslateStartedNext(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!IsStepOf(c, id, "next") || !call.args().empty()) return std::nullopt;
  return NextStep(c, call);
}

std::optional<NodeId> TranslateNextValue(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  auto await = c.As<Await>(attribute.object());
  if (!await || attribute.name() != "value" || !IsStepOf(c, await.value(), "next"))
    return std::nullopt;
  auto call = c.As<Call>(await.value());
  if (!call.args().empty()) return std::nullopt;
  NodeId generator = c.Expr(c.As<Attribute>(call.callee()).object());
  return c.New(
      make::Await{.value = c.NewCall(c.NewName("anext"), {generator, c.New(make::Null{}, {})})},
      id);
}

bool IsSyncStep(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = call ? c.As<Attribute>(call.callee()) : Attribute();
  return attribute && attribute.name() == "next" && call.args().empty() &&
         !attribute.is_optional() && c.facts().Only(attribute.object(), {TypeKind::kIterator});
}

// `iterator.next()`, whole or only its value.
std::optional<NodeId> TranslateSyncNext(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  bool sends = method && method.name() == "next" && call.args().size() == 1 && !call.is_optional() &&
               !c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt) &&
               c.facts().Only(method.object(), {TypeKind::kIterator});
  if (sends) {
    NodeId function = DefineOnce(c, "send_step", R"(
def send_step(generator, value):
    """Hand a value to a generator and take its next one; "done" says that this is its result."""
    try:
        return {"value": generator.send(value), "done": False}
    except StopIteration as stop:
        return {"value": stop.value, "done": True}
)");
    return c.NewCall(function, {c.Expr(method.object()), c.Expr(call.args()[0])}, id);
  }
  if (!IsSyncStep(c, id)) return std::nullopt;
  NodeId iterator = c.Expr(method.object());
  NodeId function = DefineOnce(c, "take_step", R"(
def take_step(iterator):
    """Take the next value; "done" says that there was none, or that this is its result."""
    try:
        return {"value": next(iterator), "done": False}
    except StopIteration as stop:
        return {"value": stop.value, "done": True}
)");
  return c.NewCall(function, {iterator}, id);
}

// `iterator.return(value)` whose step somebody takes.
std::optional<NodeId> TranslateSyncEnd(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  bool ends = method && method.name() == "return" && call.args().size() <= 1 &&
              !c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt) &&
              c.facts().Only(method.object(), {TypeKind::kIterator});
  if (!ends) return std::nullopt;
  NodeList args{c.Expr(method.object())};
  if (!call.args().empty()) args.push_back(c.Expr(call.args()[0]));
  NodeId function = DefineOnce(c, "end_step", R"(
def end_step(generator, value=None):
    """Close a generator; this is its last step."""
    generator.close()
    return {"value": value, "done": True}
)");
  return c.NewCall(function, std::move(args), id);
}

std::optional<NodeId> TranslateSyncNextValue(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "value" || !IsSyncStep(c, attribute.object())) return std::nullopt;
  NodeId iterator = c.Expr(c.As<Attribute>(c.As<Call>(attribute.object()).callee()).object());
  return c.NewCall(c.NewName("next"), {iterator, c.New(make::Null{}, {})}, id);
}

}  // namespace

bool IsAsyncIteratorStep(Context& c, NodeId id) {
  auto method = c.As<Method>(id);
  if (!method || method.computed_key() || method.name() != "next" || !method.params().empty() ||
      !c.TargetIsAsync(id))
    return false;
  auto body = c.As<ir::Block>(c.facts().Parent(id));
  if (!body) return false;
  bool iterates = false;
  for (NodeId member : body.statements()) {
    if (!IsAsyncIteratorMethod(c, member)) continue;
    NodeList returns;
    OwnReturns(c, c.As<Method>(member).body(), returns);
    iterates =
        returns.size() == 1 && c.src().Is(c.As<Return>(returns[0]).value(), NodeKind::kSelfRef);
  }
  if (!iterates || c.State<CallSites>().Of(id)) return false;
  NodeList returns;
  OwnReturns(c, method.body(), returns);
  for (NodeId one : returns) {
    NodeId value = c.As<Return>(one).value();
    if (!value || !AsStep(c, value)) return false;
  }
  return !returns.empty();
}

void RegisterIteration(Topics& t) {
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateReturn);
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateNext);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateNextValue);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSyncNext);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSyncEnd);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStartedNext);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateSyncNextValue);
}

}  // namespace asyncport::translate::to_py
