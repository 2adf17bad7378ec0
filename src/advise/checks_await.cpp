// Awaits that do nothing, that are missing, or that stand in the wrong place: useless-await, unnecessary-async,
// return-await-in-try, await-in-promise-all, single-promise-in-all, gather-already-awaited, await-outside-async. Follows
// typescript-eslint await-thenable, require-await and return-await, unicorn's rules about Promise.all, ruff RUF029.
// Example: `await 1` waits for nothing.
#include <algorithm>
#include <array>
#include <string>

#include "advise/offers.h"
#include "advise/work.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::array<std::string_view, 4> kCombinators = {"Promise.all", "Promise.allSettled",
                                                          "Promise.any", "Promise.race"};

// What the runtime's own functions give: texts, numbers, lists and the like, by the tables of facts/. Methods are not
// counted, since what their receiver is may be known from calls in this file only.
bool IsPlainLibraryCall(const Context& context, NodeId call) {
  using facts::TypeKind;
  const std::string path = CalleePath(context, call);
  if (path.empty() || path.find('#') != std::string::npos) return false;
  constexpr std::array<std::string_view, 8> kSync = {
      "JSON.parse", "print", "console.log", "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "sorted"};
  if (std::find(kSync.begin(), kSync.end(), path) != kSync.end()) return true;
  // These give what they are given.
  constexpr std::array<std::string_view, 9> kPassing = {
      "typing.cast", "next", "getattr", "max", "min", "functools.reduce", "copy.copy", "Object.assign", "structuredClone"};
  if (std::find(kPassing.begin(), kPassing.end(), path) != kPassing.end()) return false;
  return context.facts.Only(call, {TypeKind::kNull, TypeKind::kUndefined, TypeKind::kBool, TypeKind::kInt,
                                   TypeKind::kFloat, TypeKind::kStr, TypeKind::kBytes, TypeKind::kList,
                                   TypeKind::kTuple});
}

// `new Map()`, and classes of the file that extend nothing and have no `then`.
bool MakesPlainObject(const Context& context, NodeId made) {
  const ir::Tree& tree = context.tree;
  constexpr std::array<std::string_view, 9> kPlain = {"Map",   "Set",     "WeakMap", "WeakSet", "Date",
                                                      "Error", "Array",   "URL",     "RegExp"};
  const std::string path = CalleePath(context, made);
  if (std::find(kPlain.begin(), kPlain.end(), path) != kPlain.end()) return true;
  const auto klass = ir::As<ir::ClassDef>(tree, context.facts.CalleeDefinition(made));
  if (!klass || !klass.bases().empty() || !klass.decorators().empty()) return false;
  bool has_then = false;
  const auto visit = [&](auto&& self, NodeId node) -> void {
    if (const auto method = ir::As<ir::Method>(tree, node)) has_then = has_then || method.name() == "then" || method.computed_key();
    if (const auto member = ir::As<ir::Attribute>(tree, node)) has_then = has_then || member.name() == "then";
    if (const auto back = ir::As<ir::Return>(tree, node)) {
      // A constructor may return something else.
      const auto method = ir::As<ir::Method>(tree, context.facts.EnclosingFunction(node));
      has_then = has_then || (method && method.kind() == ir::MethodKind::kConstructor && back.value());
    }
    tree.ForEachChild(node, [&](NodeId child) { self(self, child); });
  };
  visit(visit, klass.id());
  return !has_then;
}

// Plain values, by how the expression is written and by what functions of the file return. A parameter may be given
// anything, whatever the calls in this file give.
// `await load` for `await load()`: a function of the file that nothing gives a `then`.
bool NamesFunction(const Context& context, NodeId name) {
  const ir::Tree& tree = context.tree;
  const facts::BindingId id = context.facts.BindingOf(name);
  if (!id) return false;
  const facts::Binding& binding = context.facts.binding(id);
  const auto def = ir::As<ir::FunctionDef>(tree, binding.definition);
  if (binding.kind != facts::BindingKind::kFunction || !def || !def.decorators().empty())
    return false;
  return binding.writes.size() == 1 &&
         std::none_of(binding.reads.begin(), binding.reads.end(), [&](NodeId read) {
           return tree.Is(context.facts.Parent(read), NodeKind::kAttribute);
         });
}

bool IsPlain(const Context& context, NodeId node, int depth = 0) {
  const ir::Tree& tree = context.tree;
  if (!node || depth > 4) return false;
  switch (tree.kind(node)) {
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kTemplate:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kUndefined:
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kSetLit:
    case NodeKind::kRegex:
    case NodeKind::kBytes:
    case NodeKind::kComprehension:
    case NodeKind::kLambda:
    case NodeKind::kFunctionExpr:
      return true;
    case NodeKind::kDict: {
      // An object with a `then` is awaited like a promise.
      for (NodeId entry : ir::Dict(tree, node).entries()) {
        if (const auto method = ir::As<ir::MethodEntry>(tree, entry)) {
          if (tree.text(method.method()) == "then") return false;
        }
        if (const auto pair = ir::As<ir::DictEntry>(tree, entry)) {
          const auto key = ir::As<ir::String>(tree, pair.key());
          if (!key || key.value() == "then") return false;
        } else if (!tree.Is(entry, NodeKind::kMethodEntry)) {
          return false;
        }
      }
      return true;
    }
    case NodeKind::kBinary:
      // Python's classes may give any operator a meaning.
      return tree.language() == Language::kJs ||
             (IsPlain(context, ir::Binary(tree, node).left(), depth + 1) &&
              IsPlain(context, ir::Binary(tree, node).right(), depth + 1));
    case NodeKind::kUnary:
      return ir::Unary(tree, node).op() != ir::UnaryOp::kVoid || tree.language() == Language::kJs;
    case NodeKind::kName: {
      const NodeId held = Held(context, node);
      // An awaited value is no promise any more (JavaScript unwraps them all).
      if (tree.Is(held, NodeKind::kAwait)) return tree.language() == Language::kJs;
      // An object or a list may get a `then` later.
      if (tree.Is(held, NodeKind::kDict) || tree.Is(held, NodeKind::kList) || tree.Is(held, NodeKind::kNew) ||
          IsFunctionKind(tree.kind(held)))
        return false;
      if (held == node) return NamesFunction(context, node);
      return IsPlain(context, held, depth + 1);
    }
    case NodeKind::kAwait:
      return tree.language() == Language::kJs;
    case NodeKind::kCall: {
      if (context.facts.ColourOf(node) == facts::CallColour::kAsync) return false;
      const NodeId function = context.facts.CalleeDefinition(node);
      if (function) {
        const auto def = ir::As<ir::FunctionDef>(tree, function);
        const auto method = ir::As<ir::Method>(tree, function);
        if ((def && !def.decorators().empty()) || (method && !method.decorators().empty()))
          return false;
        if (tree.Is(function, NodeKind::kClassDef) || IsDeclaredAsync(tree, function) ||
            IsGenerator(tree, function)) {
          return false;
        }
        if (const auto lambda = ir::As<ir::Lambda>(tree, function))
          return IsPlain(context, lambda.body(), depth + 1);
        bool plain = true;
        VisitOwn(tree, BodyOf(tree, function), [&](NodeId at) {
          const auto back = ir::As<ir::Return>(tree, at);
          if (back && back.value()) plain = plain && IsPlain(context, back.value(), depth + 1);
          return true;
        });
        // A stub or a method to be overridden says nothing about what it may return.
        const auto body = ir::As<ir::Block>(tree, BodyOf(tree, function));
        const bool stub =
            !body || body.statements().empty() ||
            (body.statements().size() == 1 && (tree.Is(body.statements()[0], NodeKind::kRaise) ||
                                               tree.Is(body.statements()[0], NodeKind::kPass)));
        return plain && !stub && !method;
      }
      return IsPlainLibraryCall(context, node);
    }
    case NodeKind::kNew:
      return MakesPlainObject(context, node);
    default:
      return false;
  }
}

// Where the values of a return are: both ends of a choice.
void Values(const ir::Tree& tree, NodeId node, ir::NodeList& out) {
  if (const auto choice = ir::As<ir::Conditional>(tree, node)) {
    Values(tree, choice.then_value(), out);
    return Values(tree, choice.else_value(), out);
  }
  if (const auto logical = ir::As<ir::Logical>(tree, node)) {
    if (logical.op() != ir::LogicalOp::kAnd) Values(tree, logical.left(), out);
    return Values(tree, logical.right(), out);
  }
  if (const auto sequence = ir::As<ir::Sequence>(tree, node);
      sequence && !sequence.expressions().empty()) {
    return Values(tree, sequence.expressions().back(), out);
  }
  out.push_back(node);
}

void CheckReturn(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const NodeId value = ir::Return(tree, id).value();
  const NodeId function = context.facts.EnclosingFunction(id);
  if (!value || !function || !IsDeclaredAsync(tree, function) || IsGenerator(tree, function))
    return;
  bool guarded = false;
  for (NodeId at = id; at && at != function; at = context.facts.Parent(at)) {
    const NodeId up = context.facts.Parent(at);
    if (const auto guard = ir::As<ir::Try>(tree, up)) {
      guarded = guarded || at == guard.body();
      // In a handler it matters only if something runs afterwards.
      guarded = guarded || (at != guard.finally_body() && guard.finally_body());
    }
  }
  if (!guarded) return;
  ir::NodeList values;
  Values(tree, value, values);
  for (NodeId one : values) {
    if (!IsAwaitable(context, one)) continue;
    diag::Diagnostic& found = context.out.Report("return-await-in-try", tree.span(one),
                                                 {{"call", context.CallText(one)}});
    const std::uint32_t begin = tree.span(one).begin;
    found.fixes.push_back({"Await it", {{{begin, begin}, "await "}}, diag::Applicability::kUnsafe});
  }
}

// Its body does nothing yet, on purpose.
bool IsStub(const ir::Tree& tree, NodeId function) {
  const auto body = ir::As<ir::Block>(tree, BodyOf(tree, function));
  if (!body) return false;
  return std::all_of(body.statements().begin(), body.statements().end(), [&](NodeId statement) {
    if (tree.Is(statement, NodeKind::kPass) || tree.Is(statement, NodeKind::kRaise)) return true;
    const auto expr = ir::As<ir::ExprStmt>(tree, statement);
    return expr &&
           (tree.Is(expr.value(), NodeKind::kEllipsis) || tree.Is(expr.value(), NodeKind::kString));
  });
}

// `await Promise.all([load()])` as a statement becomes `await load()`, and `[await load()]` where its list is used. The
// turns of others may come otherwise, so it is not safe.
void OfferAlone(const Context& context, NodeId id, NodeId part, std::string_view path, diag::Diagnostic& found) {
  const ir::Tree& tree = context.tree;
  const NodeId await = context.facts.Parent(id);
  const NodeKind kind = tree.kind(part);
  const bool simple = kind == NodeKind::kCall || kind == NodeKind::kName || kind == NodeKind::kAttribute;
  if (!tree.Is(await, NodeKind::kAwait) || !simple) return;
  const Span whole = tree.span(await);
  const Span kept = tree.span(part);
  const std::string_view text = context.source.Text(whole);
  const std::string_view inside = context.source.Text(kept);
  // What stands beside the one operation would be lost.
  for (std::string_view beside : {text.substr(0, kept.begin - whole.begin), text.substr(kept.end - whole.begin)}) {
    if (beside.find("//") != std::string_view::npos || beside.find("/*") != std::string_view::npos ||
        beside.find('#') != std::string_view::npos) {
      return;
    }
  }
  const bool as_list = (path == "Promise.all" || path == "asyncio.gather") &&
                       !tree.Is(context.facts.Parent(await), NodeKind::kExprStmt);
  const std::string alone = "await " + std::string(inside);
  found.fixes.push_back({"Await it alone",
                         {{whole, as_list ? "[" + alone + "]" : alone}},
                         diag::Applicability::kUnsafe});
}

}  // namespace

void CheckUselessAwait(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const NodeId value = ir::Await(tree, id).value();
  // Python has no await at module level; files with one are notebooks or snippets, where a program may be half there.
  if (tree.language() == Language::kPy && !context.facts.EnclosingFunction(id)) {
    context.out.Report("await-outside-async", tree.span(id), {{"function", ""}});
  }
  if (!IsPlain(context, value)) return;
  diag::Diagnostic& found =
      context.out.Report("useless-await", tree.span(id), {{"value", context.CallText(value)}});
  // Without it, what follows runs before others had a turn.
  // A statement may not begin with what would be read as a block or a declaration.
  if (tree.Is(context.facts.Parent(id), NodeKind::kExprStmt) &&
      (tree.Is(value, NodeKind::kDict) || IsFunctionKind(tree.kind(value)))) {
    return;
  }
  const Span between{tree.span(id).begin, tree.span(id).begin + 5};
  const std::string_view rest = context.source.Text({between.end, tree.span(value).begin});
  const auto blanks =
      static_cast<std::uint32_t>(std::min(rest.find_first_not_of(" \t"), rest.size()));
  found.fixes.push_back({"Leave `await` out",
                         {{{between.begin, between.end + blanks}, ""}},
                         diag::Applicability::kUnsafe});
}

void CheckUnnecessaryAsync(const Context& context, NodeId function) {
  const ir::Tree& tree = context.tree;
  if (!IsDeclaredAsync(tree, function) || IsGenerator(tree, function)) return;
  const NodeId body = BodyOf(tree, function);
  if (!body || Waits(tree, body) || IsStub(tree, function)) return;
  if (const auto def = ir::As<ir::FunctionDef>(tree, function); def && !def.decorators().empty())
    return;
  if (const auto method = ir::As<ir::Method>(tree, function)) {
    // Python's protocols want `async def`, and which class is whose protocol, other files say.
    if (tree.language() == Language::kPy) return;
    const NodeId owner = context.facts.EnclosingClass(function);
    if (const auto klass = ir::As<ir::ClassDef>(tree, owner); klass && !klass.bases().empty())
      return;
    if (const auto klass = ir::As<ir::ClassExpr>(tree, owner); klass && !klass.bases().empty())
      return;
  }
  bool may_return_work = false;
  ir::NodeList values;
  if (tree.Is(function, NodeKind::kLambda)) values.push_back(body);
  VisitOwn(tree, body, [&](NodeId at) {
    const auto back = ir::As<ir::Return>(tree, at);
    if (back && back.value()) Values(tree, back.value(), values);
    may_return_work = may_return_work || tree.Is(at, NodeKind::kYield);
    return true;
  });
  for (NodeId value : values) {
    if (IsAwaitable(context, value)) may_return_work = true;
    // A call of something unknown may give a promise, for which `async` is a promise of its own.
    if ((tree.Is(value, NodeKind::kCall) || tree.Is(value, NodeKind::kOptionalChain)) &&
        context.facts.ColourOf(value) != facts::CallColour::kSync && !IsPlain(context, value)) {
      may_return_work = true;
    }
  }
  if (may_return_work) return;
  OfferPlain(context, function,
             context.out.Report("unnecessary-async", HeadOf(context, function),
                                {{"function", FunctionName(tree, function)}}));
}

void CheckReturnInTry(const Context& context, NodeId id) { CheckReturn(context, id); }

namespace {

// Surely several things, and nothing to await itself.
bool IsCollection(const Context& context, NodeId node) {
  const NodeKind kind = context.tree.kind(node);
  return kind == NodeKind::kList || kind == NodeKind::kTuple || kind == NodeKind::kComprehension ||
         context.facts.Only(node, {facts::TypeKind::kList, facts::TypeKind::kTuple,
                                   facts::TypeKind::kSet, facts::TypeKind::kDict});
}

}  // namespace

void CheckCombinator(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::Call call(tree, id);
  const std::string path = CalleePath(context, id);
  const bool is_js = tree.language() == Language::kJs;
  ir::NodeList parts;
  bool several = false;  // a spread gives any number
  if (is_js) {
    if (std::find(kCombinators.begin(), kCombinators.end(), path) == kCombinators.end()) return;
    const auto list = ir::As<ir::List>(tree, call.args().empty() ? kNoNode : call.args()[0]);
    // `Promise.all(work())`
    if (!list && !call.args().empty() && IsPromise(context, call.args()[0]))
      context.out.Report("misused-promise", tree.span(call.args()[0]),
                         {{"what", OneLineOf(context, call.args()[0])},
                          {"expected", "a list of operations"}});
    if (!list) return;
    parts.assign(list.elements().begin(), list.elements().end());
  } else {
    if (path != "asyncio.gather") return;
    for (NodeId arg : call.args()) {
      if (tree.Is(arg, NodeKind::kKeyword) || tree.Is(arg, NodeKind::kKeywordSpread)) continue;
      // gather(*[await load(x) for x in xs])
      const auto spread = ir::As<ir::Spread>(tree, arg);
      // gather(tasks), gather(load(x) for x in xs)
      if (!spread && IsCollection(context, arg)) {
        context.out.Report("misused-promise", tree.span(arg),
                           {{"what", "a collection"},
                            {"expected", "one operation: a `*` before it hands over each"}});
        return;
      }
      const auto made = ir::As<ir::Comprehension>(tree, spread ? spread.value() : kNoNode);
      parts.push_back(made ? made.element() : arg);
      several = several || spread;
    }
  }
  std::size_t done = 0;
  for (NodeId part : parts) {
    if (const auto await = ir::As<ir::Await>(tree, part)) {
      ++done;
      diag::Diagnostic& found =
          context.out.Report("await-in-promise-all", tree.span(part),
                             {{"call", path}, {"value", context.CallText(await.value())}});
      const std::uint32_t begin = tree.span(part).begin;
      const bool blank = context.source.Text({begin + 5, begin + 6}) == " ";
      found.fixes.push_back({"Leave `await` out",
                             {{{begin, begin + 5 + (blank ? 1u : 0u)}, ""}},
                             diag::Applicability::kUnsafe});
    } else if (tree.Is(Held(context, part), NodeKind::kAwait)) {
      ++done;
    }
  }
  if (done != 0 && done == parts.size()) {
    context.out.Report("gather-already-awaited", tree.span(id), {{"call", path}});
  }
  if (parts.size() == 1 && !several && !tree.Is(parts[0], NodeKind::kSpread) &&
      !tree.Is(parts[0], NodeKind::kElision) && path != "Promise.allSettled" &&
      call.args().size() == 1) {
    OfferAlone(context, id, parts[0], path,
               context.out.Report("single-promise-in-all", tree.span(id), {{"call", path}}));
  }
}

// `for await (const x of [1, 2])`: neither the list nor what is in it is waited for.
void CheckUselessForAwait(const Context& context, NodeId id) {
  const auto loop = ir::As<ir::ForEach>(context.tree, id);
  if (context.tree.language() != Language::kJs || !loop || !loop.is_async()) return;
  const auto list = ir::As<ir::List>(context.tree, loop.iterable());
  if (!list) return;
  for (NodeId element : list.elements()) {
    if (!IsPlain(context, element)) return;
  }
  context.out.Report("useless-await", context.tree.span(loop.iterable()),
                     {{"value", context.CallText(loop.iterable())}});
}

void CheckOutsideAsync(const Context& context, NodeId id) {
  CheckUselessForAwait(context, id);
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kPy || context.facts.EnclosingFunction(id)) return;
  const auto loop = ir::As<ir::ForEach>(tree, id);
  const auto with = ir::As<ir::With>(tree, id);
  if ((loop && loop.is_async()) || (with && with.is_async())) {
    const Span span = tree.span(id);
    const Span line = context.source.LineSpan(context.source.LineIndex(span.begin));
    context.out.Report("await-outside-async", {span.begin, std::min(line.end, span.end)},
                       {{"function", ""}});
  }
}

}  // namespace asyncport::advise
