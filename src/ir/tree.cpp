// Storage of trees and the generic walks over them: dump, parents, equality.
#include "ir/tree.h"

#include <string>
#include <utility>

#include "support/check.h"

namespace asyncport::ir {

Tree::Tree(Language language, std::shared_ptr<StringTable> strings)
    : language_(language), strings_(std::move(strings)) {
  nodes_.push_back(Node{.kind = NodeKind::kCount, .oper = 0, .flags = 0, .atom = {}, .span = {}, .origin = {}, .slots = 0});
}

NodeId Tree::Slot(NodeId id, unsigned slot) const {
  const SlotEntry& entry = slots_[nodes_[id.index].slots + slot];
  return entry.count == 0 ? kNoNode : children_[entry.begin];
}

std::span<const NodeId> Tree::SlotList(NodeId id, unsigned slot) const {
  const SlotEntry& entry = slots_[nodes_[id.index].slots + slot];
  return {children_.data() + entry.begin, entry.count};
}

NodeId Tree::Add(Draft draft, Span span, NodeId origin) {
  AP_CHECK(draft.slots.size() == Info(draft.kind).slot_count, "slot count", span);
  Node node{.kind = draft.kind, .oper = draft.oper, .flags = draft.flags, .atom = draft.atom,
            .span = span, .origin = origin, .slots = static_cast<std::uint32_t>(slots_.size())};
  for (const NodeList& list : draft.slots) {
    slots_.push_back({static_cast<std::uint32_t>(children_.size()),
                      static_cast<std::uint32_t>(list.size())});
    children_.insert(children_.end(), list.begin(), list.end());
  }
  nodes_.push_back(node);
  return NodeId{static_cast<std::uint32_t>(nodes_.size() - 1)};
}

namespace {

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  out += '"';
}

void DumpNode(const Tree& tree, NodeId id, unsigned depth, std::string& out) {
  const KindInfo& info = Info(tree.kind(id));
  const Node& node = tree.node(id);
  out += info.name;
  if (!info.atom.empty() && !tree.text(id).empty()) {
    out += ' ';
    AppendQuoted(out, tree.text(id));
  }
  if (info.oper_name != nullptr) {
    if (std::string_view name = info.oper_name(node.oper); !name.empty()) (out += ' ') += name;
  }
  for (unsigned f = 0; f < info.flag_count; ++f) {
    if ((node.flags >> f & 1) != 0) (out += ' ') += info.flags[f];
  }
  out += '\n';
  for (unsigned s = 0; s < info.slot_count; ++s) {
    for (NodeId child : tree.SlotList(id, s)) {
      out.append((depth + 1) * 2, ' ');
      (out += info.slots[s].name) += ": ";
      DumpNode(tree, child, depth + 1, out);
    }
  }
}

}  // namespace

std::string Dump(const Tree& tree, NodeId id) {
  std::string out;
  if (id) DumpNode(tree, id, 0, out);
  return out;
}

std::vector<NodeId> Parents(const Tree& tree) {
  std::vector<NodeId> parents(tree.size());
  for (std::uint32_t i = 1; i < tree.size(); ++i) {
    tree.ForEachChild(NodeId{i}, [&](NodeId child) { parents[child.index] = NodeId{i}; });
  }
  return parents;
}

bool SameTree(const Tree& a, NodeId a_id, const Tree& b, NodeId b_id) {
  if (!a_id || !b_id) return !a_id && !b_id;
  const Node& an = a.node(a_id);
  const Node& bn = b.node(b_id);
  if (an.kind != bn.kind || an.oper != bn.oper || an.flags != bn.flags ||
      a.text(a_id) != b.text(b_id)) {
    return false;
  }
  for (unsigned s = 0; s < Info(an.kind).slot_count; ++s) {
    auto al = a.SlotList(a_id, s);
    auto bl = b.SlotList(b_id, s);
    if (al.size() != bl.size()) return false;
    for (std::size_t i = 0; i < al.size(); ++i) {
      if (!SameTree(a, al[i], b, bl[i])) return false;
    }
  }
  return true;
}

}  // namespace asyncport::ir
