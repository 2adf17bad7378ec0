// What the shapes of a card became, for whoever writes one: the tree that is matched, its holes, its trigger.
// Example: DescribeShapes("math-max") begins with "shape 1 ...".
#include <algorithm>

#include "rules/compile.h"
#include "rules/library.h"
#include "rules/rules.h"
#include "rules/tables.h"

namespace asyncport::rules {

std::string DescribeShapes(std::string_view id) {
  std::string out;
  for (std::size_t i = 0; i < AllTables().shapes.size(); ++i) {
    const EmbeddedShape& text = AllTables().shapes[i];
    if (AllTables().cards[text.card].id != id) continue;
    out += "shape " + std::to_string(text.number + 1) +
           (text.name.empty() ? "" : ": " + std::string(text.name)) + "\n";
    const Shape* shape = ShapeAt(i);
    if (shape == nullptr) {
      out += "  its predicates cannot be read\n";
      continue;
    }
    for (Language language : {Language::kJs, Language::kPy}) {
      const Side* side = shape->side(language);
      const bool matched = language == Language::kJs ? text.from_js : text.from_py;
      if (side == nullptr) {
        if (!shape->problem(language).empty())
          out += "  " + std::string(DisplayName(language)) + ": " + shape->problem(language) + "\n";
        continue;
      }
      out += "  " + std::string(DisplayName(language)) +
             (matched ? ", looked for at `" + std::string(TriggerOf(*side)) + "`" : ", made") +
             "\n";
      const std::string dump = ir::Dump(side->tree, side->root);
      for (std::size_t at = 0; at < dump.size();) {
        const std::size_t end = std::min(dump.find('\n', at), dump.size());
        out += "    " + dump.substr(at, end - at) + "\n";
        at = end + 1;
      }
    }
    for (const auto* list : {&shape->where, &shape->where_js, &shape->where_py}) {
      for (const Predicate& predicate : *list) out += "  where " + predicate.line + "\n";
    }
  }
  return out.empty() ? "no shapes: the work is done in C++\n" : out;
}

}  // namespace asyncport::rules
