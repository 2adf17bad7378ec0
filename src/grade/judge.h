// Grades one submission: reads it, finds the answer's function by its role, walks it in the exercise's scenarios, asks
// every check, and says what came out. Does no file work and never executes anything.
// Example: Judge(exercise, "answer.py", bytes, {}) gives a verdict with three criteria.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grade/exercise.h"
#include "grade/limits.h"

namespace asyncport::grade {

enum class Status : std::uint8_t { kPassed, kFailed, kSkipped, kManual };
std::string_view Name(Status status);

struct Comment {
  std::string id;  // "criterion.check"
  CommentType type = CommentType::kEssential;
  std::string message;
  std::string explain;  // id of a page, or empty
  // 1-based, in code points; line 0: the whole submission.
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

struct CriterionResult {
  std::string id;
  std::string text;
  Status status = Status::kFailed;
  int points = 0;
  int score_hundredths = 0;
  std::vector<Comment> feedback;
};

struct Verdict {
  std::string exercise;
  std::string title;
  std::string submission;  // name as it was given
  bool passed = false;
  int points = 0;
  int score_hundredths = 0;
  std::string
      error;  // the submission could not be judged at all: what happened ("parse-deadline: ...")
  std::vector<CriterionResult> criteria;
  std::vector<std::string> tags;  // what the answer uses
  std::string representation;     // digest of the normal form; equal answers have the same
  std::string entry;              // the function that was taken for the answer
};

Verdict Judge(const Exercise& exercise, const std::string& name, std::string_view bytes,
              const Limits& limits, bool all_comments = false);
// A verdict that says why there is none.
Verdict Trouble(const Exercise& exercise, const std::string& name, std::string error);

// "3.5", "10": at most two decimals.
std::string Hundredths(int value);

}  // namespace asyncport::grade
