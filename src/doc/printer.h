// Lays a document out in a given width. The only place that knows columns.
// Example: Print(b, Group("f(" Indent(SoftLine "x") SoftLine ")"), {.width = 3}).text is "f(\n  x\n)".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "doc/doc.h"

namespace asyncport::doc {

struct PrintOptions {
  std::uint32_t width = 80;        // columns, as people see them (support/width.h)
  std::uint32_t indent_width = 2;  // blanks per Indent
};

// Bytes [begin, end) of the output that came from Mark(tag, ...). The begin is after the line's indentation.
struct MarkRange {
  std::uint32_t tag = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend constexpr bool operator==(const MarkRange&, const MarkRange&) = default;
};

struct Printed {
  std::string
      text;  // LF line ends; no blanks at line ends but in literal text; no newline added at the end
  std::vector<MarkRange> marks;  // in the order in which they end: inner before outer
};

// Linear in the document apart from BestOf; uses no call stack, however deep the document is.
Printed Print(const Builder& builder, Doc doc, const PrintOptions& options);

}  // namespace asyncport::doc
