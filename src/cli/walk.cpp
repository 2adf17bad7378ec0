// Follows no symbolic links to folders, so that it cannot turn in circles.
#include "cli/walk.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "cli/files.h"
#include "cli/gitignore.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kExtensions = {".js",  ".mjs", ".cjs",
                                                         ".jsx", ".py",  ".pyi"};
constexpr std::array<std::string_view, 3> kSkipped = {"node_modules", "__pycache__",
                                                      "site-packages"};

struct Walk {
  const std::string& root;
  const WalkOptions& options;
  IgnoreStack ignored;
  std::vector<std::string> found = {};

  bool IsExcluded(const std::string& path, const std::string& name) const {
    std::string_view below(path);
    if (below.starts_with(root)) below.remove_prefix(std::min(below.size(), root.size() + 1));
    return std::any_of(options.exclude.begin(), options.exclude.end(), [&](const std::string& glob) {
      return GlobMatch(glob, path) || GlobMatch(glob, below) || GlobMatch(glob, name) ||
             glob == name + "/";
    });
  }

  bool IsIgnored(const std::string& path, bool is_folder) const {
    return options.gitignore && ignored.Ignores(path, is_folder);
  }

  void Folder(const std::string& folder) {
    ignored.Enter(folder);
    Entries(folder);
    ignored.Leave();
  }

  void Entries(const std::string& folder) {
    std::error_code error;
    for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error),
         end;
         !error && at != end; at.increment(error)) {
      const std::string name = at->path().filename().string();
      const std::string path = folder == "." ? name : at->path().string();
      if (IsExcluded(path, name)) continue;
      std::error_code unknown;
      if (at->is_directory(unknown) && !at->is_symlink(unknown)) {
        const bool skipped = name.starts_with(".") ||
                             std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end() ||
                             Exists(path + "/pyvenv.cfg");
        if (!skipped && !IsIgnored(path, true)) Folder(path);
      } else if (at->is_regular_file(unknown)) {
        const std::string extension = at->path().extension().string();
        const bool minified = name.find(".min.") != std::string::npos;
        if (!minified &&
            std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end() &&
            !IsIgnored(path, false)) {
          found.push_back(path);
        }
      }
    }
  }
};

}  // namespace

std::vector<std::string> FindSources(const std::string& folder, const WalkOptions& options) {
  std::string root = folder;
  while (root.size() > 1 && root.ends_with("/")) root.pop_back();
  Walk walk{root, options, IgnoreStack(root)};
  walk.Folder(root);
  std::sort(walk.found.begin(), walk.found.end());
  return std::move(walk.found);
}

bool IsFolder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

}  // namespace asyncport::cli
