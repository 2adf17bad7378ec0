// The command line as a value. One table (options.cpp) gives parsing, --help, "did you mean" and the keys of the
// configuration file.
// Example: ParseArguments({"a.js", "--to", "py"}) gives files {"a.js"} and to = kPy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/problem.h"
#include "pipeline/pipeline.h"
#include "support/language.h"

namespace asyncport::cli {

enum class Format : std::uint8_t { kFull, kConcise, kJson, kJsonLines };
enum class ColorMode : std::uint8_t { kAuto, kAlways, kNever };

// What the configuration file may set too; unset: not said.
struct Settings {
  std::optional<Format> format;
  std::optional<bool> lessons;
  std::optional<ColorMode> color;
  std::optional<Fragment> fragment;
  std::optional<HttpLibrary> http;
  std::optional<JsModule> module;
  std::optional<bool> self_check;
  std::vector<std::string> async_names;
};

struct Command {
  enum class Kind : std::uint8_t { kTranslate, kExplain, kHelp, kVersion };
  Kind kind = Kind::kTranslate;
  std::vector<std::string> files;  // kTranslate: "-" is standard input; kExplain: the ids
  std::optional<Language> from;
  std::optional<Language> to;
  std::optional<std::string> output;
  bool force = false;
  std::optional<std::string> stdin_filepath;
  std::optional<Phase> print;
  std::optional<Phase> stop_after;
  std::optional<std::string> config;
  bool isolated = false;
  std::uint64_t max_bytes = 16u << 20;
  Settings settings;
};

struct Parsed {
  Command command;  // as far as it was understood: --format holds for the report of the problem too
  std::optional<Problem> problem;
};
Parsed ParseArguments(const std::vector<std::string>& arguments);

// Settings of the command line win; lists add up.
void MergeSettings(Settings& command_line, const Settings& config);

// For the configuration file: sets the option with this key from its value as text ("true", "json", "load_*,save").
// Returns the problem's message, or nothing.
std::optional<std::string> ApplyConfigKey(Command& command, std::string_view key,
                                          std::string_view value);
// Whether the key takes true or false.
bool IsFlagKey(std::string_view key);
// The keys that a configuration file may have at its top level.
std::vector<std::string_view> ConfigKeys();

std::string HelpText();

}  // namespace asyncport::cli
