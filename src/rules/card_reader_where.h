// The `where` language of cards: one predicate a line, all must hold. The list is closed: a new word is a row in
// card_reader_where.cpp, its meaning in predicates.cpp and a page in docs/decisions.
// Example: "$XS is list | unknown" -> {kIs, hole "XS", kinds {list, unknown}}.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace asyncport::rules {

enum class PredicateKind : std::uint8_t {
  kIs,             // $X is KIND | KIND
  kEach,           // each $$$XS is KIND | KIND
  kCount,          // count $$$XS >= 2
  kTakes,          // $F takes 1
  kInside,         // inside async-function
  kAwaited,        // awaited
  kResultIgnored,  // result ignored
  kStarts,         // starts $X
  kLabel,          // label $X "text"
  kLetHole,        // let $S = seconds($MS)
  kLetArg,         // let {seconds} = text($S)
  kDrops,          // drops $X
  kReports,        // reports timer-units
  kSameWith,       // $R is $L with $B for $A
  kLess,           // $A < $B
};

// `list of str`: kind "list", element "str".
struct KindWord {
  std::string kind;
  std::string element;
};

struct Predicate {
  PredicateKind kind = PredicateKind::kIs;
  bool negated = false;
  std::string hole;             // without `$`; for let: the argument of the function
  std::vector<KindWord> kinds;  // is, each
  std::string word;             // inside: the place; count: the comparison; label: the text; let: the function
  std::string target;           // let: the hole or argument that is made
  std::string other;            // $A < $B: B. $R is $L with $B for $A: L; `hole` is R, `target` B, `word` A
  int number = 0;               // count, takes
  std::string line;             // as written, for messages
};

Result<std::vector<Predicate>> ParseWhere(std::string_view text);

// The words and what they mean, for rules/README.md.
struct WhereWord {
  std::string_view form;
  std::string_view meaning;
};
const std::vector<WhereWord>& WhereWords();

}  // namespace asyncport::rules
