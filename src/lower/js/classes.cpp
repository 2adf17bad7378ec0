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

// A constructor function and what was put on its prototype.
void Lowering::ClassOfPrototype(const PrototypeClass& made, NodeList& out) {
  NodeId name = NameOf(made.name);
  NodeList bases;
  if (made.base) bases.push_back(Expression(made.base));
  NodeList members;
  if (NodeId constructor = PrototypeConstructor(made)) members.push_back(constructor);
  for (const PrototypeMember& member : made.members) members.push_back(MemberOfPrototype(member));
  NodeId body = Make(tree_, make::Block{.statements = std::move(members)}, made.span);
  out.push_back(Make(
      tree_,
      make::ClassDef{
          .decorators = {}, .name = name, .bases = std::move(bases), .docstring = {}, .body = body},
      made.span));
  if (!made.exported) return;
  NodeId exported = Make(tree_, make::Name{.id = TextOf(made.name)}, made.exported.span());
  out.push_back(Make(
      tree_,
      make::Assign{.targets = {Pattern(made.exported)}, .annotation = {}, .value = exported},
      made.exported.span()));
}

NodeId Lowering::PrototypeConstructor(const PrototypeClass& made) {
  const CstNode block = made.function.Field("body");
  InFunction scope(*this, {false, TextOf(made.name)});
  NodeList params = Params(made.function);
  const std::string_view base = made.base ? TextOf(made.base) : "";
  NodeList body;
  ++block_depth_;
  for (const CstNode& statement : block.NamedChildren()) {
    if (IsNewGuard(source_, statement, TextOf(made.name))) continue;
    const BaseCall of_base = CallOfBase(source_, statement, base);
    if (!of_base.arguments) {
      Statement(statement, body);
      continue;
    }
    NodeList args = Arguments(of_base.arguments);
    args.erase(args.begin());
    if (auto list = of_base.is_apply ? ir::As<ir::List>(tree_, args[0]) : ir::List()) {
      args.assign(list.elements().begin(), list.elements().end());
    } else if (of_base.is_apply) {
      const Span span = tree_.span(args[0]);
      args = {Make(tree_, make::Spread{.value = args[0]}, span)};
    }
    NodeId call = Make(tree_, make::SuperCall{.args = std::move(args)}, statement.span());
    body.push_back(Make(tree_, make::ExprStmt{.value = call}, statement.span()));
  }
  --block_depth_;
  if (params.empty() && body.empty()) return ir::kNoNode;
  NodeId lowered = Make(tree_, make::Block{.statements = std::move(body)}, block.span());
  return Make(tree_,
              make::Method{.decorators = {},
                           .computed_key = {},
                           .params = std::move(params),
                           .returns = {},
                           .docstring = {},
                           .body = lowered,
                           .kind = ir::MethodKind::kConstructor},
              made.function.span());
}

NodeId Lowering::MemberOfPrototype(const PrototypeMember& member) {
  if (member.value.Is("method_definition") && member.kind == ir::MethodKind::kMethod) {
    return MethodDefinition(member.value, false);
  }
  const bool is_function = member.value.Is("function_expression") ||
                           member.value.Is("generator_function") ||
                           member.value.Is("method_definition");
  if (!is_function) {
    NodeId value = Expression(member.value);
    return Make(tree_,
                make::Field{.computed_key = {},
                            .annotation = {},
                            .value = value,
                            .name = member.name,
                            .is_static = true},
                member.span);
  }
  NodeId computed = member.computed ? Expression(member.computed) : ir::kNoNode;
  const bool is_async = member.value.HasToken("async");
  InFunction scope(*this, {is_async, member.name});
  NodeList params = Params(member.value);
  NodeId body = BlockOf(member.value.Field("body"));
  return Make(tree_,
              make::Method{.decorators = {},
                           .computed_key = computed,
                           .params = std::move(params),
                           .returns = {},
                           .docstring = {},
                           .body = body,
                           .name = member.name,
                           .kind = member.kind,
                           .is_async = is_async,
                           .is_generator = member.value.HasToken("*"),
                           .is_static = member.is_static},
              member.span);
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
