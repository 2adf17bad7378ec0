// Configuration files: asyncport.toml or .asyncport.toml.
// Example: lessons = true, and [names] with async = ["load_*"].
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/options.h"
#include "cli/problem.h"

namespace asyncport::cli {

// The nearest one, going up from the folder of `file` (which need not exist; empty: from the working directory), and no
// higher than a folder that holds `.git`. "" where there is none.
std::string FindConfig(const std::string& file);

// Reads the text of the configuration file `path` into `settings`. Unknown keys are problems, with their line.
std::optional<Problem> ReadConfig(const std::string& path, std::string_view text,
                                  Settings& settings);

}  // namespace asyncport::cli
