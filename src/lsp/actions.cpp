// Code actions: the fixes of the lessons, ignoring one, its page, all safe fixes at once, and translating.
#include <algorithm>
#include <string_view>

#include "diag/wanted.h"
#include "lsp/features.h"

namespace asyncport::lsp {
namespace {

constexpr std::string_view kQuickFix = "quickfix";
constexpr std::string_view kRewrite = "refactor.rewrite";
constexpr std::string_view kFixAll = "source.fixAll.asyncport";

// What the client wants to see: kinds contain the kinds that begin with them and a point.
class Wanted {
 public:
  explicit Wanted(const Json& only) : only_(only) {}
  bool Has(std::string_view kind) const {
    if (!only_.IsArray()) return true;
    return std::any_of(only_.Items().begin(), only_.Items().end(), [&](const Json& item) {
      const std::string& wanted = item.String();
      return wanted.empty() || wanted == kind || kind.starts_with(wanted + ".");
    });
  }

 private:
  const Json& only_;
};

Json WorkspaceEdit(const State& state, OpenFile& file, Json edits) {
  const std::string& uri = file.document.uri();
  if (!state.client.document_changes) {
    Json changes;
    changes.Set(uri, std::move(edits));
    return Json::Object{{"changes", std::move(changes)}};
  }
  return Json::Object{
      {"documentChanges",
       Json::Array{Json::Object{
           {"textDocument", Json::Object{{"uri", uri}, {"version", file.document.version()}}},
           {"edits", std::move(edits)}}}}};
}

bool Touches(Span a, Span b) { return a.begin <= b.end && b.begin <= a.end; }

Json Command(std::string_view title, std::string_view command, Json argument) {
  return Json::Object{
      {"title", title}, {"command", command}, {"arguments", Json::Array{std::move(argument)}}};
}

// `// asyncport-ignore: ID` above the line, at its indentation.
diag::Edit IgnoreEdit(const Source& source, Language language, const diag::Diagnostic& diagnostic) {
  const Span line = source.LineSpan(source.LineIndex(diagnostic.span.begin));
  const std::string_view text = source.Text(line);
  const std::string indent(text.substr(0, std::min(text.find_first_not_of(" \t"), text.size())));
  return {{line.begin, line.begin},
          indent + (language == Language::kJs ? "//" : "#") +
              " asyncport-ignore: " + diagnostic.id + "\n"};
}

bool IsLesson(const diag::Diagnostic& diagnostic) {
  const diag::Entry* entry = diag::FindEntry(diagnostic.id);
  return entry != nullptr && entry->klass == diag::Class::kLesson;
}

class Collector {
 public:
  Collector(State& state, OpenFile& file, const Json& params)
      : state_(state), file_(file), wanted_(params["context"]["only"]) {}

  Json Take() { return std::move(actions_); }

  void ForDiagnostic(const Source& source, const diag::Diagnostic& diagnostic) {
    if (!wanted_.Has(kQuickFix)) return;
    const Json shown = DiagnosticJson(state_, file_, diagnostic);
    bool is_first = true;
    for (const diag::Fix& fix : diagnostic.fixes) {
      if (fix.applicability == diag::Applicability::kDisplayOnly) continue;
      const bool is_safe = fix.applicability == diag::Applicability::kSafe;
      AddEdit(fix.title + (is_safe ? "" : " (may change what the program does)"), shown, fix.edits,
              is_first);
      is_first = false;
    }
    if (IsLesson(diagnostic)) {
      AddEdit("Ignore " + diagnostic.id + " here", shown,
              {IgnoreEdit(source, file_.document.language(), diagnostic)}, false);
    }
    const std::string title = "Explain " + diagnostic.id;
    Json command =
        Command(title, "asyncport.explain", Json::Object{{"id", diagnostic.id}, {"show", true}});
    if (!state_.client.literal_actions) {
      actions_.Push(std::move(command));
      return;
    }
    actions_.Push(Json::Object{{"title", title},
                               {"kind", kQuickFix},
                               {"diagnostics", Json::Array{shown}},
                               {"command", std::move(command)}});
  }

  void FixAll(const std::vector<diag::Diagnostic>& diagnostics) {
    const bool has_safe = std::any_of(diagnostics.begin(), diagnostics.end(), [](const auto& d) {
      return std::any_of(d.fixes.begin(), d.fixes.end(), [](const diag::Fix& fix) {
        return fix.applicability == diag::Applicability::kSafe;
      });
    });
    if (!has_safe || !wanted_.Has(kFixAll) || !state_.client.literal_actions) return;
    AddLater("Fix everything that is safe to fix", kFixAll, "fixAll", std::nullopt);
  }

  void Translate(Range range) {
    if (!wanted_.Has(kRewrite) && !wanted_.Has("refactor.rewrite.asyncport")) return;
    const Language to = Other(file_.document.language());
    const std::string kind = "refactor.rewrite.asyncport.to" + std::string(DisplayName(to));
    if (range.start != range.end) {
      AddTranslation("Translate the selection to " + std::string(DisplayName(to)), kind,
                     "asyncport.translateSelection", range);
    }
    AddTranslation("Translate the file to " + std::string(DisplayName(to)), kind,
                   "asyncport.translate", std::nullopt);
  }

 private:
  void AddEdit(const std::string& title, const Json& shown, const std::vector<diag::Edit>& edits,
               bool preferred) {
    if (!state_.client.literal_actions) return;
    Json action = Json::Object{{"title", title},
                               {"kind", kQuickFix},
                               {"diagnostics", Json::Array{shown}},
                               {"edit", EditOf(state_, file_, edits)}};
    if (preferred && state_.client.preferred_actions) action.Set("isPreferred", true);
    actions_.Push(std::move(action));
  }

  // Where the client can ask for the edit later, nothing is computed before it does.
  void AddLater(const std::string& title, std::string_view kind, std::string_view what,
                std::optional<Range> range) {
    Json data = Json::Object{
        {"what", what}, {"uri", file_.document.uri()}, {"version", file_.document.version()}};
    if (range) data.Set("range", ToJson(*range));
    Json action = Json::Object{{"title", title}, {"kind", kind}, {"data", std::move(data)}};
    if (!state_.client.resolves_edits) action = ResolveAction(state_, action).result;
    if (!action.IsNull()) actions_.Push(std::move(action));
  }

  void AddTranslation(const std::string& title, const std::string& kind, std::string_view command,
                      std::optional<Range> range) {
    if (state_.client.literal_actions && state_.client.resolves_edits &&
        state_.client.creates_files) {
      AddLater(title, kind, "translate", range);
      return;
    }
    Json argument = Json::Object{{"uri", file_.document.uri()}};
    if (range) argument.Set("range", ToJson(*range));
    Json call = Command(title, command, std::move(argument));
    if (state_.client.literal_actions)
      call = Json::Object{{"title", title}, {"kind", kind}, {"command", std::move(call)}};
    actions_.Push(std::move(call));
  }

  State& state_;
  OpenFile& file_;
  Wanted wanted_;
  Json actions_ = Json::Array();
};

// What the two texts do not have in common, in whole lines.
diag::Edit Difference(std::string_view before, std::string_view after) {
  const std::size_t most = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < most && before[head] == after[head]) ++head;
  while (head > 0 && before[head - 1] != '\n') --head;
  std::size_t tail = 0;
  while (tail < most - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  while (tail > 0 && before[before.size() - tail - 1] != '\n') --tail;
  return {{static_cast<std::uint32_t>(head), static_cast<std::uint32_t>(before.size() - tail)},
          std::string(after.substr(head, after.size() - tail - head))};
}

Answer ResolveFixAll(State& state, OpenFile& file, Json action) {
  const Source* source = state.SourceOf(file);
  if (source == nullptr) return Failure{Code::kRequestFailed, "the document is no text"};
  const Fixed fixed = Fix(*source, CheckOptionsOf(file), false,
                          diag::WantedIds(file.settings.select, file.settings.ignore));
  std::vector<diag::Edit> edits;
  if (fixed.text != source->text()) edits.push_back(Difference(source->text(), fixed.text));
  action.Set("edit", EditOf(state, file, edits));
  return action;
}

Answer ResolveTranslation(State& state, OpenFile& file, Json action) {
  std::optional<Span> selection;
  if (const std::optional<Range> range = ToRange(action["data"]["range"]))
    selection = file.document.SpanOf(*range, state.client.encoding);
  const std::shared_ptr<const Outcome> outcome =
      Translate(state, file, TranslateOptionsOf(file), selection);
  if (!outcome) return Failure{Code::kCancelled, "cancelled"};
  if (!HasText(*outcome))
    return Failure{Code::kRequestFailed,
                   "the document does not parse: there is nothing to translate"};
  action.Set("edit", IntoNewFile(state, file, *outcome, selection.has_value()).edit);
  return action;
}

}  // namespace

Json EditOf(State& state, OpenFile& file, const std::vector<diag::Edit>& edits) {
  Json out = Json::Array();
  for (const diag::Edit& edit : edits) {
    out.Push(TextEdit(file.document.RangeOf(edit.span, state.client.encoding),
                      file.document.WithLineEnds(edit.text)));
  }
  return WorkspaceEdit(state, file, std::move(out));
}

Answer CodeActions(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return NotOpen();
  const std::optional<Range> range = ToRange(params["range"]);
  if (!range) return Failure{Code::kInvalidParams, "code actions are asked for a range"};
  const std::shared_ptr<const Checked> checked = state.CheckedOf(*file);
  if (!checked) return Failure{Code::kCancelled, "cancelled"};
  const Source* source = state.SourceOf(*file);
  Collector collector(state, *file, params);
  if (source != nullptr) {
    const Span span = file->document.SpanOf(*range, state.client.encoding);
    for (const diag::Diagnostic& diagnostic : checked->diagnostics) {
      if (Touches(diagnostic.span, span)) collector.ForDiagnostic(*source, diagnostic);
    }
  }
  if (checked->whole) {
    collector.FixAll(checked->diagnostics);
    collector.Translate(*range);
  }
  return collector.Take();
}

Answer ResolveAction(State& state, const Json& params) {
  const Json& data = params["data"];
  OpenFile* file = state.Find(data);
  if (file == nullptr) return NotOpen();
  if (data["version"].Int(-1) != file->document.version())
    return Failure{Code::kContentModified, "the document has changed since"};
  const std::string& what = data["what"].String();
  if (what == "fixAll") return ResolveFixAll(state, *file, params);
  if (what == "translate") return ResolveTranslation(state, *file, params);
  return Failure{Code::kInvalidParams, "this action is none of ours"};
}

}  // namespace asyncport::lsp
