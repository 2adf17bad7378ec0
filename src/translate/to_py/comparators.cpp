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
#include "translate/to_py/destructuring.h"
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
          !Take(param.target(), side, {}))
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

  // What a name of a pattern reads out of the item; the item itself for other names of the sides.
  NodeId Read(NodeId name, NodeId item) const {
    auto place = PlaceOf(name);
    if (!place) return kNoNode;
    for (const Part& part : paths_[static_cast<std::size_t>(place->second)]) {
      if (part.property) {
        item = ReadPart(c_, c_.As<ObjectPattern>(part.pattern), part.property, item);
      } else {
        item = c_.New(make::Subscript{.object = item, .index = c_.NewInt(part.index)}, name);
      }
    }
    return item;
  }

  // Which part of the item a name stands for, by side.
  std::optional<std::pair<int, int>> PlaceOf(NodeId name) const {
    facts::BindingId binding = c_.facts().BindingOf(name);
    auto found = binding ? places_.find(binding.index) : places_.end();
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  // A step into a pattern: a property of an object, or a position in a list.
  struct Part {
    NodeId pattern;
    NodeId property;  // none: by position
    long index = 0;
  };
  using Path = std::vector<Part>;

  bool Take(NodeId target, int side, const Path& path) {
    if (c_.src().Is(target, NodeKind::kName)) return Place(target, side, path);
    if (auto object = c_.As<ObjectPattern>(target)) {
      if (object.rest()) return false;
      for (NodeId id : object.properties()) {
        auto property = c_.As<PropertyPattern>(id);
        Path inner = path;
        inner.push_back({.pattern = target, .property = id});
        if (!c_.src().Is(property.key(), NodeKind::kString) ||
            !Take(property.target(), side, inner))
          return false;
      }
      return true;
    }
    auto pattern = c_.As<ListPattern>(target);
    if (!pattern) return false;
    long at = 0;
    for (NodeId element : pattern.elements()) {
      Path inner = path;
      inner.push_back({.pattern = target, .property = {}, .index = at++});
      if (!c_.src().Is(element, NodeKind::kElision) && !Take(element, side, inner)) return false;
    }
    return true;
  }

  bool IsSamePath(const Path& a, const Path& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const Part& x, const Part& y) {
      if (!x.property || !y.property) return !x.property && !y.property && x.index == y.index;
      return c_.src().text(c_.As<PropertyPattern>(x.property).key()) ==
             c_.src().text(c_.As<PropertyPattern>(y.property).key());
    });
  }

  bool Place(NodeId name, int side, const Path& path) {
    facts::BindingId binding = c_.facts().BindingOf(name);
    // The parameter itself counts as a write.
    if (!binding || c_.facts().binding(binding).writes.size() > 1) return false;
    auto known = std::find_if(paths_.begin(), paths_.end(),
                              [&](const Path& other) { return IsSamePath(path, other); });
    places_[binding.index] = {side, static_cast<int>(known - paths_.begin())};
    if (known == paths_.end()) paths_.push_back(path);
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
  std::vector<Path> paths_;
  std::unordered_map<std::uint32_t, std::pair<int, int>> places_;  // side, and which path
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

// Names of a pattern are read out of the lambda's one parameter.
void PlaceItems(Context& c, const Comparison& sides, NodeId value, const std::string& item) {
  if (c.src().Is(value, NodeKind::kName)) {
    if (NodeId read = sides.Read(value, c.NewName(item))) c.Override(value, read);
  }
  c.src().ForEachChild(value, [&](NodeId child) { PlaceItems(c, sides, child, item); });
}

// The function that gives what the steps compare.
class KeyMaker {
 public:
  KeyMaker(Context& c, const Comparison& sides, NodeId function)
      : c_(c),
        function_(function),
        sides_(sides),
        is_plain_(c.src().Is(sides.first(), NodeKind::kName)),
        item_(is_plain_ ? c.TargetName(sides.first()) : c.names().Fresh("item")) {}

  NodeId Of(std::span<const Step> steps, bool is_reverse) {
    NodeList keys;
    NodeList before;  // what a lambda has no room for
    for (const Step& step : steps) {
      if (!is_plain_) PlaceItems(c_, sides_, step.value, item_);
      Context::Hoisted hoisted = c_.ExprWithHoists(step.value);
      before.insert(before.end(), hoisted.before.begin(), hoisted.before.end());
      NodeId key = hoisted.value;
      if (step.order == Order::kLocale) {
        c_.SayOnce("locale-compare", step.value);
        key = c_.NewCall(c_.NewAttribute(key, "casefold"), {});
      } else if (step.is_down && !is_reverse) {
        key = c_.New(make::Unary{.operand = key, .op = UnaryOp::kNeg}, {});
      }
      keys.push_back(key);
    }
    NodeId body = keys.size() == 1
                      ? keys[0]
                      : c_.New(make::Tuple{.elements = std::move(keys), .is_parenthesised = true}, {});
    NodeId param = c_.New(make::Param{.target = c_.NewName(item_)}, {});
    if (before.empty()) {
      return c_.New(make::Lambda{.params = {param}, .body = body}, function_);
    }
    before.push_back(c_.New(make::Return{.value = body}, {}));
    NodeId key = c_.NewName(c_.names().Fresh("sort_key"), function_);
    c_.HoistDefinition(c_.New(
        make::FunctionDef{.name = key, .params = {param}, .body = c_.NewBlock(std::move(before))},
        {}));
    return key;
  }

 private:
  Context& c_;
  NodeId function_;
  const Comparison& sides_;
  bool is_plain_;
  std::string item_;
};

}  // namespace

bool IsCompoundComparison(Context& c, NodeId function) {
  Comparison sides(c, function);
  auto steps = StepsIn(c, function, sides);
  if (!steps) return false;
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
  result.key = KeyMaker(c, sides, function).Of(*steps, result.is_reverse);
  return result;
}

bool NeedsPasses(Context& c, NodeId function) {
  Comparison sides(c, function);
  auto steps = StepsIn(c, function, sides);
  return steps && !CanBeKey(c, *steps);
}

std::vector<SortKey> PassesOfComparison(Context& c, NodeId function) {
  std::vector<SortKey> passes;
  Comparison sides(c, function);
  auto steps = StepsIn(c, function, sides);
  if (!steps) return passes;
  KeyMaker maker(c, sides, function);
  for (std::size_t i = steps->size(); i-- > 0;) {
    const Step& step = (*steps)[i];
    passes.push_back({.key = maker.Of(std::span(&step, 1), true), .is_reverse = step.is_down});
  }
  return passes;
}

}  // namespace asyncport::translate::to_py
