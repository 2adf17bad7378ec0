// Classes: constructor, fields, getters, statics, inheritance, error classes.
// Example: `class A { items = []; }` -> `def __init__(self): self.items = []`.
#include <utility>

#include <algorithm>
#include <iterator>

#include "support/strings.h"
#include "translate/to_py/beginnings.h"
#include "translate/to_py/instance_values.h"
#include "translate/to_py/json_forms.h"
#include "translate/to_py/late_attributes.h"
#include "translate/to_py/shown.h"
#include "translate/to_py/streams.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/turns.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// Classes whose methods have other names in Python: what inherits them inherits other things.
bool IsBuiltinContainer(std::string_view name) {
  static constexpr std::string_view kNames[] = {"Array", "Map",    "Set",     "WeakMap", "WeakSet", "Promise", "Function",
                                                "Date",  "RegExp", "Boolean", "Number",  "String",  "Proxy",   "Symbol"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

bool IsErrorBase(Context& c, NodeId base) {
  std::string name = c.facts().ResolvedName(base);
  return name == "Error" || name.ends_with("Error");
}

bool ExtendsError(Context& c, std::span<const NodeId> bases) {
  if (bases.empty()) return false;
  if (IsErrorBase(c, bases[0])) return true;
  facts::BindingId binding = c.src().Is(bases[0], NodeKind::kName) ? c.facts().BindingOf(bases[0]) : facts::BindingId{};
  if (!binding) return false;
  auto parent = c.As<ClassDef>(c.facts().binding(binding).definition);
  return parent && ExtendsError(c, parent.bases());
}

NodeId SelfAttribute(Context& c, std::string_view name, NodeId origin) {
  return c.NewAttribute(c.New(make::SelfRef{}, {}), name, origin);
}

// `this.name = "X"` / `this.name = this.constructor.name` in an error class: Python knows the name by itself.
bool IsNameAssignment(Context& c, NodeId statement) {
  auto assign = c.As<Assign>(statement);
  if (!assign || assign.targets().size() != 1) return false;
  auto target = c.As<Attribute>(assign.targets()[0]);
  return target && target.name() == "name" && c.src().Is(target.object(), NodeKind::kSelfRef);
}

constexpr std::pair<std::string_view, std::string_view> kMethodNames[] = {
    {"toString", "__str__"}};

// Well-known symbols: `[Symbol.asyncIterator]` -> `__aiter__`.
std::string_view SymbolMethod(Context& c, NodeId key) {
  std::string name = c.facts().ResolvedName(key);
  if (name == "Symbol.asyncIterator") return "__aiter__";
  if (name == "Symbol.iterator") return "__iter__";
  if (name == "node:util.inspect.custom") return "__repr__";
  return {};
}

// A static field that is made of its own class (`static RED = new Color("red")`): Python knows that name only later.
bool NamesItsClass(Context& c, NodeId field_id) {
  auto field = c.As<Field>(field_id);
  auto owner = c.As<ClassDef>(c.facts().EnclosingClass(field_id));
  if (!field.is_static() || !field.value() || !owner) return false;
  facts::BindingId binding = c.facts().BindingOf(owner.name());
  auto mentions = [&](auto&& self, NodeId id) -> bool {
    NodeKind kind = c.src().kind(id);
    if (kind == NodeKind::kSelfRef) return true;
    if (kind == NodeKind::kName && c.facts().BindingOf(id) == binding) return true;
    // A function looks the name up when it runs.
    if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) return false;
    bool found = false;
    c.src().ForEachChild(id, [&](NodeId child) { found = found || self(self, child); });
    return found;
  };
  return mentions(mentions, field.value());
}

class ClassTranslator {
 public:
  ClassTranslator(Context& c, std::span<const NodeId> bases, NodeId body)
      : c_(c), bases_(IsStageClass(c, bases, body) ? std::span<const NodeId>() : bases), members_(c.As<ir::Block>(body).statements()), body_(body), is_error_(ExtendsError(c, bases)) {}

  // `last` are members that the source does not have.
  NodeId Body(std::initializer_list<NodeId> last = {}) {
    NodeList out;
    NodeList instance_fields;
    NodeId constructor;
    for (NodeId id : members_) {
      if (auto field = c_.As<Field>(id); field && !field.is_static()) instance_fields.push_back(id);
      if (auto method = c_.As<Method>(id); method && method.kind() == MethodKind::kConstructor) constructor = id;
    }
    bool made_init = false;
    if (!constructor && instance_fields.empty() && !LateAssignments().empty()) {
      out.push_back(DefaultInit(instance_fields));
      made_init = true;
    }
    for (NodeId id : members_) {
      if (auto field = c_.As<Field>(id)) {
        if (field.is_static()) {
          // What its own class makes comes after the class.
          if (!NamesItsClass(c_, id)) StaticField(field, id, out);
        } else if (!constructor && !made_init && NeedsInit(instance_fields)) {
          out.push_back(DefaultInit(instance_fields));
          made_init = true;
        }
        continue;
      }
      if (c_.As<StaticBlock>(id)) continue;  // after the class
      auto method = c_.As<Method>(id);
      if (!method) {
        c_.Stmt(id, out);
        continue;
      }
      if (method.kind() == MethodKind::kConstructor) {
        if (NodeId init = Constructor(method, id, instance_fields)) out.push_back(init);
        continue;
      }
      MethodOrStub(method, id, out);
    }
    for (NodeId member : last) {
      if (member) out.push_back(member);
    }
    return c_.New(make::Block{.statements = std::move(out)}, body_);
  }

  NodeList Bases() {
    NodeList out;
    for (NodeId base : bases_) {
      std::string name = c_.facts().ResolvedName(base);
      if (IsBuiltinContainer(name)) {
        out.push_back(c_.Refuse(base, "untranslated", {{"reason", "a class that extends " + name}}));
        continue;
      }
      out.push_back(name == "Error" ? c_.NewName("Exception", base) : c_.Expr(base));
    }
    return out;
  }

 private:
  // A method that has no translation raises when it is called; one without a name, where the class is made.
  void MethodOrStub(Method method, NodeId id, NodeList& out) {
    NodeList made;
    // This also asks whether it would compile: what would not costs the method, not the class.
    const bool done = c_.Attempt(id, [&] { TranslateMethod(c_, id, members_, made); });
    if (!done) made = {c_.Untranslated(id)};
    if (!done && !method.computed_key()) {
      NodeId args = c_.New(make::Param{.target = c_.NewName("_"), .kind = ParamKind::kRest}, {});
      MethodKind kind = method.kind() == MethodKind::kGetter && !method.is_static() ? MethodKind::kGetter : MethodKind::kMethod;
      NodeList params;
      if (kind == MethodKind::kMethod) params.push_back(args);
      std::string name = MemberName(method.name(), method.is_private());
      if (method.kind() == MethodKind::kSetter) name = "set_" + name;
      out.push_back(c_.New(make::Method{.params = std::move(params), .body = c_.NewBlock(std::move(made)), .name = name, .kind = kind, .is_async = c_.TargetIsAsync(id), .is_static = method.is_static()}, {}));
      return;
    }
    out.insert(out.end(), made.begin(), made.end());
  }

  bool NeedsInit(const NodeList& fields) {
    for (NodeId id : fields) {
      if (!(is_error_ && c_.As<Field>(id).name() == "name")) return true;
    }
    return false;
  }

  std::string MemberName(std::string_view name, bool is_private) { return c_.names().Member(name, is_private); }

  void StaticField(Field field, NodeId id, NodeList& out) {
    NodeId value = field.value() ? c_.Expr(field.value()) : c_.New(make::Null{}, {});
    out.push_back(c_.NewAssign(c_.NewName(MemberName(field.name(), field.is_private())), value, id));
  }

  // `self.timer = None` for what only methods set. A class above it may have set it by then.
  NodeList LateAssignments() {
    NodeList out;
    std::unordered_set<std::string> inherited;
    for (std::size_t i = 1; !bases_.empty() && i < c_.src().size(); ++i) {
      auto attribute = c_.As<Attribute>(NodeId{static_cast<std::uint32_t>(i)});
      bool elsewhere = attribute && !c_.src().span(body_).contains(c_.src().span(attribute.id()));
      if (elsewhere) inherited.insert(std::string(attribute.name()));
      auto field = c_.As<Field>(NodeId{static_cast<std::uint32_t>(i)});
      if (field) inherited.insert(std::string(field.name()));
    }
    for (const auto& [name, is_private] : LateAttributes(c_, body_)) {
      if (inherited.contains(name) || is_error_) continue;
      out.push_back(c_.NewAssign(SelfAttribute(c_, MemberName(name, is_private), {}), c_.New(make::Null{}, {})));
    }
    return out;
  }

  // Does the constructor set the attribute before it does anything else with the instance?
  bool IsSetFirst(Field field, NodeId constructor) {
    auto method = constructor ? c_.As<Method>(constructor) : Method();
    if (!method || field.value()) return false;
    for (NodeId statement : c_.As<ir::Block>(method.body()).statements()) {
      auto expression = c_.As<ExprStmt>(statement);
      if (expression && c_.src().Is(expression.value(), NodeKind::kSuperCall)) continue;
      auto assign = c_.As<Assign>(statement);
      auto target = assign && assign.targets().size() == 1 ? c_.As<Attribute>(assign.targets()[0]) : Attribute();
      bool own = target && c_.src().Is(target.object(), NodeKind::kSelfRef);
      if (own && target.name() == field.name() && target.is_private() == field.is_private()) return !UsesInstance(assign.value());
      if (UsesInstance(own ? assign.value() : statement)) return false;
    }
    return false;
  }

  bool UsesInstance(NodeId id) {
    if (c_.src().Is(id, NodeKind::kSelfRef) || c_.src().Is(id, NodeKind::kSuperRef)) return true;
    bool found = false;
    c_.src().ForEachChild(id, [&](NodeId child) { found = found || UsesInstance(child); });
    return found;
  }

  NodeList FieldAssignments(const NodeList& fields, NodeId constructor = {}) {
    NodeList out;
    for (NodeId id : fields) {
      auto field = c_.As<Field>(id);
      if (IsSetFirst(field, constructor)) continue;
      if (is_error_ && field.name() == "name") {
        c_.Absorb(id);
        continue;
      }
      std::string name = MemberName(field.name(), field.is_private());
      c_.Attempt(id, out, [&](NodeList& mine) {
        NodeKind kind = field.value() ? c_.src().kind(field.value()) : NodeKind::kCount;
        if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) {
          // A bound arrow as a field is a method that binds itself in Python.
          NodeId function = FunctionValue(c_, field.value(), name);
          mine.push_back(c_.NewAssign(SelfAttribute(c_, name, {}), function, id));
          return;
        }
        NodeId value = field.value() ? c_.Expr(field.value()) : c_.New(make::Null{}, {});
        mine.push_back(c_.NewAssign(SelfAttribute(c_, name, {}), value, id));
      });
    }
    NodeList late = LateAssignments();
    out.insert(out.end(), late.begin(), late.end());
    return out;
  }

  NodeId DefaultInit(const NodeList& fields) {
    NodeList body;
    NodeList params;
    if (!bases_.empty()) {
      NodeId rest = c_.New(make::Spread{.value = c_.NewName("args")}, {});
      params.push_back(c_.New(make::Param{.target = c_.NewName("args"), .kind = ParamKind::kRest}, {}));
      body.push_back(c_.NewExprStmt(c_.New(make::SuperCall{.args = {rest}}, {})));
    }
    NodeList assigns = FieldAssignments(fields);
    body.insert(body.end(), assigns.begin(), assigns.end());
    return c_.New(make::Method{.params = std::move(params), .body = c_.NewBlock(std::move(body)), .kind = MethodKind::kConstructor}, {});
  }

  NodeId Constructor(Method method, NodeId id, const NodeList& fields) {
    Params params = TranslateParams(c_, id);
    if (is_error_ && PassesOptionsOn(method, bases_)) params.params.pop_back();
    NodeList body = std::move(params.prologue);
    NodeList assigns = FieldAssignments(fields, id);
    bool placed = bases_.empty();
    if (placed) body.insert(body.end(), assigns.begin(), assigns.end());
    for (NodeId s : InDefinitionOrder(c_, c_.As<ir::Block>(method.body()).statements())) {
      if (is_error_ && IsNameAssignment(c_, s)) {
        c_.Absorb(s);
        continue;
      }
      auto expr = c_.As<ExprStmt>(s);
      bool is_super = expr && c_.src().Is(expr.value(), NodeKind::kSuperCall);
      if (is_super && is_error_) {
        AppendErrorSuper(c_.As<SuperCall>(expr.value()), s, body);
      } else {
        c_.Stmt(s, body);
      }
      if (is_super && !placed) {
        body.insert(body.end(), assigns.begin(), assigns.end());
        placed = true;
      }
    }
    DeclareOuter(c_, id, body);
    // A constructor that only passes its message on is inherited.
    if (is_error_ && body.size() == 1 && params.params.size() <= 1) {
      auto only = ir::As<ExprStmt>(c_.dst(), body[0]);
      auto call = only ? ir::As<SuperCall>(c_.dst(), only.value()) : SuperCall();
      if (call && call.args().size() == 1 && c_.dst().Is(call.args()[0], NodeKind::kName) && params.params.size() == 1) {
        return kNoNode;
      }
    }
    return c_.New(make::Method{.params = std::move(params.params), .body = c_.New(make::Block{.statements = std::move(body)}, method.body()), .kind = MethodKind::kConstructor}, id);
  }

  // `super(message, { cause })`: Python's cause belongs to the raise. A class of the file takes what it takes.
  void AppendErrorSuper(SuperCall call, NodeId statement, NodeList& body) {
    auto given = call.args();
    const Method parent = ParentConstructor(bases_);
    const NodeId cause = CauseOption(call);
    const bool several = c_.facts().ResolvedName(bases_[0]) == "AggregateError";
    if (parent) {
      const bool drops = given.size() == parent.params().size() && PassesOptionsOn(parent, ParentBases(bases_));
      if (drops) given = given.first(given.size() - 1);
      // JavaScript ignores what the constructor does not take.
      const auto params = parent.params();
      const bool rest = !params.empty() && c_.As<Param>(params.back()).kind() == ParamKind::kRest;
      if (!rest && given.size() > params.size()) given = given.first(params.size());
    } else if (given.size() > (several ? 2U : 1U)) {
      given = given.first(several ? 2 : 1);
    }
    body.push_back(c_.NewExprStmt(c_.New(make::SuperCall{.args = c_.Exprs(given)}, call.id()), statement));
    if (cause && given.size() < call.args().size()) {
      body.push_back(c_.NewAssign(SelfAttribute(c_, "__cause__", {}), c_.Expr(cause)));
    }
  }

  ClassDef ParentOf(std::span<const NodeId> bases) {
    const facts::BindingId binding = !bases.empty() && c_.src().Is(bases[0], NodeKind::kName)
                                         ? c_.facts().BindingOf(bases[0])
                                         : facts::BindingId{};
    return binding ? c_.As<ClassDef>(c_.facts().binding(binding).definition) : ClassDef();
  }

  // The constructor of the file that `super(...)` calls; none if that is Error's own.
  Method ParentConstructor(std::span<const NodeId> bases) {
    for (ClassDef parent = ParentOf(bases); parent; parent = ParentOf(parent.bases())) {
      for (NodeId member : c_.As<ir::Block>(parent.body()).statements()) {
        auto method = c_.As<Method>(member);
        if (method && method.kind() == MethodKind::kConstructor) return method;
      }
    }
    return {};
  }

  // What the class with that constructor extends.
  std::span<const NodeId> ParentBases(std::span<const NodeId> bases) {
    for (ClassDef parent = ParentOf(bases); parent; parent = ParentOf(parent.bases())) {
      for (NodeId member : c_.As<ir::Block>(parent.body()).statements()) {
        auto method = c_.As<Method>(member);
        if (method && method.kind() == MethodKind::kConstructor) return parent.bases();
      }
    }
    return {};
  }

  // `super(message, { cause })` -> the cause.
  NodeId CauseOption(SuperCall call) {
    auto options = call.args().size() >= 2 ? c_.As<Dict>(call.args().back()) : Dict();
    if (!options || options.entries().size() != 1) return kNoNode;
    auto entry = c_.As<DictEntry>(options.entries()[0]);
    return entry && c_.src().text(entry.key()) == "cause" ? entry.value() : kNoNode;
  }

  // `constructor(message, options) { super(message, options); }`: the options only carry the cause, which Python's
  // `raise ... from` sets.
  bool PassesOptionsOn(Method method, std::span<const NodeId> bases) {
    if (method.params().size() < 2) return false;
    NodeId target = c_.As<Param>(method.params().back()).target();
    if (!c_.src().Is(target, NodeKind::kName)) return false;
    const auto& reads = c_.facts().binding(c_.facts().BindingOf(target)).reads;
    if (reads.size() != 1) return false;
    auto call = c_.As<SuperCall>(c_.facts().Parent(reads[0]));
    if (!call || call.args().size() < 2 || call.args().back() != reads[0]) return false;
    const Method parent = ParentConstructor(bases);
    if (!parent) return call.args().size() == 2;
    return call.args().size() == parent.params().size() && PassesOptionsOn(parent, ParentBases(bases));
  }

  Context& c_;
  std::span<const NodeId> bases_;
  std::span<const NodeId> members_;
  NodeId body_;
  bool is_error_;
};

// The class that a `this` right in a static block speaks of.
NodeId ClassOfStaticBlock(Context& c, NodeId self) {
  for (NodeId up = c.facts().Parent(self); up; up = c.facts().Parent(up)) {
    NodeKind kind = c.src().kind(up);
    if (kind == NodeKind::kMethod || kind == NodeKind::kFunctionDef) return kNoNode;
    if (auto expr = c.As<FunctionExpr>(up); expr && !expr.is_arrow()) return kNoNode;
    if (kind == NodeKind::kStaticBlock) return c.facts().EnclosingClass(up);
    if (kind == NodeKind::kField) return NamesItsClass(c, up) ? c.facts().EnclosingClass(up) : kNoNode;
  }
  return kNoNode;
}
std::optional<NodeId> TranslateStaticSelf(Context& c, NodeId id) {
  auto owner = c.As<ClassDef>(ClassOfStaticBlock(c, id));
  if (!owner) return std::nullopt;
  return c.NewName(c.TargetName(owner.name()), id);
}

// `new.target` in a constructor: the class that is being made.
std::optional<NodeId> TranslateNewTarget(Context& c, NodeId id) {
  if (c.As<MetaProperty>(id).text() != "new.target") return std::nullopt;
  auto method = c.As<Method>(c.facts().EnclosingFunction(id));
  if (!method || method.kind() != MethodKind::kConstructor) return std::nullopt;
  return c.NewCall(c.NewName("type"), {c.New(make::SelfRef{}, {})}, id);
}

bool TranslateClass(Context& c, NodeId id, NodeList& out) {
  auto node = c.As<ClassDef>(id);
  ClassTranslator translator(c, node.bases(), node.body());
  NodeList bases = translator.Bases();
  NodeId body = translator.Body({ReprOf(c, id), JsonOf(c, id)});
  if (ExtendsError(c, node.bases())) SayOwnErrorName(c, id);
  out.push_back(c.New(make::ClassDef{.name = c.NewName(c.TargetName(node.name()), node.name()), .bases = std::move(bases), .body = body}, id));
  for (NodeId member : c.As<ir::Block>(node.body()).statements()) {
    if (auto block = c.As<StaticBlock>(member)) {
      NodeList own = c.Stmts(c.As<ir::Block>(block.body()).statements());
      out.insert(out.end(), own.begin(), own.end());
    } else if (auto field = c.As<Field>(member); field && NamesItsClass(c, member)) {
      std::string name = c.names().Member(field.name(), field.is_private());
      NodeId target = c.NewAttribute(c.NewName(c.TargetName(node.name())), name);
      c.Attempt(member, out, [&](NodeList& mine) { mine.push_back(c.NewAssign(target, c.Expr(field.value()), member)); });
    }
  }
  return true;
}

// `const A = class { ... }`
bool TranslateNamedClass(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() || !c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  if (!c.src().Is(assign.value(), NodeKind::kClassExpr)) return false;
  out.push_back(DefineClass(c, assign.value(), c.TargetName(assign.targets()[0]), id));
  return true;
}

// `(Base) => class extends Base {...}`, `{ Store: class {...} }`: a class statement in front, and its name here.
std::optional<NodeId> TranslateClassExpr(Context& c, NodeId id) {
  auto node = c.As<ClassExpr>(id);
  auto entry = c.As<DictEntry>(c.facts().Parent(id));
  std::string name = "Anonymous";
  if (node.name()) {
    name = c.TargetName(node.name());
  } else if (entry && c.src().Is(entry.key(), NodeKind::kString) && IsCapitalised(c.src().text(entry.key()))) {
    name = c.names().Fresh(c.src().text(entry.key()));
  }
  c.HoistDefinition(DefineClass(c, id, name, id));
  return c.NewName(name, id);
}

// `this.constructor.name`
std::optional<NodeId> TranslateConstructorName(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() == "constructor") return c.NewCall(c.NewName("type"), {c.Expr(attribute.object())}, id);
  if (attribute.name() == "name" && c.src().Is(attribute.object(), NodeKind::kMetaProperty)) {
    return c.NewAttribute(c.Expr(attribute.object()), "__name__", id);
  }
  auto inner = c.As<Attribute>(attribute.object());
  if (attribute.name() == "name" && inner && inner.name() == "constructor") {
    return c.NewAttribute(c.NewCall(c.NewName("type"), {c.Expr(inner.object())}), "__name__", id);
  }
  return std::nullopt;
}

// The getter or setter that belongs to an accessor.
NodeId Counterpart(Context& c, Method accessor, std::span<const NodeId> siblings) {
  MethodKind wanted = accessor.kind() == MethodKind::kGetter ? MethodKind::kSetter : MethodKind::kGetter;
  for (NodeId id : siblings) {
    auto method = c.As<Method>(id);
    if (method && method.kind() == wanted && method.name() == accessor.name() && method.is_static() == accessor.is_static() &&
        method.is_private() == accessor.is_private()) {
      return id;
    }
  }
  return kNoNode;
}

// Does it hand out an instance that it makes?
bool ReturnsNew(Context& c, NodeId id) {
  if (auto returned = c.As<Return>(id)) return c.src().Is(returned.value(), NodeKind::kNew);
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || ReturnsNew(c, child); });
  return found;
}

void OneMethod(Context& c, NodeId id, NodeList& out) {
  auto method = c.As<Method>(id);
  std::string name = c.names().Member(method.name(), method.is_private());
  if (method.computed_key()) {
    std::string_view symbol = SymbolMethod(c, method.computed_key());
    if (c.facts().ResolvedName(method.computed_key()) == "Symbol.toStringTag") {
      c.Absorb(id);  // what only JavaScript's own texts show
      return;
    }
    if (c.facts().ResolvedName(method.computed_key()) == "Symbol.toPrimitive") symbol = "to_primitive";
    std::string computed = symbol.empty() ? MemberOfSymbol(c, method.computed_key()) : std::string(symbol);
    if (auto text = c.As<String>(method.computed_key())) computed = c.names().Member(text.value(), false);
    if (computed.empty()) {
      c.Refuse(id, "untranslated", {{"reason", "a computed method name"}});
      return;
    }
    name = computed;
  }
  for (auto [js, py] : kMethodNames) {
    if (method.name() == js) name = py;
  }
  if (IsAsyncIteratorStep(c, id)) name = "__anext__";
  bool is_async = c.TargetIsAsync(id);
  MethodKind kind = method.kind();
  if (kind == MethodKind::kGetter && is_async) {
    // A getter that hands out a promise: an async method, so that the await has a call to point at.
    kind = MethodKind::kMethod;
    name = "get_" + name;
    c.SayOnce("async-getter", id);
  }
  if (method.is_static() && kind == MethodKind::kGetter) kind = MethodKind::kMethod;  // Python has no property of a class
  if (method.is_static() && kind == MethodKind::kSetter) {
    c.Refuse(id, "untranslated", {{"reason", "a static setter"}});
    return;
  }
  if (method.is_static() && is_async && ReturnsNew(c, method.body())) c.SayOnce("async-constructor", id);
  Params params = TranslateParams(c, id);
  BindLoopVariables(c, id, params.params);
  NodeList body = std::move(params.prologue);
  if (BeginsAtOnce(c, id)) {
    is_async = false;
    AppendBeginning(c, id, body);
  } else {
    NodeList own = c.Stmts(InDefinitionOrder(c, c.As<ir::Block>(method.body()).statements()));
    body.insert(body.end(), own.begin(), own.end());
    EndWithTurn(c, id, body);
    DeclareOuter(c, id, body);
  }
  // An async generator is called, not awaited: `__aiter__` of one is plain to Python's eyes too.
  out.push_back(c.New(make::Method{.params = std::move(params.params),
                                   .body = c.New(make::Block{.statements = std::move(body)}, method.body()),
                                   .name = name,
                                   .kind = kind,
                                   .is_async = is_async,
                                   .is_generator = method.is_generator(),
                                   .is_static = method.is_static()},
                      id));
}

}  // namespace

void TranslateMethod(Context& c, NodeId id, std::span<const NodeId> siblings, NodeList& out) {
  auto method = c.As<Method>(id);
  if (StageMethod(c, id, out)) return;
  bool accessor = !method.is_static() && !method.computed_key() && (method.kind() == MethodKind::kGetter || method.kind() == MethodKind::kSetter);
  if (!accessor) {
    OneMethod(c, id, out);
    return;
  }
  // Python's setter decorates the property, which comes first: both where the first of them stands.
  NodeId other = Counterpart(c, method, siblings);
  if (other && c.src().span(other).begin < c.src().span(id).begin) return;
  if (method.kind() == MethodKind::kSetter && !other) {
    NodeId nothing = c.NewBlock({c.New(make::Return{.value = c.New(make::Null{}, {})}, {})});
    std::string name = c.names().Member(method.name(), method.is_private());
    out.push_back(c.New(make::Method{.body = nothing, .name = name, .kind = MethodKind::kGetter}, {}));
  }
  bool setter_first = other && method.kind() == MethodKind::kSetter;
  if (setter_first) OneMethod(c, other, out);
  OneMethod(c, id, out);
  if (other && !setter_first) OneMethod(c, other, out);
}

NodeId DefineClass(Context& c, NodeId class_expr, std::string_view name, NodeId origin) {
  auto node = c.As<ClassExpr>(class_expr);
  for (NodeId member : c.As<ir::Block>(node.body()).statements()) {
    if (c.As<StaticBlock>(member)) c.Refuse(member, "untranslated", {{"reason", "a static block of a class expression"}});
  }
  ClassTranslator translator(c, node.bases(), node.body());
  NodeList bases = translator.Bases();
  NodeId body = translator.Body();
  return c.New(make::ClassDef{.name = c.NewName(name), .bases = std::move(bases), .body = body}, origin);
}

void RegisterClasses(Topics& t) {
  t.Claim(NodeKind::kSelfRef, Order::kBeforeCards, &TranslateStaticSelf);
  t.Claim(NodeKind::kMetaProperty, Order::kBeforeCards, &TranslateNewTarget);
  t.Claim(NodeKind::kClassExpr, Order::kAfterCards, &TranslateClassExpr);
  t.Claim(NodeKind::kClassDef, Order::kBeforeCards, &TranslateClass);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateNamedClass);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateConstructorName);
}

}  // namespace asyncport::translate::to_py
