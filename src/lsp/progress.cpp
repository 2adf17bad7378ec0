// Work-done progress: for requests that bring a token along, and, made by the server, for checks of large documents.
// Example: a client with window.workDoneProgress that opens a large file gets window/workDoneProgress/create, and once it
// has answered, $/progress begin, the diagnostics, and $/progress end.
#include "lsp/features.h"

namespace asyncport::lsp {
namespace {

// A document of this size is checked in about a tenth of a second.
constexpr std::size_t kLarge = 256 << 10;
constexpr std::uint64_t kMaxWaitMs = 2000;

}  // namespace

void BeginProgress(State& state, const Json& token, const std::string& title, bool can_cancel) {
  if (token.IsNull()) return;
  state.Notify("$/progress",
               Json::Object{{"token", token},
                            {"value", Json::Object{{"kind", "begin"},
                                                   {"title", title},
                                                   {"cancellable", can_cancel}}}});
}

void EndProgress(State& state, const Json& token) {
  if (token.IsNull()) return;
  state.Notify("$/progress",
               Json::Object{{"token", token}, {"value", Json::Object{{"kind", "end"}}}});
}

bool AskProgress(State& state, OpenFile& file) {
  if (!state.client.progress || file.document.text().size() < kLarge) return false;
  const std::uint64_t now = state.host.NowMs();
  OpenFile::Progress& progress = file.progress;
  if (!progress.token.IsNull()) {
    if (progress.is_answered || now >= progress.wait_until) return false;
    file.due = progress.wait_until;
    return true;
  }
  const Json token = "asyncport-check-" + std::to_string(state.next_id);
  progress.token = token;
  progress.wait_until = now + kMaxWaitMs;
  file.due = progress.wait_until;
  state.Ask("window/workDoneProgress/create", Json::Object{{"token", token}},
            [uri = file.document.uri(), token](State& later, const Json&, bool failed) {
              const auto it = later.files.find(uri);
              if (it == later.files.end() || !(it->second.progress.token == token)) return;
              it->second.progress.is_answered = true;
              it->second.progress.is_made = !failed;
              if (it->second.due) it->second.due = later.host.NowMs();
            });
  return true;
}

void CancelProgress(State& state, const Json& params) {
  for (auto& [uri, file] : state.files) {
    if (!file.progress.token.IsNull() && file.progress.token == params["token"]) file.due.reset();
  }
}

}  // namespace asyncport::lsp
