// The walks behind tables.h. Knows nothing about the target.
#include "translate/to_py/tables.h"

#include <algorithm>

#include "translate/to_py/emitters.h"
#include "translate/to_py/futures.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// The last word of what is called or assigned: `fn` of `task.fn`.
std::string_view WordOf(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kName)) return c.src().text(id);
  auto attribute = c.As<Attribute>(id);
  return attribute ? attribute.name() : std::string_view();
}

// Under which names the function written here is kept or handed over: of the property, or of the parameter that takes it.
std::vector<std::string_view> WordsFor(Context& c, NodeId function) {
  NodeId parent = c.facts().Parent(function);
  if (auto entry = c.As<DictEntry>(parent)) return {c.src().text(entry.key())};
  if (auto assign = c.As<Assign>(parent); assign && assign.targets().size() == 1)
    return {WordOf(c, assign.targets()[0])};
  if (auto param = c.As<Param>(parent)) return {WordOf(c, param.target())};
  auto call = c.As<Call>(parent);
  std::vector<std::string_view> words;
  for (NodeId callee : call ? c.facts().PossibleCallees(parent) : std::vector<NodeId>()) {
    // Which of them takes it may depend on what the others are.
    for (NodeId param : FunctionParams(c, callee)) words.push_back(WordOf(c, c.As<Param>(param).target()));
  }
  return words;
}

// `router.get(path, (req, res) => ...)`, where no class of the file declares that method: nobody sees who calls it.
bool IsGivenAway(Context& c, NodeId function) {
  NodeId parent = c.facts().Parent(function);
  auto call = c.As<Call>(parent);
  auto method = call && call.callee() != function ? c.As<Attribute>(call.callee()) : Attribute();
  return method && c.facts().Only(method.object(), {facts::TypeKind::kInstance}) &&
         c.facts().ResolvedName(call.callee()).empty() && !c.facts().CalleeDefinition(parent) &&
         c.facts().PossibleCallees(parent).empty();
}

}  // namespace

void CallSites::AddUnknownCalls(Context& c) {
  std::unordered_map<std::string_view, std::size_t> unknown;
  std::size_t of_items = 0;  // arguments of `stack[i](...)`
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto call = c.As<Call>(NodeId{i});
    if (call && c.src().Is(call.callee(), NodeKind::kSubscript))
      of_items = std::max(of_items, call.args().size());
    if (!call || !c.facts().FunctionsOf(call.callee()).others ||
        !c.facts().ResolvedName(call.callee()).empty())
      continue;
    std::string_view word = WordOf(c, call.callee());
    if (word.empty()) continue;
    std::size_t count = call.args().size();
    for (NodeId arg : call.args()) count = c.src().Is(arg, NodeKind::kSpread) ? 100 : count;
    unknown[word] = std::max(unknown[word], count);
  }
  if (unknown.empty() && of_items == 0) return;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId id{i};
    if (!c.src().Is(id, NodeKind::kLambda) && !c.src().Is(id, NodeKind::kFunctionExpr)) continue;
    if (of_items > FunctionParams(c, id).size() && IsGivenAway(c, id)) {
      Calls& calls = calls_[i];
      calls.max = std::max(calls.max, of_items);
      calls.min = std::min(calls.min, FunctionParams(c, id).size());
    }
    for (std::string_view word : WordsFor(c, id)) {
      auto found = unknown.find(word);
      if (found == unknown.end() || found->second <= FunctionParams(c, id).size()) continue;
      // Spread arguments are most often those that the function takes.
      if (found->second == 100 && !FunctionParams(c, id).empty()) continue;
      Calls& calls = calls_[i];
      calls.max = std::max(calls.max, found->second);
      calls.min = std::min(calls.min, FunctionParams(c, id).size());
    }
  }
}

// What the runtime calls back: timers with what follows the delay, listeners of signals with an event that Python's get not.
void CallSites::AddRuntimeCalls(Context& c) {
  auto add = [&](NodeId callback, std::size_t count) {
    for (NodeId function : c.facts().FunctionsOf(callback).nodes) {
      Calls& calls = calls_[function.index];
      calls.min = std::min(calls.min, count);
      calls.max = std::max(calls.max, count);
    }
  };
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId id{i};
    if (auto assign = c.As<Assign>(id); assign && assign.value() && assign.targets().size() == 1) {
      auto target = c.As<Attribute>(assign.targets()[0]);
      if (target && target.name() == "onabort") add(assign.value(), 0);
    }
    // Awaiting an object with a `then` calls it with two functions.
    if (auto method = c.As<Method>(id); method && method.name() == "then") {
      Calls& calls = calls_[i];
      calls.max = std::max<std::size_t>(calls.max, 2);
      calls.min = std::min<std::size_t>(calls.min, 2);
    }
    if (auto entry = c.As<DictEntry>(id); entry && c.src().Is(entry.key(), NodeKind::kString) &&
                                          c.src().text(entry.key()) == "then")
      add(entry.value(), 2);
    auto call = c.As<Call>(id);
    if (!call || call.args().empty()) continue;
    bool spread = std::any_of(call.args().begin(), call.args().end(),
                              [&](NodeId arg) { return c.src().Is(arg, NodeKind::kSpread); });
    if (spread) continue;
    std::string path = c.facts().ResolvedName(call.callee());
    std::size_t count = call.args().size();
    if (path == "setTimeout" || path == "setInterval") add(call.args()[0], count < 2 ? 0 : count - 2);
    if (path == "setImmediate" || path == "process.nextTick") add(call.args()[0], count - 1);
    if (path == "queueMicrotask") add(call.args()[0], 0);
    auto event = count >= 2 ? c.As<String>(call.args()[0]) : String();
    if (c.MethodName(id) == "addEventListener" && event && event.value() == "abort") add(call.args()[1], 0);
  }
}

CallSites::CallSites(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId id{i};
    NodeKind kind = c.src().kind(id);
    if (kind != NodeKind::kCall && kind != NodeKind::kNew) continue;
    std::vector<NodeId> callees = c.facts().PossibleCallees(id);
    if (callees.empty()) continue;
    auto args = kind == NodeKind::kCall ? c.As<Call>(id).args() : c.As<ir::New>(id).args();
    std::size_t plain = 0;
    bool spread = false;
    for (NodeId arg : args) (c.src().Is(arg, NodeKind::kSpread) ? spread = true : (++plain, false));
    bool used = c.facts().UseOf(id) != facts::Use::kDropped;
    for (NodeId callee : callees) {
      Calls& calls = calls_[callee.index];
      calls.min = std::min(calls.min, plain);
      calls.max = std::max(calls.max, plain);
      calls.spread = calls.spread || spread;
      calls.value_used = calls.value_used || used;
      calls.nodes.push_back(id);
    }
  }
  // Listeners are called with what is emitted.
  const Emitters& emitters = c.State<Emitters>();
  const Emitters::Event* any = emitters.Of("*");
  for (const auto& [name, event] : emitters.events()) {
    for (NodeId listener : event.listeners) {
      Calls& calls = calls_[listener.index];
      for (const Emitters::Event* one : {&event, any}) {
        if (!one || one->min > one->max) continue;
        calls.min = std::min(calls.min, one->min);
        // `...args` may be any number; one more than the listener takes is enough to say so.
        calls.max = std::max(calls.max, one->spread ? std::size_t{100} : one->max);
      }
      if (calls.min > calls.max) calls.min = 0;
    }
  }
  AddUnknownCalls(c);
  AddRuntimeCalls(c);
}

const CallSites::Calls* CallSites::Of(NodeId function) const {
  auto it = calls_.find(function.index);
  return it == calls_.end() ? nullptr : &it->second;
}

OuterBindings::OuterBindings(Context& c) {
  auto add = [](std::vector<facts::BindingId>& list, facts::BindingId id) {
    if (list.empty() || list.back() != id) list.push_back(id);
  };
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    facts::BindingId id{i};
    const facts::Binding& b = c.facts().binding(id);
    if (b.kind == facts::BindingKind::kFree || !b.declaration) continue;
    NodeId home = c.facts().EnclosingFunction(b.declaration);
    for (NodeId write : b.writes) {
      NodeId function = c.facts().EnclosingFunction(write);
      for (NodeId up = function; up && up != home; up = c.facts().EnclosingFunction(up)) add(written_[up.index], id);
    }
    if (!b.captured) continue;
    for (NodeId read : b.reads) {
      for (NodeId up = c.facts().EnclosingFunction(read); up && up != home; up = c.facts().EnclosingFunction(up)) {
        add(read_[up.index], id);
      }
    }
  }
}

const std::vector<facts::BindingId>& OuterBindings::Find(const Lists& lists, NodeId function) {
  static const std::vector<facts::BindingId> kNone;
  auto it = lists.find(function.index);
  return it == lists.end() ? kNone : it->second;
}
const std::vector<facts::BindingId>& OuterBindings::WrittenBy(NodeId function) const { return Find(written_, function); }
const std::vector<facts::BindingId>& OuterBindings::ReadBy(NodeId function) const { return Find(read_, function); }

}  // namespace asyncport::translate::to_py
