// Work that is started or made and then let go: promises as statements, coroutines that never run, tasks without a
// reference, async callbacks of forEach. Follows the documented behaviour of typescript-eslint no-floating-promises,
// pyright reportUnusedCoroutine and ruff RUF006.
// Example: `asyncio.create_task(work())` as a statement is a dangling-task.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "advise/offers.h"
#include "advise/work.h"

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

// ---------------------------------------------------------------- JavaScript

// `.catch(undefined)` and `.then(use, null)` handle nothing.
bool IsHandler(const ir::Tree& tree, NodeId argument) {
  const NodeKind kind = tree.kind(argument);
  return kind != NodeKind::kUndefined && kind != NodeKind::kNull && kind != NodeKind::kNumber &&
         kind != NodeKind::kString && kind != NodeKind::kBool;
}

}  // namespace

bool MapsToPromises(const Context& context, const ir::Call& call) {
  const auto method = ir::As<ir::Attribute>(context.tree, call.callee());
  if (!method || method.name() != "map" || call.args().empty()) return false;
  const NodeId function = call.args()[0];
  if (IsAsyncLiteral(context.tree, function)) return true;
  // A class of the file may have a `map` of its own.
  if (context.facts.CalleeDefinition(call.id())) return false;
  return IsAsyncFunctionValue(context, function) ||
         (IsFunctionKind(context.tree.kind(function)) && ReturnsPromise(context, function));
}

bool IsUnhandled(const Context& context, NodeId node) {
  const auto call = ir::As<ir::Call>(context.tree, node);
  const auto attribute = ir::As<ir::Attribute>(context.tree, call ? call.callee() : kNoNode);
  if (attribute && !attribute.is_private()) {
    const std::string_view method = attribute.name();
    const std::size_t handlers = call.args().size();
    const bool is_chain = method == "then" || method == "catch" || method == "finally";
    if (is_chain && (IsPromise(context, attribute.object()) || IsUnhandled(context, attribute.object()))) {
      if (method == "catch") return handlers == 0 || !IsHandler(context.tree, call.args()[0]);
      if (method == "then" && handlers >= 2) return !IsHandler(context.tree, call.args()[1]);
      // What the callback throws is a failure of its own, behind whatever was caught before it.
      return (method == "then" && handlers == 1) || IsUnhandled(context, attribute.object());
    }
    // What a function is chained to is a promise, whoever made it.
    if (method == "then" && handlers == 1 && IsFunctionKind(context.tree.kind(call.args()[0]))) return true;
    // `p.catch(log).finally(done)`: handled further in.
    if (is_chain) return false;
  }
  return IsPromise(context, node) || (call && MapsToPromises(context, call));
}

namespace {

void CheckFloating(const Context& context, NodeId value) {
  const ir::Tree& tree = context.tree;
  switch (tree.kind(value)) {
    case NodeKind::kOptionalChain:
      return CheckFloating(context, ir::OptionalChain(tree, value).value());
    case NodeKind::kLogical:
      return CheckFloating(context, ir::Logical(tree, value).right());
    case NodeKind::kList:
      for (NodeId part : ir::List(tree, value).elements()) CheckFloating(context, part);
      return;
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

// The calls whose value the statement throws away: behind `and`, in both ends of a choice, in lists made for nothing.
void CheckDroppedCall(const Context& context, NodeId value) {
  const ir::Tree& tree = context.tree;
  switch (tree.kind(value)) {
    case NodeKind::kLogical:
      return CheckDroppedCall(context, ir::Logical(tree, value).right());
    case NodeKind::kConditional:
      CheckDroppedCall(context, ir::Conditional(tree, value).then_value());
      return CheckDroppedCall(context, ir::Conditional(tree, value).else_value());
    case NodeKind::kList:
      for (NodeId part : ir::List(tree, value).elements()) CheckDroppedCall(context, part);
      return;
    case NodeKind::kTuple:
      for (NodeId part : ir::Tuple(tree, value).elements()) CheckDroppedCall(context, part);
      return;
    case NodeKind::kComprehension:
      // A generator that nobody asks makes nothing.
      if (ir::Comprehension(tree, value).kind() == ir::ComprehensionKind::kGenerator) return;
      return CheckDroppedCall(context, ir::Comprehension(tree, value).element());
    case NodeKind::kCall:
      break;
    default:
      return;
  }
  if (IsTaskCall(context, value)) {
    OfferKeeping(context, value,
                 context.out.Report("dangling-task", context.tree.span(value),
                                    {{"call", context.CallText(value)}}));
    return;
  }
  if (!IsCoroutineCall(context, value)) return;
  diag::Diagnostic& diagnostic =
      context.out.Report("unawaited-coroutine", context.tree.span(value), {{"call", context.CallText(value)}});
  OfferAwait(context, value, diagnostic);
}

}  // namespace

void CheckDropped(const Context& context, NodeId statement) {
  const NodeId value = ir::ExprStmt(context.tree, statement).value();
  if (context.tree.language() == Language::kJs) return CheckFloating(context, value);
  CheckDroppedCall(context, value);
}

// A variable that nothing reads holds nothing for long.
void CheckUnusedTask(const Context& context, NodeId statement) {
  const ir::Tree& tree = context.tree;
  const ir::Assign assign(tree, statement);
  if (assign.targets().size() != 1 || !assign.value() || !tree.Is(assign.targets()[0], NodeKind::kName)) return;
  const NodeId value = assign.value();
  std::string_view id;
  if (tree.language() == Language::kJs) {
    if (IsUnhandled(context, value) && !tree.Is(value, NodeKind::kName)) id = "floating-promise";
  } else if (IsTaskCall(context, value)) {
    id = "dangling-task";
  } else if (IsCoroutineCall(context, value)) {
    id = "unawaited-coroutine";
  }
  if (id.empty()) return;
  const facts::BindingId name = context.facts.BindingOf(assign.targets()[0]);
  if (!name) return;
  const facts::Binding& binding = context.facts.binding(name);
  // At module level other files may read it; global and nonlocal names live elsewhere.
  if (binding.kind != facts::BindingKind::kVariable || !binding.reads.empty() || binding.captured) return;
  if (!context.facts.EnclosingFunction(statement)) return;
  facts::ScopeId scope = binding.scope;
  while (scope && !context.facts.scope(scope).is_function) scope = context.facts.scope(scope).parent;
  if (!scope || tree.Is(context.facts.scope(scope).node, NodeKind::kModule)) return;
  diag::Diagnostic& diagnostic = context.out.Report(id, tree.span(value), {{"call", context.CallText(value)}});
  if (id == "dangling-task") {
    OfferKeeping(context, value, diagnostic);
  } else {
    OfferAwait(context, value, diagnostic);
  }
}

}  // namespace asyncport::advise
