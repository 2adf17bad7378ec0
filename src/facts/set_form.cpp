// See set_form.h.
#include "facts/set_form.h"

#include <numeric>
#include <string_view>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

class SetForms {
 public:
  SetForms(const ir::Tree& tree, const Structure& structure, const Names& names,
           Inference& inference)
      : tree_(tree),
        structure_(structure),
        names_(names),
        inference_(inference),
        lattice_(inference.lattice()),
        parent_(lattice_.site_count()),
        is_ordered_(parent_.size(), false) {
    std::iota(parent_.begin(), parent_.end(), SiteId{0});
  }

  std::vector<bool> Decide() {
    Group();
    for (NodeId node : structure_.preorder) Look(node);
    std::vector<bool> result(parent_.size(), false);
    for (SiteId id = 1; id < result.size(); ++id)
      result[id] = is_ordered_[Find(lattice_.FindSite(id))];
    return result;
  }

 private:
  SiteId Find(SiteId id) {
    while (parent_[id] != id) id = parent_[id] = parent_[parent_[id]];
    return id;
  }

  void Group() {
    for (std::uint32_t s = 0; s < lattice_.set_count(); ++s) {
      SiteId first = 0;
      for (SiteId id : lattice_.Sites(SetId{s})) {
        const SiteId root = lattice_.FindSite(id);
        if (lattice_.site(root).kind != TypeKind::kSet) continue;
        if (first == 0) first = root;
        parent_[Find(root)] = Find(first);
      }
    }
  }

  void Mark(NodeId expression) {
    const SetId set = inference_.ValueOf(expression);
    if (set == kUnknownSet) return;
    for (SiteId id : lattice_.Sites(set)) {
      const SiteId root = lattice_.FindSite(id);
      if (root < parent_.size() && lattice_.site(root).kind == TypeKind::kSet)
        is_ordered_[Find(root)] = true;
    }
  }

  // `[...s].sort()`, `Math.max(...s)`, `[...s].length`
  bool HidesOrder(NodeId spread) const {
    const NodeId around = structure_.parent[spread.index];
    if (auto call = ir::As<ir::Call>(tree_, around)) {
      const std::string path = names_.PathOf(call.callee());
      return path == "Math.max" || path == "Math.min";
    }
    if (!tree_.Is(around, NodeKind::kList) || ir::List(tree_, around).elements().size() != 1)
      return false;
    const auto read = ir::As<ir::Attribute>(tree_, structure_.parent[around.index]);
    if (!read) return false;
    const auto call = ir::As<ir::Call>(tree_, structure_.parent[read.id().index]);
    const bool sorts =
        (read.name() == "sort" || read.name() == "toSorted") && call && call.args().empty();
    return sorts || read.name() == "length" || read.name() == "every" || read.name() == "some";
  }

  void Look(NodeId node) {
    if (auto loop = ir::As<ir::ForEach>(tree_, node)) {
      Mark(loop.iterable());
    } else if (auto spread = ir::As<ir::Spread>(tree_, node)) {
      if (!HidesOrder(node)) Mark(spread.value());
    } else if (auto yield = ir::As<ir::Yield>(tree_, node)) {
      if (yield.is_delegate() && yield.value()) Mark(yield.value());
    } else if (auto assign = ir::As<ir::Assign>(tree_, node)) {
      const bool takes_apart =
          assign.value() && tree_.Is(assign.targets()[0], NodeKind::kListPattern);
      if (takes_apart) Mark(assign.value());
    } else if (auto made = ir::As<ir::New>(tree_, node)) {
      for (NodeId arg : made.args()) Mark(arg);
    } else if (auto call = ir::As<ir::Call>(tree_, node)) {
      const std::string path = names_.PathOf(call.callee());
      if ((path == "Array.from" || path == "Promise.all") && !call.args().empty())
        Mark(call.args()[0]);
      const auto method = ir::As<ir::Attribute>(tree_, call.callee());
      if (!method) return;
      for (std::string_view name : {"forEach", "values", "keys", "entries"}) {
        if (method.name() == name) Mark(method.object());
      }
    }
  }

  const ir::Tree& tree_;
  const Structure& structure_;
  const Names& names_;
  Inference& inference_;
  const Lattice& lattice_;
  std::vector<SiteId> parent_;
  std::vector<bool> is_ordered_;
};

}  // namespace

std::vector<bool> OrderedSets(const ir::Tree& tree, const Structure& structure, const Names& names,
                              Inference& inference) {
  return SetForms(tree, structure, names, inference).Decide();
}

}  // namespace asyncport::facts
