// How many empty lines stand before each line, as Black has it: two around top-level definitions, one around nested ones
// and after imports, none at the start of a body. Knows shapes of lines, no tree.
// Example: Before({.depth = 0, .is_def = true}, false) after a plain line is 2.
#pragma once

#include <vector>

namespace asyncport::emit::py {

struct LineShape {
  unsigned depth = 0;
  bool is_decorator = false;
  bool is_def = false;
  bool is_class = false;
  bool is_import = false;
  bool is_comment = false;
  bool wants_blank_after = false;  // docstring of a class or module
  bool opens_block = false;     // ends with a colon
  bool continues_block = false;  // else, except, case, ...
  bool Defines() const { return is_decorator || is_def || is_class; }
};

class BlankLines {
 public:
  // Empty lines before a line; `wanted`: the source had some there. Remembers the line.
  unsigned Before(const LineShape& line, bool wanted);
  // The same for the first of the comments that stand right above a definition: they take its empty lines, and Hold says
  // that they have.
  unsigned BeforeCommentOf(const LineShape& definition, bool wanted);
  void Hold() { held_by_comment_ = true; }

 private:
  unsigned AfterDefinitions(const LineShape& line, unsigned before);
  unsigned BeforeDefinition(const LineShape& line) const;

  bool first_ = true;
  LineShape previous_;
  bool held_by_comment_ = false;    // a comment has taken the empty lines of the next definition
  std::vector<unsigned> def_depths_;  // of definitions that may not be over
};

}  // namespace asyncport::emit::py
