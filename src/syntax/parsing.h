// Inside of syntax/: what parsing a text anew and parsing it after an edit share. The only header that includes
// tree-sitter's.
#pragma once

#include <tree_sitter/api.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "support/language.h"
#include "support/result.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::syntax {

const TSLanguage* Grammar(Language language);
// At most 30 bytes of its first line.
std::string Excerpt(const Source& source, Span span);

struct TreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using TreePointer = std::unique_ptr<TSTree, TreeDeleter>;

// When parsing gives up.
struct StopAt {
  std::chrono::steady_clock::time_point deadline;
  const std::atomic<bool>* cancelled = nullptr;
};

// `old`: the tree of an earlier text, edited so that it fits this one. Null: it was given up.
TreePointer ParseText(std::string_view text, Language language, const StopAt& stop,
                      const TSTree* old = nullptr);
// Does one of the hidden comments (those that begin a run) stand in a string?
bool HidText(const TSTree* tree, const std::vector<Span>& comments,
             const std::vector<std::size_t>& runs);
// Statements of the file that were copied, by their place in memory. Offsets count from where the statement begins. Of use
// as long as a tree that has them lives.
struct LookedAt {
  struct Part {
    std::vector<FlatNode> nodes;
    std::vector<Span> comments;
  };
  using Parts = std::unordered_map<const void*, Part>;
  Parts parts;
};
// Copies the tree, checks the limits and collects the errors. `looked`: of the tree before, with the same limits; becomes
// this tree's.
Result<Parsed> Finish(TreePointer tree, const Source& source, Language language,
                      std::vector<Span> hidden, const ParseLimits& limits,
                      LookedAt* looked = nullptr);
Error TookTooLong(const ParseLimits& limits);

}  // namespace asyncport::syntax
