// Imports, and the order in which they open a module: plain before `from`, the standard library before others before
// relative ones, by name.
// Example: `from zlib import x`, `import httpx`, `import os` print as `import os`, `from zlib ...`, empty line, `import httpx`.
#include <algorithm>
#include <tuple>

#include "emit/py/emitter.h"
#include "emit/py/stdlib_modules.h"

namespace asyncport::emit::py {
namespace {

enum class Section : std::uint8_t { kFuture, kStandard, kThirdParty, kLocal };

Section SectionOf(std::string_view module) {
  if (module == "__future__") return Section::kFuture;
  if (module.starts_with('.')) return Section::kLocal;
  return IsStandardModule(module.substr(0, module.find('.'))) ? Section::kStandard : Section::kThirdParty;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return out;
}

bool IsPlain(const ir::Tree& tree, NodeId import) {
  auto items = ir::Import(tree, import).items();
  return items.empty() || ir::ImportItem(tree, items[0]).kind() == ir::ImportKind::kNamespace;
}

}  // namespace

void Emitter::ImportStatement(NodeId id) {
  ir::Import import(tree_, id);
  std::string module(import.module());
  auto items = import.items();
  if (IsPlain(tree_, id)) {
    std::string text = "import " + module;
    auto item = items.empty() ? ir::ImportItem() : ir::ImportItem(tree_, items[0]);
    auto local = item ? As<ir::Name>(item.local()) : ir::Name();
    if (local && !item.is_dotted() && local.id() != module) text += " as " + std::string(local.id());
    PutLine({.is_import = true}, Text(text));
    return;
  }
  Docs names;
  for (NodeId item_id : items) {
    ir::ImportItem item(tree_, item_id);
    if (item.kind() == ir::ImportKind::kAll) {
      PutLine({.is_import = true}, Text("from " + module + " import *"));
      return;
    }
    auto local = As<ir::Name>(item.local());
    std::string text(item.name().empty() && local ? local.id() : item.name());
    if (local && local.id() != text) text += " as " + std::string(local.id());
    Doc name = local || !item.local() ? Text(text) : Expr(item.local(), kPrimary, Where::kInBrackets);
    if (!names.empty()) {
      names.push_back(Text(","));
      names.push_back(Line());
    }
    names.push_back(Item(item_id, name));
  }
  PutLine({.is_import = true},
          C({Text("from " + module + " import "),
             b_.Group(C({IfBroken(Text("(")), b_.Indent(C({SoftLine(), b_.Concat(names), IfBroken(Text(","))})),
                         SoftLine(), IfBroken(Text(")"))}))}));
}

std::size_t Emitter::LeadingImports(std::span<const NodeId> statements) {
  std::size_t count = 0;
  while (count < statements.size() && Is(statements[count], NodeKind::kImport)) ++count;
  std::vector<NodeId> imports(statements.begin(), statements.begin() + static_cast<std::ptrdiff_t>(count));
  auto key = [&](NodeId id) {
    std::string_view module = ir::Import(tree_, id).module();
    return std::tuple(SectionOf(module), !IsPlain(tree_, id), Lower(module));
  };
  std::stable_sort(imports.begin(), imports.end(), [&](NodeId a, NodeId b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < imports.size(); ++i) {
    bool new_section = i > 0 && std::get<0>(key(imports[i])) != std::get<0>(key(imports[i - 1]));
    Statement(imports[i], new_section ? Gap::kBlank : i > 0 ? Gap::kNone : Gap::kAsInSource);
  }
  return count;
}

}  // namespace asyncport::emit::py
