// Inside of lsp/: the handlers that the table of methods (server.cpp) names, by the file that has them. A handler gets
// the parameters as they came, and checks them.
#pragma once

#include "lsp/json.h"
#include "lsp/protocol.h"
#include "lsp/state.h"

namespace asyncport::lsp {

// documents.cpp
void DidOpen(State& state, const Json& params);
void DidChange(State& state, const Json& params);
void DidClose(State& state, const Json& params);
void DidSave(State& state, const Json& params);

// diagnostics.cpp
Answer PullDiagnostics(State& state, const Json& params);
void Publish(State& state, OpenFile& file);
Json DiagnosticJson(State& state, OpenFile& file, const diag::Diagnostic& diagnostic);
Json DiagnosticsJson(State& state, OpenFile& file, const std::vector<diag::Diagnostic>& list);

// progress.cpp
// Asks the client for a progress to show while the document is checked, where that will be noticed; the diagnostics
// wait for its answer then.
bool AskProgress(State& state, OpenFile& file);
void CancelProgress(State& state, const Json& params);
void BeginProgress(State& state, const Json& token, const std::string& title, bool can_cancel);
void EndProgress(State& state, const Json& token);

// translation.cpp
Answer GetTranslation(State& state, const Json& params);  // asyncport/translation
// The whole file, or the selection; nothing: cancelled.
std::shared_ptr<const Outcome> Translate(State& state, OpenFile& file, const Options& options,
                                         const std::optional<Span>& selection = std::nullopt);
bool HasText(const Outcome& outcome);
Json TranslationJson(State& state, OpenFile& file, const Options& options, const Outcome& outcome);
// Into a new file beside the source: the edit, and the file's name.
struct NewFile {
  std::string uri;
  Json edit;
};
NewFile IntoNewFile(State& state, OpenFile& file, const Outcome& outcome, bool is_part);

// actions.cpp
Answer CodeActions(State& state, const Json& params);
Answer ResolveAction(State& state, const Json& params);
Json EditOf(State& state, OpenFile& file, const std::vector<diag::Edit>& edits);

// commands.cpp
Answer ExecuteCommand(State& state, const Json& params);
Json CommandNames();

// grading.cpp
Answer Grade(State& state, const Json& argument);

// hover.cpp
Answer Hover(State& state, const Json& params);

// shapes.cpp
Answer CodeLens(State& state, const Json& params);
Answer InlayHints(State& state, const Json& params);

// configuration.cpp
void AskConfiguration(State& state);
void WatchConfiguration(State& state);
void DidChangeConfiguration(State& state, const Json& params);
void DidChangeWatchedFiles(State& state, const Json& params);
void SetSection(State& state, Json section);

// initialize.cpp
Answer Initialize(State& state, const Json& params);
void Initialized(State& state, const Json& params);

}  // namespace asyncport::lsp
