// See object_form.h.
#include "facts/object_form.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

class ObjectForms {
 public:
  ObjectForms(const ir::Tree& tree, const Structure& structure, const Names& names,
              const Scopes& scopes, Inference& inference)
      : tree_(tree),
        structure_(structure),
        names_(names),
        scopes_(scopes),
        inference_(inference),
        lattice_(inference.lattice()),
        parent_(lattice_.site_count()),
        needs_(parent_.size(), false),
        wants_(parent_.size(), false),
        is_dynamic_(parent_.size(), false) {
    std::iota(parent_.begin(), parent_.end(), SiteId{0});
  }

  std::vector<bool> Decide() {
    const bool any = std::any_of(
        structure_.preorder.begin(), structure_.preorder.end(),
        [&](NodeId node) { return tree_.Is(node, NodeKind::kDict) && HasBehaviour(node); });
    std::vector<bool> result(parent_.size(), false);
    const std::vector<SetId> hashed = Hashed();
    if (!any && hashed.empty()) return result;
    Group();
    for (SetId set : hashed) Mark(needs_, set);
    for (NodeId node : structure_.preorder) Look(node);
    std::vector<std::vector<SiteId>> groups(parent_.size());
    for (SiteId id = 1; id < parent_.size(); ++id) {
      if (lattice_.FindSite(id) == id && IsDict(id)) groups[Find(id)].push_back(id);
    }
    for (SiteId root = 1; root < parent_.size(); ++root) {
      if (groups[root].empty()) continue;
      const bool is_object =
          needs_[root] || (wants_[root] && !is_dynamic_[root] && HaveSameFields(groups[root]));
      for (SiteId id : groups[root]) result[id] = is_object;
    }
    for (SiteId id = 1; id < result.size(); ++id) result[id] = result[lattice_.FindSite(id)];
    return result;
  }

 private:
  bool IsDict(SiteId id) const { return lattice_.site(id).kind == TypeKind::kDict; }

  SiteId Find(SiteId id) {
    while (parent_[id] != id) id = parent_[id] = parent_[parent_[id]];
    return id;
  }

  // What Sets hold and Maps have as keys, where that may be an object: JavaScript tells them apart by identity, Python
  // hashes no dict.
  std::vector<SetId> Hashed() const {
    std::vector<SetId> sets;
    for (SiteId id = 1; id < parent_.size(); ++id) {
      const Site& site = lattice_.site(id);
      const CellId cell = site.kind == TypeKind::kSet   ? site.element
                          : site.kind == TypeKind::kMap ? site.key
                                                        : 0;
      if (cell == 0) continue;
      const SetId set = lattice_.Value(cell);
      if (set != kUnknownSet && (lattice_.Kinds(set) & Bit(TypeKind::kDict)) != 0)
        sets.push_back(set);
    }
    return sets;
  }

  void Group() {
    for (std::uint32_t s = 0; s < lattice_.set_count(); ++s) {
      SiteId first = 0;
      for (SiteId id : lattice_.Sites(SetId{s})) {
        const SiteId root = lattice_.FindSite(id);
        if (!IsDict(root)) continue;
        if (first == 0) first = root;
        parent_[Find(root)] = Find(first);
      }
    }
  }

  void Mark(std::vector<bool>& marks, SetId set) {
    if (set == kUnknownSet) return;
    for (SiteId id : lattice_.Sites(set)) {
      const SiteId root = lattice_.FindSite(id);
      if (root < parent_.size() && IsDict(root)) marks[Find(root)] = true;
    }
  }
  void Mark(std::vector<bool>& marks, NodeId expression) {
    if (expression) Mark(marks, inference_.ValueOf(expression));
  }

  bool IsFunctionLiteral(NodeId value) const {
    if (tree_.Is(value, NodeKind::kLambda) || tree_.Is(value, NodeKind::kFunctionExpr)) return true;
    const BindingId binding =
        tree_.Is(value, NodeKind::kName) ? scopes_.binding_of[value.index] : BindingId{};
    if (!binding) return false;
    const Binding& b = scopes_.bindings[binding.index];
    if (b.kind == BindingKind::kFunction) return true;
    auto assign = ir::As<ir::Assign>(tree_, b.definition);
    return assign && assign.value() && !b.reassigned &&
           (tree_.Is(assign.value(), NodeKind::kLambda) ||
            tree_.Is(assign.value(), NodeKind::kFunctionExpr));
  }

  bool HasBehaviour(NodeId dict) const {
    for (NodeId e : ir::Dict(tree_, dict).entries()) {
      if (tree_.Is(e, NodeKind::kMethodEntry)) return true;
      auto entry = ir::As<ir::DictEntry>(tree_, e);
      if (entry &&
          (IsFunctionLiteral(entry.value()) || names_.PathOf(entry.key()) == "Symbol.iterator"))
        return true;
    }
    return false;
  }

  // Handed to something outside of the file, which reads it its own way.
  bool IsForLibrary(NodeId dict) const {
    const NodeId parent = structure_.parent[dict.index];
    NodeId callee;
    if (auto call = ir::As<ir::Call>(tree_, parent)) callee = call.callee();
    if (auto made = ir::As<ir::New>(tree_, parent)) callee = made.callee();
    if (!callee || callee == dict) return false;
    const std::string path = names_.PathOf(callee);
    return !path.empty() && path != "Object.freeze" && path != "Object.seal";
  }

  void LookAtLiteral(NodeId node) {
    if (IsForLibrary(node) || !HasBehaviour(node)) return;
    std::size_t functions = 0;
    std::size_t methods = 0;
    std::size_t entries = 0;
    for (NodeId e : ir::Dict(tree_, node).entries()) {
      ++entries;
      if (auto entry = ir::As<ir::MethodEntry>(tree_, e)) {
        ++methods;
        auto method = ir::As<ir::Method>(tree_, entry.method());
        if (method && (method.kind() != ir::MethodKind::kMethod || IsIterator(method)))
          Mark(needs_, node);
      } else if (auto plain = ir::As<ir::DictEntry>(tree_, e)) {
        if (IsFunctionLiteral(plain.value())) ++functions;
        if (names_.PathOf(plain.key()) == "Symbol.iterator") Mark(needs_, node);
        if (!tree_.Is(plain.key(), NodeKind::kString)) return;
      } else {
        return;
      }
    }
    const NodeKind place = tree_.kind(structure_.parent[node.index]);
    const bool is_argument = place == NodeKind::kCall || place == NodeKind::kNew;
    const bool is_returned = place == NodeKind::kReturn || place == NodeKind::kLambda;
    if ((methods > 0 && !is_argument) || (is_returned && (functions + methods) * 2 >= entries))
      Mark(wants_, node);
  }

  bool IsIterator(ir::Method method) const {
    return method.computed_key() && names_.PathOf(method.computed_key()).starts_with("Symbol.");
  }

  // The literal whose function the `this` belongs to.
  NodeId OwnerOfSelf(NodeId self) const {
    NodeId function = structure_.function[self.index];
    while (function) {
      auto expr = ir::As<ir::FunctionExpr>(tree_, function);
      if (!tree_.Is(function, NodeKind::kLambda) && !(expr && expr.is_arrow())) break;
      function = structure_.function[function.index];
    }
    if (!function) return {};
    const NodeId entry = structure_.parent[function.index];
    const NodeKind kind = tree_.kind(entry);
    return kind == NodeKind::kMethodEntry || kind == NodeKind::kDictEntry
               ? structure_.parent[entry.index]
               : NodeId{};
  }

  void Look(NodeId node) {
    switch (tree_.kind(node)) {
      case NodeKind::kDict:
        LookAtLiteral(node);
        return;
      case NodeKind::kSelfRef:
        if (NodeId owner = OwnerOfSelf(node); owner && !IsForLibrary(owner)) Mark(needs_, owner);
        return;
      case NodeKind::kSubscript: {
        const ir::Subscript subscript(tree_, node);
        Mark(is_dynamic_, subscript.object());
        return;
      }
      case NodeKind::kForIn:
        Mark(is_dynamic_, ir::ForIn(tree_, node).object());
        return;
      case NodeKind::kSpread:
        if (tree_.Is(structure_.parent[node.index], NodeKind::kDict)) {
          Mark(is_dynamic_, ir::Spread(tree_, node).value());
          Mark(is_dynamic_, structure_.parent[node.index]);
        }
        return;
      case NodeKind::kBinary:
        if (ir::Binary(tree_, node).op() == ir::BinaryOp::kJsIn)
          Mark(is_dynamic_, ir::Binary(tree_, node).right());
        return;
      case NodeKind::kUnary:
        if (auto read = ir::As<ir::Attribute>(tree_, ir::Unary(tree_, node).operand());
            read && ir::Unary(tree_, node).op() == ir::UnaryOp::kDelete) {
          Mark(is_dynamic_, read.object());
        }
        return;
      case NodeKind::kCall: {
        const ir::Call call(tree_, node);
        const std::string path = names_.PathOf(call.callee());
        if (!path.starts_with("Object.") && !path.starts_with("JSON.") &&
            !path.starts_with("Reflect.") && path != "structuredClone") {
          return;
        }
        if (path == "Object.freeze" || path == "Object.seal") return;
        for (NodeId arg : call.args()) Mark(is_dynamic_, arg);
        return;
      }
      default:
        return;
    }
  }

  bool HaveSameFields(const std::vector<SiteId>& sites) const {
    std::vector<std::string_view> first;
    for (std::size_t i = 0; i < sites.size(); ++i) {
      const Site& site = lattice_.site(sites[i]);
      if (site.element != 0 && lattice_.Value(site.element) != kNeverSet) return false;
      std::vector<std::string_view> fields;
      for (const auto& [name, cell] : site.fields) {
        const SetId value = lattice_.Value(cell);
        if (value != kNeverSet) fields.push_back(inference_.TextOf(name));
      }
      std::sort(fields.begin(), fields.end());
      if (i == 0)
        first = std::move(fields);
      else if (fields != first)
        return false;
    }
    return true;
  }

  const ir::Tree& tree_;
  const Structure& structure_;
  const Names& names_;
  const Scopes& scopes_;
  Inference& inference_;
  const Lattice& lattice_;
  std::vector<SiteId> parent_;
  std::vector<bool> needs_;
  std::vector<bool> wants_;
  std::vector<bool> is_dynamic_;
};

}  // namespace

std::vector<bool> ObjectLikeDicts(const ir::Tree& tree, const Structure& structure,
                                  const Names& names, const Scopes& scopes, Inference& inference) {
  return ObjectForms(tree, structure, names, scopes, inference).Decide();
}

}  // namespace asyncport::facts
