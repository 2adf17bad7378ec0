// What is refused when all cards are loaded: shapes that do not compile, overlaps without `beats`, triggers that the
// build's text scan gets wrong, fixes with unknown holes.
#include <set>

#include "ir/views.h"
#include "rules/card_reader_trigger.h"
#include "rules/library.h"
#include "rules/predicates.h"
#include "rules/rules.h"
#include "rules/tables.h"

namespace asyncport::rules {
namespace {

using ir::NodeId;
using ir::NodeKind;

std::string NameOf(const EmbeddedShape& shape) {
  return std::string(AllTables().cards[shape.card].id) + ", shape `" + std::string(shape.name) + "`";
}

// Could one source node fit both patterns? Collects the `is` lists of holes that meet.
class Overlap {
 public:
  Overlap(const Shape& a, const Shape& b, Language language) : a_(a), b_(b), language_(language) {}

  bool Run() { return Node(a_.side(language_)->root, b_.side(language_)->root); }

 private:
  const ir::Tree& ta() const { return a_.side(language_)->tree; }
  const ir::Tree& tb() const { return b_.side(language_)->tree; }

  std::vector<std::vector<KindWord>> KindsOf(const Shape& shape, std::string_view hole) const {
    std::vector<std::vector<KindWord>> kinds;
    for (const auto* list : {&shape.where, &shape.where_for(language_)}) {
      for (const Predicate& p : *list) {
        if ((p.kind == PredicateKind::kIs || p.kind == PredicateKind::kEach) && !p.negated && p.hole == hole) {
          kinds.push_back(p.kinds);
        }
      }
    }
    return kinds;
  }

  static bool IsHole(const ir::Tree& tree, NodeId id) { return tree.Is(id, NodeKind::kHole); }

  // Kinds that a constant form has by itself.
  static std::vector<KindWord> FormOf(const ir::Tree& tree, NodeId id) {
    switch (tree.kind(id)) {
      case NodeKind::kString: return {{"str", ""}, {"string-literal", ""}, {"literal", ""}};
      case NodeKind::kNumber: return {{"number", ""}, {"number-literal", ""}, {"literal", ""}};
      case NodeKind::kLambda: return {{"function", ""}, {"lambda", ""}};
      case NodeKind::kList: return {{"list", ""}};
      case NodeKind::kDict: return {{"dict", ""}};
      default: return {};
    }
  }

  bool Node(NodeId pa, NodeId pb) {
    const bool hole_a = IsHole(ta(), pa);
    const bool hole_b = IsHole(tb(), pb);
    if (hole_a || hole_b) {
      auto kinds_a = hole_a ? KindsOf(a_, ta().text(pa)) : Forms(FormOf(ta(), pa));
      auto kinds_b = hole_b ? KindsOf(b_, tb().text(pb)) : Forms(FormOf(tb(), pb));
      for (const auto& x : kinds_a) {
        for (const auto& y : kinds_b) {
          if (!MayMeet(x, y)) return false;
        }
      }
      return true;
    }
    const Side& a = *a_.side(language_);
    const Side& b = *b_.side(language_);
    const std::string& path_a = a.path[pa.index];
    const std::string& path_b = b.path[pb.index];
    if (!path_a.empty() || !path_b.empty()) return path_a == path_b;
    if (ta().kind(pa) != tb().kind(pb) || ta().node(pa).oper != tb().node(pb).oper ||
        ta().node(pa).flags != tb().node(pb).flags) {
      return false;
    }
    if (ta().text(pa) != tb().text(pb) && !ta().Is(pa, NodeKind::kName)) return false;
    const ir::KindInfo& info = ir::Info(ta().kind(pa));
    for (unsigned slot = 0; slot < info.slot_count; ++slot) {
      if (info.slots[slot].arity == ir::SlotArity::kList) {
        if (!List(ta().SlotList(pa, slot), tb().SlotList(pb, slot))) return false;
        continue;
      }
      NodeId ca = ta().Slot(pa, slot);
      NodeId cb = tb().Slot(pb, slot);
      if (!ca != !cb) return false;
      if (ca && !Node(ca, cb)) return false;
    }
    return true;
  }

  static std::vector<std::vector<KindWord>> Forms(std::vector<KindWord> form) {
    if (form.empty()) return {};
    return {std::move(form)};
  }

  static bool HasListHole(const ir::Tree& tree, std::span<const NodeId> ids) {
    for (NodeId id : ids) {
      auto hole = ir::As<ir::Hole>(tree, id);
      if (hole && hole.kind() == ir::HoleKind::kList) return true;
    }
    return false;
  }

  static std::set<std::string_view> Keywords(const ir::Tree& tree, std::span<const NodeId> ids) {
    std::set<std::string_view> names;
    for (NodeId id : ids) {
      if (tree.Is(id, NodeKind::kKeyword)) names.insert(tree.text(id));
    }
    return names;
  }

  bool List(std::span<const NodeId> as, std::span<const NodeId> bs) {
    if (HasListHole(ta(), as) || HasListHole(tb(), bs)) {
      // A list hole takes any number of nodes, but no keyword arguments.
      return Keywords(ta(), as) == Keywords(tb(), bs);
    }
    if (as.size() != bs.size()) return false;
    for (std::size_t i = 0; i < as.size(); ++i) {
      if (!Node(as[i], bs[i])) return false;
    }
    return true;
  }

  const Shape& a_;
  const Shape& b_;
  Language language_;
};

bool IsDeclared(const EmbeddedShape& a, const EmbeddedShape& b) {
  auto beats = [](const Card& x, const Card& y) {
    return (" " + std::string(x.beats)).find(" " + std::string(y.id) + " ") != std::string::npos;
  };
  return beats(AllTables().cards[a.card], AllTables().cards[b.card]) ||
         beats(AllTables().cards[b.card], AllTables().cards[a.card]);
}

void CheckFix(const EmbeddedShape& text, const Shape& shape, std::vector<std::string>& problems) {
  if (text.fix.empty()) return;
  const Language language = shape.side(Language::kJs) ? Language::kJs : Language::kPy;
  auto fix = CompileSide(language, text.fix);
  if (!fix) {
    problems.push_back(NameOf(text) + ": fix: " + fix.error());
    return;
  }
  for (const HoleUse& hole : fix.value()->holes) {
    if (!shape.side(language)->FindHole(hole.name)) {
      problems.push_back(NameOf(text) + ": fix: hole $" + hole.name + " is not bound");
    }
  }
}

void CheckOverlaps(Language language, std::vector<std::string>& problems) {
  for (std::size_t i = 0; i < AllTables().triggers.size(); ++i) {
    const EmbeddedTrigger& a = AllTables().triggers[i];
    if (a.language != language) continue;
    for (std::size_t j = i + 1; j < AllTables().triggers.size(); ++j) {
      const EmbeddedTrigger& b = AllTables().triggers[j];
      if (b.language != language || b.name != a.name) break;
      const EmbeddedShape& text_a = AllTables().shapes[a.shape];
      const EmbeddedShape& text_b = AllTables().shapes[b.shape];
      if (text_a.card == text_b.card || IsDeclared(text_a, text_b)) continue;
      const std::size_t embedded = AllTables().embedded_shapes;
      if ((a.shape < embedded) != (b.shape < embedded)) continue;  // a team's own card wins
      if (AllTables().cards[text_a.card].kind != CardKind::kCorrespondence ||
          AllTables().cards[text_b.card].kind != CardKind::kCorrespondence) {
        continue;
      }
      const Shape* shape_a = ShapeAt(a.shape);
      const Shape* shape_b = ShapeAt(b.shape);
      if (!shape_a || !shape_b) continue;
      if (!shape_a->side(language) || !shape_b->side(language)) continue;
      if (shape_a->is_statement() != shape_b->is_statement()) continue;
      if (Overlap(*shape_a, *shape_b, language).Run()) {
        problems.push_back(NameOf(text_a) + " and " + NameOf(text_b) + ": they overlap from " +
                           std::string(DisplayName(language)) + "; one must say that it beats the other");
      }
    }
  }
}

std::vector<std::string> CheckShapes(std::size_t first) {
  std::vector<std::string> problems;
  for (std::size_t i = first; i < AllTables().shapes.size(); ++i) {
    const EmbeddedShape& text = AllTables().shapes[i];
    auto shape = ReadShape(text);
    const std::string problem =
        shape ? ProblemOf(*shape.value(), AllTables().cards[text.card].kind) : shape.error();
    if (!problem.empty()) {
      problems.push_back(NameOf(text) + ": " + problem);
      continue;
    }
    for (auto [enabled, language, source] : {std::tuple{text.from_js, Language::kJs, text.js},
                                             std::tuple{text.from_py, Language::kPy, text.py}}) {
      if (!enabled) continue;
      const std::string scanned = TriggerOfText(source);
      const std::string_view exact = TriggerOf(*shape.value()->side(language));
      if (scanned != exact) {
        problems.push_back(NameOf(text) + ": the trigger is `" + std::string(exact) + "`, the scan says `" + scanned + "`");
      }
    }
    CheckFix(text, *shape.value(), problems);
    for (const auto* list : {&shape.value()->where, &shape.value()->where_js, &shape.value()->where_py}) {
      for (const Predicate& p : *list) {
        if (p.kind == PredicateKind::kReports && !diag::FindEntry(p.word)) {
          problems.push_back(NameOf(text) + ": there is no card " + p.word);
        }
      }
    }
  }
  return problems;
}

}  // namespace

std::vector<std::string> CheckOwn() { return CheckShapes(AllTables().embedded_shapes); }

std::vector<std::string> CheckAll() {
  std::vector<std::string> problems = CheckShapes(0);
  CheckOverlaps(Language::kJs, problems);
  CheckOverlaps(Language::kPy, problems);
  return problems;
}

}  // namespace asyncport::rules
