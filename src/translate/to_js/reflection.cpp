// Builtins that ask what a value is: isinstance, issubclass, hasattr, getattr, type.
// Example: `isinstance(x, (list, tuple))` -> `Array.isArray(x)`.
#include <algorithm>
#include <utility>

#include "translate/to_js/builtins.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/type_values.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js::builtin {

using namespace ir;

namespace {

// Does the file make dates without a time?
bool MakesDays(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto call = c.As<Call>(NodeId{i});
    if (call && TemporalOf(c, NodeId{i}) == Temporal::kDate) return true;
  }
  return false;
}

NodeId TypeTest(Context& c, NodeId value_source, NodeId type, NodeId origin) {
  std::string name = c.facts().ResolvedName(type);
  NodeId value = c.Expr(value_source);
  struct Row {
    std::string_view python;
    std::string_view js;
  };
  static constexpr Row kRows[] = {
      {"str", "typeof $X === \"string\""},
      {"bool", "typeof $X === \"boolean\""},
      {"int", "Number.isInteger($X)"},
      {"float", "typeof $X === \"number\" && !Number.isInteger($X)"},
      {"list", "Array.isArray($X)"},
      {"tuple", "Array.isArray($X)"},
      {"set", "$X instanceof Set"},
      {"frozenset", "$X instanceof Set"},
      {"bytes", "Buffer.isBuffer($X)"},
      {"object", "true"},
      {"collections.abc.Callable", "typeof $X === \"function\""},
      {"collections.abc.Iterable", "typeof $X?.[Symbol.iterator] === \"function\""},
      {"numbers.Number", "typeof $X === \"number\""},
      {"collections.abc.Sequence", "Array.isArray($X)"},
  };
  if (name == "dict" || name == "collections.abc.Mapping" ||
      name == "collections.abc.MutableMapping") {
    if (!FileHasMaps(c)) return Js(c, "$X?.constructor === Object", {{"X", value}}, origin);
    return Js(c, "$X instanceof Map || $X?.constructor === Object", {{"X", value}}, origin);
  }
  if (name == "datetime.date" || name == "datetime.datetime") {
    // Both are a Date here: a test for times is wrong where the file has days too.
    if (name == "datetime.datetime" && MakesDays(c))
      return c.Refuse(origin, "untranslated", {{"reason", "`isinstance` with `datetime`"}});
    return Js(c, "$X instanceof Date", {{"X", value}}, origin);
  }
  if (name == "int") c.SayOnce("bool-is-int", origin);
  if (name == "float" && !Only(c, value_source, kNumber)) c.SayOnce("float-text", origin);
  for (const Row& row : kRows) {
    if (row.python != name) continue;
    if (row.python == "object") return c.New(make::Bool{.value = true}, origin);
    return Js(c, row.js, {{"X", value}}, origin);
  }
  if (IsTypeValue(c, type)) {
    if (MixesNumbers(c)) {
      return c.Refuse(origin, "untranslated", {{"reason", "`isinstance` where int and float are both in variables"}});
    }
    return c.NewCall(Local(c, "isInstance"), {value, c.Expr(type)}, origin);
  }
  // A protocol is what has its methods.
  NodeId protocol = ClassInFile(c, type);
  if (protocol && LibraryBaseOf(c, protocol) == "typing.Protocol") {
    NodeId all;
    for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(protocol).body()).statements()) {
      auto method = c.As<Method>(member);
      if (!method) continue;
      if (method.name().starts_with("__")) return c.Refuse(origin, "untranslated", {{"reason", "`isinstance` with this protocol"}});
      NodeId called = c.New(make::Attribute{.object = CopyTarget(c, value), .name = MemberName(c, kNoNode, method.name()), .is_optional = true}, {});
      NodeId one = Js(c, "typeof $C === \"function\"", {{"C", called}}, origin);
      all = all ? c.New(make::Logical{.left = all, .right = one, .op = LogicalOp::kAnd}, origin) : one;
    }
    if (all && c.IsPure(value_source)) return all;
    return c.Refuse(origin, "untranslated", {{"reason", "`isinstance` with this protocol"}});
  }
  if (Only(c, type, kArray))
    return Js(c, "$T.some((type) => $X instanceof type)", {{"T", c.Expr(type)}, {"X", value}},
              origin);
  return c.New(make::Binary{.left = value, .right = c.Expr(type), .op = BinaryOp::kInstanceOf},
               origin);
}

bool Names(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// `(A, B)` and `A | B`, in order.
void CollectTypes(Context& c, NodeId type, NodeList& out) {
  if (auto several = c.As<Tuple>(type)) {
    for (NodeId one : several.elements()) CollectTypes(c, one, out);
  } else if (auto either = c.As<Binary>(type); either && either.op() == BinaryOp::kBitOr) {
    CollectTypes(c, either.left(), out);
    CollectTypes(c, either.right(), out);
  } else if (NodeId alias = AliasedType(c, type)) {
    CollectTypes(c, alias, out);
  } else if (auto place = c.As<Subscript>(type);
             place && c.facts().ResolvedName(place.object()) == "typing.Union") {
    CollectTypes(c, place.index(), out);
  } else {
    out.push_back(type);
  }
}

}  // namespace

std::optional<NodeId> IsInstance(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  NodeList types;
  CollectTypes(c, a[1], types);
  // (int, float): any number.
  bool numbers = types.size() == 2;
  std::vector<std::string> names;
  for (NodeId type : types) {
    names.push_back(c.facts().ResolvedName(type));
    numbers = numbers && (names.back() == "int" || names.back() == "float");
  }
  if (numbers) return Js(c, "typeof $X === \"number\"", {{"X", c.Expr(a[0])}}, a.id);
  NodeId result;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < types.size(); ++i) {
    // A list and a tuple are the same here.
    std::string same = names[i] == "tuple" ? "list" : names[i] == "frozenset" ? "set" : names[i];
    if (same == "datetime.datetime" && Names(names, "datetime.date")) same = "datetime.date";
    if (same == "datetime.date") types[i] = types[static_cast<std::size_t>(
        std::find(names.begin(), names.end(), "datetime.date") - names.begin())];
    if (!same.empty() && !seen.insert(same).second) continue;
    NodeId one = TypeTest(c, a[0], types[i], types[i]);
    result = result ? c.New(make::Logical{.left = result, .right = one, .op = LogicalOp::kOr}, a.id)
                    : one;
  }
  return result;
}
std::optional<NodeId> IsSubclass(Context& c, Arguments& a) {
  if (a.count != 2) return std::nullopt;
  NodeId type = c.Expr(a[0]);
  NodeId base = c.Expr(a[1]);
  // A tuple of classes, written out or in a variable.
  if (Only(c, a[1], kArray)) {
    return Js(c, "$B.some((base) => $A === base || $A?.prototype instanceof base)",
              {{"A", type}, {"B", base}}, a.id);
  }
  return Js(c, "$A === $B || $A?.prototype instanceof $B", {{"A", type}, {"B", base}}, a.id);
}
namespace {
bool IsOwnAttribute(std::string_view name) { return name.size() > 4 && name.starts_with("__") && name.ends_with("__"); }

// Has the file members whose names are spelt in another way here?
bool RenamesMembers(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    std::string_view name;
    if (auto method = c.As<Method>(NodeId{i})) name = method.name();
    if (auto field = c.As<Field>(NodeId{i})) name = field.name();
    if (auto attribute = c.As<Attribute>(NodeId{i})) name = attribute.name();
    if (!name.empty() && !IsOwnAttribute(name) && c.names().Member(name, false) != name)
      return true;
  }
  return false;
}

// A computed name of an attribute, in the spelling that attributes have here.
NodeId AttributeKey(Context& c, NodeId name) {
  NodeId key = c.Expr(name);
  return RenamesMembers(c) ? c.NewCall(Local(c, "camelCase"), {key}) : key;
}

// `o.name`, or `o[name]` for a computed name.
NodeId AttributePlace(Context& c, Arguments& a) {
  auto name = c.As<String>(a[1]);
  if (name && IsJsIdentifier(name.value()))
    return c.NewAttribute(c.Expr(a[0]), c.names().Member(name.value(), false), a.id);
  return c.New(make::Subscript{.object = c.Expr(a[0]), .index = AttributeKey(c, a[1])}, a.id);
}

// Is the function that was asked for given a name, and called by it? Then it has to keep its object.
bool IsCalledByName(Context& c, NodeId id) {
  NodeId target;
  NodeId parent = c.facts().Parent(id);
  if (auto assign = c.As<Assign>(parent); assign && assign.targets().size() == 1)
    target = assign.targets()[0];
  if (auto walrus = c.As<AssignExpr>(parent)) target = walrus.target();
  if (!c.src().Is(target, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(target);
  if (!binding) return false;
  const NodeList& reads = c.facts().binding(binding).reads;
  return std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
    auto call = c.As<Call>(c.facts().Parent(read));
    return call && call.callee() == read;
  });
}
// Properties that the file's classes do not let be set: Python raises AttributeError, a script of JavaScript says nothing.
struct ReadOnlyProperties {
  explicit ReadOnlyProperties(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto getter = c.As<Method>(NodeId{i});
      if (!getter || getter.kind() != MethodKind::kGetter) continue;
      const NodeId owner = c.facts().EnclosingClass(NodeId{i});
      bool has_setter = false;
      for (std::uint32_t k = 1; k < c.src().size() && !has_setter; ++k) {
        auto other = c.As<Method>(NodeId{k});
        has_setter = k != i && other && other.name() == getter.name() &&
                     c.facts().EnclosingClass(NodeId{k}) == owner;
      }
      any = any || !has_setter;
    }
  }
  bool any = false;
};

}  // namespace

std::optional<NodeId> SetAttr(Context& c, Arguments& a) {
  auto name = a.count == 3 ? c.As<String>(a[1]) : String();
  if (a.count != 3 || !a.simple() || (name && IsOwnAttribute(name.value())))
    return c.Refuse(a.id, "untranslated", {{"reason", "`setattr`"}});
  if (!name && c.State<ReadOnlyProperties>().any && PrintsErrors(c) && IsCaught(c, a.id, "AttributeError"))
    return c.Refuse(a.id, "untranslated", {{"reason", "`setattr` of what may be a property without a setter"}});
  // What is put on a class is seen through its instances, which in JavaScript see the prototype.
  const auto object = c.As<ir::Name>(a[0]);
  const bool is_class = c.facts().KindOf(a[0]) == facts::TypeKind::kClass ||
                        (object && (object.id() == "cls" || object.id() == "klass") &&
                         c.facts().KindOf(a[0]) == facts::TypeKind::kUnknown);
  if (is_class && (c.facts().KindOf(a[2]) == facts::TypeKind::kUnknown || c.facts().May(a[2], {facts::TypeKind::kFunction})))
    return c.Refuse(a.id, "untranslated", {{"reason", "`setattr` of a class"}});
  NodeId place = AttributePlace(c, a);
  return c.New(make::AssignExpr{.target = place, .value = c.Expr(a[2])}, a.id);
}
std::optional<NodeId> DelAttr(Context& c, Arguments& a) {
  if (a.count != 2 || !a.simple()) return c.Refuse(a.id, "untranslated", {{"reason", "`delattr`"}});
  return c.New(make::Unary{.operand = AttributePlace(c, a), .op = UnaryOp::kDelete}, a.id);
}
std::optional<NodeId> Vars(Context& c, Arguments& a) {
  if (a.count != 1 || !a.simple()) return c.Refuse(a.id, "untranslated", {{"reason", "`vars`"}});
  return Js(c, "({ ...$X })", {{"X", c.Expr(a[0])}}, a.id);
}

std::optional<NodeId> GetAttr(Context& c, Arguments& a) {
  auto name = a.count >= 2 ? c.As<String>(a[1]) : String();
  // Python's own attributes have other names here, or none.
  bool own = name && IsOwnAttribute(name.value());
  if (own && name.value() == "__name__" && a.count == 3) {
    SayRenamedFunctions(c, a.id);
    return Js(c, "$X.name ?? $D", {{"X", c.Expr(a[0])}, {"D", c.Expr(a[2])}}, a.id);
  }
  if (own || !a.simple() || a.count < 2) return c.Refuse(a.id, "dynamic-attribute", {{"name", name ? std::string(name.value()) : "getattr"}});
  NodeId read = AttributePlace(c, a);
  if (!name && c.IsPure(a[0]) && IsCalledByName(c, a.id)) {
    std::string_view bound = a.count == 3 ? "$X?.bind($O)" : "$X.bind($O)";
    read = Js(c, bound, {{"X", read}, {"O", c.Expr(a[0])}}, a.id);
  }
  if (a.count == 3) return Js(c, "$X ?? $D", {{"X", read}, {"D", c.Expr(a[2])}}, a.id);
  return read;
}
std::optional<NodeId> HasAttr(Context& c, Arguments& a) {
  auto name = a.count == 2 ? c.As<String>(a[1]) : String();
  if (name && name.value().starts_with("__") && name.value().ends_with("__")) {
    return c.Refuse(a.id, "dynamic-attribute", {{"name", std::string(name.value())}});
  }
  NodeId key = name ? c.NewString(c.names().Member(name.value(), false)) : AttributeKey(c, a[1]);
  return Js(c, "$K in $X", {{"K", key}, {"X", c.Expr(a[0])}}, a.id);
}
std::optional<NodeId> TypeOf(Context& c, Arguments& a) {
  if (a.count != 1) return std::nullopt;
  return c.NewAttribute(c.Expr(a[0]), "constructor", a.id);
}
}  // namespace asyncport::translate::to_js::builtin
