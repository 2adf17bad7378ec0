// Brackets with items: lists, tuples, sets, dicts, comprehensions, targets.
// Example: `{"a": 1}` that was written over several lines stays so, with a comma at the end.
#include <algorithm>

#include "emit/py/emitter.h"

namespace asyncport::emit::py {

Doc Emitter::Item(NodeId id, Doc content) {
  if (!comments_.Has(id)) return content;
  Docs parts;
  for (const comments::Comment* comment : comments_.Leading(id)) {
    parts.push_back(CommentDoc(*comment));
    parts.push_back(b_.HardLine());
  }
  parts.push_back(content);
  for (const comments::Comment* comment : comments_.Trailing(id)) {
    Doc gap = comment->own_line ? b_.HardLine() : Text("  ");
    parts.push_back(b_.LineSuffix(C({gap, CommentDoc(*comment)})));
    parts.push_back(b_.BreakParent());
  }
  return b_.Concat(parts);
}

Docs Emitter::Items(std::span<const NodeId> ids) {
  Docs items;
  for (NodeId id : ids) items.push_back(Item(id, Expr(id, kLambda, Where::kInBrackets)));
  return items;
}

Doc Emitter::Bracketed(NodeId owner, std::string_view open, const Docs& items, std::string_view close,
                       bool one_per_line, Comma comma, bool broken) {
  Docs dangling;
  if (owner) {
    for (const comments::Comment* comment : comments_.Dangling(owner)) {
      dangling.push_back(b_.HardLine());
      dangling.push_back(CommentDoc(*comment));
    }
  }
  if (items.empty()) {
    if (dangling.empty()) return C({Text(open), Text(close)});
    return C({Text(open), b_.Indent(b_.Concat(dangling)), b_.HardLine(), Text(close)});
  }
  Docs parts;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) {
      parts.push_back(Text(","));
      parts.push_back(Line());
    }
    parts.push_back(items[i]);
  }
  // A lone item gets no comma: nothing but its own operators can be split.
  bool comma_when_broken = comma == Comma::kAlways || (comma == Comma::kWhenBroken && items.size() > 1);
  if (comma_when_broken) parts.push_back(IfBroken(Text(",")));
  bool force = broken || std::find(forced_.begin(), forced_.end(), BracketPair{owner, false}) != forced_.end();
  Doc inside = b_.Concat(parts);
  if (!one_per_line && items.size() > 1) inside = b_.Group(inside, {.id = {}, .broken = broken && rigid_ == 0});
  return b_.Group(C({Text(open), b_.Indent(C({SoftLine(), inside, b_.Concat(dangling)})), SoftLine(), Text(close)}),
                  {.id = {}, .broken = force && rigid_ == 0});
}

Doc Emitter::ListExpr(NodeId id, Where) {
  return Bracketed(id, "[", Items(ir::List(tree_, id).elements()), "]", true, Comma::kWhenBroken);
}

Doc Emitter::SetExpr(NodeId id, Where) {
  auto elements = ir::SetLit(tree_, id).elements();
  if (elements.empty()) return Text("set()");
  return Bracketed(id, "{", Items(elements), "}", true, Comma::kWhenBroken);
}

Doc Emitter::TupleExpr(NodeId id, Where) {
  auto elements = ir::Tuple(tree_, id).elements();
  Docs items = Items(elements);
  if (items.size() == 1) items[0] = C({items[0], Text(",")});
  return Bracketed(id, "(", items, ")", true, Comma::kWhenBroken);
}

// Two elements or more, without parentheses.
Doc Emitter::BareTuple(std::span<const NodeId> elements, Where where) {
  Docs parts;
  for (NodeId element : elements) {
    if (!parts.empty()) {
      parts.push_back(Text(","));
      parts.push_back(where == Where::kInBrackets ? Line() : Text(" "));
    }
    parts.push_back(Item(element, Expr(element, kLambda, where)));
  }
  return b_.Concat(parts);
}

Doc Emitter::DictEntryDoc(NodeId id) {
  if (auto spread = As<ir::Spread>(id)) {
    return Item(id, C({Text("**"), Expr(spread.value(), kBitOr, Where::kInBrackets)}));
  }
  auto entry = As<ir::DictEntry>(id);
  if (!entry) return Item(id, Expr(id, kLambda, Where::kInBrackets));
  return Item(id, C({Expr(entry.key(), kLambda, Where::kInBrackets), Text(": "),
                     Expr(entry.value(), kLambda, Where::kInBrackets)}));
}

Doc Emitter::DictExpr(NodeId id, Where) {
  ir::Dict dict(tree_, id);
  Docs items;
  for (NodeId entry : dict.entries()) items.push_back(DictEntryDoc(entry));
  // A lone entry gets its comma as well, so that what is expanded once stays so.
  return Bracketed(id, "{", items, "}", true, Comma::kAlways, dict.was_multiline());
}

Doc Emitter::ComprehensionInside(NodeId id) {
  ir::Comprehension comprehension(tree_, id);
  Docs parts{Expr(comprehension.element(), kLambda, Where::kInBrackets)};
  if (comprehension.value()) {
    parts.push_back(Text(": "));
    parts.push_back(Expr(comprehension.value(), kLambda, Where::kInBrackets));
  }
  for (NodeId clause : comprehension.clauses()) {
    parts.push_back(Line());
    if (auto loop = As<ir::CompFor>(clause)) {
      parts.push_back(Text(loop.is_async() ? "async for " : "for "));
      {
        Rigid rigid(*this);
        parts.push_back(TargetDoc(loop.target()));
      }
      parts.push_back(Text(" in "));
      parts.push_back(Expr(loop.iterable(), kOr, Where::kInBrackets));
    } else {
      parts.push_back(Text("if "));
      parts.push_back(Expr(ir::CompIf(tree_, clause).test(), kOr, Where::kInBrackets));
    }
  }
  return b_.Group(b_.Concat(parts));
}

Doc Emitter::ComprehensionExpr(NodeId id, Where) {
  switch (ir::Comprehension(tree_, id).kind()) {
    case ir::ComprehensionKind::kList:
      return Bracketed(id, "[", {ComprehensionInside(id)}, "]", false, Comma::kNever);
    case ir::ComprehensionKind::kGenerator:
      return Bracketed(id, "(", {ComprehensionInside(id)}, ")", false, Comma::kNever);
    default:
      return Bracketed(id, "{", {ComprehensionInside(id)}, "}", false, Comma::kNever);
  }
}

Doc Emitter::TargetDoc(NodeId id) {
  auto list = As<ir::ListPattern>(id);
  if (list && !list.is_parenthesised() && list.elements().size() > 1) return BareTuple(list.elements(), Where::kBare);
  return Expr(id, kPrimary, Where::kBare);
}

// The left side of an assignment gets parentheses when it is too long by itself.
Doc Emitter::AssignTarget(NodeId id) {
  auto list = As<ir::ListPattern>(id);
  bool bare = list && !list.is_parenthesised() && list.elements().size() > 1;
  if (!bare || rigid_ > 0) return TargetDoc(id);
  return b_.Group(C({IfBroken(Text("(")),
                     b_.Indent(C({SoftLine(), BareTuple(list.elements(), Where::kInBrackets), IfBroken(Text(","))})),
                     SoftLine(), IfBroken(Text(")"))}));
}

Doc Emitter::PatternExpr(NodeId id, Where) {
  auto elements = ir::ListPattern(tree_, id).elements();
  Docs items;
  for (NodeId element : elements) items.push_back(Expr(element, kPrimary, Where::kInBrackets));
  if (items.size() == 1) items[0] = C({items[0], Text(",")});
  return Bracketed(id, "(", items, ")", true, Comma::kWhenBroken);
}

Doc Emitter::RestPatternExpr(NodeId id, Where where) {
  NodeId target = ir::RestPattern(tree_, id).target();
  return C({Text("*"), target ? Expr(target, kPrimary, where) : Text("_")});
}

}  // namespace asyncport::emit::py
