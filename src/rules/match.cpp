// Structural matching by slots: one algorithm for all kinds, exceptions for names, functions and lists with holes.
#include "rules/match.h"

#include <algorithm>
#include <span>

#include "ir/views.h"

namespace asyncport::rules {
namespace {

using ir::NodeId;
using ir::NodeKind;

// Flags that say how something was written, not what it means.
std::uint8_t MeaningfulFlags(const ir::Tree& tree, NodeId id) {
  switch (tree.kind(id)) {
    case NodeKind::kString:
    case NodeKind::kTemplate:
    case NodeKind::kDict:
    case NodeKind::kTuple:
    case NodeKind::kListPattern:
      return 0;
    // `s?.trim()`: whether there is an `s` is asked around the call (translate/to_py/absence).
    case NodeKind::kAttribute:
      return ir::Attribute(tree, id).is_private() ? 1 : 0;
    default:
      return tree.node(id).flags;
  }
}

// What a hole for one expression never stands for.
bool IsPartOfList(NodeKind kind) {
  return kind == NodeKind::kSpread || kind == NodeKind::kKeyword || kind == NodeKind::kKeywordSpread ||
         kind == NodeKind::kElision || kind == NodeKind::kRestPattern || kind == NodeKind::kMethodEntry;
}

bool IsPlainTarget(const ir::Tree& tree, NodeId id);

// `n`, `n = 1`, `{ n }`: what a property of an object pattern goes to. Defaults are literals.
bool IsPlainPart(const ir::Tree& tree, NodeId id) {
  auto given = ir::As<ir::DefaultPattern>(tree, id);
  if (!given) return IsPlainTarget(tree, id);
  if (!tree.Is(given.target(), NodeKind::kName)) return false;
  switch (tree.kind(given.default_value())) {
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kBool:
    case NodeKind::kNull:
      return true;
    case NodeKind::kList:
      return ir::List(tree, given.default_value()).elements().empty();
    case NodeKind::kDict:
      return ir::Dict(tree, given.default_value()).entries().empty();
    default:
      return false;
  }
}

// A parameter that a comprehension or a loop can take as it is: a name, or a pattern of names.
bool IsPlainTarget(const ir::Tree& tree, NodeId id) {
  if (tree.Is(id, NodeKind::kName)) return true;
  if (auto object = ir::As<ir::ObjectPattern>(tree, id)) {
    // Its parts are read out of one name.
    return !object.rest() && !object.properties().empty() &&
           std::all_of(object.properties().begin(), object.properties().end(), [&](NodeId part) {
             const ir::PropertyPattern property(tree, part);
             return tree.Is(property.key(), NodeKind::kString) &&
                    IsPlainPart(tree, property.target());
           });
  }
  auto list = ir::As<ir::ListPattern>(tree, id);
  if (!list || list.elements().empty()) return false;
  return std::all_of(list.elements().begin(), list.elements().end(),
                     [&](NodeId element) {
                       return tree.Is(element, NodeKind::kElision) || IsPlainTarget(tree, element);
                     });
}

bool Contains(const ir::Tree& tree, NodeId id, NodeKind kind) {
  if (tree.Is(id, kind)) return true;
  bool found = false;
  tree.ForEachChild(id, [&](NodeId child) { found = found || Contains(tree, child, kind); });
  return found;
}

class Matcher {
 public:
  Matcher(const Side& side, const facts::Facts& facts, Bindings& bindings)
      : side_(side), shape_(side.tree), facts_(facts), source_(facts.tree()), bindings_(bindings) {}

  bool Node(NodeId p, NodeId s) {
    if (auto hole = ir::As<ir::Hole>(shape_, p)) return OneHole(hole, s);
    if (!s) return false;
    switch (shape_.kind(p)) {
      case NodeKind::kName:
        return Name(p, s);
      case NodeKind::kAttribute:
        if (!side_.path[p.index].empty()) return Path(p, s);
        if (std::string_view hole = MemberHole(shape_, p); !hole.empty()) {
          auto attribute = ir::As<ir::Attribute>(source_, s);
          return attribute && !attribute.is_private() && !attribute.is_optional() &&
                 Node(ir::Attribute(shape_, p).object(), attribute.object()) && Bind(hole, false, {s});
        }
        break;
      case NodeKind::kLambda:
        return Lambda(ir::Lambda(shape_, p), s);
      case NodeKind::kParam:
        return Param(ir::Param(shape_, p), s);
      case NodeKind::kNumber:
        return source_.Is(s, NodeKind::kNumber) && shape_.text(p) == source_.text(s);
      default:
        break;
    }
    if (shape_.kind(p) != source_.kind(s) || shape_.node(p).oper != source_.node(s).oper ||
        MeaningfulFlags(shape_, p) != MeaningfulFlags(source_, s) || shape_.text(p) != source_.text(s)) {
      return false;
    }
    const ir::KindInfo& info = ir::Info(shape_.kind(p));
    for (unsigned slot = 0; slot < info.slot_count; ++slot) {
      if (info.slots[slot].arity == ir::SlotArity::kList) {
        if (!List(shape_.SlotList(p, slot), source_.SlotList(s, slot))) return false;
        continue;
      }
      NodeId p_child = shape_.Slot(p, slot);
      NodeId s_child = source_.Slot(s, slot);
      if (!p_child != !s_child) return false;
      if (p_child && !Node(p_child, s_child)) return false;
    }
    return true;
  }

 private:
  bool Bind(std::string_view hole, bool is_list, ir::NodeList nodes) {
    if (const Bound* old = bindings_.Find(hole)) {
      return std::equal(old->nodes.begin(), old->nodes.end(), nodes.begin(), nodes.end(),
                        [&](NodeId a, NodeId b) { return ir::SameTree(source_, a, source_, b); });
    }
    bindings_.bound.push_back(Bound{std::string(hole), is_list, std::move(nodes)});
    return true;
  }

  bool OneHole(ir::Hole hole, NodeId s) {
    if (!s || hole.kind() == ir::HoleKind::kList || IsPartOfList(source_.kind(s))) return false;
    return hole.kind() == ir::HoleKind::kAny || Bind(hole.name(), false, {s});
  }

  bool Path(NodeId p, NodeId s) {
    NodeKind kind = source_.kind(s);
    if (kind != NodeKind::kName && kind != NodeKind::kAttribute) return false;
    return facts_.ResolvedName(s) == side_.path[p.index];
  }

  bool Name(NodeId p, NodeId s) {
    if (!side_.path[p.index].empty()) return Path(p, s);
    if (!source_.Is(s, NodeKind::kName)) return false;
    auto [local, is_new] =
        bindings_.locals.emplace(std::string(shape_.text(p)), std::string(source_.text(s)));
    return is_new || local->second == source_.text(s);
  }

  bool Lambda(ir::Lambda p, NodeId s) {
    NodeId body = SingleReturn(source_, s);
    if (!body) return false;
    std::span<const NodeId> params;
    bool is_async = false;
    if (auto lambda = ir::As<ir::Lambda>(source_, s)) {
      params = lambda.params();
      is_async = lambda.is_async();
    } else {
      const ir::FunctionExpr function(source_, s);
      params = function.params();
      is_async = function.is_async();
    }
    return p.is_async() == is_async && List(p.params(), params) && Node(p.body(), body);
  }

  bool Param(ir::Param p, NodeId s) {
    auto param = ir::As<ir::Param>(source_, s);
    if (!param || p.kind() != param.kind() || !p.default_value() != !param.default_value()) return false;
    if (p.default_value() && !Node(p.default_value(), param.default_value())) return false;
    return IsPlainTarget(source_, param.target()) && Node(p.target(), param.target());
  }

  // At most one list hole stands among `ps`: it takes what the others leave.
  bool List(std::span<const NodeId> ps, std::span<const NodeId> ss) {
    std::size_t hole_at = ps.size();
    for (std::size_t i = 0; i < ps.size(); ++i) {
      auto hole = ir::As<ir::Hole>(shape_, ps[i]);
      if (hole && hole.kind() == ir::HoleKind::kList) hole_at = i;
    }
    if (hole_at == ps.size()) {
      if (ps.size() != ss.size()) return false;
      for (std::size_t i = 0; i < ps.size(); ++i) {
        if (!Node(ps[i], ss[i])) return false;
      }
      return true;
    }
    const std::size_t after = ps.size() - hole_at - 1;
    if (ss.size() < hole_at + after) return false;
    for (std::size_t i = 0; i < hole_at; ++i) {
      if (!Node(ps[i], ss[i])) return false;
    }
    auto taken = ss.subspan(hole_at, ss.size() - hole_at - after);
    const ir::Hole hole(shape_, ps[hole_at]);
    if (hole.name() != "_") {  // `$$$_` takes keyword arguments too, and is not bound
      for (NodeId id : taken) {
        NodeKind kind = source_.kind(id);
        if (IsPartOfList(kind) && kind != NodeKind::kSpread) return false;
      }
      if (!Bind(hole.name(), true, ir::NodeList(taken.begin(), taken.end()))) return false;
    }
    for (std::size_t i = 0; i < after; ++i) {
      if (!Node(ps[hole_at + 1 + i], ss[ss.size() - after + i])) return false;
    }
    return true;
  }

  const Side& side_;
  const ir::Tree& shape_;
  const facts::Facts& facts_;
  const ir::Tree& source_;
  Bindings& bindings_;
};

}  // namespace

const Bound* Bindings::Find(std::string_view hole) const {
  for (const Bound& b : bound) {
    if (b.hole == hole) return &b;
  }
  return nullptr;
}

bool MatchShape(const Side& side, const facts::Facts& facts, NodeId node, Bindings& bindings) {
  const bool is_statement = ir::HasCategory(facts.tree().kind(node), ir::category::Stmt);
  const bool is_expression = ir::HasCategory(facts.tree().kind(node), ir::category::Expr);
  if (is_statement) return Matcher(side, facts, bindings).Node(side.statement, node);
  return is_expression && !side.is_statement && Matcher(side, facts, bindings).Node(side.root, node);
}

NodeId SingleReturn(const ir::Tree& tree, NodeId function) {
  if (auto lambda = ir::As<ir::Lambda>(tree, function)) return lambda.body();
  auto expr = ir::As<ir::FunctionExpr>(tree, function);
  if (!expr || expr.is_generator() || expr.name()) return ir::kNoNode;
  auto body = ir::As<ir::Block>(tree, expr.body());
  if (!body || body.statements().size() != 1) return ir::kNoNode;
  auto result = ir::As<ir::Return>(tree, body.statements()[0]);
  if (!result || !result.value()) return ir::kNoNode;
  // `this` of a plain function is not the `this` around it.
  if (!expr.is_arrow() && Contains(tree, result.value(), NodeKind::kSelfRef)) return ir::kNoNode;
  return result.value();
}

bool IsSimple(const ir::Tree& tree, NodeId node) {
  switch (tree.kind(node)) {
    case NodeKind::kName:
    case NodeKind::kSelfRef:
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kUndefined:
      return true;
    case NodeKind::kAttribute:
      return IsSimple(tree, ir::Attribute(tree, node).object());
    case NodeKind::kSubscript:
      return IsSimple(tree, ir::Subscript(tree, node).object()) &&
             IsSimple(tree, ir::Subscript(tree, node).index());
    case NodeKind::kList: {
      auto elements = ir::List(tree, node).elements();
      return elements.size() <= 8 &&
             std::all_of(elements.begin(), elements.end(), [&](NodeId id) { return IsSimple(tree, id); });
    }
    case NodeKind::kUnary:
      return ir::Unary(tree, node).op() == ir::UnaryOp::kNeg && IsSimple(tree, ir::Unary(tree, node).operand());
    default:
      return false;
  }
}

}  // namespace asyncport::rules
