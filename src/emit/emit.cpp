// Chooses the emitter of the tree's language and its page: 80 columns for JavaScript, 88 for
// Python.
#include "emit/emit.h"

#include <utility>

#include "doc/printer.h"

namespace asyncport::emit {
namespace {

doc::PrintOptions PageOf(Language language) {
  if (language == Language::kJs) return {.width = 80, .indent_width = 2};
  return {.width = 88, .indent_width = 4};
}

std::string Ended(std::string text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

}  // namespace

doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
              Origins* origins) {
  return tree.language() == Language::kJs ? js::Emit(tree, comments, builder, origins)
                                          : py::Emit(tree, comments, builder, origins);
}

std::string EmitText(const ir::Tree& tree, const comments::CommentMap& comments) {
  doc::Builder builder;
  doc::Doc doc = Emit(tree, comments, builder);
  return Ended(doc::Print(builder, doc, PageOf(tree.language())).text);
}

Mapped EmitMapped(const ir::Tree& tree, const comments::CommentMap& comments) {
  doc::Builder builder;
  Origins origins;
  doc::Doc doc = Emit(tree, comments, builder, &origins);
  doc::Printed printed = doc::Print(builder, doc, PageOf(tree.language()));
  Mapped mapped{Ended(std::move(printed.text)), {}};
  mapped.pieces.reserve(printed.marks.size());
  for (const doc::MarkRange& mark : printed.marks) {
    mapped.pieces.push_back({origins[mark.tag], {mark.begin, mark.end}});
  }
  return mapped;
}

std::string EmitNode(const ir::Tree& tree, ir::NodeId id) {
  doc::Builder builder;
  comments::CommentMap none;
  doc::Doc doc = tree.language() == Language::kJs ? js::EmitOne(tree, id, none, builder)
                                                  : py::EmitOne(tree, id, none, builder);
  return doc::Print(builder, doc, PageOf(tree.language())).text;
}

}  // namespace asyncport::emit
