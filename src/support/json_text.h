// Writes JSON text, which is all that the sinks and the command line need of JSON (reading it is another matter).
// Example: AppendJsonString(out, "a\"b") appends "\"a\\\"b\"".
#pragma once

#include <string>
#include <string_view>

namespace asyncport {

// Quoted and escaped. Ill-formed UTF-8 becomes U+FFFD, so that the document is always valid.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace asyncport
