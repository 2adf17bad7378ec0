// Line tables, columns, and the decoding of raw bytes.
#include "support/source.h"

#include <algorithm>

#include "support/strings.h"

namespace asyncport {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::uint32_t kCountStep = 256;

std::size_t LineOf(std::string_view bytes, std::size_t offset) {
  return static_cast<std::size_t>(
             std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n')) +
         1;
}

// Offset of the first ill-formed UTF-8 sequence, or npos.
std::size_t FirstInvalid(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto byte = [&](std::size_t k) {
      return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u;
    };
    unsigned c = byte(i);
    if (c < 0x80) {
      ++i;
      continue;
    }
    unsigned n1 = byte(i + 1);
    std::size_t length = 0;
    if (c >= 0xC2 && c <= 0xDF) {
      length = 2;
    } else if (c >= 0xE0 && c <= 0xEF) {
      length = 3;
      if ((c == 0xE0 && n1 < 0xA0) || (c == 0xED && n1 > 0x9F)) return i;
    } else if (c >= 0xF0 && c <= 0xF4) {
      length = 4;
      if ((c == 0xF0 && n1 < 0x90) || (c == 0xF4 && n1 > 0x8F)) return i;
    } else {
      return i;
    }
    for (std::size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace

Source::Source(std::string name, std::string text, TextLayout layout)
    : name_(std::move(name)), text_(std::move(text)), layout_(layout), line_starts_{0} {
  Count count;
  counts_.reserve(text_.size() / kCountStep + 1);
  for (std::size_t begin = 0; begin < text_.size(); begin += kCountStep) {
    counts_.push_back(count);
    const std::size_t end = std::min<std::size_t>(text_.size(), begin + kCountStep);
    for (std::size_t i = begin; i < end; ++i) Add(count, text_[i]);
  }
  if (text_.size() % kCountStep == 0) counts_.push_back(count);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at) + 1);
  }
}

std::uint32_t Source::LineIndex(std::uint32_t offset) const {
  auto it = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(it - line_starts_.begin()) - 1;
}

Span Source::LineSpan(std::uint32_t line_index) const {
  std::uint32_t begin = line_starts_[line_index];
  std::uint32_t end = line_index + 1 < line_starts_.size()
                          ? line_starts_[line_index + 1] - 1
                          : static_cast<std::uint32_t>(text_.size());
  return {begin, end};
}

LineColumn Source::Position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  std::uint32_t line = LineIndex(offset);
  return {line + 1, CountUpTo(offset).code_points - CountUpTo(line_starts_[line]).code_points + 1};
}

std::uint32_t Source::Utf16Column(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  return CountUpTo(offset).utf16_units - CountUpTo(line_starts_[LineIndex(offset)]).utf16_units;
}

void Source::Add(Count& count, char byte) const {
  auto value = static_cast<unsigned char>(byte);
  std::uint32_t begins = (value & 0xC0) != 0x80 ? 1 : 0;
  count.code_points += begins;
  // What has four bytes here has two units there.
  count.utf16_units += begins + (value >= 0xF0 ? 1u : 0u);
}

Source::Count Source::CountUpTo(std::uint32_t offset) const {
  Count count = counts_[offset / kCountStep];
  for (std::uint32_t i = offset - offset % kCountStep; i < offset; ++i) Add(count, text_[i]);
  return count;
}

Result<Source> Decode(std::string name, std::string_view bytes) {
  TextLayout layout;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return Error{"the file is UTF-16; save it as UTF-8 and try again"};
  }
  if (bytes.starts_with(kBom)) {
    layout.bom = true;
    bytes.remove_prefix(kBom.size());
  }
  if (std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return Error{"NUL byte at line " + std::to_string(LineOf(bytes, nul)) +
                 "; this is not a text file (or it is UTF-16: save it as UTF-8)"};
  }
  if (std::size_t bad = FirstInvalid(bytes); bad != std::string_view::npos) {
    return Error{"invalid UTF-8 at line " + std::to_string(LineOf(bytes, bad)) +
                 "; save the file as UTF-8 and try again"};
  }
  std::size_t newline = bytes.find('\n');
  layout.crlf = newline != std::string_view::npos && newline > 0 && bytes[newline - 1] == '\r';
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\r', i), bytes.size());
    text.append(bytes, i, end - i);
    if (end < bytes.size() && (end + 1 == bytes.size() || bytes[end + 1] != '\n')) text += '\n';
    i = end + 1;
  }
  layout.final_newline = text.empty() || text.back() == '\n';
  return Source(std::move(name), std::move(text), layout);
}

std::string Encode(std::string_view text, const TextLayout& layout) {
  while (!layout.final_newline && text.ends_with('\n')) text.remove_suffix(1);
  std::string out;
  if (layout.bom) out += kBom;
  if (!layout.crlf) return out.append(text);
  for (char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

}  // namespace asyncport
