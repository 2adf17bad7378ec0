// What the user may set, in a configuration file or in the editor, as far as a language server is concerned.
// Example: {"asyncNames": ["load_*"], "debounce": 50} in the editor's section "asyncport".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "lsp/json.h"
#include "pipeline/pipeline.h"

namespace asyncport::lsp {

enum class LogLevel : std::uint8_t { kOff, kError, kWarning, kInfo, kDebug };

// For one document: of the nearest configuration file, overridden by the editor.
struct Settings {
  std::vector<std::string> async_names;
  std::vector<std::string> select;  // ids; empty: all
  std::vector<std::string> ignore;
  HttpLibrary http = HttpLibrary::kHttpx;
  JsModule module = JsModule::kEsm;
  Fragment fragment = Fragment::kAuto;
  bool lessons = true;  // infos and hints too
};

// For the whole session: of the editor alone.
struct EditorSettings {
  std::uint32_t debounce_ms = 150;
  bool code_lens = true;
  bool inlay_hints = true;
  LogLevel log_level = LogLevel::kInfo;
};

// Reads the editor's section. Each complaint is for people ("'debounce' must be a number").
std::vector<std::string> ReadEditorSettings(const Json& section, EditorSettings& out);
void Override(Settings& settings, const Json& section);

bool IsWanted(const diag::Diagnostic& diagnostic, const Settings& settings);

}  // namespace asyncport::lsp
