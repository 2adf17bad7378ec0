// See batch_work.h.
#include "cli/batch_work.h"

#include <algorithm>
#include <exception>

#include "cli/annotate.h"
#include "cli/diff.h"
#include "cli/files.h"
#include "cli/translate.h"
#include "diag/sinks/texts.h"
#include "support/source.h"

namespace asyncport::cli {
namespace {

using report::FileStatus;

// "untranslated: with": what errors are counted by.
std::string ReasonOf(const diag::Diagnostic& diagnostic) {
  for (const diag::Arg& arg : diagnostic.args) {
    if (arg.name == "reason") return diagnostic.id + ": " + diag::OneLine(arg.value).substr(0, 80);
  }
  return diagnostic.id;
}

report::Finding FindingOf(const diag::Diagnostic& diagnostic, const Source& source, Language to) {
  const diag::SinkOptions options{.find = &diag::FindEntry, .to = to};
  const diag::Texts texts = diag::FindShortTexts(diagnostic, options);
  const LineColumn at = source.Position(diagnostic.span.begin);
  return {diagnostic.id,
          texts.level,
          texts.level == diag::Level::kError ? ReasonOf(diagnostic) : "",
          diag::OneLine(texts.message),
          at.line,
          at.column};
}

std::size_t IndexOf(const BatchJob& job, const BatchFile& file) {
  return static_cast<std::size_t>(&file - job.inputs.files.data());
}

// The packages around a module, which an older folder of the same name elsewhere would cover without an __init__.py.
// Nothing is said of those that cannot be made: importing fails loudly.
void MakePackages(const BatchJob& job, const std::string& out_dir, std::string_view target) {
  for (std::size_t slash = target.find('/'); slash != std::string_view::npos;
       slash = target.find('/', slash + 1)) {
    const std::string init = std::string(target.substr(0, slash)) + "/__init__.py";
    const bool has_source = std::any_of(job.inputs.files.begin(), job.inputs.files.end(),
                                        [&](const BatchFile& file) { return file.target == init; });
    if (!has_source && !Exists(out_dir + "/" + init)) (void)WriteFile(out_dir + "/" + init, "", {});
  }
}

class Worker {
 public:
  Worker(const BatchJob& job, const BatchFile& input, BatchDone& done)
      : job_(job), input_(input), done_(done), command_(job.command) {}

  void Run() {
    done_.file.path = input_.path;
    done_.file.target = TargetPath();
    done_.file.from = ShortName(job_.inputs.from);
    done_.file.to = ShortName(job_.inputs.to);
    if (std::optional<Problem> problem = job_.configs.Find(input_.path, command_.settings))
      return Fail(*problem);
    Result<std::string> bytes = [&] {
      const Timer timer(Step::kRead);
      return ReadFile(input_.path, command_.max_bytes);
    }();
    if (!bytes) return Fail({Problem::Kind::kIo, input_.path, bytes.error(), ""});
    done_.timings.bytes = bytes.value().size();
    Result<Source> decoded = Decode(input_.path, bytes.value());
    if (!decoded) return Fail({Problem::Kind::kInput, input_.path, decoded.error(), ""});
    Translate(decoded.value());
  }

  void Fail(const Problem& problem) {
    done_.file.status = FileStatus::kFailed;
    done_.file.exit = kExitTrouble;
    done_.file.problem = problem.message + (problem.help.empty() ? "" : "; " + problem.help);
    const Format format = command_.settings.format.value_or(Format::kConcise);
    const bool json = format == Format::kJson || format == Format::kJsonLines;
    done_.said += json ? ProblemJson(problem) : ProblemText(problem);
  }

 private:
  std::string TargetPath() const {
    return job_.command.batch.out_dir ? *job_.command.batch.out_dir + "/" + input_.target : "";
  }

  void Translate(const Source& source) {
    Options options = MakeOptions(command_, {job_.inputs.from, job_.inputs.to});
    const ProjectFile project = job_.project.FileOf(IndexOf(job_, input_));
    const ProjectScope scope(project);
    options.line_map = job_.wants_texts;
    Outcome outcome = asyncport::Run(source, options);
    const bool whole = outcome.status != Status::kRefused && !CameToNothing(outcome);
    if (command_.annotate && whole) outcome.text = Annotate(source, options, outcome);
    Describe(source, outcome, whole);
    if (whole) Put(Encode(outcome.text, source.layout()));
    if (job_.wants_texts) {
      done_.file.source = std::string(source.text());
      if (whole) done_.file.translation = std::move(outcome.text);
      done_.file.lines = std::move(outcome.line_map);
    }
  }

  void Describe(const Source& source, const Outcome& outcome, bool whole) {
    report::File& file = done_.file;
    file.statements = outcome.statements;
    file.refused = outcome.refused;
    for (const diag::Diagnostic& diagnostic : outcome.diagnostics)
      file.findings.push_back(FindingOf(diagnostic, source, job_.inputs.to));
    // One line each: there may be thousands.
    if (!command_.settings.format) command_.settings.format = Format::kConcise;
    done_.said += RenderDiagnostics(command_, source, outcome, job_.inputs.to);
    file.status = whole ? FileStatus::kTranslated : FileStatus::kRefused;
    file.exit = !whole ? kExitTrouble
                : outcome.status == Status::kFindings || HasError(outcome) ? kExitFindings
                                                                           : kExitOk;
  }

  void Put(const std::string& text) {
    const std::string& target = done_.file.target;
    if (target.empty()) return;
    const Timer timer(Step::kWrite);
    const bool exists = Exists(target);
    const Result<std::string> old = exists ? ReadFile(target, UINT64_MAX >> 1) : Error{""};
    if (old.ok() && old.value() == text) {
      done_.file.status = FileStatus::kUnchanged;
      return;
    }
    if (job_.mode != BatchMode::kWrite) {
      done_.file.status = FileStatus::kStale;
      done_.file.exit = std::max<int>(done_.file.exit, kExitFindings);
      if (job_.mode == BatchMode::kDiff)
        done_.diff = UnifiedDiff(target, old.ok() ? old.value() : "", text);
      return;
    }
    if (SameFile(target, input_.path)) {
      return Fail({Problem::Kind::kIo, target, "it is the source itself, which would be lost",
                   "give --out-dir another folder"});
    }
    const bool force = command_.force || (job_.ours != nullptr && job_.ours->contains(target));
    if (exists && !force) {
      return Fail({Problem::Kind::kIo, target, "it exists already, with another text",
                   "--force overwrites it"});
    }
    if (std::optional<std::string> why = MakeFolders(target.substr(0, target.rfind('/'))))
      return Fail({Problem::Kind::kIo, target.substr(0, target.rfind('/')), *why, ""});
    if (std::optional<std::string> why =
            WriteFile(target, text, {.force = force, .permissions_of = input_.path})) {
      return Fail({Problem::Kind::kIo, target, *why, ""});
    }
    if (job_.inputs.to == Language::kPy) MakePackages(job_, *command_.batch.out_dir, input_.target);
  }

  const BatchJob& job_;
  const BatchFile& input_;
  BatchDone& done_;
  Command command_;  // with the settings of this file's folder
};

}  // namespace

BatchDone WorkOn(const BatchJob& job, const BatchFile& file) {
  BatchDone done;
  const TimingsScope timed(done.timings);
  Worker worker(job, file, done);
  try {
    worker.Run();
  } catch (const std::exception& error) {  // no memory, most likely
    done.said.clear();
    worker.Fail({Problem::Kind::kIo, file.path, std::string("it could not be finished: ") + error.what(), ""});
  }
  return done;
}

namespace {

// The source as `use` gets it, with what its folder's configuration says; nothing where it cannot be read.
template <typename Use>
void WithSource(const BatchJob& job, const BatchFile& file, Use&& use) {
  Command command = job.command;
  if (job.configs.Find(file.path, command.settings)) return;
  const Result<std::string> bytes = ReadFile(file.path, command.max_bytes);
  if (!bytes) return;
  const Result<Source> source = Decode(file.path, bytes.value());
  if (source) use(source.value(), MakeOptions(command, {job.inputs.from, job.inputs.to}));
}

}  // namespace

std::vector<std::string> ImportsOf(const BatchJob& job, const BatchFile& file) {
  std::vector<std::string> imports;
  WithSource(job, file, [&](const Source& source, const Options&) {
    if (job.project.MayImport(source.text())) imports = FindImports(source, job.inputs.from);
  });
  return imports;
}

Interface InterfaceOf(const BatchJob& job, const BatchFile& file) {
  Interface interface;
  WithSource(job, file, [&](const Source& source, const Options& options) {
    const ProjectFile project = job.project.FileOf(IndexOf(job, file));
    const ProjectScope scope(project);
    interface = FindInterface(source, options);
  });
  return interface;
}

}  // namespace asyncport::cli
