// One open document: the text exactly as the editor has it, the text that the library reads (LF line ends, no byte order
// mark), and its tree, which follows the edits. Translates between offsets of the library and positions of the editor.
// Knows no messages.
// Example: Document d(uri, Language::kJs, 1, "f();"); d.Edit({{0, 0}, {0, 1}}, "g", kUtf16) leaves "g();".
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "lsp/position.h"
#include "support/language.h"
#include "support/result.h"
#include "support/source.h"
#include "syntax/live_tree.h"

namespace asyncport::lsp {

class Document {
 public:
  Document(std::string uri, std::string name, Language language, std::int64_t version,
           std::string text);

  const std::string& uri() const { return uri_; }
  Language language() const { return language_; }
  std::int64_t version() const { return version_; }
  void set_version(std::int64_t version) { version_ = version; }
  // Grows with each change of the text.
  std::uint64_t revision() const { return revision_; }
  // As the editor has it.
  const std::string& text() const { return text_; }

  void Replace(std::string text);
  void Edit(Range range, std::string_view text, Encoding encoding);

  // What the library reads; an error for what is no text (a NUL). Made anew after a change, and then kept.
  const Result<Source>& source();
  // Its tree; the error is the parser's. `source()` must be a text.
  Result<syntax::Parsed> Parse(const syntax::ParseLimits& limits,
                               const std::atomic<bool>* cancelled = nullptr);
  // Forgets the tree, so that the next one is made from nothing.
  void ForgetTree() { tree_ = {}; }

  // Offsets of `source()`. Offsets past its end mean the end.
  Position PositionAt(std::uint32_t offset, Encoding encoding);
  Range RangeOf(Span span, Encoding encoding);
  std::uint32_t OffsetAt(Position position, Encoding encoding);
  Span SpanOf(Range range, Encoding encoding);
  // A text of the library's, with the line ends of the document.
  std::string WithLineEnds(std::string_view text);

 private:
  void Changed();
  const LineTable& lines();

  std::string uri_;
  std::string name_;
  Language language_;
  std::int64_t version_;
  std::uint64_t revision_ = 0;
  std::string text_;
  bool has_surrogates_ = false;  // lone ones, in WTF-8
  std::unique_ptr<LineTable> lines_;
  std::unique_ptr<Result<Source>> source_;
  syntax::LiveTree tree_;
};

}  // namespace asyncport::lsp
