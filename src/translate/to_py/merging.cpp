// Object.assign onto objects that Python reads by attribute: one assignment for each property. Onto dicts it is a card.
// Example: `Object.assign(this, { code, limit: 5 });` -> `self.code = code` and `self.limit = 5`.
#include <utility>

#include "translate/to_py/absence.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsOntoObject(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Object.assign")) return false;
  auto args = c.As<Call>(id).args();
  if (args.size() < 2) return false;
  return c.src().Is(args[0], NodeKind::kSelfRef) ||
         c.facts().Only(args[0], {TypeKind::kInstance, TypeKind::kClass, TypeKind::kFunction});
}

// False where the properties of a source are not known one by one.
bool AssignFrom(Context& c, NodeId target, NodeId source, NodeList& out) {
  if (auto literal = c.As<Dict>(source)) {
    for (NodeId e : literal.entries()) {
      if (auto spread = c.As<Spread>(e)) {
        if (!AssignFrom(c, target, spread.value(), out)) return false;
        continue;
      }
      auto entry = c.As<DictEntry>(e);
      if (!entry || !c.src().Is(entry.key(), NodeKind::kString)) return false;
      NodeId place = c.NewAttribute(target, c.names().Member(c.src().text(entry.key()), false));
      out.push_back(c.NewAssign(place, c.Expr(entry.value()), e));
    }
    return true;
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(source));
  bool attributes = type.kind == TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kDict);
  if ((type.kind != TypeKind::kDict && !attributes) || type.fields.empty() || !c.IsPure(source))
    return false;
  for (const auto& [name, field] : type.fields) {
    if (MayLackField(c, source, name)) return false;
    std::string member = c.names().Member(name, false);
    NodeId read =
        attributes
            ? c.NewAttribute(c.Expr(source), member)
            : c.New(make::Subscript{.object = c.Expr(source), .index = c.NewString(name)}, {});
    out.push_back(c.NewAssign(c.NewAttribute(target, member), read, source));
  }
  return true;
}

bool AssignAll(Context& c, NodeId id, NodeId target, NodeList& out) {
  for (NodeId source : c.As<Call>(id).args().subspan(1)) {
    if (AssignFrom(c, target, source, out)) continue;
    c.Refuse(id, "dynamic-attribute");
    return false;
  }
  return true;
}

bool TranslateStatement(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!IsOntoObject(c, value) || !c.IsPure(c.As<Call>(value).args()[0])) return false;
  AssignAll(c, value, c.Expr(c.As<Call>(value).args()[0]), out);
  return true;
}

std::optional<NodeId> TranslateValue(Context& c, NodeId id) {
  if (!IsOntoObject(c, id)) return std::nullopt;
  NodeId object = c.As<Call>(id).args()[0];
  NodeId target = c.Expr(object);
  if (!c.IsPure(object)) {
    const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
    bool error = type.name.ends_with("Error");
    std::string name = c.names().Fresh(error ? "error" : "target");
    if (!c.HoistEffect(c.NewAssign(c.NewName(name), target, object), id)) return c.NewName(name);
    target = c.NewName(name);
  }
  NodeList assigns;
  AssignAll(c, id, target, assigns);
  for (NodeId assign : assigns) {
    if (!c.HoistEffect(assign, id)) break;
  }
  return target;
}

}  // namespace

void RegisterMerging(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateStatement);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateValue);
}

}  // namespace asyncport::translate::to_py
