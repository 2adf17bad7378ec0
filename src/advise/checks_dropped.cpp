// Work that is started or made and then let go: promises as statements, coroutines that never run, tasks without a
// reference, async callbacks of forEach. Follows the documented behaviour of typescript-eslint no-floating-promises,
// pyright reportUnusedCoroutine and ruff RUF006.
// Example: `asyncio.create_task(work())` as a statement is a dangling-task.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "advise/checks.h"
#include "rules/rules.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

void OfferAwait(const Context& context, NodeId expression, diag::Diagnostic& diagnostic) {
  if (!context.MayAwait(expression)) return;
  const std::uint32_t begin = context.tree.span(expression).begin;
  // What runs when changes, which is the point; so the program's output may.
  diagnostic.fixes.push_back({"Await it", {{{begin, begin}, "await "}}, diag::Applicability::kUnsafe});
}

bool IsAsyncLiteral(const ir::Tree& tree, NodeId node) {
  if (const auto f = ir::As<ir::FunctionExpr>(tree, node)) return f.is_async() && !f.is_generator();
  if (const auto f = ir::As<ir::Lambda>(tree, node)) return f.is_async();
  return false;
}

// Does the call hand over asynchronous work: by inference, else by the library tables?
bool IsAsyncCall(const Context& context, const ir::Call& call) {
  const facts::CallColour colour = context.facts.ColourOf(call.id());
  if (colour != facts::CallColour::kUnknown) return colour == facts::CallColour::kAsync;
  const std::string path = context.facts.ResolvedName(call.callee());
  const rules::ApiEntry* entry = path.empty() ? nullptr : rules::FindApi(context.tree.language(), path);
  return entry != nullptr && entry->kind == "async";
}

// ---------------------------------------------------------------- JavaScript

bool IsGenerator(const Context& context, NodeId function) {
  if (const auto f = ir::As<ir::FunctionDef>(context.tree, function)) return f.is_generator();
  if (const auto f = ir::As<ir::FunctionExpr>(context.tree, function)) return f.is_generator();
  if (const auto f = ir::As<ir::Method>(context.tree, function)) return f.is_generator();
  return false;
}

bool IsPromise(const Context& context, NodeId node) {
  if (!node) return false;
  if (context.facts.KindOf(node) == facts::TypeKind::kPromise) return true;
  const auto call = ir::As<ir::Call>(context.tree, node);
  if (!call || IsGenerator(context, context.facts.CalleeDefinition(node))) return false;
  if (IsAsyncCall(context, call)) return true;
  return IsAsyncLiteral(context.tree, call.callee());  // (async () => {...})()
}

// Is the promise let go without anybody who sees its failure? Looks through `.then(...)` and `.finally(...)`.
bool IsUnhandled(const Context& context, NodeId node) {
  const auto call = ir::As<ir::Call>(context.tree, node);
  const auto attribute = ir::As<ir::Attribute>(context.tree, call ? call.callee() : kNoNode);
  if (attribute && !attribute.is_private()) {
    const std::string_view method = attribute.name();
    const std::size_t handlers = call.args().size();
    const bool is_chain = method == "then" || method == "catch" || method == "finally";
    if (is_chain && (IsPromise(context, attribute.object()) || IsUnhandled(context, attribute.object()))) {
      if (method == "catch") return handlers == 0;
      if (method == "then" && handlers >= 2) return false;
      return IsUnhandled(context, attribute.object());
    }
    // `p.catch(log).finally(done)`: handled further in.
    if (is_chain) return false;
  }
  if (call && attribute && attribute.name() == "map" && !call.args().empty() &&
      IsAsyncLiteral(context.tree, call.args()[0])) {
    return true;  // an array of promises
  }
  return IsPromise(context, node);
}

void CheckFloating(const Context& context, NodeId value) {
  const ir::Tree& tree = context.tree;
  switch (tree.kind(value)) {
    case NodeKind::kOptionalChain:
      return CheckFloating(context, ir::OptionalChain(tree, value).value());
    case NodeKind::kLogical:
      return CheckFloating(context, ir::Logical(tree, value).right());
    case NodeKind::kConditional:
      CheckFloating(context, ir::Conditional(tree, value).then_value());
      return CheckFloating(context, ir::Conditional(tree, value).else_value());
    case NodeKind::kSequence:
      for (NodeId part : ir::Sequence(tree, value).expressions()) CheckFloating(context, part);
      return;
    case NodeKind::kCall:
    case NodeKind::kNew:
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kDynamicImport:
      break;
    default:
      return;
  }
  if (!IsUnhandled(context, value)) return;
  diag::Diagnostic& diagnostic =
      context.out.Report("floating-promise", tree.span(value), {{"call", context.CallText(value)}});
  OfferAwait(context, value, diagnostic);
}

// ---------------------------------------------------------------- Python

// Calls that hand over a future or a context manager, not a coroutine.
constexpr std::array<std::string_view, 9> kFutures = {
    "asyncio.gather",       "asyncio.shield",        "asyncio.create_task",
    "asyncio.ensure_future", "asyncio.wrap_future",   "asyncio.as_completed",
    "asyncio.timeout",      "asyncio.run_coroutine_threadsafe", "asyncio.Future"};

bool IsEventLoop(const Context& context, NodeId object) {
  NodeId made = object;
  if (context.tree.Is(object, NodeKind::kName)) {
    const facts::BindingId id = context.facts.BindingOf(object);
    const auto assign = ir::As<ir::Assign>(context.tree, id ? context.facts.binding(id).definition : kNoNode);
    made = assign ? assign.value() : kNoNode;
  }
  const auto call = ir::As<ir::Call>(context.tree, made);
  if (!call) return false;
  const std::string path = context.facts.ResolvedName(call.callee());
  return path == "asyncio.get_running_loop" || path == "asyncio.get_event_loop" ||
         path == "asyncio.new_event_loop";
}

// create_task and ensure_future, but not of a TaskGroup, which keeps its tasks.
bool IsTaskCall(const Context& context, NodeId node) {
  const auto call = ir::As<ir::Call>(context.tree, node);
  if (!call) return false;
  const std::string path = context.facts.ResolvedName(call.callee());
  if (path == "asyncio.create_task" || path == "asyncio.ensure_future") return true;
  const auto attribute = ir::As<ir::Attribute>(context.tree, call.callee());
  return attribute && attribute.name() == "create_task" && IsEventLoop(context, attribute.object());
}

bool IsCoroutineCall(const Context& context, NodeId node) {
  const auto call = ir::As<ir::Call>(context.tree, node);
  if (!call || !IsAsyncCall(context, call)) return false;
  const std::string path = context.facts.ResolvedName(call.callee());
  if (std::find(kFutures.begin(), kFutures.end(), path) != kFutures.end()) return false;
  if (path.starts_with("aiohttp.")) return false;  // its requests are context managers as well
  const auto attribute = ir::As<ir::Attribute>(context.tree, call.callee());
  if (attribute && (attribute.name() == "create_task" || attribute.name() == "run_in_executor")) return false;
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

}  // namespace

void CheckDropped(const Context& context, NodeId statement) {
  const NodeId value = ir::ExprStmt(context.tree, statement).value();
  if (context.tree.language() == Language::kJs) return CheckFloating(context, value);
  if (IsTaskCall(context, value)) {
    context.out.Report("dangling-task", context.tree.span(value), {{"call", context.CallText(value)}});
    return;
  }
  if (!IsCoroutineCall(context, value)) return;
  diag::Diagnostic& diagnostic =
      context.out.Report("unawaited-coroutine", context.tree.span(value), {{"call", context.CallText(value)}});
  OfferAwait(context, value, diagnostic);
}

void CheckUnusedTask(const Context& context, NodeId statement) {
  if (context.tree.language() != Language::kPy) return;
  const ir::Assign assign(context.tree, statement);
  if (assign.targets().size() != 1 || !assign.value() || !context.tree.Is(assign.targets()[0], NodeKind::kName) ||
      !IsTaskCall(context, assign.value())) {
    return;
  }
  const facts::BindingId id = context.facts.BindingOf(assign.targets()[0]);
  if (!id) return;
  const facts::Binding& binding = context.facts.binding(id);
  // At module level other files may read it; global and nonlocal names live elsewhere.
  if (binding.kind != facts::BindingKind::kVariable || !binding.reads.empty() || binding.captured) return;
  const facts::Scope& scope = context.facts.scope(binding.scope);
  if (!scope.is_function || context.tree.Is(scope.node, NodeKind::kModule)) return;
  context.out.Report("dangling-task", context.tree.span(assign.value()),
                     {{"call", context.CallText(assign.value())}});
}

void CheckForEach(const Context& context, NodeId id) {
  if (context.tree.language() != Language::kJs) return;
  const ir::Call call(context.tree, id);
  const auto attribute = ir::As<ir::Attribute>(context.tree, call.callee());
  if (!attribute || attribute.name() != "forEach" || call.args().empty()) return;
  // A class of the file may have a forEach that waits.
  if (context.facts.CalleeDefinition(id)) return;
  const NodeId callback = call.args()[0];
  bool is_async = IsAsyncLiteral(context.tree, callback);
  if (context.tree.Is(callback, NodeKind::kName)) {
    const facts::BindingId binding = context.facts.BindingOf(callback);
    if (!binding || context.facts.binding(binding).reassigned) return;
    NodeId definition = context.facts.binding(binding).definition;
    if (const auto assign = ir::As<ir::Assign>(context.tree, definition)) definition = assign.value();
    const auto function = ir::As<ir::FunctionDef>(context.tree, definition);
    is_async = function ? function.is_async() && !function.is_generator()
                        : IsAsyncLiteral(context.tree, definition);
  }
  if (!is_async) return;
  const Span span{context.tree.span(id).begin, context.tree.span(call.callee()).end};
  context.out.Report("foreach-async", span, {{"call", context.CallText(id)}});
}

}  // namespace asyncport::advise
