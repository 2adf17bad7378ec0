// The working values of inference. A value is a set of primitives and *sites*; a site is one place of the file that makes
// a container, function, class or promise, and has cells for what it holds. Cells only ever grow, so that inference ends.
// A parameter that is handed on unchanged stays a site of its own (kind kParameterSite), so that `delay(ms, value)` gives
// each caller back what that caller gave. Knows no node kinds. The result is turned into the structural types of types.h by expose.cpp.
// Example: after `xs = []` and `xs.append(1)`, xs holds {list site}, and the element cell of that site holds {int}.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "facts/types.h"
#include "ir/tree.h"

namespace asyncport::facts {

struct SetId {
  std::uint32_t index = 0;
  friend constexpr bool operator==(SetId, SetId) = default;
};
inline constexpr SetId kNeverSet{0};    // no value reaches this place (so far)
inline constexpr SetId kUnknownSet{1};  // anything

using SiteId = std::uint32_t;  // 0: none
using CellId = std::uint32_t;  // 0: none; 1 .. n: the nodes of the tree

constexpr std::uint32_t Bit(TypeKind kind) { return 1u << static_cast<unsigned>(kind); }
inline constexpr std::uint32_t kNullBits = Bit(TypeKind::kNull) | Bit(TypeKind::kUndefined);
inline constexpr std::uint32_t kIntBits = Bit(TypeKind::kInt) | Bit(TypeKind::kBool);
inline constexpr std::uint32_t kNumberBits = kIntBits | Bit(TypeKind::kFloat);

// How a text of Python may look, kept beside kStr: JavaScript's objects put keys that look like integers first.
inline constexpr std::uint32_t kEmptyText = 1u << 29;
inline constexpr std::uint32_t kDigitText = 1u << 30;    // a digit is somewhere in it
inline constexpr std::uint32_t kIntegerText = 1u << 31;  // nothing but an integer
inline constexpr std::uint32_t kTextLooks = kEmptyText | kDigitText | kIntegerText;
// The same of numbers, beside kFloat: whether one may be whole, which JavaScript writes without `.0`.
inline constexpr std::uint32_t kWholeFloat = 1u << 28;
inline constexpr std::uint32_t kLooseFloat = 1u << 27;  // declared a float, but callers may hand an int
inline constexpr std::uint32_t kFloatLooks = kWholeFloat | kLooseFloat;

// Its element cell holds what callers give.
inline constexpr TypeKind kParameterSite = TypeKind::kNever;

struct Site {
  TypeKind kind = TypeKind::kUnknown;
  ir::NodeId node;   // where it is made, or the declaration of a function or class
  std::string name;  // library class, function or module
  bool is_assumed = false;  // a dict that only a test or an annotation speaks of: it may come from elsewhere
  CellId element = 0;
  CellId key = 0;
  // Lists: holds bool once positions can no longer be told apart. Dicts: everything that the fields hold.
  CellId shuffled = 0;
  std::vector<CellId> members;  // positions of a tuple or of a list literal
  std::vector<std::pair<Atom, CellId>> fields;
};

class Lattice {
 public:
  // Cells 1 .. node_count stand for nodes. `wake` is called with each dependent of a cell that grew.
  Lattice(std::size_t node_count, std::function<void(std::uint32_t)> wake);

  // ---- sets
  static SetId Never() { return kNeverSet; }
  static SetId Unknown() { return kUnknownSet; }
  SetId Of(TypeKind primitive);
  SetId OfBits(std::uint32_t primitives);
  SetId OfText(std::uint32_t looks) { return OfBits(Bit(TypeKind::kStr) | looks); }
  SetId OfSite(SiteId site);
  SetId Join(SetId a, SetId b);
  bool HasParameters(SetId set) const { return sets_[set.index].has_parameters; }
  std::uint32_t Bits(SetId set) const { return sets_[set.index].bits & ~(kTextLooks | kFloatLooks); }  // primitives in it
  std::uint32_t Looks(SetId set) const { return sets_[set.index].bits & (kTextLooks | kFloatLooks); }
  // Valid until the next set is made: copy before joining.
  const std::vector<SiteId>& Sites(SetId set) const { return sets_[set.index].sites; }
  SetId Keep(SetId set,
             std::uint32_t kinds);  // primitives and sites of these kinds; unknown stays unknown
  SetId Without(SetId set, std::uint32_t kinds) { return Keep(set, ~kinds); }
  SetId KeepSites(SetId set, std::uint32_t bits, const std::function<bool(const Site&)>& keep);
  std::size_t set_count() const { return sets_.size(); }
  std::uint32_t Kinds(SetId set) const;  // of primitives and sites; all bits if unknown
  bool OnlyKinds(SetId set, std::uint32_t kinds) const {  // known, not never, nothing else
    return set != kNeverSet && set != kUnknownSet && (Kinds(set) & ~kinds) == 0;
  }

  // ---- sites
  // The site of this kind that `node` makes; `variant` tells several of one kind apart.
  SiteId SiteAt(ir::NodeId node, TypeKind kind, std::uint32_t variant = 0);
  SiteId NamedSite(TypeKind kind,
                   std::string_view name);  // library function, class, module, plain instance
  Site& site(SiteId id) { return sites_[FindSite(id)]; }
  const Site& site(SiteId id) const { return sites_[FindSite(id)]; }
  std::size_t site_count() const { return sites_.size(); }
  SiteId FindSite(SiteId id) const;  // sites that were merged answer with one id
  CellId Element(SiteId id);
  CellId Key(SiteId id);
  CellId Shuffled(SiteId id);
  CellId Field(SiteId id, Atom name);  // made if it is not there
  CellId FieldIfAny(SiteId id, Atom name) const;
  CellId Member(SiteId id, std::size_t position);  // 0 if there is no such position

  // ---- cells
  CellId NewCell();
  SetId Value(CellId cell) const { return cells_[FindCell(cell)].value; }
  bool Add(CellId cell, SetId set);  // true if it grew
  void Depend(CellId cell, std::uint32_t node);
  std::size_t cell_count() const { return cells_.size(); }

 private:
  struct Set {
    std::uint32_t bits = 0;
    std::vector<SiteId> sites;
    bool has_parameters = false;
  };
  struct Cell {
    SetId value;
    CellId parent = 0;  // merged into another
    // Its dependents, in the order in which they came: a list in `dependents_`. 0: none.
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t count = 0;
  };
  struct Dependent {
    std::uint32_t node;
    std::uint32_t next;
  };
  struct SetHash {
    std::size_t operator()(const std::vector<std::uint32_t>& key) const;
  };

  SetId Intern(std::uint32_t bits, std::vector<SiteId> sites);
  bool Widen(std::uint32_t bits, std::vector<SiteId>& sites);
  std::uint64_t Group(const Site& site) const;
  void Unify(SiteId into, SiteId from);
  CellId UnifyCells(CellId a, CellId b);
  CellId FindCell(CellId cell) const;

  std::function<void(std::uint32_t)> wake_;
  std::vector<Set> sets_;
  std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, SetHash> set_index_;
  std::unordered_map<std::uint64_t, SetId> joins_;
  std::vector<Site> sites_;
  mutable std::vector<SiteId> site_parent_;
  std::unordered_map<std::uint64_t, SiteId> site_index_;
  std::unordered_map<std::string, SiteId> named_sites_;
  mutable std::vector<Cell> cells_;
  std::vector<Dependent> dependents_;  // one array for all cells: most have one or two
  std::vector<SetId> set_of_site_;     // by site; never: not asked for yet
  std::unordered_map<std::uint32_t, SetId> set_of_bits_;
  std::unordered_map<std::uint64_t, bool> dependencies_;
};

}  // namespace asyncport::facts
