// The annotated sources of tests/lessons: NAME.js and NAME.py show where the lesson NAME is found (`//~ NAME`, `#~ NAME`
// at the end of the line) and where it is not (`// ok`, `# ok`). Only the lesson of the file's name counts in a file. A line
// `// ---` or `# ---` begins another program.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "comments/comments.h"
#include "diag/diagnostic.h"
#include "lower/lower.h"
#include "pipeline/check.h"
#include "support/strings.h"
#include "syntax/cst.h"

using namespace asyncport;

namespace {

struct Count {
  std::size_t positive = 0;
  std::size_t negative = 0;
};

bool EndsWithMark(std::string_view line, std::string_view mark) {
  line = Trim(line);
  return line.ends_with("//" + std::string(mark)) || line.ends_with("#" + std::string(mark));
}

// `before`: lines of the file before the program.
void CheckProgram(const std::string& id, Language language, const std::string& text,
                  unsigned before, Count& count) {
  const Source source("t", text);
  const Checked checked = Check(source, {.language = language, .async_names = {}});
  CHECK(checked.whole);
  std::set<unsigned> found;
  for (const diag::Diagnostic& diagnostic : checked.diagnostics) {
    if (diagnostic.id == id) found.insert(source.Position(diagnostic.span.begin).line);
  }
  unsigned number = 0;
  for (std::string_view line : SplitLines(text)) {
    ++number;
    const bool marked = EndsWithMark(line, "~ " + id);
    count.positive += marked;
    count.negative += EndsWithMark(line, " ok");
    if (marked != found.contains(number)) {
      FAIL_CHECK((marked ? "not found: " : "found by mistake: ")
                 << number + before << ": " << line);
    }
  }
}

TEST_CASE("lessons are found where the annotated sources say", "[lessons]") {
  std::map<std::string, Count> counts;
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(ASYNCPORT_SOURCE_DIR) + "/tests/lessons")) {
    if (entry.path().extension() == ".js" || entry.path().extension() == ".py")
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& path : files) {
    INFO(path.filename().string());
    const std::string id = path.stem().stem().string();
    CHECK(diag::FindEntry(id) != nullptr);
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Language language = path.extension() == ".py" ? Language::kPy : Language::kJs;
    unsigned number = 0;
    std::string program;
    const auto lines = SplitLines(text);
    for (std::size_t i = 0; i <= lines.size(); ++i) {
      if (i < lines.size() && lines[i] != "// ---" && lines[i] != "# ---") {
        program += std::string(lines[i]) + "\n";
        continue;
      }
      CheckProgram(id, language, program, number, counts[id]);
      number = static_cast<unsigned>(i + 1);
      program.clear();
    }
  }
  for (const auto& [id, count] : counts) {
    INFO(id);
    CHECK(count.positive >= 8);
    CHECK(count.negative >= 8);
  }
}

// The ids behind `//~ `, separated by commas.
std::set<std::string> IdsIn(std::string_view line, std::string_view before) {
  std::set<std::string> ids;
  const std::size_t at = line.find(before);
  if (at == std::string_view::npos) return ids;
  std::string_view rest = line.substr(at + before.size());
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (const std::string_view id = Trim(rest.substr(0, comma)); !id.empty()) ids.insert(std::string(id));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return ids;
}

TEST_CASE("programs of tests/lessons/mixed are found to have what their lines say", "[lessons]") {
  std::size_t marks = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(ASYNCPORT_SOURCE_DIR) + "/tests/lessons/mixed")) {
    const std::filesystem::path path = entry.path();
    const Language language = path.extension() == ".py" ? Language::kPy : Language::kJs;
    const std::string comment = language == Language::kPy ? "#" : "//";
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Source source("t", text);
    const Checked checked = Check(source, {.language = language, .async_names = {}});
    INFO(path.filename().string());
    CHECK(checked.whole);
    const auto lines = SplitLines(text);
    // The first line names what is looked at.
    const std::set<std::string> asked = IdsIn(lines[0], "only: ");
    CHECK(!asked.empty());
    for (const std::string& id : asked) CHECK(diag::FindEntry(id) != nullptr);
    std::vector<std::set<std::string>> found(lines.size() + 2);
    for (const diag::Diagnostic& diagnostic : checked.diagnostics) {
      if (asked.contains(diagnostic.id))
        found[source.Position(diagnostic.span.begin).line].insert(diagnostic.id);
    }
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const std::set<std::string> marked = IdsIn(lines[i], comment + "~ ");
      marks += marked.size();
      INFO(i + 1 << ": " << lines[i]);
      CHECK(found[i + 1] == marked);
    }
  }
  CHECK(marks >= 300);
}

// Every text of `backticks` in the last column of the table.
std::set<std::string> IdsOfTable(const std::string& text) {
  std::set<std::string> ids;
  for (std::string_view line : SplitLines(text)) {
    if (!line.starts_with("| ") || !line.ends_with("` |")) continue;
    std::string_view cell = line.substr(0, line.size() - 2);
    cell.remove_prefix(cell.rfind('|') + 1);
    for (std::size_t open = cell.find('`'); open != cell.npos; open = cell.find('`')) {
      const std::size_t close = cell.find('`', open + 1);
      ids.insert(std::string(cell.substr(open + 1, close - open - 1)));
      cell.remove_prefix(close + 1);
    }
  }
  return ids;
}

TEST_CASE("each lesson of the catalogue about source alone is marked in an annotated source",
          "[lessons]") {
  const std::filesystem::path root(ASYNCPORT_SOURCE_DIR);
  std::string marks;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "tests/lessons")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (std::string_view line : SplitLines(text)) {
      const std::size_t mark = line.find("~ ");
      if (mark != line.npos) marks += std::string(line.substr(mark + 1)) + ",";
    }
  }
  std::ifstream file(root / "docs/semantics/source_lessons.md", std::ios::binary);
  const std::set<std::string> ids = IdsOfTable({std::istreambuf_iterator<char>(file), {}});
  CHECK(ids.size() >= 45);
  for (const std::string& id : ids) {
    INFO(id);
    CHECK(diag::FindEntry(id) != nullptr);
    CHECK(marks.find(" " + id + ",") != std::string::npos);
  }
}

// Comments as a multiset, without orders to us.
std::multiset<std::string> CommentsOf(Language language, const std::string& text) {
  const Source source("t", text);
  std::multiset<std::string> found;
  auto parsed = syntax::Parse(source, language, {});
  REQUIRE(parsed.ok());
  diag::Diagnostics lowering;
  const ir::Tree tree =
      lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, lowering);
  for (const auto& comment : comments::Attach(parsed.value().cst, source, tree).owned) {
    found.insert(std::string(source.Text(comment->span)));
  }
  return found;
}

TEST_CASE("all fixes of the annotated sources parse, keep comments and leave nothing to fix",
          "[lessons]") {
  std::size_t applied = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(ASYNCPORT_SOURCE_DIR) + "/tests/lessons")) {
    const std::filesystem::path path = entry.path();
    if (path.extension() != ".js" && path.extension() != ".py") continue;
    INFO(path.filename().string());
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Language language = path.extension() == ".py" ? Language::kPy : Language::kJs;
    const CheckOptions options{.language = language, .async_names = {}};
    const std::vector<diag::Diagnostic> before = Check(Source("t", text), options).diagnostics;
    const Fixed fixed = Fix(Source("t", text), options, true, {});
    CHECK(fixed.rest.whole);
    applied += fixed.applied;
    for (const diag::Diagnostic& left : fixed.rest.diagnostics) {
      const bool fixable =
          std::any_of(left.fixes.begin(), left.fixes.end(), [](const diag::Fix& fix) {
            return fix.applicability != diag::Applicability::kDisplayOnly;
          });
      INFO(left.id);
      CHECK(!fixable);
    }
    const bool offers = std::any_of(before.begin(), before.end(),
                                    [](const diag::Diagnostic& d) { return !d.fixes.empty(); });
    CHECK((fixed.applied != 0) == offers);
    CHECK(CommentsOf(language, fixed.text) == CommentsOf(language, text));
  }
  CHECK(applied >= 60);
}

}  // namespace
