// Property access, object literals, optional chains, delete: dict or instance, decided by facts.
// Example: `user.name` -> `user["name"]` where user is a record, `user.name` where it is an instance.
#include <unordered_set>
#include <utility>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Member names that some class of the file declares or assigns through `this`.
bool DeclaredByAClass(Context& c, std::string_view name) {
  std::string key = "class-member:" + std::string(name);
  if (!c.marks().contains("class-members")) {
    c.marks().insert("class-members");
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (auto method = c.As<Method>(id)) {
        if (!c.src().Is(c.facts().Parent(id), NodeKind::kMethodEntry)) c.marks().insert("class-member:" + std::string(method.name()));
      } else if (auto field = c.As<Field>(id)) {
        c.marks().insert("class-member:" + std::string(field.name()));
      } else if (auto assign = c.As<Assign>(id)) {
        for (NodeId target : assign.targets()) {
          auto attribute = c.As<Attribute>(target);
          if (attribute && c.src().Is(attribute.object(), NodeKind::kSelfRef)) {
            c.marks().insert("class-member:" + std::string(attribute.name()));
          }
        }
      }
    }
  }
  return c.marks().contains(key);
}

bool IsError(Context& c, NodeId object) {
  if (auto name = c.As<ir::Name>(object)) {
    facts::BindingId binding = c.facts().BindingOf(object);
    if (binding && c.facts().binding(binding).kind == facts::BindingKind::kCatch) return true;
  }
  if (auto cause = c.As<Attribute>(object); cause && cause.name() == "cause" && IsError(c, cause.object())) return true;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  return type.kind == TypeKind::kInstance && (type.name == "Error" || type.name.ends_with("Error"));
}

bool IsCallee(Context& c, NodeId id) {
  auto call = c.As<Call>(c.facts().Parent(id));
  return call && call.callee() == id;
}

// Text, lists, maps and the like, whose methods are the language's own.
bool IsBuiltinValue(Context& c, NodeId object) {
  return c.facts().Only(object, {TypeKind::kStr, TypeKind::kList, TypeKind::kTuple, TypeKind::kMap, TypeKind::kSet, TypeKind::kInt,
                                 TypeKind::kFloat, TypeKind::kBigInt, TypeKind::kBool, TypeKind::kRegex, TypeKind::kMatch, TypeKind::kDate,
                                 TypeKind::kFunction, TypeKind::kPromise, TypeKind::kIterator, TypeKind::kAsyncIterator});
}

bool IsAssigned(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  if (auto assign = c.As<Assign>(parent)) {
    for (NodeId target : assign.targets()) {
      if (target == id) return true;
    }
  }
  if (auto augmented = c.As<AugAssign>(parent)) return augmented.target() == id;
  return false;
}

// Is the value only looked at for being there: `o.k === undefined`, `o.k ?? x`, `if (o.k)`?
bool TestedForAbsence(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  if (auto binary = c.As<Binary>(parent)) {
    NodeId other = binary.left() == id ? binary.right() : binary.left();
    return c.src().Is(other, NodeKind::kNull) || c.src().Is(other, NodeKind::kUndefined);
  }
  if (auto logical = c.As<Logical>(parent)) return logical.left() == id;
  if (auto test = c.As<If>(parent)) return test.test() == id;
  if (auto conditional = c.As<Conditional>(parent)) return conditional.test() == id;
  if (auto unary = c.As<Unary>(parent)) return unary.op() == UnaryOp::kNot;
  return false;
}

// `this` in a method of an object literal is the literal: the name of the variable that holds it, empty elsewhere.
std::string LiteralOwner(Context& c, NodeId object) {
  if (!c.src().Is(object, NodeKind::kSelfRef)) return {};
  NodeId up = object;
  while (up && !c.src().Is(up, NodeKind::kMethod) && !c.src().Is(up, NodeKind::kFunctionDef)) up = c.facts().Parent(up);
  if (!up || !c.src().Is(c.facts().Parent(up), NodeKind::kMethodEntry)) return {};
  NodeId dict = c.facts().Parent(c.facts().Parent(up));
  auto assign = c.As<Assign>(c.facts().Parent(dict));
  if (!assign || assign.targets().size() != 1 || !c.src().Is(assign.targets()[0], NodeKind::kName)) return {};
  return c.TargetName(assign.targets()[0]);
}

void SayUnknownObject(Context& c, NodeId object) {
  auto name = c.As<ir::Name>(object);
  std::string key = name ? std::string(name.id()) : "an expression";
  if (c.marks().insert("object-or-dict:" + key).second) {
    c.Say("object-or-dict", object, {{"name", key}});
  }
}

NodeId ErrorProperty(Context& c, Attribute attribute, NodeId id) {
  NodeId object = c.Expr(attribute.object());
  if (attribute.name() == "message") return c.NewCall(c.NewName("str"), {object}, id);
  if (attribute.name() == "name") {
    return c.NewAttribute(c.NewCall(c.NewName("type"), {object}), "__name__", id);
  }
  if (attribute.name() == "cause") return c.NewAttribute(object, "__cause__", id);
  if (attribute.name() == "errors") return c.NewAttribute(object, "exceptions", id);
  return kNoNode;
}

std::optional<NodeId> TranslateAttribute(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  NodeId object = attribute.object();
  if (std::string owner = LiteralOwner(c, object); !owner.empty()) {
    return c.New(make::Subscript{.object = c.NewName(owner), .index = c.NewString(attribute.name())}, id);
  }
  if (attribute.is_private() || c.src().Is(object, NodeKind::kSelfRef) || c.src().Is(object, NodeKind::kSuperRef)) {
    return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), attribute.is_private()), id);
  }
  if (IsError(c, object) && !IsAssigned(c, id)) {
    if (NodeId read = ErrorProperty(c, attribute, id)) return read;
    return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), false), id);
  }
  std::string resolved = c.facts().ResolvedName(id);
  if (!resolved.empty() && resolved.find('#') == std::string::npos) {
    // A library thing that no card knows.
    facts::BindingId binding = c.facts().BindingOf(object);
    bool global = binding && c.facts().binding(binding).kind == facts::BindingKind::kFree && c.src().Is(object, NodeKind::kName);
    bool import = binding && c.facts().binding(binding).kind == facts::BindingKind::kImport;
    if (import && !c.facts().binding(binding).path.starts_with(".")) {
      return c.Refuse(id, "library-no-counterpart", {{"name", resolved}});
    }
    static const std::unordered_set<std::string_view> kGlobals = {"Promise", "Object", "Array", "Math", "JSON", "Number", "String", "Symbol", "Reflect",
                                                                  "process", "console", "globalThis", "Date", "Intl", "performance", "Buffer"};
    if (global && kGlobals.contains(c.src().text(object))) {
      return c.Refuse(id, "untranslated", {{"reason", "`" + resolved + "`"}});
    }
  }
  bool callee = IsCallee(c, id);
  if (callee && IsBuiltinValue(c, object)) {
    // A method of JavaScript's own types that no card knows: Python's types have other methods.
    return c.Refuse(id, "untranslated", {{"reason", "the method `" + std::string(attribute.name()) + "`"}});
  }
  if (attribute.name() == "length" && !callee &&
      !c.facts().Only(object, {TypeKind::kInstance, TypeKind::kDict, TypeKind::kFunction}) && !IsAssigned(c, id)) {
    return c.NewCall(c.NewName("len"), {c.Expr(object)}, id);
  }
  if (attribute.name() == "size" && !callee && c.facts().Only(object, {TypeKind::kMap, TypeKind::kSet})) {
    return c.NewCall(c.NewName("len"), {c.Expr(object)}, id);
  }
  if (attribute.name() == "name" && c.facts().Only(object, {TypeKind::kFunction, TypeKind::kClass})) {
    return c.NewAttribute(c.Expr(object), "__name__", id);
  }
  bool instance = c.facts().Only(object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kModule});
  if (!instance && !c.facts().Only(object, {TypeKind::kDict})) {
    // Unknown: a method call reads as a method; a property as data, unless a class of the file declares it.
    if (callee || DeclaredByAClass(c, attribute.name())) {
      instance = true;
      if (!callee && !c.facts().May(object, {TypeKind::kInstance})) instance = false;
    } else if (!c.is_fragment() || !c.src().Is(object, NodeKind::kName)) {
      if (c.facts().KindOf(object) == TypeKind::kUnknown) SayUnknownObject(c, object);
    } else {
      SayUnknownObject(c, object);
    }
  }
  if (instance) return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), false), id);
  NodeId key = c.NewString(attribute.name());
  if (!callee && !IsAssigned(c, id) && TestedForAbsence(c, id)) {
    return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {key}, id);
  }
  if (attribute.is_optional()) return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {key}, id);
  return c.New(make::Subscript{.object = c.Expr(object), .index = key}, id);
}

std::optional<NodeId> TranslateSubscript(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  NodeId object = subscript.object();
  if (!IsAssigned(c, id) && c.facts().Only(object, {TypeKind::kDict}) && TestedForAbsence(c, id)) {
    return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {c.Expr(subscript.index())}, id);
  }
  if (!IsAssigned(c, id) && c.facts().Only(object, {TypeKind::kList, TypeKind::kStr, TypeKind::kTuple})) {
    // `xs[xs.length - 1]` -> `xs[-1]`
    auto minus = c.As<Binary>(subscript.index());
    if (minus && minus.op() == BinaryOp::kSub) {
      auto length = c.As<Attribute>(minus.left());
      if (length && length.name() == "length" && SameTree(c.src(), length.object(), c.src(), object) && c.src().Is(minus.right(), NodeKind::kNumber)) {
        NodeId negative = c.New(make::Unary{.operand = c.Expr(minus.right()), .op = UnaryOp::kNeg}, subscript.index());
        return c.New(make::Subscript{.object = c.Expr(object), .index = negative}, id);
      }
    }
  }
  return std::nullopt;
}

std::optional<NodeId> TranslateDict(Context& c, NodeId id) {
  auto dict = c.As<Dict>(id);
  NodeList entries;
  for (NodeId e : dict.entries()) {
    if (auto entry = c.As<MethodEntry>(e)) {
      auto method = c.As<Method>(entry.method());
      if (method.kind() != MethodKind::kMethod || method.computed_key()) {
        return c.Refuse(id, "no-proxy", {{"what", "a getter or setter in an object literal"}});
      }
      std::string name = c.names().Fresh(c.names().Convert(method.name()));
      c.HoistDefinition(Define(c, entry.method(), name, e));
      entries.push_back(c.New(make::DictEntry{.key = c.NewString(method.name()), .value = c.NewName(name)}, e));
      continue;
    }
    if (auto entry = c.As<DictEntry>(e)) {
      NodeId key = entry.key();
      NodeId target_key;
      if (auto number = c.As<Number>(key)) {
        target_key = c.New(make::Number{.text = number.text(), .kind = number.kind()}, key);
        c.SayOnce("key-type", key);
      } else {
        target_key = c.Expr(key);
      }
      entries.push_back(c.New(make::DictEntry{.key = target_key, .value = c.Expr(entry.value())}, e));
      continue;
    }
    entries.push_back(c.Expr(e));
  }
  return c.New(make::Dict{.entries = std::move(entries), .was_multiline = dict.was_multiline()}, id);
}

// `a?.b.c` -> `a["b"]["c"] if a is not None else None`: what stands before `?.` is tested once, so it must be simple;
// anything else is bound to a name first.
std::optional<NodeId> TranslateOptionalChain(Context& c, NodeId id) {
  NodeId value = c.As<OptionalChain>(id).value();
  NodeId base;  // what stands before the innermost `?.`
  for (NodeId node = value; node;) {
    NodeId object;
    bool optional = false;
    if (auto attribute = c.As<Attribute>(node)) {
      object = attribute.object();
      optional = attribute.is_optional();
    } else if (auto subscript = c.As<Subscript>(node)) {
      object = subscript.object();
      optional = subscript.is_optional();
    } else if (auto call = c.As<Call>(node)) {
      object = call.callee();
      optional = call.is_optional();
    }
    if (optional) base = object;
    node = object;
  }
  if (!base) return c.Expr(value);
  if (!c.IsPure(base)) return c.Refuse(id, "untranslated", {{"reason", "an optional chain on a computed value"}});
  NodeId test = c.New(make::Binary{.left = c.Expr(base), .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, {});
  NodeId rest = c.Guarded([&] { return c.Expr(value); });
  return c.New(make::Conditional{.test = test, .then_value = rest, .else_value = c.New(make::Null{}, {})}, id);
}

// `delete o.k;`
bool TranslateDelete(Context& c, NodeId id, NodeList& out) {
  auto unary = c.As<Unary>(c.As<ExprStmt>(id).value());
  if (!unary || unary.op() != UnaryOp::kDelete) return false;
  NodeId target = c.Expr(unary.operand());
  auto item = ir::As<Subscript>(c.dst(), target);
  if (!item) {
    out.push_back(c.New(make::Delete{.targets = {target}}, id));
    return true;
  }
  NodeId pop = c.NewCall(c.NewAttribute(item.object(), "pop"), {item.index(), c.New(make::Null{}, {})});
  out.push_back(c.NewExprStmt(pop, id));
  return true;
}

std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  std::string_view text = c.src().text(id);
  if (NodeId substitute = binding ? c.SubstituteOf(binding) : kNoNode) return substitute;
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kImport) {
    const std::string& path = c.facts().binding(binding).path;
    if (!path.starts_with(".")) return c.Refuse(id, "library-no-counterpart", {{"name", path}});
  }
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kFree) {
    if (text == "NaN") return c.Library("math.nan", id);
    if (text == "Infinity") return c.Library("math.inf", id);
    if (text == "undefined") return c.New(make::Null{}, id);
    if (text == "__dirname") return c.NewAttribute(c.NewCall(c.Library("pathlib:Path"), {c.NewName("__file__")}), "parent", id);
    static constexpr std::pair<std::string_view, std::string_view> kErrors[] = {
        {"Error", "Exception"}, {"TypeError", "TypeError"}, {"RangeError", "ValueError"}, {"SyntaxError", "ValueError"},
        {"ReferenceError", "NameError"}, {"AggregateError", "ExceptionGroup"}};
    for (auto [js, py] : kErrors) {
      if (text == js && c.facts().ResolvedName(id) == js) return c.NewName(py, id);
    }
  }
  return c.NewName(c.TargetName(id), id);
}

std::optional<NodeId> TranslateUndefined(Context& c, NodeId id) { return c.New(make::Null{}, id); }

// `new C(a)` -> `C(a)`.
std::optional<NodeId> TranslateNew(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  std::string name = c.facts().ResolvedName(made.callee());
  if (!name.empty() && !c.facts().CalleeDefinition(id) && name.find('#') == std::string::npos) {
    return c.Refuse(id, "untranslated", {{"reason", "`new " + name + "`"}});
  }
  return c.NewCall(c.Expr(made.callee()), c.Exprs(made.args()), id);
}

// Calls of functions whose last parameter became keywords: `f(x, { role: "a" })` -> `f(x, role="a")`. Trailing
// `undefined` arguments take the default.
std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  NodeId function = c.facts().CalleeDefinition(id);
  if (!function || c.src().Is(function, NodeKind::kClassDef)) return std::nullopt;
  if (!TakesKeywords(c, function)) return std::nullopt;
  auto params = c.As<FunctionDef>(function) ? c.As<FunctionDef>(function).params()
                : c.As<FunctionExpr>(function) ? c.As<FunctionExpr>(function).params() : c.As<Lambda>(function).params();
  if (call.args().size() != params.size()) return std::nullopt;
  NodeList args;
  for (std::size_t i = 0; i + 1 < call.args().size(); ++i) args.push_back(c.Expr(call.args()[i]));
  for (NodeId e : c.As<Dict>(call.args().back()).entries()) {
    auto entry = c.As<DictEntry>(e);
    std::string name;
    for (NodeId p : c.As<ObjectPattern>(c.As<Param>(params.back()).target()).properties()) {
      auto property = c.As<PropertyPattern>(p);
      if (c.src().text(property.key()) != c.src().text(entry.key())) continue;
      auto with_default = c.As<DefaultPattern>(property.target());
      name = c.TargetName(with_default ? with_default.target() : property.target());
    }
    if (name.empty()) continue;  // a property that the function never reads
    args.push_back(c.NewKeyword(name, c.Expr(entry.value()), e));
  }
  return c.NewCall(c.Expr(call.callee()), std::move(args), id);
}

}  // namespace

bool IsDictLike(Context& c, NodeId object) {
  return !c.facts().Only(object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kModule, TypeKind::kList}) &&
         !c.src().Is(object, NodeKind::kSelfRef);
}

void RegisterObjects(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kAfterCards, &TranslateAttribute);
  t.Claim(NodeKind::kSubscript, Order::kAfterCards, &TranslateSubscript);
  t.Claim(NodeKind::kDict, Order::kAfterCards, &TranslateDict);
  t.Claim(NodeKind::kOptionalChain, Order::kAfterCards, &TranslateOptionalChain);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateDelete);
  t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateName);
  t.Claim(NodeKind::kUndefined, Order::kAfterCards, &TranslateUndefined);
  t.Claim(NodeKind::kNew, Order::kAfterCards, &TranslateNew);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateCall);
}

}  // namespace asyncport::translate::to_py
