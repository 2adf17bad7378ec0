// Wraps tree-sitter's nodes, runs the parser with a deadline, and collects what did not parse.
#include "syntax/cst.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <unordered_map>

#include "support/check.h"
#include "syntax/comment_runs.h"
#include "syntax/parsing.h"

extern "C" {
const TSLanguage* tree_sitter_javascript(void);
const TSLanguage* tree_sitter_python(void);
}

namespace asyncport::syntax {

struct NodeAccess {
  static TSNode Raw(const CstNode& node) {
    TSNode raw;
    std::memcpy(raw.context, node.context_, sizeof raw.context);
    raw.id = node.id_;
    raw.tree = node.tree_;
    return raw;
  }
  static CstNode Wrap(TSNode raw) {
    CstNode node;
    if (ts_node_is_null(raw)) return node;
    std::memcpy(node.context_, raw.context, sizeof raw.context);
    node.id_ = raw.id;
    node.tree_ = raw.tree;
    return node;
  }
};

namespace {

const TSLanguage* Grammar(Language language) {
  return language == Language::kJs ? tree_sitter_javascript() : tree_sitter_python();
}

Span SpanOf(TSNode node) { return {ts_node_start_byte(node), ts_node_end_byte(node)}; }

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

// A grammar finds the number of a field by going through all names.
TSFieldId FieldOf(const TSLanguage* grammar, std::string_view name) {
  using Ids = std::unordered_map<std::string_view, TSFieldId>;
  const auto ids_of = [](const TSLanguage* language) {
    Ids ids;
    for (std::uint32_t i = 1; i <= ts_language_field_count(language); ++i) {
      const auto id = static_cast<TSFieldId>(i);
      ids.emplace(ts_language_field_name_for_id(language, id), id);
    }
    return ids;
  };
  static const Ids js = ids_of(Grammar(Language::kJs));
  static const Ids py = ids_of(Grammar(Language::kPy));
  static const TSLanguage* const py_grammar = Grammar(Language::kPy);
  const Ids& ids = grammar == py_grammar ? py : js;
  const auto found = ids.find(name);
  return found == ids.end() ? TSFieldId{0} : found->second;
}

std::uint8_t TraitOf(TSNode node) {
  static const std::vector<std::uint8_t> js = TraitsOf(Grammar(Language::kJs));
  static const std::vector<std::uint8_t> py = TraitsOf(Grammar(Language::kPy));
  static const TSLanguage* const py_grammar = Grammar(Language::kPy);
  const std::vector<std::uint8_t>& traits = ts_node_language(node) == py_grammar ? py : js;
  const TSSymbol symbol = ts_node_symbol(node);
  return symbol < traits.size() ? traits[symbol] : 0;  // an error has a symbol of its own
}

bool IsComment(TSNode node) { return (TraitOf(node) & kComment) != 0; }

// Cursors own memory, and a tree is lowered with one for each node: those that are done with serve again.
class CursorStore {
 public:
  ~CursorStore() {
    for (TSTreeCursor& cursor : free_) ts_tree_cursor_delete(&cursor);
  }
  TSTreeCursor Take(TSNode node) {
    if (free_.empty()) return ts_tree_cursor_new(node);
    TSTreeCursor cursor = free_.back();
    free_.pop_back();
    ts_tree_cursor_reset(&cursor, node);
    return cursor;
  }
  void Put(TSTreeCursor cursor) { free_.push_back(cursor); }

 private:
  std::vector<TSTreeCursor> free_;
};
thread_local CursorStore cursor_store;

class Cursor {
 public:
  explicit Cursor(TSNode node) : cursor_(cursor_store.Take(node)) {}
  ~Cursor() { cursor_store.Put(cursor_); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  TSNode node() const { return ts_tree_cursor_current_node(&cursor_); }
  const char* field() const { return ts_tree_cursor_current_field_name(&cursor_); }
  bool Down() { return ts_tree_cursor_goto_first_child(&cursor_); }
  bool Next() { return ts_tree_cursor_goto_next_sibling(&cursor_); }
  bool Up() { return ts_tree_cursor_goto_parent(&cursor_); }

 private:
  TSTreeCursor cursor_;
};

// Visits every node in order without recursion: enter(node, depth) says whether to go below; leave(node) afterwards.
template <typename Enter, typename Leave>
void Walk(TSNode root, Enter&& enter, Leave&& leave) {
  Cursor cursor(root);
  std::uint32_t depth = 0;
  while (true) {
    if (enter(cursor, depth) && cursor.Down()) {
      ++depth;
      continue;
    }
    leave(cursor.node());
    while (!cursor.Next()) {
      if (depth == 0 || !cursor.Up()) return;
      --depth;
      leave(cursor.node());
      if (depth == 0) return;
    }
  }
}

std::string Excerpt(const Source& source, Span span) {
  std::string_view text = source.Text(span);
  text = text.substr(0, text.find('\n'));
  if (text.size() > 30) text = text.substr(0, 30);
  return std::string(text);
}

std::vector<SyntaxError> CollectErrors(TSNode root, const Source& source) {
  constexpr std::size_t kMax = 20;
  std::vector<SyntaxError> errors;
  if (!ts_node_has_error(root)) return errors;
  Walk(
      root,
      [&](const Cursor& cursor, std::uint32_t) {
        TSNode node = cursor.node();
        if (errors.size() >= kMax) return false;
        if (ts_node_is_missing(node)) {
          errors.push_back({SpanOf(node), "missing `" + std::string(ts_node_type(node)) + "`"});
          return false;
        }
        if (ts_node_is_error(node)) {
          // The first token that could not be used is the nearest to the mistake.
          std::string text = Excerpt(source, SpanOf(node));
          errors.push_back({SpanOf(node), text.empty() ? "unexpected end of file"
                                                       : "cannot parse `" + text + "`"});
          return false;
        }
        return ts_node_has_error(node);
      },
      [](TSNode) {});
  return errors;
}

// What a node of a tree stands for: trees that share a part (after an edit) share it by address. Null for small tokens,
// which are kept inside of their parents. Reads what tree-sitter 0.25 keeps behind `id`; its version is pinned.
const void* PartOf(TSNode node) {
  std::uintptr_t content = 0;
  std::memcpy(&content, node.id, sizeof content);
  return (content & 1) != 0 ? nullptr : reinterpret_cast<const void*>(content);
}

// Message if a limit is passed, else empty. Collects the comments on the way: another walk would cost as much. Does not
// go into statements of the file that an earlier look went into.
std::string CheckDepth(TSNode root, const Source& source, const ParseLimits& limits,
                       std::vector<Span>& comments, LookedAt* looked) {
  std::uint32_t nesting = 0;
  LookedAt::Parts parts;
  const void* part = nullptr;  // the statement at hand
  std::uint32_t part_begin = 0;
  std::size_t part_comments = 0;  // how many there were before it
  const auto end_part = [&] {
    if (part == nullptr || nesting != 0) return;
    std::vector<Span> inside(comments.begin() + static_cast<std::ptrdiff_t>(part_comments),
                             comments.end());
    for (Span& span : inside) span = {span.begin - part_begin, span.end - part_begin};
    parts.emplace(part, std::move(inside));
  };
  // Whether the statement is known.
  const auto begin_part = [&](TSNode node) {
    end_part();
    part = nesting == 0 ? PartOf(node) : nullptr;
    part_begin = ts_node_start_byte(node);
    part_comments = comments.size();
    const auto known = looked->parts.find(part);
    if (part == nullptr || known == looked->parts.end()) return false;
    for (Span span : known->second) {
      comments.push_back({span.begin + part_begin, span.end + part_begin});
    }
    return true;
  };
  std::string problem;
  auto fail = [&](TSNode node, const char* what, std::uint32_t limit) {
    problem = "nested more than " + std::to_string(limit) + " " + what + " deep at line " +
              std::to_string(source.Position(ts_node_start_byte(node)).line);
  };
  Walk(
      root,
      [&](const Cursor& cursor, std::uint32_t depth) {
        if (!problem.empty()) return false;
        TSNode node = cursor.node();
        const std::uint8_t trait = TraitOf(node);
        if (depth == 1 && looked != nullptr && begin_part(node)) return false;
        if ((trait & kComment) != 0) {
          comments.push_back(SpanOf(node));
          return false;
        }
        if ((trait & (kOpener | kBlock)) != 0) ++nesting;
        if ((trait & kCloser) != 0 && nesting > 0) --nesting;
        if (nesting > limits.max_nesting) fail(node, "brackets or blocks", limits.max_nesting);
        if (depth > limits.max_depth) fail(node, "expressions", limits.max_depth);
        return problem.empty();
      },
      [&](TSNode node) {
        if ((TraitOf(node) & kBlock) != 0 && nesting > 0) --nesting;
      });
  if (looked != nullptr && problem.empty()) {
    end_part();
    looked->parts = std::move(parts);
  }
  return problem;
}

}  // namespace

std::string_view CstNode::kind() const { return ts_node_type(NodeAccess::Raw(*this)); }
std::uint16_t CstNode::symbol() const { return ts_node_symbol(NodeAccess::Raw(*this)); }
bool CstNode::is_named() const { return ts_node_is_named(NodeAccess::Raw(*this)); }
bool CstNode::has_error() const { return ts_node_has_error(NodeAccess::Raw(*this)); }
bool CstNode::is_error() const { return ts_node_is_error(NodeAccess::Raw(*this)); }
bool CstNode::is_missing() const { return ts_node_is_missing(NodeAccess::Raw(*this)); }
Span CstNode::span() const { return SpanOf(NodeAccess::Raw(*this)); }

CstNode CstNode::Field(std::string_view name) const {
  const TSNode node = NodeAccess::Raw(*this);
  return NodeAccess::Wrap(
      ts_node_child_by_field_id(node, FieldOf(ts_node_language(node), name)));
}

std::vector<CstNode> CstNode::Fields(std::string_view name) const {
  std::vector<CstNode> out;
  Cursor cursor(NodeAccess::Raw(*this));
  for (bool more = cursor.Down(); more; more = cursor.Next()) {
    const char* field = cursor.field();
    if (field != nullptr && name == field && !IsComment(cursor.node())) {
      out.push_back(NodeAccess::Wrap(cursor.node()));
    }
  }
  return out;
}

std::vector<CstNode> CstNode::Children() const {
  std::vector<CstNode> out;
  out.reserve(ts_node_child_count(NodeAccess::Raw(*this)));
  Cursor cursor(NodeAccess::Raw(*this));
  for (bool more = cursor.Down(); more; more = cursor.Next()) {
    const TSNode node = cursor.node();
    if ((TraitOf(node) & (kComment | kJoin)) == 0) out.push_back(NodeAccess::Wrap(node));
  }
  return out;
}

std::vector<CstNode> CstNode::NamedChildren() const {
  std::vector<CstNode> out = Children();
  std::erase_if(out, [](const CstNode& node) { return !node.is_named(); });
  return out;
}

bool CstNode::HasToken(std::string_view token) const {
  Cursor cursor(NodeAccess::Raw(*this));
  for (bool more = cursor.Down(); more; more = cursor.Next()) {
    if (!ts_node_is_named(cursor.node()) && token == ts_node_type(cursor.node())) return true;
  }
  return false;
}

CstNode CstNode::Parent() const { return NodeAccess::Wrap(ts_node_parent(NodeAccess::Raw(*this))); }

Cst::Cst(TSTree* tree, Language language, std::vector<Span> comments)
    : tree_(tree), language_(language), comments_(std::move(comments)) {}
Cst::~Cst() {
  if (tree_ != nullptr) ts_tree_delete(tree_);
}
Cst::Cst(Cst&& other) noexcept
    : tree_(std::exchange(other.tree_, nullptr)),
      language_(other.language_),
      comments_(std::move(other.comments_)) {}
Cst& Cst::operator=(Cst&& other) noexcept {
  std::swap(tree_, other.tree_);
  language_ = other.language_;
  comments_ = std::move(other.comments_);
  return *this;
}

CstNode Cst::root() const { return NodeAccess::Wrap(ts_tree_root_node(tree_)); }

std::vector<Span> Cst::Comments() const { return comments_; }

namespace {

using Clock = std::chrono::steady_clock;

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
  const TSNode root = ts_tree_root_node(tree.get());
  std::vector<Span> seen;
  if (std::string problem = CheckDepth(root, source, limits, seen, looked); !problem.empty()) {
    return Error{problem};
  }
  std::vector<Span> comments(seen.size() + hidden.size());
  std::merge(seen.begin(), seen.end(), hidden.begin(), hidden.end(), comments.begin(),
             [](Span a, Span b) { return a.begin < b.begin; });
  std::vector<SyntaxError> errors = CollectErrors(root, source);
  return Parsed{Cst(tree.release(), language, std::move(comments)), std::move(errors)};
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

std::string DumpCst(const Cst& cst, const Source& source) {
  std::string out;
  Walk(
      NodeAccess::Raw(cst.root()),
      [&](const Cursor& cursor, std::uint32_t depth) {
        TSNode node = cursor.node();
        if (!ts_node_is_named(node)) return false;
        out.append(depth * 2, ' ');
        if (cursor.field() != nullptr) (out += cursor.field()) += ": ";
        out += ts_node_type(node);
        LineColumn at = source.Position(ts_node_start_byte(node));
        out += " " + std::to_string(at.line) + ":" + std::to_string(at.column);
        if (ts_node_named_child_count(node) == 0) {
          (((out += " `") += Excerpt(source, SpanOf(node))) += "`");
        }
        out += '\n';
        return true;
      },
      [](TSNode) {});
  return out;
}

namespace {
// Several symbols may share a name (aliases).
std::unordered_multimap<std::string_view, std::uint16_t> IndexSymbols(Language language) {
  const TSLanguage* grammar = Grammar(language);
  std::unordered_multimap<std::string_view, std::uint16_t> index;
  for (std::uint32_t s = 0; s < ts_language_symbol_count(grammar); ++s) {
    const char* name = ts_language_symbol_name(grammar, static_cast<TSSymbol>(s));
    if (name != nullptr) index.emplace(name, static_cast<std::uint16_t>(s));
  }
  return index;
}
}  // namespace

std::vector<std::uint16_t> SymbolsOf(Language language, std::string_view kind_name) {
  static const auto js = IndexSymbols(Language::kJs);
  static const auto py = IndexSymbols(Language::kPy);
  auto [first, last] = (language == Language::kJs ? js : py).equal_range(kind_name);
  std::vector<std::uint16_t> symbols;
  for (; first != last; ++first) symbols.push_back(first->second);
  AP_CHECK(!symbols.empty(), "the grammar has no kind " + std::string(kind_name));
  return symbols;
}

}  // namespace asyncport::syntax
