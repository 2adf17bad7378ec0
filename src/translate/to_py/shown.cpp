// Instances that `console.log` shows: Node prints their fields, Python what `__repr__` says. Classes of the file whose
// fields are known get one. Where they are not, a warning (instance-text).
// Example: `console.log(point)` of a class with fields x and y -> a `__repr__` that gives `Point(x=1, y=2)`.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "translate/quote.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/shown.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

std::optional<std::vector<ShownField>> FieldsOf(Context& c, NodeId owner, int depth) {
  auto def = c.As<ClassDef>(owner);
  if (!def || depth > 8) return std::nullopt;
  std::vector<ShownField> fields;
  if (!def.bases().empty()) {
    const facts::Type& base = c.facts().type(c.facts().TypeOf(def.bases()[0]));
    if (base.kind != TypeKind::kClass) return std::nullopt;
    auto inherited = FieldsOf(c, base.decl, depth + 1);
    if (!inherited) return std::nullopt;
    fields = std::move(*inherited);
  }
  std::unordered_set<std::string_view> known;
  for (const ShownField& field : fields) known.insert(field.name);
  auto add = [&](std::string_view name, NodeId value) {
    if (known.insert(name).second) fields.push_back({name, value});
  };
  std::unordered_set<std::string_view> accessors;
  NodeId constructor;
  for (NodeId member : c.As<ir::Block>(def.body()).statements()) {
    if (auto field = c.As<Field>(member); field && !field.is_static() && !field.is_private()) {
      if (field.computed_key()) return std::nullopt;
      add(field.name(), field.value());
    }
    auto method = c.As<Method>(member);
    if (!method) continue;
    // `[inspect.custom]() {...}` says it in its own way.
    if (method.computed_key() &&
        !c.facts().ResolvedName(method.computed_key()).starts_with("Symbol."))
      return std::nullopt;
    if (method.kind() == MethodKind::kConstructor) constructor = member;
    if (method.kind() == MethodKind::kSetter) accessors.insert(method.name());
  }
  std::unordered_set<std::string_view> made_later;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto attribute = c.As<Attribute>(NodeId{i});
    if (!attribute || attribute.is_private() || !c.src().Is(attribute.object(), NodeKind::kSelfRef))
      continue;
    if (c.facts().EnclosingClass(NodeId{i}) != owner || accessors.contains(attribute.name()))
      continue;
    auto assign = c.As<Assign>(c.facts().Parent(NodeId{i}));
    if (!assign || std::find(assign.targets().begin(), assign.targets().end(), NodeId{i}) ==
                       assign.targets().end())
      continue;
    if (c.facts().EnclosingFunction(NodeId{i}) == constructor && constructor &&
        !c.facts().EnclosingLoop(NodeId{i})) {
      add(attribute.name(), assign.value());
    } else {
      made_later.insert(attribute.name());
    }
  }
  const bool complete = std::all_of(made_later.begin(), made_later.end(),
                                    [&](std::string_view name) { return known.contains(name); });
  if (!complete) return std::nullopt;
  return fields;
}

bool HasMethod(Context& c, NodeId owner, std::string_view name) {
  for (int depth = 0; depth < 8; ++depth) {
    auto def = c.As<ClassDef>(owner);
    if (!def) return false;
    for (NodeId member : c.As<ir::Block>(def.body()).statements()) {
      auto method = c.As<Method>(member);
      if (method && method.name() == name) return true;
    }
    if (def.bases().empty()) return false;
    owner = c.facts().type(c.facts().TypeOf(def.bases()[0])).decl;
  }
  return false;
}

namespace {

// Would Node shorten it, or show it in a way that Python has not: functions, other instances that hold more?
bool IsPlain(Context& c, const ShownField& field) {
  return !field.value || !c.facts().Only(field.value, {TypeKind::kFunction});
}

// What `this` has of its own in the classes of the file: the types that its members are read or written with.
struct OwnMembers {
  explicit OwnMembers(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      if (!attribute || attribute.is_private()) continue;
      if (!c.src().Is(attribute.object(), NodeKind::kSelfRef)) continue;
      NodeId owner = c.facts().EnclosingClass(NodeId{i});
      if (owner) types[owner.index].push_back(c.facts().TypeOf(NodeId{i}));
    }
  }
  std::unordered_map<std::uint32_t, std::vector<facts::TypeId>> types;  // by class
};

// Node shows what lies deeper than two levels as [Object]. `above`: the literal around it, if the same one made both.
// `whole`: what instances hold counts too.
bool IsShallow(Context& c, facts::TypeId id, int depth, bool whole, NodeId above = kNoNode) {
  const facts::Type& type = c.facts().type(id);
  const NodeId maker = type.kind == TypeKind::kDict ? type.decl : kNoNode;
  if (maker && maker == above) return false;
  auto fits = [&](facts::TypeId inner, int level) {
    return IsShallow(c, inner, level, whole, maker ? maker : above);
  };
  if (type.kind == TypeKind::kUnion) {
    return std::all_of(type.members.begin(), type.members.end(),
                       [&](facts::TypeId m) { return fits(m, depth); });
  }
  const bool holds = type.kind == TypeKind::kInstance || type.kind == TypeKind::kDict ||
                     type.kind == TypeKind::kList || type.kind == TypeKind::kTuple ||
                     type.kind == TypeKind::kMap || type.kind == TypeKind::kSet;
  if (!holds) return true;
  if (depth > 2) return false;
  if (whole && type.kind == TypeKind::kInstance && type.decl) {
    const auto& members = c.State<OwnMembers>().types;
    auto own = members.find(type.decl.index);
    if (own == members.end()) return true;
    return std::all_of(own->second.begin(), own->second.end(),
                       [&](facts::TypeId m) { return fits(m, depth + 1); });
  }
  if (type.element.index != 0 && !fits(type.element, depth + 1)) return false;
  return std::all_of(type.members.begin(), type.members.end(),
                     [&](facts::TypeId m) { return fits(m, depth + 1); }) &&
         std::all_of(type.fields.begin(), type.fields.end(),
                     [&](const auto& field) { return fits(field.second, depth + 1); });
}

// Classes of the file whose instances are printed, with what their `__repr__` shows.
struct ShownClasses {
  explicit ShownClasses(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (!c.src().Is(id, NodeKind::kCall)) continue;
      if (!c.IsCallTo(id, "console.log") && !c.IsCallTo(id, "console.info") &&
          !c.IsCallTo(id, "console.error"))
        continue;
      for (NodeId arg : c.As<Call>(id).args()) Look(c, c.facts().TypeOf(arg), 0);
    }
  }

  void Look(Context& c, facts::TypeId id, int depth) {
    const facts::Type& type = c.facts().type(id);
    if (depth > 4) return;
    if (type.kind == TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kClassDef)) {
      if (!seen.insert(type.decl.index).second) return;
      auto fields = FieldsOf(c, type.decl);
      const bool plain = fields && std::all_of(fields->begin(), fields->end(),
                                               [&](const ShownField& f) { return IsPlain(c, f); });
      if (!plain || !IsShallow(c, id, 0, false)) return;
      for (const auto& [name, field] : type.fields) Look(c, field, depth + 1);
      made.emplace(type.decl.index, std::move(*fields));
    }
    if (type.kind == TypeKind::kUnion) {
      for (facts::TypeId member : type.members) Look(c, member, depth + 1);
    }
    const bool holds = type.kind == TypeKind::kList || type.kind == TypeKind::kMap ||
                       type.kind == TypeKind::kSet || type.kind == TypeKind::kDict;
    if (!holds) return;
    if (type.kind != TypeKind::kDict || type.fields.empty()) Look(c, type.element, depth + 1);
    for (const auto& [name, field] : type.fields) Look(c, field, depth + 1);
  }

  std::unordered_set<std::uint32_t> seen;
  std::unordered_map<std::uint32_t, std::vector<ShownField>> made;  // by class
};

std::optional<NodeId> ShowInstances(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "console.log") && !c.IsCallTo(id, "console.error") &&
      !c.IsCallTo(id, "console.info"))
    return std::nullopt;
  for (NodeId arg : c.As<Call>(id).args()) {
    if (!IsShallow(c, c.facts().TypeOf(arg), 0, true)) c.SayOnce("nested-output", arg);
    if (c.facts().Only(arg, {TypeKind::kSet}) && IsOrderedSet(c, arg)) {
      c.Override(arg,
                 Quote(c, R"py(f"{{{', '.join(map(repr, $S))}}}")py", {{"S", c.Expr(arg)}}, arg));
    }
    if (!c.facts().Only(arg, {TypeKind::kInstance}) || IsError(c, arg)) continue;
    const facts::Type& type = c.facts().type(c.facts().TypeOf(arg));
    if (auto literal = c.As<Dict>(type.decl); literal && NeedsClass(c, literal)) c.SayOnce("instance-text", arg);
    if (!c.src().Is(type.decl, NodeKind::kClassDef)) continue;
    if (!c.State<ShownClasses>().made.contains(type.decl.index)) {
      const auto members = c.As<ir::Block>(c.As<ClassDef>(type.decl).body()).statements();
      const bool custom = std::any_of(members.begin(), members.end(), [&](NodeId member) {
        auto method = c.As<Method>(member);
        return method && method.computed_key() &&
               !c.facts().ResolvedName(method.computed_key()).starts_with("Symbol.");
      });
      if (!custom) c.SayOnce("instance-text", arg);
    } else if (HasMethod(c, type.decl, "toString")) {
      c.Override(arg, c.NewCall(c.NewName("repr"), {c.Expr(arg)}, arg));
    }
  }
  return std::nullopt;
}

}  // namespace

NodeId ReprOf(Context& c, NodeId class_def) {
  const auto& made = c.State<ShownClasses>().made;
  auto it = made.find(class_def.index);
  if (it == made.end() || HasMethod(c, class_def, "__repr__")) return kNoNode;
  auto def = c.As<ClassDef>(class_def);
  NodeList parts;
  std::string text = c.TargetName(def.name()) + "(";
  for (const ShownField& field : it->second) {
    const std::string name = c.names().Member(field.name, false);
    if (&field != &it->second.front()) text += ", ";
    parts.push_back(c.NewString(text + name + "="));
    NodeId value = c.NewAttribute(c.New(make::SelfRef{}, {}), name);
    parts.push_back(c.New(make::FormatValue{.value = value, .conversion = "r"}, {}));
    text.clear();
  }
  parts.push_back(c.NewString(text + ")"));
  NodeId shown =
      parts.size() == 1 ? parts[0] : c.New(make::Template{.parts = std::move(parts)}, {});
  NodeId body = c.NewBlock({c.New(make::Return{.value = shown}, {})});
  return c.New(make::Method{.body = body, .name = "__repr__"}, {});
}

void RegisterShown(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &ShowInstances); }

}  // namespace asyncport::translate::to_py
