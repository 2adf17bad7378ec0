// The table of methods, and the life of a session: what may come when, and which error it gets otherwise.
#include "lsp/server.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "lsp/features.h"
#include "support/stop.h"

namespace asyncport::lsp {
namespace {

Answer Shutdown(State& state, const Json&) {
  state.phase = State::Phase::kShutDown;
  state.files.clear();
  return Json();
}

void Exit(State& state, const Json&) {
  state.exit_code = state.phase == State::Phase::kShutDown ? 0 : 1;
}

void Ignore(State&, const Json&) {}

struct Request {
  std::string_view method;
  Answer (*handle)(State& state, const Json& params);
  std::string_view title = {};  // of the progress that a client may ask for
};
constexpr Request kRequests[] = {
    {"initialize", Initialize},
    {"shutdown", Shutdown},
    {"textDocument/diagnostic", PullDiagnostics, "Checking"},
    {"textDocument/codeAction", CodeActions},
    {"codeAction/resolve", ResolveAction},
    {"textDocument/hover", Hover},
    {"textDocument/codeLens", CodeLens},
    {"textDocument/inlayHint", InlayHints},
    {"workspace/executeCommand", ExecuteCommand, "Working"},
    {"asyncport/translation", GetTranslation, "Translating"},
};

struct Notification {
  std::string_view method;
  void (*handle)(State& state, const Json& params);
};
constexpr Notification kNotifications[] = {
    {"exit", Exit},
    {"initialized", Initialized},
    {"textDocument/didOpen", DidOpen},
    {"textDocument/didChange", DidChange},
    {"textDocument/didClose", DidClose},
    {"textDocument/didSave", DidSave},
    {"workspace/didChangeConfiguration", DidChangeConfiguration},
    {"workspace/didChangeWatchedFiles", DidChangeWatchedFiles},
    {"window/workDoneProgress/cancel", CancelProgress},
    {"$/cancelRequest", Ignore},  // the Host knows of it before its turn comes
};

template <typename Row, std::size_t kCount>
const Row* FindRow(const Row (&rows)[kCount], std::string_view method) {
  const Row* found = std::find_if(std::begin(rows), std::end(rows),
                                  [&](const Row& row) { return row.method == method; });
  return found == std::end(rows) ? nullptr : found;
}

void Respond(State& state, const Json& id, const Answer& answer) {
  Json message = Json::Object{{"jsonrpc", "2.0"}, {"id", id}};
  if (answer.failure) {
    message.Set("error", Json::Object{{"code", static_cast<std::int64_t>(answer.failure->code)},
                                      {"message", answer.failure->message}});
  } else {
    message.Set("result", answer.result);
  }
  state.host.Send(message);
}

// A bug of ours costs one message.
template <typename Part>
std::optional<Failure> Guard(State& state, std::string_view method, const Part& part) {
  diag::Diagnostics failure;
  if (Guarded(failure, part)) return std::nullopt;
  std::string message = "a bug of asyncport's in " + std::string(method);
  for (const diag::Diagnostic& diagnostic : failure.list()) {
    for (const diag::Arg& arg : diagnostic.args) message += "; " + arg.value;
  }
  state.Log(LogLevel::kError, message);
  return Failure{Code::kInternalError, message};
}

Answer Handle(State& state, const std::string& method, const Json& id, const Json& params) {
  const bool is_initialize = method == "initialize";
  switch (state.phase) {
    case State::Phase::kNew:
      if (!is_initialize) return Failure{Code::kNotInitialized, "initialize comes first"};
      break;
    case State::Phase::kRunning:
      if (is_initialize) return Failure{Code::kInvalidRequest, "initialized already"};
      break;
    case State::Phase::kShutDown:
      return Failure{Code::kInvalidRequest, "shut down already"};
  }
  const Request* request = FindRow(kRequests, method);
  if (request == nullptr)
    return Failure{Code::kMethodNotFound, "there is no method '" + method + "'"};
  if (!params.IsNull() && !params.IsObject() && !params.IsArray())
    return Failure{Code::kInvalidParams, "parameters are an object or an array"};
  if (!is_initialize && state.host.IsCancelled(id)) return Failure{Code::kCancelled, "cancelled"};
  const Json token = request->title.empty() ? Json() : params["workDoneToken"];
  BeginProgress(state, token, std::string(request->title), false);
  Answer answer{Failure{Code::kCancelled, "cancelled"}};
  std::optional<Failure> bug;
  try {
    const StopScope scope(state.host.CancelFlag());
    bug = Guard(state, method, [&] { answer = request->handle(state, params); });
  } catch (const Stopped&) {
    // The answer says so.
  }
  EndProgress(state, token);
  return bug ? Answer(*bug) : answer;
}

void Reply(State& state, const Json& message) {
  const auto it = state.waiting.find(message["id"].Int(-1));
  if (it == state.waiting.end()) {
    state.Log(LogLevel::kDebug, "an answer to a question that was not asked");
    return;
  }
  const State::Reply reply = std::move(it->second);
  state.waiting.erase(it);
  (void)Guard(state, "an answer", [&] { reply(state, message["result"], message.Has("error")); });
}

}  // namespace

Server::Server(Host& host) : state_(std::make_unique<State>(host)) {}
Server::~Server() = default;

void Server::Receive(const Json& message) {
  State& state = *state_;
  const Json& id = message["id"];
  const bool has_id = message.Has("id");
  if (!message.IsObject() || (has_id && !id.IsInt() && !id.IsString() && !id.IsNull())) {
    Respond(state, nullptr,
            Failure{Code::kInvalidRequest,
                    "a message is an object with an id that is a number or a string"});
    return;
  }
  if (!message["method"].IsString()) {
    if (has_id && (message.Has("result") || message.Has("error"))) {
      Reply(state, message);
    } else {
      Respond(state, id, Failure{Code::kInvalidRequest, "a message has a method or a result"});
    }
    return;
  }
  const std::string& method = message["method"].String();
  const Json& params = message["params"];
  if (has_id) {
    if (message["jsonrpc"].String() != "2.0") {
      Respond(state, id, Failure{Code::kInvalidRequest, "jsonrpc is \"2.0\""});
      return;
    }
    Respond(state, id, Handle(state, method, id, params));
    return;
  }
  const Notification* notification = FindRow(kNotifications, method);
  const bool is_exit = method == "exit";
  if (notification == nullptr) {
    if (!method.starts_with("$/"))
      state.Log(LogLevel::kDebug, "no notification is called '" + method + "'");
    return;
  }
  if (state.phase != State::Phase::kRunning && !is_exit) return;
  (void)Guard(state, method, [&] { notification->handle(state, params); });
}

void Server::ReceiveProblem(const std::string& problem, bool is_json_error) {
  Respond(*state_, nullptr,
          Failure{is_json_error ? Code::kParseError : Code::kInvalidRequest, problem});
}

void Server::Tick() {
  State& state = *state_;
  const std::uint64_t now = state.host.NowMs();
  for (auto& entry : state.files) {
    OpenFile& file = entry.second;
    if (!file.due || *file.due > now) continue;
    if (AskProgress(state, file)) continue;
    if (Guard(state, "publishDiagnostics", [&] { Publish(state, file); })) file.due.reset();
    // The others wait: what has come in meanwhile may have changed them.
    if (state.host.HasInput()) return;
  }
  state.outdated.clear();
}

std::optional<std::uint64_t> Server::NextDue() const {
  std::optional<std::uint64_t> next;
  for (const auto& [uri, file] : state_->files) {
    if (file.due && (!next || *file.due < *next)) next = file.due;
  }
  return next;
}

std::optional<int> Server::exit_code() const { return state_->exit_code; }
std::optional<std::int64_t> Server::parent() const { return state_->parent; }
bool Server::was_shut_down() const { return state_->phase == State::Phase::kShutDown; }

}  // namespace asyncport::lsp
