// Imports and exports, in both of JavaScript's module systems.
// Example: Import "fs" is_require (readFile as read) -> `const { readFile: read } =
// require("fs");`.
#include <algorithm>
#include <iterator>

#include "emit/js/emitter.h"

namespace asyncport::emit::js {

// tree-sitter-javascript reads no keyword as the name of an export (ECMA-262 16.2.2 does); as a text it reads it.
std::string Emitter::ExportedName(std::string_view name) const {
  static constexpr std::string_view kKeywords[] = {
      "break", "case", "catch", "class", "const",      "continue", "debugger", "delete", "do",
      "else",  "enum", "extends", "false", "finally",  "for",      "function", "if",     "import",
      "in",    "instanceof", "new", "null", "return",  "super",    "switch",   "this",   "throw",
      "true",  "try",  "typeof",  "var",   "void",     "while",    "with"};
  const bool is_keyword =
      std::find(std::begin(kKeywords), std::end(kKeywords), name) != std::end(kKeywords);
  return IsIdentifierName(name) && !is_keyword ? std::string(name) : QuoteString(name);
}

// `{ a, b }`; a single one without others beside it never breaks.
Doc Emitter::Specifiers(const Docs& specifiers, bool may_break) {
  if (specifiers.empty()) return Text("{}");
  if (!may_break) return C({Text("{ "), specifiers[0], Text(" }")});
  return b_.Group(
      C({Text("{"), b_.Indent(C({b_.Line(), b_.Join(C({Text(","), b_.Line()}), specifiers)})),
         b_.IfBreak(Text(",")), b_.Line(), Text("}")}));
}

Doc Emitter::EmitImportItem(NodeId id) {
  auto view = ir::ImportItem(tree_, id);
  Doc local = Print(view.local());
  if (view.kind() == ir::ImportKind::kNamespace) return C({Text("* as "), local});
  if (view.kind() == ir::ImportKind::kDefault) return local;
  if (As<ir::Name>(view.local()) && tree_.text(view.local()) == view.name()) return local;
  return C({Text(ExportedName(view.name())), Text(" as "), local});
}

Doc Emitter::EmitImport(NodeId id) {
  auto view = ir::Import(tree_, id);
  Doc module = Text(QuoteString(view.module()));
  if (view.is_require()) return RequireImport(view);
  if (view.items().empty()) return C({Text("import "), module, Text(";")});
  Docs whole;
  Docs named;
  bool comments = false;
  for (NodeId item : view.items()) {
    bool is_named = ir::ImportItem(tree_, item).kind() == ir::ImportKind::kNamed;
    (is_named ? named : whole).push_back(Print(item));
    comments |= HasComments(item);
  }
  Docs parts{Text("import ")};
  parts.push_back(b_.Join(Text(", "), whole));
  if (!named.empty()) {
    if (!whole.empty()) parts.push_back(Text(", "));
    parts.push_back(Specifiers(named, named.size() > 1 || !whole.empty() || comments));
  }
  parts.push_back(C({Text(" from "), module, Text(";")}));
  return b_.Concat(parts);
}

Doc Emitter::RequireImport(const ir::Import& import) {
  Doc call = C({Text("require("), Text(QuoteString(import.module())), Text(")")});
  if (import.items().empty()) return C({call, Text(";")});
  Docs named;
  Docs statements;
  if (import.items().size() == 1) {  // `const x = require("m").name`
    auto item = ir::ImportItem(tree_, import.items()[0]);
    bool renamed = As<ir::Name>(item.local()) && tree_.text(item.local()) != item.name();
    if (item.kind() == ir::ImportKind::kNamed && renamed && IsIdentifierName(item.name())) {
      Within within(*this, item.id());
      return C({Text("const "), Print(item.local()), Text(" = "), call,
                Text("." + std::string(item.name()) + ";")});
    }
  }
  for (NodeId id : import.items()) {
    auto item = ir::ImportItem(tree_, id);
    Within within(*this, id);
    Doc local = Print(item.local());
    if (item.kind() != ir::ImportKind::kNamed) {
      statements.push_back(C({Text("const "), local, Text(" = "), call, Text(";")}));
      continue;
    }
    bool same = As<ir::Name>(item.local()) && tree_.text(item.local()) == item.name();
    Doc printed = same ? local : C({Text(ExportedName(item.name())), Text(": "), local});
    named.push_back(WithComments(id, printed));
  }
  if (!named.empty()) {
    statements.push_back(b_.Group(
        C({Text("const "), b_.Group(Specifiers(named, true)), Text(" = "), call, Text(";")})));
  }
  return b_.Join(b_.HardLine(), statements);
}

Doc Emitter::EmitExportItem(NodeId id) {
  auto view = ir::ExportItem(tree_, id);
  if (!view.local()) {
    return view.name().empty() ? Text("*") : C({Text("* as "), Text(ExportedName(view.name()))});
  }
  Doc local = Print(view.local());
  if (tree_.text(view.local()) == view.name()) return local;
  return C({local, Text(" as "), Text(ExportedName(view.name()))});
}

Doc Emitter::EmitExport(NodeId id) {
  auto view = ir::Export(tree_, id);
  Doc head = Text(view.is_default() ? "export default " : "export ");
  if (view.declaration())
    return C({LeadingComments(view.declaration()), head, Print(view.declaration())});
  if (view.value()) {
    // An anonymous function or class is a declaration here.
    auto function = As<ir::FunctionExpr>(view.value());
    auto klass = As<ir::ClassExpr>(view.value());
    bool declaration =
        (function && !function.is_arrow() && !function.name()) || (klass && !klass.name());
    NodeId outer = statement_start_;
    if (!declaration) statement_start_ = Leftmost(view.value());
    if (Is(statement_start_, NodeKind::kDict)) statement_start_ = outer;  // no block can stand here
    Doc value = Print(view.value());
    statement_start_ = outer;
    return C({head, value, Text(declaration ? "" : ";")});
  }
  Doc from = view.module().empty() ? Doc() : C({Text(" from "), Text(QuoteString(view.module()))});
  Docs items;
  bool star = false;
  bool comments = false;
  for (NodeId item : view.items()) {
    star |= !ir::ExportItem(tree_, item).local();
    comments |= HasComments(item);
    items.push_back(Print(item));
  }
  Doc list = star ? b_.Join(Text(", "), items) : Specifiers(items, items.size() > 1 || comments);
  return C({head, list, from, Text(";")});
}

}  // namespace asyncport::emit::js
