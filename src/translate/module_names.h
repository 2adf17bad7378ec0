// Names of modules, and letter case without a translation at hand. See names.h for the names of bindings.
// Example: PythonModuleName("data-store") is "data_store".
#pragma once

#include <string>
#include <string_view>

#include "support/language.h"

namespace asyncport::translate {

// Letter case of the language.
std::string ConvertName(std::string_view name, Language to);
// A module's or package's name for a part of a path: "data-store" -> "data_store", "class" -> "class_".
std::string PythonModuleName(std::string_view part);
// A module of Python's standard library, by its first name; names with an underscore in front are among them.
bool IsPythonStandardModule(std::string_view module);

}  // namespace asyncport::translate
