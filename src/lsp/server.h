// The language server: messages in, messages out. Reads no stream, no clock and no file by itself: the Host does, so
// that a test or a fuzzer can be one. See src/cli/lsp.cpp for the program and docs/editors.md for what it offers.
// Example: Receive({"id":1,"method":"initialize",...}) makes it Send({"id":1,"result":{"capabilities":...}}).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "lsp/json.h"
#include "lsp/settings.h"

namespace asyncport::lsp {

class Host {
 public:
  virtual ~Host() = default;
  virtual void Send(const Json& message) = 0;
  virtual std::uint64_t NowMs() = 0;
  // Of the nearest configuration file for a source of this name; returns what is wrong with it, or "".
  virtual std::string FindSettings(const std::string& path, Settings& settings) = 0;
  virtual bool Exists(const std::string& path) = 0;
  // For people, beside the protocol.
  virtual void Log(LogLevel level, const std::string& text) = 0;
  // Has the client taken back the request?
  virtual bool IsCancelled(const Json& id) = 0;
  // True while the request that runs was taken back; null: nobody can know.
  virtual const std::atomic<bool>* CancelFlag() = 0;
  // From here to EndWork a change of this document takes back what is done, and so does the client for this progress.
  virtual void StartWork(const std::string& uri, const Json& token) = 0;
  virtual void EndWork() = 0;
  // Are there messages that were not received yet? Then what nobody waits for can wait.
  virtual bool HasInput() = 0;
};

struct State;

class Server {
 public:
  explicit Server(Host& host);
  ~Server();

  void Receive(const Json& message);
  // Instead of a message: what came in could not be read.
  void ReceiveProblem(const std::string& problem, bool is_json_error);
  // Publishes the diagnostics that are due.
  void Tick();
  // When Tick has something to do (Host::NowMs); nothing: not before a message comes.
  std::optional<std::uint64_t> NextDue() const;
  // Set once the client has said `exit`.
  std::optional<int> exit_code() const;
  // The process that must outlive this one, if the client named it.
  std::optional<std::int64_t> parent() const;
  bool was_shut_down() const;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace asyncport::lsp
