// Older spellings of what a newer syntax says, lowered as if they were written so: methods that are borrowed from a
// prototype, and functions that are bound to the `this` around them. Knows the grammar only through what is lowered.
// Example: `Array.prototype.slice.call(xs, 1)` -> `xs.slice(1)`; `function () {...}.bind(this)` -> an arrow.
#include <string>
#include <utility>

#include "lower/js/lowering.h"

namespace asyncport::lower::js {
namespace {

bool IsName(const ir::Tree& tree, NodeId id, std::string_view name) {
  auto node = ir::As<ir::Name>(tree, id);
  return node && node.id() == name;
}

// `Array.prototype`, `[]`, `Object.prototype`, `{}`, `String.prototype`
bool IsBuiltinPrototype(const ir::Tree& tree, NodeId id) {
  if (auto list = ir::As<ir::List>(tree, id)) return list.elements().empty();
  if (auto dict = ir::As<ir::Dict>(tree, id)) return dict.entries().empty();
  auto prototype = ir::As<ir::Attribute>(tree, id);
  if (!prototype || prototype.name() != "prototype") return false;
  return IsName(tree, prototype.object(), "Array") || IsName(tree, prototype.object(), "Object") ||
         IsName(tree, prototype.object(), "String");
}

bool Mentions(const ir::Tree& tree, NodeId id, std::string_view name) {
  if (IsName(tree, id, name)) return true;
  bool found = false;
  tree.ForEachChild(id, [&](NodeId child) { found = found || Mentions(tree, child, name); });
  return found;
}

bool SharesThis(std::string_view method) {
  return method == "forEach" || method == "map" || method == "filter" || method == "some" ||
         method == "every" || method == "find" || method == "findIndex" || method == "flatMap";
}

}  // namespace

// The arrow that a function is once its `this` is that of the code around it; kNoNode for anything else.
NodeId Lowering::AsArrow(NodeId function) {
  auto expr = ir::As<ir::FunctionExpr>(tree_, function);
  if (!expr || expr.is_generator() || Mentions(tree_, expr.body(), "arguments")) return ir::kNoNode;
  if (expr.is_arrow() || expr.name()) return expr.is_arrow() ? function : ir::kNoNode;
  NodeList params(expr.params().begin(), expr.params().end());
  return Make(tree_,
              make::FunctionExpr{.name = {},
                                 .params = std::move(params),
                                 .body = expr.body(),
                                 .is_async = expr.is_async(),
                                 .is_arrow = true},
              tree_.span(function));
}

NodeId Lowering::ModernCall(NodeId callee, const NodeList& args, Span span) {
  auto member = ir::As<ir::Attribute>(tree_, callee);
  if (!member || member.is_optional() || member.is_private() || args.empty()) return ir::kNoNode;
  if (member.name() == "create" && args.size() == 1 && tree_.Is(args[0], ir::NodeKind::kNull) &&
      IsName(tree_, member.object(), "Object")) {
    return Make(tree_, make::Dict{}, span);
  }
  const bool outer_this = tree_.Is(args.back(), ir::NodeKind::kSelfRef);
  if (outer_this && args.size() == 1 && member.name() == "bind") return AsArrow(member.object());
  if (outer_this && args.size() == 2 && SharesThis(member.name())) {
    NodeId arrow = tree_.Is(args[0], ir::NodeKind::kLambda) ? args[0] : AsArrow(args[0]);
    if (!arrow) return ir::kNoNode;
    return Make(tree_, make::Call{.callee = callee, .args = {arrow}}, span);
  }
  const bool applies = member.name() == "apply";
  if ((!applies && member.name() != "call") || (applies && args.size() != 2)) return ir::kNoNode;
  auto method = ir::As<ir::Attribute>(tree_, member.object());
  if (!method || method.is_optional() || tree_.Is(args[0], ir::NodeKind::kSpread))
    return ir::kNoNode;
  NodeId object;
  if (IsBuiltinPrototype(tree_, method.object())) {
    // How a value says what it is: `Object.prototype.toString.call(x)`.
    if (method.name() == "toString") return ir::kNoNode;
    object = args[0];
    if (IsName(tree_, object, "arguments")) {
      NodeId spread = Make(tree_, make::Spread{.value = object}, tree_.span(object));
      object = Make(tree_, make::List{.elements = {spread}}, tree_.span(object));
    }
  } else if (auto name = ir::As<ir::Name>(tree_, method.object());
             name && (name.id() == "console" || name.id() == "String" ||
                      (name.id() == "Math" && IsName(tree_, args[0], "Math")))) {
    const bool same = IsName(tree_, args[0], name.id());
    if (!same && !tree_.Is(args[0], ir::NodeKind::kNull)) return ir::kNoNode;
    object = method.object();
  } else {
    return ir::kNoNode;
  }
  NodeList rest(args.begin() + 1, args.end());
  if (auto list = applies ? ir::As<ir::List>(tree_, rest[0]) : ir::List()) {
    rest.assign(list.elements().begin(), list.elements().end());
  } else if (applies) {
    const Span list_span = tree_.span(rest[0]);
    rest = {Make(tree_, make::Spread{.value = rest[0]}, list_span)};
  }
  NodeId modern = Make(tree_, make::Attribute{.object = object, .name = method.name()},
                       tree_.span(member.object()));
  return Make(tree_, make::Call{.callee = modern, .args = std::move(rest)}, span);
}

// `Object.prototype.toString.call(x) === "[object Array]"`
NodeId Lowering::ModernTypeTest(NodeId left, NodeId right, ir::BinaryOp op, Span span) {
  const bool is_equal = op == ir::BinaryOp::kStrictEq || op == ir::BinaryOp::kLooseEq;
  const bool is_unequal = op == ir::BinaryOp::kStrictNe || op == ir::BinaryOp::kLooseNe;
  auto text = ir::As<ir::String>(tree_, right);
  auto call = ir::As<ir::Call>(tree_, left);
  if (!text || !call || call.args().size() != 1 || (!is_equal && !is_unequal)) return ir::kNoNode;
  auto caller = ir::As<ir::Attribute>(tree_, call.callee());
  auto method = caller && caller.name() == "call" ? ir::As<ir::Attribute>(tree_, caller.object())
                                                  : ir::Attribute();
  if (!method || method.name() != "toString" || !IsBuiltinPrototype(tree_, method.object()))
    return ir::kNoNode;
  constexpr std::string_view kStart = "[object ";
  std::string_view name = text.value();
  if (!name.starts_with(kStart) || !name.ends_with("]")) return ir::kNoNode;
  name = name.substr(kStart.size(), name.size() - kStart.size() - 1);
  const NodeId value = call.args()[0];
  const Span name_span = tree_.span(right);
  auto named = [&](std::string_view id) { return Make(tree_, make::Name{.id = id}, name_span); };
  NodeId test;
  if (name == "Array") {
    NodeId callee =
        Make(tree_, make::Attribute{.object = named("Array"), .name = "isArray"}, name_span);
    test = Make(tree_, make::Call{.callee = callee, .args = {value}}, span);
  } else if (name == "String" || name == "Number" || name == "Boolean" || name == "Function") {
    NodeId type = Make(tree_, make::Unary{.operand = value, .op = ir::UnaryOp::kTypeOf}, span);
    std::string word(name);
    word[0] = static_cast<char>(word[0] - 'A' + 'a');
    NodeId wanted = Make(tree_, make::String{.value = word}, name_span);
    test = Make(tree_, make::Binary{.left = type, .right = wanted, .op = ir::BinaryOp::kStrictEq},
                span);
  } else if (name == "Date" || name == "RegExp" || name == "Error" || name == "Map" ||
             name == "Set") {
    test = Make(tree_,
                make::Binary{.left = value, .right = named(name), .op = ir::BinaryOp::kInstanceOf},
                span);
  } else {
    return ir::kNoNode;
  }
  if (is_equal) return test;
  return Make(tree_, make::Unary{.operand = test, .op = ir::UnaryOp::kNot}, span);
}

}  // namespace asyncport::lower::js
