// Entry of the JavaScript emitter, the dispatch table, and the questions about the tree that
// several families ask. Adding a construct: a row in the table, a member in the file of its family.

#include "emit/emit.h"

#include <algorithm>
#include <array>

#include "doc/printer.h"
#include "emit/js/emitter.h"
#include "support/check.h"

namespace asyncport::emit::js {

Emitter::Handler Emitter::HandlerOf(NodeKind kind) {
  using E = Emitter;
  using K = NodeKind;
  static const auto table = [] {
    std::array<Handler, static_cast<std::size_t>(K::kCount)> rows{};
    const std::pair<K, Handler> known[] = {
        {K::kModule, &E::EmitModule},
        {K::kBlock, &E::EmitBlock},
        {K::kExprStmt, &E::EmitExprStmt},
        {K::kAssign, &E::EmitAssign},
        {K::kAugAssign, &E::EmitAugAssign},
        {K::kVarDecl, &E::EmitVarDecl},
        {K::kIf, &E::EmitIf},
        {K::kWhile, &E::EmitWhile},
        {K::kDoWhile, &E::EmitDoWhile},
        {K::kForEach, &E::EmitForEach},
        {K::kForIn, &E::EmitForIn},
        {K::kCFor, &E::EmitCFor},
        {K::kSwitch, &E::EmitSwitch},
        {K::kSwitchCase, &E::EmitSwitchCase},
        {K::kLabeled, &E::EmitLabeled},
        {K::kBreak, &E::EmitBreak},
        {K::kContinue, &E::EmitContinue},
        {K::kReturn, &E::EmitReturn},
        {K::kRaise, &E::EmitRaise},
        {K::kTry, &E::EmitTry},
        {K::kCatchClause, &E::EmitCatchClause},
        {K::kDebugger, &E::EmitDebugger},
        {K::kFunctionDef, &E::EmitFunctionDef},
        {K::kFunctionExpr, &E::EmitFunctionExpr},
        {K::kLambda, &E::EmitLambda},
        {K::kParam, &E::EmitParam},
        {K::kClassDef, &E::EmitClassDef},
        {K::kClassExpr, &E::EmitClassExpr},
        {K::kMethod, &E::EmitMethod},
        {K::kField, &E::EmitField},
        {K::kStaticBlock, &E::EmitStaticBlock},
        {K::kImport, &E::EmitImport},
        {K::kImportItem, &E::EmitImportItem},
        {K::kExport, &E::EmitExport},
        {K::kExportItem, &E::EmitExportItem},
        {K::kName, &E::EmitName},
        {K::kSelfRef, &E::EmitSelfRef},
        {K::kSuperRef, &E::EmitSuperRef},
        {K::kSuperCall, &E::EmitSuperCall},
        {K::kNumber, &E::EmitNumber},
        {K::kString, &E::EmitString},
        {K::kRegex, &E::EmitRegex},
        {K::kTemplate, &E::EmitTemplate},
        {K::kTaggedTemplate, &E::EmitTaggedTemplate},
        {K::kBool, &E::EmitBool},
        {K::kNull, &E::EmitNull},
        {K::kUndefined, &E::EmitUndefined},
        {K::kList, &E::EmitList},
        {K::kElision, &E::EmitElision},
        {K::kDict, &E::EmitDict},
        {K::kDictEntry, &E::EmitDictEntry},
        {K::kMethodEntry, &E::EmitMethodEntry},
        {K::kSpread, &E::EmitSpread},
        {K::kCall, &E::EmitCall},
        {K::kNew, &E::EmitNew},
        {K::kAttribute, &E::EmitAttribute},
        {K::kSubscript, &E::EmitSubscript},
        {K::kOptionalChain, &E::EmitOptionalChain},
        {K::kUnary, &E::EmitUnary},
        {K::kUpdate, &E::EmitUpdate},
        {K::kBinary, &E::EmitBinaryish},
        {K::kLogical, &E::EmitBinaryish},
        {K::kConditional, &E::EmitConditional},
        {K::kAwait, &E::EmitAwait},
        {K::kSpawn, &E::EmitSpawn},
        {K::kDefer, &E::EmitDefer},
        {K::kYield, &E::EmitYield},
        {K::kAssignExpr, &E::EmitAssignExpr},
        {K::kLogicalAssign, &E::EmitLogicalAssign},
        {K::kSequence, &E::EmitSequence},
        {K::kDynamicImport, &E::EmitDynamicImport},
        {K::kMetaProperty, &E::EmitMetaProperty},
        {K::kListPattern, &E::EmitListPattern},
        {K::kRestPattern, &E::EmitRestPattern},
        {K::kDefaultPattern, &E::EmitDefaultPattern},
        {K::kObjectPattern, &E::EmitObjectPattern},
        {K::kPropertyPattern, &E::EmitPropertyPattern},
        {K::kOpaque, &E::EmitOpaque},
        {K::kUntranslated, &E::EmitUntranslated},
        {K::kHole, &E::EmitHole},
    };
    for (const auto& [kind, handler] : known) rows[static_cast<std::size_t>(kind)] = handler;
    return rows;
  }();
  return table[static_cast<std::size_t>(kind)];
}

Doc Emitter::Print(NodeId id, Args args) {
  if (!id) return {};
  std::uint64_t key = static_cast<std::uint64_t>(Ancestor(0).index) << 32 | id.index;
  bool cached = args.plain();
  if (cached) {
    if (auto it = printed_.find(key); it != printed_.end()) return it->second;
  }
  Handler handler = HandlerOf(tree_.kind(id));
  AP_CHECK(handler != nullptr, "no JavaScript for " + std::string(NameOf(tree_.kind(id))),
           tree_.span(id));
  Args outer = args_;
  args_ = args;
  path_.push_back(id);
  bool parens = NeedsParens(id);
  Doc doc = (this->*handler)(id);
  if (parens) doc = C({Text("("), doc, Text(")")});
  doc = C({DocComment(DocstringOf(id)), StandsFor(OriginOf(id), doc)});
  doc = WithComments(id, doc);
  path_.pop_back();
  args_ = outer;
  if (cached) printed_.emplace(key, doc);
  return doc;
}

NodeId Emitter::DocstringOf(NodeId id) const {
  if (auto function = As<ir::FunctionDef>(id)) return function.docstring();
  if (auto method = As<ir::Method>(id)) return method.docstring();
  if (auto class_def = As<ir::ClassDef>(id)) return class_def.docstring();
  return ir::kNoNode;
}

// A block of the other language begins with its first statement, ours with the brace behind `else`.
Span Emitter::OriginOf(NodeId id) const {
  const Span span = tree_.span(id);
  const auto block = As<ir::Block>(id);
  if (!block || block.statements().empty()) return span;
  return tree_.span(block.statements().front()).begin == span.begin ? Span{} : span;
}

NodeId Emitter::Bare(NodeId id) const {
  for (;;) {
    if (auto chain = As<ir::OptionalChain>(id)) {
      id = chain.value();
    } else if (auto spawn = As<ir::Spawn>(id)) {
      id = spawn.call();
    } else {
      return id;
    }
  }
}

bool Emitter::IsCall(NodeId id) const {
  id = Bare(id);
  return Is(id, NodeKind::kCall) || Is(id, NodeKind::kSuperCall);
}

bool Emitter::IsCallLike(NodeId id) const {
  return IsCall(id) || Is(id, NodeKind::kNew) || Is(id, NodeKind::kDynamicImport);
}

bool Emitter::IsArrow(NodeId id) const {
  if (Is(id, NodeKind::kLambda) || Is(id, NodeKind::kDefer)) return true;
  auto function = As<ir::FunctionExpr>(id);
  return function && function.is_arrow();
}

bool Emitter::IsArrowWithBlock(NodeId id) const {
  auto function = As<ir::FunctionExpr>(id);
  return function && function.is_arrow();
}

bool Emitter::IsFunction(NodeId id) const { return Is(id, NodeKind::kFunctionExpr) || IsArrow(id); }

bool Emitter::IsLiteral(NodeId id) const {
  switch (Kind(id)) {
    case NodeKind::kNumber:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kRegex:
      return true;
    case NodeKind::kString:
      return IsStringLike(id);
    default:
      return false;
  }
}

bool Emitter::IsStringLike(NodeId id) const {
  auto string = As<ir::String>(id);
  return string && !string.is_raw() && !BreaksOverLines(id);
}

bool Emitter::IsAssignment(NodeId id) const {
  return Is(id, NodeKind::kAssignExpr) || Is(id, NodeKind::kLogicalAssign);
}

bool Emitter::IsEmptyBlock(NodeId block) const {
  auto view = As<ir::Block>(block);
  return view && view.statements().empty() && comments_.Dangling(block).empty();
}

bool Emitter::BreaksOverLines(NodeId id) const {
  if (auto string = As<ir::String>(id)) {
    return string.is_multiline() && string.value().find('\n') != std::string_view::npos;
  }
  if (auto tagged = As<ir::TaggedTemplate>(id)) return BreaksOverLines(tagged.quasi());
  auto text = As<ir::Template>(id);
  return text && text.is_multiline();
}

NodeId Emitter::CalleeOf(NodeId id) const {
  id = Bare(id);
  if (auto call = As<ir::Call>(id)) return call.callee();
  if (auto call = As<ir::New>(id)) return call.callee();
  return ir::kNoNode;
}

NodeId Emitter::ObjectOf(NodeId id) const {
  if (auto attribute = As<ir::Attribute>(id)) return attribute.object();
  if (auto subscript = As<ir::Subscript>(id)) return subscript.object();
  return ir::kNoNode;
}

std::vector<NodeId> Emitter::ArgsOf(NodeId id) const {
  id = Bare(id);
  auto list = [](std::span<const NodeId> args) {
    return std::vector<NodeId>(args.begin(), args.end());
  };
  if (auto call = As<ir::Call>(id)) return list(call.args());
  if (auto call = As<ir::New>(id)) return list(call.args());
  if (auto call = As<ir::SuperCall>(id)) return list(call.args());
  if (auto call = As<ir::DynamicImport>(id)) return {call.module()};
  return {};
}

std::vector<NodeId> Emitter::ParamsOf(NodeId function) const {
  auto list = [](std::span<const NodeId> params) {
    return std::vector<NodeId>(params.begin(), params.end());
  };
  if (auto f = As<ir::FunctionDef>(function)) return list(f.params());
  if (auto f = As<ir::FunctionExpr>(function)) return list(f.params());
  if (auto f = As<ir::Lambda>(function)) return list(f.params());
  if (auto f = As<ir::Method>(function)) return list(f.params());
  return {};
}

bool Emitter::HasComments(NodeId id) const {
  return id && (HasLeading(id) || HasTrailing(id) || !comments_.Dangling(id).empty());
}

NodeId Emitter::Leftmost(NodeId id) const {
  for (;;) {
    NodeId next;
    if (auto v = As<ir::Binary>(id)) {
      next = v.left();
    } else if (auto v1 = As<ir::Logical>(id)) {
      next = v1.left();
    } else if (auto v2 = As<ir::AssignExpr>(id)) {
      next = v2.target();
    } else if (auto v3 = As<ir::LogicalAssign>(id)) {
      next = v3.target();
    } else if (IsMember(id)) {
      next = ObjectOf(id);
    } else if (auto v4 = As<ir::Call>(id)) {
      next = v4.callee();
    } else if (auto v5 = As<ir::TaggedTemplate>(id)) {
      next = v5.tag();
    } else if (auto v6 = As<ir::Conditional>(id)) {
      next = v6.test();
    } else if (auto v7 = As<ir::Update>(id)) {
      next = v7.is_prefix() ? ir::kNoNode : v7.target();
    } else if (auto v8 = As<ir::Sequence>(id)) {
      next = ir::kNoNode;  // always in parentheses
    } else if (Bare(id) != id) {
      next = Bare(id);
    }
    if (!next) return id;
    id = next;
  }
}

Doc Emitter::SoftIndented(Doc contents) {
  return C({b_.Indent(C({b_.SoftLine(), contents})), b_.SoftLine()});
}

std::optional<std::string> Emitter::Flat(Doc doc) {
  std::string text = doc::Print(b_, b_.Group(doc), {.width = 1'000'000, .indent_width = 2}).text;
  if (text.find('\n') != std::string::npos) return std::nullopt;
  return text;
}

Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
         Origins* origins) {
  return Emitter(tree, comments, builder, origins).Print(tree.root());
}

Doc EmitOne(const ir::Tree& tree, NodeId id, const comments::CommentMap& comments,
            doc::Builder& builder) {
  return Emitter(tree, comments, builder).Print(id);
}

}  // namespace asyncport::emit::js
