// Entry of the Python emitter and its dispatch tables. Adding a construct: a row here, a member in the file of its family.
#include <array>

#include "emit/emit.h"
#include "emit/py/emitter.h"
#include "support/check.h"

namespace asyncport::emit::py {
namespace {

template <typename Handler>
using Table = std::array<Handler, static_cast<std::size_t>(NodeKind::kCount)>;

template <typename Handler>
Table<Handler> MakeTable(std::initializer_list<std::pair<NodeKind, Handler>> rows) {
  Table<Handler> table{};
  for (const auto& [kind, handler] : rows) table[static_cast<std::size_t>(kind)] = handler;
  return table;
}

}  // namespace

Emitter::StatementHandler Emitter::StatementOf(NodeKind kind) {
  using E = Emitter;
  static const Table<StatementHandler> table = MakeTable<StatementHandler>({
      {NodeKind::kBlock, &E::BareBlock},
      {NodeKind::kExprStmt, &E::ExprStatement},
      {NodeKind::kAssign, &E::AssignStatement},
      {NodeKind::kAugAssign, &E::AugAssignStatement},
      {NodeKind::kIf, &E::IfStatement},
      {NodeKind::kWhile, &E::WhileStatement},
      {NodeKind::kForEach, &E::ForEachStatement},
      {NodeKind::kLoopElse, &E::LoopElseStatement},
      {NodeKind::kBreak, &E::BreakStatement},
      {NodeKind::kContinue, &E::ContinueStatement},
      {NodeKind::kReturn, &E::ReturnStatement},
      {NodeKind::kRaise, &E::RaiseStatement},
      {NodeKind::kTry, &E::TryStatement},
      {NodeKind::kWith, &E::WithStatement},
      {NodeKind::kMatch, &E::MatchStatement},
      {NodeKind::kDelete, &E::DeleteStatement},
      {NodeKind::kAssert, &E::AssertStatement},
      {NodeKind::kPass, &E::PassStatement},
      {NodeKind::kScopeDecl, &E::ScopeStatement},
      {NodeKind::kFunctionDef, &E::FunctionStatement},
      {NodeKind::kClassDef, &E::ClassStatement},
      {NodeKind::kMethod, &E::MethodStatement},
      {NodeKind::kField, &E::FieldStatement},
      {NodeKind::kImport, &E::ImportStatement},
      {NodeKind::kUntranslated, &E::UntranslatedStatement},
      {NodeKind::kOpaque, &E::OpaqueStatement},
      {NodeKind::kHole, &E::HoleStatement},
  });
  return table[static_cast<std::size_t>(kind)];
}

Emitter::ExpressionHandler Emitter::ExpressionOf(NodeKind kind) {
  using E = Emitter;
  static const Table<ExpressionHandler> table = MakeTable<ExpressionHandler>({
      {NodeKind::kName, &E::NameExpr},
      {NodeKind::kSelfRef, &E::SelfExpr},
      {NodeKind::kSuperRef, &E::SuperExpr},
      {NodeKind::kSuperCall, &E::SuperCallExpr},
      {NodeKind::kNumber, &E::NumberExpr},
      {NodeKind::kString, &E::StringExpr},
      {NodeKind::kBytes, &E::BytesExpr},
      {NodeKind::kTemplate, &E::TemplateExpr},
      {NodeKind::kFormatValue, &E::FormatValueExpr},
      {NodeKind::kBool, &E::BoolExpr},
      {NodeKind::kNull, &E::NullExpr},
      {NodeKind::kEllipsis, &E::EllipsisExpr},
      {NodeKind::kList, &E::ListExpr},
      {NodeKind::kTuple, &E::TupleExpr},
      {NodeKind::kSetLit, &E::SetExpr},
      {NodeKind::kDict, &E::DictExpr},
      {NodeKind::kSpread, &E::SpreadExpr},
      {NodeKind::kCall, &E::ChainExpr},
      {NodeKind::kAttribute, &E::ChainExpr},
      {NodeKind::kSubscript, &E::ChainExpr},
      {NodeKind::kKeyword, &E::KeywordExpr},
      {NodeKind::kKeywordSpread, &E::KeywordSpreadExpr},
      {NodeKind::kSlice, &E::SliceExpr},
      {NodeKind::kUnary, &E::UnaryExpr},
      {NodeKind::kBinary, &E::BinaryExpr},
      {NodeKind::kCompareChain, &E::CompareChainExpr},
      {NodeKind::kLogical, &E::LogicalExpr},
      {NodeKind::kConditional, &E::ConditionalExpr},
      {NodeKind::kAwait, &E::AwaitExpr},
      {NodeKind::kSpawn, &E::SpawnExpr},
      {NodeKind::kDefer, &E::DeferExpr},
      {NodeKind::kYield, &E::YieldExpr},
      {NodeKind::kWalrus, &E::WalrusExpr},
      {NodeKind::kLambda, &E::LambdaDoc},
      {NodeKind::kComprehension, &E::ComprehensionExpr},
      {NodeKind::kListPattern, &E::PatternExpr},
      {NodeKind::kRestPattern, &E::RestPatternExpr},
      {NodeKind::kOpaque, &E::OpaqueExpr},
      {NodeKind::kHole, &E::HoleExpr},
  });
  return table[static_cast<std::size_t>(kind)];
}

Doc Emitter::WholeModule() {
  ir::Module module = ir::Cast<ir::Module>(tree_, tree_.root());
  Docs lines;
  out_ = &lines;
  LeadingComments(module.id(), {});
  if (auto docstring = As<ir::String>(module.docstring())) {
    DocstringLine({.text = std::string(docstring.value()), .is_raw = docstring.is_raw(), .wants_blank_after = true});
  }
  auto statements = ir::Block(tree_, module.body()).statements();
  std::size_t imports = LeadingImports(statements);
  for (NodeId statement : statements.subspan(imports)) Statement(statement);
  DanglingComments(module.body());
  DanglingComments(module.id());
  TrailingComments(module.id());
  out_ = nullptr;
  return b_.Concat(lines);
}

Doc Emitter::One(NodeId id) {
  alone_ = true;
  if (tree_.kind(id) == NodeKind::kModule) return WholeModule();
  if (ExpressionOf(tree_.kind(id)) != nullptr) return Expr(id, kAnything, Where::kBare);
  Docs lines;
  out_ = &lines;
  if (StatementOf(tree_.kind(id)) != nullptr) {
    Statement(id);
  } else if (auto param = As<ir::Param>(id)) {
    lines.push_back(ParamDoc(param.id(), false));
  } else if (auto entry = As<ir::DictEntry>(id)) {
    lines.push_back(DictEntryDoc(entry.id()));
  } else {
    // A clause or a pattern has no text without what it belongs to.
    lines.push_back(Text("..."));
  }
  out_ = nullptr;
  return b_.Concat(lines);
}

Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
         Origins* origins) {
  return Emitter(tree, comments, builder, origins).WholeModule();
}

Doc EmitOne(const ir::Tree& tree, NodeId id, const comments::CommentMap& comments, doc::Builder& builder) {
  return Emitter(tree, comments, builder).One(id);
}

}  // namespace asyncport::emit::py
