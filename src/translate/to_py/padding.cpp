// `padStart` and `padEnd` as format specifications: of numbers everywhere, of texts where they stand in a longer text.
// What is not sure to fit one (a width that may be negative, a value that may be no text) is left to the cards: rjust, ljust.
// Example: `${name.padEnd(8)}${String(qty).padStart(4)}` -> `f"{name:<8}{qty:4}"`.
#include <optional>
#include <string>
#include <utility>

#include "support/strings.h"
#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct Padding {
  NodeId text;  // what is padded
  NodeId width;
  std::string fill = " ";
  bool is_right = false;  // the text ends up on the right
};

bool IsOneCharacter(std::string_view text) {
  std::size_t at = 0;
  if (text.empty()) return false;
  NextCodePoint(text, at);
  return at == text.size();
}

std::optional<Padding> PaddingOf(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.is_optional() || call.is_optional()) return std::nullopt;
  const bool is_right = method.name() == "padStart";
  if ((!is_right && method.name() != "padEnd") || call.args().empty() || call.args().size() > 2)
    return std::nullopt;
  Padding padding{.text = method.object(), .width = call.args()[0], .is_right = is_right};
  if (!c.facts().Only(padding.width, {TypeKind::kInt}) || !c.facts().IsNonNegative(padding.width))
    return std::nullopt;
  if (call.args().size() == 2) {
    auto fill = c.As<String>(call.args()[1]);
    if (!fill || !IsOneCharacter(fill.value()) || fill.value() == "{" || fill.value() == "}")
      return std::nullopt;
    padding.fill = fill.value();
  }
  return padding;
}

// The number of `String(n)`, `n.toString()`, `${n}`, where it is whole.
NodeId WholeNumberIn(Context& c, NodeId text) {
  NodeId number;
  if (auto shown = c.As<Template>(text)) {
    if (shown.parts().size() == 1) number = shown.parts()[0];
  } else if (auto call = c.As<Call>(text);
             call && c.IsCallTo(text, "String") && call.args().size() == 1) {
    number = call.args()[0];
  } else if (call && c.MethodName(text) == "toString" && call.args().empty()) {
    number = c.As<Attribute>(call.callee()).object();
  }
  return number && c.facts().Only(number, {TypeKind::kInt}) ? number : kNoNode;
}

// A specification that says only how a number is written: `.2f`, `,`, `x`.
bool IsPlainSpec(std::string_view spec) {
  return !spec.empty() && (spec[0] == '.' || spec[0] == ',' || spec == "b" || spec == "o" ||
                           spec == "x" || spec == "X");
}

// `{value:fill align width rest}`. Numbers stand on the right unless something else is said.
NodeId Padded(Context& c, NodeId value, const Padding& padding, std::string_view rest,
              bool is_number, bool is_non_negative, NodeId origin) {
  std::string before;
  if (is_number && padding.is_right && padding.fill == "0" && is_non_negative &&
      rest.find(',') == std::string_view::npos) {
    before = "0";
  } else {
    if (padding.fill != " ") before = padding.fill;
    if (!is_number || !padding.is_right || padding.fill != " ")
      before += padding.is_right ? ">" : "<";
  }
  NodeId spec;
  if (auto width = c.As<Number>(padding.width)) {
    spec = c.NewString(before + std::string(width.text()) + std::string(rest));
  } else {
    NodeList parts;
    if (!before.empty()) parts.push_back(c.NewString(before));
    parts.push_back(c.Expr(padding.width));
    if (!rest.empty()) parts.push_back(c.NewString(std::string(rest)));
    spec = c.New(make::Template{.parts = std::move(parts)}, {});
  }
  NodeId part = c.New(make::FormatValue{.value = value, .spec = spec}, {});
  return c.New(make::Template{.parts = {part}}, origin);
}

// Does the value end up as a part of a longer text?
bool IsPartOfText(Context& c, NodeId id) {
  const NodeId parent = c.facts().Parent(id);
  if (c.src().Is(parent, NodeKind::kTemplate)) return true;
  auto sum = c.As<Binary>(parent);
  return sum && sum.op() == BinaryOp::kAdd;
}

// `value.rjust(width)`, as the cards have it.
NodeId Justified(Context& c, NodeId value, const Padding& padding, NodeId origin) {
  NodeList args{c.Expr(padding.width)};
  if (padding.fill != " ") args.push_back(c.NewString(padding.fill));
  return c.NewCall(c.NewAttribute(value, padding.is_right ? "rjust" : "ljust"), std::move(args),
                   origin);
}

// What reads well between the braces.
bool IsShort(const Tree& tree, NodeId value) {
  return tree.Is(value, NodeKind::kName) || tree.Is(value, NodeKind::kAttribute) ||
         tree.Is(value, NodeKind::kSubscript) || tree.Is(value, NodeKind::kString) ||
         tree.Is(value, NodeKind::kCall);
}

std::optional<NodeId> TranslatePadding(Context& c, NodeId id) {
  auto padding = PaddingOf(c, id);
  if (!padding) {
    // Python fills with one character at a time.
    auto call = c.As<Call>(id);
    const std::string_view name = c.MethodName(id);
    auto fill = (name == "padStart" || name == "padEnd") && call.args().size() == 2
                    ? c.As<String>(call.args()[1])
                    : String();
    if (fill && !IsOneCharacter(fill.value()))
      return c.Refuse(id, "untranslated", {{"reason", "padding with several characters"}});
    return std::nullopt;
  }
  if (NodeId number = WholeNumberIn(c, padding->text)) {
    return Padded(c, c.Expr(number), *padding, "", true, c.facts().IsNonNegative(number), id);
  }
  const std::string_view method = c.MethodName(padding->text);
  if (method == "toFixed" || method == "toString" || method == "toLocaleString") {
    const NodeId number = c.As<Attribute>(c.As<Call>(padding->text).callee()).object();
    if (!c.facts().Only(number, {TypeKind::kInt, TypeKind::kFloat})) return std::nullopt;
    const NodeId text = c.Expr(padding->text);
    auto shown = ir::As<Template>(c.dst(), text);
    auto part = shown && shown.parts().size() == 1 ? ir::As<FormatValue>(c.dst(), shown.parts()[0])
                                                   : FormatValue();
    auto spec = part && part.conversion().empty() ? ir::As<String>(c.dst(), part.spec()) : String();
    if (!spec || !IsPlainSpec(spec.value())) return Justified(c, text, *padding, id);
    return Padded(c, part.value(), *padding, spec.value(), true, c.facts().IsNonNegative(number),
                  id);
  }
  if (!c.facts().Only(padding->text, {TypeKind::kStr}) || !IsPartOfText(c, id) ||
      !IsShort(c.src(), padding->text))
    return std::nullopt;
  const NodeId value = c.Expr(padding->text);
  return IsShort(c.dst(), value) ? Padded(c, value, *padding, "", false, false, id)
                                 : Justified(c, value, *padding, id);
}

}  // namespace

void RegisterPadding(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePadding);
}

}  // namespace asyncport::translate::to_py
