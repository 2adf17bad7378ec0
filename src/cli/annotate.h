// Translations with each lesson as a comment above the line that it concerns, for whoever reads them to learn.
// Example: `# timer-units: JavaScript counts time in milliseconds, ...` above `await asyncio.sleep(0.01)`.
#pragma once

#include <string>

#include "pipeline/pipeline.h"
#include "support/source.h"

namespace asyncport::cli {

// The text of `outcome` with comments. Lessons whose comment would change more than the comments are left out.
std::string Annotate(const Source& source, const Options& options, const Outcome& outcome);

}  // namespace asyncport::cli
