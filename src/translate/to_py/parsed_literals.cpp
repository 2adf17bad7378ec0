// Numbers parsed from texts that are written out: Python's int() and float() would refuse what JavaScript reads in part,
// or as NaN.
// Example: `parseInt("42px", 10)` -> `42`; `Number("12px")` -> `math.nan`.
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

std::string_view Trimmed(std::string_view text) {
  auto blank = [](char ch) { return std::isspace(static_cast<unsigned char>(ch)) != 0; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool IsDigit(char ch) { return std::isdigit(static_cast<unsigned char>(ch)) != 0; }

// How many of the first characters are a decimal number without a sign; 0: none.
std::size_t DecimalLength(std::string_view text) {
  std::size_t at = 0;
  auto digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    return at - start;
  };
  std::size_t count = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    count += digits();
  }
  if (count == 0) return 0;
  const std::size_t mantissa = at;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) at = mantissa;
  }
  return at;
}

int DigitOf(char ch) {
  if (IsDigit(ch)) return ch - '0';
  const int lower = std::tolower(static_cast<unsigned char>(ch));
  return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

// The digits of a base from the start of the text; NaN if there is none. `all`: nothing else may follow.
double Digits(std::string_view text, int base, bool all) {
  double value = 0;
  std::size_t at = 0;
  for (; at < text.size() && DigitOf(text[at]) < base; ++at)
    value = value * base + DigitOf(text[at]);
  return at == 0 || (all && at < text.size()) ? std::nan("") : value;
}

bool TakeSign(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return negative;
}

double ParseInt(std::string_view text, int base) {
  text = Trimmed(text);
  const bool negative = TakeSign(text);
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex && (base == 0 || base == 16)) {
    text.remove_prefix(2);
    base = 16;
  }
  const double value = Digits(text, base == 0 ? 10 : base, false);
  return negative ? -value : value;
}

double ParseFloat(std::string_view text, bool whole) {
  text = Trimmed(text);
  if (whole && text.empty()) return 0;
  if (whole && text.size() > 2 && text[0] == '0' && !IsDigit(text[1]) && text[1] != '.') {
    const int letter = std::tolower(static_cast<unsigned char>(text[1]));
    const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (base != 0) return Digits(text.substr(2), base, true);
  }
  const bool negative = TakeSign(text);
  double value = std::nan("");
  const bool infinite = text.starts_with("Infinity");
  const std::size_t length = infinite ? 8 : DecimalLength(text);
  if (length != 0 && (!whole || length == text.size())) {
    value = infinite ? HUGE_VAL : std::strtod(std::string(text.substr(0, length)).c_str(), nullptr);
  }
  return negative ? -value : value;
}

NodeId NumberNode(Context& c, double value, NodeId id) {
  if (std::isnan(value)) return c.Library("math.nan");
  if (std::isinf(value)) {
    NodeId infinity = c.Library("math.inf");
    return value > 0 ? infinity : c.New(make::Unary{.operand = infinity, .op = UnaryOp::kNeg}, id);
  }
  const double size = std::fabs(value);
  NodeId number;
  if (size == std::floor(size) && size < 9007199254740992.0) {
    number = c.NewInt(static_cast<long long>(size), id);
  } else {
    char text[40];
    for (int digits = 15; digits <= 17; ++digits) {
      std::snprintf(text, sizeof text, "%.*g", digits, size);
      if (std::strtod(text, nullptr) == size) break;
    }
    number = c.New(make::Number{.text = text, .kind = NumberKind::kFloat}, id);
  }
  if (value >= 0) return number;
  return c.New(make::Unary{.operand = number, .op = UnaryOp::kNeg}, id);
}

std::optional<NodeId> TranslateParsed(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto text = call.args().empty() ? String() : c.As<String>(call.args()[0]);
  if (!text || call.args().size() > 2) return std::nullopt;
  const bool whole = c.IsCallTo(id, "Number");
  if (call.args().size() == 1 &&
      (whole || c.IsCallTo(id, "parseFloat") || c.IsCallTo(id, "Number.parseFloat"))) {
    return NumberNode(c, ParseFloat(text.value(), whole), id);
  }
  if (!c.IsCallTo(id, "parseInt") && !c.IsCallTo(id, "Number.parseInt")) return std::nullopt;
  int base = 0;
  if (call.args().size() == 2) {
    auto radix = c.As<Number>(call.args()[1]);
    if (!radix) return std::nullopt;
    base = std::atoi(std::string(radix.text()).c_str());
    if (base < 2 || base > 36) return std::nullopt;
  }
  return NumberNode(c, ParseInt(text.value(), base), id);
}

// `+"12px"`
std::optional<NodeId> TranslatePlus(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  auto text = unary.op() == UnaryOp::kPos ? c.As<String>(unary.operand()) : String();
  if (!text) return std::nullopt;
  return NumberNode(c, ParseFloat(text.value(), true), id);
}

}  // namespace

void RegisterParsedLiterals(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateParsed);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslatePlus);
}

}  // namespace asyncport::translate::to_py
