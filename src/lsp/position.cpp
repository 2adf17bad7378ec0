// See position.h.
#include "lsp/position.h"

#include <algorithm>

#include "support/strings.h"

namespace asyncport::lsp {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Units of the character that begins at `at`, and its bytes. Works on WTF-8 too.
struct Size {
  std::uint32_t bytes;
  std::uint32_t units;
};
Size SizeAt(std::string_view text, std::size_t at, Encoding encoding) {
  std::size_t end = at + 1;
  while (end < text.size() && IsContinuation(text[end])) ++end;
  const auto bytes = static_cast<std::uint32_t>(end - at);
  if (encoding == Encoding::kUtf8) return {bytes, bytes};
  const bool is_pair = static_cast<unsigned char>(text[at]) >= 0xF0;
  return {bytes, encoding == Encoding::kUtf16 && is_pair ? 2u : 1u};
}

}  // namespace

std::string_view NameOf(Encoding encoding) {
  constexpr std::string_view kNames[] = {"utf-8", "utf-16", "utf-32"};
  return kNames[static_cast<std::size_t>(encoding)];
}

std::uint32_t UnitsOf(std::string_view text, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return static_cast<std::uint32_t>(text.size());
  std::uint32_t units = 0;
  for (const char c : text) {
    if (IsContinuation(c)) continue;
    units += encoding == Encoding::kUtf16 && static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1;
  }
  return units;
}

LineTable::LineTable(std::string_view text) {
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n' && text[i] != '\r') continue;
    lines_.push_back({begin, i});
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    begin = i + 1;
  }
  lines_.push_back({begin, static_cast<std::uint32_t>(text.size())});
}

std::string_view LineTable::Line(std::string_view text, std::uint32_t line) const {
  return text.substr(lines_[line].begin, lines_[line].end - lines_[line].begin);
}

LineTable::Place LineTable::Find(std::string_view text, Position position,
                                 Encoding encoding) const {
  if (position.line >= lines_.size()) return {static_cast<std::uint32_t>(text.size()), false};
  const std::string_view line = Line(text, position.line);
  std::uint32_t units = 0;
  std::size_t at = 0;
  while (at < line.size() && units < position.character) {
    const Size size = SizeAt(line, at, encoding);
    if (units + size.units > position.character) {
      // Half of a pair can be edited by itself; a byte inside of a character cannot.
      const bool is_inside = encoding == Encoding::kUtf16;
      return {lines_[position.line].begin + static_cast<std::uint32_t>(at), is_inside};
    }
    units += size.units;
    at += size.bytes;
  }
  return {lines_[position.line].begin + static_cast<std::uint32_t>(at), false};
}

}  // namespace asyncport::lsp
