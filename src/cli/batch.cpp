// Checks what was asked for, finds the files, and lets threads work on them. Results come out in the order of the paths,
// whichever thread was first, and are kept no longer than that takes.
#include "cli/batch.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "cli/batch_inputs.h"
#include "cli/batch_work.h"
#include "cli/config.h"
#include "cli/files.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/report/writer.h"
#include "cli/translate.h"
#include "cli/walk.h"
#include "cli/watch.h"
#include "generated/version.h"

namespace asyncport::cli {
namespace {

// How far the fastest thread may be ahead of the slowest file, which bounds the memory.
constexpr std::size_t kAhead = 256;

std::optional<Problem> Contradiction(const Command& command) {
  const BatchOptions& batch = command.batch;
  const auto clash = [](std::string_view a, std::string_view b) {
    return Problem{Problem::Kind::kUsage, "",
                   std::string(a) + " and " + std::string(b) + " contradict each other",
                   "leave one of the two out"};
  };
  const auto single = [](std::string_view option) {
    return Problem{Problem::Kind::kUsage, "", std::string(option) + " is for one file at a time",
                   "leave it out, or translate that file alone"};
  };
  if (command.output) {
    return Problem{Problem::Kind::kUsage, "", "-o names one file, but this is about any number of them",
                   "say --out-dir DIR instead"};
  }
  if (command.side_by_side) {
    return Problem{Problem::Kind::kUsage, "", "--side-by-side is for one file at a time",
                   "--report FILE.html shows all of them so"};
  }
  if (command.range) return single("--range");
  if (command.print) return single("--print");
  if (command.stop_after) return single("--stop-after");
  if (command.stdin_filepath || std::count(command.files.begin(), command.files.end(), "-") != 0)
    return single("standard input");
  if (batch.check && command.diff) return clash("--check", "--diff");
  if (batch.check && batch.watch) return clash("--check", "--watch");
  if (command.diff && batch.watch) return clash("--diff", "--watch");
  if (batch.check && command.force) return clash("--check", "--force");
  if (command.diff && command.force) return clash("--diff", "--force");
  if (batch.shard && batch.watch) return clash("--shard", "--watch");
  if (batch.files_from && batch.watch) return clash("--files-from", "--watch");
  if (command.files.empty() && !batch.files_from) {
    return Problem{Problem::Kind::kUsage, "", "which files?",
                   "`asyncport src --to py --out-dir out`, or --files-from LIST"};
  }
  if (!batch.out_dir && !batch.check) {
    const bool several = command.files.size() > 1 || batch.files_from ||
                         (!command.files.empty() && IsFolder(command.files[0]));
    std::string_view what = command.diff     ? "--diff compares with the files of a folder"
                            : batch.watch    ? "--watch writes into a folder"
                            : several        ? "several translations need a folder to go to"
                                             : "a batch needs a folder to write to";
    return Problem{Problem::Kind::kUsage, "", std::string(what) + ", and none is named",
                   "say --out-dir DIR, or --check to write nothing"};
  }
  if (batch.out_dir && Exists(*batch.out_dir) && !IsFolder(*batch.out_dir)) {
    return Problem{Problem::Kind::kUsage, *batch.out_dir, "it is a file, not a folder",
                   "give --out-dir another name"};
  }
  return std::nullopt;
}

// Hands out the files to threads and takes the results back in order.
class Crew {
 public:
  Crew(const BatchJob& job, const std::vector<const BatchFile*>& files, const Interrupts& interrupts)
      : job_(job), files_(files), interrupts_(interrupts) {}

  // `take` runs on the calling thread's behalf, one result at a time, in order.
  template <typename Take>
  void Run(unsigned threads, Progress& progress, Take&& take) {
    const auto work = [&] {
      for (;;) {
        std::size_t at = 0;
        {
          std::unique_lock lock(mutex_);
          room_.wait(lock, [&] { return next_ < flushed_ + kAhead || next_ >= files_.size(); });
          if (next_ >= files_.size() || interrupts_.signal() != 0) {
            next_ = files_.size();
            room_.notify_all();
            return;
          }
          at = next_++;
        }
        BatchDone done = WorkOn(job_, *files_[at]);
        progress.Step();
        const std::lock_guard lock(mutex_);
        ready_.emplace(at, std::move(done));
        while (!ready_.empty() && ready_.begin()->first == flushed_) {
          take(ready_.begin()->second);
          ready_.erase(ready_.begin());
          ++flushed_;
        }
        room_.notify_all();
      }
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < std::min<std::size_t>(threads, files_.size()); ++i)
      others.emplace_back(work);
    work();
    for (std::thread& thread : others) thread.join();
  }

 private:
  const BatchJob& job_;
  const std::vector<const BatchFile*>& files_;
  const Interrupts& interrupts_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::size_t next_ = 0;
  std::size_t flushed_ = 0;
  std::map<std::size_t, BatchDone> ready_;
};

ProjectMap EmptyMap(const BatchInputs& inputs) {
  std::vector<std::string> paths;
  std::vector<std::string> targets;
  for (const BatchFile& file : inputs.files) {
    paths.push_back(file.below);
    targets.push_back(file.target);
  }
  return ProjectMap(std::move(paths), std::move(targets), inputs.from);
}

// Calls `work(i)` for each i below `count`, on several threads.
template <typename Work>
void ForEach(std::size_t count, unsigned threads, Work&& work) {
  std::atomic<std::size_t> next{0};
  const auto loop = [&] {
    for (std::size_t i; (i = next.fetch_add(1)) < count;) work(i);
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < std::min<std::size_t>(threads, count); ++i) others.emplace_back(loop);
  loop();
  for (std::thread& thread : others) thread.join();
}

// Who imports whom, and what those that are imported hand out. Of all inputs, whatever part of them is translated.
void LearnProject(const BatchJob& job, ProjectMap& project, unsigned threads,
                  const Interrupts& interrupts) {
  const std::vector<BatchFile>& files = job.inputs.files;
  if (files.size() < 2) return;
  std::vector<std::vector<std::string>> imports(files.size());
  ForEach(files.size(), threads, [&](std::size_t i) {
    if (interrupts.signal() == 0) imports[i] = ImportsOf(job, files[i]);
  });
  for (std::size_t i = 0; i < files.size(); ++i) project.SetImports(i, imports[i]);
  for (const std::vector<std::size_t>& step : project.Steps()) {
    std::vector<Interface> found(step.size());
    ForEach(step.size(), threads, [&](std::size_t i) {
      if (interrupts.signal() == 0) found[i] = InterfaceOf(job, files[step[i]]);
    });
    for (std::size_t i = 0; i < step.size(); ++i) project.SetInterface(step[i], std::move(found[i]));
  }
}

struct Round {
  report::Tally tally;
  std::set<std::string> written;  // or found to be what they should be
  int exit = 0;
};

// One pass over all files.
Round RunRound(const Command& command, const BatchInputs& inputs, const Interrupts& interrupts,
               const std::set<std::string>* ours) {
  Round round;
  ConfigCache configs(command);
  std::vector<const BatchFile*> files;
  for (const BatchFile& file : inputs.files) {
    if (IsInShard(file.below, command.batch.shard)) files.push_back(&file);
  }
  const unsigned threads =
      command.jobs.value_or(std::max(1u, std::thread::hardware_concurrency()));
  ProjectMap project = EmptyMap(inputs);
  BatchJob job{command, inputs, configs, project};
  LearnProject(job, project, threads, interrupts);
  job.mode = command.diff ? BatchMode::kDiff
                          : command.batch.check ? BatchMode::kCheck : BatchMode::kWrite;
  job.wants_texts = command.batch.report.has_value();
  job.ours = ours;
  std::optional<report::Writer> writer;
  if (command.batch.report) {
    std::string shard;
    if (command.batch.shard) {
      shard = std::to_string(command.batch.shard->index) + "/" +
              std::to_string(command.batch.shard->count);
    }
    writer.emplace(*command.batch.report, report::Head{ASYNCPORT_VERSION, shard});
  }
  Timings timings;
  std::optional<Problem> lost;  // what could not be said
  {
    Progress progress(files.size(), "translated");
    Crew crew(job, files, interrupts);
    crew.Run(threads, progress, [&](BatchDone& done) {
      if (!done.diff.empty()) {
        if (std::optional<std::string> why = WriteStream(STDOUT_FILENO, done.diff); why && !lost)
          lost = Problem{Problem::Kind::kIo, "standard output", *why, ""};
      }
      // A closed standard error is no reason to stop.
      if (!done.said.empty()) (void)WriteStream(STDERR_FILENO, progress.Erased() + done.said);
      round.tally.Add(done.file);
      if (done.file.status == report::FileStatus::kTranslated ||
          done.file.status == report::FileStatus::kUnchanged)
        round.written.insert(done.file.target);
      if (writer) writer->Add(done.file);
      timings.Add(done.timings);
    });
  }
  round.tally.interrupted = round.tally.files < files.size();
  if (writer) {
    if (std::optional<std::string> why = writer->Finish(round.tally))
      lost = Problem{Problem::Kind::kIo, *command.batch.report, *why, ""};
  }
  if (lost) {
    (void)Report(command, *lost);
    round.tally.exit = kExitTrouble;
  }
  const Format format = command.settings.format.value_or(Format::kConcise);
  if (format == Format::kConcise || format == Format::kFull) {
    std::string text;
    if (round.tally.interrupted) {
      text = "interrupted after " + std::to_string(round.tally.files) + " of " +
             std::to_string(files.size()) + " files; the same command goes on where it stopped\n";
    }
    text += SummaryText(round.tally, command.settings.lessons.value_or(false));
    (void)WriteStream(STDERR_FILENO, text);
  }
  if (command.timings) (void)WriteStream(STDERR_FILENO, TimingsText(timings));
  round.exit = interrupts.signal() != 0 ? interrupts.exit_code() : round.tally.exit;
  return round;
}

}  // namespace

int RunBatch(Command command) {
  if (std::optional<Problem> problem = Contradiction(command)) return Report(command, *problem);
  // Where the command runs decides how it reports; how a file is translated is decided where the file lies.
  Command here = command;
  const std::string first = command.files.empty() ? "" : command.files[0];
  if (std::optional<Problem> problem = LoadConfig(here, IsFolder(first) ? first + "/x" : first))
    return Report(here, *problem);
  Command work = std::move(command);
  work.settings.exclude = here.settings.exclude;
  work.settings.module = here.settings.module;  // decides what files are called
  if (!work.settings.format) work.settings.format = here.settings.format;

  BatchInputs inputs;
  if (std::optional<Problem> problem = FindBatchInputs(work, inputs)) return Report(here, *problem);
  if (inputs.files.empty()) {
    return Report(here, {Problem::Kind::kUsage, first,
                         "there is no " + std::string(DisplayName(inputs.from)) + " file to translate",
                         "--no-ignore looks at what .gitignore leaves out"});
  }
  const Interrupts interrupts;
  Round round = RunRound(work, inputs, interrupts, nullptr);
  if (!work.batch.watch) return round.exit;
  std::set<std::string> ours = round.written;
  Watch watch(inputs.files);
  while (interrupts.signal() == 0) {
    BatchInputs now;
    if (FindBatchInputs(work, now)) now.files.clear();  // a folder that is gone for the moment
    if (!watch.HasChanged(now.files)) {
      Watch::Sleep();
      continue;
    }
    round = RunRound(work, now, interrupts, &ours);
    ours.insert(round.written.begin(), round.written.end());
  }
  return kExitOk;
}

}  // namespace asyncport::cli
