// The editor's settings, asked for and told, and the configuration files, which are watched.
#include "lsp/features.h"

namespace asyncport::lsp {

void SetSection(State& state, Json section) {
  EditorSettings editor;
  const std::vector<std::string> complaints = ReadEditorSettings(section, editor);
  state.section = std::move(section);
  state.editor = editor;
  for (const std::string& complaint : complaints)
    state.Log(LogLevel::kWarning, "settings of the editor: " + complaint);
}

void AskConfiguration(State& state) {
  state.Ask("workspace/configuration",
            Json::Object{{"items", Json::Array{Json::Object{{"section", "asyncport"}}}}},
            [](State& later, const Json& result, bool failed) {
              if (failed || result.Items().empty() || !result.Items()[0].IsObject()) return;
              if (result.Items()[0] == later.section) return;  // as it was told at the beginning
              SetSection(later, result.Items()[0]);
              later.Reconsider();
            });
}

void WatchConfiguration(State& state) {
  Json watchers;
  for (const char* name :
       {"**/asyncport.toml", "**/.asyncport.toml", "**/pyproject.toml", "**/package.json"}) {
    watchers.Push(Json::Object{{"globPattern", name}});
  }
  Json registration = Json::Object{{"id", "asyncport-configuration"},
                                   {"method", "workspace/didChangeWatchedFiles"},
                                   {"registerOptions", Json::Object{{"watchers", watchers}}}};
  state.Ask("client/registerCapability",
            Json::Object{{"registrations", Json::Array{std::move(registration)}}},
            [](State&, const Json&, bool) {});
}

void DidChangeConfiguration(State& state, const Json& params) {
  if (state.client.has_configuration) {
    AskConfiguration(state);
    return;
  }
  const Json& settings = params["settings"];
  if (settings["asyncport"].IsObject()) SetSection(state, settings["asyncport"]);
  state.Reconsider();
}

void DidChangeWatchedFiles(State& state, const Json&) { state.Reconsider(); }

}  // namespace asyncport::lsp
