// Spellings of Python literals: quotes, escapes, numbers. Works on text only and knows no tree.
// Example: QuoteString("say \"hi\"") is 'say "hi"'.
#pragma once

#include <string>
#include <string_view>

namespace asyncport::emit::py {

// The cheaper of `"` and `'` to write `value` with; `"` where it is all the same.
char CheaperQuote(std::string_view value);
// With escapes, for a string between `quote`s (one character, or three of it). Line feeds stay as they are between
// three. In an f-string (`is_format`) braces are doubled.
std::string Escaped(std::string_view value, std::string_view quote, bool is_format);
// "text", or 'text' where that saves escapes.
std::string QuoteString(std::string_view value);
// r"text"; empty where a raw string cannot say it.
std::string QuoteRaw(std::string_view value, bool is_multiline);
std::string QuoteBytes(std::string_view value);
// Black's spelling: `0XfF` -> `0xFF`, `1E5` -> `1e5`.
std::string NumberSpelling(std::string_view text);

}  // namespace asyncport::emit::py
