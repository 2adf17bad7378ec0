// Does an asynchronous function do something that others can see before it first awaits? JavaScript does it during the
// call, a Python task only at the caller's next await.
// Example: `async function f() { console.log("start"); await g(); }` does; `const url = base + id; await get(url)` does not.
#include <algorithm>
#include <array>
#include <string_view>

#include "facts/async.h"
#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::array<std::string_view, 4> kOutputs = {"print", "process.stdout.write",
                                                      "process.stderr.write", "sys.stdout.write"};
// Methods that change their receiver.
constexpr std::array<std::string_view, 22> kChanges = {
    "push",   "append", "add",        "set",        "delete",  "pop",       "shift",  "unshift",
    "splice", "sort",   "reverse",    "clear",      "extend",  "insert",    "remove", "update",
    "emit",   "write",  "put_nowait", "setdefault", "discard", "appendleft"};

}  // namespace

// Is what the target names seen outside of the function that writes it?
bool AsyncFacts::WritesOutside(NodeId target) const {
  switch (tree_.kind(target)) {
    case NodeKind::kName: {
      const BindingId id = scopes_.binding_of[target.index];
      const Binding& binding = scopes_.bindings[id.index];
      return scopes_.FunctionScope(scopes_.scope_of[target.index]) !=
             scopes_.FunctionScope(binding.scope);
    }
    case NodeKind::kAttribute: {
      const NodeId object = ir::Attribute(tree_, target).object();
      return tree_.Is(object, NodeKind::kSelfRef) || WritesOutside(object);
    }
    case NodeKind::kSubscript:
      return WritesOutside(ir::Subscript(tree_, target).object());
    case NodeKind::kSelfRef:
      return true;
    default:
      return false;
  }
}

bool AsyncFacts::IsEffect(NodeId node) const {
  switch (tree_.kind(node)) {
    case NodeKind::kAssign: {
      const ir::Assign assign(tree_, node);
      if (assign.declares() != ir::DeclKind::kNone) return false;
      return std::any_of(assign.targets().begin(), assign.targets().end(),
                         [this](NodeId target) { return WritesOutside(target); });
    }
    case NodeKind::kAugAssign:
      return WritesOutside(ir::AugAssign(tree_, node).target());
    case NodeKind::kAssignExpr:
      return WritesOutside(ir::AssignExpr(tree_, node).target());
    case NodeKind::kLogicalAssign:
      return WritesOutside(ir::LogicalAssign(tree_, node).target());
    case NodeKind::kUpdate:
      return WritesOutside(ir::Update(tree_, node).target());
    case NodeKind::kCall:
    case NodeKind::kNew: {
      NodeId callee;
      if (auto call = ir::As<ir::Call>(tree_, node)) callee = call.callee();
      if (auto made = ir::As<ir::New>(tree_, node)) callee = made.callee();
      const std::string path = names_.PathOf(callee);
      if (path.starts_with("console.") ||
          std::find(kOutputs.begin(), kOutputs.end(), path) != kOutputs.end()) {
        return true;
      }
      if (auto attribute = ir::As<ir::Attribute>(tree_, callee);
          attribute &&
          std::find(kChanges.begin(), kChanges.end(), attribute.name()) != kChanges.end() &&
          WritesOutside(attribute.object())) {
        return true;
      }
      const Lattice& lattice = inference_.lattice();
      for (SiteId id : lattice.Sites(inference_.ValueOf(callee))) {
        const Site& target = lattice.site(id);
        if (target.kind != TypeKind::kFunction || !target.node || !target.name.empty()) continue;
        // A Python coroutine does nothing by being made.
        if (!is_js_ && IsDeclaredAsync(target.node)) continue;
        if (ActsBeforeAwait(target.node)) return true;
      }
      return false;
    }
    default:
      return false;
  }
}

// In the order of evaluation: operands before the operation.
AsyncFacts::Step AsyncFacts::Walk(NodeId node) const {
  const NodeKind kind = tree_.kind(node);
  if (auto made = ir::As<ir::New>(tree_, node); made && names_.PathOf(made.callee()) == "Promise" && made.args().size() == 1) {
    // The executor runs at once.
    NodeId body;
    if (auto f = ir::As<ir::FunctionExpr>(tree_, made.args()[0])) body = f.body();
    if (auto f = ir::As<ir::Lambda>(tree_, made.args()[0])) body = f.body();
    return body && Walk(body) == Step::kActs ? Step::kActs : Step::kContinues;
  }
  if (IsFunctionKind(kind) || IsClassKind(kind)) return Step::kContinues;
  switch (kind) {
    case NodeKind::kIf: {
      const ir::If branch(tree_, node);
      if (Step step = Walk(branch.test()); step != Step::kContinues) return step;
      const Step a = Walk(branch.body());
      const Step b = branch.else_body() ? Walk(branch.else_body()) : Step::kContinues;
      if (a == Step::kActs || b == Step::kActs) return Step::kActs;
      return a == Step::kAwaits && b == Step::kAwaits ? Step::kAwaits : Step::kContinues;
    }
    case NodeKind::kConditional:
    case NodeKind::kLogical:
    case NodeKind::kSwitch:
    case NodeKind::kMatch:
    case NodeKind::kWhile:
    case NodeKind::kCFor: {
      // Some of this may not happen: an effect counts, an await does not end the search.
      bool acts = false;
      bool first = true;
      Step head = Step::kContinues;
      tree_.ForEachChild(node, [&](NodeId child) {
        const Step step = acts || head != Step::kContinues ? Step::kContinues : Walk(child);
        acts = acts || step == Step::kActs;
        if (first && kind != NodeKind::kCFor) head = step == Step::kAwaits ? step : head;
        first = false;
      });
      return acts ? Step::kActs : head;
    }
    case NodeKind::kRaise:
    case NodeKind::kReturn: {
      Step step = Step::kContinues;
      tree_.ForEachChild(node, [&](NodeId child) {
        if (step == Step::kContinues) step = Walk(child);
      });
      // Nothing after it runs: as good as an await.
      return step == Step::kContinues ? Step::kAwaits : step;
    }
    default:
      break;
  }
  Step step = Step::kContinues;
  tree_.ForEachChild(node, [&](NodeId child) {
    if (step == Step::kContinues) step = Walk(child);
  });
  if (step != Step::kContinues) return step;
  const bool waits = kind == NodeKind::kAwait ||
                     (kind == NodeKind::kForEach && ir::ForEach(tree_, node).is_async()) ||
                     (kind == NodeKind::kWith && ir::With(tree_, node).is_async());
  if (waits) return Step::kAwaits;
  return IsEffect(node) ? Step::kActs : Step::kContinues;
}

bool AsyncFacts::ActsBeforeAwait(NodeId function) const {
  const auto [it, is_new] = acts_.try_emplace(function.index, false);
  if (!is_new) return it->second;  // also a function that calls itself
  NodeId body;
  if (auto f = ir::As<ir::FunctionDef>(tree_, function)) body = f.body();
  if (auto f = ir::As<ir::FunctionExpr>(tree_, function)) body = f.body();
  if (auto f = ir::As<ir::Lambda>(tree_, function)) body = f.body();
  if (auto f = ir::As<ir::Method>(tree_, function)) body = f.body();
  const bool acts = body && !IsGenerator(function) && Walk(body) == Step::kActs;
  acts_[function.index] = acts;
  return acts;
}

bool AsyncFacts::HasEagerPrefix(NodeId function) const {
  if (!function || !IsFunctionKind(tree_.kind(function))) return false;
  return (is_async_[function.index] == Async::kYes || becomes_[function.index]) &&
         ActsBeforeAwait(function);
}

}  // namespace asyncport::facts
