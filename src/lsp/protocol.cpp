// See protocol.h.
#include "lsp/protocol.h"

#include <cstdio>

namespace asyncport::lsp {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("/-._~").find(c) != std::string_view::npos;
}

}  // namespace

std::string PathOf(std::string_view uri) {
  constexpr std::string_view kScheme = "file://";
  if (!uri.starts_with(kScheme)) return {};
  uri.remove_prefix(kScheme.size());
  const std::size_t slash = uri.find('/');  // a host may stand before it
  if (slash == std::string_view::npos) return {};
  uri.remove_prefix(slash);
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '%' && i + 2 < uri.size() && HexDigit(uri[i + 1]) >= 0 &&
        HexDigit(uri[i + 2]) >= 0) {
      path += static_cast<char>(HexDigit(uri[i + 1]) * 16 + HexDigit(uri[i + 2]));
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path.find('\0') == std::string::npos ? path : std::string();
}

std::string UriOf(std::string_view path) {
  std::string uri = "file://";
  for (const char c : path) {
    if (IsPlain(c)) {
      uri += c;
    } else {
      char escape[4];
      std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned char>(c));
      uri += escape;
    }
  }
  return uri;
}

Json ToJson(Position position) {
  return Json::Object{{"line", position.line}, {"character", position.character}};
}

Json ToJson(Range range) {
  return Json::Object{{"start", ToJson(range.start)}, {"end", ToJson(range.end)}};
}

std::optional<Position> ToPosition(const Json& json) {
  const std::int64_t line = json["line"].Int(-1);
  const std::int64_t character = json["character"].Int(-1);
  if (line < 0 || character < 0 || line > UINT32_MAX || character > UINT32_MAX) return std::nullopt;
  return Position{static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(character)};
}

std::optional<Range> ToRange(const Json& json) {
  const std::optional<Position> start = ToPosition(json["start"]);
  const std::optional<Position> end = ToPosition(json["end"]);
  if (!start || !end) return std::nullopt;
  return Range{*start, *end};
}

Json TextEdit(Range range, std::string text) {
  return Json::Object{{"range", ToJson(range)}, {"newText", std::move(text)}};
}

Json Markup(bool markdown, std::string text) {
  return Json::Object{{"kind", markdown ? "markdown" : "plaintext"}, {"value", std::move(text)}};
}

}  // namespace asyncport::lsp
