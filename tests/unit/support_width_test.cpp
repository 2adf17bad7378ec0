// Columns of characters that are not one byte, one code point, one column.
#include "support/width.h"
#include "unit/catch_compat.hpp"

namespace asyncport {
namespace {

TEST_CASE("columns of wide, combining and ordinary characters", "[support]") {
  CHECK(DisplayWidth("") == 0);
  CHECK(DisplayWidth("plain") == 5);
  CHECK(DisplayWidth("n\xC3\xA9") == 2);          // é as one code point
  CHECK(DisplayWidth("ne\xCC\x81") == 2);         // é as e and a combining mark
  CHECK(DisplayWidth("\xE5\x90\x8D") == 2);       // 名
  CHECK(DisplayWidth("\xF0\x9F\x8D\xB5x") == 3);  // a teacup
  CHECK(DisplayWidth("\xE2\x86\x92") == 1);       // an arrow
}

}  // namespace
}  // namespace asyncport
