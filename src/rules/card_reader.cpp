// Front matter and the meaning of fenced blocks. See card_reader.h.
#include "rules/card_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "rules/card_reader_where.h"
#include "support/strings.h"
#include "support/toml.h"

namespace asyncport::rules {
namespace {

using std::string_literals::operator""s;

template <typename E>
using Names = std::vector<std::pair<std::string_view, E>>;

template <typename E>
std::optional<E> Find(const Names<E>& names, std::string_view name) {
  for (const auto& [key, value] : names) {
    if (key == name) return value;
  }
  return std::nullopt;
}

const Names<CardKind>& Kinds() {
  static const Names<CardKind> kKinds = {{"correspondence", CardKind::kCorrespondence},
                                         {"lesson", CardKind::kLesson},
                                         {"structural", CardKind::kStructural},
                                         {"diagnostic", CardKind::kDiagnostic}};
  return kKinds;
}
const Names<Direction>& Directions() {
  static const Names<Direction> kDirections = {
      {"both", Direction::kBoth}, {"js-to-py", Direction::kJsToPy}, {"py-to-js", Direction::kPyToJs}};
  return kDirections;
}
const Names<diag::Level>& Levels() {
  static const Names<diag::Level> kLevels = {{"error", diag::Level::kError},
                                             {"warning", diag::Level::kWarning},
                                             {"info", diag::Level::kInfo},
                                             {"hint", diag::Level::kHint}};
  return kLevels;
}
const Names<diag::Class>& Classes() {
  static const Names<diag::Class> kClasses = {
      {"syntax", diag::Class::kSyntax},         {"lesson", diag::Class::kLesson},
      {"assumption", diag::Class::kAssumption}, {"untranslated", diag::Class::kUntranslated},
      {"card", diag::Class::kCard},             {"internal", diag::Class::kInternal}};
  return kClasses;
}
const Names<Language>& Languages() {
  static const Names<Language> kLanguages = {{"js", Language::kJs}, {"py", Language::kPy}};
  return kLanguages;
}

// Reads the front matter; the first problem wins.
class FrontMatter {
 public:
  FrontMatter(const toml::table& table, CardSource& card) : table_(table), card_(card) {}

  std::optional<std::string> Read() {
    static constexpr std::array<std::string_view, 16> kKeys = {
        "id",   "kind",          "direction", "language", "level", "class", "engine",          "title",
        "message", "message_to_js", "help",      "see",      "beats", "when_translating", "issue", "fix"};
    for (const auto& [key, value] : table_) {
      if (std::find(kKeys.begin(), kKeys.end(), key.str()) == kKeys.end()) {
        return "unknown key `" + std::string(key.str()) + "` in the front matter";
      }
    }
    card_.id = Text("id");
    card_.engine = Text("engine");
    card_.title = Text("title");
    card_.message = Text("message");
    card_.message_to_js = Text("message_to_js");
    card_.help = Text("help");
    card_.when_translating = Text("when_translating");
    List("see", card_.see);
    List("beats", card_.beats);
    Choice("kind", Kinds(), card_.kind, true);
    Choice("level", Levels(), card_.level, true);
    Choice("direction", Directions(), card_.direction, false);
    card_.klass = card_.level == diag::Level::kError ? diag::Class::kUntranslated : diag::Class::kLesson;
    Choice("class", Classes(), card_.klass, false);
    if (table_.contains("language")) {
      Language language = Language::kJs;
      Choice("language", Languages(), language, false);
      card_.language = language;
    }
    for (std::string_view needed : {"id", "title", "message"}) {
      if (!table_.contains(needed)) Fail("no `" + std::string(needed) + "` in the front matter");
    }
    if (const std::string fix = Text("fix"); !fix.empty() && fix != "safe" && fix != "unsafe") {
      Fail("`fix` may only be \"safe\" or \"unsafe\"");
    }
    if (!card_.when_translating.empty() && card_.when_translating != "use-fix") {
      Fail("`when_translating` may only be \"use-fix\"");
    }
    return problem_;
  }

 private:
  void Fail(std::string message) {
    if (!problem_) problem_ = std::move(message);
  }
  std::string Text(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (!node) return {};
    if (const auto* text = node->as_string()) return text->get();
    Fail("`" + std::string(key) + "` must be a text");
    return {};
  }
  void List(std::string_view key, std::vector<std::string>& out) {
    const toml::node* node = table_.get(key);
    if (!node) return;
    const toml::array* array = node->as_array();
    if (!array) return Fail("`" + std::string(key) + "` must be a list of ids");
    for (const toml::node& item : *array) {
      if (const auto* text = item.as_string()) {
        out.push_back(text->get());
      } else {
        Fail("`" + std::string(key) + "` must be a list of ids");
      }
    }
  }
  template <typename E>
  void Choice(std::string_view key, const Names<E>& names, E& out, bool required) {
    if (!table_.contains(key)) {
      if (required) Fail("no `" + std::string(key) + "` in the front matter");
      return;
    }
    std::string word = Text(key);
    if (auto value = Find(names, word)) {
      out = *value;
    } else {
      Fail("`" + std::string(key) + " = \"" + word + "\"` is not one of the known words");
    }
  }

  const toml::table& table_;
  CardSource& card_;
  std::optional<std::string> problem_;
};

std::optional<std::string> ReadShape(const Section& section, CardSource& card) {
  ShapeText shape;
  std::size_t colon = section.heading.find(':');
  if (colon != std::string::npos) {
    shape.name = std::string(Trim(std::string_view(section.heading).substr(colon + 1)));
  }
  bool one_way_js = false;
  bool one_way_py = false;
  for (const Fence& fence : section.fences) {
    const auto& info = fence.info;
    if (info.empty()) return "a fenced block in `" + section.heading + "` has no info words";
    if (info[0] == "where") {
      if (info.size() == 1) {
        shape.where += fence.text;
      } else if (info.size() == 2 && info[1] == "js") {
        shape.where_js += fence.text;
      } else if (info.size() == 2 && info[1] == "py") {
        shape.where_py += fence.text;
      } else {
        return "unknown words after `where` in `" + section.heading + "`";
      }
      auto where = ParseWhere(fence.text);
      if (!where) return "`" + section.heading + "`: " + where.error();
      continue;
    }
    auto language = Find(Languages(), info[0]);
    if (!language || info.size() < 2) {
      return "a fenced block in `" + section.heading + "` is neither `js`, `py` nor `where`";
    }
    if (info[1] == "shape") {
      std::string& text = *language == Language::kJs ? shape.js : shape.py;
      if (!text.empty()) return "two shapes of one language in `" + section.heading + "`";
      text = std::string(Trim(fence.text));
      bool one_way = info.size() == 3 && info[2] == "one-way";
      if (info.size() > 2 && !one_way) return "unknown word `" + info[2] + "` after `shape`";
      (*language == Language::kJs ? one_way_js : one_way_py) = one_way;
    } else if (info[1] == "fix" && info.size() == 2) {
      shape.fix = std::string(Trim(fence.text));
    } else {
      return "unknown word `" + info[1] + "` in `" + section.heading + "`";
    }
  }
  if (one_way_js && one_way_py) return "both shapes of `" + section.heading + "` are one-way";
  if (card.kind == CardKind::kCorrespondence) {
    if (shape.js.empty() || shape.py.empty()) return "`" + section.heading + "` lacks a shape";
    shape.from_js = card.direction != Direction::kPyToJs && !one_way_py;
    shape.from_py = card.direction != Direction::kJsToPy && !one_way_js;
    if (!shape.fix.empty()) return "only a lesson has a fix"s;
  } else {
    if (shape.js.empty() == shape.py.empty()) return "`" + section.heading + "` needs one shape"s;
    shape.from_js = !shape.js.empty();
    shape.from_py = !shape.py.empty();
  }
  card.shapes.push_back(std::move(shape));
  return std::nullopt;
}

std::optional<std::string> ReadExamples(const Section& section, CardSource& card) {
  for (const Fence& fence : section.fences) {
    const auto& info = fence.info;
    auto language = info.empty() ? std::nullopt : Find(Languages(), info[0]);
    if (!language || info.size() < 2) return "an example is neither `js` nor `py`"s;
    bool one_way = info.size() == 3 && info[2] == "one-way";
    if (info.size() > 2 && !one_way) return "unknown word `" + info[2] + "` after an example";
    if (info[1] == "before" || info[1] == "untouched") {
      Example example;
      example.language = *language;
      example.before = fence.text;
      example.one_way = one_way;
      example.untouched = info[1] == "untouched";
      card.examples.push_back(std::move(example));
    } else if (info[1] == "after") {
      if (card.examples.empty() || card.examples.back().has_after || card.examples.back().untouched) {
        return "an `after` without its `before`"s;
      }
      Example& example = card.examples.back();
      if ((*language == example.language) != (card.kind == CardKind::kLesson)) {
        return "an `after` is in the wrong language"s;
      }
      example.after = fence.text;
      example.has_after = true;
    } else {
      return "unknown word `" + info[1] + "` in an example";
    }
  }
  return std::nullopt;
}

std::optional<std::string> CheckExamples(const CardSource& card) {
  int pairs = 0;
  int before = 0;
  int untouched = 0;
  for (const Example& example : card.examples) {
    pairs += example.has_after ? 1 : 0;
    before += example.untouched ? 0 : 1;
    untouched += example.untouched ? 1 : 0;
    if (card.kind == CardKind::kCorrespondence && !example.has_after && !example.untouched) {
      return "a `before` without an `after`"s;
    }
  }
  switch (card.kind) {
    case CardKind::kCorrespondence:
      if (card.shapes.empty()) return "a correspondence needs a shape"s;
      if (pairs < 2) return "a correspondence needs two before/after pairs"s;
      if (untouched == 0) return "no `untouched` example"s;
      break;
    case CardKind::kLesson:
      if (card.shapes.empty() && card.engine.empty()) return "a lesson needs a shape or an engine"s;
      if (before == 0) return "a lesson needs an example"s;
      if (untouched == 0) return "no `untouched` example"s;
      break;
    case CardKind::kStructural:
      if (!card.shapes.empty()) return "a structural card has no shapes: its engine is C++"s;
      if (card.engine.empty()) return "a structural card names its `engine`"s;
      break;
    case CardKind::kDiagnostic:
      if (!card.shapes.empty()) return "a diagnostic card has no shapes"s;
      break;
  }
  return std::nullopt;
}

bool IsKebab(std::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

std::string_view Name(CardKind kind) { return Kinds()[static_cast<std::size_t>(kind)].first; }

std::string_view Folder(CardKind kind) {
  static constexpr std::string_view kFolders[] = {"correspondences", "lessons", "structural", "diagnostics"};
  return kFolders[static_cast<std::size_t>(kind)];
}

Result<CardSource> ReadCard(std::string_view folder, std::string_view stem, std::string_view text) {
  auto markdown = SplitCard(text);
  if (!markdown) return Error{markdown.error()};
  toml::parse_result toml = toml::parse(std::string_view(markdown.value().front_matter), std::string_view(stem));
  if (!toml) {
    // +1: the line of the opening `+++`.
    return Error{"line " + std::to_string(toml.error().source().begin.line + 1) + ": " +
                 std::string(toml.error().description())};
  }
  CardSource card;
  card.text = std::string(text);
  if (auto problem = FrontMatter(toml.table(), card).Read()) return Error{*problem};
  if (card.id != stem) return Error{"the file is called " + std::string(stem) + ", the id is " + card.id};
  if (!IsKebab(card.id)) return Error{"the id is not kebab-case"};
  if (!folder.empty() && Folder(card.kind) != folder) {
    return Error{"kind " + std::string(Name(card.kind)) + " belongs into " + std::string(Folder(card.kind))};
  }
  for (const Section& section : markdown.value().sections) {
    std::optional<std::string> problem;
    if (section.heading.starts_with("Shape")) {
      problem = ReadShape(section, card);
    } else if (section.heading == "Examples") {
      problem = ReadExamples(section, card);
    } else if (!section.heading.empty() && section.heading != "Lesson" && section.heading != "See also" &&
               section.heading != "Details") {
      problem = "unknown section `" + section.heading + "`";
    }
    if (problem) return Error{*problem};
  }
  if (auto problem = CheckExamples(card)) return Error{*problem};
  return card;
}

Result<std::vector<std::pair<std::string, std::string>>> ReadAliases(std::string_view text) {
  toml::parse_result toml = toml::parse(text, std::string_view("aliases.toml"));
  if (!toml) {
    return Error{"aliases.toml: line " + std::to_string(toml.error().source().begin.line) + ": " +
                 std::string(toml.error().description())};
  }
  std::vector<std::pair<std::string, std::string>> aliases;
  for (const auto& [key, value] : toml.table()) {
    const auto* id = value.as_string();
    if (!id) return Error{"aliases.toml: `" + std::string(key.str()) + "` must be an id"};
    aliases.emplace_back(std::string(key.str()), id->get());
  }
  std::sort(aliases.begin(), aliases.end());
  return aliases;
}

}  // namespace asyncport::rules
