// Entry of the Python lowering, the dispatch tables, and what every construct family needs: broken nodes, holes, names.
// Adding a construct: a row in one of the tables, a member in the file of its family.
#include <algorithm>

#include "lower/py/lowering.h"

namespace asyncport::lower::py {

const syntax::KindTable<Lowering::StatementHandler>& Lowering::StatementTable() {
  using L = Lowering;
  static const syntax::KindTable<StatementHandler> table(
      Language::kPy, {
                         {"import_statement", &L::ImportStatement},
                         {"import_from_statement", &L::ImportFromStatement},
                         {"future_import_statement", &L::ImportFromStatement},
                         {"expression_statement", &L::ExpressionStatement},
                         {"if_statement", &L::IfStatement},
                         {"while_statement", &L::WhileStatement},
                         {"for_statement", &L::ForStatement},
                         {"try_statement", &L::TryStatement},
                         {"with_statement", &L::WithStatement},
                         {"match_statement", &L::MatchStatement},
                         {"return_statement", &L::ReturnStatement},
                         {"raise_statement", &L::RaiseStatement},
                         {"delete_statement", &L::DeleteStatement},
                         {"assert_statement", &L::AssertStatement},
                         {"pass_statement", &L::PassStatement},
                         {"break_statement", &L::BreakStatement},
                         {"continue_statement", &L::ContinueStatement},
                         {"global_statement", &L::ScopeStatement},
                         {"nonlocal_statement", &L::ScopeStatement},
                         {"print_statement", &L::PrintStatement},
                         {"exec_statement", &L::ExecStatement},
                         {"type_alias_statement", &L::TypeAliasStatement},
                         {"function_definition", &L::FunctionDefinition},
                         {"class_definition", &L::ClassDefinition},
                         {"decorated_definition", &L::DecoratedDefinition},
                     });
  return table;
}

const syntax::KindTable<Lowering::ExpressionHandler>& Lowering::ExpressionTable() {
  using L = Lowering;
  static const syntax::KindTable<ExpressionHandler> table(
      Language::kPy, {
                         {"identifier", &L::Identifier},
                         {"integer", &L::Number},
                         {"float", &L::Number},
                         {"string", &L::StringLiteral},
                         {"concatenated_string", &L::ConcatenatedString},
                         {"true", &L::True},
                         {"false", &L::False},
                         {"none", &L::None},
                         {"ellipsis", &L::EllipsisLiteral},
                         {"parenthesized_expression", &L::Parenthesised},
                         {"call", &L::Chain},
                         {"attribute", &L::Chain},
                         {"subscript", &L::Chain},
                         {"slice", &L::SliceOf},
                         {"binary_operator", &L::OperatorSpine},
                         {"boolean_operator", &L::OperatorSpine},
                         {"comparison_operator", &L::Comparison},
                         {"not_operator", &L::NotOperator},
                         {"unary_operator", &L::UnaryOperator},
                         {"conditional_expression", &L::ConditionalExpression},
                         {"named_expression", &L::NamedExpression},
                         {"lambda", &L::Lambda},
                         {"await", &L::AwaitExpression},
                         {"yield", &L::YieldExpression},
                         {"list", &L::ListDisplay},
                         {"tuple", &L::TupleDisplay},
                         {"expression_list", &L::ExpressionList},
                         // The grammar reads `x = a, *b` and `x = (a, *b)` as patterns too.
                         {"pattern_list", &L::ExpressionList},
                         {"tuple_pattern", &L::TupleDisplay},
                         {"list_pattern", &L::ListDisplay},
                         {"set", &L::SetDisplay},
                         {"dictionary", &L::DictDisplay},
                         {"list_splat", &L::Splat},
                         {"list_splat_pattern", &L::Splat},
                         {"parenthesized_list_splat", &L::Parenthesised},
                         {"list_comprehension", &L::ComprehensionOf},
                         {"set_comprehension", &L::ComprehensionOf},
                         {"dictionary_comprehension", &L::ComprehensionOf},
                         {"generator_expression", &L::ComprehensionOf},
                         {"type", &L::Type},
                         {"generic_type", &L::GenericType},
                         {"union_type", &L::UnionType},
                         {"member_type", &L::MemberType},
                         {"splat_type", &L::Splat},
                     });
  return table;
}

const syntax::KindTable<Lowering::ExpressionHandler>& Lowering::TargetTable() {
  using L = Lowering;
  static const syntax::KindTable<ExpressionHandler> table(
      Language::kPy, {
                         {"identifier", &L::TargetName},
                         {"attribute", &L::Chain},
                         {"subscript", &L::Chain},
                         {"pattern_list", &L::TargetList},
                         {"expression_list", &L::TargetList},
                         {"tuple_pattern", &L::TargetList},
                         {"list_pattern", &L::TargetList},
                         {"tuple", &L::TargetList},
                         {"list", &L::TargetList},
                         {"list_splat_pattern", &L::TargetRest},
                         {"list_splat", &L::TargetRest},
                         {"parenthesized_expression", &L::TargetInside},
                         {"as_pattern_target", &L::TargetInside},
                     });
  return table;
}

const syntax::KindTable<Lowering::ExpressionHandler>& Lowering::CaseTable() {
  using L = Lowering;
  static const syntax::KindTable<ExpressionHandler> table(
      Language::kPy, {
                         {"case_pattern", &L::CaseInside},
                         {"identifier", &L::Capture},
                         {"dotted_name", &L::CaseDotted},
                         {"integer", &L::CaseValue},
                         {"float", &L::CaseValue},
                         {"string", &L::CaseValue},
                         {"concatenated_string", &L::CaseValue},
                         {"true", &L::CaseValue},
                         {"false", &L::CaseValue},
                         {"none", &L::CaseValue},
                         {"complex_pattern", &L::CaseComplex},
                         {"list_pattern", &L::CaseSequence},
                         {"tuple_pattern", &L::CaseSequence},
                         {"dict_pattern", &L::CaseMapping},
                         {"class_pattern", &L::CaseClass},
                         {"union_pattern", &L::CaseUnion},
                         {"as_pattern", &L::CaseAs},
                         {"splat_pattern", &L::CaseSplat},
                     });
  return table;
}

void Lowering::Statement(const CstNode& node, NodeList& out) {
  StatementHandler handler = node.is_error() ? nullptr : StatementTable()[node];
  if (handler != nullptr) {
    (this->*handler)(node, out);
  } else {
    out.push_back(Opaque(node.span(), node.is_error() ? "text that does not parse" : node.kind()));
  }
}

NodeId Lowering::Expression(const CstNode& node) {
  NodeId result = Element(node);
  if (tree_.Is(result, ir::NodeKind::kSpread)) return Opaque(node.span(), "a `*` that stands alone");
  return result;
}

NodeId Lowering::Element(const CstNode& node) {
  if (!node || node.is_missing()) return Opaque(node ? node.span() : Span{}, "a missing expression");
  if (node.is_error()) return Opaque(node.span(), "text that does not parse");
  ExpressionHandler handler = ExpressionTable()[node];
  return handler != nullptr ? (this->*handler)(node) : Opaque(node.span(), node.kind());
}

NodeId Lowering::Target(const CstNode& node) {
  if (!node || node.is_missing()) return Opaque(node ? node.span() : Span{}, "a missing target");
  ExpressionHandler handler = node.is_error() ? nullptr : TargetTable()[node];
  return handler != nullptr ? (this->*handler)(node) : Opaque(node.span(), "a target that cannot be assigned to");
}

NodeId Lowering::CasePattern(const CstNode& node) {
  if (!node || node.is_missing()) return Opaque(node ? node.span() : Span{}, "a missing pattern");
  ExpressionHandler handler = node.is_error() ? nullptr : CaseTable()[node];
  return handler != nullptr ? (this->*handler)(node) : Opaque(node.span(), node.kind());
}

void Lowering::ReportPython2(Span span, std::string_view what) {
  diagnostics_.Report("python-2-syntax", span, {{"construct", std::string(what)}});
}

NodeId Lowering::Python2(Span span, std::string_view what) {
  ReportPython2(span, what);
  return Opaque(span, what);
}

std::optional<make::Hole> Lowering::HoleOf(const CstNode& node) const {
  if (!options_.holes) return std::nullopt;
  constexpr std::string_view kMark = "\u00B5";
  std::string_view name = TextOf(node);
  int marks = 0;
  for (; name.starts_with(kMark); ++marks) name.remove_prefix(kMark.size());
  bool upper = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!upper || (marks != 1 && marks != 3)) return std::nullopt;
  ir::HoleKind kind = marks == 3    ? ir::HoleKind::kList
                      : name == "_" ? ir::HoleKind::kAny
                                    : ir::HoleKind::kOne;
  return make::Hole{.name = name, .kind = kind};
}

NodeId Lowering::NameOf(const CstNode& node) {
  if (!node) return ir::kNoNode;
  if (auto hole = HoleOf(node)) return Make(tree_, *hole, node.span());
  return Make(tree_, make::Name{.id = TextOf(node)}, node.span());
}

std::string Lowering::DottedText(const CstNode& node) const {
  std::string text;
  for (char c : TextOf(node)) {
    if (c != ' ' && c != '\t' && c != '\\' && c != '\n') text += c;
  }
  return text;
}

NodeId Lowering::TupleOf(const std::vector<CstNode>& elements, Span span, bool parenthesised) {
  NodeList list;
  for (const CstNode& element : elements) list.push_back(Element(element));
  return Make(tree_, make::Tuple{.elements = std::move(list), .is_parenthesised = parenthesised}, span);
}

Lowering::Scope Lowering::Inner(ScopeKind kind) const {
  Scope inner = scopes_.back();
  inner.kind = kind;
  inner.is_async = false;
  inner.is_generator = false;
  return inner;
}

ir::Tree Lowering::Run(const CstNode& module) {
  Span all{0, static_cast<std::uint32_t>(source_.text().size())};
  NodeId docstring;
  std::vector<CstNode> statements = TakeDocstring(module, docstring);
  NodeId body = BlockOf(statements, {all.end, all.end});
  tree_.set_span(body, all);
  tree_.set_root(Make(tree_, make::Module{.docstring = docstring, .body = body}, all));
  return std::move(tree_);
}

std::vector<CstNode> PartsOf(const CstNode& node) { return node.Children(); }

std::vector<CstNode> NamedParts(const CstNode& node) { return node.NamedChildren(); }

CstNode FirstNamed(const CstNode& node) {
  if (!node) return {};
  std::vector<CstNode> parts = NamedParts(node);
  return parts.empty() ? CstNode() : parts.front();
}

CstNode Unparenthesised(CstNode node) {
  while (node && node.Is("parenthesized_expression")) node = FirstNamed(node);
  return node;
}

Span TightSpan(const CstNode& node) {
  Span span = node.span();
  CstNode last = node;
  while (true) {
    std::vector<CstNode> children = PartsOf(last);
    if (children.empty()) break;
    last = children.back();
  }
  span.end = std::max(span.begin, std::min(span.end, last.span().end));
  return span;
}

ir::Tree Lower(const syntax::Cst& cst, const Source& source, std::shared_ptr<StringTable> strings,
               const LowerOptions& options, diag::Diagnostics& diagnostics) {
  return Lowering(source, std::move(strings), options, diagnostics).Run(cst.root());
}

}  // namespace asyncport::lower::py
