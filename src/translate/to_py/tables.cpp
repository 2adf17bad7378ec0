// The walks behind tables.h. Knows nothing about the target.
#include "translate/to_py/tables.h"

#include <algorithm>

#include "translate/to_py/emitters.h"
#include "translate/to_py/futures.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

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
