// The programs that `--run` starts in the sandbox: the given functions as stubs that say when they begin and end, the
// answer (or the starting code, on its own side), and the exercise's driver. Text only; running is grade_run's.
// Example: DriverText(Language::kPy) reads /box/config.json and /box/answer.
#pragma once

#include <string>
#include <string_view>

#include "grade/exercise.h"
#include "support/language.h"

namespace asyncport::cli {

std::string_view DriverText(Language language);

// What the driver has to know, as JSON: functions, arguments, the entry, the exercise's own driver.
// `synchronous`: the given functions simply return (starting code that awaits nothing).
std::string DriverConfig(const grade::Exercise& exercise, Language language,
                         const std::string& entry, bool synchronous);

}  // namespace asyncport::cli
