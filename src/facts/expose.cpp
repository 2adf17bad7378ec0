// Building and printing structural types.
#include "facts/expose.h"

#include <algorithm>
#include <array>
#include <map>

#include "facts/object_form.h"
#include "facts/set_form.h"

namespace asyncport::facts {

namespace {

constexpr int kMaxNameDepth = 3;
constexpr std::size_t kMaxNameLength = 120;
constexpr std::size_t kMaxNamedFields = 6;

}  // namespace

std::string_view Name(TypeKind kind) {
  switch (kind) {
    case TypeKind::kNever:
      return "never";
    case TypeKind::kUnknown:
      return "unknown";
    case TypeKind::kNull:
      return "null";
    case TypeKind::kUndefined:
      return "undefined";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kInt:
      return "int";
    case TypeKind::kFloat:
      return "float";
    case TypeKind::kBigInt:
      return "bigint";
    case TypeKind::kStr:
      return "str";
    case TypeKind::kBytes:
      return "bytes";
    case TypeKind::kList:
      return "list";
    case TypeKind::kTuple:
      return "tuple";
    case TypeKind::kSet:
      return "set";
    case TypeKind::kDict:
      return "dict";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kFunction:
      return "function";
    case TypeKind::kClass:
      return "class";
    case TypeKind::kInstance:
      return "instance";
    case TypeKind::kPromise:
      return "promise";
    case TypeKind::kCoroutine:
      return "coroutine";
    case TypeKind::kIterator:
      return "iterator";
    case TypeKind::kAsyncIterator:
      return "async-iterator";
    case TypeKind::kRegex:
      return "regex";
    case TypeKind::kMatch:
      return "match";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kModule:
      return "module";
    case TypeKind::kUnion:
      return "union";
  }
  return "";
}

TypeTable::TypeTable(const ir::Tree& tree, const Structure& structure, const Names& names, const Scopes& scopes,
                     Inference& inference)
    : tree_(tree),
      structure_(structure),
      names_(names),
      scopes_(scopes),
      inference_(inference),
      lattice_(inference.lattice()) {
  types_.emplace_back();  // kUnknown
  used_.push_back(false);
  by_set_.emplace(kNeverSet.index, 0);
  by_set_.emplace(kUnknownSet.index, 0);
}

TypeId TypeTable::Of(SetId set) {
  set = inference_.Resolve(set);
  if (auto it = by_set_.find(set.index); it != by_set_.end()) {
    used_[it->second] = true;
    return TypeId{it->second};
  }
  // One part for each primitive, and for the sites of each kind and class.
  std::vector<SetId> parts;
  std::uint32_t bits = lattice_.Bits(set);
  for (unsigned k = 0; bits != 0; ++k, bits >>= 1) {
    if ((bits & 1) != 0) parts.push_back(lattice_.Of(static_cast<TypeKind>(k)));
  }
  std::map<std::pair<TypeKind, std::string>, SetId> groups;
  const std::vector<SiteId> sites = lattice_.Sites(set);
  for (SiteId id : sites) {
    const Site& site = lattice_.site(id);
    const TypeKind form = site.kind == TypeKind::kDict && IsObjectLike(id) ? TypeKind::kInstance : site.kind;
    std::string which;
    if (site.kind == TypeKind::kInstance || site.kind == TypeKind::kModule) {
      which = site.name.empty() ? std::to_string(site.node.index) : site.name;
    }
    SetId& group = groups[{form, which}];
    group = lattice_.Join(group, lattice_.OfSite(id));
  }
  for (const auto& [key, group] : groups) parts.push_back(group);
  if (parts.size() == 1) {
    const TypeId single = Single(parts[0]);
    by_set_.emplace(set.index, single.index);
    return single;
  }
  const auto placeholder = static_cast<std::uint32_t>(types_.size());
  types_.emplace_back();
  used_.push_back(false);
  by_set_.emplace(set.index, placeholder);
  Type type;
  type.kind = TypeKind::kUnion;
  for (SetId part : parts) type.members.push_back(Single(part));
  std::sort(type.members.begin(), type.members.end(),
            [](TypeId a, TypeId b) { return a.index < b.index; });
  const TypeId result = Intern(placeholder, std::move(type));
  by_set_[set.index] = result.index;
  return result;
}

DictForm TypeTable::FormOf(SiteId site) {
  if (inference_.is_js()) return DictForm::kObject;
  if (dict_forms_.empty()) dict_forms_ = FormsOfDicts(lattice_);
  const SiteId root = lattice_.FindSite(site);
  return root < dict_forms_.size() ? dict_forms_[root] : DictForm::kObject;
}

bool TypeTable::IsObjectLike(SiteId site) {
  if (!inference_.is_js()) return false;
  if (object_like_.empty()) {
    object_like_ = ObjectLikeDicts(tree_, structure_, names_, scopes_, inference_);
  }
  const SiteId root = lattice_.FindSite(site);
  return root < object_like_.size() && object_like_[root];
}

bool TypeTable::IsOrdered(SiteId site) {
  if (!inference_.is_js()) return false;
  if (ordered_.empty()) ordered_ = OrderedSets(tree_, structure_, names_, inference_);
  const SiteId root = lattice_.FindSite(site);
  return root < ordered_.size() && ordered_[root];
}

std::uint32_t TypeTable::Kinds(SetId set) {
  std::uint32_t kinds = lattice_.Kinds(set);
  if (set == kUnknownSet || (kinds & Bit(TypeKind::kDict)) == 0) return kinds;
  for (SiteId site : lattice_.Sites(set)) {
    // Dicts that meet in one set are of one form.
    if (lattice_.site(site).kind != TypeKind::kDict) continue;
    if (inference_.is_js()) return IsObjectLike(site) ? (kinds & ~Bit(TypeKind::kDict)) | Bit(TypeKind::kInstance) : kinds;
    const DictForm form = FormOf(site);
    if (form == DictForm::kEither) return kinds | Bit(TypeKind::kMap);
    if (form == DictForm::kMap) return (kinds & ~Bit(TypeKind::kDict)) | Bit(TypeKind::kMap);
  }
  return kinds;
}

TypeId TypeTable::Primitive(TypeKind kind) {
  Type type;
  type.kind = kind;
  types_.push_back(type);
  used_.push_back(false);
  return Intern(static_cast<std::uint32_t>(types_.size() - 1), std::move(type));
}

TypeId TypeTable::Single(SetId set) {
  if (auto it = by_set_.find(set.index); it != by_set_.end()) {
    used_[it->second] = true;
    return TypeId{it->second};
  }
  if (lattice_.Sites(set).empty()) {
    unsigned kind = 0;
    while ((lattice_.Bits(set) >> kind & 1) == 0) ++kind;
    const TypeId id = Primitive(static_cast<TypeKind>(kind));
    by_set_.emplace(set.index, id.index);
    return id;
  }
  const auto placeholder = static_cast<std::uint32_t>(types_.size());
  types_.emplace_back();
  used_.push_back(false);
  by_set_.emplace(set.index, placeholder);
  Type type;
  Fill(type, set);
  const TypeId result = Intern(placeholder, std::move(type));
  by_set_[set.index] = result.index;
  return result;
}

void TypeTable::Fill(Type& type, SetId set) {
  const std::vector<SiteId> sites = lattice_.Sites(set);
  const Site first = lattice_.site(sites[0]);
  type.kind = first.kind;
  type.name = first.name;
  const bool is_one = sites.size() == 1;
  SetId element = kNeverSet;
  SetId key = kNeverSet;
  switch (first.kind) {
    case TypeKind::kFunction:
      for (SiteId id : sites) {
        const Site site = lattice_.site(id);
        if (site.node && site.name.empty()) {
          element = lattice_.Join(element, inference_.Awaited(inference_.Returned(site.node)));
        } else if (site.name == "@returns") {
          element = lattice_.Join(element, lattice_.Value(site.element));
        } else {
          element = kUnknownSet;
        }
      }
      if (is_one) type.decl = first.name.empty() ? first.node : ir::NodeId{};
      if (!is_one || type.name.starts_with("@")) type.name.clear();
      type.element = Of(element);
      return;
    case TypeKind::kClass:
      if (is_one) type.decl = first.node;
      if (!is_one) type.name.clear();
      return;
    case TypeKind::kModule:
      return;
    default:
      break;
  }
  // A list literal that nobody adds to or moves has as many items as were written.
  const bool is_fixed = inference_.is_js() && first.kind == TypeKind::kList &&
                        std::all_of(sites.begin(), sites.end(), [&](SiteId id) {
                          const Site& site = lattice_.site(id);
                          return (site.key == 0 || lattice_.Value(site.key) == kNeverSet) &&
                                 (site.shuffled == 0 || lattice_.Value(site.shuffled) == kNeverSet);
                        });
  bool same_arity = first.kind == TypeKind::kTuple || is_fixed;
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    if (site.element != 0) element = lattice_.Join(element, lattice_.Value(site.element));
    if (site.key != 0) key = lattice_.Join(key, lattice_.Value(site.key));
    same_arity = same_arity && !site.members.empty() && site.members.size() == first.members.size();
  }
  if (first.kind == TypeKind::kInstance) {
    type.decl = first.node && first.name.empty() ? first.node : ir::NodeId{};
  }
  if (first.kind == TypeKind::kDict) {
    if (first.node && inference_.IsLiteral(first.node)) type.decl = first.node;
    for (SiteId id : sites) {
      const Site site = lattice_.site(id);
      if (site.shuffled != 0) element = lattice_.Join(element, lattice_.Value(site.shuffled));
      for (const auto& [name, cell] : site.fields) {
        if (inference_.Resolve(lattice_.Value(cell)) == kNeverSet) continue;
        const std::string text(inference_.TextOf(name));
        const bool is_known = std::any_of(type.fields.begin(), type.fields.end(),
                                          [&](const auto& field) { return field.first == text; });
        if (!is_known) type.fields.emplace_back(text, TypeId{});
      }
    }
    for (auto& [text, field_type] : type.fields) {
      const Atom name = inference_.AtomOf(text);
      SetId value = kNeverSet;
      bool is_everywhere = true;
      for (SiteId id : sites) {
        const CellId cell = lattice_.FieldIfAny(id, name);
        const SetId own = cell != 0 ? inference_.Resolve(lattice_.Value(cell)) : kNeverSet;
        is_everywhere = is_everywhere && own != kNeverSet;
        value = lattice_.Join(value, own);
      }
      if (!is_everywhere && inference_.is_js()) {
        value = lattice_.Join(value, lattice_.Of(TypeKind::kUndefined));
      }
      field_type = Of(value);
    }
  }
  if (same_arity) {
    for (std::size_t i = 0; i < first.members.size(); ++i) {
      SetId item = kNeverSet;
      for (SiteId id : sites)
        item = lattice_.Join(item, lattice_.Value(lattice_.site(id).members[i]));
      type.members.push_back(Of(item));
    }
  }
  element = inference_.Resolve(element);
  key = inference_.Resolve(key);
  // Nothing was ever put in: elements of kNever, which are of every kind.
  const std::uint32_t holders =
      Bit(TypeKind::kList) | Bit(TypeKind::kSet) | Bit(TypeKind::kDict) | Bit(TypeKind::kMap);
  const bool is_empty = element == kNeverSet && (Bit(first.kind) & holders) != 0;
  type.element = is_empty ? Primitive(TypeKind::kNever) : Of(element);
  type.key = is_empty && key == kNeverSet ? Primitive(TypeKind::kNever) : Of(key);
  if (type.kind == TypeKind::kSet && IsOrdered(sites[0])) type.name = "ordered";
  if (type.kind != TypeKind::kDict) return;
  if (inference_.is_js()) {
    if (IsObjectLike(sites[0])) type.kind = TypeKind::kInstance;
    return;
  }
  const DictForm form = FormOf(sites[0]);
  if (form != DictForm::kObject) type.kind = TypeKind::kMap;
  if (form != DictForm::kEither) return;
  Type object = type;
  object.kind = TypeKind::kDict;
  Type either;
  either.kind = TypeKind::kUnion;
  for (Type& member : std::array<Type, 2>{std::move(object), std::move(type)}) {
    types_.push_back(std::move(member));
    used_.push_back(true);
    either.members.push_back(TypeId{static_cast<std::uint32_t>(types_.size() - 1)});
  }
  type = std::move(either);
}

TypeId TypeTable::Intern(std::uint32_t placeholder, Type type) {
  if (used_[placeholder]) {  // it contains itself: no other type is the same
    types_[placeholder] = std::move(type);
    return TypeId{placeholder};
  }
  std::string key = std::to_string(static_cast<unsigned>(type.kind)) + ',' +
                    std::to_string(type.element.index) + ',' + std::to_string(type.key.index) +
                    ',' + std::to_string(type.decl.index) + ',' + type.name;
  for (TypeId member : type.members) (key += ';') += std::to_string(member.index);
  for (const auto& [name, id] : type.fields) ((key += '{') += name) += std::to_string(id.index);
  types_[placeholder] = std::move(type);
  const auto [it, is_new] = by_content_.try_emplace(std::move(key), placeholder);
  return TypeId{it->second};
}

void TypeTable::AppendName(TypeId id, int depth, std::string& out) const {
  const Type& t = types_[id.index];
  if (depth > kMaxNameDepth || out.size() > kMaxNameLength) {
    out += t.kind == TypeKind::kUnknown ? "unknown" : "...";
    return;
  }
  const auto nested = [&](std::initializer_list<TypeId> ids) {
    out += '<';
    bool first = true;
    for (TypeId inner : ids) {
      if (!first) out += ", ";
      first = false;
      AppendName(inner, depth + 1, out);
    }
    out += '>';
  };
  const auto list = [&](std::string_view separator) {
    bool first = true;
    for (TypeId inner : t.members) {
      if (!first) out += separator;
      first = false;
      AppendName(inner, depth + 1, out);
    }
  };
  switch (t.kind) {
    case TypeKind::kUnion:
      list(" | ");
      return;
    case TypeKind::kTuple:
      out += "tuple<";
      if (t.members.empty()) {
        AppendName(t.element, depth + 1, out);
        out += ", ...";
      } else {
        list(", ");
      }
      out += '>';
      return;
    case TypeKind::kDict:
      if (t.fields.empty()) {
        out += t.name.empty() ? "dict" : t.name;
        nested({t.key, t.element});
        return;
      }
      out += '{';
      for (std::size_t i = 0; i < t.fields.size(); ++i) {
        if (i > 0) out += ", ";
        if (i == kMaxNamedFields) {
          out += "...";
          break;
        }
        (out += t.fields[i].first) += ": ";
        AppendName(t.fields[i].second, depth + 1, out);
      }
      out += '}';
      return;
    case TypeKind::kMap:
      out += "map";
      nested({t.key, t.element});
      return;
    case TypeKind::kFunction:
      if (!t.name.empty()) {
        ((out += "function<") += t.name) += '>';
        return;
      }
      out += "function";
      nested({t.element});
      return;
    case TypeKind::kClass:
    case TypeKind::kInstance:
    case TypeKind::kModule:
      (out += Name(t.kind)) += '<';
      out += t.name.empty() ? inference_.ClassName(t.decl) : t.name;
      out += '>';
      return;
    case TypeKind::kList:
    case TypeKind::kSet:
    case TypeKind::kPromise:
    case TypeKind::kCoroutine:
    case TypeKind::kIterator:
    case TypeKind::kAsyncIterator:
      out += Name(t.kind);
      nested({t.element});
      return;
    default:
      out += Name(t.kind);
      return;
  }
}

std::string TypeTable::NameOf(TypeId id) const {
  std::string out;
  AppendName(id, 0, out);
  return out;
}

}  // namespace asyncport::facts
