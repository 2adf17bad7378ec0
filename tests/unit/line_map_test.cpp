// The line map and the rows made of it, on translations of whole goldens and on small ones.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "pipeline/pipeline.h"
#include "support/source.h"

namespace asyncport {
namespace {

struct Translated {
  Source source;
  Source target;
  LineMap map;
  std::vector<Row> rows;
};

Translated Translate(const std::string& text, Language from) {
  Source source("x", text);
  const Language to = from == Language::kJs ? Language::kPy : Language::kJs;
  Options options;
  options.from = from;
  options.to = to;
  const std::string plain = Run(source, options).text;
  options.line_map = true;
  Outcome outcome = Run(source, options);
  CHECK(outcome.text == plain);
  Source target("y", outcome.text);
  std::vector<Row> rows = AlignLines(source, target, outcome.line_map);
  return {std::move(source), std::move(target), std::move(outcome.line_map), std::move(rows)};
}

// The text of the target's line that stands for this text of a source's line, and "" if none does.
std::string PartnerOf(const Translated& t, std::string_view text) {
  for (const Row& row : t.rows) {
    if (row.source == kNoLine) continue;
    const std::string_view line = t.source.Text(t.source.LineSpan(row.source));
    if (line.find(text) == std::string_view::npos) continue;
    return row.target == kNoLine ? "" : std::string(t.target.Text(t.target.LineSpan(row.target)));
  }
  return "no such line";
}

void CheckRows(const Translated& t) {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  for (const Row& row : t.rows) {
    if (row.source != kNoLine) CHECK(row.source == source++);
    if (row.target != kNoLine) CHECK(row.target == target++);
    if (row.matches) CHECK(t.map.source_of_target[row.target] == row.source);
  }
  CHECK(source + 1 == t.source.line_count());
  CHECK(target + 1 == t.target.line_count());
}

}  // namespace

TEST_CASE("lines of a JavaScript program stand beside their translation", "[line-map]") {
  const Translated t = Translate(R"(// Loads both.
async function load(userId) {
  const [user, posts] = await Promise.all([
    fetchUser(userId),
    fetchPosts(userId), // slow
  ]);
  if (posts.length === 0) {
    return null;
  } else {
    console.log(user);
  }
  return posts;
}

await load(1);
)",
                                 Language::kJs);
  CHECK(PartnerOf(t, "Loads both") == "# Loads both.");
  CHECK(PartnerOf(t, "async function load") == "async def load(user_id):");
  CHECK(PartnerOf(t, "Promise.all") == "    user, posts = await asyncio.gather(");
  CHECK(PartnerOf(t, "fetchPosts") == "        fetch_posts(user_id),  # slow");
  CHECK(PartnerOf(t, "return null") == "        return None");
  CHECK(PartnerOf(t, "else") == "    else:");
  CHECK(PartnerOf(t, "return posts") == "    return posts");
  CheckRows(t);
}

TEST_CASE("lines of a Python program stand beside their translation", "[line-map]") {
  const Translated t = Translate(R"(import asyncio


async def work(name):
    """Waits."""
    try:
        await asyncio.sleep(1)
    except ValueError as error:
        print(error)
    finally:
        print(f"done {name}")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work("a"))
        group.create_task(work("b"))


asyncio.run(main())
)",
                                 Language::kPy);
  CHECK(PartnerOf(t, "async def work") == "async function work(name) {");
  CHECK(PartnerOf(t, "    try:") == "  try {");
  CHECK(PartnerOf(t, "asyncio.sleep").find("await ") != std::string::npos);
  CHECK(PartnerOf(t, "finally:") == "  } finally {");
  CHECK(PartnerOf(t, "print(f\"done") == "    console.log(`done ${name}`);");
  CheckRows(t);
}

TEST_CASE("a map is asked for lines near one", "[line-map]") {
  const std::vector<std::uint32_t> lines{kNoLine, 4, kNoLine, 7};
  CHECK(NearestAbove(lines, 0) == kNoLine);
  CHECK(NearestAbove(lines, 2) == 1);
  CHECK(NearestAbove(lines, 9) == 3);
  CHECK(NearestAbove({}, 0) == kNoLine);
}

TEST_CASE("every golden's lines are in rows, each once and in order", "[line-map]") {
  namespace fs = std::filesystem;
  for (const auto& [folder, from] :
       {std::pair{"js_to_py", Language::kJs}, {"py_to_js", Language::kPy}}) {
    for (const auto& entry :
         fs::directory_iterator(fs::path(ASYNCPORT_SOURCE_DIR) / "tests" / "golden" / folder)) {
      const bool is_source = entry.path().extension() == (from == Language::kJs ? ".js" : ".py");
      if (!is_source) continue;
      INFO(entry.path().string());
      std::ifstream stream(entry.path());
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      const Translated t = Translate(text, from);
      if (t.target.text().empty()) continue;
      CheckRows(t);
    }
  }
}

}  // namespace asyncport
