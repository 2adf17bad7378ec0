// See quote.h. Shapes are lowered with the ordinary lowering, once per translation, and grafted with their holes filled.
#include "translate/quote.h"

#include <memory>
#include <string>
#include <unordered_map>

#include "lower/lower.h"
#include "support/check.h"
#include "syntax/cst.h"

namespace asyncport::translate {

using namespace ir;

namespace {

struct Shapes {
  std::unordered_map<std::string, std::shared_ptr<Tree>> by_code;
  std::unordered_map<std::string, std::string> defined;  // definition -> name in this file
};

// Holes are letters in Python: `$X` is no name there.
std::string WithHoleLetters(Language language, std::string_view code) {
  if (language == Language::kJs) return std::string(code);
  std::string out;
  for (char ch : code) {
    if (ch == '$') {
      out += "\xC2\xB5";  // µ
    } else {
      out += ch;
    }
  }
  return out;
}

const Tree& ShapeOf(Context& c, std::string_view code) {
  std::shared_ptr<Tree>& tree = c.State<Shapes>().by_code[std::string(code)];
  if (!tree) {
    Source source("shape", WithHoleLetters(c.to(), code));
    auto parsed = syntax::Parse(source, c.to(), {});
    AP_CHECK(parsed && parsed.value().errors.empty(), "shape does not parse: " + std::string(code),
             Span{});
    diag::Diagnostics ignored;
    tree = std::make_shared<Tree>(lower::Lower(parsed.value().cst, source, c.src().shared_strings(),
                                               {.holes = true}, ignored));
  }
  return *tree;
}

class Graft {
 public:
  Graft(Context& c, const Tree& shape, std::initializer_list<Fill> fills)
      : c_(c), shape_(shape), fills_(fills) {}
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
    Tree::Draft draft{
        .kind = node.kind, .oper = node.oper, .flags = node.flags, .atom = node.atom, .slots = {}};
    if (node.kind == NodeKind::kName && !from_.empty() && shape_.text(id) == from_)
      draft.atom = c_.dst().Intern(to_);
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

// Its statements; what its import lines bring is needed from now on.
NodeList StatementsOf(Context& c, const Tree& shape) {
  NodeList out;
  for (NodeId id : Block(shape, Module(shape, shape.root()).body()).statements()) {
    auto import = As<Import>(shape, id);
    if (!import) {
      out.push_back(id);
      continue;
    }
    for (NodeId item_id : import.items()) {
      auto item = As<ImportItem>(shape, item_id);
      if (item.kind() == ImportKind::kNamed) {
        c.imports().NeedName(import.module(), item.name(),
                             item.local() ? shape.text(item.local()) : item.name());
      } else {
        c.imports().NeedModule(import.module());
      }
    }
  }
  return out;
}

// Does the import vanish from the target, since all that it names is written in another way there?
bool Vanishes(const facts::Binding& binding) {
  static constexpr std::string_view kModules[] = {
      "node:",     "itertools.", "functools.", "collections.", "math.",    "textwrap.",
      "operator.", "heapq.",     "bisect.",    "statistics.",  "fnmatch.", "html."};
  if (binding.kind != facts::BindingKind::kImport) return false;
  for (std::string_view module : kModules) {
    if (binding.path.starts_with(module)) return true;
  }
  return false;
}

// Names of the source's own modules and globals vanish from the target: a definition may have theirs.
bool IsFreeForDefinition(Context& c, const std::string& name) {
  if (!c.names().Taken(name)) return true;
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    facts::BindingId id{i};
    if (c.names().Of(id) != name) continue;
    const facts::Binding& binding = c.facts().binding(id);
    if (binding.kind != facts::BindingKind::kFree && !Vanishes(binding)) return false;
  }
  return true;
}

void SetOrigin(Context& c, NodeId node, NodeId origin) {
  if (!origin || c.dst().origin(node)) return;
  c.dst().set_origin(node, origin);
  c.dst().set_span(node, c.src().span(origin));
}

}  // namespace

NodeId Quote(Context& c, std::string_view code, std::initializer_list<Fill> fills, NodeId origin) {
  const Tree& shape =
      ShapeOf(c, c.to() == Language::kJs ? "(" + std::string(code) + ");" : std::string(code));
  NodeList statements = StatementsOf(c, shape);
  // A text alone is the docstring of its module.
  NodeId root = statements.empty() ? Module(shape, shape.root()).docstring() : statements.front();
  if (auto statement = As<ExprStmt>(shape, root)) root = statement.value();
  NodeList out;
  Graft(c, shape, fills).Into(root, out);
  SetOrigin(c, out.front(), origin);
  return out.front();
}

void QuoteStatements(Context& c, std::string_view code, std::initializer_list<Fill> fills,
                     NodeId origin, NodeList& out) {
  const Tree& shape = ShapeOf(c, code);
  Graft graft(c, shape, fills);
  std::size_t first = out.size();
  for (NodeId statement : StatementsOf(c, shape)) graft.Into(statement, out);
  if (first < out.size()) SetOrigin(c, out[first], origin);
}

NodeId CopyTarget(Context& c, NodeId target, std::string_view from, NodeId to) {
  Tree& dst = c.dst();
  if (to && dst.Is(target, NodeKind::kName) && dst.text(target) == from) return CopyTarget(c, to);
  Node node = dst.node(target);
  const KindInfo& info = Info(node.kind);
  Tree::Draft draft{
      .kind = node.kind, .oper = node.oper, .flags = node.flags, .atom = node.atom, .slots = {}};
  for (unsigned s = 0; s < info.slot_count; ++s) {
    auto children = dst.SlotList(target, s);
    NodeList before(children.begin(), children.end());
    NodeList list;
    for (NodeId child : before) list.push_back(CopyTarget(c, child, from, to));
    draft.slots.push_back(std::move(list));
  }
  return dst.Add(std::move(draft), node.span, node.origin);
}

NodeId DefineOnce(Context& c, std::string_view name, std::string_view code, NodeId origin) {
  auto& defined = c.State<Shapes>().defined;
  auto known = defined.find(std::string(name));
  if (known == defined.end()) {
    std::string local =
        IsFreeForDefinition(c, std::string(name)) ? std::string(name) : c.names().Fresh(name);
    c.names().Take(local);
    known = defined.emplace(name, local).first;
    const Tree& shape = ShapeOf(c, code);
    Graft graft(c, shape, {});
    graft.Rename(name, local);
    for (NodeId statement : StatementsOf(c, shape)) graft.Into(statement, c.prelude());
    known = defined.find(std::string(name));
  }
  return c.NewName(known->second, origin);
}

}  // namespace asyncport::translate
