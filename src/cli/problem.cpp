// Problems as text and as JSON.
#include "cli/problem.h"

#include <string_view>

#include "diag/sinks/texts.h"
#include "support/json_text.h"

namespace asyncport::cli {
namespace {

std::string_view Name(Problem::Kind kind) {
  constexpr std::string_view kNames[] = {"usage", "io", "config", "input"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string ProblemText(const Problem& problem) {
  std::string out = "asyncport: ";
  if (!problem.file.empty()) out += diag::OneLine(problem.file) + ": ";
  out += diag::OneLine(problem.message) + "\n";
  if (!problem.help.empty()) out += "  help: " + diag::OneLine(problem.help) + "\n";
  return out;
}

std::string ProblemJson(const Problem& problem) {
  std::string out = "{\"schema\":1,\"file\":";
  AppendJsonString(out, problem.file);
  out += ",\"problem\":{\"kind\":";
  AppendJsonString(out, Name(problem.kind));
  out += ",\"message\":";
  AppendJsonString(out, problem.message);
  out += ",\"help\":";
  AppendJsonString(out, problem.help);
  return out + "},\"diagnostics\":[]}\n";
}

}  // namespace asyncport::cli
