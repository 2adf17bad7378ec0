// Functions as values: library functions that are handed on, bind / call / apply, and `arguments`. Functions of
// the file are in functions.cpp, `this` is in selves.cpp.
// Example: `fns = { max: Math.max }` -> `{"max": max}`; `fn.apply(this, args)` -> `fn(*args)`.
#include <unordered_set>
#include <utility>

#include "translate/to_py/parts.h"
#include "translate/to_py/selves.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/parsing.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct Known {
  std::string_view js;
  std::string_view py;
};
constexpr Known kKnown[] = {
    {"Math.max", "max"},
    {"Math.min", "min"},
    {"Math.abs", "abs"},
    {"Math.floor", "math.floor"},
    {"Math.ceil", "math.ceil"},
    {"Math.trunc", "math.trunc"},
    {"Math.sqrt", "math.sqrt"},
    {"Math.cbrt", "math.cbrt"},
    {"Math.pow", "pow"},
    {"Math.log", "math.log"},
    {"Math.log2", "math.log2"},
    {"Math.log10", "math.log10"},
    {"Math.exp", "math.exp"},
    {"Math.sin", "math.sin"},
    {"Math.cos", "math.cos"},
    {"Math.tan", "math.tan"},
    {"Math.atan2", "math.atan2"},
    {"Math.hypot", "math.hypot"},
    {"Math.random", "random.random"},
    {"console.log", "print"},
    {"console.info", "print"},
    {"console.debug", "print"},
    {"String", "str"},
    {"Boolean", "bool"},
    {"JSON.parse", "json.loads"},
    {"JSON.stringify", "json.dumps"},
    {"decodeURIComponent", "urllib.parse:unquote"},
    {"Number.isNaN", "math.isnan"},
    {"Number.isFinite", "math.isfinite"},
    {"Object.keys", "list"},
    {"Array.of", "list"},
};

NodeId OneParam(Context& c, NodeId body, NodeId origin) {
  NodeId param = c.New(make::Param{.target = c.NewName("x")}, {});
  return c.New(make::Lambda{.params = {param}, .body = body}, origin);
}

// Library functions whose Python form is more than a name.
NodeId Spelled(Context& c, std::string_view path, NodeId id) {
  NodeId x = c.NewName("x");
  if (path == "Math.round") {
    NodeId half = c.New(make::Number{.text = "0.5", .kind = NumberKind::kFloat}, {});
    NodeId sum = c.New(make::Binary{.left = x, .right = half, .op = BinaryOp::kAdd}, {});
    return OneParam(c, c.NewCall(c.Library("math.floor"), {sum}), id);
  }
  if (path == "Math.sign") {
    NodeId above = c.New(make::Binary{.left = x, .right = c.NewInt(0), .op = BinaryOp::kGt}, {});
    NodeId below = c.New(make::Binary{.left = x, .right = c.NewInt(0), .op = BinaryOp::kLt}, {});
    return OneParam(c, c.New(make::Binary{.left = above, .right = below, .op = BinaryOp::kSub}, {}),
                    id);
  }
  if (path == "Array.isArray")
    return OneParam(c, c.NewCall(c.NewName("isinstance"), {x, c.NewName("list")}), id);
  if (path == "Date.now") {
    NodeId now = c.NewCall(c.Library("time.time"), {});
    NodeId milliseconds =
        c.New(make::Binary{.left = now, .right = c.NewInt(1000), .op = BinaryOp::kMul}, {});
    return c.New(make::Lambda{.body = c.NewCall(c.NewName("int"), {milliseconds})}, id);
  }
  if (path == "performance.now") {
    NodeId now = c.NewCall(c.Library("time.perf_counter"), {});
    return c.New(
        make::Lambda{
            .body = c.New(make::Binary{.left = now, .right = c.NewInt(1000), .op = BinaryOp::kMul},
                          {})},
        id);
  }
  if (path == "console.error" || path == "console.warn") {
    return c.NewCall(c.Library("functools:partial"),
                     {c.NewName("print"), c.NewKeyword("file", c.Library("sys.stderr"))}, id);
  }
  return kNoNode;
}

// `Shape.prototype.area` -> Shape
NodeId ClassOfPrototype(Context& c, NodeId object) {
  auto prototype = c.As<Attribute>(object);
  if (!prototype || prototype.name() != "prototype") return kNoNode;
  return c.facts().Only(prototype.object(), {TypeKind::kClass}) ? prototype.object() : kNoNode;
}

// `const handler = this[name];`: a method of the same object, which Python binds at once.
bool IsTakenOff(Context& c, NodeId function, NodeId self) {
  facts::BindingId binding =
      c.src().Is(function, NodeKind::kName) ? c.facts().BindingOf(function) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).reassigned) return false;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  auto item = assign && assign.value() ? c.As<Subscript>(assign.value()) : Subscript();
  const bool instance = item && (c.src().Is(item.object(), NodeKind::kSelfRef) ||
                                 c.facts().Only(item.object(), {TypeKind::kInstance}));
  return instance && SameTree(c.src(), item.object(), c.src(), self);
}

// The function that a bind, call or apply gives, once `this` is said; `first` is what must be passed before the rest.
struct Bound {
  NodeId function;
  NodeList first;
};
std::optional<Bound> Bind(Context& c, NodeId function, NodeId self) {
  auto method = c.As<Attribute>(function);
  if (method && !method.is_optional()) {
    if (NodeId owner = ClassOfPrototype(c, method.object())) {
      std::string name = c.names().Member(method.name(), method.is_private());
      return Bound{c.NewAttribute(c.Expr(owner), name, function), {c.Expr(self)}};
    }
    bool super =
        c.src().Is(method.object(), NodeKind::kSuperRef) && c.src().Is(self, NodeKind::kSelfRef);
    if (super || SameTree(c.src(), method.object(), c.src(), self))
      return Bound{c.Expr(function), {}};
    if (c.facts().Only(method.object(), {TypeKind::kInstance, TypeKind::kClass})) {
      const facts::Type& type = c.facts().type(c.facts().TypeOf(function));
      if (type.kind == TypeKind::kFunction && c.src().Is(type.decl, NodeKind::kMethod) &&
          ReadsThis(c, type.decl))
        return std::nullopt;
    }
  }
  if (IsTakenOff(c, function, self)) return Bound{c.Expr(function), {}};
  const facts::Type& type = c.facts().type(c.facts().TypeOf(function));
  if (type.kind == TypeKind::kFunction && TakesSelf(c, type.decl))
    return Bound{c.Expr(function), {c.Expr(self)}};
  const bool in_place = c.src().Is(function, NodeKind::kFunctionExpr) || c.src().Is(function, NodeKind::kLambda);
  if (in_place && (c.src().Is(self, NodeKind::kSelfRef) || !ReadsThis(c, function)))
    return Bound{c.Expr(function), {}};
  if (type.kind == TypeKind::kFunction && type.decl && !c.src().Is(type.decl, NodeKind::kMethod) &&
      ReadsThis(c, type.decl))
    return std::nullopt;
  if (type.kind != TypeKind::kFunction && type.kind != TypeKind::kUnknown) return std::nullopt;
  if (!c.IsPure(self)) return std::nullopt;
  if (type.kind == TypeKind::kUnknown) c.SayOnce("method-binding", function);
  return Bound{c.Expr(function), {}};
}

std::optional<NodeId> TranslateBind(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  if (!attribute || attribute.is_optional() || call.is_optional() || attribute.is_private())
    return std::nullopt;
  std::string_view name = attribute.name();
  if (name != "bind" && name != "call" && name != "apply") return std::nullopt;
  if (!c.facts().ResolvedName(attribute.object()).empty() &&
      c.facts().ResolvedName(attribute.object()).find('#') == std::string::npos) {
    return std::nullopt;
  }
  if (name != "bind" && c.facts().Only(attribute.object(), {TypeKind::kClass}) && !call.args().empty() &&
      c.src().Is(call.args()[0], NodeKind::kSelfRef)) {
    // The constructor of a class that this one is not made of: `Mixin.call(this, x)`.
    NodeList args = {c.Expr(call.args()[0])};
    for (NodeId arg : call.args().subspan(1)) {
      args.push_back(name == "call" ? c.Expr(arg) : c.New(make::Spread{.value = c.Expr(arg)}, {}));
    }
    return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "__init__"), std::move(args), id);
  }
  bool function = c.facts().Only(attribute.object(), {TypeKind::kFunction});
  if (!function && c.facts().KindOf(attribute.object()) != TypeKind::kUnknown) return std::nullopt;
  if (call.args().empty() || c.src().Is(call.args()[0], NodeKind::kSpread) ||
      (name == "apply" && call.args().size() > 2))
    return std::nullopt;
  auto bound = Bind(c, attribute.object(), call.args()[0]);
  if (!bound) return c.Refuse(id, "method-binding");
  NodeList args = bound->first;
  if (name == "apply") {
    if (call.args().size() == 2)
      args.push_back(c.New(make::Spread{.value = c.Expr(call.args()[1])}, {}));
    return c.NewCall(bound->function, std::move(args), id);
  }
  NodeList rest = c.Exprs(call.args().subspan(1));
  args.insert(args.end(), rest.begin(), rest.end());
  if (name == "call") return c.NewCall(bound->function, std::move(args), id);
  if (args.empty()) return bound->function;
  args.insert(args.begin(), bound->function);
  return c.NewCall(c.Library("functools:partial"), std::move(args), id);
}

bool IsArguments(Context& c, NodeId id) {
  if (c.src().text(id) != "arguments") return false;
  facts::BindingId binding = c.facts().BindingOf(id);
  return binding && c.facts().binding(binding).kind == facts::BindingKind::kFree && OwnerOfThis(c, id);
}

std::optional<NodeId> TranslateArguments(Context& c, NodeId id) {
  if (!IsArguments(c, id)) return std::nullopt;
  return c.NewName(ArgumentsName(c, OwnerOfThis(c, id)), id);
}

// `arguments[0]`, which there may be none of.
std::optional<NodeId> TranslateArgument(Context& c, NodeId id) {
  auto item = c.As<Subscript>(id);
  auto index = c.As<Number>(item.index());
  if (!index || !c.src().Is(item.object(), NodeKind::kName) || !IsArguments(c, item.object()) ||
      IsAssigned(c, id))
    return std::nullopt;
  const NodeId all = c.Expr(item.object());
  const NodeId at = c.Expr(item.index());
  const bool first = c.src().text(item.index()) == "0";
  const NodeId test =
      first ? all
            : c.New(make::Binary{.left = c.NewCall(c.NewName("len"), {all}),
                                 .right = at,
                                 .op = BinaryOp::kGt},
                    {});
  return c.New(make::Conditional{.test = test,
                                 .then_value = c.New(make::Subscript{.object = all, .index = at}, {}),
                                 .else_value = c.New(make::Null{}, {})},
               id);
}

}  // namespace

namespace {

// The functions that read JavaScript's `arguments`.
struct ArgumentsReaders {
  explicit ArgumentsReaders(Context& c) {
    for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
      const facts::Binding& b = c.facts().binding({i});
      if (b.kind != facts::BindingKind::kFree || b.reads.empty() ||
          c.src().text(b.reads.front()) != "arguments")
        continue;
      for (NodeId read : b.reads) functions.insert(OwnerOfThis(c, read).index);
    }
  }
  std::unordered_set<std::uint32_t> functions;
};

}  // namespace

bool ReadsArguments(Context& c, NodeId function) {
  return c.State<ArgumentsReaders>().functions.contains(function.index);
}

std::string ArgumentsName(Context& c, NodeId function) {
  const Span body = c.src().span(function);
  const auto is_inside = [&](NodeId name) { return body.contains(c.src().span(name)); };
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    const facts::Binding& b = c.facts().binding(facts::BindingId{i});
    if (b.kind == facts::BindingKind::kFree || c.names().Of(facts::BindingId{i}) != "args") continue;
    if (is_inside(b.declaration) || std::any_of(b.reads.begin(), b.reads.end(), is_inside))
      return "arguments";
  }
  return "args";
}

NodeId LibraryFunction(Context& c, std::string_view path, NodeId origin) {
  for (const Known& known : kKnown) {
    if (known.js == path) return c.Library(known.py, origin);
  }
  if (NodeId reader = NumberReader(c, path, origin)) return reader;
  return Spelled(c, path, origin);
}

void RegisterCallables(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateBind);
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateArgument);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateArguments);
}

}  // namespace asyncport::translate::to_py
