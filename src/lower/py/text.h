// Spellings of Python literals turned into values: string prefixes, escapes, docstrings, numbers that both languages can
// read. Works on text only and knows no tree.
// Example: NormaliseNumber("5.").text is "5.0"; CleanDocstring("Hi.\n\n    More.\n    ") is "Hi.\n\nMore.".
#pragma once

#include <string>
#include <string_view>

#include "ir/node_kind.h"

namespace asyncport::lower::py {

// What stands before and around a string: `rb'''`.
struct StringStart {
  bool is_raw = false;
  bool is_bytes = false;
  bool is_format = false;
  bool is_python2 = false;  // ur"", ub""
};
StringStart ReadStringStart(std::string_view start);

// Appends `raw` without its escapes; in bytes, one char a byte. False for what needs Unicode's table of names
// (`\N{DASH}`), which is then appended as it stands.
bool AppendDecoded(std::string_view raw, bool is_bytes, std::string& out);

// inspect.cleandoc: common indentation and empty lines at both ends go, tabs become blanks.
std::string CleanDocstring(std::string_view text);

struct NumberText {
  std::string text;
  ir::NumberKind kind = ir::NumberKind::kInt;
  bool is_python2 = false;  // 0777, 10L
};
// `5.` -> `5.0`, `.5` -> `0.5`, `0XFF` -> `0xFF`, `1_000` stays, `1E5` -> `1e5`, `10J` -> `10j` (kImaginary).
NumberText NormaliseNumber(std::string_view raw);

}  // namespace asyncport::lower::py
