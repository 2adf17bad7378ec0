// Predicates over the text and the tree: names, nesting, length, calls that must not be there, the linter's lessons.
// See predicates.h.
#include <algorithm>
#include <functional>

#include "advise/work.h"
#include "grade/exercise.h"
#include "grade/predicates.h"
#include "shape/shape.h"
#include "support/strings.h"
#include "support/width.h"

namespace asyncport::grade {
namespace {

using ir::NodeId;
using ir::NodeKind;

double Number(const Check& check, const std::string& key, double otherwise) {
  const auto it = check.numbers.find(key);
  return it == check.numbers.end() ? otherwise : it->second;
}
const std::vector<std::string>& List(const Check& check, const std::string& key) {
  static const std::vector<std::string> kNone;
  const auto it = check.lists.find(key);
  return it == check.lists.end() ? kNone : it->second;
}

Finding Parses(const Evidence&, const Check&) { return Finding::Yes(); }

// ---------------------------------------------------------------- names

bool IsSnake(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}
bool IsCamel(std::string_view name) {
  while (!name.empty() && (name.front() == '_' || name.front() == '$')) name.remove_prefix(1);
  while (!name.empty() && name.back() == '_') name.remove_suffix(1);
  return name.find('_') == std::string_view::npos;
}

Finding NamesFollow(const Evidence& evidence, const Check& check) {
  const facts::Facts& facts = evidence.facts;
  const ir::Tree& tree = facts.tree();
  const bool is_js = tree.language() == Language::kJs;
  const std::string style = is_js ? "camelCase" : "snake_case";
  const bool only_entry = Number(check, "entry", 0) != 0;
  const auto entered = EnteredFunctions(evidence);
  const auto good = [&](std::string_view name, bool may_be_class) {
    if (name.empty() || name == "_" || IsAllCaps(name)) return true;
    if (may_be_class && IsCapitalised(name) && IsCamel(name)) return true;
    return is_js ? IsCamel(name) && (may_be_class || !IsCapitalised(name) || name.size() == 1)
                 : IsSnake(name);
  };
  const auto bad = [&](NodeId node, std::string_view name) {
    const std::string better = is_js ? ToCamelCase(name) : ToSnakeCase(name);
    return Finding::No(node, "Write names in " + style + ": `" + std::string(name) +
                                 "` reads as the other language's" +
                                 (better != name ? " (`" + better + "`)." : "."));
  };
  for (std::size_t i = 1; i <= facts.binding_count(); ++i) {
    const facts::Binding& binding = facts.binding(facts::BindingId{static_cast<std::uint32_t>(i)});
    if (!binding.declaration || binding.kind == facts::BindingKind::kFree ||
        binding.kind == facts::BindingKind::kImport)
      continue;
    if (only_entry && std::none_of(entered.begin(), entered.end(), [&](NodeId f) {
          return IsInside(facts, binding.declaration, f);
        }))
      continue;
    const std::string_view name = tree.strings().Text(binding.name);
    const bool at_module = tree.Is(facts.scope(binding.scope).node, NodeKind::kModule);
    const bool may_be_class = binding.kind == facts::BindingKind::kClass ||
                              (at_module && binding.kind == facts::BindingKind::kVariable);
    if (binding.kind == facts::BindingKind::kClass ? !good(name, true) : !good(name, may_be_class))
      return bad(binding.declaration, name);
  }
  Finding found;
  const std::function<void(NodeId)> look = [&](NodeId node) {
    if (!found.holds) return;
    if (const auto method = ir::As<ir::Method>(tree, node); method && !good(method.name(), false))
      found = bad(node, method.name());
    if (const auto field = ir::As<ir::Field>(tree, node); field && !good(field.name(), false))
      found = bad(node, field.name());
    tree.ForEachChild(node, look);
  };
  if (!only_entry) look(tree.root());
  if (!found.holds) return found;
  for (const sim::Trace& trace : *evidence.traces) {
    for (const sim::OperationCall& call : trace.calls) {
      if (!call.spelled_otherwise || Number(check, "calls", 1) == 0) continue;
      const std::string& name = evidence.exercise.scenarios.front()
                                    .functions[static_cast<std::size_t>(call.function)]
                                    .name;
      return Finding::No(call.node, "Call `" + name + "` by the name that the task gives.");
    }
  }
  // Keys of what is handed back.
  for (const sim::Trace& trace : *evidence.traces) {
    if (trace.returned.object == nullptr || trace.returned.object->sort != sim::Sort::kDict)
      continue;
    for (const auto& [key, value] : trace.returned.object->entries) {
      if (key.object == nullptr || key.object->sort != sim::Sort::kString ||
          key.object->text.starts_with("..."))
        continue;
      if (!good(key.object->text, false))
        return Finding::No(evidence.entry, "Write the keys of the result in " + style + ": `" +
                                               key.object->text +
                                               "` reads as the other language's.");
    }
  }
  return Finding::Yes();
}

Finding NoShadowedBuiltin(const Evidence& evidence, const Check&) {
  static constexpr std::string_view kBuiltins[] = {
      "id",  "list", "dict", "type", "input", "sum", "max",  "min",   "filter", "map",
      "set", "str",  "int",  "len",  "all",   "any", "next", "print", "range",  "open"};
  const facts::Facts& facts = evidence.facts;
  for (std::size_t i = 1; i <= facts.binding_count(); ++i) {
    const facts::Binding& binding = facts.binding(facts::BindingId{static_cast<std::uint32_t>(i)});
    if (!binding.declaration || binding.kind == facts::BindingKind::kFree) continue;
    const std::string_view name = facts.tree().strings().Text(binding.name);
    if (std::find(std::begin(kBuiltins), std::end(kBuiltins), name) != std::end(kBuiltins))
      return Finding::No(binding.declaration, "Choose another name than `" + std::string(name) +
                                                  "`: it hides a function of the language.");
  }
  return Finding::Yes();
}

// ---------------------------------------------------------------- shape of the text

int DepthOf(const ir::Tree& tree, NodeId node, NodeId& deepest, int depth, int& most) {
  switch (tree.kind(node)) {
    case NodeKind::kIf:
    case NodeKind::kWhile:
    case NodeKind::kForEach:
    case NodeKind::kForIn:
    case NodeKind::kCFor:
    case NodeKind::kDoWhile:
    case NodeKind::kSwitch:
    case NodeKind::kTry:
    case NodeKind::kMatch:
    case NodeKind::kFunctionDef:
    case NodeKind::kFunctionExpr:
      ++depth;
      break;
    default:
      break;
  }
  if (depth > most) {
    most = depth;
    deepest = node;
  }
  tree.ForEachChild(node, [&](NodeId child) {
    // `else if` is no level of its own.
    const auto branch = ir::As<ir::If>(tree, node);
    if (branch && child == branch.else_body()) {
      const auto block = ir::As<ir::Block>(tree, child);
      if (block && block.statements().size() == 1 &&
          tree.Is(block.statements()[0], NodeKind::kIf)) {
        DepthOf(tree, block.statements()[0], deepest, depth - 1, most);
        return;
      }
    }
    DepthOf(tree, child, deepest, depth, most);
  });
  return most;
}

Finding MaxNesting(const Evidence& evidence, const Check& check) {
  const ir::Tree& tree = evidence.facts.tree();
  const int allowed = static_cast<int>(Number(check, "max", 2));
  for (NodeId function : EnteredFunctions(evidence)) {
    int most = 0;
    NodeId deepest = function;
    tree.ForEachChild(function, [&](NodeId child) { DepthOf(tree, child, deepest, 0, most); });
    if (most > allowed)
      return Finding::No(deepest,
                         "Keep the main path flat: steps that stand this deep are hard to follow.");
  }
  return Finding::Yes();
}

Finding NoNestedThen(const Evidence& evidence, const Check& check) {
  const ir::Tree& tree = evidence.facts.tree();
  const bool any = Number(check, "any", 0) != 0;
  for (NodeId function : EnteredFunctions(evidence)) {
    NodeId found;
    const std::function<void(NodeId, bool)> look = [&](NodeId node, bool inside) {
      if (found) return;
      bool in = inside;
      if (const auto call = ir::As<ir::Call>(tree, node)) {
        const auto attribute = ir::As<ir::Attribute>(tree, call.callee());
        if (attribute && attribute.name() == "then") {
          if (inside || any) {
            found = node;
            return;
          }
          // What the promise is made of stands before it, not inside.
          look(attribute.object(), inside);
          for (NodeId arg : call.args()) look(arg, true);
          return;
        }
      }
      tree.ForEachChild(node, [&](NodeId child) { look(child, in); });
    };
    look(function, false);
    if (found)
      return Finding::No(
          found, any ? "Use `await` instead of `.then`: the steps then stand one below the other."
                     : "Take the inner `.then` out: nested chains hide the order of the steps.");
  }
  return Finding::Yes();
}

Finding MaxStatements(const Evidence& evidence, const Check& check) {
  const ir::Tree& tree = evidence.facts.tree();
  const int allowed = static_cast<int>(Number(check, "max", 8));
  int count = 0;
  const std::function<void(NodeId)> look = [&](NodeId node) {
    if (ir::HasCategory(tree.kind(node), ir::category::Stmt) && !tree.Is(node, NodeKind::kBlock))
      ++count;
    tree.ForEachChild(node, look);
  };
  if (const NodeId body = advise::BodyOf(tree, evidence.entry)) look(body);
  if (count > allowed)
    return Finding::No(evidence.entry, "Keep the function short: " + std::to_string(count) +
                                           " statements hide the two or three that matter.");
  return Finding::Yes();
}

Finding MaxLineLength(const Evidence& evidence, const Check& check) {
  const auto allowed = static_cast<std::uint32_t>(Number(check, "max", 100));
  const ir::Tree& tree = evidence.facts.tree();
  for (NodeId function : EnteredFunctions(evidence)) {
    const Span span = tree.span(function);
    for (std::uint32_t line = evidence.source.LineIndex(span.begin);
         line <= evidence.source.LineIndex(span.end); ++line) {
      if (DisplayWidth(evidence.source.Text(evidence.source.LineSpan(line))) > allowed)
        return Finding::No(function, "Break the long line: more than " + std::to_string(allowed) +
                                         " columns are hard to read.");
    }
  }
  return Finding::Yes();
}

// ---------------------------------------------------------------- calls and lessons

std::string CalleeName(const Evidence& evidence, NodeId call) {
  const ir::Tree& tree = evidence.facts.tree();
  const NodeId callee =
      tree.Is(call, NodeKind::kNew) ? ir::New(tree, call).callee() : ir::Call(tree, call).callee();
  const std::string& path = evidence.facts.ResolvedName(callee);
  if (!path.empty()) return tree.Is(call, NodeKind::kNew) ? "new " + path : path;
  if (const auto attribute = ir::As<ir::Attribute>(tree, callee))
    return "." + std::string(attribute.name());
  if (const auto name = ir::As<ir::Name>(tree, callee)) return std::string(name.id());
  return {};
}

NodeId FindCall(const Evidence& evidence, const std::vector<std::string>& names,
                std::string& which) {
  const ir::Tree& tree = evidence.facts.tree();
  NodeId found;
  const std::function<void(NodeId)> look = [&](NodeId node) {
    if (found) return;
    if (tree.Is(node, NodeKind::kCall) || tree.Is(node, NodeKind::kNew)) {
      const std::string name = CalleeName(evidence, node);
      const std::size_t hash = name.find('#');
      for (const std::string& wanted : names) {
        if (name == wanted ||
            (wanted.front() == '.' &&
             (name.ends_with(wanted) ||
              (hash != std::string::npos && "." + name.substr(hash + 1) == wanted)))) {
          found = node;
          which = wanted.front() == '.' ? wanted.substr(1) : wanted;
        }
      }
    }
    tree.ForEachChild(node, look);
  };
  for (NodeId function : EnteredFunctions(evidence)) look(function);
  return found;
}

Finding NoCall(const Evidence& evidence, const Check& check) {
  std::string which;
  if (const NodeId call = FindCall(evidence, List(check, "of"), which))
    return Finding::No(call, "Do without `" + which + "` here.");
  return Finding::Yes();
}

Finding UsesCall(const Evidence& evidence, const Check& check) {
  std::string which;
  if (FindCall(evidence, List(check, "of"), which)) return Finding::Yes();
  return Finding::No(evidence.entry, "Use " + Names(evidence, List(check, "of")) + " here.");
}

bool HasKind(const Evidence& evidence, const std::vector<std::string>& kinds, NodeId& where) {
  const ir::Tree& tree = evidence.facts.tree();
  NodeId found;
  const std::function<void(NodeId)> look = [&](NodeId node) {
    if (found) return;
    std::string name(ir::NameOf(tree.kind(node)));
    if (const auto each = ir::As<ir::ForEach>(tree, node); each && each.is_async())
      name = "AsyncFor";
    if (const auto with = ir::As<ir::With>(tree, node); with && with.is_async()) name = "AsyncWith";
    if (std::find(kinds.begin(), kinds.end(), name) != kinds.end()) found = node;
    tree.ForEachChild(node, look);
  };
  for (NodeId function : EnteredFunctions(evidence)) look(function);
  where = found;
  return static_cast<bool>(found);
}

Finding UsesConstruct(const Evidence& evidence, const Check& check) {
  NodeId where;
  if (HasKind(evidence, List(check, "of"), where)) return Finding::Yes();
  return Finding::No(evidence.entry, "Use the construct that the task asks for.");
}

Finding NoConstruct(const Evidence& evidence, const Check& check) {
  NodeId where;
  if (!HasKind(evidence, List(check, "of"), where)) return Finding::Yes();
  return Finding::No(where, "Do without this construct here.");
}

Finding NoLesson(const Evidence& evidence, const Check& check) {
  const ir::Tree& tree = evidence.facts.tree();
  const auto functions = EnteredFunctions(evidence);
  for (const diag::Diagnostic& diagnostic : evidence.diagnostics) {
    const auto& ids = List(check, "of");
    if (std::find(ids.begin(), ids.end(), diagnostic.id) == ids.end()) continue;
    for (NodeId function : functions) {
      if (!tree.span(function).contains(diagnostic.span)) continue;
      const diag::Entry* entry = diag::FindEntry(diagnostic.id);
      Finding finding = Finding::No(
          function,
          entry == nullptr ? diagnostic.id : diag::FormatMessage(entry->message, diagnostic.args),
          diagnostic.id);
      const std::function<void(NodeId)> look = [&](NodeId node) {
        if (tree.span(node) == diagnostic.span) finding.node = node;
        tree.ForEachChild(node, look);
      };
      look(function);
      return finding;
    }
  }
  return Finding::Yes();
}

}  // namespace

void AddTreePredicates(std::vector<PredicateInfo>& out) {
  out.push_back({"parses", {}, "the file parses (always checked first)", Parses});
  out.push_back({"names-follow",
                 {"style", "entry", "calls"},
                 "names that the answer chose follow its language's style",
                 NamesFollow});
  out.push_back(
      {"no-shadowed-builtin", {}, "no name hides a function of the language", NoShadowedBuiltin});
  out.push_back({"max-nesting", {"max"}, "blocks and functions inside each other", MaxNesting});
  out.push_back({"no-nested-then",
                 {"any"},
                 "no `.then` inside a `.then` (`any`: none at all)",
                 NoNestedThen});
  out.push_back({"max-statements", {"max"}, "statements of the answer's function", MaxStatements});
  out.push_back({"max-line-length", {"max"}, "columns of a line", MaxLineLength});
  out.push_back({"no-call", {"of"}, "none of these is called: full paths, or `.method`", NoCall});
  out.push_back({"uses-call", {"of"}, "one of these is called", UsesCall});
  out.push_back({"uses-construct",
                 {"of"},
                 "one of these kinds of node is there (as in --print=ir; AsyncFor, AsyncWith)",
                 UsesConstruct});
  out.push_back({"no-construct", {"of"}, "none of these kinds of node is there", NoConstruct});
  out.push_back({"no-lesson", {"of"}, "the linter has nothing of these to say", NoLesson});
}

}  // namespace asyncport::grade
