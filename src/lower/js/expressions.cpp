// Names, calls and members, operators. Chains that lean to the left (a.b().c(), a + b + c) are
// lowered by loops.
// Example: `a?.b.c()` -> OptionalChain(Call(Attribute(Attribute(a, b, optional), c))).
#include <unordered_map>

#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {
namespace {

template <typename Enum>
using Spellings = std::unordered_map<std::string_view, Enum>;

constexpr std::string_view WithoutBlank(std::string_view spelling) {
  while (!spelling.empty() && spelling.back() == ' ') spelling.remove_suffix(1);
  return spelling;
}

const Spellings<ir::BinaryOp>& BinaryOperators() {
  static const Spellings<ir::BinaryOp> map = [] {
    Spellings<ir::BinaryOp> built;
#define BINARY_OP(Name, dialect, js, py, js_prec, py_prec) \
  if (std::string_view(js) != "") built.emplace(js, ir::BinaryOp::k##Name);
#include "ir/operators.def"
    return built;
  }();
  return map;
}

const Spellings<ir::LogicalOp>& LogicalOperators() {
  static const Spellings<ir::LogicalOp> map = {
#define LOGICAL_OP(Name, dialect, js, py, js_prec, py_prec) {js, ir::LogicalOp::k##Name},
#include "ir/operators.def"
  };
  return map;
}

const Spellings<ir::UnaryOp>& UnaryOperators() {
  static const Spellings<ir::UnaryOp> map = {
#define UNARY_OP(Name, dialect, js, py, js_prec, py_prec) {WithoutBlank(js), ir::UnaryOp::k##Name},
#include "ir/operators.def"
  };
  return map;
}

bool IsImport(const CstNode& node) { return node && node.Is("import"); }

// The node that a chain link hangs on; null where the chain ends.
CstNode ObjectOf(const CstNode& node) {
  if (node.Is("call_expression")) {
    CstNode callee = node.Field("function");
    return IsImport(callee) ? CstNode() : callee;
  }
  if (node.Is("member_expression") || node.Is("subscript_expression")) {
    CstNode object = node.Field("object");
    return IsImport(object) ? CstNode() : object;
  }
  return {};
}

}  // namespace

NodeId Lowering::Identifier(const CstNode& node) { return NameOf(node); }

NodeId Lowering::UndefinedName(const CstNode& node) {
  return Make(tree_, make::Undefined{}, node.span());
}

NodeId Lowering::Parenthesised(const CstNode& node) { return Expression(Unparenthesised(node)); }

NodeId Lowering::This(const CstNode& node) { return Make(tree_, make::SelfRef{}, node.span()); }

NodeId Lowering::Super(const CstNode& node) { return Make(tree_, make::SuperRef{}, node.span()); }

NodeId Lowering::Chain(const CstNode& node) {
  std::vector<CstNode> links{node};
  bool is_optional = false;
  CstNode base;
  for (;;) {
    const CstNode& link = links.back();
    is_optional |= static_cast<bool>(link.Field("optional_chain"));
    base = ObjectOf(link);
    if (!base || !ObjectOf(base) || IsBroken(base)) break;
    links.push_back(base);
  }
  // The grammar takes `await (f)()` for calls of a function named await.
  bool awaits = IsAwaitCall(links.back());
  NodeId value;
  const bool awaits_list = !awaits && IsAwaitList(links.back());
  if (awaits) {
    value = AwaitedValue(links.back().Field("arguments"));
    links.pop_back();
  } else if (awaits_list) {
    value = AwaitedList(links.back());
    links.pop_back();
    awaits = true;
  } else if (NodeId module = InlineRequire(links.back())) {
    value = module;
    links.pop_back();
  } else if (base) {
    value = Expression(base);
  }
  for (std::size_t i = links.size(); i-- > 0;) value = ChainLink(links[i], value);
  if (is_optional) value = Make(tree_, make::OptionalChain{.value = value}, node.span());
  if (!awaits) return value;
  CheckAwait(node.span());
  return Make(tree_, make::Await{.value = value}, node.span());
}

bool Lowering::IsAwaitCall(const CstNode& node) const {
  if (!node.Is("call_expression") || node.Field("optional_chain")) return false;
  CstNode callee = node.Field("function");
  CstNode arguments = node.Field("arguments");
  return callee && callee.Is("identifier") && TextOf(callee) == "await" && arguments &&
         arguments.Is("arguments");
}

// Nor is `await [a, b]` an item of something named await.
bool Lowering::IsAwaitList(const CstNode& node) const {
  CstNode object = node.Is("subscript_expression") ? node.Field("object") : CstNode();
  return object && object.Is("identifier") && TextOf(object) == "await" &&
         !node.Field("optional_chain") && node.Field("index");
}

NodeId Lowering::AwaitedList(const CstNode& node) {
  NodeList elements;
  CstNode rest = node.Field("index");
  while (rest.Is("sequence_expression") && rest.NamedChildren().size() == 2) {
    elements.push_back(Expression(rest.NamedChildren()[0]));
    rest = rest.NamedChildren()[1];
  }
  if (rest.Is("sequence_expression")) {
    for (const CstNode& element : rest.NamedChildren()) elements.push_back(Expression(element));
  } else {
    elements.push_back(Expression(rest));
  }
  Span span{node.Field("index").span().begin - 1, node.span().end};
  return Make(tree_, make::List{.elements = std::move(elements)}, span);
}

// What stands in the parentheses after `await`.
NodeId Lowering::AwaitedValue(const CstNode& arguments) {
  std::vector<CstNode> values = arguments.NamedChildren();
  if (values.size() == 1 && !values[0].Is("spread_element")) return Expression(values[0]);
  NodeList expressions;
  for (const CstNode& value : values) {
    if (value.Is("spread_element")) return Opaque(arguments.span(), "syntax error");
    expressions.push_back(Expression(value));
  }
  if (expressions.empty()) return Opaque(arguments.span(), "syntax error");
  Span span{values.front().span().begin, values.back().span().end};
  return Make(tree_, make::Sequence{.expressions = std::move(expressions)}, span);
}

NodeId Lowering::ChainLink(const CstNode& node, NodeId object) {
  bool is_optional = static_cast<bool>(node.Field("optional_chain"));
  if (node.Is("member_expression")) {
    CstNode property = node.Field("property");
    if (!object) return Opaque(node.span(), "a property of `import`");
    bool is_private = property.Is("private_property_identifier");
    std::string name = DecodeName(TextOf(property).substr(is_private ? 1 : 0));
    if (!is_private && IsDefaultOfImport(object, name)) return object;
    return Make(
        tree_,
        make::Attribute{
            .object = object, .name = name, .is_private = is_private, .is_optional = is_optional},
        node.span());
  }
  if (node.Is("subscript_expression")) {
    NodeId index = Expression(node.Field("index"));
    return Make(tree_,
                make::Subscript{.object = object, .index = index, .is_optional = is_optional},
                node.span());
  }
  CstNode arguments = node.Field("arguments");
  if (arguments && arguments.Is("template_string")) return TaggedTemplate(node, object);
  NodeList args = Arguments(arguments);
  if (!object) {
    if (args.size() != 1 || !ir::HasCategory(tree_.kind(args.front()), ir::category::Expr)) {
      return Opaque(node.span(), "import() with options");
    }
    return Make(tree_, make::DynamicImport{.module = args.front()}, node.span());
  }
  if (tree_.Is(object, ir::NodeKind::kSuperRef)) {
    return Make(tree_, make::SuperCall{.args = std::move(args)}, node.span());
  }
  if (NodeId modern = is_optional ? NodeId() : ModernCall(object, args, node.span())) return modern;
  return Make(tree_,
              make::Call{.callee = object, .args = std::move(args), .is_optional = is_optional},
              node.span());
}

NodeId Lowering::NewExpression(const CstNode& node) {
  NodeId callee = Expression(node.Field("constructor"));
  CstNode arguments = node.Field("arguments");
  NodeList args = arguments ? Arguments(arguments) : NodeList();
  return Make(tree_, make::New{.callee = callee, .args = std::move(args)}, node.span());
}

NodeList Lowering::Arguments(const CstNode& arguments) {
  NodeList args;
  if (!arguments) return args;
  for (const CstNode& node : arguments.NamedChildren()) args.push_back(Expression(node));
  return args;
}

NodeId Lowering::Spread(const CstNode& node) {
  return Make(tree_, make::Spread{.value = Expression(FirstNamed(node))}, node.span());
}

NodeId Lowering::BinaryExpression(const CstNode& node) {
  std::vector<CstNode> chain{node};
  CstNode left = node.Field("left");
  while (left && left.Is("binary_expression") && !IsBroken(left)) {
    chain.push_back(left);
    left = left.Field("left");
  }
  NodeId value = Expression(left);
  for (std::size_t i = chain.size(); i-- > 0;) value = BinaryNode(chain[i], value);
  return value;
}

NodeId Lowering::BinaryNode(const CstNode& node, NodeId left) {
  std::string_view spelling = TextOf(node.Field("operator"));
  NodeId right = Expression(node.Field("right"));
  if (auto logical = LogicalOperators().find(spelling); logical != LogicalOperators().end()) {
    return Make(tree_, make::Logical{.left = left, .right = right, .op = logical->second},
                node.span());
  }
  auto binary = BinaryOperators().find(spelling);
  if (binary == BinaryOperators().end()) return Opaque(node.span(), "an unknown operator");
  if (NodeId test = ModernTypeTest(left, right, binary->second, node.span())) return test;
  return Make(tree_, make::Binary{.left = left, .right = right, .op = binary->second}, node.span());
}

NodeId Lowering::UnaryExpression(const CstNode& node) {
  auto op = UnaryOperators().find(TextOf(node.Field("operator")));
  if (op == UnaryOperators().end()) return Opaque(node.span(), "an unknown operator");
  NodeId operand = Expression(node.Field("argument"));
  return Make(tree_, make::Unary{.operand = operand, .op = op->second}, node.span());
}

NodeId Lowering::UpdateExpression(const CstNode& node) {
  CstNode argument = node.Field("argument");
  CstNode op = node.Field("operator");
  NodeId target = Expression(argument);
  return Make(tree_,
              make::Update{.target = target,
                           .is_decrement = op.Is("--"),
                           .is_prefix = op.span().begin < argument.span().begin},
              node.span());
}

NodeId Lowering::TernaryExpression(const CstNode& node) {
  NodeId test = Expression(node.Field("condition"));
  NodeId then_value = Expression(node.Field("consequence"));
  NodeId else_value = Expression(node.Field("alternative"));
  return Make(tree_,
              make::Conditional{.test = test, .then_value = then_value, .else_value = else_value},
              node.span());
}

NodeId Lowering::AssignmentExpression(const CstNode& node) {
  NodeId target = Pattern(node.Field("left"));
  NodeId value = Expression(node.Field("right"));
  return Make(tree_, make::AssignExpr{.target = target, .value = value}, node.span());
}

NodeId Lowering::AugmentedAssignment(const CstNode& node) {
  std::string_view spelling = TextOf(node.Field("operator"));
  spelling.remove_suffix(1);  // the `=`
  NodeId target = Expression(node.Field("left"));
  NodeId value = Expression(node.Field("right"));
  if (auto logical = LogicalOperators().find(spelling); logical != LogicalOperators().end()) {
    return Make(tree_, make::LogicalAssign{.target = target, .value = value, .op = logical->second},
                node.span());
  }
  auto binary = BinaryOperators().find(spelling);
  if (binary == BinaryOperators().end()) return Opaque(node.span(), "an unknown operator");
  return Make(tree_, make::AssignExpr{.target = target, .value = value, .op = binary->second},
              node.span());
}

NodeId Lowering::SequenceExpression(const CstNode& node) {
  NodeList expressions;
  for (const CstNode& child : node.NamedChildren()) expressions.push_back(Expression(child));
  // `(0, f)(x)` only takes the function off its object.
  if (expressions.size() == 2 && tree_.Is(expressions[0], ir::NodeKind::kNumber)) {
    return expressions[1];
  }
  return Make(tree_, make::Sequence{.expressions = std::move(expressions)}, node.span());
}

NodeId Lowering::MetaProperty(const CstNode& node) {
  bool is_import = node.HasToken("import");
  return Make(tree_, make::MetaProperty{.text = is_import ? "import.meta" : "new.target"},
              node.span());
}

}  // namespace asyncport::lower::js
