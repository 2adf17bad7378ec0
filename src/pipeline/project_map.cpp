// See project_map.h.
#include "pipeline/project_map.h"

#include <algorithm>

#include "pipeline/layout.h"
#include "support/strings.h"

namespace asyncport {
namespace {

std::string FolderOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

std::string Joined(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

// "lib" + "../x/./y" -> "x/y"; false: it leads out of the project.
bool Follow(std::string& folder, std::string_view path) {
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part == "..") {
      if (folder.empty()) return false;
      folder = FolderOf(folder);
    } else if (!part.empty() && part != ".") {
      folder = Joined(folder, part);
    }
  }
  return true;
}

}  // namespace

ProjectMap::ProjectMap(std::vector<std::string> paths, std::vector<std::string> targets,
                       Language from)
    : paths_(std::move(paths)),
      targets_(std::move(targets)),
      from_(from),
      imports_(paths_.size()),
      is_imported_(paths_.size()),
      wanted_(paths_.size()),
      interfaces_(paths_.size()) {
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    index_.emplace(paths_[i], i);
    for (std::string_view rest = paths_[i]; !rest.empty();) {
      const std::size_t slash = std::min(rest.find('/'), rest.size());
      const std::string_view part = rest.substr(0, slash);
      parts_.emplace(part.substr(0, part.find('.')));
      rest.remove_prefix(std::min(slash + 1, rest.size()));
    }
  }
}

bool ProjectMap::MayImport(std::string_view text) const {
  if (from_ == Language::kJs) {
    for (const std::string_view start : {"\"./", "'./", "\"../", "'../", "\".\"", "'.'", "\"..\"", "'..'"}) {
      if (text.find(start) != std::string_view::npos) return true;
    }
    return false;
  }
  // `import a.b, c` and `from a.b import c`, wherever on a line the words stand.
  for (std::size_t at = text.find("import"); at != std::string_view::npos; at = text.find("import", at + 6)) {
    const std::size_t begin = text.rfind('\n', at) + 1;
    const std::string_view line = text.substr(begin, std::min(text.find('\n', at), text.size()) - begin);
    std::string word;
    for (const char c : line) {
      const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (is_word || static_cast<unsigned char>(c) >= 0x80) {
        word += c;
        continue;
      }
      if (c == '.' && word.empty()) return true;
      if (parts_.contains(word)) return true;
      word.clear();
    }
    if (parts_.contains(word)) return true;
  }
  return false;
}

std::size_t ProjectMap::Find(const std::string& path) const {
  const auto it = index_.find(path);
  return it == index_.end() ? kNone : it->second;
}

std::size_t ProjectMap::ResolveJs(std::string_view module, const std::string& importer) const {
  const bool is_relative = module.starts_with("./") || module.starts_with("../") || module == "." ||
                           module == "..";
  std::string path = FolderOf(importer);
  if (!is_relative || !Follow(path, module)) return kNone;
  for (const std::string_view end : {"", ".js", ".mjs", ".cjs", ".jsx"}) {
    if (const std::size_t found = Find(path + std::string(end)); found != kNone) return found;
  }
  for (const std::string_view end : {"index.js", "index.mjs", "index.cjs", "index.jsx"}) {
    if (const std::size_t found = Find(Joined(path, end)); found != kNone) return found;
  }
  return kNone;
}

std::size_t ProjectMap::ResolvePy(std::string_view module, const std::string& importer) const {
  const auto at = [&](const std::string& folder, std::string_view name) {
    std::string path(name);
    std::replace(path.begin(), path.end(), '.', '/');
    const std::string base = Joined(folder, path);
    const std::size_t found = path.empty() ? kNone : Find(base + ".py");
    return found != kNone ? found : Find(Joined(path.empty() ? folder : base, "__init__.py"));
  };
  std::string folder = FolderOf(importer);
  if (module.starts_with('.')) {
    module.remove_prefix(1);
    while (module.starts_with('.')) {
      if (folder.empty()) return kNone;
      folder = FolderOf(folder);
      module.remove_prefix(1);
    }
    return at(folder, module);
  }
  // A program's own folder is searched, not the folders inside of its packages.
  while (!folder.empty() && Find(Joined(folder, "__init__.py")) != kNone) folder = FolderOf(folder);
  for (;;) {
    if (const std::size_t found = at(folder, module); found != kNone) return found;
    if (folder.empty()) return at("src", module);
    folder = FolderOf(folder);
  }
}

std::size_t ProjectMap::Resolve(std::string_view module, const std::string& importer) const {
  return from_ == Language::kJs ? ResolveJs(module, importer) : ResolvePy(module, importer);
}

void ProjectMap::SetImports(std::size_t file, const std::vector<std::string>& modules) {
  for (const std::string& module : modules) {
    const std::size_t found = Resolve(module, paths_[file]);
    if (found == kNone) {
      // `from .store import load` asks for ".store.load", too.
      const std::size_t dot = from_ == Language::kPy ? module.rfind('.') : std::string::npos;
      if (dot == std::string::npos) continue;
      const bool is_folder = module.find_first_not_of('.') == dot + 1;
      const std::size_t owner = Resolve(module.substr(0, is_folder ? dot + 1 : dot), paths_[file]);
      if (owner != kNone && owner != file) wanted_[owner].push_back(module.substr(dot + 1));
      continue;
    }
    imports_[file].emplace_back(module, found);
    if (found != file) is_imported_[found] = true;
  }
}

std::vector<std::vector<std::size_t>> ProjectMap::Steps() const {
  // Counting down what each file still waits for; what waits for itself is a circle.
  const std::size_t count = paths_.size();
  std::vector<std::size_t> waits(count);
  std::vector<std::vector<std::size_t>> importers(count);
  for (std::size_t file = 0; file < count; ++file) {
    for (const auto& [module, imported] : imports_[file]) {
      if (imported == file) continue;
      ++waits[file];
      importers[imported].push_back(file);
    }
  }
  std::vector<std::vector<std::size_t>> steps;
  std::vector<std::size_t> ready;
  std::vector<bool> done(count);
  for (std::size_t file = 0; file < count; ++file) {
    if (waits[file] == 0) ready.push_back(file);
  }
  std::size_t left = count;
  while (left != 0) {
    if (ready.empty()) {
      // A circle, and what depends on it: twice, since each needs what the others hand out.
      std::vector<std::size_t> circle;
      for (std::size_t file = 0; file < count; ++file) {
        if (!done[file] && is_imported_[file]) circle.push_back(file);
      }
      for (int round = 0; round < 2; ++round) {
        for (const std::size_t file : circle) steps.push_back({file});
      }
      break;
    }
    std::vector<std::size_t> next;
    for (const std::size_t file : ready) {
      done[file] = true;
      --left;
      for (const std::size_t importer : importers[file]) {
        if (--waits[importer] == 0) next.push_back(importer);
      }
    }
    std::erase_if(ready, [&](std::size_t file) { return !is_imported_[file]; });
    if (!ready.empty()) steps.push_back(std::move(ready));
    std::sort(next.begin(), next.end());
    ready = std::move(next);
  }
  return steps;
}

std::string ProjectMap::PathFor(std::size_t importer, std::size_t imported) const {
  if (from_ == Language::kJs) return PythonModule(targets_[imported]);
  std::string folder = FolderOf(targets_[importer]);
  std::string_view path = targets_[imported];
  std::string up;
  while (!folder.empty() && !path.starts_with(folder + "/")) {
    up += "../";
    folder = FolderOf(folder);
  }
  if (!folder.empty()) path.remove_prefix(folder.size() + 1);
  return (up.empty() ? "./" : up) + std::string(path);
}

ProjectFile ProjectMap::FileOf(std::size_t file) const {
  ProjectFile out;
  out.module = from_ == Language::kJs ? PythonModule(targets_[file]) : targets_[file];
  out.is_imported = is_imported_[file];
  out.is_package = paths_[file].ends_with("__init__.py");
  out.wanted = wanted_[file];
  std::sort(out.wanted.begin(), out.wanted.end());
  for (const auto& [module, imported] : imports_[file])
    out.imports.emplace(module, ProjectModule{PathFor(file, imported), &interfaces_[imported]});
  return out;
}

}  // namespace asyncport
