// Names of modules and of what they hand out, shared by imports.cpp and exports.cpp.
// Example: PathOf("../lib/data-store.js") is dots "..", parts {"lib", "data_store"}.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// An identifier of Python for a part of a path or an exported name.
std::string SafeName(Context& context, std::string_view name);

// A file of the project, not a package.
bool IsRelative(std::string_view module);

struct ModulePath {
  std::string dots;  // empty beside this file: scripts import each other by plain names
  std::vector<std::string> parts;  // at least one

  std::string Text() const { return dots + Join(parts.size()); }
  // All but the last part; "." if nothing is left of it.
  std::string Package() const;
  std::string Join(std::size_t count) const;
};
// A folder stands for its index file.
ModulePath PathOf(Context& context, std::string_view module);

// `name as local` in `from m import ...`.
ir::NodeId NamedItem(Context& context, std::string_view name, std::string_view local,
                     ir::NodeId origin);
// `import store as local`, `from ..lib import store as local`.
void ImportWhole(Context& context, const ModulePath& path, std::string_view local,
                 ir::NodeId origin, ir::NodeId item_origin, ir::NodeList& out);

}  // namespace asyncport::translate::to_py
