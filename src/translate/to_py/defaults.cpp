// What a parameter takes where the caller gives nothing, or undefined.
// Example: `function f(list = []) {}` -> `def f(list_=None):` and `if list_ is None: list_ = []`.
#include "translate/to_py/defaults.h"

#include <cstdint>
#include <unordered_set>

#include "translate/to_py/parts.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// Parameters that a call of the file may hand undefined to: JavaScript takes the default then too.
struct GivenUndefined {
  explicit GivenUndefined(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      const NodeId id{i};
      auto call = c.As<Call>(id);
      auto made = c.As<ir::New>(id);
      if (!call && !made) continue;
      auto args = call ? call.args() : made.args();
      std::size_t position = 0;
      for (; position < args.size() && !c.src().Is(args[position], NodeKind::kSpread); ++position) {
        if (!MayBeUndefined(c, args[position])) continue;
        for (NodeId callee : c.facts().PossibleCallees(id)) {
          auto params = FunctionParams(c, callee);
          if (position < params.size()) nodes.insert(params[position].index);
        }
      }
    }
  }
  static bool MayBeUndefined(Context& c, NodeId arg) {
    return c.src().Is(arg, NodeKind::kUndefined) ||
           (c.facts().KindOf(arg) != facts::TypeKind::kUnknown &&
            c.facts().May(arg, {facts::TypeKind::kUndefined}));
  }
  std::unordered_set<std::uint32_t> nodes;
};

}  // namespace

bool IsMutableDefault(Context& c, NodeId value) {
  switch (c.src().kind(value)) {
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kUndefined:
      return false;
    case NodeKind::kUnary:
      return IsMutableDefault(c, c.As<Unary>(value).operand());
    case NodeKind::kName: {
      // A parameter to the left is only known when the function is called.
      facts::BindingId binding = c.facts().BindingOf(value);
      return !binding || c.facts().binding(binding).kind == facts::BindingKind::kParam;
    }
    case NodeKind::kLambda:
      return false;
    default:
      return true;
  }
}

bool DefaultInBody(Context& c, NodeId param) {
  const NodeId value = c.As<Param>(param).default_value();
  if (!value) return false;
  if (IsMutableDefault(c, value)) return true;
  return !c.src().Is(value, NodeKind::kNull) && !c.src().Is(value, NodeKind::kUndefined) &&
         c.State<GivenUndefined>().nodes.contains(param.index);
}

NodeId FillDefault(Context& c, NodeId param, const std::string& name, NodeId default_value) {
  NodeId assign = c.NewAssign(c.NewName(name), c.Expr(default_value));
  NodeId test = c.New(
      make::Binary{.left = c.NewName(name), .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs},
      {});
  return c.New(make::If{.test = test, .body = c.NewBlock({assign})}, param);
}

}  // namespace asyncport::translate::to_py
