// Classes: constructors, members, dunder methods with a counterpart.
// Example: `def __len__(self): return len(self._xs)` -> `get length() { return this._xs.length; }`.
#include <algorithm>
#include <utility>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsImported(Context& c, NodeId value) {
  while (auto attribute = c.As<Attribute>(value)) value = attribute.object();
  const facts::BindingId binding = c.src().Is(value, NodeKind::kName) ? c.facts().BindingOf(value) : facts::BindingId{};
  return binding && c.facts().binding(binding).kind == facts::BindingKind::kImport;
}

// `class Color(Enum, metaclass=Meta)`: a metaclass of the file changes what the class statement means. One from elsewhere
// is left out, and that is said: most check the class or register it.
bool HasOwnMetaclass(Context& c, NodeId id) {
  for (NodeId base : c.As<ClassDef>(id).bases()) {
    auto keyword = c.As<Keyword>(base);
    const bool is_meta = keyword && keyword.name() == "metaclass";
    if (is_meta && c.facts().ResolvedName(keyword.value()) == "abc.ABCMeta") continue;
    if (is_meta && IsImported(c, keyword.value()) && !c.facts().ResolvedName(keyword.value()).starts_with("enum.")) {
      c.Say("metaclass-left-out", base, {{"name", std::string(c.source().Text(c.src().span(keyword.value())))}});
      continue;
    }
    const bool meta = keyword ? is_meta : !HasCategory(c.src().kind(base), category::Expr) || c.facts().ResolvedName(base) == "type";
    if (meta) return true;
  }
  return false;
}

// Builtin types whose instances JavaScript has no class for that Python's operators work on.
bool ExtendsValueType(Context& c, const NodeList& bases) {
  static constexpr std::string_view kTypes[] = {"dict", "list", "set", "frozenset", "tuple", "str", "int", "float", "bytes", "bytearray", "bool", "complex",
                                                "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "collections.deque"};
  return std::any_of(bases.begin(), bases.end(), [&](NodeId base) {
    std::string name = c.facts().ResolvedName(base);
    return std::find(std::begin(kTypes), std::end(kTypes), name) != std::end(kTypes);
  });
}

// Decorators that are left when those that translate themselves are set aside.
NodeList WrappingDecorators(Context& c, NodeId id) {
  static constexpr std::string_view kOwn[] = {"dataclasses.dataclass", "functools.total_ordering", "enum.unique", "typing.runtime_checkable",
                                              "typing.final", "typing.dataclass_transform", "enum.verify"};
  NodeList wrapping;
  for (NodeId d : c.As<ClassDef>(id).decorators()) {
    auto call = c.As<Call>(d);
    std::string name = c.facts().ResolvedName(call ? call.callee() : d);
    if (std::find(std::begin(kOwn), std::end(kOwn), name) == std::end(kOwn)) wrapping.push_back(d);
  }
  return wrapping;
}

NodeList Members(Context& c, NodeId id, bool has_base) {
  auto def = c.As<ClassDef>(id);
  bool data = IsDataclass(c, id);
  bool tuple = IsNamedTuple(c, id);
  bool error = IsErrorClass(c, id);
  bool is_enum = IsEnum(c, id);
  NodeList members;
  if (error) {
    members.push_back(c.New(make::Field{.value = c.NewString(c.src().text(def.name())), .name = "name"}, {}));
    AddArgsConstructor(c, id, members);
  }
  if (is_enum) EnumMembers(c, id, members);
  if (data || tuple) GeneratedMembers(c, id, members);
  if (IsAbstract(c, id) && !data && !FindMethod(c, id, "__init__") && !has_base) {
    members.push_back(NewMethod(c, "", {}, {AbstractGuard(c, id)}, MethodKind::kConstructor));
  }
  for (NodeId member : MembersOf(c, id)) {
    auto field = c.As<Field>(member);
    auto method = c.As<Method>(member);
    if (field && (is_enum || ((data || tuple) && field.annotation() && !IsClassVar(c, member)))) continue;
    if (is_enum && method && method.kind() == MethodKind::kConstructor) continue;
    TranslateMember(c, id, member, members);
  }
  AddClassVariableGetters(c, id, members);
  AddMissingAttributeHook(c, id, members);
  if (!error) AddInspectMethod(c, id, members);
  return members;
}

bool TranslateClassDef(Context& c, NodeId id, NodeList& out) {
  auto def = c.As<ClassDef>(id);
  if (HasOwnMetaclass(c, id)) {
    c.Refuse(id, "untranslated", {{"reason", "a metaclass"}});
    return true;
  }
  if (IsIntEnum(c, id)) {
    TranslateIntEnum(c, id, out);
    return true;
  }
  NodeList left = IsEnum(c, id) && BaseInFile(c, id) == kNoNode ? NodeList{} : LeftBases(c, id);
  if (ExtendsValueType(c, left)) {
    c.Refuse(id, "untranslated", {{"reason", "a class that extends a builtin type"}});
    return true;
  }
  NodeId name = c.NewName(c.TargetName(def.name()), def.name());
  NodeId base = ExtendedBase(c, id, left);
  NodeList members = Members(c, id, base != kNoNode);
  NodeId docstring = def.docstring() ? c.NewString(c.src().text(def.docstring()), def.docstring()) : kNoNode;
  NodeId body = c.New(make::Block{.statements = std::move(members)}, def.body());
  NodeList bases;
  if (base) bases.push_back(base);
  if (IsMixin(c, id)) {
    NodeId klass = c.New(make::ClassExpr{.name = CopyTarget(c, name), .bases = {c.NewName("Base")}, .body = body}, {});
    out.push_back(c.NewAssign(name, Arrow(c, {c.NewName("Base")}, klass), id, DeclKind::kConst));
    return true;
  }
  NodeList wrapping = WrappingDecorators(c, id);
  if (wrapping.empty()) {
    out.push_back(c.New(make::ClassDef{.name = name, .bases = std::move(bases), .docstring = docstring, .body = body}, id));
  } else {
    NodeId value = c.New(make::ClassExpr{.name = CopyTarget(c, name), .bases = std::move(bases), .body = body}, {});
    for (auto it = wrapping.rbegin(); it != wrapping.rend(); ++it) {
      c.SayOnce("decorator-wraps", *it);
      value = c.NewCall(c.Expr(*it), {value}, *it);
    }
    out.push_back(c.NewAssign(name, value, id, DeclKind::kConst));
  }
  AddSubclassHook(c, id, out);
  return true;
}

// In `__next__`, a returned value is an item; `NotImplemented` says that the operands do not fit.
bool TranslateReturn(Context& c, NodeId id, NodeList& out) {
  auto method = c.As<Method>(c.facts().EnclosingFunction(id));
  NodeId given = c.As<Return>(id).value();
  auto refuses = [&](NodeId value) { return c.src().Is(value, NodeKind::kName) && c.src().text(value) == "NotImplemented"; };
  auto no = [&] {
    bool equality = method.name() == "__eq__" || method.name() == "__ne__";
    return equality ? c.New(make::Return{.value = c.New(make::Bool{}, {})}, id)
                    : ThrowNew(c, "TypeError", c.NewString("unsupported operand"), id);
  };
  if (method && given && refuses(given)) {
    out.push_back(no());
    return true;
  }
  // `return self if other == 0 else NotImplemented`
  auto either = given ? c.As<Conditional>(given) : Conditional();
  if (method && either && (refuses(either.then_value()) || refuses(either.else_value()))) {
    const bool first = refuses(either.then_value());
    NodeId test = Condition(c, either.test());
    out.push_back(c.New(make::If{.test = first ? test : Negate(c, test), .body = c.NewBlock({no()})}, id));
    out.push_back(c.New(make::Return{.value = c.Expr(first ? either.else_value() : either.then_value())}, {}));
    return true;
  }
  if (!method || (method.name() != "__next__" && method.name() != "__anext__")) return false;
  NodeId value = c.As<Return>(id).value() ? c.Expr(c.As<Return>(id).value()) : c.New(make::Null{}, {});
  out.push_back(c.New(make::Return{.value = Js(c, "({ value: $V, done: false })", {{"V", value}})}, id));
  return true;
}

}  // namespace

std::string_view ManagerName(Context& c, std::string_view python) {
  // A class may have a `close` of its own beside `__aexit__`: then all managers of the file use the other names.
  struct Taken {
    bool any = false;
    explicit Taken(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size() && !any; ++i) {
        auto method = context.As<Method>(NodeId{i});
        auto attribute = context.As<Attribute>(NodeId{i});
        if (!method && !(attribute && context.src().Is(attribute.object(), NodeKind::kSelfRef))) continue;
        std::string_view member = method ? method.name() : attribute.name();
        bool name = member == "open" || member == "close" || member == "enter" || member == "exit";
        NodeId owner = name ? context.facts().EnclosingClass(NodeId{i}) : kNoNode;
        any = owner && (FindMethod(context, owner, "__aexit__") || FindMethod(context, owner, "__exit__"));
      }
    }
  };
  if (!c.State<Taken>().any) return DunderName(python);
  if (python == "__aenter__") return "enterAsync";
  if (python == "__aexit__") return "leaveAsync";
  return python == "__enter__" ? "enterBlock" : "leaveBlock";
}

std::string MemberName(Context& c, NodeId, std::string_view name) {
  return c.names().Member(name, false);
}

bool IsDataclass(Context& c, NodeId class_def) {
  return c.src().Is(class_def, NodeKind::kClassDef) && HasDecorator(c, class_def, {"dataclasses.dataclass"});
}
bool HasOrder(Context& c, NodeId class_def) {
  return FindMethod(c, class_def, "__lt__") || (IsDataclass(c, class_def) && IsTrue(c, DataclassOption(c, class_def, "order")));
}
bool IsEnum(Context& c, NodeId class_def) {
  if (!c.src().Is(class_def, NodeKind::kClassDef)) return false;
  std::string base = LibraryBaseOf(c, class_def);
  return base.starts_with("enum.");
}
bool IsIntEnum(Context& c, NodeId class_def) {
  std::string base = LibraryBaseOf(c, class_def);
  return base == "enum.IntEnum" || base == "enum.StrEnum" || base == "enum.IntFlag" || base == "enum.Flag";
}

bool IsNamedTuple(Context& c, NodeId class_def) {
  if (!c.src().Is(class_def, NodeKind::kClassDef)) return false;
  std::string base = LibraryBaseOf(c, class_def);
  return base == "typing.NamedTuple" || base == "collections.namedtuple";
}

bool IsValueClass(Context& c, NodeId class_def) {
  if (!class_def || IsEnum(c, class_def)) return false;
  if (IsNamedTuple(c, class_def) || FindMethod(c, class_def, "__eq__") || FindMethod(c, class_def, "__hash__")) return true;
  NodeId eq = IsDataclass(c, class_def) ? DataclassOption(c, class_def, "eq") : kNoNode;
  auto flag = eq ? c.As<Bool>(eq) : Bool();
  return IsDataclass(c, class_def) && !(flag && !flag.value());
}

bool IsClassVar(Context& c, NodeId field_id) {
  auto field = c.As<Field>(field_id);
  if (!field || !field.annotation()) return false;
  std::string_view text = c.source().Text(c.src().span(field.annotation()));
  return text.starts_with("ClassVar") || text.starts_with("typing.ClassVar") || text.starts_with("t.ClassVar");
}

NodeList DataFields(Context& c, NodeId class_def) {
  NodeList fields;
  if (NodeId base = BaseInFile(c, class_def); base && IsDataclass(c, base)) fields = DataFields(c, base);
  for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements()) {
    auto field = c.As<Field>(member);
    if (!field || !field.annotation()) continue;
    if (IsClassVar(c, member)) continue;
    fields.push_back(member);
  }
  return fields;
}

void RegisterClasses(Topics& t) {
  t.Claim(NodeKind::kClassDef, Order::kAfterCards, &TranslateClassDef);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateReturn);
}

}  // namespace asyncport::translate::to_js
