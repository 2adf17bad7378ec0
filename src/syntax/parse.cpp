// Runs tree-sitter's parser with a deadline, copies its tree into the array of cst.h, checks the limits and collects what
// did not parse.
#include <algorithm>
#include <chrono>
#include <cstring>

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


// Copies a tree, in one walk. Statements of the file that an earlier copy has are taken from there.
class Copy {
 public:
  Copy(TSNode root, const Source& source, Language language, const ParseLimits& limits, LookedAt* looked)
      : traits_(TraitsFor(language)), source_(source), limits_(limits), looked_(looked), cursor_(root) {}

  // Message if a limit is passed, else empty.
  std::string Run() {
    while (problem_.empty()) {
      if (Enter()) {
        if (cursor_.Down()) continue;
        Close();
      }
      while (!cursor_.Next()) {
        if (open_.empty() || !cursor_.Up()) return End();
        Close();
      }
    }
    return problem_;
  }
  std::vector<FlatNode> nodes;
  std::vector<Span> comments;

 private:
  // Opens the node at hand; false for what is not looked into.
  bool Enter() {
    const TSNode node = cursor_.node();
    const TSSymbol symbol = ts_node_symbol(node);
    const std::uint8_t trait = symbol < traits_.size() ? traits_[symbol] : std::uint8_t{0};
    const std::size_t depth = open_.size();
    if (depth == 1 && looked_ != nullptr && BeginPart(node)) return false;
    const Span span{ts_node_start_byte(node), ts_node_end_byte(node)};
    if ((trait & kComment) != 0) comments.push_back(span);
    if ((trait & (kComment | kJoin)) != 0) return false;
    const auto at = static_cast<std::uint32_t>(nodes.size());
    const int flags = (ts_node_is_named(node) ? kNamed : 0) | (ts_node_is_error(node) ? kError : 0) |
                      (ts_node_is_missing(node) ? kMissing : 0) | (ts_node_has_error(node) ? kHasError : 0);
    nodes.push_back({.begin = span.begin,
                     .end = span.end,
                     .parent = depth == 0 ? 0 : at - open_.back(),
                     .symbol = symbol,
                     .field = static_cast<std::uint8_t>(cursor_.field()),
                     .flags = static_cast<std::uint8_t>(flags)});
    open_.push_back(at);
    if ((trait & (kOpener | kBlock)) != 0) ++nesting_;
    if ((trait & kCloser) != 0 && nesting_ > 0) --nesting_;
    if (nesting_ > limits_.max_nesting) Fail(span, "brackets or blocks", limits_.max_nesting);
    if (depth > limits_.max_depth) Fail(span, "expressions", limits_.max_depth);
    return true;
  }

  void Close() {
    FlatNode& node = nodes[open_.back()];
    node.size = static_cast<std::uint32_t>(nodes.size()) - open_.back();
    open_.pop_back();
    const bool is_block = node.symbol < traits_.size() && (traits_[node.symbol] & kBlock) != 0;
    if (is_block && nesting_ > 0) --nesting_;
  }

  std::string End() {
    if (looked_ != nullptr) {
      EndPart();
      looked_->parts = std::move(parts_);
    }
    return {};
  }

  // Whether the statement is known, and has been copied.
  bool BeginPart(TSNode node) {
    EndPart();
    part_ = nesting_ == 0 ? PartOf(node) : nullptr;
    part_begin_ = ts_node_start_byte(node);
    part_node_ = nodes.size();
    part_comment_ = comments.size();
    const auto known = part_ == nullptr ? looked_->parts.end() : looked_->parts.find(part_);
    if (known == looked_->parts.end()) return false;
    const LookedAt::Part& part = known->second;
    for (Span span : part.comments) comments.push_back({span.begin + part_begin_, span.end + part_begin_});
    nodes.insert(nodes.end(), part.nodes.begin(), part.nodes.end());
    for (std::size_t i = part_node_; i < nodes.size(); ++i) {
      nodes[i].begin += part_begin_;
      nodes[i].end += part_begin_;
    }
    if (!part.nodes.empty()) nodes[part_node_].parent = static_cast<std::uint32_t>(part_node_);
    parts_.insert(looked_->parts.extract(known));
    part_ = nullptr;
    return true;
  }

  void EndPart() {
    if (part_ == nullptr || nesting_ != 0) return;
    LookedAt::Part part;
    part.nodes.assign(nodes.begin() + static_cast<std::ptrdiff_t>(part_node_), nodes.end());
    for (FlatNode& node : part.nodes) {
      node.begin -= part_begin_;
      node.end -= part_begin_;
    }
    part.comments.assign(comments.begin() + static_cast<std::ptrdiff_t>(part_comment_), comments.end());
    for (Span& span : part.comments) span = {span.begin - part_begin_, span.end - part_begin_};
    parts_.emplace(part_, std::move(part));
  }

  void Fail(Span span, const char* what, std::uint32_t limit) {
    problem_ = "nested more than " + std::to_string(limit) + " " + what + " deep at line " +
               std::to_string(source_.Position(span.begin).line);
  }

  const std::vector<std::uint8_t>& traits_;
  const Source& source_;
  const ParseLimits& limits_;
  LookedAt* looked_;
  Cursor cursor_;
  std::vector<std::uint32_t> open_;  // the nodes around the one at hand, the root first
  std::uint32_t nesting_ = 0;
  std::string problem_;
  LookedAt::Parts parts_;
  const void* part_ = nullptr;  // the statement at hand, where it begins, and how much there was before it
  std::uint32_t part_begin_ = 0;
  std::size_t part_node_ = 0;
  std::size_t part_comment_ = 0;
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

Result<Parsed> Finish(TreePointer tree, const Source& source, Language language,
                      std::vector<Span> hidden, const ParseLimits& limits, LookedAt* looked) {
  Copy copy(ts_tree_root_node(tree.get()), source, language, limits, looked);
  if (std::string problem = copy.Run(); !problem.empty()) return Error{problem};
  std::vector<Span> comments(copy.comments.size() + hidden.size());
  std::merge(copy.comments.begin(), copy.comments.end(), hidden.begin(), hidden.end(), comments.begin(),
             [](Span a, Span b) { return a.begin < b.begin; });
  Parsed parsed{Cst(std::move(copy.nodes), language, std::move(comments)), {}};
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
  return Finish(std::move(tree), source, language, std::move(hidden.comments), limits);
}

}  // namespace asyncport::syntax
