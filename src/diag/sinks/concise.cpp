// One line per diagnostic, in the shape that editors' error parsers know.
#include "diag/sinks/sinks.h"
#include "diag/sinks/texts.h"

namespace asyncport::diag {

std::string RenderConcise(const Source& source, const std::vector<Diagnostic>& diagnostics,
                          const SinkOptions& options) {
  std::string out;
  for (const Diagnostic* diagnostic : Select(diagnostics, options).shown) {
    Texts texts = FindShortTexts(*diagnostic, options);
    LineColumn at = source.Position(diagnostic->span.begin);
    out += OneLine(source.name()) + ":" + std::to_string(at.line) + ":" +
           std::to_string(at.column) + ": ";
    out += Name(texts.level);
    out += ": " + OneLine(texts.message) + " [" + diagnostic->id + "]\n";
  }
  return out;
}

}  // namespace asyncport::diag
