// What a topic works with: the source tree and its facts, the target tree under construction, names, imports, hoisting,
// and a way to speak. One Context serves one translation.
//
// A topic is a function that claims a node kind (Topics::Claim). It returns the translated node, or nothing if the node
// is not its business; then the next claim, the cards, and at last the plain copy of a shared kind are tried.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "ir/make.h"
#include "ir/views.h"
#include "pipeline/pipeline.h"
#include "rules/rules.h"
#include "support/source.h"
#include "translate/imports.h"
#include "translate/names.h"
#include "translate/soundness.h"

namespace asyncport::translate {

class Context;

// Expression topics. kNoNode inside the optional is an error of the topic.
using ExprTopic = std::optional<ir::NodeId> (*)(Context&, ir::NodeId);
// Statement topics append to `out` (perhaps nothing) and return true if the statement was theirs.
using StmtTopic = bool (*)(Context&, ir::NodeId, ir::NodeList& out);

// When a claim is tried. Cards stand between the two.
enum class Order : std::uint8_t { kBeforeCards, kAfterCards };

class Topics {
 public:
  void Claim(ir::NodeKind kind, Order order, ExprTopic topic);
  void Claim(ir::NodeKind kind, Order order, StmtTopic topic);
  std::span<const ExprTopic> Exprs(ir::NodeKind kind, Order order) const;
  std::span<const StmtTopic> Stmts(ir::NodeKind kind, Order order) const;

 private:
  struct Row {
    std::vector<ExprTopic> exprs[2];
    std::vector<StmtTopic> stmts[2];
  };
  Row rows_[static_cast<std::size_t>(ir::NodeKind::kCount)];

 public:
  // Last word on every translated call (and New): puts await or Spawn around it where its use asks for that.
  ir::NodeId (*finish_call)(Context&, ir::NodeId source_call, ir::NodeId target) = nullptr;
  // Called after each translated statement: may append what has to follow it.
  void (*finish_stmt)(Context&, ir::NodeId source_stmt, ir::NodeList& out) = nullptr;
  // Is the function plain in the target although it hands out work to await?
  bool (*stays_plain)(Context&, ir::NodeId source_function) = nullptr;
  // Last word on the whole translated tree, before it is tidied.
  ir::NodeId (*finish_tree)(Context&, ir::NodeId root) = nullptr;
};
// The tables of each direction, built once.
const Topics& TopicsToPy();
const Topics& TopicsToJs();

class Context {
 public:
  Context(const facts::Facts& facts, const Source& source, const Options& options,
          diag::Diagnostics& diagnostics, const std::unordered_set<std::string>& reserved,
          const std::unordered_map<std::uint32_t, Unsound>& unsound);

  // ---- reading
  const ir::Tree& src() const { return facts_.tree(); }
  const facts::Facts& facts() const { return facts_; }
  const Source& source() const { return source_; }
  const Options& options() const { return options_; }
  Language to() const { return options_.to; }
  // Typed view of a source node if it has that kind.
  template <typename V>
  V As(ir::NodeId id) const {
    return ir::As<V>(src(), id);
  }
  // Is the source node a call (or New) whose callee resolves to `path` ("Promise.all")?
  bool IsCallTo(ir::NodeId node, std::string_view path) const;
  // Name of the innermost attribute of a method call `x.name(...)`; empty otherwise.
  std::string_view MethodName(ir::NodeId call) const;
  // Is the node an expression without effects whose value cannot change by being evaluated twice or later?
  bool IsPure(ir::NodeId source_expr) const;

  // ---- translating
  ir::NodeId Expr(ir::NodeId source_expr);       // expressions and parts (Spread, Keyword, DictEntry, ...)
  ir::NodeList Exprs(std::span<const ir::NodeId> list);
  ir::NodeId Pattern(ir::NodeId source_pattern);
  void Stmt(ir::NodeId source_stmt, ir::NodeList& out);
  ir::NodeList Stmts(std::span<const ir::NodeId> list);
  // Statements of a part of a declaration (a method, a field): refused by itself, so that the rest stays. What `make`
  // appended is then replaced by the part as a comment and a raise. False if it was refused.
  template <typename Make>
  bool Attempt(ir::NodeId part, ir::NodeList& out, Make&& make) {
    Frame frame;
    Frame* outer = std::exchange(frame_, &frame);
    ir::NodeList mine;
    make(mine);
    frame_ = outer;
    if (frame.failed) {
      out.push_back(Untranslated(part));
      return false;
    }
    out.insert(out.end(), frame.before.begin(), frame.before.end());
    out.insert(out.end(), mine.begin(), mine.end());
    return true;
  }
  ir::NodeId Block(ir::NodeId source_block);      // kNoNode for kNoNode
  // The plain copy of a kind that both languages share, with children translated.
  ir::NodeId Copy(ir::NodeId source_node);

  // ---- building
  ir::Tree& dst() { return dst_; }
  void SetRoot(ir::NodeId root) { dst_.set_root(root); }
  template <typename Fields>
  ir::NodeId New(Fields fields, ir::NodeId origin) {
    Span span = origin ? src().span(origin) : Span{};
    return ir::Make(dst_, std::move(fields), span, origin);
  }
  ir::NodeId NewName(std::string_view name, ir::NodeId origin = {});
  ir::NodeId NewString(std::string_view value, ir::NodeId origin = {});
  ir::NodeId NewInt(long long value, ir::NodeId origin = {});
  ir::NodeId NewBlock(ir::NodeList statements, ir::NodeId origin = {});
  ir::NodeId NewAttribute(ir::NodeId object, std::string_view name, ir::NodeId origin = {});
  ir::NodeId NewCall(ir::NodeId callee, ir::NodeList args, ir::NodeId origin = {});
  ir::NodeId NewKeyword(std::string_view name, ir::NodeId value, ir::NodeId origin = {});
  ir::NodeId NewAssign(ir::NodeId target, ir::NodeId value, ir::NodeId origin = {},
                       ir::DeclKind declares = ir::DeclKind::kNone);
  ir::NodeId NewExprStmt(ir::NodeId value, ir::NodeId origin = {});
  // Python: "asyncio.create_task" with `import asyncio`; "pathlib:Path" with `from pathlib import Path`.
  // JavaScript: "node:timers/promises:setTimeout as sleep" imports a name; "Math.floor" needs nothing.
  ir::NodeId Library(std::string_view path, ir::NodeId origin = {});

  // ---- hoisting: statements before the one being translated
  // A def or an assignment without effects that others can see: allowed anywhere in an expression.
  void HoistDefinition(ir::NodeId target_stmt);
  // A statement with effects. False (and the statement refused) where it would run although the source would not run it,
  // or too early: inside lambdas, comprehensions, the right side of and/or, arms of a conditional.
  bool HoistEffect(ir::NodeId target_stmt, ir::NodeId why);
  // Runs `body` so that effects may not be hoisted out of it.
  template <typename Body>
  auto Guarded(Body&& body) {
    ++frame_->guard;
    auto result = body();
    --frame_->guard;
    return result;
  }
  // Would HoistEffect be refused here? A topic with a form that needs no statement takes it then.
  bool guarded() const { return frame_->guard > 0; }
  // Translates an expression and returns the statements it wants before itself, without hoisting them further.
  struct Hoisted {
    ir::NodeId value;
    ir::NodeList before;
  };
  Hoisted ExprWithHoists(ir::NodeId source_expr) {
    return Hoisting([&] { return Expr(source_expr); });
  }
  // The same for whatever `make` returns.
  template <typename Make>
  Hoisted Hoisting(Make&& make) {
    Frame frame;
    Frame* outer = std::exchange(frame_, &frame);
    ir::NodeId value = make();
    frame_ = outer;
    frame_->failed = frame_->failed || frame.failed;
    return {value, std::move(frame.before)};
  }

  // ---- speaking
  void Say(std::string_view id, ir::NodeId source_node, std::vector<diag::Arg> args = {});
  // Once per file (the first place wins).
  void SayOnce(std::string_view id, ir::NodeId source_node, std::vector<diag::Arg> args = {});
  // Marks the statement at hand as untranslatable and returns a node that may be used as a placeholder.
  ir::NodeId Refuse(ir::NodeId source_node, std::string_view id, std::vector<diag::Arg> args = {});
  // Translates a part of the source that can be refused by itself (a member of a class). False: it was refused, and the
  // caller puts Untranslated(part) where it is to raise.
  template <typename Make>
  bool Attempt(ir::NodeId part, Make&& make) {
    Frame frame;
    Frame* outer = std::exchange(frame_, &frame);
    if (!RefuseUnsound(part)) make();
    frame_ = outer;
    if (!frame.failed) {
      frame_->before.insert(frame_->before.end(), frame.before.begin(), frame.before.end());
      return true;
    }
    return false;
  }
  // The source kept as a comment, and a raise; the part counts as refused.
  ir::NodeId Untranslated(ir::NodeId source_stmt);
  // Does the node stand in a statement that was refused so far?
  bool WasRefused(ir::NodeId source_node) const;
  // Keeps the comments of a source node that disappears as a whole from being moved elsewhere.
  void Absorb(ir::NodeId source_node) {
    absorbed_.push_back(source_node);
    Rewrite(source_node);
  }
  // Tells the self-check that what this source node starts or waits for is done by other means in the target.
  void Rewrite(ir::NodeId source_node) { rewritten_.push_back(source_node); }

  // ---- names, imports
  Names& names() { return names_; }
  Imports& imports() { return imports_; }
  std::string TargetName(ir::NodeId source_name);

  // ---- functions
  // Is the *target* function of this source function asynchronous?
  bool TargetIsAsync(ir::NodeId source_function);
  // May `await` be written at this source node in the target (inside an async function, or in main)?
  bool MayAwait(ir::NodeId source_node);
  // Set by the entry point: module-level statements run inside `async def main()`.
  void set_module_in_main(bool value) { module_in_main_ = value; }
  bool module_in_main() const { return module_in_main_; }
  bool is_fragment() const { return is_fragment_; }
  void set_is_fragment(bool value) { is_fragment_ = value; }
  // Statements a topic wants at module level, before the function definitions (`background_tasks = set()`); by key, once.
  bool AddPrelude(std::string_view key);  // true the first time
  ir::NodeList& prelude() { return prelude_; }
  std::unordered_set<std::string>& marks() { return marks_; }

  // Source expressions whose position starts (or awaits) the call itself: no Spawn around them.
  void MarkStarted(ir::NodeId source_expr) { started_.insert(source_expr.index); }
  bool IsStarted(ir::NodeId source_expr) const { return started_.contains(source_expr.index); }

  // Bindings whose declaration disappears (a sleep helper).
  void Drop(facts::BindingId id) { dropped_.insert(id.index); }
  bool IsDropped(facts::BindingId id) const { return dropped_.contains(id.index); }

  // Reads of the binding become this target expression (a callback's parameter that is read from elsewhere).
  void Substitute(facts::BindingId id, ir::NodeId target_expr) { substitutes_[id.index] = target_expr; }
  ir::NodeId SubstituteOf(facts::BindingId id) const {
    auto it = substitutes_.find(id.index);
    return it == substitutes_.end() ? ir::kNoNode : it->second;
  }

  // From now on the source node (this one, not its likes) becomes this target expression.
  void Override(ir::NodeId source_expr, ir::NodeId target_expr) { overrides_[source_expr.index] = target_expr; }

  // What a topic remembers between its calls, or derives from the whole file: one value of each type per translation,
  // made when it is first asked for (from the Context, if it wants one).
  template <typename T>
  T& State() {
    std::shared_ptr<void>& slot = states_[std::type_index(typeid(T))];
    if (!slot) {
      if constexpr (std::is_constructible_v<T, Context&>) {
        slot = std::make_shared<T>(*this);
      } else {
        slot = std::make_shared<T>();
      }
    }
    return *static_cast<T*>(slot.get());
  }

  ir::Tree TakeTree() { return std::move(dst_); }
  std::vector<ir::NodeId> TakeAbsorbed() { return std::move(absorbed_); }
  std::vector<ir::NodeId> TakeRewritten() { return std::move(rewritten_); }
  // Outermost ones: a statement that fails takes back what failed inside it.
  const std::vector<ir::NodeId>& refused() const { return refused_; }
  bool WasSaidOnce(std::string_view id) const { return said_.contains(std::string(id)); }
  std::vector<ir::NodeId> TakeRefused() { return std::move(refused_); }

 private:
  struct Frame {
    ir::NodeList before;
    int guard = 0;
    bool failed = false;
  };
  const Topics& topics() const;
  std::optional<ir::NodeId> TryCard(ir::NodeId node);
  ir::NodeId ExprUnfinished(ir::NodeId node);
  ir::NodeId CopySlots(ir::NodeId node);
  bool RunsBeforeOthers(ir::NodeId effect) const;
  // Refuses a statement whose translation would not compile (soundness.h).
  bool RefuseUnsound(ir::NodeId source_stmt);

  const facts::Facts& facts_;
  const Source& source_;
  const Options& options_;
  diag::Diagnostics& diagnostics_;
  ir::Tree dst_;
  Names names_;
  Imports imports_;
  Frame root_frame_;
  Frame* frame_ = &root_frame_;
  ir::NodeList prelude_;
  std::unordered_set<std::string> said_;
  std::unordered_set<std::string> marks_;
  std::unordered_set<std::uint32_t> dropped_;
  std::unordered_set<std::uint32_t> started_;
  std::unordered_map<std::uint32_t, ir::NodeId> substitutes_;
  std::unordered_map<std::uint32_t, ir::NodeId> overrides_;
  std::vector<ir::NodeId> absorbed_;
  std::vector<ir::NodeId> rewritten_;
  std::vector<ir::NodeId> refused_;
  std::unordered_map<std::type_index, std::shared_ptr<void>> states_;
  bool module_in_main_ = false;
  const std::unordered_map<std::uint32_t, Unsound>& unsound_;  // by source statement
  bool is_fragment_ = false;
};

}  // namespace asyncport::translate
