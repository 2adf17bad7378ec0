// Dates as datetimes that know their zone, always UTC inside: making, reading, moving and subtracting them.
// Formats by language (toLocaleString) are not in here.
// Example: `new Date(start.getTime() + 1000)` -> `start + timedelta(milliseconds=1000)`.
#include <utility>

#include "translate/to_py/absence.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct Part {
  std::string_view js;    // after get / getUTC / set / setUTC
  std::string_view py;    // attribute of datetime
  std::string_view unit;  // of timedelta; empty: months and years have no fixed length
};
constexpr Part kParts[] = {
    {"FullYear", "year", ""},
    {"Month", "month", ""},
    {"Date", "day", "days"},
    {"Hours", "hour", "hours"},
    {"Minutes", "minute", "minutes"},
    {"Seconds", "second", "seconds"},
    {"Milliseconds", "microsecond", "milliseconds"},
};
const Part* FindPart(std::string_view name) {
  for (const Part& part : kParts) {
    if (part.js == name) return &part;
  }
  return nullptr;
}

bool IsDate(Context& c, NodeId id) {
  return c.facts().May(id, {TypeKind::kDate}) &&
         c.facts().Only(id, {TypeKind::kDate, TypeKind::kNull, TypeKind::kUndefined});
}

NodeId Datetime(Context& c) { return c.Library("datetime:datetime"); }
NodeId Utc(Context& c) { return c.Library("datetime:UTC"); }
NodeId Op(Context& c, BinaryOp op, NodeId left, NodeId right, NodeId origin = {}) {
  return c.New(make::Binary{.left = left, .right = right, .op = op}, origin);
}
NodeId Method(Context& c, NodeId object, std::string_view name, NodeList args = {},
              NodeId origin = {}) {
  return c.NewCall(c.NewAttribute(object, name), std::move(args), origin);
}
NodeId Delta(Context& c, std::string_view unit, NodeId amount) {
  return c.NewCall(c.Library("datetime:timedelta"), {c.NewKeyword(unit, amount)});
}
// `round(d.timestamp() * 1000)`
NodeId Milliseconds(Context& c, NodeId date, NodeId origin) {
  return c.NewCall(c.NewName("round"),
                   {Op(c, BinaryOp::kMul, Method(c, date, "timestamp"), c.NewInt(1000))}, origin);
}

// `value + n`, folded where both are plain.
NodeId Plus(Context& c, NodeId source, long long n) {
  auto number = c.As<Number>(source);
  if (number && number.kind() == NumberKind::kInt && number.text().size() < 7)
    return c.NewInt(std::stoll(std::string(number.text())) + n);
  return Op(c, BinaryOp::kAdd, c.Expr(source), c.NewInt(n));
}
NodeId Times(Context& c, NodeId source, long long n) {
  auto number = c.As<Number>(source);
  if (number && number.kind() == NumberKind::kInt && number.text().size() < 7)
    return c.NewInt(std::stoll(std::string(number.text())) * n);
  return Op(c, BinaryOp::kMul, c.Expr(source), c.NewInt(n));
}

// `new Date(y, m, d, ...)` and `Date.UTC(y, m, d, ...)`.
NodeId FromParts(Context& c, std::span<const NodeId> args, bool utc, NodeId origin) {
  c.SayOnce("month-zero-based", origin);
  NodeList list{c.Expr(args[0]), args.size() > 1 ? Plus(c, args[1], 1) : c.NewInt(1)};
  auto day = args.size() > 2 ? c.As<Number>(args[2]) : Number();
  bool day_zero = day && day.text() == "0";  // the day before the month
  list.push_back(args.size() > 2 && !day_zero ? c.Expr(args[2]) : c.NewInt(1));
  for (std::size_t i = 3; i < args.size() && i < 6; ++i) list.push_back(c.Expr(args[i]));
  if (args.size() > 6) list.push_back(Times(c, args[6], 1000));
  if (utc) list.push_back(c.NewKeyword("tzinfo", Utc(c)));
  NodeId made = c.NewCall(Datetime(c), std::move(list), origin);
  if (day_zero) made = Op(c, BinaryOp::kSub, made, Delta(c, "days", c.NewInt(1)), origin);
  return utc ? made : Method(c, made, "astimezone", {Utc(c)}, origin);
}

// `2024-03-01T00:00:00Z` says its zone; a date alone is UTC in JavaScript; a time without a zone is local.
bool IsDateOnly(std::string_view text) {
  return text.find('T') == std::string_view::npos && text.find(':') == std::string_view::npos;
}
bool SaysZone(std::string_view text) {
  std::size_t time = text.find('T');
  if (time == std::string_view::npos) return false;
  return text.ends_with('Z') || text.find_first_of("+-", time) != std::string_view::npos;
}

NodeId FromText(Context& c, NodeId text, NodeId origin) {
  NodeId parsed = Method(c, Datetime(c), "fromisoformat", {c.Expr(text)}, origin);
  if (auto literal = c.As<String>(text)) {
    if (SaysZone(literal.value())) return parsed;
    if (IsDateOnly(literal.value()))
      return Method(c, parsed, "replace", {c.NewKeyword("tzinfo", Utc(c))}, origin);
  }
  c.SayOnce("date-parsing", origin);
  return Method(c, parsed, "astimezone", {Utc(c)}, origin);
}

NodeId FromNumber(Context& c, NodeId number, NodeId origin) {
  return Method(c, Datetime(c), "fromtimestamp",
                {Op(c, BinaryOp::kDiv, number, c.NewInt(1000)), Utc(c)}, origin);
}

// The date in `d.getTime()`, `d.valueOf()`, `+d`; none for anything else.
NodeId InMilliseconds(Context& c, NodeId id) {
  if (auto call = c.As<Call>(id)) {
    auto method = c.As<Attribute>(call.callee());
    bool reads =
        method && (method.name() == "getTime" || method.name() == "valueOf") && call.args().empty();
    return reads && IsDate(c, method.object()) ? method.object() : kNoNode;
  }
  auto plus = c.As<Unary>(id);
  return plus && plus.op() == UnaryOp::kPos && IsDate(c, plus.operand()) ? plus.operand() : kNoNode;
}

NodeId FromValue(Context& c, NodeId value, NodeId origin) {
  if (IsDate(c, value)) return c.Expr(value);
  if (NodeId date = InMilliseconds(c, value)) return c.Expr(date);
  if (c.IsCallTo(value, "Date.now")) return Method(c, Datetime(c), "now", {Utc(c)}, origin);
  if (c.IsCallTo(value, "Date.UTC") && c.As<Call>(value).args().size() > 1)
    return FromParts(c, c.As<Call>(value).args(), true, origin);
  if (auto sum = c.As<Binary>(value);
      sum && (sum.op() == BinaryOp::kAdd || sum.op() == BinaryOp::kSub)) {
    if (NodeId date = InMilliseconds(c, sum.left())) {
      return Op(c, sum.op(), c.Expr(date), Delta(c, "milliseconds", c.Expr(sum.right())), origin);
    }
  }
  if (c.facts().Only(value, {TypeKind::kStr})) return FromText(c, value, origin);
  if (c.facts().Only(value, {TypeKind::kInt, TypeKind::kFloat}))
    return FromNumber(c, c.Expr(value), origin);
  if (!c.IsPure(value)) return c.Refuse(origin, "date-parsing");
  // A number or a text: each has its own way in.
  NodeId types = c.New(
      make::Tuple{.elements = {c.NewName("int"), c.NewName("float")}, .is_parenthesised = true},
      {});
  NodeId test = c.NewCall(c.NewName("isinstance"), {c.Expr(value), types});
  return c.New(make::Conditional{.test = test,
                                 .then_value = FromNumber(c, c.Expr(value), {}),
                                 .else_value = FromText(c, value, origin)},
               origin);
}

std::optional<NodeId> TranslateNew(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  if (c.facts().ResolvedName(made.callee()) != "Date") return std::nullopt;
  auto args = made.args();
  if (args.empty()) return Method(c, Datetime(c), "now", {Utc(c)}, id);
  for (NodeId arg : args) {
    if (c.src().Is(arg, NodeKind::kSpread)) return std::nullopt;
  }
  if (args.size() == 1) return FromValue(c, args[0], id);
  return FromParts(c, args, false, id);
}

// `Date.UTC(...)`, `Date.parse(text)`: numbers.
std::optional<NodeId> TranslateStatic(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "Date.UTC" && call.args().size() > 1)
    return Milliseconds(c, FromParts(c, call.args(), true, id), id);
  if (name == "Date.parse" && call.args().size() == 1)
    return Milliseconds(c, FromText(c, call.args()[0], id), id);
  return std::nullopt;
}

// The date and method of `d.getUTCHours()`; also where `d` is not known, for names that nothing else has.
struct Reading {
  NodeId date;
  const Part* part = nullptr;
  bool utc = false;
  bool weekday = false;
};
std::optional<Reading> AsReading(Context& c, NodeId id, std::string_view verb) {
  auto call = c.As<Call>(id);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || call.is_optional() || method.is_optional() || !method.name().starts_with(verb))
    return std::nullopt;
  if (!IsDate(c, method.object()) && c.facts().KindOf(method.object()) != TypeKind::kUnknown)
    return std::nullopt;
  if (!IsDate(c, method.object()) && c.src().Is(method.object(), NodeKind::kSelfRef))
    return std::nullopt;
  std::string_view rest = method.name().substr(verb.size());
  Reading reading{.date = method.object()};
  if (rest.starts_with("UTC")) {
    reading.utc = true;
    rest.remove_prefix(3);
  }
  reading.weekday = rest == "Day";
  reading.part = FindPart(rest);
  if (!reading.part && !reading.weekday) return std::nullopt;
  return reading;
}

NodeId InZone(Context& c, NodeId date, bool utc) {
  return utc ? date : Method(c, date, "astimezone");
}

NodeId ReadPart(Context& c, const Reading& reading, NodeId origin) {
  NodeId date = InZone(c, c.Expr(reading.date), reading.utc);
  if (reading.weekday)
    return Op(c, BinaryOp::kMod, Method(c, date, "isoweekday"), c.NewInt(7), origin);
  NodeId part = c.NewAttribute(date, reading.part->py, origin);
  if (reading.part->py == "microsecond")
    return Op(c, BinaryOp::kFloorDiv, part, c.NewInt(1000), origin);
  return part;
}

std::optional<NodeId> TranslateMethod(Context& c, NodeId id) {
  if (auto reading = AsReading(c, id, "get")) {
    NodeId part = ReadPart(c, *reading, id);
    if (!reading->part || reading->part->py != "month") return part;
    c.SayOnce("month-zero-based", id);
    return Op(c, BinaryOp::kSub, part, c.NewInt(1), id);
  }
  if (NodeId date = InMilliseconds(c, id)) return Milliseconds(c, c.Expr(date), id);
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || call.is_optional() || method.is_optional() || !call.args().empty())
    return std::nullopt;
  bool iso =
      method.name() == "toISOString" || (method.name() == "toJSON" && IsDate(c, method.object()));
  bool unknown =
      method.name() == "toISOString" && c.facts().KindOf(method.object()) == TypeKind::kUnknown;
  if (iso && (IsDate(c, method.object()) || unknown)) {
    NodeId text = Method(c, c.Expr(method.object()), "isoformat",
                         {c.NewKeyword("timespec", c.NewString("milliseconds"))}, id);
    return Method(c, text, "replace", {c.NewString("+00:00"), c.NewString("Z")}, id);
  }
  if (method.name() == "toDateString" && IsDate(c, method.object())) {
    return Method(c, InZone(c, c.Expr(method.object()), false), "strftime",
                  {c.NewString("%a %b %d %Y")}, id);
  }
  return std::nullopt;
}

// `d.toISOString().slice(0, 10)` -> `d.date().isoformat()`; with `.split("T")[0]` alike.
NodeId DayOf(Context& c, NodeId iso, NodeId origin) {
  auto call = c.As<Call>(iso);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.name() != "toISOString" || !IsDate(c, method.object())) return kNoNode;
  return Method(c, Method(c, c.Expr(method.object()), "date"), "isoformat", {}, origin);
}
bool IsNumberText(Context& c, NodeId id, std::string_view text) {
  auto number = c.As<Number>(id);
  return number && number.text() == text;
}
std::optional<NodeId> TranslateDaySlice(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || (method.name() != "slice" && method.name() != "substring") ||
      call.args().size() != 2)
    return std::nullopt;
  if (!IsNumberText(c, call.args()[0], "0") || !IsNumberText(c, call.args()[1], "10"))
    return std::nullopt;
  NodeId day = DayOf(c, method.object(), id);
  return day ? std::optional(day) : std::nullopt;
}
std::optional<NodeId> TranslateDaySplit(Context& c, NodeId id) {
  auto item = c.As<Subscript>(id);
  auto call = c.As<Call>(item.object());
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || method.name() != "split" || call.args().size() != 1 ||
      !IsNumberText(c, item.index(), "0"))
    return std::nullopt;
  auto separator = c.As<String>(call.args()[0]);
  if (!separator || separator.value() != "T") return std::nullopt;
  NodeId day = DayOf(c, method.object(), id);
  return day ? std::optional(day) : std::nullopt;
}

// `getMonth() + 1` is what Python counts; differences are milliseconds.
std::optional<NodeId> TranslateArithmetic(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary.op() == BinaryOp::kAdd && IsNumberText(c, binary.right(), "1")) {
    auto reading = AsReading(c, binary.left(), "get");
    if (reading && reading->part && reading->part->py == "month") return ReadPart(c, *reading, id);
  }
  bool same = binary.op() == BinaryOp::kStrictEq || binary.op() == BinaryOp::kStrictNe;
  if (same && IsDate(c, binary.left()) && IsDate(c, binary.right()) &&
      c.facts().Only(binary.left(), {TypeKind::kDate}) &&
      c.facts().Only(binary.right(), {TypeKind::kDate})) {
    return Op(c, binary.op() == BinaryOp::kStrictEq ? BinaryOp::kIs : BinaryOp::kIsNot,
              c.Expr(binary.left()), c.Expr(binary.right()), id);
  }
  if (binary.op() != BinaryOp::kSub) return std::nullopt;
  NodeId left = binary.left();
  NodeId right = binary.right();
  if (NodeId date = InMilliseconds(c, left)) left = date;
  if (NodeId date = InMilliseconds(c, right)) right = date;
  auto date_or_unknown = [&](NodeId side) {
    return IsDate(c, side) || c.facts().KindOf(side) == TypeKind::kUnknown;
  };
  if (!IsDate(c, left) && !IsDate(c, right)) return std::nullopt;
  if (date_or_unknown(left) && date_or_unknown(right)) {
    NodeId difference = Op(c, BinaryOp::kSub, c.Expr(left), c.Expr(right));
    return Op(c, BinaryOp::kFloorDiv, difference, Delta(c, "milliseconds", c.NewInt(1)), id);
  }
  auto number = [&](NodeId side) {
    return IsDate(c, side) ? Milliseconds(c, c.Expr(side), side) : c.Expr(side);
  };
  return Op(c, BinaryOp::kSub, number(left), number(right), id);
}

std::optional<NodeId> TranslatePlus(Context& c, NodeId id) {
  NodeId date = InMilliseconds(c, id);
  return date ? std::optional(Milliseconds(c, c.Expr(date), id)) : std::nullopt;
}

// Is the variable the only one that holds this date, so that a new datetime may take its place?
bool IsOwnDate(Context& c, NodeId place) {
  if (auto attribute = c.As<Attribute>(place))
    return c.src().Is(attribute.object(), NodeKind::kSelfRef);
  facts::BindingId binding =
      c.src().Is(place, NodeKind::kName) ? c.facts().BindingOf(place) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kVariable) return false;
  for (NodeId write : c.facts().binding(binding).writes) {
    auto assign = c.As<Assign>(c.facts().Parent(write));
    if (!assign || !assign.value() || !c.src().Is(assign.value(), NodeKind::kNew)) return false;
  }
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeKind parent = c.src().kind(c.facts().Parent(read));
    if (parent == NodeKind::kAssign || parent == NodeKind::kList || parent == NodeKind::kDictEntry)
      return false;
    if (c.MethodName(c.facts().Parent(read)) == "push") return false;
  }
  return true;
}

// `d.setUTCDate(d.getUTCDate() + 1);` -> `d += timedelta(days=1)`; `d.setUTCHours(0, 0, 0, 0);` -> `d = d.replace(...)`.
bool TranslateSetter(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  auto call = c.As<Call>(value);
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || !IsDate(c, method.object()) || call.args().empty()) return false;
  NodeId place = method.object();
  if (method.name() == "setTime" && call.args().size() == 1 && IsOwnDate(c, place)) {
    out.push_back(c.NewAssign(c.Expr(place), FromValue(c, call.args()[0], id), id));
    return true;
  }
  auto setting = AsReading(c, value, "set");
  if (!setting || !setting->part) return false;
  if (!IsOwnDate(c, place)) {
    c.Refuse(id, "untranslated", {{"reason", "changing a date that others may hold"}});
    return true;
  }
  NodeId date = c.Expr(place);
  auto args = call.args();
  auto sum = args.size() == 1 ? c.As<Binary>(args[0]) : Binary();
  bool moves = sum && (sum.op() == BinaryOp::kAdd || sum.op() == BinaryOp::kSub) &&
               !setting->part->unit.empty();
  auto current = moves ? AsReading(c, sum.left(), "get") : std::nullopt;
  if (current && current->part == setting->part && current->utc == setting->utc &&
      SameTree(c.src(), current->date, c.src(), place)) {
    NodeId delta = Delta(c, setting->part->unit, c.Expr(sum.right()));
    if (setting->utc) {
      out.push_back(c.New(make::AugAssign{.target = date, .value = delta, .op = sum.op()}, id));
      return true;
    }
    // The clock on the wall moves, whatever daylight saving does.
    NodeId wall = Method(c, InZone(c, date, false), "replace",
                         {c.NewKeyword("tzinfo", c.New(make::Null{}, {}))});
    out.push_back(
        c.NewAssign(date, Method(c, Op(c, sum.op(), wall, delta), "astimezone", {Utc(c)}), id));
    return true;
  }
  const Part* part = setting->part;
  NodeList fields;
  for (NodeId arg : args) {
    if (part > &kParts[std::size(kParts) - 1]) break;
    NodeId amount = part->py == "month"         ? Plus(c, arg, 1)
                    : part->py == "microsecond" ? Times(c, arg, 1000)
                                                : c.Expr(arg);
    fields.push_back(c.NewKeyword(part->py, amount, arg));
    ++part;
  }
  NodeId moved = Method(c, InZone(c, date, setting->utc), "replace", std::move(fields), id);
  if (!setting->utc) moved = Method(c, moved, "astimezone", {Utc(c)}, id);
  out.push_back(c.NewAssign(date, moved, id));
  return true;
}

// console.log shows a date as toISOString does.
std::optional<NodeId> TranslatePrinted(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "console.log") && !c.IsCallTo(id, "console.error") &&
      !c.IsCallTo(id, "console.info"))
    return std::nullopt;
  for (NodeId arg : c.As<Call>(id).args()) {
    if (!c.facts().Only(arg, {TypeKind::kDate})) continue;
    NodeId text = Method(c, c.Expr(arg), "isoformat",
                         {c.NewKeyword("timespec", c.NewString("milliseconds"))}, arg);
    c.Override(arg, Method(c, text, "replace", {c.NewString("+00:00"), c.NewString("Z")}, arg));
  }
  return std::nullopt;
}

std::optional<NodeId> TranslateDateClass(Context& c, NodeId id) {
  auto test = c.As<Binary>(c.facts().Parent(id));
  if (!test || test.op() != BinaryOp::kInstanceOf || test.right() != id ||
      c.facts().ResolvedName(id) != "Date")
    return std::nullopt;
  return Datetime(c);
}

}  // namespace

void RegisterDates(Topics& t) {
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateNew);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateStatic);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateMethod);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateDaySlice);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePrinted);
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateDaySplit);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateArithmetic);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslatePlus);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateSetter);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateDateClass);
}

}  // namespace asyncport::translate::to_py
