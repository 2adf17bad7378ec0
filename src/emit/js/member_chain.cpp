// Chains of calls on members: on one line if they are short and simple, else one call a line.
// Example: `xs.map((x) => x + 1).filter(Boolean).join(", ")`.
//
// A chain is cut into groups. The first is the head with what belongs to it (`this.items`,
// `f()[0]`); each other group is a run of members that ends in its calls.
#include <algorithm>

#include "emit/js/emitter.h"

namespace asyncport::emit::js {
namespace {

constexpr std::size_t kTabWidth = 2;

// Object, React, _, $: names whose first call stays beside them.
bool IsFactory(std::string_view name) {
  if (name.empty()) return false;
  if (name[0] >= 'A' && name[0] <= 'Z') return true;
  return name.find_first_not_of("$_") == std::string_view::npos;
}

bool IsNumericIndex(const ir::Tree& tree, NodeId id) {
  auto subscript = ir::As<ir::Subscript>(tree, id);
  return subscript && tree.Is(subscript.index(), NodeKind::kNumber);
}

}  // namespace

Emitter::Chain Emitter::ChainOf(NodeId call, bool is_statement) const {
  Chain chain;
  std::vector<NodeId>& nodes = chain.nodes;
  nodes.push_back(call);
  for (NodeId next = ir::Call(tree_, call).callee();;) {
    while (Is(next, NodeKind::kSpawn)) next = ir::Spawn(tree_, next).call();
    nodes.push_back(next);
    auto inner = As<ir::Call>(next);
    if (inner && (IsMember(inner.callee()) || IsCall(inner.callee())) &&
        !Is(inner.callee(), NodeKind::kOptionalChain)) {
      next = inner.callee();
    } else if (IsMember(next)) {
      next = ObjectOf(next);
    } else {
      break;
    }
  }
  std::ranges::reverse(nodes);

  std::vector<NodeId> group{nodes[0]};
  std::size_t i = 1;
  auto is_call = [&](NodeId id) { return Is(id, NodeKind::kCall); };
  for (; i < nodes.size() && (is_call(nodes[i]) || IsNumericIndex(tree_, nodes[i])); ++i)
    group.push_back(nodes[i]);
  if (!IsCall(nodes[0])) {
    for (; i + 1 < nodes.size() && IsMember(nodes[i]) && IsMember(nodes[i + 1]); ++i)
      group.push_back(nodes[i]);
  }
  chain.groups.push_back(std::move(group));
  group = {};
  bool called = false;
  for (; i < nodes.size(); ++i) {
    if (called && IsMember(nodes[i])) {
      if (IsNumericIndex(tree_, nodes[i])) {
        group.push_back(nodes[i]);
        continue;
      }
      chain.groups.push_back(std::move(group));
      group = {};
      called = false;
    }
    called |= is_call(nodes[i]);
    group.push_back(nodes[i]);
  }
  if (!group.empty()) chain.groups.push_back(std::move(group));
  chain.merge = chain.groups.size() >= 2 && ShouldMerge(chain, is_statement);
  return chain;
}

bool Emitter::ShouldMerge(const Chain& chain, bool is_statement) const {
  bool computed = Is(chain.groups[1][0], NodeKind::kSubscript);
  const std::vector<NodeId>& head = chain.groups[0];
  if (head.size() == 1) {
    if (Is(head[0], NodeKind::kSelfRef)) return true;
    if (!Is(head[0], NodeKind::kName)) return false;
    std::string_view name = tree_.text(head[0]);
    return IsFactory(name) || (is_statement && name.size() <= kTabWidth) || computed;
  }
  auto last = As<ir::Attribute>(head.back());
  return last && !last.is_private() && (IsFactory(last.name()) || computed);
}

bool Emitter::IsMemberChain(NodeId call) const {
  Chain chain = ChainOf(call, false);
  return chain.groups.size() > chain.cutoff();
}

// The call is the node being printed.
Doc Emitter::MemberChain(NodeId call) {
  std::size_t up = 1;
  while (Ancestor(up) && Bare(Ancestor(up)) != Ancestor(up)) ++up;
  bool is_statement = Is(Ancestor(up), NodeKind::kExprStmt);
  Chain chain = ChainOf(call, is_statement);

  // From the outermost inwards, so that each node finds the others above it.
  std::size_t depth = path_.size();
  std::unordered_map<std::uint32_t, Doc> printed;
  for (std::size_t i = chain.nodes.size(); i-- > 0;) {
    NodeId node = chain.nodes[i];
    if (i == 0) {
      printed[node.index] = Print(node);
      break;
    }
    if (node != call) path_.push_back(node);
    if (auto inner = As<ir::Call>(node)) {
      printed[node.index] = C({Text(inner.is_optional() ? "?." : ""), Arguments(node)});
    } else {
      printed[node.index] = MemberLookup(node);
    }
  }
  path_.resize(depth);

  Docs groups;
  for (const std::vector<NodeId>& group : chain.groups) {
    Docs parts;
    for (NodeId node : group) parts.push_back(printed[node.index]);
    groups.push_back(b_.Concat(parts));
  }
  Doc one_line = b_.Concat(groups);
  if (chain.groups.size() <= chain.cutoff())
    return IsLongCurried(call) ? one_line : b_.Group(one_line);

  std::size_t kept = chain.merge ? 2 : 1;
  Docs first(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(kept));
  Docs rest(groups.begin() + static_cast<std::ptrdiff_t>(kept), groups.end());
  Doc expanded = C({b_.Concat(first), b_.Indent(C({b_.HardLine(), b_.Join(b_.HardLine(), rest)}))});

  std::vector<NodeId> calls;
  for (NodeId node : chain.nodes) {
    if (IsCall(node)) calls.push_back(node);
  }
  bool complex = calls.size() > 2 && std::ranges::any_of(calls, [&](NodeId node) {
                   return std::ranges::any_of(ArgsOf(node),
                                              [&](NodeId arg) { return !IsSimpleArgument(arg); });
                 });
  bool early_break =
      std::any_of(groups.begin(), groups.end() - 1, [&](Doc group) { return b_.WillBreak(group); });
  bool functions_before =
      b_.WillBreak(groups.back()) && Is(chain.groups.back().back(), NodeKind::kCall) &&
      std::any_of(calls.begin(), calls.end() - 1, [&](NodeId node) {
        return std::ranges::any_of(ArgsOf(node), [&](NodeId arg) { return IsFunction(arg); });
      });
  if (complex || early_break || functions_before) return b_.Group(expanded);
  return C({b_.WillBreak(one_line) ? b_.BreakParent() : Doc(), b_.BestOf({one_line, expanded})});
}

}  // namespace asyncport::emit::js
