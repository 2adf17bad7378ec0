// What waits for what, written into the text: a lens over each asynchronous function, a hint after each expression that
// runs several operations at once.
#include <functional>

#include "lsp/features.h"
#include "shape/shape.h"

namespace asyncport::lsp {
namespace {

constexpr std::size_t kMaxLabel = 60;

std::string Shorten(std::string text) {
  if (text.size() <= kMaxLabel) return text;
  std::size_t end = kMaxLabel - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

// "fetchUser, fetchPosts"; parts that have no name of their own are counted.
std::string NamesOf(const shape::Shape& par) {
  std::string names;
  std::size_t unnamed = 0;
  const auto add = [&](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
  for (const shape::Shape& part : par.parts) {
    if (part.kind == shape::Kind::kOp && !part.name.empty()) {
      add(part.name);
    } else if (part.kind == shape::Kind::kLoop) {
      add("each " + shape::Text(part.parts.empty() ? part : part.parts[0]));
    } else {
      ++unnamed;
    }
  }
  if (unnamed != 0 && !names.empty()) add(std::to_string(unnamed) + " more");
  return names.empty() ? std::to_string(unnamed) + " at once" : names;
}

// Calls `visit` for each function of the file that waits for something; nothing where the file cannot be read.
template <typename Visit>
bool ForEachShape(State& state, OpenFile& file, const Visit& visit) {
  const std::shared_ptr<const Reading> reading = state.ReadingOf(file);
  if (!reading) return false;
  if (!reading->whole) return true;
  for (const shape::FunctionShape& entry : shape::BuildAll(*reading->facts)) visit(*reading, entry);
  return true;
}

}  // namespace

Answer CodeLens(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return NotOpen();
  Json lenses = Json::Array();
  if (!state.editor.code_lens) return lenses;
  const bool good = ForEachShape(state, *file, [&](const Reading& reading, const auto& entry) {
    if (!entry.function || reading.tree->Is(entry.function, ir::NodeKind::kModule)) return;
    const Span span = reading.tree->span(entry.function);
    const Range whole = file->document.RangeOf(span, state.client.encoding);
    const Range at{whole.start, whole.start};
    const Json uri = file->document.uri();
    const auto add = [&](const std::string& title, std::string_view command, Json argument) {
      lenses.Push(Json::Object{{"range", ToJson(at)},
                               {"command", Json::Object{{"title", title},
                                                        {"command", command},
                                                        {"arguments", Json::Array{argument}}}}});
    };
    add("waits for " + Shorten(shape::Text(shape::Canonical(entry.shape))), "asyncport.timeline",
        Json::Object{{"uri", uri}});
    add("translate to " + std::string(DisplayName(Other(file->document.language()))),
        "asyncport.translateSelection", Json::Object{{"uri", uri}, {"range", ToJson(whole)}});
  });
  if (!good) return Failure{Code::kCancelled, "cancelled"};
  return lenses;
}

Answer InlayHints(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return NotOpen();
  const std::optional<Range> range = ToRange(params["range"]);
  if (!range) return Failure{Code::kInvalidParams, "hints are asked for a range"};
  Json hints = Json::Array();
  if (!state.editor.inlay_hints) return hints;
  const Span wanted = file->document.SpanOf(*range, state.client.encoding);
  const bool good = ForEachShape(state, *file, [&](const Reading& reading, const auto& entry) {
    const std::function<void(const shape::Shape&)> walk = [&](const shape::Shape& shape) {
      if (shape.kind == shape::Kind::kPar && shape.node) {
        const Span span = reading.tree->span(shape.node);
        if (span.end >= wanted.begin && span.end <= wanted.end) {
          const Position at = file->document.PositionAt(span.end, state.client.encoding);
          hints.Push(
              Json::Object{{"position", ToJson(at)},
                           {"label", "\xE2\x88\xA5 " + Shorten(NamesOf(shape))},
                           {"paddingLeft", true},
                           {"tooltip", "These run at the same time: " + shape::Text(shape)}});
        }
      }
      for (const shape::Shape& part : shape.parts) walk(part);
    };
    walk(entry.shape);
  });
  if (!good) return Failure{Code::kCancelled, "cancelled"};
  return hints;
}

}  // namespace asyncport::lsp
