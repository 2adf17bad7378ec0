// See offers.h.
#include "advise/offers.h"

#include <algorithm>
#include <array>
#include <string>

#include "advise/work.h"
#include "support/strings.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

std::span<const NodeId> StatementsOf(const ir::Tree& tree, NodeId block) {
  const auto view = ir::As<ir::Block>(tree, block);
  return view ? view.statements() : std::span<const NodeId>{};
}

std::span<const NodeId> ModuleStatements(const Context& context) {
  const auto module = ir::As<ir::Module>(context.tree, context.tree.root());
  return module ? StatementsOf(context.tree, module.body()) : std::span<const NodeId>{};
}

Span LineOf(const Context& context, std::uint32_t offset) {
  return context.source.LineSpan(context.source.LineIndex(offset));
}

// The binding of that name anywhere in the file.
facts::BindingId Find(const Context& context, std::string_view name) {
  for (std::uint32_t i = 1; i <= context.facts.binding_count(); ++i) {
    if (context.tree.strings().Text(context.facts.binding({i}).name) == name) return {i};
  }
  return {};
}

std::string FreshName(const Context& context, std::initializer_list<std::string_view> wanted) {
  for (std::string_view name : wanted) {
    if (!Find(context, name)) return std::string(name);
  }
  const std::string last(*(wanted.end() - 1));
  int number = 2;
  while (Find(context, last + "_" + std::to_string(number))) ++number;
  return last + "_" + std::to_string(number);
}

// ---------------------------------------------------------------- dangling-task

constexpr std::string_view kTasks = "background_tasks";

// Is there a set of that name in the module already?
bool IsTaskSet(const Context& context, facts::BindingId id) {
  const facts::Binding& binding = context.facts.binding(id);
  const auto assign = ir::As<ir::Assign>(context.tree, binding.definition);
  return assign && !context.facts.EnclosingFunction(assign.id()) && binding.writes.size() == 1 &&
         CalleePath(context, assign.value()) == "set";
}

// Below the imports at the head of the module.
diag::Edit SetOfTasks(const Context& context, std::string_view name) {
  const auto statements = ModuleStatements(context);
  NodeId last;
  for (NodeId id : statements) {
    const auto expr = ir::As<ir::ExprStmt>(context.tree, id);
    if (!context.tree.Is(id, NodeKind::kImport) &&
        !(expr && context.tree.Is(expr.value(), NodeKind::kString)))
      break;
    last = id;
  }
  const std::string text = std::string(name) + " = set()";
  if (!last) {
    const std::uint32_t begin = LineOf(context, context.tree.span(statements.front()).begin).begin;
    return {{begin, begin}, text + "\n\n\n"};
  }
  const std::uint32_t end = LineOf(context, context.tree.span(last).end).end;
  return {{end, end}, "\n\n" + text};
}

// ---------------------------------------------------------------- unnecessary-async

// Does something else in the function wait, so that it stays asynchronous without the calls of `but`?
bool WaitsElsewhere(const Context& context, NodeId function, NodeId but) {
  const ir::Tree& tree = context.tree;
  bool waits = false;
  VisitOwn(tree, BodyOf(tree, function), [&](NodeId at) {
    const auto await = ir::As<ir::Await>(tree, at);
    if (!await) {
      const auto loop = ir::As<ir::ForEach>(tree, at);
      const auto with = ir::As<ir::With>(tree, at);
      waits = waits || (loop && loop.is_async()) || (with && with.is_async());
      return true;
    }
    const NodeId called = context.facts.CalleeDefinition(await.value());
    // Calls that may lose their `await` as well do not count.
    waits = waits || (called != but && !(called && IsDeclaredAsync(tree, called) &&
                                         !Waits(tree, BodyOf(tree, called))));
    return true;
  });
  return waits;
}

// May another file call it? Not what a function holds, not what its name calls private, and not a program that runs
// where it is imported.
bool IsReachable(const Context& context, NodeId function, std::string_view name) {
  if (context.facts.EnclosingFunction(function) || name.starts_with("_")) return false;
  const auto statements = ModuleStatements(context);
  return std::none_of(statements.begin(), statements.end(), [&](NodeId id) {
    const auto expr = ir::As<ir::ExprStmt>(context.tree, id);
    return expr && CalleePath(context, expr.value()) == "asyncio.run";
  });
}

// `await ` before a call: the word and the blanks behind it.
std::optional<diag::Edit> WithoutWord(const Context& context, Span whole, std::uint32_t until,
                                      std::string_view word) {
  const std::string_view text = context.source.Text({whole.begin, until});
  if (!text.starts_with(word)) return std::nullopt;
  const std::size_t blanks = text.find_first_not_of(" \t", word.size());
  const std::size_t end = blanks == std::string_view::npos ? text.size() : blanks;
  return diag::Edit{{whole.begin, whole.begin + static_cast<std::uint32_t>(end)}, ""};
}

}  // namespace

void OfferKeeping(const Context& context, NodeId task, diag::Diagnostic& found) {
  const ir::Tree& tree = context.tree;
  const NodeId statement = context.facts.Parent(task);
  if (!tree.Is(context.facts.Parent(statement), NodeKind::kBlock)) return;
  const Span span = tree.span(statement);
  const Span line = LineOf(context, span.begin);
  const std::string indent(context.source.Text({line.begin, span.begin}));
  // Only a statement with a line of its own; a comment behind it stays there.
  const std::uint32_t end = LineOf(context, span.end).end;
  const std::string_view rest = Trim(context.source.Text({span.end, end}));
  if (!Trim(indent).empty() || !(rest.empty() || rest.starts_with('#'))) return;

  std::string name;
  std::vector<diag::Edit> edits;
  const facts::BindingId known = Find(context, kTasks);
  const bool has_set = known && IsTaskSet(context, known);
  const std::string tasks = has_set ? std::string(kTasks) : FreshName(context, {kTasks});
  if (!has_set) edits.push_back(SetOfTasks(context, tasks));
  if (const auto assign = ir::As<ir::Assign>(tree, statement)) {
    name = tree.text(assign.targets()[0]);
  } else {
    name = FreshName(context, {"task", "background_task"});
    edits.push_back({{span.begin, span.begin}, name + " = "});
  }
  const std::string next = "\n" + indent + name;
  edits.push_back({{end, end},
                   "\n" + indent + tasks + ".add(" + name + ")" + next + ".add_done_callback(" +
                       tasks + ".discard)"});
  found.fixes.push_back({"Keep it until it is done", std::move(edits), diag::Applicability::kSafe});
}

void OfferPlain(const Context& context, NodeId function, diag::Diagnostic& found) {
  const ir::Tree& tree = context.tree;
  const auto def = ir::As<ir::FunctionDef>(tree, function);
  const facts::BindingId id = def ? context.facts.BindingOf(def.name()) : facts::BindingId{};
  if (!id) return;
  const facts::Binding& binding = context.facts.binding(id);
  if (binding.writes.size() > 1 || binding.reads.empty()) return;
  std::vector<diag::Edit> edits;
  const auto take = [&](Span whole, std::uint32_t until, std::string_view word) {
    std::optional<diag::Edit> edit = WithoutWord(context, whole, until, word);
    if (edit) edits.push_back(*edit);
    return edit.has_value();
  };
  if (!take(tree.span(function), tree.span(def.name()).begin, "async")) return;
  for (NodeId read : binding.reads) {
    const NodeId call = context.facts.Parent(read);
    const NodeId await = context.facts.Parent(call);
    // Only `await f(...)`: any other use wants a promise or a coroutine.
    if (!tree.Is(call, NodeKind::kCall) || ir::Call(tree, call).callee() != read ||
        !tree.Is(await, NodeKind::kAwait))
      return;
    const NodeId caller = context.facts.EnclosingFunction(await);
    if (!caller || !WaitsElsewhere(context, caller, function)) return;
    if (!take(tree.span(await), tree.span(call).begin, "await")) return;
  }
  std::sort(edits.begin(), edits.end(),
            [](const diag::Edit& a, const diag::Edit& b) { return a.span.begin < b.span.begin; });
  const bool is_safe =
      tree.language() == Language::kPy && !IsReachable(context, function, tree.text(def.name()));
  found.fixes.push_back({"Make it a plain function", std::move(edits),
                         is_safe ? diag::Applicability::kSafe : diag::Applicability::kUnsafe});
}

}  // namespace asyncport::advise
