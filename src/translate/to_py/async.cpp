// Awaiting, keeping and dropping asynchronous work. What a call starts is in starts.cpp, what is
// returned in returns.cpp.
// Example: `const p = f(); ...; await p` -> `task = asyncio.create_task(f())` ... `await task`.
#include <algorithm>
#include <utility>

#include "support/strings.h"
#include "translate/quote.h"
#include "translate/to_py/awaiting.h"
#include "translate/to_py/beginnings.h"
#include "translate/to_py/futures.h"
#include "translate/to_py/makers.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/shown.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

NodeId Awaited(Context& c, NodeId target, NodeId origin) {
  return c.New(make::Await{.value = target}, origin);
}

bool IsPromiseTyped(Context& c, NodeId id) {
  return c.facts().Only(id, {TypeKind::kPromise, TypeKind::kCoroutine});
}

namespace {

// May a value of the type be waited for: a promise, or an object with a `then` of its own?
bool MayBeAwaitable(Context& c, facts::TypeId id) {
  const facts::Type& type = c.facts().type(id);
  switch (type.kind) {
    case TypeKind::kUnion:
      return std::any_of(type.members.begin(), type.members.end(),
                         [&](facts::TypeId member) { return MayBeAwaitable(c, member); });
    case TypeKind::kUnknown:
    case TypeKind::kPromise:
    case TypeKind::kCoroutine:
      return true;
    case TypeKind::kDict:
      return type.fields.empty() ||
             std::any_of(type.fields.begin(), type.fields.end(),
                         [](const auto& field) { return field.first == "then"; });
    case TypeKind::kInstance:
      return !c.src().Is(type.decl, NodeKind::kClassDef) || HasMethod(c, type.decl, "then");
    default:
      return false;
  }
}

bool IsPlainTyped(Context& c, NodeId id) { return !MayBeAwaitable(c, c.facts().TypeOf(id)); }

// A promise on some paths, a plain value on others.
bool IsMixed(Context& c, NodeId id) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind != TypeKind::kUnion) return false;
  bool promise = false;
  bool plain = false;
  for (facts::TypeId member : type.members) {
    TypeKind kind = c.facts().type(member).kind;
    (kind == TypeKind::kPromise || kind == TypeKind::kCoroutine ? promise : plain) = true;
  }
  return promise && plain;
}

// `const promise = f()` reads better as `task`.
void NameTask(Context& c, NodeId call) {
  auto assign = c.As<Assign>(c.facts().Parent(call));
  if (!assign || assign.targets().size() != 1 || !c.src().Is(assign.targets()[0], NodeKind::kName))
    return;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding || c.facts().binding(binding).kind == facts::BindingKind::kFree) return;
  std::string name = c.names().Of(binding);
  std::string wanted = name;
  if (name == "promise" || name == "p")
    wanted = "task";
  else if (name.ends_with("_promise"))
    wanted = name.substr(0, name.size() - 7) + "task";
  if (wanted != name) c.names().Rename(binding, wanted);
}

// ------------------------------------------------------------------ topics
std::optional<NodeId> TranslateAwait(Context& c, NodeId id) {
  NodeId value = c.As<Await>(id).value();
  if (c.src().Is(value, NodeKind::kNull) || c.src().Is(value, NodeKind::kUndefined)) {
    return Awaited(c, c.NewCall(c.Library("asyncio.sleep"), {c.NewInt(0)}), id);
  }
  if (IsChain(c, value)) {
    std::string name = c.names().Fresh("result");
    NodeList statements;
    FlattenChain(c, value, {.kind = SinkKind::kAssign, .target = c.NewName(name), .origin = id},
                 statements);
    for (NodeId s : statements) {
      if (!c.HoistEffect(s, id)) break;
    }
    return c.NewName(name, id);
  }
  if (c.IsCallTo(value, "Promise.resolve") && c.As<Call>(value).args().size() == 1 &&
      IsPlainTyped(c, c.As<Call>(value).args()[0])) {
    c.SayOnce("await-may-not-yield", id);
    return c.Expr(c.As<Call>(value).args()[0]);
  }
  if (IsMixed(c, value)) return Awaited(c, ValueOf(c, c.Expr(value)), id);
  if (IsPlainTyped(c, value)) {
    c.SayOnce("await-plain-value", id);
    return c.Expr(value);
  }
  return std::nullopt;
}

// `await settings.language`, where the getter hands out a promise: the async method that it became.
std::optional<NodeId> TranslateAsyncGetter(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  const facts::Type& type = c.facts().type(c.facts().TypeOf(attribute.object()));
  auto owner = type.decl ? c.As<ClassDef>(type.decl) : ClassDef();
  if (type.kind != TypeKind::kInstance || !owner) return std::nullopt;
  for (NodeId member : c.As<ir::Block>(owner.body()).statements()) {
    auto method = c.As<Method>(member);
    if (!method || method.kind() != MethodKind::kGetter || method.name() != attribute.name() ||
        !c.TargetIsAsync(member))
      continue;
    std::string name = "get_" + c.names().Member(attribute.name(), attribute.is_private());
    return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), name), {}, id);
  }
  return std::nullopt;
}

// Is this the last statement of the program? Then waiting for it is all that is left to do.
// Not where work that was started before has not begun yet: it would be overtaken.
bool IsLastOfModule(Context& c, NodeId statement) {
  NodeId block = c.facts().Parent(statement);
  auto statements = c.As<ir::Block>(block).statements();
  if (statements.empty() || statements.back() != statement) return false;
  for (NodeId before : statements.first(statements.size() - 1)) {
    if (ContainsAwait(c, before)) continue;
    auto expr = c.As<ExprStmt>(before);
    NodeId value = expr ? expr.value() : kNoNode;
    bool starts = value && (IsChain(c, value) ||
                            (c.As<Call>(value) && c.facts().ColourOf(value) == CallColour::kAsync));
    if (starts) return false;
  }
  NodeId owner = c.facts().Parent(block);
  if (c.src().Is(owner, NodeKind::kModule)) return true;
  return false;
}

// Does the code give a promise back, which the caller would wait for?
bool ReturnsPromise(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
      kind == NodeKind::kLambda)
    return false;
  if (auto ret = c.As<Return>(id); ret && ret.value()) {
    return c.facts().ColourOf(ret.value()) != CallColour::kSync ||
           c.facts().May(ret.value(), {TypeKind::kPromise});
  }
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || ReturnsPromise(c, child); });
  return found;
}

bool NeverSuspends(Context& c, NodeId function) {
  NodeId body;
  bool declared = false;
  if (auto f = c.As<FunctionDef>(function)) body = f.body(), declared = f.is_async();
  if (auto f = c.As<FunctionExpr>(function)) body = f.body(), declared = f.is_async();
  if (auto f = c.As<Method>(function)) body = f.body(), declared = f.is_async();
  return body && declared && !ContainsAwait(c, body) && !ReturnsPromise(c, body);
}

// `this.#run();` in a plain function, where `run` begins with `this.busy = true;`: JavaScript has set it when the call
// returns, a task would set it later, and a second call in between would start a second run.
void BeginAtOnce(Context& c, NodeId value, NodeId function, NodeList& out) {
  auto callee = c.As<Call>(value) ? c.As<Attribute>(c.As<Call>(value).callee()) : Attribute();
  auto method = c.As<Method>(function);
  if (!callee || !method || !c.src().Is(callee.object(), NodeKind::kSelfRef)) return;
  for (NodeId statement : c.As<ir::Block>(method.body()).statements()) {
    auto assign = c.As<Assign>(statement);
    auto target =
        assign && assign.targets().size() == 1 ? c.As<Attribute>(assign.targets()[0]) : Attribute();
    bool literal = assign && assign.value() &&
                   (c.As<Bool>(assign.value()) || c.As<Number>(assign.value()) ||
                    c.As<String>(assign.value()));
    if (!target || !literal || !c.src().Is(target.object(), NodeKind::kSelfRef)) return;
    out.push_back(c.NewAssign(c.Expr(assign.targets()[0]), c.Expr(assign.value())));
  }
}

// `xs.forEach(async (x) => ...)`, `xs.forEach((x) => work(x))`: each round starts its work.
bool StartEach(Context& c, NodeId id, NodeId value, NodeList& out) {
  auto call = c.As<Call>(value);
  if (!call || c.MethodName(value) != "forEach" || call.args().size() != 1) return false;
  NodeId function = call.args()[0];
  NodeId list = c.As<Attribute>(call.callee()).object();
  auto lambda = c.As<Lambda>(function);
  auto expr = c.As<FunctionExpr>(function);
  const bool is_async = (expr && expr.is_async()) || (lambda && lambda.is_async());
  const bool starts =
      lambda && !is_async && GivesWork(c, lambda.body());
  auto params = FunctionParams(c, function);
  if ((!is_async && !starts) || params.empty() || params.size() > 2) return false;
  if (!c.facts().Only(list,
                      {TypeKind::kList, TypeKind::kTuple, TypeKind::kSet, TypeKind::kUnknown}) &&
      c.facts().KindOf(list) != TypeKind::kUnknown)
    return false;
  NodeList names;
  for (NodeId param : params) {
    NodeId target = c.As<Param>(param).target();
    bool plain =
        c.As<Param>(param).kind() == ParamKind::kPlain && !c.As<Param>(param).default_value();
    bool is_name = c.src().Is(target, NodeKind::kName);
    if (!plain || (!is_name && (starts || names.size() == 1))) return false;
    names.push_back(c.NewName(is_name ? c.TargetName(target) : c.names().Fresh("item")));
  }
  NodeId iterable = c.Expr(list);
  NodeId target = names[0];
  if (names.size() == 2) {
    iterable = c.NewCall(c.NewName("enumerate"), {iterable});
    target = c.New(make::ListPattern{.elements = {names[1], names[0]}}, {});
  }
  NodeList body;
  if (is_async) {
    std::string item(c.dst().text(names[0]));
    std::string name = c.names().Fresh("handle_" + item);
    out.push_back(Define(c, function, name, {}));
    StartInBackground(c, c.NewCall(c.NewName(name), names), {}, body);
  } else if (IsChain(c, lambda.body())) {
    ChainFunction made = ChainAsFunction(c, lambda.body(), "background", SinkKind::kDiscard);
    body.push_back(made.definition);
    StartInBackground(c, made.call, lambda.body(), body);
  } else {
    c.MarkStarted(lambda.body());
    StartInBackground(c, c.Expr(lambda.body()), lambda.body(), body);
  }
  out.push_back(c.New(
      make::ForEach{.target = target, .iterable = iterable, .body = c.NewBlock(std::move(body))},
      id));
  c.Say("foreach-async", id);
  c.marks().insert("nobody-waits");
  return true;
}

// Statements whose value is asynchronous work that nobody awaits.
bool TranslateFloating(Context& c, NodeId id, NodeList& out) {
  auto statement = c.As<ExprStmt>(id);
  NodeId value = statement ? statement.value() : c.As<Return>(id).value();
  if (auto await = c.As<Await>(value); await && IsChain(c, await.value())) {
    FlattenChain(c, await.value(), {.kind = SinkKind::kDiscard, .target = {}, .origin = id}, out);
    return true;
  }
  if (auto unary = c.As<Unary>(value); unary && unary.op() == UnaryOp::kVoid)
    value = unary.operand();

  if (IsChain(c, value)) {
    if ((c.module_in_main() && IsLastOfModule(c, id)) ||
        (!c.facts().EnclosingFunction(id) && c.is_fragment())) {
      FlattenChain(c, value, {.kind = SinkKind::kDiscard, .target = {}, .origin = id}, out);
      return true;
    }
    ChainFunction made = ChainAsFunction(c, value, "background", SinkKind::kDiscard);
    out.push_back(made.definition);
    StartInBackground(c, made.call, id, out);
    if (c.As<Call>(ChainHead(c, value))) NoteEagerStart(c, ChainHead(c, value));
    return true;
  }

  if (StartEach(c, id, value, out)) return true;

  if ((c.src().Is(value, NodeKind::kCall) || c.src().Is(value, NodeKind::kNew)) &&
      c.facts().ColourOf(value) == CallColour::kAsync) {
    c.MarkStarted(value);
    NodeId target = c.Expr(value);
    NodeId function = c.facts().CalleeDefinition(value);
    bool may_await = c.MayAwait(id);
    std::vector<NodeId> callees = c.facts().PossibleCallees(value);
    if (!callees.empty() && KeepsItsTask(c, callees[0])) {
      c.SayOnce("fire-and-forget", id);
      c.marks().insert("nobody-waits");
      c.Rewrite(value);
      out.push_back(c.NewExprStmt(target, id));
      NoteEagerStart(c, value);
      return true;
    }
    if (may_await && c.module_in_main() && IsLastOfModule(c, id)) {
      out.push_back(c.NewExprStmt(Awaited(c, target), id));
      return true;
    }
    if (may_await && function && NeverSuspends(c, function)) {
      c.Say("missing-await", id);
      out.push_back(c.NewExprStmt(Awaited(c, target), id));
      return true;
    }
    c.SayOnce("fire-and-forget", id);
    c.marks().insert("nobody-waits");
    if (!may_await && callees.size() == 1) BeginAtOnce(c, value, callees[0], out);
    StartInBackground(c, target, id, out);
    NoteEagerStart(c, value);
    return true;
  }
  return false;
}

// `return work();` in the executor of a promise, which ignores what it returns.
bool TranslateExecutorReturn(Context& c, NodeId id, NodeList& out) {
  const NodeId value = c.As<Return>(id).value();
  const NodeId executor = c.facts().EnclosingFunction(id);
  if (!value || !executor || !c.As<Call>(value) || c.As<Lambda>(executor) ||
      ExecutorOf(c, c.facts().Parent(executor)) != executor)
    return false;
  if (IsSettleParameter(c, c.As<Call>(value).callee())) return false;
  if (!TranslateFloating(c, id, out)) out.push_back(c.NewExprStmt(c.Expr(value), id));
  const auto statements = c.As<ir::Block>(c.As<FunctionExpr>(executor).body()).statements();
  if (statements.back() != id) out.push_back(c.New(make::Return{}, {}));
  return true;
}

// Does a statement before this one, in the same block, leave something for the next turn of the loop?
bool HasPendingTurn(Context& c, NodeId statement) {
  auto block = c.As<ir::Block>(c.facts().Parent(statement));
  if (!block) return false;
  bool pending = false;
  for (NodeId s : block.statements()) {
    if (s == statement) return pending;
    auto expr = c.As<ExprStmt>(s);
    if (!expr) {
      if (ContainsAwait(c, s)) pending = false;
      continue;
    }
    NodeId value = expr.value();
    if (c.As<Await>(value)) pending = false;
    if (c.IsCallTo(value, "queueMicrotask") || c.IsCallTo(value, "process.nextTick") ||
        IsChain(c, value))
      pending = true;
  }
  return false;
}

// `await quick();` where others wait for their turn, and nothing in quick() gives it to them.
bool TranslateIdleAwait(Context& c, NodeId id, NodeList& out) {
  auto await = c.As<Await>(c.As<ExprStmt>(id).value());
  NodeId function = await ? c.facts().CalleeDefinition(await.value()) : kNoNode;
  if (!function || c.facts().IsAsync(function) != facts::Async::kYes || !NeverSuspends(c, function))
    return false;
  if (!HasPendingTurn(c, id)) return false;
  c.SayOnce("await-may-not-yield", id);
  out.push_back(c.NewExprStmt(c.Expr(await.id()), id));
  out.push_back(c.NewExprStmt(Awaited(c, c.NewCall(c.Library("asyncio.sleep"), {c.NewInt(0)}))));
  return true;
}

// After `task = asyncio.create_task(f())` where the start of f is seen by the caller: give it its turn.
bool TranslateStoredCall(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (!assign.value() || assign.targets().size() != 1) return false;
  NodeId value = assign.value();
  if (!c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  // `const x = await chain` goes straight into x.
  NodeId awaited = c.As<Await>(value) ? c.As<Await>(value).value() : kNoNode;
  if (awaited && IsChain(c, awaited)) {
    FlattenChain(
        c, awaited,
        {.kind = SinkKind::kAssign, .target = c.Pattern(assign.targets()[0]), .origin = id}, out);
    return true;
  }
  if (IsChain(c, value)) {
    // Started now, awaited later: a coroutine function of its own.
    ChainFunction made =
        ChainAsFunction(c, value, "run_" + c.TargetName(assign.targets()[0]), SinkKind::kReturn);
    out.push_back(made.definition);
    c.Library("asyncio.create_task");
    NodeId spawn = c.New(make::Spawn{.call = made.call}, value);
    out.push_back(c.NewAssign(c.Pattern(assign.targets()[0]), spawn, id));
    if (c.As<Call>(ChainHead(c, value))) NoteEagerStart(c, ChainHead(c, value));
    return true;
  }
  if (c.facts().ColourOf(value) != CallColour::kAsync || !c.As<Call>(value)) return false;
  NameTask(c, value);
  NodeId target = c.Expr(value);
  out.push_back(c.NewAssign(c.Pattern(assign.targets()[0]), target, id));
  return true;
}

// A promise that is settled already, kept for those who await it.
std::optional<NodeId> TranslateSettled(Context& c, NodeId id) {
  bool resolved = c.IsCallTo(id, "Promise.resolve");
  if (!resolved && !c.IsCallTo(id, "Promise.reject")) return std::nullopt;
  auto call = c.As<Call>(id);
  if (call.args().size() > 1 || (!resolved && call.args().empty())) return std::nullopt;
  NodeId given = call.args().empty() ? kNoNode : call.args()[0];
  if (!resolved) {
    NodeId function = DefineOnce(c, "rejected", R"(
import asyncio

def rejected(error):
    """Return a future that has failed already."""
    future = asyncio.get_running_loop().create_future()
    future.set_exception(error)
    return future
)");
    return MarkFuture(c, c.NewCall(function, {ErrorValue(c, given)}, id));
  }
  if (given && (IsPromiseTyped(c, given) || c.facts().ColourOf(given) == CallColour::kAsync))
    return c.Expr(given);
  NodeList args;
  if (given) args.push_back(c.Expr(given));
  if (given && c.facts().May(given, {TypeKind::kPromise})) return ValueOf(c, args[0]);
  NodeId function = DefineOnce(c, "resolved", R"(
import asyncio

def resolved(value=None):
    """Return a future that has its result already."""
    future = asyncio.get_running_loop().create_future()
    future.set_result(value)
    return future
)");
  return MarkFuture(c, c.NewCall(function, std::move(args), id));
}

}  // namespace

namespace {
struct Futures {
  std::unordered_set<std::uint32_t> calls;  // target nodes
};
struct LocalNames {
  std::unordered_map<std::string, NodeList> users;  // functions, by the name they use
};
}  // namespace

NodeId MarkFuture(Context& c, NodeId target_call) {
  c.State<Futures>().calls.insert(target_call.index);
  return target_call;
}
// What these give runs by itself already; create_task takes coroutines only.
bool IsFutureOfLibrary(const Tree& tree, NodeId callee) {
  auto function = ir::As<Attribute>(tree, callee);
  if (!function || !tree.Is(function.object(), NodeKind::kName) || tree.text(function.object()) != "asyncio") return false;
  for (std::string_view name : {"gather", "shield", "ensure_future", "create_task"}) {
    if (function.name() == name) return true;
  }
  return false;
}

bool IsFuture(Context& c, NodeId target) {
  if (auto call = ir::As<Call>(c.dst(), target)) {
    if (IsFutureOfLibrary(c.dst(), call.callee())) return true;
    const NodeId origin = c.dst().origin(target);
    if (origin && c.src().Is(origin, NodeKind::kCall) && GivesFuture(c, origin)) return true;
  }
  return c.State<Futures>().calls.contains(target.index);
}

NodeId BackgroundTasks(Context& c) {
  if (c.AddPrelude("background")) {
    c.names().Fresh("background_tasks");
    c.prelude().push_back(
        c.NewAssign(c.NewName("background_tasks"), c.NewCall(c.NewName("set"), {})));
  }
  return c.NewName("background_tasks");
}

namespace {

// `handler(event)`, where the handler is a parameter or an element about which nothing is known.
bool CallsUnknownValue(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || c.facts().ColourOf(id) != CallColour::kUnknown) return false;
  if (!c.facts().FunctionsOf(call.callee()).others || c.is_fragment()) return false;
  facts::BindingId binding = c.src().Is(call.callee(), NodeKind::kName)
                                 ? c.facts().BindingOf(call.callee())
                                 : facts::BindingId{};
  if (!binding) return false;
  facts::BindingKind kind = c.facts().binding(binding).kind;
  return kind == facts::BindingKind::kParam || kind == facts::BindingKind::kLoop ||
         kind == facts::BindingKind::kVariable;
}

}  // namespace

bool MayGivePromise(Context& c, NodeId value) {
  if (IsMixed(c, value)) return true;
  if (CallsUnknownValue(c, value)) return true;
  return c.As<Call>(value) && c.facts().ColourOf(value) == CallColour::kUnknown &&
         !c.facts().PossibleCallees(value).empty() && c.facts().May(value, {TypeKind::kPromise});
}

NodeId ValueOfFunction(Context& c) {
  return DefineOnce(c, "value_of", R"(
import inspect

async def value_of(value):
    """Await what can be awaited; anything else is its own value."""
    return await value if inspect.isawaitable(value) else value
)");
}

NodeId ValueOf(Context& c, NodeId value) { return c.NewCall(ValueOfFunction(c), {value}); }

std::string FreshIn(Context& c, NodeId place, std::string_view wanted) {
  auto& users = c.State<LocalNames>().users[std::string(wanted)];
  NodeId home = c.facts().EnclosingFunction(place);
  bool taken = users.empty() && c.names().Taken(wanted);
  for (NodeId user : users) {
    bool nested = user == home;
    for (NodeId up = home; up && !nested; up = c.facts().EnclosingFunction(up)) nested = up == user;
    for (NodeId up = user; up && !nested; up = c.facts().EnclosingFunction(up)) nested = up == home;
    taken = taken || nested || !user || !home;
  }
  if (taken) return c.names().Fresh(wanted);
  c.names().Take(wanted);
  users.push_back(home);
  return std::string(wanted);
}

// Is there a variable of that name in the functions around the place, in either language?
static bool HasOwnName(Context& c, NodeId place, std::string_view name) {
  if (!place) return false;
  for (facts::ScopeId scope = c.facts().ScopeOf(place); scope; scope = c.facts().scope(scope).parent) {
    for (facts::BindingId id : c.facts().scope(scope).bindings) {
      const facts::Binding& b = c.facts().binding(id);
      if (b.kind != facts::BindingKind::kFree && c.names().Of(id) == name) return true;
    }
  }
  return false;
}

void StartInBackground(Context& c, NodeId coroutine, NodeId origin, NodeList& out) {
  BackgroundTasks(c);
  // A variable of the function may be called so already.
  const std::string name = HasOwnName(c, origin, "task") ? "background_task" : "task";
  // Work that is started in functions may start when main() waits for the rest already.
  if (origin && c.facts().EnclosingFunction(origin)) c.marks().insert("background-from-functions");
  NodeId create =
      IsFuture(c, coroutine) ? coroutine : c.NewCall(c.Library("asyncio.create_task"), {coroutine});
  out.push_back(c.NewAssign(c.NewName(name), create, origin));
  out.push_back(c.NewExprStmt(
      c.NewCall(c.NewAttribute(c.NewName("background_tasks"), "add"), {c.NewName(name)})));
  NodeId discard = c.NewAttribute(c.NewName("background_tasks"), "discard");
  out.push_back(
      c.NewExprStmt(c.NewCall(c.NewAttribute(c.NewName(name), "add_done_callback"), {discard})));
}

void RegisterAsync(Topics& t) {
  t.Claim(NodeKind::kAwait, Order::kAfterCards, &TranslateAwait);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateSettled);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateAsyncGetter);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateIdleAwait);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateFloating);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateExecutorReturn);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateStoredCall);
}

}  // namespace asyncport::translate::to_py
