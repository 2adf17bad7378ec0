// The table of Python-to-JavaScript topics, built once. Order matters where several claim one kind.
#include "translate/to_js/topics.h"

#include "translate/to_js/text_buffers.h"

namespace asyncport::translate {

const Topics& TopicsToJs() {
  static const Topics topics = [] {
    Topics t;
    to_js::RegisterDeclare(t);  // first: its `let` stands before whatever the statement hoists
    to_js::RegisterModule(t);
    to_js::RegisterImports(t);
    to_js::RegisterTypeAliases(t);
    to_js::RegisterStrings(t);
    to_js::RegisterErrorNames(t);
    to_js::RegisterEmittedWarnings(t);
    to_js::RegisterErrorArgs(t);
    to_js::RegisterExceptionGroups(t);
    to_js::RegisterExceptions(t);
    to_js::RegisterRegex(t);
    to_js::RegisterSynchronization(t);
    to_js::RegisterTasks(t);
    to_js::RegisterTextBuffers(t);
    to_js::RegisterTimeouts(t);
    to_js::RegisterAsync(t);
    to_js::RegisterAwaitables(t);
    to_js::RegisterContextVars(t);
    to_js::RegisterExitStacks(t);
    to_js::RegisterLogging(t);
    to_js::RegisterStreams(t);
    to_js::RegisterSubprocesses(t);
    to_js::RegisterFiles(t);
    to_js::RegisterPartials(t);
    to_js::RegisterPaths(t);
    to_js::RegisterNamedTuples(t);
    to_js::RegisterBigProducts(t);
    to_js::RegisterBuiltins(t);
    to_js::RegisterCopies(t);
    to_js::RegisterDates(t);
    to_js::RegisterHashes(t);
    to_js::RegisterContainers(t);
    to_js::RegisterIteration(t);
    to_js::RegisterLibrary(t);
    to_js::RegisterMethods(t);
    to_js::RegisterFrozen(t);
    to_js::RegisterFlags(t);
    to_js::RegisterAssign(t);
    to_js::RegisterClasses(t);
    to_js::RegisterClassHooks(t);
    to_js::RegisterCollections(t);
    to_js::RegisterComprehensions(t);
    to_js::RegisterFunctions(t);
    to_js::RegisterReturns(t);
    to_js::RegisterLoops(t);
    to_js::RegisterMatch(t);
    to_js::RegisterOperators(t);
    to_js::RegisterConditions(t);
    to_js::RegisterWith(t);
    to_js::RegisterNames(t);
    to_js::RegisterUnknownMethods(t);
    to_js::RegisterCalls(t);  // last: any call that nobody knows better
    return t;
  }();
  return topics;
}

}  // namespace asyncport::translate
