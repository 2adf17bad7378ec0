// The checks of advise/ that no card can express: each looks at facts or at several statements. Internal to advise/.
// A check is asked for every node of the kind it is registered for, and reports at most one diagnostic per node.
// Example: CheckDropped on the ExprStmt of `save();`.
#pragma once

#include <string>

#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "ir/views.h"
#include "support/source.h"

namespace asyncport::advise {

struct Context {
  const facts::Facts& facts;
  const ir::Tree& tree;
  const Source& source;
  diag::Diagnostics& out;

  // "save()": the callee as written, on one line, for messages.
  std::string CallText(ir::NodeId call) const;
  // May `await` be written at this node?
  bool MayAwait(ir::NodeId node) const;
};

using Check = void (*)(const Context&, ir::NodeId);

void CheckDropped(const Context& context, ir::NodeId statement);      // floating-promise, unawaited-coroutine, dangling-task
void CheckUnusedTask(const Context& context, ir::NodeId statement);   // dangling-task: a variable that nothing reads
void CheckForEach(const Context& context, ir::NodeId call);           // foreach-async
void CheckIndependent(const Context& context, ir::NodeId block);      // independent-awaits
void CheckAwaitInLoop(const Context& context, ir::NodeId loop);       // await-in-loop

}  // namespace asyncport::advise
