// Names, literals without quotes, and the small expressions around others.
// Example: Await(Call f) prints `await f()`; Spawn(Call f) prints `asyncio.create_task(f())`.
#include <algorithm>

#include "emit/py/emitter.h"
#include "emit/py/text.h"
#include "support/check.h"

namespace asyncport::emit::py {

Doc Emitter::Printed(NodeId id, Where where) {
  ExpressionHandler handler = ExpressionOf(tree_.kind(id));
  AP_CHECK(handler != nullptr, std::string("no Python for ") + std::string(ir::NameOf(tree_.kind(id))), tree_.span(id));
  return StandsFor(tree_.span(id), (this->*handler)(id, where));
}

Doc Emitter::InParens(NodeId id) {
  bool force = std::find(forced_.begin(), forced_.end(), BracketPair{id, true}) != forced_.end();
  return b_.Group(C({Text("("), b_.Indent(C({SoftLine(), Printed(id, Where::kInBrackets)})), SoftLine(), Text(")")}),
                  {.id = {}, .broken = force && rigid_ == 0});
}

Doc Emitter::Expr(NodeId id, int loosest, Where where) {
  if (NeedsParens(tree_, id, loosest)) return InParens(id);
  return Printed(id, where);
}

Doc Emitter::NameExpr(NodeId id, Where) { return Text(ir::Name(tree_, id).id()); }
Doc Emitter::SelfExpr(NodeId, Where) { return Text(self_name_); }
Doc Emitter::SuperExpr(NodeId, Where) { return Text("super()"); }
Doc Emitter::BoolExpr(NodeId id, Where) { return Text(ir::Bool(tree_, id).value() ? "True" : "False"); }
Doc Emitter::NullExpr(NodeId, Where) { return Text("None"); }
Doc Emitter::EllipsisExpr(NodeId, Where) { return Text("..."); }
Doc Emitter::NumberExpr(NodeId id, Where) { return Text(NumberSpelling(ir::Number(tree_, id).text())); }

Doc Emitter::SuperCallExpr(NodeId id, Where) {
  return C({Text("super().__init__"), Arguments(id, ir::SuperCall(tree_, id).args())});
}

Doc Emitter::AwaitExpr(NodeId id, Where where) {
  return C({Text("await "), Expr(ir::Await(tree_, id).value(), kPrimary, where)});
}

Doc Emitter::SpawnExpr(NodeId id, Where) {
  NodeId call = ir::Spawn(tree_, id).call();
  return C({Text("asyncio.create_task"),
            Bracketed(id, "(", {Expr(call, kLambda, Where::kInBrackets)}, ")", false, Comma::kWhenBroken)});
}

Doc Emitter::DeferExpr(NodeId id, Where where) { return Printed(WithoutDefer(tree_, id), where); }

Doc Emitter::YieldExpr(NodeId id, Where where) {
  ir::Yield yield(tree_, id);
  if (!yield.value()) return Text("yield");
  return C({Text(yield.is_delegate() ? "yield from " : "yield "), TopLevel(yield.value(), where, {.tuple = true})});
}

Doc Emitter::WalrusExpr(NodeId id, Where where) {
  ir::Walrus walrus(tree_, id);
  return C({Expr(walrus.target(), kPrimary, where), Text(" := "), Expr(walrus.value(), kLambda, where)});
}

Doc Emitter::SpreadExpr(NodeId id, Where where) {
  return C({Text("*"), Expr(ir::Spread(tree_, id).value(), kBitOr, where)});
}

Doc Emitter::KeywordExpr(NodeId id, Where where) {
  ir::Keyword keyword(tree_, id);
  return C({Text(keyword.name()), Text("="), Expr(keyword.value(), kLambda, where)});
}

Doc Emitter::KeywordSpreadExpr(NodeId id, Where where) {
  return C({Text("**"), Expr(ir::KeywordSpread(tree_, id).value(), kLambda, where)});
}

Doc Emitter::OpaqueExpr(NodeId id, Where) {
  AP_CHECK(alone_, "an Opaque expression in a finished tree", tree_.span(id));
  return Text("...");
}

Doc Emitter::HoleExpr(NodeId id, Where) {
  ir::Hole hole(tree_, id);
  return Text((hole.kind() == ir::HoleKind::kList ? "$$$" : "$") + std::string(hole.name()));
}

}  // namespace asyncport::emit::py
