// Operators, templates and conditions, where the two languages' types disagree.
// Example: `a === b` -> `a == b`; `x === null` -> `x is None`; `"n" + 1` -> `f"n{1}"`.
#include <cctype>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/instance_values.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/parsing.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsNullish(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kNull) || c.src().Is(id, NodeKind::kUndefined) ||
         (c.As<Unary>(id) && c.As<Unary>(id).op() == UnaryOp::kVoid);
}

// Values that `==` compares as `===` does.
bool IsPrimitive(Context& c, NodeId id) {
  return c.facts().Only(id, {TypeKind::kNull, TypeKind::kUndefined, TypeKind::kBool, TypeKind::kInt, TypeKind::kFloat,
                             TypeKind::kBigInt, TypeKind::kStr});
}
bool MayBeContainer(Context& c, NodeId id) {
  return c.facts().KindOf(id) != TypeKind::kUnknown &&
         c.facts().May(id, {TypeKind::kList, TypeKind::kDict, TypeKind::kMap, TypeKind::kSet, TypeKind::kTuple});
}

NodeId TypeOfTest(Context& c, Binary binary, NodeId id) {
  NodeId left = binary.left();
  NodeId right = binary.right();
  if (c.As<String>(left)) std::swap(left, right);
  auto type_of = c.As<Unary>(left);
  auto text = c.As<String>(right);
  if (!type_of || type_of.op() != UnaryOp::kTypeOf || !text) return kNoNode;
  return TypeTest(c, type_of.operand(), text.value(), id);
}

NodeId Equality(Context& c, Binary binary, NodeId id) {
  BinaryOp op = binary.op();
  bool negative = op == BinaryOp::kStrictNe || op == BinaryOp::kLooseNe;
  bool loose = op == BinaryOp::kLooseEq || op == BinaryOp::kLooseNe;
  if (NodeId test = TypeOfTest(c, binary, id)) return negative ? Negate(c, test) : test;
  NodeId left = binary.left();
  NodeId right = binary.right();
  if (IsNullish(c, left)) std::swap(left, right);
  if (IsNullish(c, right)) {
    if (!loose) {
      const TypeKind asked = c.src().Is(right, NodeKind::kNull) ? TypeKind::kNull : TypeKind::kUndefined;
      const TypeKind other = asked == TypeKind::kNull ? TypeKind::kUndefined : TypeKind::kNull;
      if (c.facts().Only(left, {other}) && c.IsPure(left)) return c.New(make::Bool{.value = negative}, id);
      if (c.facts().KindOf(left) != TypeKind::kUnknown && c.facts().May(left, {other})) c.Say("undefined-and-null-merge", id);
    }
    // A key that is only asked for: `o.k === undefined` -> `"k" not in o` where the literal's keys are known.
    return c.New(make::Binary{.left = c.Expr(left), .right = c.New(make::Null{}, right), .op = negative ? BinaryOp::kIsNot : BinaryOp::kIs}, id);
  }
  if (c.src().Is(right, NodeKind::kBool)) {
    return c.New(make::Binary{.left = c.Expr(left), .right = c.Expr(right), .op = negative ? BinaryOp::kIsNot : BinaryOp::kIs}, id);
  }
  bool primitive = IsPrimitive(c, left) || IsPrimitive(c, right);
  if (loose && !(IsPrimitive(c, left) && IsPrimitive(c, right) && c.facts().KindOf(left) == c.facts().KindOf(right))) {
    c.Say("loose-equality", id);
  }
  if (!primitive && (MayBeContainer(c, left) || MayBeContainer(c, right))) {
    return c.New(make::Binary{.left = c.Expr(left), .right = c.Expr(right), .op = negative ? BinaryOp::kIsNot : BinaryOp::kIs}, id);
  }
  return c.New(make::Binary{.left = c.Expr(binary.left()), .right = c.Expr(binary.right()), .op = negative ? BinaryOp::kNe : BinaryOp::kEq}, id);
}

// Operands of a left-deep chain of `+`.
void CollectAdds(Context& c, NodeId id, NodeList& out) {
  auto binary = c.As<Binary>(id);
  if (binary && binary.op() == BinaryOp::kAdd) {
    CollectAdds(c, binary.left(), out);
    out.push_back(binary.right());
  } else {
    out.push_back(id);
  }
}

// How `${x}` prints: booleans, null and lists differ between the languages.
NodeId Interpolated(Context& c, NodeId id) {
  NodeId value = c.Expr(id);
  if (c.facts().Only(id, {TypeKind::kBool})) {
    return c.New(make::Conditional{.test = value, .then_value = c.NewString("true"), .else_value = c.NewString("false")}, id);
  }
  if (c.facts().Only(id, {TypeKind::kList, TypeKind::kTuple})) {
    const facts::Type& list = c.facts().type(c.facts().TypeOf(id));
    bool text = list.kind == TypeKind::kList && c.facts().type(list.element).kind == TypeKind::kStr;
    NodeId items = text ? value : c.NewCall(c.NewName("map"), {c.NewName("str"), value});
    return c.NewCall(c.NewAttribute(c.NewString(","), "join"), {items}, id);
  }
  if (c.facts().KindOf(id) != TypeKind::kUnknown &&
      c.facts().May(id, {TypeKind::kNull, TypeKind::kUndefined, TypeKind::kBool, TypeKind::kDict, TypeKind::kList, TypeKind::kFloat}) &&
      !c.facts().Only(id, {TypeKind::kFloat})) {
    c.Say("stringify-differs", id);
  }
  return value;
}

// `${err.message}` and `${err}`: an f-string already prints an exception as its message.
NodeId TemplatePart(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kString)) return c.Expr(id);
  NodeId value = Interpolated(c, id);
  if (auto number = ir::As<Number>(c.dst(), value)) {
    bool plain = number.kind() == NumberKind::kInt && !number.text().empty() && number.text().size() < 15 && (number.text().size() == 1 || number.text()[0] != '0');
    for (char ch : number.text()) plain = plain && ch >= '0' && ch <= '9';
    if (plain) return c.NewString(number.text(), id);
  }
  if (auto call = ir::As<Call>(c.dst(), value); call && c.src().Is(id, NodeKind::kAttribute) && c.src().text(id) == "message") {
    auto callee = ir::As<ir::Name>(c.dst(), call.callee());
    if (callee && callee.id() == "str" && call.args().size() == 1) return call.args()[0];
  }
  return value;
}

}  // namespace

NodeId TextPart(Context& c, NodeId id) { return TemplatePart(c, id); }

namespace {

void AddPart(Context& c, NodeId id, NodeList& parts) {
  if (AppendErrorText(c, id, parts)) return;
  NodeId part = TemplatePart(c, id);
  // A text that is made of parts itself: `${n.toLocaleString()} items`.
  auto inner = c.src().Is(id, NodeKind::kTemplate) ? Template() : ir::As<Template>(c.dst(), part);
  if (!inner || inner.is_multiline()) {
    parts.push_back(part);
    return;
  }
  parts.insert(parts.end(), inner.parts().begin(), inner.parts().end());
}

bool IsWordChar(unsigned char ch) { return std::isalnum(ch) != 0 || ch == '_' || ch >= 0x80; }

// Surely not whole: a literal, or a name that only ever stands for one.
bool IsBroken(Context& c, NodeId id) {
  if (auto number = c.As<Number>(id)) return number.text().find_last_not_of(".0") > number.text().find('.');
  facts::BindingId binding = c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId();
  if (!binding || c.facts().binding(binding).writes.size() != 1) return false;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  return assign && c.src().Is(assign.value(), NodeKind::kNumber) && IsBroken(c, assign.value());
}

// `${seconds}s`: a whole number that was computed reads 5 there and 5.0 here.
void WarnOfWholeFloats(Context& c, std::span<const NodeId> parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool number = c.facts().Only(parts[i], {TypeKind::kInt, TypeKind::kFloat});
    if (!number || !c.facts().May(parts[i], {TypeKind::kFloat}) || IsBroken(c, parts[i])) continue;
    auto before = i > 0 ? c.As<String>(parts[i - 1]) : String();
    auto after = i + 1 < parts.size() ? c.As<String>(parts[i + 1]) : String();
    const bool joined = (before && !before.value().empty() && IsWordChar(static_cast<unsigned char>(before.value().back()))) ||
                        (after && !after.value().empty() && IsWordChar(static_cast<unsigned char>(after.value().front())));
    if (joined) c.SayOnce("true-division-makes-float", parts[i]);
  }
}

// Is the text looked for somewhere: the key of a Map, an item of a Set?
bool IsKey(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  if (auto item = c.As<Subscript>(parent)) return item.index() == id;
  if (auto call = c.As<Call>(parent); call && call.callee() != id) {
    static constexpr std::string_view kLooking[] = {"has", "get", "set", "add", "delete", "includes", "indexOf"};
    return std::find(std::begin(kLooking), std::end(kLooking), c.MethodName(parent)) != std::end(kLooking);
  }
  auto assign = c.As<Assign>(parent);
  if (!assign || assign.targets().size() != 1 || !c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding) return false;
  const auto& reads = c.facts().binding(binding).reads;
  return std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
    return !c.As<Assign>(c.facts().Parent(read)) && IsKey(c, read);
  });
}

// A key has no point after a whole number, whichever way that was computed.
NodeId WithoutPoint(Context& c, NodeId source, NodeId part) {
  const bool number = c.facts().Only(source, {TypeKind::kInt, TypeKind::kFloat}) && c.facts().May(source, {TypeKind::kFloat});
  if (!number || c.dst().Is(part, NodeKind::kString) || c.dst().Is(part, NodeKind::kFormatValue)) return part;
  return c.New(make::FormatValue{.value = part, .spec = c.NewString(".15g")}, source);
}

std::optional<NodeId> TranslateTemplate(Context& c, NodeId id) {
  auto source = c.As<Template>(id);
  if (IsKey(c, id)) {
    NodeList keyed;
    for (NodeId part : source.parts()) {
      const std::size_t before = keyed.size();
      AddPart(c, part, keyed);
      if (keyed.size() == before + 1) keyed.back() = WithoutPoint(c, part, keyed.back());
    }
    return c.New(make::Template{.parts = std::move(keyed), .is_multiline = source.is_multiline()}, id);
  }
  WarnOfWholeFloats(c, source.parts());
  NodeList parts;
  for (NodeId part : source.parts()) AddPart(c, part, parts);
  return c.New(make::Template{.parts = std::move(parts), .is_multiline = source.is_multiline()}, id);
}

constexpr std::size_t kLongestFormatted = 110;  // bytes of source

bool IsFormatted(Context& c, NodeId operand) {
  const std::string_view method = c.MethodName(operand);
  return method == "padStart" || method == "padEnd" || method == "toFixed";
}

NodeId Addition(Context& c, NodeId id) {
  NodeList operands;
  CollectAdds(c, id, operands);
  // From the first operand that is surely text on, the chain is text; what stands before it is added as numbers.
  std::size_t first_text = operands.size();
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (c.facts().Only(operands[i], {TypeKind::kStr})) {
      first_text = i;
      break;
    }
  }
  if (first_text == operands.size()) {
    // What is missing makes NaN in JavaScript and a TypeError in Python; there is no text in either.
    auto number = {TypeKind::kInt,  TypeKind::kFloat, TypeKind::kBigInt,
                   TypeKind::kNull, TypeKind::kUndefined};
    for (NodeId operand : operands) {
      if (HasPlainValue(c, operand)) continue;
      if (!c.facts().Only(operand, number) && c.facts().KindOf(operand) != TypeKind::kUnknown) {
        c.Say("plus-needs-types", id);
        break;
      }
    }
    return c.Copy(id);
  }
  bool all_text = true;
  for (NodeId operand : operands) all_text = all_text && c.facts().Only(operand, {TypeKind::kStr});
  bool has_literal = false;
  for (NodeId operand : operands) has_literal = has_literal || c.src().Is(operand, NodeKind::kString) || c.src().Is(operand, NodeKind::kTemplate);
  // What is formatted joins an f-string, unless that becomes too long for a line.
  const bool formatted = std::any_of(operands.begin(), operands.end(), [&](NodeId operand) { return IsFormatted(c, operand); }) &&
                         c.src().span(id).size() < kLongestFormatted;
  if (all_text && !formatted && (!has_literal || operands.size() == 2)) return c.Copy(id);
  WarnOfWholeFloats(c, operands);
  NodeList parts;
  if (first_text > 1) {
    // The numeric prefix `1 + 2` of `1 + 2 + "3"`.
    NodeId prefix = c.Expr(operands[0]);
    for (std::size_t i = 1; i < first_text; ++i) {
      prefix = c.New(make::Binary{.left = prefix, .right = c.Expr(operands[i]), .op = BinaryOp::kAdd}, {});
    }
    parts.push_back(prefix);
  } else if (first_text == 1) {
    AddPart(c, operands[0], parts);
  }
  for (std::size_t i = first_text; i < operands.size(); ++i) {
    if (auto inner = c.As<Template>(operands[i])) {
      for (NodeId part : inner.parts()) AddPart(c, part, parts);
    } else {
      AddPart(c, operands[i], parts);
    }
  }
  return c.New(make::Template{.parts = std::move(parts)}, id);
}

std::optional<NodeId> TranslateBinary(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  switch (binary.op()) {
    case BinaryOp::kStrictEq: case BinaryOp::kStrictNe: case BinaryOp::kLooseEq: case BinaryOp::kLooseNe:
      return Equality(c, binary, id);
    case BinaryOp::kAdd:
      return Addition(c, id);
    case BinaryOp::kJsIn: {
      NodeId object = c.Expr(binary.right());
      if (IsError(c, binary.right())) {
        // Every error has these, however Python spells them.
        auto key = c.As<String>(binary.left());
        const bool every = key && (key.value() == "message" || key.value() == "name" ||
                                   key.value() == "stack");
        if (every && c.IsPure(binary.right())) return c.New(make::Bool{.value = true}, id);
      }
      if (c.facts().Only(binary.right(), {TypeKind::kInstance})) {
        return c.NewCall(c.NewName("hasattr"), {object, c.Expr(binary.left())}, id);
      }
      if (c.facts().Only(binary.right(), {TypeKind::kList})) return c.Refuse(id, "in-operator-meaning");
      if (c.facts().KindOf(binary.right()) != TypeKind::kUnknown && c.facts().May(binary.right(), {TypeKind::kList}))
        c.Say("in-operator-meaning", id);
      if (c.facts().KindOf(binary.right()) == TypeKind::kUnknown) SayUnknownObject(c, binary.right());
      return c.New(make::Binary{.left = c.Expr(binary.left()), .right = object, .op = BinaryOp::kIn}, id);
    }
    case BinaryOp::kInstanceOf: {
      NodeId type = c.Expr(binary.right());
      static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
          {"Array", "list"}, {"Map", "dict"}, {"Set", "set"}, {"Object", "dict"}, {"Function", "Callable"}};
      for (auto [js, py] : kTypes) {
        if (c.facts().ResolvedName(binary.right()) == js) type = c.NewName(py);
      }
      return c.NewCall(c.NewName("isinstance"), {c.Expr(binary.left()), type}, id);
    }
    case BinaryOp::kMul: case BinaryOp::kSub: case BinaryOp::kDiv: case BinaryOp::kPow:
      if (c.facts().Only(binary.left(), {TypeKind::kStr, TypeKind::kBool, TypeKind::kNull}) ||
          c.facts().Only(binary.right(), {TypeKind::kStr, TypeKind::kBool, TypeKind::kNull})) {
        c.Say("implicit-coercion", id);
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// What `typeof` says of the value, where that is known; empty otherwise.
std::string_view TypeOfText(Context& c, NodeId value) {
  const facts::Facts& f = c.facts();
  if (!c.IsPure(value)) return {};
  facts::BindingId binding = c.src().Is(value, NodeKind::kName) ? f.BindingOf(value) : facts::BindingId{};
  bool free = binding && f.binding(binding).kind == facts::BindingKind::kFree;
  // Anything may have been thrown.
  if (binding && f.binding(binding).kind == facts::BindingKind::kCatch) return {};
  if (f.Only(value, {TypeKind::kStr})) return "string";
  if (f.Only(value, {TypeKind::kInt, TypeKind::kFloat})) return "number";
  if (f.Only(value, {TypeKind::kBool})) return "boolean";
  if (f.Only(value, {TypeKind::kUndefined})) return "undefined";
  if (f.Only(value, {TypeKind::kFunction, TypeKind::kClass})) return "function";
  if (f.Only(value, {TypeKind::kNull, TypeKind::kList, TypeKind::kDict, TypeKind::kSet, TypeKind::kMap, TypeKind::kDate,
                     TypeKind::kInstance, TypeKind::kPromise, TypeKind::kRegex})) {
    return "object";
  }
  return free && f.KindOf(value) == TypeKind::kUnknown ? "undefined" : "";
}

// `typeof x` as a text. Kinds that JavaScript calls by one name are said; of others the value is asked.
NodeId TypeName(Context& c, NodeId operand, NodeId id) {
  struct Said {
    std::initializer_list<TypeKind> kinds;
    std::string_view name;
  };
  const Said kSaid[] = {{{TypeKind::kStr}, "string"},
                        {{TypeKind::kInt, TypeKind::kFloat}, "number"},
                        {{TypeKind::kBool}, "boolean"},
                        {{TypeKind::kFunction, TypeKind::kClass}, "function"}};
  for (const Said& said : kSaid) {
    if (c.IsPure(operand) && c.facts().Only(operand, said.kinds)) return c.NewString(said.name, id);
  }
  NodeId type_name = DefineOnce(c, "type_name", R"py(
def type_name(value):
    """Say what JavaScript's typeof says."""
    if value is None:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "function" if callable(value) else "object"
)py");
  NodeId called = c.NewCall(type_name, {c.Expr(operand)}, id);
  if (c.facts().KindOf(operand) == TypeKind::kUnknown || !c.facts().May(operand, {TypeKind::kNull})) return called;
  if (c.facts().May(operand, {TypeKind::kUndefined}) || !c.IsPure(operand)) {
    c.Say("undefined-and-null-merge", id);
    return called;
  }
  return Quote(c, "\"object\" if $X is None else $T", {{"X", c.Expr(operand)}, {"T", called}}, id);
}

std::optional<NodeId> TranslateUnary(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  switch (unary.op()) {
    case UnaryOp::kNot: {
      auto inner = c.As<Unary>(unary.operand());
      if (inner && inner.op() == UnaryOp::kNot) return AsBool(c, Condition(c, inner.operand()), id);
      if (MayBeNan(c, unary.operand())) {
        return Quote(c, "not $N or math.isnan($N)", {{"N", c.Expr(unary.operand())}}, id);
      }
      return Negate(c, Condition(c, unary.operand()));
    }
    case UnaryOp::kVoid:
      if (!c.As<Number>(unary.operand())) return c.Expr(unary.operand());
      return c.New(make::Null{}, id);
    case UnaryOp::kTypeOf:
      if (std::string_view text = TypeOfText(c, unary.operand()); !text.empty()) return c.NewString(text, id);
      return TypeName(c, unary.operand(), id);
    case UnaryOp::kPos:
      if (c.facts().Only(unary.operand(), {TypeKind::kInt, TypeKind::kFloat})) return c.Expr(unary.operand());
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// Assignments, and calls whose value Python's own method does not give: something has to stand before the statement.
bool NeedsStatements(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kUpdate || kind == NodeKind::kAssignExpr || kind == NodeKind::kLogicalAssign || kind == NodeKind::kSequence) return true;
  if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) return false;
  std::string_view method = c.MethodName(id);
  for (std::string_view changing : {"push", "unshift", "splice", "delete", "add", "set", "sort", "reverse"}) {
    if (method == changing) return true;
  }
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || NeedsStatements(c, child); });
  return found;
}

// Functions and classes that an expression wants before it may be defined on any path.
bool AreDefinitions(Context& c, const NodeList& statements) {
  for (NodeId s : statements) {
    if (!c.dst().Is(s, NodeKind::kFunctionDef) && !c.dst().Is(s, NodeKind::kClassDef)) return false;
  }
  return true;
}

// Does only the truth of the expression matter where it stands?
bool IsOnlyTested(Context& c, NodeId id) {
  for (;;) {
    const NodeId parent = c.facts().Parent(id);
    if (c.src().Is(parent, NodeKind::kLogical)) {
      id = parent;
      continue;
    }
    if (auto branch = c.As<If>(parent)) return branch.test() == id;
    if (auto loop = c.As<While>(parent)) return loop.test() == id;
    if (auto loop = c.As<CFor>(parent)) return loop.test() == id;
    if (auto loop = c.As<DoWhile>(parent)) return loop.test() == id;
    if (auto choice = c.As<Conditional>(parent)) return choice.test() == id;
    if (auto unary = c.As<Unary>(parent)) return unary.op() == UnaryOp::kNot;
    const bool returned = c.src().Is(parent, NodeKind::kLambda) || c.src().Is(parent, NodeKind::kReturn);
    const NodeId function = returned ? (c.src().Is(parent, NodeKind::kLambda) ? parent : c.facts().EnclosingFunction(id)) : kNoNode;
    if (!function) return c.src().Is(parent, NodeKind::kExprStmt) || c.IsCallTo(parent, "Boolean");
    auto call = c.As<Call>(c.facts().Parent(function));
    if (!call || call.callee() == function) return false;
    static const std::unordered_set<std::string_view> kTests = {"filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex"};
    return kTests.contains(c.MethodName(call.id()));
  }
}

// A container or nothing at all: an empty one is true in JavaScript.
bool IsContainerOrNothing(Context& c, NodeId id) {
  return c.facts().KindOf(id) != TypeKind::kUnknown && c.facts().May(id, {TypeKind::kList, TypeKind::kDict, TypeKind::kMap, TypeKind::kSet}) &&
         c.facts().Only(id, {TypeKind::kList, TypeKind::kDict, TypeKind::kMap, TypeKind::kSet, TypeKind::kNull, TypeKind::kUndefined, TypeKind::kInstance});
}

std::optional<NodeId> TranslateLogical(Context& c, NodeId id) {
  auto logical = c.As<Logical>(id);
  const bool only_tested = IsOnlyTested(c, id);
  if (!only_tested && IsContainerOrNothing(c, logical.left()) && c.IsPure(logical.left()) && !NeedsStatements(c, logical.right())) {
    // `xs = xs || []`: the value goes on, not the answer.
    NodeId test = c.New(make::Binary{.left = c.Expr(logical.left()), .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, {});
    NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
    const bool is_or = logical.op() == LogicalOp::kOr;
    NodeId then_value = is_or ? c.Expr(logical.left()) : right;
    NodeId else_value = is_or ? right : c.New(make::Null{}, {});
    return c.New(make::Conditional{.test = test, .then_value = then_value, .else_value = else_value}, id);
  }
  if (c.facts().KindOf(logical.left()) != TypeKind::kUnknown &&
      c.facts().May(logical.left(), {TypeKind::kList, TypeKind::kDict, TypeKind::kMap, TypeKind::kSet})) {
    c.Say("empty-container-truthiness", logical.left());
  }
  if (!only_tested && logical.op() == LogicalOp::kOr && MayBeNan(c, logical.left())) {
    NodeId right = c.Guarded([&] { return c.Expr(logical.right()); });
    return Quote(c, "$OTHER if not $N or math.isnan($N) else $N",
                 {{"N", c.Expr(logical.left())}, {"OTHER", right}}, id);
  }
  NodeId left = only_tested ? Condition(c, logical.left()) : c.Expr(logical.left());
  if (!NeedsStatements(c, logical.right())) {
    NodeId plain = c.Guarded([&] { return c.Expr(logical.right()); });
    return c.New(make::Logical{.left = left, .right = plain, .op = logical.op()}, id);
  }
  Context::Hoisted right = c.ExprWithHoists(logical.right());
  if (AreDefinitions(c, right.before)) {
    for (NodeId definition : right.before) c.HoistDefinition(definition);
    return c.New(make::Logical{.left = left, .right = right.value, .op = logical.op()}, id);
  }
  // What the right side needs to run first runs only if the right side does.
  std::string name = c.names().Fresh("value");
  NodeId test = logical.op() == LogicalOp::kOr ? Negate(c, c.NewName(name)) : c.NewName(name);
  right.before.push_back(c.NewAssign(c.NewName(name), right.value));
  if (!c.HoistEffect(c.NewAssign(c.NewName(name), left, id), id)) return c.NewName(name);
  c.HoistEffect(c.New(make::If{.test = test, .body = c.NewBlock(std::move(right.before))}, {}), id);
  return c.NewName(name, id);
}

std::optional<NodeId> TranslateConditional(Context& c, NodeId id) {
  auto conditional = c.As<Conditional>(id);
  NodeId test = Condition(c, conditional.test());
  if (!NeedsStatements(c, conditional.then_value()) && !NeedsStatements(c, conditional.else_value())) {
    NodeId first = c.Guarded([&] { return c.Expr(conditional.then_value()); });
    NodeId second = c.Guarded([&] { return c.Expr(conditional.else_value()); });
    return c.New(make::Conditional{.test = test, .then_value = first, .else_value = second}, id);
  }
  Context::Hoisted then_value = c.ExprWithHoists(conditional.then_value());
  Context::Hoisted else_value = c.ExprWithHoists(conditional.else_value());
  if (AreDefinitions(c, then_value.before) && AreDefinitions(c, else_value.before)) {
    for (NodeId definition : then_value.before) c.HoistDefinition(definition);
    for (NodeId definition : else_value.before) c.HoistDefinition(definition);
    return c.New(make::Conditional{.test = test, .then_value = then_value.value, .else_value = else_value.value}, id);
  }
  std::string name = c.names().Fresh("value");
  then_value.before.push_back(c.NewAssign(c.NewName(name), then_value.value));
  else_value.before.push_back(c.NewAssign(c.NewName(name), else_value.value));
  NodeId branch = c.New(make::If{.test = test, .body = c.NewBlock(std::move(then_value.before)), .else_body = c.NewBlock(std::move(else_value.before))}, id);
  c.HoistEffect(branch, id);
  return c.NewName(name, id);
}

bool TranslateIf(Context& c, NodeId id, NodeList& out) {
  auto statement = c.As<If>(id);
  NodeId test = Condition(c, statement.test());
  NodeId body = c.Block(statement.body());
  NodeId else_body;
  if (statement.else_body()) else_body = c.Block(statement.else_body());
  out.push_back(c.New(make::If{.test = test, .body = body, .else_body = else_body}, id));
  return true;
}

std::optional<NodeId> TranslateNumber(Context& c, NodeId id) {
  auto number = c.As<Number>(id);
  if (number.kind() == NumberKind::kBigInt) return c.New(make::Number{.text = number.text(), .kind = NumberKind::kInt}, id);
  return std::nullopt;
}

}  // namespace

NodeId Negate(Context& c, NodeId target) {
  static constexpr std::pair<BinaryOp, BinaryOp> kOpposites[] = {
      {BinaryOp::kEq, BinaryOp::kNe}, {BinaryOp::kIs, BinaryOp::kIsNot}, {BinaryOp::kIn, BinaryOp::kNotIn}};
  if (auto binary = ir::As<Binary>(c.dst(), target)) {
    for (auto [a, b] : kOpposites) {
      if (binary.op() == a || binary.op() == b) {
        return c.New(make::Binary{.left = binary.left(), .right = binary.right(), .op = binary.op() == a ? b : a}, c.dst().origin(target));
      }
    }
  }
  if (auto unary = ir::As<Unary>(c.dst(), target); unary && unary.op() == UnaryOp::kNot) return unary.operand();
  return c.New(make::Unary{.operand = target, .op = UnaryOp::kNot}, c.dst().origin(target));
}

NodeId Condition(Context& c, NodeId id) {
  // `if (xs.length)`: a list says whether it is empty by itself.
  if (auto attribute = c.As<Attribute>(id); attribute && attribute.name() == "length" && c.facts().Only(attribute.object(), {TypeKind::kList, TypeKind::kStr})) {
    return c.Expr(attribute.object());
  }
  if (auto binary = c.As<Binary>(id)) {
    auto length = c.As<Attribute>(binary.left());
    auto zero = c.As<Number>(binary.right());
    bool sized = length && zero && zero.text() == "0" &&
                 ((length.name() == "length" && c.facts().Only(length.object(), {TypeKind::kList, TypeKind::kStr})) ||
                  (length.name() == "size" && c.facts().Only(length.object(), {TypeKind::kMap, TypeKind::kSet})));
    if (sized && (binary.op() == BinaryOp::kGt || binary.op() == BinaryOp::kStrictNe)) return c.Expr(length.object());
    if (sized && binary.op() == BinaryOp::kStrictEq) return Negate(c, c.Expr(length.object()));
  }
  auto containers = {TypeKind::kList, TypeKind::kDict, TypeKind::kMap, TypeKind::kSet};
  TypeKind kind = c.facts().KindOf(id);
  if (kind != TypeKind::kUnknown && c.facts().May(id, containers)) {
    // An empty container is true in JavaScript: the question is whether it is there at all.
    bool only_containers_or_null = c.facts().Only(id, {TypeKind::kList, TypeKind::kDict, TypeKind::kMap, TypeKind::kSet, TypeKind::kNull, TypeKind::kUndefined, TypeKind::kInstance});
    if (only_containers_or_null) {
      return c.New(make::Binary{.left = c.Expr(id), .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, id);
    }
    c.Say("empty-container-truthiness", id);
  }
  if (c.facts().ResolvedName(id) == "NaN" || c.facts().ResolvedName(id) == "Number.NaN") {
    return c.New(make::Bool{.value = false}, id);
  }
  if (MayBeNan(c, id)) {
    return Quote(c, "$N and not math.isnan($N)", {{"N", c.Expr(id)}}, id);
  }
  return c.Expr(id);
}

void RegisterOperators(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kAfterCards, &TranslateBinary);
  t.Claim(NodeKind::kUnary, Order::kAfterCards, &TranslateUnary);
  t.Claim(NodeKind::kLogical, Order::kAfterCards, &TranslateLogical);
  t.Claim(NodeKind::kConditional, Order::kAfterCards, &TranslateConditional);
  t.Claim(NodeKind::kTemplate, Order::kAfterCards, &TranslateTemplate);
  t.Claim(NodeKind::kIf, Order::kAfterCards, &TranslateIf);
  t.Claim(NodeKind::kNumber, Order::kAfterCards, &TranslateNumber);
}

}  // namespace asyncport::translate::to_py
