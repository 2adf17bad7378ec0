// Statements as lines of text: newlines, empty lines, comments, docstrings, bodies.
// Example: a trailing comment is put off to the end of its line: `x = 1  # why`.
#include <algorithm>
#include <utility>

#include "emit/py/emitter.h"
#include "emit/py/text.h"
#include "support/check.h"
#include "support/strings.h"

namespace asyncport::emit::py {

using comments::Comment;
using comments::Style;

void Emitter::PutDoc(unsigned blank_lines, Doc content) {
  if (!first_line_) out_->push_back(b_.BlankLine(blank_lines));
  first_line_ = false;
  out_->push_back(StandsFor(std::exchange(line_origin_, {}), content));
}

void Emitter::PutLine(LineShape shape, Doc content) {
  shape.depth = depth_;
  unsigned blank_lines = blank_lines_.Before(shape, std::exchange(wanted_blank_, false));
  PutDoc(blank_lines, content);
}

LineShape Emitter::ShapeOf(NodeId statement) const {
  LineShape shape;
  shape.depth = depth_;
  if (auto function = As<ir::FunctionDef>(statement)) {
    shape.is_def = true;
    shape.is_decorator = !function.decorators().empty();
  } else if (auto class_def = As<ir::ClassDef>(statement)) {
    shape.is_class = true;
    shape.is_decorator = !class_def.decorators().empty();
  } else if (Is(statement, NodeKind::kMethod)) {
    shape.is_def = true;
  }
  shape.is_import = Is(statement, NodeKind::kImport);
  return shape;
}

Doc Emitter::CommentDoc(const Comment& comment) {
  if (comment.style == Style::kShebang) return StandsFor(comment.span, Text("#!/usr/bin/env python3"));
  std::size_t first = 0;
  std::size_t last = comment.lines.size();
  bool is_block = comment.style == Style::kBlock || comment.style == Style::kDoc;
  while (is_block && first + 1 < last && Trim(comment.lines[first]).empty()) ++first;
  while (is_block && last > first + 1 && Trim(comment.lines[last - 1]).empty()) --last;
  Docs lines;
  for (std::size_t i = first; i < last; ++i) {
    std::string line = comment.lines[i];
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.pop_back();
    bool banner = !line.empty() && line.front() == '#';  // `### Title`
    lines.push_back(Text(line.empty() ? "#" : (banner ? "#" : "# ") + line));
  }
  if (lines.empty()) lines.push_back(Text("#"));
  return StandsFor(comment.span, b_.Join(b_.HardLine(), lines));
}

const Comment* Emitter::DocCommentOf(NodeId id) const {
  NodeId docstring;
  if (auto function = As<ir::FunctionDef>(id)) {
    docstring = function.docstring();
  } else if (auto method = As<ir::Method>(id)) {
    docstring = method.docstring();
  } else if (auto class_def = As<ir::ClassDef>(id)) {
    docstring = class_def.docstring();
  } else {
    return nullptr;
  }
  auto leading = comments_.Leading(id);
  if (docstring || leading.empty() || leading.back()->style != Style::kDoc) return nullptr;
  return leading.back();
}

void Emitter::LeadingComments(NodeId id, const LineShape& shape) {
  auto list = comments_.Leading(id);
  if (DocCommentOf(id) != nullptr) list = list.first(list.size() - 1);
  if (!list.empty() && list.front() == header_comment_) list = list.subspan(1);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Comment& comment = *list[i];
    bool blank = std::exchange(wanted_blank_, false) || comment.blank_before;
    bool touches = shape.Defines() && !list.back()->blank_after;
    unsigned lines = 0;
    if (i == 0 && touches) {
      lines = blank_lines_.BeforeCommentOf(shape, blank);
    } else {
      LineShape own;
      own.depth = depth_;
      own.is_comment = true;
      lines = blank_lines_.Before(own, blank);
    }
    PutDoc(lines, CommentDoc(comment));
    if (i + 1 == list.size()) {
      if (touches) blank_lines_.Hold();
      wanted_blank_ = comment.blank_after;
    }
  }
}

void Emitter::TrailingComments(NodeId id) {
  for (const Comment* comment : comments_.Trailing(id)) {
    if (comment->own_line) {
      wanted_blank_ = comment->blank_before;
      PutLine({.is_comment = true}, CommentDoc(*comment));
    } else {
      out_->push_back(b_.LineSuffix(C({Text("  "), CommentDoc(*comment)})));
    }
  }
}

void Emitter::DanglingComments(NodeId id) {
  for (const Comment* comment : comments_.Dangling(id)) {
    wanted_blank_ = comment->blank_before;
    PutLine({.is_comment = true}, CommentDoc(*comment));
  }
}

void Emitter::Statement(NodeId id, Gap gap) {
  StatementHandler handler = StatementOf(tree_.kind(id));
  AP_CHECK(handler != nullptr, std::string("no Python for ") + std::string(ir::NameOf(tree_.kind(id))), tree_.span(id));
  // What a comment above has asked for holds as well.
  wanted_blank_ |= gap == Gap::kAsInSource ? comments_.BlankBefore(id) : gap == Gap::kBlank;
  LeadingComments(id, ShapeOf(id));
  line_origin_ = tree_.span(id);
  (this->*handler)(id);
  line_origin_ = {};
  TrailingComments(id);
}

void Emitter::Block(NodeId block, const DocText* docstring, bool header_took_comments) {
  Docs inner;
  Docs* outer = std::exchange(out_, &inner);
  ++depth_;
  wanted_blank_ = false;
  if (docstring != nullptr) DocstringLine(*docstring);
  if (!header_took_comments) LeadingComments(block, {});
  auto statements = ir::Block(tree_, block).statements();
  if (!statements.empty() && docstring == nullptr) {
    // `if (a) { // why` is `if a:  # why`.
    auto leading = comments_.Leading(statements.front());
    bool behind_header = !leading.empty() && leading.front()->style == Style::kLine && !leading.front()->own_line;
    if (behind_header) {
      header_comment_ = leading.front();
      outer->push_back(b_.LineSuffix(C({Text("  "), CommentDoc(*header_comment_)})));
    }
  }
  for (NodeId statement : statements) Statement(statement);
  DanglingComments(block);
  if (statements.empty() && docstring == nullptr) PutLine({}, Text("pass"));
  wanted_blank_ = false;
  --depth_;
  out_ = outer;
  out_->push_back(b_.Indent(b_.Concat(inner)));
  TrailingComments(block);
}

void Emitter::Clause(NodeId comments_of, Doc header, NodeId body) {
  LineShape shape;
  shape.depth = depth_;
  shape.opens_block = true;
  shape.continues_block = true;
  wanted_blank_ = false;
  if (comments_of) {
    // What stood behind the last line of the branch before stays there.
    auto leading = comments_.Leading(comments_of);
    if (!leading.empty() && leading.front()->style == Style::kLine && !leading.front()->own_line) {
      header_comment_ = leading.front();
      out_->push_back(b_.LineSuffix(C({Text("  "), CommentDoc(*header_comment_)})));
    }
    LeadingComments(comments_of, shape);
  }
  line_origin_ = tree_.span(comments_of ? comments_of : body);
  PutLine(shape, header);
  Block(body, nullptr, comments_of == body);
  if (comments_of && comments_of != body) TrailingComments(comments_of);
}

void Emitter::DocstringLine(const DocText& docstring) {
  std::string_view text = docstring.text;
  // As Black does; also so that reading it back and printing it again gives the same.
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  bool raw = docstring.is_raw && text.find("\"\"\"") == std::string_view::npos &&
             (text.empty() || text.back() != '\\');
  // A blank keeps a quote at either end from the three; Escaped need not escape it then.
  std::string body = raw ? std::string(text) : Escaped(std::string(text) + " ", "\"\"\"", false);
  if (!raw) body.pop_back();
  if (!body.empty() && body.front() == '"') body.insert(0, " ");
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin <= body.size();) {
    std::size_t end = std::min(body.find('\n', begin), body.size());
    lines.push_back(std::string_view(body).substr(begin, end - begin));
    begin = end + 1;
  }
  std::string opener = raw ? "r\"\"\"" : "\"\"\"";
  if (lines.size() == 1) {
    bool needs_blank = body.empty() || body.back() == '"';
    PutLine({.wants_blank_after = docstring.wants_blank_after},
            Text(opener + body + (needs_blank ? " " : "") + "\"\"\""));
    return;
  }
  // Readers of docstrings take the common indentation away from all lines but the first.
  bool indented = std::all_of(lines.begin() + 1, lines.end(),
                              [](std::string_view line) { return line.empty() || line.front() == ' '; });
  Docs parts{Text(opener)};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 || indented) parts.push_back(b_.HardLine());
    parts.push_back(Text(lines[i]));
  }
  parts.push_back(b_.HardLine());
  parts.push_back(Text("\"\"\""));
  PutLine({.wants_blank_after = docstring.wants_blank_after}, b_.Concat(parts));
}

}  // namespace asyncport::emit::py
