// The rules for JavaScript. Each takes one node whose children are tidy and gives the shorter form, or the node itself.
#include "translate/tidy/javascript.h"

#include <utility>

#include "ir/make.h"
#include "ir/rebuild.h"
#include "ir/views.h"
#include "translate/tidy/nodes.h"

namespace asyncport::translate::tidy {

using namespace ir;

namespace {

// ---- parameters that nothing reads
bool IsUnread(const Tree& tree, NodeId param, const std::unordered_set<std::string>& read) {
  NodeId target = param;
  if (auto declared = As<Param>(tree, param)) {
    if (declared.default_value() || declared.kind() != ParamKind::kPlain) return false;
    target = declared.target();
  }
  return tree.Is(target, NodeKind::kName) && !read.contains(std::string(tree.text(target)));
}

// `([name, size]) => size` -> `([, size]) => size`
NodeId WithoutUnreadElements(Tree& tree, NodeId param,
                             const std::unordered_set<std::string>& read) {
  auto declared = As<Param>(tree, param);
  auto pattern = As<ListPattern>(tree, declared ? declared.target() : param);
  if (!pattern) return param;
  const NodeId pattern_id = declared ? declared.target() : param;
  NodeList elements(pattern.elements().begin(), pattern.elements().end());
  bool changed = false;
  while (elements.size() > 1 && IsUnread(tree, elements.back(), read)) {
    elements.pop_back();
    changed = true;
  }
  for (NodeId& element : elements) {
    if (elements.size() == 1 || !IsUnread(tree, element, read)) continue;
    element = Make(tree, make::Elision{}, {});
    changed = true;
  }
  if (!changed) return param;
  const NodeId shorter = Rebuild(tree, pattern_id, {std::move(elements)});
  if (!declared) return shorter;
  std::vector<NodeList> slots = SlotsOf(tree, param);
  slots[slots::Param::target] = {shorter};
  return Rebuild(tree, param, std::move(slots));
}

// Only of arrows that the translation made: what the author declared is an interface.
NodeId WithoutUnreadParams(Tree& tree, NodeId id) {
  const NodeId origin = tree.origin(id);
  if (origin) return id;
  Lambda arrow(tree, id);
  std::unordered_set<std::string> read;
  NamesIn(tree, arrow.body(), read);
  NodeList params(arrow.params().begin(), arrow.params().end());
  bool changed = false;
  while (!params.empty() && IsUnread(tree, params.back(), read)) {
    params.pop_back();
    changed = true;
  }
  for (NodeId& param : params) {
    const NodeId shorter = WithoutUnreadElements(tree, param, read);
    changed = changed || shorter != param;
    param = shorter;
  }
  if (!changed) return id;
  std::vector<NodeList> slots = SlotsOf(tree, id);
  slots[slots::Lambda::params] = std::move(params);
  return Rebuild(tree, id, std::move(slots));
}

// ---- displays
bool IsPlainList(const Tree& tree, NodeId id) {
  auto list = As<List>(tree, id);
  if (!list) return false;
  for (NodeId element : list.elements()) {
    if (tree.Is(element, NodeKind::kElision)) return false;
  }
  return true;
}

// [...[1, 2], 3] -> [1, 2, 3]; f(...[x]) -> f(x)
NodeId WithoutSpreadLists(Tree& tree, NodeId id, unsigned slot) {
  NodeList kept;
  bool changed = false;
  for (NodeId element : tree.SlotList(id, slot)) {
    auto spread = As<Spread>(tree, element);
    if (!spread || !IsPlainList(tree, spread.value())) {
      kept.push_back(element);
      continue;
    }
    const auto inner = List(tree, spread.value()).elements();
    kept.insert(kept.end(), inner.begin(), inner.end());
    changed = true;
  }
  return changed ? WithSlot(tree, id, slot, std::move(kept)) : id;
}

// [...Object.keys(x)] -> Object.keys(x): that is a new array already
NodeId WithoutSecondCopy(Tree& tree, NodeId id) {
  List list(tree, id);
  auto spread = list.elements().size() == 1 ? As<Spread>(tree, list.elements()[0]) : Spread();
  auto call = spread ? As<Call>(tree, spread.value()) : Call();
  auto method = call ? As<Attribute>(tree, call.callee()) : Attribute();
  if (!method || !IsNamed(tree, method.object(), "Object")) return id;
  for (std::string_view name : {"keys", "values", "entries"}) {
    if (method.name() == name) return spread.value();
  }
  return id;
}

// { ...{ ...a, b: 1 }, ...{ c: 2 } } -> { ...a, b: 1, c: 2 }
NodeId WithoutSpreadObjects(Tree& tree, NodeId id) {
  NodeList kept;
  bool changed = false;
  for (NodeId entry : Dict(tree, id).entries()) {
    auto spread = As<Spread>(tree, entry);
    auto inner = spread ? As<Dict>(tree, spread.value()) : Dict();
    bool is_plain = static_cast<bool>(inner);
    if (inner) {
      for (NodeId part : inner.entries()) {
        auto pair = As<DictEntry>(tree, part);
        is_plain = is_plain && (tree.Is(part, NodeKind::kSpread) ||
                                (pair && !(tree.Is(pair.key(), NodeKind::kString) &&
                                           tree.text(pair.key()) == "__proto__")));
      }
    }
    if (!is_plain) {
      kept.push_back(entry);
      continue;
    }
    kept.insert(kept.end(), inner.entries().begin(), inner.entries().end());
    changed = true;
  }
  return changed ? WithSlot(tree, id, slots::Dict::entries, std::move(kept)) : id;
}

// ---- sums
// The call of `name` on something: `xs.map(f)`.
Call MethodCall(const Tree& tree, NodeId id, std::string_view name) {
  auto call = As<Call>(tree, id);
  auto method = call ? As<Attribute>(tree, call.callee()) : Attribute();
  const bool fits = method && method.name() == name && !method.is_optional() && !call.is_optional();
  return fits ? call : Call();
}

NodeId ReceiverOf(const Tree& tree, Call call) { return Attribute(tree, call.callee()).object(); }

// An arrow with one parameter and an expression for a body.
Lambda OneParamArrow(const Tree& tree, NodeId id) {
  auto arrow = As<Lambda>(tree, id);
  if (!arrow || arrow.is_async() || arrow.params().size() > 1) return Lambda();
  for (NodeId param : arrow.params()) {
    Param declared(tree, param);
    if (declared.kind() != ParamKind::kPlain || declared.default_value()) return Lambda();
  }
  return arrow;
}

bool IsTruthValue(const Tree& tree, NodeId id) {
  if (auto unary = As<Unary>(tree, id)) return unary.op() == UnaryOp::kNot;
  if (auto call = As<Call>(tree, id)) {
    auto method = As<Attribute>(tree, call.callee());
    if (!method) return false;
    for (std::string_view name :
         {"includes", "some", "every", "has", "startsWith", "endsWith", "test"}) {
      if (method.name() == name) return true;
    }
    return false;
  }
  auto binary = As<Binary>(tree, id);
  if (!binary) return false;
  switch (binary.op()) {
    case BinaryOp::kStrictEq:
    case BinaryOp::kStrictNe:
    case BinaryOp::kLooseEq:
    case BinaryOp::kLooseNe:
    case BinaryOp::kLt:
    case BinaryOp::kLe:
    case BinaryOp::kGt:
    case BinaryOp::kGe:
      return true;
    default:
      return false;
  }
}

// (total, value) => total + value
bool IsAddition(const Tree& tree, NodeId id) {
  auto arrow = As<Lambda>(tree, id);
  auto sum = arrow && arrow.params().size() == 2 ? As<Binary>(tree, arrow.body()) : Binary();
  if (!sum || sum.op() != BinaryOp::kAdd) return false;
  const NodeId total = Param(tree, arrow.params()[0]).target(),
               value = Param(tree, arrow.params()[1]).target();
  return tree.Is(total, NodeKind::kName) && tree.Is(value, NodeKind::kName) &&
         IsNamed(tree, sum.left(), tree.text(total)) &&
         IsNamed(tree, sum.right(), tree.text(value));
}

// xs.map((x) => x.size).reduce((total, value) => total + value, 0) -> xs.reduce((total, x) => total + x.size, 0)
NodeId OneReduction(Tree& tree, NodeId id) {
  Call reduce = MethodCall(tree, id, "reduce");
  if (!reduce || reduce.args().size() != 2 || !IsAddition(tree, reduce.args()[0])) return id;
  const NodeId mapped = ReceiverOf(tree, reduce);
  Call map = MethodCall(tree, mapped, "map");
  auto arrow = map && map.args().size() == 1 ? OneParamArrow(tree, map.args()[0]) : Lambda();
  if (!arrow) return id;
  const NodeId source = ReceiverOf(tree, map), start = reduce.args()[1];
  const bool counts = tree.Is(start, NodeKind::kNumber) && tree.text(start) == "0";
  const auto length_of = [&](NodeId list) {
    return Make(tree, make::Attribute{.object = list, .name = "length"}, tree.span(id),
                tree.origin(id));
  };
  if (counts && tree.Is(arrow.body(), NodeKind::kNumber) && tree.text(arrow.body()) == "1")
    return length_of(source);
  if (counts && arrow.params().size() == 1 && IsTruthValue(tree, arrow.body())) {
    const NodeId callee =
        Make(tree, make::Attribute{.object = source, .name = "filter"}, tree.span(map.callee()));
    return length_of(Make(tree, make::Call{.callee = callee, .args = {map.args()[0]}},
                          tree.span(mapped), tree.origin(mapped)));
  }
  Lambda add(tree, reduce.args()[0]);
  const NodeId total = Param(tree, add.params()[0]).target();
  if (arrow.params().empty() || Mentions(tree, map.args()[0], tree.text(total))) return id;
  const NodeId sum = Make(
      tree,
      make::Binary{
          .left = Binary(tree, add.body()).left(), .right = arrow.body(), .op = BinaryOp::kAdd},
      {});
  const NodeId step =
      Make(tree, make::Lambda{.params = {add.params()[0], arrow.params()[0]}, .body = sum},
           tree.span(map.args()[0]), tree.origin(map.args()[0]));
  const NodeId callee =
      Make(tree, make::Attribute{.object = source, .name = "reduce"}, tree.span(reduce.callee()));
  return Make(tree, make::Call{.callee = callee, .args = {step, start}}, tree.span(id),
              tree.origin(id));
}

// xs.map(() => 1).length -> xs.length
NodeId WithoutUncountedValues(Tree& tree, NodeId id) {
  Attribute length(tree, id);
  if (length.name() != "length") return id;
  Call map = MethodCall(tree, length.object(), "map");
  auto arrow = map && map.args().size() == 1 ? OneParamArrow(tree, map.args()[0]) : Lambda();
  const bool is_plain =
      arrow && (tree.Is(arrow.body(), NodeKind::kNumber) ||
                tree.Is(arrow.body(), NodeKind::kString) || tree.Is(arrow.body(), NodeKind::kName));
  return is_plain ? WithSlot(tree, id, slots::Attribute::object, {ReceiverOf(tree, map)}) : id;
}

// xs.map((x) => x).join(" ") -> xs.join(" ")
NodeId WithoutSameValues(Tree& tree, NodeId id) {
  Call join = MethodCall(tree, id, "join");
  Call map = join ? MethodCall(tree, ReceiverOf(tree, join), "map") : Call();
  auto arrow = map && map.args().size() == 1 ? OneParamArrow(tree, map.args()[0]) : Lambda();
  if (!arrow || arrow.params().empty() || !tree.Is(arrow.body(), NodeKind::kName) ||
      !IsNamed(tree, Param(tree, arrow.params()[0]).target(), tree.text(arrow.body())))
    return id;
  const NodeId callee =
      WithSlot(tree, join.callee(), slots::Attribute::object, {ReceiverOf(tree, map)});
  return WithSlot(tree, id, slots::Call::callee, {callee});
}

// ---- declarations
// let [low, high] = [0, n - 1]; -> let low = 0; let high = n - 1;
bool SplitDeclaration(Tree& tree, NodeId id, NodeList& out) {
  auto assign = As<Assign>(tree, id);
  if (!assign || assign.targets().size() != 1 ||
      (assign.declares() != DeclKind::kConst && assign.declares() != DeclKind::kLet))
    return false;
  auto pattern = As<ListPattern>(tree, assign.targets()[0]);
  if (!pattern || !assign.value() || !IsPlainList(tree, assign.value())) return false;
  const NodeList names(pattern.elements().begin(), pattern.elements().end());
  const auto elements = List(tree, assign.value()).elements();
  const NodeList values(elements.begin(), elements.end());
  if (names.size() != values.size() || names.size() < 2) return false;
  for (NodeId name : names) {
    if (!tree.Is(name, NodeKind::kName)) return false;
    for (NodeId value : values) {
      if (tree.Is(value, NodeKind::kSpread) || Mentions(tree, value, tree.text(name))) return false;
    }
  }
  const DeclKind declares = assign.declares();
  const Span span = tree.span(id);
  const NodeId origin = tree.origin(id);
  for (std::size_t i = 0; i < names.size(); ++i) {
    out.push_back(
        Make(tree, make::Assign{.targets = {names[i]}, .value = values[i], .declares = declares},
             i == 0 ? span : Span{}, i == 0 ? origin : kNoNode));
  }
  return true;
}

}  // namespace

JavaScriptRules::JavaScriptRules(Tree& tree, NodeId root) : tree_(tree) { CollectWritten(root); }

NodeId JavaScriptRules::Apply(NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::kAssign: {
      Assign assign(tree_, id);
      return ConstWherePossible(id, assign.targets(), assign.declares(),
                                static_cast<bool>(assign.value()));
    }
    case NodeKind::kForEach: {
      const NodeId target = ForEach(tree_, id).target();
      return ConstWherePossible(id, {&target, 1}, ForEach(tree_, id).declares(), true);
    }
    case NodeKind::kLambda:
      return WithoutUnreadParams(tree_, id);
    case NodeKind::kBlock:
      return WithPlainDeclarations(WithoutUnreadFields(id));
    case NodeKind::kList:
      return WithoutSecondCopy(tree_, WithoutSpreadLists(tree_, id, slots::List::elements));
    case NodeKind::kDict:
      return WithoutSpreadObjects(tree_, id);
    case NodeKind::kNew:
      return WithoutSpreadLists(tree_, id, slots::New::args);
    case NodeKind::kCall:
      return WithoutSameValues(
          tree_, OneReduction(tree_, WithoutSpreadLists(tree_, id, slots::Call::args)));
    case NodeKind::kAttribute:
      return WithoutUncountedValues(tree_, id);
    default:
      return id;
  }
}

// ---- `const` for what nothing assigns again
void JavaScriptRules::CollectWritten(NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::kAttribute:
      if (Attribute(tree_, id).is_private()) read_fields_.emplace(tree_.text(id));
      break;
    case NodeKind::kAssign: {
      Assign assign(tree_, id);
      if (IsFieldWrite(id)) {
        CollectWritten(assign.value());
        return;
      }
      if (assign.declares() != DeclKind::kNone && assign.value()) break;
      for (NodeId target : assign.targets()) NamesIn(tree_, target, written_);
      break;
    }
    case NodeKind::kForEach:
      if (ForEach(tree_, id).declares() == DeclKind::kNone)
        NamesIn(tree_, ForEach(tree_, id).target(), written_);
      break;
    case NodeKind::kForIn:
      if (ForIn(tree_, id).declares() == DeclKind::kNone)
        NamesIn(tree_, ForIn(tree_, id).target(), written_);
      break;
    case NodeKind::kAugAssign:
      NamesIn(tree_, AugAssign(tree_, id).target(), written_);
      break;
    case NodeKind::kAssignExpr:
      NamesIn(tree_, AssignExpr(tree_, id).target(), written_);
      break;
    case NodeKind::kLogicalAssign:
      NamesIn(tree_, LogicalAssign(tree_, id).target(), written_);
      break;
    case NodeKind::kUpdate:
      NamesIn(tree_, Update(tree_, id).target(), written_);
      break;
    case NodeKind::kVarDecl:  // its declarations share one keyword
      tree_.ForEachChild(id, [&](NodeId child) {
        for (NodeId target : Assign(tree_, child).targets()) NamesIn(tree_, target, written_);
      });
      break;
    default:
      break;
  }
  tree_.ForEachChild(id, [&](NodeId child) { CollectWritten(child); });
}

// `this.#field = value;`, made by the translation
bool JavaScriptRules::IsFieldWrite(NodeId id) {
  auto assign = As<Assign>(tree_, id);
  if (!assign || tree_.origin(id) || assign.targets().size() != 1 || !assign.value()) return false;
  auto field = As<Attribute>(tree_, assign.targets()[0]);
  return field && field.is_private() && tree_.Is(field.object(), NodeKind::kSelfRef);
}

NodeId JavaScriptRules::ConstWherePossible(NodeId id, std::span<const NodeId> targets,
                                           DeclKind declares, bool has_value) {
  if (declares != DeclKind::kLet || !has_value) return id;
  std::unordered_set<std::string> names;
  for (NodeId target : targets) NamesIn(tree_, target, names);
  for (const std::string& name : names) {
    if (written_.contains(name)) return id;
  }
  return Rebuilt(tree_, id, SlotsOf(tree_, id), static_cast<std::uint8_t>(DeclKind::kConst));
}

NodeId JavaScriptRules::WithPlainDeclarations(NodeId id) {
  NodeList kept;
  bool changed = false;
  const auto found = Block(tree_, id).statements();
  for (NodeId statement : NodeList(found.begin(), found.end())) {
    const std::size_t before = kept.size();
    if (!SplitDeclaration(tree_, statement, kept)) {
      kept.push_back(statement);
      continue;
    }
    changed = true;
    for (std::size_t i = before; i < kept.size(); ++i) {
      Assign made(tree_, kept[i]);
      kept[i] = ConstWherePossible(kept[i], made.targets(), made.declares(), true);
    }
  }
  return changed ? Rebuild(tree_, id, {std::move(kept)}) : id;
}

// ---- private fields that are only written, in classes that the translation made
NodeId JavaScriptRules::WithoutUnreadFields(NodeId id) {
  NodeList kept;
  const auto statements = Block(tree_, id).statements();
  for (NodeId statement : statements) {
    if (auto field = As<Field>(tree_, statement); field && field.is_private() &&
                                                  !tree_.origin(statement) && !field.value() &&
                                                  !IsReadField(field.name())) {
      continue;
    }
    if (IsFieldWrite(statement)) {
      Assign assign(tree_, statement);
      if (tree_.Is(assign.value(), NodeKind::kName) &&
          !IsReadField(tree_.text(assign.targets()[0])))
        continue;
    }
    kept.push_back(statement);
  }
  return kept.size() == statements.size() ? id : Rebuild(tree_, id, {std::move(kept)});
}

}  // namespace asyncport::translate::tidy
