// Methods of lists and Maps whose translation needs more than one expression: results of push and splice, pops that
// may find nothing, reduce with a body, callbacks that want the index and have a body. The rest are cards.
// Example: `const n = xs.push(1);` -> `xs.append(1)` and `n = len(xs)`.
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/absence.h"
#include "translate/to_py/makers.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct MethodCall {
  ir::Call call;
  NodeId object;
  std::string_view name;
};
MethodCall AsMethodCall(Context& c, NodeId id) {
  auto call = c.As<ir::Call>(id);
  if (!call || call.is_optional()) return {};
  auto attribute = c.As<Attribute>(call.callee());
  if (!attribute || attribute.is_private()) return {};
  return {call, attribute.object(), attribute.name()};
}

bool IsList(Context& c, NodeId object) {
  return c.facts().Only(object, {TypeKind::kList, TypeKind::kTuple, TypeKind::kNull, TypeKind::kUndefined}) &&
         c.facts().May(object, {TypeKind::kList, TypeKind::kTuple});
}
bool MayBeList(Context& c, NodeId object) {
  if (c.facts().KindOf(object) == TypeKind::kUnknown || IsList(c, object)) return true;
  // Of what it can be, only a list has such methods.
  return c.facts().May(object, {TypeKind::kList, TypeKind::kTuple}) &&
         !c.facts().May(object, {TypeKind::kInstance, TypeKind::kClass, TypeKind::kIterator, TypeKind::kMap, TypeKind::kSet, TypeKind::kModule});
}

bool HasSpread(Context& c, std::span<const NodeId> args) {
  for (NodeId arg : args) {
    if (c.src().Is(arg, NodeKind::kSpread)) return true;
  }
  return false;
}

NodeId Method(Context& c, NodeId object, std::string_view name, NodeList args, NodeId origin = {}) {
  return c.NewCall(c.NewAttribute(object, name), std::move(args), origin);
}
NodeId Length(Context& c, NodeId object) { return c.NewCall(c.NewName("len"), {object}); }

// `xs.unshift(a, b);` -> `xs[:0] = [a, b]`
bool TranslateUnshiftStmt(Context& c, NodeId id, NodeList& out) {
  MethodCall m = AsMethodCall(c, c.As<ExprStmt>(id).value());
  if (!m.object || m.name != "unshift" || !IsList(c, m.object)) return false;
  const auto args = m.call.args();
  if (args.size() == 1 && !HasSpread(c, args)) return false;
  NodeId start = c.New(make::Subscript{.object = c.Expr(m.object), .index = c.New(make::Slice{.upper = c.NewInt(0)}, {})}, {});
  out.push_back(c.NewAssign(start, c.New(make::List{.elements = c.Exprs(args)}, {}), id));
  return true;
}

// `text.concat(a, b)` -> `text + a + str(b)`
std::optional<NodeId> TranslateTextConcat(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || m.name != "concat" || !c.facts().Only(m.object, {TypeKind::kStr})) return std::nullopt;
  if (HasSpread(c, m.call.args())) return std::nullopt;
  NodeId sum = c.Expr(m.object);
  for (NodeId arg : m.call.args()) {
    const bool whole = c.facts().Only(arg, {TypeKind::kInt});
    if (!whole && !c.facts().Only(arg, {TypeKind::kStr})) return std::nullopt;
    NodeId text = whole ? c.NewCall(c.NewName("str"), {c.Expr(arg)}) : c.Expr(arg);
    sum = c.New(make::Binary{.left = sum, .right = text, .op = BinaryOp::kAdd}, id);
  }
  return sum;
}

// The value of `xs.push(a)`: the length after it.
std::optional<NodeId> TranslatePush(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || (m.name != "push" && m.name != "unshift") || !IsList(c, m.object)) return std::nullopt;
  if (!c.IsPure(m.object)) return std::nullopt;
  NodeId object = c.Expr(m.object);
  NodeList args = c.Exprs(m.call.args());
  NodeId statement;
  if (m.name == "push" && args.size() == 1) {
    auto spread = ir::As<Spread>(c.dst(), args[0]);
    statement = spread ? Method(c, object, "extend", {spread.value()}, id) : Method(c, object, "append", args, id);
  } else if (m.name == "push") {
    statement = Method(c, object, "extend", {c.New(make::List{.elements = args}, {})}, id);
  } else {
    NodeId start = c.New(make::Subscript{.object = object, .index = c.New(make::Slice{.upper = c.NewInt(0)}, {})}, {});
    NodeId assign = args.size() == 1 && !HasSpread(c, m.call.args())
                        ? c.NewExprStmt(Method(c, object, "insert", {c.NewInt(0), args[0]}), id)
                        : c.NewAssign(start, c.New(make::List{.elements = args}, {}), id);
    if (c.facts().UseOf(id) == facts::Use::kDropped && !c.guarded() && c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt)) return std::nullopt;
    c.HoistEffect(assign, id);
    return Length(c, object);
  }
  if (c.facts().UseOf(id) == facts::Use::kDropped) return statement;
  c.HoistEffect(c.NewExprStmt(statement, id), id);
  return Length(c, object);
}

// `xs.pop()` and `xs.shift()` that are asked whether they gave anything.
std::optional<NodeId> TranslatePop(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || (m.name != "pop" && m.name != "shift") || !m.call.args().empty() || !MayBeList(c, m.object)) return std::nullopt;
  if (c.facts().UseOf(id) == facts::Use::kDropped) {
    // Nothing happens to an empty list in JavaScript; a loop or branch on its length says that it is not empty.
    return std::nullopt;
  }
  if (!IsTestedLater(c, id) || !c.IsPure(m.object)) return std::nullopt;
  auto same_list = [&](NodeId test) {
    if (auto binary = c.As<Binary>(test)) test = binary.left();
    auto length = c.As<Attribute>(test);
    return length && length.name() == "length" && SameTree(c.src(), length.object(), c.src(), m.object);
  };
  NodeId object = c.Expr(m.object);
  NodeList args;
  if (m.name == "shift") args.push_back(c.NewInt(0));
  NodeId pop = Method(c, object, "pop", std::move(args), id);
  if (AnyGuard(c, id, same_list)) return pop;
  return c.New(make::Conditional{.test = object, .then_value = pop, .else_value = c.New(make::Null{}, {})}, id);
}

// `xs.at(i)` of something that may lie outside, where the code asks.
std::optional<NodeId> TranslateAt(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || m.name != "at" || m.call.args().size() != 1 || !IsTestedLater(c, id)) return std::nullopt;
  if (!c.facts().Only(m.object, {TypeKind::kList, TypeKind::kTuple, TypeKind::kStr}) || !c.IsPure(m.object)) return std::nullopt;
  NodeId index = m.call.args()[0];
  auto number = c.As<Number>(index);
  auto negative = c.As<Unary>(index);
  auto from_end = negative && negative.op() == UnaryOp::kNeg ? c.As<Number>(negative.operand()) : Number();
  if (!number && !from_end) return std::nullopt;
  NodeId object = c.Expr(m.object);
  NodeId count = c.New(make::Number{.text = number ? number.text() : from_end.text(), .kind = NumberKind::kInt}, {});
  NodeId test = object;
  if (!from_end || from_end.text() != "1") {
    test = c.New(make::Binary{.left = Length(c, object), .right = count, .op = number ? BinaryOp::kGt : BinaryOp::kGe}, {});
  }
  return Quote(c, "$O[$I] if $T else None", {{"O", object}, {"I", c.Expr(index)}, {"T", test}}, id);
}

// `a.concat(b, c)`: lists are taken apart, other values are items.
std::optional<NodeId> TranslateConcat(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || m.name != "concat" || c.facts().Only(m.object, {TypeKind::kStr, TypeKind::kInstance})) return std::nullopt;
  bool list = IsList(c, m.object);
  NodeList elements{c.New(make::Spread{.value = c.Expr(m.object)}, {})};
  bool all_lists = true;
  for (NodeId arg : m.call.args()) {
    bool is_list = IsList(c, arg);
    all_lists = all_lists && is_list;
    if (c.src().Is(arg, NodeKind::kSpread)) return std::nullopt;
    if (is_list) {
      elements.push_back(c.New(make::Spread{.value = c.Expr(arg)}, {}));
    } else if (c.facts().KindOf(arg) != TypeKind::kUnknown && !c.facts().May(arg, {TypeKind::kList, TypeKind::kTuple})) {
      elements.push_back(c.Expr(arg));
    } else if (c.IsPure(arg)) {
      NodeId either = Quote(c, "$X if isinstance($X, list) else [$X]", {{"X", c.Expr(arg)}});
      elements.push_back(c.New(make::Spread{.value = either}, {}));
    } else {
      return std::nullopt;
    }
  }
  // Text has concat too: only a list as an argument tells.
  if (!list && (c.facts().KindOf(m.object) != TypeKind::kUnknown || !all_lists)) {
    return c.Refuse(id, "untranslated", {{"reason", "the method `concat` of something unknown"}});
  }
  return c.New(make::List{.elements = std::move(elements)}, id);
}

// Surely a list with items that are no lists.
bool HoldsMoreThanLists(Context& c, const facts::Type& type) {
  if (type.kind != TypeKind::kList && type.kind != TypeKind::kTuple) return false;
  auto is_other = [&](const facts::Type& t) {
    return t.kind != TypeKind::kList && t.kind != TypeKind::kTuple && t.kind != TypeKind::kUnknown && t.kind != TypeKind::kNever;
  };
  auto any_other = [&](const facts::Type& t) { return std::any_of(t.members.begin(), t.members.end(), [&](facts::TypeId m) { return is_other(c.facts().type(m)); }); };
  if (any_other(type)) return true;
  const facts::Type& item = c.facts().type(type.element);
  if (item.kind != TypeKind::kUnion) return is_other(item);
  return any_other(item);
}

// `xs.entries()`, `xs.keys()` of a list, outside of a loop's head.
std::optional<NodeId> TranslatePositions(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || !m.call.args().empty() || !IsList(c, m.object)) return std::nullopt;
  if (m.name == "entries") return c.NewCall(c.NewName("enumerate"), {c.Expr(m.object)}, id);
  if (m.name == "keys") return c.NewCall(c.NewName("range"), {Length(c, c.Expr(m.object))}, id);
  return std::nullopt;
}

// `xs.flat(2)`, `xs.flat(Infinity)`; one level is a card.
std::optional<NodeId> TranslateFlat(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || m.name != "flat" || m.call.args().size() > 1 || HasSpread(c, m.call.args()) || !MayBeList(c, m.object)) return std::nullopt;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(m.object));
  if (m.call.args().empty() && !HoldsMoreThanLists(c, type)) return std::nullopt;
  NodeId flatten = DefineOnce(c, "flatten", R"(
def flatten(items, depth):
    result = []
    for item in items:
        if isinstance(item, list) and depth > 0:
            result.extend(flatten(item, depth - 1))
        else:
            result.append(item)
    return result
)");
  NodeId depth = m.call.args().empty() ? c.NewInt(1) : c.Expr(m.call.args()[0]);
  return c.NewCall(flatten, {c.Expr(m.object), depth}, id);
}

// The part of the list that `splice(start, count)` speaks of.
NodeId SpliceSlice(Context& c, std::span<const NodeId> args, bool& single) {
  single = false;
  NodeId lower = c.Expr(args[0]);
  auto start = c.As<Number>(args[0]);
  bool from_zero = start && start.text() == "0";
  if (args.size() < 2) return c.New(make::Slice{.lower = from_zero ? kNoNode : lower}, {});
  auto count = c.As<Number>(args[1]);
  // An index that is written out may lie beyond the end, which a slice forgives as JavaScript does.
  single = count && count.text() == "1" && !start;
  auto negative = c.As<Unary>(args[0]);
  auto offset = negative && negative.op() == UnaryOp::kNeg ? c.As<Number>(negative.operand()) : Number();
  if (offset && count && offset.text() == count.text()) return c.New(make::Slice{.lower = lower}, {});
  NodeId upper;
  if (from_zero) {
    return c.New(make::Slice{.upper = c.Expr(args[1])}, {});
  }
  if (start && count && start.text().size() < 9 && count.text().size() < 9) {
    upper = c.NewInt(std::stoll(std::string(start.text())) + std::stoll(std::string(count.text())));
  } else if (count && count.text() == "0") {
    upper = lower;
  } else {
    upper = c.New(make::Binary{.left = lower, .right = c.Expr(args[1]), .op = BinaryOp::kAdd}, {});
  }
  return c.New(make::Slice{.lower = lower, .upper = upper}, {});
}

bool IsSplice(Context& c, NodeId id, MethodCall& m) {
  m = AsMethodCall(c, id);
  if (!m.object || m.name != "splice" || m.call.args().empty() || !MayBeList(c, m.object)) return false;
  auto args = m.call.args();
  if (c.src().Is(args[0], NodeKind::kSpread)) return false;
  return c.IsPure(m.object) && c.IsPure(args[0]) && (args.size() < 2 || c.IsPure(args[1]));
}

// Statements for a splice: keep what goes (in `keep`, if given), then delete or replace.
void Splice(Context& c, NodeId id, const MethodCall& m, NodeId keep, NodeList& out) {
  auto args = m.call.args();
  bool single = false;
  NodeId slice = SpliceSlice(c, args, single);
  NodeId object = c.Expr(m.object);
  NodeId part = c.New(make::Subscript{.object = object, .index = slice}, {});
  if (keep) out.push_back(c.NewAssign(keep, part, id));
  if (args.size() > 2) {
    NodeList items = c.Exprs(args.subspan(2));
    auto spread = items.size() == 1 ? ir::As<Spread>(c.dst(), items[0]) : Spread();
    NodeId value = spread ? spread.value() : c.New(make::List{.elements = std::move(items)}, {});
    out.push_back(c.NewAssign(part, value, keep ? kNoNode : id));
    return;
  }
  if (single) part = c.New(make::Subscript{.object = object, .index = c.Expr(args[0])}, {});
  out.push_back(c.New(make::Delete{.targets = {part}}, keep ? kNoNode : id));
}

bool TranslateSpliceStmt(Context& c, NodeId id, NodeList& out) {
  MethodCall m;
  NodeId value = c.As<ExprStmt>(id).value();
  if (!IsSplice(c, value, m) || m.call.args().size() < 3) {
    if (!IsSplice(c, value, m) || m.call.args().size() > 2) return false;
    auto count = m.call.args().size() == 2 ? c.As<Number>(m.call.args()[1]) : Number();
    if (count && count.text() == "1") return false;  // a card: remove, del xs[i]
  } else {
    auto count = c.As<Number>(m.call.args()[1]);
    if (count && count.text() == "0" && m.call.args().size() == 3 && !HasSpread(c, m.call.args())) return false;  // insert
  }
  Splice(c, id, m, kNoNode, out);
  return true;
}

// `const removed = xs.splice(1, 2);`, `const [x] = xs.splice(i, 1);`
bool TranslateSpliceAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  MethodCall m;
  if (assign.targets().size() != 1 || !assign.value() || !IsSplice(c, assign.value(), m)) return false;
  NodeId target = assign.targets()[0];
  if (c.src().Is(target, NodeKind::kName)) {
    Splice(c, id, m, c.Pattern(target), out);
    return true;
  }
  auto pattern = c.As<ListPattern>(target);
  auto count = m.call.args().size() == 2 ? c.As<Number>(m.call.args()[1]) : Number();
  if (!pattern || pattern.elements().size() != 1 || !c.src().Is(pattern.elements()[0], NodeKind::kName) || !count || count.text() != "1") return false;
  NodeId pop = Method(c, c.Expr(m.object), "pop", {c.Expr(m.call.args()[0])});
  out.push_back(c.NewAssign(c.Pattern(pattern.elements()[0]), pop, id));
  return true;
}

// `xs.splice(i, 1)[0]` -> `xs.pop(i)`; any other value of a splice is named first.
std::optional<NodeId> TranslateSpliceItem(Context& c, NodeId id) {
  auto subscript = c.As<Subscript>(id);
  MethodCall m;
  auto zero = c.As<Number>(subscript.index());
  if (!zero || zero.text() != "0" || !IsSplice(c, subscript.object(), m) || m.call.args().size() != 2) return std::nullopt;
  auto count = c.As<Number>(m.call.args()[1]);
  if (!count || count.text() != "1") return std::nullopt;
  return Method(c, c.Expr(m.object), "pop", {c.Expr(m.call.args()[0])}, id);
}
std::optional<NodeId> TranslateSpliceValue(Context& c, NodeId id) {
  MethodCall m;
  if (!IsSplice(c, id, m)) return std::nullopt;
  NodeList statements;
  std::string name = c.names().Fresh("removed");
  Splice(c, id, m, c.NewName(name), statements);
  for (NodeId statement : statements) c.HoistEffect(statement, id);
  return c.NewName(name, id);
}

// `m.get(k).use()`: where None would fail anyway, a plain look-up says what is missing.
std::optional<NodeId> TranslateMapGet(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  if (!m.object || m.name != "get" || m.call.args().size() != 1 || !c.facts().Only(m.object, {TypeKind::kMap})) return std::nullopt;
  if (ToleratesNone(c, id)) return std::nullopt;
  return c.New(make::Subscript{.object = c.Expr(m.object), .index = c.Expr(m.call.args()[0])}, id);
}

// ------------------------------------------------------------------ callbacks
struct Callback {
  NodeId function;
  std::size_t params = 0;
};
std::optional<Callback> AsCallback(Context& c, NodeId id) {
  if (auto lambda = c.As<Lambda>(id)) return Callback{id, lambda.params().size()};
  if (auto function = c.As<FunctionExpr>(id)) {
    if (function.is_generator()) return std::nullopt;
    return Callback{id, function.params().size()};
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind != TypeKind::kFunction || !type.decl) return std::nullopt;
  if (auto function = c.As<FunctionDef>(type.decl)) return Callback{id, function.params().size()};
  if (auto method = c.As<ir::Method>(type.decl)) return Callback{id, method.params().size()};
  if (auto lambda = c.As<Lambda>(type.decl)) return Callback{id, lambda.params().size()};
  if (auto function = c.As<FunctionExpr>(type.decl)) return Callback{id, function.params().size()};
  return std::nullopt;
}

std::string ParamName(Context& c, const Callback& callback, std::size_t index, std::string_view otherwise) {
  std::span<const NodeId> params;
  if (auto lambda = c.As<Lambda>(callback.function)) params = lambda.params();
  if (auto function = c.As<FunctionExpr>(callback.function)) params = function.params();
  if (index < params.size()) {
    NodeId target = c.As<Param>(params[index]).target();
    if (c.src().Is(target, NodeKind::kName)) return c.TargetName(target);
  }
  return std::string(otherwise);
}

// map, filter and their kin with a callback that no card fits: it gets a name and is called for each item.
std::optional<NodeId> TranslateEach(Context& c, NodeId id) {
  MethodCall m = AsMethodCall(c, id);
  static constexpr std::string_view kMethods[] = {"map", "filter", "flatMap", "some", "every", "find", "findIndex"};
  bool known = false;
  for (std::string_view name : kMethods) known = known || (m.object && m.name == name);
  if (!known || m.call.args().size() != 1 || !MayBeList(c, m.object)) return std::nullopt;
  auto callback = AsCallback(c, m.call.args()[0]);
  if (!callback || callback->params > 2) return std::nullopt;
  const bool starts = c.facts().IsAsync(callback->function) == facts::Async::kYes &&
                      !IsFutureMaker(c, callback->function);
  if (starts && m.name != "map") return std::nullopt;
  NodeId function;
  if (c.src().Is(callback->function, NodeKind::kLambda)) {
    std::string name = c.names().Fresh("handle_" + ParamName(c, *callback, 0, "item"));
    c.HoistDefinition(Define(c, callback->function, name, callback->function));
    function = c.NewName(name);
  } else {
    function = c.Expr(callback->function);
  }
  if (!c.dst().Is(function, NodeKind::kName) && !c.dst().Is(function, NodeKind::kAttribute)) return std::nullopt;
  std::string item = callback->params > 0 ? ParamName(c, *callback, 0, "item") : "_";
  std::string index = callback->params > 1 ? ParamName(c, *callback, 1, "i") : "i";
  bool by_index = callback->params > 1 || m.name == "findIndex";
  NodeId iterable = c.Expr(m.object);
  NodeId target = c.NewName(item);
  if (by_index) {
    iterable = c.NewCall(c.NewName("enumerate"), {iterable});
    target = c.New(make::ListPattern{.elements = {c.NewName(index), c.NewName(item)}}, {});
  }
  NodeList args;
  if (callback->params > 0) args.push_back(c.NewName(item));
  if (callback->params > 1) args.push_back(c.NewName(index));
  NodeId each = c.NewCall(function, std::move(args));
  if (starts) {
    // Where the list goes to a combinator at once, that one has taken it: this list is kept, its work runs from now on.
    c.Library("asyncio.create_task");
    each = c.New(make::Spawn{.call = each}, {});
  }
  NodeList clauses{c.New(make::CompFor{.target = target, .iterable = iterable}, {})};
  bool selects = m.name == "filter" || m.name == "find" || m.name == "findIndex";
  if (selects) clauses.push_back(c.New(make::CompIf{.test = each}, {}));
  NodeId element = selects ? c.NewName(m.name == "findIndex" ? index : item) : each;
  if (m.name == "flatMap") {
    clauses.push_back(c.New(make::CompFor{.target = c.NewName("part"), .iterable = each}, {}));
    element = c.NewName("part");
  }
  bool list = m.name == "map" || m.name == "filter" || m.name == "flatMap";
  NodeId all = c.New(make::Comprehension{.element = element, .clauses = std::move(clauses),
                                         .kind = list ? ComprehensionKind::kList : ComprehensionKind::kGenerator}, id);
  if (list) return all;
  if (m.name == "some") return c.NewCall(c.NewName("any"), {all}, id);
  if (m.name == "every") return c.NewCall(c.NewName("all"), {all}, id);
  NodeId none = m.name == "find" ? c.New(make::Null{}, {}) : c.NewInt(-1);
  return c.NewCall(c.NewName("next"), {all, none}, id);
}

// `Array.from({ length: n }, async (_, i) => {...})`: the function gets a name and is called for each position.
std::optional<NodeId> TranslateFromLength(Context& c, NodeId id) {
  auto call = c.As<ir::Call>(id);
  if (!c.IsCallTo(id, "Array.from") || call.args().size() != 2) return std::nullopt;
  auto dict = c.As<Dict>(call.args()[0]);
  auto length = dict && dict.entries().size() == 1 ? c.As<DictEntry>(dict.entries()[0]) : DictEntry();
  auto callback = AsCallback(c, call.args()[1]);
  const bool written = c.src().Is(call.args()[1], NodeKind::kLambda) || c.src().Is(call.args()[1], NodeKind::kFunctionExpr);
  if (!length || c.src().text(length.key()) != "length" || !written || !callback || callback->params > 2) return std::nullopt;
  const bool starts = c.facts().IsAsync(callback->function) == facts::Async::kYes && !IsFutureMaker(c, callback->function);
  const std::string index = callback->params > 1 ? ParamName(c, *callback, 1, "i") : "_";
  std::string name = c.names().Fresh(callback->params > 1 ? "handle_" + index : "make_item");
  auto function = ir::As<FunctionDef>(c.dst(), Define(c, callback->function, name, callback->function));
  // The first parameter is always undefined.
  auto params = function.params();
  const bool drops = callback->params > 0 && !params.empty();
  NodeList kept(params.begin() + (drops ? 1 : 0), params.end());
  c.HoistDefinition(c.New(make::FunctionDef{.name = function.name(), .params = std::move(kept), .body = function.body(),
                                            .is_async = function.is_async(), .is_generator = function.is_generator()},
                          callback->function));
  NodeList args;
  if (callback->params > 1) args.push_back(c.NewName(index));
  NodeId each = c.NewCall(c.NewName(name), std::move(args));
  if (starts) {
    c.Library("asyncio.create_task");
    each = c.New(make::Spawn{.call = each}, {});
  }
  NodeId range = c.NewCall(c.NewName("range"), {c.Expr(length.value())});
  return c.New(make::Comprehension{.element = each,
                                   .clauses = {c.New(make::CompFor{.target = c.NewName(index), .iterable = range}, {})},
                                   .kind = ComprehensionKind::kList}, id);
}

// ------------------------------------------------------------------ reduce
bool HasReturn(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kReturn) return true;
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr || kind == NodeKind::kLambda || kind == NodeKind::kClassDef) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasReturn(c, child); });
  return found;
}

struct Reduce {
  MethodCall m;
  NodeId function;
  std::span<const NodeId> statements;  // before the result
  NodeId result;
  NodeId accumulator;  // Name
  NodeId item;         // pattern
  NodeId index;        // Name, if wanted
  NodeId whole;        // Name of the list itself, if wanted
};
// A reduce whose callback has a body that ends in its only return.
std::optional<Reduce> AsLoopReduce(Context& c, NodeId id) {
  Reduce r;
  r.m = AsMethodCall(c, id);
  if (!r.m.object || r.m.name != "reduce" || r.m.call.args().size() != 2 || !MayBeList(c, r.m.object)) return std::nullopt;
  r.function = r.m.call.args()[0];
  auto literal = c.As<FunctionExpr>(r.function);
  auto lambda = c.As<Lambda>(r.function);
  if (literal ? literal.is_async() || literal.is_generator() : !lambda || lambda.is_async()) return std::nullopt;
  auto params = FunctionParams(c, r.function);
  if (params.size() < 2 || params.size() > 4) return std::nullopt;
  for (NodeId p : params) {
    if (c.As<Param>(p).default_value() || c.As<Param>(p).kind() != ParamKind::kPlain) return std::nullopt;
  }
  r.accumulator = c.As<Param>(params[0]).target();
  r.item = c.As<Param>(params[1]).target();
  if (params.size() > 2) r.index = c.As<Param>(params[2]).target();
  if (params.size() > 3) {
    r.whole = c.As<Param>(params[3]).target();
    const NodeKind kind = c.src().kind(r.m.object);
    if (!c.src().Is(r.whole, NodeKind::kName) || (kind != NodeKind::kName && kind != NodeKind::kList)) return std::nullopt;
  }
  if (!c.src().Is(r.accumulator, NodeKind::kName) || (r.index && !c.src().Is(r.index, NodeKind::kName))) return std::nullopt;
  if (lambda) {
    r.result = lambda.body();
    if (r.index) return r;
    // `(m, x) => m.set(x, 1)` changes what it gathers and hands it on.
    std::string_view method = c.MethodName(lambda.body());
    auto changed = method == "set" || method == "add" ? c.As<Attribute>(c.As<ir::Call>(lambda.body()).callee()) : Attribute();
    if (!changed || !SameTree(c.src(), changed.object(), c.src(), r.accumulator) || !c.facts().Only(changed.object(), {TypeKind::kMap, TypeKind::kSet})) {
      return std::nullopt;
    }
    return r;
  }
  auto statements = c.As<ir::Block>(literal.body()).statements();
  if (statements.empty() || !c.As<Return>(statements.back()) || !c.As<Return>(statements.back()).value()) return std::nullopt;
  r.statements = statements.first(statements.size() - 1);
  for (NodeId statement : r.statements) {
    if (HasReturn(c, statement)) return std::nullopt;
  }
  r.result = c.As<Return>(statements.back()).value();
  return r;
}

void ReduceLoop(Context& c, NodeId id, const Reduce& r, const std::string& name, NodeList& out) {
  out.push_back(c.NewAssign(c.NewName(name), c.Expr(r.m.call.args()[1]), id));
  c.Substitute(c.facts().BindingOf(r.accumulator), c.NewName(name));
  NodeList body;
  NodeId target;
  if (c.src().Is(r.item, NodeKind::kName)) {
    target = c.Pattern(r.item);
  } else {
    std::string item = c.names().Fresh("item");
    target = c.NewName(item);
    Destructure(c, r.item, c.NewName(item), true, body);
  }
  NodeId iterable = c.Expr(r.m.object);
  if (r.index) {
    iterable = c.NewCall(c.NewName("enumerate"), {iterable});
    target = c.New(make::ListPattern{.elements = {c.Pattern(r.index), target}}, {});
  }
  if (r.whole) c.Substitute(c.facts().BindingOf(r.whole), c.Expr(r.m.object));
  NodeList own = c.Stmts(r.statements);
  body.insert(body.end(), own.begin(), own.end());
  Context::Hoisted value = c.ExprWithHoists(r.result);
  body.insert(body.end(), value.before.begin(), value.before.end());
  NodeId ret = c.facts().Parent(r.result);
  bool same = c.dst().Is(value.value, NodeKind::kName) && c.dst().text(value.value) == name;
  if (same && c.src().Is(ret, NodeKind::kReturn)) c.Absorb(ret);
  if (!same) body.push_back(c.NewAssign(c.NewName(name), value.value, ret));
  NodeId origin = c.src().Is(r.function, NodeKind::kFunctionExpr) ? FunctionBody(c, r.function) : kNoNode;
  out.push_back(c.New(make::ForEach{.target = target, .iterable = iterable, .body = c.NewBlock(std::move(body), origin)}, {}));
}

bool TranslateReduceAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value() || assign.declares() == DeclKind::kNone || !c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  auto reduce = AsLoopReduce(c, assign.value());
  if (!reduce) return false;
  ReduceLoop(c, id, *reduce, c.TargetName(assign.targets()[0]), out);
  return true;
}
std::optional<NodeId> TranslateReduce(Context& c, NodeId id) {
  auto reduce = AsLoopReduce(c, id);
  if (!reduce || c.guarded()) return std::nullopt;
  std::string name = c.names().Fresh(c.TargetName(reduce->accumulator));
  NodeList statements;
  ReduceLoop(c, id, *reduce, name, statements);
  for (NodeId statement : statements) c.HoistEffect(statement, id);
  return c.NewName(name, id);
}

}  // namespace

void RegisterSequences(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateSpliceStmt);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateUnshiftStmt);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTextConcat);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateSpliceAssign);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateReduceAssign);
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateSpliceItem);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePop);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateMapGet);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateReduce);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAt);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslatePositions);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFlat);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateConcat);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslatePush);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateSpliceValue);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateEach);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateFromLength);
}

}  // namespace asyncport::translate::to_py
