// Several bases: mixins become functions of the class they extend, since a JavaScript class has one parent.
// Example: `class Duck(Swims, Bird)` -> `const Swims = (Base) => class extends Base {...}`, `class Duck extends Swims(Bird)`.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Only named as a base, and it extends nothing itself: it can be written as a function.
bool CanBeMixin(Context& c, NodeId class_def) {
  auto def = c.As<ClassDef>(class_def);
  if (!def.decorators().empty() || !LeftBases(c, class_def).empty()) return false;
  facts::BindingId binding = c.facts().BindingOf(def.name());
  if (!binding || c.facts().binding(binding).writes.size() > 1) return false;
  const NodeList& reads = c.facts().binding(binding).reads;
  return std::all_of(reads.begin(), reads.end(), [&](NodeId read) {
    if (read == def.name()) return true;
    NodeId parent = c.facts().Parent(read);
    auto derived = c.As<ClassDef>(parent);
    return derived &&
           std::find(derived.bases().begin(), derived.bases().end(), read) != derived.bases().end();
  });
}

struct Mixins {
  std::unordered_set<std::uint32_t> classes;

  explicit Mixins(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      if (!c.src().Is(NodeId{i}, NodeKind::kClassDef)) continue;
      NodeList bases = LeftBases(c, NodeId{i});
      for (std::size_t b = 0; b + 1 < bases.size(); ++b) {
        NodeId base = ClassInFile(c, bases[b]);
        if (base && CanBeMixin(c, base)) classes.insert(base.index);
      }
    }
  }
};

}  // namespace

// Is an instance of the class put before a function?
bool IsDecorator(Context& c, NodeId class_def) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    std::span<const NodeId> decorators;
    if (auto f = c.As<FunctionDef>(NodeId{i})) decorators = f.decorators();
    if (auto m = c.As<Method>(NodeId{i})) decorators = m.decorators();
    for (NodeId d : decorators) {
      auto call = c.As<Call>(d);
      if (ClassOf(c, d) == class_def || (call && ClassInFile(c, call.callee()) == class_def)) return true;
    }
  }
  return false;
}

NodeList LeftBases(Context& c, NodeId class_def) {
  static constexpr std::string_view kDropped[] = {
      "object",         "abc.ABC",           "typing.Protocol",
      "typing.Generic", "typing.NamedTuple", "collections.namedtuple",
      "enum.Enum",      "enum.Flag",         "typing_extensions.Protocol"};
  // Bases that say what a class can do, and bring nothing that it does not define itself.
  static constexpr std::pair<std::string_view, std::string_view> kAbilities[] = {
      {"AsyncContextManager", "__aenter__"}, {"AbstractAsyncContextManager", "__aenter__"},
      {"ContextManager", "__enter__"},       {"AbstractContextManager", "__enter__"},
      {"AsyncIterator", "__aiter__"},        {"Iterator", "__iter__"},
      {"AsyncIterable", "__aiter__"},        {"Iterable", "__iter__"},
      {"Awaitable", "__await__"},            {"Hashable", "__hash__"},
      {"Sized", "__len__"},                  {"Container", "__contains__"},
      {"Callable", "__call__"},              {"ContextDecorator", "__enter__"},
      {"AsyncContextDecorator", "__aenter__"}};
  const auto is_ability = [&](std::string_view name) {
    const std::size_t dot = name.rfind('.');
    const std::string_view module = name.substr(0, dot == name.npos ? 0 : dot);
    if (name.ends_with("ContextDecorator") && IsDecorator(c, class_def)) return false;
    if (module != "typing" && module != "collections.abc" && module != "contextlib") return false;
    for (auto [base, method] : kAbilities) {
      if (name.substr(dot + 1) == base) return FindMethod(c, class_def, method) != kNoNode;
    }
    return false;
  };
  NodeList left;
  for (NodeId base : c.As<ClassDef>(class_def).bases()) {
    if (!HasCategory(c.src().kind(base), category::Expr)) continue;
    NodeId generic = c.src().Is(base, NodeKind::kSubscript) ? c.As<Subscript>(base).object() : base;
    std::string name = c.facts().ResolvedName(generic);
    if (is_ability(name)) continue;
    if (std::find(std::begin(kDropped), std::end(kDropped), name) == std::end(kDropped))
      left.push_back(generic);
  }
  return left;
}

bool IsMixin(Context& c, NodeId class_def) {
  return c.State<Mixins>().classes.contains(class_def.index);
}

NodeId ExtendedBase(Context& c, NodeId class_def, const NodeList& bases) {
  if (bases.empty()) return kNoNode;
  NodeId extended;
  NodeList copied;
  for (auto it = bases.rbegin(); it != bases.rend(); ++it) {
    NodeId in_file = ClassInFile(c, *it);
    if (in_file && IsMixin(c, in_file)) {
      extended = c.NewCall(c.Expr(*it), {extended ? extended : c.NewName("Object")}, *it);
    } else {
      if (extended) copied.push_back(extended);
      extended = c.Expr(*it);
    }
  }
  if (copied.empty()) return extended;
  // Whatever the others are: their members are copied, as far as the first base has none of the name.
  c.Say("no-multiple-inheritance", class_def);
  NodeList args{extended};
  args.insert(args.end(), copied.rbegin(), copied.rend());
  return c.NewCall(Local(c, "withMembersOf"), std::move(args), class_def);
}

}  // namespace asyncport::translate::to_js
