// Cards: read at build time into an index, compiled at the first hit, matched on source IR, instantiated into target IR.
// A card is one Markdown file: documentation, lesson, shapes and tests. See rules/README.md for the format.
// Example: the call `Promise.all([f(), g()])` matches the card promise-all with $$$TASKS = {f(), g()}.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "ir/tree.h"
#include "support/language.h"
#include "support/source.h"

namespace asyncport::rules {

struct Card;  // opaque to users

// What a hole stands for: source nodes (one for $X, any number for $$$XS).
struct Bound {
  std::string hole;  // without `$`
  bool is_list = false;
  ir::NodeList nodes;
};

struct Match {
  const Card* card = nullptr;
  std::string_view id;          // card id
  std::uint32_t shape_index = 0;
  ir::NodeId node;              // the matched source node
  Language from = Language::kJs;
  std::vector<Bound> bound;
  // From `let {name} = text($X)`: the argument's name and where its text stands in the source.
  struct TextArg {
    std::string name;
    Span span;
  };
  std::vector<TextArg> texts;
  std::vector<diag::Label> labels;  // from `label $X "text"`
  // Ids to report when a correspondence is used (from `reports ID`); most cards say nothing. For lessons: the card's id.
  std::vector<std::string_view> reports;
  // The matched code names a module (`os.environ.get(k)`) or is a whole idiom of ten nodes and more: such a card knows
  // more than what a topic says about the outermost call.
  bool is_special = false;
  // Lesson with `when_translating = "use-fix"`: the translator translates the fixed form.
  bool uses_fix() const;
  // Does the position start coroutines itself (gather's arguments): then Spawn is not needed around them.
  bool starts(std::string_view hole) const;
  // Does the other shape evaluate the hole any number of times (in a comprehension, in a lambda)?
  bool repeats(std::string_view hole) const;
};

// The best correspondence card for a source node (expression or statement), or none. Cheap where no card's trigger name
// or root kind fits. Order: a card that `beats` another first, then the more specific shape.
std::optional<Match> FindCorrespondence(const facts::Facts& facts, ir::NodeId node);

// How the translator turns a bound source node into a target node.
using TranslateHole = std::function<ir::NodeId(const Bound& bound, ir::NodeId source_node)>;

// An import that an instantiated shape needs, in the target language.
struct ImportNeed {
  std::string module;  // "asyncio", "node:timers/promises"
  std::string name;    // exported name; empty: the module itself (`import asyncio`)
  std::string local;   // binding that the shape's tree uses
};

struct Instance {
  ir::NodeId node;  // in the target tree; origin is the matched node
  std::vector<ImportNeed> imports;
};

// Arguments of the diagnostic: `{call}` is the text of the matched node (its first line), the others come from `let`.
std::vector<diag::Arg> ArgsOf(const Match& match, const ir::Tree& tree, const Source& source);

// The fix of a lesson as a text that replaces the matched node, and the imports that it needs (of the same language);
// nullopt if the card has no fix.
struct FixText {
  std::string text;
  std::vector<ImportNeed> imports;
};
std::optional<FixText> FixOf(const Match& match, const ir::Tree& tree, const Source& source);

// Grafts translated subtrees into the other shape. The returned tree uses `local` names as the shape spells them.
Instance Instantiate(const Match& match, const ir::Tree& source, ir::Tree& target, const TranslateHole& hole);

// Lesson cards (rules/lessons) that apply to a source node; a node may have several.
std::vector<Match> FindLessons(const facts::Facts& facts, ir::NodeId node);

// What the library tables (rules/api/*.tsv) say about a resolved name ("node:fs.readFileSync", "requests.get").
struct ApiEntry {
  std::string_view name;
  std::string_view kind;   // "async", "blocking", "callback", "pure"
  std::string_view result; // type name, may be empty
  std::string_view other;  // counterpart in the other language, may be empty
};
const ApiEntry* FindApi(Language language, std::string_view resolved_name);

// Whole text of a card for `asyncport explain` (front matter included); empty if there is none. Knows aliases.
std::string_view CardText(std::string_view id);

// What the card's shapes became: trees, holes, triggers. For people.
std::string DescribeShapes(std::string_view id);

// The card's id for a code of the catalogue that has another name (rules/aliases.toml); else `id` itself.
std::string_view CanonicalId(std::string_view id);

// Adds a team's own cards and library tables to the embedded ones, for the life of the process; to be called once, before
// anything else. A card of theirs wins where both fit. One message per problem; nothing is added if a file cannot be read.
struct CardFile {
  std::string path;    // for messages
  std::string folder;  // "correspondences", "lessons", "api", or "" where the card says it itself
  std::string stem;    // file name without extension
  std::string text;
};
std::vector<std::string> AddCards(const std::vector<CardFile>& files);
// Their ids.
std::vector<std::string_view> AddedCards();
// What CheckAll finds wrong with shapes of added cards.
std::vector<std::string> CheckOwn();

// Loads, compiles and checks every card. One message per problem ("promise-all: hole $X is not bound").
std::vector<std::string> CheckAll();

}  // namespace asyncport::rules
