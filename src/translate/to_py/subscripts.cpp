// Reads and writes by a computed key or position: elements that may lie outside, keys that are
// numbers, members whose name is only known when the program runs. What may be missing is asked of
// absence.h.
// Example: `xs[xs.length - 1]` -> `xs[-1]`; `this[name] = value` -> `setattr(self,
// snake_case(name), value)`.
#include <string_view>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/absence.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/instance_values.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

NodeId OneMore(Context& c, NodeId target) {
  if (auto number = ir::As<Number>(c.dst(), target);
      number && number.text().size() < 9 && number.kind() == NumberKind::kInt) {
    return c.NewInt(std::stoll(std::string(number.text())) + 1);
  }
  // `i + 1 + 1` is `i + 2`.
  if (auto sum = ir::As<Binary>(c.dst(), target); sum && sum.op() == BinaryOp::kAdd) {
    auto number = ir::As<Number>(c.dst(), sum.right());
    if (number && number.text().size() < 9) {
      return c.New(make::Binary{.left = sum.left(),
                                .right = c.NewInt(std::stoll(std::string(number.text())) + 1),
                                .op = BinaryOp::kAdd},
                   {});
    }
  }
  return c.New(make::Binary{.left = target, .right = c.NewInt(1), .op = BinaryOp::kAdd}, {});
}

// A computed look-up whose miss goes to a caller: returned, or given as an argument.
bool IsHandedOn(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  if (auto choice = c.As<Conditional>(parent)) return choice.test() != id && IsHandedOn(c, parent);
  NodeKind kind = c.src().kind(parent);
  if (kind == NodeKind::kReturn || kind == NodeKind::kLambda) return true;
  if (auto call = c.As<Call>(parent))
    return call.callee() != id && !c.facts().PossibleCallees(parent).empty();
  return false;
}

// Is it what a function gives, perhaps as one of several choices?
bool IsGiven(Context& c, NodeId id) {
  const NodeId parent = c.facts().Parent(id);
  if (auto choice = c.As<Conditional>(parent)) return choice.test() != id && IsGiven(c, parent);
  if (auto either = c.As<Logical>(parent)) return either.right() == id && IsGiven(c, parent);
  return c.src().Is(parent, NodeKind::kReturn) || c.As<Lambda>(parent);
}

// Is the position one that the code keeps and moves: `this.pos`, `pos + 1` of a variable outside?
bool IsKeptPosition(Context& c, NodeId id, NodeId function) {
  if (auto sum = c.As<Binary>(id)) {
    const bool steps = sum.op() == BinaryOp::kAdd || sum.op() == BinaryOp::kSub;
    return steps && (IsKeptPosition(c, sum.left(), function) || IsKeptPosition(c, sum.right(), function));
  }
  if (auto attribute = c.As<Attribute>(id)) return c.src().Is(attribute.object(), NodeKind::kSelfRef);
  const facts::BindingId binding =
      c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
  const NodeId declared = binding ? c.facts().binding(binding).declaration : kNoNode;
  return declared && c.facts().EnclosingFunction(declared) != function;
}

// `peek() { return this.tokens[this.pos]; }`: those who call it see that there is nothing.
bool IsHandedOut(Context& c, NodeId id) {
  const NodeId parent = c.facts().Parent(id);
  const bool named = c.As<Lambda>(parent) && c.src().Is(c.facts().Parent(parent), NodeKind::kAssign);
  return (c.src().Is(parent, NodeKind::kReturn) || named) &&
         IsKeptPosition(c, c.As<Subscript>(id).index(), c.facts().EnclosingFunction(id));
}

// `xs[xs.length - 1]` -> `xs[-1]`
NodeId FromTheEnd(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  auto minus = c.As<Binary>(subscript.index());
  if (!minus || minus.op() != BinaryOp::kSub || !c.src().Is(minus.right(), NodeKind::kNumber))
    return kNoNode;
  auto length = c.As<Attribute>(minus.left());
  if (!length || length.name() != "length" ||
      !SameTree(c.src(), length.object(), c.src(), subscript.object()))
    return kNoNode;
  NodeId negative =
      c.New(make::Unary{.operand = c.Expr(minus.right()), .op = UnaryOp::kNeg}, subscript.index());
  NodeId object = c.Expr(subscript.object());
  NodeId read = c.New(make::Subscript{.object = object, .index = negative}, id);
  if (!IsTestedLater(c, id)) return read;
  return c.New(
      make::Conditional{.test = object, .then_value = read, .else_value = c.New(make::Null{}, {})},
      id);
}

// `values[names.indexOf(x)]`: what is not found has no value, where Python's -1 would be the last.
NodeId AtFound(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  auto call = c.As<Call>(subscript.index());
  if (!call || c.MethodName(call.id()) != "indexOf" || call.args().size() != 1) return kNoNode;
  const NodeId searched = c.As<Attribute>(call.callee()).object();
  const NodeId wanted = call.args()[0];
  if (!c.IsPure(searched) || !c.IsPure(wanted) || call.is_optional()) return kNoNode;
  if (!c.facts().Only(searched, {TypeKind::kList, TypeKind::kStr})) return kNoNode;
  NodeId test = c.New(make::Binary{.left = c.Expr(wanted), .right = c.Expr(searched), .op = BinaryOp::kIn}, {});
  NodeId at = c.NewCall(c.NewAttribute(c.Expr(searched), "index"), {c.Expr(wanted)}, call.id());
  NodeId read = c.New(make::Subscript{.object = c.Expr(subscript.object()), .index = at}, id);
  return c.New(make::Conditional{.test = test, .then_value = read, .else_value = c.New(make::Null{}, {})}, id);
}

// An element or character at a position that may lie outside.
NodeId ReadAt(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  NodeId object = subscript.object();
  NodeId index = subscript.index();
  if (NodeId end = FromTheEnd(c, id)) return end;
  if (NodeId found = AtFound(c, id)) return found;
  bool tested = IsTestedLater(c, id) || IsHandedOut(c, id);
  auto compared = c.As<Binary>(c.facts().Parent(id));
  bool equality =
      compared && (compared.op() == BinaryOp::kStrictEq || compared.op() == BinaryOp::kStrictNe);
  bool in_range = IndexIsInRange(c, id, object, index);
  bool negative = IndexMayBeNegative(c, id, index);
  bool pure_index = c.IsPure(index) || c.src().Is(index, NodeKind::kUpdate);
  if (!c.IsPure(object) || !pure_index) return kNoNode;
  if (Receives(c, object, {TypeKind::kStr}) && equality && !negative && !in_range && !tested &&
      c.IsPure(index)) {
    // A slice is empty past the end, which equals no character either.
    NodeId lower = c.Expr(index);
    NodeId slice = c.New(make::Slice{.lower = lower, .upper = OneMore(c, lower)}, index);
    if (auto number = c.As<Number>(index); number && number.text() == "0")
      slice = c.New(make::Slice{.upper = c.NewInt(1)}, index);
    return c.New(make::Subscript{.object = c.Expr(object), .index = slice}, id);
  }
  if (!tested && !negative) return kNoNode;
  if (tested && !in_range) {
    NodeId target = c.Expr(object);
    NodeId at = c.Expr(index);
    NodeId length = c.NewCall(c.NewName("len"), {target});
    auto minus = c.As<Unary>(index);
    if (minus && minus.op() == UnaryOp::kNeg) return c.New(make::Null{}, id);  // no such property
    NodeId test;
    // `grid[y + dy]?.[x]`: before the first item there is nothing either.
    auto member = c.As<Attribute>(index);
    const bool computed = c.src().Is(index, NodeKind::kName) || c.As<Binary>(index) ||
                          (member && !c.src().Is(member.object(), NodeKind::kSelfRef));
    if (negative || (computed && !c.facts().IsNonNegative(index))) {
      NodeList links{c.New(make::CompareLink{.right = at, .op = BinaryOp::kLe}, {}),
                     c.New(make::CompareLink{.right = length, .op = BinaryOp::kLt}, {})};
      test = c.New(make::CompareChain{.first = c.NewInt(0), .links = std::move(links)}, {});
    } else {
      test = c.New(make::Binary{.left = at, .right = length, .op = BinaryOp::kLt}, {});
    }
    NodeId read = c.New(make::Subscript{.object = target, .index = at}, id);
    return c.New(
        make::Conditional{.test = test, .then_value = read, .else_value = c.New(make::Null{}, {})},
        id);
  }
  if (negative) c.Say("negative-index", id);
  return kNoNode;
}

// Does the file ask an object for its keys, whose kind and order would show?
struct KeyReaders {
  explicit KeyReaders(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !any; ++i) {
      NodeId id{i};
      if (c.src().Is(id, NodeKind::kForIn)) any = true;
      for (std::string_view name : {"Object.keys", "Object.entries", "Object.values",
                                    "JSON.stringify", "Object.getOwnPropertyNames"}) {
        // Only how many there are shows neither.
        auto read = c.As<Attribute>(c.facts().Parent(id));
        any = any || (c.IsCallTo(id, name) && !(read && read.name() == "length"));
      }
    }
  }
  bool any = false;
};

// A number, or what a function gives that may be one: `groups[keyOf(item)]`.
bool MayBeNumber(Context& c, NodeId key) {
  if (c.facts().KindOf(key) != TypeKind::kUnknown)
    return c.facts().May(key, {TypeKind::kInt, TypeKind::kFloat});
  for (NodeId callee : c.facts().PossibleCallees(key)) {
    auto lambda = c.As<Lambda>(callee);
    auto member = lambda ? c.As<Attribute>(lambda.body()) : Attribute();
    if (member && (member.name() == "length" || member.name() == "size")) return true;
    if (lambda && c.facts().Only(lambda.body(), {TypeKind::kInt, TypeKind::kFloat})) return true;
  }
  return false;
}

// `counts[n] = 1` with a number: text in JavaScript, and in the order of the numbers.
bool SayNumericKey(Context& c, NodeId id, NodeList&) {
  NodeId target =
      c.As<AugAssign>(id) ? c.As<AugAssign>(id).target() : c.As<Assign>(id).targets()[0];
  auto place = c.As<Subscript>(target);
  if (!place || !c.facts().Only(place.object(), {TypeKind::kDict}) || !c.State<KeyReaders>().any)
    return false;
  if (MayBeNumber(c, place.index())) c.SayOnce("key-type", place.index());
  return false;
}

// `(groups[n] ??= []).push(x)`
std::optional<NodeId> SayNumericFill(Context& c, NodeId id) {
  auto place = c.As<Subscript>(c.As<LogicalAssign>(id).target());
  if (!place || !c.facts().Only(place.object(), {TypeKind::kDict}) || !c.State<KeyReaders>().any)
    return std::nullopt;
  if (MayBeNumber(c, place.index())) c.SayOnce("key-type", place.index());
  return std::nullopt;
}

// The Python name of a member whose JavaScript name is only known when the program runs.
NodeId MemberNamed(Context& c, NodeId key) {
  NodeId snake_case = DefineOnce(c, "snake_case", R"py(
import re

def snake_case(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
)py");
  return c.NewCall(snake_case, {c.Expr(key)});
}

// `this[name] = value;`
bool TranslateDynamicWrite(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  auto place = c.As<Subscript>(assign.targets()[0]);
  if (!place || (!c.src().Is(place.object(), NodeKind::kSelfRef) &&
                 !Receives(c, place.object(), {TypeKind::kInstance})))
    return false;
  if (auto text = c.As<String>(place.index())) {
    NodeId member = c.NewAttribute(c.Expr(place.object()), c.names().Member(text.value(), false));
    out.push_back(c.NewAssign(member, c.Expr(assign.value()), id));
    return true;
  }
  if (!MemberOfSymbol(c, place.index()).empty()) return false;
  c.SayOnce("dynamic-attribute", id);
  NodeList args{c.Expr(place.object()), MemberNamed(c, place.index()), c.Expr(assign.value())};
  out.push_back(c.NewExprStmt(c.NewCall(c.NewName("setattr"), std::move(args)), id));
  return true;
}

std::optional<NodeId> TranslateSubscript(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  NodeId object = subscript.object();
  bool of_instance =
      c.src().Is(object, NodeKind::kSelfRef) || Receives(c, object, {TypeKind::kInstance});
  if (IsAssigned(c, id) || (IsCallee(c, id) && !of_instance)) return std::nullopt;
  NodeId index = subscript.index();
  if (Receives(c, object, {TypeKind::kDict})) {
    auto text = c.As<String>(index);
    bool certain =
        text ? !MayLackField(c, object, text.value()) : KeyIsPresent(c, id, object, index);
    // `state[n] === "done"`: what is not there is not equal.
    auto compared = c.As<Binary>(c.facts().Parent(id));
    const bool equality =
        compared && (compared.op() == BinaryOp::kStrictEq || compared.op() == BinaryOp::kStrictNe);
    bool get = (text && ToleratesNone(c, id)) || IsTestedLater(c, id) || subscript.is_optional() ||
               (!text && (equality || IsHandedOn(c, id)));
    if (text && certain && MaySetFieldLater(c, object, text.value()))
      certain = !IsTestedLater(c, id);
    if (!certain && get)
      return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {c.Expr(index)}, id);
    if (!certain) {
      if (NodeId compared = ComparedLookUp(c, id, object, kNoNode, true)) return compared;
    }
    return std::nullopt;
  }
  bool self = c.src().Is(object, NodeKind::kSelfRef);
  if (self || Receives(c, object, {TypeKind::kInstance})) {
    if (auto text = c.As<String>(index))
      return c.NewAttribute(c.Expr(object), c.names().Member(text.value(), false), id);
    c.SayOnce("dynamic-attribute", id);
    return c.NewCall(c.NewName("getattr"),
                     {c.Expr(object), MemberNamed(c, index), c.New(make::Null{}, {})}, id);
  }
  if (Receives(c, object, {TypeKind::kList, TypeKind::kStr, TypeKind::kTuple})) {
    if (NodeId read = ReadAt(c, id)) return read;
    return std::nullopt;
  }
  const bool by_name = subscript.is_optional() && c.facts().Only(index, {TypeKind::kStr});
  // `path.reduce((o, k) => (o == null ? undefined : o[k]), data)`: what is missing is handed on as undefined.
  const bool handed_on = c.facts().Only(index, {TypeKind::kStr}) && IsGiven(c, id);
  // By name only a dict has anything, whatever else it may be.
  const bool may_be_dict =
      c.facts().KindOf(object) == TypeKind::kUnknown ||
      ((by_name || handed_on) && c.facts().May(object, {TypeKind::kDict}));
  if (may_be_dict && (by_name || handed_on || IsTestedForAbsence(c, id)) &&
      !c.facts().Only(index, {TypeKind::kInt, TypeKind::kFloat})) {
    return c.NewCall(c.NewAttribute(c.Expr(object), "get"), {c.Expr(index)}, id);
  }
  return std::nullopt;
}

}  // namespace

void RegisterSubscripts(Topics& t) {
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &SayNumericKey);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &SayNumericKey);
  t.Claim(NodeKind::kLogicalAssign, Order::kBeforeCards, &SayNumericFill);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateDynamicWrite);
  t.Claim(NodeKind::kSubscript, Order::kAfterCards, &TranslateSubscript);
}

}  // namespace asyncport::translate::to_py
