// Runs the phases up to facts, and draws.
#include "pipeline/draw.h"

#include <new>
#include <charconv>
#include <exception>
#include <memory>

#include "facts/facts.h"
#include "lower/lower.h"
#include "shape/shape.h"
#include "shape/timeline.h"
#include "support/check.h"
#include "support/json_text.h"
#include "support/stop.h"
#include "syntax/cst.h"

namespace asyncport {
namespace {

// The shape module knows offsets ("line @123"); here they become lines.
void NameLines(std::vector<std::string>& texts, const Source& source) {
  for (std::string& text : texts) {
    const std::size_t at = text.find('@');
    if (at == std::string::npos) continue;
    std::size_t end = at + 1;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    std::uint32_t offset = 0;
    std::from_chars(text.data() + at + 1, text.data() + end, offset);
    text.replace(at, end - at, std::to_string(source.Position(offset).line));
  }
}

void AppendJson(std::string& out, const shape::Shape& shape, const Source& source,
                const ir::Tree& tree) {
  const auto field = [&](std::string_view key, std::string_view value) {
    AppendJsonString(out, key);
    out += ":";
    AppendJsonString(out, value);
    out += ",";
  };
  out += "{";
  field("kind", shape::NameOf(shape.kind));
  if (shape.kind == shape::Kind::kPar) field("join", shape::NameOf(shape.join));
  if (!shape.name.empty()) field("name", shape.name);
  if (shape.kind == shape::Kind::kOp)
    out += std::string("\"library\":") + (shape.is_library ? "true" : "false") + ",";
  if (shape.amount > 0) out += "\"amount\":" + std::to_string(shape.amount) + ",";
  if (shape.node)
    out += "\"line\":" + std::to_string(source.LineIndex(tree.span(shape.node).begin)) + ",";
  out += "\"parts\":[";
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    if (i != 0) out += ",";
    AppendJson(out, shape.parts[i], source, tree);
  }
  out += "]}";
}

std::string ShapeJson(const facts::Facts& facts, const Source& source) {
  std::string out = "{\"schema\":1,\"file\":";
  AppendJsonString(out, source.name());
  out += ",\"functions\":[";
  bool first = true;
  for (const shape::FunctionShape& entry : shape::BuildAll(facts)) {
    out += first ? "\n{\"name\":" : ",\n{\"name\":";
    first = false;
    AppendJsonString(out, entry.name);
    out +=
        ",\"line\":" + std::to_string(source.LineIndex(facts.tree().span(entry.function).begin)) +
        ",\"text\":";
    AppendJsonString(out, shape::Text(entry.shape));
    out += ",\"shape\":";
    AppendJson(out, entry.shape, source, facts.tree());
    out += "}";
  }
  return out + (first ? "]}\n" : "\n]}\n");
}

void Execute(const Source& source, const CheckOptions& options, Drawing drawing, unsigned columns,
             Drawn& drawn, diag::Diagnostics& diagnostics) {
  syntax::ParseLimits limits;
  limits.max_nesting = options.max_nesting;
  limits.deadline_ms = options.parse_deadline_ms;
  Result<syntax::Parsed> parsed = syntax::Parse(source, options.language, limits);
  drawn.whole = parsed.ok() && parsed.value().errors.empty();
  if (!parsed) diagnostics.Report("source-too-complex", Span{}, {{"message", parsed.error()}});
  if (parsed.ok()) {
    for (const syntax::SyntaxError& error : parsed.value().errors) {
      diagnostics.Report("syntax-error", error.span, {{"message", error.message}});
    }
  }
  if (!drawn.whole) return;
  diag::Diagnostics lowering;  // what is wrong in the code is for `check` to say
  const ir::Tree tree =
      lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, lowering);
  const std::unique_ptr<facts::Facts> facts =
      facts::Infer(tree, {.async_names = options.async_names});
  CheckStop();
  if (drawing == Drawing::kShapeText) {
    drawn.text = shape::Dump(*facts);
    return;
  }
  if (drawing == Drawing::kShapeJson) {
    drawn.text = ShapeJson(*facts, source);
    return;
  }
  shape::Timeline timeline = shape::Simulate(*facts);
  NameLines(timeline.assumed, source);
  if (drawing == Drawing::kTimelineSvg) {
    drawn.text = shape::DrawSvg(timeline, source.name());
  } else if (drawing == Drawing::kTimelineJson) {
    drawn.text = shape::DrawJson(timeline, source.name());
  } else {
    drawn.text = shape::DrawText(timeline, columns);
  }
}

}  // namespace

Drawn Draw(const Source& source, const CheckOptions& options, Drawing drawing, unsigned columns) {
  Drawn drawn;
  diag::Diagnostics diagnostics;
  try {
    Execute(source, options, drawing, columns, drawn, diagnostics);
  } catch (const InternalError& error) {
    drawn.whole = false;
    diagnostics.Report("internal-error", error.span,
                       {{"phase", error.phase}, {"message", error.message}});
  } catch (const std::bad_alloc&) {
    drawn.whole = false;
    diagnostics.Report("out-of-memory", Span{}, {});
  } catch (const std::exception& error) {
    drawn.whole = false;
    diagnostics.Report("internal-error", Span{}, {{"phase", "library"}, {"message", error.what()}});
  }
  drawn.diagnostics = diagnostics.Take();
  return drawn;
}

}  // namespace asyncport
