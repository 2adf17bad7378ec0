// Which files a batch is about, and where the translation of each goes. Reads no source.
// Example: {"src"} with src/lib/userStore.js and src/index.mjs, to Python: lib/userStore.js -> lib/user_store.py,
// index.mjs -> index.py, below --out-dir.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/problem.h"

namespace asyncport::cli {

struct BatchFile {
  std::string path;    // as it is opened and shown
  std::string below;   // the same, below the folder that all files have in common
  std::string target;  // below --out-dir
};

struct BatchInputs {
  Language from = Language::kJs;
  Language to = Language::kPy;
  std::vector<BatchFile> files;  // of all parts, by path
};

// Several files, a folder, or an option that only makes sense for them.
bool IsBatch(const Command& command);

// `exclude` is in the settings of the command.
std::optional<Problem> FindBatchInputs(const Command& command, BatchInputs& inputs);

// Paths from the file that --files-from names ("-": standard input): one a line, or each ended by NUL.
std::optional<Problem> ReadPathList(const std::string& name, std::vector<std::string>& paths);

// Is a path in the part? By the path alone, so that runs on several machines agree.
bool IsInShard(const std::string& path, const std::optional<Shard>& shard);

}  // namespace asyncport::cli
