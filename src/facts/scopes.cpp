// Two walks in preorder: the first opens scopes and declares names, the second resolves uses. What a Name in a pattern
// does (declares a loop variable, writes, captures) is handed down from the statement that owns the pattern.
#include "facts/scopes.h"

#include <algorithm>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;
namespace slots = ir::slots;

namespace {

// What a pattern does with the names in it.
struct Target {
  enum Kind : std::uint8_t { kNone, kDeclare, kWrite, kReadWrite, kMention };
  Kind kind = kNone;
  BindingKind binding = BindingKind::kVariable;
  bool hoists = false;      // to the nearest function scope
  bool gives_value = true;  // `let x;` and `x: int` do not
  NodeId definition{};
};

class Builder {
 public:
  Builder(const ir::Tree& tree, const Structure& structure, Scopes& out)
      : tree_(tree),
        structure_(structure),
        out_(out),
        is_js_(tree.language() == Language::kJs),
        targets_(tree.size()),
        around_(tree.size()) {}
  void Run() {
    Open(tree_.root(), ScopeId{}, true);
    OpenScopes();
    CollectScopeDecls();
    Declarations();
    Resolve();
    Finish();
  }

 private:
  void Open(NodeId node, ScopeId parent, bool is_function);
  BindingId Declare(ScopeId scope, Atom name, BindingKind kind, NodeId declaration,
                    NodeId definition);
  void OpenScopes();
  void CollectScopeDecls();
  void Declarations();
  void Resolve();
  void Finish();
  ScopeId OpenFor(NodeId node, ScopeId around);
  Target TargetOf(NodeId node) const;
  std::string ImportPath(NodeId item) const;

  const ir::Tree& tree_;
  const Structure& structure_;
  Scopes& out_;
  bool is_js_;
  std::vector<Target> targets_;                          // by node index: what a pattern does
  std::vector<ScopeId> around_;                          // scope in which the node itself stands
  std::unordered_map<std::uint32_t, std::size_t> imported_again_;  // the same thing under the same name
  std::unordered_map<std::uint64_t, bool> outer_names_;  // ScopeDecl: true if nonlocal
};

void Builder::Open(NodeId node, ScopeId parent, bool is_function) {
  out_.scopes.push_back(
      Scope{.parent = parent, .node = node, .is_function = is_function, .bindings = {}});
  out_.scope_of[node.index] = ScopeId{static_cast<std::uint32_t>(out_.scopes.size() - 1)};
}

BindingId Builder::Declare(ScopeId scope, Atom name, BindingKind kind, NodeId declaration,
                           NodeId definition) {
  auto [it, is_new] = out_.table.try_emplace(
      Scopes::Key(scope, name), BindingId{static_cast<std::uint32_t>(out_.bindings.size())});
  if (is_new) {
    Binding binding;
    binding.name = name;
    binding.kind = kind;
    binding.scope = scope;
    binding.declaration = declaration;
    binding.definition = definition;
    out_.bindings.push_back(std::move(binding));
    out_.scopes[scope.index].bindings.push_back(it->second);
  }
  return it->second;
}

// The scope that `node` opens, if it opens one.
ScopeId Builder::OpenFor(NodeId node, ScopeId around) {
  const NodeKind kind = tree_.kind(node);
  const NodeId parent = structure_.parent[node.index];
  bool opens = false;
  bool is_function = false;
  if (IsFunctionKind(kind) || kind == NodeKind::kStaticBlock) {
    opens = is_function = true;
  } else if (IsClassKind(kind) || kind == NodeKind::kComprehension) {
    opens = true;
  } else if (is_js_ && kind == NodeKind::kBlock) {
    const NodeKind above = tree_.kind(parent);
    opens = !IsFunctionKind(above) && !IsClassKind(above) && above != NodeKind::kModule &&
            above != NodeKind::kStaticBlock && above != NodeKind::kSwitchCase;
  } else if (is_js_) {
    opens = kind == NodeKind::kForEach || kind == NodeKind::kForIn || kind == NodeKind::kCFor ||
            kind == NodeKind::kSwitch || kind == NodeKind::kCatchClause;
  }
  if (!opens) return around;
  Open(node, around, is_function);
  return out_.scope_of[node.index];
}

// What the pattern in this node's place does, from the parent's kind and slot.
Target Builder::TargetOf(NodeId node) const {
  const NodeId parent = structure_.parent[node.index];
  const unsigned slot = structure_.slot[node.index];
  const Target& inherited = targets_[parent.index];
  // Without a declaration keyword, JavaScript writes and Python declares.
  auto plain = [&](BindingKind kind, NodeId definition, ir::DeclKind declares) {
    if (is_js_ && declares == ir::DeclKind::kNone) return Target{.kind = Target::kWrite};
    return Target{.kind = Target::kDeclare,
                  .binding = kind,
                  .hoists = !is_js_ || declares == ir::DeclKind::kVar,
                  .gives_value = true,
                  .definition = definition};
  };
  auto declare = [&](BindingKind kind, NodeId definition) {
    return Target{.kind = Target::kDeclare,
                  .binding = kind,
                  .hoists = !is_js_,
                  .gives_value = true,
                  .definition = definition};
  };
  const Target none;
  switch (tree_.kind(parent)) {
    case NodeKind::kAssign: {
      if (slot != slots::Assign::targets) return none;
      const ir::Assign assign(tree_, parent);
      Target target = plain(BindingKind::kVariable, parent, assign.declares());
      if (!assign.value()) target.gives_value = false;
      return target;
    }
    case NodeKind::kAugAssign:
      if (slot != slots::AugAssign::target) return none;
      if (is_js_) return Target{.kind = Target::kReadWrite};
      return Target{.kind = Target::kReadWrite,
                    .binding = BindingKind::kVariable,
                    .hoists = true,
                    .gives_value = true,
                    .definition = parent};
    case NodeKind::kUpdate:
    case NodeKind::kLogicalAssign:
      return slot == 0 ? Target{.kind = Target::kReadWrite} : none;
    case NodeKind::kAssignExpr:
      if (slot != slots::AssignExpr::target) return none;
      return Target{.kind = ir::AssignExpr(tree_, parent).op() == ir::BinaryOp::kNone
                                ? Target::kWrite
                                : Target::kReadWrite};
    case NodeKind::kForEach:
      if (slot != slots::ForEach::target) return none;
      return plain(BindingKind::kLoop, parent, ir::ForEach(tree_, parent).declares());
    case NodeKind::kForIn:
      if (slot != slots::ForIn::target) return none;
      return plain(BindingKind::kLoop, parent, ir::ForIn(tree_, parent).declares());
    case NodeKind::kCompFor: {
      if (slot != slots::CompFor::target) return none;
      Target target = declare(BindingKind::kLoop, parent);
      target.hoists = false;
      return target;
    }
    case NodeKind::kParam: {
      if (slot != slots::Param::target) return none;
      Target target = declare(BindingKind::kParam, parent);
      target.hoists = false;
      return target;
    }
    case NodeKind::kCatchClause:
      return slot == slots::CatchClause::target ? declare(BindingKind::kCatch, parent) : none;
    case NodeKind::kWithItem:
      return slot == slots::WithItem::target ? declare(BindingKind::kWith, parent) : none;
    case NodeKind::kWalrus:
      return slot == slots::Walrus::target ? declare(BindingKind::kVariable, parent) : none;
    case NodeKind::kImportItem: {
      Target target = declare(BindingKind::kImport, parent);
      target.hoists = false;
      return target;
    }
    case NodeKind::kFunctionDef: {
      if (slot != slots::FunctionDef::name) return none;
      Target target = declare(BindingKind::kFunction, parent);
      target.hoists = false;
      return target;
    }
    case NodeKind::kFunctionExpr: {
      if (slot != slots::FunctionExpr::name) return none;
      Target target = declare(BindingKind::kFunction, parent);
      target.hoists = false;
      return target;
    }
    case NodeKind::kClassDef:
    case NodeKind::kClassExpr: {
      const bool is_name = tree_.kind(parent) == NodeKind::kClassDef
                               ? slot == slots::ClassDef::name
                               : slot == slots::ClassExpr::name;
      if (!is_name) return none;
      Target target = declare(BindingKind::kClass, parent);
      target.hoists = false;
      return target;
    }
    case NodeKind::kScopeDecl:
      return Target{.kind = Target::kMention};
    case NodeKind::kMatchCase:
      return slot == slots::MatchCase::pattern ? declare(BindingKind::kVariable, parent) : none;
    case NodeKind::kMatchEntry:
      return slot == slots::MatchEntry::pattern ? inherited : none;
    case NodeKind::kMatchClass:
      return slot != slots::MatchClass::type ? inherited : none;
    case NodeKind::kDefaultPattern:
      return slot == slots::DefaultPattern::target ? inherited : none;
    case NodeKind::kPropertyPattern:
      return slot == slots::PropertyPattern::target ? inherited : none;
    case NodeKind::kMatchSequence:
    case NodeKind::kMatchMapping:
    case NodeKind::kMatchKeyword:
    case NodeKind::kMatchOr:
    case NodeKind::kMatchAs:
    case NodeKind::kListPattern:
    case NodeKind::kRestPattern:
    case NodeKind::kObjectPattern:
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kSpread:
      return inherited;
    default:
      return none;
  }
}

void Builder::CollectScopeDecls() {
  for (NodeId node : structure_.preorder) {
    if (auto decl = ir::As<ir::ScopeDecl>(tree_, node)) {
      const ScopeId scope = out_.FunctionScope(out_.scope_of[node.index]);
      for (NodeId name : decl.names()) {
        outer_names_[Scopes::Key(scope, tree_.node(name).atom)] = decl.is_nonlocal();
      }
    }
  }
}

void Builder::OpenScopes() {
  for (NodeId node : structure_.preorder) {
    const NodeId parent = structure_.parent[node.index];
    if (!parent) continue;  // the root: opened already
    const NodeKind above = tree_.kind(parent);
    const unsigned slot = structure_.slot[node.index];
    ScopeId around = out_.scope_of[parent.index];
    if (IsFunctionKind(above) && IsOutsideFunction(tree_, parent, slot)) {
      around = around_[parent.index];
    } else if (above == NodeKind::kParam && !is_js_ && slot != slots::Param::target) {
      around = around_[structure_.parent[parent.index].index];
    } else if (above == NodeKind::kClassDef && slot != slots::ClassDef::body) {
      around = around_[parent.index];
    } else if (above == NodeKind::kCompFor && slot == slots::CompFor::iterable) {
      // The first iterable of a comprehension is evaluated outside of it.
      const NodeId comprehension = structure_.parent[parent.index];
      if (tree_.SlotList(comprehension, slots::Comprehension::clauses)[0] == parent) {
        around = around_[comprehension.index];
      }
    } else if ((above == NodeKind::kForEach && slot == slots::ForEach::iterable) ||
               (above == NodeKind::kForIn && slot == slots::ForIn::object)) {
      around = around_[parent.index];
    }
    around_[node.index] = around;
    out_.scope_of[node.index] = OpenFor(node, around);
    targets_[node.index] = TargetOf(node);
  }
}

void Builder::Declarations() {
  for (NodeId node : structure_.preorder) {
    const NodeKind kind = tree_.kind(node);
    if (kind == NodeKind::kField || (kind == NodeKind::kMethod && !is_js_)) {
      const ScopeId scope = around_[node.index];
      if (!is_js_ && tree_.node(node).atom &&
          IsClassKind(tree_.kind(out_.scopes[scope.index].node))) {
        out_.binding_of[node.index] =
            Declare(scope, tree_.node(node).atom,
                    kind == NodeKind::kField ? BindingKind::kVariable : BindingKind::kFunction,
                    NodeId{}, node);
      }
      continue;
    }
    if (kind != NodeKind::kName) continue;
    const Target& target = targets_[node.index];
    if (target.kind != Target::kDeclare && !(target.kind == Target::kReadWrite && !is_js_))
      continue;
    const Atom name = tree_.node(node).atom;
    ScopeId scope = around_[node.index];
    if (target.hoists) {
      // Python's class bodies are scopes of their own; comprehensions are not, for `:=`.
      while (scope && !out_.scopes[scope.index].is_function &&
             (is_js_ || !IsClassKind(tree_.kind(out_.scopes[scope.index].node)))) {
        scope = out_.scopes[scope.index].parent;
      }
    }
    if (auto it = outer_names_.find(Scopes::Key(scope, name)); it != outer_names_.end()) {
      if (it->second) continue;  // nonlocal: found by looking outward
      const BindingId id = Declare(ScopeId{1}, name, target.binding, node, target.definition);
      out_.table.try_emplace(Scopes::Key(scope, name), id);
      continue;
    }
    const BindingId id = Declare(scope, name, target.binding, node, target.definition);
    if (target.binding == BindingKind::kImport) {
      std::string& path = out_.bindings[id.index].path;
      std::string given = ImportPath(target.definition);
      if (path.empty()) {
        path = std::move(given);
      } else if (path == given) {
        imported_again_[id.index] += 1;
      }
    }
  }
  // `global x` in a function that only reads x, or before any other declaration of x.
  for (const auto& [key, is_nonlocal] : outer_names_) {
    if (is_nonlocal) continue;
    const Atom name{static_cast<std::uint32_t>(key)};
    if (auto it = out_.table.find(Scopes::Key(ScopeId{1}, name)); it != out_.table.end()) {
      out_.table.try_emplace(key, it->second);
    }
  }
}

void Builder::Resolve() {
  for (NodeId node : structure_.preorder) {
    if (tree_.kind(node) != NodeKind::kName) continue;
    const Target& target = targets_[node.index];
    const Atom name = tree_.node(node).atom;
    const ScopeId scope = around_[node.index];
    BindingId id = out_.Find(scope, name);
    if (!id) id = Declare(ScopeId{1}, name, BindingKind::kFree, NodeId{}, NodeId{});
    out_.binding_of[node.index] = id;
    Binding& binding = out_.bindings[id.index];
    switch (target.kind) {
      case Target::kMention:
        out_.role[node.index] = NameRole::kMention;
        break;
      case Target::kDeclare:
      case Target::kWrite:
        out_.role[node.index] = NameRole::kWrite;
        if (target.gives_value) binding.writes.push_back(node);
        break;
      case Target::kReadWrite:
        out_.role[node.index] = NameRole::kReadWrite;
        binding.writes.push_back(node);
        binding.reads.push_back(node);
        break;
      case Target::kNone:
        out_.role[node.index] = NameRole::kRead;
        binding.reads.push_back(node);
        break;
    }
    if (binding.kind != BindingKind::kFree && target.kind != Target::kMention &&
        out_.FunctionScope(scope) != out_.FunctionScope(binding.scope)) {
      binding.captured = true;
    }
  }
}

void Builder::Finish() {
  auto by_position = [this](NodeId a, NodeId b) {
    return tree_.span(a).begin < tree_.span(b).begin;
  };
  for (std::size_t i = 1; i < out_.bindings.size(); ++i) {
    Binding& binding = out_.bindings[i];
    std::stable_sort(binding.reads.begin(), binding.reads.end(), by_position);
    std::stable_sort(binding.writes.begin(), binding.writes.end(), by_position);
    const auto again = imported_again_.find(static_cast<std::uint32_t>(i));
    const std::size_t repeats = again == imported_again_.end() ? 0 : again->second;
    binding.reassigned = binding.writes.size() > 1 + repeats;
    for (NodeId write : binding.writes) {
      if (binding.reassigned || write == binding.declaration || repeats > 0) continue;
      const NodeId loop = structure_.loop[write.index];
      binding.reassigned =
          (loop && !(binding.declaration && structure_.IsInside(binding.declaration, loop))) ||
          out_.FunctionScope(around_[write.index]) != out_.FunctionScope(binding.scope);
    }
  }
}

std::string Builder::ImportPath(NodeId item_id) const {
  const ir::ImportItem item(tree_, item_id);
  const ir::Import import(tree_, structure_.parent[item_id.index]);
  const std::string module = CanonicalModule(tree_.language(), import.module());
  switch (item.kind()) {
    case ir::ImportKind::kNamed:
      return item.name() == "default" && is_js_ ? JoinPath(module, "")
                                                : JoinPath(module, item.name());
    case ir::ImportKind::kNamespace:
      if (item.is_dotted()) return module.substr(0, module.find('.'));
      return JoinPath(module, "");
    case ir::ImportKind::kDefault:
    case ir::ImportKind::kAll:
      return JoinPath(module, "");
  }
  return module;
}

}  // namespace

ScopeId Scopes::FunctionScope(ScopeId scope) const {
  while (scope && !scopes[scope.index].is_function) scope = scopes[scope.index].parent;
  return scope;
}

BindingId Scopes::Find(ScopeId scope, Atom name) const {
  const bool is_js = tree_.language() == Language::kJs;
  for (bool first = true; scope; scope = scopes[scope.index].parent, first = false) {
    // Python: the names of a class are not seen from its methods.
    if (!first && !is_js && IsClassKind(tree_.kind(scopes[scope.index].node))) continue;
    if (auto it = table.find(Key(scope, name)); it != table.end()) return it->second;
  }
  return BindingId{};
}

Scopes::Scopes(const ir::Tree& tree, const Structure& structure) : tree_(tree) {
  bindings.resize(1);
  scopes.resize(1);
  binding_of.resize(tree.size());
  scope_of.resize(tree.size());
  role.resize(tree.size());
  if (tree.root()) Builder(tree, structure, *this).Run();
}

}  // namespace asyncport::facts
