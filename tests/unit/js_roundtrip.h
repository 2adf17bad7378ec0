// Source -> tree -> text, for the tests of the JavaScript front and back end.
// Example: Format("f( a )").text is "f(a);\n".
#pragma once

#include <memory>
#include <string>

#include "comments/comments.h"
#include "doc/printer.h"
#include "emit/emit.h"
#include "lower/lower.h"
#include "syntax/cst.h"
#include "unit/catch_compat.hpp"

namespace asyncport::test {

// `strings` is shared so that trees can be compared.
struct JsFile {
  explicit JsFile(std::string text,
                  std::shared_ptr<StringTable> table = std::make_shared<StringTable>())
      : source("test.js", std::move(text)),
        strings(std::move(table)),
        parsed(syntax::Parse(source, Language::kJs, {})),
        tree(Lower()),
        attached(comments::Attach(parsed.value().cst, source, tree)) {}

  std::string Emit() const {
    doc::Builder builder;
    doc::Doc doc = emit::js::Emit(tree, attached.map, builder);
    std::string out = doc::Print(builder, doc, {.width = 80, .indent_width = 2}).text;
    if (!out.empty() && out.back() != '\n') out += '\n';
    return out;
  }

  Source source;
  std::shared_ptr<StringTable> strings;
  Result<syntax::Parsed> parsed;
  ir::Tree tree;
  comments::Attached attached;

 private:
  ir::Tree Lower() {
    REQUIRE(parsed.ok());
    diag::Diagnostics diagnostics;
    return lower::js::Lower(parsed.value().cst, source, strings, {}, diagnostics);
  }
};

// What is wrong with the text that `file` gives: it does not parse, is another program, loses
// comments, or gives yet another text when it is formatted again. Empty: nothing.
inline std::string Problem(const JsFile& file, const std::string& emitted) {
  JsFile again(emitted, file.strings);
  if (!again.parsed.value().errors.empty()) return "the text does not parse";
  if (!ir::SameTree(file.tree, file.tree.root(), again.tree, again.tree.root()))
    return "the tree changed";
  if (file.attached.owned.size() != again.attached.owned.size()) return "comments were lost";
  if (again.Emit() != emitted) return "the second text differs";
  return {};
}

}  // namespace asyncport::test
