// Byte ranges in a source text. Does not know lines or columns (see source.h).
// Example: in "let x", the span of `x` is {4, 5}.
#pragma once

#include <cstdint>

namespace asyncport {

// Half-open byte range [begin, end) in the *decoded* source text (UTF-8, no BOM, LF line ends).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  friend constexpr bool operator==(Span, Span) = default;
};

}  // namespace asyncport
