// Puts the side tables together and answers the questions about names.
#include "facts/facts_impl.h"

#include <utility>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

FactsImpl::FactsImpl(const ir::Tree& tree, const FactOptions& options)
    : tree_(tree),
      options_(options),
      structure_(tree),
      scopes_(tree, structure_),
      names_(tree, structure_, scopes_) {}

FactsImpl::Values& FactsImpl::values() const {
  if (!values_) values_ = std::make_unique<Values>(tree_, structure_, scopes_, names_);
  return *values_;
}

const AsyncFacts& FactsImpl::colours() const {
  if (!async_) {
    async_ = std::make_unique<AsyncFacts>(tree_, structure_, scopes_, names_, values().inference, options_);
  }
  return *async_;
}

BindingId FactsImpl::Lookup(ScopeId scope, std::string_view name) const {
  return scopes_.Find(scope, tree_.strings().Intern(name));
}

const std::string& FactsImpl::ResolvedName(NodeId expression) const {
  if (resolved_.empty()) resolved_.resize(tree_.size());
  std::unique_ptr<const std::string>& known = resolved_[expression.index];
  if (!known) known = std::make_unique<const std::string>(Resolve(expression));
  return *known;
}

std::string FactsImpl::Resolve(NodeId expression) const {
  std::string path = names_.PathOf(expression);
  if (!path.empty()) return path;
  if (auto chain = ir::As<ir::OptionalChain>(tree_, expression)) return Resolve(chain.value());
  const auto attribute = ir::As<ir::Attribute>(tree_, expression);
  if (!attribute || attribute.is_private()) return {};
  Inference& inference = values().inference;
  return inference.MemberPath(inference.ValueOf(attribute.object()), tree_.node(expression).atom);
}

NodeId FactsImpl::CalleeDefinition(NodeId call) const {
  NodeId callee;
  if (auto view = ir::As<ir::Call>(tree_, call)) callee = view.callee();
  if (auto view = ir::As<ir::New>(tree_, call)) callee = view.callee();
  if (!callee) return {};
  if (tree_.Is(callee, NodeKind::kFunctionExpr) || tree_.Is(callee, NodeKind::kLambda))
    return callee;
  const Type& t = type(TypeOf(callee));
  return t.kind == TypeKind::kFunction || t.kind == TypeKind::kClass ? t.decl : NodeId{};
}

std::vector<NodeId> FactsImpl::PossibleCallees(NodeId call) const {
  std::vector<NodeId> out;
  NodeId callee;
  if (auto view = ir::As<ir::Call>(tree_, call)) callee = view.callee();
  if (auto view = ir::As<ir::New>(tree_, call)) callee = view.callee();
  if (!callee) return out;
  if (tree_.Is(callee, NodeKind::kFunctionExpr) || tree_.Is(callee, NodeKind::kLambda)) return {callee};
  Inference& inference = values().inference;
  const Lattice& lattice = inference.lattice();
  for (SiteId id : lattice.Sites(inference.ValueOf(callee))) {
    const Site& site = lattice.site(id);
    if (!site.node || !site.name.empty()) continue;
    if (site.kind == TypeKind::kFunction) out.push_back(site.node);
    if (site.kind == TypeKind::kClass) {
      if (NodeId constructor = inference.FindConstructor(site.node)) out.push_back(constructor);
    }
  }
  return out;
}

Facts::Functions FactsImpl::FunctionsOf(NodeId expression) const {
  Functions out;
  if (tree_.Is(expression, NodeKind::kFunctionExpr) || tree_.Is(expression, NodeKind::kLambda)) {
    out.nodes.push_back(expression);
    return out;
  }
  Inference& inference = values().inference;
  const Lattice& lattice = inference.lattice();
  const SetId value = inference.ValueOf(expression);
  out.others = value == kUnknownSet || value == kNeverSet || (lattice.Bits(value) & ~kNullBits) != 0;
  for (SiteId id : lattice.Sites(value)) {
    const Site& site = lattice.site(id);
    if (site.kind == TypeKind::kFunction && site.node && site.name.empty()) {
      out.nodes.push_back(site.node);
    } else {
      out.others = true;
    }
  }
  return out;
}

TypeId FactsImpl::TypeOf(NodeId expression) const {
  return values().types.Of(values().inference.ValueOf(expression));
}

Whole MayBeWholeFloat(const Facts& facts, NodeId expression) {
  return static_cast<const FactsImpl&>(facts).WholenessOf(expression);
}

Whole FactsImpl::WholenessOf(NodeId expression) const {
  const SetId set = values().inference.Resolve(values().inference.ValueOf(expression));
  const Lattice& lattice = values().inference.lattice();
  if (set == kUnknownSet || (lattice.Looks(set) & kWholeFloat) == 0) return Whole::kNo;
  const bool is_float = lattice.OnlyKinds(set, Bit(TypeKind::kFloat));
  return is_float && (lattice.Looks(set) & kLooseFloat) == 0 ? Whole::kYes : Whole::kPerhaps;
}

bool FactsImpl::Only(NodeId expression, std::initializer_list<TypeKind> kinds) const {
  std::uint32_t mask = 0;
  for (TypeKind kind : kinds) mask |= Bit(kind);
  Values& known = values();
  const SetId set = known.inference.ValueOf(expression);
  return set != kNeverSet && set != kUnknownSet && (known.types.Kinds(set) & ~mask) == 0;
}

bool FactsImpl::May(NodeId expression, std::initializer_list<TypeKind> kinds) const {
  std::uint32_t mask = 0;
  for (TypeKind kind : kinds) mask |= Bit(kind);
  Values& known = values();
  const SetId set = known.inference.ValueOf(expression);
  return set == kNeverSet || (known.types.Kinds(set) & mask) != 0;
}

std::unique_ptr<Facts> Infer(const ir::Tree& tree, const FactOptions& options) {
  return std::make_unique<FactsImpl>(tree, options);
}

}  // namespace asyncport::facts
