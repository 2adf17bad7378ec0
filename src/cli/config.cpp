// Finding the configuration, and reading it by the table of options. The only file that includes toml++.
#include "cli/config.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <vector>

#include <unistd.h>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "cli/files.h"
#include "cli/suggest.h"

namespace asyncport::cli {
namespace {

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
    problem_ = Problem{Problem::Kind::kConfig, path_ + ":" + std::to_string(line_),
                       std::move(message), std::move(help)};
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
    } else {
      Fail(value.source(), "'" + std::string(key.str()) + "' must be a string");
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
    if (Exists(folder + "/.git")) return {};
  }
  return {};
}

std::optional<Problem> ReadConfig(const std::string& path, std::string_view text,
                                  Settings& settings) {
  Reader reader(path, settings);
  toml::parse_result result = toml::parse(text, std::string_view(path));
  if (!result) {
    reader.Fail(result.error().source(), std::string(result.error().description()));
    return reader.Take();
  }
  return reader.Run(result.table());
}

}  // namespace asyncport::cli
