// See soundness.h. One walk with what the place allows; names are not resolved.
#include "translate/soundness.h"

#include <utility>

#include "ir/views.h"

namespace asyncport::translate {

using namespace ir;

namespace {

class Walker {
 public:
  Walker(const Tree& target, const Tree& source, bool is_fragment)
      : target_(target),
        source_(source),
        is_fragment_(is_fragment),
        is_py_(target.language() == Language::kPy) {}

  std::vector<Unsound> Run() {
    const std::vector<Violation> violations = Verify(target_, target_.root(), target_.language());
    const std::vector<NodeId> parents = violations.empty() ? std::vector<NodeId>() : Parents(target_);
    for (const Violation& violation : violations) {
      NodeId node = violation.node;
      while (node && !SourceStatement(node)) node = parents[node.index];
      if (node) found_.push_back({SourceStatement(node), violation.message, true});
    }
    if (!found_.empty()) return std::move(found_);
    Place top;
    top.may_wait = is_fragment_ || !is_py_;
    top.may_return = is_fragment_ || !is_py_;  // CommonJS modules may return
    Visit(target_.root(), top);
    return std::move(found_);
  }

 private:
  struct Place {
    NodeId statement;  // of the source
    bool may_wait = false;
    bool may_return = false;
    bool may_yield = false;
    bool at_top = true;
  };

  NodeId SourceStatement(NodeId id) const {
    const NodeId origin = target_.node(id).origin;
    if (!origin) return kNoNode;
    const NodeKind kind = source_.kind(origin);
    const bool is_statement = HasCategory(kind, category::Stmt) &&
                              !HasCategory(kind, category::Expr) && kind != NodeKind::kBlock;
    return is_statement ? origin : kNoNode;
  }

  void Fail(const Place& place, std::string reason) {
    if (place.statement) found_.push_back({place.statement, std::move(reason), false});
  }

  Place Inside(Place place, bool is_async, bool is_generator) const {
    place.may_wait = is_async;
    place.may_return = true;
    place.may_yield = is_py_ || is_generator;
    place.at_top = false;
    return place;
  }

  bool IsPlace(NodeId target) const {
    switch (target_.kind(target)) {
      case NodeKind::kCall:
      case NodeKind::kAwait:
      case NodeKind::kNumber:
      case NodeKind::kNull:
      case NodeKind::kBool:
      case NodeKind::kConditional:
      case NodeKind::kBinary:
      case NodeKind::kLogical:
      case NodeKind::kString:
        return false;
      default:
        return true;
    }
  }

  void CheckTargets(std::span<const NodeId> targets, const Place& place) {
    for (NodeId target : targets) {
      if (!IsPlace(target)) Fail(place, "an assignment to what is no variable");
    }
  }

  void Visit(NodeId id, Place place) {
    if (NodeId statement = SourceStatement(id)) place.statement = statement;
    switch (target_.kind(id)) {
      case NodeKind::kAwait:
        if (!place.may_wait) Fail(place, "a wait in a function that cannot wait");
        break;
      case NodeKind::kForEach:
        if (ForEach(target_, id).is_async() && !place.may_wait)
          Fail(place, "a wait in a function that cannot wait");
        break;
      case NodeKind::kWith:
        if (With(target_, id).is_async() && !place.may_wait)
          Fail(place, "a wait in a function that cannot wait");
        break;
      case NodeKind::kReturn:
        if (!place.may_return || (place.at_top && is_py_ && depth_ > kStatementsOfModule)) {
          Fail(place, "a return outside of functions");
        }
        break;
      case NodeKind::kYield:
        if (!place.may_yield) Fail(place, "a yield outside of functions");
        break;
      case NodeKind::kAssign:
        CheckTargets(Assign(target_, id).targets(), place);
        break;
      case NodeKind::kAugAssign: {
        const NodeId target = AugAssign(target_, id).target();
        CheckTargets({&target, 1}, place);
        break;
      }
      case NodeKind::kDelete:
        CheckTargets(Delete(target_, id).targets(), place);
        break;
      case NodeKind::kFunctionDef:
        return Children(id, Inside(place, FunctionDef(target_, id).is_async(),
                                   FunctionDef(target_, id).is_generator()));
      case NodeKind::kFunctionExpr:
        return Children(id, Inside(place, FunctionExpr(target_, id).is_async(),
                                   FunctionExpr(target_, id).is_generator()));
      case NodeKind::kMethod:
        return Children(
            id, Inside(place, Method(target_, id).is_async(), Method(target_, id).is_generator()));
      case NodeKind::kLambda:
        return Children(id, Inside(place, !is_py_ && Lambda(target_, id).is_async(), false));
      case NodeKind::kClassDef:
      case NodeKind::kClassExpr:
        place.may_return = false;
        place.may_yield = false;
        break;
      default:
        break;
    }
    Children(id, place);
  }

  void Children(NodeId id, const Place& place) {
    ++depth_;
    target_.ForEachChild(id, [&](NodeId child) { Visit(child, place); });
    --depth_;
  }

  // Module, Block, statement.
  static constexpr int kStatementsOfModule = 2;

  const Tree& target_;
  const Tree& source_;
  bool is_fragment_;
  bool is_py_;
  int depth_ = 0;
  std::vector<Unsound> found_;
};

}  // namespace

std::vector<Unsound> FindUnsound(const Tree& target, const Tree& source, bool is_fragment) {
  return Walker(target, source, is_fragment).Run();
}

}  // namespace asyncport::translate
