// Opening, changing and closing documents.
#include "lsp/features.h"

namespace asyncport::lsp {
namespace {

void Schedule(State& state, OpenFile& file, std::uint64_t delay_ms) {
  if (!state.client.pulls_diagnostics) file.due = state.host.NowMs() + delay_ms;
}

}  // namespace

void DidOpen(State& state, const Json& params) {
  const Json& item = params["textDocument"];
  const std::string& uri = item["uri"].String();
  if (uri.empty() || !item["text"].IsString()) {
    state.Log(LogLevel::kWarning, "didOpen without a uri or a text");
    return;
  }
  state.files.erase(uri);
  const std::optional<Language> language = LanguageOf(item["languageId"].String(), uri);
  if (!language) {
    state.Log(LogLevel::kInfo, uri + " is neither JavaScript nor Python");
    return;
  }
  const std::string path = PathOf(uri);
  auto [it, _] =
      state.files.emplace(uri, OpenFile{Document(uri, path.empty() ? uri : path, *language,
                                                 item["version"].Int(), item["text"].String())});
  state.LoadSettings(it->second);
  Schedule(state, it->second, 0);
}

void DidChange(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) {
    state.Log(LogLevel::kDebug, "didChange of a document that is not open");
    return;
  }
  Document& document = file->document;
  const Json& number = params["textDocument"]["version"];
  const std::int64_t version = number.Int(document.version() + 1);
  if (version <= document.version()) {
    // What it says was said before, or would be said about a text that is gone.
    state.Log(LogLevel::kWarning, document.uri() + ": version " + std::to_string(version) +
                                      " came after version " + std::to_string(document.version()) +
                                      " and was left out");
    return;
  }
  for (const Json& change : params["contentChanges"].Items()) {
    if (!change["text"].IsString()) continue;
    if (!change.Has("range") || change["range"].IsNull()) {
      document.Replace(change["text"].String());
      continue;
    }
    const std::optional<Range> range = ToRange(change["range"]);
    if (!range) {
      state.Log(LogLevel::kError, document.uri() + ": a change has a range that is none");
      continue;
    }
    document.Edit(*range, change["text"].String(), state.client.encoding);
  }
  document.set_version(version);
  Schedule(state, *file, state.editor.debounce_ms);
}

void DidClose(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return;
  const std::string uri = file->document.uri();
  state.files.erase(uri);
  if (!state.client.pulls_diagnostics) {
    state.Notify("textDocument/publishDiagnostics",
                 Json::Object{{"uri", uri}, {"diagnostics", Json::Array()}});
  }
}

void DidSave(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return;
  // Some editors tell of the text again.
  if (params["text"].IsString() && params["text"].String() != file->document.text())
    file->document.Replace(params["text"].String());
  Schedule(state, *file, 0);
}

}  // namespace asyncport::lsp
