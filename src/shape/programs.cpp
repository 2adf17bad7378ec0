// Compiles shapes: calls are followed, loops are unrolled as far as their rounds are known, and
// what is not known is noted.
#include "shape/programs.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "rules/rules.h"
#include "shape/builder.h"

namespace asyncport::shape {

using facts::Facts;
using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::size_t kMaxTasks = 200;
constexpr std::size_t kMaxSteps = 20000;
constexpr int kMaxDepth = 40;
constexpr std::size_t kMaxRounds = 50;
constexpr std::size_t kAssumedRounds = 2;

// What a variable holds, as far as it matters: a number, or the text that it is named by.
struct Value {
  bool is_number = false;
  double number = 0;
  std::string text;
};
using Scope = std::map<std::string, Value, std::less<>>;

// One call of a function: its variables, and the tasks that it started by name.
struct Frame {
  Scope scope;
  std::map<std::string, std::vector<std::size_t>> started;
  std::vector<std::size_t> open;  // started and not joined yet
};

class Compiler {
 public:
  explicit Compiler(const Facts& facts) : facts_(facts), tree_(facts.tree()) {}

  std::vector<Program> Run() {
    // asyncio.run makes a task of the coroutine that it is given; a JavaScript module runs by itself.
    programs_.push_back({tree_.language() == Language::kPy ? "main" : "module", {}});
    Frame frame;
    const Shape shape = Builder(facts_, true).Function(tree_.root());
    Compile(shape, frame, 0, 0);
    // JavaScript's runtime waits for what its module dropped; asyncio.run(main()) is `main` itself.
    if (programs_[0].steps.empty() && programs_.size() == 1) {
      for (const FunctionShape& entry : BuildAll(facts_)) {
        if (entry.name == "main") Call(entry.function, kNoNode, frame, 0, 0);
      }
    }
    return std::move(programs_);
  }
  std::vector<std::string> TakeAssumed() { return std::move(assumed_); }

 private:
  void Assume(std::string text) {
    if (std::find(assumed_.begin(), assumed_.end(), text) == assumed_.end())
      assumed_.push_back(std::move(text));
  }

  void Add(std::size_t task, Step step) {
    if (++steps_ <= kMaxSteps) programs_[task].steps.push_back(std::move(step));
  }

  // ---- values
  bool Evaluate(NodeId node, const Scope& scope, Value& out) const {
    if (!node) return false;
    if (const auto text = ir::As<ir::String>(tree_, node)) {
      out = {false, 0, "\"" + std::string(text.value()) + "\""};
      return true;
    }
    double number = 0;
    if (NumberValue(tree_, node, number)) return SetNumber(number, out);
    if (const auto name = ir::As<ir::Name>(tree_, node)) {
      const auto known = scope.find(name.id());
      if (known != scope.end()) return out = known->second, true;
      const facts::BindingId id = facts_.BindingOf(node);
      if (!id || facts_.binding(id).writes.size() != 1) return false;
      const auto assign = ir::As<ir::Assign>(tree_, facts_.binding(id).definition);
      return assign && assign.value() && !tree_.Is(assign.value(), NodeKind::kName) &&
             Evaluate(assign.value(), {}, out);
    }
    if (const auto sum = ir::As<ir::Binary>(tree_, node)) {
      Value left;
      Value right;
      if (!Evaluate(sum.left(), scope, left) || !Evaluate(sum.right(), scope, right)) return false;
      if (!left.is_number || !right.is_number) return false;
      switch (sum.op()) {
        case ir::BinaryOp::kAdd:
          return SetNumber(left.number + right.number, out);
        case ir::BinaryOp::kSub:
          return SetNumber(left.number - right.number, out);
        case ir::BinaryOp::kMul:
          return SetNumber(left.number * right.number, out);
        case ir::BinaryOp::kDiv:
          return right.number != 0 && SetNumber(left.number / right.number, out);
        default:
          return false;
      }
    }
    return false;
  }
  static bool SetNumber(double number, Value& out) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%g", number);
    out = {true, number, buffer};
    return true;
  }

  // ---- names
  std::string LabelOf(NodeId node, const std::string& name, const Scope& scope) const {
    const auto call = ir::As<ir::Call>(tree_, node);
    std::string label = name;
    if (call) {
      NodeId callee = call.callee();
      if (const auto attribute = ir::As<ir::Attribute>(tree_, callee))
        label = std::string(attribute.name());
      if (const auto plain = ir::As<ir::Name>(tree_, callee)) label = std::string(plain.id());
      Value value;
      if (!call.args().empty() && Evaluate(call.args()[0], scope, value))
        label += "(" + value.text + ")";
    }
    return label;
  }

  // ---- durations
  // The name of a blocking call, or "".
  bool IsBlocking(NodeId node) const {
    const auto call = ir::As<ir::Call>(tree_, node);
    if (!call) return false;
    const std::string path = facts_.ResolvedName(call.callee());
    const rules::ApiEntry* entry = path.empty() ? nullptr : rules::FindApi(tree_.language(), path);
    return entry != nullptr && entry->kind == "blocking" && path != "asyncio.run";
  }

  double SleepOf(NodeId node, const Scope& scope) const {
    const double literal = SleepSeconds(facts_, node);
    if (literal > 0) return literal;
    NodeId duration;
    if (const auto call = ir::As<ir::Call>(tree_, node); call && !call.args().empty())
      duration = call.args()[0];
    if (const auto made = ir::As<ir::New>(tree_, node); made && !made.args().empty()) {
      // new Promise((resolve) => setTimeout(resolve, ms))
      const auto find = [&](auto&& self, NodeId at) -> void {
        const auto timer = ir::As<ir::Call>(tree_, at);
        if (timer && timer.args().size() > 1 && facts_.ResolvedName(timer.callee()) == "setTimeout")
          duration = timer.args()[1];
        tree_.ForEachChild(at, [&](NodeId child) { self(self, child); });
      };
      find(find, node);
    }
    Value value;
    if (!Evaluate(duration, scope, value) || !value.is_number) return -1;
    return tree_.language() == Language::kJs ? value.number / 1000 : value.number;
  }

  // ---- shapes
  void Compile(const Shape& shape, Frame& frame, std::size_t task, int depth) {
    if (depth > kMaxDepth)
      return Assume("calls that go deeper than " + std::to_string(kMaxDepth) + " were left out");
    switch (shape.kind) {
      case Kind::kOp:
        return Operation(shape, frame, task, depth);
      case Kind::kSeq:
      case Kind::kGuard: {
        // Of a guard nothing fails: its body, then what always runs.
        for (std::size_t i = 0; i < shape.parts.size(); ++i) {
          if (shape.kind != Kind::kGuard || i != 1) Compile(shape.parts[i], frame, task, depth + 1);
        }
        return;
      }
      case Kind::kBranch:
        if (shape.parts.size() > 1 || shape.node)
          Assume("line " + Line(shape.node) + ": the first branch is taken");
        return Compile(shape.parts[0], frame, task, depth + 1);
      case Kind::kLimit:
        Assume("line " + Line(shape.node) + ": the limit was not counted");
        return Compile(shape.parts[0], frame, task, depth + 1);
      case Kind::kLoop:
        return Rounds(shape, frame,
                      [&](const Shape& body) { Compile(body, frame, task, depth + 1); });
      case Kind::kTimeout: {
        const std::size_t at = programs_[task].steps.size();
        Add(task,
            {Step::kLimit, shape.amount > 0 ? shape.amount : -1, "the timeout", {}, false, 0});
        Compile(shape.parts[0], frame, task, depth + 1);
        Add(task, {Step::kUnlimit, 0, "", {}, false, 0});
        if (at < programs_[task].steps.size())
          programs_[task].steps[at].target = programs_[task].steps.size();
        return;
      }
      case Kind::kStart:
      case Kind::kDetach:
        return Start(shape, frame, task, depth);
      case Kind::kJoin: {
        std::vector<std::size_t> tasks;
        const auto known = frame.started.find(shape.name);
        if (known != frame.started.end()) {
          tasks = known->second;
        } else if (!frame.open.empty()) {
          // A loop's own name for one of a list: in turn.
          tasks = {frame.open.front()};
        } else {
          return;
        }
        for (std::size_t one : tasks)
          frame.open.erase(std::remove(frame.open.begin(), frame.open.end(), one),
                           frame.open.end());
        return Add(task, {Step::kJoin, 0, shape.name, tasks, false, 0});
      }
      case Kind::kPar: {
        std::vector<std::size_t> tasks;
        for (const Shape& part : shape.parts) Parallel(part, frame, task, depth, tasks);
        const bool first = shape.join == Join::kFirst || shape.join == Join::kFirstSuccess;
        return Add(task, {Step::kJoin, 0,
                          tasks.size() == 1 ? "one task" : std::to_string(tasks.size()) + " tasks",
                          tasks, first, 0});
      }
    }
  }

  // Calls `each` for every round of a loop, with its variables set.
  template <typename Each>
  void Rounds(const Shape& loop, Frame& frame, Each&& each) {
    NodeId target;
    NodeId iterable;
    Collection(loop.node, target, iterable);
    ir::NodeList items;
    std::size_t rounds = 0;
    if (const auto list = ir::As<ir::List>(tree_, iterable))
      items.assign(list.elements().begin(), list.elements().end());
    if (const auto tuple = ir::As<ir::Tuple>(tree_, iterable))
      items.assign(tuple.elements().begin(), tuple.elements().end());
    const auto call = ir::As<ir::Call>(tree_, iterable);
    const auto callee = ir::As<ir::Name>(tree_, call ? call.callee() : kNoNode);
    if (callee && callee.id() == "range") {
      Value last;
      if (call.args().size() == 1 && Evaluate(call.args()[0], frame.scope, last) &&
          last.is_number && last.number >= 0) {
        rounds = static_cast<std::size_t>(last.number);
        for (std::size_t i = 0; i < std::min(rounds, kMaxRounds); ++i) {
          if (const auto name = ir::As<ir::Name>(tree_, target))
            SetNumber(static_cast<double>(i), frame.scope[std::string(name.id())]);
          each(loop.parts[0]);
        }
        return;
      }
    }
    // One round for each task that it waits for.
    if (items.empty() && loop.parts[0].kind == Kind::kJoin && !frame.open.empty()) {
      for (std::size_t left = frame.open.size(); left > 0; --left) each(loop.parts[0]);
      return;
    }
    if (items.empty()) {
      Assume("line " + Line(loop.node) + ": the loop runs " + std::to_string(kAssumedRounds) +
             " times");
      for (std::size_t i = 0; i < kAssumedRounds; ++i) each(loop.parts[0]);
      return;
    }
    for (std::size_t i = 0; i < std::min(items.size(), kMaxRounds); ++i) {
      Bind(target, items[i], frame.scope);
      each(loop.parts[0]);
    }
  }

  void Bind(NodeId target, NodeId item, Scope& scope) {
    if (const auto name = ir::As<ir::Name>(tree_, target)) {
      Value value;
      if (Evaluate(item, scope, value)) {
        scope[std::string(name.id())] = value;
      } else {
        scope.erase(std::string(name.id()));
      }
      return;
    }
    const auto pattern = ir::As<ir::ListPattern>(tree_, target);
    if (!pattern) return;
    std::span<const NodeId> parts;
    if (const auto list = ir::As<ir::List>(tree_, item)) parts = list.elements();
    if (const auto tuple = ir::As<ir::Tuple>(tree_, item)) parts = tuple.elements();
    for (std::size_t i = 0; i < pattern.elements().size() && i < parts.size(); ++i)
      Bind(pattern.elements()[i], parts[i], scope);
  }

  // What a loop goes through, and what it calls it.
  void Collection(NodeId node, NodeId& target, NodeId& iterable) const {
    // A loop over starts in a comprehension is known by what it starts.
    for (NodeId up = node;
         up && tree_.Is(node, NodeKind::kCall) && up != facts_.EnclosingStatement(node);
         up = facts_.Parent(up)) {
      if (tree_.Is(up, NodeKind::kComprehension)) node = up;
    }
    if (const auto loop = ir::As<ir::ForEach>(tree_, node)) {
      target = loop.target();
      iterable = loop.iterable();
    } else if (const auto made = ir::As<ir::Comprehension>(tree_, node);
               made && !made.clauses().empty()) {
      if (const auto clause = ir::As<ir::CompFor>(tree_, made.clauses()[0])) {
        target = clause.target();
        iterable = clause.iterable();
      }
    } else if (const auto call = ir::As<ir::Call>(tree_, node)) {
      // xs.map((x) => ...)
      const auto method = ir::As<ir::Attribute>(tree_, call.callee());
      if (method && !call.args().empty()) {
        iterable = method.object();
        std::span<const NodeId> params;
        if (const auto f = ir::As<ir::Lambda>(tree_, call.args()[0])) params = f.params();
        if (const auto f = ir::As<ir::FunctionExpr>(tree_, call.args()[0])) params = f.params();
        if (!params.empty()) target = ir::Cast<ir::Param>(tree_, params[0]).target();
      }
    }
    if (const auto name = ir::As<ir::Name>(tree_, iterable)) {
      const facts::BindingId id = facts_.BindingOf(iterable);
      if (id && facts_.binding(id).writes.size() == 1) {
        if (const auto assign = ir::As<ir::Assign>(tree_, facts_.binding(id).definition))
          iterable = assign.value();
      }
    }
  }

  // One part of a Par: a task of its own, or several for a loop.
  void Parallel(const Shape& part, Frame& frame, std::size_t task, int depth,
                std::vector<std::size_t>& tasks) {
    if (part.kind == Kind::kLoop) {
      return Rounds(part, frame,
                    [&](const Shape& body) { Parallel(body, frame, task, depth + 1, tasks); });
    }
    if (part.kind == Kind::kJoin) {
      const auto known = frame.started.find(part.name);
      if (known == frame.started.end()) {
        tasks.insert(tasks.end(), frame.open.begin(), frame.open.end());
        frame.open.clear();
        return;
      }
      for (std::size_t one : known->second) {
        tasks.push_back(one);
        frame.open.erase(std::remove(frame.open.begin(), frame.open.end(), one), frame.open.end());
      }
      return;
    }
    const std::size_t made = Spawn(part, frame, task, depth);
    if (made != 0) tasks.push_back(made);
  }

  std::size_t Spawn(const Shape& part, Frame& frame, std::size_t task, int depth) {
    if (programs_.size() >= kMaxTasks) {
      Assume("more than " + std::to_string(kMaxTasks) + " tasks: the rest was left out");
      return 0;
    }
    const std::size_t made = programs_.size();
    const std::string name = part.kind == Kind::kOp ? LabelOf(part.node, part.name, frame.scope)
                                                    : "task " + std::to_string(made);
    programs_.push_back({name, {}});
    Frame inner;
    inner.scope = frame.scope;
    Compile(part, inner, made, depth + 1);
    Add(task, {Step::kSpawn, 0, "", {made}, false, 0});
    return made;
  }

  void Start(const Shape& shape, Frame& frame, std::size_t task, int depth) {
    const Shape& part = shape.parts[0];
    if (part.kind == Kind::kLoop) {
      std::vector<std::size_t> all;
      Rounds(part, frame, [&](const Shape& body) {
        const std::size_t made = Spawn(body, frame, task, depth);
        if (made != 0) all.push_back(made);
      });
      if (shape.kind == Kind::kDetach) return;
      frame.open.insert(frame.open.end(), all.begin(), all.end());
      frame.started[shape.name] = all;
      return;
    }
    const std::size_t made = Spawn(part, frame, task, depth);
    if (made == 0 || shape.kind == Kind::kDetach) return;
    frame.open.push_back(made);
    auto& named = frame.started[shape.name];
    // A name that is used again in a loop stands for the last one.
    named = {made};
  }

  void Operation(const Shape& shape, Frame& frame, std::size_t task, int depth) {
    const std::string label = LabelOf(shape.node, shape.name, frame.scope);
    if (IsBlocking(shape.node)) {
      double seconds = -1;
      const auto call = ir::As<ir::Call>(tree_, shape.node);
      const std::string path = facts_.ResolvedName(call.callee());
      if (path == "time.sleep") seconds = SleepOf(shape.node, frame.scope);
      if (seconds < 0) Assume("`" + label + "` takes one unit");
      return Add(task, {Step::kBlock, seconds, label, {}, false, 0});
    }
    // Also what does nothing but sleep: its parameters say for how long.
    const NodeId called =
        tree_.Is(shape.node, NodeKind::kCall) ? facts_.CalleeDefinition(shape.node) : kNoNode;
    if (called && !tree_.Is(called, NodeKind::kClassDef))
      return Call(called, shape.node, frame, task, depth);
    if (shape.name == "sleep") {
      double seconds = shape.amount > 0 ? shape.amount : SleepOf(shape.node, frame.scope);
      Value zero;
      if (const auto call = ir::As<ir::Call>(tree_, shape.node);
          seconds < 0 && call && !call.args().empty() &&
          Evaluate(call.args()[0], frame.scope, zero) && zero.is_number) {
        seconds = 0;
      }
      if (seconds < 0) Assume("`" + label + "` takes one unit");
      return Add(task, {Step::kWait, seconds, label, {}, false, 0});
    }
    Assume("`" + label + "` takes one unit");
    Add(task, {Step::kWait, -1, label, {}, false, 0});
  }

  // A function of the file, awaited: it runs in the task that calls it.
  void Call(NodeId function, NodeId call, Frame& frame, std::size_t task, int depth) {
    if (++running_[function.index] > 3) {
      Assume("`" + std::string(tree_.text(function)) + "` calls itself: three levels were drawn");
      --running_[function.index];
      return;
    }
    Frame inner;
    std::span<const NodeId> params;
    if (const auto f = ir::As<ir::FunctionDef>(tree_, function)) params = f.params();
    if (const auto f = ir::As<ir::Method>(tree_, function)) params = f.params();
    if (const auto f = ir::As<ir::FunctionExpr>(tree_, function)) params = f.params();
    if (const auto f = ir::As<ir::Lambda>(tree_, function)) params = f.params();
    std::span<const NodeId> args;
    if (const auto view = ir::As<ir::Call>(tree_, call)) args = view.args();
    for (std::size_t i = 0; i < params.size(); ++i) {
      const ir::Param param(tree_, params[i]);
      const auto name = ir::As<ir::Name>(tree_, param.target());
      if (!name) continue;
      NodeId given = param.default_value();
      if (i < args.size() && !tree_.Is(args[i], NodeKind::kKeyword)) given = args[i];
      for (NodeId arg : args) {
        const auto keyword = ir::As<ir::Keyword>(tree_, arg);
        if (keyword && keyword.name() == name.id()) given = keyword.value();
      }
      Value value;
      if (Evaluate(given, frame.scope, value)) inner.scope[std::string(name.id())] = value;
    }
    Compile(Builder(facts_, true).Function(function), inner, task, depth + 1);
    --running_[function.index];
  }

  std::string Line(NodeId node) const {
    // The tree knows offsets only; whoever draws knows the text. Names are enough where there is none.
    return node ? "@" + std::to_string(tree_.span(node).begin) : "?";
  }

  const Facts& facts_;
  const ir::Tree& tree_;
  std::vector<Program> programs_;
  std::vector<std::string> assumed_;
  std::map<std::uint32_t, int> running_;
  std::size_t steps_ = 0;
};

}  // namespace

Programs CompilePrograms(const Facts& facts) {
  Compiler compiler(facts);
  std::vector<Program> programs = compiler.Run();
  return {std::move(programs), compiler.TakeAssumed()};
}

}  // namespace asyncport::shape
