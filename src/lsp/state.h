// Inside of lsp/: what the features work with. An `OpenFile` is a document with all that was found out about it, each
// made when it is first asked for and kept until the next change.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lsp/document.h"
#include "lsp/json.h"
#include "lsp/protocol.h"
#include "lsp/server.h"
#include "lsp/settings.h"
#include "pipeline/translating.h"

namespace asyncport::lsp {

// What the client said that it can do.
struct Client {
  Encoding encoding = Encoding::kUtf16;
  bool pulls_diagnostics = false;
  bool refreshes_diagnostics = false;
  bool related_information = false;
  bool code_description = false;
  bool tags = false;
  bool diagnostic_version = false;
  bool diagnostic_data = false;
  bool literal_actions = false;
  bool resolves_edits = false;
  bool preferred_actions = false;
  bool document_changes = false;
  bool creates_files = false;
  bool applies_edits = false;
  bool shows_documents = false;
  bool has_configuration = false;
  bool watches_files = false;
  bool progress = false;
  bool markdown_hover = false;
  bool code_lens = false;
  bool refreshes_lenses = false;
  bool inlay_hints = false;
  bool refreshes_hints = false;
  bool has_folders = false;
};

struct OpenFile {
  Document document;
  Settings settings = {};
  std::optional<std::uint64_t> due = {};  // when its diagnostics are to be published
  // Of publishing them, where that takes a while (progress.cpp).
  struct Progress {
    Json token;  // null: none was asked for
    bool is_answered = false;
    bool is_made = false;
    std::uint64_t wait_until = 0;  // for the answer
  };
  Progress progress = {};

  // Of document.revision() `seen`.
  std::uint64_t seen = 0;
  std::shared_ptr<const Reading> reading = {};
  std::shared_ptr<const Checked> checked = {};
  struct Kept {
    Options options;
    std::shared_ptr<const Outcome> outcome;
  };
  std::optional<Kept> translated = {};  // all of it
};

struct State {
  explicit State(Host& host_in) : host(host_in) {}

  Host& host;
  enum class Phase : std::uint8_t { kNew, kRunning, kShutDown } phase = Phase::kNew;
  std::optional<int> exit_code;
  std::optional<std::int64_t> parent;
  Client client;
  EditorSettings editor;
  Json section;  // the editor's settings, as it sent them
  std::map<std::string, OpenFile, std::less<>> files;

  // What was found out about texts that are gone: taking it apart takes a while, and waits until nobody does.
  std::vector<std::shared_ptr<const void>> outdated;
  void Freshen(OpenFile& file);

  // Requests of ours that the client has not answered yet.
  using Reply = std::function<void(State&, const Json& result, bool failed)>;
  std::int64_t next_id = 1;
  std::map<std::int64_t, Reply> waiting;

  OpenFile* Find(const Json& text_document);  // by its "uri"; null: not open
  void Notify(std::string_view method, Json params);
  void Ask(std::string_view method, Json params, Reply reply);
  void Log(LogLevel level, const std::string& text);
  bool Cancelled() const;

  // What was found out; nothing where the text is none, or the request was taken back.
  const Source* SourceOf(OpenFile& file);
  std::shared_ptr<const Reading> ReadingOf(OpenFile& file);
  std::shared_ptr<const Checked> CheckedOf(OpenFile& file);
  void LoadSettings(OpenFile& file);
  // All open documents again: the settings have changed.
  void Reconsider();
};

Failure NotOpen();
CheckOptions CheckOptionsOf(const OpenFile& file);
Options TranslateOptionsOf(const OpenFile& file);
// JavaScript or Python, by what the editor calls it, else by its name.
std::optional<Language> LanguageOf(std::string_view language_id, std::string_view uri);

}  // namespace asyncport::lsp
