// How a value looks when it is printed: which values show a text of their own (`__str__`, `__repr__`, members of an
// Enum), and whether the file shows values through console.log or inspect, where that text must be announced.
// Example: `print(shape)`, where every class of shapes inherits `__str__`, is console.log(`${shape}`).
#include <algorithm>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;
using facts::TypeId;
using facts::TypeKind;

namespace {

constexpr int kMaxDepth = 6;

bool IsHiddenField(Context& c, NodeId field) {
  NodeId value = c.As<Field>(field).value();
  NodeId flag =
      value && c.IsCallTo(value, "dataclasses.field") ? KeywordArg(c, value, "repr") : kNoNode;
  auto asked = flag ? c.As<Bool>(flag) : Bool();
  return asked && !asked.value();
}

// Can a value of the type be, or hold, an instance whose text inspect would not find by itself?
bool MayHoldInstance(Context& c, TypeId id, int depth) {
  if (depth > kMaxDepth) return true;
  const facts::Type& type = c.facts().type(id);
  switch (type.kind) {
    case TypeKind::kUnknown:
      return true;
    case TypeKind::kInstance:
      return true;
    case TypeKind::kList:
    case TypeKind::kSet:
    case TypeKind::kDict:
    case TypeKind::kMap:
    case TypeKind::kIterator:
      return MayHoldInstance(c, type.element, depth + 1) ||
             ((type.kind == TypeKind::kDict || type.kind == TypeKind::kMap) &&
              MayHoldInstance(c, type.key, depth + 1));
    case TypeKind::kTuple:
      if (type.members.empty()) return MayHoldInstance(c, type.element, depth + 1);
      [[fallthrough]];
    case TypeKind::kUnion:
      for (TypeId member : type.members) {
        if (MayHoldInstance(c, member, depth + 1)) return true;
      }
      return false;
    default:
      return false;
  }
}

struct Showing {
  bool through_inspect = false;

  explicit Showing(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !through_inspect; ++i) {
      NodeId node{i};
      if (auto call = c.As<Call>(node)) {
        std::string name = c.facts().ResolvedName(call.callee());
        if (name == "print" || name == "str" || name == "repr" || name == "format" ||
            name.starts_with("logging.")) {
          for (NodeId arg : call.args()) Look(c, arg);
        }
      } else if (auto text = c.As<Template>(node)) {
        for (NodeId part : text.parts()) {
          auto format = c.As<FormatValue>(part);
          Look(c, format ? format.value() : part);
        }
      }
    }
  }
  void Look(Context& c, NodeId value) {
    if (auto spread = c.As<Spread>(value)) value = spread.value();
    if (!HasCategory(c.src().kind(value), category::Expr)) return;
    NodeId owner = ClassOf(c, value);
    // Printed by itself, an instance with a text is asked for it.
    if (owner && !IsDataclass(c, owner) && !IsNamedTuple(c, owner)) return;
    through_inspect = through_inspect || MayHoldInstance(c, c.facts().TypeOf(value), 0);
  }
};

// Has the dataclass attributes that its `repr()` leaves out: `field(repr=False)`, or what is no field at all?
bool HasHiddenAttributes(Context& c, NodeId class_def) {
  NodeList fields = DataFields(c, class_def);
  for (NodeId f : fields) {
    if (IsHiddenField(c, f)) return true;
  }
  auto is_field = [&](std::string_view name) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](NodeId f) { return c.As<Field>(f).name() == name; });
  };
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto attribute = c.As<Attribute>(NodeId{i});
    if (!attribute || !c.src().Is(attribute.object(), NodeKind::kSelfRef)) continue;
    auto assign = c.As<Assign>(c.facts().Parent(NodeId{i}));
    if (!assign || assign.value() == NodeId{i} || is_field(attribute.name())) continue;
    NodeId owner = c.facts().EnclosingClass(NodeId{i});
    if (owner != class_def || FindMethod(c, owner, attribute.name())) continue;
    auto method = c.As<Method>(c.facts().EnclosingFunction(NodeId{i}));
    if (method && !method.is_static()) return true;
  }
  return false;
}

// `repr()` of a dataclass that does not show all that its instances hold.
NodeId PartialRepr(Context& c, NodeId class_def) {
  NodeList entries;
  for (NodeId f : DataFields(c, class_def)) {
    if (IsHiddenField(c, f)) continue;
    std::string name = c.names().Member(c.As<Field>(f).name(), false);
    entries.push_back(c.New(
        make::DictEntry{.key = c.NewString(name),
                        .value = c.NewAttribute(c.New(make::SelfRef{}, {}), name)},
        {}));
  }
  NodeId shown = c.New(make::Dict{.entries = std::move(entries)}, {});
  NodeId text = c.NewCall(c.Library("node:util:inspect"), {shown});
  std::string name = c.TargetName(c.As<ClassDef>(class_def).name());
  return NewTemplate(c, {c.NewString(name + " "), text}, {});
}

}  // namespace

bool ShowsThroughInspect(Context& c) { return c.State<Showing>().through_inspect; }

bool HasTextOfItsOwn(Context& c, NodeId owner) {
  if (IsEnum(c, owner)) return !IsIntEnum(c, owner);
  return FindMethod(c, owner, "__str__") || FindMethod(c, owner, "__repr__");
}

bool ShowsItself(Context& c, TypeId id) {
  const facts::Type& type = c.facts().type(id);
  if (type.kind == TypeKind::kInstance)
    return type.decl && !IsErrorClass(c, type.decl) && HasTextOfItsOwn(c, type.decl);
  if (type.kind != TypeKind::kUnion) return false;
  bool some = false;
  for (TypeId member : type.members) {
    if (ShowsItself(c, member))
      some = true;
    else if ((KindsOf(c, member) & ~unsigned{kPrimitive}) != 0)
      return false;
  }
  return some;
}

void AddInspectMethod(Context& c, NodeId class_def, NodeList& members) {
  if (!ShowsThroughInspect(c)) return;
  bool defined_here = false;
  bool has_repr_here = false;
  for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements()) {
    auto method = c.As<Method>(member);
    if (!method) continue;
    has_repr_here = has_repr_here || method.name() == "__repr__";
    defined_here = defined_here || has_repr_here || method.name() == "__str__";
  }
  bool is_enum = IsEnum(c, class_def) && !IsIntEnum(c, class_def);
  // `__str__` alone leaves the `repr()` of a dataclass or named tuple as it is.
  bool fields_shown = (IsDataclass(c, class_def) || IsNamedTuple(c, class_def)) && !is_enum &&
                      !FindMethod(c, class_def, "__repr__");
  bool hides = fields_shown && IsDataclass(c, class_def) && HasHiddenAttributes(c, class_def);
  if (fields_shown && !hides) return;
  if (!defined_here && !is_enum && !hides) return;
  NodeId value;
  NodeId self = c.New(make::SelfRef{}, {});
  if (hides) {
    value = PartialRepr(c, class_def);
  } else if (is_enum && !has_repr_here) {
    NodeId shown = c.NewAttribute(c.New(make::SelfRef{}, {}), "value");
    NodeId text = c.NewCall(c.Library("node:util:inspect"), {shown});
    std::string name = c.TargetName(c.As<ClassDef>(class_def).name());
    value = NewTemplate(c,
                        {c.NewString("<" + name + "."), c.NewAttribute(self, "name"),
                         c.NewString(": "), text, c.NewString(">")},
                        {});
  } else {
    bool both = FindMethod(c, class_def, "__str__") && FindMethod(c, class_def, "__repr__");
    value = c.NewCall(c.NewAttribute(self, both ? "inspect" : "toString"), {});
  }
  NodeId key = c.NewAttribute(c.Library("node:util:inspect"), "custom");
  members.push_back(
      c.New(make::Method{.computed_key = key,
                         .body = c.NewBlock({c.New(make::Return{.value = value}, {})})},
            {}));
}

}  // namespace asyncport::translate::to_js
