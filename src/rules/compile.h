// A shape as IR: each side is parsed and lowered by the ordinary front ends when it is first asked for, and kept for the
// life of the process. Most candidates of a node do not fit, so the other language's side is rarely needed: that is what
// keeps a short program's translation at a fraction of a runtime's start-up.
// Example: py shape `asyncio.gather($$$TASKS)` -> Call(Attribute(Name asyncio, gather), Hole TASKS), imports {asyncio}.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"
#include "ir/tree.h"
#include "rules/card_reader_where.h"
#include "rules/embedded.h"
#include "rules/rules.h"
#include "support/result.h"

namespace asyncport::rules {

struct HoleUse {
  std::string name;
  ir::HoleKind kind = ir::HoleKind::kOne;
  unsigned count = 0;
  bool receiver = false;   // stands before `.name` or `[...]`: never null where the source runs
  bool repeated = false;   // inside a lambda or a comprehension's element: runs any number of times
  bool generator = false;  // inside a generator expression or a lambda: may not await
};

// One language of a shape.
struct Side {
  Side(Language lang, ir::Tree shape_tree) : language(lang), tree(std::move(shape_tree)) {}

  Language language;
  ir::Tree tree;
  std::unique_ptr<facts::Facts> facts;  // of the shape itself
  ir::NodeId root;                      // expression, or statement that is none
  ir::NodeId statement;                 // `root`, or the expression statement around it
  bool is_statement = false;            // `root` is no expression
  std::vector<HoleUse> holes;           // `$_` is not among them
  std::vector<ImportNeed> imports;      // names of the shape that are imported
  unsigned weight = 0;                  // nodes that are not holes: how specific the shape is

  // By node index. `path` of a free or imported name or chain; `local`: a name that the shape itself binds.
  std::vector<std::string> path;
  std::vector<bool> local;

  const HoleUse* FindHole(std::string_view name) const;
};

// `object.$K`: the hole's name, which stands for the whole attribute (see `member-text`); empty for an ordinary one.
std::string_view MemberHole(const ir::Tree& tree, ir::NodeId attribute);

class Shape {
 public:
  const EmbeddedShape* text = nullptr;
  std::vector<Predicate> where;     // for both directions
  std::vector<Predicate> where_js;  // when the source is JavaScript
  std::vector<Predicate> where_py;

  // Compiles the side at the first call; safe from several threads. nullptr where the card has no text for it or the
  // text does not compile (then `problem` says why).
  const Side* side(Language language) const { return Compiled(language).side.get(); }
  const std::string& problem(Language language) const { return Compiled(language).problem; }
  std::string_view text_of(Language language) const {
    return language == Language::kJs ? text->js : text->py;
  }
  // A shape stands for a statement if either side is one; then both match, and become, whole statements.
  bool is_statement() const;
  const std::vector<Predicate>& where_for(Language source) const {
    return source == Language::kJs ? where_js : where_py;
  }

 private:
  struct Lazy {
    std::once_flag once;
    std::unique_ptr<Side> side;
    std::string problem;
  };
  const Lazy& Compiled(Language language) const;

  mutable std::array<Lazy, 2> sides_;
};

// Parses and lowers one text. `$` stands for holes in both languages.
Result<std::unique_ptr<Side>> CompileSide(Language language, std::string_view text);
// The predicates, read at once; sides follow when asked for.
Result<std::unique_ptr<Shape>> ReadShape(const EmbeddedShape& text);
// Everything that rules/README.md refuses in a shape of its kind, both sides compiled; empty if all is well.
std::string ProblemOf(const Shape& shape, CardKind kind);

// The embedded shape number `index`, read once; nullptr if its predicates cannot be read (CheckAll says why).
const Shape* ShapeAt(std::size_t index);

}  // namespace asyncport::rules
