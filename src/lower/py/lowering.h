// Lowers one Python grammar tree. The members are defined by construct family: lower.cpp (entry, dispatch, scopes),
// imports.cpp, statements.cpp, functions.cpp, classes.cpp, expressions.cpp, comprehensions.cpp, strings.cpp,
// patterns.cpp (targets), match.cpp. Decides nothing about JavaScript.
// Example: Expression of `a < b < c` gives CompareChain(Name a, CompareLink Lt Name b, CompareLink Lt Name c).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "ir/make.h"
#include "ir/tree.h"
#include "lower/lower.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::lower::py {

using ir::Make;
using ir::NodeId;
using ir::NodeList;
using syntax::CstNode;
namespace make = ir::make;

// Children without comments and line continuations.
std::vector<CstNode> PartsOf(const CstNode& node);
std::vector<CstNode> NamedParts(const CstNode& node);
CstNode FirstNamed(const CstNode& node);  // null if there is none
// What stands inside parentheses, however many.
CstNode Unparenthesised(CstNode node);
// From the first to the last token, comments and blanks at the end left out.
Span TightSpan(const CstNode& node);

class Lowering {
 public:
  Lowering(const Source& source, std::shared_ptr<StringTable> strings, const LowerOptions& options,
           diag::Diagnostics& diagnostics)
      : source_(source),
        options_(options),
        diagnostics_(diagnostics),
        tree_(Language::kPy, std::move(strings)) {}

  ir::Tree Run(const CstNode& module);

 private:
  using StatementHandler = void (Lowering::*)(const CstNode&, NodeList&);
  using ExpressionHandler = NodeId (Lowering::*)(const CstNode&);
  static const syntax::KindTable<StatementHandler>& StatementTable();
  static const syntax::KindTable<ExpressionHandler>& ExpressionTable();
  static const syntax::KindTable<ExpressionHandler>& TargetTable();
  static const syntax::KindTable<ExpressionHandler>& CaseTable();

  // ---- entry points by category. Null, erroneous or unknown nodes give Opaque.
  void Statement(const CstNode& node, NodeList& out);  // several for `import a, b`
  NodeId Expression(const CstNode& node);
  NodeId Element(const CstNode& node);      // of a display or of arguments: an expression or a Spread
  NodeId Target(const CstNode& node);       // what is assigned to or bound
  NodeId CasePattern(const CstNode& node);  // what `case` matches

  // ---- helpers (lower.cpp)
  std::string_view TextOf(const CstNode& node) const { return source_.Text(node.span()); }
  NodeId Opaque(Span span, std::string_view reason) {
    return Make(tree_, make::Opaque{.reason = reason}, span);
  }
  // Python 2 only: reported, and kept as an Opaque node.
  NodeId Python2(Span span, std::string_view what);
  void ReportPython2(Span span, std::string_view what);
  std::optional<make::Hole> HoleOf(const CstNode& node) const;
  NodeId NameOf(const CstNode& node);    // Name or Hole; kNoNode for a null node
  std::string DottedText(const CstNode& node) const;  // `a . b` -> "a.b"
  NodeId TupleOf(const std::vector<CstNode>& elements, Span span, bool parenthesised);

  // ---- imports.cpp
  void ImportStatement(const CstNode& node, NodeList& out);
  void ImportFromStatement(const CstNode& node, NodeList& out);
  NodeId ImportedName(const CstNode& node);

  // ---- statements.cpp
  NodeId BlockOf(const std::vector<CstNode>& statements, Span fallback);
  NodeId Body(const CstNode& block);  // always a Block
  NodeId BodyWithElse(NodeId loop, const CstNode& statement);
  NodeId AssignmentOf(const CstNode& node, Span span);
  NodeId AugmentedOf(const CstNode& node, Span span);
  NodeId HandlerOf(const CstNode& node);
  NodeId WithItemOf(const CstNode& node);
  void ExpressionStatement(const CstNode& node, NodeList& out);
  void IfStatement(const CstNode& node, NodeList& out);
  void WhileStatement(const CstNode& node, NodeList& out);
  void ForStatement(const CstNode& node, NodeList& out);
  void TryStatement(const CstNode& node, NodeList& out);
  void WithStatement(const CstNode& node, NodeList& out);
  void ReturnStatement(const CstNode& node, NodeList& out);
  void RaiseStatement(const CstNode& node, NodeList& out);
  void DeleteStatement(const CstNode& node, NodeList& out);
  void AssertStatement(const CstNode& node, NodeList& out);
  void PassStatement(const CstNode& node, NodeList& out);
  void BreakStatement(const CstNode& node, NodeList& out);
  void ContinueStatement(const CstNode& node, NodeList& out);
  void ScopeStatement(const CstNode& node, NodeList& out);
  void PrintStatement(const CstNode& node, NodeList& out);
  void ExecStatement(const CstNode& node, NodeList& out);
  void TypeAliasStatement(const CstNode& node, NodeList& out);

  // ---- functions.cpp
  struct Scope;
  NodeList Params(const CstNode& parameters, bool without_first);
  NodeId ParamOf(const CstNode& node, ir::ParamKind kind);
  // Statements of a body without its docstring, which is lowered into `docstring`.
  std::vector<CstNode> TakeDocstring(const CstNode& block, NodeId& docstring);
  NodeList DecoratorsOf(const std::vector<CstNode>& decorators);
  void FunctionDefinition(const CstNode& node, NodeList& out);
  void ClassDefinition(const CstNode& node, NodeList& out);
  void DecoratedDefinition(const CstNode& node, NodeList& out);
  NodeId FunctionOf(const CstNode& node, const std::vector<CstNode>& decorators, Span span);
  NodeId Lambda(const CstNode& node);
  NodeId AwaitExpression(const CstNode& node);
  NodeId YieldExpression(const CstNode& node);
  void CheckAsync(Span span);  // reports what needs an async function around it
  // Whether one of the parameters has this name.
  bool HasParam(const CstNode& parameters, std::string_view name) const;
  // Whether the body of a function binds `name` itself (not in functions inside).
  bool Binds(const CstNode& body, std::string_view name) const;
  bool Mentions(const CstNode& node, std::string_view name) const;

  // ---- classes.cpp
  NodeId ClassOf(const CstNode& node, const std::vector<CstNode>& decorators, Span span);
  NodeId ClassBody(const std::vector<CstNode>& statements, Span fallback);
  NodeId MethodOf(const CstNode& node, const std::vector<CstNode>& decorators, Span span);
  NodeId FieldOf(const CstNode& assignment, Span span);

  // ---- made_classes.cpp
  // The class that `X = namedtuple(...)` or `X = Enum(...)` makes; kNoNode for any other assignment.
  NodeId MadeClass(const CstNode& assignment, Span span);

  // ---- expressions.cpp
  NodeId Identifier(const CstNode& node);
  NodeId Parenthesised(const CstNode& node);
  NodeId Chain(const CstNode& node);  // calls, attributes and subscripts
  NodeId ChainLink(const CstNode& node, NodeId object);
  NodeId CallOf(const CstNode& node, NodeId callee);
  NodeId SuperCallOf(const CstNode& callee, const CstNode& arguments, Span span);
  NodeList Arguments(const CstNode& arguments);
  NodeId Argument(const CstNode& node);
  NodeId SubscriptIndex(const CstNode& node);
  NodeId SliceOf(const CstNode& node);
  NodeId OperatorSpine(const CstNode& node);  // binary and boolean operators
  NodeId Comparison(const CstNode& node);
  NodeId NotOperator(const CstNode& node);
  NodeId UnaryOperator(const CstNode& node);
  NodeId ConditionalExpression(const CstNode& node);
  NodeId NamedExpression(const CstNode& node);
  NodeId ListDisplay(const CstNode& node);
  NodeId TupleDisplay(const CstNode& node);
  NodeId ExpressionList(const CstNode& node);
  NodeId SetDisplay(const CstNode& node);
  NodeId DictDisplay(const CstNode& node);
  NodeId Splat(const CstNode& node);
  NodeId True(const CstNode& node);
  NodeId False(const CstNode& node);
  NodeId None(const CstNode& node);
  NodeId EllipsisLiteral(const CstNode& node);
  NodeId Number(const CstNode& node);
  NodeId Type(const CstNode& node);
  NodeId GenericType(const CstNode& node);
  NodeId UnionType(const CstNode& node);
  NodeId MemberType(const CstNode& node);

  // ---- comprehensions.cpp
  NodeId ComprehensionOf(const CstNode& node);

  // ---- strings.cpp
  struct StringPieces;
  void AppendString(const CstNode& node, StringPieces& pieces);
  NodeId FinishString(StringPieces& pieces, Span span);
  void AppendText(std::string_view raw, const StringPieces& pieces, bool is_raw, bool is_format, std::string& out);
  NodeId FormatPart(const CstNode& node, StringPieces& pieces, bool is_raw);
  NodeId FormatSpec(const CstNode& node, StringPieces& pieces, bool is_raw);
  NodeId StringLiteral(const CstNode& node);
  NodeId ConcatenatedString(const CstNode& node);
  // The docstring that a statement is, decoded and dedented; kNoNode if it is something else.
  NodeId DocstringOf(const CstNode& statement);

  // ---- patterns.cpp
  NodeId TargetName(const CstNode& node);
  NodeId TargetList(const CstNode& node);
  NodeId TargetRest(const CstNode& node);
  NodeId TargetInside(const CstNode& node);

  // ---- match.cpp
  void MatchStatement(const CstNode& node, NodeList& out);
  NodeId CaseOf(const CstNode& node);
  NodeId CaseInside(const CstNode& node);
  NodeId CaseValue(const CstNode& node);
  NodeId CaseDotted(const CstNode& node);
  NodeId CaseSequence(const CstNode& node);
  NodeId CaseMapping(const CstNode& node);
  NodeId CaseClass(const CstNode& node);
  NodeId CaseUnion(const CstNode& node);
  NodeId CaseAs(const CstNode& node);
  NodeId CaseSplat(const CstNode& node);
  NodeId CaseComplex(const CstNode& node);
  NodeId Capture(const CstNode& identifier);
  NodeId SignedNumber(const std::vector<CstNode>& parts, Span span);

  enum class ScopeKind : std::uint8_t { kModule, kClass, kFunction, kLambda, kGenerator };
  struct Scope {
    ScopeKind kind = ScopeKind::kModule;
    bool is_async = false;
    bool is_generator = false;    // a yield was met
    bool in_method = false;       // `super()` means something here
    bool in_constructor = false;
    std::string_view name;        // of the function or class
    std::string_view class_name;  // nearest class around
    std::string_view self_name;   // the parameter that stands for the object; empty: none
  };
  // Enters a scope for as long as it lives.
  class InScope {
   public:
    InScope(Lowering& lowering, Scope scope) : lowering_(lowering) { lowering_.scopes_.push_back(scope); }
    ~InScope() { lowering_.scopes_.pop_back(); }
    InScope(const InScope&) = delete;
    InScope& operator=(const InScope&) = delete;

   private:
    Lowering& lowering_;
  };
  // What a function inside the present scope starts from.
  Scope Inner(ScopeKind kind) const;

  const Source& source_;
  const LowerOptions& options_;
  diag::Diagnostics& diagnostics_;
  ir::Tree tree_;
  std::vector<Scope> scopes_{Scope{}};
};

}  // namespace asyncport::lower::py
