// Loops of Python and whole programs: busy-wait, asyncio-run-twice, asyncio-run-inside-loop, async-by-default,
// create-task-ordering, sequential-in-disguise.
// Example: `while not done: await asyncio.sleep(0.1)` asks again and again.
#include <algorithm>
#include <string>
#include <vector>

#include "advise/work.h"
#include "shape/shape.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

std::span<const NodeId> StatementsOf(const ir::Tree& tree, NodeId block) {
  const auto view = ir::As<ir::Block>(tree, block);
  return view ? view.statements() : std::span<const NodeId>{};
}

Span FirstLine(const Context& context, NodeId node) {
  const Span span = context.tree.span(node);
  return {span.begin,
          std::min(span.end, context.source.LineSpan(context.source.LineIndex(span.begin)).end)};
}

bool RunsLoop(const Context& context, NodeId call) {
  const std::string path = CalleePath(context, call);
  return path == "asyncio.run" || path == "anyio.run" || path == "trio.run" ||
         path == "asyncio.AbstractEventLoop#run_until_complete";
}

// Calls of asyncio.run in one function (or the module), in order; `depth` counts loops around them.
struct Start {
  NodeId call;
  bool in_loop;
  std::vector<std::pair<NodeId, NodeId>> branches;  // the If or Try around, and the part of it
};

void CollectStarts(const Context& context, NodeId node, bool in_loop,
                   std::vector<std::pair<NodeId, NodeId>>& branches, std::vector<Start>& out) {
  const ir::Tree& tree = context.tree;
  const NodeKind kind = tree.kind(node);
  if (tree.Is(node, NodeKind::kCall) && CalleePath(context, node) == "asyncio.run") {
    out.push_back({node, in_loop, branches});
  }
  const bool loops =
      kind == NodeKind::kForEach || kind == NodeKind::kWhile || kind == NodeKind::kComprehension;
  const bool parts =
      kind == NodeKind::kIf || kind == NodeKind::kMatch || kind == NodeKind::kConditional;
  tree.ForEachChild(node, [&](NodeId child) {
    if (IsFunctionKind(tree.kind(child)) || tree.Is(child, NodeKind::kClassDef)) return;
    if (parts) branches.emplace_back(node, child);
    CollectStarts(context, child, in_loop || loops, branches, out);
    if (parts) branches.pop_back();
  });
}

bool MayBothRun(const Start& a, const Start& b) {
  for (const auto& [node, part] : a.branches) {
    for (const auto& [other, other_part] : b.branches) {
      if (node == other && part != other_part) return false;
    }
  }
  return true;
}

// Does the statement leave the function when it was reached?
bool LeavesAfter(const ir::Tree& tree, const Context& context, NodeId call) {
  const NodeId statement = context.facts.EnclosingStatement(call);
  return tree.Is(statement, NodeKind::kReturn);
}

}  // namespace

void CheckBusyWait(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  NodeId body;
  if (const auto loop = ir::As<ir::While>(tree, id)) body = loop.body();
  if (const auto loop = ir::As<ir::DoWhile>(tree, id)) body = loop.body();
  if (const auto loop = ir::As<ir::CFor>(tree, id); loop && !loop.init() && !loop.update()) body = loop.body();
  const auto statements = StatementsOf(tree, body);
  if (statements.size() != 1) return;
  const auto expr = ir::As<ir::ExprStmt>(tree, statements[0]);
  const auto await = ir::As<ir::Await>(tree, expr ? expr.value() : kNoNode);
  if (!await) return;
  const std::string path = CalleePath(context, await.value());
  const bool sleeps = shape::CanonicalName(context.facts, await.value()).name == "sleep" ||
                      path == "trio.sleep_until" || path == "anyio.sleep_until";
  if (sleeps)
    context.out.Report("busy-wait", FirstLine(context, id),
                       {{"call", context.CallText(await.value())}});
}

void CheckStarts(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kPy) return;
  const NodeId body =
      tree.Is(id, NodeKind::kModule) ? ir::Module(tree, id).body() : BodyOf(tree, id);
  if (IsDeclaredAsync(tree, id)) return;
  std::vector<Start> starts;
  std::vector<std::pair<NodeId, NodeId>> branches;
  CollectStarts(context, body, false, branches, starts);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    bool again = starts[i].in_loop;
    for (std::size_t before = 0; before < i; ++before) {
      again = again || (MayBothRun(starts[before], starts[i]) &&
                        !LeavesAfter(tree, context, starts[before].call));
    }
    if (again)
      context.out.Report("asyncio-run-twice", tree.span(starts[i].call),
                         {{"call", context.CallText(starts[i].call)}});
  }
}

void CheckRunInside(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kPy) return;
  const NodeId function = context.facts.EnclosingFunction(id);
  if (!function || !IsDeclaredAsync(tree, function)) return;
  const auto method = ir::As<ir::Attribute>(tree, ir::Call(tree, id).callee());
  NodeId starter;
  if (RunsLoop(context, id) || (method && method.name() == "run_until_complete")) {
    starter = id;
  } else if (const NodeId called = context.facts.CalleeDefinition(id);
             called && IsFunctionKind(tree.kind(called)) && !IsDeclaredAsync(tree, called) &&
             !IsGenerator(tree, called)) {
    // A plain function that does it, called from here.
    VisitOwn(tree, BodyOf(tree, called), [&](NodeId at) {
      if (tree.Is(at, NodeKind::kCall) && RunsLoop(context, at)) starter = at;
      return true;
    });
  }
  // The card knows the plain form.
  if (!starter || (starter == id && CalleePath(context, id) == "asyncio.run" &&
                   ir::Call(tree, id).args().size() == 1)) {
    return;
  }
  diag::Diagnostic& found = context.out.Report("asyncio-run-inside-loop", tree.span(id),
                                               {{"call", context.CallText(starter)}});
  if (starter != id) found.labels.push_back({tree.span(starter), "the loop is started here"});
  const ir::Call call(tree, id);
  if (starter == id && call.args().size() == 1 && IsCoroutineCall(context, call.args()[0])) {
    found.fixes.push_back(
        {"Await it",
         {{tree.span(id), "await " + std::string(context.source.Text(tree.span(call.args()[0])))}},
         diag::Applicability::kUnsafe});
  }
}

namespace {

// What `asyncio.create_task(work())` runs; kNoNode if the task gets a name or a context as well.
NodeId WorkOf(const Context& context, NodeId task) {
  const auto call = ir::As<ir::Call>(context.tree, task);
  return call && call.args().size() == 1 && IsCoroutineCall(context, call.args()[0]) ? call.args()[0] : kNoNode;
}

bool SameButBlanks(std::string_view text, std::string_view expected) {
  std::string found;
  for (char c : text) {
    if (c != ' ') found += c;
  }
  return found == expected;
}

// Takes the statement that starts away, and awaits what it started in the next one. In JavaScript that is the same, turn
// by turn; in Python the work loses its task.
void OfferAtOnce(const Context& context, NodeId start, NodeId value, NodeId name, diag::Diagnostic& found) {
  const ir::Tree& tree = context.tree;
  const bool is_js = tree.language() == Language::kJs;
  const NodeId work = is_js ? value : WorkOf(context, value);
  const NodeId next = context.facts.EnclosingStatement(name);
  if (!work || !next) return;
  const Span first = tree.span(start);
  const Span second = tree.span(next);
  // Nothing is left of the first statement: no comment may stand in it or behind it.
  std::string_view head = context.source.Text({first.begin, tree.span(value).begin});
  const std::string_view tail = context.source.Text({tree.span(value).end, second.begin});
  if (is_js) {
    // Of several declarators the others would stay.
    const std::size_t blank = head.find(' ');
    const std::string_view keyword = head.substr(0, blank);
    if (keyword != "const" && keyword != "let" && keyword != "var") return;
    head.remove_prefix(blank);
  }
  const std::string_view name_text = context.source.Text(tree.span(name));
  if (std::string name_is = std::string(name_text) + "="; !SameButBlanks(head, name_is) ||
      tail.find_first_not_of(" \t\n;") != std::string_view::npos) {
    return;
  }
  found.fixes.push_back({"Await it at once",
                         {{{first.begin, second.begin}, ""},
                          {tree.span(name), std::string(context.source.Text(tree.span(work)))}},
                         is_js ? diag::Applicability::kSafe : diag::Applicability::kUnsafe});
}

}  // namespace

// `const p = f(); const x = await p;`: started, and waited for at once.
void CheckDisguise(const Context& context, NodeId block) {
  const ir::Tree& tree = context.tree;
  const auto statements = StatementsOf(tree, block);
  for (std::size_t i = 0; i + 1 < statements.size(); ++i) {
    const auto assign = ir::As<ir::Assign>(tree, statements[i]);
    if (!assign || assign.targets().size() != 1 || !tree.Is(assign.targets()[0], NodeKind::kName))
      continue;
    const NodeId value = assign.value();
    const bool starts = tree.language() == Language::kJs
                            ? IsPromise(context, value) && tree.Is(value, NodeKind::kCall)
                            : IsTaskCall(context, value);
    if (!starts) continue;
    // In JavaScript the name may be all there is to it: `const response = fetch(url)` with its handlers is none.
    NodeId next;
    if (const auto expr = ir::As<ir::ExprStmt>(tree, statements[i + 1])) next = expr.value();
    if (const auto other = ir::As<ir::Assign>(tree, statements[i + 1])) next = other.value();
    if (const auto back = ir::As<ir::Return>(tree, statements[i + 1])) next = back.value();
    const auto await = ir::As<ir::Await>(tree, next);
    if (!await || !tree.Is(await.value(), NodeKind::kName)) continue;
    const facts::BindingId id = context.facts.BindingOf(assign.targets()[0]);
    if (!id || context.facts.BindingOf(await.value()) != id) continue;
    // Somebody else may use the handle: cancel it, wait for it too.
    if (context.facts.binding(id).reads.size() != 1 || context.facts.binding(id).captured) continue;
    diag::Diagnostic& found = context.out.Report(
        "sequential-in-disguise", tree.span(value),
        {{"call", context.CallText(value)}, {"name", std::string(tree.text(assign.targets()[0]))}});
    OfferAtOnce(context, statements[i], value, await.value(), found);
  }
}

void CheckDisguisedAwait(const Context& context, NodeId id) {
  // `await asyncio.create_task(f())`
  const NodeId value = ir::Await(context.tree, id).value();
  if (context.tree.language() != Language::kPy || !IsTaskCall(context, value)) return;
  diag::Diagnostic& found = context.out.Report("sequential-in-disguise", context.tree.span(id),
                                               {{"call", context.CallText(value)}, {"name", "the task"}});
  if (const NodeId work = WorkOf(context, value)) {
    found.fixes.push_back({"Await it at once",
                           {{context.tree.span(value), std::string(context.source.Text(context.tree.span(work)))}},
                           diag::Applicability::kUnsafe});
  }
}

// ---------------------------------------------------------------- the whole program

namespace {

// Is there anything that an event loop is needed for? Unknown calls that are awaited count.
bool NeedsLoop(const Context& context, NodeId root) {
  const ir::Tree& tree = context.tree;
  bool needs = false;
  const auto visit = [&](auto&& self, NodeId node) -> void {
    if (needs) return;
    const auto loop = ir::As<ir::ForEach>(tree, node);
    const auto with = ir::As<ir::With>(tree, node);
    const auto clause = ir::As<ir::CompFor>(tree, node);
    if ((loop && loop.is_async()) || (with && with.is_async()) || (clause && clause.is_async()))
      needs = true;
    if (const auto await = ir::As<ir::Await>(tree, node)) {
      const auto call = ir::As<ir::Call>(tree, await.value());
      const NodeId called = call ? context.facts.CalleeDefinition(call.id()) : kNoNode;
      if (!called || !IsDeclaredAsync(tree, called)) needs = true;
    }
    if (tree.Is(node, NodeKind::kCall) || tree.Is(node, NodeKind::kNew)) {
      const std::string path = CalleePath(context, node);
      const bool starter = path == "asyncio.run" || path.starts_with("Promise#");
      for (std::string_view prefix :
           {"asyncio.", "Promise", "anyio.", "trio.", "setTimeout", "setInterval", "setImmediate",
            "queueMicrotask", "process.on", "fetch"}) {
        if (!starter && path.starts_with(prefix)) needs = true;
      }
      const auto call = ir::As<ir::Call>(tree, node);
      const auto method = ir::As<ir::Attribute>(tree, call ? call.callee() : kNoNode);
      if (method && (method.name() == "on" || method.name() == "once")) needs = true;
    }
    tree.ForEachChild(node, [&](NodeId child) { self(self, child); });
  };
  visit(visit, root);
  return needs;
}

}  // namespace

void CheckByDefault(const Context& context, NodeId module) {
  const ir::Tree& tree = context.tree;
  const bool is_js = tree.language() == Language::kJs;
  // The program's start: asyncio.run(main()), or main() at the top of a module.
  NodeId start;
  bool is_library = false;
  std::size_t async_functions = 0;
  const auto visit = [&](auto&& self, NodeId node, bool top) -> void {
    const NodeKind kind = tree.kind(node);
    if (kind == NodeKind::kExport) is_library = true;
    if (IsFunctionKind(kind) && IsDeclaredAsync(tree, node)) ++async_functions;
    if (kind == NodeKind::kCall && !start) {
      if (!is_js && CalleePath(context, node) == "asyncio.run") start = node;
      if (is_js && top) {
        const NodeId called = context.facts.CalleeDefinition(node);
        if (called && IsDeclaredAsync(tree, called) && !IsGenerator(tree, called)) start = node;
      }
    }
    tree.ForEachChild(
        node, [&](NodeId child) { self(self, child, top && !IsFunctionKind(tree.kind(child))); });
  };
  visit(visit, module, true);
  if (!start || async_functions == 0 || is_library) return;
  // `module.exports`: others may await what is here.
  for (std::size_t i = 1; i <= context.facts.binding_count(); ++i) {
    const facts::Binding& binding = context.facts.binding({static_cast<std::uint32_t>(i)});
    const std::string_view name = tree.strings().Text(binding.name);
    if (is_js && binding.kind == facts::BindingKind::kFree &&
        (name == "module" || name == "exports"))
      return;
  }
  if (NeedsLoop(context, module)) return;
  context.out.Report("async-by-default", tree.span(start), {{"call", context.CallText(start)}});
}

// ---------------------------------------------------------------- create-task-ordering

namespace {

// Names of captured variables and attributes of self that a function writes before its first await.
void WritesBeforeAwait(const Context& context, NodeId function,
                       std::vector<facts::BindingId>& out) {
  const ir::Tree& tree = context.tree;
  bool waiting = false;
  VisitOwn(tree, BodyOf(tree, function), [&](NodeId at) {
    if (tree.Is(at, NodeKind::kAwait)) waiting = true;
    if (waiting) return false;
    const auto note = [&](NodeId target) {
      if (!tree.Is(target, NodeKind::kName)) {
        if (const auto item = ir::As<ir::Subscript>(tree, target)) target = item.object();
        if (const auto item = ir::As<ir::Attribute>(tree, target)) target = item.object();
      }
      if (!tree.Is(target, NodeKind::kName)) return;
      const facts::BindingId id = context.facts.BindingOf(target);
      if (!id) return;
      const NodeId home = context.facts.EnclosingFunction(context.facts.binding(id).declaration);
      if (home != function) out.push_back(id);
    };
    if (const auto assign = ir::As<ir::Assign>(tree, at)) {
      for (NodeId target : assign.targets()) note(target);
    }
    if (const auto assign = ir::As<ir::AugAssign>(tree, at)) note(assign.target());
    if (const auto call = ir::As<ir::Call>(tree, at)) {
      const auto method = ir::As<ir::Attribute>(tree, call.callee());
      for (std::string_view verb :
           {"append", "add", "update", "extend", "push", "set", "pop", "clear"}) {
        if (method && method.name() == verb) note(method.object());
      }
    }
    return true;
  });
}

}  // namespace

void CheckTaskOrdering(const Context& context, NodeId block) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kPy) return;
  const auto statements = StatementsOf(tree, block);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    NodeId value;
    if (const auto assign = ir::As<ir::Assign>(tree, statements[i])) value = assign.value();
    if (const auto expr = ir::As<ir::ExprStmt>(tree, statements[i])) value = expr.value();
    const auto call = ir::As<ir::Call>(tree, value);
    if (!call || call.args().empty()) continue;
    const auto method = ir::As<ir::Attribute>(tree, call.callee());
    if (!IsTaskCall(context, value) && !(method && method.name() == "create_task")) continue;
    const NodeId started = context.facts.CalleeDefinition(call.args()[0]);
    if (!started || !IsDeclaredAsync(tree, started)) continue;
    std::vector<facts::BindingId> written;
    WritesBeforeAwait(context, started, written);
    if (written.empty()) continue;
    NodeId read;
    for (std::size_t next = i + 1; next < statements.size() && !read; ++next) {
      bool waiting = false;
      VisitOwn(tree, statements[next], [&](NodeId at) {
        waiting = waiting || tree.Is(at, NodeKind::kAwait);
        if (waiting || read || !tree.Is(at, NodeKind::kName)) return !waiting;
        const facts::BindingId id = context.facts.BindingOf(at);
        const auto& reads = id ? context.facts.binding(id).reads : ir::NodeList{};
        const bool reads_it = std::find(reads.begin(), reads.end(), at) != reads.end();
        if (reads_it && std::find(written.begin(), written.end(), id) != written.end()) read = at;
        return true;
      });
      if (waiting || Waits(tree, statements[next])) break;
    }
    if (!read) continue;
    diag::Diagnostic& found = context.out.Report(
        "create-task-ordering", tree.span(read),
        {{"name", std::string(tree.text(read))}, {"call", context.CallText(call.args()[0])}});
    found.labels.push_back({tree.span(value), "the task is made here, and has not begun"});
  }
}

}  // namespace asyncport::advise
