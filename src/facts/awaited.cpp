// A work list of expressions whose value is awaited, and one of containers whose elements are.
#include "facts/awaited.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;
namespace slots = ir::slots;

namespace {

// Functions that await what they are given (arguments), or what is in it (elements).
constexpr std::array<std::string_view, 9> kAwaitsArguments = {
    "asyncio.gather",        "asyncio.create_task",
    "asyncio.ensure_future", "asyncio.wait_for",
    "asyncio.shield",        "asyncio.run",
    "Promise.resolve",       "asyncio.TaskGroup#create_task",
    "asyncio.Runner#run"};
constexpr std::array<std::string_view, 6> kAwaitsElements = {
    "Promise.all", "Promise.allSettled", "Promise.race",
    "Promise.any", "asyncio.wait",       "asyncio.as_completed"};
// Methods that put their last argument (or each) into the receiver.
constexpr std::array<std::string_view, 9> kAdds = {
    "push", "append", "add", "set", "unshift", "put", "insert", "appendleft", "put_nowait"};
// Methods that hand out an element of the receiver.
constexpr std::array<std::string_view, 9> kTakes = {
    "pop", "shift", "get", "at", "popleft", "find", "values", "next", "setdefault"};
// Methods that give a container of the same elements.
constexpr std::array<std::string_view, 8> kKeeps = {"filter",  "slice", "concat", "values",
                                                    "reverse", "sort",  "copy",   "entries"};

template <std::size_t N>
bool Has(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

AwaitedFlow::AwaitedFlow(const ir::Tree& tree, const Structure& structure, const Scopes& scopes,
                         const Names& names, Inference& inference)
    : tree_(tree),
      structure_(structure),
      scopes_(scopes),
      names_(names),
      inference_(inference),
      wanted_(tree.size()),
      elements_wanted_(tree.size()) {
  Index();
  Seed();
  while (!work_.empty() || !element_work_.empty()) {
    if (!work_.empty()) {
      const NodeId next = work_.back();
      work_.pop_back();
      Visit(next);
    } else {
      const NodeId next = element_work_.back();
      element_work_.pop_back();
      VisitElements(next);
    }
  }
}

void AwaitedFlow::Want(NodeId expression) {
  if (!expression || wanted_[expression.index]) return;
  wanted_[expression.index] = true;
  work_.push_back(expression);
}

void AwaitedFlow::WantElements(NodeId container) {
  if (!container || elements_wanted_[container.index]) return;
  elements_wanted_[container.index] = true;
  element_work_.push_back(container);
}

void AwaitedFlow::Index() {
  const auto write_element = [this](NodeId container, NodeId value) {
    if (tree_.Is(container, NodeKind::kName)) {
      element_writes_[scopes_.binding_of[container.index].index].push_back({container, value});
    } else if (tree_.Is(container, NodeKind::kAttribute)) {
      field_element_writes_[tree_.node(container).atom.index].push_back({container, value});
    }
  };
  const auto write = [&](NodeId target, NodeId value) {
    if (tree_.Is(target, NodeKind::kAttribute)) {
      attribute_writes_[tree_.node(target).atom.index].push_back(value);
    } else if (auto subscript = ir::As<ir::Subscript>(tree_, target)) {
      write_element(subscript.object(), value);
    }
  };
  for (NodeId node : structure_.preorder) {
    switch (tree_.kind(node)) {
      case NodeKind::kAssign: {
        const ir::Assign assign(tree_, node);
        for (NodeId target : assign.targets()) {
          if (assign.value()) write(target, assign.value());
        }
        break;
      }
      case NodeKind::kAssignExpr:
        write(ir::AssignExpr(tree_, node).target(), ir::AssignExpr(tree_, node).value());
        break;
      case NodeKind::kLogicalAssign:
        write(ir::LogicalAssign(tree_, node).target(), ir::LogicalAssign(tree_, node).value());
        break;
      case NodeKind::kField:
        if (NodeId value = ir::Field(tree_, node).value()) {
          attribute_writes_[tree_.node(node).atom.index].push_back(value);
        }
        break;
      case NodeKind::kDictEntry: {
        const ir::DictEntry entry(tree_, node);
        if (tree_.Is(entry.key(), NodeKind::kString)) {
          attribute_writes_[tree_.node(entry.key()).atom.index].push_back(entry.value());
        }
        break;
      }
      case NodeKind::kReturn:
        if (NodeId value = ir::Return(tree_, node).value()) {
          returns_of_[structure_.function[node.index].index].push_back(value);
        }
        break;
      case NodeKind::kCall: {
        const ir::Call call(tree_, node);
        const auto attribute = ir::As<ir::Attribute>(tree_, call.callee());
        if (attribute && Has(kAdds, attribute.name())) {
          for (NodeId arg : call.args()) write_element(attribute.object(), arg);
        }
        for (SiteId id : inference_.lattice().Sites(inference_.ValueOf(call.callee()))) {
          const Site& site = inference_.lattice().site(id);
          if (site.kind == TypeKind::kFunction && site.node && site.name.empty()) {
            calls_of_[site.node.index].push_back(node);
          }
        }
        break;
      }
      default:
        break;
    }
  }
}

void AwaitedFlow::WantArgs(NodeId node) {
  for (NodeId arg : ir::Call(tree_, node).args()) {
    if (auto spread = ir::As<ir::Spread>(tree_, arg)) {
      WantElements(spread.value());
    } else if (ir::HasCategory(tree_.kind(arg), ir::category::Expr)) {
      Want(arg);
    }
  }
}

void AwaitedFlow::Seed() {
  for (NodeId node : structure_.preorder) {
    switch (tree_.kind(node)) {
      case NodeKind::kAwait:
        Want(ir::Await(tree_, node).value());
        break;
      case NodeKind::kForEach: {
        const ir::ForEach loop(tree_, node);
        if (loop.is_async() && tree_.language() == Language::kJs) WantElements(loop.iterable());
        break;
      }
      case NodeKind::kCall: {
        const ir::Call call(tree_, node);
        const std::string path = names_.PathOf(call.callee());
        if (Has(kAwaitsArguments, path)) WantArgs(node);
        if (Has(kAwaitsElements, path) && !call.args().empty()) WantElements(call.args()[0]);
        const auto attribute = ir::As<ir::Attribute>(tree_, call.callee());
        if (!attribute) break;
        // Only promises have these; `catch` is no method of anything else.
        const std::string_view name = attribute.name();
        if (tree_.language() == Language::kJs &&
            (name == "then" || name == "catch" || name == "finally")) {
          Want(attribute.object());
        }
        if (name == "create_task" && tree_.language() == Language::kPy) WantArgs(node);
        break;
      }
      default:
        break;
    }
  }
}

void AwaitedFlow::WantWrites(NodeId name, bool elements) {
  const BindingId id = scopes_.binding_of[name.index];
  const auto want = [&](NodeId node) { elements ? WantElements(node) : Want(node); };
  for (NodeId write : scopes_.bindings[id.index].writes) {
    const NodeId parent = structure_.parent[write.index];
    switch (tree_.kind(parent)) {
      case NodeKind::kAssign:
        if (NodeId value = ir::Assign(tree_, parent).value()) want(value);
        break;
      case NodeKind::kAssignExpr:
        want(ir::AssignExpr(tree_, parent).value());
        break;
      case NodeKind::kLogicalAssign:
        want(ir::LogicalAssign(tree_, parent).value());
        break;
      case NodeKind::kWalrus:
        want(ir::Walrus(tree_, parent).value());
        break;
      case NodeKind::kForEach:
        if (!elements) WantElements(ir::ForEach(tree_, parent).iterable());
        break;
      case NodeKind::kCompFor:
        if (!elements) WantElements(ir::CompFor(tree_, parent).iterable());
        break;
      case NodeKind::kParam:
        WantParam(parent, elements);
        break;
      case NodeKind::kListPattern: {
        // const [a, b] = [f(), g()]
        const auto assign = ir::As<ir::Assign>(tree_, structure_.parent[parent.index]);
        if (!elements && assign && assign.value()) WantElements(assign.value());
        break;
      }
      default:
        break;
    }
  }
  if (!elements) return;
  if (auto it = element_writes_.find(id.index); it != element_writes_.end()) {
    for (const ElementWrite& write : it->second) Want(write.value);
  }
}

void AwaitedFlow::WantParam(NodeId param, bool elements) {
  const NodeId function = structure_.parent[param.index];
  if (!IsFunctionKind(tree_.kind(function))) return;
  std::size_t position = 0;
  bool found = false;
  tree_.ForEachChild(function, [&](NodeId child) {
    if (found || !tree_.Is(child, NodeKind::kParam)) return;
    if (child == param) {
      found = true;
    } else {
      ++position;
    }
  });
  const auto it = calls_of_.find(function.index);
  if (it == calls_of_.end()) return;
  for (NodeId call : it->second) {
    const auto args = ir::Call(tree_, call).args();
    if (position >= args.size() || !ir::HasCategory(tree_.kind(args[position]), ir::category::Expr))
      continue;
    elements ? WantElements(args[position]) : Want(args[position]);
  }
}

void AwaitedFlow::WantReturns(NodeId function, bool elements) {
  if (auto lambda = ir::As<ir::Lambda>(tree_, function)) {
    elements ? WantElements(lambda.body()) : Want(lambda.body());
  }
  const auto it = returns_of_.find(function.index);
  if (it == returns_of_.end()) return;
  for (NodeId value : it->second) elements ? WantElements(value) : Want(value);
}

void AwaitedFlow::Visit(NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::kName:
      WantWrites(node, false);
      break;
    case NodeKind::kCall: {
      const ir::Call call(tree_, node);
      bool is_declared = false;
      for (SiteId id : inference_.lattice().Sites(inference_.ValueOf(call.callee()))) {
        const Site& site = inference_.lattice().site(id);
        if (site.kind != TypeKind::kFunction || !site.node || !site.name.empty()) continue;
        is_declared = true;
        WantReturns(site.node, false);
      }
      if (is_declared) break;
      calls_.insert(node.index);
      const auto attribute = ir::As<ir::Attribute>(tree_, call.callee());
      if (attribute && Has(kTakes, attribute.name())) WantElements(attribute.object());
      break;
    }
    case NodeKind::kAttribute:
      if (auto it = attribute_writes_.find(tree_.node(node).atom.index);
          it != attribute_writes_.end()) {
        for (NodeId value : it->second) Want(value);
      }
      break;
    case NodeKind::kSubscript:
      WantElements(ir::Subscript(tree_, node).object());
      break;
    case NodeKind::kOptionalChain:
      Want(ir::OptionalChain(tree_, node).value());
      break;
    case NodeKind::kConditional:
      Want(ir::Conditional(tree_, node).then_value());
      Want(ir::Conditional(tree_, node).else_value());
      break;
    case NodeKind::kLogical:
      Want(ir::Logical(tree_, node).left());
      Want(ir::Logical(tree_, node).right());
      break;
    case NodeKind::kAssignExpr:
      Want(ir::AssignExpr(tree_, node).value());
      break;
    case NodeKind::kLogicalAssign:
      Want(ir::LogicalAssign(tree_, node).target());
      Want(ir::LogicalAssign(tree_, node).value());
      break;
    case NodeKind::kWalrus:
      Want(ir::Walrus(tree_, node).value());
      break;
    case NodeKind::kSpawn:
      Want(ir::Spawn(tree_, node).call());
      break;
    case NodeKind::kDefer:
      Want(ir::Defer(tree_, node).call());
      break;
    default:
      break;
  }
}

void AwaitedFlow::VisitElements(NodeId node) {
  const auto each = [this](std::span<const NodeId> elements) {
    for (NodeId element : elements) {
      if (auto spread = ir::As<ir::Spread>(tree_, element)) {
        WantElements(spread.value());
      } else {
        Want(element);
      }
    }
  };
  switch (tree_.kind(node)) {
    case NodeKind::kList:
      each(ir::List(tree_, node).elements());
      break;
    case NodeKind::kTuple:
      each(ir::Tuple(tree_, node).elements());
      break;
    case NodeKind::kSetLit:
      each(ir::SetLit(tree_, node).elements());
      break;
    case NodeKind::kDict:
      for (NodeId entry : ir::Dict(tree_, node).entries()) {
        if (auto pair = ir::As<ir::DictEntry>(tree_, entry)) Want(pair.value());
      }
      break;
    case NodeKind::kComprehension: {
      const ir::Comprehension comprehension(tree_, node);
      Want(comprehension.value() ? comprehension.value() : comprehension.element());
      break;
    }
    case NodeKind::kName:
      WantWrites(node, true);
      break;
    case NodeKind::kAttribute: {
      const std::uint32_t name = tree_.node(node).atom.index;
      if (auto it = attribute_writes_.find(name); it != attribute_writes_.end()) {
        for (NodeId value : it->second) WantElements(value);
      }
      if (auto it = field_element_writes_.find(name); it != field_element_writes_.end()) {
        for (const ElementWrite& write : it->second) Want(write.value);
      }
      break;
    }
    case NodeKind::kCall: {
      const ir::Call call(tree_, node);
      for (SiteId id : inference_.lattice().Sites(inference_.ValueOf(call.callee()))) {
        const Site& site = inference_.lattice().site(id);
        if (site.kind == TypeKind::kFunction && site.node && site.name.empty())
          WantReturns(site.node, true);
      }
      const auto attribute = ir::As<ir::Attribute>(tree_, call.callee());
      if (!attribute) break;
      const std::string_view name = attribute.name();
      if (Has(kKeeps, name)) WantElements(attribute.object());
      const bool maps = name == "map" || name == "flatMap" || name == "from";
      if (!maps || call.args().empty()) break;
      const NodeId callback = call.args()[name == "from" && call.args().size() > 1 ? 1 : 0];
      if (IsFunctionKind(tree_.kind(callback))) {
        WantReturns(callback, false);
      } else {
        for (SiteId id : inference_.lattice().Sites(inference_.ValueOf(callback))) {
          const Site& site = inference_.lattice().site(id);
          if (site.kind == TypeKind::kFunction && site.node && site.name.empty())
            WantReturns(site.node, false);
        }
      }
      break;
    }
    case NodeKind::kConditional:
      WantElements(ir::Conditional(tree_, node).then_value());
      WantElements(ir::Conditional(tree_, node).else_value());
      break;
    case NodeKind::kLogical:
      WantElements(ir::Logical(tree_, node).left());
      WantElements(ir::Logical(tree_, node).right());
      break;
    case NodeKind::kSubscript:
      WantElements(ir::Subscript(tree_, node).object());
      break;
    default:
      break;
  }
}

}  // namespace asyncport::facts
