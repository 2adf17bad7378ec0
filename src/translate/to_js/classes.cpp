// Classes: constructors, members, dunder methods with a counterpart.
// Example: `def __len__(self): return len(self._xs)` -> `get length() { return this._xs.length; }`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct DunderRow {
  std::string_view python;
  std::string_view js;
  MethodKind kind = MethodKind::kMethod;
};
constexpr DunderRow kDunders[] = {
    {"__str__", "toString"}, {"__repr__", "inspect"}, {"__len__", "length", MethodKind::kGetter},
    {"__getitem__", "get"}, {"__setitem__", "set"}, {"__delitem__", "delete"}, {"__contains__", "has"},
    {"__call__", "call"}, {"__bool__", "isTruthy"}, {"__eq__", "equals"}, {"__ne__", "differs"},
    {"__lt__", "isLess"}, {"__le__", "isAtMost"}, {"__gt__", "isGreater"}, {"__ge__", "isAtLeast"},
    {"__add__", "plus"}, {"__radd__", "plus"}, {"__sub__", "minus"}, {"__mul__", "times"}, {"__rmul__", "times"},
    {"__truediv__", "dividedBy"}, {"__floordiv__", "floorDividedBy"}, {"__mod__", "modulo"}, {"__pow__", "power"},
    {"__matmul__", "dot"}, {"__neg__", "negated"}, {"__or__", "union"}, {"__and__", "intersection"}, {"__abs__", "abs"},
    {"__enter__", "enter"}, {"__exit__", "exit"}, {"__aenter__", "open"}, {"__aexit__", "close"},
    {"__iter__", "Symbol.iterator"}, {"__aiter__", "Symbol.asyncIterator"}, {"__next__", "next"}, {"__anext__", "next"},
    {"__hash__", "hash"}, {"__int__", "valueOf"}, {"__float__", "valueOf"},
};

const DunderRow* FindDunder(std::string_view name) {
  for (const DunderRow& row : kDunders) {
    if (row.python == name) return &row;
  }
  return nullptr;
}

bool HasDecorator(Context& c, NodeId definition, std::initializer_list<std::string_view> names) {
  std::span<const NodeId> decorators;
  if (auto def = c.As<ClassDef>(definition)) decorators = def.decorators();
  if (auto method = c.As<Method>(definition)) decorators = method.decorators();
  for (NodeId d : decorators) {
    auto call = c.As<Call>(d);
    std::string name = c.facts().ResolvedName(call ? call.callee() : d);
    for (std::string_view wanted : names) {
      if (name == wanted) return true;
    }
  }
  return false;
}

NodeId DataclassOption(Context& c, NodeId class_def, std::string_view option) {
  for (NodeId d : c.As<ClassDef>(class_def).decorators()) {
    if (c.src().Is(d, NodeKind::kCall)) return KeywordArg(c, d, option);
  }
  return kNoNode;
}

bool IsTrue(Context& c, NodeId id) {
  auto flag = id ? c.As<Bool>(id) : Bool();
  return flag && flag.value();
}

NodeId NewMethod(Context& c, std::string_view name, NodeList params, NodeList body, MethodKind kind = MethodKind::kMethod, bool is_static = false) {
  return c.New(make::Method{.params = std::move(params), .body = c.NewBlock(std::move(body)), .name = name, .kind = kind, .is_static = is_static}, {});
}

NodeId SelfAttribute(Context& c, std::string_view name) { return c.NewAttribute(c.New(make::SelfRef{}, {}), name); }

// Default of a dataclass field: `field(default_factory=list)` is made anew for each instance, as JavaScript's are.
NodeId FieldDefault(Context& c, NodeId field_id) {
  auto field = c.As<Field>(field_id);
  if (!field.value()) return kNoNode;
  std::string name = c.src().Is(field.value(), NodeKind::kCall) ? c.facts().ResolvedName(c.As<Call>(field.value()).callee()) : "";
  if (name == "dataclasses.field") {
    if (NodeId factory = KeywordArg(c, field.value(), "default_factory")) {
      std::string made = c.facts().ResolvedName(factory);
      if (made == "list") return c.New(make::List{}, {});
      if (made == "set") return Js(c, "new Set()", {});
      if (made == "dict") {
        // Object or Map, as the field's values are.
        return c.State<std::unordered_map<std::uint32_t, bool>>()[field_id.index] ? Js(c, "new Map()", {}) : c.New(make::Dict{}, {});
      }
      return Apply(c, factory, {}, factory);
    }
    NodeId value = KeywordArg(c, field.value(), "default");
    return value ? c.Expr(value) : kNoNode;
  }
  return c.Expr(field.value());
}

// Do attribute reads of this name see a Map somewhere in the file?
bool FieldIsMap(Context& c, std::string_view name) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto attribute = c.As<Attribute>(NodeId{i});
    if (attribute && attribute.name() == name && Only(c, NodeId{i}, kMap)) return true;
  }
  return false;
}

// Fields that take part in comparisons: not those of `field(compare=False)`.
NodeList ComparedFields(Context& c, const NodeList& fields) {
  NodeList compared;
  for (NodeId f : fields) {
    NodeId value = c.As<Field>(f).value();
    NodeId flag = value && c.IsCallTo(value, "dataclasses.field") ? KeywordArg(c, value, "compare") : kNoNode;
    auto asked = flag ? c.As<Bool>(flag) : Bool();
    if (!asked || asked.value()) compared.push_back(f);
  }
  return compared;
}

NodeId AllFieldsEqual(Context& c, const NodeList& fields, NodeId type) {
  NodeId result = c.New(make::Binary{.left = c.NewName("other"), .right = type, .op = BinaryOp::kInstanceOf}, {});
  for (NodeId f : fields) {
    std::string name = c.names().Member(c.As<Field>(f).name(), false);
    std::string annotation(c.As<Field>(f).annotation() ? c.source().Text(c.src().span(c.As<Field>(f).annotation())) : "");
    bool primitive = annotation == "int" || annotation == "str" || annotation == "float" || annotation == "bool";
    NodeId same = primitive ? c.New(make::Binary{.left = SelfAttribute(c, name), .right = c.NewAttribute(c.NewName("other"), name), .op = BinaryOp::kStrictEq}, {})
                            : c.NewCall(c.Library("node:util:isDeepStrictEqual"), {SelfAttribute(c, name), c.NewAttribute(c.NewName("other"), name)});
    result = c.New(make::Logical{.left = result, .right = same, .op = LogicalOp::kAnd}, {});
  }
  return result;
}

// `__init__`, `__eq__` and ordering that a dataclass or NamedTuple gets by itself.
void GeneratedMembers(Context& c, NodeId class_def, NodeList& members) {
  NodeList fields = DataFields(c, class_def);
  auto def = c.As<ClassDef>(class_def);
  std::string class_name = c.TargetName(def.name());
  bool frozen = IsTrue(c, DataclassOption(c, class_def, "frozen")) || IsNamedTuple(c, class_def);
  if (!FindMethod(c, class_def, "__init__") || !IsDataclass(c, class_def)) {
    NodeList params;
    NodeList body;
    NodeId base = BaseInFile(c, class_def);
    NodeList inherited = base && (IsDataclass(c, base) || IsNamedTuple(c, base)) ? DataFields(c, base) : NodeList{};
    for (NodeId f : fields) {
      auto field = c.As<Field>(f);
      std::string name = c.names().Member(field.name(), false);
      std::string param = IsJsReserved(name) ? name + "Value" : name;
      c.State<std::unordered_map<std::uint32_t, bool>>()[f.index] = FieldIsMap(c, field.name());
      params.push_back(c.New(make::Param{.target = c.NewName(param), .default_value = FieldDefault(c, f)}, {}));
    }
    if (base || !def.bases().empty()) {
      if (base) {
        NodeList args;
        for (NodeId f : inherited) args.push_back(c.NewName(c.names().Member(c.As<Field>(f).name(), false)));
        body.push_back(c.NewExprStmt(c.New(make::SuperCall{.args = std::move(args)}, {})));
      }
    }
    for (NodeId f : fields) {
      bool from_base = false;
      for (NodeId i : inherited) from_base = from_base || i == f;
      if (from_base) continue;
      std::string name = c.names().Member(c.As<Field>(f).name(), false);
      std::string param = IsJsReserved(name) ? name + "Value" : name;
      body.push_back(c.NewAssign(SelfAttribute(c, name), c.NewName(param), f));
    }
    if (FindMethod(c, class_def, "__post_init__")) body.push_back(c.NewExprStmt(Js(c, "this.postInit()", {})));
    if (frozen) body.push_back(c.NewExprStmt(Js(c, "Object.freeze(this)", {})));
    if (!body.empty()) members.push_back(NewMethod(c, "", std::move(params), std::move(body), MethodKind::kConstructor));
  }
  if (IsNamedTuple(c, class_def) && IsUnpacked(c, class_def) && !FindMethod(c, class_def, "__iter__")) {
    NodeList walk;
    JsStatements(c, "return Object.values(this).values();", {}, {}, walk);
    NodeId key = c.NewAttribute(c.NewName("Symbol"), "iterator");
    members.push_back(c.New(make::Method{.computed_key = key, .body = c.NewBlock(std::move(walk))}, {}));
  }
  if (!FindMethod(c, class_def, "__eq__") && !fields.empty()) {
    // Only where the file compares its instances.
    bool used = false;
    for (std::uint32_t i = 1; i < c.src().size() && !used; ++i) {
      auto binary = c.As<Binary>(NodeId{i});
      if (!binary) continue;
      bool asks = binary.op() == BinaryOp::kEq || binary.op() == BinaryOp::kNe || binary.op() == BinaryOp::kIn || binary.op() == BinaryOp::kNotIn;
      if (!asks) continue;
      used = ClassOf(c, binary.left()) == class_def || ClassOf(c, binary.right()) == class_def || ClassOf(c, ElementOf(c, binary.right())) == class_def;
    }
    if (used) {
      NodeId result = c.New(make::Return{.value = AllFieldsEqual(c, ComparedFields(c, fields), c.NewName(class_name))}, {});
      members.push_back(NewMethod(c, "equals", {NewParam(c, c.NewName("other"))}, {result}));
    }
  }
  if (IsTrue(c, DataclassOption(c, class_def, "order"))) {
    NodeList mine;
    NodeList others;
    for (NodeId f : ComparedFields(c, fields)) {
      std::string name = c.names().Member(c.As<Field>(f).name(), false);
      mine.push_back(SelfAttribute(c, name));
      others.push_back(c.NewAttribute(c.NewName("other"), name));
    }
    NodeId order = c.NewCall(Local(c, "compare"), {c.New(make::List{.elements = std::move(mine)}, {}), c.New(make::List{.elements = std::move(others)}, {})});
    NodeId less = c.New(make::Binary{.left = order, .right = c.NewInt(0), .op = BinaryOp::kLt}, {});
    members.push_back(NewMethod(c, "isLess", {NewParam(c, c.NewName("other"))}, {c.New(make::Return{.value = less}, {})}));
  }
}

void TranslateField(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  auto field = c.As<Field>(id);
  if (!field.value() || field.name() == "__slots__" || field.name() == "__match_args__") {
    c.Absorb(id);
    return;
  }
  (void)class_def;
  members.push_back(c.New(make::Field{.value = c.Expr(field.value()), .name = c.names().Member(field.name(), false), .is_static = true}, id));
}

bool NeedsSuperFirst(Context& c, NodeId class_def) {
  auto def = c.As<ClassDef>(class_def);
  for (NodeId base : def.bases()) {
    if (c.src().Is(base, NodeKind::kKeyword)) continue;
    std::string name = c.facts().ResolvedName(base);
    if (name != "object" && name != "abc.ABC" && name != "typing.Protocol") return true;
  }
  return false;
}

bool HasSuperCall(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kSuperCall)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasSuperCall(c, child); });
  return found;
}

// A class with abstract methods of its own cannot be made.
bool IsAbstract(Context& c, NodeId class_def) {
  if (LibraryBaseOf(c, class_def) != "abc.ABC") return false;
  for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements()) {
    if (c.src().Is(member, NodeKind::kMethod) && HasDecorator(c, member, {"abc.abstractmethod"})) return true;
  }
  return false;
}

NodeId AbstractGuard(Context& c, NodeId class_def) {
  std::string name = c.TargetName(c.As<ClassDef>(class_def).name());
  NodeId test = Js(c, "new.target === $C", {{"C", c.NewName(name)}});
  return c.New(make::If{.test = test, .body = c.NewBlock({ThrowNew(c, "TypeError", c.NewString(name + " is abstract"))})}, {});
}

// Python hands `__exit__` three values whether it reads them or not; JavaScript declares what is read.
void DropUnreadTail(Context& c, std::span<const NodeId> source, NodeList& params) {
  if (params.size() != source.size()) return;
  for (std::size_t i = source.size(); i-- > 0;) {
    facts::BindingId binding = c.facts().BindingOf(c.As<Param>(source[i]).target());
    if (!binding || !c.facts().binding(binding).reads.empty()) return;
    params.pop_back();
  }
}

void TranslateMethod(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  auto method = c.As<Method>(id);
  if (HasDecorator(c, id, {"abc.abstractmethod", "typing.overload"})) {
    // Subclasses define it; a call without it fails by itself.
    auto statements = c.As<ir::Block>(method.body()).statements();
    bool empty = true;
    for (NodeId s : statements) {
      auto expression = c.As<ExprStmt>(s);
      bool nothing = c.src().Is(s, NodeKind::kPass) || (expression && c.src().Is(expression.value(), NodeKind::kEllipsis));
      empty = empty && nothing;
    }
    if (empty) {
      c.Absorb(id);
      return;
    }
  } else if (!method.decorators().empty() && !HasDecorator(c, id, {"contextlib.contextmanager", "contextlib.asynccontextmanager", "functools.cached_property"})) {
    c.Refuse(id, "decorator-wraps");
    return;
  }
  std::string name = c.names().Member(method.name(), false);
  MethodKind kind = method.kind();
  NodeId computed;
  bool has_str = FindMethod(c, class_def, "__str__") != kNoNode;
  if (method.name().starts_with("__") && method.name().ends_with("__") && kind == MethodKind::kMethod) {
    const DunderRow* row = FindDunder(method.name());
    if (method.name() == "__post_init__") {
      name = "postInit";
    } else if (method.name() == "__new__" || method.name() == "__getattr__" || method.name() == "__init_subclass__" || !row) {
      c.Refuse(id, "dynamic-attribute", {{"name", std::string(method.name())}});
      return;
    } else if (method.name() == "__hash__" || method.name() == "__radd__" || method.name() == "__rmul__" || method.name() == "__ne__") {
      c.Absorb(id);
      return;
    } else if (row->js.starts_with("Symbol.")) {
      name.clear();
      computed = c.NewAttribute(c.NewName("Symbol"), row->js.substr(7));
    } else {
      bool manager = method.name().ends_with("enter__") || method.name().ends_with("exit__");
      name = manager ? ManagerName(c, method.name()) : row->js;
      kind = row->kind;
      if (method.name() == "__repr__" && !has_str) name = "toString";
    }
  }
  if (HasDecorator(c, id, {"functools.cached_property"})) kind = MethodKind::kGetter;
  NodeList prologue;
  NodeList params = TranslateParams(c, method.params(), id, prologue);
  if (method.name().ends_with("exit__")) DropUnreadTail(c, method.params(), params);
  NodeList body = std::move(prologue);
  if (kind == MethodKind::kConstructor && NeedsSuperFirst(c, class_def) && !HasSuperCall(c, method.body())) {
    // Python may leave the parent's constructor out; JavaScript may not.
    body.push_back(c.NewExprStmt(c.New(make::SuperCall{}, {})));
  }
  if (kind == MethodKind::kConstructor && IsAbstract(c, class_def)) body.push_back(AbstractGuard(c, class_def));
  NodeList own = c.Stmts(c.As<ir::Block>(method.body()).statements());
  body.insert(body.end(), own.begin(), own.end());
  FinishReturns(c, id, body);
  if (kind == MethodKind::kConstructor && IsErrorClass(c, class_def) && KeepsArgs(c) && !BaseInFile(c, class_def)) {
    c.Refuse(id, "builtin-exception-mapping");
  }
  NodeId docstring = method.docstring() ? c.NewString(c.src().text(method.docstring()), method.docstring()) : kNoNode;
  bool is_async = c.TargetIsAsync(id);
  members.push_back(c.New(make::Method{.computed_key = computed,
                                       .params = std::move(params),
                                       .docstring = docstring,
                                       .body = c.New(make::Block{.statements = std::move(body)}, method.body()),
                                       .name = name,
                                       .kind = kind,
                                       .is_async = is_async,
                                       .is_generator = method.is_generator(),
                                       .is_static = method.is_static()},
                          id));
}

// `class Color(Enum)`: static instances.
void EnumMembers(Context& c, NodeId class_def, NodeList& members) {
  std::string name = c.TargetName(c.As<ClassDef>(class_def).name());
  long long next = 1;
  bool has_init = FindMethod(c, class_def, "__init__") != kNoNode;
  NodeList names;
  for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements()) {
    auto field = c.As<Field>(member);
    if (!field || !field.value() || field.name().starts_with("_")) continue;
    NodeId value;
    if (c.IsCallTo(field.value(), "enum.auto")) {
      value = c.NewInt(next++);
    } else {
      if (auto literal = LiteralInt(c, field.value())) next = *literal + 1;
      value = c.Expr(field.value());
    }
    NodeList args{c.NewString(field.name()), value};
    NodeId made = c.New(make::New{.callee = c.NewName(name), .args = std::move(args)}, {});
    members.push_back(c.New(make::Field{.value = made, .name = field.name(), .is_static = true}, member));
    names.push_back(c.NewAttribute(c.New(make::SelfRef{}, {}), field.name()));
  }
  NodeId all = c.New(make::List{.elements = std::move(names)}, {});
  members.push_back(c.New(make::Field{.value = all, .name = "members", .is_static = true}, {}));
  NodeList body;
  JsStatements(c, "this.name = name; this.value = value;", {}, {}, body);
  if (has_init) {
    auto init = c.As<Method>(FindMethod(c, class_def, "__init__"));
    NodeList names_of;
    for (NodeId p : init.params()) names_of.push_back(c.NewName(c.TargetName(c.As<Param>(p).target())));
    if (names_of.size() == 1) body.push_back(c.NewAssign(names_of[0], c.NewName("value"), {}, DeclKind::kConst));
    else body.push_back(c.NewAssign(c.New(make::ListPattern{.elements = std::move(names_of)}, {}), c.NewName("value"), {}, DeclKind::kConst));
    NodeList own = c.Stmts(c.As<ir::Block>(init.body()).statements());
    body.insert(body.end(), own.begin(), own.end());
  }
  members.push_back(NewMethod(c, "", {NewParam(c, c.NewName("name")), NewParam(c, c.NewName("value"))}, std::move(body), MethodKind::kConstructor));
  NodeList find;
  NodeId text = NewTemplate(c, {Js(c, "value", {}), c.NewString(" is not a valid " + name)}, {});
  JsStatements(c, "const member = this.members.find((item) => item.value === value);", {}, {}, find);
  find.push_back(c.New(make::If{.test = Js(c, "member === undefined", {}), .body = c.NewBlock({ThrowNew(c, "ValueError", text)})}, {}));
  find.push_back(c.New(make::Return{.value = c.NewName("member")}, {}));
  bool used = false;
  for (std::uint32_t i = 1; i < c.src().size() && !used; ++i) {
    used = c.src().Is(NodeId{i}, NodeKind::kCall) && c.facts().CalleeDefinition(NodeId{i}) == class_def;
  }
  if (used) members.push_back(NewMethod(c, "of", {NewParam(c, c.NewName("value"))}, std::move(find), MethodKind::kMethod, true));
  if (!FindMethod(c, class_def, "__str__")) {
    NodeId shown = c.New(make::Template{.parts = {c.NewString(name + "."), SelfAttribute(c, "name")}}, {});
    members.push_back(NewMethod(c, "toString", {}, {c.New(make::Return{.value = shown}, {})}));
  }
}

bool TranslateClassDef(Context& c, NodeId id, NodeList& out) {
  auto def = c.As<ClassDef>(id);
  NodeId base;
  int base_count = 0;
  bool error = IsErrorClass(c, id);
  for (NodeId b : def.bases()) {
    if (c.src().Is(b, NodeKind::kKeyword)) {
      c.Refuse(id, "untranslated", {{"reason", "a metaclass"}});
      return true;
    }
    NodeId generic = c.src().Is(b, NodeKind::kSubscript) ? c.As<Subscript>(b).object() : b;
    std::string name = c.facts().ResolvedName(generic);
    static constexpr std::string_view kDropped[] = {"object", "abc.ABC", "typing.Protocol", "typing.Generic", "typing.NamedTuple", "collections.namedtuple", "enum.Enum"};
    bool dropped = false;
    for (std::string_view d : kDropped) dropped = dropped || name == d;
    if (dropped) continue;
    if (IsIntEnum(c, id)) continue;
    ++base_count;
    base = c.Expr(generic);
  }
  if (base_count > 1) {
    c.Refuse(id, "no-multiple-inheritance");
    return true;
  }
  bool data = IsDataclass(c, id);
  bool tuple = IsNamedTuple(c, id);
  for (NodeId d : def.decorators()) {
    auto call = c.As<Call>(d);
    std::string name = c.facts().ResolvedName(call ? call.callee() : d);
    if (name != "dataclasses.dataclass" && name != "functools.total_ordering" && name != "enum.unique" && name != "typing.runtime_checkable") {
      c.Refuse(id, "decorator-wraps");
      return true;
    }
  }
  if (IsIntEnum(c, id)) {
    NodeList entries;
    long long next = 1;
    for (NodeId member : c.As<ir::Block>(def.body()).statements()) {
      auto field = c.As<Field>(member);
      if (!field || !field.value()) {
        c.Refuse(id, "untranslated", {{"reason", "an IntEnum with methods"}});
        return true;
      }
      NodeId value = c.IsCallTo(field.value(), "enum.auto") ? c.NewInt(next) : c.Expr(field.value());
      if (auto literal = LiteralInt(c, field.value())) next = *literal;
      ++next;
      entries.push_back(c.New(make::DictEntry{.key = c.NewString(field.name()), .value = value}, member));
    }
    NodeId object = c.New(make::Dict{.entries = std::move(entries), .was_multiline = true}, {});
    out.push_back(c.NewAssign(c.NewName(c.TargetName(def.name())), Js(c, "Object.freeze($D)", {{"D", object}}), id, DeclKind::kConst));
    return true;
  }
  NodeList members;
  bool is_enum = IsEnum(c, id);
  if (error) {
    members.push_back(c.New(make::Field{.value = c.NewString(c.TargetName(def.name())), .name = "name"}, {}));
  }
  if (error) AddArgsConstructor(c, id, members);
  if (is_enum) EnumMembers(c, id, members);
  if (data || tuple) GeneratedMembers(c, id, members);
  if (IsAbstract(c, id) && !data && !FindMethod(c, id, "__init__") && !base) {
    members.push_back(NewMethod(c, "", {}, {AbstractGuard(c, id)}, MethodKind::kConstructor));
  }
  for (NodeId member : c.As<ir::Block>(def.body()).statements()) {
    if (c.src().Is(member, NodeKind::kField)) {
      bool is_data_field = (data || tuple) && c.As<Field>(member).annotation();
      if (!is_data_field && !is_enum) TranslateField(c, id, member, members);
    } else if (c.src().Is(member, NodeKind::kMethod)) {
      if (is_enum && c.As<Method>(member).kind() == MethodKind::kConstructor) continue;
      TranslateMethod(c, id, member, members);
    } else if (!c.src().Is(member, NodeKind::kPass) && !c.src().Is(member, NodeKind::kExprStmt)) {
      c.Refuse(member, "untranslated", {{"reason", "this statement in a class"}});
    }
  }
  if (!error) AddInspectMethod(c, id, members);
  NodeList bases;
  if (base) bases.push_back(base);
  NodeId docstring = def.docstring() ? c.NewString(c.src().text(def.docstring()), def.docstring()) : kNoNode;
  out.push_back(c.New(make::ClassDef{.name = c.NewName(c.TargetName(def.name()), def.name()),
                                     .bases = std::move(bases),
                                     .docstring = docstring,
                                     .body = c.New(make::Block{.statements = std::move(members)}, def.body())},
                      id));
  return true;
}

// In `__next__`, a returned value is an item.
bool TranslateReturn(Context& c, NodeId id, NodeList& out) {
  auto method = c.As<Method>(c.facts().EnclosingFunction(id));
  if (!method || (method.name() != "__next__" && method.name() != "__anext__")) return false;
  NodeId value = c.As<Return>(id).value() ? c.Expr(c.As<Return>(id).value()) : c.New(make::Null{}, {});
  out.push_back(c.New(make::Return{.value = Js(c, "({ value: $V, done: false })", {{"V", value}})}, id));
  return true;
}

}  // namespace

std::string_view DunderName(std::string_view python) {
  const DunderRow* row = FindDunder(python);
  return row ? row->js : std::string_view();
}

std::string_view ManagerName(Context& c, std::string_view python) {
  // A class may have a `close` of its own beside `__aexit__`: then all managers of the file use the other names.
  struct Taken {
    bool any = false;
    explicit Taken(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size() && !any; ++i) {
        auto method = context.As<Method>(NodeId{i});
        if (!method) continue;
        bool name = method.name() == "open" || method.name() == "close" || method.name() == "enter" || method.name() == "exit";
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

NodeList DataFields(Context& c, NodeId class_def) {
  NodeList fields;
  if (NodeId base = BaseInFile(c, class_def); base && IsDataclass(c, base)) fields = DataFields(c, base);
  for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements()) {
    auto field = c.As<Field>(member);
    if (!field || !field.annotation()) continue;
    if (c.source().Text(c.src().span(field.annotation())).starts_with("ClassVar")) continue;
    fields.push_back(member);
  }
  return fields;
}

void RegisterClasses(Topics& t) {
  t.Claim(NodeKind::kClassDef, Order::kAfterCards, &TranslateClassDef);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateReturn);
}

}  // namespace asyncport::translate::to_js
