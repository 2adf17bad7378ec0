// From working sets to the structural types of types.h, once inference has ended. Equal types get equal ids where they
// do not contain themselves.
// Example: {list site whose element cell holds {str}} becomes list<str>.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "facts/dict_form.h"
#include "facts/infer.h"
#include "facts/types.h"

namespace asyncport::facts {

class TypeTable {
 public:
  TypeTable(const ir::Tree& tree, const Structure& structure, const Names& names, const Scopes& scopes,
            Inference& inference);

  TypeId Of(SetId set);
  // Kinds of the set's values; Python dicts that JavaScript holds in a Map are kMap, JavaScript's literals with
  // behaviour kInstance.
  std::uint32_t Kinds(SetId set);
  const Type& type(TypeId id) const { return types_[id.index]; }
  std::string NameOf(TypeId id) const;

 private:
  DictForm FormOf(SiteId site);
  bool IsObjectLike(SiteId site);
  bool IsOrdered(SiteId site);
  TypeId Single(SetId set);  // a set of one kind
  TypeId Primitive(TypeKind kind);
  void Fill(Type& type, SetId set);
  TypeId Intern(std::uint32_t placeholder, Type type);
  void AppendName(TypeId id, int depth, std::string& out) const;

  const ir::Tree& tree_;
  const Structure& structure_;
  const Names& names_;
  const Scopes& scopes_;
  Inference& inference_;
  Lattice& lattice_;
  std::deque<Type> types_;  // references stay valid while more are made
  std::vector<bool> used_;  // asked for while still being filled: it contains itself
  std::unordered_map<std::uint32_t, std::uint32_t> by_set_;
  std::unordered_map<std::string, std::uint32_t> by_content_;
  std::vector<DictForm> dict_forms_;  // by site: Python dicts that JavaScript holds in a Map; made at the first question
  std::vector<bool> ordered_;  // by site: Sets of JavaScript that are gone through; made at the first question
  std::vector<bool> object_like_;  // by site: object literals with behaviour; made at the first question
};

std::string_view Name(TypeKind kind);

}  // namespace asyncport::facts
