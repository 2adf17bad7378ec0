// What topics ask about the whole file, gathered in one walk each: how functions are called, and which outer variables
// they write and read. Made by Context::State<T>() when first asked for.
// Example: after `f(1); f(1, 2);`, CallSites::Of(f) has min 1 and max 2.
#pragma once

#include <cstddef>
#include <limits>
#include <unordered_map>
#include <vector>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// How the calls in the file call each of its functions.
struct CallSites {
  explicit CallSites(Context& c);

  struct Calls {
    std::size_t min = std::numeric_limits<std::size_t>::max();  // arguments of the shortest call
    std::size_t max = 0;
    bool spread = false;      // some call passes `...xs`
    bool value_used = false;  // some call's value is not dropped
    ir::NodeList nodes;       // the calls
  };
  // Null if no call of the file reaches the function.
  const Calls* Of(ir::NodeId function) const;

 private:
  // Calls of what inference does not know, told by the name under which it is kept.
  void AddUnknownCalls(Context& c);
  void AddRuntimeCalls(Context& c);

  std::unordered_map<std::uint32_t, Calls> calls_;
};

// Bindings of outer functions (or of the module) that each function uses.
struct OuterBindings {
  explicit OuterBindings(Context& c);

  // Assigned by the function or by functions inside it (which may end up as statements of its own). In the order of
  // their ids.
  const std::vector<facts::BindingId>& WrittenBy(ir::NodeId function) const;
  // Read by the function or by functions inside it.
  const std::vector<facts::BindingId>& ReadBy(ir::NodeId function) const;

 private:
  using Lists = std::unordered_map<std::uint32_t, std::vector<facts::BindingId>>;
  static const std::vector<facts::BindingId>& Find(const Lists& lists, ir::NodeId function);
  Lists written_;
  Lists read_;
};

}  // namespace asyncport::translate::to_py
