// Reads one Markdown card: TOML front matter between `+++` lines, then sections with fenced blocks. Knows no grammar and
// compiles nothing (see compile.h); used by tools/embed_rules at build time, by tests and by the reader of exercises.
// Example: the text of rules/correspondences/promise-all.md gives a Card with two shapes and three examples.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "support/language.h"
#include "support/result.h"

namespace asyncport::rules {

// ---- any card (rules and exercises)
struct Fence {
  std::vector<std::string> info;  // "js shape one-way" -> {"js", "shape", "one-way"}
  std::string text;               // with its last line end
};
struct Section {
  std::string heading;  // empty: what stands before the first heading
  int level = 0;
  std::vector<Fence> fences;
};
struct MarkdownCard {
  std::string front_matter;  // TOML
  std::string body;          // Markdown after the front matter
  std::vector<Section> sections;
};
Result<MarkdownCard> SplitCard(std::string_view text);

// ---- rule cards
enum class CardKind : std::uint8_t { kCorrespondence, kLesson, kStructural, kDiagnostic };
enum class Direction : std::uint8_t { kBoth, kJsToPy, kPyToJs };

std::string_view Name(CardKind kind);
std::string_view Folder(CardKind kind);  // "correspondences", ...

// One `## Shape` section. A correspondence has both texts, a lesson one and perhaps a fix.
struct ShapeText {
  std::string name;
  std::string js;
  std::string py;
  bool from_js = false;  // may be matched in JavaScript sources
  bool from_py = false;
  std::string fix;       // same language as the lesson's shape
  std::string where;     // predicates for every direction
  std::string where_js;  // predicates only when the source is JavaScript
  std::string where_py;
};

struct Example {
  Language language = Language::kJs;  // of `before`
  std::string before;
  std::string after;      // the fixed source for a lesson, else the other language; empty: only the marks count
  bool has_after = false;
  bool one_way = false;
  bool untouched = false;
};

struct CardSource {
  std::string id;
  CardKind kind = CardKind::kDiagnostic;
  Direction direction = Direction::kBoth;
  std::optional<Language> language;  // lessons about one language
  diag::Level level = diag::Level::kInfo;
  diag::Class klass = diag::Class::kLesson;
  std::string engine;  // C++ topic that does the work; empty: the card does
  std::string title;
  std::string message;
  std::string message_to_js;
  std::string help;
  std::string when_translating;  // "use-fix" or empty
  std::vector<std::string> see;
  std::vector<std::string> beats;
  std::vector<ShapeText> shapes;
  std::vector<Example> examples;
  std::string text;  // the whole file
};

// `folder` is the card's folder under rules/, `stem` the file name without ".md". Refuses unknown keys and fence words,
// a file name unlike the id, a kind unlike the folder (unless that is empty) and too few examples.
Result<CardSource> ReadCard(std::string_view folder, std::string_view stem, std::string_view text);

// A row of rules/api/*.tsv.
struct ApiRow {
  std::string name, kind, result, other;
};
// The rows sorted by name; what is wrong goes to `problems`, with `file` before it.
std::vector<ApiRow> ReadApi(std::string_view file, std::string_view text,
                            std::vector<std::string>& problems);

// `rules/retired.txt`: one id a line, `#` starts a comment.
std::vector<std::string> ReadIdList(std::string_view text);
// `rules/aliases.toml`: `code = "id"` pairs, sorted by code.
Result<std::vector<std::pair<std::string, std::string>>> ReadAliases(std::string_view text);

}  // namespace asyncport::rules
