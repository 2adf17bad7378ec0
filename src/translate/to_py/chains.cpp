// Promise chains become statements: each `.then` an awaited line, `.catch` an except, `.finally` a finally.
// Example: `f().then((x) => g(x)).catch(log)` -> `try: x = await f(); await g(x)` / `except Exception as err: log(err)`.
#include <algorithm>
#include <utility>

#include "translate/to_py/beginnings.h"
#include "translate/to_py/futures.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

struct Settled {
  std::unordered_set<std::uint32_t> values;  // source expressions
};

enum class Link { kNone, kThen, kCatch, kFinally };

Link LinkOf(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || call.args().empty() || call.args().size() > 2) return Link::kNone;
  std::string_view method = c.MethodName(id);
  Link link = method == "then" ? Link::kThen : method == "catch" ? Link::kCatch : method == "finally" ? Link::kFinally : Link::kNone;
  if (link == Link::kNone) return link;
  if (link != Link::kThen && call.args().size() != 1) return Link::kNone;
  // A library's own `then` (a query builder) is not ours to unroll.
  return link;
}

class Flattener {
 public:
  explicit Flattener(Context& c) : c_(c) {}

  void Run(NodeId chain, const Sink& sink, NodeList& out) {
    auto call = c_.As<Call>(chain);
    NodeId base = c_.As<Attribute>(call.callee()).object();
    switch (LinkOf(c_, chain)) {
      case Link::kThen:
        if (IsNothing(call.args()[0])) {
          // `.then(undefined, bad)` is `.catch(bad)`, and without that nothing at all.
          if (call.args().size() == 2 && !IsNothing(call.args()[1])) {
            Caught(base, call.args()[1], sink, out);
          } else {
            Step(base, sink, out);
          }
        } else if (call.args().size() == 2 && !IsNothing(call.args()[1])) {
          ThenElse(base, call.args()[0], call.args()[1], sink, out);
        } else {
          NodeId value = Value(base, ParamName(call.args()[0]), out);
          Apply(call.args()[0], value, sink, out);
        }
        return;
      case Link::kCatch:
        Caught(base, call.args()[0], sink, out);
        return;
      case Link::kFinally: {
        NodeList body;
        Step(base, sink, body);
        if (GivesValue(call.args()[0])) c_.SayOnce("finally-value-ignored", call.args()[0]);
        NodeList cleanup;
        Apply(call.args()[0], kNoNode, {.kind = SinkKind::kDiscard, .target = {}, .origin = {}}, cleanup);
        out.push_back(c_.New(make::Try{.body = c_.NewBlock(std::move(body)), .finally_body = c_.NewBlock(std::move(cleanup))}, sink.origin));
        return;
      }
      case Link::kNone:
        Step(chain, sink, out);
        return;
    }
  }

 private:
  bool IsNothing(NodeId callback) {
    return c_.src().Is(callback, NodeKind::kNull) || c_.src().Is(callback, NodeKind::kUndefined) || c_.facts().ResolvedName(callback) == "undefined";
  }

  void Caught(NodeId base, NodeId handler, const Sink& sink, NodeList& out) {
    NodeList body;
    Step(base, sink, body);
    NodeList handlers{Handler(handler, sink)};
    out.push_back(c_.New(make::Try{.body = c_.NewBlock(std::move(body)), .handlers = std::move(handlers)}, sink.origin));
  }

  // Does the callback return something that is no work to wait for?
  bool GivesValue(NodeId id) {
    if (auto returned = c_.As<Return>(id)) return returned.value() && !IsPromiseValue(returned.value());
    NodeKind kind = c_.src().kind(id);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda) return false;
    bool found = false;
    c_.src().ForEachChild(id, [&](NodeId child) { found = found || GivesValue(child); });
    return found;
  }

  // The whole value of `source` goes to the sink.
  void Step(NodeId source, const Sink& sink, NodeList& out) {
    if (LinkOf(c_, source) != Link::kNone) {
      Run(source, sink, out);
      return;
    }
    Put(Awaited(source, out), sink, source, out);
  }

  // The awaited value of a chain's head or of a chain, as a target expression; statements go to `out`.
  NodeId Value(NodeId source, const std::string& name, NodeList& out) {
    if (LinkOf(c_, source) == Link::kNone) {
      NodeId value = Awaited(source, out);
      if (name.empty()) {
        bool idle = c_.dst().Is(value, NodeKind::kNull) || c_.dst().Is(value, NodeKind::kName);
        if (!idle) out.push_back(c_.NewExprStmt(value, source));
        return kNoNode;
      }
      // A name for a name: the value is there already.
      if (c_.dst().Is(value, NodeKind::kName)) {
        if (c_.dst().text(value) == name) return value;
      }
      out.push_back(c_.NewAssign(c_.NewName(name), value, source));
      return c_.NewName(name);
    }
    std::string target = name.empty() ? std::string() : name;
    Sink sink{.kind = target.empty() ? SinkKind::kDiscard : SinkKind::kAssign, .target = target.empty() ? kNoNode : c_.NewName(target), .origin = source};
    Run(source, sink, out);
    return target.empty() ? kNoNode : c_.NewName(target);
  }

  NodeId Awaited(NodeId source, NodeList& out) {
    if (c_.IsCallTo(source, "Promise.resolve")) {
      auto call = c_.As<Call>(source);
      if (call.args().empty()) return c_.New(make::Null{}, source);
      NodeId given = call.args()[0];
      bool promise = IsPromiseValue(given);
      if (promise) c_.MarkStarted(given);
      Context::Hoisted value = c_.ExprWithHoists(given);
      out.insert(out.end(), value.before.begin(), value.before.end());
      if (promise) return c_.New(make::Await{.value = value.value}, source);
      if (!c_.facts().May(given, {TypeKind::kPromise})) return value.value;
      return c_.New(make::Await{.value = ValueOf(c_, value.value)}, source);
    }
    c_.MarkStarted(source);
    Context::Hoisted value = c_.ExprWithHoists(source);
    out.insert(out.end(), value.before.begin(), value.before.end());
    if (c_.State<Settled>().values.contains(source.index)) return value.value;
    return c_.New(make::Await{.value = value.value}, source);
  }

  // Name under which the callback receives the value; made unique, since the callback's scope disappears.
  std::string ParamName(NodeId function) {
    std::span<const NodeId> params;
    if (auto f = c_.As<FunctionExpr>(function)) params = f.params();
    else if (auto l = c_.As<Lambda>(function)) params = l.params();
    else if (!TakesArgument(function)) return {};
    else return FreshIn(c_, function, "value");  // a function by name: its argument
    if (params.empty()) return {};
    NodeId target = c_.As<Param>(params[0]).target();
    if (!c_.src().Is(target, NodeKind::kName)) return c_.names().Fresh("value");
    facts::BindingId binding = c_.facts().BindingOf(target);
    // Another binding of the surroundings may have the same name: then this one gives way.
    for (std::uint32_t i = 1; i <= c_.facts().binding_count(); ++i) {
      facts::BindingId other{i};
      if (other == binding || c_.names().Of(other) != c_.names().Of(binding)) continue;
      const facts::Binding& b = c_.facts().binding(other);
      NodeId home = b.declaration ? c_.facts().EnclosingFunction(b.declaration) : kNoNode;
      bool visible = home == c_.facts().EnclosingFunction(function) && b.kind != facts::BindingKind::kFree;
      if (visible) {
        c_.names().Rename(binding, c_.names().Of(binding));
        break;
      }
    }
    return c_.names().Of(binding);
  }

  void Put(NodeId value, const Sink& sink, NodeId origin, NodeList& out) {
    switch (sink.kind) {
      case SinkKind::kReturn:
        out.push_back(c_.New(make::Return{.value = value}, origin));
        return;
      case SinkKind::kAssign:
        out.push_back(c_.NewAssign(sink.target, value ? value : c_.New(make::Null{}, {}), origin));
        return;
      case SinkKind::kDiscard:
        if (value && c_.dst().Is(value, NodeKind::kName)) return;
        if (value) out.push_back(c_.NewExprStmt(value, origin));
        return;
    }
  }

  bool IsPromiseValue(NodeId source) {
    if (c_.facts().ColourOf(source) == CallColour::kAsync) return true;
    return c_.facts().Only(source, {TypeKind::kPromise, TypeKind::kCoroutine});
  }

  // Calls the callback with `value`, its result goes to the sink.
  void Apply(NodeId function, NodeId value, const Sink& sink, NodeList& out) {
    if (auto lambda = c_.As<Lambda>(function)) {
      BindPattern(lambda.params(), value, out);
      Result(lambda.body(), sink, out);
      return;
    }
    if (auto f = c_.As<FunctionExpr>(function)) {
      auto statements = c_.As<ir::Block>(f.body()).statements();
      if (sink.kind != SinkKind::kReturn && ReturnsEarly(statements)) {
        CallOwnFunction(function, value, sink, out);
        return;
      }
      BindPattern(f.params(), value, out);
      for (std::size_t i = 0; i < statements.size(); ++i) {
        auto ret = c_.As<Return>(statements[i]);
        bool last = i + 1 == statements.size();
        if (ret && last) {
          if (ret.value()) Result(ret.value(), sink, out);
          return;
        }
        c_.Stmt(statements[i], out);
      }
      if (sink.kind == SinkKind::kAssign) Put(kNoNode, sink, function, out);
      return;
    }
    if (const Settler* settler = SettlerOf(c_, function)) {
      out.push_back(c_.NewExprStmt(Settle(c_, *settler, value), function));
      return;
    }
    // A function by name. JavaScript drops what it does not take, and waits for what it gives.
    NodeList args;
    if (value && TakesArgument(function)) args.push_back(value);
    std::string path = c_.facts().ResolvedName(function);
    NodeId call;
    if (path == "console.log") {
      call = c_.NewCall(c_.NewName("print"), std::move(args));
    } else if (path == "console.error") {
      args.push_back(c_.NewKeyword("file", c_.Library("sys.stderr")));
      call = c_.NewCall(c_.NewName("print"), std::move(args));
    } else {
      call = c_.NewCall(c_.Expr(function), std::move(args));
      Gives gives = GivenBy(function);
      if (gives == Gives::kMixed) call = ValueOf(c_, call);
      if (gives != Gives::kPlain) call = c_.New(make::Await{.value = call}, function);
    }
    Put(call, sink, function, out);
  }

  enum class Gives { kPlain, kPromise, kMixed };

  // The functions of the file that the expression may be; none if it may be others too.
  NodeList FunctionsOf(NodeId function) {
    facts::Facts::Functions functions = c_.facts().FunctionsOf(function);
    return functions.others ? NodeList() : functions.nodes;
  }

  Gives GivenBy(NodeId function) {
    NodeList functions = FunctionsOf(function);
    if (functions.empty()) {
      return c_.facts().ResolvedName(function).empty() && c_.facts().KindOf(function) == TypeKind::kUnknown ? Gives::kMixed : Gives::kPlain;
    }
    std::size_t promises = 0;
    for (NodeId one : functions) promises += c_.TargetIsAsync(one) ? 1 : 0;
    return promises == 0 ? Gives::kPlain : promises == functions.size() ? Gives::kPromise : Gives::kMixed;
  }

  bool TakesArgument(NodeId function) {
    NodeList functions = FunctionsOf(function);
    if (functions.empty()) return true;
    for (NodeId one : functions) {
      std::span<const NodeId> params;
      if (auto f = c_.As<FunctionDef>(one)) params = f.params();
      if (auto f = c_.As<FunctionExpr>(one)) params = f.params();
      if (auto f = c_.As<Lambda>(one)) params = f.params();
      if (auto f = c_.As<Method>(one)) params = f.params();
      if (!params.empty()) return true;
    }
    return false;
  }

  bool ReturnsEarly(std::span<const NodeId> statements) {
    for (std::size_t i = 0; i < statements.size(); ++i) {
      bool last = i + 1 == statements.size() && c_.src().Is(statements[i], NodeKind::kReturn);
      if (!last && HasReturn(statements[i])) return true;
    }
    return false;
  }

  // Does it return a promise on some path? Waiting for what it gives is right for both then.
  bool ReturnsPromise(NodeId id) {
    if (auto own = c_.As<Return>(id)) {
      NodeId value = own.value();
      if (!value) return false;
      const bool is_made = c_.As<Call>(value) && c_.facts().ResolvedName(c_.As<Call>(value).callee()).starts_with("Promise.");
      return is_made || IsChain(c_, value) || IsPromiseValue(value) || MayGivePromise(c_, value) ||
             c_.facts().May(value, {TypeKind::kPromise, TypeKind::kUnknown});
    }
    bool found = false;
    c_.src().ForEachChild(id, [&](NodeId child) {
      const NodeKind kind = c_.src().kind(child);
      if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda) return;
      found = found || ReturnsPromise(child);
    });
    return found;
  }

  // A callback that leaves early stays a function: `value = await step(value)`.
  void CallOwnFunction(NodeId function, NodeId value, const Sink& sink, NodeList& out) {
    bool is_async = c_.TargetIsAsync(function);
    bool mixed = !is_async && ReturnsPromise(function);
    std::string name = c_.names().Fresh("step");
    out.push_back(Define(c_, function, name, {}));
    NodeId call = c_.NewCall(c_.NewName(name), value ? NodeList{value} : NodeList{});
    if (mixed) call = ValueOf(c_, call);
    if (is_async || mixed) call = c_.New(make::Await{.value = call}, function);
    Put(call, sink, function, out);
  }

  void Result(NodeId source, const Sink& sink, NodeList& out) {
    if (LinkOf(c_, source) != Link::kNone) {
      Run(source, sink, out);
      return;
    }
    if (c_.IsCallTo(source, "Promise.reject")) {
      auto call = c_.As<Call>(source);
      out.push_back(c_.New(make::Raise{.value = call.args().empty() ? kNoNode : ErrorValue(c_, call.args()[0])}, source));
      return;
    }
    if (c_.IsCallTo(source, "Promise.resolve")) {
      Put(Awaited(source, out), sink, source, out);
      return;
    }
    bool promise = IsPromiseValue(source);
    bool mixed = !promise && MayGivePromise(c_, source);
    if (promise || mixed) c_.MarkStarted(source);
    Context::Hoisted value = c_.ExprWithHoists(source);
    out.insert(out.end(), value.before.begin(), value.before.end());
    NodeId target = mixed ? ValueOf(c_, value.value) : value.value;
    if (promise || mixed) target = c_.New(make::Await{.value = target}, source);
    if (sink.kind == SinkKind::kDiscard && !promise && c_.IsPure(source)) return;
    Put(target, sink, source, out);
  }

  // The value has been assigned to the parameter's name already, unless the parameter is a pattern.
  void BindPattern(std::span<const NodeId> params, NodeId value, NodeList& out) {
    if (params.empty() || !value) return;
    NodeId target = c_.As<Param>(params[0]).target();
    if (!c_.src().Is(target, NodeKind::kName)) Destructure(c_, target, value, true, out);
  }

  bool HasReturn(NodeId id) {
    NodeKind kind = c_.src().kind(id);
    if (kind == NodeKind::kReturn) return true;
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda) return false;
    bool found = false;
    c_.src().ForEachChild(id, [&](NodeId child) { found = found || HasReturn(child); });
    return found;
  }

  NodeId Handler(NodeId function, const Sink& sink) {
    c_.SayOnce("catch-narrowing", function);
    std::string name = ParamName(function);
    NodeList body;
    auto params = FunctionParams(c_, function);
    NodeId pattern = params.empty() ? kNoNode : c_.As<Param>(params[0]).target();
    auto literal = c_.As<FunctionExpr>(function);
    const bool in_place = c_.src().Is(function, NodeKind::kLambda) ||
                          (literal && (sink.kind == SinkKind::kReturn || !ReturnsEarly(c_.As<ir::Block>(literal.body()).statements())));
    const bool parts = in_place && pattern && c_.src().Is(pattern, NodeKind::kObjectPattern) && !name.empty();
    if (parts) DestructureError(c_, pattern, name, body);
    Apply(function, name.empty() || parts ? kNoNode : c_.NewName(name), sink, body);
    return c_.New(make::CatchClause{.type = c_.NewName("Exception"), .target = name.empty() ? kNoNode : c_.NewName(name), .body = c_.NewBlock(std::move(body))}, {});
  }

  // `.then(ok, bad)`: bad does not see what ok throws.
  void ThenElse(NodeId base, NodeId ok, NodeId bad, const Sink& sink, NodeList& out) {
    c_.SayOnce("then-second-handler-scope", ok);
    NodeList body;
    NodeId value = Value(base, ParamName(ok), body);
    NodeList rest;
    Apply(ok, value, sink, rest);
    NodeList handlers{Handler(bad, sink)};
    out.push_back(c_.New(make::Try{.body = c_.NewBlock(std::move(body)), .handlers = std::move(handlers), .else_body = c_.NewBlock(std::move(rest))}, sink.origin));
  }

  Context& c_;
};

// Does the expression call or hand on a plain function of the file, which does its work when it is called?
bool CallsPlainFunction(Context& c, NodeId id) {
  const auto is_plain = [&](NodeId function) {
    return (c.src().Is(function, NodeKind::kFunctionDef) || c.src().Is(function, NodeKind::kFunctionExpr) ||
            c.src().Is(function, NodeKind::kLambda) || c.src().Is(function, NodeKind::kMethod)) &&
           !c.TargetIsAsync(function);
  };
  NodeList functions;
  if (c.As<Call>(id)) functions = c.facts().PossibleCallees(id);
  if (c.src().Is(id, NodeKind::kName)) functions = c.facts().FunctionsOf(id).nodes;
  if (std::any_of(functions.begin(), functions.end(), is_plain)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || CallsPlainFunction(c, child); });
  return found;
}

// Does Python's counterpart of the call run at once, as a function that gives a task or a future does?
bool RunsAtOnce(Context& c, NodeId head) {
  if (IsPromisifiedCall(c, head)) return true;
  // `Promise.all(names.map(start)).then(...)`: the list is made now.
  if (c.IsCallTo(head, "Promise.all")) return CallsPlainFunction(c, head);
  if (!c.As<Call>(head) || !c.facts().ResolvedName(c.As<Call>(head).callee()).empty()) return false;
  NodeId function = c.facts().CalleeDefinition(head);
  return function && (!c.TargetIsAsync(function) || BeginsAtOnce(c, function));
}

// Is the variable, attribute or element another one by the time that a task first runs?
bool MayChange(Context& c, NodeId head) {
  if (c.src().Is(head, NodeKind::kAttribute) || c.src().Is(head, NodeKind::kSubscript)) return true;
  facts::BindingId binding = c.src().Is(head, NodeKind::kName) ? c.facts().BindingOf(head) : facts::BindingId{};
  return binding && c.facts().binding(binding).writes.size() > 1;
}

// Variables that the loop around the node binds anew each round, and that the node reads.
void LoopVariables(Context& c, NodeId loop, NodeId id, std::vector<facts::BindingId>& out) {
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (!binding || c.IsDropped(binding) || c.SubstituteOf(binding)) return;
    const facts::Binding& b = c.facts().binding(binding);
    NodeId home = b.declaration ? c.facts().EnclosingFunction(b.declaration) : kNoNode;
    bool bound_here = b.declaration && c.src().span(loop).contains(c.src().span(b.declaration)) &&
                      (home == c.facts().EnclosingFunction(loop) || home == loop);
    bool variable = b.kind != facts::BindingKind::kFunction && b.kind != facts::BindingKind::kClass;
    if (bound_here && variable && std::find(out.begin(), out.end(), binding) == out.end()) out.push_back(binding);
    return;
  }
  c.src().ForEachChild(id, [&](NodeId child) { LoopVariables(c, loop, child, out); });
}

std::optional<NodeId> TranslateChainValue(Context& c, NodeId id) {
  if (!IsChain(c, id)) return std::nullopt;
  ChainFunction made = ChainAsFunction(c, id, "run", SinkKind::kReturn);
  c.HoistDefinition(made.definition);
  return made.call;
}

}  // namespace

bool IsChain(Context& c, NodeId id) { return LinkOf(c, id) != Link::kNone; }

NodeId ChainHead(Context& c, NodeId chain) {
  while (LinkOf(c, chain) != Link::kNone) chain = c.As<Attribute>(c.As<Call>(chain).callee()).object();
  return chain;
}

void FlattenChain(Context& c, NodeId chain, const Sink& sink, NodeList& out) {
  c.SayOnce("promise-chain-flattened", chain);
  Flattener(c).Run(chain, sink, out);
}

namespace {

// The functions whose statements the chain takes over.
NodeList CallbacksOf(Context& c, NodeId chain) {
  NodeList callbacks;
  for (NodeId link = chain; LinkOf(c, link) != Link::kNone; link = c.As<Attribute>(c.As<Call>(link).callee()).object()) {
    for (NodeId arg : c.As<Call>(link).args()) {
      if (c.src().Is(arg, NodeKind::kLambda) || c.src().Is(arg, NodeKind::kFunctionExpr)) callbacks.push_back(arg);
    }
  }
  return callbacks;
}

}  // namespace

void MarkSettled(Context& c, NodeId source_expr) { c.State<Settled>().values.insert(source_expr.index); }

ChainFunction ChainAsFunction(Context& c, NodeId chain, std::string_view wanted, SinkKind kind) {
  std::string name = c.names().Fresh(wanted);
  NodeId head = ChainHead(c, chain);
  NodeList params;
  NodeList args;
  if (MayChange(c, head) || RunsAtOnce(c, head)) {
    // The task waits for the promise of now, not for what the variable holds when it first runs.
    std::string param = "previous";
    c.MarkStarted(head);
    args.push_back(c.Expr(head));
    params.push_back(c.New(make::Param{.target = c.NewName(param)}, {}));
    c.Override(head, c.NewName(param));
  }
  // A callback that becomes part of a comprehension has its parameters only there.
  for (NodeId up = c.facts().EnclosingFunction(chain); up && c.src().Is(up, NodeKind::kLambda); up = c.facts().EnclosingFunction(up)) {
    std::vector<facts::BindingId> variables;
    LoopVariables(c, up, chain, variables);
    for (facts::BindingId binding : variables) {
      if (c.facts().EnclosingFunction(c.facts().binding(binding).declaration) != up) continue;
      params.push_back(c.New(make::Param{.target = c.NewName(c.names().Of(binding))}, {}));
      args.push_back(c.NewName(c.names().Of(binding)));
    }
  }
  // One that becomes the body of a loop binds its parameters anew each round.
  for (NodeId up = c.facts().EnclosingFunction(chain); up && IsForEachCall(c, c.facts().Parent(up)); up = c.facts().EnclosingFunction(up)) {
    if (c.src().Is(up, NodeKind::kLambda)) continue;
    std::vector<facts::BindingId> variables;
    LoopVariables(c, up, chain, variables);
    for (facts::BindingId binding : variables) {
      const std::string& variable = c.names().Of(binding);
      params.push_back(c.New(make::Param{.target = c.NewName(variable), .default_value = c.NewName(variable)}, {}));
    }
  }
  std::string own;  // `const p = work().then(() => running.delete(p))`: the task itself
  if (NodeId loop = c.facts().EnclosingLoop(chain)) {
    std::vector<facts::BindingId> variables;
    LoopVariables(c, loop, chain, variables);
    for (facts::BindingId binding : variables) {
      const std::string& variable = c.names().Of(binding);
      if (c.facts().binding(binding).definition == c.facts().Parent(chain)) {
        own = variable;
        continue;
      }
      params.push_back(c.New(make::Param{.target = c.NewName(variable), .default_value = c.NewName(variable)}, {}));
    }
  }
  NodeList body;
  FlattenChain(c, chain, {.kind = kind, .target = {}, .origin = chain}, body);
  DeclareOuterOf(c, CallbacksOf(c, chain), body);
  NodeId def = c.New(make::FunctionDef{.name = c.NewName(name), .params = std::move(params), .body = c.NewBlock(std::move(body)), .is_async = true}, {});
  return {def, c.NewCall(c.NewName(name), std::move(args), chain)};
}

void RegisterChains(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateChainValue); }

}  // namespace asyncport::translate::to_py
