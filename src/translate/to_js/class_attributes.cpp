// Class-level variables as instances see them: read through the class where no instance has its own, made anew for each
// instance where some are given one.
// Example: `retries = 3` and later `self.retries -= 1` -> the field `retries = 3;`; else `static retries = 3;`.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsRelated(Context& c, NodeId a, NodeId b) {
  NodeList above_a = Ancestors(c, a);
  NodeList above_b = Ancestors(c, b);
  return std::find(above_a.begin(), above_a.end(), b) != above_a.end() ||
         std::find(above_b.begin(), above_b.end(), a) != above_b.end();
}

// Is the name bound by a statement of the class body, as a variable or a class?
bool BindsVariable(Context& c, NodeId class_def, std::string_view name) {
  for (NodeId member : MembersOf(c, class_def)) {
    if (auto field = c.As<Field>(member)) {
      if (field.name() != name || !field.value()) continue;
      return !IsMemberAlias(c, class_def, member);
    }
    if (auto nested = c.As<ClassDef>(member); nested && c.src().text(nested.name()) == name)
      return true;
    auto assign = c.As<Assign>(member);
    if (!assign) continue;
    for (NodeId target : assign.targets()) {
      if (c.src().Is(target, NodeKind::kName) && c.src().text(target) == name) return true;
      auto pattern = c.As<ListPattern>(target);
      if (!pattern) continue;
      for (NodeId element : pattern.elements()) {
        if (c.src().Is(element, NodeKind::kName) && c.src().text(element) == name) return true;
      }
    }
  }
  return false;
}

// Every place where an attribute of some object is given a value, and every read through a class, by name.
struct AttributeUses {
  std::unordered_map<std::string, NodeList> instance_writes;  // name -> classes of the objects
  std::unordered_set<std::string> class_reads;
  std::unordered_set<std::string> other_reads;  // through what is no instance of one known class
  bool any_reads = false;                       // getattr() with a computed name

  explicit AttributeUses(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      if (c.IsCallTo(NodeId{i}, "getattr") || c.IsCallTo(NodeId{i}, "hasattr")) {
        auto args = c.As<Call>(NodeId{i}).args();
        auto name = args.size() > 1 ? c.As<String>(args[1]) : String();
        if (name) other_reads.insert(std::string(name.value()));
        any_reads = any_reads || !name;
      }
      auto attribute = c.As<Attribute>(NodeId{i});
      if (!attribute) continue;
      NodeId object = attribute.object();
      if (OnClass(c, object)) {
        class_reads.insert(std::string(attribute.name()));
      } else if (IsWritten(c, NodeId{i})) {
        if (NodeId owner = ClassOf(c, object))
          instance_writes[std::string(attribute.name())].push_back(owner);
      } else if (NodeId owner = ClassOf(c, object)) {
        // Only classes that derive from it have such a variable.
        NodeList above = Ancestors(c, owner);
        bool bound = std::any_of(above.begin(), above.end(), [&](NodeId other) {
          return BindsVariable(c, other, attribute.name());
        });
        if (!bound) other_reads.insert(std::string(attribute.name()));
      } else if ((KindsOf(c, object) & (kUnknown | kInstance | kError)) != 0) {
        other_reads.insert(std::string(attribute.name()));
      }
    }
  }

  static bool OnClass(Context& c, NodeId object) {
    if (c.src().Is(object, NodeKind::kSelfRef)) {
      auto method = c.As<Method>(c.facts().EnclosingFunction(object));
      return method && method.is_static();
    }
    return c.facts().KindOf(object) == facts::TypeKind::kClass;
  }

  static bool IsWritten(Context& c, NodeId id) {
    NodeId child = id;
    NodeId up = c.facts().Parent(id);
    while (c.src().Is(up, NodeKind::kListPattern) || c.src().Is(up, NodeKind::kRestPattern)) {
      child = up;
      up = c.facts().Parent(up);
    }
    if (auto assign = c.As<Assign>(up)) return assign.value() != child;
    if (auto step = c.As<AugAssign>(up)) return step.target() == child;
    if (auto loop = c.As<ForEach>(up)) return loop.target() == child;
    if (auto item = c.As<WithItem>(up)) return item.target() == child;
    return false;
  }
};

}  // namespace

bool IsInstanceDefault(Context& c, NodeId class_def, std::string_view name) {
  const auto& uses = c.State<AttributeUses>();
  auto it = uses.instance_writes.find(std::string(name));
  if (it == uses.instance_writes.end()) return false;
  for (NodeId owner : it->second) {
    if (IsRelated(c, owner, class_def)) return true;
  }
  return false;
}

bool IsReadThroughClass(Context& c, std::string_view name) {
  return c.State<AttributeUses>().class_reads.contains(std::string(name));
}

// Who does not know the class of an instance reads `stage.name` all the same.
void AddClassVariableGetters(Context& c, NodeId class_def, NodeList& members) {
  NodeList above = Ancestors(c, class_def);
  for (NodeId member : MembersOf(c, class_def)) {
    auto field = c.As<Field>(member);
    if (!field || !field.value() || field.name().starts_with("__")) continue;
    std::string_view name = field.name();
    const auto& uses = c.State<AttributeUses>();
    if (!uses.any_reads && !uses.other_reads.contains(std::string(name))) continue;
    if (!IsClassAttribute(c, class_def, name) || IsMemberAlias(c, class_def, member)) continue;
    bool inherited = std::any_of(above.begin(), above.end(), [&](NodeId other) {
      return other != class_def && BindsVariable(c, other, name);
    });
    if (inherited) continue;
    std::string key = c.names().Member(name, false);
    NodeId own_class = c.NewAttribute(c.New(make::SelfRef{}, {}), "constructor");
    NodeId value = c.New(make::Return{.value = c.NewAttribute(own_class, key)}, {});
    members.push_back(NewMethod(c, key, {}, {value}, MethodKind::kGetter));
  }
}

bool IsClassAttribute(Context& c, NodeId owner, std::string_view name) {
  for (NodeId class_def : Ancestors(c, owner)) {
    if (!BindsVariable(c, class_def, name)) continue;
    bool data_field = false;
    for (NodeId member : MembersOf(c, class_def)) {
      auto field = c.As<Field>(member);
      data_field = data_field ||
                   (field && field.name() == name && field.annotation() && !IsClassVar(c, member));
    }
    if (IsEnum(c, class_def)) return false;
    if (data_field && (IsDataclass(c, class_def) || IsNamedTuple(c, class_def))) return false;
    return !IsInstanceDefault(c, class_def, name);
  }
  return false;
}

}  // namespace asyncport::translate::to_js
