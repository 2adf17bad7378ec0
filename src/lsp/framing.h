// The base protocol: bytes in, messages out. A header that cannot be read, or a message that is larger than the limit,
// becomes an error and is skipped; what comes after it is read again. Knows no JSON.
// Example: Feed("Content-Length: 2\r\n\r\n{}") makes Next() give the text "{}".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace asyncport::lsp {

struct Frame {
  std::string text;     // of the message
  std::string problem;  // instead of a message: what was wrong with it
};

class FrameReader {
 public:
  explicit FrameReader(std::uint64_t max_bytes = 64u << 20) : max_bytes_(max_bytes) {}

  void Feed(std::string_view bytes);
  // The next message, or nothing until more bytes come.
  std::optional<Frame> Next();

 private:
  std::optional<Frame> Header();

  std::uint64_t max_bytes_;
  std::string buffer_;
  std::size_t at_ = 0;                        // what lies before it is used up
  std::size_t searched_ = 0;                  // no end of a header begins before it
  std::optional<std::uint64_t> length_ = {};  // of the message whose header was read
  std::uint64_t skip_ = 0;  // bytes of an oversized message that are still to come
};

// The message with its header.
std::string FrameText(std::string_view message);

}  // namespace asyncport::lsp
