// `match` and its patterns.
// Example: MatchClass P (positional, keyword x) prints `P(1, x=2)`.
#include <utility>

#include "emit/py/emitter.h"

namespace asyncport::emit::py {

void Emitter::MatchStatement(NodeId id) {
  ir::Match match(tree_, id);
  PutLine({.opens_block = true}, C({Text("match "), RightSide(match.subject(), {.tuple = true, .walrus = true}),
                                    Text(":")}));
  Docs inner;
  Docs* outer = std::exchange(out_, &inner);
  ++depth_;
  for (NodeId case_id : match.cases()) {
    ir::MatchCase branch(tree_, case_id);
    Docs parts{Text("case ")};
    parts.push_back(CasePattern(branch.pattern()));
    if (branch.guard()) {
      parts.push_back(Text(" if "));
      parts.push_back(Expr(branch.guard(), kAnything, Where::kBare));
    }
    parts.push_back(Text(":"));
    Clause(case_id, b_.Concat(parts), branch.body());
  }
  --depth_;
  out_ = outer;
  out_->push_back(b_.Indent(b_.Concat(inner)));
}

Doc Emitter::CasePattern(NodeId id, bool is_alternative) {
  auto items = [&](std::span<const NodeId> patterns) {
    Docs docs;
    for (NodeId pattern : patterns) docs.push_back(CasePattern(pattern));
    return docs;
  };
  switch (tree_.kind(id)) {
    case NodeKind::kMatchValue:
      return Expr(ir::MatchValue(tree_, id).value(), kBitOr, Where::kBare);
    case NodeKind::kMatchWildcard:
      return Text("_");
    case NodeKind::kMatchSequence:
      return Bracketed(id, "[", items(ir::MatchSequence(tree_, id).elements()), "]", true, Comma::kWhenBroken);
    case NodeKind::kMatchMapping: {
      ir::MatchMapping mapping(tree_, id);
      Docs docs;
      for (NodeId entry_id : mapping.entries()) {
        ir::MatchEntry entry(tree_, entry_id);
        docs.push_back(C({Expr(entry.key(), kBitOr, Where::kBare), Text(": "), CasePattern(entry.pattern())}));
      }
      if (mapping.rest()) docs.push_back(C({Text("**"), Expr(mapping.rest(), kPrimary, Where::kBare)}));
      return Bracketed(id, "{", docs, "}", true, Comma::kWhenBroken);
    }
    case NodeKind::kMatchClass: {
      ir::MatchClass shape(tree_, id);
      Docs docs = items(shape.positional());
      for (NodeId keyword_id : shape.keywords()) {
        ir::MatchKeyword keyword(tree_, keyword_id);
        docs.push_back(C({Text(keyword.name()), Text("="), CasePattern(keyword.pattern())}));
      }
      return C({Expr(shape.type(), kPrimary, Where::kBare), Bracketed(id, "(", docs, ")", false, Comma::kWhenBroken)});
    }
    case NodeKind::kMatchOr: {
      Docs parts;
      for (NodeId pattern : ir::MatchOr(tree_, id).alternatives()) {
        if (!parts.empty()) parts.push_back(Text(" | "));
        parts.push_back(CasePattern(pattern, true));
      }
      return is_alternative ? C({Text("("), b_.Concat(parts), Text(")")}) : b_.Concat(parts);
    }
    case NodeKind::kMatchAs: {
      ir::MatchAs as(tree_, id);
      bool nested = Is(as.pattern(), NodeKind::kMatchAs);
      Doc printed = C({CasePattern(as.pattern(), nested), Text(" as "), Expr(as.target(), kPrimary, Where::kBare)});
      return is_alternative ? C({Text("("), printed, Text(")")}) : printed;
    }
    case NodeKind::kRestPattern: {
      NodeId target = ir::RestPattern(tree_, id).target();
      return target ? C({Text("*"), Expr(target, kPrimary, Where::kBare)}) : Text("*_");
    }
    default:
      return Expr(id, kPrimary, Where::kBare);
  }
}

}  // namespace asyncport::emit::py
