// Combinators over work of which some may give plain values: asyncio takes awaitables only. What is surely a promise each
// time is the business of the cards and of combinators.cpp.
// Example: `Promise.all(hooks.map((hook) => hook(event)))`, hooks async or not ->
// `asyncio.gather(*map(value_of, [hook(event) for hook in hooks]))`.
#include <algorithm>

#include "translate/to_py/awaiting.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsPromise(TypeKind kind) { return kind == TypeKind::kPromise || kind == TypeKind::kCoroutine; }

// Does a value of the type go through gather only by way of value_of?
bool MayBePlain(Context& c, facts::TypeId id) {
  const facts::Type& type = c.facts().type(id);
  if (type.kind != TypeKind::kUnion) {
    return type.kind == TypeKind::kInt || type.kind == TypeKind::kFloat ||
           type.kind == TypeKind::kStr || type.kind == TypeKind::kBool ||
           type.kind == TypeKind::kNull || type.kind == TypeKind::kUndefined;
  }
  auto plain = [&](facts::TypeId member) { return !IsPromise(c.facts().type(member).kind); };
  return std::any_of(type.members.begin(), type.members.end(), plain);
}

// `xs.map((x) => call)`: the call.
NodeId MappedValue(Context& c, NodeId id) {
  if (c.MethodName(id) != "map" || c.As<Call>(id).args().size() != 1) return kNoNode;
  auto lambda = c.As<Lambda>(c.As<Call>(id).args()[0]);
  return lambda && !lambda.is_async() ? lambda.body() : kNoNode;
}

bool IsMixedCollection(Context& c, NodeId id) {
  if (NodeId value = MappedValue(c, id); value && MayGivePromise(c, value)) return true;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  const bool collection = type.kind == TypeKind::kList || type.kind == TypeKind::kSet ||
                          type.kind == TypeKind::kIterator;
  return collection && MayBePlain(c, type.element);
}

std::optional<NodeId> TranslateAll(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Promise.all") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  auto args = MixedAwaitables(c, c.As<Call>(id).args()[0]);
  if (!args) return std::nullopt;
  c.SayOnce("promise-all", id);
  return c.NewCall(c.Library("asyncio.gather"), std::move(*args), id);
}

}  // namespace

std::optional<NodeList> MixedAwaitables(Context& c, NodeId collection) {
  auto list = c.As<List>(collection);
  if (!list) {
    if (!IsMixedCollection(c, collection)) return std::nullopt;
    if (NodeId value = MappedValue(c, collection)) c.Rewrite(value);
    NodeId each = c.NewCall(c.NewName("map"), {ValueOfFunction(c), c.Expr(collection)}, collection);
    return NodeList{c.New(make::Spread{.value = each}, collection)};
  }
  auto is_mixed = [&](NodeId element) {
    if (auto spread = c.As<Spread>(element)) return IsMixedCollection(c, spread.value());
    return MayGivePromise(c, element) || MayBePlain(c, c.facts().TypeOf(element));
  };
  auto elements = list.elements();
  if (std::none_of(elements.begin(), elements.end(), is_mixed)) return std::nullopt;
  NodeList args;
  for (NodeId element : elements) {
    if (auto spread = c.As<Spread>(element); spread && is_mixed(element)) {
      if (NodeId value = MappedValue(c, spread.value())) c.Rewrite(value);
      NodeId each = c.NewCall(c.NewName("map"), {ValueOfFunction(c), c.Expr(spread.value())});
      args.push_back(c.New(make::Spread{.value = each}, element));
      continue;
    }
    c.MarkStarted(element);
    NodeId value = c.Expr(element);
    args.push_back(is_mixed(element) ? ValueOf(c, value) : value);
  }
  return args;
}

void RegisterGathering(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAll); }

}  // namespace asyncport::translate::to_py
