// The concurrency shape: per function, a series-parallel term of what it waits for. Built from the IR and facts of either
// language, so that one term stands for `Promise.all([f(), g()])`, `asyncio.gather(f(), g())`, a TaskGroup, and two
// promises started now and awaited later. Translation validation, lessons, grading and timelines read it; it decides
// nothing about text and reports nothing.
// Example: `const [u, p] = await Promise.all([fetchUser(id), fetchPosts(id)]);` in loadDashboard gives
//   loadDashboard: Par(all, fetchUser, fetchPosts)
//
// What counts as an operation: every awaited expression, and every call that is known to hand over asynchronous work
// (facts: ColourOf is kAsync) whatever becomes of it. Work of nested functions belongs to those functions, but for
// function literals that run as part of this one: immediately called ones, callbacks of map, forEach, filter, reduce and
// their like, `.then` handlers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"
#include "ir/tree.h"

namespace asyncport::shape {

enum class Kind : std::uint8_t {
  kOp,       // one operation; `name`. In sequence it is awaited where it stands
  kSeq,      // one after the other; no parts: nothing asynchronous happens
  kPar,      // started together; `join` says what is waited for
  kStart,    // parts[0] is started now and waited for by a kJoin with the same `name`, or by somebody else
  kJoin,     // waits for what was started under `name`
  kDetach,   // parts[0] is started and never awaited
  kLoop,     // parts[0], any number of times
  kBranch,   // at most one of the parts; an `if` without `else` has one part
  kGuard,    // parts: body, handler, final (the last two may be empty sequences)
  kLimit,    // parts[0], at most `amount` at the same time (0: the number is not known)
  kTimeout,  // parts[0], given up after `amount` seconds (0: the time is not known)
};

enum class Join : std::uint8_t {
  kAll,           // Promise.all, gather
  kSettled,       // allSettled, gather(return_exceptions=True), asyncio.wait
  kFirst,         // race, wait(FIRST_COMPLETED)
  kFirstSuccess,  // any
  kGroup,         // TaskGroup: like kAll, and siblings are cancelled when one fails
};

struct Shape {
  Kind kind = Kind::kSeq;
  Join join = Join::kAll;
  // kOp: canonical name (see CanonicalName); kStart, kJoin: the variable, camelCase; empty if it has none.
  std::string name;
  // kOp: known duration in seconds of a sleep, else 0; kLimit, kTimeout: see above.
  double amount = 0;
  // kOp: the operation comes from a library or the runtime, not from the code around it; its name is a path.
  bool is_library = false;
  std::vector<Shape> parts;
  ir::NodeId node;  // where it is written: the call of an operation, the loop, ...

  bool empty() const { return kind == Kind::kSeq && parts.empty(); }
};

// `function`: FunctionDef, FunctionExpr, Lambda, Method; the Module or kNoNode for the statements at module level.
// Sequences are flat, and what is empty is left out.
Shape Build(const facts::Facts& facts, ir::NodeId function);

struct FunctionShape {
  std::string name;  // as written: "loadDashboard", "Cache.get", "<module>", "<anonymous>"
  ir::NodeId function;
  Shape shape;
};
// The module and every function of the file that waits for something, in source order. Function literals that are part
// of another function's shape are not listed again.
std::vector<FunctionShape> BuildAll(const facts::Facts& facts);

// The term with habits of writing removed: work that is started and joined with nothing between is just awaited; several
// starts followed by their joins are a Par(all); nested Par of the same join, Par of one part and Seq of one part are
// opened. `node`s stay.
Shape Canonical(Shape shape);

// Same canonical terms, names compared without regard to case and underscores; amounts and nodes do not count.
// `group_is_all`: a TaskGroup counts as Promise.all.
bool Equal(const Shape& a, const Shape& b, bool group_is_all = true);

std::string_view NameOf(Kind kind);  // "op", "seq", ...
std::string_view NameOf(Join join);  // "all", ...

// "Par(all, fetchUser, Seq(fetchPosts, sleep))".
std::string Text(const Shape& shape);
// --print=shape: one line per function, `name: term`.
std::string Dump(const facts::Facts& facts);

// ---- translation validation
enum class Mark : std::uint8_t { kAwaited, kStarted, kDetached };
std::string_view NameOf(Mark mark);

struct Operation {
  std::string name;
  Mark mark = Mark::kAwaited;
  bool is_library = false;
  ir::NodeId node;
};
// The operations of a canonical term, sorted by name: inside a Start they are started, inside a Detach detached, else
// awaited.
std::vector<Operation> Operations(const Shape& shape);
// Of the whole file: every call counts once, in whatever function it stands. Module-level calls that are dropped in
// JavaScript (`main();`) count as awaited, since the runtime waits for them.
std::vector<Operation> Operations(const facts::Facts& facts);

// A difference between the operations of a source and its translation.
struct Change {
  enum class Kind : std::uint8_t {
    kLost,     // in the source only
    kExtra,    // in the target only: a helper, `main`, what had to become asynchronous
    kRenamed,  // one of each, left over on both sides
    kMark,     // awaited here, detached there, or the reverse
    kStarted,  // started (the handle is kept) in one only: a translation may keep a handle so that a detached task is
               // not collected, or await on the spot what nothing overlaps
  };
  Kind kind;
  std::string name;  // in the source; in the target for kExtra
  Mark source = Mark::kAwaited;
  Mark target = Mark::kAwaited;
  ir::NodeId source_node;  // none for kExtra
  ir::NodeId target_node;  // none for kLost
};
std::string_view NameOf(Change::Kind kind);
// Compares by name. Operations of libraries are left out (their counterparts have other names, or none), and so are
// awaited values without a name. `changed`: source nodes whose cards or topics rewrite their operations (everything
// inside them is left out).
std::vector<Change> Compare(const facts::Facts& source, const facts::Facts& target,
                            const std::vector<ir::NodeId>& changed);
// What a translation may never do: lose an operation, or no longer wait for one that was awaited. The other changes are
// for --validate.
bool IsForbidden(const Change& change);

// ---- names
struct CanonicalOp {
  std::string name;  // "fetchUser" (last member, camelCase, without leading underscores), "sleep", "fetch"
  bool is_library = false;
};
// Of a Call or New. asyncio.sleep, timers/promises setTimeout, `new Promise(r => setTimeout(r, ms))` and helpers of the
// file that do nothing else are "sleep"; a Python library function with a counterpart in the API table has its name.
CanonicalOp CanonicalName(const facts::Facts& facts, ir::NodeId call);
// Equal keys mean the same name: lower case, no underscores.
std::string NameKey(std::string_view name);
// Seconds that a sleep waits for, from a number literal; 0 if unknown.
double SleepSeconds(const facts::Facts& facts, ir::NodeId call);
// The number that a literal (or a product of literals) stands for; false if it is none.
bool NumberValue(const ir::Tree& tree, ir::NodeId expression, double& value);

}  // namespace asyncport::shape
