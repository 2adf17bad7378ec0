// Chooses the emitter of the tree's language and its page: 80 columns for JavaScript, 88 for
// Python.
#include "emit/emit.h"

#include "doc/printer.h"

namespace asyncport::emit {
namespace {

doc::PrintOptions PageOf(Language language) {
  if (language == Language::kJs) return {.width = 80, .indent_width = 2};
  return {.width = 88, .indent_width = 4};
}

}  // namespace

doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder) {
  return tree.language() == Language::kJs ? js::Emit(tree, comments, builder)
                                          : py::Emit(tree, comments, builder);
}

std::string EmitText(const ir::Tree& tree, const comments::CommentMap& comments) {
  doc::Builder builder;
  doc::Doc doc = Emit(tree, comments, builder);
  std::string text = doc::Print(builder, doc, PageOf(tree.language())).text;
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

std::string EmitNode(const ir::Tree& tree, ir::NodeId id) {
  doc::Builder builder;
  comments::CommentMap none;
  doc::Doc doc = tree.language() == Language::kJs ? js::EmitOne(tree, id, none, builder)
                                                  : py::EmitOne(tree, id, none, builder);
  return doc::Print(builder, doc, PageOf(tree.language())).text;
}

}  // namespace asyncport::emit
