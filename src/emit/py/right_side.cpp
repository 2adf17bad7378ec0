// Where the expression of a statement breaks. Python breaks lines only inside brackets, so an expression at the end of a
// statement has three ways: it fits; it is split at its last brackets; it gets parentheses of its own and is split at
// its operators. Which of them is tried follows from the operators outside its brackets.
// Example: `x = first(...) + second(...)` is split at the last brackets, `x = a + b + c` gets parentheses.
#include "emit/py/emitter.h"

namespace asyncport::emit::py {
bool Emitter::IsBareTuple(NodeId value, Allowed allowed) const {
  auto tuple = As<ir::Tuple>(value);
  return allowed.tuple && tuple && !tuple.is_parenthesised() && tuple.elements().size() > 1;
}

int Emitter::LoosestAt(NodeId value, Allowed allowed) const {
  bool takes = (allowed.yield && Is(value, NodeKind::kYield)) || (allowed.walrus && Is(value, NodeKind::kWalrus));
  return takes ? kAnything : kLambda;
}

Doc Emitter::TopLevel(NodeId value, Where where, Allowed allowed) {
  if (IsBareTuple(value, allowed)) return BareTuple(ir::Tuple(tree_, value).elements(), where);
  return Expr(value, LoosestAt(value, allowed), where);
}

// Counts the dots behind brackets; false if this is no chain.
bool Emitter::ChainDelimiters(NodeId id, Delimiters& out) const {
  if (!ObjectOf(id)) return false;
  int dots = 0;
  for (NodeId object = ObjectOf(id); object; id = object, object = ObjectOf(id)) {
    object = WithoutDefer(tree_, object);
    if (!Is(id, NodeKind::kAttribute)) continue;
    bool bracket = Is(object, NodeKind::kCall) || Is(object, NodeKind::kSubscript) || Is(object, NodeKind::kSuperRef) ||
                   EndsWithBracket(object, kPrimary);
    dots += bracket ? 1 : 0;
  }
  if (dots > 0) out = {kDot, dots};
  return true;
}

Delimiters Emitter::DelimitersAt(NodeId id, int loosest) const {
  return NeedsParens(tree_, id, loosest) ? Delimiters{} : DelimitersOf(id);
}

Delimiters Emitter::DelimitersOf(NodeId id) const {
  id = WithoutDefer(tree_, id);
  Delimiters result;
  if (ChainDelimiters(id, result)) return result;
  switch (tree_.kind(id)) {
    case NodeKind::kConditional: {
      int count = 0;
      for (; Is(id, NodeKind::kConditional); id = ir::Conditional(tree_, id).else_value()) count += 2;
      return {kTernary, count};
    }
    case NodeKind::kLogical: {
      int count = 1;
      for (const Operand& operand : OperandsOf(tree_, id)) {
        Delimiters inner = DelimitersAt(operand.node, operand.loosest);
        if (inner.priority == kLogic) count += inner.count;
      }
      return {kLogic, count};
    }
    case NodeKind::kCompareChain:
      return {kCompare, static_cast<int>(ir::CompareChain(tree_, id).links().size())};
    case NodeKind::kBinary: {
      ir::BinaryOp op = ir::Binary(tree_, id).op();
      if (ir::IsComparison(op)) return {kCompare, 1};
      if (op == ir::BinaryOp::kPow) return {kPowerSplit, 1};
      int level = ir::Info(op).py_precedence;
      int count = 0;
      for (; PrecedenceOf(tree_, id) == level && Is(id, NodeKind::kBinary);) {
        ++count;
        Operand left = OperandsOf(tree_, id).front();
        if (NeedsParens(tree_, left.node, left.loosest)) break;
        id = WithoutDefer(tree_, left.node);
      }
      // Multiplication binds tightest and is split last.
      return {static_cast<int>(kArithmetic) + static_cast<int>(kMultiply) - level, count};
    }
    case NodeKind::kUnary: {
      Operand operand = OperandsOf(tree_, id).front();
      return DelimitersAt(operand.node, operand.loosest);
    }
    case NodeKind::kAwait:
      return DelimitersAt(ir::Await(tree_, id).value(), kPrimary);
    case NodeKind::kYield: {
      NodeId value = ir::Yield(tree_, id).value();
      if (!value) return {};
      if (IsBareTuple(value, {.tuple = true})) {
        return {kComma, static_cast<int>(ir::Tuple(tree_, value).elements().size()) - 1};
      }
      return DelimitersAt(value, kLambda);
    }
    case NodeKind::kWalrus:
      return DelimitersAt(ir::Walrus(tree_, id).value(), kLambda);
    case NodeKind::kLambda:
      return DelimitersAt(ir::Lambda(tree_, id).body(), kLambda);
    default:
      return {};
  }
}

namespace {
// Brackets of its own, with something in them.
bool IsFilledDisplay(const ir::Tree& tree, NodeId id) {
  switch (tree.kind(id)) {
    case NodeKind::kList:
      return !ir::List(tree, id).elements().empty();
    case NodeKind::kTuple:
      return !ir::Tuple(tree, id).elements().empty();
    case NodeKind::kSetLit:
      return !ir::SetLit(tree, id).elements().empty();
    case NodeKind::kDict:
      return !ir::Dict(tree, id).entries().empty();
    case NodeKind::kCall:
      return !ir::Call(tree, id).args().empty();
    case NodeKind::kSuperCall:
      return !ir::SuperCall(tree, id).args().empty();
    case NodeKind::kComprehension:
    case NodeKind::kSpawn:
      return true;
    default:
      return false;
  }
}
}  // namespace

void Emitter::Brackets(NodeId id, int loosest, std::size_t limit, std::vector<BracketPair>& out) const {
  if (out.size() >= limit) return;
  id = WithoutDefer(tree_, id);
  if (NeedsParens(tree_, id, loosest)) {
    out.push_back({id, true});
    return;
  }
  for (; id && out.size() < limit; id = WithoutDefer(tree_, ObjectOf(id))) {
    if (IsFilledDisplay(tree_, id) || Is(id, NodeKind::kSubscript)) out.push_back({id, false});
    if (NodeId object = ObjectOf(id)) {
      if (!ObjectOf(object)) {
        Brackets(object, kPrimary, limit, out);
        return;
      }
      continue;
    }
    std::vector<Operand> operands = OperandsOf(tree_, id);
    for (std::size_t i = operands.size(); i-- > 0;) {
      Brackets(operands[i].node, operands[i].loosest, limit, out);
    }
    return;
  }
}

bool Emitter::EndsWithBracket(NodeId id, int loosest) const {
  while (true) {
    id = WithoutDefer(tree_, id);
    if (NeedsParens(tree_, id, loosest) || IsFilledDisplay(tree_, id)) return true;
    std::vector<Operand> operands = OperandsOf(tree_, id);
    if (operands.empty()) return false;
    id = operands.back().node;
    loosest = operands.back().loosest;
  }
}

bool Emitter::StartsWithBracket(NodeId id, int loosest) const {
  while (true) {
    id = WithoutDefer(tree_, id);
    if (NeedsParens(tree_, id, loosest)) return true;
    if (NodeId object = ObjectOf(id)) {
      id = object;
      loosest = kPrimary;
      continue;
    }
    if (Is(id, NodeKind::kSuperCall) || Is(id, NodeKind::kSpawn)) return false;
    if (IsFilledDisplay(tree_, id)) return true;
    bool has_prefix = Is(id, NodeKind::kUnary) || Is(id, NodeKind::kAwait) || Is(id, NodeKind::kLambda) ||
                      Is(id, NodeKind::kYield) || Is(id, NodeKind::kWalrus);
    std::vector<Operand> operands = OperandsOf(tree_, id);
    if (has_prefix || operands.empty()) return false;
    id = operands.front().node;
    loosest = operands.front().loosest;
  }
}

Doc Emitter::RightSide(NodeId value, Allowed allowed) {
  if (rigid_ > 0) return TopLevel(value, Where::kBare, allowed);
  bool tuple = IsBareTuple(value, allowed);
  int loosest = LoosestAt(value, allowed);
  Delimiters delimiters =
      tuple ? Delimiters{kComma, static_cast<int>(ir::Tuple(tree_, value).elements().size()) - 1}
            : DelimitersAt(value, loosest);
  auto wrapped = [&](bool broken) {
    Doc inside = C({TopLevel(value, Where::kInBrackets, allowed), tuple ? IfBroken(Text(",")) : Doc()});
    return b_.Group(C({IfBroken(Text("(")), b_.Indent(C({SoftLine(), inside})), SoftLine(), IfBroken(Text(")"))}),
                    {.id = {}, .broken = broken});
  };
  bool optional = delimiters.count == 0 || (delimiters.priority == kDot && delimiters.count == 1);
  bool one = !optional && delimiters.count == 1;
  if (!optional && !(one && !tuple && (EndsWithBracket(value, loosest) || StartsWithBracket(value, loosest)))) {
    return wrapped(false);
  }
  std::vector<BracketPair> pairs;
  Brackets(value, loosest, 2, pairs);
  Doc bare = TopLevel(value, Where::kBare, allowed);
  // Parentheses that only move the text to the next line must be worth it.
  bool fits_alone = b_.At(bare).lead + (depth_ + 1) * kIndent <= kColumns && !b_.At(bare).stops;
  if (pairs.empty()) return fits_alone ? wrapped(false) : bare;
  // What follows an earlier pair stays on one line.
  constexpr std::uint32_t kRoomForTail = 2 * kColumns - 30;
  if (pairs.size() > 1 && b_.At(bare).lead > kRoomForTail) pairs.pop_back();
  Docs candidates{bare};
  for (const BracketPair& pair : pairs) {
    forced_.push_back(pair);
    candidates.push_back(TopLevel(value, Where::kBare, allowed));
    forced_.pop_back();
  }
  candidates.push_back(fits_alone || one ? wrapped(true) : bare);
  return b_.BestOf(candidates);
}

}  // namespace asyncport::emit::py
