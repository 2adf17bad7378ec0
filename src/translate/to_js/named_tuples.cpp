// What a named tuple still does as a tuple: `_replace`, `_asdict`, `_fields`, `_make`, being unpacked and iterated.
// Its class, with one property a field, is made in classes.cpp.
// Example: `p._replace(x=9)` -> `new Point(9, p.y)`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Named tuples that some pattern of the file takes apart.
struct Unpacked {
  std::unordered_set<std::uint32_t> classes;
  bool unknown = false;

  explicit Unpacked(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      if (!c.src().Is(NodeId{i}, NodeKind::kListPattern)) continue;
      NodeId parent = c.facts().Parent(NodeId{i});
      if (auto assign = c.As<Assign>(parent)) {
        if (assign.value()) Add(c, c.facts().TypeOf(assign.value()));
      } else if (auto loop = c.As<ForEach>(parent)) {
        Add(c, ElementOf(c, loop.iterable()));
      } else if (auto clause = c.As<CompFor>(parent)) {
        Add(c, ElementOf(c, clause.iterable()));
      } else {
        unknown = true;
      }
    }
  }
  void Add(Context& c, facts::TypeId type) {
    if (NodeId owner = ClassOf(c, type))
      classes.insert(owner.index);
    else if ((KindsOf(c, type) & (kUnknown | kInstance)) != 0)
      unknown = true;
  }
};

std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || !method.name().starts_with("_")) return std::nullopt;
  NodeId object = method.object();
  if (method.name() == "_make" && call.args().size() == 1) {
    NodeId definition = c.facts().type(c.facts().TypeOf(object)).decl;
    if (!IsNamedTuple(c, definition)) return std::nullopt;
    return Js(c, "new $C(...$X)", {{"C", c.Expr(object)}, {"X", IterableOf(c, call.args()[0])}},
              id);
  }
  NodeId owner = ClassOf(c, object);
  if (!owner || !IsNamedTuple(c, owner)) return std::nullopt;
  if (method.name() == "_asdict") return Js(c, "({ ...$X })", {{"X", c.Expr(object)}}, id);
  if (method.name() != "_replace") return std::nullopt;
  if (!c.IsPure(object)) return c.Refuse(id, "evaluation-order");
  NodeList args;
  for (NodeId field : DataFields(c, owner)) {
    std::string_view name = c.As<Field>(field).name();
    NodeId changed = KeywordArg(c, id, name);
    args.push_back(changed ? c.Expr(changed)
                           : c.NewAttribute(c.Expr(object), c.names().Member(name, false)));
  }
  return c.New(make::New{.callee = c.NewName(c.TargetName(c.As<ClassDef>(owner).name())),
                         .args = std::move(args)},
               id);
}

// `Point._fields`
std::optional<NodeId> TranslateFields(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "_fields") return std::nullopt;
  NodeId owner = ClassOf(c, attribute.object());
  if (!owner) owner = c.facts().type(c.facts().TypeOf(attribute.object())).decl;
  if (!IsNamedTuple(c, owner)) return std::nullopt;
  NodeList names;
  for (NodeId field : DataFields(c, owner)) names.push_back(c.NewString(c.As<Field>(field).name()));
  return c.New(make::List{.elements = std::move(names)}, id);
}

}  // namespace

bool IsUnpacked(Context& c, NodeId class_def) {
  const Unpacked& unpacked = c.State<Unpacked>();
  return unpacked.unknown || unpacked.classes.contains(class_def.index);
}

void RegisterNamedTuples(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCall);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateFields);
}

}  // namespace asyncport::translate::to_js
