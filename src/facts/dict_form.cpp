// See dict_form.h.
#include "facts/dict_form.h"

#include <numeric>
#include <string_view>

namespace asyncport::facts {

namespace {

bool IsLibraryDict(std::string_view name) {
  return name.ends_with("Counter") || name.ends_with("defaultdict") ||
         name.ends_with("OrderedDict");
}

}  // namespace

std::vector<DictForm> FormsOfDicts(const Lattice& lattice) {
  std::vector<SiteId> parent(lattice.site_count());
  std::iota(parent.begin(), parent.end(), SiteId{0});
  auto find = [&](SiteId id) {
    while (parent[id] != id) id = parent[id] = parent[parent[id]];
    return id;
  };
  std::vector<bool> is_map(parent.size(), false);
  std::vector<bool> is_made(parent.size(), false);  // some dict of the group is made in the file
  auto is_dict = [&](const Site& site) {
    return site.kind == TypeKind::kDict ||
           (site.kind == TypeKind::kInstance && IsLibraryDict(site.name));
  };
  for (std::uint32_t s = 0; s < lattice.set_count(); ++s) {
    SiteId first = 0;
    for (SiteId id : lattice.Sites(SetId{s})) {
      SiteId root = lattice.FindSite(id);
      if (!is_dict(lattice.site(root))) continue;
      if (first == 0) first = root;
      parent[find(root)] = find(first);
    }
  }
  bool has_maps = false;
  for (SiteId id = 1; id < parent.size(); ++id) {
    SiteId root = lattice.FindSite(id);
    const Site& site = lattice.site(root);
    if (!is_dict(site)) continue;
    SetId keys = site.key != 0 ? lattice.Value(site.key) : kNeverSet;
    if (site.is_assumed && (keys == kUnknownSet || keys == kNeverSet)) continue;
    is_made[find(root)] = true;
    bool other = IsLibraryDict(site.name) || keys == kUnknownSet ||
                 (lattice.Bits(keys) & ~Bit(TypeKind::kStr)) != 0 || !lattice.Sites(keys).empty() ||
                 (lattice.Looks(keys) & kIntegerText) != 0;
    if (other) is_map[find(root)] = true;
    has_maps = has_maps || other;
  }
  std::vector<DictForm> forms(parent.size(), DictForm::kObject);
  for (SiteId id = 1; id < parent.size(); ++id) {
    SiteId root = find(lattice.FindSite(id));
    if (is_map[root]) forms[id] = DictForm::kMap;
    else if (!is_made[root] && has_maps) forms[id] = DictForm::kEither;
  }
  return forms;
}

}  // namespace asyncport::facts
