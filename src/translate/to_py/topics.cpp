// The table of JavaScript-to-Python topics, built once.
#include "translate/to_py/topics.h"

#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate {

const Topics& TopicsToPy() {
  static const Topics topics = [] {
    Topics t;
    to_py::RegisterModule(t);
    to_py::RegisterImports(t);
    to_py::RegisterExports(t);
    to_py::RegisterRecordParams(t);
    to_py::RegisterReduce(t);
    to_py::RegisterStreams(t);
    to_py::RegisterEvents(t);
    to_py::RegisterAbort(t);
    to_py::RegisterGathering(t);
    to_py::RegisterBuffers(t);
    to_py::RegisterGrouping(t);
    to_py::RegisterSystemErrors(t);
    to_py::RegisterCombinators(t);  // before functions: helpers that races absorb
    to_py::RegisterFunctions(t);
    to_py::RegisterClasses(t);
    to_py::RegisterSelves(t);
    to_py::RegisterCallables(t);
    to_py::RegisterIterators(t);
    to_py::RegisterDates(t);
    to_py::RegisterConsoleForms(t);
    to_py::RegisterInstanceValues(t);
    to_py::RegisterJsonForms(t);
    to_py::RegisterTruthTests(t);
    to_py::RegisterListMethods(t);
    to_py::RegisterNumberTexts(t);
    to_py::RegisterTypedArrays(t);
    to_py::RegisterUrls(t);
    to_py::RegisterShown(t);
    to_py::RegisterConsole(t);
    to_py::RegisterScanners(t);
    to_py::RegisterRegex(t);
    to_py::RegisterTagged(t);
    to_py::RegisterCodeUnits(t);
    to_py::RegisterArguments(t);
    to_py::RegisterAbsence(t);
    to_py::RegisterSequences(t);
    to_py::RegisterLocaleNumbers(t);
    to_py::RegisterRoundedProducts(t);
    to_py::RegisterNumbers(t);
    to_py::RegisterPadding(t);
    to_py::RegisterParsing(t);
    to_py::RegisterParsedLiterals(t);  // after parsing: what int() takes stays
    to_py::RegisterSlots(t);
    to_py::RegisterAssign(t);
    to_py::RegisterDestructuring(t);
    to_py::RegisterIteration(t);
    to_py::RegisterTurns(t);
    to_py::RegisterNode(t);
    to_py::RegisterTimers(t);
    to_py::RegisterStarts(t);
    to_py::RegisterThenables(t);
    to_py::RegisterSleeps(t);
    to_py::RegisterAsync(t);
    to_py::RegisterReturns(t);
    to_py::RegisterFutures(t);
    to_py::RegisterChains(t);
    to_py::RegisterErrorText(t);
    to_py::RegisterExceptions(t);
    to_py::RegisterJumps(t);
    to_py::RegisterLoops(t);
    to_py::RegisterEach(t);
    to_py::RegisterBranches(t);
    to_py::RegisterCollections(t);
    to_py::RegisterSorting(t);
    to_py::RegisterSwitch(t);
    to_py::RegisterMerging(t);
    to_py::RegisterAsserts(t);
    to_py::RegisterReflection(t);
    to_py::RegisterObjectLiterals(t);
    to_py::RegisterObjects(t);
    to_py::RegisterSubscripts(t);
    to_py::RegisterReferences(t);
    to_py::RegisterUnknownMethods(t);
    to_py::RegisterJoins(t);
    to_py::RegisterOperators(t);
    return t;
  }();
  return topics;
}

}  // namespace asyncport::translate
