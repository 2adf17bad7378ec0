// Literals: numbers, strings, templates, regular expressions, arrays and objects.
// Example: `{ a, "b-c": 1, [k]: 2 }` -> Dict(String a: Name a, String b-c: 1, Name k: 2).
#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {

NodeId Lowering::Number(const CstNode& node) {
  NumberText number = NormaliseNumber(TextOf(node));
  return Make(tree_, make::Number{.text = number.text, .kind = number.kind}, node.span());
}

NodeId Lowering::StringLiteral(const CstNode& node) {
  std::string_view raw = TextOf(node);
  if (raw.size() < 2) return Opaque(node.span(), "syntax error");
  return Make(tree_, make::String{.value = DecodeString(raw.substr(1, raw.size() - 2))},
              node.span());
}

// Without `${}` it is a string like any other.
NodeId Lowering::TemplateString(const CstNode& node) {
  for (const CstNode& child : node.NamedChildren()) {
    if (child.Is("template_substitution")) return TemplateOf(node, false);
  }
  std::string_view raw = TextOf(node);
  bool is_multiline = raw.find('\n') != std::string_view::npos;
  return Make(tree_,
              make::String{.value = DecodeString(raw.substr(1, raw.size() - 2)),
                           .is_multiline = is_multiline},
              node.span());
}

// The parts of a tag's template keep their spelling (`raw`): the tag may look at it.
NodeId Lowering::TemplateOf(const CstNode& node, bool raw) {
  NodeList parts;
  bool is_multiline = false;
  std::string text;
  Span text_span;
  auto add_text = [&](std::string_view spelled, Span span) {
    if (text.empty()) text_span = span;
    text_span.end = span.end;
    is_multiline |= spelled.find('\n') != std::string_view::npos;
    text += raw ? std::string(spelled) : DecodeString(spelled);
  };
  auto flush = [&] {
    if (!text.empty())
      parts.push_back(Make(tree_, make::String{.value = text, .is_raw = raw}, text_span));
    text.clear();
  };
  Span all = node.span();
  std::uint32_t begin = all.begin + 1;
  for (const CstNode& child : node.NamedChildren()) {
    if (!child.Is("template_substitution")) continue;
    Span span{begin, child.span().begin};
    add_text(source_.Text(span), span);
    begin = child.span().end;
    NodeId value = Expression(FirstNamed(child));
    if (!raw && tree_.Is(value, ir::NodeKind::kString)) {  // `${"x"}` is text as well
      if (text.empty()) text_span = tree_.span(value);
      text += tree_.text(value);
      continue;
    }
    flush();
    parts.push_back(value);
  }
  Span rest{begin, all.end - 1};
  add_text(source_.Text(rest), rest);
  flush();
  return Make(tree_, make::Template{.parts = std::move(parts), .is_multiline = is_multiline}, all);
}

NodeId Lowering::TaggedTemplate(const CstNode& call, NodeId tag) {
  if (!tag) return Opaque(call.span(), "syntax error");
  CstNode quasi = call.Field("arguments");
  NodeId parts = TemplateOf(quasi, true);
  auto attribute = ir::As<ir::Attribute>(tree_, tag);
  auto pieces = ir::Template(tree_, parts).parts();
  bool only_text =
      pieces.empty() || (pieces.size() == 1 && tree_.Is(pieces[0], ir::NodeKind::kString));
  if (only_text && attribute && attribute.name() == "raw" &&
      tree_.Is(attribute.object(), ir::NodeKind::kName) &&
      tree_.text(attribute.object()) == "String") {
    std::string text(pieces.empty() ? std::string_view() : tree_.text(pieces[0]));
    bool is_multiline = text.find('\n') != std::string::npos;
    return Make(tree_, make::String{.value = text, .is_raw = true, .is_multiline = is_multiline},
                call.span());
  }
  return Make(tree_, make::TaggedTemplate{.tag = tag, .quasi = parts}, call.span());
}

NodeId Lowering::Regex(const CstNode& node) {
  return Make(tree_, make::Regex{.text = TextOf(node)}, node.span());
}

NodeId Lowering::True(const CstNode& node) {
  return Make(tree_, make::Bool{.value = true}, node.span());
}
NodeId Lowering::False(const CstNode& node) {
  return Make(tree_, make::Bool{.value = false}, node.span());
}
NodeId Lowering::NullLiteral(const CstNode& node) { return Make(tree_, make::Null{}, node.span()); }

NodeList Lowering::Elements(const CstNode& node, NodeId (Lowering::*lower)(const CstNode&)) {
  NodeList elements;
  bool due = true;  // an element may come next
  for (const CstNode& child : node.Children()) {
    if (child.is_named()) {
      elements.push_back((this->*lower)(child));
      due = false;
    } else if (child.Is(",")) {
      if (due)
        elements.push_back(Make(tree_, make::Elision{}, {child.span().begin, child.span().begin}));
      due = true;
    }
  }
  return elements;
}

NodeId Lowering::Array(const CstNode& node) {
  return Make(tree_, make::List{.elements = Elements(node, &Lowering::Expression)}, node.span());
}

NodeId Lowering::Object(const CstNode& node) {
  NodeList entries;
  std::vector<CstNode> children = node.NamedChildren();
  for (const CstNode& child : children) entries.push_back(ObjectEntry(child));
  bool was_multiline = false;
  if (!children.empty()) {
    Span gap{node.span().begin, children.front().span().begin};
    was_multiline = source_.Text(gap).find('\n') != std::string_view::npos;
  }
  return Make(tree_, make::Dict{.entries = std::move(entries), .was_multiline = was_multiline},
              node.span());
}

NodeId Lowering::ObjectEntry(const CstNode& node) {
  if (node.Is("shorthand_property_identifier")) {
    if (auto hole = HoleOf(node)) return Make(tree_, *hole, node.span());
    std::string name = DecodeName(TextOf(node));
    NodeId key = Make(tree_, make::String{.value = name}, node.span());
    NodeId value = name == "undefined" ? UndefinedName(node) : NameOf(node);
    return Make(tree_, make::DictEntry{.key = key, .value = value}, node.span());
  }
  if (node.Is("spread_element")) return Spread(node);
  if (node.Is("method_definition")) {
    return Make(tree_, make::MethodEntry{.method = MethodDefinition(node, false)}, node.span());
  }
  NodeId key = PropertyKey(node.Field("key"));
  NodeId value = Expression(node.Field("value"));
  return Make(tree_, make::DictEntry{.key = key, .value = value}, node.span());
}

// Keys of object literals and patterns.
NodeId Lowering::PropertyKey(const CstNode& node) {
  if (!node) return Opaque({}, "syntax error");
  if (node.Is("string")) return StringLiteral(node);
  if (node.Is("number")) return Number(node);
  if (node.Is("computed_property_name")) return Expression(FirstNamed(node));
  if (auto hole = HoleOf(node)) return Make(tree_, *hole, node.span());
  return Make(tree_, make::String{.value = DecodeName(TextOf(node))}, node.span());
}

}  // namespace asyncport::lower::js
