// Names that only type hints use: aliases, TypeVar, ParamSpec, NewType. They disappear; NewType's calls are their argument.
// A name that is also read by the program stays.
// Example: `Handler = Callable[[str], None]` -> nothing; `UserId(7)` of a NewType -> `7`.
#include <utility>

#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsTypeMaker(std::string_view name) {
  return name == "typing.TypeVar" || name == "typing.ParamSpec" || name == "typing.NewType" ||
         name == "typing.TypeVarTuple" || name == "typing.TypedDict";
}

// Is the place inside a type hint, a class's list of bases between brackets, or another alias?
bool IsInHint(Context& c, NodeId read) {
  for (NodeId below = read, up = c.facts().Parent(read); up;
       below = up, up = c.facts().Parent(up)) {
    if (auto param = c.As<Param>(up)) return param.annotation() == below;
    if (auto field = c.As<Field>(up)) return field.annotation() == below;
    if (auto f = c.As<FunctionDef>(up)) return f.returns() == below;
    if (auto f = c.As<Method>(up)) return f.returns() == below;
    if (auto def = c.As<ClassDef>(up))
      return c.src().Is(below, NodeKind::kSubscript) && below != read;
    if (auto assign = c.As<Assign>(up)) return assign.annotation() == below || IsTypeAlias(c, up);
    if (auto call = c.As<Call>(up); call && c.facts().ResolvedName(call.callee()) == "typing.cast")
      return call.args()[0] == below;
    if (HasCategory(c.src().kind(up), category::Stmt)) return false;
  }
  return false;
}

bool IsHintValue(Context& c, NodeId value) {
  // `Key = Hashable`: a bare name of typing means nothing at run time.
  if (c.src().Is(value, NodeKind::kName) || c.src().Is(value, NodeKind::kAttribute)) {
    std::string name = c.facts().ResolvedName(value);
    return name.starts_with("typing.") || name.starts_with("collections.abc.");
  }
  if (auto call = c.As<Call>(value)) return IsTypeMaker(c.facts().ResolvedName(call.callee()));
  if (auto place = c.As<Subscript>(value)) {
    std::string name = c.facts().ResolvedName(place.object());
    static constexpr std::string_view kGenerics[] = {"list", "dict",      "tuple",
                                                     "set",  "frozenset", "type"};
    for (std::string_view generic : kGenerics) {
      if (name == generic) return true;
    }
    return name.starts_with("typing.") || name.starts_with("collections.abc.");
  }
  if (auto either = c.As<Binary>(value); either && either.op() == BinaryOp::kBitOr) {
    auto is_type = [&](NodeId side) {
      return c.src().Is(side, NodeKind::kNull) ||
             c.facts().KindOf(side) == facts::TypeKind::kClass || IsHintValue(c, side);
    };
    return is_type(either.left()) && is_type(either.right());
  }
  return false;
}

// `class Event(TypedDict)`: only what makes one, `Event(name="x")`, is left of it.
bool IsTypedDict(Context& c, NodeId class_def) {
  if (!c.src().Is(class_def, NodeKind::kClassDef)) return false;
  return LibraryBaseOf(c, class_def) == "typing.TypedDict";
}

bool TranslateTypedDict(Context& c, NodeId id, NodeList&) {
  if (!IsTypedDict(c, id)) return false;
  facts::BindingId binding = c.facts().BindingOf(c.As<ClassDef>(id).name());
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    auto call = c.As<Call>(parent);
    bool made = call && call.callee() == read;
    if (!made && !IsTypedDict(c, parent) && !IsInHint(c, read)) {
      c.Refuse(id, "untranslated", {{"reason", "`typing.TypedDict` as a value"}});
      return true;
    }
  }
  c.Absorb(id);
  return true;
}

std::optional<NodeId> TranslateTypedDictCall(Context& c, NodeId id) {
  if (!IsTypedDict(c, c.facts().CalleeDefinition(id))) {
    NodeId owner = ClassInFile(c, c.As<Call>(id).callee());
    if (!owner || !IsTypedDict(c, owner)) return std::nullopt;
  }
  NodeList entries;
  for (NodeId arg : c.As<Call>(id).args()) {
    auto keyword = c.As<Keyword>(arg);
    auto spread = c.As<KeywordSpread>(arg);
    if (keyword) {
      entries.push_back(c.New(make::DictEntry{.key = c.NewString(keyword.name()),
                                              .value = c.Expr(keyword.value())},
                              arg));
    } else {
      entries.push_back(
          c.New(make::Spread{.value = c.Expr(spread ? spread.value() : arg)}, arg));
    }
  }
  return c.New(make::Dict{.entries = std::move(entries)}, id);
}

struct Asked {
  std::unordered_set<std::uint32_t> open;  // being decided: aliases may name each other
};

bool TranslateAlias(Context& c, NodeId id, NodeList&) {
  if (!IsTypeAlias(c, id)) return false;
  c.Absorb(id);
  return true;
}

std::optional<NodeId> TranslateNewTypeCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!c.src().Is(call.callee(), NodeKind::kName) || call.args().size() != 1) return std::nullopt;
  facts::BindingId binding = c.facts().BindingOf(call.callee());
  if (!binding || c.facts().binding(binding).writes.size() != 1) return std::nullopt;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  if (!assign || !assign.value() || !c.IsCallTo(assign.value(), "typing.NewType"))
    return std::nullopt;
  return c.Expr(call.args()[0]);
}

}  // namespace

bool IsTypeAlias(Context& c, NodeId id) {
  auto assign = c.As<Assign>(id);
  if (!assign || !assign.value() || assign.targets().size() != 1 ||
      !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  bool declared =
      assign.annotation() && c.facts().ResolvedName(assign.annotation()) == "typing.TypeAlias";
  if (!declared && !IsHintValue(c, assign.value())) return false;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding || c.facts().binding(binding).writes.size() != 1) return false;
  auto& open = c.State<Asked>().open;
  if (!open.insert(id.index).second) return true;
  bool new_type = c.IsCallTo(assign.value(), "typing.NewType");
  bool all = true;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    // `isinstance(x, Shape)` reads the union's members.
    bool tested = call && call.args().size() == 2 && call.args()[1] == read &&
                  c.facts().ResolvedName(call.callee()) == "isinstance";
    all = all && (tested || (new_type && call && call.callee() == read) || IsInHint(c, read));
  }
  open.erase(id.index);
  return all;
}

NodeId AliasedType(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return kNoNode;
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).writes.size() != 1) return kNoNode;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  if (!assign || !assign.value() || assign.targets().size() != 1) return kNoNode;
  bool several = c.src().Is(assign.value(), NodeKind::kTuple) || IsHintValue(c, assign.value());
  return several ? assign.value() : kNoNode;
}

void RegisterTypeAliases(Topics& t) {
  t.Claim(NodeKind::kClassDef, Order::kBeforeCards, &TranslateTypedDict);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTypedDictCall);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateAlias);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateNewTypeCall);
}

}  // namespace asyncport::translate::to_js
