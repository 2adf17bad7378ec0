// Functions: declarations, arrows bound to names, callbacks that need a `def` of their own, parameters.
// Example: `const add = (a, b) => a + b;` -> `def add(a, b):\n    return a + b`.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "support/strings.h"
#include "translate/to_py/tables.h"
#include "translate/to_py/beginnings.h"
#include "translate/to_py/closures.h"
#include "translate/to_py/modules.h"
#include "translate/to_py/selves.h"
#include "translate/to_py/defaults.h"
#include "translate/to_py/destructuring.h"
#include "translate/to_py/record_params.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/turns.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

struct FunctionParts {
  std::span<const NodeId> params;
  NodeId body;  // Block, or the expression of a Lambda
  bool is_generator = false;
  bool is_lambda = false;
};

FunctionParts PartsOf(Context& c, NodeId function) {
  if (auto f = c.As<FunctionDef>(function)) return {f.params(), f.body(), f.is_generator(), false};
  if (auto f = c.As<FunctionExpr>(function)) return {f.params(), f.body(), f.is_generator(), false};
  if (auto f = c.As<Method>(function)) return {f.params(), f.body(), f.is_generator(), false};
  auto lambda = c.As<Lambda>(function);
  return {lambda.params(), lambda.body(), false, true};
}

// Name for a destructured parameter, from what the function is called.
std::string RecordName(Context& c, NodeId function) {
  std::string_view owner;
  if (auto f = c.As<FunctionDef>(function)) owner = c.src().text(f.name());
  const NodeId parent = c.facts().Parent(function);
  if (owner.empty() && c.As<Call>(parent)) {
    // A callback is given an item of something.
    return FreshIn(c, PartsOf(c, function).body, "item");
  }
  std::string snake = ToSnakeCase(owner);
  std::size_t last = snake.rfind('_');
  std::string noun = last == std::string::npos ? "" : snake.substr(last + 1);
  if (noun.size() < 3) noun = "options";
  return c.names().Fresh(noun);
}

void AppendBody(Context& c, NodeId function, NodeList& statements) {
  FunctionParts parts = PartsOf(c, function);
  if (!parts.is_lambda) {
    NodeList own = c.Stmts(InDefinitionOrder(c, c.As<ir::Block>(parts.body).statements()));
    statements.insert(statements.end(), own.begin(), own.end());
    EndWithTurn(c, function, statements);
    return;
  }
  // An expression body: return it, unless it is only there for its effect.
  if (IsChain(c, parts.body) || (c.TargetIsAsync(function) && IsMadeToReturn(c, parts.body))) {
    ReturnOutcome(c, parts.body, parts.body, statements);
    return;
  }
  if (ForEachCall(c, parts.body, parts.body, statements)) return;
  if (c.src().Is(parts.body, NodeKind::kConditional) && !c.TargetIsAsync(function)) {
    ReturnOf(c, parts.body, parts.body, statements);
    return;
  }
  const bool mixed = c.TargetIsAsync(function) && MayGivePromise(c, parts.body);
  if (mixed) c.MarkStarted(parts.body);
  Context::Hoisted result = c.ExprWithHoists(parts.body);
  statements.insert(statements.end(), result.before.begin(), result.before.end());
  if (mixed) result.value = c.New(make::Await{.value = ValueOf(c, result.value)}, parts.body);
  // The def awaits the promise that the arrow handed back.
  bool promise = GivesWork(c, parts.body) ||
                 c.facts().Only(parts.body, {facts::TypeKind::kPromise, facts::TypeKind::kCoroutine});
  if (promise && c.TargetIsAsync(function) && !c.dst().Is(result.value, NodeKind::kAwait)) {
    result.value = c.New(make::Await{.value = result.value}, parts.body);
  }
  bool effect_only = c.IsCallTo(parts.body, "console.log") || c.IsCallTo(parts.body, "console.error");
  statements.push_back(effect_only ? c.NewExprStmt(result.value, parts.body)
                                   : c.New(make::Return{.value = result.value}, parts.body));
  return;
}

NodeId BodyOf(Context& c, NodeId function, NodeList statements) {
  AppendBody(c, function, statements);
  DeclareOuter(c, function, statements);
  return c.NewBlock(std::move(statements), PartsOf(c, function).is_lambda ? kNoNode : PartsOf(c, function).body);
}

bool TranslateFunctionDef(Context& c, NodeId id, NodeList& out) {
  auto function = c.As<FunctionDef>(id);
  facts::BindingId binding = c.facts().BindingOf(function.name());
  if (IsSleepHelper(c, id)) {
    c.Absorb(id);
    if (binding) c.Drop(binding);
    return true;
  }
  out.push_back(Define(c, id, c.TargetName(function.name()), id));
  return true;
}

// `const f = (x) => ...` and `f = function () {}`.
bool TranslateNamedFunction(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  auto name = c.As<ir::Name>(assign.targets()[0]);
  NodeKind kind = c.src().kind(assign.value());
  if (!name || (kind != NodeKind::kLambda && kind != NodeKind::kFunctionExpr)) return false;
  facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
  if (IsSleepHelper(c, assign.value())) {
    c.Absorb(id);
    if (binding) c.Drop(binding);
    return true;
  }
  out.push_back(Define(c, assign.value(), c.TargetName(assign.targets()[0]), id));
  return true;
}

std::optional<NodeId> TranslateLambda(Context& c, NodeId id) { return FunctionValue(c, id, ""); }

bool HasAwait(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kAwait)) return true;
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasAwait(c, child); });
  return found;
}

// The one expression of a function body, if that is all it does.
NodeId SingleExpression(Context& c, NodeId function) {
  if (auto lambda = c.As<Lambda>(function)) return lambda.body();
  auto f = c.As<FunctionExpr>(function);
  if (!f || f.is_generator() || f.name()) return kNoNode;
  auto statements = c.As<ir::Block>(f.body()).statements();
  if (statements.size() != 1) return kNoNode;
  if (auto ret = c.As<Return>(statements[0])) return ret.value();
  return kNoNode;
}

bool HasSimpleParams(Context& c, NodeId function) {
  if (!PartsOf(c, function).params.empty() && ReadsArguments(c, function)) return false;
  for (NodeId id : PartsOf(c, function).params) {
    auto param = c.As<Param>(id);
    if (!c.src().Is(param.target(), NodeKind::kName) && !RecordParam(c, param.target())) return false;
    if (DefaultInBody(c, id)) return false;
  }
  return true;
}

// A name for a callback from where it stands: `on("data", fn)` -> on_data, `setTimeout(fn, 1)` -> callback.
std::string CallbackName(Context& c, NodeId function, std::string_view hint) {
  if (!hint.empty()) return c.names().Fresh(hint);
  if (auto f = c.As<FunctionExpr>(function); f && f.name()) return c.TargetName(f.name());
  NodeId parent = c.facts().Parent(function);
  if (auto entry = c.As<DictEntry>(parent)) {
    if (auto key = c.As<String>(entry.key())) return c.names().Fresh(SafeName(c, key.value()));
  }
  auto call = c.As<Call>(parent);
  std::string_view method = c.MethodName(parent);
  if (call && (method == "on" || method == "once") && !call.args().empty()) {
    if (auto event = c.As<String>(call.args()[0])) return c.names().Fresh(c.names().Convert("on_" + SafeName(c, event.value())));
  }
  auto params = PartsOf(c, function).params;
  bool per_item = method == "map" || method == "filter" || method == "forEach" || method == "some" ||
                  method == "every" || method == "find" || method == "flatMap";
  if (per_item && !params.empty()) {
    auto param = c.As<Param>(params[0]);
    if (c.src().Is(param.target(), NodeKind::kName)) return c.names().Fresh("handle_" + c.TargetName(param.target()));
  }
  if (method == "sort" || method == "toSorted") return c.names().Fresh("compare");
  if (method == "reduce") return c.names().Fresh("combine");
  return c.names().Fresh(c.TargetIsAsync(function) ? "work" : "callback");
}

}  // namespace

std::unordered_set<std::string> AssignedNames(Context& c, std::span<const NodeId> statements) {
  std::unordered_set<std::string> names;
  auto take = [&](auto&& self, NodeId pattern) -> void {
    if (c.dst().Is(pattern, NodeKind::kName)) names.insert(std::string(c.dst().text(pattern)));
    if (c.dst().Is(pattern, NodeKind::kListPattern) || c.dst().Is(pattern, NodeKind::kRestPattern)) {
      c.dst().ForEachChild(pattern, [&](NodeId child) { self(self, child); });
    }
  };
  auto visit = [&](auto&& self, NodeId id) -> void {
    NodeKind kind = c.dst().kind(id);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kClassDef || kind == NodeKind::kLambda || kind == NodeKind::kMethod) return;
    if (auto assign = ir::As<Assign>(c.dst(), id)) {
      for (NodeId target : assign.targets()) take(take, target);
    } else if (auto augmented = ir::As<AugAssign>(c.dst(), id)) {
      take(take, augmented.target());
    } else if (auto walrus = ir::As<Walrus>(c.dst(), id)) {
      take(take, walrus.target());
    } else if (auto loop = ir::As<ForEach>(c.dst(), id)) {
      take(take, loop.target());
    }
    c.dst().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  for (NodeId statement : statements) visit(visit, statement);
  return names;
}

// `nonlocal x` / `global x` for outer variables that the function's own statements assign in the target.
void DeclareOuter(Context& c, NodeId function, NodeList& body) { DeclareOuterOf(c, std::span(&function, 1), body); }

void DeclareOuterOf(Context& c, std::span<const NodeId> functions, NodeList& body) {
  std::vector<facts::BindingId> candidates;
  for (NodeId function : functions) {
    for (facts::BindingId id : c.State<OuterBindings>().WrittenBy(function)) {
      if (std::find(candidates.begin(), candidates.end(), id) == candidates.end()) candidates.push_back(id);
    }
  }
  if (candidates.empty()) return;
  const std::unordered_set<std::string> assigned = AssignedNames(c, body);
  NodeList nonlocals;
  NodeList globals;
  for (facts::BindingId id : candidates) {
    const facts::Binding& b = c.facts().binding(id);
    if (c.IsDropped(id) || c.SubstituteOf(id) || b.kind == facts::BindingKind::kImport || !assigned.contains(c.names().Of(id))) continue;
    if (c.WasRefused(b.declaration)) continue;
    NodeId home = c.facts().EnclosingFunction(b.declaration);
    bool in_main = !home && c.module_in_main() && c.marks().contains("main-local:" + c.names().Of(id));
    (home || in_main ? nonlocals : globals).push_back(c.NewName(c.names().Of(id)));
  }
  if (!nonlocals.empty()) body.insert(body.begin(), c.New(make::ScopeDecl{.names = std::move(nonlocals), .is_nonlocal = true}, {}));
  if (!globals.empty()) body.insert(body.begin(), c.New(make::ScopeDecl{.names = std::move(globals)}, {}));
}

NodeList InDefinitionOrder(Context& c, std::span<const NodeId> statements) {
  // Position of each function declaration of the list, by its binding.
  std::unordered_map<std::uint32_t, std::size_t> declared;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto def = c.As<FunctionDef>(statements[i]);
    auto made = c.As<ClassDef>(statements[i]);
    // A constructor function is there from the start, a class from its line on.
    if (made && c.source().Text(c.src().span(statements[i])).starts_with("class")) continue;
    NodeId name = def ? def.name() : made ? made.name() : kNoNode;
    facts::BindingId binding = name ? c.facts().BindingOf(name) : facts::BindingId{};
    if (binding) declared[binding.index] = i;
  }
  NodeList out;
  if (declared.empty()) {
    out.assign(statements.begin(), statements.end());
    return out;
  }
  // A function that has been visited has everything it may call placed: no second visit.
  std::vector<bool> placed(statements.size());
  std::vector<bool> visited(statements.size());
  std::vector<std::size_t> found;
  auto visit = [&](auto&& self, NodeId id) -> void {
    if (!c.src().Is(id, NodeKind::kName)) {
      c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
      return;
    }
    facts::BindingId binding = c.facts().BindingOf(id);
    auto it = binding ? declared.find(binding.index) : declared.end();
    if (it == declared.end() || visited[it->second]) return;
    visited[it->second] = true;
    if (!placed[it->second]) found.push_back(it->second);
    auto def = c.As<FunctionDef>(statements[it->second]);
    self(self, def ? def.body() : statements[it->second]);
  };
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (placed[i]) continue;
    const bool waits = c.src().Is(statements[i], NodeKind::kFunctionDef) || c.src().Is(statements[i], NodeKind::kImport);
    if (!waits) {
      placed[i] = true;  // a class may speak of itself
      found.clear();
      visit(visit, statements[i]);
      std::sort(found.begin(), found.end());
      for (std::size_t j : found) {
        out.push_back(statements[j]);
        placed[j] = true;
      }
    }
    out.push_back(statements[i]);
    placed[i] = true;
  }
  return out;
}

bool TakesKeywords(Context& c, NodeId function) {
  FunctionParts parts = PartsOf(c, function);
  if (parts.params.empty()) return false;
  auto last = c.As<Param>(parts.params.back());
  auto pattern = c.As<ObjectPattern>(last.target());
  if (!pattern || pattern.rest()) return false;
  for (NodeId id : pattern.properties()) {
    auto property = c.As<PropertyPattern>(id);
    if (!c.src().Is(property.key(), NodeKind::kString)) return false;
    auto with_default = c.As<DefaultPattern>(property.target());
    NodeId target = with_default ? with_default.target() : property.target();
    if (!c.src().Is(target, NodeKind::kName)) return false;
    // Renamed properties would need the caller's key and the body's name at once.
    if (c.src().text(target) != c.src().text(property.key())) return false;
  }
  // An options bag: the whole has a default, or every property has.
  auto def = c.As<FunctionDef>(function);
  NodeId name = def ? def.name() : kNoNode;
  if (auto assign = c.As<Assign>(c.facts().Parent(function)); !def && assign) name = assign.targets()[0];
  facts::BindingId binding = name ? c.facts().BindingOf(name) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).reads.empty()) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    if (!call || call.callee() != read) return false;
    if (call.args().size() < parts.params.size()) continue;
    if (call.args().size() > parts.params.size()) return false;
    for (NodeId arg : call.args()) {
      if (c.src().Is(arg, NodeKind::kSpread)) return false;
    }
    auto dict = c.As<Dict>(call.args().back());
    if (!dict) return false;
    for (NodeId e : dict.entries()) {
      auto entry = c.As<DictEntry>(e);
      if (!entry || !c.src().Is(entry.key(), NodeKind::kString)) return false;
    }
  }
  return true;
}

namespace {

bool HasPlainParams(Context& c, NodeId function) {
  const auto params = PartsOf(c, function).params;
  return std::all_of(params.begin(), params.end(), [&](NodeId id) {
    auto param = c.As<Param>(id);
    return c.src().Is(param.target(), NodeKind::kName) && param.kind() == ParamKind::kPlain;
  });
}

// `arguments` are all of them, those with names too: `*args`, and `first = args[0] if args else None`.
void AllArguments(Context& c, NodeId function, Params& result) {
  const std::string all = ArgumentsName(c, function);
  result.params.push_back(c.New(make::Param{.target = c.NewName(all), .kind = ParamKind::kRest}, {}));
  long long index = 0;
  for (NodeId id : PartsOf(c, function).params) {
    const NodeId target = c.As<Param>(id).target();
    const facts::BindingId binding = c.facts().BindingOf(target);
    const long long at = index++;
    if (binding && c.facts().binding(binding).reads.empty()) continue;
    NodeId test = c.NewName(all);
    if (at > 0) test = c.New(make::Binary{.left = c.NewCall(c.NewName("len"), {test}), .right = c.NewInt(at), .op = BinaryOp::kGt}, {});
    NodeId item = c.New(make::Subscript{.object = c.NewName(all), .index = c.NewInt(at)}, {});
    NodeId given = c.As<Param>(id).default_value();
    const bool in_body = given && DefaultInBody(c, id);
    NodeId fill = in_body ? FillDefault(c, id, c.TargetName(target), given) : kNoNode;
    if (in_body) given = kNoNode;
    NodeId other = given ? c.Expr(given) : c.New(make::Null{}, {});
    NodeId value = c.New(make::Conditional{.test = test, .then_value = item, .else_value = other}, {});
    result.prologue.push_back(c.NewAssign(c.NewName(c.TargetName(target)), value, id));
    if (fill) result.prologue.push_back(fill);
  }
}

}  // namespace

namespace {

// Does the file change the list that a name stands for: `words.shift()`, `args[0] = x`?
bool IsChangedInPlace(Context& c, NodeId name) {
  const facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding) return false;
  static constexpr std::string_view kChanging[] = {"push", "pop", "shift", "unshift", "splice",
                                                   "sort", "reverse", "fill", "copyWithin"};
  const auto& reads = c.facts().binding(binding).reads;
  return std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
    const NodeId parent = c.facts().Parent(read);
    if (auto method = c.As<Attribute>(parent)) {
      return std::find(std::begin(kChanging), std::end(kChanging), method.name()) != std::end(kChanging);
    }
    auto item = c.As<Subscript>(parent);
    auto assign = item && item.object() == read ? c.As<Assign>(c.facts().Parent(parent)) : Assign();
    return assign && assign.value() != parent;
  });
}

}  // namespace

Params TranslateParams(Context& c, NodeId function) {
  Params result;
  bool keywords = TakesKeywords(c, function);
  auto params = PartsOf(c, function).params;
  if (TakesSelf(c, function)) result.params.push_back(c.New(make::Param{.target = c.NewName("self")}, {}));
  if (ReadsArguments(c, function) && HasPlainParams(c, function)) {
    AllArguments(c, function, result);
    return result;
  }
  // Calls with fewer arguments leave the rest undefined, further arguments are ignored: Python wants both said.
  const CallSites::Calls* calls = c.State<CallSites>().Of(function);
  std::size_t fewest = calls && !calls->spread ? calls->min : params.size();
  bool takes_rest = false;
  for (NodeId id : params) takes_rest = takes_rest || c.As<Param>(id).kind() == ParamKind::kRest;
  for (std::size_t i = 0; i < params.size(); ++i) {
    auto param = c.As<Param>(params[i]);
    auto pattern = c.As<ObjectPattern>(param.target());
    if (keywords && pattern && i + 1 == params.size()) {
      for (NodeId id : pattern.properties()) {
        auto property = c.As<PropertyPattern>(id);
        auto with_default = c.As<DefaultPattern>(property.target());
        NodeId target = with_default ? with_default.target() : property.target();
        std::string name = c.TargetName(target);
        NodeId value;
        if (with_default) {
          const bool in_body = IsMutableDefault(c, with_default.default_value()) ||
                               MayBeGivenUndefined(c, c.src().text(property.key()));
          if (in_body) {
            result.prologue.push_back(FillDefault(c, id, name, with_default.default_value()));
            value = c.New(make::Null{}, {});
          } else {
            value = c.Expr(with_default.default_value());
          }
        } else if (param.default_value()) {
          value = c.New(make::Null{}, {});  // `= {}` makes every property optional
        }
        result.params.push_back(c.New(make::Param{.target = c.NewName(name, target), .default_value = value, .kind = ParamKind::kKeywordOnly}, id));
      }
      c.SayOnce("options-to-keywords", params[i]);
      continue;
    }
    if (c.src().Is(param.target(), NodeKind::kName)) {
      std::string name = c.TargetName(param.target());
      NodeId value;
      if (param.default_value()) {
        if (DefaultInBody(c, params[i])) {
          value = c.New(make::Null{}, {});
          result.prologue.push_back(FillDefault(c, params[i], name, param.default_value()));
        } else {
          value = c.Expr(param.default_value());
        }
      }
      if (param.kind() == ParamKind::kRest && IsChangedInPlace(c, param.target())) {
        NodeId copy = c.NewCall(c.NewName("list"), {c.NewName(name)});
        result.prologue.push_back(c.NewAssign(c.NewName(name), copy));
      }
      if (!value && param.kind() == ParamKind::kPlain && i >= fewest) value = c.New(make::Null{}, {});
      result.params.push_back(c.New(make::Param{.target = c.NewName(name, param.target()), .default_value = value, .kind = param.kind()}, params[i]));
      continue;
    }
    if (NodeId record = RecordParam(c, param.target())) {
      NodeId value = i >= fewest ? c.New(make::Null{}, {}) : kNoNode;
      result.params.push_back(c.New(make::Param{.target = record, .default_value = value}, params[i]));
      continue;
    }
    std::string name = RecordName(c, function);
    NodeId value;
    if (param.default_value()) {
      value = c.New(make::Null{}, {});
      result.prologue.push_back(FillDefault(c, params[i], name, param.default_value()));
    }
    result.params.push_back(c.New(make::Param{.target = c.NewName(name), .default_value = value, .kind = param.kind()}, params[i]));
    Destructure(c, param.target(), c.NewName(name), true, result.prologue);
  }
  // A parameter after one with a default needs a default too.
  bool seen_default = false;
  for (NodeId& id : result.params) {
    auto p = ir::As<Param>(c.dst(), id);
    if (p.kind() != ParamKind::kPlain) continue;
    if (p.default_value()) seen_default = true;
    else if (seen_default) id = c.New(make::Param{.target = p.target(), .default_value = c.New(make::Null{}, {})}, c.dst().origin(id));
  }
  // Spread arguments are most often those that the function takes.
  const bool written = c.src().Is(function, NodeKind::kLambda) || c.src().Is(function, NodeKind::kFunctionExpr);
  const bool given_more = calls && (calls->max > params.size() || (calls->spread && params.empty() && written));
  if (given_more && !takes_rest) {
    const bool taken = std::any_of(params.begin(), params.end(), [&](NodeId id) {
      NodeId target = c.As<Param>(id).target();
      return c.src().Is(target, NodeKind::kName) && c.TargetName(target) == "_";
    });
    NodeId rest = c.New(make::Param{.target = c.NewName(taken ? "_rest" : "_"), .kind = ParamKind::kRest}, {});
    auto at = std::find_if(result.params.begin(), result.params.end(),
                           [&](NodeId id) { return ir::As<Param>(c.dst(), id).kind() == ParamKind::kKeywordOnly; });
    result.params.insert(at, rest);
  }
  return result;
}

NodeId Define(Context& c, NodeId function, std::string_view name, NodeId origin) {
  FunctionParts parts = PartsOf(c, function);
  Params params = TranslateParams(c, function);
  if (c.src().Is(function, NodeKind::kLambda) || c.src().Is(function, NodeKind::kFunctionExpr)) {
    BindLoopVariables(c, function, params.params);
  }
  const bool begins = BeginsAtOnce(c, function);
  // An arrow that hands on a task has nothing to wait for.
  const bool hands_on = parts.is_lambda && HandsOnTasks(c, function);
  NodeId body;
  if (!begins) {
    Plainly(c, hands_on ? function : kNoNode, [&] { body = BodyOf(c, function, std::move(params.prologue)); });
  } else {
    AppendBeginning(c, function, params.prologue);
    body = c.NewBlock(std::move(params.prologue), parts.body);
  }
  return c.New(make::FunctionDef{.name = c.NewName(name),
                                 .params = std::move(params.params),
                                 .body = body,
                                 .is_async = !begins && !hands_on && c.TargetIsAsync(function),
                                 .is_generator = parts.is_generator},
               origin);
}

NodeId FunctionValue(Context& c, NodeId function, std::string_view hint) {
  // An async arrow around a plain value must stay a coroutine function: its callers await it.
  NodeId expression = SingleExpression(c, function);
  bool is_async = c.TargetIsAsync(function);
  bool hands_on = expression && (c.facts().ColourOf(expression) == facts::CallColour::kAsync ||
                                 c.facts().Only(expression, {facts::TypeKind::kPromise, facts::TypeKind::kCoroutine}));
  if (expression && (!is_async || hands_on) && HasSimpleParams(c, function) && !HasAwait(c, expression) &&
      !IsChain(c, expression) && !IsForEachCall(c, expression) && !c.src().Is(expression, NodeKind::kAssignExpr)) {
    Context::Hoisted body = c.ExprWithHoists(expression);
    if (body.before.empty()) {
      // A lambda hands on what a function with a return would await.
      if (auto await = ir::As<Await>(c.dst(), body.value); await && c.src().Is(function, NodeKind::kFunctionExpr)) body.value = await.value();
      Params params = TranslateParams(c, function);
      BindLoopVariables(c, function, params.params);
      return c.New(make::Lambda{.params = std::move(params.params), .body = body.value}, function);
    }
  }
  std::string name = CallbackName(c, function, hint);
  if (auto made = CallOfMaker(c, function, name)) return *made;
  c.HoistDefinition(Define(c, function, name, function));
  return c.NewName(name, function);
}

void RegisterFunctions(Topics& t) {
  t.Claim(NodeKind::kFunctionDef, Order::kBeforeCards, &TranslateFunctionDef);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateNamedFunction);
  t.Claim(NodeKind::kLambda, Order::kAfterCards, &TranslateLambda);
  t.Claim(NodeKind::kFunctionExpr, Order::kAfterCards, &TranslateLambda);
}

}  // namespace asyncport::translate::to_py
