// Walks one function and writes its shape; build.cpp has statements and plain expressions, build_calls.cpp the calls
// that mean something for concurrency. Internal to shape/.
// Example: for `const p = f(); await p;` the parts are Start(p, f), Join(p).
#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "facts/facts.h"
#include "ir/views.h"
#include "shape/shape.h"

namespace asyncport::shape {

using Parts = std::vector<Shape>;

// What becomes of the value of an expression.
struct Fate {
  enum Kind { kAwaited, kReturned, kDropped, kStored, kPassed } kind = kPassed;
  std::string name;  // kStored: the variable
};

class Builder {
 public:
  // `with_becoming`: calls that only the other language awaits (blocking I/O) are operations too.
  Builder(const facts::Facts& facts, bool with_becoming)
      : facts_(facts), tree_(facts.tree()), with_becoming_(with_becoming) {}

  Shape Function(ir::NodeId function);
  // Function literals that became part of the shapes built so far.
  bool IsInlined(ir::NodeId function) const { return inlined_.contains(function.index); }

 private:
  // ---- statements
  void Statement(ir::NodeId statement, Parts& out);
  void Statements(ir::NodeId block, Parts& out);
  Shape Body(ir::NodeId block);
  void AssignStatement(ir::NodeId statement, Parts& out);
  void TryStatement(ir::NodeId statement, Parts& out);
  void WithStatement(ir::NodeId statement, Parts& out);
  void ForEachStatement(ir::NodeId statement, Parts& out);

  // ---- expressions
  void Eval(ir::NodeId expression, const Fate& fate, Parts& out);
  Shape Capture(ir::NodeId expression, const Fate& fate);
  void Children(ir::NodeId node, Parts& out);
  void AwaitValue(ir::NodeId expression, Parts& out);
  void ComprehensionValue(ir::NodeId expression, const Fate& fate, Parts& out);
  // Puts an operation (or a composed shape) where its fate says. `starts`: it runs without being awaited.
  void Emit(Shape shape, const Fate& fate, bool starts, Parts& out);

  // ---- calls
  void CallValue(ir::NodeId call, const Fate& fate, Parts& out);
  bool Combinator(const ir::Call& call, const std::string& path, const Fate& fate, Parts& out);
  bool TaskCall(const ir::Call& call, const std::string& path, const Fate& fate, Parts& out);
  bool PromiseMethod(const ir::Call& call, const Fate& fate, Parts& out);
  bool Iteration(const ir::Call& call, const Fate& fate, Parts& out);
  void NewValue(ir::NodeId expression, const Fate& fate, Parts& out);
  // The parts that a combinator's argument stands for.
  void PartOf(ir::NodeId expression, Parts& parts);
  bool IsRejectingTimer(ir::NodeId expression, double& seconds) const;
  // The body of a function literal as part of this shape; `returned`: what its value becomes.
  Shape Inline(ir::NodeId function, const Fate& returned);
  bool IsAsyncFunction(ir::NodeId function) const;
  bool IsOperation(ir::NodeId call, const Fate& fate) const;
  std::string TypeName(ir::NodeId expression) const;
  double LimitOf(ir::NodeId expression) const;

  // Replaces the joins of coroutines that nothing started by the work itself.
  void ResolveLazy(Shape& shape);

  const facts::Facts& facts_;
  const ir::Tree& tree_;
  bool with_becoming_;
  Fate returned_{Fate::kReturned, {}};            // of the function at hand
  std::unordered_set<std::string> started_;       // names with a Start in the function at hand
  std::unordered_set<std::uint32_t> lazy_;        // Start nodes of coroutines that are only made
  std::vector<std::string> groups_;               // variables of the TaskGroups around
  std::unordered_set<std::uint32_t> inlined_;
};

// `user_task` -> `userTask`; `self.task` -> `task`; empty for anything else.
std::string VariableName(const ir::Tree& tree, ir::NodeId target);
// A sequence without empty parts; one part stands for itself.
Shape Sequence(Parts parts);
Shape Make(Kind kind, Parts parts, ir::NodeId node);
bool IsFunctionLiteral(const ir::Tree& tree, ir::NodeId node);

}  // namespace asyncport::shape
