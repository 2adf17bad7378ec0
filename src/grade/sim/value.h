// Values of the simulated world: what an expression of a submission stands for while its tree is walked. Knows nothing
// of time or of the tree's meaning.
// Example: the result of a given `fetch_user` is an Opaque whose `operation` says which call made it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ir/tree.h"

namespace asyncport::grade::sim {

class Machine;
struct Object;
struct Fiber;

struct Value {
  enum Tag : std::uint8_t { kUndefined, kNull, kBool, kNumber, kObject } tag = kUndefined;
  double number = 0;  // kNumber; kBool: 0 or 1
  Object* object = nullptr;

  static Value Null() { return {kNull, 0, nullptr}; }
  static Value Bool(bool b) { return {kBool, b ? 1.0 : 0.0, nullptr}; }
  static Value Number(double n) { return {kNumber, n, nullptr}; }
  static Value Of(Object* o) { return {kObject, 0, o}; }
  bool IsNothing() const { return tag == kUndefined || tag == kNull; }
};

enum class Sort : std::uint8_t {
  kString,
  kList,
  kTuple,
  kSet,
  kDict,      // object literal, dict, JavaScript's Map
  kInstance,  // of a class of the file (`type`), or of a library (`text` is its path)
  kClass,
  kFunction,
  kMember,   // method `text` of `self`, which is no function of the file
  kLibrary,  // something of the runtime or of a module; `text` is its path
  kGiven,    // a function that the exercise gives; `index`
  kNative,   // made by the machine: resolve, reject
  kOpaque,   // known to exist, not what it is
  kPromise,  // promise, task, future
  kCoroutine,
  kGenerator,
};

struct Args {
  std::vector<Value> positional;
  std::vector<std::pair<std::string, Value>> named;
  ir::NodeId call;

  Value At(std::size_t i) const { return i < positional.size() ? positional[i] : Value{}; }
  Value Named(std::string_view name) const {
    for (const auto& [key, value] : named) {
      if (key == name) return value;
    }
    return {};
  }
  // Given by position or by name.
  Value Any(std::size_t i, std::string_view name) const {
    return i < positional.size() ? positional[i] : Named(name);
  }
};

// Variables of one call, or of one round of a loop.
struct Env {
  Env* parent = nullptr;
  std::map<std::uint32_t, Value> values;  // by binding
};

enum class State : std::uint8_t { kPending, kDone, kFailed };

struct Object {
  Sort sort = Sort::kOpaque;
  std::string text;
  std::vector<Value> items;  // of lists, tuples, sets
  std::vector<std::pair<Value, Value>>
      entries;                           // of dicts; fields of instances, cached members of opaques
  ir::NodeId node;                       // function, class, coroutine: where it is written
  Env* env = nullptr;                    // of functions and coroutines: what is around them
  Value self;                            // of methods
  Object* type = nullptr;                // of instances: the class; of classes: the base
  std::vector<std::string> field_names;  // classes: what a made constructor takes
  std::map<std::string, Value> statics;  // classes
  int index = -1;                        // kGiven
  // Opaque: the operation call that it is the result of (or a part of it), else -1. Coroutine, promise: the call.
  int operation = -1;
  bool is_part = false;    // something inside the result, not the result
  bool awaitable = false;  // opaque that may be awaited for all we know
  bool is_map = false;     // JavaScript's Map
  bool used = false;       // promise: somebody waited for it; coroutine: it was started
  bool is_task = false;
  bool is_async = false;  // generators
  bool spawned = false;   // Python: made by create_task and its like
  std::function<Value(Machine&, Args&)> native;
  Args bound;  // coroutine: its arguments; kNative: what partial() keeps
  // ---- promises, tasks, generators
  State state = State::kPending;
  Value result;
  std::vector<std::function<void()>> waiters;
  Fiber* fiber = nullptr;  // what runs the task or generator
  Object* waits_for = nullptr;
  bool cancelled = false;
  double number = 0;              // semaphore: free places; queue: limit
  std::vector<Object*> children;  // of groups
};

// What JavaScript throws and Python raises.
struct Thrown {
  Value value;
};

}  // namespace asyncport::grade::sim
