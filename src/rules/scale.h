// Decimal texts moved by powers of ten without rounding, for timers.
// Example: ScaleDecimal("50", -3) is "0.05"; ScaleDecimal("1.5", 3) is "1500".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace asyncport::rules {

// nullopt for what is not a decimal number (hexadecimal, too long).
std::optional<std::string> ScaleDecimal(std::string_view text, int power);

}  // namespace asyncport::rules
