// `asyncport grade --run`: runs an answer in a sandbox (bubblewrap: no network, no files of the user, limits of time,
// memory, processes and output) together with functions that the exercise gives, and compares what is observed with what
// judging said. Never a fallback without the sandbox.
#pragma once

#include <optional>
#include <string>

#include "cli/problem.h"
#include "grade/exercise.h"
#include "grade/judge.h"

namespace asyncport::cli {

// Why `--run` cannot work here, if it cannot.
std::optional<Problem> WhyNoSandbox();
// Adds what was observed to the verdict: a criterion comment where it differs.
void RunInSandbox(const grade::Exercise& exercise, const std::string& name, const std::string& code,
                  grade::Verdict& verdict);

}  // namespace asyncport::cli
