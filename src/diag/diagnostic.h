// What a phase says about the user's code. Rendering is the sinks' business, wording is the cards' (rules/**/ID.md).
// Example: {id "floating-promise", span of `save();`, args {{"call", "save"}}}.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/span.h"

namespace asyncport::diag {

// LSP's levels. error: not translated; warning: behaviour can differ, or the source has a mistake; info: teaches, the
// output is equivalent; hint: a better shape may exist.
enum class Level : std::uint8_t { kError, kWarning, kInfo, kHint };
enum class Class : std::uint8_t { kSyntax, kLesson, kAssumption, kUntranslated, kCard, kInternal };

std::string_view Name(Level level);
std::string_view Name(Class klass);

struct Label {
  Span span;
  std::string text;
};

// One replacement; an insertion has an empty span.
struct Edit {
  Span span;
  std::string text;
};

enum class Applicability : std::uint8_t { kSafe, kUnsafe, kDisplayOnly };
std::string_view Name(Applicability applicability);

struct Fix {
  std::string title;
  std::vector<Edit> edits;  // sorted, not overlapping
  Applicability applicability = Applicability::kSafe;
};

struct Arg {
  std::string name;
  std::string value;
};

// Offsets are bytes of the source text. Texts are looked up in the Registry by id.
struct Diagnostic {
  std::string id;
  Span span;
  std::vector<Arg> args;
  std::vector<Label> labels;
  std::vector<Fix> fixes;
  std::vector<std::string> notes;
};

// Where a phase puts what it has to say. `args` fill the `{name}` places of the card's message.
class Diagnostics {
 public:
  Diagnostic& Report(std::string_view id, Span span, std::vector<Arg> args = {}) {
    list_.push_back(Diagnostic{std::string(id), span, std::move(args), {}, {}, {}});
    return list_.back();
  }
  const std::vector<Diagnostic>& list() const { return list_; }
  void Replace(std::vector<Diagnostic> list) { list_ = std::move(list); }
  // Sorts by position, then id (stable), and drops exact repeats (same id, same span, same args).
  std::vector<Diagnostic> Take();

 private:
  std::vector<Diagnostic> list_;
};

// One line of the registry, made at build time from the front matter of the cards.
struct Entry {
  std::string_view id;
  Level level;
  Class klass;
  std::string_view title;
  std::string_view message;  // with {name} places
  std::string_view help;     // may be empty
  // The message for the direction Python to JavaScript where a card has one of its own; else empty.
  std::string_view message_to_js;
};

// The embedded registry (generated table), sorted by id; nullptr where there is no such id. O(log n).
const Entry* FindEntry(std::string_view id);
// Entries of cards that were added (see rules::AddCards); what they point to lives as long as the process.
void AddEntries(std::vector<Entry> entries);
// All entries, sorted by id.
std::pair<const Entry*, const Entry*> AllEntries();

// The message with its places filled; a place without an argument is left as it stands.
std::string FormatMessage(std::string_view message, const std::vector<Arg>& args);

}  // namespace asyncport::diag
