// Destructuring: what Python unpacks itself, and what is read key by key or position by position.
// Example: `const { a, b: c = 1 } = o;` -> `a = o["a"]` and `c = o.get("b", 1)`.
#include "translate/to_py/destructuring.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "facts/contents.h"
#include "translate/to_py/absence.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/record_params.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

bool IsSimpleTarget(Context& c, NodeId pattern) {
  NodeKind kind = c.src().kind(pattern);
  return kind == NodeKind::kName || kind == NodeKind::kAttribute || kind == NodeKind::kSubscript;
}

namespace {

// `[a, b]` of plain names, with holes and a rest at the end: Python unpacks these itself, if the length is sure.
bool IsPlainListPattern(Context& c, NodeId pattern) {
  auto list = c.As<ListPattern>(pattern);
  if (!list || list.elements().empty()) return false;
  for (NodeId element : list.elements()) {
    NodeKind kind = c.src().kind(element);
    if (kind == NodeKind::kElision) continue;
    if (auto rest = c.As<RestPattern>(element)) {
      if (!c.src().Is(rest.target(), NodeKind::kName)) return false;
      continue;
    }
    if (kind == NodeKind::kListPattern ? !IsPlainListPattern(c, element)
                                       : !IsSimpleTarget(c, element) && !RecordParam(c, element))
      return false;
  }
  return true;
}

NodeId UnpackTarget(Context& c, NodeId pattern) {
  if (c.src().Is(pattern, NodeKind::kElision)) return c.NewName("_");
  if (auto rest = c.As<RestPattern>(pattern)) {
    return c.New(make::RestPattern{.target = c.Pattern(rest.target())}, pattern);
  }
  if (auto list = c.As<ListPattern>(pattern)) {
    NodeList elements;
    for (NodeId element : list.elements()) elements.push_back(UnpackTarget(c, element));
    return c.New(make::ListPattern{.elements = std::move(elements)}, pattern);
  }
  return c.Pattern(pattern);
}

// How many values the source expression surely has; -1 if that is not known.
long KnownLength(Context& c, NodeId value) {
  if (auto list = c.As<List>(value)) {
    for (NodeId e : list.elements()) {
      if (c.src().Is(e, NodeKind::kSpread)) return -1;
    }
    return static_cast<long>(list.elements().size());
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(value));
  bool fixed = type.kind == facts::TypeKind::kTuple || type.kind == facts::TypeKind::kList;
  if (fixed && !type.members.empty()) return static_cast<long>(type.members.size());
  return -1;
}

// `line.split(/\s+/)`: nobody knows how many words there are.
bool IsWords(Context& c, NodeId value) {
  auto split = c.MethodName(value) == "split" ? c.As<Call>(value) : Call();
  if (!split || split.args().size() != 1) return false;
  auto separator = c.As<String>(split.args()[0]);
  return c.src().Is(split.args()[0], NodeKind::kRegex) || (separator && separator.value() == " ");
}

// Does the code compare an item with undefined or null?
bool ItemIsCompared(Context& c, ListPattern pattern) {
  for (NodeId element : pattern.elements()) {
    const facts::BindingId binding =
        c.src().Is(element, NodeKind::kName) ? c.facts().BindingOf(element) : facts::BindingId{};
    if (!binding) continue;
    if (BindingIsTested(c, binding)) return true;
    for (NodeId read : c.facts().binding(binding).reads) {
      auto binary = c.As<Binary>(c.facts().Parent(read));
      if (!binary) continue;
      const NodeId other = binary.left() == read ? binary.right() : binary.left();
      if (c.src().Is(other, NodeKind::kUndefined) || c.src().Is(other, NodeKind::kNull))
        return true;
    }
  }
  return false;
}

// Does the code ask whether an item was there, and is that not known?
bool IsTakenWithCare(Context& c, ListPattern pattern, NodeId value) {
  if (KnownLength(c, value) >= 0 || c.src().Is(value, NodeKind::kAwait)) return false;
  if (IsWords(c, value)) return true;
  auto compared = [&](NodeId name) {
    for (NodeId read : c.facts().binding(c.facts().BindingOf(name)).reads) {
      auto binary = c.As<Binary>(c.facts().Parent(read));
      if (binary && (binary.op() == BinaryOp::kStrictEq || binary.op() == BinaryOp::kStrictNe))
        return true;
    }
    return false;
  };
  NodeKind kept = c.src().kind(value);
  bool stored =
      kept == NodeKind::kName || kept == NodeKind::kAttribute || kept == NodeKind::kSubscript;
  for (NodeId e : pattern.elements()) {
    if (!c.src().Is(e, NodeKind::kName) || !c.facts().BindingOf(e)) continue;
    if (BindingIsTested(c, c.facts().BindingOf(e)) || (stored && compared(e))) return true;
  }
  return false;
}

NodeId Fallback(Context& c, NodeId value, NodeId default_value, NodeId origin) {
  NodeId test = c.New(
      make::Binary{.left = value, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, {});
  return c.New(make::Conditional{.test = test, .then_value = value, .else_value = default_value},
               origin);
}

// Reads property `key` of a simple target expression.
NodeId ReadProperty(Context& c, NodeId object, NodeId key, NodeId default_value, bool as_attribute,
                    bool may_lack, NodeId origin) {
  auto name = c.As<String>(key);
  if (as_attribute && name) {
    NodeId read = c.NewAttribute(object, c.names().Member(name.value(), false), origin);
    return default_value ? Fallback(c, read, default_value, origin) : read;
  }
  NodeId target_key = name ? c.NewString(name.value()) : c.Expr(key);
  if (default_value) {
    return c.NewCall(c.NewAttribute(object, "get"), {target_key, default_value}, origin);
  }
  if (may_lack) return c.NewCall(c.NewAttribute(object, "get"), {target_key}, origin);
  return c.New(make::Subscript{.object = object, .index = target_key}, origin);
}

void AssignTo(Context& c, NodeId target_pattern, NodeId value, NodeId origin, NodeList& out) {
  out.push_back(c.NewAssign(c.Pattern(target_pattern), value, origin));
}

// The source node whose type is that of what the pattern takes apart.
NodeId TakenApart(Context& c, NodeId pattern) {
  NodeId parent = c.facts().Parent(pattern);
  if (auto assign = c.As<Assign>(parent)) return assign.value();
  return parent && c.src().Is(parent, NodeKind::kParam) ? parent : pattern;
}

// Objects that the file writes out, by their keys.
struct WrittenObjects {
  explicit WrittenObjects(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto dict = c.As<Dict>(NodeId{i});
      if (!dict) continue;
      std::unordered_set<std::string_view> own;
      bool open = false;
      for (NodeId e : dict.entries()) {
        auto entry = c.As<DictEntry>(e);
        if (entry && c.src().Is(entry.key(), NodeKind::kString))
          own.insert(c.src().text(entry.key()));
        else
          open = true;
      }
      if (!open && own.size() > 1) keys.push_back(std::move(own));
    }
  }
  std::vector<std::unordered_set<std::string_view>> keys;
};

// Is there an object of this sort without the property: `{ op, left }` beside `{ op, left, right }`?
bool LiteralsLack(Context& c, ObjectPattern pattern, std::string_view name) {
  const auto& all = c.State<WrittenObjects>().keys;
  return std::any_of(all.begin(), all.end(), [&](const auto& keys) {
    if (keys.contains(name)) return false;
    const auto properties = pattern.properties();
    return std::count_if(properties.begin(), properties.end(), [&](NodeId id) {
             const NodeId key = c.As<PropertyPattern>(id).key();
             return c.src().Is(key, NodeKind::kString) && keys.contains(c.src().text(key));
           }) > 1;
  });
}

// `const { groups, index } = text.match(re);`
NodeId MatchProperty(Context& c, std::string_view name, NodeId match, NodeId origin) {
  if (name == "groups") return c.NewCall(c.NewAttribute(match, "groupdict"), {}, origin);
  if (name == "index") return c.NewCall(c.NewAttribute(match, "start"), {}, origin);
  if (name == "input") return c.NewAttribute(match, "string", origin);
  return kNoNode;
}

// `function f({ a } = {})`: called without arguments, there is no `a`.
bool DefaultLacks(Context& c, NodeId taken_from, std::string_view name) {
  auto param = c.As<Param>(taken_from);
  auto literal = param ? c.As<Dict>(param.default_value()) : Dict{};
  if (!literal) return false;
  return std::none_of(literal.entries().begin(), literal.entries().end(), [&](NodeId e) {
    auto entry = c.As<DictEntry>(e);
    return !entry || c.src().text(entry.key()) == name;
  });
}

// Properties that some object literal of the file gives a value that may be undefined: a default counts for them too.
struct GivenUndefinedKeys {
  explicit GivenUndefinedKeys(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      // Outcomes have both of their parts, one of them None.
      if (c.IsCallTo(NodeId{i}, "Promise.allSettled")) names.insert({"value", "reason"});
      auto entry = c.As<DictEntry>(NodeId{i});
      if (!entry || !entry.value() || !c.src().Is(entry.key(), NodeKind::kString)) continue;
      const bool may_be =
          c.src().Is(entry.value(), NodeKind::kUndefined) ||
          (c.facts().KindOf(entry.value()) != facts::TypeKind::kUnknown &&
           c.facts().May(entry.value(), {facts::TypeKind::kUndefined}));
      if (may_be) names.insert(c.src().text(entry.key()));
    }
  }
  std::unordered_set<std::string_view> names;
};

// `m.groups`, `{ groups: { year, month = "01" } }`: a group that took no part is there, as None.
bool IsOfGroups(Context& c, NodeId pattern) {
  const NodeId parent = c.facts().Parent(pattern);
  if (auto property = c.As<PropertyPattern>(parent)) return c.src().text(property.key()) == "groups";
  auto assign = c.As<Assign>(parent);
  auto member = assign ? c.As<Attribute>(assign.value()) : Attribute();
  return member && member.name() == "groups";
}

// Do the object, or what the code does with the part, say that it may not be there?
bool IsOptional(Context& c, ObjectPattern pattern, NodeId taken_from, NodeId part) {
  auto property = c.As<PropertyPattern>(part);
  const std::string_view key = c.src().text(property.key());
  if (HasOpenKeys(c, taken_from)) return true;
  const bool tested = c.src().Is(property.target(), NodeKind::kName) &&
                      BindingIsTested(c, c.facts().BindingOf(property.target()));
  if (tested && MaySetFieldLater(c, taken_from, key)) return true;
  // `{ limit = 10, sort }` of something unknown: a bag of options.
  if (c.facts().KindOf(taken_from) != facts::TypeKind::kUnknown) return false;
  const auto all = pattern.properties();
  return tested || std::any_of(all.begin(), all.end(), [&](NodeId other) {
           return c.src().Is(c.As<PropertyPattern>(other).target(), NodeKind::kDefaultPattern);
         });
}

void DestructureObject(Context& c, ObjectPattern pattern, NodeId value, bool as_attributes,
                       NodeList& out) {
  const NodeId taken_from = TakenApart(c, pattern.id());
  const bool is_unknown = c.facts().KindOf(taken_from) == facts::TypeKind::kUnknown;
  const bool of_match =
      c.facts().May(taken_from, {facts::TypeKind::kMatch}) &&
      c.facts().Only(taken_from, {facts::TypeKind::kMatch, facts::TypeKind::kNull});
  if (is_unknown && !of_match && HasInstances(c) && !facts::IsJsonData(c.facts(), taken_from)) {
    SayUnknownObject(c, c.src().Is(taken_from, NodeKind::kName) ? taken_from : pattern.id());
  }
  NodeList taken;
  for (NodeId id : pattern.properties()) {
    auto property = c.As<PropertyPattern>(id);
    auto with_default = c.As<DefaultPattern>(property.target());
    NodeId target = with_default ? with_default.target() : property.target();
    NodeId default_value = with_default ? c.Expr(with_default.default_value()) : kNoNode;
    auto key = c.As<String>(property.key());
    taken.push_back(key ? c.NewString(key.value()) : c.Expr(property.key()));
    bool may_lack = c.src().Is(property.key(), NodeKind::kString) && IsSimpleTarget(c, target) &&
                    (MayLackField(c, taken_from, c.src().text(property.key())) ||
                     IsOptional(c, pattern, taken_from, id) ||
                     DefaultLacks(c, taken_from, c.src().text(property.key())) ||
                     (is_unknown && LiteralsLack(c, pattern, c.src().text(property.key()))));
    // `const { length } = xs;`
    const bool sized =
        key && key.value() == "length" && !default_value &&
        !c.facts().Only(taken_from, {facts::TypeKind::kDict, facts::TypeKind::kInstance,
                                     facts::TypeKind::kFunction});
    if (sized) {
      AssignTo(c, target, c.NewCall(c.NewName("len"), {value}, id), id, out);
      continue;
    }
    if (default_value && key && !as_attributes && IsSimpleTarget(c, target) &&
        (MayBeGivenUndefined(c, key.value()) || IsOfGroups(c, pattern.id()))) {
      AssignTo(c, target, ReadProperty(c, value, property.key(), {}, false, true, id), id, out);
      const NodeId is_none = c.New(
          make::Binary{.left = c.Pattern(target), .right = c.New(make::Null{}, {}), .op = BinaryOp::kIs},
          {});
      const NodeId fill = c.NewAssign(c.Pattern(target), default_value, {});
      out.push_back(c.New(make::If{.test = is_none, .body = c.NewBlock({fill})}, {}));
      continue;
    }
    NodeId read = of_match && key ? MatchProperty(c, key.value(), value, id) : kNoNode;
    if (!read)
      read = ReadProperty(c, value, property.key(), default_value, as_attributes, may_lack, id);
    if (IsSimpleTarget(c, target)) {
      AssignTo(c, target, read, id, out);
    } else {
      Destructure(c, target, read, false, out);
    }
  }
  if (pattern.rest()) {
    NodeId tuple = taken.size() == 1 ? kNoNode : c.New(make::SetLit{.elements = taken}, {});
    // A computed key may be called `key` itself.
    NodeId key = c.NewName(c.names().Taken("key") ? "name" : "key");
    NodeId test =
        tuple ? c.New(make::Binary{.left = key, .right = tuple, .op = BinaryOp::kNotIn}, {})
              : c.New(make::Binary{.left = key, .right = taken[0], .op = BinaryOp::kNe}, {});
    NodeId loop_target = c.New(make::ListPattern{.elements = {key, c.NewName("value")}}, {});
    NodeId items = c.NewCall(c.NewAttribute(value, "items"), {});
    NodeId comprehension = c.New(
        make::Comprehension{
            .element = key,
            .value = c.NewName("value"),
            .clauses = {c.New(make::CompFor{.target = loop_target, .iterable = items}, {}),
                        c.New(make::CompIf{.test = test}, {})},
            .kind = ComprehensionKind::kDict},
        pattern.rest());
    AssignTo(c, pattern.rest(), comprehension, pattern.rest(), out);
  }
}

void DestructureList(Context& c, ListPattern pattern, NodeId value, NodeList& out) {
  // Holes, defaults or an unsure length: read by position; what may be missing becomes None or its default.
  long index = 0;
  auto assign = c.As<Assign>(c.facts().Parent(pattern.id()));
  const NodeId source = TakenApart(c, pattern.id());
  const bool of_match = c.facts().KindOf(source) != facts::TypeKind::kUnknown &&
                        c.facts().May(source, {facts::TypeKind::kMatch});
  const long length = KnownLength(c, source);
  bool words = assign && assign.value() && IsWords(c, assign.value());
  bool careful = assign && assign.value() &&
                 c.facts().Only(assign.value(), {facts::TypeKind::kList}) &&
                 IsTakenWithCare(c, pattern, assign.value());
  for (NodeId element : pattern.elements()) {
    NodeId at = c.NewInt(index);
    if (auto rest = c.As<RestPattern>(element)) {
      NodeId slice = c.New(make::Slice{.lower = at}, {});
      AssignTo(c, rest.target(), c.New(make::Subscript{.object = value, .index = slice}, element),
               element, out);
      break;
    }
    if (!c.src().Is(element, NodeKind::kElision)) {
      auto with_default = c.As<DefaultPattern>(element);
      NodeId target = with_default ? with_default.target() : element;
      NodeId read = c.New(make::Subscript{.object = value, .index = at}, element);
      if (with_default && of_match) {
        // A group that took no part is there, as None.
        read = Fallback(c, read, c.Expr(with_default.default_value()), element);
      } else if (with_default) {
        NodeId size = c.NewCall(c.NewName("len"), {value});
        NodeId test = c.New(make::Binary{.left = size, .right = at, .op = BinaryOp::kGt}, {});
        read = c.New(make::Conditional{.test = test,
                                       .then_value = read,
                                       .else_value = c.Expr(with_default.default_value())},
                     element);
      } else if (length >= 0 && index >= length && c.src().Is(target, NodeKind::kName)) {
        read = c.New(make::Null{}, element);
      } else if (((words || careful) && index > 0) ||
                 (c.src().Is(target, NodeKind::kName) &&
                  BindingIsTested(c, c.facts().BindingOf(target)))) {
        NodeId size = c.NewCall(c.NewName("len"), {value});
        NodeId test = c.New(make::Binary{.left = size, .right = at, .op = BinaryOp::kGt}, {});
        read = c.New(
            make::Conditional{
                .test = test, .then_value = read, .else_value = c.New(make::Null{}, {})},
            element);
      }
      if (IsSimpleTarget(c, target)) {
        AssignTo(c, target, read, element, out);
      } else {
        Destructure(c, target, read, false, out);
      }
    }
    ++index;
  }
}

// `([word]) => ...` in what becomes a comprehension: Python unpacks all of an item.
std::optional<NodeId> TranslateItemPattern(Context& c, NodeId id) {
  if (!c.src().Is(c.facts().Parent(id), NodeKind::kParam)) return std::nullopt;
  auto pattern = c.As<ListPattern>(id);
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  bool fixed = (type.kind == facts::TypeKind::kTuple || type.kind == facts::TypeKind::kList) &&
               !type.members.empty();
  bool longer =
      fixed ? type.members.size() > pattern.elements().size() : pattern.elements().size() == 1;
  const bool holes = std::any_of(pattern.elements().begin(), pattern.elements().end(),
                                 [&](NodeId e) { return c.src().Is(e, NodeKind::kElision); });
  if (holes && !longer && IsPlainListPattern(c, id)) return UnpackTarget(c, id);
  if (!longer || !IsPlainListPattern(c, id)) return std::nullopt;
  auto all = ir::As<ListPattern>(c.dst(), UnpackTarget(c, id));
  NodeList elements(all.elements().begin(), all.elements().end());
  if (c.dst().Is(elements.back(), NodeKind::kRestPattern)) return std::nullopt;
  elements.push_back(c.New(make::RestPattern{.target = c.NewName("_")}, {}));
  return c.New(make::ListPattern{.elements = std::move(elements)}, id);
}

}  // namespace

NodeId ReadPart(Context& c, ObjectPattern pattern, NodeId id, NodeId value) {
  using facts::TypeKind;
  auto property = c.As<PropertyPattern>(id);
  const NodeId from = TakenApart(c, pattern.id());
  const bool of_match = c.facts().May(from, {TypeKind::kMatch}) &&
                        c.facts().Only(from, {TypeKind::kMatch, TypeKind::kNull});
  const bool is_unknown = c.facts().KindOf(from) == TypeKind::kUnknown;
  if (is_unknown && HasInstances(c) && !facts::IsJsonData(c.facts(), from)) {
    SayUnknownObject(c, pattern.id());
  }
  const std::string_view key = c.src().text(property.key());
  if (of_match) {
    if (NodeId read = MatchProperty(c, key, value, id)) return read;
  }
  const bool attributes = c.facts().Only(from, {TypeKind::kInstance, TypeKind::kClass}) ||
                          c.facts().Only(pattern.id(), {TypeKind::kInstance, TypeKind::kClass});
  if (key == "length" && !attributes && !c.facts().Only(from, {TypeKind::kDict})) {
    return c.NewCall(c.NewName("len"), {value}, id);
  }
  auto given = c.As<DefaultPattern>(property.target());
  const bool may_lack = IsSimpleTarget(c, property.target()) &&
                        (MayLackField(c, from, key) || IsOptional(c, pattern, from, id) || (is_unknown && LiteralsLack(c, pattern, key)));
  if (given && !attributes && (MayBeGivenUndefined(c, key) || IsOfGroups(c, pattern.id()))) {
    NodeId read = ReadProperty(c, value, property.key(), {}, false, true, id);
    return Fallback(c, read, c.Expr(given.default_value()), id);
  }
  return ReadProperty(c, value, property.key(), given ? c.Expr(given.default_value()) : kNoNode,
                      attributes, may_lack, id);
}

bool MayBeGivenUndefined(Context& c, std::string_view property) {
  return c.State<GivenUndefinedKeys>().names.contains(property);
}

// One target, one value: the common statement.
void AssignOne(Context& c, NodeId origin, NodeId target, NodeId value, NodeList& out) {
  if (IsSimpleTarget(c, target)) {
    NodeId translated = c.Expr(value);
    out.push_back(c.NewAssign(c.Pattern(target), translated, origin));
    return;
  }
  // Swaps and literals on the right: `[a, b] = [b, a]` -> `a, b = b, a`.
  auto literal = c.As<List>(value);
  long length = KnownLength(c, value);
  auto pattern = c.As<ListPattern>(target);
  bool has_rest = false;
  if (pattern) {
    for (NodeId e : pattern.elements())
      has_rest = has_rest || c.src().Is(e, NodeKind::kRestPattern);
  }
  bool length_fits =
      pattern && (length == static_cast<long>(pattern.elements().size()) ||
                  (has_rest && length >= static_cast<long>(pattern.elements().size()) - 1));
  bool unknown_length = length < 0;
  bool single = pattern && pattern.elements().size() == 1 && !has_rest && !literal;
  // `const [op, arg] = line.split(" ");` where the code asks whether there was an `arg`.
  bool tested = pattern && IsTakenWithCare(c, pattern, value);
  if (pattern && !single && !tested && IsPlainListPattern(c, target) &&
      (length_fits || unknown_length)) {
    NodeId translated = literal && length_fits && !has_rest
                            ? c.New(make::Tuple{.elements = c.Exprs(literal.elements())}, value)
                            : c.Expr(value);
    // `const [a, b] = counter;` takes as many as it wants of an iterable.
    if (unknown_length && !has_rest &&
        c.facts().Only(value, {facts::TypeKind::kInstance, facts::TypeKind::kIterator,
                               facts::TypeKind::kSet, facts::TypeKind::kStr})) {
      NodeId all = UnpackTarget(c, target);
      auto elements = ir::As<ListPattern>(c.dst(), all).elements();
      NodeList wanted(elements.begin(), elements.end());
      wanted.push_back(c.New(make::RestPattern{.target = c.NewName("_")}, {}));
      out.push_back(c.NewAssign(c.New(make::ListPattern{.elements = std::move(wanted)}, target),
                                translated, origin));
      return;
    }
    // A list that is kept somewhere may be longer: the first of it.
    NodeKind kept = c.src().kind(value);
    bool may_be_longer =
        unknown_length && !has_rest && c.facts().Only(value, {facts::TypeKind::kList}) &&
        (kept == NodeKind::kName || kept == NodeKind::kAttribute || kept == NodeKind::kSubscript);
    if (may_be_longer) {
      NodeId head = c.New(
          make::Slice{.upper = c.NewInt(static_cast<long long>(pattern.elements().size()))}, {});
      translated = c.New(make::Subscript{.object = translated, .index = head}, value);
    }
    // What is awaited together has as many results as there were operations; elsewhere the length is an assumption.
    if (unknown_length && !has_rest && !c.src().Is(value, NodeKind::kAwait))
      c.SayOnce("unpack-exact-length", target);
    out.push_back(c.NewAssign(UnpackTarget(c, target), translated, origin));
    return;
  }
  NodeId translated = c.Expr(value);
  std::size_t before = out.size();
  Destructure(c, target, translated, c.IsPure(value) && c.src().Is(value, NodeKind::kName), out);
  if (out.size() > before) c.dst().set_origin(out[before], origin);
}

void Destructure(Context& c, NodeId pattern, NodeId value, bool value_is_simple, NodeList& out) {
  if (auto object = c.As<ObjectPattern>(pattern)) {
    std::size_t parts = object.properties().size() + (object.rest() ? 1 : 0);
    if (!value_is_simple && parts != 1) {
      std::string name = c.names().Fresh("record");
      out.push_back(c.NewAssign(c.NewName(name), value, pattern));
      value = c.NewName(name);
    }
    using facts::TypeKind;
    NodeId source = TakenApart(c, pattern);
    bool attributes = c.facts().Only(source, {TypeKind::kInstance, TypeKind::kClass}) ||
                      c.src().Is(source, NodeKind::kSelfRef) ||
                      c.facts().Only(pattern, {TypeKind::kInstance, TypeKind::kClass});
    DestructureObject(c, object, value, attributes, out);
    return;
  }
  if (auto list = c.As<ListPattern>(pattern)) {
    if (c.facts().Only(pattern, {facts::TypeKind::kMatch})) {
      UnpackMatch(c, pattern, value, 0, out);
      return;
    }
    using facts::TypeKind;
    const facts::Type& type = c.facts().type(c.facts().TypeOf(TakenApart(c, pattern)));
    bool fixed = type.kind == TypeKind::kTuple || type.kind == TypeKind::kList;
    bool longer =
        list.elements().size() == 1 || (fixed && type.members.size() > list.elements().size());
    auto assign = c.As<Assign>(c.facts().Parent(pattern));
    bool careful = assign && assign.value() ? IsTakenWithCare(c, list, assign.value())
                                            : ItemIsCompared(c, list);
    const bool shorter = fixed && !type.members.empty() && type.members.size() < list.elements().size();
    if (!longer && !careful && !shorter && IsPlainListPattern(c, pattern)) {
      out.push_back(c.NewAssign(UnpackTarget(c, pattern), value, pattern));
      return;
    }
    bool walks = c.facts().Only(TakenApart(c, pattern), {TypeKind::kSet, TypeKind::kMap,
                                                         TypeKind::kIterator, TypeKind::kInstance});
    NodeId only = list.elements().size() == 1 ? list.elements()[0] : kNoNode;
    if (walks && only && c.src().Is(only, NodeKind::kName)) {
      // `const [oldest] = entries.keys();`: the first that comes.
      NodeId iterable = c.facts().Only(TakenApart(c, pattern), {TypeKind::kMap})
                            ? c.NewCall(c.NewAttribute(value, "items"), {})
                            : value;
      NodeId first = c.NewCall(c.NewName("iter"), {iterable});
      out.push_back(c.NewAssign(c.Pattern(only),
                                c.NewCall(c.NewName("next"), {first, c.New(make::Null{}, {})}),
                                pattern));
      return;
    }
    if (!value_is_simple || walks) {
      std::string name = c.names().Fresh("values");
      out.push_back(c.NewAssign(c.NewName(name),
                                walks ? c.NewCall(c.NewName("list"), {value}) : value, pattern));
      value = c.NewName(name);
    }
    DestructureList(c, list, value, out);
    return;
  }
  AssignTo(c, pattern, value, pattern, out);
}

void DestructureByPosition(Context& c, NodeId pattern, NodeId value, NodeList& out) {
  std::string name = c.names().Fresh("values");
  out.push_back(c.NewAssign(c.NewName(name), value, pattern));
  DestructureList(c, c.As<ListPattern>(pattern), c.NewName(name), out);
}

void RegisterDestructuring(Topics& t) {
  t.Claim(NodeKind::kListPattern, Order::kBeforeCards, &TranslateItemPattern);
}

}  // namespace asyncport::translate::to_py
