// What a Python module hands out: its names at the top. In JavaScript they are exported, where other files of the project
// may ask for them (pipeline/project.h); a program's names are not, unless somebody does.
// Example: `def load(): ...` -> `export function load() {...}`, or `module.exports = { load };` at the end.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "translate/exported.h"
#include "translate/to_js/exports.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Bindings of the module that other files may see: by source name.
std::map<std::string, NodeId> NamesAtTop(Context& c) {
  std::map<std::string, NodeId> names;
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    const facts::BindingId id{i};
    const facts::Binding& binding = c.facts().binding(id);
    if (binding.kind == facts::BindingKind::kFree || !binding.declaration || c.IsDropped(id)) continue;
    if (c.facts().EnclosingFunction(binding.declaration) ||
        c.facts().EnclosingClass(binding.declaration) || binding.scope.index != 1)
      continue;
    names.emplace(std::string(c.src().text(binding.declaration)), binding.declaration);
  }
  return names;
}

// Does it do something when it is started?
bool IsProgram(Context& c) {
  for (NodeId id : c.As<ir::Block>(c.As<Module>(c.src().root()).body()).statements()) {
    if (auto statement = c.As<If>(id)) {
      auto test = c.As<Binary>(statement.test());
      if (test && c.src().text(test.left()) == "__name__") return true;
    }
    auto statement = c.As<ExprStmt>(id);
    if (statement && c.src().Is(statement.value(), NodeKind::kCall)) return true;
  }
  return false;
}

// The names that are to be exported, as the source has them.
std::set<std::string> Wanted(Context& c) {
  const ProjectFile& project = *CurrentProject();
  std::set<std::string> wanted(project.wanted.begin(), project.wanted.end());
  if (!project.is_imported && IsProgram(c)) return wanted;
  for (const auto& [name, declaration] : NamesAtTop(c)) {
    const facts::Binding& binding = c.facts().binding(c.facts().BindingOf(declaration));
    // What a package imports from its own modules, it hands on.
    const bool imported = binding.kind == facts::BindingKind::kImport;
    if (imported && !(project.is_package && binding.path.starts_with('.'))) continue;
    if (!name.starts_with('_')) wanted.insert(name);
  }
  return wanted;
}

// The one name that a statement of the translation declares; empty: none or several.
std::string DeclaredBy(Context& c, NodeId statement) {
  NodeId name;
  if (auto function = ir::As<FunctionDef>(c.dst(), statement)) name = function.name();
  if (auto klass = ir::As<ClassDef>(c.dst(), statement)) name = klass.name();
  if (auto assign = ir::As<Assign>(c.dst(), statement);
      assign && assign.declares() != DeclKind::kNone && assign.targets().size() == 1)
    name = assign.targets()[0];
  return name && c.dst().Is(name, NodeKind::kName) ? std::string(c.dst().text(name)) : std::string();
}

}  // namespace

void ExportNames(Context& c, NodeList& statements) {
  if (CurrentProject() == nullptr) return;
  std::map<std::string, std::string> left;  // by target name
  const std::map<std::string, NodeId> names = NamesAtTop(c);
  for (const std::string& name : Wanted(c)) {
    const auto it = names.find(name);
    if (it != names.end()) left.emplace(c.TargetName(it->second), name);
  }
  if (left.empty()) return;
  const bool esm = c.options().module == JsModule::kEsm;
  if (esm) {
    for (NodeId& statement : statements) {
      const auto it = left.find(DeclaredBy(c, statement));
      if (it == left.end()) continue;
      const NodeId origin = c.dst().node(statement).origin;
      statement = c.New(make::Export{.declaration = statement}, origin);
      left.erase(it);
    }
    if (left.empty()) return;
    NodeList items;
    for (const auto& [target, name] : left)
      items.push_back(c.New(make::ExportItem{.local = c.NewName(target), .name = target}, {}));
    statements.push_back(c.New(make::Export{.items = std::move(items)}, {}));
    return;
  }
  NodeList entries;
  for (const auto& [target, name] : left)
    entries.push_back(c.New(make::DictEntry{.key = c.NewString(target), .value = c.NewName(target)}, {}));
  const NodeId exports = c.NewAttribute(c.NewName("module"), "exports");
  statements.push_back(c.NewAssign(exports, c.New(make::Dict{.entries = std::move(entries)}, {})));
}

std::vector<Exported> FindExports(Context& c) {
  std::vector<Exported> out;
  for (const auto& [name, declaration] : NamesAtTop(c)) {
    Exported one = Describe(c, name, c.TargetName(declaration), declaration);
    // Handed on: what it is, its own module knows.
    const facts::Binding& binding = c.facts().binding(c.facts().BindingOf(declaration));
    if (binding.kind == facts::BindingKind::kImport) {
      auto item = c.As<ImportItem>(binding.definition);
      auto import = c.As<Import>(c.facts().Parent(binding.definition));
      const ProjectModule* module = import ? ModuleOfProject(c, import.module()) : nullptr;
      const Exported* known = item && module != nullptr ? ExportedFrom(*module, item.name()) : nullptr;
      if (known == nullptr) continue;
      const std::string target = one.target;
      one = *known;
      one.name = name;
      one.target = target;
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace asyncport::translate::to_js
