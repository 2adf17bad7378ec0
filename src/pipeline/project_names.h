// Names across the files of a project, for the phases that ask for them. See project.h.
// Example: SubmoduleName(".", "store") is ".store", SubmoduleName("pkg", "store") is "pkg.store".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/pipeline.h"

namespace asyncport {

// What Python calls the module `name` of a package.
std::string SubmoduleName(std::string_view module, std::string_view name);

// Options::async_names, and what the other files of the project say: in names of the source, and of the translation.
std::vector<std::string> AsyncNames(const Options& options);
std::vector<std::string> TargetAsyncNames(const Options& options);

}  // namespace asyncport
