// Assignments to frozen dataclasses and NamedTuples where the error is caught and its name or text read. JavaScript
// refuses them with a TypeError, which says it in other words.
// Example: `point.x = 3` in such a try -> `throw new FrozenInstanceError("cannot assign to field 'x'");`.
#include "translate/to_js/class_parts.h"
#include "translate/to_js/error_table.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsFrozen(Context& c, NodeId owner) {
  if (!owner) return false;
  if (IsNamedTuple(c, owner)) return true;
  return IsDataclass(c, owner) && IsTrue(c, DataclassOption(c, owner, "frozen"));
}

// Is a caught error's text or name asked for in the file?
bool ShowsErrors(Context& c) { return PrintsErrors(c) || ReadsErrorNames(c); }

// The statement raises always: its operands are evaluated, then the error is thrown.
bool Raise(Context& c, NodeId target, NodeId value, bool deletes, NodeId id, NodeList& out) {
  auto place = c.As<Attribute>(target);
  if (!place || !ShowsErrors(c)) return false;
  NodeId owner = ClassOf(c, place.object());
  if (!IsFrozen(c, owner) || FindMethod(c, owner, "__setattr__")) return false;
  bool is_tuple = IsNamedTuple(c, owner);
  std::string_view error = is_tuple ? "AttributeError" : "dataclasses.FrozenInstanceError";
  if (!IsCaught(c, id, error)) return false;
  for (NodeId operand : {value, place.object()}) {
    if (operand && !c.IsPure(operand)) out.push_back(c.NewExprStmt(c.Expr(operand)));
  }
  std::string text = is_tuple ? std::string("can't set attribute")
                              : std::string(deletes ? "cannot delete" : "cannot assign to") +
                                    " field '" + std::string(place.name()) + "'";
  NodeId made = c.New(
      make::New{.callee = NamedErrorClass(c, error), .args = {c.NewString(text)}}, {});
  out.push_back(c.New(make::Raise{.value = made}, id));
  return true;
}

bool TranslateAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (!assign.value() || assign.targets().size() != 1) return false;
  return Raise(c, assign.targets()[0], assign.value(), false, id, out);
}

bool TranslateStep(Context& c, NodeId id, NodeList& out) {
  auto step = c.As<AugAssign>(id);
  return Raise(c, step.target(), step.value(), false, id, out);
}

bool TranslateDelete(Context& c, NodeId id, NodeList& out) {
  auto targets = c.As<Delete>(id).targets();
  return targets.size() == 1 && Raise(c, targets[0], kNoNode, true, id, out);
}

// Does the statement, or one inside it, assign to what is known to be frozen?
bool AssignsToFrozen(Context& c, NodeId id) {
  NodeId target;
  if (auto assign = c.As<Assign>(id); assign && assign.targets().size() == 1)
    target = assign.targets()[0];
  if (auto step = c.As<AugAssign>(id)) target = step.target();
  if (auto gone = c.As<Delete>(id); gone && gone.targets().size() == 1) target = gone.targets()[0];
  auto place = target ? c.As<Attribute>(target) : Attribute();
  bool found = place && IsFrozen(c, ClassOf(c, place.object()));
  c.src().ForEachChild(id, [&](NodeId child) { found = found || AssignsToFrozen(c, child); });
  return found;
}

// Where nothing in the try is known to be frozen, JavaScript's own error arrives.
bool SayOfHandler(Context& c, NodeId id, NodeList&) {
  auto attempt = c.As<Try>(id);
  if (!ShowsErrors(c) || AssignsToFrozen(c, attempt.body())) return false;
  for (NodeId handler : attempt.handlers()) {
    auto clause = c.As<CatchClause>(handler);
    for (NodeId type : TypesOf(c, clause.type())) {
      if (Canonical(c.facts().ResolvedName(type)) == "dataclasses.FrozenInstanceError")
        c.SayOnce("error-name", type);
    }
  }
  return false;
}

}  // namespace

void RegisterFrozen(Topics& t) {
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateAssign);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &TranslateStep);
  t.Claim(NodeKind::kDelete, Order::kBeforeCards, &TranslateDelete);
  t.Claim(NodeKind::kTry, Order::kBeforeCards, &SayOfHandler);
}

}  // namespace asyncport::translate::to_js
