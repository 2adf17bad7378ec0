// Which language the source is in and which it becomes, from file name, options and, where there is no extension, the
// first line.
// Example: "jobs.py" without options is Python to JavaScript.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/options.h"
#include "cli/problem.h"
#include "support/language.h"

namespace asyncport::cli {

struct Direction {
  Language from = Language::kJs;
  Language to = Language::kPy;
};

// `name` is the file's name, or what standard input is called (may be empty).
// Fails without looking at the text where the name settles that it is hopeless; `needs_text` is set instead of an answer
// where only the first line can tell.
std::optional<Problem> FindDirection(const Command& command, const std::string& name,
                                     Direction& direction, bool& needs_text);
// The answer from a first line such as "#!/usr/bin/env node".
std::optional<Problem> FindDirectionByText(const std::string& name, std::string_view text,
                                           Direction& direction);

}  // namespace asyncport::cli
