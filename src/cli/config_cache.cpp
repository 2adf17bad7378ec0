// See config_cache.h.
#include "cli/config_cache.h"

#include "cli/config.h"

namespace asyncport::cli {

std::optional<Problem> ConfigCache::Find(const std::string& name, Settings& settings) {
  const std::size_t slash = name.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : name.substr(0, slash + 1);
  const std::lock_guard lock(mutex_);
  auto [it, is_new] = known_.try_emplace(folder);
  if (is_new) {
    Command copy = command_;
    it->second.problem = LoadConfig(copy, name);
    it->second.settings = std::move(copy.settings);
  }
  settings = it->second.settings;
  return it->second.problem;
}

}  // namespace asyncport::cli
