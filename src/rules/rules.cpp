// Finding the card for a node: by trigger, then by structure, then by predicates. See rules.h.
#include "rules/rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

#include "ir/views.h"
#include "rules/card_reader_trigger.h"
#include "rules/library.h"
#include "rules/predicates.h"
#include "rules/root_guess.h"
#include "rules/tables.h"

namespace asyncport::rules {
namespace {

using ir::NodeId;
using ir::NodeKind;

std::string_view LastPart(std::string_view path) {
  std::size_t dot = path.find_last_of(".#");
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

// `path` gives the resolved name of a Name node, empty if it has none.
template <typename PathOf>
std::string_view TriggerOfNode(const ir::Tree& tree, NodeId node, bool is_shape, const PathOf& path) {
  if (auto statement = ir::As<ir::ExprStmt>(tree, node)) node = statement.value();
  if (auto wait = ir::As<ir::Await>(tree, node)) node = wait.value();
  if (auto call = ir::As<ir::Call>(tree, node)) node = call.callee();
  if (auto make = ir::As<ir::New>(tree, node)) node = make.callee();
  if (auto attribute = ir::As<ir::Attribute>(tree, node)) {
    return is_shape && !MemberHole(tree, node).empty() ? kMemberTrigger : attribute.name();
  }
  if (tree.Is(node, NodeKind::kName)) {
    const std::string& resolved = path(node);
    return resolved.empty() ? tree.text(node) : LastPart(resolved);
  }
  return kAnyTrigger;
}

// A place that is assigned to is no reading of it.
bool IsWritten(const facts::Facts& facts, NodeId node) {
  const ir::Tree& tree = facts.tree();
  const NodeId parent = facts.Parent(node);
  switch (tree.kind(parent)) {
    case NodeKind::kAssign: return ir::Assign(tree, parent).value() != node;
    case NodeKind::kAugAssign: return ir::AugAssign(tree, parent).target() == node;
    case NodeKind::kAssignExpr: return ir::AssignExpr(tree, parent).target() == node;
    case NodeKind::kLogicalAssign: return ir::LogicalAssign(tree, parent).target() == node;
    case NodeKind::kForEach: return ir::ForEach(tree, parent).target() == node;
    case NodeKind::kUpdate:
    case NodeKind::kDelete:
    case NodeKind::kListPattern:
    case NodeKind::kPropertyPattern:
    case NodeKind::kRestPattern:
      return true;
    case NodeKind::kUnary: return ir::Unary(tree, parent).op() == ir::UnaryOp::kDelete;
    default: return false;
  }
}

Span SpanOf(const facts::Facts& facts, NodeId node) { return facts.tree().span(node); }

std::optional<Match> TryShape(const facts::Facts& facts, NodeId node, std::uint32_t index) {
  const Shape* shape = ShapeAt(index);
  if (!shape) return std::nullopt;
  const Side* from = shape->side(facts.tree().language());
  Bindings bindings;
  const NodeKind kind = facts.tree().kind(node);
  if ((kind == NodeKind::kAttribute || kind == NodeKind::kSubscript) && IsWritten(facts, node)) {
    return std::nullopt;
  }
  // A method of a class of the file is its own, whatever it is called.
  if (kind == NodeKind::kCall && facts.tree().language() == Language::kPy &&
      facts.tree().Is(ir::Call(facts.tree(), node).callee(), NodeKind::kAttribute) &&
      facts.tree().Is(facts.CalleeDefinition(node), NodeKind::kMethod)) {
    return std::nullopt;
  }
  if (!from || !MatchShape(*from, facts, node, bindings) ||
      !Holds(*shape, *from, facts, node, bindings)) {
    return std::nullopt;
  }
  Match match;
  match.card = CardOf(*shape->text);
  match.id = match.card->id;
  match.shape_index = shape->text->number;
  match.node = node;
  match.is_special = !from->imports.empty() || from->weight >= 10;
  match.from = from->language;
  match.bound = std::move(bindings.bound);
  if (match.card->kind == CardKind::kLesson) match.reports.push_back(match.id);
  for (const auto* list : {&shape->where, &shape->where_for(from->language)}) {
    for (const Predicate& p : *list) {
      if (p.kind == PredicateKind::kReports) match.reports.push_back(p.word);
      const auto bound = std::find_if(match.bound.begin(), match.bound.end(),
                                      [&](const Bound& b) { return b.hole == p.hole; });
      if (bound == match.bound.end() || bound->nodes.empty()) continue;
      if (p.kind == PredicateKind::kLetArg) {
        match.texts.push_back({p.target, SpanOf(facts, bound->nodes[0])});
      } else if (p.kind == PredicateKind::kLabel) {
        match.labels.push_back({SpanOf(facts, bound->nodes[0]), p.word});
      }
    }
  }
  return match;
}

unsigned WeightOf(const Match& match, Language language) {
  return ShapeAt(match.card->first_shape + match.shape_index)->side(language)->weight;
}

bool Declares(const Match& a, const Match& b) {
  const std::string beats = " " + std::string(a.card->beats);
  return beats.find(" " + std::string(b.id) + " ") != std::string::npos;
}

bool IsOwn(const Match& match) { return match.card->first_shape >= AllTables().embedded_shapes; }

bool Beats(const Match& a, const Match& b, Language language) {
  if (Declares(a, b)) return true;
  if (Declares(b, a)) return false;
  if (IsOwn(a) != IsOwn(b)) return IsOwn(a);
  return WeightOf(a, language) > WeightOf(b, language);
}

// The shapes without a name to look them up by, by what their root can be: few are left to try, and to compile.
class NamelessShapes {
 public:
  explicit NamelessShapes(Language language) {
    for (const EmbeddedTrigger& entry : ShapesFor(language, kAnyTrigger)) {
      const EmbeddedShape& text = AllTables().shapes[entry.shape];
      guesses_.push_back({RootGuess(language == Language::kJs ? text.js : text.py), entry.shape});
    }
    for (std::size_t kind = 0; kind < by_kind_.size(); ++kind) {
      for (std::size_t i = 0; i < guesses_.size(); ++i) {
        if (guesses_[i].root.MayBe(static_cast<NodeKind>(kind)))
          by_kind_[kind].push_back(static_cast<std::uint16_t>(i));
      }
    }
  }
  static const NamelessShapes& Of(Language language) {
    if (language == Language::kJs) {
      static const NamelessShapes js(Language::kJs);
      return js;
    }
    static const NamelessShapes py(Language::kPy);
    return py;
  }
  template <typename Visit>
  void ForEach(const ir::Tree& tree, NodeId node, Visit&& visit) const {
    for (const std::uint16_t i : by_kind_[static_cast<std::size_t>(tree.kind(node))]) {
      if (guesses_[i].root.HasOperatorOf(tree, node)) visit(guesses_[i].shape);
    }
  }

 private:
  struct Guess {
    RootGuess root;
    std::uint32_t shape;
  };
  std::vector<Guess> guesses_;
  std::array<std::vector<std::uint16_t>, static_cast<std::size_t>(NodeKind::kCount)> by_kind_;
};

// The shapes of a language by their name: asked for every call, attribute and name of a file.
class NamedShapes {
 public:
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool has_lesson = false;
  };
  explicit NamedShapes(Language language) {
    const std::span<const EmbeddedTrigger> all = AllTables().triggers;
    std::size_t names = 0;
    for (const EmbeddedTrigger& entry : all) names += entry.language == language ? 1 : 0;
    slots_.resize(std::bit_ceil(names * 2 + 2));
    for (std::uint32_t i = 0; i < all.size();) {
      Range range{i, i, false};
      for (; i < all.size() && all[i].language == all[range.begin].language && all[i].name == all[range.begin].name; ++i) {
        const EmbeddedShape& shape = AllTables().shapes[all[i].shape];
        range.has_lesson = range.has_lesson || AllTables().cards[shape.card].kind == CardKind::kLesson;
      }
      range.end = i;
      if (all[range.begin].language == language) slots_[SlotOf(all[range.begin].name)] = range;
    }
  }
  static const NamedShapes& Of(Language language) {
    if (language == Language::kJs) {
      static const NamedShapes js(Language::kJs);
      return js;
    }
    static const NamedShapes py(Language::kPy);
    return py;
  }
  Range Find(std::string_view name) const { return slots_[SlotOf(name)]; }

 private:
  // Where it is, or where it would be.
  std::size_t SlotOf(std::string_view name) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = std::hash<std::string_view>()(name) & mask;
    while (slots_[at].end != 0 && AllTables().triggers[slots_[at].begin].name != name) at = (at + 1) & mask;
    return at;
  }
  std::vector<Range> slots_;  // an empty one ends at 0
};

// Calls `visit(shape index)` for each candidate in card order.
template <typename Visit>
void ForCandidates(const facts::Facts& facts, NodeId node, CardKind wanted, Visit&& visit) {
  const Language language = facts.tree().language();
  const std::string_view trigger = TriggerOf(facts, node);
  if (trigger == kAnyTrigger) {
    NamelessShapes::Of(language).ForEach(facts.tree(), node, visit);
    return;
  }
  const auto visit_named = [&](std::string_view name) {
    const NamedShapes::Range range = NamedShapes::Of(language).Find(name);
    if (wanted == CardKind::kLesson && !range.has_lesson) return;
    for (std::uint32_t i = range.begin; i < range.end; ++i) visit(AllTables().triggers[i].shape);
  };
  visit_named(trigger);
  if (facts.tree().Is(node, NodeKind::kAttribute)) visit_named(kMemberTrigger);
}

}  // namespace

bool Match::starts(std::string_view hole) const {
  const Shape* shape = card ? ShapeAt(card->first_shape + shape_index) : nullptr;
  return shape && std::any_of(shape->where.begin(), shape->where.end(), [&](const Predicate& p) {
           return p.kind == PredicateKind::kStarts && p.hole == hole;
         });
}

bool Match::repeats(std::string_view hole) const {
  const Shape* shape = card ? ShapeAt(card->first_shape + shape_index) : nullptr;
  const Side* side = shape ? shape->side(Other(from)) : nullptr;
  const HoleUse* use = side ? side->FindHole(hole) : nullptr;
  return use && use->repeated;
}

bool Match::uses_fix() const { return card && card->use_fix; }

std::string_view TriggerOf(const facts::Facts& facts, NodeId node) {
  return TriggerOfNode(facts.tree(), node, false,
                       [&](NodeId name) -> const std::string& { return facts.ResolvedName(name); });
}

std::string_view TriggerOf(const Side& side) {
  return TriggerOfNode(side.tree, side.root, true,
                       [&](NodeId name) -> const std::string& { return side.path[name.index]; });
}

std::span<const EmbeddedTrigger> ShapesFor(Language language, std::string_view trigger) {
  const std::span<const EmbeddedTrigger> triggers = AllTables().triggers;
  auto less = [](const EmbeddedTrigger& a, const EmbeddedTrigger& b) {
    return a.language != b.language ? a.language < b.language : a.name < b.name;
  };
  const auto [begin, end] = std::equal_range(triggers.begin(), triggers.end(),
                                             EmbeddedTrigger{language, trigger, 0}, less);
  return {begin, end};
}

std::optional<Match> FindCorrespondence(const facts::Facts& facts, NodeId node) {
  const Language language = facts.tree().language();
  std::optional<Match> best;
  ForCandidates(facts, node, CardKind::kCorrespondence, [&](std::uint32_t index) {
    const EmbeddedShape& text = AllTables().shapes[index];
    if (AllTables().cards[text.card].kind != CardKind::kCorrespondence) return;
    if (best && best->card == CardOf(text)) return;  // the first shape of a card that fits
    auto match = TryShape(facts, node, index);
    if (match && (!best || Beats(*match, *best, language))) best = std::move(match);
  });
  return best;
}

std::vector<Match> FindLessons(const facts::Facts& facts, NodeId node) {
  std::vector<Match> matches;
  ForCandidates(facts, node, CardKind::kLesson, [&](std::uint32_t index) {
    const EmbeddedShape& text = AllTables().shapes[index];
    if (AllTables().cards[text.card].kind != CardKind::kLesson) return;
    if (!matches.empty() && matches.back().card == CardOf(text)) return;
    if (auto match = TryShape(facts, node, index)) matches.push_back(std::move(*match));
  });
  return matches;
}

}  // namespace asyncport::rules
