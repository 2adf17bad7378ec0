// Calls that mean something for concurrency: combinators, tasks, promise methods, iteration with callbacks, `new Promise`.
// Example: `await Promise.all(ids.map((id) => fetchUser(id)))` is Par(all, Loop(fetchUser)).
#include <algorithm>
#include <array>
#include <utility>

#include "shape/builder.h"
#include "support/strings.h"

namespace asyncport::shape {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

const Fate kAwaitedFate{Fate::kAwaited, {}};
const Fate kReturnedFate{Fate::kReturned, {}};
const Fate kDroppedFate{Fate::kDropped, {}};

struct CombinatorRow {
  std::string_view path;
  Join join;
  bool takes_list;  // one collection, or the parts as arguments
};
constexpr CombinatorRow kCombinators[] = {
    {"Promise.all", Join::kAll, true},
    {"Promise.allSettled", Join::kSettled, true},
    {"Promise.race", Join::kFirst, true},
    {"Promise.any", Join::kFirstSuccess, true},
    {"asyncio.gather", Join::kAll, false},
    {"asyncio.wait", Join::kSettled, true},
};

// Methods that call a function literal for each element.
constexpr std::array<std::string_view, 12> kIterations = {
    "map", "forEach", "filter", "flatMap", "some", "every", "find", "findIndex", "reduce", "reduceRight",
    "sort", "from"};

NodeId KeywordValue(const ir::Tree& tree, std::span<const NodeId> args, std::string_view name) {
  for (NodeId id : args) {
    if (const auto keyword = ir::As<ir::Keyword>(tree, id); keyword && keyword.name() == name) {
      return keyword.value();
    }
  }
  return kNoNode;
}

}  // namespace

bool Builder::IsAsyncFunction(NodeId function) const {
  if (const auto f = ir::As<ir::FunctionExpr>(tree_, function)) return f.is_async();
  if (const auto f = ir::As<ir::Lambda>(tree_, function)) return f.is_async();
  return facts_.IsAsync(function) == facts::Async::kYes;
}

std::string Builder::TypeName(NodeId expression) const {
  const facts::Type& type = facts_.type(facts_.TypeOf(expression));
  if (!type.name.empty()) return type.name;
  // A variable that is made once, where inference knows nothing of its library.
  const auto name = ir::As<ir::Name>(tree_, expression);
  const auto call = ir::As<ir::Call>(tree_, name ? kNoNode : expression);
  if (call) return facts_.ResolvedName(call.callee());
  if (!name) return {};
  const facts::BindingId id = facts_.BindingOf(expression);
  if (!id) return {};
  const auto assign = ir::As<ir::Assign>(tree_, facts_.binding(id).definition);
  const auto made = ir::As<ir::Call>(tree_, assign ? assign.value() : kNoNode);
  return made ? facts_.ResolvedName(made.callee()) : std::string();
}

double Builder::LimitOf(NodeId expression) const {
  NodeId made = expression;
  if (tree_.Is(expression, NodeKind::kName)) {
    const facts::BindingId id = facts_.BindingOf(expression);
    const auto assign = ir::As<ir::Assign>(tree_, id ? facts_.binding(id).definition : kNoNode);
    made = assign ? assign.value() : kNoNode;
  }
  const auto call = ir::As<ir::Call>(tree_, made);
  double value = 0;
  if (call && !call.args().empty()) NumberValue(tree_, call.args()[0], value);
  return value;
}

bool Builder::IsOperation(NodeId call, const Fate& fate) const {
  const facts::CallColour colour = facts_.ColourOf(call);
  if (colour == facts::CallColour::kAsync) return true;
  if (with_becoming_ && facts_.BecomesAwaited(call)) return true;
  return fate.kind == Fate::kAwaited && colour == facts::CallColour::kUnknown;
}

Shape Builder::Inline(NodeId function, const Fate& returned) {
  inlined_.insert(function.index);
  const Fate outer = std::exchange(returned_, returned);
  Shape shape;
  if (const auto lambda = ir::As<ir::Lambda>(tree_, function)) {
    shape = Capture(lambda.body(), returned);
  } else if (const auto expr = ir::As<ir::FunctionExpr>(tree_, function)) {
    shape = Body(expr.body());
  }
  returned_ = outer;
  return shape;
}

// ---------------------------------------------------------------- the parts of a combinator

void Builder::PartOf(NodeId expression, Parts& parts) {
  if (!expression) return;
  switch (tree_.kind(expression)) {
    case NodeKind::kSpread:
      return PartOf(ir::Spread(tree_, expression).value(), parts);
    case NodeKind::kKeyword:
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kNull:
    case NodeKind::kBool:
    case NodeKind::kUndefined:
      return;
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kSetLit:
      return tree_.ForEachChild(expression, [&](NodeId child) { PartOf(child, parts); });
    case NodeKind::kComprehension:
      return ComprehensionValue(expression, kAwaitedFate, parts);
    default:
      break;
  }
  Shape part = Capture(expression, kAwaitedFate);
  if (!part.empty()) parts.push_back(std::move(part));
}

// `timeout(1000)`, or a promise that a timer rejects: the other racer's time limit.
bool Builder::IsRejectingTimer(NodeId expression, double& seconds) const {
  NodeId made = expression;
  if (const auto call = ir::As<ir::Call>(tree_, expression)) {
    const NodeId function = facts_.CalleeDefinition(expression);
    if (const auto lambda = ir::As<ir::Lambda>(tree_, function)) made = lambda.body();
    NodeId body;
    if (const auto def = ir::As<ir::FunctionDef>(tree_, function)) body = def.body();
    if (const auto expr = ir::As<ir::FunctionExpr>(tree_, function)) body = expr.body();
    if (body) {
      const auto statements = ir::Cast<ir::Block>(tree_, body).statements();
      const auto value = statements.empty() ? ir::Return() : ir::As<ir::Return>(tree_, statements.back());
      if (value) made = value.value();
    }
    if (!call.args().empty() && NumberValue(tree_, call.args()[0], seconds)) seconds /= 1000;
  }
  const auto promise = ir::As<ir::New>(tree_, made);
  if (!promise || promise.args().size() != 1) return false;
  // (resolve, reject) => setTimeout(() => reject(...), ms), in whatever form: the second parameter is called.
  std::span<const NodeId> params;
  if (const auto lambda = ir::As<ir::Lambda>(tree_, promise.args()[0])) params = lambda.params();
  if (const auto expr = ir::As<ir::FunctionExpr>(tree_, promise.args()[0])) params = expr.params();
  if (params.size() != 2) return false;
  const NodeId reject = ir::Cast<ir::Param>(tree_, params[1]).target();
  const facts::BindingId binding = facts_.BindingOf(reject);
  if (!binding || facts_.binding(binding).reads.empty()) return false;
  // The read stands inside a call of setTimeout.
  for (NodeId node = facts_.binding(binding).reads.front(); node && node != made; node = facts_.Parent(node)) {
    const auto call = ir::As<ir::Call>(tree_, node);
    if (!call || facts_.ResolvedName(call.callee()) != "setTimeout") continue;
    double ms = 0;
    if (call.args().size() > 1 && NumberValue(tree_, call.args()[1], ms)) seconds = ms / 1000;
    return true;
  }
  return false;
}

bool Builder::Combinator(const ir::Call& call, const std::string& path, const Fate& fate, Parts& out) {
  const auto row = std::find_if(std::begin(kCombinators), std::end(kCombinators),
                                [&](const CombinatorRow& r) { return r.path == path; });
  if (row == std::end(kCombinators)) return false;
  Shape par = Make(Kind::kPar, {}, call.id());
  par.join = row->join;
  if (path == "asyncio.gather") {
    const auto flag = ir::As<ir::Bool>(tree_, KeywordValue(tree_, call.args(), "return_exceptions"));
    if (flag && flag.value()) par.join = Join::kSettled;
  }
  if (path == "asyncio.wait") {
    const NodeId when = KeywordValue(tree_, call.args(), "return_when");
    if (when && facts_.ResolvedName(when) == "asyncio.FIRST_COMPLETED") par.join = Join::kFirst;
  }
  double seconds = 0;
  bool timed = false;
  const auto list = ir::As<ir::List>(tree_, call.args().empty() ? kNoNode : call.args()[0]);
  if (par.join == Join::kFirst && list && path == "Promise.race") {
    for (NodeId element : list.elements()) {
      if (!timed && IsRejectingTimer(element, seconds)) {
        timed = true;
      } else {
        PartOf(element, par.parts);
      }
    }
  } else if (row->takes_list) {
    if (!call.args().empty()) PartOf(call.args()[0], par.parts);
  } else {
    for (NodeId arg : call.args()) PartOf(arg, par.parts);
  }
  if (par.parts.empty()) return true;
  if (timed) {
    Shape inner = par.parts.size() == 1 ? std::move(par.parts[0]) : par;
    par = Make(Kind::kTimeout, {std::move(inner)}, call.id());
    par.amount = seconds;
  }
  Emit(std::move(par), fate, true, out);
  return true;
}

// ---------------------------------------------------------------- tasks

bool Builder::TaskCall(const ir::Call& call, const std::string& path, const Fate& fate, Parts& out) {
  const auto attribute = ir::As<ir::Attribute>(tree_, call.callee());
  const NodeId first = call.args().empty() ? kNoNode : call.args()[0];
  if (!first || tree_.language() != Language::kPy) return false;
  if (path == "asyncio.run" || path == "asyncio.Runner#run" || (attribute && attribute.name() == "run_until_complete")) {
    Eval(first, kAwaitedFate, out);
    return true;
  }
  if (path == "asyncio.shield") {
    Eval(first, fate, out);
    return true;
  }
  if (path == "asyncio.wait_for") {
    Shape timeout = Make(Kind::kTimeout, {Capture(first, kAwaitedFate)}, call.id());
    const NodeId limit = call.args().size() > 1 && !tree_.Is(call.args()[1], NodeKind::kKeyword)
                             ? call.args()[1]
                             : KeywordValue(tree_, call.args(), "timeout");
    if (limit) NumberValue(tree_, limit, timeout.amount);
    if (timeout.parts[0].empty()) return true;
    Emit(std::move(timeout), fate, false, out);
    return true;
  }
  if (path == "asyncio.to_thread" || (attribute && attribute.name() == "run_in_executor")) {
    const NodeId function = path == "asyncio.to_thread" ? first
                            : call.args().size() > 1    ? call.args()[1]
                                                        : kNoNode;
    for (NodeId arg : call.args()) {
      if (arg != function) Eval(arg, {}, out);
    }
    Shape op = Make(Kind::kOp, {}, call.id());
    op.name = VariableName(tree_, function);
    if (op.name.empty()) op.name = "(value)";
    op.is_library = true;
    Emit(std::move(op), fate, path != "asyncio.to_thread", out);
    return true;
  }
  const bool is_task = path == "asyncio.create_task" || path == "asyncio.ensure_future" ||
                       (attribute && (attribute.name() == "create_task" || attribute.name() == "start_soon"));
  if (!is_task) return false;
  Shape work = Capture(first, kAwaitedFate);
  if (work.empty()) return true;
  const std::string object = attribute ? VariableName(tree_, attribute.object()) : std::string();
  if (std::find(groups_.begin(), groups_.end(), object) != groups_.end() && !object.empty()) {
    Shape start = Make(Kind::kStart, {std::move(work)}, call.id());
    start.name = "group " + object;
    out.push_back(std::move(start));
    return true;
  }
  Emit(std::move(work), fate, true, out);
  return true;
}

// ---------------------------------------------------------------- promise methods

// x.then(f), x.catch(f), x.finally(f), where x is asynchronous.
bool Builder::PromiseMethod(const ir::Call& call, const Fate& fate, Parts& out) {
  const auto attribute = ir::As<ir::Attribute>(tree_, call.callee());
  if (!attribute || tree_.language() != Language::kJs || call.args().empty()) return false;
  const std::string_view method = attribute.name();
  if (method != "then" && method != "catch" && method != "finally") return false;
  Shape before = Capture(attribute.object(), kAwaitedFate);
  if (before.empty()) return false;
  const auto handler = [&](std::size_t i) -> Shape {
    if (i >= call.args().size()) return {};
    if (IsFunctionLiteral(tree_, call.args()[i])) return Inline(call.args()[i], kReturnedFate);
    // A function by its name: an operation if it is known to be asynchronous.
    if (!tree_.Is(call.args()[i], NodeKind::kName)) return {};
    const facts::BindingId id = facts_.BindingOf(call.args()[i]);
    const NodeId definition = id ? facts_.binding(id).definition : kNoNode;
    if (!tree_.Is(definition, NodeKind::kFunctionDef) || facts_.IsAsync(definition) != facts::Async::kYes) {
      return {};
    }
    Shape op = Make(Kind::kOp, {}, call.args()[i]);
    op.name = VariableName(tree_, call.args()[i]);
    return op;
  };
  Shape whole;
  if (method == "then") {
    whole = Sequence({std::move(before), handler(0)});
    if (call.args().size() > 1) whole = Make(Kind::kGuard, {std::move(whole), handler(1), {}}, call.id());
  } else if (method == "catch") {
    whole = Make(Kind::kGuard, {std::move(before), handler(0), {}}, call.id());
  } else {
    whole = Make(Kind::kGuard, {std::move(before), {}, handler(0)}, call.id());
  }
  whole.node = call.id();
  Emit(std::move(whole), fate, true, out);
  return true;
}

// ---------------------------------------------------------------- callbacks per element

bool Builder::Iteration(const ir::Call& call, const Fate& fate, Parts& out) {
  const auto attribute = ir::As<ir::Attribute>(tree_, call.callee());
  if (!attribute || tree_.language() != Language::kJs) return false;
  const std::string_view method = attribute.name();
  if (std::find(kIterations.begin(), kIterations.end(), method) == kIterations.end()) return false;
  NodeId function;
  for (NodeId arg : call.args()) {
    if (IsFunctionLiteral(tree_, arg)) function = arg;
  }
  if (!function) return false;
  Eval(attribute.object(), {}, out);
  for (NodeId arg : call.args()) {
    if (arg != function) Eval(arg, {}, out);
  }
  const bool is_async = IsAsyncFunction(function);
  const bool drops = method == "forEach";
  // What a synchronous callback returns is an element of the result, which a combinator waits for.
  Shape body = Inline(function, drops && !is_async              ? kDroppedFate
                                : is_async                      ? kReturnedFate
                                : fate.kind == Fate::kAwaited   ? kAwaitedFate
                                                                : Fate{Fate::kStored, fate.name});
  if (body.empty()) return true;
  const bool starts = !is_async && body.kind == Kind::kStart;
  if (starts) {
    Shape work = std::move(body.parts[0]);
    body = std::move(work);
  }
  Shape loop = Make(Kind::kLoop, {std::move(body)}, call.id());
  if (is_async || starts) {
    const bool consumed = fate.kind == Fate::kAwaited;
    Emit(std::move(loop), drops ? kDroppedFate : consumed ? kAwaitedFate : fate, true, out);
  } else {
    out.push_back(std::move(loop));
  }
  return true;
}

// ---------------------------------------------------------------- any call

void Builder::CallValue(NodeId id, const Fate& fate, Parts& out) {
  const ir::Call call(tree_, id);
  const std::string path = facts_.ResolvedName(call.callee());
  if (Combinator(call, path, fate, out) || TaskCall(call, path, fate, out) ||
      PromiseMethod(call, fate, out) || Iteration(call, fate, out)) {
    return;
  }
  if (IsFunctionLiteral(tree_, call.callee())) {
    for (NodeId arg : call.args()) Eval(arg, {}, out);
    const bool is_async = IsAsyncFunction(call.callee());
    Shape body = Inline(call.callee(), is_async ? kReturnedFate : fate);
    if (is_async) {
      Emit(std::move(body), fate, true, out);
    } else if (!body.empty()) {
      out.push_back(std::move(body));
    }
    return;
  }
  Eval(call.callee(), {}, out);
  // `tasks.push(f())` and `tasks.append(f())` keep the work under the name of the collection.
  Fate argument;
  if (const auto attribute = ir::As<ir::Attribute>(tree_, call.callee())) {
    if (attribute.name() == "push" || attribute.name() == "append" || attribute.name() == "add") {
      argument = {Fate::kStored, VariableName(tree_, attribute.object())};
    }
  }
  for (NodeId arg : call.args()) Eval(arg, argument, out);
  if (!IsOperation(id, fate)) return;
  const CanonicalOp name = CanonicalName(facts_, id);
  Shape op = Make(Kind::kOp, {}, id);
  op.name = name.name;
  op.is_library = name.is_library;
  if (op.name == "sleep") op.amount = SleepSeconds(facts_, id);
  // A call that only the other language awaits is awaited on the spot there.
  const bool becomes = facts_.ColourOf(id) != facts::CallColour::kAsync && fate.kind != Fate::kAwaited;
  Emit(std::move(op), becomes ? kAwaitedFate : fate, tree_.language() == Language::kJs, out);
}

void Builder::NewValue(NodeId expression, const Fate& fate, Parts& out) {
  const ir::New made(tree_, expression);
  for (NodeId arg : made.args()) Eval(arg, {}, out);
  if (facts_.ResolvedName(made.callee()) != "Promise") return;
  const CanonicalOp name = CanonicalName(facts_, expression);
  if (name.name != "sleep" && !made.args().empty() && IsFunctionLiteral(tree_, made.args()[0])) {
    Shape body = Inline(made.args()[0], kDroppedFate);
    if (!body.empty()) out.push_back(std::move(body));
  }
  Shape op = Make(Kind::kOp, {}, expression);
  op.name = name.name;
  op.is_library = true;
  if (op.name == "sleep") {
    op.amount = SleepSeconds(facts_, expression);
    inlined_.insert(made.args()[0].index);
  }
  Emit(std::move(op), fate, true, out);
}

}  // namespace asyncport::shape
