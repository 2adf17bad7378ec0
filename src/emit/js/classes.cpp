// Classes and their members.
// Example: Method(getter "size") -> `get size() {` ... `}`.
#include "emit/js/emitter.h"

namespace asyncport::emit::js {

Doc Emitter::ClassHead(NodeId name, std::span<const NodeId> bases) {
  Docs parts{Text("class")};
  if (name) parts.push_back(C({Text(" "), Print(name)}));
  if (!bases.empty()) parts.push_back(C({Text(" extends "), Print(bases[0])}));
  parts.push_back(Text(" "));
  return b_.Concat(parts);
}

Doc Emitter::EmitClassDef(NodeId id) {
  auto view = ir::ClassDef(tree_, id);
  return C({ClassHead(view.name(), view.bases()), Print(view.body())});
}

Doc Emitter::EmitClassExpr(NodeId id) {
  auto view = ir::ClassExpr(tree_, id);
  return C({ClassHead(view.name(), view.bases()), Print(view.body())});
}

Doc Emitter::MemberKey(NodeId computed, std::string_view name, bool is_private) {
  if (computed) return C({Text("["), Print(computed), Text("]")});
  if (is_private) return Text("#" + std::string(name));
  return Text(IsIdentifierName(name) ? std::string(name) : QuoteString(name));
}

Doc Emitter::EmitMethod(NodeId id) {
  auto view = ir::Method(tree_, id);
  Docs parts;
  if (view.is_static()) parts.push_back(Text("static "));
  if (view.is_async()) parts.push_back(Text("async "));
  if (view.kind() == ir::MethodKind::kGetter) parts.push_back(Text("get "));
  if (view.kind() == ir::MethodKind::kSetter) parts.push_back(Text("set "));
  if (view.is_generator()) parts.push_back(Text("*"));
  parts.push_back(view.kind() == ir::MethodKind::kConstructor
                      ? Text("constructor")
                      : MemberKey(view.computed_key(), view.name(), view.is_private()));
  parts.push_back(b_.Group(Params(id, false)));
  parts.push_back(Text(" "));
  parts.push_back(Print(view.body()));
  return b_.Concat(parts);
}

Doc Emitter::EmitField(NodeId id) {
  auto view = ir::Field(tree_, id);
  Doc key = C({Text(view.is_static() ? "static " : ""),
               MemberKey(view.computed_key(), view.name(), view.is_private())});
  return C({Assignment(id, key, " =", view.value()), Text(";")});
}

Doc Emitter::EmitStaticBlock(NodeId id) {
  return C({Text("static "), Print(ir::StaticBlock(tree_, id).body())});
}

}  // namespace asyncport::emit::js
