// node:assert: assert statements. What asserts inside of an expression is refused.
// Example: `assert.strictEqual(sum, 3, "sum");` -> `assert sum == 3, "sum"`.
#include <algorithm>
#include <string>
#include <string_view>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// "strictEqual" of `assert.strictEqual` however the module was imported; "ok" of `assert(...)`; else empty.
std::string_view AssertionOf(const std::string& path) {
  std::string_view rest = path;
  if (!rest.starts_with("node:assert")) return {};
  rest.remove_prefix(std::string_view("node:assert").size());
  if (rest.starts_with("/strict")) rest.remove_prefix(std::string_view("/strict").size());
  if (rest.empty() || rest == ".default") return "ok";
  if (rest.starts_with(".default.")) rest.remove_prefix(std::string_view(".default.").size());
  if (rest.starts_with(".strict.")) rest.remove_prefix(std::string_view(".strict.").size());
  if (rest.starts_with(".")) rest.remove_prefix(1);
  return rest;
}

bool IsEqualityOf(std::string_view name, bool& negative) {
  static constexpr std::string_view kEqual[] = {"equal", "strictEqual", "deepEqual",
                                                "deepStrictEqual"};
  static constexpr std::string_view kUnequal[] = {"notEqual", "notStrictEqual", "notDeepEqual",
                                                  "notDeepStrictEqual"};
  negative = std::find(std::begin(kUnequal), std::end(kUnequal), name) != std::end(kUnequal);
  return negative || std::find(std::begin(kEqual), std::end(kEqual), name) != std::end(kEqual);
}

bool TranslateAssertion(Context& c, NodeId id, NodeList& out) {
  auto call = c.As<Call>(c.As<ExprStmt>(id).value());
  if (!call || call.is_optional()) return false;
  const std::string path = c.facts().ResolvedName(call.callee());
  const std::string_view name = AssertionOf(path);
  if (name.empty()) return false;
  auto args = call.args();
  for (NodeId arg : args) {
    if (c.src().Is(arg, NodeKind::kSpread)) return false;
  }
  bool negative = false;
  NodeId test;
  NodeId message;
  if (name == "ok" && !args.empty() && args.size() <= 2) {
    test = Condition(c, args[0]);
    if (args.size() == 2) message = c.Expr(args[1]);
  } else if (IsEqualityOf(name, negative) && args.size() >= 2 && args.size() <= 3) {
    const bool nothing = c.src().Is(args[1], NodeKind::kNull) ||
                         c.src().Is(args[1], NodeKind::kUndefined) ||
                         c.src().Is(args[1], NodeKind::kBool);
    const BinaryOp equal = nothing ? (negative ? BinaryOp::kIsNot : BinaryOp::kIs)
                                   : (negative ? BinaryOp::kNe : BinaryOp::kEq);
    test = c.New(make::Binary{.left = c.Expr(args[0]), .right = c.Expr(args[1]), .op = equal}, {});
    if (args.size() == 3) message = c.Expr(args[2]);
  } else if (name == "fail" && args.size() <= 1) {
    NodeList texts = c.Exprs(args);
    out.push_back(
        c.New(make::Raise{.value = c.NewCall(c.NewName("AssertionError"), std::move(texts))}, id));
    return true;
  } else {
    return false;
  }
  out.push_back(c.New(make::Assert{.test = test, .message = message}, id));
  return true;
}

}  // namespace

void RegisterAsserts(Topics& t) {
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateAssertion);
}

}  // namespace asyncport::translate::to_py
