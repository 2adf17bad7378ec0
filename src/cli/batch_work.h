// One file of a batch: read, translate, compare with what is there, write. Holds nothing beyond that.
// Example: WorkOn(job, {"src/a.js", "a.js", "a.py"}) writes out/a.py and says kTranslated.
#pragma once

#include <set>
#include <string>

#include "cli/batch_inputs.h"
#include "cli/config_cache.h"
#include "cli/report/model.h"
#include "pipeline/project_map.h"
#include "pipeline/timings.h"

namespace asyncport::cli {

enum class BatchMode : std::uint8_t { kWrite, kCheck, kDiff };

struct BatchJob {
  const Command& command;
  const BatchInputs& inputs;
  ConfigCache& configs;
  const ProjectMap& project;  // of all inputs, in their order
  BatchMode mode = BatchMode::kWrite;
  bool wants_texts = false;                       // for a report
  const std::set<std::string>* ours = nullptr;    // targets that may be overwritten: an earlier round wrote them
};

struct BatchDone {
  report::File file;
  std::string said;  // diagnostics, ready to print
  std::string diff;
  Timings timings;
};

BatchDone WorkOn(const BatchJob& job, const BatchFile& file);

// For the map of a project. Files that cannot be read hand out nothing and ask for nothing.
std::vector<std::string> ImportsOf(const BatchJob& job, const BatchFile& file);
Interface InterfaceOf(const BatchJob& job, const BatchFile& file);

}  // namespace asyncport::cli
