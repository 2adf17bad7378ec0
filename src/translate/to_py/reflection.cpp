// Objects looked at as tables of their properties: Object.keys and its kin of instances, hasOwnProperty, spreads of
// instances, Object.create of a prototype, Object.defineProperty with a plain value. Of dicts these are cards.
// Example: `Object.entries(user)` of an instance -> `vars(user).items()`.
#include <algorithm>
#include <string>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/tables.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Are the instance variables of a class of the file properties in JavaScript too?
enum class Fields : std::uint8_t { kUnknown, kOpen, kSomePrivate };

Fields FieldsOf(Context& c, NodeId owner) {
  Fields result = Fields::kOpen;
  bool underscore = false;  // `_x`, which is a property like any other
  for (int depth = 0; depth < 16; ++depth) {
    auto def = c.As<ClassDef>(owner);
    if (!def) return Fields::kUnknown;
    for (NodeId member : c.As<ir::Block>(def.body()).statements()) {
      auto field = c.As<Field>(member);
      if (!field || field.is_static()) continue;
      if (field.is_private()) result = Fields::kSomePrivate;
      underscore = underscore || (!field.is_private() && field.name().starts_with("_"));
    }
    if (def.bases().empty()) {
      return result == Fields::kSomePrivate && underscore ? Fields::kUnknown : result;
    }
    const facts::Type& base = c.facts().type(c.facts().TypeOf(def.bases()[0]));
    if (base.kind != TypeKind::kClass) return Fields::kUnknown;
    owner = base.decl;
  }
  return Fields::kUnknown;
}

Fields FieldsOfInstance(Context& c, NodeId object) {
  if (c.src().Is(object, NodeKind::kSelfRef)) {
    const NodeId owner = c.facts().EnclosingClass(object);
    return owner ? FieldsOf(c, owner) : Fields::kUnknown;
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  return type.kind == TypeKind::kInstance ? FieldsOf(c, type.decl) : Fields::kUnknown;
}

bool IsOpenInstance(Context& c, NodeId object) {
  return FieldsOfInstance(c, object) != Fields::kUnknown;
}

// `vars(user)`; names in it follow Python's letter case.
NodeId Variables(Context& c, NodeId object, NodeId origin) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  for (const auto& [name, field] : type.fields) {
    if (c.names().Member(name, false) != name) {
      c.SayOnce("dynamic-attribute", origin);
      break;
    }
  }
  NodeId all = c.NewCall(c.NewName("vars"), {c.Expr(object)}, origin);
  if (FieldsOfInstance(c, object) != Fields::kSomePrivate) return all;
  return Quote(c, "{k: v for k, v in $ALL.items() if not k.startswith(\"_\")}", {{"ALL", all}}, origin);
}

std::optional<NodeId> TranslateTable(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (call.args().size() != 1) return std::nullopt;
  const bool keys = c.IsCallTo(id, "Object.keys") || c.IsCallTo(id, "Object.getOwnPropertyNames");
  const bool values = c.IsCallTo(id, "Object.values");
  if (!keys && !values && !c.IsCallTo(id, "Object.entries")) return std::nullopt;
  if (!IsOpenInstance(c, call.args()[0])) {
    if (c.facts().KindOf(call.args()[0]) == TypeKind::kUnknown)
      SayUnknownObject(c, call.args()[0]);
    return std::nullopt;
  }
  NodeId table = Variables(c, call.args()[0], id);
  if (!keys) table = c.NewCall(c.NewAttribute(table, values ? "values" : "items"), {}, id);
  auto loop = c.As<ForEach>(c.facts().Parent(id));
  if (loop && loop.iterable() == id) return table;
  return c.NewCall(c.NewName("list"), {table}, id);
}

// `user.hasOwnProperty(key)`, `Object.hasOwn(user, key)`
std::optional<NodeId> TranslateHasOwn(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  NodeId object;
  NodeId key;
  if (c.MethodName(id) == "hasOwnProperty" && call.args().size() == 1) {
    object = c.As<Attribute>(call.callee()).object();
    key = call.args()[0];
  } else if (c.IsCallTo(id, "Object.hasOwn") && call.args().size() == 2) {
    object = call.args()[0];
    key = call.args()[1];
  }
  if (!object) return std::nullopt;
  const bool is_unknown = c.facts().KindOf(object) == facts::TypeKind::kUnknown;
  const bool own = c.IsCallTo(id, "Object.hasOwn");
  const auto plain = {facts::TypeKind::kDict, facts::TypeKind::kNull, facts::TypeKind::kUndefined};
  if (own && (is_unknown || c.facts().Only(object, plain))) {
    if (is_unknown) SayUnknownObject(c, object);
    NodeId text = c.Expr(key);
    return c.New(make::Binary{.left = text, .right = c.Expr(object), .op = BinaryOp::kIn}, id);
  }
  if (!IsOpenInstance(c, object)) return std::nullopt;
  auto text = c.As<String>(key);
  NodeId name = text ? c.NewString(c.names().Member(text.value(), false), key) : c.Expr(key);
  NodeId table = text ? c.NewCall(c.NewName("vars"), {c.Expr(object)}) : Variables(c, object, id);
  return c.New(make::Binary{.left = name, .right = table, .op = BinaryOp::kIn}, id);
}

// `{ ...user }`
std::optional<NodeId> TranslateSpread(Context& c, NodeId id) {
  if (!c.src().Is(c.facts().Parent(id), NodeKind::kDict)) return std::nullopt;
  NodeId value = c.As<Spread>(id).value();
  if (!IsOpenInstance(c, value)) return std::nullopt;
  return c.New(make::Spread{.value = Variables(c, value, id)}, id);
}

// `Object.assign({}, user, { age: 3 })` of instances -> `{**vars(user), "age": 3}`
std::optional<NodeId> TranslateCopy(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Object.assign")) return std::nullopt;
  auto args = c.As<Call>(id).args();
  auto first = args.empty() ? Dict() : c.As<Dict>(args[0]);
  const bool any =
      std::any_of(args.begin(), args.end(), [&](NodeId arg) { return IsOpenInstance(c, arg); });
  if (!first || !any) return std::nullopt;
  NodeList entries = c.Exprs(first.entries());
  for (NodeId arg : args.subspan(1)) {
    if (c.src().Is(arg, NodeKind::kSpread)) return std::nullopt;
    if (auto literal = c.As<Dict>(arg)) {
      NodeList own = c.Exprs(literal.entries());
      entries.insert(entries.end(), own.begin(), own.end());
    } else {
      NodeId table = IsOpenInstance(c, arg) ? Variables(c, arg, arg) : c.Expr(arg);
      entries.push_back(c.New(make::Spread{.value = table}, arg));
    }
  }
  return c.New(make::Dict{.entries = std::move(entries)}, id);
}

// `Object.create(Shape.prototype)`: an instance whose constructor did not run.
std::optional<NodeId> TranslateCreate(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Object.create") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  auto prototype = c.As<Attribute>(c.As<Call>(id).args()[0]);
  if (!prototype || prototype.name() != "prototype") return std::nullopt;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(prototype.object()));
  if (type.kind != TypeKind::kClass || !c.src().Is(type.decl, NodeKind::kClassDef))
    return std::nullopt;
  NodeId owner = c.Expr(prototype.object());
  return c.NewCall(c.NewAttribute(owner, "__new__"), {owner}, id);
}

// `Object.defineProperty(o, "k", { value: v, enumerable: true });`. A property that does not show up in loops is one that
// Python's objects have as well, its dicts have not.
bool TranslateDefine(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.IsCallTo(value, "Object.defineProperty")) return false;
  auto args = c.As<Call>(value).args();
  auto key = args.size() == 3 ? c.As<String>(args[1]) : String();
  auto descriptor = args.size() == 3 ? c.As<Dict>(args[2]) : Dict();
  if (!key || !descriptor) return false;
  NodeId given;
  bool shows = false;
  for (NodeId e : descriptor.entries()) {
    auto entry = c.As<DictEntry>(e);
    auto word = entry ? c.As<String>(entry.key()) : String();
    if (!word || word.value() == "get" || word.value() == "set") return false;
    if (word.value() == "value") given = entry.value();
    auto flag = c.As<Bool>(entry.value());
    if (word.value() == "enumerable" && flag) shows = flag.value();
  }
  const bool on_object =
      c.src().Is(args[0], NodeKind::kSelfRef) ||
      c.facts().Only(args[0], {TypeKind::kInstance, TypeKind::kClass, TypeKind::kFunction});
  const bool on_dict = shows && c.facts().Only(args[0], {TypeKind::kDict});
  if (!given || (!on_object && !on_dict)) return false;
  NodeId object = c.Expr(args[0]);
  NodeId place = on_object
                     ? c.NewAttribute(object, c.names().Member(key.value(), false), args[1])
                     : c.New(make::Subscript{.object = object, .index = c.Expr(args[1])}, args[1]);
  c.SayOnce("freeze-is-convention", id);
  out.push_back(c.NewAssign(place, c.Expr(given), id));
  return true;
}

// What an expression inside of another one deletes: the statement would have to run in the middle of it.
std::optional<NodeId> RefuseDelete(Context& c, NodeId id) {
  if (c.As<Unary>(id).op() != UnaryOp::kDelete) return std::nullopt;
  return c.Refuse(id, "untranslated", {{"reason", "`delete` inside of an expression"}});
}

// `Array(n)`, `new Array(n)`: as many items as said, none of them set.
std::optional<NodeId> TranslateArray(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  auto call = c.As<Call>(id);
  if (c.facts().ResolvedName(made ? made.callee() : call.callee()) != "Array") return std::nullopt;
  auto args = made ? made.args() : call.args();
  const bool sized = args.size() == 1 && !c.src().Is(args[0], NodeKind::kSpread) &&
                     (c.facts().Only(args[0], {TypeKind::kInt, TypeKind::kFloat}) ||
                      c.facts().KindOf(args[0]) == TypeKind::kUnknown);
  if (!sized) {
    if (args.size() == 1) return std::nullopt;
    return c.New(make::List{.elements = c.Exprs(args)}, id);
  }
  NodeId nothing = c.New(make::List{.elements = {c.New(make::Null{}, {})}}, {});
  return c.New(make::Binary{.left = nothing, .right = c.Expr(args[0]), .op = BinaryOp::kMul}, id);
}

// `Symbol("x")` is equal to nothing else.
std::optional<NodeId> TranslateSymbol(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Symbol") || c.As<Call>(id).args().size() > 1) return std::nullopt;
  return c.NewCall(c.NewName("object"), {}, id);
}

// `delete a?.b;`: nothing where there is no `a`.
bool TranslateOptionalDelete(Context& c, NodeId id, NodeList& out) {
  auto unary = c.As<Unary>(c.As<ExprStmt>(id).value());
  if (!unary || unary.op() != UnaryOp::kDelete) return false;
  auto chain = c.As<OptionalChain>(unary.operand());
  if (!chain) return false;
  auto member = c.As<Attribute>(chain.value());
  auto item = c.As<Subscript>(chain.value());
  const bool is_last = member ? member.is_optional() : item && item.is_optional();
  const NodeId object = member ? member.object() : item ? item.object() : kNoNode;
  if (!is_last || !c.IsPure(object) || !c.facts().May(object, {TypeKind::kDict}) ||
      (member && member.is_private())) {
    c.Refuse(id, "untranslated", {{"reason", "`delete` in an optional chain"}});
    return true;
  }
  NodeId target = c.Expr(object);
  NodeId test = c.New(
      make::Binary{.left = target, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, {});
  NodeId key = member ? c.NewString(member.name()) : c.Expr(item.index());
  NodeId pop = c.NewCall(c.NewAttribute(target, "pop"), {key, c.New(make::Null{}, {})});
  out.push_back(c.New(make::If{.test = test, .body = c.NewBlock({c.NewExprStmt(pop)})}, id));
  return true;
}

}  // namespace

void RegisterReflection(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTable);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateHasOwn);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCopy);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCreate);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSymbol);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &RefuseDelete);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateArray);
  t.Claim(NodeKind::kNew, Order::kAfterCards, &TranslateArray);
  t.Claim(NodeKind::kSpread, Order::kBeforeCards, &TranslateSpread);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateDefine);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateOptionalDelete);
}

}  // namespace asyncport::translate::to_py
