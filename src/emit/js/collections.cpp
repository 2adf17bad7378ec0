// Arrays, objects and the patterns that look like them.
// Example: Dict(was_multiline) stays open over several lines; numbers fill their lines.
#include <algorithm>

#include "emit/js/emitter.h"

namespace asyncport::emit::js {

Doc Emitter::EmitList(NodeId id) { return ListLike(id, ir::List(tree_, id).elements(), false); }
Doc Emitter::EmitListPattern(NodeId id) {
  return ListLike(id, ir::ListPattern(tree_, id).elements(), true);
}
Doc Emitter::EmitElision(NodeId) { return {}; }

// Numbers only, and no comment that ends a line: as many on a line as fit.
bool Emitter::IsConciseList(std::span<const NodeId> elements) const {
  return !elements.empty() && std::ranges::all_of(elements, [&](NodeId id) {
    for (const comments::Comment* comment : comments_.Trailing(id)) {
      if (comment->style != comments::Style::kBlock && !comment->own_line) return false;
    }
    auto unary = As<ir::Unary>(id);
    bool sign = unary && (unary.op() == ir::UnaryOp::kNeg || unary.op() == ir::UnaryOp::kPos);
    return Is(sign ? unary.operand() : id, NodeKind::kNumber);
  });
}

// Several arrays, or several objects, of more than one element each: a line for each.
bool Emitter::IsMatrix(std::span<const NodeId> elements) const {
  if (elements.size() < 2) return false;
  NodeKind kind = Kind(elements[0]);
  return std::ranges::all_of(elements, [&](NodeId id) {
    if (Kind(id) != kind) return false;
    if (auto list = As<ir::List>(id)) return list.elements().size() > 1;
    auto dict = As<ir::Dict>(id);
    return dict && dict.entries().size() > 1;
  });
}

Doc Emitter::ListLike(NodeId id, std::span<const NodeId> elements, bool is_pattern) {
  if (elements.empty()) {
    return C({Text("["), DanglingInside(id), Text("]")});
  }
  NodeId last = elements.back();
  bool concise = !is_pattern && IsConciseList(elements);
  doc::GroupId group = b_.NewGroupId();
  Doc comma = Is(last, NodeKind::kRestPattern) ? Doc()
              : Is(last, NodeKind::kElision)   ? Text(",")
              : concise                        ? b_.IfBreak(Text(","), {}, group)
                                               : b_.IfBreak(Text(","));
  Docs parts;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    bool is_last = i + 1 == elements.size();
    bool blank = !is_last && comments_.BlankBefore(elements[i + 1]);
    Doc element = Print(elements[i]);
    if (concise) {
      parts.push_back(C({element, is_last ? comma : Text(",")}));
      if (!is_last)
        parts.push_back(blank                         ? b_.BlankLine()
                        : HasLeading(elements[i + 1]) ? b_.HardLine()
                                                      : b_.Line());
    } else {
      if (!Is(elements[i], NodeKind::kElision)) parts.push_back(b_.Group(element));
      if (!is_last) parts.push_back(C({Text(","), b_.Line(), blank ? b_.SoftLine() : Doc()}));
    }
  }
  Doc inner = concise ? b_.Fill(parts) : C({b_.Concat(parts), comma});
  Doc dangling = DanglingComments(id);
  if (!dangling.empty()) inner = C({inner, b_.HardLine(), dangling});
  bool broken = !is_pattern && IsMatrix(elements);
  return b_.Group(C({Text("["), SoftIndented(inner), Text("]")}), {.id = group, .broken = broken});
}

bool Emitter::IsShorthand(NodeId key, NodeId value) const {
  if (auto with_default = As<ir::DefaultPattern>(value)) value = with_default.target();
  return Is(key, NodeKind::kString) && Is(value, NodeKind::kName) &&
         tree_.text(key) == tree_.text(value);
}

Doc Emitter::PropertyKey(NodeId key) {
  if (Is(key, NodeKind::kString)) {
    std::string_view name = tree_.text(key);
    return Text(IsIdentifierName(name) ? std::string(name) : QuoteString(name));
  }
  auto number = As<ir::Number>(key);
  bool plain = (number && number.kind() != ir::NumberKind::kBigInt) || Is(key, NodeKind::kHole);
  return plain ? Print(key) : C({Text("["), Print(key), Text("]")});
}

Doc Emitter::EmitDict(NodeId id) {
  auto view = ir::Dict(tree_, id);
  if (view.entries().empty()) {
    return C({Text("{"), DanglingInside(id), Text("}")});
  }
  Docs parts;
  for (std::size_t i = 0; i < view.entries().size(); ++i) {
    NodeId entry = view.entries()[i];
    if (i > 0) {
      parts.push_back(C({Text(","), b_.Line()}));
      if (comments_.BlankBefore(entry)) parts.push_back(b_.HardLine());
    }
    parts.push_back(b_.Group(Print(entry)));
  }
  parts.push_back(b_.IfBreak(Text(",")));
  Doc dangling = DanglingComments(id);
  if (!dangling.empty()) parts.push_back(C({b_.HardLine(), dangling}));
  return b_.Group(C({Text("{"), b_.Indent(C({b_.Line(), b_.Concat(parts)})), b_.Line(), Text("}")}),
                  {.id = {}, .broken = view.was_multiline()});
}

Doc Emitter::EmitMethodEntry(NodeId id) { return Print(ir::MethodEntry(tree_, id).method()); }

Doc Emitter::EmitObjectPattern(NodeId id) {
  auto view = ir::ObjectPattern(tree_, id);
  Docs parts;
  bool nested = false;
  for (NodeId property : view.properties()) {
    if (!parts.empty()) parts.push_back(C({Text(","), b_.Line()}));
    parts.push_back(b_.Group(Print(property)));
    if (auto pattern = As<ir::PropertyPattern>(property)) {
      nested |= Is(pattern.target(), NodeKind::kObjectPattern) ||
                Is(pattern.target(), NodeKind::kListPattern);
    }
  }
  if (view.rest()) {
    if (!parts.empty()) parts.push_back(C({Text(","), b_.Line()}));
    parts.push_back(C({Text("..."), Print(view.rest())}));
  } else {
    parts.push_back(b_.IfBreak(Text(",")));
  }
  if (view.properties().empty() && !view.rest()) return Text("{}");
  NodeId parent = Ancestor(1);
  auto param = As<ir::Param>(parent);
  bool broken = nested && !param && !Is(parent, NodeKind::kDefaultPattern) &&
                !Is(parent, NodeKind::kCatchClause);
  Doc doc = C({Text("{"), b_.Indent(C({b_.Line(), b_.Concat(parts)})), b_.Line(), Text("}")});
  // It breaks with the parameter list or the left side that holds it.
  bool hugged = param && !param.default_value() && HugsOnlyParam(Ancestor(2));
  bool assigned = !broken && (Is(parent, NodeKind::kAssign) || Is(parent, NodeKind::kAssignExpr));
  return hugged || assigned ? doc : b_.Group(doc, {.id = {}, .broken = broken});
}

Doc Emitter::EmitPropertyPattern(NodeId id) {
  auto view = ir::PropertyPattern(tree_, id);
  if (IsShorthand(view.key(), view.target())) return Print(view.target());
  return C({PropertyKey(view.key()), Text(": "), Print(view.target())});
}

Doc Emitter::EmitRestPattern(NodeId id) {
  return C({Text("..."), Print(ir::RestPattern(tree_, id).target())});
}

Doc Emitter::EmitDefaultPattern(NodeId id) {
  auto view = ir::DefaultPattern(tree_, id);
  return C({Print(view.target()), Text(" = "), Print(view.default_value())});
}

}  // namespace asyncport::emit::js
