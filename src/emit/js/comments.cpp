// Comments around nodes, and docstrings as JSDoc. Where comments belong is decided by comments/;
// here is how they look.
// Example: a trailing line comment is put off to the end of its line and breaks the groups around
// it.
#include <algorithm>

#include "emit/js/emitter.h"
#include "support/strings.h"

namespace asyncport::emit::js {
namespace {

using comments::Comment;
using comments::Style;

std::string WithoutEnd(std::string_view line) {
  std::string out(line);
  for (std::size_t at = out.find("*/"); at != std::string::npos; at = out.find("*/", at))
    out.replace(at, 2, "*\\/");
  return out;
}

bool IsBlockStyle(const Comment& comment) {
  return comment.style == Style::kBlock || comment.style == Style::kDoc;
}

// Statements and clauses whose bodies take the comments that stand before their brace.
bool IsBodyBlock(const ir::Tree& tree, NodeId id, NodeId parent) {
  return tree.Is(id, NodeKind::kBlock) && parent && !tree.Is(parent, NodeKind::kBlock);
}

}  // namespace

Doc Emitter::CommentLines(const std::vector<std::string>& lines, std::string_view opener) {
  std::size_t first = 0;
  std::size_t last = lines.size();
  if (lines.size() > 1) {
    while (first < last && Trim(lines[first]).empty()) ++first;
    while (last > first && Trim(lines[last - 1]).empty()) --last;
  }
  if (lines.size() <= 1) {
    std::string text = lines.empty() ? std::string() : WithoutEnd(Trim(lines[0]));
    return Text(std::string(opener) + " " + (text.empty() ? "" : text + " ") + "*/");
  }
  Docs parts{Text(opener)};
  for (std::size_t i = first; i < last; ++i) {
    parts.push_back(b_.HardLine());
    std::string line = WithoutEnd(lines[i]);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    parts.push_back(Text(line.empty() ? " *" : " * " + line));
  }
  parts.push_back(b_.HardLine());
  parts.push_back(Text(" */"));
  return b_.Concat(parts);
}

Doc Emitter::CommentText(const Comment& comment) {
  return StandsFor(comment.span, BareCommentText(comment));
}

Doc Emitter::BareCommentText(const Comment& comment) {
  if (comment.style == Style::kDoc) return CommentLines(comment.lines, "/**");
  if (comment.style == Style::kDirective && comment.lines.size() > 1)
    return CommentLines(comment.lines, "/*");
  if (comment.style == Style::kBlock) {
    // `/*!` marks a licence that tools keep.
    bool licence = !comment.lines.empty() && comment.lines[0].starts_with('!');
    if (!licence) return CommentLines(comment.lines, "/*");
    std::vector<std::string> lines = comment.lines;
    lines[0].erase(0, 1);
    return CommentLines(lines, "/*!");
  }
  Docs lines;
  for (const std::string& line : comment.lines) {
    std::string text = comment.style == Style::kShebang ? "#!" + line
                       : line.empty()                   ? "//"
                                                        : "// " + line;
    while (text.back() == ' ') text.pop_back();
    lines.push_back(Text(text));
  }
  if (lines.empty()) lines.push_back(Text("//"));
  return b_.Join(b_.HardLine(), lines);
}

Doc Emitter::LeadingComments(NodeId id) {
  Docs parts;
  auto list = comments_.Leading(id);
  bool is_line = ir::HasCategory(Kind(id), ir::category::Stmt) || Is(id, NodeKind::kSwitchCase);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Comment& comment = *list[i];
    if (i > 0 && comment.blank_before && !list[i - 1]->blank_after) parts.push_back(b_.HardLine());
    parts.push_back(CommentText(comment));
    bool inline_block =
        !is_line && IsBlockStyle(comment) && !comment.own_line && comment.lines.size() <= 1;
    parts.push_back(inline_block ? Text(" ") : b_.HardLine());
    if (!inline_block && comment.blank_after) parts.push_back(b_.HardLine());
  }
  return b_.Concat(parts);
}

Doc Emitter::TrailingComments(NodeId id) {
  Docs parts;
  for (const Comment* comment : comments_.Trailing(id)) {
    Doc text = CommentText(*comment);
    if (comment->own_line) {
      Doc gap = comment->blank_before ? b_.BlankLine() : b_.HardLine();
      parts.push_back(C({b_.LineSuffix(C({gap, text})), b_.BreakParent()}));
    } else if (IsBlockStyle(*comment)) {
      parts.push_back(C({Text(" "), text}));
    } else {
      parts.push_back(C({b_.LineSuffix(C({Text(" "), text})), b_.BreakParent()}));
    }
  }
  return b_.Concat(parts);
}

Doc Emitter::DanglingComments(NodeId id) {
  dangled_.insert(id.index);
  Docs parts;
  for (const Comment* comment : comments_.Dangling(id)) {
    if (!parts.empty()) parts.push_back(comment->blank_before ? b_.BlankLine() : b_.HardLine());
    parts.push_back(CommentText(*comment));
    if (!IsBlockStyle(*comment)) parts.push_back(b_.BreakParent());
  }
  return b_.Concat(parts);
}

// Between brackets that hold nothing else.
Doc Emitter::DanglingInside(NodeId id) {
  Doc dangling = DanglingComments(id);
  return dangling.empty() ? dangling : b_.Group(SoftIndented(dangling));
}

Doc Emitter::WithComments(NodeId id, Doc printed) {
  bool dangling = !comments_.Dangling(id).empty() && !dangled_.contains(id.index);
  if (!HasLeading(id) && !HasTrailing(id) && !dangling) return printed;
  // Comments before the brace of a body, and those before an exported declaration, have been
  // printed by their owner.
  NodeId parent = Ancestor(1);
  auto exported = As<ir::Export>(parent);
  bool by_owner = IsBodyBlock(tree_, id, parent) || Is(id, NodeKind::kCatchClause) ||
                  (exported && exported.declaration() == id);
  Doc after = TrailingComments(id);
  if (dangling) {  // a kind of node that has no place of its own for them
    after = C({after, b_.LineSuffix(C({b_.HardLine(), DanglingComments(id)})), b_.BreakParent()});
  }
  return C({by_owner ? Doc() : LeadingComments(id), printed, after});
}

Doc Emitter::DocComment(NodeId docstring) {
  auto text = As<ir::String>(docstring);
  if (!text) return {};
  std::vector<std::string> lines;
  std::size_t indent = std::string::npos;
  std::string_view rest = text.value();
  for (std::string_view line : SplitLines(rest)) {
    if (!lines.empty() && !Trim(line).empty())
      indent = std::min(indent, line.find_first_not_of(" \t"));
    lines.emplace_back(line);
  }
  // Python indents the lines after the first like the code.
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t blanks = lines[i].find_first_not_of(" \t");
    if (blanks == std::string::npos) {
      lines[i].clear();
    } else {
      lines[i].erase(0, i == 0 || indent == std::string::npos ? blanks : std::min(indent, blanks));
    }
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  while (!lines.empty() && lines.front().empty()) lines.erase(lines.begin());
  return C({CommentLines(lines, "/**"), b_.HardLine()});
}

}  // namespace asyncport::emit::js
