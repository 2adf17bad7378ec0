// Elements of containers: indexing, iterating, adding and merging.
// Example: `this.jobs[id] = job` adds the type of `job` to the element cell of every dict that `this.jobs` can be.
#include "facts/infer.h"

#include <algorithm>
#include <cstdlib>

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::uint32_t kSequences = Bit(TypeKind::kList) | Bit(TypeKind::kTuple);

}  // namespace

SetId Inference::At(SetId sequence, std::size_t position) {
  sequence = Resolve(sequence);
  if (sequence == kUnknownSet) return kUnknownSet;
  SetId result = PartOfText(sequence);
  const std::vector<SiteId> sites = lattice_.Sites(sequence);
  for (SiteId site : sites) {
    const CellId member = lattice_.Member(site, position);
    const bool exact = member != 0 && Read(lattice_.Shuffled(site)) == kNeverSet;
    result =
        lattice_.Join(result, exact ? ReadRaw(member) : ElementOf(lattice_.OfSite(site), false));
  }
  return result;
}

SetId Inference::ValuesOf(SetId dict) {
  dict = Resolve(dict);
  if (dict == kUnknownSet) return kUnknownSet;
  SetId result = kNeverSet;
  const std::vector<SiteId> sites = lattice_.Sites(dict);
  for (SiteId id : sites) {
    const TypeKind kind = lattice_.site(id).kind;
    if (kind == TypeKind::kInstance && lattice_.site(id).name.empty()) return kUnknownSet;
    result = lattice_.Join(result, Read(lattice_.Element(id)));
    if (kind == TypeKind::kDict) result = lattice_.Join(result, Read(lattice_.Shuffled(id)));
  }
  return result;
}

void Inference::AddField(SiteId site, Atom name, SetId value) {
  lattice_.Add(lattice_.Field(site, name), value);
  const TypeKind kind = lattice_.site(site).kind;
  if (kind == TypeKind::kDict) lattice_.Add(lattice_.Key(site), lattice_.Of(TypeKind::kStr));
  if (kind == TypeKind::kDict || kind == TypeKind::kInstance)
    lattice_.Add(lattice_.Shuffled(site), value);
}

SetId Inference::KeysOf(SetId dict) {
  dict = Resolve(dict);
  if (dict == kUnknownSet) return kUnknownSet;
  SetId result = kNeverSet;
  const std::vector<SiteId> sites = lattice_.Sites(dict);
  for (SiteId id : sites) result = lattice_.Join(result, Read(lattice_.Key(id)));
  return result;
}

SetId Inference::ElementOf(SetId iterable, bool is_async) {
  iterable = Resolve(iterable);
  if (iterable == kUnknownSet) return kUnknownSet;
  SetId result = kNeverSet;
  const std::uint32_t bits = lattice_.Bits(iterable);
  if ((bits & (Bit(TypeKind::kStr) | Bit(TypeKind::kMatch))) != 0) result = PartOfText(iterable);
  if ((bits & Bit(TypeKind::kBytes)) != 0)
    result = lattice_.Join(result, lattice_.Of(TypeKind::kInt));
  const std::vector<SiteId> sites = lattice_.Sites(iterable);
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    SetId element = kNeverSet;
    switch (site.kind) {
      case TypeKind::kDict:
        element = is_js_ ? kNeverSet : KeysOf(lattice_.OfSite(id));
        break;
      case TypeKind::kMap:
        element = is_js_ ? lattice_.OfSite(MakeTuple(
                               site.node, 99, {Read(lattice_.Key(id)), Read(lattice_.Element(id))}))
                         : KeysOf(lattice_.OfSite(id));
        break;
      case TypeKind::kInstance: {
        if (!site.name.empty()) {
          const LibraryEntry* entry =
              FindMember(site.name, tree_.strings().Intern(is_async ? "@aiter" : "@iter"));
          element = entry != nullptr ? CallLibrary(*entry, lattice_.OfSite(id), {}, current_)
                                     : kUnknownSet;
          break;
        }
        element = kUnknownSet;
        if (is_js_) {  // *[Symbol.iterator]() and its async twin
          for (NodeId member : ir::Block(tree_, ClassBody(site.node)).statements()) {
            const auto method = ir::As<ir::Method>(tree_, member);
            if (!method || !method.computed_key()) continue;
            const std::string key = names_.PathOf(method.computed_key());
            if (key != "Symbol.iterator" && key != "Symbol.asyncIterator") continue;
            is_called_[member.index] = true;
            const SetId iterator = ResultOf(member);
            const std::uint32_t iterators =
                Bit(TypeKind::kIterator) | Bit(TypeKind::kAsyncIterator);
            if (lattice_.OnlyKinds(iterator, iterators)) {
              element = ElementOf(iterator, is_async);
            } else if (iterator != kUnknownSet) {
              // The protocol by hand: next() gives { value, done }.
              Args none;
              const SetId step =
                  Awaited(CallMethod(iterator, tree_.strings().Intern("next"), none, current_));
              element = ReadMember(step, tree_.strings().Intern("value"), current_);
              element = lattice_.Without(element, Bit(TypeKind::kUndefined));
            }
          }
          break;
        }
        const Atom iter = tree_.strings().Intern(is_async ? "__aiter__" : "__iter__");
        const Atom next = tree_.strings().Intern(is_async ? "__anext__" : "__next__");
        if (NodeId method = FindMethod(site.node, next, false)) {
          is_called_[method.index] = true;
          element = ResultOf(method);
          if (is_async) element = Awaited(element);
        } else if (NodeId maker = FindMethod(site.node, iter, false)) {
          is_called_[maker.index] = true;
          const SetId iterator = ResultOf(maker);
          if (iterator != lattice_.OfSite(id)) element = ElementOf(iterator, is_async);
        }
        break;
      }
      case TypeKind::kFunction:
      case TypeKind::kModule:
        element = kUnknownSet;
        break;
      case TypeKind::kClass:
        element = HasLibraryBase(site.node, "enum.")
                      ? lattice_.OfSite(lattice_.SiteAt(site.node, TypeKind::kInstance))
                      : kUnknownSet;
        break;
      default:
        element = Read(lattice_.Element(id));
        break;
    }
    result = lattice_.Join(result, element);
  }
  return is_async && is_js_ ? Awaited(result) : result;
}

SetId Inference::ReadIndex(SetId object, NodeId index, NodeId at) {
  object = Resolve(object);
  if (object == kUnknownSet) return kUnknownSet;
  if (tree_.Is(index, NodeKind::kSlice)) {
    SetId result = lattice_.Join(lattice_.Keep(object, Bit(TypeKind::kBytes)), PartOfText(object));
    for (TypeKind kind : {TypeKind::kList, TypeKind::kTuple}) {
      const SetId part = lattice_.Keep(object, Bit(kind));
      if (part != kNeverSet) {
        result = lattice_.Join(result, lattice_.OfSite(Make(kind, at, 0, ElementOf(part, false))));
      }
    }
    return result;
  }
  const SetId key = Read(index);
  const auto name = ir::As<ir::String>(tree_, index);
  SetId result = PartOfText(lattice_.Keep(object, Bit(TypeKind::kStr)));
  if ((lattice_.Bits(object) & Bit(TypeKind::kBytes)) != 0) {
    result = lattice_.Join(result, lattice_.Of(TypeKind::kInt));
  }
  const SetId sequences = lattice_.Keep(object, kSequences);
  if (sequences != kNeverSet) {
    SetId element = ElementOf(sequences, false);
    if (auto number = ir::As<ir::Number>(tree_, index)) {
      const std::string text(number.text());
      if (number.kind() == ir::NumberKind::kInt && text.size() < 4) {
        element = At(sequences, static_cast<std::size_t>(std::strtoul(text.c_str(), nullptr, 10)));
      }
    }
    result = lattice_.Join(result, element);
  }
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    switch (site.kind) {
      case TypeKind::kList:
      case TypeKind::kTuple:
        break;
      case TypeKind::kDict:
        if (!site.name.empty() && key != kNeverSet)
          lattice_.Add(lattice_.Key(id), key);  // defaultdict
        if (name) {
          const CellId field = lattice_.Field(id, tree_.node(index).atom);
          const SetId value = lattice_.Join(Read(field), Read(lattice_.Element(id)));
          result = lattice_.Join(result,
                                 is_js_ && value == kNeverSet && FillsGaps() ? Nothing() : value);
        } else {
          result = lattice_.Join(result, ValuesOf(lattice_.OfSite(id)));
        }
        break;
      case TypeKind::kMap:
        result = lattice_.Join(result, Read(lattice_.Element(id)));
        break;
      case TypeKind::kMatch:
        result = lattice_.Join(result, PartOfText(lattice_.OfSite(id)));
        break;
      case TypeKind::kInstance: {
        if (site.name.empty()) {
          const NodeId method = FindMethod(site.node, tree_.strings().Intern("__getitem__"), false);
          if (is_js_ || !method) return kUnknownSet;
          Args args;
          args.positional = {key};
          result = lattice_.Join(result, CallDeclared(method, args, at));
          break;
        }
        const LibraryEntry* entry = FindMember(site.name, tree_.strings().Intern("@index"));
        if (entry == nullptr) return kUnknownSet;
        result = lattice_.Join(result, CallLibrary(*entry, lattice_.OfSite(id), {}, at));
        break;
      }
      case TypeKind::kClass:  // Colour["RED"]
        if (!site.name.empty() || !HasLibraryBase(site.node, "enum.")) return kUnknownSet;
        result =
            lattice_.Join(result, lattice_.OfSite(lattice_.SiteAt(site.node, TypeKind::kInstance)));
        break;
      default:
        return kUnknownSet;
    }
  }
  if ((lattice_.Bits(object) & Bit(TypeKind::kMatch)) != 0) {
    result = lattice_.Join(result, PartOfText(lattice_.Of(TypeKind::kMatch)));
  }
  return result;
}

void Inference::WriteIndex(SetId object, NodeId index, SetId value) {
  object = Resolve(object);
  if (object == kUnknownSet || value == kNeverSet) return;
  const SetId key = Read(index);
  const auto name = ir::As<ir::String>(tree_, index);
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId site : sites) {
    switch (lattice_.site(site).kind) {
      case TypeKind::kList:
        if (tree_.Is(index, NodeKind::kSlice)) {
          lattice_.Add(lattice_.Element(site), ElementOf(value, false));
        } else {
          lattice_.Add(lattice_.Element(site), value);
        }
        lattice_.Add(lattice_.Shuffled(site), lattice_.Of(TypeKind::kBool));
        break;
      case TypeKind::kDict:
      case TypeKind::kMap:
        lattice_.Add(lattice_.Key(site), key);
        if (name) {
          AddField(site, tree_.node(index).atom, value);
        } else {
          lattice_.Add(lattice_.Element(site), value);
        }
        break;
      case TypeKind::kInstance: {
        const Site target = lattice_.site(site);
        if (is_js_ || !target.name.empty()) break;
        if (NodeId method = FindMethod(target.node, tree_.strings().Intern("__setitem__"), false)) {
          Args args;
          args.positional = {key, value};
          CallDeclared(method, args, NodeId{});
        }
        break;
      }
      default:
        break;
    }
  }
}

void Inference::Push(SetId into, SetId value) {
  into = Resolve(into);
  if (into == kUnknownSet || value == kNeverSet) return;
  const std::vector<SiteId> sites = lattice_.Sites(into);
  for (SiteId site : sites) {
    lattice_.Add(lattice_.Element(site), value);
    // The length is no longer that of the literal.
    if (lattice_.site(site).kind == TypeKind::kList) lattice_.Add(lattice_.Key(site), lattice_.Of(TypeKind::kInt));
  }
}

// `into` gets what `from` has: object spread, Object.assign, dict.update, list.extend.
void Inference::Merge(SetId into, SetId from) {
  into = Resolve(into);
  from = Resolve(from);
  if (into == kUnknownSet || from == kNeverSet) return;
  const std::vector<SiteId> targets = lattice_.Sites(into);
  const std::vector<SiteId> sources = lattice_.Sites(from);
  for (SiteId target : targets) {
    const TypeKind kind = lattice_.site(target).kind;
    if (kind != TypeKind::kDict && kind != TypeKind::kMap && kind != TypeKind::kInstance) {
      lattice_.Add(lattice_.Element(target), ElementOf(from, false));
      continue;
    }
    if (from == kUnknownSet) {
      if (kind == TypeKind::kInstance) continue;
      lattice_.Add(lattice_.Element(target), kUnknownSet);
      lattice_.Add(lattice_.Key(target), is_js_ ? lattice_.Of(TypeKind::kStr) : kUnknownSet);
      continue;
    }
    for (SiteId source : sources) {
      const Site site = lattice_.site(source);
      if (site.kind == TypeKind::kInstance && kind != TypeKind::kInstance) {
        if (!site.name.empty() || !is_js_) {
          lattice_.Add(lattice_.Element(target), kUnknownSet);
          continue;
        }
        Read(lattice_.Shuffled(source));  // grows with every field
        const auto fields = lattice_.site(source).fields;
        for (const auto& [name, cell] : fields) {
          if (!FindMethod(site.node, name, false)) AddField(target, name, Read(cell));
        }
        continue;
      }
      if (site.kind == TypeKind::kDict || site.kind == TypeKind::kMap) {
        lattice_.Add(lattice_.Key(target), Read(lattice_.Key(source)));
        lattice_.Add(lattice_.Element(target), Read(lattice_.Element(source)));
        for (const auto& [name, cell] : site.fields) {
          AddField(target, name, Read(cell));
        }
      } else if (site.kind == TypeKind::kList || site.kind == TypeKind::kIterator) {
        const SetId pair = ElementOf(lattice_.OfSite(source), false);  // of (key, value) pairs
        lattice_.Add(lattice_.Key(target), At(pair, 0));
        lattice_.Add(lattice_.Element(target), At(pair, 1));
      }
    }
  }
}

SiteId Inference::Make(TypeKind kind, NodeId node, std::uint32_t variant, SetId element,
                       SetId key) {
  const SiteId site = lattice_.SiteAt(node, kind, variant);
  lattice_.Add(lattice_.Element(site), element);
  if (key != kNeverSet) lattice_.Add(lattice_.Key(site), key);
  return site;
}

SiteId Inference::MakeTuple(NodeId node, std::uint32_t variant, const std::vector<SetId>& items) {
  const SiteId site = lattice_.SiteAt(node, TypeKind::kTuple, variant);
  if (lattice_.site(site).members.empty() && lattice_.FindSite(site) == site) {
    std::vector<CellId> members(items.size());
    for (CellId& cell : members) cell = lattice_.NewCell();
    lattice_.site(site).members = std::move(members);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (CellId member = lattice_.Member(site, i)) lattice_.Add(member, items[i]);
    lattice_.Add(lattice_.Element(site), items[i]);
  }
  return site;
}

}  // namespace asyncport::facts
