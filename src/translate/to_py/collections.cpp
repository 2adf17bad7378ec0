// Sets whose order shows, which become dicts; and Map and Set where somebody takes the value of a changing method: add
// and set give the collection, delete says whether there was something. Other statements are cards.
// Example: `return seen.delete(x);` -> `existed = x in seen`, `seen.discard(x)` and `return existed`.
#include <utility>

#include "translate/to_py/absence.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

// A Set that is gone through: Python's dict keeps the order in which keys came.
bool IsOrderedSet(Context& c, NodeId id) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind != TypeKind::kUnion) return type.kind == TypeKind::kSet && type.name == "ordered";
  for (facts::TypeId member : type.members) {
    if (c.facts().type(member).kind == TypeKind::kSet)
      return c.facts().type(member).name == "ordered";
  }
  return false;
}

namespace {

std::optional<NodeId> TranslateOrderedSet(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  if (c.facts().ResolvedName(made.callee()) != "Set" || !IsOrderedSet(c, id) ||
      made.args().size() > 1)
    return std::nullopt;
  if (made.args().empty()) return c.New(make::Dict{}, id);
  if (c.facts().May(made.args()[0], {TypeKind::kNull, TypeKind::kUndefined}) &&
      c.facts().KindOf(made.args()[0]) != TypeKind::kUnknown)
    return std::nullopt;
  return c.NewCall(c.NewAttribute(c.NewName("dict"), "fromkeys"), {c.Expr(made.args()[0])}, id);
}

bool IsPlainKey(Context& c, NodeId key) {
  return c.src().Is(key, NodeKind::kString) || c.src().Is(key, NodeKind::kNumber) ||
         c.facts().Only(key, {TypeKind::kStr, TypeKind::kInt, TypeKind::kFloat});
}

// `new Map([["a", 1], ...more])` -> `{"a": 1, **more}`
std::optional<NodeId> TranslateMapLiteral(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  if (c.facts().ResolvedName(made.callee()) != "Map" || made.args().size() != 1) return std::nullopt;
  auto list = c.As<ir::List>(made.args()[0]);
  if (!list || list.elements().empty()) return std::nullopt;
  struct Entry {
    NodeId key;
    NodeId value;  // none: `key` is a Map to spread
  };
  std::vector<Entry> entries;
  for (NodeId element : list.elements()) {
    auto spread = c.As<Spread>(element);
    if (spread && c.facts().Only(spread.value(), {TypeKind::kMap})) {
      entries.push_back({spread.value(), kNoNode});
      continue;
    }
    auto pair = c.As<ir::List>(element);
    if (!pair || pair.elements().size() != 2 || !IsPlainKey(c, pair.elements()[0]) ||
        !HasCategory(c.src().kind(pair.elements()[1]), category::Expr) ||
        c.src().Is(pair.elements()[1], NodeKind::kSpread))
      return std::nullopt;
    entries.push_back({pair.elements()[0], pair.elements()[1]});
  }
  NodeList out;
  for (const Entry& entry : entries) {
    NodeId key = c.Expr(entry.key);
    out.push_back(entry.value
                      ? c.New(make::DictEntry{.key = key, .value = c.Expr(entry.value)}, entry.value)
                      : c.New(make::Spread{.value = key}, entry.key));
  }
  return c.New(make::Dict{.entries = std::move(out)}, id);
}

// `seen.add(x);` -> `seen[x] = None`; `seen.delete(x);` -> `seen.pop(x, None)`.
NodeId ChangeOrdered(Context& c, NodeId set, NodeId item, bool adds, NodeId origin) {
  NodeId none = c.New(make::Null{}, {});
  if (adds)
    return c.NewAssign(c.New(make::Subscript{.object = set, .index = item}, {}), none, origin);
  return c.NewExprStmt(c.NewCall(c.NewAttribute(set, "pop"), {item, none}), origin);
}
bool TranslateOrderedChange(Context& c, NodeId id, NodeList& out) {
  auto call = c.As<Call>(c.As<ExprStmt>(id).value());
  auto method = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!method || call.is_optional() || method.is_optional() || call.args().size() != 1)
    return false;
  if ((method.name() != "add" && method.name() != "delete") || !IsOrderedSet(c, method.object()))
    return false;
  if (c.src().Is(call.args()[0], NodeKind::kSpread)) return false;
  NodeId set = c.Expr(method.object());
  out.push_back(ChangeOrdered(c, set, c.Expr(call.args()[0]), method.name() == "add", id));
  return true;
}

std::optional<NodeId> TranslateChange(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || call.is_optional() || method.is_optional()) return std::nullopt;
  // `sets.get(key).delete(x)`: what is not there would fail in JavaScript as well.
  auto is = [&](TypeKind kind) {
    return c.facts().May(method.object(), {kind}) &&
           c.facts().Only(method.object(), {kind, TypeKind::kNull, TypeKind::kUndefined});
  };
  bool set = is(TypeKind::kSet);
  bool map = is(TypeKind::kMap);
  auto args = call.args();
  for (NodeId arg : args) {
    if (c.src().Is(arg, NodeKind::kSpread)) return std::nullopt;
  }
  if (c.facts().UseOf(id) == facts::Use::kDropped &&
      c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt))
    return std::nullopt;
  bool adds = (set && method.name() == "add" && args.size() == 1) ||
              (map && method.name() == "set" && args.size() == 2);
  bool deletes = (set || map) && method.name() == "delete" && args.size() == 1;
  if (!adds && !deletes) return std::nullopt;
  Named object = NameOnce(c, c.Expr(method.object()), set ? "items" : "entries", method.object());
  bool ordered = set && IsOrderedSet(c, method.object());
  if (adds && ordered) {
    c.HoistEffect(ChangeOrdered(c, object.first, c.Expr(args[0]), true, id), id);
    return object.again;
  }
  if (adds && set) {
    c.HoistEffect(
        c.NewExprStmt(c.NewCall(c.NewAttribute(object.first, "add"), {c.Expr(args[0])}), id), id);
    return object.again;
  }
  if (adds) {
    NodeId key = c.Expr(args[0]);
    c.HoistEffect(c.NewAssign(c.New(make::Subscript{.object = object.first, .index = key}, {}),
                              c.Expr(args[1]), id),
                  id);
    return object.again;
  }
  Named key = NameOnce(c, c.Expr(args[0]), "key", args[0]);
  std::string existed = c.names().Fresh("existed");
  NodeId test =
      c.New(make::Binary{.left = key.first, .right = object.first, .op = BinaryOp::kIn}, {});
  if (!c.HoistEffect(c.NewAssign(c.NewName(existed), test, id), id)) return c.NewName(existed);
  NodeId remove = set && !ordered ? c.NewCall(c.NewAttribute(object.again, "discard"), {key.again})
                                  : c.NewCall(c.NewAttribute(object.again, "pop"),
                                              {key.again, c.New(make::Null{}, {})});
  c.HoistEffect(c.NewExprStmt(remove), id);
  return c.NewName(existed, id);
}

}  // namespace

void RegisterCollections(Topics& t) {
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateOrderedSet);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateMapLiteral);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateOrderedChange);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateChange);
}

}  // namespace asyncport::translate::to_py
