// Attributes, elements and patterns: reading from and writing into the cells of sites.
// Example: `this.jobs[id] = job` adds the type of `job` to the element cell of every dict that `this.jobs` can be.
#include "facts/infer.h"

#include <algorithm>
#include <cstdlib>

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

// Deeper chains of base classes are not real.
constexpr int kMaxBases = 32;
constexpr std::uint32_t kBoundVariant = 3;
constexpr std::uint32_t kSequences = Bit(TypeKind::kList) | Bit(TypeKind::kTuple);

}  // namespace

NodeId Inference::ClassBody(NodeId class_def) const {
  return tree_.Is(class_def, NodeKind::kClassDef) ? ir::ClassDef(tree_, class_def).body()
                                                  : ir::ClassExpr(tree_, class_def).body();
}

std::string Inference::ClassName(NodeId class_def) const {
  if (!class_def) return "?";
  const NodeId name = tree_.Is(class_def, NodeKind::kClassDef) ? ir::ClassDef(tree_, class_def).name()
                                                               : ir::ClassExpr(tree_, class_def).name();
  return name && tree_.Is(name, NodeKind::kName) ? std::string(tree_.text(name)) : "(anonymous)";
}

std::span<const NodeId> Inference::ClassBases(NodeId class_def) const {
  return tree_.Is(class_def, NodeKind::kClassDef) ? ir::ClassDef(tree_, class_def).bases()
                                                  : ir::ClassExpr(tree_, class_def).bases();
}

std::span<const NodeId> Inference::ParamsOf(NodeId function) const {
  switch (tree_.kind(function)) {
    case NodeKind::kFunctionDef: return ir::FunctionDef(tree_, function).params();
    case NodeKind::kFunctionExpr: return ir::FunctionExpr(tree_, function).params();
    case NodeKind::kMethod: return ir::Method(tree_, function).params();
    case NodeKind::kLambda: return ir::Lambda(tree_, function).params();
    default: return {};
  }
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
          result, lattice_.OfSite(site.name.empty()
                                      ? lattice_.SiteAt(site.node, TypeKind::kInstance)
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
      const std::string path = site.name.empty() ? std::string() : JoinPath(site.name, TextOf(name));
      if (path.empty() || (!result.empty() && result != path)) return {};
      result = path;
      continue;
    }
    if (site.kind == TypeKind::kDict && is_js_ && FindMember("Object", name) == nullptr) return {};
    const bool is_named = !site.name.empty() && site.kind != TypeKind::kFunction;
    if (!add(is_named ? std::string_view(site.name) : LibraryTypeName(language, site.kind))) return {};
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
    result = lattice_.Join(result, ReadLibraryMember(LibraryTypeName(language, kind),
                                                     lattice_.Of(kind), name, at));
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
      if (site.name.empty()) return ReadInstance(site.node, name, at, 0);
      if (CellId own = lattice_.FieldIfAny(id, name)) return Read(own);
      return ReadLibraryMember(site.name, lattice_.OfSite(id), name, at);
    case TypeKind::kClass:
      if (site.name.empty()) return ReadClass(site.node, name, at, 0);
      return LibraryValue(JoinPath(site.name, TextOf(name)));
    case TypeKind::kModule: return LibraryValue(JoinPath(site.name, TextOf(name)));
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
        if (fills_gaps_) return lattice_.Of(TypeKind::kUndefined);
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
  if (!is_js_ && TextOf(name) == "value" && result == kNeverSet && HasLibraryBase(class_def, "enum.")) {
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
      return lattice_.Join(result, ResultOf(method));
    }
    return lattice_.Join(result, lattice_.OfSite(lattice_.SiteAt(method, TypeKind::kFunction)));
  }
  if (!is_js_) {
    result = lattice_.Join(result, Read(lattice_.Field(lattice_.SiteAt(class_def, TypeKind::kClass), name)));
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
        if (site.node != class_def) result = lattice_.Join(result, ReadInstance(site.node, name, at, depth + 1));
      } else if (FindMember(site.name, name) != nullptr) {
        const SetId self = lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, site.name));
        result = lattice_.Join(result, ReadLibraryMember(site.name, self, name, at));
      } else if (result == kNeverSet && fills_gaps_) {
        result = kUnknownSet;
      }
    }
  }
  if (result == kNeverSet && has_unknown_base && fills_gaps_) return kUnknownSet;
  // What only subclasses declare: a base class that uses it is abstract.
  if (result == kNeverSet && depth == 0) {
    if (auto it = subclasses_.find(class_def.index); it != subclasses_.end()) {
      for (NodeId derived : it->second) {
        result = lattice_.Join(result, Read(lattice_.Field(lattice_.SiteAt(derived, TypeKind::kInstance), name)));
        if (NodeId method = FindMethod(derived, name, false)) {
          result = lattice_.Join(result, ir::Method(tree_, method).kind() == ir::MethodKind::kGetter
                                             ? ResultOf(method)
                                             : lattice_.OfSite(lattice_.SiteAt(method, TypeKind::kFunction)));
        }
      }
    }
  }
  return result;
}

SetId Inference::ReadClass(NodeId class_def, Atom name, NodeId at, int depth) {
  if (depth > kMaxBases) return kUnknownSet;
  const SiteId site = lattice_.SiteAt(class_def, TypeKind::kClass);
  if (!is_js_ && TextOf(name) != "name" && lattice_.FieldIfAny(site, name) != 0 &&
      HasLibraryBase(class_def, "enum.")) {
    return lattice_.OfSite(lattice_.SiteAt(class_def, TypeKind::kInstance));
  }
  SetId result = Read(lattice_.Field(site, name));
  if (NodeId method = FindMethod(class_def, name, true)) {
    return lattice_.Join(result, ir::Method(tree_, method).kind() == ir::MethodKind::kGetter && is_js_
                                     ? ResultOf(method)
                                     : lattice_.OfSite(lattice_.SiteAt(method, TypeKind::kFunction)));
  }
  for (NodeId base : ClassBases(class_def)) {
    if (!ir::HasCategory(tree_.kind(base), ir::category::Expr)) continue;
    const SetId classes = Read(base);
    const std::vector<SiteId> sites = lattice_.Sites(classes);
    for (SiteId id : sites) {
      const Site base_site = lattice_.site(id);
      if (base_site.kind == TypeKind::kClass && base_site.name.empty() && base_site.node != class_def) {
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
    const auto setter = setters_.find(static_cast<std::uint64_t>(site.node.index) << 32 | name.index);
    if (setter == setters_.end()) continue;
    Args args;
    args.positional = {value};
    CallDeclared(setter->second, args, NodeId{});
  }
}

SetId Inference::At(SetId sequence, std::size_t position) {
  sequence = Resolve(sequence);
  if (sequence == kUnknownSet) return kUnknownSet;
  SetId result = lattice_.Bits(sequence) & Bit(TypeKind::kStr) ? lattice_.Of(TypeKind::kStr) : kNeverSet;
  const std::vector<SiteId> sites = lattice_.Sites(sequence);
  for (SiteId site : sites) {
    const CellId member = lattice_.Member(site, position);
    const bool exact = member != 0 && Read(lattice_.Shuffled(site)) == kNeverSet;
    result = lattice_.Join(result, exact ? ReadRaw(member) : ElementOf(lattice_.OfSite(site), false));
  }
  return result;
}

SetId Inference::ValuesOf(SetId dict) {
  dict = Resolve(dict);
  if (dict == kUnknownSet) return kUnknownSet;
  SetId result = kNeverSet;
  const std::vector<SiteId> sites = lattice_.Sites(dict);
  for (SiteId id : sites) {
    const TypeKind kind = lattice_.site(id).kind;
    if (kind == TypeKind::kInstance && lattice_.site(id).name.empty()) return kUnknownSet;
    result = lattice_.Join(result, Read(lattice_.Element(id)));
    if (kind == TypeKind::kDict) result = lattice_.Join(result, Read(lattice_.Shuffled(id)));
  }
  return result;
}

void Inference::AddField(SiteId site, Atom name, SetId value) {
  lattice_.Add(lattice_.Field(site, name), value);
  const TypeKind kind = lattice_.site(site).kind;
  if (kind == TypeKind::kDict) lattice_.Add(lattice_.Key(site), lattice_.Of(TypeKind::kStr));
  if (kind == TypeKind::kDict || kind == TypeKind::kInstance) lattice_.Add(lattice_.Shuffled(site), value);
}

SetId Inference::KeysOf(SetId dict) {
  dict = Resolve(dict);
  if (dict == kUnknownSet) return kUnknownSet;
  SetId result = kNeverSet;
  const std::vector<SiteId> sites = lattice_.Sites(dict);
  for (SiteId id : sites) result = lattice_.Join(result, Read(lattice_.Key(id)));
  return result;
}

SetId Inference::ElementOf(SetId iterable, bool is_async) {
  iterable = Resolve(iterable);
  if (iterable == kUnknownSet) return kUnknownSet;
  SetId result = kNeverSet;
  const std::uint32_t bits = lattice_.Bits(iterable);
  if ((bits & (Bit(TypeKind::kStr) | Bit(TypeKind::kMatch))) != 0) result = lattice_.Of(TypeKind::kStr);
  if ((bits & Bit(TypeKind::kBytes)) != 0) result = lattice_.Join(result, lattice_.Of(TypeKind::kInt));
  const std::vector<SiteId> sites = lattice_.Sites(iterable);
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    SetId element = kNeverSet;
    switch (site.kind) {
      case TypeKind::kDict:
        element = is_js_ ? kNeverSet : KeysOf(lattice_.OfSite(id));
        break;
      case TypeKind::kMap:
        element = is_js_ ? lattice_.OfSite(MakeTuple(site.node, 99, {Read(lattice_.Key(id)),
                                                                     Read(lattice_.Element(id))}))
                         : KeysOf(lattice_.OfSite(id));
        break;
      case TypeKind::kInstance: {
        if (!site.name.empty()) {
          const LibraryEntry* entry =
              FindMember(site.name, tree_.strings().Intern(is_async ? "@aiter" : "@iter"));
          element = entry != nullptr ? CallLibrary(*entry, lattice_.OfSite(id), {}, current_)
                                     : kUnknownSet;
          break;
        }
        element = kUnknownSet;
        if (is_js_) {  // *[Symbol.iterator]() and its async twin
          for (NodeId member : ir::Block(tree_, ClassBody(site.node)).statements()) {
            const auto method = ir::As<ir::Method>(tree_, member);
            if (!method || !method.computed_key()) continue;
            const std::string key = names_.PathOf(method.computed_key());
            if (key != "Symbol.iterator" && key != "Symbol.asyncIterator") continue;
            is_called_[member.index] = true;
            const SetId iterator = ResultOf(member);
            const std::uint32_t iterators = Bit(TypeKind::kIterator) | Bit(TypeKind::kAsyncIterator);
            if (lattice_.OnlyKinds(iterator, iterators)) {
              element = ElementOf(iterator, is_async);
            } else if (iterator != kUnknownSet) {
              // The protocol by hand: next() gives { value, done }.
              Args none;
              const SetId step = Awaited(CallMethod(iterator, tree_.strings().Intern("next"), none, current_));
              element = ReadMember(step, tree_.strings().Intern("value"), current_);
              element = lattice_.Without(element, Bit(TypeKind::kUndefined));
            }
          }
          break;
        }
        const Atom iter = tree_.strings().Intern(is_async ? "__aiter__" : "__iter__");
        const Atom next = tree_.strings().Intern(is_async ? "__anext__" : "__next__");
        if (NodeId method = FindMethod(site.node, next, false)) {
          is_called_[method.index] = true;
          element = ResultOf(method);
          if (is_async) element = Awaited(element);
        } else if (NodeId maker = FindMethod(site.node, iter, false)) {
          is_called_[maker.index] = true;
          const SetId iterator = ResultOf(maker);
          if (iterator != lattice_.OfSite(id)) element = ElementOf(iterator, is_async);
        }
        break;
      }
      case TypeKind::kFunction:
      case TypeKind::kModule:
        element = kUnknownSet;
        break;
      case TypeKind::kClass:
        element = HasLibraryBase(site.node, "enum.")
                      ? lattice_.OfSite(lattice_.SiteAt(site.node, TypeKind::kInstance))
                      : kUnknownSet;
        break;
      default:
        element = Read(lattice_.Element(id));
        break;
    }
    result = lattice_.Join(result, element);
  }
  return is_async && is_js_ ? Awaited(result) : result;
}

SetId Inference::ReadIndex(SetId object, NodeId index, NodeId at) {
  object = Resolve(object);
  if (object == kUnknownSet) return kUnknownSet;
  if (tree_.Is(index, NodeKind::kSlice)) {
    SetId result = lattice_.Keep(object, Bit(TypeKind::kStr) | Bit(TypeKind::kBytes));
    for (TypeKind kind : {TypeKind::kList, TypeKind::kTuple}) {
      const SetId part = lattice_.Keep(object, Bit(kind));
      if (part != kNeverSet) {
        result = lattice_.Join(result, lattice_.OfSite(Make(kind, at, 0, ElementOf(part, false))));
      }
    }
    return result;
  }
  const SetId key = Read(index);
  const auto name = ir::As<ir::String>(tree_, index);
  SetId result = lattice_.Keep(object, Bit(TypeKind::kStr));
  if ((lattice_.Bits(object) & Bit(TypeKind::kBytes)) != 0) {
    result = lattice_.Join(result, lattice_.Of(TypeKind::kInt));
  }
  const SetId sequences = lattice_.Keep(object, kSequences);
  if (sequences != kNeverSet) {
    SetId element = ElementOf(sequences, false);
    if (auto number = ir::As<ir::Number>(tree_, index)) {
      const std::string text(number.text());
      if (number.kind() == ir::NumberKind::kInt && text.size() < 4) {
        element = At(sequences, static_cast<std::size_t>(std::strtoul(text.c_str(), nullptr, 10)));
      }
    }
    result = lattice_.Join(result, element);
  }
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    switch (site.kind) {
      case TypeKind::kList:
      case TypeKind::kTuple:
        break;
      case TypeKind::kDict:
        if (!site.name.empty() && key != kNeverSet) lattice_.Add(lattice_.Key(id), key);  // defaultdict
        if (name) {
          const CellId field = lattice_.Field(id, tree_.node(index).atom);
          const SetId value = lattice_.Join(Read(field), Read(lattice_.Element(id)));
          result = lattice_.Join(result, value == kNeverSet && fills_gaps_ && is_js_ ? Nothing() : value);
        } else {
          result = lattice_.Join(result, ValuesOf(lattice_.OfSite(id)));
        }
        break;
      case TypeKind::kMap:
        result = lattice_.Join(result, Read(lattice_.Element(id)));
        break;
      case TypeKind::kMatch:
        result = lattice_.Join(result, lattice_.Of(TypeKind::kStr));
        break;
      case TypeKind::kInstance: {
        if (site.name.empty()) {
          const NodeId method = FindMethod(site.node, tree_.strings().Intern("__getitem__"), false);
          if (is_js_ || !method) return kUnknownSet;
          Args args;
          args.positional = {key};
          result = lattice_.Join(result, CallDeclared(method, args, at));
          break;
        }
        const LibraryEntry* entry = FindMember(site.name, tree_.strings().Intern("@index"));
        if (entry == nullptr) return kUnknownSet;
        result = lattice_.Join(result, CallLibrary(*entry, lattice_.OfSite(id), {}, at));
        break;
      }
      case TypeKind::kClass:  // Colour["RED"]
        if (!site.name.empty() || !HasLibraryBase(site.node, "enum.")) return kUnknownSet;
        result = lattice_.Join(result, lattice_.OfSite(lattice_.SiteAt(site.node, TypeKind::kInstance)));
        break;
      default:
        return kUnknownSet;
    }
  }
  if ((lattice_.Bits(object) & Bit(TypeKind::kMatch)) != 0) {
    result = lattice_.Join(result, lattice_.Of(TypeKind::kStr));
  }
  return result;
}

void Inference::WriteIndex(SetId object, NodeId index, SetId value) {
  object = Resolve(object);
  if (object == kUnknownSet || value == kNeverSet) return;
  const SetId key = Read(index);
  const auto name = ir::As<ir::String>(tree_, index);
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId site : sites) {
    switch (lattice_.site(site).kind) {
      case TypeKind::kList:
        if (tree_.Is(index, NodeKind::kSlice)) {
          lattice_.Add(lattice_.Element(site), ElementOf(value, false));
        } else {
          lattice_.Add(lattice_.Element(site), value);
        }
        lattice_.Add(lattice_.Shuffled(site), lattice_.Of(TypeKind::kBool));
        break;
      case TypeKind::kDict:
      case TypeKind::kMap:
        lattice_.Add(lattice_.Key(site), key);
        if (name) {
          AddField(site, tree_.node(index).atom, value);
        } else {
          lattice_.Add(lattice_.Element(site), value);
        }
        break;
      case TypeKind::kInstance: {
        const Site target = lattice_.site(site);
        if (is_js_ || !target.name.empty()) break;
        if (NodeId method = FindMethod(target.node, tree_.strings().Intern("__setitem__"), false)) {
          Args args;
          args.positional = {key, value};
          CallDeclared(method, args, NodeId{});
        }
        break;
      }
      default:
        break;
    }
  }
}

void Inference::Push(SetId into, SetId value) {
  into = Resolve(into);
  if (into == kUnknownSet || value == kNeverSet) return;
  const std::vector<SiteId> sites = lattice_.Sites(into);
  for (SiteId site : sites) lattice_.Add(lattice_.Element(site), value);
}

// `into` gets what `from` has: object spread, Object.assign, dict.update, list.extend.
void Inference::Merge(SetId into, SetId from) {
  into = Resolve(into);
  from = Resolve(from);
  if (into == kUnknownSet || from == kNeverSet) return;
  const std::vector<SiteId> targets = lattice_.Sites(into);
  const std::vector<SiteId> sources = lattice_.Sites(from);
  for (SiteId target : targets) {
    const TypeKind kind = lattice_.site(target).kind;
    if (kind != TypeKind::kDict && kind != TypeKind::kMap && kind != TypeKind::kInstance) {
      lattice_.Add(lattice_.Element(target), ElementOf(from, false));
      continue;
    }
    if (from == kUnknownSet) {
      if (kind == TypeKind::kInstance) continue;
      lattice_.Add(lattice_.Element(target), kUnknownSet);
      lattice_.Add(lattice_.Key(target), is_js_ ? lattice_.Of(TypeKind::kStr) : kUnknownSet);
      continue;
    }
    for (SiteId source : sources) {
      const Site site = lattice_.site(source);
      if (site.kind == TypeKind::kInstance && kind != TypeKind::kInstance) {
        if (!site.name.empty() || !is_js_) {
          lattice_.Add(lattice_.Element(target), kUnknownSet);
          continue;
        }
        Read(lattice_.Shuffled(source));  // grows with every field
        const auto fields = lattice_.site(source).fields;
        for (const auto& [name, cell] : fields) {
          if (!FindMethod(site.node, name, false)) AddField(target, name, Read(cell));
        }
        continue;
      }
      if (site.kind == TypeKind::kDict || site.kind == TypeKind::kMap) {
        lattice_.Add(lattice_.Key(target), Read(lattice_.Key(source)));
        lattice_.Add(lattice_.Element(target), Read(lattice_.Element(source)));
        for (const auto& [name, cell] : site.fields) {
          AddField(target, name, Read(cell));
        }
      } else if (site.kind == TypeKind::kList || site.kind == TypeKind::kIterator) {
        const SetId pair = ElementOf(lattice_.OfSite(source), false);  // of (key, value) pairs
        lattice_.Add(lattice_.Key(target), At(pair, 0));
        lattice_.Add(lattice_.Element(target), At(pair, 1));
      }
    }
  }
}

SiteId Inference::Make(TypeKind kind, NodeId node, std::uint32_t variant, SetId element, SetId key) {
  const SiteId site = lattice_.SiteAt(node, kind, variant);
  lattice_.Add(lattice_.Element(site), element);
  if (key != kNeverSet) lattice_.Add(lattice_.Key(site), key);
  return site;
}

SiteId Inference::MakeTuple(NodeId node, std::uint32_t variant, const std::vector<SetId>& items) {
  const SiteId site = lattice_.SiteAt(node, TypeKind::kTuple, variant);
  if (lattice_.site(site).members.empty() && lattice_.FindSite(site) == site) {
    std::vector<CellId> members(items.size());
    for (CellId& cell : members) cell = lattice_.NewCell();
    lattice_.site(site).members = std::move(members);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (CellId member = lattice_.Member(site, i)) lattice_.Add(member, items[i]);
    lattice_.Add(lattice_.Element(site), items[i]);
  }
  return site;
}

void Inference::BindList(std::span<const NodeId> elements, SetId value) {
  value = Resolve(value);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    NodeId element = elements[i];
    NodeId rest;
    if (auto view = ir::As<ir::RestPattern>(tree_, element)) rest = view.target();
    if (auto view = ir::As<ir::Spread>(tree_, element)) rest = view.value();
    if (rest) {
      if (value == kUnknownSet && is_js_) {
        Bind(rest, lattice_.OfSite(Make(TypeKind::kList, element, 0, kUnknownSet)));
      } else {
        Bind(rest, lattice_.OfSite(Make(TypeKind::kList, element, 0, ElementOf(value, false))));
      }
      // Positions after a rest count from the other end.
      for (std::size_t j = i + 1; j < elements.size(); ++j) Bind(elements[j], ElementOf(value, false));
      return;
    }
    if (tree_.Is(element, NodeKind::kRestPattern)) return;
    const bool is_sequence = value != kUnknownSet && lattice_.OnlyKinds(value, kSequences);
    Bind(element, is_sequence ? At(value, i) : ElementOf(value, false));
  }
}

void Inference::Bind(NodeId pattern, SetId value) {
  switch (tree_.kind(pattern)) {
    case NodeKind::kName:
      if (BindingId id = scopes_.binding_of[pattern.index]) lattice_.Add(CellOf(id), value);
      SetNode(pattern, value);
      break;
    case NodeKind::kAttribute:
      WriteMember(Read(ir::Attribute(tree_, pattern).object()), tree_.node(pattern).atom, value);
      break;
    case NodeKind::kSubscript: {
      const ir::Subscript subscript(tree_, pattern);
      WriteIndex(Read(subscript.object()), subscript.index(), value);
      break;
    }
    case NodeKind::kListPattern: BindList(ir::ListPattern(tree_, pattern).elements(), value); break;
    case NodeKind::kList: BindList(ir::List(tree_, pattern).elements(), value); break;
    case NodeKind::kTuple: BindList(ir::Tuple(tree_, pattern).elements(), value); break;
    case NodeKind::kDefaultPattern: {
      const ir::DefaultPattern view(tree_, pattern);
      value = Resolve(value);
      value = lattice_.Without(value, Bit(TypeKind::kUndefined));
      Bind(view.target(), lattice_.Join(value, Read(view.default_value())));
      break;
    }
    case NodeKind::kObjectPattern: {
      const ir::ObjectPattern view(tree_, pattern);
      for (NodeId id : view.properties()) {
        const auto property = ir::As<ir::PropertyPattern>(tree_, id);
        if (!property) continue;
        const SetId member = tree_.Is(property.key(), NodeKind::kString)
                                 ? ReadMember(value, tree_.node(property.key()).atom, id)
                                 : ReadIndex(value, property.key(), id);
        Bind(property.target(), member);
      }
      if (view.rest()) {
        const SiteId rest = lattice_.SiteAt(pattern, TypeKind::kDict);
        Merge(lattice_.OfSite(rest), value);
        Bind(view.rest(), lattice_.OfSite(rest));
      }
      break;
    }
    default:
      break;
  }
}

void Inference::BindMatch(NodeId pattern, SetId value) {
  value = Resolve(value);
  switch (tree_.kind(pattern)) {
    case NodeKind::kName: Bind(pattern, value); break;
    case NodeKind::kMatchAs: {
      const ir::MatchAs view(tree_, pattern);
      BindMatch(view.pattern(), value);
      SetId narrowed = value;
      if (auto type = ir::As<ir::MatchClass>(tree_, view.pattern())) {
        narrowed = KeepInstances(value, type.type(), true);
      }
      Bind(view.target(), narrowed);
      break;
    }
    case NodeKind::kMatchOr:
      for (NodeId alternative : ir::MatchOr(tree_, pattern).alternatives()) BindMatch(alternative, value);
      break;
    case NodeKind::kMatchSequence: {
      const SetId sequence = value == kUnknownSet ? value : lattice_.Keep(value, kSequences);
      const auto elements = ir::MatchSequence(tree_, pattern).elements();
      for (std::size_t i = 0; i < elements.size(); ++i) {
        if (auto rest = ir::As<ir::RestPattern>(tree_, elements[i])) {
          if (rest.target()) {
            Bind(rest.target(),
                 lattice_.OfSite(Make(TypeKind::kList, elements[i], 0, ElementOf(sequence, false))));
          }
        } else {
          BindMatch(elements[i], At(sequence, i));
        }
      }
      break;
    }
    case NodeKind::kMatchMapping: {
      const ir::MatchMapping view(tree_, pattern);
      const SetId dict = value == kUnknownSet ? value : lattice_.Keep(value, Bit(TypeKind::kDict));
      for (NodeId id : view.entries()) {
        if (auto entry = ir::As<ir::MatchEntry>(tree_, id)) {
          BindMatch(entry.pattern(), ReadIndex(dict, entry.key(), id));
        }
      }
      if (view.rest()) Bind(view.rest(), dict);
      break;
    }
    case NodeKind::kMatchClass: {
      const ir::MatchClass view(tree_, pattern);
      const SetId narrowed = KeepInstances(value, view.type(), true);
      for (NodeId inner : view.positional()) {
        // `case str(x)`: the value itself.
        const bool is_builtin = lattice_.OnlyKinds(narrowed, kNumberBits | Bit(TypeKind::kStr));
        BindMatch(inner, is_builtin ? narrowed : kUnknownSet);
      }
      for (NodeId id : view.keywords()) {
        if (auto keyword = ir::As<ir::MatchKeyword>(tree_, id)) {
          BindMatch(keyword.pattern(), ReadMember(narrowed, tree_.node(id).atom, id));
        }
      }
      break;
    }
    default:
      break;
  }
}

}  // namespace asyncport::facts
