// Imports and exports, and the forms of require() at the top level of a module that are imports
// too.
// Example: `const { readFile: read } = require("fs").promises` -> Import "fs/promises" (readFile as
// read).
#include <algorithm>
#include <array>

#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {
namespace {

// `require("fs").promises` is the module "fs/promises"; so are these.
constexpr std::array<std::string_view, 5> kWithPromises = {"fs", "dns", "stream", "readline",
                                                           "timers"};

bool HasPromisesModule(std::string_view module) {
  if (module.starts_with("node:")) module.remove_prefix(5);
  return std::ranges::find(kWithPromises, module) != kWithPromises.end();
}

}  // namespace

std::string Lowering::ModuleText(const CstNode& string_node) const {
  if (!string_node) return {};
  std::string_view raw = TextOf(string_node);
  return raw.size() < 2 ? std::string() : DecodeString(raw.substr(1, raw.size() - 2));
}

void Lowering::ImportStatement(const CstNode& node, NodeList& out) {
  CstNode clause;
  for (const CstNode& child : node.NamedChildren()) {
    if (child.Is("import_clause")) clause = child;
    if (child.Is("import_attribute")) {
      out.push_back(Opaque(node.span(), "an import with attributes"));
      return;
    }
  }
  NodeList items;
  if (clause) {
    for (const CstNode& child : clause.NamedChildren()) {
      if (child.Is("named_imports")) {
        for (const CstNode& specifier : child.NamedChildren())
          items.push_back(ImportSpecifier(specifier));
        continue;
      }
      bool is_default = child.Is("identifier");
      NodeId local = NameOf(is_default ? child : FirstNamed(child));
      ir::ImportKind kind = is_default ? ir::ImportKind::kDefault : ir::ImportKind::kNamespace;
      items.push_back(Make(tree_, make::ImportItem{.local = local, .kind = kind}, child.span()));
    }
  }
  out.push_back(Make(
      tree_, make::Import{.items = std::move(items), .module = ModuleText(node.Field("source"))},
      node.span()));
}

NodeId Lowering::ImportSpecifier(const CstNode& node) {
  CstNode name = node.Field("name");
  CstNode alias = node.Field("alias");
  NodeId local = NameOf(alias ? alias : name);
  std::string text = name.Is("string") ? ModuleText(name) : DecodeName(TextOf(name));
  return Make(tree_, make::ImportItem{.local = local, .name = text}, node.span());
}

NodeId Lowering::ModuleExportName(const CstNode& node) {
  return node.Is("string") ? StringLiteral(node) : NameOf(node);
}

NodeId Lowering::ExportSpecifier(const CstNode& node) {
  CstNode name = node.Field("name");
  CstNode alias = node.Field("alias");
  CstNode shown = alias ? alias : name;
  std::string text = shown.Is("string") ? ModuleText(shown) : DecodeName(TextOf(shown));
  return Make(tree_, make::ExportItem{.local = ModuleExportName(name), .name = text}, node.span());
}

void Lowering::ExportStatement(const CstNode& node, NodeList& out) {
  if (node.Field("decorator")) {
    out.push_back(Opaque(node.span(), "a class with decorators"));
    return;
  }
  bool is_default = node.HasToken("default");
  std::string module = ModuleText(node.Field("source"));
  NodeId declaration;
  NodeId value;
  NodeList items;
  if (CstNode declared = node.Field("declaration")) {
    NodeList list;
    ++block_depth_;  // `export const x = require("m")` exports a value
    Statement(declared, list);
    --block_depth_;
    declaration = list.front();
  } else if (CstNode exported = node.Field("value")) {
    value = Expression(exported);
  } else if (node.HasToken("*")) {
    items.push_back(Make(tree_, make::ExportItem{.local = {}}, node.span()));
  } else {
    for (const CstNode& child : node.NamedChildren()) {
      if (child.Is("namespace_export")) {
        CstNode name = FirstNamed(child);
        std::string text = !name               ? "default"
                           : name.Is("string") ? ModuleText(name)
                                               : DecodeName(TextOf(name));
        items.push_back(Make(tree_, make::ExportItem{.local = {}, .name = text}, child.span()));
      } else if (child.Is("export_clause")) {
        for (const CstNode& specifier : child.NamedChildren())
          items.push_back(ExportSpecifier(specifier));
      }
    }
  }
  out.push_back(Make(tree_,
                     make::Export{.declaration = declaration,
                                  .value = value,
                                  .items = std::move(items),
                                  .module = module,
                                  .is_default = is_default},
                     node.span()));
}

// Empty for anything else.
std::string Lowering::RequiredModule(const CstNode& call) const {
  if (!call || !call.Is("call_expression") || call.has_error()) return {};
  CstNode callee = call.Field("function");
  CstNode arguments = call.Field("arguments");
  if (!callee.Is("identifier") || TextOf(callee) != "require") return {};
  if (!arguments.Is("arguments") || call.Field("optional_chain")) return {};
  std::vector<CstNode> args = arguments.NamedChildren();
  return args.size() == 1 && args[0].Is("string") ? ModuleText(args[0]) : std::string();
}

NodeId Lowering::RequireStatement(const CstNode& value, Span span) {
  std::string module = RequiredModule(value);
  if (module.empty()) return ir::kNoNode;
  return Make(tree_, make::Import{.items = {}, .module = std::move(module), .is_require = true},
              span);
}

NodeId Lowering::RequireDeclarator(const CstNode& declarator, Span span) {
  if (declarator.has_error()) return ir::kNoNode;
  CstNode target = declarator.Field("name");
  CstNode value = Unparenthesised(declarator.Field("value"));
  if (!value) return ir::kNoNode;
  if (const Interop interop = InteropOf(value); interop.argument && !interop.exports_all) {
    std::string module = RequiredModule(interop.argument);
    if (module.empty() || !target.Is("identifier")) return ir::kNoNode;
    const bool is_default = interop.is_default && OnlyDefaultIsAsked(TextOf(target));
    const ir::ImportKind kind =
        is_default ? ir::ImportKind::kDefault : ir::ImportKind::kNamespace;
    NodeId item =
        Make(tree_, make::ImportItem{.local = NameOf(target), .kind = kind}, target.span());
    return Make(tree_,
                make::Import{.items = {item}, .module = std::move(module), .is_require = !is_default},
                span);
  }
  std::string_view member;  // the `x` of `require("m").x`
  if (value.Is("member_expression") && !value.Field("optional_chain")) {
    CstNode property = value.Field("property");
    if (!property.Is("property_identifier")) return ir::kNoNode;
    member = TextOf(property);
    value = value.Field("object");
  }
  std::string module = RequiredModule(value);
  if (module.empty()) return ir::kNoNode;
  if (member == "promises" && HasPromisesModule(module)) {
    module += "/promises";
    member = {};
  }

  NodeList items;
  if (target.Is("identifier")) {
    NodeId local = NameOf(target);
    ir::ImportKind kind = member.empty() ? ir::ImportKind::kNamespace : ir::ImportKind::kNamed;
    items.push_back(
        Make(tree_, make::ImportItem{.local = local, .name = member, .kind = kind}, target.span()));
  } else if (target.Is("object_pattern") && member.empty()) {
    std::vector<CstNode> properties = target.NamedChildren();
    for (const CstNode& property : properties) {
      bool plain =
          property.Is("shorthand_property_identifier_pattern") ||
          (property.Is("pair_pattern") && property.Field("key").Is("property_identifier") &&
           property.Field("value").Is("identifier"));
      if (!plain) return ir::kNoNode;
    }
    for (const CstNode& property : properties) {
      bool renamed = property.Is("pair_pattern");
      CstNode name = renamed ? property.Field("key") : property;
      NodeId local = NameOf(renamed ? property.Field("value") : property);
      items.push_back(Make(tree_,
                           make::ImportItem{.local = local, .name = DecodeName(TextOf(name))},
                           property.span()));
    }
  } else {
    return ir::kNoNode;
  }
  if (items.empty()) return ir::kNoNode;  // `const {} = require("m")`
  return Make(tree_, make::Import{.items = std::move(items), .module = module, .is_require = true},
              span);
}

}  // namespace asyncport::lower::js
