// Random edits of documents, as editors send them: afterwards text, tree and diagnostics are those of a document that
// was opened with the final text. The text is kept by a second implementation, in units of UTF-16.
// Example: lsp-edits 20000 7 runs 20,000 sequences from seed 7.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "lsp/document.h"
#include "lsp/protocol.h"
#include "lsp/server.h"
#include "support/strings.h"

namespace asyncport::lsp {
namespace {

using Random = std::mt19937_64;

class NoHost : public Host {
 public:
  void Send(const Json& message) override { last = message; }
  std::uint64_t NowMs() override { return 0; }
  std::string FindSettings(const std::string&, Settings&) override { return {}; }
  bool Exists(const std::string&) override { return false; }
  void Log(LogLevel, const std::string&) override {}
  bool IsCancelled(const Json&) override { return false; }
  const std::atomic<bool>* CancelFlag() override { return nullptr; }
  void StartWork(const std::string&, const Json&) override {}
  void EndWork() override {}
  bool HasInput() override { return false; }
  Json last;
};

std::u16string ToUtf16(std::string_view text) {
  std::u16string out;
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t point = NextCodePoint(text, at);
    if (point >= 0x10000) {
      out += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
      point = 0xDC00 + ((point - 0x10000) & 0x3FF);
    }
    out += static_cast<char16_t>(point);
  }
  return out;
}

bool IsHigh(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Lone halves in WTF-8.
std::string ToUtf8(std::u16string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint32_t point = text[i];
    if (IsHigh(text[i]) && i + 1 < text.size() && IsLow(text[i + 1]))
      point = 0x10000 + ((point - 0xD800) << 10) + (text[++i] - 0xDC00u);
    AppendUtf8(out, point);
  }
  return out;
}

// The text as a plain list of units.
struct Model {
  std::u16string text;

  Position PositionAt(std::size_t index, Encoding encoding) const {
    Position position;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < index; ++i) {
      const bool is_end = text[i] == u'\n' || (text[i] == u'\r' && !(i + 1 < text.size() && text[i + 1] == u'\n'));
      if (!is_end) continue;
      ++position.line;
      begin = i + 1;
    }
    const std::u16string_view line = std::u16string_view(text).substr(begin, index - begin);
    position.character = encoding == Encoding::kUtf16 ? static_cast<std::uint32_t>(line.size())
                                                      : UnitsOf(ToUtf8(line), encoding);
    return position;
  }
  // Between the two halves of a line end there is no position; between those of a character only in UTF-16.
  bool IsPlace(std::size_t index, Encoding encoding) const {
    if (index == 0 || index >= text.size()) return true;
    if (text[index - 1] == u'\r' && text[index] == u'\n') return false;
    return encoding == Encoding::kUtf16 || !(IsHigh(text[index - 1]) && IsLow(text[index]));
  }
};

constexpr std::string_view kPieces[] = {
    "async function f() {}\n", "await f();\n", "f();\n", "async def g():\n    await g()\n", "g()\n",
    "import time\n", "time.sleep(1)\n", "    ", "\n", "\r\n", "\r", "{", "}", "(", ")", "\"", "'", "`",
    "${", "//", "#", "/*", "*/", "\"\"\"", "await ", "async ", "for await (const x of y) {\n", "def ", "\\",
    "é", "e\xCC\x81", "名前", "😀", "👩‍👩‍👧", "𝒳", "\xEF\xBB\xBF", "x = 1\n", "const x = 1;\r\n",
    "# a\n# b\n# c\n# d\n# e\n# f\n# g\n# h\n", "if x:\n    pass\n", "try {} catch (e) {}\n", ";", ":", ",",
    "await Promise.all([f(), f()]);\n", "await asyncio.gather(g(), g())\n", "0", "x", "\t",
};

std::string RandomText(Random& random, std::size_t most) {
  std::string text;
  for (std::size_t i = random() % (most + 1); i > 0; --i)
    text += kPieces[random() % std::size(kPieces)];
  return text;
}

constexpr std::string_view kPrograms[] = {
    "async function save() {}\nasync function main() {\n  save();\n  for (const x of [1]) await save(x);\n}\nmain();\n",
    "import asyncio\nimport time\n\n\nasync def poll():\n    time.sleep(1)\n    await asyncio.gather(poll(), poll())\n\n\nasyncio.run(poll())\n",
};

struct Failed {
  std::string what;
};

void Expect(bool condition, const char* what) {
  if (!condition) throw Failed{what};
}

Json Message(std::string_view method, Json params) {
  return Json::Object{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
}

Json DiagnosticsOf(Server& server, NoHost& host, const std::string& uri) {
  Json request = Message("textDocument/diagnostic",
                         Json::Object{{"textDocument", Json::Object{{"uri", uri}}}});
  request.Set("id", 1);
  server.Receive(request);
  return host.last["result"]["items"];
}

Json Opening(const std::string& uri, Language language, const std::string& text) {
  return Message("textDocument/didOpen",
                 Json::Object{{"textDocument",
                               Json::Object{{"uri", uri},
                                            {"languageId", language == Language::kJs ? "javascript" : "python"},
                                            {"version", 0},
                                            {"text", text}}}});
}

void RunSequence(std::uint64_t seed) {
  Random random(seed);
  const auto encoding = static_cast<Encoding>(random() % 3);
  const auto language = static_cast<Language>(random() % 2);
  std::string start(random() % 4 == 0 ? "" : kPrograms[static_cast<std::size_t>(language)]);
  if (random() % 4 == 0) start += RandomText(random, 8);
  NoHost host;
  Server server(host);
  Json hello = Message("initialize", Json::Object{{"capabilities", Json::Object{
      {"general", Json::Object{{"positionEncodings", Json::Array{NameOf(encoding)}}}},
      {"textDocument", Json::Object{{"diagnostic", Json::Object{}}}}}}});
  hello.Set("id", 0);
  server.Receive(hello);
  const std::string uri = "file:///edited";
  server.Receive(Opening(uri, language, start));
  Model model{ToUtf16(start)};
  Document document(uri, uri, language, 0, start);
  const std::size_t notifications = 1 + random() % 5;
  for (std::size_t version = 1; version <= notifications; ++version) {
    Json changes;
    for (std::size_t count = 1 + random() % 3; count > 0; --count) {
      const std::string piece = RandomText(random, 2);
      if (random() % 20 == 0) {
        model.text = ToUtf16(piece);
        document.Replace(piece);
        changes.Push(Json::Object{{"text", piece}});
        continue;
      }
      std::size_t begin = random() % (model.text.size() + 1);
      std::size_t end = random() % 2 == 0 ? begin : std::min(model.text.size(), begin + random() % 12);
      while (!model.IsPlace(begin, encoding)) --begin;
      while (!model.IsPlace(end, encoding)) ++end;
      const Range range{model.PositionAt(begin, encoding), model.PositionAt(end, encoding)};
      model.text.replace(begin, end - begin, ToUtf16(piece));
      document.Edit(range, piece, encoding);
      changes.Push(Json::Object{{"range", ToJson(range)}, {"text", piece}});
    }
    server.Receive(Message("textDocument/didChange",
                           Json::Object{{"textDocument", Json::Object{{"uri", uri}, {"version", version}}},
                                        {"contentChanges", changes}}));
    // Not after each of them, so that several edits are made up for at once.
    if (random() % 2 == 0) (void)DiagnosticsOf(server, host, uri);
    if (random() % 2 == 0 && document.source()) (void)document.Parse({});
  }
  const std::string text = ToUtf8(model.text);
  Expect(document.text() == text, "the text differs");
  Document fresh(uri, uri, language, 0, text);
  Expect(fresh.source().ok() == document.source().ok(), "one of the texts is none");
  if (fresh.source()) {
    Expect(fresh.source().value().text() == document.source().value().text(), "the library's text differs");
    const Result<syntax::Parsed> a = document.Parse({});
    const Result<syntax::Parsed> b = fresh.Parse({});
    Expect(a.ok() == b.ok(), "one of the texts is too complex");
    if (a) Expect(syntax::SameCst(a.value().cst, b.value().cst), "the tree differs");
  }
  const std::string other = "file:///opened";
  server.Receive(Opening(other, language, text));
  const Json edited = DiagnosticsOf(server, host, uri);
  const Json opened = DiagnosticsOf(server, host, other);
  Expect(edited.IsArray() && edited == opened, "the diagnostics differ");
}

}  // namespace
}  // namespace asyncport::lsp

int main(int argc, char** argv) {
  const std::uint64_t sequences = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  std::printf("%llu sequences from seed %llu\n", static_cast<unsigned long long>(sequences),
              static_cast<unsigned long long>(seed));
  for (std::uint64_t i = 0; i < sequences; ++i) {
    try {
      asyncport::lsp::RunSequence(seed * 1'000'000'007 + i);
    } catch (const asyncport::lsp::Failed& failed) {
      std::printf("sequence %llu (seed %llu): %s\n", static_cast<unsigned long long>(i),
                  static_cast<unsigned long long>(seed), failed.what.c_str());
      return 1;
    }
  }
  std::puts("all the same");
  return 0;
}
