// `Boolean(x)` and the callbacks of filter, some, every and find, where what is asked for its truth may be an empty list or
// record: true in JavaScript, false in Python. What is surely a plain value is a card's business.
// Example: `groups.filter((g) => g)` -> `[g for g in groups if g is not None]`.
#include <string>

#include "translate/quote.h"
#include "translate/to_py/parsing.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsContainer(TypeKind kind) {
  return kind == TypeKind::kList || kind == TypeKind::kTuple || kind == TypeKind::kDict ||
         kind == TypeKind::kMap || kind == TypeKind::kSet;
}

bool MayBeContainer(Context& c, NodeId id) {
  return c.facts().KindOf(id) != TypeKind::kUnknown &&
         c.facts().May(id, {TypeKind::kList, TypeKind::kTuple, TypeKind::kDict, TypeKind::kMap,
                            TypeKind::kSet});
}

std::optional<NodeId> TranslateBoolean(Context& c, NodeId id) {
  auto args = c.As<Call>(id).args();
  if (!c.IsCallTo(id, "Boolean") || args.size() != 1) return std::nullopt;
  const bool is_nan = c.facts().ResolvedName(args[0]) == "NaN" || MayBeNan(c, args[0]);
  if (!MayBeContainer(c, args[0]) && !is_nan) return std::nullopt;
  return AsBool(c, Condition(c, args[0]), id);
}

// `!!NaN`
std::optional<NodeId> TranslateTwiceNot(Context& c, NodeId id) {
  auto outer = c.As<Unary>(id);
  auto inner = outer.op() == UnaryOp::kNot ? c.As<Unary>(outer.operand()) : Unary();
  if (!inner || inner.op() != UnaryOp::kNot) return std::nullopt;
  if (c.facts().ResolvedName(inner.operand()) != "NaN") return std::nullopt;
  return c.New(make::Bool{.value = false}, id);
}

// What the items of a list can be, as far as their truth goes.
struct Items {
  bool containers = false;
  bool others = false;  // texts and numbers, whose truth is their own
};

Items ItemsOf(Context& c, NodeId list) {
  Items items;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(list));
  if (type.kind != TypeKind::kList) return items;
  const auto add = [&](const facts::Type& item) {
    items.containers = items.containers || IsContainer(item.kind);
    items.others = items.others || !(IsContainer(item.kind) || item.kind == TypeKind::kNull ||
                                     item.kind == TypeKind::kUndefined ||
                                     item.kind == TypeKind::kInstance);
  };
  const facts::Type& item = c.facts().type(type.element);
  if (item.kind != TypeKind::kUnion) add(item);
  for (facts::TypeId member : item.members) {
    if (item.kind == TypeKind::kUnion) add(c.facts().type(member));
  }
  return items;
}

bool Mentions(Context& c, NodeId id, std::string_view name) {
  if (c.src().Is(id, NodeKind::kName) && c.src().text(id) == name) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Mentions(c, child, name); });
  return found;
}

// The name of an item and the test of it, if the callback asks for the truth of what may be a container.
struct Test {
  NodeId item;
  NodeId test;
};

std::optional<Test> TestOf(Context& c, NodeId list, NodeId callback) {
  if (auto name = c.As<ir::Name>(callback); name && c.facts().ResolvedName(callback) == "Boolean") {
    const Items items = ItemsOf(c, list);
    if (!items.containers) return std::nullopt;
    // A name of the comprehension's own: only what the list reads may not be called so.
    const bool is_read = Mentions(c, list, "item");
    NodeId item = c.NewName(is_read ? c.names().Fresh("item") : "item");
    if (!items.others) return Test{item, Quote(c, "$I is not None", {{"I", item}})};
    return Test{item, Quote(c, "$I or isinstance($I, (list, dict, set))", {{"I", item}})};
  }
  auto lambda = c.As<Lambda>(callback);
  if (!lambda || lambda.params().size() != 1 || c.TargetIsAsync(callback)) {
    return std::nullopt;
  }
  auto param = c.As<Param>(lambda.params()[0]);
  if (!param || param.default_value() || !c.src().Is(param.target(), NodeKind::kName)) {
    return std::nullopt;
  }
  if (!HasCategory(c.src().kind(lambda.body()), category::Expr) ||
      !MayBeContainer(c, lambda.body())) {
    return std::nullopt;
  }
  NodeId test = c.Guarded([&] { return Condition(c, lambda.body()); });
  return Test{c.NewName(c.TargetName(param.target())), test};
}

std::optional<NodeId> TranslateTested(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || call.is_optional() || call.args().size() != 1) return std::nullopt;
  if (!c.facts().Only(method.object(), {TypeKind::kList})) return std::nullopt;
  struct Form {
    std::string_view name;
    std::string_view code;
  };
  static constexpr Form kForms[] = {
      {"filter", "[$I for $J in $XS if $T]"},
      {"some", "any($T for $J in $XS)"},
      {"every", "all($T for $J in $XS)"},
      {"find", "next(($I for $J in $XS if $T), None)"},
  };
  for (const Form& form : kForms) {
    if (form.name != method.name()) continue;
    const auto test = TestOf(c, method.object(), call.args()[0]);
    if (!test) return std::nullopt;
    return Quote(c, form.code,
                 {{"I", test->item},
                  {"J", translate::CopyTarget(c, test->item)},
                  {"XS", c.Expr(method.object())},
                  {"T", test->test}},
                 id);
  }
  return std::nullopt;
}

}  // namespace

NodeId AsBool(Context& c, NodeId condition, NodeId origin) {
  auto test = ir::As<Binary>(c.dst(), condition);
  if (c.dst().Is(condition, NodeKind::kBool)) return condition;
  const bool is_bool = test && (test.op() == BinaryOp::kIs || test.op() == BinaryOp::kIsNot);
  return is_bool ? condition : c.NewCall(c.NewName("bool"), {condition}, origin);
}

void RegisterTruthTests(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateBoolean);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateTested);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslateTwiceNot);
}

}  // namespace asyncport::translate::to_py
