// `with`: classes with __enter__/__exit__, generators of contextlib, locks, task groups, timeouts, files.
// Example: `async with lock:` -> `await lock.acquire(); try { ... } finally { lock.release(); }`.
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/declare.h"
#include "translate/to_js/exit_stacks.h"
#include "translate/to_js/files.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/task_groups.h"
#include "translate/to_js/text_buffers.h"
#include "translate/to_js/timeouts.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

enum class Manager {
  kUnknown, kLock, kTaskGroup, kTimeout, kClosing, kSuppress, kGenerator, kClass, kFile, kExitStack, kBarrier, kServer, kExecutor, kRedirect, kNothing
};

bool IsManagerFunction(Context& c, NodeId definition) {
  std::span<const NodeId> decorators;
  if (auto f = c.As<FunctionDef>(definition)) decorators = f.decorators();
  if (auto m = c.As<Method>(definition)) decorators = m.decorators();
  for (NodeId d : decorators) {
    std::string name = c.facts().ResolvedName(d);
    if (name == "contextlib.contextmanager" || name == "contextlib.asynccontextmanager") return true;
  }
  return false;
}

// Does the asynchronous generator hand out something to await? JavaScript would wait for it at the yield.
bool YieldsPromises(Context& c, NodeId function) {
  if (!function) return false;
  bool found = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    if (auto yield = c.As<Yield>(id); yield && yield.value() && !yield.is_delegate())
      found = found || c.facts().KindOf(yield.value()) == facts::TypeKind::kPromise;
    NodeKind kind = c.src().kind(id);
    if (id != function && (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda)) return;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, function);
  return found;
}

std::optional<NodeId> TranslateYieldedPromise(Context& c, NodeId id) {
  auto yield = c.As<Yield>(id);
  NodeId function = c.facts().EnclosingFunction(id);
  auto f = c.As<FunctionDef>(function);
  auto m = c.As<Method>(function);
  bool is_async = (f && f.is_async()) || (m && m.is_async());
  if (!is_async || !yield.value() || !YieldsPromises(c, function)) return std::nullopt;
  if (!IsManagerFunction(c, function)) return c.Refuse(id, "yield-awaits-promise");
  NodeId kept = c.New(make::List{.elements = {c.Expr(yield.value())}}, {});
  return c.New(make::Yield{.value = kept}, id);
}

Manager KindOf(Context& c, NodeId context) {
  struct Row {
    std::string_view name;
    Manager kind;
  };
  static constexpr Row kCalls[] = {
      {"asyncio.TaskGroup", Manager::kTaskGroup}, {"asyncio.timeout", Manager::kTimeout}, {"asyncio.timeout_at", Manager::kTimeout},
      {"contextlib.aclosing", Manager::kClosing}, {"contextlib.closing", Manager::kClosing},
      {"contextlib.suppress", Manager::kSuppress}, {"contextlib.nullcontext", Manager::kNothing},
  };
  if (IsOpenCall(c, context)) return Manager::kFile;
  if (IsRedirect(c, context)) return Manager::kRedirect;
  if (IsExitStack(c, context)) return Manager::kExitStack;
  if (auto call = c.As<Call>(context)) {
    std::string name = c.facts().ResolvedName(call.callee());
    for (const Row& row : kCalls) {
      if (row.name == name) return row.kind;
    }
    if (IsManagerFunction(c, c.facts().CalleeDefinition(context))) return Manager::kGenerator;
  }
  std::string_view library = LibraryClassOf(c, context);
  if (library == "asyncio.Lock" || library == "asyncio.Semaphore" || library == "asyncio.BoundedSemaphore" ||
      library == "asyncio.Condition") return Manager::kLock;
  if (library == "asyncio.Server") return Manager::kServer;
  if (library == "asyncio.Barrier") return Manager::kBarrier;
  if (IsExecutor(c, context) || library == "asyncio.Runner") return Manager::kExecutor;
  if (NodeId owner = ClassOf(c, context)) {
    if (FindMethod(c, owner, "__enter__") || FindMethod(c, owner, "__aenter__")) return Manager::kClass;
  }
  return Manager::kUnknown;
}

bool Leaves(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kReturn || kind == NodeKind::kBreak || kind == NodeKind::kContinue || kind == NodeKind::kYield) return true;
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda || kind == NodeKind::kClassDef) return false;
  bool found = false;
  bool loop = kind == NodeKind::kForEach || kind == NodeKind::kWhile;
  c.src().ForEachChild(id, [&](NodeId child) {
    if (loop) {
      // break and continue of an inner loop stay inside.
      found = found || (Leaves(c, child) && [&] {
        auto only_return = [&](auto&& self, NodeId n) -> bool {
          NodeKind k = c.src().kind(n);
          if (k == NodeKind::kReturn || k == NodeKind::kYield) return true;
          if (k == NodeKind::kFunctionDef || k == NodeKind::kLambda) return false;
          bool any = false;
          c.src().ForEachChild(n, [&](NodeId below) { any = any || self(self, below); });
          return any;
        };
        return only_return(only_return, child);
      }());
    } else {
      found = found || Leaves(c, child);
    }
  });
  return found;
}

NodeId Awaited(Context& c, NodeId value, bool is_async) {
  return is_async ? c.New(make::Await{.value = value}, {}) : value;
}

struct Part {
  Context& c;
  NodeId id;        // the With
  bool is_async;
  WithItem item;
  NodeId origin;
  std::function<NodeList()> body;
};

void Bind(Part& p, NodeId value, NodeList& out) {
  if (p.item.target()) AssignTo(p.c, p.item.target(), value, {}, out);
  else out.push_back(p.c.NewExprStmt(value));
}

void Lock(Part& p, NodeList& out) {
  Context& c = p.c;
  NodeId lock = c.Expr(p.item.context());
  if (!c.IsPure(p.item.context())) {
    std::string name = c.names().Fresh("lock");
    out.push_back(c.NewAssign(c.NewName(name), lock, {}, DeclKind::kConst));
    lock = c.NewName(name);
  }
  NodeList args;
  if (NodeId signal = SignalAt(c, p.id)) args.push_back(signal);
  NodeId acquire = c.New(make::Await{.value = Js(c, "$L.acquire($$$ARGS)", {{"L", lock}, {"ARGS", std::move(args)}})}, {});
  out.push_back(c.NewExprStmt(acquire, p.origin));
  NodeId release = c.NewExprStmt(Js(c, "$L.release()", {{"L", CopyTarget(c, lock)}}));
  out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .finally_body = c.NewBlock({release})}, {}));
}

// `async with server:` closes it at the end.
void Server(Part& p, NodeList& out) {
  Context& c = p.c;
  NodeId server = c.Expr(p.item.context());
  if (!c.IsPure(p.item.context()) || p.item.target()) {
    std::string name = p.item.target() && c.src().Is(p.item.target(), NodeKind::kName) ? c.TargetName(p.item.target()) : c.names().Fresh("server");
    out.push_back(c.NewAssign(c.NewName(name), server, p.origin, DeclKind::kConst));
    server = c.NewName(name);
  }
  NodeId close = c.NewExprStmt(Js(c, "$S.close()", {{"S", CopyTarget(c, server)}}));
  out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .finally_body = c.NewBlock({close})}, {}));
}

// `async with barrier as position:`: waiting is all there is to it.
void Barrier(Part& p, NodeList& out) {
  Context& c = p.c;
  NodeList args;
  if (NodeId signal = SignalAt(c, p.id)) args.push_back(signal);
  NodeId wait = c.New(make::Await{.value = Js(c, "$B.wait($$$ARGS)", {{"B", c.Expr(p.item.context())}, {"ARGS", std::move(args)}})}, {});
  Bind(p, wait, out);
  NodeList body = p.body();
  out.insert(out.end(), body.begin(), body.end());
}

void Suppress(Part& p, NodeList& out) {
  Context& c = p.c;
  c.SayOnce("typed-except-guard", p.id);
  NodeId test;
  for (NodeId type : c.As<Call>(p.item.context()).args()) {
    NodeId one = ErrorTest(c, type, c.NewName("err"));
    test = test ? c.New(make::Logical{.left = test, .right = one, .op = LogicalOp::kOr}, {}) : one;
  }
  if (!test) return;
  NodeId rethrow = c.New(make::If{.test = Negate(c, test), .body = c.NewBlock({c.New(make::Raise{.value = c.NewName("err")}, {})})}, {});
  NodeId handler = c.New(make::CatchClause{.target = c.NewName("err"), .body = c.NewBlock({rethrow})}, {});
  out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .handlers = {handler}}, p.origin));
}

// A generator of contextlib: driven by hand, so that the body keeps its control flow.
void Generator(Part& p, NodeList& out) {
  Context& c = p.c;
  c.SayOnce(p.is_async ? "async-with-try-finally" : "with-to-finally", p.id);
  std::string manager = c.names().Fresh("manager");
  std::string failed = c.names().Fresh("failed");
  out.push_back(c.NewAssign(c.NewName(manager), c.Expr(p.item.context()), p.origin, DeclKind::kConst));
  NodeId next = Awaited(c, Js(c, "$M.next()", {{"M", c.NewName(manager)}}), p.is_async);
  NodeId given = c.NewAttribute(next, "value");
  if (p.is_async && YieldsPromises(c, c.facts().CalleeDefinition(p.item.context())))
    given = c.New(make::Subscript{.object = given, .index = c.NewInt(0)}, {});
  if (p.item.target()) AssignTo(c, p.item.target(), given, {}, out);
  else out.push_back(c.NewExprStmt(next));
  out.push_back(c.NewAssign(c.NewName(failed), c.New(make::Bool{}, {}), {}, DeclKind::kLet));
  NodeId thrown = c.NewExprStmt(Awaited(c, Js(c, "$M.throw(err)", {{"M", c.NewName(manager)}}), p.is_async));
  NodeId handler = c.New(make::CatchClause{.target = c.NewName("err"),
                                           .body = c.NewBlock({c.NewAssign(c.NewName(failed), c.New(make::Bool{.value = true}, {})), thrown})},
                         {});
  NodeId leave = c.NewExprStmt(Awaited(c, Js(c, "$M.next()", {{"M", c.NewName(manager)}}), p.is_async));
  NodeId finish = c.New(make::If{.test = c.New(make::Unary{.operand = c.NewName(failed), .op = UnaryOp::kNot}, {}), .body = c.NewBlock({leave})}, {});
  out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .handlers = {handler}, .finally_body = c.NewBlock({finish})}, {}));
}

// What an __exit__ does with the error: nothing, looks at it, or may swallow it.
enum class ExitUse { kIgnores, kLooks, kSwallows };

ExitUse UseOfExit(Context& c, NodeId method) {
  auto m = c.As<Method>(method);
  bool reads = false;
  for (NodeId param : m.params()) {
    facts::BindingId binding = c.facts().BindingOf(c.As<Param>(param).target());
    reads = reads || (binding && !c.facts().binding(binding).reads.empty());
  }
  bool swallows = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    if (auto ret = c.As<Return>(id)) {
      auto flag = ret.value() ? c.As<Bool>(ret.value()) : Bool();
      bool plain = !ret.value() || c.src().Is(ret.value(), NodeKind::kNull) || (flag && !flag.value());
      swallows = swallows || !plain;
    }
    if (c.src().Is(id, NodeKind::kFunctionDef) || c.src().Is(id, NodeKind::kLambda)) return;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, m.body());
  return swallows ? ExitUse::kSwallows : reads ? ExitUse::kLooks : ExitUse::kIgnores;
}

void Assumed(Part& p, NodeList& out);

void Class(Part& p, NodeList& out) {
  Context& c = p.c;
  NodeId owner = ClassOf(c, p.item.context());
  std::string_view enter = p.is_async ? "__aenter__" : "__enter__";
  std::string_view exit = p.is_async ? "__aexit__" : "__exit__";
  NodeId exit_method = FindMethod(c, owner, exit);
  NodeId enter_method = FindMethod(c, owner, enter);
  if (!exit_method || !enter_method) return Assumed(p, out);
  c.SayOnce(p.is_async ? "async-with-try-finally" : "with-to-finally", p.id);
  NodeId manager = c.Expr(p.item.context());
  // `return self`: the manager is what the body sees.
  auto body = c.As<ir::Block>(c.As<Method>(enter_method).body()).statements();
  auto last = body.empty() ? Return() : c.As<Return>(body.back());
  bool gives_self = last && last.value() && c.src().Is(last.value(), NodeKind::kSelfRef);
  NodeId name;
  bool named = p.item.target() && gives_self && c.src().Is(p.item.target(), NodeKind::kName);
  if (named) {
    Bind(p, Awaited(c, c.NewCall(c.NewAttribute(manager, ManagerName(c, enter)), {}), p.is_async), out);
    name = c.NewName(c.TargetName(p.item.target()));
  } else {
    if (c.src().Is(p.item.context(), NodeKind::kName) || c.src().Is(p.item.context(), NodeKind::kSelfRef)) {
      name = manager;
    } else {
      std::string fresh = c.names().Fresh("manager");
      out.push_back(c.NewAssign(c.NewName(fresh), manager, {}, DeclKind::kConst));
      name = c.NewName(fresh);
    }
    Bind(p, Awaited(c, c.NewCall(c.NewAttribute(CopyTarget(c, name), ManagerName(c, enter)), {}), p.is_async), out);
  }
  if (!out.empty()) c.dst().set_origin(out.front(), p.origin);
  auto call_exit = [&](NodeList args) {
    return Awaited(c, c.NewCall(c.NewAttribute(CopyTarget(c, name), ManagerName(c, exit)), std::move(args)), p.is_async);
  };
  auto nulls = [&] { return NodeList{c.New(make::Null{}, {}), c.New(make::Null{}, {}), c.New(make::Null{}, {})}; };
  switch (UseOfExit(c, exit_method)) {
    case ExitUse::kIgnores: {
      NodeId leave = c.NewExprStmt(call_exit({}));
      out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .finally_body = c.NewBlock({leave})}, {}));
      return;
    }
    case ExitUse::kLooks: {
      std::string error = c.names().Fresh("error");
      out.push_back(c.NewAssign(c.NewName(error), c.New(make::Null{}, {}), {}, DeclKind::kLet));
      NodeList caught{c.NewAssign(c.NewName(error), c.NewName("err")), c.New(make::Raise{.value = c.NewName("err")}, {})};
      NodeId handler = c.New(make::CatchClause{.target = c.NewName("err"), .body = c.NewBlock(std::move(caught))}, {});
      NodeId type = Js(c, "$E?.constructor ?? null", {{"E", c.NewName(error)}});
      NodeId leave = c.NewExprStmt(call_exit({type, c.NewName(error), c.New(make::Null{}, {})}));
      out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .handlers = {handler}, .finally_body = c.NewBlock({leave})}, {}));
      return;
    }
    case ExitUse::kSwallows: {
      std::string failed = c.names().Fresh("failed");
      out.push_back(c.NewAssign(c.NewName(failed), c.New(make::Bool{}, {}), {}, DeclKind::kLet));
      NodeId swallowed = call_exit({Js(c, "err.constructor", {}), c.NewName("err"), c.New(make::Null{}, {})});
      NodeList caught{c.NewAssign(c.NewName(failed), c.New(make::Bool{.value = true}, {})),
                      c.New(make::If{.test = Negate(c, swallowed), .body = c.NewBlock({c.New(make::Raise{.value = c.NewName("err")}, {})})}, {})};
      NodeId handler = c.New(make::CatchClause{.target = c.NewName("err"), .body = c.NewBlock(std::move(caught))}, {});
      NodeId leave = c.New(make::If{.test = c.New(make::Unary{.operand = c.NewName(failed), .op = UnaryOp::kNot}, {}), .body = c.NewBlock({c.NewExprStmt(call_exit(nulls()))})}, {});
      out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .handlers = {handler}, .finally_body = c.NewBlock({leave})}, {}));
      return;
    }
  }
}

// Is the generator only gone through by loops?
bool IsOnlyLooped(Context& c, NodeId name) {
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto loop = c.As<ForEach>(c.facts().Parent(read));
    if (!loop || loop.iterable() != read) return false;
  }
  return true;
}

void Closing(Part& p, NodeList& out) {
  Context& c = p.c;
  c.SayOnce("async-generator-closes-itself", p.id);
  NodeId generator = c.Expr(c.As<Call>(p.item.context()).args()[0]);
  if (p.item.target()) AssignTo(c, p.item.target(), generator, p.origin, out);
  NodeList body = p.body();
  // A loop closes its generator by itself; whoever asks for items one by one does not.
  NodeId name = p.item.target();
  if (!name || !c.src().Is(name, NodeKind::kName) || IsOnlyLooped(c, name)) {
    out.insert(out.end(), body.begin(), body.end());
    return;
  }
  bool generates = Only(c, c.As<Call>(p.item.context()).args()[0], kIterator) || p.is_async;
  std::string_view close = generates ? "return" : "close";
  NodeId closing = c.NewCall(c.NewAttribute(c.NewName(c.TargetName(name)), close), {});
  out.push_back(c.New(make::Try{.body = c.NewBlock(std::move(body)),
                                .finally_body = c.NewBlock({c.NewExprStmt(Awaited(c, closing, p.is_async))})},
                      p.id));
}

// Of a manager that nothing is known about: the two methods by the names that translated classes give them.
void Assumed(Part& p, NodeList& out) {
  Context& c = p.c;
  std::string_view enter = ManagerName(c, p.is_async ? "__aenter__" : "__enter__");
  std::string_view exit = ManagerName(c, p.is_async ? "__aexit__" : "__exit__");
  c.Say("manager-assumed", p.item.id(), {{"enter", std::string(enter)}, {"exit", std::string(exit)}});
  NodeId manager = c.Expr(p.item.context());
  if (!c.src().Is(p.item.context(), NodeKind::kName)) {
    std::string name = c.names().Fresh("manager");
    out.push_back(c.NewAssign(c.NewName(name), manager, p.origin, DeclKind::kConst));
    manager = c.NewName(name);
  }
  Bind(p, Awaited(c, c.NewCall(c.NewAttribute(manager, enter), {}), p.is_async), out);
  c.dst().set_origin(out.front(), p.origin);
  NodeId leave = Awaited(c, c.NewCall(c.NewAttribute(CopyTarget(c, manager), exit), {}), p.is_async);
  out.push_back(c.New(make::Try{.body = c.NewBlock(p.body()), .finally_body = c.NewBlock({c.NewExprStmt(leave)})}, {}));
}

void One(Part& p, NodeList& out) {
  switch (KindOf(p.c, p.item.context())) {
    case Manager::kLock: return Lock(p, out);
    case Manager::kTaskGroup: return TranslateTaskGroup(p.c, p.item.id(), p.origin, p.body, out);
    case Manager::kTimeout: return TranslateTimeout(p.c, p.item.id(), p.origin, p.body, out);
    case Manager::kClosing: return Closing(p, out);
    case Manager::kSuppress: return Suppress(p, out);
    case Manager::kGenerator: return Generator(p, out);
    case Manager::kClass: return Class(p, out);
    case Manager::kFile: return TranslateOpen(p.c, p.item.id(), p.origin, p.body, out);
    case Manager::kRedirect: return TranslateRedirect(p.c, p.item.id(), p.origin, p.body, out);
    case Manager::kServer: return Server(p, out);
    case Manager::kBarrier: return Barrier(p, out);
    case Manager::kNothing: {
      auto given = p.c.As<Call>(p.item.context()).args();
      if (p.item.target())
        AssignTo(p.c, p.item.target(), given.empty() ? p.c.New(make::Null{}, {}) : p.c.Expr(given[0]), p.origin, out);
      NodeList body = p.body();
      out.insert(out.end(), body.begin(), body.end());
      return;
    }
    case Manager::kExecutor: {
      // Nothing runs in threads, so there is nothing to open or to wait for.
      NodeList body = p.body();
      out.insert(out.end(), body.begin(), body.end());
      return;
    }
    case Manager::kExitStack: return TranslateExitStack(p.c, p.item.id(), p.origin, p.body, out);
    case Manager::kUnknown: return Assumed(p, out);
  }
}

bool TranslateWith(Context& c, NodeId id, NodeList& out) {
  auto with = c.As<With>(id);
  auto items = with.items();
  std::function<NodeList(std::size_t)> level = [&](std::size_t i) -> NodeList {
    if (i == items.size()) return c.Stmts(c.As<ir::Block>(with.body()).statements());
    NodeList inner;
    Part part{c, id, with.is_async(), c.As<WithItem>(items[i]), i == 0 ? id : kNoNode, [&, i] { return level(i + 1); }};
    One(part, inner);
    return inner;
  };
  NodeList statements = level(0);
  out.insert(out.end(), statements.begin(), statements.end());
  return true;
}

}  // namespace

bool IsTransparent(Context& c, NodeId statement) {
  if (auto with = c.As<With>(statement)) {
    for (NodeId item : with.items()) {
      Manager kind = KindOf(c, c.As<WithItem>(item).context());
      bool file = kind == Manager::kFile && !OpenHasOwnBlock(c, item);
      bool group = kind == Manager::kTaskGroup && !GroupHasOwnBlock(c, item);
      if (!group && kind != Manager::kClosing && kind != Manager::kBarrier && kind != Manager::kExecutor && kind != Manager::kNothing && !file) return false;
    }
    return true;
  }
  auto branch = c.As<If>(statement);
  auto test = branch && !branch.else_body() ? c.As<Binary>(branch.test()) : Binary();
  return test && test.op() == BinaryOp::kEq && c.src().text(test.left()) == "__name__" && c.src().Is(test.left(), NodeKind::kName);
}

void RegisterWith(Topics& t) {
  t.Claim(NodeKind::kYield, Order::kBeforeCards, &TranslateYieldedPromise);
  t.Claim(NodeKind::kWith, Order::kAfterCards, &TranslateWith);
}

}  // namespace asyncport::translate::to_js
