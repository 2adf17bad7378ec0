// Black's rules on empty lines.
#include "emit/py/blank_lines.h"

namespace asyncport::emit::py {

// A definition that this line ends asks for empty lines after it.
unsigned BlankLines::AfterDefinitions(const LineShape& line, unsigned before) {
  while (!def_depths_.empty() && def_depths_.back() >= line.depth) {
    if (line.depth > 0) {
      before = 1;
    } else if (def_depths_.back() > 0 && line.continues_block) {
      before = 1;  // `else:` under a conditional definition
    } else {
      before = 2;
    }
    def_depths_.pop_back();
  }
  return before;
}

unsigned BlankLines::BeforeDefinition(const LineShape& line) const {
  if (first_ || previous_.is_decorator) return 0;
  if (previous_.depth < line.depth && (previous_.is_class || previous_.is_def)) return 0;
  return line.depth > 0 ? 1 : 2;
}

unsigned BlankLines::Before(const LineShape& line, bool wanted) {
  unsigned before = AfterDefinitions(line, wanted ? 1 : 0);
  if (line.Defines()) {
    before = held_by_comment_ ? 0 : BeforeDefinition(line);
    if (!line.is_decorator) def_depths_.push_back(line.depth);
  } else if (first_) {
    before = 0;
  } else if (previous_.is_import && !line.is_import && previous_.depth == line.depth) {
    before = before > 0 ? before : 1;
  } else if (previous_.wants_blank_after) {
    before = before > 0 ? before : 1;
  } else if (previous_.opens_block) {
    before = 0;
  }
  first_ = false;
  held_by_comment_ = false;
  previous_ = line;
  return before;
}

unsigned BlankLines::BeforeCommentOf(const LineShape& definition, bool wanted) {
  LineShape comment;
  comment.depth = definition.depth;
  comment.is_comment = true;
  bool opens_body = !first_ && previous_.opens_block;
  unsigned asked = opens_body ? 0 : BeforeDefinition(definition);
  unsigned before = Before(comment, wanted);
  return before > asked ? before : asked;
}

}  // namespace asyncport::emit::py
