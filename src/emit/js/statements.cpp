// Statements, blocks and the blank lines between them.
// Example: If(test, Block) -> `if (test) {` ... `}`. Bodies always get braces.
#include <algorithm>

#include "emit/js/emitter.h"
#include "support/check.h"
#include "support/strings.h"

namespace asyncport::emit::js {
namespace {

// Declarations that stand apart from their neighbours.
bool IsDefinition(const ir::Tree& tree, NodeId id) {
  if (auto exported = ir::As<ir::Export>(tree, id))
    return IsDefinition(tree, exported.declaration());
  return id && (tree.Is(id, NodeKind::kFunctionDef) || tree.Is(id, NodeKind::kClassDef));
}

}  // namespace

bool Emitter::BlankBetween(NodeId before, NodeId after, NodeId parent) const {
  if (comments_.BlankBefore(after)) return true;
  if (Is(parent, NodeKind::kModule)) {
    if (IsDefinition(tree_, before) || IsDefinition(tree_, after)) return true;
    return Is(before, NodeKind::kImport) && !Is(after, NodeKind::kImport);
  }
  if (Is(parent, NodeKind::kClassDef) || Is(parent, NodeKind::kClassExpr)) {
    return Is(before, NodeKind::kMethod) || Is(after, NodeKind::kMethod);
  }
  return false;
}

Doc Emitter::Statements(std::span<const NodeId> statements, NodeId parent) {
  Docs parts;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (i > 0) {
      parts.push_back(b_.HardLine());
      if (BlankBetween(statements[i - 1], statements[i], parent)) parts.push_back(b_.HardLine());
    }
    parts.push_back(Print(statements[i]));
  }
  return b_.Concat(parts);
}

Doc Emitter::EmitModule(NodeId id) {
  auto module = ir::Module(tree_, id);
  Within within(*this, module.body());
  auto body = ir::Block(tree_, module.body());
  Docs parts;
  if (module.docstring()) {
    parts.push_back(DocComment(module.docstring()));
    if (!body.statements().empty()) parts.push_back(b_.HardLine());
  }
  parts.push_back(LeadingComments(module.body()));
  parts.push_back(Statements(body.statements(), id));
  bool something = !body.statements().empty() || module.docstring();
  for (NodeId holder : {module.body(), id}) {
    auto dangling = comments_.Dangling(holder);
    if (dangling.empty()) continue;
    if (something) parts.push_back(dangling.front()->blank_before ? b_.BlankLine() : b_.HardLine());
    parts.push_back(DanglingComments(holder));
    something = true;
  }
  parts.push_back(TrailingComments(module.body()));
  return b_.Concat(parts);
}

// Comments before the brace move inside.
Doc Emitter::BlockBody(NodeId block, Doc lead) {
  auto view = ir::Cast<ir::Block>(tree_, block);
  Docs inner;
  if (!lead.empty()) inner.push_back(lead);
  Doc statements = Statements(view.statements(), Ancestor(1));
  if (!statements.empty()) inner.push_back(statements);
  if (auto dangling = comments_.Dangling(block); !dangling.empty()) {
    if (!inner.empty())
      inner.push_back(dangling.front()->blank_before ? b_.BlankLine() : b_.HardLine());
    inner.push_back(DanglingComments(block));
  }
  if (!inner.empty()) {
    return C(
        {Text("{"), b_.Indent(C({b_.HardLine(), b_.Concat(inner)})), b_.HardLine(), Text("}")});
  }
  NodeId parent = Ancestor(1);
  switch (Kind(parent)) {
    case NodeKind::kFunctionDef:
    case NodeKind::kFunctionExpr:
    case NodeKind::kMethod:
    case NodeKind::kCFor:
    case NodeKind::kWhile:
    case NodeKind::kDoWhile:
    case NodeKind::kForEach:
    case NodeKind::kForIn:
    case NodeKind::kStaticBlock:
    case NodeKind::kClassDef:
    case NodeKind::kClassExpr:
      return Text("{}");
    case NodeKind::kCatchClause: {
      auto attempt = As<ir::Try>(Ancestor(2));
      if (!attempt || !attempt.finally_body()) return Text("{}");
      break;
    }
    default:
      break;
  }
  return C({Text("{"), b_.HardLine(), Text("}")});
}

Doc Emitter::EmitBlock(NodeId id) {
  NodeId parent = Ancestor(1);
  Docs lead;
  bool is_body = parent && !Is(parent, NodeKind::kBlock);
  auto add = [&](NodeId holder) {
    for (const comments::Comment* comment : comments_.Leading(holder)) {
      if (!lead.empty()) lead.push_back(b_.HardLine());
      lead.push_back(CommentText(*comment));
    }
  };
  if (Is(parent, NodeKind::kCatchClause)) add(parent);
  if (is_body) add(id);
  if (!lead.empty() && !ir::Block(tree_, id).statements().empty()) lead.push_back(b_.HardLine());
  return BlockBody(id, b_.Concat(lead));
}

Doc Emitter::BodyOf(NodeId block) { return C({Text(" "), Print(block)}); }

Doc Emitter::EmitExprStmt(NodeId id) {
  auto view = ir::ExprStmt(tree_, id);
  NodeId outer = statement_start_;
  statement_start_ = Leftmost(view.value());
  Doc value = Print(view.value());
  statement_start_ = outer;
  return C({value, InForHead() ? Doc() : Text(";")});
}

bool Emitter::InForHead() const {
  // The node is a statement in the head, or the expression of one.
  for (std::size_t up = 0; up < 2; ++up) {
    auto loop = As<ir::CFor>(Ancestor(up + 1));
    if (loop && (loop.init() == Ancestor(up) || loop.update() == Ancestor(up))) return true;
  }
  return false;
}

Doc Emitter::EmitVarDecl(NodeId id) {
  auto view = ir::VarDecl(tree_, id);
  bool in_head = InForHead();
  bool any_value = false;
  Docs printed;
  for (NodeId declaration : view.declarations()) {
    Within within(*this, declaration);
    auto assign = ir::Cast<ir::Assign>(tree_, declaration);
    any_value |= static_cast<bool>(assign.value());
    Doc target = Print(assign.targets()[0]);
    printed.push_back(
        WithComments(declaration, Assignment(declaration, target, " =", assign.value())));
  }
  AP_CHECK(!printed.empty(), "a declaration of nothing", view.span());
  Docs rest;
  for (std::size_t i = 1; i < printed.size(); ++i) {
    rest.push_back(C({Text(","), any_value && !in_head ? b_.HardLine() : b_.Line(), printed[i]}));
  }
  Doc first = printed.size() > 1 ? b_.Indent(printed[0]) : printed[0];
  return b_.Group(C({Text(NameOf(view.keyword())), Text(" "), first, b_.Indent(b_.Concat(rest)),
                     in_head ? Doc() : Text(";")}));
}

// `!(a && b)` breaks inside its own parentheses.
Doc Emitter::TestIn(NodeId test) {
  Doc printed = Print(test);
  NodeId inner = test;
  for (int i = 0; i < 2; ++i) {
    auto unary = As<ir::Unary>(inner);
    if (!unary || unary.op() != ir::UnaryOp::kNot) break;
    inner = unary.operand();
  }
  if (inner != test && Is(inner, NodeKind::kLogical)) return printed;
  return b_.Group(SoftIndented(printed));
}

// `if (found.has(node)) continue;`: a jump that says nothing else stays on the line of its test, where both fit there.
// So does any jump of a test that the translation added.
Doc Emitter::ShortJump(NodeId id) {
  auto view = ir::If(tree_, id);
  auto block = As<ir::Block>(view.body());
  if (view.else_body() || !block || block.statements().size() != 1) return Doc();
  NodeId jump = block.statements()[0];
  if (HasComments(view.body()) || HasComments(jump) || !comments_.Dangling(view.body()).empty()) return Doc();
  auto raise = As<ir::Raise>(jump);
  auto returned = As<ir::Return>(jump);
  bool jumps = Is(jump, NodeKind::kContinue) || Is(jump, NodeKind::kBreak) || raise || returned;
  bool plain = !(raise && !Is(raise.value(), NodeKind::kName)) && !(returned && returned.value());
  if (!jumps || (!plain && tree_.origin(id))) return Doc();
  Doc test = TestIn(view.test());
  path_.push_back(view.body());
  Doc printed = Print(jump);
  path_.pop_back();
  return b_.Group(C({Text("if ("), test, Text(")"), b_.IfBreak(Text(" {"), Text(" ")),
                     b_.Indent(C({b_.SoftLine(), printed})), b_.SoftLine(), b_.IfBreak(Text("}"))}));
}

Doc Emitter::EmitIf(NodeId id) {
  if (Doc jump = ShortJump(id); !jump.empty()) return jump;
  Docs parts;
  std::size_t depth = path_.size();
  for (;;) {  // the chain of else-ifs
    auto view = ir::If(tree_, id);
    parts.push_back(
        b_.Group(C({Text("if ("), TestIn(view.test()), Text(")"), BodyOf(view.body())})));
    NodeId else_body = view.else_body();
    if (!else_body) break;
    auto block = ir::Cast<ir::Block>(tree_, else_body);
    NodeId only = block.statements().size() == 1 ? block.statements()[0] : ir::kNoNode;
    bool chained = Is(only, NodeKind::kIf) && !HasTrailing(only) && !HasTrailing(else_body) &&
                   comments_.Dangling(only).empty() && comments_.Dangling(else_body).empty();
    bool on_own_line = HasTrailing(view.body());  // a comment may end the line of the brace
    if (chained && (HasLeading(else_body) || HasLeading(only))) {
      parts.push_back(C({b_.HardLine(), LeadingComments(else_body), LeadingComments(only)}));
    } else {
      parts.push_back(on_own_line ? b_.HardLine() : Text(" "));
    }
    parts.push_back(Text("else "));
    if (!chained) {
      parts.push_back(Print(else_body));
      break;
    }
    path_.push_back(else_body);
    path_.push_back(only);
    id = only;
  }
  path_.resize(depth);
  return b_.Concat(parts);
}

Doc Emitter::EmitWhile(NodeId id) {
  auto view = ir::While(tree_, id);
  return b_.Group(C({Text("while ("), TestIn(view.test()), Text(")"), BodyOf(view.body())}));
}

Doc Emitter::EmitDoWhile(NodeId id) {
  auto view = ir::DoWhile(tree_, id);
  return C({b_.Group(C({Text("do"), BodyOf(view.body())})), Text(" while ("), TestIn(view.test()),
            Text(");")});
}

Doc Emitter::ForHead(ir::DeclKind declares, NodeId target) {
  Doc printed = Print(target);
  if (declares == ir::DeclKind::kNone) return printed;
  return C({Text(NameOf(declares)), Text(" "), printed});
}

Doc Emitter::EmitForEach(NodeId id) {
  auto view = ir::ForEach(tree_, id);
  return b_.Group(
      C({Text(view.is_async() ? "for await (" : "for ("), ForHead(view.declares(), view.target()),
         Text(" of "), Print(view.iterable()), Text(")"), BodyOf(view.body())}));
}

Doc Emitter::EmitForIn(NodeId id) {
  auto view = ir::ForIn(tree_, id);
  return b_.Group(C({Text("for ("), ForHead(view.declares(), view.target()), Text(" in "),
                     Print(view.object()), Text(")"), BodyOf(view.body())}));
}

Doc Emitter::EmitCFor(NodeId id) {
  auto view = ir::CFor(tree_, id);
  Doc body = BodyOf(view.body());
  if (!view.init() && !view.test() && !view.update()) return b_.Group(C({Text("for (;;)"), body}));
  Doc head = b_.Group(
      SoftIndented(C({Print(view.init()), Text(";"), b_.Line(), Print(view.test()), Text(";"),
                      view.update() ? C({b_.Line(), Print(view.update())}) : Doc()})));
  return b_.Group(C({Text("for ("), head, Text(")"), body}));
}

Doc Emitter::EmitSwitch(NodeId id) {
  auto view = ir::Switch(tree_, id);
  Docs cases;
  for (NodeId item : view.cases()) {
    cases.push_back(b_.HardLine());
    if (cases.size() > 1 && comments_.BlankBefore(item)) cases.push_back(b_.HardLine());
    cases.push_back(Print(item));
  }
  if (!comments_.Dangling(id).empty()) cases.push_back(C({b_.HardLine(), DanglingComments(id)}));
  return C({b_.Group(C({Text("switch ("), SoftIndented(Print(view.subject())), Text(")")})),
            Text(" {"), b_.Indent(b_.Concat(cases)), b_.HardLine(), Text("}")});
}

Doc Emitter::EmitSwitchCase(NodeId id) {
  auto view = ir::SwitchCase(tree_, id);
  Doc head = view.test() ? C({Text("case "), Print(view.test()), Text(":")}) : Text("default:");
  Within within(*this, view.body());
  auto statements = ir::Block(tree_, view.body()).statements();
  Docs body;
  if (HasLeading(view.body())) body.push_back(LeadingComments(view.body()));
  if (!statements.empty()) body.push_back(Statements(statements, id));
  for (NodeId holder : {view.body(), id}) {
    if (comments_.Dangling(holder).empty()) continue;
    if (!body.empty()) body.push_back(b_.HardLine());
    body.push_back(DanglingComments(holder));
  }
  if (body.empty()) return head;
  bool only_block = statements.size() == 1 && Is(statements[0], NodeKind::kBlock) &&
                    body.size() == 1 && !HasLeading(statements[0]);
  if (only_block) return C({head, Text(" "), body[0]});
  return C({head, b_.Indent(C({b_.HardLine(), b_.Concat(body)}))});
}

Doc Emitter::EmitLabeled(NodeId id) {
  auto view = ir::Labeled(tree_, id);
  return C({Text(view.label()), Text(": "), Print(view.body())});
}

Doc Emitter::EmitBreak(NodeId id) {
  auto label = ir::Break(tree_, id).label();
  return Text(label.empty() ? "break;" : "break " + std::string(label) + ";");
}

Doc Emitter::EmitContinue(NodeId id) {
  auto label = ir::Continue(tree_, id).label();
  return Text(label.empty() ? "continue;" : "continue " + std::string(label) + ";");
}

Doc Emitter::ReturnValue(NodeId value) {
  Doc printed = Print(value);
  if (!IsBinaryish(value)) return printed;
  return b_.Group(C({b_.IfBreak(Text("(")), SoftIndented(printed), b_.IfBreak(Text(")"))}));
}

Doc Emitter::EmitReturn(NodeId id) {
  auto view = ir::Return(tree_, id);
  if (!view.value()) return Text("return;");
  return C({Text("return "), ReturnValue(view.value()), Text(";")});
}

Doc Emitter::EmitRaise(NodeId id) {
  auto view = ir::Raise(tree_, id);
  return C({Text("throw "), ReturnValue(view.value()), Text(";")});
}

Doc Emitter::EmitTry(NodeId id) {
  auto view = ir::Try(tree_, id);
  Docs parts{Text("try "), Print(view.body())};
  for (NodeId handler : view.handlers()) {
    parts.push_back(Text(" "));
    parts.push_back(Print(handler));
  }
  if (view.finally_body()) {
    parts.push_back(Text(" finally "));
    parts.push_back(Print(view.finally_body()));
  }
  return b_.Concat(parts);
}

Doc Emitter::EmitCatchClause(NodeId id) {
  auto view = ir::CatchClause(tree_, id);
  if (!view.target()) return C({Text("catch "), Print(view.body())});
  return C({Text("catch ("), Print(view.target()), Text(") "), Print(view.body())});
}

Doc Emitter::EmitDebugger(NodeId) { return Text("debugger;"); }

Doc Emitter::EmitUntranslated(NodeId id) {
  auto view = ir::Untranslated(tree_, id);
  Docs parts;
  std::string first;
  for (std::string_view line : SplitLines(view.source_text())) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    if (first.empty()) first = Trim(line);
    parts.push_back(Text(line.empty() ? "//" : "// " + std::string(line)));
    parts.push_back(b_.HardLine());
  }
  constexpr std::size_t kLongest = 40;
  if (first.size() > kLongest) {
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(first[end]) & 0xC0) == 0x80) --end;
    first = first.substr(0, end) + "...";
  }
  Doc raise =
      C({Text("throw new Error("), Text(QuoteString("not translated: " + first)), Text(");")});
  NodeId owner = Ancestor(2);
  bool in_class = Is(owner, NodeKind::kClassDef) || Is(owner, NodeKind::kClassExpr);
  if (in_class) {
    raise = C({Text("static {"), b_.Indent(C({b_.HardLine(), raise})), b_.HardLine(), Text("}")});
  }
  parts.push_back(raise);
  return b_.Concat(parts);
}

}  // namespace asyncport::emit::js
