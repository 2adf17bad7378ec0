// The files below a folder that asyncport can read.
// Example: FindSources("src", {.exclude = {"vendor/*"}}) lists src/a.js and src/lib/b.py, not src/vendor/c.js.
#pragma once

#include <string>
#include <vector>

namespace asyncport::cli {

struct WalkOptions {
  std::vector<std::string> exclude = {};  // globs: the whole path, the path below the folder, or a name on the way
  bool gitignore = true;                  // leave out what .gitignore files name
};
// Sorted. Leaves out hidden folders, node_modules, __pycache__, virtual environments, minified files too.
std::vector<std::string> FindSources(const std::string& folder, const WalkOptions& options);
bool IsFolder(const std::string& path);

}  // namespace asyncport::cli
