// libFuzzer's side: `--target=NAME` says what is fuzzed; programs are changed by mutate.h four times out of five.
// Example: asyncport-fuzz --target=translate -max_total_time=600 CORPUS
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <string>

#include "mutate.h"
#include "targets.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max);

namespace {

using asyncport::fuzz::Target;

const Target* target = nullptr;
// Programs seen lately, for parts to take from.
std::deque<std::string> seen;

std::string_view View(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

std::size_t Put(const std::string& text, std::uint8_t* data, std::size_t max) {
  const std::size_t size = std::min(text.size(), max);
  std::memcpy(data, text.data(), size);
  return size;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (argument.substr(0, 9) == "--target=")
      target = asyncport::fuzz::FindTarget(argument.substr(9));
  }
  if (target == nullptr) {
    std::fprintf(
        stderr,
        "asyncport-fuzz --target=translate|check|grade|card|exercise|config|lsp [OPTION...] CORPUS\n");
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  target->run(View(data, size));
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max, unsigned seed) {
  asyncport::fuzz::Random random(seed);
  if (random() % 5 == 0) return LLVMFuzzerMutate(data, size, max);
  const std::string own(View(data, size));
  if (seen.size() < 200 || random() % 8 == 0) seen.push_back(own);
  if (seen.size() > 400) seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(random() % 400));
  const std::string& donor = seen[random() % seen.size()];
  const std::string mutated = asyncport::fuzz::Mutate(own, donor, target->text, random);
  return mutated.empty() ? LLVMFuzzerMutate(data, size, max) : Put(mutated, data, max);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t a_size,
                                                 const std::uint8_t* b, std::size_t b_size,
                                                 std::uint8_t* out, std::size_t max,
                                                 unsigned seed) {
  asyncport::fuzz::Random random(seed);
  return Put(asyncport::fuzz::Mutate(View(a, a_size), View(b, b_size), target->text, random), out,
             max);
}
