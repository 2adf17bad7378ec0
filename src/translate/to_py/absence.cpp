// Absence: the questions of absence.h, optional chains and `??`. Plain reads of properties are in objects.cpp.
// Example: `user.address?.city ?? "-"` -> `address = user.get("address")` and
// `address["city"] if address is not None else "-"`.
#include "translate/to_py/absence.h"

#include <string>
#include <utility>

#include "support/strings.h"
#include "translate/to_py/destructuring.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsEquality(BinaryOp op) {
  return op == BinaryOp::kStrictEq || op == BinaryOp::kStrictNe || op == BinaryOp::kLooseEq || op == BinaryOp::kLooseNe;
}

bool IsNullish(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kNull) || c.src().Is(id, NodeKind::kUndefined);
}

bool IsNumber(Context& c, NodeId id, std::string_view text) {
  auto number = c.As<Number>(id);
  return number && number.text() == text;
}

// The variable that a declaration or assignment stores the expression in.
facts::BindingId StoredIn(Context& c, NodeId id) {
  auto assign = c.As<Assign>(c.facts().Parent(id));
  if (!assign || assign.value() != id || assign.targets().size() != 1) return {};
  NodeId target = assign.targets()[0];
  return c.src().Is(target, NodeKind::kName) ? c.facts().BindingOf(target) : facts::BindingId{};
}

// `a && b && c`: each of them.
bool AnyConjunct(Context& c, NodeId test, const std::function<bool(NodeId)>& holds) {
  if (auto logical = c.As<Logical>(test); logical && logical.op() == LogicalOp::kAnd) {
    return AnyConjunct(c, logical.left(), holds) || AnyConjunct(c, logical.right(), holds);
  }
  return holds(test);
}

NodeId NotNone(Context& c, NodeId value, NodeId origin = {}) {
  return c.New(make::Binary{.left = value, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, origin);
}

// A word for what the expression gives: the last member's name.
std::string HintOf(Context& c, NodeId id) {
  if (auto attribute = c.As<Attribute>(id)) return c.names().Convert(attribute.name());
  if (auto call = c.As<Call>(id)) {
    if (auto method = c.As<Attribute>(call.callee())) {
      return method.name() == "get" || method.name() == "find" || method.name() == "pop" || method.name() == "shift"
                 ? std::string("item")
                 : c.names().Convert(method.name());
    }
    return "result";
  }
  if (auto subscript = c.As<Subscript>(id)) {
    if (auto key = c.As<String>(subscript.index())) return ToSnakeCase(key.value());
    return "item";
  }
  return "value";
}

// The innermost object that a `?.` of the chain tests, and the operation that does so.
struct Step {
  NodeId base;
  NodeId operation;
};
Step OutermostStep(Context& c, NodeId value) {
  for (NodeId node = value; node;) {
    if (auto attribute = c.As<Attribute>(node)) {
      if (attribute.is_optional()) return {attribute.object(), node};
      node = attribute.object();
    } else if (auto subscript = c.As<Subscript>(node)) {
      if (subscript.is_optional()) return {subscript.object(), node};
      node = subscript.object();
    } else if (auto call = c.As<Call>(node)) {
      if (call.is_optional()) return {call.callee(), node};
      node = call.callee();
    } else {
      return {};
    }
  }
  return {};
}

bool IsPlainPlace(Context& c, NodeId target) {
  if (c.dst().Is(target, NodeKind::kName) || c.dst().Is(target, NodeKind::kSelfRef)) return true;
  auto attribute = ir::As<Attribute>(c.dst(), target);
  return attribute && IsPlainPlace(c, attribute.object());
}

struct Chained {
  NodeId test;   // none: nothing can be cut short
  NodeId value;  // what the chain gives where the test holds
};

NodeId ChainValue(Context& c, NodeId value);

// Splits `base?.rest` at its last `?.`.
Chained SplitChain(Context& c, NodeId value) {
  Step step = OutermostStep(c, value);
  if (!step.base) return {kNoNode, c.Expr(value)};
  NodeId base = ChainValue(c, step.base);
  Named named = NameOnce(c, base, HintOf(c, step.base), step.base);
  c.Override(step.base, named.again);
  NodeId rest = c.Guarded([&] { return c.Expr(value); });
  c.Override(step.base, kNoNode);  // a body is translated again where a lambda cannot hold it
  return {NotNone(c, named.first), rest};
}

NodeId ChainValue(Context& c, NodeId value) {
  Chained chained = SplitChain(c, value);
  if (!chained.test) return chained.value;
  return c.New(make::Conditional{.test = chained.test, .then_value = chained.value, .else_value = c.New(make::Null{}, {})}, value);
}

// The call inside an awaited chain may have brought its own await.
NodeId Awaited(Context& c, NodeId target, NodeId origin) {
  return c.dst().Is(target, NodeKind::kAwait) ? target : c.New(make::Await{.value = target}, origin);
}

std::optional<NodeId> TranslateOptionalChain(Context& c, NodeId id) {
  NodeId value = ChainValue(c, c.As<OptionalChain>(id).value());
  c.dst().set_origin(value, id);
  return value;
}

// `listener?.(event);` -> `if listener is not None: listener(event)`.
bool TranslateOptionalCall(Context& c, NodeId id, NodeList& out) {
  auto chain = c.As<OptionalChain>(c.As<ExprStmt>(id).value());
  if (!chain || !c.As<Call>(chain.value())) return false;
  Step step = OutermostStep(c, chain.value());
  if (!step.base) return false;
  NodeId base = ChainValue(c, step.base);
  Named named = NameOnce(c, base, HintOf(c, step.base), step.base);
  c.Override(step.base, named.again);
  NodeList body;
  StatementOf(c, chain.value(), chain.value(), body);
  c.Override(step.base, kNoNode);
  out.push_back(c.New(make::If{.test = NotNone(c, named.first), .body = c.NewBlock(std::move(body))}, id));
  return true;
}

// `await stop?.();` -> `if stop is not None: await stop()`; in an expression, None where there is nothing to wait for.
bool TranslateAwaitedChain(Context& c, NodeId id, NodeList& out) {
  auto wait = c.As<Await>(c.As<ExprStmt>(id).value());
  auto chain = wait ? c.As<OptionalChain>(wait.value()) : OptionalChain();
  if (!chain || IsChain(c, wait.value())) return false;
  Step step = OutermostStep(c, chain.value());
  if (!step.base) return false;
  Named named = NameOnce(c, ChainValue(c, step.base), HintOf(c, step.base), step.base);
  c.Override(step.base, named.again);
  Context::Hoisted call = c.ExprWithHoists(chain.value());
  c.Override(step.base, kNoNode);
  NodeList body = std::move(call.before);
  body.push_back(c.NewExprStmt(Awaited(c, call.value, wait.id()), wait.id()));
  out.push_back(c.New(make::If{.test = NotNone(c, named.first), .body = c.NewBlock(std::move(body))}, id));
  return true;
}

std::optional<NodeId> TranslateAwaitedChainValue(Context& c, NodeId id) {
  auto chain = c.As<OptionalChain>(c.As<Await>(id).value());
  if (!chain || IsChain(c, chain.id())) return std::nullopt;
  Chained chained = SplitChain(c, chain.value());
  NodeId value = Awaited(c, chained.value, id);
  if (!chained.test) return value;
  return c.New(make::Conditional{.test = chained.test, .then_value = value, .else_value = c.New(make::Null{}, {})}, id);
}

// Can the value of the expression be null although something is there (a stored null)?
bool MayHoldNull(Context& c, NodeId id) {
  // A property that is there, with undefined as its value: None in Python, where `get` finds it.
  if (auto attribute = c.As<Attribute>(id); attribute && MayBeGivenUndefined(c, attribute.name()))
    return true;
  if (const facts::BindingId binding = c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{}) {
    auto part = c.As<PropertyPattern>(c.facts().Parent(c.facts().binding(binding).declaration));
    if (part && MayBeGivenUndefined(c, c.src().text(part.key()))) return true;
  }
  if (c.facts().KindOf(id) == TypeKind::kUnknown) return true;
  return c.facts().May(id, {TypeKind::kNull});
}

// Does a function of the file ask whether the argument is there?
bool ParameterIsTested(Context& c, NodeId call, NodeId arg) {
  auto args = c.As<Call>(call) ? c.As<Call>(call).args() : c.As<ir::New>(call).args();
  std::size_t position = 0;
  while (position < args.size() && args[position] != arg) ++position;
  if (position == args.size()) return false;
  for (NodeId function : c.facts().PossibleCallees(call)) {
    auto params = FunctionParams(c, function);
    if (position >= params.size()) continue;
    auto param = c.As<Param>(params[position]);
    if (param.default_value()) return true;  // undefined takes it
    if (c.src().Is(param.target(), NodeKind::kName) && BindingIsTested(c, c.facts().BindingOf(param.target()))) return true;
  }
  return false;
}

// `d.get(k)` in the target: the call with one argument.
Call AsPlainGet(Context& c, NodeId target) {
  auto call = ir::As<Call>(c.dst(), target);
  auto method = call ? ir::As<Attribute>(c.dst(), call.callee()) : Attribute();
  return method && method.name() == "get" && call.args().size() == 1 ? call : Call();
}

// A `get` that a class of the file defines takes no second argument.
bool IsMethodOfFile(Context& c, NodeId source_call) {
  auto chain = c.As<OptionalChain>(source_call);
  const NodeId id = chain ? chain.value() : source_call;
  auto call = c.As<Call>(id);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  return method && (!c.facts().PossibleCallees(id).empty() || c.facts().Only(method.object(), {TypeKind::kInstance}));
}

// `x if there is one else None`, inside of what asks for something else first.
bool IsNoneOtherwise(Context& c, NodeId target) {
  auto choice = ir::As<Conditional>(c.dst(), target);
  return choice && (c.dst().Is(choice.else_value(), NodeKind::kNull) || IsNoneOtherwise(c, choice.then_value()));
}

NodeId WithFallback(Context& c, NodeId source_left, NodeId left, NodeId source_right, NodeId origin) {
  if (auto get = AsPlainGet(c, left); get && !IsMethodOfFile(c, source_left) && !MayHoldNull(c, source_left) && c.IsPure(source_right)) {
    return c.NewCall(get.callee(), {get.args()[0], c.Expr(source_right)}, origin);
  }
  // What is None where it is missing already: `xs[i] if i < len(xs) else None`.
  auto conditional = ir::As<Conditional>(c.dst(), left);
  if (conditional && c.dst().Is(conditional.else_value(), NodeKind::kNull) && !MayHoldNull(c, source_left) &&
      !AsPlainGet(c, conditional.then_value()) && !IsNoneOtherwise(c, conditional.then_value())) {
    NodeId fallback = c.Guarded([&] { return c.Expr(source_right); });
    return c.New(make::Conditional{.test = conditional.test(), .then_value = conditional.then_value(), .else_value = fallback}, origin);
  }
  Named named = NameOnce(c, left, HintOf(c, source_left), source_left);
  NodeId fallback = c.Guarded([&] { return c.Expr(source_right); });
  return c.New(make::Conditional{.test = NotNone(c, named.first), .then_value = named.again, .else_value = fallback}, origin);
}

std::optional<NodeId> TranslateNullish(Context& c, NodeId id) {
  auto logical = c.As<Logical>(id);
  if (logical.op() != LogicalOp::kNullish) return std::nullopt;
  if (auto chain = c.As<OptionalChain>(logical.left()); chain && !MayHoldNull(c, logical.left())) {
    Chained chained = SplitChain(c, chain.value());
    if (chained.test && !AsPlainGet(c, chained.value) && !IsNoneOtherwise(c, chained.value)) {
      NodeId fallback = c.Guarded([&] { return c.Expr(logical.right()); });
      return c.New(make::Conditional{.test = chained.test, .then_value = chained.value, .else_value = fallback}, id);
    }
    if (!chained.test) return WithFallback(c, logical.left(), chained.value, logical.right(), id);
    NodeId value = c.New(make::Conditional{.test = chained.test, .then_value = chained.value, .else_value = c.New(make::Null{}, {})}, {});
    return WithFallback(c, logical.left(), value, logical.right(), id);
  }
  return WithFallback(c, logical.left(), c.Expr(logical.left()), logical.right(), id);
}

// `const port = config.port ?? 8080;` -> `port = config.get("port")` and `if port is None: port = 8080`, where one
// expression would have to name the value first.
bool TranslateNullishAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() || !c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  auto logical = c.As<Logical>(assign.value());
  if (!logical || logical.op() != LogicalOp::kNullish) return false;
  NodeKind kind = c.src().kind(logical.left());
  bool read = kind == NodeKind::kAttribute || kind == NodeKind::kCall || kind == NodeKind::kAwait || kind == NodeKind::kSubscript;
  auto member = c.As<Attribute>(logical.left());
  bool simple = member && (c.src().Is(member.object(), NodeKind::kSelfRef) || c.facts().Only(member.object(), {TypeKind::kInstance, TypeKind::kClass}));
  if (!read || simple) return false;
  if (!MayHoldNull(c, logical.left()) && c.IsPure(logical.right())) return false;
  // A value that names itself (`x = f(x) ?? x`) would be overwritten too early.
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  for (NodeId use : c.facts().binding(binding).reads) {
    if (c.src().span(logical.right()).contains(c.src().span(use))) return false;
  }
  NodeId left = c.Expr(logical.left());
  out.push_back(c.NewAssign(c.Pattern(assign.targets()[0]), left, id));
  Context::Hoisted right = c.ExprWithHoists(logical.right());
  NodeList body = std::move(right.before);
  body.push_back(c.NewAssign(c.Pattern(assign.targets()[0]), right.value));
  NodeId test = c.New(make::Binary{.left = c.Expr(assign.targets()[0]), .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs}, {});
  out.push_back(c.New(make::If{.test = test, .body = c.NewBlock(std::move(body))}, {}));
  return true;
}

}  // namespace

bool BindingIsTested(Context& c, facts::BindingId binding) {
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    if (IsTestedForAbsence(c, read)) return true;
  }
  return false;
}

bool IsTestedForAbsence(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  if (auto binary = c.As<Binary>(parent)) {
    return IsEquality(binary.op()) && IsNullish(c, binary.left() == id ? binary.right() : binary.left());
  }
  if (auto logical = c.As<Logical>(parent)) {
    return logical.left() == id || IsTestedForAbsence(c, parent);
  }
  if (auto test = c.As<If>(parent)) return test.test() == id;
  if (auto loop = c.As<While>(parent)) return loop.test() == id;
  if (auto conditional = c.As<Conditional>(parent)) return conditional.test() == id;
  if (auto unary = c.As<Unary>(parent)) return unary.op() == UnaryOp::kNot || unary.op() == UnaryOp::kTypeOf;
  // `while ((job = jobs.shift()) !== undefined)`
  if (auto assign = c.As<AssignExpr>(parent)) return assign.value() == id && IsTestedForAbsence(c, parent);
  if (auto attribute = c.As<Attribute>(parent)) return attribute.is_optional() && attribute.object() == id;
  if (auto subscript = c.As<Subscript>(parent)) return subscript.is_optional() && subscript.object() == id;
  if (auto call = c.As<Call>(parent)) return call.is_optional() && call.callee() == id;
  if (c.src().Is(parent, NodeKind::kOptionalChain)) return IsTestedForAbsence(c, parent);
  return false;
}

bool IsTestedLater(Context& c, NodeId id) {
  if (IsTestedForAbsence(c, id)) return true;
  NodeId parent = c.facts().Parent(id);
  if (c.src().Is(parent, NodeKind::kOptionalChain)) return IsTestedLater(c, parent);
  // `const prec = known ? PREC[op] : undefined;`
  if (auto choice = c.As<Conditional>(parent); choice && choice.test() != id) return IsTestedLater(c, parent);
  // `entries.filter((e) => e.request)`
  auto property = c.As<Attribute>(id);
  const bool of_record = property && c.facts().Only(property.object(), {TypeKind::kDict});
  if (auto lambda = c.As<Lambda>(parent); lambda && lambda.body() == id && of_record) {
    static constexpr std::string_view kAsking[] = {"filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex"};
    const std::string_view method = c.MethodName(c.facts().Parent(parent));
    if (std::find(std::begin(kAsking), std::end(kAsking), method) != std::end(kAsking)) return true;
  }
  // `const rule = known && RULES[op];`
  if (auto choice = c.As<Logical>(parent); choice && choice.right() == id) return IsTestedLater(c, parent);
  if (c.src().Is(parent, NodeKind::kCall) || c.src().Is(parent, NodeKind::kNew)) return ParameterIsTested(c, parent, id);
  return BindingIsTested(c, StoredIn(c, id));
}

bool ToleratesNone(Context& c, NodeId id) {
  if (IsTestedForAbsence(c, id)) return true;
  NodeId parent = c.facts().Parent(id);
  switch (c.src().kind(parent)) {
    case NodeKind::kAssign: case NodeKind::kReturn: case NodeKind::kDictEntry: case NodeKind::kList: case NodeKind::kTemplate:
    case NodeKind::kExprStmt: case NodeKind::kYield: case NodeKind::kLambda: case NodeKind::kAssignExpr:
      return true;
    case NodeKind::kCall:
      return c.As<Call>(parent).callee() != id;
    case NodeKind::kNew:
      return c.As<ir::New>(parent).callee() != id;
    case NodeKind::kBinary:
      return IsEquality(c.As<Binary>(parent).op());
    case NodeKind::kLogical: case NodeKind::kConditional: case NodeKind::kOptionalChain:
      return ToleratesNone(c, parent);
    default:
      return false;
  }
}

bool MayLackField(Context& c, NodeId object, std::string_view name) {
  auto lacks = [&](const facts::Type& type) {
    bool literal = type.kind == TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kDict);
    if (!literal && (type.kind != TypeKind::kDict || (type.fields.empty() && !type.decl))) return false;
    for (const auto& [field, field_type] : type.fields) {
      if (field != name) continue;
      const facts::Type& value = c.facts().type(field_type);
      if (value.kind == TypeKind::kUndefined) return true;
      for (facts::TypeId member : value.members) {
        if (c.facts().type(member).kind == TypeKind::kUndefined) return true;
      }
      return false;
    }
    return true;
  };
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  if (type.kind != TypeKind::kUnion) return lacks(type);
  for (facts::TypeId member : type.members) {
    if (lacks(c.facts().type(member))) return true;
  }
  return false;
}

bool MaySetFieldLater(Context& c, NodeId object, std::string_view name) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  const facts::Type* record = &type;
  // `users.get(id)`: a record, or nothing.
  for (facts::TypeId member : type.members) {
    if (c.facts().type(member).kind == TypeKind::kDict && type.kind == TypeKind::kUnion)
      record = &c.facts().type(member);
  }
  auto literal = record->kind == TypeKind::kDict ? c.As<Dict>(record->decl) : Dict();
  if (!literal) return record->kind == TypeKind::kDict;
  for (NodeId e : literal.entries()) {
    auto entry = c.As<DictEntry>(e);
    if (!entry || !c.src().Is(entry.key(), NodeKind::kString) || c.src().text(entry.key()) == name) return false;
  }
  return true;
}

bool AnyGuard(Context& c, NodeId node, const std::function<bool(NodeId)>& holds) {
  NodeId child = node;
  for (NodeId up = c.facts().Parent(node); up; child = up, up = c.facts().Parent(up)) {
    NodeId test;
    if (auto loop = c.As<While>(up)) test = loop.body() == child ? loop.test() : kNoNode;
    else if (auto count = c.As<CFor>(up)) test = count.body() == child || count.update() == child ? count.test() : kNoNode;
    else if (auto branch = c.As<If>(up)) test = branch.body() == child ? branch.test() : kNoNode;
    else if (auto conditional = c.As<Conditional>(up)) test = conditional.then_value() == child ? conditional.test() : kNoNode;
    else if (auto logical = c.As<Logical>(up)) test = logical.op() == LogicalOp::kAnd && logical.right() == child ? logical.left() : kNoNode;
    else if (c.src().Is(up, NodeKind::kFunctionDef) || c.src().Is(up, NodeKind::kFunctionExpr) || c.src().Is(up, NodeKind::kMethod)) return false;
    if (test && AnyConjunct(c, test, holds)) return true;
  }
  return false;
}

bool KeyIsPresent(Context& c, NodeId read, NodeId object, NodeId key) {
  // `for (const k in o)`, `for (const k of Object.keys(o))`.
  if (facts::BindingId binding = c.src().Is(key, NodeKind::kName) ? c.facts().BindingOf(key) : facts::BindingId{}) {
    NodeId definition = c.facts().binding(binding).definition;
    if (auto loop = c.As<ForIn>(definition); loop && SameTree(c.src(), loop.object(), c.src(), object)) return true;
    if (auto loop = c.As<ForEach>(definition)) {
      NodeId keys = loop.iterable();
      while (c.As<Call>(keys) && !c.IsCallTo(keys, "Object.keys")) {
        auto method = c.As<Attribute>(c.As<Call>(keys).callee());
        if (!method) break;
        keys = method.object();
      }
      if (c.IsCallTo(keys, "Object.keys") && c.As<Call>(keys).args().size() == 1 &&
          SameTree(c.src(), c.As<Call>(keys).args()[0], c.src(), object)) {
        return true;
      }
    }
  }
  return AnyGuard(c, read, [&](NodeId test) {
    if (auto binary = c.As<Binary>(test); binary && binary.op() == BinaryOp::kJsIn) {
      return SameTree(c.src(), binary.left(), c.src(), key) && SameTree(c.src(), binary.right(), c.src(), object);
    }
    if (SameTree(c.src(), test, c.src(), read)) return true;
    auto call = c.As<Call>(test);
    if (!call) return false;
    if (c.IsCallTo(test, "Object.hasOwn") && call.args().size() == 2) {
      return SameTree(c.src(), call.args()[0], c.src(), object) && SameTree(c.src(), call.args()[1], c.src(), key);
    }
    auto method = c.As<Attribute>(call.callee());
    return method && (method.name() == "has" || method.name() == "hasOwnProperty") && call.args().size() == 1 &&
           SameTree(c.src(), method.object(), c.src(), object) && SameTree(c.src(), call.args()[0], c.src(), key);
  });
}

bool IndexIsInRange(Context& c, NodeId read, NodeId object, NodeId index) {
  if (auto update = c.As<Update>(index)) index = update.target();
  return AnyGuard(c, read, [&](NodeId test) {
    auto binary = c.As<Binary>(test);
    if (!binary || binary.op() != BinaryOp::kLt) return false;
    auto length = c.As<Attribute>(binary.right());
    return length && length.name() == "length" && SameTree(c.src(), binary.left(), c.src(), index) &&
           SameTree(c.src(), length.object(), c.src(), object);
  });
}

bool IndexMayBeNegative(Context& c, NodeId read, NodeId index) {
  if (auto unary = c.As<Unary>(index)) return unary.op() == UnaryOp::kNeg;
  auto binary = c.As<Binary>(index);
  if (!binary || binary.op() != BinaryOp::kSub) return false;
  NodeId left = binary.left();
  auto attribute = c.As<Attribute>(left);
  if (attribute && attribute.name() == "length") return false;
  // Compared with something around here, or counted up from one.
  bool guarded = AnyGuard(c, read, [&](NodeId test) {
    auto compare = c.As<Binary>(test);
    return compare && (SameTree(c.src(), compare.left(), c.src(), left) || SameTree(c.src(), compare.right(), c.src(), left)) &&
           compare.op() != BinaryOp::kLt && compare.op() != BinaryOp::kLe;
  });
  if (guarded) return false;
  facts::BindingId binding = c.src().Is(left, NodeKind::kName) ? c.facts().BindingOf(left) : facts::BindingId{};
  if (!binding) return true;
  auto start = c.As<Assign>(c.facts().binding(binding).definition);
  return !(start && start.value() && c.src().Is(start.value(), NodeKind::kNumber) && !IsNumber(c, start.value(), "0"));
}

Named NameOnce(Context& c, NodeId value, std::string_view hint, NodeId origin) {
  if (IsPlainPlace(c, value)) return {value, value};
  std::string name = c.names().Fresh(hint);
  if (!c.guarded()) {
    c.HoistEffect(c.NewAssign(c.NewName(name), value, origin), origin);
    return {c.NewName(name), c.NewName(name)};
  }
  return {c.New(make::Walrus{.target = c.NewName(name), .value = value}, origin), c.NewName(name)};
}

void RegisterAbsence(Topics& t) {
  t.Claim(NodeKind::kOptionalChain, Order::kAfterCards, &TranslateOptionalChain);
  t.Claim(NodeKind::kLogical, Order::kBeforeCards, &TranslateNullish);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateOptionalCall);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateAwaitedChain);
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateAwaitedChainValue);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateNullishAssign);
}

}  // namespace asyncport::translate::to_py
