// Scopes and bindings of one file, by the rules of its language: JavaScript block scopes, hoisting of var and function;
// Python function, class and comprehension scopes, global and nonlocal. Knows nothing about types or libraries but the
// paths of imports.
// Example: `from time import sleep as s` gives a kImport binding `s` with path "time.sleep".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "facts/structure.h"
#include "ir/tree.h"

namespace asyncport::facts {

// How a Name node uses its binding.
enum class NameRole : std::uint8_t { kNone, kRead, kWrite, kReadWrite, kMention };

struct Scopes {
  Scopes(const ir::Tree& tree, const Structure& structure);

  std::vector<Binding> bindings;  // [0] is unused
  std::vector<Scope> scopes;      // [0] is unused, [1] the module
  std::vector<BindingId>
      binding_of;  // by node index: Name nodes; also Field and Method of Python classes
  std::vector<ScopeId> scope_of;  // innermost around or opened by the node
  std::vector<NameRole> role;     // of Name nodes

  BindingId Find(ScopeId scope, Atom name) const;  // outward
  ScopeId FunctionScope(ScopeId scope) const;      // nearest with is_function

  static std::uint64_t Key(ScopeId scope, Atom name) {
    return static_cast<std::uint64_t>(scope.index) << 32 | name.index;
  }
  std::unordered_map<std::uint64_t, BindingId> table;  // Key -> binding declared there

 private:
  const ir::Tree& tree_;
};

// Canonical module name: Node's own modules always with "node:" ("fs" -> "node:fs").
std::string CanonicalModule(Language language, std::string_view module);
// Joins a module or object path and a member, with the aliases of Node's globals resolved ("node:process" + "exit" ->
// "process.exit", "node:fs.promises" -> "node:fs/promises").
std::string JoinPath(std::string_view path, std::string_view member);

}  // namespace asyncport::facts
