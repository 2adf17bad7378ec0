// How many terminal or editor columns a text takes: East Asian wide characters and emoji two, combining marks none.
// Both formatters we follow count so. Does not know tabs (callers expand them first).
// Example: DisplayWidth("né 名") is 5.
#pragma once

#include <cstdint>
#include <string_view>

namespace asyncport {

std::uint32_t CodePointWidth(std::uint32_t code_point);
std::uint32_t DisplayWidth(std::string_view utf8);

}  // namespace asyncport
