// Walks a submission in a simulated world: the tree is followed, never executed. Time is virtual, the given functions
// take the time and give the failures that the scenario says, everything unknown is an opaque value. The event loop of
// both languages is imitated closely enough to tell what overlaps what.
// What it does not do: the whole of either language's library. Unknown functions give opaque values; a condition that
// depends on one is decided by `choices`, so that a caller can walk all ways.
// Example: Machine(facts, world).Run(entry) of `await a(); await b()` gives calls 0..1 and 1..2.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "grade/sim/fiber.h"
#include "grade/sim/trace.h"
#include "grade/sim/value.h"
#include "ir/views.h"

namespace asyncport::grade::sim {

// A literal of an exercise: an argument of the entry, the result of a given function.
struct Literal {
  enum Kind : std::uint8_t {
    kOpaque,
    kNull,
    kBool,
    kNumber,
    kString,
    kList,
    kMap,
    kGiven
  } kind = kOpaque;
  double number = 0;
  std::string text;
  std::vector<Literal> items;
  std::vector<std::string> keys;  // kMap: beside `items`
};

struct GivenFunction {
  enum Kind : std::uint8_t { kAsync, kSync, kCallback, kStream, kBlocking } kind = kAsync;
  std::string name;
  double seconds = 1;                  // how long it takes
  int takes = 0;                  // arguments that it needs
  int failures = 0;                    // the first calls that fail; -1: all
  std::string error;                   // class of the failure; empty: Error / Exception
  std::optional<Literal> result;       // none: an opaque value
  std::vector<double> times;           // seconds of the first, second, ... call; then `seconds`
  std::vector<std::string> fails_for;  // fails when its first argument is one of these
};

struct World {
  std::vector<GivenFunction> functions;
  std::vector<Literal> arguments;
  std::vector<std::string> argument_names;
  std::vector<bool> choices;  // answers to conditions that nobody can tell, in order; then false
  std::size_t max_steps = 60'000;
  double cancel_after = 0;  // the caller gives up after that many seconds; 0: never
};

enum class Flow : std::uint8_t { kNext, kBreak, kContinue, kReturn };

struct Frame {
  ir::NodeId function;
  Env* env = nullptr;
  Value self;
  Object* home = nullptr;  // the class that the method stands in
  Value result;
  std::string label;
  bool is_async = false;
  Object* generator = nullptr;
  Frame* caller = nullptr;
};

class Machine {
 public:
  Machine(const facts::Facts& facts, const World& world);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // `entry`: a function of the file, or the Module: its statements.
  Trace Run(ir::NodeId entry);

  // ---- for the libraries
  bool is_js() const { return is_js_; }
  const ir::Tree& tree() const { return tree_; }
  double now() const { return now_; }
  Value String(std::string_view text);
  Value List(std::vector<Value> items, Sort sort = Sort::kList);
  Value Dict(std::vector<std::pair<Value, Value>> entries = {});
  Value Opaque(std::string_view text, int operation = -1);
  Value Part(const Value& whole, std::string_view text);  // opaque member of an opaque value
  Value Library(std::string_view path);
  Value Instance(std::string_view path);
  Value Native(std::function<Value(Machine&, Args&)> native);
  Value Promise();
  Value Error(std::string_view path, std::string_view message);
  [[noreturn]] void Raise(std::string_view path, std::string_view message);

  Value Call(const Value& callee, Args args);
  Value CallWith(const Value& callee, std::vector<Value> args);
  Value Get(const Value& object, const std::string& name, ir::NodeId node);
  void Set(const Value& object, const std::string& name, const Value& value);
  Value Index(const Value& object, const Value& key, ir::NodeId node);
  void SetIndex(const Value& object, const Value& key, const Value& value);
  bool Truthy(const Value& value);
  bool Same(const Value& a, const Value& b);
  std::vector<Value> Elements(const Value& iterable, ir::NodeId node);
  bool Each(const Value& iterable, bool is_async, ir::NodeId node,
            const std::function<bool(const Value&)>& visit);
  std::string TextOf(const Value& value);
  bool Decide();  // a condition that nobody can tell
  bool IsInstanceOf(const Value& value, const Value& type);

  // ---- time
  void Resolve(Object* promise, const Value& value);  // follows promises
  void Reject(Object* promise, const Value& error);
  void Settle(Object* promise, State state, const Value& value);
  Value Await(const Value& value, ir::NodeId node);  // what `await` does
  Value AwaitPromise(Object* promise, bool uses = true);
  void After(double seconds, std::function<void()> action, int* handle = nullptr);
  void CancelTimer(int handle) { cancelled_timers_.insert(handle); }
  void Soon(std::function<void()> action) { ready_.push_back(std::move(action)); }
  Value Spawn(const Value& coroutine);  // a task of a coroutine; of a promise itself
  void Cancel(Object* task);
  // Runs it on a stack of its own, at once or at the next turn; the task gets what it gives.
  Object* StartFiber(Object* task, std::function<Value()> body, bool now);
  void Then(Object* promise, std::function<void()> action);
  void Block(double seconds, ir::NodeId node, const std::string& text);
  void Sleep(double seconds);
  // The value as a promise, started if it has to be. Nothing that can be awaited: none.
  Object* AsPromise(const Value& value);
  void Use(Object* promise);  // somebody waits for it

  void Note(Event event, ir::NodeId node, std::string text = {});
  Trace& trace() { return trace_; }
  Object* Make(Sort sort);
  Value NextOf(Object* generator,
               const Value& sent);  // {value, done} as a tuple; asynchronous: a promise of it
  bool CloseGenerator(Object* generator);
  Value NewObject(Object* type, Args args);
  const Frame* frame() const { return frame_; }
  ir::NodeId place() const { return place_; }

  struct Out {  // calls of the libraries, by path and by kind of value (library_*.cpp)
    Value value;
    bool known = false;
  };
  Out JsLibrary(const std::string& path, Args& args);
  Out PyLibrary(const std::string& path, Args& args);
  Out PyAsync(const std::string& path, Args& args);
  Out JsMember(const Value& self, const std::string& name, Args& args);
  Out PyMember(const Value& self, const std::string& name, Args& args);
  Out CommonMember(const Value& self, const std::string& name, Args& args);
  Out AsyncMember(Object* self, const std::string& name, Args& args);
  bool HasMember(const Value& self, const std::string& name) const;
  Value Combine(const std::string& path, const std::vector<Value>& parts, bool settled,
                ir::NodeId node);
  Value EnterContext(const Value& manager, bool is_async, ir::NodeId node);
  // True: the error was swallowed.
  bool LeaveContext(const Value& manager, bool is_async, const Value* error, ir::NodeId node);

 private:
  // ---- the tree (walk_statements.cpp, walk_expressions.cpp)
  Value Eval(ir::NodeId node, Frame& frame);
  Value EvalInner(ir::NodeId node, Frame& frame);
  Flow Exec(ir::NodeId statement, Frame& frame);
  Flow Block(ir::NodeId block, Frame& frame);
  Flow Loop(ir::NodeId body, Frame& frame, ir::NodeId loop, bool& stop);
  Flow TryStatement(ir::NodeId statement, Frame& frame);
  Flow WithStatement(ir::NodeId statement, std::size_t item, Frame& frame);
  Flow SwitchStatement(ir::NodeId statement, Frame& frame);
  Flow MatchStatement(ir::NodeId statement, Frame& frame);
  bool Matches(ir::NodeId pattern, const Value& subject, Frame& frame);
  void Define(ir::NodeId class_node, Frame& frame);
  Value MakeClass(ir::NodeId node, Frame& frame);
  Value MakeFunction(ir::NodeId node, Frame& frame);
  Value Decorated(Value function, std::span<const ir::NodeId> decorators, Frame& frame);
  void Hoist(ir::NodeId block, Frame& frame);
  void Bind(ir::NodeId pattern, const Value& value, Frame& frame, bool declares);
  void BindName(ir::NodeId name, const Value& value, Frame& frame, bool declares);
  Value NameValue(ir::NodeId name, Frame& frame);
  Value BinaryValue(ir::BinaryOp op, const Value& left, const Value& right);
  Value CallNode(ir::NodeId node, Frame& frame);
  Args Arguments(std::span<const ir::NodeId> args, Frame& frame);
  Value ComprehensionValue(ir::NodeId node, Frame& frame);
  void CompClauses(ir::NodeId node, std::size_t clause, Frame& frame,
                   const std::function<void()>& visit);
  void Consume(const Value& value,
               ir::NodeId node);  // used as what it is not: a promise as its value

  // ---- calls (calls.cpp)
  Value CallFunction(Object* function, const Value& self, Args args, Object* home);
  Value RunBody(Object* function, const Value& self, Args args, Object* home, Object* generator);
  void BindParams(Object* function, Args& args, Frame& frame);
  Value CallGiven(int index, Args& args, bool other_spelling);
  Value StartOperation(int call);
  Value MakeGenerator(Object* function, const Value& self, Args args, Object* home, bool is_async);
  Value StreamOf(int call);
  Value ResultOf(int call);
  Value ErrorOf(const GivenFunction& function);
  Value LiteralValue(const Literal& literal, const std::string& name);
  int GivenByName(std::string_view name) const;
  Value RunCoroutine(Object* coroutine);
  void RunLoop(const std::function<bool()>& until);
  void LookBack();
  Value Snapshot(const Value& value, int depth);
  Value Enter(ir::NodeId entry);

  struct Timer {
    double time;
    std::uint64_t order;
    int handle;
    std::function<void()> action;
  };

  const facts::Facts& facts_;
  const ir::Tree& tree_;
  const World world_;
  const bool is_js_;
  std::vector<std::unique_ptr<Object>> objects_;
  std::vector<std::unique_ptr<Env>> envs_;
  std::vector<std::unique_ptr<Fiber>> fibers_;
  std::deque<std::function<void()>> ready_;
  std::vector<Timer> timers_;
  std::set<int> cancelled_timers_;
  std::uint64_t order_ = 0;
  int next_handle_ = 0;
  double now_ = 0;
  std::size_t steps_ = 0;
  Fiber* current_ = nullptr;
  Object* current_task_ = nullptr;
  Frame* frame_ = nullptr;
  ir::NodeId place_;
  Env* globals_ = nullptr;
  std::map<std::string, int, std::less<>> given_;  // by NameKey
  std::vector<int> call_counts_;
  Trace trace_;
  bool ending_ = false;
  ir::NodeId entry_;
  std::map<std::string, Value> libraries_;
};

// Thrown where the walk has to be given up.
struct Halt {
  std::string reason;
};

}  // namespace asyncport::grade::sim
