// Two walks: one that finds out who uses which underscored name, one that renames.
#include "translate/private_members.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ir/make.h"
#include "ir/rebuild.h"
#include "ir/views.h"

namespace asyncport::translate {

using namespace ir;

namespace {

// What one class does with one name.
struct Member {
  bool is_method = false;
  bool is_field = false;
  bool is_assigned = false;
  bool refused = false;
};

struct Class {
  std::string parent;                     // empty: none
  bool open = false;                      // extends what the file does not define
  std::map<std::string, Member> members;  // by their names with the underscore
  std::unordered_set<std::string> taken;  // names that are private already
};

class PrivateMembers {
 public:
  explicit PrivateMembers(Tree& tree) : tree_(tree) {}

  NodeId Run(NodeId root) {
    Collect(root, kNoNode, false);
    bool any = false;
    for (auto& [id, one] : classes_) {
      for (auto& [name, member] : one.members) {
        member.refused = member.refused || !MayBePrivate(id, one, name, member);
        any = any || !member.refused;
      }
    }
    return any ? Rename(root, kNoNode) : root;
  }

 private:
  // ---- who uses what
  static bool IsMarked(std::string_view name) {
    return name.size() > 1 && name[0] == '_' && name[1] != '_';
  }

  void Collect(NodeId id, NodeId owner, bool is_static) {
    switch (tree_.kind(id)) {
      case NodeKind::kClassDef: {
        Class& one = classes_[id.index];
        const auto bases = ir::ClassDef(tree_, id).bases();
        if (!bases.empty()) {
          const bool named = tree_.Is(bases[0], NodeKind::kName);
          one.parent = named ? std::string(tree_.text(bases[0])) : std::string();
          one.open = !named;
        }
        names_[std::string(tree_.text(ir::ClassDef(tree_, id).name()))] = id.index;
        owner = id;
        break;
      }
      case NodeKind::kClassExpr:
        owner = kNoNode;
        break;
      case NodeKind::kMethod: {
        const ir::Method method(tree_, id);
        is_static = method.is_static();
        if (owner)
          Declare(owner, method.name(), method.is_private(), is_static, &Member::is_method);
        break;
      }
      case NodeKind::kField: {
        const ir::Field field(tree_, id);
        is_static = field.is_static();
        if (owner) Declare(owner, field.name(), field.is_private(), is_static, &Member::is_field);
        break;
      }
      case NodeKind::kAttribute: {
        const ir::Attribute attribute(tree_, id);
        if (attribute.is_private() && owner) classes_[owner.index].taken.emplace(attribute.name());
        if (attribute.is_private() || !IsMarked(attribute.name())) break;
        const bool own = owner && !is_static && tree_.Is(attribute.object(), NodeKind::kSelfRef);
        if (own) {
          classes_[owner.index].members[std::string(attribute.name())];
        } else {
          refused_.emplace(attribute.name());
        }
        break;
      }
      case NodeKind::kAssign:
        for (NodeId target : ir::Assign(tree_, id).targets()) {
          auto attribute = As<ir::Attribute>(tree_, target);
          if (attribute && owner && IsMarked(attribute.name())) {
            classes_[owner.index].members[std::string(attribute.name())].is_assigned = true;
          }
        }
        break;
      case NodeKind::kString:
        if (IsMarked(tree_.text(id))) refused_.emplace(tree_.text(id));
        break;
      default:
        break;
    }
    tree_.ForEachChild(id, [&](NodeId child) { Collect(child, owner, is_static); });
  }

  void Declare(NodeId owner, std::string_view name, bool is_private, bool is_static,
               bool Member::*how) {
    Class& one = classes_[owner.index];
    if (is_private) one.taken.emplace(name);
    if (is_private || !IsMarked(name)) return;
    Member& member = one.members[std::string(name)];
    member.*how = true;
    member.refused = member.refused || is_static;
  }

  bool MayBePrivate(std::uint32_t id, const Class& one, const std::string& name,
                    const Member& member) {
    if (refused_.contains(name) || one.taken.contains(name.substr(1)) || name == "_constructor")
      return false;
    if (!member.is_method && !member.is_field && !member.is_assigned) return false;
    if (!IsClosed(one, 0)) return false;
    return std::none_of(classes_.begin(), classes_.end(), [&](const auto& other) {
      return other.first != id && other.second.members.contains(name) &&
             (IsBelow(other.second, id, 0) || IsBelow(one, other.first, 0));
    });
  }

  // Are all its parents classes of the file, or errors?
  bool IsClosed(const Class& one, int depth) {
    if (one.open || depth > 20) return false;
    if (one.parent.empty() || one.parent.ends_with("Error")) return true;
    const auto parent = names_.find(one.parent);
    return parent != names_.end() && IsClosed(classes_.at(parent->second), depth + 1);
  }

  bool IsBelow(const Class& one, std::uint32_t ancestor, int depth) {
    const auto parent = one.parent.empty() || depth > 20 ? names_.end() : names_.find(one.parent);
    if (parent == names_.end()) return false;
    return parent->second == ancestor || IsBelow(classes_.at(parent->second), ancestor, depth + 1);
  }

  // ---- renaming
  bool BecomesPrivate(NodeId owner, std::string_view name) {
    if (!owner) return false;
    const Class& one = classes_.at(owner.index);
    const auto member = one.members.find(std::string(name));
    return member != one.members.end() && !member->second.refused;
  }

  NodeId Rename(NodeId id, NodeId owner) {
    NodeId inner = owner;
    if (tree_.Is(id, NodeKind::kClassDef)) inner = id;
    if (tree_.Is(id, NodeKind::kClassExpr)) inner = kNoNode;
    const NodeId result =
        MapChildren(tree_, id, [&](NodeId child) { return Rename(child, inner); });
    switch (tree_.kind(id)) {
      case NodeKind::kAttribute:
        return BecomesPrivate(owner, ir::Attribute(tree_, id).name())
                   ? Marked(result, 1u << flag_bits::Attribute::is_private)
                   : result;
      case NodeKind::kMethod:
        return BecomesPrivate(owner, ir::Method(tree_, id).name())
                   ? Marked(result, 1u << flag_bits::Method::is_private)
                   : result;
      case NodeKind::kField:
        return BecomesPrivate(owner, ir::Field(tree_, id).name())
                   ? Marked(result, 1u << flag_bits::Field::is_private)
                   : result;
      case NodeKind::kClassDef:
        return WithFields(result, id);
      default:
        return result;
    }
  }

  // The same node, private and without its underscore.
  NodeId Marked(NodeId id, unsigned flag) {
    const Node node = tree_.node(id);
    const std::string name(tree_.strings().Text(node.atom).substr(1));
    return tree_.Add({.kind = node.kind,
                      .oper = node.oper,
                      .flags = static_cast<std::uint8_t>(node.flags | flag),
                      .atom = tree_.Intern(name),
                      .slots = SlotsOf(tree_, id)},
                     node.span, node.origin);
  }

  // Declares what only assignments made so far: `#items = [];` where the constructor starts it so, else `#items;`.
  NodeId WithFields(NodeId id, NodeId original) {
    std::set<std::string> wanted;
    for (const auto& [name, member] : classes_.at(original.index).members) {
      if (!member.refused && !member.is_method && !member.is_field) wanted.insert(name.substr(1));
    }
    if (wanted.empty()) return id;
    const bool has_parent = !ir::ClassDef(tree_, id).bases().empty();
    const NodeId body = ir::ClassDef(tree_, id).body();
    NodeList members(ir::Block(tree_, body).statements().begin(),
                     ir::Block(tree_, body).statements().end());
    NodeList fields;
    for (auto at = members.begin(); at != members.end(); ++at) {
      auto method = As<ir::Method>(tree_, *at);
      if (!method || method.kind() != MethodKind::kConstructor) continue;
      const bool takes_nothing = method.params().empty() && !method.docstring() && !has_parent;
      *at = WithoutStarts(*at, wanted, fields);
      if (takes_nothing && ir::Block(tree_, ir::Method(tree_, *at).body()).statements().empty())
        members.erase(at);
      break;
    }
    // What other methods set first.
    for (const std::string& name : wanted) fields.push_back(Declared(name, kNoNode, kNoNode));
    fields.insert(fields.end(), members.begin(), members.end());
    std::vector<NodeList> slots = SlotsOf(tree_, id);
    slots[slots::ClassDef::body] = {Rebuild(tree_, body, {std::move(fields)})};
    return Rebuild(tree_, id, std::move(slots));
  }

  NodeId Declared(std::string_view name, NodeId value, NodeId statement) {
    const Span span = statement ? tree_.span(statement) : Span{};
    const NodeId origin = statement ? tree_.origin(statement) : kNoNode;
    return Make(tree_, make::Field{.value = value, .name = name, .is_private = true}, span, origin);
  }

  // The constructor without the assignments that the declarations make now. Takes what it declares out of `wanted`.
  NodeId WithoutStarts(NodeId constructor, std::set<std::string>& wanted, NodeList& fields) {
    const NodeId body = ir::Method(tree_, constructor).body();
    const auto found = ir::Block(tree_, body).statements();
    const NodeList statements(found.begin(), found.end());
    NodeList kept;
    bool untouched = true;  // nothing so far could have seen the instance
    for (NodeId statement : statements) {
      auto assign = As<ir::Assign>(tree_, statement);
      auto target = assign && assign.targets().size() == 1
                        ? As<ir::Attribute>(tree_, assign.targets()[0])
                        : ir::Attribute();
      const std::string name =
          target && target.is_private() ? std::string(target.name()) : std::string();
      if (name.empty() || wanted.erase(name) == 0) {
        untouched = untouched && !UsesInstance(assign ? assign.value() : statement);
        kept.push_back(statement);
        continue;
      }
      const NodeId value = assign.value();
      untouched = untouched && !UsesInstance(value);
      if (untouched && IsConstant(value)) {
        fields.push_back(Declared(name, value, statement));
      } else {
        fields.push_back(Declared(name, kNoNode, kNoNode));
        kept.push_back(statement);
      }
    }
    std::vector<NodeList> slots = SlotsOf(tree_, constructor);
    slots[slots::Method::body] = {Rebuild(tree_, body, {std::move(kept)})};
    return Rebuild(tree_, constructor, std::move(slots));
  }

  bool UsesInstance(NodeId id) {
    if (!id) return false;
    if (tree_.Is(id, NodeKind::kSelfRef)) return true;
    bool found = false;
    tree_.ForEachChild(id, [&](NodeId child) { found = found || UsesInstance(child); });
    return found;
  }

  // A value that is the same whenever it is made.
  bool IsConstant(NodeId value) {
    switch (tree_.kind(value)) {
      case NodeKind::kNumber:
      case NodeKind::kString:
      case NodeKind::kBool:
      case NodeKind::kNull:
        return true;
      case NodeKind::kList:
        return ir::List(tree_, value).elements().empty();
      case NodeKind::kDict:
        return ir::Dict(tree_, value).entries().empty();
      case NodeKind::kNew: {
        const ir::New made(tree_, value);
        const std::string_view name = tree_.Is(made.callee(), NodeKind::kName)
                                          ? tree_.text(made.callee())
                                          : std::string_view();
        return made.args().empty() && (name == "Map" || name == "Set");
      }
      default:
        return false;
    }
  }

  Tree& tree_;
  std::map<std::uint32_t, Class> classes_;                // by node
  std::unordered_map<std::string, std::uint32_t> names_;  // of classes
  std::unordered_set<std::string> refused_;  // names that something else than `this` uses
};

}  // namespace

NodeId WithPrivateMembers(Tree& tree, NodeId root) {
  return root ? PrivateMembers(tree).Run(root) : root;
}

}  // namespace asyncport::translate
