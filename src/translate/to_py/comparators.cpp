// A comparison is taken apart into steps, each of which compares one thing of both items. Only whether a result is below
// zero decides in either language's sort, so that `a < b ? -1 : 1` orders like `a < b ? -1 : 0`.
#include "translate/to_py/comparators.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "translate/quote.h"
#include "translate/to_py/parts.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

enum class Order : std::uint8_t { kNumber, kText, kLocale };

struct Step {
  NodeId value;  // of the first parameter's item
  Order order = Order::kText;
  bool is_down = false;
};
using Steps = std::vector<Step>;

// The two parameters of a comparison; names inside of patterns have a place.
class Comparison {
 public:
  Comparison(Context& c, NodeId function) : c_(c) {
    auto params = FunctionParams(c, function);
    if (params.size() != 2) return;
    for (int side : {0, 1}) {
      auto param = c.As<Param>(params[static_cast<std::size_t>(side)]);
      if (!param || param.default_value() || param.kind() != ParamKind::kPlain ||
          !Take(param.target(), side))
        return;
      targets_[side] = param.target();
    }
    is_good_ = c.src().kind(targets_[0]) == c.src().kind(targets_[1]);
  }

  explicit operator bool() const { return is_good_; }
  NodeId first() const { return targets_[0]; }

  // Does `id` read only this side (0: the first item, 1: the second)?
  bool IsOf(NodeId id, int side) const {
    bool found = false, other = false;
    Look(id, side, found, other);
    return found && !other;
  }

  // The same of both items?
  bool IsSame(NodeId left, NodeId right) const {
    if (c_.src().Is(left, NodeKind::kName) && c_.src().Is(right, NodeKind::kName)) {
      auto a = PlaceOf(left), b = PlaceOf(right);
      if (a || b) return a && b && a->second == b->second && a->first != b->first;
      return c_.src().text(left) == c_.src().text(right);
    }
    if (c_.src().kind(left) != c_.src().kind(right) ||
        c_.src().text(left) != c_.src().text(right) ||
        c_.src().node(left).oper != c_.src().node(right).oper ||
        c_.src().node(left).flags != c_.src().node(right).flags)
      return false;
    NodeList mine, theirs;
    c_.src().ForEachChild(left, [&](NodeId child) { mine.push_back(child); });
    c_.src().ForEachChild(right, [&](NodeId child) { theirs.push_back(child); });
    if (mine.size() != theirs.size()) return false;
    for (std::size_t i = 0; i < mine.size(); ++i) {
      if (!IsSame(mine[i], theirs[i])) return false;
    }
    return true;
  }

  // 1 if left is of the first item and right the same of the second, -1 the other way round, else 0.
  int Direction(NodeId left, NodeId right) const {
    if (!IsSame(left, right)) return 0;
    if (IsOf(left, 0) && IsOf(right, 1)) return 1;
    return IsOf(left, 1) && IsOf(right, 0) ? -1 : 0;
  }

  // Which element of a pattern a name stands for (-1: the whole item), by side.
  std::optional<std::pair<int, int>> PlaceOf(NodeId name) const {
    facts::BindingId binding = c_.facts().BindingOf(name);
    auto found = binding ? places_.find(binding.index) : places_.end();
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  bool Take(NodeId target, int side) {
    if (c_.src().Is(target, NodeKind::kName)) return Place(target, side, -1);
    auto pattern = c_.As<ListPattern>(target);
    if (!pattern) return false;
    int at = 0;
    for (NodeId element : pattern.elements()) {
      if (!c_.src().Is(element, NodeKind::kElision) &&
          (!c_.src().Is(element, NodeKind::kName) || !Place(element, side, at)))
        return false;
      ++at;
    }
    return true;
  }

  bool Place(NodeId name, int side, int at) {
    facts::BindingId binding = c_.facts().BindingOf(name);
    if (!binding || !c_.facts().binding(binding).writes.empty()) {
      // The parameter itself counts as a write.
      if (!binding || c_.facts().binding(binding).writes.size() > 1) return false;
    }
    places_[binding.index] = {side, at};
    return true;
  }

  void Look(NodeId id, int side, bool& found, bool& other) const {
    if (c_.src().Is(id, NodeKind::kName)) {
      if (auto place = PlaceOf(id)) (place->first == side ? found : other) = true;
    }
    c_.src().ForEachChild(id, [&](NodeId child) { Look(child, side, found, other); });
  }

  Context& c_;
  NodeId targets_[2];
  bool is_good_ = false;
  std::unordered_map<std::uint32_t, std::pair<int, int>> places_;
};

// 1, -1 or 0 for a literal that is so; nothing else is one.
std::optional<int> SignOf(Context& c, NodeId id) {
  if (auto minus = c.As<Unary>(id); minus && minus.op() == UnaryOp::kNeg) {
    auto sign = SignOf(c, minus.operand());
    return sign ? std::optional(-*sign) : std::nullopt;
  }
  auto number = c.As<Number>(id);
  if (!number || (number.text() != "0" && number.text() != "1")) return std::nullopt;
  return number.text() == "1" ? 1 : 0;
}

class StepsOf {
 public:
  StepsOf(Context& c, const Comparison& sides) : c_(c), sides_(sides) {}

  std::optional<Steps> Of(NodeId id) {
    if (auto either = c_.As<Logical>(id); either && either.op() == LogicalOp::kOr) {
      auto steps = Of(either.left()), rest = Of(either.right());
      if (!steps || !rest) return std::nullopt;
      steps->insert(steps->end(), rest->begin(), rest->end());
      return steps;
    }
    if (auto difference = c_.As<Binary>(id); difference && difference.op() == BinaryOp::kSub) {
      const int direction = sides_.Direction(difference.left(), difference.right());
      return direction == 0 ? std::nullopt
                            : One(difference.left(), difference.right(), direction, Order::kNumber);
    }
    if (c_.MethodName(id) == "localeCompare" && c_.As<Call>(id).args().size() == 1) {
      const NodeId left = c_.As<Attribute>(c_.As<Call>(id).callee()).object(),
                   right = c_.As<Call>(id).args()[0];
      const int direction = sides_.Direction(left, right);
      return direction == 0 ? std::nullopt : One(left, right, direction, Order::kLocale);
    }
    auto choice = c_.As<Conditional>(id);
    return choice ? Choice(choice.test(), choice.then_value(), choice.else_value()) : std::nullopt;
  }

  // `if (test) return then; return otherwise;`, where `otherwise` may be a chain of the same.
  std::optional<Steps> OfStatements(std::span<const NodeId> statements) {
    if (statements.empty()) return std::nullopt;
    if (auto result = c_.As<Return>(statements[0]))
      return result.value() ? Of(result.value()) : std::nullopt;
    auto test = c_.As<If>(statements[0]);
    if (!test || test.else_body()) return std::nullopt;
    NodeId then = test.body();
    if (auto block = c_.As<Block>(then)) {
      if (block.statements().size() != 1) return std::nullopt;
      then = block.statements()[0];
    }
    auto result = c_.As<Return>(then);
    if (!result || !result.value()) return std::nullopt;
    if (auto less = Less(test.test(), result.value())) {
      // `if (a < b) return -1; if (a > b) return 1; ...`
      auto next = statements.size() > 2 ? c_.As<If>(statements[1]) : If();
      NodeId other = next && !next.else_body() ? next.body() : kNoNode;
      if (auto block = c_.As<Block>(other))
        other = block.statements().size() == 1 ? block.statements()[0] : kNoNode;
      auto opposite = other ? c_.As<Return>(other) : Return();
      auto more = opposite && opposite.value() ? Less(next.test(), opposite.value()) : std::nullopt;
      if (!more || more->is_down != less->is_down || !SameValue(*less, *more) ||
          SignOf(c_, result.value()) == SignOf(c_, opposite.value()))
        return std::nullopt;
      auto rest = statements.subspan(2);
      auto last = rest.empty() ? Return() : c_.As<Return>(rest[0]);
      if (last && last.value() && SignOf(c_, last.value()) == 0) return Steps{*less};
      auto steps = OfStatements(rest);
      if (!steps) return std::nullopt;
      steps->insert(steps->begin(), *less);
      return steps;
    }
    auto unequal = Unequal(test.test(), true);
    auto steps = unequal ? Of(result.value()) : std::nullopt;
    auto rest =
        steps && IsStepOf(*steps, *unequal) ? OfStatements(statements.subspan(1)) : std::nullopt;
    if (!rest) return std::nullopt;
    steps->insert(steps->end(), rest->begin(), rest->end());
    return steps;
  }

 private:
  std::optional<Steps> One(NodeId left, NodeId right, int direction, Order order) {
    return Steps{{.value = direction > 0 ? left : right, .order = order, .is_down = direction < 0}};
  }

  // `a < b` with -1, `a > b` with 1: counting up. `a > b` with -1, `a < b` with 1: counting down.
  std::optional<Step> Less(NodeId test, NodeId result) {
    auto sign = SignOf(c_, result);
    auto compared = c_.As<Binary>(test);
    if (!sign || *sign == 0 || !compared) return std::nullopt;
    if (compared.op() != BinaryOp::kLt && compared.op() != BinaryOp::kGt) return std::nullopt;
    int direction = sides_.Direction(compared.left(), compared.right());
    if (direction == 0) return std::nullopt;
    const NodeId value = direction > 0 ? compared.left() : compared.right();
    if (compared.op() == BinaryOp::kGt) direction = -direction;
    if (*sign > 0) direction = -direction;
    const bool is_number = c_.facts().Only(value, {TypeKind::kInt, TypeKind::kFloat});
    return Step{.value = value,
                .order = is_number ? Order::kNumber : Order::kText,
                .is_down = direction < 0};
  }

  bool SameValue(const Step& a, const Step& b) {
    return SameTree(c_.src(), a.value, c_.src(), b.value);
  }

  // `F(a) !== F(b)`: the value of the first item.
  std::optional<NodeId> Unequal(NodeId test, bool wanted) {
    auto compared = c_.As<Binary>(test);
    if (!compared) return std::nullopt;
    const BinaryOp op = compared.op();
    const bool is_unequal = op == BinaryOp::kStrictNe || op == BinaryOp::kLooseNe;
    const bool is_equal = op == BinaryOp::kStrictEq || op == BinaryOp::kLooseEq;
    if (!(wanted ? is_unequal : is_equal)) return std::nullopt;
    const int direction = sides_.Direction(compared.left(), compared.right());
    if (direction == 0) return std::nullopt;
    return direction > 0 ? compared.left() : compared.right();
  }

  bool IsStepOf(const Steps& steps, NodeId value) {
    return steps.size() == 1 && SameTree(c_.src(), steps[0].value, c_.src(), value);
  }

  std::optional<Steps> Choice(NodeId test, NodeId then, NodeId otherwise) {
    if (auto less = Less(test, then)) {
      const auto sign = SignOf(c_, then), rest = SignOf(c_, otherwise);
      // `a < b ? -1 : 1`, `a < b ? -1 : 0`; `a > b ? 1 : -1` is no order where both are equal.
      if (*sign < 0 && rest && *rest >= 0) return Steps{*less};
      auto next = c_.As<Conditional>(otherwise);
      auto more = next ? Less(next.test(), next.then_value()) : std::nullopt;
      if (!more || more->is_down != less->is_down || !SameValue(*less, *more) ||
          sign == SignOf(c_, next.then_value()))
        return std::nullopt;
      if (SignOf(c_, next.else_value()) == 0) return Steps{*less};
      auto steps = Of(next.else_value());
      if (!steps) return std::nullopt;
      steps->insert(steps->begin(), *less);
      return steps;
    }
    for (bool unequal : {true, false}) {
      auto value = Unequal(test, unequal);
      if (!value) continue;
      auto steps = Of(unequal ? then : otherwise), rest = Of(unequal ? otherwise : then);
      if (!steps || !rest || !IsStepOf(*steps, *value)) return std::nullopt;
      steps->insert(steps->end(), rest->begin(), rest->end());
      return steps;
    }
    return std::nullopt;
  }

  Context& c_;
  const Comparison& sides_;
};

std::optional<Steps> StepsIn(Context& c, NodeId function, const Comparison& sides) {
  if (!sides) return std::nullopt;
  StepsOf finder(c, sides);
  if (NodeId value = ReturnedExpression(c, function)) return finder.Of(value);
  auto body = c.As<Block>(FunctionBody(c, function));
  return body ? finder.OfStatements(body.statements()) : std::nullopt;
}

// A number, or a property of which nothing is known; items of which nothing is known may be dates as well.
bool CanNegate(Context& c, NodeId value) {
  if (c.facts().Only(value, {TypeKind::kInt, TypeKind::kFloat, TypeKind::kBool})) return true;
  return c.facts().KindOf(value) == TypeKind::kUnknown && !c.src().Is(value, NodeKind::kName);
}

// All the same way round, or such that numbers can be turned.
bool CanBeKey(Context& c, const Steps& steps) {
  const bool all_down =
      std::all_of(steps.begin(), steps.end(), [](const Step& s) { return s.is_down; });
  if (all_down) return true;
  return std::all_of(steps.begin(), steps.end(), [&](const Step& s) {
    return !s.is_down || (s.order == Order::kNumber && CanNegate(c, s.value));
  });
}

// Names of a pattern become items of the lambda's one parameter.
void PlaceItems(Context& c, const Comparison& sides, NodeId value, const std::string& item) {
  if (c.src().Is(value, NodeKind::kName)) {
    auto place = sides.PlaceOf(value);
    if (place && place->second >= 0)
      c.Override(value,
                 c.New(make::Subscript{.object = c.NewName(item), .index = c.NewInt(place->second)},
                       value));
  }
  c.src().ForEachChild(value, [&](NodeId child) { PlaceItems(c, sides, child, item); });
}

}  // namespace

bool IsCompoundComparison(Context& c, NodeId function) {
  Comparison sides(c, function);
  auto steps = StepsIn(c, function, sides);
  if (!steps || !CanBeKey(c, *steps)) return false;
  // Cards know a single thing that is subtracted or compared by language, of plain parameters.
  if (steps->size() > 1) return true;
  NodeId returned = ReturnedExpression(c, function);
  const bool in_cards = (steps->front().order == Order::kLocale && !steps->front().is_down) ||
                        (returned && c.src().Is(returned, NodeKind::kBinary));
  return !in_cards || !c.src().Is(sides.first(), NodeKind::kName);
}

std::optional<SortKey> KeyOfComparison(Context& c, NodeId function) {
  Comparison sides(c, function);
  auto steps = StepsIn(c, function, sides);
  if (!steps || !CanBeKey(c, *steps)) return std::nullopt;
  SortKey result;
  const bool all_down =
      std::all_of(steps->begin(), steps->end(), [](const Step& s) { return s.is_down; });
  const bool can_turn = std::all_of(steps->begin(), steps->end(), [&](const Step& s) {
    return s.order == Order::kNumber && CanNegate(c, s.value);
  });
  result.is_reverse = all_down && (steps->size() == 1 || !can_turn);
  const bool is_plain = c.src().Is(sides.first(), NodeKind::kName);
  const std::string item = is_plain ? c.TargetName(sides.first()) : c.names().Fresh("item");
  NodeList keys;
  NodeList before;  // what a lambda has no room for
  for (const Step& step : *steps) {
    if (!is_plain) PlaceItems(c, sides, step.value, item);
    Context::Hoisted hoisted = c.ExprWithHoists(step.value);
    before.insert(before.end(), hoisted.before.begin(), hoisted.before.end());
    NodeId key = hoisted.value;
    if (step.order == Order::kLocale) {
      c.SayOnce("locale-compare", step.value);
      key = c.NewCall(c.NewAttribute(key, "casefold"), {});
    } else if (step.is_down && !result.is_reverse) {
      key = c.New(make::Unary{.operand = key, .op = UnaryOp::kNeg}, {});
    }
    keys.push_back(key);
  }
  NodeId body = keys.size() == 1
                    ? keys[0]
                    : c.New(make::Tuple{.elements = std::move(keys), .is_parenthesised = true}, {});
  NodeId param = c.New(make::Param{.target = c.NewName(item)}, {});
  if (before.empty()) {
    result.key = c.New(make::Lambda{.params = {param}, .body = body}, function);
    return result;
  }
  before.push_back(c.New(make::Return{.value = body}, {}));
  result.key = c.NewName(c.names().Fresh("sort_key"), function);
  c.HoistDefinition(c.New(
      make::FunctionDef{
          .name = result.key, .params = {param}, .body = c.NewBlock(std::move(before))},
      {}));
  return result;
}

}  // namespace asyncport::translate::to_py
