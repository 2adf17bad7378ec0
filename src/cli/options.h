// The command line as a value. One table (options.cpp) gives parsing, --help, "did you mean" and the keys of the
// configuration file.
// Example: ParseArguments({"a.js", "--to", "py"}) gives files {"a.js"} and to = kPy.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/problem.h"
#include "grade/limits.h"
#include "pipeline/pipeline.h"
#include "support/language.h"

namespace asyncport::cli {

enum class Format : std::uint8_t {
  kFull, kConcise, kJson, kJsonLines, kSarif, kGithub, kJunit, kGitlab
};
enum class ColorMode : std::uint8_t { kAuto, kAlways, kNever };
// The least level that makes the exit code 1.
enum class FailOn : std::uint8_t { kError, kWarning, kInfo, kHint, kNever };

// What the configuration file may set too; unset: not said.
struct Settings {
  std::optional<Format> format;
  std::optional<bool> lessons;
  std::optional<ColorMode> color;
  std::optional<Fragment> fragment;
  std::optional<HttpLibrary> http;
  std::optional<JsModule> module;
  std::optional<bool> self_check;
  std::optional<FailOn> fail_on;
  std::vector<std::string> async_names;
  std::vector<std::string> select;   // ids; empty: all
  std::vector<std::string> ignore;   // ids
  std::vector<std::string> exclude;  // globs over paths
};

// 1-based lines, and columns in code points; the end is behind the last character. No columns: whole lines.
struct TextRange {
  std::uint32_t first_line = 1;
  std::uint32_t first_column = 1;
  std::uint32_t last_line = 1;
  std::uint32_t last_column = 1;
};
// "3:1-5:10", "3-5", "3".
std::optional<TextRange> ParseTextRange(std::string_view text);

// The I-th of N parts of a set of paths.
struct Shard {
  std::uint32_t index = 1;  // from 1
  std::uint32_t count = 1;
};
// "2/8".
std::optional<Shard> ParseShard(std::string_view text);

// Translating many files (batch.h).
struct BatchOptions {
  std::optional<std::string> out_dir;
  std::optional<std::string> files_from;
  std::optional<std::string> report;
  std::optional<Shard> shard;
  bool check = false;
  bool watch = false;
};

struct Command {
  enum class Kind : std::uint8_t {
    kTranslate, kCheck, kExplain, kRules, kShape, kTimeline, kLsp, kGrade, kExercise, kRepresent,
    kCompletion, kReport, kVersion
  };
  Kind kind = Kind::kTranslate;
  bool help = false;
  std::vector<std::string> files;  // "-" is standard input; kExplain: the ids; kRules: the words
  std::optional<Language> from;
  std::optional<Language> to;
  std::optional<std::string> output;
  bool force = false;
  std::optional<std::string> stdin_filepath;
  std::optional<TextRange> range;
  std::optional<Phase> print;
  std::optional<Phase> stop_after;
  std::optional<std::string> config;
  bool isolated = false;
  std::uint64_t max_bytes = 16u << 20;
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
  bool statistics = false;
  bool annotate = false;
  bool side_by_side = false;
  bool no_ignore = false;
  bool timings = false;
  BatchOptions batch;
  std::optional<unsigned> jobs;
  std::optional<std::string> svg;
  grade::Options grade;
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
// Whether the key takes true or false, or a list of strings.
bool IsFlagKey(std::string_view key);
bool IsListKey(std::string_view key);
// The keys that a configuration file may have at its top level.
std::vector<std::string_view> ConfigKeys();

// What there is to say of a command beside its options.
struct CommandInfo {
  Command::Kind kind;
  std::string_view word;  // empty: no word, the files stand alone
  std::string_view summary;
  std::string_view usage;
  std::string_view examples;
  std::string_view exits;
};
std::span<const CommandInfo> Commands();
struct OptionInfo {
  std::string_view name;
  std::string_view short_name;  // may be empty
  std::string_view value;       // with `|`: the closed list of values; empty: a flag
  std::string_view help;
};
std::vector<OptionInfo> OptionsOf(Command::Kind kind);

// Of one command, with its options only.
std::string HelpText(Command::Kind kind = Command::Kind::kTranslate);

}  // namespace asyncport::cli
