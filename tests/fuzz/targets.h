// What is fuzzed: each target takes any bytes and aborts where an invariant does not hold. Knows no fuzzer: libFuzzer
// (fuzzer.cpp) and the replayer (replay.cpp) both use the table.
// Example: FindTarget("translate")->run("\0await f();").
#pragma once

#include <string_view>

namespace asyncport::fuzz {

// How inputs of a target are changed: the first byte chooses options, the rest is text of this kind.
enum class Text { kBytes, kJsOrPy, kExercise, kLines };

struct Target {
  std::string_view name;
  Text text;
  void (*run)(std::string_view bytes);
};
const Target* FindTarget(std::string_view name);

// Says what does not hold, and aborts.
[[noreturn]] void Broken(std::string_view what, std::string_view detail = {});

// The language that the first byte chooses, for kJsOrPy and kExercise.
bool IsPython(Text text, unsigned char first);

void Translate(std::string_view bytes);
void Check(std::string_view bytes);
void Grade(std::string_view bytes);
void Card(std::string_view bytes);
void Exercise(std::string_view bytes);
void Config(std::string_view bytes);
void Lsp(std::string_view bytes);

}  // namespace asyncport::fuzz
