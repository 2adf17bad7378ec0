// Reads ranges of text, as --range takes them, and parts of a run, as --shard does.
#include <charconv>
#include <limits>

#include "cli/options.h"

namespace asyncport::cli {
namespace {

struct Place {
  std::uint32_t line = 0;
  std::optional<std::uint32_t> column;
};

bool ReadNumber(std::string_view text, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 1;
}

std::optional<Place> ReadPlace(std::string_view text) {
  Place place;
  const std::size_t colon = text.find(':');
  if (!ReadNumber(text.substr(0, colon), place.line)) return std::nullopt;
  if (colon == std::string_view::npos) return place;
  std::uint32_t column = 0;
  if (!ReadNumber(text.substr(colon + 1), column)) return std::nullopt;
  place.column = column;
  return place;
}

}  // namespace

std::optional<TextRange> ParseTextRange(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::optional<Place> first = ReadPlace(text.substr(0, dash));
  const std::optional<Place> last =
      dash == std::string_view::npos ? first : ReadPlace(text.substr(dash + 1));
  if (!first || !last || last->line < first->line) return std::nullopt;
  TextRange range{first->line, first->column.value_or(1), last->line,
                  last->column.value_or(std::numeric_limits<std::uint32_t>::max())};
  if (range.first_line == range.last_line && range.last_column < range.first_column)
    return std::nullopt;
  return range;
}

std::optional<Shard> ParseShard(std::string_view text) {
  const std::size_t slash = text.find('/');
  Shard shard;
  if (slash == std::string_view::npos || !ReadNumber(text.substr(0, slash), shard.index) ||
      !ReadNumber(text.substr(slash + 1), shard.count) || shard.index > shard.count) {
    return std::nullopt;
  }
  return shard;
}

}  // namespace asyncport::cli
