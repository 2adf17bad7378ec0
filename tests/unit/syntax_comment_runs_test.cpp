// Long runs of comments: hidden from the parser of Python, still told as comments; text of strings stays.
#include <string>
#include <vector>

#include "support/source.h"
#include "syntax/comment_runs.h"
#include "syntax/cst.h"
#include "unit/catch_compat.hpp"

namespace asyncport::syntax {
namespace {

std::string Lines(std::size_t count, const std::string& line) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line;
  return text;
}

Parsed MustParse(const Source& source) {
  Result<Parsed> parsed = Parse(source, Language::kPy, {});
  REQUIRE(parsed);
  CHECK(parsed.value().errors.empty());
  return std::move(parsed).value();
}

TEST_CASE("a short run of comments is left to the parser") {
  CHECK(HideCommentRuns(Lines(32, "# a\n")).comments.empty());
}

TEST_CASE("of a long run the first comment stays") {
  const HiddenComments hidden = HideCommentRuns("x = 1\n" + Lines(40, "  # abc\n\n"));
  REQUIRE(hidden.comments.size() == 39);
  CHECK(hidden.runs == std::vector<std::size_t>{0});
  CHECK(hidden.text.find('#') == 8);
  CHECK(hidden.text.rfind('#') == 8);
}

TEST_CASE("code, and quotes that may end a string, end a run") {
  CHECK(HideCommentRuns(Lines(30, "# a\n") + "x = 1\n" + Lines(30, "# a\n")).comments.empty());
  CHECK(HideCommentRuns(Lines(30, "# a\n") + "# \"\"\"\n" + Lines(30, "# a\n")).comments.empty());
}

TEST_CASE("every comment of a long run is told, in order") {
  const Source source("a.py", "x = 1  # first\n" + Lines(50, "# run\n") + "y = 2  # last\n");
  const std::vector<Span> comments = MustParse(source).cst.Comments();
  REQUIRE(comments.size() == 52);
  CHECK(source.Text(comments.front()) == "# first");
  CHECK(source.Text(comments[1]) == "# run");
  CHECK(source.Text(comments[50]) == "# run");
  CHECK(source.Text(comments.back()) == "# last");
}

TEST_CASE("lines of a string are no comments") {
  const Source source("a.py", "s = f\"\"\"\n" + Lines(50, "# {x}\n") + "\"\"\"\n");
  const Parsed parsed = MustParse(source);
  CHECK(parsed.cst.Comments().empty());
  CHECK(DumpCst(parsed.cst, source).find("interpolation") != std::string::npos);
}

TEST_CASE("a function goes on after a long run of comments") {
  const Source source("a.py", "def f():\n    x = 1\n" + Lines(50, "    # a\n") + "    return x\n");
  const Parsed parsed = MustParse(source);
  CHECK(parsed.cst.root().Children().size() == 1);
}

}  // namespace
}  // namespace asyncport::syntax
