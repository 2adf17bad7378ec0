// Proofs that a number is not negative: lengths, literals, indexes, counters that only grow, and what is made of such.
// Example: in `for (let i = 0; i < n; i++) xs[i % 3]`, `i` is not negative, so `%` means the same in both languages.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "facts/infer.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/structure.h"
#include "ir/tree.h"

namespace asyncport::facts {

class Signs {
 public:
  Signs(const ir::Tree& tree, const Structure& structure, const Scopes& scopes, const Names& names,
        Inference& inference)
      : tree_(tree),
        structure_(structure),
        scopes_(scopes),
        names_(names),
        inference_(inference),
        is_js_(tree.language() == Language::kJs) {}

  bool IsNonNegative(ir::NodeId expression) {
    budget_ = kBudget;
    return Proves(expression, 0);
  }

 private:
  bool Proves(ir::NodeId expression, int depth);
  bool ProvesCall(ir::NodeId call, int depth);
  bool ProvesVariable(ir::NodeId name, int depth);
  bool ProvesWrite(ir::NodeId write, int depth);
  bool ProvesParam(ir::NodeId param, int depth);
  bool ProvesItem(ir::NodeId iterable, bool is_first_of_pair, int depth);
  std::string PathOf(ir::NodeId callee);

  const ir::Tree& tree_;
  const Structure& structure_;
  const Scopes& scopes_;
  const Names& names_;
  Inference& inference_;
  const bool is_js_;
  // By binding. While one is looked at it counts as proven: `i` after `i += 1` is what `i` was, and one more.
  std::unordered_map<std::uint32_t, bool> variables_;
  static constexpr int kBudget = 4'000;  // expressions looked at for one answer; then it is no
  int budget_ = 0;
  bool assumed_ = false;  // an answer hangs on such an assumption
};

}  // namespace asyncport::facts
