// TaskGroup. A group none of whose tasks can fail is an array for Promise.all; else a local class that aborts
// the others when one fails.
// Example: `tg.create_task(send(m))` -> `group.add(send(m, group.signal));`, at the end `await group.join();`.
#include "translate/to_js/task_groups.h"

#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

NodeId ItemOf(Context& c, NodeId group) {
  if (!c.src().Is(group, NodeKind::kName)) return kNoNode;
  facts::BindingId binding = c.facts().BindingOf(group);
  if (!binding) return kNoNode;
  NodeId item = c.facts().Parent(c.facts().binding(binding).declaration);
  return c.src().Is(item, NodeKind::kWithItem) ? item : kNoNode;
}

// Only starts tasks, so that nothing in the body itself can fail or wait.
bool OnlyStarts(Context& c, NodeId body) {
  for (NodeId statement : c.As<ir::Block>(body).statements()) {
    auto expr = c.As<ExprStmt>(statement);
    auto assign = c.As<Assign>(statement);
    NodeId value = expr ? expr.value() : assign ? assign.value() : kNoNode;
    if (auto loop = c.As<ForEach>(statement); loop && !loop.is_async()) {
      if (!OnlyStarts(c, loop.body())) return false;
      continue;
    }
    auto comprehension = value ? c.As<Comprehension>(value) : Comprehension();
    if (comprehension) value = comprehension.value() ? comprehension.value() : comprehension.element();
    if (!value || !IsTaskCall(c, value)) return false;
  }
  return true;
}

void Rename(Context& c, NodeId target, std::string_view name) {
  facts::BindingId binding = c.facts().BindingOf(target);
  if (binding && c.marks().insert("group:" + std::to_string(binding.index)).second) c.names().Rename(binding, name);
}

bool LeavesFunction(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kReturn || kind == NodeKind::kBreak || kind == NodeKind::kContinue) return true;
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || LeavesFunction(c, child); });
  return found;
}

}  // namespace

bool IsStoppingGroup(Context& c, NodeId group) {
  NodeId item = ItemOf(c, group);
  return item && GroupStopsSiblings(c, item);
}

bool GroupHasOwnBlock(Context& c, NodeId with_item) {
  return GroupStopsSiblings(c, with_item) && !OnlyStarts(c, c.As<With>(c.facts().Parent(with_item)).body());
}

NodeId GroupStart(Context& c, NodeId id, NodeId task) {
  NodeId object = c.As<Attribute>(c.As<Call>(id).callee()).object();
  NodeId group = c.Expr(object);
  bool statement = c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt);
  if (IsStoppingGroup(c, object)) return Js(c, "$G.add($T)", {{"G", group}, {"T", task}}, id);
  if (!ItemOf(c, object) && !statement) return c.Refuse(id, "task-group-promise-all");
  if (!ItemOf(c, object)) return Js(c, "$G.add($T)", {{"G", group}, {"T", task}}, id);
  if (statement) return Js(c, "$G.push($T)", {{"G", group}, {"T", task}}, id);
  std::string name = c.names().Fresh("task");
  if (c.guarded()) {
    // Inside `map` and its like: push gives the new length.
    return Js(c, "$G[$G.push($T) - 1]", {{"G", group}, {"T", task}}, id);
  }
  if (!c.HoistEffect(c.NewAssign(c.NewName(name), task, {}, DeclKind::kConst), id)) return task;
  c.HoistEffect(c.NewExprStmt(Js(c, "$G.push($T)", {{"G", group}, {"T", c.NewName(name)}})), id);
  return c.NewName(name, id);
}

void TranslateTaskGroup(Context& c, NodeId with_item, NodeId origin, const std::function<NodeList()>& body, NodeList& out) {
  NodeId id = c.facts().Parent(with_item);
  auto item = c.As<WithItem>(with_item);
  if (!GroupStopsSiblings(c, with_item)) {
    c.SayOnce("task-group-promise-all", id);
    if (item.target()) {
      Rename(c, item.target(), "tasks");
      AssignTo(c, item.target(), c.New(make::List{}, {}), origin, out);
    }
    NodeList inner = body();
    out.insert(out.end(), inner.begin(), inner.end());
    if (!item.target()) return;
    NodeId all = Js(c, "Promise.all($T)", {{"T", c.NewName(c.TargetName(item.target()))}});
    out.push_back(c.NewExprStmt(c.New(make::Await{.value = Interruptible(c, id, all)}, {})));
    return;
  }
  c.SayOnce("task-group-promise-all", id);
  c.SayOnce("task-group-abort-siblings", id);
  c.SayOnce("cancel-is-cooperative", id);
  Rename(c, item.target(), c.names().Taken("group") ? "taskGroup" : "group");
  NodeList args;
  if (NodeId outer = SignalAt(c, id)) args.push_back(outer);
  AssignTo(c, item.target(), c.New(make::New{.callee = Local(c, "TaskGroup"), .args = std::move(args)}, {}), origin, out);
  NodeId name = c.NewName(c.TargetName(item.target()));
  NodeId join = c.NewExprStmt(c.New(make::Await{.value = Js(c, "$G.join()", {{"G", name}})}, {}));
  if (!GroupHasOwnBlock(c, with_item)) {
    NodeList inner = body();
    out.insert(out.end(), inner.begin(), inner.end());
    out.push_back(join);
    return;
  }
  NodeId fail = c.NewExprStmt(Js(c, "$G.fail(err)", {{"G", CopyTarget(c, name)}}));
  NodeId handler = c.New(make::CatchClause{.target = c.NewName("err"), .body = c.NewBlock({fail})}, {});
  NodeId source_body = c.As<With>(id).body();
  if (LeavesFunction(c, source_body)) {
    out.push_back(c.New(make::Try{.body = c.NewBlock(body()), .handlers = {handler}, .finally_body = c.NewBlock({join})}, {}));
  } else {
    out.push_back(c.New(make::Try{.body = c.NewBlock(body()), .handlers = {handler}}, {}));
    out.push_back(join);
  }
}

}  // namespace asyncport::translate::to_js
