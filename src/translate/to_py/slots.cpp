// Lists that are filled by position: `results[i] = value` makes a JavaScript array longer where it must.
// Example: `const out = []; ... out[i] = x;` -> `set_item(out, i, x)`.
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
    if (name == "push" || name == "unshift" || name == "splice" || name == "length") return true;
  }
  return false;
}

bool TranslateSlot(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto target = assign.targets().size() == 1 ? c.As<Subscript>(assign.targets()[0]) : Subscript();
  if (!target || !assign.value() || !BeginsEmpty(c, target.object())) return false;
  if (!c.facts().Only(target.object(), {TypeKind::kList}) ||
      !c.facts().Only(target.index(), {TypeKind::kInt}))
    return false;
  if (Grows(c, target.object()) || IsOwnPosition(c, target.object(), target.index())) return false;
  // JavaScript finds the place before it evaluates the value; nothing in a name or number tells.
  if (!c.IsPure(target.index())) return false;
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

void RegisterSlots(Topics& t) { t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateSlot); }

}  // namespace asyncport::translate::to_py
