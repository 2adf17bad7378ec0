// Python's builtin errors: what each is here, and what it is below there.
// Example: FindError("KeyError") has no JavaScript class, and the parent LookupError.
#pragma once

#include <string>
#include <string_view>

namespace asyncport::translate::to_js {

// Builtin errors of Python: the JavaScript class that is there already, and the parent class in Python.
struct ErrorRow {
  std::string_view python;
  std::string_view js;  // empty: `Error`, or a class of the file when the program tells it apart
  std::string_view parent;
};
// The row of a builtin error by its canonical name; nullptr for any other.
const ErrorRow* FindError(std::string_view name);
// One name for each error: `asyncio.TimeoutError` and `IOError` are others' other names.
std::string Canonical(std::string name);
// The code that Node's errors carry where Python raises this one; empty if there is none.
std::string_view CodeOfNode(std::string_view python);
bool IsSubclass(std::string_view name, std::string_view base);

}  // namespace asyncport::translate::to_js
