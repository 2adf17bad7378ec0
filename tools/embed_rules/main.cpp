// embed-rules RULES_DIR OUT.cpp: reads every card and table under RULES_DIR, checks what can be checked without parsing
// shapes, and writes them as constant tables (src/rules/embedded.h). Any problem fails the build with the file's name.
// Example: embed-rules rules build/generated/rules_data.cpp
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "rules/card_reader.h"
#include "rules/card_reader_trigger.h"
#include "support/strings.h"

namespace {

namespace fs = std::filesystem;
using namespace asyncport;         // NOLINT: one small program
using namespace asyncport::rules;  // NOLINT

struct Input {
  std::vector<CardSource> cards;  // sorted by id
  std::vector<std::pair<std::string, std::string>> aliases;
  std::vector<ApiRow> js_api;
  std::vector<ApiRow> py_api;
  std::vector<std::string> problems;
};

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void ReadCards(const fs::path& dir, Input& input) {
  for (CardKind kind : {CardKind::kCorrespondence, CardKind::kLesson, CardKind::kStructural,
                        CardKind::kDiagnostic}) {
    std::string folder(Folder(kind));
    if (!fs::exists(dir / folder)) continue;
    for (const auto& file : fs::directory_iterator(dir / folder)) {
      if (file.path().extension() != ".md") continue;
      auto card = ReadCard(folder, file.path().stem().string(), ReadFile(file.path()));
      if (card) {
        input.cards.push_back(std::move(card).value());
      } else {
        input.problems.push_back(folder + "/" + file.path().filename().string() + ": " + card.error());
      }
    }
  }
  std::sort(input.cards.begin(), input.cards.end(),
            [](const CardSource& a, const CardSource& b) { return a.id < b.id; });
}

void CheckIds(const fs::path& dir, Input& input) {
  std::set<std::string> ids;
  for (const CardSource& card : input.cards) {
    if (!ids.insert(card.id).second) input.problems.push_back(card.id + ": two cards have this id");
  }
  for (const std::string& id : ReadIdList(ReadFile(dir / "retired.txt"))) {
    if (ids.count(id)) input.problems.push_back(id + ": this id is retired");
  }
  for (const CardSource& card : input.cards) {
    for (const auto* list : {&card.see, &card.beats}) {
      for (const std::string& id : *list) {
        if (!ids.count(id)) input.problems.push_back(card.id + ": there is no card " + id);
      }
    }
  }
  auto aliases = ReadAliases(ReadFile(dir / "aliases.toml"));
  if (!aliases) {
    input.problems.push_back(aliases.error());
    return;
  }
  input.aliases = std::move(aliases).value();
  for (const auto& [code, id] : input.aliases) {
    if (ids.count(code)) input.problems.push_back("aliases.toml: " + code + " is a card itself");
    if (!ids.count(id)) input.problems.push_back("aliases.toml: there is no card " + id);
  }
}

// A C++ string literal.
std::string Quote(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
      case '\n': out += "\\n\"\n\""; break;
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\t': out += "\\t"; break;
      case '?': out += "\\?"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

std::string_view LevelName(diag::Level level) {
  static constexpr std::string_view kNames[] = {"kError", "kWarning", "kInfo", "kHint"};
  return kNames[static_cast<std::size_t>(level)];
}
std::string_view ClassName(diag::Class klass) {
  static constexpr std::string_view kNames[] = {"kSyntax",       "kLesson", "kAssumption",
                                                "kUntranslated", "kCard",   "kInternal"};
  return kNames[static_cast<std::size_t>(klass)];
}
std::string_view KindName(CardKind kind) {
  static constexpr std::string_view kNames[] = {"kCorrespondence", "kLesson", "kStructural", "kDiagnostic"};
  return kNames[static_cast<std::size_t>(kind)];
}
std::string_view DirectionName(Direction direction) {
  static constexpr std::string_view kNames[] = {"kBoth", "kJsToPy", "kPyToJs"};
  return kNames[static_cast<std::size_t>(direction)];
}

void Write(const Input& input, std::ostream& out) {
  out << "// Made by tools/embed_rules of the cards in rules/. Not to be edited.\n"
         "#include \"rules/embedded.h\"\n\n"
         "namespace asyncport::rules::generated {\n\n"
         "extern const diag::Entry kEntries[];\n"
         "extern const std::size_t kEntryCount;\n\n";
  out << "constinit const diag::Entry kEntries[] = {\n";
  for (const CardSource& card : input.cards) {
    out << "  {" << Quote(card.id) << ", diag::Level::" << LevelName(card.level)
        << ", diag::Class::" << ClassName(card.klass) << ",\n   " << Quote(card.title) << ",\n   "
        << Quote(card.message) << ",\n   " << Quote(card.help) << ",\n   " << Quote(card.message_to_js)
        << "},\n";
  }
  out << "};\nconst std::size_t kEntryCount = " << input.cards.size() << ";\n\n";

  std::map<std::pair<int, std::string>, std::vector<std::size_t>> triggers;
  std::size_t shape_index = 0;
  {
    std::vector<std::size_t> first;
    for (const CardSource& card : input.cards) {
      first.push_back(shape_index);
      for (const ShapeText& shape : card.shapes) {
        if (shape.from_js) triggers[{0, TriggerOfText(shape.js)}].push_back(shape_index);
        if (shape.from_py) triggers[{1, TriggerOfText(shape.py)}].push_back(shape_index);
        ++shape_index;
      }
    }
    out << "constinit const Card kCards[] = {\n";
    for (std::size_t i = 0; i < input.cards.size(); ++i) {
      const CardSource& card = input.cards[i];
      std::string beats;
      for (const std::string& id : card.beats) beats += id + " ";
      out << "  {" << Quote(card.id) << ", CardKind::" << KindName(card.kind)
          << ", Direction::" << DirectionName(card.direction) << ", " << Quote(card.engine) << ", "
          << (card.when_translating == "use-fix" ? "true" : "false") << ", " << Quote(beats) << ",\n   "
          << Quote(card.text) << ",\n   " << first[i] << ", " << card.shapes.size() << "},\n";
    }
    out << "};\nconst std::size_t kCardCount = " << input.cards.size() << ";\n\n";
  }
  {
    out << "constinit const EmbeddedShape kShapes[] = {\n";
    for (std::size_t i = 0; i < input.cards.size(); ++i) {
      std::size_t number = 0;
      for (const ShapeText& shape : input.cards[i].shapes) {
        out << "  {" << i << ", " << number++ << ", " << Quote(shape.name) << ",\n   " << Quote(shape.js)
            << ",\n   " << Quote(shape.py) << ",\n   " << Quote(shape.fix) << ",\n   " << Quote(shape.where)
            << ",\n   " << Quote(shape.where_js) << ",\n   " << Quote(shape.where_py) << ", "
            << (shape.from_js ? "true" : "false") << ", " << (shape.from_py ? "true" : "false") << "},\n";
      }
    }
    if (shape_index == 0) out << "  {},\n";
    out << "};\nconst std::size_t kShapeCount = " << shape_index << ";\n\n";
  }
  out << "constinit const EmbeddedTrigger kTriggers[] = {\n";
  std::size_t trigger_count = 0;
  for (const auto& [key, shapes] : triggers) {
    for (std::size_t shape : shapes) {
      out << "  {Language::" << (key.first == 0 ? "kJs" : "kPy") << ", " << Quote(key.second) << ", " << shape
          << "},\n";
      ++trigger_count;
    }
  }
  if (trigger_count == 0) out << "  {},\n";
  out << "};\nconst std::size_t kTriggerCount = " << trigger_count << ";\n\n";

  out << "constinit const EmbeddedAlias kAliases[] = {\n";
  for (const auto& [code, id] : input.aliases) out << "  {" << Quote(code) << ", " << Quote(id) << "},\n";
  if (input.aliases.empty()) out << "  {},\n";
  out << "};\nconst std::size_t kAliasCount = " << input.aliases.size() << ";\n\n";

  for (const auto& [name, rows] : {std::pair{"kJsApi", &input.js_api}, std::pair{"kPyApi", &input.py_api}}) {
    out << "constinit const ApiEntry " << name << "[] = {\n";
    for (const ApiRow& row : *rows) {
      out << "  {" << Quote(row.name) << ", " << Quote(row.kind) << ", " << Quote(row.result) << ", "
          << Quote(row.other) << "},\n";
    }
    if (rows->empty()) out << "  {},\n";
    out << "};\nconst std::size_t " << name << "Count = " << rows->size() << ";\n\n";
  }
  out << "}  // namespace asyncport::rules::generated\n";
}

// The exercises' cards as they stand, by id.
int WriteExercises(const fs::path& dir, const char* path) {
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(dir)) {
    if (file.path().extension() == ".md" && file.path().stem() != "README") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  std::ofstream out(path, std::ios::binary);
  out << "// Made by tools/embed_rules of the cards in examples/exercises/. Not to be edited.\n"
         "#include \"grade/exercise.h\"\n\nnamespace asyncport::grade {\nnamespace {\n\n"
         "constexpr EmbeddedExercise kExercises[] = {\n";
  for (const fs::path& file : files)
    out << "  {" << Quote(file.stem().string()) << ",\n   " << Quote(ReadFile(file)) << "},\n";
  out << "};\n\n}  // namespace\n\n"
         "std::pair<const EmbeddedExercise*, const EmbeddedExercise*> EmbeddedExercises() {\n"
         "  return {std::begin(kExercises), std::end(kExercises)};\n}\n\n}  // namespace asyncport::grade\n";
  out.flush();
  return out ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == "--exercises") return WriteExercises(argv[2], argv[3]);
  if (argc != 3) {
    std::cerr << "usage: embed-rules RULES_DIR OUT.cpp\n       embed-rules --exercises DIR OUT.cpp\n";
    return 2;
  }
  fs::path dir = argv[1];
  Input input;
  ReadCards(dir, input);
  CheckIds(dir, input);
  input.js_api = ReadApi("js.tsv", ReadFile(dir / "api" / "js.tsv"), input.problems);
  input.py_api = ReadApi("py.tsv", ReadFile(dir / "api" / "py.tsv"), input.problems);
  if (!input.problems.empty()) {
    for (const std::string& problem : input.problems) std::cerr << "rules/" << problem << "\n";
    return 1;
  }
  std::ofstream out(argv[2], std::ios::binary);
  Write(input, out);
  out.flush();
  if (!out) {
    std::cerr << "embed-rules: cannot write " << argv[2] << "\n";
    return 1;
  }
  return 0;
}
