// Decode and Encode: what a file's bytes become, and that its layout comes back.
#include "support/source.h"
#include "unit/catch_compat.hpp"

namespace asyncport {
namespace {

TEST_CASE("a byte order mark and CRLF are taken off and put back") {
  Result<Source> source = Decode("a.js", "\xEF\xBB\xBFlet x\r\nlet y\r\n");
  REQUIRE(source.ok());
  CHECK(source.value().text() == "let x\nlet y\n");
  CHECK(source.value().layout().bom);
  CHECK(source.value().layout().crlf);
  CHECK(Encode("x\ny\n", source.value().layout()) == "\xEF\xBB\xBFx\r\ny\r\n");
}

TEST_CASE("columns are counted in code points for people and in UTF-16 for editors") {
  const Source source("a.js", "ab\n\xF0\x9F\x8D\xB5x");
  CHECK(source.Position(7).line == 2);
  CHECK(source.Position(7).column == 2);
  CHECK(source.Utf16Column(7) == 2);
}

TEST_CASE("what is not UTF-8 text is refused with its line") {
  CHECK_FALSE(Decode("a.js", std::string_view("a\n\0b", 4)).ok());
  CHECK_FALSE(Decode("a.js", "a\xFF").ok());
  CHECK(Decode("a.js", "").ok());
}

}  // namespace
}  // namespace asyncport
