// What a file knows of the other files of its project: how their modules are called in the translation, and what they
// hand out. Without it a file is translated alone, and other files are what their names suggest.
// Example: importing `./lib/userStore.js` has path "lib.user_store", and `fetchUser` of it is asynchronous.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/language.h"
#include "support/source.h"

namespace asyncport {

struct Options;

// One thing that a module hands out.
struct Exported {
  std::string name;           // as the source's importers call it; "default"; "=" for the one value of a CommonJS module
  std::string target;         // the name that it has in the translation
  bool is_async = false;      // a function whose call is to be awaited in the source
  bool becomes_async = false;  // one whose call is to be awaited in the translation only
  bool is_class = false;
  bool is_dict = false;       // data: an object literal
  bool changes = false;       // its value is replaced after the module ran
};

struct Interface {
  std::vector<Exported> exports;  // by name
  const Exported* Find(std::string_view name) const;
};

// A module of the project as one of its files imports it.
struct ProjectModule {
  std::string path;                      // "lib.user_store", "./lib/user-store.mjs"
  const Interface* interface = nullptr;
};

struct ProjectFile {
  std::string module;                            // its own name: "lib.user_store", or its path
  std::map<std::string, ProjectModule> imports;  // by module as the source names it ("./store.js", ".store", "pkg.sub")
  std::vector<std::string> wanted;               // Python: names that other files import from it, sorted
  bool is_imported = false;                      // some file imports it
  bool is_package = false;                       // an __init__.py
};

// While it lives, what this thread translates is the file of a project. Whole phases ask for it: without one, a file is
// translated alone. (Not among Options, which editors and graders fill, too: they know one file.)
class ProjectScope {
 public:
  explicit ProjectScope(const ProjectFile& file);
  ProjectScope(const ProjectScope&) = delete;
  ProjectScope& operator=(const ProjectScope&) = delete;
  ~ProjectScope();

 private:
  const ProjectFile* outer_;
};
const ProjectFile* CurrentProject();

// The modules that a file asks for, as it names them; of `from . import a`, ".a" too. Empty where it does not parse.
std::vector<std::string> FindImports(const Source& source, Language language);

// What the translation of the file hands out, in the project that it is in. `options` as for Run.
Interface FindInterface(const Source& source, const Options& options);

}  // namespace asyncport
