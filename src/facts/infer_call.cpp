// Calls: arguments flow into parameters, returns flow back; calls of library functions follow their signatures.
// Example: `xs.map((x) => x.id)` binds x to the elements of xs and gives a list of what the arrow returns.
#include "facts/infer.h"

#include <algorithm>

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

// Library functions that call functions that call library functions ...; real code stays below ten.
constexpr int kMaxCallDepth = 24;
constexpr int kMaxBases = 32;
constexpr std::uint32_t kCopyVariant = 120;
constexpr std::uint32_t kResolverVariant = 1;  // `resolve` of a promise executor, `reject` is one more

}  // namespace

// One use of a signature.
struct Inference::Application {
  const Signature& signature;
  SetId self;
  const Args& args;
  NodeId at;
  std::uint32_t salt;  // tells the values of the library itself apart, which no node makes

  // Sites of one call are told apart by the term that makes them.
  std::uint32_t Variant(std::uint32_t term) const { return salt << 6 | (term + 2); }
  SetId Arg(std::size_t i) const {
    if (i < args.positional.size()) return args.positional[i];
    return args.has_spread ? args.spread : kNeverSet;
  }
  bool Has(std::size_t i) const { return i < args.positional.size() || args.has_spread; }
};

Args Inference::ReadArgs(std::span<const NodeId> nodes) {
  Args args;
  for (NodeId node : nodes) {
    if (auto spread = ir::As<ir::Spread>(tree_, node)) {
      // `f(...pair)` with a list literal whose positions are known.
      const SetId list = Read(spread.value());
      const std::vector<SiteId> sites = lattice_.Sites(list);
      if (!args.has_spread && sites.size() == 1 && lattice_.Bits(list) == 0 &&
          !lattice_.site(sites[0]).members.empty() &&
          Read(lattice_.Shuffled(sites[0])) == kNeverSet) {
        const std::vector<CellId> members = lattice_.site(sites[0]).members;
        for (CellId member : members) args.positional.push_back(ReadRaw(member));
        continue;
      }
      args.has_spread = true;
      args.spread = lattice_.Join(args.spread, ElementOf(list, false));
    } else if (auto keyword = ir::As<ir::Keyword>(tree_, node)) {
      args.keywords.emplace_back(tree_.node(node).atom, ReadRaw(keyword.value()));
    } else if (auto rest = ir::As<ir::KeywordSpread>(tree_, node)) {
      args.has_keyword_spread = true;
      args.keyword_spread = lattice_.Join(args.keyword_spread, ValuesOf(Read(rest.value())));
    } else if (!args.has_spread) {
      args.positional.push_back(ReadRaw(node));
    } else {
      args.spread = lattice_.Join(args.spread, ReadRaw(node));
    }
  }
  return args;
}

SetId Inference::EvalCall(NodeId node) {
  const ir::Call call(tree_, node);
  const Args args = ReadArgs(call.args());
  const NodeId callee = call.callee();
  if (auto attribute = ir::As<ir::Attribute>(tree_, callee)) {
    const SetId object = Read(attribute.object());
    const SetId result = CallMethod(object, tree_.node(callee).atom, args, node);
    // An attribute narrowed or assigned to may know more than the receiver's class.
    if (result != kUnknownSet || object != kUnknownSet) return result;
  }
  return CallSet(Read(callee), args, node);
}

SetId Inference::EvalNew(NodeId node) {
  const ir::New call(tree_, node);
  const Args args = ReadArgs(call.args());
  return CallSet(Read(call.callee()), args, node);
}

SetId Inference::EvalSuperCall(NodeId node) {
  const Args args = ReadArgs(ir::SuperCall(tree_, node).args());
  const NodeId class_def = structure_.class_def[node.index];
  if (!class_def) return Nothing();
  for (NodeId base : ClassBases(class_def)) {
    if (!ir::HasCategory(tree_.kind(base), ir::category::Expr)) continue;
    const SetId classes = Read(base);
    const std::vector<SiteId> sites = lattice_.Sites(classes);
    for (SiteId id : sites) {
      const Site site = lattice_.site(id);
      if (site.kind == TypeKind::kClass && site.name.empty() && site.node != class_def) {
        Construct(site.node, args, node, 1);
      }
    }
  }
  return Nothing();
}

SetId Inference::ElementOrFields(SiteId id) {
  const Site& site = lattice_.site(id);
  const SetId element = site.element != 0 ? lattice_.Value(site.element) : kNeverSet;
  if (site.kind != TypeKind::kDict || site.shuffled == 0) return element;
  return lattice_.Join(element, lattice_.Value(site.shuffled));
}

SetId Inference::CallSet(SetId callee, const Args& args, NodeId at) {
  callee = Resolve(callee);
  if (callee == kUnknownSet) {
    // Whatever it is: the functions it is given may be called with anything.
    const std::uint32_t holders = Bit(TypeKind::kList) | Bit(TypeKind::kSet) |
                                  Bit(TypeKind::kDict) | Bit(TypeKind::kMap);
    for (SetId arg : args.positional) {
      const std::vector<SiteId> sites = lattice_.Sites(Resolve(arg));
      const bool is_empty = std::all_of(sites.begin(), sites.end(), [&](SiteId id) {
        return (Bit(lattice_.site(id).kind) & holders) != 0 && ElementOrFields(id) == kNeverSet;
      });
      for (SiteId id : sites) {
        const Site site = lattice_.site(id);
        // It is empty so that it can be filled.
        if (fills_gaps_ && is_empty) lattice_.Add(lattice_.Element(id), kUnknownSet);
        if (site.kind != TypeKind::kFunction || !site.name.empty()) continue;
        Args any;
        any.has_spread = true;
        any.spread = kUnknownSet;
        CallSite(id, any, at);
      }
    }
    return kUnknownSet;
  }
  SetId result = kNeverSet;
  const std::vector<SiteId> sites = lattice_.Sites(callee);
  for (SiteId site : sites) result = lattice_.Join(result, CallSite(site, args, at));
  // Calling a number is an error, calling null not yet known to be a function is not ours to judge.
  if (sites.empty() && callee != kNeverSet) return kUnknownSet;
  return result;
}

SetId Inference::CallSite(SiteId id, const Args& args, NodeId at) {
  if (call_depth_ > kMaxCallDepth) return kUnknownSet;
  ++call_depth_;
  const Site site = lattice_.site(id);
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  SetId result = kUnknownSet;
  if (site.kind == TypeKind::kFunction) {
    if (site.element != 0 && site.name == "@resolve") {
      // `resolve(value)` of a promise: the value is what the promise gives.
      const SetId value = args.positional.empty() && !args.has_spread ? Nothing()
                          : args.positional.empty()                  ? args.spread
                                                                     : args.positional[0];
      lattice_.Add(site.element, Awaited(value));
      result = Nothing();
    } else if (site.name == "@reject") {
      result = Nothing();
    } else if (site.name == "@returns") {
      result = Read(site.element);
      // What was wrapped or bound is called with these arguments.
      if (site.key != 0) {
        const SetId wrapped = Read(site.key);
        const std::vector<SiteId> inner = lattice_.Sites(wrapped);
        for (SiteId function : inner) {
          if (lattice_.FindSite(function) != lattice_.FindSite(id)) CallSite(function, args, at);
        }
      }
    } else if (!site.name.empty()) {
      if (const LibraryEntry* entry = FindLibrary(language, site.name)) {
        // A method taken as a value in Python keeps its receiver.
        const SetId self = site.key != 0 ? Read(site.key) : kUnknownSet;
        result = CallLibrary(*entry, self, args, at);
      }
    } else if (site.node) {
      result = CallDeclared(site.node, args, at);
    }
  } else if (site.kind == TypeKind::kClass) {
    if (site.name.empty()) {
      result = Construct(site.node, args, at, 0);
    } else if (site.name == "Promise" && is_js_) {
      const SiteId promise = lattice_.SiteAt(at, TypeKind::kPromise);
      Args settle;
      for (std::uint32_t variant : {kResolverVariant, kResolverVariant + 1}) {
        const SiteId function = lattice_.SiteAt(at, TypeKind::kFunction, variant);
        lattice_.site(function).name = variant == kResolverVariant ? "@resolve" : "@reject";
        lattice_.site(function).element = lattice_.Element(promise);
        settle.positional.push_back(lattice_.OfSite(function));
      }
      if (!args.positional.empty()) CallSet(args.positional[0], settle, at);
      result = lattice_.OfSite(promise);
    } else if (const LibraryEntry* entry = FindLibrary(language, site.name)) {
      result = CallLibrary(*entry, kUnknownSet, args, at);
    } else {
      result = lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, site.name));
    }
  } else if (site.kind == TypeKind::kInstance && site.name.empty() && !is_js_) {
    if (NodeId method = FindMethod(site.node, tree_.strings().Intern("__call__"), false)) {
      result = CallDeclared(method, args, at);
    }
  }
  --call_depth_;
  return result;
}

SetId Inference::CallMethod(SetId object, Atom name, const Args& args, NodeId at) {
  object = Resolve(object);
  if (object == kUnknownSet) return kUnknownSet;
  if (call_depth_ > kMaxCallDepth) return kUnknownSet;
  const Language language = is_js_ ? Language::kJs : Language::kPy;
  SetId result = kNeverSet;
  const auto call_member = [&](std::string_view type, SetId self) {
    const LibraryEntry* entry = FindMember(type, name);
    if (entry == nullptr) return kUnknownSet;
    if (SignatureOf(*entry).form == SignatureForm::kValue) {
      return CallSet(CallLibrary(*entry, self, {}, at), args, at);
    }
    return CallLibrary(*entry, self, args, at);
  };
  std::uint32_t bits = lattice_.Bits(object) & ~kNullBits;
  for (unsigned k = 0; bits != 0; ++k, bits >>= 1) {
    if ((bits & 1) == 0) continue;
    const auto kind = static_cast<TypeKind>(k);
    result = lattice_.Join(result, call_member(LibraryTypeName(language, kind), lattice_.Of(kind)));
  }
  const std::vector<SiteId> sites = lattice_.Sites(object);
  for (SiteId id : sites) {
    const Site site = lattice_.site(id);
    const SetId self = lattice_.OfSite(id);
    std::string_view type = LibraryTypeName(language, site.kind);
    bool is_library = true;
    if (site.kind == TypeKind::kInstance) {
      type = site.name;
      is_library = !site.name.empty() && lattice_.FieldIfAny(id, name) == 0;
    } else if (site.kind == TypeKind::kClass || site.kind == TypeKind::kModule) {
      is_library = false;
    } else if (site.kind == TypeKind::kDict) {
      if (!site.name.empty()) type = site.name;  // Counter, defaultdict
      is_library = !is_js_ || FindMember("Object", name) != nullptr;
      if (is_js_ && lattice_.FieldIfAny(id, name) != 0 &&
          Read(lattice_.FieldIfAny(id, name)) != kNeverSet) {
        is_library = false;
      }
    } else if (site.kind == TypeKind::kFunction) {
      const std::string_view method = TextOf(name);
      if (is_js_ && (method == "call" || method == "apply" || method == "bind")) {
        // `this` is not among the parameters.
        Args rest = args;
        if (!rest.positional.empty()) rest.positional.erase(rest.positional.begin());
        if (method == "apply") {
          rest.has_spread = true;
          for (SetId list : rest.positional) {
            rest.spread = lattice_.Join(rest.spread, ElementOf(list, false));
          }
          rest.positional.clear();
        }
        if (method == "bind") {
          result = lattice_.Join(result, self);
          if (!rest.positional.empty()) CallSite(id, rest, at);
        } else {
          result = lattice_.Join(result, CallSite(id, rest, at));
        }
        continue;
      }
      is_library = lattice_.FieldIfAny(id, name) == 0;
    } else if (site.kind == TypeKind::kPromise && !site.name.empty()) {
      type = site.name;
    } else if (site.kind == TypeKind::kUnknown) {
      continue;
    }
    if (is_library) {
      result = lattice_.Join(result, call_member(type, self));
    } else {
      const SetId callee = ReadSiteMember(id, name, at);
      // Methods inherited from a library class keep their receiver.
      const LibraryEntry* inherited = nullptr;
      if (site.kind == TypeKind::kInstance && site.name.empty()) {
        const std::vector<SiteId> targets = lattice_.Sites(callee);
        if (targets.size() == 1 && lattice_.site(targets[0]).name.find('#') != std::string::npos) {
          inherited = FindLibrary(language, lattice_.site(targets[0]).name);
        }
      }
      result = lattice_.Join(result, inherited != nullptr ? CallLibrary(*inherited, self, args, at)
                                                          : CallSet(callee, args, at));
    }
  }
  return result;
}

SetId Inference::ResultOf(NodeId function) {
  bool is_async = false;
  bool is_generator = false;
  if (auto f = ir::As<ir::FunctionDef>(tree_, function)) {
    is_async = f.is_async(), is_generator = f.is_generator();
  } else if (auto e = ir::As<ir::FunctionExpr>(tree_, function)) {
    is_async = e.is_async(), is_generator = e.is_generator();
  } else if (auto m = ir::As<ir::Method>(tree_, function)) {
    is_async = m.is_async(), is_generator = m.is_generator();
  } else if (auto l = ir::As<ir::Lambda>(tree_, function)) {
    is_async = l.is_async();
  }
  if (is_generator) {
    const TypeKind kind = is_async ? TypeKind::kAsyncIterator : TypeKind::kIterator;
    return lattice_.OfSite(lattice_.SiteAt(function, kind));
  }
  if (is_async) {
    const TypeKind kind = is_js_ ? TypeKind::kPromise : TypeKind::kCoroutine;
    return lattice_.OfSite(lattice_.SiteAt(function, kind));
  }
  return ReadRaw(ReturnCell(function));
}

SetId Inference::CallDeclared(NodeId function, const Args& args, NodeId at) {
  is_called_[function.index] = true;
  const ParamValues values = FlowArgs(ParamsOf(function), args);
  return SubstituteInside(Substitute(ResultOf(function), values), values, at);
}

// What this caller gave, where the function hands a parameter back.
SetId Inference::Substitute(SetId set, const ParamValues& values) {
  if (!lattice_.HasParameters(set)) return set;
  SetId result = kNeverSet;
  const SetId rest = lattice_.KeepSites(set, ~0u, [&](const Site& site) {
    return site.kind != kParameterSite ||
           std::none_of(values.begin(), values.end(), [&](const auto& v) { return v.first == site.node; });
  });
  result = rest;
  const std::vector<SiteId> sites = lattice_.Sites(set);
  for (SiteId id : sites) {
    const Site& site = lattice_.site(id);
    if (site.kind != kParameterSite) continue;
    for (const auto& [param, value] : values) {
      if (param == site.node) result = lattice_.Join(result, value);
    }
  }
  return result;
}

// The same inside a promise, coroutine or generator that the call makes: each call has its own.
SetId Inference::SubstituteInside(SetId set, const ParamValues& values, NodeId at) {
  if (!at || set == kUnknownSet || values.empty()) return set;
  const std::vector<SiteId> sites = lattice_.Sites(set);
  SetId result = set;
  for (SiteId id : sites) {
    const TypeKind kind = lattice_.site(id).kind;
    if (kind != TypeKind::kPromise && kind != TypeKind::kCoroutine && kind != TypeKind::kIterator &&
        kind != TypeKind::kAsyncIterator) {
      continue;
    }
    const SetId element = ReadRaw(lattice_.Element(id));
    // Always a copy: whether it is needed is known only when all has flowed, and values never shrink.
    const SetId own = Substitute(element, values);
    const SiteId copy = Make(kind, at, kCopyVariant, own);
    if (lattice_.site(copy).name.empty()) lattice_.site(copy).name = lattice_.site(id).name;
    const SiteId from = lattice_.FindSite(id);
    result = lattice_.KeepSites(result, ~0u, [&](const Site& site) { return &site != &lattice_.site(from); });
    result = lattice_.Join(result, lattice_.OfSite(copy));
  }
  return result;
}

Inference::ParamValues Inference::FlowArgs(std::span<const NodeId> params, const Args& args) {
  ParamValues values;
  std::size_t position = 0;
  std::vector<bool> used(args.keywords.size());
  for (NodeId id : params) {
    const auto param = ir::As<ir::Param>(tree_, id);
    if (!param) continue;
    SetId value = kNeverSet;
    switch (param.kind()) {
      case ir::ParamKind::kRest:
        for (; position < args.positional.size(); ++position) {
          value = lattice_.Join(value, args.positional[position]);
        }
        value = lattice_.Join(value, args.spread);
        break;
      case ir::ParamKind::kKeywordRest:
        for (std::size_t i = 0; i < args.keywords.size(); ++i) {
          if (!used[i]) value = lattice_.Join(value, args.keywords[i].second);
        }
        value = lattice_.Join(value, args.keyword_spread);
        break;
      default: {
        bool given = false;
        if (param.kind() != ir::ParamKind::kKeywordOnly && position < args.positional.size()) {
          value = args.positional[position++];
          given = true;
        } else if (param.kind() != ir::ParamKind::kKeywordOnly && args.has_spread) {
          value = args.spread;
          given = true;
        }
        if (tree_.Is(param.target(), NodeKind::kName)) {
          const Atom name = tree_.node(param.target()).atom;
          for (std::size_t i = 0; i < args.keywords.size(); ++i) {
            if (args.keywords[i].first != name) continue;
            value = lattice_.Join(value, args.keywords[i].second);
            used[i] = given = true;
          }
        }
        if (!given && args.has_keyword_spread) value = args.keyword_spread;
        if (!given && is_js_ && !param.default_value()) value = lattice_.Of(TypeKind::kUndefined);
        SetId seen = value;
        if (NodeId fallback = param.default_value()) {
          if (!given) {
            seen = Read(fallback);
          } else if (is_js_ && (lattice_.Kinds(Resolve(value)) & Bit(TypeKind::kUndefined)) != 0) {
            seen = lattice_.Join(lattice_.Without(Resolve(value), Bit(TypeKind::kUndefined)), Read(fallback));
          }
        }
        values.emplace_back(id, seen);
        break;
      }
    }
    lattice_.Add(CellOf(id), value);
    lattice_.Depend(CellOf(id), id.index);
  }
  return values;
}

// A class without a constructor whose fields are the parameters: dataclass, NamedTuple.
void Inference::FlowFields(NodeId class_def, const Args& args) {
  if (is_js_) return;
  const SiteId instance = lattice_.SiteAt(class_def, TypeKind::kInstance);
  std::size_t position = 0;
  for (NodeId member : ir::Block(tree_, ClassBody(class_def)).statements()) {
    const auto field = ir::As<ir::Field>(tree_, member);
    if (!field || !field.annotation()) continue;
    const Atom name = tree_.node(member).atom;
    SetId value = kNeverSet;
    if (position < args.positional.size()) {
      value = args.positional[position++];
    } else if (args.has_spread) {
      value = args.spread;
    }
    for (const auto& [keyword, given] : args.keywords) {
      if (keyword == name) value = lattice_.Join(value, given);
    }
    // A known annotation is worth more than an argument of unknown type.
    value = Resolve(value);
    if (value != kUnknownSet || Annotation(field.annotation()) == kUnknownSet) {
      lattice_.Add(lattice_.Field(instance, name), value);
    }
  }
}

SetId Inference::Construct(NodeId class_def, const Args& args, NodeId at, int depth) {
  const SetId result = lattice_.OfSite(lattice_.SiteAt(class_def, TypeKind::kInstance));
  if (depth > kMaxBases) return result;
  if (NodeId constructor = FindConstructor(class_def)) {
    is_called_[constructor.index] = true;
    FlowArgs(ParamsOf(constructor), args);
    return result;
  }
  FlowFields(class_def, args);
  for (NodeId base : ClassBases(class_def)) {
    if (!ir::HasCategory(tree_.kind(base), ir::category::Expr)) continue;
    const SetId classes = Read(base);
    const std::vector<SiteId> sites = lattice_.Sites(classes);
    for (SiteId id : sites) {
      const Site site = lattice_.site(id);
      if (site.kind == TypeKind::kClass && site.name.empty() && site.node != class_def) {
        Construct(site.node, args, at, depth + 1);
      }
    }
  }
  return result;
}

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
  Application call{signature, self, args, at, salt};
  for (const Effect& effect : signature.effects) Apply(call, effect);
  const SetId result = Evaluate(call, signature.result);
  --call_depth_;
  return result;
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
  for (std::uint32_t kid : term.kids) kids.push_back(Evaluate(call, kid));
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
  return lattice_.OfSite(
      Make(TypeKind::kList, call.at, variant, Awaited(ElementOf(list, false))));
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
    case TermOp::kBits: return lattice_.OfBits(term.bits);
    case TermOp::kUnknown: return kUnknownSet;
    case TermOp::kError:
      return lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, is_js_ ? "Error" : "Exception"));
    case TermOp::kMake: return MakeFrom(call, index);
    case TermOp::kRecord: {
      const SiteId site = lattice_.SiteAt(call.at, TypeKind::kDict, call.Variant(index));
      for (std::size_t i = 0; i < term.kids.size(); ++i) {
        AddField(site, tree_.strings().Intern(term.names[i]), kid(i));
      }
      return lattice_.OfSite(site);
    }
    case TermOp::kInstance: {
      if (term.kids.empty()) return lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, term.name));
      const bool is_dict = term.kids.size() == 2;  // inst(Counter)<K,V>
      const bool is_task = term.name == "asyncio.Future" || term.name == "asyncio.Task";
      const TypeKind kind = is_dict ? TypeKind::kDict : is_task ? TypeKind::kPromise : TypeKind::kInstance;
      const SiteId site = is_dict ? Make(kind, call.at, call.Variant(index), kid(1), kid(0))
                                  : Make(kind, call.at, call.Variant(index), kid(0));
      if (lattice_.site(site).name.empty()) lattice_.site(site).name = term.name;
      return lattice_.OfSite(site);
    }
    case TermOp::kNamedFunction:
      return lattice_.OfSite(lattice_.NamedSite(TypeKind::kFunction, term.name));
    case TermOp::kModule: return lattice_.OfSite(lattice_.NamedSite(TypeKind::kModule, term.name));
    case TermOp::kFunctionOf: {
      const SiteId site = lattice_.SiteAt(call.at, TypeKind::kFunction, call.Variant(index));
      lattice_.site(site).name = "@returns";
      lattice_.Add(lattice_.Element(site), kid(0));
      lattice_.Add(lattice_.Key(site), lattice_.Keep(Resolve(call.Arg(0)), Bit(TypeKind::kFunction)));
      return lattice_.OfSite(site);
    }
    case TermOp::kSelf: return call.self;
    case TermOp::kArg: return call.Arg(term.arg);
    case TermOp::kArgs: {
      SetId all = call.args.spread;
      for (SetId arg : call.args.positional) all = lattice_.Join(all, arg);
      return all;
    }
    case TermOp::kKeyword: return keyword(term.name);
    case TermOp::kReturn: return result_of(call.Arg(term.arg));
    case TermOp::kReturnKeyword: return result_of(keyword(term.name));
    case TermOp::kIfArg: return call.Has(term.arg) ? kid(0) : kid(1);
    case TermOp::kIfGlobal: {
      const auto made = ir::As<ir::Call>(tree_, call.at);
      const NodeId arg = made && !made.args().empty() ? made.args()[0] : NodeId{};
      return kid(arg && IsGlobalRegex(arg) ? 0 : 1);
    }
    case TermOp::kGather: return Gather(call, kid(0), index);
    case TermOp::kGatherArgs: {
      if (call.args.has_spread || call.args.positional.empty()) {
        SetId all = call.args.spread;
        for (SetId arg : call.args.positional) all = lattice_.Join(all, arg);
        return lattice_.OfSite(Make(TypeKind::kList, call.at, call.Variant(index), Awaited(all)));
      }
      std::vector<SetId> items;
      for (SetId arg : call.args.positional) items.push_back(Awaited(arg));
      return lattice_.OfSite(MakeTuple(call.at, call.Variant(index), items));
    }
    case TermOp::kElement: return ElementOf(kid(0), false);
    case TermOp::kKey: return KeysOf(kid(0));
    case TermOp::kValue:
    case TermOp::kFields:
      return ValuesOf(kid(0));
    case TermOp::kAwait: return Awaited(kid(0));
    case TermOp::kAt: return At(kid(0), term.arg);
    case TermOp::kResult: return result_of(kid(0));
    case TermOp::kNonNull: return lattice_.Without(Resolve(kid(0)), kNullBits);
    case TermOp::kUnion: {
      SetId all = kNeverSet;
      for (std::size_t i = 0; i < term.kids.size(); ++i) all = lattice_.Join(all, kid(i));
      return all;
    }
  }
  return kUnknownSet;
}

}  // namespace asyncport::facts
