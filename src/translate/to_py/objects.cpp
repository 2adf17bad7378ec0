// Property access, object literals, optional chains, delete: dict or instance, decided by facts.
// Example: `user.name` -> `user["name"]` where user is a record, `user.name` where it is an instance.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "facts/contents.h"
#include "translate/quote.h"
#include "translate/to_py/absence.h"
#include "translate/to_py/selves.h"
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
        NodeId entry = c.facts().Parent(id);
        if (!c.src().Is(entry, NodeKind::kMethodEntry) || IsObjectLiteral(c, c.facts().Parent(entry))) {
          c.marks().insert("class-member:" + std::string(method.name()));
        }
      } else if (auto entry = c.As<DictEntry>(id)) {
        if (IsObjectLiteral(c, c.facts().Parent(id))) c.marks().insert("class-member:" + std::string(c.src().text(entry.key())));
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

// The callee of a call that nothing asks for first (`f?.()` does).
bool IsCallee(Context& c, NodeId id) {
  auto call = c.As<Call>(c.facts().Parent(id));
  return call && call.callee() == id && !call.is_optional();
}

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
      if (method && method.is_static() && method.name() == name && method.is_private() == is_private) return method.kind() == MethodKind::kGetter;
    }
    auto bases = def ? def.bases() : expr.bases();
    if (bases.empty()) return false;
    const facts::Type& base = c.facts().type(c.facts().TypeOf(bases[0]));
    owner = base.kind == TypeKind::kClass ? base.decl : kNoNode;
  }
  return false;
}

// Is every value that the receiver can have of one of the kinds, null aside (the source would fail on that)?
bool Receives(Context& c, NodeId object, std::initializer_list<TypeKind> kinds) {
  std::vector<TypeKind> all(kinds);
  if (!c.facts().May(object, kinds)) return false;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  auto fits = [&](TypeKind kind) {
    return kind == TypeKind::kNull || kind == TypeKind::kUndefined || std::find(all.begin(), all.end(), kind) != all.end();
  };
  if (type.kind != TypeKind::kUnion) return fits(type.kind);
  return std::all_of(type.members.begin(), type.members.end(), [&](facts::TypeId m) { return fits(c.facts().type(m).kind); });
}

// Text, lists, maps and the like, whose methods are the language's own.
bool IsBuiltinValue(Context& c, NodeId object) {
  return Receives(c, object, {TypeKind::kStr, TypeKind::kList, TypeKind::kTuple, TypeKind::kMap, TypeKind::kSet, TypeKind::kInt,
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
  if (auto assign = c.As<AssignExpr>(parent)) return assign.target() == id;
  if (auto assign = c.As<LogicalAssign>(parent)) return assign.target() == id;
  if (auto update = c.As<Update>(parent)) return update.target() == id;
  return false;
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

void SayUnknownObject(Context& c, NodeId object) {
  if (facts::IsJsonData(c.facts(), object)) return;
  auto name = c.As<ir::Name>(object);
  std::string key = name ? std::string(name.id()) : "an expression";
  if (c.marks().insert("object-or-dict:" + key).second) {
    c.Say("object-or-dict", object, {{"name", key}});
  }
}

NodeId OneMore(Context& c, NodeId target) {
  if (auto number = ir::As<Number>(c.dst(), target); number && number.text().size() < 9 && number.kind() == NumberKind::kInt) {
    return c.NewInt(std::stoll(std::string(number.text())) + 1);
  }
  // `i + 1 + 1` is `i + 2`.
  if (auto sum = ir::As<Binary>(c.dst(), target); sum && sum.op() == BinaryOp::kAdd) {
    auto number = ir::As<Number>(c.dst(), sum.right());
    if (number && number.text().size() < 9) {
      return c.New(make::Binary{.left = sum.left(), .right = c.NewInt(std::stoll(std::string(number.text())) + 1), .op = BinaryOp::kAdd}, {});
    }
  }
  return c.New(make::Binary{.left = target, .right = c.NewInt(1), .op = BinaryOp::kAdd}, {});
}

// A computed look-up whose miss goes to a caller: returned, or given as an argument.
bool IsHandedOn(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  NodeKind kind = c.src().kind(parent);
  if (kind == NodeKind::kReturn || kind == NodeKind::kLambda) return true;
  if (auto call = c.As<Call>(parent)) return call.callee() != id && !c.facts().PossibleCallees(parent).empty();
  return false;
}

// `counts[k] > 1`: undefined compares as false, so a key that may be missing reads as a number that does too.
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
  bool zero = below && number && (binary.op() == BinaryOp::kGt || binary.op() == BinaryOp::kLt || number.text() != "0");
  NodeId fallback = zero ? c.NewInt(0) : c.Library("math.inf");
  if (below && !zero) fallback = c.New(make::Unary{.operand = fallback, .op = UnaryOp::kNeg}, {});
  if (!key) key = c.Expr(c.As<Subscript>(id).index());
  return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {key, fallback}, id);
}

bool IsNameOfOptions(std::string_view name) {
  static const std::unordered_set<std::string_view> kBags = {"options", "opts", "config", "settings", "params", "props", "init", "env", "headers", "query"};
  return kBags.contains(name);
}

// `options.strict === false`: an option that is not given is not false. Others that something unknown is asked for may
// be missing as well where it is called so.
bool IsOptionTest(Context& c, NodeId id, NodeId object) {
  auto binary = c.As<Binary>(c.facts().Parent(id));
  if (!binary || (binary.op() != BinaryOp::kStrictEq && binary.op() != BinaryOp::kStrictNe)) return false;
  const NodeId other = binary.left() == id ? binary.right() : binary.left();
  if (c.src().Is(other, NodeKind::kBool)) return true;
  auto last = c.As<Attribute>(object);
  std::string_view name = last ? last.name() : c.src().Is(object, NodeKind::kName) ? c.src().text(object) : std::string_view();
  const bool literal = c.src().Is(other, NodeKind::kString) || c.src().Is(other, NodeKind::kNumber);
  return literal && IsNameOfOptions(name);
}

// An unknown variable is read in one way: as an instance only if classes of the file declare all that is asked of it.
bool IsReadAsInstance(Context& c, NodeId object) {
  const facts::BindingId binding = c.src().Is(object, NodeKind::kName) ? c.facts().BindingOf(object) : facts::BindingId{};
  if (!binding) return true;
  if (c.facts().binding(binding).kind == facts::BindingKind::kParam && IsNameOfOptions(c.src().text(object))) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (!attribute || attribute.object() != read || IsCallee(c, attribute.id())) continue;
    if (!DeclaredByAClass(c, attribute.name())) return false;
  }
  return true;
}

std::optional<NodeId> TranslateAttribute(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  NodeId object = attribute.object();
  if (c.src().Is(object, NodeKind::kSelfRef)) object = SelfObject(c, object);
  if (object != attribute.object() && c.marks().insert("method-binding:" + std::string(c.src().text(object))).second) {
    c.Say("method-binding", attribute.object());
  }
  if (IsStaticGetter(c, object, attribute.name(), attribute.is_private()) && !IsAssigned(c, id)) {
    return c.NewCall(c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), attribute.is_private())), {}, id);
  }
  const bool inherited = c.src().Is(object, NodeKind::kSelfRef) || c.src().Is(object, NodeKind::kSuperRef);
  if (inherited && attribute.name() == "toString" && IsCallee(c, id)) return c.NewAttribute(c.Expr(object), "__str__", id);
  if (attribute.is_private() || c.src().Is(object, NodeKind::kSelfRef) || c.src().Is(object, NodeKind::kSuperRef)) {
    return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), attribute.is_private()), id);
  }
  if (IsError(c, object) && !IsAssigned(c, id)) {
    if (attribute.name() == "message" && MayBeGroup(c, object) && c.IsPure(object)) {
      // str() of a group counts its exceptions; `.message` does not.
      NodeId error = c.Expr(object);
      NodeId test = c.NewCall(c.NewName("isinstance"), {error, c.NewName("ExceptionGroup")});
      NodeId text = c.NewCall(c.NewName("str"), {error});
      return c.New(make::Conditional{.test = test, .then_value = c.NewAttribute(error, "message"), .else_value = text}, id);
    }
    if (attribute.name() == "name") SayErrorName(c, object);
    if (NodeId read = ErrorProperty(c, attribute.name(), c.Expr(object), id)) return read;
    std::string name = c.names().Member(attribute.name(), false);
    // Any error may have been caught; a property that this one lacks is undefined.
    const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
    bool known = type.kind == TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kClassDef);
    if (!known && !IsCallee(c, id)) return c.NewCall(c.NewName("getattr"), {c.Expr(object), c.NewString(name), c.New(make::Null{}, {})}, id);
    return c.NewAttribute(c.Expr(object), name, id);
  }
  std::string resolved = c.facts().ResolvedName(id);
  if (!resolved.empty() && resolved.find('#') == std::string::npos) {
    // A library thing that no card knows.
    if (!IsCallee(c, id)) {
      if (NodeId function = LibraryFunction(c, resolved, id)) return function;
    }
    facts::BindingId binding = c.facts().BindingOf(object);
    bool global = binding && c.facts().binding(binding).kind == facts::BindingKind::kFree && c.src().Is(object, NodeKind::kName);
    bool import = binding && c.facts().binding(binding).kind == facts::BindingKind::kImport;
    if (import && c.facts().binding(binding).path.starts_with("node:")) {
      return c.Refuse(id, "library-no-counterpart", {{"name", resolved}});
    }
    // A member of a package that is imported under its own name, or of a file; JSON is data.
    const bool data = import && c.facts().binding(binding).path.find(".json") != std::string::npos;
    if (data) return c.New(make::Subscript{.object = c.Expr(object), .index = c.NewString(attribute.name())}, id);
    if (import) return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), false), id);
    static const std::unordered_set<std::string_view> kGlobals = {"Promise", "Object", "Array", "Math", "JSON", "Number", "String", "Symbol", "Reflect",
                                                                  "process", "console", "globalThis", "Date", "Intl", "performance", "Buffer"};
    if (global && kGlobals.contains(c.src().text(object))) {
      return c.Refuse(id, "untranslated", {{"reason", "`" + resolved + "`"}});
    }
  }
  bool callee = IsCallee(c, id);
  if (attribute.name() == "prototype" && Receives(c, object, {TypeKind::kFunction, TypeKind::kClass})) {
    return c.Refuse(id, "untranslated", {{"reason", "a prototype as a value"}});
  }
  static const std::unordered_set<std::string_view> kOfFunctions = {"name", "length", "call", "apply", "bind", "toString", "prototype"};
  if (Receives(c, object, {TypeKind::kFunction}) && !kOfFunctions.contains(attribute.name()) && resolved.empty()) {
    // Functions are objects that hold properties in both languages.
    return c.NewAttribute(c.Expr(object), c.names().Member(attribute.name(), false), id);
  }
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
  if (attribute.name() == "length" && c.facts().Only(object, {TypeKind::kFunction})) {
    NodeId signature = c.NewCall(c.Library("inspect.signature"), {c.Expr(object)});
    return c.NewCall(c.NewName("len"), {c.NewAttribute(signature, "parameters")}, id);
  }
  bool instance = Receives(c, object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kModule});
  bool dict = Receives(c, object, {TypeKind::kDict});
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
    bool absent = !IsAssigned(c, id) && MayLackField(c, object, attribute.name()) && (attribute.is_optional() || ToleratesNone(c, id) || IsTestedLater(c, id));
    if (absent) return c.NewCall(c.NewName("getattr"), {c.Expr(object), c.NewString(name), c.New(make::Null{}, {})}, id);
    return c.NewAttribute(c.Expr(object), name, id);
  }
  NodeId key = c.NewString(attribute.name());
  if (!callee && !IsAssigned(c, id)) {
    bool lacks = dict && MayLackField(c, object, attribute.name());
    bool may_lack = !dict || lacks || MaySetFieldLater(c, object, attribute.name());
    bool get = (lacks && ToleratesNone(c, id)) || (may_lack && IsTestedLater(c, id)) || (!dict && IsOptionTest(c, id, object));
    if (may_lack && (get || attribute.is_optional())) return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {key}, id);
    if (NodeId compared = ComparedLookUp(c, id, object, key, lacks)) return compared;
  }
  return c.New(make::Subscript{.object = c.Expr(object), .index = key}, id);
}

// `xs[xs.length - 1]` -> `xs[-1]`
NodeId FromTheEnd(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  auto minus = c.As<Binary>(subscript.index());
  if (!minus || minus.op() != BinaryOp::kSub || !c.src().Is(minus.right(), NodeKind::kNumber)) return kNoNode;
  auto length = c.As<Attribute>(minus.left());
  if (!length || length.name() != "length" || !SameTree(c.src(), length.object(), c.src(), subscript.object())) return kNoNode;
  NodeId negative = c.New(make::Unary{.operand = c.Expr(minus.right()), .op = UnaryOp::kNeg}, subscript.index());
  NodeId object = c.Expr(subscript.object());
  NodeId read = c.New(make::Subscript{.object = object, .index = negative}, id);
  if (!IsTestedLater(c, id)) return read;
  return c.New(make::Conditional{.test = object, .then_value = read, .else_value = c.New(make::Null{}, {})}, id);
}

// An element or character at a position that may lie outside.
NodeId ReadAt(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  NodeId object = subscript.object();
  NodeId index = subscript.index();
  if (NodeId end = FromTheEnd(c, id)) return end;
  bool tested = IsTestedLater(c, id);
  auto compared = c.As<Binary>(c.facts().Parent(id));
  bool equality = compared && (compared.op() == BinaryOp::kStrictEq || compared.op() == BinaryOp::kStrictNe);
  bool in_range = IndexIsInRange(c, id, object, index);
  bool negative = IndexMayBeNegative(c, id, index);
  bool pure_index = c.IsPure(index) || c.src().Is(index, NodeKind::kUpdate);
  if (!c.IsPure(object) || !pure_index) return kNoNode;
  if (Receives(c, object, {TypeKind::kStr}) && equality && !negative && !in_range && !tested && c.IsPure(index)) {
    // A slice is empty past the end, which equals no character either.
    NodeId lower = c.Expr(index);
    NodeId slice = c.New(make::Slice{.lower = lower, .upper = OneMore(c, lower)}, index);
    if (auto number = c.As<Number>(index); number && number.text() == "0") slice = c.New(make::Slice{.upper = c.NewInt(1)}, index);
    return c.New(make::Subscript{.object = c.Expr(object), .index = slice}, id);
  }
  if (!tested && !negative) return kNoNode;
  if (tested && !in_range) {
    NodeId target = c.Expr(object);
    NodeId at = c.Expr(index);
    NodeId length = c.NewCall(c.NewName("len"), {target});
    auto minus = c.As<Unary>(index);
    if (minus && minus.op() == UnaryOp::kNeg) return c.New(make::Null{}, id);  // no such property
    NodeId test;
    if (negative) {
      NodeList links{c.New(make::CompareLink{.right = at, .op = BinaryOp::kLe}, {}), c.New(make::CompareLink{.right = length, .op = BinaryOp::kLt}, {})};
      test = c.New(make::CompareChain{.first = c.NewInt(0), .links = std::move(links)}, {});
    } else {
      test = c.New(make::Binary{.left = at, .right = length, .op = BinaryOp::kLt}, {});
    }
    NodeId read = c.New(make::Subscript{.object = target, .index = at}, id);
    return c.New(make::Conditional{.test = test, .then_value = read, .else_value = c.New(make::Null{}, {})}, id);
  }
  if (negative) c.Say("negative-index", id);
  return kNoNode;
}

// Does the file ask an object for its keys, whose kind and order would show?
struct KeyReaders {
  explicit KeyReaders(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !any; ++i) {
      NodeId id{i};
      if (c.src().Is(id, NodeKind::kForIn)) any = true;
      for (std::string_view name : {"Object.keys", "Object.entries", "Object.values", "JSON.stringify", "Object.getOwnPropertyNames"}) {
        // Only how many there are shows neither.
        auto read = c.As<Attribute>(c.facts().Parent(id));
        any = any || (c.IsCallTo(id, name) && !(read && read.name() == "length"));
      }
    }
  }
  bool any = false;
};

// A number, or what a function gives that may be one: `groups[keyOf(item)]`.
bool MayBeNumber(Context& c, NodeId key) {
  if (c.facts().KindOf(key) != TypeKind::kUnknown) return c.facts().May(key, {TypeKind::kInt, TypeKind::kFloat});
  for (NodeId callee : c.facts().PossibleCallees(key)) {
    auto lambda = c.As<Lambda>(callee);
    auto member = lambda ? c.As<Attribute>(lambda.body()) : Attribute();
    if (member && (member.name() == "length" || member.name() == "size")) return true;
    if (lambda && c.facts().Only(lambda.body(), {TypeKind::kInt, TypeKind::kFloat})) return true;
  }
  return false;
}

// `counts[n] = 1` with a number: text in JavaScript, and in the order of the numbers.
bool SayNumericKey(Context& c, NodeId id, NodeList&) {
  NodeId target = c.As<AugAssign>(id) ? c.As<AugAssign>(id).target() : c.As<Assign>(id).targets()[0];
  auto place = c.As<Subscript>(target);
  if (!place || !c.facts().Only(place.object(), {TypeKind::kDict}) || !c.State<KeyReaders>().any) return false;
  if (MayBeNumber(c, place.index())) c.SayOnce("key-type", place.index());
  return false;
}

// `(groups[n] ??= []).push(x)`
std::optional<NodeId> SayNumericFill(Context& c, NodeId id) {
  auto place = c.As<Subscript>(c.As<LogicalAssign>(id).target());
  if (!place || !c.facts().Only(place.object(), {TypeKind::kDict}) || !c.State<KeyReaders>().any) return std::nullopt;
  if (MayBeNumber(c, place.index())) c.SayOnce("key-type", place.index());
  return std::nullopt;
}

// The Python name of a member whose JavaScript name is only known when the program runs.
NodeId MemberNamed(Context& c, NodeId key) {
  NodeId snake_case = DefineOnce(c, "snake_case", R"py(
import re

def snake_case(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
)py");
  return c.NewCall(snake_case, {c.Expr(key)});
}

// `this[name] = value;`
bool TranslateDynamicWrite(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  auto place = c.As<Subscript>(assign.targets()[0]);
  if (!place || (!c.src().Is(place.object(), NodeKind::kSelfRef) && !Receives(c, place.object(), {TypeKind::kInstance}))) return false;
  if (auto text = c.As<String>(place.index())) {
    NodeId member = c.NewAttribute(c.Expr(place.object()), c.names().Member(text.value(), false));
    out.push_back(c.NewAssign(member, c.Expr(assign.value()), id));
    return true;
  }
  c.SayOnce("dynamic-attribute", id);
  NodeList args{c.Expr(place.object()), MemberNamed(c, place.index()), c.Expr(assign.value())};
  out.push_back(c.NewExprStmt(c.NewCall(c.NewName("setattr"), std::move(args)), id));
  return true;
}

std::optional<NodeId> TranslateSubscript(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  NodeId object = subscript.object();
  bool of_instance = c.src().Is(object, NodeKind::kSelfRef) || Receives(c, object, {TypeKind::kInstance});
  if (IsAssigned(c, id) || (IsCallee(c, id) && !of_instance)) return std::nullopt;
  NodeId index = subscript.index();
  if (Receives(c, object, {TypeKind::kDict})) {
    auto text = c.As<String>(index);
    bool certain = text ? !MayLackField(c, object, text.value()) : KeyIsPresent(c, id, object, index);
    // `state[n] === "done"`: what is not there is not equal.
    auto compared = c.As<Binary>(c.facts().Parent(id));
    const bool equality = compared && (compared.op() == BinaryOp::kStrictEq || compared.op() == BinaryOp::kStrictNe);
    bool get = (text && ToleratesNone(c, id)) || IsTestedLater(c, id) || (!text && (equality || IsHandedOn(c, id)));
    if (text && certain && MaySetFieldLater(c, object, text.value())) certain = !IsTestedLater(c, id);
    if (!certain && get) return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {c.Expr(index)}, id);
    if (!certain) {
      if (NodeId compared = ComparedLookUp(c, id, object, kNoNode, true)) return compared;
    }
    return std::nullopt;
  }
  bool self = c.src().Is(object, NodeKind::kSelfRef);
  if (self || Receives(c, object, {TypeKind::kInstance})) {
    if (auto text = c.As<String>(index)) return c.NewAttribute(c.Expr(object), c.names().Member(text.value(), false), id);
    c.SayOnce("dynamic-attribute", id);
    return c.NewCall(c.NewName("getattr"), {c.Expr(object), MemberNamed(c, index), c.New(make::Null{}, {})}, id);
  }
  if (Receives(c, object, {TypeKind::kList, TypeKind::kStr, TypeKind::kTuple})) {
    if (NodeId read = ReadAt(c, id)) return read;
    return std::nullopt;
  }
  const bool by_name = subscript.is_optional() && c.facts().Only(index, {TypeKind::kStr});
  if (c.facts().KindOf(object) == TypeKind::kUnknown && (by_name || IsTestedForAbsence(c, id)) && !c.facts().Only(index, {TypeKind::kInt, TypeKind::kFloat})) {
    return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {c.Expr(index)}, id);
  }
  return std::nullopt;
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

// Globals of JavaScript that no card or topic took, and that nothing in Python answers to.
bool IsJsGlobal(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "Symbol", "Proxy", "Reflect", "Intl", "WeakRef", "FinalizationRegistry", "Atomics", "SharedArrayBuffer", "ArrayBuffer",
      "DataView", "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array", "Float64Array",
      "globalThis", "isNaN", "isFinite", "structuredClone", "eval", "escape", "unescape", "atob", "btoa", "Buffer", "URL",
      "URLSearchParams", "TextEncoder", "TextDecoder", "Function"};
  return kNames.contains(name);
}

std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  std::string_view text = c.src().text(id);
  if (NodeId substitute = binding ? c.SubstituteOf(binding) : kNoNode) return substitute;
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kImport) {
    const std::string& path = c.facts().binding(binding).path;
    if (path.starts_with("node:")) return c.Refuse(id, "library-no-counterpart", {{"name", path}});
    UsePackage(c, id);
  }
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kFree) {
    if (!IsCallee(c, id) && !c.As<ir::New>(c.facts().Parent(id)) && !c.As<Binary>(c.facts().Parent(id))) {
      if (NodeId function = LibraryFunction(c, c.facts().ResolvedName(id), id)) return function;
    }
    if (text == "NaN") return c.Library("math.nan", id);
    if (text == "Infinity") return c.Library("math.inf", id);
    if (text == "undefined") return c.New(make::Null{}, id);
    if (IsJsGlobal(text)) return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(text) + "`"}});
    if (text == "__dirname") return c.NewAttribute(c.NewCall(c.Library("pathlib:Path"), {c.NewName("__file__")}), "parent", id);
    static constexpr std::pair<std::string_view, std::string_view> kErrors[] = {
        {"Error", "Exception"}, {"TypeError", "TypeError"}, {"RangeError", "ValueError"}, {"SyntaxError", "ValueError"},
        {"ReferenceError", "NameError"}, {"AggregateError", "ExceptionGroup"}};
    for (auto [js, py] : kErrors) {
      if (text != js || c.facts().ResolvedName(id) != js) continue;
      if (text == "AggregateError") c.SayOnce("aggregate-error-exception-group", id);
      if (NodeId named = NamedErrorClass(c, js)) return named;
      return c.NewName(py, id);
    }
  }
  return c.NewName(c.TargetName(id), id);
}

std::optional<NodeId> TranslateUndefined(Context& c, NodeId id) { return c.New(make::Null{}, id); }

// Of the name that an attribute is taken from.
facts::BindingId RootBinding(Context& c, NodeId id) {
  while (auto attribute = c.As<Attribute>(id)) id = attribute.object();
  return c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
}

// `new C(a)` -> `C(a)`.
std::optional<NodeId> TranslateNew(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  std::string name = c.facts().ResolvedName(made.callee());
  facts::BindingId root = RootBinding(c, made.callee());
  const bool imported = root && c.facts().binding(root).kind == facts::BindingKind::kImport && !c.facts().binding(root).path.starts_with("node:");
  if (!name.empty() && !imported && !c.facts().CalleeDefinition(id) && name.find('#') == std::string::npos) {
    return c.Refuse(id, "untranslated", {{"reason", "`new " + name + "`"}});
  }
  return c.NewCall(c.Expr(made.callee()), c.Exprs(made.args()), id);
}

// `{ ...(wanted && { a: 1 }), ...maybe }`: JavaScript spreads false, null and undefined as nothing.
std::optional<NodeId> TranslateDictSpread(Context& c, NodeId id) {
  if (!c.src().Is(c.facts().Parent(id), NodeKind::kDict)) return std::nullopt;
  NodeId value = c.As<Spread>(id).value();
  NodeId nothing = c.New(make::Dict{}, {});
  NodeId target;
  if (auto choice = c.As<Logical>(value); choice && choice.op() == LogicalOp::kAnd) {
    NodeId test = Condition(c, choice.left());
    target = c.New(make::Conditional{.test = test, .then_value = c.Expr(choice.right()), .else_value = nothing}, value);
  } else if (c.src().Is(value, NodeKind::kNull) || c.src().Is(value, NodeKind::kUndefined)) {
    target = nothing;
  } else if (c.facts().KindOf(value) != TypeKind::kUnknown && c.facts().May(value, {TypeKind::kNull, TypeKind::kUndefined})) {
    target = c.New(make::Logical{.left = c.Expr(value), .right = nothing, .op = LogicalOp::kOr}, value);
  } else {
    return std::nullopt;
  }
  return c.New(make::Spread{.value = target}, id);
}

// Calls of functions whose last parameter became keywords: `f(x, { role: "a" })` -> `f(x, role="a")`. Trailing
// `undefined` arguments take the default.
std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  NodeId function = c.facts().CalleeDefinition(id);
  // Whoever translates `f?.()` has asked for `f` before.
  auto plain = [&]() -> std::optional<NodeId> {
    if (!call.is_optional()) return std::nullopt;
    return c.NewCall(c.Expr(call.callee()), c.Exprs(call.args()), id);
  };
  if (!function || c.src().Is(function, NodeKind::kClassDef)) return plain();
  if (!TakesKeywords(c, function)) return plain();
  auto params = c.As<FunctionDef>(function) ? c.As<FunctionDef>(function).params()
                : c.As<FunctionExpr>(function) ? c.As<FunctionExpr>(function).params() : c.As<Lambda>(function).params();
  if (call.args().size() != params.size()) return plain();
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

// `Object.freeze(o)` -> `o`: constants are kept by convention.
std::optional<NodeId> TranslateFreeze(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Object.freeze") && !c.IsCallTo(id, "Object.seal") && !c.IsCallTo(id, "Object.preventExtensions")) return std::nullopt;
  auto args = c.As<Call>(id).args();
  if (args.size() != 1 || c.src().Is(args[0], NodeKind::kSpread)) return std::nullopt;
  c.SayOnce("freeze-is-convention", id);
  return c.Expr(args[0]);
}

}  // namespace

NodeId ErrorProperty(Context& c, std::string_view name, NodeId error, NodeId origin) {
  if (name == "message") return c.NewCall(c.NewName("str"), {error}, origin);
  if (name == "name") return c.NewAttribute(c.NewCall(c.NewName("type"), {error}), "__name__", origin);
  if (name == "cause") return c.NewAttribute(error, "__cause__", origin);
  if (name == "errors") return c.NewAttribute(error, HasOwnAggregate(c) ? "errors" : "exceptions", origin);
  return kNoNode;
}

bool IsDictLike(Context& c, NodeId object) {
  return !c.facts().Only(object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kModule, TypeKind::kList}) &&
         !c.src().Is(object, NodeKind::kSelfRef);
}

void RegisterObjects(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kAfterCards, &TranslateAttribute);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &SayNumericKey);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &SayNumericKey);
  t.Claim(NodeKind::kLogicalAssign, Order::kBeforeCards, &SayNumericFill);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateDynamicWrite);
  t.Claim(NodeKind::kSubscript, Order::kAfterCards, &TranslateSubscript);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateDelete);
  t.Claim(NodeKind::kSpread, Order::kBeforeCards, &TranslateDictSpread);
  t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateName);
  t.Claim(NodeKind::kUndefined, Order::kAfterCards, &TranslateUndefined);
  t.Claim(NodeKind::kNew, Order::kAfterCards, &TranslateNew);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFreeze);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateCall);
}

}  // namespace asyncport::translate::to_py
