// What classes of the file say about each other: methods that derived classes override, and parameters whose types the
// base declares or the language itself gives. Calls are in infer_call.cpp.
// Example: with `class Gold(Plan)` overriding `fee`, `self.fee(amount)` in Plan hands `amount` to Gold's `fee` too.
#include <algorithm>

#include "facts/infer.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

void Inference::CollectOverrides() {
  for (const auto& [key, method] : methods_) {
    const auto view = ir::As<ir::Method>(tree_, method);
    if (!view || view.is_private() || view.kind() == ir::MethodKind::kConstructor) continue;
    const NodeId owner{static_cast<std::uint32_t>(key >> 32)};
    const auto derived = subclasses_.find(owner.index);
    if (derived == subclasses_.end()) continue;
    std::vector<NodeId> open = derived->second;
    std::vector<NodeId> seen;
    while (!open.empty()) {
      const NodeId class_def = open.back();
      open.pop_back();
      if (std::find(seen.begin(), seen.end(), class_def) != seen.end()) continue;
      seen.push_back(class_def);
      const auto own = methods_.find(static_cast<std::uint64_t>(class_def.index) << 32 | (key & 0xffffffffu));
      if (own != methods_.end() && own->second != method) overrides_[method.index].push_back(own->second);
      if (const auto more = subclasses_.find(class_def.index); more != subclasses_.end())
        open.insert(open.end(), more->second.begin(), more->second.end());
    }
  }
  // The maps above have no order, and what is found must not depend on it.
  for (auto& [method, list] : overrides_)
    std::sort(list.begin(), list.end(), [](NodeId a, NodeId b) { return a.index < b.index; });
}

std::span<const NodeId> Inference::OverridesOf(NodeId function) const {
  const auto found = overrides_.find(function.index);
  if (calls_super_ || found == overrides_.end()) return {};
  return found->second;
}

// The annotation that the same parameter has in the method that this one overrides; unknown if there is none.
SetId Inference::DeclaredByBase(NodeId param) {
  const auto method = ir::As<ir::Method>(tree_, structure_.parent[param.index]);
  if (!method || method.kind() == ir::MethodKind::kConstructor) return kUnknownSet;
  const auto params = method.params();
  const std::size_t at =
      static_cast<std::size_t>(std::find(params.begin(), params.end(), param) - params.begin());
  NodeId owner = structure_.parent[structure_.parent[method.id().index].index];
  if (!tree_.Is(owner, NodeKind::kClassDef)) return kUnknownSet;
  for (int depth = 0; depth < 8; ++depth) {
    NodeId next;
    for (NodeId base : ClassBases(owner)) {
      if (!tree_.Is(base, NodeKind::kName)) continue;
      const NodeId definition = scopes_.bindings[scopes_.binding_of[base.index].index].definition;
      if (tree_.Is(definition, NodeKind::kClassDef) && definition != owner) next = definition;
    }
    if (!next) return kUnknownSet;
    owner = next;
    for (NodeId member : ir::Block(tree_, ClassBody(owner)).statements()) {
      const auto other = ir::As<ir::Method>(tree_, member);
      if (!other || other.name() != method.name() || other.params().size() <= at) continue;
      const ir::Param theirs(tree_, other.params()[at]);
      return theirs.annotation() ? Annotation(theirs.annotation()) : kUnknownSet;
    }
  }
  return kUnknownSet;
}

// What Python hands to a manager that is left: a class and an error, or nothing.
SetId Inference::ClassGivenToExit() {
  return lattice_.Join(lattice_.Of(TypeKind::kNull), LibraryValue("BaseException"));
}
SetId Inference::ErrorGivenToExit() {
  return lattice_.Join(
      lattice_.Of(TypeKind::kNull),
      lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, "BaseException")));
}

// `exc_type` and `exc` of `def __exit__(self, exc_type, exc, tb)`.
SetId Inference::GivenToExit(NodeId param) {
  const auto method = ir::As<ir::Method>(tree_, structure_.parent[param.index]);
  if (!method || (method.name() != "__exit__" && method.name() != "__aexit__")) return kNeverSet;
  const auto params = method.params();
  if (params.size() > 0 && params[0] == param) return ClassGivenToExit();
  if (params.size() > 1 && params[1] == param) return ErrorGivenToExit();
  return kNeverSet;
}

// `exc_info` of `def __exit__(self, *exc_info)`.
SetId Inference::AllGivenToExit(NodeId param) {
  const auto method = ir::As<ir::Method>(tree_, structure_.parent[param.index]);
  if (is_js_ || !method || method.params().size() != 1) return kNeverSet;
  if (method.name() != "__exit__" && method.name() != "__aexit__") return kNeverSet;
  return lattice_.OfSite(MakeTuple(
      param, 0, {ClassGivenToExit(), ErrorGivenToExit(), lattice_.Of(TypeKind::kNull)}));
}

// `Iterable[T]` takes more than lists: what callers give decides, and where nobody is known it can only be gone through.
// kUnknownSet for any other annotation.
SetId Inference::AnyIterable(NodeId annotation, SetId declared, SetId given) {
  if (is_js_) return kUnknownSet;
  const auto subscript = ir::As<ir::Subscript>(tree_, annotation);
  const std::string path = names_.PathOf(subscript ? subscript.object() : annotation);
  if (path != "typing.Iterable" && path != "collections.abc.Iterable") return kUnknownSet;
  given = Resolve(given);
  if (given == kNeverSet) return kNeverSet;
  if (given == kUnknownSet)
    return lattice_.OfSite(Make(TypeKind::kIterator, annotation, 0, ElementOf(declared, false)));
  const std::uint32_t lists = Bit(TypeKind::kList) | Bit(TypeKind::kTuple);
  return lattice_.OnlyKinds(given, lists) ? kUnknownSet : given;
}

// `other` of `__lt__` and its like.
SetId Inference::ComparedWith(NodeId param) {
  const NodeId function = structure_.parent[param.index];
  const auto method = ir::As<ir::Method>(tree_, function);
  const NodeId class_def = method ? structure_.class_def[function.index] : NodeId{};
  if (!class_def || method.params().size() != 1) return kNeverSet;
  const std::string_view name = method.name();
  if (name != "__lt__" && name != "__le__" && name != "__gt__" && name != "__ge__") return kNeverSet;
  return lattice_.OfSite(lattice_.SiteAt(class_def, TypeKind::kInstance));
}

}  // namespace asyncport::facts
