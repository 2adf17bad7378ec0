// `import` and `from ... import`. `import a, b` becomes one Import for each module.
// Example: `from m import a as b` -> Import "m" (ImportItem "a" named local Name b).
#include "lower/py/lowering.h"

namespace asyncport::lower::py {

void Lowering::ImportStatement(const CstNode& node, NodeList& out) {
  std::vector<CstNode> names = node.Fields("name");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const CstNode& name = names[i];
    // The first one begins with the keyword, so that the spans together cover the statement.
    Span span{i == 0 ? node.span().begin : name.span().begin, name.span().end};
    CstNode alias = name.Field("alias");
    CstNode dotted = alias ? name.Field("name") : name;
    std::string module = DottedText(dotted);
    bool is_dotted = !alias && module.find('.') != std::string::npos;
    NodeId local = NameOf(alias ? alias : FirstNamed(dotted));
    NodeId item = Make(
        tree_, make::ImportItem{.local = local, .kind = ir::ImportKind::kNamespace, .is_dotted = is_dotted},
        name.span());
    out.push_back(Make(tree_, make::Import{.items = {item}, .module = module}, span));
  }
}

NodeId Lowering::ImportedName(const CstNode& node) {
  CstNode alias = node.Field("alias");
  CstNode name = alias ? node.Field("name") : node;
  return Make(tree_,
              make::ImportItem{.local = NameOf(alias ? alias : FirstNamed(name)),
                               .name = TextOf(name),
                               .kind = ir::ImportKind::kNamed},
              node.span());
}

void Lowering::ImportFromStatement(const CstNode& node, NodeList& out) {
  CstNode module = node.Field("module_name");
  NodeList items;
  for (const CstNode& name : node.Fields("name")) items.push_back(ImportedName(name));
  for (const CstNode& part : NamedParts(node)) {
    if (part.Is("wildcard_import")) {
      items.push_back(Make(tree_, make::ImportItem{.kind = ir::ImportKind::kAll}, part.span()));
    }
  }
  // `from __future__ import x` names its module by an anonymous token.
  std::string module_name = module ? DottedText(module) : "__future__";
  out.push_back(Make(tree_, make::Import{.items = std::move(items), .module = module_name}, node.span()));
}

}  // namespace asyncport::lower::py
