// Reads the library tables: a name, what it is, what it gives and its counterpart, separated by tabs.
// Example: "our-client.get\tasync" gives the row {our-client.get, async}.
#include <algorithm>
#include <iterator>

#include "rules/card_reader.h"
#include "support/strings.h"

namespace asyncport::rules {

std::vector<ApiRow> ReadApi(std::string_view file, std::string_view text,
                            std::vector<std::string>& problems) {
  static constexpr std::string_view kKinds[] = {"async", "blocking", "callback", "pure"};
  std::vector<ApiRow> rows;
  int number = 0;
  for (std::string_view line : SplitLines(text)) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string> cells;
    for (std::size_t pos = 0;;) {
      const std::size_t tab = line.find('\t', pos);
      cells.emplace_back(line.substr(pos, tab - pos));
      if (tab == std::string_view::npos) break;
      pos = tab + 1;
    }
    cells.resize(std::max<std::size_t>(cells.size(), 4));
    if (cells.size() > 4 ||
        std::find(std::begin(kKinds), std::end(kKinds), cells[1]) == std::end(kKinds)) {
      problems.push_back(
          std::string(file) + ":" + std::to_string(number) +
          ": want name, kind (async, blocking, callback, pure), result, counterpart");
      continue;
    }
    rows.push_back({cells[0], cells[1], cells[2], cells[3]});
  }
  std::sort(rows.begin(), rows.end(),
            [](const ApiRow& a, const ApiRow& b) { return a.name < b.name; });
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].name == rows[i - 1].name) {
      problems.push_back(std::string(file) + ": " + rows[i].name + " is there twice");
    }
  }
  return rows;
}

}  // namespace asyncport::rules
