// Finds the function of a submission that is the answer, by its role: it reaches the given functions, and is neither a
// helper of another such function nor a driver around it. And walks it on all ways through a scenario.
// Example: in a file with `load_both`, `load_dashboard` that calls it, and `main` that prints, it is `load_dashboard`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "facts/facts.h"
#include "grade/exercise.h"
#include "grade/sim/machine.h"

namespace asyncport::grade {

struct EntryChoice {
  ir::NodeId entry;  // none: nothing in the file calls the given functions
  std::string name;  // "load_dashboard", "Loader.load", "<module>"
};
EntryChoice FindEntry(const facts::Facts& facts, const Exercise& exercise);

// One trace for each way that conditions nobody can tell allow; ways that give up before the given functions were called
// (guards) are left out. The machines own the values of the traces.
std::vector<sim::Trace> WalkAll(const facts::Facts& facts, const Scenario& scenario,
                                ir::NodeId entry,
                                std::vector<std::unique_ptr<sim::Machine>>& machines);

// What the answer is made of, in Exercism's words: "construct:async-await", "technique:concurrency".
std::vector<std::string> TagsOf(const facts::Facts& facts, const std::vector<sim::Trace>& traces);

}  // namespace asyncport::grade
