// Settings by folder, for commands over many files: those of one folder share them. Safe to use from several threads.
// Example: Find("src/a.js", settings) reads src/asyncport.toml once, for src/b.js too.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "cli/options.h"
#include "cli/problem.h"

namespace asyncport::cli {

class ConfigCache {
 public:
  explicit ConfigCache(const Command& command) : command_(command) {}

  // `settings`: the command line's, with what the configuration file nearest to `name` adds.
  std::optional<Problem> Find(const std::string& name, Settings& settings);

 private:
  struct Entry {
    Settings settings;
    std::optional<Problem> problem;
  };
  const Command& command_;
  std::mutex mutex_;
  std::map<std::string, Entry> known_;
};

}  // namespace asyncport::cli
