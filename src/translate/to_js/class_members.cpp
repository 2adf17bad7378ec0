// Members of classes: methods and what decorates them, class-level variables, statements in a class body. A member that
// cannot be translated raises where it is used; the class around it stays.
// Example: `@property def size(self): ...` -> `get size() {...}`.
#include <algorithm>
#include <utility>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Methods that change what making or using any instance means: without them no instance is right.
constexpr std::string_view kBlocking[] = {"__new__",     "__getattribute__",  "__setattr__",
                                          "__delattr__", "__instancecheck__", "__prepare__"};

bool IsBlocking(std::string_view name) {
  return std::find(std::begin(kBlocking), std::end(kBlocking), name) != std::end(kBlocking);
}

bool NeedsSuperFirst(Context& c, NodeId class_def) {
  return IsMixin(c, class_def) || !LeftBases(c, class_def).empty();
}

bool HasSuperCall(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kSuperCall)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasSuperCall(c, child); });
  return found;
}

bool Contains(Context& c, NodeId id, NodeKind kind) {
  if (c.src().Is(id, kind)) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Contains(c, child, kind); });
  return found;
}

struct Head {
  std::string name;
  NodeId computed;
  MethodKind kind = MethodKind::kMethod;
};

std::string StrippedName(std::string_view dunder) {
  return std::string(dunder.substr(2, dunder.size() - 4));
}

bool IsDeleter(Context& c, NodeId id) {
  for (NodeId d : c.As<Method>(id).decorators()) {
    auto attribute = c.As<Attribute>(d);
    if (attribute && attribute.name() == "deleter") return true;
  }
  return false;
}

Head HeadOf(Context& c, NodeId class_def, NodeId id) {
  auto method = c.As<Method>(id);
  Head head{c.names().Member(method.name(), false), {}, method.kind()};
  if (IsDeleter(c, id)) head.name = c.names().Member("delete_" + std::string(method.name()), false);
  if (HasDecorator(c, id, {"functools.cached_property"})) head.kind = MethodKind::kGetter;
  if (!IsDunder(method.name()) || method.kind() != MethodKind::kMethod) return head;
  const Dunder* row = FindDunder(method.name());
  if (row == nullptr) {
    head.name = c.names().Member(StrippedName(method.name()), false);
  } else if (row->js.starts_with("Symbol.")) {
    head.name.clear();
    head.computed = c.NewAttribute(c.NewName("Symbol"), row->js.substr(7));
  } else {
    bool manager = method.name().ends_with("enter__") || method.name().ends_with("exit__");
    head.name = manager ? ManagerName(c, method.name()) : row->js;
    head.kind = row->kind;
    bool has_str = FindMethod(c, class_def, "__str__") != kNoNode;
    if (method.name() == "__repr__" && !has_str) head.name = "toString";
  }
  return head;
}

bool IsLibraryDecorator(Context& c, NodeId decorator) {
  static constexpr std::string_view kSilent[] = {
      "abc.abstractmethod",        "typing.overload",
      "typing.override",           "typing.final",
      "contextlib.contextmanager", "contextlib.asynccontextmanager",
      "functools.cached_property", "typing_extensions.override"};
  std::string name = c.facts().ResolvedName(decorator);
  return std::find(std::begin(kSilent), std::end(kSilent), name) != std::end(kSilent);
}

// `@retry(3) def fetch(self, url)`: the decorator gets a function that takes the object first.
void Decorate(Context& c, NodeId id, const Head& head, NodeList& members) {
  auto method = c.As<Method>(id);
  NodeList wrapping;
  for (NodeId d : method.decorators()) {
    auto attribute = c.As<Attribute>(d);
    bool deleter = attribute && attribute.name() == "deleter";
    if (!IsLibraryDecorator(c, d) && !deleter) wrapping.push_back(d);
  }
  if (wrapping.empty()) return;
  bool plain = head.kind == MethodKind::kMethod && !head.computed;
  NodeList statements;
  for (auto it = wrapping.rbegin(); it != wrapping.rend(); ++it) {
    auto call = c.As<Call>(*it);
    std::string library = c.facts().ResolvedName(call ? call.callee() : *it);
    if (!plain || library.starts_with("functools.") || library == "property" ||
        library == "staticmethod") {
      c.Refuse(id, "decorator-wraps");
      return;
    }
    c.SayOnce("decorator-wraps", *it);
    NodeId decorator = c.Expr(*it);
    bool bare =
        method.is_static() && c.source().Text(c.src().span(id)).starts_with("@staticmethod");
    NodeId self = c.New(make::SelfRef{}, {});
    if (bare) {
      NodeId place = c.NewAttribute(self, head.name);
      NodeId value = c.NewCall(decorator, {CopyTarget(c, place)}, *it);
      statements.push_back(c.NewAssign(place, value, *it));
      continue;
    }
    NodeId target = method.is_static() ? self : c.NewAttribute(self, "prototype");
    statements.push_back(c.NewExprStmt(
        c.NewCall(Local(c, "decorateMethod"), {target, c.NewString(head.name), decorator}, *it)));
  }
  members.push_back(NewStaticBlock(c, std::move(statements)));
}

// Statements that raise in the place of members which change what an instance is.
NodeList BlockingStatements(Context& c, NodeId class_def) {
  NodeList out;
  for (NodeId member : MembersOf(c, class_def)) {
    auto method = c.As<Method>(member);
    if (!method || !IsBlocking(method.name())) continue;
    bool refused = !c.Attempt(member, [&] {
      c.Refuse(member, "dynamic-attribute", {{"name", std::string(method.name())}});
    });
    if (refused) out.push_back(c.Untranslated(member));
  }
  return out;
}

bool HasConstructor(Context& c, NodeId class_def) {
  auto members = MembersOf(c, class_def);
  return std::any_of(members.begin(), members.end(), [&](NodeId member) {
    auto method = c.As<Method>(member);
    return method && method.kind() == MethodKind::kConstructor;
  });
}

bool IsBlank(Context& c, NodeId body) {
  auto statements = c.As<ir::Block>(body).statements();
  return std::all_of(statements.begin(), statements.end(), [&](NodeId s) {
    auto expression = c.As<ExprStmt>(s);
    return c.src().Is(s, NodeKind::kPass) ||
           (expression && c.src().Is(expression.value(), NodeKind::kEllipsis));
  });
}

// A property that remembers what it computed: a getter before the method that computes it.
void AddCachedGetter(Context& c, NodeId id, const Head& head, NodeList& members) {
  std::string computing =
      c.names().Member("compute_" + std::string(c.As<Method>(id).name()), false);
  NodeId value = c.NewCall(SelfAttribute(c, computing), {});
  NodeList body;
  JsStatements(
      c,
      "const value = $V; Object.defineProperty(this, $N, { value, writable: true, enumerable: true, configurable: true }); return value;",
      {{"V", value}, {"N", c.NewString(head.name)}}, {}, body);
  members.push_back(NewMethod(c, head.name, {}, std::move(body), MethodKind::kGetter));
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

// Does it call its own class, by name or as `cls`?
bool MakesInstance(Context& c, NodeId class_def, NodeId id) {
  if (auto call = c.As<Call>(id)) {
    if (c.src().Is(call.callee(), NodeKind::kSelfRef) ||
        c.facts().CalleeDefinition(id) == class_def)
      return true;
  }
  bool found = false;
  c.src().ForEachChild(id,
                       [&](NodeId child) { found = found || MakesInstance(c, class_def, child); });
  return found;
}

bool ReadsLocals(Context& c, NodeId id, NodeId function) {
  if (c.src().Is(id, NodeKind::kSelfRef)) return true;
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    bool local = binding && c.facts().scope(c.facts().binding(binding).scope).node == function &&
                 c.facts().binding(binding).kind != facts::BindingKind::kParam;
    return local || (binding && c.facts().binding(binding).reassigned);
  }
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || ReadsLocals(c, child, function); });
  return found;
}

// `self.code = code` before `super().__init__(message)`: JavaScript has no `this` before the parent is made. The call
// goes first if nothing that it is given is made before it.
NodeId EarlySuperCall(Context& c, NodeId constructor) {
  bool uses_self = false;
  for (NodeId statement : c.As<ir::Block>(c.As<Method>(constructor).body()).statements()) {
    auto expression = c.As<ExprStmt>(statement);
    if (expression && c.src().Is(expression.value(), NodeKind::kSuperCall)) {
      return uses_self && !ReadsLocals(c, expression.value(), constructor) ? statement : kNoNode;
    }
    uses_self = uses_self || Contains(c, statement, NodeKind::kSelfRef);
  }
  return kNoNode;
}

void BuildMethod(Context& c, NodeId class_def, NodeId id, const Head& head, NodeList& members) {
  auto method = c.As<Method>(id);
  NodeList prologue;
  NodeList params = TranslateParams(c, method.params(), id, prologue);
  if (method.name().ends_with("exit__")) DropUnreadTail(c, method.params(), params);
  NodeList body;
  bool constructs = head.kind == MethodKind::kConstructor;
  if (constructs) body = BlockingStatements(c, class_def);
  body.insert(body.end(), prologue.begin(), prologue.end());
  if (constructs && NeedsSuperFirst(c, class_def) && !HasSuperCall(c, method.body())) {
    // Python may leave the parent's constructor out; JavaScript may not.
    body.push_back(c.NewExprStmt(c.New(make::SuperCall{}, {})));
  }
  if (constructs && IsAbstract(c, class_def)) body.push_back(AbstractGuard(c, class_def));
  auto statements = c.As<ir::Block>(method.body()).statements();
  NodeId early = constructs ? EarlySuperCall(c, id) : kNoNode;
  NodeList own;
  if (early) c.Stmt(early, own);
  for (NodeId statement : statements) {
    if (statement != early) c.Stmt(statement, own);
  }
  body.insert(body.end(), own.begin(), own.end());
  FinishReturns(c, id, body);
  if (constructs && IsErrorClass(c, class_def) && KeepsArgs(c) && !BaseInFile(c, class_def)) {
    c.Refuse(id, "builtin-exception-mapping");
  }
  if (method.is_static() && c.TargetIsAsync(id) && MakesInstance(c, class_def, method.body()))
    c.SayOnce("async-constructor", id);
  NodeId docstring = method.docstring()
                         ? c.NewString(c.src().text(method.docstring()), method.docstring())
                         : kNoNode;
  bool cached = HasDecorator(c, id, {"functools.cached_property"});
  std::string name =
      cached ? c.names().Member("compute_" + std::string(method.name()), false) : head.name;
  if (cached) AddCachedGetter(c, id, head, members);
  members.push_back(
      c.New(make::Method{.computed_key = head.computed,
                         .params = std::move(params),
                         .docstring = docstring,
                         .body = c.New(make::Block{.statements = std::move(body)}, method.body()),
                         .name = name,
                         .kind = cached ? MethodKind::kMethod : head.kind,
                         .is_async = c.TargetIsAsync(id),
                         .is_generator = method.is_generator(),
                         .is_static = method.is_static()},
            id));
  Decorate(c, id, head, members);
}

// The member stays, and raises when it is called.
NodeId RefusedMethod(Context& c, NodeId id, const Head& head, bool is_static) {
  NodeList params;
  if (head.kind == MethodKind::kSetter) params.push_back(NewParam(c, c.NewName("value")));
  return c.New(make::Method{.computed_key = head.computed,
                            .params = std::move(params),
                            .body = c.NewBlock({c.Untranslated(id)}),
                            .name = head.name,
                            .kind = head.kind,
                            .is_static = is_static},
               id);
}

void TranslateMethod(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  auto method = c.As<Method>(id);
  bool declared_only =
      HasDecorator(c, id, {"abc.abstractmethod", "typing.overload"}) && IsBlank(c, method.body());
  // Python calls these by itself where JavaScript asks nobody.
  bool dropped = method.name() == "__hash__" || method.name() == "__ne__" ||
                 method.name() == "__class_getitem__" || method.name() == "__del__";
  if (method.name() == "__del__") c.Say("dynamic-attribute", id);
  if (IsBlocking(method.name())) {
    auto members_before = MembersOf(c, class_def);
    auto first = std::find_if(members_before.begin(), members_before.end(), [&](NodeId member) {
      auto other = c.As<Method>(member);
      return other && IsBlocking(other.name());
    });
    if (IsDataclass(c, class_def) || IsNamedTuple(c, class_def) || IsEnum(c, class_def)) {
      c.Refuse(id, "dynamic-attribute", {{"name", std::string(method.name())}});
      return;
    }
    if (HasConstructor(c, class_def) || *first != id) return;  // the constructor raises
    NodeList raising = BlockingStatements(c, class_def);
    if (!raising.empty() && !c.WasRefused(class_def)) {
      members.push_back(NewMethod(c, "", {}, std::move(raising), MethodKind::kConstructor));
    }
    return;
  }
  if (declared_only || dropped) {
    // Subclasses define it; a call without it fails by itself.
    c.Absorb(id);
    return;
  }
  const Head head = HeadOf(c, class_def, id);
  NodeList made;
  if (c.Attempt(id, [&] { BuildMethod(c, class_def, id, head, made); })) {
    members.insert(members.end(), made.begin(), made.end());
  } else {
    members.push_back(RefusedMethod(c, id, head, method.is_static()));
  }
}

// A static member; where instances have their own, each gets it as its first value.
void AddField(Context& c, NodeId class_def, std::string_view python_name, NodeId value,
              NodeId origin, NodeList& members) {
  std::string name = c.names().Member(python_name, false);
  bool own = IsInstanceDefault(c, class_def, python_name);
  bool shared = !own || IsReadThroughClass(c, python_name);
  if (shared)
    members.push_back(c.New(make::Field{.value = value, .name = name, .is_static = true}, origin));
  if (!own) return;
  if (shared)
    value = c.NewAttribute(c.NewName(c.TargetName(c.As<ClassDef>(class_def).name())), name);
  members.push_back(c.New(make::Field{.value = value, .name = name}, shared ? kNoNode : origin));
}

NodeId OwnMethod(Context& c, NodeId class_def, NodeId value) {
  bool own = value && c.src().Is(value, NodeKind::kName) && ClassOfVariable(c, value) == class_def;
  NodeId method = own ? FindMethod(c, class_def, c.src().text(value)) : kNoNode;
  return method && c.facts().EnclosingClass(method) == class_def ? method : kNoNode;
}

// `holder.name` or `holder[Symbol.iterator]`.
NodeId MemberOf(Context& c, NodeId holder, const Head& head) {
  if (head.computed)
    return c.New(make::Subscript{.object = holder, .index = CopyTarget(c, head.computed)}, {});
  return c.NewAttribute(holder, head.name);
}

// `alias = method`, `area = property(get_area, set_area)`.
bool TranslateMethodField(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  auto field = c.As<Field>(id);
  NodeId self = c.New(make::SelfRef{}, {});
  if (c.IsCallTo(field.value(), "property")) {
    auto call = c.As<Call>(field.value());
    NodeId getter = call.args().empty() ? KeywordArg(c, field.value(), "fget") : call.args()[0];
    NodeId setter = call.args().size() > 1 ? call.args()[1] : KeywordArg(c, field.value(), "fset");
    NodeId get = OwnMethod(c, class_def, getter);
    NodeId set = OwnMethod(c, class_def, setter);
    if (!getter || c.src().Is(getter, NodeKind::kNull)) return false;
    if (setter && c.src().Is(setter, NodeKind::kNull)) setter = {};
    // Any other function is handed the object.
    auto call_of = [&](NodeId function, NodeId own, NodeList args) {
      if (own)
        return c.NewCall(c.NewAttribute(self, HeadOf(c, class_def, own).name), std::move(args));
      args.insert(args.begin(), self);
      return c.NewCall(c.Expr(function), std::move(args));
    };
    std::string name = c.names().Member(field.name(), false);
    NodeList read{c.New(make::Return{.value = call_of(getter, get, {})}, {})};
    members.push_back(NewMethod(c, name, {}, std::move(read), MethodKind::kGetter));
    if (setter) {
      NodeList write{c.NewExprStmt(call_of(setter, set, {c.NewName("value")}))};
      members.push_back(NewMethod(c, name, {NewParam(c, c.NewName("value"))}, std::move(write),
                                  MethodKind::kSetter));
    }
    return true;
  }
  NodeId method = OwnMethod(c, class_def, field.value());
  if (!method) return false;
  Head head = HeadOf(c, class_def, method);
  const Dunder* row = IsDunder(field.name()) ? FindDunder(field.name()) : nullptr;
  std::string name = row != nullptr ? std::string(row->js) : c.names().Member(field.name(), false);
  bool same = !head.computed && (name == head.name || field.name() == "__hash__" ||
                                 field.name() == "__repr__" || field.name() == "__str__");
  if (same) {
    c.Absorb(id);
    return true;
  }
  NodeId home = c.As<Method>(method).is_static() ? self : c.NewAttribute(self, "prototype");
  NodeId value = MemberOf(c, CopyTarget(c, home), head);
  NodeId place =
      name.starts_with("Symbol.")
          ? c.New(make::Subscript{.object = home,
                                  .index = c.NewAttribute(c.NewName("Symbol"), name.substr(7))},
                  {})
          : c.NewAttribute(home, name);
  members.push_back(NewStaticBlock(c, {c.NewAssign(place, value)}, id));
  return true;
}

void TranslateField(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  auto field = c.As<Field>(id);
  static constexpr std::string_view kDropped[] = {"__slots__",  "__match_args__",    "__hash__",
                                                  "__module__", "__class_getitem__", "__test__",
                                                  "__doc__"};
  if (!field.value() ||
      std::find(std::begin(kDropped), std::end(kDropped), field.name()) != std::end(kDropped)) {
    c.Absorb(id);
    return;
  }
  NodeList made;
  bool fine = c.Attempt(id, [&] {
    if (TranslateMethodField(c, class_def, id, made) || TranslateDescriptor(c, class_def, id, made))
      return;
    AddField(c, class_def, field.name(), c.Expr(field.value()), id, made);
  });
  if (!fine) made = {NewStaticBlock(c, {c.Untranslated(id)})};
  members.insert(members.end(), made.begin(), made.end());
}

// A class in a class is a static member.
void TranslateNestedClass(Context& c, NodeId id, NodeList& members) {
  auto def = c.As<ClassDef>(id);
  NodeList made;
  c.Stmt(id, made);
  std::string name = c.names().Member(c.src().text(def.name()), false);
  NodeList others;
  for (NodeId statement : made) {
    auto klass = ir::As<ClassDef>(c.dst(), statement);
    auto assign = ir::As<Assign>(c.dst(), statement);
    if (klass) {
      NodeId value =
          c.New(make::ClassExpr{.name = klass.name(),
                                .bases = NodeList(klass.bases().begin(), klass.bases().end()),
                                .body = klass.body()},
                {});
      members.push_back(c.New(make::Field{.value = value, .name = name, .is_static = true}, id));
    } else if (assign && assign.declares() != DeclKind::kNone) {
      members.push_back(
          c.New(make::Field{.value = assign.value(), .name = name, .is_static = true}, id));
    } else {
      others.push_back(statement);
    }
  }
  if (!others.empty()) members.push_back(NewStaticBlock(c, std::move(others)));
}

// `a = b = 1`, `low, high = 1, 2`; false for targets of other kinds.
bool TranslateAssigns(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  auto assign = c.As<Assign>(id);
  if (!assign.value()) return true;
  auto is_name = [&](NodeId target) { return c.src().Is(target, NodeKind::kName); };
  auto targets = assign.targets();
  if (std::all_of(targets.begin(), targets.end(), is_name)) {
    NodeId value = c.Expr(assign.value());
    for (NodeId target : targets) {
      AddField(c, class_def, c.src().text(target), value, target == targets[0] ? id : kNoNode,
               members);
      value = ClassVariable(c, targets[0]);
    }
    return true;
  }
  auto pattern = targets.size() == 1 ? c.As<ListPattern>(targets[0]) : ListPattern();
  auto tuple = c.As<Tuple>(assign.value());
  if (!pattern || !tuple || pattern.elements().size() != tuple.elements().size()) return false;
  if (!std::all_of(pattern.elements().begin(), pattern.elements().end(), is_name)) return false;
  for (std::size_t i = 0; i < tuple.elements().size(); ++i) {
    if (c.src().Is(tuple.elements()[i], NodeKind::kSpread)) return false;
  }
  for (std::size_t i = 0; i < tuple.elements().size(); ++i) {
    NodeId value = c.Expr(tuple.elements()[i]);
    AddField(c, class_def, c.src().text(pattern.elements()[i]), value, i == 0 ? id : kNoNode,
             members);
  }
  return true;
}

void TranslateOther(Context& c, NodeId class_def, NodeId id, NodeList& members) {
  if (auto def = c.As<FunctionDef>(id)) {
    // A method whose object has no name of its own.
    NodeId name = def.name();
    Head head{
        c.src().Is(name, NodeKind::kName) ? c.names().Member(c.src().text(name), false) : "method",
        {},
        MethodKind::kMethod};
    const Dunder* row = FindDunder(c.src().Is(name, NodeKind::kName) ? c.src().text(name) : "");
    if (row != nullptr && !row->js.starts_with("Symbol."))
      head = {std::string(row->js), {}, row->kind};
    if (c.src().Is(name, NodeKind::kName) && c.src().text(name) == "__init__") {
      head.kind = HasConstructor(c, class_def) ? MethodKind::kMethod : MethodKind::kConstructor;
    }
    if (!c.Attempt(id, [&] { c.Refuse(id, "method-binding"); })) {
      members.push_back(RefusedMethod(c, id, head, false));
    }
    return;
  }
  NodeList made;
  bool fine = c.Attempt(id, [&] {
    if (c.src().Is(id, NodeKind::kAssign) && TranslateAssigns(c, class_def, id, made)) return;
    made.clear();
    bool defines = Contains(c, id, NodeKind::kFunctionDef) ||
                   Contains(c, id, NodeKind::kClassDef) || Contains(c, id, NodeKind::kForEach);
    if (defines) {
      c.Refuse(id, "untranslated", {{"reason", "this statement in a class"}});
      return;
    }
    NodeList statements;
    c.Stmt(id, statements);
    if (!statements.empty()) made.push_back(NewStaticBlock(c, std::move(statements)));
  });
  if (!fine) made = {NewStaticBlock(c, {c.Untranslated(id)})};
  members.insert(members.end(), made.begin(), made.end());
}

}  // namespace

bool IsAbstract(Context& c, NodeId class_def) {
  bool marked = LibraryBaseOf(c, class_def) == "abc.ABC";
  for (NodeId base : c.As<ClassDef>(class_def).bases()) {
    auto keyword = c.As<Keyword>(base);
    marked = marked || (keyword && c.facts().ResolvedName(keyword.value()) == "abc.ABCMeta");
  }
  if (!marked) return false;
  auto members = MembersOf(c, class_def);
  return std::any_of(members.begin(), members.end(), [&](NodeId member) {
    return c.src().Is(member, NodeKind::kMethod) && HasDecorator(c, member, {"abc.abstractmethod"});
  });
}

NodeId AbstractGuard(Context& c, NodeId class_def) {
  std::string name = c.TargetName(c.As<ClassDef>(class_def).name());
  NodeId test = Js(c, "new.target === $C", {{"C", c.NewName(name)}});
  NodeId raise = ThrowNew(c, "TypeError", c.NewString(name + " is abstract"));
  return c.New(make::If{.test = test, .body = c.NewBlock({raise})}, {});
}

bool IsMemberAlias(Context& c, NodeId class_def, NodeId field_id) {
  NodeId value = c.As<Field>(field_id).value();
  if (c.IsCallTo(value, "property") || OwnMethod(c, class_def, value)) return true;
  NodeId type = ClassOf(c, value);
  return type && (FindMethod(c, type, "__get__") || FindMethod(c, type, "__set__"));
}

NodeId ClassOfVariable(Context& c, NodeId name) {
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding) return kNoNode;
  NodeId scope = c.facts().scope(c.facts().binding(binding).scope).node;
  return c.src().Is(scope, NodeKind::kClassDef) ? scope : kNoNode;
}

NodeId ClassVariable(Context& c, NodeId name) {
  auto def = c.As<ClassDef>(ClassOfVariable(c, name));
  if (IsEnum(c, def.id())) {
    if (NodeId value = EnumValue(c, def.id(), c.src().text(name))) return value;
  }
  NodeId owner = c.NewName(c.TargetName(def.name()));
  NodeId method = FindMethod(c, def.id(), c.src().text(name));
  bool on_instances =
      method && c.facts().EnclosingClass(method) == def.id() && !c.As<Method>(method).is_static();
  if (on_instances)
    return MemberOf(c, c.NewAttribute(owner, "prototype"), HeadOf(c, def.id(), method));
  return c.NewAttribute(owner, c.names().Member(c.src().text(name), false), name);
}

void TranslateMember(Context& c, NodeId class_def, NodeId member, NodeList& members) {
  switch (c.src().kind(member)) {
    case NodeKind::kField:
      return TranslateField(c, class_def, member, members);
    case NodeKind::kMethod:
      if (c.As<Method>(member).name() == "__await__") {
        members.push_back(ThenMethod(c, member));
        return;
      }
      return TranslateMethod(c, class_def, member, members);
    case NodeKind::kClassDef:
      return TranslateNestedClass(c, member, members);
    case NodeKind::kPass:
      return;
    default:
      break;
  }
  auto expression = c.As<ExprStmt>(member);
  bool says_nothing = expression && (c.src().Is(expression.value(), NodeKind::kString) ||
                                     c.src().Is(expression.value(), NodeKind::kEllipsis));
  if (!says_nothing) TranslateOther(c, class_def, member, members);
}

}  // namespace asyncport::translate::to_js
