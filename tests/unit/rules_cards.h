// The cards of rules/ as the tests read them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "catch_compat.hpp"
#include "rules/card_reader.h"

namespace asyncport::rules_test {

namespace fs = std::filesystem;

inline std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline std::vector<rules::CardSource> Cards(rules::CardKind kind) {
  std::vector<rules::CardSource> cards;
  const fs::path dir = fs::path(ASYNCPORT_SOURCE_DIR) / "rules" / std::string(rules::Folder(kind));
  for (const auto& file : fs::directory_iterator(dir)) {
    if (file.path().extension() != ".md") continue;
    auto card = rules::ReadCard(rules::Folder(kind), file.path().stem().string(), ReadFile(file.path()));
    REQUIRE(card.ok());
    cards.push_back(std::move(card).value());
  }
  return cards;
}

// An example without its `//~ id` and `#~ id` marks, and the marks: (line from 0, id).
struct Marked {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::string>> marks;
};

inline Marked ReadMarks(const std::string& example) {
  Marked result;
  std::istringstream in(example);
  std::uint32_t number = 0;
  for (std::string line; std::getline(in, line); ++number) {
    std::size_t mark = line.find("//~ ");
    std::size_t skip = 4;
    if (mark == std::string::npos) {
      mark = line.find("#~ ");
      skip = 3;
    }
    if (mark != std::string::npos) {
      std::string id = line.substr(mark + skip);
      result.marks.emplace_back(number, id.substr(0, id.find_first_of(": ")));
      line = line.substr(0, line.find_last_not_of(' ', mark - 1) + 1);
    }
    result.text += line + "\n";
  }
  return result;
}

}  // namespace asyncport::rules_test
