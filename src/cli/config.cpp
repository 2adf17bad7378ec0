// Finding the configuration, and reading it by the table of options. The only file of cli/ that reads TOML.
#include "cli/config.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <vector>

#include <unistd.h>

#include "cli/config_package.h"
#include "cli/files.h"
#include "cli/suggest.h"
#include "support/toml.h"

namespace asyncport::cli {
namespace {

constexpr std::uint64_t kMaxConfigBytes = 1u << 20;

bool IsNamed(const std::string& path, std::string_view name) {
  const std::size_t slash = path.rfind('/');
  return std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1) == name;
}

// Our part of a TOML file: all of it, or [tool.asyncport]; nullptr where there is none.
const toml::table* PartOf(const std::string& path, const toml::table& table) {
  if (!IsNamed(path, "pyproject.toml")) return &table;
  return table["tool"]["asyncport"].as_table();
}

// Does a file that belongs to other tools too speak of asyncport? One that cannot be read is theirs to complain about.
bool SpeaksOfUs(const std::string& path) {
  const Result<std::string> text = ReadFile(path, kMaxConfigBytes);
  if (!text || text.value().find("asyncport") == std::string::npos) return false;
  if (IsNamed(path, "package.json")) return !TomlOfPackage(text.value()).empty();
  const toml::parse_result result = toml::parse(text.value(), std::string_view(path));
  return result && PartOf(path, result.table()) != nullptr;
}

std::string WorkingDirectory() {
  char buffer[PATH_MAX];
  return ::getcwd(buffer, sizeof buffer) == nullptr ? std::string() : std::string(buffer);
}

class Reader {
 public:
  Reader(const std::string& path, Settings& settings) : path_(path), settings_(settings) {}

  std::optional<Problem> Run(const toml::table& table) {
    Command command;
    for (const auto& [key, value] : table) {
      if (key.str() == "names") {
        Names(value, command);
      } else {
        Key(key, value, command);
      }
    }
    settings_ = command.settings;
    return std::move(problem_);
  }

  void Fail(const toml::source_region& where, std::string message, std::string help = {}) {
    // Tables are not in the order of the file; the first line is the one to tell.
    if (problem_ && line_ <= where.begin.line) return;
    line_ = where.begin.line;
    // Of package.json we read what it says in other words, which have other lines.
    const bool has_line = !IsNamed(path_, "package.json");
    problem_ = Problem{Problem::Kind::kConfig,
                       has_line ? path_ + ":" + std::to_string(line_) : path_, std::move(message),
                       std::move(help)};
  }

  std::optional<Problem> Take() { return std::move(problem_); }

 private:
  void Key(const toml::key& key, const toml::node& value, Command& command) {
    std::vector<std::string_view> keys = ConfigKeys();
    bool known = std::find(keys.begin(), keys.end(), key.str()) != keys.end();
    if (!known) {
      keys.push_back("names");
      std::string help = DidYouMean(key.str(), keys);
      if (key.str() == "async" || key.str() == "async-names")
        help = "write it as [names] with async = [\"load_*\"]";
      Fail(key.source(), "unknown key '" + std::string(key.str()) + "'", help);
      return;
    }
    std::string text;
    if (IsFlagKey(key.str())) {
      if (!value.is_boolean()) {
        Fail(value.source(), "'" + std::string(key.str()) + "' must be true or false");
        return;
      }
      text = value.as_boolean()->get() ? "true" : "false";
    } else if (value.is_string()) {
      text = value.as_string()->get();
    } else if (IsListKey(key.str()) && value.is_array()) {
      for (const toml::node& item : *value.as_array()) {
        if (!item.is_string()) {
          Fail(item.source(), "'" + std::string(key.str()) + "' must be a list of strings");
          return;
        }
        text += (text.empty() ? "" : ",") + item.as_string()->get();
      }
      if (text.empty()) return;
    } else {
      Fail(value.source(), "'" + std::string(key.str()) + "' must be a " +
                               (IsListKey(key.str()) ? "list of strings" : "string"));
      return;
    }
    if (std::optional<std::string> why = ApplyConfigKey(command, key.str(), text)) {
      Fail(value.source(), "'" + std::string(key.str()) + "': " + *why);
    }
  }

  void Names(const toml::node& node, Command& command) {
    if (!node.is_table()) {
      Fail(node.source(), "'names' must be a table: [names]");
      return;
    }
    for (const auto& [key, value] : *node.as_table()) {
      if (key.str() != "async") {
        Fail(key.source(), "unknown key '" + std::string(key.str()) + "' in [names]",
             DidYouMean(key.str(), {"async"}));
        continue;
      }
      if (!value.is_array() || !value.as_array()->is_homogeneous(toml::node_type::string)) {
        if (value.is_array() && value.as_array()->empty()) continue;
        Fail(value.source(), "'async' must be a list of strings");
        continue;
      }
      for (const toml::node& name : *value.as_array())
        command.settings.async_names.push_back(name.as_string()->get());
    }
  }

  const std::string& path_;
  Settings& settings_;
  std::optional<Problem> problem_;
  toml::source_index line_ = 0;
};

}  // namespace

std::string FindConfig(const std::string& file) {
  std::string folder = file;
  if (!folder.starts_with("/")) {
    std::string here = WorkingDirectory();
    if (here.empty()) return {};
    folder = file.empty() ? here + "/x" : here + "/" + file;
  }
  std::size_t slash;
  while ((slash = folder.rfind('/')) != std::string::npos) {
    folder.resize(slash);
    if (folder.ends_with("/.")) continue;
    if (folder.ends_with("/..")) {
      // Up by name is only right where no link is on the way; the system knows.
      char* resolved = ::realpath(folder.c_str(), nullptr);
      if (resolved == nullptr) return {};
      folder = resolved;
      std::free(resolved);
    }
    for (const char* name : {"/asyncport.toml", "/.asyncport.toml"}) {
      if (IsFile(folder + name)) return folder + name;
    }
    for (const char* name : {"/pyproject.toml", "/package.json"}) {
      if (IsFile(folder + name) && SpeaksOfUs(folder + name)) return folder + name;
    }
    if (Exists(folder + "/.git")) return {};
  }
  return {};
}

std::optional<Problem> ReadConfig(const std::string& path, std::string_view text,
                                  Settings& settings) {
  Reader reader(path, settings);
  std::string toml_text(text);
  if (IsNamed(path, "package.json")) toml_text = TomlOfPackage(text);
  toml::parse_result result = toml::parse(toml_text, std::string_view(path));
  if (!result) {
    reader.Fail(result.error().source(), std::string(result.error().description()));
    return reader.Take();
  }
  const toml::table* part = PartOf(path, result.table());
  return part == nullptr ? std::nullopt : reader.Run(*part);
}

std::optional<Problem> LoadConfig(Command& command, const std::string& name) {
  if (command.isolated && command.config) {
    return Problem{Problem::Kind::kUsage, "", "--isolated and --config contradict each other",
                   "leave one of the two out"};
  }
  std::string path = command.config.value_or("");
  if (!command.isolated && path.empty()) path = FindConfig(name);
  if (path.empty()) return std::nullopt;
  Result<std::string> text = ReadFile(path, kMaxConfigBytes);
  if (!text) return Problem{Problem::Kind::kConfig, path, text.error(), ""};
  Settings settings;
  if (std::optional<Problem> problem = ReadConfig(path, text.value(), settings)) return problem;
  MergeSettings(command.settings, settings);
  return std::nullopt;
}

}  // namespace asyncport::cli
