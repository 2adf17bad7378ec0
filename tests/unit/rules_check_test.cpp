// Every embedded card compiles and keeps the rules of rules/README.md.
#include <fstream>
#include <sstream>
#include <string>

#include "catch_compat.hpp"
#include "rules/card_reader_where.h"
#include "rules/rules.h"
#include "rules/scale.h"

using namespace asyncport;

TEST_CASE("rules: every card compiles") {
  for (const std::string& problem : rules::CheckAll()) {
    UNSCOPED_INFO(problem);
    CHECK(false);
  }
}

TEST_CASE("rules: decimals are scaled exactly") {
  auto scaled = [](std::string_view text, int power) { return rules::ScaleDecimal(text, power).value_or("none"); };
  CHECK(scaled("50", -3) == "0.05");
  CHECK(scaled("1500", -3) == "1.5");
  CHECK(scaled("1000", -3) == "1");
  CHECK(scaled("0", -3) == "0");
  CHECK(scaled("0.05", 3) == "50");
  CHECK(scaled("1.5", 3) == "1500");
  CHECK(scaled("0.0001", 3) == "0.1");
  CHECK(scaled("1_000", -3) == "1");
  CHECK(scaled("1e3", -3) == "1");
  CHECK(scaled("0x10", -3) == "none");
}

TEST_CASE("rules: the README lists the predicates as the reader knows them") {
  std::string wanted;
  for (const rules::WhereWord& word : rules::WhereWords()) {
    wanted += "- `" + std::string(word.form) + "`: " + std::string(word.meaning) + "\n";
  }
  std::ifstream in(std::string(ASYNCPORT_SOURCE_DIR) + "/rules/README.md", std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  CHECK(text.str().find(wanted + "<!-- end -->") != std::string::npos);
}
