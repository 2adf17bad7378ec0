// See dump.h.
#include "pipeline/dump.h"

#include "advise/advise.h"
#include "doc/doc.h"
#include "emit/emit.h"
#include "rules/rules.h"

namespace asyncport {

std::string DumpMatches(const facts::Facts& facts, const Source& source) {
  std::string out;
  auto visit = [&](auto&& self, ir::NodeId id) -> void {
    if (auto match = rules::FindCorrespondence(facts, id)) {
      LineColumn at = source.Position(facts.tree().span(id).begin);
      out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(match->id);
      for (const rules::Bound& bound : match->bound) {
        out += " $" + bound.hole + "=";
        for (std::size_t i = 0; i < bound.nodes.size(); ++i) {
          if (i != 0) out += " | ";
          out += source.Text(facts.tree().span(bound.nodes[i]));
        }
      }
      out += '\n';
    }
    facts.tree().ForEachChild(id, [&](ir::NodeId child) { self(self, child); });
  };
  visit(visit, facts.tree().root());
  return out;
}

std::string DumpAdvice(const facts::Facts& facts, const comments::Attached& attached, const Source& source) {
  std::string out;
  for (const diag::Diagnostic& d : advise::Advise(facts, attached, source)) {
    LineColumn at = source.Position(d.span.begin);
    out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + d.id + "\n";
  }
  return out;
}

std::string DumpDoc(const ir::Tree& tree, const comments::CommentMap& comments) {
  doc::Builder builder;
  doc::Doc document = emit::Emit(tree, comments, builder);
  return doc::Dump(builder, document);
}

}  // namespace asyncport
