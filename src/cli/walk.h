// The files below a folder that asyncport can read.
// Example: FindSources("src", {"vendor/*"}) lists src/a.js and src/lib/b.py, not src/vendor/c.js.
#pragma once

#include <string>
#include <vector>

namespace asyncport::cli {

// Sorted. Leaves out hidden folders, node_modules, __pycache__, virtual environments, minified files, and what one of the
// globs fits: the whole path, the path below `folder`, or a name on the way.
std::vector<std::string> FindSources(const std::string& folder,
                                     const std::vector<std::string>& exclude);
bool IsFolder(const std::string& path);

}  // namespace asyncport::cli
