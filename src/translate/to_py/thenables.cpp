// Objects with a `then` of their own: awaiting them calls it. Chains on promises are in chains.cpp.
// Example: `await query`, where the class of query has `then(resolve, reject)` -> `await follow(query)`.
#include <string>

#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool HasThen(Context& c, NodeId declaration) {
  if (auto dict = c.As<Dict>(declaration)) {
    for (NodeId e : dict.entries()) {
      auto entry = c.As<DictEntry>(e);
      auto method = c.As<MethodEntry>(e);
      if (method && c.As<Method>(method.method()).name() == "then") return true;
      if (entry && c.src().Is(entry.key(), NodeKind::kString) &&
          c.src().text(entry.key()) == "then")
        return true;
    }
    return false;
  }
  auto klass = c.As<ClassDef>(declaration);
  for (int depth = 0; klass && depth < 20; ++depth) {
    for (NodeId member : c.As<ir::Block>(klass.body()).statements()) {
      auto method = c.As<Method>(member);
      if (method && method.name() == "then" && !method.is_static()) return true;
    }
    if (klass.bases().empty()) return false;
    const facts::Type& base = c.facts().type(c.facts().TypeOf(klass.bases()[0]));
    klass = base.decl ? c.As<ClassDef>(base.decl) : ClassDef();
  }
  return false;
}

bool IsThenable(Context& c, NodeId value) {
  if (c.src().Is(value, NodeKind::kDict)) return HasThen(c, value);
  const facts::Type& type = c.facts().type(c.facts().TypeOf(value));
  bool object = type.kind == TypeKind::kInstance || type.kind == TypeKind::kDict;
  return object && type.decl && HasThen(c, type.decl);
}

// The object, even where Python would read its `then` by key.
NodeId Follow(Context& c, NodeId value, NodeId origin) {
  c.SayOnce("callback-future", value);
  bool by_key = c.facts().Only(value, {TypeKind::kDict}) && IsDictLike(c, value) &&
                !IsObjectLiteral(c, c.facts().type(c.facts().TypeOf(value)).decl);
  NodeId target = c.Expr(value);
  if (by_key)
    target = c.New(make::Subscript{.object = target, .index = c.NewString("then")}, {});
  else
    target = c.NewAttribute(target, "then");
  NodeId function = DefineOnce(c, "follow", R"(
import asyncio
import inspect

async def follow(then):
    """Call a `then` and wait until it calls back with a value or an error."""
    future = asyncio.get_running_loop().create_future()

    def resolve(value=None):
        if not future.done():
            future.set_result(value)

    def reject(error):
        if not future.done():
            future.set_exception(error)

    result = then(resolve, reject)
    if inspect.isawaitable(result):
        await result
    return await future
)");
  return c.NewCall(function, {target}, origin);
}

std::optional<NodeId> TranslateAwait(Context& c, NodeId id) {
  NodeId value = c.As<Await>(id).value();
  if (!IsThenable(c, value)) return std::nullopt;
  return c.New(make::Await{.value = Follow(c, value, value)}, id);
}

// `Promise.resolve(thenable)` follows it from now on.
std::optional<NodeId> TranslateResolve(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Promise.resolve") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  NodeId value = c.As<Call>(id).args()[0];
  if (!IsThenable(c, value)) return std::nullopt;
  return Follow(c, value, id);
}

}  // namespace

void RegisterThenables(Topics& t) {
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateAwait);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateResolve);
}

}  // namespace asyncport::translate::to_py
