// Streams in pipelines: a Transform becomes an asynchronous generator over what comes before it, a Writable a coroutine
// that goes through it, and `pipeline` the calls of one with the other. Streams that are written to and listened to by
// hand stay without counterpart.
// Example: `await pipeline(Readable.from(words), upper, sink)` -> `await sink(upper(read_from(words)))`.
#include "translate/to_py/streams.h"

#include <algorithm>
#include <string>
#include <vector>

#include "translate/quote.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

constexpr std::string_view kTransform = "node:stream.Transform";
constexpr std::string_view kWritable = "node:stream.Writable";

// The functions of a stage that are being translated, by the parameter that says "done with this one".
struct Stages {
  struct Open {
    NodeId function;
    facts::BindingId done;
    bool in_loop = false;  // over the chunks: leaving one is going on with the next
  };
  std::vector<Open> open;
};

struct Stage {
  NodeId process;  // Method or FunctionExpr
  NodeId finish;   // the same, or none
  bool yields = false;
};

facts::BindingId ParamBinding(Context& c, NodeId function, std::size_t index) {
  auto params = FunctionParams(c, function);
  if (index >= params.size()) return {};
  NodeId target = c.As<Param>(params[index]).target();
  return c.src().Is(target, NodeKind::kName) ? c.facts().BindingOf(target) : facts::BindingId{};
}

bool IsNothing(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kNull) || c.src().Is(id, NodeKind::kUndefined);
}

bool IsFunction(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kLambda) || c.src().Is(id, NodeKind::kFunctionExpr);
}

bool IsLater(Context& c, NodeId call) {
  return c.IsCallTo(call, "setTimeout") || c.IsCallTo(call, "setImmediate") ||
         c.IsCallTo(call, "process.nextTick") || c.IsCallTo(call, "queueMicrotask");
}

// `done()`, `done(null, value)`, `done(error)` with an error for sure.
bool IsPlainDone(Context& c, NodeId call_id) {
  auto args = c.As<Call>(call_id).args();
  if (args.empty()) return true;
  if (args.size() > 2) return false;
  if (IsNothing(c, args[0])) return true;
  return args.size() == 1 && (c.src().Is(args[0], NodeKind::kNew) || IsError(c, args[0]));
}

bool IsStatement(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  return c.src().Is(parent, NodeKind::kExprStmt) || c.src().Is(parent, NodeKind::kReturn);
}

// Is each use of the callback one that becomes a statement of a loop?
bool UsesAreStatements(Context& c, NodeId function, facts::BindingId done) {
  for (NodeId read : c.facts().binding(done).reads) {
    NodeId parent = c.facts().Parent(read);
    auto call = c.As<Call>(parent);
    if (!call) return false;
    NodeId home = c.facts().EnclosingFunction(read);
    if (call.callee() != read) {
      if (!IsLater(c, parent) || call.args()[0] != read || !IsStatement(c, parent)) return false;
    } else if (!IsPlainDone(c, parent)) {
      return false;
    }
    if (home == function) {
      if (!IsStatement(c, parent)) return false;
      bool error = call.callee() == read && call.args().size() == 1;
      if (c.src().Is(c.facts().Parent(parent), NodeKind::kReturn) && !error &&
          c.facts().EnclosingLoop(read))
        return false;
      continue;
    }
    // `setTimeout(() => done(null, x), 5);`
    NodeId later = c.facts().Parent(home);
    bool waits = IsFunction(c, home) && c.As<Call>(later) && IsLater(c, later) &&
                 c.facts().EnclosingFunction(home) == function && IsStatement(c, later) &&
                 !c.src().Is(c.facts().Parent(parent), NodeKind::kReturn);
    if (!waits) return false;
  }
  return true;
}

// Is `this` used for more than push()?
bool NeedsThis(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kSelfRef)) {
    auto attribute = c.As<Attribute>(c.facts().Parent(id));
    return !attribute || attribute.name() != "push";
  }
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || NeedsThis(c, child); });
  return found;
}

bool IsStageFunction(Context& c, NodeId function, std::size_t done_at) {
  facts::BindingId done = ParamBinding(c, function, done_at);
  if (!done || !c.src().Is(FunctionBody(c, function), NodeKind::kBlock)) return false;
  if (done_at == 2) {
    facts::BindingId encoding = ParamBinding(c, function, 1);
    if (!encoding || !c.facts().binding(encoding).reads.empty()) return false;
  }
  return UsesAreStatements(c, function, done);
}

// `{ transform(chunk, enc, done) {...}, flush(done) {...} }`
std::optional<Stage> StageOfOptions(Context& c, NodeId made_id) {
  auto made = c.As<ir::New>(made_id);
  if (!made || made.args().size() != 1) return std::nullopt;
  std::string path = c.facts().ResolvedName(made.callee());
  if (path != kTransform && path != kWritable) return std::nullopt;
  auto options = c.As<Dict>(made.args()[0]);
  if (!options) return std::nullopt;
  Stage stage;
  stage.yields = path == kTransform;
  for (NodeId e : options.entries()) {
    std::string_view name;
    NodeId function;
    if (auto method = c.As<MethodEntry>(e)) {
      function = method.method();
      name = c.As<Method>(function).name();
    } else if (auto entry = c.As<DictEntry>(e);
               entry && c.src().Is(entry.key(), NodeKind::kString)) {
      name = c.src().text(entry.key());
      function = entry.value();
    } else {
      return std::nullopt;
    }
    if (name == (stage.yields ? "transform" : "write"))
      stage.process = function;
    else if (name == (stage.yields ? "flush" : "final"))
      stage.finish = function;
  }
  if (!stage.process || !IsStageFunction(c, stage.process, 2) || NeedsThis(c, stage.process))
    return std::nullopt;
  if (stage.finish && (!IsStageFunction(c, stage.finish, 0) || NeedsThis(c, stage.finish)))
    return std::nullopt;
  return stage;
}

// What the file does with a stage that has a name: hands it to a pipeline, and nothing else.
bool OnlyPiped(Context& c, facts::BindingId binding) {
  for (NodeId read : c.facts().binding(binding).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    if (!call || call.callee() == read) return false;
    std::string path = c.facts().ResolvedName(call.callee());
    if (!path.ends_with(".pipeline") && c.MethodName(call.id()) != "pipe") return false;
  }
  return true;
}

void Translate(Context& c, NodeId function, std::size_t done_at, bool in_loop, NodeList& out) {
  auto& open = c.State<Stages>().open;
  open.push_back({function, ParamBinding(c, function, done_at), in_loop});
  NodeList own =
      c.Stmts(InDefinitionOrder(c, c.As<ir::Block>(FunctionBody(c, function)).statements()));
  open.pop_back();
  if (!own.empty() && (c.dst().Is(own.back(), NodeKind::kContinue) ||
                       (!in_loop && c.dst().Is(own.back(), NodeKind::kReturn)))) {
    own.pop_back();
  }
  out.insert(out.end(), own.begin(), own.end());
}

// `async for chunk in source: ...`, and what comes at the end.
NodeList StageBody(Context& c, const Stage& stage, NodeId source) {
  NodeList body;
  NodeId chunk = c.As<Param>(FunctionParams(c, stage.process)[0]).target();
  NodeId target;
  if (c.src().Is(chunk, NodeKind::kName)) {
    target = c.Pattern(chunk);
  } else {
    std::string name = FreshIn(c, stage.process, "item");
    target = c.NewName(name);
    Destructure(c, chunk, c.NewName(name), true, body);
  }
  Translate(c, stage.process, 2, true, body);
  if (body.empty()) body.push_back(c.New(make::Pass{}, {}));
  NodeList out{c.New(make::ForEach{.target = target,
                                   .iterable = source,
                                   .body = c.NewBlock(std::move(body)),
                                   .is_async = true},
                     {})};
  if (stage.finish) Translate(c, stage.finish, 0, false, out);
  return out;
}

NodeId DefineStage(Context& c, const Stage& stage, std::string_view name, NodeId origin) {
  NodeList body = StageBody(c, stage, c.NewName("source"));
  for (NodeId function : {stage.process, stage.finish}) {
    if (function) DeclareOuter(c, function, body);
  }
  NodeId param = c.New(make::Param{.target = c.NewName("source")}, {});
  return c.New(make::FunctionDef{.name = c.NewName(name),
                                 .params = {param},
                                 .body = c.NewBlock(std::move(body)),
                                 .is_async = true,
                                 .is_generator = stage.yields},
               origin);
}

bool TranslateNamedStage(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() ||
      !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  auto stage = StageOfOptions(c, assign.value());
  if (!stage || !OnlyPiped(c, c.facts().BindingOf(assign.targets()[0]))) return false;
  c.SayOnce("stream-async-iteration", id);
  out.push_back(DefineStage(c, *stage, c.TargetName(assign.targets()[0]), id));
  return true;
}

std::optional<NodeId> TranslateStage(Context& c, NodeId id) {
  auto stage = StageOfOptions(c, id);
  NodeId parent = c.facts().Parent(id);
  bool handed_on = c.src().Is(parent, NodeKind::kReturn) || c.src().Is(parent, NodeKind::kLambda) ||
                   c.src().Is(parent, NodeKind::kCall);
  if (!stage || !handed_on) return std::nullopt;
  c.SayOnce("stream-async-iteration", id);
  std::string name = FreshIn(c, id, stage->yields ? "transform" : "consume");
  c.HoistDefinition(DefineStage(c, *stage, name, id));
  return c.NewName(name, id);
}

// ------------------------------------------------------------------ what stands in a stage
const Stages::Open* OpenFor(Context& c, NodeId callee) {
  auto& open = c.State<Stages>().open;
  if (open.empty() || !c.src().Is(callee, NodeKind::kName)) return nullptr;
  return c.facts().BindingOf(callee) == open.back().done ? &open.back() : nullptr;
}

bool IsPush(Context& c, NodeId id) {
  auto& open = c.State<Stages>().open;
  auto call = c.As<Call>(id);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  return !open.empty() && method && method.name() == "push" && call.args().size() == 1 &&
         c.src().Is(method.object(), NodeKind::kSelfRef);
}

void Done(Context& c, NodeId call_id, NodeList& out) {
  auto args = c.As<Call>(call_id).args();
  if (args.size() == 2 && !IsNothing(c, args[1])) {
    NodeId value = c.Expr(args[1]);
    out.push_back(c.NewExprStmt(c.New(make::Yield{.value = value}, {}), call_id));
  } else if (args.size() == 1 && !IsNothing(c, args[0])) {
    out.push_back(c.New(make::Raise{.value = ErrorValue(c, args[0])}, call_id));
  }
}

bool StageStep(Context& c, NodeId value, NodeList& out) {
  auto call = value ? c.As<Call>(value) : Call();
  if (!call || c.State<Stages>().open.empty()) return false;
  if (OpenFor(c, call.callee())) {
    Done(c, value, out);
    return true;
  }
  if (IsPush(c, value) && IsNothing(c, call.args()[0])) {
    out.push_back(c.New(make::Return{}, value));
    return true;
  }
  if (!IsLater(c, value) || call.args().empty()) return false;
  NodeId function = call.args()[0];
  const bool bare = OpenFor(c, function) != nullptr;
  NodeId body = IsFunction(c, function) ? FunctionBody(c, function) : kNoNode;
  auto inner = body ? c.As<Call>(body) : Call();
  const bool one = inner && OpenFor(c, inner.callee());
  const bool block = body && c.src().Is(body, NodeKind::kBlock);
  if (!bare && !one && !block) return false;
  bool timed = c.IsCallTo(value, "setTimeout") && call.args().size() > 1;
  NodeId delay = timed ? Seconds(c, call.args()[1]) : c.NewInt(0);
  NodeId sleep = c.NewCall(c.Library("asyncio.sleep"), {delay});
  out.push_back(c.NewExprStmt(c.New(make::Await{.value = sleep}, {}), value));
  if (one) Done(c, body, out);
  if (block) {
    NodeList own = c.Stmts(c.As<ir::Block>(body).statements());
    out.insert(out.end(), own.begin(), own.end());
  }
  return true;
}

bool TranslateStep(Context& c, NodeId id, NodeList& out) {
  return StageStep(c, c.As<ExprStmt>(id).value(), out);
}

bool TranslateReturn(Context& c, NodeId id, NodeList& out) {
  auto& open = c.State<Stages>().open;
  if (open.empty() || c.facts().EnclosingFunction(id) != open.back().function) return false;
  NodeId value = c.As<Return>(id).value();
  const bool in_loop = open.back().in_loop;
  if (value && !StageStep(c, value, out)) return false;
  if (!out.empty() && c.dst().Is(out.back(), NodeKind::kRaise)) return true;
  out.push_back(in_loop ? c.New(make::Continue{}, value ? kNoNode : id)
                        : c.New(make::Return{}, value ? kNoNode : id));
  return true;
}

// `this.push(x)`
std::optional<NodeId> TranslatePush(Context& c, NodeId id) {
  if (!IsPush(c, id)) return std::nullopt;
  return c.New(make::Yield{.value = c.Expr(c.As<Call>(id).args()[0])}, id);
}

// `super({ objectMode: true })` of a stage.
bool TranslateSuper(Context& c, NodeId id, NodeList&) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.src().Is(value, NodeKind::kSuperCall)) return false;
  auto owner = c.As<ClassDef>(c.facts().EnclosingClass(id));
  if (!owner || !IsStageClass(c, owner.bases(), owner.body())) return false;
  c.Absorb(id);
  return true;
}

// ------------------------------------------------------------------ pipelines
enum class Role { kUnknown, kStage, kSink, kSource };

Role RoleOf(Context& c, NodeId id) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind == TypeKind::kFunction && type.decl) {
    bool is_async = false, generator = false;
    if (auto f = c.As<FunctionDef>(type.decl))
      is_async = f.is_async(), generator = f.is_generator();
    if (auto f = c.As<FunctionExpr>(type.decl))
      is_async = f.is_async(), generator = f.is_generator();
    if (auto f = c.As<Lambda>(type.decl)) is_async = f.is_async();
    if (is_async && generator) return Role::kStage;
    return is_async ? Role::kSink : Role::kUnknown;
  }
  if (type.kind != TypeKind::kInstance) {
    bool source = c.facts().Only(
        id, {TypeKind::kAsyncIterator, TypeKind::kList, TypeKind::kSet, TypeKind::kIterator});
    return source ? Role::kSource : Role::kUnknown;
  }
  if (auto owner = c.As<ClassDef>(type.decl)) {
    if (!IsStageClass(c, owner.bases(), owner.body())) return Role::kUnknown;
    return c.facts().ResolvedName(owner.bases()[0]) == kTransform ? Role::kStage : Role::kSink;
  }
  if (type.name == kTransform) return Role::kStage;
  if (type.name == kWritable) return Role::kSink;
  return type.name == "node:stream.Readable" ? Role::kSource : Role::kUnknown;
}

NodeId Source(Context& c, NodeId id) {
  NodeId target = c.Expr(id);
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind == TypeKind::kFunction) return c.NewCall(target, {});
  if (c.facts().Only(id, {TypeKind::kAsyncIterator, TypeKind::kInstance})) return target;
  NodeId function = DefineOnce(c, "read_from", R"(
async def read_from(values):
    """Yield the values one by one, as a stream does."""
    for value in values:
        yield value
)");
  return c.NewCall(function, {target});
}

// `await pipeline(source, stage, sink)`
std::optional<NodeId> TranslatePipeline(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.facts().ResolvedName(call.callee()) != "node:stream/promises.pipeline" ||
      call.args().size() < 2)
    return std::nullopt;
  auto args = call.args();
  Role first = RoleOf(c, args[0]);
  if (first != Role::kSource && first != Role::kStage) return std::nullopt;
  for (NodeId arg : args.subspan(1, args.size() - 2)) {
    if (RoleOf(c, arg) != Role::kStage) return std::nullopt;
  }
  Role last = RoleOf(c, args.back());
  if (last != Role::kStage && last != Role::kSink) return std::nullopt;
  c.SayOnce("stream-async-iteration", id);
  c.Rewrite(id);
  NodeId value = Source(c, args[0]);
  for (NodeId arg : args.subspan(1)) {
    value = c.NewCall(c.Expr(arg), {value}, arg == args.back() ? id : kNoNode);
  }
  if (last == Role::kSink) return value;
  NodeId drain = DefineOnce(c, "drain", R"(
async def drain(source):
    """Go through all of it."""
    async for _ in source:
        pass
)");
  return c.NewCall(drain, {value}, id);
}

// `source.pipe(stage)` that is iterated over or piped on.
std::optional<NodeId> TranslatePipe(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.name() != "pipe" || call.args().size() != 1) return std::nullopt;
  if (c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt)) return std::nullopt;
  Role from = RoleOf(c, method.object());
  if ((from != Role::kSource && from != Role::kStage) || RoleOf(c, call.args()[0]) != Role::kStage)
    return std::nullopt;
  return c.NewCall(c.Expr(call.args()[0]), {Source(c, method.object())}, id);
}

NodeId MethodNamed(Context& c, NodeId body, std::string_view name) {
  for (NodeId member : c.As<ir::Block>(body).statements()) {
    auto method = c.As<Method>(member);
    if (method && !method.is_private() && method.name() == name) return member;
  }
  return kNoNode;
}

}  // namespace

bool IsStageClass(Context& c, std::span<const NodeId> bases, NodeId body) {
  if (bases.size() != 1) return false;
  std::string path = c.facts().ResolvedName(bases[0]);
  if (path != kTransform && path != kWritable) return false;
  NodeId process = MethodNamed(c, body, path == kTransform ? "_transform" : "_write");
  NodeId finish = MethodNamed(c, body, path == kTransform ? "_flush" : "_final");
  return process && IsStageFunction(c, process, 2) && (!finish || IsStageFunction(c, finish, 0));
}

bool StageMethod(Context& c, NodeId id, NodeList& out) {
  auto method = c.As<Method>(id);
  auto owner = c.As<ClassDef>(c.facts().EnclosingClass(id));
  if (!owner || owner.bases().size() != 1) return false;
  std::string_view name = method.name();
  bool process = name == "_transform" || name == "_write";
  bool finish = name == "_flush" || name == "_final";
  if ((!process && !finish) || !IsStageClass(c, owner.bases(), owner.body())) return false;
  if (finish) return true;
  Stage stage{.process = id,
              .finish = MethodNamed(c, owner.body(), name == "_transform" ? "_flush" : "_final"),
              .yields = name == "_transform"};
  NodeList body = StageBody(c, stage, c.NewName("source"));
  DeclareOuter(c, id, body);
  NodeId param = c.New(make::Param{.target = c.NewName("source")}, {});
  out.push_back(c.New(make::Method{.params = {param},
                                   .body = c.NewBlock(std::move(body)),
                                   .name = "__call__",
                                   .kind = MethodKind::kMethod,
                                   .is_async = true,
                                   .is_generator = stage.yields},
                      id));
  return true;
}

void RegisterStreams(Topics& t) {
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateNamedStage);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateStage);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePipeline);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePipe);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePush);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateSuper);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateStep);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateReturn);
}

}  // namespace asyncport::translate::to_py
