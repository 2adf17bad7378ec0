// Promise chains become statements: each `.then` an awaited line, `.catch` an except, `.finally` a finally.
// Example: `f().then((x) => g(x)).catch(log)` -> `try: x = await f(); await g(x)` / `except Exception as err: log(err)`.
#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

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
        if (call.args().size() == 2) {
          ThenElse(base, call.args()[0], call.args()[1], sink, out);
        } else {
          NodeId value = Value(base, ParamName(call.args()[0]), out);
          Apply(call.args()[0], value, sink, out);
        }
        return;
      case Link::kCatch: {
        NodeList body;
        Step(base, sink, body);
        NodeList handlers{Handler(call.args()[0], sink)};
        out.push_back(c_.New(make::Try{.body = c_.NewBlock(std::move(body)), .handlers = std::move(handlers)}, sink.origin));
        return;
      }
      case Link::kFinally: {
        NodeList body;
        Step(base, sink, body);
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
        out.push_back(c_.NewExprStmt(value, source));
        return kNoNode;
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
      return call.args().empty() ? c_.New(make::Null{}, source) : c_.Expr(call.args()[0]);
    }
    c_.MarkStarted(source);
    Context::Hoisted value = c_.ExprWithHoists(source);
    out.insert(out.end(), value.before.begin(), value.before.end());
    return c_.New(make::Await{.value = value.value}, source);
  }

  // Name under which the callback receives the value; made unique, since the callback's scope disappears.
  std::string ParamName(NodeId function) {
    std::span<const NodeId> params;
    if (auto f = c_.As<FunctionExpr>(function)) params = f.params();
    else if (auto l = c_.As<Lambda>(function)) params = l.params();
    else return c_.names().Fresh("value");  // a function by name: its argument
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
      BindPattern(f.params(), value, out);
      for (std::size_t i = 0; i < statements.size(); ++i) {
        auto ret = c_.As<Return>(statements[i]);
        bool last = i + 1 == statements.size();
        if (ret && last) {
          if (ret.value()) Result(ret.value(), sink, out);
          return;
        }
        if (HasReturn(statements[i]) && sink.kind != SinkKind::kReturn) {
          c_.Refuse(function, "untranslated", {{"reason", "an early return inside a promise chain"}});
          return;
        }
        c_.Stmt(statements[i], out);
      }
      if (sink.kind == SinkKind::kAssign) Put(kNoNode, sink, function, out);
      return;
    }
    // A function by name.
    NodeId call = c_.NewCall(c_.Expr(function), value ? NodeList{value} : NodeList{});
    facts::BindingId binding = c_.src().Is(function, NodeKind::kName) ? c_.facts().BindingOf(function) : facts::BindingId{};
    NodeId definition = binding ? c_.facts().binding(binding).definition : kNoNode;
    if (definition && c_.src().Is(definition, NodeKind::kAssign)) definition = c_.As<Assign>(definition).value();
    bool is_function = definition && (c_.src().Is(definition, NodeKind::kFunctionDef) || c_.src().Is(definition, NodeKind::kLambda) || c_.src().Is(definition, NodeKind::kFunctionExpr));
    if (c_.facts().ResolvedName(function) == "console.log") call = c_.NewCall(c_.NewName("print"), value ? NodeList{value} : NodeList{});
    if (c_.facts().ResolvedName(function) == "console.error") {
      call = c_.NewCall(c_.NewName("print"), {value, c_.NewKeyword("file", c_.Library("sys.stderr"))});
    }
    if (is_function && c_.TargetIsAsync(definition)) call = c_.New(make::Await{.value = call}, function);
    Put(call, sink, function, out);
  }

  void Result(NodeId source, const Sink& sink, NodeList& out) {
    if (LinkOf(c_, source) != Link::kNone) {
      Run(source, sink, out);
      return;
    }
    if (c_.IsCallTo(source, "Promise.reject")) {
      auto call = c_.As<Call>(source);
      out.push_back(c_.New(make::Raise{.value = c_.Expr(call.args()[0])}, source));
      return;
    }
    if (c_.IsCallTo(source, "Promise.resolve")) {
      Put(Awaited(source, out), sink, source, out);
      return;
    }
    bool promise = IsPromiseValue(source);
    if (promise) c_.MarkStarted(source);
    Context::Hoisted value = c_.ExprWithHoists(source);
    out.insert(out.end(), value.before.begin(), value.before.end());
    NodeId target = promise ? c_.New(make::Await{.value = value.value}, source) : value.value;
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
    Apply(function, name.empty() ? kNoNode : c_.NewName(name), sink, body);
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

// A chain in the middle of an expression: a coroutine function of its own.
std::optional<NodeId> TranslateChainValue(Context& c, NodeId id) {
  if (!IsChain(c, id)) return std::nullopt;
  std::string name = c.names().Fresh("run");
  NodeList body;
  FlattenChain(c, id, {.kind = SinkKind::kReturn, .target = {}, .origin = id}, body);
  c.HoistDefinition(c.New(make::FunctionDef{.name = c.NewName(name), .body = c.NewBlock(std::move(body)), .is_async = true}, {}));
  return c.NewCall(c.NewName(name), {}, id);
}

}  // namespace

bool IsChain(Context& c, NodeId id) { return LinkOf(c, id) != Link::kNone; }

void FlattenChain(Context& c, NodeId chain, const Sink& sink, NodeList& out) {
  c.SayOnce("promise-chain-flattened", chain);
  Flattener(c).Run(chain, sink, out);
}

void RegisterChains(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateChainValue); }

}  // namespace asyncport::translate::to_py
