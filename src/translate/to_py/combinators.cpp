// Promise.race, any and allSettled; Promise.all is a card. A race against a timer is a timeout.
// Example: `await Promise.race([work(), rejectAfter(ms)])` -> `async with asyncio.timeout(s): await work()`.
#include <algorithm>
#include <utility>

#include "translate/to_py/absence.h"
#include "translate/to_py/parts.h"
#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// The elements of `Promise.name([...])`, if they are listed.
std::optional<std::span<const NodeId>> Listed(Context& c, NodeId id, std::string_view name) {
  if (!c.IsCallTo(id, name)) return std::nullopt;
  auto call = c.As<Call>(id);
  if (call.args().size() != 1) return std::nullopt;
  auto list = c.As<List>(call.args()[0]);
  if (!list) return std::nullopt;
  for (NodeId e : list.elements()) {
    if (c.src().Is(e, NodeKind::kSpread)) return std::nullopt;
  }
  return list.elements();
}

NodeId OnlyStatementValue(Context& c, NodeId function) {
  if (auto lambda = c.As<Lambda>(function)) return lambda.body();
  auto f = c.As<FunctionExpr>(function);
  if (!f) return kNoNode;
  auto statements = c.As<ir::Block>(f.body()).statements();
  if (statements.size() != 1) return kNoNode;
  if (auto expr = c.As<ExprStmt>(statements[0])) return expr.value();
  return kNoNode;
}

// `new Promise((_, reject) => setTimeout(() => reject(error), ms))`, perhaps `timer = setTimeout(...)`.
struct Expiry {
  NodeId milliseconds;
  NodeId error;        // source expression
  // Parameters of a helper that makes the promise, and the arguments they stand for.
  std::vector<std::pair<facts::BindingId, NodeId>> arguments;
};

std::optional<Expiry> AsExpiry(Context& c, NodeId id) {
  if (auto call = c.As<Call>(id)) {
    // `rejectAfter(100)`: a function of the file that returns such a promise.
    NodeId function = c.facts().CalleeDefinition(id);
    NodeId returned = function ? ReturnedExpression(c, function) : kNoNode;
    if (!returned || !c.src().Is(returned, NodeKind::kNew)) return std::nullopt;
    auto expiry = AsExpiry(c, returned);
    auto params = FunctionParams(c, function);
    if (!expiry || params.size() != call.args().size()) return std::nullopt;
    for (std::size_t i = 0; i < params.size(); ++i) {
      NodeId target = c.As<Param>(params[i]).target();
      if (!c.src().Is(target, NodeKind::kName) || !c.IsPure(call.args()[i])) return std::nullopt;
      facts::BindingId binding = c.facts().BindingOf(target);
      expiry->arguments.emplace_back(binding, call.args()[i]);
      bool is_delay = c.src().Is(expiry->milliseconds, NodeKind::kName) && c.facts().BindingOf(expiry->milliseconds) == binding;
      if (is_delay) expiry->milliseconds = call.args()[i];
    }
    return expiry;
  }
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    if (!binding) return std::nullopt;
    const facts::Binding& b = c.facts().binding(binding);
    auto assign = b.definition ? c.As<Assign>(b.definition) : Assign();
    if (!assign || !assign.value() || b.reads.size() != 1) return std::nullopt;
    id = assign.value();
  }
  auto made = c.As<ir::New>(id);
  if (!made || made.args().size() != 1 || c.facts().ResolvedName(made.callee()) != "Promise") return std::nullopt;
  NodeId executor = made.args()[0];
  std::span<const NodeId> params;
  if (auto l = c.As<Lambda>(executor)) params = l.params();
  else if (auto f = c.As<FunctionExpr>(executor)) params = f.params();
  if (params.size() != 2 || !c.src().Is(c.As<Param>(params[1]).target(), NodeKind::kName)) return std::nullopt;
  facts::BindingId reject = c.facts().BindingOf(c.As<Param>(params[1]).target());
  NodeId timer = OnlyStatementValue(c, executor);
  if (!timer || !c.IsCallTo(timer, "setTimeout") || c.As<Call>(timer).args().size() != 2) return std::nullopt;
  NodeId inner = OnlyStatementValue(c, c.As<Call>(timer).args()[0]);
  auto call = inner ? c.As<Call>(inner) : Call();
  if (!call || call.args().size() != 1 || !c.src().Is(call.callee(), NodeKind::kName) || c.facts().BindingOf(call.callee()) != reject) return std::nullopt;
  return Expiry{c.As<Call>(timer).args()[1], call.args()[0], {}};
}

// Is it a promise, or a variable that holds one, which a timer rejects?
bool RejectsLater(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(id);
    auto assign = binding ? c.As<Assign>(c.facts().binding(binding).definition) : Assign();
    return assign && assign.value() && !c.src().Is(assign.value(), NodeKind::kName) && RejectsLater(c, assign.value());
  }
  auto made = c.As<ir::New>(id);
  if (!made || made.args().size() != 1 || c.facts().ResolvedName(made.callee()) != "Promise") return false;
  bool has_timer = false;
  auto visit = [&](auto&& self, NodeId node) -> void {
    has_timer = has_timer || c.IsCallTo(node, "setTimeout");
    c.src().ForEachChild(node, [&](NodeId child) { self(self, child); });
  };
  visit(visit, made.args()[0]);
  return has_timer && FunctionParams(c, made.args()[0]).size() == 2;
}

void Put(Context& c, NodeId value, const Sink& sink, NodeList& out) {
  if (sink.kind == SinkKind::kReturn) out.push_back(c.New(make::Return{.value = value}, {}));
  else if (sink.kind == SinkKind::kAssign) out.push_back(c.NewAssign(sink.target, value));
  else out.push_back(c.NewExprStmt(value));
}

void EmitTimeout(Context& c, NodeId work, const Expiry& expiry, const Sink& sink, NodeList& out) {
  c.SayOnce("race-timeout-idiom", sink.origin);
  c.MarkStarted(work);
  NodeId awaited = c.New(make::Await{.value = c.Expr(work)}, work);
  NodeList inner;
  Put(c, awaited, sink, inner);
  NodeId context = c.NewCall(c.Library("asyncio.timeout"), {Seconds(c, expiry.milliseconds)});
  NodeId with = c.New(make::With{.items = {c.New(make::WithItem{.context = context}, {})}, .body = c.NewBlock(std::move(inner)), .is_async = true}, {});
  for (const auto& [binding, argument] : expiry.arguments) c.Substitute(binding, c.Expr(argument));
  NodeId raise = c.New(make::Raise{.value = c.Expr(expiry.error), .cause = c.New(make::Null{}, {})}, {});
  for (const auto& [binding, argument] : expiry.arguments) c.Substitute(binding, kNoNode);
  NodeId handler = c.New(make::CatchClause{.type = c.NewName("TimeoutError"), .body = c.NewBlock({raise})}, {});
  out.push_back(c.New(make::Try{.body = c.NewBlock({with}), .handlers = {handler}}, sink.origin));
}

NodeId TaskFor(Context& c, NodeId element) {
  if (c.facts().Only(element, {TypeKind::kPromise}) && c.src().Is(element, NodeKind::kName)) return c.Expr(element);
  c.MarkStarted(element);
  NodeId target = c.Expr(element);
  if (IsFuture(c, target)) return target;
  return c.NewCall(c.Library("asyncio.create_task"), {target}, element);
}

void EmitRace(Context& c, NodeId race, std::span<const NodeId> elements, const Sink& sink, NodeList& out) {
  if (elements.size() == 2) {
    if (auto expiry = AsExpiry(c, elements[1])) return EmitTimeout(c, elements[0], *expiry, sink, out);
    if (auto expiry = AsExpiry(c, elements[0])) return EmitTimeout(c, elements[1], *expiry, sink, out);
  }
  bool timed = std::any_of(elements.begin(), elements.end(), [&](NodeId e) { return RejectsLater(c, e); });
  c.SayOnce(timed ? "race-timeout-idiom" : "race-losers-keep-running", race);
  NodeList tasks;
  for (NodeId e : elements) tasks.push_back(TaskFor(c, e));
  std::string names[] = {c.names().Fresh("tasks"), c.names().Fresh("done"), c.names().Fresh("pending"), c.names().Fresh("task")};
  out.push_back(c.NewAssign(c.NewName(names[0]), c.New(make::List{.elements = std::move(tasks)}, race), sink.origin));
  NodeId wait = c.NewCall(c.Library("asyncio.wait"), {c.NewName(names[0]), c.NewKeyword("return_when", c.Library("asyncio.FIRST_COMPLETED"))});
  NodeId both = c.New(make::ListPattern{.elements = {c.NewName(names[1]), c.NewName(names[2])}}, {});
  out.push_back(c.NewAssign(both, c.New(make::Await{.value = wait}, race)));
  NodeId cancel = c.NewExprStmt(c.NewCall(c.NewAttribute(c.NewName(names[3]), "cancel"), {}));
  out.push_back(c.New(make::ForEach{.target = c.NewName(names[3]), .iterable = c.NewName(names[2]), .body = c.NewBlock({cancel})}, {}));
  NodeId popped = c.NewCall(c.NewAttribute(c.NewName(names[1]), "pop"), {});
  Put(c, c.NewCall(c.NewAttribute(popped, "result"), {}), sink, out);
}

// A function of the file whose promises only end races: its declaration disappears with them.
bool DropsExpiryHelper(Context& c, NodeId function, NodeId name) {
  NodeId returned = ReturnedExpression(c, function);
  if (!returned || !c.src().Is(returned, NodeKind::kNew) || !AsExpiry(c, returned)) return false;
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).reads.empty()) return false;
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId call = c.facts().Parent(read);
    NodeId list = c.facts().Parent(call);
    auto elements = list ? Listed(c, c.facts().Parent(list), "Promise.race") : std::nullopt;
    if (!elements || elements->size() != 2 || !AsExpiry(c, call)) return false;
  }
  c.Drop(binding);
  return true;
}

bool TranslateExpiryHelper(Context& c, NodeId id, NodeList&) {
  if (!DropsExpiryHelper(c, id, c.As<FunctionDef>(id).name())) return false;
  c.Absorb(id);
  return true;
}
bool TranslateExpiryArrow(Context& c, NodeId id, NodeList&) {
  auto assign = c.As<Assign>(id);
  bool named = assign.targets().size() == 1 && assign.value() && c.src().Is(assign.targets()[0], NodeKind::kName);
  if (!named || !DropsExpiryHelper(c, assign.value(), assign.targets()[0])) return false;
  c.Absorb(id);
  return true;
}

// The promise that a statement awaits, and where its value goes.
bool RaceOfStatement(Context& c, NodeId id, NodeId value, Sink sink, NodeList& out) {
  if (!value) return false;
  if (auto await = c.As<Await>(value)) value = await.value();
  else if (sink.kind != SinkKind::kReturn) return false;
  auto elements = Listed(c, value, "Promise.race");
  if (!elements) return false;
  if (elements->empty()) {
    c.Refuse(id, "race-empty");
    return true;
  }
  EmitRace(c, value, *elements, sink, out);
  return true;
}

bool TranslateRaceAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (assign.targets().size() != 1 || !assign.value()) return false;
  // The variable of an expiry that a race will absorb.
  if (c.src().Is(assign.value(), NodeKind::kNew) && c.src().Is(assign.targets()[0], NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(assign.targets()[0]);
    if (binding && c.facts().binding(binding).reads.size() == 1) {
      NodeId read = c.facts().binding(binding).reads[0];
      NodeId list = c.facts().Parent(read);
      auto elements = list ? Listed(c, c.facts().Parent(list), "Promise.race") : std::nullopt;
      if (elements && elements->size() == 2 && AsExpiry(c, read)) {
        c.Absorb(id);
        c.Drop(binding);
        return true;
      }
    }
  }
  if (!c.src().Is(assign.targets()[0], NodeKind::kName)) return false;
  if (!c.As<Await>(assign.value()) || !Listed(c, c.As<Await>(assign.value()).value(), "Promise.race")) return false;
  return RaceOfStatement(c, id, assign.value(), {SinkKind::kAssign, c.Pattern(assign.targets()[0]), id}, out);
}
bool TranslateRaceReturn(Context& c, NodeId id, NodeList& out) {
  NodeId function = c.facts().EnclosingFunction(id);
  if (!function || !c.TargetIsAsync(function)) return false;
  return RaceOfStatement(c, id, c.As<Return>(id).value(), {SinkKind::kReturn, {}, id}, out);
}
bool TranslateRaceStatement(Context& c, NodeId id, NodeList& out) {
  return RaceOfStatement(c, id, c.As<ExprStmt>(id).value(), {SinkKind::kDiscard, {}, id}, out);
}

// In the middle of an expression: into a name first.
std::optional<NodeId> TranslateRaceAwait(Context& c, NodeId id) {
  auto elements = Listed(c, c.As<Await>(id).value(), "Promise.race");
  if (!elements || elements->empty()) return std::nullopt;
  std::string name = c.names().Fresh("winner");
  NodeList statements;
  EmitRace(c, c.As<Await>(id).value(), *elements, {SinkKind::kAssign, c.NewName(name), id}, statements);
  for (NodeId s : statements) {
    if (!c.HoistEffect(s, id)) break;
  }
  return c.NewName(name, id);
}

// asyncio has no Promise.any. The errors stand in the order of the attempts.
NodeId FirstSuccess(Context& c, bool futures) {
  std::string code = R"(
import asyncio

async def first_success(*coros):
    """Return the first success; fail with all the errors if there is none."""
    tasks = [asyncio.create_task(coro) for coro in coros]
    try:
        for next_done in asyncio.as_completed(tasks):
            try:
                return await next_done
            except Exception:
                continue
    finally:
        for task in tasks:
            task.cancel()
    errors = [task.exception() for task in tasks]
    raise ExceptionGroup("All promises were rejected", errors)
)";
  if (futures) {
    std::string_view from = "asyncio.create_task(coro)";
    code.replace(code.find(from), from.size(), "asyncio.ensure_future(coro)");
  }
  return DefineOnce(c, "first_success", code);
}

// Arguments for a function that takes coroutines: listed ones, or a spread of whatever makes the array.
NodeList Coroutines(Context& c, NodeId call_id) {
  auto call = c.As<Call>(call_id);
  if (auto mixed = MixedAwaitables(c, call.args()[0])) return std::move(*mixed);
  NodeList args;
  if (auto list = c.As<List>(call.args()[0])) {
    for (NodeId e : list.elements()) {
      c.MarkStarted(e);
      args.push_back(c.Expr(e));  // a spread too
    }
    return args;
  }
  NodeId list = call.args()[0];
  if (c.MethodName(list) == "map" && c.As<Call>(list).args().size() == 1) {
    if (auto lambda = c.As<Lambda>(c.As<Call>(list).args()[0])) c.MarkStarted(lambda.body());
  }
  args.push_back(c.New(make::Spread{.value = c.Expr(list)}, list));
  return args;
}

std::optional<NodeId> TranslateAny(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Promise.any") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  c.SayOnce("any-first-success", id);
  c.SayOnce("catch-narrowing", id);
  NodeList args = Coroutines(c, id);
  bool calls = std::all_of(args.begin(), args.end(), [&](NodeId arg) { return c.dst().Is(arg, NodeKind::kCall) && !IsFuture(c, arg); });
  bool spread = args.size() == 1 && c.dst().Is(args[0], NodeKind::kSpread);
  return c.NewCall(FirstSuccess(c, !calls && !spread), std::move(args), id);
}

// Does the file take outcomes of allSettled apart by their parts? Then they are records as in JavaScript.
struct SettledRecords {
  explicit SettledRecords(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto pattern = c.As<ObjectPattern>(NodeId{i});
      if (!pattern) continue;
      bool status = false;
      bool part = false;
      for (NodeId id : pattern.properties()) {
        std::string_view key = c.src().text(c.As<PropertyPattern>(id).key());
        status = status || key == "status";
        part = part || key == "value" || key == "reason";
      }
      wanted = wanted || (status && part);
    }
  }
  bool wanted = false;
};

// Any other race: the first to end decides, the others go on.
std::optional<NodeId> TranslateRaceValue(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Promise.race") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  if (auto list = c.As<List>(c.As<Call>(id).args()[0]); list && list.elements().empty()) return std::nullopt;
  c.SayOnce("race-losers-keep-running", id);
  NodeId function = DefineOnce(c, "race", R"(
import asyncio

async def race(*awaitables):
    """Wait for the first that ends; the others go on."""
    tasks = [asyncio.ensure_future(awaitable) for awaitable in awaitables]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    return next(task for task in tasks if task in done).result()
)");
  return c.NewCall(function, Coroutines(c, id), id);
}

std::optional<NodeId> TranslateAllSettled(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Promise.allSettled") || c.As<Call>(id).args().size() != 1) return std::nullopt;
  c.SayOnce("allsettled-return-exceptions", id);
  NodeList args = Coroutines(c, id);
  if (c.State<SettledRecords>().wanted) {
    NodeId function = DefineOnce(c, "all_settled", R"(
import asyncio

async def all_settled(*awaitables):
    """Await all of them, and say of each how it ended."""
    results = await asyncio.gather(*awaitables, return_exceptions=True)
    return [
        {"status": "rejected", "value": None, "reason": result}
        if isinstance(result, BaseException)
        else {"status": "fulfilled", "value": result, "reason": None}
        for result in results
    ]
)");
    return c.NewCall(function, std::move(args), id);
  }
  args.push_back(c.NewKeyword("return_exceptions", c.New(make::Bool{.value = true}, {})));
  return c.NewCall(c.Library("asyncio.gather"), std::move(args), id);
}

// `await Promise.all([f(), plain, g()])`: gather takes awaitables only, plain values stand beside their results.
std::optional<NodeId> TranslateMixedAll(Context& c, NodeId id) {
  auto elements = Listed(c, c.As<Await>(id).value(), "Promise.all");
  if (!elements) return std::nullopt;
  auto is_plain = [&](NodeId e) {
    return c.facts().KindOf(e) != TypeKind::kUnknown &&
           !c.facts().May(e, {TypeKind::kPromise, TypeKind::kCoroutine, TypeKind::kInstance, TypeKind::kNever});
  };
  auto plain = std::count_if(elements->begin(), elements->end(), is_plain);
  if (plain == 0) return std::nullopt;
  c.SayOnce("await-plain-value", id);
  NodeList values;
  NodeList calls;
  NodeList names;
  bool single = elements->size() - static_cast<std::size_t>(plain) == 1;
  for (NodeId e : *elements) {
    if (is_plain(e)) {
      values.push_back(c.Expr(e));
      continue;
    }
    c.MarkStarted(e);
    NodeId call = c.Expr(e);
    if (single) {
      values.push_back(c.New(make::Await{.value = call}, e));
      continue;
    }
    std::string name = c.names().Fresh("result");
    calls.push_back(call);
    names.push_back(c.NewName(name));
    values.push_back(c.NewName(name));
  }
  if (!calls.empty()) {
    c.SayOnce("promise-all", id);
    NodeId gather = c.NewCall(c.Library("asyncio.gather"), std::move(calls));
    NodeId unpack = c.New(make::ListPattern{.elements = std::move(names)}, {});
    if (!c.HoistEffect(c.NewAssign(unpack, c.New(make::Await{.value = gather}, {})), id)) return c.New(make::Null{}, id);
  }
  auto assign = c.As<Assign>(c.facts().Parent(id));
  bool unpacked = assign && c.src().Is(assign.targets()[0], NodeKind::kListPattern);
  if (unpacked) return c.New(make::Tuple{.elements = std::move(values)}, id);
  return c.New(make::List{.elements = std::move(values)}, id);
}

// One outcome of allSettled: in Python the value or the exception itself.
bool IsSettled(Context& c, NodeId id) {
  if (c.State<SettledRecords>().wanted) return false;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  auto has = [&](std::string_view name) {
    return std::any_of(type.fields.begin(), type.fields.end(), [&](const auto& field) { return field.first == name; });
  };
  // Without a value where nothing is known of it; nobody wrote such a record as a literal then.
  const std::size_t parts = has("value") ? 3 : type.decl ? 0 : 2;
  return has("status") && has("reason") && type.fields.size() == parts;
}

std::optional<NodeId> TranslateStatusTest(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  bool equal = binary.op() == BinaryOp::kStrictEq || binary.op() == BinaryOp::kLooseEq;
  bool unequal = binary.op() == BinaryOp::kStrictNe || binary.op() == BinaryOp::kLooseNe;
  auto attribute = c.As<Attribute>(binary.left());
  auto text = c.As<String>(binary.right());
  if ((!equal && !unequal) || !attribute || attribute.name() != "status" || !text || !IsSettled(c, attribute.object())) return std::nullopt;
  NodeId test = c.NewCall(c.NewName("isinstance"), {c.Expr(attribute.object()), c.NewName("BaseException")}, id);
  bool asks_failure = (text.value() == "rejected") == equal;
  return asks_failure ? test : Negate(c, test);
}

std::optional<NodeId> TranslateSettledField(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (!IsSettled(c, attribute.object())) return std::nullopt;
  if (attribute.name() == "value" || attribute.name() == "reason") {
    // `r.value ?? r.reason.message`, `r.reason?.message`: asked of outcomes of both kinds.
    auto fallback = c.As<Logical>(c.facts().Parent(id));
    const bool asked = (fallback && fallback.left() == id) || IsTestedLater(c, id);
    NodeId outcome = c.Expr(attribute.object());
    if (!asked || !c.IsPure(attribute.object())) return outcome;
    NodeId failed = c.NewCall(c.NewName("isinstance"), {outcome, c.NewName("BaseException")});
    NodeId none = c.New(make::Null{}, {});
    const bool value = attribute.name() == "value";
    return c.New(make::Conditional{.test = failed, .then_value = value ? none : outcome, .else_value = value ? outcome : none}, id);
  }
  if (attribute.name() != "status") return std::nullopt;
  NodeId test = c.NewCall(c.NewName("isinstance"), {c.Expr(attribute.object()), c.NewName("BaseException")});
  return c.New(make::Conditional{.test = test, .then_value = c.NewString("rejected"), .else_value = c.NewString("fulfilled")}, id);
}

}  // namespace

void RegisterCombinators(Topics& t) {
  t.Claim(NodeKind::kFunctionDef, Order::kBeforeCards, &TranslateExpiryHelper);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateExpiryArrow);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateRaceAssign);
  t.Claim(NodeKind::kReturn, Order::kBeforeCards, &TranslateRaceReturn);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateRaceStatement);
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateRaceAwait);
  t.Claim(NodeKind::kAwait, Order::kBeforeCards, &TranslateMixedAll);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAny);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateAllSettled);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateRaceValue);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateStatusTest);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateSettledField);
}

}  // namespace asyncport::translate::to_py
