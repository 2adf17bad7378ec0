// Texts read as numbers: `Number(x)`, `+x`, `parseInt` and `parseFloat`. Where the text is surely a number, int() or float()
// say it; where it may be none, a function of the file gives NaN as JavaScript does, and a whole number without a point.
// Texts that are written out are parsed_literals.cpp.
// Example: `parseInt(process.env.PORT, 10) || 3000` -> `parse_int(os.environ.get("PORT"), 0) or 3000`.
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

#include "facts/contents.h"
#include "translate/quote.h"
#include "translate/to_py/parsing.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

enum class Reads { kWhole, kPrefixInt, kPrefixFloat };

struct Parse {
  NodeId text;
  NodeId radix;  // none for ten
  Reads reads;
};

bool IsNumber(Context& c, NodeId id, std::string_view text) {
  auto number = c.As<Number>(id);
  return number && number.text() == text;
}

std::optional<Reads> ReadsOf(std::string_view path) {
  if (path == "parseInt" || path == "Number.parseInt") return Reads::kPrefixInt;
  if (path == "parseFloat" || path == "Number.parseFloat") return Reads::kPrefixFloat;
  if (path == "Number") return Reads::kWhole;
  return std::nullopt;
}

std::optional<Parse> AsParse(Context& c, NodeId id) {
  if (auto unary = c.As<Unary>(id); unary && unary.op() == UnaryOp::kPos) {
    return Parse{unary.operand(), {}, Reads::kWhole};
  }
  auto call = c.As<Call>(id);
  if (!call || call.args().empty() || call.args().size() > 2 ||
      c.src().Is(call.args()[0], NodeKind::kSpread)) {
    return std::nullopt;
  }
  const auto reads = ReadsOf(c.facts().ResolvedName(call.callee()));
  if (!reads || (call.args().size() == 2 && *reads != Reads::kPrefixInt)) return std::nullopt;
  const bool ten = call.args().size() == 1 || IsNumber(c, call.args()[1], "10");
  return Parse{call.args()[0], ten ? kNoNode : call.args()[1], *reads};
}

bool IsText(Context& c, NodeId id) {
  if (c.facts().Only(id, {TypeKind::kInstance})) return false;
  return !c.facts().Only(
      id, {TypeKind::kInt, TypeKind::kFloat, TypeKind::kBool, TypeKind::kBigInt, TypeKind::kDate});
}

// Does it stand where zero and NaN are the same: `Number(x) || 10`, `if (Number(x))`?
bool IsTruthTested(Context& c, NodeId id) {
  const NodeId parent = c.facts().Parent(id);
  if (auto logical = c.As<Logical>(parent)) {
    return logical.op() == LogicalOp::kOr && logical.left() == id;
  }
  if (auto unary = c.As<Unary>(parent)) return unary.op() == UnaryOp::kNot;
  if (auto branch = c.As<If>(parent)) return branch.test() == id;
  if (auto choice = c.As<Conditional>(parent)) return choice.test() == id;
  return false;
}

// Some of what the file reads as numbers may be other things than texts, or has a radix.
struct Forms {
  bool mixed = false;
  bool based = false;
  explicit Forms(Context& c) {
    for (std::size_t i = 1; i < c.src().size(); ++i) {
      const NodeId id{static_cast<std::uint32_t>(i)};
      const auto parse = AsParse(c, id);
      if (!parse) continue;
      mixed = mixed || !c.facts().Only(parse->text, {TypeKind::kStr, TypeKind::kUndefined});
      based = based || parse->radix;
    }
  }
};

// The function of the file that reads, placed once.
NodeId Reader(Context& c, Reads reads, NodeId origin) {
  c.Library("math.nan");
  c.Library("re.match");
  switch (reads) {
    case Reads::kPrefixInt:
      if (c.State<Forms>().based) {
        return DefineOnce(c, "parse_int", R"py(
def parse_int(value, default=math.nan, base=10):
    """Read the whole number that a text starts with, `default` if there is none."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"[:base]
    match = re.match(rf"\s*[+-]?[{digits}]+", str(value), re.IGNORECASE)
    return int(match[0], base) if match else default
)py",
                          origin);
      }
      return DefineOnce(c, "parse_int", R"py(
def parse_int(value, default=math.nan):
    """Read the whole number that a text starts with, `default` if there is none."""
    match = re.match(r"\s*[+-]?\d+", str(value))
    return int(match[0]) if match else default
)py",
                        origin);
    case Reads::kPrefixFloat:
      return DefineOnce(c, "parse_float", R"py(
def parse_float(value, default=math.nan):
    """Read the number that a text starts with, `default` if there is none."""
    pattern = r"\s*[+-]?(\d+\.?\d*|\.\d+|Infinity)([eE][+-]?\d+)?"
    match = re.match(pattern, str(value))
    if match is None:
        return default
    number = float(match[0])
    return int(number) if number.is_integer() else number
)py",
                        origin);
    case Reads::kWhole:
      break;
  }
  if (c.State<Forms>().mixed) {
    return DefineOnce(c, "parse_number", R"py(
def parse_number(value, default=math.nan):
    """Read a value as a number, `default` if it is none; whole ones are ints."""
    if isinstance(value, (int, float)):
        return value
    text = str(value).strip() or "0"
    pattern = r"[+-]?(\d+\.?\d*|\.\d+|Infinity)([eE][+-]?\d+)?"
    if not re.fullmatch(pattern, text):
        return default
    number = float(text)
    return int(number) if number.is_integer() else number
)py",
                      origin);
  }
  return DefineOnce(c, "parse_number", R"py(
def parse_number(text, default=math.nan):
    """Read a text as a number, `default` if it is none; whole numbers are ints."""
    text = str(text).strip() or "0"
    pattern = r"[+-]?(\d+\.?\d*|\.\d+|Infinity)([eE][+-]?\d+)?"
    if not re.fullmatch(pattern, text):
        return default
    number = float(text)
    return int(number) if number.is_integer() else number
)py",
                    origin);
}

bool IsDigits(std::string_view text, bool letters) {
  for (char ch : text) {
    const auto byte = static_cast<unsigned char>(ch);
    if (letters ? std::isalnum(byte) == 0 : std::isdigit(byte) == 0) return false;
  }
  return !text.empty();
}

// int() or float() where nothing can go wrong; nothing elsewhere.
std::optional<NodeId> ReadSurely(Context& c, const Parse& parse, NodeId origin) {
  if (c.facts().Only(parse.text, {TypeKind::kBigInt})) return c.Expr(parse.text);
  auto text = c.As<String>(parse.text);
  NodeList args;
  if (text && IsDigits(text.value(), static_cast<bool>(parse.radix))) {
    args.push_back(c.Expr(parse.text));
    if (parse.radix) args.push_back(c.Expr(parse.radix));
    return c.NewCall(c.NewName("int"), std::move(args), origin);
  }
  if (parse.radix || text) return std::nullopt;
  if (facts::IsWholeNumberText(c.facts(), parse.text)) {
    return c.NewCall(c.NewName("int"), {c.Expr(parse.text)}, origin);
  }
  if (parse.reads != Reads::kPrefixInt && facts::IsNumberText(c.facts(), parse.text)) {
    return c.NewCall(c.NewName("float"), {c.Expr(parse.text)}, origin);
  }
  return std::nullopt;
}

std::optional<NodeId> TranslateParse(Context& c, NodeId id) {
  const auto parse = AsParse(c, id);
  if (parse && parse->reads == Reads::kWhole && c.src().Is(parse->text, NodeKind::kNull)) return c.NewInt(0, id);
  if (!parse || !IsText(c, parse->text)) return std::nullopt;
  if (auto sure = ReadSurely(c, *parse, id)) return sure;
  if (c.As<String>(parse->text)) return std::nullopt;  // parsed_literals.cpp
  NodeList args{c.Expr(parse->text)};
  if (IsTruthTested(c, id)) args.push_back(c.NewInt(0));
  if (parse->radix) args.push_back(c.NewKeyword("base", c.Expr(parse->radix)));
  return c.NewCall(Reader(c, parse->reads, id), std::move(args), id);
}

// `xs.map(Number)`
std::optional<NodeId> TranslateMapped(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (c.MethodName(id) != "map" || call.args().size() != 1) return std::nullopt;
  const auto reads = ReadsOf(c.facts().ResolvedName(call.args()[0]));
  auto method = c.As<Attribute>(call.callee());
  if (!reads || *reads == Reads::kPrefixInt || method.is_optional() || call.is_optional()) {
    return std::nullopt;
  }
  const facts::Type& list = c.facts().type(c.facts().TypeOf(method.object()));
  const TypeKind item =
      list.kind == TypeKind::kList ? c.facts().type(list.element).kind : TypeKind::kUnknown;
  if (item == TypeKind::kInt || item == TypeKind::kFloat) return std::nullopt;
  if (list.kind != TypeKind::kList && list.kind != TypeKind::kUnknown) return std::nullopt;
  return Quote(c, "[$READ(item) for item in $XS]",
               {{"READ", Reader(c, *reads, call.args()[0])}, {"XS", c.Expr(method.object())}}, id);
}

// `isNaN(text)`: does it read as a number?
std::optional<NodeId> TranslateTextIsNan(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "isNaN") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  NodeId text = c.As<Call>(id).args()[0];
  if (c.facts().Only(text, {TypeKind::kDate})) return std::nullopt;
  if (c.facts().Only(text, {TypeKind::kInt, TypeKind::kFloat, TypeKind::kBool})) {
    return std::nullopt;
  }
  NodeId value = c.NewCall(Reader(c, Reads::kWhole, id), {c.Expr(text)});
  return c.NewCall(c.Library("math.isnan"), {value}, id);
}

}  // namespace

bool MayBeNan(Context& c, NodeId id) {
  const facts::BindingId binding =
      c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
  if (!binding) return false;
  for (NodeId write : c.facts().binding(binding).writes) {
    auto assign = c.As<Assign>(c.facts().Parent(write));
    const auto parse = assign && assign.value() ? AsParse(c, assign.value()) : std::nullopt;
    if (parse && IsText(c, parse->text) && !facts::IsNumberText(c.facts(), parse->text)) {
      return true;
    }
  }
  return false;
}

NodeId NumberReader(Context& c, std::string_view path, NodeId origin) {
  const auto reads = ReadsOf(path);
  return reads && *reads != Reads::kPrefixInt ? Reader(c, *reads, origin) : kNoNode;
}

void RegisterParsing(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTextIsNan);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateParse);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateMapped);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslateParse);
}

}  // namespace asyncport::translate::to_py
