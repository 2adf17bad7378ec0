// Functions: parameters, defaults that Python evaluates once, decorators, lambdas.
// Example: `def make(name, *, active=True): ...` -> `function make(name, { active = true } = {}) {...}`.
#include <algorithm>
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/declare.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/signature.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool Mentions(Context& c, NodeId id, NodeKind kind) {
  if (c.src().Is(id, kind)) return true;
  if (c.src().Is(id, NodeKind::kClassDef)) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || Mentions(c, child, kind); });
  return found;
}

bool Names(Context& c, NodeId id, facts::BindingId binding) {
  for (NodeId read : c.facts().binding(binding).reads) {
    if (c.src().span(id).contains(c.src().span(read))) return true;
  }
  return false;
}

// Does the body change the parameter's value (append to it, write its elements), or hand it on?
bool IsChanged(Context& c, NodeId param_name) {
  facts::BindingId binding = c.facts().BindingOf(param_name);
  if (!binding) return true;
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    NodeKind kind = c.src().kind(parent);
    if (kind == NodeKind::kAttribute || kind == NodeKind::kReturn || kind == NodeKind::kAssign) return true;
    if (kind == NodeKind::kSubscript && c.As<Subscript>(parent).object() == read) {
      NodeKind above = c.src().kind(c.facts().Parent(parent));
      if (above == NodeKind::kAssign || above == NodeKind::kAugAssign || above == NodeKind::kDelete) return true;
    }
    if (auto call = c.As<Call>(parent)) {
      std::string name = c.facts().ResolvedName(call.callee());
      if (name != "len" && name != "sum" && name != "sorted" && name != "list" && name != "tuple" && name != "set" && name != "dict" && name != "frozenset") return true;
    }
  }
  return false;
}

NodeId DefaultValue(Context& c, NodeId param_id) {
  auto param = c.As<Param>(param_id);
  NodeId value = param.default_value();
  if (!value) return kNoNode;
  NodeKind kind = c.src().kind(value);
  bool container = kind == NodeKind::kList || kind == NodeKind::kDict || kind == NodeKind::kSetLit;
  bool call = kind == NodeKind::kCall || kind == NodeKind::kComprehension;
  if ((container && IsChanged(c, param.target())) || call) {
    // Evaluated once, when the function is made.
    if (container) c.Say("shared-mutable-default", param_id);
    std::string name = c.names().Fresh("shared" + std::string(1, static_cast<char>(std::toupper(c.TargetName(param.target())[0]))) + c.TargetName(param.target()).substr(1));
    c.HoistDefinition(c.NewAssign(c.NewName(name), c.Expr(value), {}, DeclKind::kConst));
    return c.NewName(name);
  }
  return c.Expr(value);
}

bool IsOwnName(Context& c, NodeId param_id) {
  auto param = c.As<Param>(param_id);
  return param.default_value() && c.src().Is(param.default_value(), NodeKind::kName) && c.src().Is(param.target(), NodeKind::kName) &&
         c.src().text(param.default_value()) == c.src().text(param.target());
}

NodeList Body(Context& c, NodeId block, NodeList prologue) {
  NodeList own = c.Stmts(c.As<ir::Block>(block).statements());
  prologue.insert(prologue.end(), own.begin(), own.end());
  return prologue;
}

// Does the file ask what a cache of functools has done, or empty one?
struct CacheReads {
  bool some = false;
  explicit CacheReads(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !some; ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      some = attribute && (attribute.name() == "cache_info" || attribute.name() == "cache_clear");
    }
  }
};

bool AsksForCache(Context& c) { return c.State<CacheReads>().some; }

// `@d` around a definition, innermost last.
NodeId Decorated(Context& c, std::span<const NodeId> decorators, NodeId function) {
  NodeId value = function;
  for (auto it = decorators.rbegin(); it != decorators.rend(); ++it) {
    NodeId decorator = *it;
    auto call = c.As<Call>(decorator);
    std::string name = c.facts().ResolvedName(call ? call.callee() : decorator);
    if (name == "functools.wraps") continue;
    if (name == "functools.lru_cache" || name == "functools.cache") {
      if (!AsksForCache(c)) {
        value = c.NewCall(Local(c, "memoize", decorator), {value});
        continue;
      }
      NodeList args = {value};
      NodeId size = call ? KeywordArg(c, decorator, "maxsize") : kNoNode;
      if (call && !size && !call.args().empty()) size = call.args()[0];
      if (name == "functools.cache") args.push_back(c.New(make::Null{}, {}));
      if (size) args.push_back(c.Expr(size));
      value = c.NewCall(Local(c, "lruCache", decorator), std::move(args));
      continue;
    }
    c.SayOnce("decorator-wraps", decorator);
    if (!call && ClassInFile(c, decorator)) {
      value = c.New(make::New{.callee = c.Expr(decorator), .args = {value}}, decorator);
      continue;
    }
    value = c.NewCall(c.Expr(decorator), {value}, decorator);
  }
  return value;
}

bool OnlyWraps(Context& c, std::span<const NodeId> decorators) {
  return std::all_of(decorators.begin(), decorators.end(), [&](NodeId d) {
    auto call = c.As<Call>(d);
    std::string name = c.facts().ResolvedName(call ? call.callee() : d);
    return name == "functools.wraps" || name == "typing.overload" || name == "contextlib.asynccontextmanager" || name == "contextlib.contextmanager";
  });
}

// A function with the name that Python gives it.
NodeId Named(Context& c, NodeId function, FunctionDef f) {
  return Js(c, "Object.defineProperty($F, \"name\", { value: $N })", {{"F", function}, {"N", c.NewString(c.src().text(f.name()))}});
}

// `@wraps(fn)` on a wrapper whose name somebody asks for.
void NameWrapper(Context& c, FunctionDef f, const std::string& name, NodeList& out) {
  for (NodeId d : f.decorators()) {
    auto call = c.As<Call>(d);
    if (!call || call.args().size() != 1 || c.facts().ResolvedName(call.callee()) != "functools.wraps") continue;
    bool asked = false;
    for (std::uint32_t i = 1; i < c.src().size() && !asked; ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      asked = attribute && attribute.name() == "__name__";
    }
    if (!asked) continue;
    NodeId set = Js(c, "Object.defineProperty($W, \"name\", { value: $F.name })", {{"W", c.NewName(name)}, {"F", c.Expr(call.args()[0])}});
    out.push_back(c.NewExprStmt(set));
  }
}

bool TranslateFunctionDef(Context& c, NodeId id, NodeList& out) {
  auto f = c.As<FunctionDef>(id);
  NodeList prologue;
  NodeList params = TranslateParams(c, f.params(), id, prologue);
  NodeId docstring = f.docstring() ? c.NewString(c.src().text(f.docstring()), f.docstring()) : kNoNode;
  NodeList body = Body(c, f.body(), std::move(prologue));
  FinishReturns(c, id, body);
  std::string name = c.TargetName(f.name());
  bool is_async = c.TargetIsAsync(id);
  bool plain = OnlyWraps(c, f.decorators());
  bool keeps_this = Mentions(c, f.body(), NodeKind::kSelfRef) && c.facts().EnclosingFunction(id);
  bool assigned = IsDeclaredBefore(c, c.facts().BindingOf(f.name()));
  if (plain && !keeps_this && !assigned) {
    out.push_back(c.New(make::FunctionDef{.name = c.NewName(name, f.name()),
                                          .params = std::move(params),
                                          .docstring = docstring,
                                          .body = c.New(make::Block{.statements = std::move(body)}, f.body()),
                                          .is_async = is_async,
                                          .is_generator = f.is_generator()},
                        id));
    NameWrapper(c, f, name, out);
    if (f.decorators().empty() && KeepsName(c, id))
      out.push_back(c.NewExprStmt(Named(c, c.NewName(name), f)));
    return true;
  }
  if (f.is_generator() && keeps_this) {
    c.Refuse(id, "method-binding");
    return true;
  }
  facts::BindingId binding = c.facts().BindingOf(f.name());
  const bool keeps_name = !plain && KeepsName(c, id);
  const bool recursive = binding && Names(c, f.body(), binding);
  bool anonymous = keeps_this || (recursive && !keeps_name);
  NodeId block = c.New(make::Block{.statements = std::move(body)}, f.body());
  NodeId function = c.New(make::FunctionExpr{.name = anonymous    ? kNoNode
                                                     : keeps_name ? c.NewName(c.src().text(f.name()))
                                                                  : c.NewName(name),
                                             .params = std::move(params),
                                             .body = block,
                                             .is_async = is_async,
                                             .is_generator = f.is_generator(),
                                             .is_arrow = anonymous && !f.is_generator()},
                          f.body());
  // Recursion goes through the decorator, so the function has no name of its own: it is told its name.
  if (anonymous && !plain && ReadsFunctionNames(c)) function = Named(c, function, f);
  NodeId value = plain ? function : Decorated(c, f.decorators(), function);
  out.push_back(c.NewAssign(c.NewName(name, f.name()), value, id, assigned ? DeclKind::kNone : DeclKind::kConst));
  if (plain) NameWrapper(c, f, name, out);
  return true;
}

// `functools.update_wrapper(self, fn)`: of what it copies, only the name is asked for.
bool TranslateUpdateWrapper(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.IsCallTo(value, "functools.update_wrapper") || c.As<Call>(value).args().size() < 2) return false;
  if (!ReadsFunctionNames(c)) {
    c.Absorb(id);
    return true;
  }
  auto args = c.As<Call>(value).args();
  NodeId name = Js(c, "Object.defineProperty($W, \"name\", { value: $F.name })",
                   {{"W", c.Expr(args[0])}, {"F", c.Expr(args[1])}}, value);
  out.push_back(c.NewExprStmt(name, id));
  return true;
}

std::optional<NodeId> TranslateLambda(Context& c, NodeId id) {
  auto lambda = c.As<Lambda>(id);
  NodeList prologue;
  NodeList params = TranslateParams(c, lambda.params(), id, prologue);
  Context::Hoisted body = c.ExprWithHoists(lambda.body());
  if (body.before.empty() && prologue.empty()) {
    return c.New(make::Lambda{.params = std::move(params), .body = body.value, .is_async = c.TargetIsAsync(id)}, id);
  }
  NodeList statements = std::move(prologue);
  statements.insert(statements.end(), body.before.begin(), body.before.end());
  statements.push_back(c.New(make::Return{.value = body.value}, {}));
  return ArrowBlock(c, std::move(params), std::move(statements), c.TargetIsAsync(id), id);
}

}  // namespace

NodeId NewParam(Context& c, NodeId target) { return c.New(make::Param{.target = target}, {}); }

NodeId Arrow(Context& c, NodeList params, NodeId body, NodeId origin) {
  NodeList list;
  for (NodeId p : params) list.push_back(NewParam(c, p));
  return c.New(make::Lambda{.params = std::move(list), .body = body}, origin);
}

NodeId ArrowBlock(Context& c, NodeList params, NodeList body, bool is_async, NodeId origin) {
  return c.New(make::FunctionExpr{.params = std::move(params), .body = c.NewBlock(std::move(body)), .is_async = is_async, .is_arrow = true}, origin);
}

NodeList TranslateParams(Context& c, std::span<const NodeId> params, NodeId function, NodeList& prologue) {
  NodeList out;
  Layout layout = LayoutOf(c, function, params);
  if (layout.form == Layout::kRefused) {
    c.Refuse(function, "keyword-arguments");
    return out;
  }
  NodeList properties;
  NodeId keyword_rest;
  bool has_options = false;
  for (NodeId id : params) {
    auto param = c.As<Param>(id);
    if (!c.src().Is(param.target(), NodeKind::kName)) {
      out.push_back(c.Expr(id));
      continue;
    }
    std::string name = c.TargetName(param.target());
    NodeId target = c.NewName(name, param.target());
    switch (param.kind()) {
      case ParamKind::kPlain: case ParamKind::kPositionalOnly:
        if (IsOwnName(c, id) && c.src().Is(function, NodeKind::kLambda)) break;  // `lambda i=i:`: each round has its own
        out.push_back(c.New(make::Param{.target = target, .default_value = DefaultValue(c, id)}, id));
        break;
      case ParamKind::kRest:
        if (layout.form == Layout::kPacked) {
          out.push_back(c.New(make::Param{.target = target, .default_value = c.New(make::List{}, {})}, id));
        } else {
          out.push_back(c.New(make::Param{.target = target, .kind = ParamKind::kRest}, id));
        }
        break;
      case ParamKind::kKeywordOnly: {
        has_options = true;
        NodeId value = DefaultValue(c, id);
        if (value) target = c.New(make::DefaultPattern{.target = target, .default_value = value}, {});
        NodeId key = c.NewString(OptionKey(c, id));
        properties.push_back(c.New(make::PropertyPattern{.key = key, .target = target}, id));
        break;
      }
      case ParamKind::kKeywordRest:
        if (layout.form == Layout::kForwards) {
          if (!layout.empty_keywords) break;
          // Keywords travel by position: a body that looks at them sees none.
          c.Say("argument-count", id);
          prologue.push_back(c.NewAssign(target, c.New(make::Dict{}, {}), {}, DeclKind::kConst));
          break;
        }
        has_options = true;
        keyword_rest = target;
        break;
    }
  }
  if (TakesSignal(c, function)) {
    NodeId signal = c.NewName(SignalParam(c));
    if (has_options) {
      properties.push_back(c.New(make::PropertyPattern{.key = c.NewString(SignalParam(c)), .target = signal}, {}));
    } else {
      out.push_back(NewParam(c, signal));
    }
  }
  if (!has_options) return out;
  bool required = false;
  for (NodeId id : params) {
    auto param = c.As<Param>(id);
    required = required || (param.kind() == ParamKind::kKeywordOnly && !param.default_value());
  }
  NodeId empty = required ? kNoNode : c.New(make::Dict{}, {});
  c.SayOnce("keyword-arguments", function);
  NodeId target = properties.empty() ? keyword_rest : c.New(make::ObjectPattern{.properties = std::move(properties), .rest = keyword_rest}, {});
  out.push_back(c.New(make::Param{.target = target, .default_value = empty}, {}));
  return out;
}

void RegisterFunctions(Topics& t) {
  t.Claim(NodeKind::kFunctionDef, Order::kAfterCards, &TranslateFunctionDef);
  t.Claim(NodeKind::kLambda, Order::kAfterCards, &TranslateLambda);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateUpdateWrapper);
}

}  // namespace asyncport::translate::to_js
