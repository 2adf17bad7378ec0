// Callbacks of one expression that take their argument apart: its parts are read where they are used. Functions with a
// body of statements take it apart in front of them (functions.cpp); list patterns are unpacked where Python can.
// Example: `users.filter(({ age }) => age > 18)` -> `[user for user in users if user["age"] > 18]`.
#include "translate/to_py/record_params.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "rules/item_name.h"
#include "support/strings.h"
#include "translate/to_py/destructuring.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// A default that `get` can take: a literal.
bool IsPlainDefault(Context& c, DefaultPattern given) {
  if (!c.src().Is(given.target(), NodeKind::kName)) return false;
  if (auto list = c.As<List>(given.default_value())) return list.elements().empty();
  if (auto dict = c.As<Dict>(given.default_value())) return dict.entries().empty();
  static constexpr NodeKind kLiterals[] = {NodeKind::kNumber, NodeKind::kString, NodeKind::kBool,
                                           NodeKind::kNull};
  return std::any_of(std::begin(kLiterals), std::end(kLiterals),
                     [&](NodeKind kind) { return c.src().Is(given.default_value(), kind); });
}

// `{ a, b: { c, d: [e] } }`: names, and patterns of names inside; no rest. Each part is there, or has a plain default.
bool TakesNames(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kName)) {
    // Nothing else gives the name a value.
    const facts::BindingId binding = c.facts().BindingOf(id);
    return binding && c.facts().binding(binding).writes.size() <= 1;
  }
  if (auto list = c.As<ListPattern>(id)) {
    return !list.elements().empty() &&
           std::all_of(list.elements().begin(), list.elements().end(), [&](NodeId e) {
             return c.src().Is(e, NodeKind::kElision) || TakesNames(c, e);
           });
  }
  auto pattern = c.As<ObjectPattern>(id);
  if (!pattern || pattern.rest() || pattern.properties().empty()) return false;
  return std::all_of(pattern.properties().begin(), pattern.properties().end(), [&](NodeId part) {
    auto property = c.As<PropertyPattern>(part);
    if (!c.src().Is(property.key(), NodeKind::kString)) return false;
    auto given = c.As<DefaultPattern>(property.target());
    return given ? IsPlainDefault(c, given) : TakesNames(c, property.target());
  });
}

// `[, n]` of a callback that asks about an item; what maps it unpacks.
bool TakesItems(Context& c, ListPattern pattern, std::string_view method) {
  static constexpr std::string_view kAsking[] = {"filter", "find",          "findIndex", "some",
                                                 "every",  "findLastIndex", "findLast"};
  if (std::find(std::begin(kAsking), std::end(kAsking), method) == std::end(kAsking)) return false;
  return TakesNames(c, pattern.id());
}

// `[k, { n }]`: a list of names of which Python unpacks the items, and objects among them.
bool HasObjects(Context& c, ListPattern pattern) {
  bool found = false;
  for (NodeId e : pattern.elements()) {
    auto inner = c.As<ListPattern>(e);
    found = found || c.src().Is(e, NodeKind::kObjectPattern) || (inner && HasObjects(c, inner));
  }
  return found;
}

// A word for one item of what the method is called on: `users` -> user.
std::string ItemWord(Context& c, NodeId call) {
  auto method = c.As<Attribute>(c.As<Call>(call).callee());
  if (!method) return "item";
  NodeId list = method.object();
  // `Object.entries(users)` and its like: an item of what they are made of.
  if (c.IsCallTo(list, "Object.entries") || c.IsCallTo(list, "Object.values")) {
    list = c.As<Call>(list).args().empty() ? list : c.As<Call>(list).args()[0];
  }
  std::string_view text;
  if (c.src().Is(list, NodeKind::kName)) text = c.src().text(list);
  if (auto attribute = c.As<Attribute>(list)) text = attribute.name();
  const std::string word = ToSnakeCase(rules::Singular(text));
  return word.empty() || c.names().Taken(word) ? "item" : word;
}

// The callback of one expression and one parameter that a method is given; none for others.
Lambda OnlyCallback(Context& c, NodeId call, std::string_view method) {
  if (c.MethodName(call) != method || c.As<Call>(call).args().size() != 1) return {};
  auto lambda = c.As<Lambda>(c.As<Call>(call).args()[0]);
  if (!lambda || lambda.is_async() || lambda.params().size() != 1) return {};
  auto param = c.As<Param>(lambda.params()[0]);
  return param.default_value() || param.kind() != ParamKind::kPlain ? Lambda() : lambda;
}

// `xs.filter(f).map(g)` with such callbacks.
struct FilteredMap {
  Lambda test;
  Lambda element;
  NodeId list;
  NodeId asked;  // what the test takes
  NodeId made;   // what the element is made of
};
std::optional<FilteredMap> AsFilteredMap(Context& c, NodeId call) {
  Lambda element = OnlyCallback(c, call, "map");
  auto method = element ? c.As<Attribute>(c.As<Call>(call).callee()) : Attribute();
  if (!method || method.is_optional()) return std::nullopt;
  Lambda test = OnlyCallback(c, method.object(), "filter");
  auto inner = test ? c.As<Attribute>(c.As<Call>(method.object()).callee()) : Attribute();
  if (!inner || inner.is_optional()) return std::nullopt;
  return FilteredMap{.test = test,
                     .element = element,
                     .list = inner.object(),
                     .asked = c.As<Param>(test.params()[0]).target(),
                     .made = c.As<Param>(element.params()[0]).target()};
}

bool IsNamesOnly(Context& c, NodeId id) {
  auto list = c.As<ListPattern>(id);
  return list && std::all_of(list.elements().begin(), list.elements().end(), [&](NodeId e) {
           return c.src().Is(e, NodeKind::kName) || c.src().Is(e, NodeKind::kElision);
         });
}

class RecordParams {
 public:
  explicit RecordParams(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto lambda = c.As<Lambda>(NodeId{i});
      auto call = lambda ? c.As<Call>(c.facts().Parent(NodeId{i})) : Call();
      if (!call || call.callee() == NodeId{i}) continue;
      for (NodeId id : lambda.params()) Take(c, id, lambda, call.id());
    }
  }

  NodeId Of(NodeId pattern) const {
    auto it = names_.find(pattern.index);
    return it == names_.end() ? kNoNode : it->second;
  }

 private:
  void Take(Context& c, NodeId param_id, Lambda lambda, NodeId call) {
    auto param = c.As<Param>(param_id);
    if (param.default_value() || param.kind() != ParamKind::kPlain) return;
    auto object = c.As<ObjectPattern>(param.target());
    auto list = c.As<ListPattern>(param.target());
    const std::string_view method = c.MethodName(call);
    // A loop takes the item apart in its body.
    if (method == "forEach" || method == "sort" || method == "toSorted") return;
    // `filter(([, n]) => ...).map(([k]) => ...)`: one loop unpacks for both.
    auto above = c.As<Attribute>(c.facts().Parent(call));
    const auto both = above ? AsFilteredMap(c, c.facts().Parent(above.id())) : std::nullopt;
    if (list && both && IsNamesOnly(c, both->asked) && IsNamesOnly(c, both->made)) return;
    const bool first = lambda.params().front() == param_id;
    const bool of_match = c.facts().Only(param.target(), {facts::TypeKind::kMatch});
    const std::string word = of_match ? "match" : first ? ItemWord(c, call) : "other";
    if (list && !of_match && !(first && TakesItems(c, list, method))) {
      if (HasObjects(c, list) && TakesNames(c, list.id())) TakeObjects(c, list, lambda, word);
      return;
    }
    if (!object && !list) return;
    if (!TakesNames(c, param.target())) return;
    NodeId name;
    if (auto outer = AsFilteredMap(c, call)) {
      // One loop does both: the item has one name.
      if (c.src().Is(outer->asked, NodeKind::kName)) name = c.NewName(c.TargetName(outer->asked));
      if (NodeId known = Of(outer->asked)) name = known;
    }
    if (!name) name = c.NewName(FreshIn(c, lambda.body(), word));
    names_[param.target().index] = name;
    Read(c, param.target(), name);
  }

  // Objects inside of a list that is unpacked: each gets a name.
  void TakeObjects(Context& c, ListPattern list, Lambda lambda, const std::string& word) {
    for (NodeId element : list.elements()) {
      if (auto inner = c.As<ListPattern>(element)) TakeObjects(c, inner, lambda, word);
      if (!c.src().Is(element, NodeKind::kObjectPattern)) continue;
      NodeId name = c.NewName(FreshIn(c, lambda.body(), word));
      names_[element.index] = name;
      Read(c, element, name);
    }
  }

  // From now on the names of the pattern are read out of the value.
  void Read(Context& c, NodeId pattern, NodeId value) {
    if (c.src().Is(pattern, NodeKind::kName)) {
      c.Substitute(c.facts().BindingOf(pattern), value);
      return;
    }
    if (auto object = c.As<ObjectPattern>(pattern)) {
      for (NodeId id : object.properties()) {
        auto property = c.As<PropertyPattern>(id);
        auto given = c.As<DefaultPattern>(property.target());
        Read(c, given ? given.target() : property.target(), ReadPart(c, object, id, value));
      }
      return;
    }
    long index = 0;
    for (NodeId element : c.As<ListPattern>(pattern).elements()) {
      NodeId read = c.New(make::Subscript{.object = value, .index = c.NewInt(index++)}, {});
      if (!c.src().Is(element, NodeKind::kElision)) Read(c, element, read);
    }
  }

  std::unordered_map<std::uint32_t, NodeId> names_;  // by pattern
};

std::optional<NodeId> Prepare(Context& c, NodeId) {
  c.State<RecordParams>();
  return std::nullopt;
}

// The names of both list patterns, position by position.
NodeId Merged(Context& c, ListPattern asked, ListPattern made) {
  NodeList elements;
  const std::size_t count = std::max(asked.elements().size(), made.elements().size());
  for (std::size_t i = 0; i < count; ++i) {
    const NodeId first = i < asked.elements().size() ? asked.elements()[i] : kNoNode;
    const NodeId second = i < made.elements().size() ? made.elements()[i] : kNoNode;
    const bool has_first = c.src().Is(first, NodeKind::kName);
    const bool has_second = c.src().Is(second, NodeKind::kName);
    if (has_first && has_second) {
      c.Substitute(c.facts().BindingOf(second), c.NewName(c.TargetName(first)));
    }
    elements.push_back(has_first    ? c.Pattern(first)
                       : has_second ? c.Pattern(second)
                                    : c.NewName("_"));
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(asked.id()));
  const bool fixed = type.kind == facts::TypeKind::kTuple && !type.members.empty();
  if (fixed && type.members.size() == count + 1) {
    elements.push_back(c.NewName("_"));
  } else if (fixed ? type.members.size() > count : count == 1) {
    elements.push_back(c.New(make::RestPattern{.target = c.NewName("_")}, {}));
  }
  return c.New(make::ListPattern{.elements = std::move(elements)}, asked.id());
}

// `users.filter((u) => u.active).map((user) => user.name)`: one comprehension.
std::optional<NodeId> TranslateFilteredMap(Context& c, NodeId id) {
  const auto both = AsFilteredMap(c, id);
  if (!both) return std::nullopt;
  using facts::TypeKind;
  if (!c.facts().Only(both->list, {TypeKind::kList}) &&
      c.facts().KindOf(both->list) != TypeKind::kUnknown) {
    return std::nullopt;
  }
  if (ContainsAwait(c, both->test.body()) || ContainsAwait(c, both->element.body()) ||
      c.facts().ColourOf(both->element.body()) == facts::CallColour::kAsync) {
    return std::nullopt;
  }
  const bool named = c.src().Is(both->asked, NodeKind::kName);
  NodeId target;
  if (IsNamesOnly(c, both->asked) && IsNamesOnly(c, both->made)) {
    target = Merged(c, c.As<ListPattern>(both->asked), c.As<ListPattern>(both->made));
  } else {
    target = named ? c.NewName(c.TargetName(both->asked)) : RecordParam(c, both->asked);
    if (!target) return std::nullopt;
    if (c.src().Is(both->made, NodeKind::kName)) {
      const facts::BindingId made = c.facts().BindingOf(both->made);
      if (c.facts().binding(made).writes.size() > 1) return std::nullopt;
      c.Substitute(made, target);
    } else if (RecordParam(c, both->made) != target && !named) {
      return std::nullopt;
    } else if (!RecordParam(c, both->made)) {
      return std::nullopt;
    }
  }
  Context::Hoisted test = c.Hoisting([&] { return Condition(c, both->test.body()); });
  Context::Hoisted element = c.ExprWithHoists(both->element.body());
  if (!test.before.empty() || !element.before.empty()) return std::nullopt;
  return c.New(
      make::Comprehension{
          .element = element.value,
          .clauses = {c.New(make::CompFor{.target = target, .iterable = c.Expr(both->list)}, {}),
                      c.New(make::CompIf{.test = test.value}, {})},
          .kind = ComprehensionKind::kList},
      id);
}

std::optional<NodeId> TranslatePattern(Context& c, NodeId id) {
  NodeId name = RecordParam(c, id);
  return name ? std::optional<NodeId>(name) : std::nullopt;
}

}  // namespace

NodeId RecordParam(Context& c, NodeId pattern) { return c.State<RecordParams>().Of(pattern); }

void RegisterRecordParams(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &Prepare);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFilteredMap);
  t.Claim(NodeKind::kObjectPattern, Order::kBeforeCards, &TranslatePattern);
  t.Claim(NodeKind::kListPattern, Order::kBeforeCards, &TranslatePattern);
}

}  // namespace asyncport::translate::to_py
