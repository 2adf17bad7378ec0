// Configuration: asyncport.toml, .asyncport.toml, [tool.asyncport] of pyproject.toml, "asyncport" of package.json.
// Example: lessons = true, and [names] with async = ["load_*"].
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/options.h"
#include "cli/problem.h"

namespace asyncport::cli {

// The nearest file that configures asyncport, going up from the folder of `file` (which need not exist; empty: from the working directory), and no
// higher than a folder that holds `.git`. "" where there is none.
std::string FindConfig(const std::string& file);

// Reads the text of the configuration file `path` into `settings`. Unknown keys are problems, with their line.
std::optional<Problem> ReadConfig(const std::string& path, std::string_view text,
                                  Settings& settings);

// Merges the configuration for a source of this name into the command's settings: the file of --config, the nearest
// one, or none with --isolated.
std::optional<Problem> LoadConfig(Command& command, const std::string& name);

}  // namespace asyncport::cli
