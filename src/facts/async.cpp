// Colours of calls, promise-returning functions of JavaScript, blocking functions of Python, and who needs a loop.
#include "facts/async.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "ir/views.h"
#include "rules/rules.h"
#include "support/strings.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr int kMaxRounds = 64;  // of a fixpoint over functions that call each other
constexpr int kMaxDepth = 64;   // of a chain of aliases

// These put something on the loop: without a running one they fail in Python.
constexpr std::array<std::string_view, 17> kUsesLoop = {"setTimeout",
                                                        "setInterval",
                                                        "setImmediate",
                                                        "queueMicrotask",
                                                        "process.nextTick",
                                                        "asyncio.create_task",
                                                        "asyncio.ensure_future",
                                                        "asyncio.get_running_loop",
                                                        "asyncio.Future",
                                                        "asyncio.AbstractEventLoop#call_later",
                                                        "asyncio.AbstractEventLoop#call_soon",
                                                        "asyncio.AbstractEventLoop#call_at",
                                                        "asyncio.AbstractEventLoop#create_task",
                                                        "asyncio.AbstractEventLoop#create_future",
                                                        "asyncio.current_task",
                                                        "asyncio.gather",
                                                        "Promise"};

// Constructors, properties and Python's protocol methods have to give their value at once.
bool IsProtocol(std::string_view name) { return name.starts_with("__") && name.ends_with("__"); }

}  // namespace

AsyncFacts::AsyncFacts(const ir::Tree& tree, const Structure& structure, const Scopes& scopes,
                       const Names& names, Inference& inference, const FactOptions& options)
    : tree_(tree),
      structure_(structure),
      scopes_(scopes),
      names_(names),
      inference_(inference),
      options_(options),
      is_js_(tree.language() == Language::kJs),
      colour_(tree.size(), CallColour::kUnknown),
      is_async_(tree.size(), Async::kNo),
      becomes_(tree.size()),
      becomes_awaited_(tree.size()),
      needs_loop_(tree.size()),
      flow_(tree, structure, scopes, names, inference) {
  for (NodeId node : structure_.preorder) {
    if (IsFunctionKind(tree_.kind(node)) && IsDeclaredAsync(node))
      is_async_[node.index] = Async::kYes;
    if (auto result = ir::As<ir::Return>(tree_, node)) {
      returns_of_[structure_.function[node.index].index].push_back(result.value());
    }
  }
  CollectCalls();
  ColourCalls();
  if (is_js_) {
    PromiseFunctions();
  } else {
    BlockingFunctions();
  }
  LoopFunctions();
}

bool AsyncFacts::IsDeclaredAsync(NodeId function) const {
  if (auto f = ir::As<ir::FunctionDef>(tree_, function)) return f.is_async();
  if (auto f = ir::As<ir::FunctionExpr>(tree_, function)) return f.is_async();
  if (auto f = ir::As<ir::Lambda>(tree_, function)) return f.is_async();
  if (auto f = ir::As<ir::Method>(tree_, function)) return f.is_async();
  return false;
}

bool AsyncFacts::IsGenerator(NodeId function) const {
  if (auto f = ir::As<ir::FunctionDef>(tree_, function)) return f.is_generator();
  if (auto f = ir::As<ir::FunctionExpr>(tree_, function)) return f.is_generator();
  if (auto f = ir::As<ir::Method>(tree_, function)) return f.is_generator();
  return false;
}

Async AsyncFacts::IsAsync(NodeId function) const {
  return function ? is_async_[function.index] : Async::kNo;
}

CallColour AsyncFacts::ColourOf(NodeId call) const {
  if (auto chain = ir::As<ir::OptionalChain>(tree_, call)) return ColourOf(chain.value());
  const NodeKind kind = tree_.kind(call);
  if (kind != NodeKind::kCall && kind != NodeKind::kNew) return CallColour::kSync;
  return colour_[call.index];
}

void AsyncFacts::CollectCalls() {
  for (NodeId node : structure_.preorder) {
    NodeId callee;
    if (auto call = ir::As<ir::Call>(tree_, node)) callee = call.callee();
    if (auto made = ir::As<ir::New>(tree_, node)) callee = made.callee();
    if (!callee) continue;
    CallSiteOf site{node, structure_.function[node.index], {}};
    const Lattice& lattice = inference_.lattice();
    for (SiteId id : lattice.Sites(inference_.ValueOf(callee))) {
      const Site& target = lattice.site(id);
      if (!target.node || !target.name.empty()) continue;
      if (target.kind == TypeKind::kFunction) {
        site.targets.push_back(target.node);
      } else if (target.kind == TypeKind::kClass) {
        if (NodeId constructor = inference_.FindConstructor(target.node))
          site.targets.push_back(constructor);
      }
    }
    calls_.push_back(std::move(site));
  }
}

// "fetchUser", "db.query": what a call of something unknown is told by.
std::string AsyncFacts::NameOfCallee(NodeId callee) const {
  std::string tail;
  for (;;) {
    if (tree_.Is(callee, NodeKind::kName)) {
      // Locals of the same name in different functions are different things.
      const BindingId id = scopes_.binding_of[callee.index];
      return std::to_string(id.index) + tail;
    }
    if (tree_.Is(callee, NodeKind::kSelfRef)) return "self" + tail;
    const auto attribute = ir::As<ir::Attribute>(tree_, callee);
    if (!attribute) return {};
    tail = "." + std::string(attribute.name()) + tail;
    callee = attribute.object();
  }
}

bool AsyncFacts::MatchesAsyncName(NodeId callee) const { return MatchesName(callee, false); }

bool AsyncFacts::MatchesBlockingName(NodeId callee) const { return MatchesName(callee, true); }

bool AsyncFacts::MatchesName(NodeId callee, bool blocking) const {
  if (options_.async_names.empty()) return false;
  std::string_view name;
  if (tree_.Is(callee, NodeKind::kName)) {
    const BindingKind kind = scopes_.bindings[scopes_.binding_of[callee.index].index].kind;
    if (kind != BindingKind::kFree && kind != BindingKind::kImport) return false;
    name = tree_.text(callee);
  } else if (auto attribute = ir::As<ir::Attribute>(tree_, callee)) {
    name = attribute.name();
  }
  if (name.empty()) return false;
  const std::string spellings[] = {std::string(name), ToSnakeCase(name), ToCamelCase(name),
                                   names_.PathOf(callee)};
  for (std::string_view pattern : options_.async_names) {
    if (pattern.starts_with(kBlockingMark) != blocking) continue;
    if (blocking) pattern.remove_prefix(1);
    for (const std::string& spelling : spellings) {
      if (!spelling.empty() && GlobMatch(pattern, spelling)) return true;
    }
  }
  return false;
}

// By what the tables say: rules/api first, then the kind of value that the signature makes anew.
CallColour AsyncFacts::LibraryColour(const std::string& name) const {
  const Language language = tree_.language();
  if (const rules::ApiEntry* api = rules::FindApi(language, name)) {
    if (api->kind == "async") return CallColour::kAsync;
    if (api->kind == "pure" || api->kind == "blocking") return CallColour::kSync;
  }
  const LibraryEntry* entry = FindLibrary(language, name);
  if (entry == nullptr) return CallColour::kUnknown;
  const Signature signature = ParseSignature(entry->signature);
  if (signature.terms.empty()) return CallColour::kUnknown;
  const Term& result = signature.terms[signature.result];
  const bool makes = result.op == TermOp::kMake &&
                     (result.kind == TypeKind::kPromise || result.kind == TypeKind::kCoroutine);
  const bool is_future = result.op == TermOp::kInstance && !result.kids.empty() &&
                         (result.name == "asyncio.Task" || result.name == "asyncio.Future");
  return makes || is_future ? CallColour::kAsync : CallColour::kSync;
}

// Methods of strings and arrays that no asynchronous interface shares: whatever `x` is, `x.join(", ")` is no promise,
// unless somebody awaits just that.
constexpr std::array<std::string_view, 36> kPlainMethods = {
    "at", "charAt", "charCodeAt", "concat", "endsWith", "every", "fill", "flat", "flatMap",
    "includes", "indexOf", "join", "lastIndexOf", "localeCompare", "lower", "map", "padEnd",
    "padStart", "push", "repeat", "replace", "replaceAll", "reverse", "slice", "some", "sort",
    "split", "startsWith", "strip", "toFixed", "toLowerCase", "toString", "toUpperCase",
    "trim", "unshift", "upper"};

CallColour AsyncFacts::ColourOfUnknown(NodeId call, NodeId callee) const {
  std::string path = names_.PathOf(callee);
  if (path.empty()) {
    if (auto attribute = ir::As<ir::Attribute>(tree_, callee)) {
      path = inference_.MemberPath(inference_.ValueOf(attribute.object()), tree_.node(callee).atom);
    }
  }
  if (!path.empty()) {
    const CallColour known = LibraryColour(path);
    if (known != CallColour::kUnknown) return known;
  }
  if (MatchesBlockingName(callee)) return CallColour::kSync;
  if (MatchesAsyncName(callee)) {
    // A synchronous Python program calls it plainly: then it is the other side that has to await it.
    if (is_js_ || flow_.IsAwaitable(call)) return CallColour::kAsync;
    const NodeId function = structure_.function[call.index];
    return function && IsDeclaredAsync(function) ? CallColour::kAsync : CallColour::kSync;
  }
  if (auto attribute = ir::As<ir::Attribute>(tree_, callee);
      attribute && !tree_.Is(structure_.parent[call.index], NodeKind::kAwait) &&
      std::binary_search(kPlainMethods.begin(), kPlainMethods.end(), attribute.name())) {
    return CallColour::kSync;
  }
  if (flow_.IsAwaitable(call)) return CallColour::kAsync;
  if (auto it = awaited_names_.find(NameOfCallee(callee)); it != awaited_names_.end())
    return CallColour::kAsync;
  return CallColour::kUnknown;
}

void AsyncFacts::ColourCalls() {
  const Lattice& lattice = inference_.lattice();
  // One awaited call of an unknown function tells about its other calls.
  for (const CallSiteOf& site : calls_) {
    const auto call = ir::As<ir::Call>(tree_, site.call);
    if (!call || !flow_.IsAwaitable(site.call)) continue;
    if (inference_.ValueOf(call.callee()) != kUnknownSet) continue;
    if (std::string name = NameOfCallee(call.callee()); !name.empty()) awaited_names_[name] = true;
  }
  for (const CallSiteOf& site : calls_) {
    const bool is_new = tree_.Is(site.call, NodeKind::kNew);
    const NodeId callee =
        is_new ? ir::New(tree_, site.call).callee() : ir::Call(tree_, site.call).callee();
    const SetId value = inference_.ValueOf(callee);
    const std::vector<SiteId> sites = lattice.Sites(value);
    bool has_async = false;
    bool has_sync = false;
    bool has_unknown = value == kUnknownSet || value == kNeverSet || sites.empty();
    for (SiteId id : sites) {
      const Site& target = lattice.site(id);
      if (target.kind == TypeKind::kFunction && target.node && target.name.empty()) {
        const bool is_async =
            is_async_[target.node.index] == Async::kYes && !IsGenerator(target.node);
        // Python: `def f(): return g()` hands on the coroutine of g.
        const bool gives_coroutine =
            !is_js_ && lattice.OnlyKinds(inference_.Returned(target.node),
                                         Bit(TypeKind::kCoroutine) | Bit(TypeKind::kPromise));
        (is_async || gives_coroutine ? has_async : has_sync) = true;
      } else if (target.kind == TypeKind::kFunction && target.name == "@returns") {
        const SetId result = inference_.Resolve(lattice.Value(target.element));
        if (result == kUnknownSet) {
          has_unknown = true;
        } else {
          const std::uint32_t promises = Bit(TypeKind::kPromise) | Bit(TypeKind::kCoroutine);
          (lattice.OnlyKinds(result, promises) ? has_async : has_sync) = true;
        }
      } else if (target.kind == TypeKind::kFunction && target.name.starts_with("@")) {
        has_sync = true;  // resolve, reject
      } else if (target.kind == TypeKind::kClass) {
        ((target.name == "Promise" && is_js_) || target.name == "asyncio.Future" ? has_async
                                                                                 : has_sync) = true;
      } else if (!target.name.empty()) {
        const CallColour colour = LibraryColour(target.name);
        has_async = has_async || colour == CallColour::kAsync;
        has_sync = has_sync || colour == CallColour::kSync;
        has_unknown = has_unknown || colour == CallColour::kUnknown;
      } else {
        has_unknown = true;
      }
    }
    CallColour& colour = colour_[site.call.index];
    if (has_unknown && !has_async && !has_sync) {
      colour = is_new ? CallColour::kSync : ColourOfUnknown(site.call, callee);
    } else if (has_async != has_sync && !has_unknown) {
      colour = has_async ? CallColour::kAsync : CallColour::kSync;
    } else {
      colour = flow_.IsAwaitable(site.call) ? CallColour::kAsync : CallColour::kUnknown;
    }
    if (colour != CallColour::kUnknown) continue;
    // Whatever is called, the value is no promise.
    const SetId result = inference_.ValueOf(site.call);
    const std::uint32_t promises = Bit(TypeKind::kPromise) | Bit(TypeKind::kCoroutine);
    if (result != kUnknownSet && result != kNeverSet && (lattice.Kinds(result) & promises) == 0) {
      colour = CallColour::kSync;
    }
  }
}

// ---- JavaScript: plain functions that give promises

AsyncFacts::Made AsyncFacts::MadeBy(NodeId node, int depth) const {
  if (!node) return Made::kNothing;
  const Lattice& lattice = inference_.lattice();
  const SetId value = inference_.ValueOf(node);
  const std::uint32_t kinds = value == kUnknownSet ? 0 : lattice.Kinds(value) & ~kNullBits;
  const bool is_promise = kinds == Bit(TypeKind::kPromise);
  if (depth > kMaxDepth) return Made::kUnknown;
  switch (tree_.kind(node)) {
    case NodeKind::kCall:
    case NodeKind::kNew:
    case NodeKind::kOptionalChain:
      switch (ColourOf(node)) {
        case CallColour::kAsync:
          return Made::kWork;
        case CallColour::kUnknown:
          return is_promise ? Made::kStored : Made::kUnknown;
        case CallColour::kSync:
          return is_promise ? Made::kStored : Made::kPlain;
      }
      return Made::kUnknown;
    case NodeKind::kConditional: {
      const ir::Conditional choice(tree_, node);
      const Made a = MadeBy(choice.then_value(), depth + 1);
      const Made b = MadeBy(choice.else_value(), depth + 1);
      if (a == Made::kPlain || b == Made::kPlain) return Made::kPlain;
      if (a == Made::kUnknown || b == Made::kUnknown) return Made::kUnknown;
      return std::max(a, b);
    }
    case NodeKind::kLogical: {
      const ir::Logical logical(tree_, node);
      const Made a = MadeBy(logical.left(), depth + 1);
      const Made b = MadeBy(logical.right(), depth + 1);
      if (!is_promise)
        return a == Made::kUnknown || b == Made::kUnknown ? Made::kUnknown : Made::kPlain;
      return std::max(a, b);
    }
    case NodeKind::kAssignExpr: {
      const Made made = MadeBy(ir::AssignExpr(tree_, node).value(), depth + 1);
      return made == Made::kWork ? Made::kStored : made;
    }
    case NodeKind::kLogicalAssign: {
      const Made made = MadeBy(ir::LogicalAssign(tree_, node).value(), depth + 1);
      return made == Made::kWork ? Made::kStored : made;
    }
    case NodeKind::kName: {
      // `const p = start(); ...; return p;` is work; a promise that others hold too is not.
      const Binding& binding = scopes_.bindings[scopes_.binding_of[node.index].index];
      const auto assign = ir::As<ir::Assign>(tree_, binding.definition);
      const bool is_own = binding.kind == BindingKind::kVariable && !binding.captured &&
                          !binding.reassigned && binding.reads.size() == 1 && assign &&
                          assign.targets().size() == 1 &&
                          assign.targets()[0] == binding.declaration;
      if (is_own) return MadeBy(assign.value(), depth + 1);
      return is_promise ? Made::kStored : Made::kPlain;
    }
    default:
      return is_promise ? Made::kStored : Made::kPlain;
  }
}

void AsyncFacts::PromiseFunctions() {
  std::vector<NodeId> candidates;
  for (NodeId node : structure_.preorder) {
    if (!IsFunctionKind(tree_.kind(node)) || IsDeclaredAsync(node) || IsGenerator(node)) continue;
    const auto method = ir::As<ir::Method>(tree_, node);
    if (method &&
        (method.kind() == ir::MethodKind::kConstructor || method.kind() == ir::MethodKind::kSetter))
      continue;
    candidates.push_back(node);
  }
  for (int round = 0; round < kMaxRounds; ++round) {
    bool changed = false;
    for (NodeId node : candidates) {
      if (is_async_[node.index] == Async::kYes) continue;
      std::vector<NodeId> values;
      NodeId body;
      if (auto lambda = ir::As<ir::Lambda>(tree_, node)) {
        values = {lambda.body()};
      } else {
        if (auto it = returns_of_.find(node.index); it != returns_of_.end()) values = it->second;
        if (auto f = ir::As<ir::FunctionDef>(tree_, node)) body = f.body();
        if (auto f = ir::As<ir::FunctionExpr>(tree_, node)) body = f.body();
        if (auto f = ir::As<ir::Method>(tree_, node)) body = f.body();
      }
      if (values.empty() || (body && inference_.CanFallThrough(body))) continue;
      bool all_promises = true;
      bool has_work = false;
      bool has_unknown = false;
      for (NodeId value : values) {
        const Made made = MadeBy(value, 0);
        all_promises = all_promises && (made == Made::kWork || made == Made::kStored);
        has_work = has_work || made == Made::kWork;
        has_unknown = has_unknown || made == Made::kUnknown || made == Made::kStored;
      }
      const Async now = all_promises && has_work ? Async::kYes
                        : has_unknown            ? Async::kUnknown
                                                 : Async::kNo;
      if (now == is_async_[node.index]) continue;
      changed = changed || now == Async::kYes;
      is_async_[node.index] = now;
      if (now != Async::kYes) continue;
      // `() => fetchUser(id)` hands the promise on: nothing in it awaits.
      const auto lambda = ir::As<ir::Lambda>(tree_, node);
      const auto call = lambda ? ir::As<ir::Call>(tree_, lambda.body()) : ir::Call();
      const auto member = call ? ir::As<ir::Attribute>(tree_, call.callee()) : ir::Attribute();
      const bool is_chain = member && (member.name() == "then" || member.name() == "catch" ||
                                       member.name() == "finally");
      becomes_[node.index] = !call || is_chain;
    }
    if (!changed) break;
    ColourCalls();
  }
}

// ---- Python: plain functions that block

bool AsyncFacts::IsBlocking(NodeId node) const {
  const auto call = ir::As<ir::Call>(tree_, node);
  if (!call) return false;
  std::string path = names_.PathOf(call.callee());
  if (path.empty()) {
    if (auto attribute = ir::As<ir::Attribute>(tree_, call.callee())) {
      path = inference_.MemberPath(inference_.ValueOf(attribute.object()),
                                   tree_.node(call.callee()).atom);
    }
  }
  if (const rules::ApiEntry* api = path.empty() ? nullptr : rules::FindApi(Language::kPy, path)) {
    // Where the other side has a synchronous counterpart only, nothing is awaited.
    return api->kind == "blocking" && !api->other.empty() && !api->other.ends_with("Sync");
  }
  if (MatchesBlockingName(call.callee())) return true;
  return MatchesAsyncName(call.callee()) && colour_[node.index] != CallColour::kAsync;
}

bool AsyncFacts::CanBecomeAsync(NodeId function) const {
  if (IsGenerator(function)) return false;
  if (const auto method = ir::As<ir::Method>(tree_, function)) {
    return method.kind() == ir::MethodKind::kMethod && !IsProtocol(method.name());
  }
  if (!tree_.Is(function, NodeKind::kLambda)) return true;
  // `sorted(paths, key=lambda p: p.read_text())` needs the value at once.
  NodeId parent = structure_.parent[function.index];
  while (tree_.Is(parent, NodeKind::kKeyword)) parent = structure_.parent[parent.index];
  const auto call = ir::As<ir::Call>(tree_, parent);
  return !call || LibraryColour(names_.PathOf(call.callee())) == CallColour::kAsync;
}

void AsyncFacts::BlockingFunctions() {
  // What awaits has to stand in a function that may be asynchronous, or at module level.
  const auto may_await = [this](NodeId call) {
    const NodeId function = structure_.function[call.index];
    if (!function) return !structure_.class_def[call.index];
    return IsDeclaredAsync(function) || CanBecomeAsync(function);
  };
  std::vector<const CallSiteOf*> work;
  std::unordered_map<std::uint32_t, std::vector<const CallSiteOf*>> callers;
  for (const CallSiteOf& site : calls_) {
    for (NodeId target : site.targets) callers[target.index].push_back(&site);
    if (IsBlocking(site.call) && may_await(site.call)) {
      becomes_awaited_[site.call.index] = true;
      work.push_back(&site);
    }
  }
  while (!work.empty()) {
    const CallSiteOf& site = *work.back();
    work.pop_back();
    const NodeId function = site.function;
    if (!function || IsDeclaredAsync(function) || becomes_[function.index]) continue;
    becomes_[function.index] = true;
    for (const CallSiteOf* caller : callers[function.index]) {
      if (becomes_awaited_[caller->call.index] || !may_await(caller->call)) continue;
      becomes_awaited_[caller->call.index] = true;
      work.push_back(caller);
    }
  }
}

// ---- who needs a running loop

bool AsyncFacts::StartsOnLoop(NodeId node) const {
  NodeId callee;
  if (auto call = ir::As<ir::Call>(tree_, node)) callee = call.callee();
  if (auto made = ir::As<ir::New>(tree_, node)) callee = made.callee();
  std::string path = names_.PathOf(callee);
  if (path.empty()) {
    if (auto attribute = ir::As<ir::Attribute>(tree_, callee)) {
      path = inference_.MemberPath(inference_.ValueOf(attribute.object()), tree_.node(callee).atom);
    }
  }
  const bool is_promise = path == "Promise" && tree_.Is(node, NodeKind::kNew);
  if (path != "Promise" && std::find(kUsesLoop.begin(), kUsesLoop.end(), path) != kUsesLoop.end())
    return true;
  // Work that is made in a plain function and handed on to nobody who awaits it: a task.
  if (is_js_) return is_promise || colour_[node.index] == CallColour::kAsync;
  return false;
}

void AsyncFacts::LoopFunctions() {
  std::vector<NodeId> work;
  std::unordered_map<std::uint32_t, std::vector<NodeId>> callers;
  const auto mark = [&](NodeId function) {
    if (!function || needs_loop_[function.index] || is_async_[function.index] == Async::kYes ||
        becomes_[function.index]) {
      return;
    }
    needs_loop_[function.index] = true;
    work.push_back(function);
  };
  for (const CallSiteOf& site : calls_) {
    for (NodeId target : site.targets) callers[target.index].push_back(site.function);
    if (StartsOnLoop(site.call)) mark(site.function);
  }
  while (!work.empty()) {
    const NodeId function = work.back();
    work.pop_back();
    for (NodeId caller : callers[function.index]) mark(caller);
  }
}

}  // namespace asyncport::facts
