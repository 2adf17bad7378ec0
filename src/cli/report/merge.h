// `asyncport report merge`: one report of the reports of several runs.
// Example: asyncport report merge part-1.json part-2.json -o all.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/report/model.h"
#include "support/result.h"

namespace asyncport::cli::report {

struct Read {
  Head head;
  std::vector<File> files;
  bool interrupted = false;
};
// Checks what it reads: a report may come from anywhere.
Result<Read> ReadReport(std::string_view text);

int RunReport(const Command& command);

}  // namespace asyncport::cli::report
