// What becomes of each task of the file: its promise alone, a promise and an AbortController beside it, work that ends with
// main, or an object of the local class Task. Decided once, from what is done with the variables that hold tasks.
// Example: `t = asyncio.create_task(poll())` and `t.cancel()` -> kController, with the name of the controller.
#pragma once

#include <string>
#include <unordered_map>

#include "translate/context.h"

namespace asyncport::translate::to_js {

enum class TaskForm : std::uint8_t {
  kPlain,       // the promise itself
  kController,  // the promise, and an AbortController beside it
  kBackground,  // nobody waits for it: it ends with main
  kTask,        // an object of the local class Task, which can be asked and cancelled
};

// create_task, ensure_future, loop.create_task and TaskGroup.create_task with a coroutine.
bool IsTaskCall(Context& c, ir::NodeId id);
bool IsTaskGroup(Context& c, ir::NodeId source_expr);

// Does the file ask which task is running, or for all of them? Then every task is an object.
bool AsksForTasks(Context& c);

class TaskForms {
 public:
  explicit TaskForms(Context& c);

  bool uses_task() const { return uses_task_; }
  const std::string& background() const { return background_; }
  const std::unordered_map<std::uint32_t, TaskForm>& forms() const { return forms_; }
  bool Has(ir::NodeId call) const { return forms_.contains(call.index); }
  TaskForm form(ir::NodeId call) const {
    auto it = forms_.find(call.index);
    return it == forms_.end() ? TaskForm::kPlain : it->second;
  }
  std::string controller(ir::NodeId task_call) const { return Find(controllers_, task_call); }
  std::string cancelled_by(ir::NodeId node) const { return Find(cancels_, node); }

  // The variable that alone holds the task, or the list of tasks that a comprehension makes.
  facts::BindingId HolderOf(ir::NodeId task, bool& list) const;
  // The task is an object after all.
  void MakeTask(ir::NodeId task);

 private:
  // What becomes of a task that one variable holds.
  struct Reads {
    int cancelled = 0;
    int awaited = 0;
    int asked = 0;
    int escapes = 0;
    ir::NodeList cancels;  // Call or ForEach nodes
  };

  static std::string Find(const std::unordered_map<std::uint32_t, std::string>& map,
                          ir::NodeId id) {
    auto it = map.find(id.index);
    return it == map.end() ? std::string() : it->second;
  }
  bool IsWaitingCall(ir::NodeId call) const;
  bool IsAwaitedHere(ir::NodeId id) const;
  bool HasOtherNames(ir::NodeId read) const;
  Reads ReadsOf(facts::BindingId binding, bool list) const;
  bool Loop(ir::NodeId parent, ir::NodeId read, Reads& r) const;
  bool Awaits(ir::NodeId node) const;
  bool FollowsAtOnce(ir::NodeId task, ir::NodeId cancel) const;
  void Simple(ir::NodeId task);
  void Decide(ir::NodeId task);
  bool IsTaskVariable(ir::Call wait) const;
  bool IsCancelledGather(ir::NodeId id) const;

  Context& c_;
  bool uses_task_ = false;
  std::string background_;
  std::unordered_map<std::uint32_t, TaskForm> forms_;           // by task call
  std::unordered_map<std::uint32_t, std::string> controllers_;  // by task call
  std::unordered_map<std::uint32_t, std::string> cancels_;      // by cancel call or loop
};

}  // namespace asyncport::translate::to_js
