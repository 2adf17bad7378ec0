// The rules of node_kind.def, checked on a finished tree.
#include <string>

#include "ir/tree.h"
#include "ir/views.h"

namespace asyncport::ir {
namespace {

class Verifier {
 public:
  Verifier(const Tree& tree, Language language) : tree_(tree), language_(language) {}

  void Visit(NodeId id, NodeId parent) {
    NodeKind kind = tree_.kind(id);
    const KindInfo& info = Info(kind);
    if (!Allows(info.dialect, language_)) Fail(id, "not in this dialect");
    CheckOperator(id, kind);
    CheckDialectOfParts(id, parent);
    for (unsigned s = 0; s < info.slot_count; ++s) {
      auto children = tree_.SlotList(id, s);
      const SlotInfo& slot = info.slots[s];
      if (slot.arity == SlotArity::kOne && children.size() != 1) {
        Fail(id, "slot " + std::string(slot.name) + " is empty");
      }
      if (slot.arity == SlotArity::kOptional && children.size() > 1) {
        Fail(id, "slot " + std::string(slot.name) + " is crowded");
      }
      for (NodeId child : children) {
        if (!child) {
          Fail(id, "slot " + std::string(slot.name) + " holds no node");
          continue;
        }
        if (!HasCategory(tree_.kind(child), slot.categories)) {
          Fail(child, "may not stand in " + std::string(info.name) + "." + std::string(slot.name));
        }
        Visit(child, id);
      }
    }
  }

  std::vector<Violation> Take() { return std::move(violations_); }

 private:
  void Fail(NodeId id, std::string why) {
    violations_.push_back({id, std::string(NameOf(tree_.kind(id))) + ": " + std::move(why)});
  }

  void CheckOperator(NodeId id, NodeKind kind) {
    auto check = [&](const OperatorInfo& op) {
      if (!Allows(op.dialect, language_)) {
        Fail(id, "operator " + std::string(op.name) + " is not in this dialect");
      }
    };
    if (kind == NodeKind::kBinary) check(Info(Binary(tree_, id).op()));
    if (kind == NodeKind::kAugAssign) check(Info(AugAssign(tree_, id).op()));
    if (kind == NodeKind::kCompareLink) check(Info(CompareLink(tree_, id).op()));
    if (kind == NodeKind::kLogical) check(Info(Logical(tree_, id).op()));
    if (kind == NodeKind::kUnary) check(Info(Unary(tree_, id).op()));
  }

  // Kinds shared by both languages some of whose parts are not.
  void CheckDialectOfParts(NodeId id, NodeId parent) {
    bool js = language_ == Language::kJs;
    auto js_only = [&](bool present, const char* what) {
      if (present && !js) Fail(id, std::string(what) + " is JavaScript only");
    };
    auto py_only = [&](bool present, const char* what) {
      if (present && js) Fail(id, std::string(what) + " is Python only");
    };
    if (auto assign = As<Assign>(tree_, id)) {
      js_only(assign.declares() != DeclKind::kNone, "a declaring keyword");
      py_only(static_cast<bool>(assign.annotation()), "an annotation");
    } else if (auto loop = As<ForEach>(tree_, id)) {
      js_only(loop.declares() != DeclKind::kNone, "a declaring keyword");
    } else if (auto block = As<Block>(tree_, id)) {
      js_only(parent && tree_.Is(parent, NodeKind::kBlock), "a bare block");
    } else if (auto raise = As<Raise>(tree_, id)) {
      py_only(static_cast<bool>(raise.cause()) || !raise.value(), "raise from, or a bare raise,");
    } else if (auto attempt = As<Try>(tree_, id)) {
      py_only(attempt.handlers().size() > 1 || attempt.else_body(), "a second handler or else");
    } else if (auto handler = As<CatchClause>(tree_, id)) {
      py_only(static_cast<bool>(handler.type()), "a typed handler");
    } else if (auto function = As<FunctionDef>(tree_, id)) {
      py_only(!function.decorators().empty(), "a decorator");
    } else if (auto lambda = As<Lambda>(tree_, id)) {
      js_only(lambda.is_async(), "an async lambda");
    } else if (auto attribute = As<Attribute>(tree_, id)) {
      js_only(attribute.is_private() || attribute.is_optional(), "#private or ?.");
    } else if (auto call = As<Call>(tree_, id)) {
      js_only(call.is_optional(), "?.()");
    } else if (auto param = As<Param>(tree_, id)) {
      py_only(param.kind() != ParamKind::kPlain && param.kind() != ParamKind::kRest,
              "a keyword-only or positional-only parameter");
      NodeKind target = tree_.kind(param.target());
      bool plain = target == NodeKind::kName || target == NodeKind::kOpaque || target == NodeKind::kHole;
      js_only(!plain, "a destructured parameter");
    }
  }

  const Tree& tree_;
  Language language_;
  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> Verify(const Tree& tree, NodeId id, Language language) {
  Verifier verifier(tree, language);
  verifier.Visit(id, kNoNode);
  return verifier.Take();
}

}  // namespace asyncport::ir
