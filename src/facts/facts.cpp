// Puts the side tables together and answers the questions about names.
#include "facts/facts_impl.h"

#include <utility>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

FactsImpl::FactsImpl(const ir::Tree& tree, const FactOptions& options)
    : tree_(tree), options_(options), structure_(tree), scopes_(tree, structure_),
      names_(tree, structure_, scopes_) {}

BindingId FactsImpl::Lookup(ScopeId scope, std::string_view name) const {
  return scopes_.Find(scope, tree_.strings().Intern(name));
}

std::string FactsImpl::ResolvedName(NodeId expression) const { return names_.PathOf(expression); }

NodeId FactsImpl::CalleeDefinition(NodeId call) const {
  NodeId callee;
  if (auto view = ir::As<ir::Call>(tree_, call)) callee = view.callee();
  if (auto view = ir::As<ir::New>(tree_, call)) callee = view.callee();
  if (!tree_.Is(callee, NodeKind::kName)) return {};
  const Binding& found = binding(BindingOf(callee));
  if (found.reassigned) return {};
  if (found.kind == BindingKind::kFunction || found.kind == BindingKind::kClass) {
    return found.definition;
  }
  const auto assign = ir::As<ir::Assign>(tree_, found.definition);
  if (!assign || assign.targets().size() != 1 || assign.targets()[0] != found.declaration) return {};
  const NodeKind kind = tree_.kind(assign.value());
  return IsFunctionKind(kind) || IsClassKind(kind) ? assign.value() : NodeId{};
}

std::unique_ptr<Facts> Infer(const ir::Tree& tree, const FactOptions& options) {
  return std::make_unique<FactsImpl>(tree, options);
}

}  // namespace asyncport::facts
