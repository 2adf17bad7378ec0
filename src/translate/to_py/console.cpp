// console.time / timeEnd: a clock read at the start, the elapsed time printed at the end. Other console calls are cards.
// Example: `console.time("load"); ... console.timeEnd("load");` -> `load_start = time.perf_counter()` and a print.
#include "support/strings.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

std::string Label(Context& c, Call call) {
  if (call.args().empty()) return "default";
  auto label = c.As<String>(call.args()[0]);
  return label ? std::string(label.value()) : std::string();
}

std::string StartName(Context& c, const std::string& label) {
  std::string key = "console-time:" + label + ":";
  for (const std::string& mark : c.marks()) {
    if (mark.starts_with(key)) return mark.substr(key.size());
  }
  std::string word;
  for (char ch : label) {
    bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
    word += letter ? ch : '_';
  }
  bool plain = label == "default" || word.empty() || (word[0] >= '0' && word[0] <= '9');
  std::string name = c.names().Fresh(plain ? "start_time" : ToSnakeCase(word) + "_start");
  c.marks().insert(key + name);
  return name;
}

bool TranslateTime(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  bool starts = c.IsCallTo(value, "console.time");
  bool ends = c.IsCallTo(value, "console.timeEnd") || c.IsCallTo(value, "console.timeLog");
  if (!starts && !ends) return false;
  std::string label = Label(c, c.As<Call>(value));
  if (label.empty()) {
    c.Refuse(id, "untranslated", {{"reason", "a computed label of console.time"}});
    return true;
  }
  std::string start = StartName(c, label);
  NodeId now = c.NewCall(c.Library("time.perf_counter"), {});
  if (starts) {
    out.push_back(c.NewAssign(c.NewName(start), now, id));
    return true;
  }
  NodeId elapsed = c.New(make::Binary{.left = now, .right = c.NewName(start), .op = BinaryOp::kSub}, {});
  NodeId value_part = c.New(make::FormatValue{.value = elapsed, .spec = c.NewString(".3f")}, {});
  NodeId text = c.New(make::Template{.parts = {c.NewString(label + ": "), value_part, c.NewString("s")}}, {});
  out.push_back(c.NewExprStmt(c.NewCall(c.NewName("print"), {text}), id));
  return true;
}

}  // namespace

void RegisterConsole(Topics& t) { t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateTime); }

}  // namespace asyncport::translate::to_py
