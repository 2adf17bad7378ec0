// See error_table.h. The table is in the order of Python's own hierarchy.
#include "translate/to_js/error_table.h"

#include <utility>

namespace asyncport::translate::to_js {

namespace {

constexpr ErrorRow kErrors[] = {
    {"BaseException", "Error", ""},
    {"Exception", "Error", "BaseException"},
    {"ValueError", "RangeError", "Exception"},
    {"TypeError", "TypeError", "Exception"},
    {"SyntaxError", "SyntaxError", "Exception"},
    {"json.JSONDecodeError", "SyntaxError", "ValueError"},
    {"NameError", "ReferenceError", "Exception"},
    {"LookupError", "", "Exception"},
    {"KeyError", "", "LookupError"},
    {"IndexError", "", "LookupError"},
    {"ArithmeticError", "", "Exception"},
    {"ZeroDivisionError", "", "ArithmeticError"},
    {"OverflowError", "", "ArithmeticError"},
    {"AttributeError", "TypeError", "Exception"},
    {"dataclasses.FrozenInstanceError", "TypeError", "AttributeError"},
    {"AssertionError", "", "Exception"},
    {"RuntimeError", "", "Exception"},
    {"NotImplementedError", "", "RuntimeError"},
    {"RecursionError", "RangeError", "RuntimeError"},
    {"StopIteration", "", "Exception"},
    {"StopAsyncIteration", "", "Exception"},
    {"OSError", "", "Exception"},
    {"IOError", "", "Exception"},
    {"FileNotFoundError", "", "OSError"},
    {"FileExistsError", "", "OSError"},
    {"PermissionError", "", "OSError"},
    {"ConnectionError", "", "OSError"},
    {"ConnectionResetError", "", "ConnectionError"},
    {"ConnectionRefusedError", "", "ConnectionError"},
    {"ConnectionAbortedError", "", "ConnectionError"},
    {"BrokenPipeError", "", "ConnectionError"},
    {"BlockingIOError", "", "OSError"},
    {"ChildProcessError", "", "OSError"},
    {"InterruptedError", "", "OSError"},
    {"IsADirectoryError", "", "OSError"},
    {"NotADirectoryError", "", "OSError"},
    {"ProcessLookupError", "", "OSError"},
    {"TimeoutError", "", "OSError"},
    {"UnicodeError", "", "ValueError"},
    {"UnicodeDecodeError", "", "ValueError"},
    {"UnicodeEncodeError", "", "ValueError"},
    {"EOFError", "", "Exception"},
    {"MemoryError", "", "Exception"},
    {"ImportError", "", "Exception"},
    {"BufferError", "", "Exception"},
    {"FloatingPointError", "", "ArithmeticError"},
    {"Warning", "", "Exception"},
    {"DeprecationWarning", "", "Warning"},
    {"RuntimeWarning", "", "Warning"},
    {"UserWarning", "", "Warning"},
    {"ResourceWarning", "", "Warning"},
    {"KeyboardInterrupt", "", "BaseException"},
    {"SystemExit", "", "BaseException"},
    {"asyncio.CancelledError", "", "BaseException"},
    {"ExceptionGroup", "AggregateError", "Exception"},
    {"BaseExceptionGroup", "AggregateError", "BaseException"},
    {"asyncio.QueueEmpty", "", "Exception"},
    {"asyncio.QueueFull", "", "Exception"},
    {"asyncio.InvalidStateError", "", "Exception"},
    {"asyncio.IncompleteReadError", "", "EOFError"},
    {"asyncio.BrokenBarrierError", "", "RuntimeError"},
};

}  // namespace

std::string Canonical(std::string name) {
  if (name.starts_with("builtins.")) name.erase(0, 9);
  if (name == "asyncio.TimeoutError" || name == "asyncio.exceptions.TimeoutError") return "TimeoutError";
  if (name == "json.decoder.JSONDecodeError") return "json.JSONDecodeError";
  if (name == "asyncio.exceptions.CancelledError") return "asyncio.CancelledError";
  if (name == "IOError") return "OSError";
  return name;
}

const ErrorRow* FindError(std::string_view name) {
  for (const ErrorRow& row : kErrors) {
    if (row.python == name) return &row;
  }
  return nullptr;
}

std::string_view CodeOfNode(std::string_view python) {
  static constexpr std::pair<std::string_view, std::string_view> kCodes[] = {
      {"BlockingIOError", "EAGAIN"},          {"BrokenPipeError", "EPIPE"},
      {"ChildProcessError", "ECHILD"},        {"ConnectionAbortedError", "ECONNABORTED"},
      {"ConnectionRefusedError", "ECONNREFUSED"}, {"ConnectionResetError", "ECONNRESET"},
      {"FileExistsError", "EEXIST"},          {"FileNotFoundError", "ENOENT"},
      {"InterruptedError", "EINTR"},          {"IsADirectoryError", "EISDIR"},
      {"NotADirectoryError", "ENOTDIR"},      {"PermissionError", "EACCES"},
      {"ProcessLookupError", "ESRCH"}};
  for (auto [name, code] : kCodes) {
    if (name == python) return code;
  }
  return {};
}

bool IsSubclass(std::string_view name, std::string_view base) {
  for (std::string_view up = name; !up.empty();) {
    if (up == base) return true;
    const ErrorRow* row = FindError(up);
    up = row ? row->parent : std::string_view();
  }
  return false;
}

}  // namespace asyncport::translate::to_js
