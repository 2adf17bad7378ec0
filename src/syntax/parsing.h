// Inside of syntax/: what parsing a text anew and parsing it after an edit share. The only header that includes
// tree-sitter's.
#pragma once

#include <tree_sitter/api.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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
// What was copied of a tree, so that the next one, which shares with it what an edit did not touch, need not be walked
// whole. Of use as long as the tree lives.
struct Copied {
  // A part of some size: its place in tree-sitter's memory, and what was made of it.
  struct Part {
    const void* memory;
    std::uint32_t node;
    std::uint32_t comments_begin, comments_end;
    std::uint32_t first;      // of the parts inside, which stand before it in `parts`
    std::uint32_t nesting;    // how deep it goes, counted from its own place
    std::uint32_t depth;
  };
  std::vector<FlatNode> nodes;
  std::vector<Span> comments;
  std::vector<Part> parts;
  std::vector<std::pair<const void*, std::uint32_t>> by_memory;  // sorted; index in `parts`
};
// Copies the tree, checks the limits and collects the errors. `copied`: of the tree before; becomes this tree's.
Result<Parsed> Finish(const TSTree* tree, const Source& source, Language language,
                      std::vector<Span> hidden, const ParseLimits& limits, Copied* copied = nullptr);
Error TookTooLong(const ParseLimits& limits);

}  // namespace asyncport::syntax
