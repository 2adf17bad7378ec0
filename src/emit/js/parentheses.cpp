// All parentheses of the JavaScript emitter: those that the grammar asks for, and those that
// Prettier adds to mixed operators. Decided by the node and its parent; precedence comes from
// operators.def.
// Example: `a && b || c` -> `(a && b) || c`; `(await x).y` keeps its own.
#include "emit/js/emitter.h"

namespace asyncport::emit::js {
namespace {

using ir::BinaryOp;

// Looser than every operator of operators.def.
constexpr int kLowest = 0;

bool IsEquality(BinaryOp op) {
  return op == BinaryOp::kStrictEq || op == BinaryOp::kStrictNe || op == BinaryOp::kLooseEq ||
         op == BinaryOp::kLooseNe;
}
bool IsMultiplicative(BinaryOp op) {
  return op == BinaryOp::kMul || op == BinaryOp::kDiv || op == BinaryOp::kMod;
}
bool IsShift(BinaryOp op) {
  return op == BinaryOp::kShl || op == BinaryOp::kShr || op == BinaryOp::kUShr;
}
bool IsBitwise(BinaryOp op) {
  return IsShift(op) || op == BinaryOp::kBitAnd || op == BinaryOp::kBitOr ||
         op == BinaryOp::kBitXor;
}

}  // namespace

int Emitter::PrecedenceOf(const ir::Tree& tree, NodeId id) {
  if (auto binary = ir::As<ir::Binary>(tree, id)) return ir::Info(binary.op()).js_precedence;
  if (auto logical = ir::As<ir::Logical>(tree, id)) return ir::Info(logical.op()).js_precedence;
  return kLowest;
}

// Whether `node`, the left operand of `parent`, is laid out in one row with it: a + b + c, not a /
// b * c.
bool Emitter::ShouldFlatten(NodeId parent, NodeId node) const {
  if (Is(parent, NodeKind::kLogical) || Is(node, NodeKind::kLogical)) {
    auto outer = As<ir::Logical>(parent);
    auto inner = As<ir::Logical>(node);
    return outer && inner && outer.op() == inner.op();
  }
  if (PrecedenceOf(tree_, parent) != PrecedenceOf(tree_, node)) return false;
  BinaryOp outer = ir::Binary(tree_, parent).op();
  BinaryOp inner = ir::Binary(tree_, node).op();
  if (outer == BinaryOp::kPow) return false;
  if (IsEquality(outer) && IsEquality(inner)) return false;
  if (outer != inner && IsMultiplicative(outer) && IsMultiplicative(inner)) return false;
  if (IsShift(outer) && IsShift(inner)) return false;
  return !(outer == BinaryOp::kGt && inner == BinaryOp::kLt);
}

bool Emitter::IsHeadOf(NodeId id, NodeId parent) const {
  if (auto call = As<ir::Call>(parent)) return call.callee() == id;
  if (auto call = As<ir::New>(parent)) return call.callee() == id;
  if (auto tagged = As<ir::TaggedTemplate>(parent)) return tagged.tag() == id;
  return IsMember(parent) && ObjectOf(parent) == id;
}

bool Emitter::NeedsParens(NodeId id) const {
  NodeId parent = Ancestor(1);
  if (!parent) return false;
  if (Is(parent, NodeKind::kSpawn)) parent = Ancestor(2);
  switch (Kind(id)) {
    case NodeKind::kDict:
      if (id == statement_start_ || id == arrow_start_) return true;
      break;
    case NodeKind::kFunctionExpr:
    case NodeKind::kClassExpr:
      if (id == statement_start_ && !IsArrow(id)) return true;
      break;
    default:
      break;
  }
  return NeedsParensIn(id, parent);
}

bool Emitter::NeedsParensIn(NodeId id, NodeId parent) const {
  switch (Kind(id)) {
    case NodeKind::kUpdate:
    case NodeKind::kUnary:
      return UnaryNeedsParens(id, parent);
    case NodeKind::kBinary:
    case NodeKind::kLogical:
      return BinaryNeedsParens(id, parent);
    case NodeKind::kSequence:
      return !InForHead() && !Is(parent, NodeKind::kCFor);
    case NodeKind::kAwait:
    case NodeKind::kYield:
      return AwaitNeedsParens(id, parent);
    case NodeKind::kAssignExpr:
    case NodeKind::kLogicalAssign:
      return AssignNeedsParens(id, parent);
    case NodeKind::kConditional:
      return ConditionalNeedsParens(id, parent);
    case NodeKind::kFunctionExpr:
    case NodeKind::kLambda:
    case NodeKind::kDefer:
      return FunctionNeedsParens(id, parent);
    case NodeKind::kClassExpr: {
      auto as_new = As<ir::New>(parent);
      if (as_new && as_new.callee() == id) return true;
      return false;
    }
    case NodeKind::kNumber: {
      auto attribute = As<ir::Attribute>(parent);
      return attribute && attribute.object() == id;
    }
    case NodeKind::kOptionalChain:
      return IsHeadOf(id, parent);
    case NodeKind::kCall:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript:
    case NodeKind::kTaggedTemplate:
    case NodeKind::kDynamicImport: {
      auto as_new = As<ir::New>(parent);
      return as_new && as_new.callee() == id && CalleeOfNewNeedsParens(id);
    }
    case NodeKind::kDict:
    case NodeKind::kNew: {
      auto base_of = [&](std::span<const NodeId> bases) {
        return !bases.empty() && bases[0] == id;
      };
      if (auto c = As<ir::ClassDef>(parent)) return base_of(c.bases());
      if (auto c = As<ir::ClassExpr>(parent)) return base_of(c.bases());
      return false;
    }
    default:
      return false;
  }
}

// `new (f().g)()`: without them the arguments of f would be those of new.
bool Emitter::CalleeOfNewNeedsParens(NodeId id) const {
  for (;;) {
    if (Is(id, NodeKind::kCall) || Is(id, NodeKind::kDynamicImport)) return true;
    if (IsMember(id)) {
      id = ObjectOf(id);
    } else if (auto tagged = As<ir::TaggedTemplate>(id)) {
      id = tagged.tag();
    } else {
      return false;
    }
  }
}

bool Emitter::UnaryNeedsParens(NodeId id, NodeId parent) const {
  auto unary = As<ir::Unary>(id);
  if (auto outer = As<ir::Unary>(parent)) {
    if (unary) {
      return unary.op() == outer.op() &&
             (unary.op() == ir::UnaryOp::kNeg || unary.op() == ir::UnaryOp::kPos);
    }
    auto update = As<ir::Update>(id);
    return update.is_prefix() &&
           outer.op() == (update.is_decrement() ? ir::UnaryOp::kNeg : ir::UnaryOp::kPos);
  }
  if (IsHeadOf(id, parent)) return true;
  if (auto binary = As<ir::Binary>(parent)) {
    if (binary.left() != id) return false;
    return binary.op() == BinaryOp::kPow ||
           (unary && (binary.op() == BinaryOp::kJsIn || binary.op() == BinaryOp::kInstanceOf));
  }
  if (auto c = As<ir::ClassDef>(parent)) return !c.bases().empty() && c.bases()[0] == id;
  if (auto c = As<ir::ClassExpr>(parent)) return !c.bases().empty() && c.bases()[0] == id;
  return false;
}

bool Emitter::BinaryNeedsParens(NodeId id, NodeId parent) const {
  auto binary = As<ir::Binary>(id);
  if (binary && binary.op() == BinaryOp::kJsIn) {
    // `in` would end the head of a for loop.
    for (std::size_t i = path_.size(); i-- > 1;) {
      if (Is(path_[i], NodeKind::kBlock)) break;
      auto loop = As<ir::CFor>(path_[i - 1]);
      if (loop && loop.init() == path_[i]) return true;
    }
  }
  switch (Kind(parent)) {
    case NodeKind::kClassDef:
    case NodeKind::kClassExpr:
    case NodeKind::kSpread:
      // Prettier: `...(a || b)`, `extends (a || b)`.
      return true;
    case NodeKind::kAwait:
    case NodeKind::kUnary:
    case NodeKind::kUpdate:
      return true;
    case NodeKind::kConditional: {
      auto logical = As<ir::Logical>(id);
      return logical && logical.op() == ir::LogicalOp::kNullish;
    }
    case NodeKind::kLogical:
      if (!binary)
        return ir::Logical(tree_, parent).op() != ir::Logical(tree_, id).op() ||
               ir::Logical(tree_, parent).right() == id;
      return false;
    case NodeKind::kBinary: {
      if (!binary) return true;
      auto outer = ir::Binary(tree_, parent);
      int inner_level = PrecedenceOf(tree_, id);
      int outer_level = PrecedenceOf(tree_, parent);
      if (outer_level > inner_level) return true;
      if (outer_level == inner_level && (outer.right() == id || !ShouldFlatten(parent, id)))
        return true;
      if (binary.op() == BinaryOp::kMod &&
          (outer.op() == BinaryOp::kAdd || outer.op() == BinaryOp::kSub)) {
        return true;
      }
      return IsBitwise(outer.op());
    }
    default:
      return IsHeadOf(id, parent);
  }
}

bool Emitter::AwaitNeedsParens(NodeId id, NodeId parent) const {
  switch (Kind(parent)) {
    case NodeKind::kUnary:
    case NodeKind::kLogical:
    case NodeKind::kSpread:
    case NodeKind::kBinary:
      return true;
    case NodeKind::kClassDef:
    case NodeKind::kClassExpr:
      return true;
    case NodeKind::kAwait:
      return Is(id, NodeKind::kYield);
    case NodeKind::kConditional:
      return ir::Conditional(tree_, parent).test() == id;
    default:
      return IsHeadOf(id, parent);
  }
}

bool Emitter::AssignNeedsParens(NodeId id, NodeId parent) const {
  if (InForHead()) return false;
  if (Is(parent, NodeKind::kSequence)) {
    auto loop = As<ir::CFor>(Ancestor(3));
    return !loop;
  }
  if (Is(parent, NodeKind::kExprStmt)) {
    auto assign = As<ir::AssignExpr>(id);
    return assign && Is(assign.target(), NodeKind::kObjectPattern);
  }
  if (auto assign = As<ir::Assign>(parent)) return assign.declares() != ir::DeclKind::kNone;
  return !IsAssignment(parent) && !Is(parent, NodeKind::kAugAssign);
}

bool Emitter::ConditionalNeedsParens(NodeId id, NodeId parent) const {
  switch (Kind(parent)) {
    case NodeKind::kUnary:
    case NodeKind::kSpread:
    case NodeKind::kBinary:
    case NodeKind::kLogical:
    case NodeKind::kAwait:
    case NodeKind::kClassDef:
    case NodeKind::kClassExpr:
      return true;
    case NodeKind::kConditional:
      return ir::Conditional(tree_, parent).test() == id;
    default:
      return IsHeadOf(id, parent);
  }
}

bool Emitter::FunctionNeedsParens(NodeId id, NodeId parent) const {
  if (IsHeadOf(id, parent)) return IsArrow(id) || !IsMember(parent);
  if (!IsArrow(id)) {
    auto exported = As<ir::Export>(parent);
    auto function = As<ir::FunctionExpr>(id);
    return exported && function && function.name();
  }
  switch (Kind(parent)) {
    case NodeKind::kBinary:
    case NodeKind::kLogical:
    case NodeKind::kUnary:
    case NodeKind::kAwait:
    case NodeKind::kClassDef:
    case NodeKind::kClassExpr:
      return true;
    case NodeKind::kConditional:
      return ir::Conditional(tree_, parent).test() == id;
    default:
      return false;
  }
}

}  // namespace asyncport::emit::js
