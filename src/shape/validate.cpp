// Translation validation: did every asynchronous operation keep its mark? Compares two files by the names of their
// operations; reports nothing itself (pipeline/ does).
// Example: `save();` dropped in the source and `await save()` in the target is a kMark change.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

#include "ir/views.h"
#include "shape/shape.h"

namespace asyncport::shape {

using facts::Facts;
using ir::NodeId;

namespace {

struct Found {
  Mark mark;
  NodeId node;
};
struct Sides {
  std::string name;
  std::vector<Found> source, target;
  std::size_t left_out = 0;  // in the source, under a `changed` node
};

// Takes pairs for which `fits` holds off both sides: each source gets the first target that is left. Linear: targets are
// queued by mark, which is all that `fits` asks for.
template <typename Fits, typename Report>
void Pair(Sides& sides, Fits fits, Report report) {
  constexpr std::size_t kMarks = 3;
  std::array<std::vector<std::size_t>, kMarks> queues;
  std::array<std::size_t, kMarks> heads{};
  for (std::size_t i = 0; i < sides.target.size(); ++i) {
    queues[static_cast<std::size_t>(sides.target[i].mark)].push_back(i);
  }
  std::vector<bool> taken(sides.target.size());
  std::vector<Found> left;
  for (const Found& source : sides.source) {
    std::size_t best = sides.target.size();
    std::size_t best_mark = 0;
    for (std::size_t mark = 0; mark < kMarks; ++mark) {
      if (heads[mark] == queues[mark].size() || !fits(source.mark, static_cast<Mark>(mark)))
        continue;
      if (queues[mark][heads[mark]] < best) {
        best = queues[mark][heads[mark]];
        best_mark = mark;
      }
    }
    if (best == sides.target.size()) {
      left.push_back(source);
      continue;
    }
    report(source, sides.target[best]);
    taken[best] = true;
    ++heads[best_mark];
  }
  sides.source = std::move(left);
  std::vector<Found> rest;
  for (std::size_t i = 0; i < sides.target.size(); ++i) {
    if (!taken[i]) rest.push_back(sides.target[i]);
  }
  sides.target = std::move(rest);
}

// Calls by name, whatever their colour.
std::map<std::string, std::size_t> CallsByName(const Facts& facts) {
  std::map<std::string, std::size_t> out;
  for (std::uint32_t i = 1; i < facts.tree().size(); ++i) {
    if (facts.tree().Is(NodeId{i}, ir::NodeKind::kCall))
      ++out[NameKey(CanonicalName(facts, NodeId{i}).name)];
  }
  return out;
}

// Calls right under an `await`, by name, that are no operations to the file's own facts: what is called is not known.
std::map<std::string, std::size_t> UnknownAwaits(const Facts& facts) {
  std::map<std::string, std::size_t> out;
  for (std::uint32_t i = 1; i < facts.tree().size(); ++i) {
    const auto await = ir::As<ir::Await>(facts.tree(), NodeId{i});
    if (!await || !facts.tree().Is(await.value(), ir::NodeKind::kCall)) continue;
    if (facts.ColourOf(await.value()) == facts::CallColour::kAsync) continue;
    ++out[NameKey(CanonicalName(facts, await.value()).name)];
  }
  return out;
}

// Does the call only hand out a future that a plain function makes? Calling it is starting it.
bool IsPlainFunction(const Facts& facts, NodeId call) {
  const NodeId callee = facts.CalleeDefinition(call);
  const auto function = ir::As<ir::FunctionDef>(facts.tree(), callee);
  const auto method = ir::As<ir::Method>(facts.tree(), callee);
  return (function && !function.is_async()) || (method && !method.is_async());
}

}  // namespace

std::vector<Change> Compare(const Facts& source, const Facts& target,
                            const std::vector<NodeId>& changed) {
  std::unordered_set<std::uint32_t> tops;
  for (NodeId id : changed) tops.insert(id.index);
  const auto is_changed = [&](NodeId node) {
    for (; node; node = source.Parent(node)) {
      if (tops.contains(node.index)) return true;
    }
    return false;
  };
  std::map<std::string, Sides> by_name;
  for (const Operation& op : Operations(source)) {
    if (op.is_library) continue;
    Sides& sides = by_name[NameKey(op.name)];
    sides.name = op.name;
    if (is_changed(op.node)) {
      ++sides.left_out;
    } else {
      sides.source.push_back({op.mark, op.node});
    }
  }
  // A method that the target's facts take for a library's (of a SimpleNamespace, say) is still there.
  std::map<std::pair<std::string, Mark>, std::size_t> of_libraries;
  for (const Operation& op : Operations(target)) {
    if (op.is_library) {
      const std::size_t cut = op.name.find_last_of(".#");
      ++of_libraries[{NameKey(cut == std::string::npos ? op.name : op.name.substr(cut + 1)),
                      op.mark}];
      continue;
    }
    Sides& sides = by_name[NameKey(op.name)];
    if (sides.name.empty()) sides.name = op.name;
    sides.target.push_back({op.mark, op.node});
  }

  std::vector<Change> changes;
  std::vector<Change> lost;
  std::vector<Change> extra;
  for (auto& [key, sides] : by_name) {
    Pair(
        sides, [](Mark s, Mark t) { return s == t; }, [](const Found&, const Found&) {});
    Pair(
        sides, [](Mark s, Mark t) { return s == Mark::kStarted || t == Mark::kStarted; },
        [&, &name = sides.name](const Found& s, const Found& t) {
          changes.push_back({Change::Kind::kStarted, name, s.mark, t.mark, s.node, t.node});
        });
    Pair(
        sides, [](Mark, Mark) { return true; },
        [&, &name = sides.name](const Found& s, const Found& t) {
          changes.push_back({Change::Kind::kMark, name, s.mark, t.mark, s.node, t.node});
        });
    for (const Found& s : sides.source) {
      if (auto it = of_libraries.find({key, s.mark}); it != of_libraries.end() && it->second > 0) {
        --it->second;
        continue;
      }
      lost.push_back({Change::Kind::kLost, sides.name, s.mark, s.mark, s.node, {}});
    }
    for (const Found& t : sides.target) {
      if (sides.left_out > 0) {
        --sides.left_out;
        continue;
      }
      extra.push_back({Change::Kind::kExtra, sides.name, t.mark, t.mark, {}, t.node});
    }
  }
  // What the target's facts do not know to be a future (an object of a local class) is called all the same.
  if (!lost.empty()) {
    std::map<std::string, std::size_t> calls = CallsByName(target);
    std::map<std::string, std::size_t> awaits = UnknownAwaits(target);
    std::erase_if(lost, [&](const Change& change) {
      if (change.source == Mark::kAwaited) {
        const auto it = awaits.find(NameKey(change.name));
        if (it == awaits.end() || it->second == 0) return false;
        --it->second;
        return true;
      }
      if (change.source == Mark::kAwaited || !IsPlainFunction(source, change.source_node))
        return false;
      const auto it = calls.find(NameKey(change.name));
      if (it == calls.end() || it->second == 0) return false;
      --it->second;
      return true;
    });
  }
  // A helper with another name, a method that became a function.
  for (Change& change : lost) {
    const auto it = std::find_if(extra.begin(), extra.end(), [&](const Change& e) {
      return e.target == change.source && NameKey(e.name) != "main";
    });
    if (it != extra.end()) {
      change.kind = Change::Kind::kRenamed;
      change.target_node = it->target_node;
      extra.erase(it);
    }
    changes.push_back(std::move(change));
  }
  for (Change& change : extra) changes.push_back(std::move(change));
  return changes;
}

bool IsForbidden(const Change& change) {
  return change.kind == Change::Kind::kLost ||
         (change.kind == Change::Kind::kMark && change.source == Mark::kAwaited);
}

}  // namespace asyncport::shape
