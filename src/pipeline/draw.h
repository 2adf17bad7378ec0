// The border of the library for pictures of concurrency: source text in, shapes or a timeline out.
// Example: Draw(source, {.language = kPy}, Drawing::kTimelineText) gives one lane for each task.
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "pipeline/check.h"
#include "support/source.h"

namespace asyncport {

enum class Drawing : std::uint8_t {
  kShapeText,
  kShapeJson,
  kTimelineText,
  kTimelineSvg,
  kTimelineJson
};

struct Drawn {
  bool whole = true;  // false: it does not parse, or we failed; `diagnostics` say why
  std::string text;
  std::vector<diag::Diagnostic> diagnostics;
};

// `columns`: of the terminal, for kTimelineText.
Drawn Draw(const Source& source, const CheckOptions& options, Drawing drawing,
           unsigned columns = 80);

}  // namespace asyncport
