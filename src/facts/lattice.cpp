// Sets are interned, so that equal sets have equal ids. Two limits keep them small: more than four different types are
// unknown, and more than eight sites of one type are merged into one.
#include "facts/lattice.h"

#include <algorithm>

namespace asyncport::facts {

namespace {

constexpr std::size_t kMaxGroups = 4;
constexpr std::size_t kMaxSitesOfGroup = 8;
constexpr std::size_t kMaxFunctions = 24;

// Their sites hold values in cells, and can be merged.
constexpr std::uint32_t kContainers =
    Bit(TypeKind::kList) | Bit(TypeKind::kTuple) | Bit(TypeKind::kSet) | Bit(TypeKind::kDict) |
    Bit(TypeKind::kMap) | Bit(TypeKind::kPromise) | Bit(TypeKind::kCoroutine) |
    Bit(TypeKind::kIterator) | Bit(TypeKind::kAsyncIterator);

}  // namespace

std::size_t Lattice::SetHash::operator()(const std::vector<std::uint32_t>& key) const {
  std::size_t hash = 0xcbf29ce484222325ull;
  for (std::uint32_t value : key) hash = (hash ^ value) * 0x100000001b3ull;
  return hash;
}

Lattice::Lattice(std::size_t node_count, std::function<void(std::uint32_t)> wake)
    : wake_(std::move(wake)), cells_(node_count) {
  sites_.resize(1);
  site_parent_.resize(1);
  dependents_.resize(1);
  Intern(0, {});
  Intern(Bit(TypeKind::kUnknown), {});
}

SetId Lattice::Intern(std::uint32_t bits, std::vector<SiteId> sites) {
  std::vector<std::uint32_t> key;
  key.reserve(sites.size() + 1);
  key.push_back(bits);
  key.insert(key.end(), sites.begin(), sites.end());
  auto [it, is_new] =
      set_index_.try_emplace(std::move(key), static_cast<std::uint32_t>(sets_.size()));
  if (is_new) {
    const bool has_parameters = std::any_of(sites.begin(), sites.end(), [this](SiteId id) {
      return sites_[id].kind == kParameterSite;
    });
    sets_.push_back(Set{bits, std::move(sites), has_parameters});
  }
  return SetId{it->second};
}

SetId Lattice::OfBits(std::uint32_t primitives) {
  const auto [known, is_new] = set_of_bits_.try_emplace(primitives);
  if (is_new) known->second = Intern(primitives, {});
  return known->second;
}
SetId Lattice::Of(TypeKind primitive) { return OfBits(Bit(primitive)); }
SetId Lattice::OfSite(SiteId site) {
  if (site == 0) return kNeverSet;
  site = FindSite(site);
  if (set_of_site_.size() <= site) set_of_site_.resize(sites_.size());
  SetId& known = set_of_site_[site];
  if (known == kNeverSet) known = Intern(0, {site});
  return known;
}

std::uint64_t Lattice::Group(const Site& site) const {
  const auto kind = static_cast<std::uint64_t>(site.kind);
  if (site.kind != TypeKind::kInstance) return kind;
  const std::uint64_t which =
      site.name.empty() ? site.node.index : std::hash<std::string>{}(site.name) & 0xffffffffull;
  return kind | (which + 1) << 8;
}

// Brings a set within its limits; false if it has to be unknown.
bool Lattice::Widen(std::uint32_t bits, std::vector<SiteId>& sites) {
  std::size_t groups = 0;
  // int, float and bool count as one; null and undefined not at all.
  if ((bits & kNumberBits) != 0) ++groups;
  for (std::uint32_t rest = bits & ~kNumberBits & ~kNullBits & ~kTextLooks & ~kFloatLooks; rest != 0; rest &= rest - 1) ++groups;
  std::vector<std::uint64_t> seen;
  for (SiteId id : sites) {
    if (sites_[id].kind == kParameterSite) continue;
    const std::uint64_t group = Group(sites_[id]);
    if (std::find(seen.begin(), seen.end(), group) == seen.end()) seen.push_back(group);
  }
  if (groups + seen.size() > kMaxGroups) return false;
  if (sites.size() <= kMaxSitesOfGroup) return true;
  if (sites.size() > 4 * kMaxFunctions) return false;
  for (std::uint64_t group : seen) {
    std::vector<SiteId> members;
    for (SiteId id : sites) {
      if (Group(sites_[id]) == group) members.push_back(id);
    }
    const TypeKind kind = sites_[members[0]].kind;
    const bool merges = (Bit(kind) & kContainers) != 0 || kind == TypeKind::kInstance;
    if (!merges && members.size() > kMaxFunctions) return false;
    if (!merges || members.size() <= kMaxSitesOfGroup) continue;
    for (std::size_t i = 1; i < members.size(); ++i) Unify(members[0], members[i]);
  }
  for (SiteId& id : sites) id = FindSite(id);
  std::sort(sites.begin(), sites.end());
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
  return true;
}

SetId Lattice::Join(SetId a, SetId b) {
  if (a == b || b == kNeverSet) return a;
  if (a == kNeverSet) return b;
  if (a == kUnknownSet || b == kUnknownSet) return kUnknownSet;
  if (a.index > b.index) std::swap(a, b);
  const std::uint64_t key = static_cast<std::uint64_t>(a.index) << 32 | b.index;
  if (auto it = joins_.find(key); it != joins_.end()) return it->second;
  const std::uint32_t bits = sets_[a.index].bits | sets_[b.index].bits;
  std::vector<SiteId> sites;
  for (SetId part : {a, b}) {
    for (SiteId id : sets_[part.index].sites) sites.push_back(FindSite(id));
  }
  std::sort(sites.begin(), sites.end());
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
  const SetId joined = Widen(bits, sites) ? Intern(bits, std::move(sites)) : kUnknownSet;
  joins_.emplace(key, joined);
  return joined;
}

SetId Lattice::KeepSites(SetId set, std::uint32_t bits,
                         const std::function<bool(const Site&)>& keep) {
  if (set == kUnknownSet) return set;
  std::vector<SiteId> sites;
  for (SiteId id : sets_[set.index].sites) {
    if (keep(site(id))) sites.push_back(id);
  }
  bits = (bits & Bit(TypeKind::kStr)) != 0 ? bits | kTextLooks : bits & ~kTextLooks;
  bits = (bits & Bit(TypeKind::kFloat)) != 0 ? bits | kFloatLooks : bits & ~kFloatLooks;
  return Intern(sets_[set.index].bits & bits, std::move(sites));
}

SetId Lattice::Keep(SetId set, std::uint32_t kinds) {
  if (set == kUnknownSet || (Kinds(set) & ~kinds) == 0) return set;
  return KeepSites(set, kinds, [kinds](const Site& s) { return (Bit(s.kind) & kinds) != 0; });
}

std::uint32_t Lattice::Kinds(SetId set) const {
  if (set == kUnknownSet) return ~0u;
  std::uint32_t kinds = Bits(set);
  for (SiteId id : sets_[set.index].sites) kinds |= Bit(sites_[id].kind);
  return kinds;
}

SiteId Lattice::SiteAt(ir::NodeId node, TypeKind kind, std::uint32_t variant) {
  const std::uint64_t key = static_cast<std::uint64_t>(node.index) << 32 | variant << 8 |
                            static_cast<std::uint64_t>(kind);
  auto [it, is_new] = site_index_.try_emplace(key, static_cast<SiteId>(sites_.size()));
  if (is_new) {
    Site site;
    site.kind = kind;
    site.node = node;
    sites_.push_back(std::move(site));
    site_parent_.push_back(it->second);
  }
  return it->second;
}

SiteId Lattice::NamedSite(TypeKind kind, std::string_view name) {
  std::string key(1, static_cast<char>(kind));
  key += name;
  auto [it, is_new] = named_sites_.try_emplace(std::move(key), static_cast<SiteId>(sites_.size()));
  if (is_new) {
    Site site;
    site.kind = kind;
    site.name = name;
    sites_.push_back(std::move(site));
    site_parent_.push_back(it->second);
  }
  return it->second;
}

SiteId Lattice::FindSite(SiteId id) const {
  while (site_parent_[id] != id) {
    if (id == 0) return 0;
    site_parent_[id] = site_parent_[site_parent_[id]];
    id = site_parent_[id];
  }
  return id;
}

CellId Lattice::NewCell() {
  cells_.emplace_back();
  return static_cast<CellId>(cells_.size() - 1);
}

CellId Lattice::Element(SiteId id) {
  id = FindSite(id);
  if (sites_[id].element == 0) sites_[id].element = NewCell();
  return sites_[id].element;
}

CellId Lattice::Key(SiteId id) {
  id = FindSite(id);
  if (sites_[id].key == 0) sites_[id].key = NewCell();
  return sites_[id].key;
}

CellId Lattice::Shuffled(SiteId id) {
  id = FindSite(id);
  if (sites_[id].shuffled == 0) sites_[id].shuffled = NewCell();
  return sites_[id].shuffled;
}

CellId Lattice::FieldIfAny(SiteId id, Atom name) const {
  for (const auto& [field, cell] : site(id).fields) {
    if (field == name) return cell;
  }
  return 0;
}

CellId Lattice::Field(SiteId id, Atom name) {
  if (CellId found = FieldIfAny(id, name)) return found;
  const CellId cell = NewCell();
  site(id).fields.emplace_back(name, cell);
  return cell;
}

CellId Lattice::Member(SiteId id, std::size_t position) {
  const Site& at = site(id);
  return position < at.members.size() ? at.members[position] : 0;
}

CellId Lattice::FindCell(CellId cell) const {
  while (cells_[cell].parent != 0) {
    const CellId up = cells_[cell].parent;
    if (cells_[up].parent != 0) cells_[cell].parent = cells_[up].parent;
    cell = up;
  }
  return cell;
}

bool Lattice::Add(CellId cell, SetId set) {
  cell = FindCell(cell);
  const SetId joined = Join(cells_[cell].value, set);
  cell = FindCell(cell);  // Join may have merged cells
  if (joined == cells_[cell].value) return false;
  cells_[cell].value = joined;
  for (std::uint32_t at = cells_[cell].first; at != 0; at = dependents_[at].next) wake_(dependents_[at].node);
  return true;
}

void Lattice::Depend(CellId cell, std::uint32_t node) {
  // Most cells have few dependents: looking through those is cheaper than a table, which has the others only.
  constexpr std::size_t kFew = 16;
  cell = FindCell(cell);
  Cell& own = cells_[cell];
  std::uint32_t at = own.first;
  for (std::size_t i = 0; i < kFew && at != 0; ++i, at = dependents_[at].next) {
    if (dependents_[at].node == node) return;
  }
  if (own.count >= kFew &&
      !dependencies_.try_emplace(static_cast<std::uint64_t>(cell) << 32 | node, true).second) {
    return;
  }
  const auto added = static_cast<std::uint32_t>(dependents_.size());
  dependents_.push_back({node, 0});
  (own.first == 0 ? own.first : dependents_[own.last].next) = added;
  own.last = added;
  ++own.count;
}

CellId Lattice::UnifyCells(CellId a, CellId b) {
  if (a == 0) return b;
  if (b == 0) return a;
  const CellId into = FindCell(a);
  const CellId from = FindCell(b);
  if (into == from) return into;
  const SetId value = cells_[from].value;
  std::uint32_t moved = cells_[from].first;
  cells_[from].first = cells_[from].last = cells_[from].count = 0;
  cells_[from].parent = into;
  const bool differs = value != cells_[into].value;
  for (; moved != 0; moved = dependents_[moved].next) {
    const std::uint32_t node = dependents_[moved].node;
    Depend(into, node);
    if (differs) wake_(node);
  }
  Add(into, value);
  return FindCell(into);
}

void Lattice::Unify(SiteId into, SiteId from) {
  into = FindSite(into);
  from = FindSite(from);
  if (into == from) return;
  site_parent_[from] = into;
  // Merging cells can merge further sites: take what is needed by value, and look sites up again.
  const Site taken = sites_[from];
  const auto element = UnifyCells(Element(into), taken.element);
  site(into).element = element;
  if (taken.key != 0) {
    const CellId key = UnifyCells(site(into).key, taken.key);
    site(into).key = key;
  }
  if (taken.shuffled != 0) {
    const CellId shuffled = UnifyCells(site(into).shuffled, taken.shuffled);
    site(into).shuffled = shuffled;
  }
  if (!taken.members.empty() || !site(into).members.empty()) {
    const std::size_t common = std::min(taken.members.size(), site(into).members.size());
    for (std::size_t i = 0; i < common; ++i) UnifyCells(site(into).members[i], taken.members[i]);
    if (taken.members.size() != site(into).members.size()) {
      site(into).members.resize(std::min(common, site(into).members.size()));
      Add(Shuffled(into), Of(TypeKind::kBool));
    }
  }
  for (const auto& [name, cell] : taken.fields) {
    if (CellId own = FieldIfAny(into, name)) {
      UnifyCells(own, cell);
    } else {
      site(into).fields.emplace_back(name, cell);
    }
  }
}

}  // namespace asyncport::facts
