// The border of the library: source text in, target text and diagnostics out. Runs the phases in order; does no file,
// process, thread or terminal work and lets no exception out.
// Example: Run(source "const u = await f();", {.to = kPy}) gives text "u = await f()\n".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "pipeline/line_map.h"
#include "support/language.h"
#include "support/source.h"

namespace asyncport {

// In running order. `kText` is the whole way.
enum class Phase : std::uint8_t {
  kCst, kIr, kComments, kFacts, kShape, kAdvise, kMatches, kTarget, kDoc, kText
};
// Name on the command line ("cst", "ir", ...); nullopt for an unknown one.
std::optional<Phase> PhaseByName(std::string_view name);
std::string_view Name(Phase phase);

enum class Fragment : std::uint8_t { kAuto, kAlways, kNever };
enum class HttpLibrary : std::uint8_t { kHttpx, kAiohttp };
enum class JsModule : std::uint8_t { kEsm, kCjs };

struct Options {
  Language from = Language::kJs;
  Language to = Language::kPy;
  Fragment fragment = Fragment::kAuto;
  JsModule module = JsModule::kEsm;
  HttpLibrary http = HttpLibrary::kHttpx;
  // Globs over names, in either spelling (`load_*`, `fetchUser`): free functions that are asynchronous.
  std::vector<std::string> async_names;
  std::optional<Phase> print;        // text of this phase instead of the translation
  std::optional<Phase> stop_after;   // run no further than this phase
  bool self_check = true;
  bool line_map = false;             // fill Outcome::line_map
  std::uint32_t max_nesting = 500;       // open brackets and blocks
  std::uint32_t parse_deadline_ms = 10'000;
};

enum class Status : std::uint8_t {
  kOk,        // translated; lessons and warnings allowed
  kFindings,  // translated in part, or an error-level diagnostic
  kRefused,   // source does not parse (or is too deep, too large): `text` is empty
};

struct Outcome {
  Status status = Status::kOk;
  std::string text;  // LF line ends; the caller runs Encode
  std::vector<diag::Diagnostic> diagnostics;  // sorted
  LineMap line_map;  // where Options::line_map asks for it and there is a translation
  std::size_t statements = 0;  // of the source
  std::size_t refused = 0;     // those among them that have no translation, with what stands inside them
};

Outcome Run(const Source& source, const Options& options);

// "tree-sitter 0.25.1, ..." for --version.
std::string GrammarVersions();

}  // namespace asyncport
