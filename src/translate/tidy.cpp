// One pass from the leaves up: a node whose children changed is made anew, then the rules of its kind look at it.
#include "translate/tidy.h"

#include <string>
#include <unordered_set>
#include <utility>

#include "ir/make.h"
#include "ir/rebuild.h"
#include "ir/views.h"

namespace asyncport::translate {

using namespace ir;

namespace {

class Tidier {
 public:
  explicit Tidier(Tree& tree) : tree_(tree), is_js_(tree.language() == Language::kJs) {}

  NodeId Run(NodeId root) {
    if (is_js_) CollectWritten(root);
    return WithoutUnusedDefinitions(Visit(root));
  }

 private:
  // ---- the pass
  NodeId Visit(NodeId id) {
    const NodeId result = MapChildren(tree_, id, [&](NodeId child) { return Visit(child); });
    return is_js_ ? TidyJs(result) : TidyPy(result);
  }

  NodeId Rebuilt(NodeId id, std::vector<NodeList> slots) {
    return Rebuild(tree_, id, std::move(slots));
  }
  NodeId Rebuilt(NodeId id, std::vector<NodeList> slots, std::uint8_t oper) {
    const Node node = tree_.node(id);
    return tree_.Add({.kind = node.kind,
                      .oper = oper,
                      .flags = node.flags,
                      .atom = node.atom,
                      .slots = std::move(slots)},
                     node.span, node.origin);
  }

  std::vector<NodeList> SlotsOf(NodeId id) { return ir::SlotsOf(tree_, id); }

  NodeId TidyJs(NodeId id) {
    switch (tree_.kind(id)) {
      case NodeKind::kAssign:
        return ConstWherePossible(id, ir::Assign(tree_, id).targets(),
                                  ir::Assign(tree_, id).declares(),
                                  static_cast<bool>(ir::Assign(tree_, id).value()));
      case NodeKind::kForEach: {
        const NodeId target = ir::ForEach(tree_, id).target();
        return ConstWherePossible(id, {&target, 1}, ir::ForEach(tree_, id).declares(), true);
      }
      case NodeKind::kLambda:
        return WithoutUnreadParams(id);
      case NodeKind::kBlock:
        return WithoutUnreadFields(id);
      default:
        return id;
    }
  }

  NodeId TidyPy(NodeId id) {
    switch (tree_.kind(id)) {
      case NodeKind::kTemplate:
        return PlainText(WithoutNestedTexts(id));
      case NodeKind::kDict:
        return WithoutNestedDisplays(id);
      case NodeKind::kCall:
        return ShorterCall(id);
      case NodeKind::kLogical:
        return WithoutSecondNoneTest(id);
      case NodeKind::kConditional:
        return WithoutNeedlessTest(id);
      default:
        return id;
    }
  }

  // ---- JavaScript: `const` for what nothing assigns again
  void CollectWritten(NodeId id) {
    switch (tree_.kind(id)) {
      case NodeKind::kAttribute:
        if (ir::Attribute(tree_, id).is_private()) read_fields_.emplace(tree_.text(id));
        break;
      case NodeKind::kAssign: {
        ir::Assign assign(tree_, id);
        if (IsFieldWrite(id)) {
          CollectWritten(assign.value());
          return;
        }
        if (assign.declares() != DeclKind::kNone && assign.value()) break;
        for (NodeId target : assign.targets()) NamesIn(target, written_);
        break;
      }
      case NodeKind::kForEach:
        if (ir::ForEach(tree_, id).declares() == DeclKind::kNone)
          NamesIn(ir::ForEach(tree_, id).target(), written_);
        break;
      case NodeKind::kForIn:
        if (ir::ForIn(tree_, id).declares() == DeclKind::kNone)
          NamesIn(ir::ForIn(tree_, id).target(), written_);
        break;
      case NodeKind::kAugAssign:
        NamesIn(ir::AugAssign(tree_, id).target(), written_);
        break;
      case NodeKind::kAssignExpr:
        NamesIn(ir::AssignExpr(tree_, id).target(), written_);
        break;
      case NodeKind::kLogicalAssign:
        NamesIn(ir::LogicalAssign(tree_, id).target(), written_);
        break;
      case NodeKind::kUpdate:
        NamesIn(ir::Update(tree_, id).target(), written_);
        break;
      case NodeKind::kVarDecl:  // its declarations share one keyword
        tree_.ForEachChild(id, [&](NodeId child) {
          for (NodeId target : ir::Assign(tree_, child).targets()) NamesIn(target, written_);
        });
        break;
      default:
        break;
    }
    tree_.ForEachChild(id, [&](NodeId child) { CollectWritten(child); });
  }

  // `this.#field = value;`, made by the translation
  bool IsFieldWrite(NodeId id) {
    auto assign = As<ir::Assign>(tree_, id);
    if (!assign || tree_.origin(id) || assign.targets().size() != 1 || !assign.value())
      return false;
    auto field = As<Attribute>(tree_, assign.targets()[0]);
    return field && field.is_private() && tree_.Is(field.object(), NodeKind::kSelfRef);
  }

  // Every name below: more than are written (`xs[i] = 1` counts i), which is on the safe side.
  void NamesIn(NodeId id, std::unordered_set<std::string>& names) {
    if (tree_.Is(id, NodeKind::kName)) names.emplace(tree_.text(id));
    tree_.ForEachChild(id, [&](NodeId child) { NamesIn(child, names); });
  }

  NodeId ConstWherePossible(NodeId id, std::span<const NodeId> targets, DeclKind declares,
                            bool has_value) {
    if (declares != DeclKind::kLet || !has_value) return id;
    std::unordered_set<std::string> names;
    for (NodeId target : targets) NamesIn(target, names);
    for (const std::string& name : names) {
      if (written_.contains(name)) return id;
    }
    return Rebuilt(id, SlotsOf(id), static_cast<std::uint8_t>(DeclKind::kConst));
  }

  // ---- JavaScript: private fields that are only written, in classes that the translation made
  NodeId WithoutUnreadFields(NodeId id) {
    NodeList kept;
    const auto statements = ir::Block(tree_, id).statements();
    for (NodeId statement : statements) {
      if (auto field = As<ir::Field>(tree_, statement);
          field && field.is_private() && !tree_.origin(statement) && !field.value() &&
          !IsReadField(field.name())) {
        continue;
      }
      if (IsFieldWrite(statement)) {
        ir::Assign assign(tree_, statement);
        if (tree_.Is(assign.value(), NodeKind::kName) &&
            !IsReadField(tree_.text(assign.targets()[0])))
          continue;
      }
      kept.push_back(statement);
    }
    return kept.size() == statements.size() ? id : Rebuilt(id, {std::move(kept)});
  }

  bool IsReadField(std::string_view name) { return read_fields_.contains(std::string(name)); }

  // ---- both: definitions that the translation made for a statement which was refused after all
  NodeId WithoutUnusedDefinitions(NodeId root) {
    auto module = As<ir::Module>(tree_, root);
    if (!module) return root;
    const NodeId body = module.body();
    NodeList kept(ir::Block(tree_, body).statements().begin(),
                  ir::Block(tree_, body).statements().end());
    const std::size_t before = kept.size();
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < kept.size() && !changed; ++i) {
        const NodeId name = DefinedBy(kept[i]);
        if (!name) continue;
        bool used = false;
        for (std::size_t j = 0; j < kept.size() && !used; ++j)
          used = j != i && Mentions(kept[j], tree_.text(name));
        if (used) continue;
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
        changed = true;
      }
    }
    if (kept.size() == before) return root;
    std::vector<NodeList> slots = SlotsOf(root);
    slots[slots::Module::body] = {Rebuilt(body, {std::move(kept)})};
    return Rebuilt(root, std::move(slots));
  }

  NodeId DefinedBy(NodeId statement) {
    if (tree_.origin(statement)) return kNoNode;
    if (auto function = As<ir::FunctionDef>(tree_, statement)) return function.name();
    if (auto type = As<ir::ClassDef>(tree_, statement)) return type.name();
    auto assign = As<ir::Assign>(tree_, statement);
    const bool defines =
        assign && assign.targets().size() == 1 && tree_.Is(assign.value(), NodeKind::kLambda);
    return defines && tree_.Is(assign.targets()[0], NodeKind::kName) ? assign.targets()[0]
                                                                     : kNoNode;
  }

  bool Mentions(NodeId id, std::string_view name) {
    if (tree_.Is(id, NodeKind::kName) && tree_.text(id) == name) return true;
    bool found = false;
    tree_.ForEachChild(id, [&](NodeId child) { found = found || Mentions(child, name); });
    return found;
  }

  // ---- JavaScript: parameters that nothing reads
  // Only of arrows that the translation made: what the author declared is an interface.
  NodeId WithoutUnreadParams(NodeId id) {
    const NodeId origin = tree_.origin(id);
    if (origin) return id;
    ir::Lambda arrow(tree_, id);
    std::unordered_set<std::string> read;
    NamesIn(arrow.body(), read);
    NodeList params(arrow.params().begin(), arrow.params().end());
    bool changed = false;
    while (!params.empty() && IsUnread(params.back(), read)) {
      params.pop_back();
      changed = true;
    }
    for (NodeId& param : params) {
      const NodeId shorter = WithoutUnreadElements(param, read);
      changed = changed || shorter != param;
      param = shorter;
    }
    if (!changed) return id;
    std::vector<NodeList> slots = SlotsOf(id);
    slots[slots::Lambda::params] = std::move(params);
    return Rebuilt(id, std::move(slots));
  }

  bool IsUnread(NodeId param, const std::unordered_set<std::string>& read) {
    NodeId target = param;
    if (auto declared = As<Param>(tree_, param)) {
      if (declared.default_value() || declared.kind() != ParamKind::kPlain) return false;
      target = declared.target();
    }
    return tree_.Is(target, NodeKind::kName) && !read.contains(std::string(tree_.text(target)));
  }

  // `([name, size]) => size` -> `([, size]) => size`
  NodeId WithoutUnreadElements(NodeId param, const std::unordered_set<std::string>& read) {
    auto declared = As<Param>(tree_, param);
    auto pattern = As<ListPattern>(tree_, declared ? declared.target() : param);
    if (!pattern) return param;
    const NodeId pattern_id = declared ? declared.target() : param;
    NodeList elements(pattern.elements().begin(), pattern.elements().end());
    bool changed = false;
    while (elements.size() > 1 && IsUnread(elements.back(), read)) {
      elements.pop_back();
      changed = true;
    }
    for (NodeId& element : elements) {
      if (elements.size() == 1 || !IsUnread(element, read)) continue;
      element = Make(tree_, make::Elision{}, {});
      changed = true;
    }
    if (!changed) return param;
    const NodeId shorter = Rebuilt(pattern_id, {std::move(elements)});
    if (!declared) return shorter;
    std::vector<NodeList> slots = SlotsOf(param);
    slots[slots::Param::target] = {shorter};
    return Rebuilt(param, std::move(slots));
  }

  // ---- Python
  // f"{name}: {f'{price:.2f}'}" -> f"{name}: {price:.2f}"
  NodeId WithoutNestedTexts(NodeId id) {
    NodeList parts;
    bool changed = false;
    for (NodeId part : ir::Template(tree_, id).parts()) {
      auto inner = As<ir::Template>(tree_, part);
      if (!inner || inner.is_multiline()) {
        parts.push_back(part);
        continue;
      }
      parts.insert(parts.end(), inner.parts().begin(), inner.parts().end());
      changed = true;
    }
    return changed ? Rebuilt(id, {std::move(parts)}) : id;
  }

  // f"text" -> "text"
  NodeId PlainText(NodeId id) {
    ir::Template text(tree_, id);
    if (text.parts().empty()) return id;
    std::string value;
    for (NodeId part : text.parts()) {
      if (!tree_.Is(part, NodeKind::kString)) return id;
      value += tree_.text(part);
    }
    const bool is_multiline = text.is_multiline();
    return Make(tree_, make::String{.value = value, .is_multiline = is_multiline}, tree_.span(id),
                tree_.origin(id));
  }

  // {**a, **{"b": 1}} -> {**a, "b": 1}
  NodeId WithoutNestedDisplays(NodeId id) {
    NodeList entries;
    bool changed = false;
    for (NodeId entry : ir::Dict(tree_, id).entries()) {
      auto spread = As<Spread>(tree_, entry);
      auto inner = spread ? As<ir::Dict>(tree_, spread.value()) : ir::Dict{};
      if (!inner) {
        entries.push_back(entry);
        continue;
      }
      entries.insert(entries.end(), inner.entries().begin(), inner.entries().end());
      changed = true;
    }
    return changed ? Rebuilt(id, {std::move(entries)}) : id;
  }

  // sorted(list(x)) -> sorted(x); iter(iter(x)) -> iter(x); d.get(k, None) -> d.get(k)
  NodeId ShorterCall(NodeId id) {
    ir::Call call(tree_, id);
    NodeList args(call.args().begin(), call.args().end());
    if (IsBuiltin(call.callee(), "sorted") && !args.empty()) {
      auto inner = As<ir::Call>(tree_, args[0]);
      if (!inner || !IsBuiltin(inner.callee(), "list") || inner.args().size() != 1 ||
          !IsExpr(inner.args()[0]))
        return id;
      args[0] = inner.args()[0];
    } else if (IsBuiltin(call.callee(), "iter") && args.size() == 1) {
      auto inner = As<ir::Call>(tree_, args[0]);
      return inner && IsBuiltin(inner.callee(), "iter") && inner.args().size() == 1 ? args[0] : id;
    } else {
      auto method = As<Attribute>(tree_, call.callee());
      if (!method || method.name() != "get" || args.size() != 2 ||
          !tree_.Is(args[1], NodeKind::kNull))
        return id;
      if (tree_.origin(args[1])) return id;  // the author's own argument: `get` may be anybody's
      args.pop_back();
    }
    std::vector<NodeList> slots = SlotsOf(id);
    slots[slots::Call::args] = std::move(args);
    return Rebuilt(id, std::move(slots));
  }

  // isinstance(x, dict) and x is not None -> isinstance(x, dict)
  NodeId WithoutSecondNoneTest(NodeId id) {
    ir::Logical chain(tree_, id);
    const bool is_and = chain.op() == LogicalOp::kAnd;
    if (!is_and && chain.op() != LogicalOp::kOr) return id;
    const NodeId sides[] = {chain.left(), chain.right()};
    for (int i : {0, 1}) {
      NodeId test = sides[i];
      if (auto negated = As<ir::Unary>(tree_, test); !is_and) {
        if (!negated || negated.op() != UnaryOp::kNot) continue;
        test = negated.operand();
      }
      auto call = As<ir::Call>(tree_, test);
      auto none = As<ir::Binary>(tree_, sides[1 - i]);
      const BinaryOp asked = is_and ? BinaryOp::kIsNot : BinaryOp::kIs;
      if (!call || !none || none.op() != asked || !tree_.Is(none.right(), NodeKind::kNull) ||
          !IsBuiltin(call.callee(), "isinstance") || call.args().empty())
        continue;
      if (tree_.Is(none.left(), NodeKind::kName) && tree_.Is(call.args()[0], NodeKind::kName) &&
          tree_.text(none.left()) == tree_.text(call.args()[0]))
        return sides[i];
    }
    return id;
  }

  // getattr(x, "a", None) if x is not None else None -> getattr(x, "a", None); x if x is not None else None -> x
  NodeId WithoutNeedlessTest(NodeId id) {
    ir::Conditional choice(tree_, id);
    auto test = As<ir::Binary>(tree_, choice.test());
    if (!test || test.op() != BinaryOp::kIsNot || !tree_.Is(test.right(), NodeKind::kNull) ||
        !tree_.Is(choice.else_value(), NodeKind::kNull) ||
        !tree_.Is(test.left(), NodeKind::kName))
      return id;
    const auto is_tested = [&](NodeId value) {
      return tree_.Is(value, NodeKind::kName) && tree_.text(value) == tree_.text(test.left());
    };
    if (is_tested(choice.then_value())) return choice.then_value();
    auto call = As<ir::Call>(tree_, choice.then_value());
    const bool is_lenient = call && call.args().size() == 3 &&
                            IsBuiltin(call.callee(), "getattr") &&
                            tree_.Is(call.args()[2], NodeKind::kNull) && is_tested(call.args()[0]);
    return is_lenient ? choice.then_value() : id;
  }

  bool IsBuiltin(NodeId callee, std::string_view name) {
    return tree_.Is(callee, NodeKind::kName) && tree_.text(callee) == name;
  }
  bool IsExpr(NodeId arg) { return HasCategory(tree_.kind(arg), category::Expr); }

  Tree& tree_;
  const bool is_js_;
  std::unordered_set<std::string> written_;
  std::unordered_set<std::string> read_fields_;
};

}  // namespace

NodeId Tidy(Tree& tree, NodeId root) { return root ? Tidier(tree).Run(root) : root; }

}  // namespace asyncport::translate
