// See grade.h.
#include "cli/grade.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "cli/batch_inputs.h"
#include "cli/files.h"
#include "cli/grade_run.h"
#include "cli/grade_worker.h"
#include "cli/suggest.h"
#include "cli/translate.h"
#include "cli/walk.h"
#include "grade/reports/reports.h"

namespace asyncport::cli {
namespace {

std::string Stem(const std::string& path) {
  std::string name = path.substr(path.rfind('/') + 1);
  if (name.ends_with(".md")) name.resize(name.size() - 3);
  return name;
}

// GitHub's runner reads a step's outputs from a file.
std::optional<std::string> AppendOutput(const std::string& encoded) {
  const char* path = std::getenv("GITHUB_OUTPUT");
  if (path == nullptr || *path == '\0') return std::nullopt;
  std::ofstream out(path, std::ios::app | std::ios::binary);
  out << "result=" << encoded << "\n";
  out.close();
  if (!out) return "the step's output could not be written";
  return std::nullopt;
}

}  // namespace

Result<grade::Exercise> LoadExercise(const std::string& name) {
  const auto [first, last] = grade::EmbeddedExercises();
  if (!name.ends_with(".md")) {
    std::vector<std::string_view> known;
    for (const auto* exercise = first; exercise != last; ++exercise) {
      known.push_back(exercise->id);
      if (exercise->id == name) return grade::ReadExercise(exercise->id, exercise->text);
    }
    const std::string meant = DidYouMean(name, known);
    return Error{"there is no exercise of this name" + (meant.empty() ? "" : "; " + meant)};
  }
  Result<std::string> text = ReadFile(name, 1u << 20);
  if (!text) return Error{text.error()};
  return grade::ReadExercise(Stem(name), text.value());
}

int RunGrade(const Command& command) {
  if (command.files.size() < 2 && !(command.files.size() == 1 && command.batch.files_from)) {
    return Report(command,
                  {Problem::Kind::kUsage, "", "an exercise and at least one answer are needed",
                   "asyncport grade EXERCISE ANSWER..."});
  }
  Result<grade::Exercise> loaded = LoadExercise(command.files.front());
  if (!loaded)
    return Report(command, {Problem::Kind::kUsage, command.files.front(), loaded.error(),
                            "`asyncport exercise` lists them"});
  const grade::Exercise& exercise = loaded.value();
  if (command.grade.run) {
    if (std::optional<Problem> problem = WhyNoSandbox()) return Report(command, *problem);
  }
  std::vector<std::string> paths(command.files.begin() + 1, command.files.end());
  if (command.batch.files_from) {
    if (std::optional<Problem> problem = ReadPathList(*command.batch.files_from, paths))
      return Report(command, *problem);
  }
  std::erase_if(paths, [&](const std::string& path) { return !IsInShard(path, command.batch.shard); });
  using F = grade::ReportFormat;
  const F format = command.grade.format;
  const bool one = format == F::kExercism || format == F::kGradescope ||
                   format == F::kGithubClassroom || format == F::kCheck50 ||
                   format == F::kCoderunner;
  if (one && paths.size() > 1) {
    return Report(command, {Problem::Kind::kUsage, "", "this format holds one answer",
                            "grade them one by one, or use --format jsonl"});
  }
  const std::vector<grade::Verdict> verdicts = JudgeAll(command, exercise, paths);
  const std::string text = grade::Render(format, exercise, verdicts, command.grade.base64);
  std::optional<std::string> why;
  const bool to_stream = !command.output || *command.output == "-";
  std::string target = to_stream ? "standard output" : *command.output;
  if (to_stream) {
    why = WriteStream(STDOUT_FILENO, text);
  } else if (format == F::kExercism && IsFolder(*command.output)) {
    target += "/analysis.json";
    why = WriteFile(target, text, {.force = true});
    if (!why)
      why = WriteFile(*command.output + "/tags.json", grade::RenderExercismTags(verdicts.front()),
                      {.force = true});
  } else {
    why = WriteFile(*command.output, text, {.force = true});
  }
  if (!why && format == F::kGithubClassroom)
    why = AppendOutput(grade::Base64(grade::Render(format, exercise, verdicts)));
  if (why) return Report(command, {Problem::Kind::kIo, target, *why, ""});
  int code = kExitOk;
  for (const grade::Verdict& verdict : verdicts) {
    if (!verdict.error.empty()) return kExitTrouble;
    if (!verdict.passed) code = kExitFindings;
  }
  return code;
}

}  // namespace asyncport::cli
