// Threads and streams around the language server: one thread reads, so that a request can be taken back while it is
// worked on; the other one works and writes. Standard output carries the protocol and nothing else.
#include "cli/lsp.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "cli/config.h"
#include "cli/files.h"
#include "cli/problem.h"
#include "lsp/framing.h"
#include "lsp/server.h"

namespace asyncport::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kParentInterval{1000};
constexpr std::size_t kMaxKeptCancels = 1000;

struct Incoming {
  lsp::Json message;
  std::string problem;  // instead of a message
  bool is_json_error = false;
};

// What was read and not yet worked on, and what was taken back.
class Inbox {
 public:
  void Put(Incoming incoming) {
    const std::lock_guard lock(mutex_);
    if (incoming.message["method"].String() == "$/cancelRequest") {
      const std::string id = incoming.message["params"]["id"].Text();
      if (cancelled_.size() > kMaxKeptCancels) cancelled_.clear();
      cancelled_.insert(id);
      if (id == current_) cancel_current_ = true;
    }
    if (TakesBack(incoming.message)) cancel_current_ = true;
    queue_.push_back(std::move(incoming));
    changed_.notify_one();
  }

  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_one();
  }

  enum class Got : std::uint8_t { kMessage, kNothing, kEnd };
  Got Take(Incoming& out, Clock::time_point until) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, until, [&] { return closed_ || !queue_.empty(); });
    if (queue_.empty()) return closed_ ? Got::kEnd : Got::kNothing;
    out = std::move(queue_.front());
    queue_.pop_front();
    const bool is_request = out.message.Has("id") && out.message.Has("method");
    current_ = is_request ? out.message["id"].Text() : "";
    cancel_current_ = is_request && cancelled_.contains(current_);
    return Got::kMessage;
  }

  void Done() {
    const std::lock_guard lock(mutex_);
    cancelled_.erase(current_);
    current_.clear();
    cancel_current_ = false;
  }

  // Work that is no request; what is about to take it back may be here already.
  void StartWork(const std::string& uri, const std::string& token) {
    const std::lock_guard lock(mutex_);
    work_uri_ = uri;
    work_token_ = token;
    cancel_current_ = std::any_of(queue_.begin(), queue_.end(), [&](const Incoming& incoming) {
      return TakesBack(incoming.message);
    });
  }
  void EndWork() {
    const std::lock_guard lock(mutex_);
    work_uri_.clear();
    cancel_current_ = false;
  }

  bool IsCancelled(const lsp::Json& id) {
    const std::lock_guard lock(mutex_);
    return cancelled_.contains(id.Text());
  }
  bool HasInput() {
    const std::lock_guard lock(mutex_);
    return !queue_.empty();
  }
  const std::atomic<bool>* cancel_current() const { return &cancel_current_; }

 private:
  bool TakesBack(const lsp::Json& message) const {
    if (work_uri_.empty()) return false;
    const std::string& method = message["method"].String();
    const lsp::Json& params = message["params"];
    if (method == "textDocument/didChange" || method == "textDocument/didClose")
      return params["textDocument"]["uri"].String() == work_uri_;
    return method == "window/workDoneProgress/cancel" && params["token"].Text() == work_token_;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Incoming> queue_;
  bool closed_ = false;
  std::set<std::string> cancelled_;  // ids, as JSON text
  std::string current_;
  std::string work_uri_;  // empty: there is no such work
  std::string work_token_;
  std::atomic<bool> cancel_current_ = false;
};

class Streams : public lsp::Host {
 public:
  Streams(const Command& command, Inbox& inbox, int output)
      : command_(command), inbox_(inbox), output_(output) {}

  void Send(const lsp::Json& message) override {
    if (WriteStream(output_, lsp::FrameText(message.Text()))) broken_ = true;
  }
  std::uint64_t NowMs() override {
    const auto now = Clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  }
  std::string FindSettings(const std::string& path, lsp::Settings& settings) override {
    Command copy = command_;
    const std::optional<Problem> problem = LoadConfig(copy, path);
    settings.async_names = copy.settings.async_names;
    settings.select = copy.settings.select;
    settings.ignore = copy.settings.ignore;
    settings.http = copy.settings.http.value_or(settings.http);
    settings.module = copy.settings.module.value_or(settings.module);
    settings.fragment = copy.settings.fragment.value_or(settings.fragment);
    return problem ? ProblemText(*problem) : "";
  }
  bool Exists(const std::string& path) override { return cli::Exists(path); }
  void Log(lsp::LogLevel level, const std::string& text) override {
    if (level <= lsp::LogLevel::kError)
      (void)WriteStream(STDERR_FILENO, "asyncport: " + text + "\n");
  }
  bool IsCancelled(const lsp::Json& id) override { return inbox_.IsCancelled(id); }
  const std::atomic<bool>* CancelFlag() override { return inbox_.cancel_current(); }
  void StartWork(const std::string& uri, const lsp::Json& token) override {
    inbox_.StartWork(uri, token.Text());
  }
  void EndWork() override { inbox_.EndWork(); }
  bool HasInput() override { return inbox_.HasInput(); }

  bool broken() const { return broken_; }

 private:
  const Command& command_;
  Inbox& inbox_;
  int output_;
  bool broken_ = false;  // nobody reads what we write
};

// Until the end of the stream, or until `wake` is readable.
void ReadAll(Inbox& inbox, int input, int wake, std::uint64_t max_bytes) {
  lsp::FrameReader reader(max_bytes);
  char buffer[1 << 16];
  while (true) {
    pollfd descriptors[] = {{input, POLLIN, 0}, {wake, POLLIN, 0}};
    if (::poll(descriptors, 2, -1) < 0 && errno != EINTR) break;
    if (descriptors[1].revents != 0) break;
    if (descriptors[0].revents == 0) continue;
    const ssize_t count = ::read(input, buffer, sizeof buffer);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count <= 0) break;
    reader.Feed(std::string_view(buffer, static_cast<std::size_t>(count)));
    while (std::optional<lsp::Frame> frame = reader.Next()) {
      if (!frame->problem.empty()) {
        inbox.Put({{}, frame->problem, false});
        continue;
      }
      Result<lsp::Json> message = lsp::ParseJson(frame->text);
      if (message) {
        inbox.Put({std::move(message).value(), "", false});
      } else {
        inbox.Put({{}, "no JSON: " + message.error(), true});
      }
    }
  }
  inbox.Close();
}

bool IsAlive(std::int64_t process) {
  return ::kill(static_cast<pid_t>(process), 0) == 0 || errno != ESRCH;
}

// What one keystroke needs, the next one needs again: memory that goes back to the system between them comes back page
// by page.
void KeepMemory() {
#ifdef __GLIBC__
  (void)::mallopt(M_MMAP_THRESHOLD, 32 << 20);
  (void)::mallopt(M_TRIM_THRESHOLD, 256 << 20);
  (void)::mallopt(M_TOP_PAD, 16 << 20);
#endif
}

int Serve(lsp::Server& server, Streams& streams, Inbox& inbox) {
  Clock::time_point next_look = Clock::now() + kParentInterval;
  while (!server.exit_code()) {
    Clock::time_point until = next_look;
    if (const std::optional<std::uint64_t> due = server.NextDue()) {
      const std::uint64_t now = streams.NowMs();
      until =
          std::min(until, Clock::now() + std::chrono::milliseconds(*due > now ? *due - now : 0));
    }
    Incoming incoming;
    const Inbox::Got got = inbox.Take(incoming, until);
    // The stream has ended: the client is gone.
    if (got == Inbox::Got::kEnd) return server.was_shut_down() ? 0 : 1;
    if (got == Inbox::Got::kMessage) {
      if (incoming.problem.empty()) {
        server.Receive(incoming.message);
      } else {
        server.ReceiveProblem(incoming.problem, incoming.is_json_error);
      }
      inbox.Done();
    }
    if (!inbox.HasInput()) server.Tick();
    if (streams.broken()) return 1;
    if (Clock::now() >= next_look) {
      next_look = Clock::now() + kParentInterval;
      if (server.parent() && !IsAlive(*server.parent())) return 1;
    }
  }
  return *server.exit_code();
}

}  // namespace

int RunLsp(const Command& command) {
  // What anything else prints to standard output must not reach the client.
  const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  int wake[2];
  if (output < 0 || ::pipe2(wake, O_CLOEXEC) != 0) {
    (void)WriteStream(STDERR_FILENO, "asyncport: lsp needs standard input and output\n");
    return 2;
  }
  (void)::dup2(STDERR_FILENO, STDOUT_FILENO);
  KeepMemory();
  Inbox inbox;
  Streams streams(command, inbox, output);
  lsp::Server server(streams);
  std::thread reader([&] {
    ReadAll(inbox, STDIN_FILENO, wake[0],
            std::max<std::uint64_t>(command.max_bytes * 4, 64u << 20));
  });
  const int code = Serve(server, streams, inbox);
  (void)WriteStream(wake[1], "x");
  reader.join();
  return code;
}

}  // namespace asyncport::cli
