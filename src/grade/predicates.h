// What a check of an exercise can ask about a submission: one small function a predicate, in a table. A predicate looks
// at what happened when the answer was walked (sim/trace.h), at the tree, or at the linter's diagnostics; it knows no
// exercise.
// Example: {is = "schedule", of = [...], mode = "concurrent"} holds if the calls overlapped on every way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "grade/sim/trace.h"
#include "support/source.h"

namespace asyncport::grade {

struct Check;
struct Exercise;
struct Scenario;

// Everything that is known about a submission.
struct Evidence {
  const Exercise& exercise;
  const Source& source;
  const facts::Facts& facts;
  const std::vector<diag::Diagnostic>& diagnostics;
  ir::NodeId entry;                                 // the answer's function, or the Module
  const Scenario* scenario = nullptr;               // of the check at hand
  const std::vector<sim::Trace>* traces = nullptr;  // one for each way through that scenario
};

struct Finding {
  bool holds = true;
  ir::NodeId node;      // what shows it
  std::string message;  // why not: recommendation first, then the reason
  std::string explain;  // the page to read

  static Finding Yes() { return {}; }
  static Finding No(ir::NodeId node, std::string message, std::string explain = {}) {
    return {false, node, std::move(message), std::move(explain)};
  }
};

using Predicate = Finding (*)(const Evidence&, const Check&);
struct PredicateInfo {
  std::string_view name;
  std::vector<std::string_view> keys;
  std::string_view meaning;
  Predicate function;
  // Those of `keys` that name given functions; they have to be there.
  std::vector<std::string_view> functions = {};
};
const std::vector<PredicateInfo>& Predicates();
const PredicateInfo* FindPredicate(std::string_view name);

// Predicates of trees alone (predicates_tree.cpp) and of walks (predicates_walk.cpp).
void AddTreePredicates(std::vector<PredicateInfo>& out);
void AddWalkPredicates(std::vector<PredicateInfo>& out);
void AddValuePredicates(std::vector<PredicateInfo>& out);

// ---- shared by them
// "`fetch_user`, `fetch_posts`".
std::string Names(const Evidence& evidence, const std::vector<std::string>& functions);
// Index of the given function, by its name; -1: none.
int FunctionIndex(const Evidence& evidence, std::string_view name);
// The functions of the file that were entered, and the entry.
std::vector<ir::NodeId> EnteredFunctions(const Evidence& evidence);
bool IsInside(const facts::Facts& facts, ir::NodeId node, ir::NodeId ancestor);

}  // namespace asyncport::grade
