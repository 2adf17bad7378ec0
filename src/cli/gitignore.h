// What .gitignore files leave out, by the rules of gitignore(5): nested files, negation, `**`, folders. Reads the files of
// the folders on the way; knows neither .git/info/exclude nor the user's global file.
// Example: with "build/\n*.log\n!keep.log" in the root, Ignores("a/keep.log", false) is false, ("build", true) true.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace asyncport::cli {

// One line of a file. Patterns of a folder hold for what lies below it.
struct IgnorePattern {
  std::vector<std::string> segments;  // "**" is any number of folders
  bool negated = false;
  bool only_folders = false;
};
std::vector<IgnorePattern> ReadIgnorePatterns(std::string_view text);

// Does the pattern fit `path`, which is relative to the folder of its file?
bool Fits(const IgnorePattern& pattern, std::string_view path, bool is_folder);

// The files that hold for one folder, from the outermost to its own.
class IgnoreStack {
 public:
  // Those of the folders around `root` too, up to the one that has `.git`.
  explicit IgnoreStack(const std::string& root);

  // Reads the file of a folder that is entered, and forgets it when it is left.
  void Enter(const std::string& folder);
  void Leave() { levels_.pop_back(); }
  // `path`: an entry of the folder that was entered last. What lies below an ignored folder is not asked for.
  bool Ignores(const std::string& path, bool is_folder) const;

 private:
  struct Level {
    std::string folder;  // absolute, without a slash at the end
    std::vector<IgnorePattern> patterns;
  };
  std::vector<Level> levels_;
};

}  // namespace asyncport::cli
