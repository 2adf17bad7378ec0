// IR of one language -> IR of the other: engine plus topics. What it cannot translate becomes Untranslated with an error
// diagnostic; it never guesses in silence.
// Example: Spawn, names, imports: `const p = createUser();` -> `task = asyncio.create_task(create_user())`.
#pragma once

#include <vector>

#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "ir/tree.h"
#include "pipeline/pipeline.h"
#include "pipeline/project.h"
#include "support/source.h"

namespace asyncport::translate {

struct Translation {
  ir::Tree tree;                     // target dialect; `origin` points into the source tree
  std::vector<ir::NodeId> absorbed;  // source nodes whose comments went with them (a sleep helper)
  // Source nodes whose asynchronous operations are meant to differ: absorbed, refused, or rewritten as a whole by a
  // topic (a queue of callbacks that becomes a Queue).
  std::vector<ir::NodeId> rewritten;
  std::vector<ir::NodeId> refused;  // statements that became Untranslated, outermost ones
  std::vector<Exported> exports;    // of a file of a project (CurrentProject)
};

Translation Translate(const facts::Facts& facts, const Source& source, const Options& options,
                      diag::Diagnostics& diagnostics);

}  // namespace asyncport::translate
