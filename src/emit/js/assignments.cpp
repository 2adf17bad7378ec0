// Assignments in every form, and where they break: at the operator, inside the value, or on the
// left.
// Example: `const [a, b] = await f(x);` breaks inside the call before it breaks after `=`.
#include <algorithm>

#include "emit/js/emitter.h"
#include "support/width.h"

namespace asyncport::emit::js {
namespace {

constexpr std::uint32_t kIndentWidth = 2;
// A quarter of the page: an argument that is not worth breaking a call for.
constexpr std::size_t kLoneArgument = 20;

}  // namespace

Doc Emitter::EmitAssign(NodeId id) {
  auto view = ir::Assign(tree_, id);
  std::string_view keyword = NameOf(view.declares());
  Doc end = InForHead() ? Doc() : Text(";");
  if (!keyword.empty()) {
    Doc declared = Assignment(id, Print(view.targets()[0]), " =", view.value());
    return b_.Group(C({Text(keyword), Text(" "), declared, end}));
  }
  NodeId outer = statement_start_;
  statement_start_ = Leftmost(view.targets()[0]);
  bool object = Is(view.targets()[0], NodeKind::kObjectPattern) && !InForHead();
  Doc whole = AssignTargets(view.targets(), view.value());
  statement_start_ = outer;
  if (object) whole = C({Text("("), whole, Text(")")});
  return C({whole, end});
}

// `a = b = value`: with three targets or more, each goes to a line of its own if they do not fit.
Doc Emitter::AssignTargets(std::span<const NodeId> targets, NodeId value) {
  NodeId id = Ancestor(0);
  std::size_t count = targets.size();
  if (count == 1) return Assignment(id, Print(targets[0]), " =", value);
  if (count == 2) {
    Doc inner = Assignment(id, Print(targets[1]), " =", value);
    return LayOut(Layout::kFluid, Print(targets[0]), " =", inner);
  }
  bool arrow_chain = IsArrow(value) && !Is(value, NodeKind::kDefer) && IsArrow(ArrowBodyOf(value));
  Layout tail = arrow_chain ? Layout::kChainTailArrow : Layout::kChainTail;
  Doc doc = LayOut(tail, Print(targets[count - 1]), " =", Print(value, {.layout = tail}));
  for (std::size_t i = count - 1; i-- > 1;)
    doc = LayOut(Layout::kChain, Print(targets[i]), " =", doc);
  return LayOut(Layout::kBreakAfterOperator, Print(targets[0]), " =", doc);
}

// `i++` in the head of a for loop, `i += 1` as a statement.
Doc Emitter::EmitAugAssign(NodeId id) {
  auto view = ir::AugAssign(tree_, id);
  bool in_head = InForHead();
  bool by_one = Is(view.value(), NodeKind::kNumber) && tree_.text(view.value()) == "1";
  if (in_head && by_one && (view.op() == ir::BinaryOp::kAdd || view.op() == ir::BinaryOp::kSub)) {
    return C({Print(view.target()), Text(view.op() == ir::BinaryOp::kAdd ? "++" : "--")});
  }
  NodeId outer = statement_start_;
  statement_start_ = Leftmost(view.target());
  std::string op = " " + std::string(ir::Info(view.op()).js) + "=";
  Doc doc = Assignment(id, Print(view.target()), op, view.value());
  statement_start_ = outer;
  return C({doc, in_head ? Doc() : Text(";")});
}

Doc Emitter::EmitAssignExpr(NodeId id) {
  auto view = ir::AssignExpr(tree_, id);
  std::string op =
      view.op() == ir::BinaryOp::kNone ? " =" : " " + std::string(ir::Info(view.op()).js) + "=";
  return Assignment(id, Print(view.target()), op, view.value());
}

Doc Emitter::EmitLogicalAssign(NodeId id) {
  auto view = ir::LogicalAssign(tree_, id);
  return Assignment(id, Print(view.target()), " " + std::string(ir::Info(view.op()).js) + "=",
                    view.value());
}

Doc Emitter::EmitDictEntry(NodeId id) {
  auto view = ir::DictEntry(tree_, id);
  if (IsShorthand(view.key(), view.value())) return Print(view.value());
  return Assignment(id, PropertyKey(view.key()), ":", view.value());
}

Doc Emitter::Assignment(NodeId node, Doc left, std::string_view op, NodeId right) {
  if (!right) return left;
  Layout layout = ChooseLayout(node, left, right);
  return LayOut(layout, left, op, Print(right, {.layout = layout}));
}

Doc Emitter::LayOut(Layout layout, Doc left, std::string_view op, Doc right) {
  Doc head = C({b_.Group(left), Text(op)});
  switch (layout) {
    case Layout::kBreakAfterOperator:
      return b_.Group(C({head, b_.Group(b_.Indent(C({b_.Line(), right})))}));
    case Layout::kNeverBreak:
      return b_.Group(C({head, Text(" "), right}));
    case Layout::kFluid: {
      doc::GroupId group = b_.NewGroupId();
      return b_.Group(C({head, b_.Group(b_.Indent(b_.Line()), {.id = group, .broken = false}),
                         b_.LineSuffixBoundary(), b_.IndentIfBreak(right, group)}));
    }
    case Layout::kBreakLeft:
      return b_.Group(C({left, Text(op), Text(" "), b_.Group(right)}));
    case Layout::kChain:
      return C({head, b_.Line(), right});
    case Layout::kChainTail:
      return C({head, b_.Indent(C({b_.Line(), right}))});
    case Layout::kChainTailArrow:
      return C({head, b_.Group(right)});
    case Layout::kNone:
    case Layout::kOnlyLeft:
      break;
  }
  return left;
}

// `node` is the statement, expression, property or field; it is the node being printed.
Layout Emitter::ChooseLayout(NodeId node, Doc left, NodeId right) const {
  bool is_tail = !IsAssignment(right);
  if (IsAssignment(node)) {
    NodeId parent = Ancestor(1);
    NodeId above = Ancestor(2);
    bool in_assignment = IsAssignment(parent) || Is(parent, NodeKind::kAugAssign);
    bool statement = Is(above, NodeKind::kExprStmt) || Is(parent, NodeKind::kAugAssign);
    if (in_assignment && (!is_tail || !statement)) {
      if (!is_tail) return Layout::kChain;
      bool arrow_chain =
          IsArrow(right) && !Is(right, NodeKind::kDefer) && IsArrow(ArrowBodyOf(right));
      return arrow_chain ? Layout::kChainTailArrow : Layout::kChainTail;
    }
  }
  if (auto inner = As<ir::AssignExpr>(right)) {
    if (IsAssignment(inner.value())) return Layout::kBreakAfterOperator;
  }
  if (auto call = As<ir::Call>(right)) {
    if (Is(call.callee(), NodeKind::kName) && tree_.text(call.callee()) == "require")
      return Layout::kNeverBreak;
  }
  bool left_breaks = CanBreak(left);
  if (IsComplexDestructuring(node)) return Layout::kBreakLeft;
  auto assign = As<ir::Assign>(node);
  if (assign && assign.declares() != ir::DeclKind::kNone && IsArrow(right) && left_breaks)
    return Layout::kBreakLeft;
  bool short_key = false;
  if (auto entry = As<ir::DictEntry>(node)) {
    if (Is(entry.key(), NodeKind::kString)) {
      std::string_view name = tree_.text(entry.key());
      std::uint32_t width =
          DisplayWidth(IsIdentifierName(name) ? std::string(name) : QuoteString(name));
      short_key = width < kIndentWidth + 3;
    }
  }
  if (ShouldBreakAfterOperator(right, short_key)) return Layout::kBreakAfterOperator;
  if (left_breaks) return Layout::kFluid;
  switch (Kind(right)) {
    case NodeKind::kTemplate:
    case NodeKind::kTaggedTemplate:
    case NodeKind::kBool:
    case NodeKind::kNumber:
    case NodeKind::kClassExpr:
      return Layout::kNeverBreak;
    case NodeKind::kString:
      if (!IsStringLike(right)) return Layout::kNeverBreak;
      break;
    default:
      break;
  }
  return short_key ? Layout::kNeverBreak : Layout::kFluid;
}

bool Emitter::ShouldBreakAfterOperator(NodeId right, bool short_key) const {
  if (IsBinaryish(right) && !ShouldInlineLogical(right)) return true;
  if (Is(right, NodeKind::kSequence)) return true;
  if (auto conditional = As<ir::Conditional>(right)) {
    if (IsBinaryish(conditional.test()) && !ShouldInlineLogical(conditional.test())) return true;
  }
  if (short_key) return false;
  NodeId node = right;
  for (;;) {
    if (auto unary = As<ir::Unary>(node)) {
      node = unary.operand();
    } else if (auto await = As<ir::Await>(node)) {
      node = await.value();
    } else if (auto yield = As<ir::Yield>(node); yield && yield.value()) {
      node = yield.value();
    } else {
      break;
    }
  }
  return IsStringLike(node) || IsPoorlyBreakableChain(node, false);
}

// `{ a, b: c, d }` on the left, big enough to break there.
bool Emitter::IsComplexDestructuring(NodeId node) const {
  NodeId target;
  if (auto assign = As<ir::Assign>(node)) target = assign.targets().back();
  if (auto assign = As<ir::AssignExpr>(node)) target = assign.target();
  auto pattern = As<ir::ObjectPattern>(target);
  if (!pattern) return false;
  std::size_t count = pattern.properties().size() + (pattern.rest() ? 1 : 0);
  return count > 2 && std::ranges::any_of(pattern.properties(), [&](NodeId id) {
           auto property = As<ir::PropertyPattern>(id);
           return property && (Is(property.target(), NodeKind::kDefaultPattern) ||
                               !IsShorthand(property.key(), property.target()));
         });
}

// `a.b.c` or `f(x)`, where a line break would not help.
bool Emitter::IsPoorlyBreakableChain(NodeId id, bool deep) const {
  if (NodeId bare = Bare(id); bare != id) return IsPoorlyBreakableChain(bare, true);
  if (auto call = As<ir::Call>(id)) {
    if (IsMember(call.callee()) && IsMemberChain(id)) return false;
    auto args = call.args();
    if (args.size() > 1 || (args.size() == 1 && !IsLoneShortArgument(args[0]))) return false;
    return IsPoorlyBreakableChain(call.callee(), true);
  }
  if (IsMember(id)) return IsPoorlyBreakableChain(ObjectOf(id), true);
  return deep &&
         (Is(id, NodeKind::kName) || Is(id, NodeKind::kSelfRef) || Is(id, NodeKind::kUndefined));
}

bool Emitter::IsLoneShortArgument(NodeId id) const {
  if (HasComments(id)) return false;
  switch (Kind(id)) {
    case NodeKind::kSelfRef:
    case NodeKind::kNumber:
    case NodeKind::kBool:
    case NodeKind::kNull:
      return true;
    case NodeKind::kUndefined:
      return true;
    case NodeKind::kName:
      return tree_.text(id).size() <= kLoneArgument;
    case NodeKind::kRegex:
      return tree_.text(id).find_last_of('/') <= kLoneArgument + 1;
    case NodeKind::kString:
      return IsStringLike(id) && QuoteString(tree_.text(id)).size() <= kLoneArgument;
    case NodeKind::kUnary:
      return IsLoneShortArgument(ir::Unary(tree_, id).operand());
    case NodeKind::kCall: {
      auto call = ir::Call(tree_, id);
      return call.args().empty() && Is(call.callee(), NodeKind::kName) &&
             tree_.text(call.callee()).size() <= kLoneArgument - 2;
    }
    default:
      return false;
  }
}

// Whether the document holds a place where a line may break.
bool Emitter::CanBreak(Doc doc) const {
  std::vector<std::uint32_t> pending{doc.index};
  while (!pending.empty()) {
    const doc::Node& node = b_.At(pending.back());
    pending.pop_back();
    switch (node.kind) {
      case doc::Kind::kLine:
      case doc::Kind::kSoftLine:
      case doc::Kind::kHardLine:
        return true;
      case doc::Kind::kConcat:
      case doc::Kind::kFill:
      case doc::Kind::kBestOf:
        for (std::uint32_t i = 0; i < node.b; ++i) pending.push_back(b_.Child(node, i));
        break;
      case doc::Kind::kIndent:
      case doc::Kind::kAlign:
      case doc::Kind::kGroup:
      case doc::Kind::kIndentIfBreak:
      case doc::Kind::kMark:
        pending.push_back(node.a);
        break;
      case doc::Kind::kIfBreak:
        pending.push_back(node.a);
        pending.push_back(node.b);
        break;
      default:
        break;
    }
  }
  return false;
}

}  // namespace asyncport::emit::js
