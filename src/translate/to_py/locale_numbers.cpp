// Numbers as people of the United States write them: Intl.NumberFormat and toLocaleString become format specifications.
// Other locales and rarer options are refused: Python's own `locale` depends on what a machine has installed.
// Example: `price.toLocaleString("en-US", { style: "currency", currency: "USD" })` -> `f"${price:,.2f}"`.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct NumberStyle {
  std::string symbol;  // of the currency
  bool is_percent = false;
  bool groups = true;
  long fewest = 0;  // digits behind the point
  long most = 3;
};

std::optional<long> SmallNumber(Context& c, NodeId id) {
  auto number = c.As<Number>(id);
  if (!number || number.kind() != NumberKind::kInt || number.text().size() > 2) return std::nullopt;
  return std::stol(std::string(number.text()));
}

// The arguments of Intl.NumberFormat or of toLocaleString; nothing where they say more than is known here.
std::optional<NumberStyle> StyleOf(Context& c, std::span<const NodeId> args) {
  NumberStyle style;
  if (!args.empty() && !c.src().Is(args[0], NodeKind::kUndefined)) {
    auto locale = c.As<String>(args[0]);
    if (!locale || (locale.value() != "en-US" && locale.value() != "en")) return std::nullopt;
  }
  if (args.size() < 2) return style;
  auto options = args.size() == 2 ? c.As<Dict>(args[1]) : Dict();
  if (!options) return std::nullopt;
  std::optional<long> fewest;
  std::optional<long> most;
  for (NodeId e : options.entries()) {
    auto entry = c.As<DictEntry>(e);
    auto key = entry ? c.As<String>(entry.key()) : String();
    if (!key) return std::nullopt;
    auto text = c.As<String>(entry.value());
    if (key.value() == "style" && text) {
      if (text.value() == "percent")
        style.is_percent = true;
      else if (text.value() != "decimal" && text.value() != "currency")
        return std::nullopt;
    } else if (key.value() == "currency" && text) {
      static constexpr std::pair<std::string_view, std::string_view> kSymbols[] = {
          {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"INR", "₹"}};
      for (auto [code, symbol] : kSymbols) {
        if (text.value() == code) style.symbol = symbol;
      }
      if (style.symbol.empty()) return std::nullopt;
    } else if (key.value() == "minimumFractionDigits") {
      if (!(fewest = SmallNumber(c, entry.value()))) return std::nullopt;
    } else if (key.value() == "maximumFractionDigits") {
      if (!(most = SmallNumber(c, entry.value()))) return std::nullopt;
    } else if (auto flag = c.As<Bool>(entry.value()); flag && key.value() == "useGrouping") {
      style.groups = flag.value();
    } else {
      return std::nullopt;
    }
  }
  const long usual_fewest = style.symbol.empty() ? 0 : 2;
  const long usual_most = !style.symbol.empty() ? 2 : style.is_percent ? 0 : 3;
  style.fewest = fewest.value_or(most ? std::min(usual_fewest, *most) : usual_fewest);
  style.most = most.value_or(std::max(usual_most, style.fewest));
  if (style.fewest > style.most) return std::nullopt;
  return style;
}

NodeId Format(Context& c, const NumberStyle& style, NodeId number, NodeId origin) {
  const std::string comma = style.groups ? "," : "";
  const bool whole =
      c.facts().Only(number, {TypeKind::kInt}) && style.fewest == 0 && !style.is_percent;
  NodeId value = c.Expr(number);
  if (whole && style.symbol.empty()) {
    NodeId part = c.New(make::FormatValue{.value = value, .spec = c.NewString(comma)}, {});
    return c.New(make::Template{.parts = {part}}, origin);
  }
  const std::string digits =
      comma + "." + std::to_string(style.most) + (style.is_percent ? "%" : "f");
  NodeId part = c.New(make::FormatValue{.value = value, .spec = c.NewString(digits)}, {});
  if (!style.symbol.empty() && style.fewest == style.most) {
    if (c.facts().IsNonNegative(number)) {
      return c.New(make::Template{.parts = {c.NewString(style.symbol), part}}, origin);
    }
    NodeId format = DefineOnce(c, "format_currency", R"py(
def format_currency(amount, symbol, digits=2):
    sign = "-" if amount < 0 else ""
    return f"{sign}{symbol}{abs(amount):,.{digits}f}"
)py");
    NodeList args{value, c.NewString(style.symbol)};
    if (style.most != 2) args.push_back(c.NewKeyword("digits", c.NewInt(style.most)));
    return c.NewCall(format, std::move(args), origin);
  }
  NodeId text = c.New(make::Template{.parts = {part}}, origin);
  if (style.fewest == style.most) return text;
  if (style.fewest != 0 || style.is_percent || !style.symbol.empty()) {
    return c.Refuse(origin, "locale-format");
  }
  // Zeros at the end are not shown.
  NodeId zeros = c.NewCall(c.NewAttribute(text, "rstrip"), {c.NewString("0")});
  return c.NewCall(c.NewAttribute(zeros, "rstrip"), {c.NewString(".")}, origin);
}

bool IsNumberFormat(Context& c, NodeId made) {
  if (auto node = c.As<ir::New>(made))
    return c.facts().ResolvedName(node.callee()) == "Intl.NumberFormat";
  return c.IsCallTo(made, "Intl.NumberFormat");
}
std::span<const NodeId> ArgsOf(Context& c, NodeId made) {
  return c.src().Is(made, NodeKind::kNew) ? c.As<ir::New>(made).args() : c.As<Call>(made).args();
}

// What a formatter was made with: right here, or where its name was given to it.
NodeId MadeWith(Context& c, NodeId formatter) {
  if (IsNumberFormat(c, formatter)) return formatter;
  const facts::BindingId binding =
      c.src().Is(formatter, NodeKind::kName) ? c.facts().BindingOf(formatter) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).writes.size() != 1) return kNoNode;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  return assign && assign.value() && IsNumberFormat(c, assign.value()) ? assign.value() : kNoNode;
}

std::optional<NodeId> TranslateFormat(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.is_optional() || call.is_optional()) return std::nullopt;
  if (method.name() == "format" && call.args().size() == 1) {
    NodeId made = MadeWith(c, method.object());
    auto style = made ? StyleOf(c, ArgsOf(c, made)) : std::nullopt;
    if (!style) return std::nullopt;
    return Format(c, *style, call.args()[0], id);
  }
  if (method.name() != "toLocaleString" ||
      !c.facts().Only(method.object(), {TypeKind::kInt, TypeKind::kFloat}))
    return std::nullopt;
  auto style = StyleOf(c, call.args());
  if (!style) return std::nullopt;
  return Format(c, *style, method.object(), id);
}

// `const money = new Intl.NumberFormat(...);` whose name is only asked to format: each place says it.
bool TranslateFormatter(Context& c, NodeId id, NodeList&) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() ||
      !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  if (!IsNumberFormat(c, assign.value()) || !StyleOf(c, ArgsOf(c, assign.value()))) return false;
  const facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding || c.facts().binding(binding).writes.size() != 1) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto method = c.As<Attribute>(c.facts().Parent(read));
    auto call = method ? c.As<Call>(c.facts().Parent(method.id())) : Call();
    if (!call || call.callee() != method.id() || method.name() != "format" ||
        call.args().size() != 1)
      return false;
  }
  c.Absorb(id);
  c.Drop(binding);
  return true;
}

}  // namespace

void RegisterLocaleNumbers(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFormat);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateFormatter);
}

}  // namespace asyncport::translate::to_py
