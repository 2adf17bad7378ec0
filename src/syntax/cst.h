// The concrete syntax tree, as tree-sitter made it. This folder is the only code that calls tree-sitter; lower/ walks
// the tree through `CstNode`. Offsets are bytes of Source::text().
// Example: root.Field("body").Children() lists the statements of a function.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/language.h"
#include "support/result.h"
#include "support/source.h"
#include "support/span.h"

extern "C" {
struct TSTree;
}

namespace asyncport::syntax {

// A copy of TSNode, so that this header needs no tree-sitter header. Null nodes are false.
class CstNode {
 public:
  CstNode() = default;
  explicit operator bool() const { return id_ != nullptr; }

  // Grammar kind ("call_expression", "async", "("); the same text as in node-types.json.
  std::string_view kind() const;
  // Grammar symbol number, for KindTable.
  std::uint16_t symbol() const;
  bool Is(std::string_view kind_name) const { return kind() == kind_name; }
  bool is_named() const;
  bool has_error() const;   // itself or below
  bool is_error() const;    // an ERROR node
  bool is_missing() const;
  Span span() const;

  // Null if there is no such field.
  CstNode Field(std::string_view name) const;
  std::vector<CstNode> Fields(std::string_view name) const;  // all children with that field name
  // All children, without comments (which are kept apart, see comments/) and line continuations. O(children).
  std::vector<CstNode> Children() const;
  std::vector<CstNode> NamedChildren() const;
  // An unnamed child token, e.g. HasToken("async"), HasToken("await"), HasToken("*").
  bool HasToken(std::string_view token) const;
  CstNode Parent() const;
  friend bool operator==(const CstNode& a, const CstNode& b) {
    return a.id_ == b.id_ && a.tree_ == b.tree_;
  }

 private:
  friend class Cst;
  friend struct NodeAccess;
  std::uint32_t context_[4] = {0, 0, 0, 0};
  const void* id_ = nullptr;
  const TSTree* tree_ = nullptr;
};

// Owns the tree. Movable.
class Cst {
 public:
  // `comments`: all of them, in order.
  Cst(TSTree* tree, Language language, std::vector<Span> comments = {});
  ~Cst();
  Cst(Cst&&) noexcept;
  Cst& operator=(Cst&&) noexcept;

  Language language() const { return language_; }
  CstNode root() const;
  // Spans of all comments, in order (hash-bang lines included).
  std::vector<Span> Comments() const;

 private:
  TSTree* tree_;
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

// Indented listing of the named nodes with fields and positions, for --print=cst.
std::string DumpCst(const Cst& cst, const Source& source);

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
