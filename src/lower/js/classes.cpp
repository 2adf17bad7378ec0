// Classes and their members; also the methods of object literals.
// Example: `class A extends B { #n = 0; get n() {} }` -> ClassDef(A, B, Field #n, Method getter n).
#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {
namespace {

bool HasDecorator(const CstNode& node) { return static_cast<bool>(node.Field("decorator")); }

struct MemberName {
  CstNode computed;  // the expression of `[expr]`
  std::string text;
  bool is_private = false;
};

MemberName NameOfMember(const CstNode& key, std::string_view source_text) {
  MemberName name;
  if (key.Is("computed_property_name")) {
    name.computed = FirstNamed(key);
  } else if (key.Is("private_property_identifier")) {
    name.text = DecodeName(source_text.substr(1));
    name.is_private = true;
  } else if (key.Is("string")) {
    name.text = DecodeString(source_text.substr(1, source_text.size() - 2));
  } else if (key.Is("number")) {
    name.text = NormaliseNumber(source_text).text;
  } else {
    name.text = DecodeName(source_text);
  }
  return name;
}

}  // namespace

NodeList Lowering::Heritage(const CstNode& node) {
  for (const CstNode& child : node.NamedChildren()) {
    if (child.Is("class_heritage")) return {Expression(FirstNamed(child))};
  }
  return {};
}

void Lowering::ClassDeclaration(const CstNode& node, NodeList& out) {
  if (HasDecorator(node)) {
    out.push_back(Opaque(node.span(), "a class with decorators"));
    return;
  }
  NodeId name = NameOf(node.Field("name"));
  NodeList bases = Heritage(node);
  NodeId body = ClassBody(node.Field("body"));
  out.push_back(Make(
      tree_,
      make::ClassDef{
          .decorators = {}, .name = name, .bases = std::move(bases), .docstring = {}, .body = body},
      node.span()));
}

NodeId Lowering::ClassExpression(const CstNode& node) {
  if (HasDecorator(node)) return Opaque(node.span(), "a class with decorators");
  NodeId name = NameOf(node.Field("name"));
  NodeList bases = Heritage(node);
  NodeId body = ClassBody(node.Field("body"));
  return Make(tree_, make::ClassExpr{.name = name, .bases = std::move(bases), .body = body},
              node.span());
}

NodeId Lowering::ClassBody(const CstNode& body) {
  if (!body) return Make(tree_, make::Block{}, {});
  NodeList members;
  for (const CstNode& member : body.NamedChildren()) {
    if (member.is_error() || IsBroken(member)) {
      members.push_back(Opaque(member.span(), "syntax error"));
    } else if (HasDecorator(member)) {
      members.push_back(Opaque(member.span(), "a member with decorators"));
    } else if (member.Is("method_definition")) {
      members.push_back(MethodDefinition(member, true));
    } else if (member.Is("field_definition")) {
      members.push_back(FieldDefinition(member));
    } else if (member.Is("class_static_block")) {
      InFunction scope(*this, {});
      NodeId block = BlockOf(member.Field("body"));
      members.push_back(Make(tree_, make::StaticBlock{.body = block}, member.span()));
    } else {
      members.push_back(Opaque(member.span(), "an unknown class member"));
    }
  }
  return Make(tree_, make::Block{.statements = std::move(members)}, body.span());
}

NodeId Lowering::MethodDefinition(const CstNode& node, bool in_class) {
  CstNode key = node.Field("name");
  MemberName name = NameOfMember(key, TextOf(key));
  // Before a line end, `static get` is one token of the grammar.
  bool static_getter = node.HasToken("static get");
  bool is_static = static_getter || node.HasToken("static");
  bool is_async = node.HasToken("async");
  ir::MethodKind kind = static_getter || node.HasToken("get") ? ir::MethodKind::kGetter
                        : node.HasToken("set")                ? ir::MethodKind::kSetter
                                                              : ir::MethodKind::kMethod;
  bool plain_name = !name.computed && !name.is_private;
  if (in_class && plain_name && !is_static && name.text == "constructor") {
    kind = ir::MethodKind::kConstructor;
    name.text.clear();
  }
  NodeId computed = name.computed ? Expression(name.computed) : ir::kNoNode;
  InFunction scope(*this, {is_async, TextOf(key)});
  NodeList params = Params(node);
  NodeId body = BlockOf(node.Field("body"));
  return Make(tree_,
              make::Method{.decorators = {},
                           .computed_key = computed,
                           .params = std::move(params),
                           .returns = {},
                           .docstring = {},
                           .body = body,
                           .name = name.text,
                           .kind = kind,
                           .is_async = is_async,
                           .is_generator = node.HasToken("*"),
                           .is_static = is_static,
                           .is_private = name.is_private},
              node.span());
}

NodeId Lowering::FieldDefinition(const CstNode& node) {
  CstNode key = node.Field("property");
  bool is_static = node.HasToken("static");
  if (!is_static && !node.Field("value")) {
    if (auto hole = HoleOf(key)) return Make(tree_, *hole, node.span());
  }
  MemberName name = NameOfMember(key, TextOf(key));
  NodeId computed = name.computed ? Expression(name.computed) : ir::kNoNode;
  CstNode value = node.Field("value");
  InFunction scope(*this, {});
  NodeId lowered = value ? Expression(value) : ir::kNoNode;
  return Make(tree_,
              make::Field{.computed_key = computed,
                          .annotation = {},
                          .value = lowered,
                          .name = name.text,
                          .is_static = is_static,
                          .is_private = name.is_private},
              node.span());
}

}  // namespace asyncport::lower::js
