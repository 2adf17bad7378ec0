// Classes that are written with functions: which statements of a list belong together. Lowering makes one ClassDef of
// them (Lowering::ClassOfPrototype), so that everything behind it sees a class. Knows the grammar, makes no nodes.
// Example: `function P(x) { this.x = x; }  P.prototype.len = function () {...};  util.inherits(P, Base);` is one class.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/node_kind.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::lower::js {

// What a class takes from statements behind its constructor.
struct PrototypeMember {
  Span span;                 // of the statement, or of the entry of an object
  std::string name;          // empty: `computed`
  syntax::CstNode computed;  // `[Symbol.iterator]`
  syntax::CstNode value;     // a function, a literal, or a whole method_definition
  ir::MethodKind kind = ir::MethodKind::kMethod;
  bool is_static = false;
  std::size_t at = 0;  // the statement, of a static one
};

struct PrototypeClass {
  syntax::CstNode name;      // the identifier that is declared
  syntax::CstNode function;  // its constructor
  syntax::CstNode base;      // null: none
  syntax::CstNode exported;  // `module.exports` of `var F = module.exports = function () {}`
  Span span;                 // of the statement that declares it
  std::vector<PrototypeMember> members;
};

// What becomes of each statement of the list.
struct PrototypePlan {
  std::vector<PrototypeClass> classes;
  std::vector<std::vector<std::size_t>>
      starts;                  // by statement: the classes that are made before it
  std::vector<bool> is_taken;  // by statement: belongs to a class, makes nothing by itself
  std::vector<syntax::CstNode>
      aliases;  // by statement: what remains of `F.prototype.on = F.prototype.add = function...`
};

// Nothing if the list has no such class.
std::optional<PrototypePlan> FindPrototypeClasses(const Source& source,
                                                  const std::vector<syntax::CstNode>& statements);

// Is it `if (!(this instanceof F)) return new F(...);`, which Python needs not say?
bool IsNewGuard(const Source& source, const syntax::CstNode& statement, std::string_view name);

// The arguments of `Base.call(this, ...)` or `Base.apply(this, ...)` as a statement; null if it is something else.
struct BaseCall {
  syntax::CstNode arguments;
  bool is_apply = false;
};
BaseCall CallOfBase(const Source& source, const syntax::CstNode& statement, std::string_view base);

}  // namespace asyncport::lower::js
