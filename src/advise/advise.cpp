// Walks the tree once: lesson cards for every node, the checks of checks.h by node kind.
#include "advise/advise.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "advise/checks.h"
#include "advise/suppressions.h"
#include "rules/fix.h"
#include "rules/rules.h"
#include "rules/tables.h"
#include "support/stop.h"
#include "support/strings.h"

namespace asyncport::advise {

using ir::NodeId;
using ir::NodeKind;

namespace {

struct Row {
  NodeKind kind;
  Check check;
};
constexpr Row kChecks[] = {
    {NodeKind::kExprStmt, CheckDropped},
    {NodeKind::kAssign, CheckUnusedTask},
    {NodeKind::kIf, CheckMisused},
    {NodeKind::kWhile, CheckMisused},
    {NodeKind::kDoWhile, CheckMisused},
    {NodeKind::kCFor, CheckMisused},
    {NodeKind::kConditional, CheckMisused},
    {NodeKind::kAssert, CheckMisused},
    {NodeKind::kCompIf, CheckMisused},
    {NodeKind::kUnary, CheckMisused},
    {NodeKind::kLogical, CheckMisused},
    {NodeKind::kSpread, CheckMisused},
    {NodeKind::kForEach, CheckMisused},
    {NodeKind::kCall, CheckMisused},
    {NodeKind::kCall, CheckForEach},
    {NodeKind::kAssign, CheckMisusedValue},
    {NodeKind::kAttribute, CheckMisusedValue},
    {NodeKind::kSubscript, CheckMisusedValue},
    {NodeKind::kBinary, CheckMisusedValue},
    {NodeKind::kTemplate, CheckMisusedValue},
    {NodeKind::kNew, CheckExecutor},
    {NodeKind::kAwait, CheckUselessAwait},
    {NodeKind::kForEach, CheckOutsideAsync},
    {NodeKind::kWith, CheckOutsideAsync},
    {NodeKind::kFunctionDef, CheckUnnecessaryAsync},
    {NodeKind::kFunctionExpr, CheckUnnecessaryAsync},
    {NodeKind::kMethod, CheckUnnecessaryAsync},
    {NodeKind::kLambda, CheckUnnecessaryAsync},
    {NodeKind::kReturn, CheckReturnInTry},
    {NodeKind::kCall, CheckCombinator},
    {NodeKind::kBlock, CheckIndependent},
    {NodeKind::kAwait, CheckAwaitInLoop},
    {NodeKind::kFunctionDef, CheckRace},
    {NodeKind::kFunctionExpr, CheckRace},
    {NodeKind::kMethod, CheckRace},
    {NodeKind::kLambda, CheckRace},
    {NodeKind::kCall, CheckBlocking},
    {NodeKind::kWith, CheckWith},
    {NodeKind::kYield, CheckYield},
    {NodeKind::kTry, CheckCancellation},
    {NodeKind::kWhile, CheckBusyWait},
    {NodeKind::kDoWhile, CheckBusyWait},
    {NodeKind::kCFor, CheckBusyWait},
    {NodeKind::kModule, CheckStarts},
    {NodeKind::kFunctionDef, CheckStarts},
    {NodeKind::kMethod, CheckStarts},
    {NodeKind::kCall, CheckRunInside},
    {NodeKind::kBlock, CheckDisguise},
    {NodeKind::kAwait, CheckDisguisedAwait},
    {NodeKind::kModule, CheckByDefault},
    {NodeKind::kBlock, CheckTaskOrdering},
    {NodeKind::kCall, CheckHandlers},
    {NodeKind::kNew, CheckNever},
    {NodeKind::kForEach, CheckForAwait},
    {NodeKind::kAssign, CheckAwaitedTwice},
    {NodeKind::kAssign, CheckEarlyRejection},
    {NodeKind::kWith, CheckNestedLock},
};
// These need no work to wait for.
constexpr Row kPlainChecks[] = {
    {NodeKind::kFunctionDef, CheckDefaults},   {NodeKind::kMethod, CheckDefaults},
    {NodeKind::kClassDef, CheckClassAttributes}, {NodeKind::kAssign, CheckFill},
    {NodeKind::kLambda, CheckLateBinding},     {NodeKind::kAssign, CheckOneShot},
    {NodeKind::kBinary, CheckComparison},      {NodeKind::kForIn, CheckForIn},
    {NodeKind::kCall, CheckMethodValue},
    {NodeKind::kCall, CheckDelay},             {NodeKind::kCall, CheckUnbound},
};

// By kind, so that a node costs no more than what is asked of it.
using Table = std::array<std::vector<Check>, static_cast<std::size_t>(NodeKind::kCount) + 1>;

Table MakeTable(bool with_work) {
  Table checks;
  for (const Row& row : kPlainChecks)
    checks[static_cast<std::size_t>(row.kind)].push_back(row.check);
  if (!with_work) return checks;
  for (const Row& row : kChecks) checks[static_cast<std::size_t>(row.kind)].push_back(row.check);
  return checks;
}

const Table& ChecksByKind(bool with_work) {
  static const Table all = MakeTable(true);
  static const Table plain = MakeTable(false);
  return with_work ? all : plain;
}

// Cards that speak of what a translation changes; the checks say the same of the source, in finer words.
bool IsForTranslating(std::string_view id) {
  return id == "blocking-call-in-async" || id == "async-predicate-truthy";
}

// Something of these stands in every source that has work to wait for: what the language calls it, and what the
// libraries that hand it over are called. Without them those checks have nothing to find.
constexpr std::array<std::string_view, 12> kJsSigns = {"async", "await",   "romise", ".then",
                                                       "fetch", "import(", "once",   "consumers",
                                                       "axios", "got",     "pg",     "mongo"};
constexpr std::array<std::string_view, 7> kPySigns = {"async", "await", "Async", "anyio",
                                                      "trio",  "httpx", "aio"};

bool MayHaveWork(const Source& source, Language language) {
  const auto has = [&](std::string_view sign) {
    return ::memmem(source.text().data(), source.text().size(), sign.data(), sign.size()) !=
           nullptr;
  };
  return language == Language::kJs ? std::any_of(kJsSigns.begin(), kJsSigns.end(), has)
                                   : std::any_of(kPySigns.begin(), kPySigns.end(), has);
}

// Does the file import a module of which a table, perhaps a team's own, says that it hands over work?
bool ImportsWork(const ir::Tree& tree) {
  const auto module_node = ir::As<ir::Module>(tree, tree.root());
  if (!module_node) return false;
  const auto names =
      tree.language() == Language::kJs ? rules::AllTables().js_api : rules::AllTables().py_api;
  for (NodeId id : ir::Block(tree, module_node.body()).statements()) {
    const auto import = ir::As<ir::Import>(tree, id);
    if (!import) continue;
    const std::string_view module = import.module();
    auto entry = std::lower_bound(
        names.begin(), names.end(), module,
        [](const rules::ApiEntry& e, std::string_view name) { return e.name < name; });
    for (; entry != names.end() && entry->name.starts_with(module); ++entry) {
      if (entry->kind == "async") return true;
    }
  }
  return false;
}

// Where an import may stand: not above the module's docstring, `from __future__` lines and "use strict".
std::uint32_t ImportsBegin(const Context& context, std::span<const NodeId> statements) {
  const auto stays_first = [&](NodeId id) {
    const auto expr = ir::As<ir::ExprStmt>(context.tree, id);
    const auto import = ir::As<ir::Import>(context.tree, id);
    return (expr && context.tree.Is(expr.value(), NodeKind::kString)) ||
           (import && import.module() == "__future__");
  };
  auto at = std::find_if_not(statements.begin(), statements.end(), stays_first);
  if (at == statements.end()) --at;
  const std::uint32_t begin = context.tree.span(*at).begin;
  return context.source.LineSpan(context.source.LineIndex(begin)).begin;
}

// `import x` / `import { a } from "m"` lines that a fix needs and the file lacks, before its first statement that is
// no import.
bool AddImports(const Context& context, const std::vector<rules::ImportNeed>& needs,
                diag::Fix& fix) {
  const ir::Tree& tree = context.tree;
  const auto module = ir::As<ir::Module>(tree, tree.root());
  if (!module || needs.empty()) return true;
  const auto statements = ir::Cast<ir::Block>(tree, module.body()).statements();
  std::string text;
  for (const rules::ImportNeed& need : needs) {
    bool found = false;
    for (NodeId id : statements) {
      const auto import = ir::As<ir::Import>(tree, id);
      if (!import || import.module() != need.module) continue;
      for (NodeId item_id : import.items()) {
        const auto item = ir::As<ir::ImportItem>(tree, item_id);
        if (!item || !item.local() || tree.text(item.local()) != need.local) continue;
        found = need.name.empty() ? item.kind() == ir::ImportKind::kNamespace
                                  : item.name() == need.name;
      }
    }
    if (found) continue;
    const bool renamed = need.local != (need.name.empty() ? need.module : need.name);
    if (tree.language() == Language::kPy) {
      text += need.name.empty() ? "import " + need.module
                                : "from " + need.module + " import " + need.name;
      text += renamed ? " as " + need.local + "\n" : "\n";
    } else {
      if (need.name.empty()) return false;
      text += "import { " + need.name + (renamed ? " as " + need.local : "") + " } from \"" +
              need.module + "\";\n";
    }
  }
  if (text.empty()) return true;
  if (statements.empty()) return false;
  const std::uint32_t begin = ImportsBegin(context, statements);
  const diag::Edit edit{{begin, begin}, text};
  // The edits are sorted; only a docstring may stand above the imports.
  fix.edits.insert(std::find_if(fix.edits.begin(), fix.edits.end(),
                                [&](const diag::Edit& e) { return e.span.begin > begin; }),
                   edit);
  return true;
}

void RunCards(const Context& context, NodeId node) {
  for (const rules::Match& match : rules::FindLessons(context.facts, node)) {
    if (IsForTranslating(match.id)) continue;
    diag::Diagnostic& diagnostic = context.out.Report(
        match.id, context.tree.span(node), rules::ArgsOf(match, context.tree, context.source));
    const std::optional<rules::FixText> text = rules::FixOf(match, context.tree, context.source);
    if (!text) continue;
    const diag::Entry* entry = diag::FindEntry(match.id);
    diag::Fix fix{
        entry == nullptr || entry->help.empty() ? std::string("Apply the fix")
                                                : std::string(entry->help),
        {{context.tree.span(node), text->text}},
        rules::HasSafeFix(match) ? diag::Applicability::kSafe : diag::Applicability::kUnsafe};
    if (AddImports(context, text->imports, fix)) diagnostic.fixes.push_back(std::move(fix));
  }
}

void Walk(const Context& context, NodeId node, const Table& checks) {
  RunCards(context, node);
  if (context.tree.Is(node, NodeKind::kBlock)) CheckStop();
  const NodeKind kind = context.tree.kind(node);
  for (const Check check : checks[static_cast<std::size_t>(kind)]) check(context, node);
  context.tree.ForEachChild(node, [&](NodeId child) { Walk(context, child, checks); });
}

}  // namespace

std::string Context::CallText(NodeId call) const {
  NodeId callee = call;
  if (const auto view = ir::As<ir::Call>(tree, call)) callee = view.callee();
  if (const auto view = ir::As<ir::New>(tree, call)) callee = view.callee();
  if (tree.Is(callee, NodeKind::kFunctionExpr) || tree.Is(callee, NodeKind::kLambda)) {
    return "(async () => ...)()";
  }
  std::string text(source.Text(tree.span(callee)));
  if (text.find('\n') != std::string::npos) {
    const auto attribute = ir::As<ir::Attribute>(tree, callee);
    text = attribute ? "..." + std::string(attribute.name())
                     : text.substr(0, text.find('\n')) + " ...";
  }
  return (tree.Is(call, NodeKind::kNew) ? "new " : "") + text + (callee == call ? "" : "()");
}

bool Context::MayAwait(NodeId node) const {
  const NodeId function = facts.EnclosingFunction(node);
  if (!function) return tree.language() == Language::kJs;
  if (const auto f = ir::As<ir::FunctionDef>(tree, function)) return f.is_async();
  if (const auto f = ir::As<ir::FunctionExpr>(tree, function)) return f.is_async();
  if (const auto f = ir::As<ir::Lambda>(tree, function)) return f.is_async();
  if (const auto f = ir::As<ir::Method>(tree, function)) return f.is_async();
  return false;
}

std::vector<diag::Diagnostic> Advise(const facts::Facts& facts, const comments::Attached& attached,
                                     const Source& source, std::vector<diag::Diagnostic> earlier) {
  diag::Diagnostics found;
  found.Replace(std::move(earlier));
  const Context context{facts, facts.tree(), source, found};
  const NodeId root = facts.tree().root();
  if (root)
    Walk(context, root,
         ChecksByKind(MayHaveWork(source, facts.tree().language()) || ImportsWork(facts.tree())));
  Suppressions suppressions(attached, source);
  diag::Diagnostics all;
  for (auto& diagnostic : suppressions.Apply(found.Take())) {
    all.Report(diagnostic.id, diagnostic.span) = std::move(diagnostic);
  }
  for (auto& diagnostic : suppressions.Leftovers()) {
    all.Report(diagnostic.id, diagnostic.span) = std::move(diagnostic);
  }
  return all.Take();
}

}  // namespace asyncport::advise
