// The entry point and the order of the module. A file whose top level waits becomes `async def main()` under a guard; a snippet
// with free names stays a snippet.
// Example: `main();` -> `if __name__ == "__main__":\n    asyncio.run(main())`.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "support/strings.h"
#include "translate/quote.h"
#include "translate/to_py/emitters.h"
#include "translate/to_py/makings.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// Unwraps `void x`, and finds the call of `(async () => {...})()`.
NodeId IifeFunction(Context& c, NodeId expr) {
  auto call = c.As<Call>(expr);
  if (!call || !call.args().empty()) return kNoNode;
  if (auto function = c.As<FunctionExpr>(call.callee()); function && function.params().empty()) {
    return function.id();
  }
  return kNoNode;
}

// `f()` with f an async function of the file, perhaps with `.catch(report)`: the call itself.
struct MainCall {
  NodeId call;
  NodeId function;
  NodeId handler;  // of `.catch(handler)`
};
std::optional<MainCall> AsMainCall(Context& c, NodeId expr) {
  MainCall found;
  if (auto await = c.As<Await>(expr)) expr = await.value();
  if (auto call = c.As<Call>(expr); call && c.MethodName(expr) == "catch" && call.args().size() == 1) {
    found.handler = call.args()[0];
    expr = c.As<Attribute>(call.callee()).object();
  }
  auto call = c.As<Call>(expr);
  if (!call) return std::nullopt;
  found.call = expr;
  found.function = c.facts().CalleeDefinition(expr);
  if (!found.function || !c.TargetIsAsync(found.function)) return std::nullopt;
  return found;
}

// Does making the instance start something on the loop: in its fields, or in its constructor?
bool MakingNeedsLoop(Context& c, NodeId made) {
  for (NodeId constructor : c.facts().PossibleCallees(made)) {
    if (c.facts().NeedsLoop(constructor)) return true;
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(made));
  auto owner = type.kind == facts::TypeKind::kInstance && type.decl ? c.As<ClassDef>(type.decl) : ClassDef();
  if (!owner) return false;
  auto starts = [&](auto&& self, NodeId id) -> bool {
    NodeKind kind = c.src().kind(id);
    if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) return false;
    bool call = kind == NodeKind::kCall || kind == NodeKind::kNew;
    if (call && c.facts().ColourOf(id) == facts::CallColour::kAsync) return true;
    bool found = false;
    c.src().ForEachChild(id, [&](NodeId child) { found = found || self(self, child); });
    return found;
  };
  for (NodeId member : c.As<ir::Block>(owner.body()).statements()) {
    auto field = c.As<Field>(member);
    if (field && !field.is_static() && field.value() && starts(starts, field.value())) return true;
  }
  return false;
}

bool ContainsLoopWork(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kAwait) return true;
  if (auto loop = c.As<ForEach>(id); loop && loop.is_async()) return true;
  if (kind == NodeKind::kCall || kind == NodeKind::kNew) {
    if (c.facts().ColourOf(id) == facts::CallColour::kAsync) return true;
    if (kind == NodeKind::kNew && MakingNeedsLoop(c, id)) return true;
    NodeId function = c.facts().CalleeDefinition(id);
    if (function && (c.facts().NeedsLoop(function) || c.TargetIsAsync(function))) return true;
    static constexpr std::string_view kLoopCalls[] = {"setTimeout", "setInterval", "setImmediate",
                                                      "queueMicrotask", "process.nextTick"};
    for (std::string_view name : kLoopCalls) {
      if (c.IsCallTo(id, name)) return true;
    }
  }
  // Bodies of functions run later, when they are called.
  bool is_function = kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
                     kind == NodeKind::kLambda || kind == NodeKind::kClassDef || kind == NodeKind::kClassExpr ||
                     kind == NodeKind::kMethod;
  if (is_function) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || ContainsLoopWork(c, child); });
  return found;
}

bool IsFunctionValue(Context& c, NodeId value) {
  return value && (c.src().Is(value, NodeKind::kLambda) || c.src().Is(value, NodeKind::kFunctionExpr) ||
                   c.src().Is(value, NodeKind::kClassExpr));
}

bool StaysAtModuleLevel(Context& c, NodeId id);

// Does the code read variables of the module that main() sets?
bool ReadsMoved(Context& c, NodeId id, int depth) {
  if (depth > 100) return true;
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kName) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (!binding) return false;
    const facts::Binding& b = c.facts().binding(binding);
    if (b.kind != facts::BindingKind::kVariable || !b.declaration || c.facts().EnclosingFunction(b.declaration)) return false;
    auto assign = c.As<Assign>(b.definition);
    bool top = assign && c.src().Is(c.facts().Parent(c.facts().Parent(b.definition)), NodeKind::kModule);
    return top && b.declaration != id && !StaysAtModuleLevel(c, b.definition);
  }
  if (kind == NodeKind::kMethod && c.As<Method>(id).kind() != MethodKind::kConstructor) return false;
  if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || ReadsMoved(c, child, depth + 1); });
  return found;
}

// Literals and constructors of empty or literal containers: safe to run when the module is imported.
bool IsConstantValue(Context& c, NodeId id) {
  if (auto call = c.As<Call>(id)) {
    std::string name = c.facts().ResolvedName(call.callee());
    if (name != "Object.freeze" && name != "Object.seal" && name != "Symbol") return false;
    bool constant = true;
    for (NodeId arg : call.args()) constant = constant && IsConstantValue(c, arg);
    return constant;
  }
  if (auto made = c.As<ir::New>(id)) {
    std::string name = c.facts().ResolvedName(made.callee());
    bool known = name == "Map" || name == "Set" || name == "WeakMap" || name == "AsyncLocalStorage" ||
                 name == "node:async_hooks.AsyncLocalStorage";
    NodeId definition = c.facts().CalleeDefinition(id);
    if ((!known && !definition) || MakingNeedsLoop(c, id)) return false;
    const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
    if (type.kind == facts::TypeKind::kInstance && type.decl && ReadsMoved(c, type.decl, 0)) return false;
    bool constant = true;
    for (NodeId arg : made.args()) constant = constant && IsConstantValue(c, arg);
    return constant;
  }
  if (c.IsCallTo(id, "Object.freeze") && c.As<Call>(id).args().size() == 1) return IsConstantValue(c, c.As<Call>(id).args()[0]);
  switch (c.src().kind(id)) {
    case NodeKind::kName:
      return c.facts().BindingOf(id) && c.facts().binding(c.facts().BindingOf(id)).kind != facts::BindingKind::kFree &&
             !ReadsMoved(c, id, 0);
    case NodeKind::kSpread: case NodeKind::kNumber: case NodeKind::kString: case NodeKind::kBool: case NodeKind::kNull:
    case NodeKind::kUndefined: case NodeKind::kRegex: case NodeKind::kList: case NodeKind::kDict:
    case NodeKind::kDictEntry: case NodeKind::kUnary: case NodeKind::kBinary: case NodeKind::kTemplate: {
      bool constant = true;
      c.src().ForEachChild(id, [&](NodeId child) { constant = constant && IsConstantValue(c, child); });
      return constant;
    }
    default:
      return false;
  }
}

// Statements that stay at module level when the rest moves into main().
// Would a constructor that runs on import miss a variable that main() makes before it?
bool MissesEarlier(Context& c, NodeId statement, NodeId value) {
  if (!c.src().Is(value, NodeKind::kNew) || !c.facts().CalleeDefinition(value)) return false;
  auto block = c.As<ir::Block>(c.facts().Parent(statement));
  if (!block) return false;
  for (NodeId id : block.statements()) {
    if (id == statement) return false;
    auto assign = c.As<Assign>(id);
    if (!assign || assign.declares() == DeclKind::kNone || !assign.value() || !c.src().Is(assign.targets()[0], NodeKind::kName)) continue;
    facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
    bool moves = !IsFunctionValue(c, assign.value()) && !IsConstantValue(c, assign.value());
    if (moves && binding && !c.IsDropped(binding) && c.facts().binding(binding).captured) return true;
  }
  return false;
}

// Does a statement before this one, in the module, move into main()?
bool FollowsMoved(Context& c, NodeId statement) {
  auto block = c.As<ir::Block>(c.facts().Parent(statement));
  if (!block) return false;
  for (NodeId id : block.statements()) {
    if (id == statement) return false;
    if (!StaysAtModuleLevel(c, id)) return true;
  }
  return false;
}

bool StaysAtModuleLevel(Context& c, NodeId id) {
  switch (c.src().kind(id)) {
    case NodeKind::kImport: case NodeKind::kExport: case NodeKind::kFunctionDef: case NodeKind::kClassDef:
      return true;
    case NodeKind::kAssign: {
      auto assign = c.As<Assign>(id);
      if (assign.declares() == DeclKind::kNone) return false;
      if (!assign.value()) return false;
      if (IsFunctionValue(c, assign.value())) return true;
      if (!c.src().Is(assign.targets()[0], NodeKind::kName) || !IsConstantValue(c, assign.value())) return false;
      if (MissesEarlier(c, id, assign.value())) return false;
      if (MakingIsSeen(c, assign.value()) && FollowsMoved(c, id)) return false;
      facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
      // Data that only the script part uses reads better inside main.
      return binding && (c.facts().binding(binding).captured || IsAllCaps(c.src().text(assign.targets()[0])));
    }
    default:
      return false;
  }
}

// Globals of Node that have no type of their own in the library tables.
bool IsRuntimeGlobal(std::string_view name) {
  static constexpr std::string_view kGlobals[] = {"require", "module", "exports", "process", "globalThis", "global", "__dirname",
                                                  "__filename", "Buffer", "Intl", "WebAssembly", "undefined", "arguments", "Reflect",
                                                  "Proxy", "Symbol", "crypto", "navigator", "fetch", "eval", "escape", "unescape"};
  return std::find(std::begin(kGlobals), std::end(kGlobals), name) != std::end(kGlobals);
}

bool HasFreeNames(Context& c) {
  const facts::Facts& f = c.facts();
  for (std::uint32_t i = 1; i <= f.binding_count(); ++i) {
    const facts::Binding& b = f.binding({i});
    if (b.kind != facts::BindingKind::kFree || b.reads.empty()) continue;
    // `typeof x` asks whether there is such a name.
    bool read = std::any_of(b.reads.begin(), b.reads.end(), [&](NodeId id) {
      auto unary = c.As<Unary>(f.Parent(id));
      return !unary || unary.op() != UnaryOp::kTypeOf;
    });
    if (!read) continue;
    if (f.KindOf(b.reads.front()) == facts::TypeKind::kUnknown && !IsRuntimeGlobal(f.tree().strings().Text(b.name))) return true;
  }
  return false;
}

// Names assigned in statements that move into main but read by functions that stay outside.
NodeList SharedNames(Context& c, const NodeList& moved) {
  NodeList names;
  std::unordered_set<std::uint32_t> moved_set;
  for (NodeId id : moved) moved_set.insert(id.index);
  for (NodeId id : moved) {
    auto assign = c.As<Assign>(id);
    auto visit = [&](auto&& self, NodeId pattern) -> void {
      if (auto name = c.As<ir::Name>(pattern)) {
        facts::BindingId binding = c.facts().BindingOf(pattern);
        if (!binding) return;
        const facts::Binding& b = c.facts().binding(binding);
        bool outside = false;
        for (const NodeList* uses : {&b.reads, &b.writes}) {
          for (NodeId use : *uses) {
            NodeId statement = use;
            for (NodeId up = use; up; up = c.facts().Parent(up)) {
              if (c.facts().Parent(up) && !c.facts().Parent(c.facts().Parent(up))) break;
              statement = up;
            }
            outside = outside || !moved_set.contains(statement.index);
          }
        }
        if (outside) names.push_back(c.NewName(c.TargetName(pattern)));
        // Functions inside main() that assign it say nonlocal.
        else c.marks().insert("main-local:" + c.TargetName(pattern));
        return;
      }
      c.src().ForEachChild(pattern, [&](NodeId child) { self(self, child); });
    };
    if (assign && assign.declares() != DeclKind::kNone) {
      for (NodeId target : assign.targets()) visit(visit, target);
    } else if (auto decl = c.As<VarDecl>(id)) {
      for (NodeId one : decl.declarations()) {
        for (NodeId target : c.As<Assign>(one).targets()) visit(visit, target);
      }
    }
  }
  return names;
}

NodeId ExitWithCode(Context& c) {
  return c.NewExprStmt(c.NewCall(c.Library("sys.exit"), {c.NewName("exit_code")}));
}

NodeId Guard(Context& c, NodeId run_statement) {
  NodeId test = c.New(make::Binary{.left = c.NewName("__name__"), .right = c.NewString("__main__"), .op = BinaryOp::kEq}, {});
  NodeList body{run_statement};
  if (c.marks().contains("exit-code")) body.push_back(ExitWithCode(c));
  return c.New(make::If{.test = test, .body = c.NewBlock(std::move(body))}, {});
}

NodeId RunCall(Context& c, NodeId coroutine) {
  return c.NewExprStmt(c.NewCall(c.Library("asyncio.run"), {coroutine}));
}

// `err => { console.error(err); process.exit(1); }` or `console.error`: what asyncio.run does by itself.
bool IsReportAndExit(Context& c, NodeId handler) {
  if (!handler) return false;
  if (c.facts().ResolvedName(handler) == "console.error") return true;
  auto function = c.As<FunctionExpr>(handler);
  NodeList effects;
  if (function) {
    for (NodeId s : c.As<ir::Block>(function.body()).statements()) {
      auto statement = c.As<ExprStmt>(s);
      auto assign = c.As<Assign>(s);
      if (assign && c.facts().ResolvedName(assign.targets()[0]) == "process.exitCode") continue;
      if (!statement) return false;
      if (!c.IsCallTo(statement.value(), "console.error") && !c.IsCallTo(statement.value(), "process.exit")) {
        return false;
      }
      effects.push_back(s);
    }
    return true;
  }
  auto lambda = c.As<Lambda>(handler);
  return lambda && (c.IsCallTo(lambda.body(), "console.error") || c.IsCallTo(lambda.body(), "process.exit"));
}

class ModuleTranslator {
 public:
  explicit ModuleTranslator(Context& c, NodeId module) : c_(c), module_(c.src(), module) {}

  NodeId Run() {
    auto statements = c_.As<ir::Block>(module_.body()).statements();
    NodeList script;
    bool needs_loop = false;
    for (NodeId id : statements) {
      if (StaysAtModuleLevel(c_, id)) continue;
      script.push_back(id);
      needs_loop = needs_loop || ContainsLoopWork(c_, id) || c_.State<Emitters>().any_async;
    }
    bool explicit_start = script.size() == 1 && IsStart(script[0]);
    bool fragment = c_.options().fragment == Fragment::kAlways ||
                    (c_.options().fragment == Fragment::kAuto && !explicit_start &&
                     (HasFreeNames(c_) || HasTopLevelReturn(statements)));
    c_.set_is_fragment(fragment);
    NodeList head;
    if (fragment || !needs_loop) {
      NodeList ordered = InDefinitionOrder(c_, statements);
      for (NodeId id : ordered) {
        if (!fragment && id == ordered.back() && IsCallOfMain(id)) {
          NodeList call;
          c_.Stmt(id, call);
          NodeId test = c_.New(make::Binary{.left = c_.NewName("__name__"), .right = c_.NewString("__main__"), .op = BinaryOp::kEq}, {});
          head.push_back(c_.New(make::If{.test = test, .body = c_.NewBlock(std::move(call))}, {}));
        } else {
          c_.Stmt(id, head);
        }
      }
      if (c_.marks().contains("exit-code")) head.push_back(ExitWithCode(c_));
    } else {
      head = WithMain(statements, script);
    }
    NodeList out = c_.imports().Build(c_.dst());
    out.insert(out.end(), imports_from_source_.begin(), imports_from_source_.end());
    InsertPrelude(head);
    out.insert(out.end(), head.begin(), head.end());
    NodeId body = c_.New(make::Block{.statements = std::move(out)}, module_.body());
    return c_.New(make::Module{.body = body}, module_.id());
  }

 private:
  bool IsStart(NodeId statement) {
    auto expr = c_.As<ExprStmt>(statement);
    if (!expr) return false;
    NodeId value = expr.value();
    if (auto await = c_.As<Await>(value)) value = await.value();
    return IifeFunction(c_, value) || AsMainCall(c_, value).has_value();
  }

  // `main();` of a plain function of the file.
  bool IsCallOfMain(NodeId statement) {
    auto expr = c_.As<ExprStmt>(statement);
    auto call = expr ? c_.As<Call>(expr.value()) : Call();
    return call && call.args().empty() && c_.src().Is(call.callee(), NodeKind::kName) && c_.src().text(call.callee()) == "main" &&
           c_.facts().CalleeDefinition(call.id());
  }

  bool HasTopLevelReturn(std::span<const NodeId> statements) {
    bool found = false;
    auto visit = [&](auto&& self, NodeId id) -> void {
      NodeKind kind = c_.src().kind(id);
      if (kind == NodeKind::kReturn) found = true;
      if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kClassDef ||
          kind == NodeKind::kLambda || kind == NodeKind::kClassExpr || kind == NodeKind::kMethod) {
        return;
      }
      c_.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
    };
    for (NodeId id : statements) visit(visit, id);
    return found;
  }

  // The first `await` or `for await` of a statement that is in no function.
  NodeId AwaitOutsideFunctions(NodeId id) {
    auto loop = c_.As<ForEach>(id);
    if (c_.src().Is(id, NodeKind::kAwait) || (loop && loop.is_async())) return id;
    switch (c_.src().kind(id)) {
      case NodeKind::kFunctionDef:
      case NodeKind::kFunctionExpr:
      case NodeKind::kLambda:
      case NodeKind::kClassDef:
      case NodeKind::kClassExpr:
        return kNoNode;
      default:
        break;
    }
    NodeId found;
    c_.src().ForEachChild(id, [&](NodeId child) {
      if (!found) found = AwaitOutsideFunctions(child);
    });
    return found;
  }

  // Those who import the module would wait for its work in JavaScript.
  void SayWorkOfImport(std::span<const NodeId> statements, const NodeList& script) {
    const bool exports = std::any_of(statements.begin(), statements.end(),
                                     [&](NodeId id) { return c_.src().Is(id, NodeKind::kExport); });
    if (!exports) return;
    for (NodeId id : script) {
      NodeId await = AwaitOutsideFunctions(id);
      if (!await) continue;
      c_.SayOnce("module-work-in-main", await);
      return;
    }
  }

  NodeList WithMain(std::span<const NodeId> statements, const NodeList& script) {
    c_.set_module_in_main(true);
    c_.SayOnce("explicit-event-loop", script.front());
    SayWorkOfImport(statements, script);
    NodeList out;
    for (NodeId id : statements) {
      if (StaysAtModuleLevel(c_, id)) c_.Stmt(id, out);
    }
    // `main();` alone: the function of the file is the entry point.
    auto expr = c_.As<ExprStmt>(script.front());
    NodeId value = expr ? expr.value() : kNoNode;
    if (script.size() == 1 && value && !IifeFunction(c_, value)) {
      if (auto main = AsMainCall(c_, value);
          main && (!main->handler || IsReportAndExit(c_, main->handler)) &&
                                              (!c_.marks().contains("background") || CanAppendToMain(main->function))) {
        if (main->handler) c_.SayOnce("main-catch-traceback", main->handler);
        if (c_.src().Is(value, NodeKind::kAwait)) c_.SayOnce("top-level-await", value);
        if (c_.marks().contains("background")) {
          AppendToMain(main->function, out);
          if (c_.marks().contains("nobody-waits")) c_.SayOnce("background-work-outlives-main", main->call);
        }
        c_.MarkStarted(main->call);
        NodeId call = c_.Expr(main->call);
        NodeId guard = Guard(c_, RunCall(c_, call));
        c_.dst().set_origin(guard, script.front());
        c_.dst().set_span(guard, c_.src().span(script.front()));
        out.push_back(guard);
        return out;
      }
    }
    std::string name = c_.names().Fresh("main");
    NodeList body;
    NodeList shared = SharedNames(c_, script);
    for (NodeId id : script) {
      auto statement = c_.As<ExprStmt>(id);
      NodeId inner = statement ? statement.value() : kNoNode;
      const bool awaited = inner && c_.src().Is(inner, NodeKind::kAwait);
      if (awaited) inner = c_.As<Await>(inner).value();
      NodeId function = inner ? IifeFunction(c_, inner) : kNoNode;
      // What follows an asynchronous one does not wait for it.
      if (function && (awaited || id == script.back() || !c_.TargetIsAsync(function))) {
        // The body of the IIFE is the program.
        NodeId block = c_.As<FunctionExpr>(function).body();
        NodeList inlined = c_.Stmts(c_.As<ir::Block>(block).statements());
        body.insert(body.end(), inlined.begin(), inlined.end());
        continue;
      }
      c_.Stmt(id, body);
      if (NodeId waits = AwaitOutsideFunctions(id)) c_.SayOnce("top-level-await", waits);
    }
    if (c_.marks().contains("background")) {
      body.push_back(FinishBackground());
      c_.SayOnce("background-work-outlives-main", script.back());
    }
    AddAssignedGlobals(script, body, shared);
    DropUnbound(body, shared);
    if (!shared.empty()) body.insert(body.begin(), c_.New(make::ScopeDecl{.names = std::move(shared)}, {}));
    NodeId def = c_.New(make::FunctionDef{.name = c_.NewName(name), .body = c_.NewBlock(std::move(body)), .is_async = true}, {});
    out.push_back(def);
    out.push_back(Guard(c_, RunCall(c_, c_.NewCall(c_.NewName(name), {}))));
    return out;
  }

  // A declaration may have become nothing: what the library has needs no variable.
  void DropUnbound(const NodeList& body, NodeList& shared) {
    std::unordered_set<std::string> bound = AssignedNames(c_, body);
    auto visit = [&](auto&& self, NodeId id) -> void {
      if (auto def = ir::As<FunctionDef>(c_.dst(), id)) {
        bound.emplace(c_.dst().text(def.name()));
        return;
      }
      if (auto type = ir::As<ClassDef>(c_.dst(), id)) {
        bound.emplace(c_.dst().text(type.name()));
        return;
      }
      if (auto item = ir::As<ImportItem>(c_.dst(), id); item && item.local())
        bound.emplace(c_.dst().text(item.local()));
      if (auto item = ir::As<WithItem>(c_.dst(), id); item && c_.dst().Is(item.target(), NodeKind::kName))
        bound.emplace(c_.dst().text(item.target()));
      if (!HasCategory(c_.dst().kind(id), category::Expr))
        c_.dst().ForEachChild(id, [&](NodeId child) { self(self, child); });
    };
    for (NodeId statement : body) visit(visit, statement);
    std::erase_if(shared, [&](NodeId id) { return !bound.contains(std::string(c_.dst().text(id))); });
  }

  // Variables that stay at module level and are assigned in what became main's own statements.
  void AddAssignedGlobals(const NodeList& script, const NodeList& body, NodeList& shared) {
    const std::unordered_set<std::string> assigned = AssignedNames(c_, body);
    std::unordered_set<std::string> known;
    for (NodeId id : shared) known.insert(std::string(c_.dst().text(id)));
    for (std::uint32_t i = 1; i <= c_.facts().binding_count(); ++i) {
      const facts::Binding& b = c_.facts().binding({i});
      if (b.kind != facts::BindingKind::kVariable || !b.declaration || c_.facts().EnclosingFunction(b.declaration)) continue;
      bool moved = false;
      for (NodeId statement : script) moved = moved || c_.src().span(statement).contains(c_.src().span(b.declaration));
      const std::string& name = c_.names().Of({i});
      if (!moved && assigned.contains(name) && known.insert(name).second) shared.push_back(c_.NewName(name));
    }
  }

  // A function of the file that only runs the program, to its end.
  bool CanAppendToMain(NodeId function) {
    auto def = c_.As<FunctionDef>(function);
    if (!def || def.is_generator() || !def.params().empty()) return false;
    facts::BindingId binding = c_.facts().BindingOf(def.name());
    return binding && c_.facts().binding(binding).reads.size() == 1 && !HasTopLevelReturn(c_.As<ir::Block>(def.body()).statements());
  }

  void AppendToMain(NodeId function, NodeList& out) {
    for (NodeId& id : out) {
      auto def = ir::As<FunctionDef>(c_.dst(), id);
      if (!def || c_.dst().origin(id) != function) continue;
      auto old = ir::As<ir::Block>(c_.dst(), def.body()).statements();
      NodeList body(old.begin(), old.end());
      NodeId block_origin = c_.dst().origin(def.body());
      NodeList params(def.params().begin(), def.params().end());
      NodeId name = def.name();
      NodeId docstring = def.docstring();
      body.push_back(FinishBackground());
      NodeId block = c_.New(make::Block{.statements = std::move(body)}, block_origin);
      id = c_.New(make::FunctionDef{.name = name, .params = std::move(params), .docstring = docstring, .body = block, .is_async = true}, function);
      return;
    }
  }

  // At the end of main(): what nobody awaited comes to its end, as in Node.
  NodeId FinishBackground() {
    if (c_.marks().contains("background-timers")) {
      NodeId finish = DefineOnce(c_, "finish_background_tasks", R"(
import asyncio

async def finish_background_tasks():
    """Wait for the work that nobody awaits; what fails in it fails here."""
    while background_tasks:
        done, _ = await asyncio.wait(
            background_tasks, return_when=asyncio.FIRST_COMPLETED
        )
        for task in done:
            if not task.cancelled():
                task.result()
)");
      return c_.NewExprStmt(c_.New(make::Await{.value = c_.NewCall(finish, {})}, {}));
    }
    NodeId spread = c_.New(make::Spread{.value = c_.NewName("background_tasks")}, {});
    NodeId gather = c_.NewCall(c_.Library("asyncio.gather"), {spread});
    NodeId wait = c_.NewExprStmt(c_.New(make::Await{.value = gather}, {}));
    if (!c_.marks().contains("background-from-functions")) return wait;
    return c_.New(make::While{.test = c_.NewName("background_tasks"), .body = c_.NewBlock({wait})}, {});
  }

  void InsertPrelude(NodeList& statements) {
    auto is_import = [&](NodeId id) { return c_.dst().Is(id, NodeKind::kImport); };
    auto at = std::find_if_not(statements.begin(), statements.end(), is_import);
    // Variables before the functions that use them.
    std::stable_partition(c_.prelude().begin(), c_.prelude().end(),
                          [&](NodeId id) { return c_.dst().Is(id, NodeKind::kAssign); });
    statements.insert(at, c_.prelude().begin(), c_.prelude().end());
  }

  Context& c_;
  Module module_;
  NodeList imports_from_source_;
};

std::optional<NodeId> TranslateModule(Context& c, NodeId id) { return ModuleTranslator(c, id).Run(); }

}  // namespace

void RegisterModule(Topics& t) {
  t.Claim(NodeKind::kModule, Order::kBeforeCards, &TranslateModule);
}

}  // namespace asyncport::translate::to_py
