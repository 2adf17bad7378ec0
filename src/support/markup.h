// Text for HTML, XML and SVG: one way to escape it, for pages, pictures and reports alike. Builds no elements.
// Example: EscapeMarkup("a < \"b\"") is "a &lt; &quot;b&quot;".
#pragma once

#include <string>
#include <string_view>

namespace asyncport {

// Between tags, and in attributes in double quotes. What XML 1.0 has no place for (control characters, surrogates,
// ill-formed bytes) becomes U+FFFD.
std::string EscapeMarkup(std::string_view text);
// The same for an attribute whose line ends are to stay: they become `&#10;`.
std::string EscapeAttribute(std::string_view text);

}  // namespace asyncport
