// Attributes: of instances and classes of the file, of dicts used as records, of library types.
// Example: `this.count = 0` adds int to the field `count` of every class that `this` can be an instance of.
#include "facts/infer.h"

#include <algorithm>

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

// Deeper chains of base classes are not real.
constexpr int kMaxBases = 32;
constexpr std::uint32_t kBoundVariant = 3;

}  // namespace

NodeId Inference::ClassBody(NodeId class_def) const {
  return tree_.Is(class_def, NodeKind::kClassDef) ? ir::ClassDef(tree_, class_def).body()
                                                  : ir::ClassExpr(tree_, class_def).body();
}

std::string Inference::ClassName(NodeId class_def) const {
  if (!class_def) return "?";
  if (tree_.Is(class_def, NodeKind::kDict)) return "object";
  const NodeId name = tree_.Is(class_def, NodeKind::kClassDef)
                          ? ir::ClassDef(tree_, class_def).name()
                          : ir::ClassExpr(tree_, class_def).name();
  return name && tree_.Is(name, NodeKind::kName) ? std::string(tree_.text(name)) : "(anonymous)";
}

std::span<const NodeId> Inference::ClassBases(NodeId class_def) const {
  return tree_.Is(class_def, NodeKind::kClassDef) ? ir::ClassDef(tree_, class_def).bases()
                                                  : ir::ClassExpr(tree_, class_def).bases();
}

std::span<const NodeId> Inference::ParamsOf(NodeId function) const {
  switch (tree_.kind(function)) {
    case NodeKind::kFunctionDef:
      return ir::FunctionDef(tree_, function).params();
    case NodeKind::kFunctionExpr:
      return ir::FunctionExpr(tree_, function).params();
    case NodeKind::kMethod:
      return ir::Method(tree_, function).params();
    case NodeKind::kLambda:
      return ir::Lambda(tree_, function).params();
    default:
      return {};
  }
}

Atom Inference::MemberAtom(NodeId node) const {
  const Atom name = tree_.node(node).atom;
  const auto attribute = ir::As<ir::Attribute>(tree_, node);
  const auto field = ir::As<ir::Field>(tree_, node);
  const auto method = ir::As<ir::Method>(tree_, node);
  const bool is_private = (attribute && attribute.is_private()) || (field && field.is_private()) ||
                          (method && method.is_private());
  return is_private && is_js_ ? AtomOf('#' + std::string(TextOf(name))) : name;
}

NodeId Inference::FindMethod(NodeId class_def, Atom name, bool is_static) const {
  const auto it = methods_.find(static_cast<std::uint64_t>(class_def.index) << 32 | name.index);
  if (it == methods_.end()) return {};
  // Python calls instance methods through the class too, and static ones through an instance.
  if (is_js_ && ir::Method(tree_, it->second).is_static() != is_static) return {};
  return it->second;
}

NodeId Inference::FindConstructor(NodeId class_def) const {
  for (NodeId member : ir::Block(tree_, ClassBody(class_def)).statements()) {
    const auto method = ir::As<ir::Method>(tree_, member);
    if (method && method.kind() == ir::MethodKind::kConstructor) return member;
  }
  return {};
}

bool Inference::HasLibraryBase(NodeId class_def, std::string_view prefix) {
  for (NodeId base : ClassBases(class_def)) {
    const SetId classes = Read(base);
    for (SiteId id : lattice_.Sites(classes)) {
      if (lattice_.site(id).name.starts_with(prefix)) return true;
    }
  }
  return false;
}

SetId Inference::BaseInstances(NodeId class_def) {
  SetId result = kNeverSet;
  for (NodeId base : ClassBases(class_def)) {
    if (!ir::HasCategory(tree_.kind(base), ir::category::Expr)) continue;
    const SetId classes = Read(base);
    if (classes == kUnknownSet) return kUnknownSet;
    const std::vector<SiteId> sites = lattice_.Sites(classes);
    for (SiteId id : sites) {
      const Site& site = lattice_.site(id);
      if (site.kind != TypeKind::kClass) return kUnknownSet;
      result = lattice_.Join(
          result,
          lattice_.OfSite(site.name.empty() ? lattice_.SiteAt(site.node, TypeKind::kInstance)
                                            : lattice_.NamedSite(TypeKind::kInstance, site.name)));
    }
  }
  return result;
}

const LibraryEntry* Inference::FindMember(std::string_view type, Atom name) const {
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  for (int depth = 0; depth < 4 && !type.empty(); ++depth) {
    std::string path(type);
    (path += '#') += TextOf(name);
    if (const LibraryEntry* entry = FindLibrary(language, path)) return entry;
    type = LibraryBase(language, type);
  }
  return nullptr;
}

std::string Inference::MemberPath(SetId object, Atom name) {
  if (object == kUnknownSet) return {};
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  std::string result;
  const auto add = [&](std::string_view type) {
    if (type.empty()) return false;
    const LibraryEntry* entry = FindMember(type, name);
    // A member that the tables do not have still belongs to the class, unless it has to be a field of a dict.
    std::string path = entry != nullptr ? std::string(entry->name)
                                        : std::string(type) + "#" + std::string(TextOf(name));
    if (!result.empty() && result != path) return false;
    result = std::move(path);
    return true;
  };
  std::uint32_t bits = lattice_.Bits(object) & ~kNullBits;
  for (unsigned k = 0; bits != 0; ++k, bits >>= 1) {
    if ((bits & 1) != 0 && !add(LibraryTypeName(language, static_cast<TypeKind>(k)))) return {};
  }
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    const CellId field = lattice_.FieldIfAny(id, name);
    if (field != 0 && lattice_.Value(field) != kNeverSet) return {};
    if (site.kind == TypeKind::kInstance && site.name.empty()) {
      const SetId member = ReadInstance(site.node, name, NodeId{}, 0);
      const std::vector<SiteId> targets = lattice_.Sites(member);
      if (targets.size() != 1) return {};
      const Site target = lattice_.site(targets[0]);
      const std::size_t hash = target.name.find('#');
      if (hash == std::string::npos || !add(target.name.substr(0, hash))) return {};
      continue;
    }
    if (site.kind == TypeKind::kModule || site.kind == TypeKind::kClass) {
      const std::string path =
          site.name.empty() ? std::string() : JoinPath(site.name, TextOf(name));
      if (path.empty() || (!result.empty() && result != path)) return {};
      result = path;
      continue;
    }
    if (site.kind == TypeKind::kDict && is_js_ && FindMember("Object", name) == nullptr) return {};
    const bool is_named = !site.name.empty() && site.kind != TypeKind::kFunction;
    if (!add(is_named ? std::string_view(site.name) : LibraryTypeName(language, site.kind)))
      return {};
  }
  return result;
}

SetId Inference::ReadLibraryMember(std::string_view type, SetId self, Atom name, NodeId at) {
  const LibraryEntry* entry = FindMember(type, name);
  if (entry == nullptr) return kUnknownSet;
  if (SignatureOf(*entry).form == SignatureForm::kValue) return CallLibrary(*entry, self, {}, at);
  if (!at || is_js_) return lattice_.OfSite(lattice_.NamedSite(TypeKind::kFunction, entry->name));
  // A method taken as a value: `call_later(1, future.set_result, 42)`.
  const SiteId bound = lattice_.SiteAt(at, TypeKind::kFunction, kBoundVariant);
  if (lattice_.site(bound).name.empty()) lattice_.site(bound).name = entry->name;
  lattice_.Add(lattice_.Key(bound), self);
  return lattice_.OfSite(bound);
}

SetId Inference::ReadMember(SetId object, Atom name, NodeId at) {
  object = Resolve(object);
  if (object == kUnknownSet) return kUnknownSet;
  SetId result = kNeverSet;
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  std::uint32_t bits = lattice_.Bits(object) & ~kNullBits;
  for (unsigned k = 0; bits != 0; ++k, bits >>= 1) {
    if ((bits & 1) == 0) continue;
    const auto kind = static_cast<TypeKind>(k);
    result = lattice_.Join(
        result, ReadLibraryMember(LibraryTypeName(language, kind), lattice_.Of(kind), name, at));
  }
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId site : sites) result = lattice_.Join(result, ReadSiteMember(site, name, at));
  return result;
}

SetId Inference::ReadSiteMember(SiteId id, Atom name, NodeId at) {
  const Site site = lattice_.site(id);
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  switch (site.kind) {
    case TypeKind::kInstance:
      if (!is_js_ && at && TextOf(name) == "__dict__") {
        const SiteId dict = lattice_.SiteAt(at, TypeKind::kDict);
        lattice_.Add(lattice_.Key(dict), lattice_.Of(TypeKind::kStr));
        lattice_.Add(lattice_.Element(dict), kUnknownSet);
        return lattice_.OfSite(dict);
      }
      if (site.name.empty()) return ReadInstance(site.node, name, at, 0);
      if (CellId own = lattice_.FieldIfAny(id, name)) return Read(own);
      return ReadLibraryMember(site.name, lattice_.OfSite(id), name, at);
    case TypeKind::kClass:
      if (site.name.empty()) return ReadClass(site.node, name, at, 0);
      return LibraryValue(JoinPath(site.name, TextOf(name)));
    case TypeKind::kModule:
      return LibraryValue(JoinPath(site.name, TextOf(name)));
    case TypeKind::kDict: {
      if (!is_js_) return ReadLibraryMember("dict", lattice_.OfSite(id), name, at);
      const CellId field = lattice_.FieldIfAny(id, name);
      SetId value = Read(field != 0 ? field : lattice_.Field(id, name));
      const SetId dynamic = Read(lattice_.Element(id));
      if (value == kNeverSet && dynamic == kNeverSet) {
        if (const LibraryEntry* entry = FindMember("Object", name)) {
          return lattice_.OfSite(lattice_.NamedSite(TypeKind::kFunction, entry->name));
        }
        // Another object literal may have it; this one surely does not.
        if (FillsGaps()) return lattice_.Of(TypeKind::kUndefined);
      }
      return lattice_.Join(value, dynamic);
    }
    default: {
      if (CellId own = lattice_.FieldIfAny(id, name)) return Read(own);  // f.count = 0
      if (site.kind == TypeKind::kPromise && !site.name.empty()) {
        return ReadLibraryMember(site.name, lattice_.OfSite(id), name, at);
      }
      return ReadLibraryMember(LibraryTypeName(language, site.kind), lattice_.OfSite(id), name, at);
    }
  }
}

SetId Inference::ReadInstance(NodeId class_def, Atom name, NodeId at, int depth) {
  if (depth > kMaxBases) return kUnknownSet;
  const SiteId instance = lattice_.SiteAt(class_def, TypeKind::kInstance);
  SetId result = Read(lattice_.Field(instance, name));
  if (!is_js_ && TextOf(name) == "value" && result == kNeverSet &&
      HasLibraryBase(class_def, "enum.")) {
    for (NodeId member : ir::Block(tree_, ClassBody(class_def)).statements()) {
      const auto field = ir::As<ir::Field>(tree_, member);
      if (field && field.value()) result = lattice_.Join(result, Read(field.value()));
    }
    return result;
  }
  if (NodeId method = FindMethod(class_def, name, false)) {
    const ir::Method view(tree_, method);
    if (view.kind() == ir::MethodKind::kGetter) {
      is_called_[method.index] = true;
      result = lattice_.Join(result, ResultOf(method));
      // `kind = "song"` of a derived class stands in for the property.
      auto it = subclasses_.find(class_def.index);
      if (is_js_ || depth > 0 || it == subclasses_.end()) return result;
      for (NodeId derived : it->second)
        result = lattice_.Join(
            result, Read(lattice_.Field(lattice_.SiteAt(derived, TypeKind::kClass), name)));
      return result;
    }
    return lattice_.Join(result, lattice_.OfSite(lattice_.SiteAt(method, TypeKind::kFunction)));
  }
  if (!is_js_) {
    result = lattice_.Join(
        result, Read(lattice_.Field(lattice_.SiteAt(class_def, TypeKind::kClass), name)));
  }
  bool has_unknown_base = false;
  for (NodeId base : ClassBases(class_def)) {
    if (!ir::HasCategory(tree_.kind(base), ir::category::Expr)) continue;
    const SetId classes = Read(base);
    has_unknown_base = has_unknown_base || classes == kUnknownSet;
    const std::vector<SiteId> sites = lattice_.Sites(classes);
    for (SiteId id : sites) {
      const Site site = lattice_.site(id);
      if (site.kind != TypeKind::kClass) continue;
      if (site.name.empty()) {
        if (site.node != class_def)
          result = lattice_.Join(result, ReadInstance(site.node, name, at, depth + 1));
      } else if (FindMember(site.name, name) != nullptr) {
        const SetId self = lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, site.name));
        result = lattice_.Join(result, ReadLibraryMember(site.name, self, name, at));
      } else if (result == kNeverSet && FillsGaps()) {
        result = kUnknownSet;
      }
    }
  }
  if (result == kNeverSet && has_unknown_base && FillsGaps()) return kUnknownSet;
  // What only subclasses declare: a base class that uses it is abstract.
  if (result == kNeverSet && depth == 0) {
    if (auto it = subclasses_.find(class_def.index); it != subclasses_.end()) {
      for (NodeId derived : it->second) {
        result = lattice_.Join(
            result, Read(lattice_.Field(lattice_.SiteAt(derived, TypeKind::kInstance), name)));
        if (!is_js_)
          result = lattice_.Join(
              result, Read(lattice_.Field(lattice_.SiteAt(derived, TypeKind::kClass), name)));
        if (NodeId method = FindMethod(derived, name, false)) {
          result = lattice_.Join(
              result, ir::Method(tree_, method).kind() == ir::MethodKind::kGetter
                          ? ResultOf(method)
                          : lattice_.OfSite(lattice_.SiteAt(method, TypeKind::kFunction)));
        }
      }
    }
  }
  return result;
}

SetId Inference::AwaitedValue(SetId set) {
  const SetId value = Awaited(set);
  if (value == kUnknownSet || value == kNeverSet) return value;
  if (!is_js_) {
    // What `__await__` gives is not followed.
    for (SiteId id : lattice_.Sites(value)) {
      const Site site = lattice_.site(id);
      const bool is_instance = site.kind == TypeKind::kInstance && site.name.empty();
      if (is_instance && FindMethod(site.node, AtomOf("__await__"), false)) return kUnknownSet;
    }
    return value;
  }
  for (SiteId id : lattice_.Sites(value)) {
    const Site site = lattice_.site(id);
    const bool is_instance = site.kind == TypeKind::kInstance && site.name.empty();
    if (!is_instance && site.kind != TypeKind::kDict) continue;
    const Atom then = AtomOf("then");
    const CellId field = lattice_.FieldIfAny(id, then);
    const bool has_field = field != 0 && lattice_.Value(field) != kNeverSet;
    if (has_field || (is_instance && FindMethod(site.node, then, false))) return kUnknownSet;
  }
  return value;
}

SetId Inference::ReadClass(NodeId class_def, Atom name, NodeId at, int depth) {
  if (depth > kMaxBases) return kUnknownSet;
  const SiteId site = lattice_.SiteAt(class_def, TypeKind::kClass);
  const CellId member = lattice_.FieldIfAny(site, name);
  if (!is_js_ && TextOf(name) != "name" && member != 0 && lattice_.Value(member) != kNeverSet &&
      HasLibraryBase(class_def, "enum.")) {
    return lattice_.OfSite(lattice_.SiteAt(class_def, TypeKind::kInstance));
  }
  SetId result = Read(lattice_.Field(site, name));
  if (NodeId method = FindMethod(class_def, name, true)) {
    return lattice_.Join(result,
                         ir::Method(tree_, method).kind() == ir::MethodKind::kGetter && is_js_
                             ? ResultOf(method)
                             : lattice_.OfSite(lattice_.SiteAt(method, TypeKind::kFunction)));
  }
  for (NodeId base : ClassBases(class_def)) {
    if (!ir::HasCategory(tree_.kind(base), ir::category::Expr)) continue;
    const SetId classes = Read(base);
    const std::vector<SiteId> sites = lattice_.Sites(classes);
    for (SiteId id : sites) {
      const Site base_site = lattice_.site(id);
      if (base_site.kind == TypeKind::kClass && base_site.name.empty() &&
          base_site.node != class_def) {
        result = lattice_.Join(result, ReadClass(base_site.node, name, at, depth + 1));
      }
    }
  }
  return result;
}

void Inference::WriteMember(SetId object, Atom name, SetId value) {
  object = Resolve(object);
  if (object == kUnknownSet || value == kNeverSet) return;
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId id : sites) {
    AddField(id, name, value);
    const Site site = lattice_.site(id);
    if (site.kind != TypeKind::kInstance || !site.name.empty()) continue;
    const auto setter =
        setters_.find(static_cast<std::uint64_t>(site.node.index) << 32 | name.index);
    if (setter == setters_.end()) continue;
    Args args;
    args.positional = {value};
    CallDeclared(setter->second, args, NodeId{});
  }
}

}  // namespace asyncport::facts
