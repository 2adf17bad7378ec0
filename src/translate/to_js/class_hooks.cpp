// What Python asks a class to do by itself: `__getattr__` for missing attributes, descriptors that stand for an attribute,
// `__init_subclass__` when a class is derived.
// Example: `price = Positive()` with a `__set__` -> `set price(value) { Order.descriptors.price.set(this, value); }`.
#include <utility>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

void AddMissingAttributeHook(Context& c, NodeId class_def, NodeList& members) {
  NodeId hook;
  for (NodeId member : MembersOf(c, class_def)) {
    auto method = c.As<Method>(member);
    if (method && method.name() == "__getattr__") hook = member;
  }
  if (!hook || c.WasRefused(hook)) return;
  c.Say("dynamic-attribute", hook);
  NodeList statements;
  JsStatements(c, R"(return new Proxy(this, {
    get: (target, name, proxy) =>
      typeof name === "symbol" || name in target || name === "then"
        ? Reflect.get(target, name, proxy)
        : target.getMissing(name),
  });)",
               {}, {}, statements);
  for (NodeId member : members) {
    auto method = ir::As<Method>(c.dst(), member);
    if (!method || method.kind() != MethodKind::kConstructor) continue;
    NodeList body = ir::As<ir::Block>(c.dst(), method.body())
                        ? NodeList(ir::Block(c.dst(), method.body()).statements().begin(),
                                   ir::Block(c.dst(), method.body()).statements().end())
                        : NodeList{};
    body.insert(body.end(), statements.begin(), statements.end());
    NodeList params(method.params().begin(), method.params().end());
    NodeId origin = c.dst().origin(member);
    NodeId block = c.New(make::Block{.statements = std::move(body)}, c.dst().origin(method.body()));
    NodeId made = c.New(make::Method{.params = std::move(params),
                                     .docstring = method.docstring(),
                                     .body = block,
                                     .kind = MethodKind::kConstructor},
                        origin);
    for (NodeId& place : members) {
      if (place == member) place = made;
    }
    return;
  }
  if (!LeftBases(c, class_def).empty()) {
    NodeId rest = c.New(make::Spread{.value = c.NewName("args")}, {});
    statements.insert(statements.begin(),
                      c.NewExprStmt(c.New(make::SuperCall{.args = {rest}}, {})));
    NodeId param = c.New(make::Param{.target = c.NewName("args"), .kind = ParamKind::kRest}, {});
    members.insert(members.begin(),
                   NewMethod(c, "", {param}, std::move(statements), MethodKind::kConstructor));
    return;
  }
  members.insert(members.begin(),
                 NewMethod(c, "", {}, std::move(statements), MethodKind::kConstructor));
}

bool TranslateDescriptor(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  auto field = c.As<Field>(id);
  NodeId type = ClassOf(c, field.value());
  if (!type) return false;
  bool reads = FindMethod(c, type, "__get__") != kNoNode;
  bool writes = FindMethod(c, type, "__set__") != kNoNode;
  if (!reads && !writes) return false;
  if (!reads) {
    // Without `__get__`, the instance's own attribute of that name is read.
    c.Refuse(id, "untranslated", {{"reason", "a descriptor without `__get__`"}});
    return true;
  }
  std::string name = c.names().Member(field.name(), false);
  std::string kept = name + "Descriptor";
  NodeId owner = c.NewName(c.TargetName(c.As<ClassDef>(class_def).name()));
  auto descriptor = [&] { return c.NewAttribute(CopyTarget(c, owner), kept); };
  auto self = [&] { return c.New(make::SelfRef{}, {}); };
  members.push_back(
      c.New(make::Field{.value = c.Expr(field.value()), .name = kept, .is_static = true}, id));
  if (FindMethod(c, type, "__set_name__")) {
    NodeId tell =
        Js(c, "$D.setName($C, $N)",
           {{"D", c.NewAttribute(self(), kept)}, {"C", self()}, {"N", c.NewString(field.name())}});
    members.push_back(NewStaticBlock(c, {c.NewExprStmt(tell)}));
  }
  NodeId read =
      Js(c, "$D.get($S, $C)", {{"D", descriptor()}, {"S", self()}, {"C", CopyTarget(c, owner)}});
  members.push_back(
      NewMethod(c, name, {}, {c.New(make::Return{.value = read}, {})}, MethodKind::kGetter));
  if (writes) {
    NodeId write = Js(c, "$D.set($S, value)", {{"D", descriptor()}, {"S", self()}});
    members.push_back(NewMethod(c, name, {NewParam(c, c.NewName("value"))}, {c.NewExprStmt(write)},
                                MethodKind::kSetter));
  }
  return true;
}

void AddSubclassHook(Context& c, NodeId class_def, NodeList& out) {
  NodeId base = BaseInFile(c, class_def);
  NodeId hook = base ? FindMethod(c, base, "__init_subclass__") : kNoNode;
  if (!hook) return;
  NodeList entries;
  for (NodeId b : c.As<ClassDef>(class_def).bases()) {
    auto keyword = c.As<Keyword>(b);
    if (!keyword || keyword.name() == "metaclass") continue;
    entries.push_back(
        c.New(make::DictEntry{.key = c.NewString(c.names().Member(keyword.name(), false)),
                              .value = c.Expr(keyword.value())},
              b));
  }
  NodeList args;
  auto method = c.As<Method>(hook);
  // Keywords of the class statement, by name or by position as the hook takes them.
  for (NodeId p : method.params()) {
    auto param = c.As<Param>(p);
    if (param.kind() != ParamKind::kPlain || !c.src().Is(param.target(), NodeKind::kName)) continue;
    std::string wanted = c.names().Member(c.src().text(param.target()), false);
    NodeId value;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto entry = ir::As<DictEntry>(c.dst(), entries[i]);
      if (c.dst().text(entry.key()) != wanted) continue;
      value = entry.value();
      entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
    args.push_back(value ? value : c.New(make::Undefined{}, {}));
  }
  while (!args.empty() && c.dst().Is(args.back(), NodeKind::kUndefined) && entries.empty())
    args.pop_back();
  if (!entries.empty()) args.push_back(c.New(make::Dict{.entries = std::move(entries)}, {}));
  NodeId name = c.NewName(c.TargetName(c.As<ClassDef>(class_def).name()));
  out.push_back(c.NewExprStmt(c.NewCall(c.NewAttribute(name, "initSubclass"), std::move(args))));
}

namespace {
// `super().__init_subclass__(**kwargs)` where nobody above has one says nothing; nor does `super().__init__()` in a class
// that extends nothing here.
bool DropHookCall(Context& c, NodeId id, NodeList&) {
  if (c.src().Is(c.As<ExprStmt>(id).value(), NodeKind::kSuperCall)) {
    NodeId owner = c.facts().EnclosingClass(id);
    if (!owner || IsMixin(c, owner) || !LeftBases(c, owner).empty()) return false;
    c.Absorb(id);
    return true;
  }
  auto call = c.As<Call>(c.As<ExprStmt>(id).value());
  auto callee = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!callee || !c.src().Is(callee.object(), NodeKind::kSuperRef)) return false;
  if (callee.name() != "__init_subclass__" && callee.name() != "__set_name__") return false;
  NodeId base = BaseInFile(c, c.facts().EnclosingClass(id));
  if (base && FindMethod(c, base, callee.name())) return false;
  c.Absorb(id);
  return true;
}
}  // namespace

void RegisterClassHooks(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &DropHookCall);
}

}  // namespace asyncport::translate::to_js
