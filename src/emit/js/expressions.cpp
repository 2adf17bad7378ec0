// Names, members, operators.
// Example: Conditional(a, b, c) -> `a ? b : c`, over three lines if it does not fit.
#include "emit/js/emitter.h"

namespace asyncport::emit::js {

Doc Emitter::EmitName(NodeId id) { return Text(tree_.text(id)); }
Doc Emitter::EmitSelfRef(NodeId) { return Text("this"); }
Doc Emitter::EmitSuperRef(NodeId) { return Text("super"); }
Doc Emitter::EmitMetaProperty(NodeId id) { return Text(tree_.text(id)); }

// Never part of a finished translation; diagnostics show it.
Doc Emitter::EmitOpaque(NodeId id) { return Text("/* " + std::string(tree_.text(id)) + " */"); }

Doc Emitter::EmitHole(NodeId id) {
  auto view = ir::Hole(tree_, id);
  std::string mark = view.kind() == ir::HoleKind::kList ? "$$$" : "$";
  NodeId parent = Ancestor(1);
  bool statement = Is(parent, NodeKind::kBlock);
  return Text(mark + std::string(view.name()) + (statement ? ";" : ""));
}

Doc Emitter::EmitAttribute(NodeId id) { return Member(id); }
Doc Emitter::EmitSubscript(NodeId id) { return Member(id); }

Doc Emitter::MemberLookup(NodeId id) {
  if (auto attribute = As<ir::Attribute>(id)) {
    std::string text = attribute.is_optional() ? "?." : ".";
    if (attribute.is_private()) text += '#';
    return Text(text + std::string(attribute.name()));
  }
  auto subscript = ir::Cast<ir::Subscript>(tree_, id);
  Doc open = Text(subscript.is_optional() ? "?.[" : "[");
  Doc index = Print(subscript.index());
  if (Is(subscript.index(), NodeKind::kNumber)) return C({open, index, Text("]")});
  return b_.Group(C({open, SoftIndented(index), Text("]")}));
}

bool Emitter::MemberStaysOnLine(NodeId id) const {
  auto attribute = As<ir::Attribute>(id);
  if (!attribute) return true;
  std::size_t up = 1;
  while (IsMember(Ancestor(up))) ++up;
  NodeId above = Ancestor(up);
  auto is_name = [&](NodeId target) { return Is(target, NodeKind::kName); };
  if (auto assign = As<ir::Assign>(above)) {
    if (assign.declares() == ir::DeclKind::kNone && !is_name(assign.targets()[0])) return true;
  }
  if (auto assign = As<ir::AssignExpr>(above); assign && !is_name(assign.target())) return true;
  if (auto assign = As<ir::AugAssign>(above); assign && !is_name(assign.target())) return true;
  NodeId top = up == 1 ? id : Ancestor(up - 1);
  if (auto as_new = As<ir::New>(above); as_new && as_new.callee() == top) return true;
  std::size_t parent_up = 1;
  while (Bare(Ancestor(parent_up)) != Ancestor(parent_up)) ++parent_up;
  NodeId parent = Ancestor(parent_up);
  if (is_name(attribute.object()) && !attribute.is_private() && !IsMember(parent)) return true;
  if (IsAssignment(parent) || Is(parent, NodeKind::kAssign) || Is(parent, NodeKind::kAugAssign)) {
    NodeId object = Bare(attribute.object());
    return IsCall(object) &&
           (!ArgsOf(object).empty() || (IsMember(CalleeOf(object)) && IsMemberChain(object)));
  }
  return false;
}

Doc Emitter::Member(NodeId id) {
  Doc object = Print(ObjectOf(id));
  Doc lookup = MemberLookup(id);
  if (MemberStaysOnLine(id)) return C({object, lookup});
  return C({object, b_.Group(b_.Indent(C({b_.SoftLine(), lookup})))});
}

Doc Emitter::EmitOptionalChain(NodeId id) { return Print(ir::OptionalChain(tree_, id).value()); }

Doc Emitter::EmitUnary(NodeId id) {
  auto view = ir::Unary(tree_, id);
  return C({Text(ir::Info(view.op()).js), Print(view.operand())});
}

Doc Emitter::EmitUpdate(NodeId id) {
  auto view = ir::Update(tree_, id);
  Doc op = Text(view.is_decrement() ? "--" : "++");
  Doc target = Print(view.target());
  return view.is_prefix() ? C({op, target}) : C({target, op});
}

// `a && { b }`: the object opens on the line of the operator.
bool Emitter::ShouldInlineLogical(NodeId id) const {
  auto logical = As<ir::Logical>(id);
  if (!logical) return false;
  if (auto dict = As<ir::Dict>(logical.right())) return !dict.entries().empty();
  if (auto list = As<ir::List>(logical.right())) return !list.elements().empty();
  return false;
}

bool Emitter::IsInlinedLogicalChain(NodeId id) const {
  while (ShouldInlineLogical(id)) {
    NodeId left = ir::Logical(tree_, id).left();
    if (!IsBinaryish(left) || !ShouldFlatten(id, left)) return true;
    id = left;
  }
  return false;
}

Docs Emitter::BinaryParts(NodeId id, bool inside_parens) {
  auto operands = [&](NodeId node) {
    if (auto logical = As<ir::Logical>(node)) return std::pair(logical.left(), logical.right());
    auto binary = ir::Binary(tree_, node);
    return std::pair(binary.left(), binary.right());
  };
  // From the outermost down the left side, as long as the operators line up.
  std::size_t depth = path_.size();
  std::vector<NodeId> chain{id};
  for (;;) {
    NodeId left = operands(chain.back()).first;
    if (!IsBinaryish(left) || !ShouldFlatten(chain.back(), left)) break;
    chain.push_back(left);
    path_.push_back(left);
  }
  Docs parts{b_.Group(Print(operands(chain.back()).first))};
  for (std::size_t i = chain.size(); i-- > 0;) {
    NodeId node = chain[i];
    auto [left, right] = operands(node);
    auto logical = As<ir::Logical>(node);
    std::string_view op =
        logical ? ir::Info(logical.op()).js : ir::Info(ir::Binary(tree_, node).op()).js;
    Doc printed = C({Text(op), ShouldInlineLogical(node) ? Text(" ") : b_.Line(), Print(right)});
    NodeKind kind = Kind(node);
    bool alone = Kind(Ancestor(1)) != kind && Kind(left) != kind && Kind(right) != kind;
    if (alone && !(inside_parens && logical)) printed = b_.Group(printed);
    parts.push_back(Text(" "));
    parts.push_back(printed);
    if (i > 0) path_.pop_back();
  }
  path_.resize(depth);
  return parts;
}

// `Boolean(a || b)`
bool Emitter::IsBooleanCall(NodeId id) const {
  auto call = As<ir::Call>(id);
  return call && !call.is_optional() && call.args().size() == 1 &&
         Is(call.callee(), NodeKind::kName) && tree_.text(call.callee()) == "Boolean";
}

Doc Emitter::EmitBinaryish(NodeId id) {
  NodeId parent = Ancestor(1);
  bool inside_parens = Is(parent, NodeKind::kIf) || Is(parent, NodeKind::kWhile) ||
                       Is(parent, NodeKind::kSwitch) || Is(parent, NodeKind::kDoWhile);
  Docs parts = BinaryParts(id, inside_parens);
  Doc whole = b_.Concat(parts);
  if (inside_parens) return whole;
  auto attribute = As<ir::Attribute>(parent);
  if ((IsCallLike(parent) && CalleeOf(parent) == id) || Is(parent, NodeKind::kUnary) || attribute) {
    return b_.Group(SoftIndented(whole));
  }
  NodeId above = Ancestor(2);
  bool in_conditional = Is(parent, NodeKind::kConditional) && !Is(above, NodeKind::kReturn) &&
                        !Is(above, NodeKind::kRaise) && !IsCall(above) &&
                        !Is(above, NodeKind::kNew);
  bool flush = Is(parent, NodeKind::kReturn) || Is(parent, NodeKind::kRaise) ||
               Is(parent, NodeKind::kYield) || Is(parent, NodeKind::kLambda) ||
               Is(parent, NodeKind::kCFor) || Is(parent, NodeKind::kTemplate) || in_conditional ||
               IsBooleanCall(parent);
  bool assigned = IsAssignment(parent) || Is(parent, NodeKind::kAssign) ||
                  Is(parent, NodeKind::kAugAssign) || Is(parent, NodeKind::kField) ||
                  Is(parent, NodeKind::kDictEntry);
  if (flush || IsInlinedLogicalChain(id) || (!ShouldInlineLogical(id) && assigned))
    return b_.Group(whole);
  Docs rest(parts.begin() + 1, parts.end());
  return b_.Group(C({parts[0], b_.Indent(b_.Concat(rest))}));
}

// Whether the conditional begins a chain that is assigned or returned: `(a ? b : c).d()`.
bool Emitter::IsHeadOfAssignedChain() const {
  NodeId node = Ancestor(0);
  NodeId start = node;
  std::size_t up = 1;
  for (;; ++up) {
    NodeId parent = Ancestor(up);
    bool links = Is(parent, NodeKind::kOptionalChain) ||
                 (IsCall(parent) && CalleeOf(parent) == node) ||
                 (IsMember(parent) && ObjectOf(parent) == node);
    if (!links) break;
    node = parent;
  }
  NodeId parent = Ancestor(up);
  if (auto as_new = As<ir::New>(parent); as_new && as_new.callee() == node)
    parent = Ancestor(up + 1);
  if (node == start) return false;
  switch (Kind(parent)) {
    case NodeKind::kReturn:
    case NodeKind::kRaise:
    case NodeKind::kUnary:
    case NodeKind::kYield:
    case NodeKind::kAwait:
      return true;
    case NodeKind::kAssign:
      return ir::Assign(tree_, parent).value() == node;
    case NodeKind::kAugAssign:
      return ir::AugAssign(tree_, parent).value() == node;
    case NodeKind::kAssignExpr:
      return ir::AssignExpr(tree_, parent).value() == node;
    default:
      return false;
  }
}

Doc Emitter::EmitConditional(NodeId id) {
  auto view = ir::Conditional(tree_, id);
  auto parent = As<ir::Conditional>(Ancestor(1));
  bool is_test = parent && parent.test() == id;
  bool is_branch = parent && !is_test;
  bool nested = Is(view.then_value(), NodeKind::kConditional);
  Doc branches =
      C({b_.Line(), Text("? "), nested ? b_.IfBreak({}, Text("(")) : Doc(),
         b_.Align(2, Print(view.then_value())), nested ? b_.IfBreak({}, Text(")")) : Doc(),
         b_.Line(), Text(": "), b_.Align(2, Print(view.else_value()))});
  Doc test = Print(view.test());
  if (parent && parent.else_value() == id) test = b_.Align(2, test);
  auto attribute = As<ir::Attribute>(Ancestor(1));
  bool heads_chain = IsHeadOfAssignedChain();
  Doc whole = C({test, is_branch ? branches : b_.Indent(branches),
                 attribute && !heads_chain ? b_.SoftLine() : Doc()});
  if (!is_branch) whole = b_.Group(whole);
  return is_test || heads_chain ? b_.Group(SoftIndented(whole)) : whole;
}

Doc Emitter::EmitSequence(NodeId id) {
  Docs printed;
  for (NodeId expression : ir::Sequence(tree_, id).expressions())
    printed.push_back(Print(expression));
  if (Is(Ancestor(1), NodeKind::kExprStmt) || Is(Ancestor(1), NodeKind::kCFor)) {
    Docs parts;
    for (std::size_t i = 0; i < printed.size(); ++i) {
      parts.push_back(i == 0 ? printed[i] : C({Text(","), b_.Indent(C({b_.Line(), printed[i]}))}));
    }
    return b_.Group(b_.Concat(parts));
  }
  Doc joined = b_.Join(C({Text(","), b_.Line()}), printed);
  switch (Kind(Ancestor(1))) {
    case NodeKind::kLambda:
    case NodeKind::kReturn:
    case NodeKind::kRaise:
    case NodeKind::kYield:
    case NodeKind::kUnary:
      return b_.Group(b_.IfBreak(SoftIndented(joined), joined));
    default:
      break;
  }
  return b_.Group(joined);
}

}  // namespace asyncport::emit::js
