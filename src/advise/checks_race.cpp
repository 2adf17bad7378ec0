// race-after-await: a shared variable is read, then something is waited for, then the variable is written from what was
// read. Follows ESLint's require-atomic-updates, but leaves alone what only this call can
// see, constants, and values that have nothing to do with what was read.
// Example: `total += await price(item);` loses what others added meanwhile.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "advise/work.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

// What is known of a shared place at a point: read since the last await, or before it.
enum class Age : std::uint8_t { kFresh, kOutdated };
using Reads = std::map<std::string, Age>;

class Walk {
 public:
  Walk(const Context& context, NodeId function)
      : context_(context), tree_(context.tree), function_(function) {}

  void Run() {
    if (!LetsOneIn()) Visit(BodyOf(tree_, function_));
  }

 private:
  // A name for a place that others can write while this function waits; empty for what is its own.
  std::string Place(NodeId node) const {
    if (tree_.Is(node, NodeKind::kName)) {
      const facts::BindingId id = context_.facts.BindingOf(node);
      if (!id) return {};
      const facts::Binding& binding = context_.facts.binding(id);
      if (binding.kind == facts::BindingKind::kImport ||
          binding.kind == facts::BindingKind::kFunction ||
          binding.kind == facts::BindingKind::kClass) {
        return {};
      }
      const bool own =
          binding.declaration && context_.facts.EnclosingFunction(binding.declaration) == function_;
      // A variable of this call is shared only with closures that write it.
      if (binding.kind == facts::BindingKind::kParam || own) {
        const bool written_elsewhere = std::any_of(
            binding.writes.begin(), binding.writes.end(),
            [&](NodeId write) { return context_.facts.EnclosingFunction(write) != function_; });
        if (!binding.captured || !written_elsewhere || binding.kind == facts::BindingKind::kParam)
          return {};
      }
      return "name " + std::to_string(id.index);
    }
    const auto attribute = ir::As<ir::Attribute>(tree_, node);
    if (!attribute) return {};
    if (tree_.Is(attribute.object(), NodeKind::kSelfRef))
      return "self." + std::string(attribute.name());
    if (!tree_.Is(attribute.object(), NodeKind::kName)) return {};
    const facts::BindingId id = context_.facts.BindingOf(attribute.object());
    if (!id) return {};
    const facts::Binding& binding = context_.facts.binding(id);
    if (binding.kind != facts::BindingKind::kVariable || !binding.declaration) return {};
    if (context_.facts.EnclosingFunction(binding.declaration) == function_) return {};
    return "member " + std::to_string(id.index) + "." + std::string(attribute.name());
  }

  // `if (this.busy) return; this.busy = true;` before anything is waited for: nobody else comes so far.
  // A callback inside of such a function runs for that one.
  bool LetsOneIn() const {
    for (NodeId at = function_; at; at = context_.facts.EnclosingFunction(at)) {
      if (LetsOneIn(at)) return true;
    }
    return false;
  }

  bool LetsOneIn(NodeId function) const {
    const auto block = ir::As<ir::Block>(tree_, BodyOf(tree_, function));
    if (!block) return false;
    std::set<std::string> flags;
    for (NodeId statement : block.statements()) {
      if (Waits(tree_, statement)) return false;
      if (const auto branch = ir::As<ir::If>(tree_, statement)) {
        if (Leaves(branch.body())) AddAsked(branch.test(), ir::LogicalOp::kOr, flags);
      } else if (const auto assign = ir::As<ir::Assign>(tree_, statement)) {
        const auto value = ir::As<ir::Bool>(tree_, assign.value());
        if (value && value.value() && assign.targets().size() == 1 &&
            flags.contains(Place(assign.targets()[0]))) {
          return true;
        }
      }
    }
    return false;
  }

  // The places that a condition asks for by themselves: `a || this.busy`.
  void AddAsked(NodeId test, ir::LogicalOp op, std::set<std::string>& places) const {
    if (const auto logical = ir::As<ir::Logical>(tree_, test)) {
      if (logical.op() != op) return;
      AddAsked(logical.left(), op, places);
      return AddAsked(logical.right(), op, places);
    }
    const auto denied = ir::As<ir::Unary>(tree_, test);
    const bool wants_not = op == ir::LogicalOp::kAnd;
    if (wants_not != (denied && denied.op() == ir::UnaryOp::kNot)) return;
    const std::string place = Place(wants_not ? denied.operand() : test);
    if (!place.empty()) places.insert(place);
  }

  // `if (!this.waiting) { this.waiting = ...; await ...`: the first who comes shuts the door.
  bool ShutsDoor(const ir::If& branch) const {
    const auto block = ir::As<ir::Block>(tree_, branch.body());
    if (!block) return false;
    std::set<std::string> open;
    AddAsked(branch.test(), ir::LogicalOp::kAnd, open);
    for (NodeId statement : block.statements()) {
      if (Waits(tree_, statement)) return false;
      const auto assign = ir::As<ir::Assign>(tree_, statement);
      if (assign && assign.value() && !tree_.Is(assign.value(), NodeKind::kNull) &&
          open.contains(Place(assign.targets()[0])))
        return true;
    }
    return false;
  }

  // `if (turn !== this.turn) return;` after a wait: whoever was overtaken gives up.
  bool LooksAgain(const ir::If& branch) const {
    if (!Leaves(branch.body())) return false;
    bool again = false;
    VisitOwn(tree_, branch.test(), [&](NodeId at) {
      const auto binary = ir::As<ir::Binary>(tree_, at);
      if (!binary) return true;
      for (const auto& [kept, now] :
           {std::pair(binary.left(), binary.right()), std::pair(binary.right(), binary.left())}) {
        if (!tree_.Is(kept, NodeKind::kName)) continue;
        const auto copies = copies_.find(context_.facts.BindingOf(kept).index);
        again = again || (copies != copies_.end() && copies->second.contains(Place(now)));
      }
      return true;
    });
    return again;
  }

  void Read(NodeId node) {
    const std::string place = Place(node);
    if (!place.empty()) reads_[place] = Age::kFresh;
  }

  // Does the value wait itself, or hold what was read before the wait? Else what is written has nothing to do with it.
  bool DependsOnOld(NodeId value, const std::string& place) const {
    bool depends = false;
    VisitOwn(tree_, value, [&](NodeId at) {
      depends = depends || tree_.Is(at, NodeKind::kAwait) || tree_.Is(at, NodeKind::kYield);
      if (tree_.Is(at, NodeKind::kName)) {
        const auto copies = copies_.find(context_.facts.BindingOf(at).index);
        depends = depends || (copies != copies_.end() && copies->second.contains(place));
      }
      return true;
    });
    return depends;
  }

  // `const old = total;`
  void Copy(NodeId target, NodeId value) {
    if (!tree_.Is(target, NodeKind::kName)) return;
    std::set<std::string>& places = copies_[context_.facts.BindingOf(target).index];
    VisitOwn(tree_, value, [&](NodeId at) {
      const std::string place = Place(at);
      if (!place.empty()) places.insert(place);
      return true;
    });
  }

  void Write(NodeId target, NodeId at, NodeId value, bool is_constant) {
    const std::string place = Place(target);
    if (place.empty()) return;
    const auto known = reads_.find(place);
    if (known != reads_.end() && known->second == Age::kOutdated && !is_constant && locks_ == 0 &&
        DependsOnOld(value, place)) {
      context_.out.Report("race-after-await", tree_.span(at),
                          {{"name", std::string(context_.source.Text(tree_.span(target)))}});
    }
    reads_.erase(place);
  }

  void Wait() {
    for (auto& [place, age] : reads_) age = Age::kOutdated;
  }

  void Branches(std::initializer_list<NodeId> parts, bool may_skip) {
    const Reads before = reads_;
    Reads after = may_skip ? before : Reads{};
    for (NodeId part : parts) {
      if (!part) continue;
      reads_ = before;
      Visit(part);
      if (!Leaves(part)) Merge(after, reads_);
    }
    reads_ = std::move(after);
  }

  static void Merge(Reads& into, const Reads& from) {
    for (const auto& [place, age] : from) {
      Age& known = into.try_emplace(place, age).first->second;
      known = std::max(known, age);
    }
  }

  bool Leaves(NodeId part) const {
    const auto block = ir::As<ir::Block>(tree_, part);
    if (!block || block.statements().empty()) return false;
    const NodeKind last = tree_.kind(block.statements().back());
    return last == NodeKind::kReturn || last == NodeKind::kRaise || last == NodeKind::kContinue ||
           last == NodeKind::kBreak;
  }

  bool IsConstant(NodeId value) const {
    const NodeKind kind = tree_.kind(value);
    return kind == NodeKind::kNumber || kind == NodeKind::kString || kind == NodeKind::kBool ||
           kind == NodeKind::kNull || kind == NodeKind::kUndefined ||
           (kind == NodeKind::kList && ir::List(tree_, value).elements().empty()) ||
           (kind == NodeKind::kDict && ir::Dict(tree_, value).entries().empty());
  }

  bool IsLock(NodeId with) const {
    for (NodeId item : ir::With(tree_, with).items()) {
      std::string text(
          context_.source.Text(tree_.span(ir::Cast<ir::WithItem>(tree_, item).context())));
      std::transform(text.begin(), text.end(), text.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      for (std::string_view word : {"lock", "mutex", "sem", "cond"}) {
        if (text.find(word) != std::string::npos) return true;
      }
    }
    return false;
  }

  void Visit(NodeId node) {
    if (!node) return;
    const NodeKind kind = tree_.kind(node);
    if (IsFunctionKind(kind) || kind == NodeKind::kClassDef || kind == NodeKind::kClassExpr) return;
    switch (kind) {
      case NodeKind::kAwait:
        Visit(ir::Await(tree_, node).value());
        return Wait();
      case NodeKind::kYield:
        Visit(ir::Yield(tree_, node).value());
        return Wait();
      case NodeKind::kScopeDecl:  // `global total` names it, and reads nothing
        return;
      case NodeKind::kName:
      case NodeKind::kAttribute:
        Read(node);
        if (const auto attribute = ir::As<ir::Attribute>(tree_, node)) Visit(attribute.object());
        return;
      case NodeKind::kAssign: {
        const ir::Assign assign(tree_, node);
        Visit(assign.value());
        for (NodeId target : assign.targets())
          Target(target, node, assign.value(), IsConstant(assign.value()));
        if (assign.targets().size() == 1) Copy(assign.targets()[0], assign.value());
        return;
      }
      case NodeKind::kAssignExpr: {
        const ir::AssignExpr assign(tree_, node);
        if (assign.op() != ir::BinaryOp::kNone) Read(assign.target());
        Visit(assign.value());
        return Target(assign.target(), node, assign.value(), IsConstant(assign.value()));
      }
      case NodeKind::kAugAssign: {
        const ir::AugAssign assign(tree_, node);
        Read(assign.target());
        Visit(assign.value());
        return Target(assign.target(), node, assign.value(), false);
      }
      case NodeKind::kLogicalAssign: {
        const ir::LogicalAssign assign(tree_, node);
        Read(assign.target());
        Visit(assign.value());
        return Target(assign.target(), node, assign.value(), IsConstant(assign.value()));
      }
      case NodeKind::kIf: {
        const ir::If branch(tree_, node);
        Visit(branch.test());
        if (LooksAgain(branch)) reads_.clear();
        const bool shuts = ShutsDoor(branch);
        locks_ += shuts;
        Branches({branch.body(), branch.else_body()}, !branch.else_body());
        locks_ -= shuts;
        return;
      }
      case NodeKind::kConditional: {
        const ir::Conditional choice(tree_, node);
        Visit(choice.test());
        return Branches({choice.then_value(), choice.else_value()}, false);
      }
      case NodeKind::kWith: {
        const bool lock = IsLock(node);
        // Whoever holds the lock begins anew: what was read before it is read again, or the test is for nothing.
        locks_ += lock;
        tree_.ForEachChild(node, [&](NodeId child) { Visit(child); });
        locks_ -= lock;
        if (ir::With(tree_, node).is_async()) Wait();
        return;
      }
      case NodeKind::kForEach: {
        const ir::ForEach loop(tree_, node);
        Visit(loop.iterable());
        if (loop.is_async()) Wait();
        return Branches({loop.body()}, true);
      }
      default:
        tree_.ForEachChild(node, [&](NodeId child) { Visit(child); });
    }
  }

  void Target(NodeId target, NodeId at, NodeId value, bool is_constant) {
    const NodeKind kind = tree_.kind(target);
    if (kind == NodeKind::kName || kind == NodeKind::kAttribute)
      return Write(target, at, value, is_constant);
    // `list[i] = x` writes into the list, and reads both names.
    if (kind == NodeKind::kSubscript) return Visit(target);
    tree_.ForEachChild(target, [&](NodeId child) { Target(child, at, value, is_constant); });
  }

  const Context& context_;
  const ir::Tree& tree_;
  NodeId function_;
  Reads reads_;
  std::map<std::uint32_t, std::set<std::string>>
      copies_;  // by variable of this call: the places in its value
  int locks_ = 0;
};

}  // namespace

void CheckRace(const Context& context, NodeId function) {
  // A generator that yields lets others run as well.
  const bool yields = IsGenerator(context.tree, function);
  if (!yields && !IsDeclaredAsync(context.tree, function)) return;
  if (!yields && !Waits(context.tree, BodyOf(context.tree, function))) return;
  Walk(context, function).Run();
}

}  // namespace asyncport::advise
