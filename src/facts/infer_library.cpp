// Calls of library functions: a signature of the tables is applied to one call, its effects first.
// Example: for `xs.push(1)`, the effect `push(args)` adds int to the elements of xs; the result is int.
#include "facts/infer.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

// Library functions that call functions that call library functions ...; real code stays below ten.
constexpr int kMaxCallDepth = 24;

}  // namespace

// One use of a signature.
struct Inference::Application {
  const Signature& signature;
  SetId self;
  const Args& args;
  NodeId at;
  std::uint32_t salt;  // tells the values of the library itself apart, which no node makes
  std::uint32_t looks;  // of the texts it makes

  // Sites of one call are told apart by the term that makes them.
  std::uint32_t Variant(std::uint32_t term) const { return salt << 6 | (term + 2); }
  SetId Arg(std::size_t i) const {
    if (i < args.positional.size()) return args.positional[i];
    return args.has_spread ? args.spread : kNeverSet;
  }
  bool Has(std::size_t i) const { return i < args.positional.size() || args.has_spread; }
};

const Signature& Inference::SignatureOf(const LibraryEntry& entry) {
  auto [it, is_new] = signatures_.try_emplace(&entry);
  if (is_new) it->second = ParseSignature(entry.signature);
  return it->second;
}

SetId Inference::LibraryValue(std::string_view path) {
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  if (const LibraryEntry* entry = FindLibrary(language, path)) {
    switch (SignatureOf(*entry).form) {
      case SignatureForm::kFunction:
        return lattice_.OfSite(lattice_.NamedSite(TypeKind::kFunction, entry->name));
      case SignatureForm::kClass:
        return lattice_.OfSite(lattice_.NamedSite(TypeKind::kClass, entry->name));
      case SignatureForm::kValue:
        return CallLibrary(*entry, kUnknownSet, {}, NodeId{});
    }
  }
  if (IsErrorName(path)) return lattice_.OfSite(lattice_.NamedSite(TypeKind::kClass, path));
  if (IsLibraryNamespace(language, path)) {
    return lattice_.OfSite(lattice_.NamedSite(TypeKind::kModule, path));
  }
  return kUnknownSet;
}

SetId Inference::CallLibrary(const LibraryEntry& entry, SetId self, const Args& args, NodeId at) {
  const Signature& signature = SignatureOf(entry);
  if (signature.terms.empty() || call_depth_ > kMaxCallDepth) return kUnknownSet;
  ++call_depth_;
  const std::uint32_t salt =
      at ? 0 : static_cast<std::uint32_t>(std::hash<std::string_view>{}(entry.name) & 0x3ffff);
  Application call{signature, self, args, at, salt, is_js_ ? 0 : LooksOfResult(entry, self, args, at)};
  constexpr std::string_view kEmitter = "node:events.EventEmitter#";
  const bool is_event = is_js_ && entry.name.starts_with(kEmitter) &&
                        CallEmitter(entry.name.substr(kEmitter.size()), self, args, at);
  if (!is_event) {
    for (const Effect& effect : signature.effects) Apply(call, effect);
  }
  SetId result = Evaluate(call, signature.result);
  if (!is_js_ && entry.name == "abs" && !args.positional.empty()) {  // `__abs__`
    const SetId value = Resolve(args.positional[0]);
    const bool is_own = value != kUnknownSet && (lattice_.Kinds(value) & Bit(TypeKind::kInstance)) != 0;
    if (is_own) result = CallMethod(value, AtomOf("__abs__"), {}, at);
  }
  if (entry.name == "JSON.parse") result = JsonCopy(at);
  if (entry.name == "AbortSignal#reason") result = AbortReason(entry.name, args, result);
  if (entry.name == "AbortController#abort" || entry.name == "AbortSignal.abort") AbortReason(entry.name, args, result);
  --call_depth_;
  return result;
}

// `JSON.parse(JSON.stringify(x))` is of x's type.
SetId Inference::JsonCopy(NodeId parse) {
  const auto outer = ir::As<ir::Call>(tree_, parse);
  const auto inner = outer && outer.args().size() == 1 ? ir::As<ir::Call>(tree_, outer.args()[0]) : ir::Call();
  const auto method = inner && inner.args().size() == 1 ? ir::As<ir::Attribute>(tree_, inner.callee()) : ir::Attribute();
  if (!method || method.name() != "stringify") return kUnknownSet;
  return ValueOf(inner.args()[0]);
}

void Inference::Apply(Application& call, const Effect& effect) {
  const SetId target = effect.on_argument ? call.Arg(effect.arg) : call.self;
  std::vector<SetId> values;
  for (std::uint32_t kid : effect.kids) {
    const Term& term = call.signature.terms[kid];
    // `setTimeout(resolve, ms)` calls resolve with nothing.
    if (effect.op == EffectOp::kCall && term.op == TermOp::kArg && !call.Has(term.arg)) break;
    values.push_back(Evaluate(call, kid));
  }
  switch (effect.op) {
    case EffectOp::kCall:
    case EffectOp::kCallKeyword: {
      SetId callee = call.Arg(effect.arg);
      if (effect.op == EffectOp::kCallKeyword) {
        callee = kNeverSet;
        for (const auto& [name, value] : call.args.keywords) {
          if (TextOf(name) == effect.name) callee = value;
        }
      }
      Args args;
      args.positional = std::move(values);
      callee = Resolve(callee);
      if (callee != kUnknownSet) CallSet(callee, args, call.at);
      break;
    }
    case EffectOp::kPush:
      if (!values.empty()) Push(target, values[0]);
      break;
    case EffectOp::kPut:
      if (values.size() == 2 && target != kUnknownSet) {
        const std::vector<SiteId> sites = lattice_.Sites(Resolve(target));
        for (SiteId site : sites) {
          lattice_.Add(lattice_.Key(site), values[0]);
          lattice_.Add(lattice_.Element(site), values[1]);
        }
      }
      break;
    case EffectOp::kMerge:
      for (SetId value : values) Merge(target, value);
      break;
    case EffectOp::kShuffle: {
      if (target == kUnknownSet) break;
      const std::vector<SiteId> sites = lattice_.Sites(Resolve(target));
      for (SiteId site : sites) {
        if (lattice_.site(site).kind == TypeKind::kList) {
          lattice_.Add(lattice_.Shuffled(site), lattice_.Of(TypeKind::kBool));
        }
      }
      break;
    }
  }
}

SetId Inference::MakeFrom(Application& call, std::uint32_t index) {
  const Term& term = call.signature.terms[index];
  std::vector<SetId> kids;
  // Keys that the library itself makes are names.
  const std::uint32_t looks = std::exchange(call.looks, term.kind == TypeKind::kDict ? 0 : call.looks);
  for (std::uint32_t kid : term.kids) kids.push_back(Evaluate(call, kid));
  call.looks = looks;
  const std::uint32_t variant = call.Variant(index);
  if (term.kind == TypeKind::kTuple && kids.size() > 1) {
    return lattice_.OfSite(MakeTuple(call.at, variant, kids));
  }
  if (kids.size() == 2) return lattice_.OfSite(Make(term.kind, call.at, variant, kids[1], kids[0]));
  return lattice_.OfSite(Make(term.kind, call.at, variant, kids.empty() ? kNeverSet : kids[0]));
}

// A literal with the flag g, or a variable that holds nothing else.
bool Inference::IsGlobalRegex(NodeId node) const {
  if (tree_.Is(node, NodeKind::kName)) {
    const Binding& binding = scopes_.bindings[scopes_.binding_of[node.index].index];
    const auto assign = ir::As<ir::Assign>(tree_, binding.definition);
    if (binding.reassigned || !assign || !assign.value()) return false;
    node = assign.value();
  }
  if (!tree_.Is(node, NodeKind::kRegex)) return false;
  const std::string_view text = tree_.text(node);
  return text.find('g', text.rfind('/')) != std::string_view::npos;
}

// What the awaitables of a list give, together.
SetId Inference::Gather(Application& call, SetId list, std::uint32_t index) {
  list = Resolve(list);
  const std::uint32_t variant = call.Variant(index);
  if (list != kUnknownSet) {
    const std::vector<SiteId> sites = lattice_.Sites(list);
    if (sites.size() == 1 && !lattice_.site(sites[0]).members.empty() &&
        Read(lattice_.Shuffled(sites[0])) == kNeverSet) {
      std::vector<SetId> items;
      const std::vector<CellId> members = lattice_.site(sites[0]).members;
      for (CellId member : members) items.push_back(Awaited(Read(member)));
      return lattice_.OfSite(MakeTuple(call.at, variant, items));
    }
  }
  return lattice_.OfSite(Make(TypeKind::kList, call.at, variant, Awaited(ElementOf(list, false))));
}

std::uint32_t Inference::LookingLike(std::uint32_t bits, const Application& call) const {
  if (is_js_) return bits;
  if ((bits & Bit(TypeKind::kStr)) != 0) bits |= call.looks;
  if ((bits & Bit(TypeKind::kFloat)) != 0) {
    bits |= kWholeFloat;
    for (SetId arg : call.args.positional) bits |= lattice_.Looks(arg) & kLooseFloat;
  }
  return bits;
}

SetId Inference::Evaluate(Application& call, std::uint32_t index) {
  const Term& term = call.signature.terms[index];
  const auto kid = [&](std::size_t i) { return Evaluate(call, term.kids[i]); };
  // What calling a function gives, without giving it arguments: the effects did that.
  const auto result_of = [&](SetId functions) {
    functions = Resolve(functions);
    if (functions == kUnknownSet) return kUnknownSet;
    SetId result = kNeverSet;
    const std::vector<SiteId> sites = lattice_.Sites(functions);
    for (SiteId id : sites) {
      const Site site = lattice_.site(id);
      if (site.kind == TypeKind::kFunction && site.name.empty() && site.node) {
        result = lattice_.Join(result, ResultOf(site.node));
      } else if (site.kind == TypeKind::kFunction || site.kind == TypeKind::kClass) {
        Args none;
        none.has_spread = true;  // arguments as the effect gave them are not known here
        none.spread = kNeverSet;
        result = lattice_.Join(result, CallSite(id, none, call.at));
      }
    }
    return result;
  };
  const auto keyword = [&](std::string_view name) {
    for (const auto& [given, value] : call.args.keywords) {
      if (TextOf(given) == name) return value;
    }
    return kNeverSet;
  };
  switch (term.op) {
    case TermOp::kBits:
      return lattice_.OfBits(LookingLike(term.bits, call));
    case TermOp::kUnknown:
      return kUnknownSet;
    case TermOp::kError:
      return lattice_.OfSite(
          lattice_.NamedSite(TypeKind::kInstance, is_js_ ? "Error" : "Exception"));
    case TermOp::kMake:
      return MakeFrom(call, index);
    case TermOp::kRecord: {
      const SiteId site = lattice_.SiteAt(call.at, TypeKind::kDict, call.Variant(index));
      for (std::size_t i = 0; i < term.kids.size(); ++i) {
        AddField(site, tree_.strings().Intern(term.names[i]), kid(i));
      }
      return lattice_.OfSite(site);
    }
    case TermOp::kInstance: {
      if (term.kids.empty())
        return lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, term.name));
      const bool is_dict = term.kids.size() == 2;  // inst(Counter)<K,V>
      const bool is_task = term.name == "asyncio.Future" || term.name == "asyncio.Task";
      const TypeKind kind = is_dict   ? TypeKind::kDict
                            : is_task ? TypeKind::kPromise
                                      : TypeKind::kInstance;
      const SiteId site = is_dict ? Make(kind, call.at, call.Variant(index), kid(1), kid(0))
                                  : Make(kind, call.at, call.Variant(index), kid(0));
      if (lattice_.site(site).name.empty()) lattice_.site(site).name = term.name;
      return lattice_.OfSite(site);
    }
    case TermOp::kNamedFunction:
      return lattice_.OfSite(lattice_.NamedSite(TypeKind::kFunction, term.name));
    case TermOp::kModule:
      return lattice_.OfSite(lattice_.NamedSite(TypeKind::kModule, term.name));
    case TermOp::kFunctionOf: {
      const SiteId site = lattice_.SiteAt(call.at, TypeKind::kFunction, call.Variant(index));
      lattice_.site(site).name = "@returns";
      lattice_.Add(lattice_.Element(site), kid(0));
      lattice_.Add(lattice_.Key(site),
                   lattice_.Keep(Resolve(call.Arg(0)), Bit(TypeKind::kFunction)));
      return lattice_.OfSite(site);
    }
    case TermOp::kSelf:
      return call.self;
    case TermOp::kArg:
      return call.Arg(term.arg);
    case TermOp::kArgs: {
      SetId all = call.args.spread;
      for (SetId arg : call.args.positional) all = lattice_.Join(all, arg);
      return all;
    }
    case TermOp::kKeyword:
      return keyword(term.name);
    case TermOp::kReturn:
      return result_of(call.Arg(term.arg));
    case TermOp::kReturnKeyword:
      return result_of(keyword(term.name));
    case TermOp::kIfArg:
      return call.Has(term.arg) ? kid(0) : kid(1);
    case TermOp::kIfKey:
      for (const auto& [given, value] : call.args.keywords) {
        if (TextOf(given) == "key") return kid(0);
      }
      return kid(1);
    case TermOp::kIfGlobal: {
      const auto made = ir::As<ir::Call>(tree_, call.at);
      const NodeId arg = made && !made.args().empty() ? made.args()[0] : NodeId{};
      return kid(arg && IsGlobalRegex(arg) ? 0 : 1);
    }
    case TermOp::kGather:
      return Gather(call, kid(0), index);
    case TermOp::kGatherArgs: {
      // `return_exceptions=True` gives the errors in the places of the values.
      bool has_errors = false;
      for (const auto& [given, value] : call.args.keywords) has_errors = has_errors || TextOf(given) == "return_exceptions";
      const SetId errors = has_errors ? lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, "Exception")) : kNeverSet;
      if (call.args.has_spread || call.args.positional.empty()) {
        SetId all = call.args.spread;
        for (SetId arg : call.args.positional) all = lattice_.Join(all, arg);
        return lattice_.OfSite(Make(TypeKind::kList, call.at, call.Variant(index), lattice_.Join(Awaited(all), errors)));
      }
      std::vector<SetId> items;
      for (SetId arg : call.args.positional) items.push_back(lattice_.Join(Awaited(arg), errors));
      return lattice_.OfSite(MakeTuple(call.at, call.Variant(index), items));
    }
    case TermOp::kElement:
      return ElementOf(kid(0), false);
    case TermOp::kKey:
      return KeysOf(kid(0));
    case TermOp::kValue:
    case TermOp::kFields:
      return ValuesOf(kid(0));
    case TermOp::kAwait:
      return Awaited(kid(0));
    case TermOp::kAt:
      return At(kid(0), term.arg);
    case TermOp::kResult:
      return result_of(kid(0));
    case TermOp::kNonNull:
      return lattice_.Without(Resolve(kid(0)), kNullBits);
    case TermOp::kUnion: {
      SetId all = kNeverSet;
      for (std::size_t i = 0; i < term.kids.size(); ++i) all = lattice_.Join(all, kid(i));
      return all;
    }
  }
  return kUnknownSet;
}

}  // namespace asyncport::facts
