// Mistakes of the source that are not about waiting, but that the catalogue of docs/semantics knows: one list where
// several are meant, iterators that are empty the second time, closures that all see the last round.
// A default or an attribute that nothing changes is left alone: sharing what stays as it is does no harm.
// Example: `def add(item, seen=[]): seen.append(item)` is a shared-mutable-default.
#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "advise/work.h"

namespace asyncport::advise {

using facts::TypeKind;
using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::array<std::string_view, 24> kChanging = {
    "append", "extend",  "insert", "add",     "update",     "setdefault", "pop",  "remove",
    "clear",  "discard", "sort",   "reverse", "appendleft", "popitem",    "push", "unshift",
    "splice", "shift",   "set",    "delete",  "extendleft", "popleft",    "fill", "rotate"};

bool Has(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Is the place written to: the target of an assignment, `+=`, `++`, `del`?
bool IsWritten(const Context& context, NodeId place) {
  const ir::Tree& tree = context.tree;
  const NodeId up = context.facts.Parent(place);
  if (const auto assign = ir::As<ir::Assign>(tree, up)) return assign.value() != place;
  if (const auto step = ir::As<ir::AugAssign>(tree, up)) return step.target() == place;
  return tree.Is(up, NodeKind::kUpdate) || tree.Is(up, NodeKind::kDelete);
}

// `value.append(x)`, `value[k] = x`, `value += [x]`: does what stands there change the thing itself?
bool IsChanged(const Context& context, NodeId value) {
  const ir::Tree& tree = context.tree;
  const NodeId up = context.facts.Parent(value);
  if (const auto step = ir::As<ir::AugAssign>(tree, up)) return step.target() == value;
  if (const auto member = ir::As<ir::Attribute>(tree, up)) {
    const auto call = ir::As<ir::Call>(tree, context.facts.Parent(up));
    return (call && call.callee() == up && Has(kChanging, member.name())) || IsWritten(context, up);
  }
  const auto element = ir::As<ir::Subscript>(tree, up);
  return element && element.object() == value && IsWritten(context, up);
}

// Something that can be changed and is made on the spot.
bool IsFreshContainer(const Context& context, NodeId node) {
  static constexpr std::array<std::string_view, 9> kMakers = {"list",
                                                              "dict",
                                                              "set",
                                                              "collections.deque",
                                                              "collections.defaultdict",
                                                              "collections.Counter",
                                                              "collections.OrderedDict",
                                                              "bytearray",
                                                              "defaultdict"};
  const ir::Tree& tree = context.tree;
  switch (tree.kind(node)) {
    case NodeKind::kList:
    case NodeKind::kDict:
    case NodeKind::kSetLit:
    case NodeKind::kNew:
      return true;
    case NodeKind::kComprehension:
      return ir::Comprehension(tree, node).kind() != ir::ComprehensionKind::kGenerator;
    case NodeKind::kBinary: {
      const ir::Binary product(tree, node);
      return product.op() == ir::BinaryOp::kMul && (tree.Is(product.left(), NodeKind::kList) ||
                                                    tree.Is(product.right(), NodeKind::kList));
    }
    case NodeKind::kCall:
      return tree.language() == Language::kPy && Has(kMakers, CalleePath(context, node));
    default:
      return false;
  }
}

// Every node below, functions inside as well.
void VisitAll(const ir::Tree& tree, NodeId node, const std::function<void(NodeId)>& visit) {
  if (!node) return;
  visit(node);
  tree.ForEachChild(node, [&](NodeId child) { VisitAll(tree, child, visit); });
}

// ---------------------------------------------------------------- shared-mutable-default

void CheckDefault(const Context& context, const ir::Param& param) {
  const ir::Tree& tree = context.tree;
  if (!param.default_value() || !tree.Is(param.target(), NodeKind::kName)) return;
  if (!IsFreshContainer(context, param.default_value())) return;
  const facts::BindingId id = context.facts.BindingOf(param.target());
  if (!id) return;
  const facts::Binding& binding = context.facts.binding(id);
  // `seen = list(seen)` makes it the function's own.
  for (NodeId write : binding.writes) {
    if (tree.Is(context.facts.Parent(write), NodeKind::kAssign)) return;
  }
  for (NodeId read : binding.reads) {
    const auto kept = ir::As<ir::Assign>(tree, context.facts.Parent(read));
    const auto place =
        ir::As<ir::Attribute>(tree, kept && kept.value() == read ? kept.targets()[0] : kNoNode);
    const bool on_self = place && tree.Is(place.object(), NodeKind::kSelfRef);
    if (!on_self && !IsChanged(context, read)) continue;
    context.out.Report("shared-mutable-default", tree.span(param.id()));
    return;
  }
}

// ---------------------------------------------------------------- shared-class-attribute

// Is `self.name` changed in a method of the class, and nowhere made anew for the instance?
bool IsChangedThroughSelf(const Context& context, NodeId body, std::string_view name) {
  const ir::Tree& tree = context.tree;
  bool changed = false;
  bool own = false;
  for (NodeId statement : ir::Block(tree, body).statements()) {
    const auto method = ir::As<ir::Method>(tree, statement);
    if (!method || method.is_static()) continue;
    VisitAll(tree, method.body(), [&](NodeId node) {
      const auto member = ir::As<ir::Attribute>(tree, node);
      if (!member || member.name() != name || !tree.Is(member.object(), NodeKind::kSelfRef)) return;
      const auto assign = ir::As<ir::Assign>(tree, context.facts.Parent(node));
      own = own || (assign && assign.value() != node);
      changed = changed || IsChanged(context, node);
    });
  }
  return changed && !own;
}

// Names that say that sharing is meant.
bool IsMeantToBeShared(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kWords = {
      "cache", "regist", "instance", "shared", "pool", "global", "handler", "plugin", "subclass"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != name.npos; }) ||
         std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// ---------------------------------------------------------------- shared-fill

// `[[]] * n`, `Array(n).fill([])`: the container that all places hold, or none.
NodeId FilledWith(const Context& context, NodeId node) {
  const ir::Tree& tree = context.tree;
  if (const auto product = ir::As<ir::Binary>(tree, node)) {
    if (product.op() != ir::BinaryOp::kMul) return kNoNode;
    for (const auto& [list_id, count] :
         {std::pair(product.left(), product.right()), std::pair(product.right(), product.left())}) {
      const auto list = ir::As<ir::List>(tree, list_id);
      if (!list || list.elements().size() != 1 || tree.Is(count, NodeKind::kList)) continue;
      if (IsFreshContainer(context, list.elements()[0])) return list.elements()[0];
    }
    return kNoNode;
  }
  const auto call = ir::As<ir::Call>(tree, node);
  const auto method = ir::As<ir::Attribute>(tree, call ? call.callee() : kNoNode);
  if (!method || method.name() != "fill" || call.args().size() != 1) return kNoNode;
  return IsFreshContainer(context, call.args()[0]) ? call.args()[0] : kNoNode;
}

// `grid[i][j] = x`, `grid[i].push(x)`, `for row in grid: row.append(x)`
bool IsElementChanged(const Context& context, const facts::Binding& binding) {
  const ir::Tree& tree = context.tree;
  for (NodeId read : binding.reads) {
    const NodeId up = context.facts.Parent(read);
    const auto element = ir::As<ir::Subscript>(tree, up);
    if (element && element.object() == read && IsChanged(context, up)) return true;
    const auto loop = ir::As<ir::ForEach>(tree, up);
    if (!loop || loop.iterable() != read || !tree.Is(loop.target(), NodeKind::kName)) continue;
    const facts::BindingId each = context.facts.BindingOf(loop.target());
    if (!each) continue;
    for (NodeId use : context.facts.binding(each).reads) {
      if (IsChanged(context, use)) return true;
    }
  }
  return false;
}

// ---------------------------------------------------------------- late-binding-closure

// Is the function kept beyond the round that makes it: appended, stored, handed to something that calls it later?
bool IsKept(const Context& context, NodeId function) {
  static constexpr std::array<std::string_view, 13> kKeepers = {
      "append",     "add",          "insert",  "add_done_callback", "call_later",
      "call_soon",  "appendleft",   "connect", "subscribe",         "register",
      "put_nowait", "add_callback", "call_at"};
  const ir::Tree& tree = context.tree;
  NodeId up = context.facts.Parent(function);
  if (tree.Is(up, NodeKind::kTuple)) up = context.facts.Parent(up);
  if (const auto assign = ir::As<ir::Assign>(tree, up)) {
    const NodeKind kind = tree.kind(assign.targets()[0]);
    return kind == NodeKind::kSubscript || kind == NodeKind::kAttribute;
  }
  if (const auto made = ir::As<ir::Comprehension>(tree, up))
    return made.kind() != ir::ComprehensionKind::kGenerator;
  const auto call = ir::As<ir::Call>(tree, up);
  const auto method = ir::As<ir::Attribute>(tree, call ? call.callee() : kNoNode);
  return method && call.callee() != function && Has(kKeepers, method.name());
}

// The names that a round binds.
void AddTargets(const Context& context, NodeId target, std::vector<facts::BindingId>& names) {
  VisitAll(context.tree, target, [&](NodeId node) {
    if (!context.tree.Is(node, NodeKind::kName)) return;
    if (const facts::BindingId id = context.facts.BindingOf(node)) names.push_back(id);
  });
}

std::vector<facts::BindingId> NamesOfRounds(const Context& context, NodeId function) {
  const ir::Tree& tree = context.tree;
  std::vector<facts::BindingId> names;
  for (NodeId up = context.facts.Parent(function); up; up = context.facts.Parent(up)) {
    if (IsFunctionKind(tree.kind(up)) || tree.Is(up, NodeKind::kClassDef)) break;
    if (const auto loop = ir::As<ir::ForEach>(tree, up)) AddTargets(context, loop.target(), names);
    if (const auto made = ir::As<ir::Comprehension>(tree, up)) {
      for (NodeId clause : made.clauses()) {
        if (const auto each = ir::As<ir::CompFor>(tree, clause))
          AddTargets(context, each.target(), names);
      }
    }
  }
  return names;
}

// Does the loop end right after the function was kept? Then there is no later round.
bool LeavesLoop(const Context& context, NodeId function) {
  const NodeId statement = context.facts.EnclosingStatement(function);
  const auto block = ir::As<ir::Block>(context.tree, context.facts.Parent(statement));
  // Not in a round of its own: a comprehension.
  const NodeKind around = context.tree.kind(context.facts.Parent(block.id()));
  if (!block || IsFunctionKind(around) || around == NodeKind::kModule) return false;
  const NodeId last = block.statements().back();
  return context.tree.Is(last, NodeKind::kBreak) || context.tree.Is(last, NodeKind::kReturn);
}

// ---------------------------------------------------------------- one-shot-iterator

bool IsOneShot(const Context& context, NodeId value) {
  static constexpr std::array<std::string_view, 5> kMakers = {"map", "filter", "zip", "enumerate",
                                                              "reversed"};
  if (const auto made = ir::As<ir::Comprehension>(context.tree, value))
    return made.kind() == ir::ComprehensionKind::kGenerator;
  return context.tree.Is(value, NodeKind::kCall) && Has(kMakers, CalleePath(context, value));
}

// Does the read go through all of it?
bool IsReadToTheEnd(const Context& context, NodeId read) {
  static constexpr std::array<std::string_view, 9> kReaders = {
      "list", "tuple", "set", "sum", "max", "min", "sorted", "dict", "frozenset"};
  const ir::Tree& tree = context.tree;
  const NodeId up = context.facts.Parent(read);
  if (const auto loop = ir::As<ir::ForEach>(tree, up)) {
    bool leaves = false;
    VisitAll(tree, loop.body(), [&](NodeId node) {
      leaves = leaves || tree.Is(node, NodeKind::kBreak) || tree.Is(node, NodeKind::kReturn);
    });
    return loop.iterable() == read && !leaves;
  }
  if (const auto clause = ir::As<ir::CompFor>(tree, up)) {
    const auto made = ir::As<ir::Comprehension>(tree, context.facts.Parent(up));
    return made && made.kind() != ir::ComprehensionKind::kGenerator &&
           made.clauses()[0] == clause.id();
  }
  const auto call = ir::As<ir::Call>(tree, up);
  if (!call || call.args().empty() || call.args()[0] != read) return false;
  const auto method = ir::As<ir::Attribute>(tree, call.callee());
  return Has(kReaders, CalleePath(context, up)) ||
         (method && (method.name() == "join" || method.name() == "extend"));
}

}  // namespace

void CheckDefaults(const Context& context, NodeId function) {
  if (context.tree.language() != Language::kPy) return;
  for (NodeId param : ParamsOf(context.tree, function))
    CheckDefault(context, ir::Param(context.tree, param));
}

void CheckClassAttributes(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kPy) return;
  const ir::ClassDef definition(tree, id);
  for (NodeId statement : ir::Block(tree, definition.body()).statements()) {
    const auto field = ir::As<ir::Field>(tree, statement);
    if (!field || !field.value() || !IsFreshContainer(context, field.value())) continue;
    const bool says_so =
        field.annotation() &&
        context.source.Text(tree.span(field.annotation())).find("ClassVar") != std::string::npos;
    if (says_so || IsMeantToBeShared(field.name())) continue;
    if (IsChangedThroughSelf(context, definition.body(), field.name()))
      context.out.Report("shared-class-attribute", tree.span(statement));
  }
}

void CheckFill(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const auto assign = ir::As<ir::Assign>(tree, id);
  if (!assign || !assign.value() || assign.targets().size() != 1) return;
  if (!FilledWith(context, assign.value()) || !tree.Is(assign.targets()[0], NodeKind::kName))
    return;
  const facts::BindingId binding = context.facts.BindingOf(assign.targets()[0]);
  if (binding && IsElementChanged(context, context.facts.binding(binding)))
    context.out.Report("shared-fill", tree.span(assign.value()));
}

void CheckLateBinding(const Context& context, NodeId function) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kPy || !IsKept(context, function)) return;
  const std::vector<facts::BindingId> names = NamesOfRounds(context, function);
  if (names.empty() || LeavesLoop(context, function)) return;
  NodeId late;
  VisitAll(tree, BodyOf(tree, function), [&](NodeId node) {
    if (late || !tree.Is(node, NodeKind::kName)) return;
    const facts::BindingId id = context.facts.BindingOf(node);
    if (std::find(names.begin(), names.end(), id) != names.end()) late = node;
  });
  if (late) context.out.Report("late-binding-closure", tree.span(late));
}

void CheckOneShot(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const auto assign = ir::As<ir::Assign>(tree, id);
  if (tree.language() != Language::kPy || !assign || !assign.value()) return;
  if (assign.targets().size() != 1 || !IsOneShot(context, assign.value())) return;
  if (!tree.Is(assign.targets()[0], NodeKind::kName)) return;
  const facts::BindingId name = context.facts.BindingOf(assign.targets()[0]);
  if (!name) return;
  const facts::Binding& binding = context.facts.binding(name);
  if (binding.writes.size() != 1 || binding.captured) return;
  const auto block = ir::As<ir::Block>(tree, context.facts.Parent(id));
  if (!block) return;
  bool spent = false;
  for (NodeId statement : block.statements()) {
    const Span span = tree.span(statement);
    for (NodeId read : binding.reads) {
      if (tree.span(read).begin < span.begin || tree.span(read).end > span.end) continue;
      if (spent) {
        context.out.Report("one-shot-iterator", tree.span(read));
        return;
      }
    }
    // What is read in a branch may not have been.
    for (NodeId read : binding.reads) {
      const NodeId up = context.facts.EnclosingStatement(read);
      spent = spent || (up == statement && IsReadToTheEnd(context, read));
    }
  }
}

}  // namespace asyncport::advise
