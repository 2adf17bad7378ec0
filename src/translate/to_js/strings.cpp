// Text: f-strings and their format specifications, `%` and str.format, how values look inside text.
// Example: `f"{name:>8} {price:.2f}"` -> `${name.padStart(8)} ${price.toFixed(2)}` in a template literal.
#include <cctype>
#include <charconv>
#include <string>
#include <utility>

#include "facts/whole_floats.h"
#include "translate/to_js/float_texts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// [[fill]align][sign][#][0][width][,][.precision][type]; width and precision may be holes of an f-string.
struct Spec {
  std::string fill;
  char align = 0;
  char sign = 0;
  bool alternate = false;
  bool zero = false;
  NodeId width;  // target expression
  std::optional<int> fixed_width;
  char grouping = 0;
  NodeId precision;
  char type = 0;
  bool understood = true;
};

// The text of a specification in which the holes are written as the byte 1, 2, ... of their order.
struct SpecText {
  std::string text;
  NodeList holes;
};

SpecText ReadSpec(Context& c, NodeId spec) {
  SpecText result;
  if (auto text = c.As<String>(spec)) {
    result.text = text.value();
  } else if (auto parts = c.As<Template>(spec)) {
    for (NodeId part : parts.parts()) {
      if (auto text_part = c.As<String>(part)) {
        result.text += text_part.value();
      } else {
        result.holes.push_back(c.Expr(part));
        result.text += static_cast<char>(result.holes.size());
      }
    }
  }
  return result;
}

NodeId ReadNumber(Context& c, const SpecText& spec, std::size_t& at) {
  if (at < spec.text.size() && spec.text[at] >= 1 && spec.text[at] <= 8) {
    return spec.holes[static_cast<std::size_t>(spec.text[at++]) - 1];
  }
  std::size_t begin = at;
  while (at < spec.text.size() && std::isdigit(static_cast<unsigned char>(spec.text[at])) != 0) ++at;
  if (begin == at) return kNoNode;
  return c.NewInt(std::stoi(spec.text.substr(begin, at - begin)));
}

Spec ParseSpec(Context& c, const SpecText& source) {
  const std::string& text = source.text;
  Spec spec;
  std::size_t at = 0;
  auto is_align = [](char ch) { return ch == '<' || ch == '>' || ch == '^' || ch == '='; };
  std::size_t first_length = 1;
  if (!text.empty() && (static_cast<unsigned char>(text[0]) & 0xC0) == 0xC0) {
    while (first_length < text.size() && (static_cast<unsigned char>(text[first_length]) & 0xC0) == 0x80) ++first_length;
  }
  if (text.size() > first_length && is_align(text[first_length])) {
    spec.fill = text.substr(0, first_length);
    spec.align = text[first_length];
    at = first_length + 1;
  } else if (!text.empty() && is_align(text[0])) {
    spec.align = text[0];
    at = 1;
  }
  auto next = [&](std::string_view any) {
    if (at < text.size() && any.find(text[at]) != std::string_view::npos) return text[at++];
    return char{0};
  };
  spec.sign = next("+- ");
  spec.alternate = next("#") != 0;
  spec.zero = next("0") != 0;
  spec.width = ReadNumber(c, source, at);
  spec.grouping = next(",_");
  if (next(".") != 0) spec.precision = ReadNumber(c, source, at);
  spec.type = next("bcdeEfFgGnosxX%");
  spec.understood = at == text.size();
  return spec;
}

NodeId Padded(Context& c, NodeId text, const Spec& spec, bool right_by_default) {
  if (!spec.width) return text;
  char align = spec.align != 0 ? spec.align : spec.zero || right_by_default ? '>' : '<';
  std::string fill = !spec.fill.empty() ? spec.fill : spec.zero ? "0" : " ";
  if (align == '=') align = '>';
  if (align == '^') {
    NodeList args{text, spec.width};
    if (fill != " ") args.push_back(c.NewString(fill));
    return c.NewCall(Local(c, "centre"), std::move(args));
  }
  NodeList args{spec.width};
  if (fill != " ") args.push_back(c.NewString(fill));
  return c.NewCall(c.NewAttribute(text, align == '>' ? "padStart" : "padEnd"), std::move(args));
}

bool IsTextNode(Context& c, NodeId target) {
  NodeKind kind = c.dst().kind(target);
  if (kind == NodeKind::kString || kind == NodeKind::kTemplate) return true;
  auto call = ir::As<Call>(c.dst(), target);
  if (!call) return false;
  if (auto name = ir::As<ir::Name>(c.dst(), call.callee())) {
    return name.id() == "String" || name.id() == "inspect" || name.id() == "tupleText" || name.id() == "bytesText";
  }
  return false;
}

NodeId AsText(Context& c, NodeId target) {
  if (IsTextNode(c, target)) return target;
  return Js(c, "String($X)", {{"X", target}});
}

// Number bases: "b" -> 2.
int BaseOf(char type) { return type == 'b' ? 2 : type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 0; }

NodeId FormatNumber(Context& c, NodeId value_source, NodeId value, const Spec& spec, NodeId origin) {
  NodeId text;
  if (int base = BaseOf(spec.type)) {
    text = Js(c, "$X.toString($B)", {{"X", value}, {"B", c.NewInt(base)}});
    if (spec.type == 'X') text = Js(c, "$X.toUpperCase()", {{"X", text}});
    if (spec.alternate) {
      std::string prefix = spec.type == 'b' ? "0b" : spec.type == 'o' ? "0o" : spec.type == 'X' ? "0X" : "0x";
      text = NewTemplate(c, {c.NewString(prefix), text}, {});
    }
  } else if (spec.type == '%') {
    NodeId precision = spec.precision ? spec.precision : c.NewInt(6);
    text = NewTemplate(c, {Js(c, "($X * 100).toFixed($P)", {{"X", value}, {"P", precision}}), c.NewString("%")}, {});
  } else if (spec.type == 'e' || spec.type == 'E') {
    NodeId precision = spec.precision ? spec.precision : c.NewInt(6);
    // Python writes at least two digits of exponent.
    text = Js(c, "$X.toExponential($P).replace(/e([+-])(\\d)$/, \"e$10$2\")", {{"X", value}, {"P", precision}});
  } else if (spec.type == 'g' || spec.type == 'G' || (spec.type == 0 && spec.precision && spec.grouping == 0)) {
    text = spec.precision ? Js(c, "$F($X, $P)", {{"F", Local(c, "formatGeneral")}, {"X", value}, {"P", spec.precision}})
                          : Js(c, "$F($X)", {{"F", Local(c, "formatGeneral")}, {"X", value}});
  } else if (spec.grouping == '_') {
    NodeId digits = spec.precision ? Js(c, "$X.toFixed($P)", {{"X", value}, {"P", spec.precision}}) : AsText(c, value);
    if (spec.precision) return c.Refuse(origin, "untranslated", {{"reason", "this format specification"}});
    text = c.NewCall(Local(c, "groupDigits"), {digits, c.NewString("_")});
  } else if (spec.grouping == ',') {
    bool fraction = spec.type == 'f' || spec.type == 'F' || spec.precision;
    if (fraction) {
      NodeId precision = spec.precision ? spec.precision : c.NewInt(6);
      text = Js(c, "$X.toLocaleString(\"en-US\", { minimumFractionDigits: $P, maximumFractionDigits: $P })", {{"X", value}, {"P", precision}});
    } else {
      text = Js(c, "$X.toLocaleString(\"en-US\")", {{"X", value}});
    }
  } else if (spec.type == 'f' || spec.type == 'F' || spec.precision) {
    NodeId precision = spec.precision ? spec.precision : c.NewInt(6);
    // With few digits ties are common (2.5, 0.25), and Python rounds them to the even neighbour.
    auto digits = ir::As<Number>(c.dst(), precision);
    bool few = digits && (digits.text() == "0" || digits.text() == "1");
    if (few && value_source && !c.facts().Only(value_source, {facts::TypeKind::kInt, facts::TypeKind::kBool})) {
      value = digits.text() == "0" ? c.NewCall(Local(c, "roundHalfEven"), {value})
                                   : c.NewCall(Local(c, "roundTo"), {value, CopyTarget(c, precision)});
    } else if (value_source && !(digits && HasFewDecimals(c, value_source, std::stoul(std::string(digits.text()))))) {
      c.SayOnce("tofixed-ties", origin);
    }
    text = Js(c, "$X.toFixed($P)", {{"X", value}, {"P", precision}});
  } else if (spec.type == 'c') {
    text = Js(c, "String.fromCodePoint($X)", {{"X", value}});
  } else {
    text = value;
  }
  if (spec.sign == '+' || spec.sign == ' ') {
    NodeId prefix = Js(c, "$X < 0 ? \"\" : $S", {{"X", CopyTarget(c, value)}, {"S", c.NewString(std::string(1, spec.sign))}});
    text = NewTemplate(c, {prefix, text}, {});
  }
  if (!spec.width) return text;
  NodeId shown = text == value ? AsText(c, text) : text;
  // Zeros stand after the sign.
  bool zeros = (spec.zero && spec.align == 0) || spec.align == '=';
  if (zeros && (spec.sign != 0 || !(value_source && IsNonNegative(c, value_source)))) {
    std::string fill = !spec.fill.empty() ? spec.fill : spec.zero ? "0" : " ";
    NodeList args{shown, spec.width};
    if (fill != "0") args.push_back(c.NewString(fill));
    return c.NewCall(Local(c, "padZeros"), std::move(args));
  }
  return Padded(c, shown, spec, true);
}

NodeId PlainRepr(Context& c, NodeId value, NodeId origin) {
  return c.NewCall(c.Library("node:util:inspect"), {value}, origin);
}

NodeId WithSpec(Context& c, NodeId value_source, NodeId value, const Spec& spec, NodeId origin) {
  if (!spec.understood) return c.Refuse(origin, "untranslated", {{"reason", "this format specification"}});
  bool number = value_source && Only(c, value_source, kNumber | kFlag);
  bool text = !value_source || Only(c, value_source, kText | kNone);
  bool numeric_type = spec.type != 0 && spec.type != 's';
  if (numeric_type || (number && !text) || spec.sign != 0 || spec.grouping != 0 || (spec.precision && !text)) {
    if (spec.type == 0 && !spec.precision && spec.grouping == 0 && spec.sign == 0) {
      // Zeros stand after the sign.
      if (value_source) {
        facts::Whole whole = facts::MayBeWholeFloat(c.facts(), value_source);
        if (whole == facts::Whole::kYes) value = c.NewCall(Local(c, "floatText"), {value}, value_source);
        if (whole == facts::Whole::kPerhaps) c.SayOnce("float-text", value_source);
      }
      bool zeros = spec.zero && spec.width && spec.align == 0 && !(value_source && IsNonNegative(c, value_source));
      if (zeros) return c.NewCall(Local(c, "padZeros"), {AsText(c, value), spec.width});
      return Padded(c, AsText(c, value), spec, true);
    }
    return FormatNumber(c, value_source, value, spec, origin);
  }
  // Text, or a value of unknown type with only a width.
  NodeId temporal = value_source ? TemporalText(c, value_source) : kNoNode;
  NodeId as_text = temporal ? temporal : text ? value : AsText(c, value);
  if (spec.precision) as_text = Js(c, "$X.slice(0, $P)", {{"X", as_text}, {"P", spec.precision}});
  bool unknown = !text && value_source && (KindsOf(c, value_source) & kUnknown) != 0;
  if (unknown && spec.align == 0 && spec.width) c.Say("stringify-differs", origin);
  return Padded(c, as_text, spec, spec.zero);
}

std::optional<NodeId> TranslateTemplate(Context& c, NodeId id) {
  auto source = c.As<Template>(id);
  NodeList parts;
  for (NodeId part : source.parts()) {
    if (auto text = c.As<String>(part)) {
      parts.push_back(c.NewString(text.value(), part));
      continue;
    }
    auto format = c.As<FormatValue>(part);
    if (!format) {
      parts.push_back(FloatInText(c, part, TextOf(c, part), NeighboursOf(source.parts(), part)));
      continue;
    }
    if (format.is_debug()) {
      std::string label(c.source().Text(c.src().span(format.value())));
      parts.push_back(c.NewString(label + "="));
    }
    auto date_pattern = format.spec() ? c.As<String>(format.spec()) : String();
    if (date_pattern && date_pattern.value().find('%') != std::string_view::npos && TemporalOf(c, format.value()) != Temporal::kNone) {
      NodeId text = TemporalFormat(c, format.value(), date_pattern.value());
      parts.push_back(text ? text : c.Refuse(part, "untranslated", {{"reason", "this pattern of a date"}}));
      continue;
    }
    NodeId value;
    bool repr = format.conversion() == "r" || format.conversion() == "a" || (format.is_debug() && !format.spec() && format.conversion().empty());
    if (repr) value = ReprOf(c, format.value());
    else if (!format.spec() || format.conversion() == "s") value = TextOf(c, format.value());
    else value = c.Expr(format.value());
    if (format.spec() && format.conversion() == "s" && !Only(c, format.value(), kText)) value = AsText(c, value);
    if (format.spec()) value = Formatted(c, repr || format.conversion() == "s" ? kNoNode : format.value(), value, format.spec(), part);
    parts.push_back(value);
  }
  NodeId result = NewTemplate(c, std::move(parts), id);
  if (source.is_multiline() && c.dst().Is(result, NodeKind::kTemplate)) {
    auto made = ir::As<Template>(c.dst(), result);
    NodeList list(made.parts().begin(), made.parts().end());
    return c.New(make::Template{.parts = std::move(list), .is_multiline = true}, id);
  }
  return result;
}

// Arguments of `"..." % x`.
NodeList PercentArgs(Context& c, NodeId right) {
  if (auto tuple = c.As<Tuple>(right)) return NodeList(tuple.elements().begin(), tuple.elements().end());
  return {right};
}

// `%(name)s`: the value of a dict that is written out or may be read several times.
NodeId NamedValue(Context& c, NodeId dict_source, std::string_view name) {
  if (auto dict = c.As<Dict>(dict_source)) {
    for (NodeId e : dict.entries()) {
      auto entry = c.As<DictEntry>(e);
      auto key = entry ? c.As<String>(entry.key()) : String();
      if (key && key.value() == name) return c.Expr(entry.value());
    }
    return kNoNode;
  }
  if (!c.IsPure(dict_source)) return kNoNode;
  NodeId read = c.Expr(dict_source);
  if (Only(c, dict_source, kMap)) return Js(c, "$D.get($K)", {{"D", read}, {"K", c.NewString(name)}});
  if (IsJsIdentifier(name)) return c.NewAttribute(read, name);
  return c.New(make::Subscript{.object = read, .index = c.NewString(name)}, {});
}

// `MESSAGE % name`, where the name always stands for one text: that text.
NodeId WrittenOut(Context& c, NodeId text) {
  const facts::BindingId binding = c.src().Is(text, NodeKind::kName) ? c.facts().BindingOf(text) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).reassigned) return text;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  const bool is_text = assign && assign.targets().size() == 1 && c.src().Is(assign.targets()[0], NodeKind::kName) &&
                       assign.value() && c.src().Is(assign.value(), NodeKind::kString);
  return is_text ? assign.value() : text;
}

std::optional<NodeId> TranslatePercent(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary.op() != BinaryOp::kMod) return std::nullopt;
  auto format = c.As<String>(WrittenOut(c, binary.left()));
  if (!format) {
    if (!Only(c, binary.left(), kText)) return std::nullopt;
    return c.Refuse(id, "untranslated", {{"reason", "% of a text that is not written out"}});
  }
  if (Only(c, binary.right(), kArray) && !c.src().Is(binary.right(), NodeKind::kTuple)) return c.Refuse(id, "untranslated", {{"reason", "% with a tuple that is not written out"}});
  NodeList args = PercentArgs(c, binary.right());
  NodeList parts;
  std::string text;
  std::size_t next = 0;
  bool by_name = false;
  std::string_view pattern = format.value();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      text += pattern[i];
      continue;
    }
    if (i + 1 < pattern.size() && pattern[i + 1] == '%') {
      text += '%';
      ++i;
      continue;
    }
    std::size_t begin = i + 1;
    NodeId named;
    if (begin < pattern.size() && pattern[begin] == '(') {
      std::size_t close = pattern.find(')', begin);
      if (close == std::string_view::npos) return c.Refuse(id, "untranslated", {{"reason", "this % format"}});
      named = NamedValue(c, binary.right(), pattern.substr(begin + 1, close - begin - 1));
      if (!named) return c.Refuse(id, "untranslated", {{"reason", "this % format"}});
      begin = close + 1;
    }
    std::size_t end = begin;
    while (end < pattern.size() && std::string_view("0123456789.-+ #").find(pattern[end]) != std::string_view::npos) ++end;
    if (end >= pattern.size() || (!named && next >= args.size())) return c.Refuse(id, "untranslated", {{"reason", "this % format"}});
    std::string flags(pattern.substr(begin, end - begin));
    char type = pattern[end];
    if (!text.empty()) parts.push_back(c.NewString(text));
    text.clear();
    if (named) {
      by_name = true;
      if (c.dst().Is(named, NodeKind::kNull)) return c.Refuse(id, "untranslated", {{"reason", "this % format"}});
      NodeId shown = named;
      if (type != 's' || !flags.empty()) {
        if (type == 'r') return c.Refuse(id, "untranslated", {{"reason", "this % format"}});
        std::string own = flags.starts_with("-") ? "<" + flags.substr(1) : type == 's' && !flags.empty() ? ">" + flags : flags;
        shown = WithSpec(c, kNoNode, named, ParseSpec(c, {own + (type == 'i' ? 'd' : type), {}}), id);
      }
      parts.push_back(shown);
      i = end;
      continue;
    }
    NodeId arg = args[next++];
    std::string spec;
    if (flags.starts_with("-")) {
      spec = "<";
      flags.erase(0, 1);
    } else if (!flags.empty() && type == 's') {
      spec = ">";
    }
    spec += flags;
    if (type == 'r') {
      parts.push_back(ReprOf(c, arg));
    } else if (spec.empty() && (type == 's' || type == 'd' || type == 'i')) {
      parts.push_back(type == 's' ? TextOf(c, arg) : Only(c, arg, kNumber) ? c.Expr(arg) : Js(c, "Math.trunc($X)", {{"X", c.Expr(arg)}}));
    } else {
      if (type == 'i') type = 'd';
      NodeId value = type == 's' ? TextOf(c, arg) : c.Expr(arg);
      parts.push_back(WithSpec(c, type == 's' ? kNoNode : arg, value, ParseSpec(c, {spec + type, {}}), id));
    }
    i = end;
  }
  if (!by_name && next != args.size()) return c.Refuse(id, "untranslated", {{"reason", "this % format"}});
  if (!text.empty()) parts.push_back(c.NewString(text));
  return NewTemplate(c, std::move(parts), id);
}

// A text that is known here: a literal, a literal with parts replaced, a name bound once to one.
std::optional<std::string> ConstantText(Context& c, NodeId id) {
  if (auto text = c.As<String>(id)) return std::string(text.value());
  if (auto call = c.As<Call>(id); call && c.MethodName(id) == "replace" && call.args().size() == 2) {
    auto whole = ConstantText(c, c.As<Attribute>(call.callee()).object());
    auto from = c.As<String>(call.args()[0]);
    auto to = c.As<String>(call.args()[1]);
    if (!whole || !from || !to || from.value().empty()) return std::nullopt;
    std::string out;
    for (std::size_t at = 0; at < whole->size();) {
      if (std::string_view(*whole).substr(at).starts_with(from.value())) {
        out += to.value();
        at += from.value().size();
      } else {
        out += (*whole)[at++];
      }
    }
    return out;
  }
  if (!c.src().Is(id, NodeKind::kName)) return std::nullopt;
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding || c.facts().binding(binding).writes.size() != 1 || c.facts().binding(binding).reassigned) return std::nullopt;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  if (!assign || !assign.value() || assign.targets().size() != 1 || !c.src().Is(assign.value(), NodeKind::kString)) return std::nullopt;
  return ConstantText(c, assign.value());
}

// `"{} and {name:>4}".format(a, name=b)`
std::optional<NodeId> TranslateFormatCall(Context& c, NodeId id) {
  if (c.MethodName(id) != "format") return std::nullopt;
  auto call = c.As<Call>(id);
  NodeId object = c.As<Attribute>(call.callee()).object();
  std::optional<std::string> constant = ConstantText(c, object);
  if (!constant) {
    if (!Only(c, object, kText)) return std::nullopt;
    NodeList list;
    NodeList entries;
    for (NodeId arg : call.args()) {
      if (auto keyword = c.As<Keyword>(arg)) entries.push_back(c.New(make::DictEntry{.key = c.NewString(keyword.name()), .value = TextOf(c, keyword.value())}, arg));
      else if (auto spread = c.As<KeywordSpread>(arg)) entries.push_back(c.New(make::Spread{.value = c.Expr(spread.value())}, arg));
      else list.push_back(c.Expr(arg));
    }
    // Fields with a specification are not known to this form.
    c.Say("stringify-differs", id);
    NodeList args{c.Expr(object), c.New(make::List{.elements = std::move(list)}, {})};
    if (!entries.empty()) args.push_back(c.New(make::Dict{.entries = std::move(entries)}, {}));
    return c.NewCall(Local(c, "formatText"), std::move(args), id);
  }
  NodeList positional;
  for (NodeId arg : call.args()) {
    if (HasCategory(c.src().kind(arg), category::Expr)) positional.push_back(arg);
  }
  NodeList parts;
  std::string text;
  std::size_t automatic = 0;
  std::string_view p = *constant;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if ((p[i] == '{' || p[i] == '}') && i + 1 < p.size() && p[i + 1] == p[i]) {
      text += p[i++];
      continue;
    }
    if (p[i] != '{') {
      text += p[i];
      continue;
    }
    std::size_t end = p.find('}', i);
    if (end == std::string_view::npos) return c.Refuse(id, "untranslated", {{"reason", "this format"}});
    std::string_view field = p.substr(i + 1, end - i - 1);
    std::string conversion;
    std::string_view spec;
    if (std::size_t colon = field.find(':'); colon != std::string_view::npos) {
      spec = field.substr(colon + 1);
      field = field.substr(0, colon);
    }
    if (std::size_t mark = field.find('!'); mark != std::string_view::npos) {
      conversion = field.substr(mark + 1);
      field = field.substr(0, mark);
    }
    NodeId arg;
    if (field.empty()) {
      if (automatic < positional.size()) arg = positional[automatic++];
    } else if (std::isdigit(static_cast<unsigned char>(field[0])) != 0) {
      std::size_t index = 0;
      std::from_chars(field.data(), field.data() + field.size(), index);
      if (index < positional.size()) arg = positional[index];
    } else {
      arg = KeywordArg(c, id, field);
    }
    if (!arg || spec.find('{') != std::string_view::npos) return c.Refuse(id, "untranslated", {{"reason", "this format"}});
    if (!text.empty()) parts.push_back(c.NewString(text));
    text.clear();
    if (conversion == "r") {
      parts.push_back(spec.empty() ? ReprOf(c, arg) : WithSpec(c, kNoNode, ReprOf(c, arg), ParseSpec(c, {std::string(spec), {}}), id));
    } else if (spec.empty()) {
      parts.push_back(TextOf(c, arg));
    } else {
      parts.push_back(WithSpec(c, arg, c.Expr(arg), ParseSpec(c, {std::string(spec), {}}), id));
    }
    i = end;
  }
  if (!text.empty()) parts.push_back(c.NewString(text));
  return NewTemplate(c, std::move(parts), id);
}

}  // namespace

NodeId NewTemplate(Context& c, NodeList parts, NodeId origin) {
  NodeList merged;
  std::string text;
  bool pending = false;
  auto flush = [&] {
    if (pending && !text.empty()) merged.push_back(c.NewString(text));
    text.clear();
    pending = false;
  };
  for (NodeId part : parts) {
    if (auto inner = ir::As<Template>(c.dst(), part)) {
      NodeList list(inner.parts().begin(), inner.parts().end());
      for (NodeId p : list) {
        if (auto s = ir::As<String>(c.dst(), p)) {
          text += s.value();
          pending = true;
        } else {
          flush();
          merged.push_back(p);
        }
      }
    } else if (auto s = ir::As<String>(c.dst(), part)) {
      text += s.value();
      pending = true;
    } else {
      flush();
      merged.push_back(part);
    }
  }
  if (merged.empty()) return c.NewString(text, origin);
  flush();
  return c.New(make::Template{.parts = std::move(merged)}, origin);
}

NodeId TextOf(Context& c, NodeId id) {
  if (NodeId text = CancelText(c, id)) return text;
  if (NodeId text = TemporalText(c, id)) return text;
  SayOfFlag(c, id, false);
  NodeId value = c.Expr(id);
  auto cause = c.As<Attribute>(id);
  if (Only(c, id, kError) || IsErrorHere(c, id) || (cause && (cause.name() == "__cause__" || cause.name() == "__context__"))) {
    NodeId owner = ClassOf(c, id);
    if (owner && FindMethod(c, owner, "__str__")) return value;
    return c.NewAttribute(value, "message", id);
  }
  if (HoldsErrors(c, id)) return ErrorListText(c, id);
  if ((KindsOf(c, id) & kUnknown) == 0 && May(c, id, kError) && May(c, id, kContainer)) return MixedText(c, id, value);
  if (Only(c, id, kBytes)) return c.NewCall(Local(c, "bytesText"), {value}, id);
  // A tuple stands in a text with its own brackets.
  if (c.facts().KindOf(id) == facts::TypeKind::kTuple) return c.NewCall(Local(c, "tupleText"), {value}, id);
  if (Only(c, id, kContainer) || (May(c, id, kContainer) && !May(c, id, kText))) return PlainRepr(c, value, id);
  if (ShowsItself(c, c.facts().TypeOf(id))) return value;
  if (NodeId owner = ClassOf(c, id)) return HasTextOfItsOwn(c, owner) ? value : PlainRepr(c, value, id);
  if (May(c, id, kContainer)) c.Say("stringify-differs", id);
  if (MayBeError(c, id)) return MixedText(c, id, value);
  return value;
}

NodeId ReprOf(Context& c, NodeId id) {
  auto cause = c.As<Attribute>(id);
  bool error = Only(c, id, kError) || IsErrorHere(c, id) || (cause && (cause.name() == "__cause__" || cause.name() == "__context__"));
  NodeId error_class = ClassOf(c, id);
  if (cause && error) {
    Local(c, "reprError");
    return c.NewCall(Local(c, "repr"), {c.Expr(id)}, id);  // there may be none
  }
  if (error && !(error_class && FindMethod(c, error_class, "__repr__"))) return ErrorRepr(c, c.Expr(id));
  if (HoldsErrors(c, id)) return ErrorListText(c, id);
  SayOfFlag(c, id, true);
  NodeId value = c.Expr(id);
  if (auto text = ir::As<String>(c.dst(), value)) {
    std::string quoted = "'" + std::string(text.value()) + "'";
    if (quoted.find_first_of("\\\n'", 1) == quoted.size() - 1) return c.NewString(quoted, id);
  }
  if (NodeId owner = ClassOf(c, id)) {
    if (FindMethod(c, owner, "__repr__")) {
      std::string_view name = FindMethod(c, owner, "__str__") ? "inspect" : "toString";
      return c.NewCall(c.NewAttribute(value, name), {}, id);
    }
  }
  if (Only(c, id, kNumber | kFlag | kNone)) return Js(c, "String($X)", {{"X", value}}, id);
  if (MayBeError(c, id)) return MixedRepr(c, id, value);
  if (Only(c, id, kBytes)) return c.NewCall(Local(c, "bytesText"), {value}, id);
  if (c.facts().KindOf(id) == facts::TypeKind::kTuple) return c.NewCall(Local(c, "tupleText"), {value}, id);
  return PlainRepr(c, value, id);
}

NodeId Formatted(Context& c, NodeId value_source, NodeId value, NodeId spec, NodeId origin) {
  return WithSpec(c, value_source, value, ParseSpec(c, ReadSpec(c, spec)), origin);
}
void RegisterStrings(Topics& t) {
  t.Claim(NodeKind::kTemplate, Order::kBeforeCards, &TranslateTemplate);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslatePercent);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFormatCall);
}

}  // namespace asyncport::translate::to_js
