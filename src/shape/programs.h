// The shapes of a file as programs of a few instructions, one for each task, for the event loop of
// timeline.cpp.
// Example: `await sleep(1)` is one kWait of a second; a gather of two is two kSpawn and a kJoin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "facts/facts.h"

namespace asyncport::shape {

struct Step {
  enum Kind : std::uint8_t { kBlock, kWait, kSpawn, kJoin, kLimit, kUnlimit } kind;
  double seconds = 0;  // kBlock, kWait, kLimit; below zero: unknown, one unit
  std::string what;
  std::vector<std::size_t> tasks;  // kSpawn: the one; kJoin: those
  bool first = false;              // kJoin: the first of them is enough
  std::size_t target = 0;          // kLimit: the step behind its kUnlimit
};

struct Program {
  std::string name;
  std::vector<Step> steps;
};

struct Programs {
  std::vector<Program> programs;  // the first is the module or main
  std::vector<std::string> assumed;
};
Programs CompilePrograms(const facts::Facts& facts);

}  // namespace asyncport::shape
