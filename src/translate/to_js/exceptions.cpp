// raise, try and the error classes. JavaScript has one catch without a type: an instanceof chain that ends in a rethrow.
// Example: `except ConfigError as err:` -> `catch (err) { if (!(err instanceof ConfigError)) throw err; ... }`.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/declare.h"
#include "translate/to_js/error_table.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/task_groups.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Names of the errors that clauses and isinstance tests of the file name.
struct Caught {
  bool made = false;
  std::vector<std::string> names;
  std::unordered_map<std::string, std::string> local_classes;  // made so far, by the names in Python
};

Caught& CaughtOf(Context& c) {
  Caught& caught = c.State<Caught>();
  if (caught.made) return caught;
  caught.made = true;
  auto add = [&](NodeId type) {
    for (NodeId one : TypesOf(c, type)) caught.names.push_back(Canonical(c.facts().ResolvedName(one)));
  };
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (auto clause = c.As<CatchClause>(NodeId{i})) add(clause.type());
    if (c.src().Is(NodeId{i}, NodeKind::kName) && c.facts().Parent(NodeId{i})) {
      // A class as a value (`kind is KeyError`) is told apart too.
      NodeKind around = c.src().kind(c.facts().Parent(NodeId{i}));
      bool made = around == NodeKind::kCall || around == NodeKind::kRaise || around == NodeKind::kClassDef || around == NodeKind::kAttribute;
      if (!made && FindError(Canonical(c.facts().ResolvedName(NodeId{i})))) add(NodeId{i});
    }
    if (auto call = c.As<Call>(NodeId{i}); call && call.args().size() == 2 && c.facts().ResolvedName(call.callee()) == "isinstance") {
      add(call.args()[1]);
    }
    if (c.IsCallTo(NodeId{i}, "contextlib.suppress")) {
      for (NodeId arg : c.As<Call>(NodeId{i}).args()) add(arg);
    }
  }
  return caught;
}

// A local class for a builtin error that the program tells apart: once, after its parent.
// Does the file bind the name itself, to a class of a package, say?
bool IsOwnName(Context& c, std::string_view name) {
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    const facts::Binding& binding = c.facts().binding({i});
    if (binding.kind != facts::BindingKind::kFree && c.names().Of({i}) == name) return true;
  }
  return false;
}

std::string LocalErrorClass(Context& c, std::string_view python) {
  Caught& caught = CaughtOf(c);
  std::string short_name(python.substr(python.rfind('.') == std::string_view::npos ? 0 : python.rfind('.') + 1));
  const std::string shown = short_name;
  auto [place, is_new] = caught.local_classes.emplace(python, short_name);
  if (!is_new) return place->second;
  if (IsOwnName(c, short_name)) short_name = place->second = c.names().Fresh(short_name);
  const ErrorRow* row = FindError(python);
  std::string parent = row && !row->js.empty() ? std::string(row->js) : "Error";
  for (std::string_view up = row && row->js.empty() ? row->parent : std::string_view(); !up.empty();) {
    const ErrorRow* above = FindError(up);
    if (!above) break;
    if (!above->js.empty()) {
      parent = above->js;
      break;
    }
    if (std::find(caught.names.begin(), caught.names.end(), up) != caught.names.end()) {
      parent = LocalErrorClass(c, up);
      break;
    }
    up = above->parent;
  }
  if (python == "KeyError" && KeepsKeys(c)) {
    Fill parts[] = {{"C", c.NewName(short_name)}, {"P", c.NewName(parent)}, {"I", c.Library("node:util:inspect")}};
    JsStatements(c, R"(class $C extends $P {
  name = "KeyError";

  constructor(key) {
    super($I(key));
    this.key = key;
  }
})", {parts[0], parts[1], parts[2]}, {}, c.prelude());
    return short_name;
  }
  NodeId field = c.New(make::Field{.value = c.NewString(shown), .name = "name"}, {});
  c.prelude().push_back(c.New(make::ClassDef{.name = c.NewName(short_name), .bases = {c.NewName(parent)}, .body = c.NewBlock({field})}, {}));
  return short_name;
}

// Does the file show the names of error classes (`type(err).__name__`, `repr(err)`)?
bool AsksForNames(Context& c) {
  struct Asked {
    bool any = false;
    explicit Asked(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size() && !any; ++i) {
        auto attribute = context.As<Attribute>(NodeId{i});
        auto format = context.As<FormatValue>(NodeId{i});
        bool repr = (format && format.conversion() == "r" && May(context, format.value(), kError)) ||
                    (context.IsCallTo(NodeId{i}, "repr") && !context.As<Call>(NodeId{i}).args().empty() && May(context, context.As<Call>(NodeId{i}).args()[0], kError));
        any = repr || (attribute && attribute.name() == "__name__" && !context.src().Is(attribute.object(), NodeKind::kName));
      }
    }
  };
  return c.State<Asked>().any;
}

bool IsInNext(Context& c, NodeId id) {
  auto method = c.As<Method>(c.facts().EnclosingFunction(id));
  return method && (method.name() == "__next__" || method.name() == "__anext__");
}

NodeId Cause(Context& c, NodeId thrown, NodeId cause) {
  auto made = ir::As<ir::New>(c.dst(), thrown);
  if (!made) return thrown;
  NodeId options = c.New(make::Dict{.entries = {c.New(make::DictEntry{.key = c.NewString("cause"), .value = cause}, {})}}, {});
  NodeList args(made.args().begin(), made.args().end());
  if (args.empty()) args.push_back(c.NewString(""));
  args.push_back(options);
  return c.New(make::New{.callee = made.callee(), .args = std::move(args)}, c.dst().origin(thrown));
}

// Does the constructor of a class of this file hand its options on to Error?
bool TakesCause(Context& c, NodeId raised) {
  NodeId type = c.src().Is(raised, NodeKind::kCall) ? c.facts().CalleeDefinition(raised) : kNoNode;
  if (KeepsArgs(c) && c.src().Is(type, NodeKind::kClassDef)) return false;
  return !c.src().Is(type, NodeKind::kClassDef) || !FindMethod(c, type, "__init__");
}

bool TranslateRaise(Context& c, NodeId id, NodeList& out) {
  auto raise = c.As<Raise>(id);
  if (!raise.value()) {
    out.push_back(c.New(make::Raise{.value = c.NewName(CatchName(c, id))}, id));
    return true;
  }
  std::string name = Canonical(c.facts().ResolvedName(c.src().Is(raise.value(), NodeKind::kCall) ? c.As<Call>(raise.value()).callee() : raise.value()));
  if ((name == "StopIteration" || name == "StopAsyncIteration") && IsInNext(c, id)) {
    out.push_back(c.New(make::Return{.value = Js(c, "({ value: undefined, done: true })", {})}, id));
    return true;
  }
  // JavaScript has a class of the same name for these.
  static constexpr std::string_view kShared[] = {"Exception", "TypeError", "SyntaxError"};
  if (FindError(name) && std::find(std::begin(kShared), std::end(kShared), name) == std::end(kShared)) {
    c.SayOnce("builtin-exception-mapping", id);
  }
  NodeId value;
  if (!c.src().Is(raise.value(), NodeKind::kCall) && c.facts().KindOf(raise.value()) == facts::TypeKind::kClass) {
    value = c.New(make::New{.callee = c.Expr(raise.value())}, raise.value());
  } else if (!c.src().Is(raise.value(), NodeKind::kCall) && FindError(name)) {
    value = c.New(make::New{.callee = ErrorClass(c, name, raise.value())}, raise.value());
  } else {
    value = c.Expr(raise.value());
  }
  if (raise.cause() && !c.src().Is(raise.cause(), NodeKind::kNull)) {
    c.SayOnce("raise-from-error-cause", id);
    NodeId cause = c.Expr(raise.cause());
    if (TakesCause(c, raise.value())) {
      value = Cause(c, value, cause);
    } else {
      value = Js(c, "Object.assign($E, { cause: $C })", {{"E", value}, {"C", cause}});
    }
  }
  out.push_back(c.New(make::Raise{.value = value}, id));
  return true;
}

// `ValueError("text")` -> `new RangeError("text")`.
std::optional<NodeId> TranslateErrorCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!c.src().Is(call.callee(), NodeKind::kName) && !c.src().Is(call.callee(), NodeKind::kAttribute)) return std::nullopt;
  std::string name = Canonical(c.facts().ResolvedName(call.callee()));
  if (!FindError(name)) return std::nullopt;
  NodeList args = c.Exprs(call.args());
  if (name == "KeyError" && args.size() == 1) args[0] = KeyErrorMessage(c, call.args()[0], args[0]);
  if (args.size() > 1) return c.Refuse(id, "builtin-exception-mapping");
  return c.New(make::New{.callee = ErrorClass(c, name, call.callee()), .args = std::move(args)}, id);
}

std::optional<NodeId> TranslateErrorName(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (binding && c.facts().binding(binding).kind != facts::BindingKind::kFree && c.facts().binding(binding).kind != facts::BindingKind::kImport) return std::nullopt;
  }
  std::string name = Canonical(c.facts().ResolvedName(id));
  if (!FindError(name)) return std::nullopt;
  return ErrorClass(c, name, id);
}

bool IsCatchAll(Context& c, NodeId type) {
  if (!type) return true;
  std::string name = Canonical(c.facts().ResolvedName(type));
  return name == "Exception" || name == "BaseException";
}

std::string NameFor(Context& c, std::span<const NodeId> handlers) {
  for (NodeId handler : handlers) {
    NodeId target = c.As<CatchClause>(handler).target();
    if (target) return c.TargetName(target);
  }
  return {};
}

bool UsesError(Context& c, NodeId block) {
  // A bare raise below needs the name too.
  if (auto raise = c.As<Raise>(block)) return !raise.value();
  NodeKind kind = c.src().kind(block);
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kTry) {
    bool found = false;
    if (kind == NodeKind::kTry) c.src().ForEachChild(block, [&](NodeId child) { found = found || (!c.src().Is(child, NodeKind::kCatchClause) && UsesError(c, child)); });
    return found;
  }
  bool found = false;
  c.src().ForEachChild(block, [&](NodeId child) { found = found || UsesError(c, child); });
  return found;
}

// A handler that takes a cancellation and goes on: the aborted signal must not end what comes next.
NodeId GoesOnAfterAbort(Context& c, NodeId handler) {
  if (!SwallowsAbort(c, handler)) return kNoNode;
  NodeId signal = c.NewName(SignalParam(c));
  if (UsesTaskClass(c)) return c.NewAssign(signal, Js(c, "$T.renewed($S)", {{"T", Local(c, "Task")}, {"S", c.NewName(SignalParam(c))}}));
  NodeId test = Js(c, "$S?.aborted", {{"S", c.NewName(SignalParam(c))}});
  NodeId clear = c.NewAssign(signal, c.New(make::Undefined{}, {}));
  return c.New(make::If{.test = test, .body = c.NewBlock({clear})}, {});
}

NodeList HandlerBody(Context& c, NodeId handler, const std::string& shared) {
  auto clause = c.As<CatchClause>(handler);
  NodeList statements;
  if (clause.target() && c.TargetName(clause.target()) != shared) {
    statements.push_back(c.NewAssign(c.NewName(c.TargetName(clause.target())), c.NewName(shared), {}, DeclKind::kConst));
  }
  if (NodeId renewed = GoesOnAfterAbort(c, handler)) {
    c.SayOnce("swallowed-cancellation", handler);
    statements.push_back(renewed);
  }
  NodeList own = c.Stmts(c.As<ir::Block>(clause.body()).statements());
  statements.insert(statements.end(), own.begin(), own.end());
  return statements;
}

// Python's `except Exception` lets a cancellation pass, JavaScript's catch does not.
bool SparesAbort(Context& c, Try attempt) {
  for (NodeId handler : attempt.handlers()) {
    for (NodeId type : TypesOf(c, c.As<CatchClause>(handler).type())) {
      std::string name = Canonical(c.facts().ResolvedName(type));
      if (name == "asyncio.CancelledError" || name == "BaseException") return false;
      if (name == "Exception") return MayBeAborted(c, attempt.body());
    }
    if (!c.As<CatchClause>(handler).type()) return false;
  }
  return false;
}

NodeId CatchOf(Context& c, Try attempt) {
  auto handlers = attempt.handlers();
  std::string name = NameFor(c, handlers);
  bool guarded = false;
  bool bare = false;
  for (NodeId handler : handlers) {
    guarded = guarded || !IsCatchAll(c, c.As<CatchClause>(handler).type());
    bare = bare || UsesError(c, c.As<CatchClause>(handler).body());
  }
  bool spared = SparesAbort(c, attempt);
  if (name.empty() && (guarded || bare || spared)) name = CatchName(c, c.As<CatchClause>(handlers.front()).body());
  NodeList body;
  if (spared) {
    JsStatements(c, "if ($E.name === \"AbortError\") throw $E;", {{"E", c.NewName(name)}}, {}, body);
  }
  if (handlers.size() == 1) {
    auto clause = c.As<CatchClause>(handlers[0]);
    if (guarded) {
      c.SayOnce("typed-except-guard", handlers[0]);
      NodeId test = Negate(c, ErrorTest(c, clause.type(), c.NewName(name)));
      NodeId rethrow = c.New(make::Raise{.value = c.NewName(name)}, {});
      body.push_back(c.New(make::If{.test = test, .body = c.NewBlock({rethrow})}, {}));
    }
    NodeList own = HandlerBody(c, handlers[0], name);
    body.insert(body.end(), own.begin(), own.end());
  } else {
    c.SayOnce("typed-except-guard", handlers[0]);
    NodeId chain = c.NewBlock({c.New(make::Raise{.value = c.NewName(name)}, {})});
    for (std::size_t i = handlers.size(); i-- > 0;) {
      auto clause = c.As<CatchClause>(handlers[i]);
      NodeId block = c.New(make::Block{.statements = HandlerBody(c, handlers[i], name)}, clause.body());
      if (IsCatchAll(c, clause.type())) {
        chain = block;
        continue;
      }
      NodeId branch = c.New(make::If{.test = ErrorTest(c, clause.type(), c.NewName(name)), .body = block, .else_body = chain}, {});
      chain = i == 0 ? branch : c.NewBlock({branch});
    }
    if (c.dst().Is(chain, NodeKind::kBlock)) {
      auto statements = ir::Block(c.dst(), chain).statements();
      body.assign(statements.begin(), statements.end());
    } else {
      body.push_back(chain);
    }
  }
  NodeId target = name.empty() ? kNoNode : c.NewName(name);
  return c.New(make::CatchClause{.target = target, .body = c.NewBlock(std::move(body))}, handlers[0]);
}

bool Leaves(Context& c, NodeId block) {
  auto statements = c.As<ir::Block>(block).statements();
  if (statements.empty()) return false;
  NodeKind kind = c.src().kind(statements.back());
  return kind == NodeKind::kReturn || kind == NodeKind::kRaise || kind == NodeKind::kContinue || kind == NodeKind::kBreak;
}

bool TranslateTry(Context& c, NodeId id, NodeList& out) {
  auto attempt = c.As<Try>(id);
  for (NodeId handler : attempt.handlers()) {
    auto clause = c.As<CatchClause>(handler);
    for (NodeId type : TypesOf(c, clause.type())) {
      std::string name = Canonical(c.facts().ResolvedName(type));
      if (name == "RecursionError" || name == "OverflowError" || name == "ImportError" || name == "ModuleNotFoundError" || name == "UnicodeEncodeError" ||
          name == "BufferError" || name == "FloatingPointError" || IsSubclass(name, "Warning")) {
        c.Say("error-model", handler);
      }
    }
  }
  NodeId finally_body = attempt.finally_body() ? c.Block(attempt.finally_body()) : kNoNode;
  if (attempt.handlers().empty()) {
    out.push_back(c.New(make::Try{.body = c.Block(attempt.body()), .finally_body = finally_body}, id));
    return true;
  }
  NodeId body = c.Block(attempt.body());
  bool groups = c.As<CatchClause>(attempt.handlers()[0]).is_group();
  NodeId handler = groups ? GroupCatch(c, id) : CatchOf(c, attempt);
  if (!attempt.else_body()) {
    out.push_back(c.New(make::Try{.body = body, .handlers = {handler}, .finally_body = finally_body}, id));
    return true;
  }
  // The else body runs outside the protection of the handlers.
  c.SayOnce("else-clause-scope", id);
  bool all_leave = true;
  for (NodeId h : attempt.handlers()) all_leave = all_leave && Leaves(c, c.As<CatchClause>(h).body());
  NodeList statements;
  NodeList after = c.Stmts(c.As<ir::Block>(attempt.else_body()).statements());
  if (all_leave) {
    statements.push_back(c.New(make::Try{.body = body, .handlers = {handler}}, id));
    statements.insert(statements.end(), after.begin(), after.end());
  } else {
    std::string flag = c.names().Fresh("succeeded");
    statements.push_back(c.NewAssign(c.NewName(flag), c.New(make::Bool{}, {}), {}, DeclKind::kLet));
    auto own = ir::Block(c.dst(), body).statements();
    NodeList inner(own.begin(), own.end());
    inner.push_back(c.NewAssign(c.NewName(flag), c.New(make::Bool{.value = true}, {})));
    statements.push_back(c.New(make::Try{.body = c.NewBlock(std::move(inner), attempt.body()), .handlers = {handler}}, id));
    statements.push_back(c.New(make::If{.test = c.NewName(flag), .body = c.NewBlock(std::move(after), attempt.else_body())}, {}));
  }
  if (finally_body) {
    out.push_back(c.New(make::Try{.body = c.NewBlock(std::move(statements)), .finally_body = finally_body}, id));
  } else {
    out.insert(out.end(), statements.begin(), statements.end());
  }
  return true;
}

std::optional<NodeId> TranslateIsInstance(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (call.args().size() != 2 || c.facts().ResolvedName(call.callee()) != "isinstance") return std::nullopt;
  bool all_errors = true;
  for (NodeId type : TypesOf(c, call.args()[1])) all_errors = all_errors && FindError(Canonical(c.facts().ResolvedName(type))) != nullptr;
  if (!all_errors) return std::nullopt;
  bool cancelled = Canonical(c.facts().ResolvedName(call.args()[1])) == "asyncio.CancelledError";
  if (cancelled && !Only(c, call.args()[0], kError)) return Js(c, "$X?.name === \"AbortError\"", {{"X", c.Expr(call.args()[0])}}, id);
  return ErrorTest(c, call.args()[1], c.Expr(call.args()[0]), May(c, call.args()[0], ~unsigned{kError}));
}

}  // namespace

NodeId ErrorClass(Context& c, std::string_view python, NodeId origin) {
  const ErrorRow* row = FindError(python);
  // With a name of its own, unless the engine itself throws it or the two names agree.
  bool plain = python == "Exception" || python == "BaseException" || (row && row->js == python);
  bool thrown = row && !row->js.empty() && python != "ValueError";
  if (python == "KeyError" && KeepsKeys(c)) return c.NewName(LocalErrorClass(c, python), origin);
  if (row && !plain && !thrown && ReadsErrorNames(c)) return c.NewName(LocalErrorClass(c, python), origin);
  if (row && !row->js.empty()) {
    // Two Python classes that the file tells apart may not share one.
    return c.NewName(row->js, origin);
  }
  Caught& caught = CaughtOf(c);
  // Told apart by a clause for it or for a class between it and Exception.
  for (const std::string& name : caught.names) {
    bool narrow = name != "Exception" && name != "BaseException";
    if (narrow && FindError(name) && (IsSubclass(python, name))) return c.NewName(LocalErrorClass(c, python), origin);
  }
  return AsksForNames(c) && row && row->parent != "" && python != "Exception" ? c.NewName(LocalErrorClass(c, python), origin) : c.NewName("Error", origin);
}

bool SwallowsAbort(Context& c, NodeId handler) {
  auto clause = c.As<CatchClause>(handler);
  bool takes = !clause.type();
  for (NodeId type : TypesOf(c, clause.type())) {
    std::string name = Canonical(c.facts().ResolvedName(type));
    takes = takes || name == "asyncio.CancelledError" || name == "BaseException";
  }
  if (!takes || clause.is_group() || !TakesSignal(c, c.facts().EnclosingFunction(handler))) return false;
  if (!SignalAt(c, c.As<Try>(c.facts().Parent(handler)).body())) return false;
  auto statements = c.As<ir::Block>(clause.body()).statements();
  NodeKind last = statements.empty() ? NodeKind::kPass : c.src().kind(statements.back());
  return last != NodeKind::kRaise && last != NodeKind::kReturn;
}

bool IsErrorHere(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding) return false;
  for (NodeId below = name, up = c.facts().Parent(name); up; below = up, up = c.facts().Parent(up)) {
    NodeKind kind = c.src().kind(up);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod) return false;
    auto branch = c.As<If>(up);
    auto conditional = c.As<Conditional>(up);
    NodeId test = branch ? branch.test() : conditional ? conditional.test() : kNoNode;
    NodeId taken = branch ? branch.body() : conditional ? conditional.then_value() : kNoNode;
    auto call = test ? c.As<Call>(test) : Call();
    if (!call || taken != below || call.args().size() != 2 || c.facts().ResolvedName(call.callee()) != "isinstance") continue;
    if (!c.src().Is(call.args()[0], NodeKind::kName) || c.facts().BindingOf(call.args()[0]) != binding) continue;
    bool all = true;
    for (NodeId type : TypesOf(c, call.args()[1])) {
      NodeId definition = c.facts().type(c.facts().TypeOf(type)).decl;
      all = all && (FindError(Canonical(c.facts().ResolvedName(type))) || (definition && IsErrorClass(c, definition)));
    }
    if (all) return true;
  }
  return false;
}

// Does the file itself raise an error of this class or below it?
bool RaisesBelow(Context& c, std::string_view base) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (auto raise = c.As<Raise>(NodeId{i}); raise && raise.value()) {
      auto call = c.As<Call>(raise.value());
      if (IsSubclass(Canonical(c.facts().ResolvedName(call ? call.callee() : raise.value())), base)) return true;
    }
    auto def = c.As<ClassDef>(NodeId{i});
    if (def && IsErrorClass(c, NodeId{i}) && IsSubclass(Canonical(LibraryBaseOf(c, NodeId{i})), base)) return true;
  }
  return false;
}

NodeId NamedErrorClass(Context& c, std::string_view python) { return c.NewName(LocalErrorClass(c, python)); }

NodeId ThrowNew(Context& c, std::string_view error, NodeId message, NodeId origin) {
  NodeList args;
  if (message) args.push_back(message);
  return c.New(make::Raise{.value = c.New(make::New{.callee = ErrorClass(c, error, {}), .args = std::move(args)}, {})}, origin);
}

bool ParsesJson(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.IsCallTo(NodeId{i}, "json.loads") || c.IsCallTo(NodeId{i}, "json.load")) return true;
  }
  return false;
}

NodeId ErrorTest(Context& c, NodeId type, NodeId error, bool may_be_other) {
  NodeId result;
  for (NodeId one : TypesOf(c, type)) {
    std::string name = Canonical(c.facts().ResolvedName(one));
    NodeId test;
    if (name == "asyncio.CancelledError") {
      test = Js(c, may_be_other ? "$E?.name === \"AbortError\"" : "$E.name === \"AbortError\"", {{"E", CopyTarget(c, error)}}, one);
    } else if (std::string_view code = CodeOfNode(name); !code.empty()) {
      // Errors of Node carry a code; those that the file raises itself are of a class.
      bool raised = CaughtOf(c).local_classes.contains(name);
      for (std::uint32_t i = 1; i < c.src().size() && !raised; ++i) {
        auto call = c.As<Call>(NodeId{i});
        raised = call && Canonical(c.facts().ResolvedName(call.callee())) == name;
      }
      test = Js(c, may_be_other ? "$E?.code === $C" : "$E.code === $C", {{"E", CopyTarget(c, error)}, {"C", c.NewString(code)}}, one);
      if (raised) test = Js(c, "$E instanceof $T || $C", {{"E", CopyTarget(c, error)}, {"T", ErrorClass(c, name, one)}, {"C", test}}, one);
    } else if (name == "OSError") {
      // Only what the system refuses has a `syscall`; the classes of the file stand below their own.
      test = Js(c, may_be_other ? "$E?.syscall !== undefined" : "$E.syscall !== undefined", {{"E", CopyTarget(c, error)}}, one);
      if (RaisesBelow(c, "OSError")) test = Js(c, "$E instanceof $T || $C", {{"E", CopyTarget(c, error)}, {"T", ErrorClass(c, name, one)}, {"C", test}}, one);
    } else {
      // What JavaScript throws by itself has no class of the file.
      const ErrorRow* row = FindError(name);
      NodeId right = row && !row->js.empty() ? c.NewName(row->js, one) : row ? ErrorClass(c, name, one) : c.Expr(one);
      // `except kinds`, with a class or a tuple of classes in a variable.
      const bool is_variable = !row && c.src().Is(one, NodeKind::kName) && c.facts().KindOf(one) != facts::TypeKind::kClass;
      test = is_variable ? Js(c, "[$T].flat().some((type) => $E instanceof type)", {{"T", right}, {"E", CopyTarget(c, error)}}, one)
                         : c.New(make::Binary{.left = CopyTarget(c, error), .right = right, .op = BinaryOp::kInstanceOf}, one);
      // Python's error of bad JSON is a ValueError too.
      if (name == "ValueError" && ParsesJson(c)) {
        NodeId syntax = Js(c, "$E instanceof SyntaxError", {{"E", CopyTarget(c, error)}}, one);
        test = c.New(make::Logical{.left = test, .right = syntax, .op = LogicalOp::kOr}, one);
      }
    }
    result = result ? c.New(make::Logical{.left = result, .right = test, .op = LogicalOp::kOr}, {}) : test;
  }
  return result;
}

std::string CatchName(Context& c, NodeId node) {
  for (NodeId up = node; up; up = c.facts().Parent(up)) {
    auto clause = c.As<CatchClause>(up);
    if (!clause) continue;
    if (clause.target()) return c.TargetName(clause.target());
    auto attempt = c.As<Try>(c.facts().Parent(up));
    std::string shared = NameFor(c, attempt.handlers());
    if (!shared.empty()) return shared;
    break;
  }
  return "err";
}

void RegisterExceptions(Topics& t) {
  t.Claim(NodeKind::kRaise, Order::kAfterCards, &TranslateRaise);
  t.Claim(NodeKind::kTry, Order::kAfterCards, &TranslateTry);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateErrorCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateIsInstance);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateErrorName);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateErrorName);
}

}  // namespace asyncport::translate::to_js
