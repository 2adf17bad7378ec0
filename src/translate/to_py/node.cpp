// Node's own modules where a call is more than a call: child processes, promisify, AsyncLocalStorage, streams made of
// values, facts of files. Plain functions are cards.
// Example: `const run = promisify(execFile)` -> `async def run(program, args)`, which waits for the process.
#include <string>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/beginnings.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/tables.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

constexpr std::string_view kStorage = "node:async_hooks.AsyncLocalStorage";

// ------------------------------------------------------------------ AsyncLocalStorage
// `const requestId = new AsyncLocalStorage()`: a context variable of that name.
std::optional<NodeId> TranslateStorage(Context& c, NodeId id) {
  if (!c.IsCallTo(id, kStorage)) return std::nullopt;
  c.SayOnce("async-local-storage-contextvar", id);
  std::string name = "context";
  auto assign = c.As<Assign>(c.facts().Parent(id));
  if (assign && assign.targets().size() == 1 && c.src().Is(assign.targets()[0], NodeKind::kName)) {
    name = c.TargetName(assign.targets()[0]);
  } else if (auto field = c.As<Field>(c.facts().Parent(id))) {
    name = c.names().Convert(field.name());
  }
  NodeId none = c.New(make::Null{}, {});
  return c.NewCall(c.Library("contextvars:ContextVar"),
                   {c.NewString(name), c.NewKeyword("default", none)}, id);
}

bool IsStorageMember(Context& c, NodeId call_id, std::string_view name) {
  auto call = c.As<Call>(call_id);
  return call &&
         c.facts().ResolvedName(call.callee()) == std::string(kStorage) + "#" + std::string(name);
}

// The function that a call of run() calls; may it give something to await?
bool CallsForWork(Context& c, NodeId callback) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(callback));
  if (type.kind != TypeKind::kFunction || !type.decl) return false;
  auto lambda = c.As<Lambda>(type.decl);
  return c.TargetIsAsync(type.decl) ||
         (lambda && GivesWork(c, lambda.body()));
}

std::optional<NodeId> TranslateStorageCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  if (!attribute) return std::nullopt;
  if (IsStorageMember(c, id, "getStore"))
    return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "get"), {}, id);
  if (IsStorageMember(c, id, "enterWith") && call.args().size() == 1) {
    return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "set"), {c.Expr(call.args()[0])},
                     id);
  }
  bool exits = IsStorageMember(c, id, "exit") && !call.args().empty();
  if (!exits && (!IsStorageMember(c, id, "run") || call.args().size() < 2)) return std::nullopt;
  NodeId callback = call.args()[exits ? 0 : 1];
  NodeList args{c.Expr(attribute.object()),
                exits ? c.New(make::Null{}, {}) : c.Expr(call.args()[0])};
  bool work = CallsForWork(c, callback);
  NodeId function;
  if (work) {
    function = DefineOnce(c, "run_with", R"(
async def run_with(variable, value, function, *args):
    """Await what the function gives, with the variable set for its work alone."""
    token = variable.set(value)
    try:
        return await function(*args)
    finally:
        variable.reset(token)
)");
  } else {
    function = DefineOnce(c, "call_with", R"(
def call_with(variable, value, function, *args):
    """Call the function with the variable set as long as that takes."""
    token = variable.set(value)
    try:
        return function(*args)
    finally:
        variable.reset(token)
)");
  }
  args.push_back(c.Expr(callback));
  for (NodeId arg : call.args().subspan(exits ? 1 : 2)) args.push_back(c.Expr(arg));
  return c.NewCall(function, std::move(args), id);
}

// ------------------------------------------------------------------ promisify
NodeId Promisified(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  bool known = call && call.args().size() == 1 &&
               c.facts().ResolvedName(call.callee()) == "node:util.promisify";
  return known ? call.args()[0] : kNoNode;
}

// What a call calls, through a constant that holds `promisify(f)`.
NodeId PromisifiedCallee(Context& c, NodeId callee) {
  if (NodeId direct = Promisified(c, callee)) return direct;
  facts::BindingId binding =
      c.src().Is(callee, NodeKind::kName) ? c.facts().BindingOf(callee) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).writes.size() != 1) return kNoNode;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  return assign && assign.targets().size() == 1 &&
                 c.src().Is(assign.targets()[0], NodeKind::kName) && assign.value()
             ? Promisified(c, assign.value())
             : kNoNode;
}

NodeId RunFunction(Context& c, bool shell) {
  if (shell) {
    return DefineOnce(c, "run_shell", R"(
import asyncio
import subprocess

async def run_shell(command):
    """Run a command line to its end; fail where its exit status says so."""
    process = await asyncio.create_subprocess_shell(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    stdout, stderr = await process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(
            process.returncode, command, stdout.decode(), stderr.decode()
        )
    return {"stdout": stdout.decode(), "stderr": stderr.decode()}
)");
  }
  return DefineOnce(c, "run_program", R"(
import asyncio
import subprocess

async def run_program(program, args=()):
    """Run a program to its end; fail where its exit status says so."""
    process = await asyncio.create_subprocess_exec(
        program, *args, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    stdout, stderr = await process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(
            process.returncode, [program, *args], stdout.decode(), stderr.decode()
        )
    return {"stdout": stdout.decode(), "stderr": stderr.decode()}
)");
}

// A function that gives a future, around one that calls back with (err, value). Where it is handed on, others may want to
// make a task of what it gives, which takes a coroutine.
NodeId PromisifyFunction(Context& c, bool only_called) {
  if (only_called) {
    return DefineOnce(c, "promisify", R"(
import asyncio

def promisify(function):
    """Make a function that calls back with an error or a value awaitable."""

    def call(*args):
        future = asyncio.get_running_loop().create_future()

        def on_done(err=None, value=None, *_):
            if future.done():
                return
            if err:
                future.set_exception(err)
            else:
                future.set_result(value)

        function(*args, on_done)
        return future

    return call
)");
  }
  return DefineOnce(c, "promisify_lazily", R"(
import asyncio

def promisify_lazily(function):
    """Make a function that calls back with an error or a value a coroutine function."""

    async def call(*args):
        future = asyncio.get_running_loop().create_future()

        def on_done(err=None, value=None, *_):
            if future.done():
                return
            if err:
                future.set_exception(err)
            else:
                future.set_result(value)

        function(*args, on_done)
        return await future

    return call
)");
}

// The declaration of a constant whose calls are translated one by one disappears.
bool OnlyCalled(Context& c, facts::BindingId binding) {
  for (NodeId read : c.facts().binding(binding).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    if (!call || call.callee() != read) return false;
  }
  return true;
}

bool IsKnownPromisified(Context& c, NodeId function) {
  std::string path = c.facts().ResolvedName(function);
  return path == "setTimeout" || path == "setImmediate" || path == "node:child_process.execFile" ||
         path == "node:child_process.exec";
}

bool TranslatePromisifyDeclaration(Context& c, NodeId id, NodeList&) {
  auto assign = c.As<Assign>(id);
  NodeId function =
      assign.targets().size() == 1 && assign.value() ? Promisified(c, assign.value()) : kNoNode;
  if (!function || !IsKnownPromisified(c, function) ||
      !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding || !OnlyCalled(c, binding) || c.facts().binding(binding).writes.size() != 1)
    return false;
  c.Absorb(id);
  c.Drop(binding);
  return true;
}

std::optional<NodeId> TranslatePromisified(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (NodeId function = Promisified(c, id)) {
    if (IsKnownPromisified(c, function)) return std::nullopt;
    if (!c.facts().ResolvedName(function).empty()) return std::nullopt;
    c.SayOnce("callback-future", id);
    auto assign = c.As<Assign>(c.facts().Parent(id));
    bool named = assign && assign.targets().size() == 1 && c.src().Is(assign.targets()[0], NodeKind::kName);
    bool only_called = named && OnlyCalled(c, c.facts().BindingOf(assign.targets()[0]));
    return c.NewCall(PromisifyFunction(c, only_called), {c.Expr(function)}, id);
  }
  NodeId function = PromisifiedCallee(c, call.callee());
  if (!function) return std::nullopt;
  if (IsPromisifiedCall(c, id)) return MarkFuture(c, c.NewCall(c.Expr(call.callee()), c.Exprs(call.args()), id));
  std::string path = c.facts().ResolvedName(function);
  if (path == "setTimeout" && !call.args().empty()) {
    NodeList args{Seconds(c, call.args()[0])};
    if (call.args().size() > 1) args.push_back(c.Expr(call.args()[1]));
    return c.NewCall(c.Library("asyncio.sleep"), std::move(args), id);
  }
  if (path == "setImmediate") return c.NewCall(c.Library("asyncio.sleep"), {c.NewInt(0)}, id);
  bool file = path == "node:child_process.execFile";
  if ((!file && path != "node:child_process.exec") || call.args().empty()) return std::nullopt;
  if (call.args().size() > (file ? 2u : 1u))
    return c.Refuse(id, "untranslated", {{"reason", "options of a child process"}});
  c.SayOnce("subprocess-exec", id);
  return c.NewCall(RunFunction(c, !file), c.Exprs(call.args()), id);
}

// ------------------------------------------------------------------ streams
// `Readable.from(values)`: the values, one by one.
std::optional<NodeId> TranslateReadable(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.facts().ResolvedName(call.callee()) != "node:stream.Readable.from" || call.args().empty())
    return std::nullopt;
  c.SayOnce("stream-async-iteration", id);
  NodeId source = call.args()[0];
  if (c.facts().Only(source, {TypeKind::kAsyncIterator})) return c.Expr(source);
  if (!c.facts().Only(source,
                      {TypeKind::kList, TypeKind::kTuple, TypeKind::kSet, TypeKind::kIterator})) {
    return c.Refuse(id, "untranslated", {{"reason", "a stream of something unknown"}});
  }
  NodeId function = DefineOnce(c, "read_from", R"(
async def read_from(values):
    """Yield the values one by one, as a stream does."""
    for value in values:
        yield value
)");
  return c.NewCall(function, {c.Expr(source)}, id);
}

// ------------------------------------------------------------------ facts of files
bool IsStats(Context& c, NodeId object) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  return type.kind == TypeKind::kInstance && type.name == "node:fs.Stats";
}

std::optional<NodeId> TranslateStatsField(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (!IsStats(c, attribute.object())) return std::nullopt;
  if (attribute.name() == "size") return c.NewAttribute(c.Expr(attribute.object()), "st_size", id);
  if (attribute.name() == "mode") return c.NewAttribute(c.Expr(attribute.object()), "st_mode", id);
  if (attribute.name() == "mtimeMs") {
    NodeId time = c.NewAttribute(c.Expr(attribute.object()), "st_mtime");
    return c.New(make::Binary{.left = time, .right = c.NewInt(1000), .op = BinaryOp::kMul}, id);
  }
  auto call = c.As<Call>(c.facts().Parent(id));
  if (call && call.callee() == id) return std::nullopt;
  return c.Refuse(id, "untranslated",
                  {{"reason", "`" + std::string(attribute.name()) + "` of a file"}});
}

std::optional<NodeId> TranslateStatsTest(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  if (!attribute || !IsStats(c, attribute.object())) return std::nullopt;
  std::string_view test = attribute.name() == "isFile"           ? "stat.S_ISREG"
                          : attribute.name() == "isDirectory"    ? "stat.S_ISDIR"
                          : attribute.name() == "isSymbolicLink" ? "stat.S_ISLNK"
                                                                 : "";
  if (test.empty()) return std::nullopt;
  return c.NewCall(c.Library(test), {c.NewAttribute(c.Expr(attribute.object()), "st_mode")}, id);
}

// ------------------------------------------------------------------ folders with what is in them
// `readdir(folder, { withFileTypes: true })` -> entries of os.scandir.
std::optional<NodeId> TranslateEntries(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string path = c.facts().ResolvedName(call.callee());
  bool blocking = path == "node:fs.readdirSync";
  if ((!blocking && path != "node:fs/promises.readdir") || call.args().size() != 2)
    return std::nullopt;
  auto options = c.As<Dict>(call.args()[1]);
  if (!options || options.entries().size() != 1) return std::nullopt;
  auto entry = c.As<DictEntry>(options.entries()[0]);
  if (!entry || c.src().text(entry.key()) != "withFileTypes" || !c.As<Bool>(entry.value()) ||
      !c.As<Bool>(entry.value()).value()) {
    return std::nullopt;
  }
  NodeId function = DefineOnce(c, "list_entries", R"(
import os

def list_entries(folder):
    """List what is in a folder, each entry with its kind."""
    with os.scandir(folder) as entries:
        return list(entries)
)");
  NodeId folder = c.Expr(call.args()[0]);
  if (blocking) return c.NewCall(function, {folder}, id);
  c.SayOnce("file-io-to-thread", id);
  return c.NewCall(c.Library("asyncio.to_thread"), {function, folder}, id);
}

std::optional<NodeId> TranslateEntryTest(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  if (!attribute) return std::nullopt;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(attribute.object()));
  if (type.kind != TypeKind::kInstance || type.name != "node:fs.Dirent") return std::nullopt;
  std::string_view name = attribute.name();
  if (name == "isSymbolicLink")
    return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "is_symlink"), {}, id);
  if (name != "isFile" && name != "isDirectory") return std::nullopt;
  NodeId test = c.NewAttribute(c.Expr(attribute.object()), name == "isFile" ? "is_file" : "is_dir");
  NodeId no = c.New(make::Bool{.value = false}, {});
  return c.NewCall(test, {c.NewKeyword("follow_symlinks", no)}, id);
}

// `appendFile(path, text)`: opened for appending, written, closed.
std::optional<NodeId> TranslateAppend(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string path = c.facts().ResolvedName(call.callee());
  bool blocking = path == "node:fs.appendFileSync";
  if ((!blocking && path != "node:fs/promises.appendFile") || call.args().size() < 2 ||
      call.args().size() > 3)
    return std::nullopt;
  if (!c.facts().May(call.args()[1], {TypeKind::kStr})) return std::nullopt;
  if (call.args().size() == 3) {
    auto encoding = c.As<String>(call.args()[2]);
    if (!encoding || (encoding.value() != "utf8" && encoding.value() != "utf-8"))
      return std::nullopt;
  }
  NodeId function = DefineOnce(c, "append_text", R"(
def append_text(path, text):
    """Write a text behind what the file holds."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)
)");
  NodeList args = c.Exprs(call.args().first(2));
  if (blocking) return c.NewCall(function, std::move(args), id);
  c.SayOnce("file-io-to-thread", id);
  args.insert(args.begin(), function);
  return c.NewCall(c.Library("asyncio.to_thread"), std::move(args), id);
}

// ------------------------------------------------------------------ the process
// Does the program say itself with which status it ends?
bool SetsStatus(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId id{i};
    if (c.src().Is(id, NodeKind::kAttribute) && c.facts().ResolvedName(id) == "process.exitCode") return true;
    auto call = c.As<Call>(id);
    bool exits = call && c.IsCallTo(id, "process.exit") && !call.args().empty();
    if (exits && !(c.As<Number>(call.args()[0]) && c.As<Number>(call.args()[0]).text() == "0")) return true;
  }
  return false;
}

// `process.exitCode = 1;`: the status with which the program ends when all is done; the module asks for it at its end.
bool TranslateExitCode(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() ||
      c.facts().ResolvedName(assign.targets()[0]) != "process.exitCode")
    return false;
  c.marks().insert("exit-code");
  NodeId function = DefineOnce(c, "set_exit_code", R"(
exit_code = 0

def set_exit_code(code):
    """Set the status with which the program ends, once all is done."""
    global exit_code
    exit_code = code
)");
  out.push_back(c.NewExprStmt(c.NewCall(function, {c.Expr(assign.value())}), id));
  return true;
}

// `process.on("exit", f)` -> `atexit.register(f, 0)`; signals are the loop's business. Other events have no counterpart.
bool TranslateProcessEvent(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  auto call = c.As<Call>(value);
  std::string path = call ? c.facts().ResolvedName(call.callee()) : std::string();
  if ((path != "process.on" && path != "process.once") || call.args().size() != 2) return false;
  auto event = c.As<String>(call.args()[0]);
  if (!event) return false;
  NodeId handler = call.args()[1];
  const facts::Type& type = c.facts().type(c.facts().TypeOf(handler));
  if (type.kind != TypeKind::kFunction || !type.decl) return false;
  const std::size_t takes = FunctionParams(c, type.decl).size();
  if (event.value() == "exit" || event.value() == "beforeExit") {
    if (takes > 1 || (takes == 1 && SetsStatus(c)) || c.TargetIsAsync(type.decl)) return false;
    NodeList args{c.Expr(handler)};
    if (takes == 1) args.push_back(c.NewInt(0));
    out.push_back(c.NewExprStmt(c.NewCall(c.Library("atexit.register"), std::move(args)), id));
    return true;
  }
  if (event.value() != "SIGINT" && event.value() != "SIGTERM" && event.value() != "SIGHUP") return false;
  if (takes > 1) return false;
  NodeId loop = c.NewCall(c.Library("asyncio.get_running_loop"), {});
  NodeList args{c.Library("signal." + std::string(event.value()))};
  if (c.TargetIsAsync(type.decl)) {
    // The loop calls plain functions: the work becomes a task.
    BackgroundTasks(c);
    NodeId start = DefineOnce(c, "start", R"(
import asyncio

def start(function, *args):
    """Start the work of an asynchronous function, and keep it until it is done."""
    task = asyncio.create_task(function(*args))
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
)");
    args.push_back(start);
  }
  args.push_back(c.Expr(handler));
  if (takes == 1) args.push_back(c.NewString(event.value()));
  out.push_back(c.NewExprStmt(c.NewCall(c.NewAttribute(loop, "add_signal_handler"), std::move(args)), id));
  return true;
}

}  // namespace

bool IsPromisifiedCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  NodeId function = call && c.src().Is(call.callee(), NodeKind::kName) ? PromisifiedCallee(c, call.callee()) : kNoNode;
  return function && !IsKnownPromisified(c, function) && c.facts().ResolvedName(function).empty() &&
         OnlyCalled(c, c.facts().BindingOf(call.callee()));
}

void RegisterNode(Topics& t) {
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateStorage);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStorageCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePromisified);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateReadable);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStatsTest);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAppend);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateEntries);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateEntryTest);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateStatsField);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslatePromisifyDeclaration);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateProcessEvent);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateExitCode);
}

}  // namespace asyncport::translate::to_py
