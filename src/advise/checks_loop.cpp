// await-in-loop: what ESLint's no-await-in-loop finds, less the loops that show why their rounds cannot run together: a
// round that uses what an earlier one got, that may end the loop, that only pauses, that asks the same thing again, or
// that writes to one stream in order.
// Example: `for (const id of ids) users.push(await fetchUser(id));`
#include <algorithm>
#include <array>
#include <string>

#include "advise/work.h"
#include "shape/shape.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

// Methods of one thing that is read or written piece by piece.
constexpr std::array<std::string_view, 24> kInOrder = {
    "write",   "drain", "send",    "sendall",  "send_json", "send_text", "send_bytes",  "sendJson",
    "put",     "push",  "flush",   "next",     "read",      "readline",  "readexactly", "recv",
    "receive", "get",   "acquire", "question", "wait",      "close",     "commit",      "lock"};

// Methods that change what they are called on.
constexpr std::array<std::string_view, 14> kChanging = {
    "push",   "append", "add",    "set",    "pop",     "shift",  "unshift",
    "update", "extend", "insert", "delete", "discard", "remove", "clear"};

bool IsLoop(NodeKind kind) {
  return kind == NodeKind::kForEach || kind == NodeKind::kForIn || kind == NodeKind::kCFor ||
         kind == NodeKind::kWhile || kind == NodeKind::kDoWhile || kind == NodeKind::kComprehension;
}

// The loop that runs the node again and again: none across a function or a `for await`, which waits in order anyway.
NodeId LoopOf(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  for (NodeId at = id, up = context.facts.Parent(id); up; at = up, up = context.facts.Parent(up)) {
    const NodeKind kind = tree.kind(up);
    if (IsFunctionKind(kind) || kind == NodeKind::kClassDef || kind == NodeKind::kClassExpr)
      return kNoNode;
    if (const auto loop = ir::As<ir::ForEach>(tree, up)) {
      if (loop.is_async()) return kNoNode;
      if (at != loop.iterable()) return up;
    } else if (const auto loop_in = ir::As<ir::ForIn>(tree, up)) {
      if (at != loop_in.object()) return up;
    } else if (const auto counted = ir::As<ir::CFor>(tree, up)) {
      if (at != counted.init()) return up;
    } else if (const auto made = ir::As<ir::Comprehension>(tree, up)) {
      const auto first =
          ir::As<ir::CompFor>(tree, made.clauses().empty() ? kNoNode : made.clauses()[0]);
      if (first && first.is_async()) return kNoNode;
      // The first collection is asked for once.
      if (at != made.clauses()[0]) return up;
    } else if (kind == NodeKind::kWhile || kind == NodeKind::kDoWhile) {
      return up;
    }
  }
  return kNoNode;
}

struct Names {
  std::vector<facts::BindingId> ids;
  bool Has(facts::BindingId id) const {
    return id && std::find(ids.begin(), ids.end(), id) != ids.end();
  }
  void Add(const Context& context, NodeId node) {
    if (const facts::BindingId id = context.facts.BindingOf(node); id && !Has(id))
      ids.push_back(id);
  }
};

void AddNames(const Context& context, NodeId node, Names& names) {
  if (!node) return;
  if (context.tree.Is(node, NodeKind::kName)) names.Add(context, node);
  context.tree.ForEachChild(node, [&](NodeId child) { AddNames(context, child, names); });
}

// `i += 1`, `i = i + 1`: its next value needs no result.
bool IsCounting(const ir::Tree& tree, NodeId statement) {
  if (const auto assign = ir::As<ir::AugAssign>(tree, statement))
    return tree.Is(assign.value(), NodeKind::kNumber);
  if (const auto assign = ir::As<ir::Assign>(tree, statement)) {
    const auto sum = ir::As<ir::Binary>(tree, assign.value());
    return sum && tree.Is(sum.right(), NodeKind::kNumber) && tree.Is(sum.left(), NodeKind::kName);
  }
  return tree.Is(statement, NodeKind::kUpdate);
}

// What differs between rounds: names bound or written in the loop; and among them what a round gives to the next.
struct Rounds {
  Names varies;
  Names written;  // other than by the loop itself or by counting
  bool may_end = false;
};

Rounds LookAt(const Context& context, NodeId loop, NodeId await) {
  const ir::Tree& tree = context.tree;
  Rounds rounds;
  const std::uint32_t here = tree.span(context.facts.EnclosingStatement(await)).begin;
  if (const auto each = ir::As<ir::ForEach>(tree, loop))
    AddNames(context, each.target(), rounds.varies);
  if (const auto each = ir::As<ir::ForIn>(tree, loop))
    AddNames(context, each.target(), rounds.varies);
  VisitOwn(tree, loop, [&](NodeId at) {
    const NodeKind kind = tree.kind(at);
    if (kind == NodeKind::kReturn) rounds.may_end = true;
    // A break of this loop, not of one inside or of a switch.
    if (kind == NodeKind::kBreak) {
      for (NodeId up = context.facts.Parent(at); up; up = context.facts.Parent(up)) {
        if (up == loop) rounds.may_end = true;
        if (up == loop || IsLoop(tree.kind(up)) || tree.Is(up, NodeKind::kSwitch)) break;
      }
    }
    if (const auto clause = ir::As<ir::CompFor>(tree, at))
      AddNames(context, clause.target(), rounds.varies);
    Names targets;
    if (const auto assign = ir::As<ir::Assign>(tree, at)) {
      for (NodeId target : assign.targets()) AddNames(context, target, targets);
    }
    if (const auto assign = ir::As<ir::AssignExpr>(tree, at))
      AddNames(context, assign.target(), targets);
    if (const auto assign = ir::As<ir::AugAssign>(tree, at))
      AddNames(context, assign.target(), targets);
    if (const auto assign = ir::As<ir::Update>(tree, at))
      AddNames(context, assign.target(), targets);
    if (const auto assign = ir::As<ir::Walrus>(tree, at))
      AddNames(context, assign.target(), targets);
    if (const auto call = ir::As<ir::Call>(tree, at)) {
      const auto method = ir::As<ir::Attribute>(tree, call.callee());
      if (method && tree.Is(method.object(), NodeKind::kName) &&
          std::find(kChanging.begin(), kChanging.end(), method.name()) != kChanging.end()) {
        targets.Add(context, method.object());
      }
    }
    for (facts::BindingId id : targets.ids) {
      if (!rounds.varies.Has(id)) rounds.varies.ids.push_back(id);
      // Written here or later, and read by the await: that is the round before.
      if (!IsCounting(tree, at) && tree.span(at).end > here && !rounds.written.Has(id))
        rounds.written.ids.push_back(id);
    }
    return true;
  });
  return rounds;
}

// `for (const task of tasks) await task;`: what the loop hands out runs already. Python's coroutines do not.
bool IsStarted(const Context& context, NodeId loop, NodeId value) {
  const ir::Tree& tree = context.tree;
  const auto each = ir::As<ir::ForEach>(tree, loop);
  if (!each || !tree.Is(value, NodeKind::kName) || !tree.Is(each.target(), NodeKind::kName))
    return false;
  if (context.facts.BindingOf(value) != context.facts.BindingOf(each.target())) return false;
  if (tree.language() == Language::kJs) return true;
  return context.facts.Only(value, {facts::TypeKind::kPromise});
}

// `await Promise.all(ids.slice(i, i + 10).map(load))`: some at a time, which is the point of the loop.
bool IsBatch(const Context& context, NodeId value) {
  static constexpr std::array<std::string_view, 4> kTogether = {"Promise.all", "Promise.allSettled",
                                                                "asyncio.gather", "asyncio.wait"};
  const std::string path = CalleePath(context, value);
  if (std::find(kTogether.begin(), kTogether.end(), path) == kTogether.end()) return false;
  bool cut = false;
  VisitOwn(context.tree, value, [&](NodeId node) {
    const auto method = ir::As<ir::Attribute>(context.tree, node);
    cut = cut || context.tree.Is(node, NodeKind::kSlice) ||
          (method && (method.name() == "slice" || method.name() == "splice"));
    return !cut;
  });
  return cut;
}

}  // namespace

void CheckAwaitInLoop(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const NodeId loop = LoopOf(context, id);
  if (!loop) return;
  const NodeId value = ir::Await(tree, id).value();
  if (IsStarted(context, loop, value) || IsBatch(context, value)) return;
  const auto call = ir::As<ir::Call>(tree, value);
  if (call || tree.Is(value, NodeKind::kNew)) {
    if (shape::CanonicalName(context.facts, value).name == "sleep") return;
  }
  const Rounds rounds = LookAt(context, loop, id);
  if (rounds.may_end) return;
  Names used;
  AddNames(context, value, used);
  bool varies = false;
  for (facts::BindingId name : used.ids) {
    if (rounds.written.Has(name)) {
      // Declared anew in each round: the round's own.
      const NodeId declared = context.facts.binding(name).declaration;
      const bool own = declared && tree.language() == Language::kJs &&
                       tree.span(loop).contains(tree.span(declared)) &&
                       tree.span(declared).begin < tree.span(id).begin;
      if (!own) return;
    }
    varies = varies || rounds.varies.Has(name);
  }
  if (!varies) return;
  if (call) {
    NodeId callee = call.callee();
    if (const auto chain = ir::As<ir::OptionalChain>(tree, callee)) callee = chain.value();
    const auto method = ir::As<ir::Attribute>(tree, callee);
    if (method && std::find(kInOrder.begin(), kInOrder.end(), method.name()) != kInOrder.end()) {
      Names receiver;
      AddNames(context, method.object(), receiver);
      const bool same =
          std::none_of(receiver.ids.begin(), receiver.ids.end(),
                       [&](facts::BindingId name) { return rounds.varies.Has(name); });
      // `http.get(url)` asks; `queue.get()` takes.
      const bool asks = (method.name() == "get" || method.name() == "read") && !call.args().empty();
      if (same && !asks) return;
    }
  }
  context.out.Report("await-in-loop", tree.span(id), {{"call", context.CallText(value)}});
}

}  // namespace asyncport::advise
