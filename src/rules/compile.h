// A shape as IR: parsed and lowered by the ordinary front ends at its first hit, kept for the life of the process.
// Example: py shape `asyncio.gather($$$TASKS)` -> Call(Attribute(Name asyncio, gather), Hole TASKS), imports {asyncio}.
#pragma once

#include <memory>
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
  bool receiver = false;  // stands before `.name` or `[...]`: never null where the source runs
  bool repeated = false;  // inside a lambda or a comprehension's element: runs any number of times
  bool generator = false; // inside a generator expression or a lambda: may not await
};

// One language of a shape.
struct Side {
  Side(Language lang, ir::Tree shape_tree) : language(lang), tree(std::move(shape_tree)) {}

  Language language;
  ir::Tree tree;
  std::unique_ptr<facts::Facts> facts;  // of the shape itself
  ir::NodeId root;                      // expression or statement
  bool is_statement = false;
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

struct Shape {
  const EmbeddedShape* text = nullptr;
  std::unique_ptr<Side> js;  // none where the card has no text for it
  std::unique_ptr<Side> py;
  std::vector<Predicate> where;     // for both directions
  std::vector<Predicate> where_js;  // when the source is JavaScript
  std::vector<Predicate> where_py;

  const Side* side(Language language) const { return language == Language::kJs ? js.get() : py.get(); }
  const std::vector<Predicate>& where_for(Language source) const {
    return source == Language::kJs ? where_js : where_py;
  }
};

// Parses and lowers one text. `$` stands for holes in both languages.
Result<std::unique_ptr<Side>> CompileSide(Language language, std::string_view text);
// Both sides and the predicates, with every refusal of docs and rules/README.md.
Result<std::unique_ptr<Shape>> CompileShape(const EmbeddedShape& text, CardKind kind);

// The embedded shape number `index`, compiled once; nullptr if it does not compile (CheckAll says why).
const Shape* ShapeAt(std::size_t index);

}  // namespace asyncport::rules
