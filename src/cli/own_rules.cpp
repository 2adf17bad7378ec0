// Finds the files; rules/ reads them as it reads the embedded ones.
#include "cli/own_rules.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "cli/files.h"
#include "rules/rules.h"

namespace asyncport::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOption = "--rules";
constexpr std::uint64_t kMostBytes = 1u << 20;

std::vector<std::string> Folders(const std::vector<std::string>& arguments) {
  std::vector<std::string> folders;
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == kOption && i + 1 < arguments.size()) {
      folders.push_back(arguments[++i]);
    } else if (argument.starts_with(kOption) && argument.substr(kOption.size()).starts_with("=")) {
      folders.emplace_back(argument.substr(kOption.size() + 1));
    }
  }
  return folders;
}

// The files of a folder with that extension, sorted; none where there is no such folder.
std::vector<fs::path> FilesIn(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

std::optional<Problem> LoadOwnRules(const std::vector<std::string>& arguments) {
  std::vector<rules::CardFile> files;
  for (const std::string& folder : Folders(arguments)) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
      return Problem{Problem::Kind::kConfig, folder, "there is no such folder of rules", ""};
    }
    const std::size_t before = files.size();
    for (const std::string_view part : {"", "correspondences", "lessons", "api"}) {
      for (const fs::path& path :
           FilesIn(fs::path(folder) / part, part == "api" ? ".tsv" : ".md")) {
        if (path.filename() == "README.md") continue;
        Result<std::string> text = ReadFile(path.string(), kMostBytes);
        if (!text) return Problem{Problem::Kind::kIo, path.string(), text.error(), ""};
        files.push_back({path.string(), std::string(part), path.stem().string(), text.value()});
      }
    }
    if (files.size() == before) {
      return Problem{Problem::Kind::kConfig, folder, "there are no cards in it",
                     "a card is a file NAME.md: `asyncport rules new NAME` begins one"};
    }
  }
  if (files.empty()) return std::nullopt;
  const std::vector<std::string> problems = rules::AddCards(files);
  if (problems.empty()) return std::nullopt;
  const std::size_t more = problems.size() - 1;
  return Problem{Problem::Kind::kConfig, "", problems[0],
                 more == 0 ? "" : "and " + std::to_string(more) + " more"};
}

}  // namespace asyncport::cli
