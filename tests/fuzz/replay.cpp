// Runs targets without libFuzzer, with any compiler: inputs that once broke an invariant, and, with --seconds, changes of
// a corpus by mutate.h. The input that is running is kept in a file, so that it can be looked at after an abort.
// Example: fuzz-replay --target=translate --seconds=15 --seed=1 CORPUS tests/fuzz/found/translate
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mutate.h"
#include "targets.h"

namespace fs = std::filesystem;

namespace {

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int main(int count, char** arguments) {
  const asyncport::fuzz::Target* target = nullptr;
  double seconds = 0;
  unsigned seed = 0;
  fs::path keep;
  std::vector<std::string> inputs;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument.starts_with("--target=")) {
      target = asyncport::fuzz::FindTarget(argument.substr(9));
    } else if (argument.starts_with("--seconds=")) {
      seconds = std::atof(argument.c_str() + 10);
    } else if (argument.starts_with("--seed=")) {
      seed = static_cast<unsigned>(std::atoi(argument.c_str() + 7));
    } else if (argument.starts_with("--keep=")) {
      keep = argument.substr(7);
    } else if (fs::is_directory(argument)) {
      std::vector<fs::path> files;
      for (const auto& entry : fs::directory_iterator(argument)) files.push_back(entry.path());
      std::sort(files.begin(), files.end());
      for (const fs::path& file : files) inputs.push_back(ReadAll(file));
    } else if (fs::exists(argument)) {
      inputs.push_back(ReadAll(argument));
    }
  }
  if (target == nullptr) {
    std::fprintf(stderr,
                 "fuzz-replay --target=NAME [--seconds=N] [--seed=N] [--keep=FILE] INPUT...\n");
    return 2;
  }
  for (const std::string& input : inputs) target->run(input);
  asyncport::fuzz::Random random(seed);
  std::size_t runs = 0;
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (!inputs.empty() && std::chrono::steady_clock::now() < end) {
    std::string& own = inputs[random() % inputs.size()];
    const std::string& donor = inputs[random() % inputs.size()];
    std::string changed = asyncport::fuzz::Mutate(own, donor, target->text, random);
    if (changed.size() > 8'192) continue;
    if (!keep.empty()) std::ofstream(keep, std::ios::binary) << changed;
    target->run(changed);
    ++runs;
    // Changes build on each other now and then.
    if (random() % 16 == 0) own = std::move(changed);
  }
  std::printf("%.*s: %zu inputs, %zu changed, seed %u\n", static_cast<int>(target->name.size()),
              target->name.data(), inputs.size(), runs, seed);
  return 0;
}
