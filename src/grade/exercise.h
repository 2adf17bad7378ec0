// Exercises: Markdown cards (examples/exercises) with the task, the given functions, the criteria and their checks, and
// answers that are the exercise's own tests. Reads and checks them; grades nothing.
// Example: ReadExercise("load-config-and-user", text) gives three criteria and their answers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grade/sim/machine.h"
#include "support/language.h"
#include "support/result.h"

namespace asyncport::grade {

enum class CommentType : std::uint8_t { kEssential, kActionable, kInformative, kCelebratory };
std::string_view Name(CommentType type);

struct Check {
  std::string is;
  std::string message;  // empty: the predicate's own
  std::string explain;  // id of a page; empty: the predicate's own
  CommentType type = CommentType::kEssential;
  int weight = 1;
  std::string scenario;  // empty: the usual one
  std::map<std::string, std::string> words;
  std::map<std::string, double> numbers;
  std::map<std::string, std::vector<std::string>> lists;
  std::vector<Check> parts;  // of any, all, not
};

struct Criterion {
  std::string id;
  std::string text;
  int points = 1;
  bool manual = false;
  std::vector<std::string> needs;  // criteria that must have passed first
  std::vector<Check> checks;
};

// A world in which the answer is walked: what fails, what is slow, what it is called with.
struct Scenario {
  std::string id;
  std::vector<sim::GivenFunction> functions;
  std::vector<sim::Literal> arguments;
  double cancel_after = 0;
};

struct Answer {
  std::string name;
  std::string code;
  bool accepted = true;
  std::vector<std::string> fails;  // rejected: exactly the criteria that fail
};

struct Exercise {
  std::string id;
  std::string title;
  std::string lesson;
  int order = 0;
  Language language = Language::kPy;  // of the answer
  Language source = Language::kJs;    // of the starting code
  std::string entry;                  // how the answer's function is called if it is called so
  double pass = 1;                    // share of the points
  int max_comments = 3;
  std::string task;                 // Markdown, as the student reads it
  std::string start;                // starting code
  std::string driver_js;            // how `--run` calls and prints, where the usual way does not do
  std::string driver_py;
  std::vector<Scenario> scenarios;  // the first is the usual one
  std::vector<Criterion> criteria;
  std::vector<Answer> answers;

  int Points() const;
  const Scenario* FindScenario(std::string_view id) const;
};

Result<Exercise> ReadExercise(std::string_view stem, std::string_view text);

// Exercises that come with the program, by id; sorted by order. Generated at build time.
struct EmbeddedExercise {
  std::string_view id;
  std::string_view text;
};
std::pair<const EmbeddedExercise*, const EmbeddedExercise*> EmbeddedExercises();

}  // namespace asyncport::grade
