// A promise, a coroutine or an async function where the code around it expects an answer now: conditions, spreads,
// callbacks whose result nobody looks at, predicates. Follows typescript-eslint no-misused-promises; Python's coroutines
// are always true as well.
// Example: `if (isReady()) start();` with an async `isReady`.
#include <algorithm>
#include <array>
#include <string>

#include "advise/work.h"
#include "rules/rules.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

// Methods of arrays whose callback answers yes or no.
constexpr std::array<std::string_view, 7> kPredicateMethods = {
    "filter", "find", "findIndex", "findLast", "findLastIndex", "some", "every"};
// Methods that are given callbacks whose result is thrown away.
constexpr std::array<std::string_view, 8> kVoidMethods = {
    "on",      "once",     "addListener",        "prependListener", "addEventListener",
    "forEach", "nextTick", "prependOnceListener"};
struct VoidCallback {
  std::string_view path;
  unsigned position;
};
constexpr VoidCallback kVoidCallbacks[] = {
    {"setTimeout", 0},
    {"setInterval", 0},
    {"setImmediate", 0},
    {"queueMicrotask", 0},
    {"process.nextTick", 0},
    {"asyncio.to_thread", 0},
    {"atexit.register", 0},
    {"signal.signal", 1},
    {"node:timers.setTimeout", 0},
    {"node:timers.setInterval", 0},
    {"requestAnimationFrame", 0},
    {"node:http.createServer", 0},
    {"node:https.createServer", 1},
    {"node:http2.createServer", 0},
    {"node:net.createServer", 0},
    {"node:tls.createServer", 1},
};
// Python methods whose callback is called, not awaited: with the position of the callback.
constexpr VoidCallback kPythonMethods[] = {
    {"call_soon", 0},          {"call_soon_threadsafe", 0},
    {"call_later", 1},         {"call_at", 1},
    {"add_done_callback", 0},  {"run_in_executor", 1},
    {"add_signal_handler", 1}, {"add_reader", 1},
};
constexpr std::array<std::string_view, 2> kPythonPredicates = {"filter", "map"};

void Report(const Context& context, NodeId node, std::string expected) {
  context.out.Report(
      "misused-promise", context.tree.span(node),
      {{"what", std::string(OneLineOf(context, node))}, {"expected", std::move(expected)}});
}

bool IsDecorated(const ir::Tree& tree, NodeId function) {
  const auto def = ir::As<ir::FunctionDef>(tree, function);
  const auto method = ir::As<ir::Method>(tree, function);
  return (def && !def.decorators().empty()) || (method && !method.decorators().empty());
}

// Every expression whose truth is asked here.
void Condition(const Context& context, NodeId test) {
  const ir::Tree& tree = context.tree;
  if (!test) return;
  if (const auto logical = ir::As<ir::Logical>(tree, test)) {
    Condition(context, logical.left());
    return Condition(context, logical.right());
  }
  if (const auto unary = ir::As<ir::Unary>(tree, test); unary && unary.op() == ir::UnaryOp::kNot)
    return;  // its own
  // A variable that may be unset is asked whether it is there.
  if (tree.Is(test, NodeKind::kName) && Held(context, test) == test) return;
  if (tree.language() == Language::kPy && tree.Is(test, NodeKind::kName) &&
      (IsTaskCall(context, Held(context, test)) || IsFutureCall(context, Held(context, test))))
    return;
  if (IsAwaitable(context, test)) Report(context, test, "a condition: it is always true");
}

// A plain function of JavaScript that hands promises to its caller. `unhandled`: those whose failure nobody sees.
bool HandsOver(const Context& context, NodeId function, bool unhandled) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kJs || !ReturnsPromise(context, function)) return false;
  if (!unhandled) return true;
  if (const auto lambda = ir::As<ir::Lambda>(tree, function))
    return IsUnhandled(context, lambda.body());
  bool some = false;
  VisitOwn(tree, BodyOf(tree, function), [&](NodeId at) {
    const auto back = ir::As<ir::Return>(tree, at);
    some = some || (back && IsUnhandled(context, back.value()));
    return !back;
  });
  return some;
}

bool HandsOverPromise(const Context& context, NodeId argument, bool unhandled) {
  if (!argument) return false;
  if (IsFunctionKind(context.tree.kind(argument))) return HandsOver(context, argument, unhandled);
  if (!context.tree.Is(argument, NodeKind::kName)) return false;
  const facts::BindingId id = context.facts.BindingOf(argument);
  if (!id || context.facts.binding(id).kind == facts::BindingKind::kParam) return false;
  const facts::Facts::Functions functions = context.facts.FunctionsOf(argument);
  return !functions.others && !functions.nodes.empty() &&
         std::all_of(functions.nodes.begin(), functions.nodes.end(),
                     [&](NodeId function) { return HandsOver(context, function, unhandled); });
}

// Python: `lambda: work()` and `partial(work, 1)` of an async `work` give a coroutine to whoever calls them.
bool GivesCoroutine(const Context& context, NodeId argument) {
  if (context.tree.language() != Language::kPy || !argument) return false;
  if (const auto lambda = ir::As<ir::Lambda>(context.tree, argument))
    return IsCoroutineCall(context, lambda.body());
  const auto call = ir::As<ir::Call>(context.tree, Held(context, argument));
  return call && !call.args().empty() && CalleePath(context, call.id()) == "functools.partial" &&
         IsAsyncFunctionValue(context, call.args()[0]);
}

constexpr std::string_view kDropped = "a callback whose result nobody awaits";

void Callback(const Context& context, NodeId argument, std::string_view expected) {
  if (IsAsyncFunctionValue(context, argument) || GivesCoroutine(context, argument) ||
      HandsOverPromise(context, argument, expected == kDropped)) {
    Report(context, argument, std::string(expected));
  }
}

// `asyncio.get_running_loop()`, or an attribute that is called a loop.
bool IsAsyncioLoop(const Context& context, NodeId object) {
  if (const auto attribute = ir::As<ir::Attribute>(context.tree, object))
    return attribute.name().ends_with("loop");
  const std::string path = CalleePath(context, Held(context, object));
  return path == "asyncio.get_running_loop" || path == "asyncio.get_event_loop" ||
         path == "asyncio.new_event_loop";
}

void CheckCallbacks(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::Call call(tree, id);
  const auto args = call.args();
  const auto at = [&](unsigned position) {
    return position < args.size() ? args[position] : kNoNode;
  };
  const std::string path = context.facts.ResolvedName(call.callee());
  for (const VoidCallback& known : kVoidCallbacks) {
    if (known.path == path) return Callback(context, at(known.position), kDropped);
  }
  const bool is_js = tree.language() == Language::kJs;
  if (!is_js) {
    const bool predicate = std::find(kPythonPredicates.begin(), kPythonPredicates.end(), path) !=
                           kPythonPredicates.end();
    if (predicate && path == "filter")
      return Callback(context, at(0), "a predicate: every coroutine is true");
    if (path == "threading.Thread" || path == "threading.Timer") {
      for (NodeId arg : args) {
        const auto keyword = ir::As<ir::Keyword>(tree, arg);
        if (keyword && keyword.name() == "target")
          Callback(context, keyword.value(), "a thread's plain function");
      }
      return;
    }
    // any(is_ok(x) for x in xs)
    const auto made = ir::As<ir::Comprehension>(tree, at(0));
    if ((path == "any" || path == "all") && made && IsAwaitable(context, made.element()))
      return Report(context, made.element(), "an answer: every coroutine is true");
    for (NodeId arg : args) {
      const auto keyword = ir::As<ir::Keyword>(tree, arg);
      if (keyword && keyword.name() == "key") Callback(context, keyword.value(), "a key function");
    }
  }
  const auto method = ir::As<ir::Attribute>(tree, call.callee());
  // A class of the file may await what it is given.
  if (!method || context.facts.CalleeDefinition(id)) return;
  if (!is_js) {
    const bool known_method =
        std::any_of(std::begin(kPythonMethods), std::end(kPythonMethods),
                    [&](const VoidCallback& known) { return known.path == method.name(); });
    if (!known_method) return;
    // Tornado's loop runs coroutines that it is given.
    for (std::size_t i = 1; i <= context.facts.binding_count(); ++i) {
      const facts::Binding& binding = context.facts.binding({static_cast<std::uint32_t>(i)});
      if (binding.path.starts_with("tornado")) return;
    }
    const auto receiver = ir::As<ir::Name>(tree, method.object());
    const bool is_loop =
        path.starts_with("asyncio.") || (receiver && receiver.id().ends_with("loop")) ||
        IsAsyncioLoop(context, method.object()) || method.name() == "add_done_callback";
    for (const VoidCallback& known : kPythonMethods) {
      if (is_loop && known.path == method.name()) {
        return Callback(context, at(known.position), kDropped);
      }
    }
    return;
  }
  const std::string_view name = method.name();
  if (std::find(kPredicateMethods.begin(), kPredicateMethods.end(), name) !=
      kPredicateMethods.end()) {
    return Callback(context, at(0), "a predicate: every promise is true");
  }
  if (name == "sort" || name == "toSorted") return Callback(context, at(0), "a comparison");
  if (std::find(kVoidMethods.begin(), kVoidMethods.end(), name) != kVoidMethods.end()) {
    const NodeId last = name == "forEach" || name == "nextTick" ? at(0) : at(1);
    Callback(context, last, kDropped);
  }
}

}  // namespace

std::string OneLineOf(const Context& context, NodeId node) {
  if (IsFunctionKind(context.tree.kind(node))) {
    if (context.tree.language() == Language::kPy) return "a function that makes a coroutine";
    return IsDeclaredAsync(context.tree, node) ? "the async function"
                                               : "a function that returns a promise";
  }
  const std::string text = context.CallText(node);
  return "`" + text + "`";
}

void CheckMisused(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  switch (tree.kind(id)) {
    case NodeKind::kIf:
      return Condition(context, ir::If(tree, id).test());
    case NodeKind::kWhile:
      return Condition(context, ir::While(tree, id).test());
    case NodeKind::kDoWhile:
      return Condition(context, ir::DoWhile(tree, id).test());
    case NodeKind::kCFor:
      return Condition(context, ir::CFor(tree, id).test());
    case NodeKind::kConditional:
      return Condition(context, ir::Conditional(tree, id).test());
    case NodeKind::kAssert:
      return Condition(context, ir::Assert(tree, id).test());
    case NodeKind::kCompIf:
      return Condition(context, ir::CompIf(tree, id).test());
    case NodeKind::kUnary: {
      const ir::Unary unary(tree, id);
      if (unary.op() == ir::UnaryOp::kNot) Condition(context, unary.operand());
      return;
    }
    case NodeKind::kLogical: {
      // The left side is asked; inside a condition, the condition asks both.
      const ir::Logical logical(tree, id);
      for (NodeId up = context.facts.Parent(id), from = id; up;
           from = up, up = context.facts.Parent(up)) {
        const NodeKind kind = tree.kind(up);
        if (kind == NodeKind::kLogical) continue;
        const bool asked =
            kind == NodeKind::kIf || kind == NodeKind::kWhile || kind == NodeKind::kDoWhile ||
            kind == NodeKind::kCompIf || kind == NodeKind::kAssert ||
            (kind == NodeKind::kConditional && ir::Conditional(tree, up).test() == from) ||
            (kind == NodeKind::kUnary && ir::Unary(tree, up).op() == ir::UnaryOp::kNot) ||
            (kind == NodeKind::kCFor && ir::CFor(tree, up).test() == from);
        if (asked) return;
        break;
      }
      // `p ?? q` asks whether p is there, which may be known only here.
      if (logical.op() != ir::LogicalOp::kNullish) Condition(context, logical.left());
      return;
    }
    case NodeKind::kSpread: {
      const NodeId value = ir::Spread(tree, id).value();
      if (IsAwaitable(context, value)) Report(context, value, "something to spread");
      return;
    }
    case NodeKind::kForEach: {
      const ir::ForEach loop(tree, id);
      // `async for` asks for an asynchronous iterator, which a coroutine is not.
      const bool is_py = tree.language() == Language::kPy;
      // A plain loop cannot ask an asynchronous generator.
      const NodeId maker = loop.is_async() || !tree.Is(loop.iterable(), NodeKind::kCall)
                               ? kNoNode
                               : context.facts.CalleeDefinition(loop.iterable());
      if (maker && IsFunctionKind(tree.kind(maker)) && IsDeclaredAsync(tree, maker) &&
          IsGenerator(tree, maker) && !IsDecorated(tree, maker)) {
        return Report(context, loop.iterable(), "something to go through without waiting");
      }
      if (loop.is_async() ? is_py && IsCoroutineCall(context, loop.iterable())
                          : IsAwaitable(context, loop.iterable())) {
        Report(context, loop.iterable(), "something to go through");
      }
      return;
    }
    case NodeKind::kCall:
      return CheckCallbacks(context, id);
    default:
      return;
  }
}

void CheckForEach(const Context& context, NodeId id) {
  if (context.tree.language() != Language::kJs) return;
  const ir::Call call(context.tree, id);
  const auto attribute = ir::As<ir::Attribute>(context.tree, call.callee());
  if (!attribute || attribute.name() != "forEach" || call.args().empty()) return;
  // A class of the file may have a forEach that waits.
  if (context.facts.CalleeDefinition(id) || !IsAsyncFunctionValue(context, call.args()[0])) return;
  const Span span{context.tree.span(id).begin, context.tree.span(call.callee()).end};
  diag::Diagnostic& found =
      context.out.Report("foreach-async", span, {{"call", context.CallText(id)}});
  // Only the array's first argument is the same for both.
  const Span whole = context.tree.span(id);
  if (call.args().size() != 1 || !context.MayAwait(id) || attribute.is_optional() ||
      !context.tree.Is(context.facts.Parent(id), NodeKind::kExprStmt)) {
    return;
  }
  found.fixes.push_back({"Wait for all of them",
                         {{{whole.begin, whole.begin}, "await Promise.all("},
                          {{span.end - 7, span.end}, "map"},
                          {{whole.end, whole.end}, ")"}},
                         diag::Applicability::kUnsafe});
}

}  // namespace asyncport::advise
