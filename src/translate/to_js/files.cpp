// `with open(path) as f:`, `path.open()` and aiofiles. Read or written whole, the with statement disappears; other reading
// works on the lines of the text, other writing on a FileHandle.
// Example: `with open(p) as f: text = f.read()` -> `const text = await readFile(p, "utf8");`.
#include "translate/to_js/files.h"

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

enum class Form { kWhole, kLines, kReader, kHandle, kRefused };

// The call that opened the file behind a name bound by `with ... as f`; none for anything else.
Call OpenCallOf(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return {};
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kWith) return {};
  auto item = c.As<WithItem>(c.facts().Parent(c.facts().binding(binding).declaration));
  return item && IsOpenCall(c, item.context()) ? c.As<Call>(item.context()) : Call();
}

bool IsPathOpen(Context& c, NodeId call) {
  auto view = c.As<Call>(call);
  return view && c.facts().ResolvedName(view.callee()) == "pathlib.Path#open";
}

NodeId PathOf(Context& c, Call open) {
  if (IsPathOpen(c, open.id())) return c.As<Attribute>(open.callee()).object();
  return open.args()[0];
}

std::string Mode(Context& c, Call open) {
  for (std::size_t i = IsPathOpen(c, open.id()) ? 0 : 1; i < open.args().size(); ++i) {
    auto keyword = c.As<Keyword>(open.args()[i]);
    NodeId value = keyword ? (keyword.name() == "mode" ? keyword.value() : kNoNode) : i == (IsPathOpen(c, open.id()) ? 0U : 1U) ? open.args()[i] : kNoNode;
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

bool Reads(const std::string& mode) { return mode == "r" || mode == "rt"; }

NodeId ItemOf(Context& c, NodeId name) {
  return c.facts().Parent(c.facts().binding(c.facts().BindingOf(name)).declaration);
}

Form FormOf(Context& c, NodeId with_item) {
  auto item = c.As<WithItem>(with_item);
  if (!item.target() || !c.src().Is(item.target(), NodeKind::kName)) return Form::kRefused;
  if (IsReadOrWrittenWhole(c, with_item)) return Form::kWhole;
  Call open = c.As<Call>(item.context());
  std::string mode = Mode(c, open);
  const auto& reads = c.facts().binding(c.facts().BindingOf(item.target())).reads;
  bool once = reads.size() == 1 && c.IsPure(PathOf(c, open)) && c.facts().EnclosingLoop(reads[0]) == c.facts().EnclosingLoop(with_item);
  for (NodeId read : reads) {
    NodeId parent = c.facts().Parent(read);
    auto attribute = c.As<Attribute>(parent);
    auto keyword = c.As<Keyword>(parent);
    auto call = c.As<Call>(parent);
    std::string name = call ? c.facts().ResolvedName(call.callee()) : "";
    static constexpr std::string_view kReading[] = {"read", "readline", "readlines"};
    static constexpr std::string_view kWriting[] = {"write", "writelines", "flush"};
    bool known = false;
    if (Reads(mode)) {
      for (std::string_view method : kReading) known = known || (attribute && attribute.name() == method && c.src().Is(c.facts().Parent(parent), NodeKind::kCall));
      auto loop = c.As<ForEach>(parent);
      auto each = c.As<CompFor>(parent);
      known = known || (loop && loop.iterable() == read) || (each && each.iterable() == read);
      static constexpr std::string_view kTaking[] = {"next", "list", "enumerate", "sum", "sorted", "map", "zip", "tuple", "json.load", "csv.reader", "csv.DictReader", "itertools.islice"};
      for (std::string_view function : kTaking) known = known || name == function;
    } else if (mode == "w" || mode == "a" || mode == "x" || mode == "wt" || mode == "at") {
      for (std::string_view method : kWriting) {
        known = known || (attribute && attribute.name() == method && c.src().Is(c.facts().Parent(c.facts().Parent(parent)), NodeKind::kExprStmt));
        NodeId above = c.facts().Parent(c.facts().Parent(parent));
        known = known || (attribute && attribute.name() == method && c.src().Is(above, NodeKind::kAwait));
      }
      known = known || (keyword && keyword.name() == "file") || name == "json.dump";
    }
    if (!known) return Form::kRefused;
  }
  if (Reads(mode)) return once ? Form::kLines : Form::kReader;
  return Form::kHandle;
}

NodeId TextIn(Context& c, Call open, NodeId origin) {
  return FileCall(c, "readFile", {c.Expr(PathOf(c, open)), c.NewString("utf8")}, origin);
}

NodeId WriteTo(Context& c, NodeId handle, NodeId text, NodeId origin) {
  if (c.MayAwait(origin)) return c.New(make::Await{.value = Js(c, "$F.write($T)", {{"F", handle}, {"T", text}})}, origin);
  return c.NewCall(c.Library("node:fs:writeSync"), {handle, text}, origin);
}

std::optional<NodeId> TranslateFileMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  Call open = attribute ? OpenCallOf(c, attribute.object()) : Call();
  if (!open) return std::nullopt;
  std::string mode = Mode(c, open);
  std::string_view method = attribute.name();
  NodeList args = c.Exprs(call.args());
  switch (FormOf(c, ItemOf(c, attribute.object()))) {
    case Form::kWhole: {
      NodeId path = c.Expr(PathOf(c, open));
      if (method == "read" && mode == "rb") return FileCall(c, "readFile", {path}, id);
      if (method == "read") return FileCall(c, "readFile", {path, c.NewString("utf8")}, id);
      return FileCall(c, mode[0] == 'w' ? "writeFile" : "appendFile", {path, args[0]}, id);
    }
    case Form::kLines:
      if (method == "readlines") return c.Expr(attribute.object());
      return Js(c, "$L[0] ?? \"\"", {{"L", c.Expr(attribute.object())}}, id);
    case Form::kReader: {
      NodeId reader = c.NewName(c.TargetName(attribute.object()));
      if (method == "readline") return Js(c, "$F.next().value ?? \"\"", {{"F", reader}}, id);
      if (method == "readlines") return Js(c, "[...$F]", {{"F", reader}}, id);
      return Js(c, "[...$F].join(\"\")", {{"F", reader}}, id);
    }
    case Form::kHandle: {
      NodeId handle = c.NewName(c.TargetName(attribute.object()));
      if (method == "flush") return c.New(make::Undefined{}, id);
      if (method == "writelines") args[0] = Js(c, "[...$L].join(\"\")", {{"L", args[0]}});
      return WriteTo(c, handle, args[0], id);
    }
    case Form::kRefused: break;
  }
  return c.Refuse(id, "untranslated", {{"reason", "this use of an open file"}});
}

// The file itself where its lines are wanted.
std::optional<NodeId> TranslateFileName(Context& c, NodeId id) {
  Call open = OpenCallOf(c, id);
  if (!open || c.facts().binding(c.facts().BindingOf(id)).declaration == id) return std::nullopt;
  Form form = FormOf(c, ItemOf(c, id));
  if (form != Form::kLines) return std::nullopt;
  return c.NewCall(Local(c, "linesOf"), {TextIn(c, open, id)}, id);
}

// `json.load(f)`, `json.dump(data, f)`
std::optional<NodeId> TranslateJsonFile(Context& c, NodeId id) {
  auto args = c.As<Call>(id).args();
  if (c.IsCallTo(id, "json.load") && args.size() == 1) {
    Call open = OpenCallOf(c, args[0]);
    if (!open || FormOf(c, ItemOf(c, args[0])) != Form::kLines) return std::nullopt;
    c.SayOnce("json-text", id);
    return Js(c, "JSON.parse($T)", {{"T", TextIn(c, open, id)}}, id);
  }
  if (!c.IsCallTo(id, "json.dump") || args.size() < 2 || !OpenCallOf(c, args[1])) return std::nullopt;
  if (KeywordArg(c, id, "default") || KeywordArg(c, id, "cls") || KeywordArg(c, id, "sort_keys") || May(c, args[0], kMap)) {
    return c.Refuse(id, "json-text");
  }
  c.SayOnce("json-text", id);
  NodeId indent = KeywordArg(c, id, "indent");
  NodeId value = c.Expr(args[0]);
  NodeId text = indent ? Js(c, "JSON.stringify($X, null, $N)", {{"X", value}, {"N", c.Expr(indent)}}) : Js(c, "JSON.stringify($X)", {{"X", value}});
  return WriteTo(c, c.NewName(c.TargetName(args[1])), text, id);
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

bool IsOpenFile(Context& c, NodeId name) { return static_cast<bool>(OpenCallOf(c, name)); }

std::optional<NodeId> PrintToFile(Context& c, NodeId file, NodeId text, NodeId origin) {
  if (!OpenCallOf(c, file)) return std::nullopt;
  return WriteTo(c, c.NewName(c.TargetName(file)), text, origin);
}

void TranslateOpen(Context& c, NodeId with_item, NodeId origin, const std::function<NodeList()>& body, NodeList& out) {
  auto item = c.As<WithItem>(with_item);
  NodeId id = c.facts().Parent(with_item);
  Form form = FormOf(c, with_item);
  if (form == Form::kRefused) {
    c.Refuse(id, "untranslated", {{"reason", "this use of an open file"}});
    return;
  }
  Call open = c.As<Call>(item.context());
  if (form == Form::kReader) {
    NodeId lines = c.NewCall(Local(c, "linesOf"), {TextIn(c, open, id)});
    AssignTo(c, item.target(), Js(c, "$L.values()", {{"L", lines}}), origin, out);
  }
  if (form != Form::kHandle) {
    std::size_t first = out.size();
    NodeList inner = body();
    out.insert(out.end(), inner.begin(), inner.end());
    if (first == 0 && !out.empty() && origin && !c.dst().origin(out.front())) c.dst().set_origin(out.front(), origin);
    return;
  }
  bool async = c.MayAwait(id);
  NodeList args{c.Expr(PathOf(c, open)), c.NewString(Mode(c, open).substr(0, 1))};
  NodeId opened = c.NewCall(c.Library(async ? "node:fs/promises:open" : "node:fs:openSync"), std::move(args));
  if (async) opened = c.New(make::Await{.value = opened}, {});
  AssignTo(c, item.target(), opened, origin, out);
  NodeId handle = c.NewName(c.TargetName(item.target()));
  NodeId close = async ? c.New(make::Await{.value = Js(c, "$F.close()", {{"F", handle}})}, {}) : c.NewCall(c.Library("node:fs:closeSync"), {handle});
  out.push_back(c.New(make::Try{.body = c.NewBlock(body()), .finally_body = c.NewBlock({c.NewExprStmt(close)})}, {}));
}

bool OpenHasOwnBlock(Context& c, NodeId with_item) {
  Form form = FormOf(c, with_item);
  return form == Form::kHandle || form == Form::kRefused;
}

bool IsOpenCall(Context& c, NodeId context) {
  if (IsPathOpen(c, context)) return true;
  return (c.IsCallTo(context, "open") || c.IsCallTo(context, "aiofiles.open")) && !c.As<Call>(context).args().empty();
}

bool IsReadOrWrittenWhole(Context& c, NodeId with_item) {
  auto item = c.As<WithItem>(with_item);
  if (!item.target() || !c.src().Is(item.target(), NodeKind::kName)) return false;
  auto open = c.As<Call>(item.context());
  if (!c.IsPure(PathOf(c, open))) return false;
  const auto& reads = c.facts().binding(c.facts().BindingOf(item.target())).reads;
  std::string mode = Mode(c, open);
  if (reads.size() != 1 && mode != "a") return false;
  for (NodeId read : reads) {
    // A write in a loop would replace the file each time.
    if (mode != "a" && c.facts().EnclosingLoop(read) != c.facts().EnclosingLoop(with_item)) return false;
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (!attribute || attribute.object() != read) return false;
    auto call = c.As<Call>(c.facts().Parent(c.facts().Parent(read)));
    if (!call || call.callee() != attribute.id()) return false;
    bool reads_all = attribute.name() == "read" && call.args().empty() && (Reads(mode) || mode == "rb");
    bool writes = attribute.name() == "write" && call.args().size() == 1 && (mode == "w" || mode == "a" || mode == "wb");
    if (!reads_all && !writes) return false;
  }
  return !reads.empty();
}

void RegisterFiles(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFileMethod);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateJsonFile);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateFileName);
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateAwaitedMethod);
}

}  // namespace asyncport::translate::to_js
