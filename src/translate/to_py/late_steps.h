// Steps that nobody can tell from steps taken after the statement: `yield n++` of a variable that no other function sees.
// Example: `ids.push(next++)` -> `ids.append(next)` and `next += 1`.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// By source statement: what is to follow it.
struct LateSteps {
  std::unordered_map<std::uint32_t, ir::NodeList> steps;
};

inline void AppendLateSteps(Context& c, ir::NodeId statement, ir::NodeList& out) {
  auto& late = c.State<LateSteps>().steps;
  auto found = late.find(statement.index);
  if (found == late.end()) return;
  out.insert(out.end(), found->second.begin(), found->second.end());
  late.erase(found);
}

}  // namespace asyncport::translate::to_py
