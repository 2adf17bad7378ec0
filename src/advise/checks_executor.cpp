// `new Promise(executor)`: executors that are async or return something, and promises that are settled twice. Follows
// ESLint's no-promise-executor-return and eslint-plugin-promise's no-multiple-resolved.
// Example: `new Promise((resolve, reject) => { if (bad) reject(e); resolve(1); })` settles twice.
#include <string>
#include <utility>
#include <vector>

#include "advise/work.h"
#include "support/strings.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

// The names that settle the promise: bindings, since a nested function may shadow them.
struct Settlers {
  std::vector<facts::BindingId> bindings;

  bool Is(const Context& context, NodeId callee) const {
    // `const done = resolve;` settles too.
    callee = Held(context, callee);
    if (!context.tree.Is(callee, NodeKind::kName)) return false;
    const facts::BindingId id = context.facts.BindingOf(callee);
    for (facts::BindingId binding : bindings) {
      if (id == binding) return true;
    }
    return false;
  }
};

// How far control gets: may the promise be settled where it goes on, and does it go on at all?
struct Flow {
  bool maybe = false;
  bool ends = false;  // return, throw, break, continue on every path
};

class Paths {
 public:
  Paths(const Context& context, const Settlers& settlers)
      : context_(context), settlers_(settlers) {}

  Flow Block(NodeId block, Flow flow) {
    if (!context_.tree.Is(block, NodeKind::kBlock)) return Statement(block, flow);
    for (NodeId statement : ir::Block(context_.tree, block).statements()) {
      if (flow.ends) break;
      flow = Statement(statement, flow);
    }
    return flow;
  }

 private:
  Flow Statement(NodeId id, Flow flow) {
    const ir::Tree& tree = context_.tree;
    switch (tree.kind(id)) {
      case NodeKind::kIf: {
        const ir::If branch(tree, id);
        flow = Expression(branch.test(), flow);
        return Join(Block(branch.body(), flow),
                    branch.else_body() ? Block(branch.else_body(), flow) : flow);
      }
      case NodeKind::kReturn:
        flow = Expression(ir::Return(tree, id).value(), flow);
        flow.ends = true;
        return flow;
      case NodeKind::kRaise:
        flow = Expression(ir::Raise(tree, id).value(), flow);
        flow.ends = true;
        return flow;
      case NodeKind::kBreak:
        left_settled_ = left_settled_ || flow.maybe;
        flow.ends = true;
        return flow;
      case NodeKind::kContinue:
        flow.ends = true;
        return flow;
      case NodeKind::kTry: {
        const ir::Try guard(tree, id);
        const Flow body = Block(guard.body(), flow);
        Flow after = body;
        for (NodeId handler : guard.handlers()) {
          // The body failed somewhere: after it settled, if something that may fail stands behind that.
          Flow start = flow;
          start.maybe = flow.maybe || (body.maybe && MayFailAfterSettling(guard.body()));
          after = Join(after, Block(ir::CatchClause(tree, handler).body(), start));
        }
        if (guard.finally_body()) {
          const bool ends = after.ends;
          after.ends = false;
          after = Block(guard.finally_body(), after);
          after.ends = after.ends || ends;
        }
        return after;
      }
      case NodeKind::kSwitch: {
        const ir::Switch choice(tree, id);
        flow = Expression(choice.subject(), flow);
        Flow after{false, true};
        bool has_default = false;
        Flow fallen{false, true};
        const bool outer = std::exchange(left_settled_, false);  // a break leaves the switch
        for (NodeId item : choice.cases()) {
          const ir::SwitchCase one(tree, item);
          has_default = has_default || !one.test();
          Flow start = flow;
          if (!fallen.ends) start.maybe = start.maybe || fallen.maybe;
          fallen = Block(one.body(), start);
          // A break leaves the switch, not the function; a return leaves for good.
          if (fallen.ends && !LeavesFunction(one.body()))
            after = Join(after, {fallen.maybe, false});
        }
        left_settled_ = outer;
        if (!fallen.ends) after = Join(after, fallen);
        return has_default ? after : Join(after, flow);
      }
      case NodeKind::kForEach:
      case NodeKind::kForIn:
      case NodeKind::kWhile:
      case NodeKind::kDoWhile:
      case NodeKind::kCFor: {
        NodeId body;
        tree.ForEachChild(id, [&](NodeId child) {
          if (tree.Is(child, NodeKind::kBlock)) body = child;
        });
        if (!body) return flow;
        const bool outer = std::exchange(left_settled_, false);
        Flow once = Block(body, flow);
        // The second round meets what the first one did, unless it left.
        if (once.maybe && !flow.maybe && !once.ends) once = Block(body, once);
        const bool left = std::exchange(left_settled_, outer);
        return {flow.maybe || (once.maybe && !once.ends) || left, false};
      }
      case NodeKind::kBlock:
        return Block(id, flow);
      case NodeKind::kFunctionDef:
      case NodeKind::kClassDef:
        return flow;
      default:
        return Expression(id, flow);
    }
  }

  static Flow Join(Flow a, Flow b) {
    if (a.ends) return b;
    if (b.ends) return a;
    return {a.maybe || b.maybe, false};
  }

  bool LeavesFunction(NodeId block) const {
    bool leaves = false;
    VisitOwn(context_.tree, block, [&](NodeId at) {
      leaves = leaves || context_.tree.Is(at, NodeKind::kReturn) ||
               context_.tree.Is(at, NodeKind::kRaise);
      return true;
    });
    return leaves;
  }

  // Is there a call or an await behind the first call that settles?
  bool MayFailAfterSettling(NodeId body) const {
    bool settled = false;
    bool fails = false;
    const auto statements = ir::As<ir::Block>(context_.tree, body);
    if (!statements) return false;
    for (NodeId statement : statements.statements()) {
      VisitOwn(context_.tree, statement, [&](NodeId at) {
        const auto call = ir::As<ir::Call>(context_.tree, at);
        if (settled && (call || context_.tree.Is(at, NodeKind::kAwait)) &&
            !(call && settlers_.Is(context_, call.callee()))) {
          fails = true;
        }
        return true;
      });
      VisitOwn(context_.tree, statement, [&](NodeId at) {
        const auto call = ir::As<ir::Call>(context_.tree, at);
        settled = settled || (call && settlers_.Is(context_, call.callee()));
        return true;
      });
    }
    return fails;
  }

  Flow Expression(NodeId id, Flow flow) {
    if (!id) return flow;
    if (const auto choice = ir::As<ir::Conditional>(context_.tree, id)) {
      flow = Expression(choice.test(), flow);
      return Join(Expression(choice.then_value(), flow), Expression(choice.else_value(), flow));
    }
    if (const auto logical = ir::As<ir::Logical>(context_.tree, id)) {
      flow = Expression(logical.left(), flow);
      return Join(flow, Expression(logical.right(), flow));
    }
    const NodeKind kind = context_.tree.kind(id);
    if (IsFunctionKind(kind) || kind == NodeKind::kClassExpr) return flow;
    context_.tree.ForEachChild(id, [&](NodeId child) { flow = Expression(child, flow); });
    const auto call = ir::As<ir::Call>(context_.tree, id);
    if (call && settlers_.Is(context_, call.callee())) {
      if (flow.maybe) {
        context_.out.Report("multiple-resolve", context_.tree.span(id),
                            {{"call", context_.CallText(id)}});
      }
      flow.maybe = true;
    }
    return flow;
  }

  const Context& context_;
  const Settlers& settlers_;
  bool left_settled_ = false;  // by a break of the loop at hand
};

void Functions(const ir::Tree& tree, NodeId node, std::vector<NodeId>& out) {
  if (IsFunctionKind(tree.kind(node))) out.push_back(node);
  tree.ForEachChild(node, [&](NodeId child) { Functions(tree, child, out); });
}

void CheckSettling(const Context& context, NodeId executor) {
  Settlers settlers;
  for (NodeId param : ParamsOf(context.tree, executor)) {
    const NodeId target = ir::Cast<ir::Param>(context.tree, param).target();
    if (!context.tree.Is(target, NodeKind::kName)) continue;
    if (const facts::BindingId id = context.facts.BindingOf(target))
      settlers.bindings.push_back(id);
  }
  if (settlers.bindings.empty()) return;
  std::vector<NodeId> functions;
  Functions(context.tree, executor, functions);
  // Each function by itself: when callbacks run, and whether together, is not known.
  for (NodeId function : functions)
    Paths(context, settlers).Block(BodyOf(context.tree, function), {});
}

// May it begin a statement? An object would be a block, a function a declaration.
bool BeginsStatement(std::string_view text) {
  return !text.starts_with('{') && !text.starts_with("function") && !text.starts_with("class") &&
         !text.starts_with("async") && !text.starts_with("let");
}

// `(resolve) => setTimeout(resolve, 1)` becomes `(resolve) => { setTimeout(resolve, 1); }`.
void OfferStatement(const Context& context, NodeId executor, NodeId value, diag::Diagnostic& found) {
  const Span body = context.tree.span(value);
  const std::uint32_t end = context.tree.span(executor).end;
  // An object in parentheses would lose them.
  if (body.end != end || !BeginsStatement(context.source.Text(body))) return;
  found.fixes.push_back({"Make it a statement",
                         {{{body.begin, body.begin}, "{ "}, {{end, end}, "; }"}},
                         diag::Applicability::kSafe});
}

// `return reject(e);` becomes `reject(e); return;`, and `reject(e);` where the executor ends anyway.
void OfferTwoStatements(const Context& context, NodeId executor, NodeId id, diag::Diagnostic& found) {
  const ir::Tree& tree = context.tree;
  const Span whole = tree.span(id);
  const Span value = tree.span(ir::Return(tree, id).value());
  const std::string_view before = context.source.Text({whole.begin, value.begin});
  const std::string_view after = context.source.Text({value.end, whole.end});
  // Parentheses around the value and comments beside it stay as they are.
  if (Trim(before) != "return" || (Trim(after) != ";" && !Trim(after).empty()) ||
      !BeginsStatement(context.source.Text(value))) {
    return;
  }
  const NodeId up = context.facts.Parent(id);
  const auto block = ir::As<ir::Block>(tree, up);
  const bool last = up == BodyOf(tree, executor) && block.statements().back() == id;
  // Of an `if` without braces it is the only statement.
  const bool alone = !block || !context.source.Text(tree.span(up)).starts_with('{');
  const std::uint32_t line = context.source.LineSpan(context.source.LineIndex(whole.begin)).begin;
  const std::string indent(context.source.Text({line, whole.begin}));
  std::string next = Trim(indent).empty() ? ";\n" + indent + "return;" : "; return;";
  if (alone) next = "; return; }";
  if (last) next = ";";
  found.fixes.push_back({"Make it a statement",
                         {{{whole.begin, value.begin}, alone ? "{ " : ""}, {{value.end, whole.end}, next}},
                         diag::Applicability::kSafe});
}

}  // namespace

void CheckExecutor(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::New made(tree, id);
  if (made.args().size() != 1 || context.facts.ResolvedName(made.callee()) != "Promise") return;
  const NodeId executor = made.args()[0];
  if (IsAsyncFunctionValue(context, executor)) {
    context.out.Report("async-promise-executor", tree.span(id), {{"call", "new Promise"}});
  }
  if (!IsFunctionKind(tree.kind(executor))) return;
  if (const auto lambda = ir::As<ir::Lambda>(tree, executor)) {
    OfferStatement(context, executor, lambda.body(),
                   context.out.Report("return-in-executor", tree.span(lambda.body())));
  } else {
    VisitOwn(tree, BodyOf(tree, executor), [&](NodeId at) {
      const auto back = ir::As<ir::Return>(tree, at);
      if (!back || !back.value()) return true;
      OfferTwoStatements(context, executor, at, context.out.Report("return-in-executor", tree.span(at)));
      return true;
    });
  }
  CheckSettling(context, executor);
}

}  // namespace asyncport::advise
