// The table of predicates, and what they share. See predicates.h.
#include "grade/predicates.h"

#include <algorithm>

#include "grade/exercise.h"
#include "shape/shape.h"

namespace asyncport::grade {

const std::vector<PredicateInfo>& Predicates() {
  static const std::vector<PredicateInfo> kAll = [] {
    std::vector<PredicateInfo> all;
    AddTreePredicates(all);
    AddWalkPredicates(all);
    AddValuePredicates(all);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
  }();
  return kAll;
}

const PredicateInfo* FindPredicate(std::string_view name) {
  for (const PredicateInfo& info : Predicates()) {
    if (info.name == name) return &info;
  }
  return nullptr;
}

std::string Names(const Evidence&, const std::vector<std::string>& functions) {
  std::string out;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    if (i != 0) out += i + 1 == functions.size() ? " and " : ", ";
    out += "`" + functions[i] + "`";
  }
  return out;
}

int FunctionIndex(const Evidence& evidence, std::string_view name) {
  const auto& functions = evidence.exercise.scenarios.front().functions;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    if (shape::NameKey(functions[i].name) == shape::NameKey(name)) return static_cast<int>(i);
  }
  return -1;
}

std::vector<ir::NodeId> EnteredFunctions(const Evidence& evidence) {
  std::vector<ir::NodeId> out = {evidence.entry};
  for (const sim::Trace& trace : *evidence.traces) {
    for (ir::NodeId function : trace.functions) {
      if (std::find(out.begin(), out.end(), function) == out.end()) out.push_back(function);
    }
  }
  return out;
}

bool IsInside(const facts::Facts& facts, ir::NodeId node, ir::NodeId ancestor) {
  for (; node; node = facts.Parent(node)) {
    if (node == ancestor) return true;
  }
  return false;
}

}  // namespace asyncport::grade
