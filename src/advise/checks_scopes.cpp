// Python's cancel scopes and cancellation: timeout-without-await, swallowed-cancellation, control-flow-in-task-group,
// yield-in-cancel-scope. Follows flake8-async's ASYNC100, 101, 103, 104, 119 and 121.
// Example: `return` inside `async with asyncio.TaskGroup()` leaves while tasks run.
#include <algorithm>
#include <array>
#include <string>

#include "advise/work.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::array<std::string_view, 12> kTimeouts = {
    "asyncio.timeout",   "asyncio.timeout_at", "anyio.fail_after",      "anyio.move_on_after",
    "anyio.CancelScope", "trio.fail_after",    "trio.fail_at",          "trio.move_on_after",
    "trio.move_on_at",   "trio.CancelScope",   "async_timeout.timeout", "async_timeout.timeout_at"};
constexpr std::array<std::string_view, 3> kGroups = {"asyncio.TaskGroup", "anyio.create_task_group",
                                                     "trio.open_nursery"};

template <std::size_t N>
bool IsOneOf(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The path of what a `with` enters: of a call on the spot, or of the call that made the variable.
std::string ScopeOf(const Context& context, NodeId item) {
  const NodeId value = Held(context, ir::Cast<ir::WithItem>(context.tree, item).context());
  return CalleePath(context, value);
}

template <std::size_t N>
NodeId FindScope(const Context& context, NodeId with,
                 const std::array<std::string_view, N>& names) {
  for (NodeId item : ir::With(context.tree, with).items()) {
    if (IsOneOf(names, ScopeOf(context, item))) return item;
  }
  return kNoNode;
}

Span FirstLine(const Context& context, NodeId node) {
  const Span span = context.tree.span(node);
  return {span.begin,
          std::min(span.end, context.source.LineSpan(context.source.LineIndex(span.begin)).end)};
}

bool IsContextManager(const Context& context, NodeId function) {
  std::span<const NodeId> decorators;
  if (const auto f = ir::As<ir::FunctionDef>(context.tree, function)) decorators = f.decorators();
  if (const auto f = ir::As<ir::Method>(context.tree, function)) decorators = f.decorators();
  for (NodeId decorator : decorators) {
    const auto call = ir::As<ir::Call>(context.tree, decorator);
    const std::string path = context.facts.ResolvedName(call ? call.callee() : decorator);
    // Fixtures are generators that their runner finishes.
    if (path.ends_with("contextmanager") || path.find("fixture") != std::string::npos) return true;
  }
  return false;
}

// ---------------------------------------------------------------- swallowed-cancellation

enum class Catches { kNot, kEverything, kCancellation };

Catches CatchesCancellation(const Context& context, NodeId type) {
  if (!type) return Catches::kEverything;
  if (const auto tuple = ir::As<ir::Tuple>(context.tree, type)) {
    Catches most = Catches::kNot;
    for (NodeId one : tuple.elements()) most = std::max(most, CatchesCancellation(context, one));
    return most;
  }
  const std::string path = context.facts.ResolvedName(type);
  if (path == "BaseException" || path == "builtins.BaseException") return Catches::kEverything;
  if (path == "asyncio.CancelledError" || path == "asyncio.exceptions.CancelledError" ||
      path == "trio.Cancelled" || path == "anyio.get_cancelled_exc_class") {
    return Catches::kCancellation;
  }
  const auto call = ir::As<ir::Call>(context.tree, type);
  if (call && context.facts.ResolvedName(call.callee()) == "anyio.get_cancelled_exc_class")
    return Catches::kCancellation;
  return Catches::kNot;
}

// Walks a handler: every path out of it should raise what was caught. What ends a path otherwise is reported where it
// stands, and a path that runs off the end at the handler.
class Handler {
 public:
  Handler(const Context& context, facts::BindingId caught) : context_(context), caught_(caught) {}

  // True if control may run off the end.
  bool Block(NodeId block, bool in_loop) {
    for (NodeId statement : ir::Cast<ir::Block>(context_.tree, block).statements()) {
      if (!Statement(statement, in_loop)) return false;
    }
    return true;
  }
  NodeId swallows() const { return swallows_; }

 private:
  void Swallow(NodeId at) {
    if (!swallows_) swallows_ = at;
  }

  bool Statement(NodeId id, bool in_loop) {
    const ir::Tree& tree = context_.tree;
    switch (tree.kind(id)) {
      case NodeKind::kRaise: {
        const NodeId value = ir::Raise(tree, id).value();
        const bool again = !value ||
                           (tree.Is(value, NodeKind::kName) && caught_ &&
                            context_.facts.BindingOf(value) == caught_) ||
                           CatchesCancellation(context_, value) == Catches::kCancellation ||
                           CatchesCancellation(context_, CalleeOf(value)) == Catches::kCancellation;
        if (!again) Swallow(id);
        return false;
      }
      case NodeKind::kReturn:
        Swallow(id);
        return false;
      case NodeKind::kBreak:
      case NodeKind::kContinue:
        if (!in_loop) Swallow(id);
        return false;
      case NodeKind::kIf: {
        const ir::If branch(tree, id);
        const bool then_goes_on = Block(branch.body(), in_loop);
        const bool else_goes_on = !branch.else_body() || Block(branch.else_body(), in_loop);
        return then_goes_on || else_goes_on;
      }
      case NodeKind::kTry: {
        const ir::Try guard(tree, id);
        bool goes_on = Block(guard.body(), in_loop);
        for (NodeId handler : guard.handlers()) {
          goes_on = Block(ir::Cast<ir::CatchClause>(tree, handler).body(), in_loop) || goes_on;
        }
        if (guard.finally_body() && !Block(guard.finally_body(), in_loop)) return false;
        return goes_on;
      }
      case NodeKind::kWith:
        return Block(ir::With(tree, id).body(), in_loop);
      case NodeKind::kForEach:
        Block(ir::ForEach(tree, id).body(), true);
        return true;
      case NodeKind::kWhile:
        Block(ir::While(tree, id).body(), true);
        return true;
      case NodeKind::kExprStmt: {
        // sys.exit() and their like never come back.
        const std::string path = CalleePath(context_, ir::ExprStmt(tree, id).value());
        return path != "sys.exit" && path != "os._exit" && path != "os.abort";
      }
      default:
        return true;
    }
  }

  NodeId CalleeOf(NodeId value) const {
    const auto call = ir::As<ir::Call>(context_.tree, value);
    return call ? call.callee() : value;
  }

  const Context& context_;
  facts::BindingId caught_;
  NodeId swallows_;
};

// `task.cancel()`, then `try: await task except CancelledError: pass`: the cancellation is the task's, not ours.
bool AwaitsCancelledTask(const Context& context, NodeId try_body, NodeId function) {
  const ir::Tree& tree = context.tree;
  const auto statements = ir::Cast<ir::Block>(tree, try_body).statements();
  if (statements.size() != 1) return false;
  NodeId value;
  if (const auto expr = ir::As<ir::ExprStmt>(tree, statements[0])) value = expr.value();
  if (const auto assign = ir::As<ir::Assign>(tree, statements[0])) value = assign.value();
  const auto await = ir::As<ir::Await>(tree, value);
  if (!await) return false;
  std::string_view awaited = context.source.Text(tree.span(await.value()));
  if (const auto call = ir::As<ir::Call>(tree, await.value()); call && !call.args().empty()) {
    awaited = context.source.Text(tree.span(call.args()[0]));
    if (const auto spread = ir::As<ir::Spread>(tree, call.args()[0]))
      awaited = context.source.Text(tree.span(spread.value()));
  }
  bool cancelled = false;
  VisitOwn(tree, BodyOf(tree, function), [&](NodeId at) {
    const auto call = ir::As<ir::Call>(tree, at);
    const auto method = ir::As<ir::Attribute>(tree, call ? call.callee() : kNoNode);
    if (method && method.name() == "cancel" && tree.span(at).begin < tree.span(try_body).begin) {
      const std::string_view object = context.source.Text(tree.span(method.object()));
      // In a loop the task has the loop's name.
      const auto loop = ir::As<ir::ForEach>(tree, context.facts.EnclosingLoop(at));
      cancelled = cancelled || object == awaited ||
                  (loop && context.source.Text(tree.span(loop.iterable())) == awaited);
    }
    return true;
  });
  return cancelled;
}

}  // namespace

void CheckWith(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::With with(tree, id);
  if (const NodeId item = FindScope(context, id, kTimeouts)) {
    bool yields = false;
    VisitOwn(tree, with.body(), [&](NodeId at) {
      yields = yields || tree.Is(at, NodeKind::kYield);
      return true;
    });
    // Entering the other items may wait too.
    bool others = false;
    for (NodeId other : with.items()) {
      others = others || (other != item && with.is_async()) || Waits(tree, other);
    }
    if (!yields && !others && !Waits(tree, with.body())) {
      context.out.Report("timeout-without-await", FirstLine(context, id),
                         {{"call", ScopeOf(context, item) + "()"}});
    }
  }
  if (!FindScope(context, id, kGroups)) return;
  VisitOwn(tree, with.body(), [&](NodeId at) {
    const NodeKind kind = tree.kind(at);
    if (kind == NodeKind::kReturn) {
      context.out.Report("control-flow-in-task-group", tree.span(at), {{"statement", "return"}});
    }
    if (kind == NodeKind::kBreak || kind == NodeKind::kContinue) {
      // Only where the loop is outside.
      const NodeId loop = context.facts.EnclosingLoop(at);
      if (loop && !tree.span(with.body()).contains(tree.span(loop))) {
        context.out.Report("control-flow-in-task-group", tree.span(at),
                           {{"statement", kind == NodeKind::kBreak ? "break" : "continue"}});
      }
    }
    // A group inside has its own say.
    return !(kind == NodeKind::kWith && at != id && FindScope(context, at, kGroups));
  });
}

void CheckYield(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const NodeId function = context.facts.EnclosingFunction(id);
  if (tree.language() != Language::kPy || !function || IsContextManager(context, function)) return;
  const bool is_async = IsDeclaredAsync(tree, function);
  for (NodeId at = context.facts.Parent(id); at && at != function; at = context.facts.Parent(at)) {
    if (!tree.Is(at, NodeKind::kWith)) continue;
    const bool scope = FindScope(context, at, kTimeouts) || FindScope(context, at, kGroups);
    if (!scope && !is_async) continue;
    const ir::With with(tree, at);
    const std::string text(
        context.source.Text(tree.span(ir::Cast<ir::WithItem>(tree, with.items()[0]).context())));
    context.out.Report("yield-in-cancel-scope", tree.span(id),
                       {{"scope", text.substr(0, text.find('\n'))}});
    return;
  }
}

void CheckCancellation(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const NodeId function = context.facts.EnclosingFunction(id);
  if (tree.language() != Language::kPy || !function || !IsDeclaredAsync(tree, function)) return;
  const ir::Try guard(tree, id);
  // Nothing can be cancelled where nothing waits.
  if (!Waits(tree, guard.body())) return;
  bool taken = false;
  for (NodeId clause : guard.handlers()) {
    const ir::CatchClause handler(tree, clause);
    const Catches catches = CatchesCancellation(context, handler.type());
    if (catches == Catches::kNot || taken) continue;
    taken = true;
    if (catches == Catches::kCancellation && AwaitsCancelledTask(context, guard.body(), function))
      continue;
    const facts::BindingId caught = tree.Is(handler.target(), NodeKind::kName)
                                        ? context.facts.BindingOf(handler.target())
                                        : facts::BindingId{};
    Handler walk(context, caught);
    const bool runs_off = walk.Block(handler.body(), false);
    if (!runs_off && !walk.swallows()) continue;
    const NodeId at = walk.swallows() ? walk.swallows() : clause;
    context.out.Report("swallowed-cancellation", FirstLine(context, at));
  }
}

}  // namespace asyncport::advise
