// Calls: arguments flow into parameters, returns flow back. Calls of library functions are in infer_library.cpp.
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
constexpr std::uint32_t kResolverVariant =
    1;  // `resolve` of a promise executor, `reject` is one more

// `...`, `pass`, a docstring or a thrown error are all that the method does: derived classes do the work.
bool IsLeftToOthers(const ir::Tree& tree, NodeId function) {
  const auto method = ir::As<ir::Method>(tree, function);
  if (!method || method.is_generator() || !tree.Is(method.body(), NodeKind::kBlock)) return false;
  const auto statements = ir::Block(tree, method.body()).statements();
  return std::all_of(statements.begin(), statements.end(), [&](NodeId statement) {
    if (tree.Is(statement, NodeKind::kPass) || tree.Is(statement, NodeKind::kRaise)) return true;
    const auto expression = ir::As<ir::ExprStmt>(tree, statement);
    return expression && (tree.Is(expression.value(), NodeKind::kEllipsis) ||
                          tree.Is(expression.value(), NodeKind::kString));
  });
}

}  // namespace

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
    calls_super_ = tree_.Is(attribute.object(), NodeKind::kSuperRef);
    const SetId result = CallMethod(object, MemberAtom(callee), args, node);
    calls_super_ = false;
    // An attribute narrowed or assigned to may know more than the receiver's class.
    if (result != kUnknownSet || object != kUnknownSet) return result;
    if (IsChainStep(tree_.node(callee).atom, args)) {
      return CallLibrary(*FindMember("Promise", tree_.node(callee).atom), kUnknownSet, args, node);
    }
  }
  const SetId result = CallSet(Read(callee), args, node);
  if (is_js_ || result != kUnknownSet || Resolve(Read(callee)) != kUnknownSet) return result;
  return InstanceOfImport(callee, IsClassName);
}

// CapWords, as PEP 8 has them for classes.
bool Inference::IsClassName(std::string_view name) {
  return !name.empty() && name[0] >= 'A' && name[0] <= 'Z' &&
         name.find('_') == std::string_view::npos &&
         std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Made of a class that is not here: an object with attributes all the same.
SetId Inference::InstanceOfImport(NodeId callee, bool (*is_class)(std::string_view)) {
  if (!tree_.Is(callee, NodeKind::kName)) return kUnknownSet;
  const Binding& binding = scopes_.bindings[scopes_.binding_of[callee.index].index];
  if (binding.kind != BindingKind::kImport || binding.path.empty()) return kUnknownSet;
  if (is_class != nullptr && !is_class(tree_.text(callee))) return kUnknownSet;
  return lattice_.OfSite(lattice_.NamedSite(TypeKind::kInstance, binding.path));
}

// `x.catch((error) => ...)`: whatever x is, it behaves as a promise does.
bool Inference::IsChainStep(Atom method, const Args& args) {
  if (!is_js_ || args.positional.empty() || args.has_spread) return false;
  const std::string_view name = tree_.strings().Text(method);
  if (name != "then" && name != "catch" && name != "finally") return false;
  const std::vector<SiteId> sites = lattice_.Sites(Resolve(args.positional.back()));
  return !sites.empty() && std::all_of(sites.begin(), sites.end(), [&](SiteId id) {
    return lattice_.site(id).kind == TypeKind::kFunction;
  });
}

SetId Inference::EvalNew(NodeId node) {
  const ir::New call(tree_, node);
  const Args args = ReadArgs(call.args());
  const SetId made = CallSet(Read(call.callee()), args, node);
  if (made != kUnknownSet) return made;
  // What `require` gave is a module to us, and a class to whoever makes one of it.
  const SetId callee = Resolve(Read(call.callee()));
  if (callee != kUnknownSet && !lattice_.OnlyKinds(callee, Bit(TypeKind::kModule))) return made;
  return InstanceOfImport(call.callee(), nullptr);
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
    const std::uint32_t holders =
        Bit(TypeKind::kList) | Bit(TypeKind::kSet) | Bit(TypeKind::kDict) | Bit(TypeKind::kMap);
    for (SetId arg : args.positional) {
      const std::vector<SiteId> sites = lattice_.Sites(Resolve(arg));
      const bool is_empty = std::all_of(sites.begin(), sites.end(), [&](SiteId id) {
        return (Bit(lattice_.site(id).kind) & holders) != 0 && ElementOrFields(id) == kNeverSet;
      });
      for (SiteId id : sites) {
        const Site site = lattice_.site(id);
        // It is empty so that it can be filled.
        if (is_empty && FillsGaps()) lattice_.Add(lattice_.Element(id), kUnknownSet);
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
                          : args.positional.empty()                   ? args.spread
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
    if (site.name.empty() && IsTypedDict(site.node)) {
      result = RecordOf(site.node);
    } else if (site.name.empty()) {
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
    result = lattice_.Join(result, call_member(LibraryTypeName(language, kind), lattice_.Keep(object, Bit(kind))));
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
  const std::span<const NodeId> overrides = OverridesOf(function);
  // What is left to derived classes gives nothing of its own.
  SetId result = !overrides.empty() && IsLeftToOthers(tree_, function) ? kNeverSet : OwnResultOf(function);
  for (NodeId override_ : overrides) result = lattice_.Join(result, OwnResultOf(override_));
  return result;
}

SetId Inference::OwnResultOf(NodeId function) {
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
  ParamValues values = FlowArgs(ParamsOf(function), args);
  for (NodeId override_ : OverridesOf(function)) {
    is_called_[override_.index] = true;
    const ParamValues theirs = FlowArgs(ParamsOf(override_), args);
    values.insert(values.end(), theirs.begin(), theirs.end());
  }
  return SubstituteInside(Substitute(ResultOf(function), values), values, at);
}

// What this caller gave, where the function hands a parameter back.
SetId Inference::Substitute(SetId set, const ParamValues& values) {
  if (!lattice_.HasParameters(set)) return set;
  SetId result = kNeverSet;
  const SetId rest = lattice_.KeepSites(set, ~0u, [&](const Site& site) {
    return site.kind != kParameterSite ||
           std::none_of(values.begin(), values.end(),
                        [&](const auto& v) { return v.first == site.node; });
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
    result = lattice_.KeepSites(result, ~0u,
                                [&](const Site& site) { return &site != &lattice_.site(from); });
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
            seen = lattice_.Join(lattice_.Without(Resolve(value), Bit(TypeKind::kUndefined)),
                                 Read(fallback));
          }
        }
        values.emplace_back(id, seen);
        break;
      }
    }
    // Resolved: a parameter that is handed on again and again makes no chain.
    lattice_.Add(CellOf(id), Resolve(value));
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

}  // namespace asyncport::facts
