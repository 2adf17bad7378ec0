// See makings.h. Such an instance is not made earlier than the source makes it.
// Example: `constructor() { this.id = Account.next++; }` is seen; `constructor(n) { this.n = n; this.jobs = []; }` is not.
#include "translate/to_py/makings.h"

#include <string>
#include <unordered_set>

#include "translate/to_py/parts.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

class Making {
 public:
  explicit Making(Context& c) : c_(c) {}

  bool IsSeen(NodeId made) {
    const std::vector<NodeId> callees = c_.facts().PossibleCallees(made);
    const facts::Type& type = c_.facts().type(c_.facts().TypeOf(made));
    if (type.kind == facts::TypeKind::kInstance && c_.src().Is(type.decl, NodeKind::kClassDef)) {
      if (ClassIsSeen(type.decl)) return true;
    }
    for (NodeId callee : callees) {
      if (c_.src().Is(callee, NodeKind::kMethod) && BodyIsSeen(FunctionBody(c_, callee))) return true;
    }
    return false;
  }

 private:
  bool ClassIsSeen(NodeId id) {
    if (!visited_.insert(id.index).second) return false;
    auto node = c_.As<ClassDef>(id);
    for (NodeId base : node.bases()) {
      const facts::Type& type = c_.facts().type(c_.facts().TypeOf(base));
      if (c_.src().Is(type.decl, NodeKind::kClassDef) && ClassIsSeen(type.decl)) return true;
    }
    for (NodeId member : c_.As<ir::Block>(node.body()).statements()) {
      auto method = c_.As<Method>(member);
      if (method && method.kind() == MethodKind::kConstructor && BodyIsSeen(method.body())) return true;
      auto field = c_.As<Field>(member);
      if (field && !field.is_static() && field.value() && BodyIsSeen(field.value())) return true;
    }
    return false;
  }

  // `this`, or what the code itself declares.
  bool IsOwn(NodeId target) {
    while (true) {
      if (auto attribute = c_.As<Attribute>(target)) target = attribute.object();
      else if (auto item = c_.As<Subscript>(target)) target = item.object();
      else if (auto call = c_.As<Call>(target)) target = call.callee();
      else break;
    }
    if (!c_.src().Is(target, NodeKind::kName)) return true;
    const facts::BindingId binding = c_.facts().BindingOf(target);
    const NodeId declared = binding ? c_.facts().binding(binding).declaration : kNoNode;
    return declared && c_.facts().EnclosingFunction(declared);
  }

  bool CallIsSeen(NodeId id) {
    auto call = c_.As<Call>(id);
    const std::string name = c_.facts().ResolvedName(call.callee());
    if (name.starts_with("console.") || name.starts_with("process.")) return true;
    for (NodeId callee : c_.facts().PossibleCallees(id)) {
      NodeId body = FunctionBody(c_, callee);
      if (visited_.insert(callee.index).second && body && BodyIsSeen(body)) return true;
    }
    // `registry.push(this)`, `instances.set(id, this)`.
    auto method = c_.As<Attribute>(call.callee());
    return method && !IsOwn(method.object()) &&
           (name.starts_with("Array#") || name.starts_with("Map#") || name.starts_with("Set#"));
  }

  bool BodyIsSeen(NodeId id) {
    const NodeKind kind = c_.src().kind(id);
    if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr ||
        kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef)
      return false;
    if (auto update = c_.As<Update>(id); update && !IsOwn(update.target())) return true;
    if (auto change = c_.As<AugAssign>(id); change && !IsOwn(change.target())) return true;
    if (auto assign = c_.As<Assign>(id); assign && assign.declares() == DeclKind::kNone) {
      for (NodeId target : assign.targets()) {
        if (!IsOwn(target)) return true;
      }
    }
    if (kind == NodeKind::kCall && CallIsSeen(id)) return true;
    if (kind == NodeKind::kNew && IsSeen(id)) return true;
    bool found = false;
    c_.src().ForEachChild(id, [&](NodeId child) { found = found || BodyIsSeen(child); });
    return found;
  }

  Context& c_;
  std::unordered_set<std::uint32_t> visited_;
};

}  // namespace

bool MakingIsSeen(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kNew) && Making(c).IsSeen(id)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || MakingIsSeen(c, child); });
  return found;
}

}  // namespace asyncport::translate::to_py
