// Text of a shape -> Side. Uses syntax/, lower/ and facts/ as any source does; only holes are special.
#include "rules/compile.h"
#include "rules/tables.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <utility>

#include "diag/diagnostic.h"
#include "ir/views.h"
#include "lower/lower.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::rules {
namespace {

using ir::NodeId;
using ir::NodeKind;

// Modules that a Python shape may name without an import line.
constexpr std::array<std::string_view, 35> kStandardModules = {
    "asyncio",  "base64",   "bisect",      "collections", "contextlib", "contextvars", "copy",
    "datetime", "enum",     "functools",   "hashlib",     "heapq",      "inspect",     "itertools",
    "json",     "logging",  "math",        "operator",    "os",         "platform",    "random",
    "re",       "secrets",  "shutil",      "signal",      "statistics", "string",      "subprocess",
    "sys",      "tempfile", "threading",   "time",        "unicodedata", "uuid", "zlib"};

std::string WithHoleLetters(Language language, std::string_view text) {
  if (language == Language::kJs) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool hole = text[i] == '$' && i + 1 < text.size() &&
                (text[i + 1] == '$' || text[i + 1] == '_' || (text[i + 1] >= 'A' && text[i + 1] <= 'Z'));
    if (hole) {
      out += "\xC2\xB5";  // µ
    } else {
      out += text[i];
    }
  }
  return out;
}

// Names of the holes as the text spells them.
std::set<std::string> HolesInText(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') continue;
    while (i < text.size() && text[i] == '$') ++i;
    std::size_t end = i;
    while (end < text.size() && ((text[end] >= 'A' && text[end] <= 'Z') || text[end] == '_' ||
                                 (text[end] >= '0' && text[end] <= '9'))) {
      ++end;
    }
    std::string name(text.substr(i, end - i));
    if (!name.empty() && name != "_") names.insert(std::move(name));
    i = end;
  }
  return names;
}

// Walks a compiled tree once and fills the tables of its Side.
class Surveyor {
 public:
  explicit Surveyor(Side& side) : side_(side) {}

  Result<bool> Run() {
    side_.path.resize(side_.tree.size());
    side_.local.resize(side_.tree.size());
    Visit(side_.root, false, false, false);
    if (!problem_.empty()) return Error{problem_};
    for (const std::string& need : imported_) AddImport(need);
    return true;
  }

 private:
  void Visit(NodeId id, bool receiver, bool repeated, bool generator) {
    const ir::Tree& tree = side_.tree;
    if (auto hole = ir::As<ir::Hole>(tree, id)) return VisitHole(hole, receiver, repeated, generator);
    ++side_.weight;
    switch (tree.kind(id)) {
      case NodeKind::kOpaque:
        problem_ = "the shape has a part that lowering does not know: " + std::string(tree.text(id));
        return;
      case NodeKind::kName:
        return VisitName(id);
      case NodeKind::kAttribute: {
        if (std::string_view name = MemberHole(tree, id); !name.empty()) {
          AddHole(name, ir::HoleKind::kOne);
        } else if (std::string path = side_.facts->ResolvedName(id); path.find('#') == std::string::npos) {
          side_.path[id.index] = std::move(path);
        }
        return Visit(ir::Attribute(tree, id).object(), true, repeated, generator);
      }
      case NodeKind::kSubscript:
        Visit(ir::Subscript(tree, id).object(), true, repeated, generator);
        return Visit(ir::Subscript(tree, id).index(), false, repeated, generator);
      case NodeKind::kLambda:
      case NodeKind::kFunctionExpr:
        tree.ForEachChild(id, [&](NodeId child) { Visit(child, false, true, true); });
        return;
      case NodeKind::kComprehension:
        return VisitComprehension(ir::Comprehension(tree, id), repeated, generator);
      default:
        tree.ForEachChild(id, [&](NodeId child) { Visit(child, false, repeated, generator); });
    }
  }

  void VisitComprehension(ir::Comprehension node, bool repeated, bool generator) {
    bool lazy = generator || node.kind() == ir::ComprehensionKind::kGenerator;
    bool first = true;
    for (NodeId clause : node.clauses()) {
      if (auto loop = ir::As<ir::CompFor>(side_.tree, clause)) {
        // The first iterable is evaluated outside, once.
        Visit(loop.iterable(), false, repeated || !first, generator || (lazy && !first));
        Visit(loop.target(), false, repeated, generator);
        first = false;
      } else {
        Visit(clause, false, true, lazy);
      }
    }
    Visit(node.element(), false, true, lazy);
    if (node.value()) Visit(node.value(), false, true, lazy);
  }

  void VisitHole(ir::Hole hole, bool receiver, bool repeated, bool generator) {
    if (hole.kind() == ir::HoleKind::kAny || hole.name() == "_") return;
    HoleUse& use = AddHole(hole.name(), hole.kind());
    use.receiver = use.receiver || receiver;
    use.repeated = use.repeated || repeated;
    use.generator = use.generator || generator;
  }

  HoleUse& AddHole(std::string_view name, ir::HoleKind kind) {
    auto use = std::find_if(side_.holes.begin(), side_.holes.end(),
                            [&](const HoleUse& h) { return h.name == name; });
    if (use == side_.holes.end()) {
      side_.holes.push_back(HoleUse{std::string(name), kind, 0, false, false, false});
      use = side_.holes.end() - 1;
    }
    if (use->kind != kind) problem_ = "$" + use->name + " is one node here and a list there";
    ++use->count;
    return *use;
  }

  void VisitName(NodeId id) {
    const facts::BindingId binding_id = side_.facts->BindingOf(id);
    const std::string name(side_.tree.text(id));
    if (!binding_id) return;
    const facts::Binding& binding = side_.facts->binding(binding_id);
    switch (binding.kind) {
      case facts::BindingKind::kFree:
        side_.path[id.index] = name;
        if (side_.language == Language::kPy &&
            std::find(kStandardModules.begin(), kStandardModules.end(), name) != kStandardModules.end()) {
          imported_.insert(name);
        }
        break;
      case facts::BindingKind::kImport:
        side_.path[id.index] = binding.path;
        imported_.insert(name);
        break;
      default:
        side_.local[id.index] = true;
    }
  }

  // What the name `local` must be imported as, from the shape's own import line or by its being a standard module.
  void AddImport(const std::string& local) {
    const ir::Tree& tree = side_.tree;
    const ir::Module module(tree, tree.root());
    for (NodeId id : ir::Block(tree, module.body()).statements()) {
      auto import = ir::As<ir::Import>(tree, id);
      if (!import) continue;
      for (NodeId item_id : import.items()) {
        const ir::ImportItem item(tree, item_id);
        if (!item.local() || tree.text(item.local()) != local) continue;
        std::string name;
        if (item.kind() == ir::ImportKind::kNamed) name = item.name();
        if (item.kind() == ir::ImportKind::kDefault) name = "default";
        side_.imports.push_back(ImportNeed{std::string(import.module()), name, local});
        return;
      }
    }
    side_.imports.push_back(ImportNeed{local, "", local});
  }

  Side& side_;
  std::set<std::string> imported_;
  std::string problem_;
};

bool IsExpression(const ir::Tree& tree, NodeId statement) { return tree.Is(statement, NodeKind::kExprStmt); }

// The holes that the other side may use: bound ones and those made by `let`.
std::string CheckDirection(const Shape& shape, Language source) {
  const Side& from = *shape.side(source);
  const Side* to = shape.side(Other(source));
  auto bound = [&](std::string_view name) { return from.FindHole(name) != nullptr; };
  std::set<std::string> made, used, dropped;
  for (const auto* list : {&shape.where, &shape.where_for(source)}) {
    for (const Predicate& p : *list) {
      switch (p.kind) {
        case PredicateKind::kLetHole:
          if (bound(p.target) && p.target != p.hole) break;  // speaks of the other direction
          if (!bound(p.hole) && to && to->FindHole(p.hole)) break;
          if (!bound(p.hole)) return "`" + p.line + "`: $" + p.hole + " is not bound";
          made.insert(p.target);
          used.insert(p.hole);
          break;
        case PredicateKind::kDrops:
          if (bound(p.hole)) dropped.insert(p.hole);
          break;
        case PredicateKind::kSameWith:
          for (const std::string* hole : {&p.hole, &p.other, &p.target, &p.word}) {
            if (!bound(*hole)) return "`" + p.line + "`: $" + *hole + " is not bound";
          }
          dropped.insert(p.hole);
          dropped.insert(p.target);
          break;
        case PredicateKind::kLess:
          if (!bound(p.hole) || !bound(p.other)) return "`" + p.line + "`: a hole is not bound";
          break;
        default:
          if (!p.hole.empty() && !bound(p.hole)) return "`" + p.line + "`: $" + p.hole + " is not bound";
      }
    }
  }
  if (!to) return {};
  for (const HoleUse& hole : to->holes) {
    if (!bound(hole.name) && !made.count(hole.name)) return "hole $" + hole.name + " is not bound";
    if (const HoleUse* other = from.FindHole(hole.name); other && other->kind != hole.kind) {
      return "$" + hole.name + " is one node here and a list there";
    }
    used.insert(hole.name);
  }
  for (const HoleUse& hole : from.holes) {
    if (!used.count(hole.name) && !dropped.count(hole.name)) {
      return "hole $" + hole.name + " is neither used nor dropped";
    }
  }
  for (const std::string& name : made) {
    if (!to->FindHole(name)) return "$" + name + " is made and not used";
  }
  return {};
}

}  // namespace

std::string_view MemberHole(const ir::Tree& tree, NodeId attribute) {
  std::string_view name = tree.text(attribute);
  if (name.starts_with("$")) return name.substr(1);
  return name.starts_with("\xC2\xB5") ? name.substr(2) : std::string_view();
}

const HoleUse* Side::FindHole(std::string_view name) const {
  for (const HoleUse& hole : holes) {
    if (hole.name == name) return &hole;
  }
  return nullptr;
}

Result<std::unique_ptr<Side>> CompileSide(Language language, std::string_view text) {
  const std::string where = std::string(ShortName(language)) + " shape: ";
  Source source("shape", WithHoleLetters(language, text));
  auto parsed = syntax::Parse(source, language, {});
  if (!parsed) return Error{where + parsed.error()};
  if (!parsed.value().errors.empty()) return Error{where + parsed.value().errors[0].message};
  diag::Diagnostics ignored;  // `await` outside a function and the like: a shape is a fragment
  auto strings = std::make_shared<StringTable>();
  auto side = std::make_unique<Side>(
      language, lower::Lower(parsed.value().cst, source, strings, {.holes = true}, ignored));

  const ir::Tree& tree = side->tree;
  const ir::Module module(tree, tree.root());
  NodeId statement;
  if (module.docstring()) return Error{where + "a text alone is no shape"};
  for (NodeId id : ir::Block(tree, module.body()).statements()) {
    if (tree.Is(id, NodeKind::kImport)) continue;
    if (statement) return Error{where + "more than one statement"};
    statement = id;
  }
  if (!statement) return Error{where + "no statement"};
  side->facts = facts::Infer(tree, {});
  side->is_statement = !IsExpression(tree, statement);
  side->statement = statement;
  side->root = side->is_statement ? statement : ir::ExprStmt(tree, statement).value();
  if (auto surveyed = Surveyor(*side).Run(); !surveyed) return Error{where + surveyed.error()};
  if (std::set<std::string> names = HolesInText(text); names.size() != side->holes.size()) {
    return Error{where + "a hole was lost in parsing"};
  }
  return side;
}

const Shape::Lazy& Shape::Compiled(Language language) const {
  Lazy& lazy = sides_[language == Language::kJs ? 0 : 1];
  std::call_once(lazy.once, [&] {
    if (text_of(language).empty()) return;
    auto side = CompileSide(language, text_of(language));
    if (side) {
      lazy.side = std::move(side).value();
    } else {
      lazy.problem = side.error();
    }
  });
  return lazy;
}

bool Shape::is_statement() const {
  const Side* js = side(Language::kJs);
  const Side* py = side(Language::kPy);
  return (js && js->is_statement) || (py && py->is_statement);
}

Result<std::unique_ptr<Shape>> ReadShape(const EmbeddedShape& text) {
  auto shape = std::make_unique<Shape>();
  shape->text = &text;
  for (auto [from, to] : {std::pair{&text.where, &shape->where}, std::pair{&text.where_js, &shape->where_js},
                          std::pair{&text.where_py, &shape->where_py}}) {
    auto where = ParseWhere(*from);
    if (!where) return Error{where.error()};
    *to = std::move(where).value();
  }
  return shape;
}

std::string ProblemOf(const Shape& shape, CardKind kind) {
  for (Language language : {Language::kJs, Language::kPy}) {
    if (const std::string& problem = shape.problem(language); !problem.empty()) return problem;
  }
  if (kind != CardKind::kCorrespondence && kind != CardKind::kLesson) return {};
  for (auto [enabled, language] : {std::pair{shape.text->from_js, Language::kJs},
                                   std::pair{shape.text->from_py, Language::kPy}}) {
    if (!enabled) continue;
    if (std::string problem = CheckDirection(shape, language); !problem.empty()) {
      return "from " + std::string(DisplayName(language)) + ": " + problem;
    }
  }
  return {};
}

const Shape* ShapeAt(std::size_t index) {
  struct Slot {
    std::once_flag once;
    std::unique_ptr<Shape> shape;
  };
  // Constructed at the first use; slots are filled one by one.
  static std::unique_ptr<Slot[]> slots(new Slot[AllTables().shapes.size()]);
  Slot& slot = slots[index];
  std::call_once(slot.once, [&] {
    auto shape = ReadShape(AllTables().shapes[index]);
    if (shape) slot.shape = std::move(shape).value();
  });
  return slot.shape.get();
}

}  // namespace asyncport::rules
