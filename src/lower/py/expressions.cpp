// Names, calls, operators and displays.
// Example: `xs[1:](a, *b, k=1)` -> Call(Subscript(xs, Slice 1), a, Spread b, Keyword k).
#include "lower/py/lowering.h"
#include "lower/py/text.h"

namespace asyncport::lower::py {
namespace {

template <typename Enum>
struct Spelling {
  std::string_view text;
  Enum op;
};

constexpr Spelling<ir::BinaryOp> kBinary[] = {
    {"+", ir::BinaryOp::kAdd},      {"-", ir::BinaryOp::kSub},    {"*", ir::BinaryOp::kMul},
    {"/", ir::BinaryOp::kDiv},      {"//", ir::BinaryOp::kFloorDiv}, {"%", ir::BinaryOp::kMod},
    {"@", ir::BinaryOp::kMatMul},   {"**", ir::BinaryOp::kPow},   {"&", ir::BinaryOp::kBitAnd},
    {"^", ir::BinaryOp::kBitXor},   {"|", ir::BinaryOp::kBitOr},  {"<<", ir::BinaryOp::kShl},
    {">>", ir::BinaryOp::kShr},     {"<", ir::BinaryOp::kLt},     {"<=", ir::BinaryOp::kLe},
    {">", ir::BinaryOp::kGt},       {">=", ir::BinaryOp::kGe},    {"==", ir::BinaryOp::kEq},
    {"!=", ir::BinaryOp::kNe},      {"<>", ir::BinaryOp::kNe},    {"in", ir::BinaryOp::kIn},
    {"not in", ir::BinaryOp::kNotIn}, {"is", ir::BinaryOp::kIs},  {"is not", ir::BinaryOp::kIsNot},
};

// kNone for a token that is no operator.
ir::BinaryOp BinaryOpOf(std::string_view text) {
  for (const auto& row : kBinary) {
    if (row.text == text) return row.op;
  }
  return ir::BinaryOp::kNone;
}

bool IsChain(const CstNode& node) { return node.Is("call") || node.Is("attribute") || node.Is("subscript"); }

CstNode ObjectOf(const CstNode& node) {
  if (node.Is("call")) return node.Field("function");
  return node.Field(node.Is("attribute") ? "object" : "value");
}

}  // namespace

NodeId Lowering::Identifier(const CstNode& node) {
  std::string_view self = scopes_.back().self_name;
  if (!self.empty() && TextOf(node) == self) return Make(tree_, make::SelfRef{}, node.span());
  return NameOf(node);
}

NodeId Lowering::Parenthesised(const CstNode& node) { return Expression(FirstNamed(node)); }

// From the innermost object outwards, without recursion along the chain.
NodeId Lowering::Chain(const CstNode& node) {
  std::vector<CstNode> links;
  CstNode current = node;
  NodeId result;
  while (current && IsChain(current)) {
    if (current.Is("call")) {
      result = SuperCallOf(current.Field("function"), current.Field("arguments"), current.span());
      if (result) break;
    }
    links.push_back(current);
    current = ObjectOf(current);
  }
  // The grammar binds the `*` of `x[*y.z]` to `y` alone.
  bool is_splat = !result && current && current.Is("list_splat");
  if (!result) result = Expression(is_splat ? FirstNamed(current) : current);
  while (!links.empty()) {
    result = ChainLink(links.back(), result);
    links.pop_back();
  }
  return is_splat ? Make(tree_, make::Spread{.value = result}, node.span()) : result;
}

NodeId Lowering::ChainLink(const CstNode& node, NodeId object) {
  if (node.Is("attribute")) {
    CstNode name = node.Field("attribute");
    if (!name) return Opaque(node.span(), "a missing name");
    return Make(tree_, make::Attribute{.object = object, .name = TextOf(name)}, node.span());
  }
  if (node.Is("subscript")) {
    return Make(tree_, make::Subscript{.object = object, .index = SubscriptIndex(node)}, node.span());
  }
  return CallOf(node, object);
}

NodeId Lowering::CallOf(const CstNode& node, NodeId callee) {
  CstNode arguments = node.Field("arguments");
  NodeList args = arguments ? Arguments(arguments) : NodeList{};
  return Make(tree_, make::Call{.callee = callee, .args = std::move(args)}, node.span());
}

// `super()`, `super(Here, self)` and, in a constructor, `super().__init__(...)`; kNoNode for other calls.
NodeId Lowering::SuperCallOf(const CstNode& callee, const CstNode& arguments, Span span) {
  const Scope& scope = scopes_.back();
  if (!callee || !arguments || !scope.in_method || scope.self_name.empty()) return ir::kNoNode;
  if (callee.Is("identifier")) {
    if (TextOf(callee) != "super" || !arguments.Is("argument_list")) return ir::kNoNode;
    std::vector<CstNode> args = NamedParts(arguments);
    bool spelled_out = args.size() == 2 && TextOf(args[0]) == scope.class_name && TextOf(args[1]) == scope.self_name;
    return args.empty() || spelled_out ? Make(tree_, make::SuperRef{}, span) : ir::kNoNode;
  }
  if (!scope.in_constructor || !callee.Is("attribute")) return ir::kNoNode;
  CstNode object = callee.Field("object");
  CstNode name = callee.Field("attribute");
  if (!object || !object.Is("call") || !name || TextOf(name) != "__init__") return ir::kNoNode;
  if (!SuperCallOf(object.Field("function"), object.Field("arguments"), object.span())) return ir::kNoNode;
  return Make(tree_, make::SuperCall{.args = Arguments(arguments)}, span);
}

NodeList Lowering::Arguments(const CstNode& arguments) {
  NodeList args;
  if (!arguments.Is("argument_list")) {
    args.push_back(Expression(arguments));  // f(x for x in xs)
    return args;
  }
  for (const CstNode& part : NamedParts(arguments)) args.push_back(Argument(part));
  return args;
}

NodeId Lowering::Argument(const CstNode& node) {
  if (node.Is("keyword_argument")) {
    CstNode name = node.Field("name");
    NodeId value = Expression(node.Field("value"));
    return Make(tree_, make::Keyword{.value = value, .name = name ? TextOf(name) : std::string_view()}, node.span());
  }
  if (node.Is("dictionary_splat")) {
    return Make(tree_, make::KeywordSpread{.value = Expression(FirstNamed(node))}, node.span());
  }
  return Element(node);
}

NodeId Lowering::SubscriptIndex(const CstNode& node) {
  std::vector<CstNode> parts = node.Fields("subscript");
  std::erase_if(parts, [](const CstNode& part) { return !part.is_named() || part.Is("line_continuation"); });
  if (parts.empty()) return Opaque(node.span(), "a missing index");
  Span span{parts.front().span().begin, parts.back().span().end};
  if (parts.size() > 1 || node.HasToken(",")) return TupleOf(parts, span, false);
  NodeId index = Element(parts.front());
  // `x[*y]` is `x[(*y,)]`.
  if (!tree_.Is(index, ir::NodeKind::kSpread)) return index;
  return Make(tree_, make::Tuple{.elements = {index}}, span);
}

NodeId Lowering::SliceOf(const CstNode& node) {
  NodeId bounds[3];
  int at = 0;
  for (const CstNode& part : PartsOf(node)) {
    if (part.Is(":")) {
      if (at < 2) ++at;
    } else if (part.is_named()) {
      bounds[at] = Expression(part);
    }
  }
  return Make(tree_, make::Slice{.lower = bounds[0], .upper = bounds[1], .step = bounds[2]}, node.span());
}

NodeId Lowering::OperatorSpine(const CstNode& node) {
  std::vector<CstNode> spine;
  CstNode current = node;
  while (current && (current.Is("binary_operator") || current.Is("boolean_operator"))) {
    spine.push_back(current);
    current = current.Field("left");
  }
  bool is_splat = current && current.Is("list_splat");
  NodeId left = Expression(is_splat ? FirstNamed(current) : current);
  while (!spine.empty()) {
    CstNode link = spine.back();
    spine.pop_back();
    std::string_view text = link.Field("operator") ? link.Field("operator").kind() : std::string_view();
    NodeId right = Expression(link.Field("right"));
    if (text == "and" || text == "or") {
      ir::LogicalOp op = text == "and" ? ir::LogicalOp::kAnd : ir::LogicalOp::kOr;
      left = Make(tree_, make::Logical{.left = left, .right = right, .op = op}, link.span());
    } else if (ir::BinaryOp op = BinaryOpOf(text); op != ir::BinaryOp::kNone) {
      left = Make(tree_, make::Binary{.left = left, .right = right, .op = op}, link.span());
    } else {
      left = Opaque(link.span(), "an unknown operator");
    }
  }
  return is_splat ? Make(tree_, make::Spread{.value = left}, node.span()) : left;
}

NodeId Lowering::Comparison(const CstNode& node) {
  NodeList operands;
  std::vector<ir::BinaryOp> ops;
  for (const CstNode& part : PartsOf(node)) {
    if (part.is_named()) {
      operands.push_back(Expression(part));
      continue;
    }
    if (part.Is("<>")) ReportPython2(part.span(), "`<>`");
    if (ir::BinaryOp op = BinaryOpOf(part.kind()); op != ir::BinaryOp::kNone) ops.push_back(op);
  }
  if (ops.empty() || operands.size() != ops.size() + 1) return Opaque(node.span(), node.kind());
  if (ops.size() == 1) {
    return Make(tree_, make::Binary{.left = operands[0], .right = operands[1], .op = ops[0]}, node.span());
  }
  NodeList links;
  for (std::size_t i = 0; i < ops.size(); ++i) {
    links.push_back(
        Make(tree_, make::CompareLink{.right = operands[i + 1], .op = ops[i]}, tree_.span(operands[i + 1])));
  }
  return Make(tree_, make::CompareChain{.first = operands[0], .links = std::move(links)}, node.span());
}

NodeId Lowering::NotOperator(const CstNode& node) {
  return Make(tree_, make::Unary{.operand = Expression(node.Field("argument")), .op = ir::UnaryOp::kNot}, node.span());
}

NodeId Lowering::UnaryOperator(const CstNode& node) {
  std::string_view text = node.Field("operator") ? node.Field("operator").kind() : std::string_view();
  ir::UnaryOp op = text == "-" ? ir::UnaryOp::kNeg : text == "+" ? ir::UnaryOp::kPos : ir::UnaryOp::kBitNot;
  return Make(tree_, make::Unary{.operand = Expression(node.Field("argument")), .op = op}, node.span());
}

NodeId Lowering::ConditionalExpression(const CstNode& node) {
  std::vector<CstNode> parts = NamedParts(node);
  if (parts.size() != 3) return Opaque(node.span(), node.kind());
  NodeId then_value = Expression(parts[0]);
  NodeId test = Expression(parts[1]);
  return Make(tree_, make::Conditional{.test = test, .then_value = then_value, .else_value = Expression(parts[2])},
              node.span());
}

NodeId Lowering::NamedExpression(const CstNode& node) {
  NodeId target = NameOf(node.Field("name"));
  if (!target) return Opaque(node.span(), node.kind());
  return Make(tree_, make::Walrus{.target = target, .value = Expression(node.Field("value"))}, node.span());
}

NodeId Lowering::ListDisplay(const CstNode& node) {
  NodeList elements;
  for (const CstNode& part : NamedParts(node)) elements.push_back(Element(part));
  return Make(tree_, make::List{.elements = std::move(elements)}, node.span());
}

NodeId Lowering::TupleDisplay(const CstNode& node) {
  std::vector<CstNode> parts = NamedParts(node);
  if (parts.size() == 1 && !node.HasToken(",")) return Expression(parts.front());
  return TupleOf(parts, node.span(), true);
}

NodeId Lowering::ExpressionList(const CstNode& node) { return TupleOf(NamedParts(node), node.span(), false); }

NodeId Lowering::SetDisplay(const CstNode& node) {
  NodeList elements;
  for (const CstNode& part : NamedParts(node)) elements.push_back(Element(part));
  return Make(tree_, make::SetLit{.elements = std::move(elements)}, node.span());
}

NodeId Lowering::DictDisplay(const CstNode& node) {
  NodeList entries;
  for (const CstNode& part : NamedParts(node)) {
    if (part.Is("pair")) {
      NodeId key = Expression(part.Field("key"));
      NodeId value = Expression(part.Field("value"));
      entries.push_back(Make(tree_, make::DictEntry{.key = key, .value = value}, part.span()));
    } else if (part.Is("dictionary_splat")) {
      entries.push_back(Splat(part));
    } else {
      // Only a mistake, or a hole of a card, stands alone.
      NodeId alone = Expression(part);
      bool is_hole = tree_.Is(alone, ir::NodeKind::kHole);
      entries.push_back(is_hole ? alone : Make(tree_, make::Spread{.value = alone}, part.span()));
    }
  }
  bool was_multiline = false;
  if (!entries.empty()) {
    Span before{node.span().begin, tree_.span(entries.front()).begin};
    was_multiline = source_.Text(before).find('\n') != std::string_view::npos;
  }
  return Make(tree_, make::Dict{.entries = std::move(entries), .was_multiline = was_multiline}, node.span());
}

NodeId Lowering::Splat(const CstNode& node) {
  return Make(tree_, make::Spread{.value = Expression(FirstNamed(node))}, node.span());
}

NodeId Lowering::True(const CstNode& node) { return Make(tree_, make::Bool{.value = true}, node.span()); }
NodeId Lowering::False(const CstNode& node) { return Make(tree_, make::Bool{.value = false}, node.span()); }
NodeId Lowering::None(const CstNode& node) { return Make(tree_, make::Null{}, node.span()); }
NodeId Lowering::EllipsisLiteral(const CstNode& node) { return Make(tree_, make::Ellipsis{}, node.span()); }

NodeId Lowering::Number(const CstNode& node) {
  NumberText number = NormaliseNumber(TextOf(node));
  if (number.is_python2) ReportPython2(node.span(), "this number");
  return Make(tree_, make::Number{.text = number.text, .kind = number.kind}, node.span());
}

NodeId Lowering::Type(const CstNode& node) { return Element(FirstNamed(node)); }

// In annotations `list[int]` is a kind of its own.
NodeId Lowering::GenericType(const CstNode& node) {
  std::vector<CstNode> parts = NamedParts(node);
  if (parts.size() != 2) return Opaque(node.span(), node.kind());
  NodeId object = Expression(parts[0]);
  std::vector<CstNode> types = NamedParts(parts[1]);
  bool is_tuple = types.size() != 1 || parts[1].HasToken(",");
  NodeId index = is_tuple ? TupleOf(types, parts[1].span(), false) : Element(types.front());
  if (tree_.Is(index, ir::NodeKind::kSpread)) {
    index = Make(tree_, make::Tuple{.elements = {index}}, parts[1].span());
  }
  return Make(tree_, make::Subscript{.object = object, .index = index}, node.span());
}

NodeId Lowering::UnionType(const CstNode& node) {
  NodeId result;
  for (const CstNode& part : NamedParts(node)) {
    NodeId type = Expression(part);
    result = result ? Make(tree_, make::Binary{.left = result, .right = type, .op = ir::BinaryOp::kBitOr},
                           {node.span().begin, part.span().end})
                    : type;
  }
  return result ? result : Opaque(node.span(), node.kind());
}

NodeId Lowering::MemberType(const CstNode& node) {
  std::vector<CstNode> parts = NamedParts(node);
  if (parts.size() != 2) return Opaque(node.span(), node.kind());
  NodeId object = Expression(parts[0]);
  return Make(tree_, make::Attribute{.object = object, .name = TextOf(parts[1])}, node.span());
}

}  // namespace asyncport::lower::py
