// The two languages and the dialect mask that says in which of them an IR kind may stand.
#pragma once

#include <cstdint>
#include <string_view>

namespace asyncport {

enum class Language : std::uint8_t { kJs, kPy };

constexpr Language Other(Language l) {
  return l == Language::kJs ? Language::kPy : Language::kJs;
}
// Short name as the command line spells it.
constexpr std::string_view ShortName(Language l) { return l == Language::kJs ? "js" : "py"; }
// Name for people.
constexpr std::string_view DisplayName(Language l) {
  return l == Language::kJs ? "JavaScript" : "Python";
}

// `kShape` marks kinds that exist only inside compiled rule cards (holes).
enum class Dialect : std::uint8_t { kJs = 1, kPy = 2, kBoth = 3, kShape = 4 };

constexpr bool Allows(Dialect d, Language l) {
  return (static_cast<unsigned>(d) & (l == Language::kJs ? 1u : 2u)) != 0;
}

}  // namespace asyncport
