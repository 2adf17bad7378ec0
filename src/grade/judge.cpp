// From a submission's bytes to a verdict. See judge.h.
#include "grade/judge.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>

#include "advise/advise.h"
#include "comments/comments.h"
#include "facts/facts.h"
#include "grade/entry.h"
#include "grade/predicates.h"
#include "grade/represent.h"
#include "lower/lower.h"
#include "shape/shape.h"
#include "support/check.h"
#include "support/strings.h"
#include "syntax/cst.h"

namespace asyncport::grade {
namespace {

using Clock = std::chrono::steady_clock;

Verdict Blank(const Exercise& exercise, const std::string& name) {
  Verdict verdict;
  verdict.exercise = exercise.id;
  verdict.title = exercise.title;
  verdict.submission = name;
  verdict.points = exercise.Points();
  for (const Criterion& criterion : exercise.criteria) {
    verdict.criteria.push_back({criterion.id,
                                criterion.text,
                                criterion.manual ? Status::kManual : Status::kSkipped,
                                criterion.manual ? 0 : criterion.points,
                                0,
                                {}});
  }
  return verdict;
}

// One clear comment at the first criterion; the others cannot be judged.
void FailWhole(Verdict& verdict, std::string id, std::string message) {
  for (CriterionResult& criterion : verdict.criteria) {
    if (criterion.status == Status::kManual) continue;
    criterion.status = Status::kFailed;
    Comment comment;
    comment.id = std::move(id);
    comment.message = std::move(message);
    criterion.feedback.push_back(std::move(comment));
    return;
  }
}

void Place(Comment& comment, const Source& source, Span span) {
  const LineColumn begin = source.Position(span.begin);
  const LineColumn end = source.Position(std::max(span.begin, span.end));
  comment.line = begin.line;
  comment.column = begin.column;
  comment.end_line = end.line;
  comment.end_column = end.column;
}

bool Parses(const Source& source, Language language, const Limits& limits) {
  syntax::ParseLimits parse;
  parse.max_nesting = limits.max_nesting;
  parse.deadline_ms = limits.parse_ms;
  const Result<syntax::Parsed> parsed = syntax::Parse(source, language, parse);
  return parsed && parsed.value().errors.empty();
}

// Text that both languages can read (`user = fetch_user(id)`) is the other one's where it defines nothing, awaits nothing
// and calls the given functions only by the names that they have over there.
bool ReadsAsOther(const Exercise& exercise, const ir::Tree& tree) {
  bool calls_other = false;
  bool calls_own = false;
  bool is_marked = false;
  const std::function<void(ir::NodeId)> look = [&](ir::NodeId node) {
    switch (tree.kind(node)) {
      case ir::NodeKind::kAssign:
        is_marked = is_marked || ir::Assign(tree, node).declares() != ir::DeclKind::kNone;
        break;
      case ir::NodeKind::kFunctionDef:
      case ir::NodeKind::kFunctionExpr:
      case ir::NodeKind::kLambda:
      case ir::NodeKind::kClassDef:
      case ir::NodeKind::kImport:
      case ir::NodeKind::kAwait:
      case ir::NodeKind::kNew:
        is_marked = true;
        break;
      case ir::NodeKind::kName:
        for (const sim::GivenFunction& f : exercise.scenarios.front().functions) {
          if (shape::NameKey(tree.text(node)) != shape::NameKey(f.name)) continue;
          if (ToSnakeCase(f.name) == ToCamelCase(f.name)) continue;  // says nothing
          (tree.text(node) == f.name ? calls_own : calls_other) = true;
        }
        break;
      default:
        break;
    }
    tree.ForEachChild(node, look);
  };
  look(tree.root());
  return calls_other && !calls_own && !is_marked;
}

// What is pointed at: for a function only its head.
Span SpanOf(const Evidence& evidence, ir::NodeId node) {
  const ir::Tree& tree = evidence.facts.tree();
  if (!node || tree.Is(node, ir::NodeKind::kModule)) return Span{0, 0};
  Span span = tree.span(node);
  const std::uint32_t line = evidence.source.LineIndex(span.begin);
  if (evidence.source.LineIndex(span.end) != line)
    span.end = std::min(span.end, evidence.source.LineSpan(line).end);
  return span;
}

class Judging {
 public:
  Judging(const Exercise& exercise, const Source& source, const facts::Facts& facts,
          const std::vector<diag::Diagnostic>& diagnostics, ir::NodeId entry,
          Clock::time_point deadline)
      : exercise_(exercise),
        evidence_{exercise, source, facts, diagnostics, entry, nullptr, nullptr},
        deadline_(deadline) {}

  bool late() const { return late_; }

  // Share of the checks that hold, in hundredths of the criterion's points.
  void Ask(const Criterion& criterion, CriterionResult& out) {
    int weights = 0;
    int held = 0;
    bool essential = true;
    for (const Check& check : criterion.checks) {
      const Finding finding = Holds(check);
      weights += check.weight;
      if (finding.holds) {
        held += check.weight;
        continue;
      }
      const bool counts = check.weight > 0 && (check.type == CommentType::kEssential ||
                                               check.type == CommentType::kActionable);
      if (counts && check.type == CommentType::kEssential) essential = false;
      Comment comment;
      comment.id = criterion.id + "." + check.is;
      comment.type = check.type;
      comment.message = check.message.empty() ? finding.message : check.message;
      comment.explain = check.explain.empty() ? finding.explain : check.explain;
      if (const Span span = SpanOf(evidence_, finding.node); span.end != 0)
        Place(comment, evidence_.source, span);
      out.feedback.push_back(std::move(comment));
    }
    out.score_hundredths =
        weights == 0 ? criterion.points * 100 : criterion.points * 100 * held / weights;
    out.status = essential ? Status::kPassed : Status::kFailed;
  }

  const std::vector<sim::Trace>& Traces(const std::string& scenario) {
    auto [it, is_new] = traces_.try_emplace(scenario);
    if (is_new) {
      const Scenario* found = exercise_.FindScenario(scenario);
      it->second = WalkAll(evidence_.facts, *found, evidence_.entry, machines_);
      late_ = late_ || Clock::now() > deadline_;
    }
    return it->second;
  }

 private:
  Finding Holds(const Check& check) {
    if (check.is == "not") {
      Finding inner = Holds(check.parts.front());
      inner.holds = !inner.holds;
      return inner;
    }
    if (check.is == "any" || check.is == "all") {
      Finding last;
      for (const Check& part : check.parts) {
        last = Holds(part);
        if (last.holds == (check.is == "any")) return last;
      }
      return last;
    }
    evidence_.scenario = exercise_.FindScenario(check.scenario);
    evidence_.traces = &Traces(check.scenario);
    return FindPredicate(check.is)->function(evidence_, check);
  }

  const Exercise& exercise_;
  Evidence evidence_;
  Clock::time_point deadline_;
  bool late_ = false;
  std::map<std::string, std::vector<sim::Trace>> traces_;
  std::vector<std::unique_ptr<sim::Machine>> machines_;  // traces hold their values
};

void Cap(Verdict& verdict, int most) {
  std::vector<std::pair<CommentType, std::string>> seen;
  int count = 0;
  for (CriterionResult& criterion : verdict.criteria) {
    std::vector<Comment> kept;
    for (Comment& comment : criterion.feedback) {
      const bool repeated = std::any_of(seen.begin(), seen.end(),
                                        [&](const auto& s) { return s.second == comment.message; });
      if (repeated || count >= most) continue;
      seen.emplace_back(comment.type, comment.message);
      ++count;
      kept.push_back(std::move(comment));
    }
    criterion.feedback = std::move(kept);
  }
}

void Execute(const Exercise& exercise, Verdict& verdict, const std::string& name,
             std::string_view bytes, const Limits& limits, bool all_comments) {
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(limits.total_ms);
  const std::string language(DisplayName(exercise.language));
  if (bytes.size() > limits.max_bytes) {
    verdict.error = "too-large: " + std::to_string(bytes.size()) + " bytes are more than " +
                    std::to_string(limits.max_bytes);
    return;
  }
  Result<Source> decoded = Decode(name, bytes);
  if (!decoded) {
    verdict.error = "not-text: " + decoded.error();
    return;
  }
  const Source source = std::move(decoded).value();
  syntax::ParseLimits parse;
  parse.max_nesting = limits.max_nesting;
  parse.deadline_ms = limits.parse_ms;
  Result<syntax::Parsed> parsed = syntax::Parse(source, exercise.language, parse);
  if (!parsed) {
    verdict.error = "too-complex: " + parsed.error();
    return;
  }
  const std::vector<syntax::SyntaxError>& errors = parsed.value().errors;
  diag::Diagnostics found;
  const ir::Tree tree =
      lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, found);
  if (tree.size() > limits.max_nodes) {
    verdict.error = "too-many-nodes: " + std::to_string(tree.size()) + " are more than " +
                    std::to_string(limits.max_nodes);
    return;
  }
  const auto statements =
      ir::Cast<ir::Block>(tree, ir::Module(tree, tree.root()).body()).statements();
  const bool is_empty = std::all_of(statements.begin(), statements.end(), [&](ir::NodeId id) {
    return tree.Is(id, ir::NodeKind::kPass);
  });
  if (errors.empty() && is_empty)
    return FailWhole(verdict, "empty-submission",
                     "Write the answer into this file: there is no code in it yet.");
  if (!errors.empty() || ReadsAsOther(exercise, tree)) {
    if (Parses(source, Other(exercise.language), limits)) {
      return FailWhole(verdict, "wrong-language",
                       "Write the answer in " + language + ": this file is " +
                           std::string(DisplayName(Other(exercise.language))) + ".");
    }
  }
  if (!errors.empty()) {
    FailWhole(verdict, "does-not-parse", "Mend the syntax first: " + errors.front().message + ".");
    for (CriterionResult& criterion : verdict.criteria) {
      if (!criterion.feedback.empty())
        Place(criterion.feedback.front(), source, errors.front().span);
    }
    return;
  }
  const std::unique_ptr<facts::Facts> facts = facts::Infer(tree, {});
  // Comments that silence the linter are the student's, and not asked.
  std::vector<diag::Diagnostic> diagnostics =
      advise::Advise(*facts, comments::Attached{}, source, found.Take());
  if (diagnostics.size() > limits.max_diagnostics) diagnostics.resize(limits.max_diagnostics);
  const EntryChoice choice = FindEntry(*facts, exercise);
  if (!choice.entry) {
    const auto& functions = exercise.scenarios.front().functions;
    std::string names;
    for (const sim::GivenFunction& function : functions)
      names += (names.empty() ? "`" : ", `") + function.name + "`";
    return FailWhole(verdict, "no-answer",
                     "Write a function that calls " + names + ": nothing in this file does.");
  }
  verdict.entry = choice.name;
  Judging judging(exercise, source, *facts, diagnostics, choice.entry, deadline);
  for (const sim::Trace& trace : judging.Traces("")) {
    if (!trace.halted.empty())
      return FailWhole(verdict, "does-not-end",
                       "Make sure that the function ends: " + trace.halted + ".");
  }
  for (std::size_t i = 0; i < exercise.criteria.size(); ++i) {
    const Criterion& criterion = exercise.criteria[i];
    CriterionResult& result = verdict.criteria[i];
    if (criterion.manual) continue;
    const bool ready =
        std::all_of(criterion.needs.begin(), criterion.needs.end(), [&](const std::string& need) {
          return std::any_of(verdict.criteria.begin(), verdict.criteria.end(),
                             [&](const CriterionResult& c) {
                               return c.id == need && c.status == Status::kPassed;
                             });
        });
    if (!ready) continue;
    judging.Ask(criterion, result);
    verdict.score_hundredths += result.score_hundredths;
    if (judging.late()) {
      verdict = Trouble(
          exercise, name,
          "total-deadline: judging took longer than " + std::to_string(limits.total_ms) + " ms");
      return;
    }
  }
  const bool all =
      std::none_of(verdict.criteria.begin(), verdict.criteria.end(), [](const CriterionResult& c) {
        return c.status == Status::kFailed || c.status == Status::kSkipped;
      });
  const int needed = static_cast<int>(std::lround(exercise.pass * verdict.points * 100));
  verdict.passed = all && verdict.score_hundredths >= std::min(needed, verdict.points * 100);
  if (!all && verdict.score_hundredths >= needed && needed > 0)
    verdict.score_hundredths = std::max(0, needed - 1);
  verdict.tags = TagsOf(*facts, judging.Traces(""));
  verdict.representation = DigestOf(*facts, exercise);
  Cap(verdict, all_comments ? 1'000 : exercise.max_comments);
}

}  // namespace

std::string_view Name(Status status) {
  static constexpr std::string_view kNames[] = {"passed", "failed", "skipped", "manual"};
  return kNames[static_cast<std::size_t>(status)];
}

Verdict Trouble(const Exercise& exercise, const std::string& name, std::string error) {
  Verdict verdict = Blank(exercise, name);
  verdict.error = std::move(error);
  return verdict;
}

Verdict Judge(const Exercise& exercise, const std::string& name, std::string_view bytes,
              const Limits& limits, bool all_comments) {
  Verdict verdict = Blank(exercise, name);
  try {
    Execute(exercise, verdict, name, bytes, limits, all_comments);
  } catch (const InternalError& error) {
    verdict = Trouble(exercise, name, "internal-error: " + error.message);
  } catch (const std::exception& error) {
    verdict = Trouble(exercise, name, std::string("internal-error: ") + error.what());
  }
  return verdict;
}

std::string Hundredths(int value) {
  std::string out = std::to_string(value / 100);
  if (value % 100 == 0) return out;
  const std::string rest = std::to_string(value % 100 + 100).substr(1);
  out += "." + rest;
  if (out.back() == '0') out.pop_back();
  return out;
}

}  // namespace asyncport::grade
