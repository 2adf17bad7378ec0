// What comes in on the language server's stream, of any bytes: framing, JSON, dispatching, documents, features. The
// first byte says what the server knows before: nothing, a client that can do little, or one that can do all.
// Example: asyncport-fuzz --target=lsp -max_total_time=600 -dict=tests/fuzz/lsp.dict CORPUS
#include <cstdint>
#include <string_view>

#include "targets.h"

#include "lsp/framing.h"
#include "lsp/server.h"

namespace asyncport::lsp {
namespace {

class NoHost : public Host {
 public:
  void Send(const Json& message) override { bytes_ += message.Text().size(); }
  std::uint64_t NowMs() override { return now_ += 100; }
  std::string FindSettings(const std::string&, Settings&) override { return {}; }
  bool Exists(const std::string&) override { return false; }
  void Log(LogLevel, const std::string&) override {}
  bool IsCancelled(const Json&) override { return false; }
  const std::atomic<bool>* CancelFlag() override { return nullptr; }
  void StartWork(const std::string&, const Json&) override {}
  void EndWork() override {}
  bool HasInput() override { return false; }

 private:
  std::uint64_t now_ = 0;
  std::uint64_t bytes_ = 0;
};

constexpr std::string_view kInitialize[] = {
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}})",
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{"general":
    {"positionEncodings":["utf-8"]},"workspace":{"applyEdit":true,"configuration":true,"workspaceEdit":
    {"documentChanges":true,"resourceOperations":["create"]}},"textDocument":{"publishDiagnostics":
    {"relatedInformation":true,"dataSupport":true,"tagSupport":{},"versionSupport":true},"codeAction":
    {"codeActionLiteralSupport":{},"dataSupport":true,"resolveSupport":{"properties":["edit"]}},"hover":
    {"contentFormat":["markdown"]},"codeLens":{},"inlayHint":{}}}}})",
};
constexpr std::string_view kOpen[] = {
    R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"a.js","version":1,
    "text":"async function f(x) {\n  g(\"😀\");\n}\nasync function g() {}\nf();\n"}}})",
    R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"b.py","version":1,
    "text":"import time\n\nasync def f():\r\n    time.sleep(1)\n"}}})",
};

void Receive(Server& server, std::string_view text) {
  Result<Json> message = ParseJson(text);
  if (message) {
    server.Receive(message.value());
  } else {
    server.ReceiveProblem(message.error(), true);
  }
}

void Run(std::string_view bytes) {
  NoHost host;
  Server server(host);
  if (bytes.empty()) return;
  const auto first = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  if (first % 3 != 0) {
    Receive(server, kInitialize[first % 3 - 1]);
    for (const std::string_view open : kOpen) Receive(server, open);
  }
  FrameReader reader(1u << 16);
  // In pieces, too.
  const std::size_t piece = first < 128 ? bytes.size() + 1 : 1 + first % 7;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.Feed(bytes.substr(at, piece));
    while (const std::optional<Frame> frame = reader.Next()) {
      if (frame->problem.empty()) {
        Receive(server, frame->text);
      } else {
        server.ReceiveProblem(frame->problem, false);
      }
      server.Tick();
      if (server.exit_code()) return;
    }
  }
}

}  // namespace
}  // namespace asyncport::lsp

namespace asyncport::fuzz {
void Lsp(std::string_view bytes) { lsp::Run(bytes); }
}  // namespace asyncport::fuzz
