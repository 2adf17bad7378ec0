// The "asyncport" part of a package.json, said in TOML, so that one reader serves both.
// Example: {"asyncport": {"lessons": true}} gives `"lessons" = true`.
#pragma once

#include <string>
#include <string_view>

namespace asyncport::cli {

// Empty where the text is no JSON or has no such part.
std::string TomlOfPackage(std::string_view text);

}  // namespace asyncport::cli
