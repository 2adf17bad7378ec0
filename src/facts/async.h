// Colours: which calls make a promise or a coroutine, which functions are asynchronous, and which have to become so in
// the other language. Works on finished types; propagates along the calls of the file.
// Example: a plain Python function that calls `path.read_text()` becomes asynchronous in JavaScript, and so do its callers.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "facts/awaited.h"
#include "facts/facts.h"
#include "facts/infer.h"
#include "facts/marks.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/structure.h"

namespace asyncport::facts {

class AsyncFacts {
 public:
  AsyncFacts(const ir::Tree& tree, const Structure& structure, const Scopes& scopes,
             const Names& names, Inference& inference, const FactOptions& options);

  CallColour ColourOf(ir::NodeId call) const;
  Async IsAsync(ir::NodeId function) const;
  bool BecomesAsync(ir::NodeId function) const { return function && becomes_[function.index]; }
  bool NeedsLoop(ir::NodeId function) const { return function && needs_loop_[function.index]; }
  bool BecomesAwaited(ir::NodeId call) const { return becomes_awaited_[call.index]; }
  bool HasEagerPrefix(ir::NodeId function) const;

 private:
  // What a returned expression is.
  enum class Made : std::uint8_t { kNothing, kPlain, kUnknown, kStored, kWork };
  struct CallSiteOf {
    ir::NodeId call;
    ir::NodeId function;              // that it stands in
    std::vector<ir::NodeId> targets;  // functions of the file it may run
  };

  bool IsDeclaredAsync(ir::NodeId function) const;
  bool IsGenerator(ir::NodeId function) const;
  void CollectCalls();
  void ColourCalls();
  CallColour LibraryColour(const std::string& name) const;
  CallColour ColourOfUnknown(ir::NodeId call, ir::NodeId callee) const;
  bool MatchesAsyncName(ir::NodeId callee) const;
  // Named with kBlockingMark: known to be plain in the source, and to be awaited in the translation.
  bool MatchesBlockingName(ir::NodeId callee) const;
  bool MatchesName(ir::NodeId callee, bool blocking) const;
  std::string NameOfCallee(ir::NodeId callee) const;
  void PromiseFunctions();  // JavaScript
  Made MadeBy(ir::NodeId expression, int depth) const;
  void BlockingFunctions();  // Python
  bool IsBlocking(ir::NodeId call) const;
  bool CanBecomeAsync(ir::NodeId function) const;
  void LoopFunctions();
  bool StartsOnLoop(ir::NodeId call) const;
  // eager.cpp
  enum class Step : std::uint8_t { kContinues, kAwaits, kActs };
  Step Walk(ir::NodeId node) const;
  bool IsEffect(ir::NodeId node) const;
  bool WritesOutside(ir::NodeId target) const;
  bool ActsBeforeAwait(ir::NodeId function) const;

  const ir::Tree& tree_;
  const Structure& structure_;
  const Scopes& scopes_;
  const Names& names_;
  Inference& inference_;
  const FactOptions& options_;
  const bool is_js_;
  std::vector<CallSiteOf> calls_;
  std::vector<CallColour> colour_;  // by call node
  std::vector<Async> is_async_;     // by function node
  std::vector<bool> becomes_;
  std::vector<bool> becomes_awaited_;
  std::vector<bool> needs_loop_;
  std::unordered_map<std::uint32_t, std::vector<ir::NodeId>> returns_of_;
  std::unordered_map<std::string, bool> awaited_names_;
  mutable std::unordered_map<std::uint32_t, bool>
      acts_;  // by function; false while being looked at
  AwaitedFlow flow_;
};

}  // namespace asyncport::facts
