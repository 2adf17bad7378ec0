// What the construct under the cursor becomes, the lesson about it, and what a function waits for.
#include <algorithm>
#include <vector>

#include "emit/emit.h"
#include "ir/views.h"
#include "lsp/features.h"
#include "rules/page.h"
#include "rules/rules.h"
#include "shape/shape.h"
#include "support/strings.h"
#include "translate/translate.h"

namespace asyncport::lsp {
namespace {

using ir::NodeId;
using ir::NodeKind;

constexpr std::size_t kMaxLines = 14;

// From the root to the innermost node at the offset. Children may lie outside of what the text shows of their parent
// only where a construct was taken apart, so that all of them are tried.
std::vector<NodeId> PathTo(const ir::Tree& tree, std::uint32_t offset) {
  std::vector<NodeId> path{tree.root()};
  while (true) {
    NodeId next;
    tree.ForEachChild(path.back(), [&](NodeId child) {
      const Span span = tree.span(child);
      if (span.begin <= offset && offset < span.end &&
          (!next || span.size() <= tree.span(next).size()))
        next = child;
    });
    if (!next || path.size() > 4000) return path;
    path.push_back(next);
  }
}

bool IsFunction(NodeKind kind) {
  return kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kLambda || kind == NodeKind::kMethod;
}

// What is worth being looked at by itself; names and literals are not.
bool IsConstruct(const ir::Tree& tree, NodeId node) {
  constexpr NodeKind kExpressions[] = {NodeKind::kCall,   NodeKind::kAwait,
                                       NodeKind::kNew,    NodeKind::kTemplate,
                                       NodeKind::kLambda, NodeKind::kFunctionExpr};
  const NodeKind kind = tree.kind(node);
  if (std::find(std::begin(kExpressions), std::end(kExpressions), kind) != std::end(kExpressions))
    return true;
  return ir::HasCategory(kind, ir::category::Stmt) && kind != NodeKind::kBlock;
}

// The outermost target nodes that stand for the source node.
void FindTargets(const ir::Tree& target, NodeId node, NodeId origin, std::vector<NodeId>& found) {
  if (target.origin(node) == origin && !target.Is(node, NodeKind::kBlock)) {
    found.push_back(node);
    return;
  }
  target.ForEachChild(node, [&](NodeId child) { FindTargets(target, child, origin, found); });
}

std::string FirstLines(const std::string& text) {
  std::string out;
  const std::vector<std::string_view> lines = SplitLines(text);
  for (std::size_t i = 0; i < lines.size() && i < kMaxLines; ++i)
    out += std::string(lines[i]) + "\n";
  if (lines.size() > kMaxLines) out += "...\n";
  return out;
}

class Writer {
 public:
  explicit Writer(bool markdown) : markdown_(markdown) {}
  void Paragraph(const std::string& text) { Add(text); }
  void Code(Language language, const std::string& code) {
    const std::string fence = markdown_ ? "```" : "";
    const std::string name(markdown_ ? language == Language::kJs ? "javascript" : "python" : "");
    Add(fence + name + (markdown_ ? "\n" : "") + code + fence);
  }
  void Heading(const std::string& text) { Add(markdown_ ? "**" + text + "**" : text); }
  const std::string& text() const { return text_; }

 private:
  void Add(const std::string& part) {
    if (!text_.empty()) text_ += text_.ends_with('\n') ? "\n" : "\n\n";
    text_ += part;
  }
  bool markdown_;
  std::string text_;
};

// The construct and what it became, of the innermost one that became something.
void AddTranslation(Writer& out, const Reading& reading, const translate::Translation& translation,
                    const std::vector<NodeId>& path, Span& shown) {
  for (auto it = path.rbegin(); it != path.rend(); ++it) {
    if (!IsConstruct(*reading.tree, *it)) continue;
    // An awaited call is one construct.
    const auto above = it + 1;
    const bool is_awaited =
        above != path.rend() && reading.tree->Is(*above, NodeKind::kAwait) &&
        (reading.tree->Is(*it, NodeKind::kCall) || reading.tree->Is(*it, NodeKind::kNew));
    if (is_awaited) continue;
    std::vector<NodeId> targets;
    FindTargets(translation.tree, translation.tree.root(), *it, targets);
    std::string code;
    for (const NodeId target : targets) code += emit::EmitNode(translation.tree, target) + "\n";
    if (code.empty()) continue;
    shown = reading.tree->span(*it);
    out.Heading("In " + std::string(DisplayName(translation.tree.language())));
    out.Code(translation.tree.language(), FirstLines(code));
    return;
  }
}

void AddShape(Writer& out, const Reading& reading, const Source& source,
              const std::vector<NodeId>& path, std::uint32_t offset) {
  const auto it = std::find_if(path.rbegin(), path.rend(),
                               [&](NodeId id) { return IsFunction(reading.tree->kind(id)); });
  if (it == path.rend()) return;
  // On the line that begins it; inside of it the reader looks at something else.
  if (source.LineIndex(reading.tree->span(*it).begin) != source.LineIndex(offset)) return;
  const shape::Shape shape = shape::Canonical(shape::Build(*reading.facts, *it));
  if (shape.empty()) return;
  out.Paragraph("Waits for `" + shape::Text(shape) + "`");
}

void AddCard(Writer& out, const Reading& reading, const std::vector<NodeId>& path) {
  for (auto it = path.rbegin(); it != path.rend(); ++it) {
    const std::optional<rules::Match> match = rules::FindCorrespondence(*reading.facts, *it);
    if (!match) continue;
    const diag::Entry* entry = diag::FindEntry(match->id);
    if (entry != nullptr && !entry->title.empty()) out.Heading(std::string(entry->title));
    std::string_view text = rules::LessonOf(match->id);
    if (text.empty()) {
      // What stands before its shapes.
      text = rules::PageBody(match->id);
      text = Trim(text.substr(0, std::min(text.find("## "), text.size())));
    }
    if (!text.empty()) out.Paragraph(std::string(text));
    return;
  }
}

}  // namespace

Answer Hover(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return NotOpen();
  const std::optional<Position> position = ToPosition(params["position"]);
  if (!position) return Failure{Code::kInvalidParams, "the position is none"};
  const std::shared_ptr<const Checked> checked = state.CheckedOf(*file);
  const std::shared_ptr<const Reading> reading = state.ReadingOf(*file);
  const Source* source = state.SourceOf(*file);
  if (!checked || !reading) return Failure{Code::kCancelled, "cancelled"};
  if (source == nullptr) return Json();
  const std::uint32_t offset = file->document.OffsetAt(*position, state.client.encoding);
  Writer out(state.client.markdown_hover);
  Span shown{offset, offset};
  for (const diag::Diagnostic& diagnostic : checked->diagnostics) {
    if (offset < diagnostic.span.begin || offset > diagnostic.span.end) continue;
    const std::string_view lesson = rules::LessonOf(diagnostic.id);
    const diag::Entry* entry = diag::FindEntry(diagnostic.id);
    if (entry == nullptr || lesson.empty()) continue;
    out.Heading(std::string(entry->title) + " (" + diagnostic.id + ")");
    out.Paragraph(std::string(lesson));
    shown = diagnostic.span;
    break;
  }
  const bool has_lesson = !out.text().empty();
  if (reading->whole) {
    const std::vector<NodeId> path = PathTo(*reading->tree, offset);
    AddShape(out, *reading, *source, path, offset);
    diag::Diagnostics ignored;
    const translate::Translation translation =
        translate::Translate(*reading->facts, *source, TranslateOptionsOf(*file), ignored);
    AddTranslation(out, *reading, translation, path, shown);
    if (!has_lesson) AddCard(out, *reading, path);
  }
  if (out.text().empty()) return Json();
  return Json(
      Json::Object{{"contents", Markup(state.client.markdown_hover, out.text())},
                   {"range", ToJson(file->document.RangeOf(shown, state.client.encoding))}});
}

}  // namespace asyncport::lsp
