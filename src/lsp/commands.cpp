// The commands. Each takes one object (or the plain uri or id), and its result says all that a plugin needs; what the
// client can do by itself (new files, showing them) is asked of it besides.
#include <algorithm>
#include <iterator>

#include "lsp/features.h"
#include "pipeline/draw.h"
#include "rules/page.h"
#include "rules/rules.h"

namespace asyncport::lsp {
namespace {

// The uri of a command's argument, which stands alone or in an object.
OpenFile* FileOf(State& state, const Json& argument) {
  const Json& uri = argument.IsString() ? argument : argument["uri"];
  return state.Find(Json::Object{{"uri", uri}});
}

Answer TranslateCommand(State& state, const Json& argument, bool is_part) {
  OpenFile* file = FileOf(state, argument);
  if (file == nullptr) return NotOpen();
  const Options options = TranslateOptionsOf(*file);
  std::optional<Span> selection;
  if (is_part) {
    const std::optional<Range> range = ToRange(argument["range"]);
    if (!range) return Failure{Code::kInvalidParams, "a selection has a range"};
    selection = file->document.SpanOf(*range, state.client.encoding);
  }
  const std::shared_ptr<const Outcome> outcome = Translate(state, *file, options, selection);
  if (!outcome) return Failure{Code::kCancelled, "cancelled"};
  Json result = TranslationJson(state, *file, options, *outcome);
  const bool wants_file = argument["target"].String() != "text";
  if (!wants_file || !HasText(*outcome) || !state.client.creates_files ||
      !state.client.applies_edits)
    return result;
  NewFile made = IntoNewFile(state, *file, *outcome, is_part);
  result.Set("newUri", made.uri);
  state.Ask("workspace/applyEdit",
            Json::Object{{"label", "Translate to " + std::string(DisplayName(options.to))},
                         {"edit", std::move(made.edit)}},
            [uri = made.uri](State& later, const Json& reply, bool failed) {
              if (failed || !reply["applied"].Bool()) {
                later.Log(LogLevel::kWarning, "the editor did not make " + uri);
              } else if (later.client.shows_documents) {
                later.Ask("window/showDocument", Json::Object{{"uri", uri}, {"takeFocus", true}},
                          [](State&, const Json&, bool) {});
              }
            });
  return result;
}

Answer TranslateFile(State& state, const Json& argument) {
  return TranslateCommand(state, argument, false);
}
Answer TranslateSelection(State& state, const Json& argument) {
  return TranslateCommand(state, argument, true);
}

Answer Explain(State& state, const Json& argument) {
  const std::string& wanted = argument.IsString() ? argument.String() : argument["id"].String();
  const std::string id(rules::CanonicalId(wanted));
  const diag::Entry* entry = diag::FindEntry(id);
  if (entry == nullptr)
    return Failure{Code::kInvalidParams, "there is no diagnostic '" + wanted + "'"};
  const std::string_view lesson = rules::LessonOf(id);
  // For editors that show no results of commands.
  if (argument["show"].Bool()) {
    state.Notify("window/showMessage",
                 Json::Object{{"type", 3},
                              {"message", std::string(entry->title) + ". " + std::string(lesson)}});
  }
  return Json(Json::Object{{"id", id},
                           {"title", entry->title},
                           {"level", diag::Name(entry->level)},
                           {"markdown", rules::PageOf(*entry)}});
}

struct Format {
  std::string_view name;
  Drawing drawing;
};
constexpr Format kFormats[] = {{"text", Drawing::kTimelineText},
                               {"svg", Drawing::kTimelineSvg},
                               {"json", Drawing::kTimelineJson}};

Answer Timeline(State& state, const Json& argument) {
  OpenFile* file = FileOf(state, argument);
  if (file == nullptr) return NotOpen();
  const std::string wanted = argument["format"].IsString() ? argument["format"].String() : "text";
  const Format* format = std::find_if(std::begin(kFormats), std::end(kFormats),
                                      [&](const Format& f) { return f.name == wanted; });
  if (format == std::end(kFormats))
    return Failure{Code::kInvalidParams, "the format is text, svg or json"};
  const Source* source = state.SourceOf(*file);
  if (source == nullptr) return Failure{Code::kRequestFailed, "the document is no text"};
  const Drawn drawn =
      Draw(*source, CheckOptionsOf(*file), format->drawing,
           static_cast<unsigned>(std::clamp<std::int64_t>(argument["columns"].Int(80), 40, 400)));
  return Json(Json::Object{{"format", format->name},
                           {"text", drawn.whole ? Json(drawn.text) : Json()},
                           {"diagnostics", DiagnosticsJson(state, *file, drawn.diagnostics)}});
}

struct Row {
  std::string_view name;
  Answer (*run)(State& state, const Json& argument);
};
constexpr Row kCommands[] = {
    {"asyncport.translate", TranslateFile},
    {"asyncport.translateSelection", TranslateSelection},
    {"asyncport.explain", Explain},
    {"asyncport.timeline", Timeline},
    {"asyncport.grade", Grade},
};

}  // namespace

Json CommandNames() {
  Json names;
  for (const Row& row : kCommands) names.Push(row.name);
  return names;
}

Answer ExecuteCommand(State& state, const Json& params) {
  const std::string& name = params["command"].String();
  const Row* row = std::find_if(std::begin(kCommands), std::end(kCommands),
                                [&](const Row& r) { return r.name == name; });
  if (row == std::end(kCommands))
    return Failure{Code::kInvalidParams, "there is no command '" + name + "'"};
  const Json::Array& arguments = params["arguments"].Items();
  return row->run(state, arguments.empty() ? Json() : arguments[0]);
}

}  // namespace asyncport::lsp
