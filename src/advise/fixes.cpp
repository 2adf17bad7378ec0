// Edits in order of the text, each fix whole or not at all.
#include "advise/fixes.h"

#include <algorithm>

namespace asyncport::advise {
namespace {

bool Same(const diag::Edit& a, const diag::Edit& b) { return a.span == b.span && a.text == b.text; }

bool Touch(const diag::Edit& a, const diag::Edit& b) {
  if (a.span.empty() && b.span.empty()) return a.span.begin == b.span.begin;
  return a.span.begin < b.span.end && b.span.begin < a.span.end;
}

}  // namespace

std::string ApplyFixes(std::string_view text, const std::vector<diag::Diagnostic>& diagnostics,
                       bool unsafe, std::size_t& applied) {
  applied = 0;
  std::vector<diag::Edit> edits;
  for (const diag::Diagnostic& diagnostic : diagnostics) {
    const auto fix = std::find_if(
        diagnostic.fixes.begin(), diagnostic.fixes.end(), [&](const diag::Fix& candidate) {
          return candidate.applicability == diag::Applicability::kSafe ||
                 (unsafe && candidate.applicability == diag::Applicability::kUnsafe);
        });
    if (fix == diagnostic.fixes.end() || fix->edits.empty()) continue;
    std::vector<diag::Edit> added;
    bool free = true;
    for (const diag::Edit& edit : fix->edits) {
      const bool known = std::any_of(edits.begin(), edits.end(),
                                     [&](const diag::Edit& e) { return Same(e, edit); });
      if (known && edit.span.empty()) continue;
      free = free && std::none_of(edits.begin(), edits.end(),
                                  [&](const diag::Edit& e) { return Touch(e, edit); });
      added.push_back(edit);
    }
    if (!free || added.empty()) continue;
    edits.insert(edits.end(), added.begin(), added.end());
    ++applied;
  }
  std::stable_sort(edits.begin(), edits.end(), [](const diag::Edit& a, const diag::Edit& b) {
    // What is inserted before a replaced piece comes first.
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
  });
  std::string out;
  std::size_t done = 0;
  for (const diag::Edit& edit : edits) {
    out += text.substr(done, edit.span.begin - done);
    out += edit.text;
    done = edit.span.end;
  }
  return out.append(text.substr(done));
}

}  // namespace asyncport::advise
