// Grading the open document against an exercise that comes with the program, or one that the client sends along.
// Example: {uri, exercise: "load-config-and-user"} gives a verdict with the criteria that were met.
#include <algorithm>

#include "grade/judge.h"
#include "lsp/features.h"

namespace asyncport::lsp {
namespace {

std::string Ids() {
  std::string ids;
  const auto [first, last] = grade::EmbeddedExercises();
  for (const auto* one = first; one != last; ++one)
    ids += (ids.empty() ? "" : ", ") + std::string(one->id);
  return ids;
}

// The card's text: of the argument's "card", else of the exercise with its id.
std::optional<std::string> CardOf(const Json& argument) {
  if (argument["card"].IsString()) return argument["card"].String();
  const auto [first, last] = grade::EmbeddedExercises();
  const auto* one = std::find_if(first, last, [&](const auto& exercise) {
    return exercise.id == argument["exercise"].String();
  });
  if (one == last) return std::nullopt;
  return std::string(one->text);
}

// Lines and columns of people, in code points, for positions of the protocol; those of the library lie between.
Range RangeOf(const State& state, OpenFile& file, const Source& source,
              const grade::Comment& comment) {
  const auto offset = [&](std::uint32_t line, std::uint32_t column) {
    if (line == 0 || line > source.line_count()) return std::uint32_t{0};
    const Span span = source.LineSpan(line - 1);
    const LineTable table(source.Text(span));
    const Position position{0, column == 0 ? 0 : column - 1};
    return span.begin + table.Find(source.Text(span), position, Encoding::kUtf32).offset;
  };
  return file.document.RangeOf(
      {offset(comment.line, comment.column), offset(comment.end_line, comment.end_column)},
      state.client.encoding);
}

double Points(int hundredths) { return hundredths / 100.0; }

}  // namespace

Answer Grade(State& state, const Json& argument) {
  OpenFile* file = state.Find(argument);
  if (file == nullptr) return NotOpen();
  const Source* source = state.SourceOf(*file);
  if (source == nullptr) return Failure{Code::kRequestFailed, "the document is no text"};
  const std::optional<std::string> card = CardOf(argument);
  if (!card) return Failure{Code::kInvalidParams, "the exercises are: " + Ids()};
  const Result<grade::Exercise> exercise =
      grade::ReadExercise(argument["exercise"].String(), *card);
  if (!exercise) return Failure{Code::kInvalidParams, exercise.error()};
  if (exercise.value().language != file->document.language()) {
    return Failure{Code::kInvalidParams,
                   "its answer is " + std::string(DisplayName(exercise.value().language))};
  }
  const grade::Verdict verdict = grade::Judge(exercise.value(), source->name(), source->text(), {});
  Json criteria = Json::Array();
  for (const grade::CriterionResult& criterion : verdict.criteria) {
    Json feedback = Json::Array();
    for (const grade::Comment& comment : criterion.feedback) {
      Json item = Json::Object{{"message", comment.message},
                               {"type", grade::Name(comment.type)},
                               {"explain", comment.explain}};
      if (comment.line != 0) item.Set("range", ToJson(RangeOf(state, *file, *source, comment)));
      feedback.Push(std::move(item));
    }
    criteria.Push(Json::Object{{"id", criterion.id},
                               {"text", criterion.text},
                               {"status", grade::Name(criterion.status)},
                               {"score", Points(criterion.score_hundredths)},
                               {"points", criterion.points},
                               {"feedback", std::move(feedback)}});
  }
  return Json(Json::Object{{"exercise", verdict.exercise},
                           {"title", verdict.title},
                           {"passed", verdict.passed},
                           {"score", Points(verdict.score_hundredths)},
                           {"points", verdict.points},
                           {"error", verdict.error},
                           {"criteria", std::move(criteria)}});
}

}  // namespace asyncport::lsp
