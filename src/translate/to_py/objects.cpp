// Properties by name, delete, spreads of records: dict or instance, decided by facts. Computed
// keys: subscripts.cpp.
// Example: `user.name` -> `user["name"]` where user is a record, `user.name` where it is an
// instance.
#include "translate/to_py/objects.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "facts/contents.h"
#include "translate/to_py/absence.h"
#include "translate/to_py/selves.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/tables.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

bool IsCallee(Context& c, NodeId id) {
  auto call = c.As<Call>(c.facts().Parent(id));
  return call && call.callee() == id && !call.is_optional();
}

bool Receives(Context& c, NodeId object, std::initializer_list<TypeKind> kinds) {
  std::vector<TypeKind> all(kinds);
  if (!c.facts().May(object, kinds)) return false;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  auto fits = [&](TypeKind kind) {
    return kind == TypeKind::kNull || kind == TypeKind::kUndefined ||
           std::find(all.begin(), all.end(), kind) != all.end();
  };
  if (type.kind != TypeKind::kUnion) return fits(type.kind);
  return std::all_of(type.members.begin(), type.members.end(),
                     [&](facts::TypeId m) { return fits(c.facts().type(m).kind); });
}

bool IsAssigned(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  if (auto assign = c.As<Assign>(parent)) {
    for (NodeId target : assign.targets()) {
      if (target == id) return true;
    }
  }
  if (auto augmented = c.As<AugAssign>(parent)) return augmented.target() == id;
  if (auto assign = c.As<AssignExpr>(parent)) return assign.target() == id;
  if (auto assign = c.As<LogicalAssign>(parent)) return assign.target() == id;
  if (auto update = c.As<Update>(parent)) return update.target() == id;
  return false;
}

NodeId ComparedLookUp(Context& c, NodeId id, NodeId object, NodeId key, bool may_lack) {
  auto binary = c.As<Binary>(c.facts().Parent(id));
  if (!may_lack || !binary) return kNoNode;
  bool left = binary.left() == id;
  NodeId other = left ? binary.right() : binary.left();
  bool greater = binary.op() == BinaryOp::kGt || binary.op() == BinaryOp::kGe;
  bool less = binary.op() == BinaryOp::kLt || binary.op() == BinaryOp::kLe;
  if (!greater && !less) return kNoNode;
  if (!c.facts().Only(id, {TypeKind::kInt, TypeKind::kFloat, TypeKind::kUndefined})) return kNoNode;
  bool below = greater == left;  // a value below everything makes it false
  auto number = c.As<Number>(other);
  bool zero =
      below && number &&
      (binary.op() == BinaryOp::kGt || binary.op() == BinaryOp::kLt || number.text() != "0");
  NodeId fallback = zero ? c.NewInt(0) : c.Library("math.inf");
  if (below && !zero) fallback = c.New(make::Unary{.operand = fallback, .op = UnaryOp::kNeg}, {});
  if (!key) key = c.Expr(c.As<Subscript>(id).index());
  return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {key, fallback}, id);
}

namespace {

// `X.created` where the class (or one it extends) has `static get created()`.
bool IsStaticGetter(Context& c, NodeId object, std::string_view name, bool is_private) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  NodeId owner = type.kind == TypeKind::kClass ? type.decl : kNoNode;
  for (int depth = 0; owner && depth < 16; ++depth) {
    auto def = c.As<ClassDef>(owner);
    auto expr = c.As<ClassExpr>(owner);
    if (!def && !expr) return false;
    for (NodeId member : c.As<ir::Block>(def ? def.body() : expr.body()).statements()) {
      auto method = c.As<Method>(member);
      if (method && method.is_static() && method.name() == name &&
          method.is_private() == is_private)
        return method.kind() == MethodKind::kGetter;
    }
    auto bases = def ? def.bases() : expr.bases();
    if (bases.empty()) return false;
    const facts::Type& base = c.facts().type(c.facts().TypeOf(bases[0]));
    owner = base.kind == TypeKind::kClass ? base.decl : kNoNode;
  }
  return false;
}

// Members that some class of the file sets by itself; an error's `name` is that of its class wherever it is set.
struct OwnMembers {
  explicit OwnMembers(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      const bool sets = attribute && c.src().Is(attribute.object(), NodeKind::kSelfRef) &&
                        IsAssigned(c, NodeId{i});
      if (sets && attribute.name() != "name") written.insert(std::string(attribute.name()));
      if (auto method = c.As<Method>(NodeId{i})) written.insert(std::string(method.name()));
    }
  }
  std::unordered_set<std::string> written;
};

// Text, lists, maps and the like, whose methods are the language's own.
bool IsBuiltinValue(Context& c, NodeId object) {
  return Receives(
      c, object,
      {TypeKind::kStr, TypeKind::kList, TypeKind::kTuple, TypeKind::kMap, TypeKind::kSet,
       TypeKind::kInt, TypeKind::kFloat, TypeKind::kBigInt, TypeKind::kBool, TypeKind::kRegex,
       TypeKind::kMatch, TypeKind::kDate, TypeKind::kFunction, TypeKind::kPromise,
       TypeKind::kIterator, TypeKind::kAsyncIterator});
}

// Can the error be an AggregateError: the file makes them, and nothing says that this is another?
bool MayBeGroup(Context& c, NodeId object) {
  if (HasOwnAggregate(c)) return false;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  if (!type.name.empty() && type.name != "Error" && type.name != "AggregateError") return false;
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    const facts::Binding& b = c.facts().binding({i});
    bool read = b.kind == facts::BindingKind::kFree && !b.reads.empty();
    if (read && c.src().text(b.reads.front()) == "AggregateError") return true;
  }
  return false;
}

bool IsNameOfOptions(std::string_view name) {
  static const std::unordered_set<std::string_view> kBags = {
      "options", "opts", "config", "settings", "params",
      "props",   "init", "env",    "headers",  "query"};
  return kBags.contains(name);
}

// The object literals of the file that are written out, spreads aside.
struct Literals {
  struct One {
    std::unordered_set<std::string_view> keys;
    bool spreads = false;
  };
  explicit Literals(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto dict = c.As<Dict>(NodeId{i});
      if (!dict || dict.entries().empty()) continue;
      One one;
      for (NodeId e : dict.entries()) {
        auto entry = c.As<DictEntry>(e);
        if (entry && c.src().Is(entry.key(), NodeKind::kString))
          one.keys.insert(c.src().text(entry.key()));
        one.spreads = one.spreads || c.src().Is(e, NodeKind::kSpread);
      }
      all.push_back(std::move(one));
    }
  }
  std::vector<One> all;
};

// Have all literals that such objects can come from the property?
bool EveryLiteralHas(Context& c, NodeId object, std::string_view name) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  if (type.kind != TypeKind::kDict || type.fields.empty()) return false;
  bool found = false;
  for (const Literals::One& one : c.State<Literals>().all) {
    const bool alike = std::any_of(type.fields.begin(), type.fields.end(), [&](const auto& field) {
      return field.first != name && one.keys.contains(field.first);
    });
    if (alike && (one.spreads || !one.keys.contains(name))) return false;
    found = found || alike;
  }
  return found;
}

// Does a `?.`, `??` or `||` ask whether there is such a value?
bool IsStepOfChain(Context& c, NodeId id) {
  const NodeId parent = c.facts().Parent(id);
  if (auto either = c.As<Logical>(parent))
    return either.left() == id && either.op() != LogicalOp::kAnd;
  if (auto attribute = c.As<Attribute>(parent)) return attribute.is_optional() && attribute.object() == id;
  if (auto item = c.As<Subscript>(parent)) return item.is_optional() && item.object() == id;
  return false;
}

// `options.strict === false`: an option that is not given is not false. Others that something unknown is asked for may
// be missing as well where it is called so.
bool IsOptionTest(Context& c, NodeId id, NodeId object) {
  auto binary = c.As<Binary>(c.facts().Parent(id));
  if (!binary || (binary.op() != BinaryOp::kStrictEq && binary.op() != BinaryOp::kStrictNe))
    return false;
  const NodeId other = binary.left() == id ? binary.right() : binary.left();
  if (c.src().Is(other, NodeKind::kBool)) return true;
  auto last = c.As<Attribute>(object);
  std::string_view name = last                                  ? last.name()
                          : c.src().Is(object, NodeKind::kName) ? c.src().text(object)
                                                                : std::string_view();
  const bool literal = c.src().Is(other, NodeKind::kString) || c.src().Is(other, NodeKind::kNumber);
  return literal && IsNameOfOptions(name);
}

// Does some call of the file give the parameter a dict or JSON's data, and none an instance?
bool IsGivenData(Context& c, facts::BindingId id) {
  const facts::Binding& binding = c.facts().binding(id);
  if (binding.kind != facts::BindingKind::kParam) return false;
  const NodeId param = c.facts().Parent(binding.declaration);
  const NodeId function = c.facts().Parent(param);
  const CallSites::Calls* calls = c.State<CallSites>().Of(function);
  if (!calls || calls->spread) return false;
  const auto params = FunctionParams(c, function);
  const auto at = std::find(params.begin(), params.end(), param) - params.begin();
  bool any = false;
  for (NodeId id_of_call : calls->nodes) {
    auto call = c.As<Call>(id_of_call);
    const auto args = call ? call.args() : c.As<ir::New>(id_of_call).args();
    if (at >= static_cast<std::ptrdiff_t>(args.size())) continue;
    const NodeId arg = args[static_cast<std::size_t>(at)];
    if (c.facts().KindOf(arg) != TypeKind::kUnknown && c.facts().May(arg, {TypeKind::kInstance}))
      return false;
    any = any || c.facts().Only(arg, {TypeKind::kDict}) || facts::IsJsonData(c.facts(), arg);
  }
  return any;
}

// An unknown variable is read in one way: as an instance only if classes of the file declare all that is asked of it.
bool IsReadAsInstance(Context& c, NodeId object) {
  const facts::BindingId binding =
      c.src().Is(object, NodeKind::kName) ? c.facts().BindingOf(object) : facts::BindingId{};
  if (!binding) return true;
  if (c.facts().binding(binding).kind == facts::BindingKind::kParam &&
      IsNameOfOptions(c.src().text(object)))
    return false;
  if (IsGivenData(c, binding)) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (!attribute || attribute.object() != read || IsCallee(c, attribute.id())) continue;
    if (!DeclaredByAClass(c, attribute.name())) return false;
  }
  return true;
}

// Can objects be about that are neither dict nor list: does the file make or take any?
bool MakesInstances(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    const NodeId id{i};
    switch (c.src().kind(id)) {
      case NodeKind::kClassDef:
      case NodeKind::kExport:
        return true;
      case NodeKind::kNew:
        if (c.facts().KindOf(id) != TypeKind::kPromise &&
            !c.src().Is(c.facts().Parent(id), NodeKind::kRaise))
          return true;
        break;
      default:
        break;
    }
  }
  return false;
}

struct ObjectsAbout {
  explicit ObjectsAbout(Context& c) : any(MakesInstances(c)) {}
  bool any;
};

std::optional<NodeId> TranslateAttribute(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  NodeId object = attribute.object();
  if (c.src().Is(object, NodeKind::kSelfRef)) object = SelfObject(c, object);
  if (object != attribute.object() &&
      c.marks().insert("method-binding:" + std::string(c.src().text(object))).second) {
    c.Say("method-binding", attribute.object());
  }
  if (IsStaticGetter(c, object, attribute.name(), attribute.is_private()) && !IsAssigned(c, id)) {
    return c.NewCall(
        c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), attribute.is_private())),
        {}, id);
  }
  const bool inherited =
      c.src().Is(object, NodeKind::kSelfRef) || c.src().Is(object, NodeKind::kSuperRef);
  if (inherited && attribute.name() == "toString" && IsCallee(c, id))
    return c.NewAttribute(c.Expr(object), "__str__", id);
  // `this.message` in a class of errors.
  if (c.src().Is(object, NodeKind::kSelfRef) && !attribute.is_private() && !IsAssigned(c, id) &&
      IsError(c, object) && !c.State<OwnMembers>().written.contains(std::string(attribute.name()))) {
    if (NodeId read = ErrorProperty(c, attribute.name(), c.Expr(object), id)) return read;
  }
  if (attribute.is_private() || c.src().Is(object, NodeKind::kSelfRef) ||
      c.src().Is(object, NodeKind::kSuperRef)) {
    return c.NewAttribute(c.Expr(object),
                          c.names().Member(attribute.name(), attribute.is_private()), id);
  }
  if (IsError(c, object) && !IsAssigned(c, id)) {
    if (attribute.name() == "message" && MayBeGroup(c, object) && c.IsPure(object)) {
      // str() of a group counts its exceptions; `.message` does not.
      NodeId error = c.Expr(object);
      NodeId test = c.NewCall(c.NewName("isinstance"), {error, c.NewName("ExceptionGroup")});
      NodeId text = c.NewCall(c.NewName("str"), {error});
      return c.New(
          make::Conditional{
              .test = test, .then_value = c.NewAttribute(error, "message"), .else_value = text},
          id);
    }
    if (attribute.name() == "name") SayErrorName(c, object);
    if (NodeId read = ErrorProperty(c, attribute.name(), c.Expr(object), id)) return read;
    std::string name = c.names().Member(attribute.name(), false);
    // Any error may have been caught; a property that this one lacks is undefined.
    const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
    bool known = type.kind == TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kClassDef);
    if (!known && !IsCallee(c, id))
      return c.NewCall(c.NewName("getattr"),
                       {c.Expr(object), c.NewString(name), c.New(make::Null{}, {})}, id);
    return c.NewAttribute(c.Expr(object), name, id);
  }
  std::string resolved = c.facts().ResolvedName(id);
  if (!resolved.empty() && resolved.find('#') == std::string::npos) {
    // A library thing that no card knows.
    if (!IsCallee(c, id)) {
      if (NodeId function = LibraryFunction(c, resolved, id)) return function;
    }
    facts::BindingId binding = c.facts().BindingOf(object);
    bool global = binding && c.facts().binding(binding).kind == facts::BindingKind::kFree &&
                  c.src().Is(object, NodeKind::kName);
    bool import = binding && c.facts().binding(binding).kind == facts::BindingKind::kImport;
    if (import && c.facts().binding(binding).path.starts_with("node:")) {
      return c.Refuse(id, "library-no-counterpart", {{"name", resolved}});
    }
    // A member of a package that is imported under its own name, or of a file; JSON is data.
    const bool data = import && c.facts().binding(binding).path.find(".json") != std::string::npos;
    if (data)
      return c.New(
          make::Subscript{.object = c.Expr(object), .index = c.NewString(attribute.name())}, id);
    if (import)
      return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), false), id);
    static const std::unordered_set<std::string_view> kGlobals = {
        "Promise", "Object",  "Array",   "Math",       "JSON", "Number", "String",      "Symbol",
        "Reflect", "process", "console", "globalThis", "Date", "Intl",   "performance", "Buffer"};
    if (global && kGlobals.contains(c.src().text(object))) {
      return c.Refuse(id, "untranslated", {{"reason", "`" + resolved + "`"}});
    }
  }
  bool callee = IsCallee(c, id);
  if (attribute.name() == "prototype" &&
      Receives(c, object, {TypeKind::kFunction, TypeKind::kClass})) {
    return c.Refuse(id, "untranslated", {{"reason", "a prototype as a value"}});
  }
  static const std::unordered_set<std::string_view> kOfFunctions = {
      "name", "length", "call", "apply", "bind", "toString", "prototype"};
  if (Receives(c, object, {TypeKind::kFunction}) && !kOfFunctions.contains(attribute.name()) &&
      resolved.empty()) {
    // Functions are objects that hold properties in both languages.
    return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), false), id);
  }
  if (callee && IsBuiltinValue(c, object)) {
    // A method of JavaScript's own types that no card knows: Python's types have other methods.
    return c.Refuse(id, "untranslated",
                    {{"reason", "the method `" + std::string(attribute.name()) + "`"}});
  }
  if (attribute.name() == "length" && !callee &&
      !c.facts().Only(object, {TypeKind::kInstance, TypeKind::kDict, TypeKind::kFunction}) &&
      !IsAssigned(c, id)) {
    return c.NewCall(c.NewName("len"), {c.Expr(object)}, id);
  }
  if (attribute.name() == "size" && !callee &&
      c.facts().Only(object, {TypeKind::kMap, TypeKind::kSet})) {
    return c.NewCall(c.NewName("len"), {c.Expr(object)}, id);
  }
  if (attribute.name() == "name" &&
      c.facts().Only(object, {TypeKind::kFunction, TypeKind::kClass})) {
    return c.NewAttribute(c.Expr(object), "__name__", id);
  }
  if (attribute.name() == "length" && c.facts().Only(object, {TypeKind::kFunction})) {
    NodeId signature = c.NewCall(c.Library("inspect.signature"), {c.Expr(object)});
    return c.NewCall(c.NewName("len"), {c.NewAttribute(signature, "parameters")}, id);
  }
  bool instance = Receives(c, object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kModule});
  bool dict = Receives(c, object, {TypeKind::kDict});
  const bool mixed = !instance && !dict && c.facts().KindOf(object) == TypeKind::kUnion &&
                     c.facts().May(object, {TypeKind::kDict}) &&
                     c.facts().May(object, {TypeKind::kInstance, TypeKind::kModule});
  if (mixed) SayUnknownObject(c, object);
  if (!instance && !dict) {
    // Unknown: a method call reads as a method; a property as data, unless a class of the file declares it.
    if (callee || (DeclaredByAClass(c, attribute.name()) && IsReadAsInstance(c, object))) {
      instance = true;
      if (!callee && !c.facts().May(object, {TypeKind::kInstance})) instance = false;
    } else if (!c.is_fragment() || !c.src().Is(object, NodeKind::kName)) {
      if (c.facts().KindOf(object) == TypeKind::kUnknown) SayUnknownObject(c, object);
    } else {
      SayUnknownObject(c, object);
    }
  }
  if (instance) {
    std::string name = c.names().Member(attribute.name(), false);
    bool absent = !IsAssigned(c, id) && MayLackField(c, object, attribute.name()) &&
                  (attribute.is_optional() || ToleratesNone(c, id) || IsTestedLater(c, id));
    if (absent)
      return c.NewCall(c.NewName("getattr"),
                       {c.Expr(object), c.NewString(name), c.New(make::Null{}, {})}, id);
    return c.NewAttribute(c.Expr(object), name, id);
  }
  NodeId key = c.NewString(attribute.name());
  if (!callee && !IsAssigned(c, id)) {
    bool lacks = dict && MayLackField(c, object, attribute.name());
    const bool open = HasOpenKeys(c, object);
    // `order.coupon?.percent`: whoever wrote it says that there may be none.
    const bool doubted = IsStepOfChain(c, id) && !EveryLiteralHas(c, object, attribute.name());
    bool may_lack = !dict || lacks || open || doubted || MaySetFieldLater(c, object, attribute.name());
    bool get = (lacks && ToleratesNone(c, id)) || (may_lack && IsTestedLater(c, id)) ||
               (!dict && IsOptionTest(c, id, object)) || open;
    if (may_lack && (get || attribute.is_optional()))
      return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {key}, id);
    if (NodeId compared = ComparedLookUp(c, id, object, key, lacks)) return compared;
  }
  return c.New(make::Subscript{.object = c.Expr(object), .index = key}, id);
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
  NodeId pop =
      c.NewCall(c.NewAttribute(item.object(), "pop"), {item.index(), c.New(make::Null{}, {})});
  out.push_back(c.NewExprStmt(pop, id));
  return true;
}

// Of what nothing is known: does the file itself ask whether it is there?
bool IsOftenAbsent(Context& c, NodeId value) {
  if (c.src().Is(value, NodeKind::kOptionalChain)) return true;
  const facts::BindingId binding =
      c.src().Is(value, NodeKind::kName) ? c.facts().BindingOf(value) : facts::BindingId{};
  if (!binding) return false;
  const facts::Binding& b = c.facts().binding(binding);
  return BindingIsTested(c, binding) || std::any_of(b.reads.begin(), b.reads.end(), [&](NodeId read) {
           auto member = c.As<Attribute>(c.facts().Parent(read));
           return member && member.object() == read && member.is_optional();
         });
}

// `{ ...(wanted && { a: 1 }), ...maybe }`: JavaScript spreads false, null and undefined as nothing.
std::optional<NodeId> TranslateDictSpread(Context& c, NodeId id) {
  if (!c.src().Is(c.facts().Parent(id), NodeKind::kDict)) return std::nullopt;
  NodeId value = c.As<Spread>(id).value();
  NodeId nothing = c.New(make::Dict{}, {});
  NodeId target;
  if (auto choice = c.As<Logical>(value); choice && choice.op() == LogicalOp::kAnd) {
    NodeId test = Condition(c, choice.left());
    target = c.New(
        make::Conditional{
            .test = test, .then_value = c.Expr(choice.right()), .else_value = nothing},
        value);
  } else if (c.src().Is(value, NodeKind::kNull) || c.src().Is(value, NodeKind::kUndefined)) {
    target = nothing;
  } else if (c.facts().KindOf(value) != TypeKind::kUnknown
                 ? c.facts().May(value, {TypeKind::kNull, TypeKind::kUndefined})
                 : IsOftenAbsent(c, value)) {
    target =
        c.New(make::Logical{.left = c.Expr(value), .right = nothing, .op = LogicalOp::kOr}, value);
  } else {
    return std::nullopt;
  }
  return c.New(make::Spread{.value = target}, id);
}

}  // namespace

bool HasInstances(Context& c) { return c.State<ObjectsAbout>().any; }

// Member names that some class of the file declares or assigns through `this`.
bool DeclaredByAClass(Context& c, std::string_view name) {
  std::string key = "class-member:" + std::string(name);
  if (!c.marks().contains("class-members")) {
    c.marks().insert("class-members");
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (auto method = c.As<Method>(id)) {
        NodeId entry = c.facts().Parent(id);
        if (!c.src().Is(entry, NodeKind::kMethodEntry) ||
            IsObjectLiteral(c, c.facts().Parent(entry))) {
          c.marks().insert("class-member:" + std::string(method.name()));
        }
      } else if (auto entry = c.As<DictEntry>(id)) {
        if (IsObjectLiteral(c, c.facts().Parent(id)))
          c.marks().insert("class-member:" + std::string(c.src().text(entry.key())));
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

void SayUnknownObject(Context& c, NodeId object) {
  if (facts::IsJsonData(c.facts(), object)) return;
  auto name = c.As<ir::Name>(object);
  std::string key = name ? std::string(name.id()) : "an expression";
  if (auto pattern = c.As<ObjectPattern>(object)) {
    // By its first property: the pattern has no name.
    if (pattern.properties().empty()) return;
    auto first = c.As<PropertyPattern>(pattern.properties()[0]);
    key = "{ " + std::string(c.src().text(first.key())) +
          (pattern.properties().size() > 1 ? ", ... }" : " }");
  }
  if (c.marks().insert("object-or-dict:" + key).second) {
    c.Say("object-or-dict", object, {{"name", key}});
  }
}

NodeId ErrorProperty(Context& c, std::string_view name, NodeId error, NodeId origin) {
  if (name == "message") return c.NewCall(c.NewName("str"), {error}, origin);
  if (name == "name")
    return c.NewAttribute(c.NewCall(c.NewName("type"), {error}), "__name__", origin);
  if (name == "cause") return c.NewAttribute(error, "__cause__", origin);
  if (name == "errors")
    return c.NewAttribute(error, HasOwnAggregate(c) ? "errors" : "exceptions", origin);
  return kNoNode;
}

bool IsDictLike(Context& c, NodeId object) {
  return !c.facts().Only(
             object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kModule, TypeKind::kList}) &&
         !c.src().Is(object, NodeKind::kSelfRef);
}

bool HasOpenKeys(Context& c, NodeId object) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  const auto is_open = [](const facts::Type& one) {
    return one.kind == TypeKind::kDict && one.fields.empty() && !one.decl;
  };
  const bool any = is_open(type) ||
                   std::any_of(type.members.begin(), type.members.end(),
                               [&](facts::TypeId member) { return is_open(c.facts().type(member)); });
  return any && !facts::IsJsonData(c.facts(), object);
}

void RegisterObjects(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kAfterCards, &TranslateAttribute);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateDelete);
  t.Claim(NodeKind::kSpread, Order::kBeforeCards, &TranslateDictSpread);
}

}  // namespace asyncport::translate::to_py
