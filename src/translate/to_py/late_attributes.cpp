// See late_attributes.h.
#include "translate/to_py/late_attributes.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

bool IsPlainTarget(Context& c, NodeId id) {
  auto assign = c.As<Assign>(c.facts().Parent(id));
  return assign &&
         std::find(assign.targets().begin(), assign.targets().end(), id) != assign.targets().end();
}

// The names of all attributes of the file that are read.
struct ReadAttributes {
  explicit ReadAttributes(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      if (attribute && !IsPlainTarget(c, attribute.id())) names.insert(attribute.name());
    }
  }
  std::unordered_set<std::string_view> names;
};

class Finder {
 public:
  Finder(Context& c, NodeId body) : c_(c), body_(body) {
    for (NodeId member : c_.As<ir::Block>(body).statements()) {
      if (auto field = c_.As<Field>(member)) known_.insert(std::string(field.name()));
      if (auto method = c_.As<Method>(member)) known_.insert(std::string(method.name()));
    }
    Visit(body, false, false);
  }
  std::vector<std::pair<std::string, bool>> Names() const {
    std::vector<std::pair<std::string, bool>> out;
    if (late_.empty()) return out;
    const auto& read = c_.State<ReadAttributes>().names;
    for (const auto& [name, is_private] : late_) {
      if (!known_.contains(name) && read.contains(name)) out.emplace_back(name, is_private);
    }
    return out;
  }

 private:
  bool IsWritten(NodeId id) const {
    NodeId parent = c_.facts().Parent(id);
    if (IsPlainTarget(c_, id)) return true;
    if (auto write = c_.As<AugAssign>(parent)) return write.target() == id;
    if (auto write = c_.As<AssignExpr>(parent)) return write.target() == id;
    auto write = c_.As<LogicalAssign>(parent);
    return write && write.target() == id;
  }
  void Visit(NodeId id, bool in_method, bool in_constructor) {
    NodeKind kind = c_.src().kind(id);
    if (id != body_ && (kind == NodeKind::kClassDef || kind == NodeKind::kClassExpr)) return;
    if (auto method = c_.As<Method>(id); method && c_.facts().Parent(id) == body_) {
      if (method.is_static()) return;
      in_method = true;
      in_constructor = method.kind() == MethodKind::kConstructor;
    }
    auto attribute = c_.As<Attribute>(id);
    if (attribute && in_method && c_.src().Is(attribute.object(), NodeKind::kSelfRef) &&
        IsWritten(id)) {
      std::string name(attribute.name());
      bool seen = std::any_of(late_.begin(), late_.end(),
                              [&](const auto& one) { return one.first == name; });
      if (in_constructor)
        known_.insert(name);
      else if (!seen)
        late_.emplace_back(name, attribute.is_private());
    }
    c_.src().ForEachChild(id, [&](NodeId child) { Visit(child, in_method, in_constructor); });
  }

  Context& c_;
  NodeId body_;
  std::unordered_set<std::string> known_;
  std::vector<std::pair<std::string, bool>> late_;
};

struct Known {
  std::unordered_map<std::uint32_t, std::vector<std::pair<std::string, bool>>> by_body;
};

}  // namespace

const std::vector<std::pair<std::string, bool>>& LateAttributes(Context& c, NodeId body) {
  auto& known = c.State<Known>().by_body;
  auto it = known.find(body.index);
  if (it == known.end()) it = known.emplace(body.index, Finder(c, body).Names()).first;
  return it->second;
}

bool IsLateAttribute(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (!attribute || !c.src().Is(attribute.object(), NodeKind::kSelfRef)) return false;
  NodeId owner = c.facts().EnclosingClass(id);
  NodeId body;
  if (auto klass = c.As<ClassDef>(owner)) body = klass.body();
  if (auto klass = c.As<ClassExpr>(owner)) body = klass.body();
  if (!body) return false;
  const auto& names = LateAttributes(c, body);
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& one) { return one.first == attribute.name(); });
}

}  // namespace asyncport::translate::to_py
