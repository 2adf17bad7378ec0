// The normal form of an answer: own names become placeholders, annotations, docstrings, comments and layout disappear,
// so that equal answers compare equal. Names of called functions stay.
// Example: `async def f(x): return await g(x)` and the same with `load` and `user_id` have one form.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "facts/facts.h"
#include "grade/exercise.h"

namespace asyncport::grade {

struct Representation {
  std::string text;                                          // one statement a line
  std::vector<std::pair<std::string, std::string>> mapping;  // placeholder, original
};
// `keep`: names that are not the student's own (given functions).
Representation Represent(const facts::Facts& facts, const std::vector<std::string>& keep);

// 16 hexadecimal digits.
std::string DigestOf(const facts::Facts& facts, const Exercise& exercise);

}  // namespace asyncport::grade
