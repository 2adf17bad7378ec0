// Loops over items: for-of, for-in, for await, `yield*` in async generators, and the forEach of lists, Sets and Maps.
// Example: `xs.forEach((x, i) => {...});` -> `for i, x in enumerate(xs):`.
#include "translate/to_py/beginnings.h"
#include "translate/to_py/loops.h"

#include <algorithm>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/emitters.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/urls.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// `xs.entries()`, `Object.entries(o)`, a Map, text: what Python iterates instead.
NodeId Iterable(Context& c, NodeId id) {
  if (NodeId pairs = SearchPairs(c, id)) return pairs;
  if (c.MethodName(id) == "entries" && c.As<Call>(id).args().empty()) {
    NodeId object = c.As<Attribute>(c.As<Call>(id).callee()).object();
    if (c.facts().Only(object, {TypeKind::kList}))
      return c.NewCall(c.NewName("enumerate"), {c.Expr(object)}, id);
    if (c.facts().Only(object, {TypeKind::kMap}))
      return c.NewCall(c.NewAttribute(c.Expr(object), "items"), {}, id);
  }
  bool map = c.facts().May(id, {TypeKind::kMap}) &&
             c.facts().Only(id, {TypeKind::kMap, TypeKind::kNull, TypeKind::kUndefined});
  if (map) return c.NewCall(c.NewAttribute(c.Expr(id), "items"), {}, id);
  return c.Expr(id);
}

// Loops whose item is taken apart, by their patterns: one after the other may call it the same.
struct ItemNames {
  NodeList patterns;
  bool is_taken = false;
};

// What a loop calls the item that its body takes apart first of all.
std::string ItemName(Context& c, NodeId pattern) {
  auto& items = c.State<ItemNames>();
  if (items.patterns.empty()) items.is_taken = c.names().Taken("item");
  auto loop_of = [&](NodeId id) {
    const NodeId param = c.facts().Parent(id);
    return c.facts().Parent(c.src().Is(param, NodeKind::kParam) ? c.facts().Parent(param) : param);
  };
  const Span own = c.src().span(loop_of(pattern));
  const bool clashes =
      std::any_of(items.patterns.begin(), items.patterns.end(), [&](NodeId other) {
        const Span span = c.src().span(loop_of(other));
        return span.contains(own) || own.contains(span);
      });
  if (items.is_taken || clashes) return c.names().Fresh("item");
  items.patterns.push_back(pattern);
  c.names().Take("item");
  return "item";
}

// `on(bus, "tick")`: are all of the event's emissions seen to give as many values?
bool GivesAtLeast(Context& c, NodeId iterable, std::size_t count) {
  auto call = c.As<Call>(iterable);
  auto name = call && call.args().size() > 1 ? c.As<String>(call.args()[1]) : String();
  const Emitters::Event* event = name ? c.State<Emitters>().Of(name.value()) : nullptr;
  return event && !event->spread && event->max > 0 && event->min >= count;
}

NodeId LoopTarget(Context& c, NodeId pattern, NodeList& prologue) {
  if (c.src().Is(pattern, NodeKind::kName)) return c.Pattern(pattern);
  if (auto list = c.As<ListPattern>(pattern)) {
    NodeList elements;
    bool plain = !list.elements().empty();
    for (NodeId e : list.elements()) {
      if (c.src().Is(e, NodeKind::kElision))
        elements.push_back(c.NewName("_"));
      else if (c.src().Is(e, NodeKind::kName))
        elements.push_back(c.Pattern(e));
      else if (c.src().Is(e, NodeKind::kListPattern))
        elements.push_back(LoopTarget(c, e, prologue));
      else if (c.src().Is(e, NodeKind::kObjectPattern)) {
        std::string name = ItemName(c, e);
        elements.push_back(c.NewName(name));
        Destructure(c, e, c.NewName(name), true, prologue);
      } else
        plain = false;
    }
    // `for (const [key] of map)`: pairs always have two parts.
    const facts::Type& type = c.facts().type(c.facts().TypeOf(pattern));
    bool fixed =
        (type.kind == TypeKind::kTuple || type.kind == TypeKind::kList) && !type.members.empty();
    auto loop = c.As<ForEach>(c.facts().Parent(pattern));
    bool events = loop && loop.is_async();  // lists of any length
    const bool shorter = events && elements.size() > 1 && !GivesAtLeast(c, loop.iterable(), elements.size());
    if (plain && shorter && !fixed && !c.dst().Is(elements.back(), NodeKind::kRestPattern)) {
      // Some have fewer items than others: what is missing is undefined.
      const std::string args = c.names().Fresh("args");
      NodeList padded{c.New(make::Spread{.value = c.NewName(args)}, {})};
      for (std::size_t i = 1; i < elements.size(); ++i) padded.push_back(c.New(make::Null{}, {}));
      elements.push_back(c.New(make::RestPattern{.target = c.NewName("_")}, {}));
      NodeId names = c.New(make::ListPattern{.elements = std::move(elements)}, pattern);
      NodeId value = c.New(make::Tuple{.elements = std::move(padded), .is_parenthesised = true}, {});
      prologue.insert(prologue.begin(), c.NewAssign(names, value));
      return c.NewName(args);
    }
    if (plain && events && !fixed)
      elements.push_back(c.New(make::RestPattern{.target = c.NewName("_")}, {}));
    else if (plain && elements.size() == 1 && !(fixed && type.members.size() != 2))
      elements.push_back(c.NewName("_"));
    else if (fixed && type.members.size() > elements.size())
      elements.push_back(c.New(make::RestPattern{.target = c.NewName("_")}, {}));
    if (plain) return c.New(make::ListPattern{.elements = std::move(elements)}, pattern);
  }
  std::string name = ItemName(c, pattern);
  Destructure(c, pattern, c.NewName(name), true, prologue);
  return c.NewName(name);
}

// `for (const [a, b, c] of [["x", 1], ["y", 2, 3]])`: what a row lacks is undefined, and Python wants it there.
NodeId PaddedRows(Context& c, NodeId pattern, NodeId iterable) {
  auto names = c.As<ListPattern>(pattern);
  auto rows = c.As<List>(iterable);
  if (!names || !rows) return kNoNode;
  const std::size_t wanted = names.elements().size();
  bool lacks = false;
  for (NodeId e : names.elements()) {
    if (!c.src().Is(e, NodeKind::kName) && !c.src().Is(e, NodeKind::kElision)) return kNoNode;
  }
  for (NodeId row : rows.elements()) {
    auto list = c.As<List>(row);
    if (!list || list.elements().size() > wanted) return kNoNode;
    for (NodeId e : list.elements()) {
      if (c.src().Is(e, NodeKind::kSpread) || c.src().Is(e, NodeKind::kElision)) return kNoNode;
    }
    lacks = lacks || list.elements().size() < wanted;
  }
  if (!lacks) return kNoNode;
  NodeList padded;
  for (NodeId row : rows.elements()) {
    NodeList items = c.Exprs(c.As<List>(row).elements());
    while (items.size() < wanted) items.push_back(c.New(make::Null{}, {}));
    padded.push_back(c.New(make::List{.elements = std::move(items)}, row));
  }
  return c.New(make::List{.elements = std::move(padded)}, iterable);
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
  bool inner_loop = kind == NodeKind::kWhile || kind == NodeKind::kCFor ||
                    kind == NodeKind::kForEach || kind == NodeKind::kForIn ||
                    kind == NodeKind::kDoWhile || kind == NodeKind::kSwitch;
  if (inner_loop || kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
      kind == NodeKind::kLambda)
    return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || LeavesEarly(c, child); });
  return found;
}

bool Yields(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kYield) return true;
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda)
    return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Yields(c, child); });
  return found;
}

bool IsAsyncGenerator(Context& c, NodeId id) {
  if (auto f = c.As<FunctionDef>(id)) return f.is_async() && f.is_generator();
  if (auto f = c.As<FunctionExpr>(id)) return f.is_async() && f.is_generator();
  auto method = c.As<Method>(id);
  return method && method.is_async() && method.is_generator();
}

// Does the code clean up when it is left: by a finally, or by a `return` method of an iterator made by hand? What it
// iterates over itself may do so too.
bool CleansUp(Context& c, NodeId id) {
  if (auto attempt = c.As<Try>(id); attempt && attempt.finally_body()) return true;
  if (auto entry = c.As<DictEntry>(id); entry && c.src().Is(entry.key(), NodeKind::kString) &&
                                        c.src().text(entry.key()) == "return")
    return true;
  if (auto method = c.As<Method>(id); method && method.name() == "return") return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || CleansUp(c, child); });
  return found;
}

// Does some asynchronous generator of the file clean up after itself?
struct Cleanups {
  explicit Cleanups(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !any; ++i)
      any = IsAsyncGenerator(c, NodeId{i}) && CleansUp(c, NodeId{i});
  }
  bool any = false;
};

bool LoopsOverOthers(Context& c, NodeId id) {
  if (auto loop = c.As<ForEach>(id); loop && loop.is_async()) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || LoopsOverOthers(c, child); });
  return found;
}

// The method that hands out the iterator of instances of a class of the file.
NodeId IteratorMethod(Context& c, NodeId iterable) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(iterable));
  auto owner = type.kind == TypeKind::kInstance && type.decl ? c.As<ClassDef>(type.decl) : ClassDef();
  if (!owner) return kNoNode;
  for (NodeId member : c.As<ir::Block>(owner.body()).statements()) {
    auto method = c.As<Method>(member);
    if (method && method.computed_key() &&
        c.facts().ResolvedName(method.computed_key()) == "Symbol.asyncIterator")
      return member;
  }
  return kNoNode;
}

// Does leaving a loop over the iterable early make it clean up?
bool HasCleanup(Context& c, NodeId iterable) {
  if (NodeId method = IteratorMethod(c, iterable)) return CleansUp(c, method);
  NodeId function = c.As<Call>(iterable) ? c.facts().CalleeDefinition(iterable) : kNoNode;
  if (function && IsAsyncGenerator(c, function)) {
    return CleansUp(c, function) || (LoopsOverOthers(c, function) && c.State<Cleanups>().any);
  }
  return c.State<Cleanups>().any && (c.facts().Only(iterable, {TypeKind::kAsyncIterator}));
}

// An asynchronous iterator on some paths, a plain list on others: `for await` takes both.
bool MayBeEither(Context& c, NodeId iterable) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(iterable));
  bool plain = false;
  for (facts::TypeId member : type.members) {
    TypeKind kind = c.facts().type(member).kind;
    plain = plain || kind == TypeKind::kList || kind == TypeKind::kTuple ||
            kind == TypeKind::kSet || kind == TypeKind::kIterator;
  }
  return plain;
}

NodeId EachOf(Context& c, NodeId target) {
  if (c.State<Cleanups>().any) {
    NodeId function = DefineOnce(c, "each", R"(
import inspect
from contextlib import aclosing

async def each(source):
    """Iterate over something asynchronous or plain; promises in it are awaited."""
    if hasattr(source, "__aiter__"):
        async with aclosing(source):
            async for item in source:
                yield item
    else:
        for item in source:
            yield await item if inspect.isawaitable(item) else item
)");
    return c.NewCall(function, {target});
  }
  NodeId function = DefineOnce(c, "each", R"(
import inspect

async def each(source):
    """Iterate over something asynchronous or plain; promises in it are awaited."""
    if hasattr(source, "__aiter__"):
        async for item in source:
            yield item
    else:
        for item in source:
            yield await item if inspect.isawaitable(item) else item
)");
  return c.NewCall(function, {target});
}

bool TranslateForEach(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<ForEach>(id);
  NodeList prologue;
  bool over_promises = loop.is_async() && c.facts().Only(loop.iterable(), {TypeKind::kList});
  NodeId padded = loop.is_async() ? kNoNode : PaddedRows(c, loop.target(), loop.iterable());
  NodeId iterable = padded ? padded : Iterable(c, loop.iterable());
  bool either = loop.is_async() && !over_promises && MayBeEither(c, loop.iterable());
  if (either) iterable = EachOf(c, iterable);
  NodeId target = LoopTarget(c, loop.target(), prologue);
  if (over_promises) {
    // `for await (const x of promises)`: each is awaited in its turn.
    std::string task = c.names().Fresh("task");
    NodeId await = c.New(make::Await{.value = c.NewName(task)}, {});
    prologue.insert(prologue.begin(), c.NewAssign(target, await));
    c.SayOnce("for-await-over-promises", id);
    out.push_back(c.New(make::ForEach{.target = c.NewName(task),
                                      .iterable = iterable,
                                      .body = WithPrologue(c, std::move(prologue), loop.body())},
                        id));
    return true;
  }
  // A generator that hands items on is left at its yield when the one who asks it goes away.
  bool closes = loop.is_async() && (LeavesEarly(c, loop.body()) || Yields(c, loop.body())) &&
                (either ? c.State<Cleanups>().any : HasCleanup(c, loop.iterable()));
  if (closes && IteratorMethod(c, loop.iterable()))
    iterable = c.NewCall(c.NewName("aiter"), {iterable});
  if (!closes) {
    out.push_back(c.New(make::ForEach{.target = target,
                                      .iterable = iterable,
                                      .body = WithPrologue(c, std::move(prologue), loop.body()),
                                      .is_async = loop.is_async()},
                        id));
    return true;
  }
  // JavaScript closes the generator when the loop is left; Python leaves that to the collector.
  c.SayOnce("async-generator-early-exit", id);
  std::string items = c.names().Fresh("items");
  NodeId item =
      c.New(make::WithItem{.context = c.NewCall(c.Library("contextlib:aclosing"), {iterable}),
                           .target = c.NewName(items)},
            {});
  NodeId inner = c.New(make::ForEach{.target = target,
                                     .iterable = c.NewName(items),
                                     .body = WithPrologue(c, std::move(prologue), loop.body()),
                                     .is_async = true},
                       {});
  out.push_back(
      c.New(make::With{.items = {item}, .body = c.NewBlock({inner}), .is_async = true}, id));
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
  out.push_back(c.New(make::ForEach{.target = target,
                                    .iterable = object,
                                    .body = WithPrologue(c, std::move(prologue), loop.body())},
                      id));
  return true;
}

// The parameters of a forEach callback that can be a loop's body: no defaults, at most item and index.
bool CanInline(Context& c, NodeId function) {
  bool literal =
      c.src().Is(function, NodeKind::kLambda) || c.src().Is(function, NodeKind::kFunctionExpr);
  auto params = FunctionParams(c, function);
  if (!literal || params.empty() || params.size() > 2) return false;
  for (NodeId p : params) {
    if (c.As<Param>(p).default_value() || c.As<Param>(p).kind() != ParamKind::kPlain) return false;
  }
  // A return inside a loop of the callback would have to leave that loop too.
  bool inlines = true;
  auto visit = [&](auto&& self, NodeId id) -> void {
    NodeKind kind = c.src().kind(id);
    if (id != function && (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
                           kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod))
      return;
    if (kind == NodeKind::kReturn && c.facts().EnclosingLoop(id)) inlines = false;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, function);
  return inlines;
}

std::string InlineMark(NodeId function) { return "for-each:" + std::to_string(function.index); }

// `return;` in the body of such a callback goes on with the next item.
bool TranslateItemReturn(Context& c, NodeId id, NodeList& out) {
  NodeId function = c.facts().EnclosingFunction(id);
  if (!function || !c.marks().contains(InlineMark(function))) return false;
  if (NodeId value = c.As<Return>(id).value(); value && !c.IsPure(value))
    out.push_back(c.NewExprStmt(c.Expr(value), value));
  NodeId block = c.facts().Parent(id);
  bool last =
      c.facts().Parent(block) == function && c.As<ir::Block>(block).statements().back() == id;
  if (!last) out.push_back(c.New(make::Continue{}, id));
  return true;
}

// A callback that is a name, or that cannot be a loop's body: called for each item.
NodeId CallForEach(Context& c, NodeId function, NodeId item, NodeId index) {
  NodeId decl = function;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(function));
  if (type.kind == TypeKind::kFunction && type.decl) decl = type.decl;
  std::size_t wanted = FunctionBody(c, decl) ? FunctionParams(c, decl).size() : 1;
  NodeList args;
  if (wanted > 0) args.push_back(item);
  if (wanted > 1 && index) args.push_back(index);
  return c.NewExprStmt(c.NewCall(c.Expr(function), std::move(args), function));
}

bool TranslateForEachCall(Context& c, NodeId id, NodeList& out) {
  return ForEachCall(c, c.As<ExprStmt>(id).value(), id, out);
}

// `yield* map` gives pairs.
std::optional<NodeId> TranslateYieldMap(Context& c, NodeId id) {
  auto yield = c.As<Yield>(id);
  if (!yield.is_delegate() || !c.facts().Only(yield.value(), {TypeKind::kMap})) return std::nullopt;
  return c.New(make::Yield{.value = Iterable(c, yield.value()), .is_delegate = true}, id);
}

// `yield* xs;` in an async generator: Python's `yield from` may not stand there.
bool TranslateYieldFrom(Context& c, NodeId id, NodeList& out) {
  auto yield = c.As<Yield>(c.As<ExprStmt>(id).value());
  NodeId function = c.facts().EnclosingFunction(id);
  if (!yield || !yield.is_delegate() || !function || !c.TargetIsAsync(function)) return false;
  bool plain = c.facts().Only(yield.value(), {TypeKind::kList, TypeKind::kTuple, TypeKind::kStr,
                                              TypeKind::kSet, TypeKind::kMap, TypeKind::kIterator});
  std::string item = c.names().Fresh("item");
  NodeId give = c.NewExprStmt(c.New(make::Yield{.value = c.NewName(item)}, {}));
  out.push_back(c.New(make::ForEach{.target = c.NewName(item),
                                    .iterable = Iterable(c, yield.value()),
                                    .body = c.NewBlock({give}),
                                    .is_async = !plain},
                      id));
  return true;
}

}  // namespace

bool IsForEachCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || c.MethodName(id) != "forEach" || call.args().size() != 1 || call.is_optional())
    return false;
  NodeId function = call.args()[0];
  auto expr = c.As<FunctionExpr>(function);
  auto lambda = c.As<Lambda>(function);
  if ((expr && (expr.is_async() || expr.is_generator())) ||
      (lambda &&
       (lambda.is_async() || GivesWork(c, lambda.body()))))
    return false;
  if (!expr && !lambda &&
      c.facts().IsAsync(c.facts().type(c.facts().TypeOf(function)).decl) == facts::Async::kYes)
    return false;
  // It would be given the index and the list too, and show them.
  if (c.facts().ResolvedName(function).starts_with("console.")) return false;
  NodeId object = c.As<Attribute>(call.callee()).object();
  return !c.facts().Only(object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kDict});
}

bool ForEachCall(Context& c, NodeId value, NodeId origin, NodeList& out) {
  if (!IsForEachCall(c, value)) return false;
  auto call = c.As<Call>(value);
  NodeId function = call.args()[0];
  NodeId object = c.As<Attribute>(call.callee()).object();
  bool map = c.facts().Only(object, {TypeKind::kMap, TypeKind::kNull, TypeKind::kUndefined}) &&
             c.facts().May(object, {TypeKind::kMap});
  bool inlines = CanInline(c, function);
  auto params = FunctionParams(c, function);
  const facts::Type& type = c.facts().type(c.facts().TypeOf(function));
  if (!inlines && type.kind == TypeKind::kFunction && type.decl)
    params = FunctionParams(c, type.decl);
  NodeList prologue;
  NodeId item = inlines ? LoopTarget(c, c.As<Param>(params[0]).target(), prologue)
                        : c.NewName(c.names().Fresh("item"));
  NodeId index;
  if (params.size() >= 2)
    index = inlines ? LoopTarget(c, c.As<Param>(params[1]).target(), prologue)
                    : c.NewName(c.names().Fresh(map ? "key" : "index"));
  NodeId target = item;
  NodeId iterable;
  if (map) {
    target = c.New(make::ListPattern{.elements = {index ? index : c.NewName("_"), item}}, {});
    iterable = c.NewCall(c.NewAttribute(c.Expr(object), "items"), {});
  } else if (index) {
    target = c.New(make::ListPattern{.elements = {index, item}}, {});
    iterable = c.NewCall(c.NewName("enumerate"), {c.Expr(object)});
  } else {
    iterable = Iterable(c, object);
  }
  NodeId block;
  if (!inlines) {
    prologue.push_back(CallForEach(c, function, item, index));
    block = c.NewBlock(std::move(prologue));
  } else if (c.src().Is(function, NodeKind::kFunctionExpr)) {
    c.marks().insert(InlineMark(function));
    block = WithPrologue(c, std::move(prologue), FunctionBody(c, function));
  } else {
    StatementOf(c, FunctionBody(c, function), FunctionBody(c, function), prologue);
    block = c.NewBlock(std::move(prologue));
  }
  out.push_back(
      c.New(make::ForEach{.target = target, .iterable = iterable, .body = block}, origin));
  return true;
}

void RegisterEach(Topics& t) {
  t.Claim(NodeKind::kForEach, Order::kAfterCards, &TranslateForEach);
  t.Claim(NodeKind::kForIn, Order::kAfterCards, &TranslateForIn);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateForEachCall);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateItemReturn);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateYieldFrom);
  t.Claim(NodeKind::kYield, Order::kBeforeCards, &TranslateYieldMap);
}

}  // namespace asyncport::translate::to_py
