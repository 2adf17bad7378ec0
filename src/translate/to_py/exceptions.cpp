// throw and try: error classes, typed handlers out of `instanceof` tests, causes.
// Example: `catch (e) { if (e instanceof X) {A} else {throw e} }` -> `except X as e: A`.
#include <algorithm>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/caught_names.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct ErrorClass {
  std::string_view js;
  std::string_view raised;  // what Python code raises
};
constexpr ErrorClass kErrors[] = {
    {"Error", "RuntimeError"},      {"TypeError", "TypeError"},          {"RangeError", "ValueError"},
    {"SyntaxError", "ValueError"},  {"ReferenceError", "NameError"},     {"URIError", "ValueError"},
    {"EvalError", "RuntimeError"},
};

// `new Error(m)`, `Error(m)`, `new Error(m, { cause })` of a built-in class.
struct Made {
  const ErrorClass* error = nullptr;
  std::span<const NodeId> args;
  NodeId cause;  // source
};
std::optional<Made> AsBuiltinError(Context& c, NodeId id) {
  NodeId callee;
  Made made;
  if (auto n = c.As<ir::New>(id)) {
    callee = n.callee();
    made.args = n.args();
  } else if (auto call = c.As<Call>(id)) {
    callee = call.callee();
    made.args = call.args();
  }
  if (!callee || !c.src().Is(callee, NodeKind::kName)) return std::nullopt;
  std::string name = c.facts().ResolvedName(callee);
  for (const ErrorClass& error : kErrors) {
    if (name == error.js) made.error = &error;
  }
  if (!made.error) return std::nullopt;
  if (made.args.size() == 2) {
    auto options = c.As<Dict>(made.args[1]);
    if (!options) return std::nullopt;
    for (NodeId e : options.entries()) {
      auto entry = c.As<DictEntry>(e);
      if (entry && c.src().text(entry.key()) == "cause") made.cause = entry.value();
    }
  }
  return made;
}

NodeId RaisedValue(Context& c, const Made& made, NodeId id) {
  NodeList args;
  if (!made.args.empty()) args.push_back(c.Expr(made.args[0]));
  if (NodeId named = NamedErrorToRaise(c, made.error->js)) return c.NewCall(named, std::move(args), id);
  if (made.error->js == "Error") c.SayOnce("generic-error-type", id);
  return c.NewCall(c.NewName(made.error->raised), std::move(args), id);
}

NodeId CauseOf(Context& c, NodeId value) {
  std::span<const NodeId> args;
  if (auto made = c.As<ir::New>(value)) args = made.args();
  if (args.empty()) return kNoNode;
  auto options = c.As<Dict>(args.back());
  if (!options || options.entries().size() != 1) return kNoNode;
  auto entry = c.As<DictEntry>(options.entries()[0]);
  return entry && c.src().text(entry.key()) == "cause" ? entry.value() : kNoNode;
}

std::optional<NodeId> TranslateErrorValue(Context& c, NodeId id) {
  auto made = AsBuiltinError(c, id);
  if (!made) return std::nullopt;
  NodeId error = RaisedValue(c, *made, id);
  NodeId cause = CauseOf(c, id);
  if (!cause || c.src().Is(c.facts().Parent(id), NodeKind::kRaise)) return error;
  // An error that is not raised here: `raise ... from` cannot say its cause.
  NodeId name = c.NewName(c.names().Fresh("error"));
  if (!c.HoistEffect(c.NewAssign(name, error, id), id)) return name;
  c.HoistEffect(c.NewAssign(c.NewAttribute(name, "__cause__"), c.Expr(cause)), id);
  return name;
}

// Python's groups hold exceptions, one at least, and have another name.
struct OwnAggregate {
  explicit OwnAggregate(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto made = c.As<ir::New>(NodeId{i});
      if (c.IsCallTo(NodeId{i}, "Promise.any")) any = true;
      // Python's groups are made before their constructors run: a class of its own is easier to extend.
      if (auto own = c.As<ClassDef>(NodeId{i}); own && own.bases().size() == 1)
        wanted = wanted || c.facts().ResolvedName(own.bases()[0]) == "AggregateError";
      if (!made || made.args().empty() || c.facts().ResolvedName(made.callee()) != "AggregateError") continue;
      const facts::Type& list = c.facts().type(c.facts().TypeOf(made.args()[0]));
      const facts::Type& item = c.facts().type(list.element);
      // Of errors for sure, it is a group.
      wanted = wanted || item.kind != TypeKind::kInstance;
    }
  }
  bool any = false;
  bool wanted = false;
};

std::optional<NodeId> TranslateAggregateError(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  if (!made || c.facts().ResolvedName(made.callee()) != "AggregateError") return std::nullopt;
  NodeList args;
  if (HasOwnAggregate(c)) {
    for (NodeId arg : made.args().first(std::min<std::size_t>(2, made.args().size()))) args.push_back(c.Expr(arg));
    return c.NewCall(AggregateClass(c), std::move(args), id);
  }
  args.push_back(made.args().size() > 1 ? c.Expr(made.args()[1]) : c.NewString("several errors"));
  if (!made.args().empty()) args.push_back(c.Expr(made.args()[0]));
  c.SayOnce("aggregate-error-exception-group", id);
  return c.NewCall(c.NewName("ExceptionGroup"), std::move(args), id);
}

bool IsNoError(Context& c, NodeId value) {
  NodeKind kind = c.src().kind(value);
  if (kind == NodeKind::kString || kind == NodeKind::kTemplate || kind == NodeKind::kDict || kind == NodeKind::kNumber) return true;
  return c.facts().Only(value, {facts::TypeKind::kStr, facts::TypeKind::kInt, facts::TypeKind::kFloat, facts::TypeKind::kBool,
                                facts::TypeKind::kDict, facts::TypeKind::kList, facts::TypeKind::kNull, facts::TypeKind::kUndefined});
}

// Does a handler of the file look at what kind of thing was thrown, or do objects with properties fly?
struct ThrownValues {
  explicit ThrownValues(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (auto raise = c.As<Raise>(id)) {
        bool plain = raise.value() && IsNoError(c, raise.value());
        any = any || plain;
        inspected = inspected || (plain && c.facts().Only(raise.value(), {TypeKind::kDict}));
      } else if (c.IsCallTo(id, "Promise.reject") && c.As<Call>(id).args().size() == 1) {
        NodeId given = c.As<Call>(id).args()[0];
        any = any || IsNoError(c, given);
        inspected = inspected || c.facts().Only(given, {TypeKind::kDict});
      } else if (auto unary = c.As<Unary>(id)) {
        inspected = inspected || (unary.op() == UnaryOp::kTypeOf && IsCaughtName(c, unary.operand()));
      }
    }
  }
  bool any = false;
  bool inspected = false;
};

NodeId ThrownClass(Context& c) {
  return DefineOnce(c, "ThrownValue", R"(
class ThrownValue(Exception):
    """Carries something that is thrown and no exception."""

    def __init__(self, value=None, **fields):
        super().__init__(value)
        self.value = value
        self.__dict__.update(fields)
)");
}

NodeId ThrownValue(Context& c, NodeId value) {
  c.SayOnce("throw-non-error", value);
  const ThrownValues& thrown = c.State<ThrownValues>();
  if (!thrown.inspected) return c.NewCall(c.NewName("RuntimeError"), {c.Expr(value)}, value);
  NodeList args;
  auto literal = c.As<Dict>(value);
  bool fields = literal && !literal.entries().empty();
  for (NodeId e : literal ? literal.entries() : std::span<const NodeId>()) {
    auto entry = c.As<DictEntry>(e);
    fields = fields && entry && c.src().Is(entry.key(), NodeKind::kString) && c.src().text(entry.key()) != "value";
  }
  if (!fields) {
    args.push_back(c.Expr(value));
  } else {
    for (NodeId e : literal.entries()) {
      auto entry = c.As<DictEntry>(e);
      args.push_back(c.NewKeyword(c.names().Member(c.src().text(entry.key()), false), c.Expr(entry.value()), e));
    }
  }
  return c.NewCall(ThrownClass(c), std::move(args), value);
}

// `typeof problem === "string"` of something caught, where plain values are thrown.
std::optional<NodeId> TranslateTypeOfCaught(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  bool same = binary.op() == BinaryOp::kStrictEq || binary.op() == BinaryOp::kLooseEq;
  if (!same && binary.op() != BinaryOp::kStrictNe && binary.op() != BinaryOp::kLooseNe) return std::nullopt;
  auto type_of = c.As<Unary>(binary.left());
  auto text = c.As<String>(binary.right());
  if (!type_of || type_of.op() != UnaryOp::kTypeOf || !text || !IsCaughtName(c, type_of.operand()) || !c.State<ThrownValues>().any) return std::nullopt;
  std::string_view type = text.value() == "string" ? "str" : text.value() == "boolean" ? "bool" : text.value() == "number" ? "(int, float)" : "";
  if (type.empty()) return std::nullopt;
  NodeId kind = type == "(int, float)" ? c.New(make::Tuple{.elements = {c.NewName("int"), c.NewName("float")}, .is_parenthesised = true}, {}) : c.NewName(type);
  NodeId value = c.NewCall(c.NewName("getattr"), {c.Expr(type_of.operand()), c.NewString("value"), c.New(make::Null{}, {})});
  NodeId test = c.NewCall(c.NewName("isinstance"), {value, kind}, id);
  return same ? test : Negate(c, test);
}

// `typeof problem` as a text, of something caught.
std::optional<NodeId> TranslateTypeTextOfCaught(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  if (unary.op() != UnaryOp::kTypeOf || !IsCaughtName(c, unary.operand())) return std::nullopt;
  if (!c.State<ThrownValues>().any) return c.NewString("object", id);
  NodeId value = c.NewCall(c.NewName("getattr"), {c.Expr(unary.operand()), c.NewString("value"), c.New(make::Null{}, {})});
  NodeId test = c.NewCall(c.NewName("isinstance"), {value, c.NewName("str")});
  return c.New(make::Conditional{.test = test, .then_value = c.NewString("string"), .else_value = c.NewString("object")}, id);
}

bool TranslateRaise(Context& c, NodeId id, NodeList& out) {
  auto raise = c.As<Raise>(id);
  NodeId value = raise.value();
  NodeId cause = CauseOf(c, value);
  NodeId target;
  if (auto made = AsBuiltinError(c, value)) {
    target = RaisedValue(c, *made, value);
  } else if (IsCaughtName(c, value)) {
    // Rethrown as it came, inside its own handler: Python's bare raise.
    NodeId handler = c.facts().Parent(value);
    while (handler && !c.src().Is(handler, NodeKind::kCatchClause)) handler = c.facts().Parent(handler);
    auto clause = c.As<CatchClause>(handler);
    bool own = clause && clause.target() && c.src().Is(clause.target(), NodeKind::kName) &&
               c.facts().BindingOf(clause.target()) == c.facts().BindingOf(value) &&
               c.facts().EnclosingFunction(handler) == c.facts().EnclosingFunction(id);
    if (own) {
      out.push_back(c.New(make::Raise{}, id));
      return true;
    }
    target = c.Expr(value);
  } else if (IsNoError(c, value)) {
    target = ErrorValue(c, value);
  } else if (auto made_own = c.As<ir::New>(value); made_own && cause) {
    // An error class of the file with `{ cause }` at the end: the cause goes behind `from`.
    NodeList args = c.Exprs(made_own.args().first(made_own.args().size() - 1));
    target = c.NewCall(c.Expr(made_own.callee()), std::move(args), value);
  } else {
    target = c.Expr(value);
  }
  NodeId from;
  if (cause) {
    from = c.Expr(cause);
    c.SayOnce("error-cause-raise-from", id);
  }
  out.push_back(c.New(make::Raise{.value = target, .cause = from}, id));
  return true;
}

// One `if (e instanceof X) {...}` arm of a handler.
struct Arm {
  NodeId type;  // source expression
  NodeId body;  // source Block
  NodeId origin;
};

bool IsRethrow(Context& c, NodeId statement, facts::BindingId error) {
  auto raise = c.As<Raise>(statement);
  return raise && c.src().Is(raise.value(), NodeKind::kName) && c.facts().BindingOf(raise.value()) == error;
}

// `e instanceof X` -> X; none if the test is anything else.
NodeId InstanceTest(Context& c, NodeId test, facts::BindingId error, bool& negated) {
  negated = false;
  if (auto unary = c.As<Unary>(test); unary && unary.op() == UnaryOp::kNot) {
    negated = true;
    test = unary.operand();
  }
  auto binary = c.As<Binary>(test);
  if (!binary || binary.op() != BinaryOp::kInstanceOf) return kNoNode;
  if (!c.src().Is(binary.left(), NodeKind::kName) || c.facts().BindingOf(binary.left()) != error) return kNoNode;
  return binary.right();
}

// Splits `if (e instanceof A) {...} else if (e instanceof B) {...} else { throw e; }`, `if (!(e instanceof A)) throw e;`
// and `if (e instanceof A) {...; return} throw e;`. `rest` are the statements for every other error; `rethrows` if they
// only throw it on.
struct Split {
  std::vector<Arm> arms;
  NodeList rest;
  bool rethrows = false;
};
std::optional<Split> SplitHandler(Context& c, CatchClause clause) {
  if (!clause.target() || !c.src().Is(clause.target(), NodeKind::kName)) return std::nullopt;
  facts::BindingId error = c.facts().BindingOf(clause.target());
  auto statements = c.As<ir::Block>(clause.body()).statements();
  if (statements.empty()) return std::nullopt;
  Split split;
  auto first = c.As<If>(statements[0]);
  if (!first) return std::nullopt;
  bool negated = false;
  NodeId type = InstanceTest(c, first.test(), error, negated);
  if (!type) return std::nullopt;
  auto single = [&](NodeId block) -> NodeId {
    auto b = c.As<ir::Block>(block);
    return b && b.statements().size() == 1 ? b.statements()[0] : kNoNode;
  };
  if (negated) {
    // The guard form: everything after it is the handler of X.
    NodeId only = single(first.body());
    if (!only || !IsRethrow(c, only, error) || first.else_body()) return std::nullopt;
    split.arms.push_back({type, kNoNode, statements[0]});
    split.rest.assign(statements.begin() + 1, statements.end());
    split.rethrows = true;
    return split;
  }
  NodeId current = statements[0];
  while (current) {
    auto test = c.As<If>(current);
    if (!test) break;
    type = InstanceTest(c, test.test(), error, negated);
    if (!type || negated) return std::nullopt;
    split.arms.push_back({type, test.body(), current});
    if (!test.else_body()) {
      current = kNoNode;
      break;
    }
    NodeId only = single(test.else_body());
    if (only && c.src().Is(only, NodeKind::kIf)) {
      current = only;
      continue;
    }
    auto block = c.As<ir::Block>(test.else_body());
    split.rest.assign(block.statements().begin(), block.statements().end());
    current = kNoNode;
  }
  if (statements.size() > 1) {
    // `if (e instanceof X) { return 1; } rest`: only where every arm leaves.
    if (!split.rest.empty()) return std::nullopt;
    for (const Arm& arm : split.arms) {
      auto body = c.As<ir::Block>(arm.body);
      if (!body || body.statements().empty()) return std::nullopt;
      NodeKind last = c.src().kind(body.statements().back());
      if (last != NodeKind::kReturn && last != NodeKind::kRaise && last != NodeKind::kContinue && last != NodeKind::kBreak) return std::nullopt;
    }
    split.rest.assign(statements.begin() + 1, statements.end());
  }
  split.rethrows = split.rest.size() == 1 && IsRethrow(c, split.rest[0], error);
  return split;
}

bool IsUsed(Context& c, NodeId name_pattern, NodeId within) {
  facts::BindingId binding = c.facts().BindingOf(name_pattern);
  if (!binding) return true;
  for (NodeId read : c.facts().binding(binding).reads) {
    if (!c.src().span(within).contains(c.src().span(read))) continue;
    // A bare `raise` needs no name.
    if (c.src().Is(c.facts().Parent(read), NodeKind::kRaise)) continue;
    return true;
  }
  return false;
}

NodeId Handler(Context& c, NodeId type, NodeId target, NodeList body, NodeId origin) {
  return c.New(make::CatchClause{.type = type, .target = target, .body = c.NewBlock(std::move(body))}, origin);
}

bool TranslateTry(Context& c, NodeId id, NodeList& out) {
  auto attempt = c.As<Try>(id);
  NodeId body = c.Block(attempt.body());
  NodeList handlers;
  for (NodeId handler : attempt.handlers()) TranslateHandler(c, handler, handlers);
  NodeId finally_body = c.Block(attempt.finally_body());
  out.push_back(c.New(make::Try{.body = body, .handlers = std::move(handlers), .finally_body = finally_body}, id));
  return true;
}

}  // namespace

bool IsCaughtName(Context& c, NodeId value) {
  facts::BindingId binding = c.src().Is(value, NodeKind::kName) ? c.facts().BindingOf(value) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kCatch) return false;
  // `catch ({ message })` binds a part of it.
  return c.src().Is(c.facts().Parent(c.facts().binding(binding).declaration), NodeKind::kCatchClause);
}

bool HasOwnAggregate(Context& c) {
  const OwnAggregate& own = c.State<OwnAggregate>();
  return own.wanted && !own.any;
}

NodeId AggregateClass(Context& c) {
  return DefineOnce(c, "AggregateError", R"(
class AggregateError(Exception):
    """Several things went wrong."""

    def __init__(self, errors, message=""):
        super().__init__(message)
        self.errors = list(errors)
)");
}

// `({ message })` of what was caught: `message`, `name` and the like are properties of every error.
void DestructureError(Context& c, NodeId pattern, std::string_view error, NodeList& body) {
  auto object = c.As<ObjectPattern>(pattern);
  if (!object) return;
  for (NodeId id : object.properties()) {
    auto property = c.As<PropertyPattern>(id);
    std::string_view key = c.src().text(property.key());
    NodeId read = ErrorProperty(c, key, c.NewName(error), id);
    if (!read) read = c.NewAttribute(c.NewName(error), c.names().Member(key, false), id);
    if (c.src().Is(property.target(), NodeKind::kName)) {
      body.push_back(c.NewAssign(c.Pattern(property.target()), read, id));
    } else {
      Destructure(c, property.target(), read, false, body);
    }
  }
}

void TranslateHandler(Context& c, NodeId id, NodeList& handlers) {
  auto clause = c.As<CatchClause>(id);
  NodeId name = clause.target();
  bool is_name = name && c.src().Is(name, NodeKind::kName);
  if (auto split = SplitHandler(c, clause)) {
    bool guard = split->arms.size() == 1 && !split->arms[0].body;
    for (const Arm& arm : split->arms) {
      NodeId scope = guard ? clause.body() : arm.body;
      bool used = false;
      facts::BindingId binding = c.facts().BindingOf(name);
      for (NodeId read : c.facts().binding(binding).reads) {
        bool inside = c.src().span(scope).contains(c.src().span(read));
        bool in_guard = guard && c.src().span(arm.origin).contains(c.src().span(read));
        used = used || (inside && !in_guard && !c.src().Is(c.facts().Parent(read), NodeKind::kRaise));
      }
      NodeId target = used ? c.NewName(c.TargetName(name), name) : kNoNode;
      NodeList body = guard ? c.Stmts(split->rest) : c.Stmts(c.As<ir::Block>(arm.body).statements());
      handlers.push_back(Handler(c, c.Expr(arm.type), target, std::move(body), arm.origin));
    }
    if (!guard && !split->rethrows) {
      NodeId target = IsUsed(c, name, clause.body()) ? c.NewName(c.TargetName(name), name) : kNoNode;
      handlers.push_back(Handler(c, c.NewName("Exception"), target, c.Stmts(split->rest), id));
      c.SayOnce("catch-narrowing", id);
    }
    return;
  }
  NodeList body;
  NodeId target;
  if (is_name) {
    if (IsUsed(c, name, clause.body())) target = c.NewName(c.TargetName(name), name);
  } else if (name) {
    // `catch ({ message })`
    std::string error = c.names().Fresh("error");
    target = c.NewName(error);
    DestructureError(c, name, error, body);
  }
  NodeList own = c.Stmts(c.As<ir::Block>(clause.body()).statements());
  body.insert(body.end(), own.begin(), own.end());
  handlers.push_back(c.New(make::CatchClause{.type = c.NewName("Exception"), .target = target, .body = c.New(make::Block{.statements = std::move(body)}, clause.body())}, id));
  c.SayOnce("catch-narrowing", id);
}

NodeId ErrorValue(Context& c, NodeId value) {
  if (auto made = AsBuiltinError(c, value)) return RaisedValue(c, *made, value);
  if (!IsNoError(c, value)) return c.Expr(value);
  return ThrownValue(c, value);
}

void RegisterExceptions(Topics& t) {
  t.Claim(NodeKind::kRaise, Order::kAfterCards, &TranslateRaise);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateTypeOfCaught);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslateTypeTextOfCaught);
  t.Claim(NodeKind::kTry, Order::kAfterCards, &TranslateTry);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateErrorValue);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateAggregateError);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateErrorValue);
}

}  // namespace asyncport::translate::to_py
