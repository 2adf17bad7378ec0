// Reads by descent with a limit, writes by the writer of texts that all of our JSON shares.
#include "lsp/json.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "support/json_text.h"
#include "support/strings.h"

namespace asyncport::lsp {
namespace {

const Json kNull;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Json> Run() {
    Json value = Value(0);
    Blanks();
    if (problem_.empty() && at_ != text_.size()) Fail("something stands after the value");
    if (!problem_.empty()) return Error{problem_ + " at byte " + std::to_string(at_)};
    return value;
  }

 private:
  void Fail(const char* message) {
    if (problem_.empty()) problem_ = message;
  }
  bool Ok() const { return problem_.empty(); }
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  void Blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }

  Json Word(std::string_view word, Json value) {
    if (text_.substr(at_).starts_with(word)) {
      at_ += word.size();
      return value;
    }
    Fail("no value begins so");
    return {};
  }

  Json Value(unsigned depth) {
    Blanks();
    if (depth > kMaxJsonDepth) Fail("nested too deep");
    if (!Ok()) return {};
    switch (Peek()) {
      case '{':
        return ObjectValue(depth);
      case '[':
        return ArrayValue(depth);
      case '"':
        return Json(Text());
      case 't':
        return Word("true", true);
      case 'f':
        return Word("false", false);
      case 'n':
        return Word("null", nullptr);
      default:
        return Number();
    }
  }

  Json ObjectValue(unsigned depth) {
    ++at_;
    Json::Object members;
    Blanks();
    if (Take('}')) return members;
    while (Ok()) {
      Blanks();
      if (Peek() != '"') {
        Fail("a key was expected");
        break;
      }
      std::string key = Text();
      Blanks();
      if (!Take(':')) Fail("`:` was expected");
      members.emplace_back(std::move(key), Value(depth + 1));
      Blanks();
      if (Take('}')) break;
      if (!Take(',')) Fail("`,` or `}` was expected");
    }
    return members;
  }

  Json ArrayValue(unsigned depth) {
    ++at_;
    Json::Array items;
    Blanks();
    if (Take(']')) return items;
    while (Ok()) {
      items.push_back(Value(depth + 1));
      Blanks();
      if (Take(']')) break;
      if (!Take(',')) Fail("`,` or `]` was expected");
    }
    return items;
  }

  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

  Json Number() {
    const std::size_t begin = at_;
    bool whole = true;
    Take('-');
    if (!IsDigit(Peek())) {
      Fail("a value was expected");
      return {};
    }
    if (!Take('0')) {
      while (IsDigit(Peek())) ++at_;
    }
    if (Take('.')) {
      whole = false;
      if (!IsDigit(Peek())) Fail("a digit was expected");
      while (IsDigit(Peek())) ++at_;
    }
    if (Peek() == 'e' || Peek() == 'E') {
      ++at_;
      whole = false;
      if (!Take('+')) Take('-');
      if (!IsDigit(Peek())) Fail("a digit was expected");
      while (IsDigit(Peek())) ++at_;
    }
    const std::string digits(text_.substr(begin, at_ - begin));
    std::int64_t integer = 0;
    if (whole &&
        std::from_chars(digits.data(), digits.data() + digits.size(), integer).ec == std::errc()) {
      return integer;
    }
    // No from_chars for doubles in the library of every compiler that we build with.
    const double value = std::strtod(digits.c_str(), nullptr);
    return std::isfinite(value) ? Json(value) : Json(std::numeric_limits<double>::max());
  }

  std::uint32_t Hex() {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = Peek();
      value *= 16;
      if (IsDigit(c)) {
        value += static_cast<std::uint32_t>(c - '0');
      } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
        value += static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
      } else {
        Fail("four hexadecimal digits were expected");
        return 0;
      }
      ++at_;
    }
    return value;
  }

  void Escape(std::string& out) {
    constexpr std::string_view kFrom = "\"\\/bfnrt";
    constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
    const char c = Peek();
    ++at_;
    if (const std::size_t i = kFrom.find(c); i != std::string_view::npos && c != '\0') {
      out += kTo[i];
      return;
    }
    if (c != 'u') {
      Fail("there is no such escape");
      return;
    }
    std::uint32_t unit = Hex();
    if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
      const std::size_t back = at_;
      at_ += 2;
      const std::uint32_t low = Hex();
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      } else {
        at_ = back;
      }
    }
    AppendUtf8(out, unit);
  }

  std::string Text() {
    ++at_;
    std::string out;
    while (Ok()) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) < 0x80 &&
             static_cast<unsigned char>(text_[at_]) >= 0x20 && text_[at_] != '"' &&
             text_[at_] != '\\')
        ++at_;
      out.append(text_, begin, at_ - begin);
      if (at_ >= text_.size()) {
        Fail("a string has no end");
        break;
      }
      if (Take('"')) break;
      if (Take('\\')) {
        Escape(out);
        continue;
      }
      if (static_cast<unsigned char>(text_[at_]) < 0x20) {
        Fail("a control character stands in a string");
        break;
      }
      const std::size_t from = at_;
      const std::uint32_t point = NextCodePoint(text_, at_);
      std::string well_formed;
      AppendUtf8(well_formed, point);
      // Escapes may name halves of a pair; bytes may not.
      const bool is_half = point >= 0xD800 && point < 0xE000;
      if (is_half || text_.substr(from, at_ - from) != well_formed) {
        at_ = from;
        Fail("invalid UTF-8");
        break;
      }
      out.append(text_, from, at_ - from);
    }
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string problem_;
};

}  // namespace

bool Json::Bool(bool otherwise) const {
  const bool* value = std::get_if<bool>(&value_);
  return value == nullptr ? otherwise : *value;
}

std::int64_t Json::Int(std::int64_t otherwise) const {
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return *value;
  const double* value = std::get_if<double>(&value_);
  if (value == nullptr || *value != std::floor(*value) || std::abs(*value) > 9e15) return otherwise;
  return static_cast<std::int64_t>(*value);
}

const std::string& Json::String() const {
  static const std::string kEmpty;
  const auto* value = std::get_if<std::string>(&value_);
  return value == nullptr ? kEmpty : *value;
}

const Json::Array& Json::Items() const {
  static const Array kEmpty;
  const auto* value = std::get_if<Array>(&value_);
  return value == nullptr ? kEmpty : *value;
}

const Json::Object& Json::Members() const {
  static const Object kEmpty;
  const auto* value = std::get_if<Object>(&value_);
  return value == nullptr ? kEmpty : *value;
}

const Json* Json::Find(std::string_view key) const {
  for (const auto& [name, value] : Members()) {
    if (name == key) return &value;
  }
  return nullptr;
}

const Json& Json::operator[](std::string_view key) const {
  const Json* value = Find(key);
  return value == nullptr ? kNull : *value;
}

void Json::Set(std::string_view key, Json value) {
  if (!IsObject()) value_ = Object();
  for (auto& [name, old] : std::get<Object>(value_)) {
    if (name == key) {
      old = std::move(value);
      return;
    }
  }
  std::get<Object>(value_).emplace_back(key, std::move(value));
}

void Json::Push(Json value) {
  if (!IsArray()) value_ = Array();
  std::get<Array>(value_).push_back(std::move(value));
}

std::string Json::Text() const {
  std::string out;
  Append(out);
  return out;
}

void Json::Append(std::string& out) const {
  if (IsNull()) {
    out += "null";
  } else if (const bool* flag = std::get_if<bool>(&value_)) {
    out += *flag ? "true" : "false";
  } else if (const auto* integer = std::get_if<std::int64_t>(&value_)) {
    out += std::to_string(*integer);
  } else if (const double* number = std::get_if<double>(&value_)) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.17g", *number);
    out += buffer;
  } else if (const auto* text = std::get_if<std::string>(&value_)) {
    AppendJsonString(out, *text);
  } else if (IsArray()) {
    const char* separator = "[";
    for (const Json& item : Items()) {
      out += separator;
      item.Append(out);
      separator = ",";
    }
    out += Items().empty() ? "[]" : "]";
  } else {
    const char* separator = "{";
    for (const auto& [key, value] : Members()) {
      out += separator;
      AppendJsonString(out, key);
      out += ':';
      value.Append(out);
      separator = ",";
    }
    out += Members().empty() ? "{}" : "}";
  }
}

Result<Json> ParseJson(std::string_view text) { return Reader(text).Run(); }

}  // namespace asyncport::lsp
