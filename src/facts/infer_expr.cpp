// Values of expressions from the values of their operands: literals, operators, names, comprehensions. Calls are in
// infer_call.cpp, attributes and elements in infer_member.cpp.
#include "facts/infer.h"

#include <algorithm>

namespace asyncport::facts {

using ir::BinaryOp;
using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::size_t kMaxPositions = 32;  // of a list literal whose elements are told apart
constexpr std::uint32_t kText = Bit(TypeKind::kStr);
// Never false in a condition, in either language.
constexpr std::uint32_t kAlwaysTrue =
    Bit(TypeKind::kFunction) | Bit(TypeKind::kClass) | Bit(TypeKind::kPromise) |
    Bit(TypeKind::kCoroutine) | Bit(TypeKind::kIterator) | Bit(TypeKind::kAsyncIterator) |
    Bit(TypeKind::kRegex) | Bit(TypeKind::kMatch) | Bit(TypeKind::kDate) | Bit(TypeKind::kModule);
// In JavaScript, no object is.
constexpr std::uint32_t kObjects = Bit(TypeKind::kList) | Bit(TypeKind::kTuple) |
                                   Bit(TypeKind::kSet) | Bit(TypeKind::kDict) |
                                   Bit(TypeKind::kMap) | Bit(TypeKind::kInstance);

struct OperatorWord {
  BinaryOp op;
  std::string_view method;
  std::string_view reflected;
};
constexpr OperatorWord kOperators[] = {
    {BinaryOp::kAdd, "__add__", "__radd__"}, {BinaryOp::kSub, "__sub__", "__rsub__"},
    {BinaryOp::kMul, "__mul__", "__rmul__"}, {BinaryOp::kDiv, "__truediv__", "__rtruediv__"},
    {BinaryOp::kMod, "__mod__", ""},         {BinaryOp::kFloorDiv, "__floordiv__", ""},
    {BinaryOp::kMatMul, "__matmul__", ""},   {BinaryOp::kPow, "__pow__", ""},
    {BinaryOp::kBitAnd, "__and__", ""},      {BinaryOp::kBitOr, "__or__", ""},
    {BinaryOp::kBitXor, "__xor__", ""},      {BinaryOp::kShl, "__lshift__", ""},
    {BinaryOp::kShr, "__rshift__", ""},      {BinaryOp::kLt, "__lt__", "__gt__"},
    {BinaryOp::kLe, "__le__", "__ge__"},     {BinaryOp::kGt, "__gt__", "__lt__"},
    {BinaryOp::kGe, "__ge__", "__le__"},     {BinaryOp::kEq, "__eq__", ""},
    {BinaryOp::kNe, "__eq__", ""},           {BinaryOp::kIn, "__contains__", ""},
    {BinaryOp::kNotIn, "__contains__", ""},
};

// Dates and times: what is left after `-`, and what `+` keeps.
bool IsDate(const Site& site) {
  return site.name == "datetime.date" || site.name == "datetime.timedelta";
}

}  // namespace

SetId Inference::Expression(NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::kName:
      return EvalName(node);
    case NodeKind::kSelfRef:
      return EvalSelf(node);
    case NodeKind::kSuperRef: {
      const NodeId class_def = structure_.class_def[node.index];
      return class_def ? BaseInstances(class_def) : kUnknownSet;
    }
    case NodeKind::kSuperCall:
      return EvalSuperCall(node);
    case NodeKind::kNumber:
      switch (ir::Number(tree_, node).kind()) {
        case ir::NumberKind::kInt:
          return lattice_.Of(TypeKind::kInt);
        case ir::NumberKind::kFloat:
          return lattice_.OfBits(Bit(TypeKind::kFloat) | LooksOfNumber(ir::Number(tree_, node).text()));
        case ir::NumberKind::kBigInt:
          return lattice_.Of(TypeKind::kBigInt);
        case ir::NumberKind::kImaginary:
          return kUnknownSet;
      }
      return kUnknownSet;
    case NodeKind::kString:
      return lattice_.OfText(is_js_ ? 0 : LooksOf(tree_.text(node)));
    case NodeKind::kTemplate:
      return lattice_.OfText(is_js_ ? 0 : LooksOfTemplate(node));
    case NodeKind::kFormatValue:
      return lattice_.OfText(is_js_ ? 0 : LooksOfFormatted(node));
    case NodeKind::kBytes:
      return lattice_.Of(TypeKind::kBytes);
    case NodeKind::kRegex:
      return lattice_.Of(TypeKind::kRegex);
    case NodeKind::kBool:
      return lattice_.Of(TypeKind::kBool);
    case NodeKind::kNull:
      return lattice_.Of(TypeKind::kNull);
    case NodeKind::kUndefined:
      return lattice_.Of(TypeKind::kUndefined);
    case NodeKind::kList:
      return EvalSequenceLiteral(node, TypeKind::kList, ir::List(tree_, node).elements());
    case NodeKind::kTuple:
      return EvalSequenceLiteral(node, TypeKind::kTuple, ir::Tuple(tree_, node).elements());
    case NodeKind::kSetLit:
      return EvalSequenceLiteral(node, TypeKind::kSet, ir::SetLit(tree_, node).elements());
    case NodeKind::kDict:
      return EvalDict(node);
    case NodeKind::kFunctionExpr:
    case NodeKind::kLambda:
      return lattice_.OfSite(lattice_.SiteAt(node, TypeKind::kFunction));
    case NodeKind::kClassExpr:
      return lattice_.OfSite(lattice_.SiteAt(node, TypeKind::kClass));
    case NodeKind::kCall:
      return EvalCall(node);
    case NodeKind::kNew:
      return EvalNew(node);
    case NodeKind::kAttribute: {
      const ir::Attribute attribute(tree_, node);
      const SetId value = ReadMember(Read(attribute.object()), MemberAtom(node), node);
      return IsTested(node) ? Narrow(node, Resolve(value)) : value;
    }
    case NodeKind::kSubscript: {
      const ir::Subscript subscript(tree_, node);
      return ReadIndex(Read(subscript.object()), subscript.index(), node);
    }
    case NodeKind::kOptionalChain: {
      const SetId value = Read(ir::OptionalChain(tree_, node).value());
      return value == kNeverSet ? value : lattice_.Join(value, Nothing());
    }
    case NodeKind::kUnary:
      return EvalUnary(node);
    case NodeKind::kBinary:
      return EvalBinary(node);
    case NodeKind::kCompareChain:
      return lattice_.Of(TypeKind::kBool);
    case NodeKind::kLogical:
      return EvalLogical(node);
    case NodeKind::kConditional: {
      const ir::Conditional choice(tree_, node);
      return lattice_.Join(ReadRaw(choice.then_value()), ReadRaw(choice.else_value()));
    }
    case NodeKind::kAwait:
      return AwaitedValue(ReadRaw(ir::Await(tree_, node).value()));
    case NodeKind::kSpawn:
      return Read(ir::Spawn(tree_, node).call());
    case NodeKind::kDefer:
      return Read(ir::Defer(tree_, node).call());
    case NodeKind::kAssignExpr: {
      const ir::AssignExpr assign(tree_, node);
      SetId value = ReadRaw(assign.value());
      if (assign.op() != BinaryOp::kNone) {
        SetId left = Read(assign.target());
        if (tree_.Is(assign.target(), NodeKind::kName)) {
          left = Read(CellOf(scopes_.binding_of[assign.target().index]));
        }
        value = BinaryResult(assign.op(), left, Resolve(value), node, assign.value());
      }
      Bind(assign.target(), value);
      return value;
    }
    case NodeKind::kLogicalAssign: {
      const ir::LogicalAssign assign(tree_, node);
      const SetId value = Read(assign.value());
      SetId left = Read(assign.target());
      if (tree_.Is(assign.target(), NodeKind::kName)) {
        left = Read(CellOf(scopes_.binding_of[assign.target().index]));
      }
      Bind(assign.target(), value);
      if (assign.op() == ir::LogicalOp::kAnd) return lattice_.Join(Falsy(left), value);
      return lattice_.Join(lattice_.Without(left, kNullBits), value);
    }
    case NodeKind::kUpdate: {
      const NodeId target = ir::Update(tree_, node).target();
      Bind(target, lattice_.Of(TypeKind::kInt));
      return lattice_.Of(TypeKind::kInt);
    }
    case NodeKind::kSequence: {
      const auto all = ir::Sequence(tree_, node).expressions();
      return all.empty() ? kUnknownSet : Read(all.back());
    }
    case NodeKind::kWalrus: {
      const ir::Walrus walrus(tree_, node);
      const SetId value = ReadRaw(walrus.value());
      Bind(walrus.target(), value);
      return value;
    }
    case NodeKind::kComprehension:
      return EvalComprehension(node);
    case NodeKind::kDynamicImport: {
      const std::string path = names_.PathOf(node);
      const SetId module = path.empty() ? kUnknownSet : LibraryValue(path);
      return lattice_.OfSite(Make(TypeKind::kPromise, node, 0, module));
    }
    case NodeKind::kTaggedTemplate: {
      Args args;
      args.has_spread = true;
      args.spread = kUnknownSet;
      return CallSet(Read(ir::TaggedTemplate(tree_, node).tag()), args, node);
    }
    case NodeKind::kSlice:
    case NodeKind::kEllipsis:
    case NodeKind::kYield:
    case NodeKind::kMetaProperty:
    case NodeKind::kOpaque:
    case NodeKind::kHole:
      return kUnknownSet;
    default:
      return kNeverSet;  // patterns: written by Bind
  }
}

SetId Inference::EvalName(NodeId node) {
  if (scopes_.role[node.index] != NameRole::kRead) return kNeverSet;  // written by Bind
  const BindingId id = scopes_.binding_of[node.index];
  const Binding& binding = scopes_.bindings[id.index];
  if (binding.kind == BindingKind::kFree) {
    SetId value = Read(CellOf(id));  // assigned although it is not declared here
    return lattice_.Join(value, LibraryValue(tree_.strings().Text(binding.name)));
  }
  const NodeId write = ReachingWrite(node);
  const SetId raw = ReadRaw(write ? CellOf(write) : CellOf(id));
  return IsTested(node) ? Narrow(node, Resolve(raw)) : raw;
}

SetId Inference::EvalSelf(NodeId node) {
  // Arrows and Python's nested functions see the `this` of what is around them.
  NodeId function = structure_.function[node.index];
  while (function && !tree_.Is(function, NodeKind::kMethod)) {
    const bool has_own_this = is_js_ && (tree_.Is(function, NodeKind::kFunctionDef) ||
                                         (tree_.Is(function, NodeKind::kFunctionExpr) &&
                                          !ir::FunctionExpr(tree_, function).is_arrow()));
    if (has_own_this) {
      // `{ next: function () { this... } }`
      const NodeId entry = structure_.parent[function.index];
      if (auto assign = ir::As<ir::Assign>(tree_, entry); assign && assign.value() == function) {
        // `app.use = function () { this... }`
        auto place = ir::As<ir::Attribute>(tree_, assign.targets().back());
        if (!place || !tree_.Is(place.object(), NodeKind::kName)) return kUnknownSet;
        return Read(CellOf(place.object()));
      }
      if (!tree_.Is(entry, NodeKind::kDictEntry)) return kUnknownSet;
      return lattice_.OfSite(lattice_.SiteAt(structure_.parent[entry.index], TypeKind::kDict));
    }
    function = structure_.function[function.index];
  }
  if (function) {
    const NodeId owner = structure_.parent[function.index];
    if (tree_.Is(owner, NodeKind::kMethodEntry)) {
      return lattice_.OfSite(lattice_.SiteAt(structure_.parent[owner.index], TypeKind::kDict));
    }
  }
  const NodeId class_def = structure_.class_def[node.index];
  if (!class_def) return kUnknownSet;
  const bool is_static = function && ir::Method(tree_, function).is_static();
  return lattice_.OfSite(
      lattice_.SiteAt(class_def, is_static ? TypeKind::kClass : TypeKind::kInstance));
}

SetId Inference::EvalSequenceLiteral(NodeId node, TypeKind kind, std::span<const NodeId> elements) {
  const SiteId site = lattice_.SiteAt(node, kind);
  bool has_positions = kind != TypeKind::kSet && elements.size() <= kMaxPositions;
  for (NodeId element : elements) {
    has_positions = has_positions && ir::HasCategory(tree_.kind(element), ir::category::Expr);
  }
  if (has_positions && lattice_.site(site).members.empty() && lattice_.FindSite(site) == site) {
    std::vector<CellId> members(elements.size());
    for (CellId& cell : members) cell = lattice_.NewCell();
    lattice_.site(site).members = std::move(members);
  }
  for (std::size_t i = 0; i < elements.size(); ++i) {
    SetId value = kNeverSet;
    if (auto spread = ir::As<ir::Spread>(tree_, elements[i])) {
      value = ElementOf(Read(spread.value()), false);
    } else if (tree_.Is(elements[i], NodeKind::kElision)) {
      value = Nothing();
    } else {
      value = ReadRaw(elements[i]);
    }
    lattice_.Add(lattice_.Element(site), value);
    if (CellId member = has_positions ? lattice_.Member(site, i) : 0) lattice_.Add(member, value);
  }
  return lattice_.OfSite(site);
}

SetId Inference::EvalDict(NodeId node) {
  const SiteId site = lattice_.SiteAt(node, TypeKind::kDict);
  const bool holds_keywords = tree_.Is(structure_.parent[node.index], NodeKind::kKeywordSpread);
  for (NodeId entry_id : ir::Dict(tree_, node).entries()) {
    if (auto entry = ir::As<ir::DictEntry>(tree_, entry_id)) {
      const SetId value = ReadRaw(entry.value());
      SetId key = Read(entry.key());
      if (holds_keywords && lattice_.OnlyKinds(key, kText)) key = lattice_.Of(TypeKind::kStr);
      lattice_.Add(lattice_.Key(site), key);
      if (auto name = ir::As<ir::String>(tree_, entry.key())) {
        AddField(site, tree_.node(entry.key()).atom, value);
      } else {
        lattice_.Add(lattice_.Element(site), value);
      }
    } else if (auto spread = ir::As<ir::Spread>(tree_, entry_id)) {
      Merge(lattice_.OfSite(site), Read(spread.value()));
    } else if (auto method_entry = ir::As<ir::MethodEntry>(tree_, entry_id)) {
      const auto method = ir::As<ir::Method>(tree_, method_entry.method());
      if (!method) continue;
      const bool is_getter = method.kind() == ir::MethodKind::kGetter;
      const SetId value = is_getter
                              ? ResultOf(method.id())
                              : lattice_.OfSite(lattice_.SiteAt(method.id(), TypeKind::kFunction));
      if (method.kind() == ir::MethodKind::kSetter) continue;
      if (const Atom name = tree_.node(method.id()).atom) AddField(site, name, value);
    }
  }
  return lattice_.OfSite(site);
}

SetId Inference::EvalComprehension(NodeId node) {
  const ir::Comprehension comprehension(tree_, node);
  const SetId element = Read(comprehension.element());
  switch (comprehension.kind()) {
    case ir::ComprehensionKind::kList:
      return lattice_.OfSite(Make(TypeKind::kList, node, 0, element));
    case ir::ComprehensionKind::kSet:
      return lattice_.OfSite(Make(TypeKind::kSet, node, 0, element));
    case ir::ComprehensionKind::kDict: {
      const SetId value = comprehension.value() ? Read(comprehension.value()) : kUnknownSet;
      return lattice_.OfSite(Make(TypeKind::kDict, node, 0, value, element));
    }
    case ir::ComprehensionKind::kGenerator: {
      bool is_async = false;
      for (NodeId clause : comprehension.clauses()) {
        const auto loop = ir::As<ir::CompFor>(tree_, clause);
        is_async = is_async || (loop && loop.is_async());
      }
      return lattice_.OfSite(
          Make(is_async ? TypeKind::kAsyncIterator : TypeKind::kIterator, node, 0, element));
    }
  }
  return kUnknownSet;
}

SetId Inference::Truthy(SetId set) { return lattice_.Without(set, kNullBits); }

SetId Inference::Falsy(SetId set) {
  return lattice_.Without(set, is_js_ ? kAlwaysTrue | kObjects : kAlwaysTrue);
}

SetId Inference::EvalLogical(NodeId node) {
  const ir::Logical logical(tree_, node);
  const SetId left = Read(logical.left());
  const SetId right = Read(logical.right());
  switch (logical.op()) {
    case ir::LogicalOp::kAnd:
      return left == kNeverSet ? left : lattice_.Join(Falsy(left), right);
    case ir::LogicalOp::kOr:
    case ir::LogicalOp::kNullish:
      return lattice_.Join(Truthy(left), right);
  }
  return kUnknownSet;
}

SetId Inference::EvalUnary(NodeId node) {
  const ir::Unary unary(tree_, node);
  SetId operand = Read(unary.operand());
  if (!is_js_ && unary.op() != ir::UnaryOp::kNot && operand != kUnknownSet) {
    const SetId number = lattice_.Keep(operand, kNumberBits);
    if (number != kNeverSet) operand = number;
  }
  switch (unary.op()) {
    case ir::UnaryOp::kNot:
    case ir::UnaryOp::kDelete:
      return lattice_.Of(TypeKind::kBool);
    case ir::UnaryOp::kTypeOf:
      return lattice_.Of(TypeKind::kStr);
    case ir::UnaryOp::kVoid:
      return lattice_.Of(TypeKind::kUndefined);
    case ir::UnaryOp::kBitNot:
    case ir::UnaryOp::kNeg:
    case ir::UnaryOp::kPos:
      if (operand == kNeverSet) return operand;
      if (lattice_.OnlyKinds(operand, kIntBits)) return lattice_.Of(TypeKind::kInt);
      if (lattice_.OnlyKinds(operand, kNumberBits)) return lattice_.Keep(operand, kNumberBits);
      if (lattice_.OnlyKinds(operand, Bit(TypeKind::kBigInt))) return operand;
      if (!is_js_) return kUnknownSet;
      // Everything is made a number: `+text`, `-value`.
      return unary.op() == ir::UnaryOp::kBitNot
                 ? lattice_.Of(TypeKind::kInt)
                 : lattice_.OfBits(Bit(TypeKind::kInt) | Bit(TypeKind::kFloat));
  }
  return kUnknownSet;
}

SetId Inference::EvalBinary(NodeId node) {
  const ir::Binary binary(tree_, node);
  if (!is_js_) {
    const auto defined = CallOperator(binary.op(), Read(binary.left()), Read(binary.right()));
    if (defined) return ir::IsComparison(binary.op()) ? lattice_.Of(TypeKind::kBool) : *defined;
  }
  return BinaryResult(binary.op(), Read(binary.left()), Read(binary.right()), node, binary.right());
}

// What the classes of the file define for an operator; nothing if they define none.
std::optional<SetId> Inference::CallInPlace(BinaryOp op, SetId left, SetId right) {
  const auto word = std::find_if(std::begin(kOperators), std::end(kOperators),
                                 [op](const OperatorWord& entry) { return entry.op == op; });
  if (is_js_ || word == std::end(kOperators)) return std::nullopt;
  const std::string name = "__i" + std::string(word->method.substr(2));
  std::optional<SetId> result;
  const std::vector<SiteId> sites = lattice_.Sites(left);
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    if (site.kind != TypeKind::kInstance || !site.name.empty()) continue;
    const NodeId method = FindMethod(site.node, AtomOf(name), false);
    if (!method) continue;
    Args args;
    args.positional = {right};
    result = lattice_.Join(result.value_or(kNeverSet), Resolve(CallDeclared(method, args, NodeId{})));
  }
  return result ? result : CallOperator(op, left, right);
}

std::optional<SetId> Inference::CallOperator(BinaryOp op, SetId left, SetId right) {
  const auto word = std::find_if(std::begin(kOperators), std::end(kOperators),
                                 [op](const OperatorWord& entry) { return entry.op == op; });
  if (is_js_ || word == std::end(kOperators)) return std::nullopt;
  std::optional<SetId> result;
  const auto call = [&](SetId receiver, std::string_view name, SetId argument) {
    const std::vector<SiteId> sites = lattice_.Sites(receiver);
    for (SiteId id : sites) {
      const Site site = lattice_.site(id);
      if (site.kind != TypeKind::kInstance || !site.name.empty()) continue;
      const NodeId method = FindMethod(site.node, tree_.strings().Intern(name), false);
      if (!method) continue;
      Args args;
      args.positional = {argument};
      result =
          lattice_.Join(result.value_or(kNeverSet), Resolve(CallDeclared(method, args, NodeId{})));
    }
  };
  if (op == BinaryOp::kIn || op == BinaryOp::kNotIn) {
    call(right, word->method, left);
  } else {
    call(left, word->method, right);
    if (!word->reflected.empty()) call(right, word->reflected, left);
  }
  return result;
}

SetId Inference::AddResult(SetId left, SetId right, NodeId at) {
  if (lattice_.OnlyKinds(left, kText) || lattice_.OnlyKinds(right, kText)) {
    return lattice_.OfText(is_js_ ? 0 : LooksOfSum(left, right));
  }
  // Python adds bytes to nothing else.
  const std::uint32_t bytes = Bit(TypeKind::kBytes);
  if (!is_js_ && (lattice_.OnlyKinds(left, bytes) || lattice_.OnlyKinds(right, bytes)))
    return lattice_.Of(TypeKind::kBytes);
  if (left == kUnknownSet || right == kUnknownSet) return kUnknownSet;
  const std::uint32_t lists = Bit(TypeKind::kList) | Bit(TypeKind::kTuple);
  if (!is_js_ && lattice_.OnlyKinds(left, lists) && lattice_.OnlyKinds(right, lists)) {
    const TypeKind kind =
        lattice_.OnlyKinds(left, Bit(TypeKind::kTuple)) ? TypeKind::kTuple : TypeKind::kList;
    return lattice_.OfSite(
        Make(kind, at, 0, lattice_.Join(ElementOf(left, false), ElementOf(right, false))));
  }
  const std::uint32_t numbers = kNumberBits | Bit(TypeKind::kBigInt);
  // `undefined + 1` is not what anyone means: a variable that starts empty counts as what it holds later.
  const SetId a = lattice_.Without(left, kNullBits);
  const SetId b = lattice_.Without(right, kNullBits);
  if (a == kNeverSet || b == kNeverSet) return kNeverSet;
  SetId result = kNeverSet;
  if (((lattice_.Kinds(a) | lattice_.Kinds(b)) & kText) != 0) {
    result = lattice_.OfText(is_js_ ? 0 : LooksOfSum(a, b));
  }
  const SetId x = lattice_.Keep(a, numbers);
  const SetId y = lattice_.Keep(b, numbers);
  if (x != kNeverSet && y != kNeverSet) {
    const bool is_int = lattice_.OnlyKinds(x, kIntBits) && lattice_.OnlyKinds(y, kIntBits);
    const bool is_float = lattice_.OnlyKinds(x, Bit(TypeKind::kFloat)) ||
                          lattice_.OnlyKinds(y, Bit(TypeKind::kFloat));
    const bool is_big = lattice_.OnlyKinds(x, Bit(TypeKind::kBigInt));
    result = lattice_.Join(
        result, is_big     ? lattice_.Of(TypeKind::kBigInt)
                : is_int   ? lattice_.Of(TypeKind::kInt)
                : is_float ? FloatOf(x, y)
                           : lattice_.OfBits(Bit(TypeKind::kInt) | Bit(TypeKind::kFloat)));
  }
  const std::uint32_t known = numbers | kText | kNullBits;
  if (((lattice_.Kinds(a) | lattice_.Kinds(b)) & ~known) == 0) return result;
  // JavaScript adds objects as text; Python asks `__add__`.
  return is_js_ ? lattice_.Join(result, lattice_.Of(TypeKind::kStr)) : kUnknownSet;
}

SetId Inference::BinaryResult(BinaryOp op, SetId left, SetId right, NodeId at, NodeId right_node) {
  if (op != BinaryOp::kNone && ir::IsComparison(op)) return lattice_.Of(TypeKind::kBool);
  if (left == kNeverSet || right == kNeverSet) return kNeverSet;
  const std::uint32_t sequences =
      kText | Bit(TypeKind::kList) | Bit(TypeKind::kTuple) | Bit(TypeKind::kBytes);
  if (!is_js_) {
    if (op == BinaryOp::kMod && lattice_.OnlyKinds(left, kText)) {
      return lattice_.OfText(LooksOfFormat(ir::Binary(tree_, at).left(), left));
    }
    if (op == BinaryOp::kMul) {
      if (lattice_.OnlyKinds(left, sequences)) return left;
      if (lattice_.OnlyKinds(right, sequences)) return right;
    }
    const std::uint32_t sets = Bit(TypeKind::kSet) | Bit(TypeKind::kDict) | Bit(TypeKind::kMap);
    // `d.keys() - seen`: only the views of dicts are taken for sets.
    const bool is_set_op = op == BinaryOp::kSub || op == BinaryOp::kBitAnd ||
                           op == BinaryOp::kBitOr || op == BinaryOp::kBitXor;
    if (is_set_op && lattice_.OnlyKinds(left, Bit(TypeKind::kIterator)))
      return lattice_.OfSite(Make(TypeKind::kSet, at, 0, ElementOf(left, false)));
    if (lattice_.OnlyKinds(left, sets)) {
      if (op == BinaryOp::kSub || op == BinaryOp::kBitAnd) return left;
      if (op == BinaryOp::kBitOr || op == BinaryOp::kBitXor) return lattice_.Join(left, right);
    }
    // Counters are added up and taken from each other.
    const auto is_counter = [this](SetId set) {
      const std::vector<SiteId> sites = lattice_.Sites(set);
      return !sites.empty() && lattice_.Bits(set) == 0 &&
             std::all_of(sites.begin(), sites.end(), [this](SiteId id) { return lattice_.site(id).name.ends_with("Counter"); });
    };
    if (is_counter(left)) {
      if (op == BinaryOp::kSub || op == BinaryOp::kBitAnd) return left;
      if (op == BinaryOp::kAdd || op == BinaryOp::kBitOr) return is_counter(right) ? lattice_.Join(left, right) : left;
    }
    // Flags that are put together are a value of their class.
    if (op == BinaryOp::kBitAnd || op == BinaryOp::kBitOr || op == BinaryOp::kBitXor) {
      const std::vector<SiteId> sites = lattice_.Sites(left);
      const bool one = sites.size() == 1 && lattice_.Bits(left) == 0;
      if (one && lattice_.site(sites[0]).kind == TypeKind::kInstance) {
        const NodeId node = lattice_.site(sites[0]).node;
        if (HasLibraryBase(node, "enum.Flag") || HasLibraryBase(node, "enum.IntFlag")) return left;
      }
    }
    // Days between two dates; a date moved by some days.
    const std::vector<SiteId> left_sites = lattice_.Sites(left);
    const bool left_is_date = lattice_.OnlyKinds(left, Bit(TypeKind::kDate)) ||
                              (left_sites.size() == 1 && lattice_.Bits(left) == 0 &&
                               IsDate(lattice_.site(left_sites[0])));
    if (left_is_date && (op == BinaryOp::kSub || op == BinaryOp::kAdd)) {
      const SetId difference =
          lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, "datetime.timedelta"));
      return op == BinaryOp::kSub && left == right ? difference : left;
    }
    const auto is_duration = [this](SetId set) {
      const std::vector<SiteId> sites = lattice_.Sites(set);
      return sites.size() == 1 && lattice_.Bits(set) == 0 && lattice_.site(sites[0]).name == "datetime.timedelta";
    };
    if (is_duration(left)) {
      const bool both = is_duration(right);
      if (op == BinaryOp::kDiv) return both ? lattice_.Of(TypeKind::kFloat) : left;
      if (op == BinaryOp::kFloorDiv) return both ? lattice_.Of(TypeKind::kInt) : left;
      return op == BinaryOp::kAdd && !both ? right : left;
    }
    if (is_duration(right) && op == BinaryOp::kMul) return right;
    // `path / "name"`
    if (op == BinaryOp::kDiv && lattice_.OnlyKinds(left, Bit(TypeKind::kInstance))) return left;
  }
  if (op == BinaryOp::kAdd) return AddResult(left, right, at);
  if (lattice_.OnlyKinds(left, Bit(TypeKind::kBigInt)) && is_js_) return left;

  // Text or null in a Python subtraction is an error: what is left is the rest.
  const std::uint32_t no_numbers = is_js_                 ? kNullBits
                                   : op == BinaryOp::kMul ? kNullBits
                                                          : kNullBits | kText;
  const SetId a = lattice_.Without(left, no_numbers);
  const SetId b = lattice_.Without(right, no_numbers);
  const bool known = lattice_.OnlyKinds(a, kNumberBits) && lattice_.OnlyKinds(b, kNumberBits);
  const bool ints = lattice_.OnlyKinds(a, kIntBits) && lattice_.OnlyKinds(b, kIntBits);
  const bool has_float =
      lattice_.OnlyKinds(a, Bit(TypeKind::kFloat)) || lattice_.OnlyKinds(b, Bit(TypeKind::kFloat));
  // JavaScript's operators give numbers whatever they are given; Python's may be redefined.
  if (!known && !is_js_) {
    const bool one_side = lattice_.OnlyKinds(a, kNumberBits) || lattice_.OnlyKinds(b, kNumberBits);
    if (!one_side || op == BinaryOp::kMul) return kUnknownSet;
  }
  const SetId any_number = lattice_.OfBits(Bit(TypeKind::kInt) | Bit(TypeKind::kFloat));
  switch (op) {
    case BinaryOp::kDiv:
      return known || is_js_ ? FloatOf(a, b) : kUnknownSet;
    case BinaryOp::kFloorDiv:
      return ints        ? lattice_.Of(TypeKind::kInt)
             : has_float ? FloatOf(a, b)
                         : kUnknownSet;
    case BinaryOp::kBitAnd:
    case BinaryOp::kBitOr:
    case BinaryOp::kBitXor:
    case BinaryOp::kShl:
    case BinaryOp::kShr:
    case BinaryOp::kUShr:
      return ints || is_js_ ? lattice_.Of(TypeKind::kInt) : kUnknownSet;
    case BinaryOp::kPow:
      if (ints && tree_.Is(right_node, NodeKind::kNumber)) return lattice_.Of(TypeKind::kInt);
      if (has_float) return FloatOf(a, b);
      return known || is_js_ || tree_.Is(right_node, NodeKind::kNumber) ? any_number : kUnknownSet;
    case BinaryOp::kMatMul:
      return kUnknownSet;
    default:  // - * %
      if (ints) return lattice_.Of(TypeKind::kInt);
      if (has_float) return FloatOf(a, b);
      return known || is_js_ ? any_number : kUnknownSet;
  }
}

}  // namespace asyncport::facts
