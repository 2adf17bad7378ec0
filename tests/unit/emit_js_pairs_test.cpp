// Every JavaScript program of the behaviour tests is read and written again: the same program, the
// same comments, and nearly the same text (they are in Prettier's layout; only braces around single
// statements and `i++` differ).
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "support/strings.h"
#include "unit/js_roundtrip.h"

using namespace asyncport;

namespace {

// Lines of `before` that are also in `after`, each counted once.
std::size_t KeptLines(const std::string& before, const std::string& after) {
  std::map<std::string_view, int> lines;
  for (std::string_view line : SplitLines(after)) ++lines[Trim(line)];
  std::size_t kept = 0;
  for (std::string_view line : SplitLines(before)) {
    if (int& left = lines[Trim(line)]; left > 0) {
      --left;
      ++kept;
    }
  }
  return kept;
}

}  // namespace

TEST_CASE("emit js: the programs of the behaviour tests") {
  std::size_t files = 0, all = 0, kept = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(ASYNCPORT_SOURCE_DIR) + "/tests/behaviour/pairs")) {
    if (entry.path().extension() != ".js") continue;
    CAPTURE(entry.path().string());
    std::ifstream stream(entry.path(), std::ios::binary);
    auto source = Decode("x.js", std::string(std::istreambuf_iterator<char>(stream), {}));
    REQUIRE(source.ok());
    std::string text(source.value().text());
    test::JsFile file(text);
    CHECK(ir::Verify(file.tree, file.tree.root(), Language::kJs).empty());
    std::string emitted = file.Emit();
    CHECK(test::Problem(file, emitted) == "");
    ++files;
    all += SplitLines(text).size();
    kept += KeptLines(text, emitted);
  }
  CHECK(files > 200);
  CAPTURE(kept, all);
  CHECK(kept * 100 >= all * 97);
}
