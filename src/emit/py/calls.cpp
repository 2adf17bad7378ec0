// Chains of calls, attributes and subscripts.
// Example: `a.b(c)[1:2]`; inside brackets `a.b(c).d(e)` may break before the second dot.
#include "emit/py/emitter.h"

namespace asyncport::emit::py {

NodeId Emitter::ObjectOf(NodeId id) const {
  if (auto call = As<ir::Call>(id)) return call.callee();
  if (auto attribute = As<ir::Attribute>(id)) return attribute.object();
  if (auto subscript = As<ir::Subscript>(id)) return subscript.object();
  return {};
}

Doc Emitter::Argument(NodeId id) {
  if (auto spread = As<ir::Spread>(id)) return C({Text("*"), Expr(spread.value(), kLambda, Where::kInBrackets)});
  // `f(x := 1)` needs no parentheses, `f((yield))` does.
  int loosest = Is(id, NodeKind::kWalrus) ? kAnything : kLambda;
  return Expr(id, loosest, Where::kInBrackets);
}

Doc Emitter::Arguments(NodeId owner, std::span<const NodeId> args) {
  auto generator = args.size() == 1 ? As<ir::Comprehension>(args[0]) : ir::Comprehension();
  if (generator && generator.kind() == ir::ComprehensionKind::kGenerator) {
    return Bracketed(owner, "(", {Item(args[0], ComprehensionInside(args[0]))}, ")", false, Comma::kNever);
  }
  Docs items;
  for (NodeId arg : args) items.push_back(Item(arg, Argument(arg)));
  return Bracketed(owner, "(", items, ")", false, Comma::kWhenBroken);
}

// Names, numbers and their like; anything else gets blanks around the colon of a slice.
bool Emitter::IsSimpleBound(NodeId id) const {
  if (!id) return true;
  if (auto unary = As<ir::Unary>(id)) return unary.op() != ir::UnaryOp::kNot && IsSimpleBound(unary.operand());
  switch (tree_.kind(id)) {
    case NodeKind::kName:
    case NodeKind::kSelfRef:
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kNull:
    case NodeKind::kBool:
    case NodeKind::kHole:
      return true;
    default:
      return false;
  }
}

Doc Emitter::SliceExpr(NodeId id, Where where) {
  ir::Slice slice(tree_, id);
  bool complex = !IsSimpleBound(slice.lower()) || !IsSimpleBound(slice.upper()) || !IsSimpleBound(slice.step());
  Docs parts;
  auto bound = [&](NodeId value) {
    if (value) parts.push_back(Expr(value, kLambda, where));
  };
  bound(slice.lower());
  parts.push_back(Text(complex && slice.lower() ? " :" : ":"));
  if (complex && slice.upper()) parts.push_back(Text(" "));
  bound(slice.upper());
  if (slice.step()) {
    parts.push_back(Text(complex && slice.upper() ? " :" : ":"));
    if (complex) parts.push_back(Text(" "));
    bound(slice.step());
  }
  return b_.Concat(parts);
}

Doc Emitter::Index(NodeId subscript) {
  NodeId index = ir::Subscript(tree_, subscript).index();
  auto tuple = As<ir::Tuple>(index);
  if (!tuple || tuple.is_parenthesised() || tuple.elements().empty()) {
    int loosest = Is(index, NodeKind::kWalrus) ? kAnything : kLambda;
    return Bracketed(subscript, "[", {Expr(index, loosest, Where::kInBrackets)}, "]", false, Comma::kNever);
  }
  Docs items = Items(tuple.elements());
  // `x[*y]` is a tuple without a comma.
  bool one = items.size() == 1 && !Is(tuple.elements()[0], NodeKind::kSpread);
  if (one) items[0] = C({items[0], Text(",")});
  return Bracketed(subscript, "[", items, "]", false, Comma::kWhenBroken);
}

Doc Emitter::ChainExpr(NodeId id, Where where) {
  std::vector<NodeId> links;
  NodeId base = id;
  for (NodeId object = ObjectOf(base); object; object = ObjectOf(base)) {
    links.push_back(base);
    base = WithoutDefer(tree_, object);
  }
  Delimiters dots;
  ChainDelimiters(id, dots);
  bool breaks = where == Where::kInBrackets && dots.count > 1;

  // An integer would swallow the dot.
  auto number = As<ir::Number>(base);
  bool is_int = number && number.text().find_first_of(".ej") == std::string_view::npos;
  bool after_bracket = EndsWithBracket(base, kPrimary) || Is(base, NodeKind::kSuperRef);
  Docs parts{is_int && Is(links.back(), NodeKind::kAttribute) ? InParens(base) : Expr(base, kPrimary, where)};
  for (std::size_t i = links.size(); i-- > 0;) {
    if (auto attribute = As<ir::Attribute>(links[i])) {
      if (breaks && after_bracket) parts.push_back(SoftLine());
      parts.push_back(Text("." + std::string(attribute.name())));
      after_bracket = false;
      continue;
    }
    auto call = As<ir::Call>(links[i]);
    parts.push_back(call ? Arguments(links[i], call.args()) : Index(links[i]));
    after_bracket = true;
  }
  Doc chain = b_.Concat(parts);
  return breaks ? b_.Group(chain) : chain;
}

}  // namespace asyncport::emit::py
