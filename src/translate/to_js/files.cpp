// `with open(path) as f:` and aiofiles: read or written whole, so that the with statement disappears.
// Example: `with open(p) as f: text = f.read()` -> `const text = await readFile(p, "utf8");`. Other uses of the handle are
// refused.
#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// The call that opened the file behind a name bound by `with ... as f`; none for anything else.
Call OpenCallOf(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return {};
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kWith) return {};
  auto item = c.As<WithItem>(c.facts().Parent(c.facts().binding(binding).declaration));
  return item && IsOpenCall(c, item.context()) ? c.As<Call>(item.context()) : Call();
}

std::string Mode(Context& c, Call open) {
  for (std::size_t i = 0; i < open.args().size(); ++i) {
    auto keyword = c.As<Keyword>(open.args()[i]);
    NodeId value = keyword ? (keyword.name() == "mode" ? keyword.value() : kNoNode) : i == 1 ? open.args()[i] : kNoNode;
    if (value) return c.src().Is(value, NodeKind::kString) ? std::string(c.src().text(value)) : "?";
  }
  return "r";
}

// `readFile` awaited where the function may await, its synchronous sister elsewhere.
NodeId FileCall(Context& c, std::string_view name, NodeList args, NodeId origin) {
  if (c.MayAwait(origin)) {
    NodeId call = c.NewCall(c.Library("node:fs/promises:" + std::string(name)), std::move(args), origin);
    return c.New(make::Await{.value = call}, origin);
  }
  return c.NewCall(c.Library("node:fs:" + std::string(name) + "Sync"), std::move(args), origin);
}

std::optional<NodeId> TranslateFileMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  Call open = attribute ? OpenCallOf(c, attribute.object()) : Call();
  if (!open) return std::nullopt;
  std::string mode = Mode(c, open);
  NodeId path = c.Expr(open.args()[0]);
  if (attribute.name() == "read" && call.args().empty() && (mode == "r" || mode == "rt")) {
    return FileCall(c, "readFile", {path, c.NewString("utf8")}, id);
  }
  if (attribute.name() == "write" && call.args().size() == 1 && (mode == "w" || mode == "a")) {
    return FileCall(c, mode == "w" ? "writeFile" : "appendFile", {path, c.Expr(call.args()[0])}, id);
  }
  return c.Refuse(id, "untranslated", {{"reason", "this use of an open file"}});
}

// `await f.read()` of aiofiles: the call brings its own await.
std::optional<NodeId> TranslateAwaitedMethod(Context& c, NodeId id) {
  NodeId value = c.As<Await>(id).value();
  auto call = c.As<Call>(value);
  auto attribute = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!attribute || !OpenCallOf(c, attribute.object())) return std::nullopt;
  return c.Expr(value);
}

}  // namespace

bool IsOpenCall(Context& c, NodeId context) {
  return (c.IsCallTo(context, "open") || c.IsCallTo(context, "aiofiles.open")) && !c.As<Call>(context).args().empty();
}

bool IsReadOrWrittenWhole(Context& c, NodeId with_item) {
  auto item = c.As<WithItem>(with_item);
  if (!item.target() || !c.src().Is(item.target(), NodeKind::kName)) return false;
  auto open = c.As<Call>(item.context());
  if (!c.IsPure(open.args()[0])) return false;
  const auto& reads = c.facts().binding(c.facts().BindingOf(item.target())).reads;
  bool appends = Mode(c, open) == "a";
  if (reads.size() != 1 && !appends) return false;
  for (NodeId read : reads) {
    // A write in a loop would replace the file each time.
    if (!appends && c.facts().EnclosingLoop(read) != c.facts().EnclosingLoop(with_item)) return false;
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (!attribute || attribute.object() != read) return false;
  }
  return !reads.empty();
}

void RegisterFiles(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFileMethod);
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateAwaitedMethod);
}

}  // namespace asyncport::translate::to_js
