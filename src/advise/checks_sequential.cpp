// Waiting one after the other where together would do: independent-awaits. A hint, so it speaks only where every sign
// says "reads that do not know of each other": each call stores a result, is named like a reader
// of something (`fetchUser`, `load_posts`), takes arguments without effects, and does not use what the others gave.
// Example: `const u = await fetchUser(id); const p = await fetchPosts(id);`
#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <vector>

#include "advise/checks.h"
#include "shape/shape.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

// Verbs of functions that ask for something and change nothing.
constexpr std::array<std::string_view, 11> kReadingVerbs = {"fetch", "get",   "load",   "find",     "list", "query",
                                                            "lookup", "count", "search", "download", "retrieve"};

bool IsReader(std::string_view name) {
  if (name == "fetch") return true;
  for (std::string_view verb : kReadingVerbs) {
    // `get` alone may be a queue's, whose order matters: a noun must follow.
    if (name.starts_with(verb) && name.size() > verb.size() && name[verb.size()] >= 'A' && name[verb.size()] <= 'Z') {
      // getNext..., fetchOne of a cursor: each call moves on.
      for (std::string_view moving : {"Next", "One", "Line", "Chunk", "Message", "Lock", "Token", "Connection"}) {
        if (name.find(moving) != std::string_view::npos) return false;
      }
      return true;
    }
  }
  return false;
}

// Evaluating it changes nothing and waits for nothing.
bool IsPure(const ir::Tree& tree, NodeId node) {
  switch (tree.kind(node)) {
    case NodeKind::kName:
    case NodeKind::kSelfRef:
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kUndefined:
      return true;
    case NodeKind::kAttribute:
    case NodeKind::kSubscript:
    case NodeKind::kTemplate:
    case NodeKind::kBinary:
    case NodeKind::kList:
    case NodeKind::kDict:
    case NodeKind::kDictEntry:
    case NodeKind::kKeyword: {
      bool pure = true;
      tree.ForEachChild(node, [&](NodeId child) { pure = pure && IsPure(tree, child); });
      return pure;
    }
    default:
      return false;
  }
}

// Names that an expression reads, by text: a shadowed one counts too, which only makes the check more careful.
void CollectNames(const ir::Tree& tree, NodeId node, std::unordered_set<std::string>& names) {
  if (const auto name = ir::As<ir::Name>(tree, node)) names.insert(std::string(name.id()));
  tree.ForEachChild(node, [&](NodeId child) { CollectNames(tree, child, names); });
}

// The call of `const x = await f(...)`, if it reads something; kNoNode for any other statement.
struct Read {
  NodeId call;
  NodeId await;
  NodeId target;
};
Read ReadOf(const Context& context, NodeId statement) {
  const auto assign = ir::As<ir::Assign>(context.tree, statement);
  if (!assign || assign.targets().size() != 1) return {};
  const auto await = ir::As<ir::Await>(context.tree, assign.value());
  const auto call = ir::As<ir::Call>(context.tree, await ? await.value() : kNoNode);
  if (!call || context.tree.Is(assign.targets()[0], NodeKind::kAttribute) ||
      context.tree.Is(assign.targets()[0], NodeKind::kSubscript)) {
    return {};
  }
  // In JavaScript an assignment to an existing variable may overwrite what the next call reads.
  if (context.tree.language() == Language::kJs && assign.declares() == ir::DeclKind::kNone) return {};
  const shape::CanonicalOp name = shape::CanonicalName(context.facts, call.id());
  if (!IsReader(name.name)) return {};
  if (!IsPure(context.tree, call.callee())) return {};
  for (NodeId arg : call.args()) {
    if (!IsPure(context.tree, arg)) return {};
  }
  return {call.id(), await.id(), assign.targets()[0]};
}

}  // namespace

void CheckIndependent(const Context& context, NodeId block) {
  std::unordered_set<std::string> bound;  // by the run of reads before the statement at hand
  Read first;
  bool reported = false;
  for (NodeId statement : ir::Block(context.tree, block).statements()) {
    const Read read = ReadOf(context, statement);
    std::unordered_set<std::string> used;
    if (read.call) CollectNames(context.tree, read.call, used);
    const bool depends =
        std::any_of(used.begin(), used.end(), [&](const std::string& name) { return bound.contains(name); });
    if (!read.call || depends) {
      bound.clear();
      first = read;
      reported = false;
    } else if (!first.call) {
      first = read;
    } else if (!reported) {
      reported = true;  // once for a run
      diag::Diagnostic& diagnostic =
          context.out.Report("independent-awaits", context.tree.span(read.await),
                             {{"call", context.CallText(read.call)}, {"first", context.CallText(first.call)}});
      diagnostic.labels.push_back({context.tree.span(first.await), "waits for this first"});
    }
    if (read.call) CollectNames(context.tree, read.target, bound);
  }
}

}  // namespace asyncport::advise
