// Promises made by hand: the settle functions of an executor and the future they belong to.
// Example: in `new Promise((resolve) => bus.once("go", resolve))`, `resolve` settles a future.
#pragma once

#include <string>

#include "translate/context.h"

namespace asyncport::translate::to_py {

struct Settler {
  std::string future;      // its name in the target
  bool is_result = false;  // else it is `reject`
  bool guarded = false;    // the future may have been settled already
  bool in_loop = false;    // the name is bound anew in every round
};
// Null if the Name is no settle function, or its promise is not translated yet.
const Settler* SettlerOf(Context& c, ir::NodeId name);
// The call that settles with a target value (kNoNode: nothing).
ir::NodeId Settle(Context& c, const Settler& settler, ir::NodeId target_value,
                  ir::NodeId origin = {});
// Is the Name, in the source, a parameter of an executor of `new Promise`?
bool IsSettleParameter(Context& c, ir::NodeId name);
// Does the source node call or hand on a settle function?
bool MentionsSettler(Context& c, ir::NodeId id);
// The executor function of `new Promise(executor)`; kNoNode for anything else.
ir::NodeId ExecutorOf(Context& c, ir::NodeId source_expr);

// Gives the bindings of a function that dissolves into the one around it names of their own there.
void MakeUniqueAround(Context& c, ir::NodeId function);

}  // namespace asyncport::translate::to_py
