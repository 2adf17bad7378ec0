// Comparisons of `typeof x` with a text. The texts themselves (`typeof x` as a value) are operators' business.
// Example: `typeof x === "string"` -> `isinstance(x, str)`.
#include <string_view>
#include <utility>

#include "facts/contents.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsNullTest(Context& c, NodeId test, facts::BindingId binding) {
  if (c.src().Is(test, NodeKind::kName)) return c.facts().BindingOf(test) == binding;
  auto binary = c.As<Binary>(test);
  if (!binary || (binary.op() != BinaryOp::kStrictNe && binary.op() != BinaryOp::kLooseNe)) {
    return false;
  }
  return c.src().Is(binary.right(), NodeKind::kNull) &&
         c.src().Is(binary.left(), NodeKind::kName) &&
         c.facts().BindingOf(binary.left()) == binding;
}

// `typeof x === "object" && x !== null`: the other part of the condition rules null out.
bool IsAskedForNull(Context& c, NodeId operand) {
  if (!c.src().Is(operand, NodeKind::kName)) return false;
  const facts::BindingId binding = c.facts().BindingOf(operand);
  for (NodeId at = c.facts().Parent(operand); at && HasCategory(c.src().kind(at), category::Expr);
       at = c.facts().Parent(at)) {
    auto chain = c.As<Logical>(at);
    if (!chain || chain.op() != LogicalOp::kAnd) continue;
    if (IsNullTest(c, chain.left(), binding) || IsNullTest(c, chain.right(), binding)) return true;
  }
  return false;
}

// `typeof x === "object"`.
NodeId ObjectTest(Context& c, NodeId operand, NodeId origin) {
  const facts::Facts& f = c.facts();
  const NodeId value = c.Expr(operand);
  const auto isinstance = [&](std::initializer_list<std::string_view> names) {
    NodeList classes;
    for (std::string_view name : names) classes.push_back(c.NewName(name));
    const NodeId what =
        classes.size() == 1
            ? classes[0]
            : c.New(make::Tuple{.elements = std::move(classes), .is_parenthesised = true}, {});
    return c.NewCall(c.NewName("isinstance"), {value, what}, origin);
  };
  const bool is_known = c.IsPure(operand) && f.KindOf(operand) != TypeKind::kUnknown;
  const bool may_be_other =
      is_known ? f.May(operand, {TypeKind::kInstance, TypeKind::kPromise, TypeKind::kSet,
                                 TypeKind::kMap, TypeKind::kRegex, TypeKind::kDate,
                                 TypeKind::kIterator, TypeKind::kAsyncIterator})
               : false;
  const bool may_be_null =
      is_known && f.May(operand, {TypeKind::kNull}) && !IsAskedForNull(c, operand);
  if (may_be_null && f.May(operand, {TypeKind::kUndefined}))
    c.SayOnce("none-and-undefined", origin);
  if (!is_known && !facts::IsJsonData(f, operand) && HasInstances(c)) {
    SayUnknownObject(c, operand);
  }
  const auto joined = [&](NodeId left, NodeId right, LogicalOp op) {
    return left ? c.New(make::Logical{.left = left, .right = right, .op = op}, origin) : right;
  };
  if (!may_be_other) {
    const NodeId plain = isinstance({"dict", "list"});
    if (!may_be_null) return plain;
    const NodeId none = c.New(
        make::Binary{.left = value, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs}, origin);
    return joined(none, plain, LogicalOp::kOr);
  }
  // Whatever is no plain value: there may be more classes than a list of them would be worth.
  NodeId test;
  if (!may_be_null && f.May(operand, {TypeKind::kNull, TypeKind::kUndefined})) {
    test =
        c.New(make::Binary{.left = value, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot},
              origin);
  }
  const auto without = [&](NodeId other) {
    test = joined(test, c.New(make::Unary{.operand = other, .op = UnaryOp::kNot}, origin),
                  LogicalOp::kAnd);
  };
  const bool text = f.May(operand, {TypeKind::kStr});
  const bool number = f.May(operand, {TypeKind::kInt, TypeKind::kFloat, TypeKind::kBool});
  if (text && number)
    without(isinstance({"str", "int", "float"}));
  else if (text)
    without(isinstance({"str"}));
  else if (number)
    without(isinstance({"int", "float"}));
  if (f.May(operand, {TypeKind::kFunction, TypeKind::kClass})) {
    without(c.NewCall(c.NewName("callable"), {value}, origin));
  }
  return test ? test : c.New(make::Bool{.value = true}, origin);
}

}  // namespace

NodeId TypeTest(Context& c, NodeId operand, std::string_view type, NodeId origin) {
  if (type == "object") return ObjectTest(c, operand, origin);
  const NodeId value = c.Expr(operand);
  const auto isinstance = [&](NodeId what) {
    return c.NewCall(c.NewName("isinstance"), {value, what}, origin);
  };
  if (type == "string") return isinstance(c.NewName("str"));
  if (type == "boolean") return isinstance(c.NewName("bool"));
  if (type == "function") return c.NewCall(c.NewName("callable"), {value}, origin);
  if (type == "undefined") {
    return c.New(make::Binary{.left = value, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs},
                 origin);
  }
  if (type != "number") return kNoNode;
  const NodeId both = c.New(
      make::Tuple{.elements = {c.NewName("int"), c.NewName("float")}, .is_parenthesised = true},
      {});
  const NodeId not_bool =
      c.New(make::Unary{.operand = isinstance(c.NewName("bool")), .op = UnaryOp::kNot}, {});
  return c.New(make::Logical{.left = isinstance(both), .right = not_bool, .op = LogicalOp::kAnd},
               origin);
}

}  // namespace asyncport::translate::to_py
