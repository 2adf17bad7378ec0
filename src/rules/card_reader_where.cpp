// Parses `where` lines. See card_reader_where.h; what the predicates mean is in predicates.cpp.
#include "rules/card_reader_where.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "support/strings.h"

namespace asyncport::rules {
namespace {

// Types of facts::TypeKind, groups of them, and (after the bar) words about the form of the source.
constexpr std::array<std::string_view, 42> kKindWords = {
    "unknown", "null",     "undefined", "bool",     "int",      "float",     "bigint",   "number",
    "str",     "bytes",    "list",      "tuple",    "set",      "dict",      "map",      "function",
    "class",   "instance", "promise",   "coroutine", "iterator", "async-iterator", "regex", "match",
    "date",    "module",   "any",       "primitive",
    // form
    "name",    "literal",  "simple",    "number-literal", "string-literal", "call", "lambda", "non-negative",
    "fresh",    "plain-text", "non-empty", "whole-number-text", "sync-function", "async-function"};

constexpr std::array<std::string_view, 8> kPlaces = {
    "async-function", "function", "loop", "class", "module", "condition", "iteration",
    "test"};
constexpr std::array<std::string_view, 5> kComparisons = {"=", "<", ">", "<=", ">="};
constexpr std::array<std::string_view, 5> kFunctions = {"seconds", "milliseconds", "text",
                                                         "item-name", "member-text"};

template <std::size_t N>
bool Contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// One line as words; `$X`, `|`, `(`, `)`, `=` and quoted texts are words of their own.
std::vector<std::string> Tokens(std::string_view line) {
  std::vector<std::string> tokens;
  std::size_t pos = 0;
  while (pos < line.size()) {
    char c = line[pos];
    if (c == ' ' || c == '\t') {
      ++pos;
    } else if (c == '"') {
      std::size_t end = line.find('"', pos + 1);
      if (end == std::string_view::npos) end = line.size();
      tokens.emplace_back(line.substr(pos, end + 1 - pos));
      pos = end + 1;
    } else if (c == '|' || c == '(' || c == ')' || c == ',') {
      tokens.emplace_back(1, c);
      ++pos;
    } else {
      std::size_t end = line.find_first_of(" \t|(),", pos);
      if (end == std::string_view::npos) end = line.size();
      tokens.emplace_back(line.substr(pos, end - pos));
      pos = end;
    }
  }
  return tokens;
}

class Line {
 public:
  explicit Line(std::string_view line) : line_(line), tokens_(Tokens(line)) {}

  Result<Predicate> Parse() {
    Predicate p;
    p.line = std::string(line_);
    if (Take("not")) p.negated = true;
    if (Take("each")) {
      p.kind = PredicateKind::kEach;
      return Kinds(std::move(p));
    }
    if (Take("count")) return Count(std::move(p));
    if (Take("inside")) {
      p.kind = PredicateKind::kInside;
      p.word = Next();
      if (!Contains(kPlaces, p.word)) return Fail("unknown place");
      return End(std::move(p));
    }
    if (Take("awaited")) {
      p.kind = PredicateKind::kAwaited;
      return End(std::move(p));
    }
    if (Take("result")) {
      if (!Take("ignored")) return Fail("unknown predicate");
      p.kind = PredicateKind::kResultIgnored;
      return End(std::move(p));
    }
    if (Take("starts")) return OfHole(std::move(p), PredicateKind::kStarts);
    if (Take("drops")) return OfHole(std::move(p), PredicateKind::kDrops);
    if (Take("reports")) {
      p.kind = PredicateKind::kReports;
      p.word = Next();
      if (p.word.empty()) return Fail("an id is missing");
      return End(std::move(p));
    }
    if (Take("label")) {
      p.kind = PredicateKind::kLabel;
      p.hole = Hole();
      p.word = Next();
      if (p.hole.empty() || p.word.size() < 2 || p.word.front() != '"') return Fail("label $X \"text\"");
      p.word = p.word.substr(1, p.word.size() - 2);
      return End(std::move(p));
    }
    if (Take("let")) return Let(std::move(p));
    p.kind = PredicateKind::kIs;
    return Kinds(std::move(p));
  }

 private:
  Error Fail(std::string_view why) const {
    return Error{"`" + std::string(line_) + "`: " + std::string(why)};
  }
  std::string Next() { return at_ < tokens_.size() ? tokens_[at_++] : std::string(); }
  bool Take(std::string_view word) {
    if (at_ >= tokens_.size() || tokens_[at_] != word) return false;
    ++at_;
    return true;
  }
  std::string Hole() {
    std::string token = Next();
    std::size_t begin = token.find_first_not_of('$');
    if (begin != 1 && begin != 3) return {};
    return token.substr(begin);
  }
  Result<Predicate> End(Predicate p) {
    if (at_ != tokens_.size()) return Fail("words too many");
    return p;
  }
  Result<Predicate> OfHole(Predicate p, PredicateKind kind) {
    p.kind = kind;
    p.hole = Hole();
    if (p.hole.empty()) return Fail("a hole is missing");
    return End(std::move(p));
  }
  Result<Predicate> Kinds(Predicate p) {
    p.hole = Hole();
    if (!p.hole.empty() && p.kind == PredicateKind::kIs && Take("takes")) return Takes(std::move(p));
    if (!p.hole.empty() && p.kind == PredicateKind::kIs && Take("<")) {
      p.kind = PredicateKind::kLess;
      p.other = Hole();
      if (p.other.empty()) return Fail("$A < $B");
      return End(std::move(p));
    }
    if (p.hole.empty() || !Take("is")) return Fail("unknown predicate");
    if (at_ < tokens_.size() && tokens_[at_].front() == '$') return SameWith(std::move(p));
    if (Take("not")) p.negated = !p.negated;
    do {
      KindWord word{Next(), {}};
      if (!Contains(kKindWords, word.kind)) return Fail("unknown kind `" + word.kind + "`");
      if (Take("of")) {
        word.element = Next();
        if (!Contains(kKindWords, word.element)) return Fail("unknown kind `" + word.element + "`");
      }
      p.kinds.push_back(std::move(word));
    } while (Take("|"));
    return End(std::move(p));
  }
  bool Number(int& out) {
    std::string number = Next();
    auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), out);
    return error == std::errc() && end == number.data() + number.size();
  }
  Result<Predicate> Count(Predicate p) {
    p.kind = PredicateKind::kCount;
    p.hole = Hole();
    p.word = Next();
    if (p.hole.empty() || !Contains(kComparisons, p.word) || !Number(p.number)) {
      return Fail("count $$$XS >= 2");
    }
    return End(std::move(p));
  }
  Result<Predicate> SameWith(Predicate p) {
    p.kind = PredicateKind::kSameWith;
    p.other = Hole();
    bool with = Take("with");
    p.target = Hole();
    bool instead = Take("for");
    p.word = Hole();
    if (!with || !instead || p.other.empty() || p.target.empty() || p.word.empty()) {
      return Fail("$R is $L with $B for $A");
    }
    return End(std::move(p));
  }
  Result<Predicate> Takes(Predicate p) {
    p.kind = PredicateKind::kTakes;
    if (!Number(p.number)) return Fail("$F takes 1");
    return End(std::move(p));
  }
  Result<Predicate> Let(Predicate p) {
    std::string target = Next();
    if (target.size() > 2 && target.front() == '{' && target.back() == '}') {
      p.kind = PredicateKind::kLetArg;
      p.target = target.substr(1, target.size() - 2);
    } else if (target.size() > 1 && target.front() == '$') {
      p.kind = PredicateKind::kLetHole;
      p.target = target.substr(1);
    } else {
      return Fail("let $X = function($Y)");
    }
    if (!Take("=")) return Fail("let $X = function($Y)");
    p.word = Next();
    if (!Contains(kFunctions, p.word)) return Fail("unknown function `" + p.word + "`");
    if (!Take("(")) return Fail("let $X = function($Y)");
    p.hole = Hole();
    if (p.hole.empty() || !Take(")")) return Fail("let $X = function($Y)");
    if ((p.word == "text") != (p.kind == PredicateKind::kLetArg)) {
      return Fail("`text` makes an argument `{name}`, the other functions make a hole");
    }
    return End(std::move(p));
  }

  std::string_view line_;
  std::vector<std::string> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<Predicate>> ParseWhere(std::string_view text) {
  std::vector<Predicate> predicates;
  for (std::string_view line : SplitLines(text)) {
    std::size_t comment = line.starts_with('#') ? 0 : line.find(" #");
    line = Trim(line.substr(0, comment));
    if (line.empty()) continue;
    auto predicate = Line(line).Parse();
    if (!predicate) return Error{predicate.error()};
    predicates.push_back(std::move(predicate).value());
  }
  return predicates;
}

const std::vector<WhereWord>& WhereWords() {
  static const std::vector<WhereWord> kWords = {
      {"$X is KIND | KIND", "every value it can have is of one of these kinds; `unknown` admits what inference does "
                            "not know; as a receiver it may also be null, since the source would fail there"},
      {"$X is not KIND | KIND", "none of these kinds is possible (so it fails for what is unknown)"},
      {"each $$$XS is KIND | KIND", "the same for each node of a list; a spread counts by its elements"},
      {"count $$$XS = N", "how many nodes the list has; also `<`, `>`, `<=`, `>=`; a spread makes it fail"},
      {"$F takes N", "a function of exactly N parameters; one that the file does not define counts as taking one"},
      {"KIND", "a type (unknown null undefined bool int float bigint number str bytes list tuple set dict map function class "
               "instance promise coroutine iterator async-iterator regex match date module primitive any), `list of "
               "KIND` and the like, or a form: name literal simple number-literal string-literal call lambda "
               "non-negative fresh plain-text non-empty whole-number-text sync-function async-function"},
      {"inside PLACE", "nearest enclosing: `async-function`, `function` (any), `loop` (in the same function), "
                       "`class`, `module` (no function around), `condition` (only its truth matters)"},
      {"awaited", "the matched expression is the operand of `await`"},
      {"result ignored", "the matched expression is a statement of its own"},
      {"not PREDICATE", "the opposite, for `inside`, `awaited`, `result ignored`, `is`"},
      {"starts $X", "this position starts coroutines itself: no `create_task` around them"},
      {"label $X \"text\"", "points at $X in the diagnostic"},
      {"let {name} = text($X)", "the source text of $X, for `{name}` in the message"},
      {"let $S = seconds($MS)", "target expression: milliseconds to seconds, exact for literals"},
      {"let $MS = milliseconds($S)", "target expression: seconds to milliseconds, exact for literals"},
      {"let $X = item-name($XS)", "a fresh name for one element of $XS (`users` gives `user`)"},
      {"let $K = member-text($K)", "the name after the dot of `object.$K` as a text"},
      {"$R is $L with $B for $A", "the two are the same but for one name (`b.price` and `a.price`); $R counts as used"},
      {"$A < $B", "both are number literals, and in this order"},
      {"drops $X", "$X has no place in the other shape on purpose"},
      {"reports ID", "the diagnostic to report when a correspondence is used; without it nothing is said"},
  };
  return kWords;
}

}  // namespace asyncport::rules
