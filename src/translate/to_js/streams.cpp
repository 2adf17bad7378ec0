// asyncio streams: a server and its connections are sockets of node:net; reading by lines and lengths is a local class.
// Example: `line = await reader.readline()` -> `const line = await reader.readline();` with `new StreamReader(socket)`.
#include <utility>

#include "translate/to_js/callbacks.h"
#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Row {
  std::string_view python;
  std::string_view code;  // $X receiver, $A arguments
  std::string_view local = {};
};
constexpr Row kRows[] = {
    {"asyncio.StreamReader#read", "$X.read($$$A)"},
    {"asyncio.StreamReader#readline", "$X.readline($$$A)"},
    {"asyncio.StreamReader#readexactly", "$X.readexactly($$$A)"},
    {"asyncio.StreamReader#readuntil", "$X.readuntil($$$A)"},
    {"asyncio.StreamReader#at_eof", "$X.atEof()"},
    {"asyncio.StreamReader#feed_data", "$X.feedData($$$A)"},
    {"asyncio.StreamReader#feed_eof", "$X.feedEof()"},
    {"asyncio.StreamWriter#write", "$X.write($$$A)"},
    {"asyncio.StreamWriter#write_eof", "$X.end()"},
    {"asyncio.StreamWriter#close", "$X.end()"},
    {"asyncio.StreamWriter#is_closing", "$X.writableEnded"},
    {"asyncio.StreamWriter#drain", "$F($X)", "drained"},
    {"asyncio.StreamWriter#wait_closed", "$F($X)", "closed"},
    {"asyncio.Server#close", "$X.close()"},
    {"asyncio.Server#wait_closed", "$F($X)", "closed"},
    {"asyncio.Server#serve_forever", "$F($X)", "closed"},
};

std::optional<NodeId> TranslateStreamCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "asyncio.StreamReader") return c.New(make::New{.callee = Local(c, "StreamReader")}, id);
  bool serves = name == "asyncio.start_server";
  if (serves || name == "asyncio.open_connection") {
    c.SayOnce("drain-backpressure", id);
    NodeList args;
    for (NodeId arg : call.args()) {
      auto keyword = c.As<Keyword>(arg);
      if (!keyword && serves && args.empty() && !IsPlainFunction(c, arg)) {
        NodeId handle = CalledBack(c, arg, {c.NewName("reader"), c.NewName("writer")}, arg);
        args.push_back(Arrow(c, {c.NewName("reader"), c.NewName("writer")}, handle));
      } else if (!keyword) args.push_back(c.Expr(arg));
      else if (keyword.name() == "host" || keyword.name() == "port") args.push_back(c.Expr(keyword.value()));
      else return c.Refuse(id, "untranslated", {{"reason", "`" + name + "` with these arguments"}});
    }
    if (args.size() != (serves ? 3U : 2U)) return c.Refuse(id, "untranslated", {{"reason", "`" + name + "` with these arguments"}});
    c.Library("node:events:once");
    c.Library(serves ? "node:net:createServer" : "node:net:connect");
    return c.NewCall(Local(c, serves ? "startServer" : "openConnection"), std::move(args), id);
  }
  auto method = c.As<Attribute>(call.callee());
  if (!method) return std::nullopt;
  for (const Row& row : kRows) {
    if (row.python != name) continue;
    NodeList args = c.Exprs(call.args());
    bool reads = name.starts_with("asyncio.StreamReader#read");
    if (NodeId signal = reads ? SignalAt(c, id) : kNoNode) {
      if (args.empty() && !name.ends_with("readline")) args.push_back(c.New(make::Undefined{}, {}));
      args.push_back(signal);
    }
    if (!row.local.empty()) c.Library("node:events:once");
    return Js(c, row.code, {{"X", c.Expr(method.object())}, {"A", std::move(args)}, {"F", row.local.empty() ? kNoNode : Local(c, row.local)}}, id);
  }
  if (name.starts_with("asyncio.StreamReader#") || name.starts_with("asyncio.StreamWriter#") || name.starts_with("asyncio.Server#")) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + name.substr(8) + "`"}});
  }
  return std::nullopt;
}

// `server.sockets[0].getsockname()` -> `[host, port]`
std::optional<NodeId> TranslateSocketName(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.name() != "getsockname") return std::nullopt;
  auto first = c.As<Subscript>(method.object());
  auto sockets = first ? c.As<Attribute>(first.object()) : Attribute();
  if (!sockets || sockets.name() != "sockets" || LibraryClassOf(c, sockets.object()) != "asyncio.Server") return std::nullopt;
  NodeId server = c.Expr(sockets.object());
  return Js(c, "[$S.address().address, $S.address().port]", {{"S", server}}, id);
}

// The pipes of a child are read by the same class, one for each pipe.
std::optional<NodeId> TranslatePipe(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "stdout" && attribute.name() != "stderr") return std::nullopt;
  if (!LibraryClassOf(c, attribute.object()).ends_with("subprocess.Process")) return std::nullopt;
  return c.NewCall(Local(c, "readerOf"), {c.NewAttribute(c.Expr(attribute.object()), attribute.name())}, id);
}

}  // namespace

void RegisterStreams(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStreamCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSocketName);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslatePipe);
}

}  // namespace asyncport::translate::to_js
