// Judging each answer in a child process, so that whatever happens to one costs only that one. Answers are read in the
// child too. The order of the verdicts is that of the paths.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "grade/exercise.h"
#include "grade/judge.h"

namespace asyncport::cli {

std::vector<grade::Verdict> JudgeAll(const Command& command, const grade::Exercise& exercise,
                                     const std::vector<std::string>& paths);

}  // namespace asyncport::cli
