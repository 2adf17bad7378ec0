// fork, pipe, poll. See grade_worker.h.
#include "cli/grade_worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "cli/files.h"
#include "cli/grade_run.h"
#include "grade/judge.h"

namespace asyncport::cli {
namespace {

using grade::Verdict;

// ---- verdicts as bytes, between two processes of one program

void Put(std::string& out, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += text;
}
void Put(std::string& out, std::int64_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

struct Reader {
  std::string_view rest;
  bool good = true;

  std::string Text() {
    std::uint32_t size = 0;
    if (rest.size() < sizeof size) return good = false, std::string();
    std::memcpy(&size, rest.data(), sizeof size);
    rest.remove_prefix(sizeof size);
    if (rest.size() < size) return good = false, std::string();
    std::string text(rest.substr(0, size));
    rest.remove_prefix(size);
    return text;
  }
  std::int64_t Number() {
    std::int64_t number = 0;
    if (rest.size() < sizeof number) return good = false, 0;
    std::memcpy(&number, rest.data(), sizeof number);
    rest.remove_prefix(sizeof number);
    return number;
  }
};

std::string Pack(const Verdict& verdict, std::size_t max_output) {
  std::string out;
  Put(out, verdict.error);
  Put(out, verdict.passed);
  Put(out, verdict.score_hundredths);
  Put(out, verdict.entry);
  Put(out, verdict.representation);
  Put(out, static_cast<std::int64_t>(verdict.tags.size()));
  for (const std::string& tag : verdict.tags) Put(out, tag);
  std::size_t written = 0;
  for (const grade::CriterionResult& criterion : verdict.criteria) {
    Put(out, static_cast<std::int64_t>(criterion.status));
    Put(out, criterion.score_hundredths);
    std::vector<const grade::Comment*> kept;
    for (const grade::Comment& comment : criterion.feedback) {
      written += comment.message.size();
      if (written <= max_output) kept.push_back(&comment);
    }
    Put(out, static_cast<std::int64_t>(kept.size()));
    for (const grade::Comment* comment : kept) {
      Put(out, comment->id);
      Put(out, static_cast<std::int64_t>(comment->type));
      Put(out, comment->message);
      Put(out, comment->explain);
      for (std::uint32_t number :
           {comment->line, comment->column, comment->end_line, comment->end_column})
        Put(out, std::int64_t{number});
    }
  }
  return out;
}

bool Unpack(std::string_view bytes, Verdict& verdict) {
  Reader in{bytes};
  verdict.error = in.Text();
  verdict.passed = in.Number() != 0;
  verdict.score_hundredths = static_cast<int>(in.Number());
  verdict.entry = in.Text();
  verdict.representation = in.Text();
  for (std::int64_t n = in.Number(); n > 0 && in.good; --n) verdict.tags.push_back(in.Text());
  for (grade::CriterionResult& criterion : verdict.criteria) {
    criterion.status = static_cast<grade::Status>(in.Number());
    criterion.score_hundredths = static_cast<int>(in.Number());
    for (std::int64_t n = in.Number(); n > 0 && in.good; --n) {
      grade::Comment comment;
      comment.id = in.Text();
      comment.type = static_cast<grade::CommentType>(in.Number());
      comment.message = in.Text();
      comment.explain = in.Text();
      for (std::uint32_t* number :
           {&comment.line, &comment.column, &comment.end_line, &comment.end_column})
        *number = static_cast<std::uint32_t>(in.Number());
      criterion.feedback.push_back(std::move(comment));
    }
  }
  return in.good && in.rest.empty();
}

// ---- reading an answer

// A plain file, reached without leaving its folder through a link. Empty: fine.
std::string WhyNotReadable(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return std::string("io: ") + std::strerror(errno);
  if (S_ISLNK(info.st_mode)) {
    char target[PATH_MAX];
    if (::realpath(path.c_str(), target) == nullptr)
      return std::string("io: ") + std::strerror(errno);
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "."
                               : slash == 0               ? "/"
                                                          : path.substr(0, slash);
    char home[PATH_MAX];
    if (::realpath(folder.c_str(), home) == nullptr)
      return std::string("io: ") + std::strerror(errno);
    if (!std::string_view(target).starts_with(std::string(home) + "/"))
      return "not-a-file: the link leads out of the folder";
    if (::stat(path.c_str(), &info) != 0) return std::string("io: ") + std::strerror(errno);
  }
  if (S_ISDIR(info.st_mode)) return "not-a-file: it is a folder";
  if (!S_ISREG(info.st_mode)) return "not-a-file: it is a pipe, a device or a socket";
  return {};
}

Verdict JudgeFile(const Command& command, const grade::Exercise& exercise,
                  const std::string& path) {
  const grade::Limits& limits = command.grade.limits;
  std::string bytes;
  if (path == "-") {
    Result<std::string> read = ReadStream(STDIN_FILENO, limits.max_bytes);
    if (!read) return grade::Trouble(exercise, "-", "io: " + read.error());
    bytes = std::move(read).value();
  } else {
    if (std::string why = WhyNotReadable(path); !why.empty())
      return grade::Trouble(exercise, path, std::move(why));
    Result<std::string> read = ReadFile(path, limits.max_bytes);
    if (!read) return grade::Trouble(exercise, path, "too-large: " + read.error());
    bytes = std::move(read).value();
  }
  Verdict verdict = grade::Judge(exercise, path, bytes, limits, command.grade.all_comments);
  if (command.grade.run && verdict.error.empty()) RunInSandbox(exercise, path, bytes, verdict);
  return verdict;
}

// ---- children

struct Child {
  pid_t pid = -1;
  int pipe = -1;
  std::size_t at = 0;
  std::string bytes;
  std::chrono::steady_clock::time_point deadline;
  bool late = false;
};

void LimitChild(const grade::Limits& limits) {
#if !defined(__SANITIZE_ADDRESS__)
  const rlimit memory{1u << 30, 1u << 30};
  ::setrlimit(RLIMIT_AS, &memory);
#endif
  const rlim_t seconds = limits.total_ms / 1000 + 2;
  const rlimit cpu{seconds, seconds + 1};
  ::setrlimit(RLIMIT_CPU, &cpu);
  const rlimit core{0, 0};
  ::setrlimit(RLIMIT_CORE, &core);
}

bool Start(const Command& command, const grade::Exercise& exercise, const std::string& path,
           Child& child) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  child.pid = ::fork();
  if (child.pid < 0) return ::close(ends[0]), ::close(ends[1]), false;
  if (child.pid == 0) {
    ::close(ends[0]);
    if (!command.grade.run) LimitChild(command.grade.limits);
    std::string packed;
    try {
      packed = Pack(JudgeFile(command, exercise, path), command.grade.limits.max_output);
    } catch (const std::bad_alloc&) {
      packed =
          Pack(grade::Trouble(exercise, path, "out-of-memory: judging needs more than 1 GiB"), 0);
    }
    (void)WriteStream(ends[1], packed);
    ::_exit(0);
  }
  ::close(ends[1]);
  child.pipe = ends[0];
  const auto allowed = std::chrono::milliseconds(command.grade.limits.total_ms +
                                                 (command.grade.run ? 50'000 : 2'000));
  child.deadline = std::chrono::steady_clock::now() + allowed;
  return true;
}

Verdict Finish(const grade::Exercise& exercise, const std::string& path, Child& child,
               const grade::Limits& limits) {
  ::close(child.pipe);
  int status = 0;
  while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
  }
  Verdict verdict = grade::Trouble(exercise, path, "");
  if (child.late)
    return grade::Trouble(
        exercise, path,
        "total-deadline: judging took longer than " + std::to_string(limits.total_ms) + " ms");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !Unpack(child.bytes, verdict)) {
    const std::string how = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                                : "exit " + std::to_string(WEXITSTATUS(status));
    return grade::Trouble(exercise, path, "crash: the judging process ended with " + how);
  }
  return verdict;
}

}  // namespace

std::vector<Verdict> JudgeAll(const Command& command, const grade::Exercise& exercise,
                              const std::vector<std::string>& paths) {
  std::vector<Verdict> verdicts(paths.size());
  const grade::Limits& limits = command.grade.limits;
  // What is compiled at its first use is compiled once, before there are children.
  (void)grade::Judge(exercise, "warm-up", exercise.start, limits);
  for (const grade::Answer& answer : exercise.answers) {
    if (!answer.accepted) continue;
    (void)grade::Judge(exercise, "warm-up", answer.code, limits);
    break;
  }
  const std::size_t jobs = command.jobs.value_or(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<Child> running;
  std::size_t next = 0;
  while (next < paths.size() || !running.empty()) {
    while (next < paths.size() && running.size() < jobs) {
      Child child;
      child.at = next++;
      if (Start(command, exercise, paths[child.at], child)) {
        running.push_back(std::move(child));
      } else {
        verdicts[child.at] =
            grade::Trouble(exercise, paths[child.at], "io: no process could be started");
      }
    }
    std::vector<pollfd> polls;
    auto soonest = std::chrono::steady_clock::time_point::max();
    for (const Child& child : running) {
      polls.push_back({child.pipe, POLLIN, 0});
      soonest = std::min(soonest, child.deadline);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                          soonest - std::chrono::steady_clock::now())
                          .count();
    (void)::poll(polls.data(), polls.size(),
                 static_cast<int>(std::clamp<long long>(left, 0, 60'000)) + 1);
    for (std::size_t i = running.size(); i-- > 0;) {
      Child& child = running[i];
      bool ended = false;
      if ((polls[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
        char buffer[65536];
        const ssize_t got = ::read(child.pipe, buffer, sizeof buffer);
        if (got > 0) child.bytes.append(buffer, static_cast<std::size_t>(got));
        ended = got == 0 || (got < 0 && errno != EINTR);
      } else if (std::chrono::steady_clock::now() >= child.deadline) {
        ::kill(child.pid, SIGKILL);
        child.late = ended = true;
      }
      if (!ended) continue;
      verdicts[child.at] = Finish(exercise, paths[child.at], child, limits);
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  return verdicts;
}

}  // namespace asyncport::cli
