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

// `console.log("%s is %d", name, age)` -> `print(f"{name} is {age}")`.
std::optional<NodeId> TranslateFormat(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  bool out = c.IsCallTo(id, "console.log") || c.IsCallTo(id, "console.info") || c.IsCallTo(id, "console.debug");
  bool err = c.IsCallTo(id, "console.error") || c.IsCallTo(id, "console.warn");
  if ((!out && !err) || call.args().size() < 2) return std::nullopt;
  auto format = c.As<String>(call.args()[0]);
  if (!format) return std::nullopt;
  NodeList parts;
  std::string text;
  std::size_t next = 1;
  bool used = false;
  auto flush = [&] {
    if (!text.empty()) parts.push_back(c.NewString(text));
    text.clear();
  };
  std::string_view value = format.value();
  for (std::size_t i = 0; i < value.size(); ++i) {
    char directive = value[i] == '%' && i + 1 < value.size() ? value[i + 1] : '\0';
    if (directive == '%') {
      text += '%';
      ++i;
      used = true;
      continue;
    }
    bool known = std::string_view("sdifjoOc").find(directive) != std::string_view::npos && directive != '\0';
    if (!known || next >= call.args().size()) {
      text += value[i];
      continue;
    }
    NodeId arg = call.args()[next];
    if (c.src().Is(arg, NodeKind::kSpread)) return std::nullopt;
    ++next;
    ++i;
    used = true;
    if (directive == 'c') continue;  // styles show nothing on a terminal
    flush();
    if (directive == 'j') {
      NodeList separators{c.NewString(","), c.NewString(":")};
      NodeId compact = c.NewKeyword("separators", c.New(make::Tuple{.elements = std::move(separators), .is_parenthesised = true}, {}));
      parts.push_back(c.NewCall(c.Library("json.dumps"), {c.Expr(arg), compact}));
    } else if ((directive == 'i' || directive == 'd') && c.facts().Only(arg, {facts::TypeKind::kFloat}) && directive == 'i') {
      parts.push_back(c.NewCall(c.NewName("int"), {c.Expr(arg)}));
    } else {
      parts.push_back(TextPart(c, arg));
    }
  }
  if (!used) return std::nullopt;
  flush();
  NodeList args{c.New(make::Template{.parts = std::move(parts)}, call.args()[0])};
  for (; next < call.args().size(); ++next) args.push_back(c.Expr(call.args()[next]));
  if (err) args.push_back(c.NewKeyword("file", c.Library("sys.stderr")));
  return c.NewCall(c.NewName("print"), std::move(args), id);
}

}  // namespace

void RegisterConsole(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateTime);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFormat);
}

}  // namespace asyncport::translate::to_py
