// `asyncport grade EXERCISE ANSWER...`: reads the answers, judges each in a process of its own, writes the report.
#pragma once

#include "cli/options.h"
#include "grade/exercise.h"
#include "support/result.h"

namespace asyncport::cli {

int RunGrade(const Command& command);

// An id of an exercise that comes along, or the path of a card.
Result<grade::Exercise> LoadExercise(const std::string& name);

}  // namespace asyncport::cli
