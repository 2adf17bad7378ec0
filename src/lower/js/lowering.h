// Lowers one JavaScript grammar tree. The members are defined by construct family: lower.cpp
// (entry, dispatch), module.cpp, statements.cpp, functions.cpp, classes.cpp, expressions.cpp,
// spellings.cpp, compiled.cpp, literals.cpp, patterns.cpp; prototypes.h finds classes that are functions.
// Example: Expression of `a ?? b` gives Logical Nullish(Name a, Name b).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "ir/make.h"
#include "ir/tree.h"
#include "lower/js/prototypes.h"
#include "lower/lower.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::lower::js {

using ir::Make;
using ir::NodeId;
using ir::NodeList;
using syntax::CstNode;
namespace make = ir::make;

// First child that is neither punctuation nor a comment; null if there is none.
CstNode FirstNamed(const CstNode& node);
// What stands inside parentheses, however many.
CstNode Unparenthesised(CstNode node);

class Lowering {
 public:
  Lowering(const Source& source, std::shared_ptr<StringTable> strings, const LowerOptions& options,
           diag::Diagnostics& diagnostics)
      : source_(source),
        options_(options),
        diagnostics_(diagnostics),
        tree_(Language::kJs, std::move(strings)) {}

  ir::Tree Run(const CstNode& program);

 private:
  using StatementHandler = void (Lowering::*)(const CstNode&, NodeList&);
  using ExpressionHandler = NodeId (Lowering::*)(const CstNode&);
  static const syntax::KindTable<StatementHandler>& StatementTable();
  static const syntax::KindTable<ExpressionHandler>& ExpressionTable();
  static const syntax::KindTable<ExpressionHandler>& PatternTable();

  // ---- entry points by category. Null, erroneous or unknown nodes give Opaque.
  void Statement(const CstNode& node,
                 NodeList& out);  // none for `;`, several for split declarations
  NodeId Expression(const CstNode& node);
  NodeId Pattern(const CstNode& node);  // what is assigned to or bound

  // ---- helpers (lower.cpp)
  std::string_view TextOf(const CstNode& node) const { return source_.Text(node.span()); }
  NodeId Opaque(Span span, std::string_view reason) {
    return Make(tree_, make::Opaque{.reason = reason}, span);
  }
  bool IsBroken(const CstNode& node)
      const;  // holds a syntax error that no statement or expression below takes
  std::optional<make::Hole> HoleOf(const CstNode& node) const;
  NodeId NameOf(const CstNode& node);  // Name or Hole; kNoNode for a null node
  NodeId JsxOrUnknown(const CstNode& node);

  // ---- module.cpp
  void ImportStatement(const CstNode& node, NodeList& out);
  NodeId ImportSpecifier(const CstNode& node);
  void ExportStatement(const CstNode& node, NodeList& out);
  NodeId ExportSpecifier(const CstNode& node);
  NodeId ModuleExportName(const CstNode& node);
  std::string ModuleText(const CstNode& string_node) const;
  // Import of `const NAME = require("m")` and its kin; kNoNode if the declarator is something else.
  NodeId RequireDeclarator(const CstNode& declarator, Span span);
  NodeId RequireStatement(const CstNode& value, Span span);  // `require("m");`
  std::string RequiredModule(const CstNode& call) const;     // "m" of `require("m")`

  // ---- compiled.cpp
  struct Interop {
    CstNode argument;  // `require("m")` of `__importDefault(require("m"))`
    bool is_default = false;
    bool exports_all = false;
  };
  Interop InteropOf(const CstNode& value) const;
  bool IsInteropHelper(const CstNode& statement);  // has no place once the imports are imports
  bool OnlyDefaultIsAsked(std::string_view local);
  bool IsDefaultOfImport(NodeId object, std::string_view property) const;
  NodeId ExportOfAll(const CstNode& value, Span span);
  void ImportInline(const CstNode& statement, NodeList& out);
  void InlineRequires(const CstNode& node, NodeList& out);
  std::string NameForModule(std::string_view module);
  NodeId InlineRequire(const CstNode& call);
  NodeId DefinedProperty(const CstNode& call, Span span);

  // ---- statements.cpp
  NodeId BlockOf(const CstNode& statement_block);
  NodeId BlockOf(const std::vector<CstNode>& statements, Span span);
  NodeId Body(const CstNode& statement);  // always a Block
  NodeId Condition(const CstNode& parenthesised);
  NodeId ExpressionAsStatement(CstNode value, Span span);
  NodeId DeclarationOf(const CstNode& declarator, ir::DeclKind keyword, Span span);
  NodeId ForPart(const CstNode& node);  // init or update of a C-style for
  void BlockStatement(const CstNode& node, NodeList& out);
  void EmptyStatement(const CstNode&, NodeList&) {}
  void ExpressionStatement(const CstNode& node, NodeList& out);
  void VariableDeclaration(const CstNode& node, NodeList& out);
  void UsingDeclaration(const CstNode& node, NodeList& out);
  void IfStatement(const CstNode& node, NodeList& out);
  void WhileStatement(const CstNode& node, NodeList& out);
  void DoStatement(const CstNode& node, NodeList& out);
  void ForStatement(const CstNode& node, NodeList& out);
  void ForInStatement(const CstNode& node, NodeList& out);
  void SwitchStatement(const CstNode& node, NodeList& out);
  void TryStatement(const CstNode& node, NodeList& out);
  void WithStatement(const CstNode& node, NodeList& out);
  void BreakStatement(const CstNode& node, NodeList& out);
  void ContinueStatement(const CstNode& node, NodeList& out);
  void ReturnStatement(const CstNode& node, NodeList& out);
  void ThrowStatement(const CstNode& node, NodeList& out);
  void LabeledStatement(const CstNode& node, NodeList& out);
  void DebuggerStatement(const CstNode& node, NodeList& out);

  // ---- functions.cpp
  NodeList Params(const CstNode& function);
  NodeId Param(const CstNode& node);
  void FunctionDeclaration(const CstNode& node, NodeList& out);
  NodeId FunctionExpression(const CstNode& node);
  NodeId ArrowFunction(const CstNode& node);
  NodeId AwaitExpression(const CstNode& node);
  NodeId YieldExpression(const CstNode& node);
  void CheckAwait(Span span);

  // ---- classes.cpp
  void ClassDeclaration(const CstNode& node, NodeList& out);
  NodeId ClassExpression(const CstNode& node);
  NodeId ClassBody(const CstNode& body);
  NodeId MethodDefinition(const CstNode& node, bool in_class);
  NodeId FieldDefinition(const CstNode& node);
  NodeList Heritage(const CstNode& node);
  void ClassOfPrototype(const PrototypeClass& made, NodeList& out);
  NodeId PrototypeConstructor(const PrototypeClass& made);
  NodeId MemberOfPrototype(const PrototypeMember& member);

  // ---- expressions.cpp
  NodeId Identifier(const CstNode& node);
  NodeId UndefinedName(const CstNode& node);
  NodeId Parenthesised(const CstNode& node);
  NodeId This(const CstNode& node);
  NodeId Super(const CstNode& node);
  NodeId Chain(const CstNode& node);  // calls, members and subscripts
  NodeId ChainLink(const CstNode& node, NodeId object);
  NodeId AsArrow(NodeId function);
  // A call in its newer spelling (spellings.cpp); kNoNode if there is none.
  NodeId ModernCall(NodeId callee, const NodeList& args, Span span);
  NodeId ModernTypeTest(NodeId left, NodeId right, ir::BinaryOp op, Span span);
  bool IsAwaitCall(const CstNode& node) const;
  NodeId AwaitedList(const CstNode& node);
  bool IsAwaitList(const CstNode& node) const;
  NodeId AwaitedValue(const CstNode& arguments);
  NodeId NewExpression(const CstNode& node);
  NodeList Arguments(const CstNode& arguments);
  NodeId BinaryExpression(const CstNode& node);
  NodeId BinaryNode(const CstNode& node, NodeId left);
  NodeId UnaryExpression(const CstNode& node);
  NodeId UpdateExpression(const CstNode& node);
  NodeId TernaryExpression(const CstNode& node);
  NodeId AssignmentExpression(const CstNode& node);
  NodeId AugmentedAssignment(const CstNode& node);
  NodeId SequenceExpression(const CstNode& node);
  NodeId MetaProperty(const CstNode& node);
  NodeId Spread(const CstNode& node);

  // ---- literals.cpp
  NodeId Number(const CstNode& node);
  NodeId StringLiteral(const CstNode& node);
  NodeId TemplateString(const CstNode& node);
  NodeId TemplateOf(const CstNode& node, bool raw);
  NodeId TaggedTemplate(const CstNode& call, NodeId tag);
  NodeId Regex(const CstNode& node);
  NodeId True(const CstNode& node);
  NodeId False(const CstNode& node);
  NodeId NullLiteral(const CstNode& node);
  NodeId Array(const CstNode& node);
  NodeId Object(const CstNode& node);
  NodeId ObjectEntry(const CstNode& node);
  NodeId PropertyKey(const CstNode& node);
  // Elements of `[a, , ...b]`: `lower` makes one, holes in the list become Elision.
  NodeList Elements(const CstNode& node, NodeId (Lowering::*lower)(const CstNode&));

  // ---- patterns.cpp
  NodeId PatternName(const CstNode& node);
  NodeId ArrayPattern(const CstNode& node);
  NodeId ObjectPattern(const CstNode& node);
  NodeId PropertyPattern(const CstNode& node);
  NodeId RestPattern(const CstNode& node);
  NodeId AssignmentPattern(const CstNode& node);

  struct FunctionScope {
    bool is_async = false;
    std::string_view name;
  };
  // Enters a function for as long as it lives.
  class InFunction {
   public:
    InFunction(Lowering& lowering, FunctionScope scope) : lowering_(lowering) {
      lowering_.functions_.push_back(scope);
    }
    ~InFunction() { lowering_.functions_.pop_back(); }
    InFunction(const InFunction&) = delete;
    InFunction& operator=(const InFunction&) = delete;

   private:
    Lowering& lowering_;
  };

  const Source& source_;
  const LowerOptions& options_;
  diag::Diagnostics& diagnostics_;
  ir::Tree tree_;
  std::vector<FunctionScope> functions_;  // empty at module level
  int block_depth_ = 0;                   // blocks around the current statement
  std::unordered_set<std::string>
      default_imports_;                   // names of modules whose default is all that is asked for
  std::optional<bool> interop_is_plain_;  // every interop function is called with require() alone
  std::unordered_map<std::uint32_t, std::string>
      inline_requires_;  // by where the call begins: its import
};

}  // namespace asyncport::lower::js
