// ExceptionGroup and except*: AggregateError. Python counts the errors in the text of a group, so the message here does too
// where the program reads it; what a clause takes may stand in groups inside of groups.
// Example: `matched, rest = eg.split(ValueError)` -> `const [matched, rest] = splitGroup(eg, (err) => err instanceof ...)`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/task_groups.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsGroup(Context& c, NodeId id) {
  return c.facts().type(c.facts().TypeOf(id)).name.ends_with("ExceptionGroup");
}

// Can a group of the file hold another one?
bool MayNest(Context& c) {
  struct Makers {
    int count = 0;
    explicit Makers(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size(); ++i) {
        auto call = context.As<Call>(NodeId{i});
        if (!call) continue;
        std::string name = context.facts().ResolvedName(call.callee());
        bool makes = name == "asyncio.TaskGroup" || name.ends_with("ExceptionGroup");
        count += makes ? 1 : 0;
      }
    }
  };
  return c.State<Makers>().count > 1;
}

bool ReadsText(Context& c) { return PrintsErrors(c) || ReadsErrorNames(c); }

NodeId NewGroup(Context& c, NodeId errors, NodeId message, NodeId origin) {
  if (ReadsText(c)) return c.NewCall(Local(c, "groupOf"), {errors, message}, origin);
  return Js(c, "new AggregateError($E, $M)", {{"E", errors}, {"M", message}}, origin);
}

// `ExceptionGroup("text", errors)`
std::optional<NodeId> TranslateGroupCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name != "ExceptionGroup" && name != "BaseExceptionGroup") return std::nullopt;
  if (call.args().size() != 2) return std::nullopt;
  NodeId message = c.Expr(call.args()[0]);
  NodeId errors = c.Expr(call.args()[1]);
  auto list = ir::As<List>(c.dst(), errors);
  auto text = ir::As<String>(c.dst(), message);
  bool counted = list && text;
  for (NodeId e : counted ? list.elements() : std::span<const NodeId>()) {
    counted = counted && !c.dst().Is(e, NodeKind::kSpread);
  }
  if (!counted || !ReadsText(c)) return NewGroup(c, errors, message, id);
  std::size_t count = list.elements().size();
  std::string whole = std::string(text.value()) + " (" + std::to_string(count) + " sub-exception" +
                      (count == 1 ? ")" : "s)");
  return Js(c, "new AggregateError($E, $M)", {{"E", errors}, {"M", c.NewString(whole)}}, id);
}

// What tells the errors apart: a function, or a class or a tuple of classes.
NodeId TestOf(Context& c, NodeId condition) {
  facts::TypeKind kind = c.facts().KindOf(condition);
  if (c.src().Is(condition, NodeKind::kLambda) || kind == facts::TypeKind::kFunction)
    return c.Expr(condition);
  return Arrow(c, {c.NewName("error")}, ErrorTest(c, condition, c.NewName("error")));
}

std::optional<NodeId> TranslateGroupMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || call.args().size() != 1 || !IsGroup(c, method.object())) return std::nullopt;
  NodeId argument = call.args()[0];
  if (method.name() == "derive") {
    NodeId group = c.Expr(method.object());
    return c.NewCall(Local(c, "groupOf"), {c.Expr(argument), c.NewAttribute(group, "message")}, id);
  }
  if (method.name() != "split" && method.name() != "subgroup") return std::nullopt;
  NodeId parts =
      c.NewCall(Local(c, "splitGroup"), {c.Expr(method.object()), TestOf(c, argument)}, id);
  return method.name() == "split" ? parts : Js(c, "$P[0]", {{"P", parts}}, id);
}

// `group.exceptions` -> `group.errors`; `group.message` is the text without its count.
std::optional<NodeId> TranslateMember(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() == "exceptions" && !May(c, attribute.object(), kInstance)) {
    return c.NewAttribute(c.Expr(attribute.object()), "errors", id);
  }
  if (attribute.name() != "message" || !IsGroup(c, attribute.object())) return std::nullopt;
  return Js(c, "$G.message.replace(/ \\(\\d+ sub-exceptions?\\)$/, \"\")",
            {{"G", c.Expr(attribute.object())}}, id);
}

}  // namespace

// The body of the catch for a list of `except*` clauses: each takes its share of the errors.
NodeId GroupCatch(Context& c, NodeId try_id) {
  auto attempt = c.As<Try>(try_id);
  c.SayOnce("exception-group-aggregate-error", attempt.handlers()[0]);
  bool nested = MayNest(c);
  NodeList body;
  std::string rest = c.names().Fresh("rest");
  // `except* ValueError as err` has a constant of that name inside.
  std::string caught = "err";
  for (NodeId handler_id : attempt.handlers()) {
    NodeId target = c.As<CatchClause>(handler_id).target();
    if (target && c.TargetName(target) == caught) caught = c.names().Fresh("caught");
  }
  JsStatements(c, "let $R = $C instanceof AggregateError ? $C.errors : [$C];",
               {{"R", c.NewName(rest)}, {"C", c.NewName(caught)}}, {}, body);
  for (NodeId handler_id : attempt.handlers()) {
    auto handler = c.As<CatchClause>(handler_id);
    std::string taken = c.names().Fresh("errors");
    NodeId test = Arrow(c, {c.NewName("error")}, ErrorTest(c, handler.type(), c.NewName("error")));
    NodeList inner;
    if (nested) {
      std::string others = c.names().Fresh("others");
      JsStatements(
          c, "const [$T, $O] = partitionErrors($R, $F);",
          {{"T", c.NewName(taken)}, {"O", c.NewName(others)}, {"R", c.NewName(rest)}, {"F", test}},
          handler_id, body);
      Local(c, "partitionErrors");
      JsStatements(c, "$R = $O;", {{"R", c.NewName(rest)}, {"O", c.NewName(others)}}, {}, inner);
    } else {
      JsStatements(c, "const $T = $R.filter($F);",
                   {{"T", c.NewName(taken)}, {"R", c.NewName(rest)}, {"F", test}}, handler_id,
                   body);
      JsStatements(c, "$R = $R.filter((error) => !$T.includes(error));",
                   {{"R", c.NewName(rest)}, {"T", c.NewName(taken)}}, {}, inner);
    }
    if (handler.target()) {
      NodeId group =
          NewGroup(c, c.NewName(taken), c.NewAttribute(c.NewName(caught), "message"), {});
      inner.push_back(
          c.NewAssign(c.NewName(c.TargetName(handler.target())), group, {}, DeclKind::kConst));
    }
    NodeList own = c.Stmts(c.As<ir::Block>(handler.body()).statements());
    inner.insert(inner.end(), own.begin(), own.end());
    body.push_back(c.New(make::If{.test = Js(c, "$T.length > 0", {{"T", c.NewName(taken)}}),
                                  .body = c.NewBlock(std::move(inner))},
                         {}));
  }
  NodeId again =
      NewGroup(c, c.NewName(rest), c.NewAttribute(c.NewName(caught), "message"), {});
  JsStatements(c, "if ($R.length > 0) throw $R[0] === $C ? $C : $G;",
               {{"R", c.NewName(rest)}, {"C", c.NewName(caught)}, {"G", again}}, {}, body);
  return c.New(make::CatchClause{.target = c.NewName(caught), .body = c.NewBlock(std::move(body))},
               attempt.handlers()[0]);
}

void RegisterExceptionGroups(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateGroupCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateGroupMethod);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateMember);
}

}  // namespace asyncport::translate::to_js
