// See quote.h. Shapes are lowered with the ordinary lowering, once per translation, and grafted with their holes filled.
#include "translate/to_js/quote.h"

#include <memory>
#include <string>
#include <unordered_map>

#include "lower/lower.h"
#include "support/check.h"
#include "syntax/cst.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Shapes {
  std::unordered_map<std::string, std::shared_ptr<Tree>> by_code;
  std::unordered_map<std::string_view, std::string> locals;  // definition -> name in this file
};

const Tree& ShapeOf(Context& c, std::string_view code) {
  std::shared_ptr<Tree>& tree = c.State<Shapes>().by_code[std::string(code)];
  if (!tree) {
    Source source("shape.js", std::string(code));
    auto parsed = syntax::Parse(source, Language::kJs, {});
    AP_CHECK(parsed && parsed.value().errors.empty(), "shape does not parse: " + std::string(code), Span{});
    diag::Diagnostics ignored;
    tree = std::make_shared<Tree>(
        lower::Lower(parsed.value().cst, source, c.src().shared_strings(), {.holes = true}, ignored));
  }
  return *tree;
}

class Graft {
 public:
  Graft(Context& c, const Tree& shape, std::initializer_list<Fill> fills) : c_(c), shape_(shape), fills_(fills) {}
  void Rename(std::string_view from, std::string_view to) {
    from_ = from;
    to_ = to;
  }

  void Into(NodeId id, NodeList& out) {
    if (auto hole = As<Hole>(shape_, id)) {
      for (const Fill& fill : fills_) {
        if (fill.hole != hole.name()) continue;
        bool again = !used_.insert(std::string(fill.hole)).second;
        for (NodeId node : fill.nodes) out.push_back(again ? CopyTarget(c_, node) : node);
        return;
      }
      AP_CHECK(false, "hole is not filled: " + std::string(hole.name()), Span{});
    }
    // A hole that stands as a statement of its own.
    const Node& node = shape_.node(id);
    const KindInfo& info = Info(node.kind);
    Tree::Draft draft{.kind = node.kind, .oper = node.oper, .flags = node.flags, .atom = node.atom, .slots = {}};
    if (node.kind == NodeKind::kName && !from_.empty() && shape_.text(id) == from_) draft.atom = c_.dst().Intern(to_);
    for (unsigned s = 0; s < info.slot_count; ++s) {
      NodeList list;
      for (NodeId child : shape_.SlotList(id, s)) Into(child, list);
      draft.slots.push_back(std::move(list));
    }
    out.push_back(c_.dst().Add(std::move(draft), Span{}));
  }

 private:
  Context& c_;
  const Tree& shape_;
  std::initializer_list<Fill> fills_;
  std::unordered_set<std::string> used_;
  std::string_view from_;
  std::string_view to_;
};

std::span<const NodeId> StatementsOf(const Tree& shape) {
  return Block(shape, Module(shape, shape.root()).body()).statements();
}

void SetOrigin(Context& c, NodeId node, NodeId origin) {
  if (!origin || c.dst().origin(node)) return;
  c.dst().set_origin(node, origin);
  c.dst().set_span(node, c.src().span(origin));
}

}  // namespace

NodeId Js(Context& c, std::string_view code, std::initializer_list<Fill> fills, NodeId origin) {
  const Tree& shape = ShapeOf(c, "(" + std::string(code) + ");");
  auto statements = StatementsOf(shape);
  NodeId root = statements.empty() ? kNoNode : statements.front();
  if (auto statement = As<ExprStmt>(shape, root)) root = statement.value();
  NodeList out;
  Graft(c, shape, fills).Into(root, out);
  SetOrigin(c, out.front(), origin);
  return out.front();
}

void JsStatements(Context& c, std::string_view code, std::initializer_list<Fill> fills, NodeId origin, NodeList& out) {
  const Tree& shape = ShapeOf(c, code);
  Graft graft(c, shape, fills);
  std::size_t first = out.size();
  for (NodeId statement : StatementsOf(shape)) graft.Into(statement, out);
  if (first < out.size()) SetOrigin(c, out[first], origin);
}

NodeId CopyTarget(Context& c, NodeId target, std::string_view from, NodeId to) {
  Tree& dst = c.dst();
  if (to && dst.Is(target, NodeKind::kName) && dst.text(target) == from) return CopyTarget(c, to);
  Node node = dst.node(target);
  const KindInfo& info = Info(node.kind);
  Tree::Draft draft{.kind = node.kind, .oper = node.oper, .flags = node.flags, .atom = node.atom, .slots = {}};
  for (unsigned s = 0; s < info.slot_count; ++s) {
    auto children = dst.SlotList(target, s);
    NodeList before(children.begin(), children.end());
    NodeList list;
    for (NodeId child : before) list.push_back(CopyTarget(c, child, from, to));
    draft.slots.push_back(std::move(list));
  }
  return dst.Add(std::move(draft), node.span, node.origin);
}

NodeId Local(Context& c, std::string_view name, NodeId origin) {
  const LocalDefinition* definition = FindLocal(name);
  AP_CHECK(definition, "no local definition " + std::string(name), Span{});
  auto& locals = c.State<Shapes>().locals;
  auto known = locals.find(definition->name);
  if (known == locals.end()) {
    if (!definition->after.empty()) Local(c, definition->after);
    std::string local = c.names().Fresh(definition->name);
    known = locals.emplace(definition->name, local).first;
    if (!definition->import.empty()) c.Library(definition->import);
    const Tree& shape = ShapeOf(c, definition->code);
    Graft graft(c, shape, {});
    graft.Rename(definition->name, known->second);
    for (NodeId statement : StatementsOf(shape)) graft.Into(statement, c.prelude());
  }
  return c.NewName(known->second, origin);
}

}  // namespace asyncport::translate::to_js
