// Imports of modules. Files of the project become modules beside this one; packages that no card knows are imported
// under their own name, and that is said once; the standard library disappears, since cards bring what their targets
// need. Example: `from .store import load_all as load` -> `import { loadAll as load } from "./store.js";`.
#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <unordered_map>

#include "pipeline/project_names.h"
#include "translate/exported.h"
#include "translate/module_names.h"
#include "translate/to_js/class_parts.h"
#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Modules of the standard library that the tables know as a whole: a member that they lack is refused where it stands.
// Of the others nothing or little is known, so their imports are kept (docs/decisions/0012).
constexpr std::array<std::string_view, 36> kKnownModules = {
    "abc",
    "asyncio",
    "base64",
    "bisect",
    "builtins",
    "collections",
    "contextlib",
    "contextvars",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "heapq",
    "html",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "operator",
    "pathlib",
    "random",
    "re",
    "shlex",
    "statistics",
    "string",
    "tempfile",
    "textwrap",
    "time",
    "typing",
    "typing_extensions",
    "uuid",
    "__future__",
};

bool IsKnownModule(std::string_view module) {
  std::string_view top = module.substr(0, module.find('.'));
  return std::find(kKnownModules.begin(), kKnownModules.end(), top) != kKnownModules.end();
}

// ".a.b" -> "./a/b", "..c" -> "../c", "." -> "./".
std::string FolderOf(std::string_view module) {
  std::string path = "./";
  module.remove_prefix(1);
  while (module.starts_with(".")) {
    path = path == "./" ? "../" : path + "../";
    module.remove_prefix(1);
  }
  for (char ch : module) path += ch == '.' ? '/' : ch;
  return path;
}

// Only members of it are read: it is a module.
bool IsReadAsModule(Context& c, NodeId local) {
  facts::BindingId binding = local ? c.facts().BindingOf(local) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).reads.empty()) return false;
  const NodeList& reads = c.facts().binding(binding).reads;
  return std::all_of(reads.begin(), reads.end(), [&](NodeId read) {
    auto member = c.As<Attribute>(c.facts().Parent(read));
    return member && member.object() == read;
  });
}

// Imports that stood in functions: what each name of the file's head stands for.
struct NestedImports {
  std::unordered_map<std::string, std::string> path_of;
};

struct ImportLine {
  std::string path;
  NodeList items;
};

void Need(Context& c, std::string_view path, NodeId source_item, ImportKind kind,
          std::string_view target_name = {}) {
  auto item = c.As<ImportItem>(source_item);
  const std::string local = c.TargetName(item.local());
  if (kind == ImportKind::kNamespace) {
    c.imports().NeedModule(path, local);
  } else {
    c.imports().NeedName(path, target_name.empty() ? c.names().Convert(item.name()) : target_name, local);
  }
}

void Put(Context& c, ImportLine line, NodeId origin, NodeList& out) {
  const NodeId block = c.facts().Parent(origin);
  if (c.src().Is(c.facts().Parent(block), NodeKind::kModule)) {
    out.push_back(c.New(make::Import{.items = std::move(line.items), .module = line.path}, origin));
    return;
  }
  // JavaScript imports at the top of a file only, and all names of imports are of the file.
  c.Absorb(origin);
  for (NodeId made : line.items) {
    auto item = ir::As<ImportItem>(c.dst(), made);
    const NodeId source_item = c.dst().node(made).origin;
    NodeId local = c.As<ImportItem>(source_item).local();
    auto& taken = c.State<NestedImports>().path_of;
    std::string name = c.TargetName(local);
    const std::string what = line.path + ":" + std::string(c.As<ImportItem>(source_item).name());
    auto [it, is_new] = taken.emplace(name, what);
    for (int i = 2; !is_new && it->second != what; ++i) {
      name = c.TargetName(local) + std::to_string(i);
      std::tie(it, is_new) = taken.emplace(name, what);
      if (is_new || it->second == what) c.names().Rename(c.facts().BindingOf(local), name);
    }
    Need(c, line.path, source_item, item.kind(), item.name());
  }
}

NodeId Item(Context& c, NodeId source_item, ImportKind kind, const Exported* known = nullptr) {
  auto item = c.As<ImportItem>(source_item);
  NodeId local = c.NewName(c.TargetName(item.local()), item.local());
  std::string name = kind != ImportKind::kNamed ? std::string()
                     : known != nullptr         ? known->target
                                                : c.names().Convert(item.name());
  return c.New(make::ImportItem{.local = local, .name = name, .kind = kind}, source_item);
}

void ImportFile(Context& c, Import import, NodeList& out) {
  const std::string folder = FolderOf(import.module());
  const bool is_package =
      folder.ends_with("/");  // `from . import a`: modules of the folder, or names of its index
  ImportLine named{folder + (is_package ? "index.js" : ".js"), {}};
  for (NodeId item_id : import.items()) {
    auto item = c.As<ImportItem>(item_id);
    if (!item.local()) {
      c.Refuse(import.id(), "module-layout");
      return;
    }
    if (is_package && IsReadAsModule(c, item.local())) {
      Put(c,
          {folder + std::string(item.name()) + ".js", {Item(c, item_id, ImportKind::kNamespace)}},
          import.id(), out);
    } else {
      named.items.push_back(Item(c, item_id, ImportKind::kNamed));
    }
  }
  if (!named.items.empty()) Put(c, std::move(named), import.id(), out);
}

// What another file of the project calls a member of it.
void NameMembers(Context& c, NodeId read, std::string_view local, const ProjectModule& module) {
  auto member = c.As<Attribute>(c.facts().Parent(read));
  if (!member || member.object() != read) return;
  const Exported* known = ExportedFrom(module, member.name());
  if (known == nullptr || known->target == c.names().Convert(member.name())) return;
  c.Override(member.id(), c.NewAttribute(c.NewName(local), known->target, member.id()));
}

// `import pkg.store as s` -> `import * as s from "./pkg/store.mjs"`, and `import pkg.store` with `pkg.store.load()` likewise.
bool ImportModule(Context& c, Import import, NodeId item_id, NodeList& out) {
  const ProjectModule* module = ModuleOfProject(c, import.module());
  auto item = c.As<ImportItem>(item_id);
  if (module == nullptr || item.kind() != ImportKind::kNamespace || !item.local()) return false;
  const facts::BindingId binding = c.facts().BindingOf(item.local());
  if (!binding) return false;
  const bool binds_head = item.is_dotted() && import.module().find('.') != std::string_view::npos;
  if (!binds_head) {
    const std::string local = c.TargetName(item.local());
    for (NodeId read : c.facts().binding(binding).reads) NameMembers(c, read, local, *module);
    Put(c, {module->path, {Item(c, item_id, ImportKind::kNamespace)}}, import.id(), out);
    return true;
  }
  // `pkg.store` is a chain of attributes; what else is done with `pkg` stands for the package itself.
  const std::string_view tail = import.module().substr(import.module().find('.') + 1);
  const std::string local = c.names().Fresh(c.names().Convert(tail.substr(tail.rfind('.') + 1)));
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId at = read;
    std::string_view rest = tail;
    while (!rest.empty()) {
      auto member = c.As<Attribute>(c.facts().Parent(at));
      const std::string_view part = rest.substr(0, rest.find('.'));
      if (!member || member.object() != at || member.name() != part) break;
      at = member.id();
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    if (!rest.empty()) continue;
    c.Override(at, c.NewName(local, at));
    NameMembers(c, at, local, *module);
  }
  NodeId made = c.New(make::ImportItem{.local = c.NewName(local), .kind = ImportKind::kNamespace}, item_id);
  out.push_back(c.New(make::Import{.items = {made}, .module = module->path}, import.id()));
  return true;
}

// `from .store import total`, where `total` is given other values later: Python's importer keeps the first.
void KeepValue(Context& c, const ProjectModule& module, const Exported& known, NodeId item_id,
               NodeId origin, NodeList& out) {
  auto item = c.As<ImportItem>(item_id);
  const std::string first = c.names().Fresh("first" + c.names().Convert("_" + known.target));
  NodeId imported = c.New(make::ImportItem{.local = c.NewName(first), .name = known.target, .kind = ImportKind::kNamed}, item_id);
  out.push_back(c.New(make::Import{.items = {imported}, .module = module.path}, origin));
  out.push_back(c.NewAssign(c.NewName(c.TargetName(item.local()), item.local()), c.NewName(first), {}, DeclKind::kConst));
}

// `from pkg import a, store`: names of a module of the project, and modules of a package of it.
bool ImportNames(Context& c, Import import, NodeList& out) {
  const ProjectModule* module = ModuleOfProject(c, import.module());
  ImportLine named{module == nullptr ? std::string() : module->path, {}};
  NodeList others;
  for (NodeId item_id : import.items()) {
    auto item = c.As<ImportItem>(item_id);
    if (!item.local() || item.kind() != ImportKind::kNamed) return false;
    const Exported* known = module == nullptr ? nullptr : ExportedFrom(*module, item.name());
    const ProjectModule* below =
        known != nullptr ? nullptr : ModuleOfProject(c, SubmoduleName(import.module(), item.name()));
    if (below != nullptr) {
      const std::string local = c.TargetName(item.local());
      for (NodeId read : c.facts().binding(c.facts().BindingOf(item.local())).reads)
        NameMembers(c, read, local, *below);
      Put(c, {below->path, {Item(c, item_id, ImportKind::kNamespace)}}, import.id(), others);
    } else if (module == nullptr) {
      return false;
    } else if (known != nullptr && known->changes) {
      KeepValue(c, *module, *known, item_id, import.id(), others);
    } else {
      named.items.push_back(Item(c, item_id, ImportKind::kNamed, known));
    }
  }
  if (!named.items.empty()) Put(c, std::move(named), import.id(), out);
  out.insert(out.end(), others.begin(), others.end());
  return true;
}

// Where a binding of a package comes from, should it be used where no card replaces it.
struct Packages {
  std::unordered_map<std::uint32_t, NodeId> import_of;  // by binding: the import statement
  std::unordered_map<std::uint32_t, NodeId> item_of;
};

bool TranslateImport(Context& c, NodeId id, NodeList& out) {
  auto import = c.As<Import>(id);
  if (CurrentProject() != nullptr) {
    if (import.items().size() == 1 && ImportModule(c, import, import.items()[0], out)) return true;
    if (ImportNames(c, import, out)) return true;
  }
  if (import.module().starts_with(".")) {
    ImportFile(c, import, out);
    return true;
  }
  c.Absorb(id);
  if (IsKnownModule(import.module())) return true;
  for (NodeId item_id : import.items()) {
    auto item = c.As<ImportItem>(item_id);
    facts::BindingId binding =
        item.local() ? c.facts().BindingOf(item.local()) : facts::BindingId{};
    if (!binding) continue;
    c.State<Packages>().import_of[binding.index] = id;
    c.State<Packages>().item_of[binding.index] = item_id;
  }
  return true;
}

// `aiokafka.helpers` -> "aiokafka/helpers". Node has modules named `os` and `http` that do other things, so a module of
// Python's own library says whose it is: "python:os".
std::string PackageOf(std::string_view module) {
  if (IsPythonStandardModule(module)) return "python:" + std::string(module);
  std::string path(module);
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

bool UsePackage(Context& c, facts::BindingId binding) {
  auto& packages = c.State<Packages>();
  auto it = packages.import_of.find(binding.index);
  if (it == packages.import_of.end()) return false;
  auto import = c.As<Import>(it->second);
  const NodeId item_id = packages.item_of[binding.index];
  auto item = c.As<ImportItem>(item_id);
  std::string_view module = import.module();
  if (c.marks().insert("package:" + std::to_string(binding.index)).second) {
    const bool whole = item.kind() == ImportKind::kNamespace;
    // `import a.b` binds `a`.
    const std::string path =
        PackageOf(whole && item.is_dotted() ? module.substr(0, module.find('.')) : module);
    Need(c, path, item_id, whole ? ImportKind::kNamespace : ImportKind::kNamed);
  }
  if (c.marks().insert("package:" + std::string(module)).second) {
    c.Say("module-unknown", import.id(), {{"module", std::string(module)}});
  }
  return true;
}

// Imported from a file of the project, under its own name.
bool IsOfProject(Context& c, facts::BindingId binding) {
  if (CurrentProject() == nullptr) return false;
  const NodeId item_id = c.facts().binding(binding).definition;
  auto import = c.As<Import>(c.facts().Parent(item_id));
  auto item = c.As<ImportItem>(item_id);
  if (!import || !item) return false;
  return ModuleOfProject(c, import.module()) != nullptr ||
         ModuleOfProject(c, SubmoduleName(import.module(), item.name())) != nullptr;
}

std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kImport) {
    const std::string& path = c.facts().binding(binding).path;
    if (!path.starts_with(".") && !IsOfProject(c, binding) && !UsePackage(c, binding)) {
      return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(path) + "`"}});
    }
  }
  if (ClassOfVariable(c, id)) return ClassVariable(c, id);
  // `sync_open = open` above `def open`: still the builtin there, where JavaScript has the function of the file already.
  if (binding && c.facts().binding(binding).kind != facts::BindingKind::kFree &&
      !c.facts().EnclosingFunction(id) && IsPythonBuiltin(c.src().text(id)) &&
      c.src().span(id).end <= c.src().span(c.facts().binding(binding).declaration).begin) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(c.src().text(id)) + "`"}});
  }
  // Snippets have free variables of these names.
  static constexpr std::string_view kUsual[] = {"id", "input", "filter", "format", "hash", "dir"};
  const std::string_view name = c.src().text(id);
  const bool is_free = !binding || c.facts().binding(binding).kind == facts::BindingKind::kFree;
  const bool is_usual = std::find(std::begin(kUsual), std::end(kUsual), name) != std::end(kUsual);
  if (is_free && !is_usual && IsPythonBuiltin(name)) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(name) + "`"}});
  }
  return c.NewName(c.TargetName(id), id);
}

// `sys.excepthook = hook`: the names of a module are its own in JavaScript.
bool RefuseForeignName(Context& c, NodeId id, NodeList&) {
  for (NodeId target : c.As<Assign>(id).targets()) {
    auto attribute = c.As<Attribute>(target);
    if (!attribute || !c.src().Is(attribute.object(), NodeKind::kName)) continue;
    const facts::BindingId binding = c.facts().BindingOf(attribute.object());
    if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kImport) continue;
    auto item = c.As<ImportItem>(c.facts().binding(binding).definition);
    if (!item || item.kind() != ImportKind::kNamespace) continue;
    c.Refuse(id, "untranslated", {{"reason", "a name of another module that is set"}});
    return true;
  }
  return false;
}

}  // namespace

void RegisterImports(Topics& t) {
  t.Claim(NodeKind::kImport, Order::kBeforeCards, &TranslateImport);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &RefuseForeignName);
}

void RegisterNames(Topics& t) { t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateName); }

}  // namespace asyncport::translate::to_js
