// Runs the phases in order, stops where asked, and checks the result before it leaves the library.
#include "pipeline/pipeline.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "advise/suppressions.h"
#include "comments/comments.h"
#include "emit/emit.h"
#include "facts/facts.h"
#include "generated/version.h"
#include "lower/lower.h"
#include "pipeline/dump.h"
#include "pipeline/project_names.h"
#include "pipeline/timings.h"
#include "pipeline/self_check.h"
#include "pipeline/selection.h"
#include "pipeline/translating.h"
#include "shape/shape.h"
#include "support/stop.h"
#include "syntax/cst.h"
#include "translate/translate.h"

namespace asyncport {
namespace {

constexpr std::array<std::string_view, 10> kPhaseNames = {
    "cst", "ir", "comments", "facts", "shape", "advise", "matches", "target", "doc", "text"};

// What is made on the way; the phases fill it from top to bottom.
struct Run {
  const Source& source;
  const Options& options;
  std::optional<Span> selection;
  diag::Diagnostics diagnostics = {};
  Outcome outcome = {};

  bool Prints(Phase phase) const { return options.print == phase; }
  template <typename Dump>
  bool Stops(Phase phase, const Dump& dump) {
    if (Prints(phase)) outcome.text = dump();
    return options.stop_after == phase || options.print == phase;
  }
};

template <typename Part>
auto Timed(Step step, Part&& part) {
  const Timer timer(step);
  return part();
}

// Orders to tools of the source language mean nothing to those of the other one. Ours are obeyed here.
void ReportDropped(const comments::CommentMap& carried, diag::Diagnostics& diagnostics) {
  for (const comments::Comment* comment : carried.Dropped()) {
    if (comment->style != comments::Style::kDirective || comment->lines.empty()) continue;
    if (comment->lines.front().starts_with("asyncport-")) continue;
    diagnostics.Report("directive-dropped", comment->span, {{"directive", comment->lines.front()}});
  }
}

std::size_t CountStatements(const ir::Tree& tree, ir::NodeId node) {
  const ir::NodeKind kind = tree.kind(node);
  const bool counts = ir::HasCategory(kind, ir::category::Stmt) && kind != ir::NodeKind::kBlock;
  std::size_t count = counts ? 1 : 0;
  tree.ForEachChild(node, [&](ir::NodeId child) { count += CountStatements(tree, child); });
  return count;
}

void Emit(Run& run, const ir::Tree& target, const comments::CommentMap& carried) {
  if (!run.options.line_map) {
    run.outcome.text = emit::EmitText(target, carried);
    return;
  }
  emit::Mapped mapped = emit::EmitMapped(target, carried);
  run.outcome.line_map = MakeLineMap(run.source, mapped.text, mapped.pieces);
  run.outcome.text = std::move(mapped.text);
}

// From the facts on.
void Finish(Run& run, const ir::Tree& tree, const comments::Attached& attached,
            const facts::Facts* facts) {
  const Options& options = run.options;
  auto stop = [&](Phase phase, auto&& dump) { return run.Stops(phase, dump); };
  translate::Translation translation = Timed(Step::kTranslate, [&] {
    return translate::Translate(*facts, run.source, options, run.diagnostics);
  });
  CheckStop();
  comments::CommentMap carried = Timed(Step::kCarry, [&] {
    return comments::Carry(attached.map, tree, translation.tree, translation.absorbed);
  });
  if (stop(Phase::kTarget, [&] { return ir::Dump(translation.tree, translation.tree.root()); })) {
    return;
  }
  Timed(Step::kVerify, [&] { CheckTree(translation.tree, run.source, run.diagnostics); });
  run.outcome.statements = CountStatements(tree, tree.root());
  for (ir::NodeId refused : translation.refused) {
    run.outcome.refused += CountStatements(tree, refused);
  }
  if (stop(Phase::kDoc, [&] { return DumpDoc(translation.tree, carried); })) return;
  CheckStop();
  Timed(Step::kEmit, [&] { Emit(run, translation.tree, carried); });
  CheckStop();
  ReportDropped(carried, run.diagnostics);
  if (options.self_check) {
    const Timer timer(Step::kSelfCheck);
    CheckText({run.outcome.text, options.to, attached, carried, *facts, translation.rewritten,
               translation.refused.empty(), TargetAsyncNames(options)},
              run.diagnostics);
  }
  if (run.selection) {
    const ir::NodeList selected = SelectedStatements(tree, *run.selection);
    KeepSelected(translation.tree, tree, *run.selection);
    Emit(run, translation.tree, carried);
    if (!selected.empty())
      run.selection = Span{tree.span(selected.front()).begin, tree.span(selected.back()).end};
  }
  run.diagnostics.Replace(advise::Suppressions(attached, run.source).Apply(run.diagnostics.Take()));
}

void Execute(Run& run) {
  const Options& options = run.options;
  auto stop = [&](Phase phase, auto&& dump) { return run.Stops(phase, dump); };

  syntax::ParseLimits limits;
  limits.max_nesting = options.max_nesting;
  limits.deadline_ms = options.parse_deadline_ms;
  Result<syntax::Parsed> parsed =
      Timed(Step::kParse, [&] { return syntax::Parse(run.source, options.from, limits); });
  if (!parsed) {
    run.diagnostics.Report("source-too-complex", Span{}, {{"message", parsed.error()}});
    run.outcome.status = Status::kRefused;
    return;
  }
  const syntax::Cst& cst = parsed.value().cst;
  if (stop(Phase::kCst, [&] { return syntax::DumpCst(cst, run.source); })) return;
  if (!parsed.value().errors.empty()) {
    for (const syntax::SyntaxError& error : parsed.value().errors) {
      run.diagnostics.Report("syntax-error", error.span, {{"message", error.message}});
    }
    run.outcome.status = Status::kRefused;
    return;
  }

  auto strings = std::make_shared<StringTable>();
  ir::Tree tree = Timed(Step::kLower, [&] {
    return lower::Lower(cst, run.source, strings, {}, run.diagnostics);
  });
  if (stop(Phase::kIr, [&] { return ir::Dump(tree, tree.root()); })) return;

  comments::Attached attached =
      Timed(Step::kAttach, [&] { return comments::Attach(cst, run.source, tree); });
  if (stop(Phase::kComments, [&] { return comments::Dump(attached.map, tree, run.source); }))
    return;

  std::unique_ptr<facts::Facts> facts = Timed(Step::kInfer, [&] {
    return facts::Infer(tree, {.async_names = AsyncNames(options)});
  });
  if (stop(Phase::kFacts, [&] { return facts->Dump(); })) return;
  if (stop(Phase::kShape, [&] { return shape::Dump(*facts); })) return;
  if (stop(Phase::kAdvise, [&] { return DumpAdvice(*facts, attached, run.source); })) return;
  if (stop(Phase::kMatches, [&] { return DumpMatches(*facts, run.source); })) return;

  Finish(run, tree, attached, facts.get());
}

}  // namespace

std::optional<Phase> PhaseByName(std::string_view name) {
  auto it = std::find(kPhaseNames.begin(), kPhaseNames.end(), name);
  if (it == kPhaseNames.end()) return std::nullopt;
  return static_cast<Phase>(it - kPhaseNames.begin());
}

std::string_view Name(Phase phase) { return kPhaseNames[static_cast<std::size_t>(phase)]; }

namespace {

// Editors select whole lines, with what stands before and behind a statement.
Span WithoutBlanks(const Source& source, Span span) {
  const auto is_blank = [&](std::uint32_t at) {
    const char c = source.text()[at];
    return c == ' ' || c == '\t' || c == '\n';
  };
  while (span.begin < span.end && is_blank(span.begin)) ++span.begin;
  while (span.begin < span.end && is_blank(span.end - 1)) --span.end;
  return span;
}

template <typename Part>
Outcome Guard(struct Run& run, Part&& part) {
  if (!Guarded(run.diagnostics, part)) run.outcome.text.clear();
  run.outcome.diagnostics = run.diagnostics.Take();
  if (run.selection) {
    std::erase_if(run.outcome.diagnostics, [&](const diag::Diagnostic& diagnostic) {
      return diagnostic.span.begin > run.selection->end || diagnostic.span.end < run.selection->begin;
    });
  }
  if (run.outcome.status == Status::kOk) {
    for (const diag::Diagnostic& d : run.outcome.diagnostics) {
      const diag::Entry* entry = diag::FindEntry(d.id);
      if (entry == nullptr || entry->level == diag::Level::kError) {
        run.outcome.status = Status::kFindings;
      }
    }
  }
  return std::move(run.outcome);
}

}  // namespace

Outcome Run(const Source& source, const Options& options) {
  struct Run run {
    source, options, {}
  };
  return Guard(run, [&] { Execute(run); });
}

Outcome Run(const Source& source, const Options& options, const Reading& reading,
            const std::optional<Span>& selection) {
  struct Run run {
    source, options, selection
  };
  if (selection) run.selection = WithoutBlanks(source, *selection);
  run.diagnostics = reading.found;
  if (!reading.whole) {
    run.outcome.status = Status::kRefused;
    run.selection.reset();
    return Guard(run, [] {});
  }
  return Guard(run, [&] {
    Finish(run, *reading.tree, reading.PlacedComments(source), reading.facts.get());
  });
}

std::string GrammarVersions() { return ASYNCPORT_GRAMMAR_VERSIONS; }

}  // namespace asyncport
