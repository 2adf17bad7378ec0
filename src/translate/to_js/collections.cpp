// Displays, subscripts, slices and attributes: what JavaScript calls the elements of a thing.
// Example: `d["name"]` -> `d.name`; `xs[-1]` -> `xs.at(-1)`; `{1: "a"}` -> `new Map([[1, "a"]])`.
#include <algorithm>
#include <utility>

#include "translate/to_js/builtins.h"
#include "translate/to_js/type_values.h"
#include "translate/to_js/class_parts.h"
#include "translate/to_js/declare.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

std::optional<NodeId> TranslateTuple(Context& c, NodeId id) {
  return c.New(make::List{.elements = c.Exprs(c.As<Tuple>(id).elements())}, id);
}

std::optional<NodeId> TranslateSpread(Context& c, NodeId id) {
  NodeId value = c.As<Spread>(id).value();
  NodeId parent = c.facts().Parent(id);
  if (c.src().Is(parent, NodeKind::kDict)) {
    return c.New(make::Spread{.value = c.Expr(value)}, id);
  }
  return c.New(make::Spread{.value = IterableOf(c, value)}, id);
}

// Is the dict display a Map? Facts decide for all dicts that meet.
bool IsMapDisplay(Context& c, NodeId id) { return Only(c, id, kMap); }

std::optional<NodeId> TranslateDict(Context& c, NodeId id) {
  auto dict = c.As<Dict>(id);
  if (!IsMapDisplay(c, id)) {
    NodeList entries;
    for (NodeId e : dict.entries()) {
      auto entry = c.As<DictEntry>(e);
      auto spread = c.As<Spread>(e);
      if (spread && May(c, spread.value(), kMap)) {
        NodeId object = Js(c, "Object.fromEntries($X)", {{"X", c.Expr(spread.value())}});
        if (May(c, spread.value(), kObject)) return c.Refuse(e, "object-or-dict", {{"name", "a dict"}});
        entries.push_back(c.New(make::Spread{.value = object}, e));
      } else if (!entry) {
        entries.push_back(c.Expr(e));
      } else {
        entries.push_back(c.New(make::DictEntry{.key = c.Expr(entry.key()), .value = c.Expr(entry.value())}, e));
      }
    }
    return c.New(make::Dict{.entries = std::move(entries), .was_multiline = dict.was_multiline()}, id);
  }
  NodeList pairs;
  for (NodeId e : dict.entries()) {
    if (auto spread = c.As<Spread>(e)) {
      NodeId all = c.Expr(spread.value());
      if (Only(c, spread.value(), kObject)) all = Js(c, "Object.entries($X)", {{"X", all}});
      pairs.push_back(c.New(make::Spread{.value = all}, e));
      continue;
    }
    auto entry = c.As<DictEntry>(e);
    pairs.push_back(c.New(make::List{.elements = {KeyOf(c, entry.key()), c.Expr(entry.value())}}, e));
  }
  NodeList args;
  if (!pairs.empty()) args.push_back(c.New(make::List{.elements = std::move(pairs)}, {}));
  return c.New(make::New{.callee = c.NewName("Map"), .args = std::move(args)}, id);
}

std::optional<NodeId> TranslateSetLit(Context& c, NodeId id) {
  NodeList elements;
  for (NodeId e : c.As<SetLit>(id).elements()) elements.push_back(c.src().Is(e, NodeKind::kSpread) ? c.Expr(e) : KeyOf(c, e));
  return c.New(make::New{.callee = c.NewName("Set"), .args = {c.New(make::List{.elements = std::move(elements)}, {})}}, id);
}

NodeId ReadSlice(Context& c, Subscript place, NodeId id) {
  auto slice = c.As<Slice>(place.index());
  NodeId object = c.Expr(place.object());
  bool text = Only(c, place.object(), kText);
  auto step = slice.step() ? LiteralInt(c, slice.step()) : std::optional<long long>(1);
  auto any_step = [&] {
    auto bound = [&](NodeId source) { return source && !c.src().Is(source, NodeKind::kNull) ? c.Expr(source) : c.New(make::Null{}, {}); };
    NodeList args{object, bound(slice.lower()), bound(slice.upper()), c.Expr(slice.step())};
    return c.NewCall(Local(c, "sliceBySteps"), std::move(args), id);
  };
  if (!step || *step == 0) return any_step();
  NodeId part = object;
  if (*step < 0) {
    if (slice.lower() || slice.upper()) {
      // `xs[4:1:-1]`: the same elements from the other side.
      // -1: not a literal (or a negative one).
      long long low = slice.lower() ? LiteralInt(c, slice.lower()).value_or(-1) : -1;
      long long high = slice.upper() ? LiteralInt(c, slice.upper()).value_or(-1) : -1;
      bool fine = *step == -1 && (!slice.lower() || low >= 0) && (!slice.upper() || high >= 0);
      if (!fine) return any_step();
      NodeList args{c.NewInt(slice.upper() ? high + 1 : 0)};
      if (slice.lower()) args.push_back(c.NewInt(low + 1));
      part = c.NewCall(c.NewAttribute(object, "slice"), std::move(args));
      if (!text) return Js(c, "$X.reverse()", {{"X", part}}, id);
    }
    if (text) part = Js(c, "[...$X].reverse()", {{"X", part}});
    else part = Js(c, "$X.toReversed()", {{"X", part}});
  } else if (slice.lower() || slice.upper()) {
    NodeList args;
    // None as a bound is no bound; null would be zero.
    const auto bound = [&](NodeId given) {
      const bool may_be_none = May(c, given, kNone) && c.src().Is(given, NodeKind::kName);
      return may_be_none ? Js(c, "$X ?? undefined", {{"X", c.Expr(given)}}) : c.Expr(given);
    };
    args.push_back(slice.lower() ? c.Expr(slice.lower()) : c.NewInt(0));
    if (slice.upper()) args.push_back(bound(slice.upper()));
    part = c.NewCall(c.NewAttribute(object, "slice"), std::move(args), id);
    if (*step == 1) return part;
    if (text) part = Js(c, "[...$X]", {{"X", part}});
  } else if (*step == 1) {
    if (text) return object;
    if (Only(c, place.object(), kArray)) return Js(c, "[...$X]", {{"X", object}}, id);
    return Js(c, "$X.slice()", {{"X", object}}, id);
  } else if (text) {
    part = Js(c, "[...$X]", {{"X", object}});
  }
  long long stride = *step < 0 ? -*step : *step;
  if (stride > 1) part = Js(c, "$X.filter((_, i) => i % $N === 0)", {{"X", part}, {"N", c.NewInt(stride)}}, id);
  if (text) part = Js(c, "$X.join(\"\")", {{"X", part}}, id);
  return part;
}

// An index that surely counts from the start.
bool IsForwardIndex(Context& c, NodeId index) {
  if (IsNonNegative(c, index)) return true;
  if (!c.src().Is(index, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(index);
  if (!binding) return false;
  for (NodeId write : c.facts().binding(binding).writes) {
    // `for i, x in enumerate(xs)` and `for i in range(...)`.
    NodeId up = c.facts().Parent(write);
    if (c.src().Is(up, NodeKind::kListPattern)) up = c.facts().Parent(up);
    NodeId iterable;
    if (auto loop = c.As<ForEach>(up)) iterable = loop.iterable();
    if (auto clause = c.As<CompFor>(up)) iterable = clause.iterable();
    auto call = iterable ? c.As<Call>(iterable) : Call();
    if (!call) return false;
    std::string name = c.facts().ResolvedName(call.callee());
    if (name != "enumerate" && name != "range") return false;
    if (name == "range" && call.args().size() == 3 && !c.src().Is(call.args()[2], NodeKind::kUnary)) continue;
  }
  return !c.facts().binding(binding).writes.empty() && c.facts().binding(binding).kind != facts::BindingKind::kParam;
}

std::string_view OutOfRange(Context& c, NodeId sequence) {
  if (Only(c, sequence, kText)) return "string";
  return c.facts().KindOf(sequence) == facts::TypeKind::kTuple ? "tuple" : "list";
}

// What a read of a missing key must do where the program catches its KeyError or IndexError: a statement before this one,
// a function in the middle of an expression.
NodeId Guarded(Context& c, Subscript place, NodeId present, NodeId value, NodeId id) {
  bool sequence = Only(c, place.object(), kArray | kText | kBytes);
  if (c.guarded() || !c.IsPure(place.object()) || !c.IsPure(place.index())) {
    NodeId object = c.Expr(place.object());
    NodeId key = sequence ? c.Expr(place.index()) : KeyOf(c, place.index());
    if (!sequence) return c.NewCall(Local(c, "valueAt"), {object, key}, id);
    return c.NewCall(Local(c, "itemAt"), {object, key, c.NewString(OutOfRange(c, place.object()))}, id);
  }
  NodeId message = !sequence ? KeyErrorMessage(c, place.index(), c.Expr(place.index())) : c.NewString(std::string(OutOfRange(c, place.object())) + " index out of range");
  NodeId test = Negate(c, present);
  c.HoistEffect(c.New(make::If{.test = test, .body = c.NewBlock({ThrowNew(c, sequence ? "IndexError" : "KeyError", message, {})})}, {}), id);
  return value;
}

// Has every value of the expression this field, as far as the file shows?
bool HasField(Context& c, NodeId record, std::string_view name) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(record));
  return std::any_of(type.fields.begin(), type.fields.end(), [&](auto& field) { return field.first == name; });
}

// Does the file look at the dict as a whole (its size, its keys), so that a key made by reading shows?
bool IsSeenWhole(Context& c, NodeId dict) {
  facts::BindingId binding = c.src().Is(dict, NodeKind::kName) ? c.facts().BindingOf(dict) : facts::BindingId{};
  auto named = c.As<Attribute>(dict);
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId node{i};
    auto attribute = c.As<Attribute>(node);
    bool same = binding ? c.src().Is(node, NodeKind::kName) && c.facts().BindingOf(node) == binding : named && attribute && attribute.name() == named.name();
    if (!same) continue;
    auto place = c.As<Subscript>(c.facts().Parent(node));
    bool written = c.src().Is(c.facts().Parent(node), NodeKind::kAssign);
    if (!written && (!place || place.object() != node)) return true;
  }
  return false;
}

NodeId MapRead(Context& c, Subscript place, NodeId id) {
  NodeId dict = c.Expr(place.object());
  NodeId key = KeyOf(c, place.index());
  NodeId read = Js(c, "$D.get($K)", {{"D", dict}, {"K", key}}, id);
  if (LibraryClassOf(c, place.object()).ends_with("Counter")) return Js(c, "$R ?? 0", {{"R", read}}, id);
  NodeId factory = DefaultFactory(c, place.object());
  if (!factory) {
    if (IsCaught(c, id, "KeyError")) {
      NodeId has = Js(c, "$D.has($K)", {{"D", CopyTarget(c, dict)}, {"K", CopyTarget(c, key)}});
      return Guarded(c, place, has, read, id);
    }
    return read;
  }
  std::string made = c.facts().ResolvedName(factory);
  bool plain = made == "int" || made == "float" || made == "str";
  if (plain && (!IsSeenWhole(c, place.object()) || !c.IsPure(place.index()))) {
    return Js(c, "$R ?? $D", {{"R", read}, {"D", made == "str" ? c.NewString("") : c.NewInt(0)}}, id);
  }
  NodeId fresh = plain            ? (made == "str" ? c.NewString("") : c.NewInt(0))
                 : made == "list" ? Js(c, "[]", {})
                 : made == "set"  ? Js(c, "new Set()", {})
                 : made == "dict" ? Js(c, "new Map()", {})
                                  : Apply(c, factory, {}, factory);
  // Reading makes the missing value and keeps it: a statement before `d[k].append(x)`, a function in an expression.
  NodeId method = c.facts().Parent(id);
  NodeId used = c.src().Is(method, NodeKind::kAttribute) ? c.facts().Parent(method) : kNoNode;
  bool statement = used && c.src().Is(used, NodeKind::kCall) && c.src().Is(c.facts().Parent(used), NodeKind::kExprStmt);
  bool step = c.src().Is(method, NodeKind::kAugAssign) || c.src().Is(method, NodeKind::kForEach) || c.src().Is(method, NodeKind::kAssign);
  if (c.guarded() || (!statement && !step)) return c.NewCall(Local(c, "setDefault"), {dict, key, fresh}, id);
  NodeId test = Js(c, "!$D.has($K)", {{"D", CopyTarget(c, dict)}, {"K", CopyTarget(c, key)}});
  NodeId set = Js(c, "$D.set($K, $V)", {{"D", CopyTarget(c, dict)}, {"K", CopyTarget(c, key)}, {"V", fresh}});
  c.HoistEffect(c.New(make::If{.test = test, .body = c.NewBlock({c.NewExprStmt(set)})}, {}), id);
  return read;
}

std::optional<NodeId> TranslateSubscript(Context& c, NodeId id) {
  auto place = c.As<Subscript>(id);
  NodeId index = place.index();
  if (c.src().Is(index, NodeKind::kSlice)) return ReadSlice(c, place, id);
  if (NodeId owner = ClassOf(c, place.object())) {
    if (IsNamedTuple(c, owner)) {
      NodeList fields = DataFields(c, owner);
      auto literal = LiteralInt(c, index);
      long long size = static_cast<long long>(fields.size());
      if (literal && *literal >= -size && *literal < size) {
        NodeId field = fields[static_cast<std::size_t>(*literal < 0 ? *literal + size : *literal)];
        return c.NewAttribute(c.Expr(place.object()), c.names().Member(c.As<Field>(field).name(), false), id);
      }
      return c.Refuse(id, "tuple-key");
    }
    if (FindMethod(c, owner, "__getitem__")) {
      return Js(c, "$D.get($K)", {{"D", c.Expr(place.object())}, {"K", c.Expr(index)}}, id);
    }
  }
  if (c.facts().KindOf(place.object()) == facts::TypeKind::kClass) {
    // `Color["RED"]`
    NodeId members = c.facts().type(c.facts().TypeOf(place.object())).decl;
    if (members && IsEnum(c, members) && !c.src().Is(index, NodeKind::kString) && IsCaught(c, id, "KeyError")) {
      NamedErrorClass(c, "KeyError");
      return c.NewCall(Local(c, "memberNamed"), {c.Expr(place.object()), c.Expr(index)}, id);
    }
    return c.New(make::Subscript{.object = c.Expr(place.object()), .index = c.Expr(index)}, id);
  }
  // Only a dict is read by a tuple, and then it is a Map.
  bool by_tuple = c.src().Is(index, NodeKind::kTuple) && (KindsOf(c, place.object()) & kUnknown) != 0;
  if (IsMapPlace(c, id) || by_tuple) return MapRead(c, place, id);
  NodeId object = c.Expr(place.object());
  if (auto key = c.As<String>(index)) {
    NodeId read = IsJsIdentifier(key.value()) ? c.NewAttribute(object, key.value(), id)
                                              : c.New(make::Subscript{.object = object, .index = c.Expr(index)}, id);
    if (HasField(c, place.object(), key.value()) ? IsCaughtHere(c, id, "KeyError") : IsCaught(c, id, "KeyError")) {
      NodeId has = Js(c, "Object.hasOwn($D, $K)", {{"D", CopyTarget(c, object)}, {"K", c.Expr(index)}});
      return Guarded(c, place, has, read, id);
    }
    return read;
  }
  bool sequence = Only(c, place.object(), kArray | kText | kBytes);
  bool number = Only(c, index, kNumber);
  if (sequence && IsCaught(c, id, "IndexError")) {
    NodeId key = c.Expr(index);
    NodeId read = IsForwardIndex(c, index) ? c.New(make::Subscript{.object = object, .index = key}, id) : Js(c, "$X.at($I)", {{"X", object}, {"I", key}}, id);
    NodeId present = Js(c, "$X.at($I) !== undefined", {{"X", CopyTarget(c, object)}, {"I", CopyTarget(c, key)}});
    return Guarded(c, place, present, read, id);
  }
  if (!Only(c, place.object(), kObject | kArray | kText | kBytes) && IsCaught(c, id, "KeyError")) {
    NodeId key = c.Expr(index);
    NodeId read = c.New(make::Subscript{.object = object, .index = key}, id);
    NodeId has = Js(c, "Object.hasOwn($D, $K)", {{"D", CopyTarget(c, object)}, {"K", CopyTarget(c, key)}});
    return Guarded(c, place, has, read, id);
  }
  if (Only(c, place.object(), kObject) && IsCaught(c, id, "KeyError")) {
    NodeId key = c.Expr(index);
    NodeId read = c.New(make::Subscript{.object = object, .index = key}, id);
    NodeId has = Js(c, "Object.hasOwn($D, $K)", {{"D", CopyTarget(c, object)}, {"K", CopyTarget(c, key)}});
    return Guarded(c, place, has, read, id);
  }
  bool backwards = LiteralInt(c, index) ? *LiteralInt(c, index) < 0 : sequence && number && !IsForwardIndex(c, index);
  if (backwards) return Js(c, "$X.at($I)", {{"X", object}, {"I", c.Expr(index)}}, id);
  return c.New(make::Subscript{.object = object, .index = c.Expr(index)}, id);
}

// `obj.method` as a value keeps its object in Python and loses it in JavaScript.
NodeId BoundMethod(Context& c, NodeId id, NodeId object, std::string_view name) {
  c.SayOnce("method-binding", id);
  if (!c.IsPure(c.As<Attribute>(id).object())) return c.NewCall(Local(c, "bound"), {object, c.NewString(name)}, id);
  return Js(c, "(...args) => $F(...args)", {{"F", c.NewAttribute(object, name, id)}}, id);
}

// `add = names.append`
NodeId BuiltinMethodValue(Context& c, NodeId id, NodeId object, std::string_view name) {
  struct Row {
    unsigned kinds;
    std::string_view name;
    std::string_view js;
  };
  static constexpr Row kRows[] = {{kArray, "append", "(item) => $X.push(item)"}, {kSet, "add", "(item) => $X.add(item)"},
                                  {kSet, "discard", "(item) => $X.delete(item)"}, {kMap, "get", "(key) => $X.get(key) ?? null"}};
  for (const Row& row : kRows) {
    if (row.name == name && Only(c, object, row.kinds) && c.IsPure(object)) return Js(c, row.js, {{"X", c.Expr(object)}}, id);
  }
  return c.Refuse(id, "untranslated", {{"reason", "`." + std::string(name) + "` as a value"}});
}

// An object of which nothing says that it has the attribute. Null and undefined fail by themselves.
bool MayLackAttribute(Context& c, NodeId object) {
  facts::TypeKind kind = c.facts().KindOf(object);
  return kind != facts::TypeKind::kModule && kind != facts::TypeKind::kClass && LibraryClassOf(c, object).empty() && !Only(c, object, kError);
}

// Python's name of a type that every value of the expression has.
std::string_view BuiltinTypeName(Context& c, NodeId value) {
  using facts::TypeKind;
  struct Row {
    TypeKind kind;
    std::string_view name;
  };
  static constexpr Row kRows[] = {{TypeKind::kInt, "int"}, {TypeKind::kFloat, "float"}, {TypeKind::kStr, "str"}, {TypeKind::kBool, "bool"},
                                  {TypeKind::kNull, "NoneType"}, {TypeKind::kList, "list"}, {TypeKind::kTuple, "tuple"}, {TypeKind::kDict, "dict"},
                                  {TypeKind::kMap, "dict"}, {TypeKind::kSet, "set"}, {TypeKind::kBytes, "bytes"}, {TypeKind::kFunction, "function"}};
  if (!c.IsPure(value)) return {};
  for (const Row& row : kRows) {
    if (c.facts().KindOf(value) == row.kind && LibraryClassOf(c, value).empty()) return row.name;
  }
  return {};
}

// Does the decorator hand the name and text of what it wraps on?
bool UsesWraps(Context& c, NodeId node) {
  if (!node) return false;
  if (c.IsCallTo(node, "functools.wraps")) return true;
  bool found = false;
  c.src().ForEachChild(node, [&](NodeId child) { found = found || UsesWraps(c, child); });
  return found;
}

std::optional<NodeId> TranslateAttribute(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  NodeId object = attribute.object();
  std::string_view name = attribute.name();
  NodeId parent = c.facts().Parent(id);
  auto call = c.As<Call>(parent);
  bool is_callee = call && call.callee() == id;
  if (name == "__name__" || name == "__qualname__") {
    // `type(x).__name__`
    if (auto type_call = c.As<Call>(object); type_call && c.facts().ResolvedName(type_call.callee()) == "type" && type_call.args().size() == 1) {
      NodeId value = type_call.args()[0];
      if (Only(c, value, kError)) return c.NewAttribute(c.Expr(value), "name", id);
      if (std::string_view builtin = BuiltinTypeName(c, value); !builtin.empty()) return c.NewString(builtin, id);
      bool instance = Only(c, value, kInstance | kError | kLibrary) || c.src().Is(value, NodeKind::kSelfRef);
      if (!instance) {
        // A tuple cannot be told from a list, nor a whole float from an int.
        if (!Only(c, value, kText | kNumber | kFlag | kNone | kSet | kObject | kMap | kInstance) ||
            c.facts().May(value, {facts::TypeKind::kFloat})) {
          c.SayOnce("object-or-dict", id, {{"name", std::string(c.source().Text(c.src().span(value)))}});
        }
        return c.NewCall(Local(c, "typeName"), {c.Expr(value)}, id);
      }
      return Js(c, "$X.constructor.name", {{"X", c.Expr(value)}}, id);
    }
    if (IsTypeValue(c, object)) return c.NewCall(Local(c, "typeLabel"), {c.Expr(object)}, id);
    SayRenamedFunctions(c, id);
    return c.NewAttribute(c.Expr(object), "name", id);
  }
  if (name == "__doc__" && c.src().Is(object, NodeKind::kName)) {
    NodeId definition = c.facts().type(c.facts().TypeOf(object)).decl;
    facts::BindingId binding = c.facts().BindingOf(object);
    if (binding && c.facts().binding(binding).kind == facts::BindingKind::kFunction &&
        c.facts().binding(binding).writes.size() < 2)
      definition = c.facts().binding(binding).definition;
    auto function = c.As<FunctionDef>(definition);
    auto klass = c.As<ClassDef>(definition);
    // What `wraps` or a cache makes of it keeps the text.
    bool kept = function && std::all_of(function.decorators().begin(), function.decorators().end(), [&](NodeId d) {
      auto made = c.As<Call>(d);
      NodeId decorator = made ? made.callee() : d;
      return c.facts().ResolvedName(decorator).starts_with("functools.") ||
             UsesWraps(c, c.facts().type(c.facts().TypeOf(decorator)).decl);
    });
    if (kept || klass) {
      NodeId text = function ? function.docstring() : klass.docstring();
      return text ? c.NewString(c.src().text(text), id) : c.New(make::Null{}, id);
    }
  }
  if (name == "__dict__") {
    // The object itself where its attributes are read or written one by one, else a copy.
    auto place = c.As<Subscript>(parent);
    bool method = c.src().Is(parent, NodeKind::kAttribute);
    if (method || (place && place.object() == id)) return c.Expr(object);
    return Js(c, "({ ...$X })", {{"X", c.Expr(object)}}, id);
  }
  if (name == "__class__") return c.NewAttribute(c.Expr(object), "constructor", id);
  // A member of an IntEnum is its value.
  if (name == "value") {
    NodeId outer = object;
    if (auto place = c.As<Subscript>(outer)) outer = place.object();
    else if (auto inner = c.As<Attribute>(outer)) outer = inner.object();
    NodeId enum_class = c.facts().type(c.facts().TypeOf(outer)).decl;
    NodeId of_value = ClassOf(c, object);
    bool by_name = outer != object && enum_class && c.src().Is(enum_class, NodeKind::kClassDef) && IsEnum(c, enum_class) && IsIntEnum(c, enum_class);
    if (by_name || (of_value && IsEnum(c, of_value) && IsIntEnum(c, of_value))) return c.Expr(object);
  }
  if (name == "__cause__") {
    NodeId cause = c.NewAttribute(c.Expr(object), "cause", id);
    // An error that was thrown without one has undefined there.
    auto test = c.As<Binary>(c.facts().Parent(id));
    const bool meets_none = test && (c.src().Is(test.left(), NodeKind::kNull) || c.src().Is(test.right(), NodeKind::kNull));
    if (!meets_none) return cause;
    return c.New(make::Logical{.left = cause, .right = c.New(make::Null{}, {}), .op = LogicalOp::kNullish}, id);
  }
  // `super().__str__()`, `other.__eq__(x)`: called by its name here, where the class has it.
  if (is_callee && (c.src().Is(object, NodeKind::kSuperRef) || ClassOf(c, object))) {
    NodeId owner = c.src().Is(object, NodeKind::kSuperRef) ? BaseInFile(c, c.facts().EnclosingClass(id)) : ClassOf(c, object);
    std::string_view js = DunderName(name);
    bool plain = owner && FindMethod(c, owner, name) && !js.empty() && !js.starts_with("Symbol.") && name != "__len__" && name != "__hash__";
    if (plain && name == "__repr__" && !FindMethod(c, owner, "__str__")) js = "toString";
    if (plain) return c.NewAttribute(c.Expr(object), js, id);
  }
  if (name.starts_with("__") && name.ends_with("__")) return c.Refuse(id, "dynamic-attribute", {{"name", std::string(name)}});
  NodeId owner = ClassOf(c, object);
  NodeId method = owner ? FindMethod(c, owner, name) : kNoNode;
  auto m = method ? c.As<Method>(method) : Method();
  if (m && m.is_static() && m.kind() == MethodKind::kMethod) {
    // Instances of JavaScript do not see what belongs to their class.
    auto around = c.As<Method>(EnclosingMethod(c, id));
    bool on_class = c.src().Is(object, NodeKind::kSelfRef) && around && around.is_static();
    NodeId holder = c.Expr(object);
    return c.NewAttribute(on_class ? holder : c.NewAttribute(holder, "constructor"), MemberName(c, object, name), id);
  }
  auto assigned = c.As<Assign>(parent);
  const bool is_value = !is_callee && !(assigned && assigned.value() != id);
  if (is_value && Only(c, object, kArray | kText | kMap | kSet)) return BuiltinMethodValue(c, id, object, name);
  if (is_value && owner) {
    if (m && m.kind() == MethodKind::kMethod && !m.is_static()) {
      return BoundMethod(c, id, c.Expr(object), MemberName(c, object, name));
    }
  }
  bool written = c.src().Is(parent, NodeKind::kAssign) && c.As<Assign>(parent).value() != id;
  if (!is_callee && !owner && !written && !c.src().Is(parent, NodeKind::kDelete) && IsCaught(c, id, "AttributeError") && MayLackAttribute(c, object)) {
    NodeId value = c.Expr(object);
    NodeId read = c.NewAttribute(value, MemberName(c, object, name), id);
    if (!c.IsPure(object)) {
      c.Say("error-model", id);
      return read;
    }
    NodeId test = Js(c, "$R === undefined", {{"R", CopyTarget(c, read)}});
    NodeId message = c.NewString("no attribute '" + std::string(name) + "'");
    c.HoistEffect(c.New(make::If{.test = test, .body = c.NewBlock({ThrowNew(c, "AttributeError", message)})}, {}), id);
    return read;
  }
  if (owner && IsClassAttribute(c, owner, name)) {
    auto around = c.As<Method>(EnclosingMethod(c, id));
    bool on_class = c.src().Is(object, NodeKind::kSelfRef) && around && around.is_static();
    NodeId value = c.Expr(object);
    if (!on_class) value = c.NewAttribute(value, "constructor");
    return c.NewAttribute(value, MemberName(c, object, name), id);
  }
  return c.NewAttribute(c.Expr(object), MemberName(c, object, name), id);
}

std::optional<NodeId> TranslateBytes(Context& c, NodeId id) {
  c.SayOnce("bytes-are-buffers", id);
  const std::string_view value = c.As<Bytes>(id).value();
  if (std::all_of(value.begin(), value.end(), [](char byte) { return (byte & 0x80) == 0; })) {
    return Js(c, "Buffer.from($S)", {{"S", c.NewString(value, id)}}, id);
  }
  // No text: as UTF-8 it would be other bytes.
  std::string digits;
  for (char byte : value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    digits += kDigits[static_cast<unsigned char>(byte) >> 4];
    digits += kDigits[byte & 0xF];
  }
  return Js(c, "Buffer.from($S, \"hex\")", {{"S", c.NewString(digits, id)}}, id);
}

std::optional<NodeId> TranslateEllipsis(Context& c, NodeId id) { return c.New(make::Undefined{}, id); }

std::optional<NodeId> TranslateNumber(Context& c, NodeId id) {
  auto number = c.As<Number>(id);
  if (number.kind() == NumberKind::kImaginary) return c.Refuse(id, "no-decimal-type");
  // Past 2 ** 53 a JavaScript number rounds.
  std::string digits(number.text());
  std::erase(digits, '_');
  if (number.kind() == NumberKind::kInt && digits.size() > 16) c.Say("safe-integer-limit", id);
  return std::nullopt;
}

}  // namespace

NodeId DefaultFactory(Context& c, NodeId dict) {
  if (!LibraryClassOf(c, dict).ends_with("defaultdict")) return kNoNode;
  // The call that made it: the value of an assignment to the same name or attribute.
  std::string_view wanted;
  facts::BindingId binding;
  if (c.src().Is(dict, NodeKind::kName)) binding = c.facts().BindingOf(dict);
  else if (auto attribute = c.As<Attribute>(dict)) wanted = attribute.name();
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto assign = c.As<Assign>(NodeId{i});
    if (!assign || !assign.value()) continue;
    auto call = c.As<Call>(assign.value());
    if (!call || call.args().empty() || c.facts().ResolvedName(call.callee()) != "collections.defaultdict") continue;
    for (NodeId target : assign.targets()) {
      bool same_name = binding && c.src().Is(target, NodeKind::kName) && c.facts().BindingOf(target) == binding;
      auto attribute = c.As<Attribute>(target);
      if (same_name || (!wanted.empty() && attribute && attribute.name() == wanted)) return call.args()[0];
    }
  }
  // A parameter: any defaultdict of the file, if there is only one kind.
  NodeId found;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto call = c.As<Call>(NodeId{i});
    if (!call || call.args().empty() || c.facts().ResolvedName(call.callee()) != "collections.defaultdict") continue;
    if (found && c.source().Text(c.src().span(found)) != c.source().Text(c.src().span(call.args()[0]))) return kNoNode;
    found = call.args()[0];
  }
  return found;
}

NodeId IterableOf(Context& c, NodeId id) {
  if (auto range = AsRange(c, id)) return ArrayOf(c, id);
  if (Only(c, id, kObject)) return Js(c, "Object.keys($D)", {{"D", c.Expr(id)}}, id);
  if (Only(c, id, kMap)) {
    return Js(c, "$D.keys()", {{"D", c.Expr(id)}}, id);
  }
  if (NodeId owner = ClassOf(c, id); owner && IsNamedTuple(c, owner) && !IsUnpacked(c, owner)) return Js(c, "Object.values($X)", {{"X", c.Expr(id)}}, id);
  if (c.facts().KindOf(id) == facts::TypeKind::kClass) {
    return EnumMembersOf(c, id);
  }
  return c.Expr(id);
}

NodeId ArrayOf(Context& c, NodeId id) {
  if (auto range = AsRange(c, id)) {
    auto start = range->start ? LiteralInt(c, range->start) : std::optional<long long>(0);
    bool unit = !range->step || LiteralInt(c, range->step) == std::optional<long long>(1);
    if (unit && start && *start == 0) return Js(c, "[...Array($N).keys()]", {{"N", c.Expr(range->end)}}, id);
    NodeList args{range->start ? c.Expr(range->start) : c.NewInt(0), c.Expr(range->end)};
    if (!unit) args.push_back(c.Expr(range->step));
    return c.NewCall(Local(c, "range"), std::move(args), id);
  }
  if (Only(c, id, kObject)) return Js(c, "Object.keys($D)", {{"D", c.Expr(id)}}, id);
  NodeId value = IterableOf(c, id);
  if (Only(c, id, kMap | kSet | kText | kIterator) || ClassOf(c, id)) {
    // A comprehension or a library call may have given an array already.
    if (c.dst().Is(value, NodeKind::kList)) return value;
    if (auto call = ir::As<Call>(c.dst(), value)) {
      auto method = ir::As<Attribute>(c.dst(), call.callee());
      static constexpr std::string_view kArrays[] = {"map", "filter", "flatMap", "slice", "toSorted", "toReversed", "sort", "reverse", "entries", "values", "keys", "split", "flat"};
      if (method) {
        auto object = ir::As<ir::Name>(c.dst(), method.object());
        bool of_object = object && object.id() == "Object";
        bool is_array = std::find(std::begin(kArrays), std::end(kArrays), method.name()) != std::end(kArrays);
        bool iterator = method.name() == "entries" || method.name() == "values" || method.name() == "keys";
        if (is_array && (of_object || !iterator)) return value;
      }
      auto local = ir::As<ir::Name>(c.dst(), call.callee());
      if (local && (local.id() == "zip" || local.id() == "range" || local.id() == "groupBy" || local.id() == "accumulate" || local.id() == "combinations" || local.id() == "product")) return value;
    }
    return Js(c, "[...$X]", {{"X", value}}, id);
  }
  if (May(c, id, kIterator) && !Only(c, id, kArray)) return Js(c, "[...$X]", {{"X", value}}, id);
  // One of several kinds, of which an array is only one.
  if ((KindsOf(c, id) & kUnknown) == 0 && May(c, id, kSet | kText | kInstance)) return Js(c, "[...$X]", {{"X", value}}, id);
  return value;
}

std::optional<Range> AsRange(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || c.facts().ResolvedName(call.callee()) != "range" || call.args().empty() || call.args().size() > 3) return std::nullopt;
  for (NodeId arg : call.args()) {
    if (!HasCategory(c.src().kind(arg), category::Expr)) return std::nullopt;
  }
  Range range;
  if (call.args().size() == 1) {
    range.end = call.args()[0];
  } else {
    range.start = call.args()[0];
    range.end = call.args()[1];
    if (call.args().size() == 3) range.step = call.args()[2];
  }
  return range;
}

void RegisterCollections(Topics& t) {
  t.Claim(NodeKind::kTuple, Order::kAfterCards, &TranslateTuple);
  t.Claim(NodeKind::kSpread, Order::kAfterCards, &TranslateSpread);
  t.Claim(NodeKind::kDict, Order::kAfterCards, &TranslateDict);
  t.Claim(NodeKind::kSetLit, Order::kAfterCards, &TranslateSetLit);
  t.Claim(NodeKind::kSubscript, Order::kAfterCards, &TranslateSubscript);
  // The name of a type is more than `constructor.name`.
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, [](Context& c, NodeId id) {
    std::string_view name = c.As<Attribute>(id).name();
    return name == "__name__" || name == "__qualname__" ? TranslateAttribute(c, id) : std::nullopt;
  });
  t.Claim(NodeKind::kAttribute, Order::kAfterCards, &TranslateAttribute);
  t.Claim(NodeKind::kBytes, Order::kAfterCards, &TranslateBytes);
  t.Claim(NodeKind::kEllipsis, Order::kAfterCards, &TranslateEllipsis);
  t.Claim(NodeKind::kNumber, Order::kAfterCards, &TranslateNumber);
}

}  // namespace asyncport::translate::to_js
