// One source text with its name and line table. Does no file work: cli/ reads bytes, `Decode` makes text of them.
// Example: Source s{"a.js", "let x\nlet y"}; s.Position(6) is line 2, column 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"
#include "support/span.h"

namespace asyncport {

// 1-based line; 1-based column counted in Unicode code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// How the original bytes were laid out, so that the output can be laid out alike.
struct TextLayout {
  bool bom = false;           // started with a UTF-8 byte order mark
  bool crlf = false;          // first line end was CRLF
  bool final_newline = true;  // last line was terminated (true for an empty text)
};

class Source {
 public:
  // `text` is UTF-8 with LF line ends and no BOM (see Decode).
  Source(std::string name, std::string text, TextLayout layout = {});

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::string_view Text(Span span) const {
    return std::string_view(text_).substr(span.begin, span.end - span.begin);
  }
  const TextLayout& layout() const { return layout_; }

  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }
  // 0-based line index of a byte offset; O(log lines).
  std::uint32_t LineIndex(std::uint32_t offset) const;
  // Byte range of a 0-based line, without its line end.
  Span LineSpan(std::uint32_t line_index) const;
  // Columns cost no more on long lines than on short ones: one line may be the whole of a minified file.
  LineColumn Position(std::uint32_t offset) const;
  // 0-based UTF-16 column of an offset within its line, as LSP counts.
  std::uint32_t Utf16Column(std::uint32_t offset) const;

 private:
  // Characters from the beginning of the text, counted in both ways.
  struct Count {
    std::uint32_t code_points = 0;
    std::uint32_t utf16_units = 0;
  };
  void Add(Count& count, char byte) const;
  Count CountUpTo(std::uint32_t offset) const;

  std::string name_;
  std::string text_;
  TextLayout layout_;
  std::vector<std::uint32_t> line_starts_;
  std::vector<Count> counts_;  // at every kCountStep-th byte
};

// Makes a Source of raw bytes: strips a BOM, turns CRLF (and lone CR) into LF and remembers the layout. Fails with a
// message for people ("NUL byte at line 3: ...", "UTF-16 ...", "not UTF-8 at line 2 ...") that names no file.
Result<Source> Decode(std::string name, std::string_view bytes);

// The reverse for a translated text: BOM and line ends as `layout` says, final newline as found.
std::string Encode(std::string_view text, const TextLayout& layout);

}  // namespace asyncport
