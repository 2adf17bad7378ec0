// Sinks render diagnostics, each in one format, and do nothing else: no files, no terminal, no exit codes.
// Example: RenderConcise of one diagnostic is "poll.py:3:5: warning: `time.sleep(1)` stops ... [blocking-sleep]\n".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "support/language.h"
#include "support/source.h"

namespace asyncport::diag {

// How much of a source was translated; a refused statement counts with everything inside it.
struct Extent {
  std::size_t statements = 0;
  std::size_t refused = 0;
};

struct SinkOptions {
  // Where texts and levels are looked up: FindEntry, or a table of a test's own.
  const Entry* (*find)(std::string_view id) = nullptr;
  Language to = Language::kPy;  // of the translation: a card may have a message for each direction
  bool lessons = false;  // text sinks: show infos and hints, each id once, at its first place
  bool every = false;    // text sinks: show everything at every place
  bool color = false;    // RenderFull only
  std::optional<Extent> extent = std::nullopt;  // RenderJson only
};

// A source and what was found in it.
struct Report {
  const Source* source;
  const std::vector<Diagnostic>* diagnostics;
};
using Reports = std::vector<Report>;

// The text sinks show every error and warning. Empty when there is nothing to say.

// With the source line, labels, help and fixes; closes with a line that counts the lessons that were not shown.
std::string RenderFull(const Source& source, const std::vector<Diagnostic>& diagnostics,
                       const SinkOptions& options);
// One line each, `file:line:column: level: message [id]`, for editors; no closing line.
std::string RenderConcise(const Source& source, const std::vector<Diagnostic>& diagnostics,
                          const SinkOptions& options);

// The JSON sinks carry all, with arguments both apart and in the message. Positions are given twice: `byte` offsets into
// the text with LF line ends and without a byte order mark, and 0-based lines and UTF-16 characters, as LSP has them.

// One document: {"schema": 1, "file": ..., "statements": 12, "refused": 0, "diagnostics": [...]}.
std::string RenderJson(const Source& source, const std::vector<Diagnostic>& diagnostics,
                       const SinkOptions& options);
// One object a line: a diagnostic with "schema" and "file".
std::string RenderJsonLines(const Source& source, const std::vector<Diagnostic>& diagnostics,
                            const SinkOptions& options);

// One document for any number of sources: {"schema": 1, "files": 12, "diagnostics": [{"file": ..., ...}]}. `files`: how
// many were looked at; reports without diagnostics need not be among `reports`.
std::string RenderJsonReport(const Reports& reports, std::size_t files, const SinkOptions& options);

// For programs that read findings of many tools. File names stand as they are in the sources: relative ones are wanted.

// SARIF 2.1.0, one run; the rules are those that were found.
std::string RenderSarif(const Reports& reports, const SinkOptions& options);
// Commands to a workflow of GitHub, the worst first; it shows few of each level, so that the rest is only counted.
std::string RenderGithub(const Reports& reports, const SinkOptions& options);
// One suite a file, one failed case a diagnostic; a file without any is a case that passed.
std::string RenderJunit(const Reports& reports, const SinkOptions& options);
// GitLab's code quality report.
std::string RenderGitlab(const Reports& reports, const SinkOptions& options);

}  // namespace asyncport::diag
