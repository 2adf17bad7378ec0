// Finds the files, checks them on all processors, and renders what was found in the order of their names.
#include "cli/check.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <thread>

#include "cli/color.h"
#include "cli/config.h"
#include "cli/config_cache.h"
#include "cli/diff.h"
#include "cli/direction.h"
#include "cli/files.h"
#include "cli/progress.h"
#include "cli/translate.h"
#include "cli/walk.h"
#include "diag/sinks/sinks.h"
#include "diag/wanted.h"
#include "pipeline/check.h"
#include "support/source.h"

namespace asyncport::cli {
namespace {

struct Input {
  std::string path;  // empty: standard input
  std::string name;
};

struct Checking {
  std::unique_ptr<Source> source;  // as it is after the fixes
  std::string before;              // its text before them
  std::vector<diag::Diagnostic> diagnostics;
  std::size_t fixed = 0;
  bool whole = true;
  std::optional<Problem> problem;
};

diag::Level LevelOf(const diag::Diagnostic& diagnostic) {
  const diag::Entry* entry = diag::FindEntry(diagnostic.id);
  return entry == nullptr ? diag::Level::kError : entry->level;
}

bool WantsFixes(const Command& command) { return command.fix || command.diff; }

std::optional<Problem> CheckText(const Command& command, const Settings& settings,
                                 const Input& input, const std::string& bytes, Checking& out) {
  Direction direction;
  bool needs_text = false;
  if (std::optional<Problem> problem = FindDirection(command, input.name, direction, needs_text))
    return problem;
  const std::string shown = input.name.empty() ? "<stdin>" : input.name;
  Result<Source> decoded = Decode(shown, bytes);
  if (!decoded) return Problem{Problem::Kind::kInput, shown, decoded.error(), ""};
  if (needs_text) {
    if (std::optional<Problem> problem =
            FindDirectionByText(input.name, decoded.value().text(), direction)) {
      return problem;
    }
  }
  out.source = std::make_unique<Source>(std::move(decoded).value());
  out.before = std::string(out.source->text());
  const CheckOptions options{.language = direction.from, .async_names = settings.async_names};
  Checked checked;
  if (WantsFixes(command)) {
    const std::vector<std::string> ids = diag::WantedIds(settings.select, settings.ignore);
    Fixed fixed = Fix(*out.source, options, command.unsafe_fixes, ids);
    out.fixed = fixed.applied;
    if (fixed.applied != 0)
      out.source = std::make_unique<Source>(shown, fixed.text, out.source->layout());
    checked = std::move(fixed.rest);
  } else {
    checked = Check(*out.source, options);
  }
  out.whole = checked.whole;
  for (diag::Diagnostic& diagnostic : checked.diagnostics) {
    if (diag::IsWanted(diagnostic, settings.select, settings.ignore)) out.diagnostics.push_back(std::move(diagnostic));
  }
  return std::nullopt;
}

Checking CheckOne(const Command& command, const Input& input, ConfigCache& configs) {
  Checking out;
  Settings settings;
  if ((out.problem = configs.Find(input.name, settings))) return out;
  const Result<std::string> bytes = input.path.empty() ? ReadStream(STDIN_FILENO, command.max_bytes)
                                                       : ReadFile(input.path, command.max_bytes);
  if (!bytes) {
    out.problem =
        Problem{Problem::Kind::kIo, input.name.empty() ? "<stdin>" : input.name, bytes.error(), ""};
    return out;
  }
  out.problem = CheckText(command, settings, input, bytes.value(), out);
  if (out.problem || out.fixed == 0 || command.diff || input.path.empty()) return out;
  const std::string text = Encode(out.source->text(), out.source->layout());
  if (const std::optional<std::string> why = WriteFile(input.path, text, {.force = true})) {
    out.problem = Problem{Problem::Kind::kIo, input.path, *why, ""};
  }
  return out;
}

std::optional<Problem> FindInputs(const Command& command, const Settings& settings,
                                  std::vector<Input>& inputs) {
  std::vector<std::string> paths = command.files;
  if (paths.empty()) paths.push_back(command.stdin_filepath ? "-" : ".");
  const WalkOptions walk{.exclude = settings.exclude, .gitignore = !command.no_ignore};
  for (const std::string& path : paths) {
    if (path == "-") {
      if (paths.size() > 1) {
        return Problem{Problem::Kind::kUsage, "-", "standard input stands for all that is checked",
                       "leave the other paths out"};
      }
      inputs.push_back({"", command.stdin_filepath.value_or("")});
    } else if (IsFolder(path)) {
      for (std::string& file : FindSources(path, walk)) inputs.push_back({file, file});
    } else {
      inputs.push_back({path, path});
    }
  }
  return std::nullopt;
}

std::vector<Checking> CheckAll(const Command& command, const std::vector<Input>& inputs) {
  std::vector<Checking> results(inputs.size());
  ConfigCache configs(command);
  Progress progress(inputs.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t at; (at = next.fetch_add(1)) < inputs.size();) {
      results[at] = CheckOne(command, inputs[at], configs);
      // A source without a finding is not shown.
      if (results[at].diagnostics.empty() && results[at].fixed == 0) results[at].before.clear();
      progress.Step();
    }
  };
  const unsigned wanted = command.jobs.value_or(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::min<std::size_t>(wanted, inputs.size()); ++i)
    threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return results;
}

std::string Count(std::size_t number, std::string_view one) {
  return std::to_string(number) + " " + std::string(one) + (number == 1 ? "" : "s");
}

// "2 warnings and 1 hint in 1 of 12 files; 1 can be fixed with `--fix`".
std::string Summary(const Command& command, const std::vector<Checking>& results) {
  std::size_t levels[4] = {};
  std::size_t files = 0;
  std::size_t safe = 0;
  std::size_t unsafe = 0;
  std::size_t fixed = 0;
  for (const Checking& result : results) {
    fixed += result.fixed;
    files += !result.diagnostics.empty();
    for (const diag::Diagnostic& diagnostic : result.diagnostics) {
      ++levels[static_cast<std::size_t>(LevelOf(diagnostic))];
      const auto has = [&](diag::Applicability applicability) {
        return std::any_of(
            diagnostic.fixes.begin(), diagnostic.fixes.end(),
            [&](const diag::Fix& fix) { return fix.applicability == applicability; });
      };
      if (has(diag::Applicability::kSafe)) {
        ++safe;
      } else if (has(diag::Applicability::kUnsafe)) {
        ++unsafe;
      }
    }
  }
  std::string out;
  if (fixed != 0)
    out += (fixed == 1 ? std::string("1 fix") : std::to_string(fixed) + " fixes") +
           (command.diff ? " to make\n" : " made\n");
  std::vector<std::string> parts;
  constexpr std::string_view kNames[] = {"error", "warning", "lesson", "hint"};
  for (std::size_t i = 0; i < 4; ++i) {
    if (levels[i] != 0) parts.push_back(Count(levels[i], kNames[i]));
  }
  if (parts.empty()) {
    return out + "nothing " + (fixed != 0 ? "else " : "") + "found in " +
           Count(results.size(), "file") + "\n";
  }
  std::string found = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i)
    found += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
  out += found + " in " + std::to_string(files) + " of " + Count(results.size(), "file");
  if (safe != 0) out += "; " + std::to_string(safe) + " can be fixed with `--fix`";
  if (unsafe != 0) out += "; " + std::to_string(unsafe) + " with `--fix --unsafe-fixes`";
  return out + "\n";
}

std::string Statistics(const std::vector<Checking>& results, bool json) {
  struct Row {
    std::size_t count = 0;
    std::size_t files = 0;
  };
  std::map<std::string, Row> rows;
  for (const Checking& result : results) {
    std::map<std::string, bool> seen;
    for (const diag::Diagnostic& diagnostic : result.diagnostics) {
      ++rows[diagnostic.id].count;
      if (!std::exchange(seen[diagnostic.id], true)) ++rows[diagnostic.id].files;
    }
  }
  std::vector<std::pair<std::string, Row>> sorted(rows.begin(), rows.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
  std::string out;
  if (json) {
    out = "{\"schema\":1,\"files\":" + std::to_string(results.size()) + ",\"statistics\":[";
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      out += std::string(i == 0 ? "" : ",") + "\n{\"id\":\"" + sorted[i].first +
             "\",\"count\":" + std::to_string(sorted[i].second.count) +
             ",\"files\":" + std::to_string(sorted[i].second.files) + "}";
    }
    return out + "]}\n";
  }
  for (const auto& [id, row] : sorted) {
    const std::string number = std::to_string(row.count);
    out += std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') + number + "  " + id +
           "  (" + Count(row.files, "file") + ")\n";
  }
  return out;
}

std::string Render(const Command& command, const std::vector<Checking>& results) {
  const Format format = command.settings.format.value_or(Format::kFull);
  if (command.statistics)
    return Statistics(results, format == Format::kJson || format == Format::kJsonLines);
  const bool to_stream = !command.output || *command.output == "-";
  const diag::SinkOptions options{
      .find = &diag::FindEntry,
      .every = true,
      .color = to_stream &&
               WantsColor(command.settings.color.value_or(ColorMode::kAuto), STDOUT_FILENO)};
  diag::Reports reports;
  std::string text;
  for (const Checking& result : results) {
    if (!result.source) continue;
    reports.push_back({result.source.get(), &result.diagnostics});
    if (result.diagnostics.empty()) continue;
    if (format == Format::kFull) {
      text += diag::RenderFull(*result.source, result.diagnostics, options) + "\n";
    } else if (format == Format::kConcise) {
      text += diag::RenderConcise(*result.source, result.diagnostics, options);
    } else if (format == Format::kJsonLines) {
      text += diag::RenderJsonLines(*result.source, result.diagnostics, options);
    }
  }
  switch (format) {
    case Format::kJson:
      return diag::RenderJsonReport(reports, reports.size(), options);
    case Format::kSarif:
      return diag::RenderSarif(reports, options);
    case Format::kGithub:
      return diag::RenderGithub(reports, options);
    case Format::kJunit:
      return diag::RenderJunit(reports, options);
    case Format::kGitlab:
      return diag::RenderGitlab(reports, options);
    case Format::kFull:
      return text + Summary(command, results);
    case Format::kConcise:
    case Format::kJsonLines:
      break;
  }
  return text;
}

int ExitOf(const Command& command, const std::vector<Checking>& results) {
  const FailOn fail_on = command.settings.fail_on.value_or(FailOn::kWarning);
  bool found = false;
  for (const Checking& result : results) {
    if (result.problem || !result.whole) return kExitTrouble;
    found = found || (command.diff && result.fixed != 0);
    for (const diag::Diagnostic& diagnostic : result.diagnostics) {
      found = found || static_cast<int>(LevelOf(diagnostic)) <= static_cast<int>(fail_on);
    }
  }
  return found && fail_on != FailOn::kNever ? kExitFindings : kExitOk;
}

}  // namespace

int RunCheck(Command command) {
  if (command.unsafe_fixes && !command.diff) command.fix = true;
  // Where the command runs decides how it reports; how a file is checked is decided where the file lies.
  Command here = command;
  const std::string near =
      command.files.size() == 1 && command.files[0] != "-" ? command.files[0] : "";
  const std::string start = !near.empty() && IsFolder(near) ? near + "/x" : near;
  if (std::optional<Problem> problem = LoadConfig(here, command.stdin_filepath.value_or(start))) {
    return Report(command, *problem);
  }
  std::vector<Input> inputs;
  if (std::optional<Problem> problem = FindInputs(command, here.settings, inputs))
    return Report(here, *problem);

  const std::vector<Checking> results = CheckAll(command, inputs);
  for (const Checking& result : results) {
    if (result.problem) (void)Report(here, *result.problem);
  }
  std::string text = Render(here, results);
  const bool filter = inputs.size() == 1 && inputs[0].path.empty() && results[0].source != nullptr;
  if (command.diff) {
    text.clear();
    for (const Checking& result : results) {
      if (result.fixed != 0)
        text += UnifiedDiff(result.source->name(), result.before, result.source->text());
    }
  } else if (command.fix && filter) {
    // A filter: the text is the result, what is left to say goes beside it. Nothing where the source does not parse.
    (void)WriteStream(STDERR_FILENO, text);
    text = results[0].whole ? Encode(results[0].source->text(), results[0].source->layout()) : "";
  }
  const bool to_stream = !command.output || *command.output == "-";
  const std::optional<std::string> why = to_stream
                                             ? WriteStream(STDOUT_FILENO, text)
                                             : WriteFile(*command.output, text, {.force = true});
  if (why) {
    return Report(here,
                  {Problem::Kind::kIo, to_stream ? "standard output" : *command.output, *why, ""});
  }
  return ExitOf(here, results);
}

}  // namespace asyncport::cli
