// See exported.h.
#include "translate/exported.h"

#include <algorithm>

namespace asyncport::translate {

using namespace ir;

const ProjectModule* ModuleOfProject(const Context&, std::string_view module) {
  if (CurrentProject() == nullptr) return nullptr;
  const auto& imports = CurrentProject()->imports;
  const auto it = imports.find(std::string(module));
  return it == imports.end() ? nullptr : &it->second;
}

const Exported* ExportedFrom(const ProjectModule& module, std::string_view name) {
  return module.interface == nullptr ? nullptr : module.interface->Find(name);
}

Exported Describe(Context& c, std::string_view name, std::string target, NodeId thing) {
  Exported out{.name = std::string(name), .target = std::move(target)};
  if (!thing) return out;
  NodeId definition = thing;
  if (c.src().Is(thing, NodeKind::kName)) {
    const facts::BindingId id = c.facts().BindingOf(thing);
    if (!id) return out;
    const facts::Binding& binding = c.facts().binding(id);
    definition = binding.definition;
    out.changes = binding.kind == facts::BindingKind::kVariable && binding.reassigned;
  }
  out.is_dict = c.facts().Only(thing, {facts::TypeKind::kDict});
  out.is_class = definition && (c.src().Is(definition, NodeKind::kClassDef) || c.src().Is(definition, NodeKind::kClassExpr));
  const facts::Facts::Functions functions =
      out.is_class ? facts::Facts::Functions{} : c.facts().FunctionsOf(thing);
  std::vector<NodeId> nodes = functions.nodes;
  if (nodes.empty() && definition && c.src().Is(definition, NodeKind::kFunctionDef)) nodes = {definition};
  if (!nodes.empty() && !functions.others) {
    const auto all = [&](auto&& holds) { return std::all_of(nodes.begin(), nodes.end(), holds); };
    out.is_async = all([&](NodeId node) { return c.facts().IsAsync(node) == facts::Async::kYes; });
    out.becomes_async = all([&](NodeId node) { return c.facts().BecomesAsync(node); });
  }
  return out;
}

}  // namespace asyncport::translate
