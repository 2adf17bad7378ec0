// The handshake: what the client can do, and what we offer it. Nothing is offered or asked that the client did not
// announce, where the protocol lets it announce that.
#include <algorithm>

#include "generated/version.h"
#include "lsp/features.h"

namespace asyncport::lsp {
namespace {

bool Has(const Json& list, std::string_view word) {
  return std::any_of(list.Items().begin(), list.Items().end(),
                     [&](const Json& item) { return item.String() == word; });
}

// The first of ours that the client lists: UTF-8 costs us nothing. UTF-16 needs no mention.
Encoding ChooseEncoding(const Json& offered) {
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kUtf16, Encoding::kUtf32}) {
    if (Has(offered, NameOf(encoding))) return encoding;
  }
  return Encoding::kUtf16;
}

Client ReadClient(const Json& capabilities) {
  const Json& text = capabilities["textDocument"];
  const Json& workspace = capabilities["workspace"];
  const Json& window = capabilities["window"];
  const Json& push = text["publishDiagnostics"];
  const Json& pull = text["diagnostic"];
  const Json& action = text["codeAction"];
  const Json& edit = workspace["workspaceEdit"];
  const auto either = [&](std::string_view key) { return push[key].Bool() || pull[key].Bool(); };
  Client client;
  client.encoding = ChooseEncoding(capabilities["general"]["positionEncodings"]);
  client.pulls_diagnostics = pull.IsObject();
  client.refreshes_diagnostics = workspace["diagnostics"]["refreshSupport"].Bool();
  client.related_information = either("relatedInformation");
  client.code_description = either("codeDescriptionSupport");
  client.tags = push.Has("tagSupport") || pull.Has("tagSupport");
  client.diagnostic_version = push["versionSupport"].Bool();
  client.diagnostic_data = either("dataSupport");
  client.literal_actions = action["codeActionLiteralSupport"].IsObject();
  client.resolves_edits =
      action["dataSupport"].Bool() && Has(action["resolveSupport"]["properties"], "edit");
  client.preferred_actions = action["isPreferredSupport"].Bool();
  client.document_changes = edit["documentChanges"].Bool();
  client.creates_files = client.document_changes && Has(edit["resourceOperations"], "create");
  client.applies_edits = workspace["applyEdit"].Bool();
  client.shows_documents = window["showDocument"]["support"].Bool();
  client.has_configuration = workspace["configuration"].Bool();
  client.watches_files = workspace["didChangeWatchedFiles"]["dynamicRegistration"].Bool();
  client.progress = window["workDoneProgress"].Bool();
  client.markdown_hover = Has(text["hover"]["contentFormat"], "markdown");
  client.code_lens = text["codeLens"].IsObject();
  client.refreshes_lenses = workspace["codeLens"]["refreshSupport"].Bool();
  client.inlay_hints = text["inlayHint"].IsObject();
  client.refreshes_hints = workspace["inlayHint"]["refreshSupport"].Bool();
  client.has_folders = workspace["workspaceFolders"].Bool();
  return client;
}

Json Offer(const State& state) {
  const Client& client = state.client;
  Json offer = Json::Object{
      {"positionEncoding", NameOf(client.encoding)},
      {"textDocumentSync",
       Json::Object{
           {"openClose", true}, {"change", 2}, {"save", Json::Object{{"includeText", false}}}}},
  };
  offer.Set("hoverProvider", true);
  offer.Set("codeActionProvider",
            client.literal_actions
                ? Json(Json::Object{{"codeActionKinds", Json::Array{"quickfix", "refactor.rewrite",
                                                                    "source.fixAll.asyncport"}},
                                    {"resolveProvider", client.resolves_edits}})
                : Json(true));
  offer.Set("executeCommandProvider",
            Json::Object{{"commands", CommandNames()}, {"workDoneProgress", true}});
  if (client.code_lens) offer.Set("codeLensProvider", Json::Object{{"resolveProvider", false}});
  if (client.inlay_hints) offer.Set("inlayHintProvider", true);
  // Ours: see docs/editors.md.
  offer.Set("experimental", Json::Object{{"asyncportTranslation", true}});
  if (client.pulls_diagnostics) {
    offer.Set("diagnosticProvider", Json::Object{{"identifier", "asyncport"},
                                                 {"interFileDependencies", false},
                                                 {"workDoneProgress", true},
                                                 {"workspaceDiagnostics", false}});
  }
  return offer;
}

}  // namespace

Answer Initialize(State& state, const Json& params) {
  state.client = ReadClient(params["capabilities"]);
  if (params["processId"].IsInt()) state.parent = params["processId"].Int();
  state.phase = State::Phase::kRunning;
  if (params["initializationOptions"].IsObject()) {
    const Json& options = params["initializationOptions"];
    SetSection(state, options.Has("asyncport") ? options["asyncport"] : options);
  }
  return Json(Json::Object{
      {"capabilities", Offer(state)},
      {"serverInfo", Json::Object{{"name", "asyncport"}, {"version", ASYNCPORT_VERSION}}}});
}

void Initialized(State& state, const Json&) {
  if (state.client.has_configuration) AskConfiguration(state);
  if (state.client.watches_files) WatchConfiguration(state);
}

}  // namespace asyncport::lsp
