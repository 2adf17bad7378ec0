// datetime: dates and times as Date objects whose UTC fields are the fields of Python's, durations as milliseconds.
// Zones other than UTC are refused, and so is parsing by a pattern.
// Example: `day + timedelta(days=2)` -> `new Date(day.getTime() + 172_800_000)`; `(a - b).days` -> `Math.floor((a - b) / 86_400_000)`.
#include <cmath>
#include <string>
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

constexpr long long kDay = 86'400'000;

struct Unit {
  std::string_view name;
  long long ms;
};
// In the order of timedelta's parameters; microseconds are lost.
constexpr Unit kUnits[] = {{"days", kDay},      {"seconds", 1000},   {"microseconds", 0},
                           {"milliseconds", 1}, {"minutes", 60'000}, {"hours", 3'600'000},
                           {"weeks", 7 * kDay}};

std::string Grouped(long long value) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0 && digits.size() > 4) out += '_';
    out += digits[i];
  }
  return value < 0 ? "-" + out : out;
}
NodeId Number(Context& c, long long value) { return Js(c, Grouped(value), {}); }

std::optional<double> LiteralNumber(Context& c, NodeId id) {
  if (auto integer = LiteralInt(c, id)) return static_cast<double>(*integer);
  auto number = c.As<ir::Number>(id);
  if (!number || number.kind() != NumberKind::kFloat) return std::nullopt;
  try {
    return std::stod(std::string(number.text()));
  } catch (...) {
    return std::nullopt;
  }
}

std::optional<NodeId> MakeDuration(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  long long fixed = 0;
  bool any_fixed = false;
  NodeId sum;
  std::size_t position = 0;
  for (NodeId arg : call.args()) {
    auto keyword = c.As<Keyword>(arg);
    NodeId value = keyword ? keyword.value() : arg;
    const Unit* unit = nullptr;
    if (!keyword && position < std::size(kUnits)) unit = &kUnits[position++];
    for (const Unit& each : kUnits) {
      if (keyword && each.name == keyword.name()) unit = &each;
    }
    if (!unit || unit->ms == 0 || (!keyword && !HasCategory(c.src().kind(arg), category::Expr)))
      return c.Refuse(id, "untranslated", {{"reason", "this duration"}});
    auto literal = LiteralNumber(c, value);
    if (literal && std::floor(*literal * static_cast<double>(unit->ms)) ==
                       *literal * static_cast<double>(unit->ms)) {
      fixed += static_cast<long long>(*literal * static_cast<double>(unit->ms));
      any_fixed = true;
      continue;
    }
    NodeId part = unit->ms == 1
                      ? c.Expr(value)
                      : Js(c, "$X * $N", {{"X", c.Expr(value)}, {"N", Number(c, unit->ms)}});
    sum = sum ? Js(c, "$A + $B", {{"A", sum}, {"B", part}}) : part;
  }
  if (!sum) return Number(c, fixed);
  return any_fixed ? Js(c, "$A + $B", {{"A", sum}, {"B", Number(c, fixed)}}, id) : sum;
}

bool IsUtc(Context& c, NodeId zone) {
  std::string name = c.facts().ResolvedName(zone);
  return name == "datetime.timezone.utc" || name == "datetime.UTC";
}

// `new Date(Date.UTC(...))` of the fields in order; months count from zero.
NodeId FromFields(Context& c, NodeList fields, NodeId id) {
  c.SayOnce("month-zero-based", id);
  return Js(c, "new Date(Date.UTC($$$FIELDS))", {{"FIELDS", std::move(fields)}}, id);
}
NodeId MonthIndex(Context& c, NodeId month) {
  if (auto literal = LiteralInt(c, month)) return c.NewInt(*literal - 1);
  return Js(c, "$M - 1", {{"M", c.Expr(month)}});
}

constexpr std::string_view kFields[] = {"year", "month", "day", "hour", "minute", "second"};
constexpr std::string_view kGetters[] = {"$D.getUTCFullYear()", "$D.getUTCMonth() + 1",
                                         "$D.getUTCDate()",     "$D.getUTCHours()",
                                         "$D.getUTCMinutes()",  "$D.getUTCSeconds()"};

std::optional<NodeId> MakeDate(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::size_t count = PositionalCount(c, id);
  NodeList fields;
  for (std::size_t i = 0; i < std::size(kFields); ++i) {
    NodeId value = i < count ? call.args()[i] : KeywordArg(c, id, kFields[i]);
    if (!value) break;
    fields.push_back(i == 1 ? MonthIndex(c, value) : c.Expr(value));
  }
  if (fields.size() < 3) return c.Refuse(id, "untranslated", {{"reason", "this date"}});
  NodeId micro = count > 6 ? call.args()[6] : KeywordArg(c, id, "microsecond");
  NodeId zone = count > 7 ? call.args()[7] : KeywordArg(c, id, "tzinfo");
  if ((zone && !IsUtc(c, zone)) || (micro && LiteralInt(c, micro) != std::optional<long long>(0))) {
    return c.Refuse(id, "untranslated", {{"reason", "a time with a zone or microseconds"}});
  }
  return FromFields(c, std::move(fields), id);
}

// Do the times of the file carry the zone UTC? Both kinds in one file cannot be told apart.
struct Zones {
  bool aware = false;
  bool naive = false;
  explicit Zones(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId node{i};
      if (c.src().Is(node, NodeKind::kAttribute) || c.src().Is(node, NodeKind::kName))
        aware = aware || IsUtc(c, node);
      if (!c.src().Is(node, NodeKind::kCall)) continue;
      if (c.IsCallTo(node, "datetime.datetime") && !KeywordArg(c, node, "tzinfo")) naive = true;
      if (c.IsCallTo(node, "datetime.datetime.now") && c.As<Call>(node).args().empty())
        naive = true;
    }
  }
};

NodeId IsoText(Context& c, NodeId id, NodeId object, std::string_view separator,
               bool milliseconds) {
  if (TemporalOf(c, object) == Temporal::kDate)
    return Js(c, "$D.toISOString().slice(0, 10)", {{"D", c.Expr(object)}}, id);
  Zones& zones = c.State<Zones>();
  if (zones.aware && zones.naive) c.Say("date-parsing", id);
  NodeList args{c.Expr(object)};
  if (zones.aware || separator != "T" || milliseconds)
    args.push_back(c.NewString(zones.aware ? "+00:00" : ""));
  if (separator != "T" || milliseconds) args.push_back(c.NewString(separator));
  if (milliseconds) args.push_back(c.New(make::Bool{.value = true}, {}));
  return c.NewCall(Local(c, "isoFormat"), std::move(args), id);
}

// The parts of a strftime pattern; kNoNode for what has no counterpart.
NodeId Strftime(Context& c, NodeId object, std::string_view pattern, NodeId id) {
  struct Row {
    char code;
    std::string_view js;
    bool pads;
  };
  static constexpr Row kCodes[] = {
      {'Y', "$D.getUTCFullYear()", false},
      {'m', "$D.getUTCMonth() + 1", true},
      {'d', "$D.getUTCDate()", true},
      {'H', "$D.getUTCHours()", true},
      {'M', "$D.getUTCMinutes()", true},
      {'S', "$D.getUTCSeconds()", true},
      {'y', "$D.getUTCFullYear() % 100", true},
      {'I', "$D.getUTCHours() % 12 || 12", true},
      {'p', "$D.getUTCHours() < 12 ? \"AM\" : \"PM\"", false},
      {'B', "$D.toLocaleString(\"en-US\", { month: \"long\", timeZone: \"UTC\" })", false},
      {'b', "$D.toLocaleString(\"en-US\", { month: \"short\", timeZone: \"UTC\" })", false},
      {'A', "$D.toLocaleString(\"en-US\", { weekday: \"long\", timeZone: \"UTC\" })", false},
      {'a', "$D.toLocaleString(\"en-US\", { weekday: \"short\", timeZone: \"UTC\" })", false},
  };
  std::string name;
  if (!c.IsPure(object)) {
    name = c.names().Fresh(TemporalOf(c, object) == Temporal::kDate ? "day" : "time");
    if (!c.HoistEffect(c.NewAssign(c.NewName(name), c.Expr(object), {}, DeclKind::kConst), id))
      return kNoNode;
  }
  auto date = [&] { return name.empty() ? c.Expr(object) : c.NewName(name); };
  if (pattern == "%Y-%m-%d") return Js(c, "$D.toISOString().slice(0, 10)", {{"D", date()}}, id);
  NodeList parts;
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      text += pattern[i];
      continue;
    }
    char code = pattern[++i];
    if (code == '%') {
      text += '%';
      continue;
    }
    if (code == 'Z' && c.State<Zones>().aware) {
      text += "UTC";
      continue;
    }
    std::string_view rest = pattern.substr(i + 1);
    auto flush = [&] {
      if (!text.empty()) parts.push_back(c.NewString(text));
      text.clear();
    };
    // `%Y-%m-%d` and `%H:%M` are in the ISO text already.
    if (code == 'Y' && rest.starts_with("-%m-%d")) {
      flush();
      parts.push_back(Js(c, "$D.toISOString().slice(0, 10)", {{"D", date()}}));
      i += 6;
      continue;
    }
    if (code == 'H' && rest.starts_with(":%M")) {
      bool seconds = rest.starts_with(":%M:%S");
      flush();
      parts.push_back(Js(c, "$D.toISOString().slice(11, $N)",
                         {{"D", date()}, {"N", c.NewInt(seconds ? 19 : 16)}}));
      i += seconds ? 6 : 3;
      continue;
    }
    const Row* found = nullptr;
    for (const Row& row : kCodes) {
      if (row.code == code) found = &row;
    }
    if (!found) return kNoNode;
    flush();
    NodeId value = Js(c, found->js, {{"D", date()}});
    parts.push_back(found->pads ? Js(c, "String($X).padStart(2, \"0\")", {{"X", value}}) : value);
  }
  if (!text.empty()) parts.push_back(c.NewString(text));
  return NewTemplate(c, std::move(parts), id);
}

// Has a pattern only codes that the local function parseTime reads?
bool IsReadable(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    if (++i == pattern.size()) return false;
    if (std::string_view("YmdHMSybBIp").find(pattern[i]) == std::string_view::npos) return false;
  }
  return true;
}

std::optional<NodeId> TranslateStatic(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (!name.starts_with("datetime.")) return std::nullopt;
  if (name == "datetime.timedelta") return MakeDuration(c, id);
  if (name == "datetime.date" || name == "datetime.datetime") return MakeDate(c, id);
  if (name == "datetime.datetime.now" || name == "datetime.datetime.utcnow") {
    // A local time would need the zone's offset at every use.
    if (call.args().empty() && name == "datetime.datetime.now")
      c.SayOnce("date-parsing", id);
    else if (!call.args().empty() && !IsUtc(c, call.args()[0]) &&
             !c.src().Is(call.args()[0], NodeKind::kKeyword))
      return c.Refuse(id, "untranslated", {{"reason", "a time zone"}});
    return Js(c, "new Date()", {}, id);
  }
  if (name == "datetime.date.today") {
    return Js(c, "new Date(new Date().setUTCHours(0, 0, 0, 0))", {}, id);
  }
  if (call.args().size() == 1 &&
      (name == "datetime.date.fromisoformat" || name == "datetime.datetime.fromisoformat")) {
    return c.NewCall(Local(c, "parseIso"), {c.Expr(call.args()[0])}, id);
  }
  if (name == "datetime.datetime.strptime" && call.args().size() == 2) {
    auto pattern = c.As<String>(call.args()[1]);
    if (!pattern || !IsReadable(pattern.value()))
      return c.Refuse(id, "untranslated", {{"reason", "this pattern of a date"}});
    return c.NewCall(Local(c, "parseTime"), c.Exprs(call.args()), id);
  }
  if (name == "datetime.datetime.fromtimestamp" && !call.args().empty()) {
    return Js(c, "new Date($S * 1000)", {{"S", c.Expr(call.args()[0])}}, id);
  }
  return std::nullopt;
}

std::optional<NodeId> TranslateMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method) return std::nullopt;
  NodeId object = method.object();
  Temporal kind = TemporalOf(c, object);
  std::string_view name = method.name();
  // Only durations have it, whatever else is known of the value.
  if (kind == Temporal::kNone && name == "total_seconds" && call.args().empty() &&
      c.facts().KindOf(object) == facts::TypeKind::kUnknown && !c.facts().CalleeDefinition(id))
    kind = Temporal::kDuration;
  if (kind == Temporal::kNone) return std::nullopt;
  if (kind == Temporal::kDuration) {
    if (name == "total_seconds") return Js(c, "$D / 1000", {{"D", c.Expr(object)}}, id);
    return c.Refuse(id, "untranslated", {{"reason", "`timedelta." + std::string(name) + "`"}});
  }
  if (name == "isoformat") {
    NodeId spec = KeywordArg(c, id, "timespec");
    auto text = spec ? c.As<String>(spec) : String();
    if (spec && (!text || (text.value() != "milliseconds" && text.value() != "seconds")))
      return c.Refuse(id, "untranslated", {{"reason", "this `timespec`"}});
    auto separator = !call.args().empty() ? c.As<String>(call.args()[0]) : String();
    return IsoText(c, id, object, separator ? separator.value() : "T",
                   text && text.value() == "milliseconds");
  }
  if (name == "strftime" && call.args().size() == 1) {
    auto pattern = c.As<String>(call.args()[0]);
    NodeId text = pattern ? Strftime(c, object, pattern.value(), id) : kNoNode;
    return text ? text : c.Refuse(id, "untranslated", {{"reason", "this pattern of a date"}});
  }
  if (name == "weekday") return Js(c, "($D.getUTCDay() + 6) % 7", {{"D", c.Expr(object)}}, id);
  if (name == "isoweekday") return Js(c, "$D.getUTCDay() || 7", {{"D", c.Expr(object)}}, id);
  if (name == "timestamp") return Js(c, "$D.getTime() / 1000", {{"D", c.Expr(object)}}, id);
  if (name == "date" && call.args().empty())
    return Js(c, "new Date(new Date($D).setUTCHours(0, 0, 0, 0))", {{"D", c.Expr(object)}}, id);
  if (name == "replace" && c.IsPure(object)) {
    NodeList fields;
    std::size_t given = 0;
    std::size_t count = kind == Temporal::kDate ? 3 : 6;
    for (std::size_t i = 0; i < count; ++i) {
      NodeId changed = KeywordArg(c, id, kFields[i]);
      given += changed ? 1 : 0;
      if (changed)
        fields.push_back(i == 1 ? MonthIndex(c, changed) : c.Expr(changed));
      else
        fields.push_back(Js(c, i == 1 ? "$D.getUTCMonth()" : kGetters[i], {{"D", c.Expr(object)}}));
    }
    for (NodeId arg : call.args()) {
      auto keyword = c.As<Keyword>(arg);
      bool zero = keyword && keyword.name() == "microsecond" &&
                  LiteralInt(c, keyword.value()) == std::optional<long long>(0);
      bool utc = keyword && keyword.name() == "tzinfo" && IsUtc(c, keyword.value());
      if (zero || utc) ++given;
    }
    if (given == call.args().size()) return FromFields(c, std::move(fields), id);
  }
  return c.Refuse(id, "untranslated", {{"reason", "`datetime." + std::string(name) + "`"}});
}

std::optional<NodeId> TranslateAttribute(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  Temporal kind = TemporalOf(c, attribute.object());
  if (kind == Temporal::kNone) return std::nullopt;
  NodeId parent = c.facts().Parent(id);
  if (auto call = c.As<Call>(parent); call && call.callee() == id) return std::nullopt;
  std::string_view name = attribute.name();
  NodeId object = c.Expr(attribute.object());
  if (kind == Temporal::kDuration) {
    if (name == "days")
      return Js(c, "Math.floor($D / $N)", {{"D", object}, {"N", Number(c, kDay)}}, id);
    if (name == "seconds")
      return Js(c, "Math.floor($F($D, $N) / 1000)",
                {{"F", Local(c, "mod")}, {"D", object}, {"N", Number(c, kDay)}}, id);
    return c.Refuse(id, "untranslated", {{"reason", "`timedelta." + std::string(name) + "`"}});
  }
  for (std::size_t i = 0; i < std::size(kFields); ++i) {
    if (kFields[i] == name) return Js(c, kGetters[i], {{"D", object}}, id);
  }
  if (name == "microsecond") return Js(c, "$D.getUTCMilliseconds() * 1000", {{"D", object}}, id);
  return c.Refuse(id, "untranslated", {{"reason", "`datetime." + std::string(name) + "`"}});
}

bool IsMoment(Temporal kind) { return kind == Temporal::kDate || kind == Temporal::kDateTime; }

std::optional<NodeId> TranslateOperator(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  Temporal left = TemporalOf(c, binary.left());
  Temporal right = TemporalOf(c, binary.right());
  if (left == Temporal::kNone && right == Temporal::kNone) return std::nullopt;
  BinaryOp op = binary.op();
  auto plain = [&](BinaryOp as) {
    return c.New(
        make::Binary{.left = c.Expr(binary.left()), .right = c.Expr(binary.right()), .op = as}, id);
  };
  bool duration_only = left != Temporal::kNone && right != Temporal::kNone
                           ? left == Temporal::kDuration && right == Temporal::kDuration
                           : left == Temporal::kDuration || right == Temporal::kDuration;
  if (op == BinaryOp::kAdd || op == BinaryOp::kSub) {
    if (IsMoment(left) && IsMoment(right)) return plain(op);
    if (duration_only && left != Temporal::kNone && right != Temporal::kNone) return plain(op);
    NodeId moment = IsMoment(left) ? binary.left() : binary.right();
    NodeId other = IsMoment(left) ? binary.right() : binary.left();
    if (!IsMoment(TemporalOf(c, moment)))
      return c.Refuse(id, "untranslated", {{"reason", "a duration and something unknown"}});
    NodeId time = Js(c, "$D.getTime()", {{"D", c.Expr(moment)}});
    NodeId sum = c.New(make::Binary{.left = time, .right = c.Expr(other), .op = op}, {});
    return Js(c, "new Date($X)", {{"X", sum}}, id);
  }
  if (op == BinaryOp::kEq || op == BinaryOp::kNe) {
    if (!IsMoment(left) || !IsMoment(right)) return std::nullopt;
    NodeId same = Js(c, "$A.getTime() === $B.getTime()",
                     {{"A", c.Expr(binary.left())}, {"B", c.Expr(binary.right())}}, id);
    return op == BinaryOp::kEq ? same : Negate(c, same);
  }
  if (!duration_only) return std::nullopt;
  if (op == BinaryOp::kMul || op == BinaryOp::kDiv) return plain(op);
  if (op == BinaryOp::kFloorDiv) return Js(c, "Math.floor($X)", {{"X", plain(BinaryOp::kDiv)}}, id);
  if (IsComparison(op) && op != BinaryOp::kIn && op != BinaryOp::kNotIn) return std::nullopt;
  return c.Refuse(id, "untranslated", {{"reason", "this operator on durations"}});
}

}  // namespace

Temporal TemporalOf(Context& c, facts::TypeId id) {
  const facts::Type& type = c.facts().type(id);
  if (type.kind == facts::TypeKind::kDate) return Temporal::kDateTime;
  if (type.kind == facts::TypeKind::kInstance && type.name == "datetime.date")
    return Temporal::kDate;
  if (type.kind == facts::TypeKind::kInstance && type.name == "datetime.timedelta")
    return Temporal::kDuration;
  if (type.kind != facts::TypeKind::kUnion) return Temporal::kNone;
  Temporal found = Temporal::kNone;
  for (facts::TypeId member : type.members) {
    if (c.facts().type(member).kind == facts::TypeKind::kNull) continue;
    Temporal one = TemporalOf(c, member);
    if (one == Temporal::kNone || (found != Temporal::kNone && one != found))
      return Temporal::kNone;
    found = one;
  }
  return found;
}
Temporal TemporalOf(Context& c, NodeId source_expr) {
  return TemporalOf(c, c.facts().TypeOf(source_expr));
}

NodeId TemporalText(Context& c, NodeId id) {
  switch (TemporalOf(c, id)) {
    case Temporal::kNone:
      return kNoNode;
    case Temporal::kDuration:
      return c.NewCall(Local(c, "durationText"), {c.Expr(id)}, id);
    default:
      return IsoText(c, id, id, " ", false);
  }
}

NodeId TemporalFormat(Context& c, NodeId id, std::string_view pattern) {
  Temporal kind = TemporalOf(c, id);
  return IsMoment(kind) ? Strftime(c, id, pattern, id) : kNoNode;
}

void RegisterDates(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStatic);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateMethod);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateAttribute);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateOperator);
}

}  // namespace asyncport::translate::to_js
