// Prints one Python tree as a document in Black's layout (88 columns). The members are defined by construct family:
// emit.cpp (entry, dispatch), lines.cpp (statements as lines, blank lines, comments), statements.cpp, functions.cpp,
// classes.cpp, match.cpp, imports.cpp, right_side.cpp (where a statement's expression breaks), expressions.cpp,
// operators.cpp, calls.cpp (chains, calls, subscripts), displays.cpp, strings.cpp. Parentheses: precedence.cpp.
// Example: the tree of `x=f( a )` gives the document of `x = f(a)`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "comments/comments.h"
#include "doc/doc.h"
#include "emit/emit.h"
#include "emit/py/blank_lines.h"
#include "emit/py/precedence.h"
#include "ir/views.h"

namespace asyncport::emit::py {

using doc::Doc;
using ir::NodeId;
using ir::NodeKind;
using Docs = std::vector<Doc>;

// Black's page; the printer gets the same number.
inline constexpr std::uint32_t kColumns = 88;
inline constexpr std::uint32_t kIndent = 4;

// Whether an expression may break at its operators: only inside brackets.
enum class Where : std::uint8_t { kBare, kInBrackets };

// A pair of brackets at which a statement may be split: those of the node itself, or the parentheses around it.
struct BracketPair {
  NodeId node;
  bool is_paren = false;
  friend bool operator==(const BracketPair&, const BracketPair&) = default;
};

// What may stand without parentheses at the top of a statement's expression.
struct Allowed {
  bool tuple = false;
  bool yield = false;
  bool walrus = false;
};

// How early Black splits, by operator: the highest first.
enum Priority : int {
  kDot = 1,
  kPowerSplit = 2,
  kArithmetic = 4,
  kCompare = 10,
  kLogic = 14,
  kTernary = 16,
  kComma = 18
};
// The operators at which Black splits first, and how many of them stand outside all brackets.
struct Delimiters {
  int priority = 0;
  int count = 0;
};

class Emitter {
 public:
  Emitter(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
          Origins* origins = nullptr)
      : tree_(tree), comments_(comments), b_(builder), origins_(origins) {}

  Doc WholeModule();
  Doc One(NodeId id);  // a single node, without what is around it

 private:
  using StatementHandler = void (Emitter::*)(NodeId);
  using ExpressionHandler = Doc (Emitter::*)(NodeId, Where);
  static StatementHandler StatementOf(NodeKind kind);
  static ExpressionHandler ExpressionOf(NodeKind kind);

  // ---- helpers (emit.cpp)
  template <typename V>
  V As(NodeId id) const {
    return ir::As<V>(tree_, id);
  }
  bool Is(NodeId id, NodeKind kind) const { return id && tree_.Is(id, kind); }
  Doc Text(std::string_view text) { return b_.Text(text); }
  Doc C(std::initializer_list<Doc> parts) { return b_.Concat(parts); }
  // Remembers that the document stands for that part of the source.
  Doc StandsFor(Span source, Doc printed) {
    if (origins_ == nullptr || source.empty() || printed.empty()) return printed;
    origins_->push_back(source);
    return b_.Mark(static_cast<std::uint32_t>(origins_->size() - 1), printed);
  }
  // Places where a line may break; in rigid text (f-strings, annotations of results, targets) they do not.
  Doc Line() { return rigid_ > 0 ? Text(" ") : b_.Line(); }
  Doc SoftLine() { return rigid_ > 0 ? Doc() : b_.SoftLine(); }
  Doc IfBroken(Doc broken, Doc flat = {}) { return rigid_ > 0 ? flat : b_.IfBreak(broken, flat); }
  struct Rigid {
    explicit Rigid(Emitter& emitter) : emitter_(emitter) { ++emitter_.rigid_; }
    ~Rigid() { --emitter_.rigid_; }
    Rigid(const Rigid&) = delete;
    Rigid& operator=(const Rigid&) = delete;
    Emitter& emitter_;
  };
  std::string_view SelfName() const { return self_name_; }

  // ---- lines.cpp: a block is a list of lines; each begins with its newline.
  enum class Gap : std::uint8_t { kAsInSource, kNone, kBlank };
  void Statement(NodeId id, Gap gap = Gap::kAsInSource);  // with its comments
  struct DocText {
    std::string text;
    bool is_raw = false;
    bool wants_blank_after = false;
  };
  // Indented; `pass` if there is nothing. `header_took_comments`: those of the block stand before its header.
  void Block(NodeId block, const DocText* docstring = nullptr, bool header_took_comments = false);
  void PutLine(LineShape shape, Doc content);
  void PutDoc(unsigned blank_lines, Doc content);
  // Comments before a line of that shape, on lines of their own.
  void LeadingComments(NodeId id, const LineShape& shape);
  // The JSDoc comment above a definition without docstring, which becomes one; else nullptr.
  const comments::Comment* DocCommentOf(NodeId id) const;
  void TrailingComments(NodeId id);
  void DanglingComments(NodeId id);
  LineShape ShapeOf(NodeId statement) const;
  Doc CommentDoc(const comments::Comment& comment);
  // `else`, `except`, ...: its comments, the line, the body.
  void Clause(NodeId comments_of, Doc header, NodeId body);
  void DocstringLine(const DocText& docstring);

  // ---- statements.cpp
  void Put(Doc content);  // the one line of a simple statement
  void ExprStatement(NodeId id);
  void AssignStatement(NodeId id);
  void AugAssignStatement(NodeId id);
  void IfStatement(NodeId id);
  void WhileStatement(NodeId id);
  void ForEachStatement(NodeId id);
  void LoopElseStatement(NodeId id);
  void BreakStatement(NodeId id);
  void ContinueStatement(NodeId id);
  void ReturnStatement(NodeId id);
  void RaiseStatement(NodeId id);
  void TryStatement(NodeId id);
  void WithStatement(NodeId id);
  void DeleteStatement(NodeId id);
  void AssertStatement(NodeId id);
  void PassStatement(NodeId id);
  void ScopeStatement(NodeId id);
  void BareBlock(NodeId id);
  void UntranslatedStatement(NodeId id);
  void OpaqueStatement(NodeId id);
  void HoleStatement(NodeId id);

  // ---- match.cpp
  void MatchStatement(NodeId id);
  Doc CasePattern(NodeId id, bool is_alternative = false);

  // ---- functions.cpp
  void FunctionStatement(NodeId id);
  Doc ParamDoc(NodeId id, bool in_lambda);
  // The params between `open` and `close`, `self_name` first if there is one.
  Doc ParamList(std::span<const NodeId> params, std::string_view self_name);
  Docs ParamItems(std::span<const NodeId> params, bool in_lambda);
  Doc ReturnsDoc(NodeId annotation);
  void Decorators(std::span<const NodeId> decorators);
  // Docstring (or the JSDoc comment that becomes one) and body.
  void DefinitionBody(NodeId owner, NodeId docstring, NodeId body);
  Doc LambdaDoc(NodeId id, Where where);

  // ---- classes.cpp
  void ClassStatement(NodeId id);
  void MethodStatement(NodeId id);
  void FieldStatement(NodeId id);
  bool UsesSelf(NodeId id) const;

  // ---- imports.cpp
  void ImportStatement(NodeId id);
  // Prints the imports that open a module in isort's order; returns how many statements that were.
  std::size_t LeadingImports(std::span<const NodeId> statements);

  // ---- right_side.cpp
  // An expression that ends a statement: it gets parentheses where that helps to break it.
  Doc RightSide(NodeId value, Allowed allowed);
  Doc TopLevel(NodeId value, Where where, Allowed allowed);
  bool IsBareTuple(NodeId value, Allowed allowed) const;
  // The loosest precedence that may stand at the top of a statement without parentheses.
  int LoosestAt(NodeId value, Allowed allowed) const;
  Delimiters DelimitersOf(NodeId id) const;
  Delimiters DelimitersAt(NodeId id, int loosest) const;  // none if it is in parentheses there
  bool ChainDelimiters(NodeId id, Delimiters& out) const;
  // The last bracket pairs with something inside, from right to left.
  void Brackets(NodeId id, int loosest, std::size_t limit, std::vector<BracketPair>& out) const;
  bool EndsWithBracket(NodeId id, int loosest) const;
  bool StartsWithBracket(NodeId id, int loosest) const;

  // ---- expressions.cpp
  Doc Expr(NodeId id, int loosest, Where where);  // with the parentheses that it needs there
  Doc Printed(NodeId id, Where where);            // without
  Doc InParens(NodeId id);
  Doc NameExpr(NodeId id, Where where);
  Doc SelfExpr(NodeId id, Where where);
  Doc SuperExpr(NodeId id, Where where);
  Doc SuperCallExpr(NodeId id, Where where);
  Doc NumberExpr(NodeId id, Where where);
  Doc BoolExpr(NodeId id, Where where);
  Doc NullExpr(NodeId id, Where where);
  Doc EllipsisExpr(NodeId id, Where where);
  Doc AwaitExpr(NodeId id, Where where);
  Doc SpawnExpr(NodeId id, Where where);
  Doc DeferExpr(NodeId id, Where where);
  Doc YieldExpr(NodeId id, Where where);
  Doc WalrusExpr(NodeId id, Where where);
  Doc SliceExpr(NodeId id, Where where);
  Doc SpreadExpr(NodeId id, Where where);
  Doc KeywordExpr(NodeId id, Where where);
  Doc KeywordSpreadExpr(NodeId id, Where where);
  Doc OpaqueExpr(NodeId id, Where where);
  Doc HoleExpr(NodeId id, Where where);
  Doc RestPatternExpr(NodeId id, Where where);

  // ---- operators.cpp
  Doc OperandDoc(const Operand& operand, std::string_view prefix, Where where);
  Doc UnaryExpr(NodeId id, Where where);
  Doc BinaryExpr(NodeId id, Where where);
  Doc CompareChainExpr(NodeId id, Where where);
  Doc LogicalExpr(NodeId id, Where where);
  Doc ConditionalExpr(NodeId id, Where where);
  Doc Pieces(const Docs& pieces, Where where);  // operands, all but the first with their operator in front
  bool IsSimplePowerOperand(NodeId id, bool is_right) const;

  // ---- calls.cpp
  Doc ChainExpr(NodeId id, Where where);
  Doc Arguments(NodeId owner, std::span<const NodeId> args);
  Doc Argument(NodeId id);
  Doc Index(NodeId subscript);
  bool IsSimpleBound(NodeId id) const;
  // The object of a call, attribute or subscript; kNoNode for other nodes.
  NodeId ObjectOf(NodeId id) const;

  // ---- displays.cpp
  enum class Comma : std::uint8_t { kNever, kWhenBroken, kAlways };
  // `open` items `close`. `one_per_line`: as soon as the brackets break; else the items may still share a line.
  Doc Bracketed(NodeId owner, std::string_view open, const Docs& items, std::string_view close, bool one_per_line,
                Comma comma, bool broken = false);
  Doc Item(NodeId id, Doc content);  // with its comments
  Docs Items(std::span<const NodeId> ids);
  Doc ListExpr(NodeId id, Where where);
  Doc TupleExpr(NodeId id, Where where);
  Doc BareTuple(std::span<const NodeId> elements, Where where);
  Doc SetExpr(NodeId id, Where where);
  Doc DictExpr(NodeId id, Where where);
  Doc DictEntryDoc(NodeId id);
  Doc ComprehensionExpr(NodeId id, Where where);
  Doc ComprehensionInside(NodeId id);
  Doc PatternExpr(NodeId id, Where where);
  Doc TargetDoc(NodeId id);  // bare lists allowed
  Doc AssignTarget(NodeId id);

  // ---- strings.cpp
  Doc StringExpr(NodeId id, Where where);
  Doc BytesExpr(NodeId id, Where where);
  Doc TemplateExpr(NodeId id, Where where);
  Doc FormatValueExpr(NodeId id, Where where);
  Doc Literal(std::string_view text, Where where);  // may hold line ends
  // The f-string between quotes of this kind; false if Python 3.11 could not read it.
  bool FormatString(NodeId id, std::string_view quote, std::string& out) const;
  bool FormatField(NodeId part, std::string_view quote, std::string& out) const;
  bool FormatSpec(NodeId spec, std::string_view quote, std::string& out) const;
  // "{}".format(value): the text between the quotes, and the values.
  Doc FormatCall(NodeId id);
  void FormatCallField(NodeId part, std::string& text, std::vector<NodeId>& values) const;
  // An expression on one line inside a replacement field; false if Python 3.11 could not read it there.
  bool InlineText(NodeId id, std::string_view quote, std::string& out) const;
  std::string InlineString(std::string_view value);

  const ir::Tree& tree_;
  const comments::CommentMap& comments_;
  doc::Builder& b_;
  Origins* origins_;  // nullptr: nobody asks
  BlankLines blank_lines_;
  Docs* out_ = nullptr;           // lines of the block at hand
  unsigned depth_ = 0;            // blocks around it
  bool wanted_blank_ = false;     // the source had an empty line before the next line
  bool first_line_ = true;
  Span line_origin_;  // what the next line stands for
  const comments::Comment* header_comment_ = nullptr;  // printed behind the header of its block
  std::string_view self_name_ = "self";
  int rigid_ = 0;
  bool inline_ = false;              // inside a replacement field: no backslash, no line end
  std::string forbidden_quotes_;     // there: quotes that strings may not use
  bool unprintable_ = false;         // there: something could not be written
  bool alone_ = false;               // printing One
  std::vector<BracketPair> forced_;  // split here
};

}  // namespace asyncport::emit::py
