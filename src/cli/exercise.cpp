// See exercise.h.
#include "cli/exercise.h"

#include <unistd.h>

#include <algorithm>
#include <memory>

#include "cli/direction.h"
#include "cli/exercise_new.h"
#include "cli/files.h"
#include "cli/grade.h"
#include "cli/translate.h"
#include "facts/facts.h"
#include "grade/judge.h"
#include "grade/predicates.h"
#include "grade/represent.h"
#include "lower/lower.h"
#include "support/json_text.h"
#include "support/strings.h"
#include "syntax/cst.h"

namespace asyncport::cli {
namespace {

int Print(const Command& command, const std::string& text, int code = kExitOk) {
  const std::optional<std::string> why = WriteStream(STDOUT_FILENO, text);
  return why ? Report(command, {Problem::Kind::kIo, "standard output", *why, ""}) : code;
}

std::string Padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(std::max(width, out.size() + 2), ' ');
  return out;
}

int ListExercises(const Command& command) {
  const auto [first, last] = grade::EmbeddedExercises();
  std::vector<grade::Exercise> all;
  for (const auto* entry = first; entry != last; ++entry) {
    Result<grade::Exercise> exercise = grade::ReadExercise(entry->id, entry->text);
    if (exercise) all.push_back(std::move(exercise).value());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.order < b.order; });
  std::string out;
  for (const grade::Exercise& exercise : all)
    out += Padded(exercise.id, 30) +
           Padded(std::string("to ") + std::string(ShortName(exercise.language)), 8) +
           exercise.title + "\n";
  return Print(command, out);
}

// Accepted answers pass, rejected ones fail what they say, and nothing that is no answer passes.
std::vector<std::string> TestExercise(const grade::Exercise& exercise, std::size_t& answers) {
  std::vector<std::string> problems;
  const auto fails = [&](const std::string& name, const std::string& code) {
    const grade::Verdict verdict = grade::Judge(exercise, name, code, {});
    std::size_t comments = 0;
    for (const grade::CriterionResult& criterion : verdict.criteria)
      comments += criterion.feedback.size();
    if (verdict.passed) problems.push_back(name + " passes");
    if (comments == 0 && verdict.error.empty()) problems.push_back(name + " gets no comment");
  };
  fails("the starting code", exercise.start);
  fails("an empty file", "");
  fails("a file with comments only",
        exercise.language == Language::kPy ? "# nothing yet\n" : "// nothing yet\n");
  fails("a program of the other language", exercise.language == Language::kPy
                                               ? "const x = () => { return 1; };\n"
                                               : "def f(x):\n    return x\n");
  for (const grade::Answer& answer : exercise.answers) {
    ++answers;
    const grade::Verdict verdict = grade::Judge(exercise, answer.name, answer.code, {}, true);
    std::string text;
    for (const grade::CriterionResult& criterion : verdict.criteria) {
      const bool wanted =
          std::find(answer.fails.begin(), answer.fails.end(), criterion.id) != answer.fails.end();
      const bool failed =
          criterion.status == grade::Status::kFailed || criterion.status == grade::Status::kSkipped;
      if (wanted == failed) continue;
      text += "\n    " + criterion.id + (failed ? " fails" : " passes");
      for (const grade::Comment& comment : criterion.feedback)
        text += "\n      " + std::to_string(comment.line) + ": " + comment.message;
    }
    if (!verdict.error.empty()) text += "\n    " + verdict.error;
    if (text.empty() && answer.accepted != verdict.passed)
      text = answer.accepted ? "\n    it does not pass" : "\n    it passes";
    if (!text.empty())
      problems.push_back(std::string(answer.accepted ? "accepted" : "rejected") + " answer `" +
                         answer.name + "` (" + verdict.entry + "):" + text);
  }
  return problems;
}

int TestExercises(const Command& command, std::vector<std::string> names) {
  if (names.empty()) {
    const auto [first, last] = grade::EmbeddedExercises();
    for (const auto* entry = first; entry != last; ++entry) names.emplace_back(entry->id);
  }
  std::string out;
  int code = kExitOk;
  for (const std::string& name : names) {
    Result<grade::Exercise> exercise = LoadExercise(name);
    if (!exercise) {
      code = kExitTrouble;
      (void)Report(command, {Problem::Kind::kInput, name, exercise.error(), ""});
      continue;
    }
    std::size_t answers = 0;
    const std::vector<std::string> problems = TestExercise(exercise.value(), answers);
    out += exercise.value().id + ": " + (problems.empty() ? "ok" : "FAILED") + ", " +
           std::to_string(answers) + " answers\n";
    for (const std::string& problem : problems) out += "  " + problem + "\n";
    if (!problems.empty() && code == kExitOk) code = kExitFindings;
  }
  return Print(command, out, code);
}

}  // namespace

int RunExercise(const Command& command) {
  const std::vector<std::string>& words = command.files;
  const std::string what = words.empty() ? "" : words.front();
  const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
  if (what.empty() || what == "list") return ListExercises(command);
  if (what == "test") return TestExercises(command, rest);
  if (what == "checks") {
    std::string out;
    for (const grade::PredicateInfo& info : grade::Predicates()) {
      out += Padded(info.name, 22) + std::string(info.meaning) + "\n";
      std::string keys;
      for (std::string_view key : info.keys) keys += (keys.empty() ? "" : ", ") + std::string(key);
      if (!keys.empty()) out += Padded("", 22) + "keys: " + keys + "\n";
    }
    return Print(command, out);
  }
  if ((what == "show" || what == "start" || what == "new") && rest.size() == 1) {
    if (what == "new") {
      Result<std::string> text = ReadFile(rest.front(), 1u << 20);
      if (!text) return Report(command, {Problem::Kind::kIo, rest.front(), text.error(), ""});
      Result<std::string> card = DraftExercise(rest.front(), text.value());
      if (!card) return Report(command, {Problem::Kind::kInput, rest.front(), card.error(), ""});
      return Print(command, card.value());
    }
    Result<grade::Exercise> exercise = LoadExercise(rest.front());
    if (!exercise)
      return Report(command, {Problem::Kind::kUsage, rest.front(), exercise.error(),
                              "`asyncport exercise` lists them"});
    const grade::Exercise& e = exercise.value();
    if (what == "start") return Print(command, e.start);
    std::string out = "# " + e.title + "\n\n" + e.task + "\n\n```" +
                      std::string(ShortName(e.source)) + "\n" + e.start +
                      "```\n\nWhat is looked at:\n";
    for (const grade::Criterion& criterion : e.criteria)
      out += "- " + criterion.text +
             (criterion.manual ? " (read by a person)"
                               : " (" + std::to_string(criterion.points) + ")") +
             "\n";
    return Print(command, out);
  }
  return Report(command,
                {Problem::Kind::kUsage, "", "`asyncport exercise " + what + "` is not understood",
                 "list, show ID, start ID, test [CARDS], new LESSON, checks"});
}

int RunRepresent(const Command& command) {
  if (command.files.size() != 1)
    return Report(command,
                  {Problem::Kind::kUsage, "", "one file is needed", "asyncport represent FILE"});
  const std::string& path = command.files.front();
  Direction direction;
  bool needs_text = false;
  if (std::optional<Problem> problem = FindDirection(command, path, direction, needs_text))
    return Report(command, *problem);
  const Result<std::string> bytes =
      path == "-" ? ReadStream(STDIN_FILENO, 1u << 20) : ReadFile(path, 1u << 20);
  if (!bytes) return Report(command, {Problem::Kind::kIo, path, bytes.error(), ""});
  Result<Source> source = Decode(path, bytes.value());
  if (!source) return Report(command, {Problem::Kind::kInput, path, source.error(), ""});
  Result<syntax::Parsed> parsed = syntax::Parse(source.value(), direction.from, {});
  if (!parsed) return Report(command, {Problem::Kind::kInput, path, parsed.error(), ""});
  if (!parsed.value().errors.empty())
    return Report(command, {Problem::Kind::kInput, path,
                            "it does not parse: " + parsed.value().errors.front().message, ""});
  diag::Diagnostics ignored;
  const ir::Tree tree = lower::Lower(parsed.value().cst, source.value(),
                                     std::make_shared<StringTable>(), {}, ignored);
  const std::unique_ptr<facts::Facts> facts = facts::Infer(tree, {});
  const grade::Representation form = grade::Represent(*facts, {});
  std::string out = form.text;
  for (const auto& [placeholder, original] : form.mapping)
    out += "# " + placeholder + " = " + original + "\n";
  return Print(command, out);
}

}  // namespace asyncport::cli
