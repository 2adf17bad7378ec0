// What the sinks share: the texts of a diagnostic, and which of them a person is shown.
// Example: Texts of {id "blocking-sleep", args {{"seconds", "1"}}} has the level and message of that card, filled in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sinks/sinks.h"

namespace asyncport::diag {

struct Texts {
  Level level = Level::kError;
  Class klass = Class::kInternal;
  std::string title;
  std::string message;
  std::string help;
};

// An id without an entry (a bug, which a test of the registry finds) shows as itself.
Texts FindTexts(const Diagnostic& diagnostic, const SinkOptions& options);
// For the text sinks: arguments on one line and of bounded length.
Texts FindShortTexts(const Diagnostic& diagnostic, const SinkOptions& options);

// Where the page about an id stands.
inline constexpr std::string_view kHome = "https://asyncport.example/";
std::string PageUrl(std::string_view id);

struct Selection {
  std::vector<const Diagnostic*> shown;  // in the order given
  std::size_t lessons_left = 0;          // ids of infos and hints that are not shown
};
Selection Select(const std::vector<Diagnostic>& diagnostics, const SinkOptions& options);

// The same for the same finding after lines before it came or went: of file, id, the text of its line, and the number
// of equal ones before it.
class Fingerprints {
 public:
  std::string Next(const Source& source, const Diagnostic& diagnostic);

 private:
  std::map<std::string, unsigned> seen_;
};

// Safe to print: control characters and bidirectional marks are written as escapes (`\x1b`, `\u202e`), line ends with
// the blanks around them become one blank.
std::string OneLine(std::string_view text);
// One such character's escape, or "" if it may be printed as it is.
std::string EscapeOf(std::uint32_t code_point);

}  // namespace asyncport::diag
