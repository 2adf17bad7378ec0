// toml++, with an input that it asserts away (`[` before anything that cannot begin a key) left to its own error: such
// text comes from users. For the few files that read TOML; no header includes it.
// Example: toml::parse("[`x`]") is an error with a line, in every build.
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/impl/preprocessor.h>
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT_ASSUME(expr) static_assert(true)
#include <toml++/toml.h>
