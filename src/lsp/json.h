// A JSON value, as messages of the protocol are made of: read, asked and written without exceptions. Keeps the order of
// keys. Texts are UTF-8; a lone surrogate of an escape (`"\ud83d"`), which editors send when an edit splits a
// character, is kept in WTF-8, so that the next edit can complete it.
// Example: ParseJson("{\"id\":1}").value()["id"].Int() is 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "support/result.h"

namespace asyncport::lsp {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  template <typename Number>
  requires std::is_integral_v<Number> &&(!std::is_same_v<Number, bool>)Json(Number value)
      : value_(static_cast<std::int64_t>(value)) {}
  Json(double value) : value_(value) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  bool IsNull() const { return value_.index() == 0; }
  bool IsBool() const { return std::holds_alternative<bool>(value_); }
  bool IsInt() const { return std::holds_alternative<std::int64_t>(value_); }
  bool IsString() const { return std::holds_alternative<std::string>(value_); }
  bool IsArray() const { return std::holds_alternative<Array>(value_); }
  bool IsObject() const { return std::holds_alternative<Object>(value_); }

  // What the value is not of gives the default.
  bool Bool(bool otherwise = false) const;
  std::int64_t Int(std::int64_t otherwise = 0) const;  // a whole number written with a point counts
  const std::string& String() const;                   // "" if it is none
  const Array& Items() const;                          // empty if it is none
  const Object& Members() const;                       // empty if it is none
  // The member with this key; null where there is none, and in what is no object.
  const Json& operator[](std::string_view key) const;
  bool Has(std::string_view key) const { return Find(key) != nullptr; }

  // Replaces the member, or adds it at the end; a value that is no object becomes one.
  void Set(std::string_view key, Json value);
  // A value that is no array becomes one.
  void Push(Json value);

  // On one line.
  std::string Text() const;
  friend bool operator==(const Json&, const Json&) = default;

 private:
  const Json* Find(std::string_view key) const;
  void Append(std::string& out) const;

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// Strict JSON, nested at most kMaxJsonDepth deep, in valid UTF-8.
inline constexpr unsigned kMaxJsonDepth = 128;
Result<Json> ParseJson(std::string_view text);

}  // namespace asyncport::lsp
