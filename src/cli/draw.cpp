// One file in, its picture out.
#include "cli/draw.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "cli/config.h"
#include "cli/direction.h"
#include "cli/files.h"
#include "cli/translate.h"
#include "diag/sinks/sinks.h"
#include "pipeline/draw.h"

namespace asyncport::cli {
namespace {

constexpr unsigned kColumns = 80;

unsigned TerminalColumns() {
  struct winsize size {};
  if (::isatty(STDOUT_FILENO) != 1 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
      size.ws_col == 0)
    return kColumns;
  return std::clamp<unsigned>(size.ws_col, 60, 160);
}

}  // namespace

int RunDraw(Command command) {
  const bool is_shape = command.kind == Command::Kind::kShape;
  if (command.files.size() > 1 || (command.files.empty() && !command.stdin_filepath)) {
    return Report(command, {Problem::Kind::kUsage, "", "one file is wanted",
                            is_shape ? "`asyncport shape FILE`" : "`asyncport timeline FILE`"});
  }
  const bool is_stdin = command.files.empty() || command.files[0] == "-";
  const std::string name = is_stdin ? command.stdin_filepath.value_or("") : command.files[0];
  if (std::optional<Problem> problem = LoadConfig(command, name)) return Report(command, *problem);
  Direction direction;
  bool needs_text = false;
  if (std::optional<Problem> problem = FindDirection(command, name, direction, needs_text))
    return Report(command, *problem);
  const Result<std::string> bytes =
      is_stdin ? ReadStream(STDIN_FILENO, command.max_bytes) : ReadFile(name, command.max_bytes);
  const std::string shown = name.empty() ? "<stdin>" : name;
  if (!bytes) return Report(command, {Problem::Kind::kIo, shown, bytes.error(), ""});
  const Result<Source> source = Decode(shown, bytes.value());
  if (!source) return Report(command, {Problem::Kind::kInput, shown, source.error(), ""});
  if (needs_text) {
    if (std::optional<Problem> problem =
            FindDirectionByText(name, source.value().text(), direction)) {
      return Report(command, *problem);
    }
  }
  const bool json =
      command.settings.format == Format::kJson || command.settings.format == Format::kJsonLines;
  Drawing drawing = is_shape ? Drawing::kShapeText : Drawing::kTimelineText;
  if (json) drawing = is_shape ? Drawing::kShapeJson : Drawing::kTimelineJson;
  if (command.svg) drawing = Drawing::kTimelineSvg;
  const CheckOptions options{.language = direction.from,
                             .async_names = command.settings.async_names};
  const Drawn drawn = Draw(source.value(), options, drawing, TerminalColumns());
  if (!drawn.whole) {
    (void)WriteStream(STDERR_FILENO, diag::RenderFull(source.value(), drawn.diagnostics,
                                                      {.find = &diag::FindEntry}));
    return kExitTrouble;
  }
  const bool to_file = command.svg && *command.svg != "-";
  const std::optional<std::string> why = to_file
                                             ? WriteFile(*command.svg, drawn.text, {.force = true})
                                             : WriteStream(STDOUT_FILENO, drawn.text);
  if (why)
    return Report(command,
                  {Problem::Kind::kIo, to_file ? *command.svg : "standard output", *why, ""});
  return kExitOk;
}

}  // namespace asyncport::cli
