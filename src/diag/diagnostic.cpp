// Order and texts of diagnostics; the registry itself is in registry.cpp.
#include "diag/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace asyncport::diag {
namespace {

bool SameArgs(const std::vector<Arg>& a, const std::vector<Arg>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Arg& x, const Arg& y) {
    return x.name == y.name && x.value == y.value;
  });
}

}  // namespace

std::string_view Name(Level level) {
  constexpr std::string_view kNames[] = {"error", "warning", "info", "hint"};
  return kNames[static_cast<std::size_t>(level)];
}

std::string_view Name(Class klass) {
  constexpr std::string_view kNames[] = {"syntax",       "lesson", "assumption",
                                         "untranslated", "card",   "internal"};
  return kNames[static_cast<std::size_t>(klass)];
}

std::string_view Name(Applicability applicability) {
  constexpr std::string_view kNames[] = {"safe", "unsafe", "display-only"};
  return kNames[static_cast<std::size_t>(applicability)];
}

std::vector<Diagnostic> Diagnostics::Take() {
  std::vector<Diagnostic> list = std::move(list_);
  list_.clear();
  std::stable_sort(list.begin(), list.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.begin, a.span.end, a.id) < std::tie(b.span.begin, b.span.end, b.id);
  });
  // Repeats have the same span and id, so they stand in one run; within it, other arguments may stand between them.
  std::vector<Diagnostic> kept;
  std::size_t run = 0;
  for (Diagnostic& next : list) {
    if (run < kept.size() && (kept[run].id != next.id || !(kept[run].span == next.span)))
      run = kept.size();
    bool repeat =
        std::any_of(kept.begin() + static_cast<std::ptrdiff_t>(run), kept.end(),
                    [&](const Diagnostic& seen) { return SameArgs(seen.args, next.args); });
    if (!repeat) kept.push_back(std::move(next));
  }
  return kept;
}

std::string FormatMessage(std::string_view message, const std::vector<Arg>& args) {
  std::string out;
  while (!message.empty()) {
    std::size_t open = message.find('{');
    std::size_t close = open == std::string_view::npos ? open : message.find('}', open);
    if (close == std::string_view::npos) break;
    std::string_view name = message.substr(open + 1, close - open - 1);
    auto arg = std::find_if(args.begin(), args.end(), [&](const Arg& a) { return a.name == name; });
    if (arg == args.end()) {
      // Not a place, or nothing to fill it with. A place may still begin inside of it.
      out += message.substr(0, open + 1);
      message.remove_prefix(open + 1);
    } else {
      out += message.substr(0, open);
      out += arg->value;
      message.remove_prefix(close + 1);
    }
  }
  return out.append(message);
}

}  // namespace asyncport::diag
