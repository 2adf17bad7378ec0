// See soundness.h. One walk with what the place allows; names are not resolved.
#include "translate/soundness.h"

#include <string_view>
#include <unordered_set>
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
    const std::vector<NodeId> parents =
        violations.empty() ? std::vector<NodeId>() : Parents(target_);
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
    bool is_object = false;  // of a member access
    bool returns_nothing = false;  // Python's asynchronous generators
    bool is_iterable = false;  // that a comprehension goes through
  };

  NodeId SourceStatement(NodeId id) const {
    const NodeId origin = target_.node(id).origin;
    if (!origin) return kNoNode;
    return IsStatement(source_, origin) ? origin : kNoNode;
  }

  void Fail(const Place& place, std::string reason) {
    if (place.statement) found_.push_back({place.statement, std::move(reason), false});
  }

  Place Inside(Place place, bool is_async, bool is_generator) const {
    place.may_wait = is_async;
    place.may_return = true;
    place.may_yield = is_py_ || is_generator;
    place.returns_nothing = is_py_ && is_async && is_generator;
    place.at_top = false;
    place.is_object = false;
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
      case NodeKind::kLambda:
      case NodeKind::kTemplate:
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

  // JavaScript declares a name once in a block.
  void Declare(NodeId pattern, std::unordered_set<std::string_view>& names, const Place& place) {
    if (auto name = As<Name>(target_, pattern)) {
      if (!names.insert(name.id()).second)
        Fail(place, "a second declaration of `" + std::string(name.id()) + "`");
      return;
    }
    const NodeKind kind = target_.kind(pattern);
    const bool is_part = kind == NodeKind::kListPattern || kind == NodeKind::kObjectPattern ||
                         kind == NodeKind::kRestPattern;
    if (is_part) target_.ForEachChild(pattern, [&](NodeId child) { Declare(child, names, place); });
    if (auto with_default = As<DefaultPattern>(target_, pattern))
      Declare(with_default.target(), names, place);
    if (auto property = As<PropertyPattern>(target_, pattern))
      Declare(property.target(), names, place);
  }

  void CheckDeclarations(NodeId block, std::span<const NodeId> params, Place place) {
    std::unordered_set<std::string_view> names;
    for (NodeId param : params) {
      const NodeId target = Param(target_, param).target();
      if (target_.Is(target, NodeKind::kName)) names.insert(target_.text(target));
    }
    for (NodeId id : Block(target_, block).statements()) {
      if (NodeId statement = SourceStatement(id)) place.statement = statement;
      if (auto assign = As<Assign>(target_, id); assign && assign.declares() != DeclKind::kNone) {
        for (NodeId target : assign.targets()) Declare(target, names, place);
      } else if (auto many = As<VarDecl>(target_, id)) {
        for (NodeId one : many.declarations())
          Declare(Assign(target_, one).targets()[0], names, place);
      } else if (auto klass = As<ClassDef>(target_, id)) {
        Declare(klass.name(), names, place);
      } else if (auto function = As<FunctionDef>(target_, id); function && place.at_top) {
        Declare(function.name(), names, place);
      } else if (auto import = As<Import>(target_, id)) {
        for (NodeId item : import.items()) {
          if (NodeId local = ImportItem(target_, item).local()) Declare(local, names, place);
        }
      }
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
        } else if (place.returns_nothing && Return(target_, id).value()) {
          Fail(place, "a value that an asynchronous generator returns");
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
      case NodeKind::kBlock:
        if (!is_py_) CheckDeclarations(id, std::exchange(params_, {}), place);
        break;
      case NodeKind::kSuperRef: {
        // `super.m()`, `super[k]`; the call of a constructor is a kind of its own.
        if (!is_py_ && !place.is_object) Fail(place, "`super` as a value");
        break;
      }
      case NodeKind::kAttribute:
        place.is_object = true;
        return Children(id, place);
      case NodeKind::kFunctionDef:
        params_ = FunctionDef(target_, id).params();
        return Children(id, Inside(place, FunctionDef(target_, id).is_async(),
                                   FunctionDef(target_, id).is_generator()));
      case NodeKind::kFunctionExpr:
        params_ = FunctionExpr(target_, id).params();
        return Children(id, Inside(place, FunctionExpr(target_, id).is_async(),
                                   FunctionExpr(target_, id).is_generator()));
      case NodeKind::kMethod:
        if (const Method method(target_, id); !is_py_ && method.kind() == MethodKind::kGetter &&
                                              (method.is_generator() || method.is_async())) {
          Fail(place, "a getter that yields or waits");
        }
        params_ = Method(target_, id).params();
        return Children(
            id, Inside(place, Method(target_, id).is_async(), Method(target_, id).is_generator()));
      case NodeKind::kWalrus:
        if (place.is_iterable) Fail(place, "an assignment in what a comprehension goes through");
        break;
      case NodeKind::kCompFor: {
        const CompFor clause(target_, id);
        Visit(clause.target(), place);
        place.is_iterable = true;
        return Visit(clause.iterable(), place);
      }
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
    place.is_object = false;
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
  std::span<const NodeId> params_;  // of the function whose body comes next
  std::vector<Unsound> found_;
};

}  // namespace

bool IsStatement(const Tree& source, NodeId id) {
  const NodeKind kind = source.kind(id);
  return HasCategory(kind, category::Stmt) && !HasCategory(kind, category::Expr) &&
         kind != NodeKind::kBlock;
}

std::vector<Unsound> FindUnsound(const Tree& target, const Tree& source, bool is_fragment) {
  return Walker(target, source, is_fragment).Run();
}

}  // namespace asyncport::translate
