// Child processes: asyncio.subprocess and subprocess.run become node:child_process.
// Example: `p = await asyncio.create_subprocess_exec("echo", x, stdout=PIPE)` -> `const p = await startProcess(["echo", x], {
// stdio: ["inherit", "pipe", "inherit"] });`.
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// What `stdin=...` and its like say; kNoNode for files and others.
NodeId StreamOf(Context& c, NodeId value) {
  if (!value || c.src().Is(value, NodeKind::kNull)) return c.NewString("inherit");
  if (auto choice = c.As<Conditional>(value)) {
    NodeId then_value = StreamOf(c, choice.then_value());
    NodeId else_value = StreamOf(c, choice.else_value());
    if (!then_value || !else_value) return kNoNode;
    NodeId test = Condition(c, choice.test());
    return c.New(make::Conditional{.test = test, .then_value = then_value, .else_value = else_value}, value);
  }
  std::string resolved = c.facts().ResolvedName(value);
  if (resolved.ends_with("subprocess.PIPE")) return c.NewString("pipe");
  if (resolved.ends_with("subprocess.DEVNULL")) return c.NewString("ignore");
  return kNoNode;
}

NodeId Entry(Context& c, std::string_view key, NodeId value) {
  return c.New(make::DictEntry{.key = c.NewString(key), .value = value}, {});
}

std::optional<NodeId> TranslateStart(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  bool shell = c.IsCallTo(id, "asyncio.create_subprocess_shell");
  if ((!shell && !c.IsCallTo(id, "asyncio.create_subprocess_exec")) || call.args().empty()) return std::nullopt;
  c.SayOnce("subprocess-exec-file", id);
  NodeList stdio;
  for (std::string_view name : {"stdin", "stdout", "stderr"}) {
    NodeId stream = StreamOf(c, KeywordArg(c, id, name));
    if (!stream) return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(name) + "`"}});
    stdio.push_back(stream);
  }
  NodeList entries{Entry(c, "stdio", c.New(make::List{.elements = std::move(stdio)}, {}))};
  if (NodeId folder = KeywordArg(c, id, "cwd")) entries.push_back(Entry(c, "cwd", c.Expr(folder)));
  if (NodeId env = KeywordArg(c, id, "env")) entries.push_back(Entry(c, "env", c.Expr(env)));
  if (shell) entries.push_back(Entry(c, "shell", c.New(make::Bool{.value = true}, {})));
  NodeList args;
  for (NodeId arg : call.args()) {
    if (!c.src().Is(arg, NodeKind::kKeyword)) args.push_back(c.Expr(arg));
  }
  c.Library("node:child_process:spawn");
  c.Library("node:events:once");
  return c.NewCall(Local(c, "startProcess"), {c.New(make::List{.elements = std::move(args)}, {}), c.New(make::Dict{.entries = std::move(entries)}, {})}, id);
}

std::optional<NodeId> TranslateProcessCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (!name.starts_with("asyncio.subprocess.Process#")) return std::nullopt;
  auto method = c.As<Attribute>(call.callee());
  NodeId process = c.Expr(method.object());
  if (method.name() == "communicate") {
    NodeId input = call.args().empty() ? KeywordArg(c, id, "input") : call.args()[0];
    c.Library("node:stream/consumers:buffer");
    NodeList args{process};
    if (input) args.push_back(c.Expr(input));
    return c.NewCall(Local(c, "communicate"), std::move(args), id);
  }
  if (method.name() == "wait") return c.NewCall(Local(c, "exitCodeOf"), {process}, id);
  if (method.name() == "kill") return Js(c, "$P.kill(\"SIGKILL\")", {{"P", process}}, id);
  if (method.name() == "terminate") return Js(c, "$P.kill()", {{"P", process}}, id);
  return c.Refuse(id, "untranslated", {{"reason", "`Process." + std::string(method.name()) + "`"}});
}

std::optional<NodeId> TranslateReturnCode(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "returncode") return std::nullopt;
  std::string_view library = LibraryClassOf(c, attribute.object());
  if (library.ends_with("subprocess.Process")) return c.NewAttribute(c.Expr(attribute.object()), "exitCode", id);
  if (library == "subprocess.CompletedProcess") return c.NewAttribute(c.Expr(attribute.object()), "status", id);
  return std::nullopt;
}

bool IsOn(Context& c, NodeId call, std::string_view name) {
  NodeId value = KeywordArg(c, call, name);
  auto flag = value ? c.As<Bool>(value) : Bool();
  return flag && flag.value();
}

// `subprocess.run([...], capture_output=True, text=True)`
std::optional<NodeId> TranslateRunProcess(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  bool run = c.IsCallTo(id, "subprocess.run");
  bool output = c.IsCallTo(id, "subprocess.check_output");
  if ((!run && !output) || call.args().empty()) return std::nullopt;
  auto command = c.As<ir::List>(call.args()[0]);
  bool plain = command && !command.elements().empty();
  for (NodeId arg : call.args()) {
    auto keyword = c.As<Keyword>(arg);
    static constexpr std::string_view kKnown[] = {"capture_output", "text", "encoding", "input", "cwd", "env"};
    bool known = !keyword;
    for (std::string_view name : kKnown) known = known || keyword.name() == name;
    plain = plain && known;
  }
  if (!plain) return c.Refuse(id, "untranslated", {{"reason", "`subprocess.run` with these arguments"}});
  NodeList words = c.Exprs(command.elements());
  NodeId program = words[0];
  words.erase(words.begin());
  NodeList entries;
  if (IsOn(c, id, "text") || KeywordArg(c, id, "encoding")) entries.push_back(Entry(c, "encoding", c.NewString("utf8")));
  if (run && !IsOn(c, id, "capture_output")) entries.push_back(Entry(c, "stdio", c.NewString("inherit")));
  for (std::string_view name : {"input", "cwd", "env"}) {
    if (NodeId value = KeywordArg(c, id, name)) entries.push_back(Entry(c, name, c.Expr(value)));
  }
  NodeList args{program, c.New(make::List{.elements = std::move(words)}, {})};
  if (!entries.empty()) args.push_back(c.New(make::Dict{.entries = std::move(entries)}, {}));
  return c.NewCall(c.Library(run ? "node:child_process:spawnSync" : "node:child_process:execFileSync"), std::move(args), id);
}

}  // namespace

void RegisterSubprocesses(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStart);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateProcessCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateRunProcess);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateReturnCode);
}

}  // namespace asyncport::translate::to_js
