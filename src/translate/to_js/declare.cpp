// See declare.h. Regions are found over the occurrences of a binding in the order in which they happen.
#include "translate/to_js/declare.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;
using facts::BindingId;
using facts::BindingKind;

namespace {

struct Plan {
  bool made = false;
  std::unordered_map<std::uint32_t, DeclKind> opens;                   // Name of a write -> const or let
  std::unordered_map<std::uint32_t, std::vector<BindingId>> hoisted;  // statement -> `let` before it
  std::unordered_set<std::uint32_t> functions;  // bindings of functions that such a `let` declares
};

enum class Opener : std::uint8_t { kNone, kStatement, kLoop, kCatch };

struct Occurrence {
  NodeId name;
  bool is_write = false;
  std::uint32_t when = 0;  // position in the text, writes of an assignment after its value
  Opener opener = Opener::kNone;
  NodeId statement{};  // of a write: Assign, ForEach, With, CatchClause
};

struct Region {
  NodeId opener_name;
  NodeId block;   // Block the statement stands in; none for loops and clauses
  Span span;
  int writes = 1;
};

class Planner {
 public:
  Planner(Context& c, Plan& plan) : c_(c), plan_(plan) {}

  void Run() {
    for (std::uint32_t i = 1; i <= c_.facts().binding_count(); ++i) One({i});
  }

 private:
  const Tree& src() const { return c_.src(); }
  NodeId Parent(NodeId id) const { return c_.facts().Parent(id); }

  // The block a statement is printed in: bodies of transparent statements belong to the block around them.
  NodeId HomeBlock(NodeId node) const {
    for (NodeId up = Parent(node); up; up = Parent(up)) {
      if (!src().Is(up, NodeKind::kBlock)) continue;
      NodeId owner = Parent(up);
      if (!IsTransparent(c_, owner)) return up;
    }
    return kNoNode;
  }

  Occurrence Write(NodeId name) const {
    Occurrence result{.name = name, .is_write = true, .when = src().span(name).begin};
    NodeId up = Parent(name);
    while (src().Is(up, NodeKind::kListPattern) || src().Is(up, NodeKind::kRestPattern)) up = Parent(up);
    switch (src().kind(up)) {
      case NodeKind::kAssign:
        result.statement = up;
        result.opener = Opener::kStatement;
        result.when = src().span(up).end;
        break;
      case NodeKind::kAugAssign:
        result.when = src().span(up).end;
        break;
      case NodeKind::kForEach:
        result.statement = up;
        result.opener = Opener::kLoop;
        result.when = src().span(ForEach(src(), up).iterable()).end;
        break;
      case NodeKind::kWithItem:
        result.statement = Parent(up);
        result.opener = Opener::kStatement;
        result.when = src().span(up).end;
        break;
      case NodeKind::kCatchClause:
        result.statement = up;
        result.opener = Opener::kCatch;
        break;
      default:
        break;
    }
    return result;
  }

  Region Open(const Occurrence& o) const {
    Region region{.opener_name = o.name, .block = {}, .span = src().span(o.statement)};
    if (o.opener == Opener::kStatement) {
      region.block = HomeBlock(o.statement);
      // Up to the end of the block; the module's block ends with the file.
      region.span.end = src().span(region.block).end;
      for (NodeId s : Block(src(), region.block).statements()) region.span.end = std::max(region.span.end, src().span(s).end);
    }
    return region;
  }

  bool IsVariable(const facts::Binding& b) const {
    bool kind = b.kind == BindingKind::kVariable || b.kind == BindingKind::kLoop || b.kind == BindingKind::kCatch ||
                b.kind == BindingKind::kWith;
    if (!kind || b.writes.empty()) return false;
    NodeKind scope = src().kind(c_.facts().scope(b.scope).node);
    return scope != NodeKind::kClassDef && scope != NodeKind::kComprehension;
  }

  NodeId HomeFunction(const facts::Binding& b) const {
    NodeId node = c_.facts().scope(b.scope).node;
    return src().Is(node, NodeKind::kModule) ? kNoNode : node;
  }

  // A function that a branch defines and code outside of the branch uses.
  void OneFunction(BindingId id, const facts::Binding& b) {
    NodeKind scope = src().kind(c_.facts().scope(b.scope).node);
    if (scope == NodeKind::kClassDef || b.writes.empty()) return;
    std::vector<Occurrence> own;
    NodeList blocks;
    for (NodeId name : b.writes) {
      if (!src().Is(Parent(name), NodeKind::kFunctionDef)) return;
      own.push_back(Write(name));
      blocks.push_back(HomeBlock(name));
    }
    NodeId home = HomeFunction(b);
    bool in_branch = std::any_of(blocks.begin(), blocks.end(), [&](NodeId block) {
      NodeKind owner = src().kind(Parent(block));
      return owner != NodeKind::kFunctionDef && owner != NodeKind::kMethod && owner != NodeKind::kModule;
    });
    NodeList closures;
    bool used_outside = blocks.size() > 1;
    for (NodeId name : b.reads) {
      bool inside = std::any_of(blocks.begin(), blocks.end(), [&](NodeId block) { return src().span(block).contains(src().span(name)); });
      used_outside = used_outside || !inside;
      if (c_.facts().EnclosingFunction(name) == home) own.push_back({.name = name, .when = src().span(name).begin});
      else closures.push_back(name);
    }
    if (!in_branch || !used_outside) return;
    std::stable_sort(own.begin(), own.end(), [](const Occurrence& x, const Occurrence& y) { return x.when < y.when; });
    Hoist(id, own, closures);
    plan_.functions.insert(id.index);
  }

  void One(BindingId id) {
    const facts::Binding& b = c_.facts().binding(id);
    if (b.kind == BindingKind::kFunction) return OneFunction(id, b);
    if (!IsVariable(b)) return;
    NodeId home = HomeFunction(b);
    std::vector<Occurrence> own;
    NodeList closures;
    auto is_own = [&](NodeId name) { return c_.facts().EnclosingFunction(name) == home; };
    for (NodeId name : b.writes) {
      if (is_own(name)) own.push_back(Write(name));
      else closures.push_back(name);
    }
    for (NodeId name : b.reads) {
      bool also_written = std::find(b.writes.begin(), b.writes.end(), name) != b.writes.end();
      if (also_written) continue;
      if (is_own(name)) own.push_back({.name = name, .when = src().span(name).begin});
      else closures.push_back(name);
    }
    std::stable_sort(own.begin(), own.end(), [](const Occurrence& x, const Occurrence& y) { return x.when < y.when; });
    if (own.empty()) {
      // Only written through `global` in functions.
      auto statements = Block(src(), Module(src(), src().root()).body()).statements();
      if (!home && !statements.empty()) plan_.hoisted[statements.front().index].push_back(id);
      return;
    }
    std::vector<Region> regions;
    if (!Split(own, regions) || !ClosuresFit(b, regions, closures)) {
      Hoist(id, own, closures);
      return;
    }
    for (const Region& region : regions) {
      plan_.opens[region.opener_name.index] = region.writes > 1 ? DeclKind::kLet : DeclKind::kConst;
    }
  }

  bool Split(const std::vector<Occurrence>& own, std::vector<Region>& regions) const {
    for (std::size_t i = 0; i < own.size(); ++i) {
      const Occurrence& o = own[i];
      bool inside = !regions.empty() && Contains(regions.back(), o);
      if (inside && o.is_write && IsPrivate(own, i, regions.back())) {
        // A loop or clause of its own inside the region: it shadows, and nothing after it reads its value.
        Region inner = Open(o);
        for (++i; i < own.size() && inner.span.contains(src().span(own[i].name)); ++i) inner.writes += own[i].is_write ? 1 : 0;
        --i;
        Region outer = regions.back();
        regions.pop_back();
        regions.push_back(inner);
        regions.push_back(outer);
        continue;
      }
      if (inside) {
        regions.back().writes += o.is_write ? 1 : 0;
        continue;
      }
      if (!o.is_write || o.opener == Opener::kNone) return false;
      regions.push_back(Open(o));
    }
    return true;
  }

  bool Contains(const Region& region, const Occurrence& o) const {
    return region.span.contains(src().span(o.name));
  }

  // A loop or except clause inside the current region whose variable nobody reads after it.
  bool IsPrivate(const std::vector<Occurrence>& own, std::size_t i, const Region& current) const {
    const Occurrence& o = own[i];
    if (o.opener != Opener::kLoop && o.opener != Opener::kCatch) return false;
    if (current.opener_name == o.name) return false;
    Span span = src().span(o.statement);
    if (!current.block) return false;
    for (std::size_t j = i + 1; j < own.size(); ++j) {
      if (span.contains(src().span(own[j].name))) continue;
      // The next occurrence after the loop must be a write that opens a loop of its own.
      if (own[j].opener == Opener::kLoop || own[j].opener == Opener::kCatch) return IsPrivate(own, j, current);
      return false;
    }
    // Inside an outer loop, an earlier read would see the value of the round before.
    NodeId outer = c_.facts().EnclosingLoop(o.statement);
    return !outer || src().span(outer).begin < current.span.begin;
  }

  // Functions that use the variable must see its declaration, and a loop may not make a fresh variable for each of
  // them: Python's closures share one.
  bool ClosuresFit(const facts::Binding& b, std::vector<Region>& regions, const NodeList& closures) const {
    if (closures.empty()) return true;
    if (regions.size() != 1) return false;
    Region& region = regions.front();
    Span visible = region.block ? src().span(region.block) : region.span;
    if (region.block && src().Is(Parent(region.block), NodeKind::kModule)) visible = src().span(Parent(region.block));
    for (NodeId name : closures) {
      if (!visible.contains(src().span(name))) return false;
      bool is_write = std::find(b.writes.begin(), b.writes.end(), name) != b.writes.end();
      if (is_write) ++region.writes;
      if (NodeId loop = LoopAround(region); loop && Outlives(name)) {
        c_.SayOnce("late-binding-closure", name);
        return false;
      }
    }
    return true;
  }

  NodeId LoopAround(const Region& region) const {
    NodeId up = Parent(region.opener_name);
    while (up && !src().Is(up, NodeKind::kAssign) && !src().Is(up, NodeKind::kForEach) && !src().Is(up, NodeKind::kWith)) {
      up = Parent(up);
    }
    return src().Is(up, NodeKind::kForEach) ? up : c_.facts().EnclosingLoop(region.opener_name);
  }

  // May the function around this name be called after the round of the loop that made it? Not if it is handed to
  // something that calls it at once.
  bool Outlives(NodeId name) const {
    NodeId function = c_.facts().EnclosingFunction(name);
    if (!src().Is(function, NodeKind::kLambda)) return false;
    NodeId parent = Parent(function);
    if (src().Is(parent, NodeKind::kKeyword)) return false;  // key=
    static constexpr std::string_view kAtOnce[] = {"map", "filter", "sorted", "min", "max", "functools.reduce", "sum"};
    auto call = As<Call>(src(), parent);
    if (call) {
      std::string resolved = c_.facts().ResolvedName(call.callee());
      for (std::string_view known : kAtOnce) {
        if (resolved == known) return false;
      }
    }
    return true;
  }

  NodeList BlocksAround(NodeId node) const {
    NodeList blocks;
    for (NodeId block = HomeBlock(node); block; block = HomeBlock(block)) blocks.push_back(block);
    return blocks;
  }

  void Hoist(BindingId id, const std::vector<Occurrence>& own, const NodeList& closures) {
    NodeList common = BlocksAround(own.front().name);
    auto narrow = [&](NodeId name) {
      NodeList around = BlocksAround(name);
      while (!common.empty() && std::find(around.begin(), around.end(), common.front()) == around.end()) common.erase(common.begin());
    };
    for (const Occurrence& o : own) narrow(o.name);
    for (NodeId name : closures) narrow(name);
    if (common.empty()) return;
    // A value that may come from the round before needs a variable outside of the loop.
    bool fresh_each_round = AssignedFirst(common.front(), id, own);
    while (!fresh_each_round && common.size() > 1 && InLoop(common.front()) &&
           c_.facts().EnclosingFunction(common.front()) == c_.facts().EnclosingFunction(common[1])) {
      common.erase(common.begin());
    }
    NodeId block = common.front();
    std::uint32_t begin = src().span(own.front().name).begin;
    for (NodeId name : closures) begin = std::min(begin, src().span(name).begin);
    NodeId statement = StatementAt(block, begin);
    if (!statement) return;
    const Occurrence& first = own.front();
    bool declares_itself = first.is_write && first.opener == Opener::kStatement && HomeBlock(first.statement) == block &&
                           src().Is(first.statement, NodeKind::kAssign);
    if (declares_itself && statement == first.statement) {
      plan_.opens[first.name.index] = DeclKind::kLet;
      return;
    }
    plan_.hoisted[statement.index].push_back(id);
  }

  // The statement printed directly in `block` that holds the position.
  NodeId StatementAt(NodeId block, std::uint32_t position) const {
    for (NodeId statement : Block(src(), block).statements()) {
      Span span = src().span(statement);
      if (position < span.begin || position >= span.end) continue;
      if (!IsTransparent(c_, statement)) return statement;
      NodeId inner;
      src().ForEachChild(statement, [&](NodeId child) {
        if (src().Is(child, NodeKind::kBlock) && src().span(child).begin <= position) inner = StatementAt(child, position);
      });
      return inner ? inner : statement;
    }
    return kNoNode;
  }

  // Is the variable surely written in each run of the block before anything reads it?
  bool AssignedFirst(NodeId block, BindingId id, const std::vector<Occurrence>& own) const {
    if (!InLoop(block)) return true;
    std::uint32_t first_read = UINT32_MAX;
    for (const Occurrence& o : own) {
      if (!o.is_write) first_read = std::min(first_read, o.when);
    }
    for (NodeId statement : Block(src(), block).statements()) {
      if (DefinitelyWrites(statement, id)) return true;
      if (src().span(statement).end > first_read) return false;
    }
    return first_read == UINT32_MAX;
  }

  bool InLoop(NodeId block) const {
    NodeId owner = Parent(block);
    NodeKind kind = src().kind(owner);
    return kind == NodeKind::kForEach || kind == NodeKind::kWhile || c_.facts().EnclosingLoop(owner);
  }

  bool WritesName(NodeId node, BindingId id) const {
    if (src().Is(node, NodeKind::kName)) return c_.facts().BindingOf(node) == id;
    if (!src().Is(node, NodeKind::kListPattern)) return false;
    bool found = false;
    src().ForEachChild(node, [&](NodeId child) { found = found || WritesName(child, id); });
    return found;
  }
  bool Exits(NodeId statement) const {
    NodeKind kind = src().kind(statement);
    return kind == NodeKind::kReturn || kind == NodeKind::kRaise || kind == NodeKind::kContinue || kind == NodeKind::kBreak;
  }
  bool BlockWrites(NodeId block, BindingId id) const {
    if (!block) return false;
    for (NodeId statement : Block(src(), block).statements()) {
      if (Exits(statement) || DefinitelyWrites(statement, id)) return true;
    }
    return false;
  }
  bool DefinitelyWrites(NodeId id, BindingId binding) const {
    if (auto assign = As<Assign>(src(), id)) {
      for (NodeId target : assign.targets()) {
        if (assign.value() && WritesName(target, binding)) return true;
      }
      return false;
    }
    if (auto branch = As<If>(src(), id)) return branch.else_body() && BlockWrites(branch.body(), binding) && BlockWrites(branch.else_body(), binding);
    if (auto with = As<With>(src(), id)) return BlockWrites(with.body(), binding);
    if (auto attempt = As<Try>(src(), id)) {
      bool all = BlockWrites(attempt.body(), binding);
      for (NodeId handler : attempt.handlers()) all = all && BlockWrites(CatchClause(src(), handler).body(), binding);
      return all || (attempt.finally_body() && BlockWrites(attempt.finally_body(), binding));
    }
    return false;
  }

  Context& c_;
  Plan& plan_;
};

Plan& PlanOf(Context& c) {
  Plan& plan = c.State<Plan>();
  if (!plan.made) {
    plan.made = true;
    Planner(c, plan).Run();
  }
  return plan;
}

// Not a translation of its own: puts the `let` of hoisted names in front of the statement and leaves it to others.
bool DeclareBefore(Context& c, NodeId id, NodeList&) {
  Plan& plan = PlanOf(c);
  auto found = plan.hoisted.find(id.index);
  if (found == plan.hoisted.end()) return false;
  for (BindingId binding : found->second) {
    if (c.IsDropped(binding)) continue;
    c.HoistDefinition(c.NewAssign(c.NewName(c.names().Of(binding)), kNoNode, {}, DeclKind::kLet));
  }
  return false;
}

}  // namespace

DeclKind DeclaredAt(Context& c, NodeId name) {
  Plan& plan = PlanOf(c);
  auto found = plan.opens.find(name.index);
  return found == plan.opens.end() ? DeclKind::kNone : found->second;
}

bool IsDeclaredBefore(Context& c, facts::BindingId function) { return function && PlanOf(c).functions.contains(function.index); }

NodeList NamesIn(Context& c, NodeId pattern) {
  NodeList names;
  if (c.src().Is(pattern, NodeKind::kName)) {
    names.push_back(pattern);
  } else if (c.src().Is(pattern, NodeKind::kListPattern) || c.src().Is(pattern, NodeKind::kRestPattern)) {
    c.src().ForEachChild(pattern, [&](NodeId child) {
      for (NodeId name : NamesIn(c, child)) names.push_back(name);
    });
  }
  return names;
}

Declaration DeclarationOf(Context& c, NodeId pattern) {
  Declaration result;
  NodeList names = NamesIn(c, pattern);
  bool all = !names.empty();
  DeclKind kind = DeclKind::kConst;
  for (NodeId name : names) {
    DeclKind one = DeclaredAt(c, name);
    if (one == DeclKind::kNone) all = false;
    else result.loose.push_back(name);
    if (one == DeclKind::kLet) kind = DeclKind::kLet;
  }
  // Attributes and elements among the targets cannot be declared.
  auto has_place = [&](auto&& self, NodeId node) -> bool {
    NodeKind k = c.src().kind(node);
    if (k == NodeKind::kAttribute || k == NodeKind::kSubscript) return true;
    bool found = false;
    if (k == NodeKind::kListPattern || k == NodeKind::kRestPattern) {
      c.src().ForEachChild(node, [&](NodeId child) { found = found || self(self, child); });
    }
    return found;
  };
  if (all && !has_place(has_place, pattern)) {
    result.kind = kind;
    result.loose.clear();
  }
  return result;
}

void RegisterDeclare(Topics& t) {
  for (std::size_t kind = 0; kind < static_cast<std::size_t>(NodeKind::kCount); ++kind) {
    auto node_kind = static_cast<NodeKind>(kind);
    if (HasCategory(node_kind, category::Stmt)) t.Claim(node_kind, Order::kBeforeCards, &DeclareBefore);
  }
}

}  // namespace asyncport::translate::to_js
