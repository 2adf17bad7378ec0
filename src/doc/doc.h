// The document algebra between emitters and printer: text with places where a line may break. Knows neither language
// and no width (see printer.h). Documents live in a Builder's arena; a Doc is a small handle into it.
//
// The rules, which are Prettier's:
//   * A group is printed flat (all its lines as blanks) when it fits in the rest of the line, else broken: then its own
//     lines become newlines, while each inner group is tried anew.
//   * A forced break (HardLine, BreakParent, a group that is `broken`) inside a group breaks that group and every group
//     around it. BestOf stops that propagation.
//   * Outside of any group the document is broken.
//
// Example: `f(a, b)` that may break after the bracket, with a trailing comma only when broken:
//   Doc items = b.Join(b.Concat({b.Text(","), b.Line()}), {b.Text("a"), b.Text("b")});
//   b.Group(b.Concat({b.Text("f("), b.Indent(b.Concat({b.SoftLine(), items})), b.IfBreak(b.Text(",")),
//                     b.SoftLine(), b.Text(")")}));
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace asyncport::doc {

// A document in some Builder. The default one is empty: it prints nothing.
struct Doc {
  std::uint32_t index = 0;
  constexpr bool empty() const { return index == 0; }
  friend constexpr bool operator==(Doc, Doc) = default;
};

// Names a group, so that IfBreak and IndentIfBreak elsewhere can follow it. The group must be printed before them.
struct GroupId {
  std::uint32_t value = 0;
  constexpr explicit operator bool() const { return value != 0; }
};

struct GroupOptions {
  GroupId id = {};
  bool broken =
      false;  // starts broken: a magic trailing comma, an object that the source wrote over several lines
};

enum class Kind : std::uint8_t {
  kEmpty,
  kText,
  kLine,
  kSoftLine,
  kHardLine,
  kLiteralLine,
  kConcat,
  kFill,
  kIndent,
  kAlign,
  kGroup,
  kBestOf,
  kIfBreak,
  kIndentIfBreak,
  kLineSuffix,
  kLineSuffixBoundary,
  kBreakParent,
  kMark
};

// Meaning of `a` and `b` by kind:
//   text: offset and length in the text arena; `c` is the display width
//   concat, fill, best_of: first child in the child arena and count
//   indent, line_suffix: a = contents; align: a = contents, b = columns; mark: a = contents, b = tag
//   group: a = contents, b = group id; if_break: a = broken, b = flat, c = group id; indent_if_break: a, c = group id
struct Node {
  Kind kind = Kind::kEmpty;
  bool forces_break = false;  // contains a forced break that the groups around must follow
  bool broken = false;        // group only
  bool stops = false;         // printed flat it may hold a newline, or what follows may not count
  std::uint32_t lead =
      0;  // printed flat, it takes at least so many columns before its first newline
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

class Builder {
 public:
  Builder();
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  // `text` is copied and must hold no line end (see Lines).
  Doc Text(std::string_view text);
  // Text that may hold line ends, joined by LiteralLine: multi-line strings, templates, block comments kept as they are.
  Doc Lines(std::string_view text);

  Doc Line() const;      // a blank when flat, a newline when broken
  Doc SoftLine() const;  // nothing when flat, a newline when broken
  Doc HardLine() const;  // always a newline; breaks the groups around
  // A newline that gets no indentation and trims nothing, for text that must not change. Does *not* break the groups
  // around: add BreakParent where that is wanted.
  Doc LiteralLine() const;
  // Ends the line and leaves `count` empty lines: count + 1 HardLines.
  Doc BlankLine(std::uint32_t count = 1);
  // Breaks the groups around, prints nothing.
  Doc BreakParent() const;

  Doc Concat(const std::vector<Doc>& parts) {
    return Sequence(Kind::kConcat, parts.data(), parts.size());
  }
  Doc Concat(std::initializer_list<Doc> parts) {
    return Sequence(Kind::kConcat, parts.begin(), parts.size());
  }
  // Empty documents among `parts` count as items.
  Doc Join(Doc separator, const std::vector<Doc>& parts);
  // Contents and separators by turns; each separator breaks only where the next content does not fit (running text,
  // long lists of numbers).
  Doc Fill(const std::vector<Doc>& contents_and_separators) {
    return Sequence(Kind::kFill, contents_and_separators.data(), contents_and_separators.size());
  }

  Doc Indent(Doc contents);                        // one step of PrintOptions::indent_width
  Doc Align(std::uint32_t columns, Doc contents);  // a number of columns

  Doc Group(Doc contents, GroupOptions options = {});
  GroupId NewGroupId() { return GroupId{++last_group_}; }
  // Prettier's conditionalGroup. The first candidate is taken if it fits flat; else the first of the others of which the
  // text up to its first newline fits (its inner groups flat, except those that are broken by themselves, which is how a
  // candidate says where it breaks); else the last one, broken. Make the last one the most expanded. Two or three
  // candidates; share their parts: cost grows with each. For last-argument hugging and Black's right-hand split.
  Doc BestOf(std::initializer_list<Doc> candidates) {
    return Sequence(Kind::kBestOf, candidates.begin(), candidates.size());
  }
  Doc BestOf(const std::vector<Doc>& candidates) {
    return Sequence(Kind::kBestOf, candidates.data(), candidates.size());
  }

  // By the group around it, or by the group `id` where one is given.
  Doc IfBreak(Doc broken, Doc flat = {}, GroupId id = {});
  // Indents the contents if the group `id` is broken.
  Doc IndentIfBreak(Doc contents, GroupId id);

  // Put off to the end of the current line and not measured: an end-of-line comment is
  // Concat({LineSuffix(Text("  # why")), BreakParent()}).
  Doc LineSuffix(Doc contents);
  // A newline if a LineSuffix is pending (nothing but a comment may stand before it), else nothing.
  Doc LineSuffixBoundary() const;

  // Records the output range of `contents` under `tag` (see Printed::marks).
  Doc Mark(std::uint32_t tag, Doc contents);

  // Whether the document holds a forced break, as the groups around it would see it.
  bool WillBreak(Doc doc) const { return nodes_[doc.index].forces_break; }

  // For the printer and the dump.
  const Node& At(Doc doc) const { return nodes_[doc.index]; }
  const Node& At(std::uint32_t index) const { return nodes_[index]; }
  std::string_view TextOf(const Node& node) const {
    return std::string_view(text_).substr(node.a, node.b);
  }
  std::uint32_t Child(const Node& node, std::uint32_t i) const { return children_[node.a + i]; }
  std::uint32_t group_count() const { return last_group_ + 1; }

 private:
  Doc Add(Node node);
  void Measure(Node& node) const;
  Doc Sequence(Kind kind, const Doc* parts, std::size_t count);

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> children_;
  std::string text_;
  std::uint32_t last_group_ = 0;
};

// The document as an indented list, for --print=doc.
std::string Dump(const Builder& builder, Doc doc);

}  // namespace asyncport::doc
