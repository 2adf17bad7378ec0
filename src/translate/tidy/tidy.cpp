// One pass from the leaves up: a node whose children changed is made anew, then the rules of its language look at it
// (python.cpp, javascript.cpp). Here is only what both languages share.
#include "translate/tidy/tidy.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ir/rebuild.h"
#include "ir/views.h"
#include "translate/tidy/javascript.h"
#include "translate/tidy/nodes.h"
#include "translate/tidy/python.h"

namespace asyncport::translate {

using namespace ir;

namespace {

template <typename Rules>
NodeId Visit(Tree& tree, Rules& rules, NodeId id) {
  const NodeId result =
      MapChildren(tree, id, [&](NodeId child) { return Visit(tree, rules, child); });
  return rules.Apply(result);
}

// The name that the translation defined with this statement, for its own use.
NodeId DefinedBy(const Tree& tree, NodeId statement) {
  if (tree.origin(statement)) return kNoNode;
  if (auto function = As<FunctionDef>(tree, statement)) return function.name();
  if (auto type = As<ClassDef>(tree, statement)) return type.name();
  auto assign = As<Assign>(tree, statement);
  const bool defines =
      assign && assign.targets().size() == 1 && tree.Is(assign.value(), NodeKind::kLambda);
  return defines && tree.Is(assign.targets()[0], NodeKind::kName) ? assign.targets()[0] : kNoNode;
}

void AtomsIn(const Tree& tree, NodeId id, std::unordered_set<std::uint32_t>& out) {
  if (tree.Is(id, NodeKind::kName)) out.insert(tree.node(id).atom.index);
  tree.ForEachChild(id, [&](NodeId child) { AtomsIn(tree, child, out); });
}

// Without definitions that were made for a statement which was refused after all.
NodeId WithoutUnusedDefinitions(Tree& tree, NodeId root) {
  auto module = As<Module>(tree, root);
  if (!module) return root;
  const NodeId body = module.body();
  NodeList kept(Block(tree, body).statements().begin(), Block(tree, body).statements().end());
  const std::size_t before = kept.size();
  if (std::none_of(kept.begin(), kept.end(), [&](NodeId id) { return bool(DefinedBy(tree, id)); }))
    return root;
  // Which names each statement has, and in how many statements each name is: one walk over the file, however many
  // definitions there are.
  std::vector<std::unordered_set<std::uint32_t>> names(kept.size());
  std::unordered_map<std::uint32_t, std::size_t> statements_with;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    AtomsIn(tree, kept[i], names[i]);
    for (const std::uint32_t name : names[i]) ++statements_with[name];
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < kept.size() && !changed; ++i) {
      const NodeId name = DefinedBy(tree, kept[i]);
      if (!name) continue;
      const std::uint32_t atom = tree.node(name).atom.index;
      if (statements_with[atom] > names[i].count(atom)) continue;
      for (const std::uint32_t gone : names[i]) --statements_with[gone];
      names.erase(names.begin() + static_cast<std::ptrdiff_t>(i));
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
      changed = true;
    }
  }
  if (kept.size() == before) return root;
  const NodeId shorter = Rebuild(tree, body, {std::move(kept)});
  return tidy::WithSlot(tree, root, slots::Module::body, {shorter});
}

}  // namespace

NodeId Tidy(Tree& tree, NodeId root) {
  if (!root) return root;
  if (tree.language() == Language::kJs) {
    tidy::JavaScriptRules rules(tree, root);
    return WithoutUnusedDefinitions(tree, Visit(tree, rules, root));
  }
  tidy::PythonRules rules(tree);
  return WithoutUnusedDefinitions(tree, Visit(tree, rules, root));
}

}  // namespace asyncport::translate
