// Imports of modules. Files of the project become modules beside this one; JSON files are read; packages
// that no card knows are imported under their own name, and that is an error to be settled by the reader; Node's own
// modules disappear, since cards bring what their targets need. Does not decide what runs when (module.cpp).
// Example: `const { open } = require("../lib/data-store")` -> `from ..lib.data_store import open_`.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "support/strings.h"
#include "translate/exported.h"
#include "translate/module_names.h"
#include "translate/to_py/modules.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

std::string SafeName(Context&, std::string_view name) { return PythonModuleName(name); }

bool IsRelative(std::string_view module) {
  return module.starts_with("./") || module.starts_with("../") || module == "." || module == "..";
}

std::string ModulePath::Package() const {
  std::string text = dots + Join(parts.size() - 1);
  return text.empty() ? "." : text;
}

std::string ModulePath::Join(std::size_t count) const {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? "." : "") + parts[i];
  return text;
}

ModulePath PathOf(Context& c, std::string_view module) {
  ModulePath path;
  if (const ProjectModule* known = ModuleOfProject(c, module)) {
    // From the root of the project, which is where its programs are started.
    for (std::string_view rest = known->path; !rest.empty();) {
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      path.parts.emplace_back(rest.substr(0, dot));
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    return path;
  }
  for (std::string_view end : {".mjs", ".cjs", ".js"}) {
    if (module.ends_with(end)) {
      module.remove_suffix(end.size());
      break;
    }
  }
  while (!module.empty()) {
    std::size_t slash = std::min(module.find('/'), module.size());
    std::string_view part = module.substr(0, slash);
    module.remove_prefix(std::min(slash + 1, module.size()));
    if (part == "..") {
      path.dots += path.dots.empty() ? ".." : ".";
    } else if (!part.empty() && part != ".") {
      path.parts.push_back(SafeName(c, part));
    }
  }
  if (path.parts.empty()) path.parts.push_back("index");
  return path;
}

NodeId NamedItem(Context& c, std::string_view name, std::string_view local, NodeId origin) {
  return c.New(
      make::ImportItem{.local = c.NewName(local), .name = name, .kind = ImportKind::kNamed},
      origin);
}

void ImportWhole(Context& c, const ModulePath& path, std::string_view local, NodeId origin,
                 NodeId item, NodeList& out) {
  if (path.dots.empty() && path.parts.size() == 1) {
    NodeId node =
        c.New(make::ImportItem{.local = c.NewName(local), .kind = ImportKind::kNamespace}, item);
    out.push_back(c.New(make::Import{.items = {node}, .module = path.Text()}, origin));
    return;
  }
  NodeId node = NamedItem(c, path.parts.back(), local, item);
  out.push_back(c.New(make::Import{.items = {node}, .module = path.Package()}, origin));
}

namespace {

// `log("x")`, `new Store()`, `class A extends Base`: what was imported is no module but the one thing in it.
bool IsUsedAsValue(Context& c, NodeId local) {
  facts::BindingId binding = local ? c.facts().BindingOf(local) : facts::BindingId{};
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    if (auto call = c.As<Call>(parent); call && call.callee() == read) return true;
    if (auto made = c.As<ir::New>(parent); made && made.callee() == read) return true;
    if (auto def = c.As<ClassDef>(parent)) {
      if (std::find(def.bases().begin(), def.bases().end(), read) != def.bases().end()) return true;
    }
  }
  return false;
}

// Modules that were imported as a whole for the sake of one variable, with their local names.
struct ModuleNames {
  std::map<std::string, std::string> by_path;
};

// `import config from "./config.json"` -> `config = json.loads((Path(__file__).parent / "config.json").read_text())`.
void ReadJson(Context& c, Import import, NodeList& out) {
  if (import.items().size() != 1 ||
      c.As<ImportItem>(import.items()[0]).kind() == ImportKind::kNamed) {
    c.Refuse(import.id(), "untranslated", {{"reason", "names out of a JSON file"}});
    return;
  }
  NodeId local = c.As<ImportItem>(import.items()[0]).local();
  std::string_view file = import.module();
  if (file.starts_with("./")) file.remove_prefix(2);
  NodeId here =
      c.NewAttribute(c.NewCall(c.Library("pathlib:Path"), {c.NewName("__file__")}), "parent");
  NodeId path =
      c.New(make::Binary{.left = here, .right = c.NewString(file), .op = BinaryOp::kDiv}, {});
  NodeId encoding = c.NewKeyword("encoding", c.NewString("utf-8"));
  NodeId text = c.NewCall(c.NewAttribute(path, "read_text"), {encoding});
  out.push_back(c.NewAssign(c.NewName(c.TargetName(local), local),
                            c.NewCall(c.Library("json.loads"), {text}), import.id()));
}

// What the one thing of a module is called there: `debug_1` and `_debug`, as compilers write, are `debug` of debug.
std::string OwnName(Context& c, NodeId local, std::string_view module) {
  std::string_view plain = c.src().text(local);
  while (plain.starts_with("_")) plain.remove_prefix(1);
  if (plain.ends_with("Module")) plain.remove_suffix(std::string_view("Module").size());
  const std::size_t digits = plain.find_last_not_of("0123456789");
  if (digits != std::string_view::npos && digits + 1 < plain.size() && plain[digits] == '_')
    plain = plain.substr(0, digits);
  if (!plain.empty() && SafeName(c, plain) == module) return std::string(module);
  return c.TargetName(local);
}

// Importers of JavaScript see what a variable is now, those of Python what it was: it is read from its module.
void ReadFromModule(Context& c, const ModulePath& path, const Exported& known, NodeId item_id,
                    NodeId origin, NodeList& out) {
  auto item = c.As<ImportItem>(item_id);
  std::string& module = c.State<ModuleNames>().by_path[path.Text()];
  if (module.empty()) {
    module = c.names().Fresh(path.parts.back());
    ImportWhole(c, path, module, origin, item_id, out);
  }
  for (NodeId read : c.facts().binding(c.facts().BindingOf(item.local())).reads)
    c.Override(read, c.NewAttribute(c.NewName(module), known.target, read));
}

// `RATES.eur` of another file's object -> `RATES["eur"]`.
void ReadKeys(Context& c, NodeId local) {
  const std::string name = c.TargetName(local);
  for (NodeId read : c.facts().binding(c.facts().BindingOf(local)).reads) {
    auto member = c.As<Attribute>(c.facts().Parent(read));
    if (!member || member.object() != read || member.is_optional()) continue;
    const std::string key(member.name());
    c.Override(member.id(), c.New(make::Subscript{.object = c.NewName(name, read), .index = c.NewString(key)}, member.id()));
  }
}

bool IsDefault(ImportItem item) {
  return item.kind() == ImportKind::kDefault ||
         (item.kind() == ImportKind::kNamed && item.name() == "default");
}

const Exported* ExportOf(ImportItem item, const ProjectModule& module) {
  const Exported* known = nullptr;
  if (IsDefault(item)) {
    known = ExportedFrom(module, "default");
  } else if (item.kind() == ImportKind::kNamed) {
    return ExportedFrom(module, item.name());
  }
  return known != nullptr ? known : ExportedFrom(module, "=");
}

void ImportFile(Context& c, Import import, NodeList& out) {
  if (import.module().ends_with(".json")) return ReadJson(c, import, out);
  const ModulePath path = PathOf(c, import.module());
  const ProjectModule* module = ModuleOfProject(c, import.module());
  if (import.items().empty()) {  // for what it does
    if (path.dots.empty()) {
      out.push_back(c.New(make::Import{.items = {}, .module = path.Text()}, import.id()));
    } else {
      ImportWhole(c, path, path.parts.back(), import.id(), {}, out);
    }
    return;
  }
  NodeList items;
  for (NodeId item_id : import.items()) {
    auto item = c.As<ImportItem>(item_id);
    std::string local = c.TargetName(item.local());
    const Exported* known = module == nullptr ? nullptr : ExportOf(item, *module);
    if (known != nullptr && known->changes && !import.is_require()) {
      ReadFromModule(c, path, *known, item_id, import.id(), out);
      continue;
    }
    if (known != nullptr) {
      if (known->is_dict) ReadKeys(c, item.local());
      items.push_back(NamedItem(c, known->target, local, item_id));
      continue;
    }
    // The default of a CommonJS module is all of it.
    const bool is_whole = item.kind() == ImportKind::kNamespace ||
                          (IsDefault(item) && module != nullptr && module->interface != nullptr &&
                           !module->interface->exports.empty());
    if (is_whole && !IsUsedAsValue(c, item.local())) {
      ImportWhole(c, path, local, import.id(), item_id, out);
      continue;
    }
    bool named = item.kind() == ImportKind::kNamed && item.name() != "default";
    items.push_back(NamedItem(
        c, named ? SafeName(c, item.name()) : OwnName(c, item.local(), path.parts.back()), local,
        item_id));
  }
  if (!items.empty())
    out.push_back(
        c.New(make::Import{.items = std::move(items), .module = path.Text()}, import.id()));
}

// What a binding of a package stands for in Python, should it be used where no card replaces it.
struct Package {
  NodeId import;
  std::string module;  // "express"
  std::string name;    // empty: the module itself
};
struct Packages {
  std::unordered_map<std::uint32_t, Package> by_binding;
};

void RememberPackage(Context& c, Import import) {
  std::string module;
  std::string last;
  std::string_view rest = import.module();
  if (rest.starts_with("@")) rest.remove_prefix(1);
  while (!rest.empty()) {
    std::size_t slash = std::min(rest.find('/'), rest.size());
    if (slash > 0) {
      last = SafeName(c, rest.substr(0, slash));
      module += (module.empty() ? "" : "_") + last;
    }
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  for (NodeId item_id : import.items()) {
    auto item = c.As<ImportItem>(item_id);
    facts::BindingId binding =
        item.local() ? c.facts().BindingOf(item.local()) : facts::BindingId{};
    if (!binding) continue;
    std::string name;
    if (item.kind() == ImportKind::kNamed && item.name() != "default") {
      name = SafeName(c, item.name());
    } else if (IsUsedAsValue(c, item.local())) {
      name = OwnName(c, item.local(), last);
    }
    c.State<Packages>().by_binding[binding.index] = {import.id(), module, name};
  }
}

bool TranslateImport(Context& c, NodeId id, NodeList& out) {
  auto import = c.As<Import>(id);
  if (IsRelative(import.module())) {
    ImportFile(c, import, out);
    return true;
  }
  c.Absorb(id);
  if (import.module() == "fs.promises") {
    c.SayOnce("module-path", id, {{"module", "fs.promises"}, {"better", "fs/promises"}});
  }
  RememberPackage(c, import);
  return true;
}

}  // namespace

bool UsePackage(Context& c, NodeId name) {
  facts::BindingId binding = c.facts().BindingOf(name);
  auto& known = c.State<Packages>().by_binding;
  auto it = known.find(binding.index);
  if (it == known.end()) return false;
  const Package& package = it->second;
  if (package.name.empty()) {
    c.imports().NeedModule(package.module, c.names().Of(binding));
  } else {
    c.imports().NeedName(package.module, package.name, c.names().Of(binding));
  }
  if (c.marks().insert("package:" + package.module).second) {
    c.Say("module-unknown", package.import,
          {{"module", std::string(c.As<Import>(package.import).module())}});
  }
  return true;
}

void RegisterImports(Topics& t) {
  t.Claim(NodeKind::kImport, Order::kBeforeCards, &TranslateImport);
}

}  // namespace asyncport::translate::to_py
