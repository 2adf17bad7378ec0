// How the files of a project are called in the other language. Knows paths only.
// Example: TargetPaths({"lib/data-store.js", "lib/index.js"}, kPy) is {"lib/data_store.py", "lib/__init__.py"}.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/pipeline.h"
#include "support/language.h"

namespace asyncport {

// `paths`: of all files of the project, below its root, with slashes, sorted. Each gets a path of its own: two that would
// have the same (`a.js` and `a.mjs`) are told apart. A module of Python's standard library is not covered by one of
// the project's root.
std::vector<std::string> TargetPaths(const std::vector<std::string>& paths, Language to,
                                     JsModule module);

// "lib/data_store.py" -> "lib.data_store", "lib/__init__.py" -> "lib".
std::string PythonModule(std::string_view path);

}  // namespace asyncport
