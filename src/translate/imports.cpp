// See imports.h.
#include "translate/imports.h"

#include "ir/make.h"

namespace asyncport::translate {

using namespace ir;

void Imports::NeedModule(std::string_view module, std::string_view local) {
  if (local.empty()) local = module.substr(0, module.find('.'));
  needs_.insert({std::string(module), Form::kModule, "", std::string(local)});
}

void Imports::NeedName(std::string_view module, std::string_view name, std::string_view local) {
  needs_.insert({std::string(module), Form::kName, std::string(name),
                 std::string(local.empty() ? name : local)});
}

void Imports::NeedDefault(std::string_view module, std::string_view local) {
  needs_.insert({std::string(module), Form::kDefault, "", std::string(local)});
}

std::unordered_set<std::string> Imports::Locals() const {
  std::unordered_set<std::string> locals;
  for (const Need& need : needs_) locals.insert(need.local);
  return locals;
}

std::unordered_set<std::string> Imports::Conflicts() const {
  std::unordered_set<std::string> seen;
  std::unordered_set<std::string> twice;
  for (const Need& need : needs_) {
    if (!seen.insert(need.local).second) twice.insert(need.local);
  }
  return twice;
}

NodeList Imports::Build(Tree& tree) const {
  NodeList statements;
  std::string module;
  NodeList items;
  auto flush = [&] {
    if (!items.empty()) {
      statements.push_back(Make(tree, make::Import{.items = std::move(items), .module = module}, {}));
    }
    items.clear();
  };
  for (const Need& need : needs_) {
    // A whole-module import stands alone; names of one module share a statement.
    if (need.module != module || need.form == Form::kModule) flush();
    module = need.module;
    NodeId local = Make(tree, make::Name{.id = need.local}, {});
    ImportKind kind = need.form == Form::kModule    ? ImportKind::kNamespace
                      : need.form == Form::kDefault ? ImportKind::kDefault
                                                    : ImportKind::kNamed;
    items.push_back(Make(tree, make::ImportItem{.local = local, .name = need.name, .kind = kind,
                                                .is_dotted = need.module.find('.') != std::string::npos &&
                                                             need.form == Form::kModule},
                         {}));
    if (need.form == Form::kModule) flush();
  }
  flush();
  return statements;
}

}  // namespace asyncport::translate
