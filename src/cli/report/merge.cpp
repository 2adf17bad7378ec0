// See merge.h.
#include "cli/report/merge.h"

#include <unistd.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/report/writer.h"
#include "cli/translate.h"

namespace asyncport::cli::report {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 32;

}  // namespace

int RunReport(const Command& command) {
  const auto usage = [&](std::string message) {
    return Report(command, {Problem::Kind::kUsage, "", std::move(message),
                            "`asyncport report merge A.json B.json -o all.json`"});
  };
  if (command.files.empty() || command.files[0] != "merge")
    return usage("what is to be done with reports?");
  if (command.files.size() < 2) return usage("which reports?");
  Head head;
  std::vector<File> files;
  bool interrupted = false;
  for (std::size_t i = 1; i < command.files.size(); ++i) {
    const std::string& path = command.files[i];
    const Result<std::string> text =
        path == "-" ? ReadStream(STDIN_FILENO, kMaxBytes) : cli::ReadFile(path, kMaxBytes);
    if (!text) return Report(command, {Problem::Kind::kIo, path, text.error(), ""});
    Result<Read> read = ReadReport(text.value());
    if (!read) return Report(command, {Problem::Kind::kInput, path, read.error(), ""});
    if (head.version.empty()) head.version = read.value().head.version;
    interrupted = interrupted || read.value().interrupted;
    for (File& file : read.value().files) files.push_back(std::move(file));
  }
  // A file that two runs looked at counts once, as the later report has it.
  std::stable_sort(files.begin(), files.end(),
                   [](const File& a, const File& b) { return a.path < b.path; });
  std::vector<File> kept;
  for (File& file : files) {
    if (!kept.empty() && kept.back().path == file.path) kept.pop_back();
    kept.push_back(std::move(file));
  }
  Tally tally;
  Writer writer(command.output.value_or("-"), head);
  for (const File& file : kept) {
    tally.Add(file);
    writer.Add(file);
  }
  tally.interrupted = interrupted;
  if (std::optional<std::string> why = writer.Finish(tally))
    return Report(command, {Problem::Kind::kIo, command.output.value_or("standard output"), *why, ""});
  if (command.output && *command.output != "-")
    (void)WriteStream(STDERR_FILENO, SummaryText(tally, true));
  return kExitOk;
}

}  // namespace asyncport::cli::report
