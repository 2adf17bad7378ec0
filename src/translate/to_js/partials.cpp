// functools.partial with keywords: an arrow that takes what is still open and calls with all of it in place. Without
// keywords, and of functions that are not of the file, see library.cpp.
// Example: `partial(power, exp=3)` of `def power(base, exp=2)` -> `(base) => power(base, 3)`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/signature.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// What the function is called with, one after the other: parameters, or the fields of a dataclass.
struct Target {
  NodeList positions;  // Param or Field
  NodeList options;    // keyword-only Params
  bool makes = false;
};

std::string_view SlotName(Context& c, NodeId slot) {
  if (auto field = c.As<Field>(slot)) return field.name();
  return c.src().text(c.As<Param>(slot).target());
}

std::optional<Target> TargetOf(Context& c, NodeId function) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(function));
  if (!type.decl) return std::nullopt;
  Target target;
  NodeId definition = type.decl;
  if (type.kind == facts::TypeKind::kClass) {
    target.makes = true;
    definition = FindMethod(c, type.decl, "__init__");
    if (!definition) {
      if (!IsDataclass(c, type.decl) && !IsNamedTuple(c, type.decl)) return std::nullopt;
      target.positions = DataFields(c, type.decl);
      return target;
    }
  } else if (type.kind != facts::TypeKind::kFunction) {
    return std::nullopt;
  }
  for (NodeId id : ParamsOf(c, definition)) {
    auto param = c.As<Param>(id);
    if (!c.src().Is(param.target(), NodeKind::kName)) return std::nullopt;
    if (param.kind() == ParamKind::kRest || param.kind() == ParamKind::kKeywordRest)
      return std::nullopt;
    (param.kind() == ParamKind::kKeywordOnly ? target.options : target.positions).push_back(id);
  }
  return target;
}

// Does a call of what the partial is bound to name a parameter that travels by position?
bool IsCalledByKeyword(Context& c, NodeId partial, const NodeList& positions) {
  auto assign = c.As<Assign>(c.facts().Parent(partial));
  if (!assign || assign.targets().size() != 1 || !c.src().Is(assign.targets()[0], NodeKind::kName))
    return false;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    if (!call || call.callee() != read) continue;
    for (NodeId slot : positions) {
      if (KeywordArg(c, call.id(), SlotName(c, slot))) return true;
    }
  }
  return false;
}

NodeId ParameterOf(Context& c, NodeId slot) {
  if (auto field = c.As<Field>(slot)) return c.NewName(c.names().Member(field.name(), false));
  return c.NewName(c.TargetName(c.As<Param>(slot).target()));
}

// `partial(print, "hello", sep="-")`
std::optional<NodeId> PartialPrint(Context& c, NodeId id, const NodeList& given) {
  NodeId sep = KeywordArg(c, id, "sep");
  if (!sep || c.As<Call>(id).args().size() != given.size() + 2) return std::nullopt;
  NodeList items;
  for (NodeId value : given) items.push_back(TextOf(c, value));
  items.push_back(c.New(make::Spread{.value = c.NewName("args")}, {}));
  NodeId all =
      given.empty() ? c.NewName("args") : c.New(make::List{.elements = std::move(items)}, {});
  return Js(c, "(...args) => console.log($L.join($S))", {{"L", all}, {"S", c.Expr(sep)}}, id);
}

std::optional<NodeId> TranslatePartial(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "functools.partial")) return std::nullopt;
  auto args = c.As<Call>(id).args();
  NodeList given;
  std::vector<Keyword> keywords;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (auto keyword = c.As<Keyword>(args[i])) {
      keywords.push_back(keyword);
    } else if (!HasCategory(c.src().kind(args[i]), category::Expr)) {
      return std::nullopt;
    } else if (i > 0) {
      given.push_back(args[i]);
    }
  }
  if (args.empty() || keywords.empty()) return std::nullopt;
  std::string name = c.facts().ResolvedName(args[0]);
  if (name == "print") return PartialPrint(c, id, given);
  if (name == "int" && given.empty() && keywords.size() == 1 && keywords[0].name() == "base") {
    return Js(c, "(text) => Number.parseInt(text, $B)", {{"B", c.Expr(keywords[0].value())}}, id);
  }
  std::optional<Target> target = TargetOf(c, args[0]);
  if (!target || given.size() > target->positions.size() ||
      IsCalledByKeyword(c, id, target->positions))
    return std::nullopt;
  auto value_of = [&](std::string_view slot) -> NodeId {
    for (Keyword& keyword : keywords) {
      if (keyword.name() == slot) return keyword.value();
    }
    return kNoNode;
  };
  NodeList params;
  NodeList passed;
  std::size_t placed = 0;
  std::size_t last = 0;  // one past the last position that is given
  for (std::size_t i = 0; i < target->positions.size(); ++i) {
    NodeId slot = target->positions[i];
    NodeId bound = i < given.size() ? given[i] : value_of(SlotName(c, slot));
    if (bound && !c.IsPure(bound)) return std::nullopt;  // Python evaluates it once
    if (bound) {
      passed.push_back(c.Expr(bound));
      placed += i < given.size() ? 0 : 1;
      last = i + 1;
    } else {
      params.push_back(ParameterOf(c, slot));
      passed.push_back(ParameterOf(c, slot));
      last = i + 1;
    }
  }
  passed.resize(last);
  NodeList entries;
  for (NodeId slot : target->options) {
    NodeId bound = value_of(SlotName(c, slot));
    if (!bound) continue;
    if (!c.IsPure(bound)) return std::nullopt;
    ++placed;
    entries.push_back(
        c.New(make::DictEntry{.key = c.NewString(OptionKey(c, slot)), .value = c.Expr(bound)}, {}));
  }
  if (placed != keywords.size()) return std::nullopt;
  if (!target->options.empty()) {
    params.push_back(c.NewName("options"));
    if (entries.empty()) {
      passed.push_back(c.NewName("options"));
    } else {
      entries.push_back(c.New(make::Spread{.value = c.NewName("options")}, {}));
      passed.push_back(c.New(make::Dict{.entries = std::move(entries)}, {}));
    }
  }
  NodeId callee = c.Expr(args[0]);
  // A method taken off its object was wrapped to keep it: here it is called on it.
  if (auto method = c.As<Attribute>(args[0]); method && !target->makes)
    callee = c.NewAttribute(c.Expr(method.object()), MemberName(c, method.object(), method.name()));
  NodeId body = target->makes ? c.New(make::New{.callee = callee, .args = std::move(passed)}, {})
                              : c.NewCall(callee, std::move(passed));
  return Arrow(c, std::move(params), body, id);
}

}  // namespace

void RegisterPartials(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslatePartial);
}

}  // namespace asyncport::translate::to_js
