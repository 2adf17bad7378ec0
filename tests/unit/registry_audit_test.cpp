// What every id owes its readers (docs/diagnostics-style.md): a title, a message and a help in the house's words, a page,
// and, where a topic in C++ reports it, an example: checking or translating it says so on the marked line. Cards with a
// shape show theirs in rules_examples_test.cpp, checks in lessons_test.cpp.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "catch_compat.hpp"
#include "diag/diagnostic.h"
#include "pipeline/check.h"
#include "pipeline/pipeline.h"
#include "rules/page.h"
#include "rules_cards.h"
#include "support/strings.h"

using namespace asyncport;
using rules_test::Cards;
using rules_test::Marked;
using rules_test::ReadMarks;

namespace {

// Without the code in it.
std::string ProseOf(std::string_view text) {
  std::string prose;
  bool code = false;
  for (char c : text) {
    if (c == '`') {
      code = !code;
    } else if (!code) {
      prose += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return prose;
}

std::set<std::string> WordsOf(std::string_view prose) {
  std::set<std::string> words;
  std::string word;
  for (char c : std::string(prose) + " ") {
    if (c >= 'a' && c <= 'z') {
      word += c;
    } else if (!word.empty()) {
      words.insert(word);
      word.clear();
    }
  }
  return words;
}

void CheckWording(std::string_view text) {
  const std::string prose = ProseOf(text);
  const std::set<std::string> words = WordsOf(prose);
  for (const char* word : {"you", "your", "simply", "just", "please", "obviously", "easily"}) {
    INFO(word);
    CHECK(!words.contains(word));
  }
  CHECK(prose.find('!') == std::string::npos);
}

// One sentence has no full stop; several end with one.
void CheckEnd(std::string_view text) {
  if (text.empty()) return;
  const std::string prose = ProseOf(text);
  const bool several = prose.find(". ") != std::string::npos || prose.find("? ") != std::string::npos;
  if (!several) CHECK((text.back() != '.' || text.ends_with("...")));
}

TEST_CASE("every id has a title, a message, a page, and keeps to the style of diagnostics", "[audit]") {
  const auto [begin, end] = diag::AllEntries();
  REQUIRE(end - begin >= 369);
  std::set<std::string_view> titles;
  for (const diag::Entry* entry = begin; entry != end; ++entry) {
    INFO(entry->id);
    CHECK(!entry->title.empty());
    CHECK(!entry->title.ends_with('.'));
    CheckWording(entry->title);
    CHECK(!entry->message.empty());
    for (std::string_view text : {entry->message, entry->help}) {
      CheckWording(text);
      CheckEnd(text);
    }
    CHECK(!rules::PageBody(entry->id).empty());
    CHECK(rules::PageOf(*entry).starts_with("# " + std::string(entry->title)));
  }
}

// Lines and ids that checking and translating the text report.
std::set<std::pair<std::uint32_t, std::string>> Reported(Language language, const std::string& text) {
  const Source source("example", text);
  Options options;
  options.from = language;
  options.to = Other(language);
  std::set<std::pair<std::uint32_t, std::string>> found;
  const auto add = [&](const std::vector<diag::Diagnostic>& diagnostics) {
    for (const diag::Diagnostic& diagnostic : diagnostics) {
      found.emplace(source.LineIndex(diagnostic.span.begin), diagnostic.id);
    }
  };
  add(Run(source, options).diagnostics);
  add(Check(source, {.language = language, .async_names = {}}).diagnostics);
  return found;
}

// Faults of ours and of the machine, which no source is known to bring about; tests/fuzz and the tests of limits look
// for them.
const std::set<std::string> kWithoutExample = {"internal-error", "concurrency-shape-changed",
                                               "source-too-complex", "out-of-memory"};

TEST_CASE("every id of a topic or a phase has an example that says what its marks say", "[audit]") {
  for (const rules::CardKind kind : {rules::CardKind::kStructural, rules::CardKind::kDiagnostic}) {
    for (const rules::CardSource& card : Cards(kind)) {
      INFO(card.id);
      CHECK(card.examples.empty() == kWithoutExample.contains(card.id));
      for (const rules::Example& example : card.examples) {
        INFO(example.before);
        const Marked marked = ReadMarks(example.before);
        const auto found = Reported(example.language, marked.text);
        for (const auto& mark : marked.marks) CHECK(found.contains(mark));
        if (!marked.marks.empty()) continue;
        // What is made right without a word of this id (tests/docs/run_examples.py runs it on both sides).
        for (const auto& [line, id] : found) {
          CHECK(id != card.id);
          CHECK(id != "untranslated");
        }
      }
    }
  }
}

}  // namespace
