// Building documents: every constructor appends one node, and works out whether it forces the groups around to break.
#include "doc/doc.h"

#include <algorithm>

#include "support/check.h"
#include "support/width.h"

namespace asyncport::doc {
namespace {

// Documents without parts are made once, in this order, by the constructor.
constexpr std::uint32_t kLineIndex = 1;
constexpr std::uint32_t kSoftLineIndex = 2;
constexpr std::uint32_t kHardLineIndex = 3;
constexpr std::uint32_t kLiteralLineIndex = 4;
constexpr std::uint32_t kBreakParentIndex = 5;
constexpr std::uint32_t kLineSuffixBoundaryIndex = 6;

constexpr std::uint32_t kMaxLead = 1'000'000;  // wider than any page; keeps sums from overflowing

}  // namespace

Builder::Builder() {
  nodes_.reserve(256);
  for (Kind kind : {Kind::kEmpty, Kind::kLine, Kind::kSoftLine, Kind::kHardLine, Kind::kLiteralLine,
                    Kind::kBreakParent, Kind::kLineSuffixBoundary}) {
    Add({.kind = kind, .forces_break = kind == Kind::kHardLine || kind == Kind::kBreakParent});
  }
}

// Fills in `lead` and `stops`, which let the printer see at once that a long group cannot be flat.
void Builder::Measure(Node& node) const {
  switch (node.kind) {
    case Kind::kText:
      node.lead = node.c;
      break;
    case Kind::kLine:
      node.lead = 1;
      break;
    case Kind::kHardLine:
    case Kind::kLiteralLine:
    case Kind::kLineSuffixBoundary:
      node.stops = true;
      break;
    case Kind::kConcat:
    case Kind::kFill:
      for (std::uint32_t i = 0; i < node.b && !node.stops; ++i) {
        const Node& child = nodes_[Child(node, i)];
        node.lead = std::min(node.lead + child.lead, kMaxLead);
        node.stops = child.stops;
      }
      break;
    case Kind::kGroup:
      // A broken group's first line may be its end, wherever it stands.
      node.stops = node.broken || nodes_[node.a].stops;
      node.lead = node.broken ? 0 : nodes_[node.a].lead;
      break;
    case Kind::kIfBreak:
      node.lead =
          node.c == 0 ? nodes_[node.b].lead : std::min(nodes_[node.a].lead, nodes_[node.b].lead);
      node.stops = nodes_[node.a].stops || nodes_[node.b].stops;
      break;
    case Kind::kBestOf: {
      // Any candidate may be the one.
      node.lead = kMaxLead;
      for (std::uint32_t i = 0; i < node.b; ++i) {
        const Node& child = nodes_[Child(node, i)];
        node.lead = std::min(node.lead, child.lead);
        node.stops |= child.stops;
      }
      break;
    }
    case Kind::kIndent:
    case Kind::kAlign:
    case Kind::kIndentIfBreak:
    case Kind::kMark:
      node.lead = nodes_[node.a].lead;
      node.stops = nodes_[node.a].stops;
      break;
    case Kind::kEmpty:
    case Kind::kSoftLine:
    case Kind::kLineSuffix:
    case Kind::kBreakParent:
      break;
  }
}

Doc Builder::Add(Node node) {
  Measure(node);
  nodes_.push_back(node);
  return Doc{static_cast<std::uint32_t>(nodes_.size() - 1)};
}

Doc Builder::Text(std::string_view text) {
  if (text.empty()) return {};
  AP_CHECK(text.find('\n') == std::string_view::npos, "Text holds a line end; use Lines");
  auto offset = static_cast<std::uint32_t>(text_.size());
  text_ += text;
  return Add({.kind = Kind::kText,
              .a = offset,
              .b = static_cast<std::uint32_t>(text.size()),
              .c = DisplayWidth(text)});
}

Doc Builder::Lines(std::string_view text) {
  std::vector<Doc> parts;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    parts.push_back(Text(text.substr(0, end)));
    parts.push_back(LiteralLine());
    text.remove_prefix(end + 1);
  }
  parts.push_back(Text(text));
  return Concat(parts);
}

Doc Builder::Line() const { return Doc{kLineIndex}; }
Doc Builder::SoftLine() const { return Doc{kSoftLineIndex}; }
Doc Builder::HardLine() const { return Doc{kHardLineIndex}; }
Doc Builder::LiteralLine() const { return Doc{kLiteralLineIndex}; }
Doc Builder::BreakParent() const { return Doc{kBreakParentIndex}; }
Doc Builder::LineSuffixBoundary() const { return Doc{kLineSuffixBoundaryIndex}; }

Doc Builder::BlankLine(std::uint32_t count) {
  return Concat(std::vector<Doc>(count + 1, HardLine()));
}

Doc Builder::Sequence(Kind kind, const Doc* parts, std::size_t count) {
  auto first = static_cast<std::uint32_t>(children_.size());
  bool forces_break = false;
  for (std::size_t i = 0; i < count; ++i) {
    // In a fill the places count, and an empty candidate is a candidate.
    if (kind == Kind::kConcat && parts[i].empty()) continue;
    children_.push_back(parts[i].index);
    forces_break |= nodes_[parts[i].index].forces_break;
  }
  auto added = static_cast<std::uint32_t>(children_.size()) - first;
  if (added == 0) return {};
  if (added == 1 && kind != Kind::kFill) {
    Doc only{children_.back()};
    children_.pop_back();
    return only;
  }
  if (kind == Kind::kBestOf) forces_break = false;
  return Add({.kind = kind, .forces_break = forces_break, .a = first, .b = added});
}

Doc Builder::Join(Doc separator, const std::vector<Doc>& parts) {
  std::vector<Doc> all;
  all.reserve(parts.size() * 2);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) all.push_back(separator);
    all.push_back(parts[i]);
  }
  return Concat(all);
}

Doc Builder::Indent(Doc contents) {
  if (contents.empty()) return {};
  return Add({.kind = Kind::kIndent, .forces_break = WillBreak(contents), .a = contents.index});
}

Doc Builder::Align(std::uint32_t columns, Doc contents) {
  if (contents.empty()) return {};
  return Add({.kind = Kind::kAlign,
              .forces_break = WillBreak(contents),
              .a = contents.index,
              .b = columns});
}

Doc Builder::Group(Doc contents, GroupOptions options) {
  if (contents.empty() && !options.id) return {};
  bool broken = options.broken || WillBreak(contents);
  return Add({.kind = Kind::kGroup,
              .forces_break = broken,
              .broken = broken,
              .a = contents.index,
              .b = options.id.value});
}

Doc Builder::IfBreak(Doc broken, Doc flat, GroupId id) {
  if (broken.empty() && flat.empty()) return {};
  // Breaks inside the broken form say nothing about whether the flat form may be used.
  return Add({.kind = Kind::kIfBreak,
              .forces_break = WillBreak(flat),
              .a = broken.index,
              .b = flat.index,
              .c = id.value});
}

Doc Builder::IndentIfBreak(Doc contents, GroupId id) {
  if (contents.empty()) return {};
  return Add({.kind = Kind::kIndentIfBreak,
              .forces_break = WillBreak(contents),
              .a = contents.index,
              .c = id.value});
}

Doc Builder::LineSuffix(Doc contents) {
  if (contents.empty()) return {};
  return Add({.kind = Kind::kLineSuffix, .forces_break = WillBreak(contents), .a = contents.index});
}

Doc Builder::Mark(std::uint32_t tag, Doc contents) {
  if (contents.empty()) return {};
  return Add(
      {.kind = Kind::kMark, .forces_break = WillBreak(contents), .a = contents.index, .b = tag});
}

}  // namespace asyncport::doc
