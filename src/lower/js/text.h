// Spellings of JavaScript literals turned into values: escapes in strings and templates, and
// numbers that both languages can read. Works on text only and knows no tree.
// Example: DecodeString("caf\\u00e9\\n") is "café" and a line feed; NormaliseNumber("017").text is
// "0o17".
#pragma once

#include <string>
#include <string_view>

#include "ir/node_kind.h"

namespace asyncport::lower::js {

// Text between the quotes (or a piece between the `${}` of a template) without its escapes.
// Surrogate pairs become one code point, lone surrogates are written in WTF-8.
std::string DecodeString(std::string_view raw);

// `\u0061b` -> `ab`; names without a backslash are returned as they are.
std::string DecodeName(std::string_view raw);

struct NumberText {
  std::string text;
  ir::NumberKind kind = ir::NumberKind::kInt;
};
// `.5` -> `0.5`, `5.` -> `5.0`, `017` -> `0o17`, `089` -> `89`, `1e3` -> `1000`, `0XFF` -> `0xff`,
// `10n` -> `10` (kBigInt). What JavaScript rounds because it is above 2^53 is a float, so that
// Python rounds it too.
NumberText NormaliseNumber(std::string_view raw);

}  // namespace asyncport::lower::js
