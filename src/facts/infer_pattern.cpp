// Patterns: what a value gives to the names, fields and elements that it is assigned to.
// Example: `const { name, ...rest } = user` binds the field `name`, and a copy of the others.
#include "facts/infer.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::uint32_t kSequences = Bit(TypeKind::kList) | Bit(TypeKind::kTuple);

}  // namespace

void Inference::BindList(std::span<const NodeId> elements, SetId value) {
  value = Resolve(value);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    NodeId element = elements[i];
    NodeId rest;
    if (auto view = ir::As<ir::RestPattern>(tree_, element)) rest = view.target();
    if (auto view = ir::As<ir::Spread>(tree_, element)) rest = view.value();
    if (rest) {
      if (value == kUnknownSet && is_js_) {
        Bind(rest, lattice_.OfSite(Make(TypeKind::kList, element, 0, kUnknownSet)));
      } else {
        Bind(rest, lattice_.OfSite(Make(TypeKind::kList, element, 0, ElementOf(value, false))));
      }
      // Positions after a rest count from the other end.
      for (std::size_t j = i + 1; j < elements.size(); ++j)
        Bind(elements[j], ElementOf(value, false));
      return;
    }
    if (tree_.Is(element, NodeKind::kRestPattern)) return;
    const bool is_sequence = value != kUnknownSet && lattice_.OnlyKinds(value, kSequences);
    Bind(element, is_sequence ? At(value, i) : ElementOf(value, false));
  }
}

// Python: what a class body binds is an attribute of the class, a class or a loop variable too.
void Inference::BindClassVariable(BindingId id, SetId value) {
  if (is_js_) return;
  const Binding& binding = scopes_.bindings[id.index];
  const NodeId owner = scopes_.scopes[binding.scope.index].node;
  if (!owner || !tree_.Is(owner, NodeKind::kClassDef)) return;
  lattice_.Add(lattice_.Field(lattice_.SiteAt(owner, TypeKind::kClass), binding.name), value);
}

void Inference::Bind(NodeId pattern, SetId value) {
  switch (tree_.kind(pattern)) {
    case NodeKind::kName:
      if (BindingId id = scopes_.binding_of[pattern.index]) {
        lattice_.Add(CellOf(id), value);
        BindClassVariable(id, value);
      }
      SetNode(pattern, value);
      break;
    case NodeKind::kAttribute:
      WriteMember(Read(ir::Attribute(tree_, pattern).object()), MemberAtom(pattern), value);
      break;
    case NodeKind::kSubscript: {
      const ir::Subscript subscript(tree_, pattern);
      WriteIndex(Read(subscript.object()), subscript.index(), value);
      break;
    }
    case NodeKind::kListPattern:
      SetNode(pattern, value);
      BindList(ir::ListPattern(tree_, pattern).elements(), value);
      break;
    case NodeKind::kList:
      BindList(ir::List(tree_, pattern).elements(), value);
      break;
    case NodeKind::kTuple:
      BindList(ir::Tuple(tree_, pattern).elements(), value);
      break;
    case NodeKind::kDefaultPattern: {
      const ir::DefaultPattern view(tree_, pattern);
      value = Resolve(value);
      value = lattice_.Without(value, Bit(TypeKind::kUndefined));
      Bind(view.target(), lattice_.Join(value, Read(view.default_value())));
      break;
    }
    case NodeKind::kObjectPattern: {
      const ir::ObjectPattern view(tree_, pattern);
      SetNode(pattern, value);
      for (NodeId id : view.properties()) {
        const auto property = ir::As<ir::PropertyPattern>(tree_, id);
        if (!property) continue;
        const SetId member = tree_.Is(property.key(), NodeKind::kString)
                                 ? ReadMember(value, tree_.node(property.key()).atom, id)
                                 : ReadIndex(value, property.key(), id);
        Bind(property.target(), member);
      }
      if (view.rest()) {
        const SiteId rest = lattice_.SiteAt(pattern, TypeKind::kDict);
        Merge(lattice_.OfSite(rest), value);
        Bind(view.rest(), lattice_.OfSite(rest));
      }
      break;
    }
    default:
      break;
  }
}

void Inference::BindMatch(NodeId pattern, SetId value) {
  value = Resolve(value);
  switch (tree_.kind(pattern)) {
    case NodeKind::kName:
      Bind(pattern, value);
      break;
    case NodeKind::kMatchAs: {
      const ir::MatchAs view(tree_, pattern);
      BindMatch(view.pattern(), value);
      SetId narrowed = value;
      if (auto type = ir::As<ir::MatchClass>(tree_, view.pattern())) {
        narrowed = KeepInstances(value, type.type(), true);
      }
      Bind(view.target(), narrowed);
      break;
    }
    case NodeKind::kMatchOr:
      for (NodeId alternative : ir::MatchOr(tree_, pattern).alternatives())
        BindMatch(alternative, value);
      break;
    case NodeKind::kMatchSequence: {
      const SetId sequence = value == kUnknownSet ? value : lattice_.Keep(value, kSequences);
      const auto elements = ir::MatchSequence(tree_, pattern).elements();
      for (std::size_t i = 0; i < elements.size(); ++i) {
        if (auto rest = ir::As<ir::RestPattern>(tree_, elements[i])) {
          if (rest.target()) {
            Bind(rest.target(), lattice_.OfSite(Make(TypeKind::kList, elements[i], 0,
                                                     ElementOf(sequence, false))));
          }
        } else {
          BindMatch(elements[i], At(sequence, i));
        }
      }
      break;
    }
    case NodeKind::kMatchMapping: {
      const ir::MatchMapping view(tree_, pattern);
      const SetId dict = value == kUnknownSet ? value : lattice_.Keep(value, Bit(TypeKind::kDict));
      for (NodeId id : view.entries()) {
        if (auto entry = ir::As<ir::MatchEntry>(tree_, id)) {
          BindMatch(entry.pattern(), ReadIndex(dict, entry.key(), id));
        }
      }
      if (view.rest()) Bind(view.rest(), dict);
      break;
    }
    case NodeKind::kMatchClass: {
      const ir::MatchClass view(tree_, pattern);
      const SetId narrowed = KeepInstances(value, view.type(), true);
      for (NodeId inner : view.positional()) {
        // `case str(x)`: the value itself.
        const bool is_builtin = lattice_.OnlyKinds(narrowed, kNumberBits | Bit(TypeKind::kStr));
        BindMatch(inner, is_builtin ? narrowed : kUnknownSet);
      }
      for (NodeId id : view.keywords()) {
        if (auto keyword = ir::As<ir::MatchKeyword>(tree_, id)) {
          BindMatch(keyword.pattern(), ReadMember(narrowed, tree_.node(id).atom, id));
        }
      }
      break;
    }
    default:
      break;
  }
}

}  // namespace asyncport::facts
