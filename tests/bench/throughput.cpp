// Translating and checking against parsing: bare tree-sitter, our own parsing (with its limits and error collection), and
// the whole pipelines, over the same text. Measures no process start (see `run`). Files come as arguments, all others go to Google
// Benchmark.
// Example: throughput --benchmark_filter=js examples/*.js
#include <benchmark/benchmark.h>
#include <tree_sitter/api.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/check.h"
#include "pipeline/pipeline.h"
#include "support/source.h"
#include "syntax/cst.h"

extern "C" const TSLanguage* tree_sitter_javascript(void);
extern "C" const TSLanguage* tree_sitter_python(void);

namespace asyncport {
namespace {

struct Input {
  std::string name;
  std::string text;
  Language language;
};

void SetRate(benchmark::State& state, const Input& input) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(input.text.size()));
}

void BareParse(benchmark::State& state, const Input& input) {
  const TSLanguage* language = input.language == Language::kJs ? tree_sitter_javascript() : tree_sitter_python();
  for (auto _ : state) {
    TSParser* parser = ts_parser_new();
    ts_parser_set_language(parser, language);
    auto size = static_cast<std::uint32_t>(input.text.size());
    TSTree* tree = ts_parser_parse_string(parser, nullptr, input.text.data(), size);
    benchmark::DoNotOptimize(tree);
    ts_tree_delete(tree);
    ts_parser_delete(parser);
  }
  SetRate(state, input);
}

void OurParse(benchmark::State& state, const Input& input) {
  Source source(input.name, input.text);
  for (auto _ : state) {
    auto parsed = syntax::Parse(source, input.language, {});
    benchmark::DoNotOptimize(parsed);
  }
  SetRate(state, input);
}

void Translate(benchmark::State& state, const Input& input, bool self_check) {
  Source source(input.name, input.text);
  Options options;
  options.from = input.language;
  options.to = Other(input.language);
  options.self_check = self_check;
  for (auto _ : state) {
    Outcome outcome = Run(source, options);
    if (outcome.status == Status::kRefused) {
      state.SkipWithError("refused");
      break;
    }
    benchmark::DoNotOptimize(outcome.text.data());
  }
  SetRate(state, input);
}

// All that `asyncport check` does with a text, but for reading it and rendering what was found.
void CheckText(benchmark::State& state, const Input& input) {
  Source source(input.name, input.text);
  const CheckOptions options{.language = input.language, .async_names = {}};
  for (auto _ : state) {
    const Checked checked = Check(source, options);
    if (!checked.whole) {
      state.SkipWithError("does not parse");
      break;
    }
    benchmark::DoNotOptimize(checked.diagnostics.data());
  }
  SetRate(state, input);
}

// Everything up to a phase: the difference of two neighbours is what the later one takes.
void Until(benchmark::State& state, const Input& input, Phase phase) {
  Source source(input.name, input.text);
  Options options;
  options.from = input.language;
  options.to = Other(input.language);
  options.stop_after = phase;
  options.self_check = false;
  for (auto _ : state) benchmark::DoNotOptimize(Run(source, options).text.data());
  SetRate(state, input);
}

void Register(const Input& input) {
  auto name = [&](std::string_view what) { return std::string(what) + "/" + input.name; };
  benchmark::RegisterBenchmark(name("bare-parse").c_str(), BareParse, input);
  benchmark::RegisterBenchmark(name("our-parse").c_str(), OurParse, input);
  for (Phase phase : {Phase::kIr, Phase::kComments, Phase::kFacts, Phase::kTarget}) {
    benchmark::RegisterBenchmark(name("until-" + std::string(Name(phase))).c_str(), Until, input, phase);
  }
  benchmark::RegisterBenchmark(name("check").c_str(), CheckText, input);
  benchmark::RegisterBenchmark(name("translate").c_str(), Translate, input, true);
  benchmark::RegisterBenchmark(name("translate-unchecked").c_str(), Translate, input, false);
}

// One input for each file, and one for each language of all its files one after the other.
std::vector<Input> Read(const std::vector<std::string>& paths) {
  std::vector<Input> inputs;
  Input all_js{"all.js", "", Language::kJs};
  Input all_py{"all.py", "", Language::kPy};
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (!file || text.empty()) {
      std::cerr << path << ": cannot be read, or is empty\n";
      std::exit(2);
    }
    Language language = path.ends_with(".py") ? Language::kPy : Language::kJs;
    (language == Language::kPy ? all_py : all_js).text += text;
    inputs.push_back({path.substr(path.rfind('/') + 1), std::move(text), language});
  }
  for (Input* all : {&all_js, &all_py}) {
    if (!all->text.empty()) inputs.push_back(std::move(*all));
  }
  return inputs;
}

}  // namespace
}  // namespace asyncport

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  std::vector<std::string> paths(argv + 1, argv + argc);
  if (paths.empty()) {
    std::cerr << "usage: throughput [--benchmark_...] FILE...\n";
    return 2;
  }
  for (const asyncport::Input& input : asyncport::Read(paths)) asyncport::Register(input);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
