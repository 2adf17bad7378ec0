// Statements that are neither definitions, imports nor `match`.
// Example: If(test, body, else_body If(...)) prints `if test:`, `elif ...:`.
#include <utility>

#include "emit/py/emitter.h"
#include "emit/py/text.h"
#include "support/check.h"
#include "support/strings.h"

namespace asyncport::emit::py {

void Emitter::Put(Doc content) { PutLine({}, content); }

void Emitter::BareBlock(NodeId id) {
  // Only a mistake leaves one; its statements mean the same without it.
  for (NodeId statement : ir::Block(tree_, id).statements()) Statement(statement);
}

void Emitter::ExprStatement(NodeId id) {
  NodeId value = ir::ExprStmt(tree_, id).value();
  constexpr Allowed kAllowed{.tuple = true, .yield = true};
  // Black gives statements no parentheses, but keeps those that make a long chain readable.
  Delimiters delimiters = DelimitersOf(value);
  bool is_chain = delimiters.priority == kDot && delimiters.count > 1;
  Put(is_chain ? RightSide(value, kAllowed) : TopLevel(value, Where::kBare, kAllowed));
}

void Emitter::AssignStatement(NodeId id) {
  ir::Assign assign(tree_, id);
  Docs parts;
  if (assign.targets().size() == 1 && Is(assign.targets()[0], NodeKind::kListPattern)) {
    parts.push_back(AssignTarget(assign.targets()[0]));
  } else {
    Rigid rigid(*this);
    for (NodeId target : assign.targets()) {
      if (!parts.empty()) parts.push_back(Text(" = "));
      parts.push_back(TargetDoc(target));
    }
  }
  if (assign.annotation()) {
    Rigid rigid(*this);
    parts.push_back(Text(": "));
    parts.push_back(Expr(assign.annotation(), kLambda, Where::kBare));
  }
  if (assign.value()) {
    parts.push_back(Text(" = "));
    parts.push_back(RightSide(assign.value(), {.tuple = true, .yield = true}));
  }
  Put(b_.Concat(parts));
}

void Emitter::AugAssignStatement(NodeId id) {
  ir::AugAssign assign(tree_, id);
  Doc target;
  {
    Rigid rigid(*this);
    target = TargetDoc(assign.target());
  }
  std::string op = " " + std::string(ir::Info(assign.op()).py) + "= ";
  Put(C({target, Text(op), RightSide(assign.value(), {.tuple = true, .yield = true})}));
}

void Emitter::IfStatement(NodeId id) {
  NodeId current = id;
  NodeId comments_of;
  for (bool first = true; current; first = false) {
    ir::If branch(tree_, current);
    Doc header = C({Text(first ? "if " : "elif "), RightSide(branch.test(), {.walrus = true}), Text(":")});
    if (first) {
      PutLine({.opens_block = true}, header);
      Block(branch.body());
    } else {
      Clause(comments_of, header, branch.body());
      TrailingComments(current);
    }
    NodeId else_body = branch.else_body();
    current = {};
    if (!else_body) break;
    auto statements = ir::Block(tree_, else_body).statements();
    bool alone = statements.size() == 1 && Is(statements[0], NodeKind::kIf) && comments_.Leading(statements[0]).empty();
    if (alone) {
      current = statements[0];
      comments_of = else_body;
    } else {
      Clause(else_body, Text("else:"), else_body);
    }
  }
}

void Emitter::WhileStatement(NodeId id) {
  ir::While loop(tree_, id);
  PutLine({.opens_block = true}, C({Text("while "), RightSide(loop.test(), {.walrus = true}), Text(":")}));
  Block(loop.body());
}

void Emitter::ForEachStatement(NodeId id) {
  ir::ForEach loop(tree_, id);
  Doc target;
  {
    Rigid rigid(*this);
    target = TargetDoc(loop.target());
  }
  PutLine({.opens_block = true}, C({Text(loop.is_async() ? "async for " : "for "), target, Text(" in "),
                                    RightSide(loop.iterable(), {.tuple = true}), Text(":")}));
  Block(loop.body());
}

void Emitter::LoopElseStatement(NodeId id) {
  ir::LoopElse loop(tree_, id);
  // The loop has no comments of its own to print in between, but may hold some in front.
  bool blank = wanted_blank_;
  LeadingComments(loop.loop(), ShapeOf(loop.loop()));
  wanted_blank_ |= blank && comments_.Leading(loop.loop()).empty();
  (this->*StatementOf(tree_.kind(loop.loop())))(loop.loop());
  TrailingComments(loop.loop());
  Clause(loop.else_body(), Text("else:"), loop.else_body());
}

void Emitter::BreakStatement(NodeId) { Put(Text("break")); }
void Emitter::ContinueStatement(NodeId) { Put(Text("continue")); }
void Emitter::PassStatement(NodeId) { Put(Text("pass")); }

void Emitter::ReturnStatement(NodeId id) {
  NodeId value = ir::Return(tree_, id).value();
  Put(value ? C({Text("return "), RightSide(value, {.tuple = true})}) : Text("return"));
}

void Emitter::RaiseStatement(NodeId id) {
  ir::Raise raise(tree_, id);
  Docs parts{Text("raise")};
  if (raise.value()) {
    parts.push_back(Text(" "));
    parts.push_back(TopLevel(raise.value(), Where::kBare, {}));
  }
  if (raise.cause()) {
    parts.push_back(Text(" from "));
    parts.push_back(TopLevel(raise.cause(), Where::kBare, {}));
  }
  Put(b_.Concat(parts));
}

void Emitter::TryStatement(NodeId id) {
  ir::Try attempt(tree_, id);
  PutLine({.opens_block = true}, Text("try:"));
  Block(attempt.body());
  for (NodeId handler_id : attempt.handlers()) {
    ir::CatchClause handler(tree_, handler_id);
    Docs parts{Text(handler.is_group() ? "except*" : "except")};
    NodeId type = handler.type();
    if (type) {
      parts.push_back(Text(" "));
      // With a name after it, or several types, the parentheses have to be there.
      parts.push_back(handler.target() ? TopLevel(type, Where::kBare, {}) : RightSide(type, {}));
    } else if (handler.target()) {
      parts.push_back(Text(" Exception"));
    }
    if (handler.target()) {
      parts.push_back(Text(" as "));
      parts.push_back(TargetDoc(handler.target()));
    }
    parts.push_back(Text(":"));
    Clause(handler_id, b_.Concat(parts), handler.body());
  }
  if (attempt.else_body()) Clause(attempt.else_body(), Text("else:"), attempt.else_body());
  if (attempt.finally_body()) Clause(attempt.finally_body(), Text("finally:"), attempt.finally_body());
}

void Emitter::WithStatement(NodeId id) {
  ir::With with(tree_, id);
  Docs items;
  bool any_comments = false;
  for (NodeId item_id : with.items()) {
    ir::WithItem item(tree_, item_id);
    Doc content = Expr(item.context(), kLambda, Where::kBare);
    if (item.target()) {
      NodeId target = item.target();
      content = C({content, Text(" as "), Expr(target, kPrimary, Where::kBare)});
    }
    any_comments |= comments_.Has(item_id);
    items.push_back(Item(item_id, content));
  }
  Doc head = Text(with.is_async() ? "async with " : "with ");
  Doc all;
  if (items.size() == 1 && !any_comments) {
    all = items[0];
  } else {
    Docs parts;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) {
        parts.push_back(Text(","));
        parts.push_back(Line());
      }
      parts.push_back(items[i]);
    }
    all = b_.Group(C({IfBroken(Text("(")), b_.Indent(C({SoftLine(), b_.Concat(parts), IfBroken(Text(","))})),
                      SoftLine(), IfBroken(Text(")"))}));
  }
  PutLine({.opens_block = true}, C({head, all, Text(":")}));
  Block(with.body());
}

void Emitter::DeleteStatement(NodeId id) {
  auto targets = ir::Delete(tree_, id).targets();
  if (targets.empty()) {
    Put(Text("del ()"));
    return;
  }
  if (targets.size() == 1) {
    Put(C({Text("del "), RightSide(targets[0], {})}));
    return;
  }
  Put(C({Text("del "), b_.Group(C({IfBroken(Text("(")), b_.Indent(C({SoftLine(), BareTuple(targets, Where::kInBrackets),
                                                                    IfBroken(Text(","))})),
                                   SoftLine(), IfBroken(Text(")"))}))}));
}

void Emitter::AssertStatement(NodeId id) {
  ir::Assert assertion(tree_, id);
  Docs parts{Text("assert "), RightSide(assertion.test(), {})};
  if (assertion.message()) {
    parts.push_back(Text(", "));
    parts.push_back(RightSide(assertion.message(), {}));
  }
  Put(b_.Concat(parts));
}

void Emitter::ScopeStatement(NodeId id) {
  ir::ScopeDecl scope(tree_, id);
  Docs parts{Text(scope.is_nonlocal() ? "nonlocal " : "global ")};
  for (NodeId name : scope.names()) {
    if (parts.size() > 1) parts.push_back(Text(", "));
    parts.push_back(Expr(name, kAnything, Where::kBare));
  }
  Put(b_.Concat(parts));
}

void Emitter::UntranslatedStatement(NodeId id) {
  std::string_view source = Trim(ir::Untranslated(tree_, id).source_text());
  std::string_view first = source.substr(0, source.find('\n'));
  for (std::string_view line : SplitLines(source)) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    PutLine({.is_comment = true}, Text(line.empty() ? "#" : "# " + std::string(line)));
  }
  constexpr std::size_t kLongest = 40;
  std::string what(Trim(first));
  if (first.size() < source.size() || what.size() > kLongest) {
    std::size_t cut = std::min(what.size(), kLongest);
    while (cut > 0 && cut < what.size() && (what[cut] & 0xC0) == 0x80) --cut;
    what = what.substr(0, cut) + " ...";
  }
  Put(Text("raise NotImplementedError(" + QuoteString("not translated: " + what) + ")"));
}

void Emitter::OpaqueStatement(NodeId id) {
  AP_CHECK(alone_, "an Opaque statement in a finished tree", tree_.span(id));
  Put(Text("..."));
}

void Emitter::HoleStatement(NodeId id) { Put(HoleExpr(id, Where::kBare)); }

}  // namespace asyncport::emit::py
