// The one place that includes Catch2, version 2.13 or 3. Tests keep to what both have: TEST_CASE, SECTION, REQUIRE, CHECK,
// INFO, CAPTURE, GENERATE, REQUIRE_THROWS_AS, DYNAMIC_SECTION. Matchers and Approx changed their namespaces: not here.
// Example: #include "unit/catch_compat.hpp"
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
