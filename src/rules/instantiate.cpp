// Grafts translated subtrees into the other shape: a copy of the shape's IR in which holes are replaced.
// Example: `asyncio.sleep($S)` with `let $S = seconds($MS)`, MS = Number 50 -> Call(asyncio.sleep, Number 0.05).
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "rules/item_name.h"
#include "ir/make.h"
#include "ir/views.h"
#include "rules/library.h"
#include "rules/scale.h"
#include "support/check.h"
#include "support/strings.h"

namespace asyncport::rules {
std::string Singular(std::string_view plural) {
  auto ends = [&](std::string_view s) { return plural.size() > s.size() + 1 && plural.ends_with(s); };
  auto cut = [&](std::size_t n) { return std::string(plural.substr(0, plural.size() - n)); };
  if (ends("ies")) return cut(3) + "y";
  if (ends("sses") || ends("xes") || ends("ches") || ends("shes")) return cut(2);
  if (ends("ss") || ends("us") || ends("is")) return {};
  if (ends("s") && plural.size() > 3) return cut(1);
  return {};
}

namespace {

using ir::Make;
using ir::NodeId;
using ir::NodeKind;
using ir::NodeList;
namespace make = ir::make;

// All texts of Name nodes below, in both languages' spelling.
void CollectNames(const ir::Tree& tree, NodeId id, std::set<std::string>& names) {
  if (tree.Is(id, NodeKind::kName)) {
    names.insert(std::string(tree.text(id)));
    names.insert(ToSnakeCase(tree.text(id)));
    names.insert(ToCamelCase(tree.text(id)));
  }
  tree.ForEachChild(id, [&](NodeId child) { CollectNames(tree, child, names); });
}

bool IsIdentifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  });
}

class Grafter {
 public:
  Grafter(const Match& match, const Shape& shape, const ir::Tree& source, ir::Tree& target,
          const TranslateHole& translate)
      : match_(match),
        shape_(shape),
        to_(*shape.side(target.language())),
        source_(source),
        target_(target),
        translate_(translate),
        span_(source.span(match.node)) {}

  Instance Run() {
    for (const Bound& bound : match_.bound) {
      for (NodeId id : bound.nodes) CollectNames(source_, id, used_);
    }
    NodeId node = Copy(shape_.is_statement() ? to_.statement : to_.root);
    target_.set_origin(node, match_.node);
    return Instance{node, to_.imports};
  }

 private:
  const Bound* Find(std::string_view hole) const {
    for (const Bound& b : match_.bound) {
      if (b.hole == hole) return &b;
    }
    return nullptr;
  }

  NodeId Copy(NodeId p) {
    const ir::Tree& shape = to_.tree;
    if (auto hole = ir::As<ir::Hole>(shape, p)) return One(hole);
    const ir::Node& node = shape.node(p);
    ir::Tree::Draft draft{node.kind, node.oper, node.flags, {}, {}};
    std::string_view text = shape.text(p);
    if (node.kind == NodeKind::kName && to_.local[p.index]) {
      draft.atom = target_.Intern(LocalName(text));
    } else {
      draft.atom = target_.Intern(text);
    }
    const ir::KindInfo& info = ir::Info(node.kind);
    for (unsigned slot = 0; slot < info.slot_count; ++slot) {
      NodeList children;
      if (info.slots[slot].arity == ir::SlotArity::kList) {
        for (NodeId child : shape.SlotList(p, slot)) {
          auto hole = ir::As<ir::Hole>(shape, child);
          if (hole && hole.kind() == ir::HoleKind::kList) {
            Spread(hole, children);
          } else {
            children.push_back(Copy(child));
          }
        }
      } else if (NodeId child = shape.Slot(p, slot)) {
        children.push_back(Copy(child));
      }
      draft.slots.push_back(std::move(children));
    }
    if (NodeId member = AsMember(draft)) return member;
    return target_.Add(std::move(draft), span_);
  }

  // JavaScript writes `o["name"]` as `o.name`.
  NodeId AsMember(const ir::Tree::Draft& draft) {
    if (target_.language() != Language::kJs || draft.kind != NodeKind::kSubscript) return ir::kNoNode;
    auto key = ir::As<ir::String>(target_, draft.slots[ir::slots::Subscript::index][0]);
    if (!key || !IsIdentifier(key.value())) return ir::kNoNode;
    return Make(target_,
                make::Attribute{.object = draft.slots[ir::slots::Subscript::object][0], .name = key.value()},
                span_);
  }

  void Spread(ir::Hole hole, NodeList& out) {
    const Bound* bound = Find(hole.name());
    AP_CHECK(bound, "hole is not bound", span_);
    for (NodeId id : bound->nodes) out.push_back(translate_(*bound, id));
  }

  NodeId One(ir::Hole hole) {
    for (const auto* list : {&shape_.where, &shape_.where_for(source_.language())}) {
      for (const Predicate& p : *list) {
        if (p.kind != PredicateKind::kLetHole || p.target != hole.name()) continue;
        if (Find(p.hole) && (!Find(p.target) || p.target == p.hole)) return Let(p);
      }
    }
    const Bound* bound = Find(hole.name());
    AP_CHECK(bound, "hole is not bound", span_);
    return translate_(*bound, bound->nodes[0]);
  }

  NodeId Let(const Predicate& p) {
    const Bound* bound = Find(p.hole);
    AP_CHECK(bound, "hole is not bound", span_);
    if (p.word == "seconds") return Scaled(*bound, -3);
    if (p.word == "milliseconds") return Scaled(*bound, 3);
    if (p.word == "member-text") {
      return Make(target_, make::String{.value = source_.text(bound->nodes[0])}, span_);
    }
    return Make(target_, make::Name{.id = ItemName(p.target, bound->nodes[0])}, span_);
  }

  NodeId Scaled(const Bound& bound, int power) {
    const NodeId value = bound.nodes[0];
    if (auto number = ir::As<ir::Number>(source_, value)) {
      if (auto text = ScaleDecimal(number.text(), power)) {
        const bool whole = text->find('.') == std::string::npos;
        return Make(target_,
                    make::Number{.text = *text, .kind = whole ? ir::NumberKind::kInt : ir::NumberKind::kFloat},
                    source_.span(value), value);
      }
    }
    const ir::BinaryOp undo = power < 0 ? ir::BinaryOp::kMul : ir::BinaryOp::kDiv;
    const ir::BinaryOp redo = power < 0 ? ir::BinaryOp::kDiv : ir::BinaryOp::kMul;
    if (auto binary = ir::As<ir::Binary>(source_, value); binary && binary.op() == undo) {
      auto is_thousand = [&](NodeId id) {
        auto number = ir::As<ir::Number>(source_, id);
        return number && ScaleDecimal(number.text(), 0) == "1000";
      };
      if (is_thousand(binary.right())) return translate_(bound, binary.left());
      if (power < 0 && is_thousand(binary.left())) return translate_(bound, binary.right());
    }
    NodeId thousand = Make(target_, make::Number{.text = "1000", .kind = ir::NumberKind::kInt}, span_);
    return Make(target_, make::Binary{.left = translate_(bound, value), .right = thousand, .op = redo}, span_);
  }

  // One name per hole; never one that stands in a bound subtree.
  std::string ItemName(const std::string& hole, NodeId collection) {
    auto [name, is_new] = items_.try_emplace(hole);
    if (!is_new) return name->second;
    std::string_view text;
    if (source_.Is(collection, NodeKind::kName)) text = source_.text(collection);
    if (auto attribute = ir::As<ir::Attribute>(source_, collection)) text = attribute.name();
    std::string singular = Singular(text);
    if (!singular.empty()) {
      singular = target_.language() == Language::kPy ? ToSnakeCase(singular) : ToCamelCase(singular);
    }
    // `passes`, `classes`: words that both languages keep for themselves, or one of them.
    static constexpr std::string_view kKeywords[] = {"pass",  "class",  "yield", "return", "raise",  "import", "break",
                                                     "case",  "global", "with",  "lambda", "assert", "switch", "default"};
    if (std::find(std::begin(kKeywords), std::end(kKeywords), singular) != std::end(kKeywords)) singular.clear();
    for (const std::string& candidate : {singular, std::string("item"), std::string("element"),
                                         std::string("entry")}) {
      if (!candidate.empty() && used_.insert(candidate).second) return name->second = candidate;
    }
    return name->second = Numbered("item");
  }

  std::string Numbered(const std::string& stem) {
    for (int i = 2;; ++i) {
      std::string name = stem + (target_.language() == Language::kPy ? "_" : "") + std::to_string(i);
      if (used_.insert(name).second) return name;
    }
  }

  // A name that the shape binds, unless a grafted subtree uses the same one.
  std::string LocalName(std::string_view name) {
    auto [local, is_new] = locals_.try_emplace(std::string(name));
    if (is_new) {
      local->second = used_.count(std::string(name)) ? Numbered(std::string(name)) : std::string(name);
    }
    return local->second;
  }

  const Match& match_;
  const Shape& shape_;
  const Side& to_;
  const ir::Tree& source_;
  ir::Tree& target_;
  const TranslateHole& translate_;
  Span span_;
  std::set<std::string> used_;
  std::map<std::string, std::string> items_;
  std::map<std::string, std::string> locals_;
};

}  // namespace

Instance Instantiate(const Match& match, const ir::Tree& source, ir::Tree& target, const TranslateHole& hole) {
  AP_CHECK(match.card, "no match to instantiate", {});
  const Shape* shape = ShapeAt(match.card->first_shape + match.shape_index);
  AP_CHECK(shape && shape->side(target.language()), "the card has no shape in the target language",
           source.span(match.node));
  return Grafter(match, *shape, source, target, hole).Run();
}

}  // namespace asyncport::rules
