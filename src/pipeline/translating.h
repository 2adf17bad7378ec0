// Translating what was read already, and translating a part of it. With `Run`, the border of the library.
// Example: Run(source, {.to = kPy}, reading, Span{0, 20}) translates the statements that the first 20 bytes touch, with
// what the whole file tells about them.
#pragma once

#include <optional>

#include "pipeline/pipeline.h"
#include "pipeline/reading.h"
#include "support/source.h"
#include "support/span.h"

namespace asyncport {

// `reading`: of this source, with its language and async_names as in `options`. `selection`: only the statements that
// it touches, the imports that they use, and diagnostics inside of it. Options::print and stop_after have no meaning
// before the facts.
Outcome Run(const Source& source, const Options& options, const Reading& reading,
            const std::optional<Span>& selection = std::nullopt);

}  // namespace asyncport
