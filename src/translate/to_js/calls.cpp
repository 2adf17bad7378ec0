// Calls: arguments by the callee's signature, keywords in an options object, `new` for classes.
// Example: `make_user(role="owner", name="cyd", tags=t)` -> `makeUser("cyd", "owner", { tags: t })`.
#include <algorithm>
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/class_parts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/signature.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Uses of `kwargs` (or `args`) other than `**kwargs` in a call.
bool OnlyForwarded(Context& c, NodeId param_id, NodeKind spread) {
  facts::BindingId binding = c.facts().BindingOf(c.As<Param>(param_id).target());
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    NodeKind call = c.src().kind(c.facts().Parent(parent));
    if (!c.src().Is(parent, spread) || (call != NodeKind::kCall && call != NodeKind::kSuperCall)) return false;
  }
  return true;
}

// Does the body hold a function that takes anything and hands it on (`*args, **kwargs`)?
bool HasForwarder(Context& c, NodeId id) {
  bool rest = false;
  bool keyword_rest = false;
  for (NodeId param : ParamsOf(c, id)) {
    rest = rest || c.As<Param>(param).kind() == ParamKind::kRest;
    keyword_rest = keyword_rest || c.As<Param>(param).kind() == ParamKind::kKeywordRest;
  }
  if (rest && keyword_rest) return true;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasForwarder(c, child); });
  return found;
}

// The function of the file behind a decorator: `@d`, `@d(x)`, `@registry.register(x)`.
NodeId DecoratorDefinition(Context& c, NodeId decorator) {
  if (c.src().Is(decorator, NodeKind::kCall)) {
    NodeId made = c.facts().CalleeDefinition(decorator);
    if (made) return made;
    decorator = c.As<Call>(decorator).callee();
  }
  if (auto attribute = c.As<Attribute>(decorator)) {
    NodeId owner = ClassOf(c, attribute.object());
    return owner ? FindMethod(c, owner, attribute.name()) : kNoNode;
  }
  return c.facts().type(c.facts().TypeOf(decorator)).decl;
}

// A decorated function of the file that is still called by its own signature.
NodeId DecoratedCallee(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  if (!call || !c.src().Is(call.callee(), NodeKind::kName)) return kNoNode;
  facts::BindingId binding = c.facts().BindingOf(call.callee());
  if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kFunction || c.facts().binding(binding).writes.size() > 1) return kNoNode;
  auto def = c.As<FunctionDef>(c.facts().binding(binding).definition);
  if (!def || def.decorators().empty()) return kNoNode;
  for (NodeId decorator : def.decorators()) {
    std::string name = c.facts().ResolvedName(c.src().Is(decorator, NodeKind::kCall) ? c.As<Call>(decorator).callee() : decorator);
    if (name.starts_with("functools.")) continue;
    NodeId definition = DecoratorDefinition(c, decorator);
    if (!definition || !HasForwarder(c, definition)) return kNoNode;
  }
  return c.facts().binding(binding).definition;
}

// Is `**kwargs` handed on somewhere, whatever else is done with it?
bool IsForwarded(Context& c, NodeId param_id) {
  facts::BindingId binding = c.facts().BindingOf(c.As<Param>(param_id).target());
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    if (!c.src().Is(parent, NodeKind::kKeywordSpread)) continue;
    // Into a call of a function that is not of the file: a wrapper's.
    if (!c.facts().CalleeDefinition(c.facts().Parent(parent))) return true;
  }
  return false;
}

// Is the name of a class read where it makes an instance, is extended, or only says what something is?
bool OnlyMakes(Context& c, NodeId class_def) {
  facts::BindingId binding = c.facts().BindingOf(c.As<ClassDef>(class_def).name());
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    auto call = c.As<Call>(parent);
    const std::string name = call ? c.facts().ResolvedName(call.callee()) : std::string();
    const bool asks = name == "isinstance" && call.args().size() == 2 && call.args()[1] == read;
    const bool held = c.src().Is(parent, NodeKind::kAttribute) || c.src().Is(parent, NodeKind::kMatchClass) ||
                      c.src().Is(parent, NodeKind::kClassDef);
    bool hint = false;
    for (NodeId below = read, up = parent; up && !hint && !HasCategory(c.src().kind(up), category::Stmt); below = up, up = c.facts().Parent(up)) {
      auto param = c.As<Param>(up);
      auto method = c.As<Method>(up);
      auto field = c.As<Field>(up);
      hint = (param && param.annotation() == below) || (method && method.returns() == below) || (field && field.annotation() == below);
    }
    if (auto f = c.As<FunctionDef>(parent)) hint = hint || f.returns() == read;
    if (auto assign = c.As<Assign>(parent)) hint = hint || assign.annotation() == read;
    if (!(call && call.callee() == read) && !asks && !held && !hint) return false;
  }
  return true;
}

bool OnlyCalled(Context& c, NodeId function) {
  if (auto method = c.As<Method>(function)) {
    if (method.name() == "__init__") {
      NodeId owner = c.facts().EnclosingClass(function);
      return owner && OnlyMakes(c, owner);
    }
    if (method.name().starts_with("__") || !method.decorators().empty()) return false;
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      if (!attribute || attribute.name() != method.name()) continue;
      auto call = c.As<Call>(c.facts().Parent(NodeId{i}));
      if (!call || call.callee() != NodeId{i} || c.facts().CalleeDefinition(call.id()) != function) return false;
    }
    return true;
  }
  auto def = c.As<FunctionDef>(function);
  if (!def) return false;
  facts::BindingId binding = c.facts().BindingOf(def.name());
  if (!binding) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    if (!call || call.callee() != read) return false;
  }
  return true;
}

struct Slot {
  std::string name;      // in Python
  std::string key;       // of the options object
  NodeId node;           // Param or Field
  bool keyword_only = false;
};

struct Signature {
  bool known = false;
  std::vector<Slot> positions;
  std::vector<Slot> keywords;
  bool has_rest = false;
  bool has_keyword_rest = false;
  Layout layout;
};

// The class after this constructor's own, in the order of all that a class of the file derives from, that has one.
NodeId NextConstructor(Context& c, NodeId constructor) {
  auto method = c.As<Method>(constructor);
  if (!method || method.kind() != MethodKind::kConstructor) return kNoNode;
  NodeId owner = c.facts().EnclosingClass(constructor);
  NodeId found;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (!c.src().Is(NodeId{i}, NodeKind::kClassDef)) continue;
    NodeList chain = Ancestors(c, NodeId{i});
    auto here = std::find(chain.begin(), chain.end(), owner);
    if (here == chain.end()) continue;
    for (++here; here != chain.end(); ++here) {
      NodeId init = FindMethod(c, *here, "__init__");
      if (!init && !IsDataclass(c, *here)) continue;
      if (init == constructor) continue;
      if (found && found != *here) return kNoNode;  // mixed into classes that differ
      found = *here;
      break;
    }
  }
  return found;
}

Signature SignatureOf(Context& c, NodeId definition) {
  Signature s;
  if (!definition) return s;
  NodeId function = definition;
  if (c.src().Is(definition, NodeKind::kClassDef)) {
    function = FindMethod(c, definition, "__init__");
    if (!function) {
      if (!IsDataclass(c, definition) && !IsNamedTuple(c, definition)) return s;
      s.known = true;
      for (NodeId field : DataFields(c, definition)) {
        std::string name(c.As<Field>(field).name());
        s.positions.push_back({name, c.names().Member(name, false), field, false});
      }
      return s;
    }
  }
  s.known = true;
  auto params = ParamsOf(c, function);
  // A constructor that hands everything on takes what the next one takes.
  if (NodeId next = NextConstructor(c, function); next && LayoutOf(c, function, params).form == Layout::kForwards) {
    Signature inherited = SignatureOf(c, next);
    for (NodeId id : params) {
      auto param = c.As<Param>(id);
      if (param.kind() != ParamKind::kPlain && param.kind() != ParamKind::kPositionalOnly) continue;
      std::string name = c.src().Is(param.target(), NodeKind::kName) ? std::string(c.src().text(param.target())) : "";
      s.positions.push_back({name, c.TargetName(param.target()), id, false});
    }
    s.positions.insert(s.positions.end(), inherited.positions.begin(), inherited.positions.end());
    s.keywords = inherited.keywords;
    s.has_rest = inherited.has_rest;
    s.has_keyword_rest = inherited.has_keyword_rest;
    s.layout = inherited.layout;
    return s;
  }
  s.layout = LayoutOf(c, function, params);
  for (NodeId id : params) {
    auto param = c.As<Param>(id);
    std::string name = c.src().Is(param.target(), NodeKind::kName) ? std::string(c.src().text(param.target())) : "";
    switch (param.kind()) {
      case ParamKind::kPlain: case ParamKind::kPositionalOnly:
        s.positions.push_back({name, c.TargetName(param.target()), id, false});
        break;
      case ParamKind::kKeywordOnly:
        s.keywords.push_back({name, OptionKey(c, id), id, true});
        break;
      case ParamKind::kRest: s.has_rest = true; break;
      case ParamKind::kKeywordRest: s.has_keyword_rest = true; break;
    }
  }
  return s;
}

NodeId Entry(Context& c, std::string_view key, NodeId value, NodeId origin) {
  return c.New(make::DictEntry{.key = c.NewString(key), .value = value}, origin);
}

const Slot* Find(const std::vector<Slot>& slots, std::string_view name) {
  for (const Slot& slot : slots) {
    if (slot.name == name) return &slot;
  }
  return nullptr;
}

// A mapping whose keys fill what is left: `opts.limit` for a position, the object itself for the options.
bool SpreadKeywords(Context& c, const Signature& s, NodeId value, NodeList& positions, NodeList& options) {
  const bool map = Only(c, value, kMap);
  if (!map && May(c, value, kMap)) return false;
  bool pure = c.IsPure(value);
  auto entry = [&](const std::string& key) {
    if (map) return Js(c, "$X.get($K)", {{"X", c.Expr(value)}, {"K", c.NewString(key)}});
    return c.NewAttribute(c.Expr(value), key);
  };
  for (std::size_t i = 0; i < s.positions.size(); ++i) {
    if (i < positions.size() && positions[i]) continue;
    if (!pure) return false;
    if (positions.size() <= i) positions.resize(i + 1);
    positions[i] = entry(s.positions[i].name);
  }
  bool same_keys = std::all_of(s.keywords.begin(), s.keywords.end(), [](const Slot& slot) { return slot.key == slot.name; });
  if (s.has_keyword_rest || (same_keys && !s.keywords.empty())) {
    NodeId all = map ? Js(c, "Object.fromEntries($X)", {{"X", c.Expr(value)}}) : c.Expr(value);
    options.push_back(c.New(make::Spread{.value = all}, {}));
  } else {
    for (const Slot& slot : s.keywords) {
      if (!pure) return false;
      options.push_back(Entry(c, slot.key, entry(slot.name), {}));
    }
  }
  return true;
}

NodeId OptionsObject(Context& c, NodeList entries) {
  if (entries.size() == 1) {
    if (auto spread = ir::As<Spread>(c.dst(), entries[0])) return spread.value();
  }
  return c.New(make::Dict{.entries = std::move(entries)}, {});
}

// Nothing is known of what the call gives but that it is an instance: of a class that another file or package has.
bool MakesImported(Context& c, NodeId call, NodeId callee) {
  const bool from_module =
      c.src().Is(callee, NodeKind::kName) &&
      c.facts().binding(c.facts().BindingOf(callee)).kind == facts::BindingKind::kImport;
  if (!from_module || c.facts().KindOf(callee) != facts::TypeKind::kUnknown) return false;
  const facts::Type& made = c.facts().type(c.facts().TypeOf(call));
  return made.kind == facts::TypeKind::kInstance &&
         made.name == c.facts().binding(c.facts().BindingOf(callee)).path;
}

// Does a try of the function around the node name the error itself in an except clause?
bool CatchesByName(Context& c, NodeId id, std::string_view error) {
  for (NodeId below = id, up = c.facts().Parent(id); up; below = up, up = c.facts().Parent(up)) {
    auto attempt = c.As<Try>(up);
    if (!attempt || attempt.body() != below) continue;
    for (NodeId handler : attempt.handlers()) {
      for (NodeId type : TypesOf(c, c.As<CatchClause>(handler).type())) {
        if (c.facts().ResolvedName(type) == error) return true;
      }
    }
  }
  return false;
}

std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  NodeId callee = call.callee();
  NodeId definition = c.facts().CalleeDefinition(id);
  bool makes = c.src().Is(definition, NodeKind::kClassDef) || c.facts().KindOf(callee) == facts::TypeKind::kClass ||
               (c.src().Is(callee, NodeKind::kSelfRef)) || MakesImported(c, id, callee);
  if (c.src().Is(callee, NodeKind::kSelfRef)) {
    auto method = c.As<Method>(EnclosingMethod(c, id));
    makes = method && method.is_static();
    if (makes) definition = c.facts().EnclosingClass(id);
    else if (NodeId owner = c.facts().EnclosingClass(id); owner && FindMethod(c, owner, "__call__")) {
      return c.NewCall(c.NewAttribute(c.Expr(callee), "call"), TranslateArgs(c, id, call.args()), id);
    }
  }
  if (makes) {
    if (c.src().Is(definition, NodeKind::kClassDef) && IsEnum(c, definition)) {
      if (IsIntEnum(c, definition) && call.args().size() == 1) return IntEnumOf(c, definition, call.args()[0], id);
      return c.NewCall(c.NewAttribute(c.Expr(callee), "of"), c.Exprs(call.args()), id);
    }
    // `TYPES[kind](**record)`: which fields there are is not known.
    for (NodeId arg : call.args()) {
      if (!definition && c.src().Is(arg, NodeKind::kKeywordSpread)) return c.Refuse(arg, "keyword-arguments");
    }
    return c.New(make::New{.callee = c.Expr(callee), .args = TranslateArgs(c, id, call.args())}, id);
  }
  if (NodeId owner = ClassOf(c, callee); owner && FindMethod(c, owner, "__call__") && LibraryBaseOf(c, owner) != "typing.Protocol") {
    return c.NewCall(c.NewAttribute(c.Expr(callee), "call"), TranslateArgs(c, id, call.args()), id);
  }
  // `handler(*words)` in a try that catches what a wrong number of arguments raises.
  const bool spreads = std::any_of(call.args().begin(), call.args().end(), [&](NodeId arg) { return c.src().Is(arg, NodeKind::kSpread); });
  if (spreads && !definition && CatchesByName(c, id, "TypeError")) c.Say("argument-count", id);
  return c.NewCall(c.Expr(callee), TranslateArgs(c, id, call.args()), id);
}

std::optional<NodeId> TranslateSuperCall(Context& c, NodeId id) {
  auto call = c.As<SuperCall>(id);
  NodeId owner = c.facts().EnclosingClass(id);
  NodeId base = owner ? BaseInFile(c, owner) : kNoNode;
  Signature s = SignatureOf(c, base);
  NodeList args = base && s.known ? TranslateArgs(c, id, call.args()) : PlainArgs(c, id, call.args());
  return c.New(make::SuperCall{.args = std::move(args)}, id);
}

}  // namespace

std::span<const NodeId> ParamsOf(Context& c, NodeId function) {
  if (auto f = c.As<FunctionDef>(function)) return f.params();
  if (auto f = c.As<Lambda>(function)) return f.params();
  if (auto f = c.As<Method>(function)) return f.params();
  return {};
}

std::string OptionKey(Context& c, NodeId param) {
  return c.names().Member(c.src().text(c.As<Param>(param).target()), false);
}

Layout LayoutOf(Context& c, NodeId function, std::span<const NodeId> params) {
  NodeId rest;
  NodeId keyword_rest;
  bool keyword_only = false;
  for (NodeId id : params) {
    auto param = c.As<Param>(id);
    if (param.kind() == ParamKind::kRest) rest = id;
    if (param.kind() == ParamKind::kKeywordRest) keyword_rest = id;
    if (param.kind() == ParamKind::kKeywordOnly) keyword_only = true;
  }
  Layout layout;
  if (!rest || (!keyword_only && !keyword_rest)) return layout;
  if (!keyword_only && OnlyForwarded(c, keyword_rest, NodeKind::kKeywordSpread)) {
    layout.form = Layout::kForwards;
  } else if (!keyword_only && IsForwarded(c, keyword_rest)) {
    layout.form = Layout::kForwards;
    layout.empty_keywords = true;
  } else {
    layout.form = OnlyCalled(c, function) ? Layout::kPacked : Layout::kRefused;
  }
  return layout;
}

NodeId KeywordArg(Context& c, NodeId id, std::string_view name) {
  auto call = c.As<Call>(id);
  if (!call) return kNoNode;
  for (NodeId arg : call.args()) {
    auto keyword = c.As<Keyword>(arg);
    if (keyword && keyword.name() == name) return keyword.value();
  }
  return kNoNode;
}

std::size_t PositionalCount(Context& c, NodeId id) {
  std::size_t count = 0;
  for (NodeId arg : c.As<Call>(id).args()) count += HasCategory(c.src().kind(arg), category::Expr) ? 1 : 0;
  return count;
}

NodeList PlainArgs(Context& c, NodeId id, std::span<const NodeId> args) {
  NodeList out;
  NodeList options;
  for (NodeId arg : args) {
    if (auto keyword = c.As<Keyword>(arg)) {
      options.push_back(Entry(c, c.names().Member(keyword.name(), false), c.Expr(keyword.value()), arg));
    } else if (auto spread = c.As<KeywordSpread>(arg)) {
      // `**kwargs` of a function that only forwards travels inside `...args`.
      NodeId function = c.facts().EnclosingFunction(id);
      Layout layout = LayoutOf(c, function, ParamsOf(c, function));
      if (layout.form == Layout::kForwards && c.src().Is(spread.value(), NodeKind::kName)) continue;
      options.push_back(c.New(make::Spread{.value = c.Expr(spread.value())}, arg));
    } else {
      out.push_back(c.Expr(arg));
    }
  }
  if (!options.empty()) {
    c.SayOnce("keyword-arguments", id);
    out.push_back(OptionsObject(c, std::move(options)));
  }
  return out;
}

// The value for a parameter. Where plain functions are given as well, an instance that can be called becomes one.
NodeId Given(Context& c, NodeId arg, const Slot* slot) {
  NodeId value = c.Expr(arg);
  auto param = slot ? c.As<Param>(slot->node) : Param();
  NodeId owner = param ? ClassOf(c, arg) : kNoNode;
  if (!owner || !FindMethod(c, owner, "__call__")) return value;
  const unsigned kinds = KindsOf(c, param.target());
  if ((kinds & kFunction) == 0 || (kinds & kInstance) == 0 || !c.IsPure(arg)) return value;
  return Js(c, "(...args) => $X.call(...args)", {{"X", value}}, arg);
}

NodeList TranslateArgs(Context& c, NodeId id, std::span<const NodeId> args) {
  NodeId definition = c.src().Is(id, NodeKind::kSuperCall) ? BaseInFile(c, c.facts().EnclosingClass(id)) : c.facts().CalleeDefinition(id);
  if (!definition && c.src().Is(id, NodeKind::kCall) && c.src().Is(c.As<Call>(id).callee(), NodeKind::kSelfRef)) {
    definition = c.facts().EnclosingClass(id);
  }
  // Through a wrapper that hands everything on, the decorated function's own signature holds.
  if (NodeId decorated = DecoratedCallee(c, id)) definition = decorated;
  Signature s = SignatureOf(c, definition);
  if (!s.known) {
    NodeList plain = PlainArgs(c, id, args);
    // A function value of which all candidates are known.
    if (NodeId signal = PassesSignal(c, id) ? SignalAt(c, id) : kNoNode) plain.push_back(signal);
    return plain;
  }
  NodeList positions;
  NodeList rest;
  NodeList options;
  bool spread_seen = false;
  for (NodeId arg : args) {
    if (auto keyword = c.As<Keyword>(arg)) {
      const Slot* slot = Find(s.positions, keyword.name());
      NodeId value = Given(c, keyword.value(), slot ? slot : Find(s.keywords, keyword.name()));
      if (slot) {
        std::size_t index = static_cast<std::size_t>(slot - s.positions.data());
        if (spread_seen) return {c.Refuse(arg, "keyword-arguments")};
        if (positions.size() <= index) positions.resize(index + 1);
        positions[index] = value;
      } else if (const Slot* option = Find(s.keywords, keyword.name())) {
        options.push_back(Entry(c, option->key, value, arg));
      } else {
        options.push_back(Entry(c, keyword.name(), value, arg));
      }
    } else if (auto spread = c.As<KeywordSpread>(arg)) {
      // `**kwargs` of a function that only forwards travels inside `...args`.
      NodeId around = c.facts().EnclosingFunction(id);
      Layout outer = LayoutOf(c, around, ParamsOf(c, around));
      if (outer.form == Layout::kForwards && c.src().Is(spread.value(), NodeKind::kName)) continue;
      if (s.layout.form == Layout::kForwards) continue;
      if (!SpreadKeywords(c, s, spread.value(), positions, options)) return {c.Refuse(arg, "keyword-arguments")};
    } else {
      spread_seen = spread_seen || c.src().Is(arg, NodeKind::kSpread);
      if (s.layout.form == Layout::kPacked && positions.size() >= s.positions.size()) {
        rest.push_back(c.Expr(arg));
      } else {
        positions.push_back(Given(c, arg, positions.size() < s.positions.size() ? &s.positions[positions.size()] : nullptr));
      }
    }
  }
  if (s.layout.form == Layout::kForwards) {
    // Whatever it forwards to takes an object at the end.
    for (NodeId& position : positions) {
      if (!position) position = c.New(make::Undefined{}, {});
    }
    if (!options.empty()) positions.push_back(OptionsObject(c, std::move(options)));
    return positions;
  }
  bool packed = s.layout.form == Layout::kPacked;
  NodeId signal = definition && PassesSignal(c, id) ? SignalAt(c, id) : kNoNode;
  bool in_options = packed || !s.keywords.empty() || s.has_keyword_rest;
  if (signal && in_options) options.push_back(Entry(c, SignalParam(c), signal, {}));
  bool signal_last = signal && !in_options;
  bool need_all = !rest.empty() || !options.empty() || signal_last;
  if (need_all && !spread_seen && positions.size() < s.positions.size()) positions.resize(s.positions.size());
  for (NodeId& position : positions) {
    if (!position) position = c.New(make::Undefined{}, {});
  }
  const bool spread_over = packed && std::any_of(positions.begin(), positions.end(), [&](NodeId position) {
                             return c.dst().Is(position, NodeKind::kSpread);
                           });
  if (spread_over) {
    // `f(*items, key=1)` -> `const [first, ...others] = items;` and `f(first, others, { key: 1 })`.
    positions.insert(positions.end(), rest.begin(), rest.end());
    NodeList names;
    for (const Slot& slot : s.positions) names.push_back(c.NewName(c.names().Fresh(slot.key)));
    const std::string others = c.names().Fresh("others");
    NodeList targets = names;
    targets.push_back(c.New(make::RestPattern{.target = c.NewName(others)}, {}));
    auto all = positions.size() == 1 ? ir::As<Spread>(c.dst(), positions[0]) : Spread();
    NodeId values = all ? all.value() : c.New(make::List{.elements = std::move(positions)}, {});
    NodeId taken = c.NewAssign(c.New(make::ListPattern{.elements = std::move(targets)}, {}), values, {}, DeclKind::kConst);
    if (!c.HoistEffect(taken, id)) return {c.Refuse(id, "keyword-arguments")};
    positions = names;
    positions.push_back(c.NewName(others));
  } else if (packed && need_all) {
    auto only = rest.size() == 1 ? ir::As<Spread>(c.dst(), rest[0]) : Spread();
    positions.push_back(only ? only.value() : c.New(make::List{.elements = std::move(rest)}, {}));
  }
  if (!options.empty()) positions.push_back(OptionsObject(c, std::move(options)));
  if (signal_last) positions.push_back(signal);
  return positions;
}

void RegisterCalls(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateCall);
  t.Claim(NodeKind::kSuperCall, Order::kAfterCards, &TranslateSuperCall);
}

}  // namespace asyncport::translate::to_js
