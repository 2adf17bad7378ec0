// What the translation of a file hands out to the other files of its project (pipeline/project.h), once it is made.
// Example: of `export async function loadUser() {}` to Python: {name "loadUser", target "load_user", is_async true}.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/project.h"
#include "translate/context.h"

namespace asyncport::translate {

// What is known of a module that the file imports; nullptr: it is no file of the project.
const ProjectModule* ModuleOfProject(const Context& context, std::string_view module);
const Exported* ExportedFrom(const ProjectModule& module, std::string_view name);

// The facts about a thing of the file that is handed out as `name`. `thing`: a Name, a function or a class of the source.
Exported Describe(Context& context, std::string_view name, std::string target, ir::NodeId thing);

namespace to_py {
// Names that the topic of exports made up or chose, by what the source calls them ("default", "=").
struct Published {
  struct One {
    std::string target;
    ir::NodeId thing;
  };
  std::map<std::string, One> names;
  std::vector<Exported> others;  // handed on from other files
};
std::vector<Exported> FindExports(Context& context);
}  // namespace to_py

namespace to_js {
std::vector<Exported> FindExports(Context& context);
}  // namespace to_js

}  // namespace asyncport::translate
