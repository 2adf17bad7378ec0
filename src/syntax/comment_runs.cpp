// See comment_runs.h.
#include "syntax/comment_runs.h"

#include <algorithm>
#include <cstdint>

namespace asyncport::syntax {
namespace {

constexpr std::size_t kLong = 32;  // lines; shorter runs cost less than what hiding them does

}  // namespace

HiddenComments HideCommentRuns(std::string_view text) {
  HiddenComments hidden;
  std::vector<Span> run;
  auto finish = [&] {
    if (run.size() > kLong) {
      hidden.runs.push_back(hidden.comments.size());
      // The first one stays: it tells the parser to which block the run belongs.
      hidden.comments.insert(hidden.comments.end(), run.begin() + 1, run.end());
    }
    run.clear();
  };
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", line), text.size());
    const std::size_t begin = std::min(text.find_first_not_of(" \t\f", line), end);
    const std::string_view code = text.substr(begin, end - begin);
    // Three quotes may be the end of a string that the lines are in.
    const bool is_comment = code.starts_with('#') &&
                            code.find("\"\"\"") == std::string_view::npos &&
                            code.find("'''") == std::string_view::npos;
    if (is_comment) {
      run.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    } else if (!code.empty()) {
      finish();
    }
    line = end + 1;
  }
  finish();
  if (hidden.comments.empty()) return hidden;
  hidden.text = text;
  for (Span span : hidden.comments) {
    std::fill(hidden.text.begin() + span.begin, hidden.text.begin() + span.end, ' ');
  }
  return hidden;
}

}  // namespace asyncport::syntax
