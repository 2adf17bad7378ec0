// Local classes keep the members that the file uses, and what those use.
// Example: a file that never calls `queue.join()` gets an AsyncQueue without `join`, `taskDone` and their fields.
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

class Pruner {
 public:
  explicit Pruner(Context& c) : c_(c) {}

  void Run(NodeList& prelude, const NodeList& statements) {
    for (NodeId node : statements) Count(node, 1);
    for (NodeId node : prelude) Count(node, 1);
    for (bool changed = true; changed;) {
      changed = false;
      for (NodeId node : prelude) {
        if (!c_.dst().Is(node, NodeKind::kClassDef)) continue;
        for (NodeId member : Members(node)) {
          if (removed_.contains(member.index) || !IsUnused(member)) continue;
          removed_.insert(member.index);
          Count(member, -1);
          changed = true;
        }
      }
    }
    for (NodeId& node : prelude) {
      if (c_.dst().Is(node, NodeKind::kClassDef)) node = WithoutRemoved(node);
    }
  }

 private:
  std::span<const NodeId> Members(NodeId node) {
    return ir::Block(c_.dst(), ir::ClassDef(c_.dst(), node).body()).statements();
  }

  void Count(NodeId node, int by) {
    if (auto attribute = ir::As<Attribute>(c_.dst(), node)) {
      uses_[(attribute.is_private() ? "#" : "") + std::string(attribute.name())] += by;
    }
    c_.dst().ForEachChild(node, [&](NodeId child) { Count(child, by); });
  }

  bool IsUnused(NodeId member) {
    std::string name;
    if (auto method = ir::As<Method>(c_.dst(), member)) {
      // `then` is what await asks for.
      if (method.kind() == MethodKind::kConstructor || method.computed_key() || method.name() == "then") return false;
      name = (method.is_private() ? "#" : "") + std::string(method.name());
    } else if (auto field = ir::As<Field>(c_.dst(), member)) {
      if (!field.is_private()) return false;
      name = "#" + std::string(field.name());
    } else {
      return false;
    }
    int inside = 0;
    CountNamed(member, name, inside);
    return uses_[name] - inside <= 0;
  }

  void CountNamed(NodeId node, const std::string& name, int& count) {
    if (auto attribute = ir::As<Attribute>(c_.dst(), node)) {
      if ((attribute.is_private() ? "#" : "") + std::string(attribute.name()) == name) ++count;
    }
    c_.dst().ForEachChild(node, [&](NodeId child) { CountNamed(child, name, count); });
  }

  NodeId WithoutRemoved(NodeId node) {
    NodeList kept;
    for (NodeId member : Members(node)) {
      if (!removed_.contains(member.index)) kept.push_back(member);
    }
    if (kept.size() == Members(node).size()) return node;
    auto view = ir::ClassDef(c_.dst(), node);
    NodeList bases(view.bases().begin(), view.bases().end());
    NodeId name = view.name();
    return c_.New(make::ClassDef{.name = name, .bases = std::move(bases), .body = c_.NewBlock(std::move(kept))}, {});
  }

  Context& c_;
  std::unordered_map<std::string, int> uses_;
  std::unordered_set<std::uint32_t> removed_;
};

}  // namespace

void PruneLocals(Context& c, NodeList& prelude, const NodeList& statements) { Pruner(c).Run(prelude, statements); }

}  // namespace asyncport::translate::to_js
