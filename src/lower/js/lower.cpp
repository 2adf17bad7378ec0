// Entry of the JavaScript lowering, the dispatch tables, and what every construct family needs:
// broken nodes, holes and names. Adding a construct: a row in one of the tables, a member in the
// file of its family.
#include <algorithm>

#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {

const syntax::KindTable<Lowering::StatementHandler>& Lowering::StatementTable() {
  using L = Lowering;
  static const syntax::KindTable<StatementHandler> table(
      Language::kJs, {
                         {"import_statement", &L::ImportStatement},
                         {"export_statement", &L::ExportStatement},
                         {"expression_statement", &L::ExpressionStatement},
                         {"variable_declaration", &L::VariableDeclaration},
                         {"lexical_declaration", &L::VariableDeclaration},
                         {"using_declaration", &L::UsingDeclaration},
                         {"function_declaration", &L::FunctionDeclaration},
                         {"generator_function_declaration", &L::FunctionDeclaration},
                         {"class_declaration", &L::ClassDeclaration},
                         {"statement_block", &L::BlockStatement},
                         {"empty_statement", &L::EmptyStatement},
                         {"if_statement", &L::IfStatement},
                         {"while_statement", &L::WhileStatement},
                         {"do_statement", &L::DoStatement},
                         {"for_statement", &L::ForStatement},
                         {"for_in_statement", &L::ForInStatement},
                         {"switch_statement", &L::SwitchStatement},
                         {"try_statement", &L::TryStatement},
                         {"with_statement", &L::WithStatement},
                         {"break_statement", &L::BreakStatement},
                         {"continue_statement", &L::ContinueStatement},
                         {"return_statement", &L::ReturnStatement},
                         {"throw_statement", &L::ThrowStatement},
                         {"labeled_statement", &L::LabeledStatement},
                         {"debugger_statement", &L::DebuggerStatement},
                     });
  return table;
}

const syntax::KindTable<Lowering::ExpressionHandler>& Lowering::ExpressionTable() {
  using L = Lowering;
  static const syntax::KindTable<ExpressionHandler> table(
      Language::kJs, {
                         {"identifier", &L::Identifier},
                         {"shorthand_property_identifier", &L::Identifier},
                         {"private_property_identifier", &L::Identifier},
                         {"undefined", &L::UndefinedName},
                         {"this", &L::This},
                         {"super", &L::Super},
                         {"number", &L::Number},
                         {"string", &L::StringLiteral},
                         {"template_string", &L::TemplateString},
                         {"regex", &L::Regex},
                         {"true", &L::True},
                         {"false", &L::False},
                         {"null", &L::NullLiteral},
                         {"array", &L::Array},
                         {"object", &L::Object},
                         {"function_expression", &L::FunctionExpression},
                         {"generator_function", &L::FunctionExpression},
                         {"arrow_function", &L::ArrowFunction},
                         {"class", &L::ClassExpression},
                         {"call_expression", &L::Chain},
                         {"member_expression", &L::Chain},
                         {"subscript_expression", &L::Chain},
                         {"new_expression", &L::NewExpression},
                         {"meta_property", &L::MetaProperty},
                         {"parenthesized_expression", &L::Parenthesised},
                         {"sequence_expression", &L::SequenceExpression},
                         {"spread_element", &L::Spread},
                         {"await_expression", &L::AwaitExpression},
                         {"yield_expression", &L::YieldExpression},
                         {"unary_expression", &L::UnaryExpression},
                         {"update_expression", &L::UpdateExpression},
                         {"binary_expression", &L::BinaryExpression},
                         {"ternary_expression", &L::TernaryExpression},
                         {"assignment_expression", &L::AssignmentExpression},
                         {"augmented_assignment_expression", &L::AugmentedAssignment},
                         {"jsx_element", &L::JsxOrUnknown},
                         {"jsx_self_closing_element", &L::JsxOrUnknown},
                     });
  return table;
}

const syntax::KindTable<Lowering::ExpressionHandler>& Lowering::PatternTable() {
  using L = Lowering;
  static const syntax::KindTable<ExpressionHandler> table(
      Language::kJs, {
                         {"identifier", &L::PatternName},
                         {"undefined", &L::PatternName},
                         {"shorthand_property_identifier_pattern", &L::PatternName},
                         {"member_expression", &L::Chain},
                         {"subscript_expression", &L::Chain},
                         {"array_pattern", &L::ArrayPattern},
                         {"object_pattern", &L::ObjectPattern},
                         {"rest_pattern", &L::RestPattern},
                         {"assignment_pattern", &L::AssignmentPattern},
                         {"object_assignment_pattern", &L::AssignmentPattern},
                     });
  return table;
}

void Lowering::Statement(const CstNode& node, NodeList& out) {
  if (!node) return;
  StatementHandler handler = StatementTable()[node];
  if (handler == nullptr || IsBroken(node)) {
    out.push_back(Opaque(node.span(), "syntax error"));
    return;
  }
  if (IsInteropHelper(node)) return;
  (this->*handler)(node, out);
}

NodeId Lowering::Expression(const CstNode& node) {
  if (!node) return Opaque({}, "syntax error");
  ExpressionHandler handler = ExpressionTable()[node];
  if (handler == nullptr || IsBroken(node)) return Opaque(node.span(), "syntax error");
  return (this->*handler)(node);
}

NodeId Lowering::Pattern(const CstNode& outer) {
  CstNode node = Unparenthesised(outer);
  if (!node) return Opaque({}, "syntax error");
  ExpressionHandler handler = PatternTable()[node];
  if (handler == nullptr || IsBroken(node)) return Opaque(node.span(), "syntax error");
  NodeId pattern = (this->*handler)(node);
  // `a?.b` cannot be assigned to.
  bool is_pattern = ir::HasCategory(tree_.kind(pattern), ir::category::Pattern);
  return is_pattern ? pattern : Opaque(node.span(), "syntax error");
}

NodeId Lowering::JsxOrUnknown(const CstNode& node) { return Opaque(node.span(), "JSX"); }

// Errors below a nested statement, expression or block are that node's business.
bool Lowering::IsBroken(const CstNode& node) const {
  if (!node.has_error()) return false;
  if (node.is_error() || node.is_missing()) return true;
  std::vector<CstNode> pending = node.Children();
  while (!pending.empty()) {
    CstNode child = pending.back();
    pending.pop_back();
    if (child.is_error() || child.is_missing()) return true;
    if (!child.has_error() || StatementTable()[child] != nullptr ||
        ExpressionTable()[child] != nullptr || PatternTable()[child] != nullptr ||
        child.Is("class_body") || child.Is("switch_body")) {
      continue;
    }
    for (CstNode& below : child.Children()) pending.push_back(std::move(below));
  }
  return false;
}

std::optional<make::Hole> Lowering::HoleOf(const CstNode& node) const {
  if (!options_.holes) return std::nullopt;
  std::string_view text = TextOf(node);
  std::size_t dollars = std::min(text.find_first_not_of('$'), text.size());
  std::string_view name = text.substr(dollars);
  bool upper = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!upper || (dollars != 1 && dollars != 3)) return std::nullopt;
  ir::HoleKind kind = dollars == 3  ? ir::HoleKind::kList
                      : name == "_" ? ir::HoleKind::kAny
                                    : ir::HoleKind::kOne;
  return make::Hole{.name = name, .kind = kind};
}

NodeId Lowering::NameOf(const CstNode& node) {
  if (!node) return ir::kNoNode;
  if (auto hole = HoleOf(node)) return Make(tree_, *hole, node.span());
  return Make(tree_, make::Name{.id = DecodeName(TextOf(node))}, node.span());
}

ir::Tree Lowering::Run(const CstNode& program) {
  Span all{0, static_cast<std::uint32_t>(source_.text().size())};
  NodeId body = BlockOf(program.NamedChildren(), all);
  tree_.set_root(Make(tree_, make::Module{.docstring = {}, .body = body}, all));
  return std::move(tree_);
}

CstNode FirstNamed(const CstNode& node) {
  if (!node) return {};
  std::vector<CstNode> children = node.NamedChildren();
  return children.empty() ? CstNode() : children.front();
}

CstNode Unparenthesised(CstNode node) {
  while (node && node.Is("parenthesized_expression")) node = FirstNamed(node);
  return node;
}

ir::Tree Lower(const syntax::Cst& cst, const Source& source, std::shared_ptr<StringTable> strings,
               const LowerOptions& options, diag::Diagnostics& diagnostics) {
  return Lowering(source, std::move(strings), options, diagnostics).Run(cst.root());
}

}  // namespace asyncport::lower::js
