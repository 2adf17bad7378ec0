// The files of a project and who imports whom: from paths and the modules that files ask for, to what each file is told
// about the others (project.h). Reads nothing itself.
// Example: ProjectMap map({"a.js", "lib/b.js"}, {"a.py", "lib/b.py"}, kJs); map.SetImports(0, {"./lib/b"});
// map.FileOf(0).imports["./lib/b"].path is "lib.b".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pipeline/project.h"
#include "support/language.h"

namespace asyncport {

class ProjectMap {
 public:
  // `targets`: see TargetPaths.
  ProjectMap(std::vector<std::string> paths, std::vector<std::string> targets, Language from);

  // Could the text import a file of the project? A look at the words, to spare most files a parse.
  bool MayImport(std::string_view text) const;
  // Modules that are no files of the project are forgotten.
  void SetImports(std::size_t file, const std::vector<std::string>& modules);
  void SetInterface(std::size_t file, Interface interface) { interfaces_[file] = std::move(interface); }

  // Files that others import: those that import nothing first, circles in the order of their paths, each file of a
  // circle twice. All of one step may be looked at together.
  std::vector<std::vector<std::size_t>> Steps() const;
  bool IsImported(std::size_t file) const { return is_imported_[file]; }

  // Interfaces are those that were set; `*this` must outlive it.
  ProjectFile FileOf(std::size_t file) const;

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t Find(const std::string& path) const;
  std::size_t Resolve(std::string_view module, const std::string& importer) const;
  std::size_t ResolveJs(std::string_view module, const std::string& importer) const;
  std::size_t ResolvePy(std::string_view module, const std::string& importer) const;
  std::string PathFor(std::size_t importer, std::size_t imported) const;

  std::vector<std::string> paths_;
  std::vector<std::string> targets_;
  Language from_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_set<std::string> parts_;  // names of folders and modules
  std::vector<std::vector<std::pair<std::string, std::size_t>>> imports_;  // module, file
  std::vector<bool> is_imported_;
  std::vector<std::vector<std::string>> wanted_;
  std::vector<Interface> interfaces_;
};

}  // namespace asyncport
