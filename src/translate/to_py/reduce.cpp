// `reduce` over promises is a loop that awaits each step before the next.
// Example: `await steps.reduce((p, step) => p.then((x) => run(step, x)), Promise.resolve(1))` ->
// `value = 1`, `for step in steps: value = await run(step, value)`.
#include <string>
#include <utility>

#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct Chain {
  NodeId list;
  NodeId callback;
  NodeId initial;         // source expression of the first value; none: undefined
  NodeId previous;        // the one read of the accumulator in the callback
  bool by_await = false;  // `await previous`; else `previous.then(...)`
};

bool IsAsyncFunction(Context& c, NodeId function) {
  if (auto f = c.As<FunctionExpr>(function)) return f.is_async();
  if (auto f = c.As<Lambda>(function)) return f.is_async();
  return false;
}

// What the callback gives, if that is one expression.
NodeId Given(Context& c, NodeId function) {
  if (auto lambda = c.As<Lambda>(function)) return lambda.body();
  auto statements = c.As<ir::Block>(c.As<FunctionExpr>(function).body()).statements();
  auto ret = statements.size() == 1 ? c.As<Return>(statements[0]) : Return();
  return ret ? ret.value() : kNoNode;
}

std::optional<Chain> AsChain(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || c.MethodName(id) != "reduce" || call.args().size() != 2) return std::nullopt;
  Chain chain{.list = c.As<Attribute>(call.callee()).object(),
              .callback = call.args()[0],
              .initial = {},
              .previous = {}};
  auto params = FunctionParams(c, chain.callback);
  if (params.size() < 2 || params.size() > 3) return std::nullopt;
  if (!c.facts().Only(chain.list, {TypeKind::kList, TypeKind::kTuple})) return std::nullopt;
  for (NodeId param : params.first(1)) {
    if (!c.src().Is(c.As<Param>(param).target(), NodeKind::kName)) return std::nullopt;
  }
  chain.initial = call.args()[1];
  if (c.IsCallTo(chain.initial, "Promise.resolve")) {
    auto seed = c.As<Call>(chain.initial);
    chain.initial = seed.args().empty() ? kNoNode : seed.args()[0];
  } else if (!IsAsyncFunction(c, chain.callback)) {
    return std::nullopt;
  }
  facts::BindingId accumulator = c.facts().BindingOf(c.As<Param>(params[0]).target());
  const auto& reads = c.facts().binding(accumulator).reads;
  if (reads.size() != 1) return std::nullopt;
  chain.previous = reads[0];
  NodeId parent = c.facts().Parent(chain.previous);
  if (c.As<Await>(parent) && c.facts().EnclosingFunction(parent) == chain.callback) {
    chain.by_await = true;
    return chain;
  }
  // `previous.then(...)` is the head of the chain that the callback gives.
  NodeId given = Given(c, chain.callback);
  if (!given || !IsChain(c, given)) return std::nullopt;
  for (NodeId head = given; head; head = c.As<Attribute>(c.As<Call>(head).callee()).object()) {
    if (head == chain.previous) return chain;
    if (!IsChain(c, head)) return std::nullopt;
  }
  return std::nullopt;
}

// The name that the first callback gives to the value is a good one for the loop.
std::string ValueName(Context& c, const Chain& chain, NodeId origin) {
  auto call = c.As<Call>(c.facts().Parent(c.facts().Parent(chain.previous)));
  auto params =
      call && !call.args().empty() ? FunctionParams(c, call.args()[0]) : std::span<const NodeId>();
  NodeId target = params.empty() ? kNoNode : c.As<Param>(params[0]).target();
  return target && c.src().Is(target, NodeKind::kName) ? c.TargetName(target)
                                                       : FreshIn(c, origin, "value");
}

void EmitLoop(Context& c, const Chain& chain, std::string& name, NodeId origin, NodeList& out) {
  c.SayOnce("reduce-chain-loop", origin);
  name = chain.by_await ? FreshIn(c, origin, "total") : ValueName(c, chain, origin);
  out.push_back(c.NewAssign(
      c.NewName(name), chain.initial ? c.Expr(chain.initial) : c.New(make::Null{}, {}), origin));
  auto params = FunctionParams(c, chain.callback);
  NodeList body;
  NodeId target = c.Pattern(c.As<Param>(params[1]).target());
  NodeId iterable = c.Expr(chain.list);
  if (params.size() == 3) {
    target = c.New(
        make::ListPattern{.elements = {c.Pattern(c.As<Param>(params[2]).target()), target}}, {});
    iterable = c.NewCall(c.NewName("enumerate"), {iterable});
  }
  if (chain.by_await) {
    // The step stays a function; it gets the value instead of the promise.
    c.Override(c.facts().Parent(chain.previous), c.Expr(chain.previous));
    std::string step = c.names().Fresh("step");
    out.insert(out.begin(), Define(c, chain.callback, step, {}));
    NodeList args{c.NewName(name)};
    if (c.src().Is(c.As<Param>(params[1]).target(), NodeKind::kName)) {
      args.push_back(c.Pattern(c.As<Param>(params[1]).target()));
    } else {
      std::string item = c.names().Fresh("item");
      target = c.NewName(item);
      args.push_back(c.NewName(item));
    }
    if (params.size() == 3) args.push_back(c.Pattern(c.As<Param>(params[2]).target()));
    NodeId call = c.NewCall(c.NewName(step), std::move(args));
    body.push_back(c.NewAssign(c.NewName(name), c.New(make::Await{.value = call}, {})));
  } else {
    c.Override(chain.previous, c.NewName(name));
    MarkSettled(c, chain.previous);
    FlattenChain(c, Given(c, chain.callback),
                 {.kind = SinkKind::kAssign, .target = c.NewName(name), .origin = {}}, body);
  }
  out.push_back(c.New(
      make::ForEach{.target = target, .iterable = iterable, .body = c.NewBlock(std::move(body))},
      {}));
}

bool HasSimpleItem(Context& c, const Chain& chain) {
  auto params = FunctionParams(c, chain.callback);
  return c.src().Is(c.As<Param>(params[1]).target(), NodeKind::kName) || !chain.by_await;
}

// `await xs.reduce(...)`: the loop stands in front of the statement.
std::optional<NodeId> TranslateAwaited(Context& c, NodeId id) {
  auto chain = AsChain(c, c.As<Await>(id).value());
  if (!chain || !HasSimpleItem(c, *chain)) return std::nullopt;
  NodeList statements;
  std::string name;
  EmitLoop(c, *chain, name, id, statements);
  for (NodeId s : statements) {
    if (!c.HoistEffect(s, id)) break;
  }
  return c.NewName(name, id);
}

// Anywhere else: a coroutine function of its own.
std::optional<NodeId> TranslateReduce(Context& c, NodeId id) {
  auto chain = AsChain(c, id);
  if (!chain || !HasSimpleItem(c, *chain)) return std::nullopt;
  NodeList body;
  std::string value;
  EmitLoop(c, *chain, value, id, body);
  body.push_back(c.New(make::Return{.value = c.NewName(value)}, {}));
  std::string name = c.names().Fresh("run_all");
  c.HoistDefinition(c.New(
      make::FunctionDef{
          .name = c.NewName(name), .body = c.NewBlock(std::move(body)), .is_async = true},
      {}));
  NodeId call = c.NewCall(c.NewName(name), {}, id);
  facts::Use use = c.facts().UseOf(id);
  NodeId function = c.facts().EnclosingFunction(id);
  if (use == facts::Use::kReturned && function && c.TargetIsAsync(function) &&
      !c.src().Is(function, NodeKind::kLambda)) {
    return c.New(make::Await{.value = call}, id);
  }
  if (use == facts::Use::kReturned || use == facts::Use::kAwaited || c.IsStarted(id)) return call;
  c.Library("asyncio.create_task");
  return c.New(make::Spawn{.call = call}, id);
}

}  // namespace

void RegisterReduce(Topics& t) {
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateAwaited);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateReduce);
}

}  // namespace asyncport::translate::to_py
