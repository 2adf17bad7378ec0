// Diagnostics: their order, the messages with arguments, and each sink's rendering, over a table of entries of our own.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "diag/diagnostic.h"
#include "diag/sinks/sinks.h"
#include "diag/sinks/texts.h"
#include "unit/catch_compat.hpp"

namespace asyncport::diag {
namespace {

constexpr Entry kTable[] = {
    {"blocking-sleep", Level::kWarning, Class::kLesson, "Blocking sleep",
     "`{call}` stops the loop for {seconds} s", "await `asyncio.sleep`", ""},
    {"gather", Level::kInfo, Class::kCard, "gather", "`Promise.all` becomes `gather`", "",
     "`gather` becomes `Promise.all`"},
    {"hinted", Level::kHint, Class::kLesson, "Hint", "could be shorter", "", ""},
    {"syntax-error", Level::kError, Class::kSyntax, "Syntax error", "this is not JavaScript", "",
     ""},
};

const Entry* Find(std::string_view id) {
  auto it = std::find_if(std::begin(kTable), std::end(kTable),
                         [&](const Entry& e) { return e.id == id; });
  return it == std::end(kTable) ? nullptr : it;
}

SinkOptions Options() {
  return {.find = &Find, .to = Language::kPy, .lessons = false, .color = false};
}

Diagnostic At(std::string id, Span span, std::vector<Arg> args = {}) {
  return {std::move(id), span, std::move(args), {}, {}, {}};
}

const Source kPoll{"poll.py", "import time\nasync def poll():\n    time.sleep(1)\n"};
const Span kSleep{34, 47};
const Diagnostic kBlocking =
    At("blocking-sleep", kSleep, {{"call", "time.sleep(1)"}, {"seconds", "1"}});

TEST_CASE("diagnostics come sorted and without repeats", "[diag]") {
  Diagnostics all;
  all.Report("z", {5, 6});
  all.Report("b", {1, 2}, {{"n", "1"}});
  all.Report("b", {1, 2}, {{"n", "2"}});
  all.Report("b", {1, 2}, {{"n", "1"}});
  all.Report("a", {1, 2});
  std::string order;
  for (const Diagnostic& d : all.Take())
    order += d.id + (d.args.empty() ? "" : d.args[0].value) + " ";
  CHECK(order == "a b1 b2 z ");
  CHECK(all.list().empty());
}

TEST_CASE("places in a message are filled by name", "[diag]") {
  CHECK(FormatMessage("`{call}` takes {n} s", {{"n", "1"}, {"call", "f({})"}}) ==
        "`f({})` takes 1 s");
  CHECK(FormatMessage("{unknown} and {n}", {{"n", "1"}}) == "{unknown} and 1");
  CHECK(FormatMessage("`{ a: {n} }`", {{"n", "1"}}) == "`{ a: 1 }`");
  CHECK(FormatMessage("open {", {}) == "open {");
}

TEST_CASE("full: message, place, underline, help, page", "[diag]") {
  CHECK(RenderFull(kPoll, {kBlocking}, Options()) ==
        "warning[blocking-sleep]: `time.sleep(1)` stops the loop for 1 s\n"
        " --> poll.py:3:5\n"
        "  |\n"
        "3 |     time.sleep(1)\n"
        "  |     ^^^^^^^^^^^^^\n"
        "  = help: await `asyncio.sleep`\n"
        "  = note: asyncport explain blocking-sleep\n");
}

TEST_CASE("full: labels, notes and fixes", "[diag]") {
  Diagnostic d = kBlocking;
  d.labels.push_back({{12, 17}, "inside this async function"});
  d.notes.push_back("for blocking work there is `asyncio.to_thread`");
  d.fixes.push_back(
      {"wait without blocking", {{kSleep, "await asyncio.sleep(1)"}}, Applicability::kSafe});
  CHECK(RenderFull(kPoll, {d}, Options()) ==
        "warning[blocking-sleep]: `time.sleep(1)` stops the loop for 1 s\n"
        " --> poll.py:3:5\n"
        "  |\n"
        "2 | async def poll():\n"
        "  | ----- inside this async function\n"
        "3 |     time.sleep(1)\n"
        "  |     ^^^^^^^^^^^^^\n"
        "  = help: await `asyncio.sleep`\n"
        "  = note: for blocking work there is `asyncio.to_thread`\n"
        "  = fix: wait without blocking\n"
        "3 |     await asyncio.sleep(1)\n"
        "  = note: asyncport explain blocking-sleep\n");
}

TEST_CASE("full: lessons are counted, or shown once each", "[diag]") {
  std::vector<Diagnostic> list = {At("gather", {0, 6}), kBlocking, At("gather", {12, 17}),
                                  At("hinted", {12, 17})};
  std::string quiet = RenderFull(kPoll, list, Options());
  CHECK(quiet.find("gather") == std::string::npos);
  CHECK(quiet.ends_with("\n\n2 lessons: `--lessons` shows them\n"));

  SinkOptions options = Options();
  options.lessons = true;
  std::string all = RenderFull(kPoll, list, options);
  CHECK(all.find("info[gather]: `Promise.all` becomes `gather`\n --> poll.py:1:1\n") == 0);
  CHECK(
      all.find(
          "poll.py:2:1\n  |\n2 | async def poll():\n  | ^^^^^\n  = note: asyncport explain hinted") !=
      std::string::npos);
  CHECK(all.find("lessons:") == std::string::npos);
  CHECK(std::string_view(all).substr(1).find("info[gather]") == std::string_view::npos);

  CHECK(RenderFull(kPoll, {list[0]}, Options()) == "1 lesson: `--lessons` shows it\n");
  CHECK(RenderFull(kPoll, {}, Options()).empty());
}

TEST_CASE("full: an error stands at every place, its page is named once", "[diag]") {
  std::string out =
      RenderFull(kPoll, {At("syntax-error", {0, 6}), At("syntax-error", {7, 11})}, Options());
  CHECK(out.find("poll.py:1:1") != std::string::npos);
  CHECK(out.find("poll.py:1:8") != std::string::npos);
  CHECK(out.find("explain") == out.rfind("explain"));
}

TEST_CASE("full: tabs, wide characters and control characters keep the underline in place",
          "[diag]") {
  auto lines = [](const Source& source, Span span) {
    std::string out = RenderFull(source, {At("syntax-error", span)}, Options());
    std::size_t begin = out.find("1 |");
    return out.substr(begin, out.find("\n  =") - begin);
  };
  CHECK(lines({"a.js", "\tx = 1\n"}, {1, 2}) == "1 |     x = 1\n  |     ^");
  CHECK(lines({"a.js", "'\xE5\x90\x8D' + x\n"}, {8, 9}) == "1 | '\xE5\x90\x8D' + x\n  |        ^");
  CHECK(lines({"a.js", "'\x1b[2J' + x\n"}, {9, 10}) == "1 | '\\x1b[2J' + x\n  |             ^");
  CHECK(lines({"a.js", "\xE2\x80\xAE x\n"}, {4, 5}) == "1 | \\u202e x\n  |        ^");
  CHECK(lines({"a.js", "f("}, {2, 2}) == "1 | f(\n  |   ^");
}

TEST_CASE("full: spans over several lines, and very long lines", "[diag]") {
  CHECK(RenderFull(kPoll, {At("syntax-error", {12, 47})}, Options())
            .find("2 | async def poll():\n  | ^^^^^^^^^^^^^^^^^ to line 3\n") != std::string::npos);
  Source minified{"min.js", std::string(5000, 'a') + "(x" + std::string(5000, 'b')};
  std::string out = RenderFull(minified, {At("syntax-error", {5000, 5002})}, Options());
  CHECK(out.find("1 | ..." + std::string(40, 'a') + "(x" + std::string(78, 'b') + "...\n  | " +
                 std::string(43, ' ') + "^^\n") != std::string::npos);
}

TEST_CASE("full: thousands of places in one line of a megabyte take no time", "[diag]") {
  std::string text;
  while (text.size() < 1'000'000) text += "f(\xC3\xA9);";
  Source minified{"min.js", text + "\n"};
  std::vector<Diagnostic> list;
  for (std::uint32_t i = 0; i < 2000; ++i)
    list.push_back(At("syntax-error", {i * 490, i * 490 + 1}));
  std::string out = RenderFull(minified, list, Options());
  CHECK(out.size() < 2000 * 500);
  CHECK(out.find("min.js:1:735001\n  |\n1 | ...") != std::string::npos);
  CHECK(RenderJson(minified, list, Options()).find("\"character\":735000}") != std::string::npos);
}

TEST_CASE("full: names, arguments and ids from outside cannot steer the terminal", "[diag]") {
  Source source{"a\x1b[31m.js", "x\n"};
  std::string out = RenderFull(
      source, {At("blocking-sleep", {0, 1}, {{"call", "f(\n  \x07" + std::string(200, 'a')}})},
      Options());
  CHECK(out.find('\x1b') == std::string::npos);
  CHECK(out.find('\x07') == std::string::npos);
  CHECK(out.find("`f( \\x07aaa") != std::string::npos);
  CHECK(out.find("aaa...` stops") != std::string::npos);
  CHECK(RenderFull(source, {At("no-such-id", {0, 1})}, Options())
            .find("error[no-such-id]: no-such-id") == 0);
}

TEST_CASE("full: colours only when asked", "[diag]") {
  SinkOptions options = Options();
  options.color = true;
  CHECK(RenderFull(kPoll, {kBlocking}, options).find("\x1b[1;33mwarning[blocking-sleep]\x1b[0m") ==
        0);
}

TEST_CASE("full: places outside of the text do no harm", "[diag]") {
  CHECK(
      RenderFull({"empty.js", ""}, {At("syntax-error", {0, 0})}, Options()) ==
      "error[syntax-error]: this is not JavaScript\n --> empty.js:1:1\n  = note: asyncport explain syntax-error\n");
  CHECK(RenderFull({"a.js", "x"}, {At("syntax-error", {50, 60})}, Options()).find("a.js:1:2") !=
        std::string::npos);
}

TEST_CASE("concise: one line each, columns in code points", "[diag]") {
  Source source{"a.js", "/*\xC3\xA9*/ x\n"};
  CHECK(RenderConcise(source, {At("syntax-error", {7, 8}), At("gather", {7, 8})}, Options()) ==
        "a.js:1:7: error: this is not JavaScript [syntax-error]\n");
  SinkOptions options = Options();
  options.lessons = true;
  options.to = Language::kJs;
  CHECK(RenderConcise(source, {At("gather", {7, 8})}, options) ==
        "a.js:1:7: info: `gather` becomes `Promise.all` [gather]\n");
}

TEST_CASE("json: everything, with both kinds of position", "[diag]") {
  Source source{"a.js", "// \xF0\x9F\x8D\xB5\n'\xF0\x9F\x8D\xB5' + x;\n"};
  Diagnostic d = At("blocking-sleep", {17, 18}, {{"call", "say(\"\x01\xFF\")"}, {"seconds", "1"}});
  d.labels.push_back({{0, 2}, "here"});
  d.fixes.push_back({"do it", {{{17, 18}, "y"}}, Applicability::kUnsafe});
  d.notes.push_back("a note");
  nlohmann::json json =
      nlohmann::json::parse(RenderJson(source, {At("gather", {0, 2}), d}, Options()));
  CHECK(json["schema"] == 1);
  CHECK(json["file"] == "a.js");
  REQUIRE(json["diagnostics"].size() == 2);
  const nlohmann::json& one = json["diagnostics"][1];
  CHECK(one["id"] == "blocking-sleep");
  CHECK(one["level"] == "warning");
  CHECK(one["class"] == "lesson");
  CHECK(one["args"]["call"] == "say(\"\x01\xEF\xBF\xBD\")");
  CHECK(one["byte"] == nlohmann::json{{"start", 17}, {"end", 18}});
  CHECK(one["range"]["start"] == nlohmann::json{{"line", 1}, {"character", 7}});
  CHECK(one["range"]["end"] == nlohmann::json{{"line", 1}, {"character", 8}});
  CHECK(one["labels"][0]["text"] == "here");
  CHECK(one["fixes"][0]["applicability"] == "unsafe");
  CHECK(one["fixes"][0]["edits"][0]["text"] == "y");
  CHECK(one["notes"] == nlohmann::json{"a note"});

  CHECK(nlohmann::json::parse(RenderJson(source, {}, Options()))["diagnostics"].empty());
}

TEST_CASE("jsonl: one object a line", "[diag]") {
  std::string out = RenderJsonLines(kPoll, {At("gather", {0, 6}), kBlocking}, Options());
  std::size_t end = out.find('\n');
  CHECK(nlohmann::json::parse(out.substr(0, end))["id"] == "gather");
  CHECK(nlohmann::json::parse(out.substr(end + 1))["file"] == "poll.py");
  CHECK(std::count(out.begin(), out.end(), '\n') == 2);
  CHECK(RenderJsonLines(kPoll, {}, Options()).empty());
}

}  // namespace
}  // namespace asyncport::diag
