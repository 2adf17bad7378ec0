// Translations: for the live preview (`asyncport/translation`), and into a new file.
#include <utility>

#include "lsp/features.h"

namespace asyncport::lsp {
namespace {

struct Extensions {
  std::string_view from;
  std::string_view to;
};
constexpr Extensions kExtensions[] = {
    {".mjs", ".py"}, {".cjs", ".py"}, {".jsx", ".py"},
    {".js", ".py"},  {".pyi", ".js"}, {".py", ".js"},
};

std::string_view LanguageId(Language language) {
  return language == Language::kJs ? "javascript" : "python";
}

// A name that nothing has yet: fetch.py, fetch_2.py, fetch_3.py.
std::string FreeUri(State& state, const Document& document, bool is_part) {
  std::string stem = document.uri();
  std::string_view ending = document.language() == Language::kJs ? ".py" : ".js";
  for (const Extensions& row : kExtensions) {
    if (!stem.ends_with(row.from)) continue;
    stem.resize(stem.size() - row.from.size());
    ending = row.to;
    break;
  }
  if (is_part) stem += "_selection";
  for (int number = 1; number < 1000; ++number) {
    const std::string uri =
        stem + (number == 1 ? "" : "_" + std::to_string(number)) + std::string(ending);
    const std::string path = PathOf(uri);
    if (!state.files.contains(uri) && (path.empty() || !state.host.Exists(path))) return uri;
  }
  return stem + "_translated" + std::string(ending);
}

bool SameOptions(const Options& a, const Options& b) {
  return a.to == b.to && a.self_check == b.self_check && a.fragment == b.fragment &&
         a.line_map == b.line_map && a.module == b.module && a.http == b.http && a.async_names == b.async_names;
}

// Lines of the one for lines of the other, null where there is no counterpart.
Json LinesJson(const std::vector<std::uint32_t>& lines) {
  Json out = Json::Array();
  for (const std::uint32_t line : lines) out.Push(line == kNoLine ? Json() : Json(line));
  return out;
}

}  // namespace

bool HasText(const Outcome& outcome) {
  return outcome.status != Status::kRefused &&
         !(outcome.text.empty() && outcome.status == Status::kFindings);
}

std::shared_ptr<const Outcome> Translate(State& state, OpenFile& file, const Options& options,
                                         const std::optional<Span>& selection) {
  const std::shared_ptr<const Reading> reading = state.ReadingOf(file);
  if (!reading) return nullptr;
  if (!selection && file.translated && SameOptions(file.translated->options, options))
    return file.translated->outcome;
  auto outcome = std::make_shared<Outcome>();
  const Source* source = state.SourceOf(file);
  if (source == nullptr) {
    diag::Diagnostics found = reading->found;
    outcome->status = Status::kRefused;
    outcome->diagnostics = found.Take();
  } else {
    *outcome = Run(*source, options, *reading, selection);
  }
  if (!selection) file.translated = OpenFile::Kept{options, outcome};
  return outcome;
}

Json TranslationJson(State& state, OpenFile& file, const Options& options, const Outcome& outcome) {
  Json out = Json::Object{{"uri", file.document.uri()},
                          {"version", file.document.version()},
                          {"languageId", LanguageId(options.to)}};
  out.Set("text", HasText(outcome) ? Json(file.document.WithLineEnds(outcome.text)) : Json());
  out.Set("diagnostics", DiagnosticsJson(state, file, outcome.diagnostics));
  return out;
}

NewFile IntoNewFile(State& state, OpenFile& file, const Outcome& outcome, bool is_part) {
  NewFile made;
  made.uri = FreeUri(state, file.document, is_part);
  const Json create = Json::Object{{"kind", "create"}, {"uri", made.uri}};
  const Json fill =
      Json::Object{{"textDocument", Json::Object{{"uri", made.uri}, {"version", nullptr}}},
                   {"edits", Json::Array{TextEdit({}, file.document.WithLineEnds(outcome.text))}}};
  made.edit = Json::Object{{"documentChanges", Json::Array{create, fill}}};
  return made;
}

Answer GetTranslation(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return NotOpen();
  Options options = TranslateOptionsOf(*file);
  // At every keystroke there is no time for it.
  options.self_check = params["selfCheck"].Bool(false);
  options.line_map = true;
  const Json& to = params["to"];
  if (!to.IsNull() && to.String() != ShortName(options.to) && to.String() != LanguageId(options.to))
    return Failure{Code::kInvalidParams, "it is " + std::string(DisplayName(options.from)) +
                                             " and becomes " +
                                             std::string(DisplayName(options.to))};
  std::optional<Span> selection;
  if (!params["range"].IsNull()) {
    const std::optional<Range> range = ToRange(params["range"]);
    if (!range) return Failure{Code::kInvalidParams, "the range is none"};
    selection = file->document.SpanOf(*range, state.client.encoding);
  }
  const std::shared_ptr<const Outcome> outcome = Translate(state, *file, options, selection);
  if (!outcome) return Failure{Code::kCancelled, "cancelled"};
  Json out = TranslationJson(state, *file, options, *outcome);
  if (HasText(*outcome)) {
    out.Set("lineMap",
            Json::Object{{"targetOfSource", LinesJson(outcome->line_map.target_of_source)},
                         {"sourceOfTarget", LinesJson(outcome->line_map.source_of_target)}});
  }
  return out;
}

}  // namespace asyncport::lsp
