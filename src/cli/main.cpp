// The program `asyncport`: see options.cpp for its command line, translate.cpp for what it does.
// Example: asyncport fetch.js
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/check.h"
#include "cli/completion.h"
#include "cli/draw.h"
#include "cli/explain.h"
#include "cli/exercise.h"
#include "cli/files.h"
#include "cli/lsp.h"
#include "cli/grade.h"
#include "cli/options.h"
#include "cli/own_rules.h"
#include "cli/report/merge.h"
#include "cli/rules.h"
#include "cli/translate.h"
#include "generated/version.h"
#include "pipeline/pipeline.h"
#include "syntax/memory.h"

namespace asyncport::cli {
namespace {

// A program started with a closed standard stream would get its number for the first file that it opens, and write the
// translation into it. Each takes its place with a descriptor on which the expected use fails.
void HoldStandardStreams() {
  for (int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) == -1) {
      (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

int Print(const Command& command, const std::string& text) {
  std::optional<std::string> why = WriteStream(STDOUT_FILENO, text);
  return why ? Report(command, {Problem::Kind::kIo, "standard output", *why, ""}) : kExitOk;
}

int Main(const std::vector<std::string>& arguments) {
  HoldStandardStreams();
  // A reader that goes away (`| head -1`) is an error of write, with a message and exit code 2.
  std::signal(SIGPIPE, SIG_IGN);
  const std::optional<Problem> own_rules = LoadOwnRules(arguments);
  Parsed parsed = ParseArguments(arguments);
  if (own_rules) return Report(parsed.command, *own_rules);
  if (parsed.problem) return Report(parsed.command, *parsed.problem);
  if (parsed.command.help) return Print(parsed.command, HelpText(parsed.command.kind));
  switch (parsed.command.kind) {
    case Command::Kind::kVersion:
      return Print(parsed.command, "asyncport " ASYNCPORT_VERSION "\n" + GrammarVersions() + "\n");
    case Command::Kind::kCheck:
      return RunCheck(std::move(parsed.command));
    case Command::Kind::kExplain:
      return RunExplain(parsed.command);
    case Command::Kind::kShape:
    case Command::Kind::kTimeline:
      return RunDraw(std::move(parsed.command));
    case Command::Kind::kGrade:
      return RunGrade(parsed.command);
    case Command::Kind::kExercise:
      return RunExercise(parsed.command);
    case Command::Kind::kRepresent:
      return RunRepresent(parsed.command);
    case Command::Kind::kRules:
      return RunRules(parsed.command);
    case Command::Kind::kCompletion:
      return RunCompletion(parsed.command);
    case Command::Kind::kReport:
      return report::RunReport(parsed.command);
    case Command::Kind::kLsp:
      return RunLsp(parsed.command);
    case Command::Kind::kTranslate:
      break;
  }
  return RunTranslate(std::move(parsed.command));
}

}  // namespace
}  // namespace asyncport::cli

namespace {

// Says it without allocating; what was being written stays beside its place under a name of its own.
[[noreturn]] void LeaveWithoutMemory() {
  static constexpr std::string_view kText = "asyncport: there is not enough memory\n";
  [[maybe_unused]] const auto written = ::write(2, kText.data(), kText.size());
  std::_Exit(2);
}

int MainWithMemory(int argc, char** argv) {
  try {
    return asyncport::cli::Main(
        std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::bad_alloc&) {
    LeaveWithoutMemory();
  } catch (const std::system_error& error) {  // no thread could be started, most likely
    std::fprintf(stderr, "asyncport: the system refused: %s\n", error.what());
    return 2;
  }
}

}  // namespace

int main(int argc, char** argv) {
  asyncport::syntax::LeaveWithoutMemory(&LeaveWithoutMemory);
  const int code = MainWithMemory(argc, argv);
#ifdef NDEBUG
  // Everything is written; what is left is the system's to take back, faster than we could. Leak checkers get to see it.
  std::_Exit(code);
#else
  return code;
#endif
}
