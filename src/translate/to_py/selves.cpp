// What `this` is in Python: `self` in methods, also in those that are put on a prototype or called through `call`; the
// name of the object where a function is put on one; the outer `self` in functions that are bound to it. A `this` that
// only a caller knows is refused. Also `const self = this;`, which Python needs not say.
// Example: `Point.prototype.len = function () { return this.x; }` -> `def len(self): return self.x`.
#include <algorithm>

#include "translate/quote.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/selves.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsArrow(Context& c, NodeId function) {
  auto expr = c.As<FunctionExpr>(function);
  return c.src().Is(function, NodeKind::kLambda) || (expr && expr.is_arrow());
}

// `X.prototype`
bool IsPrototype(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  return attribute && attribute.name() == "prototype";
}

// `X.prototype.m` and `X.prototype[Symbol.iterator]`
bool IsPrototypeMember(Context& c, NodeId id) {
  if (auto attribute = c.As<Attribute>(id)) return IsPrototype(c, attribute.object());
  auto subscript = c.As<Subscript>(id);
  return subscript && IsPrototype(c, subscript.object());
}

// Is every use of the function a call that says what `this` is, or its way onto a prototype?
bool IsAlwaysGivenThis(Context& c, NodeId function) {
  auto def = c.As<FunctionDef>(function);
  const facts::BindingId binding = def ? c.facts().BindingOf(def.name()) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).reads.empty()) return false;
  const auto& reads = c.facts().binding(binding).reads;
  return std::all_of(reads.begin(), reads.end(), [&](NodeId read) {
    const NodeId parent = c.facts().Parent(read);
    if (auto assign = c.As<Assign>(parent)) {
      return assign.value() == read && assign.targets().size() == 1 &&
             IsPrototypeMember(c, assign.targets()[0]);
    }
    auto member = c.As<Attribute>(parent);
    auto call = c.As<Call>(c.facts().Parent(parent));
    return member && member.object() == read && call && call.callee() == parent &&
           (member.name() == "call" || member.name() == "apply") && !call.args().empty() &&
           !c.facts().Only(call.args()[0], {TypeKind::kDict});
  });
}

// A name that keeps its value, or an attribute of one: what a function that is put on it may call itself by.
bool IsSteady(Context& c, NodeId object) {
  auto name = c.As<ir::Name>(object);
  if (!name) return false;
  const facts::BindingId binding = c.facts().BindingOf(object);
  return binding && !c.facts().binding(binding).reassigned;
}

// The object that a function is put on or listens to: `app.use = function () {...}`, `server.on("x", function () {...})`.
NodeId ObjectOf(Context& c, NodeId function) {
  const NodeId parent = c.facts().Parent(function);
  if (auto assign = c.As<Assign>(parent)) {
    auto target = c.As<Attribute>(assign.targets().back());
    if (target && IsSteady(c, target.object())) return target.object();
  }
  auto call = c.As<Call>(parent);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || call.callee() == function || !IsSteady(c, method.object())) return kNoNode;
  static constexpr std::string_view kListens[] = {"on", "once", "addListener", "prependListener",
                                                  "addEventListener"};
  const bool listens =
      std::find(std::begin(kListens), std::end(kListens), method.name()) != std::end(kListens);
  return listens ? method.object() : kNoNode;
}

// `(function () {...}).bind(this)`, `.call(this)`, `xs.forEach(function () {...}, this)`: the `this` around it.
bool SharesOuterThis(Context& c, NodeId function) {
  const NodeId parent = c.facts().Parent(function);
  if (auto member = c.As<Attribute>(parent)) {
    auto call = c.As<Call>(c.facts().Parent(parent));
    const bool binds =
        member.name() == "bind" || member.name() == "call" || member.name() == "apply";
    return call && call.callee() == parent && binds && !call.args().empty() &&
           c.src().Is(call.args()[0], NodeKind::kSelfRef);
  }
  auto call = c.As<Call>(parent);
  if (!call || call.args().size() != 2 || call.args()[0] != function) return false;
  static constexpr std::string_view kEach[] = {"forEach", "map",  "filter",    "some",
                                               "every",   "find", "findIndex", "flatMap"};
  const std::string_view method = c.MethodName(parent);
  return std::find(std::begin(kEach), std::end(kEach), method) != std::end(kEach) &&
         c.src().Is(call.args()[1], NodeKind::kSelfRef);
}

// `f.apply(this, args)` only hands on what nobody asks for.
bool IsHandedOn(Context& c, NodeId self) {
  auto call = c.As<Call>(c.facts().Parent(self));
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  return method && !call.args().empty() && call.args()[0] == self &&
         (method.name() == "call" || method.name() == "apply");
}

bool UsesThis(Context& c, NodeId function, NodeId id) {
  if (c.src().Is(id, NodeKind::kSelfRef) && IsHandedOn(c, id)) return false;
  if (c.src().Is(id, NodeKind::kSelfRef) && OwnerOfThis(c, id) == function) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || UsesThis(c, function, child); });
  return found;
}

// What the `this` of the function becomes: a SelfRef, another expression, or nothing that Python has.
NodeId ThisOf(Context& c, NodeId owner, NodeId id) {
  for (int depth = 0; depth < 64; ++depth) {
    if (!owner) {
      const bool known = c.facts().EnclosingClass(id) || c.is_fragment();
      return known ? c.New(make::SelfRef{}, id) : kNoNode;
    }
    const NodeId entry = c.facts().Parent(owner);
    const bool in_literal =
        c.src().Is(entry, NodeKind::kDictEntry) && IsObjectLiteral(c, c.facts().Parent(entry));
    if (c.src().Is(owner, NodeKind::kMethod) || in_literal || TakesSelf(c, owner))
      return c.New(make::SelfRef{}, id);
    if (SharesOuterThis(c, owner)) {
      owner = OwnerOfThis(c, owner);
      continue;
    }
    if (NodeId object = ObjectOf(c, owner)) {
      if (c.marks().insert("method-binding:" + std::string(c.src().text(object))).second)
        c.Say("method-binding", owner);
      return c.Expr(object);
    }
    return kNoNode;
  }
  return kNoNode;
}

std::optional<NodeId> TranslateSelf(Context& c, NodeId id) {
  const NodeId owner = OwnerOfThis(c, id);
  if (NodeId self = ThisOf(c, owner, id)) return self;
  return c.Refuse(
      id, "untranslated",
      {{"reason", owner ? "`this` of a plain function" : "`this` outside of a function"}});
}

// `const self = this;`: closures see `self` anyway, unless a method of their own lies between.
bool TranslateAlias(Context& c, NodeId id, NodeList&) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() ||
      !c.src().Is(assign.value(), NodeKind::kSelfRef))
    return false;
  if (assign.declares() == DeclKind::kNone || !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  const facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding || c.facts().binding(binding).reassigned) return false;
  const NodeId owner = OwnerOfThis(c, id);
  NodeId self = owner ? ThisOf(c, owner, assign.value()) : kNoNode;
  if (!self || !c.dst().Is(self, NodeKind::kSelfRef)) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    for (NodeId up = OwnerOfThis(c, read); up != owner; up = OwnerOfThis(c, up)) {
      const NodeId entry = c.facts().Parent(up);
      if (!up || c.src().Is(up, NodeKind::kMethod) || c.src().Is(entry, NodeKind::kDictEntry) ||
          TakesSelf(c, up))
        return false;
    }
  }
  c.Substitute(binding, self);
  c.Absorb(id);
  return true;
}

// `X.prototype.m = function () {...}` outside of the statements that make the class: a function that is put there.
bool TranslatePatch(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  auto target = c.As<Attribute>(assign.targets()[0]);
  if (!target || !IsPrototype(c, target.object())) return false;
  const NodeId owner = c.As<Attribute>(target.object()).object();
  if (!c.facts().May(owner, {TypeKind::kClass})) return false;
  const std::string resolved = c.facts().ResolvedName(owner);
  if (!resolved.empty() && c.facts().BindingOf(owner) &&
      c.facts().binding(c.facts().BindingOf(owner)).kind == facts::BindingKind::kFree)
    return false;  // Python's own classes take no methods
  NodeId value = c.Expr(assign.value());
  out.push_back(c.NewAssign(
      c.NewAttribute(c.Expr(owner), c.names().Member(target.name(), false), assign.targets()[0]),
      value, id));
  return true;
}

// `Stack.all = function () {...}` beside a method `all`: a class of Python has one place for both.
bool RefuseNamesake(Context& c, NodeId id, NodeList&) {
  auto assign = c.As<Assign>(id);
  for (NodeId place : assign.targets()) {
    auto target = c.As<Attribute>(place);
    if (!target || !c.src().Is(target.object(), NodeKind::kName)) continue;
    const facts::Type& type = c.facts().type(c.facts().TypeOf(target.object()));
    auto made = type.kind == TypeKind::kClass ? c.As<ClassDef>(type.decl) : ClassDef();
    if (!made) continue;
    const auto members = c.As<ir::Block>(made.body()).statements();
    const bool taken = std::any_of(members.begin(), members.end(), [&](NodeId member) {
      auto method = c.As<Method>(member);
      return method && !method.is_static() && method.name() == target.name();
    });
    if (!taken) continue;
    c.Refuse(id, "untranslated",
             {{"reason", "a function of the class that is called like a method"}});
    return true;
  }
  return false;
}

// `Stack.prototype.peek` -> `Stack.peek`
std::optional<NodeId> TranslatePrototypeMember(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (!IsPrototype(c, attribute.object())) return std::nullopt;
  const NodeId owner = c.As<Attribute>(attribute.object()).object();
  if (!c.facts().Only(owner, {TypeKind::kClass})) return std::nullopt;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(owner));
  if (!c.src().Is(type.decl, NodeKind::kClassDef) && !c.src().Is(type.decl, NodeKind::kClassExpr))
    return std::nullopt;
  return c.NewAttribute(c.Expr(owner), c.names().Member(attribute.name(), attribute.is_private()),
                        id);
}

}  // namespace

NodeId OwnerOfThis(Context& c, NodeId id) {
  NodeId function = c.facts().EnclosingFunction(id);
  while (function && IsArrow(c, function)) function = c.facts().EnclosingFunction(function);
  return function;
}

NodeId SelfObject(Context& c, NodeId self) {
  NodeId owner = OwnerOfThis(c, self);
  if (!owner || c.src().Is(owner, NodeKind::kMethod) || TakesSelf(c, owner)) return self;
  const NodeId entry = c.facts().Parent(owner);
  if (c.src().Is(entry, NodeKind::kDictEntry)) return self;
  NodeId object = ObjectOf(c, owner);
  return object ? object : self;
}

bool ReadsThis(Context& c, NodeId function) { return UsesThis(c, function, function); }

bool TakesSelf(Context& c, NodeId function) {
  if (auto expr = c.As<FunctionExpr>(function)) {
    auto assign = c.As<Assign>(c.facts().Parent(function));
    return !expr.is_arrow() && assign && assign.value() == function &&
           std::any_of(assign.targets().begin(), assign.targets().end(),
                       [&](NodeId target) { return IsPrototypeMember(c, target); });
  }
  return c.src().Is(function, NodeKind::kFunctionDef) && ReadsThis(c, function) &&
         IsAlwaysGivenThis(c, function);
}

void RegisterSelves(Topics& t) {
  t.Claim(NodeKind::kSelfRef, Order::kBeforeCards, &TranslateSelf);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateAlias);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &RefuseNamesake);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslatePatch);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslatePrototypeMember);
}

}  // namespace asyncport::translate::to_py
