// JSON read by nlohmann/json; the only file of cli/ that includes it.
#include "cli/config_package.h"

#include <nlohmann/json.hpp>

namespace asyncport::cli {
namespace {

// Strings, numbers, truth values and lists of them are written alike in both.
std::string Value(const nlohmann::json& value) {
  if (!value.is_object()) return value.is_null() ? "\"\"" : value.dump();
  std::string out;
  for (const auto& [key, inner] : value.items()) {
    out += (out.empty() ? " " : ", ") + nlohmann::json(key).dump() + " = " + Value(inner);
  }
  return "{" + out + " }";
}

}  // namespace

std::string TomlOfPackage(std::string_view text) {
  const nlohmann::json package = nlohmann::json::parse(text, nullptr, false);
  if (!package.is_object()) return {};
  const auto part = package.find("asyncport");
  if (part == package.end() || !part->is_object()) return {};
  std::string out;
  for (const auto& [key, value] : part->items()) {
    out += nlohmann::json(key).dump() + " = " + Value(value) + "\n";
  }
  return out.empty() ? "\n" : out;
}

}  // namespace asyncport::cli
