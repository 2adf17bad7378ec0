// Yes only where facts prove it; a decorated Python function may give anything.
#include "advise/work.h"

#include <algorithm>
#include <array>

#include "rules/rules.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

bool IsFunctionKind(NodeKind kind) {
  return kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kLambda || kind == NodeKind::kMethod;
}

NodeId BodyOf(const ir::Tree& tree, NodeId function) {
  if (const auto f = ir::As<ir::FunctionDef>(tree, function)) return f.body();
  if (const auto f = ir::As<ir::FunctionExpr>(tree, function)) return f.body();
  if (const auto f = ir::As<ir::Method>(tree, function)) return f.body();
  if (const auto f = ir::As<ir::Lambda>(tree, function)) return f.body();
  return kNoNode;
}

std::span<const NodeId> ParamsOf(const ir::Tree& tree, NodeId function) {
  if (const auto f = ir::As<ir::FunctionDef>(tree, function)) return f.params();
  if (const auto f = ir::As<ir::FunctionExpr>(tree, function)) return f.params();
  if (const auto f = ir::As<ir::Method>(tree, function)) return f.params();
  if (const auto f = ir::As<ir::Lambda>(tree, function)) return f.params();
  return {};
}

bool IsDeclaredAsync(const ir::Tree& tree, NodeId function) {
  if (const auto f = ir::As<ir::FunctionDef>(tree, function)) return f.is_async();
  if (const auto f = ir::As<ir::FunctionExpr>(tree, function)) return f.is_async();
  if (const auto f = ir::As<ir::Method>(tree, function)) return f.is_async();
  if (const auto f = ir::As<ir::Lambda>(tree, function)) return f.is_async();
  return false;
}

bool IsGenerator(const ir::Tree& tree, NodeId function) {
  if (const auto f = ir::As<ir::FunctionDef>(tree, function)) return f.is_generator();
  if (const auto f = ir::As<ir::FunctionExpr>(tree, function)) return f.is_generator();
  if (const auto f = ir::As<ir::Method>(tree, function)) return f.is_generator();
  return false;
}

bool IsAsyncLiteral(const ir::Tree& tree, NodeId node) {
  if (const auto f = ir::As<ir::FunctionExpr>(tree, node)) return f.is_async() && !f.is_generator();
  if (const auto f = ir::As<ir::Lambda>(tree, node)) return f.is_async();
  return false;
}

bool IsAsyncFunctionValue(const Context& context, NodeId node) {
  const ir::Tree& tree = context.tree;
  if (!node) return false;
  if (IsAsyncLiteral(tree, node)) return true;
  // `this.load.bind(this)`
  if (const auto bound = ir::As<ir::Call>(tree, node)) {
    const auto bind = ir::As<ir::Attribute>(tree, bound.callee());
    return bind && bind.name() == "bind" && IsAsyncFunctionValue(context, bind.object());
  }
  if (!tree.Is(node, NodeKind::kName) && !tree.Is(node, NodeKind::kAttribute)) return false;
  if (tree.Is(node, NodeKind::kName)) {
    const facts::BindingId id = context.facts.BindingOf(node);
    if (!id || context.facts.binding(id).kind == facts::BindingKind::kParam) return false;
  }
  const facts::Facts::Functions functions = context.facts.FunctionsOf(node);
  if (functions.others || functions.nodes.empty()) return false;
  return std::all_of(functions.nodes.begin(), functions.nodes.end(), [&](NodeId function) {
    const auto def = ir::As<ir::FunctionDef>(tree, function);
    const auto method = ir::As<ir::Method>(tree, function);
    if ((def && !def.decorators().empty()) || (method && !method.decorators().empty()))
      return false;
    return IsDeclaredAsync(tree, function) && !IsGenerator(tree, function);
  });
}

Span HeadOf(const Context& context, NodeId function) {
  const ir::Tree& tree = context.tree;
  const Span whole = tree.span(function);
  const NodeId body = BodyOf(tree, function);
  if (const auto def = ir::As<ir::FunctionDef>(tree, function)) {
    // Decorators stand on lines of their own above `async def`.
    const std::uint32_t line =
        context.source.LineSpan(context.source.LineIndex(tree.span(def.name()).begin)).begin;
    return {std::max(line, whole.begin), tree.span(def.name()).end};
  }
  const Span line = context.source.LineSpan(context.source.LineIndex(whole.begin));
  return {whole.begin,
          std::max(whole.begin, std::min({line.end, whole.end, tree.span(body).begin}))};
}

std::string FunctionName(const ir::Tree& tree, NodeId function) {
  if (const auto f = ir::As<ir::FunctionDef>(tree, function))
    return "`" + std::string(tree.text(f.name())) + "`";
  if (const auto f = ir::As<ir::Method>(tree, function); f && !f.name().empty()) {
    return "`" + std::string(f.name()) + "`";
  }
  return "this function";
}

namespace {

bool IsPromise(const Context& context, NodeId node, int depth);

// A plain function all of whose returns are promises.
bool ReturnsPromise(const Context& context, NodeId function, int depth) {
  const ir::Tree& tree = context.tree;
  if (depth > 3 || IsGenerator(tree, function)) return false;
  if (IsDeclaredAsync(tree, function)) return true;
  if (const auto lambda = ir::As<ir::Lambda>(tree, function))
    return IsPromise(context, lambda.body(), depth + 1);
  const auto body = ir::As<ir::Block>(tree, BodyOf(tree, function));
  if (!body || body.statements().empty()) return false;
  bool all = true;
  bool any = false;
  VisitOwn(tree, body.id(), [&](NodeId at) {
    const auto back = ir::As<ir::Return>(tree, at);
    if (!back) return true;
    any = true;
    all = all && back.value() && IsPromise(context, back.value(), depth + 1);
    return false;
  });
  // What runs off its end returns nothing.
  const NodeKind last = tree.kind(body.statements().back());
  return any && all &&
         (last == NodeKind::kReturn || last == NodeKind::kRaise || last == NodeKind::kIf ||
          last == NodeKind::kTry || last == NodeKind::kSwitch);
}

// `this["save"]()`, `api["save"]()`: the method of a class of the file, or kNoNode. Inference follows names only.
NodeId MethodByKey(const Context& context, NodeId callee) {
  const ir::Tree& tree = context.tree;
  const auto element = ir::As<ir::Subscript>(tree, callee);
  const auto key = ir::As<ir::String>(tree, element ? element.index() : kNoNode);
  if (!key || tree.language() != Language::kJs) return kNoNode;
  const facts::Type& type = context.facts.type(context.facts.TypeOf(element.object()));
  NodeId owner = type.kind == facts::TypeKind::kInstance ? type.decl : kNoNode;
  if (tree.Is(element.object(), NodeKind::kSelfRef)) owner = context.facts.EnclosingClass(callee);
  for (int depth = 0; owner && depth < 8; ++depth) {
    const auto named = ir::As<ir::ClassDef>(tree, owner);
    const auto unnamed = ir::As<ir::ClassExpr>(tree, owner);
    if (!named && !unnamed) return kNoNode;
    for (NodeId member : ir::Block(tree, named ? named.body() : unnamed.body()).statements()) {
      const auto method = ir::As<ir::Method>(tree, member);
      if (method && method.name() == key.value() && !method.is_private() && !method.is_static() &&
          method.kind() == ir::MethodKind::kMethod)
        return member;
    }
    const auto bases = named ? named.bases() : unnamed.bases();
    owner = bases.empty() ? kNoNode : context.facts.type(context.facts.TypeOf(bases[0])).decl;
  }
  return kNoNode;
}

// What a call surely runs: functions of the file, all of them asynchronous. Inference also colours a call because its
// value is awaited somewhere; that is no proof.
bool RunsAsync(const Context& context, NodeId call, int depth) {
  const ir::Tree& tree = context.tree;
  const auto is_async = [&](NodeId function) {
    if (const auto def = ir::As<ir::FunctionDef>(tree, function); def && !def.decorators().empty())
      return false;
    if (const auto def = ir::As<ir::Method>(tree, function); def && !def.decorators().empty())
      return false;
    if (!IsFunctionKind(tree.kind(function)) || IsGenerator(tree, function)) return false;
    return tree.language() == Language::kJs ? ReturnsPromise(context, function, depth)
                                            : IsDeclaredAsync(tree, function);
  };
  if (const NodeId definition = context.facts.CalleeDefinition(call)) return is_async(definition);
  const auto view = ir::As<ir::Call>(tree, call);
  if (!view) return false;
  if (const NodeId method = MethodByKey(context, view.callee())) return is_async(method);
  const facts::Facts::Functions functions = context.facts.FunctionsOf(view.callee());
  return !functions.others && !functions.nodes.empty() &&
         std::all_of(functions.nodes.begin(), functions.nodes.end(), is_async);
}

// The functions of Node's modules of promises that hand over something else: iterators, emitters, interfaces.
constexpr std::array<std::string_view, 6> kNotPromises = {
    "watch", "setInterval", "createInterface", "Resolver", "Readline", "constants"};

// `node:fs/promises.copyFile`: all of such a module is asynchronous, whether the tables have it or not.
bool IsOfPromiseModule(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (!path.starts_with("node:") || dot == std::string_view::npos || path.find('#') != path.npos)
    return false;
  const std::string_view module = path.substr(0, dot);
  const std::string_view name = path.substr(dot + 1);
  return (module.ends_with("/promises") || module == "node:fs.promises" ||
          module == "node:dns.promises") &&
         std::find(kNotPromises.begin(), kNotPromises.end(), name) == kNotPromises.end();
}

bool IsOfContainer(std::string_view path) {
  const std::string_view type = path.substr(0, path.find('#'));
  return path.find('#') != path.npos && path.find('.') == path.npos && type != "Response" &&
         type != "AsyncIterator" && type != "Promise";
}

// `const run = promisify(exec)`; then `run(...)` gives a promise.
bool IsPromisified(const Context& context, NodeId callee) {
  const NodeId made = Held(context, callee);
  return context.tree.Is(made, NodeKind::kCall) &&
         CalleePath(context, made) == "node:util.promisify";
}

// `f.call(...)` and `f.apply(...)` run f; `f.bind(...)()` does too. The function, or kNoNode.
NodeId RunIndirectly(const Context& context, NodeId callee) {
  const ir::Tree& tree = context.tree;
  auto method = ir::As<ir::Attribute>(tree, callee);
  if (const auto bound = ir::As<ir::Call>(tree, Held(context, callee))) {
    method = ir::As<ir::Attribute>(tree, bound.callee());
    return method && method.name() == "bind" ? method.object() : kNoNode;
  }
  return method && (method.name() == "call" || method.name() == "apply") ? method.object()
                                                                         : kNoNode;
}

bool IsAsyncCall(const Context& context, const ir::Call& call, int depth) {
  if (RunsAsync(context, call.id(), depth)) return true;
  const std::string path = context.facts.ResolvedName(call.callee());
  const rules::ApiEntry* entry =
      path.empty() ? nullptr : rules::FindApi(context.tree.language(), path);
  if (entry != nullptr) return entry->kind == "async";
  // A method of the library, by the type of its receiver: `writer.drain()`. What a container hands out was made, and may
  // have been waited for, elsewhere.
  const facts::TypeKind work = context.tree.language() == Language::kJs
                                   ? facts::TypeKind::kPromise
                                   : facts::TypeKind::kCoroutine;
  if (!path.empty() && !IsOfContainer(path) && context.facts.Only(call.id(), {work})) return true;
  if (context.tree.language() != Language::kJs) return false;
  const NodeId function = RunIndirectly(context, call.callee());
  return IsOfPromiseModule(path) || IsPromisified(context, call.callee()) ||
         (function && IsAsyncFunctionValue(context, function));
}

}  // namespace

bool IsAsyncCall(const Context& context, const ir::Call& call) {
  return IsAsyncCall(context, call, 0);
}
bool IsPromise(const Context& context, NodeId node) { return IsPromise(context, node, 0); }
bool ReturnsPromise(const Context& context, NodeId function) {
  return ReturnsPromise(context, function, 0);
}

namespace {

bool IsPromise(const Context& context, NodeId node, int depth) {
  if (!node || context.tree.language() != Language::kJs) return false;
  const ir::Tree& tree = context.tree;
  if (const auto chain = ir::As<ir::OptionalChain>(tree, node))
    return IsPromise(context, chain.value(), depth);
  if (tree.Is(node, NodeKind::kDynamicImport)) return true;
  if (const auto choice = ir::As<ir::Conditional>(tree, node)) {
    return IsPromise(context, choice.then_value(), depth) &&
           IsPromise(context, choice.else_value(), depth);
  }
  if (const auto made = ir::As<ir::New>(tree, node))
    return context.facts.ResolvedName(made.callee()) == "Promise";
  if (tree.Is(node, NodeKind::kName)) {
    const NodeId held = Held(context, node);
    return held != node && IsPromise(context, held, depth);
  }
  const auto call = ir::As<ir::Call>(tree, node);
  if (!call || IsGenerator(tree, context.facts.CalleeDefinition(node))) return false;
  if (IsAsyncCall(context, call, depth)) return true;
  if (const auto method = ir::As<ir::Attribute>(tree, call.callee())) {
    if (method.name() == "then" || method.name() == "catch" || method.name() == "finally") {
      return IsPromise(context, method.object(), depth);
    }
  }
  return IsAsyncLiteral(tree, call.callee());  // (async () => {...})()
}

// Calls that hand over a future or a context manager, not a coroutine.
constexpr std::array<std::string_view, 9> kFutures = {
    "asyncio.gather",      "asyncio.shield",
    "asyncio.create_task", "asyncio.ensure_future",
    "asyncio.wrap_future", "asyncio.as_completed",
    "asyncio.timeout",     "asyncio.run_coroutine_threadsafe",
    "asyncio.Future"};

}  // namespace

bool IsTaskCall(const Context& context, NodeId node) {
  const auto call = ir::As<ir::Call>(context.tree, node);
  if (!call) return false;
  const std::string path = context.facts.ResolvedName(call.callee());
  return path == "asyncio.create_task" || path == "asyncio.ensure_future" ||
         path == "asyncio.AbstractEventLoop#create_task";
}

bool IsCoroutineCall(const Context& context, NodeId node) {
  const auto call = ir::As<ir::Call>(context.tree, node);
  if (!call || !IsAsyncCall(context, call)) return false;
  const std::string path = context.facts.ResolvedName(call.callee());
  if (std::find(kFutures.begin(), kFutures.end(), path) != kFutures.end()) return false;
  if (path.starts_with("aiohttp.")) return false;  // its requests are context managers as well
  const auto attribute = ir::As<ir::Attribute>(context.tree, call.callee());
  if (path.starts_with("asyncio.") && path.ends_with("#create_task")) return false;
  if (attribute && (attribute.name() == "create_task" || attribute.name() == "run_in_executor"))
    return false;
  const NodeId definition = context.facts.CalleeDefinition(node);
  if (const auto f = ir::As<ir::FunctionDef>(context.tree, definition)) {
    // A decorator may turn it into anything.
    return f.is_async() && !f.is_generator() && f.decorators().empty();
  }
  if (const auto f = ir::As<ir::Method>(context.tree, definition)) {
    return f.is_async() && !f.is_generator() && f.decorators().empty();
  }
  return !definition;
}

bool IsFutureCall(const Context& context, NodeId node) {
  const std::string path = CalleePath(context, node);
  return path == "asyncio.gather" || path == "asyncio.shield" || path == "asyncio.wrap_future";
}

bool IsAwaitable(const Context& context, NodeId node) {
  if (!node) return false;
  if (context.tree.language() == Language::kJs) return IsPromise(context, node);
  if (context.tree.Is(node, NodeKind::kName)) {
    const NodeId held = Held(context, node);
    return held != node && IsAwaitable(context, held);
  }
  return IsCoroutineCall(context, node) || IsTaskCall(context, node) || IsFutureCall(context, node);
}

NodeId Held(const Context& context, NodeId node) {
  if (!context.tree.Is(node, NodeKind::kName)) return node;
  const facts::BindingId id = context.facts.BindingOf(node);
  if (!id) return node;
  const facts::Binding& binding = context.facts.binding(id);
  if (binding.kind != facts::BindingKind::kVariable || binding.writes.size() != 1 ||
      binding.reassigned)
    return node;
  const auto assign = ir::As<ir::Assign>(context.tree, binding.definition);
  if (!assign || assign.targets().size() != 1 || !assign.value() ||
      !context.tree.Is(assign.targets()[0], NodeKind::kName)) {
    return node;
  }
  return assign.value();
}

NodeId MadeBy(const Context& context, NodeId object) {
  const facts::BindingId id = context.tree.Is(object, NodeKind::kName)
                                  ? context.facts.BindingOf(object)
                                  : facts::BindingId{};
  if (!id || context.facts.binding(id).kind != facts::BindingKind::kWith)
    return Held(context, object);
  const auto item = ir::As<ir::WithItem>(context.tree, context.facts.binding(id).definition);
  return item && context.facts.binding(id).writes.size() == 1 ? item.context() : object;
}

std::string CalleePath(const Context& context, NodeId call) {
  if (const auto view = ir::As<ir::Call>(context.tree, call))
    return context.facts.ResolvedName(view.callee());
  if (const auto view = ir::As<ir::New>(context.tree, call))
    return context.facts.ResolvedName(view.callee());
  return {};
}

bool Waits(const ir::Tree& tree, NodeId node) {
  bool waits = false;
  VisitOwn(tree, node, [&](NodeId at) {
    const auto loop = ir::As<ir::ForEach>(tree, at);
    const auto with = ir::As<ir::With>(tree, at);
    const auto clause = ir::As<ir::CompFor>(tree, at);
    waits = waits || tree.Is(at, NodeKind::kAwait) || (loop && loop.is_async()) ||
            (with && with.is_async()) || (clause && clause.is_async());
    return !waits;
  });
  return waits;
}

}  // namespace asyncport::advise
