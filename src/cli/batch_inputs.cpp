// See batch_inputs.h.
#include "cli/batch_inputs.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/files.h"
#include "cli/walk.h"
#include "pipeline/layout.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxListBytes = 1u << 28;

std::optional<Language> LanguageOf(std::string_view path) {
  for (const std::string_view end : {".js", ".mjs", ".cjs", ".jsx"}) {
    if (path.ends_with(end)) return Language::kJs;
  }
  return path.ends_with(".py") ? std::optional(Language::kPy) : std::nullopt;
}

std::string Absolute(const std::string& path) {
  std::error_code error;
  std::string out = fs::absolute(path, error).lexically_normal().string();
  while (out.size() > 1 && out.ends_with('/')) out.pop_back();
  return out;
}

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

bool IsBelow(std::string_view path, std::string_view folder) {
  if (folder == "/") return true;
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// The folder that all of them have in common; of one folder, itself.
std::string CommonFolder(const std::vector<std::string>& folders) {
  std::string common = folders.front();
  for (const std::string& folder : folders) {
    while (!IsBelow(folder, common)) common = FolderOf(common);
  }
  return common;
}

struct Found {
  std::string path;
  std::string absolute;
};

std::optional<Problem> FindFiles(const Command& command, const std::vector<std::string>& paths,
                                 std::vector<Found>& found, std::vector<std::string>& folders) {
  const WalkOptions walk{.exclude = command.settings.exclude, .gitignore = !command.no_ignore};
  const std::string out = command.batch.out_dir ? Absolute(*command.batch.out_dir) : "";
  std::set<std::string> known;
  const auto add = [&](const std::string& path) {
    std::string absolute = Absolute(path);
    if (known.insert(absolute).second) found.push_back({path, std::move(absolute)});
  };
  for (const std::string& path : paths) {
    if (IsFolder(path)) {
      const std::string folder = Absolute(path);
      folders.push_back(folder);
      // What an earlier run wrote is no source, unless it was told to write among the sources.
      const bool skips = !out.empty() && out != folder && IsBelow(out, folder);
      for (const std::string& file : FindSources(path, walk)) {
        if (!LanguageOf(file) || (skips && IsBelow(Absolute(file), out))) continue;
        add(file);
      }
    } else if (!Exists(path)) {
      return Problem{Problem::Kind::kIo, path, "there is no such file", ""};
    } else if (!LanguageOf(path)) {
      return Problem{Problem::Kind::kUsage, path,
                     "its name has no extension that tells its language, which files of a batch need",
                     "translate it alone, with --from"};
    } else {
      folders.push_back(FolderOf(Absolute(path)));
      add(path);
    }
  }
  return std::nullopt;
}

}  // namespace

bool IsBatch(const Command& command) {
  const BatchOptions& batch = command.batch;
  if (batch.out_dir || batch.files_from || batch.report || batch.shard || batch.check || batch.watch)
    return true;
  if (command.files.size() > 1 || command.diff || command.jobs) return true;
  return command.files.size() == 1 && command.files[0] != "-" && IsFolder(command.files[0]);
}

std::optional<Problem> ReadPathList(const std::string& name, std::vector<std::string>& paths) {
  const Result<std::string> text =
      name == "-" ? ReadStream(STDIN_FILENO, kMaxListBytes) : ReadFile(name, kMaxListBytes);
  if (!text) return Problem{Problem::Kind::kIo, name == "-" ? "<stdin>" : name, text.error(), ""};
  const char end = text.value().find('\0') != std::string::npos ? '\0' : '\n';
  std::string_view rest = text.value();
  while (!rest.empty()) {
    const std::size_t at = std::min(rest.find(end), rest.size());
    std::string_view path = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    if (end == '\n' && path.ends_with('\r')) path.remove_suffix(1);
    if (!path.empty()) paths.emplace_back(path);
  }
  return std::nullopt;
}

bool IsInShard(const std::string& path, const std::optional<Shard>& shard) {
  if (!shard) return true;
  // FNV-1a, which is the same everywhere.
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : path) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return (hash ^ (hash >> 32)) % shard->count + 1 == shard->index;
}

std::optional<Problem> FindBatchInputs(const Command& command, BatchInputs& inputs) {
  std::vector<std::string> paths = command.files;
  if (command.batch.files_from) {
    if (std::optional<Problem> problem = ReadPathList(*command.batch.files_from, paths))
      return problem;
  }
  std::vector<Found> found;
  std::vector<std::string> folders;
  if (std::optional<Problem> problem = FindFiles(command, paths, found, folders)) return problem;
  const auto is_from = [](Language language) {
    return [language](const Found& file) { return LanguageOf(file.path) == language; };
  };
  const bool any_js = std::any_of(found.begin(), found.end(), is_from(Language::kJs));
  const bool any_py = std::any_of(found.begin(), found.end(), is_from(Language::kPy));
  if (command.from) inputs.from = *command.from;
  else if (command.to) inputs.from = Other(*command.to);
  else if (any_js && any_py) {
    return Problem{Problem::Kind::kUsage, "", "there is JavaScript and Python among the files",
                   "say which way: --to py or --to js"};
  } else {
    inputs.from = any_py ? Language::kPy : Language::kJs;
  }
  inputs.to = Other(inputs.from);
  if (command.to == inputs.from) {
    return Problem{Problem::Kind::kUsage, "", "--from and --to name the same language",
                   "leave one of the two out"};
  }
  // A file that was named is meant, whatever language it has; in folders there may be both.
  for (const std::string& path : paths) {
    if (!IsFolder(path) && LanguageOf(path) != inputs.from) {
      const std::string language(DisplayName(inputs.to));
      return Problem{Problem::Kind::kUsage, path,
                     "it is " + language + " already, and " + language + " is asked for",
                     "leave it out, or say --to " + std::string(ShortName(inputs.from))};
    }
  }
  std::erase_if(found, [&](const Found& file) { return LanguageOf(file.path) != inputs.from; });
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.absolute < b.absolute; });
  const std::string common = folders.empty() ? "" : CommonFolder(folders);
  std::vector<std::string> below;
  for (Found& file : found) {
    below.push_back(file.absolute.substr(common == "/" ? 1 : common.size() + 1));
    inputs.files.push_back({std::move(file.path), below.back(), ""});
  }
  const JsModule module = command.settings.module.value_or(JsModule::kEsm);
  const std::vector<std::string> targets = TargetPaths(below, inputs.to, module);
  for (std::size_t i = 0; i < targets.size(); ++i) inputs.files[i].target = targets[i];
  return std::nullopt;
}

}  // namespace asyncport::cli
