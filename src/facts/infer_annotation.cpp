// Python annotations as values. What is not understood is unknown, and then the code itself decides.
// Example: `dict[str, list[int]] | None`.
#include "facts/infer.h"

#include <algorithm>

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr int kMaxAnnotationDepth = 12;

struct Word {
  std::string_view name;
  std::uint32_t bits;
};
constexpr Word kWords[] = {
    {"int", Bit(TypeKind::kInt)},
    {"float", Bit(TypeKind::kFloat)},
    {"str", Bit(TypeKind::kStr)},
    {"bool", Bit(TypeKind::kBool)},
    {"bytes", Bit(TypeKind::kBytes)},
    {"None", Bit(TypeKind::kNull)},
    {"re.Pattern", Bit(TypeKind::kRegex)},
    {"re.Match", Bit(TypeKind::kMatch)},
    {"datetime.datetime", Bit(TypeKind::kDate)},
};

struct Generic {
  std::string_view name;
  TypeKind kind;
};
constexpr Generic kGenerics[] = {
    {"list", TypeKind::kList},
    {"List", TypeKind::kList},
    {"Sequence", TypeKind::kList},
    {"Iterable", TypeKind::kList},
    {"Collection", TypeKind::kList},
    {"MutableSequence", TypeKind::kList},
    {"tuple", TypeKind::kTuple},
    {"Tuple", TypeKind::kTuple},
    {"set", TypeKind::kSet},
    {"Set", TypeKind::kSet},
    {"frozenset", TypeKind::kSet},
    {"FrozenSet", TypeKind::kSet},
    {"dict", TypeKind::kDict},
    {"Dict", TypeKind::kDict},
    {"Mapping", TypeKind::kDict},
    {"MutableMapping", TypeKind::kDict},
    {"Iterator", TypeKind::kIterator},
    {"Generator", TypeKind::kIterator},
    {"AsyncIterator", TypeKind::kAsyncIterator},
    {"AsyncIterable", TypeKind::kAsyncIterator},
    {"AsyncGenerator", TypeKind::kAsyncIterator},
    {"Awaitable", TypeKind::kCoroutine},
    {"Coroutine", TypeKind::kCoroutine},
    {"Task", TypeKind::kPromise},
    {"Future", TypeKind::kPromise},
};

// Dicts of a class of their own, with a key and a value; a Counter names its key alone.
constexpr std::pair<std::string_view, std::string_view> kLibraryDicts[] = {
    {"defaultdict", "defaultdict"}, {"DefaultDict", "defaultdict"}, {"OrderedDict", "OrderedDict"},
    {"Counter", "Counter"},
};

// "typing.Optional" -> "Optional".
std::string_view LastPart(std::string_view path) {
  return path.substr(path.rfind('.') == std::string_view::npos ? 0 : path.rfind('.') + 1);
}

// Name of the instances that a class of the library makes: "collections.deque" makes "deque".
std::string InstanceName(const std::string& class_name) {
  const LibraryEntry* entry = FindLibrary(Language::kPy, class_name);
  if (!entry) return class_name;
  const std::string_view signature = entry->signature;
  constexpr std::string_view kStart = "class inst(";
  if (signature.substr(0, kStart.size()) != kStart) return class_name;
  return std::string(signature.substr(kStart.size(), signature.find(')') - kStart.size()));
}

}  // namespace

// `class Event(TypedDict): name: str`
bool Inference::IsTypedDict(NodeId class_def, int depth) {
  if (is_js_ || depth > kMaxAnnotationDepth || !tree_.Is(class_def, NodeKind::kClassDef))
    return false;
  if (HasLibraryBase(class_def, "typing.TypedDict")) return true;
  for (NodeId base : ClassBases(class_def)) {
    if (!tree_.Is(base, NodeKind::kName)) continue;
    const NodeId definition = scopes_.bindings[scopes_.binding_of[base.index].index].definition;
    if (definition != class_def && IsTypedDict(definition, depth + 1)) return true;
  }
  return false;
}

// The dict that such a class describes.
SetId Inference::RecordOf(NodeId class_def, int depth) {
  const SiteId record = lattice_.SiteAt(class_def, TypeKind::kDict);
  if (depth > kMaxAnnotationDepth) return lattice_.OfSite(record);
  for (NodeId base : ClassBases(class_def)) {
    if (!tree_.Is(base, NodeKind::kName)) continue;
    const NodeId definition = scopes_.bindings[scopes_.binding_of[base.index].index].definition;
    if (definition == class_def || !IsTypedDict(definition)) continue;
    for (NodeId member : ir::Block(tree_, ClassBody(definition)).statements()) {
      const auto field = ir::As<ir::Field>(tree_, member);
      if (field && field.annotation())
        AddField(record, tree_.node(member).atom, Annotation(field.annotation(), depth + 1));
    }
  }
  for (NodeId member : ir::Block(tree_, ClassBody(class_def)).statements()) {
    const auto field = ir::As<ir::Field>(tree_, member);
    if (field && field.annotation())
      AddField(record, tree_.node(member).atom, Annotation(field.annotation(), depth + 1));
  }
  return lattice_.OfSite(record);
}

SetId Inference::Annotation(NodeId node, int depth) {
  if (depth > kMaxAnnotationDepth) return kUnknownSet;
  switch (tree_.kind(node)) {
    case NodeKind::kNull:
      return lattice_.Of(TypeKind::kNull);
    case NodeKind::kBinary: {
      const ir::Binary either(tree_, node);
      if (either.op() != ir::BinaryOp::kBitOr) return kUnknownSet;
      return lattice_.Join(Annotation(either.left(), depth + 1),
                           Annotation(either.right(), depth + 1));
    }
    case NodeKind::kString: {  // "User": a class further down
      const std::string_view text = ir::String(tree_, node).value();
      for (const Word& word : kWords) {
        if (word.name == text) return lattice_.OfBits(word.bits);
      }
      const BindingId id = scopes_.Find(scopes_.scope_of[node.index], tree_.strings().Intern(text));
      const NodeId definition = scopes_.bindings[id.index].definition;
      if (!id || !tree_.Is(definition, NodeKind::kClassDef)) return kUnknownSet;
      if (IsTypedDict(definition)) return RecordOf(definition, depth);
      return lattice_.OfSite(lattice_.SiteAt(definition, TypeKind::kInstance));
    }
    case NodeKind::kName:
    case NodeKind::kAttribute: {
      const std::string path = names_.PathOf(node);
      for (const Word& word : kWords) {
        if (word.name == path) return lattice_.OfBits(word.bits);
      }
      for (const Generic& generic : kGenerics) {
        if (generic.name != LastPart(path) || path.empty()) continue;
        // Bare `list`: what is in it comes from the code.
        return lattice_.OfSite(lattice_.SiteAt(node, generic.kind));
      }
      // A class of the file, also one whose body is being read.
      if (tree_.Is(node, NodeKind::kName)) {
        const Binding& binding = scopes_.bindings[scopes_.binding_of[node.index].index];
        if (binding.kind == BindingKind::kClass && binding.writes.size() == 1 &&
            tree_.Is(binding.definition, NodeKind::kClassDef) &&
            ir::ClassDef(tree_, binding.definition).decorators().empty() && !IsTypedDict(binding.definition))
          return lattice_.OfSite(lattice_.SiteAt(binding.definition, TypeKind::kInstance));
      }
      const SetId classes = Read(node);
      SetId result = kNeverSet;
      const std::vector<SiteId> sites = lattice_.Sites(classes);
      for (SiteId id : sites) {
        const Site site = lattice_.site(id);
        if (site.kind != TypeKind::kClass) return kUnknownSet;
        if (site.name.empty() && IsTypedDict(site.node)) {
          result = lattice_.Join(result, RecordOf(site.node, depth));
          continue;
        }
        result = lattice_.Join(
            result, lattice_.OfSite(site.name.empty()
                                        ? lattice_.SiteAt(site.node, TypeKind::kInstance)
                                        : lattice_.NamedSite(TypeKind::kInstance, InstanceName(site.name))));
      }
      return result == kNeverSet ? kUnknownSet : result;
    }
    case NodeKind::kSubscript: {
      const ir::Subscript subscript(tree_, node);
      const std::string path = names_.PathOf(subscript.object());
      const std::string_view name = LastPart(path);
      std::vector<NodeId> args{subscript.index()};
      if (auto tuple = ir::As<ir::Tuple>(tree_, subscript.index())) {
        args.assign(tuple.elements().begin(), tuple.elements().end());
      }
      if (args.empty()) return kUnknownSet;
      const auto arg = [&](std::size_t i) { return Annotation(args[i], depth + 1); };
      if (name == "Optional") return lattice_.Join(arg(0), lattice_.Of(TypeKind::kNull));
      if (name == "Annotated" || name == "Final" || name == "ClassVar" || name == "Required")
        return arg(0);
      if (name == "Union") {
        SetId result = kNeverSet;
        for (std::size_t i = 0; i < args.size(); ++i) result = lattice_.Join(result, arg(i));
        return result;
      }
      if (path == "type" || path == "typing.Type") {
        SetId result = kNeverSet;
        for (SiteId id : lattice_.Sites(arg(0))) {
          const Site site = lattice_.site(id);
          if (site.kind != TypeKind::kInstance || !site.name.empty() || !site.node) return kUnknownSet;
          result = lattice_.Join(result, lattice_.OfSite(lattice_.SiteAt(site.node, TypeKind::kClass)));
        }
        return result == kNeverSet ? kUnknownSet : result;
      }
      if (name == "Literal") {
        SetId result = kNeverSet;
        for (NodeId value : args) result = lattice_.Join(result, Read(value));
        return result;
      }
      if (path == "typing.Deque") {
        const SiteId site = Make(TypeKind::kInstance, node, 0, arg(0));
        if (lattice_.site(site).name.empty()) lattice_.site(site).name = "deque";
        return lattice_.OfSite(site);
      }
      for (const auto& [word, library] : kLibraryDicts) {
        if (word != name) continue;
        const SetId value = args.size() == 2 ? arg(1) : lattice_.Of(TypeKind::kInt);
        const SiteId site = Make(TypeKind::kInstance, node, 0, value, arg(0));
        if (lattice_.site(site).name.empty()) lattice_.site(site).name = library;
        return lattice_.OfSite(site);
      }
      for (const Generic& generic : kGenerics) {
        if (generic.name != name) continue;
        if (generic.kind == TypeKind::kTuple) {
          if (args.size() == 2 && tree_.Is(args[1], NodeKind::kEllipsis)) {
            return lattice_.OfSite(Make(TypeKind::kTuple, node, 0, arg(0)));
          }
          std::vector<SetId> items;
          for (std::size_t i = 0; i < args.size(); ++i) items.push_back(arg(i));
          return lattice_.OfSite(MakeTuple(node, 0, items));
        }
        if (generic.kind == TypeKind::kDict && args.size() == 2) {
          return lattice_.OfSite(Make(generic.kind, node, 0, arg(1), arg(0)));
        }
        // Coroutine[send, throw, result]; the others give their first argument.
        const std::size_t which = generic.name == "Coroutine" ? args.size() - 1 : 0;
        return lattice_.OfSite(Make(generic.kind, node, 0, arg(which)));
      }
      const SetId classes = Read(subscript.object());
      const std::vector<SiteId> sites = lattice_.Sites(classes);
      if (sites.size() != 1 || lattice_.site(sites[0]).kind != TypeKind::kClass) return kUnknownSet;
      const Site site = lattice_.site(sites[0]);
      if (site.name.empty())
        return lattice_.OfSite(lattice_.SiteAt(site.node, TypeKind::kInstance));
      const SiteId instance = Make(TypeKind::kInstance, node, 0, arg(0));
      if (lattice_.site(instance).name.empty()) lattice_.site(instance).name = InstanceName(site.name);
      return lattice_.OfSite(instance);
    }
    default:
      return kUnknownSet;
  }
}

}  // namespace asyncport::facts
