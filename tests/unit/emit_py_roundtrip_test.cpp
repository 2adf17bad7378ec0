// Every Python program of the behaviour pairs and the examples: lowering gives a sound tree, printing it gives text that
// lowers to the same tree, comments included, and most files come out byte for byte, since they are in Black's layout.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "comments/comments.h"
#include "emit/emit.h"
#include "lower/lower.h"
#include "support/source.h"
#include "syntax/cst.h"
#include "unit/catch_compat.hpp"

namespace asyncport {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Programs() {
  std::vector<fs::path> paths;
  for (const char* folder : {"tests/behaviour/pairs", "examples"}) {
    fs::path root = fs::path(ASYNCPORT_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".py") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

struct Read {
  ir::Tree tree;
  std::string emitted;
  std::size_t comments = 0;
};

Read ReadAndEmit(const std::string& text) {
  Source source("test.py", text);
  auto parsed = syntax::Parse(source, Language::kPy, {});
  REQUIRE(parsed.ok());
  CHECK(parsed.value().errors.empty());
  diag::Diagnostics diagnostics;
  Read read{
      lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, diagnostics), {}, 0};
  comments::Attached attached = comments::Attach(parsed.value().cst, source, read.tree);
  read.comments = parsed.value().cst.Comments().size();
  read.emitted = emit::EmitText(read.tree, attached.map);
  return read;
}

TEST_CASE("python emitter: programs come out as they went in") {
  std::size_t programs = 0;
  std::size_t same_text = 0;
  for (const fs::path& path : Programs()) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream buffer;
    buffer << file.rdbuf();
    auto source = Decode(path.filename().string(), buffer.str());
    REQUIRE(source.ok());
    std::string text(source.value().text());
    CAPTURE(path.string());
    Read first = ReadAndEmit(text);
    for (const ir::Violation& violation : Verify(first.tree, first.tree.root(), Language::kPy)) {
      FAIL_CHECK(violation.message);
    }
    Read second = ReadAndEmit(first.emitted);
    CHECK(SameTree(first.tree, first.tree.root(), second.tree, second.tree.root()));
    CHECK(second.emitted == first.emitted);
    CHECK(second.comments == first.comments);
    ++programs;
    same_text += first.emitted == text ? 1 : 0;
  }
  REQUIRE(programs > 0);
  // The rest has trailing commas that keep a short list or call on several lines, which the tree does not record.
  CHECK(same_text * 100 >= programs * 94);
}

}  // namespace
}  // namespace asyncport
