// See entry.h.
#include "grade/entry.h"

#include <algorithm>
#include <functional>
#include <set>

#include "advise/work.h"
#include "shape/shape.h"

namespace asyncport::grade {
namespace {

using ir::NodeId;
using ir::NodeKind;

class Search {
 public:
  Search(const facts::Facts& facts, const Exercise& exercise)
      : facts_(facts), tree_(facts.tree()), exercise_(exercise) {
    const auto& functions = exercise.scenarios.front().functions;
    for (const sim::GivenFunction& f : functions) given_.push_back(shape::NameKey(f.name));
    Collect(tree_.root(), false);
  }

  EntryChoice Find() {
    // What reaches most of the given functions.
    std::size_t most = 0;
    for (const Candidate& c : all_) most = std::max(most, Reached(c.node).size());
    std::vector<Candidate> best;
    for (const Candidate& c : all_) {
      if (Reached(c.node).size() == most && most != 0) best.push_back(c);
    }
    // The module's own statements, where they do more than any function.
    const std::set<int> module = ReachedByModule();
    if (most < module.size() || best.empty()) {
      if (module.empty()) return Composed();
      return {tree_.root(), "<module>"};
    }
    const std::string wanted = shape::NameKey(exercise_.entry);
    for (const Candidate& c : best) {
      if (!wanted.empty() && shape::NameKey(c.name) == wanted) return {c.node, c.name};
    }
    std::vector<Candidate> left;
    for (const Candidate& c : best) {
      bool drop = false;
      for (const Candidate& other : best) {
        if (other.node == c.node) continue;
        if (Calls(other.node, c.node) && !IsDriver(other, c)) drop = true;  // a helper
        if (Calls(c.node, other.node) && IsDriver(c, other)) drop = true;   // a driver
      }
      if (!drop) left.push_back(c);
    }
    if (left.empty()) left = best;
    // Several answers in one file: one whose name is not that of a draft, the last one.
    return {left.back().node, left.back().name};
  }

 private:
  struct Candidate {
    NodeId node;
    std::string name;
  };

  // No function is written at all: `const load = pipe(fetchUser, show)`.
  EntryChoice Composed() {
    const NodeId body = ir::Module(tree_, tree_.root()).body();
    for (NodeId statement : ir::Cast<ir::Block>(tree_, body).statements()) {
      if (const auto exported = ir::As<ir::Export>(tree_, statement)) {
        statement = exported.declaration() ? exported.declaration() : statement;
      }
      const auto assign = ir::As<ir::Assign>(tree_, statement);
      if (!assign || !tree_.Is(assign.value(), NodeKind::kCall)) continue;
      if (!tree_.Is(assign.targets().front(), NodeKind::kName)) continue;
      std::set<int> found;
      std::set<std::uint32_t> visited;
      Scan(assign.value(), found, visited, true);
      if (!found.empty())
        return {assign.value(), std::string(tree_.text(assign.targets().front()))};
    }
    return {};
  }

  int Given(std::string_view name) const {
    const auto it = std::find(given_.begin(), given_.end(), shape::NameKey(name));
    return it == given_.end() ? -1 : static_cast<int>(it - given_.begin());
  }

  void Add(NodeId node, std::string_view name, std::string_view owner = {}) {
    if (Given(name) >= 0 && shape::NameKey(name) != shape::NameKey(exercise_.entry)) return;
    all_.push_back(
        {node, owner.empty() ? std::string(name) : std::string(owner) + "." + std::string(name)});
  }

  // Functions of the module, of its classes and objects.
  void Collect(NodeId node, bool in_class) {
    tree_.ForEachChild(node, [&](NodeId child) {
      if (const auto def = ir::As<ir::FunctionDef>(tree_, child)) {
        Add(child, tree_.text(def.name()));
        return;
      }
      if (const auto method = ir::As<ir::Method>(tree_, child)) {
        if (method.kind() == ir::MethodKind::kMethod) Add(child, method.name(), OwnerOf(child));
        return;
      }
      if (tree_.Is(child, NodeKind::kFunctionExpr) || tree_.Is(child, NodeKind::kLambda)) {
        std::string name;
        const NodeId parent = facts_.Parent(child);
        if (const auto assign = ir::As<ir::Assign>(tree_, parent);
            assign && !assign.targets().empty()) {
          const NodeId target = assign.targets().front();
          if (tree_.Is(target, NodeKind::kName) || tree_.Is(target, NodeKind::kAttribute))
            name = tree_.text(target);
        }
        if (const auto entry = ir::As<ir::DictEntry>(tree_, parent)) {
          if (const auto key = ir::As<ir::String>(tree_, entry.key())) name = key.value();
        }
        if (const auto field = ir::As<ir::Field>(tree_, parent)) name = field.name();
        Add(child, name);
        return;
      }
      Collect(child, in_class);
    });
  }

  std::string OwnerOf(NodeId method) const {
    const auto owner = ir::As<ir::ClassDef>(tree_, facts_.EnclosingClass(method));
    return owner ? std::string(tree_.text(owner.name())) : std::string();
  }

  // Functions of the file that a node mentions, and given functions.
  void Scan(NodeId node, std::set<int>& found, std::set<std::uint32_t>& visited,
            bool into_functions) {
    if (tree_.Is(node, NodeKind::kName)) {
      const std::string_view name = tree_.text(node);
      if (const int given = Given(name); given >= 0) {
        // Its own definition is no use of it.
        const NodeId parent = facts_.Parent(node);
        const auto def = ir::As<ir::FunctionDef>(tree_, parent);
        if (!def || def.name() != node) found.insert(given);
      } else if (const facts::BindingId id = facts_.BindingOf(node)) {
        Follow(facts_.binding(id).definition, found, visited);
      }
    } else if (const auto attribute = ir::As<ir::Attribute>(tree_, node)) {
      if (const int given = Given(attribute.name()); given >= 0) {
        found.insert(given);
      } else {
        for (const Candidate& c : all_) {
          const std::string last = c.name.substr(c.name.rfind('.') + 1);
          if (last == attribute.name()) Follow(c.node, found, visited);
        }
      }
    }
    tree_.ForEachChild(node, [&](NodeId child) {
      if (!into_functions && advise::IsFunctionKind(tree_.kind(child)) &&
          !facts_.EnclosingFunction(child) && IsNamed(child))
        return;
      if (const auto def = ir::As<ir::FunctionDef>(tree_, child);
          def && Given(tree_.text(def.name())) >= 0)
        return;
      Scan(child, found, visited, into_functions);
    });
  }

  bool IsNamed(NodeId function) const {
    return std::any_of(all_.begin(), all_.end(),
                       [&](const Candidate& c) { return c.node == function && !c.name.empty(); }) ||
           tree_.Is(function, NodeKind::kFunctionDef) || tree_.Is(function, NodeKind::kMethod);
  }

  void Follow(NodeId definition, std::set<int>& found, std::set<std::uint32_t>& visited) {
    if (!definition || !visited.insert(definition.index).second) return;
    if (advise::IsFunctionKind(tree_.kind(definition)) ||
        tree_.Is(definition, NodeKind::kClassDef)) {
      Scan(definition, found, visited, true);
    } else if (const auto assign = ir::As<ir::Assign>(tree_, definition);
               assign && assign.value()) {
      Scan(assign.value(), found, visited, true);
    }
  }

  const std::set<int>& Reached(NodeId function) {
    auto [it, is_new] = reached_.try_emplace(function.index);
    if (is_new) {
      std::set<std::uint32_t> visited = {function.index};
      std::set<int> found;
      Scan(function, found, visited, true);
      it->second = std::move(found);
    }
    return it->second;
  }

  std::set<int> ReachedByModule() {
    std::set<int> found;
    std::set<std::uint32_t> visited;
    for (const Candidate& c : all_) visited.insert(c.node.index);
    const NodeId body = ir::Module(tree_, tree_.root()).body();
    for (NodeId statement : ir::Cast<ir::Block>(tree_, body).statements()) {
      const NodeKind kind = tree_.kind(statement);
      if (kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef ||
          kind == NodeKind::kImport)
        continue;
      Scan(statement, found, visited, false);
    }
    // Only calls count: `const { loadProfile } = require("./api")` is none.
    std::set<int> called;
    const std::function<void(NodeId)> look = [&](NodeId node) {
      if (advise::IsFunctionKind(tree_.kind(node)) && IsNamed(node)) return;
      if (const auto call = ir::As<ir::Call>(tree_, node)) {
        if (tree_.Is(call.callee(), NodeKind::kName) ||
            tree_.Is(call.callee(), NodeKind::kAttribute)) {
          if (const int given = Given(tree_.text(call.callee()));
              given >= 0 && found.count(given) != 0)
            called.insert(given);
        }
      }
      tree_.ForEachChild(node, look);
    };
    look(body);
    return called;
  }

  // Does `a` mention `b`, also through functions in between?
  bool Calls(NodeId a, NodeId b) {
    std::set<std::uint32_t> visited = {a.index};
    std::set<int> found;
    Scan(a, found, visited, true);
    return visited.count(b.index) != 0;
  }

  bool Returns(NodeId function) const {
    if (tree_.Is(function, NodeKind::kLambda)) return true;
    bool returns = false;
    advise::VisitOwn(tree_, advise::BodyOf(tree_, function), [&](NodeId node) {
      const auto view = ir::As<ir::Return>(tree_, node);
      returns = returns || (view && view.value());
      return true;
    });
    return returns;
  }

  std::size_t Params(NodeId function) const {
    std::size_t count = 0;
    for (NodeId id : advise::ParamsOf(tree_, function)) {
      const auto param = ir::Cast<ir::Param>(tree_, id);
      count += !param.default_value() && param.kind() != ir::ParamKind::kRest &&
               param.kind() != ir::ParamKind::kKeywordRest;
    }
    return count;
  }

  bool IsDriver(const Candidate& a, const Candidate& b) const {
    static constexpr std::string_view kNames[] = {"main", "run",   "demo", "example",
                                                  "test", "start", "cli"};
    const std::string key = shape::NameKey(a.name);
    for (std::string_view name : kNames) {
      if (key == name || (key.starts_with(name) && key.size() > name.size() && name == "test"))
        return true;
    }
    if (Returns(b.node) && !Returns(a.node)) return true;
    return Params(a.node) == 0 && Params(b.node) > 0;
  }

  const facts::Facts& facts_;
  const ir::Tree& tree_;
  const Exercise& exercise_;
  std::vector<std::string> given_;
  std::vector<Candidate> all_;
  std::map<std::uint32_t, std::set<int>> reached_;
};

std::size_t DistinctCalls(const sim::Trace& trace) {
  std::set<int> functions;
  for (const sim::OperationCall& call : trace.calls) functions.insert(call.function);
  return functions.size();
}

constexpr std::size_t kMaxWays = 12;

}  // namespace

EntryChoice FindEntry(const facts::Facts& facts, const Exercise& exercise) {
  return Search(facts, exercise).Find();
}

std::vector<sim::Trace> WalkAll(const facts::Facts& facts, const Scenario& scenario, NodeId entry,
                                std::vector<std::unique_ptr<sim::Machine>>& machines) {
  std::vector<sim::Trace> traces;
  std::vector<std::vector<bool>> todo = {{}};
  for (std::size_t at = 0; at < todo.size() && at < kMaxWays; ++at) {
    const std::vector<bool> choices = todo[at];
    sim::World world;
    world.functions = scenario.functions;
    world.arguments = scenario.arguments;
    world.cancel_after = scenario.cancel_after;
    world.choices = choices;
    machines.push_back(std::make_unique<sim::Machine>(facts, world));
    traces.push_back(machines.back()->Run(entry));
    if (!traces.back().halted.empty() && at == 0) break;
    for (std::size_t i = choices.size(); i < traces.back().decisions && i < choices.size() + 6;
         ++i) {
      std::vector<bool> other = choices;
      other.resize(i, false);
      other.push_back(true);
      todo.push_back(std::move(other));
    }
  }
  const bool fails = std::any_of(
      scenario.functions.begin(), scenario.functions.end(),
      [](const sim::GivenFunction& f) { return f.failures != 0 || !f.fails_for.empty(); });
  const auto good = [&](const sim::Trace& trace) {
    return trace.halted.empty() && (fails || !trace.raised);
  };
  // Ways that end early are guards; ways that only an odd value leads to and that never end are not judged either.
  std::size_t most = 0;
  bool any_good = false;
  for (const sim::Trace& trace : traces) {
    most = std::max(most, DistinctCalls(trace));
  }
  for (const sim::Trace& trace : traces)
    any_good = any_good || (DistinctCalls(trace) == most && good(trace));
  std::vector<sim::Trace> kept;
  for (sim::Trace& trace : traces) {
    if (DistinctCalls(trace) == most && (!any_good || good(trace)))
      kept.push_back(std::move(trace));
  }
  return kept;
}

std::vector<std::string> TagsOf(const facts::Facts& facts, const std::vector<sim::Trace>& traces) {
  std::set<std::string> tags;
  const ir::Tree& tree = facts.tree();
  for (const sim::Trace& trace : traces) {
    for (NodeId function : trace.functions) {
      if (advise::IsDeclaredAsync(tree, function)) tags.insert("construct:async-await");
      if (advise::IsDeclaredAsync(tree, function) && tree.language() == Language::kPy)
        tags.insert("construct:coroutine");
    }
    for (const auto& a : trace.calls) {
      for (const auto& b : trace.calls) {
        if (&a != &b && a.begin >= 0 && b.begin >= 0 && a.begin < b.end && b.begin < a.end)
          tags.insert("technique:concurrency");
      }
    }
    for (const sim::Happening& h : trace.happenings) {
      if (h.event == sim::Event::kTool) tags.insert("uses:" + h.text);
    }
  }
  return {tags.begin(), tags.end()};
}

}  // namespace asyncport::grade
