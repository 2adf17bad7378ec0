// Prints one JavaScript tree as a document in Prettier's default layout. The members are defined by
// construct family: emit.cpp (entry, dispatch), comments.cpp, statements.cpp, functions.cpp,
// classes.cpp, module.cpp, assignments.cpp, expressions.cpp, calls.cpp, member_chain.cpp,
// collections.cpp, literals.cpp, parentheses.cpp.
// Example: the tree of `f( a )` gives the document of `f(a);`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "comments/comments.h"
#include "doc/doc.h"
#include "emit/emit.h"
#include "ir/views.h"

namespace asyncport::emit::js {

using doc::Doc;
using ir::NodeId;
using ir::NodeKind;
using Docs = std::vector<Doc>;

// How an assignment lays out its right side.
enum class Layout : std::uint8_t {
  kNone,                // not the value of an assignment
  kOnlyLeft,            // `let x`
  kFluid,               // break after the operator only if the value's start does not fit
  kBreakAfterOperator,  // the value goes to a line of its own, as a whole
  kNeverBreak,          // stays behind the operator
  kBreakLeft,           // only the left side breaks
  kChain,               // a = b = c = d, inner links
  kChainTail,
  kChainTailArrow,
};

// What the place says about the expression printed there.
struct Args {
  bool expand_last = false;   // last argument of a call, hugged by its parentheses
  bool expand_first = false;  // first argument, likewise
  Layout layout = Layout::kNone;
  bool plain() const { return !expand_last && !expand_first && layout == Layout::kNone; }
};

std::string QuoteString(std::string_view value);  // "text", or 'text' where that saves escapes
std::string TemplateText(std::string_view value, bool keep_line_ends);  // between backticks
bool IsIdentifierName(std::string_view text);

class Emitter {
 public:
  Emitter(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
          Origins* origins = nullptr)
      : tree_(tree), comments_(comments), b_(builder), origins_(origins) {}

  // The node with its comments and the parentheses that its place asks for.
  Doc Print(NodeId id, Args args = {});

 private:
  using Handler = Doc (Emitter::*)(NodeId);
  static Handler HandlerOf(NodeKind kind);

  // ---- tree helpers (emit.cpp)
  NodeKind Kind(NodeId id) const { return id ? tree_.kind(id) : NodeKind::kCount; }
  bool Is(NodeId id, NodeKind kind) const { return id && tree_.Is(id, kind); }
  template <typename V>
  V As(NodeId id) const {
    return ir::As<V>(tree_, id);
  }
  // The node `up` levels above the one being printed; kNoNode above the top.
  NodeId Ancestor(std::size_t up) const {
    return up < path_.size() ? path_[path_.size() - 1 - up] : ir::kNoNode;
  }
  // Without wrappers that print nothing: OptionalChain, Spawn.
  NodeId Bare(NodeId id) const;
  bool IsCall(NodeId id) const;      // a call, not `new`
  bool IsCallLike(NodeId id) const;  // call, super call, new, import()
  bool IsMember(NodeId id) const {
    return Is(id, NodeKind::kAttribute) || Is(id, NodeKind::kSubscript);
  }
  bool IsFunction(NodeId id) const;  // function or arrow as an expression
  bool IsArrow(NodeId id) const;
  bool IsArrowWithBlock(NodeId id) const;
  bool IsBinaryish(NodeId id) const {
    return Is(id, NodeKind::kBinary) || Is(id, NodeKind::kLogical);
  }
  bool IsLiteral(NodeId id) const;
  bool IsStringLike(NodeId id) const;  // a string that prints in quotes
  bool IsAssignment(NodeId id) const;  // as an expression
  bool IsEmptyBlock(NodeId block) const;
  bool BreaksOverLines(NodeId id) const;  // a template that holds line ends
  NodeId CalleeOf(NodeId id) const;       // of a call or new; kNoNode for super() and import()
  NodeId ObjectOf(NodeId id) const;       // of a member
  std::vector<NodeId> ArgsOf(NodeId id) const;
  std::vector<NodeId> ParamsOf(NodeId function) const;
  bool HasComments(NodeId id) const;
  bool HasLeading(NodeId id) const { return !comments_.Leading(id).empty(); }
  bool HasTrailing(NodeId id) const { return !comments_.Trailing(id).empty(); }
  NodeId DocstringOf(NodeId id) const;  // of a definition that may have one
  Span OriginOf(NodeId id) const;       // what the text of the node stands for
  NodeId Leftmost(NodeId id) const;  // the expression whose first token is the first of `id`

  // ---- document helpers (emit.cpp)
  Doc Text(std::string_view text) { return b_.Text(text); }
  Doc C(std::initializer_list<Doc> parts) { return b_.Concat(parts); }
  // Remembers that the document stands for that part of the source.
  Doc StandsFor(Span source, Doc printed) {
    if (origins_ == nullptr || source.empty() || printed.empty()) return printed;
    origins_->push_back(source);
    return b_.Mark(static_cast<std::uint32_t>(origins_->size() - 1), printed);
  }
  Doc SoftIndented(Doc contents);            // indent(softline, x), softline
  std::optional<std::string> Flat(Doc doc);  // as one line; none if it cannot be one

  // ---- comments.cpp
  Doc WithComments(NodeId id, Doc printed);
  Doc CommentText(const comments::Comment& comment);
  Doc BareCommentText(const comments::Comment& comment);
  Doc LeadingComments(NodeId id);
  Doc TrailingComments(NodeId id);
  Doc DanglingComments(NodeId id);  // one under the other
  Doc DanglingInside(NodeId id);
  Doc DocComment(NodeId docstring);  // as JSDoc and a line end
  Doc CommentLines(const std::vector<std::string>& lines, std::string_view opener);

  // ---- parentheses.cpp
  bool NeedsParens(NodeId id) const;
  bool NeedsParensIn(NodeId id, NodeId parent) const;
  bool BinaryNeedsParens(NodeId id, NodeId parent) const;
  bool FunctionNeedsParens(NodeId id, NodeId parent) const;
  bool AwaitNeedsParens(NodeId id, NodeId parent) const;
  bool AssignNeedsParens(NodeId id, NodeId parent) const;
  bool ConditionalNeedsParens(NodeId id, NodeId parent) const;
  bool UnaryNeedsParens(NodeId id, NodeId parent) const;
  bool CalleeOfNewNeedsParens(NodeId id) const;
  bool IsHeadOf(NodeId id, NodeId parent) const;  // the callee, object or tag of `parent`
  static int PrecedenceOf(const ir::Tree& tree, NodeId id);
  bool ShouldFlatten(NodeId parent, NodeId node) const;

  // ---- statements.cpp
  Doc Statements(std::span<const NodeId> statements, NodeId parent);
  bool BlankBetween(NodeId before, NodeId after, NodeId parent) const;
  Doc BlockBody(NodeId block, Doc lead);  // braces and what is in them; `lead` goes first
  Doc BodyOf(NodeId block);               // blank and block, as after `)`
  Doc TestIn(NodeId test);                // what stands between the parentheses of `if`
  Doc EmitModule(NodeId id);
  Doc EmitBlock(NodeId id);
  Doc EmitExprStmt(NodeId id);
  Doc EmitVarDecl(NodeId id);
  Doc EmitIf(NodeId id);
  Doc ShortJump(NodeId id);
  Doc EmitWhile(NodeId id);
  Doc EmitDoWhile(NodeId id);
  Doc EmitForEach(NodeId id);
  Doc EmitForIn(NodeId id);
  Doc EmitCFor(NodeId id);
  Doc EmitSwitch(NodeId id);
  Doc EmitSwitchCase(NodeId id);
  Doc EmitLabeled(NodeId id);
  Doc EmitBreak(NodeId id);
  Doc EmitContinue(NodeId id);
  Doc EmitReturn(NodeId id);
  Doc EmitRaise(NodeId id);
  Doc ReturnValue(NodeId value);
  Doc EmitTry(NodeId id);
  Doc EmitCatchClause(NodeId id);
  Doc EmitDebugger(NodeId id);
  Doc EmitUntranslated(NodeId id);
  Doc ForHead(ir::DeclKind declares, NodeId target);
  bool InForHead() const;  // the node being printed is the init or update of a C-style for

  // ---- functions.cpp
  Doc Params(NodeId function, bool expand);
  bool HugsOnlyParam(NodeId function) const;
  Doc EmitFunctionDef(NodeId id);
  Doc EmitFunctionExpr(NodeId id);
  Doc EmitLambda(NodeId id);
  Doc Arrow(NodeId id);
  Doc ArrowSignature(NodeId id, Args args);
  Doc ArrowChain(NodeId id, const Args& args, const Docs& signatures, bool broken);
  Doc ArrowBody(NodeId body, Doc printed, bool same_line, const Args& args);
  NodeId ArrowBodyOf(NodeId arrow) const;
  bool BodyStaysOnLine(NodeId body) const;
  Doc EmitParam(NodeId id);
  Doc EmitAwait(NodeId id);
  Doc EmitYield(NodeId id);
  Doc EmitSpawn(NodeId id);
  Doc EmitDefer(NodeId id);
  bool IsTestCall(NodeId call) const;  // describe("...", () => {})

  // ---- classes.cpp
  Doc EmitClassDef(NodeId id);
  Doc EmitClassExpr(NodeId id);
  Doc ClassHead(NodeId name, std::span<const NodeId> bases);
  Doc ClassBody(NodeId block);
  Doc EmitMethod(NodeId id);
  Doc EmitField(NodeId id);
  Doc EmitStaticBlock(NodeId id);
  Doc MemberKey(NodeId computed, std::string_view name, bool is_private);

  // ---- module.cpp
  Doc EmitImport(NodeId id);
  Doc RequireImport(const ir::Import& import);
  Doc EmitImportItem(NodeId id);
  Doc EmitExport(NodeId id);
  Doc EmitExportItem(NodeId id);
  Doc Specifiers(const Docs& specifiers, bool may_break);
  std::string ExportedName(std::string_view name) const;

  // ---- assignments.cpp
  Doc EmitAssign(NodeId id);
  Doc AssignTargets(std::span<const NodeId> targets, NodeId value);
  Doc EmitAugAssign(NodeId id);
  Doc EmitAssignExpr(NodeId id);
  Doc EmitLogicalAssign(NodeId id);
  Doc EmitDictEntry(NodeId id);
  Doc Assignment(NodeId node, Doc left, std::string_view op, NodeId right);
  Doc LayOut(Layout layout, Doc left, std::string_view op, Doc right);
  Layout ChooseLayout(NodeId node, Doc left, NodeId right) const;
  bool ShouldBreakAfterOperator(NodeId right, bool short_key) const;
  bool IsComplexDestructuring(NodeId node) const;
  bool IsPoorlyBreakableChain(NodeId id, bool deep) const;
  bool IsLoneShortArgument(NodeId id) const;
  bool CanBreak(Doc doc) const;

  // ---- expressions.cpp
  Doc EmitName(NodeId id);
  Doc EmitSelfRef(NodeId id);
  Doc EmitSuperRef(NodeId id);
  Doc EmitAttribute(NodeId id);
  Doc EmitSubscript(NodeId id);
  Doc Member(NodeId id);
  Doc MemberLookup(NodeId id);  // `.name`, `?.name`, `[index]`
  bool MemberStaysOnLine(NodeId id) const;
  Doc EmitOptionalChain(NodeId id);
  Doc EmitUnary(NodeId id);
  Doc EmitUpdate(NodeId id);
  Doc EmitBinaryish(NodeId id);
  Docs BinaryParts(NodeId id, bool inside_parens);
  bool ShouldInlineLogical(NodeId id) const;
  bool IsInlinedLogicalChain(NodeId id) const;
  bool IsBooleanCall(NodeId id) const;
  Doc EmitConditional(NodeId id);
  bool IsHeadOfAssignedChain() const;
  Doc EmitSequence(NodeId id);
  Doc EmitMetaProperty(NodeId id);
  Doc EmitOpaque(NodeId id);
  Doc EmitHole(NodeId id);

  // ---- calls.cpp
  Doc EmitCall(NodeId id);
  Doc EmitNew(NodeId id);
  Doc EmitSuperCall(NodeId id);
  Doc EmitDynamicImport(NodeId id);
  Doc EmitSpread(NodeId id);
  Doc Arguments(NodeId call);
  Doc AllBroken(const Docs& printed, bool trailing_comma);
  std::optional<Doc> FirstHugged(const std::vector<NodeId>& args, const Docs& printed);
  std::optional<Doc> LastHugged(const std::vector<NodeId>& args, const Docs& printed);
  bool ShouldHugFirst(const std::vector<NodeId>& args) const;
  bool ShouldHugLast(const std::vector<NodeId>& args) const;
  bool CouldExpand(NodeId arg, bool in_arrow_chain) const;
  bool IsHook(const std::vector<NodeId>& args) const;
  bool IsComposition(const std::vector<NodeId>& args) const;
  bool IsHopefullyShort(NodeId arg) const;
  bool IsSimpleArgument(NodeId arg, int depth = 2) const;
  bool IsLongCurried(NodeId call) const;
  bool PrintsArgumentsFlat(NodeId call) const;

  // ---- member_chain.cpp
  struct Chain {
    std::vector<NodeId> nodes;  // innermost first
    std::vector<std::vector<NodeId>> groups;
    bool merge = false;  // the second group stays on the first line
    std::size_t cutoff() const { return merge ? 3 : 2; }
  };
  Chain ChainOf(NodeId call, bool is_statement) const;
  bool IsMemberChain(NodeId call) const;  // printed as one, over lines if need be
  bool ShouldMerge(const Chain& chain, bool is_statement) const;
  Doc MemberChain(NodeId call);

  // ---- collections.cpp
  Doc EmitList(NodeId id);
  Doc EmitListPattern(NodeId id);
  Doc ListLike(NodeId id, std::span<const NodeId> elements, bool is_pattern);
  bool IsConciseList(std::span<const NodeId> elements) const;
  bool IsMatrix(std::span<const NodeId> elements) const;
  Doc EmitElision(NodeId id);
  Doc EmitDict(NodeId id);
  Doc EmitMethodEntry(NodeId id);
  Doc EmitObjectPattern(NodeId id);
  Doc EmitPropertyPattern(NodeId id);
  Doc EmitRestPattern(NodeId id);
  Doc EmitDefaultPattern(NodeId id);
  Doc PropertyKey(NodeId key);
  bool IsShorthand(NodeId key, NodeId value) const;

  // ---- literals.cpp
  Doc EmitNumber(NodeId id);
  Doc EmitString(NodeId id);
  Doc EmitRegex(NodeId id);
  Doc EmitTemplate(NodeId id);
  Doc EmitTaggedTemplate(NodeId id);
  Doc EmitBool(NodeId id);
  Doc EmitNull(NodeId id);
  Doc EmitUndefined(NodeId id);
  Doc MultilineText(std::string_view text);

  // Makes `id` the node being printed for as long as it lives, for nodes that are printed by hand.
  class Within {
   public:
    Within(Emitter& emitter, NodeId id) : emitter_(emitter) { emitter_.path_.push_back(id); }
    ~Within() { emitter_.path_.pop_back(); }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

   private:
    Emitter& emitter_;
  };

  const ir::Tree& tree_;
  const comments::CommentMap& comments_;
  doc::Builder& b_;
  Origins* origins_;  // nullptr: nobody asks
  std::vector<NodeId> path_;  // from the top to the node being printed
  Args args_;                 // of the node being printed
  // First expression of the statement around: must not look like a block or function.
  NodeId statement_start_;
  NodeId arrow_start_;  // first expression of the arrow body around: must not look like a block
  std::unordered_set<std::uint32_t> dangled_;  // nodes whose dangling comments are printed
  bool bailed_out_ = false;  // parameters of a hugged function cannot be on one line
  // By parent and node. A node is printed anew for each way of hugging it; what is in it is not.
  std::unordered_map<std::uint64_t, Doc> printed_;
};

}  // namespace asyncport::emit::js
