// Rarer ways to print: console.group, table, dir, assert and count; util.format, which makes the text alone. console.log is
// a card, console.time is console.cpp.
// Example: `console.group("Totals");` -> `start_group("Totals")`, and the prints of the file become `log(...)`.
#include <optional>
#include <string>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// ---- groups
bool Groups(Context& c) {
  struct Has {
    bool any = false;
    explicit Has(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size() && !any; ++i) {
        const NodeId id{i};
        any = context.src().Is(id, NodeKind::kCall) &&
              (context.IsCallTo(id, "console.group") ||
               context.IsCallTo(id, "console.groupCollapsed"));
      }
    }
  };
  return c.State<Has>().any;
}

NodeId GroupsName(Context& c) {
  if (c.AddPrelude("console-groups")) {
    c.prelude().push_back(c.NewAssign(c.NewName("open_groups"), c.New(make::List{}, {})));
  }
  return c.NewName("open_groups");
}

NodeId Log(Context& c) {
  GroupsName(c);
  c.Library("textwrap.indent");
  return DefineOnce(c, "log", R"py(
def log(*values, file=None):
    """Print with the indentation of the groups that are open."""
    text = " ".join(map(str, values))
    print(textwrap.indent(text, "  " * len(open_groups)), file=file)
)py");
}

// A print that stands inside of groups.
NodeId InGroups(Context& c, NodeId made) {
  auto call = ir::As<Call>(c.dst(), made);
  auto name = call ? ir::As<ir::Name>(c.dst(), call.callee()) : ir::Name();
  if (!name || name.id() != "print") return made;
  NodeList args(call.args().begin(), call.args().end());
  return c.NewCall(Log(c), std::move(args), c.dst().origin(made));
}

bool TranslateGroup(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.src().Is(value, NodeKind::kCall)) return false;
  if (c.IsCallTo(value, "console.group") || c.IsCallTo(value, "console.groupCollapsed")) {
    NodeList args = c.Exprs(c.As<Call>(value).args());
    if (!args.empty()) out.push_back(c.NewExprStmt(c.NewCall(Log(c), std::move(args)), id));
    out.push_back(c.NewExprStmt(
        c.NewCall(c.NewAttribute(GroupsName(c), "append"), {c.New(make::Bool{.value = true}, {})}),
        id));
    return true;
  }
  if (c.IsCallTo(value, "console.groupEnd")) {
    out.push_back(c.NewExprStmt(c.NewCall(c.NewAttribute(GroupsName(c), "pop"), {}), id));
    return true;
  }
  return false;
}

std::optional<NodeId> TranslateLogInGroup(Context& c, NodeId id) {
  const std::string path = c.facts().ResolvedName(c.As<Call>(id).callee());
  if (!path.starts_with("console.") || !Groups(c)) return std::nullopt;
  if (path != "console.log" && path != "console.info" && path != "console.error" &&
      path != "console.warn" && path != "console.debug") {
    return std::nullopt;
  }
  if (!c.marks().insert("group:" + std::to_string(id.index)).second) return std::nullopt;
  NodeId made = c.Expr(id);
  c.marks().erase("group:" + std::to_string(id.index));
  return InGroups(c, made);
}

// ---- tables
std::optional<NodeId> TranslateTable(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "console.table")) return std::nullopt;
  const auto args = c.As<Call>(id).args();
  if (args.empty() || args.size() > 2) return std::nullopt;
  if (c.facts().May(args[0], {TypeKind::kInstance}) &&
      c.facts().KindOf(args[0]) != TypeKind::kUnknown) {
    return std::nullopt;
  }
  NodeId print_table = DefineOnce(c, "print_table", R"py(
def print_table(data, columns=None):
    """Print rows in a frame, a column for each of their keys."""
    rows = list(data.items() if isinstance(data, dict) else enumerate(data))
    names = []
    for _, row in rows:
        keys = row if isinstance(row, dict) else range(len(row)) if isinstance(row, list) else []
        names += [key for key in keys if key not in names]
    names = names if columns is None else columns
    plain = any(not isinstance(row, (dict, list)) for _, row in rows)
    lines = [["(index)", *map(str, names), *(["Values"] if plain else [])]]
    for index, row in rows:
        cells = dict(enumerate(row)) if isinstance(row, list) else row
        is_row = isinstance(cells, dict)
        line = [repr(cells[name]) if is_row and name in cells else "" for name in names]
        last = "" if is_row else repr(row)
        lines.append([str(index), *line, *([last] if plain else [])])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rules = ["─" * (width + 2) for width in widths]
    lines = [
        "│" + "│".join(f" {cell:{width}} " for cell, width in zip(line, widths, strict=True)) + "│"
        for line in lines
    ]
    print("┌" + "┬".join(rules) + "┐", lines[0], "├" + "┼".join(rules) + "┤", sep="\n")
    print(*lines[1:], "└" + "┴".join(rules) + "┘", sep="\n")
)py");
  return c.NewCall(print_table, c.Exprs(args), id);
}

// ---- others
std::optional<NodeId> TranslateDir(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "console.dir") || c.As<Call>(id).args().empty()) return std::nullopt;
  NodeId print = Groups(c) ? Log(c) : c.NewName("print");
  return c.NewCall(print, {c.Expr(c.As<Call>(id).args()[0])}, id);
}

bool TranslateAssert(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.src().Is(value, NodeKind::kCall) || !c.IsCallTo(value, "console.assert")) return false;
  const auto args = c.As<Call>(value).args();
  if (args.empty()) return false;
  NodeList texts{c.NewString(args.size() > 1 ? "Assertion failed:" : "Assertion failed")};
  for (NodeId arg : args.subspan(1)) texts.push_back(c.Expr(arg));
  texts.push_back(c.NewKeyword("file", c.Library("sys.stderr")));
  NodeId print = c.NewExprStmt(c.NewCall(c.NewName("print"), std::move(texts)), id);
  out.push_back(
      c.New(make::If{.test = Negate(c, Condition(c, args[0])), .body = c.NewBlock({print})}, id));
  return true;
}

bool TranslateCount(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.src().Is(value, NodeKind::kCall) || !c.IsCallTo(value, "console.count")) return false;
  const auto args = c.As<Call>(value).args();
  if (args.size() > 1) return false;
  NodeId label = args.empty() ? c.NewString("default") : c.Expr(args[0]);
  if (c.AddPrelude("console-counts")) {
    c.prelude().push_back(
        c.NewAssign(c.NewName("counts"), c.NewCall(c.Library("collections:Counter"), {})));
  }
  NodeId place = c.New(make::Subscript{.object = c.NewName("counts"), .index = label}, {});
  out.push_back(
      c.New(make::AugAssign{.target = place, .value = c.NewInt(1), .op = BinaryOp::kAdd}, id));
  NodeList parts;
  if (auto text = ir::As<String>(c.dst(), label)) {
    parts.push_back(c.NewString(std::string(text.value()) + ": "));
  } else {
    parts.push_back(label);
    parts.push_back(c.NewString(": "));
  }
  parts.push_back(place);
  NodeId line = c.New(make::Template{.parts = std::move(parts)}, {});
  out.push_back(c.NewExprStmt(c.NewCall(c.NewName("print"), {line})));
  return true;
}

// `util.format("%s has %d", name, n)`: the text that console.log would print.
std::optional<NodeId> TranslateFormat(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "node:util.format")) return std::nullopt;
  const auto args = c.As<Call>(id).args();
  auto format = args.empty() ? String() : c.As<String>(args[0]);
  if (!format) return std::nullopt;
  NodeList parts;
  std::string text;
  std::size_t next = 1;
  auto flush = [&] {
    if (!text.empty()) parts.push_back(c.NewString(text));
    text.clear();
  };
  std::string_view value = format.value();
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char directive = value[i] == '%' && i + 1 < value.size() ? value[i + 1] : '\0';
    const bool known =
        directive != '\0' && std::string_view("sdio%").find(directive) != std::string_view::npos;
    if (!known || (directive != '%' && next >= args.size())) {
      if (directive != '\0' && std::string_view("fjOc").find(directive) != std::string_view::npos)
        return std::nullopt;
      text += value[i];
      continue;
    }
    ++i;
    if (directive == '%') {
      text += '%';
      continue;
    }
    if (c.src().Is(args[next], NodeKind::kSpread)) return std::nullopt;
    flush();
    parts.push_back(TextPart(c, args[next++]));
  }
  for (; next < args.size(); ++next) {
    if (c.src().Is(args[next], NodeKind::kSpread)) return std::nullopt;
    text += ' ';
    flush();
    parts.push_back(TextPart(c, args[next]));
  }
  flush();
  return c.New(make::Template{.parts = std::move(parts)}, id);
}

}  // namespace

void RegisterConsoleForms(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateGroup);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateAssert);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateCount);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateLogInGroup);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTable);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateDir);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFormat);
}

}  // namespace asyncport::translate::to_py
