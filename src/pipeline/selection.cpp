// See selection.h.
#include "pipeline/selection.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "ir/views.h"

namespace asyncport {
namespace {

using ir::NodeId;
using ir::NodeKind;
using ir::NodeList;

bool Touches(Span statement, Span selection) {
  if (selection.empty())
    return statement.begin <= selection.begin && selection.begin <= statement.end;
  return statement.begin < selection.end && selection.begin < statement.end;
}

NodeList TouchedOf(const ir::Tree& tree, NodeId block, Span selection) {
  NodeList touched;
  for (const NodeId id : ir::Cast<ir::Block>(tree, block).statements()) {
    if (Touches(tree.span(id), selection)) touched.push_back(id);
  }
  return touched;
}

Span ExtentOf(const ir::Tree& tree, const NodeList& statements) {
  return {tree.span(statements.front()).begin, tree.span(statements.back()).end};
}

// Members of a class are no statements that could stand by themselves.
bool IsBody(const ir::Tree& tree, NodeId parent, NodeId node) {
  return tree.Is(node, NodeKind::kBlock) && !tree.Is(parent, NodeKind::kClassDef) &&
         !tree.Is(parent, NodeKind::kClassExpr);
}

// The statements of the innermost body below `node` that has all of the selection.
void Descend(const ir::Tree& tree, NodeId parent, NodeId node, Span selection, NodeList& best) {
  if (IsBody(tree, parent, node)) {
    const NodeList all(ir::Cast<ir::Block>(tree, node).statements().begin(),
                       ir::Cast<ir::Block>(tree, node).statements().end());
    if (all.empty()) return;
    const NodeList touched = TouchedOf(tree, node, selection);
    if (touched.empty()) return;
    // A body in braces has comments before its first statement, too.
    const bool has_all = ExtentOf(tree, all).contains(selection) || tree.span(node).contains(selection);
    if (!has_all && !tree.Is(parent, NodeKind::kModule)) return;
    best = touched;
    if (touched.size() > 1) return;
  }
  tree.ForEachChild(node, [&](NodeId child) {
    if (Touches(tree.span(child), selection) || tree.Is(child, NodeKind::kBlock))
      Descend(tree, node, child, selection, best);
  });
}

class Keeper {
 public:
  Keeper(const ir::Tree& target, const ir::Tree& source, const NodeList& selected)
      : target_(target), marks_(source.size()), inside_(target.size()) {
    for (const NodeId id : selected) Mark(source, id);
    Count(target.root());
  }

  // In the order of the target.
  void Collect(NodeId node, NodeList& kept) const {
    if (!inside_[node.index]) return;
    const bool is_statement = ir::HasCategory(target_.kind(node), ir::category::Stmt) &&
                              !target_.Is(node, NodeKind::kBlock) &&
                              !target_.Is(node, NodeKind::kMethod);
    if (is_statement && IsSelected(node)) {
      kept.push_back(node);
      return;
    }
    const std::size_t before = kept.size();
    target_.ForEachChild(node, [&](NodeId child) { Collect(child, kept); });
    // What it has of the selection stands in none of its bodies.
    if (is_statement && kept.size() == before) kept.push_back(node);
  }

  // Imports and helpers of the module that the kept statements use, and what these use.
  void AddUsed(const NodeList& statements, NodeList& kept) const {
    std::set<std::string_view> names;
    for (const NodeId id : kept) AddNames(id, names);
    NodeList used;
    for (bool more = true; more;) {
      more = false;
      for (const NodeId id : statements) {
        if (inside_[id.index] || std::find(used.begin(), used.end(), id) != used.end()) continue;
        if (!Binds(id, names)) continue;
        AddNames(id, names);
        used.push_back(id);
        more = true;
      }
    }
    NodeList all;
    for (const NodeId id : statements) {
      if (std::find(used.begin(), used.end(), id) != used.end()) all.push_back(id);
    }
    all.insert(all.end(), kept.begin(), kept.end());
    kept = std::move(all);
  }

 private:
  void Mark(const ir::Tree& source, NodeId id) {
    marks_[id.index] = true;
    source.ForEachChild(id, [&](NodeId child) { Mark(source, child); });
  }

  bool IsSelected(NodeId node) const {
    const NodeId origin = target_.origin(node);
    return origin && origin.index < marks_.size() && marks_[origin.index];
  }

  bool Count(NodeId node) {
    bool inside = IsSelected(node);
    target_.ForEachChild(node, [&](NodeId child) { inside = Count(child) || inside; });
    return inside_[node.index] = inside;
  }

  void AddNames(NodeId node, std::set<std::string_view>& names) const {
    if (target_.Is(node, NodeKind::kName)) names.insert(target_.text(node));
    target_.ForEachChild(node, [&](NodeId child) { AddNames(child, names); });
  }

  // An import, or a function or class that stands for nothing in the source.
  bool Binds(NodeId id, const std::set<std::string_view>& names) const {
    const auto has = [&](NodeId name) { return name && names.contains(target_.text(name)); };
    if (const auto import = ir::As<ir::Import>(target_, id)) {
      return std::any_of(import.items().begin(), import.items().end(), [&](NodeId item) {
        const auto view = ir::As<ir::ImportItem>(target_, item);
        return view && has(view.local());
      });
    }
    if (target_.origin(id)) return false;
    if (const auto function = ir::As<ir::FunctionDef>(target_, id)) return has(function.name());
    if (const auto klass = ir::As<ir::ClassDef>(target_, id)) return has(klass.name());
    return false;
  }

  const ir::Tree& target_;
  std::vector<bool> marks_;   // source nodes of the selection
  std::vector<bool> inside_;  // target nodes that stand for one of them, or have one below
};

}  // namespace

ir::NodeList SelectedStatements(const ir::Tree& source, Span selection) {
  NodeList best;
  const auto module = ir::As<ir::Module>(source, source.root());
  if (module) Descend(source, source.root(), module.body(), selection, best);
  return best;
}

void KeepSelected(ir::Tree& target, const ir::Tree& source, Span selection) {
  const NodeList selected = SelectedStatements(source, selection);
  const auto from = ir::As<ir::Module>(source, source.root());
  const auto to = ir::As<ir::Module>(target, target.root());
  if (!from || !to) return;
  const auto all = ir::Cast<ir::Block>(source, from.body()).statements();
  if (std::equal(all.begin(), all.end(), selected.begin(), selected.end())) return;
  const auto statements = ir::Cast<ir::Block>(target, to.body()).statements();
  const NodeList top(statements.begin(), statements.end());
  const Keeper keeper(target, source, selected);
  NodeList kept;
  keeper.Collect(to.body(), kept);
  keeper.AddUsed(top, kept);
  const NodeId block =
      target.Add({.kind = NodeKind::kBlock, .atom = {}, .slots = {kept}}, selection);
  const NodeId root =
      target.Add({.kind = NodeKind::kModule, .atom = {}, .slots = {{}, {block}}}, selection);
  target.set_root(root);
}

}  // namespace asyncport
