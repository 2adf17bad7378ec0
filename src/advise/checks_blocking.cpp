// Calls that stop the event loop inside an async function. Follows flake8-async's ASYNC210 to ASYNC251, and for
// JavaScript the `*Sync` family.
// Example: `requests.get(url)` inside of `async def` is blocking-http.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "advise/work.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

// A path that ends with `*` stands for all that begin so.
struct Row {
  std::string_view path;
  std::string_view id;
};
constexpr Row kPython[] = {
    {"urllib.request.urlopen", "blocking-http"},
    {"urllib.request.urlretrieve", "blocking-http"},
    {"urllib3.request", "blocking-http"},
    {"requests.get", "blocking-http"},
    {"requests.post", "blocking-http"},
    {"requests.put", "blocking-http"},
    {"requests.patch", "blocking-http"},
    {"requests.delete", "blocking-http"},
    {"requests.head", "blocking-http"},
    {"requests.options", "blocking-http"},
    {"requests.request", "blocking-http"},
    {"requests.Session#*", "blocking-http"},
    {"httpx.get", "blocking-http"},
    {"httpx.post", "blocking-http"},
    {"httpx.put", "blocking-http"},
    {"httpx.patch", "blocking-http"},
    {"httpx.delete", "blocking-http"},
    {"httpx.head", "blocking-http"},
    {"httpx.options", "blocking-http"},
    {"httpx.request", "blocking-http"},
    {"httpx.stream", "blocking-http"},
    {"subprocess.Popen", "blocking-subprocess"},
    {"subprocess.run", "blocking-subprocess"},
    {"subprocess.call", "blocking-subprocess"},
    {"subprocess.check_call", "blocking-subprocess"},
    {"subprocess.check_output", "blocking-subprocess"},
    {"subprocess.getoutput", "blocking-subprocess"},
    {"subprocess.getstatusoutput", "blocking-subprocess"},
    {"os.system", "blocking-subprocess"},
    {"os.popen", "blocking-subprocess"},
    {"os.posix_spawn", "blocking-subprocess"},
    {"os.posix_spawnp", "blocking-subprocess"},
    {"os.spawnl", "blocking-subprocess"},
    {"os.spawnle", "blocking-subprocess"},
    {"os.spawnlp", "blocking-subprocess"},
    {"os.spawnlpe", "blocking-subprocess"},
    {"os.spawnv", "blocking-subprocess"},
    {"os.spawnve", "blocking-subprocess"},
    {"os.spawnvp", "blocking-subprocess"},
    {"os.spawnvpe", "blocking-subprocess"},
    {"os.wait", "blocking-subprocess"},
    {"os.wait3", "blocking-subprocess"},
    {"os.wait4", "blocking-subprocess"},
    {"os.waitid", "blocking-subprocess"},
    {"os.waitpid", "blocking-subprocess"},
    {"open", "blocking-open"},
    {"io.open", "blocking-open"},
    {"io.open_code", "blocking-open"},
    {"builtins.open", "blocking-open"},
    {"codecs.open", "blocking-open"},
    {"pathlib.Path#open", "blocking-open"},
    {"input", "blocking-input"},
    {"builtins.input", "blocking-input"},
    {"getpass.getpass", "blocking-input"},
};
constexpr Row kJavaScript[] = {
    {"prompt", "blocking-input"},        {"confirm", "blocking-input"},
    {"alert", "blocking-input"},         {"readline-sync.*", "blocking-input"},
    {"prompt-sync.*", "blocking-input"}, {"Atomics.wait", "blocking-sleep"},
    {"sync-fetch", "blocking-http"},     {"sync-fetch.default", "blocking-http"},
    {"sync-request", "blocking-http"},   {"sync-request.default", "blocking-http"},
};
// Of os.path: those that ask the disk.
constexpr std::array<std::string_view, 14> kPathQuestions = {
    "exists",   "lexists",  "isfile",   "isdir",    "islink",   "ismount",      "getsize",
    "getmtime", "getatime", "getctime", "samefile", "realpath", "sameopenfile", "samestat"};
// Of pathlib.Path: the same, and those that change something.
constexpr std::array<std::string_view, 31> kPathMethods = {
    "chmod",          "exists",    "expanduser", "glob",    "hardlink_to", "is_block_device",
    "is_char_device", "is_dir",    "is_fifo",    "is_file", "is_mount",    "is_socket",
    "is_symlink",     "iterdir",   "lchmod",     "lstat",   "mkdir",       "owner",
    "read_bytes",     "read_text", "readlink",   "rename",  "replace",     "resolve",
    "rglob",          "rmdir",     "samefile",   "stat",    "symlink_to",  "touch",
    "unlink"};
// Node's functions that open, read or write what a file holds; the other `*Sync` ones ask or change the file system.
constexpr std::array<std::string_view, 9> kOpening = {
    "readFileSync", "writeFileSync", "appendFileSync", "openSync", "readSync",
    "writeSync",    "readvSync",     "writevSync",     "closeSync"};

bool Fits(std::string_view pattern, std::string_view path) {
  if (!pattern.ends_with('*')) return pattern == path;
  return path.starts_with(pattern.substr(0, pattern.size() - 1));
}

// Is the object a pathlib.Path? By inference, or made on the spot and in the variable's only value.
bool IsPathObject(const Context& context, NodeId object, int depth = 0) {
  if (depth > 4) return false;
  const NodeId held = Held(context, object);
  const facts::Type& type = context.facts.type(context.facts.TypeOf(object));
  if (type.kind == facts::TypeKind::kInstance &&
      (type.name == "pathlib.Path" || type.name == "Path"))
    return true;
  if (const auto call = ir::As<ir::Call>(context.tree, held)) {
    const std::string path = context.facts.ResolvedName(call.callee());
    if (path == "pathlib.Path" || path == "pathlib.PosixPath" || path == "pathlib.Path.cwd" ||
        path == "pathlib.Path.home") {
      return true;
    }
    const auto method = ir::As<ir::Attribute>(context.tree, call.callee());
    if (method && (method.name() == "joinpath" || method.name() == "with_suffix" ||
                   method.name() == "resolve" || method.name() == "expanduser")) {
      return IsPathObject(context, method.object(), depth + 1);
    }
  }
  if (const auto joined = ir::As<ir::Binary>(context.tree, held);
      joined && joined.op() == ir::BinaryOp::kDiv) {
    return IsPathObject(context, joined.left(), depth + 1);
  }
  if (const auto attribute = ir::As<ir::Attribute>(context.tree, held);
      attribute && attribute.name() == "parent") {
    return IsPathObject(context, attribute.object(), depth + 1);
  }
  // A parameter that says so.
  if (context.tree.Is(object, NodeKind::kName)) {
    const facts::BindingId id = context.facts.BindingOf(object);
    const auto param =
        ir::As<ir::Param>(context.tree, id ? context.facts.binding(id).definition : kNoNode);
    if (param && param.annotation()) {
      const std::string name = context.facts.ResolvedName(param.annotation());
      return name == "pathlib.Path" || name == "pathlib.PosixPath";
    }
  }
  return false;
}

std::string_view PythonId(const Context& context, const ir::Call& call, const std::string& path) {
  for (const Row& row : kPython) {
    if (Fits(row.path, path)) return row.id;
  }
  if (path.starts_with("os.path.")) {
    const std::string_view name = std::string_view(path).substr(8);
    if (std::find(kPathQuestions.begin(), kPathQuestions.end(), name) != kPathQuestions.end())
      return "blocking-path";
  }
  const auto method = ir::As<ir::Attribute>(context.tree, call.callee());
  if (!method) return {};
  if (method.name() == "open" && IsPathObject(context, method.object())) return "blocking-open";
  if (std::find(kPathMethods.begin(), kPathMethods.end(), method.name()) != kPathMethods.end() &&
      (path.starts_with("pathlib.Path#") || IsPathObject(context, method.object()))) {
    return "blocking-path";
  }
  const auto made = ir::As<ir::Call>(context.tree, MadeBy(context, method.object()));
  const std::string maker = made ? context.facts.ResolvedName(made.callee()) : std::string();
  if (maker == "requests.Session" || maker == "requests.session" || maker == "httpx.Client" ||
      maker == "urllib3.PoolManager") {
    for (std::string_view verb :
         {"get", "post", "put", "patch", "delete", "head", "options", "request", "send"}) {
      if (method.name() == verb) return "blocking-http";
    }
  }
  if (maker == "subprocess.Popen" && (method.name() == "wait" || method.name() == "communicate")) {
    return "blocking-subprocess";
  }
  return {};
}

std::string_view JavaScriptId(const std::string& path) {
  for (const Row& row : kJavaScript) {
    if (Fits(row.path, path)) return row.id;
  }
  if (!path.ends_with("Sync")) return {};
  if (path.starts_with("node:child_process.")) return "blocking-subprocess";
  if (path.starts_with("node:fs.") || path.starts_with("fs-extra.") ||
      path.starts_with("graceful-fs.")) {
    const std::string_view name = std::string_view(path).substr(path.rfind('.') + 1);
    return std::find(kOpening.begin(), kOpening.end(), name) != kOpening.end() ? "blocking-open"
                                                                               : "blocking-path";
  }
  return {};
}

}  // namespace

void CheckBlocking(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const NodeId function = context.facts.EnclosingFunction(id);
  if (!function || !IsDeclaredAsync(tree, function)) return;
  const ir::Call call(tree, id);
  // `await path.exists()` is an asynchronous relative of the same name (anyio.Path).
  if (tree.Is(context.facts.Parent(id), NodeKind::kAwait)) return;
  const std::string path = context.facts.ResolvedName(call.callee());
  const std::string_view found =
      tree.language() == Language::kPy ? PythonId(context, call, path) : JavaScriptId(path);
  if (found.empty()) return;
  context.out.Report(found, tree.span(id),
                     {{"call", context.CallText(id)}, {"seconds", "its time"}});
}

}  // namespace asyncport::advise
