// How much translating and checking add to parsing, over real files: processor time of the bare tree-sitter parse, of
// `check`, and of translating with and without the self-check, one after the other for each file, round after round, so
// that a busy machine hits all alike. The least of each file's rounds counts.
// Example: ratio --rounds 5 node_modules/express/lib/*.js
#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/check.h"
#include "pipeline/pipeline.h"
#include "pipeline/timings.h"
#include "support/source.h"

extern "C" const TSLanguage* tree_sitter_javascript(void);
extern "C" const TSLanguage* tree_sitter_python(void);

namespace asyncport {
namespace {

constexpr std::array<std::string_view, 4> kColumns = {"bare parse", "check", "unchecked", "translate"};

double Now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <typename Work>
double Took(Work&& work) {
  const double start = Now();
  work();
  return Now() - start;
}

void BareParse(const Source& source, Language language) {
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, language == Language::kJs ? tree_sitter_javascript() : tree_sitter_python());
  TSTree* tree = ts_parser_parse_string(parser, nullptr, source.text().data(),
                                        static_cast<std::uint32_t>(source.text().size()));
  ts_tree_delete(tree);
  ts_parser_delete(parser);
}

struct Sums {
  std::size_t files = 0;
  std::size_t bytes = 0;
  std::array<double, 4> ms = {};
  Timings timings;
};

void Print(const char* name, const Sums& sums) {
  if (sums.files == 0) return;
  std::printf("%s: %zu files, %.2f MB\n", name, sums.files, static_cast<double>(sums.bytes) / 1e6);
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    std::printf("  %-12.*s %10.1f ms  %6.2f times the bare parse\n", static_cast<int>(kColumns[i].size()),
                kColumns[i].data(), sums.ms[i], sums.ms[i] / sums.ms[0]);
  }
  std::printf("%s", TimingsText(sums.timings).c_str());
}

int Main(const std::vector<std::string>& arguments) {
  int rounds = 3;
  std::array<Sums, 2> sums;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at] == "--rounds" && at + 1 < arguments.size()) {
      rounds = std::max(1, std::atoi(arguments[++at].c_str()));
      continue;
    }
    std::ifstream file(arguments[at], std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    const Language language = arguments[at].ends_with(".py") ? Language::kPy : Language::kJs;
    const Result<Source> source = Decode(arguments[at], bytes);
    if (!source) continue;
    Options options;
    options.from = language;
    options.to = Other(language);
    // What is compiled at its first use is compiled before the clock runs; what does not parse is no measure.
    if (Run(source.value(), options).status == Status::kRefused) continue;
    std::array<double, 4> least;
    least.fill(1e18);
    for (int round = 0; round < rounds; ++round) {
      Options quick = options;
      quick.self_check = false;
      const double took[] = {
          Took([&] { BareParse(source.value(), language); }),
          Took([&] {
            CheckOptions checking;
            checking.language = language;
            (void)Check(source.value(), checking);
          }),
          Took([&] { (void)Run(source.value(), quick); }),
          Took([&] { (void)Run(source.value(), options); }),
      };
      for (std::size_t i = 0; i < least.size(); ++i) least[i] = std::min(least[i], took[i]);
    }
    Sums& all = sums[language == Language::kPy ? 1 : 0];
    const TimingsScope timed(all.timings);
    (void)Run(source.value(), options);
    all.timings.bytes += bytes.size();
    ++all.files;
    all.bytes += bytes.size();
    for (std::size_t i = 0; i < least.size(); ++i) all.ms[i] += least[i];
  }
  Print("JavaScript", sums[0]);
  Print("Python", sums[1]);
  return sums[0].files + sums[1].files == 0 ? 2 : 0;
}

}  // namespace
}  // namespace asyncport

int main(int argc, char** argv) {
  return asyncport::Main(std::vector<std::string>(argv + 1, argv + argc));
}
