// What is known at one place and not at another: which write a read surely sees, and what the tests around it have
// established. Errs towards knowing less.
// Example: after `if (user === null) return;`, `user` is not null.
#include "facts/infer.h"

#include <algorithm>

namespace asyncport::facts {

using ir::BinaryOp;
using ir::NodeId;
using ir::NodeKind;
namespace slots = ir::slots;

namespace {

constexpr std::size_t kMaxWrites = 64;  // more: every read sees all of them
constexpr std::size_t kMaxGuards = 32;  // per block
constexpr int kMaxTestDepth = 16;

struct TypeWord {
  std::string_view name;  // typeof text, or class name
  std::uint32_t kinds;
};
constexpr std::uint32_t kJsNumbers = Bit(TypeKind::kInt) | Bit(TypeKind::kFloat);
constexpr TypeWord kTypeOfWords[] = {
    {"string", Bit(TypeKind::kStr)},
    {"number", kJsNumbers},
    {"boolean", Bit(TypeKind::kBool)},
    {"bigint", Bit(TypeKind::kBigInt)},
    {"undefined", Bit(TypeKind::kUndefined)},
    {"function", Bit(TypeKind::kFunction) | Bit(TypeKind::kClass)},
    {"object", ~(Bit(TypeKind::kStr) | kNumberBits | Bit(TypeKind::kBigInt) |
                 Bit(TypeKind::kUndefined) | Bit(TypeKind::kFunction) | Bit(TypeKind::kClass))},
};
constexpr TypeWord kClassWords[] = {
    {"str", Bit(TypeKind::kStr)},
    {"int", kIntBits},
    {"float", Bit(TypeKind::kFloat)},
    {"bool", Bit(TypeKind::kBool)},
    {"bytes", Bit(TypeKind::kBytes)},
    {"list", Bit(TypeKind::kList)},
    {"tuple", Bit(TypeKind::kTuple)},
    {"dict", Bit(TypeKind::kDict)},
    {"set", Bit(TypeKind::kSet)},
    {"frozenset", Bit(TypeKind::kSet)},
    {"Array", Bit(TypeKind::kList) | Bit(TypeKind::kTuple)},
    {"Map", Bit(TypeKind::kMap)},
    {"Set", Bit(TypeKind::kSet)},
    {"Date", Bit(TypeKind::kDate)},
    {"datetime.datetime", Bit(TypeKind::kDate)},
    {"RegExp", Bit(TypeKind::kRegex)},
    {"Promise", Bit(TypeKind::kPromise)},
    {"Function", Bit(TypeKind::kFunction)},
};

}  // namespace

void Inference::CollectGuards() {
  for (NodeId node : structure_.preorder) {
    const NodeId parent = structure_.parent[node.index];
    if (!parent || !tree_.Is(parent, NodeKind::kBlock)) continue;
    const auto branch = ir::As<ir::If>(tree_, node);
    const bool leaves = branch && !branch.else_body() && !CanFallThrough(branch.body());
    if (!leaves && !tree_.Is(node, NodeKind::kAssert)) continue;
    auto& guards = guards_[parent.index];
    if (guards.size() < kMaxGuards) guards.push_back(node);
  }
}

// The same variable, or the same attribute of the same thing.
bool Inference::SamePlace(NodeId a, NodeId b) {
  const auto is = [this](bool same) {
    saw_same_place_ = saw_same_place_ || same;
    return same;
  };
  for (;;) {
    if (auto assign = ir::As<ir::Walrus>(tree_, a)) a = assign.target();
    if (auto assign = ir::As<ir::AssignExpr>(tree_, a)) a = assign.target();
    if (tree_.kind(a) != tree_.kind(b)) return false;
    if (tree_.Is(a, NodeKind::kName)) {
      return is(scopes_.binding_of[a.index] == scopes_.binding_of[b.index]);
    }
    if (tree_.Is(a, NodeKind::kSelfRef)) return is(true);
    if (!tree_.Is(a, NodeKind::kAttribute) || tree_.node(a).atom != tree_.node(b).atom)
      return false;
    a = ir::Attribute(tree_, a).object();
    b = ir::Attribute(tree_, b).object();
  }
}

bool Inference::IsTested(NodeId name) {
  std::uint8_t& known = is_tested_[name.index];
  if (known == 0) {
    saw_same_place_ = false;
    Narrow(name, kUnknownSet);
    known = saw_same_place_ ? 2 : 1;
  }
  return known == 2;
}

SetId Inference::Narrow(NodeId expression, SetId set) {
  if (set == kNeverSet) return set;
  const bool is_name = tree_.Is(expression, NodeKind::kName);
  const Binding* binding = nullptr;
  if (is_name) {
    binding = &scopes_.bindings[scopes_.binding_of[expression.index].index];
    if (binding->writes.size() > kMaxWrites) return set;
  } else if (const NodeId object = ir::Attribute(tree_, expression).object();
             !tree_.Is(object, NodeKind::kSelfRef) && !tree_.Is(object, NodeKind::kName)) {
    return set;
  }
  const std::uint32_t here = structure_.position[expression.index];
  // Nothing between the test and the place writes the variable.
  const auto holds_since = [&](std::uint32_t from) {
    if (binding == nullptr) return true;
    return std::none_of(binding->writes.begin(), binding->writes.end(), [&](NodeId write) {
      const std::uint32_t at = structure_.position[write.index];
      return from <= at && at < here;
    });
  };
  for (NodeId node = expression;;) {
    const NodeId parent = structure_.parent[node.index];
    if (!parent) return set;
    const unsigned slot = structure_.slot[node.index];
    const NodeKind kind = tree_.kind(parent);
    if (IsFunctionKind(kind) && (binding == nullptr || binding->reassigned)) return set;
    const auto apply = [&](NodeId test, bool holds) {
      if (holds_since(structure_.end[test.index])) set = ApplyTest(test, holds, expression, set, 0);
    };
    switch (kind) {
      case NodeKind::kIf:
        if (slot != slots::If::test) apply(ir::If(tree_, parent).test(), slot == slots::If::body);
        break;
      case NodeKind::kWhile:
        if (slot == slots::While::body) apply(ir::While(tree_, parent).test(), true);
        break;
      case NodeKind::kConditional:
        if (slot != slots::Conditional::test) {
          apply(ir::Conditional(tree_, parent).test(), slot == slots::Conditional::then_value);
        }
        break;
      case NodeKind::kLogical: {
        const ir::Logical logical(tree_, parent);
        if (slot == slots::Logical::right && logical.op() != ir::LogicalOp::kNullish) {
          apply(logical.left(), logical.op() == ir::LogicalOp::kAnd);
        }
        break;
      }
      case NodeKind::kComprehension:
        if (slot != slots::Comprehension::clauses) {
          for (NodeId clause : ir::Comprehension(tree_, parent).clauses()) {
            if (auto test = ir::As<ir::CompIf>(tree_, clause)) {
              set = ApplyTest(test.test(), true, expression, set, 0);
            }
          }
        }
        break;
      case NodeKind::kBlock: {
        const auto it = guards_.find(parent.index);
        if (it == guards_.end() || binding == nullptr) break;
        for (NodeId guard : it->second) {
          if (structure_.position[guard.index] >= structure_.position[node.index]) break;
          if (auto assertion = ir::As<ir::Assert>(tree_, guard)) {
            apply(assertion.test(), true);
          } else {
            apply(ir::If(tree_, guard).test(), false);
          }
        }
        break;
      }
      default:
        break;
    }
    node = parent;
  }
}

SetId Inference::ApplyTest(NodeId test, bool holds, NodeId expression, SetId set, int depth) {
  if (depth > kMaxTestDepth) return set;
  if (SamePlace(test, expression)) return holds ? Truthy(set) : Falsy(set);
  switch (tree_.kind(test)) {
    case NodeKind::kUnary: {
      const ir::Unary unary(tree_, test);
      if (unary.op() != ir::UnaryOp::kNot) return set;
      return ApplyTest(unary.operand(), !holds, expression, set, depth + 1);
    }
    case NodeKind::kLogical: {
      const ir::Logical logical(tree_, test);
      if (logical.op() == ir::LogicalOp::kNullish) return set;
      const SetId left = ApplyTest(logical.left(), holds, expression, set, depth + 1);
      if ((logical.op() == ir::LogicalOp::kAnd) == holds) {
        return ApplyTest(logical.right(), holds, expression, left, depth + 1);
      }
      return lattice_.Join(left, ApplyTest(logical.right(), holds, expression, set, depth + 1));
    }
    case NodeKind::kOptionalChain: {  // if (user?.name)
      const NodeId value = ir::OptionalChain(tree_, test).value();
      const auto attribute = ir::As<ir::Attribute>(tree_, value);
      return holds && attribute && SamePlace(attribute.object(), expression) ? Truthy(set) : set;
    }
    case NodeKind::kBinary: {
      const ir::Binary binary(tree_, test);
      return ApplyComparison(binary.left(), binary.op(), binary.right(), holds, expression, set);
    }
    case NodeKind::kCall: {
      const ir::Call call(tree_, test);
      if (call.args().empty() || !SamePlace(call.args()[0], expression)) return set;
      const std::string callee = names_.PathOf(call.callee());
      if (callee == "isinstance" && call.args().size() == 2) {
        return KeepInstances(set, call.args()[1], holds);
      }
      if (callee == "Array.isArray") {
        const std::uint32_t lists = Bit(TypeKind::kList) | Bit(TypeKind::kTuple);
        return lattice_.Keep(set, holds ? lists : ~lists);
      }
      if (callee == "Number.isInteger" && holds) return lattice_.Of(TypeKind::kInt);
      return set;
    }
    default:
      return set;
  }
}

SetId Inference::ApplyComparison(NodeId left, BinaryOp op, NodeId right, bool holds,
                                 NodeId expression, SetId set) {
  if (op == BinaryOp::kInstanceOf) {
    return SamePlace(left, expression) ? KeepInstances(set, right, holds) : set;
  }
  bool equal = holds;
  bool strict = true;
  switch (op) {
    case BinaryOp::kStrictEq:
    case BinaryOp::kIs:
    case BinaryOp::kEq:
      break;
    case BinaryOp::kStrictNe:
    case BinaryOp::kIsNot:
    case BinaryOp::kNe:
      equal = !holds;
      break;
    case BinaryOp::kLooseEq:
      strict = false;
      break;
    case BinaryOp::kLooseNe:
      strict = false, equal = !holds;
      break;
    default:
      return set;
  }
  if (auto type_of = ir::As<ir::Unary>(tree_, left);
      type_of && type_of.op() == ir::UnaryOp::kTypeOf && SamePlace(type_of.operand(), expression)) {
    const auto word = ir::As<ir::String>(tree_, right);
    if (!word) return set;
    for (const TypeWord& entry : kTypeOfWords) {
      if (entry.name != word.value()) continue;
      if (set == kUnknownSet && equal && entry.name != "object" && entry.name != "function") {
        return lattice_.OfBits(entry.kinds);
      }
      return lattice_.Keep(set, equal ? entry.kinds : ~entry.kinds);
    }
    return set;
  }
  if (!SamePlace(left, expression)) return set;
  std::uint32_t nulls = 0;
  if (tree_.Is(right, NodeKind::kNull)) nulls = Bit(TypeKind::kNull);
  if (tree_.Is(right, NodeKind::kUndefined)) nulls = Bit(TypeKind::kUndefined);
  if (nulls == 0) {
    // Equal to something that is surely not null.
    const SetId other = Read(right);
    const bool other_is_null = other == kUnknownSet || (lattice_.Kinds(other) & kNullBits) != 0;
    return equal && other != kNeverSet && !other_is_null ? lattice_.Without(set, kNullBits) : set;
  }
  if (!strict) nulls = kNullBits;
  if (equal) return set == kUnknownSet ? lattice_.OfBits(nulls) : lattice_.Keep(set, nulls);
  return lattice_.Without(set, nulls);
}

SetId Inference::KeepInstances(SetId set, NodeId type, bool holds) {
  std::vector<NodeId> types{type};
  if (auto tuple = ir::As<ir::Tuple>(tree_, type)) {
    types.assign(tuple.elements().begin(), tuple.elements().end());
  }
  // A | B
  for (std::size_t i = 0; i < types.size(); ++i) {
    while (true) {
      const auto either = ir::As<ir::Binary>(tree_, types[i]);
      if (!either || either.op() != BinaryOp::kBitOr) break;
      types.push_back(either.right());
      types[i] = either.left();
    }
  }
  std::uint32_t kinds = 0;
  std::vector<NodeId> classes;
  std::vector<std::string> names;
  for (NodeId each : types) {
    const SetId value = Read(each);
    const std::vector<SiteId> sites = lattice_.Sites(value);
    if (value == kUnknownSet) {
      // An imported class that the tables do not know still has a name.
      if (std::string path = names_.PathOf(each); !path.empty()) names.push_back(std::move(path));
      continue;
    }
    for (SiteId id : sites) {
      const Site& site = lattice_.site(id);
      if (site.kind != TypeKind::kClass) continue;
      if (site.name.empty()) {
        classes.push_back(site.node);
        continue;
      }
      std::uint32_t builtin = 0;
      for (const TypeWord& word : kClassWords) {
        if (word.name == site.name) builtin = word.kinds;
      }
      kinds |= builtin;
      if (builtin == 0) names.push_back(site.name);
    }
  }
  if (kinds == 0 && classes.empty() && names.empty()) return set;
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  // Does an instance of the class in the file belong to one of the classes asked for?
  const auto is_one = [&](NodeId class_def) {
    for (int depth = 0; class_def && depth < 16; ++depth) {
      if (std::find(classes.begin(), classes.end(), class_def) != classes.end()) return true;
      NodeId next;
      for (NodeId base : ClassBases(class_def)) {
        if (!ir::HasCategory(tree_.kind(base), ir::category::Expr)) continue;
        const SetId bases = Read(base);
        for (SiteId id : lattice_.Sites(bases)) {
          const Site& site = lattice_.site(id);
          if (site.kind != TypeKind::kClass) continue;
          for (const std::string& name : names) {
            if (IsLibrarySubclass(language, site.name, name)) return true;
          }
          if (site.name.empty()) next = site.node;
        }
      }
      class_def = next;
    }
    return false;
  };
  if (set == kUnknownSet) {
    if (!holds) return set;
    SetId result =
        lattice_.OfBits(kinds & (kNumberBits | Bit(TypeKind::kStr) | Bit(TypeKind::kBytes) |
                                 Bit(TypeKind::kDate) | Bit(TypeKind::kRegex)));
    for (TypeKind kind : {TypeKind::kList, TypeKind::kTuple, TypeKind::kDict, TypeKind::kSet,
                          TypeKind::kMap, TypeKind::kPromise}) {
      if ((kinds & Bit(kind)) == 0 || (kind == TypeKind::kTuple && is_js_)) continue;
      const SiteId site = Make(kind, type, 0, kUnknownSet, kUnknownSet);
      lattice_.site(site).is_assumed = true;
      result = lattice_.Join(result, lattice_.OfSite(site));
    }
    if ((kinds & Bit(TypeKind::kFunction)) != 0) return set;
    for (NodeId each : classes) {
      result = lattice_.Join(result, lattice_.OfSite(lattice_.SiteAt(each, TypeKind::kInstance)));
    }
    for (const std::string& name : names) {
      result =
          lattice_.Join(result, lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, name)));
    }
    return result;
  }
  const auto belongs = [&](const Site& site) {
    if ((Bit(site.kind) & kinds) != 0) return true;
    if (site.kind != TypeKind::kInstance) return false;
    if (site.name.empty()) return is_one(site.node);
    for (const std::string& name : names) {
      if (IsLibrarySubclass(language, site.name, name)) return true;
    }
    return false;
  };
  if (!holds) {
    return lattice_.KeepSites(set, ~kinds, [&](const Site& site) { return !belongs(site); });
  }
  SetId result = lattice_.KeepSites(set, kinds, belongs);
  // `catch (e)` gives any error, `e instanceof HttpError` one of a class below it.
  const bool has_wider =
      (lattice_.Kinds(set) & Bit(TypeKind::kInstance)) != 0 && result == kNeverSet;
  if (has_wider) {
    for (NodeId each : classes) {
      result = lattice_.Join(result, lattice_.OfSite(lattice_.SiteAt(each, TypeKind::kInstance)));
    }
    for (const std::string& name : names) {
      result =
          lattice_.Join(result, lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, name)));
    }
  }
  return result;
}

// The write (a Name node) whose value the read surely sees; none if several can reach it.
NodeId Inference::ReachingWrite(NodeId read) const {
  const Binding& binding = scopes_.bindings[scopes_.binding_of[read.index].index];
  const auto& writes = binding.writes;
  const bool is_plain = writes.empty() || (writes.size() == 1 && writes[0] == binding.declaration);
  if (is_plain || writes.size() > kMaxWrites) return {};
  for (NodeId write : writes) {
    if (structure_.function[write.index] != structure_.function[read.index]) return {};
  }
  const auto last_between = [&](std::uint32_t from, std::uint32_t to) {
    NodeId last;
    for (NodeId write : writes) {
      const std::uint32_t at = structure_.position[write.index];
      if (from <= at && at < to && (!last || at > structure_.position[last.index])) last = write;
    }
    return last;
  };
  const auto inside = [&](NodeId node) {
    return last_between(structure_.position[node.index], structure_.end[node.index]);
  };
  // Happens whenever the statement does: no branch between.
  const auto is_certain = [&](NodeId write, NodeId statement_or_test) {
    for (NodeId node = write; node != statement_or_test;) {
      node = structure_.parent[node.index];
      switch (tree_.kind(node)) {
        case NodeKind::kIf:
        case NodeKind::kTry:
        case NodeKind::kWhile:
        case NodeKind::kForEach:
        case NodeKind::kForIn:
        case NodeKind::kCFor:
        case NodeKind::kDoWhile:
        case NodeKind::kSwitch:
        case NodeKind::kMatch:
        case NodeKind::kLogical:
        case NodeKind::kConditional:
        case NodeKind::kBlock:
        case NodeKind::kLogicalAssign:
        case NodeKind::kComprehension:
        case NodeKind::kLoopElse:
        case NodeKind::kLabeled:
          return false;
        default:
          break;
      }
    }
    return true;
  };
  for (NodeId node = read;;) {
    const NodeId parent = structure_.parent[node.index];
    if (!parent) return {};
    const NodeKind kind = tree_.kind(parent);
    const unsigned slot = structure_.slot[node.index];
    const std::uint32_t from = structure_.position[parent.index];
    const std::uint32_t here = structure_.position[node.index];
    if (IsFunctionKind(kind)) {
      const NodeId write = last_between(from, here);
      return write && tree_.Is(structure_.parent[write.index], NodeKind::kParam) ? write : NodeId{};
    }
    switch (kind) {
      case NodeKind::kBlock:
        if (NodeId write = last_between(from, here)) {
          return is_certain(write, structure_.statement[write.index]) &&
                         structure_.parent[structure_.statement[write.index].index] == parent
                     ? write
                     : NodeId{};
        }
        break;
      case NodeKind::kIf:
      case NodeKind::kWhile: {
        const NodeId test =
            kind == NodeKind::kIf ? ir::If(tree_, parent).test() : ir::While(tree_, parent).test();
        if (node == test) {
          if (kind == NodeKind::kWhile && inside(parent)) return {};
          break;
        }
        if (NodeId write = inside(test)) return is_certain(write, test) ? write : NodeId{};
        if (kind == NodeKind::kWhile && inside(parent)) return {};
        break;
      }
      case NodeKind::kForEach: {
        if (slot == slots::ForEach::iterable) break;
        const NodeId target = ir::ForEach(tree_, parent).target();
        if (slot == slots::ForEach::body) {
          if (NodeId write = inside(target)) return write;
        }
        if (inside(parent)) return {};
        break;
      }
      case NodeKind::kCatchClause: {
        const NodeId target = ir::CatchClause(tree_, parent).target();
        if (!target || slot != slots::CatchClause::body) break;
        if (NodeId write = inside(target)) return write;
        break;
      }
      case NodeKind::kForIn:
      case NodeKind::kCFor:
      case NodeKind::kDoWhile:
      case NodeKind::kLoopElse:
      case NodeKind::kSwitch:
      case NodeKind::kTry:
        if (inside(parent)) return {};
        break;
      case NodeKind::kAssign:
      case NodeKind::kAugAssign:
      case NodeKind::kAssignExpr:
      case NodeKind::kLogicalAssign:
      case NodeKind::kWalrus:
        break;  // the target is written after the value is read
      default:
        if (last_between(from, here)) return {};
        break;
    }
    node = parent;
  }
}

}  // namespace asyncport::facts
