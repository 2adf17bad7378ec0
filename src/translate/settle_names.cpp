// See settle_names.h. A name is free in a function when no Name node inside it has that text: whatever it stands for
// outside, nothing inside could mean it.
#include "translate/settle_names.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "ir/views.h"

namespace asyncport::translate {

using namespace ir;

namespace {

using Position = std::uint32_t;  // of a Name node among all, in the order of the tree

struct Function {
  std::size_t outer = 0;  // index in `functions_`
  unsigned depth = 0;
  Position begin = 0;
  Position end = 0;
};

class Settler {
 public:
  explicit Settler(Tree& tree) : tree_(tree) {}

  void Run(NodeId root, const std::unordered_map<std::string, std::string>& numbered) {
    functions_.push_back({});
    Visit(root, 0);
    std::vector<std::pair<Position, std::string_view>>
        order;  // of appearance, so that the output is stable
    for (const auto& [name, wanted] : numbered) {
      auto uses = positions_.find(name);
      if (uses != positions_.end()) order.emplace_back(uses->second.front(), name);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [first, name] : order) {
      const std::string text(name);
      Settle(text, numbered.at(text));
    }
  }

 private:
  static bool IsFunction(NodeKind kind) {
    return kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
           kind == NodeKind::kLambda || kind == NodeKind::kMethod;
  }

  void Visit(NodeId id, std::size_t function) {
    if (tree_.Is(id, NodeKind::kName)) {
      positions_[std::string(tree_.text(id))].push_back(static_cast<Position>(names_.size()));
      names_.push_back(id);
      homes_.push_back(function);
      return;
    }
    if (!IsFunction(tree_.kind(id))) {
      tree_.ForEachChild(id, [&](NodeId child) { Visit(child, function); });
      return;
    }
    // The name of a definition belongs to the place where it stands.
    auto def = As<FunctionDef>(tree_, id);
    if (def) Visit(def.name(), function);
    const std::size_t mine = functions_.size();
    functions_.push_back({function, functions_[function].depth + 1, Now(), 0});
    tree_.ForEachChild(id, [&](NodeId child) {
      if (!def || child != def.name()) Visit(child, mine);
    });
    functions_[mine].end = Now();
  }

  Position Now() const { return static_cast<Position>(names_.size()); }

  std::size_t CommonOf(std::size_t a, std::size_t b) const {
    while (a != b) {
      if (functions_[a].depth >= functions_[b].depth)
        a = functions_[a].outer;
      else
        b = functions_[b].outer;
    }
    return a;
  }

  bool IsFree(const std::string& name, const Function& function) const {
    auto uses = positions_.find(name);
    if (uses == positions_.end()) return true;
    auto first = std::lower_bound(uses->second.begin(), uses->second.end(), function.begin);
    return first == uses->second.end() || *first >= function.end;
  }

  void Settle(const std::string& name, const std::string& wanted) {
    const std::vector<Position> uses = positions_.at(name);
    std::size_t home = homes_[uses.front()];
    for (Position use : uses) home = CommonOf(home, homes_[use]);
    if (home == 0) return;
    std::string better = wanted;
    const std::string_view joint = tree_.language() == Language::kPy ? "_" : "";
    for (int n = 2; !IsFree(better, functions_[home]); ++n) {
      better = wanted + std::string(joint) + std::to_string(n);
      if (better == name) return;
    }
    std::vector<Position>& others = positions_[better];
    const auto middle = others.insert(others.end(), uses.begin(), uses.end());
    std::inplace_merge(others.begin(), middle, others.end());
    positions_.erase(name);
    for (Position use : uses) tree_.set_text(names_[use], better);
  }

  Tree& tree_;
  std::vector<Function> functions_;  // the first one is the module
  std::vector<NodeId> names_;
  std::vector<std::size_t> homes_;  // by position
  std::unordered_map<std::string, std::vector<Position>> positions_;
};

}  // namespace

void SettleNames(Tree& tree, NodeId root,
                 const std::unordered_map<std::string, std::string>& numbered) {
  if (root && !numbered.empty()) Settler(tree).Run(root, numbered);
}

}  // namespace asyncport::translate
