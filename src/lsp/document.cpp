// See document.h.
#include "lsp/document.h"

#include <algorithm>

#include "support/strings.h"

namespace asyncport::lsp {
namespace {

// The half of a surrogate pair at `at`, in WTF-8: high (ED A0..AF xx), low (ED B0..BF xx).
bool IsHalf(std::string_view text, std::size_t at, unsigned char first) {
  return at + 2 < text.size() && text[at] == '\xED' &&
         (static_cast<unsigned char>(text[at + 1]) & 0xF0) == first;
}
bool IsHigh(std::string_view text, std::size_t at) { return IsHalf(text, at, 0xA0); }
bool IsLow(std::string_view text, std::size_t at) { return IsHalf(text, at, 0xB0); }

bool HasHalves(std::string_view text) {
  for (std::size_t at = text.find('\xED'); at != std::string_view::npos;
       at = text.find('\xED', at + 1)) {
    if (IsHigh(text, at) || IsLow(text, at)) return true;
  }
  return false;
}

std::uint32_t UnitAt(std::string_view text, std::size_t at) {
  return 0xD000u |
         (static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + 1]) & 0x3F) << 6) |
         (static_cast<unsigned char>(text[at + 2]) & 0x3Fu);
}

// Halves that have come together are a character again.
std::string JoinHalves(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (IsHigh(text, at) && IsLow(text, at + 3)) {
      AppendUtf8(out,
                 0x10000 + ((UnitAt(text, at) - 0xD800) << 10) + (UnitAt(text, at + 3) - 0xDC00));
      at += 6;
    } else {
      out += text[at++];
    }
  }
  return out;
}

// For the library, which reads no lone halves: a replacement character is as long as one.
std::string WithoutHalves(std::string text) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if (IsHigh(text, at) || IsLow(text, at)) text.replace(at, 3, "\xEF\xBF\xBD");
  }
  return text;
}

// The two halves of the character at the beginning of `text`.
std::pair<std::string, std::string> HalvesOf(std::string_view text) {
  std::size_t pos = 0;
  const std::uint32_t value = NextCodePoint(text, pos) - 0x10000;
  std::pair<std::string, std::string> halves;
  AppendUtf8(halves.first, 0xD800 + (value >> 10));
  AppendUtf8(halves.second, 0xDC00 + (value & 0x3FF));
  return halves;
}

std::uint32_t UnitsOfBom(Encoding encoding) { return encoding == Encoding::kUtf8 ? 3 : 1; }

}  // namespace

Document::Document(std::string uri, std::string name, Language language, std::int64_t version,
                   std::string text)
    : uri_(std::move(uri)), name_(std::move(name)), language_(language), version_(version) {
  Replace(std::move(text));
}

void Document::Replace(std::string text) {
  text_ = std::move(text);
  has_surrogates_ = HasHalves(text_);
  Changed();
}

void Document::Edit(Range range, std::string_view text, Encoding encoding) {
  if (range.end < range.start) std::swap(range.start, range.end);
  const LineTable::Place begin = lines().Find(text_, range.start, encoding);
  const LineTable::Place end = lines().Find(text_, range.end, encoding);
  std::string inserted;
  if (begin.is_inside) inserted += HalvesOf(std::string_view(text_).substr(begin.offset)).first;
  inserted += text;
  std::uint32_t end_offset = end.offset;
  if (end.is_inside) {
    const std::string_view rest = std::string_view(text_).substr(end.offset);
    inserted += HalvesOf(rest).second;
    end_offset += 4;
  }
  const bool splits = begin.is_inside || end.is_inside || HasHalves(inserted);
  text_.replace(begin.offset, std::max(end_offset, begin.offset) - begin.offset, inserted);
  if (splits || has_surrogates_) {
    text_ = JoinHalves(text_);
    has_surrogates_ = HasHalves(text_);
  }
  Changed();
}

void Document::Changed() {
  ++revision_;
  lines_.reset();
  source_.reset();
}

const LineTable& Document::lines() {
  if (!lines_) lines_ = std::make_unique<LineTable>(text_);
  return *lines_;
}

const Result<Source>& Document::source() {
  if (!source_) {
    source_ = std::make_unique<Result<Source>>(has_surrogates_ ? Decode(name_, WithoutHalves(text_))
                                                               : Decode(name_, text_));
  }
  return *source_;
}

Result<syntax::Parsed> Document::Parse(const syntax::ParseLimits& limits,
                                       const std::atomic<bool>* cancelled) {
  return tree_.Update(source().value(), language_, limits, cancelled);
}

Position Document::PositionAt(std::uint32_t offset, Encoding encoding) {
  if (!source()) return {};
  const Source& source = this->source().value();
  offset = std::min(offset, static_cast<std::uint32_t>(source.text().size()));
  const std::uint32_t line = source.LineIndex(offset);
  const std::uint32_t begin = source.LineSpan(line).begin;
  std::uint32_t units = UnitsOf(source.Text({begin, offset}), encoding);
  if (line == 0 && source.layout().bom) units += UnitsOfBom(encoding);
  return {line, units};
}

Range Document::RangeOf(Span span, Encoding encoding) {
  return {PositionAt(span.begin, encoding), PositionAt(span.end, encoding)};
}

std::uint32_t Document::OffsetAt(Position position, Encoding encoding) {
  if (!source()) return 0;
  const Source& source = this->source().value();
  if (position.line >= source.line_count()) return static_cast<std::uint32_t>(source.text().size());
  if (position.line == 0 && source.layout().bom)
    position.character -= std::min(position.character, UnitsOfBom(encoding));
  const Span span = source.LineSpan(position.line);
  const std::string_view line = source.Text(span);
  return span.begin + LineTable(line).Find(line, {0, position.character}, encoding).offset;
}

Span Document::SpanOf(Range range, Encoding encoding) {
  const std::uint32_t a = OffsetAt(range.start, encoding);
  const std::uint32_t b = OffsetAt(range.end, encoding);
  return {std::min(a, b), std::max(a, b)};
}

std::string Document::WithLineEnds(std::string_view text) {
  TextLayout layout;
  if (source()) layout.crlf = source().value().layout().crlf;
  return Encode(text, layout);
}

}  // namespace asyncport::lsp
