// What is known about one file: scopes, resolved names, types, async-ness. Side tables indexed by NodeId; no claims
// beyond the file. A fact that cannot be proven is kUnknown, never a guess.
// Example: after `from time import sleep`, ResolvedName of the Name `sleep` is "time.sleep".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/types.h"
#include "ir/tree.h"

namespace asyncport::facts {

struct BindingId {
  std::uint32_t index = 0;  // 0: none
  constexpr explicit operator bool() const { return index != 0; }
  friend constexpr bool operator==(BindingId, BindingId) = default;
};
struct ScopeId {
  std::uint32_t index = 0;  // 0: none; 1: the module
  constexpr explicit operator bool() const { return index != 0; }
  friend constexpr bool operator==(ScopeId, ScopeId) = default;
};

enum class BindingKind : std::uint8_t {
  kFree,  // used but not declared here: a global of the runtime, or a name of the snippet's surroundings
  kImport,
  kFunction,
  kClass,
  kParam,
  kVariable,
  kLoop,
  kCatch,
  kWith,
};

struct Binding {
  Atom name;
  BindingKind kind = BindingKind::kFree;
  ScopeId scope;           // where it is declared; the module for kFree
  ir::NodeId declaration;  // Name node of the first declaration; none for kFree
  ir::NodeId
      definition;  // FunctionDef, ClassDef, Param, Assign, ForEach, CatchClause, ImportItem, ...
  std::vector<ir::NodeId> reads;   // Name nodes, in source order
  std::vector<ir::NodeId> writes;  // Name nodes, the declaration's with them if it gives a value
  bool captured = false;           // used in a function other than the one that declares it
  bool reassigned =
      false;         // written more than once, or in a loop below its declaration, or in a closure
  std::string path;  // kImport: "asyncio.gather", "node:fs/promises.readFile", "asyncio" (module)
};

struct Scope {
  ScopeId parent;
  ir::NodeId
      node;  // Module, FunctionDef, FunctionExpr, Lambda, Method, ClassDef, Block, ForEach, Comprehension...
  bool is_function = false;  // module and functions; not blocks and classes
  std::vector<BindingId> bindings;
};

// What becomes of the value of an expression.
enum class Use : std::uint8_t {
  kDropped,  // ExprStmt
  kAwaited,
  kReturned,  // operand of return, or the body of a Lambda
  kStored,    // assigned to a name, attribute or element
  kPassed,    // argument, element of a literal, operand of anything else
};

enum class Async : std::uint8_t { kNo, kYes, kUnknown };

// How a call hands over its work.
enum class CallColour : std::uint8_t {
  kSync,   // an ordinary value
  kAsync,  // a promise (JavaScript) or coroutine (Python) of work
  kUnknown,
};

struct FactOptions {
  std::vector<std::string> async_names;  // globs; in either spelling
};

class Facts {
 public:
  virtual ~Facts() = default;

  // ---- structure
  virtual const ir::Tree& tree() const = 0;
  virtual ir::NodeId Parent(ir::NodeId id) const = 0;
  // Nearest FunctionDef, FunctionExpr, Lambda or Method around the node (not itself); kNoNode at module level.
  virtual ir::NodeId EnclosingFunction(ir::NodeId id) const = 0;
  virtual ir::NodeId EnclosingStatement(
      ir::NodeId id) const = 0;  // the node itself if it is a statement in a Block
  virtual ir::NodeId EnclosingClass(ir::NodeId id) const = 0;
  // Nearest loop (While, ForEach, CFor, ForIn, DoWhile) within the same function.
  virtual ir::NodeId EnclosingLoop(ir::NodeId id) const = 0;

  // ---- scopes
  virtual BindingId BindingOf(ir::NodeId name) const = 0;  // of a Name node, read or declared
  virtual const Binding& binding(BindingId id) const = 0;
  virtual std::size_t binding_count() const = 0;  // ids 1 .. count
  virtual ScopeId ScopeOf(
      ir::NodeId id) const = 0;  // innermost scope around (or opened by) the node
  virtual const Scope& scope(ScopeId id) const = 0;
  virtual BindingId Lookup(ScopeId scope,
                           std::string_view name) const = 0;  // outward; none if not found

  // ---- names
  // Canonical dotted path of a global or imported thing: "Promise.all", "asyncio.gather", "node:fs/promises.readFile",
  // "console.log". Modules of Node always with "node:" ("fs" too). Empty if the expression is a local thing or unknown.
  // A method of a known library type resolves too: "AbortController#abort", "asyncio.Queue#get", "Array#push",
  // "str#join" (type, '#', member).
  virtual const std::string& ResolvedName(ir::NodeId expression) const = 0;
  // FunctionDef / FunctionExpr / Lambda / Method / ClassDef of this file that a callee surely refers to; else kNoNode.
  virtual ir::NodeId CalleeDefinition(ir::NodeId call) const = 0;
  // Every function of this file that a call may run (FunctionDef, FunctionExpr, Lambda, Method; for `new` the
  // constructor). Others may be possible too if the callee's type is not known.
  virtual std::vector<ir::NodeId> PossibleCallees(ir::NodeId call) const = 0;
  // Every function of this file that the expression may hold; `others` says whether it may hold anything else.
  struct Functions {
    std::vector<ir::NodeId> nodes;
    bool others = false;
  };
  virtual Functions FunctionsOf(ir::NodeId expression) const = 0;

  // ---- types
  virtual TypeId TypeOf(
      ir::NodeId expression) const = 0;  // also of Name nodes in patterns and of Param nodes
  virtual const Type& type(TypeId id) const = 0;
  TypeKind KindOf(ir::NodeId expression) const { return type(TypeOf(expression)).kind; }
  // True if every possible value of the expression has one of the kinds; false if unknown.
  virtual bool Only(ir::NodeId expression, std::initializer_list<TypeKind> kinds) const = 0;
  // True if some possible value may have one of the kinds (also if unknown).
  virtual bool May(ir::NodeId expression, std::initializer_list<TypeKind> kinds) const = 0;
  // Is the number proven not to be negative: lengths, indexes, counters that only grow, and what is made of them?
  virtual bool IsNonNegative(ir::NodeId expression) const = 0;
  // "list<str>", "instance<User>", "unknown": for --print=facts and messages.
  virtual std::string TypeName(TypeId id) const = 0;

  // ---- async
  virtual Use UseOf(ir::NodeId expression) const = 0;
  virtual CallColour ColourOf(ir::NodeId call) const = 0;
  // Is the function asynchronous in the source: declared so, or (JavaScript) returns a promise on every path.
  virtual Async IsAsync(ir::NodeId function) const = 0;
  // Must it be asynchronous in the *other* language because its body there awaits (a plain Python function that calls
  // blocking I/O or --async-names; a JavaScript function that returns a promise): propagated to callers.
  virtual bool BecomesAsync(ir::NodeId function) const = 0;
  // Must a loop be running when it is called (timers, call_later, create_task in plain functions): to callers.
  virtual bool NeedsLoop(ir::NodeId function) const = 0;
  // A call of the *target* must be awaited although the source call is plain (blocking I/O of Python, --async-names).
  virtual bool BecomesAwaited(ir::NodeId call) const = 0;
  // Does calling the function run user-visible effects before its first await (prints, writes to captured names)?
  virtual bool HasEagerPrefix(ir::NodeId function) const = 0;

  // One line per binding and per typed call, for --print=facts.
  virtual std::string Dump() const = 0;
};

// Never fails. `tree` must outlive the result.
std::unique_ptr<Facts> Infer(const ir::Tree& tree, const FactOptions& options);

}  // namespace asyncport::facts
