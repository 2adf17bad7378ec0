// Lists that are filled by position: `results[i] = value` makes a JavaScript array longer where it must.
// Example: `const out = []; ... out[i] = x;` -> `set_item(out, i, x)`; `out[out.length] = x;` -> `out.append(x)`.
#include <algorithm>

#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// A variable that begins as `[]`.
bool BeginsEmpty(Context& c, NodeId object) {
  facts::BindingId binding =
      c.src().Is(object, NodeKind::kName) ? c.facts().BindingOf(object) : facts::BindingId{};
  auto assign = binding ? c.As<Assign>(c.facts().binding(binding).definition) : Assign();
  auto list = assign && assign.value() && c.facts().binding(binding).writes.size() == 1
                  ? c.As<List>(assign.value())
                  : List();
  return list && list.elements().empty();
}

// Is the position surely one that the list has: that of its own loop, or counted from its length?
bool IsOwnPosition(Context& c, NodeId object, NodeId index) {
  bool own = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    if (SameTree(c.src(), id, c.src(), object)) own = true;
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, index);
  for (NodeId loop = c.facts().EnclosingLoop(index); loop && !own;
       loop = c.facts().EnclosingLoop(loop)) {
    if (auto counted = c.As<CFor>(loop)) visit(visit, counted.test());
    if (auto each = c.As<ForEach>(loop)) visit(visit, each.iterable());
    if (auto loops = c.As<While>(loop)) visit(visit, loops.test());
  }
  return own;
}

// Does anything else of the file make the list longer?
bool Grows(Context& c, NodeId object) {
  for (NodeId read : c.facts().binding(c.facts().BindingOf(object)).reads) {
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (!attribute) continue;
    std::string_view name = attribute.name();
    if (name == "push" || name == "unshift" || name == "splice") return true;
    const NodeId place = c.facts().Parent(attribute.id());
    auto assign = name == "length" ? c.As<Assign>(place) : Assign();
    if (assign && assign.value() != attribute.id()) return true;
  }
  return false;
}

// `xs[xs.length] = v`
bool IsEnd(Context& c, Subscript target) {
  auto length = c.As<Attribute>(target.index());
  return length && length.name() == "length" && !length.is_optional() &&
         c.IsPure(target.object()) && SameTree(c.src(), length.object(), c.src(), target.object());
}

// `xs[n++] = v` where n counts what was put into xs: it begins at 0 and grows nowhere else, nor does xs.
bool CountsItems(Context& c, NodeId object, Update update) {
  if (update.is_decrement() || update.is_prefix() || !c.src().Is(update.target(), NodeKind::kName))
    return false;
  const facts::BindingId count = c.facts().BindingOf(update.target());
  const facts::BindingId list = c.facts().BindingOf(object);
  if (!count || !list) return false;
  const facts::Binding& counter = c.facts().binding(count);
  auto start = c.As<Assign>(counter.definition);
  auto zero = start && start.value() ? c.As<Number>(start.value()) : Number();
  if (!zero || zero.text() != "0") return false;
  // What else has the list in hand while the loop runs could make it longer.
  for (NodeId read : c.facts().binding(list).reads) {
    const NodeId parent = c.facts().Parent(read);
    auto end = c.As<Subscript>(c.facts().Parent(parent));
    if (end && end.index() == parent) return false;  // `xs[xs.length] = v`
    const bool only_asks = c.As<Attribute>(parent) || c.As<Return>(parent) ||
                           (c.As<Subscript>(parent) && c.As<Subscript>(parent).object() == read);
    if (!only_asks && c.facts().EnclosingLoop(read)) return false;
  }
  const bool is_beside = c.facts().EnclosingLoop(counter.definition) ==
                             c.facts().EnclosingLoop(c.facts().binding(list).definition) &&
                         counter.scope == c.facts().binding(list).scope;
  return is_beside && std::all_of(counter.writes.begin(), counter.writes.end(), [&](NodeId write) {
           if (c.facts().Parent(write) == counter.definition) return true;
           auto other = c.As<Update>(c.facts().Parent(write));
           auto place =
               other ? c.As<Subscript>(c.facts().Parent(c.facts().Parent(write))) : Subscript();
           auto assign =
               place ? c.As<Assign>(c.facts().Parent(c.facts().Parent(c.facts().Parent(write))))
                     : Assign();
           return assign && !other.is_decrement() && !other.is_prefix() &&
                  assign.targets().size() == 1 &&
                  assign.targets()[0] == c.facts().Parent(c.facts().Parent(write)) &&
                  c.src().Is(place.object(), NodeKind::kName) &&
                  c.facts().BindingOf(place.object()) == list;
         });
}

bool Mentions(Context& c, NodeId id, facts::BindingId binding) {
  if (c.src().Is(id, NodeKind::kName) && c.facts().BindingOf(id) == binding) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Mentions(c, child, binding); });
  return found;
}

void Append(Context& c, NodeId id, NodeId object, NodeId value, NodeList& out) {
  NodeId list = c.Expr(object);
  out.push_back(c.NewExprStmt(c.NewCall(c.NewAttribute(list, "append"), {c.Expr(value)}), id));
}

// Positions that are surely the end.
bool TranslateEnd(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto target = assign.targets().size() == 1 ? c.As<Subscript>(assign.targets()[0]) : Subscript();
  if (!target || !assign.value()) return false;
  if (IsEnd(c, target)) {
    // Only lists have both a length and places; what is put there must not make the list longer by itself.
    if (!c.facts().May(target.object(), {TypeKind::kList})) return false;
    Append(c, id, target.object(), assign.value(), out);
    return true;
  }
  auto update = c.As<Update>(target.index());
  if (!update || !BeginsEmpty(c, target.object())) return false;
  if (!c.facts().Only(target.object(), {TypeKind::kList}) || Grows(c, target.object()))
    return false;
  if (!CountsItems(c, target.object(), update)) return false;
  if (Mentions(c, assign.value(), c.facts().BindingOf(update.target()))) return false;
  NodeId counter = c.Expr(update.target());
  out.push_back(
      c.New(make::AugAssign{.target = counter, .value = c.NewInt(1), .op = BinaryOp::kAdd},
            target.index()));
  Append(c, id, target.object(), assign.value(), out);
  return true;
}

bool TranslateSlot(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto target = assign.targets().size() == 1 ? c.As<Subscript>(assign.targets()[0]) : Subscript();
  if (!target || !assign.value() || !BeginsEmpty(c, target.object())) return false;
  if (!c.facts().Only(target.object(), {TypeKind::kList}) ||
      !c.facts().Only(target.index(), {TypeKind::kInt}))
    return false;
  const bool steps = c.src().Is(target.index(), NodeKind::kUpdate);
  if (!steps && Grows(c, target.object())) return false;
  if (IsOwnPosition(c, target.object(), target.index())) return false;
  // JavaScript finds the place before it evaluates the value; nothing in a name or number tells.
  const auto update = c.As<Update>(target.index());
  const bool is_counter = update && c.src().Is(update.target(), NodeKind::kName);
  if (!c.IsPure(target.index()) && !is_counter) return false;
  NodeId function = DefineOnce(c, "set_item", R"(
def set_item(items, index, value):
    """Set an item; a list that is too short grows, as an array does."""
    items.extend([None] * (index + 1 - len(items)))
    items[index] = value
)");
  NodeId object = c.Expr(target.object());
  NodeId index = c.Expr(target.index());
  out.push_back(c.NewExprStmt(c.NewCall(function, {object, index, c.Expr(assign.value())}), id));
  return true;
}

}  // namespace

void RegisterSlots(Topics& t) {
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateEnd);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateSlot);
}

}  // namespace asyncport::translate::to_py
