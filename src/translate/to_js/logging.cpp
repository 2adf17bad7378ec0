// The logging module: what basicConfig says is known here, so each call becomes a line on standard error (or output), or
// nothing where its level is below the threshold. Handlers, filters and levels set later are refused.
// Example: `log.info("took %s", t)` after basicConfig(level=INFO) -> `console.error(`INFO:app:took ${t}`)`.
#include <optional>
#include <string>
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Level {
  std::string_view method;
  std::string_view name;
  int value;
};
constexpr Level kLevels[] = {
    {"debug", "DEBUG", 10},     {"info", "INFO", 20},   {"warning", "WARNING", 30},   {"warn", "WARNING", 30},
    {"error", "ERROR", 40},     {"exception", "ERROR", 40}, {"critical", "CRITICAL", 50}, {"fatal", "CRITICAL", 50},
};

const Level* LevelOf(std::string_view resolved) {
  for (std::string_view prefix : {"logging.Logger#", "logging."}) {
    if (!resolved.starts_with(prefix)) continue;
    for (const Level& level : kLevels) {
      if (resolved.substr(prefix.size()) == level.method) return &level;
    }
  }
  return nullptr;
}

std::string Resolved(Context& c, NodeId call) { return c.facts().ResolvedName(c.As<Call>(call).callee()); }

struct Setup {
  bool understood = true;
  int threshold = 30;
  std::string format = "%(levelname)s:%(name)s:%(message)s";
  bool to_output = false;

  explicit Setup(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (!c.src().Is(id, NodeKind::kCall)) continue;
      std::string name = Resolved(c, id);
      if (name == "logging.basicConfig") Read(c, id);
      else if (name.starts_with("logging.") && name != "logging.getLogger" && !LevelOf(name)) understood = false;
    }
  }

  void Read(Context& c, NodeId id) {
    for (NodeId arg : c.As<Call>(id).args()) {
      auto keyword = c.As<Keyword>(arg);
      std::string value = keyword ? c.facts().ResolvedName(keyword.value()) : "";
      bool known = false;
      if (keyword && keyword.name() == "level") {
        for (const Level& level : kLevels) {
          if (value != "logging." + std::string(level.name)) continue;
          threshold = level.value;
          known = true;
        }
      } else if (keyword && keyword.name() == "format") {
        auto text = c.As<String>(keyword.value());
        known = static_cast<bool>(text);
        if (text) format = text.value();
      } else if (keyword && keyword.name() == "stream") {
        known = value == "sys.stdout" || value == "sys.stderr";
        to_output = value == "sys.stdout";
      } else if (keyword && (keyword.name() == "force" || keyword.name() == "datefmt")) {
        known = true;
      }
      understood = understood && known;
    }
  }
};

// The name that a logger was made with.
std::optional<std::string> NameOf(Context& c, NodeId maker) {
  auto args = c.As<Call>(maker).args();
  if (args.empty()) return "root";
  if (auto text = c.As<String>(args[0])) return std::string(text.value());
  if (c.src().Is(args[0], NodeKind::kName) && c.src().text(args[0]) == "__name__") return "__main__";
  return std::nullopt;
}

std::optional<std::string> LoggerName(Context& c, NodeId logger) {
  if (c.IsCallTo(logger, "logging.getLogger")) return NameOf(c, logger);
  std::optional<std::string> found;
  auto wanted = c.As<Attribute>(logger);
  facts::BindingId binding = c.src().Is(logger, NodeKind::kName) ? c.facts().BindingOf(logger) : facts::BindingId();
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto assign = c.As<Assign>(NodeId{i});
    if (!assign || !assign.value() || assign.targets().size() != 1 || !c.IsCallTo(assign.value(), "logging.getLogger")) continue;
    NodeId target = assign.targets()[0];
    auto attribute = c.As<Attribute>(target);
    bool same = (binding && c.src().Is(target, NodeKind::kName) && c.facts().BindingOf(target) == binding) ||
                (wanted && attribute && attribute.name() == wanted.name());
    if (!same) continue;
    auto name = NameOf(c, assign.value());
    if (!name || (found && found != name)) return std::nullopt;
    found = name;
  }
  return found;
}

// `-7s`, `8s`, `.1s` of a format.
std::string Fit(std::string text, std::string_view spec) {
  bool left = spec.starts_with('-');
  if (left) spec.remove_prefix(1);
  std::size_t dot = spec.find('.');
  std::size_t width = 0;
  for (char ch : spec.substr(0, dot)) width = width * 10 + static_cast<std::size_t>(ch - '0');
  if (dot != std::string_view::npos) {
    std::size_t most = 0;
    for (char ch : spec.substr(dot + 1)) most = most * 10 + static_cast<std::size_t>(ch - '0');
    text = text.substr(0, most);
  }
  if (text.size() < width) text.insert(left ? text.size() : 0, width - text.size(), ' ');
  return text;
}

// The parts of the message, `%s` filled.
bool Message(Context& c, std::span<const NodeId> args, NodeList& parts) {
  NodeList values;
  for (NodeId arg : args.subspan(1)) {
    if (!c.src().Is(arg, NodeKind::kKeyword)) values.push_back(arg);
  }
  if (values.empty()) {
    parts.push_back(c.src().Is(args[0], NodeKind::kTemplate) ? c.Expr(args[0]) : TextOf(c, args[0]));
    return true;
  }
  auto text = c.As<String>(args[0]);
  if (!text) return false;
  std::string plain;
  std::string_view rest = text.value();
  std::size_t next = 0;
  while (!rest.empty()) {
    if (rest[0] != '%') {
      plain += rest[0];
      rest.remove_prefix(1);
      continue;
    }
    if (rest.size() > 1 && rest[1] == '%') {
      plain += '%';
      rest.remove_prefix(2);
      continue;
    }
    std::size_t end = rest.find_first_of("sdrif", 1);
    if (end == std::string_view::npos || next >= values.size()) return false;
    if (!plain.empty()) parts.push_back(c.NewString(plain));
    plain.clear();
    std::string_view spec = rest.substr(1, end - 1);
    NodeId value = values[next++];
    if (rest[end] == 'r' && spec.empty()) {
      parts.push_back(ReprOf(c, value));
    } else if (rest[end] == 'f' && (spec.empty() || (spec.size() == 2 && spec[0] == '.'))) {
      parts.push_back(Js(c, "$X.toFixed($N)", {{"X", c.Expr(value)}, {"N", c.NewInt(spec.empty() ? 6 : spec[1] - '0')}}));
    } else if (spec.empty()) {
      parts.push_back(TextOf(c, value));
    } else {
      return false;
    }
    rest.remove_prefix(end + 1);
  }
  if (!plain.empty()) parts.push_back(c.NewString(plain));
  return next == values.size();
}

std::optional<NodeList> Line(Context& c, const Level& level, const std::string& logger, std::span<const NodeId> args) {
  NodeList parts;
  std::string plain;
  std::string_view rest = c.State<Setup>().format;
  auto flush = [&] {
    if (!plain.empty()) parts.push_back(c.NewString(plain));
    plain.clear();
  };
  while (!rest.empty()) {
    std::size_t close = rest.find(')');
    if (!rest.starts_with("%(") || close == std::string_view::npos) {
      plain += rest[0];
      rest.remove_prefix(rest.starts_with("%%") ? 2 : 1);
      continue;
    }
    std::string_view field = rest.substr(2, close - 2);
    std::size_t end = rest.find_first_of("sd", close);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view spec = rest.substr(close + 1, end - close - 1);
    rest.remove_prefix(end + 1);
    if (field == "levelname") {
      plain += Fit(std::string(level.name), spec);
    } else if (field == "name") {
      plain += Fit(logger, spec);
    } else if (field == "message" && spec.empty()) {
      flush();
      if (!Message(c, args, parts)) return std::nullopt;
    } else if (field == "asctime" && spec.empty()) {
      flush();
      parts.push_back(Js(c, "new Date().toISOString()", {}));
    } else {
      return std::nullopt;
    }
  }
  flush();
  return parts;
}

bool TranslateLogging(Context& c, NodeId id, NodeList& out) {
  NodeId value;
  if (auto statement = c.As<ExprStmt>(id)) value = statement.value();
  if (auto assign = c.As<Assign>(id)) value = assign.value();
  if (!value || !c.src().Is(value, NodeKind::kCall)) return false;
  std::string name = Resolved(c, value);
  if (!name.starts_with("logging.")) return false;
  const Setup& setup = c.State<Setup>();
  if (!setup.understood) {
    c.Refuse(id, "untranslated", {{"reason", "`" + name + "` with handlers of its own"}});
    return true;
  }
  if (name == "logging.basicConfig" || (name == "logging.getLogger" && c.src().Is(id, NodeKind::kAssign))) {
    c.Absorb(id);
    return true;
  }
  const Level* level = LevelOf(name);
  auto call = c.As<Call>(value);
  if (!level || call.args().empty() || !c.src().Is(id, NodeKind::kExprStmt)) return false;
  if (level->value < setup.threshold) {
    c.Absorb(id);
    return true;
  }
  std::optional<std::string> logger = "root";
  if (name.starts_with("logging.Logger#")) logger = LoggerName(c, c.As<Attribute>(call.callee()).object());
  std::optional<NodeList> line = logger ? Line(c, *level, *logger, call.args()) : std::nullopt;
  if (!line) {
    c.Refuse(id, "untranslated", {{"reason", "this message of `" + name + "`"}});
    return true;
  }
  NodeId print = c.Library(setup.to_output ? "console.log" : "console.error");
  out.push_back(c.NewExprStmt(c.NewCall(print, {NewTemplate(c, std::move(*line), {})}), id));
  return true;
}

}  // namespace

void RegisterLogging(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateLogging);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateLogging);
}

}  // namespace asyncport::translate::to_js
