// Texts that are written like files, and tables in them: io.StringIO, contextlib.redirect_stdout, csv. Node has neither; a
// small class and two functions stand in the file that needs them.
// Example: `buf = io.StringIO(); print("x", file=buf)` -> `const buf = new TextBuffer(); buf.write("x\n");`.
#include "translate/to_js/text_buffers.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

NodeId Refused(Context& c, NodeId id, std::string_view what) {
  return c.Refuse(id, "untranslated", {{"reason", std::string(what)}});
}

std::optional<NodeId> TranslateBufferCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.IsCallTo(id, "io.StringIO")) {
    NodeList args;
    for (NodeId arg : call.args()) {
      if (c.src().Is(arg, NodeKind::kKeyword)) return Refused(c, id, "this option of StringIO");
      args.push_back(c.Expr(arg));
    }
    return c.New(make::New{.callee = Local(c, "TextBuffer"), .args = std::move(args)}, id);
  }
  auto method = c.As<Attribute>(call.callee());
  if (!method || !IsTextBuffer(c, method.object())) return std::nullopt;
  const std::string_view name = method.name();
  NodeId object = c.Expr(method.object());
  if (name == "getvalue") return Js(c, "$X.toString()", {{"X", object}}, id);
  if (name == "readlines") return Js(c, "[...$X]", {{"X", object}}, id);
  if (name == "writelines" && call.args().size() == 1) {
    return Js(c, "$X.write([...$L].join(\"\"))", {{"X", object}, {"L", IterableOf(c, call.args()[0])}}, id);
  }
  static constexpr std::string_view kOwn[] = {"write", "read", "readline", "seek", "truncate", "tell"};
  const bool own = std::find(std::begin(kOwn), std::end(kOwn), name) != std::end(kOwn);
  if (!own || (name == "read" && !call.args().empty())) return Refused(c, id, "this method of StringIO");
  return c.NewCall(c.NewAttribute(object, name), c.Exprs(call.args()), id);
}

// `close()` of a buffer frees what the collector frees here.
bool TranslateClose(Context& c, NodeId id, NodeList&) {
  auto call = c.As<Call>(c.As<ExprStmt>(id).value());
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || !IsTextBuffer(c, method.object())) return false;
  if (method.name() != "close" && method.name() != "flush") return false;
  c.Absorb(id);
  return true;
}

// ---- csv

// The whole text of what a reader reads; kNoNode if that cannot be said.
NodeId TableText(Context& c, NodeId source) {
  if (IsTextBuffer(c, source)) {
    auto made = c.As<Call>(source);
    if (made && made.args().size() == 1) return c.Expr(made.args()[0]);  // io.StringIO(TEXT)
    return Js(c, "$B.read()", {{"B", c.Expr(source)}});
  }
  if (c.MethodName(source) == "splitlines" || (c.MethodName(source) == "split" && c.As<Call>(source).args().size() == 1)) {
    return c.Expr(c.As<Attribute>(c.As<Call>(source).callee()).object());
  }
  if (Only(c, source, kArray)) return Js(c, "$L.join(\"\\n\")", {{"L", c.Expr(source)}});
  return kNoNode;
}

std::optional<NodeId> TranslateReader(Context& c, NodeId id) {
  const bool records = c.IsCallTo(id, "csv.DictReader");
  if (!records && !c.IsCallTo(id, "csv.reader")) return std::nullopt;
  auto call = c.As<Call>(id);
  for (NodeId arg : call.args()) {
    auto keyword = c.As<Keyword>(arg);
    if (keyword && keyword.name() != "delimiter") return Refused(c, id, "this option of the csv module");
  }
  if (PositionalCount(c, id) != 1) return Refused(c, id, "this use of the csv module");
  NodeId text = TableText(c, call.args()[0]);
  if (!text) return Refused(c, id, "csv from this source");
  NodeList args = {text};
  if (NodeId delimiter = KeywordArg(c, id, "delimiter")) args.push_back(c.Expr(delimiter));
  if (records) Local(c, "parseCsv");
  return c.NewCall(Local(c, records ? "readRecords" : "parseCsv"), std::move(args), id);
}

// The call that made what the name holds: `writer = csv.writer(out)`.
NodeId WriterOf(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return kNoNode;
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).writes.size() > 1) return kNoNode;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  if (!assign || !assign.value()) return kNoNode;
  const bool makes = c.IsCallTo(assign.value(), "csv.writer") || c.IsCallTo(assign.value(), "csv.DictWriter");
  return makes ? assign.value() : kNoNode;
}

bool IsPlainPlace(Context& c, NodeId out) {
  return c.src().Is(out, NodeKind::kName) || c.facts().ResolvedName(out) == "sys.stdout";
}

// The columns of a DictWriter: the name that holds them, or one that is made for them.
NodeId Columns(Context& c, NodeId made) {
  NodeId given = KeywordArg(c, made, "fieldnames");
  if (!given && PositionalCount(c, made) == 2) given = c.As<Call>(made).args()[1];
  return given;
}

// What the columns of each DictWriter are called here.
struct ColumnNames {
  std::unordered_map<std::uint32_t, std::string> by_writer;
};

bool TranslateWriter(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (!assign.value() || assign.targets().size() != 1 || WriterOf(c, assign.targets()[0]) != assign.value()) return false;
  auto call = c.As<Call>(assign.value());
  const bool records = c.IsCallTo(assign.value(), "csv.DictWriter");
  for (NodeId arg : call.args()) {
    auto keyword = c.As<Keyword>(arg);
    if (!keyword) continue;
    if (keyword.name() == "delimiter" || keyword.name() == "lineterminator" || (records && keyword.name() == "fieldnames")) continue;
    Refused(c, id, "this option of the csv module");
    return true;
  }
  if (call.args().empty() || !IsPlainPlace(c, call.args()[0])) {
    Refused(c, id, "a csv writer to this place");
    return true;
  }
  NodeId columns = records ? Columns(c, assign.value()) : kNoNode;
  if (!columns || c.src().Is(columns, NodeKind::kName)) {
    c.Absorb(id);
    return true;
  }
  const std::string name = c.names().Fresh("columns");
  c.State<ColumnNames>().by_writer[assign.value().index] = name;
  out.push_back(c.NewAssign(c.NewName(name), c.Expr(columns), id, DeclKind::kConst));
  return true;
}

NodeId Line(Context& c, NodeId made, NodeId cells) {
  NodeList args = {cells};
  if (NodeId delimiter = KeywordArg(c, made, "delimiter")) args.push_back(c.Expr(delimiter));
  NodeId end = KeywordArg(c, made, "lineterminator");
  return NewTemplate(c, {c.NewCall(Local(c, "csvLine"), std::move(args)), end ? c.Expr(end) : c.NewString("\r\n")}, {});
}

std::optional<NodeId> TranslateRow(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  NodeId made = method ? WriterOf(c, method.object()) : kNoNode;
  if (!made) return std::nullopt;
  NodeId place = c.As<Call>(made).args()[0];
  NodeId target = c.facts().ResolvedName(place) == "sys.stdout" ? Js(c, "process.stdout", {}) : c.Expr(place);
  const bool records = c.IsCallTo(made, "csv.DictWriter");
  const auto columns = [&] {
    NodeId given = Columns(c, made);
    if (c.src().Is(given, NodeKind::kName)) return c.Expr(given);
    return c.NewName(c.State<ColumnNames>().by_writer[made.index]);
  };
  const auto cells = [&](NodeId row) {
    return records ? Js(c, "$C.map((name) => $R[name])", {{"C", columns()}, {"R", row}}) : row;
  };
  const std::string_view name = method.name();
  if (name == "writeheader" && records) {
    return c.NewCall(c.NewAttribute(target, "write"), {Line(c, made, columns())}, id);
  }
  if (call.args().size() != 1) return Refused(c, id, "this method of a csv writer");
  NodeId given = call.args()[0];
  if (name == "writerow") {
    if (records && !c.src().Is(given, NodeKind::kName) && !c.src().Is(given, NodeKind::kDict)) return Refused(c, id, "a csv row made in place");
    if (records && !Only(c, given, kObject)) return Refused(c, id, "csv rows of this kind");
    NodeId row = c.Expr(given);
    return c.NewCall(c.NewAttribute(target, "write"), {Line(c, made, cells(row))}, id);
  }
  if (name != "writerows") return Refused(c, id, "this method of a csv writer");
  NodeId row = c.NewName("row");
  NodeId line = Line(c, made, cells(row));
  NodeId lines = Js(c, "$R.map($F).join(\"\")", {{"R", ArrayOf(c, given)}, {"F", Arrow(c, {c.NewName("row")}, line)}});
  return c.NewCall(c.NewAttribute(target, "write"), {lines}, id);
}

}  // namespace

bool IsTextBuffer(Context& c, NodeId value) { return LibraryClassOf(c, value) == "io.StringIO"; }

bool IsRedirect(Context& c, NodeId context) {
  if (!c.IsCallTo(context, "contextlib.redirect_stdout") || c.As<Call>(context).args().size() != 1) return false;
  NodeId to = c.As<Call>(context).args()[0];
  if (!IsTextBuffer(c, to)) return false;
  // What is written past console.log would not arrive.
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto keyword = c.As<Keyword>(NodeId{i});
    if (keyword && keyword.name() == "end" && c.IsCallTo(c.facts().Parent(NodeId{i}), "print")) return false;
    if (c.facts().ResolvedName(NodeId{i}) == "sys.stdout.write") return false;
  }
  return true;
}

void TranslateRedirect(Context& c, NodeId with_item, NodeId origin, const std::function<NodeList()>& body, NodeList& out) {
  auto item = c.As<WithItem>(with_item);
  NodeId to = c.As<Call>(item.context()).args()[0];
  NodeId buffer = c.Expr(to);
  if (item.target()) {
    AssignTo(c, item.target(), buffer, origin, out);
    buffer = c.Expr(item.target());
  } else if (!c.src().Is(to, NodeKind::kName)) {
    const std::string name = c.names().Fresh("buffer");
    out.push_back(c.NewAssign(c.NewName(name), buffer, {}, DeclKind::kConst));
    buffer = c.NewName(name);
  }
  const std::string log = c.names().Fresh("log");
  out.push_back(c.NewAssign(c.NewName(log), Js(c, "console.log", {}), item.target() ? kNoNode : origin, DeclKind::kConst));
  NodeId write = Js(c, "(...args) => $B.write(`${$F(...args)}\\n`)", {{"B", buffer}, {"F", c.Library("node:util:format")}});
  out.push_back(c.NewAssign(Js(c, "console.log", {}), write, {}));
  NodeId back = c.NewAssign(Js(c, "console.log", {}), c.NewName(log), {});
  out.push_back(c.New(make::Try{.body = c.NewBlock(body()), .finally_body = c.NewBlock({back})}, {}));
}

void RegisterTextBuffers(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateBufferCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateReader);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateRow);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateWriter);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateClose);
}

}  // namespace asyncport::translate::to_js
