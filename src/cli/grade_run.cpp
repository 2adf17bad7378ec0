// See grade_run.h.
#include "cli/grade_run.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "cli/files.h"
#include "cli/grade_driver.h"
#include "shape/shape.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

namespace fs = std::filesystem;

std::string FindProgram(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string file = rest.substr(0, colon) + "/" + name;
    if (::access(file.c_str(), X_OK) == 0) return file;
    if (colon == std::string::npos) break;
    rest.erase(0, colon + 1);
  }
  return {};
}

struct Seen {
  bool ended = false;
  std::string output;
};

Seen RunBox(const std::string& bwrap, Language language, const std::string& folder) {
  const bool py = language == Language::kPy;
  const std::string program = FindProgram(py ? "python3" : "node");
  if (program.empty()) return {};
  char target[4096];
  const char* real = ::realpath(program.c_str(), target);
  // Limits of the shell hold for what it starts: seconds of CPU, kilobytes of memory (node reserves address space), file
  // sizes, processes.
  const std::string limits =
      std::string("ulimit -t 5; ulimit -f 1024; ulimit -c 0; ulimit -u 256; ") +
      (py ? "ulimit -v 1048576; " : "");
  const std::string start =
      limits + "exec " + (real != nullptr ? real : program) +
      (py ? " -I -B /box/driver" : " --max-old-space-size=256 /box/driver.cjs");
  std::vector<std::string> words = {bwrap,           "--unshare-all", "--die-with-parent",
                                    "--new-session", "--clearenv",    "--setenv",
                                    "PATH",          "/usr/bin:/bin", "--setenv",
                                    "LC_ALL",        "C.UTF-8",       "--tmpfs",
                                    "/tmp",          "--proc",        "/proc",
                                    "--dev",         "/dev"};
  for (const char* dir : {"/usr", "/bin", "/lib", "/lib64", "/etc/alternatives"}) {
    if (fs::exists(dir)) words.insert(words.end(), {"--ro-bind", dir, dir});
  }
  if (real != nullptr && !std::string_view(real).starts_with("/usr")) {
    const std::string home = fs::path(real).parent_path().parent_path();
    words.insert(words.end(), {"--ro-bind", home, home});
  }
  words.insert(words.end(),
               {"--ro-bind", folder, "/box", "--chdir", "/tmp", "/bin/sh", "-c", start});
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDERR_FILENO);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(bwrap.c_str(), argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  Seen seen;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(15);
  for (;;) {
    pollfd wait{ends[0], POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                          deadline - std::chrono::steady_clock::now())
                          .count();
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) == 0) break;
    char buffer[4096];
    const ssize_t got = ::read(ends[0], buffer, sizeof buffer);
    if (got <= 0) {
      seen.ended = true;
      break;
    }
    seen.output.append(buffer, static_cast<std::size_t>(got));
    if (seen.output.size() > (64u << 10)) break;
  }
  ::close(ends[0]);
  if (!seen.ended) ::kill(pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return seen;
}

// What two good answers have in common: which given functions ran, which of them at the same time, what came out. Names
// are those of no language, so that both sides compare.
struct Essence {
  std::vector<std::string> ran;      // sorted: "ran a", "a with b", "failed X"
  std::vector<std::string> gave;     // sorted
  std::vector<std::string> printed;  // by the exercise's driver, in order
  bool failed = false;
};

void SortUnique(std::vector<std::string>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

Essence EssenceOf(const std::string& output) {
  Essence out;
  std::vector<std::string> open;
  for (std::string_view line : SplitLines(output)) {
    if (line.empty() || line.front() != '\x02') continue;
    line.remove_prefix(1);
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, blank);
    const std::string rest(line.substr(std::min(blank + 1, line.size())));
    const std::string name = shape::NameKey(rest);
    if (word == "begin") {
      for (const std::string& other : open)
        out.ran.push_back(std::min(name, other) + " with " + std::max(name, other));
      open.push_back(name);
      out.ran.push_back("ran " + name);
    } else if (word == "end") {
      const auto it = std::find(open.begin(), open.end(), name);
      if (it != open.end()) open.erase(it);
    } else if (word == "gave") {
      out.gave.push_back(name);
    } else if (word == "printed") {
      out.printed.push_back(name);
    } else if (word == "failed") {
      out.failed = true;
      out.ran.push_back("failed with " + rest);
    }
  }
  SortUnique(out.ran);
  SortUnique(out.gave);
  return out;
}

// Does a criterion ask what comes out?
bool AsksForResult(const std::vector<grade::Check>& checks) {
  return std::any_of(checks.begin(), checks.end(), [](const grade::Check& check) {
    return check.is.starts_with("returns-") || AsksForResult(check.parts);
  });
}

bool Agree(const grade::Exercise& exercise, const Essence& expected, const Essence& actual) {
  if (expected.ran != actual.ran || expected.printed != actual.printed) return false;
  const bool asks = std::any_of(
      exercise.criteria.begin(), exercise.criteria.end(),
      [](const grade::Criterion& criterion) { return AsksForResult(criterion.checks); });
  // More than what was asked for may come out.
  return !asks || std::includes(actual.gave.begin(), actual.gave.end(), expected.gave.begin(),
                                expected.gave.end());
}

std::string TextOf(const Essence& essence) {
  std::vector<std::string> parts = essence.ran;
  for (const std::string& name : essence.gave) parts.push_back("gave " + name);
  for (const std::string& line : essence.printed) parts.push_back("printed " + line);
  return parts.empty() ? "nothing" : Join(parts, "; ");
}

}  // namespace

std::optional<Problem> WhyNoSandbox() {
  if (FindProgram("bwrap").empty()) {
    return Problem{Problem::Kind::kUsage, "",
                   "--run needs bubblewrap (bwrap), which is not installed",
                   "answers are never run outside of a sandbox; leave --run out"};
  }
  return std::nullopt;
}

void RunInSandbox(const grade::Exercise& exercise, const std::string&, const std::string& code,
                  grade::Verdict& verdict) {
  const auto say = [&](std::string message) {
    for (grade::CriterionResult& criterion : verdict.criteria) {
      if (criterion.status == grade::Status::kManual) continue;
      criterion.feedback.insert(
          criterion.feedback.begin(),
          grade::Comment{criterion.id + ".run", grade::CommentType::kEssential, std::move(message),
                         "", 0, 0, 0, 0});
      criterion.status = grade::Status::kFailed;
      verdict.score_hundredths -= criterion.score_hundredths;
      criterion.score_hundredths = 0;
      break;
    }
    verdict.passed = false;
  };
  const grade::Answer* model = nullptr;
  for (const grade::Answer& answer : exercise.answers) {
    if (answer.accepted && model == nullptr) model = &answer;
  }
  if (!verdict.passed || model == nullptr)
    return;  // what is not right as it stands need not be run
  char folder[] = "/tmp/asyncport-run-XXXXXX";
  if (::mkdtemp(folder) == nullptr) {
    verdict.error = "run: no temporary folder could be made";
    return;
  }
  const std::string box = folder;
  const std::string bwrap = FindProgram("bwrap");
  const auto observe = [&](Language language, const std::string& text, const std::string& entry,
                           bool synchronous) {
    (void)WriteFile(box + "/answer", text, {.force = true});
    (void)WriteFile(box + "/config.json", DriverConfig(exercise, language, entry, synchronous),
                    {.force = true});
    const char* driver = language == Language::kPy ? "/driver" : "/driver.cjs";
    (void)WriteFile(box + driver, std::string(DriverText(language)), {.force = true});
    return RunBox(bwrap, language, box);
  };
  const grade::Verdict known = grade::Judge(exercise, "model", model->code, {});
  const Seen expected = observe(exercise.language, model->code, known.entry, false);
  const Seen actual = observe(exercise.language, code, verdict.entry, false);
  // The other side, where the exercise has a driver for it: the starting code has to print the same.
  const bool py_source = exercise.source == Language::kPy;
  std::optional<Seen> start;
  if (exercise.source != exercise.language &&
      !(py_source ? exercise.driver_py : exercise.driver_js).empty()) {
    const bool synchronous = py_source && exercise.start.find("await ") == std::string::npos;
    start =
        observe(exercise.source, exercise.start,
                py_source ? ToSnakeCase(exercise.entry) : ToCamelCase(exercise.entry), synchronous);
  }
  std::error_code ignored;
  fs::remove_all(box, ignored);
  const Essence wanted = EssenceOf(expected.output);
  const Essence seen = EssenceOf(actual.output);
  if (wanted.ran.empty()) {
    verdict.error = "run: the sandbox could not be started";
  } else if (!expected.ended || wanted.failed) {
    verdict.error = "run: the exercise's own first answer fails when it runs: " + TextOf(wanted);
  } else if (!actual.ended) {
    say("Make sure that the function ends: it was stopped when it ran.");
  } else if (!Agree(exercise, wanted, seen)) {
    say("Look at what really happens when it runs: observed was \"" + TextOf(seen) + "\".");
  } else if (start && EssenceOf(start->output).printed != seen.printed) {
    say("Compare with the starting code: it prints \"" +
        Join(EssenceOf(start->output).printed, "; ") + "\", the answer \"" +
        Join(seen.printed, "; ") + "\".");
  }
}

}  // namespace asyncport::cli
