// Backward flow: which calls of unknown functions make something that is awaited somewhere in the file, be it through a
// variable, a field, an element, a return or a parameter. What is awaited anywhere is awaitable where it is made.
// Example: in `jobs[id] ??= fetchUser(id); ... await jobs[id]`, the call of fetchUser is awaitable.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "facts/infer.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/structure.h"
#include "ir/tree.h"

namespace asyncport::facts {

class AwaitedFlow {
 public:
  AwaitedFlow(const ir::Tree& tree, const Structure& structure, const Scopes& scopes,
              const Names& names, Inference& inference);

  bool IsAwaitable(ir::NodeId call) const { return calls_.count(call.index) != 0; }

 private:
  void Index();
  void Seed();
  void Want(ir::NodeId expression);         // the value of this is awaited
  void WantElements(ir::NodeId container);  // what this holds is awaited
  void Visit(ir::NodeId expression);
  void VisitElements(ir::NodeId container);
  void WantWrites(ir::NodeId name, bool elements);
  void WantReturns(ir::NodeId function, bool elements);
  void WantParam(ir::NodeId param, bool elements);
  void WantArgs(ir::NodeId call);

  const ir::Tree& tree_;
  const Structure& structure_;
  const Scopes& scopes_;
  const Names& names_;
  Inference& inference_;
  std::vector<ir::NodeId> work_;
  std::vector<ir::NodeId> element_work_;
  std::vector<bool> wanted_;
  std::vector<bool> elements_wanted_;
  std::unordered_set<std::uint32_t> calls_;
  // Values written to an attribute of this name, anywhere; containers are the objects of writes to elements.
  std::unordered_map<std::uint32_t, std::vector<ir::NodeId>> attribute_writes_;
  struct ElementWrite {
    ir::NodeId container;
    ir::NodeId value;
  };
  std::unordered_map<std::uint32_t, std::vector<ElementWrite>> element_writes_;  // by binding
  std::unordered_map<std::uint32_t, std::vector<ElementWrite>>
      field_element_writes_;                                             // by attribute
  std::unordered_map<std::uint32_t, std::vector<ir::NodeId>> calls_of_;  // by function node
  std::unordered_map<std::uint32_t, std::vector<ir::NodeId>> returns_of_;
};

}  // namespace asyncport::facts
