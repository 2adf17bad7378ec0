// The side tables behind the Facts interface, and who fills them: structure, scopes and names here; types by
// inference and colours by the async pass, each at the first question that needs it. A file whose lessons ask for
// neither is checked without.
#pragma once

#include <memory>
#include <string>

#include "facts/async.h"
#include "facts/expose.h"
#include "facts/facts.h"
#include "facts/infer.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/sign.h"
#include "facts/structure.h"
#include "facts/whole_floats.h"

namespace asyncport::facts {

class FactsImpl final : public Facts {
 public:
  FactsImpl(const ir::Tree& tree, const FactOptions& options);

  const ir::Tree& tree() const override { return tree_; }
  ir::NodeId Parent(ir::NodeId id) const override { return structure_.parent[id.index]; }
  ir::NodeId EnclosingFunction(ir::NodeId id) const override {
    return structure_.function[id.index];
  }
  ir::NodeId EnclosingStatement(ir::NodeId id) const override {
    return structure_.statement[id.index];
  }
  ir::NodeId EnclosingClass(ir::NodeId id) const override { return structure_.class_def[id.index]; }
  ir::NodeId EnclosingLoop(ir::NodeId id) const override { return structure_.loop[id.index]; }

  BindingId BindingOf(ir::NodeId name) const override { return scopes_.binding_of[name.index]; }
  const Binding& binding(BindingId id) const override { return scopes_.bindings[id.index]; }
  std::size_t binding_count() const override { return scopes_.bindings.size() - 1; }
  ScopeId ScopeOf(ir::NodeId id) const override { return scopes_.scope_of[id.index]; }
  const Scope& scope(ScopeId id) const override { return scopes_.scopes[id.index]; }
  BindingId Lookup(ScopeId scope, std::string_view name) const override;

  const std::string& ResolvedName(ir::NodeId expression) const override;
  ir::NodeId CalleeDefinition(ir::NodeId call) const override;
  std::vector<ir::NodeId> PossibleCallees(ir::NodeId call) const override;
  Functions FunctionsOf(ir::NodeId expression) const override;

  TypeId TypeOf(ir::NodeId expression) const override;
  const Type& type(TypeId id) const override { return values().types.type(id); }
  bool Only(ir::NodeId expression, std::initializer_list<TypeKind> kinds) const override;
  bool May(ir::NodeId expression, std::initializer_list<TypeKind> kinds) const override;
  bool IsNonNegative(ir::NodeId expression) const override {
    return values().signs.IsNonNegative(expression);
  }
  Whole WholenessOf(ir::NodeId expression) const;
  std::string TypeName(TypeId id) const override { return values().types.NameOf(id); }

  Use UseOf(ir::NodeId expression) const override;
  CallColour ColourOf(ir::NodeId call) const override { return colours().ColourOf(call); }
  Async IsAsync(ir::NodeId function) const override { return colours().IsAsync(function); }
  bool BecomesAsync(ir::NodeId function) const override { return colours().BecomesAsync(function); }
  bool NeedsLoop(ir::NodeId function) const override { return colours().NeedsLoop(function); }
  bool BecomesAwaited(ir::NodeId call) const override { return colours().BecomesAwaited(call); }
  bool HasEagerPrefix(ir::NodeId function) const override {
    return colours().HasEagerPrefix(function);
  }

  std::string Dump() const override;

 private:
  // Does whoever receives this function literal drop what it returns: executors, timers, forEach?
  bool ResultIsIgnored(ir::NodeId lambda) const;

  std::string Resolve(ir::NodeId expression) const;

  struct Values {
    Inference inference;
    TypeTable types;  // made structural when they are asked for
    Signs signs;
    Values(const ir::Tree& tree, const Structure& structure, const Scopes& scopes, const Names& names)
        : inference(tree, structure, scopes, names),
          types(tree, structure, names, scopes, inference),
          signs(tree, structure, scopes, names, inference) {
      inference.Run();
    }
  };
  Values& values() const;
  const AsyncFacts& colours() const;

  const ir::Tree& tree_;
  FactOptions options_;
  Structure structure_;
  Scopes scopes_;
  Names names_;
  const std::vector<std::uint8_t>& ResultUses() const;
  mutable std::vector<std::uint8_t> result_uses_;
  // By node: the same few expressions are asked for by every card and topic.
  mutable std::vector<std::unique_ptr<const std::string>> resolved_;
  mutable std::unique_ptr<Values> values_;
  mutable std::unique_ptr<AsyncFacts> async_;
};

}  // namespace asyncport::facts
