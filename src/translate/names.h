// Target names: one decision per binding, applied to all its references and to no string. Letter case, keywords and
// builtins of the target language, collisions.
// Example (to Python): `userId` -> `user_id`, `class` stays a keyword so `class_`, parameter `id` of fetchUser -> `user_id`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "facts/facts.h"
#include "support/language.h"

namespace asyncport::translate {

class Names {
 public:
  // `reserved`: names that no binding may take (modules that the target turned out to import).
  Names(const facts::Facts& facts, Language to, const std::unordered_set<std::string>& reserved);

  const std::string& Of(facts::BindingId id) const { return names_[id.index]; }
  // Overrides the plan (`promise` -> `task`); makes the name unique where that is needed.
  void Rename(facts::BindingId id, std::string_view wanted);
  // A method, field or attribute of a class of this file or of a library object: letter case only; `#x` -> `_x`.
  std::string Member(std::string_view name, bool is_private) const;
  // A name that nothing in the file uses; remembers it.
  std::string Fresh(std::string_view wanted);
  void Take(std::string_view name) { used_.insert(std::string(name)); }
  bool Taken(std::string_view name) const { return used_.contains(std::string(name)); }
  // Names that got a number because another one was there first, with what they would have been.
  const std::unordered_map<std::string, std::string>& numbered() const { return numbered_; }
  // Letter case of the target language for a name that is not a binding of the file.
  std::string Convert(std::string_view name) const;

 private:
  void FindSharedPrivate();
  std::string Plan(facts::BindingId id) const;
  std::string NounForId(const facts::Binding& binding) const;
  bool IsForbidden(std::string_view name) const;
  bool ClashesInScope(facts::BindingId id, const std::string& name) const;

  const facts::Facts& facts_;
  Language to_;
  std::vector<std::string> names_;  // by BindingId
  // The planned bindings of one target name. Most are variables of one source name in different functions, which do not
  // meet: they are asked about by their function only.
  struct SameName {
    Atom source;
    std::vector<std::uint32_t> all;
    std::vector<std::uint32_t> others;  // of another source name, or free
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_function;  // by scope
  };
  facts::ScopeId FunctionScope(facts::BindingId id) const;
  void NotePlanned(facts::BindingId id, const std::string& name);
  std::unordered_map<std::string, SameName> by_name_;
  std::unordered_set<std::string> used_;
  std::unordered_set<std::string> reserved_;
  std::unordered_map<std::string, std::string> numbered_;
  // Private members that a class and one it extends both declare: `#count` twice is two fields.
  std::unordered_set<std::string> shared_private_;
};

bool IsPythonKeyword(std::string_view name);
bool IsPythonBuiltin(std::string_view name);
bool IsJsReserved(std::string_view name);

}  // namespace asyncport::translate
