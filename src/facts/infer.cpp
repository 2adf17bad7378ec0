// The driver of inference: the work list, the second phase that fills gaps, and what statements do to values.
#include "facts/infer.h"

#include <algorithm>

#include "support/stop.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;
namespace slots = ir::slots;

namespace {

// Far above what any real program needs; then everything still in motion becomes unknown, and the work ends.
constexpr std::size_t kEvaluationsPerNode = 200;
// Deepest expression that the second phase follows gap by gap before it declares the rest unknown.
constexpr int kGapRounds = 6;

}  // namespace

Inference::Inference(const ir::Tree& tree, const Structure& structure, const Scopes& scopes,
                     const Names& names)
    : tree_(tree),
      structure_(structure),
      scopes_(scopes),
      names_(names),
      is_js_(tree.language() == Language::kJs),
      lattice_(tree.size(), [this](std::uint32_t node) { Wake(node); }),
      queued_(tree.size()),
      is_called_(tree.size()),
      met_gap_(tree.size()),
      is_tested_(tree.size()) {
  binding_cells_.resize(scopes.bindings.size());
  for (std::size_t i = 1; i < binding_cells_.size(); ++i) binding_cells_[i] = lattice_.NewCell();
  for (NodeId node : structure_.preorder) {
    if (auto method = ir::As<ir::Method>(tree_, node)) {
      const NodeId class_def = structure_.class_def[node.index];
      if (!class_def || !tree_.node(node).atom) continue;
      const std::uint64_t key =
          static_cast<std::uint64_t>(class_def.index) << 32 | MemberAtom(node).index;
      // A getter answers for its setter.
      NodeId& slot = methods_[key];
      if (!slot || method.kind() != ir::MethodKind::kSetter) slot = node;
      if (method.kind() == ir::MethodKind::kSetter) setters_[key] = node;
    }
    // `__rmul__ = __mul__`
    if (auto field = ir::As<ir::Field>(tree_, node); field && !is_js_ && tree_.Is(field.value(), NodeKind::kName)) {
      const NodeId class_def = structure_.class_def[node.index];
      const auto owner = static_cast<std::uint64_t>(class_def.index) << 32;
      const auto method = methods_.find(owner | tree_.node(field.value()).atom.index);
      if (class_def && method != methods_.end()) {
        const NodeId target = method->second;
        methods_.try_emplace(owner | tree_.node(node).atom.index, target);
      }
    }
    if (!IsClassKind(tree_.kind(node))) continue;
    for (NodeId base : ClassBases(node)) {
      if (!tree_.Is(base, NodeKind::kName)) continue;
      const Binding& binding = scopes_.bindings[scopes_.binding_of[base.index].index];
      if (tree_.Is(binding.definition, NodeKind::kClassDef) && binding.definition != node) {
        subclasses_[binding.definition.index].push_back(node);
      }
    }
  }
  CollectOverrides();
  CollectGuards();
}

void Inference::Wake(std::uint32_t node) {
  if (queued_[node]) return;
  queued_[node] = true;
  queue_.push_back(node);
}

void Inference::Run() {
  // Children before parents, in source order: most values are known before they are used.
  std::vector<NodeId> open;
  for (NodeId node : structure_.preorder) {
    while (!open.empty() && structure_.end[open.back().index] <= structure_.position[node.index]) {
      Wake(open.back().index);
      open.pop_back();
    }
    open.push_back(node);
  }
  for (; !open.empty(); open.pop_back()) Wake(open.back().index);
  Drain();
  FillGaps();
}

void Inference::Drain() {
  std::size_t budget = kEvaluationsPerNode * (tree_.size() + 64);
  while (!queue_.empty()) {
    if (budget % 256 == 0) CheckStop();
    const NodeId node{queue_.front()};
    queue_.pop_front();
    queued_[node.index] = false;
    current_ = node;
    if (budget == 0) {
      if (ir::HasCategory(tree_.kind(node), ir::category::Expr)) SetNode(node, kUnknownSet);
    } else {
      --budget;
      Evaluate(node);
    }
    current_ = NodeId{};
  }
}

// What nothing in the file decides: parameters of functions that nobody here calls, results of unknown calls. They stay
// "never" in the first phase, so that a recursive function is not unknown because of itself.
void Inference::FillGaps() {
  const std::uint32_t nulls = kNullBits;
  for (bool only_uncalled : {true, false}) {
    for (NodeId node : structure_.preorder) {
      if (!tree_.Is(node, NodeKind::kParam)) continue;
      const NodeId function = structure_.parent[node.index];
      if (only_uncalled && is_called_[function.index]) continue;
      const ir::Param param(tree_, node);
      if (param.kind() == ir::ParamKind::kRest || param.kind() == ir::ParamKind::kKeywordRest)
        continue;
      SetId now = Resolve(lattice_.Value(CellOf(node)));
      if (NodeId value = param.default_value()) {
        now = lattice_.Join(now, Resolve(lattice_.Value(CellOf(value))));
        if (!only_uncalled && now != kNeverSet) continue;
      }
      if (NodeId target = param.target(); tree_.Is(target, NodeKind::kName)) {
        now = lattice_.Join(now, Resolve(lattice_.Value(CellOf(scopes_.binding_of[target.index]))));
      }
      // `limit = None` alone says nothing about what a caller gives.
      if (now == kNeverSet || (only_uncalled && lattice_.OnlyKinds(now, nulls))) {
        if (lattice_.Add(CellOf(node), kUnknownSet)) Wake(node.index);
      }
    }
    Drain();
  }
  fills_gaps_ = true;
  for (NodeId node : structure_.preorder) {
    const NodeKind kind = tree_.kind(node);
    const bool asks = kind == NodeKind::kAttribute || kind == NodeKind::kSubscript || kind == NodeKind::kCall;
    if (asks && met_gap_[node.index]) Wake(node.index);
  }
  Drain();
  std::vector<NodeId> gaps;
  for (auto it = structure_.preorder.rbegin(); it != structure_.preorder.rend(); ++it) {
    if (IsGap(*it)) gaps.push_back(*it);
  }
  for (int round = 0; round <= kGapRounds && !gaps.empty(); ++round) {
    bool found = false;
    std::vector<NodeId> left;
    for (NodeId node : gaps) {
      if (!IsGap(node)) continue;
      bool waits = false;  // for an operand that is a gap itself
      if (round < kGapRounds && !IsFunctionKind(tree_.kind(node))) {
        tree_.ForEachChild(node, [&](NodeId child) { waits = waits || IsGap(child); });
      }
      if (waits) {
        left.push_back(node);
        continue;
      }
      found = true;
      SetNode(node, kUnknownSet);
    }
    if (!found) break;
    Drain();
    gaps = std::move(left);
  }
}

// An expression that no value has reached.
bool Inference::IsGap(NodeId node) {
  return ir::HasCategory(tree_.kind(node), ir::category::Expr) &&
         Resolve(lattice_.Value(CellOf(node))) == kNeverSet;
}

SetId Inference::ReadRaw(CellId cell) {
  if (current_) lattice_.Depend(cell, current_.index);
  return lattice_.Value(cell);
}

SetId Inference::Resolve(SetId set) {
  // A parameter may have been handed a parameter, also itself.
  std::vector<SiteId> seen;
  while (lattice_.HasParameters(set)) {
    SetId result =
        lattice_.KeepSites(set, ~0u, [](const Site& s) { return s.kind != kParameterSite; });
    const std::vector<SiteId> sites = lattice_.Sites(set);
    for (SiteId id : sites) {
      if (lattice_.site(id).kind != kParameterSite) continue;
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      result = lattice_.Join(result, ReadRaw(lattice_.Element(id)));
    }
    set = result;
  }
  return set;
}

void Inference::SetNode(NodeId node, SetId set) {
  if (!lattice_.Add(CellOf(node), set)) return;
  if (NodeId parent = structure_.parent[node.index]) Wake(parent.index);
}

SetId Inference::Nothing() { return lattice_.Of(is_js_ ? TypeKind::kUndefined : TypeKind::kNull); }

CellId Inference::ReturnCell(NodeId function) {
  CellId& cell = return_cells_[function.index];
  if (cell == 0) cell = lattice_.NewCell();
  return cell;
}

CellId Inference::YieldCell(NodeId function) {
  CellId& cell = yield_cells_[function.index];
  if (cell == 0) cell = lattice_.NewCell();
  return cell;
}

SetId Inference::Returned(NodeId function) {
  const auto it = return_cells_.find(function.index);
  return it == return_cells_.end() ? kNeverSet : Resolve(lattice_.Value(it->second));
}

SetId Inference::ValueOf(NodeId node) {
  if (!node) return kNeverSet;
  if (auto param = ir::As<ir::Param>(tree_, node)) {
    if (param.target() && tree_.Is(param.target(), NodeKind::kName)) return ValueOf(param.target());
  }
  if (tree_.Is(node, NodeKind::kName) && (scopes_.role[node.index] == NameRole::kWrite ||
                                          scopes_.role[node.index] == NameRole::kReadWrite)) {
    return Resolve(lattice_.Value(CellOf(scopes_.binding_of[node.index])));
  }
  return Resolve(lattice_.Value(CellOf(node)));
}

SetId Inference::Awaited(SetId set) {
  // A promise of a promise is one promise; Python's coroutine of a coroutine has to be awaited twice.
  for (int depth = 0; depth < 6; ++depth) {
    const std::uint32_t wrappers = Bit(TypeKind::kPromise) | Bit(TypeKind::kCoroutine);
    if (lattice_.HasParameters(set)) {
      const SetId resolved = Resolve(set);
      const bool is_plain = resolved != kUnknownSet && (lattice_.Kinds(resolved) & wrappers) == 0;
      // Nothing to await: what the caller gave comes back as it is.
      if (is_plain && resolved != kNeverSet) return set;
      set = resolved;
    }
    if (set == kUnknownSet || (lattice_.Kinds(set) & wrappers) == 0) return set;
    SetId result = lattice_.Without(set, wrappers);
    const std::vector<SiteId> sites = lattice_.Sites(set);
    for (SiteId site : sites) {
      if ((Bit(lattice_.site(site).kind) & wrappers) != 0) {
        result = lattice_.Join(result, ReadRaw(lattice_.Element(site)));
      }
    }
    if (!is_js_ || result == set) return result;
    set = result;
  }
  return set;
}

void Inference::Evaluate(NodeId node) {
  const NodeKind kind = tree_.kind(node);
  if (ir::HasCategory(kind, ir::category::Expr)) {
    SetNode(node, Expression(node));
  }
  EvaluateStatement(node);
}

void Inference::EvaluateForEach(NodeId target, NodeId iterable, bool is_async) {
  Bind(target, ElementOf(Read(iterable), is_async));
}

void Inference::EvaluateStatement(NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::kAssign: {
      const ir::Assign assign(tree_, node);
      SetId value = assign.value() ? ReadRaw(assign.value()) : kNeverSet;
      if (assign.annotation()) {
        const SetId declared = Annotation(assign.annotation());
        if (declared != kUnknownSet && value == kUnknownSet) value = declared;
        value = declared == kUnknownSet ? value : lattice_.Join(value, declared);
      } else if (!assign.value()) {
        const NodeId parent = structure_.parent[node.index];
        const bool is_loop_head = IsLoopKind(tree_.kind(parent));
        // `let x;` holds undefined until it is written; that matters only where something else is written too.
        value = is_js_ && !is_loop_head ? Nothing() : kNeverSet;
      }
      for (NodeId target : assign.targets()) Bind(target, value);
      break;
    }
    case NodeKind::kAugAssign: {
      const ir::AugAssign assign(tree_, node);
      const NodeId target = assign.target();
      SetId left = Read(target);
      if (tree_.Is(target, NodeKind::kName)) left = Read(CellOf(scopes_.binding_of[target.index]));
      const auto own = CallInPlace(assign.op(), left, Read(assign.value()));
      Bind(target, own ? *own : BinaryResult(assign.op(), left, Read(assign.value()), node, assign.value()));
      break;
    }
    case NodeKind::kForEach: {
      const ir::ForEach loop(tree_, node);
      EvaluateForEach(loop.target(), loop.iterable(), loop.is_async());
      break;
    }
    case NodeKind::kCompFor: {
      const ir::CompFor loop(tree_, node);
      EvaluateForEach(loop.target(), loop.iterable(), loop.is_async());
      break;
    }
    case NodeKind::kForIn:
      Bind(ir::ForIn(tree_, node).target(), lattice_.Of(TypeKind::kStr));
      break;
    case NodeKind::kReturn: {
      const NodeId function = structure_.function[node.index];
      if (!function) break;
      const NodeId value = ir::Return(tree_, node).value();
      lattice_.Add(ReturnCell(function), value ? ReadRaw(value) : Nothing());
      break;
    }
    case NodeKind::kYield: {
      const NodeId function = structure_.function[node.index];
      if (!function) break;
      const ir::Yield yield(tree_, node);
      SetId value = yield.value() ? ReadRaw(yield.value()) : Nothing();
      if (yield.is_delegate()) value = ElementOf(value, false);
      lattice_.Add(YieldCell(function), value);
      break;
    }
    case NodeKind::kWithItem: {
      const ir::WithItem item(tree_, node);
      if (!item.target()) break;
      const SetId context = Read(item.context());
      const NodeId with = structure_.parent[node.index];
      const bool is_async = tree_.Is(with, NodeKind::kWith) && ir::With(tree_, with).is_async();
      const Atom enter = tree_.strings().Intern(is_async ? "__aenter__" : "__enter__");
      // A generator here was made by @contextmanager: its yielded value is the target.
      const std::uint32_t generators = Bit(TypeKind::kIterator) | Bit(TypeKind::kAsyncIterator);
      SetId value = ElementOf(lattice_.Keep(context, generators), true);
      const SetId rest = lattice_.Without(context, generators);
      if (context == kUnknownSet) {
        value = kUnknownSet;
      } else if (rest != kNeverSet) {
        SetId entered = CallMethod(rest, enter, {}, node);
        if (is_async) entered = Awaited(entered);
        // Library classes mostly give themselves.
        value =
            lattice_.Join(value, entered == kUnknownSet || entered == kNeverSet ? rest : entered);
      }
      Bind(item.target(), value);
      break;
    }
    case NodeKind::kMatchCase: {
      const NodeId match = structure_.parent[node.index];
      if (tree_.Is(match, NodeKind::kMatch)) {
        BindMatch(ir::MatchCase(tree_, node).pattern(), Read(ir::Match(tree_, match).subject()));
      }
      break;
    }
    case NodeKind::kCatchClause:
      EvaluateCatch(node);
      break;
    case NodeKind::kParam:
      EvaluateParam(node);
      break;
    case NodeKind::kImport:
      EvaluateImport(node);
      break;
    case NodeKind::kField: {
      const ir::Field field(tree_, node);
      const NodeId class_def = structure_.class_def[node.index];
      if (!class_def || !tree_.node(node).atom) break;
      SetId value = field.value() ? Read(field.value()) : kNeverSet;
      if (field.annotation()) {
        const SetId declared = Annotation(field.annotation());
        if (declared != kUnknownSet)
          value = value == kUnknownSet ? declared : lattice_.Join(value, declared);
      } else if (!field.value()) {
        value = Nothing();
      }
      const TypeKind owner =
          field.is_static() && (is_js_ || field.value()) ? TypeKind::kClass : TypeKind::kInstance;
      lattice_.Add(lattice_.Field(lattice_.SiteAt(class_def, owner), MemberAtom(node)), value);
      if (BindingId id = scopes_.binding_of[node.index]) lattice_.Add(CellOf(id), value);
      break;
    }
    case NodeKind::kFunctionDef:
    case NodeKind::kFunctionExpr:
    case NodeKind::kLambda:
    case NodeKind::kMethod:
      EvaluateFunction(node);
      break;
    case NodeKind::kClassDef:
    case NodeKind::kClassExpr:
      EvaluateClass(node);
      break;
    default:
      break;
  }
}

void Inference::EvaluateCatch(NodeId node) {
  const ir::CatchClause clause(tree_, node);
  if (!clause.target()) return;
  SetId value = kNeverSet;
  if (clause.is_group()) {
    value = lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, "ExceptionGroup"));
  } else if (!clause.type()) {
    value = lattice_.OfSite(
        lattice_.NamedSite(TypeKind::kInstance, is_js_ ? "Error" : "BaseException"));
  } else {
    std::vector<NodeId> types{clause.type()};
    if (auto tuple = ir::As<ir::Tuple>(tree_, clause.type())) {
      types.assign(tuple.elements().begin(), tuple.elements().end());
    }
    for (NodeId type : types) {
      const SetId classes = Read(type);
      const std::vector<SiteId> sites = lattice_.Sites(classes);
      for (SiteId id : sites) {
        const Site& site = lattice_.site(id);
        if (site.kind != TypeKind::kClass) continue;
        value = lattice_.Join(
            value, lattice_.OfSite(site.name.empty()
                                       ? lattice_.SiteAt(site.node, TypeKind::kInstance)
                                       : lattice_.NamedSite(TypeKind::kInstance, site.name)));
      }
      if (sites.empty()) {
        // An error class that the tables do not know is an error all the same.
        const std::string path = names_.PathOf(type);
        value = lattice_.Join(
            value, path.empty() ? kUnknownSet
                                : lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, path)));
      }
    }
  }
  Bind(clause.target(), value);
}

void Inference::EvaluateParam(NodeId node) {
  const ir::Param param(tree_, node);
  if (!param.target()) return;
  const bool is_plain =
      param.kind() != ir::ParamKind::kRest && param.kind() != ir::ParamKind::kKeywordRest;
  // What callers give; through a parameter of theirs if they only hand it on.
  SetId value = is_plain ? ReadRaw(CellOf(node)) : Read(CellOf(node));
  bool is_declared = false;
  if (param.annotation()) {
    const SetId declared = Annotation(param.annotation());
    is_declared = declared != kUnknownSet;
    if (is_declared) {
      const SetId loose = AnyIterable(param.annotation(), declared, value);
      value = loose != kUnknownSet ? loose : WithLooks(declared, value);
    }
  }
  // A method of a derived class takes what the base's declares.
  if (!is_js_ && !is_declared && is_plain && !param.default_value()) {
    const SetId declared = DeclaredByBase(node);
    is_declared = declared != kUnknownSet;
    if (is_declared) value = WithLooks(declared, value);
  }
  // An order is one among objects of the same class, which sorting compares.
  if (!is_js_ && !is_declared && is_plain) value = lattice_.Join(value, ComparedWith(node));
  // What Python itself hands to a manager that is left.
  if (!is_js_ && !is_declared && is_plain) value = lattice_.Join(value, GivenToExit(node));
  switch (param.kind()) {
    case ir::ParamKind::kRest:
      if (const SetId exit = AllGivenToExit(node); exit != kNeverSet) {
        value = exit;
        break;
      }
      value = lattice_.OfSite(Make(is_js_ ? TypeKind::kList : TypeKind::kTuple, node, 0, value));
      break;
    case ir::ParamKind::kKeywordRest:
      value = lattice_.OfSite(Make(TypeKind::kDict, node, 0, value, lattice_.Of(TypeKind::kStr)));
      break;
    default:
      if (param.default_value()) {
        if (is_js_) value = lattice_.Without(Resolve(value), Bit(TypeKind::kUndefined));
        value = lattice_.Join(value, Read(param.default_value()));
      }
      if (!is_declared && tree_.Is(param.target(), NodeKind::kName) &&
          !scopes_.bindings[scopes_.binding_of[param.target().index].index].reassigned) {
        value = lattice_.OfSite(Make(kParameterSite, node, 0, value));
      }
      break;
  }
  Bind(param.target(), value);
}

void Inference::EvaluateImport(NodeId node) {
  for (NodeId id : ir::Import(tree_, node).items()) {
    const auto item = ir::As<ir::ImportItem>(tree_, id);
    if (!item || !item.local() || !tree_.Is(item.local(), NodeKind::kName)) continue;
    const Binding& binding = scopes_.bindings[scopes_.binding_of[item.local().index].index];
    if (binding.path.empty()) continue;
    SetId value = LibraryValue(binding.path);
    const bool is_module = item.kind() == ir::ImportKind::kNamespace;
    if (value == kUnknownSet && is_module) {
      value = lattice_.OfSite(lattice_.NamedSite(TypeKind::kModule, binding.path));
    }
    Bind(item.local(), value);
  }
}

void Inference::EvaluateFunction(NodeId node) {
  bool is_async = false;
  bool is_generator = false;
  NodeId body;
  NodeId returns;
  NodeId name;
  std::span<const NodeId> decorators;
  switch (tree_.kind(node)) {
    case NodeKind::kFunctionDef: {
      const ir::FunctionDef f(tree_, node);
      is_async = f.is_async(), is_generator = f.is_generator(), body = f.body();
      returns = f.returns(), name = f.name(), decorators = f.decorators();
      break;
    }
    case NodeKind::kFunctionExpr: {
      const ir::FunctionExpr f(tree_, node);
      is_async = f.is_async(), is_generator = f.is_generator(), body = f.body(), name = f.name();
      break;
    }
    case NodeKind::kMethod: {
      const ir::Method f(tree_, node);
      is_async = f.is_async(), is_generator = f.is_generator(), body = f.body(),
      returns = f.returns();
      break;
    }
    default: {
      const ir::Lambda f(tree_, node);
      is_async = f.is_async();
      lattice_.Add(ReturnCell(node), ReadRaw(f.body()));
      break;
    }
  }
  const CellId returned = ReturnCell(node);
  const SetId declared = returns ? Annotation(returns) : kUnknownSet;
  if (declared != kUnknownSet && !is_generator) {
    lattice_.Add(returned, declared);
  } else if (body && !is_generator && CanFallThrough(body)) {
    lattice_.Add(returned, Nothing());
  }
  if (is_generator) {
    const TypeKind kind = is_async ? TypeKind::kAsyncIterator : TypeKind::kIterator;
    SetId yielded = ReadRaw(YieldCell(node));
    if (is_async && is_js_) yielded = Awaited(yielded);
    Make(kind, node, 0, yielded);
  } else if (is_async) {
    const SetId result = ReadRaw(returned);
    Make(is_js_ ? TypeKind::kPromise : TypeKind::kCoroutine, node, 0,
         is_js_ ? Awaited(result) : result);
  }
  SetId value = lattice_.OfSite(lattice_.SiteAt(node, TypeKind::kFunction));
  // The innermost decorator comes last. Decorators of libraries mostly keep the signature.
  for (auto it = decorators.rbegin(); it != decorators.rend(); ++it) {
    const SetId decorator = Read(*it);
    if (lattice_.OnlyKinds(decorator, Bit(TypeKind::kFunction) | Bit(TypeKind::kClass))) {
      Args args;
      args.positional = {value};
      const SetId wrapped = CallSet(decorator, args, *it);
      if (wrapped != kUnknownSet && wrapped != kNeverSet) value = wrapped;
    }
  }
  if (name) Bind(name, value);
  if (BindingId id = scopes_.binding_of[node.index])
    lattice_.Add(CellOf(id), value);  // Python methods
}

void Inference::EvaluateClass(NodeId node) {
  const SetId value = lattice_.OfSite(lattice_.SiteAt(node, TypeKind::kClass));
  const NodeId name = tree_.Is(node, NodeKind::kClassDef) ? ir::ClassDef(tree_, node).name()
                                                          : ir::ClassExpr(tree_, node).name();
  if (name) Bind(name, value);
  if (is_js_ || !HasLibraryBase(node, "enum.")) return;
  // `RED = ("stop", 3)` in an Enum calls the constructor.
  const NodeId constructor = FindConstructor(node);
  if (!constructor) return;
  is_called_[constructor.index] = true;
  for (NodeId member : ir::Block(tree_, ClassBody(node)).statements()) {
    const auto field = ir::As<ir::Field>(tree_, member);
    if (!field || !field.value()) continue;
    Args args;
    if (auto tuple = ir::As<ir::Tuple>(tree_, field.value())) {
      for (NodeId item : tuple.elements()) args.positional.push_back(Read(item));
    } else {
      args.positional.push_back(Read(field.value()));
    }
    FlowArgs(ParamsOf(constructor), args);
  }
}

}  // namespace asyncport::facts
