// See targets.h: everything but the language server (target_lsp.cpp).
#include "targets.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "cli/config.h"
#include "grade/exercise.h"
#include "grade/judge.h"
#include "grade/reports/reports.h"
#include "pipeline/check.h"
#include "pipeline/pipeline.h"
#include "rules/card_reader.h"
#include "syntax/cst.h"

namespace asyncport::fuzz {
namespace {

constexpr Target kTargets[] = {
    {"translate", Text::kJsOrPy, Translate},
    {"check", Text::kJsOrPy, Check},
    {"grade", Text::kExercise, Grade},
    {"card", Text::kLines, Card},
    {"exercise", Text::kLines, Exercise},
    {"config", Text::kLines, Config},
    {"lsp", Text::kBytes, Lsp},
};

unsigned char First(std::string_view bytes) {
  return bytes.empty() ? 0 : static_cast<unsigned char>(bytes.front());
}
std::string_view Rest(std::string_view bytes) { return bytes.empty() ? bytes : bytes.substr(1); }

bool Parses(const std::string& text, Language language) {
  const Source source("text", text);
  const Result<syntax::Parsed> parsed = syntax::Parse(source, language, {.max_nesting = 5'000});
  return !parsed || parsed.value().errors.empty();  // too deep to look at is no error
}

void NoInternal(const std::vector<diag::Diagnostic>& diagnostics) {
  for (const diag::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.id != "internal-error") continue;
    const diag::Entry* entry = diag::FindEntry(diagnostic.id);
    Broken("internal-error", diag::FormatMessage(entry->message, diagnostic.args));
  }
}

bool SameIds(const std::vector<diag::Diagnostic>& a, const std::vector<diag::Diagnostic>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].id != b[i].id || !(a[i].span == b[i].span)) return false;
  }
  return true;
}

const grade::EmbeddedExercise& ExerciseOf(unsigned char first) {
  const auto [begin, end] = grade::EmbeddedExercises();
  return begin[first % static_cast<std::size_t>(end - begin)];
}

// Nothing that is judged here may take a second of a fast machine.
constexpr grade::Limits kLimits{.max_nodes = 20'000, .parse_ms = 60'000, .total_ms = 60'000};

void JudgeOne(const grade::Exercise& exercise, std::string_view bytes) {
  const grade::Verdict verdict = grade::Judge(exercise, "answer", bytes, kLimits);
  if (verdict.error.find("internal-error") != std::string::npos) Broken("grade", verdict.error);
  if (verdict.error.find("deadline") != std::string::npos) return;
  bool all = true;
  for (const grade::CriterionResult& criterion : verdict.criteria) {
    const bool counts = criterion.status != grade::Status::kManual;
    all = all && (!counts || criterion.status == grade::Status::kPassed);
    if (criterion.score_hundredths < 0 || criterion.score_hundredths > criterion.points * 100)
      Broken("grade", "points outside of the criterion's");
  }
  if (verdict.passed && !all) Broken("grade", "passed with a criterion that is not met");
  const grade::Verdict again = grade::Judge(exercise, "answer", bytes, kLimits);
  using F = grade::ReportFormat;
  for (F format : {F::kText, F::kJson, F::kMarkdown, F::kGradescope, F::kJunit, F::kSarif}) {
    const std::string text = grade::Render(format, exercise, {verdict});
    if (text != grade::Render(format, exercise, {again})) Broken("grade", "a second run differs");
    if (!Decode("report", text)) Broken("grade", "a report is no text");
    if (text.find('\x1b') != std::string::npos) Broken("grade", "a report holds an escape");
  }
}

}  // namespace

const Target* FindTarget(std::string_view name) {
  for (const Target& target : kTargets) {
    if (target.name == name) return &target;
  }
  return nullptr;
}

void Broken(std::string_view what, std::string_view detail) {
  std::fprintf(stderr, "invariant: %.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(detail.size()), detail.data());
  std::abort();
}

bool IsPython(Text text, unsigned char first) {
  if (text == Text::kJsOrPy) return (first & 1) != 0;
  static const std::string_view kPy = "\nlanguage = \"py\"";
  return ExerciseOf(first).text.find(kPy) != std::string_view::npos;
}

// The output is a program of the other language (the self-check reads it back, counts comments and operations, and says
// internal-error), and a second run gives the same.
void Translate(std::string_view bytes) {
  const unsigned char first = First(bytes);
  Result<Source> source = Decode("source", Rest(bytes));
  if (!source) return;
  Options options;
  options.from = (first & 1) != 0 ? Language::kPy : Language::kJs;
  options.to = Other(options.from);
  options.module = (first & 2) != 0 ? JsModule::kCjs : JsModule::kEsm;
  options.http = (first & 4) != 0 ? HttpLibrary::kAiohttp : HttpLibrary::kHttpx;
  options.fragment = (first & 8) != 0 ? Fragment::kNever : Fragment::kAuto;
  options.line_map = (first & 16) != 0;
  options.parse_deadline_ms = 60'000;
  const Outcome outcome = Run(source.value(), options);
  NoInternal(outcome.diagnostics);
  if (!Parses(outcome.text, options.to)) Broken("translate", "the output does not parse");
  if (outcome.refused > outcome.statements) Broken("translate", "more refused than there is");
  const Outcome again = Run(source.value(), options);
  if (again.text != outcome.text) Broken("translate", "a second run gives another text");
  if (!SameIds(again.diagnostics, outcome.diagnostics))
    Broken("translate", "a second run says something else");
}

// What it says is the same twice, and what it mends still parses.
void Check(std::string_view bytes) {
  const unsigned char first = First(bytes);
  Result<Source> source = Decode("source", Rest(bytes));
  if (!source) return;
  CheckOptions options;
  options.language = (first & 1) != 0 ? Language::kPy : Language::kJs;
  options.parse_deadline_ms = 60'000;
  const Checked checked = asyncport::Check(source.value(), options);
  NoInternal(checked.diagnostics);
  if (!SameIds(checked.diagnostics, asyncport::Check(source.value(), options).diagnostics))
    Broken("check", "a second run says something else");
  if (!checked.whole) return;
  const Fixed fixed = Fix(source.value(), options, (first & 2) != 0, {});
  NoInternal(fixed.rest.diagnostics);
  if (!Parses(fixed.text, options.language)) Broken("check", "the fixed text does not parse");
}

void Grade(std::string_view bytes) {
  const grade::EmbeddedExercise& embedded = ExerciseOf(First(bytes));
  const Result<grade::Exercise> exercise = grade::ReadExercise(embedded.id, embedded.text);
  if (!exercise) Broken("grade", exercise.error());
  JudgeOne(exercise.value(), Rest(bytes));
}

void Card(std::string_view bytes) {
  const auto folder = static_cast<rules::CardKind>(First(bytes) % 4);
  const std::string text(Rest(bytes));
  const Result<rules::MarkdownCard> split = rules::SplitCard(text);
  const Result<rules::CardSource> card = rules::ReadCard(rules::Folder(folder), "", text);
  if (card && !split) Broken("card", "a card that is none");
  if (!card && card.error().empty()) Broken("card", "an error without a word");
  std::vector<std::string> problems;
  (void)rules::ReadApi("api", text, problems);
  (void)rules::ReadAliases(text);
  (void)rules::ReadIdList(text);
}

// What is read can be graded: its starting code and its answers give verdicts.
void Exercise(std::string_view bytes) {
  const std::string text(Rest(bytes));
  const Result<grade::Exercise> exercise = grade::ReadExercise("", text);
  if (!exercise) {
    if (exercise.error().empty()) Broken("exercise", "an error without a word");
    return;
  }
  if (exercise.value().criteria.empty()) Broken("exercise", "without a criterion");
  JudgeOne(exercise.value(), exercise.value().start);
  if (!exercise.value().answers.empty())
    JudgeOne(exercise.value(), exercise.value().answers.front().code);
}

void Config(std::string_view bytes) {
  static constexpr const char* kNames[] = {"asyncport.toml", "pyproject.toml", "package.json"};
  cli::Settings settings;
  const auto problem = cli::ReadConfig(kNames[First(bytes) % 3], Rest(bytes), settings);
  if (problem && problem->message.empty()) Broken("config", "a problem without a word");
}

}  // namespace asyncport::fuzz
