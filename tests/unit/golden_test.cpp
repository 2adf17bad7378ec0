// Goldens: each NAME.js beside a NAME.py (one folder per direction) is translated and compared as text. NAME.diag, where
// it exists, holds the diagnostics, one `line id` each. Also on each: the output is a fixed point of lowering and
// emitting, and nothing of class internal was said. CRLF and a BOM are flipped on every third.
// Rewritten only by tests/update.sh. Does not run the programs: tests/behaviour does.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "comments/comments.h"
#include "diag/diagnostic.h"
#include "emit/emit.h"
#include "lower/lower.h"
#include "pipeline/pipeline.h"
#include "syntax/cst.h"
#include "unit/catch_compat.hpp"

namespace fs = std::filesystem;
using namespace asyncport;

namespace {

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

bool Updating() {
  const char* filter = std::getenv("ASYNCPORT_UPDATE_GOLDENS");
  return filter != nullptr;
}
bool UpdateMatches(const std::string& name) {
  const char* filter = std::getenv("ASYNCPORT_UPDATE_GOLDENS");
  return filter != nullptr && (std::string(filter) == "--all" || name.find(filter) != std::string::npos);
}

std::string DiagText(const Source& source, const std::vector<diag::Diagnostic>& diagnostics) {
  std::string out;
  for (const diag::Diagnostic& d : diagnostics) {
    out += std::to_string(source.Position(d.span.begin).line) + " " + d.id + "\n";
  }
  return out;
}

// lower + emit of a text in its own language.
std::string Reformat(const Source& source, Language language) {
  auto parsed = syntax::Parse(source, language, {});
  REQUIRE(parsed.ok());
  REQUIRE(parsed.value().errors.empty());
  diag::Diagnostics diagnostics;
  ir::Tree tree = lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, diagnostics);
  comments::Attached attached = comments::Attach(parsed.value().cst, source, tree);
  return emit::EmitText(tree, attached.map);
}

void CheckFolder(const char* folder, Language from) {
  std::string in = from == Language::kJs ? ".js" : ".py";
  std::string out = from == Language::kJs ? ".py" : ".js";
  fs::path root = fs::path(ASYNCPORT_SOURCE_DIR) / "tests" / "golden" / folder;
  std::vector<fs::path> inputs;
  std::size_t others = 0;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.path().extension() == in) inputs.push_back(entry.path());
    if (entry.path().extension() == out) ++others;
  }
  std::sort(inputs.begin(), inputs.end());
  REQUIRE(!inputs.empty());
  if (!Updating()) CHECK(inputs.size() == others);  // an expected file whose input vanished
  std::size_t number = 0;
  for (const fs::path& input : inputs) {
    std::string name = input.stem().string();
    ++number;
    DYNAMIC_SECTION(folder << "/" << name) {
      INFO(input.string());
      Result<Source> source = Decode(input.filename().string(), Read(input));
      REQUIRE(source.ok());
      Options options;
      options.from = from;
      options.to = Other(from);
      fs::path expected_path = fs::path(input).replace_extension(out);
      fs::path names_path = fs::path(input).replace_extension(".names");
      if (fs::exists(names_path)) {
        std::istringstream names(Read(names_path));
        for (std::string glob; names >> glob;) options.async_names.push_back(glob);
      }
      Outcome outcome = Run(source.value(), options);
      for (const diag::Diagnostic& d : outcome.diagnostics) {
        const diag::Entry* entry = diag::FindEntry(d.id);
        INFO(d.id << " " << (d.args.empty() ? "" : d.args.back().value));
        CHECK(entry != nullptr);
        CHECK((entry == nullptr || entry->klass != diag::Class::kInternal));
      }
      std::string diag_text = DiagText(source.value(), outcome.diagnostics);
      fs::path diag_path = fs::path(input).replace_extension(".diag");
      if (UpdateMatches(std::string(folder) + "/" + name)) {
        std::ofstream(expected_path, std::ios::binary) << outcome.text;
        if (fs::exists(diag_path)) std::ofstream(diag_path, std::ios::binary) << diag_text;
      }
      CHECK(outcome.text == Read(expected_path));
      if (fs::exists(diag_path)) CHECK(diag_text == Read(diag_path));
      if (!outcome.text.empty()) {
        CHECK(Reformat(Source("output", outcome.text), Other(from)) == outcome.text);
      }
      if (number % 3 == 0) {
        std::string bytes = Encode(source.value().text(), {.bom = true, .crlf = true, .final_newline = true});
        Result<Source> flipped = Decode(input.filename().string(), bytes);
        REQUIRE(flipped.ok());
        CHECK(Run(flipped.value(), options).text == outcome.text);
      }
    }
  }
}

}  // namespace

TEST_CASE("goldens: JavaScript to Python") { CheckFolder("js_to_py", Language::kJs); }
TEST_CASE("goldens: Python to JavaScript") { CheckFolder("py_to_js", Language::kPy); }
