// How promises and coroutines settle, beyond what the field's linters look at: promises that nothing can settle,
// handlers that are none, delays that Node cannot count, coroutines that are awaited again, failures before anyone
// listens. Follows the rows of docs/semantics/async.md that speak of one language alone.
// Example: `const job = work(); await job; await job;` in Python is a coroutine-awaited-twice.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "advise/work.h"

namespace asyncport::advise {

using facts::TypeKind;
using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr double kLongestDelay = 2147483647;

// The value of products and sums of number literals, through constants too.
std::optional<double> ValueOf(const Context& context, NodeId node, int depth = 0) {
  if (!node || depth > 16) return std::nullopt;
  node = Held(context, node);
  const ir::Tree& tree = context.tree;
  if (const auto number = ir::As<ir::Number>(tree, node)) {
    std::string digits(number.text());
    digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
    return std::strtod(digits.c_str(), nullptr);
  }
  const auto binary = ir::As<ir::Binary>(tree, node);
  if (!binary) return std::nullopt;
  const auto left = ValueOf(context, binary.left(), depth + 1);
  const auto right = ValueOf(context, binary.right(), depth + 1);
  if (!left || !right) return std::nullopt;
  switch (binary.op()) {
    case ir::BinaryOp::kMul:
      return *left * *right;
    case ir::BinaryOp::kAdd:
      return *left + *right;
    case ir::BinaryOp::kSub:
      return *left - *right;
    case ir::BinaryOp::kPow:
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// Something that `.then` cannot call.
bool IsNoFunction(const Context& context, NodeId value) {
  const NodeKind kind = context.tree.kind(value);
  if (kind == NodeKind::kNull || kind == NodeKind::kUndefined) return false;
  return IsPromise(context, value) ||
         context.facts.Only(value,
                            {TypeKind::kStr, TypeKind::kInt, TypeKind::kFloat, TypeKind::kBool,
                             TypeKind::kList, TypeKind::kDate, TypeKind::kPromise});
}

// `return value;` in the callback itself.
NodeId ReturnedValue(const Context& context, NodeId function) {
  const ir::Tree& tree = context.tree;
  NodeId found;
  if (!tree.Is(function, NodeKind::kFunctionExpr)) return kNoNode;
  VisitOwn(tree, BodyOf(tree, function), [&](NodeId node) {
    const auto leaving = ir::As<ir::Return>(tree, node);
    if (!leaving || !leaving.value()) return true;
    // What a call gives may be work, which is waited for.
    const NodeKind kind = tree.kind(leaving.value());
    const bool is_value = kind == NodeKind::kString || kind == NodeKind::kNumber ||
                          kind == NodeKind::kDict || kind == NodeKind::kList ||
                          kind == NodeKind::kTemplate || kind == NodeKind::kBool ||
                          (kind == NodeKind::kName && context.facts.TypeOf(leaving.value()).index &&
                           !context.facts.May(leaving.value(), {TypeKind::kPromise}));
    if (is_value && !found) found = leaving.id();
    return true;
  });
  return found;
}

bool IsSettlerUnused(const Context& context, NodeId function) {
  const ir::Tree& tree = context.tree;
  for (NodeId param : ParamsOf(tree, function)) {
    const NodeId target = ir::Param(tree, param).target();
    if (!tree.Is(target, NodeKind::kName)) return false;
    const facts::BindingId id = context.facts.BindingOf(target);
    if (!id || !context.facts.binding(id).reads.empty()) return false;
  }
  return context.source.Text(tree.span(function)).find("arguments") == std::string_view::npos;
}

// The next item of a generator that is asked for: `anext(pages)`, `pages.__anext__()`.
facts::BindingId AskedForNext(const Context& context, NodeId node) {
  const auto call = ir::As<ir::Call>(context.tree, node);
  if (!call) return {};
  const auto method = ir::As<ir::Attribute>(context.tree, call.callee());
  NodeId generator;
  if (method && (method.name() == "__anext__" || method.name() == "asend"))
    generator = method.object();
  if (!method && !call.args().empty() && CalleePath(context, node) == "anext")
    generator = call.args()[0];
  return generator && context.tree.Is(generator, NodeKind::kName)
             ? context.facts.BindingOf(generator)
             : facts::BindingId{};
}

// The name that an assignment of one value to one name binds, once.
const facts::Binding* BoundOnce(const Context& context, const ir::Assign& assign) {
  if (!assign || !assign.value() || assign.targets().size() != 1) return nullptr;
  if (!context.tree.Is(assign.targets()[0], NodeKind::kName)) return nullptr;
  const facts::BindingId id = context.facts.BindingOf(assign.targets()[0]);
  if (!id || context.facts.binding(id).writes.size() != 1) return nullptr;
  return &context.facts.binding(id);
}

// Work that cannot fail: a pause.
bool IsPause(const Context& context, NodeId value) {
  const std::string path = CalleePath(context, value);
  return path == "node:timers/promises.setTimeout" || path == "node:timers/promises.setImmediate" ||
         path == "Promise.resolve" || path == "Promise.allSettled" || path == "Promise";
}

bool Contains(const ir::Tree& tree, NodeId outer, NodeId inner) {
  return tree.span(outer).begin <= tree.span(inner).begin &&
         tree.span(inner).end <= tree.span(outer).end;
}

}  // namespace

void CheckHandlers(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::Call call(tree, id);
  const std::string path = CalleePath(context, id);
  if (tree.language() == Language::kPy) {
    if (path != "asyncio.gather") return;
    std::vector<facts::BindingId> asked;
    for (NodeId arg : call.args()) {
      const facts::BindingId generator = AskedForNext(context, arg);
      if (!generator) continue;
      if (std::find(asked.begin(), asked.end(), generator) != asked.end()) {
        context.out.Report("concurrent-next-queued", tree.span(arg));
        return;
      }
      asked.push_back(generator);
    }
    return;
  }
  const auto method = ir::As<ir::Attribute>(tree, call.callee());
  if (!method || call.args().size() != 1) return;
  if (method.name() == "then" && IsPromise(context, method.object()) &&
      IsNoFunction(context, call.args()[0])) {
    context.out.Report("then-ignores-non-function", tree.span(call.args()[0]));
  } else if (method.name() == "finally" && IsPromise(context, method.object())) {
    if (const NodeId value = ReturnedValue(context, call.args()[0]))
      context.out.Report("finally-value-ignored", tree.span(value));
  }
}

void CheckDelay(const Context& context, NodeId id) {
  if (context.tree.language() != Language::kJs) return;
  const auto args = ir::Call(context.tree, id).args();
  for (std::size_t at = 0; at < args.size() && at < 2; ++at) {
    const NodeKind kind = context.tree.kind(args[at]);
    if (kind != NodeKind::kNumber && kind != NodeKind::kBinary && kind != NodeKind::kName) continue;
    const auto delay = ValueOf(context, args[at]);
    if (!delay || *delay <= kLongestDelay || *delay > 1e300) continue;
    const std::string path = CalleePath(context, id);
    if (at == 0 ? path == "node:timers/promises.setTimeout"
                : path == "setTimeout" || path == "setInterval")
      context.out.Report("timer-range", context.tree.span(args[at]));
  }
}

void CheckNever(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::New made(tree, id);
  if (made.args().size() != 1 || context.facts.ResolvedName(made.callee()) != "Promise") return;
  const NodeId executor = made.args()[0];
  if (!IsFunctionKind(tree.kind(executor)) || !IsSettlerUnused(context, executor)) return;
  // Awaited on the spot: nothing can come after it. Elsewhere it may be raced against something.
  if (!tree.Is(context.facts.Parent(id), NodeKind::kAwait)) return;
  // An executor that throws rejects.
  bool throws = false;
  VisitOwn(tree, BodyOf(tree, executor), [&](NodeId node) {
    throws = throws || tree.Is(node, NodeKind::kRaise);
    return !throws;
  });
  if (!throws) context.out.Report("never-settling-wait", tree.span(id));
}

void CheckForAwait(const Context& context, NodeId id) {
  const ir::ForEach loop(context.tree, id);
  if (context.tree.language() != Language::kJs || !loop.is_async()) return;
  const facts::Type& type = context.facts.type(context.facts.TypeOf(loop.iterable()));
  const auto made = ir::As<ir::Call>(context.tree, Held(context, loop.iterable()));
  if ((type.kind == TypeKind::kList &&
       context.facts.type(type.element).kind == TypeKind::kPromise) ||
      (made && MapsToPromises(context, made)))
    context.out.Report("for-await-over-promises", context.tree.span(loop.iterable()));
}

void CheckAwaitedTwice(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::Assign assign(tree, id);
  if (tree.language() != Language::kPy) return;
  const facts::Binding* binding = BoundOnce(context, assign);
  if (binding == nullptr || binding->captured || binding->reads.empty()) return;
  if (!IsCoroutineCall(context, assign.value())) return;
  const auto block = ir::As<ir::Block>(tree, context.facts.Parent(id));
  if (!block) return;
  const NodeId loop = context.facts.EnclosingLoop(id);
  bool spent = false;
  for (NodeId statement : block.statements()) {
    for (NodeId read : binding->reads) {
      if (!Contains(tree, statement, read)) continue;
      const NodeId up = context.facts.Parent(read);
      if (!tree.Is(up, NodeKind::kAwait)) continue;
      const NodeId around = context.facts.EnclosingLoop(read);
      const bool again = around && around != loop && !tree.Is(around, NodeKind::kForIn);
      if (spent || again) {
        context.out.Report("coroutine-awaited-twice", tree.span(up),
                           {{"name", std::string(tree.text(read))}});
        return;
      }
      spent = context.facts.EnclosingStatement(read) == statement;
    }
  }
}

void CheckEarlyRejection(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::Assign assign(tree, id);
  if (tree.language() != Language::kJs || assign.declares() == ir::DeclKind::kNone) return;
  const facts::Binding* binding = BoundOnce(context, assign);
  if (binding == nullptr || binding->captured || binding->reads.empty()) return;
  if (!IsPromise(context, assign.value()) || IsPause(context, assign.value())) return;
  if (!IsUnhandled(context, assign.value())) return;
  const auto block = ir::As<ir::Block>(tree, context.facts.Parent(id));
  if (!block) return;
  const auto reads = [&](NodeId statement) {
    return std::any_of(binding->reads.begin(), binding->reads.end(),
                       [&](NodeId read) { return Contains(tree, statement, read); });
  };
  bool waited = false;
  for (NodeId statement : block.statements()) {
    if (tree.span(statement).begin < tree.span(id).end) continue;
    if (reads(statement)) break;
    waited = waited || Waits(tree, statement);
  }
  // What is read only in branches or not at all is another lesson's.
  if (waited) context.out.Report("early-rejection-crash", tree.span(assign.targets()[0]));
}

}  // namespace asyncport::advise
