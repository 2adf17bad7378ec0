// What keeps the command line from translating at all (exit code 2): usage, files, configuration. Faults in the user's
// code are diagnostics instead.
// Example: {kUsage, "notes.txt", "cannot tell the language from '.txt'", "say it with --from js or --from py"}.
#pragma once

#include <cstdint>
#include <string>

namespace asyncport::cli {

struct Problem {
  enum class Kind : std::uint8_t { kUsage, kIo, kConfig, kInput };
  Kind kind = Kind::kUsage;
  std::string file;     // the file at hand; may be empty
  std::string message;  // names neither the program nor the file
  std::string help;     // the remedy; may be empty
};

// For people: "asyncport: notes.txt: cannot tell ...\n  help: ...\n".
std::string ProblemText(const Problem& problem);
// One JSON document, with an empty list of diagnostics.
std::string ProblemJson(const Problem& problem);

}  // namespace asyncport::cli
