// The concrete syntax tree: what tree-sitter made, copied into one array without comments. This folder is the only code
// that calls tree-sitter; lower/ walks the tree through `CstNode`. Offsets are bytes of Source::text().
// Example: root.Field("body").Children() lists the statements of a function.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/language.h"
#include "support/result.h"
#include "support/source.h"
#include "support/span.h"

namespace asyncport::syntax {

// One node of the array, in the order of the text: its children follow it. Copied out of tree-sitter's tree in one walk,
// because asking that tree for a field or for children costs a search each time.
struct FlatNode {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size = 1;    // nodes: itself and all below
  std::uint32_t parent = 0;  // how many places before it; 0 for the root
  std::uint16_t symbol = 0;
  std::uint8_t field = 0;  // 0: none
  std::uint8_t flags = 0;
};
inline constexpr std::uint8_t kNamed = 1, kError = 2, kMissing = 4, kHasError = 8;

class Cst;
// Indented listing of the named nodes with fields and positions, for --print=cst.
std::string DumpCst(const Cst& cst, const Source& source);

// A place in a Cst, which must live as long. Null nodes are false.
class CstNode {
 public:
  CstNode() = default;
  explicit operator bool() const { return node_ != nullptr; }

  // Grammar kind ("call_expression", "async", "("); the same text as in node-types.json.
  std::string_view kind() const;
  // Grammar symbol number, for KindTable.
  std::uint16_t symbol() const { return node_ == nullptr ? std::uint16_t{0} : node_->symbol; }
  bool Is(std::string_view kind_name) const { return kind() == kind_name; }
  bool is_named() const { return Has(kNamed); }
  bool has_error() const { return Has(kHasError); }  // itself or below
  bool is_error() const { return Has(kError); }      // an ERROR node
  bool is_missing() const { return Has(kMissing); }
  Span span() const { return node_ == nullptr ? Span{} : Span{node_->begin, node_->end}; }

  // Null if there is no such field. O(children), as all that follow.
  CstNode Field(std::string_view name) const;
  std::vector<CstNode> Fields(std::string_view name) const;  // all children with that field name
  // All children. Comments (which are kept apart, see comments/) and line continuations are no nodes.
  std::vector<CstNode> Children() const;
  std::vector<CstNode> NamedChildren() const;
  // An unnamed child token, e.g. HasToken("async"), HasToken("await"), HasToken("*").
  bool HasToken(std::string_view token) const;
  CstNode Parent() const;
  friend bool operator==(const CstNode& a, const CstNode& b) { return a.node_ == b.node_; }

 private:
  friend class Cst;
  friend std::string DumpCst(const Cst& cst, const Source& source);
  CstNode(const FlatNode* node, Language language) : node_(node), language_(language) {}
  bool Has(std::uint8_t flag) const { return node_ != nullptr && (node_->flags & flag) != 0; }
  // Calls visit(child) until it says true.
  template <typename Visit>
  void Each(Visit&& visit) const {
    if (node_ == nullptr) return;
    for (const FlatNode* child = node_ + 1; child < node_ + node_->size; child += child->size) {
      if (visit(CstNode(child, language_))) return;
    }
  }

  const FlatNode* node_ = nullptr;
  Language language_ = Language::kJs;
};

// Owns the nodes. Movable: nodes keep their places.
class Cst {
 public:
  // `comments`: all of them, in order. `nodes`: the root first.
  Cst(std::vector<FlatNode> nodes, Language language, std::vector<Span> comments = {});

  Language language() const { return language_; }
  CstNode root() const { return {nodes_.data(), language_}; }
  // Spans of all comments, in order (hash-bang lines included).
  const std::vector<Span>& Comments() const { return comments_; }

 private:
  friend std::string DumpCst(const Cst& cst, const Source& source);
  std::vector<FlatNode> nodes_;
  Language language_;
  std::vector<Span> comments_;
};

struct SyntaxError {
  Span span;
  std::string message;  // "unexpected `)`", "missing `}`"
};

struct ParseLimits {
  std::uint32_t max_nesting = 500;       // open brackets and blocks
  std::uint32_t max_depth = 3'000;       // nodes inside each other (a chain of 1,000 operators is 1,003 deep)
  std::uint32_t deadline_ms = 10'000;
};

struct Parsed {
  Cst cst;
  // Empty: the source is well-formed. At most 20, sorted by position.
  std::vector<SyntaxError> errors;
};

// Error only for what cannot be looked at: deadline passed, nesting or depth over the limit (message names the limit and
// the line). Source that does not parse gives `errors`.
Result<Parsed> Parse(const Source& source, Language language, const ParseLimits& limits);

// Value per grammar kind, looked up by symbol number: a table instead of a chain of string comparisons. Kinds that the
// grammar does not have are an internal error, so that a grammar upgrade cannot silently drop a construct.
std::vector<std::uint16_t> SymbolsOf(Language language, std::string_view kind_name);
template <typename T>
class KindTable {
 public:
  KindTable(Language language, std::initializer_list<std::pair<std::string_view, T>> rows) {
    for (const auto& [name, value] : rows) {
      for (std::uint16_t symbol : SymbolsOf(language, name)) {
        if (symbol >= values_.size()) values_.resize(symbol + 1u);
        values_[symbol] = value;
      }
    }
  }
  // Default-constructed T where the kind has no row.
  T operator[](const CstNode& node) const {
    return node.symbol() < values_.size() ? values_[node.symbol()] : T{};
  }

 private:
  std::vector<T> values_;
};

}  // namespace asyncport::syntax
