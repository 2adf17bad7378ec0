// The engine: outermost first, topics before cards before the plain copy; hoisting; refusals. Knows no construct.
#include <algorithm>
#include <utility>

#include "support/check.h"
#include "support/stop.h"
#include "translate/context.h"
#include "translate/exported.h"
#include "translate/private_members.h"
#include "translate/settle_names.h"
#include "translate/tidy/tidy.h"
#include "translate/unbound.h"
#include "translate/translate.h"

namespace asyncport::translate {

using namespace ir;

// ------------------------------------------------------------------ topics
void Topics::Claim(NodeKind kind, Order order, ExprTopic topic) {
  rows_[static_cast<std::size_t>(kind)].exprs[static_cast<int>(order)].push_back(topic);
}
void Topics::Claim(NodeKind kind, Order order, StmtTopic topic) {
  rows_[static_cast<std::size_t>(kind)].stmts[static_cast<int>(order)].push_back(topic);
}
std::span<const ExprTopic> Topics::Exprs(NodeKind kind, Order order) const {
  return rows_[static_cast<std::size_t>(kind)].exprs[static_cast<int>(order)];
}
std::span<const StmtTopic> Topics::Stmts(NodeKind kind, Order order) const {
  return rows_[static_cast<std::size_t>(kind)].stmts[static_cast<int>(order)];
}

// ------------------------------------------------------------------ context
Context::Context(const facts::Facts& facts, const Source& source, const Options& options,
                 diag::Diagnostics& diagnostics, const std::unordered_set<std::string>& reserved,
                 const std::unordered_map<std::uint32_t, Unsound>& unsound)
    : facts_(facts),
      source_(source),
      options_(options),
      diagnostics_(diagnostics),
      dst_(options.to, facts.tree().shared_strings()),
      names_(facts, options.to, reserved),
      unsound_(unsound) {}

const Topics& Context::topics() const { return to() == Language::kPy ? TopicsToPy() : TopicsToJs(); }

bool Context::IsCallTo(NodeId node, std::string_view path) const {
  if (auto call = As<Call>(node)) return facts_.ResolvedName(call.callee()) == path;
  if (auto made = As<ir::New>(node)) return facts_.ResolvedName(made.callee()) == path;
  return false;
}

std::string_view Context::MethodName(NodeId node) const {
  auto call = As<Call>(node);
  if (!call) return {};
  auto attribute = As<Attribute>(call.callee());
  return attribute ? attribute.name() : std::string_view();
}

bool Context::IsPure(NodeId id) const {
  switch (src().kind(id)) {
    case NodeKind::kName:
    case NodeKind::kSelfRef:
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kUndefined:
    case NodeKind::kRegex:
    case NodeKind::kLambda:
    case NodeKind::kFunctionExpr:
      return true;
    case NodeKind::kAttribute:
    case NodeKind::kUnary:
    case NodeKind::kBinary:
    case NodeKind::kTemplate:
    case NodeKind::kList:
    case NodeKind::kDict:
    case NodeKind::kDictEntry:
    case NodeKind::kTuple:
    case NodeKind::kSetLit:
    case NodeKind::kSubscript:
    case NodeKind::kLogical:
    case NodeKind::kConditional: {
      bool pure = true;
      src().ForEachChild(id, [&](NodeId child) { pure = pure && IsPure(child); });
      return pure;
    }
    default:
      return false;
  }
}

// ---- translating
std::optional<NodeId> Context::TryCard(NodeId node) {
  std::optional<rules::Match> match = rules::FindCorrespondence(facts_, node);
  if (!match) return std::nullopt;
  for (const rules::Bound& bound : match->bound) {
    if (!match->starts(bound.hole)) continue;
    for (NodeId started : bound.nodes) MarkStarted(started);
  }
  rules::Instance instance = rules::Instantiate(
      *match, src(), dst_, [&](const rules::Bound& bound, NodeId source_node) {
        // What the target repeats may have no statement in front of it: that would run once.
        const bool repeats = match->repeats(bound.hole);
        if (repeats) ++frame_->guard;
        NodeId result = HasCategory(src().kind(source_node), category::Stmt) &&
                                !HasCategory(src().kind(source_node), category::Expr)
                            ? Copy(source_node)
                            : Expr(source_node);
        if (repeats) --frame_->guard;
        return result;
      });
  for (const rules::ImportNeed& need : instance.imports) {
    if (need.name.empty()) {
      imports_.NeedModule(need.module);
    } else if (need.name == "default") {
      imports_.NeedDefault(need.module, need.local);
    } else {
      imports_.NeedName(need.module, need.name, need.local);
    }
  }
  for (std::string_view id : match->reports) Say(id, node);
  return instance.node;
}

NodeId Context::Expr(NodeId id) {
  if (!id) return kNoNode;
  if (!overrides_.empty()) {
    if (auto it = overrides_.find(id.index); it != overrides_.end() && it->second) return it->second;
  }
  NodeId result = ExprUnfinished(id);
  NodeKind kind = src().kind(id);
  bool is_call = kind == NodeKind::kCall || kind == NodeKind::kNew;
  if (is_call) {
    // What the translation mends on the way is said: the source still has it.
    for (const rules::Match& lesson : rules::FindLessons(facts_, id)) {
      if (lesson.uses_fix()) Say(lesson.id, id, rules::ArgsOf(lesson, src(), source_));
    }
  }
  return is_call && topics().finish_call ? topics().finish_call(*this, id, result) : result;
}

NodeId Context::ExprUnfinished(NodeId id) {
  NodeKind kind = src().kind(id);
  for (ExprTopic topic : topics().Exprs(kind, Order::kBeforeCards)) {
    if (auto result = topic(*this, id)) return *result;
  }
  if (auto result = TryCard(id)) return *result;
  for (ExprTopic topic : topics().Exprs(kind, Order::kAfterCards)) {
    if (auto result = topic(*this, id)) return *result;
  }
  if (kind == NodeKind::kOpaque) return Refuse(id, "untranslated", {{"reason", std::string(src().text(id))}});
  if (!Allows(Info(kind).dialect, to())) {
    return Refuse(id, "untranslated", {{"reason", std::string(NameOf(kind))}});
  }
  return CopySlots(id);
}

NodeList Context::Exprs(std::span<const NodeId> list) {
  NodeList out;
  out.reserve(list.size());
  for (NodeId id : list) out.push_back(Expr(id));
  return out;
}

NodeId Context::Pattern(NodeId id) { return Expr(id); }

void Context::Stmt(NodeId id, NodeList& out) {
  Frame frame;
  Frame* outer = std::exchange(frame_, &frame);
  NodeList mine;
  NodeKind kind = src().kind(id);
  bool done = false;
  auto try_topics = [&](Order order) {
    for (StmtTopic topic : topics().Stmts(kind, order)) {
      if (!done && topic(*this, id, mine)) done = true;
    }
  };
  done = RefuseUnsound(id);
  if (!done) try_topics(Order::kBeforeCards);
  if (!done && (kind == NodeKind::kExprStmt || kind == NodeKind::kAssign || kind == NodeKind::kAugAssign ||
                kind == NodeKind::kDelete)) {
    // A card may be a statement shape.
    if (auto result = TryCard(id)) {
      mine.push_back(*result);
      done = true;
    }
  }
  if (!done) try_topics(Order::kAfterCards);
  if (!done) {
    if (kind == NodeKind::kOpaque) {
      Refuse(id, "untranslated", {{"reason", std::string(src().text(id))}});
    } else if (!Allows(Info(kind).dialect, to())) {
      Refuse(id, "untranslated", {{"reason", std::string(NameOf(kind))}});
    } else {
      mine.push_back(CopySlots(id));
    }
  }
  frame_ = outer;
  if (frame.failed) {
    out.push_back(Untranslated(id));
    return;
  }
  if (topics().finish_stmt) topics().finish_stmt(*this, id, mine);
  out.insert(out.end(), frame.before.begin(), frame.before.end());
  out.insert(out.end(), mine.begin(), mine.end());
}

bool Context::RefuseUnsound(NodeId id) {
  auto it = unsound_.find(id.index);
  if (it == unsound_.end()) return false;
  if (it->second.is_our_mistake) {
    Say("internal-error", id, {{"phase", "translate"}, {"message", it->second.reason}});
  }
  Refuse(id, "untranslated", {{"reason", it->second.reason}});
  return true;
}

// Nothing half-translated: the statement is kept as a comment and raises when it is reached.
NodeId Context::Untranslated(NodeId id) {
  std::string text(source_.Text(src().span(id)));
  Rewrite(id);
  const Span whole = src().span(id);
  while (!refused_.empty() && whole.contains(src().span(refused_.back()))) refused_.pop_back();
  refused_.push_back(id);
  return New(make::Untranslated{.source_text = text}, id);
}

NodeList Context::Stmts(std::span<const NodeId> list) {
  CheckStop();
  NodeList out;
  for (NodeId id : list) Stmt(id, out);
  return out;
}

NodeId Context::Block(NodeId id) {
  if (!id) return kNoNode;
  if (auto block = As<ir::Block>(id)) return New(make::Block{.statements = Stmts(block.statements())}, id);
  NodeList out;
  Stmt(id, out);
  return New(make::Block{.statements = std::move(out)}, id);
}

NodeId Context::Copy(NodeId id) {
  if (!id) return kNoNode;
  if (src().Is(id, NodeKind::kBlock)) return Block(id);
  return CopySlots(id);
}

NodeId Context::CopySlots(NodeId id) {
  NodeKind kind = src().kind(id);
  const KindInfo& info = Info(kind);
  const Node& node = src().node(id);
  Tree::Draft draft{.kind = kind, .oper = node.oper, .flags = node.flags, .atom = node.atom, .slots = {}};
  for (unsigned s = 0; s < info.slot_count; ++s) {
    NodeList list;
    for (NodeId child : src().SlotList(id, s)) {
      if (src().Is(child, NodeKind::kBlock)) {
        list.push_back(Block(child));
      } else if (HasCategory(src().kind(child), category::Stmt) &&
                 !HasCategory(src().kind(child), category::Expr)) {
        Stmt(child, list);
      } else {
        list.push_back(Expr(child));
      }
    }
    draft.slots.push_back(std::move(list));
  }
  return dst_.Add(std::move(draft), src().span(id), id);
}

// ---- building
NodeId Context::NewName(std::string_view name, NodeId origin) {
  return New(make::Name{.id = name}, origin);
}
NodeId Context::NewString(std::string_view value, NodeId origin) {
  return New(make::String{.value = value}, origin);
}
NodeId Context::NewInt(long long value, NodeId origin) {
  std::string text = std::to_string(value < 0 ? -value : value);
  NodeId number = New(make::Number{.text = text, .kind = NumberKind::kInt}, origin);
  return value < 0 ? New(make::Unary{.operand = number, .op = UnaryOp::kNeg}, origin) : number;
}
NodeId Context::NewBlock(NodeList statements, NodeId origin) {
  return New(make::Block{.statements = std::move(statements)}, origin);
}
NodeId Context::NewAttribute(NodeId object, std::string_view name, NodeId origin) {
  return New(make::Attribute{.object = object, .name = name}, origin);
}
NodeId Context::NewCall(NodeId callee, NodeList args, NodeId origin) {
  return New(make::Call{.callee = callee, .args = std::move(args)}, origin);
}
NodeId Context::NewKeyword(std::string_view name, NodeId value, NodeId origin) {
  return New(make::Keyword{.value = value, .name = name}, origin);
}
NodeId Context::NewAssign(NodeId target, NodeId value, NodeId origin, DeclKind declares) {
  return New(make::Assign{.targets = {target}, .value = value, .declares = declares}, origin);
}
NodeId Context::NewExprStmt(NodeId value, NodeId origin) {
  return New(make::ExprStmt{.value = value}, origin);
}

NodeId Context::Library(std::string_view path, NodeId origin) {
  std::string_view rest = path;
  if (to() == Language::kJs) {
    // "node:timers/promises:setTimeout as sleep": the last colon splits module and name.
    if (path.starts_with("node:")) {
      std::size_t colon = path.rfind(':');
      std::string_view module = path.substr(0, colon);
      std::string_view name = path.substr(colon + 1);
      std::string_view local = name;
      if (std::size_t as = name.find(" as "); as != std::string_view::npos) {
        local = name.substr(as + 4);
        name = name.substr(0, as);
      }
      imports_.NeedName(module, name, local);
      return NewName(local, origin);
    }
  } else if (std::size_t colon = path.find(':'); colon != std::string_view::npos) {
    imports_.NeedName(path.substr(0, colon), path.substr(colon + 1));
    rest = path.substr(colon + 1);
  } else if (std::size_t dot = path.rfind('.'); dot != std::string_view::npos) {
    imports_.NeedModule(path.substr(0, path.find('.')));
  }
  NodeId node;
  while (!rest.empty()) {
    std::size_t dot = rest.find('.');
    std::string_view part = rest.substr(0, dot);
    node = node ? NewAttribute(node, part, origin) : NewName(part, origin);
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  return node;
}

// ---- hoisting
void Context::HoistDefinition(NodeId target_stmt) { frame_->before.push_back(target_stmt); }

bool Context::HoistEffect(NodeId target_stmt, NodeId why) {
  if (frame_->guard > 0) {
    Refuse(why, "untranslated", {{"reason", "an effect in the middle of an expression"}});
    return false;
  }
  if (why && RunsBeforeOthers(why)) SayOnce("evaluation-order", why);
  frame_->before.push_back(target_stmt);
  return true;
}

// Does something to the left of the effect, in the same statement, read what it changes?
bool Context::RunsBeforeOthers(NodeId effect) const {
  NodeId place = effect;
  if (auto update = As<Update>(effect)) place = update.target();
  else if (auto assign = As<AssignExpr>(effect)) place = assign.target();
  else if (auto assign = As<LogicalAssign>(effect)) place = assign.target();
  else if (auto call = As<Call>(effect)) place = call.callee();
  else return false;
  while (As<Attribute>(place) || As<Subscript>(place) || As<Call>(place)) {
    place = As<Attribute>(place) ? As<Attribute>(place).object() : As<Subscript>(place) ? As<Subscript>(place).object() : As<Call>(place).callee();
  }
  const bool is_name = src().Is(place, NodeKind::kName);
  const facts::BindingId root = is_name ? facts_.BindingOf(place) : facts::BindingId{};
  auto reads = [&](auto&& self, NodeId id) -> bool {
    NodeKind kind = src().kind(id);
    if (kind == NodeKind::kLambda || kind == NodeKind::kFunctionExpr) return false;
    if (kind == NodeKind::kName && is_name && facts_.BindingOf(id) == root) return true;
    if (kind == NodeKind::kSelfRef && src().Is(place, NodeKind::kSelfRef)) return true;
    bool found = false;
    src().ForEachChild(id, [&](NodeId child) { found = found || self(self, child); });
    return found;
  };
  NodeId child = effect;
  for (NodeId up = facts_.Parent(child); up && !HasCategory(src().kind(up), category::Stmt) && !src().Is(up, NodeKind::kLambda); child = up, up = facts_.Parent(up)) {
    // The list that a method is called on stands to the left of its own arguments.
    bool earlier = true;
    bool found = false;
    src().ForEachChild(up, [&](NodeId sibling) {
      if (sibling == child) earlier = false;
      if (earlier && !src().Is(sibling, NodeKind::kName) && reads(reads, sibling)) found = true;
    });
    if (found) return true;
  }
  return false;
}

// ---- speaking
void Context::Say(std::string_view id, NodeId source_node, std::vector<diag::Arg> args) {
  diagnostics_.Report(id, source_node ? src().span(source_node) : Span{}, std::move(args));
}
void Context::SayOnce(std::string_view id, NodeId source_node, std::vector<diag::Arg> args) {
  if (said_.insert(std::string(id)).second) Say(id, source_node, std::move(args));
}
NodeId Context::Refuse(NodeId source_node, std::string_view id, std::vector<diag::Arg> args) {
  frame_->failed = true;
  Say(id, source_node, std::move(args));
  // What is refused is an error, also where the lesson behind it is only a hint elsewhere.
  const diag::Entry* entry = diag::FindEntry(id);
  if (entry != nullptr && entry->level != diag::Level::kError) {
    Say("untranslated", source_node, {{"reason", std::string(entry->title)}});
  }
  return New(make::Null{}, source_node);
}

bool Context::WasRefused(NodeId source_node) const {
  return std::any_of(refused_.begin(), refused_.end(), [&](NodeId statement) {
    return src().span(statement).contains(src().span(source_node));
  });
}

// ---- names and functions
std::string Context::TargetName(NodeId source_name) {
  facts::BindingId binding = facts_.BindingOf(source_name);
  return binding ? names_.Of(binding) : names_.Convert(src().text(source_name));
}

bool Context::TargetIsAsync(NodeId function) {
  if (topics().stays_plain && topics().stays_plain(*this, function)) return false;
  return facts_.IsAsync(function) == facts::Async::kYes || facts_.BecomesAsync(function);
}

bool Context::MayAwait(NodeId source_node) {
  NodeId function = facts_.EnclosingFunction(source_node);
  if (!function) return to() == Language::kJs || module_in_main_ || is_fragment_;
  return TargetIsAsync(function);
}

bool Context::AddPrelude(std::string_view key) { return marks_.insert(std::string(key)).second; }

// ------------------------------------------------------------------ the whole
// A refused statement may bring its outer one down; after so many rounds the self-check has the last word.
constexpr int kRounds = 16;

// Does the program ask which attributes an object has, or copy them all? Then private members would be missed.
bool LooksAtAttributes(const Source& source) {
  static constexpr std::string_view kWords[] = {"__dict__", "vars(",    "getattr", "setattr",   "hasattr", "__slots__",
                                                "asdict",   "__new__", "pickle",  "deepcopy", "copy.copy(", "dir(self"};
  const std::string_view text = source.text();
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Finds what is said of a translation that was not made after all. The reason for a refusal stays (an error is at the
// same place), and so does what is said once for the whole file.
class RefusedParts {
 public:
  RefusedParts(const Context& context, const diag::Diagnostics& said) : context_(context) {
    for (NodeId refused : context.refused()) spans_.push_back(context.src().span(refused));
    std::sort(spans_.begin(), spans_.end(), [](Span a, Span b) { return a.begin < b.begin; });
    for (const diag::Diagnostic& d : said.list()) {
      if (IsError(d)) reasons_.insert(Key(d.span));
    }
  }

  bool Speaks(const diag::Diagnostic& d) const {
    if (IsError(d) || context_.WasSaidOnce(d.id) || reasons_.contains(Key(d.span))) return false;
    // They do not overlap: an outer one replaces those inside it.
    auto after = std::upper_bound(spans_.begin(), spans_.end(), d.span.begin,
                                  [](std::uint32_t offset, Span span) { return offset < span.begin; });
    return after != spans_.begin() && std::prev(after)->contains(d.span);
  }

 private:
  static bool IsError(const diag::Diagnostic& d) {
    const diag::Entry* entry = diag::FindEntry(d.id);
    return entry == nullptr || entry->level == diag::Level::kError;
  }
  static std::uint64_t Key(Span span) { return (std::uint64_t{span.begin} << 32) | span.end; }

  const Context& context_;
  std::vector<Span> spans_;
  std::unordered_set<std::uint64_t> reasons_;
};

Translation Translate(const facts::Facts& facts, const Source& source, const Options& options,
                      diag::Diagnostics& diagnostics) {
  std::unordered_set<std::string> reserved;
  // A module that turns out to be needed may collide with a name of the file; then the file's name gives way, and the
  // translation is made again with that name reserved. Two rounds settle it: needs do not depend on spellings. It is
  // also made again without the statements whose translations would not compile (soundness.h).
  std::unordered_map<std::uint32_t, Unsound> unsound;
  for (int round = 0;; ++round) {
    diag::Diagnostics said;
    Context context(facts, source, options, said, reserved, unsound);
    NodeList out;
    NodeId root = context.Expr(facts.tree().root());
    std::unordered_set<std::string> locals = context.imports().Locals();
    bool clash = false;
    for (std::uint32_t b = 1; b <= facts.binding_count(); ++b) {
      facts::BindingId id{b};
      const facts::Binding& binding = facts.binding(id);
      if (binding.kind == facts::BindingKind::kFree || binding.kind == facts::BindingKind::kImport) continue;
      if (!context.IsDropped(id) && locals.contains(context.names().Of(id))) clash = true;
    }
    // A package that keeps its import gives way to what the translation needs.
    const std::unordered_set<std::string> conflicts = context.imports().Conflicts();
    if ((clash || !conflicts.empty()) && round < 2) {
      if (clash) reserved.insert(locals.begin(), locals.end());
      reserved.insert(conflicts.begin(), conflicts.end());
      continue;
    }
    const bool closed = options.to == Language::kJs && !LooksAtAttributes(source);
    if (closed) root = WithPrivateMembers(context.dst(), root);
    const Topics& topics = options.to == Language::kPy ? TopicsToPy() : TopicsToJs();
    if (topics.finish_tree) root = topics.finish_tree(context, root);
    root = Tidy(context.dst(), root);
    SettleNames(context.dst(), root, context.names().numbered());
    context.SetRoot(root);
    if (round < kRounds) {
      const std::size_t before = unsound.size();
      std::vector<Unsound> faults =
          FindUnsound(context.dst(), context.src(), context.is_fragment());
      if (faults.empty()) faults = FindUnbound(context);
      for (Unsound& one : faults) {
        // A topic may translate a statement as a part of another one: then that one is refused.
        while (one.statement && unsound.contains(one.statement.index)) {
          do {
            one.statement = facts.Parent(one.statement);
          } while (one.statement && !IsStatement(context.src(), one.statement));
        }
        if (one.statement) unsound.emplace(one.statement.index, std::move(one));
      }
      if (unsound.size() > before) continue;
    }
    const RefusedParts refused(context, said);
    for (const diag::Diagnostic& d : said.list()) {
      if (!refused.Speaks(d)) diagnostics.Report(d.id, d.span, d.args) = d;
    }
    std::vector<Exported> exports;
    if (CurrentProject() != nullptr) {
      exports = options.to == Language::kPy ? to_py::FindExports(context) : to_js::FindExports(context);
    }
    std::vector<NodeId> absorbed = context.TakeAbsorbed();
    Tree tree = context.TakeTree();
    return Translation{std::move(tree), std::move(absorbed), context.TakeRewritten(), context.TakeRefused(), std::move(exports)};
  }
}

}  // namespace asyncport::translate
