// Closures made in loops: Python's see the last value of a loop's variable, JavaScript's that of their own round. The
// values are bound as defaults, or by a function that makes the closure. What is called before the round ends needs
// neither.
// Example: `for (const k of ks) later(() => log(k))` -> `later(lambda k=k: log(k))`.
#include "translate/to_py/closures.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "translate/to_py/tables.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// Is the function called before the loop goes on: a callback of an array method, or a helper that the loop only calls?
bool RunsAtOnce(Context& c, NodeId function) {
  NodeId parent = c.facts().Parent(function);
  if (auto call = c.As<Call>(parent)) {
    if (call.callee() == function) return true;
    std::string name = c.facts().ResolvedName(call.callee());
    bool keeps = name == "Array#push" || name == "Array#unshift" || name == "Array#splice" ||
                 name == "Array#fill" || name == "Array#concat";
    return (name.starts_with("Array#") && !keeps) || name.starts_with("String#") ||
           name == "Array.from" || name.ends_with("#forEach");
  }
  auto assign = c.As<Assign>(parent);
  auto def = c.As<FunctionDef>(function);
  NodeId name = def                                      ? def.name()
                : assign && assign.targets().size() == 1 ? assign.targets()[0]
                                                         : kNoNode;
  facts::BindingId binding = name && c.src().Is(name, NodeKind::kName) ? c.facts().BindingOf(name)
                                                                       : facts::BindingId{};
  if (!binding) return false;
  NodeId home = c.facts().EnclosingFunction(function);
  for (NodeId read : c.facts().binding(binding).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    if (!call || call.callee() != read || c.facts().EnclosingFunction(read) != home) return false;
  }
  return true;
}

// Declared with `var`: one variable for all rounds of a loop, as in Python.
bool IsVar(Context& c, const facts::Binding& binding) {
  auto assign = c.As<Assign>(binding.definition);
  auto loop = c.As<ForEach>(binding.definition);
  return (assign && assign.declares() == DeclKind::kVar) ||
         (loop && loop.declares() == DeclKind::kVar);
}

// What Python calls the variable; for a part of an item, the item. Nothing where it stands for something else.
std::string NameIn(Context& c, facts::BindingId id) {
  NodeId value = c.SubstituteOf(id);
  if (!value) return c.names().Of(id);
  while (!c.dst().Is(value, NodeKind::kName)) {
    if (auto item = ir::As<Subscript>(c.dst(), value)) {
      value = item.object();
    } else if (auto attribute = ir::As<Attribute>(c.dst(), value)) {
      value = attribute.object();
    } else if (auto call = ir::As<Call>(c.dst(), value)) {
      value = call.callee();
    } else {
      return "";
    }
  }
  return std::string(c.dst().text(value));
}

// Names of the rounds around the function that it reads.
std::vector<std::string> RoundNames(Context& c, NodeId function) {
  std::vector<std::string> names;
  if (RunsAtOnce(c, function)) return names;
  // The loops around it, also those that callbacks of array methods become, which run at once.
  NodeList rounds;
  if (NodeId loop = c.facts().EnclosingLoop(function)) rounds.push_back(loop);
  for (NodeId up = c.facts().EnclosingFunction(function); up; up = c.facts().EnclosingFunction(up)) {
    auto call = c.As<Call>(c.facts().Parent(up));
    if (!call || call.callee() == up || !RunsAtOnce(c, up)) break;
    rounds.push_back(up);
    if (NodeId loop = c.facts().EnclosingLoop(up)) rounds.push_back(loop);
  }
  if (rounds.empty()) return names;
  for (facts::BindingId id : c.State<OuterBindings>().ReadBy(function)) {
    const facts::Binding& b = c.facts().binding(id);
    if (c.IsDropped(id)) continue;
    bool in_round = std::any_of(rounds.begin(), rounds.end(), [&](NodeId round) {
      bool is_loop =
          c.facts().EnclosingFunction(b.declaration) == c.facts().EnclosingFunction(round);
      return c.src().span(round).contains(c.src().span(b.declaration)) &&
             (is_loop ? !IsVar(c, b) : c.facts().EnclosingFunction(b.declaration) == round);
    });
    if (!in_round || b.kind == facts::BindingKind::kFunction ||
        b.kind == facts::BindingKind::kClass)
      continue;
    const bool written_here = std::any_of(b.writes.begin(), b.writes.end(), [&](NodeId write) {
      return c.src().span(function).contains(c.src().span(write));
    });
    std::string name = written_here ? "" : NameIn(c, id);
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) continue;
    names.push_back(std::move(name));
  }
  return names;
}

std::string MakerMark(NodeId function) { return "made:" + std::to_string(function.index); }

}  // namespace

void BindLoopVariables(Context& c, NodeId function, NodeList& params) {
  if (c.marks().contains(MakerMark(function))) return;
  for (const std::string& name : RoundNames(c, function)) {
    params.push_back(
        c.New(make::Param{.target = c.NewName(name), .default_value = c.NewName(name)}, {}));
  }
}

std::optional<NodeId> CallOfMaker(Context& c, NodeId function, std::string_view name) {
  if (!c.guarded()) return std::nullopt;
  const NodeId home = c.facts().EnclosingFunction(function);
  if (!home || !c.src().Is(home, NodeKind::kLambda)) return std::nullopt;
  const std::vector<std::string> names = RoundNames(c, function);
  if (names.empty()) return std::nullopt;
  c.marks().insert(MakerMark(function));
  NodeList params, args;
  for (const std::string& each : names) {
    params.push_back(c.New(make::Param{.target = c.NewName(each)}, {}));
    args.push_back(c.NewName(each));
  }
  NodeId inner = Define(c, function, name, function);
  NodeId give = c.New(make::Return{.value = c.NewName(name)}, {});
  const std::string maker = c.names().Fresh("make_" + std::string(name));
  c.HoistDefinition(c.New(make::FunctionDef{.name = c.NewName(maker),
                                            .params = std::move(params),
                                            .body = c.NewBlock({inner, give})},
                          {}));
  return c.NewCall(c.NewName(maker), std::move(args), function);
}

}  // namespace asyncport::translate::to_py
