// Loops: range to counting loops, enumerate and items() to entries, loop `else`.
// Example: `for i, x in enumerate(xs):` -> `for (const [i, x] of xs.entries()) {`.
#include <algorithm>
#include <utility>

#include "translate/to_js/declare.h"
#include "translate/to_js/iteration.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/signature.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct LoopFlags {
  std::unordered_map<std::uint32_t, std::string> stopped;  // loop -> name of the flag its breaks set
};

bool WritesInside(Context& c, NodeId name, NodeId block) {
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding) return true;
  for (NodeId write : c.facts().binding(binding).writes) {
    if (write != name && c.src().span(block).contains(c.src().span(write))) return true;
  }
  return false;
}

// May the value of the expression change while the body runs?
bool MayChange(Context& c, NodeId id, NodeId body) {
  if (c.src().Is(id, NodeKind::kNumber)) return false;
  if (c.src().Is(id, NodeKind::kName)) return WritesInside(c, id, body);
  if (auto call = c.As<Call>(id)) {
    if (c.facts().ResolvedName(call.callee()) != "len" || call.args().size() != 1) return true;
    NodeId object = call.args()[0];
    if (!c.src().Is(object, NodeKind::kName)) return !c.IsPure(object);
    if (WritesInside(c, object, body)) return true;
    static constexpr std::string_view kResizing[] = {"append", "extend", "insert", "remove", "pop", "clear"};
    facts::BindingId binding = c.facts().BindingOf(object);
    for (NodeId read : c.facts().binding(binding).reads) {
      if (!c.src().span(body).contains(c.src().span(read))) continue;
      std::string_view method = c.MethodName(c.facts().Parent(c.facts().Parent(read)));
      if (std::find(std::begin(kResizing), std::end(kResizing), method) != std::end(kResizing)) return true;
      if (c.src().Is(c.facts().Parent(c.facts().Parent(read)), NodeKind::kDelete)) return true;
    }
    return false;
  }
  bool changes = c.src().Is(id, NodeKind::kAttribute) || c.src().Is(id, NodeKind::kSubscript);
  if (changes) return true;
  c.src().ForEachChild(id, [&](NodeId child) { changes = changes || MayChange(c, child, body); });
  return changes;
}

NodeId Once(Context& c, NodeId source, NodeId body, std::string_view hint) {
  NodeId value = c.Expr(source);
  if (!MayChange(c, source, body)) return value;
  std::string name = c.names().Fresh(hint);
  c.HoistEffect(c.NewAssign(c.NewName(name), value, {}, DeclKind::kConst), source);
  return c.NewName(name);
}

// `for i in range(...)` with an i that the body leaves alone and nobody reads afterwards.
bool CountingLoop(Context& c, ForEach loop, NodeId id, NodeList& out) {
  auto range = AsRange(c, loop.iterable());
  if (!range || loop.is_async() || !c.src().Is(loop.target(), NodeKind::kName)) return false;
  auto step = range->step ? LiteralInt(c, range->step) : std::optional<long long>(1);
  if (!step || *step == 0) return false;
  DeclKind declared = DeclaredAt(c, loop.target());
  if (WritesInside(c, loop.target(), loop.body()) || declared == DeclKind::kNone) return false;
  // A closure that outlives its round keeps the value of that round in both forms.
  std::string name = c.TargetName(loop.target());
  if (name == "_") {
    facts::BindingId binding = c.facts().BindingOf(loop.target());
    if (binding && c.facts().binding(binding).reads.empty()) name = "i";
    for (NodeId up = c.facts().Parent(id); up && name == "i"; up = c.facts().Parent(up)) {
      if (c.src().Is(up, NodeKind::kForEach)) name = c.names().Fresh("i");
    }
    if (name == "i" && c.names().Taken("i")) name = c.names().Fresh("i");
  }
  NodeId start = range->start ? Once(c, range->start, loop.body(), "start") : c.NewInt(0);
  NodeId end = Once(c, range->end, loop.body(), "end");
  BinaryOp compare = *step > 0 ? BinaryOp::kLt : BinaryOp::kGt;
  // `range(1, n + 1)` -> `i <= n`; `range(n - 1, -1, -1)` -> `i >= 0`.
  if (auto sum = ir::As<Binary>(c.dst(), end); sum && *step == 1) {
    auto one = ir::As<Number>(c.dst(), sum.right());
    if (one && one.text() == "1" && sum.op() == BinaryOp::kAdd) {
      end = sum.left();
      compare = BinaryOp::kLe;
    }
  }
  if (*step < 0) {
    if (auto limit = LiteralInt(c, range->end); limit && *limit == -1) {
      end = c.NewInt(0);
      compare = BinaryOp::kGe;
    }
  }
  NodeId init = c.NewAssign(c.NewName(name, loop.target()), start, {}, DeclKind::kLet);
  NodeId test = c.New(make::Binary{.left = c.NewName(name), .right = end, .op = compare}, {});
  NodeId update = c.New(make::AugAssign{.target = c.NewName(name), .value = c.NewInt(*step < 0 ? -*step : *step), .op = *step > 0 ? BinaryOp::kAdd : BinaryOp::kSub}, {});
  out.push_back(c.New(make::CFor{.init = init, .test = test, .update = update, .body = c.Block(loop.body())}, id));
  return true;
}

// enumerate(xs, start): `xs.entries()`, and the offset where there is one.
struct Source {
  NodeId iterable;
  NodeList first;  // statements at the head of the body
  NodeId pattern;  // kNoNode: the source target
};

NodeId Entries(Context& c, NodeId items) {
  NodeId array = ArrayOf(c, items);
  bool list = Only(c, items, kArray) || (KindsOf(c, items) & kUnknown) != 0 || !c.dst().Is(array, NodeKind::kName);
  (void)list;
  return Js(c, "$X.entries()", {{"X", array}});
}

bool EnumerateLoop(Context& c, ForEach loop, Source& source) {
  auto call = c.As<Call>(loop.iterable());
  if (!call || c.facts().ResolvedName(call.callee()) != "enumerate" || call.args().empty() || loop.is_async()) return false;
  if (IsLazy(c, call.args()[0])) return false;
  source.iterable = Entries(c, call.args()[0]);
  NodeId start = PositionalCount(c, loop.iterable()) == 2 ? call.args()[1] : KeywordArg(c, loop.iterable(), "start");
  if (!start || LiteralInt(c, start) == std::optional<long long>(0)) return true;
  auto pattern = c.As<ListPattern>(loop.target());
  if (!pattern || pattern.elements().size() != 2 || !c.src().Is(pattern.elements()[0], NodeKind::kName)) {
    source.iterable = Js(c, "$X.map((item, i) => [i + $S, item])", {{"X", ArrayOf(c, call.args()[0])}, {"S", c.Expr(start)}});
    return true;
  }
  if (DeclaredAt(c, pattern.elements()[0]) == DeclKind::kNone || DeclaredAt(c, pattern.elements()[1]) == DeclKind::kNone) {
    source.iterable = Js(c, "$X.map((item, i) => [i + $S, item])", {{"X", ArrayOf(c, call.args()[0])}, {"S", c.Expr(start)}});
    return true;
  }
  std::string index = c.names().Fresh("index");
  source.pattern = c.New(make::ListPattern{.elements = {c.NewName(index), TargetPattern(c, pattern.elements()[1])}}, {});
  NodeId value = Js(c, "$I + $S", {{"I", c.NewName(index)}, {"S", c.Expr(start)}});
  NodeId name = c.NewName(c.TargetName(pattern.elements()[0]), pattern.elements()[0]);
  DeclKind kind = WritesInside(c, pattern.elements()[0], loop.body()) ? DeclKind::kLet : DeclKind::kConst;
  source.first.push_back(c.NewAssign(name, value, {}, kind));
  return true;
}

// Does the block end the loop around it before its time?
bool LeavesEarly(Context& c, NodeId id, bool in_loop = false) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kReturn || (kind == NodeKind::kBreak && !in_loop)) return true;
  if (kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda || kind == NodeKind::kClassDef) return false;
  in_loop = in_loop || kind == NodeKind::kForEach || kind == NodeKind::kWhile;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || LeavesEarly(c, child, in_loop); });
  return found;
}

// May somebody go on with a generator that the loop leaves early? `for...of` would close it.
bool OutlivesLoop(Context& c, ForEach loop) {
  NodeId items = loop.iterable();
  bool held = c.src().Is(items, NodeKind::kName) || c.src().Is(items, NodeKind::kAttribute);
  if (!held || !Only(c, items, kIterator) || !LeavesEarly(c, loop.body())) return false;
  facts::BindingId id = c.src().Is(items, NodeKind::kName) ? c.facts().BindingOf(items) : facts::BindingId();
  if (!id) return true;
  const facts::Binding& binding = c.facts().binding(id);
  if (binding.kind != facts::BindingKind::kParam) return binding.reads.size() > 1 || c.facts().EnclosingLoop(loop.id());
  auto declared = c.As<Subscript>(c.As<Param>(binding.definition).annotation());
  if (declared && c.facts().ResolvedName(declared.object()).ends_with(".Iterable")) return false;
  // A generator that a caller made only for this function is closed with it.
  NodeId function = c.facts().EnclosingFunction(binding.definition);
  auto params = ParamsOf(c, function);
  auto at = static_cast<std::size_t>(std::find(params.begin(), params.end(), binding.definition) - params.begin());
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (!c.src().Is(NodeId{i}, NodeKind::kCall) || c.facts().CalleeDefinition(NodeId{i}) != function) continue;
    auto args = c.As<Call>(NodeId{i}).args();
    NodeId given = at < args.size() ? args[at] : kNoNode;
    if (!given || !c.src().Is(given, NodeKind::kCall)) return true;
  }
  return false;
}

// `for i, line in enumerate(lines, 1)`: the index has a name of its own, the item may be given another value.
DeclKind PatternKind(Context& c, ForEach loop) {
  auto pattern = c.As<ListPattern>(loop.target());
  const bool written = pattern && pattern.elements().size() == 2 &&
                       std::any_of(pattern.elements().begin() + 1, pattern.elements().end(), [&](NodeId item) {
                         return c.src().Is(item, NodeKind::kName) && WritesInside(c, item, loop.body());
                       });
  return written ? DeclKind::kLet : DeclKind::kConst;
}

bool TranslateForEach(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<ForEach>(id);
  if (CountingLoop(c, loop, id, out)) return true;
  Source source;
  if (!EnumerateLoop(c, loop, source)) source.iterable = IterableOf(c, loop.iterable());
  Declaration declaration = DeclarationOf(c, loop.target());
  for (NodeId name : declaration.loose) {
    c.HoistDefinition(c.NewAssign(c.NewName(c.TargetName(name)), kNoNode, {}, DeclKind::kLet));
  }
  NodeId target = source.pattern ? source.pattern : TargetPattern(c, loop.target());
  bool place = c.dst().Is(target, NodeKind::kAttribute) || c.dst().Is(target, NodeKind::kSubscript);
  if (c.dst().Is(target, NodeKind::kName) && c.dst().text(target) == "_" && declaration.kind != DeclKind::kNone) {
    target = c.NewName(c.names().Taken("_") ? "_" : "_");
  }
  NodeList body = std::move(source.first);
  // `for key, value in rows:` where rows of another length are an error that somebody catches.
  auto parts = source.pattern ? ListPattern() : c.As<ListPattern>(loop.target());
  const bool starred = parts && std::any_of(parts.elements().begin(), parts.elements().end(), [&](NodeId e) { return !c.src().Is(e, NodeKind::kName); });
  const facts::Type& row = c.facts().type(ElementOf(c, loop.iterable()));
  const bool fits = row.kind == facts::TypeKind::kTuple && parts && row.members.size() == parts.elements().size();
  if (parts && !starred && !fits && !loop.is_async() && declaration.kind != DeclKind::kNone && IsCaught(c, id, "ValueError") &&
      (KindsOf(c, ElementOf(c, loop.iterable())) & kArray) != 0) {
    const std::string item = c.names().Fresh("row");
    NodeId count = c.NewInt(static_cast<long long>(parts.elements().size()));
    body.push_back(c.NewAssign(target, c.NewCall(Local(c, "unpacked"), {c.NewName(item), count}), {}, declaration.kind));
    target = c.NewName(item);
    source.pattern = target;
  }
  // Stars in the middle cannot be said by a pattern.
  NodeList inner = c.Stmts(c.As<ir::Block>(loop.body()).statements());
  body.insert(body.end(), inner.begin(), inner.end());
  if (!source.pattern && OutlivesLoop(c, loop)) {
    std::string step = c.names().Fresh("step");
    auto next = [&] {
      NodeId call = Js(c, "$G.next()", {{"G", CopyTarget(c, source.iterable)}});
      return loop.is_async() ? c.New(make::Await{.value = call}, {}) : call;
    };
    NodeId item = c.NewAssign(target, c.NewAttribute(c.NewName(step), "value"), {}, place ? DeclKind::kNone : declaration.kind);
    body.insert(body.begin(), item);
    out.push_back(c.New(make::CFor{.init = c.NewAssign(c.NewName(step), next(), {}, DeclKind::kLet),
                                   .test = Js(c, "!$S.done", {{"S", c.NewName(step)}}),
                                   .update = c.NewAssign(c.NewName(step), next(), {}),
                                   .body = c.New(make::Block{.statements = std::move(body)}, loop.body())},
                        id));
    return true;
  }
  DeclKind kind = place ? DeclKind::kNone : source.pattern && declaration.kind != DeclKind::kNone ? PatternKind(c, loop) : declaration.kind;
  out.push_back(c.New(make::ForEach{.target = target,
                                    .iterable = source.iterable,
                                    .body = c.New(make::Block{.statements = std::move(body)}, loop.body()),
                                    .declares = kind,
                                    .is_async = loop.is_async()},
                      id));
  return true;
}

bool TranslateWhile(Context& c, NodeId id, NodeList& out) {
  auto loop = c.As<While>(id);
  Context::Hoisted test{};
  // What the test wants before itself belongs into each round.
  {
    NodeId condition;
    Context::Hoisted probe = c.Hoisting([&] { return Condition(c, loop.test()); });
    if (probe.before.empty()) {
      condition = probe.value;
      out.push_back(c.New(make::While{.test = condition, .body = c.Block(loop.body())}, id));
      return true;
    }
    test = std::move(probe);
  }
  NodeList body = test.before;
  NodeId leave = c.New(make::If{.test = Negate(c, test.value), .body = c.NewBlock({c.New(make::Break{}, {})})}, {});
  body.push_back(leave);
  NodeList rest = c.Stmts(c.As<ir::Block>(loop.body()).statements());
  body.insert(body.end(), rest.begin(), rest.end());
  out.push_back(c.New(make::While{.test = c.New(make::Bool{.value = true}, {}), .body = c.NewBlock(std::move(body))}, id));
  return true;
}

bool HasBreak(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kBreak) return true;
  if (kind == NodeKind::kForEach || kind == NodeKind::kWhile || kind == NodeKind::kFunctionDef || kind == NodeKind::kLambda) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || HasBreak(c, child); });
  return found;
}

bool TranslateLoopElse(Context& c, NodeId id, NodeList& out) {
  auto both = c.As<LoopElse>(id);
  NodeId body;
  if (auto loop = c.As<ForEach>(both.loop())) body = loop.body();
  if (auto loop = c.As<While>(both.loop())) body = loop.body();
  if (!HasBreak(c, body)) {
    c.Stmt(both.loop(), out);
    NodeList after = c.Stmts(c.As<ir::Block>(both.else_body()).statements());
    out.insert(out.end(), after.begin(), after.end());
    return true;
  }
  c.SayOnce("loop-else", id);
  std::string flag = c.names().Fresh("stopped");
  c.State<LoopFlags>().stopped[both.loop().index] = flag;
  out.push_back(c.NewAssign(c.NewName(flag), c.New(make::Bool{}, {}), {}, DeclKind::kLet));
  c.Stmt(both.loop(), out);
  NodeId test = c.New(make::Unary{.operand = c.NewName(flag), .op = UnaryOp::kNot}, {});
  out.push_back(c.New(make::If{.test = test, .body = c.Block(both.else_body())}, {}));
  return true;
}

bool TranslateBreak(Context& c, NodeId id, NodeList& out) {
  auto& flags = c.State<LoopFlags>().stopped;
  auto found = flags.find(c.facts().EnclosingLoop(id).index);
  if (found == flags.end()) return false;
  out.push_back(c.NewAssign(c.NewName(found->second), c.New(make::Bool{.value = true}, {})));
  out.push_back(c.New(make::Break{}, id));
  return true;
}

}  // namespace

void RegisterLoops(Topics& t) {
  t.Claim(NodeKind::kForEach, Order::kAfterCards, &TranslateForEach);
  t.Claim(NodeKind::kWhile, Order::kAfterCards, &TranslateWhile);
  t.Claim(NodeKind::kLoopElse, Order::kAfterCards, &TranslateLoopElse);
  t.Claim(NodeKind::kBreak, Order::kAfterCards, &TranslateBreak);
}

}  // namespace asyncport::translate::to_js
