// See framing.h. Headers end with an empty line; lines end with CRLF, and a lone LF is understood.
#include "lsp/framing.h"

#include <algorithm>
#include <charconv>

#include "support/strings.h"

namespace asyncport::lsp {
namespace {

constexpr std::size_t kMaxHeader = 4096;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsKey(std::string_view key, std::string_view wanted) {
  return key.size() == wanted.size() &&
         std::equal(key.begin(), key.end(), wanted.begin(),
                    [](char a, char b) { return Lower(a) == Lower(b); });
}

// Of all header lines; nothing if none tells the length.
std::optional<std::uint64_t> LengthOf(std::string_view header) {
  std::optional<std::uint64_t> length;
  for (const std::string_view line : SplitLines(header)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !IsKey(Trim(line.substr(0, colon)), "content-length"))
      continue;
    const std::string_view digits = Trim(line.substr(colon + 1));
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc::result_out_of_range) {
      value = UINT64_MAX / 2;
    } else if (error != std::errc() || end != digits.data() + digits.size()) {
      return std::nullopt;
    }
    length = value;
  }
  return length;
}

// Offset behind the empty line that ends the header, and where the header's text ends.
struct HeaderEnd {
  std::size_t text;
  std::size_t after;
};
std::optional<HeaderEnd> FindEnd(std::string_view bytes, std::size_t from) {
  for (std::size_t i = bytes.find('\n', from); i != std::string_view::npos;
       i = bytes.find('\n', i + 1)) {
    if (bytes.substr(i + 1).starts_with("\r\n")) return HeaderEnd{i, i + 3};
    if (bytes.substr(i + 1).starts_with("\n")) return HeaderEnd{i, i + 2};
  }
  return std::nullopt;
}

}  // namespace

void FrameReader::Feed(std::string_view bytes) {
  const std::uint64_t skipped = std::min<std::uint64_t>(skip_, bytes.size());
  skip_ -= skipped;
  bytes.remove_prefix(static_cast<std::size_t>(skipped));
  if (at_ != 0) {
    buffer_.erase(0, at_);
    at_ = 0;
    searched_ = 0;
  }
  buffer_ += bytes;
}

std::optional<Frame> FrameReader::Header() {
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  const std::optional<HeaderEnd> end = FindEnd(rest, searched_);
  if (!end || end->text > kMaxHeader) {
    if (rest.size() <= kMaxHeader + 4 && !end) {
      searched_ = rest.size() > 2 ? rest.size() - 2 : 0;
      return std::nullopt;
    }
    // No header is that long: what follows the next word that could begin one is tried.
    const std::size_t next = rest.find("Content-Length:", 1);
    at_ += next == std::string_view::npos ? rest.size() : next;
    searched_ = 0;
    return Frame{"", "a header is longer than " + std::to_string(kMaxHeader) + " bytes"};
  }
  const std::optional<std::uint64_t> length = LengthOf(rest.substr(0, end->text));
  at_ += end->after;
  searched_ = 0;
  if (!length) return Frame{"", "a header has no Content-Length that is a number"};
  if (*length > max_bytes_) {
    const std::size_t here = buffer_.size() - at_;
    const auto drop = static_cast<std::size_t>(std::min<std::uint64_t>(*length, here));
    at_ += drop;
    skip_ = *length - drop;
    return Frame{"", "a message of " + std::to_string(*length) + " bytes is larger than " +
                         std::to_string(max_bytes_)};
  }
  length_ = length;
  return std::nullopt;
}

std::optional<Frame> FrameReader::Next() {
  if (!length_) {
    if (std::optional<Frame> problem = Header()) return problem;
    if (!length_) return std::nullopt;
  }
  if (buffer_.size() - at_ < *length_) return std::nullopt;
  Frame frame{buffer_.substr(at_, static_cast<std::size_t>(*length_)), ""};
  at_ += static_cast<std::size_t>(*length_);
  length_.reset();
  return frame;
}

std::string FrameText(std::string_view message) {
  std::string out = "Content-Length: " + std::to_string(message.size()) + "\r\n\r\n";
  return out.append(message);
}

}  // namespace asyncport::lsp
