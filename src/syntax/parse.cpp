// Runs tree-sitter's parser with a deadline, copies its tree into the array of cst.h, checks the limits and collects what
// did not parse.
#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>

#include "support/check.h"
#include "syntax/comment_runs.h"
#include "syntax/parsing.h"

extern "C" {
const TSLanguage* tree_sitter_javascript(void);
const TSLanguage* tree_sitter_python(void);
}

namespace asyncport::syntax {

const TSLanguage* Grammar(Language language) {
  return language == Language::kJs ? tree_sitter_javascript() : tree_sitter_python();
}

namespace {

using Clock = std::chrono::steady_clock;

// What the walks ask of every node, by its symbol: comparing names took most of their time.
enum Trait : std::uint8_t { kComment = 1, kOpener = 2, kCloser = 4, kBlock = 8, kJoin = 16 };

struct TraitName {
  std::string_view name;
  std::uint8_t trait;
};
// hash_bang_line is an extra of the JavaScript grammar's program rule; treated as a comment.
constexpr TraitName kTraits[] = {
    {"comment", kComment}, {"hash_bang_line", kComment}, {"html_comment", kComment},
    {"(", kOpener},        {"[", kOpener},               {"{", kOpener},
    {"${", kOpener},       {")", kCloser},               {"]", kCloser},
    {"}", kCloser},        {"block", kBlock},            {"line_continuation", kJoin},
};

std::vector<std::uint8_t> TraitsOf(const TSLanguage* grammar) {
  std::vector<std::uint8_t> traits(ts_language_symbol_count(grammar));
  for (std::uint32_t symbol = 0; symbol < traits.size(); ++symbol) {
    const char* name = ts_language_symbol_name(grammar, static_cast<TSSymbol>(symbol));
    for (const TraitName& row : kTraits) {
      if (name != nullptr && row.name == name) traits[symbol] = row.trait;
    }
  }
  return traits;
}

const std::vector<std::uint8_t>& TraitsFor(Language language) {
  static const std::vector<std::uint8_t> js = TraitsOf(Grammar(Language::kJs));
  static const std::vector<std::uint8_t> py = TraitsOf(Grammar(Language::kPy));
  return language == Language::kJs ? js : py;
}

class Cursor {
 public:
  explicit Cursor(TSNode node) : cursor_(ts_tree_cursor_new(node)) {}
  ~Cursor() { ts_tree_cursor_delete(&cursor_); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  TSNode node() const { return ts_tree_cursor_current_node(&cursor_); }
  TSFieldId field() const { return ts_tree_cursor_current_field_id(&cursor_); }
  bool Down() { return ts_tree_cursor_goto_first_child(&cursor_); }
  bool Next() { return ts_tree_cursor_goto_next_sibling(&cursor_); }
  bool Up() { return ts_tree_cursor_goto_parent(&cursor_); }

 private:
  TSTreeCursor cursor_;
};

// What a node of a tree stands for: trees that share a part (after an edit) share it by address. Null for small tokens,
// which are kept inside of their parents. Reads what tree-sitter 0.25 keeps behind `id`; its version is pinned.
const void* PartOf(TSNode node) {
  std::uintptr_t content = 0;
  std::memcpy(&content, node.id, sizeof content);
  return (content & 1) != 0 ? nullptr : reinterpret_cast<const void*>(content);
}


// Copies a tree, in one walk. Parts that an earlier copy has are taken from there.
class Copy {
 public:
  Copy(TSNode root, const Source& source, Language language, const ParseLimits& limits, const Copied* before)
      : traits_(TraitsFor(language)), source_(source), limits_(limits), before_(before), cursor_(root) {}

  // Message if a limit is passed, else empty.
  std::string Run() {
    while (problem_.empty()) {
      if (Enter()) {
        if (cursor_.Down()) continue;
        Close();
      }
      while (!cursor_.Next()) {
        if (open_.empty() || !cursor_.Up()) return {};
        Close();
      }
    }
    return problem_;
  }
  Copied made;

 private:
  // Smaller ones are walked as fast as they are found.
  static constexpr std::uint32_t kMinPart = 12;

  struct Open {
    std::uint32_t node;
    std::uint32_t comments;
    std::uint32_t parts;
    const void* memory;
    std::uint32_t nesting;      // around it
    std::uint32_t max_nesting;  // in it, counted from the root
    std::uint32_t max_depth;
  };

  // Opens the node at hand; false for what is not looked into.
  bool Enter() {
    const TSNode node = cursor_.node();
    const TSSymbol symbol = ts_node_symbol(node);
    const std::uint8_t trait = symbol < traits_.size() ? traits_[symbol] : std::uint8_t{0};
    const Span span{ts_node_start_byte(node), ts_node_end_byte(node)};
    if ((trait & kComment) != 0) made.comments.push_back(span);
    if ((trait & (kComment | kJoin)) != 0) return false;
    const auto at = static_cast<std::uint32_t>(made.nodes.size());
    const auto depth = static_cast<std::uint32_t>(open_.size());
    const int flags = (ts_node_is_named(node) ? kNamed : 0) | (ts_node_is_error(node) ? kError : 0) |
                      (ts_node_is_missing(node) ? kMissing : 0) | (ts_node_has_error(node) ? kHasError : 0);
    made.nodes.push_back({.begin = span.begin,
                          .end = span.end,
                          .parent = depth == 0 ? 0 : at - open_.back().node,
                          .symbol = symbol,
                          .field = static_cast<std::uint8_t>(cursor_.field()),
                          .flags = static_cast<std::uint8_t>(flags)});
    const void* memory = before_ == nullptr ? nullptr : PartOf(node);
    if (memory != nullptr && depth > 0 && TakeKnown(memory, depth)) return false;
    open_.push_back({at, static_cast<std::uint32_t>(made.comments.size()),
                     static_cast<std::uint32_t>(made.parts.size()), memory, nesting_, nesting_, depth});
    if ((trait & (kOpener | kBlock)) != 0) ++nesting_;
    if ((trait & kCloser) != 0 && nesting_ > 0) --nesting_;
    open_.back().max_nesting = nesting_;
    if (nesting_ > limits_.max_nesting) Fail(span, "brackets or blocks", limits_.max_nesting);
    if (depth > limits_.max_depth) Fail(span, "expressions", limits_.max_depth);
    return true;
  }

  void Close() {
    const Open open = open_.back();
    open_.pop_back();
    FlatNode& node = made.nodes[open.node];
    node.size = static_cast<std::uint32_t>(made.nodes.size()) - open.node;
    const bool is_block = node.symbol < traits_.size() && (traits_[node.symbol] & kBlock) != 0;
    if (is_block && nesting_ > 0) --nesting_;
    const auto depth = static_cast<std::uint32_t>(open_.size());
    if (open.memory != nullptr && node.size >= kMinPart && nesting_ == open.nesting) {
      made.parts.push_back({open.memory, open.node, open.comments,
                            static_cast<std::uint32_t>(made.comments.size()), open.parts,
                            open.max_nesting - open.nesting, open.max_depth - depth});
    }
    Reaches(open.max_nesting, open.max_depth);
  }

  // The node that is open goes so deep.
  void Reaches(std::uint32_t nesting, std::uint32_t depth) {
    if (open_.empty()) return;
    open_.back().max_nesting = std::max(open_.back().max_nesting, nesting);
    open_.back().max_depth = std::max(open_.back().max_depth, depth);
  }

  // Completes the node that was just added with what is known of that place in memory; false if nothing is, or if it
  // would be too deep here. What stands around a node decides its own symbol and field, not those inside.
  bool TakeKnown(const void* memory, std::uint32_t depth) {
    const auto known = std::lower_bound(
        before_->by_memory.begin(), before_->by_memory.end(), memory,
        [](const auto& row, const void* wanted) { return std::less<const void*>()(row.first, wanted); });
    if (known == before_->by_memory.end() || known->first != memory) return false;
    const Copied::Part& part = before_->parts[known->second];
    if (nesting_ + part.nesting > limits_.max_nesting || depth + part.depth > limits_.max_depth) return false;
    const auto at = static_cast<std::uint32_t>(made.nodes.size()) - 1;
    const FlatNode* nodes = &before_->nodes[part.node];
    // Unsigned: what is subtracted comes back by wrapping round.
    const std::uint32_t moved = made.nodes[at].begin - nodes->begin;
    made.nodes[at].size = nodes->size;
    made.nodes.insert(made.nodes.end(), nodes + 1, nodes + nodes->size);
    for (std::size_t i = at + 1u; i < made.nodes.size(); ++i) {
      made.nodes[i].begin += moved;
      made.nodes[i].end += moved;
    }
    const std::uint32_t comments = static_cast<std::uint32_t>(made.comments.size()) - part.comments_begin;
    for (std::uint32_t i = part.comments_begin; i < part.comments_end; ++i) {
      const Span span = before_->comments[i];
      made.comments.push_back({span.begin + moved, span.end + moved});
    }
    const std::uint32_t parts = static_cast<std::uint32_t>(made.parts.size()) - part.first;
    for (std::uint32_t i = part.first; i <= known->second; ++i) {
      Copied::Part inner = before_->parts[i];
      inner.node += at - part.node;
      inner.comments_begin += comments;
      inner.comments_end += comments;
      inner.first += parts;
      made.parts.push_back(inner);
    }
    Reaches(nesting_ + part.nesting, depth + part.depth);
    return true;
  }

  void Fail(Span span, const char* what, std::uint32_t limit) {
    problem_ = "nested more than " + std::to_string(limit) + " " + what + " deep at line " +
               std::to_string(source_.Position(span.begin).line);
  }

  const std::vector<std::uint8_t>& traits_;
  const Source& source_;
  const ParseLimits& limits_;
  const Copied* before_;  // null: nobody will ask for the parts either
  Cursor cursor_;
  std::vector<Open> open_;  // the nodes around the one at hand, the root first
  std::uint32_t nesting_ = 0;
  std::string problem_;
};

std::vector<SyntaxError> CollectErrors(const Cst& cst, const Source& source) {
  constexpr std::size_t kMax = 20;
  std::vector<SyntaxError> errors;
  std::vector<CstNode> open{cst.root()};
  while (!open.empty() && errors.size() < kMax) {
    const CstNode node = open.back();
    open.pop_back();
    if (node.is_missing()) {
      errors.push_back({node.span(), "missing `" + std::string(node.kind()) + "`"});
    } else if (node.is_error()) {
      // The first token that could not be used is the nearest to the mistake.
      const std::string text = Excerpt(source, node.span());
      errors.push_back({node.span(), text.empty() ? "unexpected end of file"
                                                  : "cannot parse `" + text + "`"});
    } else if (node.has_error()) {
      const std::vector<CstNode> children = node.Children();
      open.insert(open.end(), children.rbegin(), children.rend());
    }
  }
  return errors;
}

bool IsInString(TSNode root, std::uint32_t offset) {
  TSNode node = ts_node_descendant_for_byte_range(root, offset, offset + 1);
  while (!ts_node_is_null(node) && std::strcmp(ts_node_type(node), "string") != 0) {
    node = ts_node_parent(node);
  }
  return !ts_node_is_null(node);
}

}  // namespace

TreePointer ParseText(std::string_view text, Language language, const StopAt& stop,
                      const TSTree* old) {
  std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(), &ts_parser_delete);
  AP_CHECK(ts_parser_set_language(parser.get(), Grammar(language)), "grammar ABI");
  struct Payload {
    const StopAt& stop;
    std::string_view text;
  } payload{stop, text};
  TSInput input{};
  input.payload = &payload;
  input.encoding = TSInputEncodingUTF8;
  input.read = [](void* p, std::uint32_t offset, TSPoint, std::uint32_t* length) -> const char* {
    std::string_view text = static_cast<Payload*>(p)->text;
    if (offset >= text.size()) {
      *length = 0;
      return "";
    }
    *length = static_cast<std::uint32_t>(text.size()) - offset;
    return text.data() + offset;
  };
  TSParseOptions options{};
  options.payload = &payload;
  options.progress_callback = [](TSParseState* state) {
    const StopAt& at = static_cast<Payload*>(state->payload)->stop;
    return (at.cancelled != nullptr && at.cancelled->load(std::memory_order_relaxed)) ||
           Clock::now() > at.deadline;
  };
  return TreePointer(ts_parser_parse_with_options(parser.get(), old, input, options));
}

bool HidText(const TSTree* tree, const std::vector<Span>& comments,
             const std::vector<std::size_t>& runs) {
  return std::any_of(runs.begin(), runs.end(), [&](std::size_t run) {
    return IsInString(ts_tree_root_node(tree), comments[run].begin);
  });
}

Error TookTooLong(const ParseLimits& limits) {
  return Error{"parsing took longer than " + std::to_string(limits.deadline_ms) + " ms"};
}

Result<Parsed> Finish(const TSTree* tree, const Source& source, Language language,
                      std::vector<Span> hidden, const ParseLimits& limits, Copied* copied) {
  Copy copy(ts_tree_root_node(tree), source, language, limits, copied);
  if (std::string problem = copy.Run(); !problem.empty()) return Error{problem};
  Copied& made = copy.made;
  std::vector<Span> comments(made.comments.size() + hidden.size());
  std::merge(made.comments.begin(), made.comments.end(), hidden.begin(), hidden.end(), comments.begin(),
             [](Span a, Span b) { return a.begin < b.begin; });
  if (copied != nullptr) {
    for (std::uint32_t i = 0; i < made.parts.size(); ++i) made.by_memory.emplace_back(made.parts[i].memory, i);
    std::sort(made.by_memory.begin(), made.by_memory.end());
    *copied = std::move(made);
  }
  Parsed parsed{Cst(copied == nullptr ? std::move(made.nodes) : copied->nodes, language, std::move(comments)), {}};
  parsed.errors = CollectErrors(parsed.cst, source);
  return parsed;
}

Result<Parsed> Parse(const Source& source, Language language, const ParseLimits& limits) {
  const StopAt stop{Clock::now() + std::chrono::milliseconds(limits.deadline_ms)};
  HiddenComments hidden;
  if (language == Language::kPy) hidden = HideCommentRuns(source.text());
  TreePointer tree =
      ParseText(hidden.comments.empty() ? source.text() : hidden.text, language, stop);
  if (tree != nullptr && HidText(tree.get(), hidden.comments, hidden.runs)) {
    hidden = {};
    tree = ParseText(source.text(), language, stop);
  }
  if (tree == nullptr) return TookTooLong(limits);
  return Finish(tree.get(), source, language, std::move(hidden.comments), limits);
}

}  // namespace asyncport::syntax
