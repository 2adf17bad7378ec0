// Small words of the protocol: errors, and how positions, ranges and edits are written.
// Example: ToJson(Range{{0, 1}, {0, 2}}) is {"start":{"line":0,"character":1},"end":...}.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lsp/json.h"
#include "lsp/position.h"

namespace asyncport::lsp {

enum class Code : std::int32_t {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
  kNotInitialized = -32002,
  kRequestFailed = -32803,
  kContentModified = -32801,
  kCancelled = -32800,
};

struct Failure {
  Code code;
  std::string message;
};

// What a request is answered with.
struct Answer {
  Json result;
  std::optional<Failure> failure = {};

  Answer(Json value) : result(std::move(value)) {}
  Answer(Failure reason) : failure(std::move(reason)) {}
};

// `file:///a%20b.js` -> `/a b.js`; empty for another scheme.
std::string PathOf(std::string_view uri);
std::string UriOf(std::string_view path);

Json ToJson(Position position);
Json ToJson(Range range);
// Nothing if it is no position: a number below zero, or none.
std::optional<Position> ToPosition(const Json& json);
std::optional<Range> ToRange(const Json& json);

Json TextEdit(Range range, std::string text);
Json Markup(bool markdown, std::string text);

}  // namespace asyncport::lsp
