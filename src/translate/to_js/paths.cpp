// pathlib, os, os.path, shutil and tempfile: paths are texts in JavaScript, and files are read and written by
// node:fs/promises, or by its synchronous sisters where nothing can be awaited.
// Example: `Path(folder) / "a.txt"` -> `join(folder, "a.txt")`; `path.read_text()` -> `await readFile(path, "utf8")`.
#include "translate/to_js/paths.h"

#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// $X: the receiver or first argument; $A, $B: the arguments after it; $F, $G: `function`, `other`.
struct Row {
  std::string_view python;
  int args;                     // besides the receiver
  std::string_view function;    // of node:fs/promises and, with Sync, of node:fs; with a module: only that one
  std::string_view code;
  std::string_view other = {};  // a function with its module
};
constexpr Row kRows[] = {
    {"pathlib.Path#read_text", 0, "readFile", "$F($X, \"utf8\")"},
    {"pathlib.Path#read_bytes", 0, "readFile", "$F($X)"},
    {"pathlib.Path#write_text", 1, "writeFile", "$F($X, $A)"},
    {"pathlib.Path#write_bytes", 1, "writeFile", "$F($X, $A)"},
    {"pathlib.Path#rmdir", 0, "rmdir", "$F($X)"},
    {"pathlib.Path#rename", 1, "rename", "$F($X, $A)"},
    {"pathlib.Path#replace", 1, "rename", "$F($X, $A)"},
    {"pathlib.Path#touch", 0, "appendFile", "$F($X, \"\")"},
    {"pathlib.Path#exists", 0, "node:fs:existsSync", "$F($X)"},
    {"pathlib.Path#is_file", 0, "node:fs:statSync", "$F($X, { throwIfNoEntry: false })?.isFile() ?? false"},
    {"pathlib.Path#is_dir", 0, "node:fs:statSync", "$F($X, { throwIfNoEntry: false })?.isDirectory() ?? false"},
    {"pathlib.Path#iterdir", 0, "node:fs:readdirSync", "$F($X).map((name) => $G($X, name))", "node:path:join"},
    {"pathlib.Path#joinpath", 1, "node:path:join", "$F($X, $A)"},
    {"pathlib.Path#with_suffix", 1, "node:path:join", "$F($X, \"..\", $G($X) + $A)", "stem"},
    {"pathlib.Path#with_name", 1, "node:path:join", "$F($X, \"..\", $A)"},
    {"pathlib.Path#resolve", 0, "node:path:resolve", "$F($X)"},
    {"pathlib.Path#absolute", 0, "node:path:resolve", "$F($X)"},
    {"pathlib.Path#as_posix", 0, "", "$X"},
    {"pathlib.Path#expanduser", 0, "", "$X"},
    {"pathlib.Path#relative_to", 1, "node:path:relative", "$F($A, $X)"},
    {"pathlib.Path.cwd", -1, "", "process.cwd()"},
    {"pathlib.Path.home", -1, "node:os:homedir", "$F()"},
    {"os.getcwd", -1, "", "process.cwd()"},
    {"os.listdir", 0, "readdir", "$F($X)"},
    {"os.listdir", -1, "readdir", "$F(\".\")"},
    {"os.mkdir", 0, "mkdir", "$F($X)"},
    {"os.rmdir", 0, "rmdir", "$F($X)"},
    {"os.remove", 0, "unlink", "$F($X)"},
    {"os.unlink", 0, "unlink", "$F($X)"},
    {"os.rename", 1, "rename", "$F($X, $A)"},
    {"os.replace", 1, "rename", "$F($X, $A)"},
    {"os.path.exists", 0, "node:fs:existsSync", "$F($X)"},
    {"os.path.isfile", 0, "node:fs:statSync", "$F($X, { throwIfNoEntry: false })?.isFile() ?? false"},
    {"os.path.isdir", 0, "node:fs:statSync", "$F($X, { throwIfNoEntry: false })?.isDirectory() ?? false"},
    {"os.path.getsize", 0, "node:fs:statSync", "$F($X).size"},
    {"shutil.rmtree", 0, "rm", "$F($X, { recursive: true })"},
    {"shutil.copyfile", 1, "copyFile", "$F($X, $A)"},
    {"shutil.copy", 1, "copyFile", "$F($X, $A)"},
    {"shutil.move", 1, "rename", "$F($X, $A)"},
    {"tempfile.mkdtemp", -1, "mkdtemp", "$F($G($H(), \"tmp-\"))", "node:path:join"},
    {"tempfile.gettempdir", -1, "node:os:tmpdir", "$F()"},
};

struct Value {
  std::string_view name;
  std::string_view function;
  std::string_view code;
};
constexpr Value kValues[] = {
    {"name", "node:path:basename", "$F($X)"},
    {"suffix", "node:path:extname", "$F($X)"},
    {"parent", "node:path:dirname", "$F($X)"},
};

bool IsPath(Context& c, NodeId id) { return LibraryClassOf(c, id).ends_with("pathlib.Path"); }

bool IsTrue(Context& c, NodeId call, std::string_view keyword) {
  NodeId value = KeywordArg(c, call, keyword);
  auto flag = value ? c.As<Bool>(value) : Bool();
  return flag && flag.value();
}

NodeId Stem(Context& c, NodeId path) {
  return Js(c, "$B($X, $E($X))", {{"B", c.Library("node:path:basename")}, {"E", c.Library("node:path:extname")}, {"X", path}});
}

// The function of the row: awaited by whoever asked for it, or synchronous.
NodeId Function(Context& c, std::string_view name, bool async) {
  if (name.empty()) return kNoNode;
  if (name.find(':') != std::string_view::npos) return c.Library(name);
  if (async) return c.Library("node:fs/promises:" + std::string(name));
  return c.Library("node:fs:" + std::string(name) + "Sync");
}

// Keyword arguments that change nothing here.
bool OnlyEncoding(Context& c, std::span<const NodeId> args) {
  for (NodeId arg : args) {
    auto keyword = c.As<Keyword>(arg);
    if (!keyword) continue;
    static constexpr std::string_view kKnown[] = {"encoding", "newline", "errors", "prefix", "suffix", "exist_ok"};
    bool known = false;
    for (std::string_view name : kKnown) known = known || name == keyword.name();
    if (!known) return false;
  }
  return true;
}

std::optional<NodeId> MakeFolder(Context& c, NodeId path, NodeId call, bool parents, bool exists, bool async) {
  NodeId function = Function(c, "mkdir", async);
  if (parents && exists) return Js(c, "$F($X, { recursive: true })", {{"F", function}, {"X", path}}, call);
  if (parents || exists) return Js(c, "$F($X, { recursive: true })", {{"F", function}, {"X", path}}, call);
  return Js(c, "$F($X)", {{"F", function}, {"X", path}}, call);
}

std::optional<NodeId> TranslatePathCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "pathlib.Path" || name == "pathlib.PurePath" || name == "pathlib.PurePosixPath" || name == "pathlib.PosixPath") {
    if (call.args().empty()) return c.NewString(".", id);
    if (call.args().size() == 1 && !c.src().Is(call.args()[0], NodeKind::kSpread)) return c.Expr(call.args()[0]);
    return c.NewCall(c.Library("node:path:join"), c.Exprs(call.args()), id);
  }
  auto method = c.As<Attribute>(call.callee());
  bool on_path = method && name.starts_with("pathlib.Path#");
  NodeList args;
  for (NodeId arg : call.args()) {
    if (!c.src().Is(arg, NodeKind::kKeyword)) args.push_back(arg);
  }
  return PathCall(c, name, on_path ? method.object() : kNoNode, std::move(args), id, c.facts().BecomesAwaited(id));
}

std::optional<NodeId> TranslatePathValue(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (!IsPath(c, attribute.object())) return std::nullopt;
  NodeId path = c.Expr(attribute.object());
  if (attribute.name() == "stem") return Stem(c, path);
  if (attribute.name() == "parts") return Js(c, "$X.match(/^\\/|[^/]+/g)", {{"X", path}}, id);
  for (const Value& row : kValues) {
    if (row.name == attribute.name()) return Js(c, row.code, {{"F", c.Library(row.function)}, {"X", path}}, id);
  }
  return std::nullopt;
}

// `folder / "name"`
std::optional<NodeId> TranslateJoin(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary.op() != BinaryOp::kDiv || (!IsPath(c, binary.left()) && !IsPath(c, binary.right()))) return std::nullopt;
  NodeId left = c.Expr(binary.left());
  NodeId right = c.Expr(binary.right());
  auto inner = ir::As<Call>(c.dst(), left);
  NodeList parts{left};
  if (inner && c.dst().Is(inner.callee(), NodeKind::kName) && c.src().Is(binary.left(), NodeKind::kBinary)) {
    parts.assign(inner.args().begin(), inner.args().end());
  }
  parts.push_back(right);
  return c.NewCall(c.Library("node:path:join"), std::move(parts), id);
}

}  // namespace

std::optional<NodeId> PathCall(Context& c, std::string_view name, NodeId receiver, NodeList args, NodeId id, bool async) {
  NodeId first = receiver ? receiver : args.empty() ? kNoNode : args[0];
  std::size_t rest = args.size() - (receiver || args.empty() ? 0 : 1);
  std::size_t from = args.size() - rest;
  if (name == "pathlib.Path#mkdir" || name == "os.makedirs") {
    bool all = name == "os.makedirs";
    return MakeFolder(c, c.Expr(first), id, all || IsTrue(c, id, "parents"), IsTrue(c, id, "exist_ok"), async);
  }
  if (name == "pathlib.Path#unlink") {
    NodeId path = c.Expr(first);
    if (IsTrue(c, id, "missing_ok")) return Js(c, "$F($X, { force: true })", {{"F", Function(c, "rm", async)}, {"X", path}}, id);
    return Js(c, "$F($X)", {{"F", Function(c, "unlink", async)}, {"X", path}}, id);
  }
  if (name == "shutil.rmtree" && IsTrue(c, id, "ignore_errors")) {
    return Js(c, "$F($X, { recursive: true, force: true })", {{"F", Function(c, "rm", async)}, {"X", c.Expr(first)}}, id);
  }
  for (const Row& row : kRows) {
    if (row.python != name) continue;
    if (row.args < 0 ? first != kNoNode : first == kNoNode || static_cast<std::size_t>(row.args) != rest) continue;
    if (auto call = c.As<Call>(id); call && !OnlyEncoding(c, call.args())) break;
    if ((name == "pathlib.Path#iterdir" || name == "pathlib.Path#with_suffix") && !c.IsPure(first)) break;
    NodeId path = first ? c.Expr(first) : kNoNode;
    if (name == "pathlib.Path#with_suffix") {
      return Js(c, "$J($X, \"..\", `${$S}${$A}`)", {{"J", c.Library("node:path:join")}, {"X", path}, {"S", Stem(c, path)}, {"A", c.Expr(args[from])}}, id);
    }
    NodeId other = row.other.empty() ? kNoNode : c.Library(row.other);
    NodeId third = name == "tempfile.mkdtemp" ? c.Library("node:os:tmpdir") : kNoNode;
    return Js(c, row.code, {{"F", Function(c, row.function, async)}, {"G", other}, {"H", third}, {"X", path}, {"A", rest > 0 ? c.Expr(args[from]) : kNoNode}}, id);
  }
  if (name.starts_with("pathlib.Path#") || name.starts_with("shutil.") || name.starts_with("tempfile.")) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(name) + "`"}});
  }
  return std::nullopt;
}

void RegisterPaths(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslatePathCall);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslatePathValue);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateJoin);
}

}  // namespace asyncport::translate::to_js
