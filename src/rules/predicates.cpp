// Predicates over facts; see rules/README.md for the list.
#include "rules/predicates.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "facts/contents.h"
#include "ir/views.h"

namespace asyncport::rules {
namespace {

using facts::TypeKind;
using ir::NodeId;
using ir::NodeKind;

using KindSet = std::uint64_t;
constexpr KindSet Bit(TypeKind kind) { return KindSet{1} << static_cast<unsigned>(kind); }
template <typename... Kinds>
constexpr KindSet Bits(Kinds... kinds) {
  return (Bit(kinds) | ...);
}

struct KindRow {
  std::string_view word;
  KindSet kinds;
};
constexpr KindSet kPrimitives = Bits(TypeKind::kNull, TypeKind::kUndefined, TypeKind::kBool, TypeKind::kInt,
                                     TypeKind::kFloat, TypeKind::kBigInt, TypeKind::kStr);
constexpr std::array kKindRows = {
    KindRow{"unknown", Bit(TypeKind::kUnknown)},
    KindRow{"null", Bit(TypeKind::kNull)},
    KindRow{"undefined", Bit(TypeKind::kUndefined)},
    KindRow{"bool", Bit(TypeKind::kBool)},
    KindRow{"int", Bit(TypeKind::kInt)},
    KindRow{"float", Bit(TypeKind::kFloat)},
    KindRow{"bigint", Bit(TypeKind::kBigInt)},
    KindRow{"number", Bits(TypeKind::kInt, TypeKind::kFloat)},
    KindRow{"str", Bit(TypeKind::kStr)},
    KindRow{"bytes", Bit(TypeKind::kBytes)},
    KindRow{"list", Bit(TypeKind::kList)},
    KindRow{"tuple", Bit(TypeKind::kTuple)},
    KindRow{"set", Bit(TypeKind::kSet)},
    KindRow{"dict", Bit(TypeKind::kDict)},
    KindRow{"map", Bit(TypeKind::kMap)},
    KindRow{"function", Bit(TypeKind::kFunction)},
    KindRow{"class", Bit(TypeKind::kClass)},
    KindRow{"instance", Bit(TypeKind::kInstance)},
    KindRow{"promise", Bit(TypeKind::kPromise)},
    KindRow{"coroutine", Bit(TypeKind::kCoroutine)},
    KindRow{"iterator", Bit(TypeKind::kIterator)},
    KindRow{"async-iterator", Bit(TypeKind::kAsyncIterator)},
    KindRow{"regex", Bit(TypeKind::kRegex)},
    KindRow{"match", Bit(TypeKind::kMatch)},
    KindRow{"date", Bit(TypeKind::kDate)},
    KindRow{"module", Bit(TypeKind::kModule)},
    KindRow{"primitive", kPrimitives},
    KindRow{"any", ~KindSet{0}},
};

// 0 for a word about form.
KindSet KindsOf(std::string_view word) {
  for (const KindRow& row : kKindRows) {
    if (row.word == word) return row.kinds;
  }
  return 0;
}

// A list that nothing else refers to: a literal, or what copies.
bool IsFresh(const ir::Tree& tree, NodeId node) {
  static constexpr std::array<std::string_view, 14> kCopying = {
      "map",  "filter", "slice",   "concat",   "split",      "keys",      "values",
      "from", "flat",   "flatMap", "toSorted", "toReversed", "toSpliced", "entries"};
  if (tree.Is(node, NodeKind::kList) || tree.Is(node, NodeKind::kComprehension)) return true;
  auto call = ir::As<ir::Call>(tree, node);
  auto callee = call ? ir::As<ir::Attribute>(tree, call.callee()) : ir::Attribute();
  return callee && std::find(kCopying.begin(), kCopying.end(), callee.name()) != kCopying.end();
}

// Words about the form of the source.
bool HasForm(const ir::Tree& tree, NodeId node, std::string_view word) {
  const NodeKind kind = tree.kind(node);
  if (word == "name") {
    // The parts of a pattern are read out of a name (translate/to_py/record_params).
    return kind == NodeKind::kName || kind == NodeKind::kObjectPattern ||
           kind == NodeKind::kListPattern;
  }
  if (word == "simple") return IsSimple(tree, node);
  if (word == "number-literal") return kind == NodeKind::kNumber;
  if (word == "string-literal") return kind == NodeKind::kString;
  if (word == "literal") {
    return kind == NodeKind::kNumber || kind == NodeKind::kString || kind == NodeKind::kBool ||
           kind == NodeKind::kNull;
  }
  if (word == "call") return kind == NodeKind::kCall;
  if (word == "lambda") return kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr;
  if (word == "plain-text") {  // means itself in a replacement
    return kind == NodeKind::kString && tree.text(node).find('$') == std::string_view::npos;
  }
  if (word == "fresh") return IsFresh(tree, node);
  if (word == "non-negative") {
    if (auto attribute = ir::As<ir::Attribute>(tree, node)) return attribute.name() == "length";
    if (auto call = ir::As<ir::Call>(tree, node)) {
      return tree.Is(call.callee(), NodeKind::kName) && tree.text(call.callee()) == "len";
    }
    return kind == NodeKind::kNumber;
  }
  return false;
}

class Evaluator {
 public:
  Evaluator(const Side& from, const facts::Facts& facts, NodeId node, const Bindings& bindings)
      : from_(from), facts_(facts), tree_(facts.tree()), node_(node), bindings_(bindings) {}

  bool Holds(const Predicate& p) const {
    switch (p.kind) {
      case PredicateKind::kIs:
      case PredicateKind::kEach: {
        const Bound* bound = bindings_.Find(p.hole);
        return bound && std::all_of(bound->nodes.begin(), bound->nodes.end(), [&](NodeId id) {
                 return p.negated ? IsNone(p, id) : IsOne(p, id);
               });
      }
      case PredicateKind::kCount: {
        const Bound* bound = bindings_.Find(p.hole);
        return bound && Compare(p, *bound) != p.negated;
      }
      case PredicateKind::kTakes: {
        const Bound* bound = bindings_.Find(p.hole);
        return bound && (ParameterCount(bound->nodes[0]) == p.number) != p.negated;
      }
      case PredicateKind::kInside:
        return Inside(p.word) != p.negated;
      case PredicateKind::kAwaited:
        return (facts_.UseOf(Value()) == facts::Use::kAwaited) != p.negated;
      case PredicateKind::kResultIgnored:
        return IsResultIgnored() != p.negated;
      case PredicateKind::kStarts:
      case PredicateKind::kLabel:
      case PredicateKind::kLetHole:
      case PredicateKind::kLetArg:
      case PredicateKind::kDrops:
      case PredicateKind::kReports:
        return true;
      case PredicateKind::kLess: {
        const Bound* a = bindings_.Find(p.hole);
        const Bound* b = bindings_.Find(p.other);
        if (!a || !b) return false;
        auto left = ir::As<ir::Number>(tree_, a->nodes[0]);
        auto right = ir::As<ir::Number>(tree_, b->nodes[0]);
        if (!left || !right) return false;
        return (std::strtod(std::string(left.text()).c_str(), nullptr) <
                std::strtod(std::string(right.text()).c_str(), nullptr)) != p.negated;
      }
      case PredicateKind::kSameWith: {
        const Bound* right = bindings_.Find(p.hole);
        const Bound* left = bindings_.Find(p.other);
        const Bound* to = bindings_.Find(p.target);
        const Bound* from = bindings_.Find(p.word);
        if (!right || !left || !to || !from) return false;
        return SameWith(right->nodes[0], left->nodes[0], tree_.text(to->nodes[0]), tree_.text(from->nodes[0]));
      }
    }
    return false;
  }

 private:
  NodeId Value() const {
    auto statement = ir::As<ir::ExprStmt>(tree_, node_);
    return statement ? statement.value() : node_;
  }

  // A receiver is never null where the source runs on, nor, among other types, a JavaScript object without that method.
  KindSet NoReceivers() const {
    const KindSet missing = Bits(TypeKind::kNull, TypeKind::kUndefined);
    return from_.language == Language::kJs ? missing | Bit(TypeKind::kDict) : missing;
  }

  // Types that have no method of the name that is called on the node: the source would fail on them.
  KindSet WithoutMethod(NodeId id) const {
    static constexpr std::string_view kOfTexts[] = {
        "at",          "charAt",     "charCodeAt", "codePointAt",       "concat",
        "endsWith",    "includes",   "indexOf",    "lastIndexOf",       "localeCompare",
        "match",       "matchAll",   "normalize",  "padEnd",            "padStart",
        "repeat",      "replace",    "replaceAll", "search",            "slice",
        "split",       "startsWith", "substr",     "substring",         "toLowerCase",
        "toUpperCase", "trim",       "trimEnd",    "trimStart",         "toString",
        "valueOf",     "big",        "link",       "toLocaleLowerCase", "toLocaleUpperCase"};
    static constexpr std::string_view kOfNumbers[] = {"toFixed",       "toPrecision", "toString",
                                                      "toExponential", "valueOf",     "toLocaleString"};
    static constexpr std::string_view kNotOfLists[] = {
        "toUpperCase", "toLowerCase", "trim",      "trimStart", "trimEnd", "split",
        "startsWith",  "endsWith",    "padStart",  "padEnd",    "replace", "replaceAll",
        "charAt",      "charCodeAt",  "substring", "toFixed",   "repeat",  "localeCompare"};
    const NodeId parent = facts_.Parent(id);
    auto method = ir::As<ir::Attribute>(tree_, parent);
    auto call = method ? ir::As<ir::Call>(tree_, facts_.Parent(parent)) : ir::Call();
    if (from_.language != Language::kJs || !call || call.callee() != parent) return 0;
    auto is_in = [&](auto& names) {
      return std::find(std::begin(names), std::end(names), method.name()) != std::end(names);
    };
    KindSet kinds = 0;
    if (!is_in(kOfTexts)) kinds |= Bit(TypeKind::kStr);
    if (!is_in(kOfNumbers)) kinds |= Bits(TypeKind::kInt, TypeKind::kFloat);
    if (method.name() != "toString" && method.name() != "valueOf") kinds |= Bit(TypeKind::kBool);
    if (is_in(kNotOfLists)) kinds |= Bits(TypeKind::kList, TypeKind::kTuple);
    return kinds;
  }

  // `absent`: what a value of a union need not be looked at for.
  bool Every(facts::TypeId id, KindSet kinds, KindSet absent) const {
    const facts::Type& type = facts_.type(id);
    if (type.kind != TypeKind::kUnion) return Is(type.kind, kinds);
    bool some = false;
    for (facts::TypeId member : type.members) {
      if (Every(member, kinds, absent)) {
        some = true;
      } else if (!Is(facts_.type(member).kind, absent)) {
        return false;
      }
    }
    return some;
  }
  static bool Some(const facts::Facts& facts, facts::TypeId id, KindSet kinds) {
    const facts::Type& type = facts.type(id);
    if (type.kind == TypeKind::kUnion) {
      return std::any_of(type.members.begin(), type.members.end(),
                         [&](facts::TypeId member) { return Some(facts, member, kinds); });
    }
    return type.kind == TypeKind::kUnknown || Is(type.kind, kinds);
  }
  static bool Is(TypeKind kind, KindSet kinds) { return (Bit(kind) & kinds) != 0; }

  // The type that a predicate asks for: of the elements for a spread, of the work for a call of an async function.
  facts::TypeId TypeOf(NodeId id) const {
    if (auto spread = ir::As<ir::Spread>(tree_, id)) return facts_.type(facts_.TypeOf(spread.value())).element;
    return facts_.TypeOf(id);
  }

  // A JavaScript array whose items are known one by one is a tuple to inference; to cards it is a list.
  KindSet Kinds(std::string_view word) const {
    const KindSet kinds = KindsOf(word);
    return from_.language == Language::kJs && word == "list" ? kinds | Bit(TypeKind::kTuple) : kinds;
  }

  bool IsOne(const Predicate& p, NodeId id) const {
    KindSet plain = 0;
    for (const KindWord& word : p.kinds) {
      // A class of the file may have a `map` of its own.
      const bool own = word.kind == "fresh" && facts_.type(facts_.TypeOf(id)).kind == TypeKind::kInstance;
      if (!own && HasForm(tree_, id, word.kind)) return true;
      if (word.kind == "non-empty" && facts::HasItems(facts_, id)) return true;
      if (word.kind == "whole-number-text" && facts::IsWholeNumberText(facts_, id)) return true;
      if (word.kind == "sync-function" && IsSyncFunction(id)) return true;
      if (word.kind == "async-function" && IsAsyncFunction(id)) return true;
      if (word.element.empty()) plain |= Kinds(word.kind);
    }
    const facts::TypeId type = TypeOf(id);
    if (tree_.Is(id, NodeKind::kCall) && facts_.ColourOf(id) == facts::CallColour::kAsync &&
        Is(TypeKind::kPromise, plain) && facts_.type(type).kind == TypeKind::kUnknown) {
      return true;
    }
    const HoleUse* use = from_.FindHole(p.hole);
    const KindSet absent = use && use->receiver ? NoReceivers() | WithoutMethod(id) : KindSet{0};
    if (plain != 0 && Every(type, plain, absent)) return true;
    return std::any_of(p.kinds.begin(), p.kinds.end(), [&](const KindWord& word) {
      if (word.element.empty() || !Every(type, Kinds(word.kind), absent)) return false;
      return ElementsAre(type, KindsOf(word.element));
    });
  }

  // An empty literal has elements of kNever, which are of every kind.
  bool ElementsAre(facts::TypeId id, KindSet kinds) const {
    const facts::Type& type = facts_.type(id);
    kinds |= Bit(TypeKind::kNever);
    if (type.kind == TypeKind::kUnion) {
      return std::all_of(type.members.begin(), type.members.end(),
                         [&](facts::TypeId member) { return ElementsAre(member, kinds); });
    }
    if (type.kind == TypeKind::kTuple) {
      return std::all_of(type.members.begin(), type.members.end(), [&](facts::TypeId member) {
        return Every(member, kinds, 0);
      });
    }
    if (Is(type.kind, NoReceivers())) return true;
    return Every(type.element, kinds, 0);
  }

  bool IsNone(const Predicate& p, NodeId id) const {
    return std::none_of(p.kinds.begin(), p.kinds.end(), [&](const KindWord& word) {
      return HasForm(tree_, id, word.kind) ||
             (KindsOf(word.kind) != 0 && Some(facts_, TypeOf(id), KindsOf(word.kind)));
    });
  }

  bool Compare(const Predicate& p, const Bound& bound) const {
    for (NodeId id : bound.nodes) {
      if (tree_.Is(id, NodeKind::kSpread)) return false;
    }
    const int count = static_cast<int>(bound.nodes.size());
    if (p.word == "=") return count == p.number;
    if (p.word == "<") return count < p.number;
    if (p.word == ">") return count > p.number;
    if (p.word == "<=") return count <= p.number;
    return count >= p.number;
  }

  // `right` is `left` with the name `to` in the place of `from`.
  bool SameWith(NodeId right, NodeId left, std::string_view to, std::string_view from) const {
    if (tree_.Is(left, NodeKind::kName)) {
      return tree_.Is(right, NodeKind::kName) &&
             tree_.text(right) == (tree_.text(left) == from ? to : tree_.text(left));
    }
    const ir::Node& r = tree_.node(right);
    const ir::Node& l = tree_.node(left);
    if (r.kind != l.kind || r.oper != l.oper || r.flags != l.flags || r.atom != l.atom) return false;
    ir::NodeList right_children, left_children;
    tree_.ForEachChild(right, [&](NodeId child) { right_children.push_back(child); });
    tree_.ForEachChild(left, [&](NodeId child) { left_children.push_back(child); });
    return std::equal(right_children.begin(), right_children.end(), left_children.begin(),
                      left_children.end(), [&](NodeId a, NodeId b) { return SameWith(a, b, to, from); });
  }

  // The function that an expression surely stands for; kNoNode if the file does not say.
  NodeId FunctionOf(NodeId id) const {
    if (HasForm(tree_, id, "lambda")) return id;
    if (!tree_.Is(id, NodeKind::kName)) return ir::kNoNode;
    const facts::BindingId binding = facts_.BindingOf(id);
    if (!binding) return ir::kNoNode;
    NodeId definition = facts_.binding(binding).definition;
    if (auto assign = ir::As<ir::Assign>(tree_, definition)) definition = assign.value();
    const NodeKind kind = definition ? tree_.kind(definition) : NodeKind::kCount;
    return kind == NodeKind::kFunctionDef || (definition && HasForm(tree_, definition, "lambda")) ? definition : ir::kNoNode;
  }
  bool IsAsyncFunction(NodeId id) const {
    const NodeId function = FunctionOf(id);
    return function && facts_.IsAsync(function) == facts::Async::kYes;
  }
  // A function, a name or a member, and not one that the file defines as asynchronous.
  bool IsSyncFunction(NodeId id) const {
    const bool names_one = tree_.Is(id, NodeKind::kName) || tree_.Is(id, NodeKind::kAttribute) ||
                           HasForm(tree_, id, "lambda");
    return names_one && !IsAsyncFunction(id);
  }

  // One where the file does not define the function. -1 for what no plain call fits: rest parameters, `parseInt`, whose
  // second parameter would take an index.
  int ParameterCount(NodeId function) const {
    std::span<const NodeId> params;
    if (auto lambda = ir::As<ir::Lambda>(tree_, function)) {
      params = lambda.params();
    } else if (auto expr = ir::As<ir::FunctionExpr>(tree_, function)) {
      params = expr.params();
    } else if (auto def = ir::As<ir::FunctionDef>(tree_, function)) {
      params = def.params();
    } else if (tree_.Is(function, NodeKind::kName)) {
      const facts::BindingId id = facts_.BindingOf(function);
      if (!id) return 1;
      if (tree_.text(function) == "parseInt") return -1;
      const facts::Binding& binding = facts_.binding(id);
      if (binding.kind == facts::BindingKind::kFunction) return ParameterCount(binding.definition);
      auto assign = ir::As<ir::Assign>(tree_, binding.definition);
      if (binding.kind != facts::BindingKind::kVariable || binding.reassigned || !assign || !assign.value() ||
          tree_.Is(assign.value(), NodeKind::kName)) {
        return 1;
      }
      return ParameterCount(assign.value());
    } else {
      return 1;
    }
    for (NodeId param : params) {
      auto p = ir::As<ir::Param>(tree_, param);
      if (!p || p.kind() != ir::ParamKind::kPlain) return -1;
    }
    return static_cast<int>(params.size());
  }

  bool Inside(std::string_view place) const {
    const NodeId function = facts_.EnclosingFunction(node_);
    if (place == "async-function") return function && facts_.IsAsync(function) == facts::Async::kYes;
    if (place == "function") return static_cast<bool>(function);
    if (place == "module") return !function;
    if (place == "loop") return static_cast<bool>(facts_.EnclosingLoop(node_));
    if (place == "class") return static_cast<bool>(facts_.EnclosingClass(node_));
    if (place == "test") return IsTested();
    return place == "iteration" ? IsIterated() : IsCondition(Value());
  }

  // A statement of its own, or the body of a callback whose value the callee does not look at.
  bool IsResultIgnored() const {
    static constexpr std::array<std::string_view, 15> kIgnoring = {
        "forEach",      "setTimeout",       "setInterval",       "setImmediate", "queueMicrotask",
        "nextTick",     "finally",          "on",                "once",         "addEventListener",
        "call_later",   "call_soon",        "add_done_callback", "call_at",      "addListener"};
    const NodeId value = Value();
    const facts::Use use = facts_.UseOf(value);
    if (use == facts::Use::kDropped) return true;
    const NodeId function = facts_.Parent(value);
    if (use != facts::Use::kReturned || !tree_.Is(function, NodeKind::kLambda)) return false;
    if (tree_.Is(facts_.Parent(function), NodeKind::kNew)) return true;  // an executor
    auto call = ir::As<ir::Call>(tree_, facts_.Parent(function));
    if (!call || call.callee() == function) return false;
    auto method = ir::As<ir::Attribute>(tree_, call.callee());
    const std::string_view name = method ? method.name() : tree_.text(call.callee());
    return std::find(kIgnoring.begin(), kIgnoring.end(), name) != kIgnoring.end();
  }

  // Walked over once, and never kept: the iterable of a loop, what is spread, the receiver of `map` and its kin.
  bool IsIterated() const {
    static constexpr std::array<std::string_view, 10> kWalking = {
        "map", "filter", "some", "every", "find", "findIndex", "forEach", "reduce", "flatMap", "join"};
    static constexpr std::array<std::string_view, 12> kTaking = {
        "Set",  "Map", "from", "fromEntries", "list",      "set",
        "dict", "sum", "max",  "min",         "sorted", "enumerate"};
    const NodeId value = Value();
    const NodeId parent = facts_.Parent(value);
    switch (tree_.kind(parent)) {
      case NodeKind::kForEach: return ir::ForEach(tree_, parent).iterable() == value;
      case NodeKind::kCompFor: return ir::CompFor(tree_, parent).iterable() == value;
      case NodeKind::kSpread: return !tree_.Is(facts_.Parent(parent), NodeKind::kDict);
      case NodeKind::kAttribute: {
        auto call = ir::As<ir::Call>(tree_, facts_.Parent(parent));
        const std::string_view name = ir::Attribute(tree_, parent).name();
        return call && call.callee() == parent &&
               std::find(kWalking.begin(), kWalking.end(), name) != kWalking.end();
      }
      case NodeKind::kCall:
      case NodeKind::kNew: {
        const NodeId callee = tree_.Slot(parent, 0);
        if (callee == value) return false;
        auto method = ir::As<ir::Attribute>(tree_, callee);
        const std::string_view name = method ? method.name() : tree_.text(callee);
        return std::find(kTaking.begin(), kTaking.end(), name) != kTaking.end();
      }
      default: return false;
    }
  }

  // Does somebody ask whether there is a value: here, or of the variable it is stored in?
  bool IsTested() const {
    const NodeId value = Value();
    if (AsksForPresence(value)) return true;
    auto assign = ir::As<ir::Assign>(tree_, facts_.Parent(value));
    if (!assign || assign.value() != value || assign.targets().size() != 1) return false;
    const facts::BindingId binding = tree_.Is(assign.targets()[0], NodeKind::kName)
                                         ? facts_.BindingOf(assign.targets()[0])
                                         : facts::BindingId{};
    if (!binding) return false;
    const auto& reads = facts_.binding(binding).reads;
    return std::any_of(reads.begin(), reads.end(), [&](NodeId read) { return AsksForPresence(read); });
  }

  bool AsksForPresence(NodeId value) const {
    const NodeId parent = facts_.Parent(value);
    if (auto logical = ir::As<ir::Logical>(tree_, parent)) return logical.left() == value;
    if (auto binary = ir::As<ir::Binary>(tree_, parent)) {
      const NodeId other = binary.left() == value ? binary.right() : binary.left();
      return ir::IsComparison(binary.op()) &&
             (tree_.Is(other, NodeKind::kUndefined) || tree_.Is(other, NodeKind::kNull));
    }
    if (auto attribute = ir::As<ir::Attribute>(tree_, parent); attribute && attribute.is_optional()) return true;
    return IsCondition(value);
  }

  // Only whether the value is true matters.
  bool IsCondition(NodeId child) const {
    for (NodeId parent = facts_.Parent(child); parent; child = parent, parent = facts_.Parent(parent)) {
      switch (tree_.kind(parent)) {
        case NodeKind::kUnary:
          if (ir::Unary(tree_, parent).op() == ir::UnaryOp::kNot) return true;
          return false;
        case NodeKind::kLogical:
          continue;
        case NodeKind::kIf: return ir::If(tree_, parent).test() == child;
        case NodeKind::kWhile: return ir::While(tree_, parent).test() == child;
        case NodeKind::kDoWhile: return ir::DoWhile(tree_, parent).test() == child;
        case NodeKind::kCFor: return ir::CFor(tree_, parent).test() == child;
        case NodeKind::kConditional: return ir::Conditional(tree_, parent).test() == child;
        case NodeKind::kCompIf: return true;
        default: return false;
      }
    }
    return false;
  }

  const Side& from_;
  const facts::Facts& facts_;
  const ir::Tree& tree_;
  NodeId node_;
  const Bindings& bindings_;
};

// Does the expression itself wait (not a function inside of it)?
bool Waits(const ir::Tree& tree, NodeId id) {
  switch (tree.kind(id)) {
    case NodeKind::kAwait:
    case NodeKind::kYield:
      return true;
    case NodeKind::kLambda:
    case NodeKind::kFunctionExpr:
      return false;
    default: {
      bool found = false;
      tree.ForEachChild(id, [&](NodeId child) { found = found || Waits(tree, child); });
      return found;
    }
  }
}

// `limit(async () => {...})`: a function of the program's own is handed a function, which another one makes.
bool TakesFunctions(const ir::Tree& tree, ir::Call call) {
  static constexpr std::string_view kOthers[] = {
      "map",    "filter",     "forEach",     "some",         "every",          "find",   "findIndex",
      "reduce", "flatMap",    "findLast",    "then",         "catch",          "finally", "sort",
      "from",   "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "replace", "nextTick"};
  auto method = ir::As<ir::Attribute>(tree, call.callee());
  if (!method && !tree.Is(call.callee(), NodeKind::kName)) return false;
  const std::string_view name = method ? method.name() : tree.text(call.callee());
  return std::find(std::begin(kOthers), std::end(kOthers), name) == std::end(kOthers);
}

// Would its translation need a statement before it (which would then run once, outside of the repetition)?
bool NeedsStatements(const ir::Tree& tree, NodeId id) {
  if (auto call = ir::As<ir::Call>(tree, id); call && TakesFunctions(tree, call)) {
    const auto needs = [&](NodeId arg) { return !tree.Is(arg, NodeKind::kFunctionExpr) && NeedsStatements(tree, arg); };
    return needs(call.callee()) || std::any_of(call.args().begin(), call.args().end(), needs);
  }
  switch (tree.kind(id)) {
    case NodeKind::kAssignExpr:
    case NodeKind::kLogicalAssign:
    case NodeKind::kUpdate:
    case NodeKind::kSequence:
    case NodeKind::kClassExpr:
    case NodeKind::kWalrus:
    case NodeKind::kYield:
      return true;
    case NodeKind::kFunctionExpr:
      if (!SingleReturn(tree, id)) return true;
      [[fallthrough]];
    default: {
      bool found = false;
      tree.ForEachChild(id, [&](NodeId child) { found = found || NeedsStatements(tree, child); });
      return found;
    }
  }
}

}  // namespace

bool Holds(const Shape& shape, const Side& from, const facts::Facts& facts, NodeId node,
           const Bindings& bindings) {
  const Evaluator evaluator(from, facts, node, bindings);
  for (const auto* list : {&shape.where, &shape.where_for(from.language)}) {
    for (const Predicate& p : *list) {
      if (!evaluator.Holds(p)) return false;
    }
  }
  const Side* to = shape.side(Other(from.language));
  if (!to && !shape.text_of(Other(from.language)).empty()) return false;
  const ir::Tree& tree = facts.tree();
  if (ir::HasCategory(tree.kind(node), ir::category::Stmt) != shape.is_statement()) return false;
  if (!to) return true;
  for (const HoleUse& use : to->holes) {
    const HoleUse* source_use = from.FindHole(use.name);
    const Bound* bound = bindings.Find(use.name);
    if (!source_use || !bound) continue;
    for (NodeId id : bound->nodes) {
      const bool is_function = tree.Is(id, NodeKind::kFunctionExpr) || tree.Is(id, NodeKind::kLambda);
      const bool is_pattern =
          tree.Is(id, NodeKind::kObjectPattern) || tree.Is(id, NodeKind::kListPattern);
      if (use.count > source_use->count && !IsSimple(tree, id) && !is_function && !is_pattern)
        return false;
      if (use.repeated && !is_function && NeedsStatements(tree, id)) return false;
      if (use.generator && Waits(tree, id)) return false;
    }
  }
  return true;
}

bool MayMeet(const std::vector<KindWord>& a, const std::vector<KindWord>& b) {
  for (const KindWord& x : a) {
    for (const KindWord& y : b) {
      const KindSet xs = KindsOf(x.kind);
      const KindSet ys = KindsOf(y.kind);
      if (xs == 0 || ys == 0) {
        if (x.kind == y.kind || (xs == 0) != (ys == 0)) return true;
        continue;
      }
      if ((xs & ys) == 0) continue;
      if (x.element.empty() || y.element.empty()) return true;
      if ((KindsOf(x.element) & KindsOf(y.element)) != 0) return true;
    }
  }
  return false;
}

}  // namespace asyncport::rules
