// Matching segment by segment; a segment is matched by fnmatch(3), which git's own matcher agrees with there.
#include "cli/gitignore.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>

#include "cli/files.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxBytes = 1u << 20;

std::vector<std::string> Segments(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    out.emplace_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return out;
}

// Blanks at the end mean nothing unless a backslash is before them.
std::string_view WithoutBlanks(std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ')) {
    std::size_t backslashes = 0;
    for (std::size_t at = line.size() - 1; at > 0 && line[at - 1] == '\\'; --at) ++backslashes;
    if (backslashes % 2 == 1) break;
    line.remove_suffix(1);
  }
  return line;
}

bool FitsFrom(const std::vector<std::string>& pattern, std::size_t p,
              const std::vector<std::string>& path, std::size_t at) {
  // Backtracking is to the last `**` only, as in globs over one segment.
  std::size_t star = pattern.size();
  std::size_t retry = 0;
  while (at < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      // At the end it stands for something inside; elsewhere for any number of folders, none among them.
      if (p + 1 == pattern.size()) return true;
      star = p++;
      retry = at;
    } else if (p < pattern.size() &&
               ::fnmatch(pattern[p].c_str(), path[at].c_str(), FNM_PATHNAME) == 0) {
      ++p;
      ++at;
    } else if (star < pattern.size()) {
      p = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  return p == pattern.size();
}

std::string Absolute(const std::string& path) {
  std::error_code error;
  std::string out = fs::absolute(path, error).lexically_normal().string();
  while (out.size() > 1 && out.ends_with('/')) out.pop_back();
  return out;
}

}  // namespace

std::vector<IgnorePattern> ReadIgnorePatterns(std::string_view text) {
  std::vector<IgnorePattern> patterns;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::string_view line : SplitLines(text)) {
    line = WithoutBlanks(line);
    if (line.empty() || line.starts_with('#')) continue;
    IgnorePattern pattern;
    if (line.starts_with('!')) {
      pattern.negated = true;
      line.remove_prefix(1);
    }
    if (line.ends_with('/')) {
      pattern.only_folders = true;
      line.remove_suffix(1);
    }
    // A slash anywhere but at the end ties the pattern to its folder.
    const bool is_tied = line.find('/') != std::string_view::npos;
    if (line.starts_with('/')) line.remove_prefix(1);
    pattern.segments = Segments(line);
    if (pattern.segments.empty()) continue;
    if (!is_tied) pattern.segments.insert(pattern.segments.begin(), "**");
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

bool Fits(const IgnorePattern& pattern, std::string_view path, bool is_folder) {
  if (pattern.only_folders && !is_folder) return false;
  return FitsFrom(pattern.segments, 0, Segments(path), 0);
}

IgnoreStack::IgnoreStack(const std::string& root) {
  // The walk enters `root` itself.
  std::vector<std::string> around;
  std::string folder = Absolute(root);
  while (!Exists(folder + "/.git")) {
    const std::size_t slash = folder.rfind('/');
    if (slash == std::string::npos || folder.size() <= 1) {
      around.clear();  // no repository: nothing outside of `root` holds
      break;
    }
    folder.resize(std::max<std::size_t>(slash, 1));
    around.push_back(folder);
  }
  for (auto it = around.rbegin(); it != around.rend(); ++it) Enter(*it);
}

void IgnoreStack::Enter(const std::string& folder) {
  Level level{Absolute(folder), {}};
  if (const Result<std::string> text = ReadFile(folder + "/.gitignore", kMaxBytes))
    level.patterns = ReadIgnorePatterns(text.value());
  levels_.push_back(std::move(level));
}

bool IgnoreStack::Ignores(const std::string& path, bool is_folder) const {
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  const std::string absolute =
      (levels_.empty() ? "" : levels_.back().folder == "/" ? "" : levels_.back().folder) + "/" + name;
  // The last line that fits decides; files further in come later.
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    const std::size_t skip = level->folder == "/" ? 1 : level->folder.size() + 1;
    const std::string_view below = std::string_view(absolute).substr(skip);
    for (auto it = level->patterns.rbegin(); it != level->patterns.rend(); ++it) {
      if (Fits(*it, below, is_folder)) return !it->negated;
    }
  }
  return false;
}

}  // namespace asyncport::cli
