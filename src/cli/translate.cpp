// Reads, runs the pipeline, writes. The order matters: everything that can be refused is refused before any work, and
// the result is written before the diagnostics, so that on a terminal these stand last.
#include "cli/translate.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "cli/annotate.h"
#include "cli/batch.h"
#include "cli/batch_inputs.h"
#include "cli/color.h"
#include "cli/config.h"
#include "cli/direction.h"
#include "cli/files.h"
#include "cli/side_by_side.h"
#include "diag/sinks/sinks.h"
#include "pipeline/timings.h"
#include "pipeline/translating.h"
#include "support/source.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

bool IsJson(const Command& command) {
  Format format = command.settings.format.value_or(Format::kFull);
  return format == Format::kJson || format == Format::kJsonLines;
}

// Where the source comes from.
struct Input {
  bool is_stdin = false;
  std::string path;  // empty for standard input
  std::string name;  // decides the language; empty where standard input has none
  std::string shown() const { return name.empty() ? "<stdin>" : name; }
};

std::optional<Problem> FindInput(const Command& command, Input& input) {
  if (command.files.empty() && !command.stdin_filepath) {
    return Problem{
        Problem::Kind::kUsage, "", "which file?",
        "`asyncport FILE`, or `asyncport - --from js` for standard input; `asyncport --help` has examples"};
  }
  input.is_stdin = command.files.empty() || command.files[0] == "-";
  if (!input.is_stdin && command.stdin_filepath) {
    return Problem{Problem::Kind::kUsage, command.files[0],
                   "--stdin-filepath names standard input, but a file is given",
                   "leave one of the two out"};
  }
  input.path = input.is_stdin ? "" : command.files[0];
  input.name = input.is_stdin ? command.stdin_filepath.value_or("") : command.files[0];
  return std::nullopt;
}

bool IsPage(const Command& command) {
  const std::string_view name = command.output ? std::string_view(*command.output) : "";
  return name.ends_with(".html") || name.ends_with(".htm");
}

Problem Clash(std::string_view a, std::string_view b) {
  return {Problem::Kind::kUsage, "",
          std::string(a) + " and " + std::string(b) + " each ask for a text of their own",
          "leave one of the two out"};
}

// Options that each ask for a text of their own.
std::optional<Problem> CheckViews(const Command& command) {
  std::string_view view = command.side_by_side ? "--side-by-side" : "";
  if (command.range) {
    if (!view.empty()) return Clash("--range", view);
    view = "--range";
  }
  if (view.empty()) return std::nullopt;
  if (command.annotate) return Clash(view, "--annotate");
  if (command.print) return Clash(view, "--print");
  if (command.stop_after) return Clash(view, "--stop-after");
  return std::nullopt;
}

std::optional<Problem> CheckOutput(const Command& command, const Input& input,
                                   const WriteOptions& options) {
  if (!command.output || *command.output == "-") return std::nullopt;
  if (!input.path.empty() && SameFile(*command.output, input.path)) {
    return Problem{Problem::Kind::kIo, *command.output,
                   "it is the source itself, which would be lost",
                   "give -o another name, with the extension of the other language"};
  }
  if (std::optional<std::string> why = WhyNotWritable(*command.output, options)) {
    return Problem{Problem::Kind::kIo, *command.output, *why,
                   IsFile(*command.output) ? "--force overwrites it" : ""};
  }
  return std::nullopt;
}

}  // namespace

Options MakeOptions(const Command& command, Direction direction) {
  const Settings& settings = command.settings;
  Options options;
  options.from = direction.from;
  options.to = direction.to;
  options.fragment = settings.fragment.value_or(options.fragment);
  options.module = settings.module.value_or(options.module);
  options.http = settings.http.value_or(options.http);
  options.self_check = settings.self_check.value_or(options.self_check);
  options.async_names = settings.async_names;
  options.print = command.print;
  options.stop_after = command.stop_after;
  options.line_map = command.side_by_side;
  return options;
}

namespace {

std::uint32_t OffsetAt(const Source& source, std::uint32_t line, std::uint32_t column) {
  if (line > source.line_count()) return static_cast<std::uint32_t>(source.text().size());
  const Span span = source.LineSpan(line - 1);
  std::size_t at = span.begin;
  for (; column > 1 && at < span.end; --column) (void)NextCodePoint(source.text(), at);
  return static_cast<std::uint32_t>(at);
}

Outcome RunRange(const Source& source, const Command& command, const Options& options) {
  const TextRange& range = *command.range;
  const Span selection{OffsetAt(source, range.first_line, range.first_column),
                       OffsetAt(source, range.last_line, range.last_column)};
  Reading reading;
  const bool good = Guarded(reading.found, [&] {
    reading = Read(source, {.language = options.from,
                            .async_names = options.async_names,
                            .max_nesting = options.max_nesting,
                            .parse_deadline_ms = options.parse_deadline_ms});
  });
  if (!good) reading.whole = false;
  return Run(source, options, reading, selection);
}

}  // namespace

std::string RenderDiagnostics(const Command& command, const Source& source, const Outcome& outcome,
                              Language to) {
  diag::SinkOptions options{.find = &diag::FindEntry,
                            .to = to,
                            .lessons = command.settings.lessons.value_or(false),
                            .color = WantsColor(command.settings.color.value_or(ColorMode::kAuto), STDERR_FILENO),
                            .extent = diag::Extent{outcome.statements, outcome.refused}};
  switch (command.settings.format.value_or(Format::kFull)) {
    case Format::kConcise:
      return diag::RenderConcise(source, outcome.diagnostics, options);
    case Format::kJson:
      return diag::RenderJson(source, outcome.diagnostics, options);
    case Format::kJsonLines:
      return diag::RenderJsonLines(source, outcome.diagnostics, options);
    case Format::kSarif:
      return diag::RenderSarif({{&source, &outcome.diagnostics}}, options);
    case Format::kGithub:
      return diag::RenderGithub({{&source, &outcome.diagnostics}}, options);
    case Format::kJunit:
      return diag::RenderJunit({{&source, &outcome.diagnostics}}, options);
    case Format::kGitlab:
      return diag::RenderGitlab({{&source, &outcome.diagnostics}}, options);
    case Format::kFull:
      break;
  }
  return diag::RenderFull(source, outcome.diagnostics, options);
}

bool HasError(const Outcome& outcome) {
  return std::any_of(outcome.diagnostics.begin(), outcome.diagnostics.end(),
                     [](const diag::Diagnostic& diagnostic) {
                       const diag::Entry* entry = diag::FindEntry(diagnostic.id);
                       return entry == nullptr || entry->level == diag::Level::kError;
                     });
}

bool CameToNothing(const Outcome& outcome) {
  return outcome.text.empty() &&
         std::any_of(outcome.diagnostics.begin(), outcome.diagnostics.end(),
                     [](const diag::Diagnostic& diagnostic) {
                       const diag::Entry* entry = diag::FindEntry(diagnostic.id);
                       return entry == nullptr || entry->klass == diag::Class::kInternal;
                     });
}

namespace {

std::optional<Problem> WriteResult(const Command& command, const Source& source,
                                   const Outcome& outcome, bool whole, const WriteOptions& write) {
  // What a phase made is shown as it is, also of a source that is refused later; the translation is laid out as the
  // source was, and comes whole or not at all.
  std::optional<Phase> last = command.print ? command.print : command.stop_after;
  bool is_translation = !last || *last == Phase::kText;
  if (is_translation ? !whole : outcome.text.empty()) return std::nullopt;
  if (command.side_by_side) is_translation = false;
  TextLayout layout = source.layout();
  // A part is no file: it neither begins with the mark nor ends without a line end.
  if (command.range) layout = {.bom = false, .crlf = layout.crlf, .final_newline = true};
  std::string text = is_translation ? Encode(outcome.text, layout) : outcome.text;
  bool to_stream = !command.output || *command.output == "-";
  std::optional<std::string> why =
      to_stream ? WriteStream(STDOUT_FILENO, text) : WriteFile(*command.output, text, write);
  if (!why) return std::nullopt;
  return Problem{Problem::Kind::kIo, to_stream ? "standard output" : *command.output, *why, ""};
}

}  // namespace

int Report(const Command& command, const Problem& problem) {
  // Nothing more can be done where standard error is closed too; the exit code still tells.
  (void)WriteStream(STDERR_FILENO, IsJson(command) ? ProblemJson(problem) : ProblemText(problem));
  return kExitTrouble;
}

int RunTranslate(Command command) {
  if (IsBatch(command)) return RunBatch(std::move(command));
  Input input;
  if (std::optional<Problem> problem = FindInput(command, input)) return Report(command, *problem);
  if (std::optional<Problem> problem = LoadConfig(command, input.name)) return Report(command, *problem);
  Direction direction;
  bool needs_text = false;
  if (std::optional<Problem> problem = FindDirection(command, input.name, direction, needs_text)) {
    return Report(command, *problem);
  }
  if (std::optional<Problem> problem = CheckViews(command)) return Report(command, *problem);
  WriteOptions write{.force = command.force, .permissions_of = input.path};
  if (std::optional<Problem> problem = CheckOutput(command, input, write))
    return Report(command, *problem);

  Result<std::string> bytes = input.is_stdin ? ReadStream(STDIN_FILENO, command.max_bytes)
                                             : ReadFile(input.path, command.max_bytes);
  if (!bytes) return Report(command, {Problem::Kind::kIo, input.shown(), bytes.error(), ""});
  Result<Source> decoded = Decode(input.shown(), bytes.value());
  if (!decoded) return Report(command, {Problem::Kind::kInput, input.shown(), decoded.error(), ""});
  const Source& source = decoded.value();
  if (needs_text) {
    if (std::optional<Problem> problem =
            FindDirectionByText(input.name, source.text(), direction)) {
      return Report(command, *problem);
    }
  }

  Timings timings;
  timings.bytes = source.text().size();
  Options options = MakeOptions(command, direction);
  std::optional<TimingsScope> timed;
  if (command.timings) timed.emplace(timings);
  Outcome outcome = command.range ? RunRange(source, command, options) : Run(source, options);
  bool whole = outcome.status != Status::kRefused && !CameToNothing(outcome);
  if (command.annotate && whole && !command.print && !command.stop_after) {
    outcome.text = Annotate(source, options, outcome);
  }
  if (command.side_by_side && whole) {
    const bool color = !command.output && WantsColor(command.settings.color.value_or(ColorMode::kAuto), STDOUT_FILENO);
    outcome.text = IsPage(command)
                       ? SideBySidePage(source, options, outcome)
                       : SideBySideText(source, options, outcome, TerminalColumns(), color);
  }
  if (std::optional<Problem> problem = WriteResult(command, source, outcome, whole, write)) {
    return Report(command, *problem);
  }
  // A closed standard error is no reason to call the translation failed.
  (void)WriteStream(STDERR_FILENO, RenderDiagnostics(command, source, outcome, direction.to));
  if (command.timings) (void)WriteStream(STDERR_FILENO, TimingsText(timings));
  if (!whole) return kExitTrouble;
  return outcome.status == Status::kFindings || HasError(outcome) ? kExitFindings : kExitOk;
}

}  // namespace asyncport::cli
